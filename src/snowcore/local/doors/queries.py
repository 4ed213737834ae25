"""Queries as they run: each in a thread, those of a login one after the other. Their answers wait for whoever asks."""

from __future__ import annotations

import asyncio
import uuid
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import attrs

from ...engine.errors import AccountError
from . import answers
from .answers import Body
from .logins import Login
from .uploads import Uploads

_KEPT = 64
"""How many queries that ended can still be asked for."""


@attrs.define(eq=False)
class Query:
    login: Login
    request_id: str
    text: str
    id: str = attrs.field(factory=lambda: str(uuid.uuid4()))
    answer: Future[Body] = attrs.field(factory=Future["Body"])
    stopped: bool = False

    @property
    def status(self) -> str:
        if not self.answer.done():
            return "RUNNING"
        return "SUCCESS" if self.answer.result()["success"] else "FAILED_WITH_ERROR"


class Queries:
    def __init__(self, uploads: Uploads, url: str) -> None:
        self._uploads, self._url = uploads, url
        self._threads = ThreadPoolExecutor(64, "snowcore-query")
        self._queries: OrderedDict[str, Query] = OrderedDict()

    def close(self) -> None:
        """Stop what runs, and what waits."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        while running := [query for query in self._queries.values() if query.login.running is query]:
            for query in running:
                query.login.sql.interrupt()
            wait([query.answer for query in running], 0.05)

    def start(self, login: Login, request_id: str, body: dict[str, Any]) -> Query:
        """Run a query, unless it is running or has run already, and the driver lost the answer."""
        for query in self._queries.values():
            if query.request_id == request_id and query.login is login:
                return query
        parameters: dict[str, Any] = body.get("parameters") or {}
        query = self._noted(Query(login, request_id, body.get("sqlText", "")))
        self._threads.submit(self._run, query, body, int(parameters.get("MULTI_STATEMENT_COUNT", 1)))
        return query

    def get(self, id_: str) -> Query:
        query = self._queries.get(id_)
        if query is None:
            raise AccountError(404, "000709", "02000", f"Statement {id_} not found")
        return query

    def stop(self, login: Login, *ids: str | None) -> None:
        """Stop the queries with these identifiers, or whose requests have them."""
        for query in list(self._queries.values()):
            if query.login is login and (query.id in ids or query.request_id in ids):
                query.stopped = True
                if login.running is query:
                    login.sql.interrupt()

    async def answer(self, query: Query, patience: float) -> Body:
        """The answer, or that it takes longer."""
        done, _ = await asyncio.wait([asyncio.wrap_future(query.answer)], timeout=patience)
        return query.answer.result() if done else in_progress(query)

    def _noted(self, query: Query) -> Query:
        self._queries[query.id] = query
        ended = [old for old in self._queries.values() if old.answer.done()]
        for old in ended[:-_KEPT]:
            del self._queries[old.id]
        return query

    def _run(self, query: Query, body: dict[str, Any], count: int) -> None:
        with query.login.turn:
            query.login.running = query
            try:
                query.answer.set_result(self._one(query, body) if count == 1 else self._several(query, body, count))
            finally:
                query.login.running = None

    def _one(self, query: Query, body: dict[str, Any]) -> Body:
        if query.stopped:
            return answers.failure(AccountError(408, "000604", "57014", "SQL execution canceled"), query.id)
        answer = answers.run(query.login.sql, query.id, body)
        try:
            if "stageInfo" in (answer["data"] or {}) and not query.login.writes_files:
                answer["data"] = self._uploads.by_url(answer["data"], self._url)
        except AccountError as error:
            return answers.failure(error, query.id)
        return answer

    def _several(self, query: Query, body: dict[str, Any], count: int) -> Body:
        """Several statements; each has an answer of its own."""
        parts: list[Query] = []
        try:
            for text in answers.several(query.text, count):
                part = self._noted(Query(query.login, "", text, stopped=query.stopped))
                part.answer.set_result(self._one(part, {**body, "sqlText": text}))
                parts.append(part)
                if part.status != "SUCCESS":
                    return part.answer.result()
        except AccountError as error:
            return answers.failure(error, query.id)
        return answers.of_several(query.id, {part.id: part.answer.result() for part in parts})


def in_progress(query: Query, *, asynchronous: bool = False) -> Body:
    data = {"queryId": query.id, "getResultUrl": f"/queries/{query.id}/result", "queryAbortsAfterSecs": 300}
    code = "333334" if asynchronous else "333333"
    return {"data": data, "code": code, "message": "Query execution in progress.", "success": True}
