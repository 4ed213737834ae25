"""Apply: do exactly what a plan says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import attrs

from snowflake_rest.runtime import Operation

from .._names import quote_identifier, quote_literal, spell_identifier, unquote
from ..exceptions import APIError, SnowflakePythonError
from ._files import DeclarationError, Fault
from ._kinds import Address, call, run_sql
from ._planning import Plan, plan
from ._secrets import conceal, fill, find_variables
from ._steps import Action, Step

_IN_FLIGHT = 8
"""So many steps of one group are under way at a time."""

Progress = Callable[[Step, str], None]
"""Told of each step: `started`, `done` or `failed`."""


@attrs.frozen
class Report:
    """What became of each step of a plan. done: what succeeded, in the order in which it did."""

    done: list[Step]
    failed: dict[Step, str]
    """What failed, and what the server said. Empty if all went well."""
    left: list[Step]
    """What was not begun."""

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON."""
        failed = [{**step.to_dict(), "error": said} for step, said in self.failed.items()]
        return {"done": [s.to_dict() for s in self.done], "failed": failed, "left": [s.to_dict() for s in self.left]}


class ApplyError(Exception):
    """A plan that was not carried out, or not to its end. `report` says what is done and what is not."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


def apply(plan: Plan, *, allow_destructive: bool = False, progress: Progress | None = None) -> Report:
    """Do what a plan says, and nothing else.

    The account is read anew first. If a plan of now would be another one, the account has changed, and nothing is done;
    if it would be empty, all is as declared, and nothing needs to be. At the first step that fails no other is begun.

    allow_destructive: also drop objects and data. progress: called with each step, and `started`, `done` or `failed`.

    ApplyError with the report for what was not done; DeclarationError for a variable that the environment lacks.
    """
    now = _plan_again(plan)
    if not now:
        return Report([], {}, [])
    if now.to_dict() != plan.to_dict():
        raise ApplyError("the account has changed since the plan was made; nothing was done", _leave(plan))
    needing = [step for step in plan.steps if step.needs_leave]
    if needing and not allow_destructive:
        named = "; ".join(f"{step.title} ({step.risk})" for step in needing[:5])
        more = f" and {len(needing) - 5} more" if len(needing) > 5 else ""
        raise ApplyError(
            f"destruction is not allowed, and these need it: {named}{more}; nothing was done", _leave(plan)
        )
    return _Run(now, _fill_bodies(now), progress or (lambda step, state: None)).run()


def _plan_again(made: Plan) -> Plan:
    return plan(made.root, made.declared, prune=made.prune)


def _leave(plan: Plan) -> Report:
    return Report([], {}, plan.steps)


def _fill_bodies(plan: Plan) -> dict[Step, dict[str, Any]]:
    """The objects as they are sent, with the values of the environment. Nothing is sent where one is missing."""
    bodies: dict[Step, dict[str, Any]] = {}
    faults: list[Fault] = []
    for step in plan.steps:
        if step.action not in (Action.CREATE, Action.ALTER, Action.REPLACE):
            continue
        one, kind = plan.declared.objects[step.address], step.address.kind
        try:
            body = fill(kind, kind.body, one.body)
        except KeyError as error:
            what = f"the environment has no {error.args[0]}, which the {step.address} needs"
            faults.append(Fault(one.find_spot(""), what))
            continue
        carried = step.carried if step.action is Action.ALTER else dict[str, Any]()
        bodies[step] = {**carried, **body, "name": spell_identifier(unquote(one.body["name"]))}
        for finding in () if one.is_way else kind.check(bodies[step]) or ():
            what = f"{finding.where[1:].replace('/', '.')}: {finding.what}, once it is filled"
            faults.append(Fault(one.find_spot(finding.where), what))
    if faults:
        raise DeclarationError(faults)
    return bodies


class _Run:
    def __init__(self, plan: Plan, bodies: dict[Step, dict[str, Any]], progress: Progress) -> None:
        self.plan, self.bodies, self.progress = plan, bodies, progress
        self.variables = {name for one in plan.declared.objects.values() for name in find_variables(one.body)}
        self.done: list[Step] = []
        self.failed: dict[Step, str] = {}

    def run(self) -> Report:
        with ThreadPoolExecutor(_IN_FLIGHT, thread_name_prefix="snowcore-apply") as pool:
            for group in self.plan.groups:
                self._run_group(pool, group)
                if self.failed:
                    self._resume_what_is_as_before(pool)
                    break
        begun = {*self.done, *self.failed}
        report = Report(self.done, self.failed, [step for step in self.plan.steps if step not in begun])
        if self.failed:
            step, said = next(iter(self.failed.items()))
            suspended = [s.address.qualified for s in self.done if s.action is Action.SUSPEND and self._still(s)]
            more = f"; suspended since: {', '.join(suspended)}" if suspended else ""
            raise ApplyError(
                f"could not {step.title}: {said}; done: {len(report.done)}, not done: {len(report.left)}{more}", report
            )
        return report

    def _still(self, step: Step) -> bool:
        return not any(one.action is Action.RESUME and one.address == step.address for one in self.done)

    def _run_group(self, pool: ThreadPoolExecutor, group: Sequence[Step]) -> None:
        waiting, under_way = list(reversed(group)), dict[Future[None], Step]()
        while under_way or (waiting and not self.failed):
            while waiting and not self.failed and len(under_way) < _IN_FLIGHT:
                step = waiting.pop()
                self.progress(step, "started")
                under_way[pool.submit(self._send, step)] = step
            for future in wait(under_way, return_when="FIRST_COMPLETED").done:
                step = under_way.pop(future)
                if isinstance(error := future.exception(), SnowflakePythonError):
                    said = str(error.message or error.reason) if isinstance(error, APIError) else str(error)
                    self.failed[step] = conceal(" ".join(said.split()).rstrip("."), self.variables)
                else:
                    future.result()
                    self.done.append(step)
                self.progress(step, "failed" if step in self.failed else "done")

    def _resume_what_is_as_before(self, pool: ThreadPoolExecutor) -> None:
        """Resume tasks that were suspended for changes, if no task was changed."""
        if any(step.address.kind.turned and step.action is not Action.SUSPEND for step in self.done):
            return
        suspended = {step.address for step in self.done if step.action is Action.SUSPEND}
        resumed = [s for s in self.plan.steps if s.action is Action.RESUME and s.address in suspended]
        before = dict(self.failed)
        self.failed.clear()
        self._run_group(pool, resumed)
        self.failed = before | self.failed

    def _send(self, step: Step) -> None:
        self.plan.root.client.send(self._find_operation(step))

    def _find_operation(self, step: Step) -> Operation[Any]:
        address, kind, body = step.address, step.address.kind, self.bodies.get(step)
        match step.action:
            case Action.SUSPEND | Action.RESUME:
                return call(address, step.action.value)
            case Action.DROP | Action.MAKE_WAY:
                return call(address, "DELETE")
            case Action.CREATE:
                return call(address, "POST", body, createMode="errorIfExists")
            case Action.REPLACE:
                grants = {"copyGrants": True} if kind.copies_grants else {}
                return call(address, "POST", body, createMode="orReplace", **grants)
            case Action.ALTER if "put" in kind.verbs:
                return call(address, "PUT", body)
            case Action.ALTER:
                return run_sql(
                    f"COMMENT ON {kind.sql} {address.qualified} IS {quote_literal((body or {}).get('comment') or '')}"
                )
            case Action.RENAME:
                return self._rename(step)

    def _rename(self, step: Step) -> Operation[Any]:
        address, kind = step.address, step.address.kind
        if step.column:
            names = f"{quote_identifier(step.source)} TO {quote_identifier(step.column)}"
            return run_sql(f"ALTER {kind.sql} {address.qualified} RENAME COLUMN {names}")
        types = "\0".join(["", *address.names[-1].split("\0")[1:]])
        old = Address(kind, (*address.place, unquote(step.source.partition("(")[0]) + types))
        if "rename" not in kind.verbs:
            return run_sql(f"ALTER {kind.sql} {old.qualified} RENAME TO {address.qualified.partition('(')[0]}")
        name = spell_identifier(address.name)
        if kind.renamed_by_body:
            return call(old, "rename", {"name": name})
        target = {"targetDatabase": address.place[0], "targetSchema": address.place[1]} if address.place else {}
        return call(old, "rename", targetName=name, **{k: spell_identifier(v) for k, v in target.items()})
