"""PUT, GET, LIST, REMOVE and COPY INTO: what goes between files, stages and tables.

COPY INTO a table is an INSERT of what a stage's files hold, one file after the other. What was loaded is noted in the
DuckDB file, in the same step as the rows, so that a file is loaded once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import attrs
import duckdb
from sqlglot import Expr, exp

from snowcore._names import quote_identifier, quote_literal

from ..errors import EngineError, compilation, from_duckdb, missing_object, unsupported
from ..files.formats import (
    ONE_COLUMN,
    Format,
    columns_of,
    csv_reader,
    file_format,
    header_of,
    json_reader,
    parquet_reader,
    parquet_type,
    sign,
)
from ..files.stages import TABLES, USERS, Place, download, download_order, parted, upload, upload_order
from ..names import literal, shown
from ..protocol import Column, Result, Stage, TablePath
from ..translate.protocol import Change, Name, Relation, RelationColumn
from ..types import VARCHAR, DataType
from ..types import parse as parse_type
from .changes import Applied, apply, inserted_directly
from .layout import physical
from .names import Path
from .store import read_one, run_one
from .waiting import Use

if TYPE_CHECKING:
    from .session import DuckSession

TEXT = "VARCHAR(16777216)"
NUMBER = "NUMBER(38,0)"


def is_stage(node: Any) -> bool:
    """Whether this, which stands after FROM or INTO, is a stage."""
    return isinstance(node, exp.Table) and isinstance(node.this, (exp.Var, exp.Literal)) and node.name.startswith("@")


def place(session: DuckSession, written: str, statement: str) -> Place:
    """The stage, and the path in it, of `@db.schema.stage/path`."""
    parts, path = parted(written)
    home = session.engine.stages
    if parts == ["~"]:
        return Place("~", Stage(session.own_stage or home / USERS), path)
    of_table = parts[-1].startswith("%")
    parts = [*parts[:-1], parts[-1].removeprefix("%")]
    whole = session.path(
        [part[1:-1].replace('""', '"') if part[0] == '"' else part.upper() for part in parts], statement
    )
    stage = None if of_table else session.stages.get(TablePath(*whole))
    if stage is None and not of_table and whole[2].startswith("%"):  # "%T" is another way to write %T
        of_table, whole = True, (whole[0], whole[1], whole[2][1:])
    if of_table:
        table = session.scope.need("table", whole)
        session.scope.check("OWNERSHIP", table, whole)
        return Place(f"%{whole[2]}", Stage(home / TABLES / str(table.home)), path)
    if stage is None:
        raise missing_object("Stage", ".".join(map(shown, whole)))
    return Place(whole[2], stage, path)


def list_files(session: DuckSession, statement: exp.ListStage) -> Result:
    pattern: Any = statement.args.get("pattern")
    rows = place(session, statement.this.name, "LIST").listed(pattern.name if pattern is not None else None)
    columns = [("name", TEXT), ("size", NUMBER), ("md5", TEXT), ("last_modified", TEXT)]
    return listed(columns, rows)


def remove(session: DuckSession, written: str) -> Result:
    target, options = _words(written)
    rows = [(name, "removed") for name in place(session, target, "REMOVE").remove(options.get("PATTERN"))]
    return listed([("name", TEXT), ("result", TEXT)], rows)


def _words(written: str) -> tuple[str, dict[str, str]]:
    """`@stage PATTERN = 'x'`: the stage, and the options behind it."""
    found = re.match(r"\s*('(?:[^']|'')*'|\S+)", written)
    if found is None:
        raise compilation("001003", "syntax error: a stage is missing.")
    rest = written[found.end() :]
    options = {name.upper(): quoted or plain for name, quoted, plain in _OPTION.findall(rest)}
    if _OPTION.sub("", rest).strip():
        raise compilation("001003", f"syntax error: unexpected '{rest.strip()}'.")
    return found[1], options


_OPTION = re.compile(r"(\w+)\s*=\s*(?:'((?:[^']|'')*)'|(\w+))")


def put(session: DuckSession, statement: exp.Put) -> Result:
    options = _options(statement.args.get("properties"))
    where = place(session, statement.args["target"].name, "PUT")
    where.folder.mkdir(parents=True, exist_ok=True)
    return Result([], [], 0, native=upload_order(where, statement.this.name, options))


def get(session: DuckSession, statement: exp.Get) -> Result:
    options = _options(statement.args.get("properties"))
    where = place(session, statement.args["target"].name, "GET")
    return Result([], [], 0, native=download_order(where, statement.this.name, options))


def read(session: DuckSession, written: str) -> str:
    """The text of a stage's file."""
    where = place(session, written, "EXECUTE IMMEDIATE")
    file = where.file(where.path)
    if not file.is_file():
        raise EngineError("001501", "02000", f"File '{where.path}' not found in stage '{where.name}'.")
    return file.read_text(encoding="utf-8", errors="replace")


def transferred(order: Mapping[str, Any]) -> Result:
    """Do what PUT or GET asks of the client."""
    if order["command"] == "DOWNLOAD":
        facts = [("file", TEXT), ("size", NUMBER), ("status", TEXT), ("message", TEXT)]
        return listed(facts, download(order))
    columns = [
        *(("source", TEXT), ("target", TEXT), ("source_size", NUMBER), ("target_size", NUMBER)),
        *(("source_compression", TEXT), ("target_compression", TEXT), ("status", TEXT), ("message", TEXT)),
    ]
    return listed(columns, upload(order))


def listed(columns: Sequence[tuple[str, str]], rows: Sequence[tuple[Any, ...]]) -> Result:
    return Result([Column(name, type_) for name, type_ in columns], list(rows), len(rows))


# What stands in files, as relations


def staged(session: DuckSession, statement: Expr) -> Expr:
    """A query whose stages are relations that translation finds in the session."""
    tables = [table for table in statement.find_all(exp.Table) if is_stage(table)]
    for table in tables:
        where = place(session, table.name, "SELECT")
        pattern: Any = table.args.get("pattern")
        files = list(where.files(pattern.name if pattern is not None else None))
        table.replace(_reader(session, statement, table, file_format(of_stage(session, table, where)), files))
    return statement


Files = Sequence[tuple[str, FilePath]]
"""Files of a stage, each with its path in it."""


def _reader(
    session: DuckSession,
    statement: Expr,
    table: Any,
    format_: Format,
    files: Files,
    width: int | None = None,
) -> exp.Table:
    """A relation of what stands in files, in place of a stage. width: how many fields there must be, if that is
    known."""
    padded = width is None or format_.get("ERROR_ON_COLUMN_COUNT_MISMATCH") is False
    asked = max((int(one.name) for one in statement.find_all(exp.Parameter) if one.name.isdigit()), default=1)
    width = width or max(asked, *(columns_of(format_, str(file)) for _, file in files), 1)
    meta = {c.name.upper() for c in statement.find_all(exp.Column) if c.name.upper().startswith("METADATA$")}
    for column in list(statement.find_all(exp.Column)):  # t.$1
        if isinstance(column.this, exp.Parameter):
            column.set("this", exp.to_identifier(f"${column.this.name}", quoted=True))
    if format_.type == "CSV":
        relation = _fields(format_, files, width, sorted(meta), padded=padded)
    elif format_.type == "JSON":
        relation = _documents(session, format_, files, sorted(meta))
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


def _read(files: Files, meta: Sequence[str], selected: str, read: Callable[[list[str]], str]) -> str:
    """DuckDB's SQL of the rows of files; with what is asked of the files themselves, which is read of each alone."""
    if not meta:
        return f"(SELECT {selected} FROM {read([str(path) for _, path in files])})"
    every = [
        f"SELECT {selected}, {', '.join(f'{_metadata(name, file)} AS m{at}' for at, name in enumerate(meta))}"
        f" FROM {read([str(file[1])])}"
        for file in files
    ]
    return f"({' UNION ALL '.join(every)})"


def _empty(columns: Sequence[RelationColumn]) -> str:
    nothing = ", ".join(f"CAST(NULL AS {one.type.physical}) AS {one.physical}" for one in columns)
    return f"(SELECT {nothing} WHERE false)"


def _fields(format_: Format, files: Files, width: int, meta: Sequence[str], *, padded: bool) -> Relation:
    """The fields of CSV files."""
    columns = [RelationColumn(f"${at}", physical(at - 1), VARCHAR) for at in range(1, width + 1)]
    columns += _of_files(meta)
    trimmed = format_.get("TRIM_SPACE") is True
    values = ", ".join(f"{f'trim(c{at})' if trimmed else f'c{at}'} AS c{at}" for at in range(1, width + 1))
    source = _read(files, meta, values, lambda paths: csv_reader(format_, paths, width, padded=padded))
    return Relation(source if files else _empty(columns), columns, "VIEW", "", "")


_METADATA = {
    "METADATA$FILENAME": VARCHAR,
    "METADATA$FILE_ROW_NUMBER": DataType("NUMBER", 38, 0),
    "METADATA$FILE_CONTENT_KEY": VARCHAR,
    "METADATA$FILE_LAST_MODIFIED": DataType("TIMESTAMP_NTZ", scale=9),
}


def _of_files(meta: Sequence[str]) -> list[RelationColumn]:
    for name in meta:
        if name not in _METADATA:
            raise unsupported(name)
    return [RelationColumn(name, f"m{at}", _METADATA[name]) for at, name in enumerate(meta)]


def _metadata(name: str, file: tuple[str, FilePath]) -> str:
    """DuckDB's SQL of what is asked of a file, for each of its rows."""
    inside, path = file
    if name == "METADATA$FILENAME":
        return literal(inside)
    if name == "METADATA$FILE_ROW_NUMBER":
        return "CAST(row_number() OVER () AS DECIMAL(38,0))"
    if name == "METADATA$FILE_CONTENT_KEY":
        return literal(hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest())
    return f"CAST({path.stat().st_mtime_ns // 1000 * 1024} AS HUGEINT)"


def _documents(session: DuckSession, format_: Format, files: Files, meta: Sequence[str]) -> Relation:
    """Each document is a VARIANT."""
    columns = [RelationColumn("$1", "c1", VARCHAR), *_of_files(meta)]
    source = _read(files, meta, "c1", lambda paths: json_reader(format_, paths)) if files else _empty(columns)
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
    sql = f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {parquet_reader([str(p) for _, p in files])})"
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
    if isinstance(named, exp.Literal):
        named = exp.to_table(named.name, dialect="snowflake")
    given = [named.args.get("catalog"), named.args.get("db"), named.this]
    parts = [part.name if part.args.get("quoted") else part.name.upper() for part in given if part]
    path = session.path(parts, "SELECT")
    found = session.scope.need("file format", path, "File format")
    session.scope.check("USAGE", found, path)
    facts = found.facts
    return {name: value for name, value in facts.items() if name.isupper()}  # not comment or owner


def _options(properties: Any) -> dict[str, Any]:
    found = properties.expressions if properties is not None else ()
    return {one.name.upper(): _plain(one.args["value"]) for one in found}


def _plain(value: Any) -> Any:
    if isinstance(value, (exp.Tuple, exp.Array)):
        return [_plain(one) for one in value.expressions]
    if isinstance(value, exp.Paren):
        return [_plain(value.this)]
    if isinstance(value, exp.Boolean):
        return bool(value.this)
    if isinstance(value, exp.Literal) and not value.is_string:
        return int(value.name)
    if isinstance(value, (exp.Table, exp.Column)):  # a file format's name, or a word
        return value.sql(dialect="snowflake")
    return value.name


# COPY INTO a table


_COPIED = [
    *(("file", TEXT), ("status", TEXT), ("rows_parsed", NUMBER), ("rows_loaded", NUMBER), ("error_limit", NUMBER)),
    *(("errors_seen", NUMBER), ("first_error", TEXT), ("first_error_line", NUMBER)),
    *(("first_error_character", NUMBER), ("first_error_column_name", TEXT)),
]
_WHOLE = DataType("NUMBER", 38, 0)
_KNOWN = {
    *("FILE_FORMAT", "FILES", "PATTERN", "ON_ERROR", "FORCE", "PURGE", "SIZE_LIMIT", "RETURN_FAILED_ONLY"),
    *("TRUNCATECOLUMNS", "ENFORCE_LENGTH", "LOAD_UNCERTAIN_FILES", "MATCH_BY_COLUMN_NAME", "INCLUDE_METADATA"),
    "VALIDATION_MODE",
}


_SKIPS = re.compile(r"SKIP_FILE(?:_(\d+)(%?))?")


@attrs.frozen
class _Loading:
    """A COPY INTO, taken apart."""

    target: Any
    """The table, with its list of columns if there is one."""
    query: exp.Select | None
    """FROM (SELECT …), if there is one."""
    options: Mapping[str, Any]
    format: Format

    @property
    def match(self) -> Callable[[str], str] | None:
        """What makes names equal that mean the same column; None if columns are found by their order."""
        how = str(self.options.get("MATCH_BY_COLUMN_NAME", "NONE")).upper()
        return {"CASE_SENSITIVE": str, "CASE_INSENSITIVE": str.upper}.get(how)

    @property
    def by_order(self) -> bool:
        """Whether the fields of a record are the table's columns."""
        return self.query is None and self.match is None and self.format.type == "CSV"

    @property
    def on_error(self) -> str:
        return str(self.options.get("ON_ERROR", "ABORT_STATEMENT")).upper()

    def skips(self, wrong: int, parsed: int) -> bool:
        """Whether a file with so many wrong records is left out."""
        found = _SKIPS.fullmatch(self.on_error)
        if found is None:
            return False
        least = int(found[1] or 1)
        return wrong * 100 > least * parsed if found[2] else wrong >= least


def copy(session: DuckSession, statement: exp.Copy) -> Result:
    target: Any = statement.this
    (source,) = statement.args["files"]
    query = source.this if isinstance(source, exp.Subquery) else None
    stage: Any = next(iter(query.find_all(exp.Table)), None) if query is not None else source
    if not is_stage(stage) or (query is not None and not isinstance(query, exp.Select)):
        raise unsupported("COPY INTO from or to anything but a stage")
    where = place(session, stage.name, "COPY")
    options = {**where.stage.copy_options, **parameters(session, statement, _KNOWN)}
    format_ = file_format(options.get("FILE_FORMAT") or of_stage(session, stage, where))
    loading = _Loading(target, query, options, format_)
    if loading.on_error not in ("CONTINUE", "ABORT_STATEMENT") and not _SKIPS.fullmatch(loading.on_error):
        raise compilation("001003", f"invalid value '{loading.on_error}' for ON_ERROR")
    _columns(session, loading)  # which are to be there, even if there is no file
    files = chosen(where, options)
    path = table_path(session, target)
    if "VALIDATION_MODE" in options:
        return _validated(session, loading, where, files)
    if not session.autocommit:
        session.begin()
    table = session.turn_at(path, Use.ADD)
    rows: list[tuple[Any, ...]] = []
    # What fails ends a transaction of DuckDB's, so what can't be loaded is found out before it begins.
    bears = loading.on_error != "ABORT_STATEMENT"
    wrong = {name: _rejected(session, loading, where.shown(name), (name, file)) for name, file in files if bears}
    session.rejected[table.home] = [row for rows in wrong.values() for row in rows]
    with session.wholly():
        for name, path in files:
            stamp = f"{path.stat().st_size} {path.stat().st_mtime_ns}"
            key = _key(session, where, name)
            if options.get("FORCE") is not True and _is_loaded(session, table.home, key, stamp):
                continue
            row = _load(session, loading, where.shown(name), (name, path), wrong.get(name, ()))
            rows.append(row)
            if row[1] != "LOAD_FAILED":
                _note(session, table.home, key, stamp, row)
    if options.get("PURGE") is True:
        for row in rows:
            if row[1] == "LOADED":
                where.file(row[0].removeprefix(where.shown(""))).unlink(missing_ok=True)
    if not rows:
        return listed([("status", TEXT)], [("Copy executed with 0 files processed.",)])
    return attrs.evolve(listed(_COPIED, rows), rowcount=sum(row[3] for row in rows))


def table_path(session: DuckSession, target: Any) -> Path:
    """The name of the table to copy into."""
    named = target.this if isinstance(target, exp.Schema) else target
    given = [named.args.get("catalog"), named.args.get("db"), named.this]
    parts = [part.name if part.args.get("quoted") else part.name.upper() for part in given if part]
    path = session.path(parts, "COPY")
    if session.scope.need("table", path, "Table").kind != "table":
        raise compilation("002003", f"Object '{shown(parts[-1])}' is not a table.", "42601")
    return path


def parameters(session: DuckSession, statement: exp.Copy, known: set[str]) -> dict[str, Any]:
    """The options of a COPY INTO by their names; its file format with all that the format's name stands for."""
    options: dict[str, Any] = {}
    for one in statement.args.get("params") or ():
        name, value = one.name.upper(), one.args.get("expression")
        if name not in known:
            raise compilation("001003", f"syntax error: unexpected '{name}'.")
        if name in _EXPRESSIONS:
            options[name] = value
            continue
        if name != "FILE_FORMAT":
            options[name] = _plain(value)
            continue
        given = [p for p in one.expressions if isinstance(p, exp.Property)]  # commas may stand between
        written: dict[str, Any] = {p.name.upper(): _plain(p.args["value"]) for p in given}
        if isinstance(value, (exp.Column, exp.Literal)):
            written["FORMAT_NAME"] = _plain(value)
        options[name] = whole_format(session, written)
    return options


_EXPRESSIONS = {"PARTITION BY", "INCLUDE_METADATA"}


def of_stage(session: DuckSession, stage: Any, where: Place) -> dict[str, Any]:
    """How the files at a place are written, by what stands behind the stage's name or else by the stage."""
    named: Any = stage.args.get("format")
    return named_format(session, named) if named is not None else whole_format(session, where.stage.file_format)


def whole_format(session: DuckSession, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a file format, with all that its name stands for."""
    name = options.get("FORMAT_NAME")
    base = named_format(session, exp.Literal.string(name)) if name else {}
    return base | {key: value for key, value in options.items() if key != "FORMAT_NAME"}


def chosen(where: Place, options: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found = list(where.files(options.get("PATTERN")))
    wanted: Any = options.get("FILES")
    if wanted is None:
        return found
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    by_name = dict(found)
    out: list[tuple[str, Any]] = []
    for name in names:
        inside = name if name in by_name else f"{where.path.rstrip('/')}/{name}".lstrip("/")
        if inside not in by_name:
            text = f"Remote file '{where.name.lower()}/{inside}' was not found. If you are running a copy command, "
            raise EngineError("091016", "22000", text + "please make sure files are not deleted when they are loaded.")
        out.append((inside, by_name[inside]))
    return out


def _load(
    session: DuckSession,
    loading: _Loading,
    name: str,
    file: tuple[str, FilePath],
    rejected: Sequence[tuple[Any, ...]],
) -> tuple[Any, ...]:
    """Load one file: what COPY INTO answers of it. rejected: its records that can't be loaded, if errors are borne."""
    if not rejected:
        count = _insert(session, loading, file)
        return (name, "LOADED", count, count, 1, 0, None, None, None, None)
    error, _, line, character, *_ = rejected[0]
    told = (len(rejected), error, line, character, rejected[0][8])
    parsed = _count(session, loading, str(file[1])) if loading.format.type == "CSV" else len(rejected)
    if loading.skips(len(rejected), parsed):
        return (name, "LOAD_FAILED", parsed, 0, 1, *told)
    if not loading.by_order:
        raise unsupported("ON_ERROR = CONTINUE but for CSV that is loaded as it stands")
    loaded = _insert(session, loading, file, only_good=True)
    return (name, "PARTIALLY_LOADED" if loaded else "LOAD_FAILED", parsed, loaded, parsed, *told)


def _insert(session: DuckSession, loading: _Loading, file: tuple[str, FilePath], *, only_good: bool = False) -> int:
    """How many rows of a file were put into the table."""
    columns = _columns(session, loading)
    target = loading.target.copy()
    if loading.query is not None:
        query: Any = loading.query.copy()
        for value, column in zip(list(query.expressions), columns):
            if column.type.name == "BINARY" and not query.is_star:  # which takes no VARIANT but here
                inner = value.this if isinstance(value, exp.Alias) else value
                inner.replace(exp.cast(inner.copy(), str(column.type), dialect="snowflake"))
        stage = next(one for one in query.find_all(exp.Table) if is_stage(one))
        stage.replace(_reader(session, query, stage, loading.format, [file]))
    elif loading.match is not None:
        query, names = _matched(session, loading, loading.match, columns, file)
        table = target.this if isinstance(target, exp.Schema) else target
        target = exp.Schema(this=table, expressions=[exp.to_identifier(name, quoted=True) for name in names])
    else:
        if loading.format.type != "CSV" and len(columns) != 1:
            raise compilation("001003", ONE_COLUMN.replace("JSON", loading.format.type), "42601")
        query = exp.select(*(_value(loading.format, at, one) for at, one in enumerate(columns, 1)))
        width = len(columns) if loading.format.type == "CSV" else 1
        _need_width(loading.format, str(file[1]), width)
        query = query.from_(_reader(session, query, exp.Table(), loading.format, [file], width))
        if only_good:
            for at, column in enumerate(columns, 1):
                query = query.where(_is_good(at, column))
    change = session.translation(exp.Insert(this=target, expression=query))
    direct = inserted_directly(change, 0) if isinstance(change, Change) else None
    assert isinstance(change, Change) and direct is not None
    try:
        ((_, count),) = apply(session, change, [], read_one(session.duck, direct))
    except duckdb.Error as error:
        raise from_duckdb(error, {}) from None
    return count


def _columns(session: DuckSession, loading: _Loading) -> list[RelationColumn]:
    """The columns to load into."""
    columns = list(session.scope.relation(_name_parts(loading.target), privilege=None).columns)
    if not isinstance(loading.target, exp.Schema):
        return columns
    every: list[Any] = loading.target.expressions
    by_name = {column.name: column for column in columns}
    wanted = [one.name if one.args.get("quoted") else one.name.upper() for one in every]
    for name in wanted:
        if name not in by_name:
            raise compilation("000904", f"invalid identifier '{shown(name)}'")
    return [by_name[name] for name in wanted]


def _matched(
    session: DuckSession,
    loading: _Loading,
    fold: Callable[[str], str],
    columns: Sequence[RelationColumn],
    file: tuple[str, FilePath],
) -> tuple[Any, list[str]]:
    """A query of what a file has under the names of columns, and the names of those columns."""
    format_, found = loading.format, dict[str, Expr]()
    if format_.type == "PARQUET":
        relation = typed(session, [file])
        found = {fold(one.name): exp.column(exp.to_identifier(one.name, quoted=True)) for one in relation.columns}
    elif format_.type == "JSON":
        function = "GET" if fold is str else "GET_IGNORE_CASE"
        for one in columns:
            key = exp.Literal.string(one.name)
            value = exp.Anonymous(this=function, expressions=[exp.Parameter(this=exp.Literal.number(1)), key])
            if one.type.name == "BINARY":  # which is a text in JSON
                how = exp.Literal.string(str(format_.get("BINARY_FORMAT", "HEX")))
                value = exp.Anonymous(this="TO_BINARY", expressions=[exp.cast(value, "VARCHAR"), how])
            found[fold(one.name)] = value
    else:
        names = header_of(format_, str(file[1]))
        if names is None:
            raise compilation("001003", "MATCH_BY_COLUMN_NAME of CSV needs the file format option PARSE_HEADER = TRUE.")
        by_name = {one.name: one for one in columns} if fold is str else {one.name.upper(): one for one in columns}
        for at, name in enumerate(map(fold, names), 1):
            if name in by_name:
                found[name] = _value(format_, at, by_name[name])
    about: Any = loading.options.get("INCLUDE_METADATA")
    for one in about.expressions if isinstance(about, exp.Tuple) else [about.this] if about is not None else []:
        found[fold(one.this.name if one.this.this.args.get("quoted") else one.this.name.upper())] = one.expression
    taken = [one.name for one in columns if fold(one.name) in found]
    if not taken:
        raise compilation("001003", f"no column of the table is in the file {file[0]}.")
    query = exp.select(*(found[fold(name)].copy() for name in taken))
    if format_.type == "PARQUET" and about is None:
        return query.from_(placed(session, typed(session, [file]))), taken
    if format_.type == "PARQUET":
        raise unsupported("INCLUDE_METADATA of Parquet")
    return query.from_(_reader(session, query, exp.Table(), format_, [file])), taken


ERRORS = [
    *(("ERROR", VARCHAR), ("FILE", VARCHAR), ("LINE", _WHOLE), ("CHARACTER", _WHOLE), ("BYTE_OFFSET", _WHOLE)),
    *(("CATEGORY", VARCHAR), ("CODE", _WHOLE), ("SQL_STATE", VARCHAR), ("COLUMN_NAME", VARCHAR)),
    *(("ROW_NUMBER", _WHOLE), ("ROW_START_LINE", _WHOLE), ("REJECTED_RECORD", VARCHAR)),
]
"""What VALIDATE and VALIDATION_MODE = RETURN_ERRORS tell of a record that can't be loaded."""


def _rejected(session: DuckSession, loading: _Loading, name: str, file: tuple[str, FilePath]) -> list[tuple[Any, ...]]:
    """The records of a file that can't be loaded, as ERRORS has them."""
    try:
        _insert_nothing(session, loading, file)
    except EngineError as error:
        whole = error
    else:
        return []
    columns, format_ = _columns(session, loading), loading.format
    found: list[Any] = []
    if loading.by_order and columns_of(format_, str(file[1])) == len(columns):
        good = [
            exp.Anonymous(this="NVL", expressions=[_is_good(at, one), exp.false()]) for at, one in enumerate(columns, 1)
        ]
        fields = [exp.Parameter(this=exp.Literal.number(at)) for at in range(1, len(columns) + 1)]
        query = exp.select(exp.column("METADATA$FILE_ROW_NUMBER"), *fields, *good).where(exp.not_(exp.and_(*good)))
        query = query.from_(_reader(session, query, exp.Table(), format_, [file], len(columns)))
        found = run_one(session.duck, session.query(query)[0].sql).fetchall()
    if not found:
        return [(whole.message, name, None, None, None, "conversion", int(whole.code), whole.sqlstate, *[None] * 4)]
    skipped, rows = int(format_.get("SKIP_HEADER", 0)), list[tuple[Any, ...]]()
    for number, *values in found:
        texts: list[Any] = values[: len(columns)]
        at = values[len(columns) :].index(False)
        code, state, text = _complaint(columns[at], texts[at])
        record = sign(str(format_.get("FIELD_DELIMITER", ","))).join("" if one is None else one for one in texts)
        line, title = int(number) + skipped, f'"{columns[at].name}"[{at + 1}]'
        rows.append((text, name, line, None, None, "conversion", code, state, title, int(number), line, record))
    return rows


def _complaint(column: RelationColumn, value: str | None) -> tuple[int, str, str]:
    if value is None:
        return 100072, "22000", "NULL result in a non-nullable column"
    kind = column.type.name
    if kind == "VARCHAR":
        return 100074, "54000", f"User character length limit ({column.type.precision}) exceeded by string '{value}'"
    word = {"NUMBER": "Numeric value", "BOOLEAN": "Boolean value", "FLOAT": "Numeric value"}.get(kind)
    word = word or ("Timestamp" if column.type.is_timestamp else kind.capitalize())
    code = {"Numeric value": 100038, "Boolean value": 100037, "Timestamp": 100035, "Date": 100040}.get(word, 100108)
    return code, "22018" if code in (100037, 100038) else "22007", f"{word} '{value}' is not recognized"


class _Enough(Exception):
    """Everything went well, and nothing shall stay."""


def _insert_nothing(session: DuckSession, loading: _Loading, file: tuple[str, FilePath]) -> None:
    """Load a file and take it back. EngineError if it can't be loaded."""
    try:
        with session.wholly():
            _insert(session, loading, file)
            raise _Enough
    except _Enough:
        return


def _validated(session: DuckSession, loading: _Loading, where: Place, files: Files) -> Result:
    """What VALIDATION_MODE asks for; nothing is loaded."""
    mode = str(loading.options["VALIDATION_MODE"]).upper()
    if loading.query is not None:
        raise compilation("001003", "VALIDATION_MODE can't be combined with a transformation.")
    if mode in ("RETURN_ERRORS", "RETURN_ALL_ERRORS"):
        rows = [row for name, path in files for row in _rejected(session, loading, where.shown(name), (name, path))]
        return listed([(name, str(type_)) for name, type_ in ERRORS], rows)
    count = re.fullmatch(r"RETURN_(\d+)_ROWS", mode)
    if count is None or not loading.by_order:
        raise unsupported(f"VALIDATION_MODE = {mode} here")
    columns = _columns(session, loading)
    values = [exp.cast(_value(loading.format, at, one), str(one.type)) for at, one in enumerate(columns, 1)]
    titles = [exp.alias_(one, column.name, quoted=True) for one, column in zip(values, columns)]
    query = exp.select(*titles).limit(int(count[1]))
    for _, path in files:
        _need_width(loading.format, str(path), len(columns))
    return session.execute(query.from_(_reader(session, query, exp.Table(), loading.format, files, len(columns))))


def _value(format_: Format, at: int, column: RelationColumn) -> Expr:
    """A field of a file, as a column takes it."""
    field = exp.Parameter(this=exp.Literal.number(at))
    if format_.type != "CSV":
        return field
    for kinds, option, function in _READ_BY:
        written = format_.get(option, "AUTO")
        if column.type.name in kinds and str(written).upper() not in ("AUTO", *(("HEX",) if option[0] == "B" else ())):
            name = function or f"TO_{column.type.name}"
            return exp.Anonymous(this=name, expressions=[field, exp.Literal.string(str(written))])
    return field


_READ_BY: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("DATE",), "DATE_FORMAT", "TO_DATE"),
    (("TIME",), "TIME_FORMAT", "TO_TIME"),
    (("TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"), "TIMESTAMP_FORMAT", ""),
    (("BINARY",), "BINARY_FORMAT", "TO_BINARY"),
)


def _is_good(at: int, column: RelationColumn) -> Expr:
    field = exp.Parameter(this=exp.Literal.number(at))
    text = f"TRY_CAST($1 AS {column.type}) IS NOT NULL"
    if column.type.name == "VARCHAR":
        text = f"LENGTH($1) <= {column.type.precision}"
    if column.nullable:
        text = f"($1 IS NULL OR {text})"
    from ..dialect import parse

    condition: Any = parse(f"SELECT {text}").expressions[0]
    for one in list(condition.find_all(exp.Parameter)):
        one.replace(field.copy())
    return condition


def _count(session: DuckSession, loading: _Loading, path: str) -> int:
    reader = csv_reader(loading.format, [path], columns_of(loading.format, path), padded=True)
    ((count,),) = run_one(session.duck, f"SELECT count(*) FROM {reader}").fetchall()
    return count


def _need_width(format_: Format, path: str, width: int) -> None:
    if format_.type != "CSV" or format_.get("ERROR_ON_COLUMN_COUNT_MISMATCH") is False:
        return
    found = columns_of(format_, path)
    if found and found != width:
        text = f"Number of columns in file ({found}) does not match that of the corresponding table ({width}), use"
        text += " file format option error_on_column_count_mismatch=false to ignore this error"
        raise EngineError("100080", "22000", text)


def _name_parts(target: Any) -> list[Name]:
    named = target.this if isinstance(target, exp.Schema) else target
    given = [named.args.get("catalog"), named.args.get("db"), named.this]
    return [
        Name(part.name if part.args.get("quoted") else part.name.upper(), bool(part.args.get("quoted")))
        for part in given
        if part
    ]


# What was loaded


def _key(session: DuckSession, where: Place, name: str) -> str:
    """What a file is known by: where it is among the account's stages, since the account's folder may be moved."""
    home, folder = session.engine.stages, where.folder
    return f"{folder.relative_to(home) if folder.is_relative_to(home) else folder}/{name}"


def _is_loaded(session: DuckSession, number: int, key: str, stamp: str) -> bool:
    sql = "SELECT count(*) FROM loads WHERE place = $1 AND file = $2 AND stamp = $3"
    ((count,),) = run_one(session.duck, sql, [number, key, stamp]).fetchall()
    return bool(count)


def _note(session: DuckSession, number: int, key: str, stamp: str, row: Sequence[Any]) -> None:
    values = f"{number}, {literal(key)}, {literal(stamp)}, {literal(row[0])}, {literal(row[1])}, {row[2]}, {row[3]}"
    note = Applied([f"INSERT INTO loads SELECT {values}, {row[5]}, now()"], None)
    note.again(session.duck)
    session.remember(note)
