# Programs override `_to_low_level_task` of graphs, so that it keeps its name.
# pyright: reportPrivateUsage=false
"""Making a task graph on the server what it is here, and taking it away."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, cast

import attrs

from snowflake_rest import task as rest
from snowflake_rest.runtime import Array, Nested, Steps

from ..._names import split_name, unquote
from ..._together import Together
from ...exceptions import InvalidIdentifierError, NotFoundError, SnowflakePythonError
from .._resource import prepare
from .._task import Task
from ._graph import DAG, sort_in_layers

if TYPE_CHECKING:
    from ..._common import WireMode
    from ...schema import SchemaResource

_TASK = Nested(Task)
_TASKS = Array(_TASK)


@attrs.frozen
class Existing:
    """A graph as it is on the server: its root, and the tasks that depend on it by their stored names."""

    root: Task
    tasks: dict[str, Task]
    finalizer: str | None
    """The finalizer's name."""

    @property
    def started(self) -> bool:
        return str(self.root.state).lower() == "started"

    @property
    def from_the_end(self) -> list[list[Task]]:
        """The tasks in groups, each before all that it follows."""
        before = {
            name: [unquote(take_last(p)) for p in task.predecessors or () if unquote(take_last(p)) != name]
            for name, task in self.tasks.items()
        }
        levels, rest_of_them = sort_in_layers(before)
        return [[self.tasks[name] for name in level] for level in [list(rest_of_them), *reversed(levels)]]


def find_graph(path: tuple[str, str], name: str) -> Generator[Any, Any, Existing | None]:
    """Steps that look for the graph of this root; None if there is none."""
    try:
        root: Task = yield from rest.fetch_task(*path, name).returning(_TASK)
    except NotFoundError:
        return None
    dependents: list[Task] = yield from rest.fetch_task_dependents(*path, name).returning(_TASKS)
    tasks = {unquote(task.name): task for task in dependents or ()}
    tasks.pop(unquote(name), None)
    finalizer = next((task.name for task in tasks.values() if task.finalize), None) or _find_finalizer(
        root.task_relations
    )
    if finalizer is not None:  # which servers don't always count among the dependents
        tasks.setdefault(unquote(finalizer), Task(finalizer, "", finalize=name))
    return Existing(root, tasks, finalizer)


def drop(path: tuple[str, str], name: str, *, with_finalizer: bool) -> Generator[Any, Any, None]:
    """Steps that drop a graph, from its end to its root, if there is one."""
    there = yield from find_graph(path, name)
    if there is None:
        return
    if there.finalizer is not None and not with_finalizer:
        del there.tasks[unquote(there.finalizer)]
    if there.started:
        yield from rest.suspend_task(*path, name)
    for level in there.from_the_end:
        yield from _drop_together(path, [task.name for task in level])
    yield from rest.delete_task(*path, name, if_exists=True)


class Deployment:
    """One deployment of a graph. Making it checks the graph whole, and uploads its functions; nothing else is sent."""

    def __init__(self, schema: SchemaResource, dag: DAG, mode: WireMode) -> None:
        self.path = (schema.database.name, schema.name)
        self.mode: WireMode = mode
        levels = [[task._to_low_level_task() for task in level] for level in dag.levels()]
        self.root = prepare(dag._to_low_level_task(), schema.root)
        self.levels = [[prepare(task, schema.root) for task in level] for level in levels]
        self.altering, self.with_root = False, True
        self.deployed: set[str] = set()
        self.failed: list[str] = []
        self.suspended = False

    def steps(self) -> Generator[Any, Any, None]:
        """Carry it out, level by level."""
        try:
            yield from self._deploy()
        except SnowflakePythonError as error:
            resumed = False
            if self.suspended and not self.deployed:
                resumed = yield from self._resume_again()
            error.context = self._report(resumed)
            raise

    def _deploy(self) -> Generator[Any, Any, None]:
        there = None if self.mode == "errorIfExists" else (yield from find_graph(self.path, self.root.name))
        if there is None:
            yield from self._make(self.root)
            yield from self._make_tasks()
            if self.root.schedule is not None:
                yield from rest.resume_task(*self.path, self.root.name)
        elif self.mode == "ifNotExists":
            self.levels = [[task for task in level if unquote(task.name) not in there.tasks] for level in self.levels]
            self.with_root = False
            if any(self.levels):
                yield from self._suspend(there)
                yield from self._make_tasks()
                if there.started:
                    yield from rest.resume_task(*self.path, self.root.name)
        else:
            yield from self._suspend(there)
            self.altering = True  # in place, so that whatever fails, the tasks stay one graph
            yield from self._make(self.root)
            yield from self._make_tasks(there)
            yield from self._drop_others(there)
            triggered = there.started and self.root.condition is not None
            if self.root.schedule is not None or triggered:
                yield from rest.resume_task(*self.path, self.root.name)

    def _make(self, task: Task) -> Generator[Any, Any, None]:
        try:
            if self.altering:
                yield from rest.create_or_alter_task(*self.path, task.name, task)
            else:
                yield from rest.create_task(*self.path, task, create_mode=self.mode)
        except SnowflakePythonError:
            self.failed.append(task.name)
            raise
        self.deployed.add(task.name)

    def _make_and_resume(self, task: Task) -> Generator[Any, Any, None]:
        yield from self._make(task)
        try:
            yield from rest.resume_task(*self.path, task.name)
        except SnowflakePythonError:
            self.failed.append(f"{task.name} (deployed, but not resumed)")
            raise

    def _make_tasks(self, there: Existing | None = None) -> Generator[Any, Any, None]:
        for level in self.levels:
            if any(task.finalize for task in level):
                yield from self._make_room(there)
            yield from _run_together([self._make_and_resume(task) for task in level])

    def _make_room(self, there: Existing | None) -> Generator[Any, Any, None]:
        """Drop a finalizer that the graph has no more: there is no room for two."""
        if there is not None and there.finalizer is not None and unquote(there.finalizer) not in self._names:
            yield from self._drop([there.finalizer])
            there.tasks.pop(unquote(there.finalizer), None)

    def _drop_others(self, there: Existing) -> Generator[Any, Any, None]:
        names = self._names
        for level in there.from_the_end:
            yield from self._drop([task.name for task in level if unquote(task.name) not in names])

    def _drop(self, names: list[str]) -> Generator[Any, Any, None]:
        try:
            yield from _drop_together(self.path, names)
        except SnowflakePythonError:
            self.failed.append(f"the drop of {', '.join(names)}")
            raise

    def _suspend(self, there: Existing) -> Generator[Any, Any, None]:
        if there.started:
            yield from rest.suspend_task(*self.path, self.root.name)
            self.suspended = True

    def _resume_again(self) -> Generator[Any, Any, bool]:
        try:
            yield from rest.resume_task(*self.path, self.root.name)
        except SnowflakePythonError:
            return False
        return True

    @property
    def _names(self) -> set[str]:
        return {unquote(task.name) for task in self._tasks}

    @property
    def _tasks(self) -> list[Task]:
        return [*([self.root] if self.with_root else []), *(task for level in self.levels for task in level)]

    def _report(self, resumed: bool) -> str:
        """How far it came, for the message of the error that ended it."""
        graph = f"the task graph {self.root.name}"
        if not self.deployed:
            was = "" if not self.suspended else "; it is resumed" if resumed else "; its root is suspended"
            return f"Nothing of {graph} was deployed{was}."
        names = [task.name for task in self._tasks]
        deployed = [name for name in names if name in self.deployed]
        lost = [name for name in names if name not in self.deployed and name not in self.failed]
        parts = [f"Of {graph}, deployed: {', '.join(deployed)}."]
        parts += [f"Failed: {', '.join(self.failed)}."] if self.failed else []
        parts += [f"Not reached: {', '.join(lost)}."] if lost else []
        return " ".join([*parts, "Its root is suspended: deploy it again, or resume it as it is."])


def _drop_together(path: tuple[str, str], names: list[str]) -> Generator[Any, Any, None]:
    yield from _run_together([rest.delete_task(*path, name, if_exists=True) for name in names])


def _run_together(steps: list[Any]) -> Generator[Any, Any, None]:
    """Carry out what need not wait for one another; the first that failed, in their order, raises."""
    if not steps:
        return
    together: Together[Any] = Together(cast("list[Steps[Any]]", steps))
    for outcome in (yield from together):
        if isinstance(outcome, SnowflakePythonError):
            raise outcome


def _find_finalizer(relations: str | None) -> str | None:
    """The finalizer that a root's `task_relations` name, if they name one."""
    try:
        name = json.loads(relations or "{}").get("FinalizerTask")
    except (AttributeError, ValueError):
        return None
    return take_last(name) if isinstance(name, str) and name else None


def take_last(name: str) -> str:
    """The last part of a qualified name."""
    try:
        return split_name(name).name
    except InvalidIdentifierError:
        return name
