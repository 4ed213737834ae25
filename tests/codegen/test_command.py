"""`python -m codegen`: what it writes, what it says, and that it always does the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen.__main__ import main, read_files

from .conftest import ROOT, thing

SCHEMAS = "Thing: {type: object, properties: {kind: {type: string, enum: [b, B, a, A]}, x: {type: string}}}"


@pytest.fixture
def options(write: Callable[..., Path], tmp_path: Path) -> list[str]:
    arguments = ["--specs", str(write(thing=thing(SCHEMAS))), "--out", str(tmp_path / "out")]
    assert main(["generate", *arguments]) == 0
    return arguments


def test_generate_tells_figures(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["generate", *options])
    said = capsys.readouterr().out.splitlines()[-1]
    out = Path(options[-1])
    lines = sum(path.read_text().count("\n") for path in out.rglob("*.py"))
    assert said.startswith(f"{out}: {len(read_files(out))} files, {lines} lines of Python, ")


def test_check_of_what_was_generated(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (Path(options[-1]) / "__pycache__").mkdir()
    (Path(options[-1]) / "__pycache__" / "thing.pyc").write_bytes(b"\xff")
    capsys.readouterr()
    assert main(["check", *options]) == 0
    assert capsys.readouterr().out == ""


def test_check_shows_what_is_stale(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = Path(options[-1])
    edited, stray, missing = out / "thing.py", out / "stray.py", out / "common.py"
    edited.write_text(edited.read_text().replace("x: str | None", "x: int | None"))
    stray.write_text("x = 1\n")
    missing.unlink()
    before = read_files(out)
    capsys.readouterr()
    assert main(["check", *options]) == 1
    said = capsys.readouterr().out
    assert f"--- a/{edited}\n+++ b/{edited}\n" in said
    assert (
        "\n-    x: int | None = field(STRING, default=None)\n+    x: str | None = field(STRING, default=None)\n" in said
    )
    assert f"--- a/{stray}\n+++ /dev/null\n@@ -1 +0,0 @@\n-x = 1\n" in said
    assert f"--- /dev/null\n+++ b/{missing}\n" in said
    assert said.splitlines()[-1] == f"{out} is not what {options[1]} say: run `make generate`"
    assert read_files(out) == before, "check writes nothing"

    assert main(["generate", *options]) == 0
    assert main(["check", *options]) == 0
    assert not stray.exists()


def test_check_of_nothing(options: list[str], tmp_path: Path) -> None:
    assert main(["check", *options[:-1], str(tmp_path / "nowhere")]) == 1


def test_generate_leaves_what_is_the_same_alone(options: list[str]) -> None:
    path = Path(options[-1]) / "thing.py"
    os.utime(path, (1, 1))
    main(["generate", *options])
    assert path.stat().st_mtime == 1


def test_generate_does_not_replace_what_is_not_its_own(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "thesis.txt").write_text("...")
    assert main(["generate", *options[:-1], str(tmp_path / "precious")]) == 1
    assert "not a generated package" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "precious").iterdir()] == ["thesis.txt"]


def test_hashes_don_t_matter(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed / "package"
        command = [sys.executable, "-m", "codegen", "generate", "--specs", "specs", "--out", str(out)]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT, check=True, capture_output=True)
        made.append(read_files(out))
    assert made[0] == made[1]


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["generate", "--help"], ["check", "--help"]):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 0
    assert "--specs" in capsys.readouterr().out


def test_who_reads_may_stop(options: list[str]) -> None:
    command = [sys.executable, "-m", "codegen", "diff", options[1], options[1]]
    read, write = os.pipe()
    os.close(read)
    run = subprocess.run(command, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert (run.returncode, run.stderr) == (1, "")
