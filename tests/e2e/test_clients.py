"""Clients as they are, found through connections.toml: Snowflake's connector, Snowpark, our API and Snowflake's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .. import official
from .conftest import Served

Serve = Callable[..., Served]
Run = Callable[..., str]


@pytest.mark.parametrize("script", ["seed.py", "connector.py", "snowpark.py", "without_connector.py"])
def test_clients_of_this_environment(serve: Serve, run_client: Run, tmp_path: Path, script: str) -> None:
    served = serve("--data", str(tmp_path / "account"))
    assert run_client(served, script).splitlines()[-1] == "done"


CONNECTOR_5 = Path(__file__).parents[2] / ".clients" / "connector5" / "bin" / "python"


@pytest.mark.skipif(
    not CONNECTOR_5.exists(), reason="the environment of connector 5 is not made: make clients ONLY=connector5"
)
def test_version_5_of_the_connector(serve: Serve, run_client: Run) -> None:
    assert run_client(serve(), "connector.py", str(CONNECTOR_5)).splitlines()[-1] == "done"


@official.needed
@pytest.mark.parametrize("script", ["official.py", "connector.py"])
def test_snowflakes_own_sdk(serve: Serve, run_client: Run, script: str) -> None:
    assert run_client(serve(), script, official.PYTHON).splitlines()[-1] == "done"
