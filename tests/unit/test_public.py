"""What is public: its names are listed, it has docstrings, and what it takes has a public name.

After a name came or went on purpose: `.venv/bin/python -m tests.unit.test_public` writes the list anew.
"""

from __future__ import annotations

import builtins
import enum
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

import snowcore
import snowcore.local
import snowflake_rest.runtime
from snowcore._collections import child

_ELSEWHERE = ("snowcore.commands", "snowcore.console", "snowcore.engine", "snowcore.local")
_MEMBERS = (FunctionType, classmethod, staticmethod, property, child)


def find_modules() -> Iterator[str]:
    yield "snowcore"
    for found in pkgutil.walk_packages(snowcore.__path__, "snowcore."):
        private = any(part.startswith("_") for part in found.name.split("."))
        if not private and not found.name.startswith(_ELSEWHERE):
            yield found.name


MODULES = sorted(find_modules())


def list_exported(module: ModuleType) -> Iterator[tuple[str, Any]]:
    names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    for name in names:
        value = getattr(module, name)
        if not isinstance(value, ModuleType):
            yield name, value


def members(cls: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class has from this product, its own and inherited ones."""
    for base in cls.__mro__:
        if base.__module__.startswith("snowcore") and not base.__module__.startswith(_ELSEWHERE):
            for name, value in vars(base).items():
                if not name.startswith("_") and isinstance(value, _MEMBERS):
                    yield f"{base.__module__}.{base.__qualname__}.{name}", value


def undocumented(module: ModuleType) -> Iterator[str]:
    for name, value in list_exported(module):
        if not (inspect.isclass(value) or inspect.isfunction(value)) or not value.__module__.startswith("snowcore"):
            continue
        if not value.__doc__:
            yield f"{module.__name__}.{name}"
        if inspect.isclass(value) and not issubclass(value, enum.Enum):
            yield from (path for path, member in members(value) if not member.__doc__)


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_says_what_it_does(name: str) -> None:
    assert sorted(set(undocumented(importlib.import_module(name)))) == []


LISTED = Path(__file__).with_name("exported_names.txt")


def names_of(module: ModuleType) -> str:
    return f"{module.__name__}: {' '.join(sorted(name for name, _ in list_exported(module)))}"


def list_names() -> str:
    return "".join(f"{names_of(importlib.import_module(name))}\n" for name in MODULES)


def test_the_exported_names_are_those_that_are_listed() -> None:
    assert list_names().splitlines() == LISTED.read_text(encoding="utf-8").splitlines()


_NEEDS_NO_NAME = {
    *("Answer", "Pages"),  # only this package itself calls the client with them
    "Handle",  # of which programs only name the kinds
    "Kind",  # of a declaration's address, which the documents make
    "Parts",  # of a name, as only this package takes it apart
    *("httpx.Client", "httpx.AsyncClient", "httpx2.Client", "httpx2.AsyncClient", "ssl.SSLContext"),
    *("ModuleType", "Session", "datetime", "pandas.DataFrame"),  # the standard library's, Snowpark's and pandas'
}
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_WORD = re.compile(r"[A-Za-z_][\w.]*")


def signatures(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, value in list_exported(module):
        if inspect.isfunction(value) and value.__module__.startswith("snowcore."):
            yield f"{module.__name__}.{name}", value
        elif inspect.isclass(value) and value.__module__.startswith("snowcore."):
            if "__init__" in vars(value):
                yield f"{module.__name__}.{name}", vars(value)["__init__"]
            for path, member in members(value):
                function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
                if isinstance(function, FunctionType):
                    yield path, function


def named_in(function: FunctionType) -> Iterator[str]:
    """The classes that a signature names, as they are written there."""
    signature = inspect.signature(function)
    hints = [signature.return_annotation, *(one.annotation for one in signature.parameters.values())]
    for hint in hints:
        if isinstance(hint, str):
            yield from _WORD.findall(_QUOTED.sub("", hint))


def is_ours(word: str, function: FunctionType) -> bool:
    """Whether the word stands for a class of this package, as far as the function's module knows it."""
    known = {**vars(builtins), **vars(typing), **inspect.unwrap(function).__globals__}
    name = word.partition(".")[0]
    if name not in known:
        return word != "None"  # imported for type checkers alone
    value = known[name]
    return inspect.isclass(value) and value.__module__.startswith("snowcore.")


def test_what_public_signatures_take_and_give_has_a_public_name() -> None:
    modules = [importlib.import_module(name) for name in MODULES]
    public = {name for module in modules for name, _ in list_exported(module)} | _NEEDS_NO_NAME
    public |= {*snowflake_rest.runtime.__all__, *snowcore.local.__all__}
    found = {
        f"{word} in {path}"
        for module in modules
        for path, function in signatures(module)
        for word in named_in(function)
        if word not in public and is_ours(word, function)
    }
    assert sorted(found) == []


if __name__ == "__main__":
    LISTED.write_text(list_names(), encoding="utf-8")
