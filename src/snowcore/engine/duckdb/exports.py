"""Rows as files of text, and rows of such files, which may come from others.

Each table, and each history, is a file of JSON with a row a line and every value as a text. The files say nothing of
what the tables are: that says the map of names, and DuckDB's tables are made of that as always. So nothing in a file is
ever run, and what a file holds is as long as the file is.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import orjson

from ..errors import AccountError
from ..names import literal
from .layout import LAYOUT, make
from .names import Era, Thing

if TYPE_CHECKING:
    from .engine import DuckEngine

STATE = "state.json"
_BESIDE = ("commits", "loads", "offsets", "forgotten")
_LINE = 16 << 20
"""How long a line may be for DuckDB, unless it is told of a longer one."""


def write(engine: DuckEngine, folder: Path) -> None:
    """Write all rows into a folder that DuckDB may write to. Nobody is at work."""
    number, version, moment, _ = engine.versions.stand()
    with engine.store.cursor() as duck:
        filled = engine.store.filled()
        tables = [f"{room}{era.number}" for era in _eras(engine) for room in "th"]
        for table in [*(one for one in tables if one in filled), *_BESIDE]:
            columns = [f"{_told(name, type_)} AS {name}" for name, type_ in _columns(duck, table)]
            into = literal(folder / f"{table}.json")
            duck.execute(f"COPY (SELECT {', '.join(columns)} FROM {table}) TO {into} (FORMAT json)")
    state = {"layout": LAYOUT, "number": number, "version": version, "moment": moment, "place": engine.store.last}
    state |= {"sequences": engine.store.sequences(), "open": engine.open_numbers()}
    (folder / STATE).write_bytes(orjson.dumps(state))


def read(engine: DuckEngine, folder: Path) -> None:
    """Have an account that was new hold the rows of a folder, whose names the map has already. AccountError if they
    don't fit."""
    try:
        state = orjson.loads((folder / STATE).read_bytes())
        if state["layout"] != LAYOUT:
            text = f"its rows lie in layout {state['layout']!r}, and this release knows {LAYOUT}."
            raise AccountError(400, "000603", "XX000", f"The export is of another release: {text}")
        engine.map.reload()
        _check_numbers(engine, int(state["place"]))
        with engine.store.cursor() as duck:
            duck.execute("BEGIN")
            for era in _eras(engine):
                make(duck, Thing("table", era.number, era.fields))
                for room in "th":
                    _fill(duck, f"{room}{era.number}", folder)
            for table in _BESIDE:
                duck.execute(f"DELETE FROM {table}")
                _fill(duck, table, folder)
            duck.execute("COMMIT")
        for name, following, step in state["sequences"]:
            engine.store.put_sequence(f"s{int(str(name)[1:])}", int(following), int(step))
        engine.store.begin_after(int(state["place"]))
        engine.versions.begin_after(int(state["number"]), int(state["version"]), int(state["moment"]))
        engine.map.restored()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, duckdb.Error) as error:
        text = f"The rows of the export can't be read: {type(error).__name__}."
        raise AccountError(400, "000603", "XX000", text) from error


def _eras(engine: DuckEngine) -> Iterable[Era | Thing]:
    """The places of all tables, those of before and of tables that were dropped among them."""
    things = [thing for thing in engine.names.every() if thing.has_rows]
    return {era.number: era for thing in things for era in (*thing.earlier, thing)}.values()


def _check_numbers(engine: DuckEngine, last: int) -> None:
    """ValueError unless all that becomes part of a name of DuckDB's is a number."""
    for thing in engine.names.every():
        own = [thing.number, thing.first, thing.since]
        identities = [field.identity.sequence for field in thing.fields if field.identity is not None]
        for era in thing.earlier:
            own += [era.number, era.since]
        if not all(isinstance(one, int) and one >= 0 for one in [*own, *identities]):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError("no number")
        if thing.kind != "view" and max(thing.number, *identities, 0) > last:
            raise ValueError("a number that was not given yet")


def _columns(duck: Any, table: str) -> list[tuple[str, str]]:
    return [(name, str(type_)) for name, type_, *_ in duck.execute(f"DESCRIBE {table}").fetchall()]


def _told(name: str, type_: str) -> str:
    """SQL of a value as text."""
    if type_.endswith("[]"):
        return name
    return f"hex({name})" if type_ == "BLOB" else f"CAST({name} AS VARCHAR)"


def _fill(duck: Any, table: str, folder: Path) -> None:
    """The rows of a table that is empty, if there is a file of it."""
    file = folder / f"{table}.json"
    if not file.exists() or not file.stat().st_size:
        return
    columns = _columns(duck, table)
    told = ", ".join(f"{name}: '{type_ if type_.endswith('[]') else 'VARCHAR'}'" for name, type_ in columns)
    values = ", ".join(
        name if type_.endswith("[]") else f"unhex({name})" if type_ == "BLOB" else f"CAST({name} AS {type_})"
        for name, type_ in columns
    )
    with file.open("rb") as lines:
        longest = max(_LINE, max(map(len, lines), default=0))
    how = f"format = 'newline_delimited', columns = {{{told}}}, maximum_object_size = {longest}"
    duck.execute(f"INSERT INTO {table} SELECT {values} FROM read_json({literal(file)}, {how})")
