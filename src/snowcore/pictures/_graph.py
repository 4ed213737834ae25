# A graph that isn't deployed says what its tasks will be on the server by a method that programs override.
# pyright: reportPrivateUsage=false
"""A task graph as it is drawn, wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TypeAlias, cast

import attrs

from .._names import split_name, unquote
from ..exceptions import InvalidIdentifierError
from ..task import Task, TaskResource
from ..task.dagv1 import DAG, DAGTask
from ..task.dagv1._deployment import find_graph
from ..task.dagv1._graph import sort_in_layers
from ._runs import TaskAttempt

Graph: TypeAlias = DAG | TaskResource | Iterable[Task]
"""What can be drawn as a task graph."""


@attrs.frozen
class Node:
    """A task of a picture."""

    name: str
    """As it is stored."""
    label: str
    after: tuple[str, ...]
    facts: tuple[str, ...] = ()
    """What else is told of it, a line each: its condition, its schedule."""
    ends: str | None = None
    """The root of the graph whose finalizer it is."""
    state: str = ""
    attempt: TaskAttempt | None = None
    """The last attempt at it in the run that is shown."""

    @property
    def said(self) -> str:
        """The state, and what else is told, in a line."""
        retried = f"attempt {self.attempt.attempt}" if self.attempt and self.attempt.attempt > 1 else ""
        ends = "finalizer" if self.ends else ""
        return " · ".join(filter(None, (self.state, retried, ends, *self.facts)))

    @property
    def told(self) -> str:
        """All of it, in lines."""
        why = self.attempt.why if self.attempt else ""
        return "\n".join(filter(None, (self.name, self.said, why)))


def read_graph(graph: Graph, run: Iterable[TaskAttempt] | None = None) -> list[Node]:
    """The tasks of a graph, each after all that it follows, with their states in a run, if one is given.

    A predecessor that is not among the tasks is drawn, too. NotFoundError for the handle of a task that isn't there,
    ValueError for a cycle, TypeError for what is no graph.
    """
    nodes = {node.name: node for node in map(_read_task, _read_tasks(graph))}
    for node in list(nodes.values()):
        for name in (*node.after, *filter(None, [node.ends])):
            nodes.setdefault(name, Node(name, name, (), ("elsewhere",)))
    roots = [node.name for node in nodes.values() if not node.after and not node.ends]
    for node in nodes.values():  # of a DAG, whose tasks have the root's name before their own
        root = next((f"{root}$" for root in roots if node.name.startswith(f"{root}$")), "")
        nodes[node.name] = attrs.evolve(node, label=node.name.removeprefix(root))
    for attempt in run or ():
        if (node := nodes.get(attempt.name)) and (node.attempt is None or node.attempt.attempt <= attempt.attempt):
            nodes[node.name] = attrs.evolve(node, state=attempt.state, attempt=attempt)
    if run is not None:
        nodes = {n.name: n if n.attempt else attrs.evolve(n, state="") for n in nodes.values()}
    layers, circle = sort_in_layers({node.name: node.after for node in nodes.values() if not node.ends})
    if circle:
        raise ValueError(f"There is a cycle in the task graph: {', '.join(circle)} wait for one another")
    return [*(nodes[name] for layer in layers for name in layer), *(n for n in nodes.values() if n.ends)]


def _read_tasks(graph: Graph) -> Sequence[Task]:
    if isinstance(graph, DAG):
        tasks = [task for level in graph.levels() for task in level]
        return [graph._to_low_level_task(), *map(_outline, tasks)]
    if isinstance(graph, TaskResource):
        database, schema, name = graph.path
        there = graph.client.run(find_graph((database, schema), name))
        return [there.root, *there.tasks.values()] if there else [graph.fetch()]  # which says that there is none
    tasks = list(graph) if isinstance(graph, Iterable) else [graph]  # pyright: ignore[reportUnnecessaryIsInstance]
    if wrong := [task for task in tasks if not isinstance(task, Task)]:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"expected a DAG, the handle of a task, or tasks, not {cast('object', wrong[0])!r}")
    return cast("list[Task]", tasks)


def _outline(task: DAGTask) -> Task:
    """What is drawn of a task that isn't deployed, whose function is not looked at."""
    before = [one.full_name for one in task.predecessors_in_order] or [task.dag.name]
    return Task(
        task.full_name,
        "",
        condition=task._build_condition(),
        predecessors=None if task.is_finalizer else before,
        finalize=task.dag.name if task.is_finalizer else None,
    )


def _read_task(task: Task) -> Node:
    name = unquote(task.name)
    facts = [f"if {' '.join(task.condition.split())}"] if task.condition else []
    if isinstance(task.schedule, timedelta):
        facts.append(f"every {task.schedule}")
    elif task.schedule is not None:
        facts.append(f"{task.schedule.expr} {task.schedule.timezone}")
    return Node(
        name,
        name,
        tuple(dict.fromkeys(_take_last(p) for p in task.predecessors or ())),
        tuple(facts),
        ends=_take_last(task.finalize) if task.finalize else None,
        state=str(task.state or "").upper(),
    )


def _take_last(name: str) -> str:
    """The stored form of the last part of a name."""
    try:
        return unquote(split_name(name).name)
    except InvalidIdentifierError:
        return unquote(name)
