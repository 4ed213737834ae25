"""The pages of task graphs: their tasks, their runs, and when each task of a run did what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from markupsafe import Markup
from starlette.datastructures import QueryParams

from .._names import quote_identifier, spell_identifier, split_name, unquote
from ..pictures import TaskAttempt, draw_svg, draw_timeline
from ..task import Task
from .door import Door, Login
from .objects import history, way
from .values import Cell, Failure, Link, Page, Part, State, Table, url

Row = Mapping[str, Any]
Run = list[Row]
"""The tasks of one attempt of a graph's run."""
_RUNS = 50
"""How many runs of a graph its page lists."""
_TIMES = ("SCHEDULED_TIME", "QUERY_START_TIME", "COMPLETED_TIME")
_OF_RUN = (
    "NAME, STATE, ERROR_MESSAGE, ERROR_CODE, QUERY_START_TIME, COMPLETED_TIME, RETURN_VALUE, QUERY_TEXT, QUERY_ID,"
    " SCHEDULED_TIME, ATTEMPT_NUMBER, RUN_ID, ROOT_TASK_ID"
)
_WORST_FIRST = ("EXECUTING", "FAILED", "FAILED_AND_AUTO_SUSPENDED", "CANCELLED", "SCHEDULED", "SUCCEEDED", "SKIPPED")


async def look(door: Door, login: Login, asked: QueryParams) -> Page:
    """All graphs that the role sees, or the tasks and runs of one."""
    at, called = tuple(asked.getlist("at")), "TASK_HISTORY(RESULT_LIMIT => 10000))"
    if len(at) == 3:
        return await _graph(door, login, at, asked.get("run", ""))
    tasks = await door.sql(login, "SHOW TASKS IN ACCOUNT")
    runs = _runs((await history(door, login, "*", called)).records)
    last = {run[0]["ROOT_TASK_ID"]: run for run in reversed(runs) if run[0]["RUN_ID"]}
    rows: list[list[Cell]] = []
    for root in tasks.records:
        if not _after(root):
            address = url("graphs", at=[root[part] for part in ("database_name", "schema_name", "name")])
            run = last.get(root["id"])
            ran: list[Cell] = [State(_state(run)), _key(run)[0]] if run else ["", ""]
            place = f"{root['database_name']}.{root['schema_name']}"
            rows.append([Link(root["name"], address), place, State(root["state"]), root["schedule"], *ran])
    graphs = Table(("root task", "schema", "state", "schedule", "last run", "scheduled for"), rows)
    return Page(title="Task graphs", parts=[("Graphs", graphs)])


async def _graph(door: Door, login: Login, at: Sequence[str], key: str) -> Page:
    """A graph, and one of its runs: the latest that has begun, unless another is asked for by its key."""
    where = ".".join(map(quote_identifier, at[:2]))
    every = (await door.sql(login, f"SHOW TASKS IN SCHEMA {where}")).records
    root = next((row for row in every if row["name"] == at[2]), None)
    if root is None:
        raise Failure(404, "This task does not exist or not authorized.", "002003")
    found = [root]
    for row in found:
        found += [one for one in every if row["name"] in _after(one) and one not in found]
    tasks = [_task(row) for row in found]
    # What runs is asked for before what has run, so that nothing seems to have ended that hasn't.
    current = await history(door, login, "*", "CURRENT_TASK_GRAPHS())")
    under_way = {row["RUN_ID"] for row in current.records if row["ROOT_TASK_ID"] == root["id"] and row["RUN_ID"]}
    called = "TASK_HISTORY(ROOT_TASK_ID => ?, RESULT_LIMIT => 10000))"
    runs = _runs((await history(door, login, _OF_RUN, called, root["id"])).records)
    latest = next((run for run in runs if run[0]["RUN_ID"]), None)
    run = next((run for run in runs if "/".join(_key(run)) == key), latest)
    live = run is not None and run[0]["RUN_ID"] in under_way
    attempts = [TaskAttempt.of({**row, **{title: _time(row[title]) for title in _TIMES}}) for row in run or ()]
    status = f"{'Executing' if live else _state(run).capitalize()}: {_counts(run)}." if run else "It has not run yet."
    parts: list[Part] = [("Graph", Markup(draw_svg(tasks, attempts if run else None)))]
    if run:
        told = Table(list(run[0]), [list(row.values()) for row in run]).listed("NAME")
        parts += [(f"Run of {_key(run)[0]}", Markup(draw_timeline(attempts, tasks))), ("Its tasks", told)]
    listed: list[list[Cell]] = []
    for one in runs[:_RUNS]:
        link = Link(_key(one)[0], url("graphs", at=at, run="/".join(_key(one))))
        listed.append([link, _key(one)[1], State(_state(one)), _counts(one)])
    parts.append(("Runs", Table(("scheduled for", "attempt", "state", "tasks"), listed)))
    return Page(
        title=at[2],
        what="task graph",
        crumbs=[Link("graphs", url("graphs")), *way(at[:2])],
        actions=[Link("The task", url("objects", kind="TASK", at=at))],
        status=status,
        live=live,
        parts=parts,
    )


def _after(row: Row) -> list[str]:
    """The names of the tasks that one comes after, of a finalizer its root's."""
    root = _root(row)
    before: list[str] = [root] if root else orjson.loads(row["predecessors"] or "[]")
    return [unquote(split_name(name).name) for name in before]


def _root(row: Row) -> str | None:
    """Of a finalizer."""
    return orjson.loads(row["task_relations"] or "{}").get("FinalizedRootTask")


def _task(row: Row) -> Task:
    """A task as a picture shows it."""
    before = [quote_identifier(name) for name in _after(row)]
    place: dict[str, Any] = {"finalize": before[0]} if _root(row) else {"predecessors": before}
    name, condition = spell_identifier(row["name"]), row["condition"] or None
    return Task.from_dict({"name": name, "definition": "", "condition": condition, "state": row["state"], **place})


def _runs(rows: Sequence[Row]) -> list[Run]:
    """The newest first."""
    found: dict[tuple[Any, ...], Run] = {}
    for row in rows:
        found.setdefault((row["ROOT_TASK_ID"], row["RUN_ID"], row["ATTEMPT_NUMBER"]), []).append(row)
    return list(found.values())


def _key(run: Run) -> tuple[str, str]:
    return min(str(row["SCHEDULED_TIME"]) for row in run), str(run[0]["ATTEMPT_NUMBER"])


def _state(run: Run) -> str:
    found = {row["STATE"] for row in run}
    return next((state for state in _WORST_FIRST if state in found), "SCHEDULED")


def _counts(run: Run) -> str:
    """Such as `1 failed, 3 succeeded`."""
    states = [row["STATE"].lower() for row in run]
    return ", ".join(f"{states.count(one)} {one}" for one in sorted({*states})).replace("_", " ")


def _time(text: str | None) -> datetime | None:
    moment, _, zone = (text or "").rpartition(" ")
    return datetime.fromisoformat(moment[:26] + zone) if text else None
