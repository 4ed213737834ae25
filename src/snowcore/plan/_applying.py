"""Apply: do exactly what a plan says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from snowflake_rest.runtime import Steps

from .._names import quote_identifier, quote_literal, spell_identifier
from .._statements import ask
from .._together import Together
from ..exceptions import APIError, SnowflakePythonError
from ._files import DeclarationError
from ._graphs import change_note
from ._kinds import call
from ._planning import Plan
from ._planning import plan as make_plan
from ._secrets import conceal, fill, find_missing, find_variables
from ._steps import CHANGING, Action, Step
from ._yaml import Fault

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

    ApplyError with the report for what was not done; DeclarationError for a variable that the environment lacks;
    OSError where tasks are to be resumed and that can't be noted in the folder, before anything is done.
    """
    now = make_plan(plan.root, plan.declared, prune=plan.prune)
    if not now:
        change_note(plan.declared.folder, {}, now.noted)
        return Report([], {}, [])
    refusal = "the account has changed since the plan was made" if now.to_dict() != plan.to_dict() else ""
    if not refusal and (lacking := next((step for step in now.steps if step.lacking), None)):
        refusal = f"the role may not {lacking.title}: it lacks {lacking.lacking}"
    needing = [f"{step.title} ({step.risk})" for step in plan.steps if step.needs_leave]
    if needing and not allow_destructive and not refusal:
        more = f" and {len(needing) - 5} more" if len(needing) > 5 else ""
        refusal = f"destruction is not allowed, and these need it: {'; '.join(needing[:5])}{more}"
    if refusal:
        raise ApplyError(f"{refusal}; nothing was done", Report([], {}, plan.steps))
    return _Run(now, _fill_bodies(now), progress or (lambda step, state: None)).run()


def _fill_bodies(plan: Plan) -> dict[Step, dict[str, Any]]:
    """The objects as they are sent, with the values of the environment. Nothing is sent where one is missing."""
    bodies: dict[Step, dict[str, Any]] = {}
    faults: list[Fault] = []
    for step in plan.steps:
        if step.action not in CHANGING:
            continue
        one, kind = plan.declared.objects[step.address], step.address.kind
        if missing := find_missing(one.body):
            what = f"the environment has no {missing}, which the {step.address} needs"
            faults.append(Fault(one.find_spot(""), what))
            continue
        body = bodies[step] = {**step.carried, **fill(kind, one.body), "name": step.address.plain}
        for finding in () if one.is_way else kind.check(body) or ():
            faults.append(one.explain(finding.where, f"{finding.what}, once it is filled"))
    if faults:
        raise DeclarationError(faults)
    return bodies


@attrs.define
class _Run:
    plan: Plan
    bodies: dict[Step, dict[str, Any]]
    progress: Progress
    done: list[Step] = attrs.field(factory=list[Step])
    failed: dict[Step, str] = attrs.field(factory=dict[Step, str])

    def run(self) -> Report:
        folder, client = self.plan.declared.folder, self.plan.root.client
        resumes = {
            step: str(step.carried["id"]) for step in self.plan.steps if step.carried and step.action is Action.RESUME
        }
        change_note(folder, {id_: step.address.qualified for step, id_ in resumes.items()})
        try:
            for group in self.plan.groups:
                client.run(Together([self._do_unless_failed(step) for step in group], _IN_FLIGHT))
            suspended = client.run(self._resume_what_is_as_before()) if self.failed else []
        finally:
            left = {id_ for step, id_ in resumes.items() if step not in self.done}
            change_note(folder, {}, {*resumes.values(), *self.plan.noted} - left)
        begun = {*self.done, *self.failed}
        report = Report(self.done, self.failed, [step for step in self.plan.steps if step not in begun])
        if self.failed:
            step, said = next(iter(self.failed.items()))
            counted = f"done: {len(report.done)}, not done: {len(report.left)}"
            more = f"; suspended since: {', '.join(suspended)}" if suspended else ""
            raise ApplyError(f"could not {step.title}: {said}; {counted}{more}", report)
        return report

    def _do_unless_failed(self, step: Step) -> Steps[None]:
        if not self.failed:
            yield from self._do(step)

    def _do(self, step: Step) -> Steps[None]:
        self.progress(step, "started")
        try:
            yield from self._find_steps(step)
        except SnowflakePythonError as error:
            said = str(error.message or error.reason) if isinstance(error, APIError) else str(error)
            variables = {name for one in self.plan.declared.objects.values() for name in find_variables(one.body)}
            self.failed[step] = conceal(" ".join(said.split()).rstrip("."), variables)
            self.progress(step, "failed")
        else:
            self.done.append(step)
            self.progress(step, "done")

    def _resume_what_is_as_before(self) -> Steps[list[str]]:
        """Resume tasks that were suspended for changes, if no task was changed. The names of those that still are."""
        suspended = {step.address for step in self.done if step.action is Action.SUSPEND}
        if not any(step.address.kind.turned and step.action is not Action.SUSPEND for step in self.done):
            for step in self.plan.steps:
                if step.action is Action.RESUME and step.address in suspended:
                    yield from self._do(step)
        resumed = {step.address for step in self.done if step.action is Action.RESUME}
        return sorted(one.qualified for one in suspended - resumed)

    def _find_steps(self, step: Step) -> Steps[Any]:
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
                comment = quote_literal((body or {}).get("comment") or "")
                return ask(self.plan.root.client, f"COMMENT ON {kind.sql} {address.qualified} IS {comment}")
            case Action.RENAME:
                return self._rename(step)

    def _rename(self, step: Step) -> Steps[Any]:
        address, kind, new = step.address, step.address.kind, step.address.plain
        if step.column:
            names = f"{quote_identifier(step.source)} TO {quote_identifier(step.column)}"
            return ask(self.plan.root.client, f"ALTER {kind.sql} {address.qualified} RENAME COLUMN {names}")
        old = address.called(step.source)
        if "rename" not in kind.verbs:
            place = "".join(f"{spell_identifier(name)}." for name in address.place)
            return ask(self.plan.root.client, f"ALTER {kind.sql} {old.qualified} RENAME TO {place}{new}")
        if kind.renamed_by_body:
            return call(old, "rename", {"name": new})
        target = zip(("targetDatabase", "targetSchema"), map(spell_identifier, address.place))
        return call(old, "rename", targetName=new, **dict(target))
