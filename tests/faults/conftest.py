"""The ways of sending that every case of the network runs through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from snowcore import Client
from snowcore._call import Options
from snowcore._polling import background_loop
from snowcore.transport import Timeout
from snowflake_rest.runtime import Operation

from .server import FaultyServer

Send = Callable[..., Any]
PATIENT = Timeout(connect=60, read=60, total=240)
"""Of a machine that may be busy; what nobody answers on purpose has its own."""
WAYS = ["blocking", "background", "httpx blocking", "httpx background", "httpx in threads"]


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(autouse=True)
def _doing_of_httpx(request: pytest.FixtureRequest) -> None:
    if "httpx" in request.node.name and "an endless header" in request.node.name:
        pytest.skip("httpx bounds no header; see docs/network.md")


@pytest.fixture
def open_client(way: str) -> Iterator[Callable[..., Client]]:
    """Makes clients that send in one of the ways; the pauses between attempts are nil."""
    to_close: list[Callable[[], object]] = []

    def open_client(server: FaultyServer | str, auth: Any = None, **options: Any) -> Client:
        url = server if isinstance(server, str) else server.url
        options = {"timeout": PATIENT, "poll": 0.0, **options}
        carried: dict[str, Any] = {}
        verify = url.startswith("https:")  # to load what is trusted takes longer than most tests
        if way == "httpx background":
            theirs = httpx.AsyncClient(verify=verify)
            carried["async_http_client"] = theirs
            to_close.append(lambda: asyncio.run_coroutine_threadsafe(theirs.aclose(), background_loop()).result(10))
        elif way.startswith("httpx"):
            carried["http_client"] = httpx.Client(verify=verify)
            to_close.append(carried["http_client"].close)
        client = Client(url, auth, Options(backoff=0, **options), **carried)
        to_close.append(client.close)
        return client

    yield open_client
    for close in reversed(to_close):
        close()


@pytest.fixture
def send(way: str, open_client: Callable[..., Client]) -> Send:
    """Sends an operation to a server, or over a client."""

    def send(to: FaultyServer | str | Client, operation: Operation[Any], **options: Any) -> Any:
        client = to if isinstance(to, Client) else open_client(to, **options)
        if way in ("blocking", "httpx blocking"):
            return client.send(operation)
        return client.start(operation).result(timeout=300)

    return send
