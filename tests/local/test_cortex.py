"""Cortex answers with the functions that a user has set."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest

from snowcore import Root
from snowcore.cortex.inference_service import CompleteRequest, CompleteRequestMessagesInner
from snowcore.cortex.lite_agent_service import AgentRunRequest
from snowcore.engine.errors import AccountError
from snowcore.exceptions import APIError
from snowcore.local import LocalAccount
from snowcore.local.account.cortex import MARK
from snowcore.local.doors.server import LocalServer

from .conftest import Api

ASKED: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "hi you"}]}


def pieces(request: dict[str, Any]) -> Iterator[str]:
    yield "one "
    yield request["messages"][-1]["content"]


def told(account: LocalAccount, path: str, body: Any) -> list[tuple[str, Any]]:
    """The events of an answer: their names and what they say."""
    headers = {"Content-Type": "application/json"}
    status, found, text = account.handle_request("POST", f"/api/v2/cortex/{path}", headers, orjson.dumps(body))
    assert (status, found["Content-Type"]) == (200, "text/event-stream"), text
    events: list[tuple[str, Any]] = []
    for block in text.decode().removesuffix("\n\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        data = fields["data"]
        events.append((fields.get("event", ""), data if data.startswith("[") else orjson.loads(data)))
    return events


def test_until_a_function_is_set_an_answer_says_that_it_is_made_up(account: LocalAccount) -> None:
    request = CompleteRequest(model="m", messages=[CompleteRequestMessagesInner(content="hi you")])
    root = Root(account)
    events = [orjson.loads(event.data) for event in root.cortex_inference_service.complete(request)]
    assert events[0]["choices"][0]["delta"]["content"] == f"{MARK} hi you"
    assert "llama3.1-70b" in (root.cortex_inference_service.get_models().models or [])
    first, second, again = root.cortex_embed_service.embed("e5-base-v2", ["a", "b", "a"]).data
    assert first.embedding == again.embedding != second.embedding
    assert len(first.embedding[0]) == 768
    assert sum(value * value for value in first.embedding[0]) == pytest.approx(1)


def test_a_completion_streams_or_comes_whole_in_each_form(account: LocalAccount, api: Api) -> None:
    account.cortex.complete = pieces
    whole = api("POST", "cortex/inference:complete", {**ASKED, "stream": False})
    assert whole["choices"][0]["message"]["content"] == "one hi you"
    assert whole["usage"] == {"prompt_tokens": 2, "completion_tokens": 3, "total_tokens": 5}
    events = told(account, "inference:complete", ASKED)
    assert [event["choices"][0]["delta"].get("content") for _, event in events] == ["one ", "hi you", None]
    openai = api("POST", "cortex/v1/chat/completions", ASKED)
    assert openai["choices"][0]["message"] == {"role": "assistant", "content": "one hi you"}
    *chunks, (_, end) = told(account, "v1/chat/completions", {**ASKED, "stream": True})
    assert [chunk["choices"][0]["delta"].get("content") for _, chunk in chunks] == ["one ", "hi you", None]
    assert end == "[DONE]"
    claude = {**ASKED, "max_tokens": 10}
    assert api("POST", "cortex/v1/messages", claude)["content"] == [{"type": "text", "text": "one hi you"}]
    names = [name for name, _ in told(account, "v1/messages", {**claude, "stream": True})]
    assert names == [
        *("message_start", "content_block_start", "content_block_delta", "content_block_delta"),
        *("content_block_stop", "message_delta", "message_stop"),
    ]


def test_an_agent_and_the_analyst_answer(account: LocalAccount, api: Api) -> None:
    account.cortex.agent = pieces
    message = {"role": "user", "content": [{"type": "text", "text": "how many?"}]}
    account.cortex.agent = lambda request: f"asked by {request['messages'][0]['content'][0]['text']}"
    request = AgentRunRequest.from_dict({"messages": [message]})
    *_, response, _ = Root(account).cortex_agent_service.run(request)
    assert response.event == "response"
    assert orjson.loads(response.data)["content"][0]["text"] == "asked by how many?"
    account.cortex.analyst = lambda request: {"text": "So many:", "sql": "select 1", "suggestions": ["Why?"]}
    question = {"messages": [message], "semantic_view": "d.s.v"}
    assert api("POST", "cortex/analyst/message", question)["message"]["content"] == [
        {"type": "text", "text": "So many:"},
        {"type": "sql", "statement": "select 1"},
        {"type": "suggestions", "suggestions": ["Why?"]},
    ]
    events = told(account, "analyst/message", {**question, "stream": True})
    assert [event["type"] for name, event in events if name == "message.content.delta"] == [
        "text",
        "sql",
        "suggestions",
    ]
    assert events[-1][0] == "done"


def test_analyst_suggests_what_a_function_says(api: Api, account: LocalAccount) -> None:
    asked, request = list[Any](), {"semantic_model": {"semantic_view": "d.s.v"}}
    optimization, wanted = "cortex/analyst/agentic-optimization", {"optimization_name": "o"}
    assert api.error("GET", optimization, **wanted)[:2] == (400, "000002")

    def suggest(name: str, said: dict[str, Any]) -> dict[str, Any]:
        asked.append((name, said))
        return {"optimizations": [{"optimization_name": "o"}]} if name == "agentic_optimizations" else {"state": "s"}

    account.cortex.suggest = suggest
    assert api("POST", f"{optimization}s", request)["optimizations"] == [{"optimization_name": "o"}]
    assert api("GET", optimization, **wanted)["state"] == "s"
    assert asked == [("agentic_optimizations", request), ("agentic_optimization", wanted)]
    assert told(account, "analyst/fast-generation", {}) == [("response", {"state": "s"})]


def test_functions_of_sql_ask_the_same_function(account: LocalAccount) -> None:
    account.execute("create database d")
    account.cortex.complete = lambda request: f"{request['function']} {request['arguments']}"
    session = account.session(database="D", schema="PUBLIC")
    for call, answer in (
        ("snowflake.cortex.complete('m', x)", "COMPLETE ['m', 'one']"),
        ("ai_complete('m', x)", "AI_COMPLETE ['m', 'one']"),
        ("snowflake.cortex.summarize(x)", "SUMMARIZE ['one']"),
        ("snowflake.cortex.translate(x, 'en', 'de')", "TRANSLATE ['one', 'en', 'de']"),
        ("snowflake.cortex.extract_answer(x, 'q')", """[{"answer":"EXTRACT_ANSWER ['one', 'q']","score":1.0}]"""),
        ("snowflake.cortex.complete('m', null)", None),
    ):
        assert session.execute(f"select {call} from (select 'one' as x)").rows == [(answer,)], call
    account.cortex.complete = lambda request: request["messages"][0]["role"]
    whole = session.execute("select snowflake.cortex.complete('m', [{'role': 'user', 'content': 'a'}], {})").rows[0][0]
    assert orjson.loads(whole)["choices"] == [{"messages": "user"}]
    for refused in ("ai_embed('m', 'a')", "ai_transcribe('a')", "snowflake.cortex.embed_text_768('m', 'a')"):
        with pytest.raises(AccountError) as caught:
            session.execute(f"select {refused}")
        assert caught.value.code == "000002"
    with pytest.raises(AccountError, match="it has input, list_of_categories, config_object"):
        session.execute("select ai_classify('a')")


@pytest.mark.parametrize(
    ("call", "made_up", "answer", "value"),
    [
        ("ai_filter(prompt('is {0} {1}?', x, 2))", True, "FALSE", False),
        ("ai_classify(x, ['a', {'label': 'b'}]):labels::text", '["a"]', '["b","a"]', '["b","a"]'),
        ("snowflake.cortex.classify_text(x, ['a', 'b']):label::text", "a", "b", "b"),
        ("ai_sentiment(x, ['cost']):categories[1]:sentiment::text", "unknown", "mixed", "mixed"),
        ("ai_extract(text => x, responseFormat => {'n': 'What?'}):response:n::text", f"{MARK} one", '{"n": 5}', "5"),
        ("ai_complete('m', x, {'temperature': 0.5}, {'type': 'json'})::text", f"{MARK} one", '{"b": 1}', '{"b":1}'),
        ("ai_complete(model => 'm', prompt => x, show_details => true):usage:prompt_tokens::int", 1, "b", 1),
        ("ai_complete('m', prompt('{0} {0}', x))", f"{MARK} one one", "b", "b"),
        ("ai_agg(x, 'the longest')", f"{MARK} one", "b", "b"),
        ("ai_summarize_agg(x)", f"{MARK} one", "b", "b"),
        ("round(ai_similarity(x, x), 3)", 1.0, "b", 1.0),
        ("ai_filter(null)", None, "b", None),
        ("ai_count_tokens('ai_complete', 'm', 'a b') + snowflake.cortex.count_tokens('m', x)", 3, "b", 3),
    ],
)
def test_functions_of_ai_without_a_database(
    account: LocalAccount, call: str, made_up: object, answer: str, value: object
) -> None:
    session, text = account.session(), f"select {call} from (select 'one' as x)"
    assert session.execute(text).rows == [(made_up,)]
    account.cortex.complete = lambda request: answer
    assert session.execute(text).rows == [(value,)]


def test_an_answer_that_is_none_is_refused(account: LocalAccount) -> None:
    account.cortex.complete = lambda request: "perhaps"
    for call in ("ai_filter('a')", "ai_classify('a', ['b'])", "ai_sentiment('a')"):
        with pytest.raises(AccountError, match=r"answered AI_.* with no .*perhaps"):
            account.execute(f"select {call}")


def test_how_a_text_feels_is_a_number(account: LocalAccount) -> None:
    account.execute("create database d")
    session = account.session(database="D", schema="PUBLIC")
    text = "select snowflake.cortex.sentiment(x) + 1 from values ('good'), ('bad') as t (x)"
    assert session.execute(text).rows == [(1.0,), (1.0,)]
    account.cortex.complete = lambda request: {"good": "0.5", "bad": "-7"}[request["arguments"][0]]
    assert session.execute(text).rows == [(1.5,), (0.0,)]
    account.cortex.complete = lambda request: "fine"
    with pytest.raises(AccountError, match="no number: 'fine'"):
        session.execute(text)


def test_what_a_function_raises_the_caller_is_told(account: LocalAccount, api: Api) -> None:
    def fails(request: dict[str, Any]) -> Iterator[str]:
        yield "one"
        raise ValueError("no more")

    account.cortex.complete = fails
    events = told(account, "inference:complete", ASKED)
    assert events[-1][0] == "error"
    assert events[-1][1]["message"] == "The function of account.cortex.complete failed: ValueError: no more"
    account.cortex.complete = lambda request: request["nothing"]
    with pytest.raises(APIError, match="KeyError: 'nothing'"):
        Root(account).cortex_inference_service.complete(
            CompleteRequest(model="m", messages=[CompleteRequestMessagesInner(content="hi")])
        )
    with pytest.raises(AccountError, match="KeyError: 'nothing'"):
        account.execute("select snowflake.cortex.complete('m', 'a')")
    assert api.error("POST", "cortex/inference:complete", {"model": "m"})[0] == 400


def test_events_come_one_by_one_over_a_server(account: LocalAccount) -> None:
    seen = threading.Event()

    def waits(request: dict[str, Any]) -> Iterator[str]:
        yield "first"
        assert seen.wait(60)
        yield "second"

    account.cortex.complete = waits
    with LocalServer(account, user="u", password="p") as server:
        headers = {"Authorization": "Bearer p", "X-Snowflake-Authorization-Token-Type": "PROGRAMMATIC_ACCESS_TOKEN"}
        url = f"{server.url}/api/v2/cortex/inference:complete"
        with httpx.stream("POST", url, json=ASKED, headers=headers, timeout=240) as answer:
            lines = (line for line in answer.iter_lines() if line)
            assert "first" in next(lines)
            seen.set()
            assert "second" in next(lines)


def test_a_token_with_a_scope_asks_analyst_alone(account: LocalAccount, api: Api) -> None:
    told = Root(account).cortex_analyst_service.get_scoped_token()
    assert told.expiration_seconds == 3600
    with LocalServer(account, user="u", password="p") as server, httpx.Client(base_url=server.url) as client:
        client.headers["Authorization"] = f"Bearer {told.token}"
        asked = {"messages": [{"role": "user", "content": [{"type": "text", "text": "?"}]}], "semantic_view": "d.s.v"}
        assert client.post("/api/v2/cortex/analyst/message", json=asked).status_code == 200
        assert client.get("/api/v2/cortex/analyst/token").status_code == 403
        assert client.get("/api/v2/databases").status_code == 403
        assert client.post("/api/v2/statements", json={"statement": "select 1"}).status_code == 403
        account.advance(hours=2)
        assert client.post("/api/v2/cortex/analyst/message", json=asked).status_code == 401


def test_spark_is_not_enabled(api: Api) -> None:
    assert api.error("POST", "spark-connect/config")[0] == 403
