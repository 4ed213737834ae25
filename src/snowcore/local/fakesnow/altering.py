"""ALTER TABLE on columns, as a change of a table's shape: DuckDB alters neither what has a CHECK nor adds NOT NULL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from sqlglot import Expr, exp

from ..errors import AccountError
from .shapes import Shape

Change = Callable[[list[Shape]], list[Shape]]


def column_change(statement: exp.Alter, shape_of: Callable[[Expr], Shape]) -> Change | None:
    """What a statement wants of the columns, or None. shape_of reads a column's definition."""
    actions: list[Any] = statement.args.get("actions") or []
    changes: list[Change] = []
    for action in actions:
        if isinstance(action, exp.ColumnDef):
            changes.append(_adding(shape_of(action), if_absent=bool(action.args.get("exists"))))
        elif isinstance(action, exp.Drop) and action.kind == "COLUMN":
            names = [_name(column) for column in action.args["tables"]]
            changes.append(_dropping(names, if_present=bool(action.args.get("exists"))))
        elif isinstance(action, exp.AlterColumn):
            changes.append(_altering(action, shape_of))
        else:
            return None

    def change(columns: list[Shape]) -> list[Shape]:
        for one in changes:
            columns = one(columns)
        return columns

    return change if changes else None


def _adding(new: Shape, *, if_absent: bool) -> Change:
    def change(columns: list[Shape]) -> list[Shape]:
        if all(column.name.upper() != new.name.upper() for column in columns):
            return [*columns, new]
        if if_absent:
            return columns
        raise AccountError(400, "001430", "42601", f"SQL compilation error:\ncolumn '{new.name}' already exists")

    return change


def _dropping(names: list[str], *, if_present: bool) -> Change:
    def change(columns: list[Shape]) -> list[Shape]:
        if not if_present:
            for name in names:
                _find(columns, name)
        return [column for column in columns if column.name not in names]

    return change


def _altering(action: exp.AlterColumn, shape_of: Callable[[Expr], Shape]) -> Change:
    name, args = _name(action.this), action.args

    def change(columns: list[Shape]) -> list[Shape]:
        at = _find(columns, name)
        column = columns[at]
        if kind := args.get("dtype"):
            new = shape_of(exp.ColumnDef(this=action.this.copy(), kind=kind.copy()))
            column = attrs.evolve(column, type=new.type, length=new.length)
        if "allow_null" in args:
            column = attrs.evolve(column, nullable=bool(args["allow_null"]))
        if default := args.get("default"):
            column = attrs.evolve(column, default=default.sql(dialect="duckdb"))
        elif args.get("drop") and "allow_null" not in args:
            column = attrs.evolve(column, default=None)
        return [*columns[:at], column, *columns[at + 1 :]]

    return change


def _find(columns: list[Shape], name: str) -> int:
    for at, column in enumerate(columns):
        if column.name == name:
            return at
    raise AccountError(400, "000904", "42000", f"SQL compilation error:\ninvalid identifier '{name}'")


def _name(column: Any) -> str:
    identifier = column.this if isinstance(column, exp.Column) else column
    return identifier.name if identifier.args.get("quoted") else identifier.name.upper()
