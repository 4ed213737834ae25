"""What goes wrong on a network, over a real socket: each ends in the right result or the right exception, in its time.

Every case runs over our own HTTP and over a client of httpx, blocking and in the background (`send`); what a client of
the user's does by itself is marked so. Warnings are errors, so that a socket left open fails the test.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from snowcore import Client
from snowcore import exceptions as e
from snowcore.transport import Timeout
from snowflake_rest.runtime import Operation
from snowflake_rest.warehouse import Warehouse, create_warehouse, fetch_warehouse, list_warehouses

from .conftest import Send
from .server import Behaviour, FaultyServer, http, reset, then_close

W = Warehouse("W")
OK = http(body={"name": "W"})
DONE = http(body={"status": "done"})
FETCH: Operation[Any] = fetch_warehouse("w")
CREATE: Operation[Any] = create_warehouse(W)
LIST: Operation[Any] = list_warehouses()


def ends(server: FaultyServer, error: type[Exception], send: Send, operation: Operation[Any], **options: Any) -> Any:
    with pytest.raises(error) as caught:
        send(server, operation, **options)
    assert isinstance(caught.value, e.SnowflakePythonError)
    return caught.value


# No answer at all


def test_a_refused_connection(send: Send, unused_tcp_port: int) -> None:
    with pytest.raises(e.APIError, match="could not connect") as caught:
        send(f"http://127.0.0.1:{unused_tcp_port}", FETCH, retries=2)
    assert caught.value.status == 0


def test_a_refused_connection_is_told_in_the_same_words(send: Send, unused_tcp_port: int) -> None:
    with pytest.raises(e.APIError) as caught:
        send(f"http://[::1]:{unused_tcp_port}", FETCH, retries=0)
    assert f"could not connect to [::1]:{unused_tcp_port}: Connection refused\n" in str(caught.value)


def test_a_host_that_does_not_exist(send: Send) -> None:
    with pytest.raises(e.APIError, match="could not connect"):
        send("http://no-such-host.invalid", CREATE, retries=1)


LOST: list[Any] = [
    pytest.param(reset, id="reset before the answer"),
    pytest.param(then_close(b""), id="closed before the answer"),
    pytest.param(then_close(b"HTTP/1.1 200 OK\r\nContent-"), id="cut in the head"),
    pytest.param(then_close(http(body={"name": "W"}, content_length="500")), id="cut in the body"),
    pytest.param(
        then_close(http(body=b'5\r\n{"nam', content_length="", transfer_encoding="chunked")), id="cut in a chunk"
    ),
    pytest.param(then_close(b"SSH-2.0-OpenSSH_9.2\r\n"), id="not HTTP"),
    pytest.param(then_close(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"), id="an endless header"),
    pytest.param(http(body=b"not gzip", content_encoding="gzip"), id="gzip that is none"),
]


@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_to_a_fetch_is_asked_for_again(send: Send, fault: Behaviour) -> None:
    with FaultyServer(fault, fault, OK) as server:
        assert send(server, FETCH) == W
        assert server.requests == ["GET /api/v2/warehouses/w"] * 3


@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_to_a_create_is_not(send: Send, fault: Behaviour) -> None:
    with FaultyServer(fault, DONE) as server:
        assert ends(server, e.APIError, send, CREATE).status == 0
        assert server.requests == ["POST /api/v2/warehouses"]


def test_a_reset_while_a_body_is_sent(send: Send) -> None:
    def stop_listening(sock: Any) -> None:
        reset(sock)

    big = create_warehouse(Warehouse("W", comment="x" * 3_000_000))
    with FaultyServer(stop_listening) as server:
        ends(server, e.APIError, send, big)
        assert len(server.requests) == 1


def test_a_server_that_says_nothing(send: Send) -> None:
    with FaultyServer(b"") as server:
        server.behaviours = [server.silence]
        error = ends(server, e.APIError, send, CREATE, timeout=Timeout(read=0.1))
        assert "took too long" in str(error)


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n", http(content_length="99999")]
)
def test_an_answer_that_never_ends(send: Send, start: bytes, way: str) -> None:
    if b"\r\n\r\n" not in start and way in ("httpx blocking", "httpx in threads"):
        pytest.skip("httpx bounds each read, and not the whole of an answer's head; see docs/network.md")
    with FaultyServer(b"") as server:
        server.behaviours = [server.drip(start)]
        ends(server, e.APIError, send, CREATE, timeout=Timeout(read=5, total=0.3))


def test_an_answer_that_never_ends_is_asked_for_no_longer_than_the_total(send: Send) -> None:
    with FaultyServer(b"") as server:
        server.behaviours = [server.drip(b"HTTP/1.1 200 OK\r\n\r\n")]
        with pytest.raises((e.RetryTimeoutError, e.APIError)):
            send(server, FETCH, timeout=Timeout(read=5, total=0.3))


def test_a_connection_that_the_server_closed_meanwhile_is_not_used(send: Send, open_client: Any) -> None:
    with FaultyServer(then_close(http(body={"name": "W"}))) as server:
        client = open_client(server)
        for _ in range(3):
            assert send(client, FETCH) == W
        assert server.connections == 3


def test_connections_are_reused(send: Send, open_client: Any) -> None:
    with FaultyServer(OK) as server:
        client = open_client(server)
        for _ in range(5):
            assert send(client, FETCH) == W
        assert server.connections == 1


@pytest.mark.parametrize("end", [reset, socket.socket.close], ids=["reset", "closed"])
def test_a_connection_that_ends_while_a_request_is_on_its_way_is_replaced_at_once(
    send: Send, open_client: Any, way: str, end: Behaviour
) -> None:
    if way.startswith("httpx"):
        pytest.skip("httpx leaves it to the repetitions")
    with FaultyServer(OK, end, OK) as server:
        client = open_client(server, retries=0)
        assert send(client, FETCH) == W
        assert send(client, FETCH) == W
        assert server.connections == 2


def test_what_changes_something_is_not_sent_again_on_another_connection(send: Send, open_client: Any) -> None:
    with FaultyServer(OK, reset, OK) as server:
        client = open_client(server, retries=0)
        assert send(client, FETCH) == W
        ends(client, e.APIError, send, CREATE)
        assert [request.split()[0] for request in server.requests] == ["GET", "POST"]


def test_bytes_beyond_an_answer_are_never_taken_for_the_next(send: Send, open_client: Any, way: str) -> None:
    if way.startswith("httpx"):
        pytest.skip("httpx takes bytes behind an answer for the next one; see docs/network.md")
    with FaultyServer(OK + http(body={"name": "STOLEN"}), OK) as server:
        client = open_client(server)
        assert send(client, FETCH) == W
        assert send(client, FETCH) == W


@pytest.mark.parametrize("tls", [False, True])
def test_what_arrives_unasked_on_an_idle_connection_is_never_the_next_answer(
    send: Send, open_client: Any, tls: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem, context = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    over, said = threading.Event(), threading.Event()

    def answer_and_speak_again(sock: socket.socket) -> None:
        sock.sendall(OK)
        over.wait(60)
        sock.sendall(http(body={"name": "STOLEN"}))
        said.set()

    with FaultyServer(answer_and_speak_again, OK, tls=context if tls else None) as server:
        client = open_client(server.url.replace("127.0.0.1", "localhost"))
        assert send(client, FETCH) == W
        over.set()
        assert said.wait(60)
        assert send(client, FETCH) == W
        assert server.requests == ["GET /api/v2/warehouses/w"] * 2


# Answers that are not the API's


def test_a_wrong_content_length_cuts_the_json(send: Send) -> None:
    with FaultyServer(then_close(http(body={"name": "W"}, content_length="5"))) as server:
        ends(server, e.APIError, send, FETCH, retries=0)


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (http("200 OK", b"<html>Please log in</html>", content_type="text/html"), e.UnexpectedResponseError, "log in"),
        (http("502 Bad Gateway", b"<html>nginx</html>"), e.ServerError, "nginx"),
        (http("403 Forbidden", b"<html>blocked</html>"), e.ForbiddenError, "blocked"),
        (http("404 Not Found", b""), e.NotFoundError, "Not Found"),
        (http("500 Oops", b"\xff\xfe caf\xe9"), e.ServerError, "caf"),
        (http("200 OK", b'{"name": "\xff\xfe"}'), e.UnexpectedResponseError, ""),
        (http("200 OK", b'{"name": "W"'), e.UnexpectedResponseError, ""),
        (http("200 OK", b""), e.UnexpectedResponseError, ""),
        (http("200 OK", [1, 2]), e.UnexpectedResponseError, ""),
        (http("200 OK", {"message": "no", "error_code": "390100"}), e.UnexpectedResponseError, "390100"),
        (http("418 I'm a teapot", {"message": "short and stout"}), e.APIError, "stout"),
        (http("299 Odd", b"nothing"), e.UnexpectedResponseError, ""),
        (http("200 OK", b"xx", content_encoding="br"), e.APIError, ""),
    ],
)
def test_what_is_no_answer_is_an_error_that_shows_it(
    send: Send, fault: bytes, error: type[e.APIError], said: str
) -> None:
    with FaultyServer(fault) as server:
        assert said in str(ends(server, error, send, FETCH, retries=0))


def test_gzip_is_unpacked(send: Send) -> None:
    with FaultyServer(http(body=gzip.compress(b'{"name": "W"}'), content_encoding="gzip")) as server:
        assert send(server, FETCH) == W


def test_an_answer_in_chunks_is_whole(send: Send) -> None:
    body = b'7\r\n{"name"\r\n6\r\n: "W"}\r\n0\r\n\r\n'
    with FaultyServer(http(body=body, content_length="", transfer_encoding="chunked")) as server:
        assert send(server, FETCH) == W


# Being sent elsewhere


def test_a_redirect_on_the_same_host_is_followed(send: Send) -> None:
    with FaultyServer(http("307 Temporary Redirect", location="/api/v2/warehouses/moved"), OK) as server:
        assert send(server, FETCH) == W
        assert server.requests == ["GET /api/v2/warehouses/w", "GET /api/v2/warehouses/moved"]


@pytest.mark.parametrize("place", ["{other}/x", "//{host}/x", "ftp://x/y", ""])
def test_a_redirect_elsewhere_is_not(send: Send, place: str) -> None:
    with FaultyServer(OK) as other:
        location = place.format(other=other.url, host=other.url.removeprefix("http://"))
        with FaultyServer(http("302 Found", location=location)) as server:
            assert ends(server, e.APIError, send, FETCH).status == 302
        assert other.requests == []


def test_redirects_without_end(send: Send) -> None:
    with FaultyServer(http("302 Found", location="/round")) as server:
        assert ends(server, e.APIError, send, FETCH).status == 302
        assert len(server.requests) == 6


def test_a_create_is_not_redirected_into_a_get(send: Send) -> None:
    with FaultyServer(http("303 See Other", location="/x"), DONE) as server:
        ends(server, e.APIError, send, CREATE)
        assert len(server.requests) == 1


def accept(location: str) -> bytes:
    return http("202 Accepted", {"message": "running"}, location=location)


def test_accepted_work_is_waited_for(send: Send) -> None:
    with FaultyServer(accept("/api/v2/results/a"), accept("/api/v2/results/b"), DONE) as server:
        assert send(server, CREATE) is None
        assert server.requests[1:] == ["GET /api/v2/results/a", "GET /api/v2/results/b"]


def test_accepted_work_that_never_ends(send: Send) -> None:
    with FaultyServer(accept("/api/v2/results/a")) as server:
        ends(server, e.RetryTimeoutError, send, CREATE, timeout=Timeout(total=60), poll=100)


def test_accepted_work_on_another_host_is_not_asked_for(send: Send) -> None:
    with FaultyServer(DONE) as other, FaultyServer(accept(f"{other.url}/api/v2/results/a")) as server:
        ends(server, e.InvalidResponseError, send, CREATE)
        assert other.requests == []


def test_accepted_work_without_a_place(send: Send) -> None:
    with FaultyServer(accept("")) as server:
        ends(server, e.InvalidResponseError, send, CREATE)


# Storms


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable", "504 Gateway Timeout"])
def test_a_storm_passes(send: Send, status: str) -> None:
    with FaultyServer(*[http(status, retry_after="0")] * 3, OK) as server:
        assert send(server, FETCH) == W
        assert len(server.requests) == 4


def test_a_storm_that_does_not_pass_ends(send: Send) -> None:
    with FaultyServer(http("429 Slow down", {"message": "too many"}, retry_after="0")) as server:
        assert ends(server, e.APIError, send, FETCH, retries=4).status == 429
        assert len(server.requests) == 5


def test_a_create_is_repeated_when_told_to_slow_down_and_not_when_the_server_failed(send: Send) -> None:
    with FaultyServer(http("429 Slow down", retry_after="0"), http("503 Sorry")) as server:
        ends(server, e.ServerError, send, CREATE)
        assert len(server.requests) == 2


# Lists


class Renewing:
    """Credentials that can be renewed once."""

    token = "old"

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def renew(self) -> bool:
        self.token = "new"
        return True


def test_a_token_that_expires_in_mid_list(send: Send) -> None:
    link = '</api/v2/results/h?page=2>; rel="last"'
    with FaultyServer(
        http(body=[{"name": "A"}], link=link),
        http("401 Unauthorized", {"error_code": 390112, "message": "expired"}),
        http(body=[{"name": "B"}]),
        http(body=[{"name": "C"}]),
    ) as server:
        assert [w.name for w in send(server, LIST, auth=Renewing())] == ["A", "B", "C"]
        assert "Bearer old" in server.heads[1] and "Bearer new" in server.heads[2]


def test_a_page_that_fails(send: Send) -> None:
    link = '</api/v2/results/h?page=1>; rel="last"'
    with FaultyServer(http(body=[{"name": "A"}], link=link), http("404 Gone", {"message": "too late"})) as server:
        ends(server, e.NotFoundError, send, LIST)


def test_an_empty_page(send: Send) -> None:
    link = '</api/v2/results/h?page=2>; rel="last"'
    with FaultyServer(http(body=[{"name": "A"}], link=link), http(body=[]), http(body=[{"name": "C"}])) as server:
        assert [w.name for w in send(server, LIST)] == ["A", "C"]


@pytest.mark.parametrize("link", ["nonsense", '<>; rel="next"', '</x>; rel="last"', "<"])
def test_a_link_that_makes_no_sense_leaves_the_page(send: Send, link: str) -> None:
    with FaultyServer(http(body=[{"name": "A"}], link=link)) as server:
        with contextlib.suppress(e.InvalidResponseError):
            assert [w.name for w in send(server, LIST)] == ["A"]
        assert len(server.requests) == 1


def test_a_link_to_another_host_is_not_followed(send: Send) -> None:
    with FaultyServer(OK) as other:
        with FaultyServer(http(body=[{"name": "A"}], link=f'<{other.url}/x?page=1>; rel="last"')) as server:
            ends(server, e.InvalidResponseError, send, LIST)
        assert other.requests == []


# TLS


def certificate(folder: Path, host: str) -> tuple[Path, Any]:
    """A certificate for a host, signed by itself, and a server context with it."""
    import ssl

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, key_pem = folder / f"{host}.pem", folder / f"{host}.key"
    pem.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    key_pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key_pem)
    return pem, context


def test_a_certificate_that_is_trusted(send: Send, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem, context = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with FaultyServer(OK, tls=context) as server:
        assert send(f"https://localhost:{server.port}", FETCH) == W


def test_a_certificate_for_another_name(send: Send, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem, context = certificate(tmp_path, "elsewhere.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with FaultyServer(OK, tls=context) as server:
        error = ends(server, e.APIError, lambda _, *a, **k: send(f"https://localhost:{server.port}", *a, **k), CREATE)
        assert error.status == 0
        assert server.requests == []


def test_a_certificate_that_nobody_vouches_for(send: Send, tmp_path: Path) -> None:
    _, context = certificate(tmp_path, "localhost")
    with FaultyServer(OK, tls=context) as server:
        with pytest.raises(e.APIError, match="could not connect"):
            send(f"https://localhost:{server.port}", CREATE, retries=0)
        assert server.requests == []


def test_tls_to_a_server_without(send: Send) -> None:
    with FaultyServer(then_close(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server, pytest.raises(e.APIError):
        send(f"https://127.0.0.1:{server.port}", CREATE, retries=0, timeout=Timeout(connect=0.3))


# Proxies


def test_a_proxy_gets_the_whole_url(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer(OK) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        assert send("http://account.example", FETCH) == W
        assert proxy.requests == ["GET http://account.example/api/v2/warehouses/w"]


def test_no_proxy_is_heeded(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer(http("500 No")) as proxy, FaultyServer(OK) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert send(server, FETCH) == W
        assert proxy.requests == []


def test_a_proxy_that_wants_a_password(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer(then_close(http("407 Proxy Authentication Required"))) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        with pytest.raises(e.APIError, match="407"):
            send("https://account.example", CREATE, retries=0)
        assert proxy.requests == ["CONNECT account.example:443"]


# In the background


def test_thousands_of_operations_need_a_handful_of_threads() -> None:
    with FaultyServer(OK) as server:
        client = Client(server.url)
        before = threading.active_count()
        operations = [client.start(FETCH) for _ in range(3_000)]
        most = threading.active_count() - before - server.connections
        assert all(operation.result(timeout=300) == W for operation in operations)
        assert most <= 8
        assert server.connections <= 100
        client.close()


def test_what_is_cancelled_is_never_sent() -> None:
    with FaultyServer(b"") as server:
        server.behaviours = [server.silence]
        client = Client(server.url)
        first = client.start(FETCH)
        while not server.requests:
            server.over.wait(0.01)
        assert first.cancel()
        assert first.cancelled()
        second = client.start(CREATE)
        while len(server.requests) < 2:
            server.over.wait(0.01)
        assert second.cancel() and second.cancelled()
        assert server.requests == ["GET /api/v2/warehouses/w", "POST /api/v2/warehouses"]
        client.close()
