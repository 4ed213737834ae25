"""What networks, proxies and gateways do to requests and answers, in every way of sending."""

from __future__ import annotations

import contextlib
import gzip
import logging
import math
import ssl
import time
import tracemalloc
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from snowcore import Client, Root
from snowcore import exceptions as e
from snowcore._auth import TokenType
from snowcore._call import Options
from snowcore._configuration import RootConfiguration
from snowcore._http import HttpTransport
from snowcore._packing import LARGEST, unpack
from snowcore._proxy import _covers
from snowcore._rest_connection import RESTConnection
from snowcore.transport import Response, Timeout, TransportError
from snowflake_rest.runtime import Request

from .conftest import PATIENT, Send
from .server import FaultyServer, http, in_pieces, then_close, tunnel_to
from .test_faults import CREATE, DONE, FETCH, LIST, OK, W, certificate

SECRET = "S3cretPW"
PACKED = {"content-encoding": "gzip"}


def failure(send: Send, to: Any, operation: Any = FETCH, **options: Any) -> str:
    """The message of an error, which must hold no secret."""
    with pytest.raises(e.SnowflakePythonError) as caught:
        send(to, operation, **options)
    assert SECRET not in repr(caught.value) + str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "early", [b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", b"HTTP/1.1 102 Processing\r\n\r\n"]
)
def test_what_comes_before_the_answer_is_passed_over(send: Send, early: bytes) -> None:
    with FaultyServer(early + DONE) as server:
        assert send(server, CREATE) is None


@pytest.mark.parametrize("name", ["gzip", "GZIP", "x-gzip", "identity, gzip"])
def test_gzip_goes_by_any_of_its_names(send: Send, name: str) -> None:
    with FaultyServer(http(body=gzip.compress(b'{"name": "W"}'), content_encoding=name)) as server:
        assert send(server, FETCH) == W


def test_an_error_that_only_says_that_it_is_packed_is_shown(send: Send) -> None:
    with FaultyServer(http("500 Oops", {"message": "disk full"}, content_encoding="gzip")) as server:
        assert "disk full" in failure(send, server)


@pytest.mark.parametrize("name", ["br", "deflate"])
def test_a_packing_that_nobody_asked_for_is_an_error(send: Send, name: str) -> None:
    with FaultyServer(http(body=b"xx", content_encoding=name)) as server:
        assert name in failure(send, server, retries=0)


@pytest.mark.parametrize("version", [b"HTTP/2.0", b"HTTP/0.9", b"HTTP/1.2", b"HTTP/3"])
def test_an_answer_of_another_protocol_is_none(send: Send, way: str, version: bytes) -> None:
    if way.startswith("httpx"):
        pytest.skip("httpx takes any version for HTTP/1.1; see docs/network.md")
    with FaultyServer(then_close(OK.replace(b"HTTP/1.1", version))) as server:
        assert "the connection broke" in failure(send, server, retries=0)


def test_gzip_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("snowcore._packing.LARGEST", 2**26)
    bomb = gzip.compress(bytes(2**20)) * 65
    with pytest.raises(TransportError, match="too large"):
        unpack(Response(200, PACKED, bomb), math.inf)


def test_unpacking_counts_into_the_total(send: Send) -> None:
    large = gzip.compress(gzip.compress(bytes(2**20)) * (LARGEST // 2**20))
    with FaultyServer(http(body=large, content_encoding="gzip, gzip")) as server:
        assert "took too long" in failure(send, server, retries=0, timeout=Timeout(connect=5, read=5, total=0.1))


def test_a_gzip_of_very_many_parts_is_refused_and_one_of_some_is_not() -> None:
    assert unpack(Response(200, PACKED, gzip.compress(b"a") * 900), math.inf).content == b"a" * 900
    started = time.process_time()
    with pytest.raises(TransportError, match="very many parts"):
        unpack(Response(200, PACKED, gzip.compress(b"") * 200_000), math.inf)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("length", ["1" + "0" * 30, "1" + "0" * 15])
def test_a_length_beyond_all_memory_is_an_error(send: Send, length: str) -> None:
    with FaultyServer(then_close(http(body=b"{}", content_length=length))) as server:
        assert "the connection broke" in failure(send, server, retries=0)


def test_a_chunk_beyond_all_memory_is_an_error(send: Send) -> None:
    body = b"fffffffffffffffffff\r\n{}"
    with FaultyServer(then_close(http(body=body, content_length="", transfer_encoding="chunked"))) as server:
        assert "the connection broke" in failure(send, server, retries=0)


def test_a_large_header_is_taken(send: Send) -> None:
    with FaultyServer(http(body={"name": "W"}, x_large="x" * 20_000)) as server:
        assert send(server, FETCH) == W


@pytest.mark.parametrize("role", ["Rôle", "角色"])
def test_headers_are_sent_as_utf_8(send: Send, role: str) -> None:
    with FaultyServer(OK) as server:
        assert send(server, FETCH, headers={"X-Snowflake-Role": role}) == W
        assert role.encode().decode("latin-1") in server.heads[0]


@pytest.mark.parametrize("value", [f"{SECRET}\r\nX: 1", f"{SECRET}\0", f"{SECRET}\udc80"])
def test_a_header_that_can_not_be_sent_is_refused_before_anything_is(send: Send, value: str) -> None:
    with FaultyServer(OK) as server:
        assert "X-Snowflake-Role" in failure(send, server, headers={"X-Snowflake-Role": value})
        assert server.requests == []


@pytest.mark.parametrize("beyond", ["/api/v2", "?role=r", "/#/x"])
@pytest.mark.parametrize("address", ["", "myaccount", "https://", "https://a.example"])
def test_an_address_is_a_host_and_no_more(open_client: Any, address: str, beyond: str) -> None:
    with pytest.raises(ValueError, match="base_url: expected http"):
        open_client(address + beyond if "a.example" in address else address)


# Where an answer ends

PLAIN = b'{"name": "W"}'
IN_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
BEHIND = {
    "a byte": OK + b"x",
    "a line": OK + b"\r\n",
    "half an answer": OK + b"HTTP/1.1 2",
    "a byte behind chunks": IN_CHUNKS + b"d\r\n" + PLAIN + b"\r\n0\r\n\r\nx",
    "half an answer behind chunks": IN_CHUNKS + b"d\r\n" + PLAIN + b"\r\n0\r\n\r\nHTTP/1.1 2",
}


@pytest.mark.parametrize("answer", BEHIND.values(), ids=BEHIND)
@pytest.mark.parametrize("cut", [None, 30, -15])
def test_an_answer_counts_whatever_is_behind_it_and_its_connection_does_not(
    send: Send, open_client: Any, way: str, answer: bytes, cut: int | None
) -> None:
    pieces = [answer] if cut is None else [answer[:cut], answer[cut:]]
    with FaultyServer(in_pieces(*pieces), OK) as server:
        client = open_client(server, retries=0)
        assert send(client, FETCH) == W
        if not way.startswith("httpx"):  # which may ask there again; see docs/network.md
            assert send(client, FETCH) == W
            assert server.connections == 2


def test_bytes_behind_an_answer_without_a_body_are_not_its_body(send: Send, open_client: Any) -> None:
    with FaultyServer(b"HTTP/1.1 204 No Content\r\n\r\nx") as server:
        assert send(server, CREATE, retries=0) is None


@pytest.mark.parametrize("line", [b"", b"X: y\r\n", b"Content-Length: 3\r\n"])
def test_headers_behind_the_last_chunk_are_passed_over(send: Send, open_client: Any, line: bytes) -> None:
    with FaultyServer(IN_CHUNKS + b"d\r\n" + PLAIN + b"\r\n0\r\n" + line + b"\r\n") as server:
        client = open_client(server)
        assert send(client, FETCH) == send(client, FETCH) == W
        assert server.connections == 1


BROKEN_CHUNKS = {
    "a bare LF behind a chunk": b"e\r\n" + PLAIN + b"\r\n0\r\n\r\n",
    "no size": b"d\r\n" + PLAIN + b"\r\nzz\r\n",
    "nothing behind a chunk": b"d\r\n" + PLAIN + b"0\r\n\r\n",
    "more than the size": b"c\r\n" + PLAIN + b"\r\n0\r\n\r\n",
    "a header that is none": b"d\r\n" + PLAIN + b"\r\n0\r\nX y\r\n\r\n",
}


@pytest.mark.parametrize("body", BROKEN_CHUNKS.values(), ids=BROKEN_CHUNKS)
@pytest.mark.parametrize("together", [False, True])
def test_chunks_that_make_no_sense_are_an_error_at_once(send: Send, body: bytes, together: bool) -> None:
    """The server keeps the connection open, so that only reading them tells."""
    pieces = [IN_CHUNKS + body] if together else [IN_CHUNKS, body[:3], body[3:]]
    with FaultyServer(in_pieces(*pieces)) as server:
        assert "the connection broke" in failure(send, server, retries=0)


# Where to look next

NEXT = [
    '</p>; rel="next"',
    '</p>; title="a, b"; rel="next"',
    "</p>; REL=NEXT",
    "</p>; rel='next'",
    '</p>;rel="prefetch next";x',
    "{url}/p",
]


@pytest.mark.parametrize("link", NEXT)
def test_a_list_goes_on_however_the_next_page_is_named(send: Send, link: str) -> None:
    with FaultyServer(b"", http(body=[{"name": "B"}])) as server:
        link = f'<{link.format(url=server.url)}>; rel="next"' if "url" in link else link
        server.behaviours[0] = http(body=[{"name": "A"}], link=f'</f>; rel="first"\r\nLink: {link}')
        assert [w.name for w in send(server, LIST)] == ["A", "B"]
        assert server.requests[1] == "GET /p"


@pytest.mark.parametrize("link", ["nonsense", "</p>", '</p>; rel="next", junk', '</p>; rel="last"'])
def test_a_list_never_ends_early_without_an_error(send: Send, link: str) -> None:
    with FaultyServer(http(body=[{"name": "A"}], link=link)) as server:
        assert "Link" in failure(send, server, LIST)


@pytest.mark.parametrize(
    "link", ['</p>; rel="next"', '</p?page=999999999>; rel="last"', f'</p?page={"9" * 5000}>; rel="last"']
)
def test_a_list_without_end_is_an_error(send: Send, link: str) -> None:
    with FaultyServer(http(body=[{"name": "A"}], link=link)) as server:
        failure(send, server, LIST)
        assert len(server.requests) <= 2


def test_a_next_page_keeps_its_repeated_keys(send: Send) -> None:
    with FaultyServer(http(body=[{"name": "A"}], link='</p?a=1&a=2&b=>; rel="next"'), http(body=[])) as server:
        assert [w.name for w in send(server, LIST)] == ["A"]
        assert server.requests[1] == "GET /p?a=1&a=2&b="


@pytest.mark.parametrize("status", ["202 Accepted", "307 Temporary Redirect"])
@pytest.mark.parametrize("form", ["{url}/api/v2/results/a?x=1", "/api/v2/results/a?x=1", "results/a?x=1"])
def test_a_location_has_any_legal_form(send: Send, status: str, form: str) -> None:
    with FaultyServer(b"", OK) as server:
        server.behaviours[0] = http(status, location=form.format(url=server.url))
        assert send(server, FETCH) == W
        assert server.requests[1].endswith("/results/a?x=1")


# What is final, and what is repeated


def test_a_redirect_to_what_is_no_url_is_final(send: Send) -> None:
    with FaultyServer(http("307 Temporary Redirect", location="http://[::bad/")) as server:
        failure(send, server)
        assert len(server.requests) == 1


def test_an_unknown_host_is_final_and_named(send: Send) -> None:
    said = failure(send, "https://no-such-host.invalid", CREATE)
    assert "no-such-host.invalid:443" in said and "name of the account" in said


def test_a_refused_connection_is_tried_for_seconds_and_the_log_says_so(
    send: Send, unused_tcp_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "snowflake.core"):
        assert f"127.0.0.1:{unused_tcp_port}" in failure(send, f"http://127.0.0.1:{unused_tcp_port}")
    assert len(caplog.records) == 1 and "attempt 2" in caplog.text


def test_a_certificate_that_is_not_trusted_is_final_and_says_what_to_do(send: Send, tmp_path: Path) -> None:
    _, context = certificate(tmp_path, "localhost")
    with FaultyServer(OK, tls=context) as server:
        said = failure(send, f"https://localhost:{server.port}")
        assert "SSL_CERT_FILE" in said and server.connections <= 2  # both addresses of localhost


def test_any_401_renews_once(send: Send) -> None:
    class Renewing:
        value = "old"

        def headers(self) -> dict[str, str]:
            return {"Authorization": self.value}

        def renew(self) -> bool:
            self.value += "+"
            return True

    with FaultyServer(http("401 Unauthorized"), OK) as server:
        assert send(server, FETCH, auth=Renewing()) == W
    with FaultyServer(http("401 Unauthorized")) as server:
        assert "401" in failure(send, server, auth=Renewing()) and len(server.requests) == 2


# Proxies


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> Any:
    def proxied(address: str) -> None:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, address)
        monkeypatch.setenv("no_proxy", "")

    return proxied


def test_a_proxy_gets_its_credentials_with_each_request(send: Send, proxied: Any) -> None:
    with FaultyServer(OK) as proxy:
        proxied(f"http://corp:{SECRET}%40@127.0.0.1:{proxy.port}")
        assert send("http://account.example", FETCH) == W
        assert proxy.heads[0].lower().count("proxy-authorization: basic y29ycdptm2") == 1


@pytest.mark.parametrize("answer", ["407 Proxy Authentication Required", "302 Found", "502 Bad Gateway"])
def test_a_proxy_that_refuses_tells_no_password(
    send: Send, proxied: Any, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    with FaultyServer(then_close(http(answer))) as proxy, caplog.at_level(logging.DEBUG):
        proxied(f"http://corp:{SECRET}@127.0.0.1:{proxy.port}")
        assert answer[:3] in failure(send, "https://account.example")
        assert "corp:" not in caplog.text and SECRET not in caplog.text
        assert "proxy-authorization" in proxy.heads[0].lower()
        assert len(proxy.requests) == (1 if answer.startswith("407") else 3)


@pytest.mark.parametrize("background", [False, True])
def test_what_a_proxy_says_beyond_its_answer_is_never_the_hosts(
    proxied: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, background: bool
) -> None:
    pem, context = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with FaultyServer(OK, tls=context) as server:
        stolen = http(body={"name": "STOLEN"})
        with FaultyServer(tunnel_to(server, beyond=stolen)) as proxy:
            proxied(proxy.url)
            client = Client(f"https://localhost:{server.port}", None, Options(backoff=0))
            with contextlib.suppress(e.APIError):  # which is as good as the answer of the host itself
                assert (client.start(FETCH).result(10) if background else client.send(FETCH)) == W
            client.close()


EXEMPT = [
    ("a.com", "a.com", True), ("a.com", "x.a.com", True), (".a.com", "x.a.com", True), ("*.a.com", "x.a.com", True),
    ("a.com", "ba.com", False), ("a.com:443", "a.com", True), ("a.com:8443", "a.com", False), ("*", "a.com", True),
    ("10.0.0.0/8", "10.1.2.3", True), ("10.0.0.0/8", "11.1.2.3", False), ("[::1]", "::1", True), ("::1", "::1", True),
    ("[::1]:443", "::1", True), ("fd00::/8", "fd00::5", True), ("127.0.0.1", "127.0.0.1", True),
    ("*.0.0.1", "127.0.0.1", False), (".0.1", "10.0.0.1", False), ("1.com", "0.1.com", True),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "host", "covered"), EXEMPT)
def test_no_proxy_is_understood_as_curl_does(entry: str, host: str, covered: bool) -> None:
    assert _covers(entry, host, 443) is covered


@pytest.mark.parametrize("background", [False, True])
def test_a_proxy_that_is_given_counts_more_than_the_environment(proxied: Any, background: bool) -> None:
    proxied(f"http://corp:{SECRET}@127.0.0.1:notaport")
    with FaultyServer(OK) as proxy:
        client = Client(HttpTransport("http://account.example", proxy=proxy.url))
        assert (client.start(FETCH).result(10) if background else client.send(FETCH)) == W
        client.close()
    client = Client(HttpTransport("http://account.example"))
    with pytest.raises(e.APIError, match="makes no sense") as caught:
        client.start(FETCH).result(10) if background else client.send(FETCH)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("background", [False, True])
def test_a_proxy_of_an_unknown_kind_is_an_error_at_the_first_call(proxied: Any, background: bool) -> None:
    proxied("carrier-pigeon://127.0.0.1:1")
    client = Client("http://account.example")
    with pytest.raises(e.APIError, match="not supported"):
        client.start(FETCH).result(10) if background else client.send(FETCH)


# TLS


@pytest.mark.parametrize("content", [None, "no PEM"])
def test_trust_that_can_not_be_read_names_the_file(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    for call in (lambda c: c.send(FETCH), lambda c: c.start(FETCH).result(10)):
        client = Client("https://127.0.0.1:1")
        with pytest.raises(e.APIError, match=str(path)):
            call(client)
        client.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SNOWFLAKE_MIN_TLS_VERSION", "1.1"),
        ("SNOWFLAKE_MIN_TLS_VERSION", ""),
        ("SNOWFLAKE_TLS_CIPHERS", " : "),
        ("SNOWFLAKE_TLS_CIPHERS", "NO-SUCH"),
    ],
)
def test_a_tls_setting_that_can_not_be_heeded_is_an_error(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(e.InvalidArgumentsError, match=name):
        Root(RESTConnection("h", 443, TokenType.SESSION_TOKEN, "x"))


def test_tls_settings_are_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOWFLAKE_MIN_TLS_VERSION", "TLSv1.3")
    monkeypatch.setenv("SNOWFLAKE_TLS_CIPHERS", "ECDHE-RSA-AES256-GCM-SHA384")
    context = HttpTransport("https://h")._trust()
    assert context.minimum_version is ssl.TLSVersion.TLSv1_3
    assert [c["name"] for c in context.get_ciphers() if not c["name"].startswith("TLS_")] == [
        "ECDHE-RSA-AES256-GCM-SHA384"
    ]


# Connections


def test_an_idle_connection_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer(OK) as server:
        client = Client(server.url)
        client.send(FETCH)
        monkeypatch.setattr("snowcore._http._IDLE_SECONDS", 0.0)
        client.send(FETCH)
        assert server.connections == 2
        client.close()


# Clients of the user's


@respx.mock
def test_respx_answers_in_tests() -> None:
    respx.get("https://acc.example/api/v2/warehouses/w").mock(return_value=httpx.Response(200, json={"name": "W"}))
    with httpx.Client() as client:
        root = Root(RESTConnection("acc.example", 443, TokenType.SESSION_TOKEN, "x"), http_client=client)
        assert root.warehouses["w"].fetch().name == "W"
        assert root.warehouses["w"].fetch_async().result(10).name == "W"


def test_an_asynchronous_client_alone_serves_no_blocking_call() -> None:
    client = Client("https://acc.example", async_http_client=httpx.AsyncClient(verify=False))
    with pytest.raises(e.APIError, match="async_http_client"):
        client.send(FETCH)


def test_a_client_of_httpx2_serves_too() -> None:
    import httpx2

    with FaultyServer(OK) as server, httpx2.Client(verify=False) as theirs:
        client = Client(server.url, http_client=theirs)
        assert client.send(FETCH) == client.start(FETCH).result(10) == W


def test_headers_of_the_configuration_travel_with_each_request() -> None:
    config = RootConfiguration(headers={"X-Gateway": "a"})
    assert config.options.headers["X-Gateway"] == "a" and "User-Agent" in config.options.headers


def test_a_long_body_is_held_once() -> None:
    body = b"x" * 2**24
    said = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    with FaultyServer(lambda sock: sock.sendall(said)) as server:
        transport = HttpTransport(server.url)
        tracemalloc.start()
        try:
            answer = transport.send(Request("GET", "/"), PATIENT)
            held = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            transport.close()
    assert answer.content == body
    assert held < 1.5 * len(body)
