"""Table functions about files: INFER_SCHEMA, and VALIDATE of the last COPY INTO a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlglot import Expr, exp

from ..dialect import parse
from ..errors import compilation, unsupported
from ..files.formats import file_format
from ..translate.protocol import Relation
from ..types import VARCHAR, DataType
from .loading import ERRORS, chosen, table_path
from .reading import registered
from .staged import named_format, placed, reader, typed
from .transfers import place

if TYPE_CHECKING:
    from .session import DuckSession

_FLAG, _WHOLE = DataType("BOOLEAN"), DataType("NUMBER", 38, 0)
_INFERRED = [
    *(("COLUMN_NAME", VARCHAR), ("TYPE", VARCHAR), ("NULLABLE", _FLAG), ("EXPRESSION", VARCHAR)),
    *(("FILENAMES", VARCHAR), ("ORDER_ID", _WHOLE)),
]
_KNOWN = {"LOCATION", "FILE_FORMAT", "FILES", "IGNORE_CASE", "MAX_FILE_COUNT", "MAX_RECORDS_PER_FILE", "KIND"}


def answered(session: DuckSession, statement: Expr) -> None:
    """Put what these functions give in place of their calls."""
    for table in list(statement.find_all(exp.Table)):
        call: Any = table.this
        if isinstance(call, exp.Anonymous) and call.name.upper() == "TABLE" and len(call.expressions) == 1:
            call = call.expressions[0]
        if isinstance(call, exp.Anonymous) and (do := _FUNCTIONS.get(call.name.upper())):
            named = {one.this.name.upper(): one.expression for one in call.expressions if isinstance(one, exp.Kwarg)}
            plain = [one for one in call.expressions if not isinstance(one, exp.Kwarg)]
            stands = placed(session, do(session, plain, named))
            stands.set("alias", table.args.get("alias"))
            table.replace(stands)


def _validate(session: DuckSession, plain: list[Any], named: Mapping[str, Any]) -> Relation:
    (target,) = plain or [None]
    if target is None:
        raise compilation("001003", "VALIDATE needs a table.")
    job: Any = named.get("JOB_ID")
    if job is None or job.name.lower() != "_last":
        raise unsupported("VALIDATE of another load than JOB_ID => '_last'")
    parts = exp.to_table(target.name if isinstance(target, exp.Literal) else target.sql(dialect="snowflake"))
    number = session.scope.need("table", table_path(session, parts), "Table").home
    return registered(session, f"errors_{session.fresh()}", ERRORS, session.rejected.get(number, []))


def _infer_schema(session: DuckSession, plain: list[Any], named: Mapping[str, Any]) -> Relation:
    if plain or set(named) - _KNOWN or not {"LOCATION", "FILE_FORMAT"} <= set(named):
        raise compilation(
            "001003", "INFER_SCHEMA takes LOCATION => '@stage', FILE_FORMAT => 'name' and options by name."
        )
    options = file_format(named_format(session, named["FILE_FORMAT"]))
    files: Any = named.get("FILES")
    wanted = [one.name for one in files.expressions] if isinstance(files, (exp.Tuple, exp.Array, exp.Paren)) else None
    if isinstance(files, (exp.Literal, exp.Paren)):
        wanted = [(files.this if isinstance(files, exp.Paren) else files).name]
    found = chosen(place(session, named["LOCATION"].name, "INFER_SCHEMA"), {"FILES": wanted} if wanted else {})
    if "MAX_FILE_COUNT" in named:
        found = found[: int(named["MAX_FILE_COUNT"].name)]
    most = f" LIMIT {int(named['MAX_RECORDS_PER_FILE'].name)}" if "MAX_RECORDS_PER_FILE" in named else ""

    def rows_of(selected: str, name: str, path: Path) -> list[Any]:
        query: Any = parse(f"SELECT {selected}{most}")
        query = query.from_(reader(session, query, exp.Table(), options, [(name, path)]))
        return session.rows(session.query(query)[0].sql)

    types: dict[str, str] = {}
    inside: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    fold = str.upper if "IGNORE_CASE" in named and named["IGNORE_CASE"].sql().upper() == "TRUE" else str
    for name, path in found:
        if options.type == "PARQUET":
            every = {one.name: str(one.type) for one in typed(session, [(name, path)]).columns}
        elif options.type == "JSON":
            documents: list[Any] = [orjson.loads(text) for (text,) in rows_of("TO_JSON($1)", name, path)]
            objects: list[dict[str, Any]] = [one for one in documents if isinstance(one, dict)]
            keys = dict.fromkeys(key for one in objects for key in one)
            every = {key: _of_json(one.get(key) for one in objects) for key in sorted(keys)}
        else:
            look = session.sheets.look(options, path)
            fields = ", ".join(f"${at}" for at in range(1, look.width + 1))
            rows = rows_of(fields, name, path) if look.width else []
            names = look.header or [f"c{at}" for at in range(1, look.width + 1)]
            every = {key: _of_texts(row[at] for row in rows) for at, key in enumerate(names)}
            places |= {fold(key): f"${at}" for at, key in enumerate(names, 1)}
        for key, type_ in every.items():
            types[fold(key)] = _common(types.get(fold(key)), _shown(type_))
            inside.setdefault(fold(key), []).append(name)
            places.setdefault(fold(key), f"$1:{key}" if re.fullmatch(r"\w+", key) else f'$1:"{key}"')
    told = [
        (key, type_, True, f"{places[key]}::{type_}", ", ".join(inside[key]), at)
        for at, (key, type_) in enumerate(types.items())
    ]
    return registered(session, f"inferred_{session.fresh()}", _INFERRED, told)


_FUNCTIONS = {"INFER_SCHEMA": _infer_schema, "VALIDATE": _validate}


def _shown(type_: str) -> str:
    """A type as INFER_SCHEMA writes it."""
    if found := re.fullmatch(r"NUMBER\((\d+), ?(\d+)\)", type_):
        return f"NUMBER({found[1]}, {found[2]})"
    name = type_.partition("(")[0]
    return {"VARCHAR": "TEXT", "FLOAT": "REAL"}.get(name, name)


def _common(one: str | None, other: str) -> str:
    """The type that holds the values of both."""
    if one is None or one == other:
        return other
    if one.startswith("NUMBER") and other.startswith("NUMBER"):
        (a, b), (c, d) = ([int(n) for n in re.findall(r"\d+", type_)] for type_ in (one, other))
        return f"NUMBER({min(max(a - b, c - d) + max(b, d), 38)}, {max(b, d)})"
    if {one.partition("(")[0], other.partition("(")[0]} == {"NUMBER", "REAL"}:
        return "REAL"
    return "VARIANT" if {one, other} & {"VARIANT", "ARRAY", "OBJECT"} else "TEXT"


_NUMBER = re.compile(r"[+-]?(\d*)(?:\.(\d*))?")
_KINDS = (
    ("BOOLEAN", re.compile(r"true|false", re.IGNORECASE)),
    ("REAL", re.compile(r"[+-]?\d+(\.\d*)?[eE][+-]?\d+")),
    ("DATE", re.compile(r"\d{4}-\d\d-\d\d")),
    ("TIME", re.compile(r"\d\d:\d\d(:\d\d(\.\d{1,9})?)?")),
    ("TIMESTAMP_NTZ", re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?")),
)


def _of_text(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    if found and (found[1] or found[2]):
        whole, part = len(found[1].lstrip("0")), len(found[2] or "")
        return f"NUMBER({max(whole + part, 1)}, {part})" if whole + part <= 38 else "REAL"
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), "TEXT")


def _of_texts(texts: Iterable[str | None]) -> str:
    type_: str | None = None
    for text in texts:
        if text is not None:
            type_ = _common(type_, _of_text(text))
    return type_ or "TEXT"


def _of_json(values: Iterable[Any]) -> str:
    type_: str | None = None
    for value in values:
        if value is None:
            continue
        match value:
            case bool():
                kind = "BOOLEAN"
            case int() | float():
                kind = _of_text(str(value))
            case list() | dict():
                kind = "ARRAY" if isinstance(value, list) else "OBJECT"
            case _:
                kind = _of_text(str(value))
                kind = "TEXT" if kind.startswith(("NUMBER", "BOOLEAN", "REAL")) else kind
        type_ = _common(type_, kind)
    return type_ or "TEXT"
