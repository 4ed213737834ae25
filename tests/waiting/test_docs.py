"""The examples of docs/wait.md and docs/pictures.md, from top to bottom."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from tests.docs.snippets import ROOT, blocks

DOCS = ROOT / "docs"
_SECONDS = re.compile(r"\d+\.\d s")


@pytest.mark.parametrize("page", ["wait.md", "pictures.md"])
def test_the_examples_of_the_page_do_what_it_says(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    printed = ""
    shown = list(blocks(DOCS / page))
    assert len(shown) >= 6
    for block in shown:
        if block.language == "python":
            assert printed == "", "what an example prints, the page shows"
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(block.text, names)
            printed = _SECONDS.sub("0.0 s", out.getvalue())
        else:
            assert printed == _SECONDS.sub("0.0 s", block.text)
            printed = ""
    names["account"].close()
    if page == "pictures.md":
        assert (tmp_path / "run.svg").read_text() == (DOCS / "images" / "run.svg").read_text()
