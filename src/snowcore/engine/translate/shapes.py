"""Shapes on the sphere or the plane: WKT, WKB and GeoJSON of them, their parts and measures."""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import attrs

from ..errors import EngineError

KINDS = ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"]
"""As GeoJSON calls them, in the order of their numbers in WKB, which begin at 1."""
_NAMES = {kind.upper(): kind for kind in KINDS}
_RADIUS = 6371010.0
"""Of the earth, in metres."""
_TOKEN = re.compile(r"[A-Za-z]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[(),]")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){5,}")
Position = list[float]
"""Longitude and latitude, or x and y."""


@attrs.frozen
class Shape:
    srid: int
    kind: str
    at: Any
    """A position (two numbers), or lists of positions as in GeoJSON; of a GeometryCollection, its shapes."""

    def points(self) -> list[Position]:
        return list(_flat(self.at))

    def lines(self) -> list[list[Position]]:
        """The lines and rings that it is made of."""
        if self.kind == "GeometryCollection":
            return [line for one in self.at for line in one.lines()]
        deep = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}.get(self.kind)
        found = [] if deep is None else [self.at]
        for _ in range(deep or 0):
            found = [line for one in found for line in one]
        return found


def _flat(at: Any) -> Iterator[Position]:
    if isinstance(at, Shape):
        yield from at.points()
    elif at and isinstance(at[0], (int, float)):
        yield at[:2]
    else:
        for one in at:
            yield from _flat(one)


# -- reading -----------------------------------------------------------------------------------------------------------


def read(text: str, srid: int) -> Shape:
    """A shape in GeoJSON, (E)WKT or hexadecimal (E)WKB. srid: unless the text names one. EngineError for others."""
    text = text.strip()
    try:
        if text.startswith("{"):
            return _of_json(json.loads(text), srid)
        if _HEX.fullmatch(text):
            return _of_wkb(bytes.fromhex(text), 0, srid)[0]
        if named := re.match(r"SRID=(\d+);", text, re.IGNORECASE):
            text, srid = text[named.end() :], int(named[1])
        tokens = _TOKEN.findall(text)
        if "".join(tokens) != "".join(text.split()):
            raise ValueError
        shape = _of_tokens(tokens, srid)
        if tokens:
            raise ValueError
    except (ValueError, LookupError, TypeError, struct.error):
        said = f"Error parsing Geo input: {text}. Did not recognize valid GeoJSON, (E)WKT or (E)WKB."
        raise EngineError("100205", "22023", said) from None
    return shape


def _of_json(found: dict[str, Any], srid: int) -> Shape:
    kind = found["type"]
    if kind == "GeometryCollection":
        return Shape(srid, kind, [_of_json(one, srid) for one in found["geometries"]])
    return Shape(srid, _NAMES[kind.upper()], found["coordinates"])


def _of_tokens(tokens: list[str], srid: int) -> Shape:
    """tokens: of WKT; those that are read are taken off."""
    kind = _NAMES[tokens.pop(0).upper()]
    if tokens[0].upper() == "EMPTY":
        tokens.pop(0)
        return Shape(srid, kind, [])
    at = _listed(tokens, srid)
    if kind == "Point":
        (at,) = at
    if kind == "MultiPoint":
        at = list(_flat(at))
    return Shape(srid, kind, at)


def _listed(tokens: list[str], srid: int) -> list[Any]:
    found: list[Any] = []
    if tokens.pop(0) != "(":
        raise ValueError
    while True:
        if tokens[0] == "(":
            found.append(_listed(tokens, srid))
        elif tokens[0].isalpha():
            found.append(_of_tokens(tokens, srid))
        else:
            found.append([float(tokens.pop(0)), float(tokens.pop(0))])
        if (mark := tokens.pop(0)) == ")":
            return found
        if mark != ",":
            raise ValueError


def _of_wkb(data: bytes, at: int, srid: int) -> tuple[Shape, int]:
    order = "<" if data[at] else ">"

    def numbers(form: str) -> list[Any]:
        nonlocal at
        found = struct.unpack_from(order + form, data, at)
        at += struct.calcsize(order + form)
        return list(found)

    at += 1
    number: int = numbers("I")[0]
    if number & 0x20000000:
        srid = numbers("I")[0]
    kind = KINDS[int(number & 0xFF) - 1]

    def line() -> list[Any]:
        return [numbers("dd") for _ in range(numbers("I")[0])]

    if kind == "Point":
        return Shape(srid, kind, numbers("dd")), at
    if kind == "LineString":
        return Shape(srid, kind, line()), at
    if kind == "Polygon":
        return Shape(srid, kind, [line() for _ in range(numbers("I")[0])]), at
    parts: list[Shape] = []
    for _ in range(numbers("I")[0]):
        part, at = _of_wkb(data, at, srid)
        parts.append(part)
    return Shape(srid, kind, parts if kind == "GeometryCollection" else [part.at for part in parts]), at


# -- writing -----------------------------------------------------------------------------------------------------------


def _number(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _written(at: Any) -> str:
    if at and isinstance(at[0], (int, float)):
        return f"{_number(at[0])} {_number(at[1])}"
    return f"({','.join(wkt(one) if isinstance(one, Shape) else _written(one) for one in at)})"


def wkt(shape: Shape) -> str:
    at: Any = [[one] for one in shape.at] if shape.kind == "MultiPoint" else shape.at
    inner = _written(at)
    return shape.kind.upper() + (" EMPTY" if not shape.at else f"({inner})" if shape.kind == "Point" else inner)


def ewkt(shape: Shape) -> str:
    return f"SRID={shape.srid};{wkt(shape)}"


def geojson(shape: Shape) -> dict[str, Any]:
    if shape.kind == "GeometryCollection":
        return {"geometries": [geojson(one) for one in shape.at], "type": shape.kind}

    def exact(at: Any) -> Any:
        return Decimal(_number(at)) if isinstance(at, (int, float)) else [exact(one) for one in at]

    return {"coordinates": exact(shape.at), "type": shape.kind}


def wkb(shape: Shape, with_srid: bool = False) -> bytes:
    def line(at: Any) -> bytes:
        return struct.pack("<I", len(at)) + b"".join(struct.pack("<dd", *one) for one in at)

    number = KINDS.index(shape.kind) + 1
    head = struct.pack("<BI", 1, number | (0x20000000 if with_srid else 0))
    head += struct.pack("<I", shape.srid) if with_srid else b""
    if shape.kind == "Point":
        return head + struct.pack("<dd", *shape.at)
    if shape.kind == "LineString":
        return head + line(shape.at)
    if shape.kind == "Polygon":
        return head + struct.pack("<I", len(shape.at)) + b"".join(map(line, shape.at))
    single = shape.kind.removeprefix("Multi")
    parts = [one if isinstance(one, Shape) else Shape(shape.srid, single, one) for one in shape.at]
    return head + struct.pack("<I", len(parts)) + b"".join(map(wkb, parts))


# -- measures ----------------------------------------------------------------------------------------------------------


def distance(a: Position, b: Position, on_sphere: bool) -> float:
    """Of two positions: in metres on the sphere, else in the units of the plane."""
    if not on_sphere:
        return math.dist(a, b)
    (x1, y1), (x2, y2) = (tuple(map(math.radians, one)) for one in (a, b))
    half = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(half))


def length(lines: list[list[Position]], on_sphere: bool) -> float:
    return sum(distance(a, b, on_sphere) for line in lines for a, b in pairwise(line))


def area(shape: Shape, on_sphere: bool) -> float:
    """In square metres, or in squares of the plane's units. Its holes don't count."""
    if shape.kind not in ("Polygon", "MultiPolygon"):
        return sum(area(one, on_sphere) for one in shape.at) if shape.kind == "GeometryCollection" else 0.0
    polygons = [shape.at] if shape.kind == "Polygon" else shape.at
    return sum(2 * _ring(one[0], on_sphere) - sum(_ring(ring, on_sphere) for ring in one) for one in polygons)


def _ring(ring: list[Any], on_sphere: bool) -> float:
    if not on_sphere:
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2
    excess = 0.0
    for a, b in pairwise(ring):
        low, high = math.tan(math.radians(a[1]) / 2), math.tan(math.radians(b[1]) / 2)
        across = math.tan(math.radians(b[0] - a[0]) / 2)
        excess += 2 * math.atan2(across * (low + high), 1 + low * high)
    return abs(excess) * _RADIUS**2


def azimuth(a: Position, b: Position, on_sphere: bool) -> float | None:
    """The direction from one position to another, clockwise from the north."""
    if a == b:
        return None
    east, north = b[0] - a[0], b[1] - a[1]
    if on_sphere:
        (x1, y1), (x2, y2) = (tuple(map(math.radians, one)) for one in (a, b))
        east = math.sin(x2 - x1) * math.cos(y2)
        north = math.cos(y1) * math.sin(y2) - math.sin(y1) * math.cos(y2) * math.cos(x2 - x1)
    return math.atan2(east, north) % (2 * math.pi)
