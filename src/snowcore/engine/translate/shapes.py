"""How shapes lie to each other, and shapes made of shapes: by the package `shapely`, of the extra `geo`.

`shapely` knows only the plane. Shapes of a GEOGRAPHY are put on a plane on which great circles are straight, the
gnomonic map around their middle, so answers are right on the sphere, too; what doesn't fit on such a map is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from importlib.util import find_spec
from typing import Any

from ..errors import EngineError, mistyped, need_extra, unsupported
from ..late import Late
from ..types import BINARY, BOOLEAN, FLOAT, GEOGRAPHY, GEOMETRY, VARCHAR, DataType
from .casts import double, integer, to_text
from .core import Call, Value, function, quote
from .geography import Shape, from_sphere, given, points_of, read_shape, to_sphere, write_shape
from .runtime import python

shapely: Any = Late(globals(), "shapely", "shapely")
geometry: Any = Late(globals(), "geometry", "shapely.geometry")
_FAR = math.radians(60)
"""How far from the middle of its map a position may be."""
_TOGETHER = {
    "ST_UNION": "union",
    "ST_INTERSECTION": "intersection",
    "ST_DIFFERENCE": "difference",
    "ST_SYMDIFFERENCE": "symmetric_difference",
}
_RELATIONS = {
    "ST_CONTAINS": "contains",
    "ST_WITHIN": "within",
    "ST_COVERS": "covers",
    "ST_COVEREDBY": "covered_by",
    "ST_INTERSECTS": "intersects",
    "ST_DISJOINT": "disjoint",
}
_Move = Callable[[float, float], tuple[float, float]]


def _flat(shape: Shape, move: _Move | None = None) -> Any:
    """A shape as `shapely` has it, each of its positions moved."""
    return geometry.shape({"type": shape[1], "coordinates": _moved(shape[2], move)})


def _moved(at: Any, move: _Move | None) -> Any:
    if move is None:
        return at
    if isinstance(at[0], float | int):
        return move(at[0], at[1])
    parts: Sequence[Any] = at
    return [_moved(one, move) for one in parts]


def _text(made: Any, srid: int, back: _Move | None = None) -> str | None:
    """EWKT of what `shapely` made; NULL for what is empty."""
    if made.is_empty:
        return None
    told = geometry.mapping(made)
    if "coordinates" not in told:
        raise unsupported("collections of shapes")
    return write_shape((srid, told["type"], _listed(_moved(told["coordinates"], back))))


def _listed(at: Any) -> Any:
    if isinstance(at, float | int):
        return at
    parts: Sequence[Any] = at
    return [_listed(one) for one in parts]


class _Map:
    """The gnomonic map around the middle of some shapes. What lies on it is known by its original position."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        sums = [sum(parts) for parts in zip(*(to_sphere(x, y) for shape in shapes for x, y in points_of(shape[2])))]
        size = math.hypot(*sums) or 1.0
        self.middle = [part / size for part in sums]
        east = (-self.middle[1], self.middle[0], 0.0)
        width = math.hypot(*east)
        self.east = tuple(part / width for part in east) if width > 1e-9 else (0.0, 1.0, 0.0)
        (a, b, c), (d, e, f) = self.middle, self.east
        self.north = (b * f - c * e, c * d - a * f, a * e - b * d)
        self.known: dict[tuple[float, float], tuple[float, float]] = {}

    def put(self, x: float, y: float) -> tuple[float, float]:
        at = to_sphere(x, y)
        near = _product(at, self.middle)
        if near < math.cos(_FAR):
            raise unsupported("relations and constructions of GEOGRAPHY over more than a third of the earth")
        put = (_product(at, self.east) / near, _product(at, self.north) / near)
        self.known[put] = (x, y)
        return put

    def back(self, x: float, y: float) -> tuple[float, float]:
        if (x, y) in self.known:
            return self.known[x, y]
        a, b, c = (m + x * e + y * n for m, e, n in zip(self.middle, self.east, self.north))
        return from_sphere(a, b, c)


def _product(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b))


def _mapped(shapes: Sequence[Shape], on_sphere: bool) -> tuple[list[Any], _Move | None]:
    """The shapes on one plane, and what brings a position of it back."""
    if len({shape[0] for shape in shapes}) > 1:
        raise EngineError("100183", "22023", "The shapes have different SRIDs.")
    if not on_sphere:
        return [_flat(shape) for shape in shapes], None
    around = _Map(shapes)
    return [_flat(shape, around.put) for shape in shapes], around.back


@python("VARCHAR VARCHAR VARCHAR BOOLEAN", "BOOLEAN")
def _shapes_related(a: str, b: str, how: str, on_sphere: bool) -> bool:
    (first, second), _ = _mapped([read_shape(a), read_shape(b)], on_sphere)
    return bool(getattr(shapely, how)(first, second))


@python("VARCHAR[] VARCHAR BOOLEAN", "VARCHAR")
def _shapes_together(texts: Sequence[str | None], how: str, on_sphere: bool) -> str | None:
    """One shape of several; NULL where nothing is left."""
    shapes = [read_shape(text) for text in texts if text is not None]
    if not shapes:
        return None
    if how == "collect":
        return _collected(shapes)
    flat, back = _mapped(shapes, on_sphere)
    return _text(reduce(getattr(shapely, how), flat), shapes[0][0], back)


def _collected(shapes: Sequence[Shape]) -> str:
    kinds = {shape[1].removeprefix("Multi") for shape in shapes}
    if len(kinds) > 1:
        raise unsupported("collections of shapes")
    parts = [part for _, kind, at in shapes for part in (at if kind.startswith("Multi") else [at])]
    return write_shape((shapes[0][0], "Multi" + kinds.pop(), parts))


_OF_ONE: dict[str, Callable[[Any, float], Any]] = {
    "ST_CENTROID": lambda shape, _: shape.centroid,
    "ST_ENVELOPE": lambda shape, _: shape.envelope,
    "ST_BUFFER": lambda shape, size: shape.buffer(size, quad_segs=8),
    "ST_SIMPLIFY": lambda shape, size: shape.simplify(size, preserve_topology=False),
}


@python("VARCHAR VARCHAR DOUBLE", "VARCHAR")
def _shape_made(value: str, name: str, size: float) -> str | None:
    shape = read_shape(value)
    return _text(_OF_ONE[name](_flat(shape), size), shape[0])


@python("VARCHAR VARCHAR", "DOUBLE")
def _shape_bound(value: str, side: str) -> float:
    axis = "XY".index(side[0])
    return (min if side.endswith("MIN") else max)(point[axis] for point in points_of(read_shape(value)[2]))


@python("VARCHAR", "BOOLEAN")
def _shape_is_valid(value: str) -> bool:
    return bool(_flat(read_shape(value)).is_valid)


@python("VARCHAR BOOLEAN", "BLOB")
def _shape_bytes(value: str, with_srid: bool) -> bytes:
    shape = read_shape(value)
    flat = _flat(shape)
    if with_srid:
        flat = shapely.set_srid(flat, shape[0])
    return shapely.to_wkb(flat, byte_order=1, include_srid=with_srid)


@python("BLOB BIGINT", "VARCHAR")
def _shape_of_bytes(value: bytes, srid: int) -> str | None:
    try:
        made = shapely.from_wkb(value)
    except shapely.GEOSException:
        raise EngineError("100205", "22023", "Error parsing Geo input: it is no valid (E)WKB.") from None
    return _text(made, shapely.get_srid(made) or srid)


@python("VARCHAR VARCHAR", "VARCHAR")
def _line_of(a: str, b: str) -> str:
    shapes = [read_shape(a), read_shape(b)]
    if any("Polygon" in kind or kind == "MultiLineString" for _, kind, _ in shapes):
        raise EngineError("100183", "22023", "ST_MAKELINE takes points and lines.")
    return write_shape((shapes[0][0], "LineString", [point for shape in shapes for point in points_of(shape[2])]))


@python("VARCHAR", "VARCHAR")
def _polygon_of(value: str) -> str:
    srid, kind, at = read_shape(value)
    if kind != "LineString" or len(at) < 4 or at[0] != at[-1]:
        raise EngineError("100183", "22023", "A polygon is made of a line that ends where it begins.")
    return write_shape((srid, "Polygon", [at]))


_LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz"


@python("VARCHAR BIGINT", "VARCHAR")
def _geohash(value: str, length: int) -> str:
    points = points_of(read_shape(value)[2])
    if len(points) > 1:
        raise unsupported("ST_GEOHASH of anything but a point")
    bounds, text = [[-180.0, 180.0], [-90.0, 90.0]], ""
    for letter in range(length):
        number = 0
        for bit in range(5):
            axis = (letter * 5 + bit) % 2
            half = sum(bounds[axis]) / 2
            above = points[0][axis] >= half
            bounds[axis][0 if above else 1] = half
            number = number * 2 + above
        text += _LETTERS[number]
    return text


@python("VARCHAR BIGINT BOOLEAN", "VARCHAR")
def _shape_of_geohash(value: str, srid: int, middle: bool) -> str:
    bounds = [[-180.0, 180.0], [-90.0, 90.0]]
    for at, letter in enumerate(value.lower()):
        for bit in range(5):
            axis = (at * 5 + bit) % 2
            bounds[axis][0 if _LETTERS.index(letter) >> (4 - bit) & 1 else 1] = sum(bounds[axis]) / 2
    (west, east), (south, north) = bounds
    if middle:
        return write_shape((srid, "Point", [(west + east) / 2, (south + north) / 2]))
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return write_shape((srid, "Polygon", [ring]))


def _need(c: Call, *, only_flat: bool = False) -> DataType:
    """The type of the first argument. EngineError 000002 without `shapely`, and for what is only done in the plane."""
    if find_spec("shapely") is None:
        raise need_extra(c.name, "geo")
    if only_flat and c[0].type == GEOGRAPHY:
        raise unsupported(f"{c.name} of GEOGRAPHY")
    return c[0].type


@function(*_RELATIONS, args=(2, 2))
def _related(c: Call) -> Value:
    on_sphere = _need(c) == GEOGRAPHY
    return Value(f"sf_shapes_related({given(c, 0)}, {given(c, 1)}, '{_RELATIONS[c.name]}', {on_sphere})", BOOLEAN)


@function(*_TOGETHER, args=(2, 2))
def _together(c: Call) -> Value:
    kind, a, b = _need(c), given(c, 0), given(c, 1)
    made = f"sf_shapes_together([{a}, {b}], '{_TOGETHER[c.name]}', {kind == GEOGRAPHY})"
    return Value(f"CASE WHEN {a} IS NOT NULL AND {b} IS NOT NULL THEN {made} END", kind)


@function("ST_COLLECT", "ST_UNION_AGG", "ST_INTERSECTION_AGG", args=(1, 2), aggregate=True)
def _all_together(c: Call) -> Value:
    kind, a = _need(c), given(c, 0)
    if len(c) > 1:
        raise unsupported(f"{c.name} of two shapes")
    how = c.name.removeprefix("ST_").removesuffix("_AGG").lower()
    every = f"list({'DISTINCT ' if c.distinct else ''}{a}) FILTER (WHERE {a} IS NOT NULL){c.window()}"
    return Value(f"sf_shapes_together({every}, '{how}', {kind == GEOGRAPHY})", kind)


@function("ST_CENTROID", "ST_ENVELOPE", args=(1, 1))
def _of_one(c: Call) -> Value:
    kind = _need(c, only_flat=True)
    return Value(f"sf_shape_made({given(c, 0)}, {quote(c.name)}, 0)", kind)


@function("ST_BUFFER", "ST_SIMPLIFY", args=(2, 2))
def _of_size(c: Call) -> Value:
    kind = _need(c, only_flat=True)
    return Value(f"sf_shape_made({given(c, 0)}, {quote(c.name)}, {double(c.t, c[1])})", kind)


@function("ST_XMIN", "ST_XMAX", "ST_YMIN", "ST_YMAX", args=(1, 1))
def _bound(c: Call) -> Value:
    if c[0].type == GEOGRAPHY:
        raise unsupported(f"{c.name} of GEOGRAPHY")
    return Value(f"sf_shape_bound({given(c, 0)}, {quote(c.name.removeprefix('ST_'))})", FLOAT)


@function("ST_ISVALID", args=(1, 1))
def _is_valid(c: Call) -> Value:
    _need(c, only_flat=True)
    return Value(f"sf_shape_is_valid({given(c, 0)})", BOOLEAN)


@function("ST_ASWKB", "ST_ASBINARY", "ST_ASEWKB", args=(1, 1))
def _bytes(c: Call) -> Value:
    _need(c)
    return Value(f"sf_shape_bytes({given(c, 0)}, {c.name == 'ST_ASEWKB'})", BINARY)


_KINDS = ("GEOG", "GEOGRAPHY", "GEOM", "GEOMETRY")


@function(*(f"ST_{kind}FROM{form}" for kind in _KINDS for form in ("WKB", "EWKB")), args=(1, 2))
def _of_bytes(c: Call) -> Value:
    _need(c)
    kind = GEOGRAPHY if "GEOG" in c.name else GEOMETRY
    value = c[0].sql if c[0].type.name == "BINARY" else f"sf_hex_bytes({to_text(c.t, c[0]).sql})"
    srid = "4326" if kind == GEOGRAPHY else integer(c.t, c[1]) if len(c) > 1 else "0"
    return Value(f"sf_shape_of_bytes({value}, {srid})", kind)


@python("VARCHAR BIGINT", "VARCHAR")
def _with_srid(value: str, srid: int) -> str:
    _, kind, at = read_shape(value)
    return write_shape((srid, kind, at))


@function("ST_SETSRID", args=(2, 2))
def _set_srid(c: Call) -> Value:
    if c[0].type == GEOGRAPHY:
        raise mistyped(c.name, [GEOGRAPHY])
    return Value(f"sf_with_srid({given(c, 0)}, {integer(c.t, c[1])})", GEOMETRY)


@function("ST_MAKELINE", args=(2, 2))
def _line(c: Call) -> Value:
    return Value(f"sf_line_of({given(c, 0)}, {given(c, 1)})", c[0].type)


@function("ST_MAKEPOLYGON", "ST_POLYGON", args=(1, 1))
def _polygon(c: Call) -> Value:
    return Value(f"sf_polygon_of({given(c, 0)})", c[0].type)


@function("ST_GEOHASH", args=(1, 2))
def _hash(c: Call) -> Value:
    return Value(f"sf_geohash({given(c, 0)}, {integer(c.t, c[1]) if len(c) > 1 else 20})", VARCHAR)


@function(*(f"ST_{kind}{what}FROMGEOHASH" for kind in ("GEOG", "GEOM") for what in ("", "POINT")), args=(1, 1))
def _of_hash(c: Call) -> Value:
    kind = GEOGRAPHY if "GEOG" in c.name.removesuffix("GEOHASH") else GEOMETRY
    srid = 4326 if kind == GEOGRAPHY else 0
    return Value(f"sf_shape_of_geohash({to_text(c.t, c[0]).sql}, {srid}, {'POINT' in c.name})", kind)
