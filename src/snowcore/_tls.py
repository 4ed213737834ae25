"""Which certificates are trusted, which is shown, and what SNOWFLAKE_MIN_TLS_VERSION and SNOWFLAKE_TLS_CIPHERS ask."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import Any

from ._transport import TransportError
from .exceptions import InvalidArgumentsError

ClientCert = str | tuple[str, str] | tuple[str, str, str]
_MINIMUM, _CIPHERS = "SNOWFLAKE_MIN_TLS_VERSION", "SNOWFLAKE_TLS_CIPHERS"
_BUNDLES = ("SSL_CERT_FILE", "ssl_cert_file", "REQUESTS_CA_BUNDLE")
_VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}


def check_tls_settings() -> None:
    """InvalidArgumentsError for a setting of the environment that can't be heeded."""
    if _MINIMUM in os.environ or _CIPHERS in os.environ:
        _restrict(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


def make_context(client_cert: ClientCert | None, *, restricted: bool = True) -> ssl.SSLContext:
    """What trusts the authorities of SSL_CERT_FILE or else REQUESTS_CA_BUNDLE, and with either those in SSL_CERT_DIR;
    without one the system's and, where installed, certifi's.

    client_cert: what to show who asks, see `RootConfiguration`. restricted: whether what the environment asks of TLS
    holds, which is for the account and not for a proxy. TransportError names the file that can't be read.
    """
    name = next((name for name in _BUNDLES if os.environ.get(name)), None)
    bundle, folder = (os.environ[name], os.environ.get("SSL_CERT_DIR")) if name else (None, None)
    try:
        if bundle is not None and Path(bundle).is_dir():
            bundle, folder = None, bundle
        context = ssl.create_default_context(cafile=bundle, capath=folder)
    except (OSError, ValueError) as error:
        raise _unreadable(f"{name}: {bundle}", error) from None
    if not name:
        _trust_certifi(context)
    if restricted:
        _restrict(context)
    if client_cert is not None:
        files: Any = (client_cert,) if isinstance(client_cert, str) else client_cert
        try:
            # a password is always given: without one, OpenSSL would ask for it on the terminal
            context.load_cert_chain(files[0], files[1] if len(files) > 1 else None, files[2] if len(files) > 2 else "")
        except (OSError, ValueError) as error:
            raise _unreadable(f"client_cert: {' and '.join(map(str, files[:2]))}", error) from None
    return context


def _trust_certifi(context: ssl.SSLContext) -> None:
    try:
        import certifi
    except ImportError:
        return
    context.load_verify_locations(certifi.where())


def _restrict(context: ssl.SSLContext) -> None:
    if (asked := os.environ.get(_MINIMUM)) is not None:
        version = _VERSIONS.get(asked.strip().lower().removeprefix("tlsv"))
        if version is None:
            raise InvalidArgumentsError(f"{_MINIMUM}: expected 1.2, 1.3, TLSv1.2 or TLSv1.3, not {asked!r}")
        context.minimum_version = version
    if (asked := os.environ.get(_CIPHERS)) is None:
        return
    names = [name for part in asked.split(":") if (name := part.strip())]
    if not names:
        raise InvalidArgumentsError(f"{_CIPHERS}: expected names of ciphers with colons between them, not {asked!r}")
    of_tls_1_3 = [name for name in names if name.startswith("TLS_")]
    others = [name for name in names if not name.startswith("TLS_")]
    choose: Any = getattr(context, "set_ciphersuites", None)
    if of_tls_1_3 and choose is None:
        raise InvalidArgumentsError(f"{_CIPHERS}: {of_tls_1_3[0]} is of TLS 1.3, which takes Python 3.15 to choose")
    try:
        if of_tls_1_3:
            choose(":".join(of_tls_1_3))
        if others:
            context.set_ciphers(":".join(others))
    except ssl.SSLError:
        raise InvalidArgumentsError(f"{_CIPHERS}: OpenSSL knows no cipher of {asked!r}") from None


def _unreadable(what: str, error: Exception) -> TransportError:
    why = error.strerror if isinstance(error, OSError) and not isinstance(error, ssl.SSLError) else None
    return TransportError(
        f"{what} can't be read: {why or 'it is no PEM, or not what belongs there'}", sent=False, final=True
    )
