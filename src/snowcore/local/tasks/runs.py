"""Graph runs: each task once its predecessors have succeeded, those that don't wait for each other at the same time.

A suspended child is left out, as if the graph didn't have it; what runs after it waits for its other predecessors. A
child that lost a predecessor to failure, or to somebody who has stopped that, doesn't run. One whose condition is
false, or all of whose predecessors were skipped, is skipped.

Runs of a root that may not overlap come one after the other if they were asked for; one that is due by the schedule
while another goes on is left out. See https://docs.snowflake.com/en/user-guide/tasks-graphs.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import attrs
import orjson

from ...engine.errors import CANCELED, AccountError, invalid, missing
from ...engine.living import Living
from ...engine.protocol import new_query_id
from ..account.calls import Context
from ..account.catalog import Entry, stamp
from ..account.limits import time_limit
from .alerts import AlertRuns
from .context import TaskRunContext
from .graph import below, finalized, predecessors
from .history import CURRENT, History, Outcome
from .schedule import next_time
from .scheduler import Scheduler
from .triggers import holds

if TYPE_CHECKING:
    from ..account.account import Account, Session

_log = logging.getLogger("snowcore")
_AT_ONCE = 4
_TIMEOUT = "user_task_timeout_ms"
_NOT_MET = (40003, "Conditional expression for task evaluated to false")
"""Number and text of what Snowflake says of a task that is skipped."""
"""The error of a statement that somebody has stopped."""
_RETRIED = timedelta(days=14)
"""How long after its first attempt a run can be taken up again."""
_STOPPING = {"FAILED", "CANCELLED"}
"""The states of tasks after which nothing runs."""


@attrs.define(eq=False)
class GraphRun:
    """A run of a graph, as the graph was when the run was asked for."""

    run_id: int
    root: Entry
    tasks: list[Entry]
    """Those that take part, each behind its predecessors, the finalizer left out."""
    finalizer: Entry | None
    scheduled_time: datetime
    next_scheduled_time: datetime | None
    scheduled_from: str
    """SCHEDULE, TRIGGER or EXECUTE TASK."""
    config: str | None
    """A JSON text."""
    attempt: int = 1
    outcomes: dict[str, Outcome] = attrs.field(factory=dict[str, Outcome])
    """Of the tasks that are through in this attempt, by name."""
    state: str = "SCHEDULED"
    query_start_time: str | None = None
    completed_time: str | None = None
    begun: bool = False
    root_done: bool = False
    over_at: datetime | None = None
    """When the root's own time limit ends all that runs."""
    ended: Future[None] = attrs.field(factory=Future[None])

    @property
    def first_failed(self) -> tuple[str, Outcome] | None:
        return next(((name, outcome) for name, outcome in self.outcomes.items() if outcome.state == "FAILED"), None)

    @property
    def skipped(self) -> bool:
        """Whether the root was, and so all that would run after it."""
        outcome = self.outcomes.get(self.root.name)
        return outcome is not None and outcome.state == "SKIPPED"

    def row(self) -> dict[str, Any]:
        database, schema, name = self.root.path
        failed = self.first_failed
        row: dict[str, Any] = {
            "root_task_name": name,
            "database_name": database,
            "schema_name": schema,
            "state": self.state,
            "first_error_task_name": failed and failed[0],
            "first_error_code": failed and failed[1].error_code,
            "first_error_message": failed and failed[1].error_message,
            "scheduled_time": stamp(self.scheduled_time),
            "query_start_time": self.query_start_time,
            "next_scheduled_time": stamp(self.next_scheduled_time or self.scheduled_time),
            "completed_time": self.completed_time,
            "root_task_id": self.root.state["id"],
            "graph_version": self.root.state["graph_version"],
            "run_id": self.run_id,
            "attempt_number": self.attempt,
            "scheduled_from": self.scheduled_from,
            "config": self.config,
        }
        return {k: v for k, v in row.items() if v is not None}


class Runs:
    def __init__(self, account: Account) -> None:
        self._account, self.history = account, History(account.catalog)
        self.alerts = AlertRuns(account)
        self.scheduler = Scheduler(account, {"task": self.start_due, "alert": self.alerts.start_due})
        self._graphs = ThreadPoolExecutor(32, "snowcore-graph")
        self._going: dict[int, list[GraphRun]] = {}
        """The runs of each root that have not ended, the oldest first."""
        self._lock = threading.Lock()
        self._closing = self._cancelling = False
        self._sessions: Living[Session] = Living()
        """Those in which a task runs."""
        self._executing: dict[str, tuple[int, Session]] = {}
        """The tasks that run, by the ids of their queries, and where each does."""

    def stop(self) -> None:
        """Start nothing more."""
        self._closing = True
        self.alerts.stop()

    def cancel(self, after: float) -> None:
        """Start nothing more, and cancel what has not ended by itself after so many seconds."""
        self.stop()
        until = time.monotonic() + after
        while list(self._sessions) or self._unfinished():
            if time.monotonic() > until:
                self._cancelling = True
                for session in self._sessions:
                    session.interrupt()
            time.sleep(0.05)

    @contextmanager
    def halted(self, stop: Callable[[], None]) -> Generator[None]:
        """Within it nothing runs, and nothing fires. stop: what makes the sessions end in which something runs."""
        self._closing = self._cancelling = True
        try:
            with self.scheduler.halted(stop):
                try:
                    with self.alerts.halted(stop):
                        while ended := self._unfinished():
                            stop()
                            wait(ended, 0.01)
                        yield
                finally:  # before anything fires
                    self._closing = self._cancelling = False
        finally:
            self._closing = self._cancelling = False

    def close(self) -> None:
        """Start nothing more, and wait for the statements that are running."""
        self.stop()
        self.scheduler.close()
        while ended := self._unfinished():
            wait(ended)
        self._graphs.shutdown(wait=True)
        self.alerts.close()

    def _unfinished(self) -> list[Future[None]]:
        with self._lock:
            return [run.ended for going in self._going.values() for run in going]

    def start(self, root: Entry, *, retry: int | bool = False, config: Mapping[str, Any] | None = None) -> Future[None]:
        """Run a root's graph, now or after the runs of it that go on, instead of one that was asked for and waits for
        these. The future is done when the run is; whether it succeeded, the history says.

        retry: take up the last run where it failed, or the one of this id. config: what the graph's configuration says
        for this run only.
        """
        with self._lock:
            now = self._account.clock()
            if retry is not False:
                return self._add(self._retried(root, now, None if retry is True else retry))
            for waiting in [run for run in self._going.get(root.id, []) if not run.begun and run.attempt == 1]:
                self._going[root.id].remove(waiting)
                self.history.forget(waiting.run_id)
                waiting.ended.set_result(None)
            return self._add(self._new(root, now, "EXECUTE TASK", config))

    def cancel_task(self, task: int, asking: Session) -> list[str]:
        """Stop the task of an id wherever it runs; the ids of its queries. If it asks itself, it ends with an error."""
        running = {query: session for query, (id_, session) in list(self._executing.items()) if id_ == task}
        for query, session in running.items():
            if session is not asking:
                session.cancel(query)
        if asking in running.values():
            raise AccountError(408, CANCELED, "57014", "SQL execution canceled")
        return list(running)

    def start_due(self, root: Entry, due: datetime) -> None:
        """Run a root's graph because it is due, unless a run goes on with which this one may not overlap."""
        with self._lock:
            if not self._closing and self._may_begin(root, self._going.get(root.id, [])):
                self._add(self._new(root, due, "SCHEDULE" if "schedule" in root.properties else "TRIGGER"))

    def due(self, root: Entry) -> dict[str, Any] | None:
        """The run that a resumed root's schedule asks for next."""
        at = self.scheduler.next_time(root)
        return None if at is None else self._new(root, at, "SCHEDULE", run_id=int(at.timestamp() * 1000)).row()

    def current(self, root: Entry) -> list[dict[str, Any]]:
        """The runs of a root that are under way, after that which is due next."""
        due = self.due(root)
        return [*([due] if due else []), *self.history.current(root)]

    def _add(self, run: GraphRun) -> Future[None]:
        self._record(run)
        self._going.setdefault(run.root.id, []).append(run)
        self._begin_next(run.root)
        return run.ended

    def _begin_next(self, root: Entry) -> None:
        """Begin the runs of a root that have waited for others, and need not any more."""
        going = self._going.get(root.id, [])
        for at, run in enumerate(going):
            if not run.begun and self._may_begin(run.root, going[:at]):
                run.begun = True
                self._account.clock.begin_work()
                self._graphs.submit(self._drive, run)

    def _may_begin(self, root: Entry, before: list[GraphRun]) -> bool:
        match root.properties.get("overlap_policy", "NO_OVERLAP"):
            case "ALLOW_ALL_OVERLAP":
                return True
            case "ALLOW_CHILD_OVERLAP":
                return all(run.root_done for run in before)
            case _:
                return not before

    def _new(
        self,
        root: Entry,
        at: datetime,
        scheduled_from: str,
        config: Mapping[str, Any] | None = None,
        run_id: int | None = None,
    ) -> GraphRun:
        *tasks, last = below(self._account.catalog, root)
        finalizer = last if finalized(last) is not None else None
        if finalizer is None:
            tasks.append(last)
        elif finalizer.state["state"] != "started":
            finalizer = None
        now, schedule = self._account.clock(), root.properties.get("schedule")
        following = self.scheduler.next_time(root, max(at, now)) or next_time(schedule, at, now)
        said = _merged(root.properties.get("config", {}), config or {})
        return GraphRun(
            run_id or self.history.new_run_id(at),
            root,
            _taking_part(tasks),
            finalizer,
            at,
            following,
            scheduled_from,
            orjson.dumps(said).decode() if said or "config" in root.properties else None,
        )

    def _retried(self, root: Entry, now: datetime, run_id: int | None) -> GraphRun:
        """The last run, or that of an id, to be taken up where it failed."""
        last, name = self.history.last(root, run_id), root.name
        if (
            last is None
            or last[1]["graph_version"] != root.state["graph_version"]
            or last[1]["state"] in CURRENT
            or datetime.fromisoformat(last[1]["scheduled_time"]) < now - _RETRIED
        ):
            raise invalid(f"Cannot perform retry: no suitable run of graph with root task {name} to retry.")
        attempt, row = last
        if row["state"] not in ("FAILED", "CANCELLED"):
            raise invalid(f"Cannot perform retry: graph with root task {name} had no failures.")
        run = self._new(root, now, "EXECUTE TASK")
        run.run_id, run.attempt, run.config = row["run_id"], attempt + 1, row.get("config")
        run.outcomes = _reusable(run, self.history.outcomes(row["run_id"]))
        return run

    # In a thread for each graph run, which counts as at work as long as it waits for nothing but its tasks

    def _drive(self, run: GraphRun) -> None:
        state = "FAILED"
        try:
            retries = run.root.properties.get("task_auto_retry_attempts", 0)
            if not self._closing:
                self._begin(run)
            while not self._closing:
                self._attempt(run)
                if run.finalizer is not None and not self._closing and not run.skipped:
                    self._settle(run, run.finalizer, self._run_task(run, run.finalizer))
                if run.first_failed is None or retries == 0 or self._closing:
                    break
                retries -= 1
                with self._account.catalog.transaction():  # whoever asks finds a run under way until the last attempt
                    self._end(run, "FAILED")
                    run.attempt, run.outcomes, run.completed_time = run.attempt + 1, _reusable(run, run.outcomes), None
                    self._begin(run)
            state = _final_state(run)
        except Exception:
            _log.exception("A run of task %s failed inside of snowcore", run.root.name)
        try:
            self._end(run, state)
            self._count_failures(run)
        finally:
            with self._lock:
                run.root_done = True
                self._going[run.root.id].remove(run)
                self._begin_next(run.root)
            self.scheduler.ended(run.root)
            run.ended.set_result(None)
            self._account.clock.end_work()

    def _begin(self, run: GraphRun) -> None:
        run.state, run.query_start_time = "EXECUTING", self._account.catalog.now()
        whole = run.root.properties.get(_TIMEOUT)
        run.over_at = self._account.clock() + timedelta(milliseconds=whole) if whole else None
        self._record(run)

    def _attempt(self, run: GraphRun) -> None:
        clock = self._account.clock
        waiting = [task for task in run.tasks if task.name not in run.outcomes]
        taking_part = {task.name for task in run.tasks}
        running: dict[Future[Outcome], Entry] = {}
        blocked: set[str] = set()
        with ThreadPoolExecutor(_AT_ONCE, "snowcore-task") as pool:
            while waiting or running:
                for task in list(waiting):
                    before = [name for name in predecessors(task) if name in taking_part]
                    states = [run.outcomes[name].state for name in before if name in run.outcomes]
                    if self._closing or _STOPPING.intersection(states) or blocked.intersection(before):
                        waiting.remove(task)
                        blocked.add(task.name)
                    elif len(states) == len(before):
                        waiting.remove(task)
                        if states and set(states) == {"SKIPPED"}:
                            self._settle(run, task, Outcome("SKIPPED", completed_time=self._account.catalog.now()))
                        else:
                            clock.begin_work()
                            try:
                                running[pool.submit(self._run_task, run, task)] = task
                            except RuntimeError:  # the process is ending
                                clock.end_work()
                                self.stop()
                                blocked.add(task.name)
                if not running:
                    continue
                clock.end_work()
                ended = wait(running, return_when=FIRST_COMPLETED).done
                clock.begin_work()
                for done in ended:
                    self._settle(run, running.pop(done), done.result())
                    clock.end_work()

    def _settle(self, run: GraphRun, task: Entry, outcome: Outcome) -> None:
        run.outcomes[task.name] = outcome
        self.history.record_task(run.run_id, run.attempt, task.name, outcome)
        if task.name == run.root.name:
            with self._lock:
                run.root_done = True
                self._begin_next(run.root)

    def _record(self, run: GraphRun) -> None:
        self.history.record(run.root, run.attempt, run.row())

    def _end(self, run: GraphRun, state: str) -> None:
        run.state, run.completed_time = state, self._account.catalog.now()
        self._record(run)

    def _count_failures(self, run: GraphRun) -> None:
        """Suspend a root of which too many runs in a row have failed."""
        if run.state not in ("FAILED", "SUCCEEDED"):
            return
        most = int(self._account.inherited(run.root, "suspend_task_after_num_failures", 10))
        with self._account.changing:
            for root in self._account.catalog.select("o.id = ?", run.root.id):
                failures = root.state.get("failures", 0) + 1 if run.state == "FAILED" else 0
                state: dict[str, Any] = {**root.state, "failures": failures}
                if 0 < most <= failures and root.state["state"] == "started":
                    state |= {"state": "suspended", "last_suspended_on": self._account.catalog.now()}
                    state["last_suspended_reason"] = "SUSPENDED_DUE_TO_ERRORS"
                if state != root.state:
                    self._account.catalog.update(root, state=state)
                if state["state"] != root.state["state"]:
                    self.scheduler.changed()

    # In a thread for each task

    def _run_task(self, run: GraphRun, task: Entry) -> Outcome:
        account = self._account
        text, condition = task.properties["definition"], task.properties.get("condition")
        began = Outcome(
            "EXECUTING",
            query_start_time=account.catalog.now(),
            query_id=new_query_id(),
            query_text=text,
            condition_text=condition,
        )
        self.history.record_task(run.run_id, run.attempt, task.name, began)
        context = self._context(run, task)
        try:
            self._execute(run, task, context, text, str(began.query_id))
            outcome = attrs.evolve(began, state="SUCCEEDED", return_value=context.return_value)
        except _Skipped:
            outcome = Outcome("SKIPPED", None, *_NOT_MET, query_text=text, condition_text=condition)
        except AccountError as error:
            code = int(error.code) if error.code.isdigit() else None
            failed = attrs.evolve(began, state="FAILED", error_code=code, error_message=error.message)
            cancelled = self._cancelling or error.code == CANCELED
            outcome = attrs.evolve(failed, state="CANCELLED") if cancelled else failed
        except Exception as error:
            _log.exception("Task %s failed inside of snowcore", task.name)
            outcome = attrs.evolve(began, state="FAILED", error_code=603, error_message=f"Internal error: {error}")
        return attrs.evolve(outcome, completed_time=account.catalog.now())

    def _execute(self, run: GraphRun, task: Entry, context: TaskRunContext, text: str, query_id: str) -> None:
        account, (database, schema, _) = self._account, task.path
        warehouse = task.properties.get("warehouse")
        if warehouse is not None and account.catalog.find("warehouse", 0, warehouse) is None:
            raise missing("warehouse", warehouse)  # somebody has dropped it since
        account.access.check_task(task, runs=True)
        who = Context(warehouse=warehouse, role=task.owner, user="SYSTEM", fixed=True)
        session = account.open_session(who, database=database, schema=schema)
        self._sessions.add(session)
        self._executing[query_id] = task.id, session
        try:
            session.task = context
            for name, value in task.properties.get("session_parameters", {}).items():
                session.set_parameter(name, value)
            if not holds(session, task):
                raise _Skipped
            with time_limit(account.clock, session, *self._time_left(run, task)):
                session.execute(text, query_id=query_id)
        finally:
            del self._executing[query_id]
            self._sessions.discard(session)
            session.close()

    def _time_left(self, run: GraphRun, task: Entry) -> tuple[float, float]:
        """How many seconds a task has, and of how many: its own, or what the whole graph has left of the root's."""
        if run.over_at is not None and task.id != run.root.id and _TIMEOUT not in task.properties:
            left = (run.over_at - self._account.clock()).total_seconds()
            return max(left, 0.001), int(run.root.properties[_TIMEOUT]) / 1000
        own = int(self._account.inherited(task, _TIMEOUT, 3_600_000)) / 1000
        return own, own

    def _context(self, run: GraphRun, task: Entry) -> TaskRunContext:
        return TaskRunContext(
            task.name,
            run.root.name,
            run.run_id,
            stamp(run.scheduled_time),
            run.config,
            {p: run.outcomes[p].return_value for p in predecessors(task) if p in run.outcomes},
            run.root.state["id"],
            self.history.last_successful(run.root),
        )


class _Skipped(Exception):
    """The condition of a task is false."""


def _taking_part(tasks: list[Entry]) -> list[Entry]:
    """The root, and whatever is resumed and can be reached from it. `tasks` are each behind their predecessors."""
    part = {tasks[0].name: tasks[0]}
    for task in tasks[1:]:
        if task.state["state"] == "started" and any(name in part for name in predecessors(task)):
            part[task.name] = task
    return list(part.values())


def _reusable(run: GraphRun, outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    """What another attempt need not do again; its finalizer runs in each."""
    last = run.finalizer.name if run.finalizer is not None else None
    through = {name: outcome for name, outcome in outcomes.items() if outcome.state in ("SUCCEEDED", "SKIPPED")}
    return {name: outcome for name, outcome in through.items() if name != last}


def _merged(config: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration in which another one says what it has, in each of its objects."""

    def both(name: str) -> Any:
        old, new = config.get(name), other[name]
        if isinstance(old, dict) and isinstance(new, dict):
            return _merged(cast("dict[str, Any]", old), cast("dict[str, Any]", new))
        return new

    return {**config, **{name: both(name) for name in other}}


def _final_state(run: GraphRun) -> str:
    if run.first_failed is not None:
        return "FAILED"
    ended = [run.outcomes.get(task.name) for task in run.tasks]
    if any(outcome is None or outcome.state == "CANCELLED" for outcome in ended):
        return "CANCELLED"
    return "SKIPPED" if run.skipped else "SUCCEEDED"
