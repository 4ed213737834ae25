"""COPY INTO a table: an INSERT of what a stage's files hold, one file after the other.

What was loaded is noted in the DuckDB file, in the same step as the rows, so that a file is loaded once: by COPY, and
once more by each pipe. See https://docs.snowflake.com/en/sql-reference/sql/copy-into-table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import duckdb
from sqlglot import Expr, exp

from ..dialect import parse
from ..errors import EngineError, compilation, from_duckdb, unsupported
from ..files.formats import ONE_COLUMN, Format, file_format, nulls_of
from ..files.records import Record, wrong_width
from ..files.stages import Place
from ..names import literal, shown
from ..protocol import PipeLoad, Result
from ..translate import variants
from ..translate.core import FUNCTIONS
from ..translate.protocol import Change, Name, Relation, RelationColumn
from ..types import VARCHAR, DataType
from . import keys
from .changes import Applied, apply, inserted_directly
from .names import Path, parts_of
from .staged import Files, Reading, is_stage, of_stage, placed, reader, typed, whole_format
from .store import read_one, run_one
from .transfers import NUMBER, TEXT, listed, place, plain
from .waiting import Use

if TYPE_CHECKING:
    from .session import DuckSession

T = TypeVar("T", bound=Exception)
File = tuple[str, FilePath]
_COPIED = [
    *(("file", TEXT), ("status", TEXT), ("rows_parsed", NUMBER), ("rows_loaded", NUMBER), ("error_limit", NUMBER)),
    *(("errors_seen", NUMBER), ("first_error", TEXT), ("first_error_line", NUMBER)),
    *(("first_error_character", NUMBER), ("first_error_column_name", TEXT)),
]
_WHOLE = DataType("NUMBER", 38, 0)
ERRORS = [
    *(("ERROR", VARCHAR), ("FILE", VARCHAR), ("LINE", _WHOLE), ("CHARACTER", _WHOLE), ("BYTE_OFFSET", _WHOLE)),
    *(("CATEGORY", VARCHAR), ("CODE", _WHOLE), ("SQL_STATE", VARCHAR), ("COLUMN_NAME", VARCHAR)),
    *(("ROW_NUMBER", _WHOLE), ("ROW_START_LINE", _WHOLE), ("REJECTED_RECORD", VARCHAR)),
]
"""What VALIDATE and VALIDATION_MODE = RETURN_ERRORS tell of a record that can't be loaded."""
_FLAGS = {"FORCE", "PURGE", "RETURN_FAILED_ONLY", "TRUNCATECOLUMNS", "ENFORCE_LENGTH", "LOAD_UNCERTAIN_FILES"}
_KNOWN = {
    *("FILE_FORMAT", "FILES", "PATTERN", "ON_ERROR", "SIZE_LIMIT", "MATCH_BY_COLUMN_NAME", "INCLUDE_METADATA"),
    *("VALIDATION_MODE", *_FLAGS),
}
_SKIPS = re.compile(r"SKIP_FILE(?:_(\d+)(%?))?")
_SIMPLE = "simple SELECT from stage statements for import"
_MORE = ("where", "group", "having", "qualify", "order", "limit", "offset", "joins", "laterals", "with_")
"""What the query of a COPY INTO a table may not have."""
_MOST_FILES = 1000
"""How many files FILES may name."""


@attrs.frozen
class _Loading:
    """A COPY INTO, taken apart."""

    target: Any
    """The table, with its list of columns if there is one."""
    table: str
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

    @property
    def truncates(self) -> bool:
        return self.is_on("TRUNCATECOLUMNS") or self.options.get("ENFORCE_LENGTH") is False

    def is_on(self, option: str) -> bool:
        return self.options.get(option) is True

    def skips(self, wrong: int, parsed: int) -> bool:
        """Whether a file with so many wrong records is left out."""
        found = _SKIPS.fullmatch(self.on_error)
        if found is None:
            return False
        least = int(found[1] or 1)
        return wrong * 100 > least * parsed if found[2] else wrong >= least

    def reading(self, width: int, *, errors_are_borne: bool = False) -> Reading:
        is_padded = self.format.get("ERROR_ON_COLUMN_COUNT_MISMATCH") is False or not self.by_order
        return Reading(
            width if self.by_order else None, is_padded, errors_are_borne, self.by_order and not errors_are_borne
        )


@attrs.frozen
class _Rejected:
    """What can't be loaded of a file."""

    rows: Sequence[tuple[Any, ...]] = ()
    """As ERRORS has them."""
    parsed: int = 0
    whole: EngineError | None = None
    """Why nothing of the file can be loaded, if that is so."""


def copy(session: DuckSession, statement: exp.Copy) -> Result:
    loading, where = _taken_apart(session, statement)
    options = loading.options
    _columns(session, loading)  # which are to be there, even if there is no file
    files = [one for one in chosen(where, options) if _is_asked_for(session.pipe, where, one)]
    path = table_path(session, loading.target)
    if "VALIDATION_MODE" in options:
        number = session.scope.need("table", path, "Table").home
        return _validated(session, loading, where, _not_loaded(session, loading, where, files, number))
    if not session.autocommit:
        session.begin()
    table = session.turn_at(path, Use.ADD)
    keys.take_turns(session, [table.id] if keys.are_held(table) else [])
    files = _within(_not_loaded(session, loading, where, files, table.home), options.get("SIZE_LIMIT"))
    # What fails ends a transaction of DuckDB's, so what can't be loaded is found out before it begins.
    bears = loading.on_error != "ABORT_STATEMENT"
    named = {one[0]: (where.shown(one[0]), where.named([one])[0]) for one in files}
    wrong = {inside: _rejected(session, loading, *named[inside]) for inside, _ in files if bears}
    session.rejected[table.home] = [row for one in wrong.values() for row in one.rows]
    rows: list[tuple[Any, ...]] = []
    with session.wholly():
        for inside, file in files:
            try:
                row = _load(session, loading, *named[inside], wrong.get(inside, _Rejected()))
            except (EngineError, duckdb.Error) as error:
                if bears:
                    raise
                raise _told(session, loading, *named[inside], session.told(error)) from None
            rows.append(row)
            _note(session, table.home, _key(session, where, inside), file, row)
    if loading.is_on("PURGE"):
        for row in rows:
            if row[1] == "LOADED":
                where.file(row[0].removeprefix(where.shown(""))).unlink(missing_ok=True)
    if not rows:
        return listed([("status", TEXT)], [("Copy executed with 0 files processed.",)])
    told = [row for row in rows if row[1] != "LOADED" or not loading.is_on("RETURN_FAILED_ONLY")]
    return attrs.evolve(listed(_COPIED, told), rowcount=sum(row[3] for row in rows))


def _aggregates(call: Any) -> bool:
    known = FUNCTIONS.get(str(call.name).upper())
    return known is not None and known.aggregate


def _taken_apart(session: DuckSession, statement: exp.Copy) -> tuple[_Loading, Place]:
    (source,) = statement.args["files"]
    query = source.this if isinstance(source, exp.Subquery) else None
    stage: Any = next(iter(query.find_all(exp.Table)), None) if query is not None else source
    if not is_stage(stage) or (query is not None and not isinstance(query, exp.Select)):
        raise unsupported("COPY INTO from or to anything but a stage")
    if query is not None and (
        any(query.args.get(part) for part in _MORE) or any(map(_aggregates, query.find_all(exp.Func)))
    ):
        raise compilation("002098", f"COPY statement only supports {_SIMPLE}.", "0A000")
    where = place(session, stage.name, "COPY")
    options = {**where.stage.copy_options, **parameters(session, statement, _KNOWN)}
    for name in _FLAGS & options.keys():
        if not isinstance(options[name], bool):
            raise compilation("001008", f"invalid value '{options[name]}' for property '{name}'", "22023")
    format_ = file_format(options.get("FILE_FORMAT") or of_stage(session, stage, where))
    loading = _Loading(statement.this, table_path(session, statement.this)[2], query, options, format_)
    if loading.on_error not in ("CONTINUE", "ABORT_STATEMENT") and not _SKIPS.fullmatch(loading.on_error):
        raise compilation("001003", f"invalid value '{loading.on_error}' for ON_ERROR")
    how = str(options.get("MATCH_BY_COLUMN_NAME", "NONE")).upper()
    if how not in ("NONE", "CASE_SENSITIVE", "CASE_INSENSITIVE"):
        raise compilation("001008", f"invalid value '{how}' for property 'MATCH_BY_COLUMN_NAME'", "22023")
    if loading.match is not None and query is not None:
        raise compilation("001003", "MATCH_BY_COLUMN_NAME can't be combined with a transformation.")
    if "INCLUDE_METADATA" in options and loading.match is None:
        raise compilation("001003", "INCLUDE_METADATA needs MATCH_BY_COLUMN_NAME.")
    return loading, where


def table_path(session: DuckSession, target: Any) -> Path:
    """The name of the table to copy into."""
    named = target.this if isinstance(target, exp.Schema) else target
    parts = parts_of(named)
    path = session.path(parts, "COPY")
    if session.scope.need("table", path, "Table").resource != "table":
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
            options[name] = plain(value)
            continue
        given = [p for p in one.expressions if isinstance(p, exp.Property)]  # commas may stand between
        written: dict[str, Any] = {p.name.upper(): plain(p.args["value"]) for p in given}
        if isinstance(value, (exp.Column, exp.Literal)):
            written["FORMAT_NAME"] = plain(value)
        options[name] = whole_format(session, written)
    return options


_EXPRESSIONS = {"PARTITION BY", "INCLUDE_METADATA"}


def chosen(where: Place, options: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found = list(where.files(options.get("PATTERN")))
    wanted: Any = options.get("FILES")
    if wanted is None:
        return found
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    if len(names) > _MOST_FILES:
        raise compilation("001003", f"FILES names {len(names)} files, and may name {_MOST_FILES}.")
    by_name = dict(found)
    out: list[tuple[str, Any]] = []
    for name in names:
        inside = name if name in by_name else f"{where.path.rstrip('/')}/{name}".lstrip("/")
        if inside not in by_name:
            text = f"Remote file '{where.name.lower()}/{inside}' was not found. If you are running a copy command, "
            raise EngineError("091016", "22000", text + "please make sure files are not deleted when they are loaded.")
        out.append((inside, by_name[inside]))
    return out


def _is_asked_for(pipe: PipeLoad | None, where: Place, file: File) -> bool:
    """Whether a refresh of a pipe is to look at a file."""
    if pipe is None:
        return True
    below = f"{where.path.rstrip('/')}/{pipe.prefix}".lstrip("/")
    after = pipe.modified_after.timestamp() if pipe.modified_after is not None else 0.0
    return file[0].startswith(below if pipe.prefix else "") and file[1].stat().st_mtime > after


def _within(files: Files, limit: Any) -> Files:
    """The files until SIZE_LIMIT is exceeded: at least one."""
    if limit is None or limit == "":
        return files
    size, kept = 0, list[File]()
    for one in files:
        if kept and size >= int(limit):
            break
        kept.append(one)
        size += one[1].stat().st_size
    return kept


def _load(session: DuckSession, loading: _Loading, name: str, file: File, rejected: _Rejected) -> tuple[Any, ...]:
    """Load one file: what COPY INTO answers of it. rejected: what can't be loaded, if errors are borne."""
    if not rejected.rows:
        count = _insert(session, loading, file)
        return (name, "LOADED", count, count, 1, 0, None, None, None, None)
    error, _, line, character, *_ = rejected.rows[0]
    told = (len(rejected.rows), error, line, character, rejected.rows[0][8])
    limit = rejected.parsed if loading.on_error == "CONTINUE" else int(re.sub(r"\D", "", loading.on_error) or 1)
    if loading.skips(len(rejected.rows), rejected.parsed):
        return (name, "LOAD_FAILED", rejected.parsed, 0, limit, *told)
    if rejected.whole is not None and loading.format.type != "JSON":
        raise unsupported("ON_ERROR = CONTINUE but for CSV and JSON that are loaded as they stand")
    loaded = _insert(session, loading, file, only_good=True)
    status = "PARTIALLY_LOADED" if loaded else "LOAD_FAILED"
    return (name, status, max(rejected.parsed, loaded), loaded, limit, *told)


def _insert(session: DuckSession, loading: _Loading, file: File, *, only_good: bool = False) -> int:
    """How many rows of a file were put into the table."""
    query, target = _query(session, loading, file, only_good=only_good)
    change = session.translation(exp.Insert(this=target, expression=query))
    direct = inserted_directly(change, 0) if isinstance(change, Change) else None
    assert isinstance(change, Change) and direct is not None
    try:
        ((_, count),) = apply(session, change, [], read_one(session.duck, direct))
    except duckdb.Error as error:
        raise from_duckdb(error, {}) from None
    return count


def _query(session: DuckSession, loading: _Loading, file: File, *, only_good: bool) -> tuple[Any, Any]:
    """The query of a file's rows as the table takes them, and the table with the columns that they go to."""
    columns, target = _columns(session, loading), loading.target.copy()
    if loading.query is not None:
        query: Any = loading.query.copy()
        for value, column in zip(list(query.expressions), columns):
            if column.type.name == "BINARY" and not query.is_star:  # which takes no VARIANT but here
                inner = value.this if isinstance(value, exp.Alias) else value
                inner.replace(exp.cast(inner.copy(), str(column.type), dialect="snowflake"))
        stage = next(one for one in query.find_all(exp.Table) if is_stage(one))
        stage.replace(reader(session, query, stage, loading.format, [file]))
        return query, target
    if loading.match is not None:
        query, names = _matched(session, loading, loading.match, columns, file)
        table = target.this if isinstance(target, exp.Schema) else target
        return query, exp.Schema(this=table, expressions=[exp.to_identifier(name, quoted=True) for name in names])
    if loading.format.type != "CSV" and len(columns) != 1:
        raise compilation("001003", ONE_COLUMN.replace("JSON", loading.format.type), "42601")
    query = exp.select(*(_value(loading, _field(at), one) for at, one in enumerate(columns, 1)))
    width = len(columns) if loading.format.type == "CSV" else 1
    if not only_good:
        _need_width(session, loading, file[1], width)
    how = loading.reading(width, errors_are_borne=only_good)
    query = query.from_(reader(session, query, exp.Table(), loading.format, [file], how))
    if only_good and loading.format.type == "CSV":
        for at, column in enumerate(columns, 1):
            query = query.where(_is_good(loading, _field(at), column))
    return query, target


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


def _field(at: int) -> Expr:
    return exp.Parameter(this=exp.Literal.number(at))


def _matched(
    session: DuckSession,
    loading: _Loading,
    fold: Callable[[str], str],
    columns: Sequence[RelationColumn],
    file: File,
) -> tuple[Any, list[str]]:
    """A query of what a file has under the names of columns, and the names of those columns."""
    format_, found = loading.format, dict[str, Expr]()
    about: Any = loading.options.get("INCLUDE_METADATA")
    told = about.expressions if isinstance(about, exp.Tuple) else [about.this] if about is not None else []
    by_name = {fold(one.name): one for one in columns}
    rows: Relation | None = None
    if format_.type == "PARQUET":
        rows = typed(session, [file], sorted({one.expression.name.upper() for one in told}))
        found = {
            fold(one.name): exp.column(exp.to_identifier(one.name, quoted=True))
            for one in rows.columns
            if not one.name.startswith("METADATA$")
        }
        _need_known(session, loading, map(fold, found), by_name)
    elif format_.type == "JSON":
        function = "GET" if fold is str else "GET_IGNORE_CASE"
        for one in columns:
            value = exp.Anonymous(this=function, expressions=[_field(1), exp.Literal.string(one.name)])
            found[fold(one.name)] = _of_document(loading, value, one)
        if _evolves(session, loading):
            _need_known(session, loading, map(fold, session.sheets.members(format_, file[1])), by_name)
    else:
        names = session.sheets.look(format_, file[1]).header
        if names is None:
            raise compilation("001003", "MATCH_BY_COLUMN_NAME of CSV needs the file format option PARSE_HEADER = TRUE.")
        _need_known(session, loading, map(fold, names), by_name)
        for at, name in enumerate(map(fold, names), 1):
            if name in by_name:
                found[name] = _value(loading, _field(at), by_name[name])
        width = len(columns) - len(told)
        if format_.get("ERROR_ON_COLUMN_COUNT_MISMATCH", True) is not False and len(names) != width:
            raise EngineError("100080", "22000", wrong_width(len(names), width))
    for one in told:
        name = fold(one.this.name if one.this.this.args.get("quoted") else one.this.name.upper())
        if name not in by_name:
            raise compilation("000904", f"invalid identifier '{shown(name)}'")
        found[name] = one.expression
    taken = [one.name for one in columns if fold(one.name) in found]
    if not taken:
        raise compilation("001003", f"no column of the table is in the file {file[0]}.")
    query = exp.select(*(found[fold(name)].copy() for name in taken))
    if rows is not None:
        return query.from_(placed(session, rows)), taken
    return query.from_(reader(session, query, exp.Table(), format_, [file])), taken


def _evolves(session: DuckSession, loading: _Loading) -> bool:
    """Whether the table gets the columns of files that it lacks."""
    path = table_path(session, loading.target)
    return session.account.facts("table", path[0]).get(path[1:], {}).get("enable_schema_evolution") is True


def _need_known(session: DuckSession, loading: _Loading, names: Iterable[str], known: Container[str]) -> None:
    """Columns are not added, and to leave them out would be another answer than Snowflake's."""
    if any(name not in known for name in names) and _evolves(session, loading):
        raise unsupported("ENABLE_SCHEMA_EVOLUTION where files have columns that the table lacks")


def _of_document(loading: _Loading, value: Expr, column: RelationColumn) -> Expr:
    """A member of a JSON document, as a column takes it. The format's options are about its texts."""
    if column.type.is_semistructured:
        return value
    text: Expr = exp.cast(value, "VARCHAR")
    if loading.format.is_on("TRIM_SPACE"):
        text = exp.Anonymous(this="TRIM", expressions=[text])
    for null in nulls_of(loading.format):
        text = exp.Anonymous(this="NULLIF", expressions=[text, exp.Literal.string(null)])
    if column.type.name == "BINARY":
        how = exp.Literal.string(str(loading.format.get("BINARY_FORMAT", "HEX")))
        return exp.Anonymous(this="TO_BINARY", expressions=[text, how])
    read = _value(loading, text, column)
    plain = read is text and not loading.format.is_on("TRIM_SPACE") and not nulls_of(loading.format)
    return value if plain else read


# What can't be loaded


def _rejected(session: DuckSession, loading: _Loading, name: str, file: File) -> _Rejected:
    """What can't be loaded of a file."""
    try:
        _insert_nothing(session, loading, file)
    except EngineError as error:
        whole = _in_words(session, loading, file, error)
    else:
        return _Rejected()
    if not loading.by_order:
        row = (whole.message, name, None, None, None, "conversion", int(whole.code), whole.sqlstate, *[None] * 4)
        return _Rejected([row], 1, whole)
    columns = _columns(session, loading)
    sheet = session.sheets.sheet(
        loading.format, file[1], len(columns), strict=not loading.reading(len(columns)).is_padded
    )
    rows: list[tuple[Any, ...]] = []
    for one in sheet.faulty:
        if (fault := one.fault) is not None:
            why = ("parsing", fault.code, "22000", fault.text)
            rows.append(_error_of(loading, name, one, fault.column, columns, why, fault.character))
    good = [
        exp.Anonymous(this="NVL", expressions=[_is_good(loading, _field(at), one), exp.false()])
        for at, one in enumerate(columns, 1)
    ]
    query = exp.select(exp.column("METADATA$FILE_ROW_NUMBER"), *good).where(exp.not_(exp.and_(*good)))
    how = loading.reading(len(columns), errors_are_borne=True)
    query = query.from_(reader(session, query, exp.Table(), loading.format, [file], how))
    for number, *flags in run_one(session.duck, session.query(query)[0].sql).fetchall():
        record, at = sheet.records[int(number) - 1], flags.index(False)
        found = record.fields[at] if at < len(record.fields) else None
        rows.append(_error_of(loading, name, record, at, columns, ("conversion", *_complaint(columns[at], found))))
    if not rows:
        rows = [(whole.message, name, None, None, None, "conversion", int(whole.code), whole.sqlstate, *[None] * 4)]
        return _Rejected(rows, len(sheet.records), whole)
    return _Rejected(sorted(rows, key=lambda row: row[9]), len(sheet.records))


def _error_of(
    loading: _Loading,
    file: str,
    record: Record,
    at: int,
    columns: Sequence[RelationColumn],
    why: tuple[str, str, str, str],
    character: int | None = None,
) -> tuple[Any, ...]:
    """A record that can't be loaded, as ERRORS has it.

    at: the field that is wrong. why: category, code, state, text. character: where in the record, if not there.
    """
    category, code, state, text = why
    at = min(max(at, 0), len(columns) - 1)
    character = character or (record.places[at] if at < len(record.places) else len(record.raw) + 1)
    line = record.line + record.raw.count("\n", 0, character - 1)
    title = f'"{loading.table}"["{columns[at].name}":{at + 1}]'
    offset = record.bytes + len(record.raw[: character - 1].encode(errors="surrogateescape"))
    told = (text, file, line, character, offset, category, int(code), state, title)
    shown = record.raw.encode(errors="surrogateescape").decode(errors="replace")
    return (*told, record.number, record.line, shown)


def _in_words(session: DuckSession, loading: _Loading, file: File, error: T) -> T | EngineError:
    """An error of a file of JSON as Snowflake puts it, which is DuckDB's where that has read the file."""
    if loading.format.type == "JSON" and isinstance(error, EngineError) and error.code == "100069":
        return session.sheets.complaint(loading.format, file[1]) or error
    return error


def _told(session: DuckSession, loading: _Loading, name: str, file: File, error: Exception) -> Exception:
    """An error that ends a COPY, with where it is in the file if that can be said."""
    error = _in_words(session, loading, file, error)
    if not isinstance(error, EngineError) or error.code not in _OF_RECORDS or not loading.by_order:
        return error
    session.rejected[session.scope.need("table", table_path(session, loading.target), "Table").home] = []
    rejected = _rejected(session, loading, name, file)
    if rejected.whole is not None or not rejected.rows:
        return error
    return _failed(rejected.rows[0])


def _failed(row: Sequence[Any]) -> EngineError:
    """The error of a record that can't be loaded, given as ERRORS has it."""
    text, file, line, character, _, _, code, state, column, number, *_ = row
    more = f"  File '{file}', line {line}, character {character}\n  Row {number}, column {column}\n"
    return EngineError(f"{code:06}", state, f"{text}\n{more}{_HINT}")


_HINT = (
    "  If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or"
    " 'CONTINUE' for the ON_ERROR option. For more information on loading options, please run 'info loading_data' in a"
    " SQL client."
)
_OF_RECORDS = {
    *(
        "100016",
        "100035",
        "100037",
        "100038",
        "100039",
        "100040",
        "100046",
        "100066",
        "100069",
        "100072",
        "100074",
        "100078",
    ),
    *("100080", "100108", "100115", "100144", "100183", "000603"),
}
"""The errors that a record of a file may be the reason of."""


def _complaint(column: RelationColumn, value: str | None) -> tuple[str, str, str]:
    if value is None:
        return "100072", "22000", "NULL result in a non-nullable column"
    kind = column.type.name
    if column.type.is_semistructured:
        try:
            variants.parse(value)
        except EngineError as error:
            return error.code, error.sqlstate, error.message
    if kind == "VARCHAR":
        text = f"User character length limit ({column.type.precision}) exceeded by string '{value}'"
        return "100074", "54000", text
    word = {"NUMBER": "Numeric value", "BOOLEAN": "Boolean value", "FLOAT": "Numeric value"}.get(kind)
    word = word or ("Timestamp" if column.type.is_timestamp else kind.capitalize())
    code = {"Numeric value": 100038, "Boolean value": 100037, "Timestamp": 100035, "Date": 100040}.get(word, 100108)
    return str(code), "22018" if code in (100037, 100038) else "22007", f"{word} '{value}' is not recognized"


class _Enough(Exception):
    """Everything went well, and nothing shall stay."""


def _insert_nothing(session: DuckSession, loading: _Loading, file: File) -> None:
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
        every = (_rejected(session, loading, where.shown(one[0]), *where.named([one])) for one in files)
        rows = [row for one in every for row in one.rows]
        return listed([(name, str(type_)) for name, type_ in ERRORS], rows)
    count = re.fullmatch(r"RETURN_(\d+)_ROWS", mode)
    if count is None:
        raise compilation("001008", f"invalid value '{mode}' for property 'VALIDATION_MODE'", "22023")
    if not loading.by_order:
        raise unsupported(f"VALIDATION_MODE = {mode} but for CSV whose fields are the table's columns")
    columns, left, rows = _columns(session, loading), int(count[1]), list[tuple[Any, ...]]()
    titles = [exp.to_identifier(one.name, quoted=True) for one in columns]
    columns_told = listed([(one.name, str(one.type)) for one in columns], []).columns
    for one in files:
        wrong = _rejected(session, loading, where.shown(one[0]), *where.named([one])).rows
        if wrong and (wrong[0][9] or 0) <= left:
            raise _failed(wrong[0])
        values = [exp.cast(_value(loading, _field(at), to), str(to.type)) for at, to in enumerate(columns, 1)]
        query = exp.select(*(exp.alias_(value, title) for value, title in zip(values, titles)))
        query = query.where(exp.LTE(this=exp.column("METADATA$FILE_ROW_NUMBER"), expression=exp.Literal.number(left)))
        how = loading.reading(len(columns), errors_are_borne=True)
        found = session.execute(query.from_(reader(session, query, exp.Table(), loading.format, [one], how)))
        rows += found.rows
        left -= len(found.rows)
    return Result(columns_told, rows, len(rows))


# A field of a file


def _value(loading: _Loading, field: Expr, column: RelationColumn) -> Expr:
    """A field of a file, as a column takes it."""
    if column.type.name == "VARCHAR" and loading.truncates:
        return exp.Anonymous(this="LEFT", expressions=[field, exp.Literal.number(column.type.precision or 0)])
    if loading.format.type == "PARQUET":
        return field
    if loading.format.type == "CSV" and column.type.is_semistructured:  # a field has JSON
        value = exp.Anonymous(this="PARSE_JSON", expressions=[field])
        return value if column.type.name == "VARIANT" else exp.cast(value, column.type.name, dialect="snowflake")
    return _read_by(loading, field, column, "") or field


def _read_by(loading: _Loading, field: Expr, column: RelationColumn, mode: str) -> Expr | None:
    """A field by the format's own option for the column's type; None if there is none. mode: TRY_ or nothing."""
    for kinds, option, function in _READ_BY:
        written = loading.format.get(option, "AUTO")
        if column.type.name in kinds and str(written).upper() not in ("AUTO", *(("HEX",) if option[0] == "B" else ())):
            name = function or f"TO_{column.type.name}"
            return exp.Anonymous(this=mode + name, expressions=[field.copy(), exp.Literal.string(str(written))])
    return None


_READ_BY: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("DATE",), "DATE_FORMAT", "TO_DATE"),
    (("TIME",), "TIME_FORMAT", "TO_TIME"),
    (("TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"), "TIMESTAMP_FORMAT", ""),
    (("BINARY",), "BINARY_FORMAT", "TO_BINARY"),
)


def _is_good(loading: _Loading, field: Expr, column: RelationColumn) -> Expr:
    """Whether a column takes a field."""
    there: Expr = exp.not_(exp.Is(this=field.copy(), expression=exp.Null()))
    fits: Expr | None = None
    if column.type.name == "VARCHAR":
        if not loading.truncates:
            length = exp.Anonymous(this="LENGTH", expressions=[field.copy()])
            fits = exp.LTE(this=length, expression=exp.Literal.number(column.type.precision or 0))
    elif column.type.is_semistructured:
        if loading.format.type == "CSV":
            said = exp.Anonymous(this="CHECK_JSON", expressions=[field.copy()])
            fits = exp.Is(this=said, expression=exp.Null())
    else:
        read = _read_by(loading, field, column, "TRY_") or _tried(field, column.type)
        fits = exp.not_(exp.Is(this=read, expression=exp.Null()))
    if column.nullable:
        return exp.Paren(this=exp.Or(this=exp.not_(there), expression=fits)) if fits is not None else exp.true()
    return there if fits is None else exp.Paren(this=exp.And(this=there, expression=fits))


def _tried(field: Expr, type_: DataType) -> Expr:
    if type_.name == "BINARY":
        return exp.Anonymous(this="TRY_TO_BINARY", expressions=[field.copy()])
    cast: Any = parse(f"SELECT TRY_CAST($1 AS {type_})").expressions[0]
    next(iter(cast.find_all(exp.Parameter))).replace(field.copy())
    return cast


def _need_width(session: DuckSession, loading: _Loading, path: FilePath, width: int) -> None:
    if loading.format.type != "CSV" or loading.reading(width).is_padded:
        return
    found = session.sheets.look(loading.format, path).width
    if found and found != width:
        raise EngineError("100080", "22000", wrong_width(found, width))


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


def _stamp(path: FilePath) -> str:
    return f"{path.stat().st_size} {path.stat().st_mtime_ns}"


def _not_loaded(session: DuckSession, loading: _Loading, where: Place, files: Files, table: int) -> Files:
    """The files that a COPY hasn't loaded into a table, or the pipe that it is of. A pipe knows files by their names
    alone, COPY also by what they were."""
    if loading.is_on("FORCE") and session.pipe is None:
        return files
    by = "pipe IS NULL" if session.pipe is None else f"pipe = {session.pipe.id}"
    partly = (
        "" if str(loading.options.get("VALIDATION_MODE")).upper() != "RETURN_ALL_ERRORS" else ", 'PARTIALLY_LOADED'"
    )
    sql = f"SELECT file, stamp FROM loads WHERE place = {table} AND {by} AND status NOT IN ('LOAD_FAILED'{partly})"
    known = set(run_one(session.duck, sql).fetchall())
    names = {name for name, _ in known}

    def is_loaded(name: str, path: FilePath) -> bool:
        key = _key(session, where, name)
        return key in names if session.pipe is not None else (key, _stamp(path)) in known

    return [(name, path) for name, path in files if not is_loaded(name, path)]


def _note(session: DuckSession, number: int, key: str, path: FilePath, row: Sequence[Any]) -> None:
    """Note what COPY INTO answers of a file."""
    file, status, parsed, loaded, limit, wrong, error, line, character, column = row
    now: datetime = session.engine.clock()
    micros = int(now.timestamp() * 1_000_000)
    pipe = session.pipe.id if session.pipe is not None else None
    values = (number, key, _stamp(path), file, status, parsed, loaded, wrong)
    more = (pipe, path.stat().st_size, limit, error, line, character, column)
    written = ", ".join(
        "NULL" if one is None else literal(one) if isinstance(one, str) else str(one) for one in (*values, *more)
    )
    columns = "place, file, stamp, shown, status, parsed, loaded, wrong, pipe, size, most, error, line, place_in_line"
    sql = f"INSERT INTO loads ({columns}, field, loaded_at) SELECT {written}, make_timestamptz({micros})"
    note = Applied([sql], None)
    note.again(session.duck)
    session.remember(note)
