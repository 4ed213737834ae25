"""Queries as they run: those of an owner, such as a login, one after the other. Their answers wait for whoever asks.

An owner has a thread while it has queries, and those behind the one that runs have none. So who waits (for a table, or
for the query before) never stands in the way of others, such as of the COMMIT that the waiting ones wait for.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from snowcore._names import quote_identifier

from ...engine.errors import AccountError, canceled, unforeseen
from ...engine.protocol import new_query_id
from . import answers
from .answers import Body
from .binds import check_bindings
from .bodies import a_record, malformed

if TYPE_CHECKING:
    from ..sql import SqlSession


_KEPT = 1000
"""How many queries that ended can still be asked for."""
_KEPT_BYTES = 256 << 20
"""How long their answers may be, all together. The latest stays however long its answer is."""


_COUNT = "MULTI_STATEMENT_COUNT"
_CANCEL = re.compile(r"\s*(?:select|call)\s+system\$cancel_query\s*\(\s*'([\w-]+)'\s*\)", re.IGNORECASE)
THREADS = 10_000
"""How many owners can have a query at a time, together with requests of REST. What waits needs a thread of its own, so
that it is in nobody's way."""


@attrs.define(eq=False)
class Owner:
    """Whose queries run one after the other."""

    sql: SqlSession
    arrow: str | None
    """The parameter by which a driver that reads Arrow can ask for JSON; None for who only reads JSON."""
    waiting: deque[Query] = attrs.field(factory=deque["Query"], kw_only=True)
    """The queries whose turn comes after the one that runs."""
    running: Query | None = attrs.field(default=None, kw_only=True)


@attrs.define(eq=False)
class Query:
    owner: Owner
    request_id: str
    text: str
    work: Callable[[Query], Body]
    """What runs it."""
    id: str = attrs.field(factory=new_query_id)
    answer: Future[Body] = attrs.field(factory=Future["Body"])
    stopped: bool = False
    began: float = attrs.field(factory=time.time)
    parts: list[Query] = attrs.field(factory=list["Query"])
    """The queries of its statements, if there are several."""

    @property
    def status(self) -> str:
        if not self.answer.done():
            return "RUNNING"
        return "SUCCESS" if self.answer.result()["success"] else "FAILED_WITH_ERROR"


class Queries:
    def __init__(self, threads: Executor, transfer: Callable[[Owner, dict[str, Any]], dict[str, Any]]) -> None:
        """threads: as many as there can be owners that have queries.

        transfer: what an owner is told to do for PUT and GET, of what the engine says, which has the stage's folder.
        """
        self._threads, self._transfer = threads, transfer
        self._lock = threading.Lock()
        self._queries: OrderedDict[str, Query] = OrderedDict()
        self._by_request: dict[tuple[Owner, str], Query] = {}
        self._ended: OrderedDict[str, int] = OrderedDict()
        """Those that have ended, the first first, and how long their answers are."""
        self._bytes = 0
        self._closed = False

    @property
    def busy(self) -> bool:
        return len(self._queries) > len(self._ended)

    def close(self, seconds: float) -> None:
        """Take no more, stop what waits and what runs, and wait so long for its end."""
        self._closed = True
        running = [query for query in list(self._queries.values()) if not query.answer.done()]
        until = time.monotonic() + seconds
        while left := [query for query in running if not query.answer.done()]:
            for query in left:
                self._stop(query)
            if time.monotonic() > until:
                break
            wait([query.answer for query in left], 0.05)

    def start(self, owner: Owner, request_id: str, body: dict[str, Any]) -> Query:
        """Run a query, unless it is running or has run already, and the driver lost the answer. Refused if the body is
        no query's."""
        work = self.work(body)
        return self.run(owner, request_id, body.get("sqlText") or "", work)

    def work(self, body: dict[str, Any]) -> Callable[[Query], Body]:
        """What runs the query of a driver's request."""
        if not isinstance(body.get("sqlText") or "", str):
            raise malformed("sqlText must be a text.")
        check_bindings(a_record(body.get("bindings"), "bindings"))
        given = _number_of_statements(body)

        def work(query: Query) -> Body:
            count = query.owner.sql.parameters.number(_COUNT) if given is None else given
            texts = [query.text] if count == 1 else answers.several(query.text, count)
            return self._one(query, body) if len(texts) == 1 else self._several(query, body, texts)

        return work

    def run(self, owner: Owner, request_id: str, text: str, work: Callable[[Query], Body]) -> Query:
        asked = _CANCEL.fullmatch(text)
        if asked is not None and self.stop(owner, asked[1]):  # else it would wait for the end of what it cancels
            text = f"SELECT 'query [{asked[1]}] terminated.' AS {quote_identifier(asked[0].split(None, 1)[1])}"
        with self._lock:
            if request_id and (query := self._by_request.get((owner, request_id))) is not None:
                return query
            query = self._noted(Query(owner, request_id, text, work))
            if self._closed:
                query.answer.set_result(_stopped(query))
                self._over(query)
                return query
            owner.waiting.append(query)
            if owner.running is None:
                owner.running = query
                self._threads.submit(self._work, owner)
        return query

    def get(self, id_: str, user: str) -> Query:
        """A query of a user's. AccountError if there is none of this id."""
        query = self._queries.get(id_)
        if query is None or query.owner.sql.user != user:
            raise AccountError(404, "000709", "02000", f"Statement {id_} not found")
        return query

    def stop(self, owner: Owner, *ids: str | None) -> int:
        """Stop the queries with these identifiers, or whose requests have them; how many there were."""
        named = [one for one in ids if one]
        found = [
            query
            for query in list(self._queries.values())
            if query.owner is owner and not query.answer.done() and (query.id in named or query.request_id in named)
        ]
        for query in found:
            self._stop(query)
        return len(found)

    async def answer(self, query: Query, patience: float) -> Body:
        """The answer, or that it takes longer."""
        if not query.answer.done():
            await asyncio.wait([asyncio.wrap_future(query.answer)], timeout=patience)
        return query.answer.result() if query.answer.done() else in_progress(query)

    def _stop(self, query: Query) -> None:
        with self._lock:
            query.stopped = True
            if query in query.owner.waiting and query is not query.owner.running:
                query.owner.waiting.remove(query)
                query.answer.set_result(_stopped(query))
                self._over(query)
            elif query.owner.running is query and not self._closed:
                self._threads.submit(self._interrupt_until_it_ends, query)
            elif query.owner.running is query:
                query.owner.sql.interrupt()

    def _interrupt_until_it_ends(self, query: Query) -> None:
        """What interrupts a query that hasn't begun yet, or is between two of its steps, would be lost."""
        while not query.answer.done():
            with self._lock:
                if query.owner.running is query:
                    query.owner.sql.interrupt()
            wait([query.answer], 0.05)

    def _noted(self, query: Query) -> Query:
        self._queries[query.id] = query
        if query.request_id:
            self._by_request[query.owner, query.request_id] = query
        return query

    def _over(self, query: Query) -> None:
        """Forget what ended long ago."""
        data: dict[str, Any] = query.answer.result()["data"] or {}
        rows: list[Any] = data.get("rowset") or []
        self._ended[query.id] = size = len(data.get("rowsetBase64") or "") + 50 * len(rows) * len(
            rows[0] if rows else ()
        )
        self._bytes += size
        while len(self._ended) > 1 and (len(self._ended) > _KEPT or self._bytes > _KEPT_BYTES):
            id_, size = self._ended.popitem(last=False)
            self._bytes -= size
            old = self._queries.pop(id_)
            self._by_request.pop((old.owner, old.request_id), None)

    def _work(self, owner: Owner) -> None:
        """Run the queries of an owner, until none is left."""
        while True:
            with self._lock:
                if not owner.waiting:
                    owner.running = None
                    return
                query = owner.running = owner.waiting.popleft()
            query.answer.set_result(_answered(query))
            with self._lock:
                self._over(query)

    def _one(self, query: Query, body: dict[str, Any]) -> Body:
        """Run the one statement of a request."""
        answer = answers.run(query.owner.sql, query.id, body, query.owner.arrow)
        if "stageInfo" in answer["data"]:
            answer["data"] = self._transfer(query.owner, answer["data"])
        return answer

    def _several(self, query: Query, body: dict[str, Any], texts: list[str]) -> Body:
        """Run several statements; each has an answer of its own."""
        for text in texts:
            told = {**body, "sqlText": text}
            part = Query(query.owner, "", text, partial(self._one, body=told), stopped=query.stopped)
            answer = _answered(part)
            part.answer.set_result(answer)
            query.parts.append(part)
            with self._lock:
                self._noted(part)
                self._over(part)
            if not answer["success"]:
                return answer
        return answers.of_several(query.id, {part.id: part.answer.result() for part in query.parts})


def _number_of_statements(body: dict[str, Any]) -> int | None:
    """As a driver says; None if it leaves that to the session."""
    told: Any = a_record(body.get("parameters"), "parameters").get(_COUNT)
    try:
        return None if told is None else int(told)
    except (TypeError, ValueError, OverflowError):
        raise malformed(f"{_COUNT} must be a number.") from None


def _answered(query: Query) -> Body:
    """Run it. Never an exception: drivers would ask again for a minute."""
    try:
        return _stopped(query) if query.stopped else query.work(query)
    except AccountError as error:
        return answers.failure(error, query.id)
    except Exception as error:
        return answers.failure(unforeseen(error, "A query"), query.id)


def _stopped(query: Query) -> Body:
    return answers.failure(canceled(), query.id)


def in_progress(query: Query, *, asynchronous: bool = False) -> Body:
    data = {"queryId": query.id, "getResultUrl": f"/queries/{query.id}/result", "queryAbortsAfterSecs": 300}
    code = "333334" if asynchronous else "333333"
    return {"data": data, "code": code, "message": "Query execution in progress.", "success": True}
