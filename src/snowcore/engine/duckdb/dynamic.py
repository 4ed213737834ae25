"""Dynamic tables: tables that hold what a query gave when they were refreshed last.

One is refreshed when it is made, when it is told to be, and when it is read and its content is older than its target
lag on the account's clock: nobody can tell that from a refresh that came in time. The whole query runs, and the rows
that it no longer gives go, and those that are new come, in one transaction. What it reads of other dynamic tables is
refreshed first.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import duckdb

from ..errors import AccountError, compilation
from ..late import late
from ..names import shown
from ..protocol import DynamicSource, Refresh, TablePath, running
from ..types import parse
from .layout import HIDDEN, new_rows, physical, put_away
from .names import Path, Thing
from .scope import converted
from .store import run_one
from .waiting import Use

if TYPE_CHECKING:
    from sqlglot import expressions as exp

    from . import definitions
    from .engine import DuckEngine
    from .session import DuckSession
else:
    late(globals(), ".definitions", exp="sqlglot.expressions")

_REMEMBERED = 100
"""How many refreshes of a table are told of."""
_log = logging.getLogger("snowcore")


def make(engine: DuckEngine, path: Path, source: DynamicSource) -> Thing:
    """A dynamic table that has no name yet."""
    session, now = _session(engine, path, source.owner), engine.clock()
    names = f" ({', '.join(map(shown, source.columns))})" if source.columns else ""
    limit = "" if source.filled else " WHERE FALSE"
    try:
        session.scope.move(*session.current)
        session.filling = -1  # so that what it reads of others is refreshed first
        statement = session.parse(f"CREATE TABLE t{names} AS SELECT * FROM ({source.query}\n){limit}")
        assert isinstance(statement, exp.Create)
        thing = definitions.make_table(session, statement, None)
        [(rows,)] = run_one(session.duck, f"SELECT count(*) FROM t{thing.number}").fetchall()
    finally:
        session.close()
    first = Refresh("CREATION", running.get(), now.isoformat(), engine.clock().isoformat(), rows)
    made = [attrs.asdict(first)] if source.filled else []
    return attrs.evolve(thing, facts={**thing.facts, **_facts(source, now, made)})


def _session(engine: DuckEngine, path: Path, role: str) -> DuckSession:
    """A session that refreshes, which is the owner's for policies."""
    session = engine.connect(path[0], path[1])
    session.says = {"CURRENT_ROLE": role, "ROLES_IN_SESSION": json.dumps([role])}.get
    return session


def _owner(engine: DuckEngine, path: Path) -> str:
    facts = engine.account.facts("dynamic-table", path[0]).get(path[1:], {})
    return str(facts.get("owner") or "ACCOUNTADMIN")


def _facts(source: DynamicSource, now: datetime, refreshes: list[dict[str, Any]]) -> dict[str, Any]:
    refreshed = now.isoformat() if source.filled else None
    dynamic: dict[str, Any] = {"query": source.query, "lag": source.lag, "active": True, "refreshed": refreshed}
    dynamic["refreshes"] = refreshes
    return {"resource": "dynamic-table", "dynamic": dynamic, "created_on": now.isoformat(timespec="milliseconds")}


def change(engine: DuckEngine, path: Path, **facts: Any) -> None:
    """Give a dynamic table another lag, or have it refreshed or not."""
    with engine.map.changing():
        thing = engine.map.need_table(path)
        dynamic = {**thing.facts["dynamic"], **facts}
        engine.map.change(path, attrs.evolve(thing, facts={**thing.facts, "dynamic": dynamic}))


def refresh(engine: DuckEngine, path: Path, trigger: str) -> None:
    """Have a dynamic table hold what its query gives now. Rows that it holds already stay who they are."""
    began = engine.clock().isoformat()

    def remember(came: int, went: int, failure: str | None, **facts: Any) -> None:
        told = Refresh(trigger, running.get(), began, engine.clock().isoformat(), came, went, failure)
        before = engine.map.need_table(path).facts["dynamic"].get("refreshes", [])
        change(engine, path, refreshes=[attrs.asdict(told), *before[: _REMEMBERED - 1]], **facts)

    try:
        came, went = _fill(engine, path)
    except AccountError as error:
        if engine.map.read().find("table", path) is not None:
            remember(0, 0, str(error))
        raise
    remember(came, went, None, refreshed=began)


def _fill(engine: DuckEngine, path: Path) -> tuple[int, int]:
    """How many rows came, and how many went."""
    session = _session(engine, path, _owner(engine, path))
    session.account = engine.account.of_owner("dynamic-table", path)
    try:
        session.scope.move(*session.current)
        thing = session.turn_at(path, Use.CHANGE)
        session.filling = thing.number
        query = session.translated(thing.facts["dynamic"]["query"], session.scope)
        if len(query.columns) != len(thing.fields):
            text = f"The query of dynamic table {shown(path[2])} gives other columns than when the table was made."
            raise compilation("002026", text, "42601")
        sql = converted(session.scope, query, [parse(field.type) for field in thing.fields])
        try:
            with engine.versions.writing(session.duck) as transaction:
                changed = _replace(session, thing, sql, transaction)
        except duckdb.Error as error:
            raise session.told(error, query.names) from None
    finally:
        engine.locks.release(session)
        session.close()
    engine.counts.forget(thing.number)
    return changed


def hold(engine: DuckEngine, path: Path, sql: str, space: str) -> None:
    """Have a table hold the rows of a query; those that it holds already stay who they are."""
    session = engine.connect(path[0], path[1])
    try:
        thing = session.turn_at(path, Use.CHANGE, space)
        with engine.versions.writing(session.duck) as transaction:
            _replace(session, thing, sql, transaction)
    finally:
        engine.locks.release(session)
        session.close()
    engine.counts.forget(thing.number)


def _replace(session: DuckSession, thing: Thing, sql: str, transaction: int) -> tuple[int, int]:
    """Have a table's rows be those of a query, in DuckDB's transaction. How many came, and how many went."""
    table = f"t{thing.number}"
    columns = ", ".join(map(physical, range(len(thing.fields))))
    numbered = f"{columns}, row_number() OVER (PARTITION BY {columns}) AS n"  # the same row may be there more than once
    run_one(session.duck, f"CREATE TEMP TABLE fresh AS SELECT {numbered} FROM ({sql}) AS s({columns})")
    places = (*map(physical, range(len(thing.fields))), "n")
    same = " AND ".join(f"old.{one} IS NOT DISTINCT FROM fresh.{one}" for one in places)
    old = f"SELECT {HIDDEN[0]}, {numbered} FROM {table}"
    run_one(
        session.duck,
        f"CREATE TEMP TABLE gone AS SELECT old.{HIDDEN[0]} FROM ({old}) AS old ANTI JOIN fresh ON {same}",
    )
    new = f"SELECT {columns} FROM fresh ANTI JOIN ({old}) AS old ON {same}"
    run_one(session.duck, f"CREATE TEMP TABLE come AS {new}")
    where = f"{HIDDEN[0]} IN (SELECT {HIDDEN[0]} FROM gone)"
    run_one(session.duck, put_away(thing.number, transaction, where))
    run_one(session.duck, f"DELETE FROM {table} WHERE {where}")
    first = session.engine.versions.number()
    run_one(session.duck, f"INSERT INTO {table} {new_rows('SELECT * FROM come', first, transaction)}")
    counts = "SELECT (SELECT count(*) FROM come), (SELECT count(*) FROM gone)"
    [(came, went)] = run_one(session.duck, counts).fetchall()
    for name in ("fresh", "gone", "come"):
        run_one(session.duck, f"DROP TABLE {name}")
    return came, went


def refreshed(engine: DuckEngine, table: TablePath) -> datetime | None:
    """As of when a dynamic table's content is; None before its first refresh."""
    found = engine.map.need_table(attrs.astuple(table)).facts["dynamic"]["refreshed"]
    return None if found is None else datetime.fromisoformat(found)


def refreshes(engine: DuckEngine, table: TablePath) -> list[Refresh]:
    """The last refreshes of a dynamic table, the newest first."""
    found = engine.map.need_table(attrs.astuple(table)).facts["dynamic"].get("refreshes", [])
    return [Refresh(**one) for one in found]


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
            refresh(session.engine, path, "SCHEDULED")
        except AccountError as error:
            if session.filling is not None:
                raise
            _log.warning("dynamic table %s could not be refreshed: %s", ".".join(path), error)
