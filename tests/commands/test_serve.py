"""`snowcore serve`: how others learn that it is ready."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import orjson
import pytest

from tests.e2e.conftest import Served, Servers

from .conftest import PASSWORD, run_process


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    servers = Servers()
    yield servers.start
    servers.end()


def test_the_ready_file_is_there_as_long_as_the_server(serve: Callable[..., Served], tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    file.write_text("of a server that was killed")
    served = serve("--ready-file", str(file), env={"SNOWCORE_PASSWORD": PASSWORD})
    told = orjson.loads(file.read_bytes())
    assert told == {"url": served.url, "host": "127.0.0.1", "port": int(served.url[-5:]), "pid": served.process.pid}
    assert [each.name for each in tmp_path.iterdir()] == ["ready.json"]
    assert served.stop() == 0
    assert not file.exists()


def test_health_needs_no_token_and_tells_nothing(serve: Callable[..., Served]) -> None:
    served = serve()
    answer = httpx.get(f"{served.url}/health", trust_env=False, timeout=60)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert httpx.post(f"{served.url}/health", trust_env=False, timeout=60).status_code == 405
    foreign = httpx.get(f"{served.url}/health", headers={"Host": "evil.example"}, trust_env=False, timeout=60)
    assert foreign.status_code == 421


def test_nothing_is_half_done_where_it_can_not_be_written(tmp_path: Path) -> None:
    told = run_process("serve", "--port", "0", "--data", "a", "--ready-file", "none/ready", folder=tmp_path)
    assert (told.status, told.out) == (1, "")
    assert told.err == f"snowcore: can't write none/ready: there is no folder {tmp_path / 'none'}\n"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = run_process("serve", "--port", str(taken.getsockname()[1]), "--data", "a", folder=tmp_path)
    assert (told.status, told.err.count("\n"), [*tmp_path.iterdir()]) == (1, 1, [])
    (tmp_path / "file").touch()
    told = run_process("serve", "--port", "0", "--data", "file/a", folder=tmp_path)
    assert (told.status, told.err) == (1, f"snowcore: {tmp_path / 'file' / 'a'}: Not a directory\n")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_what_is_wrong_is_said_in_a_sentence(tmp_path: Path) -> None:
    told = run_process("serve", "--bucket", "s3://b", folder=tmp_path)
    assert (told.status, told.err) == (
        1, "snowcore: Invalid value for '--bucket': 's3://b' is not URL=DIR (see snowcore serve --help)\n",
    )  # fmt: skip
    told = run_process("serve", "--prot", "1", folder=tmp_path)
    assert told.err.startswith("snowcore: No such option '--prot'") and "'--port'" in told.err
    assert told.err.count("\n") == 1
