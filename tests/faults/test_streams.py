"""Streams of events over a real socket: in time, cut, left, and many at once."""

from __future__ import annotations

import asyncio
import gc
import gzip
import os
import socket
import ssl
import threading
import warnings
from pathlib import Path
from typing import Any

import pytest

from snowcore import Root
from snowcore._auth import TokenType
from snowcore._http import HttpTransport
from snowcore._polling import background_loop
from snowcore._rest_connection import RESTConnection, RESTRoot
from snowcore._transport import Timeout, TransportError
from snowcore.cortex.chat_service import ChatRequest
from snowcore.exceptions import APIError, ServerError
from snowflake_rest.runtime import Request

from .conftest import PATIENT
from .server import Behaviour, FaultyServer, http, then_close
from .test_faults import certificate

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=utf-8\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
REQUEST = ChatRequest(query="q")


def root_of(server: FaultyServer) -> Root:
    return RESTRoot(RESTConnection("127.0.0.1", server.port, TokenType.SESSION_TOKEN, "t", protocol="http"))


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def step_by_step(*data: bytes) -> tuple[Behaviour, threading.Semaphore]:
    """Send the head and the first piece, and each further piece when it is allowed to go on."""
    go_on = threading.Semaphore(0)

    def behave(sock: socket.socket) -> None:
        sock.sendall(CHUNKED)
        for i, piece in enumerate(data):
            if i and not go_on.acquire(timeout=60):
                raise TimeoutError
            sock.sendall(chunk(piece))
        sock.sendall(b"0\r\n\r\n")

    return behave, go_on


def test_an_event_is_there_before_the_next_is_sent() -> None:
    behave, go_on = step_by_step(b"data: 1\n\nda", b"ta: 2\n\n")
    with FaultyServer(behave) as server:
        arriving = root_of(server).cortex_chat_service.chat(REQUEST).events()
        assert next(arriving).data == "1"
        go_on.release()
        assert [event.data for event in arriving] == ["2"]
        assert "accept-encoding: identity" in server.heads[0].lower()


async def test_an_event_is_there_before_the_next_is_sent_in_asyncio() -> None:
    behave, go_on = step_by_step(b"data: 1\n\nda", b"ta: 2\n\n")
    with FaultyServer(behave) as server:
        seen: list[str | None] = []
        async for event in root_of(server).cortex_chat_service.chat_async(REQUEST):
            seen.append(event.data)
            go_on.release()
        assert seen == ["1", "2"]


def test_a_stream_from_the_background_can_be_read_here() -> None:
    behave, go_on = step_by_step(b"data: 1\n\n", b"data: 2\n\n")
    with FaultyServer(behave) as server:
        arriving = root_of(server).cortex_chat_service.chat_async(REQUEST).result(timeout=60).events()
        assert next(arriving).data == "1"
        go_on.release()
        assert [event.data for event in arriving] == ["2"]


def test_a_connection_serves_again_after_a_whole_stream() -> None:
    whole = CHUNKED + chunk(b"data: 1\n\n") + b"0\r\n\r\n"
    with FaultyServer(whole) as server:
        service = root_of(server).cortex_chat_service
        for _ in range(3):
            assert [event.data for event in service.chat(REQUEST)] == ["1"]
        assert (len(server.requests), server.connections) == (3, 1)


def test_a_stream_may_end_with_its_connection() -> None:
    with FaultyServer(then_close(HEAD + b"\r\ndata: 1\n\ndata: 2")) as server:
        service = root_of(server).cortex_chat_service
        assert [event.data for event in service.chat(REQUEST)] == ["1", "2"]
        assert [event.data for event in service.chat_async(REQUEST).result(timeout=60)] == ["1", "2"]


CUT = [CHUNKED + chunk(b"data: 1\n\n"), CHUNKED + b"ff\r\ndata: 1\n\n", HEAD + b"Content-Length: 99\r\n\r\ndata: 1\n\n"]


@pytest.mark.parametrize("cut", CUT, ids=["between chunks", "in a chunk", "by length"])
@pytest.mark.parametrize("background", [False, True])
def test_a_stream_that_is_cut_is_an_error(cut: bytes, background: bool) -> None:
    with FaultyServer(then_close(cut)) as server:
        service = root_of(server).cortex_chat_service
        client = service.chat_async(REQUEST).result(timeout=60) if background else service.chat(REQUEST)
        seen: list[str | None] = []
        with pytest.raises(APIError, match="the connection broke"):
            seen.extend(event.data for event in client)
        assert len(server.requests) == 1


@pytest.mark.parametrize("background", [False, True])
def test_silence_in_a_stream_is_bounded(background: bool) -> None:
    behave, go_on = step_by_step(b"data: 1\n\n", b"data: 2\n\n")
    with FaultyServer(behave) as server:
        service = root_of(server).with_options(timeout=Timeout(read=1)).cortex_chat_service
        client = service.chat_async(REQUEST).result(timeout=60) if background else service.chat(REQUEST)
        arriving = client.events()
        assert next(arriving).data == "1"
        with pytest.raises(APIError, match="took too long"):
            next(arriving)
        go_on.release()


@pytest.mark.parametrize("begun", [b"", b"5;x="], ids=["a size", "an extension"])
@pytest.mark.parametrize("background", [False, True])
def test_a_chunk_that_never_begins_is_bounded(background: bool, begun: bytes) -> None:
    """Bytes arrive all the time, and yet no piece of the body."""
    with FaultyServer(b"") as server:

        def drip(sock: socket.socket) -> None:
            sock.sendall(CHUNKED + chunk(EVENT) + begun)
            while not server.over.wait(0.02):
                sock.sendall(b"0")

        server.behaviours = [drip]
        service = root_of(server).with_options(timeout=Timeout(read=1)).cortex_chat_service
        client = service.chat_async(REQUEST).result(timeout=60) if background else service.chat(REQUEST)
        arriving = client.events()
        assert next(arriving).data == "1"
        with pytest.raises(APIError, match="took too long"):
            next(arriving)


@pytest.mark.parametrize("background", [False, True])
def test_a_stream_that_is_left_gives_its_connection_back(background: bool) -> None:
    gone = threading.Event()

    def endless(sock: socket.socket) -> None:
        sock.sendall(CHUNKED + chunk(b"data: 1\n\n"))
        sock.settimeout(60)
        if not sock.recv(1):
            gone.set()

    with FaultyServer(endless) as server:
        service = root_of(server).cortex_chat_service
        client = service.chat_async(REQUEST).result(timeout=60) if background else service.chat(REQUEST)
        with client:
            assert next(client.events()).data == "1"
        assert gone.wait(60)


@pytest.mark.parametrize("background", [False, True])
def test_errors_come_whole(background: bool) -> None:
    with FaultyServer(http("500 Internal Server Error", {"message": "it failed"})) as server:
        service = root_of(server).cortex_chat_service
        with pytest.raises(ServerError, match="it failed"):
            service.chat_async(REQUEST).result(timeout=60) if background else service.chat(REQUEST)
        assert len(server.requests) == 1


async def test_many_streams_need_no_threads() -> None:
    behaviours: list[Behaviour] = []
    gates: list[threading.Semaphore] = []
    for _ in range(50):
        behave, gate = step_by_step(b"data: 1\n\n", b"data: 2\n\n")
        behaviours.append(behave)
        gates.append(gate)
    with FaultyServer(*behaviours, http()) as server:
        service = root_of(server).cortex_chat_service
        clients = await asyncio.gather(*[service.chat_async(REQUEST) for _ in range(50)])
        firsts = [await anext(aiter(client)) for client in clients]
        ours = [thread for thread in threading.enumerate() if "asyncio" in thread.name]
        assert [event.data for event in firsts] == ["1"] * 50 and len(ours) < 10
        for gate in gates:
            gate.release()
        for client in clients:
            assert [event.data async for event in client] == ["2"]


def test_a_stream_outlives_its_root() -> None:
    """Its connection is closed with the transport, which must not go before it."""
    behave, go_on = step_by_step(b"data: 1\n\n", b"data: 2\n\n")
    with FaultyServer(behave) as server:
        arriving = root_of(server).cortex_chat_service.chat(REQUEST)
        gc.collect()
        go_on.release()
        assert [event.data for event in arriving] == ["1", "2"]
        del arriving
        gc.collect()  # a socket that was left open would warn


async def test_a_stream_outlives_its_root_in_asyncio() -> None:
    behave, go_on = step_by_step(b"data: 1\n\n", b"data: 2\n\n")
    with FaultyServer(behave) as server:
        arriving = await root_of(server).cortex_chat_service.chat_async(REQUEST)
        gc.collect()
        go_on.release()
        assert [event.data async for event in arriving] == ["1", "2"]


EVENT = b"data: 1\n\n"
ERROR = b'{"message": "no such model"}'
EVENTS = CHUNKED + chunk(EVENT) + b"0\r\n\r\n"
BAD, PACKED, TYPE = "400 Bad Request", {"content_encoding": "gzip"}, {"content_type": "text/event-stream"}
ANSWERS = {
    "error with a length": (http(BAD, ERROR), "400 Bad Request: no such model"),
    "error in chunks": (
        http(BAD, chunk(ERROR) + b"0\r\n\r\n", content_length="", transfer_encoding="chunked"),
        "400 Bad Request: no such model",
    ),
    "error without a body": (http("503 Service Unavailable"), "503 Service Unavailable"),
    "error in gzip": (http(BAD, gzip.compress(ERROR), **PACKED), "400 Bad Request: no such model"),
    "nothing in gzip": (http("503 Service Unavailable", **PACKED), "503 Service Unavailable"),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "204 No Content"),
    "events with a length": (http(body=EVENT, **TYPE), "1"),
    "events in chunks": (EVENTS, "1"),
    "events in gzip": (http(body=gzip.compress(EVENT), **TYPE, **PACKED), "1"),
    "a document": (http(body={"a": 1}), '{"a":1}'),
}


def tell(service: Any, background: bool) -> str:
    """What a stream brings, or the error that it ends in."""
    try:
        client = service.chat_async(REQUEST).result(timeout=60) if background else service.chat(REQUEST)
        return " ".join(str(event.data) for event in client)
    except APIError as error:
        said = dict(line.split(": ", 1) for line in str(error).splitlines() if ": " in line)
        message = said.get("Error Message")
        return f"{error.status} {said['Reason']}" + (f": {message}" if message else "")


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize(("answer", "said"), ANSWERS.values(), ids=ANSWERS)
def test_each_stream_brings_its_own_answer_over_one_connection(answer: bytes, said: str, background: bool) -> None:
    with FaultyServer(answer) as server:
        root = root_of(server).with_options(retries=0)
        assert [tell(root.cortex_chat_service, background) for _ in range(3)] == [said] * 3
        assert (len(server.requests), server.connections) == (3, 1)
        root.client.close()


def test_gzip_that_is_cut_is_an_error() -> None:
    with FaultyServer(http(body=gzip.compress(EVENT * 2)[:-12], **TYPE, **PACKED)) as server:
        assert tell(root_of(server).cortex_chat_service, background=False).startswith("0 the answer is not the gzip")


@pytest.mark.parametrize("background", [False, True])
def test_a_stream_that_is_forgotten_harms_no_other(background: bool) -> None:
    behave, go_on = step_by_step(EVENT, EVENT)
    with FaultyServer(behave, EVENTS) as server:
        service = root_of(server).cortex_chat_service
        client = service.chat_async(REQUEST).result(timeout=60) if background else service.chat(REQUEST)
        assert next(client.events()).data == "1"
        del client
        gc.collect()
        assert [tell(service, background) for _ in range(2)] == ["1", "1"]
        assert server.connections == 2
        go_on.release()


@pytest.mark.parametrize("background", [False, True])
def test_a_stream_in_a_root_that_is_closed_ends_and_the_root_serves_on(background: bool) -> None:
    behave, go_on = step_by_step(EVENT, b"data: 2\n\n")
    with FaultyServer(behave, EVENTS) as server:
        root = root_of(server)
        service = root.cortex_chat_service
        client = service.chat_async(REQUEST).result(timeout=60) if background else service.chat(REQUEST)
        arriving = client.events()
        assert next(arriving).data == "1"
        root.client.close()
        go_on.release()
        if background:  # where closing ends what is under way
            with pytest.raises(APIError, match="the connection broke"):
                next(arriving)
        else:
            assert [event.data for event in arriving] == ["2"]
        assert tell(service, background) == "1"
        root.client.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
@pytest.mark.parametrize("background", [False, True])
def test_a_fork_shares_no_stream_and_no_connection(background: bool) -> None:
    behave, go_on = step_by_step(EVENT, b"data: 2\n\n")
    with FaultyServer(EVENTS, behave, EVENTS) as server:
        root = root_of(server)
        service = root.cortex_chat_service
        assert tell(service, background) == "1"
        client = service.chat_async(REQUEST).result(timeout=60) if background else service.chat(REQUEST)
        arriving = client.events()
        assert next(arriving).data == "1"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forks with threads, from Python 3.12 on
            child = os.fork()
        if child == 0:
            failed = 1
            try:
                with pytest.raises(APIError, match="was forked from"):
                    next(arriving)
                assert tell(service, background) == "1"
                sessions = root.client.transport._sessions
                parents = [place for place in sessions if place[0] != os.getpid()]
                root.client.close()
                failed = int([*sessions] != parents)  # whose loop would be waited for in vain
            finally:
                os._exit(failed)
        assert os.waitpid(child, 0)[1] == 0
        go_on.release()
        assert [event.data for event in arriving] == ["2"]
        assert tell(service, background) == "1"
        assert server.connections == 2  # the parent's, and the child's
        root.client.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("streams", [False, True])
def test_what_a_child_collects_the_parent_still_has(scheme: str, streams: bool, tmp_path: Path) -> None:
    behave, go_on = step_by_step(EVENT, b"data: 2\n\n")
    pem, context = certificate(tmp_path, "localhost")
    with FaultyServer(behave if streams else http(), tls=context if scheme == "https" else None) as server:
        trusting = ssl.create_default_context(cafile=pem)
        transport = HttpTransport(f"{scheme}://localhost:{server.port}", ssl_context=trusting)
        carry = transport.stream_async if streams else transport.send_async

        def ask() -> Any:
            loop = background_loop()
            asked = carry(Request("GET", "/", {}, None), PATIENT)
            return asyncio.run_coroutine_threadsafe(asked, loop).result(240)

        answer = ask()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of forks with threads, and of sockets that the child only forgets
            if (child := os.fork()) == 0:
                del answer, transport, carry, ask
                gc.collect()
                os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        go_on.release(9)
        if streams:
            assert b"".join(iter(answer.read, b"")) == EVENT + b"data: 2\n\n"
        answer = ask()
        assert (answer.status, server.connections) == (200, 1)
        if streams:
            assert b"".join(iter(answer.read, b""))
        transport.close()


def test_a_stream_whose_loop_has_ended_is_an_error() -> None:
    behave, go_on = step_by_step(EVENT, EVENT)
    with FaultyServer(behave) as server:
        transport = HttpTransport(server.url)

        async def begin() -> Any:
            stream = await transport.stream_async(Request("GET", "/", {}, None), Timeout())
            assert await stream.read_async() == EVENT
            stream.close()
            await transport._session().close()
            return stream

        stream = asyncio.run(begin())
        with pytest.raises(TransportError, match=r"loop .* has ended"):
            stream.read()
        go_on.release()
