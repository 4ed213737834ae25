"""Connection profiles and credentials, without the connector."""

from __future__ import annotations

import base64
import json
import os
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

from snowcore import Root
from snowcore._auth import KeyPair, SessionToken, Token, TokenFile
from snowcore._profile import Profile

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in [name for name in os.environ if name.startswith(("SNOWFLAKE_", "PRIVATE_KEY_", "SF_SKIP"))]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("SNOWFLAKE_HOME", str(tmp_path))
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


def der(passphrase: bytes | None = None) -> bytes:
    locked = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    return KEY.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, locked)


OLD_FORM = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.TraditionalOpenSSL,
    serialization.BestAvailableEncryption(b"open sesame"),
)
FORMS: dict[str, Any] = {
    "PEM": pem(),
    "PEM as text": pem().decode(),
    "line ends written out": pem().decode().replace("\n", "\\n"),
    "Windows line ends written out": pem().decode().replace("\n", "\\r\\n"),
    "line ends lost": pem().decode().replace("\n", " "),
    "indented": pem().decode().replace("\n", "\n    "),
    "UTF-16": pem().decode().encode("utf-16"),
    "DER": der(),
    "base64 of DER": base64.b64encode(der()).decode(),
    "base64 of DER in lines": base64.encodebytes(der()).decode(),
    "base64 of PEM": base64.b64encode(pem()).decode(),
    "the key itself": KEY,
    "encrypted PEM": pem(b"open sesame"),
    "encrypted PEM, line ends written out": pem(b"open sesame").decode().replace("\n", "\\n"),
    "encrypted DER in base64": base64.b64encode(der(b"open sesame")).decode(),
    "encrypted, with headers": OLD_FORM.decode().replace("\n", "\\n"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("setting", ["private_key", "private_key_raw"])
def test_keys_are_taken_in_every_form(form: str, setting: str) -> None:
    settings = {"account": "a", "user": "u", setting: FORMS[form]}
    if "encrypted" in form:
        settings["private_key_file_pwd"] = "open sesame"
    pair = Profile("x", settings).auth()
    assert isinstance(pair, KeyPair)
    assert pair.issuer == KeyPair("a", "u", KEY).issuer


def test_a_key_file_may_be_der_and_a_variable_may_hold_the_key(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("key.der", der())
    assert "KEYPAIR_JWT" in header(Profile("x", {"account": "a", "user": "u", "private_key_file": str(path)}))
    monkeypatch.setenv("SNOWFLAKE_PRIVATE_KEY_RAW", pem().decode().replace("\n", "\\n"))
    assert "KEYPAIR_JWT" in header(Profile.load(None, {"account": "a", "user": "u"}))


def test_the_passphrase_may_be_in_the_variable_of_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"account": "a", "user": "u", "private_key": pem(b"open sesame")}
    with pytest.raises(ValueError, match=r"encrypted.*private_key_passphrase.*PRIVATE_KEY_PASSPHRASE"):
        Profile("x", settings).auth()
    monkeypatch.setenv("PRIVATE_KEY_PASSPHRASE", "open sesame")
    assert "KEYPAIR_JWT" in header(Profile("x", settings))


@pytest.mark.parametrize("passphrase", ["", b"", "of no use"])
def test_a_key_that_is_not_encrypted_needs_no_passphrase(passphrase: str | bytes) -> None:
    settings = {"account": "a", "user": "u", "private_key": pem(), "private_key_passphrase": passphrase}
    assert "KEYPAIR_JWT" in header(Profile.load(None, settings))


@pytest.mark.parametrize(
    ("key", "error", "said"),
    [
        (
            KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
            ValueError,
            "PUBLIC KEY",
        ),
        ("not a key at all", ValueError, "neither PEM nor DER"),
        (pem()[:300] + b"\n-----END PRIVATE KEY-----", ValueError, "damaged"),
        (
            ec.generate_private_key(ec.SECP256K1()),
            ValueError,
            "curve secp256k1; Snowflake takes RSA keys and the curves",
        ),
        (ed25519.Ed25519PrivateKey.generate(), TypeError, "bytes, str or a key"),
        (5, TypeError, "int"),
    ],
)
def test_what_is_no_key_is_said(key: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        Profile("x", {"account": "a", "user": "u", "private_key": key}).auth()


@pytest.mark.parametrize(
    ("curve", "algorithm", "digest"),
    [
        (ec.SECP256R1(), "ES256", hashes.SHA256()),
        (ec.SECP384R1(), "ES384", hashes.SHA384()),
        (ec.SECP521R1(), "ES512", hashes.SHA512()),
    ],
)
def test_keys_of_the_curves_that_the_connector_takes_sign_tokens(
    curve: ec.EllipticCurve, algorithm: str, digest: hashes.HashAlgorithm
) -> None:
    key = ec.generate_private_key(curve)
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    token = header(Profile("x", {"account": "a", "user": "u", "private_key": text}))[0].split()[1]
    head, claims, signature = (base64.urlsafe_b64decode(part + "==") for part in token.split("."))
    assert json.loads(head)["alg"] == algorithm
    assert json.loads(claims)["sub"] == "A.U"
    r, s = (
        int.from_bytes(half, "big") for half in (signature[: len(signature) // 2], signature[len(signature) // 2 :])
    )
    signed = token.rpartition(".")[0].encode()
    key.public_key().verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(digest))


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"account": "xy.eu-west-1", "region": "eu-west-1"}, "https://xy.eu-west-1.snowflakecomputing.com"),
        ({"account": "xy", "region": "us-west-2"}, "https://xy.snowflakecomputing.com"),
        ({"account": "xy", "region": "cn-north-1"}, "https://xy.cn-north-1.snowflakecomputing.cn"),
        ({"account": "https://x.snowflakecomputing.com"}, "https://x.snowflakecomputing.com"),
        ({"account": "https://X.snowflakecomputing.com/console/login"}, "https://x.snowflakecomputing.com"),
        ({"account": "x.eu-west-1.snowflakecomputing.com/"}, "https://x.eu-west-1.snowflakecomputing.com"),
        ({"account": " x.privatelink "}, "https://x.privatelink.snowflakecomputing.com"),
        ({"host": "https://x.snowflakecomputing.com/"}, "https://x.snowflakecomputing.com"),
        ({"host": "http://127.0.0.1:8000"}, "http://127.0.0.1:8000"),
        ({"host": "::1", "port": "8000", "protocol": "HTTP"}, "http://[::1]:8000"),
        ({"host": "[::1]"}, "https://[::1]"),
    ],
)
def test_addresses_are_understood_as_they_are_pasted(settings: dict[str, object], url: str) -> None:
    assert Profile("x", settings).url == url


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"account": "a b"}, r"account: .*'a b'"),
        ({"account": "ä"}, "account"),
        ({"account": "https://app.snowflake.com/org/acc"}, "account: expected an identifier"),
        ({"account": "a", "region": "eu west"}, "region"),
        ({"account": "a..b"}, "account"),
        ({"host": "a b"}, r"host: .*'a b'"),
        ({"host": "a/b"}, "host"),
        ({"host": "a", "port": "x"}, "port"),
        ({"host": "a", "port": 70000}, "port"),
        ({"host": "ftp://a"}, "protocol"),
    ],
)
def test_what_can_be_no_address_is_said_at_once(settings: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        _ = Profile("x", settings).url


def test_a_key_pair_names_the_account_of_a_pasted_url() -> None:
    settings = {"account": "https://my_org-acc.snowflakecomputing.com", "user": "u", "private_key": KEY}
    pair = Profile("x", settings).auth()
    assert isinstance(pair, KeyPair)
    assert pair.subject == "MY_ORG-ACC.U"


def test_the_default_may_be_named_in_connections_toml(write: Write) -> None:
    write("connections.toml", 'default_connection_name = "dev"\n[dev]\naccount = "x"\n')
    assert Profile.load(None, {}).settings["account"] == "x"
    with pytest.raises(ValueError, match=r"'default_connection_name'.*known: dev\)"):
        Profile.load("default_connection_name", {})


def test_a_connection_may_be_in_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOWFLAKE_CONNECTIONS_X_ACCOUNT", "acc")
    monkeypatch.setenv("SNOWFLAKE_CONNECTIONS_X_TOKEN", "t")
    profile = Profile.load("x", {})
    assert (profile.url, profile.auth()) == ("https://acc.snowflakecomputing.com", Token("t", None))


def test_files_that_are_not_needed_are_not_read(home: Path, write: Write) -> None:
    write("connections.toml", '[default]\ntoken = "of another account"\n', mode=0o644)
    (home / "config.toml").mkdir()
    settings = Profile.load(None, {"account": "a", "token": "t", "authenticator": "oauth"}).settings
    assert settings == {"account": "a", "token": "t", "authenticator": "oauth"}


def test_a_file_is_not_warned_about_for_the_connections_that_it_lacks(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("connections.toml", '[a]\naccount = "x"\n', mode=0o644)
    monkeypatch.setenv("SNOWFLAKE_CONNECTIONS_B_ACCOUNT", "y")
    assert Profile.load("b", {}).settings["account"] == "y"
    monkeypatch.setenv("SF_SKIP_TOKEN_FILE_PERMISSIONS_VERIFICATION", "true")
    assert Profile.load("a", {}).settings["account"] == "x"


def test_a_file_that_is_needed_and_unreadable_is_named(home: Path) -> None:
    (home / "connections.toml").mkdir()
    with pytest.raises(ValueError, match=r"connections\.toml can't be read: Is a directory"):
        Root.connect("a")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_are_read_as_editors_and_shells_write_them(write: Write, encoding: str) -> None:
    write("connections.toml", '[a]\naccount = "x" # é\n'.encode(encoding))
    assert Profile.load("a", {}).settings["account"] == "x"
    token = write("token", "tok\r\n".encode(encoding))
    assert TokenFile(token, None).headers()["Authorization"] == "Bearer tok"


def test_a_file_in_another_encoding_is_named(write: Write) -> None:
    write("connections.toml", '[a]\naccount = "x" # é\n'.encode("latin-1"))
    with pytest.raises(ValueError, match=r"connections\.toml: line 2 is not UTF-8"):
        Profile.load("a", {})


@pytest.mark.parametrize(
    ("written", "meant"),
    [("accountname", "account"), ("private-key", "private_key"), ("warehose", "warehouse"), ("username", "user")],
)
def test_a_setting_that_is_not_known_is_named_with_the_one_that_was_meant(
    write: Write, written: str, meant: str
) -> None:
    write("connections.toml", f'[a]\naccount = "x"\n{written} = "y"\n')
    with pytest.warns(UserWarning, match=f"'{written}' is not known; did you mean '{meant}'"):
        Profile.load("a", {})
    with pytest.raises(TypeError, match=f"'{written}' .* did you mean '{meant}'"):
        Profile.load("a", {written: "y"})


def test_an_error_names_the_settings_that_are_not_known(write: Write) -> None:
    write("connections.toml", '[a]\nlocator = "x"\n')
    with pytest.raises(ValueError, match=r"neither account nor host.*not known: 'locator'"):
        Root.connect("a")


def test_what_the_connector_and_the_command_line_know_is_not_warned_about() -> None:
    from snowflake.connector.connection import DEFAULT_CONFIGURATION

    overrides = dict.fromkeys([*DEFAULT_CONFIGURATION, "mfa_passcode", "oauth_client_id", "session_token"])
    assert Profile.load(None, {**overrides, "account": "a"}).settings == {"account": "a"}


def test_hosts_are_those_of_the_connector() -> None:
    from snowflake.connector.util_text import construct_hostname

    for account in ("xy", "xy.eu-west-1", "xy.cn-north-1", "org-acc", "xy.us-east-2.aws"):
        for region in (None, "us-west-2", "eu-central-1", "cn-north-1"):
            ours = Profile("x", {"account": account, "region": region}).url
            assert ours == f"https://{construct_hostname(region, account)}"


def test_nothing_to_read_says_where_it_was_looked_for(home: Path) -> None:
    with pytest.raises(ValueError, match="neither account nor host is set") as caught:
        Root.connect()
    for place in (
        f"{home}/connections.toml (not there)",
        f"{home}/config.toml (not there)",
        "SNOWFLAKE_CONNECTIONS_DEFAULT_*",
        "SNOWFLAKE_*",
    ):
        assert place in str(caught.value)


def test_an_access_token_may_stand_as_the_password() -> None:
    settings = {"account": "a", "authenticator": "PROGRAMMATIC_ACCESS_TOKEN", "password": "t"}
    assert header(Profile("x", settings)) == ("Bearer t", "PROGRAMMATIC_ACCESS_TOKEN")


def test_tokens_lose_the_white_space_around_them() -> None:
    assert header(Profile("x", {"account": "a", "token": " t\r\n"})) == ("Bearer t", None)
    assert Token("t\n").value == "t"


def test_a_token_file_is_read_when_it_has_changed(write: Write) -> None:
    path = write("token", "old")
    auth = TokenFile(path, "OAUTH")
    path.write_text("newer")
    assert auth.headers()["Authorization"] == "Bearer newer"
    path.write_text("")
    assert auth.headers()["Authorization"] == "Bearer newer"
    path.unlink()
    assert auth.headers()["Authorization"] == "Bearer newer"
    assert not auth.renew()


SECRET = "T0PSECRET"


@pytest.mark.parametrize(
    "settings",
    [
        {"token": f"{SECRET}\nx"},
        {"token": f"{SECRET}\xff"},
        {"password": SECRET},
        {"authenticator": "oauth", "password": SECRET},
        {"authenticator": "PROGRAMMATIC_ACCESS_TOKEN", "password": f"{SECRET}\nx"},
        {"user": "u", "private_key": SECRET},
        {"user": "u", "private_key": f"-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----"},
        {"user": "u", "private_key": pem(b"right").decode(), "private_key_passphrase": SECRET},
        {"user": "u", "authenticator": "snowflake_jwt", "private_key_passphrase": SECRET},
        {"authenticator": "workload_identity", "token": SECRET},
    ],
)
def test_no_error_shows_a_secret(settings: Mapping[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with pytest.raises(ValueError) as caught:
        Root.connect(account="a", **settings)
    error: BaseException | None = caught.value
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text
    while error is not None:
        shown += repr(error) + repr(vars(error))
        error = error.__context__
    assert SECRET not in shown
    assert pem(b"right").decode()[60:90] not in shown


def test_no_error_of_a_file_shows_what_is_in_it(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    token = write("token", SECRET.encode() + b"\xff")
    key = write("key", SECRET)
    write("connections.toml", f'[a]\ntoken = "{SECRET}')
    problems: list[dict[str, Any]] = [
        {"connection_name": "a"},
        {"account": "a", "token_file_path": str(token)},
        {"account": "a", "user": "u", "private_key_file": str(key)},
    ]
    for settings in problems:
        with pytest.raises(ValueError) as caught:
            Root.connect(**settings)
        assert SECRET not in "".join(traceback.format_exception(caught.value))
    monkeypatch.setenv("SNOWFLAKE_CONNECTIONS", f'[a]\ntoken = "{SECRET}')
    with pytest.raises(ValueError, match="SNOWFLAKE_CONNECTIONS: ") as caught:
        Root.connect("a")
    assert SECRET not in "".join(traceback.format_exception(caught.value))


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


def test_a_connector_that_cannot_renew_leaves_the_answer_to_speak() -> None:
    class Broken(Connector):
        def _renew_session(self) -> None:
            raise RuntimeError(f"no session {SECRET}")

    assert not SessionToken(Broken()).renew()
