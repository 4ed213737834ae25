"""`python -m codegen diff`: real specifications, changed; what is told of it, and whether it breaks users."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen import ir
from codegen.__main__ import main
from codegen.changes import RULES, Change, compare
from codegen.diff import bump
from codegen.package import documents

from .conftest import ROOT

FILES = ("common", "tags", "task", "stage", "secret", "image-repository", "sqlapi", "database", "account")
FILES += ("cortex-analyst", "common-cortex-analyst")
Text = tuple[str, str, str]
"""A file, a text in it, what it becomes."""
Wanted = tuple[str, str, bool]
"""Where, the rule, whether it breaks users."""


def read(folder: Path) -> list[ir.Document]:
    return [document for _, document in documents(folder)]


@pytest.fixture(scope="module")
def old() -> list[ir.Document]:
    return [document for document in read(ROOT / "specs") if document.module.replace("_", "-") in FILES]


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A copy of some specifications."""
    folder = tmp_path / "specs"
    folder.mkdir()
    for name in FILES:
        shutil.copy(ROOT / "specs" / f"{name}.yaml", folder)
    return folder


def edit(folder: Path, *texts: Text) -> None:
    for name, before, after in texts:
        path = folder / f"{name}.yaml"
        text = path.read_text()
        assert before in text, f"{before!r} is no longer in {name}.yaml; change the test"
        path.write_text(text.replace(before, after, 1))


LIST = "/api/v2/databases/{database}/schemas/{schema}/tasks:"
ROOT_ONLY = "        - name: rootOnly\n          in: query\n"
EXECUTE = "      operationId: executeTask\n"
FETCH = '      operationId: fetchTask\n      summary: Fetch a task.\n      responses:\n        "200":'
RESUME = f"{LIST[:-1]}/{{name}}:resume:\n    parameters:\n"
COMMENT = "        comment: {type: string, description: Text that describes the task.}\n"
MINUTES = "            minutes:\n              type: integer\n"
MESSAGE = "summary: Ask, with a semantic model or a verified query."
PATH = '      - $ref: "common.yaml#/components/parameters/'
TASK_BODY = """
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Task"}
      responses:"""
RESUMED = """be.
        https://docs.snowflake.com/en/sql-reference/sql/alter-task.
      responses:"""

OPERATIONS: dict[str, tuple[list[Text], list[Wanted]]] = {
    "an operation renamed": (
        [("task", EXECUTE, "      operationId: runTask\n")],
        [
            ("execute_task", "operation.name.changed", True),
            ("execute_task", "operation.id.changed", False),
        ],
    ),
    "an operation renamed so that Python does not see it": (
        [("task", EXECUTE, "      operationId: execute_task\n")],
        [("execute_task", "operation.id.changed", False)],
    ),
    "an operation moved": (
        [("task", "tasks/{name}:execute:", "tasks/{name}:run:")],
        [("execute_task", "operation.path.changed", True)],
    ),
    "an operation of another method": (
        [("task", f"    post:\n{EXECUTE}", f"    put:\n{EXECUTE}")],
        [("execute_task", "operation.method.changed", True)],
    ),
    "an operation added": (
        [("task", f"    post:\n{EXECUTE}", f"    get:\n      operationId: lastRun\n      {FETCH[49:]}" + ' {$ref: "common.yaml#/components/responses/Success"}\n' + f"    post:\n{EXECUTE}")],
        [("last_run", "operation.added", False)],
    ),
    "an operation deprecated": (
        [("task", EXECUTE, f"{EXECUTE}      deprecated: true\n")],
        [("execute_task", "operation.deprecated.added", False)],
    ),
    "an operation no longer deprecated": (
        [("task", "      deprecated: true\n", "")],
        [("get_current_graphs_deprecated", "operation.deprecated.removed", False)],
    ),
}
