"""Dynamic tables: tables that hold what a query gave when they were refreshed last.

One is refreshed when it is made, when it is told to be, and when it is read and its content is older than its target
lag on the account's clock: nobody can tell that from a refresh that came in time. All rows are made anew, in one
transaction. What it reads of other dynamic tables is refreshed first.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from ..errors import AccountError
from ..names import qualified, shown
from ..protocol import DynamicSource, TablePath
from .definitions import make_table
from .names import Path, Thing

if TYPE_CHECKING:
    from .engine import DuckEngine
    from .session import DuckSession

_log = logging.getLogger("snowcore")


def make(engine: DuckEngine, path: Path, source: DynamicSource) -> Thing:
    """A dynamic table that has no name yet."""
    session, now = engine.connect(path[0], path[1]), engine.clock()
    names = f" ({', '.join(map(shown, source.columns))})" if source.columns else ""
    limit = "" if source.filled else " WHERE FALSE"
    try:
        session.scope.move(*session.current)
        session.filling = -1  # so that what it reads of others is refreshed first
        statement = session.parse(f"CREATE TABLE t{names} AS SELECT * FROM ({source.query}\n){limit}")
        assert isinstance(statement, exp.Create)
        thing = make_table(session, statement, None)
    finally:
        session.close()
    return attrs.evolve(thing, facts={**thing.facts, **_facts(source, now)})


def _facts(source: DynamicSource, now: datetime) -> dict[str, Any]:
    refreshed = now.isoformat() if source.filled else None
    dynamic = {"query": source.query, "lag": source.lag, "active": True, "refreshed": refreshed}
    return {"resource": "dynamic-table", "dynamic": dynamic, "created_on": now.isoformat(timespec="milliseconds")}


def change(engine: DuckEngine, path: Path, **facts: Any) -> None:
    """Give a dynamic table another lag, or have it refreshed or not."""
    with engine.map.changing():
        thing = engine.map.need_table(path)
        dynamic = {**thing.facts["dynamic"], **facts}
        engine.map.change(path, attrs.evolve(thing, facts={**thing.facts, "dynamic": dynamic}))


def refresh(engine: DuckEngine, path: Path) -> None:
    """Have a dynamic table hold what its query gives now."""
    thing, now = engine.map.need_table(path), engine.clock()
    session = engine.connect(path[0], path[1])
    try:
        session.filling = thing.number
        session.execute(f"INSERT OVERWRITE INTO {qualified(*path)} SELECT * FROM ({thing.facts['dynamic']['query']}\n)")
    finally:
        session.close()
    change(engine, path, refreshed=now.isoformat())


def refreshed(engine: DuckEngine, table: TablePath) -> datetime | None:
    """As of when a dynamic table's content is; None before its first refresh."""
    found = engine.map.need_table(attrs.astuple(table)).facts["dynamic"]["refreshed"]
    return None if found is None else datetime.fromisoformat(found)


def current(session: DuckSession, path: Path, thing: Thing) -> None:
    """Refresh a dynamic table that is about to be read, if that is due."""
    dynamic = thing.facts["dynamic"]
    if not dynamic["active"] or session.filling == thing.number:
        return
    is_due = session.filling is not None
    if dynamic["lag"] is not None and not is_due:
        last = dynamic["refreshed"]
        age = timedelta(seconds=dynamic["lag"])
        is_due = last is None or session.engine.clock() - datetime.fromisoformat(last) >= age
    if is_due:
        try:
            refresh(session.engine, path)
        except AccountError as error:
            if session.filling is not None:
                raise
            _log.warning("dynamic table %s could not be refreshed: %s", ".".join(path), error)
