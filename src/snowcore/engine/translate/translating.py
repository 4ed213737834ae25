"""The way into translation, with all rules."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import attrs
from sqlglot import Expr, exp

from ..dialect import parse, room
from ..protocol import Moment
from ..types import NULL, VARCHAR, DataType
from . import casts, past, refusals, relations
from .changes import change, takes_batch
from .core import FUNCTIONS, Translator, Value
from .protocol import Change, Names, Translation
from .runtime import install

_FILLED_BY = (
    "addresses",
    "aggregates",
    "bits",
    "casts",
    "ciphers",
    "code",
    "conditions",
    "context",
    "dates",
    "encodings",
    "generation",
    "geography",
    "hexagons",
    "hierarchies",
    "lambdas",
    "markup",
    "matching",
    "moments",
    "numbers",
    "numerals",
    "patterns",
    "refusals",
    "relations",
    "searching",
    "semistructured",
    "shapes",
    "sketches",
    "structures",
    "tables",
    "text",
    "vectors",
    "windows",
)
"""The modules that fill the tables of rules and functions when they are imported."""
for _module in _FILLED_BY:
    import_module(f".{_module}", __package__)

_CHANGES = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.MultitableInserts)


def translate(
    statement: str | Expr,
    names: Names,
    binds: Sequence[DataType] = (),
    *,
    batch: bool = False,
    tracing: bool = False,
) -> Translation | Change:
    """A query, or a change of rows, in DuckDB's SQL. binds: the types of what `?` and `:1` stand for, in order.

    batch: whether they stand for lists of values, each for a row more, of a statement that `takes_batch`. tracing:
    whether the query gives, as its last column, the identity of its rows.

    Raises EngineError for what Snowflake refuses, and for what is not emulated.
    """
    node = parse(statement) if isinstance(statement, str) else statement
    t = Translator(names, binds)
    t.batch = t.fresh("b") if batch else ""
    t.tracing = tracing
    t.marks = bool(node.meta.get("marks"))
    with room(node.meta.get("frames", 0)):
        if isinstance(node, _CHANGES):
            return change(t, node)
        made = relations.query(t, node)
    columns = [attrs.evolve(one, type=VARCHAR) if one.type == NULL else one for one in made.columns]
    return Translation(made.sql, columns, t.called)


def default_value(text: str, kind: DataType, names: Names) -> str:
    """DuckDB's SQL of a column's default, in the column's type."""
    node = parse(f"SELECT {text}")
    t = Translator(names)
    return casts.assign(t, t.value(node.expressions[0]), kind).sql


def default_type(text: str, names: Names) -> DataType:
    """The type that a column's default has by itself."""
    return Translator(names).value(parse(f"SELECT {text}").expressions[0]).type


def moment(said: Expr, names: Names) -> Moment:
    """What AT or BEFORE says."""
    return past.moment(Translator(names), said)


def fitted(sql: str, source: DataType, kind: DataType, names: Names) -> str:
    """DuckDB's SQL of a value of one type as it is put into a column of another."""
    return casts.assign(Translator(names), Value(sql, source), kind).sql


__all__ = ["FUNCTIONS", "install", "refusals", "takes_batch"]
"""What is from other modules."""
