"""Connection profiles: what the connector's files and the environment say, read without the connector.

Files are looked for in SNOWFLAKE_HOME (default `~/.snowflake`) if that folder exists, else in the system's place for
configuration. `connections.toml` outranks the `[connections]` of `config.toml`. See
https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-connect#connecting-using-the-connections-toml-file.
"""

from __future__ import annotations

import difflib
import os
import re
import sys
import tomllib
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import attrs

from ._auth import Auth, KeyPair, Token, TokenFile
from ._secret_files import read_text, warn_if_open
from ._transport import Concealed

_SPELLINGS = {"private_key_path": "private_key_file", "private_key_passphrase": "private_key_file_pwd"}
_SETTINGS = (
    *("account", "user", "password", "host", "port", "protocol", "region"),
    *("authenticator", "token", "token_file_path", "workload_identity_provider"),
    *("private_key", "private_key_path", "private_key_file", "private_key_raw"),
    *("private_key_passphrase", "private_key_file_pwd"),
    *("role", "warehouse", "database", "schema"),
)
# Settings of the connector and the CLI that mean nothing here but resemble some that do.
_OF_OTHERS = re.compile(
    r"(client|oauth|ocsp|crl|proxy|session|master|workload_identity|disable|enable)_\w+|\w*passcode\w*"
)
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+(%\w+)?\]", re.IGNORECASE)
_DOMAIN = re.compile(r"\.snowflakecomputing\.(com|cn)\.?$", re.IGNORECASE)


@attrs.frozen
class Profile:
    """One connection, as its settings describe it.

    sources: which files and variables the settings were looked for in, for messages.
    """

    name: str
    settings: Mapping[str, Any] = attrs.field(repr=False)
    sources: str = ""

    @classmethod
    def load(cls, name: str | None, overrides: Mapping[str, Any]) -> Profile:
        """The profile of this name, or the default one, with what the environment and the caller say on top.

        The default is SNOWFLAKE_DEFAULT_CONNECTION_NAME, then `default_connection_name` of config.toml or
        connections.toml, then `default`. Who names an account or a host and no profile wants none: no file is read.
        Stronger first: overrides, SNOWFLAKE_CONNECTIONS_<NAME>_*, the file, and for what it leaves open SNOWFLAKE_*.
        TypeError for an override that is no setting, ValueError for a profile that is not there or can't be read.
        """
        for key in overrides:
            if key not in _SETTINGS and (meant := _find_similar(key)):
                raise TypeError(f"{key!r} is no setting of a connection; did you mean {meant!r}?")
        inline = not name and bool(overrides.get("account") or overrides.get("host"))
        chosen, found, sources = (None, None, "what was given") if inline else _find(name)
        title = chosen or "default"
        prefix = f"SNOWFLAKE_CONNECTIONS_{title.upper()}_"
        own = Concealed(
            {} if inline else {k.removeprefix(prefix).lower(): v for k, v in os.environ.items() if k.startswith(prefix)}
        )
        if found is None and chosen is not None and not own:
            raise ValueError(f"connection_name: there is no connection {chosen!r}. Looked at {sources} and {prefix}*")
        for key in found or {}:
            if key not in _SETTINGS and (meant := _find_similar(key)):
                said = f"connection {title!r}: the setting {key!r} is not known; did you mean {meant!r}?"
                warnings.warn(said, UserWarning, stacklevel=3)
        environment = {k: os.environ[v] for k in _SETTINGS if (v := f"SNOWFLAKE_{k.upper()}") in os.environ}
        settings = Concealed[Any]()
        for source in (environment, found or {}, own, overrides):
            settings |= {_SPELLINGS.get(k, k): v for k, v in source.items() if v is not None}
        return cls(title, settings, f"{sources}, the variables {'' if inline else f'{prefix}* and '}SNOWFLAKE_*")

    @property
    def account(self) -> str:
        """The account's identifier alone, also where a whole URL was pasted for it; empty if it is not set."""
        written = str(self.settings.get("account") or "").strip()
        account = _DOMAIN.sub(
            "", written.partition("://")[2].partition("/")[0] if "://" in written else written.rstrip("/")
        )
        if account and (not _HOST.fullmatch(account) or account.lower().startswith(("app.", "["))):
            raise self._make_error("account", written, "an identifier such as myorg-myaccount")
        return account

    @property
    def url(self) -> str:
        """Where the account is. ValueError for what can't be a host, a port or a protocol."""
        get = self.settings.get
        for key in ("account", "host", "port", "protocol", "region"):
            if "@" in str(get(key)):
                raise ValueError(f"{self}: {key}: credentials don't belong into an address, which logs and reprs show")
        protocol, _, rest = str(get("host") or "").strip().rpartition("://")
        host, _, port = rest.rstrip("/").partition(":") if rest.count(":") == 1 else (rest.rstrip("/"), "", "")
        if host.count(":") > 1 and not host.startswith("["):
            host = f"[{host}]"  # an IPv6 address
        if not host:
            host = self._make_host()
        elif not _HOST.fullmatch(host):
            raise self._make_error("host", get("host"), "the name of a host")
        protocol = str(get("protocol") or protocol or "https").lower()
        if protocol not in ("http", "https"):
            raise self._make_error("protocol", protocol, "https or http")
        port = str(get("port") or port).strip()
        if port and not (port.isdecimal() and 0 < int(port) < 65536):
            raise self._make_error("port", port, "a number from 1 to 65535")
        return f"{protocol}://{host}" + (f":{port}" if port else "")

    def _make_host(self) -> str:
        account = self.account.lower().replace("_", "-")
        if not account:
            raise ValueError(f"{self}: neither account nor host is set{self._explain_search()}")
        region = str(self.settings.get("region") or "").strip().lower()
        if region and region != "us-west-2":  # which goes without saying
            account = f"{account.partition('.')[0]}.{region}"
            if not _HOST.fullmatch(account):
                raise self._make_error("region", region, "a region such as eu-central-1")
        return f"{account}.snowflakecomputing.{'cn' if '.cn-' in account else 'com'}"

    def _make_error(self, key: str, value: object, expected: str) -> ValueError:
        return ValueError(f"{self}: {key}: expected {expected}, not {value!r}")

    def _explain_search(self) -> str:
        """Where settings were looked for, and which of them have no meaning."""
        unknown = sorted(repr(key) for key in self.settings if key not in _SETTINGS and not _OF_OTHERS.fullmatch(key))
        looked = f". Looked at {self.sources}" if self.sources else ""
        return looked + (f"; not known: {', '.join(unknown)}" if unknown else "")

    def __str__(self) -> str:
        return f"connection {self.name!r}"

    @property
    def context(self) -> Mapping[str, str]:
        """The role and the warehouse that requests ask for."""
        return {key: str(self.settings[key]) for key in ("role", "warehouse") if self.settings.get(key)}

    def auth(self) -> Auth:
        """The credentials. ValueError for what can't be done without the connector, such as a password."""
        get = self.settings.get
        kind = str(get("authenticator") or "").strip().upper()
        has_token = bool(get("token") or get("token_file_path"))
        if kind in ("", "SNOWFLAKE") and not has_token and (get("private_key_file") or self._raw_key):
            kind = "SNOWFLAKE_JWT"
        if kind == "SNOWFLAKE_JWT":
            return self._make_key_pair()
        kinds = {"OAUTH": "OAUTH", "PROGRAMMATIC_ACCESS_TOKEN": "PROGRAMMATIC_ACCESS_TOKEN", "": None}
        if kind == "WORKLOAD_IDENTITY":
            provider = str(get("workload_identity_provider") or "").upper()
            if not provider:
                raise ValueError(f"{self}: workload_identity_provider is not set{self._explain_search()}")
            return self._make_token(None, prefix=f"WIF.{provider}.")
        if kind in kinds and (kind or has_token):
            return self._make_token(kinds[kind])
        given = "a password" if get("password") else kind or "nothing"
        raise ValueError(
            f"{self}: {given} as credentials needs the connector: "
            "Root(snowflake.connector.connect(...)). Without it: a programmatic access token, a key pair, an OAuth "
            f"token or a workload identity token{self._explain_search()}"
        )

    def _make_token(self, kind: str | None, prefix: str = "") -> Auth:
        get = self.settings.get
        if file := get("token_file_path"):
            warn_if_open(Path(str(file)).expanduser())
            try:
                return TokenFile(str(file), kind, prefix=prefix)
            except (OSError, ValueError) as error:
                raise ValueError(f"{self}: token_file_path: {error}") from None
        # The connector takes an access token as a password too.
        name = "password" if kind == "PROGRAMMATIC_ACCESS_TOKEN" and not get("token") else "token"
        if not get(name):
            raise ValueError(f"{self}: neither token nor token_file_path is set{self._explain_search()}")
        try:
            return Token(prefix + str(get(name)).strip(), kind)
        except ValueError as error:
            raise ValueError(f"{self}: {error}") from None

    @property
    def _raw_key(self) -> Any:
        return self.settings.get("private_key_raw") or self.settings.get("private_key")

    def _make_key_pair(self) -> KeyPair:
        get = self.settings.get
        missing = [key for key in ("account", "user") if not get(key)]
        if missing:
            raise ValueError(f"{self}: {' and '.join(missing)} must be set for a key pair{self._explain_search()}")
        try:  # neither key nor passphrase is in a variable here, which may be shown with the error
            return KeyPair(self.account, str(get("user")), self._raw_key or self._read_key(), self._passphrase)
        except ValueError as error:
            raise ValueError(f"{self}: {error}") from None

    def _read_key(self) -> bytes:
        file = self.settings.get("private_key_file")
        if not file:
            raise ValueError(f"no private key is set{self._explain_search()}")
        path = Path(str(file)).expanduser()
        warn_if_open(path)
        try:
            return path.read_bytes()
        except OSError as error:
            raise ValueError(f"private_key_file: {path} can't be read: {error.strerror}") from None

    @property
    def _passphrase(self) -> bytes | None:
        given = self.settings.get("private_key_file_pwd") or os.environ.get("PRIVATE_KEY_PASSPHRASE")
        return given.encode() if isinstance(given, str) else cast("bytes | None", given)


def _find_files() -> tuple[Path, Path]:
    folder = _find_folder()
    return folder / "connections.toml", folder / "config.toml"


def _find_folder() -> Path:
    home = Path(os.environ.get("SNOWFLAKE_HOME", "~/.snowflake")).expanduser()
    if home.exists():
        return home
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/snowflake").expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local")).expanduser() / "snowflake"
    return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "snowflake"


def _find(name: str | None) -> tuple[str | None, dict[str, Any] | None, str]:
    """The name of the connection that is meant, its settings, and a text of where they were looked for.

    None for the name if nothing says which is meant, None for the settings if there are none. A file is read only if
    what it says can count.
    """
    connections, place = read_connections()
    own, config = _find_files()
    chosen = name or os.environ.get("SNOWFLAKE_DEFAULT_CONNECTION_NAME")
    chosen = chosen or _read_file(config).get("default_connection_name") or connections.get("default_connection_name")
    tables = {key: cast("dict[str, Any]", value) for key, value in connections.items() if isinstance(value, dict)}
    found = Concealed(tables[chosen or "default"]) if (chosen or "default") in tables else None
    if found is not None and place is not None:
        warn_if_open(place)
    return chosen, found, _describe(place, (own, config), tables)


def read_connections() -> tuple[dict[str, Any], Path | None]:
    """The connections that there are, among settings of other kinds, and the file that they are from, if it is one."""
    own, config = _find_files()
    if written := os.environ.get("SNOWFLAKE_CONNECTIONS"):
        return _parse(written, "SNOWFLAKE_CONNECTIONS"), None
    if connections := _read_file(own):
        return connections, own
    return _read_file(config).get("connections", {}), config


def _describe(place: Path | None, files: Iterable[Path], known: Iterable[str]) -> str:
    there = f" (known: {', '.join(sorted(known)) or 'none'})"
    if place is None:
        return f"SNOWFLAKE_CONNECTIONS{there}"
    return ", ".join(f"{file}{(there if file == place else '') if file.exists() else ' (not there)'}" for file in files)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return _parse(read_text(path), str(path))
    except FileNotFoundError:
        return {}


def _parse(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = f"{source}: {error}"
    del text  # no variable that is shown with an error holds a secret
    raise ValueError(said)  # outside of the handler: the parser's error holds the whole text


def _find_similar(key: str) -> str | None:
    """The setting that someone may have meant who wrote another."""
    if _OF_OTHERS.fullmatch(key):
        return None
    near = difflib.get_close_matches(key.lower().replace("-", "_"), _SETTINGS, n=1, cutoff=0.66)
    return near[0] if near else None
