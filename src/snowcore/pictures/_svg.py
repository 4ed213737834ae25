"""A task graph as SVG: from left to right, each task after all that it waits for."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from ..exceptions import MissingModuleError
from ._graph import Graph, Node, read_graph
from ._layout import Place, lay_out
from ._runs import TaskAttempt
from ._states import find_look
from ._text import draw_text

_WIDTH, _HEIGHT = 190, 40
_ACROSS, _DOWN = 250, 54
"""From one column to the next, from one row to the next."""
_EDGE = 12
_LINE = "#868e99"
"""A grey that is seen on white and on black."""
_FONT = 'font-family="system-ui, sans-serif"'
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
    inner = [node for node in nodes if not node.ends]
    number = {node.name: i for i, node in enumerate(inner)}
    lines = [(number[name], i) for i, node in enumerate(inner) for name in node.after]
    layout = lay_out(len(inner), lines)
    columns = 1 + max((column for column, _ in layout.places), default=0)
    rows = 1 + max((row for route in [layout.places, *layout.routes] for _, row in route), default=0.0)
    out = [
        _draw_line(route, f"{inner[a].name} → {inner[b].name}")
        for route, (a, b) in zip(layout.routes, lines, strict=True)
    ]
    out += [_draw_box(node, *_at(place)) for node, place in zip(inner, layout.places, strict=True)]
    last = [node for node in nodes if node.ends]
    if last:
        x, height = _EDGE + columns * _ACROSS, rows * _DOWN - (_DOWN - _HEIGHT)
        out.append(
            f'<path class="line" d="M{x - 30} {_EDGE}V{_EDGE + height:g}" fill="none" stroke="{_LINE}"'
            ' stroke-width="1.5" stroke-dasharray="4 4"/>'
        )
        for i, node in enumerate(last):
            row = (rows - len(last)) / 2 + i
            _, y = _at((0, row))
            out += [_draw_arrow(x - 30, x, y + _HEIGHT / 2), _draw_box(node, x, y)]
        columns += 1
    rows = max(rows, len(last))
    width, height = columns * _ACROSS - (_ACROSS - _WIDTH) + 2 * _EDGE, rows * _DOWN - (_DOWN - _HEIGHT) + 2 * _EDGE
    return wrap_svg(out, width, height, f"Task graph {nodes[0].name if nodes else ''}, {len(nodes)} tasks")


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
    said = escape(title)
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
        f' viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{said}">\n<title>{said}</title>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def escape(text: str, limit: int | None = None) -> str:
    """A text as SVG has it, whatever is in it; cut where it is longer than the limit."""
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    return html.escape(_UNPRINTABLE.sub("�", text))


def _at(place: Place) -> tuple[float, float]:
    return _EDGE + place[0] * _ACROSS, _EDGE + place[1] * _DOWN


def _draw_box(node: Node, x: float, y: float) -> str:
    look = find_look(node.state)
    dashed = ' stroke-dasharray="5 3"' if node.ends else ""
    mark = f"{look.mark} " if node.state else ""
    return (
        f'<g class="task {escape(node.state.lower()) or "plain"}"><title>{escape(node.told)}</title>'
        f'<rect x="{x:g}" y="{y:g}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="{look.fill}"'
        f' stroke="{look.line}" stroke-width="1.5"{dashed}/>'
        f'<text x="{x + 10:g}" y="{y + 17:g}" {_FONT} font-size="13" font-weight="600" fill="#1f2328">'
        f"{escape(node.label, 23)}</text>"
        f'<text x="{x + 10:g}" y="{y + 32:g}" {_FONT} font-size="11" fill="{look.line}">'
        f"{mark}{escape(node.said, 28)}</text></g>"
    )


def _draw_line(route: list[Place], title: str) -> str:
    """A line that passes straight through the columns on its way, and bends between them, so that it meets no box."""
    x, y = _at(route[0])
    x, y = x + _WIDTH, y + _HEIGHT / 2
    path = [f"M{x:g} {y:g}"]
    for place in route[1:]:
        to_x, to_y = _at(place)
        to_y += _HEIGHT / 2
        end = to_x - 6 if place is route[-1] else to_x
        half = (x + end) / 2
        path.append(f"C{half:g} {y:g} {half:g} {to_y:g} {end:g} {to_y:g}")
        if place is not route[-1]:
            path.append(f"H{to_x + _WIDTH:g}")
        x, y = to_x + _WIDTH, to_y
    head = f"M{x - _WIDTH:g} {y:g}l-8 -4v8z"
    return (
        f'<g class="line"><title>{escape(title)}</title>'
        f'<path d="{"".join(path)}" fill="none" stroke="{_LINE}" stroke-width="1.5"/>'
        f'<path d="{head}" fill="{_LINE}"/></g>'
    )


def _draw_arrow(x: float, to_x: float, y: float) -> str:
    return (
        f'<g class="line"><path d="M{x:g} {y:g}H{to_x - 6:g}" stroke="{_LINE}" stroke-width="1.5"/>'
        f'<path d="M{to_x:g} {y:g}l-8 -4v8z" fill="{_LINE}"/></g>'
    )
