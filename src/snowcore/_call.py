"""What happens to a request: authorisation, retries, waiting for accepted work, errors.

`call` decides and does no I/O: it yields what to do next and is told how that went, so that the blocking and the
asyncio driver below share one policy, and a test can play a server and a clock.
"""

from __future__ import annotations

import logging
import math
import random
import re
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, cast

import attrs
import orjson

from snowflake_rest.runtime import Array, Operation, Request

from ._auth import Auth
from ._links import IN_PROCESS, find_path
from ._rows import Rows
from ._transport import Concealed, Response, Timeout, Transport, TransportError
from .exceptions import (
    APIError,
    InvalidArgumentsError,
    InvalidResponseError,
    RetryTimeoutError,
    SnowflakePythonError,
    UnexpectedResponseError,
    make_error,
)

logger = logging.getLogger("snowflake.core")

_SESSION_EXPIRED = "390112"
_RETRIED = frozenset({429, 503, 504})
_OF_AN_ERROR = frozenset({"message", "code", "error_code", "request_id"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONNECTING = 2  # how often connecting is repeated at the most: what is down stays so for longer than anyone waits
_HEADER = re.compile(r"[!#$%&'*+.^`|~\w-]+", re.ASCII)
_NOT_IN_A_HEADER = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")


@attrs.frozen
class Options:
    """How patient a call is. Times are in seconds."""

    timeout: Timeout = attrs.field(factory=Timeout)
    """`connect` and `read` bound one attempt; `total` bounds everything: all attempts, the pauses between them, and the
    wait for accepted work.
    """
    retries: int = attrs.field(default=10, converter=int)
    """How often a failed attempt is repeated at the most; where not even a connection was made, twice."""
    backoff: float = 0.5
    """The first pause before a repetition; each is twice as long, up to 30 seconds, and jittered."""
    poll: float = 0.1
    """The first pause before asking again for accepted work; each is half as long again, up to 10 seconds."""
    accept_accepted: bool = True
    """Whether an operation called with `asyncExec` or `async` is over when it was accepted; else its end is awaited."""
    headers: Mapping[str, str] = attrs.field(factory=Concealed[str], converter=Concealed[str])
    """Carried by every request."""


@attrs.frozen
class Send:
    request: Request
    timeout: Timeout
    attempt: int


@attrs.frozen
class Pause:
    seconds: float


@attrs.frozen
class Renew:
    auth: Auth


@attrs.frozen
class Answer:
    """What the server said in the end: the parsed body, and where a large result's other pages are.

    The body of a large list is `Rows`, which are parsed while they are walked.
    """

    body: Any
    response: Response
    url: str = IN_PROCESS
    """Where it came from."""


Move = Send | Pause | Renew
Told = Response | TransportError | bool | None


def call(
    operation: Operation[Any],
    auth: Auth,
    options: Options,
    *,
    root: object = None,
    base_url: str = IN_PROCESS,
    now: Callable[[], float] = time.monotonic,
    jitter: Callable[[], float] = random.random,
) -> Generator[Move, Told, Answer]:
    """Carry an operation out: yields moves, is sent their outcome, and returns the answer.

    base_url: the address of the server, which its answers may name. Raises a SnowflakePythonError.
    """
    deadline = now() + options.timeout.total
    what = f"{operation.id} {operation.method} {operation.path}"
    request = _build_request(operation, options)
    idempotent = operation.idempotent
    renewed = False
    attempt = redirects = unreached = 0
    pause = options.poll

    while True:
        left = deadline - now()
        if left <= 0:
            raise RetryTimeoutError(f"{what}: no answer within {options.timeout.total:g} s")
        credentials = _get_credentials(auth, root, what)
        headers = Concealed({**request.headers, **credentials})
        _check_headers(headers)
        authorised = Request(request.method, request.target, headers, request.content)
        timeout = Timeout(min(options.timeout.connect, left), min(options.timeout.read, left), left)
        url = base_url + request.target
        told = yield Send(authorised, timeout, attempt + 1)

        if isinstance(told, TransportError):
            unreached += not told.sent
            useless = told.final or unreached > _CONNECTING or (told.sent and not idempotent)
            if useless or attempt >= options.retries:
                raise APIError(root, 0, told.reason, operation=what)
            attempt += 1
            yield _back_off(attempt, None, deadline, options, now, jitter, what, told.reason)
            continue

        assert isinstance(told, Response)
        response = told
        if (response.status == 401 or _is_expired(response)) and not renewed:
            renewed = True
            # Another call may have renewed them since this one was sent.
            if _get_credentials(auth, root, what) != credentials or (yield Renew(auth)):
                continue

        if response.status in _RETRIED and (idempotent or response.status == 429) and attempt < options.retries:
            attempt += 1
            yield _back_off(
                attempt, response.headers.get("retry-after"), deadline, options, now, jitter, what, response.reason
            )
            continue

        if response.status == 202:
            if options.accept_accepted and (operation.query.get("asyncExec") or operation.query.get("async")):
                return Answer(_parse(response, operation, root, what), response, url)
            # From here on only the result is asked for, which may be repeated whatever the operation was.
            request = attrs.evolve(request, method="GET", target=_find_result(response, request, url), content=None)
            idempotent = True
            renewed = False  # what is waited for may outlast several tokens
            if now() + pause > deadline:
                raise RetryTimeoutError(f"{what}: still running after {options.timeout.total:g} s")
            yield Pause(pause)
            pause = min(pause * 1.5, 10.0)
            continue

        if response.status in _REDIRECTS and redirects < 5 and (elsewhere := _redirect(response, request, url)):
            redirects += 1
            request = elsewhere
            continue

        if not 200 <= response.status < 300:
            raise make_error(response, root, what)
        return Answer(_parse(response, operation, root, what), response, url)


@attrs.frozen
class Exchange:
    """One request and what came of it.

    method, path: of the request. status: of the answer. error: why there was none. seconds: how long it took.
    request_id: the ID that the server gave it.
    """

    method: str
    path: str
    status: int | None
    """None when there was no answer; `error` says why."""
    error: str | None
    seconds: float
    sent: int
    """Bytes of the request's body."""
    received: int
    """Bytes of the answer's body."""
    attempt: int
    """1 for the first, 2 for the first repetition."""
    request_id: str | None


Watch = Callable[[Exchange], None]


def run(moves: Generator[Move, Told, Answer], transport: Transport, watches: Sequence[Watch] = ()) -> Answer:
    """Drive a call, blocking."""
    told: Told = None
    try:
        while True:
            move = moves.send(told)
            if isinstance(move, Send):
                started = time.perf_counter()
                try:
                    told = transport.send(move.request, move.timeout)
                except TransportError as error:
                    told = error
                _report(move, told, started, watches)
            elif isinstance(move, Pause):
                told = time.sleep(move.seconds)
            else:
                told = _renew(move.auth)
    except StopIteration as done:
        return done.value


async def run_async(
    moves: Generator[Move, Told, Answer], transport: Transport, watches: Sequence[Watch] = ()
) -> Answer:
    """Drive a call on the running event loop."""
    import asyncio  # here and elsewhere imported late: it takes longer than all the rest of an import

    told: Told = None
    try:
        while True:
            move = moves.send(told)
            if isinstance(move, Send):
                started = time.perf_counter()
                try:
                    told = await transport.send_async(move.request, move.timeout)
                except TransportError as error:
                    told = error
                _report(move, told, started, watches)
            elif isinstance(move, Pause):
                told = await asyncio.sleep(move.seconds)
            else:
                told = await asyncio.to_thread(_renew, move.auth)
    except StopIteration as done:
        return done.value


def _build_request(operation: Operation[Any], options: Options) -> Request:
    headers = Concealed({"Accept": operation.accept, **options.headers})
    headers.update((name, str(value)) for name, value in operation.headers.items() if value is not None)
    content = None
    if operation.body is not None:
        headers["Content-Type"] = operation.content_type or "application/json"
        body = operation.body
        if operation.content_type in (None, "application/json"):
            content = orjson.dumps(body, default=_keep_digits)
        else:
            content = body.encode() if isinstance(body, str) else bytes(body)
    return Request(operation.method, operation.target, headers, content)


def _keep_digits(value: object) -> str:
    """A decimal as text, which keeps its digits."""
    if type(value).__name__ == "Decimal":
        return str(value)
    raise TypeError(f"{value!r} ({type(value).__name__}) can't be sent as JSON")


def _parse(response: Response, operation: Operation[Any], root: object, what: str) -> Any:
    """The body, parsed. What can't be an answer to the operation is an error, whatever its status says."""
    if "json" not in operation.accept:
        return response.text if operation.accept.startswith("text/") else response.content
    if not response.content:
        if operation.answer is not None and response.status != 204:
            raise UnexpectedResponseError(root, response, operation=what)
        return None
    if isinstance(operation.answer, Array) and (rows := Rows.of(response.content)) is not None:
        return rows
    try:
        body: Any = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        raise UnexpectedResponseError(root, response, operation=what) from None
    said = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    fails = "message" in said and ("error_code" in said or "code" in said) and said.keys() <= _OF_AN_ERROR
    if fails and response.status != 202:  # which says in the same words that the work goes on
        raise UnexpectedResponseError(root, response, operation=what)
    return cast("Any", body)


def _is_expired(response: Response) -> bool:
    """Whether the server calls the session token expired, which it does with any status."""
    if response.content.startswith(b"[") or _SESSION_EXPIRED.encode() not in response.content:
        return False  # a list is no complaint, however long it is
    body = response.json_object
    return _SESSION_EXPIRED in (str(body.get("error_code")), str(body.get("code")))


def _find_result(response: Response, request: Request, url: str) -> str:
    """Where the result of accepted work will be: a path on the same host."""
    location = response.headers.get("location") or response.json_object.get("statementStatusUrl")
    if location is None:
        if request.method == "GET" and request.target.startswith("/api/v2/results/"):
            return request.target  # asked again and still running: the last Location holds
        raise InvalidResponseError("a 202 answer without a Location")
    path = find_path(location, url)
    if path is None:
        raise InvalidResponseError(f"a 202 answer with a Location that is no path on this host: {location!r}")
    return path


def _redirect(response: Response, request: Request, url: str) -> Request | None:
    """The request to make instead, if that is another path on this host; credentials go to no other."""
    location = response.headers.get("location")
    path = find_path(location, url) if location else None
    if path is None or (response.status not in (307, 308) and request.method != "GET"):
        return None
    return attrs.evolve(request, target=path)


def _get_credentials(auth: Auth, root: object, what: str) -> Mapping[str, str]:
    try:
        return Concealed(auth.headers())
    except SnowflakePythonError:
        raise
    except Exception as error:  # such as of a connection that was closed; its own words might tell a secret
        kind = type(error).__name__
        reason = f"the credentials can't be had ({kind}); is the connection still open?"
        raise APIError(root, 0, reason, operation=what) from None


def _renew(auth: Auth) -> bool:
    try:
        return auth.renew()
    except Exception as error:
        logger.warning("the credentials could not be renewed: %s", type(error).__name__)
        return False


def _check_headers(headers: Mapping[str, str]) -> None:
    """InvalidArgumentsError for what can't be sent. Values are not shown: one of them is the token."""
    wrong = [name for name, value in headers.items() if not _HEADER.fullmatch(name) or _NOT_IN_A_HEADER.search(value)]
    if wrong:
        raise InvalidArgumentsError(f"header {wrong[0]}: it holds a line break or another character that can't be sent")


def _back_off(
    attempt: int,
    retry_after: str | None,
    deadline: float,
    options: Options,
    now: Callable[[], float],
    jitter: Callable[[], float],
    what: str,
    why: str,
) -> Pause:
    """The pause before the next attempt: what the server asks for, else growing and jittered."""
    asked = _read_retry_after(retry_after)
    pause = asked if asked is not None else min(options.backoff * 2 ** (attempt - 1), 30.0) * (0.5 + jitter() / 2)
    if now() + pause > deadline:
        raise RetryTimeoutError(f"{what}: {why}; no time left for another attempt")
    level = logging.WARNING if attempt == 1 else logging.DEBUG
    logger.log(level, "%s: %s; attempt %d in %.1f s", what, why, attempt + 1, pause)
    return Pause(pause)


def _read_retry_after(retry_after: str | None) -> float | None:
    if retry_after is None:
        return None
    try:
        return max(float(retry_after), 0.0) if math.isfinite(float(retry_after)) else None
    except ValueError:
        pass
    from email.utils import parsedate_to_datetime

    try:
        return max(parsedate_to_datetime(retry_after).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None


def _report(move: Send, told: Response | TransportError, started: float, watches: Sequence[Watch]) -> None:
    """Tell the log and whoever watches. Only paths are told: queries and headers may hold what is nobody's business."""
    if not watches and not logger.isEnabledFor(logging.DEBUG):
        return
    answered = told if isinstance(told, Response) else None
    exchange = Exchange(
        method=move.request.method,
        path=move.request.target.partition("?")[0],
        status=answered and answered.status,
        error=None if isinstance(told, Response) else told.reason,
        seconds=time.perf_counter() - started,
        sent=len(move.request.content or b""),
        received=len(answered.content) if answered else 0,
        attempt=move.attempt,
        request_id=answered and answered.headers.get("x-snowflake-request-id"),
    )
    for watch in watches:
        watch(exchange)
    logger.debug(
        "%s %s: %s in %.1f ms (attempt %d, request %s)",
        exchange.method,
        exchange.path,
        exchange.error or exchange.status,
        exchange.seconds * 1e3,
        exchange.attempt,
        exchange.request_id,
    )
