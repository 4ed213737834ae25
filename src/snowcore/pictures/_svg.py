"""A task graph as SVG: from left to right, each task after all that it waits for."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from ..exceptions import MissingModuleError
from ._graph import Graph, Node, find_look, measure, read_graph
from ._runs import TaskAttempt
from ._words import draw_text

Point = tuple[float, float]
FONT = 'font-family="system-ui, sans-serif"'
GREY = "#868e99"
"""Which is seen on white and on black."""
_WIDTH, _HEIGHT, _EDGE = 190, 40, 12
_ACROSS, _DOWN = 250, 54
"""From one column to the next, from one row to the next."""
_SLOW = 1_500
"""From so many lines on, fewer crossings are not worth the time."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Svg(str):
    """The text of an SVG picture, which notebooks show."""

    def _repr_html_(self) -> str:
        return _scroll(self)


def draw_svg(graph: Graph, run: Iterable[TaskAttempt] | None = None) -> Svg:
    """A task graph as SVG: tasks, what each waits for, its condition and state in words and colour.

    graph: a `DAG`, the handle of a deployed graph's root, or tasks. run: what `fetch_run` gave, whose states are shown;
    without it, whether each task is started or suspended.

    The finalizer stands behind a dashed line, since it waits for all others. Everything in the text is escaped; it has
    no scripts, links, styles or references. Elements have classes (`task`, `succeeded`, `failed`, `line` …) for a page
    that wants other colours. MissingModuleError without the extra `pictures`; other errors are those of reading the
    graph: NotFoundError, ValueError for a cycle, TypeError.
    """
    nodes = read_graph(graph, run)
    inner, last = [node for node in nodes if not node.ends], [node for node in nodes if node.ends]
    number = {node.name: i for i, node in enumerate(inner)}
    lines = [(number[name], i) for i, node in enumerate(inner) for name in node.after]
    routes = _lay_out(len(inner), lines)
    places = [place for route in routes for place in route]
    right = max((x for x, _ in places), default=0.0) + _WIDTH
    bottom = max(_EDGE, _EDGE + (len(last) - 1) * _DOWN, *(y for _, y in places)) + _HEIGHT
    out: list[str] = []
    for (start, end), route in zip(lines, routes[len(inner) :], strict=True):
        ways = [[(x, y + _HEIGHT / 2), (x + _WIDTH, y + _HEIGHT / 2)] for x, y in route]
        points = [point for way in ways for point in way][1:-1]
        out.append(_draw_line(points, f"{inner[start].name} → {inner[end].name}"))
    out += [_draw_box(node, *route[0]) for node, route in zip(inner, routes, strict=False)]
    if last:
        way = f"M{right + 30:g} {_EDGE}V{bottom:g}"
        out.append(f'<path class="line" d="{way}" stroke="{GREY}" stroke-dasharray="4 4"/>')
        right += _ACROSS
    for i, node in enumerate(last):
        y = (_EDGE + bottom - len(last) * _DOWN + _DOWN - _HEIGHT) / 2 + i * _DOWN
        arrow = [(right - _WIDTH - 30, y + _HEIGHT / 2), (right - _WIDTH, y + _HEIGHT / 2)]
        out += [_draw_line(arrow, f"{node.name} after all others"), _draw_box(node, right - _WIDTH, y)]
    title = f"Task graph {nodes[0].name if nodes else ''}, {len(nodes)} tasks"
    return wrap_svg(out, right + _EDGE, bottom + _EDGE, title)


def draw_html(graph: Graph) -> str:
    """A task graph as notebooks show it: the picture, or the text where the extra `pictures` is not installed."""
    try:
        return _scroll(draw_svg(graph))
    except MissingModuleError:
        return f"<pre>{escape(draw_text(graph))}</pre>"


def _scroll(svg: str) -> str:
    return f'<div style="overflow:auto;max-height:40em">{svg}</div>'


def wrap_svg(parts: Sequence[str], width: float, height: float, title: str) -> Svg:
    """A whole picture of its parts."""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    start = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(title)}">'
    return Svg("\n".join([start, f"<title>{escape(title)}</title>", *parts, "</svg>\n"]))


def escape(text: str, limit: int | None = None) -> str:
    """A text as SVG has it, whatever is in it; cut where it is longer than the limit."""
    if limit is not None and measure(text) > limit:
        text = max((text[:end] for end in range(limit) if measure(text[:end]) < limit), key=len) + "…"
    return html.escape(_UNPRINTABLE.sub("�", text))


def _draw_box(node: Node, x: float, y: float) -> str:
    look = find_look(node.state)
    mark = f"{look.mark} " if node.state else ""
    told, dashes = "\n".join(filter(None, (node.name, node.said, node.why))), "5 3" if node.ends else "none"
    return (
        f'<g class="task {escape(node.state.lower()) or "plain"}"><title>{escape(told)}</title>'
        f'<rect x="{x:g}" y="{y:g}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="{look.fill}"'
        f' stroke="{look.line}" stroke-width="1.5" stroke-dasharray="{dashes}"/>'
        f'<text x="{x + 10:g}" y="{y + 17:g}" {FONT} font-size="13" font-weight="600" fill="#1f2328">'
        f'{escape(node.label, 23)}</text><text x="{x + 10:g}" y="{y + 32:g}" {FONT} font-size="11" fill="{look.line}">'
        f"{escape(mark + node.said, 28)}</text></g>"
    )


def _draw_line(points: Sequence[Point], title: str) -> str:
    """A line that bends between columns, and passes straight through those on its way, so that it meets no box."""
    path = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for (x, y), (to_x, to_y), passes in zip(points, points[1:], [False, True] * len(points)):
        middle = (x + to_x) / 2
        path.append(f"H{to_x:g}" if passes else f"C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}")
    x, y = points[-1]
    return (
        f'<g class="line"><title>{escape(title)}</title><path d="{"".join(path)}" fill="none" stroke="{GREY}"'
        f' stroke-width="1.5"/><path d="M{x:g} {y:g}l-8 -4v8z" fill="{GREY}"/></g>'
    )


def _lay_out(count: int, lines: Sequence[tuple[int, int]]) -> list[list[Point]]:
    """The place of each task, and then of each line where it begins, the places that it passes, and where it ends.

    count: how many tasks there are. lines: from which to which; no cycle. MissingModuleError without the extra.
    """
    try:
        # fast-sugiyama lays 500 tasks out in 0.1 s, under the MIT licence, and needs no program `dot`; of the others on
        # PyPI, grandalf is kept no more and under the GPL, and graphlay took 90 s for a fan of 500.
        import fast_sugiyama
    except ImportError:
        raise MissingModuleError("fast-sugiyama", "Install it with: pip install 'snowcore[pictures]'") from None

    place: Any = fast_sugiyama.from_edges
    options = {"vertex_spacing": 1, "dummy_vertices": True, "dummy_size": 0.5, "transpose": len(lines) < _SLOW}
    found: dict[int, Point] = {}
    after: dict[int, list[int]] = {}
    top = 0.0
    for positions, *_, pieces in place(lines, **options) if lines else ():  # the parts that no line connects
        at = dict(cast("list[tuple[int, Point]]", positions))
        highest, least = max(y for _, y in at.values()), min(x for x, _ in at.values())
        for name, (x, y) in at.items():
            found[name] = (round(highest - y) * _ACROSS + _EDGE, (top + x - least) * _DOWN + _EDGE)
        top += 1 + max(x for x, _ in at.values()) - least
        for start, end in cast("list[tuple[int, int]]", pieces):
            after.setdefault(start, []).append(end)
    for task in (task for task in range(count) if task not in found):  # which no line touches
        found[task], top = (_EDGE, top * _DOWN + _EDGE), top + 1
    ways = [*([task] for task in range(count)), *_follow(lines, after, count)]
    return [[found[step] for step in way] for way in ways]


def _follow(lines: Sequence[tuple[int, int]], after: dict[int, list[int]], count: int) -> list[list[int]]:
    """What each line passes. What stands between two tasks has numbers beyond theirs, and one way on."""
    ways: dict[tuple[int, int], list[int]] = {}
    for start in range(count):
        for step in after.get(start, ()):
            way = [start, step]
            while way[-1] >= count:
                way += after[way[-1]]
            ways[start, way[-1]] = way
    return [ways[line] for line in lines]
