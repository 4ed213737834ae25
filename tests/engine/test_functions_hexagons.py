"""H3_…: cells as numbers and as texts, and what is done with them. The answers are those of the documentation."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from snowcore.engine.duckdb.session import DuckSession

from .answers import Line, check, name

CELL, TEXT = 613036919424548863, "881f1d4887fffff"
BRIDGE = "to_geography('POLYGON((-122.481889 37.826683,-122.479487 37.808548,-122.474150 37.808904,-122.476510 37.826935,-122.481889 37.826683))')"
CHILDREN = "[617540519050084351,617540519050346495,617540519050608639,617540519050870783,617540519051132927,617540519051395071,617540519051657215]"
DISK = "[617540519050084351,617540519051657215,617540519050608639,617540519050870783,617540519050346495,617540519051395071,617540519051132927]"
CELLS: list[Line] = [
    ("h3_latlng_to_cell(52.516262, 13.377704, 8)", CELL, "NUMBER(38,0)"), ("h3_latlng_to_cell_string(52.516262, 13.377704, 8)", TEXT, "VARCHAR"),
    ("h3_point_to_cell(st_point(13.377704, 52.516262), 8)", CELL, "NUMBER"), ("h3_point_to_cell_string(st_point(13.377704, 52.516262), 8)", TEXT, "VARCHAR"),
    ("h3_latlng_to_cell(1, 1, 16)", "!100183"), ("h3_point_to_cell(1, 8)", "!001044"), ("h3_latlng_to_cell(null, 1, 2)", None),
    (f"h3_cell_to_children({CELL}, 9)", CHILDREN, "ARRAY"), ("h3_cell_to_children_string('881F1D4887FFFFF', 9)[6]::varchar", "891f1d4887bffff"),
    (f"h3_cell_to_parent({CELL}, 7)", 608533319805566975, "NUMBER"), (f"h3_cell_to_parent('{TEXT}', 7)", "871f1d488ffffff", "VARCHAR"), ("h3_cell_to_parent(1, 2)", "!100183"),
    ("h3_grid_disk(617540519050084351, 1)", DISK, "ARRAY"), ("h3_grid_distance(617540519103561727, 617540519052967935)", 5, "NUMBER"),
    ("array_size(h3_grid_path(617540519103561727, 617540519052967935))", 6), ("h3_grid_distance(582046271372525567, 617540519052967935)", "!100183"),
    ("h3_try_grid_distance(582046271372525567, 617540519052967935)", None), (f"h3_grid_distance({CELL}, '{TEXT}')", "!001044"),
    ("h3_is_valid_cell(1)", False, "BOOLEAN"), (f"h3_is_valid_cell('{TEXT}')", True), ("h3_is_pentagon('804dfffffffffff')", True), (f"h3_get_resolution({CELL})", 8, "NUMBER"),
    (f"h3_int_to_string({CELL})", TEXT), ("h3_string_to_int('881F1D4887FFFFF')", CELL), (f"st_x(h3_cell_to_point({CELL}))", 13.376767911847049), (f"st_npoints(h3_cell_to_boundary('{TEXT}'))", 7),
    (f"h3_compact_cells(h3_cell_to_children({CELL}, 9))", f"[{CELL}]"), (f"h3_uncompact_cells([{CELL}], 9)", CHILDREN), (f"h3_compact_cells_strings(['{TEXT}'])", f'["{TEXT}"]'),
    (f"array_size(h3_polygon_to_cells({BRIDGE}, 9))", 9), (f"array_size(h3_coverage_strings({BRIDGE}, 8))", 6), ("h3_coverage(st_point(1, 2), 3)", "!100183"), ("h3_try_coverage(st_point(1, 2), 3)", None),
    ("array_contains(h3_latlng_to_cell(62, 20, 4), h3_polygon_to_cells(to_geography('POLYGON((0 60, 40 60, 40 61, 0 61, 0 60))'), 4))", True),
]  # fmt: skip


@pytest.mark.parametrize("line", CELLS, ids=name)
def test_cells(session: DuckSession, line: Line) -> None:
    check(session, line)
