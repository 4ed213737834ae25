"""Task graphs on the server: deploying, running and dropping them, and how their runs went."""

from __future__ import annotations

import warnings
from datetime import datetime
from typing import TYPE_CHECKING, Any

import attrs

from snowflake_rest import task as rest
from snowflake_rest.runtime import Nested, Steps

from ..._common import CreateMode, encode_mode
from ..._methods import deprecate_name, remote, twin
from .._task import Task
from ._deployment import Deployment, drop
from ._graph import DAG

if TYPE_CHECKING:
    from ..._client import Client
    from ...schema import SchemaResource
    from ...waiting import OnChange, Status


@attrs.define(init=False)
class DAGRun:
    """A run of a task graph."""

    dag_name: str
    database_name: str
    schema_name: str
    state: str
    """SCHEDULED, EXECUTING, SUCCEEDED, FAILED, CANCELLED or SKIPPED."""
    first_error_task_name: str | None
    first_error_code: int | None
    first_error_message: str | None
    scheduled_time: datetime
    """When the root was due."""
    query_start_time: datetime | None
    """When the root began to run."""
    next_scheduled_time: datetime
    run_id: int
    graph_version: int

    def __init__(self, **known: Any) -> None:
        """A run, of which nothing needs to be known: what is left out is None."""
        for name in attrs.fields_dict(type(self)):
            setattr(self, name, known.pop(name, None))
        if known:
            raise TypeError(f"DAGRun has no {', '.join(known)}")

    @classmethod
    def of(cls, run: rest.TaskRun) -> DAGRun:
        """What a graph run of the API is."""
        others = {name: getattr(run, name) for name in attrs.fields_dict(cls) if name != "dag_name"}
        return cls(dag_name=run.root_task_name, **others)

    def __str__(self) -> str:
        error = f"; {self.first_error_task_name} failed with {self.first_error_code} {self.first_error_message}"
        told = f"run {self.run_id} of {self.dag_name}: {self.state}, scheduled for {self.scheduled_time}"
        return told + (error if self.first_error_task_name else "")

    def _repr_html_(self) -> str:
        """The run as a table, which notebooks show."""
        from ...pictures._tables import draw_table, read_fields

        return draw_table([("Property", "Value"), *read_fields(self).items()])


class DAGOperation:
    """The task graphs of a schema.

    schema: the schema, such as `root.databases["d"].schemas["s"]`.
    """

    def __init__(self, schema: SchemaResource) -> None:
        self.schema = schema

    @property
    def client(self) -> Client:
        """What sends requests."""
        return self.schema.client

    @property
    def _path(self) -> tuple[str, str]:
        return self.schema.database.name, self.schema.name

    @remote
    def iter_dags(self, *, like: str | None = None) -> Steps[list[str]]:
        """The names of the graphs, which are those of their roots.

        like: only those that match this SQL pattern, in any case.
        """
        tasks = yield from rest.list_tasks(*self._path, root_only=True, like=like)
        return [task.name for task in tasks]

    @remote
    def deploy(self, dag: DAG, mode: CreateMode | str = CreateMode.error_if_exists) -> Steps[None]:
        """Make a graph on the server what it is here, and let it run on its schedule if it has one.

        mode: where a graph of this name exists, `error_if_exists` is a ConflictError; `or_replace` changes it in place,
        its root suspended meanwhile, and drops the tasks that it has no more; `if_not_exists` adds the tasks that it
        lacks and leaves the others as they are.

        The graph is checked, and its functions are uploaded, before anything is changed: InvalidOperationError,
        ValueError or TypeError if something is wrong with it. Tasks that need not wait for one another are deployed at
        the same time, up to 16. When that fails half way, the error's message (and `context`) tells what is deployed;
        the root is then suspended, and can be deployed again or resumed.
        """
        return Deployment(self.schema, dag, encode_mode(mode) or "errorIfExists").steps()

    @remote
    def run(self, dag: DAG | str, *, retry_last: bool = False) -> Steps[None]:
        """Run a graph now. One with a schedule is resumed, too.

        retry_last: run its last run again if that failed, from the tasks that failed.
        """
        schedule = dag.schedule if isinstance(dag, DAG) else None
        if isinstance(dag, str):
            schedule = (yield from rest.fetch_task(*self._path, dag).returning(Nested(Task))).schedule
        if schedule is not None:
            yield from rest.resume_task(*self._path, _get_name(dag))
        yield from rest.execute_task(*self._path, _get_name(dag), retry_last=retry_last)

    @remote
    def run_and_wait(
        self, dag: DAG | str, *, timeout: float | None = None, on_change: OnChange | None = None
    ) -> Steps[Status]:
        """Run a graph now, show each task as it goes, and wait for the end. See `snowcore.wait_for`."""
        from ...waiting import follow_run

        begin: Steps[None] = DAGOperation.run.__wrapped__(self, dag)  # type: ignore[attr-defined]
        return follow_run(self.schema.tasks[_get_name(dag)], begin, timeout, on_change)

    @remote
    def drop(self, dag: DAG | str, *, drop_finalizer: bool = False) -> Steps[None]:
        """Drop a graph with all its tasks, if it exists.

        drop_finalizer: its finalizer too. Leaving it, which makes it a task of its own, is deprecated.
        """
        if not drop_finalizer:
            warnings.warn(
                "Setting drop_finalizer to False is deprecated: the finalizer stays as a task of its own",
                DeprecationWarning,
                stacklevel=3,
            )
        return drop(self._path, _get_name(dag), with_finalizer=drop_finalizer)

    @remote
    def get_complete_dag_runs(self, dag: DAG | str, *, error_only: bool = True) -> Steps[list[DAGRun]]:
        """The runs of the last hour that are over, the latest first; those that failed only, unless `error_only`."""
        runs = yield from rest.get_complete_graphs(*self._path, _get_name(dag), error_only=error_only)
        return [DAGRun.of(run) for run in runs]

    @remote
    def get_current_dag_runs(self, dag: DAG | str) -> Steps[list[DAGRun]]:
        """The runs that are under way or scheduled."""
        runs = yield from rest.get_current_graphs(*self._path, _get_name(dag))
        return [DAGRun.of(run) for run in runs]

    iter_dags_async = twin(iter_dags)
    deploy_async = twin(deploy)
    run_async = twin(run)
    run_and_wait_async = twin(run_and_wait)
    drop_async = twin(drop)
    get_complete_dag_runs_async = twin(get_complete_dag_runs)
    get_current_dag_runs_async = twin(get_current_dag_runs)
    delete = deprecate_name("delete", drop)


def _get_name(dag: DAG | str) -> str:
    return dag if isinstance(dag, str) else dag.name
