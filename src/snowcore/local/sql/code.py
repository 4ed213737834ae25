"""What a session needs to run functions and procedures that are not in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs

from snowcore._names import quote_identifier

from ...engine.errors import EngineError, syntax, unsupported
from ...engine.files.stages import Place
from ...engine.protocol import Result
from ...engine.types import DataType, Typed, parse
from ..code.functions import CodeFunction
from ..code.values import from_text, inward, kind, outward
from ..code.workers import Program
from ..objects import secrets
from . import javascript, stages
from .lent import Lent
from .reader import Reader

if TYPE_CHECKING:
    from . import SqlSession


def function(session: SqlSession, row: Mapping[str, Any]) -> CodeFunction:
    """How the session calls a function."""
    takes, gives = [parse(one["datatype"]) for one in row["arguments"]], given_types(row)
    zone = session.parameters.told("TIMEZONE") or "UTC"
    runs, aggregates = program(session, row), bool(row.get("is_aggregate"))
    return CodeFunction(runs, takes, gives, zone, session.account.code, session.busy, aggregates)


def call(session: SqlSession, row: Mapping[str, Any], values: Sequence[tuple[DataType, Any]]) -> Result:
    """What a procedure returns. values: the arguments, with their types."""
    types, zone, gives = [type_ for type_, _ in values], session.parameters.told("TIMEZONE"), given_types(row)
    is_table, lent = row["return_type"]["type"] == "TABLE", Lent(session)
    account, runs = session.account, program(session, row)
    carried = outward(types, zone)([getattr(value, "value", value) for _, value in values])
    told: dict[str, Any]
    if runs.language == "JAVASCRIPT":
        with account.code.lend(runs, session.busy) as worker:
            told = worker.ask("call", {"arguments": carried}, lambda asked: javascript.answer(session, asked))
    else:
        runs = attrs.evolve(runs, key=(runs.key, "PROCEDURE"), needs_snowpark=True)
        with account.lend(cast("SqlSession", lent)) as door, account.code.lend(runs, session.busy) as worker:
            asked = {"door": attrs.asdict(door), "arguments": carried, "table": is_table}
            told = lent.wait_for(lambda: worker.ask("call", asked))
    if is_table:
        return as_declared(session, row, str(told["query"]))
    text = inward(gives, zone)([told["value"]])[0]
    value = Typed(gives[0], None if text is None else from_text(gives[0], text))
    name = quote_identifier(row["name"])
    return session.run(f"SELECT CAST(? AS {gives[0]}) AS {name}", [value], remembered=False)


def as_declared(session: SqlSession, row: Mapping[str, Any], query_id: str) -> Result:
    """The result of a query, in the columns that a procedure declares, if it does."""
    columns: list[Any] = row["return_type"].get("column_list") or []
    found = session.recalled(query_id)
    if not columns:
        return found
    if len(found.columns) != len(columns):
        text = f"Declared return columns of procedure {row['name']} are {len(columns)}, and {len(found.columns)} come."
        raise EngineError("002056", "42601", text)
    shown = [
        f"CAST(${at} AS {one['datatype']}) AS {quote_identifier(one['name'])}" for at, one in enumerate(columns, 1)
    ]
    return session.run(f"SELECT {', '.join(shown)} FROM TABLE(RESULT_SCAN('{query_id}'))", [])


def given_types(row: Mapping[str, Any]) -> list[DataType]:
    """The type of a routine's value, or those of the columns of its rows."""
    returned = row["return_type"]
    if returned["type"] == "TABLE":
        return [parse(one["datatype"]) for one in returned.get("column_list") or ()]
    return [parse(returned["datatype"])]


def program(session: SqlSession, row: Mapping[str, Any]) -> Program:
    """What a worker must know of a routine. EngineError if what the routine needs is not there any more."""
    config = row["language_config"]
    if config["language"] == "JAVASCRIPT":
        return _in_javascript(session, row)
    environment = session.account.code.environment(config["runtime_version"], config["packages"])
    files = [imported(session, text) for text in config.get("imports") or ()]
    takes = [kind(parse(one["datatype"])) for one in row["arguments"]]
    gives = [kind(type_) for type_ in given_types(row)]
    source, handler = row.get("body") or None, config["handler"]
    stamps = [(name, str(file), (told := file.stat()).st_mtime_ns, told.st_size) for name, file in files]
    names = [one["name"] for one in row["arguments"]]
    rights = session.account.access.rights(row["owner"]) if "owner" in row else session.rights
    lent = secrets.lent(session.account, rights, config)
    held = sha256(repr(sorted(lent.items())).encode()).hexdigest() if lent else ""
    key = (environment.executable, row["name"], handler, source, *names, held, *takes, "", *gives, "", *stamps)
    return Program(
        key, row["name"], config["language"], handler, source, takes, gives, files, environment, names, secrets=lent
    )


def _in_javascript(session: SqlSession, row: Mapping[str, Any]) -> Program:
    environment, zone = session.account.code.javascript(), session.parameters.told("TIMEZONE") or "UTC"
    takes = [kind(parse(one["datatype"])) for one in row["arguments"]]
    gives, names = [kind(type_) for type_ in given_types(row)], [one["name"] for one in row["arguments"]]
    returned, source = row["return_type"], row["body"]
    columns = [one["name"] for one in returned["column_list"]] if returned["type"] == "TABLE" else None
    key = ("JAVASCRIPT", zone, row["name"], source, *names, "", *takes, "", *gives, "", *(columns or ()))
    return Program(key, row["name"], "JAVASCRIPT", "", source, takes, gives, (), environment, names, columns, zone=zone)


def imported(session: SqlSession, text: str) -> tuple[str, Path]:
    """The file on a stage that is imported: its name, and where it is. EngineError if there is none."""
    if not text.startswith("@"):
        raise syntax(f"invalid import '{text}': a file on a stage is expected, as in '@stage/code.py'.")
    reader = Reader(text[1:])
    found = None if reader.peek() in ("~", "%") else stages.known(session, reader.path(), "READ")
    if found is None:
        raise unsupported("imports from the stage of a user or a table")
    path, stage = found
    inside = reader.rest().strip("/")
    file = dict(Place(path.name, stage, inside).files()).get(inside)
    if file is None:
        raise EngineError("091016", "22000", f"Remote file '{path.name.lower()}/{inside}' was not found.")
    return file.name, file


def check_imports(session: SqlSession, config: Mapping[str, Any]) -> None:
    """EngineError if a file that a routine imports is not there."""
    for text in config.get("imports") or ():
        imported(session, text)
