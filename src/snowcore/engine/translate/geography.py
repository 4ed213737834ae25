"""GEOGRAPHY and GEOMETRY, whose values DuckDB holds as EWKT: constructors, formats, parts, and some measures."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import compilation, unsupported
from ..types import BINARY, FLOAT, GEOGRAPHY, GEOMETRY, OBJECT, VARCHAR, DataType
from . import variants
from .casts import as_number, cast, double, integer, to_shape
from .core import Call, Value, function, quote
from .runtime import python
from .shapes import Shape, area, azimuth, distance, ewkt, geojson, length, read, wkb, wkt
from .text import count


def _first(shape: Shape, at: int) -> Shape | None:
    """A point of a line: from 1, or from the end."""
    if shape.kind != "LineString" or not 1 <= abs(at) <= len(shape.at):
        return None
    return Shape(shape.srid, "Point", shape.at[at - 1 if at > 0 else at])


def _polygon(shape: Shape) -> Shape:
    if shape.kind != "LineString" or len(shape.at) < 4 or shape.at[0] != shape.at[-1]:
        raise ValueError("no ring")
    return Shape(shape.srid, "Polygon", [shape.at])


def _collected(a: Shape, b: Shape) -> Shape:
    if a.kind == b.kind and a.kind in ("Point", "LineString", "Polygon"):
        return Shape(a.srid, "Multi" + a.kind, [a.at, b.at])
    return Shape(a.srid, "GeometryCollection", [a, b])


_MADE: dict[str, Callable[[Shape, Shape, int], Shape | None]] = {
    "STARTPOINT": lambda a, _b, _n: _first(a, 1),
    "ENDPOINT": lambda a, _b, _n: _first(a, -1),
    "POINTN": lambda a, _b, n: _first(a, n),
    "SETSRID": lambda a, _b, n: Shape(n, a.kind, a.at),
    "MAKELINE": lambda a, b, _n: Shape(a.srid, "LineString", a.points() + b.points()),
    "MAKEPOLYGON": lambda a, _b, _n: _polygon(a),
    "COLLECT": lambda a, b, _n: _collected(a, b),
}
_TEXTS: dict[str, Callable[[Shape], str]] = {
    "GEOJSON": lambda shape: variants.dump(geojson(shape)),
    "WKT": wkt,
    "EWKT": ewkt,
    "WKB": lambda shape: wkb(shape).hex().upper(),
    "EWKB": lambda shape: wkb(shape, True).hex().upper(),
}
_SHORT = {"ST_ASTEXT": "WKT", "ST_ASBINARY": "WKB", "ST_POLYGON": "MAKEPOLYGON", "ST_NUMPOINTS": "NPOINTS"}


def _span(at: int, pick: Callable[..., float]) -> Callable[[Shape, Shape, bool], float | None]:
    def told(shape: Shape, _: Shape, on_sphere: bool) -> float | None:
        if on_sphere and shape.lines():
            raise unsupported("the bounds of lines on the sphere")
        return pick((one[at] for one in shape.points()), default=None)

    return told


def _apart(a: Shape, b: Shape, on_sphere: bool) -> float:
    if a.lines() or b.lines():
        raise unsupported("distances of anything but points")
    return min(distance(p, q, on_sphere) for p in a.points() for q in b.points())


def _closed(shape: Shape) -> bool:
    return "Polygon" in shape.kind


_MEASURED: dict[str, Callable[[Shape, Shape, bool], float | None]] = {
    "X": lambda a, _b, _s: a.at[0] if a.kind == "Point" else None,
    "Y": lambda a, _b, _s: a.at[1] if a.kind == "Point" else None,
    "XMIN": _span(0, min),
    "XMAX": _span(0, max),
    "YMIN": _span(1, min),
    "YMAX": _span(1, max),
    "AREA": lambda a, _b, s: area(a, s),
    "LENGTH": lambda a, _b, s: 0.0 if _closed(a) else length(a.lines(), s),
    "PERIMETER": lambda a, _b, s: length(a.lines(), s) if _closed(a) else 0.0,
    "DISTANCE": _apart,
    "AZIMUTH": lambda a, b, s: azimuth(a.points()[0], b.points()[0], s),
    "NPOINTS": lambda a, _b, _s: len(a.points()),
    "SRID": lambda a, _b, _s: a.srid,
    "DIMENSION": lambda a, _b, _s: 2 if _closed(a) else 1 if a.lines() else 0,
}


@python("VARCHAR VARCHAR BIGINT VARCHAR", "VARCHAR")
def _shape_made(a: str, b: str, number: int, name: str) -> str | None:
    made = _MADE[name](read(a, 0), read(b, 0), number)
    return None if made is None else ewkt(made)


@python("VARCHAR VARCHAR VARCHAR BOOLEAN", "DOUBLE")
def _shape_measured(a: str, b: str, name: str, on_sphere: bool) -> float | None:
    return _MEASURED[name](read(a, 0), read(b, 0), on_sphere)


@python("VARCHAR VARCHAR", "VARCHAR")
def _shape_text(value: str, form: str) -> str:
    return _TEXTS[form](read(value, 0))


def shown(value: str, form: str) -> str:
    """A shape as GEOGRAPHY_OUTPUT_FORMAT or GEOMETRY_OUTPUT_FORMAT wants it."""
    text = _TEXTS[form.upper()](read(value, 0))
    return variants.show(text) if form.upper() == "GEOJSON" else text


def _shape(c: Call, index: int) -> Value:
    value = c[index]
    if value.is_null or value.type.is_shape:
        return value
    raise compilation("001044", f"Invalid argument types for function '{c.name}': ({value.type})", "42P13")


def _second(c: Call) -> str:
    """SQL of another shape that is an argument; the first one, if there is none."""
    value = _shape(c, 1 if len(c) > 1 and not c[1].type.is_number else 0)
    if {value.type.name, c[0].type.name} == {GEOGRAPHY.name, GEOMETRY.name}:
        raise compilation("001044", f"Invalid argument types for function '{c.name}': ({c[0].type}, {value.type})")
    return value.sql


_FROM = [
    f"ST_{kind}FROM{form}" for kind in ("GEOGRAPHY", "GEOG", "GEOMETRY", "GEOM") for form in ("WKT", "WKB", "TEXT")
]


@function("TO_GEOGRAPHY", "TO_GEOMETRY", "TRY_TO_GEOGRAPHY", "TRY_TO_GEOMETRY", *_FROM, args=(1, 3))
def _constructor(c: Call) -> Value:
    kind = GEOGRAPHY if "GEOG" in c.name else GEOMETRY
    srid = integer(c.t, c[1]) if len(c) > 1 and c[1].type.is_number else None
    return cast(c.t, c[0], kind, attempt=True) if c.name.startswith("TRY") else to_shape(c.t, c[0], kind, srid)


@function("ST_MAKEPOINT", "ST_POINT", "ST_MAKEGEOMPOINT", "ST_GEOMPOINT", args=(2, 2))
def _point(c: Call) -> Value:
    kind = GEOMETRY if "GEOM" in c.name else GEOGRAPHY
    x, y = (f"CAST({double(c.t, c[i])} AS VARCHAR)" for i in (0, 1))
    return to_shape(c.t, Value(f"('POINT(' || {x} || ' ' || {y} || ')')", VARCHAR), kind)


@function("ST_ASGEOJSON", "ST_ASTEXT", "ST_ASWKT", "ST_ASEWKT", "ST_ASBINARY", "ST_ASWKB", "ST_ASEWKB", args=(1, 1))
def _as_form(c: Call) -> Value:
    form = _SHORT.get(c.name, c.name.removeprefix("ST_AS"))
    made = f"sf_shape_text({_shape(c, 0).sql}, {quote(form)})"
    return Value(f"unhex({made})", BINARY) if form.endswith("WKB") else Value(made, VARCHAR if "T" in form else OBJECT)


@function(*(f"ST_{name}" for name in _MADE), "ST_POLYGON", args=(1, 2))
def _shape_of(c: Call) -> Value:
    name = _SHORT.get(c.name, c.name.removeprefix("ST_"))
    given = integer(c.t, c[1]) if name in ("POINTN", "SETSRID") else "0"
    return Value(f"sf_shape_made({_shape(c, 0).sql}, {_second(c)}, {given}, {quote(name)})", c[0].type)


@function(*(f"ST_{name}" for name in _MEASURED), "ST_NUMPOINTS", args=(1, 2))
def _measure_of(c: Call) -> Value:
    name = _SHORT.get(c.name, c.name.removeprefix("ST_"))
    sphere = str(c[0].type.name == GEOGRAPHY.name)
    made = f"sf_shape_measured({_shape(c, 0).sql}, {_second(c)}, {quote(name)}, {sphere})"
    return count(f"CAST({made} AS BIGINT)") if name in ("NPOINTS", "SRID", "DIMENSION") else Value(made, FLOAT)


@function("ST_DWITHIN", args=(3, 3))
def _within(c: Call) -> Value:
    apart = c.t.call(Call(c.t, "ST_DISTANCE", c.nodes[:2]))
    return Value(f"({apart.sql} <= {as_number(c.t, c[2]).sql})", DataType("BOOLEAN"))
