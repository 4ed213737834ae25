"""A run of a task graph on a line of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

from ..task import TaskResource
from ._graph import Graph, read_graph
from ._runs import TaskAttempt, fetch_run, sort_attempts
from ._states import find_look
from ._svg import Svg, escape, wrap_svg

_LABEL, _CHART, _TOLD = 200, 620, 330
"""The widths of the names, of the bars, and of what is told behind them."""
_ROW, _BAR, _TOP = 24, 14, 44
_GREY = "#868e99"
_FONT = 'font-family="system-ui, sans-serif"'
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)


@attrs.frozen
class _Row:
    name: str
    label: str
    attempts: list[TaskAttempt]
    waited_for: str | None
    """The task before it that ended last."""
    ready: datetime | None
    """When nothing kept it from running any more."""


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
    given = [one if isinstance(one, TaskAttempt) else TaskAttempt.of(one) for one in run]
    attempts = sort_attempts(given)
    known = [time for a in attempts for time in (a.started, a.ended) if time is not None]
    if not known:
        return wrap_svg([_write(10, 24, "Nothing has begun yet.")], 300, 40, "A run that has not begun")
    first, last = min(known).astimezone(UTC), max(known)
    span = max((last - first).total_seconds(), 0.001)
    rows = _arrange(attempts, graph)
    at = {row.name: i for i, row in enumerate(rows)}

    def scale(time: datetime) -> float:
        return _LABEL + max((time - first).total_seconds(), 0.0) / span * _CHART

    height = _TOP + len(rows) * _ROW + 8
    out = _draw_axis(first, span, height)
    for i, row in enumerate(rows):
        y = _TOP + i * _ROW
        begun = next((a.started for a in row.attempts if a.started), None)
        if row.ready and begun and begun > row.ready:
            out.append(_draw_wait(scale(row.ready), scale(begun), y, row, at))
        out.append(_write(8, y + 12, row.label, 26, weight=600))
        for one in row.attempts:
            out.append(_draw_bar(one, y, scale(one.started or one.ended or last), scale(one.ended or last)))
        out.append(_write(_LABEL + _CHART + 12, y + 12, _tell(row), 50, find_look(row.attempts[-1].state).line))
    title = f"Run of {first:%Y-%m-%d %H:%M:%S} UTC, {_spell(span)}, {len(rows)} tasks"
    return wrap_svg([_write(8, 16, title, weight=600), *out], _LABEL + _CHART + _TOLD, height, title)


def _arrange(attempts: list[TaskAttempt], graph: Graph | None) -> list[_Row]:
    """The tasks in the order in which they began, and what each waited for."""
    of_task: dict[str, list[TaskAttempt]] = {}
    for attempt in attempts:
        of_task.setdefault(attempt.name, []).append(attempt)
    ended = {name: max((a.ended for a in tried if a.ended), default=None) for name, tried in of_task.items()}
    nodes = {node.name: node for node in read_graph(graph)} if graph is not None else {}
    before = {name: tuple(of_task.keys() - {name}) if node.ends else node.after for name, node in nodes.items()}
    rows: list[_Row] = []
    for name, tried in of_task.items():
        begun = next((a.started for a in tried if a.started), None)
        over = {n: t for n in before.get(name, ()) if (t := ended.get(n)) and (begun is None or t <= begun)}
        waited = max(over, key=lambda n: over[n], default=None)
        label = nodes[name].label if name in nodes else name
        rows.append(_Row(name, label, tried, waited, over[waited] if waited else tried[0].scheduled))
    return rows


def _draw_axis(first: datetime, span: float, height: float) -> list[str]:
    step = next((step for step in _STEPS if span / step <= 8), span / 8)
    out: list[str] = []
    for i in range(int(span / step) + 1):
        x = _LABEL + i * step / span * _CHART
        out.append(
            f'<path d="M{x:.1f} {_TOP - 8}V{height}" stroke="{_GREY}" stroke-width="0.5" stroke-dasharray="2 3"/>'
        )
        out.append(_write(x - 8, _TOP - 12, _spell(i * step), size=10))
    return out


def _draw_bar(attempt: TaskAttempt, y: float, start: float, end: float) -> str:
    look = find_look(attempt.state)
    told = [f"{attempt.name} · {attempt.state} · attempt {attempt.attempt}", attempt.why]
    times = [time.astimezone(UTC).strftime("%H:%M:%S") for time in (attempt.started, attempt.ended) if time]
    told.append(" to ".join(times))
    return (
        f'<g class="task {escape(attempt.state.lower())}"><title>{escape(chr(10).join(filter(None, told)))}</title>'
        f'<rect x="{start:.1f}" y="{y + 1}" width="{max(end - start, 3):.1f}" height="{_BAR}" rx="2"'
        f' fill="{look.line}"/></g>'
    )


def _draw_wait(start: float, end: float, y: float, row: _Row, at: Mapping[str, int]) -> str:
    """The time that a task was ready and didn't run, and the line down from what it waited for."""
    middle = y + 1 + _BAR / 2
    above = f"M{start:.1f} {_TOP + at[row.waited_for] * _ROW + _BAR + 1}V{middle}" if row.waited_for else ""
    title = f"{row.name} waited for {row.waited_for or 'its turn'}"
    return (
        f'<g class="line"><title>{escape(title)}</title><path d="{above}M{start:.1f} {middle}H{end:.1f}" fill="none"'
        f' stroke="{_GREY}" stroke-width="1"/></g>'
    )


def _tell(row: _Row) -> str:
    """What became of a task, in words."""
    last = row.attempts[-1]
    took = _spell(last.seconds) if last.seconds is not None else ""
    tried = f"{len(row.attempts)} attempts" if len(row.attempts) > 1 else ""
    return f"{find_look(last.state).mark} " + " · ".join(filter(None, (last.state, took, tried, last.why)))


def _spell(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds < 60 else str(timedelta(seconds=round(seconds)))


def _write(
    x: float, y: float, text: str, limit: int | None = None, fill: str = _GREY, *, size: int = 12, weight: int = 400
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:g}" {_FONT} font-size="{size}" font-weight="{weight}" fill="{fill}">'
        f"{escape(text, limit)}</text>"
    )
