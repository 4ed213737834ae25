"""External tables by SQL. Their rows are those of a query of the stage, which each refresh runs; the columns are VALUE,
and expressions of it. See https://docs.snowflake.com/en/sql-reference/sql/create-external-table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from snowcore._names import quote_identifier, quote_literal

from ...engine.errors import compilation, unsupported
from ...engine.files.stages import parted
from ...engine.names import shown
from ...engine.protocol import Result, Stage, TablePath
from . import directories, policies, stages
from .kinds import OF, STAGE, above, file_format, place, table_path, unquoted
from .reader import Reader
from .results import TEXT, status, table

if TYPE_CHECKING:
    from . import SqlSession

_VALUE: dict[str, Any] = {"name": '"VALUE"', "type": "VARIANT", "expression": None, "nullable": True}
_META = ("METADATA$FILENAME", "METADATA$FILE_ROW_NUMBER")
_TITLES = "name,type,kind,null?,default,primary key,unique key,check,expression,comment,policy name,privacy domain"


def create(
    session: SqlSession, reader: Reader, where: Mapping[str, str], query: Mapping[str, Any], body: Mapping[str, Any]
) -> Result:
    """CREATE EXTERNAL TABLE, from behind the name."""
    said: dict[str, Any] = {**body, "COLUMNS": [_VALUE, *(_columns(session, reader) if reader.take("(") else ())]}
    refreshed, query = True, dict(query)
    under = policies.read(session, reader)
    while not reader.done:
        reader.take("WITH")
        if reader.take("PARTITION BY"):
            said["PARTITION_BY"] = [one[0] for one in reader.several(reader.path)]
        elif reader.take("COPY GRANTS"):
            query["copyGrants"] = True
        else:
            name = reader.word()
            if name not in _OPTIONS:
                raise unsupported(f"{name} of external tables")
            reader.expect("=")
            if name == "REFRESH_ON_CREATE":
                refreshed = reader.boolean()
            elif name == "LOCATION":
                said |= _location(session, reader)
            elif name == "FILE_FORMAT":
                said["FILE_FORMAT"] = stages.checked(session, {"FILE_FORMAT": file_format(reader)})["FILE_FORMAT"]
            elif name == "AUTO_REFRESH":
                reader.boolean()
            else:
                said[name.lower()] = reader.string()
    if missing := [name for name in ("location", "FILE_FORMAT") if name not in said]:
        raise compilation("001003", f"Missing option(s): [{', '.join(missing).upper()}]")
    names = {unquoted(one["name"]) for one in said["COLUMNS"]}
    if unknown := [one for one in said.get("PARTITION_BY", ()) if one not in names]:
        raise compilation("000904", f"invalid identifier '{unknown[0]}'")
    text, known = _query(session, said)  # which fails for columns that mean nothing
    if refreshed:  # what can't be read now shall replace nothing
        session.engine.stages = known
        session.engine.execute(text)
    with policies.putting(session, where, under) as made:
        answer = made(session.perform("external-table", "create", above(where), query, said))
    if refreshed and "already exists" not in str(answer):
        _refresh(session, where)
    return status(answer)


_OPTIONS = ("LOCATION", "FILE_FORMAT", "PATTERN", "COMMENT", "REFRESH_ON_CREATE", "AUTO_REFRESH")


def _columns(session: SqlSession, reader: Reader) -> list[dict[str, Any]]:
    """`name type AS (expression) [NOT NULL] [COMMENT 'text'], …)`."""
    found: list[dict[str, Any]] = []
    while True:
        name, type_ = quote_identifier(reader.path()[-1]), reader.until("AS", ",", ")")
        reader.expect("AS")
        written = reader.until("COMMENT", ",", ")")
        comment = reader.string() if reader.take("COMMENT") else None
        required = written.upper().endswith(" NOT NULL")
        written = written[: -len(" NOT NULL")].strip() if required else written
        parsed = session.engine.parse(f"SELECT {written}").expressions[0]
        if parsed.find(exp.Query, exp.Table, exp.Window) is not None:
            raise compilation("001003", f"{name} is an expression of VALUE and METADATA$FILENAME alone.")
        one = {"name": name, "type": type_, "expression": written, "nullable": not required, "comment": comment}
        found.append(one)
        if reader.take(")"):
            return found
        reader.expect(",")


def _location(session: SqlSession, reader: Reader) -> dict[str, Any]:
    """`@stage/path`, with the stage's whole name."""
    if reader.is_string():
        written = reader.string()
    else:
        found = re.compile(r"\S+").match(reader.text, reader.tokens[reader.at].start)
        assert found is not None
        written = found[0]
        while not reader.done and reader.tokens[reader.at].start < found.end():
            reader.at += 1
    parts, inside = parted(written)
    if parts == ["~"] or parts[-1].startswith("%"):
        raise unsupported("external tables over the stages of users and tables")
    name = [unquoted(part) if part[0] == '"' else part.upper() for part in parts]
    path = table_path(place(session, STAGE, name, "CREATE EXTERNAL TABLE"))
    whole = ".".join(map(shown, attrs.astuple(path)))
    return {"stage": whole, "location": f"@{whole}/{inside}"}


def _stage(session: SqlSession, said: Mapping[str, Any]) -> tuple[TablePath, Stage]:
    parts, _ = parted(said["location"])
    found = stages.known(session, [unquoted(one) if one[0] == '"' else one.upper() for one in parts], "READ")
    assert found is not None
    return found[0], attrs.evolve(found[1], file_format=said["FILE_FORMAT"])


def _query(session: SqlSession, said: Mapping[str, Any]) -> tuple[str, dict[TablePath, Stage]]:
    """The query of the table's rows, and the stage that it reads."""
    path, stage = _stage(session, said)
    session.engine.stages = {path: stage}
    pattern = f" (pattern => {quote_literal(said['pattern'])})" if said.get("pattern") else ""
    source = f"{quote_literal(said['location'])}{pattern}"
    first = session.engine.execute(f"SELECT * FROM {source} LIMIT 0").columns
    value = "$1"
    if all(one.name == f"${at}" for at, one in enumerate(first, 1)) and first[0].type.startswith("VARCHAR"):
        fields = ", ".join(f"'c{at}', ${at}" for at in range(1, len(first) + 1))
        value = f"OBJECT_CONSTRUCT({fields})::VARIANT"
    meta = ", ".join(f'{one} AS "{one}"' for one in _META)
    values = ['VALUE AS "VALUE"']
    for one in said["COLUMNS"][1:]:
        values.append(f"({one['expression']})::{one['type']} AS {one['name']}")
    query = f"SELECT {', '.join(values)} FROM (SELECT {value} AS VALUE, {meta} FROM {source})"
    session.engine.stages = {path: stage}
    session.engine.execute(f"SELECT * FROM ({query}) LIMIT 0")
    return query, {path: stage}


def ddl(session: SqlSession, where: Mapping[str, str], called: str, rows: str) -> str:
    """The statement that makes an external table. rows: what the statement says of its row access policy."""
    said = session.perform("external-table", "describe", where)
    columns = [
        f"{shown(unquoted(one['name']))} {one['type']} AS {_in_brackets(one['expression'])}"
        + ("" if one["nullable"] else " NOT NULL")
        + (f" COMMENT {quote_literal(one['comment'])}" if one.get("comment") else "")
        for one in said["COLUMNS"][1:]
    ]
    lines = [f"create or replace external table {called}"]
    lines[0] += "(\n\t" + ",\n\t".join(columns) + "\n)" if columns else ""
    if said.get("PARTITION_BY"):
        lines.append(f"partition by ({', '.join(map(shown, said['PARTITION_BY']))})")
    lines += [f"location={said['location']}", "auto_refresh=false"]
    lines += [f"{name}={quote_literal(said[name])}" for name in ("pattern", "comment") if said.get(name)]
    return "\n".join([*lines, f"file_format=({stages.options(said['FILE_FORMAT'])}){rows}"]) + ";"


def _in_brackets(written: str) -> str:
    reader = Reader(written)
    if reader.take("("):
        reader.until(")")
        reader.expect(")")
        if reader.done:
            return written
    return f"({written})"


def alter(session: SqlSession, reader: Reader, where: Mapping[str, str]) -> Result:
    """ALTER EXTERNAL TABLE … REFRESH."""
    if not reader.take("REFRESH"):
        raise unsupported(f"ALTER EXTERNAL TABLE … {reader.peek()}")
    if reader.is_string():
        raise unsupported("a refresh of a part of an external table")
    reader.end()
    return table(directories.REFRESHED, _refresh(session, where))


def _refresh(session: SqlSession, where: Mapping[str, str]) -> list[tuple[str, str, str]]:
    said: Mapping[str, Any] = session.perform("external-table", "describe", where)
    query, known = _query(session, said)
    session.engine.stages = known
    pattern = f" PATTERN = {quote_literal(said['pattern'])}" if said.get("pattern") else ""
    rows = session.engine.execute(f"LIST {quote_literal(said['location'])}{pattern}").rows
    files = {str(name): list(facts) for name, *facts in rows}
    session.perform("external-table", "refresh", where, body={"query": query, "stages": known, "files": files})
    return directories.changes(said["files"], files)


def described(session: SqlSession, reader: Reader) -> Result:
    """DESCRIBE EXTERNAL TABLE."""
    where = place(session, OF["external-table"], reader.path(), "DESCRIBE EXTERNAL TABLE")
    reader.take("TYPE = COLUMNS")
    reader.end()
    said = session.perform("external-table", "describe", where)
    types = {one.name: one.type for one in session.account.engine.columns(table_path(where)) or ()}
    rows: list[list[Any]] = []
    for one in said["COLUMNS"]:
        name, kind = unquoted(one["name"]), "COLUMN" if one["expression"] is None else "VIRTUAL"
        null = "Y" if one["nullable"] else "N"
        told = [one["expression"], one.get("comment")]
        rows.append([name, types[name], kind, null, None, "N", "N", None, *told, None, None])
    return table([(title, TEXT) for title in _TITLES.split(",")], rows)
