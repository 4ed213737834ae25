"""What `snowcore.testing` does with each request and its answer."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import count
from threading import RLock
from typing import Any
from urllib.parse import unquote

import attrs
import orjson

from snowflake_rest.runtime import Request

from ._documents import METHODS, Routes, find_documents, read_document
from ._schemas import Check, Finding, Schemas
from ._transport import Response, Stream, StreamingTransport, Timeout
from .rest import EventReader, read_media_type

_JSON, _EVENTS = "application/json", "text/event-stream"
_END = "[DONE]"
"""What the last event of a stream says, where it is no JSON."""
_KEPT = 1000
"""So many violations and notes are kept as they are, and so many results are waited for; the others are counted."""
_NOTED = frozenset({"unknown_field", "unknown_variant"})
_RESULT = re.compile(r"/api/v2/results/[^?&>,\s]+")
_HANDLER = b'"resultHandler"'
_HANDLERS = re.compile(_HANDLER + rb'\s*:\s*"([^"\\]+)"')
_TOGETHER = 100
"""So many requests are looked at together. That takes half of the time that they take one by one, between waits."""
_MUCH = 100_000
"""Bytes of an answer that doesn't wait for others."""
_LONG = 10_000
"""Bytes of an answer that is not kept to know it again."""


@attrs.frozen
class Violation:
    """Something that the specifications don't allow. No value that was sent or answered is in it.

    method: of the request.
    """

    rule: str
    """What kind of thing: `type`, `required`, `enum`, `read_only`, `unknown_parameter`, `status` …"""
    part: str
    """Of what: the `path`, `query` or `header` of a request, its `body`, or the `answer`."""
    where: str
    """A JSON pointer into that part, empty for the whole of it: `/schedule/minutes`."""
    what: str
    """In words: `expected an integer, not a string`."""
    operation: str
    """The operation by its document and operationId, as `task.fetchTask`; empty where there is none."""
    method: str
    path: str
    """The path of the request, without its query."""

    def __str__(self) -> str:
        call = f"{self.operation} ({self.method} {self.path})" if self.operation else f"{self.method} {self.path}"
        return f"{call}: {self.part}{' ' * bool(self.where)}{self.where}: {self.what}"


class Book:
    """What is held so far, and what was found. Threads and event loops may share one."""

    def __init__(self, strict: bool, packages: tuple[str, ...]) -> None:
        self.calls: Counter[str] = Counter()
        self.violations: list[Violation] = []
        self.notes: list[Violation] = []
        self.count = 0
        self._waiting: deque[tuple[Request, Response | None]] = deque()
        self._noted = frozenset[str]() if strict else _NOTED
        self._lock = RLock()
        self._routes = Routes[_DeclaredOperation]()
        self._results: dict[str, _DeclaredOperation] = {}
        for _, resource, file in find_documents(*packages):
            document = read_document(file)
            checks = Schemas(document, sent=True), Schemas(document, sent=False)
            for path, item in document["paths"].items():
                for method in METHODS:
                    if method in item:
                        operation = _DeclaredOperation(resource, path, item, item[method], *checks)
                        self._routes.add(method.upper(), path, operation)
        self._meant = lru_cache(_KEPT)(self._find)

    def keep(self, request: Request, response: Response | None) -> None:
        """Keep a request and its answer, to look at them with others. None where no answer came."""
        self._waiting.append((request, response))
        if len(self._waiting) >= _TOGETHER or (response is not None and len(response.content) > _MUCH):
            self.look()

    def look(self) -> Book:
        """Look at what is kept; the book, with what was found."""
        with self._lock:
            while self._waiting:
                request, response = self._waiting.popleft()
                call = self._hold_request(request)
                if response is not None:
                    call.hold_answer(response.status, response.headers, response.content)
        return self

    def hold_request(self, request: Request) -> Call:
        """Hold a request at once; the answer to it is held by what this gives."""
        with self._lock:
            self.look()
            return self._hold_request(request)

    def _hold_request(self, request: Request) -> Call:
        path, _, query = request.target.partition("?")
        call, operation, found = self._meant(request.method, path)
        if found:
            call.tell("path", found)
        if operation is not None:
            self.calls[operation.name] += 1
            if query or operation.needs_query:
                call.tell("query", operation.check_query(query))
            if operation.headers:
                call.tell("header", operation.check_header(request.headers))
            if operation.body or request.content is not None:
                call.tell("body", operation.check_body(request.headers, request.content))
        return call

    def _find(self, method: str, path: str) -> tuple[Call, _DeclaredOperation | None, list[Finding]]:
        """The call and operation that a request means, and what is wrong with its path."""
        route, values = self._routes.find(path)
        operation = route.operations.get(method) if route else None
        call = Call(self, operation, method, path)
        if operation is None:
            return call, None, [Finding("unknown_operation", "", "there is no such operation")]
        return call, operation, operation.check_path(values)

    def report(self, found: list[Violation]) -> None:
        """Keep what was found, or count it."""
        with self._lock:
            for each in found:
                noted = each.rule in self._noted and each.part == "answer"
                self.count += not noted
                kept = self.notes if noted else self.violations
                if len(kept) < _KEPT:
                    kept.append(each)

    def find_origin(self, path: str, operation: _DeclaredOperation) -> _DeclaredOperation:
        """Whose result an answer is: of an operation that was still running, or had several pages."""
        return self._results.get(path, operation)

    def remember(self, told: str, operation: _DeclaredOperation) -> None:
        """Know whose results those are that an answer leads to."""
        for path in _RESULT.findall(told):
            with self._lock:
                while len(self._results) >= _KEPT:
                    del self._results[next(iter(self._results))]
                self._results[path] = operation


class Call:
    """A method of a path: its requests, and their answers."""

    __slots__ = ("_book", "_good", "_method", "_operation", "_path")

    def __init__(self, book: Book, operation: _DeclaredOperation | None, method: str, path: str) -> None:
        self._book, self._operation, self._method, self._path = book, operation, method, path
        self._good: tuple[int, str, bytes | None] | None = None
        """The last answer with which nothing was wrong, as programs that wait are often answered the same."""

    def tell(self, part: str, found: list[Finding] | None) -> None:
        """Report what was found in a part."""
        if found:
            name = self._operation.name if self._operation else ""
            self._book.report([Violation(f.rule, part, f.where, f.what, name, self._method, self._path) for f in found])

    def hold_stream(self, stream: Stream) -> Stream:
        """Hold the head of an answer, and its events as they arrive."""
        self.hold_answer(stream.status, stream.headers, None)
        answer = self._operation.answers.get(stream.status) if self._operation else None
        events = read_media_type(stream.headers.get("content-type", "")) == _EVENTS
        return _HeldStream(stream, self, answer) if answer and answer.has_events and events else stream

    def hold_answer(self, status: int, headers: Mapping[str, str], content: bytes | None) -> None:
        """Hold the answer. content: None where it is a stream, of which this is the head."""
        if self._operation is None:
            return
        book, content_type = self._book, headers.get("content-type", "")
        operation = book.find_origin(self._path, self._operation)
        answer = operation.answers.get(status) or self._operation.answers.get(status)
        if answer is None:
            self.tell("answer", [Finding("status", "", f"the status {status} is not declared")])
            return
        leads = "location" in headers or "link" in headers or (content is not None and _HANDLER in content)
        if leads:
            told = [headers.get("location", ""), headers.get("link", "")]
            told += [f"/api/v2/results/{handler.decode()}" for handler in _HANDLERS.findall(content or b"")]
            book.remember(" ".join(told), operation)
        given = status, content_type, content
        if given == self._good:
            return
        found = answer.hold(content_type, content, leads and status == 200)
        self.tell("answer", found)
        if not found and not leads and content is not None and len(content) < _LONG:
            self._good = given


class _DeclaredAnswer:
    """An answer as it is declared, for one status. `needed`: there is a body that tells something."""

    def __init__(self, content: Mapping[str, Check], needed: bool) -> None:
        self._content, self._needed, self.has_events = content, needed, _EVENTS in content

    def hold(self, content_type: str, content: bytes | None, notice: bool) -> list[Finding] | None:
        """What is wrong with an answer. notice: it may be an object that tells no more than where the results are."""
        if content == b"":
            return [Finding("empty", "", "it is empty")] if self._needed else None
        media = read_media_type(content_type)
        if media not in self._content:
            expected = " or ".join(self._content) or "nothing"
            return [Finding("content_type", "", f"expected {expected}, not {media or 'no content type'}")]
        if media == _EVENTS and content is not None:
            hold = self.hold_events()
            return [*hold(content), *hold(None)]
        if content is None or media != _JSON:
            return None
        try:
            body = orjson.loads(content)
        except orjson.JSONDecodeError:
            return [Finding("json", "", "it is not JSON")]
        if notice and isinstance(body, dict):
            return None
        return self._content[media](body)

    def hold_events(self) -> Callable[[bytes | None], list[Finding]]:
        """What says of each piece of a stream, and of its end (`None`), what is wrong with the events it completes.

        An event is a text, or the JSON in it; where it stands in an answer is told by its number, counted from 0.
        """
        feed, check, numbers = EventReader("utf-8").feed, self._content[_EVENTS], count()

        def hold(piece: bytes | None) -> list[Finding]:
            found: list[Finding] = []
            for event in feed(piece):
                number, data = next(numbers), event.data or ""
                if data == _END or not check(data):
                    continue
                try:
                    found += _move_under(str(number), check(orjson.loads(data)))
                except orjson.JSONDecodeError:
                    found.append(Finding("json", f"/{number}", "it is not JSON"))
            return found

        return hold


class _DeclaredOperation:
    """An operation as its document has it. What it is held against is worked out when it is first called."""

    def __init__(
        self, resource: str, path: str, item: dict[str, Any], raw: dict[str, Any], sent: Schemas, read: Schemas
    ) -> None:
        self.name = f"{resource}.{raw['operationId']}"
        self._path, self._item, self._raw, self._sent, self._read = path, item, raw, sent, read
        self._ready = False

    def _prepare(self) -> None:
        if self._ready:
            return
        given = map(self._sent.resolve, (*self._item.get("parameters", ()), *self._raw.get("parameters", ())))
        found = {(p["in"], p["name"]): p for p in given}
        typed = {key: _check_text(self._sent, p["schema"]) for key, p in found.items()}
        self._in_path = [(name, typed["path", name]) for name in re.findall(r"{(\w+)}", self._path)]
        self._query = {name: check for (place, name), check in typed.items() if place == "query"}
        self.headers = {name: check for (place, name), check in typed.items() if place == "header"}
        needed = [(place, name) for (place, name), p in found.items() if p.get("required")]
        self.needs_query, self._needs_header = ([n for at, n in needed if at == place] for place in ("query", "header"))
        body = self._sent.resolve(self._raw["requestBody"]) if "requestBody" in self._raw else None
        self.needs_body = bool(body and body.get("required"))
        self.body = {media: self._sent.check(part["schema"]) for media, part in body["content"].items()} if body else {}
        self.answers: dict[int, _DeclaredAnswer] = {}
        for status, raw in self._raw["responses"].items():
            content = self._read.resolve(raw).get("content", {})
            checks = {media: self._read.check(part.get("schema", {})) for media, part in content.items()}
            told = status[0] == "2" and status != "202" and not str(raw.get("$ref")).endswith("/Success")
            self.answers[int(status)] = _DeclaredAnswer(checks, told and bool(checks) and status != "204")
        self._ready = True

    def check_path(self, values: list[str]) -> list[Finding]:
        self._prepare()
        return [
            finding
            for (name, check), value in zip(self._in_path, values)
            for finding in _move_under(name, check([value]))
        ]

    def check_query(self, text: str) -> list[Finding]:
        given: dict[str, list[str]] = {}
        for name, _, value in (part.partition("=") for part in text.split("&") if part):
            given.setdefault(unquote(name), []).append(unquote(value))
        found = [Finding("required", f"/{name}", "missing, and required") for name in self.needs_query]
        found = [finding for finding in found if finding.where[1:] not in given]
        for name, values in given.items():
            if name in self._query:
                found += _move_under(name, self._query[name](values))
            else:
                found.append(Finding("unknown_parameter", f"/{name}", "not a parameter that is declared"))
        return found

    def check_header(self, headers: Mapping[str, str]) -> list[Finding]:
        given = {name.lower(): value for name, value in headers.items()}
        found: list[Finding] = []
        for name, check in self.headers.items():
            if name.lower() in given:
                found += _move_under(name, check([given[name.lower()]]))
            elif name in self._needs_header:
                found.append(Finding("required", f"/{name}", "missing, and required"))
        return found

    def check_body(self, headers: Mapping[str, str], content: bytes | None) -> list[Finding] | None:
        if content is None:
            return [Finding("required", "", "missing, and required")] if self.needs_body else None
        if not self.body:
            return [Finding("body", "", "there is a body where none is declared")] if content else None
        given = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
        media = given.partition(";")[0].strip().lower()
        if media not in self.body:
            expected = " or ".join(self.body)
            return [Finding("content_type", "", f"expected {expected}, not {media or 'no content type'}")]
        if media != _JSON:
            return None
        try:
            return self.body[media](orjson.loads(content))
        except orjson.JSONDecodeError:
            return [Finding("json", "", "it is not JSON")]


def _move_under(name: str, found: list[Finding] | None) -> list[Finding]:
    return [finding._replace(where=f"/{name}{finding.where}") for finding in found or ()]


def _check_text(schemas: Schemas, schema: Mapping[str, Any]) -> Callable[[list[str]], list[Finding] | None]:
    """The check of a parameter, of the texts that it has on the wire: one, or those of a list."""
    told = schemas.resolve(schema)
    types = told.get("type", ())
    check = schemas.check(schema)
    if "array" in types:
        return check
    if {"boolean", "integer", "number"}.isdisjoint([types] if isinstance(types, str) else types):
        return lambda texts: check(texts[0]) if len(texts) == 1 else _TWICE

    def check_typed(texts: list[str]) -> list[Finding] | None:
        if len(texts) > 1:
            return _TWICE
        try:
            value = orjson.loads(texts[0])
        except orjson.JSONDecodeError:
            value = texts[0]
        return check(value)

    return check_typed


_TWICE = [Finding("twice", "", "given more than once")]


class Held:
    """A transport, and the book that all it carries is held against."""

    def __init__(self, inner: Any, book: Book) -> None:
        self._inner, self._book = inner, book
        if hasattr(inner, "base_url"):  # which every call asks for
            self.base_url: str = inner.base_url

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __repr__(self) -> str:
        return repr(self._inner)

    def send(self, request: Request, timeout: Timeout) -> Response:
        try:
            response: Response = self._inner.send(request, timeout)
        except BaseException:
            self._book.keep(request, None)
            raise
        self._book.keep(request, response)
        return response

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        try:
            response: Response = await self._inner.send_async(request, timeout)
        except BaseException:
            self._book.keep(request, None)
            raise
        self._book.keep(request, response)
        return response


class _HeldStream:
    """A stream whose events are held as they arrive. What nobody reads to its end is held as far as it was read."""

    def __init__(self, inner: Stream, call: Call, answer: _DeclaredAnswer) -> None:
        self._inner, self._call, self._hold = inner, call, answer.hold_events()
        self.status, self.headers = inner.status, inner.headers

    def read(self) -> bytes:
        return self._held(self._inner.read())

    async def read_async(self) -> bytes:
        return self._held(await self._inner.read_async())

    def close(self) -> None:
        self._inner.close()

    def _held(self, piece: bytes) -> bytes:
        self._call.tell("answer", self._hold(piece or None))
        return piece


class HeldStreaming(Held):
    """The same, where answers may be streams."""

    _inner: StreamingTransport

    def stream(self, request: Request, timeout: Timeout) -> Stream:
        call = self._book.hold_request(request)
        return call.hold_stream(self._inner.stream(request, timeout))

    async def stream_async(self, request: Request, timeout: Timeout) -> Stream:
        call = self._book.hold_request(request)
        return call.hold_stream(await self._inner.stream_async(request, timeout))
