"""INFORMATION_SCHEMA and SNOWFLAKE.ACCOUNT_USAGE as relations, made of the map of names and of what the account says
beside it, when they are read.

A view is a list of columns with their types, and a function that makes its rows: for a new view add a line to
`_COLUMNS`, and to `_ROWS` if anything of its kind can exist. SHOW and DESCRIBE read the same rows, which may have more
in them than the view has columns.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

import attrs

from ..duckdb.names import Field, Names, Thing
from ..files.formats import PROPERTIES, shown_option
from ..names import split
from ..protocol import Need
from ..types import DataType, parse

Row = Mapping[str, Any]
Facts = Mapping[tuple[str, ...], Mapping[str, Any]]
"""What the account knows of its objects of a kind in a database, by schema and name: owner, comment, created_on …"""


class Account(Protocol):
    """What an account says of its objects, to who may see them."""

    def facts(self, kind: str, database: str) -> Facts: ...

    def sees(self, kind: str, path: tuple[str, str, str], id: int, owner: str) -> bool:
        """Whether something of an engine's map is there for who asks. kind: in small letters, such as `view`."""
        ...

    def sees_schema(self, database: str, schema: str) -> bool: ...

    def allows(self, need: Need, version: int) -> bool:
        """Whether who asks has a privilege, as long as the map has this version."""
        ...

    def refuse(self, need: Need) -> None:
        """AccountError that says why `allows` says no."""
        ...

    def privileges(self, database: str) -> Iterable[Row]:
        """Who may do what in a database."""
        ...

    def roles(self, *, enabled: bool) -> Iterable[Row]:
        """The roles that a session may use, or those that are in effect."""
        ...

    def tag_masks(self, path: tuple[str, str, str]) -> Mapping[str | None, Sequence[Row]] | None:
        """Where the masking policies are, by path and id, of the tags that are on a table: by column, and with None
        for all columns, the nearest tag's first. None if no tag has such a policy."""
        ...

    def tag_value(self, path: tuple[str, str, str], column: str | None, tag: tuple[str, str, str]) -> str | None:
        """What a tag says of a table or a column of it."""
        ...

    def of_owner(self, kind: str, path: tuple[str, str, str]) -> Account:
        """What the same account says to the role that owns a table, such as a dynamic one, whose query reads others."""
        ...


class Nobody:
    """An account that says nothing."""

    def facts(self, kind: str, database: str) -> Facts:
        return {}

    def sees(self, kind: str, path: tuple[str, str, str], id: int, owner: str) -> bool:
        return True

    def sees_schema(self, database: str, schema: str) -> bool:
        return True

    def allows(self, need: Need, version: int) -> bool:
        return True

    def refuse(self, need: Need) -> None:
        pass

    def privileges(self, database: str) -> Iterable[Row]:
        return ()

    def roles(self, *, enabled: bool) -> Iterable[Row]:
        return ()

    def tag_masks(self, path: tuple[str, str, str]) -> Mapping[str | None, Sequence[Row]] | None:
        return None

    def tag_value(self, path: tuple[str, str, str], column: str | None, tag: tuple[str, str, str]) -> str | None:
        return None

    def of_owner(self, kind: str, path: tuple[str, str, str]) -> Account:
        return self


@attrs.frozen
class Asked:
    """What a view is made of."""

    database: str
    names: Names
    account: Account
    counts: Callable[[Iterable[int]], Mapping[int, int]]
    """How many rows there are in tables, by their numbers."""
    next_values: Callable[[], Mapping[int, int]]
    """What comes next of every sequence, by its number."""
    loads: Callable[[], Iterable[tuple[Any, ...]]]
    """What COPY INTO has loaded: the table's number, the file, the status, counts of its records, of those loaded and
    of those with errors, when in microseconds since 1970, by which pipe, the file's size, how many errors were borne,
    and the first error with its line, character and column."""
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
        every = {
            **{
                (schema, name): thing
                for (schema, name), thing in shared.items()
                if self.account.sees(
                    thing.securable, (self.database, schema, name), thing.id, thing.facts.get("owner", "")
                )
            },
            **own,
        }
        return [(schema, name, thing, (schema, name) in own) for (schema, name), thing in sorted(every.items())]


@attrs.frozen
class View:
    columns: tuple[tuple[str, DataType], ...]
    constants: Row
    """What stands in every row."""
    rows: Callable[[Asked], Iterable[Row]]


_TYPES = {"n": "NUMBER(38,0)", "t": "TIMESTAMP_LTZ(9)"}


def _view(written: str) -> tuple[str, View]:
    """`NAME A NUMBER:n CREATED:t KIND=X`: texts unless a letter says else; the same in every row (~ is a blank)."""
    name, *words = written.split()
    columns: list[tuple[str, DataType]] = []
    constants: dict[str, Any] = {}
    for word in words:
        title, _, constant = word.partition("=")
        title, _, kind = title.partition(":")
        columns.append((title, parse(_TYPES.get(kind, "VARCHAR(16777216)"))))
        if constant:
            constants[title] = int(constant) if kind == "n" else constant.replace("~", " ")
    return name, View(tuple(columns), constants, _ROWS.get(name, lambda _: ()))


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
        "OWNER_ROLE_TYPE": "ROLE",
    }


def _place(prefix: str, *names: Any) -> Row:
    """Where something is: its database, its schema and its name."""
    return dict(zip((f"{prefix}_CATALOG", f"{prefix}_SCHEMA", f"{prefix}_NAME"), names, strict=True))


_STORED = ("table", "dynamic-table", "event-table", "external-table")


def _tables(asked: Asked) -> Iterable[Row]:
    facts = {kind: asked.account.facts(kind, asked.database) for kind in _STORED}
    schemas, of_database = asked.account.facts("schema", asked.database), _of_database(asked)
    things = asked.things("table", "view")
    counts = asked.counts(thing.number for _, _, thing, _ in things if thing.kind == "table")
    for schema, name, thing, own in things:
        said = {**thing.facts, **facts[thing.resource].get((schema, name), {})}
        is_table = thing.kind == "table"
        transient = said.get("kind") == "TRANSIENT" or bool(thing.facts.get("transient"))
        count = counts.get(thing.number, 0) if is_table else None
        retention = _retention(transient, said, schemas.get((schema,), {}), of_database) if is_table else None
        yield {
            **_of(said, "TABLE"),
            **_place("TABLE", asked.database, schema, name),
            "TABLE_TYPE": _table_type(thing, own),
            "IS_ICEBERG": "YES" if said.get("table_type") == "ICEBERG" else "NO",
            "IS_HYBRID": "YES" if "keys" in thing.facts else "NO",
            "IS_DYNAMIC": "YES" if thing.resource == "dynamic-table" else "NO",
            "IS_TRANSIENT": ("YES" if transient else "NO") if is_table else None,
            "CLUSTERING_KEY": _clustering(said),
            "ROW_COUNT": count,
            "BYTES": None if count is None else count * 8 * len(thing.fields),
            "RETENTION_TIME": retention,
            "IS_TEMPORARY": "YES" if own else "NO",
        }


def _of_database(asked: Asked) -> Row:
    return asked.account.facts("database", asked.database).get((), {})


def _retention(transient: bool, *said: Row) -> int:
    """How many days history is kept, by the first who says it: the object itself, then what it is in."""
    days = next((one[name] for one in said if one.get(name := "data_retention_time_in_days") is not None), 1)
    return min(days, 1) if transient else days


def _table_type(thing: Thing, own: bool) -> str:
    if thing.kind == "view":
        return "MATERIALIZED VIEW" if thing.facts.get("materialized") else "VIEW"
    if thing.resource in ("event-table", "external-table"):
        return thing.resource.replace("-", " ").upper()
    return "TEMPORARY TABLE" if own else "BASE TABLE"


def _clustering(said: Mapping[str, Any]) -> str | None:
    keys: list[str] = said.get("cluster_by") or []
    return f"LINEAR({', '.join(keys)})" if keys else None


_DATA_TYPES = {"VARCHAR": "TEXT"}


def default_of(field: Field) -> str | None:
    """What gives a column its value if nobody else does, in Snowflake's SQL or its words for numbering."""
    if field.identity is None:
        return field.default
    return numbering(field.identity.start, field.identity.step, ordered=field.identity.ordered)


def numbering(start: object, step: object, *, ordered: bool) -> str:
    """How Snowflake tells what numbers a column."""
    return f"IDENTITY START {start} INCREMENT {step} {'ORDER' if ordered else 'NOORDER'}"


def _facts_of_column(asked: Asked, schema: str, table: str, at: int, field: Field) -> Row:
    type_ = parse(field.type)
    number, text = type_.name == "NUMBER", type_.name == "VARCHAR"
    moment = type_.is_timestamp or type_.name == "TIME"
    return {
        **_place("TABLE", asked.database, schema, table),
        "COLUMN_NAME": field.name,
        "ORDINAL_POSITION": field.position or at,
        "COLUMN_DEFAULT": field.default,
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
        "IS_IDENTITY": "YES" if field.identity else "NO",
        "IDENTITY_START": str(field.identity.start) if field.identity else None,
        "IDENTITY_INCREMENT": str(field.identity.step) if field.identity else None,
        "IDENTITY_GENERATION": "BY DEFAULT" if field.identity else None,
        "IDENTITY_CYCLE": "NO" if field.identity else None,
        "IDENTITY_ORDERED": ("YES" if field.identity.ordered else "NO") if field.identity else None,
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
    facts, of_database = asked.account.facts("schema", asked.database), _of_database(asked)
    for name in sorted({*asked.names.databases[asked.database].schemas, "INFORMATION_SCHEMA"}):
        if not asked.account.sees_schema(asked.database, name):
            continue
        said = facts.get((name,), {})
        transient = said.get("kind") == "TRANSIENT"
        yield {
            **_of(said, "SCHEMA"),
            "CATALOG_NAME": asked.database,
            "SCHEMA_NAME": name,
            "IS_TRANSIENT": "YES" if transient else "NO",
            "IS_MANAGED_ACCESS": "YES" if said.get("managed_access") else "NO",
            "RETENTION_TIME": _retention(transient, said, of_database),
        }


def _databases(asked: Asked) -> Iterable[Row]:
    for name in sorted(asked.names.databases):
        said = asked.account.facts("database", name).get((), {})
        yield {
            **_of(said, "DATABASE"),
            "DATABASE_NAME": name,
            "IS_TRANSIENT": "YES" if said.get("kind") == "TRANSIENT" else "NO",
            "RETENTION_TIME": said.get("data_retention_time_in_days", 1),
        }


def _views(asked: Asked) -> Iterable[Row]:
    for schema, name, thing, _ in asked.things("view"):
        yield {
            **_of(thing.facts, "TABLE"),
            **_place("TABLE", asked.database, schema, name),
            "VIEW_DEFINITION": thing.facts.get("written") or thing.text,
            "QUERY": thing.text,
            "ID": thing.id,
            "IS_SECURE": "YES" if thing.facts.get("secure") else "NO",
            "CHANGE_TRACKING": thing.facts.get("change_tracking", False),
            "IS_MATERIALIZED": bool(thing.facts.get("materialized")),
        }


def _sequences(asked: Asked) -> Iterable[Row]:
    following = asked.next_values()
    for schema, name, thing, _ in asked.things("sequence"):
        yield {
            **_of(thing.facts, "SEQUENCE"),
            **_place("SEQUENCE", asked.database, schema, name),
            "START_VALUE": str(thing.facts["start"]),
            "NEXT_VALUE": str(following.get(thing.number, thing.facts["start"])),
            "INCREMENT": str(thing.facts["step"]),
            "ORDERED": "YES" if thing.facts.get("ordered") else "NO",
        }


def _file_formats(asked: Asked) -> Iterable[Row]:
    for schema, name, thing, _ in asked.things("file format"):
        given = {key: value for key, value in thing.facts.items() if key.isupper()}
        options = {**PROPERTIES[str(given.get("TYPE", "CSV")).upper()], **given}
        yield {
            **_of(thing.facts, "FILE_FORMAT"),
            **_place("FILE_FORMAT", asked.database, schema, name),
            **{key: shown_option(value) for key, value in options.items()},
            "FILE_FORMAT_TYPE": options["TYPE"],
            "FORMAT_OPTIONS": json.dumps(options),
            "OPTIONS": options,
            "GIVEN": given,
        }


def _in_schema(kind: str, prefix: str, more: Callable[[Mapping[str, Any]], Row]) -> Callable[[Asked], Iterable[Row]]:
    """The rows of a kind that only the account knows."""

    def rows(asked: Asked) -> Iterable[Row]:
        for (schema, name), said in sorted(asked.account.facts(kind, asked.database).items()):
            yield {**_of(said, prefix), **_place(prefix, asked.database, schema, name), **more(said)}

    return rows


def _routines(kind: str, prefix: str) -> Callable[[Asked], Iterable[Row]]:
    """The rows of functions or procedures, whose names in the catalog have the types of the arguments in them."""

    def more(said: Mapping[str, Any]) -> Row:
        arguments = [f"{one['name']} {parse(one['datatype']).name}" for one in said["arguments"]]
        returned, config = said["return_type"], said["language_config"]
        told = {
            "ARGUMENT_SIGNATURE": f"({', '.join(arguments)})",
            "DATA_TYPE": returned.get("datatype", "TABLE"),
            f"{prefix}_LANGUAGE": config["language"],
            f"{prefix}_DEFINITION": said.get("body"),
        }
        if config["language"] != "SQL":
            told |= {word: config.get(word.lower()) for word in ("HANDLER", "RUNTIME_VERSION")}
            told |= {word: str(config.get(word.lower()) or []) for word in ("PACKAGES", "IMPORTS")}
        if prefix == "FUNCTION":
            told |= {
                "VOLATILITY": {True: "VOLATILE", False: "IMMUTABLE", None: None}[config.get("is_volatile")],
                "IS_NULL_CALL": "NO" if config.get("called_on_null_input") is False else "YES",
                "IS_SECURE": "YES" if said.get("is_secure") else "NO",
                "IS_EXTERNAL": "NO",
                "IS_AGGREGATE": "NO",
                "IS_MEMOIZABLE": "YES" if said.get("is_memoizable") else "NO",
            }
        return told

    rows = _in_schema(kind, prefix, more)
    name = f"{prefix}_NAME"
    return lambda asked: [{**row, name: row[name].rpartition("(")[0]} for row in rows(asked)]


def _packages(asked: Asked) -> Iterable[Row]:
    for name, version, python in asked.account.facts("package", asked.database):
        yield {"PACKAGE_NAME": name, "VERSION": version, "LANGUAGE": "python", "RUNTIME_VERSION": python}


def _stage(said: Mapping[str, Any]) -> Row:
    url = said.get("url") or None
    return {"STAGE_URL": url, "STAGE_TYPE": "External Named" if url else "Internal Named"}


def _table_constraints(asked: Asked) -> Iterable[Row]:
    """The rows have also the keys' COLUMNS, and for foreign keys which table, constraint and columns they refer to."""
    for (schema, name), said in sorted(asked.account.facts("table", asked.database).items()):
        for key in keys_of(said):
            path = (asked.database, schema, name)
            yield {
                **_of(said, "TABLE"),
                **_place("CONSTRAINT", asked.database, schema, key.get("name")),
                **_place("TABLE", asked.database, schema, name),
                "CONSTRAINT_TYPE": key["constraint_type"],
                "ENFORCED": "YES" if said.get("table_type") == "HYBRID" else "NO",
                "COMMENT": None,
                "RELY": "YES" if "rely" in key.get("RULES", ()) else "NO",
                "COLUMNS": key["column_names"],
                **(_referred(asked, path, key) if "referenced_table_name" in key else {}),
            }


def keys_of(said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The keys in what was declared of a table."""
    return [
        *said.get("constraints", ()),
        *(key for one in said.get("columns", ()) for key in one.get("constraints", ())),
    ]


def _referred(asked: Asked, path: tuple[str, ...], key: Mapping[str, Any]) -> Row:
    parts = split(key["referenced_table_name"])
    target = (*path[: 3 - len(parts)], *parts)
    others = keys_of(asked.account.facts("table", target[0]).get(target[1:], {}))
    primary = next(
        (one for one in others if one["constraint_type"] == "PRIMARY KEY"), {"column_names": (), "name": None}
    )
    columns = key.get("referenced_column_names") or primary["column_names"]
    unique: Row = next((one for one in others if one["column_names"] == columns), primary)
    return {
        "UPDATE_RULE": key.get("RULES", {}).get("update_rule", "NO ACTION"),
        "DELETE_RULE": key.get("RULES", {}).get("delete_rule", "NO ACTION"),
        "OF": target,
        "OF_COLUMNS": columns,
        **_place("UNIQUE_CONSTRAINT", target[0], target[1], unique.get("name")),
    }


def _referential_constraints(asked: Asked) -> Iterable[Row]:
    return (row for row in _table_constraints(asked) if row["CONSTRAINT_TYPE"] == "FOREIGN KEY")


def _load_history(asked: Asked) -> Iterable[Row]:
    places = {thing.home: (schema, name) for schema, name, thing, _ in asked.things("table")}
    for (
        number,
        file,
        status,
        parsed,
        loaded,
        wrong,
        at,
        pipe,
        size,
        limit,
        error,
        line,
        character,
        field,
    ) in asked.loads():
        if number in places:
            yield {
                "TABLE_CATALOG": asked.database,
                "SCHEMA_NAME": places[number][0],
                "TABLE_NAME": places[number][1],
                "FILE_NAME": file,
                "STATUS": status,
                "ROW_PARSED": parsed,
                "ROW_COUNT": loaded,
                "ERROR_COUNT": wrong,
                "LAST_LOAD_TIME": datetime.fromtimestamp(at / 1_000_000, UTC),
                "ERROR_LIMIT": limit,
                "FIRST_ERROR_MESSAGE": error,
                "FIRST_ERROR_LINE_NUMBER": line,
                "FIRST_ERROR_CHARACTER_POSITION": character,
                "FIRST_ERROR_COL_NAME": field,
                "FILE_SIZE": size,
                "PIPE_ID": pipe,
            }


def _indexes(asked: Asked) -> Iterable[Row]:
    facts = asked.account.facts("table", asked.database)
    for schema, name, thing, _ in asked.things("table"):
        of_table = _of(facts.get((schema, name), {}), "INDEX")
        keys: list[dict[str, Any]] = thing.facts.get("keys", [])
        for key in keys:
            yield {
                **_place("TABLE", asked.database, schema, name),
                "NAME": key["name"],
                "OWNER": of_table["INDEX_OWNER"],
                "INDEX_OWNER": of_table["INDEX_OWNER"],
                "CREATED": of_table["CREATED"],
                "IS_UNIQUE": "YES" if key["kind"] in ("PRIMARY KEY", "UNIQUE") else "NO",
                "CONSTRAINT_NAME": None if key["kind"] == "INDEX" else key["name"],
                "COLUMNS": key["columns"],
                "INCLUDED": key["included"],
            }


def _index_columns(asked: Asked) -> Iterable[Row]:
    for index in _indexes(asked):
        for at, column in enumerate((*index["COLUMNS"], *index["INCLUDED"]), 1):
            included = "YES" if at > len(index["COLUMNS"]) else "NO"
            own = {"INDEX_NAME": index["NAME"], "NAME": column, "KEY_SEQUENCE": at, "IS_INCLUDED_COLUMN": included}
            yield {**index, **own}


def _privileges(*kinds: str) -> Callable[[Asked], Iterable[Row]]:
    """Who may do what, on objects of these kinds, or of any."""
    return lambda asked: (
        row for row in asked.account.privileges(asked.database) if not kinds or row["OBJECT_TYPE"] in kinds
    )


_ROWS: dict[str, Callable[[Asked], Iterable[Row]]] = {
    "TABLES": _tables,
    "COLUMNS": _table_columns,
    "SCHEMATA": _schemata,
    "DATABASES": _databases,
    "VIEWS": _views,
    "SEQUENCES": _sequences,
    "FILE_FORMATS": _file_formats,
    "STAGES": _in_schema("stage", "STAGE", _stage),
    "PIPES": _in_schema("pipe", "PIPE", lambda said: {"DEFINITION": said.get("copy_statement")}),
    "FUNCTIONS": _routines("user-defined-function", "FUNCTION"),
    "PROCEDURES": _routines("procedure", "PROCEDURE"),
    "PACKAGES": _packages,
    "TABLE_CONSTRAINTS": _table_constraints,
    "INDEXES": _indexes,
    "INDEX_COLUMNS": _index_columns,
    "REFERENTIAL_CONSTRAINTS": _referential_constraints,
    "OBJECT_PRIVILEGES": _privileges(),
    "TABLE_PRIVILEGES": _privileges("TABLE", "VIEW"),
    "USAGE_PRIVILEGES": _privileges("SEQUENCE", "FILE FORMAT", "FUNCTION", "PROCEDURE", "STAGE"),
    "APPLICABLE_ROLES": lambda asked: asked.account.roles(enabled=False),
    "ENABLED_ROLES": lambda asked: asked.account.roles(enabled=True),
    "LOAD_HISTORY": _load_history,
    "INFORMATION_SCHEMA_CATALOG_NAME": lambda asked: [{"CATALOG_NAME": asked.database}],
}
"""What makes the rows of a view. Those that have none here are empty: nothing of their kinds can be made."""

_COLUMNS = """
TABLES TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER TABLE_TYPE IS_TRANSIENT CLUSTERING_KEY ROW_COUNT:n BYTES:n
    RETENTION_TIME:n SELF_REFERENCING_COLUMN_NAME REFERENCE_GENERATION USER_DEFINED_TYPE_CATALOG
    USER_DEFINED_TYPE_SCHEMA USER_DEFINED_TYPE_NAME IS_INSERTABLE_INTO=YES IS_TYPED=YES COMMIT_ACTION CREATED:t
    LAST_ALTERED:t LAST_DDL:t LAST_DDL_BY AUTO_CLUSTERING_ON=NO COMMENT IS_TEMPORARY IS_ICEBERG IS_DYNAMIC
    IS_IMMUTABLE=NO IS_HYBRID
COLUMNS TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION:n COLUMN_DEFAULT IS_NULLABLE DATA_TYPE
    CHARACTER_MAXIMUM_LENGTH:n CHARACTER_OCTET_LENGTH:n NUMERIC_PRECISION:n NUMERIC_PRECISION_RADIX:n
    NUMERIC_SCALE:n DATETIME_PRECISION:n INTERVAL_TYPE INTERVAL_PRECISION:n CHARACTER_SET_CATALOG
    CHARACTER_SET_SCHEMA CHARACTER_SET_NAME COLLATION_CATALOG COLLATION_SCHEMA COLLATION_NAME DOMAIN_CATALOG
    DOMAIN_SCHEMA DOMAIN_NAME UDT_CATALOG UDT_SCHEMA UDT_NAME SCOPE_CATALOG SCOPE_SCHEMA SCOPE_NAME
    MAXIMUM_CARDINALITY:n DTD_IDENTIFIER IS_SELF_REFERENCING=NO IS_IDENTITY IDENTITY_GENERATION IDENTITY_START
    IDENTITY_INCREMENT IDENTITY_MAXIMUM IDENTITY_MINIMUM IDENTITY_CYCLE IDENTITY_ORDERED SCHEMA_EVOLUTION_RECORD
    COMMENT DATA_TYPE_ALIAS
SCHEMATA CATALOG_NAME SCHEMA_NAME SCHEMA_OWNER IS_TRANSIENT IS_MANAGED_ACCESS RETENTION_TIME:n
    DEFAULT_CHARACTER_SET_CATALOG DEFAULT_CHARACTER_SET_SCHEMA DEFAULT_CHARACTER_SET_NAME SQL_PATH CREATED:t
    LAST_ALTERED:t COMMENT OWNER_ROLE_TYPE
DATABASES DATABASE_NAME DATABASE_OWNER IS_TRANSIENT COMMENT CREATED:t LAST_ALTERED:t RETENTION_TIME:n TYPE=STANDARD
    REPLICABLE_WITH_FAILOVER_GROUPS OWNER_ROLE_TYPE
VIEWS TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER VIEW_DEFINITION CHECK_OPTION=NONE IS_UPDATABLE=NO
    INSERTABLE_INTO=NO IS_SECURE CREATED:t LAST_ALTERED:t LAST_DDL:t LAST_DDL_BY COMMENT
SEQUENCES SEQUENCE_CATALOG SEQUENCE_SCHEMA SEQUENCE_NAME SEQUENCE_OWNER DATA_TYPE=NUMBER NUMERIC_PRECISION:n=38
    NUMERIC_PRECISION_RADIX:n=10 NUMERIC_SCALE:n=0 START_VALUE MINIMUM_VALUE MAXIMUM_VALUE NEXT_VALUE INCREMENT
    CYCLE_OPTION=NO CREATED:t LAST_ALTERED:t ORDERED COMMENT OWNER_ROLE_TYPE
FILE_FORMATS FILE_FORMAT_CATALOG FILE_FORMAT_SCHEMA FILE_FORMAT_NAME FILE_FORMAT_OWNER FILE_FORMAT_TYPE
    RECORD_DELIMITER FIELD_DELIMITER SKIP_HEADER:n DATE_FORMAT TIME_FORMAT TIMESTAMP_FORMAT BINARY_FORMAT ESCAPE
    ESCAPE_UNENCLOSED_FIELD TRIM_SPACE FIELD_OPTIONALLY_ENCLOSED_BY NULL_IF COMPRESSION
    ERROR_ON_COLUMN_COUNT_MISMATCH CREATED:t LAST_ALTERED:t COMMENT OWNER_ROLE_TYPE
STAGES STAGE_CATALOG STAGE_SCHEMA STAGE_NAME STAGE_URL STAGE_REGION STAGE_TYPE STAGE_OWNER COMMENT CREATED:t
    LAST_ALTERED:t ENDPOINT OWNER_ROLE_TYPE
PIPES PIPE_CATALOG PIPE_SCHEMA PIPE_NAME PIPE_OWNER DEFINITION IS_AUTOINGEST_ENABLED NOTIFICATION_CHANNEL_NAME
    CREATED:t LAST_ALTERED:t COMMENT PATTERN
TABLE_CONSTRAINTS CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME
    CONSTRAINT_TYPE IS_DEFERRABLE=NO INITIALLY_DEFERRED=YES ENFORCED COMMENT CREATED:t LAST_ALTERED:t RELY
REFERENTIAL_CONSTRAINTS CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME UNIQUE_CONSTRAINT_CATALOG
    UNIQUE_CONSTRAINT_SCHEMA UNIQUE_CONSTRAINT_NAME MATCH_OPTION=FULL UPDATE_RULE DELETE_RULE
    COMMENT CREATED:t LAST_ALTERED:t
OBJECT_PRIVILEGES GRANTOR GRANTEE GRANTED_TO OBJECT_CATALOG OBJECT_SCHEMA OBJECT_NAME OBJECT_TYPE PRIVILEGE_TYPE
    IS_GRANTABLE CREATED:t
TABLE_PRIVILEGES GRANTOR GRANTEE GRANTED_TO TABLE_CATALOG TABLE_SCHEMA TABLE_NAME PRIVILEGE_TYPE IS_GRANTABLE
    WITH_HIERARCHY=NO CREATED:t
USAGE_PRIVILEGES GRANTOR GRANTEE GRANTED_TO OBJECT_CATALOG OBJECT_SCHEMA OBJECT_NAME OBJECT_TYPE PRIVILEGE_TYPE
    IS_GRANTABLE CREATED:t
APPLICABLE_ROLES GRANTEE ROLE_NAME ROLE_OWNER IS_GRANTABLE
ENABLED_ROLES ROLE_NAME ROLE_OWNER
INFORMATION_SCHEMA_CATALOG_NAME CATALOG_NAME
FUNCTIONS FUNCTION_CATALOG FUNCTION_SCHEMA FUNCTION_NAME FUNCTION_OWNER ARGUMENT_SIGNATURE DATA_TYPE
    CHARACTER_MAXIMUM_LENGTH:n CHARACTER_OCTET_LENGTH:n NUMERIC_PRECISION:n NUMERIC_PRECISION_RADIX:n
    NUMERIC_SCALE:n FUNCTION_LANGUAGE FUNCTION_DEFINITION VOLATILITY IS_NULL_CALL IS_SECURE CREATED:t LAST_ALTERED:t
    COMMENT IS_EXTERNAL API_INTEGRATION CONTEXT_HEADERS MAX_BATCH_ROWS:n COMPRESSION PACKAGES RUNTIME_VERSION
    INSTALLED_PACKAGES IMPORTS HANDLER TARGET_PATH EXTERNAL_ACCESS_INTEGRATIONS SECRETS IS_AGGREGATE IS_MEMOIZABLE
    IS_DATA_METRIC OWNER_ROLE_TYPE
PROCEDURES PROCEDURE_CATALOG PROCEDURE_SCHEMA PROCEDURE_NAME PROCEDURE_OWNER ARGUMENT_SIGNATURE DATA_TYPE
    CHARACTER_MAXIMUM_LENGTH:n CHARACTER_OCTET_LENGTH:n NUMERIC_PRECISION:n NUMERIC_PRECISION_RADIX:n
    NUMERIC_SCALE:n PROCEDURE_LANGUAGE PROCEDURE_DEFINITION CREATED:t LAST_ALTERED:t COMMENT
    EXTERNAL_ACCESS_INTEGRATIONS SECRETS PACKAGES RUNTIME_VERSION INSTALLED_PACKAGES IMPORTS HANDLER TARGET_PATH
    OWNER_ROLE_TYPE
PACKAGES PACKAGE_NAME VERSION LANGUAGE RUNTIME_VERSION
LOAD_HISTORY SCHEMA_NAME FILE_NAME TABLE_NAME LAST_LOAD_TIME:t STATUS ROW_COUNT:n ROW_PARSED:n FIRST_ERROR_MESSAGE
    FIRST_ERROR_LINE_NUMBER:n FIRST_ERROR_CHARACTER_POSITION:n FIRST_ERROR_COL_NAME ERROR_COUNT:n ERROR_LIMIT:n
INDEXES TABLE_CATALOG TABLE_SCHEMA TABLE_NAME NAME OWNER IS_UNIQUE CONSTRAINT_NAME STATUS=ACTIVE CREATED:t
INDEX_COLUMNS TABLE_CATALOG TABLE_SCHEMA TABLE_NAME INDEX_NAME NAME KEY_SEQUENCE:n INDEX_OWNER IS_UNIQUE
    CONSTRAINT_NAME STATUS=ACTIVE CREATED:t IS_INCLUDED_COLUMN
EXTERNAL_TABLES TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER CREATED:t LAST_ALTERED:t LAST_DDL:t LAST_DDL_BY
    COMMENT LOCATION FILE_FORMAT_NAME FILE_FORMAT_TYPE OWNER_ROLE_TYPE
EVENT_TABLES TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER CREATED:t LAST_ALTERED:t LAST_DDL:t LAST_DDL_BY
    COMMENT OWNER_ROLE_TYPE
"""

VIEWS = dict(map(_view, _COLUMNS.strip().replace("\n    ", " ").splitlines()))

_OF_ACCOUNT = (
    "TABLES COLUMNS SCHEMATA DATABASES VIEWS SEQUENCES FILE_FORMATS STAGES PIPES FUNCTIONS PROCEDURES TABLE_CONSTRAINTS"
    " REFERENTIAL_CONSTRAINTS"
)
_DELETED = ("DELETED", parse(_TYPES["t"]))
ACCOUNT_USAGE = {
    name: attrs.evolve(VIEWS[name], columns=(*VIEWS[name].columns, _DELETED)) for name in _OF_ACCOUNT.split()
}
"""The views of SNOWFLAKE.ACCOUNT_USAGE that tell of all databases what INFORMATION_SCHEMA tells of one. What was
dropped is not told, so DELETED is NULL; ids are left out."""
HISTORIES = (
    *("ALERT_HISTORY", "COPY_HISTORY", "QUERY_HISTORY", "TASK_HISTORY", "METERING_HISTORY"),
    "COMPLETE_TASK_GRAPHS",
    *("WAREHOUSE_METERING_HISTORY", "SNOWPARK_CONTAINER_SERVICES_HISTORY"),
)
"""Those whose rows are a table function's of INFORMATION_SCHEMA."""
