"""docs/clients.md: which clients work against a served account. Those that did not run keep what the page says."""

from __future__ import annotations

from pathlib import Path

import attrs

PAGE = Path(__file__).parents[2] / "docs" / "clients.md"
INTRODUCTION = """# Which tools work with a served account

Written by `make clients`. Each tool is installed unmodified in an environment of its own and runs programs of ours
against `snowcore serve` on loopback; a check is one thing that people do with the tool. Tools marked * have no option
for a host: a `sitecustomize` of ten lines (`tests/clients/shim`) makes the served account the connector's default.

| tool | version | checks that hold | what doesn't, and why |
| --- | --- | --- | --- |
"""


@attrs.frozen
class Outcome:
    version: str
    checks: dict[str, str]
    """What was checked, and why it failed: empty if it passed."""


def written(outcomes: dict[str, Outcome]) -> str:
    rows = ""
    for name, outcome in outcomes.items():
        failed = {what: why for what, why in outcome.checks.items() if why}
        share = f"{len(outcome.checks) - len(failed)} of {len(outcome.checks)}"
        told = "<br>".join(f"{what}: {why}" for what, why in failed.items()).replace("|", "/")
        rows += f"| {name} | {outcome.version} | {share} | {told} |\n"
    sections = ""
    for name, outcome in outcomes.items():
        sections += f"\n## {name} ({outcome.version})\n\n"
        sections += "".join(f"- {what}{f' | {why}' if why else ''}\n" for what, why in outcome.checks.items())
    return INTRODUCTION + rows + sections


def read() -> dict[str, Outcome]:
    """What the page says."""
    outcomes: dict[str, Outcome] = {}
    for section in PAGE.read_text().split("\n## ")[1:] if PAGE.exists() else []:
        title, *lines = section.splitlines()
        name, version = title.removesuffix(")").split(" (", 1)
        parts = (line.removeprefix("- ").partition(" | ") for line in lines if line.startswith("- "))
        outcomes[name] = Outcome(version, {what: why for what, _, why in parts})
    return outcomes


def write(outcomes: dict[str, Outcome], order: list[str]) -> None:
    """Put these in place of what the page says of the same clients."""
    known = read() | outcomes
    PAGE.write_text(written({name: known[name] for name in order if name in known}))
