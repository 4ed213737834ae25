"""ENCRYPT and DECRYPT: AES by a passphrase, or by a key and an initialization vector. Needs the extra `keys`.

Nothing here says in an error what was given to it: neither keys nor what they hide.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from ..errors import EngineError, compilation, need_extra, unsupported
from ..types import BINARY, VARIANT
from . import variants
from .core import Call, Value, function, quote
from .runtime import python

_METHODS = {"AES-GCM": 12, "AES-CBC": 16, "AES-CBC/PAD:PKCS": 16}
"""How many bytes the initialization vector of a method has."""
_TAG = 16
"""Bytes of what GCM tells changes by."""
_SALT = os.urandom(16)
"""What this process makes keys of passphrases with; it stands at the beginning of what is encrypted."""


@functools.lru_cache(64)
def _key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, 100_000)


def _failed() -> EngineError:
    return EngineError("100311", "22023", "Decryption failed. Check encrypted data, key, AAD, or AEAD tag.")


def _encrypted(value: bytes, key: bytes, iv: bytes, aad: bytes | None, method: str) -> tuple[bytes, bytes | None]:
    """What is encrypted, and its tag."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if method == "AES-GCM":
        made = AESGCM(key).encrypt(iv, value, aad)
        return made[:-_TAG], made[-_TAG:]
    padding, cipher = _cbc(key, iv)
    padder, encryptor = padding.padder(), cipher.encryptor()
    return encryptor.update(padder.update(value) + padder.finalize()) + encryptor.finalize(), None


def _decrypted(value: bytes, key: bytes, iv: bytes, aad: bytes | None, method: str, tag: bytes | None) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        if method == "AES-GCM":
            return AESGCM(key).decrypt(iv, value + (tag or b""), aad)
        padding, cipher = _cbc(key, iv)
        unpadder, decryptor = padding.unpadder(), cipher.decryptor()
        plain = decryptor.update(value) + decryptor.finalize()
        return unpadder.update(plain) + unpadder.finalize()
    except (InvalidTag, ValueError):
        raise _failed() from None


def _cbc(key: bytes, iv: bytes) -> tuple[Any, Any]:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.padding import PKCS7

    return PKCS7(128), Cipher(algorithms.AES(key), modes.CBC(iv))


@python("BLOB VARCHAR BLOB VARCHAR", "BLOB", nulls=True, varies=True)
def _encrypt(value: bytes | None, passphrase: str | None, aad: bytes | None, method: str) -> bytes | None:
    if value is None or passphrase is None:
        return None
    iv = os.urandom(_METHODS[method])
    made, tag = _encrypted(value, _key(passphrase, _SALT), iv, aad, method)
    return _SALT + iv + (tag or b"") + made


@python("BLOB VARCHAR BLOB VARCHAR BOOLEAN", "BLOB", nulls=True)
def _decrypt(
    value: bytes | None, passphrase: str | None, aad: bytes | None, method: str, attempt: bool
) -> bytes | None:
    if value is None or passphrase is None:
        return None
    begins, ends = len(_SALT), len(_SALT) + _METHODS[method]
    tagged = ends + (_TAG if method == "AES-GCM" else 0)
    key = _key(passphrase, value[:begins])
    parts = value[tagged:], key, value[begins:ends], aad, method, value[ends:tagged]
    return _attempted(attempt, lambda: _decrypted(*parts))


@python("BLOB BLOB BLOB BLOB VARCHAR", "VARCHAR", nulls=True, varies=True)
def _encrypt_raw(
    value: bytes | None, key: bytes | None, iv: bytes | None, aad: bytes | None, method: str
) -> str | None:
    if value is None or key is None:
        return None
    iv = os.urandom(_METHODS[method]) if iv is None else iv
    _check(key, iv, method)
    made, tag = _encrypted(value, key, iv, aad, method)
    parts = {"ciphertext": made, "iv": iv, **({} if tag is None else {"tag": tag})}
    return variants.dump({name: f"\x01B{part.hex().upper()}" for name, part in parts.items()})


@python("BLOB BLOB BLOB BLOB VARCHAR BLOB BOOLEAN", "BLOB", nulls=True)
def _decrypt_raw(
    value: bytes | None,
    key: bytes | None,
    iv: bytes | None,
    aad: bytes | None,
    method: str,
    tag: bytes | None,
    attempt: bool,
) -> bytes | None:
    if value is None or key is None or iv is None:
        return None

    def decrypted() -> bytes:
        _check(key, iv, method)
        return _decrypted(value, key, iv, aad, method, tag)

    return _attempted(attempt, decrypted)


def _attempted(attempt: bool, decrypt: Callable[[], bytes]) -> bytes | None:
    """What is decrypted; NULL if it can't be and this is a TRY_. (DuckDB's TRY takes no function that varies.)"""
    try:
        return decrypt()
    except EngineError:
        if attempt:
            return None
        raise


def _check(key: bytes, iv: bytes, method: str) -> None:
    if len(key) not in (16, 24, 32):
        raise EngineError("100183", "22023", "A key of AES has 16, 24 or 32 bytes.")
    if len(iv) != _METHODS[method]:
        raise EngineError("100183", "22023", f"The initialization vector of {method} has {_METHODS[method]} bytes.")


def _bytes(c: Call, index: int, texts: bool = True) -> str:
    """SQL of an argument as bytes; NULL if it wasn't given. texts: it may be a text, which is bytes of UTF-8."""
    value = c.get(index)
    if value is None or value.is_null:
        return "CAST(NULL AS BLOB)"
    if value.type.name == "BINARY":
        return value.sql
    if value.type.is_text and texts:
        return f"encode({value.sql})"
    raise compilation("001044", f"Argument {index + 1} of {c.name} can't be {value.type}.", "42P13")


def _method(c: Call, index: int) -> str:
    """The method that an argument names. EngineError 000002 without the package, and for methods that aren't done."""
    if find_spec("cryptography") is None:
        raise need_extra(c.name, "keys")
    method = (c.constant(index, "AES-GCM") or "").upper().replace(" ", "")
    if method not in _METHODS:
        raise unsupported(f"{c.name} by other methods than {', '.join(_METHODS)}")
    return quote(method)


@function("ENCRYPT", "DECRYPT", "TRY_DECRYPT", args=(2, 4))
def _by_passphrase(c: Call) -> Value:
    if not (c[1].type.is_text or c[1].is_null):
        raise compilation("001044", f"The passphrase of {c.name} must be a text.", "42P13")
    parts = [_bytes(c, 0, c.name == "ENCRYPT"), c[1].sql, _bytes(c, 2), _method(c, 3)]
    if c.name == "ENCRYPT":
        return Value(f"sf_encrypt({', '.join(parts)})", BINARY)
    return Value(f"sf_decrypt({', '.join(parts)}, {c.name.startswith('TRY_')})", BINARY)


@function("DECRYPT_RAW", "TRY_DECRYPT_RAW", args=(3, 6))
def _decrypt_by_key(c: Call) -> Value:
    parts = [*(_bytes(c, i, False) for i in range(4)), _method(c, 4), _bytes(c, 5, False)]
    return Value(f"sf_decrypt_raw({', '.join(parts)}, {c.name.startswith('TRY_')})", BINARY)


@function("ENCRYPT_RAW", args=(3, 5))
def _encrypt_by_key(c: Call) -> Value:
    parts = [*(_bytes(c, i, False) for i in range(4)), _method(c, 4)]
    return Value(f"sf_encrypt_raw({', '.join(parts)})", VARIANT)
