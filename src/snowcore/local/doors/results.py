"""Answers that are fetched later: what was still running when it was asked for, and the further pages of long lists."""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

import attrs
import orjson

from ...engine.errors import AccountError
from ..account.calls import Events

PAGE = 10_000
_KEPT = 64


@attrs.frozen
class Reply:
    status: int
    body: bytes | Events
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])


@attrs.frozen(eq=False)
class _Pages:
    rows: list[Any]


class Results:
    """The latest results, by handle, for the users who asked for them. Older ones are forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[str, Future[Reply] | _Pages]] = OrderedDict()

    def keep(self, user: str, result: Future[Reply] | _Pages) -> str:
        handle = str(uuid.uuid4())
        with self._lock:
            self._held[handle] = user, result
            finished = [h for h, (_, r) in self._held.items() if isinstance(r, _Pages) or r.done()]
            for old in finished[: max(0, len(self._held) - _KEPT)]:
                del self._held[old]
        return handle

    def forget(self) -> None:
        with self._lock:
            self._held.clear()

    def paged(self, user: str, rows: list[Any]) -> Reply:
        """The first page of a long list, with links to the others."""
        pages = _Pages(rows)
        return _page(self.keep(user, pages), pages, 0)

    def fetch(self, user: str, handle: str, page: int) -> Reply:
        with self._lock:
            owner, result = self._held.get(handle, (user, None))
        if result is None or owner != user:
            raise AccountError(404, "391918", "02000", f"Result '{handle}' does not exist, or is too old.")
        if isinstance(result, _Pages):
            return _page(handle, result, page)
        return result.result() if result.done() else accepted(handle)


def accepted(handle: str) -> Reply:
    told = {"code": "392604", "message": "The request is still in progress.", "resultHandler": handle}
    return Reply(202, orjson.dumps(told), {"Location": f"/api/v2/results/{handle}"})


def _page(handle: str, pages: _Pages, page: int) -> Reply:
    last = (len(pages.rows) - 1) // PAGE
    if page > last:
        raise AccountError(404, "391918", "02000", f"Result '{handle}' has no page {page}; the last is {last}.")
    link = {"Link": links(f"/api/v2/results/{handle}?page=", page, last)}
    return Reply(200, orjson.dumps(pages.rows[page * PAGE : (page + 1) * PAGE]), link)


def links(base: str, page: int, last: int) -> str:
    """A header Link to the other pages, whose numbers come after the base."""
    every = {"first": 0, "next": page + 1, "prev": page - 1, "last": last}
    return ", ".join(f'<{base}{number}>; rel="{rel}"' for rel, number in every.items() if 0 <= number <= last)
