"""Reaching a host: through proxies of every kind, with certificates, over several addresses, again and again."""

from __future__ import annotations

import asyncio
import gc
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from snowcore import Client, Root
from snowcore import exceptions as e
from snowcore._auth import TokenType
from snowcore._call import Options
from snowcore._configuration import RootConfiguration
from snowcore._connect import connect
from snowcore._http import HttpTransport
from snowcore._polling import background_loop
from snowcore._rest_connection import RESTConnection, RESTRoot
from snowcore.transport import Timeout
from snowflake_rest.runtime import Request

from .conftest import PATIENT
from .server import FaultyServer, SocksProxy, http, then_close, tunnel_to
from .test_faults import FETCH, OK, W, certificate

PASSWORD = "S3cretPW"
EVENTS = http(body=b"data: 1\n\n", content_type="text/event-stream")
BAD = http("400 Bad Request", {"message": "no such model"})


@pytest.fixture(params=["blocking", "background"])
def background(request: pytest.FixtureRequest) -> bool:
    return request.param == "background"


def ask(client: Client, background: bool) -> Any:
    return client.start(FETCH).result(300) if background else client.send(FETCH)


def fetch(url: str, background: bool, **settings: Any) -> Any:
    """What a fetch over our own HTTP gives."""
    client = Client(HttpTransport(url, **settings), None, Options(PATIENT, backoff=0))
    try:
        return ask(client, background)
    finally:
        client.close()


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyServer]:
    """A server on TLS, which is trusted."""
    pem, context = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with FaultyServer(OK, tls=context) as server:
        yield server


# Proxies


def test_a_tunnel_through_a_proxy(tls: FaultyServer, background: bool) -> None:
    with FaultyServer(tunnel_to(tls)) as proxy:
        assert fetch(f"https://localhost:{tls.port}", background, proxy=proxy.url) == W
        assert proxy.requests == [f"CONNECT localhost:{tls.port}"]


@pytest.mark.parametrize("kind", ["socks5", "socks5h"])
@pytest.mark.parametrize("user", ["", f"corp:{PASSWORD}@"])
def test_a_proxy_of_socks(tls: FaultyServer, background: bool, kind: str, user: str) -> None:
    with FaultyServer(OK) as plain:
        for there, url in ((tls, f"https://localhost:{tls.port}"), (plain, plain.url)):
            with SocksProxy(there) as proxy:
                assert fetch(url, background, proxy=f"{kind}://{user}127.0.0.1:{proxy.port}") == W
                assert len(proxy.users) == bool(user) and all(PASSWORD.encode() in said for said in proxy.users)


def test_a_proxy_of_socks_that_is_not_there(background: bool, unused_tcp_port: int) -> None:
    with pytest.raises(
        e.APIError, match=f"acc.example:443 through the proxy socks5://127.0.0.1:{unused_tcp_port}"
    ) as c:
        fetch("https://acc.example", background, proxy=f"socks5://corp:{PASSWORD}@127.0.0.1:{unused_tcp_port}")
    assert PASSWORD not in str(c.value)


def test_a_proxy_that_speaks_tls(tls: FaultyServer, background: bool) -> None:
    with FaultyServer(tunnel_to(tls), tls=tls._tls) as proxy:
        assert fetch(f"https://localhost:{tls.port}", background, proxy=f"https://localhost:{proxy.port}") == W
    with FaultyServer(OK, tls=tls._tls) as proxy:
        assert fetch("http://acc.example", background, proxy=f"https://localhost:{proxy.port}") == W


def test_a_proxy_that_speaks_tls_and_refuses(tls: FaultyServer, background: bool) -> None:
    with FaultyServer(then_close(http("407 Proxy Authentication Required")), tls=tls._tls) as proxy:
        with pytest.raises(e.APIError, match="407") as caught:
            address = f"https://corp:{PASSWORD}@localhost:{proxy.port}"
            fetch("https://acc.example", background, proxy=address)
        assert PASSWORD not in str(caught.value) and len(proxy.requests) == 1


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 2", b"\0garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000]
)
def test_a_proxy_whose_answer_is_none_makes_no_connection(background: bool, answer: bytes) -> None:
    with FaultyServer(then_close(answer)) as proxy:
        with pytest.raises(e.APIError, match=f"could not connect to acc.example:443 through the proxy {proxy.url}: "):
            fetch("https://acc.example", background, proxy=proxy.url)
        assert len(proxy.requests) == 3


# Certificates


def test_a_client_certificate_is_shown(tmp_path: Path, background: bool) -> None:
    pem, context = certificate(tmp_path, "localhost")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(pem)
    ours = ssl.create_default_context(cafile=pem)
    with FaultyServer(OK, tls=context) as server:
        url = f"https://localhost:{server.port}"
        with pytest.raises(e.APIError):
            fetch(url, background, ssl_context=ours)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SSL_CERT_FILE", str(pem))
            assert fetch(url, background, client_cert=(str(pem), str(pem.with_suffix(".key")))) == W
            missing = str(tmp_path / "none.pem")
            with pytest.raises(e.APIError, match=r"client_cert: .*none\.pem"):
                fetch(url, background, client_cert=missing)


def test_a_context_of_the_users(tmp_path: Path, background: bool) -> None:
    pem, context = certificate(tmp_path, "localhost")
    with FaultyServer(OK, tls=context) as server:
        config = RootConfiguration(ssl_context=ssl.create_default_context(cafile=pem))
        root = RESTRoot(RESTConnection("localhost", server.port, TokenType.SESSION_TOKEN, "t"), config)
        w = root.warehouses["w"]
        assert (w.fetch_async().result(10) if background else w.fetch()).name == "W"
        root.client.close()


@pytest.mark.parametrize("form", ["REQUESTS_CA_BUNDLE", "a folder", "SSL_CERT_DIR beside"])
def test_authorities_are_named_in_any_variable(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, background: bool
) -> None:
    for name in ("SSL_CERT_FILE", "ssl_cert_file", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    pem, context = certificate(tmp_path, "localhost")
    hashed = tmp_path / "hashed"
    hashed.mkdir()
    (hashed / f"{hash_of(pem)}.0").write_bytes(pem.read_bytes())
    other = tmp_path / "other"
    other.mkdir()
    if form == "SSL_CERT_DIR beside":
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate(other, "elsewhere.example")[0]))
        monkeypatch.setenv("SSL_CERT_DIR", str(hashed))
    else:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(hashed if form == "a folder" else pem))
    with FaultyServer(OK, tls=context) as server:
        assert fetch(f"https://localhost:{server.port}", background) == W


def hash_of(pem: Path) -> str:
    """The name by which OpenSSL looks for an authority in a folder."""
    import subprocess

    said = subprocess.run(
        ["openssl", "x509", "-hash", "-noout", "-in", pem], capture_output=True, text=True, check=True
    )
    return said.stdout.strip()


# Connections


def test_the_system_watches_connections() -> None:
    with FaultyServer(OK) as server, connect(("127.0.0.1", server.port), 5) as sock:
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)


def test_an_address_that_does_not_answer_costs_a_quarter_of_a_second(
    monkeypatch: pytest.MonkeyPatch, background: bool
) -> None:
    with FaultyServer(OK) as server, socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:  # the queue is full then, and the next is not answered at all
            sock.setblocking(False)
            sock.connect_ex(full.getsockname())

        def find(*_: Any, **__: Any) -> Any:
            return [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", a) for a in (full.getsockname(), ("127.0.0.1", server.port))
            ]

        monkeypatch.setattr(socket, "getaddrinfo", find)
        started = time.monotonic()
        assert fetch("http://two.example", background) == W
        assert time.monotonic() - started < PATIENT.connect / 2
        for sock in waiting:
            sock.close()


def test_connections_beyond_those_that_are_kept_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("snowcore._http._IDLE", 1)
    together = threading.Barrier(4, timeout=60)

    def answer(sock: socket.socket) -> None:
        together.wait()
        sock.sendall(OK)

    with FaultyServer(answer) as server:
        client = Client(server.url)
        threads = [threading.Thread(target=client.send, args=(FETCH,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert server.connections == 4 and len(client.transport._idle) == 1  # type: ignore[attr-defined]
        client.close()


@pytest.mark.filterwarnings("ignore")  # each loop ends with a connection open
def test_what_belongs_to_loops_that_have_ended_is_let_go() -> None:
    with FaultyServer(OK) as server:
        transport = HttpTransport(server.url)
        for _ in range(5):
            assert asyncio.run(transport.send_async(Request("GET", "/"), Timeout())).status == 200
        assert len(transport._sessions) == 1
        transport.close()
        gc.collect()


# Streams over clients of the user's


@pytest.mark.parametrize("package", [httpx, httpx2], ids=["httpx", "httpx2"])
@pytest.mark.parametrize("way", ["blocking", "in threads", "background"])
def test_streams_travel_over_clients_of_the_users(package: Any, way: str) -> None:
    with FaultyServer(BAD, EVENTS, BAD, EVENTS) as server:
        async_client = package.AsyncClient(verify=False) if way == "background" else None
        client = None if async_client else package.Client(verify=False)
        connection = RESTConnection("127.0.0.1", server.port, TokenType.SESSION_TOKEN, "t", protocol="http")
        service: Any = Root(connection, http_client=client, async_http_client=async_client).cortex_chat_service
        for _ in range(2):
            with pytest.raises(e.APIError, match="no such model"):
                stream(service, way)
            assert [event.data for event in stream(service, way).events()] == ["1"]
        assert server.connections == 1
        if async_client:
            asyncio.run_coroutine_threadsafe(async_client.aclose(), background_loop()).result(10)
        else:
            client.close()


def stream(service: Any, way: str) -> Any:
    return service.chat({"query": "q"}) if way == "blocking" else service.chat_async({"query": "q"}).result(10)
