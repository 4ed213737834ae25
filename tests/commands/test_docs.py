"""The examples of docs/cli.md, from top to bottom in one folder."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from snowcore.commands import group
from tests.plan.test_docs import run_session

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def test_the_examples_do_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sessions = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    assert sessions
    for session in sessions:
        run_session(session)


def test_the_page_has_all_commands() -> None:
    named = set(re.findall(r"`(?:snowcore )?(\w+)`", PAGE.partition("## Which account")[0]))
    assert set(group.list_commands(click.Context(group))) <= named
