"""Plans as text, for terminals and logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from ._planning import Plan
from ._steps import Action, Risk, Step

Paint = Callable[[str, str], str]
"""Gives a text a colour, by its name."""

_SIGNS = {
    Action.SUSPEND: ("‖", "cyan"),
    Action.RESUME: ("▸", "cyan"),
    Action.RENAME: ("→", "yellow"),
    Action.CREATE: ("+", "green"),
    Action.ALTER: ("~", "yellow"),
    Action.REPLACE: ("±", "red"),
    Action.MAKE_WAY: ("-", "red"),
    Action.DROP: ("-", "red"),
}
_COLOURS = {Risk.SAFE: "", Risk.EXPENSIVE: "yellow", Risk.DESTRUCTIVE: "red", Risk.IRREVERSIBLE: "red"}


def show(plan: Plan, paint: Paint = lambda text, colour: text) -> str:
    """A plan as a table: each step with its risk, below it each property with its old and new value.

    paint: gives texts colours; none by default.
    """
    if not plan:
        return "Nothing to do: the account is as declared."
    width = max(len(step.title) for step in plan.steps)
    lines = [line for step in plan.steps for line in _show_step(step, width, paint)]
    counted = Counter(step.action.value for step in plan.steps)
    risks = [risk.value for risk in Risk if risk is not Risk.SAFE and any(s.risk is risk for s in plan.steps)]
    summary = ", ".join(f"{number} to {action}" for action, number in counted.items())
    return "\n".join([*lines, "", f"{summary}{'; ' * bool(risks)}{' and '.join(risks)}."])


def _show_step(step: Step, width: int, paint: Paint) -> Iterator[str]:
    sign, colour = _SIGNS[step.action]
    yield f"{paint(sign, colour)} {step.title.ljust(width)}  {paint(step.risk.value, _COLOURS[step.risk])}".rstrip()
    for change in step.changes:
        new = "reset" if change.reset else _shorten(change.new)
        yield f"    {change.field}: {_shorten(change.old)} → {new}"
    if step.lacking:
        yield paint(f"    The role may not do this: it lacks {step.lacking}.", "red")
    for note in step.notes:
        yield f"    {note}"


def _shorten(value: Any) -> str:
    text = "(none)" if value is None else value if isinstance(value, str) else repr(value)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= 80 else f"{text[:77]}..."
