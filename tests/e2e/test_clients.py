"""Clients as they are, found through connections.toml: Snowflake's connector, Snowpark, our API and Snowflake's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Served

OFFICIAL = os.environ.get("SNOWCORE_TEST_OFFICIAL_SDK")
"""A Python that has snowflake.core 1.13.2 of Snowflake, with a connector of its choice."""

Serve = Callable[..., Served]
Run = Callable[..., str]


@pytest.mark.parametrize("script", ["seed.py", "connector.py", "snowpark.py"])
def test_clients_of_this_environment(serve: Serve, run_client: Run, tmp_path: Path, script: str) -> None:
    served = serve("--data", str(tmp_path / "account"))
    assert run_client(served, script).splitlines()[-1] == "done"


@pytest.mark.skipif(OFFICIAL is None, reason="SNOWCORE_TEST_OFFICIAL_SDK names no Python with Snowflake's SDK")
@pytest.mark.parametrize("script", ["official.py", "connector.py"])
def test_snowflakes_own_sdk(serve: Serve, run_client: Run, script: str) -> None:
    assert OFFICIAL is not None
    assert run_client(serve(), script, OFFICIAL).splitlines()[-1] == "done"
