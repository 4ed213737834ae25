"""Statements, mended where fakesnow or DuckDB would answer them otherwise than Snowflake."""

from __future__ import annotations

import secrets
from typing import Any

from sqlglot import Expr, exp

from ..errors import unsupported
from ..names import qualified
from .shapes import HIGHEST, LOWEST, OWN


def mended(statement: Expr) -> Expr:
    return statement.transform(_mend)


def _mend(node: Expr) -> Expr:
    mend = _MENDS.get(type(node))
    return node if mend is None else mend(node)


def _division(node: Any) -> Expr:
    """DuckDB divides by zero without a word."""
    divisor = node.expression
    if isinstance(divisor, exp.Literal) and divisor.to_py():
        return node
    complaint = exp.Anonymous(this="error", expressions=[exp.Literal.string("Division by zero")])
    is_zero = exp.EQ(this=divisor.copy(), expression=exp.Literal.number(0))
    guard = exp.Case(ifs=[exp.If(this=is_zero, true=complaint)], default=divisor.copy())
    node.set("expression", exp.Paren(this=guard))
    return node


def _aggregate(node: Any) -> Expr:
    """fakesnow casts what is summed to DOUBLE, which makes 3.0 of the integer 3: hide the function from it."""
    name: str = node.sql_names()[0]
    return exp.Anonymous(this=name, expressions=[node.this])


def _text_cast(node: Any) -> Expr:
    """A cast to VARCHAR(n) cuts."""
    length = text_length(node.args["to"])
    return node if length is None else exp.Left(this=node, expression=exp.Literal.number(length))


def _window(node: Any) -> Expr:
    """ROW_NUMBER() OVER (ORDER BY SEQ8()), Snowpark's: fakesnow makes a window function of the SEQ8."""
    order = node.args.get("order")
    if order is not None and order.find(exp.Seq1, exp.Seq2, exp.Seq4, exp.Seq8):
        node.set("order", None)
    return node


# Names that are words of DuckDB's grammar, and plain names in Snowflake's.
_WORDS = {
    "analyse",
    "analyze",
    "anti",
    "array",
    "asc",
    "asof",
    "asymmetric",
    "at",
    "authorization",
    "binary",
    "both",
    "collate",
    "collation",
    "concurrently",
    "deferrable",
    "desc",
    "describe",
    "do",
    "end",
    "fetch",
    "foreign",
    "freeze",
    "glob",
    "initially",
    "isnull",
    "lambda",
    "lateral",
    "leading",
    "limit",
    "notnull",
    "offset",
    "only",
    "outer",
    "overlaps",
    "pivot",
    "pivot_longer",
    "pivot_wider",
    "placing",
    "positional",
    "primary",
    "references",
    "returning",
    "semi",
    "show",
    "similar",
    "summarize",
    "symmetric",
    "trailing",
    "unpack",
    "unpivot",
    "variadic",
    "verbose",
    "window",
}


def _name(node: Any) -> Expr:
    if not node.args.get("quoted") and node.name.lower() in _WORDS:
        return exp.Identifier(this=node.name.upper(), quoted=True)
    return node


def _next_number(node: Any) -> Expr:
    """`numbers.nextval`, of which fakesnow sees the last name only, without its quotes."""
    if node.name.upper() != "NEXTVAL" or not node.table:
        return node
    parts = (node.args.get("catalog"), node.args.get("db"), node.args["table"])
    path = qualified(*(_canonical(part) for part in parts if part is not None))
    number = exp.Anonymous(this="nextval", expressions=[exp.Literal.string(path)])
    return exp.alias_(number, "NEXTVAL") if isinstance(node.parent, exp.Select) else number


# CREATE TABLE


def _create(node: Any) -> Expr:
    make = {"TABLE": _new_table, "SEQUENCE": numbered}.get(node.kind)
    return node if make is None else make(node)


def numbered(sequence: exp.Create) -> exp.Create:
    """Snowflake's sequences begin anywhere, and at 1 if nothing is said; DuckDB's within bounds that the step sets."""
    counts = sequence.find(exp.SequenceProperties)
    if counts is None:
        counts = exp.SequenceProperties()
        sequence.set("properties", exp.Properties(expressions=[counts]))
    for name, number in (("start", 1), ("minvalue", LOWEST), ("maxvalue", HIGHEST)):
        if counts.args.get(name) is None:
            counts.set(name, exp.Literal(this=str(number), is_string=False))
    return sequence


def with_its_sequence(table: exp.Create) -> list[Expr]:
    """What makes a table: for a column that numbers its rows, first the sequence behind it."""
    if not isinstance(table.this, exp.Schema) or table.kind != "TABLE":
        return [table]
    numbering = [found for column in table.this.expressions for found in column.find_all(*_NUMBERING)]
    if not numbering:
        return [table]
    if len(numbering) > 1:
        raise unsupported("more than one AUTOINCREMENT column in a table")
    of_table, name = table.this.this, f"{OWN}{secrets.token_hex(8)}"
    counts = exp.SequenceProperties()
    for part in ("start", "increment"):
        if number := numbering[0].args.get(part):
            counts.set(part, number.copy())
    home = {part: of_table.args[part].copy() for part in ("db", "catalog") if of_table.args.get(part)}
    sequence = exp.Create(
        this=exp.Table(this=exp.to_identifier(name, quoted=True), **home),
        kind="SEQUENCE",
        properties=exp.Properties(expressions=[counts]),
    )
    number = exp.Anonymous(this="nextval", expressions=[exp.Literal.string(qualified(name))])
    numbering[0].replace(exp.DefaultColumnConstraint(this=number))
    return [numbered(sequence), table]


def _new_table(node: Any) -> Expr:
    """Snowflake notes keys without minding them, and minds a VARCHAR's length; DuckDB does the opposite."""
    if properties := node.args.get("properties"):
        kept = [one for one in properties.expressions if isinstance(one, (exp.TemporaryProperty, exp.LikeProperty))]
        node.set("properties", exp.Properties(expressions=kept) if kept else None)
    if isinstance(node.this, exp.Schema):
        keys = {_canonical(name) for key in node.this.find_all(exp.PrimaryKey) for name in key.expressions}
        columns = [column for column in node.this.expressions if isinstance(column, exp.ColumnDef)]
        for column in columns:
            column.set("constraints", _constraints(column, in_key=_canonical(column.this) in keys))
        node.this.set("expressions", columns)
    return node


_NUMBERING = (exp.AutoIncrementColumnConstraint, exp.GeneratedAsIdentityColumnConstraint)
_NOT_MINDED = (exp.PrimaryKeyColumnConstraint, exp.UniqueColumnConstraint, exp.Reference, exp.CommentColumnConstraint)


def _constraints(column: exp.ColumnDef, *, in_key: bool) -> list[exp.ColumnConstraint]:
    kinds: list[Any] = [constraint.kind for constraint in column.constraints]
    kept = [kind for kind in kinds if not isinstance(kind, _NOT_MINDED)]
    in_key = in_key or any(isinstance(kind, exp.PrimaryKeyColumnConstraint) for kind in kinds)
    if in_key and not any(isinstance(kind, exp.NotNullColumnConstraint) for kind in kinds):
        kept.append(exp.NotNullColumnConstraint())
    if length := text_length(column.kind):
        measured = exp.Length(this=exp.Column(this=column.this.copy()))
        check = exp.LTE(this=measured, expression=exp.Literal.number(length))
        kept.append(exp.CheckColumnConstraint(this=check))
    return [exp.ColumnConstraint(kind=kind) for kind in kept]


def text_length(kind: Any) -> int | None:
    """How long a text of that type may be, if the type says so."""
    if kind is None or kind.this not in exp.DataType.TEXT_TYPES or not kind.expressions:
        return None
    return int(kind.expressions[0].name)


def _canonical(name: Any) -> str:
    return name.name if name.args.get("quoted") else name.name.upper()


# MERGE


def _merge(node: Any) -> Expr:
    """DuckDB's own MERGE instead of fakesnow's, which knows plain columns only."""
    node.set("returning", exp.Returning(expressions=[exp.column("merge_action")]))
    for clause in node.args["whens"].expressions:
        change: Any = clause.args["then"]
        set_: list[Any] = [one.this for one in change.expressions] if isinstance(change, exp.Update) else []
        listed: list[Any] = change.this.expressions if isinstance(change, exp.Insert) and change.this else []
        for column in (one for one in [*set_, *listed] if isinstance(one, exp.Column)):
            column.replace(exp.column(column.this.copy()))
    return node


def merge_parts(statement: exp.Merge) -> list[str]:
    """What a MERGE counts, in the order in which Snowflake tells."""
    changes = [clause.args["then"] for clause in statement.args["whens"].expressions]
    kinds = {change.key.upper() if isinstance(change, (exp.Update, exp.Insert)) else "DELETE" for change in changes}
    return [kind for kind in ("INSERT", "UPDATE", "DELETE") if kind in kinds]


_MENDS: dict[type[Expr], Any] = {
    exp.Column: _next_number,
    exp.Create: _create,
    exp.Identifier: _name,
    exp.Merge: _merge,
    exp.Window: _window,
    **dict.fromkeys((exp.Div, exp.Mod), _division),
    **dict.fromkeys((exp.Cast, exp.TryCast), _text_cast),
    **dict.fromkeys((exp.Sum, exp.Avg, exp.Median, exp.Variance), _aggregate),
    **dict.fromkeys((exp.Stddev, exp.StddevPop, exp.StddevSamp), _aggregate),
}
