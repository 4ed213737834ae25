"""Cortex's functions in SQL, whose answers come from `account.cortex`.

Each is a Python function under the words that declare it: its names, its arguments (those in brackets may be left out)
and what it gives. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/aisql.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import attrs
import orjson

from ...engine.errors import AccountError, EngineError, compilation, invalid, unsupported
from ...engine.names import split
from ...engine.protocol import Routine
from ...engine.translate import variants
from ...engine.types import DataType, parse
from ..account.cortex import tokens
from ..code.values import outward
from .kinds import OF, place

if TYPE_CHECKING:
    from . import SqlSession

Path = tuple[str, str, str]


def function_of(session: SqlSession, path: Path, types: Sequence[DataType], named: Sequence[str]) -> Routine | None:
    """The function that a query calls; None if Cortex has none like this."""
    name = f"CORTEX.{path[2]}" if path[:2] == ("SNOWFLAKE", "CORTEX") else path[2]
    if name == "PROMPT" and types:
        takes = [(f"ARG{at}", "VARIANT", None) for at in range(len(types))]
        return Routine(path, takes, "OBJECT", (), "", False, _Answers(session, name, _PROMPT, len(types)))
    form = _FORMS.get(name)
    if form is None and "." in name:
        raise unsupported(f"the function SNOWFLAKE.CORTEX.{path[2]}")
    if form is None:
        return None
    given = {*[one.name for one in form.takes][: len(types)], *named}
    if form.least - given or len(types) > len(form.takes) or given - {one.name for one in form.takes}:
        told = ", ".join(one.name.lower() for one in form.takes)
        raise compilation("000938", f"wrong arguments for function [{path[2]}]; it has {told}", "22023")
    arguments = [(one.name, one.type, None if one.name in form.least else "NULL") for one in form.takes]
    code, gives = _Answers(session, name, form, len(form.takes)), form.gives
    if name == "AI_COMPLETE" and given & {"RESPONSE_FORMAT", "SHOW_DETAILS"}:
        gives = "VARIANT"
    return Routine(path, arguments, gives, (), "", False, code, is_aggregate=form.aggregate)


@attrs.frozen
class _Argument:
    name: str
    type: str


@attrs.frozen
class _Form:
    takes: Sequence[_Argument]
    least: frozenset[str]
    """The arguments that are needed; the value is NULL where one of them is."""
    gives: str
    answer: Callable[..., str | None]
    aggregate: bool = False


_FORMS: dict[str, _Form] = {}
_Answer = Callable[..., str | None]


def _function(declared: str, *, aggregate: bool = False) -> Callable[[_Answer], _Answer]:
    names, _, rest = declared.partition("(")
    arguments, _, gives = rest.partition(")")
    takes: list[_Argument] = []
    least: set[str] = set()
    for word in arguments.split():
        name, _, type_ = word.strip("[]").partition(":")
        takes.append(_Argument(name, type_ or "VARCHAR"))
        if not word.startswith("["):
            least.add(name)

    def declare(answer: _Answer) -> _Answer:
        for name in names.split():
            _FORMS[name] = _Form(takes, frozenset(least), gives.strip(), answer, aggregate)
        return answer

    return declare


@attrs.frozen
class _Ask:
    """What a function asks `account.cortex` with."""

    session: SqlSession
    name: str
    arguments: Sequence[Any]

    def complete(self, *texts: Any, model: str | None = None, **more: Any) -> str:
        messages = [{"role": "user", "content": _rendered(text)} for text in texts]
        request = {"model": model, "messages": messages, **more}
        return self.asked(request)

    def asked(self, request: dict[str, Any]) -> str:
        request |= {"function": self.name, "arguments": [*self.arguments]}
        return "".join(self.session.account.cortex.completed(request))

    def wrong(self, answer: str, wanted: str) -> AccountError:
        return invalid(f"account.cortex.complete answered {self.name} with no {wanted}: {answer!r}.")


def _rendered(text: Any) -> str:
    """A text, or what PROMPT made of one and its arguments."""
    if (prompt := _object(text)) is None:
        return str(text)
    if not {"template", "args"} <= prompt.keys():
        raise unsupported("files in functions of Cortex")
    given = dict(enumerate(_list(prompt["args"])))
    return re.sub(r"\{(\d+)\}", lambda found: str(given.get(int(found[1]), "")), prompt["template"])


@attrs.frozen(eq=False)
class _Answers:
    """`engine.protocol.Code`."""

    session: SqlSession
    name: str
    form: _Form
    count: int

    @property
    def key(self) -> object:
        return "cortex", self.name, self.count

    def values(self, rows: Sequence[Sequence[Any]]) -> list[str | None]:
        zone = self.session.parameters.told("TIMEZONE") or "UTC"
        types = [parse(one.type) for one in self.form.takes] or [parse("VARIANT")] * self.count
        carry = outward(types, zone)

        def carried(row: Sequence[Any]) -> list[Any]:
            told = zip(carry(row), types, strict=True)
            return [orjson.loads(one) if one is not None and type_.is_semistructured else one for one, type_ in told]

        try:
            if self.form.aggregate:
                return [self._answer_all([carried([*row.values()][1:]) for row in group or ()]) for (group,) in rows]
            return [self._answer(carried(row)) for row in rows]
        except AccountError as error:  # as the engine passes it on
            raise EngineError(error.code, error.sqlstate, error.message) from error

    def rows(self, partition: Sequence[Sequence[Any]]) -> Sequence[Sequence[str | None]]:
        raise NotImplementedError  # they give no rows

    def _answer(self, arguments: list[Any]) -> str | None:
        pairs = zip(self.form.takes, arguments)
        if any(value is None and one.name in self.form.least for one, value in pairs):
            return None
        while self.form.takes and arguments[-1] is None:  # those left out
            del arguments[-1]
        ask = _Ask(self.session, self.name.removeprefix("CORTEX."), arguments)
        return self.form.answer(ask, *arguments)

    def _answer_all(self, rows: list[list[Any]]) -> str | None:
        present = [row for row in rows if row[0] is not None]
        if not present:
            return None
        ask = _Ask(self.session, self.name, [[row[0] for row in present], *present[0][1:]])
        return self.form.answer(ask, *ask.arguments)


def _object(value: Any) -> dict[str, Any] | None:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _json(value: Any) -> str:
    """A value as the engine has an OBJECT or VARIANT."""
    return variants.parse(orjson.dumps(value).decode()) or "null"


def _read(answer: str) -> Any:
    """An answer that may be JSON."""
    try:
        return orjson.loads(answer)
    except ValueError:
        return answer


# Texts


_OPTIONS = "[MODEL_PARAMETERS:OBJECT] [RESPONSE_FORMAT:VARIANT] [SHOW_DETAILS:BOOLEAN]"


@_function(f"AI_COMPLETE(MODEL PROMPT:VARIANT {_OPTIONS}) VARCHAR")
def _complete(
    ask: _Ask, model: str, prompt: Any, options: Any = None, response_format: Any = None, details: Any = None
) -> str:
    asked = {"response_format": response_format} if response_format is not None else {}
    text = ask.complete(prompt, model=model, **(options or {}), **asked)
    if response_format is None and details is None:
        return text
    if not details:
        return _json(_read(text) if response_format is not None else text)
    choice = (
        {"messages": text}
        if response_format is None
        else {"structured_output": [{"raw_message": _read(text), "type": "json"}]}
    )
    return _json(_told(ask, model, choice, _rendered(prompt), text))


def _told(ask: _Ask, model: str, choice: Any, asked: str, answer: str) -> dict[str, Any]:
    used = {"completion_tokens": tokens(answer), "prompt_tokens": tokens(asked)}
    usage = {**used, "total_tokens": sum(used.values())}
    return {
        "choices": [choice],
        "created": int(ask.session.account.clock().timestamp()),
        "model": model,
        "usage": usage,
    }


@_function("CORTEX.COMPLETE CORTEX.TRY_COMPLETE(MODEL PROMPT:VARIANT [OPTIONS:OBJECT]) VARCHAR")
def _completed(ask: _Ask, model: str, prompt: Any, options: dict[str, Any] | None = None) -> str:
    if options is None:
        return ask.complete(prompt, model=model)
    text = ask.asked({"model": model, "messages": prompt, **options})
    return orjson.dumps(_told(ask, model, {"messages": text}, "", text)).decode()


@_function("CORTEX.SUMMARIZE AI_REDACT(TEXT [CATEGORIES:ARRAY]) VARCHAR")
@_function("CORTEX.TRANSLATE AI_TRANSLATE(TEXT FROM TO) VARCHAR")
def _text(ask: _Ask, text: str, *_: Any) -> str:
    return ask.complete(text)


@_function("CORTEX.EXTRACT_ANSWER(TEXT QUESTION) VARCHAR")
def _answered(ask: _Ask, text: str, question: str) -> str:
    return orjson.dumps([{"answer": ask.complete(text, question), "score": 1.0}]).decode()


@_function("AI_AGG(TEXT INSTRUCTION) VARCHAR", aggregate=True)
@_function("AI_SUMMARIZE_AGG(TEXT) VARCHAR", aggregate=True)
def _of_many(ask: _Ask, texts: list[str], *instruction: str) -> str:
    return ask.complete(*instruction, "\n".join(texts))


# Judgements


@_function("AI_FILTER(INPUT:VARIANT) BOOLEAN")
def _filter(ask: _Ask, text: Any) -> str:
    answer = ask.complete(text).strip().lower()
    if answer not in ("true", "false"):
        raise ask.wrong(answer, "true or false")
    return answer


@_function("AI_CLASSIFY CORTEX.CLASSIFY_TEXT(INPUT:VARIANT LIST_OF_CATEGORIES:ARRAY [CONFIG_OBJECT:OBJECT]) OBJECT")
def _classify(ask: _Ask, text: Any, categories: list[Any], config: Any = None) -> str:
    labels = [str((_object(one) or {"label": one})["label"]) for one in categories]
    if len(set(labels)) != len(labels) or not labels:
        raise invalid(f"{ask.name}: the categories must be one or more, each another.")
    chosen = [str(one) for one in _list(_read(ask.complete(text, categories=labels)))]
    if not set(chosen) <= set(labels):
        raise ask.wrong(str(chosen), f"category of {labels}")
    return _json({"label": chosen[0]} if ask.name == "CLASSIFY_TEXT" else {"labels": chosen})


@_function("CORTEX.SENTIMENT(TEXT) FLOAT")
def _felt(ask: _Ask, text: str) -> str:
    answer = ask.complete(text)
    try:
        return str(min(max(float(answer), -1.0), 1.0))
    except ValueError:
        raise ask.wrong(answer, "number") from None


@_function("AI_SENTIMENT CORTEX.ENTITY_SENTIMENT(TEXT [CATEGORIES:ARRAY]) OBJECT")
def _felt_of_each(ask: _Ask, text: str, categories: Sequence[str] = ()) -> str:
    asked = ["overall", *categories]
    found = _read(ask.complete(text, categories=asked))
    each = _object(found) or dict.fromkeys(asked, found)
    told = [{"name": name, "sentiment": str(each.get(name, "unknown"))} for name in asked]
    if wrong := {one["sentiment"] for one in told} - {"unknown", "positive", "negative", "neutral", "mixed"}:
        raise ask.wrong(wrong.pop(), "sentiment")
    return _json({"categories": told})


@_function("AI_EXTRACT(TEXT RESPONSEFORMAT:VARIANT) OBJECT")
def _extract(ask: _Ask, text: str, wanted: Any) -> str:
    names = _names(wanted)
    found = _read(ask.complete(text, response_format=wanted))
    each = _object(found) or dict.fromkeys(names, found)
    return _json({"error": None, "response": {name: each.get(name) for name in names}})


def _names(wanted: Any) -> list[str]:
    """What AI_EXTRACT is to find: a JSON schema's properties, names with questions, or questions alone."""
    if (found := _object(wanted)) is not None:
        return [*(found["schema"]["properties"] if "schema" in found else found)]
    return [str(_list(one)[0]).partition(": ")[0] for one in _list(wanted)]


@_function("AI_SIMILARITY(INPUT1 INPUT2 [CONFIG_OBJECT:OBJECT]) FLOAT")
def _alike(ask: _Ask, one: str, other: str, config: Any = None) -> str:
    model = (_object(config) or {}).get("model", "snowflake-arctic-embed-l-v2.0")
    left, right = ask.session.account.cortex.embedded(model, [one, other])
    return str(sum(map(float.__mul__, left, right)) / (math.hypot(*left) * math.hypot(*right)))


@_function("CORTEX.COUNT_TOKENS(MODEL TEXT) NUMBER(38,0)")
@_function("AI_COUNT_TOKENS(FUNCTION_NAME TEXT [MORE]) NUMBER(38,0)")
def _count(ask: _Ask, *texts: str) -> str:
    return str(tokens(texts[-1]))


@_function("CORTEX.SEARCH_PREVIEW(SERVICE QUERY) VARCHAR")
def _searched(ask: _Ask, name: str, request: str) -> str:
    """What a search service finds, as JSON: the answer of REST."""
    where = place(ask.session, OF["cortex-search-service"], split(name), "SEARCH_PREVIEW")
    try:
        asked = orjson.loads(request)
    except ValueError:
        raise invalid(f"SEARCH_PREVIEW: {request!r} is not JSON.") from None
    found = ask.session.account.perform("cortex-search-service", "query", where, {}, asked, context=ask.session.context)
    return orjson.dumps(found).decode()


def _prompt(_: _Ask, template: str, *arguments: Any) -> str:
    return _json({"args": ["" if one is None else one for one in arguments], "template": template})


_PROMPT = _Form((), frozenset(), "OBJECT", _prompt)
