"""Table functions: FLATTEN, GENERATOR, GETNEXTVAL, SPLIT_TO_TABLE, STRTOK_SPLIT_TO_TABLE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
from sqlglot import exp

from ..errors import compilation, unsupported
from ..types import INTEGER, VARCHAR, VARIANT
from . import casts, variants
from .casts import as_text
from .core import Call, Column, Source, Translator, Value, quote
from .runtime import python


@python(
    "VARCHAR VARCHAR BOOLEAN BOOLEAN VARCHAR",
    "STRUCT(k VARCHAR, p VARCHAR, i BIGINT, v VARCHAR, t VARCHAR)[]",
    nulls=True,
)
def _flatten(value: str | None, path: str | None, outer: bool, recursive: bool, mode: str) -> list[dict[str, Any]]:
    return [dict(zip("kpivt", row, strict=True)) for row in variants.flatten(value, path, outer, recursive, mode)]


def argument(c: Call, index: int, name: str) -> exp.Expr | None:
    return c.named.get(name) or (c.nodes[index] if index < len(c.nodes) else None)


def flatten(t: Translator, c: Call, name: str | None, names: Sequence[str]) -> tuple[str, Source]:
    if unknown := {*c.named} - {"INPUT", "PATH", "OUTER", "RECURSIVE", "MODE"}:
        raise compilation("001003", f"Function FLATTEN has no argument '{min(unknown)}'.", position=c.position)
    source = argument(c, 0, "INPUT")
    if source is None:
        raise compilation("000938", "not enough arguments for function [FLATTEN()], expected 1, got 0", "22023")
    value = t.value(source)
    if not value.type.is_semistructured and value.type.name != "NULL":
        raise compilation("002105", f"invalid type [{value.type}] for parameter 'input' of FLATTEN", "22023")
    path = argument(c, 1, "PATH")

    def flag(key: str, index: int) -> str:
        node = argument(c, index, key)
        return t.value(node).sql if node is not None else "FALSE"

    mode = argument(c, 4, "MODE")
    word = mode.name.upper() if mode is not None else "BOTH"
    if word not in ("BOTH", "ARRAY", "OBJECT"):
        raise compilation("001023", f"invalid value [{word}] for parameter 'MODE'", "22023")
    arguments = (
        f"CAST({value.sql} AS VARCHAR), {as_text(t, t.value(path)) if path is not None else 'NULL'}, "
        f"{flag('OUTER', 2)}, {flag('RECURSIVE', 3)}, {quote(word)}"
    )
    physical = t.fresh()
    r = f"{physical}.r"
    columns = [
        Column(shown, Value(sql, kind))
        for shown, sql, kind in (
            ("SEQ", f"CAST({physical}.q AS DECIMAL(38,0))", INTEGER),
            ("KEY", f"{r}.k", VARCHAR),
            ("PATH", f"{r}.p", VARCHAR),
            ("INDEX", f"CAST({r}.i AS DECIMAL(38,0))", INTEGER),
            ("VALUE", f"{r}.v", VARIANT),
            ("THIS", f"{r}.t", VARIANT),
        )
    ]
    columns = [attrs.evolve(col, name=names[i]) if i < len(names) else col for i, col in enumerate(columns)]
    return _unnested(t, {"r": f"sf_flatten({arguments})"}, physical), Source(name or "", columns)


def _unnested(t: Translator, lists: dict[str, str], physical: str) -> str:
    """SQL of what makes several rows of one, alone after FROM: of the members of lists. The number of the row that
    they are made of is `q`."""
    shown = ", ".join(f"unnest({sql}) AS {name}" for name, sql in lists.items())
    sql = f"LATERAL (SELECT 1 AS q, {shown}) AS {physical}"
    t.unnested[sql] = (lists, physical)
    return sql


def unnested_rows(t: Translator, left: str, right: str, *, outer: bool = False) -> str:
    """Each row of the left side with those that are made of it, in their order, which DuckDB's lateral joins don't
    keep.

    outer: a row of which none is made has one of NULLs. What the sources before are called in DuckDB's SQL changes.
    """
    members, physical = t.unnested[right]
    lists = ", ".join(
        f"unnest(CASE WHEN len({sql}) > 0 THEN {sql} ELSE [NULL] END) AS {name}"
        if outer
        else f"unnest({sql}) AS {name}"
        for name, sql in members.items()
    )
    shown: list[str] = []
    sources: list[Source] = []
    for source in t.scope.sources:
        columns: list[Column] = []
        for column in source.columns:
            shown.append(f"{column.value.sql} AS k{len(shown) + 1}")
            columns.append(Column(column.name, Value(f"{physical}.k{len(shown)}", column.value.type)))
        sources.append(attrs.evolve(source, columns=columns))
    t.scope.sources[:] = sources
    return f"(SELECT {', '.join([*shown, 'row_number() OVER () AS q', lists])} FROM {left}) AS {physical}"


def next_values(t: Translator, sql: str, name: str | None, names: Sequence[str]) -> tuple[str, Source]:
    """GETNEXTVAL: the next number of a sequence in each row. sql: what asks the sequence."""
    physical = t.fresh()
    column = Column((*names, "NEXTVAL")[0], Value(f"{physical}.n", INTEGER))
    return _unnested(t, {"n": f"[{sql}]"}, physical), Source(name or "", [column])


def generator(t: Translator, c: Call, name: str | None) -> tuple[str, Source]:
    rows = argument(c, 0, "ROWCOUNT")
    physical = t.fresh()
    if rows is None and "TIMELIMIT" in c.named:
        raise unsupported("GENERATOR with a time limit alone")
    if rows is None and c.named:
        raise compilation("001003", "GENERATOR requires ROWCOUNT or TIMELIMIT.")
    count = casts.integer(t, t.value(rows)) if rows else "0"
    t.scope.pseudo["SEQ()"] = Value(f"{physical}.n", INTEGER)
    return f"range({count}) AS {physical}(n)", Source(name or "", [])


def split_to_table(t: Translator, c: Call, name: str | None, names: Sequence[str]) -> tuple[str, Source]:
    physical = t.fresh()
    text = as_text(t, c[0])
    if c.name == "SPLIT_TO_TABLE":
        pieces = f"string_split({text}, {as_text(t, c[1])})"
    else:
        pieces = f"sf_strtok_list({text}, {as_text(t, c[1]) if len(c) > 1 else quote(' ')})"
    sql = _unnested(t, {"i": f"range(1, len({pieces}) + 1)", "v": pieces}, physical)
    columns = [("SEQ", "q", INTEGER), ("INDEX", "i", INTEGER), ("VALUE", "v", VARCHAR)]
    made = [
        Column(
            names[i] if i < len(names) else shown,
            Value(f"CAST({physical}.{own} AS DECIMAL(38,0))" if kind == INTEGER else f"{physical}.{own}", kind),
        )
        for i, (shown, own, kind) in enumerate(columns)
    ]
    return sql, Source(name or "", made)
