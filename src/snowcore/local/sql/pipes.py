"""What SQL says of pipes beside their declaration: a refresh, their status, GET_DDL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from snowcore._names import quote_literal

from ...engine.names import split
from ...engine.protocol import Result
from .kinds import OF, place
from .reader import Reader
from .results import TEXT, table

if TYPE_CHECKING:
    from . import SqlSession

_REFRESHED = [("File", TEXT), ("Status", TEXT)]


def refresh(session: SqlSession, reader: Reader, where: Mapping[str, str], query: Mapping[str, Any]) -> Result:
    """ALTER PIPE … REFRESH, from behind these words: the files that were loaded, which have been by now."""
    given: dict[str, str] = {}
    while name := reader.one_of("PREFIX", "MODIFIED_AFTER"):
        reader.expect("=")
        given[name.lower()] = reader.string()
    reader.end()
    loaded = session.perform("pipe", "load", where, {**query, **given})
    return table(_REFRESHED, [(name, "SENT") for name in loaded["files"]])


def status(session: SqlSession, name: str) -> str:
    """SYSTEM$PIPE_STATUS."""
    where = place(session, OF["pipe"], split(name), "SYSTEM$PIPE_STATUS")
    return json.dumps(session.perform("pipe", "status", where), separators=(",", ":"))


def force_resume(session: SqlSession, name: str, *_checks: str) -> str:
    """SYSTEM$PIPE_FORCE_RESUME."""
    where = place(session, OF["pipe"], split(name), "SYSTEM$PIPE_FORCE_RESUME")
    session.perform("pipe", "alter", where, body={"PIPE_EXECUTION_PAUSED": False})
    return "SUCCESS"


def ddl(session: SqlSession, where: Mapping[str, str], called: str) -> str:
    row = session.perform("pipe", "describe", where)
    said = f"auto_ingest=false {'comment=' + quote_literal(row['comment']) + ' ' if row.get('comment') else ''}"
    return f"create or replace pipe {called} {said}as {str(row['copy_statement']).strip().rstrip(';')};"
