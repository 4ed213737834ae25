"""COPY INTO a stage: the rows of a query as files.

A record of CSV or JSON is made by Snowflake's own functions, as one text; DuckDB writes Parquet. The files are written
beside the stage, and put into it when all of them are there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from snowcore._names import quote_identifier, quote_literal

from ..errors import EngineError, compilation, unsupported
from ..files.formats import (
    ONE_COLUMN,
    PROPERTIES,
    Format,
    bare_escape_of,
    compression_of,
    delimiter_of,
    enclosing_of,
    escape_of,
    file_format,
    nulls_of,
    parquet_value,
    record_delimiter_of,
)
from ..files.packing import ENDINGS, packed
from ..files.records import NEWLINES
from ..files.stages import Place
from ..names import literal
from ..protocol import Result, running
from ..translate.protocol import Relation, RelationColumn
from .layout import physical
from .loading import parameters
from .staged import of_stage, placed, staged
from .store import run_one
from .transfers import NUMBER, TEXT, listed, place

if TYPE_CHECKING:
    from .session import DuckSession

_KNOWN = {
    *("FILE_FORMAT", "HEADER", "OVERWRITE", "SINGLE", "MAX_FILE_SIZE", "PARTITION BY", "DETAILED_OUTPUT"),
    *("INCLUDE_QUERY_ID", "VALIDATION_MODE"),
}
_MAX_FILE_SIZE = 16_777_216
_LARGEST = 5 * 1024**3
"""What MAX_FILE_SIZE may be."""
_MANY = 10_000
"""Records that are fetched at a time."""


@attrs.frozen
class _Written:
    """A file that is ready to be put into the stage."""

    inside: str
    path: Path
    rows: int
    size: int
    """Its bytes before they were packed."""


@attrs.frozen
class _Order:
    """How files are to be written."""

    format: Format
    options: Mapping[str, Any]
    folder: Path
    names: Sequence[str]
    """What the columns are called in them."""

    @property
    def packing(self) -> str:
        """What packs the files, of texts as a whole, those of Parquet inside."""
        wanted = compression_of(self.format)
        if wanted == "LZO":
            raise unsupported("COPY INTO a stage with COMPRESSION = LZO")
        default = "SNAPPY" if self.format.type == "PARQUET" else "GZIP"
        return default if wanted == "AUTO" else wanted

    @property
    def most(self) -> float:
        """How many bytes a file has until the next one is begun."""
        return float("inf") if self.is_on("SINGLE") else int(self.options.get("MAX_FILE_SIZE", _MAX_FILE_SIZE))

    def is_on(self, option: str) -> bool:
        return self.options.get(option) is True

    def name(self, path: str, number: int) -> str:
        stem = f"{path}data" if not path or path.endswith("/") else path
        if self.is_on("SINGLE"):
            return stem
        kind, own = self.format.type.lower(), self.format.get("FILE_EXTENSION")
        if kind == "parquet":
            ending = "parquet" if self.packing == "NONE" else f"{self.packing.lower()}.parquet"
        else:
            ending = f"{kind}{ENDINGS[self.packing]}"
        told = f"_{running.get()}" if self.is_on("INCLUDE_QUERY_ID") else ""
        return f"{stem}{told}_0_0_{number}.{(own or ending).removeprefix('.')}"


def unload(session: DuckSession, statement: exp.Copy) -> Result:
    target: Any = statement.this
    (source,) = statement.args["files"]
    query: Any = source.this if isinstance(source, exp.Subquery) else exp.select("*").from_(source.copy())
    options = parameters(session, statement, _KNOWN)
    _check(options)
    if "VALIDATION_MODE" in options:
        return session.execute(query)
    by: Any = options.get("PARTITION BY")
    if by is not None:
        query = exp.select("*", exp.cast(by.copy(), "varchar").as_("part")).from_(query.subquery())
    made, _ = session.query(staged(session, query.copy()))
    while session.take_streams():  # somebody has consumed them
        made, _ = session.query(staged(session, query.copy()))
    where = place(session, target.name, "COPY")
    count = len(made.columns) - (by is not None)
    columns = [RelationColumn(f"C{at}", physical(at), one.type) for at, one in enumerate(made.columns[:count])]
    format_ = file_format(options.get("FILE_FORMAT") or of_stage(session, target, where))
    with tempfile.TemporaryDirectory(dir=session.engine.temporary) as folder:
        order = _Order(format_, options, Path(folder), [one.name for one in made.columns])
        write = _write_parquet if format_.type == "PARQUET" else _write_texts
        written: list[_Written] = []
        for path, rows in _parts(session, made.sql, where.path, physical(count) if by is not None else None):
            written += write(session, Relation(rows, columns), order, path, len(written))
        _put(where, written, overwrite=order.is_on("OVERWRITE"), fresh=by is None)
    session.move_streams()
    if order.is_on("DETAILED_OUTPUT"):
        shown = [("file_name", TEXT), ("file_size", NUMBER), ("row_count", NUMBER)]
        details = [(one.inside, where.file(one.inside).stat().st_size, one.rows) for one in written]
        return listed(shown, details)
    sizes = sum(where.file(one.inside).stat().st_size for one in written)
    answer = (sum(one.rows for one in written), sum(one.size for one in written), sizes)
    return listed([(name, NUMBER) for name in ("rows_unloaded", "input_bytes", "output_bytes")], [answer])


def _check(options: Mapping[str, Any]) -> None:
    """AccountError for options that mean nothing, or nothing together."""
    for name in ("HEADER", "OVERWRITE", "SINGLE", "DETAILED_OUTPUT", "INCLUDE_QUERY_ID"):
        if not isinstance(options.get(name, False), bool):
            raise compilation("001008", f"invalid value '{options[name]}' for property '{name}'", "22023")
    size, mode = options.get("MAX_FILE_SIZE", _MAX_FILE_SIZE), str(options.get("VALIDATION_MODE", "RETURN_ROWS"))
    if not isinstance(size, int) or not 0 < size <= _LARGEST:
        raise compilation("001008", f"invalid value '{size}' for property 'MAX_FILE_SIZE'", "22023")
    if mode.upper() != "RETURN_ROWS":
        raise compilation("001008", f"invalid value '{mode}' for property 'VALIDATION_MODE'", "22023")
    for name in ("PARTITION BY", "INCLUDE_QUERY_ID"):
        if options.get(name) and (options.get("SINGLE") is True or options.get("OVERWRITE") is True):
            raise compilation("001003", f"{name} can't be combined with SINGLE or OVERWRITE.")
    if options.get("PARTITION BY") and options.get("INCLUDE_QUERY_ID") is False:
        raise compilation("001003", "PARTITION BY can't be combined with INCLUDE_QUERY_ID = FALSE.")


def _parts(session: DuckSession, sql: str, path: str, by: str | None) -> list[tuple[str, str]]:
    """Which rows go below which path: all of them to one, or each to that which the column `by` says."""
    if by is None:
        return [(path, f"({sql})")]
    found = run_one(session.duck, f"SELECT DISTINCT {by} FROM ({sql}) AS s ORDER BY 1").fetchall()
    home, one = f"{path.rstrip('/')}/" if path else "", running.get()
    parts: list[tuple[str, str]] = []
    for (value,) in found:
        below, same = ("__NULL__", "NULL") if value is None else (value, literal(value))
        rows = f"(SELECT * FROM ({sql}) AS s WHERE {by} IS NOT DISTINCT FROM {same})"
        parts.append((f"{home}{below}/data_{one}", rows))
    return parts


def _put(where: Place, written: Sequence[_Written], *, overwrite: bool, fresh: bool) -> None:
    """Put the files into the stage."""
    if fresh and not overwrite and any(where.files()):
        text = f"Files already existing at the unload destination: @{where.shown(where.path)}."
        raise EngineError("001030", "22000", f"{text} Use overwrite option to force unloading.")
    targets = [where.file(one.inside) for one in written]
    for one, target in zip(written, targets):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(one.path, target)


def _write_texts(session: DuckSession, rows: Relation, order: _Order, path: str, first: int) -> list[_Written]:
    """Files of CSV or JSON."""
    base = placed(session, rows).sql(dialect="snowflake")
    made = session.translated(f"SELECT {_record(rows.columns, order.format)} FROM {base}", session.scope)
    fetched = run_one(session.duck, made.sql)
    end = record_delimiter_of(order.format)
    header = b""
    if order.is_on("HEADER") and order.format.type == "CSV":
        names = [_quoted(one, order.format) for one in order.names[: len(rows.columns)]]
        header = (delimiter_of(order.format).join(names) + end).encode()
    written: list[_Written] = []
    records = (((text or "") + end).encode() for many in iter(lambda: fetched.fetchmany(_MANY), []) for (text,) in many)
    for record in records:
        file = order.folder / str(first + len(written))
        count, size = 0, len(header)
        with file.open("wb") as out:
            out.write(header)
            for one in chain([record], records):
                out.write(one)
                count, size = count + 1, size + len(one)
                if size >= order.most:
                    break
        if order.packing != "NONE":
            file.write_bytes(packed(file.read_bytes(), order.packing))
        written.append(_Written(order.name(path, len(written)), file, count, size))
    return written


def _write_parquet(session: DuckSession, rows: Relation, order: _Order, path: str, first: int) -> list[_Written]:
    for column in rows.columns:
        if column.type.name in ("TIMESTAMP_TZ", "TIMESTAMP_LTZ", "VECTOR"):
            raise unsupported(f"a {column.type.name} in a file of Parquet")
    base = placed(session, rows).sql(dialect="snowflake")
    values = [f"TO_JSON({one.name})" if one.type.is_semistructured else one.name for one in rows.columns]
    made = session.translated(f"SELECT {', '.join(values)} FROM {base}", session.scope)
    named = order.names if order.is_on("HEADER") else [f"_COL_{at}" for at in range(len(rows.columns))]
    selected = ", ".join(
        f"{parquet_value(one.type, physical(at))} AS {quote_identifier(name)}"
        for at, (one, name) in enumerate(zip(rows.columns, named))
    )
    packing = {"NONE": "UNCOMPRESSED"}.get(order.packing, order.packing)
    file = order.folder / str(first)
    target = f"{literal(file.resolve())} (FORMAT parquet, COMPRESSION {packing})"
    sql = f"COPY (SELECT {selected} FROM ({made.sql}) AS s) TO {target}"
    ((count,),) = run_one(session.duck, sql).fetchall()
    return [_Written(order.name(path, 0), file, count, file.stat().st_size)] if count else []


# A record as a text, by Snowflake's functions


def _record(columns: Sequence[RelationColumn], format_: Format) -> str:
    if format_.type == "JSON":
        if len(columns) != 1 or not columns[0].type.is_semistructured:
            raise compilation("001003", ONE_COLUMN, "42601")
        return f"TO_JSON({columns[0].name})"
    null = quote_literal(next(iter(nulls_of(format_)), ""))  # the first of NULL_IF stands for NULL
    fields = [f"COALESCE({_field(one, format_)}, {null})" for one in columns]
    return f" || {quote_literal(delimiter_of(format_))} || ".join(fields)


def _quoted(text: str, format_: Format) -> str:
    """A name of a header."""
    mark = enclosing_of(format_)
    return f"{mark}{text.replace(mark, mark * 2)}{mark}" if mark else text


def _field(column: RelationColumn, format_: Format) -> str:
    """A column's value as it stands in a record."""
    name, kind = column.name, column.type
    if kind.is_semistructured:
        text = f"TO_JSON({name})"
    elif kind.is_text:
        text = name
    else:
        option = "TIMESTAMP_FORMAT" if kind.is_timestamp else f"{kind.name}_FORMAT"
        given = str(format_.get(option, "AUTO"))
        as_usual = given.upper() in ("AUTO", "HEX") or option not in PROPERTIES["CSV"]
        text = f"TO_VARCHAR({name}{'' if as_usual else f', {quote_literal(given)}'})"
    if kind.is_number or kind.name == "BOOLEAN":
        return text
    if mark := enclosing_of(format_):
        doubled = mark * 2
        if escape := escape_of(format_):
            text = _replaced(text, escape, escape * 2)
            doubled = f"{escape}{mark}"
        return f"{quote_literal(mark)} || {_replaced(text, mark, doubled)} || {quote_literal(mark)}"
    if escape := bare_escape_of(format_):
        ending = record_delimiter_of(format_)
        for special in (escape, delimiter_of(format_), *(("\n", "\r") if ending in NEWLINES else (ending,))):
            if special:
                text = _replaced(text, special, f"{escape}{special}")
    return text


def _replaced(text: str, old: str, new: str) -> str:
    return f"REPLACE({text}, {quote_literal(old)}, {quote_literal(new)})"
