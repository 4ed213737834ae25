"""The client: sends operations, and steps made of them, blocking or in the background."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import AsyncIterator, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from urllib.parse import parse_qs

import attrs

from snowflake_rest.runtime import Array, Operation, Steps

from ._auth import Anonymous, Auth
from ._call import Answer, Move, Options, Told, Watch, call, run, run_async
from ._connection import network
from ._links import IN_PROCESS, find_path, parse_links
from ._polling import PollingOperation, start
from ._rows import Rows
from ._transport import Hidden, Transport
from .exceptions import InvalidResponseError, SnowflakePythonError, UnexpectedResponseError

if TYPE_CHECKING:
    import httpx
    import httpx2

    from .rest import SSEClient

T = TypeVar("T")

_UNDECODABLE = (AttributeError, KeyError, TypeError, ValueError)


@attrs.frozen
class Listing(Generic[T]):
    """A step that lists: its result is an iterator over all pages of the answer.

    As other steps that are more than to send an operation, it knows how to carry itself out.
    """

    operation: Operation[list[T]]

    def __iter__(self) -> Generator[Listing[T], Iterator[T], Iterator[T]]:
        return (yield self)

    def run(self, client: Client) -> Iterator[T]:
        return client.iterate(self.operation)

    async def run_async(self, client: Client) -> Iterator[T]:
        return PagedIterator(client, self.operation, await client.answer_async(self.operation))


@attrs.frozen
class Whole(Generic[T]):
    """A step that lists: its result is a list of all that is on all pages."""

    operation: Operation[list[T]]

    def __iter__(self) -> Generator[Whole[T], list[T], list[T]]:
        return (yield self)

    def run(self, client: Client) -> list[T]:
        return list(client.iterate(self.operation))

    async def run_async(self, client: Client) -> list[T]:
        answer = await client.answer_async(self.operation)
        return [item async for item in PagedIterator(client, self.operation, answer)]


class Client:
    """Sends operations of the generated REST client.

        client = Client("https://myorg-myaccount.snowflakecomputing.com", Token("…"))
        task = client.send(fetch_task("mydb", "myschema", "mytask"))

    transport: an address, or a transport of the caller's. http_client, async_http_client: what carries requests to an
    address, in place of the client's own HTTP; see `Root`. auth: what proves who calls; nobody in particular when left
    out. options: how patient calls are. watches: functions that are told of every request. root: the root whose errors
    are to name it.

    Raises the errors of `snowcore.exceptions`. Nothing is sent before a method is called.
    """

    def __init__(
        self,
        transport: str | Transport,
        auth: Auth | None = None,
        options: Options | None = None,
        *,
        http_client: httpx.Client | httpx2.Client | None = None,
        async_http_client: httpx.AsyncClient | httpx2.AsyncClient | None = None,
        root: object = None,
        watches: list[Watch] | None = None,
    ) -> None:
        if isinstance(transport, str):
            transport = Hidden(transport)
            transport = network(transport, http_client=http_client, async_http_client=async_http_client)
        self.transport: Transport = transport
        self.auth: Auth = auth or Anonymous()
        self.options = options or Options()
        self.watches: list[Watch] = [] if watches is None else watches
        self._root = root

    def send(self, operation: Operation[T]) -> T:
        """Carry one operation out and give its result."""
        answer = self.answer(operation)
        if Pages.of(answer) is None:
            return self.decode(operation, answer)
        return cast("T", list(PagedIterator(self, cast("Operation[list[Any]]", operation), answer)))

    def stream(self, operation: Operation[Any]) -> SSEClient:
        """Carry out an operation whose answer is a stream of events, and give them as they arrive."""
        from ._stream import Streamed

        return Streamed(operation).run(self)

    def iterate(self, operation: Operation[list[T]]) -> Iterator[T]:
        """The items of a list, page by page: a page is fetched when it is reached."""
        return PagedIterator(self, operation, self.answer(operation))

    def run(self, steps: Steps[T]) -> T:
        """Carry out steps, blocking."""
        if isinstance(steps, Operation):
            return self.send(cast("Operation[T]", steps))
        moves = iter(steps)
        try:
            step = next(moves)
            while True:
                try:
                    sends = isinstance(step, Operation)
                    result: Any = self.send(step) if sends else step.run(self)
                except SnowflakePythonError as error:
                    step = moves.throw(error)
                else:
                    step = moves.send(result)
        except StopIteration as done:
            return done.value

    def start(self, steps: Steps[T]) -> PollingOperation[T]:
        """Carry out steps in the background. What is wrong with the arguments is raised here and now."""
        moves = iter(steps)
        try:
            step = next(moves)
        except StopIteration as done:
            return start(_give_back(done.value))
        return start(self._go_on(moves, step))

    async def _go_on(self, moves: Generator[Any, Any, T], step: Any) -> T:
        try:
            while True:
                try:
                    sends = isinstance(step, Operation)
                    result: Any = await (self._send_async(step) if sends else step.run_async(self))
                except SnowflakePythonError as error:
                    step = moves.throw(error)
                else:
                    step = moves.send(result)
        except StopIteration as done:
            return done.value

    async def _send_async(self, operation: Operation[T]) -> T:
        answer = await self.answer_async(operation)
        if Pages.of(answer) is None:
            return self.decode(operation, answer)
        items = PagedIterator(self, cast("Operation[list[Any]]", operation), answer)
        return cast("T", [item async for item in items])

    def close(self) -> None:
        """Close the connections that are open."""
        self.transport.close()

    def ahead(self, operation: Operation[Any], pages: Pages | None) -> PollingOperation[Answer] | None:
        """The next page of a large answer, being fetched in the background; None if there is none."""
        target = pages.next() if pages is not None else None
        return None if target is None else start(self.answer_async(fetch_page(operation, target)))

    def answer(self, operation: Operation[Any], transport: Transport | None = None) -> Answer:
        """The answer to an operation, not yet decoded.

        transport: what carries this one, in place of the client's own.
        """
        transport = transport or self.transport
        return run(self._call(operation, transport), transport, self.watches)

    async def answer_async(self, operation: Operation[Any], transport: Transport | None = None) -> Answer:
        """The answer to an operation, on the running event loop."""
        transport = transport or self.transport
        return await run_async(self._call(operation, transport), transport, self.watches)

    def _call(self, operation: Operation[Any], transport: Transport) -> Generator[Move, Told, Answer]:
        base_url: str = getattr(transport, "base_url", None) or IN_PROCESS
        return call(operation, self.auth, self.options, root=self._root, base_url=base_url)

    def decode(self, operation: Operation[T], answer: Answer) -> T:
        """The result that an answer stands for."""
        try:
            return operation.decode(list(answer.body) if isinstance(answer.body, Rows) else answer.body)
        except _UNDECODABLE as error:
            raise self.describe_unexpected(operation, answer) from error

    def describe_unexpected(self, operation: Operation[Any], answer: Answer) -> UnexpectedResponseError:
        """The error for an answer that can't be one to this operation."""
        what = f"{operation.id} {operation.method} {operation.path}"
        return UnexpectedResponseError(self._root, answer.response, operation=what)


async def _give_back(value: T) -> T:
    return value


_PAGE = re.compile(r"([?&]page=)([0-9]+)")
_MOST_DIGITS = 5  # of the number of a page


class Pages:
    """Where the further pages of a large answer are, as its `Link` header tells."""

    def __init__(self, first_is_elsewhere: bool) -> None:
        self.first_is_elsewhere = first_is_elsewhere
        self._ahead: deque[str] = deque()
        self._seen: set[str] = set()
        self._known = False  # whether all of them are in sight; otherwise each page names the next

    @classmethod
    def of(cls, answer: Answer) -> Pages | None:
        """None where the answer is all there is, also if it is a 202 that was asked for: its work is still running."""
        if answer.response.status == 202:
            return None
        body: Any = answer.body
        notice = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
        handler = notice.get("result_handler") or notice.get("resultHandler")
        link = answer.response.headers.get("link")
        if not handler and (link is None or body is notice):  # an object is no page, whatever follows it
            return None
        pages = cls(first_is_elsewhere=bool(handler))
        links = _find_links(answer)
        if "last" in links and (found := _PAGE.search(links["last"])):
            if len(found[2]) > _MOST_DIGITS:
                raise InvalidResponseError(f"a Link to more pages than any list has: {links['last'][:200]!r}")
            numbers = range(0 if handler else 1, int(found[2]) + 1)
            pages._ahead.extend(_PAGE.sub(rf"\g<1>{n}", links["last"], count=1) for n in numbers)
            pages._known = True
        elif handler:
            pages._ahead.append(links.get("first") or f"/api/v2/results/{handler}")
        elif "next" in links:
            pages._ahead.append(links["next"])
        elif "last" in links and "first" not in links and "prev" not in links:
            raise InvalidResponseError(f"a Link to a last page whose number can't be seen: {links['last']!r}")
        return pages

    def next(self) -> str | None:
        if not self._ahead:
            return None
        page = self._ahead.popleft()
        if page in self._seen:
            raise InvalidResponseError(f"pages that lead in a circle, to {page[:200]!r}")
        self._seen.add(page)
        return page

    def learn_from(self, answer: Answer) -> None:
        """Learn from a page that was fetched."""
        if not self._known and (following := _find_links(answer).get("next")):
            self._ahead.append(following)


def _find_links(answer: Answer) -> dict[str, str]:
    """Paths by their relation. InvalidResponseError for a Link that leads to another host or can't be understood."""
    links: dict[str, str] = {}
    for relation, reference in parse_links(answer.response.headers.get("link", "")).items():
        if relation not in ("first", "last", "next", "prev"):
            continue
        path = find_path(reference, answer.url) if reference else None
        if path is None:
            raise InvalidResponseError(f"a Link that is no path on this host: {reference!r}")
        links[relation] = path
    return links


def fetch_page(operation: Operation[Any], target: str) -> Operation[Any]:
    """The operation that fetches one page of another's result."""
    path, _, query = target.partition("?")
    pairs = parse_qs(query, keep_blank_values=True)
    return attrs.evolve(operation, method="GET", path=path, query=pairs, headers={}, body=None)


class PagedIterator(Iterator[T]):
    """The items of a list, page by page, with one page read ahead. It is walked once, in `for` or in `async for`."""

    def __init__(self, client: Client, operation: Operation[list[T]], answer: Answer) -> None:
        self._items = _Items(client, operation, answer)
        self._cursor = iter(self._items)

    def __iter__(self) -> PagedIterator[T]:
        return self

    def __next__(self) -> T:
        return next(self._cursor)

    def __aiter__(self) -> AsyncIterator[T]:
        return aiter(self._items)


class _Items(Generic[T]):
    """What is on all pages, however it is walked."""

    def __init__(self, client: Client, operation: Operation[list[T]], answer: Answer) -> None:
        self._client, self._operation, self._answer = client, operation, answer

    def __iter__(self) -> Iterator[T]:
        pages = Pages.of(self._answer)
        ahead = self._client.ahead(self._operation, pages)
        try:
            if pages is None or not pages.first_is_elsewhere:
                yield from self._decode_items(self._answer)
            while pages is not None and ahead is not None:
                answer = ahead.result()
                pages.learn_from(answer)
                ahead = self._client.ahead(self._operation, pages)
                yield from self._decode_items(answer)
        finally:
            if ahead is not None:
                ahead.cancel()

    async def __aiter__(self) -> AsyncIterator[T]:
        pages = Pages.of(self._answer)
        ahead = self._client.ahead(self._operation, pages)
        try:
            if pages is None or not pages.first_is_elsewhere:
                for item in self._decode_items(self._answer):
                    yield item
            while pages is not None and ahead is not None:
                answer = await ahead
                pages.learn_from(answer)
                ahead = self._client.ahead(self._operation, pages)
                for item in self._decode_items(answer):
                    yield item
        finally:
            if ahead is not None:
                ahead.cancel()

    def _decode_items(self, answer: Answer) -> Iterator[T]:
        # one at a time: a page of models takes many times the memory of a page of JSON
        kind, body = self._operation.answer, answer.body
        if not isinstance(kind, Array) or not isinstance(body, (list, Rows)):
            yield from self._client.decode(self._operation, answer) or ()
            return
        try:
            yield from map(kind.item.decode, cast("Iterable[Any]", body))
        except _UNDECODABLE as error:
            raise self._client.describe_unexpected(self._operation, answer) from error
