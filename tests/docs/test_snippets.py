"""What the pages show does what they say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .snippets import ROOT, blocks

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LANGUAGES = {"python", "text", "sql", "console", "yaml", "toml", "json", "sh"}
SHOWN = [page for page in PAGES if any(block.language in LANGUAGES for block in blocks(page))]


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.name)
def test_the_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.docs.snippets", str(page)],
        capture_output=True, text=True, check=False, timeout=120, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_block_has_a_language_that_is_tried() -> None:
    unknown = [
        f"{page.name}:{b.line}: {b.language}" for page in PAGES for b in blocks(page) if b.language not in LANGUAGES
    ]
    assert unknown == []
