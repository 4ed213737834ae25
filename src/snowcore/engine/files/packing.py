"""How files are packed: what COMPRESSION says, or what a file begins with.

BROTLI and ZSTD need a package that knows them, `brotli` and `zstandard`, and are refused without it.
"""

from __future__ import annotations

import bz2
import gzip
import importlib
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..errors import EngineError, unsupported

ENDINGS = {
    "GZIP": ".gz",
    "BZ2": ".bz2",
    "BROTLI": ".br",
    "ZSTD": ".zst",
    "DEFLATE": ".deflate",
    "RAW_DEFLATE": ".raw_deflate",
    "NONE": "",
}
"""What COMPRESSION may say of texts beside AUTO, and how the names of such files end."""
_BEGINNINGS = (
    *((b"\x1f\x8b", "GZIP"), (b"BZh", "BZ2"), (b"\x28\xb5\x2f\xfd", "ZSTD")),
    *((b"\x78" + level, "DEFLATE") for level in (b"\x01", b"\x9c", b"\xda")),
)


def packing(file: Path, declared: str) -> str:
    """How a file is packed, one of `ENDINGS`. AUTO finds out by its beginning, which tells nothing of Brotli's, and by
    the name of what has no beginning."""
    if declared != "AUTO":
        return declared
    with file.open("rb") as opened:
        start = opened.read(4)
    found = next((kind for sign, kind in _BEGINNINGS if start.startswith(sign)), "NONE")
    return "RAW_DEFLATE" if found == "NONE" and file.name.endswith(ENDINGS["RAW_DEFLATE"]) else found


def unpacked(file: Path, declared: str) -> bytes:
    """What is in a file. EngineError if it isn't packed as it is declared."""
    kind, content = packing(file, declared), file.read_bytes()
    do = _UNPACK[kind]
    try:
        return do(content)
    except EngineError:
        raise
    except Exception:  # each library has an error of its own
        raise EngineError("100145", "22000", f"The file isn't packed with {kind}, or is damaged.") from None


def packed(content: bytes, kind: str) -> bytes:
    return _PACK[kind](content)


def _package(name: str, kind: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise unsupported(f"files packed with {kind} without the package {name}") from None


def _inflated(content: bytes, bits: int = zlib.MAX_WBITS) -> bytes:
    return zlib.decompress(content, bits)


def _gunzipped(content: bytes) -> bytes:
    """Twice as fast as `gzip` does it. A file may be several ones behind each other."""
    parts: list[bytes] = []
    while content:
        one = zlib.decompressobj(16 + zlib.MAX_WBITS)
        parts.append(one.decompress(content))
        if not one.eof:
            raise EOFError
        content = one.unused_data.lstrip(b"\0")
    return b"".join(parts)


def _deflated_raw(content: bytes) -> bytes:
    press = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return press.compress(content) + press.flush()


_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "NONE": bytes,
    "GZIP": _gunzipped,
    "BZ2": bz2.decompress,
    "DEFLATE": _inflated,
    "RAW_DEFLATE": lambda content: _inflated(content, -zlib.MAX_WBITS),
    "ZSTD": lambda content: _package("zstandard", "ZSTD").ZstdDecompressor().decompressobj().decompress(content),
    "BROTLI": lambda content: _package("brotli", "BROTLI").decompress(content),
}
_PACK: dict[str, Callable[[bytes], bytes]] = {
    "NONE": bytes,
    "GZIP": lambda content: gzip.compress(content, 6),
    "BZ2": bz2.compress,
    "DEFLATE": zlib.compress,
    "RAW_DEFLATE": _deflated_raw,
    "ZSTD": lambda content: _package("zstandard", "ZSTD").ZstdCompressor().compress(content),
    "BROTLI": lambda content: _package("brotli", "BROTLI").compress(content),
}
