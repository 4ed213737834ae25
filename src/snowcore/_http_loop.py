"""A connection of aiohttp that reads answers as our own do, and is chosen for reuse as strictly."""

from __future__ import annotations

from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.http import RawResponseMessage
from multidict import CIMultiDict, CIMultiDictProxy

from ._failures import BROKEN
from ._http_answer import AnswerReader
from ._http_connection import is_readable

BROKEN_IN_LOOP = (*BROKEN, aiohttp.ClientError, RuntimeError)
"""What comes of a connection of aiohttp or an answer that is none."""


class ConnectorError(aiohttp.ClientError):
    """No connection was made, so that nothing was sent. Its cause says why."""


class StrictConnector(aiohttp.TCPConnector):
    """Makes connections that read strictly. ConnectorError where it can't."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # pyright: ignore[reportUnknownMemberType]
        self._factory: Any = partial(StrictProtocol, loop=self._loop)

    async def connect(self, req: Any, traces: Any, timeout: Any) -> aiohttp.connector.Connection:
        try:
            return await super().connect(req, traces, timeout)
        except Exception as error:
            raise ConnectorError from error


class StrictProtocol(ResponseHandler):
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

    def is_connected(self) -> bool:
        """Whether another request can be sent. Not where the server has said something before it was asked: that would
        be taken for the answer.
        """
        if not super().is_connected() or self.should_close or self.transport is None:
            return False
        return not is_readable(self.transport.get_extra_info("socket"))


class _Parser:
    """Has the form that aiohttp asks of a reader of answers."""

    def __init__(self, protocol: StrictProtocol, loop: Any, timer: Any, only_head: bool) -> None:
        self._protocol = protocol
        self._answer = AnswerReader("HEAD" if only_head else "GET")
        self._body = aiohttp.StreamReader(protocol, 2**18, timer=timer, loop=loop)

    def feed_data(self, data: bytes) -> tuple[list[Any], bool, bytes]:
        """Messages that begin in these bytes; that no other protocol begins behind them; and nothing of one."""
        answer, messages = self._answer, list[Any]()
        if data and answer.ended:
            self._protocol.force_close()
        elif data:  # without any, aiohttp asks for what was held back
            begun = answer.status
            try:
                answer.feed(bytes(data))
            except Exception as error:
                self._body.set_exception(error)
                raise
            if answer.status and not begun:
                headers = CIMultiDictProxy(CIMultiDict(answer.headers))
                head = (aiohttp.HttpVersion11, answer.status, "", headers, (), answer.closes, None, False, False)
                messages.append((RawResponseMessage(*head), self._body))
            self._pass_on()
        return messages, False, b""

    def feed_eof(self) -> None:
        """The server has closed the connection."""
        if self._answer.status and not self._answer.ended:
            self._answer.feed(b"")
            self._pass_on()

    def pause_reading(self) -> None:
        """Nothing is held back here, so that nothing is to be paused."""

    def _pass_on(self) -> None:
        self._body.feed_data(self._answer.take())
        if self._answer.ended:
            self._body.feed_eof()
            if self._answer.rest:
                self._protocol.force_close()
