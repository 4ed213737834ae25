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
        content = self._content
        start = at = 1
        depth = 0  # of the lists that are open at `at`
        while seam := _SEAM.search(content, max(at, start + _PIECE)):
            end = seam.start() + 1
            depth += content.count(b"[", at, end) - content.count(b"]", at, end)
            at = end
            if depth == 0:
                try:
                    piece = orjson.loads(b"[%b]" % content[start:end])
                except orjson.JSONDecodeError:  # brackets in a text have misled us: no telling where rows end
                    break
                yield from piece
                start = at = seam.end() - 1
        yield from orjson.loads(b"[%b" % content[start:])
