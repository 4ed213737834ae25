"""The root: options, context, observation, what it presents, and what importing it costs."""

from __future__ import annotations

import json
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from snowcore import Root, simple_file_logging
from snowcore._auth import TokenType
from snowcore._configuration import RootConfiguration
from snowcore._connection import RESTConnection
from snowcore._transport import Timeout
from snowcore.exceptions import NotFoundError
from snowcore.warehouse import Warehouse
from snowflake_rest.task import execute_task

from ..conftest import Script, answer

Make = Callable[..., tuple[Root, Script]]


def test_options_hold_for_the_root_they_were_asked_for(script: Make) -> None:
    root, _ = script()
    impatient = root.with_options(timeout=5, retries=0)
    assert (impatient.client.options.timeout.total, impatient.client.options.retries) == (5, 0)
    assert root.client.options.timeout.total == 600
    assert impatient.databases["d"].schemas["s"].client is impatient.client
    assert root.databases["d"].client is root.client
    assert root.with_options(timeout=Timeout(read=1)).client.options.timeout.read == 1


def test_a_root_tells_which_version_of_the_api_it_speaks(script: Make) -> None:
    root, account = script()
    documents = (Path(__file__).parents[2] / "generated/snowflake_rest/openapi").glob("*.json")
    assert {json.loads(path.read_text())["info"]["version"] for path in documents} == {root.api_version}
    assert not account.requests


def test_a_context_travels_with_each_request(script: Make) -> None:
    root, account = script(answer(200, {"name": "W"}))
    with root.with_context(role="R", warehouse="W") as inside:
        inside.warehouses["w"].fetch()
    root.warehouses["w"].fetch()
    carried = [headers.get("X-Snowflake-Role") for _, _, headers, _ in account.requests]
    assert carried == ["R", None]


def test_a_root_presents_itself(script: Make) -> None:
    config = RootConfiguration()
    config.append_user_agent("custom_ui")
    config.append_user_agent("App", "1.2.3")
    account = Script(answer(200, {"name": "W"}))
    Root(account, config).warehouses["w"].fetch()
    agent = account.requests[0][2]["User-Agent"]
    assert agent.startswith("python_api/") and agent.endswith(" custom_ui App/1.2.3")
    for wrong in (("a b", None), ("python_api", None), ("a", ""), ("a", "x y")):
        with pytest.raises(ValueError):
            config.append_user_agent(*wrong)


def test_observation_records_what_a_block_costs(script: Make) -> None:
    root, _ = script(
        answer(503, retry_after="0"),
        answer(200, {"name": "W"}, X_Snowflake_Request_ID="r-1"),
        answer(404, {"message": "no"}),
    )
    with root.observe() as calls:
        root.with_options(retries=1).warehouses["w"].fetch()
        with pytest.raises(NotFoundError):
            root.warehouses["x y"].drop()
    root.warehouses["later"].fetch_async().exception()
    assert [(c.method, c.path, c.status, c.attempt) for c in calls] == [
        ("GET", "/api/v2/warehouses/w", 503, 1),
        ("GET", "/api/v2/warehouses/w", 200, 2),
        ("DELETE", "/api/v2/warehouses/x%20y", 404, 1),
    ]
    assert calls[1].request_id == "r-1" and calls[1].received == len(b'{"name":"W"}')


def test_the_log_tells_paths_and_no_secrets(script: Make, caplog: pytest.LogCaptureFixture) -> None:
    root, _ = script(answer(200, []))
    with caplog.at_level(logging.DEBUG, "snowflake.core"):
        list(root.warehouses.iter(like="secret%"))
    [record] = caplog.records
    assert "GET /api/v2/warehouses: 200" in record.getMessage()
    assert "secret" not in record.getMessage()


def test_a_log_file_is_for_its_owner(tmp_path: Path) -> None:
    logger = logging.getLogger("snowflake.core")
    before, level = [*logger.handlers], logger.level
    there = tmp_path / "there.log"
    there.write_text("old\n")
    there.chmod(0o644)
    (tmp_path / "link.log").symlink_to(there)
    try:
        simple_file_logging(tmp_path / "new.log")
        simple_file_logging(there)
        logger.debug("told")
        with pytest.raises(OSError):
            simple_file_logging(tmp_path / "link.log")
    finally:
        for handler in [handler for handler in logger.handlers if handler not in before]:
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(level)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new.log", "there.log")] == [0o600, 0o600]
    assert there.read_text().startswith("old\n") and "told" in there.read_text()


def test_headers_of_an_error_have_names_in_any_case(script: Make) -> None:
    root, _ = script(answer(404, {}, **{"X-Snowflake-Request-ID": "r"}))
    with pytest.raises(NotFoundError) as caught:
        root.warehouses["w"].fetch()
    headers = caught.value.headers
    assert headers is not None and headers["X-Snowflake-Request-ID"] == headers.get("x-snowflake-REQUEST-id") == "r"
    assert "X-SNOWFLAKE-Request-Id" in headers and headers.get("other") is None


def test_private_modules_of_the_sdk_lead_to_the_public_ones() -> None:
    from snowcore import grant, service
    from snowflake.core.grant._grantee import Grantees  # type: ignore[import-not-found]
    from snowflake.core.grant._securables import Securables  # type: ignore[import-not-found]
    from snowflake.core.service._service import ServiceResource  # type: ignore[import-not-found]

    assert Grantees is grant.Grantees and Securables is grant.Securables
    assert ServiceResource is service.ServiceResource


def test_the_environment_can_forbid_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SNOWFLAKE_ENABLE_RETRY_REQUEST_QUERY", "false")
    account = Script(answer(503))
    with pytest.raises(Exception, match="503"):
        Root(account).warehouses["w"].fetch()
    assert len(account.requests) == 1


def test_the_environment_says_whether_accepted_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = answer(202, {"message": "running"}, Location="/api/v2/results/r")
    for variable, requests in (("true", 1), ("false", 2)):
        monkeypatch.setenv("_SNOWFLAKE_SKIP_ASYNC_EXEC_POLLING", variable)
        account = Script(accepted, answer(200, {"status": "done"}))
        Root(account).client.send(execute_task("d", "s", "t", async_exec=True))
        assert len(account.requests) == requests


def test_the_environment_limits_what_is_in_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SNOWFLAKE_MAX_THREADS", "7")
    connection = RESTConnection("127.0.0.1", 1, TokenType.SESSION_TOKEN, "t", protocol="http")
    assert Root(connection).client.transport.in_flight == 7  # type: ignore[attr-defined]
    assert Root(connection, RootConfiguration(in_flight=3)).client.transport.in_flight == 3  # type: ignore[attr-defined]


def test_what_is_no_connection_is_refused() -> None:
    with pytest.raises(TypeError, match="connection"):
        Root(object())


def test_session_needs_snowpark_only_when_it_is_asked_for(script: Make) -> None:
    root, account = script()
    assert root.connection is account


def find_loaded(statement: str) -> set[str]:
    code = f"import sys; before = set(sys.modules); {statement}; print('\\n'.join(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def ours(modules: set[str]) -> set[str]:
    return {m for m in modules if m.startswith(("snowflake.", "snowflake_rest", "snowcore"))}


def test_importing_the_package_loads_next_to_nothing() -> None:
    modules = find_loaded("import snowcore")
    assert ours(modules) == {"snowcore", "snowcore.version"}
    assert not modules & {"attr", "orjson", "http.client", "aiohttp", "asyncio", "inspect"}


def test_importing_root_loads_no_resource_and_no_network() -> None:
    modules = find_loaded("from snowcore import Root")
    assert ours(modules) == {
        "snowcore",
        "snowcore._auth",
        "snowcore._call",
        "snowcore._client",
        "snowcore._configuration",
        "snowcore._connection",
        "snowcore._generated",
        "snowcore._generated.places",
        "snowcore._polling",
        "snowcore._collections",
        "snowcore._handles",
        "snowcore._links",
        "snowcore._methods",
        "snowcore._root",
        "snowcore._rows",
        "snowcore._transport",
        "snowcore.version",
        "snowcore.exceptions",
        "snowflake_rest",
        "snowflake_rest.runtime",
        "snowflake_rest.runtime.kinds",
        "snowflake_rest.runtime.model",
        "snowflake_rest.runtime.operation",
        "snowflake_rest.runtime.resource",
    }
    for heavy in ("aiohttp", "asyncio", "http.client", "ssl", "urllib.request", "cryptography", "snowflake.connector"):
        assert heavy not in modules


def test_importing_a_resource_loads_that_one_alone() -> None:
    modules = find_loaded("import snowcore.warehouse")
    assert {m for m in modules if m.startswith("snowflake_rest.")} == {
        "snowflake_rest.common",
        "snowflake_rest.runtime",
        "snowflake_rest.runtime.kinds",
        "snowflake_rest.runtime.model",
        "snowflake_rest.runtime.operation",
        "snowflake_rest.runtime.resource",
        "snowflake_rest.warehouse",
    }


def test_every_room_of_the_package_opens() -> None:
    import snowcore

    for name in snowcore.__all__:
        assert getattr(snowcore, name) is not None
    assert set(snowcore.__all__) <= set(dir(snowcore))
    with pytest.raises(AttributeError, match="nothing"):
        _ = snowcore.nothing  # type: ignore[attr-defined]


def test_models_made_by_hand_equal_those_from_the_server(script: Make) -> None:
    root, _ = script(answer(200, {"name": "W", "auto_suspend": 5}))
    assert root.warehouses["w"].fetch() == Warehouse("W", auto_suspend=5)


@pytest.mark.parametrize(
    "left",
    [
        "snowflake_core-1.14.0.dist-info",
        "snowflake.core-1.9.0.dist-info",
        "Snowflake_Core-1.0-py3.11.egg-info",
        "snowflake_core.egg-info",
        "snowflake.core.egg-link",
    ],
)
def test_snowflakes_own_distribution_beside_this_one_is_warned_about(left: str, tmp_path: Path) -> None:
    (tmp_path / left).mkdir()
    code = (
        "import sys, snowcore, snowcore; from snowcore.task import Task; assert 'importlib.metadata' not in sys.modules"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-W", "always", "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.count("UserWarning") == 1 and str(tmp_path / left) in done.stderr
    assert "from snowcore import Root" in done.stderr and "pip uninstall snowflake.core" in done.stderr


@pytest.mark.parametrize("other", ["snowflake_core_extras-1.dist-info", "snowcore-0.1.0.dist-info", "snowflake_core"])
def test_other_distributions_are_not_warned_about(other: str, tmp_path: Path) -> None:
    (tmp_path / other).mkdir()
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{tmp_path / 'nothing'}{os.pathsep}{__file__}"}
    command = [sys.executable, "-W", "error", "-c", "import snowcore"]
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stderr == ""
