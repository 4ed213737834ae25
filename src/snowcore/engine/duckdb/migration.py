"""Folders of earlier releases.

At first each database was a DuckDB file, and a table lay under its own name. Such a folder is read once, when it is
opened for the first time: its rows go into tables that are called by numbers, and the map learns their names. Then the
old files are set aside in `before`, where nobody reads them again.

Later all tables were in one file, as they are now, but their rows had no versions (layout 1): these are added.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import attrs
import duckdb

from ..errors import AccountError, EngineError
from ..late import late
from ..protocol import Declared, EarlierCatalog
from ..types import DataType, parse
from .layout import HIDDEN, LAYOUT, first_identity, make, make_history, new_rows, physical
from .names import Field, Identity, Map, Thing
from .store import FILE, Store, run_one
from .versions import Versions

if TYPE_CHECKING:
    import sqlglot
    from sqlglot import errors
    from sqlglot import expressions as exp
else:
    late(globals(), "sqlglot sqlglot.errors", exp="sqlglot.expressions")

_log = logging.getLogger("snowcore")

_ROOMS = ("databases", "kept")
_KEPT = "_snowcore_kept_"
_OWN = ("main", "_fs_information_schema", "information_schema", "pg_catalog")


def is_needed(folder: Path) -> bool:
    return any(next((folder / room).glob("*.db"), None) is not None for room in _ROOMS)


def migrate(folder: Path, store: Store, versions: Versions, names: Map, catalog: EarlierCatalog) -> None:
    """Have what an earlier release left in a folder."""
    if not names.read().databases and not names.read().kept:
        _log.warning("The account in %s is of an earlier release; its databases are taken over", folder)
        with names.changing():
            for file in sorted((folder / "databases").glob("*.db")):
                name = unquote(file.stem)
                _database(file, name, catalog.live(0, name), store, versions, names, catalog)
            for file in sorted((folder / "kept").glob("*.db")):
                key = file.stem
                _database(file, key, catalog.numbered(_number(key)), store, versions, names, catalog)
                names.keep_database(key, key)
    before = folder / "before"
    before.mkdir(mode=0o700, exist_ok=True)
    for room in _ROOMS:
        if (folder / room).exists():
            (folder / room).rename(before / room)


def renew(store: Store, versions: Versions) -> None:
    """Have the tables of a folder lie as they do now, all of them or none."""
    store.run("CREATE TABLE IF NOT EXISTS layout (number BIGINT)")
    numbers = store.table_numbers()
    ((found,),) = store.run("SELECT max(number) FROM layout")
    if found is not None and found > LAYOUT:
        text = f"The folder is of a later release: its rows lie in layout {found}, and this release knows {LAYOUT}."
        raise AccountError(500, "000603", "XX000", text)
    if found == LAYOUT:
        return
    if numbers:
        text = "The rows in %s lie as an earlier release left them; %d tables get versions"
        _log.warning(text, FILE, len(numbers))
    with store.cursor() as duck, versions.writing(duck):
        for number in numbers:
            for name in HIDDEN:
                duck.execute(f"ALTER TABLE t{number} ADD COLUMN {name} BIGINT")
            first = first_identity(versions.number())
            duck.execute(f"UPDATE t{number} SET row_id = {first} + rowid, made = 0")  # 0: before all transactions
            make_history(duck, number)
        duck.execute(f"INSERT INTO layout VALUES ({LAYOUT})")


def _number(key: str) -> int:
    return int(key.rpartition("_")[2])


def _database(
    file: Path, name: str, declared: Declared, store: Store, versions: Versions, names: Map, catalog: EarlierCatalog
) -> None:
    names.add_database(name)
    with duckdb.connect(str(file), read_only=True) as old:
        for (schema,) in _rows(
            old, "SELECT schema_name FROM duckdb_schemas() WHERE database_name = current_database()"
        ):
            if schema in _OWN:
                continue
            key = schema.removeprefix(_KEPT) if schema.startswith(_KEPT) else ""
            of = catalog.numbered(_number(key)) if key else catalog.live(declared.id, schema)
            place = key or schema
            names.add_schema(name, place)
            _schema(old, schema, of, (name, place), store, versions, names, catalog)
            if key:
                names.keep_schema(name, key, key)


def _schema(
    old: Any,
    schema: str,
    declared: Declared,
    place: tuple[str, str],
    store: Store,
    versions: Versions,
    names: Map,
    catalog: EarlierCatalog,
) -> None:
    sequences = {
        name: (last + step if last is not None else start, step)
        for name, start, step, last in _rows(
            old,
            "SELECT sequence_name, start_value, increment_by, last_value FROM duckdb_sequences() WHERE schema_name = ?",
            schema,
        )
    }
    for name, (start, step) in sequences.items():
        if not name.upper().startswith("_FS_"):
            number = store.create_sequence(start, step)
            names.add((*place, name), Thing("sequence", number, facts={"start": start, "step": step, "comment": ""}))
    for (table,) in _rows(old, "SELECT table_name FROM duckdb_tables() WHERE schema_name = ?", schema):
        if table.lower().startswith("_fs_"):
            continue
        key = table.removeprefix(_KEPT) if table.startswith(_KEPT) else ""
        of = catalog.numbered(_number(key)) if key else catalog.live(declared.id, table)
        thing = _table(old, schema, table, of, sequences, store, versions)
        names.add((*place, key or table), thing)
        if key:
            names.keep((*place, key), key)
    views = _rows(
        old,
        "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal AND schema_name = ? ORDER BY view_oid",
        schema,
    )
    for view, sql in views:
        if not view.lower().startswith("_fs_"):
            names.add((*place, view), _view(old, schema, view, sql))


def _table(
    old: Any,
    schema: str,
    table: str,
    declared: Declared,
    sequences: Mapping[str, tuple[int, int]],
    store: Store,
    versions: Versions,
) -> Thing:
    said = {column["name"]: column for column in declared.properties.get("columns", ())}
    columns = _rows(
        old,
        "SELECT column_name, data_type, is_nullable, column_default FROM duckdb_columns()"
        " WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
        schema,
        table,
    )
    lengths = _lengths(old, schema, table)
    fields: list[Field] = []
    values: list[str] = []
    for name, kind, nullable, default in columns:
        facts = said.get(name, {})
        type_ = _type(facts.get("datatype"), kind, lengths.get(name))
        field = Field(name, str(type_), bool(nullable), facts.get("default"), None, facts.get("comment") or "")
        found = re.search(r"(_FS_SEQ_\w+)", default or "", re.IGNORECASE)
        if found and found[1] in sequences:
            start, step = sequences[found[1]]
            field = attrs.evolve(
                field, default=None, identity=Identity(start, step, store.create_sequence(start, step))
            )
        elif default is not None and field.default is None:
            field = attrs.evolve(field, default=_snowflake(default))
        fields.append(field)
        values.append(_converted(_quoted(name), kind, type_))
    facts = {"comment": declared.properties.get("comment") or ""}
    thing = Thing("table", store.number(), tuple(fields), facts=facts)
    named = ", ".join(f"{value} AS {physical(at)}" for at, value in enumerate(values))
    from ..arrow import read_stream  # here, since few accounts have such a folder

    rows = read_stream(old.sql(f"SELECT {named} FROM {_quoted(schema)}.{_quoted(table)}")).iter_chunks()
    return _fill(store, versions, thing, rows)


def _fill(store: Store, versions: Versions, thing: Thing, batches: Iterator[Any]) -> Thing:
    """Make a table of Arrow's batches of rows."""
    texts = [at for at, field in enumerate(thing.fields) if parse(field.type).is_semistructured]
    with store.cursor() as duck, versions.writing(duck) as transaction:
        make(duck, thing)
        values = ", ".join(
            f"sf_parse_json({physical(at)})" if at in texts else physical(at) for at in range(len(thing.fields))
        )
        for batch in batches:
            duck.register("batch", batch)
            rows = new_rows(f"SELECT {values} FROM batch", versions.number(), transaction)
            run_one(duck, f"INSERT INTO t{thing.number} {rows}")
            duck.unregister("batch")
    return attrs.evolve(thing, since=transaction)


def _lengths(old: Any, schema: str, table: str) -> dict[str, int]:
    """How long texts may be: a CHECK of the earlier release."""
    sql = "SELECT expression FROM duckdb_constraints() WHERE schema_name = ? AND table_name = ?"
    out: dict[str, int] = {}
    for (expression,) in _rows(old, f"{sql} AND constraint_type = 'CHECK'", schema, table):
        found = re.fullmatch(r'\(length\((?:"((?:[^"]|"")*)"|(\w+))\) <= (\d+)\)', expression)
        if found:
            out[(found[1] or found[2]).replace('""', '"')] = int(found[3])
    return out


_TYPES = {
    "DOUBLE": "FLOAT",
    "FLOAT": "FLOAT",
    "BLOB": "BINARY",
    "JSON": "VARIANT",
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "TIME": "TIME(9)",
    "TIMESTAMP": "TIMESTAMP_NTZ(9)",
    "TIMESTAMP_NS": "TIMESTAMP_NTZ(9)",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMP_TZ(9)",
}


def _type(declared: str | None, kind: str, length: int | None) -> DataType:
    if declared:
        try:
            return parse(declared)
        except EngineError:
            pass
    if kind.startswith("DECIMAL"):
        return parse(kind.replace("DECIMAL", "NUMBER"))
    if kind.endswith("INT") or kind == "INTEGER":
        return parse("NUMBER(38,0)")
    return parse(_TYPES.get(kind, f"VARCHAR({length or 16777216})"))


def _converted(column: str, kind: str, type_: DataType) -> str:
    """A column of the old table in the form of the new one (see `types`)."""
    if type_.is_timestamp:
        micros = f"CAST(epoch_us({column}) AS HUGEINT) * 1024"
        if kind == "TIMESTAMP_NS":
            micros += f" + epoch_ns({column}) % 1000"
        packed = f"({micros}) * 4096 + 2048" if type_.name == "TIMESTAMP_TZ" else micros
        return f"CAST({packed} AS VARCHAR)"
    if type_.name == "TIME":
        return f"CAST(epoch_us({column}) AS BIGINT) * 1000"
    if type_.is_semistructured or type_.is_text:
        return f"CAST({column} AS VARCHAR)"
    return f"CAST({column} AS {type_.physical})"


def _view(old: Any, schema: str, view: str, sql: str) -> Thing:
    columns = _rows(
        old,
        "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?"
        " ORDER BY column_index",
        schema,
        view,
    )
    fields = tuple(Field(name, str(_type(None, kind, None))) for name, kind in columns)
    text = re.sub(r"^.*?\bAS\s", "", sql, count=1, flags=re.DOTALL | re.IGNORECASE).strip().rstrip(";")
    query = _snowflake(text) or text
    written = f"CREATE VIEW {_quoted(view)} AS {query}"
    return Thing("view", 0, fields, query, {"comment": "", "secure": False, "written": written})


def _snowflake(sql: str) -> str | None:
    """DuckDB's SQL as Snowflake's. In what a view keeps, names stand as they are spelled."""
    try:
        tree: Any = sqlglot.parse_one(sql, read="duckdb")
    except errors.SqlglotError:
        return None
    for name in tree.find_all(exp.Identifier):
        name.set("quoted", True)
    return tree.sql(dialect="snowflake")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rows(duck: Any, sql: str, *values: str) -> list[tuple[Any, ...]]:
    return duck.execute(sql, list(values)).fetchall() if values else duck.execute(sql).fetchall()
