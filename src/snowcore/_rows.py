"""Large lists, parsed while they are walked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

_LARGE = 2**20
_PIECE = 2**16
_SEAM = re.compile(rb"}\s*,\s*{")


class Rows:
    """The rows of a JSON array of objects, parsed a piece at a time; walking again begins anew.

    Parsed, rows take five times the memory of their text, and a hundred thousand of them keep Python's garbage
    collector busier than the parser. Raises orjson.JSONDecodeError where the text is not JSON.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content

    @classmethod
    def of(cls, content: bytes) -> Rows | None:
        """None where the array is better parsed at once."""
        return cls(content) if len(content) > _LARGE and content[:1] == b"[" and content[-1:] == b"]" else None

    def __iter__(self) -> Iterator[Any]:
        content, whole = self._content, memoryview(self._content)
        start = at = 1
        depth: int | None = None  # of the lists that are open at `at`; None as long as no row was cut in one
        while seam := _SEAM.search(content, max(at, start + _PIECE)):
            end = seam.start() + 1
            if depth is not None:
                depth += content.count(b"[", at, end) - content.count(b"]", at, end)
                at = end
            if not depth:
                try:
                    yield from orjson.loads(b"".join((b"[", whole[start:end], b"]")))
                    start = at = seam.end() - 1
                except orjson.JSONDecodeError:
                    if depth is not None:  # brackets in a text have misled us: no telling where rows end
                        break
                    depth = 0
        yield from orjson.loads(b"".join((b"[", whole[start:])))
