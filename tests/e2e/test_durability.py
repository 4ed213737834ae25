"""What was acknowledged is there, even if the process is killed while it writes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from snowcore.engine.files.stages import Place, write_whole
from snowcore.engine.protocol import Stage
from snowcore.local import LocalAccount

from ..soak import Soak

SEED = int(os.environ.get("SNOWCORE_TEST_SEED", 1))


def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    assert Soak(rounds=3, clients=12, seed=SEED).run(tmp_path) == []


def test_one_folder_is_for_one_account(tmp_path: Path) -> None:
    with LocalAccount(tmp_path), pytest.raises(Exception, match="in use"):
        LocalAccount(tmp_path)


def test_a_file_of_a_stage_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    stage, file = Place("S", Stage(tmp_path)), tmp_path / "a.csv"
    with write_whole(file) as coming:
        coming.write_text("1")
        assert stage.listed() == []
    before = stage.listed()
    with pytest.raises(OSError, match="full"), write_whole(file) as coming:
        coming.write_text("half")
        assert stage.listed() == before
        raise OSError("full")
    assert stage.listed() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
