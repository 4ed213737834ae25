"""The stages that a statement reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlglot import Expr, exp

from ..errors import AccountError, unsupported
from ..names import shown
from ..parsing import Token, TokenType
from .kinds import STAGE, place, table_path
from .reader import Reader

if TYPE_CHECKING:
    from . import SqlSession


def prepare(session: SqlSession, tokens: list[Token]) -> None:
    """Have the engine know the stages that a statement names."""
    transfers = tokens[0].text.upper() in ("PUT", "LIST", "LS", "COPY")
    for at, token in enumerate(tokens):
        if token.token_type == TokenType.PARAMETER and token.text == "@":
            if not transfers:
                raise unsupported("queries on staged files; COPY INTO loads them into a table")
            _have(session, Reader("", tokens[at + 1 :]))
        elif transfers and token.token_type == TokenType.STRING and token.text.startswith("@"):
            _have(session, Reader(token.text[1:]))


def empty(session: SqlSession, where: Mapping[str, str]) -> None:
    """A stage of this name is gone, or begins anew."""
    engine: Any = session.account.engine
    if engine.stage(table_path(where), None):
        engine.stage(table_path(where), "")


def _have(session: SqlSession, reader: Reader) -> None:
    if reader.peek() in ("~", "%"):  # which belong to a user or a table
        return
    name = reader.path()
    where = place(session, STAGE, name, "this statement")
    engine: Any = session.account.engine
    try:
        found = session.perform("stage", "fetch", where)
    except AccountError:
        if engine.stage(table_path(where), None):  # a temporary one
            return
        text = f"SQL compilation error:\nStage '{'.'.join(map(shown, name))}' does not exist or not authorized."
        raise AccountError(404, "002003", "02000", text) from None
    engine.stage(table_path(where), found["created_on"])


def unquoted_target(statement: Expr) -> Expr:
    """PUT … '@stage', as Snowpark writes it: fakesnow takes it only without the quotes."""
    if isinstance(statement, exp.Put):
        statement.set("target", exp.Var(this=statement.args["target"].name.strip("'")))
    return statement
