"""Waiting for what takes its time: services, jobs, compute pools, warehouses, runs of task graphs, dynamic tables.

    wait_for(root.databases["d"].schemas["s"].services["echo"])               # until it is RUNNING
    wait_for(root.warehouses["w"], state="SUSPENDED", timeout=120)
    await wait_for_async(root.databases["d"].schemas["s"].tasks["nightly"])   # until its run has ended

Meanwhile a terminal shows one line (on stderr), a notebook an output that changes, anything else nothing.
"""

from __future__ import annotations

import contextlib
import html
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias, cast

import attrs

from snowflake_rest import compute_pool, service, task, warehouse
from snowflake_rest.runtime import Steps

from ._client import Client, Whole
from ._handles import Handle
from ._methods import remote, twin
from ._names import normalize, quote_literal
from ._statements import ask
from .exceptions import APIError, SnowflakePythonError
from .pictures._graph import find_look
from .pictures._runs import TaskAttempt, find_attempts

__all__ = ["Clock", "OnChange", "Status", "WaitError", "WaitTimeoutError", "follow_run", "wait_for", "wait_for_async"]

_LOG_LINES = 20


@attrs.frozen
class Status:
    """What was seen of a thing.

    kind, name: what it is. state: its state. message: what the server says of that: a container's message, the error of
    a run. attempts: at the tasks of a run, as far as the account tells. model: what was fetched, such as a Service.
    """

    kind: str
    name: str
    state: str
    message: str = ""
    attempts: tuple[TaskAttempt, ...] = ()
    model: Any = attrs.field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.state}{f' ({self.message})' if self.message else ''}"


OnChange: TypeAlias = Callable[[Status], object]


class WaitError(SnowflakePythonError):
    """What was waited for has failed, or ended in another state.

    status: what was seen last; for services, its message is the containers'. logs: the last lines that they wrote.
    """

    def __init__(self, status: Status, logs: list[str], why: str) -> None:
        """why: what was waited for."""
        super().__init__("\n    ".join([f"{status}, {why}", *logs]))
        self.status, self.logs = status, logs


class WaitTimeoutError(WaitError, TimeoutError):
    """The time ran out."""


@attrs.frozen
class Clock:
    """What waiting takes time from; tests bring one. now: tells seconds. sleep: lets seconds pass."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep


@attrs.frozen
class _Sleep:
    """A step that lets time pass."""

    clock: Clock
    seconds: float

    def run(self, client: Client) -> None:
        self.clock.sleep(self.seconds)

    async def run_async(self, client: Client) -> None:
        import asyncio

        if self.clock.sleep is not time.sleep:
            self.clock.sleep(self.seconds)
        else:
            await asyncio.sleep(self.seconds)


def _look_at_service(handle: Any, last: Status | None) -> Steps[Status]:
    found = yield from service.fetch_service(*handle.path)
    containers = yield from Whole(service.list_service_containers(*handle.path))
    told = {f"{c.container_name}: {c.message}": None for c in containers if c.message and c.status != "READY"}
    kind, state = "job" if found.is_job else "service", (found.status or "").upper()
    return Status(kind, handle.fully_qualified_name, state, "; ".join(told), model=found)


def _look_at_pool(handle: Any, last: Status | None) -> Steps[Status]:
    found = yield from compute_pool.fetch_compute_pool(*handle.path)
    return Status("compute pool", handle.name, (found.state or "").upper(), found.status_message or "", model=found)


def _look_at_warehouse(handle: Any, last: Status | None) -> Steps[Status]:
    found = yield from warehouse.fetch_warehouse(*handle.path)
    return Status("warehouse", handle.name, (found.state or "").upper(), model=found)


class _Before(frozenset[int]):
    """The runs that there were before the one was started that is waited for."""


def _look_at_run(handle: Any, last: Status | None) -> Steps[Status]:
    """The run that the last look was at; else the one under way, the last one that has ended, or the next."""
    ended, current = yield from _find_runs(handle)
    runs = {run.run_id: run for run in [*ended[::-1], *current]}  # one that is retried is in both
    before = last.model if last is not None else None
    if isinstance(before, _Before):
        chosen = min((n for n, run in runs.items() if n not in before and run.state != "SCHEDULED"), default=None)
    elif before is not None:
        chosen = before.run_id
    else:
        first = min((run.run_id for run in current), default=None)
        over = max((run.run_id for run in ended), default=first)
        chosen = max((run.run_id for run in current if run.state == "EXECUTING"), default=over)
    run = runs.get(chosen or 0)
    if run is None:
        return last or Status("run of", handle.fully_qualified_name, "SCHEDULED")
    attempts: list[TaskAttempt] = []
    with contextlib.suppress(APIError):  # the SQL API needs rights and a warehouse; without, the whole run is shown
        attempts = yield from find_attempts(handle, run.root_task_id, run.run_id)
    failed = run.first_error_task_name
    message = f"{failed}: {run.first_error_code} {run.first_error_message}" if failed else ""
    return Status("run of", handle.fully_qualified_name, run.state, message, tuple(attempts), run)


def _find_runs(handle: Any) -> Steps[tuple[list[task.TaskRun], list[task.TaskRun]]]:
    """The runs of the past hour, and those under way or to come."""
    ended = yield from Whole(task.get_complete_graphs(*handle.path, error_only=False))
    return ended, (yield from Whole(task.get_current_graphs(*handle.path)))


def _look_at_dynamic_table(handle: Any, last: Status | None) -> Steps[Status]:
    name, database = ".".join(map(normalize, handle.path)), normalize(handle.path[0])
    function = f"{database}.INFORMATION_SCHEMA.DYNAMIC_TABLES(NAME => {quote_literal(name)})"
    rows = yield from ask(handle.client, f"SELECT * FROM TABLE({function})")
    found = rows[0] if rows else {}
    state = found.get("LAST_COMPLETED_REFRESH_STATE") or "SCHEDULED"
    state = "EXECUTING" if found.get("EXECUTING_REFRESH_QUERY_ID") else state
    message = found.get("LAST_COMPLETED_REFRESH_STATE_MESSAGE") or ""
    return Status("refresh of", handle.fully_qualified_name, state, message, model=found)


@attrs.frozen
class _Kind:
    """How a kind of things is waited for."""

    of: str
    """The class of the handles."""
    look: Callable[[Any, Status | None], Steps[Status]]
    pause: tuple[float, float]
    """The seconds between the first looks, and at the most."""
    timeout: float
    good: list[str] = attrs.field(converter=str.split)
    """What is waited for unless another state is asked for."""
    stuck: list[str] = attrs.field(converter=str.split)
    """What it doesn't leave by itself, so that nothing else is waited for any more."""
    others: list[str] = attrs.field(converter=str.split)


_ENDED, _GOING = "DONE FAILED INTERNAL_ERROR CANCELLED DELETED SUSPENDED", "PENDING SUSPENDING DELETING CANCELLING"
_RUN, _REFRESH = "SUCCEEDED SKIPPED FAILED CANCELLED", "FAILED CANCELLED UPSTREAM_FAILED"
_POOL, _WAREHOUSE = "UNKNOWN STARTING RESIZING STOPPING", "STARTING RESUMING RESIZING SUSPENDING"
_UNDER_WAY = "SCHEDULED EXECUTING"
_KINDS = {
    "service": _Kind("ServiceResource", _look_at_service, (1, 10), 900, "RUNNING", _ENDED, f"UPGRADING {_GOING}"),
    "job": _Kind("ServiceResource", _look_at_service, (1, 15), 3600, "DONE", _ENDED, f"RUNNING {_GOING}"),
    "compute pool": _Kind("ComputePoolResource", _look_at_pool, (2, 20), 1200, "IDLE ACTIVE", "SUSPENDED", _POOL),
    "warehouse": _Kind("WarehouseResource", _look_at_warehouse, (0.5, 5), 300, "STARTED", "SUSPENDED", _WAREHOUSE),
    "run of": _Kind("TaskResource", _look_at_run, (1, 10), 3600, "SUCCEEDED SKIPPED", _RUN, _UNDER_WAY),
    "refresh of": _Kind(
        "DynamicTableResource", _look_at_dynamic_table, (1, 15), 3600, "SUCCEEDED", _REFRESH, _UNDER_WAY
    ),
}


@remote
def wait_for(
    handle: Handle,
    *,
    state: str | Iterable[str] | None = None,
    timeout: float | None = None,
    on_change: OnChange | None = None,
    clock: Clock | None = None,
) -> Steps[Status]:
    """Wait until something is in a state, and tell what was seen last.

    handle: a service or job, a compute pool, a warehouse, a dynamic table (whose refresh is meant), or the root of a
    task graph (whose run is meant: the one under way, else the last one of the past hour, else the next). state: what
    to wait for; several, if any of them will do. RUNNING for a service, DONE for a job, IDLE or ACTIVE for a compute
    pool, STARTED for a warehouse, SUCCEEDED or SKIPPED for a run, SUCCEEDED for a refresh when left out. timeout:
    seconds; 15 minutes for a service, 20 for a compute pool, 5 for a warehouse, an hour for the others when left out.
    on_change: called with each Status that differs from the last. clock: what time is taken from.

    WaitError, with the containers' messages and the last lines of their logs, when two looks find a state that leads
    nowhere; one may pass: containers start anew, runs are retried. WaitTimeoutError, which is a TimeoutError, too;
    NotFoundError if there is no such object; ValueError for a state that it never has; TypeError for other handles.
    """
    return _wait(handle, None, state, timeout, on_change, clock)


wait_for_async = twin(wait_for)


def follow_run(
    handle: Handle, begin: Steps[None], timeout: float | None = None, on_change: OnChange | None = None
) -> Steps[Status]:
    """Steps that start a run of a task graph, by the steps `begin`, and wait for its end as `wait_for` does."""
    ended, current = yield from _find_runs(handle)
    yield from begin
    known = _Before(run.run_id for run in [*ended, *current])
    first = Status("run of", ".".join(handle.path), "SCHEDULED", model=known)
    return (yield from _wait(handle, first, None, timeout, on_change, None))


def _wait(
    handle: Handle,
    last: Status | None,
    state: str | Iterable[str] | None,
    timeout: float | None,
    on_change: OnChange | None,
    clock: Clock | None,
) -> Steps[Status]:
    kinds = [kind for kind in _KINDS.values() if any(cls.__name__ == kind.of for cls in type(handle).__mro__)]
    if not kinds:
        raise TypeError(f"handle: expected one of {', '.join({k.of: 0 for k in _KINDS.values()})}, not {handle!r}")
    asked = {one.upper() for one in ([state] if isinstance(state, str) else state or ())}
    if unknown := asked.difference(*(kind.good + kind.stuck + kind.others for kind in kinds)):
        raise ValueError(f"state: a {type(handle).__name__} is never {', '.join(sorted(unknown))}")
    clock, progress = clock or Clock(), _choose_progress()
    began, kind = clock.now(), kinds[0]
    pause = kind.pause[0]
    try:
        while True:
            seen = yield from kind.look(handle, last)
            kind, passed = _KINDS[seen.kind], clock.now() - began
            wanted, most = asked or kind.good, kind.timeout if timeout is None else timeout
            progress.show(seen, passed)
            if seen != last and on_change is not None:
                on_change(seen)
            if seen.state in wanted:
                return seen
            why = f"not {' or '.join(sorted(wanted))}"
            if seen.state in kind.stuck and last is not None and last.state == seen.state:
                raise WaitError(seen, (yield from _read_logs(handle, kind)), why)
            if passed >= most:
                raise WaitTimeoutError(seen, (yield from _read_logs(handle, kind)), f"{why} within {most:g} s")
            pause = kind.pause[0] if seen != last else min(pause * 1.5, kind.pause[1])
            last = seen
            yield _Sleep(clock, min(pause * random.uniform(0.75, 1.25), most - passed))
    finally:
        progress.end()


def _read_logs(handle: Any, kind: _Kind) -> Steps[list[str]]:
    """The last lines of each container of a service, with its name where there are several."""
    lines: list[str] = []
    if kind.of != "ServiceResource":
        return lines
    with contextlib.suppress(APIError):  # such as of a container that never was
        found = yield from Whole(service.list_service_containers(*handle.path))
        for container in found:
            number, name = int(container.instance_id or 0), container.container_name or ""
            logs = yield from service.fetch_service_logs(
                *handle.path, instance_id=number, container_name=name, num_lines=_LOG_LINES
            )
            before = f"{name} {number}: " if len(found) > 1 else ""
            lines += [before + line for line in (logs.system_get_service_logs or "").splitlines()[-_LOG_LINES:]]
    return lines


class _Line:
    """Progress in the last line of a terminal; tasks that have ended stay above it. Anything else shows nothing."""

    def __init__(self) -> None:
        self._width, self._told = 0, set[TaskAttempt]()
        self._seen = sys.stderr is not None and sys.stderr.isatty()

    def show(self, status: Status, seconds: float) -> None:
        for attempt in status.attempts if self._seen else ():
            if attempt.ended and attempt not in self._told:
                self._told.add(attempt)
                self._write(_describe(attempt), "\n")
        if self._seen:
            self._write(f"{status}, {seconds:.0f} s")

    def _write(self, text: str, end: str = "") -> None:
        text = "".join(c if c.isprintable() else " " for c in text)[: shutil.get_terminal_size().columns - 1]
        text = text.encode(sys.stderr.encoding, "replace").decode(sys.stderr.encoding)
        sys.stderr.write(f"\r{text.ljust(self._width)}{end}")
        sys.stderr.flush()
        self._width = 0 if end else len(text)

    def end(self) -> None:
        if self._width:
            sys.stderr.write("\n")


class _Cell:
    """Progress as an output of a notebook, which changes in its place."""

    def __init__(self, display: Any, make: Any) -> None:
        self._make, self._shown = make, display(make(""), display_id=True)

    def show(self, status: Status, seconds: float) -> None:
        lines = [f"{find_look(status.state).mark} {status}, {seconds:.0f} s", *map(_describe, status.attempts)]
        self._shown.update(self._make(f"<pre>{html.escape(chr(10).join(lines))}</pre>"))

    def end(self) -> None: ...


def _describe(attempt: TaskAttempt) -> str:
    took = "" if attempt.seconds is None else f" {attempt.seconds:.1f} s"
    retried = f" (attempt {attempt.attempt})" if attempt.attempt > 1 else ""
    return f"{find_look(attempt.state).mark} {attempt.name} {attempt.state}{took}{retried} {attempt.why}".rstrip()


def _choose_progress() -> _Line | _Cell:
    """Where progress is shown here. IPython is looked for, and not imported."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if hasattr(shell, "kernel"):
        display = cast("Any", sys.modules["IPython"]).display
        return _Cell(display.display, display.HTML)
    return _Line()
