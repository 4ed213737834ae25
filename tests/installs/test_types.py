"""Type checkers know every type under both names, in the environment of a user."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Environment

PROGRAM = Path(__file__).parent / "user.py"


@pytest.fixture
def program(furnished: Environment, wheel: Path) -> Path:
    furnished.pip("install", "--no-deps", wheel)
    return Path(shutil.copy(PROGRAM, furnished.folder.parent))


def check(*command: str, program: Path, python: Path) -> list[str]:
    """What the checker says, without what it says of itself."""
    arguments = [sys.executable, "-m", *(part.format(python=python) for part in command), program.name]
    done = subprocess.run(arguments, cwd=program.parent, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if "error" in line or "warning" in line]


@pytest.mark.installs
def test_mypy(program: Path, furnished: Environment) -> None:
    command = ("mypy", "--strict", "--no-incremental", "--no-error-summary", "--python-executable", "{python}")
    (fault,) = check(*command, program=program, python=furnished.python)
    assert '"TaskResource" has no attribute "nothing"' in fault


def test_pyright(program: Path, furnished: Environment) -> None:
    """Neither does pyright miss the source of what it takes for stubs."""
    fault, count = check("pyright", "--pythonpath", "{python}", program=program, python=furnished.python)
    assert 'Cannot access attribute "nothing" for class "TaskResource"' in fault
    assert count.startswith("1 error, 0 warnings")
