"""Small specifications, written in the tests, generated into a package of their own and imported."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from codegen.__main__ import main

ROOT = Path(__file__).parents[2]
_numbers = itertools.count()

# What every operation shares comes from common.yaml, so there always is one.
COMMON = """
openapi: 3.1.0
info: {title: Common, version: "1"}
components:
  headers:
    X-Snowflake-Request-ID: {schema: {type: string}}
  responses:
    Success: {description: Done., content: {application/json: {schema: {$ref: "#/components/schemas/SuccessResponse"}}}}
    Accepted: {description: Not yet., content: {application/json: {schema: {type: object}}}}
    Error: {description: Failed., content: {application/json: {schema: {type: object}}}}
  schemas:
    Identifier: {type: string, pattern: '^[a-z]+$', description: A name.}
    SuccessResponse: {type: object, properties: {status: {type: string}}}
"""

Files = dict[str, str]


def thing(schemas: str = "", paths: str = "") -> str:
    """A document of schemas and paths, given as YAML without indentation."""
    document: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "Thing", "version": "1"}}
    text = yaml.safe_dump(document)
    for key, part in (("paths", paths), ("schemas", schemas)):
        if part.strip():
            margin = "  " if key == "paths" else "    "
            lines = "\n".join(margin + line for line in part.strip("\n").splitlines())
            text += f"paths:\n{lines}\n" if key == "paths" else f"components:\n  schemas:\n{lines}\n"
    return text


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write specifications to a folder."""

    def write(**files: str) -> Path:
        folder = tmp_path / "specs"
        folder.mkdir(exist_ok=True)
        for name, text in ({"common": COMMON} | files).items():
            (folder / f"{name}.yaml").write_text(text)
        return folder

    return write


@pytest.fixture
def generate(
    tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Callable[[str], ModuleType]]:
    """Generate a package from specifications; the result imports its modules."""

    def generate(**files: str) -> Callable[[str], ModuleType]:
        package = f"made_{next(_numbers)}"
        assert main(["generate", "--specs", str(write(**files)), "--out", str(tmp_path / package)]) == 0
        monkeypatch.syspath_prepend(tmp_path)
        return lambda module: importlib.import_module(f"{package}.{module}")

    return generate


@pytest.fixture
def made(generate: Callable[..., Callable[[str], ModuleType]]) -> Callable[..., ModuleType]:
    """The module of one document."""

    def made(schemas: str = "", paths: str = "", **others: str) -> ModuleType:
        return generate(thing=thing(schemas, paths), **others)("thing")

    return made
