"""H3: the hexagons that the earth is divided into, by the library `h3`. A cell is a NUMBER, or its text in hex."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from ..errors import EngineError, mistyped
from ..late import Late
from ..types import ARRAY, BOOLEAN, GEOGRAPHY, INTEGER, VARCHAR, DataType
from .casts import double, integer, to_text
from .core import Call, Value, function, quote
from .geography import as_ewkt, from_sphere, read_shape, to_sphere
from .runtime import python

h3: Any = Late(globals(), "h3", "h3")

_FINE = 0.1
"""Degrees. An edge on the sphere is cut into pieces of at most these: `h3` takes edges for straight on the map."""


def _filled(shape: str, resolution: Any, contain: str) -> list[str]:
    """The cells of a polygon's inside. contain: which cells these are, in the words of `h3`."""
    _, kind, at = read_shape(shape)
    if "Polygon" not in kind:
        raise EngineError("100183", "22023", "A polygon is expected.")
    found: set[str] = set()
    for rings in at if kind == "MultiPolygon" else [at]:
        outer, *holes = ([(y, x) for x, y in _cut(ring)] for ring in rings)
        found.update(h3.polygon_to_cells_experimental(h3.LatLngPoly(outer, *holes), int(resolution), contain))
    return sorted(found)


def _cut(ring: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """The points of a ring, and more of them on the great circles between."""
    made: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in pairwise(ring):
        (ax, ay, az), (bx, by, bz) = to_sphere(x1, y1), to_sphere(x2, y2)
        angle = math.acos(max(-1.0, min(1.0, ax * bx + ay * by + az * bz)))
        pieces = max(1, math.ceil(math.degrees(angle) / _FINE))
        made.append((x1, y1))
        for i in range(1, pieces):
            p, q = (math.sin(angle * part / pieces) / math.sin(angle) for part in (pieces - i, i))
            made.append(from_sphere(p * ax + q * bx, p * ay + q * by, p * az + q * bz))
    return made


def _at(point: str, resolution: Any) -> str:
    _, kind, at = read_shape(point)
    if kind != "Point":
        raise EngineError("100183", "22023", "A point is expected.")
    return h3.latlng_to_cell(at[1], at[0], int(resolution))


def _point(cell: str, _: Any) -> str:
    y, x = h3.cell_to_latlng(cell)
    return as_ewkt(f"POINT({x!r} {y!r})", 4326)


def _boundary(cell: str, _: Any) -> str:
    ring = [f"{x!r} {y!r}" for y, x in h3.cell_to_boundary(cell)]
    return as_ewkt(f"POLYGON(({', '.join([*ring, ring[0]])}))", 4326)


_CELL, _CELLS = DataType("CELL"), DataType("CELLS")
"""Results that are cells in the form of the argument: one, or an ARRAY."""
_FUNCTIONS: dict[str, tuple[DataType, Callable[[Any, Any], Any]]] = {
    "CELL_TO_PARENT": (_CELL, lambda a, b: h3.cell_to_parent(a, int(b))),
    "CELL_TO_CHILDREN": (_CELLS, lambda a, b: h3.cell_to_children(a, int(b))),
    "CELL_TO_POINT": (GEOGRAPHY, _point),
    "CELL_TO_BOUNDARY": (GEOGRAPHY, _boundary),
    "GRID_DISK": (_CELLS, lambda a, b: h3.grid_disk(a, int(b))),
    "GRID_DISTANCE": (INTEGER, lambda a, b: h3.grid_distance(a, b)),
    "GRID_PATH": (_CELLS, lambda a, b: h3.grid_path_cells(a, b)),
    "GET_RESOLUTION": (INTEGER, lambda a, _: h3.get_resolution(a)),
    "IS_VALID_CELL": (BOOLEAN, lambda a, _: h3.is_valid_cell(a)),
    "IS_PENTAGON": (BOOLEAN, lambda a, _: h3.is_pentagon(a)),
    "COMPACT_CELLS": (_CELLS, lambda a, _: h3.compact_cells(a)),
    "UNCOMPACT_CELLS": (_CELLS, lambda a, b: h3.uncompact_cells(a, int(b))),
    "POINT_TO_CELL": (_CELL, _at),
    "POLYGON_TO_CELLS": (_CELLS, lambda a, b: _filled(a, b, "center")),
    "COVERAGE": (_CELLS, lambda a, b: _filled(a, b, "overlap")),
    "INT_TO_STRING": (VARCHAR, lambda a, _: a),
    "STRING_TO_INT": (INTEGER, lambda a, _: h3.str_to_int(a)),
}
_OF_SHAPES = ("POINT_TO_CELL", "POLYGON_TO_CELLS", "COVERAGE")
_OF_TWO = ("GRID_DISTANCE", "GRID_PATH")


@python("VARCHAR VARCHAR VARCHAR BOOLEAN BOOLEAN", "VARCHAR")
def _h3(name: str, first: str, second: str, texts: bool, to_texts: bool) -> str:
    """What a function of `_FUNCTIONS` gives, as text. texts: whether cells are given in hex; to_texts: are told so."""
    kind, call = _FUNCTIONS[name]

    def read(cell: Any) -> str:
        return str(cell).lower() if texts else h3.int_to_str(int(cell))

    given: Any = first
    if "COMPACT" in name:
        given = [read(cell) for cell in json.loads(first)]
    elif name not in _OF_SHAPES:
        given = read(first)
    try:
        made = call(given, read(second) if name in _OF_TWO else second)
    except h3.H3BaseException as error:
        raise EngineError("100183", "22023", f"Invalid arguments of H3_{name}: {error}") from None
    if kind == _CELLS:
        return json.dumps([cell if to_texts else h3.str_to_int(cell) for cell in made], separators=(",", ":"))
    return str(made if kind != _CELL or to_texts else h3.str_to_int(made))


def _register(name: str, kind: DataType) -> None:
    count = 2 if (kind in (_CELL, _CELLS) and name != "COMPACT_CELLS") or name == "GRID_DISTANCE" else 1

    def translate(c: Call) -> Value:
        of_shape = name in _OF_SHAPES
        one, other = c[0], c[len(c) - 1]
        wrong = one.type != GEOGRAPHY if of_shape else one.type.name == "ARRAY" if "COMPACT" not in name else False
        if not one.is_null and (wrong or (name in _OF_TWO and one.type.is_text != other.type.is_text)):
            raise mistyped(c.name, [value.type for value in c.values])
        texts = one.type.is_text or name == "STRING_TO_INT" or c.name.endswith("CELLS_STRINGS")
        to_texts = c.name.endswith(("_STRING", "_STRINGS")) or (not of_shape and texts and name != "CELL_TO_CHILDREN")
        first = one.sql if of_shape or "COMPACT" in name else to_text(c.t, one).sql
        second = to_text(c.t, other).sql if name in _OF_TWO else integer(c.t, other) if count == 2 else "''"
        made = f"sf_h3({quote(name)}, {first}, CAST({second} AS VARCHAR), {texts}, {to_texts})"
        given = ARRAY if kind == _CELLS else (VARCHAR if to_texts else INTEGER) if kind == _CELL else kind
        made = f"CAST({made} AS {given.physical})"
        return Value(f"TRY({made})" if c.name.startswith("H3_TRY_") else made, given)

    names = [f"H3_{name}"]
    if name in ("POINT_TO_CELL", "CELL_TO_CHILDREN"):
        names.append(f"H3_{name}_STRING")
    if "COMPACT" in name or name in ("POLYGON_TO_CELLS", "COVERAGE"):
        names.append(f"H3_{name}_STRINGS")
    if name in ("POLYGON_TO_CELLS", "COVERAGE", *_OF_TWO):
        names += [one.replace("H3_", "H3_TRY_") for one in names]
    function(*names, args=(count, count))(translate)


for _name, (_kind, _) in _FUNCTIONS.items():
    _register(_name, _kind)


@python("DOUBLE DOUBLE BIGINT", "VARCHAR")
def _latlng_to_cell(y: float, x: float, resolution: int) -> str:
    try:
        return h3.latlng_to_cell(y, x, resolution)
    except h3.H3BaseException as error:
        raise EngineError("100183", "22023", f"Invalid arguments of H3_LATLNG_TO_CELL: {error}") from None


@function("H3_LATLNG_TO_CELL", "H3_LATLNG_TO_CELL_STRING", args=(3, 3))
def _of_latlng(c: Call) -> Value:
    made = f"sf_latlng_to_cell({double(c.t, c[0])}, {double(c.t, c[1])}, {integer(c.t, c[2])})"
    if c.name.endswith("STRING"):
        return Value(made, VARCHAR)
    return Value(f"CAST(sf_h3('STRING_TO_INT', {made}, '', TRUE, FALSE) AS {INTEGER.physical})", INTEGER)
