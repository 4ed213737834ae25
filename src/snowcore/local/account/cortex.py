"""Cortex, to program against: the answers come from functions that the user sets, and say by themselves that they are
made up until then."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from ...engine.errors import AccountError, unsupported

Request = Mapping[str, Any]
Told = str | Iterable[str]
"""An answer: a text, or its pieces as they come."""

MARK = "[snowcore: no language model]"
"""What answers begin with that nobody has set a function for."""
_LARGE = "multilingual-e5-large nv-embed-qa-4 snowflake-arctic-embed-l-v2.0 snowflake-arctic-embed-l-v2.0-8k"
_DIMENSIONS: Mapping[str, int] = dict.fromkeys(f"{_LARGE} voyage-multilingual-2".split(), 1024)
"""Of the vectors of models that have not 768."""


def text_of(message: Request) -> str:
    """The text of a message, whether it is a text or parts."""
    content = message.get("content") or message.get("content_list") or ""
    if isinstance(content, str):
        return content
    parts: Sequence[Request] = content
    return "\n".join(str(part.get("text", "")) for part in parts)


def tokens(text: str) -> int:
    """How many words, since there is no model that would know its tokens."""
    return len(text.split())


_FIXED: Mapping[str, str] = {
    "SENTIMENT": "0",
    "AI_FILTER": "true",
    **dict.fromkeys(("AI_SENTIMENT", "ENTITY_SENTIMENT"), "unknown"),
}
"""Answers that are no texts, and so can't say that they are made up."""


def _made_up(request: Request) -> str:
    name = str(request.get("function"))
    if name in _FIXED:
        return _FIXED[name]
    if name in ("AI_CLASSIFY", "CLASSIFY_TEXT"):
        return request["categories"][0]
    messages: Sequence[Request] = request["messages"]
    return f"{MARK} {text_of(messages[-1])}"


def _hashed(model: str, texts: Sequence[str]) -> list[list[float]]:
    """A direction of length 1 for each text: the same for the same text, and near to nothing else."""
    return [_direction(text, _DIMENSIONS.get(model, 768)) for text in texts]


def _direction(text: str, size: int) -> list[float]:
    noise = hashlib.shake_128(text.encode()).digest(size)
    values = [byte / 127.5 - 1 for byte in noise]
    length = math.sqrt(sum(value * value for value in values))
    return [value / length for value in values]


@attrs.define(eq=False)
class Cortex:
    """The functions that answer. Each is called with the request as REST has it; what it raises, the caller is told.

    The function of a request in SQL is in the request's `function`, such as `SUMMARIZE`, and its arguments are in
    `arguments`. See docs/cortex.md.
    """

    complete: Callable[[dict[str, Any]], Told] = _made_up
    """Continues a conversation: `messages`, `model`, `temperature`, … The answer's text, or pieces of it to stream."""
    agent: Callable[[dict[str, Any]], Told] = _made_up
    """Runs an agent: `messages`, `tools`, `instructions`, …"""
    analyst: Callable[[dict[str, Any]], str | Mapping[str, Any]] = _made_up
    """Answers a question about data: a text, or a mapping with `text`, `sql`, `suggestions`, of which each may be
    missing."""
    suggest: Callable[[str, dict[str, Any]], Mapping[str, Any]] | None = None
    """What Analyst suggests for a semantic model, by the operation's name, such as `verified_query_suggestions`: the
    answer as REST has it."""
    chat: Callable[[dict[str, Any]], Told] = _made_up
    """Answers a question: `query`, `messages` with the question at their end, and in `search_results` what each of its
    `search_services` found, by the service's name."""
    embed: Callable[[str, list[str]], Sequence[Sequence[float]]] = _hashed
    """The vectors of texts, by the name of a model."""
    models: Sequence[str] = (
        "claude-sonnet-4-5",
        "llama3.1-70b",
        "mistral-large2",
        "openai-gpt-4.1",
        "snowflake-arctic",
    )
    """Those that can be used; any name is taken."""

    def completed(self, request: Request) -> Iterator[str]:
        return _pieces("complete", self.complete, request)

    def run(self, request: Request) -> Iterator[str]:
        return _pieces("agent", self.agent, request)

    def chatted(self, request: Request) -> Iterator[str]:
        return _pieces("chat", self.chat, request)

    def analysed(self, request: Request) -> Mapping[str, Any]:
        found = _called("analyst", lambda: self.analyst(dict(request)))
        return {"text": found} if isinstance(found, str) else found

    def suggested(self, name: str, request: Request) -> Mapping[str, Any]:
        suggest = self.suggest
        if suggest is None:
            raise unsupported("what Cortex suggests for semantic models, unless account.cortex.suggest is set")
        return _called("suggest", lambda: suggest(name, dict(request)))

    def embedded(self, model: str, texts: list[str]) -> Sequence[Sequence[float]]:
        return _called("embed", lambda: self.embed(model, texts))


def _pieces(name: str, function: Callable[[dict[str, Any]], Told], request: Request) -> Iterator[str]:
    """What a function says. The first piece is waited for, so that what fails at once is an error and no answer."""
    found = _called(name, lambda: function(dict(request)))
    coming = iter([found] if isinstance(found, str) else found)
    first = _called(name, lambda: next(coming, ""))

    def every() -> Iterator[str]:
        yield first
        while (piece := _called(name, lambda: next(coming, None))) is not None:
            yield piece

    return every()


def _called(name: str, call: Callable[[], Any]) -> Any:
    try:
        return call()
    except AccountError:
        raise
    except Exception as error:
        text = f"The function of account.cortex.{name} failed: {type(error).__name__}: {error}"
        raise AccountError(500, "100351", "P0000", text) from error
