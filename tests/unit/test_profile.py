"""Connection profiles and credentials, without the connector."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from snowcore import Root
from snowcore._auth import KeyPair, SessionToken, Token, TokenFile
from snowcore._profile import Profile

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SNOWFLAKE_HOME", str(tmp_path))
    for variable in ("SNOWFLAKE_DEFAULT_CONNECTION_NAME", "SNOWFLAKE_CONNECTIONS", "SNOWFLAKE_ACCOUNT"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


@pytest.fixture
def write(home: Path) -> Write:
    def make(name: str, text: str | bytes, mode: int = 0o600) -> Path:
        path = home / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)
        return path

    return make


def pem(passphrase: bytes | None = None) -> bytes:
    locked = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    return KEY.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)


def test_the_stronger_source_counts(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("connections.toml", '[dev]\naccount = "file"\nuser = "file"\nrole = "file"\nwarehouse = "file"\n')
    monkeypatch.setenv("SNOWFLAKE_ACCOUNT", "plain")
    monkeypatch.setenv("SNOWFLAKE_SCHEMA", "plain")
    monkeypatch.setenv("SNOWFLAKE_CONNECTIONS_DEV_ROLE", "named")
    monkeypatch.setenv("SNOWFLAKE_CONNECTIONS_DEV_WAREHOUSE", "named")
    settings = Profile.load("dev", {"warehouse": "override"}).settings
    assert settings == {
        "account": "file",
        "user": "file",
        "schema": "plain",
        "role": "named",
        "warehouse": "override",
    }


def test_connections_toml_outranks_config_toml(write: Write) -> None:
    write("config.toml", 'default_connection_name = "b"\n[connections.a]\naccount = "config"\n')
    assert Profile.load("a", {}).settings["account"] == "config"
    write("connections.toml", '[a]\naccount = "own"\n[b]\naccount = "default"\n')
    assert Profile.load("a", {}).settings["account"] == "own"
    assert Profile.load(None, {}).settings["account"] == "default"


def test_the_environment_names_the_default(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("connections.toml", '[a]\naccount = "x"\n[default]\naccount = "y"\n')
    assert Profile.load(None, {}).settings["account"] == "y"
    monkeypatch.setenv("SNOWFLAKE_DEFAULT_CONNECTION_NAME", "a")
    assert Profile.load(None, {}).settings["account"] == "x"


def test_the_environment_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOWFLAKE_ACCOUNT", "acc")
    monkeypatch.setenv("SNOWFLAKE_TOKEN", "secret")
    profile = Profile.load(None, {})
    assert (profile.url, profile.auth()) == ("https://acc.snowflakecomputing.com", Token("secret", None))


def test_an_unknown_connection_is_named_with_the_known_ones(write: Write) -> None:
    write("connections.toml", '[a]\naccount = "x"\n[b]\naccount = "y"\n')
    with pytest.raises(ValueError, match=r"'c'.*a, b"):
        Profile.load("c", {})


def test_broken_toml_says_where(write: Write) -> None:
    write("connections.toml", "[a\n")
    with pytest.raises(ValueError, match=r"connections\.toml.*line 1"):
        Profile.load("a", {})


def test_files_that_others_can_read_are_warned_about(write: Write) -> None:
    write("connections.toml", '[a]\naccount = "x"\n', mode=0o644)
    with pytest.warns(UserWarning, match="0600"):
        Profile.load("a", {})


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"account": "My_Org-acc"}, "https://my-org-acc.snowflakecomputing.com"),
        ({"account": "xy1", "region": "eu-central-1"}, "https://xy1.eu-central-1.snowflakecomputing.com"),
        ({"account": "xy1.cn-north-1"}, "https://xy1.cn-north-1.snowflakecomputing.cn"),
        ({"host": "127.0.0.1", "port": 8000, "protocol": "http"}, "http://127.0.0.1:8000"),
    ],
)
def test_where_the_account_is(settings: dict[str, object], url: str) -> None:
    assert Profile("x", settings).url == url


def header(profile: Profile) -> tuple[str, str | None]:
    headers = profile.auth().headers()
    return headers["Authorization"], headers.get("X-Snowflake-Authorization-Token-Type")


def test_tokens_go_out_as_their_kind(write: Write) -> None:
    file = str(write("token", " from-file \n"))
    pat = {"authenticator": "programmatic_access_token", "token": "t"}
    assert header(Profile("x", pat)) == ("Bearer t", "PROGRAMMATIC_ACCESS_TOKEN")
    oauth = {"authenticator": "oauth", "token": "t", "token_file_path": file}
    assert header(Profile("x", oauth)) == ("Bearer from-file", "OAUTH")
    identity = {"authenticator": "WORKLOAD_IDENTITY", "workload_identity_provider": "oidc", "token": "t"}
    assert header(Profile("x", identity)) == ("Bearer WIF.OIDC.t", None)


def test_a_token_file_is_read_again_when_its_token_expired(write: Write) -> None:
    path = write("token", "old")
    auth = TokenFile(path, "OAUTH")
    assert not auth.renew()
    path.write_text("new")
    assert auth.renew()
    assert auth.headers()["Authorization"] == "Bearer new"


@pytest.mark.parametrize(
    ("name", "secret"), [("private_key_file", "private_key_file_pwd"), ("private_key_path", "private_key_passphrase")]
)
def test_key_pairs_sign_tokens(write: Write, name: str, secret: str) -> None:
    path = write("key.p8", pem(b"open sesame"))
    overrides = {"account": "org-acc.eu", "user": "me", name: str(path), secret: "open sesame"}
    bearer, kind = header(Profile.load(None, overrides))
    head, claims, signature = bearer.removeprefix("Bearer ").split(".")
    decoded = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert kind == "KEYPAIR_JWT"
    assert decoded["sub"] == "ORG-ACC.ME"
    assert decoded["iss"].startswith("ORG-ACC.ME.SHA256:")
    assert decoded["exp"] - decoded["iat"] == 3600
    signed = base64.urlsafe_b64decode(signature + "==")
    KEY.public_key().verify(signed, f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256())


def test_tokens_are_made_anew_before_their_hour_ends() -> None:
    time = 1_000_000.0
    pair = KeyPair("acc", "me", pem(), now=lambda: time)
    first = pair.headers()
    time += 3500
    assert pair.headers() == first
    time += 41
    assert pair.headers() != first


def test_a_wrong_passphrase_is_said_without_showing_it(write: Write) -> None:
    path = write("key.p8", pem(b"right"))
    settings = {"account": "a", "user": "u", "private_key_file": str(path), "private_key_file_pwd": "very wrong"}
    with pytest.raises(ValueError, match="private key") as caught:
        Profile("x", settings).auth()
    assert "very wrong" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"account": "a", "password": "hunter2"}, "a password .* connector"),
        ({"account": "a", "authenticator": "externalbrowser"}, "EXTERNALBROWSER"),
        ({"account": "a", "authenticator": "oauth"}, "token_file_path"),
        ({"account": "a", "authenticator": "snowflake_jwt", "user": "u"}, "no private key"),
        ({"account": "a", "authenticator": "workload_identity", "token": "t"}, "workload_identity_provider"),
        ({}, "nothing"),
    ],
)
def test_what_is_missing_is_said(settings: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        Profile("x", settings).auth()
    assert "hunter2" not in str(caught.value)


def test_no_repr_shows_a_secret(write: Write) -> None:
    write("connections.toml", '[a]\naccount = "x"\ntoken = "TOPSECRET"\nauthenticator = "oauth"\n')
    root = Root.connect("a", password="TOPSECRET")
    shown = [root, root.connection, root.client, root.client.auth, Token("TOPSECRET"), KeyPair("a", "u", pem())]
    assert "TOPSECRET" not in "".join(map(repr, shown))
    assert all(pem().decode()[60:90] not in repr(thing) for thing in shown)


def test_connect_sends_nothing_and_takes_role_and_warehouse_along(write: Write) -> None:
    write("connections.toml", '[a]\naccount = "x"\ntoken = "t"\nauthenticator = "oauth"\nrole = "R"\n')
    headers = Root.connect("a", warehouse="W").client.options.headers
    assert (headers["X-Snowflake-Role"], headers["X-Snowflake-Warehouse"]) == ("R", "W")


class Connector:
    """As much of a connector's connection as lends a token."""

    def __init__(self) -> None:
        self.rest = self
        self.token = "first"
        self.renewals = 0

    def _renew_session(self) -> None:
        self.renewals += 1
        self.token = f"token {self.renewals}"


def test_a_connector_connection_lends_and_renews_its_token() -> None:
    auth = SessionToken(Connector())
    assert auth.headers() == {"Authorization": 'Snowflake Token="first"'}
    assert auth.renew()
    assert auth.headers() == {"Authorization": 'Snowflake Token="token 1"'}
