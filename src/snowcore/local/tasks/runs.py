"""Graph runs: each task once its predecessors have succeeded, those that don't wait for each other at the same time.

A suspended child is left out, as if the graph didn't have it; what runs after it waits for its other predecessors. A
child that lost a predecessor to failure doesn't run. One whose condition is false, or all of whose predecessors were
skipped, is skipped.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import orjson

from ...engine.errors import AccountError, invalid
from ...engine.living import Living
from ..account.calls import Context
from ..account.catalog import Entry, stamp
from ..account.limits import time_limit
from .context import TaskRunContext
from .graph import below, finalized, predecessors
from .history import CURRENT, History, Outcome
from .schedule import interval

if TYPE_CHECKING:
    from ..account.account import Account, Session

_log = logging.getLogger("snowcore")
_AT_ONCE = 4


@attrs.define(eq=False)
class GraphRun:
    """One attempt at running a graph, as the graph was when the run was asked for."""

    run_id: int
    attempt: int
    root: Entry
    tasks: list[Entry]
    """Those that take part, each behind its predecessors, the finalizer left out."""
    finalizer: Entry | None
    scheduled_time: datetime
    outcomes: dict[str, Outcome]
    """Of the tasks that are through, by name."""
    state: str = "SCHEDULED"
    query_start_time: str | None = None
    completed_time: str | None = None
    root_done: threading.Event = attrs.field(factory=threading.Event)

    @property
    def first_failed(self) -> tuple[str, Outcome] | None:
        return next(((name, outcome) for name, outcome in self.outcomes.items() if outcome.state == "FAILED"), None)

    def row(self) -> dict[str, Any]:
        database, schema, name = self.root.path
        every = interval(self.root.properties.get("schedule")) or timedelta()
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
            "next_scheduled_time": stamp(self.scheduled_time + every),
            "completed_time": self.completed_time,
            "root_task_id": self.root.state["id"],
            "graph_version": self.root.state["graph_version"],
            "run_id": self.run_id,
        }
        return {k: v for k, v in row.items() if v is not None}


class Runs:
    def __init__(self, account: Account) -> None:
        self._account, self.history = account, History(account.catalog)
        self._graphs = ThreadPoolExecutor(32, "snowcore-graph")
        self._latest: dict[int, tuple[GraphRun, Future[None]]] = {}
        self._lock = threading.Lock()
        self._here = threading.local()
        self._closing = self._cancelling = False
        self._sessions: Living[Session] = Living()
        """Those in which a task runs."""

    @property
    def inside(self) -> bool:
        """Whether this thread is running a task, which must not wait for a run."""
        return getattr(self._here, "running", False)

    def stop(self) -> None:
        """Start nothing more."""
        self._closing = True

    def cancel(self, after: float) -> None:
        """Start nothing more, and cancel what has not ended by itself after so many seconds."""
        self.stop()
        until = time.monotonic() + after
        while list(self._sessions) or any(not future.done() for _, future in list(self._latest.values())):
            if time.monotonic() > until:
                self._cancelling = True
                for session in self._sessions:
                    session.interrupt()
            time.sleep(0.05)

    def close(self) -> None:
        """Start nothing more, and wait for the statements that are running."""
        self.stop()
        self._graphs.shutdown(wait=True)

    def start(self, root: Entry, *, retry_last: bool = False) -> Future[None]:
        """Run a root's graph. The future is done when the run is; whether it succeeded, the history says."""
        with self._lock:
            run = self._retried(root) if retry_last else self._new(root)
            self._record(run)
            before = self._latest.get(root.id)
            future = self._graphs.submit(self._drive, run, before)
            self._latest[root.id] = (run, future)
            return future

    def _new(self, root: Entry) -> GraphRun:
        now = self._account.clock()
        *tasks, last = below(self._account.catalog, root)
        finalizer = last if finalized(last) is not None else None
        if finalizer is None:
            tasks.append(last)
        elif finalizer.state["state"] != "started":
            finalizer = None
        run_id = self.history.new_run_id(now)
        return GraphRun(run_id, 1, root, _taking_part(tasks), finalizer, now, {})

    def _retried(self, root: Entry) -> GraphRun:
        """The last run, to be taken up where it failed."""
        last, name = self.history.last(root), root.name
        if last is None or last[1]["graph_version"] != root.state["graph_version"] or last[1]["state"] in CURRENT:
            raise invalid(f"Cannot perform retry: no suitable run of graph with root task {name} to retry.")
        attempt, row = last
        if row["state"] not in ("FAILED", "CANCELLED"):
            raise invalid(f"Cannot perform retry: graph with root task {name} had no failures.")
        run = self._new(root)
        run.run_id, run.attempt = row["run_id"], attempt + 1
        run.outcomes = _reusable(self.history.outcomes(row["run_id"]))
        return run

    # In a thread for each graph run

    def _drive(self, run: GraphRun, before: tuple[GraphRun, Future[None]] | None) -> None:
        try:
            if before is not None:
                self._wait_for(before, run.root)
            retries = run.root.properties.get("task_auto_retry_attempts", 0)
            while not self._closing:
                run.state, run.query_start_time = "EXECUTING", self._account.catalog.now()
                self._record(run)
                self._attempt(run)
                if run.first_failed is None or retries == 0:
                    break
                retries -= 1
                self._end(run, "FAILED")
                run = attrs.evolve(run, attempt=run.attempt + 1, outcomes=_reusable(run.outcomes), completed_time=None)
            if run.finalizer is not None and not self._closing:
                self._settle(run, run.finalizer, self._run_task(run, run.finalizer))
            self._end(run, _final_state(run))
        except Exception:
            _log.exception("A run of task %s failed inside of snowcore", run.root.name)
            self._end(run, "FAILED")
        finally:
            run.root_done.set()

    def _wait_for(self, before: tuple[GraphRun, Future[None]], root: Entry) -> None:
        run, future = before
        match root.properties.get("overlap_policy", "NO_OVERLAP"):
            case "ALLOW_ALL_OVERLAP":
                pass
            case "ALLOW_CHILD_OVERLAP":
                run.root_done.wait()
            case _:
                future.result()

    def _attempt(self, run: GraphRun) -> None:
        waiting = [task for task in run.tasks if task.name not in run.outcomes]
        taking_part = {task.name for task in run.tasks}
        running: dict[Future[Outcome], Entry] = {}
        blocked: set[str] = set()
        with ThreadPoolExecutor(_AT_ONCE, "snowcore-task") as pool:
            while waiting or running:
                for task in list(waiting):
                    before = [name for name in predecessors(task) if name in taking_part]
                    states = [run.outcomes[name].state for name in before if name in run.outcomes]
                    if self._closing or "FAILED" in states or blocked.intersection(before):
                        waiting.remove(task)
                        blocked.add(task.name)
                    elif len(states) == len(before):
                        waiting.remove(task)
                        if states and set(states) == {"SKIPPED"}:
                            self._settle(run, task, Outcome("SKIPPED", completed_time=self._account.catalog.now()))
                        else:
                            running[pool.submit(self._run_task, run, task)] = task
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    self._settle(run, running.pop(done), done.result())

    def _settle(self, run: GraphRun, task: Entry, outcome: Outcome) -> None:
        run.outcomes[task.name] = outcome
        self.history.record_task(run.run_id, run.attempt, task.name, outcome)
        if task.name == run.root.name:
            run.root_done.set()

    def _record(self, run: GraphRun) -> None:
        self.history.record(run.root, run.attempt, run.row())

    def _end(self, run: GraphRun, state: str) -> None:
        run.state, run.completed_time = state, self._account.catalog.now()
        self._record(run)

    # In a thread for each task

    def _run_task(self, run: GraphRun, task: Entry) -> Outcome:
        self._here.running = True
        now, began = self._account.catalog.now, self._account.catalog.now()
        database, schema, name = task.path
        context = TaskRunContext(
            name,
            run.root.name,
            run.run_id,
            stamp(run.scheduled_time),
            _config(run.root),
            {p: run.outcomes[p].return_value for p in predecessors(task) if p in run.outcomes},
            self.history.last_successful(run.root),
        )
        try:
            who = Context(warehouse=task.properties.get("warehouse"), role=task.owner, user="SYSTEM", fixed=True)
            session = self._account.open_session(who, database=database, schema=schema)
            self._sessions.add(session)
            try:
                session.task = context
                condition = task.properties.get("condition")
                if condition is not None and not session.execute(f"SELECT (\n{condition}\n)::BOOLEAN").rows[0][0]:
                    return Outcome("SKIPPED", query_start_time=began, completed_time=now())
                with time_limit(session, task.properties.get("user_task_timeout_ms", 3_600_000) / 1000):
                    session.execute(task.properties["definition"])
            finally:
                self._sessions.discard(session)
                session.close()
        except AccountError as error:
            if self._cancelling:
                return Outcome("CANCELLED", None, None, None, began, now())
            code = int(error.code) if error.code.isdigit() else None
            return Outcome("FAILED", None, code, error.message, began, now())
        except Exception as error:
            _log.exception("Task %s failed inside of snowcore", name)
            return Outcome("FAILED", None, 603, f"Internal error: {error}", began, now())
        return Outcome("SUCCEEDED", context.return_value, None, None, began, now())


def _taking_part(tasks: list[Entry]) -> list[Entry]:
    """The root, and whatever is resumed and can be reached from it. `tasks` are each behind their predecessors."""
    part = {tasks[0].name: tasks[0]}
    for task in tasks[1:]:
        if task.state["state"] == "started" and any(name in part for name in predecessors(task)):
            part[task.name] = task
    return list(part.values())


def _reusable(outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    return {name: outcome for name, outcome in outcomes.items() if outcome.state in ("SUCCEEDED", "SKIPPED")}


def _final_state(run: GraphRun) -> str:
    if run.first_failed is not None:
        return "FAILED"
    ended = [run.outcomes.get(task.name) for task in run.tasks]
    if any(outcome is None or outcome.state == "CANCELLED" for outcome in ended):
        return "CANCELLED"
    return "SKIPPED" if run.outcomes[run.root.name].state == "SKIPPED" else "SUCCEEDED"


def _config(root: Entry) -> str | None:
    config = root.properties.get("config")
    return None if config is None else orjson.dumps(config).decode()
