"""A run of a task graph on a line of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, timedelta
from typing import Any

from ..task import TaskResource
from ._graph import Graph, find_look, read_graph
from ._runs import TaskAttempt, fetch_run, sort_attempts
from ._svg import FONT, GREY, Svg, escape, wrap_svg

_LABEL, _CHART, _TOLD = 200, 620, 330
"""The widths of the names, of the bars, and of what is told behind them."""
_ROW, _BAR, _TOP = 24, 14, 44
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)


def draw_timeline(run: TaskResource | Iterable[TaskAttempt | Mapping[str, Any]], graph: Graph | None = None) -> Svg:
    """A run of a task graph as SVG: a bar for each attempt at a task, what it waited for, its error, retries.

    run: what `fetch_run` gave, rows of TASK_HISTORY, or the handle of a deployed graph's root, whose latest run is
    fetched. graph: what says which task waits for which, as `draw_svg` takes it; where `run` is a handle, its graph.

    A row begins with a thin line from when the task before it had ended that ended last (which a line points at) to
    when the task began. Without a graph the wait begins when the run was due. Escaped as by `draw_svg`; no extra is
    needed. Errors are those of `fetch_run` and of reading the graph.
    """
    if isinstance(run, TaskResource):
        graph = run if graph is None else graph
        run = fetch_run(run)
    attempts = sort_attempts(one if isinstance(one, TaskAttempt) else TaskAttempt.of(one) for one in run)
    nodes = {node.name: node for node in read_graph(graph)} if graph is not None else {}
    known = [time for a in attempts for time in (a.started, a.ended) if time is not None]
    if not known:
        return wrap_svg([_write(10, 24, "Nothing has begun yet.")], 300, 40, "A run that has not begun")
    first, last = min(known).astimezone(UTC), max(known)
    span = max((last - first).total_seconds(), 0.001)
    tried: dict[str, list[TaskAttempt]] = {}
    for attempt in attempts:
        tried.setdefault(attempt.name, []).append(attempt)
    rows, ended = {name: i for i, name in enumerate(tried)}, {a.name: a.ended for a in attempts if a.ended}
    title = f"Run of {first:%Y-%m-%d %H:%M:%S} UTC, {_spell(span)}, {len(tried)} tasks"
    out = [_write(8, 16, title, weight=600)]
    step = next((step for step in _STEPS if span / step <= 8), span / 8)
    for i in range(int(span / step) + 1):
        x = _LABEL + i * step / span * _CHART
        out.append(f'<path d="M{x:.1f} {_TOP - 8}v{len(rows) * _ROW + 8}" stroke="{GREY}" stroke-dasharray="1 4"/>')
        out.append(_write(x - 8, _TOP - 12, _spell(i * step), size=10))
    for name, row in rows.items():
        y, node, final = _TOP + row * _ROW, nodes.get(name), tried[name][-1]
        begun = next((a.started for a in tried[name] if a.started), None)
        before = () if node is None else (rows.keys() - {name}) if node.ends else node.after
        over = {n: t for n in before if (t := ended.get(n)) and (begun is None or t <= begun)}
        waited = max(over, key=lambda n: over[n], default=None)
        ready, told = over[waited] if waited else final.scheduled, f"{name} waited for {waited or 'its turn'}"
        if ready and begun and begun > ready:
            (start, end), middle = (_at(time - first, span) for time in (ready, begun)), y + 1 + _BAR / 2
            above = f"M{start:.1f} {_TOP + rows[waited] * _ROW + _BAR + 1}V{middle}" if waited else ""
            out.append(
                f'<g class="line"><title>{escape(told)}</title>'
                f'<path d="{above}M{start:.1f} {middle}H{end:.1f}" fill="none" stroke="{GREY}"/></g>'
            )
        out.append(_write(8, y + 12, node.label if node else name, 26, weight=600))
        for one in tried[name]:
            left, right = (_at((time or last) - first, span) for time in (one.started or one.ended, one.ended))
            told = f"{one.name} · {one.state} · attempt {one.attempt}\n{one.why}"
            out.append(
                f'<g class="task {escape(one.state.lower())}"><title>{escape(told)}</title><rect x="{left:.1f}"'
                f' y="{y + 1}" width="{max(right - left, 3):.1f}" height="{_BAR}" rx="2"'
                f' fill="{find_look(one.state).line}"/></g>'
            )
        took = _spell(final.seconds) if final.seconds is not None else ""
        parts = (final.state, took, f"{len(tried[name])} attempts" if len(tried[name]) > 1 else "", final.why)
        look, told = find_look(final.state), " · ".join(filter(None, parts))
        out.append(_write(_LABEL + _CHART + 12, y + 12, f"{look.mark} {told}", 50, look.line))
    return wrap_svg(out, _LABEL + _CHART + _TOLD, _TOP + len(rows) * _ROW + 8, title)


def _at(since: timedelta, span: float) -> float:
    return _LABEL + max(since.total_seconds(), 0.0) / span * _CHART


def _spell(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds < 60 else str(timedelta(seconds=round(seconds)))


def _write(
    x: float, y: float, text: str, limit: int | None = None, fill: str = GREY, *, size: int = 12, weight: int = 400
) -> str:
    style = f'{FONT} font-size="{size}" font-weight="{weight}" fill="{fill}"'
    return f'<text x="{x:.1f}" y="{y:g}" {style}>{escape(text, limit)}</text>'
