"""Passwords and keys of users. A password is kept as its scrypt hash alone (RFC 7914), salted, and never shown."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from datetime import datetime

from ...engine.errors import invalid

_COST = {"n": 2**14, "r": 8, "p": 1}
"""16 MB and some hundredths of a second for each try."""


def hashed(password: str) -> str:
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_hash(password, salt).hex()}"


NOBODYS = f"scrypt${'0' * 32}${'0' * 128}"
"""A hash that no password has."""


def is_right(password: str, kept: str) -> bool:
    """Whether a password is the one whose hash is kept."""
    _, salt, hash_ = kept.split("$")
    return hmac.compare_digest(_hash(password, bytes.fromhex(salt)), bytes.fromhex(hash_))


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(errors="replace"), salt=salt, maxmem=64 << 20, **_COST)


def public_key(text: str) -> str:
    """A public key as base64 of its DER form, of PEM with or without its first and last line."""
    lines = [line.strip() for line in text.strip().splitlines() if not line.startswith("-----")]
    key = "".join(lines).replace(" ", "")
    try:
        der = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        der = b""
    if len(der) < 64 or der[0] != 0x30:  # a SEQUENCE, as SubjectPublicKeyInfo is
        raise invalid("New public key rejected by current policy. Reason: 'Invalid public key'", "390422", "22023")
    return key


SECRETS = ("password_hash", "rsa_public_key", "rsa_public_key_2")
"""The properties of a user by which one logs in."""
WRONG_IN_A_ROW = 5
MINUTES_LOCKED = 15
"""For how long a user is locked who was wrong about the password so often."""


def has_passed(moment: str | None, now: datetime) -> bool | None:
    """Whether a time of a user's state has passed; None if there is none."""
    return None if moment is None else datetime.fromisoformat(moment) <= now


def fingerprint(key: str) -> str:
    """As JWTs name a key: SHA-256 of its DER form."""
    return f"SHA256:{base64.b64encode(hashlib.sha256(base64.b64decode(key)).digest()).decode()}"
