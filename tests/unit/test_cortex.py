"""Cortex: what its services send, and how events come out of bytes."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from snowcore import PollingOperation, Root
from snowcore.cortex.analyst_service import (
    MessageContentSqlObject,
    MessageContentTextObject,
    MessageObject,
    SendMessageRequest,
    SendMessageResponse,
)
from snowcore.cortex.chat_service import ChatRequest, CortexChatService
from snowcore.cortex.embed_service import CortexEmbedService
from snowcore.cortex.inference_service import CompleteRequest
from snowcore.cortex.lite_agent_service import AgentRunRequest, Message
from snowcore.cortex.search_service import NewCortexSearchService, QueryRequest
from snowcore.exceptions import APIError, ForbiddenError, UnexpectedResponseError
from snowcore.rest import Event, RESTResponse, SSEClient

from ..conftest import Answer, Script, answer
from .test_root import find_loaded

Make = Callable[..., tuple[Root, Script]]

STREAM = (
    b"\xef\xbb\xbf: a comment\r\n"
    b'id: 7\r\nevent: message.delta\r\ndata: {"a": 1}\r\ndata:  two\r\nretry: 250\r\n\r\n'
    b"event: nothing\n\n"
    b"data\r\r"
    b"id: x\x00\nretry: soon\nunknown: 1\ndata:\xc3\xa9\n\n"
    b"event: done\ndata: [DONE]"
)
EVENTS = [
    Event(id="7", event="message.delta", data='{"a": 1}\n two', retry=250),
    Event(id="7", data="é"),
    Event(id="7", event="done", data="[DONE]"),
]


def events(content: bytes = STREAM, content_type: str = "text/event-stream") -> Answer:
    return 200, {"Content-Type": content_type}, content


def pieces(size: int) -> Iterator[bytes]:
    return (STREAM[i : i + size] for i in range(0, len(STREAM), size))


# Decoding


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_events_do_not_depend_on_how_bytes_are_cut(size: int) -> None:
    assert list(SSEClient(pieces(size))) == EVENTS


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
async def test_events_can_be_awaited(size: int) -> None:
    async def arriving() -> AsyncIterator[bytes]:
        for piece in pieces(size):
            yield piece

    assert [event async for event in SSEClient(arriving())] == EVENTS


@pytest.mark.parametrize(
    "content, data",
    [
        (b"", []),
        (b": alive\n\n\n\nid: 1\n\nretry: 5\n\n", []),
        (b"\xef\xbb\xbfdata: a\n\ndata: \xef\xbb\xbf", ["a", "\ufeff"]),
        (b"data: \xff\xc3\ndata: \xc3", ["\ufffd\ufffd\n\ufffd"]),
        ("data: a\u2028b\x0bc\x85d\n\n".encode(), ["a\u2028b\x0bc\x85d"]),
        (b"data: 1\r\n\r\ndata: 2\r\rdata: 3\r", ["1", "2", "3"]),
    ],
    ids=["nothing", "alive", "byte order mark", "bad bytes", "other separators", "line ends"],
)
def test_what_is_in_events_is_text(content: bytes, data: list[str]) -> None:
    assert [event.data for event in SSEClient([content])] == data
    assert [event.data for event in SSEClient(content[i : i + 1] for i in range(len(content)))] == data


def test_events_go_on_where_they_were_left() -> None:
    client = SSEClient([STREAM])
    assert next(client.events()) == EVENTS[0]
    assert next(iter(client)) == EVENTS[1]
    assert list(client.events()) == EVENTS[2:]
    assert list(client.events()) == []


def test_a_source_is_closed_at_its_end_or_when_it_is_left() -> None:
    class Source:
        closed = 0

        def __iter__(self) -> Iterator[bytes]:
            yield from (b"data: 1\n\n", b"data: 2\n\n")

        def close(self) -> None:
            self.closed += 1

    whole, left = Source(), Source()
    assert [e.data for e in SSEClient(whole)] == ["1", "2"] and whole.closed
    with SSEClient(left) as client:
        assert next(client.events()).data == "1"
    assert left.closed and list(client.events()) == []


class Arriving:
    """An answer that says how much of it has been taken, and that it has been closed."""

    status = 200

    def __init__(self, *pieces: bytes | Exception, media: str = "text/event-stream") -> None:
        self.headers = {"content-type": media}
        self.left, self.closed = list(pieces), False

    def read(self) -> bytes:
        piece = self.left.pop(0) if self.left else b""
        if isinstance(piece, Exception):
            raise piece
        return piece

    async def read_async(self) -> bytes:
        await asyncio.sleep(0)
        return self.read()

    def close(self) -> None:
        self.closed = True


async def test_a_stream_can_be_left_and_read_on_in_either_way() -> None:
    body = Arriving(b"data: 1\n\ndata: 2\n\nda", b"ta: 3\n", b"\ndata: 4\n\ndata:", b" 5\n\n")
    client = SSEClient(RESTResponse(body))
    assert next(client.events()).data == "1" and len(body.left) == 3
    assert (await anext(aiter(client))).data == "2" and len(body.left) == 3
    async for event in client:
        assert event.data == "3" and len(body.left) == 1
        break
    assert next(iter(client)).data == "4" and len(body.left) == 1 and not body.closed
    assert [event.data async for event in client] == ["5"] and body.closed
    assert list(client) == []


@pytest.mark.parametrize("awaited", [False, True])
async def test_a_failure_comes_as_it_is_and_ends_the_stream(awaited: bool) -> None:
    failure = APIError(None, 0, "gone")
    body = Arriving(b"data: 1\n\ndata: 2\n", failure)
    client, seen = SSEClient(RESTResponse(body)), list[str | None]()
    with pytest.raises(APIError) as caught:
        if awaited:
            async for event in client:
                seen.append(event.data)
        else:
            seen.extend(event.data for event in client)
    assert caught.value is failure and seen == ["1"] and body.closed
    assert list(client) == [] and [event async for event in client] == []


@pytest.mark.parametrize("awaited", [False, True])
def test_a_stream_that_nobody_holds_is_closed(awaited: bool) -> None:
    body = Arriving(b"data: 1\n\n", b"data: 2\n\n")

    async def read() -> None:
        client = SSEClient(RESTResponse(body))
        event = await anext(aiter(client)) if awaited else next(iter(client))
        assert event.data == "1" and not body.closed

    asyncio.run(read())
    gc.collect()  # and what httpx has left behind causes no warnings
    assert body.closed


@pytest.mark.parametrize("awaited", [False, True])
async def test_a_document_is_one_event_however_it_is_cut(awaited: bool) -> None:
    body = Arriving(b'["\xc3', b'\xa9",\n\n', b"1]", media="application/json")
    client = SSEClient(RESTResponse(body))
    found = [event async for event in client] if awaited else list(client)
    assert found == [Event(data='["é",\n\n1]')] and body.closed


def test_other_encodings_are_decoded() -> None:
    content = "data: é\n\ndata: 2".encode("utf-16-le")
    assert [event.data for event in SSEClient(iter([content[:13], content[13:]]), "utf-16-le")] == ["é", "2"]
    with pytest.raises(LookupError, match="nonsense"):
        SSEClient([], "nonsense")


def test_reading_a_stream_loads_no_package_of_http() -> None:
    read = "from snowcore.rest import SSEClient; list(SSEClient([b'data: 1']))"
    assert not find_loaded(read) & {"httpx", "aiohttp"}


def test_an_event_shows_what_it_is() -> None:
    assert str(Event()) == "message: no data"
    assert str(Event(id="1", event="x", data="y")) == "x 1: y"


class Answered:
    """An answer of another library."""

    status, reason = 200, "OK"

    def __init__(self, content: bytes, **headers: str) -> None:
        self.headers = {k.replace("_", "-"): v for k, v in headers.items()}
        self._left = [content]

    def read(self) -> bytes:
        return self._left.pop() if self._left else b""

    def close(self) -> None:
        self._left.clear()


def test_a_rest_response_tells_of_its_answer() -> None:
    response = RESTResponse(Answered(b"{}", Content_Type="application/json; charset=utf-8"))
    assert (response.status, response.reason, response.getheader("content-type")) == (
        200,
        "OK",
        "application/json; charset=utf-8",
    )
    assert response.getheader("x", 5) == 5 and "Content-Type" in response.getheaders()
    assert response.data == b"{}" and response.data == b""
    with pytest.raises(ValueError, match="text/html"):
        SSEClient(RESTResponse(Answered(b"", Content_Type="text/html")))


# Services


def test_completions_stream(script: Make) -> None:
    root, account = script(events())
    request = CompleteRequest(model="m", messages=[{"content": "hi"}])  # type: ignore[list-item]
    assert list(root.cortex_inference_service.complete(request).events()) == EVENTS
    assert account.lines == ["POST /api/v2/cortex/inference:complete"]
    assert account.bodies == [
        {
            "model": "m",
            "messages": [{"role": "user", "content": "hi"}],
            "top_p": 1.0,
            "max_tokens": 4096,
            "stream": True,
        }
    ]
    assert account.requests[0][2]["Accept"] == "text/event-stream, application/json"


def test_agents_stream(script: Make) -> None:
    root, account = script(events())
    run = AgentRunRequest(model="m", messages=[Message(role="user", content=[{"type": "text", "text": "x"}])])
    assert len(list(root.cortex_agent_service.run(run))) == len(EVENTS)
    with pytest.warns(DeprecationWarning, match="use `run`"):
        root.cortex_agent_service.Run(run)
    assert account.lines == ["POST /api/v2/cortex/agent:run"] * 2
    body = account.bodies[0]
    assert isinstance(body, dict) and body["origin_application"] == "external" and body["stream"] is True


def test_analysts_answer_whole_or_in_pieces(script: Make) -> None:
    whole = {"request_id": "r", "message": {"role": "analyst", "content": [{"type": "sql", "statement": "select 1"}]}}
    root, account = script(answer(200, whole), events(b'event: status\ndata: {"status": "done"}\n\n'))
    content = [MessageContentTextObject(text="How many?")]
    request = SendMessageRequest(messages=[MessageObject(role="user", content=content)], semantic_view="d.s.v")
    (event,) = root.cortex_analyst_service.send_message(request)
    (part,) = SendMessageResponse.from_dict(json.loads(event.data or "")).message.content
    assert isinstance(part, MessageContentSqlObject) and part.statement == "select 1"
    request.stream = True
    assert [event.event for event in root.cortex_analyst_service.send_message(request)] == ["status"]
    assert account.lines == ["POST /api/v2/cortex/analyst/message"] * 2
    asked = {"role": "user", "content": [{"type": "text", "text": "How many?"}]}
    assert account.bodies[0]["messages"] == [asked] and account.bodies[0]["semantic_view"] == "d.s.v"
    assert [body["stream"] for body in account.bodies] == [False, True]


async def test_streams_come_in_the_background_too(script: Make) -> None:
    root, account = script(events())
    service = CortexChatService(root)
    operation = service.chat_async(ChatRequest(query="q"))
    assert isinstance(operation, PollingOperation)
    assert list(operation.result(timeout=60).events()) == EVENTS
    assert [event async for event in await service.chat_async(ChatRequest(query="q"))] == EVENTS
    assert [event async for event in service.chat_async(ChatRequest(query="q"))] == EVENTS
    assert account.lines == ["POST /api/v2/cortex/chat"] * 3 and account.bodies[0] == {"query": "q"}


@pytest.mark.parametrize("media", ["text/event-stream;charset=utf-8", "Text/Event-Stream; charset=UTF-8"])
def test_parameters_of_the_content_type_do_not_matter(script: Make, media: str) -> None:
    root, _ = script(events(content_type=media))
    assert list(root.cortex_chat_service.chat(ChatRequest(query="q"))) == EVENTS


@pytest.mark.parametrize("media", ["application/json", "application/json; charset=utf-8"])
def test_a_json_answer_is_one_event(script: Make, media: str) -> None:
    root, _ = script(events(b'{"answer": "\xc3\xa9"}', media))
    assert list(root.cortex_chat_service.chat(ChatRequest(query="q"))) == [Event(data='{"answer": "é"}')]


def test_failures_of_a_stream_are_those_of_every_call(script: Make) -> None:
    request = ChatRequest(query="q")
    root, account = script(answer(403, {"message": "not you"}))
    with pytest.raises(ForbiddenError, match="not you"):
        root.cortex_chat_service.chat(request)
    for content, media in ((b"<html>", "text/html"), (b"", "application/json"), (b"", "")):
        root, _ = script(events(content, media))
        with pytest.raises(UnexpectedResponseError):
            root.cortex_chat_service.chat(request)
    root, account = script(answer(429, {}, retry_after="0"), events())
    assert list(root.cortex_chat_service.chat(request)) == EVENTS and len(account.requests) == 2
    with pytest.raises(TypeError, match="query"):
        root.cortex_chat_service.chat({"query": 5})  # type: ignore[arg-type]
    assert len(account.requests) == 2


def test_texts_become_vectors(script: Make) -> None:
    body = {
        "object": "list",
        "data": [{"object": "embedding", "embedding": [[0.5]], "index": 0}],
        "model": "m",
        "usage": {"total_tokens": 1},
    }
    root, account = script(answer(200, body))
    found = CortexEmbedService(root).embed("m", ["a", "b"])
    assert found.data[0].embedding == [[0.5]] and found.usage.total_tokens == 1
    assert account.lines == ["POST /api/v2/cortex/inference:embed"]
    assert account.bodies == [{"model": "m", "text": ["a", "b"]}]


def test_searches_go_to_the_service(script: Make) -> None:
    root, account = script(answer(200, {"results": [{"a": 1}], "request_id": "r"}))
    services = root.databases["d"].schemas["s"].cortex_search_services
    assert services["x"].search("q", ["c"], {"@eq": {"a": 1}}, 3, scoring_profile="p").results == [{"a": 1}]
    assert services.search("x", QueryRequest(query="q")).request_id == "r"
    assert services.search_async("x", QueryRequest(query="q")).result(timeout=60).request_id == "r"
    assert account.lines == ["POST /api/v2/databases/d/schemas/s/cortex-search-services/x:query"] * 3
    assert account.bodies[:2] == [
        {"query": "q", "columns": ["c"], "filter": {"@eq": {"a": 1}}, "limit": 3, "scoring_profile": "p"},
        {"query": "q", "limit": 10},
    ]
    with pytest.warns(UserWarning, match="bogus"):
        services["x"].search("q", bogus=1)


def test_search_services_are_objects_of_a_schema(script: Make) -> None:
    root, account = script()
    services = root.databases["d"].schemas["s"].cortex_search_services
    lag: Any = {"type": "USER_DEFINED", "seconds": 60}
    new = NewCortexSearchService(name="x", search_column="c", target_lag=lag, warehouse="w", definition="select 1")
    assert services.create(new) is services["x"]
    services["x"].suspend("indexing")
    services["x"].resume()
    services["x"].drop(if_exists=True)
    base = "/api/v2/databases/d/schemas/s/cortex-search-services"
    assert account.lines == [
        f"POST {base}?createMode=errorIfExists",
        f"POST {base}/x:suspend?target=indexing",
        f"POST {base}/x:resume",
        f"DELETE {base}/x?ifExists=true",
    ]


def test_a_broken_body_is_an_error_of_the_tree(script: Make) -> None:
    from snowcore._transport import TransportError

    class Breaking:
        status, headers = 200, {"content-type": "text/event-stream"}
        left = [b"data: 1\n\n"]

        def read(self) -> bytes:
            if self.left:
                return self.left.pop()
            raise TransportError("the connection broke", sent=True)

        def close(self) -> None: ...

    root, _ = script()
    root.client.transport = type("Transport", (), {"stream": lambda self, request, timeout: Breaking()})()
    arriving = root.cortex_chat_service.chat(ChatRequest(query="q")).events()
    assert next(arriving).data == "1"
    with pytest.raises(APIError, match=r"(?s)the connection broke.*chatRequest"):
        next(arriving)
