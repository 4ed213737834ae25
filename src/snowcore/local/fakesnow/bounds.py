"""What a statement may touch: stages and tables, but no other files, and nothing that the engine keeps for itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlglot import Expr, exp

from ..errors import AccountError, unsupported
from ..names import shown
from .instance import GLOBAL
from .temporary import canonical_parts

RESERVED_DATABASES = {"MEMORY", "SYSTEM", "TEMP", GLOBAL.upper()}
RESERVED_SCHEMAS = {"MAIN", "PG_CATALOG"}
_INFORMATION = ("INFORMATION_SCHEMA", "_FS_INFORMATION_SCHEMA")


def is_reserved(name: str) -> bool:
    """Whether only the engine itself calls things so. DuckDB doesn't tell upper case from lower."""
    return name.upper().startswith(("_FS_", "_SNOWCORE_"))


def check(statement: Expr, database: str | None, schema: str | None) -> None:
    """AccountError if a statement of a user goes too far. Bare names are looked up in this database and schema."""
    copies = isinstance(statement, exp.Copy)
    for source in statement.args["files"] if copies else ():
        if not source.find(exp.Table, exp.Var, exp.Literal).name.startswith("@"):
            raise unsupported("COPY INTO from or to anything but a stage")
    for table in statement.find_all(exp.Table, exp.Lateral):
        if isinstance(table.this, (exp.Anonymous, exp.ReadCSV, exp.ReadParquet)):  # DuckDB's, of which some read files
            name = table.this.name.upper() if isinstance(table.this, exp.Anonymous) else table.this.sql_name()
            raise AccountError(400, "002140", "42601", f"SQL compilation error:\nUnknown table function {name}.")
        if not table.args.get("db") and "/" in table.name and "." in table.name and not table.name.startswith("@"):
            raise unsupported(f"a bare name like a file's, such as {shown(table.name)}; put its schema before it")
    for target in _targets(statement):
        _check_target(target, database, schema)


def _targets(statement: Any) -> Iterator[exp.Table]:
    """The tables, views and other things that a statement makes, changes or drops."""
    if isinstance(statement, (exp.Query, exp.Put, exp.ListStage)):
        return
    parts = [statement.this, *(statement.args.get("tables") or ()), *(statement.args.get("actions") or ())]
    if isinstance(statement, exp.TruncateTable):
        parts = statement.expressions
    for part in parts:
        if isinstance(part, Expr):
            yield from part.find_all(exp.Table)


def _check_target(table: exp.Table, database: str | None, schema: str | None) -> None:
    names = canonical_parts(table, database, schema)
    if names[1].upper() in _INFORMATION:
        text = f"SQL access control error:\nInsufficient privileges to operate on schema '{shown(names[1])}'."
        raise AccountError(403, "003001", "42501", text)
    if any(map(is_reserved, names)) or names[0].upper() in RESERVED_DATABASES or names[1].upper() in RESERVED_SCHEMAS:
        raise unsupported(f"changes of {'.'.join(map(shown, names))}, a name that it keeps for itself")
