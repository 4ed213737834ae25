"""Connections of aiohttp that read answers as our own do, and are chosen for reuse as strictly."""

from __future__ import annotations

from functools import partial
from typing import Any
from weakref import WeakSet

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.http import RawResponseMessage
from multidict import CIMultiDict, CIMultiDictProxy

from ._http_answer import AnswerReader
from ._http_connection import is_readable

_used = WeakSet[Any]()


class Connector(aiohttp.TCPConnector):
    """Gives no connection again on which the server has said something before it was asked: that would be taken for
    the answer to the next request.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # pyright: ignore[reportUnknownMemberType]
        self._factory: Any = partial(_Protocol, loop=self._loop)

    async def connect(self, req: Any, traces: Any, timeout: Any) -> Any:
        """A connection from the pool, or a new one."""
        while True:
            connection = await super().connect(req, traces, timeout)
            protocol, transport = connection.protocol, connection.transport
            if protocol is None or transport is None:
                return connection
            if protocol not in _used:
                _used.add(protocol)
                return connection
            if not protocol.should_close and not is_readable(transport.get_extra_info("socket")):
                return connection
            connection.close()


class _Protocol(ResponseHandler):
    """aiohttp's reader of answers loses an answer for what stands behind it, takes lines that end in any way, and where
    a body is broken it leaves those who wait for it waiting.
    """

    def set_response_params(self, **params: Any) -> None:
        """A request leaves, whose answer is to be read."""
        early, self._tail = self._tail, b""
        super().set_response_params(**params)
        self._parser: Any = _Parser(self, self._loop, params.get("timer"), bool(params.get("skip_payload")))
        if early:
            self.data_received(early)


class _Parser:
    """Has the form that aiohttp asks of a reader of answers."""

    def __init__(self, protocol: _Protocol, loop: Any, timer: Any, only_head: bool) -> None:
        self._protocol, self._loop, self._timer = protocol, loop, timer
        self._answer = AnswerReader("HEAD" if only_head else "GET")
        self._body: aiohttp.StreamReader | None = None

    def feed_data(self, data: bytes) -> tuple[list[Any], bool, bytes]:
        """Messages that begin in these bytes; that no other protocol begins behind them; and nothing of one."""
        answer, messages = self._answer, list[Any]()
        if data and answer.ended:
            self._protocol.force_close()
        elif data:  # without any, aiohttp asks for what was held back
            try:
                piece = answer.take(bytes(data))
            except Exception as error:
                if self._body is not None:
                    self._body.set_exception(error)
                raise
            if self._body is None and answer.head is not None:
                self._body = aiohttp.StreamReader(self._protocol, 2**18, timer=self._timer, loop=self._loop)
                headers = CIMultiDictProxy(CIMultiDict(answer.head.headers))
                head = (aiohttp.HttpVersion11, answer.head.status, "", headers, (), answer.head.closes)
                messages.append((RawResponseMessage(*head, None, False, False), self._body))
            if self._body is not None:
                self._body.feed_data(piece)
                if answer.ended:
                    self._end(self._body)
        return messages, False, b""

    def feed_eof(self) -> None:
        """The server has closed the connection."""
        if self._body is not None and not self._answer.ended:
            self._answer.take(b"")
            self._end(self._body)

    def pause_reading(self) -> None:
        """Nothing is held back here, so that nothing is to be paused."""

    def _end(self, body: aiohttp.StreamReader) -> None:
        body.feed_eof()
        if self._answer.rest:
            self._protocol.force_close()
