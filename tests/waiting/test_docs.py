"""The examples of docs/wait.md and docs/pictures.md, from top to bottom."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)
_SECONDS = re.compile(r"\d+\.\d s")


@pytest.mark.parametrize("page", ["wait.md", "pictures.md"])
def test_the_examples_of_the_page_do_what_it_says(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    printed = ""
    blocks = _BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))
    assert len(blocks) >= 6
    for language, content in blocks:
        if language == "python":
            assert printed == "", "what an example prints, the page shows"
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(content, names)
            printed = _SECONDS.sub("0.0 s", out.getvalue())
        else:
            assert printed == _SECONDS.sub("0.0 s", content)
            printed = ""
    names["account"].close()
    if page == "pictures.md":
        assert (tmp_path / "run.svg").read_text() == (DOCS / "images" / "run.svg").read_text()
