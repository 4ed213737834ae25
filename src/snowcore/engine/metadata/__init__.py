"""INFORMATION_SCHEMA as relations, made of the map of names and of what the account says beside it, when they are read.

A view is a list of columns with their types, and a function that makes its rows: for a new view, or a new kind of
object, add one to `VIEWS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

import attrs

from ..duckdb.names import Field, Names, Thing
from ..types import DataType, parse

Row = Mapping[str, Any]
Facts = Mapping[tuple[str, ...], Mapping[str, Any]]
"""What the account knows of its objects of a kind in a database, by schema and name: owner, comment, created_on …"""


class Account(Protocol):
    def facts(self, kind: str, database: str) -> Facts: ...


class Nobody:
    """An account that says nothing."""

    def facts(self, kind: str, database: str) -> Facts:
        return {}


@attrs.frozen
class Asked:
    """What a view is made of."""

    database: str
    names: Names
    account: Account
    counts: Callable[[Iterable[int]], Mapping[int, int]]
    """How many rows there are in tables, by their numbers."""
    temporary: Mapping[tuple[str, tuple[str, str, str]], Thing]

    def things(self, *kinds: str) -> list[tuple[str, str, Thing, bool]]:
        """Schema, name, what it is, and whether only the session has it."""
        own = {
            path[1:]: thing
            for (_, path), thing in self.temporary.items()
            if path[0] == self.database and thing.kind in kinds
        }
        schemas = self.names.databases[self.database].schemas
        shared = {(s, n): t for s, schema in schemas.items() for n, t in schema.named(*kinds).items()}
        every = {**shared, **own}
        return [(schema, name, thing, (schema, name) in own) for (schema, name), thing in sorted(every.items())]


@attrs.frozen
class View:
    columns: tuple[tuple[str, DataType], ...]
    rows: Callable[[Asked], Iterable[Row]]


_TYPES = {"n": "NUMBER(38,0)", "t": "TIMESTAMP_LTZ(9)", "b": "BOOLEAN"}


def _columns(written: str) -> tuple[tuple[str, DataType], ...]:
    """`NAME NUMBER:n CREATED:t`: texts, unless a letter says what else."""
    out: list[tuple[str, DataType]] = []
    for word in written.split():
        name, _, kind = word.partition(":")
        out.append((name, parse(_TYPES.get(kind, "VARCHAR(16777216)"))))
    return tuple(out)


def _of(facts: Mapping[str, Any], table: str) -> dict[str, Any]:
    """What the account says of every object."""
    created = facts.get("created_on")
    moment = datetime.fromisoformat(created) if isinstance(created, str) else created
    return {
        f"{table}_OWNER": facts.get("owner", "ACCOUNTADMIN"),
        "COMMENT": facts.get("comment") or None,
        "CREATED": moment,
        "LAST_ALTERED": moment,
        "LAST_DDL": moment,
        "LAST_DDL_BY": "SNOWCORE",
    }


def _tables(asked: Asked) -> Iterable[Row]:
    facts = asked.account.facts("table", asked.database)
    things = asked.things("table", "view")
    counts = asked.counts(thing.number for _, _, thing, _ in things if thing.kind == "table")
    for schema, name, thing, own in things:
        said = {"comment": thing.facts.get("comment"), **facts.get((schema, name), {})}
        is_table = thing.kind == "table"
        transient = said.get("kind") == "TRANSIENT" or bool(thing.facts.get("transient"))
        count = counts.get(thing.number, 0) if is_table else None
        yield {
            **_of(said, "TABLE"),
            "TABLE_CATALOG": asked.database,
            "TABLE_SCHEMA": schema,
            "TABLE_NAME": name,
            "TABLE_TYPE": ("TEMPORARY TABLE" if own else "BASE TABLE") if is_table else "VIEW",
            "IS_TRANSIENT": ("YES" if transient else "NO") if is_table else None,
            "CLUSTERING_KEY": _clustering(said),
            "ROW_COUNT": count,
            "BYTES": None if count is None else count * 8 * len(thing.fields),
            "RETENTION_TIME": said.get("data_retention_time_in_days", 1) if is_table else None,
            "IS_INSERTABLE_INTO": "YES",
            "IS_TYPED": "YES",
            "AUTO_CLUSTERING_ON": "NO",
            "IS_TEMPORARY": "YES" if own else "NO",
            "IS_ICEBERG": "NO",
            "IS_DYNAMIC": "NO",
            "IS_IMMUTABLE": "NO",
            "IS_HYBRID": "NO",
        }


def _clustering(said: Mapping[str, Any]) -> str | None:
    keys: list[str] = said.get("cluster_by") or []
    return f"LINEAR({', '.join(keys)})" if keys else None


_DATA_TYPES = {"VARCHAR": "TEXT"}


def _facts_of_column(asked: Asked, schema: str, table: str, at: int, field: Field) -> Row:
    type_ = parse(field.type)
    number, text = type_.name == "NUMBER", type_.name == "VARCHAR"
    moment = type_.is_timestamp or type_.name == "TIME"
    default = field.default
    if field.identity is not None:
        default = f"IDENTITY START {field.identity.start} INCREMENT {field.identity.step} NOORDER"
    return {
        "TABLE_CATALOG": asked.database,
        "TABLE_SCHEMA": schema,
        "TABLE_NAME": table,
        "COLUMN_NAME": field.name,
        "ORDINAL_POSITION": at,
        "COLUMN_DEFAULT": default,
        "IS_NULLABLE": "YES" if field.nullable else "NO",
        "DATA_TYPE": _DATA_TYPES.get(type_.name, type_.name),
        "CHARACTER_MAXIMUM_LENGTH": type_.precision if text else None,
        "CHARACTER_OCTET_LENGTH": min(type_.precision * 4, 16777216)
        if text
        else type_.precision or None
        if type_.name == "BINARY"
        else None,
        "NUMERIC_PRECISION": type_.precision if number else None,
        "NUMERIC_PRECISION_RADIX": 10 if number else None,
        "NUMERIC_SCALE": type_.scale if number else None,
        "DATETIME_PRECISION": type_.scale if moment else None,
        "IS_SELF_REFERENCING": "NO",
        "IS_IDENTITY": "YES" if field.identity else "NO",
        "IDENTITY_START": str(field.identity.start) if field.identity else None,
        "IDENTITY_INCREMENT": str(field.identity.step) if field.identity else None,
        "IDENTITY_CYCLE": "NO" if field.identity else None,
        "COMMENT": field.comment or None,
    }


def _table_columns(asked: Asked) -> Iterable[Row]:
    facts = asked.account.facts("table", asked.database)
    for schema, name, thing, _ in asked.things("table", "view"):
        declared = {one["name"]: one for one in facts.get((schema, name), {}).get("columns", ())}
        for at, field in enumerate(thing.fields, 1):
            comment = declared.get(field.name, {}).get("comment") or field.comment
            yield _facts_of_column(asked, schema, name, at, attrs.evolve(field, comment=comment or ""))


def _schemata(asked: Asked) -> Iterable[Row]:
    facts = asked.account.facts("schema", asked.database)
    for name in sorted({*asked.names.databases[asked.database].schemas, "INFORMATION_SCHEMA"}):
        said = facts.get((name,), {})
        yield {
            **_of(said, "SCHEMA"),
            "CATALOG_NAME": asked.database,
            "SCHEMA_NAME": name,
            "IS_TRANSIENT": "YES" if said.get("kind") == "TRANSIENT" else "NO",
            "IS_MANAGED_ACCESS": "YES" if said.get("managed_access") else "NO",
            "RETENTION_TIME": said.get("data_retention_time_in_days", 1),
        }


def _databases(asked: Asked) -> Iterable[Row]:
    for name in sorted(asked.names.databases):
        said = asked.account.facts("database", name).get((), {})
        yield {
            **_of(said, "DATABASE"),
            "DATABASE_NAME": name,
            "IS_TRANSIENT": "YES" if said.get("kind") == "TRANSIENT" else "NO",
            "RETENTION_TIME": said.get("data_retention_time_in_days", 1),
            "TYPE": "STANDARD",
        }


def _views(asked: Asked) -> Iterable[Row]:
    for schema, name, thing, _ in asked.things("view"):
        yield {
            **_of(thing.facts, "TABLE"),
            "TABLE_CATALOG": asked.database,
            "TABLE_SCHEMA": schema,
            "TABLE_NAME": name,
            "VIEW_DEFINITION": thing.facts.get("written") or thing.text,
            "CHECK_OPTION": "NONE",
            "IS_UPDATABLE": "NO",
            "INSERTABLE_INTO": "NO",
            "IS_SECURE": "YES" if thing.facts.get("secure") else "NO",
        }


def _sequences(asked: Asked) -> Iterable[Row]:
    for schema, name, thing, _ in asked.things("sequence"):
        yield {
            **_of(thing.facts, "SEQUENCE"),
            "SEQUENCE_CATALOG": asked.database,
            "SEQUENCE_SCHEMA": schema,
            "SEQUENCE_NAME": name,
            "DATA_TYPE": "NUMBER",
            "NUMERIC_PRECISION": 38,
            "NUMERIC_PRECISION_RADIX": 10,
            "NUMERIC_SCALE": 0,
            "START_VALUE": str(thing.facts["start"]),
            "INCREMENT": str(thing.facts["step"]),
            "CYCLE_OPTION": "NO",
            "ORDERED": "NO",
        }


def _file_formats(asked: Asked) -> Iterable[Row]:
    for schema, name, thing, _ in asked.things("file format"):
        options = {key: str(value) for key, value in thing.facts.items()}
        yield {
            **_of({}, "FILE_FORMAT"),
            "FILE_FORMAT_CATALOG": asked.database,
            "FILE_FORMAT_SCHEMA": schema,
            "FILE_FORMAT_NAME": name,
            **options,
            "FILE_FORMAT_TYPE": str(thing.facts.get("TYPE", "CSV")).upper(),
            "COMMENT": options.get("comment"),
        }


def _stages(asked: Asked) -> Iterable[Row]:
    for (schema, name), said in sorted(asked.account.facts("stage", asked.database).items()):
        yield {
            **_of(said, "STAGE"),
            "STAGE_CATALOG": asked.database,
            "STAGE_SCHEMA": schema,
            "STAGE_NAME": name,
            "STAGE_URL": said.get("url") or None,
            "STAGE_TYPE": "External Named" if said.get("url") else "Internal Named",
        }


def _table_constraints(asked: Asked) -> Iterable[Row]:
    for (schema, name), said in sorted(asked.account.facts("table", asked.database).items()):
        keys = [*said.get("constraints", ()), *(k for c in said.get("columns", ()) for k in c.get("constraints", ()))]
        for key in keys:
            yield {
                **_of(said, "TABLE"),
                "CONSTRAINT_CATALOG": asked.database,
                "CONSTRAINT_SCHEMA": schema,
                "CONSTRAINT_NAME": key.get("name"),
                "TABLE_CATALOG": asked.database,
                "TABLE_SCHEMA": schema,
                "TABLE_NAME": name,
                "CONSTRAINT_TYPE": key["constraint_type"],
                "IS_DEFERRABLE": "NO",
                "INITIALLY_DEFERRED": "NO",
                "ENFORCED": "NO",
            }


def _roles(asked: Asked) -> Iterable[Row]:
    for role in ("ACCOUNTADMIN", "ORGADMIN", "PUBLIC", "SECURITYADMIN", "SYSADMIN", "USERADMIN"):
        yield {"GRANTEE": "SNOWCORE", "ROLE_NAME": role, "ROLE_OWNER": "", "IS_GRANTABLE": "NO"}


def _nothing(asked: Asked) -> Iterable[Row]:
    return ()


_ROUTINE = (
    "{0}_CATALOG {0}_SCHEMA {0}_NAME {0}_OWNER ARGUMENT_SIGNATURE DATA_TYPE CHARACTER_MAXIMUM_LENGTH:n"
    " CHARACTER_OCTET_LENGTH:n NUMERIC_PRECISION:n NUMERIC_PRECISION_RADIX:n NUMERIC_SCALE:n {0}_LANGUAGE"
    " {0}_DEFINITION CREATED:t LAST_ALTERED:t COMMENT"
)

VIEWS: dict[str, View] = {
    name: View(_columns(columns), rows)
    for name, columns, rows in (
        (
            "TABLES",
            "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER TABLE_TYPE IS_TRANSIENT CLUSTERING_KEY ROW_COUNT:n"
            " BYTES:n RETENTION_TIME:n SELF_REFERENCING_COLUMN_NAME REFERENCE_GENERATION USER_DEFINED_TYPE_CATALOG"
            " USER_DEFINED_TYPE_SCHEMA USER_DEFINED_TYPE_NAME IS_INSERTABLE_INTO IS_TYPED COMMIT_ACTION CREATED:t"
            " LAST_ALTERED:t LAST_DDL:t LAST_DDL_BY AUTO_CLUSTERING_ON COMMENT IS_TEMPORARY IS_ICEBERG IS_DYNAMIC"
            " IS_IMMUTABLE IS_HYBRID",
            _tables,
        ),
        (
            "COLUMNS",
            "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION:n COLUMN_DEFAULT IS_NULLABLE DATA_TYPE"
            " CHARACTER_MAXIMUM_LENGTH:n CHARACTER_OCTET_LENGTH:n NUMERIC_PRECISION:n NUMERIC_PRECISION_RADIX:n"
            " NUMERIC_SCALE:n DATETIME_PRECISION:n INTERVAL_TYPE INTERVAL_PRECISION CHARACTER_SET_CATALOG"
            " CHARACTER_SET_SCHEMA CHARACTER_SET_NAME COLLATION_CATALOG COLLATION_SCHEMA COLLATION_NAME DOMAIN_CATALOG"
            " DOMAIN_SCHEMA DOMAIN_NAME UDT_CATALOG UDT_SCHEMA UDT_NAME SCOPE_CATALOG SCOPE_SCHEMA SCOPE_NAME"
            " MAXIMUM_CARDINALITY:n DTD_IDENTIFIER IS_SELF_REFERENCING IS_IDENTITY IDENTITY_GENERATION IDENTITY_START"
            " IDENTITY_INCREMENT IDENTITY_MAXIMUM IDENTITY_MINIMUM IDENTITY_CYCLE IDENTITY_ORDERED"
            " SCHEMA_EVOLUTION_RECORD COMMENT",
            _table_columns,
        ),
        (
            "SCHEMATA",
            "CATALOG_NAME SCHEMA_NAME SCHEMA_OWNER IS_TRANSIENT IS_MANAGED_ACCESS RETENTION_TIME:n"
            " DEFAULT_CHARACTER_SET_CATALOG DEFAULT_CHARACTER_SET_SCHEMA DEFAULT_CHARACTER_SET_NAME SQL_PATH CREATED:t"
            " LAST_ALTERED:t COMMENT",
            _schemata,
        ),
        (
            "DATABASES",
            "DATABASE_NAME DATABASE_OWNER IS_TRANSIENT COMMENT CREATED:t LAST_ALTERED:t RETENTION_TIME:n TYPE",
            _databases,
        ),
        (
            "VIEWS",
            "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE"
            " INSERTABLE_INTO IS_SECURE CREATED:t LAST_ALTERED:t LAST_DDL:t LAST_DDL_BY COMMENT",
            _views,
        ),
        (
            "SEQUENCES",
            "SEQUENCE_CATALOG SEQUENCE_SCHEMA SEQUENCE_NAME SEQUENCE_OWNER DATA_TYPE NUMERIC_PRECISION:n"
            " NUMERIC_PRECISION_RADIX:n NUMERIC_SCALE:n START_VALUE MINIMUM_VALUE MAXIMUM_VALUE NEXT_VALUE INCREMENT"
            " CYCLE_OPTION CREATED:t LAST_ALTERED:t ORDERED COMMENT",
            _sequences,
        ),
        (
            "FILE_FORMATS",
            "FILE_FORMAT_CATALOG FILE_FORMAT_SCHEMA FILE_FORMAT_NAME FILE_FORMAT_OWNER FILE_FORMAT_TYPE"
            " RECORD_DELIMITER FIELD_DELIMITER SKIP_HEADER DATE_FORMAT TIME_FORMAT TIMESTAMP_FORMAT BINARY_FORMAT"
            " ESCAPE ESCAPE_UNENCLOSED_FIELD TRIM_SPACE FIELD_OPTIONALLY_ENCLOSED_BY NULL_IF COMPRESSION"
            " ERROR_ON_COLUMN_COUNT_MISMATCH CREATED:t LAST_ALTERED:t COMMENT",
            _file_formats,
        ),
        (
            "STAGES",
            "STAGE_CATALOG STAGE_SCHEMA STAGE_NAME STAGE_URL STAGE_REGION STAGE_TYPE STAGE_OWNER COMMENT CREATED:t"
            " LAST_ALTERED:t",
            _stages,
        ),
        (
            "TABLE_CONSTRAINTS",
            "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME CONSTRAINT_TYPE"
            " IS_DEFERRABLE INITIALLY_DEFERRED ENFORCED COMMENT CREATED:t LAST_ALTERED:t RELY",
            _table_constraints,
        ),
        ("FUNCTIONS", _ROUTINE.format("FUNCTION"), _nothing),
        ("PROCEDURES", _ROUTINE.format("PROCEDURE"), _nothing),
        ("PACKAGES", "PACKAGE_NAME VERSION LANGUAGE RUNTIME_VERSION", _nothing),
        (
            "LOAD_HISTORY",
            "SCHEMA_NAME FILE_NAME TABLE_NAME LAST_LOAD_TIME:t STATUS ROW_COUNT:n ROW_PARSED:n FIRST_ERROR_MESSAGE"
            " FIRST_ERROR_LINE_NUMBER:n FIRST_ERROR_CHARACTER_POSITION:n FIRST_ERROR_COL_NAME"
            " ERROR_COUNT:n ERROR_LIMIT:n",
            _nothing,
        ),
        ("APPLICABLE_ROLES", "GRANTEE ROLE_NAME ROLE_OWNER IS_GRANTABLE", _roles),
        ("ENABLED_ROLES", "ROLE_NAME ROLE_OWNER", _roles),
    )
}
