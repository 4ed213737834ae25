"""docs/cli.md, whose examples run in tests/docs, tells of every command."""

from __future__ import annotations

import re
from pathlib import Path

import click

from snowcore.commands import group

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def test_the_page_has_all_commands() -> None:
    named = set(re.findall(r"`(?:snowcore )?(\w+)`", PAGE.partition("## Which account")[0]))
    assert set(group.list_commands(click.Context(group))) <= named
