"""Ours and Snowflake's distribution in one environment, in any order: each is whole, as long as it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Environment

OFFICIAL = "snowflake.core==1.14.0"
BOTH_NAMES = Path(__file__).parent / "both_names.py"
USE_OURS = """
from snowcore import Root
from snowcore.task import Task
assert Task("t", "select 1").name == "t" and Root.__module__.startswith("snowcore.")
"""
USE_THEIRS = """
import snowflake.core, snowflake.core._http_requests
from snowflake.core import Root
from snowflake.core.task import Task
assert Root.__module__ == "snowflake.core._root" and Task.__module__ == "snowflake.core.task._task"
"""
IS_WHOLE = """
import hashlib, sys
from base64 import urlsafe_b64encode
from importlib.metadata import distribution
for file in distribution(sys.argv[1]).files:
    content = file.read_binary()
    if file.hash:
        found = urlsafe_b64encode(hashlib.new(file.hash.mode, content).digest()).decode().rstrip("=")
        assert found == file.hash.value, file
"""


def assert_ours(environment: Environment, *, alone: bool) -> None:
    """Ours is whole and works; it warns if it is not alone, and has the other name if it is."""
    environment.run("-c", IS_WHOLE, "snowcore")
    warnings = environment.run("-c", USE_OURS).stderr
    assert warnings.count("Two distributions offer snowflake.core") == (0 if alone else 1), warnings
    if alone:
        assert warnings == ""
        assert "are the same as in snowcore" in environment.run(BOTH_NAMES).stdout


def assert_theirs(environment: Environment) -> None:
    environment.run("-c", IS_WHOLE, "snowflake.core")
    assert "snowcore" not in environment.run("-c", USE_THEIRS).stderr


def beside(environment: Environment, ours: list[str | Path], theirs: list[str | Path], order: str, leaves: str) -> None:
    for each in (ours, theirs) if order == "ours first" else (theirs, ours):
        environment.pip("install", *each)
    assert_ours(environment, alone=False)
    assert_theirs(environment)
    environment.pip("check")
    environment.pip("uninstall", "--yes", leaves)
    if leaves == "snowcore":
        assert_theirs(environment)
    else:
        assert_ours(environment, alone=True)


def test_ours_alone(furnished: Environment, wheel: Path) -> None:
    furnished.pip("install", "--no-deps", wheel)
    assert_ours(furnished, alone=True)
    furnished.pip("check")


def test_no_file_lies_where_one_of_theirs_could(furnished: Environment, wheel: Path) -> None:
    furnished.pip("install", "--no-deps", wheel)
    packages = next(furnished.folder.glob("lib/python*/site-packages"))
    assert [path.name for path in (packages / "snowflake").iterdir() if path.name != "__pycache__"] == ["core.py"]


@pytest.mark.parametrize("order", ["ours first", "theirs first"])
@pytest.mark.parametrize("leaves", ["snowcore", "snowflake.core"])
def test_beside_a_stand_in(furnished: Environment, wheel: Path, stand_in: Path, order: str, leaves: str) -> None:
    beside(furnished, ["--no-deps", wheel], ["--no-deps", stand_in], order, leaves)


@pytest.mark.installs
@pytest.mark.parametrize(
    ("order", "leaves"), [("ours first", "snowcore"), ("theirs first", "snowcore"), ("ours first", "snowflake.core")]
)
def test_beside_snowflakes_sdk(environment: Environment, wheel: Path, order: str, leaves: str) -> None:
    beside(environment, [wheel], [OFFICIAL], order, leaves)


@pytest.mark.installs
def test_beside_the_snow_command(environment: Environment, wheel: Path) -> None:
    environment.pip("install", wheel)
    environment.pip("install", "snowflake-cli")
    assert_ours(environment, alone=False)
    assert_theirs(environment)
    environment.pip("check")
    assert "Snowflake CLI" in environment.run(environment.folder / "bin" / "snow", "--version").stdout
