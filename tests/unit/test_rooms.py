"""The rooms of the embedded account know only what lies below them."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

_SOURCES = Path(__file__).parents[2] / "src"

_BELOW = {
    "snowcore.engine": ("snowcore.engine", "snowcore._names"),
    "snowcore.local.account": ("snowcore.local.account", "snowcore.engine", "snowcore._documents"),
    "snowcore.local.tasks": ("snowcore.local.tasks", "snowcore.local.account", "snowcore.engine"),
    "snowcore.local.code": ("snowcore.local.code", "snowcore.engine"),
    "snowcore.local.compute": ("snowcore.local.compute", "snowcore.local.account", "snowcore.engine"),
    "snowcore.local.objects": (
        "snowcore.local.objects",
        "snowcore.local.compute",
        "snowcore.local.tasks",
        "snowcore.local.account",
        "snowcore.engine",
        "snowcore._names",
    ),
    "snowcore.local.sql": (
        "snowcore.local.sql",
        "snowcore.local.code",
        "snowcore.local.compute",
        "snowcore.local.objects",
        "snowcore.local.tasks",
        "snowcore.local.account",
        "snowcore.engine",
        "snowcore._names",
    ),
    "snowcore.local.doors": (
        "snowcore.local.doors",
        "snowcore.local.sql",
        "snowcore.local.objects",
        "snowcore.local.account",
        "snowcore.engine",
        "snowcore._documents",
        "snowcore._names",
    ),
    "snowcore.console": (
        "snowcore.console",
        "snowcore.local.doors",
        "snowcore.local.sql",
        "snowcore.pictures",
        "snowcore.task",
        "snowcore.engine",
        "snowcore._names",
        "snowcore._statements",
    ),
}
"""Each room, and where what its modules import may lie."""


def _imports(module: str, tree: ast.AST) -> Iterator[str]:
    """What a module needs at run time: imports for types alone don't count."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "late":
            yield from _late(module, node)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            found = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{found}.{name.name}" for name in node.names)
        else:
            yield from _imports(module, node)


def _late(module: str, call: ast.Call) -> Iterator[str]:
    """The modules that another one imports when it first uses them."""
    written = [ast.literal_eval(one) for one in (*call.args[1:], *(named.value for named in call.keywords))]
    for name in " ".join(written).split():
        yield importlib.util.resolve_name(name, module.rpartition(".")[0])


def _modules(room: str) -> Iterator[tuple[str, list[str]]]:
    for file in sorted((_SOURCES / room.replace(".", "/")).rglob("*.py")):
        module = ".".join(file.relative_to(_SOURCES).with_suffix("").parts)
        yield module, list(_imports(module, ast.parse(file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("room", _BELOW)
def test_a_room_knows_only_what_is_below(room: str) -> None:
    found = [(module, name) for module, names in _modules(room) for name in names]
    assert len(found) > 10
    wrong = [
        (module, name)
        for module, name in found
        if name.startswith("snowcore.") and not any(f"{name}.".startswith(f"{below}.") for below in _BELOW[room])
    ]
    assert wrong == []


@pytest.mark.parametrize("room", [room for room in _BELOW if room != "snowcore.engine"])
def test_nothing_above_the_engine_knows_what_runs_below(room: str) -> None:
    wrong = [
        (module, name)
        for module, names in _modules(room)
        for name in names
        if name == "duckdb" or name.startswith(("duckdb.", "snowcore.engine.duckdb"))
    ]
    assert wrong == []


def test_what_is_imported_late_is_there_and_is_what_types_are_checked_by() -> None:
    found = 0
    for room in _BELOW:
        for file in sorted((_SOURCES / room.replace(".", "/")).rglob("*.py")):
            module = ".".join(file.relative_to(_SOURCES).with_suffix("").parts)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.If) and any("late(" in ast.unparse(line) for line in node.orelse):
                    typed = set(_imports(module, ast.Module(node.body, [])))
                    calls = [line.value for line in node.orelse if isinstance(line, ast.Expr)]
                    late = {name for call in calls if isinstance(call, ast.Call) for name in _late(module, call)}
                    assert late <= typed, module
                    assert all(importlib.util.find_spec(name) for name in late), module
                    found += len(late)
    assert found > 30
