"""Streams of events over a real socket: in time, cut, left, and many at once."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading

import pytest

from snowcore import Root
from snowcore._auth import TokenType
from snowcore._rest_connection import RESTConnection, RESTRoot
from snowcore.cortex.chat_service import ChatRequest
from snowcore.exceptions import APIError, ServerError

from .server import Behaviour, FaultyServer, http, then_close

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
            if i and not go_on.acquire(timeout=10):
                return
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
        arriving = root_of(server).cortex_chat_service.chat_async(REQUEST).result(timeout=10).events()
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
        assert [event.data for event in service.chat_async(REQUEST).result(timeout=10)] == ["1", "2"]


CUT = [CHUNKED + chunk(b"data: 1\n\n"), CHUNKED + b"ff\r\ndata: 1\n\n", HEAD + b"Content-Length: 99\r\n\r\ndata: 1\n\n"]


@pytest.mark.parametrize("cut", CUT, ids=["between chunks", "in a chunk", "by length"])
@pytest.mark.parametrize("background", [False, True])
def test_a_stream_that_is_cut_is_an_error(cut: bytes, background: bool) -> None:
    with FaultyServer(then_close(cut)) as server:
        service = root_of(server).cortex_chat_service
        client = service.chat_async(REQUEST).result(timeout=10) if background else service.chat(REQUEST)
        seen: list[str | None] = []
        with pytest.raises(APIError, match="the connection broke"):
            seen.extend(event.data for event in client)
        assert len(server.requests) == 1


@pytest.mark.parametrize("background", [False, True])
def test_silence_in_a_stream_is_bounded(background: bool) -> None:
    from snowcore._transport import Timeout

    behave, go_on = step_by_step(b"data: 1\n\n", b"data: 2\n\n")
    with FaultyServer(behave) as server:
        service = root_of(server).with_options(timeout=Timeout(read=0.2)).cortex_chat_service
        client = service.chat_async(REQUEST).result(timeout=10) if background else service.chat(REQUEST)
        arriving = client.events()
        assert next(arriving).data == "1"
        with pytest.raises(APIError, match="took too long"):
            next(arriving)
        go_on.release()


@pytest.mark.parametrize("background", [False, True])
def test_a_stream_that_is_left_gives_its_connection_back(background: bool) -> None:
    gone = threading.Event()

    def endless(sock: socket.socket) -> None:
        sock.sendall(CHUNKED + chunk(b"data: 1\n\n"))
        sock.settimeout(10)
        if not sock.recv(1):
            gone.set()

    with FaultyServer(endless) as server:
        service = root_of(server).cortex_chat_service
        client = service.chat_async(REQUEST).result(timeout=10) if background else service.chat(REQUEST)
        with client:
            assert next(client.events()).data == "1"
        assert gone.wait(10)


@pytest.mark.parametrize("background", [False, True])
def test_errors_come_whole(background: bool) -> None:
    with FaultyServer(http("500 Internal Server Error", {"message": "it failed"})) as server:
        service = root_of(server).cortex_chat_service
        with pytest.raises(ServerError, match="it failed"):
            service.chat_async(REQUEST).result(timeout=10) if background else service.chat(REQUEST)
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
