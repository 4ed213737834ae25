"""Temporary tables: Snowflake has them in a schema, seen by one session only; DuckDB has them beside all schemas."""

from __future__ import annotations

from typing import Any

from sqlglot import Expr, exp


class TemporaryTables:
    """Those of a session, called `DATABASE.SCHEMA.NAME` in DuckDB. They hide others of their name, as in Snowflake."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def resolved(self, statement: Expr, database: str | None, schema: str | None) -> Expr:
        """The statement with the temporary tables in it named as DuckDB has to call them."""
        created = self.created(statement)
        if created is None and not self._names:
            return statement
        for table in list(statement.find_all(exp.Table)):
            name = _full_name(table, database, schema)
            if table is created:
                table.set("this", exp.to_identifier(name, quoted=True))
                table.set("db", None)
                table.set("catalog", None)
            elif name in self._names:
                if not table.alias and not isinstance(
                    table.parent, (exp.Drop, exp.Alter, exp.Insert, exp.TruncateTable)
                ):
                    table.set("alias", exp.TableAlias(this=table.this.copy()))
                table.set("this", exp.to_identifier(name, quoted=True))
                table.set("db", exp.to_identifier("main", quoted=True))
                table.set("catalog", exp.to_identifier("temp", quoted=True))
        return statement

    def created(self, statement: Expr) -> exp.Table | None:
        """The temporary table or view that a statement creates."""
        if isinstance(statement, exp.Create) and statement.find(exp.TemporaryProperty):
            target = statement.this.this if isinstance(statement.this, exp.Schema) else statement.this
            return target if isinstance(target, exp.Table) else None
        return None

    def ran(self, statement: Expr) -> None:
        """Take note of what a resolved statement did."""
        if created := self.created(statement):
            self._names.add(created.name)
        elif isinstance(statement, exp.Drop):
            self._names -= {table.name for table in statement.find_all(exp.Table)}

    def holds(self, table: exp.Table, database: str | None, schema: str | None) -> bool:
        return _full_name(table, database, schema) in self._names


def _full_name(table: exp.Table, database: str | None, schema: str | None) -> str:
    return ".".join(canonical_parts(table, database, schema))


def canonical_parts(table: exp.Table, database: str | None, schema: str | None) -> tuple[str, str, str]:
    """A table's full name, given where bare names are looked up."""
    return (
        _canonical(table.args.get("catalog")) or database or "",
        _canonical(table.args.get("db")) or schema or "",
        _canonical(table.this) or "",
    )


def _canonical(part: Any) -> str | None:
    return None if part is None else part.name if part.args.get("quoted") else part.name.upper()
