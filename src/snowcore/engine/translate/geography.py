"""GEOGRAPHY and GEOMETRY, whose values DuckDB holds as EWKT: their forms, parts and measures."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ..errors import EngineError, unsupported
from ..types import BOOLEAN, FLOAT, GEOGRAPHY, GEOMETRY, OBJECT, VARCHAR
from . import variants
from .casts import as_number, cast, double, integer, to_shape
from .core import Call, Value, function, quote
from .runtime import python
from .text import count

_KINDS = ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"]
"""As GeoJSON calls them."""
_RADIUS = 6371010.0
"""Of the earth, in metres."""
_WKT = re.compile(r"(?:SRID=(\d+);)?\s*([A-Z]+)\s*(\([-+\d.eE\s,()]*\))", re.IGNORECASE)
_POSITION = re.compile(r"([-+\d.eE]+)\s+([-+\d.eE]+)")
_FROM = [
    f"ST_{kind}FROM{form}" for kind in ("GEOGRAPHY", "GEOG", "GEOMETRY", "GEOM") for form in ("WKT", "EWKT", "TEXT")
]
Shape = tuple[int, str, Any]
"""The SRID, the kind, and what GeoJSON calls coordinates: a position, or lists of them."""


def read_shape(text: str, srid: int = 0) -> Shape:
    """A shape of GeoJSON or (E)WKT. srid: unless the text names one."""
    try:
        if text.lstrip().startswith("{"):
            found = json.loads(text)
            return srid, _KINDS[_KINDS.index(found["type"])], found["coordinates"]
        named, word, inside = _WKT.fullmatch(text.strip()).groups()  # type: ignore[union-attr]
        kind = next(kind for kind in _KINDS if kind.upper() == word.upper())
        at = json.loads(_POSITION.sub(lambda m: json.dumps([float(m[1]), float(m[2])]), inside).translate(_BRACKETS))
    except (ValueError, LookupError, AttributeError, StopIteration):
        if re.search(r"^\s*0[01]|COLLECTION|Z\s*\(", text, re.IGNORECASE):
            raise unsupported("WKB and collections of shapes") from None
        said = f"Error parsing Geo input: {text}. Did not recognize valid GeoJSON or (E)WKT."
        raise EngineError("100205", "22023", said) from None
    return int(named or srid), kind, at[0] if kind == "Point" else points_of(at) if kind == "MultiPoint" else at


_BRACKETS, _PARENTHESES = str.maketrans("()", "[]"), str.maketrans("[]", "()")


def points_of(at: Any) -> list[list[float]]:
    """The positions in the coordinates of a shape."""
    return [at] if at and not isinstance(at[0], list) else [point for part in at for point in points_of(part)]


def to_sphere(x: float, y: float) -> tuple[float, float, float]:
    """A position, in degrees, as a point of the sphere whose radius is 1."""
    east, north = math.radians(x), math.radians(y)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def from_sphere(x: float, y: float, z: float) -> tuple[float, float]:
    """The position, in degrees, of a point that is in this direction from the middle of the sphere."""
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def _lines(shape: Shape) -> list[list[list[float]]]:
    """The lines and rings that it is made of."""
    _, kind, at = shape
    if kind == "MultiPolygon":
        return [ring for polygon in at for ring in polygon]
    return [at] if kind == "LineString" else [] if kind.endswith("Point") else at


def _wkt(shape: Shape) -> str:
    _, kind, at = shape
    text = json.dumps([at] if kind == "Point" else [[point] for point in at] if kind == "MultiPoint" else at)
    text = re.sub(r"\[([-\d.e]+), ([-\d.e]+)\]", r"\1 \2", text)
    return kind.upper() + re.sub(r"\.0(?=[ ,\]])|(?<=,) ", "", text).translate(_PARENTHESES)


def write_shape(shape: Shape) -> str:
    """EWKT of a shape, the form of DuckDB's values."""
    return f"SRID={shape[0]};{_wkt(shape)}"


def _geojson(shape: Shape) -> str:
    exact = json.loads(json.dumps(shape[2]), parse_float=lambda text: Decimal(text.removesuffix(".0")))
    return variants.dump({"coordinates": exact, "type": shape[1]})


def _distance(a: list[float], b: list[float], on_sphere: bool) -> float:
    if not on_sphere:
        return math.dist(a, b)
    x1, y1, x2, y2 = map(math.radians, (*a, *b))
    half = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(half))


def _length(shape: Shape, on_sphere: bool) -> float:
    return sum(_distance(a, b, on_sphere) for line in _lines(shape) for a, b in pairwise(line))


def _area(shape: Shape, on_sphere: bool) -> float:
    """The first ring of a polygon is its edge, the others are holes."""
    polygons = shape[2] if shape[1] == "MultiPolygon" else [shape[2]] if shape[1] == "Polygon" else []
    return sum(2 * _inside(rings[0], on_sphere) - sum(_inside(ring, on_sphere) for ring in rings) for rings in polygons)


def _inside(ring: list[list[float]], on_sphere: bool) -> float:
    if not on_sphere:
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2
    excess = 0.0
    for a, b in pairwise(ring):
        low, high, across = (math.tan(math.radians(angle) / 2) for angle in (a[1], b[1], b[0] - a[0]))
        excess += 2 * math.atan2(across * (low + high), 1 + low * high)
    return abs(excess) * _RADIUS**2


def _apart(a: Shape, b: Shape, on_sphere: bool) -> float:
    if _lines(a) or _lines(b):
        raise unsupported("distances of anything but points")
    return min(_distance(p, q, on_sphere) for p in points_of(a[2]) for q in points_of(b[2]))


_TEXTS: dict[str, Callable[[Shape], str]] = {
    "GEOJSON": _geojson,
    "WKT": _wkt,
    "EWKT": write_shape,
}
_MEASURED: dict[str, Callable[[Shape, Shape, bool], float | None]] = {
    "X": lambda a, _b, _s: a[2][0] if a[1] == "Point" else None,
    "Y": lambda a, _b, _s: a[2][1] if a[1] == "Point" else None,
    "AREA": lambda a, _b, s: _area(a, s),
    "LENGTH": lambda a, _b, s: 0.0 if "Polygon" in a[1] else _length(a, s),
    "PERIMETER": lambda a, _b, s: _length(a, s) if "Polygon" in a[1] else 0.0,
    "DISTANCE": _apart,
    "NPOINTS": lambda a, _b, _s: len(points_of(a[2])),
    "SRID": lambda a, _b, _s: a[0],
    "DIMENSION": lambda a, _b, _s: 2 if "Polygon" in a[1] else 1 if _lines(a) else 0,
}


@python("VARCHAR VARCHAR VARCHAR BOOLEAN", "DOUBLE")
def _shape_measured(a: str, b: str, name: str, on_sphere: bool) -> float | None:
    first = read_shape(a, 0)
    return _MEASURED[name](first, first if b == a else read_shape(b, 0), on_sphere)


@python("VARCHAR VARCHAR", "VARCHAR")
def _shape_text(value: str, form: str) -> str:
    if form not in _TEXTS:
        raise unsupported(f"{form} of shapes")
    return _TEXTS[form](read_shape(value, 0))


@python("VARCHAR BIGINT", "VARCHAR")
def _shape_point(value: str, at: int) -> str | None:
    """A point of a line, from 1 or from the end."""
    srid, kind, line = read_shape(value, 0)
    there = kind == "LineString" and 1 <= abs(at) <= len(line)
    return write_shape((srid, "Point", line[at - (at > 0)])) if there else None


@python("VARCHAR BIGINT", "VARCHAR")
def as_ewkt(value: str, srid: int) -> str:
    """A shape in GeoJSON or (E)WKT in the form of DuckDB's values. srid: unless the text names one."""
    return write_shape(read_shape(value, srid))


def shown(value: str, form: str) -> str:
    """A shape as GEOGRAPHY_OUTPUT_FORMAT or GEOMETRY_OUTPUT_FORMAT wants it."""
    text = _shape_text(value, form.upper())
    return variants.show(text) if form.upper() == "GEOJSON" else text


def given(c: Call, index: int) -> str:
    """SQL of an argument, which is a shape of the kind of the first one."""
    value = c[index]
    if value.is_null or (value.type.is_shape and (c[0].is_null or value.type.name == c[0].type.name)):
        return value.sql
    raise c.mistyped()


@function("TO_GEOGRAPHY", "TO_GEOMETRY", "TRY_TO_GEOGRAPHY", "TRY_TO_GEOMETRY", *_FROM, args=(1, 3))
def _constructor(c: Call) -> Value:
    kind = GEOGRAPHY if "GEOG" in c.name else GEOMETRY
    srid = integer(c.t, c[1]) if len(c) > 1 and c[1].type.is_number else None
    return cast(c.t, c[0], kind, attempt=True) if c.name.startswith("TRY") else to_shape(c.t, c[0], kind, srid)


@function("ST_MAKEPOINT", "ST_POINT", "ST_MAKEGEOMPOINT", "ST_GEOMPOINT", args=(2, 2))
def _point(c: Call) -> Value:
    x, y = (f"CAST({double(c.t, c[i])} AS VARCHAR)" for i in (0, 1))
    text = Value(f"('POINT(' || {x} || ' ' || {y} || ')')", VARCHAR)
    return to_shape(c.t, text, GEOMETRY if "GEOM" in c.name else GEOGRAPHY)


@function("ST_ASGEOJSON", "ST_ASTEXT", "ST_ASWKT", "ST_ASEWKT", args=(1, 1))
def _form(c: Call) -> Value:
    form = c.name.removeprefix("ST_AS").replace("TEXT", "WKT")
    return Value(f"sf_shape_text({given(c, 0)}, {quote(form)})", VARCHAR if form != "GEOJSON" else OBJECT)


@function("ST_STARTPOINT", "ST_ENDPOINT", "ST_POINTN", args=(1, 2))
def _point_of(c: Call) -> Value:
    at = integer(c.t, c[1]) if c.name == "ST_POINTN" else "1" if c.name == "ST_STARTPOINT" else "-1"
    return Value(f"sf_shape_point({given(c, 0)}, {at})", c[0].type)


@function("ST_NUMPOINTS", *(f"ST_{name}" for name in _MEASURED), args=(1, 2))
def _measure(c: Call) -> Value:
    name = c.name.removeprefix("ST_").replace("NUM", "N")
    sphere = str(c[0].type == GEOGRAPHY)
    made = f"sf_shape_measured({given(c, 0)}, {given(c, len(c) - 1)}, {quote(name)}, {sphere})"
    return count(f"CAST({made} AS BIGINT)") if name in ("NPOINTS", "SRID", "DIMENSION") else Value(made, FLOAT)


@function("ST_DWITHIN", args=(3, 3))
def _within(c: Call) -> Value:
    return Value(f"({c.t.call(Call(c.t, 'ST_DISTANCE', c.nodes[:2])).sql} <= {as_number(c.t, c[2]).sql})", BOOLEAN)
