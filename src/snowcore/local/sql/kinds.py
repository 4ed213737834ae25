"""The kinds of objects that SQL and REST share, by the words that their modules say (`objects.words`): how what SQL
writes of them is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, cast

import attrs
import orjson

from snowcore._names import quote_identifier

from ...engine.errors import invalid_identifier, syntax, unsupported
from ...engine.names import qualified, shown
from ...engine.parameters import PARAMETERS, UNLISTED
from ...engine.protocol import TablePath
from ..objects import ObjectType, kinds, session_parameters
from ..objects.kept import words_of
from ..objects.words import UNSUPPORTED, Form, Words
from .reader import Reader

if TYPE_CHECKING:
    from . import SqlSession

Read = Callable[[Reader], Any]
_OF_SESSION = {"task": session_parameters.OF_TASKS, "user": session_parameters.OF_USERS}
"""The properties in which the parameters of sessions are, which SQL sets one by one."""


@attrs.frozen
class SqlObject:
    words: str
    resource: str
    depth: int
    """0 for what is in the account, 1 in a database, 2 in a schema."""
    properties: Mapping[str, tuple[str, Read]]
    """A property's words in SQL; its name in JSON, and what reads its value into what REST takes."""
    said: Words


def kind_of(reader: Reader) -> SqlObject | None:
    """The kind whose words come next."""
    return next((kind for kind in KINDS if reader.take(kind.words)), None)


class Placed(Protocol):
    """A kind of objects of which it is known what they are in."""

    @property
    def depth(self) -> int: ...


def place(session: SqlSession, kind: Placed, parts: list[str], statement: str) -> dict[str, str]:
    """Where something of this name is, as a path of REST. What the name leaves out is the session's."""
    left_out = kind.depth + 1 - len(parts)
    if left_out < 0:
        raise invalid_identifier(*parts)
    present = [session.need_database(statement)] if left_out else []
    if left_out == 2:
        present.append(session.need_schema(statement))
    keys = (*("database", "schema")[: kind.depth], "name")
    return dict(zip(keys, map(quote_identifier, present + parts), strict=True))


def above(path: Mapping[str, str]) -> dict[str, str]:
    """Where the collection is that a path goes into."""
    return {key: value for key, value in path.items() if key != "name"}


def unquoted(name: str) -> str:
    """A canonical name again, of one that stands in quotes."""
    return name[1:-1].replace('""', '"')


def table_path(path: Mapping[str, str]) -> TablePath:
    return TablePath(*map(unquoted, path.values()))


def properties(reader: Reader, kind: SqlObject) -> dict[str, Any]:
    """`NAME = value …` up to the end of the statement."""
    found: dict[str, Any] = {}
    while not reader.done:
        reader.take(",")
        name, read = property_of(reader, kind)
        reader.take("=")
        value: Any = None if read is Reader.string and reader.take("NULL") else read(reader)
        by_parts = name in _OF_SESSION.values()
        if name in found and not by_parts:
            raise syntax(f"duplicate property '{name.upper()}'")
        found[name] = {**found.get(name, {}), **value} if by_parts else value
    return found


def without_nulls(found: dict[str, Any]) -> dict[str, Any]:
    """What CREATE says: a text that is NULL is as one that isn't there."""
    return {name: value for name, value in found.items() if value is not None}


def unset(reader: Reader, kind: SqlObject) -> dict[str, Any]:
    """The properties whose words come next, each with None."""

    def one() -> tuple[str, Any]:
        parameter = {reader.peek(): None}
        name, _ = property_of(reader, kind)
        return name, parameter if name in _OF_SESSION.values() else None

    found: dict[str, Any] = {}
    for name, value in reader.several(one):
        by_parts = name in _OF_SESSION.values()
        if name in found and not by_parts:
            raise syntax(f"duplicate property '{name.upper()}'")
        found[name] = {**found.get(name, {}), **value} if by_parts else value
    return found


def property_of(reader: Reader, kind: SqlObject) -> tuple[str, Read]:
    """The property whose words come next."""
    for words, known in kind.properties.items():
        if reader.take(words):
            return known
    if kind.resource in _OF_SESSION and (parameter := reader.peek()) in {*PARAMETERS, *UNLISTED}:
        reader.at += 1
        return _OF_SESSION[kind.resource], lambda reader: {
            parameter: reader.string() if reader.is_string() else reader.word()
        }
    if kind.resource in ("database", "schema") and reader.peek() in UNSUPPORTED:
        raise unsupported(f"{reader.peek()} of a {kind.words.lower()}")
    raise reader.wrong()


# How values are read. What REST takes as a name stays in quotes.


def _word(reader: Reader) -> str:
    return reader.string().upper() if reader.is_string() else reader.word()


def _truth_as_text(reader: Reader) -> str:
    return "true" if reader.boolean() else "false"


def _name(reader: Reader) -> str:
    return quote_identifier(reader.path()[-1])


def _name_as_text(reader: Reader) -> str:
    return reader.string() if reader.is_string() else ".".join(map(shown, reader.path()))


def _secondary_roles(reader: Reader) -> str:
    if not reader.is_string() and reader.peek() != "(":
        return reader.word()
    return "ALL" if [one.upper() for one in reader.several(reader.string)] == ["ALL"] else "NONE"


def _texts(reader: Reader) -> list[str]:
    return reader.several(reader.string)


def _names(reader: Reader) -> list[str]:
    return reader.several(lambda: _name(reader))


def _word_or_text(reader: Reader) -> str | None:
    if reader.take("NULL"):
        return None
    return reader.string() if reader.is_string() else reader.word()


def _names_as_text(reader: Reader) -> list[str]:
    return reader.several(lambda: _name_as_text(reader))


def nested(reader: Reader) -> Any:
    """`(NAME = value …)`, also within each other, as REST calls them."""
    if reader.peek() != "(":
        return _option(reader)
    if reader.peek(2) != "=":
        return reader.several(lambda: nested(reader))
    reader.expect("(")
    found: dict[str, Any] = {}
    while not reader.take(")"):
        name = reader.word().lower()
        reader.expect("=")
        found[name] = nested(reader)
        reader.take(",")
    return found


def _nested_ones(reader: Reader) -> list[Any]:
    return reader.several(lambda: nested(reader))


def _pairs(reader: Reader) -> dict[str, str]:
    """`('a' = 'b', …)`."""

    def pair() -> tuple[str, str]:
        name = reader.string()
        reader.expect("=")
        return name, reader.string()

    return dict(reader.several(pair))


def _triggers(reader: Reader) -> list[dict[str, Any]]:
    """`ON 90 PERCENT DO NOTIFY …`."""
    found: list[dict[str, Any]] = []
    while reader.take("ON"):
        percent = reader.integer()
        reader.expect("PERCENT")
        reader.expect("DO")
        action = reader.one_of("SUSPEND_IMMEDIATE", "SUSPEND", "NOTIFY")
        if action is None:
            raise reader.wrong()
        found.append({"percent": percent, "action": action})
    if not found:
        raise reader.wrong()
    return found


def _alert_schedule(reader: Reader) -> dict[str, Any]:
    said = _schedule(reader)
    if said["schedule_type"] == "CRON_TYPE":
        return said
    if "seconds" in said:
        raise unsupported("schedules of alerts in seconds")
    return {"schedule_type": "SCHEDULE_TYPE", "minutes": said["minutes"]}


def _exists(reader: Reader) -> str:
    """`(EXISTS (query))`: the query."""
    reader.expect("(")
    reader.expect("EXISTS")
    reader.expect("(")
    query = reader.until(")")
    reader.expect(")")
    reader.expect(")")
    return query


def _whole_name(reader: Reader) -> str:
    return qualified(*reader.path())


def _whole_names(reader: Reader) -> list[str]:
    return reader.several(lambda: _whole_name(reader))


def _schedule(reader: Reader) -> dict[str, Any]:
    """`5 MINUTES`, `USING CRON 0 9 * * * UTC`."""
    written = reader.string()
    words = written.upper().split()
    if words[:2] == ["USING", "CRON"] and len(words) == 8:
        *cron, zone = written.split()[2:]
        return {"schedule_type": "CRON_TYPE", "cron_expr": " ".join(cron), "timezone": zone}
    known = len(words) == 2 and words[0].isdigit()
    unit = _UNITS.get(words[1], _UNITS.get(words[1].removesuffix("S"))) if known else None
    if unit is None:
        raise syntax(f"invalid schedule '{written}': '5 MINUTES' or 'USING CRON 0 9 * * * UTC' is expected.")
    minutes, seconds = divmod(int(words[0]) * unit, 60)
    return {"schedule_type": "MINUTES_TYPE", "minutes": minutes} | ({"seconds": seconds} if seconds else {})


_UNITS = {"SECOND": 1, "S": 1, "MINUTE": 60, "M": 60, "HOUR": 3600, "H": 3600}


def _json(reader: Reader) -> Any:
    written = reader.string()
    try:
        return orjson.loads(written)
    except ValueError:
        raise syntax(f"invalid value {written!r}: JSON is expected.") from None


def json_object(reader: Reader) -> dict[str, Any]:
    found = _json(reader)
    if not isinstance(found, dict):
        raise syntax(f"invalid value {found!r}: a JSON object is expected.")
    return cast("dict[str, Any]", found)


def _options(reader: Reader) -> dict[str, Any]:
    """`(NAME = value …)`, with commas or without."""
    reader.expect("(")
    options: dict[str, Any] = {}
    while not reader.take(")"):
        name = reader.word()
        reader.expect("=")
        options[name] = _format_name(reader) if name == "FORMAT_NAME" else _option(reader)
        reader.take(",")
    return options


def _option(reader: Reader) -> Any:
    if reader.peek() == "(":
        return reader.several(lambda: _option(reader))
    if reader.is_string():
        return reader.string()
    if reader.peek().isdigit():
        return reader.integer()
    word = reader.word() + ("%" if reader.take("%") else "")
    return {"TRUE": True, "FALSE": False}.get(word, word)


def _format_name(reader: Reader) -> str:
    return reader.string() if reader.is_string() else _whole_name(reader)


def file_format(reader: Reader) -> dict[str, Any]:
    if reader.peek() != "(":
        return {"FORMAT_NAME": _format_name(reader)}
    options = _options(reader)
    return options | {"TYPE": str(options["TYPE"]).upper()} if "TYPE" in options else options


def _lower_options(reader: Reader) -> dict[str, Any]:
    """Options as REST calls them."""
    return {name.lower(): value for name, value in _options(reader).items()}


def _specification(reader: Reader) -> dict[str, Any]:
    """`SPECIFICATION $$…$$`, `@stage SPECIFICATION_FILE = 'file'`, and templates of both, after FROM."""
    stage = ""
    if reader.take("@"):
        stage = reader.until(*_FILES)
    words = reader.one_of(*_FILES, "SPECIFICATION_TEMPLATE", "SPECIFICATION")
    if words is None or (words in _FILES) != bool(stage):
        raise reader.wrong()
    reader.take("=")
    if words in _FILES:
        return {"spec_type": "from_file", "stage": stage, "spec_file": reader.string().lstrip("/")}
    return {"spec_type": "from_inline", "spec_text": reader.string()}


_FILES = ("SPECIFICATION_TEMPLATE_FILE", "SPECIFICATION_FILE")


def _values(reader: Reader) -> dict[str, Any]:
    """`(name => value, …)`."""

    def one() -> tuple[str, Any]:
        name = reader.string() if reader.is_string() else reader.path()[-1]
        reader.expect("=>")
        value: Any = _option(reader)
        return name.lower(), value

    return dict(reader.several(one))


def _lag(reader: Reader) -> dict[str, Any]:
    """`'1 minute'` or DOWNSTREAM."""
    if not reader.is_string():
        reader.expect("DOWNSTREAM")
        return {"type": "DOWNSTREAM"}
    written = reader.string()
    count, _, unit = written.strip().upper().partition(" ")
    seconds = _LAGS.get(unit.strip().removesuffix("S"))
    if written.strip().upper() == "DOWNSTREAM":
        return {"type": "DOWNSTREAM"}
    if not count.isdigit() or seconds is None:
        raise syntax(f"invalid target lag '{written}': '1 minute' or DOWNSTREAM is expected.")
    return {"type": "USER_DEFINED", "seconds": int(count) * seconds}


_LAGS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400}


def _expressions(reader: Reader) -> list[str]:
    """`(a, f(b))`, as they were written."""
    reader.expect("(")
    found: list[str] = []
    while not found or reader.take(","):
        found.append(reader.until(",", ")"))
    reader.expect(")")
    return found


def _condition(reader: Reader) -> str:
    return reader.until("AS")


_READ: Mapping[Form, Read] = {
    "text": Reader.string,
    "place": Reader.place,
    "texts": _texts,
    "word": _word,
    "integer": Reader.integer,
    "boolean": Reader.boolean,
    "truth as text": _truth_as_text,
    "json": _json,
    "name": _name,
    "name as text": _name_as_text,
    "secondary roles": _secondary_roles,
    "names": _names,
    "whole name": _whole_name,
    "whole names": _whole_names,
    "schedule": _schedule,
    "condition": _condition,
    "lag": _lag,
    "expressions": _expressions,
    "rest": Reader.rest,
    "options": _options,
    "options of REST": _lower_options,
    "file format": file_format,
    "specification": _specification,
    "values": _values,
    "secret": Reader.string,
    "word or text": _word_or_text,
    "names as text": _names_as_text,
    "nested": nested,
    "nested ones": _nested_ones,
    "pairs": _pairs,
    "triggers": _triggers,
    "alert schedule": _alert_schedule,
    "exists": _exists,
}


def _sql_object(kind: type[ObjectType], words: Words) -> SqlObject:
    properties = {written: (name, _READ[form]) for written, (name, form) in words.properties.items()}
    return SqlObject(words.kind, kind.resource, len(kind.above), properties, words)


_KNOWN = [_sql_object(kind, words) for kind in kinds() if (words := kind.words or words_of(kind.resource)) is not None]
VIEW = SqlObject("VIEW", "view", 2, {}, Words("VIEW"))
"""Views are the engine's, but for their tags."""
INTEGRATION = SqlObject("INTEGRATION", "integration", 0, {}, Words("INTEGRATION", renamed=False))
"""One of any kind, for statements that needn't say of which."""
KINDS = sorted([*_KNOWN, INTEGRATION], key=lambda kind: -len(kind.words))
"""Those of several words first: DATABASE ROLE is no DATABASE."""
OF = {kind.resource: kind for kind in KINDS}
SCHEMA, TASK, STAGE, TABLE, TAG = (OF[resource] for resource in ("schema", "task", "stage", "table", "tag"))
STREAM, DYNAMIC_TABLE = OF["stream"], OF["dynamic-table"]
