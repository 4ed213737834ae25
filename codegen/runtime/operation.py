"""Operations: what a call is, before anything is sent."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import date
from typing import Any, Generic, Protocol, TypeVar, cast
from urllib.parse import quote, urlencode

import attrs

from .kinds import Kind, show

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class Steps(Protocol[_T_co]):
    """Work made of operations: iterating it yields what to send, is sent each answer, and returns the result.

    An operation is the shortest of them; a generator with `yield from operation` is one of several.
    """

    def __iter__(self) -> Generator[Any, Any, _T_co]: ...


class OperationError(ValueError):
    """An argument that can't be sent, noticed before anything was."""


@attrs.frozen(slots=True)
class Request:
    """What goes over the wire. The host is not part of it."""

    method: str
    target: str  # the path with its query
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    content: bytes | None = attrs.field(default=None, repr=False)


@attrs.frozen(slots=True, kw_only=True)
class Operation(Generic[_T]):
    """One call of the API as a value."""

    id: str
    """The operation's name in the specification, such as `fetchTask`."""
    method: str
    path: str
    """The path, its parameters already filled in and percent-encoded."""
    query: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    headers: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    body: Any = attrs.field(default=None, repr=False)
    """JSON-ready, or bytes or text for another content type."""
    content_type: str | None = None
    answer: Kind | None = None
    """What the answer's body is; None where there is nothing to tell."""
    accept: str = "application/json"

    @property
    def target(self) -> str:
        """The path with its query string. None is left out, a list is repeated."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.query.items():
            items = cast("list[Any] | tuple[Any, ...]", value) if isinstance(value, (list, tuple)) else (value,)
            for item in items:
                if item is not None:
                    pairs.append((name, _text(item)))
        return f"{self.path}?{urlencode(pairs, quote_via=quote)}" if pairs else self.path

    @property
    def idempotent(self) -> bool:
        """Whether doing it twice does no more than doing it once."""
        if self.method != "POST":
            return True
        return self.query.get("createMode") == "ifNotExists" or bool(self.query.get("ifExists"))

    def decode(self, body: Any) -> _T:
        """The result out of the answer's body, parsed. TypeError if it can't be an answer to this operation."""
        if self.answer is None or body is None:
            return cast("_T", None)
        if not isinstance(body, self.answer.shape):
            raise TypeError(f"expected a JSON {self.answer.shape.__name__}, not {show(body)}")
        return self.answer.decode(body)

    def returning(self, answer: Kind) -> Operation[Any]:
        """The same call, its answer understood as another kind."""
        return attrs.evolve(self, answer=answer)

    def __iter__(self) -> Generator[Operation[_T], _T, _T]:
        return (yield self)


def segment(name: str, value: object) -> str:
    """A path parameter, percent-encoded whole. What would change the path's shape is refused."""
    text = _text(value)
    if not isinstance(value, (str, int)):
        raise TypeError(f"{name}: expected a string, not {show(value)}")
    if text in ("", ".", ".."):
        raise OperationError(f"{name}: {text!r} can't be the name of anything")
    return quote(text, safe="")


def argument(name: str, kind: Kind, value: Any, *, required: bool = False) -> Any:
    """A query or header parameter, checked where the call is written, as it travels. None stands for not given."""
    if value is None and not required:
        return None
    checked = kind.encode(kind.check(value, name))
    return checked.isoformat() if isinstance(checked, date) else checked


def body(name: str, kind: Kind, value: Any, *, required: bool = False) -> Any:
    """A request body, checked and made ready to travel, without what only the server sets."""
    return None if value is None and not required else kind.encode(kind.check(value, name), True)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(getattr(value, "value", value))
