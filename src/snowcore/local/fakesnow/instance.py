"""fakesnow 0.12.1 as it has to be opened for an account. What leans on its insides is here."""

from __future__ import annotations

import os
import re
from collections.abc import Generator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from string import Template
from typing import Any, cast

import sqlglot
from fakesnow import copy_into, cursor, info_schema, macros
from fakesnow.conn import FakeSnowflakeConnection
from fakesnow.instance import GLOBAL_DATABASE_NAME as GLOBAL
from fakesnow.instance import FakeSnow
from fakesnow.transforms import stage
from sqlglot import exp

from snowcore._names import quote_identifier

from ..errors import AccountError
from ..names import literal, qualified

KEPT = "_snowcore_kept_"
"""How the names of what was dropped begin."""

STAGES = f"{GLOBAL}._fs_information_schema._fs_stages"
"""The table in which fakesnow looks for stages."""


def open_instance(folder: Path) -> Any:
    """One DuckDB that sees this folder's rooms only: SQL must not read the disk, nor Python's variables."""
    rooms: list[str] = []
    for name in ("databases", "kept", "stages", "temporary", "spill"):
        room = folder / name
        room.mkdir(parents=True, exist_ok=True)
        room.chmod(0o700)  # whatever is made in it, nobody else gets to it, though the folder itself may be open to all
        rooms.append(literal(room.resolve()))
    instance: Any = FakeSnow(create_database_on_connect=False, create_schema_on_connect=False)
    run_all(instance.duck_conn, _furniture(info_schema.fs_global_creation_sql()))
    run_all(instance.duck_conn, macros.creation_sql(GLOBAL))
    for setting, value in (
        ("python_enable_replacements", "false"),
        ("temp_directory", rooms[-1]),
        ("allowed_directories", f"[{', '.join(rooms)}]"),
        ("enable_external_access", "false"),
        ("lock_configuration", "true"),
    ):
        run_one(instance.duck_conn, f"SET GLOBAL {setting} = {value}")
    return instance


def run_one(duck: Any, sql: str, values: Any = None) -> Any:
    """Have DuckDB run one statement. A text that holds more than one is refused before anything of it runs."""
    statements = duck.extract_statements(sql)
    if len(statements) != 1:
        text = f"The embedded account made {len(statements)} statements of one, and ran none of them."
        raise AccountError(500, "000603", "XX000", text)
    return duck.execute(statements[0], values)


def run_all(duck: Any, sql: str) -> None:
    """Have DuckDB run several statements, which the account itself has written."""
    for statement in duck.extract_statements(sql):
        duck.execute(statement)


_stages: ContextVar[str] = ContextVar("stages", default=stage.LOCAL_BUCKET_PATH)


class _Stages(os.PathLike[str]):
    """fakesnow keeps the files of all stages of a process in one folder. This is the folder of the account at work."""

    def __fspath__(self) -> str:
        return _stages.get()

    __str__ = __fspath__


with suppress(OSError):
    os.rmdir(stage.LOCAL_BUCKET_PATH)  # noqa: PTH106  fakesnow would leave it, and makes it again if it needs it
stage.LOCAL_BUCKET_PATH = cast(Any, _Stages())


class _StatusOf(Template):
    """fakesnow pastes names between the apostrophes of a statement that tells what was done."""

    def substitute(self, *_: Any, **values: Any) -> str:
        return super().substitute({name: literal(value)[1:-1] for name, value in values.items()})


for _name, _value in list(vars(cursor).items()):
    if isinstance(_value, Template):
        setattr(cursor, _name, _StatusOf(_value.template))


def _described_table(table: exp.Table, duck: Any, database: str, schema: str) -> list[tuple[str, str]]:
    whole = qualified(table.catalog or database, table.db or schema, table.name)
    return [(name, type_) for name, type_, *_ in duck.execute(f"DESCRIBE {whole}").fetchall()]


setattr(copy_into, "_describe_table", _described_table)  # noqa: B010  fakesnow's own forgets the quotes

upload_files: Any = stage.upload_files
"""Does what a PUT says, in this process."""


@contextmanager
def stages_in(folder: Path) -> Generator[None]:
    token = _stages.set(str(folder))
    try:
        yield
    finally:
        _stages.reset(token)


def open_connection(instance: Any) -> Any:
    duck: Any = _Duck(instance.duck_conn.cursor())
    return FakeSnowflakeConnection(duck, _Forgetful(), create_database=False, create_schema=False, paramstyle="qmark")


class _Duck:
    """A DuckDB connection that runs one statement at a time, knows the types of its last result, and hands it over as
    Arrow without a warning."""

    def __init__(self, duck: Any) -> None:
        self.itself = duck
        self.types: list[tuple[str, str]] = []

    def execute(self, sql: str, parameters: Any = None) -> Any:
        # Where fakesnow forgets to quote a database's name.
        sql = re.sub(
            r"^DELETE FROM (.+)(?=\._fs_information_schema\._fs_load_history)", _quoted_database, sql, flags=re.DOTALL
        )
        return run_one(self.itself, sql, parameters)

    def cursor(self) -> _Duck:
        return _Duck(self.itself.cursor())

    def __enter__(self) -> _Duck:
        return self

    def __exit__(self, *_: object) -> None:
        self.itself.close()

    def to_arrow_table(self) -> Any:
        described: list[Any] = self.itself.description or []
        self.types = [(column[0], str(column[1])) for column in described]
        return self.itself._result_as_arrow(1_000_000, reader=False)  # what to_arrow_table() calls after it warned

    def __getattr__(self, name: str) -> Any:
        return getattr(self.itself, name)


def _quoted_database(found: re.Match[str]) -> str:
    return f"DELETE FROM {quote_identifier(found[1])}"


class _Forgetful(dict[str, Any]):
    """fakesnow would keep every result for ever."""

    def __setitem__(self, key: str, value: Any) -> None:
        pass


def database_furniture(name: str) -> str:
    """SQL that puts fakesnow's information_schema and macros into a database, with its present name in them."""
    placeholder = "SNOWCORE_THIS_DATABASE"
    sql = _furniture(info_schema.per_db_creation_sql(placeholder)) + macros.creation_sql(placeholder)
    return sql.replace(f"'{placeholder}'", literal(name)).replace(placeholder, quote_identifier(name))


# The lengths of texts, which are in CHECKs (see `shapes`).
_LENGTHS = """
SELECT database_name AS ext_table_catalog, schema_name AS ext_table_schema, table_name AS ext_table_name,
    found.name AS ext_column_name, found.length::INTEGER AS ext_character_maximum_length,
    least(found.length::INTEGER * 4, 16777216) AS ext_character_octet_length
FROM (
    SELECT *, regexp_extract(expression, 'length\\("?(.+?)"?\\) <= (\\d+)', ['name', 'length']) AS found
    FROM duckdb_constraints() WHERE constraint_type = 'CHECK'
)
"""


def _furniture(sql: str) -> str:
    """fakesnow's tables and views, made anew each time: blind to what was dropped, and silent where it would invent."""
    for text, instead in (
        ("create view if not exists", "create or replace view"),
        ("to_timestamp(0)::timestamptz", "NULL::TIMESTAMPTZ"),
        ("left join _fs_global._fs_information_schema._fs_columns_ext ext", f"LEFT JOIN ({_LENGTHS}) ext"),
    ):
        sql = sql.replace(text, instead)
    for source, alias, *names in (
        ("duckdb_tables", " tables", "table_name", "schema_name"),
        ("duckdb_views", "", "schema_name"),
        ("system.information_schema.columns", " columns", "table_name", "table_schema"),
        ("system.information_schema.schemata", "", "schema_name", "catalog_name"),
    ):
        living = " AND ".join(f"NOT starts_with({name}, '{KEPT}')" for name in names)
        sql = sql.replace(f"from {source}{alias}", f"from (SELECT * FROM {source} WHERE {living}){alias or ' living'}")
    return sql


def moved_view(sql: str, database: str, schema: str) -> str:
    """A view's CREATE statement of DuckDB, for another place."""
    statement = sqlglot.parse_one(sql, read="duckdb")
    view = statement.find(exp.Table)
    assert view is not None
    view.set("db", exp.to_identifier(schema, quoted=True))
    view.set("catalog", exp.to_identifier(database, quoted=True))
    return statement.sql(dialect="duckdb")
