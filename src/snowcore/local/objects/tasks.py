"""Tasks. They are linked by bare names, since a graph is in one schema; `snowcore.local.tasks` runs the graphs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from ...engine.errors import AccountError, invalid, missing
from ...engine.names import shown
from ..account.calls import Call, Context
from ..account.catalog import Entry, stamp
from ..tasks import definitions, schedule
from ..tasks.graph import above, below, children, finalized, finalizer, is_root, predecessors, roots
from .base import Content, ObjectType, Underway, done, full, status, within
from .words import SERVERLESS, Words, same

_OF_ROOTS = ("config", "task_auto_retry_attempts", "overlap_policy", "allow_overlapping_execution")


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
            "AFTER": ("predecessors", "whole names"),
            "WHEN": ("condition", "condition"),
            "AS": ("definition", "rest"),
        },
    )
    cloned = True
    ranges = {"task_auto_retry_attempts": (0, 30), "user_task_timeout_ms": (0, 604_800_000)}
    defaults = {"comment": "", "predecessors": []}

    # What is declared

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        if "predecessors" in out:
            out["predecessors"] = list(dict.fromkeys(_bare(name, place) for name in out["predecessors"]))
        if "finalize" in out:
            out["finalize"] = _bare(out["finalize"], place)
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
        if "schedule" in properties:
            schedule.check(properties["schedule"])
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
        if len(before) > 100:
            raise invalid(f"Task {name} has {len(before)} predecessors; at most 100 are allowed.")
        for other in [*before, *([root] if root else [])]:
            task = self.catalog.find("task", schema, other)
            if task is None and other != path[-1]:
                raise missing("task", full((*path[:-1], other)))
            if task is not None and finalized(task) is not None:
                raise invalid(f"Task {full(task.path)} is a finalizer, which nothing runs after.")
            if task is not None:
                self._need_suspended(task, alone_too=True)
        if any(task.name == path[-1] for task in above(self.catalog, schema, before)) or path[-1] in before:
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

    def _need_suspended(self, task: Entry, *, alone_too: bool) -> None:
        """A graph changes only while its root is suspended; a task on its own can be dropped at any time."""
        for root in roots(self.catalog, task):
            if root.state["state"] == "started" and (alone_too or len(below(self.catalog, root)) > 1):
                text = f"Unable to update graph with root task {full(root.path)} since that root task is not suspended."
                raise AccountError(409, "091421", "22000", text)

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

    def _touch(self, *tasks: Entry) -> None:
        """The graphs of these tasks have changed."""
        for root in {root.id for task in tasks for root in roots(self.catalog, task)}:
            entry = self.catalog.get(root)
            self.set_state(entry, graph_version=entry.state["graph_version"] + 1)

    def may_drop(self, entry: Entry, call: Call) -> None:
        self._need_suspended(entry, alone_too=False)

    def retire(self, entry: Entry) -> None:
        """What ran after the task does so no more."""
        self._touch(entry)
        for child in children(self.catalog, entry):
            left = [name for name in predecessors(child) if name != entry.name]
            self.catalog.update(child, properties={**child.properties, "predecessors": left})
        if is_root(entry) and (last := finalizer(self.catalog, entry)) is not None:
            rest = {k: v for k, v in last.properties.items() if k != "finalize"}
            self.catalog.update(last, properties=rest)
        super().retire(entry)

    def do_resume(self, call: Call) -> Content:
        now = self.catalog.now()
        return self._turn(call, state="started", last_committed_on=now)

    def do_suspend(self, call: Call) -> Content:
        return self._turn(call, state="suspended", last_suspended_on=self.catalog.now())

    def _turn(self, call: Call, **state: Any) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is not None and entry.state["state"] != state["state"]:
                if not is_root(entry):
                    self._need_suspended(entry, alone_too=True)
                self.set_state(entry, **state)
        return done()

    def given(self, entry: Entry) -> None:
        """Whoever owns a task from now on must say that it shall run with their privileges."""
        if entry.state["state"] == "started":
            self.set_state(entry, state="suspended", last_suspended_on=self.catalog.now())

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
        """Run the graph to its end; how it ended is in the history. With `asyncExec`, or if a task asks, don't wait."""
        entry = self.entry(call)
        if not is_root(entry):
            text = f"Task {full(entry.path)} is not a root task, and only root tasks can be executed."
            raise AccountError(400, "091084", "22000", text)
        with self.account.changing:
            if "last_committed_on" not in entry.state:
                self.set_state(entry, last_committed_on=self.catalog.now())
            end = self.account.runs.start(self.catalog.get(entry.id), retry_last=call.query.get("retryLast", False))
        if not call.query.get("asyncExec") and not self.account.runs.inside:
            end.result()
        return Underway(status(f"Task {shown(entry.name)} is scheduled to run immediately."), end)

    def do_current_graphs(self, call: Call) -> list[Content]:
        root = self._root(call)
        rows = self.account.runs.history.current(root)
        if (due := self._due(root)) is not None:
            rows.insert(0, due)
        return rows[: _limit(call)]

    def do_complete_graphs(self, call: Call) -> list[Content]:
        history, errors_only = self.account.runs.history, call.query.get("errorOnly", True)
        return history.complete(self._root(call), self.account.clock(), errors_only=errors_only)[: _limit(call)]

    def _root(self, call: Call) -> Entry:
        return next(iter(roots(self.catalog, self.entry(call))))

    def _due(self, root: Entry) -> Content | None:
        """The run that a resumed root's schedule asks for next."""
        if root.state["state"] != "started":
            return None
        now, since = self.account.clock(), datetime.fromisoformat(root.state["last_committed_on"])
        due = schedule.next_time(root.properties.get("schedule"), since, now)
        if due is None:
            return None
        after = schedule.next_time(root.properties["schedule"], since, due)
        return {
            "root_task_name": root.name,
            "database_name": root.path[0],
            "schema_name": root.path[1],
            "state": "SCHEDULED",
            "scheduled_time": stamp(due),
            "next_scheduled_time": stamp(after or due),
            "root_task_id": root.state["id"],
            "graph_version": root.state["graph_version"],
            "run_id": int(due.timestamp() * 1000),
        }


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
