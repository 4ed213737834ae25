"""Statements that make objects as of a moment: clones, and streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlglot import exp

from ...engine.errors import compilation
from ...engine.protocol import Moment
from ..objects.past import said
from .context import answered
from .kinds import STAGE, TABLE, place
from .reader import Reader

if TYPE_CHECKING:
    from . import SqlSession

_OPTIONS = {"APPEND_ONLY": "append_only", "SHOW_INITIAL_ROWS": "show_initial_rows"}
_SOURCES = {"VIEW": "view", "EXTERNAL TABLE": "external_table", "STAGE": "stage"}
"""What a stream is on, as REST calls it; all else is a table."""


def moment(session: SqlSession, reader: Reader) -> Moment | None:
    """What AT or BEFORE says, if one of them comes next."""
    word = reader.one_of("AT", "BEFORE")
    if word is None:
        return None
    reader.expect("(")
    within = reader.until(")")
    reader.expect(")")
    table: Any = session.engine.parse(f"SELECT * FROM t {word} ({within})").find(exp.Table)
    if (when := table.args.get("when")) is None:
        raise reader.wrong()
    return session.engine.moment(answered(when, session))


def stream(session: SqlSession, reader: Reader) -> dict[str, Any]:
    """The body of REST for what follows the name in CREATE STREAM."""
    reader.take("COPY GRANTS")
    reader.expect("ON")
    kind = reader.one_of("TABLE", "VIEW", "DYNAMIC TABLE", "EVENT TABLE", "EXTERNAL TABLE", "ICEBERG TABLE", "STAGE")
    if kind is None:
        raise reader.wrong()
    path = place(session, STAGE if kind == "STAGE" else TABLE, reader.path(), "CREATE STREAM")
    source: dict[str, Any] = {"src_type": _SOURCES.get(kind, "table"), "name": path["name"]}
    source |= {"database_name": path["database"], "schema_name": path["schema"]}
    if kind != "STAGE" and (at := moment(session, reader)) is not None:
        source["point_of_time"] = said(at)
    body: dict[str, Any] = {"stream_source": source}
    while not reader.done:
        if kind != "STAGE" and (option := reader.one_of(*_OPTIONS)):
            reader.expect("=")
            source[_OPTIONS[option]] = reader.boolean()
        elif reader.take("INSERT_ONLY") and kind == "EXTERNAL TABLE":
            reader.expect("=")
            source["insert_only"] = reader.boolean()
        elif reader.tokens[reader.at - 1].text.upper() == "INSERT_ONLY":
            raise compilation("001420", "invalid property 'INSERT_ONLY' for 'STREAM'", "22023")
        else:
            reader.expect("COMMENT")
            reader.expect("=")
            body["comment"] = reader.string()
    return body
