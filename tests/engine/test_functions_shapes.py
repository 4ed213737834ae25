"""How shapes lie to each other, and shapes made of shapes, on the plane and on the sphere."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from snowcore.engine.duckdb.session import DuckSession

from .answers import Line, check, name

SQUARE, STRIP = (
    "to_geometry('POLYGON((0 0, 4 0, 4 4, 0 4, 0 0))')",
    "to_geography('POLYGON((0 60, 40 60, 40 61, 0 61, 0 60))')",
)
A, B = (
    "to_geography('POLYGON((0 0, 1 0, 2 1, 1 2, 2 3, 1 4, 0 4, 0 0))')",
    "to_geography('POLYGON((3 0, 3 4, 2 4, 1 3, 2 2, 1 1, 2 0, 3 0))')",
)
SHAPES: list[Line] = [
    (f"st_contains({SQUARE}, to_geometry('POINT(1 1)'))", True, "BOOLEAN"), (f"st_within(to_geometry('POINT(5 1)'), {SQUARE})", False), (f"st_contains({SQUARE}, to_geometry('POINT(0 0)'))", False),
    (f"st_covers({SQUARE}, to_geometry('POINT(0 0)'))", True), (f"st_coveredby({SQUARE}, {SQUARE})", True), (f"st_disjoint({SQUARE}, to_geometry('POINT(5 0)'))", True), (f"st_intersects({SQUARE}, null)", None), (f"st_intersects(null, {SQUARE})", None),
    (f"st_contains({STRIP}, st_point(20, 62))", True), (f"st_contains({STRIP}, st_point(20, 60.5))", False), ("st_intersects(to_geography('POLYGON((179 0, -179 0, -179 1, 179 1, 179 0))'), st_point(180, 0.5))", True),
    ("st_within(st_point(0, 0), to_geography('POLYGON((-170 -80, 170 -80, 170 80, -170 80, -170 -80))'))", "!000002"), (f"st_contains({SQUARE}, st_point(1, 2))", "!001044"),
    (f"st_aswkt(st_union({A}, {B}))", "POLYGON((1 0,0 0,0 4,1 4,1.5 3.5003998389423603,2 4,3 4,3 0,2 0,1.5000000000000002 0.5000571197534015,1 0),(1 2,1.5 1.5001713592655062,2 2,1.5000000000000002 2.5002855988783845,1 2))"),
    (f"st_difference({A}, {A})", None, "GEOGRAPHY"), ("st_intersection(st_point(1, 1), st_point(2, 2))", None), (f"st_area(st_intersection({SQUARE}, to_geometry('POLYGON((1 1, 5 1, 5 2, 1 2, 1 1))')))", 3.0),
    (f"st_area(st_symdifference({SQUARE}, to_geometry('POLYGON((1 1, 3 1, 3 2, 1 2, 1 1))')))", 14.0), ("st_npoints(st_buffer(to_geometry('POINT(0 0)'), 1))", 33), ("st_aswkt(st_centroid(to_geometry('LINESTRING(0 0, 0 -2)')))", "POINT(0 -1)"),
    ("st_aswkt(st_envelope(to_geometry('LINESTRING(0 0, 1 2)')))", "POLYGON((0 0,1 0,1 2,0 2,0 0))"), ("st_aswkt(st_simplify(to_geometry('LINESTRING(1100 1100, 2500 2100, 3100 3100, 4900 1100, 3100 1900)'), 500))", "LINESTRING(1100 1100,3100 3100,4900 1100,3100 1900)"),
    ("st_centroid(st_point(1, 2))", "!000002"), ("st_buffer(st_point(1, 2), 1)", "!000002"), ("st_isvalid(to_geometry('POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))'))", False),
    ("st_union(to_geometry('POINT(1 1)', 1), to_geometry('POINT(1 1)', 2))", "!100183"), ("st_union(st_point(1, 1), to_geography('LINESTRING(2 2, 3 3)'))", "!000002"),
    ("st_geohash(st_point(-122.306100, 37.554162))", "9q9j8ue2v71y5zzy0s4q", "VARCHAR"), ("st_geohash(st_point(-122.306100, 37.554162), 5)", "9q9j8"), ("st_aswkt(st_geogfromgeohash('s'))", "POLYGON((0 0,45 0,45 45,0 45,0 0))"), ("st_aswkt(st_geompointfromgeohash('s'))", "POINT(22.5 22.5)"),
    ("st_aswkb(to_geometry('POINT(1 2)'))", bytes.fromhex("0101000000000000000000f03f0000000000000040"), "BINARY"), ("st_aswkt(st_geomfromwkb('0101000000000000000000F03F0000000000000040'))", "POINT(1 2)"), ("st_asewkt(st_geographyfromwkb(st_asewkb(st_point(1, 2))))", "SRID=4326;POINT(1 2)"), ("st_geomfromwkb('00')", "!100205"),
    ("st_aswkt(st_makeline(st_point(1, 2), to_geography('LINESTRING(3 4, 5 6)')))", "LINESTRING(1 2,3 4,5 6)"), ("st_aswkt(st_makepolygon(to_geography('LINESTRING(0 0, 1 0, 1 2, 0 2, 0 0)')))", "POLYGON((0 0,1 0,1 2,0 2,0 0))"), ("st_polygon(to_geography('LINESTRING(0 0, 1 0, 1 2, 0 2)'))", "!100183"),
    ("st_asewkt(st_setsrid(to_geometry('POINT(1 1)'), 4326))", "SRID=4326;POINT(1 1)"), ("st_setsrid(st_point(1, 1), 1)", "!001044"), ("st_ymax(to_geometry('LINESTRING(0 3, 1 2)'))", 3.0, "FLOAT"), ("st_ymax(st_point(1, 2))", "!000002"),
    ("select st_aswkt(st_collect(g)) from (select to_geometry('POINT(1 1)') g union all select to_geometry('POINT(2 2)') union all select null)", "MULTIPOINT((1 1),(2 2))"),
    (f"select st_area(st_union_agg(g)) from (select {SQUARE} g union all select to_geometry('POLYGON((4 0, 5 0, 5 4, 4 4, 4 0))'))", 20.0),
]  # fmt: skip


@pytest.mark.parametrize("line", SHAPES, ids=name)
def test_shapes(session: DuckSession, line: Line) -> None:
    check(session, line)


def test_a_missing_package_names_its_extra(session: DuckSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("snowcore.engine.translate.shapes.find_spec", lambda _: None)
    with pytest.raises(Exception, match="the extra `geo`"):
        session.execute(f"select st_covers({SQUARE}, {SQUARE}) as missing")
