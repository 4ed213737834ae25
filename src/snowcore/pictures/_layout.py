"""Where the tasks of a graph stand in a picture, and which ways the lines between them take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import attrs

from ..exceptions import MissingModuleError

Place = tuple[int, float]
"""A column, and a row from the top."""
_Part = tuple[list[tuple[int, Place]], float, float, list[tuple[int, int]] | None]
"""Where tasks and the bends of lines stand, with rows first and from the bottom; width, height; from which to which."""
_SLOW = 1_500
"""From so many lines on, fewer crossings are not worth the time."""


@attrs.frozen
class Layout:
    places: list[Place]
    """Of each task."""
    routes: list[list[Place]]
    """Of each line: where it begins, the places that it passes, and where it ends."""


def lay_out(count: int, lines: Sequence[tuple[int, int]]) -> Layout:
    """Put tasks into columns, each right of all that it follows, with few crossings of the lines between them.

    count: how many tasks there are. lines: from which to which; no cycle. MissingModuleError without the extra.
    """
    try:
        # fast-sugiyama lays 500 tasks out in 0.1 s, under the MIT licence, and needs no program `dot`; of the others on
        # PyPI, grandalf is kept no more and under the GPL, and graphlay took 90 s for a fan of 500.
        import fast_sugiyama
    except ImportError:
        raise MissingModuleError("fast-sugiyama", "Install it with: pip install 'snowcore[pictures]'") from None

    found: dict[int, Place] = {}
    after: dict[int, list[int]] = {}
    top = 0.0
    for positions, *_, pieces in _find_parts(fast_sugiyama.from_edges, lines) if lines else ():
        highest, least = max(y for _, (_, y) in positions), min(x for _, (x, _) in positions)
        found |= {name: (round(highest - y), top + x - least) for name, (x, y) in positions}
        top = 1 + max(row for _, row in found.values())
        for start, end in pieces or ():
            after.setdefault(start, []).append(end)
    for task in range(count):
        if task not in found:  # which no line touches
            found[task] = (0, top)
            top += 1
    return Layout([found[task] for task in range(count)], [_follow(line, found, after, count) for line in lines])


def _find_parts(place: Callable[..., Any], lines: Sequence[tuple[int, int]]) -> list[_Part]:
    """The parts of the graph that no line connects, each laid out."""
    fewer = len(lines) < _SLOW
    return cast("list[_Part]", place(lines, vertex_spacing=1, dummy_vertices=True, dummy_size=0.5, transpose=fewer))


def _follow(line: tuple[int, int], found: dict[int, Place], after: dict[int, list[int]], count: int) -> list[Place]:
    """The places of a line. What it passes between two tasks has numbers beyond theirs, and one way on."""
    start, end = line
    for first in after[start]:
        way = [first]
        while way[-1] >= count:
            way += after[way[-1]]
        if way[-1] == end:
            return [found[start], *(found[step] for step in way)]
    raise AssertionError(f"no line from {start} to {end}")
