"""GEOGRAPHY and GEOMETRY: what they are read from, how they are shown, their parts and measures."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from snowcore.engine.duckdb.session import DuckSession
from snowcore.engine.errors import EngineError

from .answers import Line, check, name

LINE = "to_geography('LINESTRING(1 1, 2 2, 3 3, 4 4)')"
SHAPES: list[Line] = [
    ("to_geography('POINT(-122.35 37.55)')", '{\n  "coordinates": [\n    -122.35,\n    37.55\n  ],\n  "type": "Point"\n}', "GEOGRAPHY"),
    ("st_asgeojson(st_makepoint(37.5, 45))::varchar", '{"coordinates":[37.5,45],"type":"Point"}'),
    ("st_asewkt(to_geometry('SRID=4326;POINT(1 2)'))", "SRID=4326;POINT(1 2)"),
    ("st_asewkt(to_geometry('POINT(1 2)', 32633))", "SRID=32633;POINT(1 2)"),
    ("st_astext(to_geography(parse_json('{\"type\": \"Point\", \"coordinates\": [1, 2.5]}')))", "POINT(1 2.5)"),
    ("to_geography('POINT(1')", "!100205"), ("to_geography('POINT(1 2) POINT(3 4)')", "!100205"), ("try_to_geography('x')", None), ("to_geography(1)", "!001007"),
    ("st_x(st_makepoint(37.5, 45.5))", 37.5, "FLOAT"), ("st_y(st_geompoint(1, 2))", 2.0), ("st_x(st_makepoint(null, null))", None), ("st_x(null)", None),
    ("st_x('POINT(1 2)')", "!001044"), ("st_srid(st_makepoint(1, 2))", 4326), ("st_srid(to_geometry('POINT(1 2)'))", 0),
    (f"st_astext(st_pointn({LINE}, 2))", "POINT(2 2)"), (f"st_astext(st_pointn({LINE}, -2))", "POINT(3 3)"), (f"st_pointn({LINE}, 5)", None),
    (f"st_astext(st_startpoint({LINE}))", "POINT(1 1)"), (f"st_astext(st_endpoint({LINE}))", "POINT(4 4)"),
    (f"st_npoints({LINE})", 4), (f"st_dimension({LINE})", 1), ("st_dimension(st_point(1, 1))", 0),
    ("st_distance(st_point(13.4814, 52.5015), st_point(-121.8212, 36.8252))", 9182410.992278207),
    ("st_distance(st_geompoint(13.4814, 52.5015), st_geompoint(-121.8212, 36.8252))", 136.20770884369946),
    ("st_distance(st_point(1, 2), st_geompoint(1, 2))", "!001044"), ("st_distance(to_geometry('LINESTRING(0 0, 1 1)'), st_geompoint(1, 2))", "!000002"),
    ("st_dwithin(st_makepoint(0, 0), st_makepoint(1, 0), 231000)", True), ("st_dwithin(st_makepoint(0, 0), st_makepoint(1, 0), 100)", False),
    ("st_area(to_geography('POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))'))", 12364036567.076416), ("st_area(to_geometry('POLYGON((0 0, 0 2, 2 2, 2 0, 0 0), (0 0, 0 1, 1 1, 1 0, 0 0))'))", 3.0),
    ("st_perimeter(to_geography('POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))'))", 444763.46872762055), ("st_length(to_geometry('LINESTRING(0 0, 3 4)'))", 5.0),
    ("to_geography('0101000020E61000006666666666965EC06666666666C64240')", "!000002"), ("to_geography('GEOMETRYCOLLECTION(POINT(1 1),POINT(2 2))')", "!000002"),
    ("to_variant(st_point(1, 2)):coordinates[1]::int", 2),
]  # fmt: skip
EVERY_KIND = [
    "POINT(66 12)",
    "MULTIPOINT((45 21),(12 54))",
    "LINESTRING(40 60,50 50,60 40)",
    "MULTILINESTRING((1 1,32 17),(33 12,73 49,87.1 6.1))",
    "POLYGON((17 17,17 30,30 30,30 17,17 17))",
    "MULTIPOLYGON(((-10 0,0 10,10 0,-10 0)),((-10 40,10 40,0 20,-10 40)))",
]


@pytest.mark.parametrize("line", SHAPES, ids=name)
def test_shapes(session: DuckSession, line: Line) -> None:
    check(session, line)


@pytest.mark.parametrize("wkt", EVERY_KIND)
def test_every_kind_in_every_form(session: DuckSession, wkt: str) -> None:
    for form in ("st_asewkt", "st_asgeojson"):
        check(session, (f"st_aswkt(to_geometry({form}(to_geometry('{wkt}'))))", wkt))


def test_a_session_says_how_they_are_shown(session: DuckSession) -> None:
    session.execute("create or replace temporary table shapes (g geography, p geometry)")
    session.execute("insert into shapes values ('POINT(-122.35 37.55)', 'SRID=4326;POINT(1 2)'), (null, null)")
    session.put_parameter("GEOGRAPHY_OUTPUT_FORMAT", "WKT")
    session.put_parameter("GEOMETRY_OUTPUT_FORMAT", "EWKT")
    rows = list(session.execute("select g, p, g::varchar from shapes order by 1").rows)
    assert rows == [("POINT(-122.35 37.55)", "SRID=4326;POINT(1 2)", "POINT(-122.35 37.55)"), (None, None, None)]
    session.put_parameter("GEOGRAPHY_OUTPUT_FORMAT", "WKB")
    with pytest.raises(EngineError, match="WKB"):
        session.execute("select g from shapes")
