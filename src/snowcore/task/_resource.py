"""Tasks on the server: the collection of a schema, and the handle on one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from snowflake_rest import task as rest
from snowflake_rest.runtime import Array, Nested, Steps
from snowflake_rest.task import TaskRun

from .._client import Listing, Whole
from .._collections import SchemaObjects
from .._common import CreateMode, encode_mode
from .._handles import Dropped, Handle, SchemaObject, Tagged
from .._methods import build_model, deprecate_name, remote, twin
from ._stored_procedure_call import StoredProcedureCall
from ._task import Task

if TYPE_CHECKING:
    from .._root import Root

_TASK = Nested(Task)
_TASKS = Array(_TASK)


class TaskResource(SchemaObject, Dropped, Tagged, Handle):
    """A task."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, task: Task) -> Steps[None]:
        """Make the task as described: create it, or change what differs. What is not given gets its default.

        It is the one that the description names, whatever the name of this handle.
        """
        task = prepare(task, self.root)
        return rest.create_or_alter_task(self.database.name, self.schema.name, task.name, task)

    @remote
    def fetch(self) -> Steps[Task]:
        """The task as it is on the server. NotFoundError if there is none."""
        return rest.fetch_task(*self.path).returning(_TASK)

    @remote
    def execute(self, *, retry_last: bool = False) -> Steps[None]:
        """Run the task now, and the tasks that follow it.

        retry_last: run the last graph run that failed again, from the tasks that failed. How the run went is in
        `get_current_graphs` and `get_complete_graphs`: a failing statement is no error here.
        """
        return rest.execute_task(*self.path, retry_last=retry_last)

    @remote
    def resume(self) -> Steps[None]:
        """Let the task run on its schedule, or after its predecessors."""
        return rest.resume_task(*self.path)

    @remote
    def suspend(self) -> Steps[None]:
        """Let the task run no more. A run under way goes on."""
        return rest.suspend_task(*self.path)

    @remote
    def fetch_task_dependents(self, *, recursive: bool | None = None) -> Steps[list[Task]]:
        """The task and those that follow it; only its direct followers unless `recursive`, the server's default."""
        return rest.fetch_task_dependents(*self.path, recursive=recursive).returning(_TASKS)

    @remote
    def get_complete_graphs(self, *, error_only: bool = True) -> Steps[list[TaskRun]]:
        """The graph runs that are over, the latest first, of the last hour; all of them unless `error_only`."""
        return Whole(rest.get_complete_graphs(*self.path, error_only=error_only))

    @remote
    def get_current_graphs(self) -> Steps[list[TaskRun]]:
        """The graph runs that are under way or scheduled."""
        return Whole(rest.get_current_graphs(*self.path))

    create_or_alter_async = twin(create_or_alter)
    fetch_async = twin(fetch)
    execute_async = twin(execute)
    resume_async = twin(resume)
    suspend_async = twin(suspend)
    fetch_task_dependents_async = twin(fetch_task_dependents)
    get_complete_graphs_async = twin(get_complete_graphs)
    get_current_graphs_async = twin(get_current_graphs)
    create_or_update = deprecate_name("create_or_update", create_or_alter)
    delete = deprecate_name("delete", Dropped.drop)


class TaskCollection(SchemaObjects[TaskResource]):
    """The tasks of a schema."""

    _handle = TaskResource

    @remote
    def create(self, task: Task, *, mode: CreateMode = CreateMode.error_if_exists) -> Steps[TaskResource]:
        """Create a task, suspended. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        task = prepare(task, self.root)
        yield from rest.create_task(*self.path, task, create_mode=encode_mode(mode))
        return self[task.name]

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        from_name: str | None = None,
        root_only: bool = False,
    ) -> Steps[Iterator[Task]]:
        """The tasks.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this. root_only: only those without predecessors.
        """
        tasks = rest.list_tasks(
            *self.path,
            root_only=root_only,
            like=like,
            starts_with=starts_with,
            show_limit=limit,
            from_name=from_name,
        )
        return Listing(tasks.returning(_TASKS))

    create_async = twin(create)
    iter_async = twin(iter)


def prepare(task: Task | dict[str, Any], root: Root) -> Task:
    """A task as it can be sent: its function uploaded, if it runs one."""
    task = build_model(Task, task)
    if isinstance(task.definition, StoredProcedureCall):
        return attrs.evolve(task, definition=task.definition.upload(root.session))
    return task
