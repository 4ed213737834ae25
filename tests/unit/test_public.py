"""What is public: it has a docstring."""

from __future__ import annotations

import enum
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

import pytest

import snowcore
from snowcore._collections import child

_ELSEWHERE = ("snowcore.local",)
_MEMBERS = (FunctionType, classmethod, staticmethod, property, child)


def find_modules() -> Iterator[str]:
    yield "snowcore"
    for found in pkgutil.walk_packages(snowcore.__path__, "snowcore."):
        private = any(part.startswith("_") for part in found.name.split("."))
        if not private and not found.name.startswith(_ELSEWHERE):
            yield found.name


MODULES = sorted(find_modules())


def exported(module: ModuleType) -> Iterator[tuple[str, Any]]:
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
    for name, value in exported(module):
        if not (inspect.isclass(value) or inspect.isfunction(value)) or not value.__module__.startswith("snowcore"):
            continue
        if not value.__doc__:
            yield f"{module.__name__}.{name}"
        if inspect.isclass(value) and not issubclass(value, enum.Enum):
            yield from (path for path, member in members(value) if not member.__doc__)


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_says_what_it_does(name: str) -> None:
    assert sorted(set(undocumented(importlib.import_module(name)))) == []
