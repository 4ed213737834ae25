"""Calls of users' functions in SQL: the body is written out, with the arguments in the place of their names.

The body sees its arguments and what is in its own database and schema, and nothing of the query that calls it.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from sqlglot import exp

from ..dialect import parse
from ..errors import compilation
from ..protocol import Routine
from ..types import parse as parse_type
from .casts import cast
from .core import Call, Column, Scope, Source, Translator, Value
from .protocol import Name, Names, Relation, RelationColumn
from .relations import subquery


def value_of(t: Translator, parts: Sequence[Name], call: Call) -> Value | None:
    """What a call comes to; None if there is no such function."""
    found = t.names.function(parts, [value.type for value in call.values], list(call.named))
    if found is None:
        return None
    routine, names = found
    if routine.returns is None:
        raise compilation("002141", f"Unknown function {routine.path[2]}: a table function stands after FROM.", "42601")
    values = _arguments(t, routine, names, call)
    kind = parse_type(routine.returns)
    with _inside(t, names, values):
        made = cast(t, t.value(_body(routine)), kind)
    nulls = [f"({value.sql}) IS NULL" for _, value in values] if routine.strict else []
    return Value(f"CASE WHEN NOT ({' OR '.join(nulls)}) THEN {made.sql} END", kind) if nulls else made


def rows_of(t: Translator, parts: Sequence[Name], call: Call) -> Relation | None:
    """What a table function gives; None if there is no such function."""
    if parts[-1].text == "RESULT_SCAN" or any(part.text == "INFORMATION_SCHEMA" for part in parts):
        return None
    found = t.names.function(parts, [value.type for value in call.values], list(call.named))
    if found is None or found[0].returns is not None:
        return None
    routine, names = found
    values = _arguments(t, routine, names, call)
    with _inside(t, names, values):
        made = subquery(t, parse(routine.body))
    if len(made.columns) != len(routine.columns):
        text = f"Declared return columns of function {routine.path[2]} are {len(routine.columns)}"
        raise compilation("002056", f"{text}, its query has {len(made.columns)}.")
    inner, columns, told = t.fresh(), list[str](), list[RelationColumn]()
    for at, (has, (name, type_)) in enumerate(zip(made.columns, routine.columns, strict=True), 1):
        value = cast(t, Value(f"{inner}.c{at}", has.type), parse_type(type_))
        columns.append(f"{value.sql} AS c{at}")
        told.append(RelationColumn(name, f"c{at}", value.type))
    return Relation(f"(SELECT {', '.join(columns)} FROM ({made.sql}) AS {inner})", told, "FUNCTION", "", "")


def _arguments(t: Translator, routine: Routine, names: Names, call: Call) -> list[tuple[str, Value]]:
    """The values of a function's arguments, in their types."""
    values: list[tuple[str, Value]] = []
    for at, (name, type_, default) in enumerate(routine.arguments):
        if at < len(call):
            value = call[at]
        elif name in call.named:
            value = t.value(call.named[name])
        else:
            with _inside(t, names, []):
                value = t.value(parse(f"SELECT {default}").expressions[0])
        values.append((name, cast(t, value, parse_type(type_))))
    return values


@contextmanager
def _inside(t: Translator, names: Names, arguments: Sequence[tuple[str, Value]]) -> Generator[None]:
    """Translate there: with a function's arguments for columns, and the names of its own schema."""
    outer, common, t.names, t.ctes = t.names, t.ctes, names, {}
    source = Source("", [Column(name, value) for name, value in arguments])
    try:
        with t.inside(Scope(sources=[source])):
            yield
    finally:
        t.names, t.ctes = outer, common


def _body(routine: Routine) -> exp.Expr:
    text = routine.body.strip().rstrip(";")
    node = parse(text if text.split(None, 1)[0].upper() in ("SELECT", "WITH") else f"SELECT {text}")
    return exp.Subquery(this=node) if text.split(None, 1)[0].upper() in ("SELECT", "WITH") else node.expressions[0]
