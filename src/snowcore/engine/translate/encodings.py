"""BINARY and its texts: hex, base64, digests, compression."""

from __future__ import annotations

import base64
import binascii
import bz2
import hashlib
import re
import zlib
from collections.abc import Callable

from ..errors import EngineError, compilation, unsupported
from ..types import BINARY, VARCHAR, number, varchar
from .casts import as_binary, as_text, constant_integer, integer
from .core import Call, Translator, Value, function, quote
from .runtime import python


def _bytes(t: Translator, value: Value) -> str:
    """SQL of the bytes of a BINARY, or of a text in UTF-8."""
    return value.sql if value.type.name == "BINARY" else f"encode({as_text(t, value)})"


def _attempted(name: str, takes: tuple[int, int], make: Callable[[Call], Value]) -> None:
    """Register a function, and its TRY_ form, which gives NULL where it fails."""
    function(name, args=takes)(make)

    @function(f"TRY_{name}", args=takes)
    def attempt(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        made = make(c)
        return Value(f"TRY({made.sql})", made.type)


# -- hex and base64 --------------------------------------------------------------------------------


@function("HEX_ENCODE", args=(1, 2))
def _hex_encode(c: Call) -> Value:
    shown = f"hex({_bytes(c.t, c[0])})"
    return Value(shown if len(c) < 2 or c.constant(1) != "0" else f"lower({shown})", VARCHAR)


@python("VARCHAR", "BLOB")
def _from_hex(value: str) -> bytes:
    try:
        return binascii.unhexlify(value)
    except (binascii.Error, ValueError):
        raise EngineError(
            "100115", "22000", f"The following string is not a legal hex-encoded value: '{value}'"
        ) from None


@python("BLOB", "VARCHAR")
def _utf8_text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise EngineError("100144", "22000", "Invalid UTF8 detected while decoding a binary value") from None


_attempted("HEX_DECODE_STRING", (1, 1), lambda c: Value(f"sf_utf8_text(sf_from_hex({as_text(c.t, c[0])}))", VARCHAR))
_attempted("HEX_DECODE_BINARY", (1, 1), lambda c: Value(f"sf_from_hex({as_text(c.t, c[0])})", BINARY))


@function("BASE64_ENCODE", args=(1, 3))
def _base64_encode(c: Call) -> Value:
    if len(c) == 1:
        return Value(f"to_base64({_bytes(c.t, c[0])})", VARCHAR)
    letters = as_text(c.t, c[2]) if len(c) > 2 else "''"
    return Value(f"sf_base64_lines({_bytes(c.t, c[0])}, {integer(c.t, c[1])}, {letters})", VARCHAR)


_LETTERS = "+/="


def _alphabet(letters: str) -> str:
    """The characters for 62, 63 and padding, of which the first ones may be given."""
    if len(letters) > 3:
        raise EngineError("100201", "22023", f"Invalid base64 alphabet: '{letters}'")
    return letters + _LETTERS[len(letters) :]


@python("BLOB BIGINT VARCHAR", "VARCHAR")
def _base64_lines(value: bytes, width: int, letters: str) -> str:
    shown = base64.b64encode(value).decode().translate(str.maketrans(_LETTERS, _alphabet(letters)))
    if width <= 0:
        return shown
    return "\n".join(shown[i : i + width] for i in range(0, len(shown), width))


@python("VARCHAR VARCHAR", "BLOB")
def _from_base64(value: str, letters: str) -> bytes:
    shown = value.translate(str.maketrans(_alphabet(letters), _LETTERS))
    try:
        return base64.b64decode(re.sub(r"[\r\n]", "", shown), validate=True)
    except (binascii.Error, ValueError):
        raise EngineError(
            "100116", "22000", f"The following string is not a legal base64-encoded value: '{value}'"
        ) from None


def _decoded(c: Call) -> str:
    return f"sf_from_base64({as_text(c.t, c[0])}, {as_text(c.t, c[1]) if len(c) > 1 else quote('')})"


_attempted("BASE64_DECODE_STRING", (1, 2), lambda c: Value(f"sf_utf8_text({_decoded(c)})", VARCHAR))
_attempted("BASE64_DECODE_BINARY", (1, 2), lambda c: Value(_decoded(c), BINARY))


def _to_binary(c: Call) -> Value:
    value = c[0]
    if value.type.name == "BINARY" or value.is_null or value.type.is_semistructured:
        return Value(as_binary(c.t, value), BINARY)
    if not value.type.is_text:
        raise c.mistyped()
    form = c.constant(1, c.t.parameter("BINARY_INPUT_FORMAT")) or "HEX"
    word = form.upper().replace("-", "")
    if word == "HEX":
        return Value(f"sf_from_hex({as_text(c.t, value)})", BINARY)
    if word == "BASE64":
        return Value(f"sf_from_base64({as_text(c.t, value)}, '')", BINARY)
    if word == "UTF8":
        return Value(f"encode({as_text(c.t, value)})", BINARY)
    raise compilation("001023", f"invalid value [{form}] for the format of a BINARY", "22023")


_attempted("TO_BINARY", (1, 2), _to_binary)


# -- digests ---------------------------------------------------------------------------------------


@python("BLOB VARCHAR", "VARCHAR")
def _digest(value: bytes, name: str) -> str:
    return hashlib.new(name, value, usedforsecurity=False).hexdigest()


_SIZES = {"md5": 128, "sha1": 160, "sha224": 224, "sha256": 256, "sha384": 384, "sha512": 512}
"""Bits of a digest."""


def _digested(c: Call, algorithm: str) -> Value:
    """A digest in hex, or as BINARY if the function's name says so."""
    data = _bytes(c.t, c[0])
    known = algorithm in ("md5", "sha1", "sha256")  # to DuckDB
    shown = f"{algorithm}({data})" if known else f"sf_digest({data}, '{algorithm}')"
    if c.name.endswith("_BINARY"):
        return Value(f"from_hex({shown})", BINARY)
    return Value(shown, varchar(_SIZES[algorithm] // 4))


@function("MD5", "MD5_HEX", "MD5_BINARY", args=(1, 1))
def _md5(c: Call) -> Value:
    return _digested(c, "md5")


@function("SHA1", "SHA1_HEX", "SHA1_BINARY", args=(1, 1))
def _sha1(c: Call) -> Value:
    return _digested(c, "sha1")


@function("SHA2", "SHA2_HEX", "SHA2_BINARY", args=(1, 2))
def _sha2(c: Call) -> Value:
    size = constant_integer(c, 1, 0) or 256
    if size not in (224, 256, 384, 512):
        raise EngineError("100202", "22023", f"Invalid digest size for {c.name}: {size}")
    return _digested(c, f"sha{size}")


@python("BLOB BOOLEAN", "HUGEINT")
def _md5_half(value: bytes, upper: bool) -> int:
    made = hashlib.md5(value, usedforsecurity=False).digest()
    return int.from_bytes(made[:8] if upper else made[8:], "big")


@function("MD5_NUMBER_LOWER64", "MD5_NUMBER_UPPER64", args=(1, 1))
def _md5_number(c: Call) -> Value:
    return Value(
        f"CAST(sf_md5_half({_bytes(c.t, c[0])}, {c.name.endswith('UPPER64')}) AS DECIMAL(20,0))", number(20, 0)
    )


# -- compression -----------------------------------------------------------------------------------


def _method(c: Call) -> str:
    word = (c.constant(1) or "").upper()
    found = re.fullmatch(r"(ZLIB|BZ2|SNAPPY|ZSTD|LZ4|DEFLATE|GZIP)(?:\((\d)\))?", word)
    if found is None:
        raise compilation("001023", f"invalid value [{word}] for the method of {c.name}", "22023")
    if found[1] not in ("ZLIB", "BZ2", "SNAPPY"):
        raise unsupported(f"{c.name} by {found[1]}")
    return found[1] + (found[2] or "")


@function("COMPRESS", args=(2, 2))
def _compress(c: Call) -> Value:
    return Value(f"sf_compressed({_bytes(c.t, c[0])}, {quote(_method(c))})", BINARY)


@python("BLOB VARCHAR", "BLOB")
def _compressed(value: bytes, method: str) -> bytes:
    if method.startswith("SNAPPY"):
        return _snappy(value)
    level = int(method[-1]) if method[-1].isdigit() and method != "BZ2" else None
    if method.startswith("BZ2"):
        return bz2.compress(value, level or 9)
    return zlib.compress(value, -1 if level is None else level)


@function("DECOMPRESS_BINARY", args=(2, 2))
def _decompress_binary(c: Call) -> Value:
    return Value(f"sf_decompressed({as_binary(c.t, c[0])}, {quote(_method(c))})", BINARY)


@function("DECOMPRESS_STRING", args=(2, 2))
def _decompress_string(c: Call) -> Value:
    return Value(f"sf_utf8_text(sf_decompressed({as_binary(c.t, c[0])}, {quote(_method(c))}))", VARCHAR)


@python("BLOB VARCHAR", "BLOB")
def _decompressed(value: bytes, method: str) -> bytes:
    try:
        if method.startswith("SNAPPY"):
            return _unsnapped(value)
        return bz2.decompress(value) if method.startswith("BZ2") else zlib.decompress(value)
    except (OSError, zlib.error, ValueError, IndexError):
        raise EngineError("100203", "22000", "The binary value is not compressed by this method") from None


def _snappy(value: bytes) -> bytes:
    """Snappy's format with literals alone: what Snappy itself makes of texts shorter than 16 bytes."""
    made, rest = bytearray(), len(value)
    while rest > 127:
        made.append(rest & 127 | 128)
        rest >>= 7
    made.append(rest)
    for at in range(0, len(value), 65536):
        block = value[at : at + 65536]
        size = len(block) - 1
        made += bytes([size << 2]) if size < 60 else bytes([61 << 2]) + size.to_bytes(2, "little")
        made += block
    return bytes(made)


def _unsnapped(value: bytes) -> bytes:
    """What Snappy compressed: a size, then literals and copies of what stands earlier in the result."""
    size = at = 0
    while True:
        size |= (value[at] & 127) << 7 * at
        at += 1
        if value[at - 1] < 128:
            break
    made = bytearray()
    while at < len(value):
        tag = value[at]
        kind, length = tag & 3, (tag >> 2) + 1
        at += 1
        if kind == 0:
            if length > 60:
                width = length - 60
                length, at = int.from_bytes(value[at : at + width], "little") + 1, at + width
            made += value[at : at + length]
            at += length
            continue
        width = (1, 2, 4)[kind - 1]
        back, at = int.from_bytes(value[at : at + width], "little"), at + width
        if kind == 1:
            back, length = back | tag >> 5 << 8, (tag >> 2 & 7) + 4
        if not 0 < back <= len(made):
            raise ValueError(back)
        for _ in range(length):
            made.append(made[-back])
    if len(made) != size:
        raise ValueError(size)
    return bytes(made)
