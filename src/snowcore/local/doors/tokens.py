"""Tokens that users sign with their keys (JWT, RFC 7519), as drivers and REST clients send them.

See https://docs.snowflake.com/en/developer-guide/sql-api/authenticating.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

import orjson

from ...engine.errors import AccountError
from ..account.catalog import Entry
from ..objects.passwords import fingerprint

_LONGEST = 10_000
_CLOCKS_DIFFER = 60.0
"""Seconds that the clock of who signs may be before or behind ours."""


def key_holder(token: str, named: Callable[[str], Entry | None], now: float) -> tuple[Entry, str] | None:
    """The user whose key has signed a token, and who is named in it, with the key; None if there is no such.

    named: finds a user by the login name. now: seconds since 1970.
    """
    try:
        if len(token) > _LONGEST:
            return None
        head, body, signature = token.split(".")
        said, claims = orjson.loads(_decoded(head)), orjson.loads(_decoded(body))
        *_, login, print_ = str(claims["iss"]).split(".")
        if said["alg"] != "RS256" or str(claims["sub"]).split(".")[-1] != login:
            return None
        if not now < float(claims["exp"]) + _CLOCKS_DIFFER or float(claims.get("iat", now)) > now + _CLOCKS_DIFFER:
            return None
        user = named(login)
        keys = [user.properties.get(name) for name in ("rsa_public_key", "rsa_public_key_2")] if user else []
        key = next((one for one in keys if one and fingerprint(one) == print_), None)
        if user is None or key is None:
            return None
        return (user, key) if _is_signed(key, f"{head}.{body}".encode(), _decoded(signature)) else None
    except (ValueError, KeyError, TypeError, binascii.Error):  # it is no such token
        return None


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _is_signed(key: str, text: bytes, signature: bytes) -> bool:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import padding
    except ImportError:
        text_ = "Logins with a key need the extra `keys` where the account is: pip install 'snowcore[keys]'."
        raise AccountError(501, "390144", "08001", text_) from None
    public: Any = serialization.load_der_public_key(base64.b64decode(key))
    try:
        public.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, AttributeError):
        return False
    return True
