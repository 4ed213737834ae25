"""What SQL says of streams: what SHOW adds, GET_DDL, and the functions that ask a stream."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from snowcore._names import quote_identifier, quote_literal

from ...engine.errors import missing_object
from ...engine.names import qualified, shown, split
from ...engine.protocol import TablePath
from .kinds import STREAM, place, table_path

if TYPE_CHECKING:
    from . import SqlSession


def listed(session: SqlSession, row: Mapping[str, Any]) -> dict[str, Any]:
    """What SHOW says beside REST."""
    path = TablePath(row["database_name"], row["schema_name"], row["name"])
    facts = session.account.engine.stream(path)
    kind = str(row["stream_source"]["src_type"]).replace("_", " ").title()
    return {"table_name": facts.follows, "source_type": kind, "base_tables": ", ".join(facts.bases)}


def ddl(session: SqlSession, name: list[str], called: str) -> str:
    """The statement that makes a stream."""
    where = place(session, STREAM, name, "GET_DDL")
    row = session.perform("stream", "fetch", where)
    source, path = row["stream_source"], table_path(where)
    of = [source[part] for part in ("database_name", "schema_name", "name")]
    of = of[2:] if of[:2] == [path.database, path.schema] else of
    text = f"create or replace stream {called} on {source['src_type'].replace('_', ' ')} {'.'.join(map(shown, of))}"
    text += "".join(f" {mode} = true" for mode in ("append_only", "insert_only") if source.get(mode))
    return f"{text}{' COMMENT=' + quote_literal(row['comment']) if row.get('comment') else ''};"


def has_data(session: SqlSession, name: str) -> bool:
    """SYSTEM$STREAM_HAS_DATA."""
    path = table_path(_where(session, name, "SYSTEM$STREAM_HAS_DATA"))
    stream = qualified(path.database, path.schema, path.name)
    return bool(session.engine.execute(f"SELECT 1 FROM {stream} LIMIT 1").rows)


def table_timestamp(session: SqlSession, name: str) -> int:
    """SYSTEM$STREAM_GET_TABLE_TIMESTAMP: nanoseconds since 1970."""
    path = table_path(_where(session, name, "SYSTEM$STREAM_GET_TABLE_TIMESTAMP"))
    version = session.account.engine.stream(path).version
    return (version - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000


def _where(session: SqlSession, name: str, function: str) -> dict[str, str]:
    where = place(session, STREAM, split(name), function)
    above = {"database": where["database"], "schema": where["schema"]}
    if all(quote_identifier(row["name"]) != where["name"] for row in session.perform("stream", "list", above)):
        raise missing_object("Stream", name)
    return where
