"""Cortex's functions in SQL, whose answers come from `account.cortex`.

See https://docs.snowflake.com/en/user-guide/snowflake-cortex/aisql.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import orjson

from ...engine.errors import AccountError, EngineError, invalid, unsupported
from ...engine.names import split
from ...engine.protocol import Routine
from ...engine.types import DataType, parse
from ..code.values import outward
from .kinds import OF, place

if TYPE_CHECKING:
    from . import SqlSession

Path = tuple[str, str, str]
Request = dict[str, Any]


def function_of(session: SqlSession, path: Path, types: Sequence[DataType]) -> Routine | None:
    """The function that a query calls; None if Cortex has none like this."""
    known = _AI if path[:2] != ("SNOWFLAKE", "CORTEX") else _CORTEX
    forms = known.get(path[2], ())
    form = next((one for one in forms if len(one.takes) == len(types)), None)
    if form is None and known is _CORTEX and path[2] not in known:
        raise unsupported(f"the function SNOWFLAKE.CORTEX.{path[2]}")
    if form is None:
        return None
    takes = [(f"ARG{at}", type_, None) for at, type_ in enumerate(form.takes, 1)]
    code = _Answers(session, path[2], form)
    return Routine(path, takes, form.gives, (), "", True, code)


@attrs.frozen
class _Form:
    takes: Sequence[str]
    request: Callable[[Sequence[Any]], Request] | None
    """What is asked, by the arguments; None for a search in a service."""
    whole: bool = False
    """Whether the answer is JSON with what it took."""
    shown: Callable[[str], str] = str
    """The answer as the function gives it."""
    gives: str = "VARCHAR"


def _prompt(arguments: Sequence[Any]) -> Request:
    return {"model": arguments[0], "messages": [_user(arguments[1])]}


def _conversation(arguments: Sequence[Any]) -> Request:
    messages, options = map(orjson.loads, arguments[1:])
    return {"model": arguments[0], "messages": messages, **options}


def _text(arguments: Sequence[Any]) -> Request:
    return {"model": None, "messages": [_user(arguments[0])]}


def _extract(arguments: Sequence[Any]) -> Request:
    return {"model": None, "messages": [_user(text) for text in arguments]}


def _extracted(answer: str) -> str:
    return orjson.dumps([{"answer": answer, "score": 1.0}]).decode()


def _felt(answer: str) -> str:
    try:
        return str(min(max(float(answer), -1.0), 1.0))
    except ValueError:
        raise invalid(f"account.cortex.complete answered SENTIMENT with no number: {answer!r}.") from None


def _user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


_COMPLETE = (
    _Form(("VARCHAR", "VARCHAR"), _prompt),
    _Form(("VARCHAR", "ARRAY", "OBJECT"), _conversation, whole=True),
)
_CORTEX: Mapping[str, Sequence[_Form]] = {
    "COMPLETE": _COMPLETE,
    "TRY_COMPLETE": _COMPLETE,
    "SUMMARIZE": (_Form(("VARCHAR",), _text),),
    "TRANSLATE": (_Form(("VARCHAR", "VARCHAR", "VARCHAR"), _text),),
    "EXTRACT_ANSWER": (_Form(("VARCHAR", "VARCHAR"), _extract, shown=_extracted),),
    "SENTIMENT": (_Form(("VARCHAR",), _text, shown=_felt, gives="FLOAT"),),
    "SEARCH_PREVIEW": (_Form(("VARCHAR", "VARCHAR"), None),),
}
_AI: Mapping[str, Sequence[_Form]] = {
    "AI_COMPLETE": (_Form(("VARCHAR", "VARCHAR"), _prompt),),
    "AI_TRANSLATE": (_Form(("VARCHAR", "VARCHAR", "VARCHAR"), _text),),
}


@attrs.frozen(eq=False)
class _Answers:
    """`engine.protocol.Code`."""

    session: SqlSession
    name: str
    form: _Form

    @property
    def key(self) -> object:
        return "cortex", self.name, len(self.form.takes)

    def values(self, rows: Sequence[Sequence[Any]]) -> list[str | None]:
        zone = self.session.parameters.told("TIMEZONE") or "UTC"
        carry = outward([parse(one) for one in self.form.takes], zone)
        try:
            return [self._answer(carry(row)) for row in rows]
        except AccountError as error:  # as the engine passes it on
            raise EngineError(error.code, error.sqlstate, error.message) from error

    def rows(self, partition: Sequence[Sequence[Any]]) -> Sequence[Sequence[str | None]]:
        raise NotImplementedError  # they give no rows

    def _answer(self, arguments: Sequence[Any]) -> str | None:
        if self.form.request is None:
            return _searched(self.session, *arguments)
        request = {**self.form.request(arguments), "function": self.name, "arguments": list(arguments)}
        text = "".join(self.session.account.cortex.completed(request))
        if not self.form.whole:
            return self.form.shown(text)
        told = {"choices": [{"messages": text}], "created": int(self.session.account.clock().timestamp())}
        return orjson.dumps({**told, "model": request["model"]}).decode()


def _searched(session: SqlSession, name: str | None, request: str | None) -> str | None:
    """What a search service finds, as JSON: the answer of REST."""
    if name is None or request is None:
        return None
    where = place(session, OF["cortex-search-service"], split(name), "SEARCH_PREVIEW")
    try:
        asked = orjson.loads(request)
    except ValueError:
        raise invalid(f"SEARCH_PREVIEW: {request!r} is not JSON.") from None
    found = session.account.perform("cortex-search-service", "query", where, {}, asked, context=session.context)
    return orjson.dumps(found).decode()
