"""The names of what stands after FROM: each stands for one thing. Of these two have one name: `t a, u a`; `t, d.s.t`;
two subqueries without a name, which both go by `values`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlglot import exp

from ..errors import compilation
from .core import Translator, listed


def check_names(t: Translator, things: Iterable[exp.Expr]) -> None:
    """AccountError 002027 if two things that are read together have one name."""
    seen = set[str]()
    for thing in things:
        for name in _names(t, thing):
            if name in seen:
                raise compilation("002027", f"duplicate alias '{name}'", "42601")
            seen.add(name)


def _names(t: Translator, node: exp.Expr) -> Iterator[str]:
    """That of one thing, and of what is joined to it in the same parentheses."""
    if (name := _name(t, node)) is not None:
        yield name
    elif isinstance(node, exp.Subquery) and isinstance(node.this, (exp.Table, exp.Subquery)):
        yield from _names(t, node.this)
    for join in listed(node, "joins"):
        yield from _names(t, join.this)


def _name(t: Translator, node: exp.Expr) -> str | None:
    alias = node.args.get("alias")
    if pivots := listed(node, "pivots"):
        alias = pivots[-1].args.get("alias")
    if isinstance(alias, exp.TableAlias):
        alias = alias.this
    if isinstance(alias, exp.Identifier):
        return t.canonical(alias)
    this = node.this
    if alias is not None or pivots or node.args.get("match"):
        return None
    if isinstance(node, exp.Values) or isinstance(this, exp.Values):
        return "VALUES"
    if isinstance(this, exp.Query) and not isinstance(this, exp.Subquery):
        return "values"
    if isinstance(this, exp.Subquery) and isinstance(node, exp.Lateral):
        return "values"
    if isinstance(this, exp.Anonymous):
        called = this.expressions[0] if this.name.upper() == "TABLE" and this.expressions else this
        return called.name.upper() if isinstance(called, exp.Anonymous) and called.name.upper() in _KNOWN else None
    return t.canonical(this) if isinstance(this, exp.Identifier) else None


_KNOWN = ("FLATTEN", "GENERATOR", "SPLIT_TO_TABLE", "STRTOK_SPLIT_TO_TABLE")
