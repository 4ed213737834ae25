"""The examples of docs/plan.md, from top to bottom in one folder."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "plan.md"
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def test_the_examples_of_the_page_do_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    printed = ""
    blocks = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) >= 8
    for language, content in blocks:
        if language == "yaml":
            file = Path(content.partition("\n")[0].removeprefix("# "))
            file.parent.mkdir(exist_ok=True)
            file.write_text(content)
        elif language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(content, names)
            printed = out.getvalue()
        elif language == "text":
            # the steps of one group begin and end in any order
            assert sorted(printed.splitlines()) == sorted(content.splitlines())
        else:
            run_session(content)


def run_session(content: str) -> None:
    """Run each command, and hold what it prints and its exit status (0 if none is shown) against the page."""
    for part in content.split("$ snowcore ")[1:]:
        command, _, expected = part.partition("\n")
        done = subprocess.run(
            [sys.executable, "-m", "snowcore", *shlex.split(command)],
            capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "PYTHONWARNINGS": "error"},
        )  # fmt: skip
        shown = done.stdout + (done.stderr if done.returncode == 1 else "")
        status = f"[{done.returncode}]\n" if done.returncode else ""
        assert expected == "…\n" or expected == shown + status
