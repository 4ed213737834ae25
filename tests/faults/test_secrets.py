"""Secrets that were planted are looked for in all that a program can be shown: over a real socket, in both modes."""

from __future__ import annotations

import base64
import contextlib
import logging
import ssl
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import httpx
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from snowcore import Client, Root
from snowcore._auth import Auth, Token, TokenType
from snowcore._call import Exchange, Options
from snowcore._configuration import RootConfiguration
from snowcore._rest_connection import RESTConnection
from snowcore._stream import Streamed
from snowcore.exceptions import APIError, InvalidArgumentsError
from snowflake_rest.runtime import Operation
from snowflake_rest.warehouse import Warehouse, create_warehouse, fetch_warehouse

from .conftest import PATIENT
from .server import Behaviour, FaultyServer, http, then_close

TOKEN, PASSWORD, PASSPHRASE = "TOPSECRET", "S3cr@t", "open sesame"
PAIR = base64.b64encode(f"corp:{PASSWORD}".encode()).decode()
SECRETS = (TOKEN, PASSWORD, "S3cr%40t", PAIR, PASSPHRASE)
FETCH: Operation[Any] = fetch_warehouse("w")

Call = Callable[..., Any]


def walk_chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and all that led to it, shown or not."""
    if error is not None:
        yield error
        yield from walk_chain(error.__cause__)
        if error.__context__ is not error.__cause__:
            yield from walk_chain(error.__context__)


def show(error: BaseException) -> str:
    """All that a log, a reporter of errors or a debugger shows of an error, with the variables of our functions."""
    texts = [f"{e} {e!r} {e.args!r} {vars(e)!r}" for e in walk_chain(error)]
    told: Any = traceback.TracebackException.from_exception(error, capture_locals=True, compact=True)
    texts += told.format()  # our tests have the secrets in variables of their own
    while told is not None:
        for frame in told.stack:
            if "/tests/" in frame.filename:
                texts = [text for text in texts if f'File "{frame.filename}", line {frame.lineno}' not in text]
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    return "\n".join(texts)


def assert_clean(*texts: object) -> None:
    lines = "\n".join(map(str, texts)).splitlines()
    assert [line for line in lines if any(secret in line for secret in SECRETS)] == []


@pytest.fixture(autouse=True)
def proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("NO_PROXY", "")


@pytest.fixture(params=["blocking", "background", "stream", "background stream"])
def fails(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Call:
    """Sends an operation that fails; nothing that is shown of it holds a secret. Gives the error and the exchanges."""

    def go(url: str, kind: type[Exception], operation: Operation[Any] = FETCH, auth: Auth | None = None) -> Any:
        exchanges: list[Exchange] = []
        options = Options(PATIENT, retries=1, backoff=0, poll=0)
        client = Client(url, auth or Token(TOKEN), options, watches=[exchanges.append])
        with caplog.at_level(logging.DEBUG), pytest.raises(kind) as caught:
            steps: Any = Streamed(operation) if "stream" in request.param else operation
            if "background" in request.param:
                client.start(steps).result(timeout=300)
            else:
                client.run(steps)
        client.close()
        assert_clean(show(caught.value), caplog.text, exchanges, repr(client.transport), repr(client.auth))
        return caught.value, exchanges

    return go


ANSWERS = {
    "407": then_close(http("407 Proxy Authentication Required")),
    "302": then_close(http("302 Found", location="http://elsewhere.example/")),
    "502": then_close(http("502 Bad Gateway")),
    "garbage": then_close(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "a broken header": then_close(b"HTTP/1.1 200 OK\r\n\x00: 1\r\n\r\n"),
    "too many headers": then_close(b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 40_000 + b"\r\n"),
    "nothing": then_close(b""),
}


@pytest.mark.parametrize("behaviour", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxys_password_is_sent_and_never_shown(
    fails: Call, monkeypatch: pytest.MonkeyPatch, scheme: str, behaviour: Behaviour
) -> None:
    with FaultyServer(behaviour) as proxy:
        monkeypatch.setenv(f"{scheme}_proxy", f"http://corp:S3cr%40t@127.0.0.1:{proxy.port}")
        fails(f"{scheme}://account.example", APIError)
        assert all(f"proxy-authorization: basic {PAIR}".lower() in head.lower() for head in proxy.heads)
        assert proxy.heads


def test_a_proxy_that_refuses_is_understood(fails: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer(ANSWERS["407"]) as proxy:
        monkeypatch.setenv("https_proxy", f"http://corp:S3cr%40t@127.0.0.1:{proxy.port}")
        error, exchanges = fails("https://account.example", APIError)
        assert "407 Proxy Authentication Required" in str(error)
        assert "407 Proxy Authentication Required" in exchanges[0].error


def test_a_proxy_that_is_not_there(fails: Call, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int) -> None:
    monkeypatch.setenv("https_proxy", f"http://corp:S3cr%40t@127.0.0.1:{unused_tcp_port}")
    fails("https://account.example", APIError)


@pytest.mark.parametrize(
    "rest", ["@127.0.0.1:notaport", "@127.0.0.1:99999", "@[::1", "@", "/x@127.0.0.1:80", "\u2100@h"]
)
def test_a_proxy_that_is_no_url(monkeypatch: pytest.MonkeyPatch, rest: str) -> None:
    monkeypatch.setenv("https_proxy", f"http://corp:S3cr%40t{rest}")
    with pytest.raises(APIError, match="the proxy's address") as caught:
        Client("https://account.example").send(FETCH)
    assert_clean(show(caught.value))


def connect(**settings: Any) -> Root:
    return Root.connect(account="a", user="u", authenticator="OAUTH", token=TOKEN, **settings)


def configure(connection: Any = None, **settings: Any) -> Root:
    return Root(connection, RootConfiguration(**settings))


BAD_ADDRESSES: dict[str, Callable[[], Any]] = {
    "a host's": lambda: Client(f"http://u:{PASSWORD}@127.0.0.1"),
    "a host's without a scheme": lambda: Client(f"u:{PASSWORD}@127.0.0.1"),
    "a host's of another scheme": lambda: Client(f"ftp://u:{PASSWORD}@h"),
    "a host's that can't be read": lambda: Client(f"https://u:{PASSWORD}\u2100@h"),
    "a host's for a client of theirs": lambda: Client(f"http://u:{PASSWORD}@h", http_client=httpx.Client(verify=False)),
    "a setting's": lambda: connect(host=f"u:{PASSWORD}@h"),
    "a setting's with a scheme": lambda: connect(host=f"https://u:{PASSWORD}@h"),
    "a setting's port": lambda: connect(host="h", port=f"u:{PASSWORD}@1"),
    "a proxy's, and no connection": lambda: configure(proxy=f"http://corp:{PASSWORD}@h:1"),
    "a proxy's, and other mistakes": lambda: configure(proxy=f"http://corp:{PASSWORD}@h:1", retries=-1),
    "a certificate's, and no connection": lambda: configure(client_cert=("/none", "/none", PASSPHRASE)),
    "a certificate's, and a context": lambda: configure(
        client_cert=("/none", "/none", PASSPHRASE), ssl_context=ssl.create_default_context()
    ),
    "a header's, and other mistakes": lambda: configure(headers={"X-Gateway": PASSWORD}, retries=-1),
}


@pytest.mark.parametrize("make", BAD_ADDRESSES.values(), ids=BAD_ADDRESSES)
def test_no_password_of_an_address_is_shown_when_it_is_refused(make: Callable[[], Any]) -> None:
    with pytest.raises((ValueError, TypeError, APIError)) as caught:
        make()
    assert_clean(show(caught.value))


@pytest.mark.parametrize("where", [where for where in BAD_ADDRESSES if where.startswith(("a host", "a setting"))])
def test_a_password_in_an_address_is_said_to_be_the_fault(where: str) -> None:
    with pytest.raises(ValueError, match="credentials"):
        BAD_ADDRESSES[where]()


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("proxy", ["http://corp:{}@127.0.0.1:notaport", "socks5://corp:{}@127.0.0.1:1", "x://c:{}@h"])
def test_no_password_of_a_given_proxy_is_shown(background: bool, proxy: str) -> None:
    config = RootConfiguration(proxy=proxy.format(PASSWORD), headers={"X-Gateway": PASSWORD}, retries=0)
    root = Root(RESTConnection("account.example", 443, TokenType.SESSION_TOKEN, TOKEN), config)
    with pytest.raises(APIError) as caught:
        root.databases["d"].fetch_async().result(10) if background else root.databases["d"].fetch()
    assert_clean(show(caught.value), vars(config), vars(root.client.transport))


@attrs.frozen
class Unchecked:
    """Credentials of someone's own, which hand out what they have."""

    token: str = attrs.field(repr=False)

    def headers(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def renew(self) -> bool:
        return False


@pytest.mark.parametrize("token", [f"{TOKEN}\n", f"{TOKEN}\r\nX-Evil: 1", f"\x00{TOKEN}", f"{TOKEN}\ud800"])
@pytest.mark.parametrize("operation", [FETCH, create_warehouse(Warehouse("W"))], ids=["GET", "POST"])
def test_a_token_that_is_no_header_is_refused_at_once(fails: Call, token: str, operation: Operation[Any]) -> None:
    with FaultyServer(http(body={"name": "W"})) as server:
        error, exchanges = fails(server.url, InvalidArgumentsError, operation, Unchecked(token))
        assert "header Authorization" in str(error)
        assert (server.connections, exchanges) == (0, [])


@pytest.mark.parametrize("background", [False, True])
def test_headers_go_out_as_utf8(background: bool) -> None:
    with FaultyServer(http(body={"name": "W"})) as server:
        client = Client(server.url, None, Options(headers={"X-Snowflake-Role": '"роль é"'}))
        client.start(FETCH).result(timeout=60) if background else client.send(FETCH)
        (line,) = [line for line in server.heads[0].split("\r\n") if line.lower().startswith("x-snowflake-role")]
        assert line.encode("latin-1").decode().endswith(': "роль é"')
        client.close()


def test_a_passphrase_is_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"another"))
    monkeypatch.setenv("SNOWFLAKE_HOME", str(tmp_path))
    with pytest.raises(ValueError, match="private key") as caught:
        Root.connect(account="a", user="u", private_key_raw=pem.decode(), private_key_passphrase=PASSPHRASE)
    assert_clean(show(caught.value))


PROFILES = {
    "a password": {"password": PASSWORD},
    "a browser and a token": {"token": TOKEN, "authenticator": "externalbrowser"},
    "a token that is no header": {"token": f"{TOKEN}\n{TOKEN}"},
    "a host that is none": {"token": TOKEN, "host": "a b"},
    "a word that is meant otherwise": {"token": TOKEN, "pasword": PASSWORD},
    "a token file that is not there": {"token_file_path": "/none", "password": PASSWORD, "authenticator": "OAUTH"},
}


@pytest.mark.parametrize("settings", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("filed", [False, True], ids=["given", "in a file"])
def test_what_is_wrong_with_a_profile_tells_no_secret(
    settings: dict[str, str], filed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setenv("SNOWFLAKE_HOME", str(tmp_path))
    given: dict[str, str] = {"account": "a", "user": "u", **settings}
    if filed:
        lines = [f"{name} = {orjson.dumps(value).decode()}" for name, value in given.items()]
        (tmp_path / "connections.toml").write_text("\n".join(["[c]", *lines]))
        (tmp_path / "connections.toml").chmod(0o600)
    with warnings.catch_warnings(record=True) as warned, caplog.at_level(logging.DEBUG):
        warnings.simplefilter("always")
        with pytest.raises((ValueError, TypeError, OSError)) as caught:
            root = Root.connect("c") if filed else Root.connect(**given)
            raise ValueError(repr(root))
        assert_clean(show(caught.value), caplog.text, *(w.message for w in warned))


@pytest.mark.parametrize("way", ["ours", "httpx"])
@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize(
    "behaviour", [b"SSH-2.0\r\n", http("401 Unauthorized"), http("500 Oops")], ids=["no", "401", "500"]
)
def test_calls_of_a_profile_with_a_token_file_tell_no_secret(
    way: str, background: bool, behaviour: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(0o600)
    config = RootConfiguration(headers={"X-Gateway": PASSWORD})
    with FaultyServer(then_close(behaviour)) as server, contextlib.ExitStack() as opened:
        client = (
            opened.enter_context(httpx.Client(verify=False, headers={"X-Theirs": PASSPHRASE}))
            if way == "httpx"
            else None
        )
        at = {"host": "127.0.0.1", "port": server.port, "protocol": "http", "account": "a", "user": "u"}
        root = Root.connect(
            **at, token_file_path=str(file), authenticator="OAUTH", root_config=config, http_client=client
        ).with_options(retries=0)
        with caplog.at_level(logging.DEBUG), root.observe() as calls, pytest.raises(APIError) as caught:
            root.databases["d"].fetch_async().result(10) if background else root.databases["d"].fetch()
        assert f"bearer {TOKEN}".lower() in server.heads[0].lower() and PASSWORD in server.heads[0]
        assert_clean(show(caught.value), caplog.text, calls, repr(root), repr(root.client), vars(root.client), config)
        root.client.close()
