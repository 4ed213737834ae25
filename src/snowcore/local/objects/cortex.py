"""Cortex over REST: each operation asks the functions of `account.cortex`, and answers whole or in events.

See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from functools import partialmethod
from typing import Any, ClassVar

import orjson

from snowcore._names import quote_identifier

from ...engine.errors import AccountError, invalid
from ...engine.names import split
from ..account import scoped_tokens
from ..account.calls import Call, Events
from ..account.cortex import text_of, tokens
from .base import Content, ObjectType, done

Event = tuple[str, Any]
"""A name, which may be empty, and what is told."""


class Service(ObjectType):
    """Operations that are about no object."""

    above: ClassVar[tuple[str, ...]] = ()

    def permit(self, verb: str, call: Call) -> None:
        """Every role may use Cortex, as with Snowflake's role CORTEX_USER, which PUBLIC has."""

    def request(self, call: Call) -> dict[str, Any]:
        request: dict[str, Any] = call.body or {}
        if not request.get("messages"):
            raise invalid("messages: at least one message is needed.")
        return request


class Inference(Service):
    resource, what = "cortex-inference", "inference"

    def do_models(self, call: Call) -> Content:
        return {"models": list(self.account.cortex.models)}

    def do_inference_complete(self, call: Call) -> Content | Events:
        request = self.request(call)
        pieces = self.account.cortex.completed(request)
        if request.get("stream") is False:
            text = "".join(pieces)
            message = {"content": text, "content_list": [{"type": "text", "text": text}]}
            return {"choices": [{"message": message}], "finish_reason": "stop", "usage": _usage(request, text)}
        return _events(_completion(request, pieces))


def _completion(request: Mapping[str, Any], pieces: Iterator[str]) -> Iterator[Event]:
    whole, answer = "", {"id": str(uuid.uuid4()), "model": request["model"]}
    for piece in pieces:
        whole += piece
        delta = {"type": "text", "content": piece, "content_list": [{"type": "text", "text": piece}], "text": piece}
        yield "", {**answer, "choices": [{"delta": delta}], "usage": {}}
    yield "", {**answer, "choices": [{"delta": {}, "finish_reason": "stop"}], "usage": _usage(request, whole)}


class OpenAI(Service):
    resource, what = "cortex-generic-openai", "completion"

    def do_completions(self, call: Call) -> Content | Events:
        request = self.request(call)
        pieces = self.account.cortex.completed(request)
        answer = {"id": f"chatcmpl-{uuid.uuid4()}", "model": request.get("model"), "created": _now(self)}
        if not request.get("stream"):
            text = "".join(pieces)
            choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            told = {"object": "chat.completion", "choices": [choice], "usage": _usage(request, text)}
            return {**answer, **told}

        def chunks() -> Iterator[Event]:
            chunk = {**answer, "object": "chat.completion.chunk"}
            for piece in pieces:
                delta = {"role": "assistant", "content": piece}
                yield "", {**chunk, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
            yield "", {**chunk, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}

        return _events(chunks(), end=b"data: [DONE]\n\n")


class Anthropic(Service):
    resource, what = "cortex-generic-anthropic", "message"

    def do_messages(self, call: Call) -> Content | Events:
        request = self.request(call)
        pieces = self.account.cortex.completed(request)
        answer = {"id": f"msg_{uuid.uuid4().hex}", "type": "message", "role": "assistant", "model": request["model"]}
        if not request.get("stream"):
            text = "".join(pieces)
            content = [{"type": "text", "text": text}]
            return {**answer, "content": content, "stop_reason": "end_turn", "usage": _tokens(request, text)}

        def events() -> Iterator[Event]:
            whole, block = "", {"type": "text", "text": ""}
            nothing: list[Content] = []
            started = {**answer, "content": nothing, "stop_reason": None, "usage": _tokens(request, "")}
            yield "message_start", {"type": "message_start", "message": started}
            yield "content_block_start", {"type": "content_block_start", "index": 0, "content_block": block}
            for piece in pieces:
                whole += piece
                delta = {"type": "text_delta", "text": piece}
                yield "content_block_delta", {"type": "content_block_delta", "index": 0, "delta": delta}
            yield "content_block_stop", {"type": "content_block_stop", "index": 0}
            stop = {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": _tokens(request, whole)}
            yield "message_delta", stop
            yield "message_stop", {"type": "message_stop"}

        return _events(events())


class Embed(Service):
    resource, what = "cortex-embed", "embedding"

    def do_inference_embed(self, call: Call) -> Content:
        model, texts = call.body["model"], call.body["text"]
        found = self.account.cortex.embedded(model, texts)
        rows = [{"object": "embedding", "embedding": [list(vector)], "index": at} for at, vector in enumerate(found)]
        total = sum(map(tokens, texts))
        return {"object": "list", "data": rows, "model": model, "usage": {"total_tokens": total}}


class Agents(Service):
    resource, what = "cortex-lite-agent", "agent"

    def do_agent_run(self, call: Call) -> Content | Events:
        request = self.request(call)
        pieces = self.account.cortex.run(request)
        if request.get("stream") is False:
            return _said("".join(pieces))

        def events() -> Iterator[Event]:
            whole = ""
            yield "response.status", {"status": "proceeding_to_answer", "message": "Forming the answer"}
            for piece in pieces:
                whole += piece
                yield "response.text.delta", {"content_index": 0, "text": piece}
            yield "response.text", {"content_index": 0, "text": whole}
            yield "response", _said(whole)

        return _events(events(), end=b"event: done\ndata: [DONE]\n\n")


def _said(text: str) -> Content:
    return {"role": "assistant", "content": [{"type": "text", "text": text}]}


class Analyst(Service):
    resource, what = "cortex-analyst", "analyst"

    def do_message(self, call: Call) -> Content | Events:
        request, request_id = self.request(call), str(uuid.uuid4())
        found = self.account.cortex.analysed(request)
        content: list[Content] = [{"type": "text", "text": found["text"]}] if "text" in found else []
        if "sql" in found:
            content.append({"type": "sql", "statement": found["sql"]})
        if "suggestions" in found:
            content.append({"type": "suggestions", "suggestions": list(found["suggestions"])})
        if not request.get("stream"):
            return {"message": {"role": "analyst", "content": content}, "request_id": request_id, "warnings": []}

        def events() -> Iterator[Event]:
            yield "status", {"status": "interpreting_question", "status_message": "Interpreting question"}
            for index, part in enumerate(content):
                if part["type"] == "suggestions":
                    for at, text in enumerate(part["suggestions"]):
                        delta = {"index": at, "suggestion_delta": text}
                        told = {"index": index, "type": "suggestions", "suggestions_delta": delta}
                        yield "message.content.delta", told
                else:
                    name = "text" if part["type"] == "text" else "statement"
                    told = {"index": index, "type": part["type"], f"{name}_delta": part[name]}
                    yield "message.content.delta", told
            yield "status", {"status": "done", "status_message": "Done"}

        return _events(events(), end=b"event: done\ndata: {}\n\n")

    def do_feedback(self, call: Call) -> Content:
        return done()

    def do_token(self, call: Call) -> Content:
        """A token that asks Analyst alone, as who asks for it."""
        who = call.context
        if who.scope is not None:
            raise AccountError(403, "390303", "08001", "A token with a scope gives no other one.")
        return {
            "token": self.account.scoped_tokens.give(self.resource, who.user, who.role),
            "expiration_seconds": scoped_tokens.SECONDS,
        }

    def _suggested(self, name: str, call: Call) -> Content:
        found = self.account.cortex.suggested(name, {**call.query, **(call.body or {})})
        return {"request_id": str(uuid.uuid4()), **found}

    do_verified_query_suggestions = partialmethod(_suggested, "verified_query_suggestions")
    do_pre_selection = partialmethod(_suggested, "pre_selection")
    do_filters_and_metrics_suggestions = partialmethod(_suggested, "filters_and_metrics_suggestions")
    do_agentic_optimization = partialmethod(_suggested, "agentic_optimization")

    def do_create(self, call: Call) -> Content:
        return self._suggested("agentic_optimizations", call)

    def do_fast_generation(self, call: Call) -> Events:
        """One event, of the whole model."""
        return _events(iter([("response", self.account.cortex.suggested("fast_generation", call.body))]))


class Chat(Service):
    resource, what = "cortex-chat", "chat"

    def do_chat(self, call: Call) -> Events:
        asked: dict[str, Any] = call.body
        services: list[dict[str, Any]] = asked.get("search_services") or []
        found = {one["name"]: self._found(asked, one, call) for one in services}
        messages = [*(asked.get("messages") or ()), {"role": "user", "content": asked["query"]}]
        pieces = self.account.cortex.chatted({**asked, "messages": messages, "search_results": found})

        def events() -> Iterator[Event]:
            answer = {"id": f"msg_{uuid.uuid4().hex}", "object": "message.delta"}
            for piece in pieces:
                content = [{"index": 0, "type": "text", "text": piece}]
                yield "message.delta", {**answer, "delta": {"role": "assistant", "content": content}}

        return _events(events(), end=b"event: done\ndata: [DONE]\n\n")

    def _found(self, asked: Mapping[str, Any], service: Mapping[str, Any], call: Call) -> Any:
        """What a search service finds for the question."""
        parts = split(service["name"])
        if len(parts) != 3:
            raise invalid(f"'{service['name']}' needs its database and schema.")
        where: Mapping[str, str] = dict(zip(("database", "schema", "name"), map(quote_identifier, parts), strict=True))
        columns = [
            self.account.perform("cortex-search-service", "fetch", where, context=call.context)["search_column"],
            *(service[name] for name in ("id_column", "title_column") if name in service),
        ]
        request = {"query": asked["query"], "columns": columns, "filter": service.get("filter")}
        request["limit"] = service.get("max_results") or asked.get("max_results") or 10
        return self.account.perform("cortex-search-service", "query", where, {}, request, context=call.context)[
            "results"
        ]


def _events(events: Iterator[Event], end: bytes = b"") -> Events:
    """Server-sent events of what comes. What fails on the way is the last of them."""

    def pieces() -> Iterator[bytes]:
        try:
            for name, told in events:
                yield (f"event: {name}\n".encode() if name else b"") + b"data: " + orjson.dumps(told) + b"\n\n"
            if end:
                yield end
        except AccountError as error:
            told = {"code": error.code, "error_code": error.code, "message": error.message}
            yield b"event: error\ndata: " + orjson.dumps(told) + b"\n\n"

    return Events(pieces())


def _usage(request: Mapping[str, Any], answer: str) -> dict[str, int]:
    asked, told = sum(tokens(text_of(one)) for one in request["messages"]), tokens(answer)
    return {"prompt_tokens": asked, "completion_tokens": told, "total_tokens": asked + told}


def _tokens(request: Mapping[str, Any], answer: str) -> dict[str, int]:
    usage = _usage(request, answer)
    return {"input_tokens": usage["prompt_tokens"], "output_tokens": usage["completion_tokens"]}


def _now(kind: ObjectType) -> int:
    return int(kind.account.clock().timestamp())


SERVICES: tuple[type[ObjectType], ...] = (Inference, OpenAI, Anthropic, Embed, Agents, Analyst, Chat)
