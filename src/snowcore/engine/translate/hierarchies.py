"""START WITH … CONNECT BY: a recursive query whose rows know their level, their root and the way to them."""

from __future__ import annotations

import attrs
from sqlglot import exp

from ..errors import EngineError, compilation
from ..types import BOOLEAN, INTEGER, VARCHAR
from .casts import as_text, raising
from .conditions import condition
from .core import Call, Column, Scope, Source, Translator, Value, check, function, rule

_DEEPEST = 5_000
"""Levels after which rows are taken to lead back to themselves."""
_ENDLESS = EngineError("100189", "22000", f"Recursion exceeded max iteration count ({_DEEPEST}).")


def connect(t: Translator, sql: str, node: exp.Expr) -> str:
    """The SQL after FROM, and the scope's sources, of a SELECT with CONNECT BY."""
    clause = node.args["connect"]
    check(clause)
    scope = t.scope
    sources = list(scope.sources)
    table, previous = t.fresh("w"), t.fresh()
    values = [c.value for s in sources for c in s.columns]

    def moved(physical: str, letter: str) -> list[Source]:
        """The sources, whose columns now are those of the recursive query."""
        places = iter(range(1, len(values) + 1))
        return [
            attrs.evolve(
                s,
                columns=[Column(c.name, Value(f"{physical}.{letter}{next(places)}", c.value.type)) for c in s.columns],
            )
            for s in sources
        ]

    paths = [_path_parts(t, call) for call in _paths(node)]
    scope.pseudo["LEVEL"] = Value("CAST(1 AS DECIMAL(38,0))", INTEGER)
    start = clause.args.get("start")
    first = f" WHERE {condition(t, start)}" if start is not None else ""
    own = [v.sql for v in values]
    ways = [f"{separator} || {as_text(t, t.value(shown))}" for shown, separator in paths]
    columns = [f"k{i}" for i in range(1, len(own) + 1)]
    roots = [f"r{i}" for i in range(1, len(own) + 1)]
    names = ["lv", *columns, *roots, *(f"p{i}" for i in range(1, len(ways) + 1))]
    anchor = ", ".join(["1", *own, *own, *ways])
    scope.prior = Scope(parent=scope.parent, sources=moved(previous, "k"))
    level = f"({previous}.lv + 1)"
    scope.pseudo["LEVEL"] = Value(f"CAST({level} AS DECIMAL(38,0))", INTEGER)
    joined = condition(t, clause.args["connect"])
    ways_on = [f"{previous}.p{i} || {way}" for i, way in enumerate(ways, 1)]
    step = ", ".join([level, *own, *(f"{previous}.{r}" for r in roots), *ways_on])
    endless = raising(_ENDLESS, BOOLEAN).sql
    bounded = f"{joined} AND CASE WHEN {previous}.lv >= {_DEEPEST} THEN {endless} ELSE TRUE END"
    physical = t.fresh()
    scope.sources[:] = moved(physical, "k")
    scope.prior = None
    scope.roots = Scope(parent=scope.parent, sources=moved(physical, "r"))
    scope.pseudo["LEVEL"] = Value(f"CAST({physical}.lv AS DECIMAL(38,0))", INTEGER)
    for i, call in enumerate(_paths(node), 1):
        scope.pseudo[_key(call)] = Value(f"{physical}.p{i}", VARCHAR)
    below = f"SELECT {step} FROM {sql} JOIN {table} AS {previous} ON {bounded}"
    recursive = f"{table}({', '.join(names)}) AS (SELECT {anchor} FROM {sql}{first} UNION ALL {below})"
    return f"(WITH RECURSIVE {recursive} SELECT * FROM {table}) AS {physical}"


def _paths(node: exp.Expr) -> list[exp.Anonymous]:
    """The different calls of SYS_CONNECT_BY_PATH in a SELECT."""
    found: dict[str, exp.Anonymous] = {}
    parts = [*node.expressions, node.args.get("where"), node.args.get("order"), node.args.get("qualify")]
    for part in parts:
        for call in part.find_all(exp.Anonymous) if isinstance(part, exp.Expr) else ():
            if call.name.upper() == "SYS_CONNECT_BY_PATH":
                found.setdefault(_key(call), call)
    return list(found.values())


def _key(call: exp.Anonymous) -> str:
    return f"SYS_CONNECT_BY_PATH {call.sql(dialect='snowflake')}"


def _path_parts(t: Translator, call: exp.Anonymous) -> tuple[exp.Expr, str]:
    if len(call.expressions) != 2:
        raise compilation(
            "000938",
            f"not enough arguments for function [{call.sql()}], expected 2, got {len(call.expressions)}",
            "22023",
        )
    return call.expressions[0], as_text(t, t.value(call.expressions[1]))


@function("SYS_CONNECT_BY_PATH", args=(2, 2))
def _way(c: Call) -> Value:
    key = _key(exp.Anonymous(this=c.name, expressions=list(c.nodes)))
    found = next((v for k, v in c.t.scope.pseudo.items() if k.upper() == key.upper()), None)
    if found is None:
        raise compilation("001003", "SYS_CONNECT_BY_PATH needs CONNECT BY.")
    return found


def _in_scope(t: Translator, scope: Scope | None, node: exp.Expr, word: str) -> Value:
    if scope is None:
        raise compilation("001003", f"{word} needs CONNECT BY.")
    with t.inside(scope):
        return t.value(node.this)


@rule(exp.Prior)
def _prior(t: Translator, node: exp.Expr) -> Value:
    return _in_scope(t, t.scope.prior, node, "PRIOR")


@rule(exp.ConnectByRoot)
def _root(t: Translator, node: exp.Expr) -> Value:
    return _in_scope(t, t.scope.roots, node, "CONNECT_BY_ROOT")
