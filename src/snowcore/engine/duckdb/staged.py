"""What stands in the files of stages, as relations that a query reads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import Expr, exp

from snowcore._names import quote_identifier, quote_literal

from ..errors import EngineError, compilation, unsupported
from ..files.formats import Format, file_format, parquet_reader, parquet_type
from ..files.sheets import Sheets, csv_reader, json_reader, sheet_reader
from ..files.stages import Place
from ..names import literal
from ..translate.protocol import Relation, RelationColumn
from ..types import VARCHAR, DataType
from ..types import parse as parse_type
from .layout import physical
from .names import parts_of
from .store import run_one
from .transfers import place

if TYPE_CHECKING:
    from .session import DuckSession


def is_stage(node: Any) -> bool:
    """Whether this, which stands after FROM or INTO, is a stage."""
    return isinstance(node, exp.Table) and isinstance(node.this, (exp.Var, exp.Literal)) and node.name.startswith("@")


def staged(session: DuckSession, statement: Expr) -> Expr:
    """A query whose stages are relations that translation finds in the session."""
    tables = [table for table in statement.find_all(exp.Table) if is_stage(table)]
    if tables and isinstance(statement, exp.Create) and str(statement.kind).upper() != "TABLE":
        raise unsupported("views of what stands in the files of a stage")
    for table in tables:
        where = place(session, table.name, "SELECT")
        pattern: Any = table.args.get("pattern")
        files = where.named(where.files(pattern.name if pattern is not None else None))
        table.replace(reader(session, statement, table, file_format(of_stage(session, table, where)), files))
    return statement


Files = Sequence[tuple[str, FilePath]]
"""Files of a stage, each with its path in it."""


@attrs.frozen
class Reading:
    """How the records of CSV files are taken."""

    width: int | None = None
    """How many fields there must be, if that is known."""
    is_padded: bool = True
    """Whether records may have more fields, or fewer."""
    errors_are_borne: bool = False
    """Whether what can't be read is left out."""
    as_they_stand: bool = False
    """Whether their fields go into columns, and into no expression."""


def reader(
    session: DuckSession, statement: Expr, table: Any, format_: Format, files: Files, how: Reading = Reading()
) -> exp.Table:
    """A relation of what stands in files, in place of a stage."""
    asked = max((int(one.name) for one in statement.find_all(exp.Parameter) if one.name.isdigit()), default=1)
    for column in list(statement.find_all(exp.Column)):
        if column.name.upper() == "METADATA$START_SCAN_TIME":
            now: Expr = exp.Anonymous(this="CURRENT_TIMESTAMP", expressions=[])
            column.replace(exp.alias_(now, column.name) if isinstance(column.parent, exp.Select) else now)
    meta = {c.name.upper() for c in statement.find_all(exp.Column) if c.name.upper().startswith("METADATA$")}
    for column in list(statement.find_all(exp.Column)):  # t.$1
        if isinstance(column.this, exp.Parameter):
            column.set("this", exp.to_identifier(f"${column.this.name}", quoted=True))
    if format_.type == "CSV":
        looks = (session.sheets.look(format_, file) for _, file in files)
        width = how.width or max(asked, *(look.width for look in looks), 1)
        relation = _fields(format_, files, width, sorted(meta), session.sheets, how)
    elif format_.type == "JSON":
        relation = _documents(session, format_, files, sorted(meta), how)
    else:
        relation = _objects(session, typed(session, files, sorted(meta)))
    stands = placed(session, relation)
    if alias := table.args.get("alias"):
        stands.set("alias", alias)
    return stands


def placed(session: DuckSession, relation: Relation) -> exp.Table:
    """What stands for a relation after FROM, in this session."""
    name = f"STAGED_{session.fresh()}"  # in capitals: quotes may not keep the case
    session.results[name] = relation
    return exp.Table(
        this=exp.to_identifier(name, quoted=True),
        db=exp.to_identifier("MAIN", quoted=True),
        catalog=exp.to_identifier("TEMP", quoted=True),
    )


def _read(files: Files, meta: Sequence[str], selected: str, read: Callable[[list[FilePath]], str]) -> str:
    """DuckDB's SQL of the rows of files; with what is asked of the files themselves, which is read of each alone."""
    if not meta:
        return f"(SELECT {selected} FROM {read([path for _, path in files])})"
    every = [
        f"SELECT {selected}, {', '.join(f'{_metadata(name, file)} AS m{at}' for at, name in enumerate(meta))}"
        f" FROM {read([file[1]])}"
        for file in files
    ]
    return f"({' UNION ALL '.join(every)})"


def _empty(columns: Sequence[RelationColumn]) -> str:
    nothing = ", ".join(f"CAST(NULL AS {one.type.physical}) AS {one.physical}" for one in columns)
    return f"(SELECT {nothing} WHERE false)"


def _fields(format_: Format, files: Files, width: int, meta: Sequence[str], sheets: Sheets, how: Reading) -> Relation:
    """The fields of CSV files."""
    text = attrs.evolve(
        VARCHAR, is_bare=how.as_they_stand and all(sheets.look(format_, path).is_bare for _, path in files)
    )
    columns = [RelationColumn(f"${at}", physical(at - 1), text) for at in range(1, width + 1)] + _of_files(meta)
    every = ", ".join(f"c{at}" for at in range(1, width + 1))
    ready = {path: None if how.errors_are_borne else sheets.look(format_, path).plain for _, path in files}
    plain = [file for file in files if ready[file[1]] is not None]

    def read(paths: list[FilePath]) -> str:
        return csv_reader(format_, [one for path in paths if (one := ready[path])], width, padded=how.is_padded)

    parts = [_read(plain, meta, every, read)]
    for inside, path in [file for file in files if file not in plain]:
        sheet = sheets.sheet(format_, path, width, strict=not how.is_padded)
        if not how.errors_are_borne and (wrong := next(iter(sheet.faulty), None)) is not None and wrong.fault:
            text = f"{wrong.fault.text}\n  File '{inside}', line {wrong.line}, character {wrong.fault.character}"
            raise EngineError(wrong.fault.code, "22000", text)
        told = [
            f"{_metadata(name, (inside, path), 'CAST(n AS DECIMAL(38,0))')} AS m{at}" for at, name in enumerate(meta)
        ]
        parts.append(f"(SELECT {', '.join([every, *told])} FROM {sheet_reader(sheet, width)})")
    sources = parts if plain else parts[1:]
    source = sources[0] if len(sources) == 1 else f"({' UNION ALL '.join(f'SELECT * FROM {one}' for one in sources)})"
    return Relation(source if files else _empty(columns), columns, "VIEW", "", "")


_METADATA = {
    "METADATA$FILENAME": VARCHAR,
    "METADATA$FILE_ROW_NUMBER": DataType("NUMBER", 38, 0),
    "METADATA$FILE_CONTENT_KEY": VARCHAR,
    "METADATA$FILE_LAST_MODIFIED": DataType("TIMESTAMP_NTZ", scale=9),
}


_COUNTED = "CAST(row_number() OVER () AS DECIMAL(38,0))"


def _of_files(meta: Sequence[str]) -> list[RelationColumn]:
    for name in meta:
        if name not in _METADATA:
            raise unsupported(name)
    return [RelationColumn(name, f"m{at}", _METADATA[name]) for at, name in enumerate(meta)]


def _metadata(name: str, file: tuple[str, FilePath], number: str = _COUNTED) -> str:
    """DuckDB's SQL of what is asked of a file, for each of its rows. number: of a row's number."""
    inside, path = file
    if name == "METADATA$FILENAME":
        return literal(inside)
    if name == "METADATA$FILE_ROW_NUMBER":
        return number
    if name == "METADATA$FILE_CONTENT_KEY":
        return literal(hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest())
    return f"CAST({path.stat().st_mtime_ns // 1000 * 1024} AS HUGEINT)"


def _documents(session: DuckSession, format_: Format, files: Files, meta: Sequence[str], how: Reading) -> Relation:
    """Each document is a VARIANT."""
    columns = [RelationColumn("$1", "c1", VARCHAR), *_of_files(meta)]
    sheets = session.sheets
    ready = {path: sheets.documents(format_, path, up_to_error=how.errors_are_borne) for _, path in files}

    def read(paths: list[FilePath]) -> str:
        parts = [
            json_reader(format_, some, lines=anew)
            for anew in (False, True)
            if (some := [ready[one][0] for one in paths if ready[one][1] is anew])
        ]
        return parts[0] if len(parts) == 1 else f"({' UNION ALL '.join(f'SELECT * FROM {one}' for one in parts)})"

    source = _read(files, meta, "c1", read) if files else _empty(columns)
    return _derived(session, Relation(source, columns), {"$1": "PARSE_JSON($1)"})


def _derived(session: DuckSession, relation: Relation, values: Mapping[str, str]) -> Relation:
    """A relation with these columns worked out by Snowflake's SQL, and those that are about the files as they are."""
    every = {**values, **{one.name: quote_identifier(one.name) for one in relation.columns if one.name in _METADATA}}
    base = placed(session, relation).sql(dialect="snowflake")
    query = session.translated(f"SELECT {', '.join(every.values())} FROM {base}", session.scope)
    columns = [RelationColumn(name, physical(at), of.type) for at, (name, of) in enumerate(zip(every, query.columns))]
    return Relation(f"({query.sql})", columns, "VIEW", "", "")


def typed(session: DuckSession, files: Files, meta: Sequence[str] = ()) -> Relation:
    """The columns of Parquet files, under their names."""
    if not files:
        return Relation(_empty(found := [RelationColumn("$1", "c1", VARCHAR), *_of_files(meta)]), found)
    sql = f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {parquet_reader([p for _, p in files])})"
    names, types = zip(*run_one(session.duck, sql).fetchall())
    every = [(name, *parquet_type(type_)) for name, type_ in zip(names, types)]
    columns = [RelationColumn(name, physical(at), parse_type(type_)) for at, (name, type_, _) in enumerate(every)]
    values = ", ".join(
        f"CAST({sql.format(f's.{one.physical}')} AS {one.type.physical}) AS {one.physical}"
        for one, (_, _, sql) in zip(columns, every)
    )
    listed = ", ".join(one.physical for one in columns)
    source = _read(files, meta, values, lambda paths: f"{parquet_reader(paths)} AS s({listed})")
    nested = {one.name for one in columns if one.type.name == "VARIANT"}
    columns = [attrs.evolve(one, type=VARCHAR) if one.name in nested else one for one in columns]
    named = {one.name: quote_identifier(one.name) for one in columns}
    parsed = {name: f"PARSE_JSON({sql})" if name in nested else sql for name, sql in named.items()}
    return _derived(session, Relation(source, [*columns, *_of_files(meta)]), parsed)


def _objects(session: DuckSession, relation: Relation) -> Relation:
    """The rows of Parquet files as objects."""
    named = [one.name for one in relation.columns if one.name not in _METADATA]
    pairs = ", ".join(f"{quote_literal(name)}, {quote_identifier(name)}" for name in named)
    return _derived(session, relation, {"$1": f"TO_VARIANT(OBJECT_CONSTRUCT_KEEP_NULL({pairs}))"})


def named_format(session: DuckSession, named: Any) -> dict[str, Any]:
    """The options of a file format, by its name or in a text."""
    if isinstance(named, exp.Placeholder):
        raise compilation("002049", "Bind variable ? not set.", "42601")
    if isinstance(named, exp.Literal):
        named = exp.to_table(named.name, dialect="snowflake")
    path = session.path(parts_of(named), "SELECT")
    found = session.scope.need("file format", path, "File format")
    session.scope.check("USAGE", found, path)
    facts = found.facts
    return {name: value for name, value in facts.items() if name.isupper()}  # not comment or owner


def of_stage(session: DuckSession, stage: Any, where: Place) -> dict[str, Any]:
    """How the files at a place are written, by what stands behind the stage's name or else by the stage."""
    named: Any = stage.args.get("format")
    return named_format(session, named) if named is not None else whole_format(session, where.stage.file_format)


def whole_format(session: DuckSession, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a file format, with all that its name stands for."""
    name = options.get("FORMAT_NAME")
    base = named_format(session, exp.Literal.string(name)) if name else {}
    return base | {key: value for key, value in options.items() if key != "FORMAT_NAME"}
