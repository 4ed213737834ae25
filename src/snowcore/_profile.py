"""Connection profiles: what the connector's files and the environment say, read without the connector.

Files are looked for in SNOWFLAKE_HOME (default `~/.snowflake`) if that folder exists, else in the system's place for
configuration. `connections.toml` outranks the `[connections]` of `config.toml`. See
https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-connect#connecting-using-the-connections-toml-file.
"""

from __future__ import annotations

import os
import stat
import sys
import tomllib
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import attrs

from ._auth import Auth, KeyPair, Token, TokenFile

_SPELLINGS = {"private_key_path": "private_key_file", "private_key_passphrase": "private_key_file_pwd"}
_PLAIN_VARIABLES = (
    "account",
    "user",
    "host",
    "port",
    "protocol",
    "region",
    "authenticator",
    "token",
    "token_file_path",
    "private_key_path",
    "private_key_file",
    "private_key_raw",
    "private_key_passphrase",
    "private_key_file_pwd",
    "workload_identity_provider",
    "role",
    "warehouse",
    "database",
    "schema",
)


@attrs.frozen
class Profile:
    """One connection, as its settings describe it."""

    name: str
    settings: Mapping[str, Any] = attrs.field(repr=False)

    @classmethod
    def load(cls, name: str | None, overrides: Mapping[str, Any]) -> Profile:
        """The profile of this name, or the default one, with what the environment and the caller say on top.

        The default is SNOWFLAKE_DEFAULT_CONNECTION_NAME, then `default_connection_name` of config.toml, then `default`.
        Stronger first: overrides, SNOWFLAKE_CONNECTIONS_<NAME>_*, the file, and for what it leaves open SNOWFLAKE_*.
        """
        config, connections = _files()
        chosen = name or os.environ.get("SNOWFLAKE_DEFAULT_CONNECTION_NAME") or config.get("default_connection_name")
        found = connections.get(chosen or "default")
        if found is None and chosen is not None:
            known = ", ".join(sorted(connections)) or "none"
            raise ValueError(f"connection_name: there is no connection {chosen!r} in {_folder()} (known: {known})")
        title = str(chosen or "default")
        environment = {k: os.environ[v] for k in _PLAIN_VARIABLES if (v := f"SNOWFLAKE_{k.upper()}") in os.environ}
        prefix = f"SNOWFLAKE_CONNECTIONS_{title.upper()}_"
        own = {k.removeprefix(prefix).lower(): v for k, v in os.environ.items() if k.startswith(prefix)}
        settings: dict[str, Any] = {}
        for source in (environment, found or {}, own, overrides):
            settings |= {_SPELLINGS.get(k, k): v for k, v in source.items() if v is not None}
        return cls(title, settings)

    @property
    def url(self) -> str:
        """Where the account is."""
        get = self.settings.get
        account = str(get("account") or "")
        host = get("host")
        if not host:
            if not account:
                raise ValueError(f"connection {self.name!r}: neither account nor host is set")
            region = get("region")
            label = account.lower().replace("_", "-") + (f".{region}" if region else "")
            domain = "snowflakecomputing.cn" if ".cn-" in label else "snowflakecomputing.com"
            host = f"{label}.{domain}"
        protocol = get("protocol") or "https"
        port = get("port")
        return f"{protocol}://{host}" + (f":{port}" if port else "")

    @property
    def context(self) -> Mapping[str, str]:
        """The role and the warehouse that requests ask for."""
        return {key: str(self.settings[key]) for key in ("role", "warehouse") if self.settings.get(key)}

    def auth(self) -> Auth:
        """The credentials. ValueError for what can't be done without the connector, such as a password."""
        get = self.settings.get
        kind = str(get("authenticator") or "").upper()
        token, token_file = get("token"), get("token_file_path")
        if kind in ("", "SNOWFLAKE") and not (token or token_file) and (get("private_key_file") or self._raw_key):
            kind = "SNOWFLAKE_JWT"
        if kind == "SNOWFLAKE_JWT":
            return self._key_pair()
        kinds = {"OAUTH": "OAUTH", "PROGRAMMATIC_ACCESS_TOKEN": "PROGRAMMATIC_ACCESS_TOKEN", "": None}
        if kind == "WORKLOAD_IDENTITY":
            provider = str(get("workload_identity_provider") or "").upper()
            if not provider:
                raise ValueError(f"connection {self.name!r}: workload_identity_provider is not set")
            return self._token(None, prefix=f"WIF.{provider}.")
        if kind in kinds and (token or token_file):
            return self._token(kinds[kind])
        if kind in kinds and kind:
            raise ValueError(f"connection {self.name!r}: neither token nor token_file_path is set")
        given = "a password" if get("password") else kind or "nothing"
        raise ValueError(
            f"connection {self.name!r}: {given} as credentials needs the connector: "
            "Root(snowflake.connector.connect(...)). Without it: a programmatic access token, a key pair, an OAuth "
            "token or a workload identity token"
        )

    def _token(self, kind: str | None, prefix: str = "") -> Auth:
        if file := self.settings.get("token_file_path"):
            _warn_if_open(Path(str(file)).expanduser())
            return TokenFile(str(file), kind, prefix=prefix)
        if not (token := self.settings.get("token")):
            raise ValueError(f"connection {self.name!r}: neither token nor token_file_path is set")
        return Token(prefix + str(token), kind)

    @property
    def _raw_key(self) -> bytes | None:
        raw = self.settings.get("private_key_raw") or self.settings.get("private_key")
        return raw.encode() if isinstance(raw, str) else cast("bytes | None", raw)

    def _key_pair(self) -> KeyPair:
        missing = [key for key in ("account", "user") if not self.settings.get(key)]
        if missing:
            raise ValueError(f"connection {self.name!r}: {' and '.join(missing)} must be set for a key pair")
        key = self._raw_key
        if key is None:
            file = self.settings.get("private_key_file")
            if not file:
                raise ValueError(f"connection {self.name!r}: no private key is set")
            path = Path(str(file)).expanduser()
            _warn_if_open(path)
            key = path.read_bytes()
        passphrase = self.settings.get("private_key_file_pwd")
        secret = passphrase.encode() if isinstance(passphrase, str) else cast("bytes | None", passphrase)
        return KeyPair(str(self.settings["account"]), str(self.settings["user"]), key, secret)


def _folder() -> Path:
    home = Path(os.environ.get("SNOWFLAKE_HOME", "~/.snowflake")).expanduser()
    if home.exists():
        return home
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/snowflake").expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local")).expanduser() / "snowflake"
    return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "snowflake"


def _files() -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What config.toml says, and all connections."""
    config = _read(_folder() / "config.toml")
    connections: dict[str, dict[str, Any]] = _read(_folder() / "connections.toml") or config.get("connections", {})
    if written := os.environ.get("SNOWFLAKE_CONNECTIONS"):
        connections = tomllib.loads(written)
    return config, connections


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    _warn_if_open(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from None


def _warn_if_open(path: Path) -> None:
    """Others must not be able to read a file that may hold secrets."""
    if sys.platform == "win32":
        return
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        warnings.warn(f"{path} can be read by other users; chmod 0600 would keep it private", UserWarning, stacklevel=2)
