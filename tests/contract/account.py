"""An account that writes down what it is asked, and answers from the specification."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

import attrs
from hypothesis import strategies as st

from .documents import Call, Document, call_of
from .strategies import Values

Answer = tuple[str, bytes]
"""Content type and body."""


@attrs.frozen
class Request:
    method: str
    target: str
    headers: Mapping[str, str]
    content: bytes | None


class Account:
    """Keeps requests, and gives each the answer that `answer` makes for its operation."""

    def __init__(self, answer: Callable[[Call], Answer]) -> None:
        self.requests: list[Request] = []
        self._answer = answer

    def handle_request(
        self, method: str, target: str, headers: Mapping[str, str], content: bytes | None
    ) -> tuple[int, dict[str, str], bytes]:
        self.requests.append(Request(method, target, headers, content))
        content_type, body = self._answer(call_of(method, target.partition("?")[0]))
        return 200, {"Content-Type": content_type}, body


def nothing(call: Call) -> Answer:
    """An empty answer of the right shape."""
    is_list = "items" in call.document.resolve(call.answer or {})
    return "application/json", b"[]" if is_list else b"{}"


def draw_answers(data: st.DataObject, values: Callable[[Document], Values]) -> Callable[[Call], Answer]:
    """Answers that Hypothesis draws. It can't in other threads, as task graphs use them: there, they are empty."""

    def answer(call: Call) -> Answer:
        if threading.current_thread() is not threading.main_thread():
            return nothing(call)
        content_type = next(iter(call.answers))
        if content_type == "application/json":
            value: Any = data.draw(values(call.document).of(call.answers[content_type]), label=f"answer to {call}")
            return content_type, json.dumps(value).encode()
        return content_type, b"data: {}\n\n" if content_type == "text/event-stream" else b"\x00"

    return answer
