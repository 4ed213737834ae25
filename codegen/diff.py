"""`python -m codegen diff OLD NEW`: what a change of the specifications means to users of the generated Python."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from . import ir
from .changes import Change, compare
from .package import find_api_version, read_documents
from .spec import SpecError


def diff(old: str, new: str, version: str | None, as_json: bool, fail_on_breaking: bool) -> int:
    """Print what changed from the one to the other, each a folder or a git revision."""
    before = read(old)
    after = read(new)
    changes = compare(before, after)
    breaking = sum(change.breaking for change in changes)
    version = version or _version() or find_api_version(before)
    level = bump(changes, before != after, version)
    if as_json:
        listed = [{**asdict(change), "text": change.text} for change in changes]
        report = {"old": old, "new": new, "version": version, "bump": level, "breaking": breaking, "changes": listed}
        print(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        print("\n".join(markdown(old, new, changes, level, version)))
    return int(fail_on_breaking and breaking > 0)


def bump(changes: Sequence[Change], differ: bool, version: str) -> str | None:
    """Which part of the version to raise: patch if nothing differs but descriptions, None if nothing at all does."""
    level = "major" if any(change.breaking for change in changes) else "minor" if changes else "patch"
    if version.startswith("0."):
        level = {"major": "minor"}.get(level, "patch")
    return level if differ else None


def markdown(old: str, new: str, changes: Sequence[Change], level: str | None, version: str) -> Iterator[str]:
    """The lines of a report: what breaks, then the rest, each by resource."""
    yield f"# Changes from `{old}` to `{new}`\n"
    early = "in 0.x, minor for what breaks, else patch"
    later = "major for what breaks, minor for other changes, patch for descriptions"
    suggested = f"Suggested version bump: **{level}** ({version} now; {early if version.startswith('0.') else later})."
    if not changes:
        yield "No difference." if level is None else f"No difference but in descriptions. {suggested}"
        return
    breaking = sum(change.breaking for change in changes)
    yield f"{breaking} breaking, {len(changes) - breaking} other. {suggested}"
    yield from list_changes(changes)


def list_changes(changes: Sequence[Change]) -> Iterator[str]:
    """Lines of Markdown: what breaks users, then the rest, each by resource."""
    breaking = [change for change in changes if change.breaking]
    for title, part in (("Breaking", breaking), ("Other", [c for c in changes if not c.breaking])):
        if part:
            yield f"\n## {title}"
        lines: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for change in part:
            lines[change.resource][change.text].append(f"`{change.where}`")
        for resource, texts in lines.items():
            yield f"\n### {resource}\n"
            yield from (f"- {', '.join(dict.fromkeys(where))}: {text}" for text, where in texts.items())


def _version() -> str | None:
    """The version of the project in this folder."""
    file = Path("pyproject.toml")
    found = re.search(r'^version = "(.+)"', file.read_text(encoding="utf-8") if file.exists() else "", re.MULTILINE)
    return found and found[1]


def read(given: str) -> list[ir.Document]:
    """The documents of a folder, or of the specs/ folder of a git revision. SpecError if there is no such thing."""
    if Path(given).is_dir():
        return read_documents(Path(given))
    within = given if ":" in given else f"{given}:./specs"
    with tempfile.TemporaryDirectory() as folder:
        tree = _git(given, "rev-parse", within).decode().strip()
        for name in _git(given, "ls-tree", "--full-tree", "--name-only", "-z", tree).decode().split("\0"):
            if name.endswith(".yaml"):
                Path(folder, name).write_bytes(_git(given, "show", f"{tree}:{name}"))
        try:
            return read_documents(Path(folder))
        except SpecError as error:
            raise SpecError(*(problem.replace(folder, within) for problem in error.problems)) from None


def _git(given: str, *command: str) -> bytes:
    try:
        return subprocess.run(["git", *command], capture_output=True, check=True).stdout
    except subprocess.CalledProcessError as error:
        said = " ".join(error.stderr.decode(errors="replace").split())
    except OSError as error:
        said = str(error)
    raise SpecError(f"{given}: neither a folder nor a git revision with specifications ({said})")
