"""Iceberg tables in statements, which are those on tables with what is said of the files.

See https://docs.snowflake.com/en/sql-reference/sql/create-iceberg-table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlglot import exp

from ...engine.dialect import DIALECT
from ...engine.errors import AccountError, compilation, syntax
from ...engine.names import canonical
from ...engine.parsing import Token
from ...engine.protocol import Result, TablePath
from ..objects.iceberg_tables import ICEBERG, MANAGED, PROPERTIES, check_places, check_type, with_digits
from ..objects.tables import Tables
from .kinds import TABLE, place
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from . import SqlSession

_ABOUT = ("ALTER", "DROP", "DESCRIBE", "DESC", "UNDROP")
_FLAGS = ("replace_invalid_characters", "auto_refresh")


def about(session: SqlSession, text: str, tokens: list[Token]) -> str | Result | None:
    """A statement on an Iceberg table as that on a table; the result of one that only these have; None for others.
    AccountError if the table is no Iceberg table."""
    if [token.text.upper() for token in tokens[1:3]] != ["ICEBERG", "TABLE"]:
        return None
    reader, word = Reader(text, tokens), tokens[1]
    if (first := reader.peek()) not in _ABOUT:
        return None
    reader.at = 3
    if_exists = reader.take("IF EXISTS")
    where = place(session, TABLE, reader.path(), f"{first} ICEBERG TABLE")
    if first != "UNDROP":
        try:
            session.perform("iceberg-table", "fetch", where)
        except AccountError as error:
            if error.status != 404 or not if_exists:
                raise
    if first == "ALTER" and reader.one_of("REFRESH", "CONVERT TO MANAGED"):
        verb = "refresh" if "REFRESH" in text.upper().split() else "convert_to_managed"
        return status(session.perform("iceberg-table", verb, where, {}, {}))
    return text[: word.start] + text[word.end + 1 :]


def taken(statement: exp.Create) -> dict[str, Any] | None:
    """What a CREATE ICEBERG TABLE says of the files, which is taken out of the statement; None for another table.
    Moments get the digits that they have in Iceberg tables. AccountError for types that these don't have."""
    if statement.find(exp.IcebergProperty) is None:
        return None
    if statement.find(exp.TransientProperty, exp.TemporaryProperty):
        raise syntax("Iceberg tables are neither temporary nor transient.")
    said: dict[str, Any] = {"table_type": ICEBERG}
    properties: Any = statement.args["properties"]
    others: list[Any] = []
    for one in properties.expressions:
        if type(one) is not exp.Property or (name := one.name.lower()) not in PROPERTIES:
            others.append(one)
            continue
        value: Any = one.args["value"]
        said[name] = value.sql().upper() == "TRUE" if name in _FLAGS else value.name
    properties.set("expressions", others)  # among which sqlglot has left some without their parent
    for name in ("external_volume", "catalog", "catalog_sync"):
        if name in said:
            said[name] = canonical(said[name])
    if "storage_serialization_policy" in said:
        said["storage_serialization_policy"] = said["storage_serialization_policy"].upper()
    said.setdefault("catalog", MANAGED)
    for column in statement.this.find_all(exp.ColumnDef) if isinstance(statement.this, exp.Schema) else ():
        _check_type(column, "kind")
    return said


def check_altered(statement: exp.Alter) -> None:
    """AccountError for types that Iceberg tables don't have."""
    actions: list[Any] = statement.args.get("actions") or []
    for action in actions:
        if isinstance(action, (exp.ColumnDef, exp.AlterColumn)):
            _check_type(action, "kind" if isinstance(action, exp.ColumnDef) else "dtype")


def _check_type(column: exp.Expr, part: str) -> None:
    if (kind := column.args.get(part)) is not None:
        written = with_digits(kind.sql(dialect=DIALECT))
        check_type(written)
        column.set(part, exp.DataType.build(written, dialect=DIALECT))


def of_model(session: SqlSession, statement: exp.Create, path: dict[str, str], model: dict[str, Any]) -> dict[str, Any]:
    """What a clone of an Iceberg table, or one like it, takes over of its files. AccountError if only one of both is an
    Iceberg table."""
    is_one = statement.find(exp.IcebergProperty) is not None
    if is_one != (model.get("table_type") == ICEBERG):
        kinds = ("a table", "an Iceberg table")
        text = f"{path['name']} is {kinds[not is_one]}, of which {kinds[is_one]} can't be made by CLONE or LIKE."
        raise compilation("002203", text, "02000")
    found: dict[str, Any] = session.perform("iceberg-table", "fetch", path) if is_one else {}
    return {name: found[name] for name in ("external_volume", "storage_serialization_policy") if name in found}


def check(session: SqlSession, said: dict[str, Any], made: TablePath, *, whole: bool) -> None:
    """AccountError for volumes that aren't there, and for columns that a query has and Iceberg tables don't."""
    tables = session.account.kinds["iceberg-table"]
    assert isinstance(tables, Tables)
    check_places(tables, said)
    for column in session.account.engine.columns(made) or () if whole else ():
        name = column.type.partition("(")[0]
        if name not in ("VARCHAR", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ"):  # those take what the table has
            check_type(column.type)


def of_another_catalog(session: SqlSession, path: dict[str, str], mode: str, said: dict[str, Any]) -> Result:
    """CREATE ICEBERG TABLE of what an external catalog has."""
    if "metadata_file_path" in said:
        verb = "from_iceberg_files"
    elif "catalog_table_name" in said:
        verb = "from_iceberg_rest"
    elif "base_location" in said:
        verb = "from_delta"
    else:
        raise compilation("001003", "CATALOG_TABLE_NAME, METADATA_FILE_PATH or BASE_LOCATION is missing.")
    above = {key: value for key, value in path.items() if key != "name"}
    body = {**{name: value for name, value in said.items() if name != "table_type"}, "name": path["name"]}
    return status(session.perform("iceberg-table", verb, above, {"createMode": mode}, body))
