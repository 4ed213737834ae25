"""The policy of a call, played without I/O: what it does next, given what it is told and what time it is."""

from __future__ import annotations

from typing import Any

import pytest

from snowcore import exceptions as e
from snowcore._auth import Anonymous
from snowcore._call import Options, Pause, Renew, Send, call
from snowcore._transport import Response, Timeout, TransportError
from snowflake_rest.runtime import Operation

from ..conftest import answer


def respond(status: int = 200, body: object = None, **headers: str) -> Response:
    return Response(*answer(status, body, **headers))


class Play:
    """Drives a call, telling it what was prepared; keeps its moves and the time that its pauses take."""

    def __init__(self, operation: Operation[Any], *told: Any, auth: Any = None, **options: Any) -> None:
        self.told = list(told)
        self.moves: list[Any] = []
        self.time = 0.0
        self.call = call(operation, auth or Anonymous(), Options(**options), now=lambda: self.time, jitter=lambda: 1.0)

    def result(self) -> Any:
        outcome = None
        try:
            while True:
                move = self.call.send(outcome)
                self.moves.append(move)
                if isinstance(move, Pause):
                    self.time += move.seconds
                    outcome = None
                elif isinstance(move, Renew):
                    outcome = move.auth.renew()
                else:
                    outcome = self.told.pop(0)
        except StopIteration as done:
            return done.value.body

    @property
    def sent(self) -> list[str]:
        return [f"{m.request.method} {m.request.target}" for m in self.moves if isinstance(m, Send)]

    @property
    def pauses(self) -> list[float]:
        return [m.seconds for m in self.moves if isinstance(m, Pause)]


GET: Operation[Any] = Operation(id="fetchThing", method="GET", path="/thing")
PUT: Operation[Any] = Operation(id="putThing", method="PUT", path="/thing", body={})
POST: Operation[Any] = Operation(id="createThing", method="POST", path="/things", body={"name": "x"})
LOST = TransportError("the connection broke", sent=True)
REFUSED = TransportError("could not connect", sent=False)


@pytest.mark.parametrize("status", [429, 503, 504])
@pytest.mark.parametrize("operation", [GET, PUT], ids=["GET", "PUT"])
def test_what_can_be_repeated_is_repeated(operation: Operation[Any], status: int) -> None:
    play = Play(operation, respond(status), respond(status), respond(200, {"ok": 1}))
    assert play.result() == {"ok": 1}
    assert len(play.sent) == 3
    assert play.pauses == [0.5, 1.0]


def test_a_post_is_not_repeated_when_the_server_may_have_acted() -> None:
    for told, error in ((respond(503), e.ServerError), (respond(504), e.ServerError), (LOST, e.APIError)):
        play = Play(POST, told)
        with pytest.raises(error):
            play.result()
        assert len(play.sent) == 1


@pytest.mark.parametrize("told", [respond(429), REFUSED], ids=["429", "refused"])
def test_a_post_is_repeated_when_the_server_cannot_have_acted(told: Any) -> None:
    play = Play(POST, told, respond(200, {}))
    assert play.result() == {}
    assert len(play.sent) == 2


def test_a_post_that_says_if_not_exists_is_repeated() -> None:
    create: Operation[Any] = Operation(
        id="createThing", method="POST", path="/things", query={"createMode": "ifNotExists"}
    )
    assert Play(create, LOST, respond(503), respond(200, {})).result() == {}


def test_retry_after_is_heeded() -> None:
    assert Play(GET, respond(429, retry_after="7"), respond(200)).pauses == []
    play = Play(GET, respond(429, retry_after="7"), respond(200))
    play.result()
    assert play.pauses == [7.0]


def test_the_total_time_is_a_bound() -> None:
    play = Play(GET, *[respond(503)] * 100, timeout=Timeout(total=20.0), retries=100)
    with pytest.raises(e.RetryTimeoutError, match="fetchThing GET /thing"):
        play.result()
    assert play.time <= 20.0


def test_a_retry_after_beyond_the_total_time_ends_at_once() -> None:
    with pytest.raises(e.RetryTimeoutError):
        Play(GET, respond(429, retry_after="3600"), timeout=Timeout(total=60.0)).result()


def test_attempts_are_bounded() -> None:
    play = Play(GET, *[REFUSED] * 3, retries=2)
    with pytest.raises(e.APIError, match="could not connect") as caught:
        play.result()
    assert caught.value.status == 0
    assert len(play.sent) == 3


def test_accepted_work_is_waited_for_at_the_latest_location() -> None:
    play = Play(
        POST,
        respond(202, {}, location="/api/v2/results/a"),
        respond(202, {}, location="/api/v2/results/b"),
        respond(202, {}),
        respond(503),
        respond(200, {"status": "done"}),
    )
    assert play.result() == {"status": "done"}
    assert play.sent == [
        "POST /things",
        "GET /api/v2/results/a",
        "GET /api/v2/results/b",
        "GET /api/v2/results/b",
        "GET /api/v2/results/b",
    ]
    assert play.pauses[:2] == [0.1, pytest.approx(0.15)]


def test_waiting_for_accepted_work_ends_with_the_total_time() -> None:
    play = Play(POST, *[respond(202, {}, location="/api/v2/results/a")] * 1000, timeout=Timeout(total=30.0))
    with pytest.raises(e.RetryTimeoutError, match="still running"):
        play.result()


@pytest.mark.parametrize(
    "location", ["https://elsewhere.example/x", "//elsewhere.example/x", "https://[", "ftp://in.process/x"]
)
def test_a_location_elsewhere_is_never_followed(location: str) -> None:
    play = Play(POST, respond(202, {}, location=location))
    with pytest.raises(e.InvalidResponseError):
        play.result()
    assert len(play.sent) == 1


def test_a_202_without_location_is_an_error() -> None:
    with pytest.raises(e.InvalidResponseError):
        Play(POST, respond(202, {})).result()


def test_a_statement_is_waited_for_at_its_status_url() -> None:
    """The SQL API answers 202 without a Location."""
    running = respond(202, {"statementStatusUrl": "/api/v2/statements/a?requestId=r"})
    play = Play(POST, running, running, respond(200, {"data": []}))
    assert play.result() == {"data": []}
    assert play.sent[1:] == ["GET /api/v2/statements/a?requestId=r"] * 2


@pytest.mark.parametrize("word", ["async", "asyncExec"])
def test_who_asks_for_no_more_than_the_acceptance_has_it_at_once(word: str) -> None:
    begun: Operation[Any] = Operation(id="begin", method="POST", path="/things", query={word: True})
    assert Play(begun, respond(202, {"statementHandle": "a"})).result() == {"statementHandle": "a"}
    waited = Play(begun, respond(202, {}, location="/a"), respond(200, {"data": []}), accept_accepted=False)
    assert waited.result() == {"data": []}


@pytest.mark.parametrize("code", ["390112", 390112])
def test_an_expired_session_is_renewed_once(code: object) -> None:
    class Expiring:
        token = 0

        def headers(self) -> dict[str, str]:
            return {"Authorization": f"token {self.token}"}

        def renew(self) -> bool:
            self.token += 1
            return True

    expired = respond(401, {"error_code": code, "message": "Session expired"})
    play = Play(POST, expired, respond(200, {}), auth=Expiring())
    assert play.result() == {}
    carried = [m.request.headers["Authorization"] for m in play.moves if isinstance(m, Send)]
    assert carried == ["token 0", "token 1"]
    with pytest.raises(e.UnauthorizedError):
        Play(POST, expired, expired, auth=Expiring()).result()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, e.APIError),
        (401, e.UnauthorizedError),
        (403, e.ForbiddenError),
        (404, e.NotFoundError),
        (405, e.APIError),
        (409, e.ConflictError),
        (410, e.APIError),
        (500, e.ServerError),
        (502, e.ServerError),
        (301, e.APIError),
        (304, e.APIError),
    ],
)
def test_each_status_is_an_error_of_the_tree(status: int, error: type[e.APIError]) -> None:
    body = {"message": "no such thing", "error_code": "002003", "request_id": "r-1"}
    with pytest.raises(error) as caught:
        Play(GET, respond(status, body)).result()
    assert type(caught.value) is error
    assert (caught.value.status, caught.value.error_code, caught.value.request_id) == (status, "002003", "r-1")
    assert caught.value.get_request_info() == {
        "message": "no such thing",
        "request_id": "r-1",
        "error_code": "002003",
    }
    for told in (str(status), "no such thing", "fetchThing GET /thing", "002003", "r-1"):
        assert told in str(caught.value)


def test_an_html_page_is_an_error_of_the_tree_too() -> None:
    page = Response(502, {"content-type": "text/html"}, b"<html><h1>Bad gateway</h1></html>")
    with pytest.raises(e.ServerError, match="Bad gateway"):
        Play(GET, page).result()
    with pytest.raises(e.UnexpectedResponseError):
        Play(GET, Response(200, {"content-type": "text/html"}, b"<html>Please log in</html>")).result()


def test_an_answer_without_a_body_is_none() -> None:
    assert Play(GET, Response(200)).result() is None


class Renewable:
    """Credentials that are fresh each time they are renewed."""

    def __init__(self) -> None:
        self.number = 1

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.number}"}

    def renew(self) -> bool:
        self.number += 1
        return True


def bearers(play: Play) -> list[str]:
    return [move.request.headers["Authorization"] for move in play.moves if isinstance(move, Send)]


@pytest.mark.parametrize("body", [{"code": "390318"}, {"code": "390144"}, {"message": "no"}, None])
def test_any_401_renews_once(body: object) -> None:
    play = Play(POST, respond(401, body), respond(200, {}), auth=Renewable())
    assert play.result() == {}
    assert bearers(play) == ["Bearer 1", "Bearer 2"]
    with pytest.raises(e.UnauthorizedError):
        Play(POST, respond(401, body), respond(401, body), auth=Renewable()).result()


def test_what_another_call_renewed_is_not_renewed_again() -> None:
    auth = Renewable()
    play = Play(POST, respond(200, {}), auth=auth)
    first = play.call.send(None)
    auth.renew()  # by another call, while the request is under way
    again = play.call.send(respond(401))
    assert isinstance(first, Send)
    assert isinstance(again, Send)
    assert again.request.headers["Authorization"] == "Bearer 2"


def test_a_long_wait_outlasts_several_tokens() -> None:
    accepted = respond(202, {}, location="/api/v2/results/a")
    play = Play(POST, accepted, respond(401), accepted, respond(401), respond(200, {}), auth=Renewable())
    assert play.result() == {}
    assert bearers(play)[-1] == "Bearer 3"


def test_credentials_that_cannot_be_renewed_are_sent_once() -> None:
    play = Play(GET, respond(401))
    with pytest.raises(e.UnauthorizedError):
        play.result()
    assert len(play.sent) == 1
