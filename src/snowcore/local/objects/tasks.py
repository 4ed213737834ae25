"""Tasks. They are linked by bare names, since a graph is in one schema; `snowcore.local.tasks` runs the graphs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs
import orjson

from ...engine.errors import AccountError, invalid, missing
from ...engine.names import canonical, shown
from ...engine.protocol import Moment
from ..account.calls import Call, Context
from ..account.catalog import Entry
from ..tasks import definitions, schedule
from ..tasks.graph import below, children, finalized, finalizer, is_above, is_root, predecessors, roots
from . import session_parameters
from .base import Content, Maker, ObjectType, done, full, status, within
from .words import SERVERLESS, Words, same

_OF_ROOTS = ("config", "task_auto_retry_attempts", "overlap_policy", "allow_overlapping_execution")
_MOST = 100
"""Predecessors of a task, and tasks that run right after one."""
_TRIGGER_INTERVAL = "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS"


class Tasks(ObjectType):
    resource = what = "task"
    words = Words(
        "TASK",
        {
            **same("text", "comment"),
            **same("name", "warehouse", "error_integration", "success_integration"),
            **same("schedule", "schedule", "target_completion_interval"),
            **same("boolean", "allow_overlapping_execution"),
            **same("integer", "task_auto_retry_attempts", "user_task_timeout_ms", "suspend_task_after_num_failures"),
            **same("word", "overlap_policy"),
            **same("json", "config"),
            **same("whole name", "finalize"),
            **SERVERLESS,
            _TRIGGER_INTERVAL: (_TRIGGER_INTERVAL, "integer"),
            "AFTER": ("predecessors", "whole names"),
            "WHEN": ("condition", "condition"),
            "AS": ("definition", "rest"),
        },
    )
    cloned = True
    ranges = {
        "task_auto_retry_attempts": (0, 30),
        "user_task_timeout_ms": (0, 604_800_000),
        "suspend_task_after_num_failures": (0, 2**31 - 1),
        _TRIGGER_INTERVAL: (10, 604_800),
    }
    defaults = {"comment": "", "predecessors": []}

    # What is declared

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        if "predecessors" in out:
            out["predecessors"] = list(dict.fromkeys(_bare(name, place) for name in out["predecessors"]))
        session_parameters.check_names("TASK", out.get(session_parameters.OF_TASKS, {}))
        if "finalize" in out:
            out["finalize"] = _bare(out["finalize"], place)
        for name in ("error_integration", "success_integration"):
            if out.get(name):
                out[name] = canonical(out[name])
        allow, policy = out.pop("allow_overlapping_execution", None), out.get("overlap_policy")
        if allow is not None and policy is None:
            out["overlap_policy"] = "ALLOW_CHILD_OVERLAP" if allow else "NO_OVERLAP"
        elif allow is not None and allow != (policy != "NO_OVERLAP"):
            raise invalid(f"'allow_overlapping_execution' {allow} contradicts 'overlap_policy' {policy}.")
        return out

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        name, before, root = full(path), properties.get("predecessors", []), properties.get("finalize")
        schema = self.account.kinds["schema"].need(self.account.kinds["database"].need(None, path[0]), path[1]).id
        if old is not None:
            self._need_suspended(old, alone_too=True)
        if "definition" in properties and (old is None or properties["definition"] != old.properties.get("definition")):
            definitions.check(properties["definition"])
        condition = properties.get("condition")
        if condition is not None and (old is None or condition != old.properties.get("condition")):
            definitions.check_condition(condition)
        if "schedule" in properties:
            schedule.check(properties["schedule"])
        self._check_compute(name, properties, old)
        session_parameters.check_values(properties.get(session_parameters.OF_TASKS, {}))
        if not before and root is None:
            return
        kind = "predecessors" if before else "a root task to finalize"
        if before and root is not None:
            raise invalid(f"Task {name} can't have both predecessors and a root task to finalize.")
        if "schedule" in properties:
            raise invalid(f"Task {name} can't have both a schedule and {kind}.")
        for field in _OF_ROOTS:
            if field in properties:
                raise invalid(f"Cannot set parameter {field} on non-root task {name}.")
        if len(before) > _MOST:
            raise invalid(f"Task {name} has {len(before)} predecessors; at most 100 are allowed.")
        for other in [*before, *([root] if root else [])]:
            task = self.catalog.find("task", schema, other)
            if task is None and other != path[-1]:
                raise missing("task", full((*path[:-1], other)))
            if task is not None and finalized(task) is not None:
                raise invalid(f"Task {full(task.path)} is a finalizer, which nothing runs after.")
            if task is not None:
                self._need_suspended(task, alone_too=True)
                after = {child.name for child in children(self.catalog, task)} | {path[-1]} if before else set[str]()
                if len(after) > _MOST:
                    raise invalid(f"Task {full(task.path)} would have {len(after)} children; at most 100 are allowed.")
        if path[-1] in before or is_above(self.catalog, schema, path[-1], before):
            raise invalid(f"Task {name} would run after itself.")
        if root is not None:
            target = self.catalog.find("task", schema, root)
            if target is None or not is_root(target) or root == path[-1]:
                raise invalid(f"Task {name} can only finalize a root task, which {shown(root)} is not.")
            there = finalizer(self.catalog, target)
            if there is not None and there.name != path[-1]:
                raise invalid(f"Task {full(target.path)} already has a finalizer: {full(there.path)}.")
            if old is not None and children(self.catalog, old):
                raise invalid(f"Task {name} has children, so it can't be a finalizer.")

    def _check_compute(self, name: str, properties: Mapping[str, Any], old: Entry | None) -> None:
        warehouse = properties.get("warehouse")
        if warehouse is None or (old is not None and warehouse == old.properties.get("warehouse")):
            return
        if "user_task_managed_initial_warehouse_size" in properties:
            raise invalid(f"Task {name} can't have both a warehouse and user_task_managed_initial_warehouse_size.")

    def _need_suspended(self, task: Entry, *, alone_too: bool) -> None:
        """A graph changes only while its root is suspended; a task on its own can be dropped at any time."""
        for root in roots(self.catalog, task):
            if root.state["state"] == "started" and (alone_too or len(below(self.catalog, root)) > 1):
                text = f"Unable to update graph with root task {full(root.path)} since that root task is not suspended."
                raise AccountError(409, "091421", "22000", text)

    def cloner(self, source: Entry, at: Moment | None) -> Maker | None:
        return None  # the catalog has all of it

    # The life of a task

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"id": str(uuid.uuid4()), "state": "suspended", "graph_version": 1}

    def born(self, entry: Entry, source: Entry | None, at: datetime | None = None) -> None:
        self._touch(entry)

    def change(self, entry: Entry, properties: dict[str, Any], *, fixed: Mapping[str, Any]) -> Content:
        with self.catalog.transaction():
            before = roots(self.catalog, entry)
            answer = super().change(entry, properties, fixed=fixed)
            self._touch(self.catalog.get(entry.id), *before)
        return answer

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        follows = bool(predecessors(entry)) or finalized(entry) is not None
        alone = not properties.get("predecessors") and "finalize" not in properties
        return self._suspended(entry) if follows and alone else entry.state

    def _suspended(self, entry: Entry, reason: str | None = None) -> Mapping[str, Any]:
        """The state of a task that stands alone now: somebody has to resume it."""
        if entry.state["state"] != "started":
            return entry.state
        left = "CHILD_BECAME_ROOT" if finalized(entry) is None else "FINALIZER_BECAME_ROOT"
        return {**entry.state, **self._stopped(reason or left)}

    def _stopped(self, reason: str) -> Mapping[str, Any]:
        return {"state": "suspended", "last_suspended_on": self.catalog.now(), "last_suspended_reason": reason}

    def do_alter(self, call: Call) -> Content:
        name = session_parameters.OF_TASKS
        if call.body.get(name) and (entry := self.existing(call)) is not None:
            every = {**entry.properties.get(name, {}), **call.body[name]}
            left = {parameter: value for parameter, value in every.items() if value is not None}
            call = attrs.evolve(call, body={**call.body, name: left or None})
        return super().do_alter(call)

    def _touch(self, *tasks: Entry) -> None:
        """The graphs of these tasks have changed."""
        for root in {root.id for task in tasks for root in roots(self.catalog, task)}:
            entry = self.catalog.get(root)
            self.set_state(entry, graph_version=entry.state["graph_version"] + 1)

    def may_drop(self, entry: Entry, call: Call) -> None:
        self._need_suspended(entry, alone_too=False)

    def retire(self, entry: Entry) -> None:
        self._sever(entry)
        super().retire(entry)
        self.account.runs.scheduler.changed()

    def _sever(self, entry: Entry) -> None:
        """What ran after the task does so no more."""
        self._touch(entry)
        for child in children(self.catalog, entry):
            left = [name for name in predecessors(child) if name != entry.name]
            state = child.state if left else self._suspended(child)
            self.catalog.update(child, properties={**child.properties, "predecessors": left}, state=state)
        if is_root(entry) and (last := finalizer(self.catalog, entry)) is not None:
            rest = {k: v for k, v in last.properties.items() if k != "finalize"}
            self.catalog.update(last, properties=rest, state=self._suspended(last))

    def do_resume(self, call: Call) -> Content:
        return self._turn(call, state="started", last_committed_on=self.catalog.now(), failures=0)

    def do_suspend(self, call: Call) -> Content:
        return self._turn(call, **self._stopped("USER_SUSPENDED"))

    def _turn(self, call: Call, **state: Any) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is not None and entry.state["state"] != state["state"]:
                if not is_root(entry):
                    self._need_suspended(entry, alone_too=True)
                if state["state"] == "started":
                    self.account.access.check_task(entry)
                self.set_state(entry, **state)
                self.account.runs.scheduler.changed()
        return done()

    def given(self, entry: Entry, *, alone: bool) -> None:
        """Whoever owns a task from now on must say that it shall run with their privileges. Alone it leaves
        its graph.
        """
        rest = dict(entry.properties)
        if alone:
            self._sever(entry)
            rest = {key: value for key, value in rest.items() if key not in ("predecessors", "finalize")}
        state = self._suspended(self.catalog.get(entry.id), "GRANT_OWNERSHIP")
        self.catalog.update(entry, properties=rest, state=state)
        self.account.runs.scheduler.changed()

    # Showing

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        before = [full((*entry.path[:-1], name)) for name in predecessors(entry)]
        relations: dict[str, Any] = {"Predecessors": before}
        out: dict[str, Any] = {"predecessors": before}
        if is_root(entry):
            out["overlap_policy"] = entry.properties.get("overlap_policy", "NO_OVERLAP")
            out["allow_overlapping_execution"] = out["overlap_policy"] != "NO_OVERLAP"
            if (last := finalizer(self.catalog, entry)) is not None:
                relations["FinalizerTask"] = full(last.path)
        elif (root := finalized(entry)) is not None:
            out["finalize"] = shown(root)
            relations["FinalizedRootTask"] = full((*entry.path[:-1], root))
        return {**out, "task_relations": orjson.dumps(relations).decode()}

    def selected(self, entries: Any, query: Mapping[str, Any]) -> list[Entry]:
        return super().selected(filter(is_root, entries) if query.get("rootOnly") else entries, query)

    def do_dependents(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        tasks = below(self.catalog, entry)
        if not call.query.get("recursive", True):
            tasks = [t for t in tasks if t.id == entry.id or entry.name in (*predecessors(t), finalized(t))]
        return [self.shown(task, call.context) for task in tasks]

    # Running

    def do_execute(self, call: Call) -> Content:
        """Start a run of the graph; how it ends, the history says."""
        entry = self.entry(call)
        if not is_root(entry):
            text = f"Task {full(entry.path)} is not a root task, and only root tasks can be executed."
            raise AccountError(400, "091084", "22000", text)
        with self.account.changing:
            if "last_committed_on" not in entry.state:
                self.set_state(entry, last_committed_on=self.catalog.now())
            self.account.access.check_task(entry)
            retry = call.context.beyond.get("RETRY", call.query.get("retryLast", False))
            config = call.context.beyond.get("CONFIG")
            ended = self.account.runs.start(self.catalog.get(entry.id), retry=retry, config=config)
            call.context.beyond.get("STARTED", bool)(ended)
        return status(f"Task {shown(entry.name)} is scheduled to run immediately.")

    def do_current_graphs(self, call: Call) -> list[Content]:
        return self._runs(self.account.runs.current(self._root(call)), call)

    def do_complete_graphs(self, call: Call) -> list[Content]:
        history, errors_only = self.account.runs.history, call.query.get("errorOnly", True)
        return self._runs(history.complete(self._root(call), self.account.clock(), errors_only=errors_only), call)

    def _runs(self, rows: list[dict[str, Any]], call: Call) -> list[Content]:
        """Graph runs as REST tells them."""
        told = self.document.properties({"$ref": "#/components/schemas/TaskRun"}, {})
        return [{key: value for key, value in row.items() if key in told} for row in rows[: _limit(call)]]

    def _root(self, call: Call) -> Entry:
        return next(iter(roots(self.catalog, self.entry(call))))


def _bare(name: str, place: tuple[str, ...]) -> str:
    whole = within(name, (*place, ""))
    if whole[:-1] != place:
        raise invalid(f"Task {name} is not in schema {full(place)}, but a graph is in one schema.")
    return whole[-1]


def _limit(call: Call) -> int:
    limit = call.query.get("resultLimit", 1000)
    if not 1 <= limit <= 10_000:
        raise invalid(f"Invalid value of parameter 'resultLimit': {limit} is not from 1 to 10,000.")
    return limit
