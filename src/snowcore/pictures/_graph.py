# A graph that isn't deployed says what its tasks will be on the server by methods that programs override.
# pyright: reportPrivateUsage=false
"""A task graph as it is drawn, wherever it comes from, and how states look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple, TypeAlias, cast

import attrs

from .._names import unquote
from ..task import Task, TaskResource
from ..task.dagv1 import DAG, DAGTask
from ..task.dagv1._deployment import find_graph, take_last
from ..task.dagv1._graph import sort_in_layers
from ._runs import TaskAttempt

Graph: TypeAlias = DAG | TaskResource | Iterable[Task]
"""What can be drawn as a task graph."""


class Look(NamedTuple):
    """How a state looks, which its colour alone never tells: a mark, the same in ASCII, and colours: of the line, of
    the area, and the number of the one in a terminal."""

    mark: str
    plain_mark: str
    line: str
    fill: str
    terminal: int


_LOOKS = {
    "SUCCEEDED": Look("✔", "+", "#1a7f37", "#e4f5e9", 32),
    "FAILED": Look("✘", "x", "#c62828", "#fdeaea", 31),
    "CANCELLED": Look("■", "#", "#7b3fa0", "#f3e8f9", 35),
    "EXECUTING": Look("▶", ">", "#1565c0", "#e2effc", 34),
    "SKIPPED": Look("↷", "~", "#8a6100", "#fdf3d7", 33),
    "STARTED": Look("●", "o", "#0f6b78", "#e0f3f5", 36),
}


def find_look(state: str) -> Look:
    """How a state looks; grey for what is yet to come, and for states that nobody knows."""
    return _LOOKS.get(state.upper().removesuffix("_AND_AUTO_SUSPENDED"), Look("·", ".", "#6b7280", "#f3f4f6", 90))


def measure(text: str) -> int:
    """How many Latin letters are as wide as a text, of which Chinese or Japanese signs and emoji are two each."""
    shown = (c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)


@attrs.frozen
class Node:
    """A task of a picture. ends: the root whose finalizer it is. attempt: the last one in the run that is shown."""

    name: str
    label: str
    after: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    ends: str | None = None
    state: str = ""
    attempt: TaskAttempt | None = None

    @property
    def more(self) -> str:
        """What there is to say besides the state, in a line."""
        retried = f"attempt {self.attempt.attempt}" if self.attempt and self.attempt.attempt > 1 else ""
        return " · ".join(filter(None, (retried, "finalizer" if self.ends else "", *self.facts)))

    @property
    def said(self) -> str:
        """The state and more, in a line."""
        return " · ".join(filter(None, (self.state, self.more)))

    @property
    def why(self) -> str:
        """The error of the attempt, if there was one."""
        return self.attempt.why if self.attempt else ""


def read_graph(graph: Graph, run: Iterable[TaskAttempt] | None = None) -> list[Node]:
    """The tasks of a graph, each after all that it follows, with their states in a run, if one is given.

    A predecessor that is not among the tasks is drawn, too. NotFoundError for the handle of a task that isn't there,
    ValueError for a cycle, TypeError for what is no graph.
    """
    nodes = {node.name: node for node in map(_read_task, _read_tasks(graph))}
    for name in [name for node in nodes.values() for name in (*node.after, node.ends) if name]:
        nodes.setdefault(name, Node(name, name, facts=("elsewhere",)))
    roots = [f"{node.name}$" for node in nodes.values() if not node.after and not node.ends]
    last = {attempt.name: attempt for attempt in sorted(run or (), key=lambda one: one.attempt)}
    for name, node in nodes.items():
        # The names of a DAG's tasks begin with that of its root.
        root = next((root for root in roots if name.startswith(root)), "")
        state = node.state if run is None else last[name].state if name in last else ""
        nodes[name] = attrs.evolve(node, label=name.removeprefix(root), state=state, attempt=last.get(name))
    layers, circle = sort_in_layers({node.name: node.after for node in nodes.values() if not node.ends})
    if circle:
        raise ValueError(f"There is a cycle in the task graph: {', '.join(circle)} wait for one another")
    return [*(nodes[name] for layer in layers for name in layer), *(n for n in nodes.values() if n.ends)]


def _read_tasks(graph: Graph) -> Sequence[Task]:
    if isinstance(graph, DAG):
        return [graph._to_low_level_task(), *(_outline(task) for level in graph.levels() for task in level)]
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
    before, ends = (None, task.dag.name) if task.is_finalizer else (before, None)
    return Task(task.full_name, "", condition=task._build_condition(), predecessors=before, finalize=ends)


def _read_task(task: Task) -> Node:
    facts = [f"if {' '.join(task.condition.split())}"] if task.condition else []
    if task.schedule is not None:
        plan = task.schedule
        facts.append(f"every {plan}" if isinstance(plan, timedelta) else f"{plan.expr} {plan.timezone}")
    after = tuple(dict.fromkeys(unquote(take_last(name)) for name in task.predecessors or ()))
    ends, name = unquote(take_last(task.finalize)) if task.finalize else None, unquote(task.name)
    return Node(name, name, after, tuple(facts), ends, str(task.state or "").upper())
