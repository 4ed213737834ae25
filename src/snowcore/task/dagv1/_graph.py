"""A task graph as it is drawn: tasks, and which follows which. Nothing here sends anything."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, cast, runtime_checkable

import attrs

from ..._names import normalize, quote_literal, spell_identifier, unquote
from ...exceptions import InvalidOperationError
from .._schedule import Cron, Schedule
from .._stored_procedure_call import StoredProcedureCall
from .._task import OverlapPolicy, Task, check_overlap, translate_allowed, translate_policy

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Self

K = TypeVar("K")

_MOST_TASKS = 1000
_MOST_NEIGHBOURS = 100
_SHORTEST, _LONGEST = timedelta(seconds=10), timedelta(days=8)


@runtime_checkable
class SQLConvertible(Protocol):
    """Anything that knows the SQL that a task should run."""

    def to_sql(self) -> str:
        """The SQL."""
        ...


Definition = str | Callable[..., Any] | StoredProcedureCall | SQLConvertible
Neighbours: TypeAlias = "DAGTask | Callable[..., Any] | Iterable[DAGTask | Callable[..., Any]]"


class _Stack:
    """The graphs whose `with` blocks are open here. Each thread and each asyncio task has its own."""

    def __init__(self) -> None:
        self._open: ContextVar[tuple[DAG, ...]] = ContextVar("dags", default=())

    def append(self, dag: DAG) -> None:
        self._open.set((*self._open.get(), dag))

    def pop(self) -> DAG:
        last = self[-1]
        self._open.set(self._open.get()[:-1])
        return last

    def __len__(self) -> int:
        return len(self._open.get())

    def __getitem__(self, index: int) -> DAG:
        return self._open.get()[index]


dag_context_stack = _Stack()


def _check_schedule(value: Cron | timedelta | None) -> Cron | timedelta | None:
    if value is None:
        return None
    checked: Cron | timedelta = Schedule().check(value, "DAG.schedule")
    if isinstance(checked, timedelta) and not _SHORTEST <= checked <= _LONGEST:
        raise ValueError(f"DAG.schedule: expected ten seconds to eight days, not {checked!r}")
    return checked


def _take_shared(of: DAG | DAGTask) -> dict[str, Any]:
    """What a graph or its task has under the same name as a task on the server."""
    return {name: getattr(of, name) for name in attrs.fields_dict(Task).keys() & attrs.fields_dict(type(of)).keys()}


@attrs.define(slots=False, eq=False, repr=False)
class DAG:
    """A task graph: a root task, which starts the runs, and the tasks that follow.

    name: the root's name. schedule: when the graph runs; without one only when it is told to. warehouse: where its
    tasks run that name none themselves. allow_overlapping_execution, overlap_policy: whether a run may start while
    another one goes on; the one that is set last counts. config: what the tasks read with
    `TaskContext.get_task_graph_config`. stage_location, imports, packages: for tasks that are Python functions.
    use_func_return_value: what these functions return is their tasks' return value. condition: the root runs only where
    this SQL is true. user_task_managed_initial_warehouse_size: deprecated; give it to the tasks.
    error_integration: the notification integration that hears of failed runs. comment: text that describes the graph.
    task_auto_retry_attempts: how often a failed run is retried, from 0 to 30, default 0. user_task_timeout_ms: how long
    a run of a task may take, in milliseconds, up to seven days, default one hour. suspend_task_after_num_failures:
    after how many failed runs in a row the graph is suspended; 0 for never, default 10. session_parameters: session
    parameters for the runs, by name.

    In a `with` block, tasks that are made belong to the graph.
    """

    name: str
    schedule: Cron | timedelta | None = attrs.field(default=None, kw_only=True, converter=_check_schedule)
    warehouse: str | None = attrs.field(default=None, kw_only=True)
    user_task_managed_initial_warehouse_size: str | None = attrs.field(default=None, kw_only=True)
    error_integration: str | None = attrs.field(default=None, kw_only=True)
    comment: str | None = attrs.field(default=None, kw_only=True)
    task_auto_retry_attempts: int | None = attrs.field(default=None, kw_only=True)
    # what is said of overlap: one of them, or neither
    _allowed: bool | None = attrs.field(default=None, kw_only=True, alias="allow_overlapping_execution")
    _policy: OverlapPolicy | None = attrs.field(default=None, kw_only=True, alias="overlap_policy")
    user_task_timeout_ms: int | None = attrs.field(default=None, kw_only=True)
    suspend_task_after_num_failures: int | None = attrs.field(default=None, kw_only=True)
    config: dict[str, Any] | None = attrs.field(default=None, kw_only=True)
    session_parameters: dict[str, Any] | None = attrs.field(default=None, kw_only=True)
    stage_location: str | None = attrs.field(default=None, kw_only=True)
    imports: list[str | tuple[str, str]] | None = attrs.field(default=None, kw_only=True)
    packages: list[str | ModuleType] | None = attrs.field(default=None, kw_only=True)
    use_func_return_value: bool = attrs.field(default=False, kw_only=True)
    condition: str | None = attrs.field(default=None, kw_only=True)
    _tasks: dict[str, DAGTask] = attrs.field(factory=dict[str, "DAGTask"], init=False)

    def __attrs_post_init__(self) -> None:
        check_overlap(self._policy, self._allowed)
        if self.user_task_managed_initial_warehouse_size is not None:
            warnings.warn(
                "Providing user_task_managed_initial_warehouse_size for a dummy root Task is deprecated; "
                "give it to the child tasks",
                DeprecationWarning,
                stacklevel=3,
            )
        if self._policy is not None:
            self.overlap_policy = self._policy
        DAG._to_low_level_task(self)  # what can't be sent is refused here

    @property
    def allow_overlapping_execution(self) -> bool | None:
        """Whether a run may start before the last one ended; None if nothing is said of it. Setting it takes the place
        of `overlap_policy`.
        """
        return self._allowed if self._policy is None else translate_policy(self._policy)

    @allow_overlapping_execution.setter
    def allow_overlapping_execution(self, value: bool | None) -> None:
        self._allowed, self._policy = value, None

    @property
    def overlap_policy(self) -> OverlapPolicy | None:
        """What a run does that is due before the last one ended; None if nothing is said of it. Setting it takes the
        place of `allow_overlapping_execution`.
        """
        return self._policy or translate_allowed(self._allowed)

    @overlap_policy.setter
    def overlap_policy(self, value: OverlapPolicy | None) -> None:
        self._policy, self._allowed = None if value is None else OverlapPolicy(value), None

    @property
    def effective_overlap_policy(self) -> OverlapPolicy:
        """What is said of overlap, as a policy; NO_OVERLAP when nothing is."""
        return self.overlap_policy or OverlapPolicy.NO_OVERLAP

    @property
    def tasks(self) -> list[DAGTask]:
        """The tasks, without the root, in the order in which they were added."""
        return list(self._tasks.values())

    def add_task(self, task: DAGTask) -> None:
        """Take a task in. One that is made with `dag=`, or in the `with` block, is in already.

        InvalidOperationError if it has the name of another, or if it is a second finalizer; ValueError if it belongs to
        another graph.
        """
        if task.dag is not self:
            raise ValueError(f"{task.name!r} belongs to the task graph {task.dag.name!r}, not to {self.name!r}")
        other = self._tasks.setdefault(unquote(task.name), task)
        if other is not task:
            raise InvalidOperationError(f"the task graph {self.name!r} has a task {other.name!r} already")
        finalizers = [t.name for t in self.tasks if t.is_finalizer]
        if len(finalizers) > 1:
            del self._tasks[unquote(task.name)]
            raise InvalidOperationError(f"the task graph {self.name!r} has a finalizer already: {finalizers[0]!r}")

    def get_task(self, task_name: str) -> DAGTask | None:
        """The task of this short name."""
        return self._tasks.get(unquote(task_name))

    def get_finalizer_task(self) -> DAGTask | None:
        """The task that runs after all others, whether they succeed or not."""
        return next((task for task in self.tasks if task.is_finalizer), None)

    def levels(self) -> list[list[DAGTask]]:
        """The tasks in groups: none needs another of its group, and each comes after all that it follows.

        The finalizer is alone in the last one. ValueError for a cycle, InvalidOperationError for more than 1,000 tasks
        with the root, or a task with more than 100 before or after it.
        """
        if len(self._tasks) + 1 > _MOST_TASKS:
            raise InvalidOperationError(
                f"the task graph {self.name!r} has {len(self._tasks) + 1} tasks; the most is {_MOST_TASKS}"
            )
        finalizer = self.get_finalizer_task()
        after: dict[str, int] = dict.fromkeys([self.name, *(task.name for task in self.tasks)], 0)
        inner = {task: task.predecessors_in_order for task in self.tasks if task is not finalizer}
        for task, before in inner.items():
            _check_neighbours(task.name, len(before), "predecessors")
            for name in [t.name for t in before] or [self.name]:
                after[name] += 1
        for name, count in after.items():
            _check_neighbours(name, count, "successors")
        levels, rest = sort_in_layers(inner)
        if rest:
            raise ValueError(f"There is a cycle in the task graph {self.name!r}: {_find_cycle(rest)}")
        return levels if finalizer is None else [*levels, [finalizer]]

    def _to_low_level_task(self) -> Task:
        given = _take_shared(self)
        if self.warehouse is not None:
            given["user_task_managed_initial_warehouse_size"] = None
        return Task(
            definition="select 'root of the task graph'",
            allow_overlapping_execution=self._allowed,
            overlap_policy=self._policy,
            **given,
        )

    def __contains__(self, task: DAGTask | str) -> bool:
        return self.get_task(task) is not None if isinstance(task, str) else task in self._tasks.values()

    def __enter__(self) -> Self:
        dag_context_stack.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        dag_context_stack.pop()

    def __repr__(self) -> str:
        return f"<DAG: {self.name}>"

    def _repr_html_(self) -> str:
        from ...pictures import draw_html

        return draw_html(self)


@attrs.define(slots=False, eq=False, repr=False)
class DAGTask:
    """A task of a graph.

    name: its short name; the server's is `<graph>$<name>`. definition: SQL, a function whose first parameter is a
    Snowpark session, a StoredProcedureCall, or an object with `to_sql()`. condition: the task runs only where this SQL
    is true. warehouse: the graph's when left out. is_serverless: Snowflake finds the compute, whatever the graph's
    warehouse. is_finalizer: it runs after all others, whether they succeed or not; it has no predecessors or
    successors. dag: its graph; where it is left out, the one whose `with` block is open. session_parameters: session
    parameters for its runs, by name. user_task_managed_initial_warehouse_size: the size of the
    compute for its first runs without a warehouse, default `MEDIUM`. serverless_task_min_statement_size,
    serverless_task_max_statement_size: the least and the most compute then, default `XSMALL` and `XXLARGE`.
    target_completion_interval: how long it should take at the most. user_task_timeout_ms: how long a run may take, in
    milliseconds, up to seven days, default one hour. error_integration, success_integration: the notification
    integrations that hear of failed runs (deprecated: give it to the graph) and successful ones. execute_as_user: the
    user as whom it runs. comment: text that describes it.

    `a >> b` lets b follow a; `a << b` lets a follow b. Either side may be a function, which becomes a task under its
    own name, or a list. A task that follows none follows the root.
    """

    name: str
    definition: Definition
    condition: str | None = attrs.field(default=None, kw_only=True)
    warehouse: str | None = attrs.field(default=None, kw_only=True)
    session_parameters: dict[str, Any] | None = attrs.field(default=None, kw_only=True)
    user_task_managed_initial_warehouse_size: str | None = attrs.field(default=None, kw_only=True)
    target_completion_interval: timedelta | None = attrs.field(default=None, kw_only=True)
    serverless_task_min_statement_size: str | None = attrs.field(default=None, kw_only=True)
    serverless_task_max_statement_size: str | None = attrs.field(default=None, kw_only=True)
    user_task_timeout_ms: int | None = attrs.field(default=None, kw_only=True)
    error_integration: str | None = attrs.field(default=None, kw_only=True)
    success_integration: str | None = attrs.field(default=None, kw_only=True)
    execute_as_user: str | None = attrs.field(default=None, kw_only=True)
    comment: str | None = attrs.field(default=None, kw_only=True)
    is_finalizer: bool = attrs.field(default=False, kw_only=True, converter=bool)
    _is_serverless: bool = attrs.field(default=False, kw_only=True, alias="is_serverless")
    _dag: DAG = attrs.field(default=None, kw_only=True, alias="dag")
    # a set that keeps its order
    _predecessors: dict[DAGTask, None] = attrs.field(factory=dict["DAGTask", None], init=False)

    def __attrs_post_init__(self) -> None:
        if not self._dag:
            if not dag_context_stack:
                raise ValueError(
                    f"dag: the task {self.name!r} needs a graph, by this argument or by the `with` block of one"
                )
            self._dag = dag_context_stack[-1]
        if self._is_serverless and self.warehouse is not None:
            raise ValueError(f"warehouse: the task {self.name!r} is serverless, so it can't have one")
        if self.error_integration is not None:
            warnings.warn(
                "error_integration cannot be specified for a child Task; give it to the DAG",
                DeprecationWarning,
                stacklevel=3,
            )
        if not (isinstance(self.definition, (str, StoredProcedureCall, SQLConvertible)) or callable(self.definition)):
            raise TypeError(
                "definition: expected SQL, a function, a StoredProcedureCall or an object with to_sql(), "
                f"not {self.definition!r}"
            )
        if self.warehouse is None and not self._is_serverless:
            self.warehouse = self._dag.warehouse
        self._dag.add_task(self)

    @property
    def full_name(self) -> str:
        """The name on the server."""
        dag, name = self._dag.name, self.name
        if normalize(dag).startswith('"') or normalize(name).startswith('"'):
            return spell_identifier(f"{unquote(dag)}${unquote(name)}")
        return f"{dag}${name}"

    @property
    def dag(self) -> DAG:
        """The graph that the task belongs to."""
        return self._dag

    @property
    def predecessors(self) -> set[DAGTask]:
        """The tasks that this one follows, without the root. A copy: changing it changes no graph."""
        return set(self._predecessors)

    @property
    def predecessors_in_order(self) -> list[DAGTask]:
        """The same, in the order in which they were added."""
        return list(self._predecessors)

    def add_predecessors(self, other: Neighbours) -> None:
        """Let this task follow others.

        InvalidOperationError if one of them belongs to another graph, or is a finalizer; ValueError if it is the task
        itself.
        """
        others = self._find_neighbours(other)
        for task in others:
            self._check_after(task)
        self._predecessors.update(dict.fromkeys(others))

    def add_successors(self, other: Neighbours) -> None:
        """Let others follow this task. Errors are those of `add_predecessors`; after one, none of them follows."""
        others = self._find_neighbours(other)
        for task in others:
            if self.is_finalizer:
                raise InvalidOperationError(f"Finalizer task {self.name} cannot have any successors")
            task._check_after(self)
        for task in others:
            task._predecessors[self] = None

    def _check_after(self, other: DAGTask) -> None:
        """Raise if this task can't follow another of its graph."""
        if self.is_finalizer:
            raise InvalidOperationError(f"Finalizer task {self.name} cannot have any predecessors")
        if other.is_finalizer:
            raise InvalidOperationError(f"Finalizer task {other.name} cannot be predecessor of any task")
        if other is self:
            raise ValueError(f"{self.name!r} can't follow itself")

    def _find_neighbours(self, other: object) -> list[DAGTask]:
        tasks = self._find_tasks(other)
        for task in tasks:
            if task.dag is not self.dag:
                raise InvalidOperationError(f"Task {task.name} belongs to a different task graph")
        return tasks

    def _find_tasks(self, other: object) -> list[DAGTask]:
        if isinstance(other, DAGTask):
            return [other]
        if callable(other):
            return [self._find_task(other)]
        if isinstance(other, Iterable) and not isinstance(other, (str, bytes)):
            return [task for item in cast("Iterable[Any]", other) for task in self._find_tasks(item)]
        raise TypeError(f"expected a DAGTask, a function, or a list of them, not {other!r}")

    def _find_task(self, func: Callable[..., Any]) -> DAGTask:
        name: str = getattr(func, "__name__", type(func).__name__)
        there = self.dag.get_task(name)
        return there if there is not None and there.definition is func else DAGTask(name, func, dag=self.dag)

    def _read_side(self, other: Any) -> Any:
        """The other side of an operator, as tasks."""
        tasks = self._find_tasks(other)
        return tasks[0] if isinstance(other, DAGTask) or callable(other) else tasks

    def __rshift__(self, other: Neighbours) -> Any:
        there = self._read_side(other)
        self.add_successors(there)
        return there

    def __lshift__(self, other: Neighbours) -> Any:
        there = self._read_side(other)
        self.add_predecessors(there)
        return there

    def __rrshift__(self, other: Neighbours) -> DAGTask:
        self.add_predecessors(other)
        return self

    def __rlshift__(self, other: Neighbours) -> DAGTask:
        self.add_successors(other)
        return self

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.name}>"

    def _to_low_level_task(self) -> Task:
        following = [task.full_name for task in self._predecessors] or [self.dag.name]
        given = _take_shared(self)
        given |= {"name": self.full_name, "definition": self._build_definition(), "condition": self._build_condition()}
        given |= {"finalize": self.dag.name} if self.is_finalizer else {"predecessors": following}
        return Task(**given)

    @property
    def _returns_what_its_function_does(self) -> bool:
        return self.dag.use_func_return_value

    def _build_definition(self) -> str | StoredProcedureCall:
        given = self.definition
        if isinstance(given, SQLConvertible):
            return given.to_sql()
        if isinstance(given, str):
            return given
        dag = self.dag
        if not isinstance(given, StoredProcedureCall):
            given = StoredProcedureCall(given, stage_location=dag.stage_location)
        call = given.with_defaults(dag.stage_location, dag.imports, dag.packages)
        return call.with_return_value() if self._returns_what_its_function_does else call

    def _build_condition(self) -> str | None:
        chosen = [
            f"SYSTEM$GET_PREDECESSOR_RETURN_VALUE({quote_literal(normalize(branch.full_name))})"
            f" = {quote_literal(self.name)}"
            for branch in self._predecessors
            if isinstance(branch, DAGTaskBranch)
        ]
        if not chosen:
            return self.condition
        return " AND ".join([*chosen, *([f"({self.condition})"] if self.condition else [])])


class DAGTaskBranch(DAGTask):
    """A task that chooses which of its successors run: those whose short name is its return value.

    A function says it by what it returns; SQL by calling SYSTEM$SET_RETURN_VALUE.
    """

    @property
    def _returns_what_its_function_does(self) -> bool:
        return True


def sort_in_layers(before: Mapping[K, Iterable[K]]) -> tuple[list[list[K]], dict[K, list[K]]]:
    """Things in groups, each after all that come before it; and what is left because it comes before itself.

    before: for each thing, what comes directly before it; what is no key itself does not count.
    """
    missing = {thing: [b for b in things if b in before] for thing, things in before.items()}
    waiting = {thing: len(things) for thing, things in missing.items()}
    after: dict[K, list[K]] = {thing: [] for thing in before}
    for thing, things in missing.items():
        for b in things:
            after[b].append(thing)
    place = {thing: i for i, thing in enumerate(before)}
    found: list[list[K]] = []
    level = [thing for thing, count in waiting.items() if not count]
    while level:
        found.append(level)
        free: list[K] = []
        for thing in level:
            del missing[thing]
            for a in after[thing]:
                waiting[a] -= 1
                if not waiting[a]:
                    free.append(a)
        level = sorted(free, key=place.__getitem__)
    return found, {thing: [b for b in things if b in missing] for thing, things in missing.items()}


def _find_cycle(rest: dict[DAGTask, list[DAGTask]]) -> str:
    """One cycle among tasks of which each follows another one of them."""
    seen: list[DAGTask] = [next(iter(rest))]
    while (before := rest[seen[-1]][0]) not in seen:
        seen.append(before)
    return " >> ".join(task.name for task in [before, *reversed(seen[seen.index(before) :])])


def _check_neighbours(name: str, count: int, what: str) -> None:
    if count > _MOST_NEIGHBOURS:
        raise InvalidOperationError(f"the task {name!r} has {count} {what}; the most is {_MOST_NEIGHBOURS}")
