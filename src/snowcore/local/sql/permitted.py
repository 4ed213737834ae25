"""What a statement needs that the engine alone runs, beside the privileges on what it reads and changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import Expr, exp

from ...engine.errors import AccountError, missing
from ...engine.names import shown
from ...engine.protocol import TablePath
from ..objects import securables
from ..objects.securables import KINDS, Securable
from . import tables

if TYPE_CHECKING:
    from . import SqlSession

_MADE = ("TABLE", "VIEW", "SEQUENCE", "FILE FORMAT")


def check(session: SqlSession, statement: Expr) -> None:
    """AccountError unless the session may do what a statement says, as far as its first words tell."""
    try:
        _check(session, statement)
    except AccountError as error:
        if error.code == "002003":
            error.message = f"SQL compilation error:\n{error.message}"
        raise


def _check(session: SqlSession, statement: Expr) -> None:
    kind = str(statement.args.get("kind") or "").upper()
    if isinstance(statement, (exp.Create, exp.Alter)):
        for reference in statement.find_all(exp.Reference):
            _need(session, "REFERENCES", "TABLE", reference.find(exp.Table), "REFERENCES")
    if isinstance(statement, exp.Create):
        _check_making(session, statement, kind)
    elif isinstance(statement, exp.TruncateTable):
        _need(session, "TRUNCATE", "TABLE", statement.expressions[0], "TRUNCATE TABLE")
    elif isinstance(statement, exp.Copy) and isinstance(statement.this, (exp.Table, exp.Schema)):
        target = statement.this.this if isinstance(statement.this, exp.Schema) else statement.this
        if isinstance(target, exp.Table) and isinstance(target.this, exp.Identifier):
            _need(session, "INSERT", "TABLE", target, "COPY INTO")
    elif isinstance(statement, exp.Drop) and kind in _MADE:
        _need(session, "OWNERSHIP", kind, (statement.args.get("tables") or [statement.this])[0], f"DROP {kind}")
    elif isinstance(statement, exp.Alter) and kind in _MADE:
        _need(session, "OWNERSHIP", kind, statement.this, f"ALTER {kind}")
    elif isinstance(statement, exp.Comment) and kind in ("TABLE", "VIEW"):
        _need(session, "OWNERSHIP", kind, statement.this, "COMMENT")
    elif isinstance(statement, exp.Comment) and kind == "COLUMN" and statement.this.args.get("table"):
        parts = {key: statement.this.args.get(key) for key in ("catalog", "db")}
        _need(session, "OWNERSHIP", "TABLE", exp.Table(this=statement.this.args["table"], **parts), "COMMENT")


def need_to_see(session: SqlSession, path: TablePath) -> None:
    """AccountError 002003 for a table or view that the session doesn't see."""
    if not session.rights.manages and not session.engine.is_temporary(path):
        _found(session, "TABLE", path)


def need_of_stage(session: SqlSession, path: TablePath, privilege: str, kind: str = "STAGE") -> None:
    """AccountError unless the session may read a stage, or write to it."""
    found = _found(session, kind, path)
    if found is not None and not session.rights.has("USAGE", found):
        session.rights.need(privilege, found)


def _check_making(session: SqlSession, statement: exp.Create, kind: str) -> None:
    if kind not in _MADE:
        return
    target = tables.target(statement)
    if not isinstance(target, exp.Table):
        return
    path = tables.path_of(session, target, f"CREATE {kind}")
    if path.schema == "INFORMATION_SCHEMA":
        return
    schema = securables.need(session.account, KINDS["SCHEMA"], (path.database, path.schema))
    if kind == "TABLE" and session.engine.creates_temporary(statement):
        session.rights.need_to_see(schema)  # for a temporary table, Snowflake asks for no more
    else:
        more = "ICEBERG " if statement.find(exp.IcebergProperty) else ""
        more = "MATERIALIZED " if statement.find(exp.MaterializedProperty) else more
        session.rights.need(f"CREATE {more}{kind}", schema)
    if (model := statement.args.get("clone") or statement.find(exp.LikeProperty)) is not None:
        _need(session, "SELECT" if kind in ("TABLE", "VIEW") else "USAGE", kind, model.this, f"CREATE {kind}")
    if statement.args.get("replace") and not session.engine.is_temporary(path):
        old = _found(session, kind, path)
        if old is not None and not session.engine.creates_temporary(statement):
            session.rights.need("OWNERSHIP", old)


def _need(session: SqlSession, privilege: str, kind: str, name: Any, statement: str) -> None:
    if not isinstance(name, exp.Table):
        return
    path = tables.path_of(session, name, statement)
    if not session.engine.is_temporary(path) and (found := _found(session, kind, path)) is not None:
        session.rights.need(privilege, found)


def _found(session: SqlSession, kind: str, path: TablePath) -> Securable | None:
    """What a statement names; None if it isn't there, which the statement itself says."""
    kinds, whole = securables.LIKE_TABLES if kind in ("TABLE", "VIEW") else [KINDS[kind]], attrs.astuple(path)
    try:
        found = securables.need_first(session.account, kinds, whole)
    except AccountError as error:
        if error.status == 404:
            return None
        raise
    if not session.rights.sees(found):
        raise missing(kind.lower(), ".".join(map(shown, whole)))  # whatever kind of table it is
    return found
