"""The names of a query's columns: Snowflake's name of an expression is its text in upper case."""

from __future__ import annotations

from sqlglot import Expr, exp

from ..parsing import Token, TokenType, tokens_of

_NAMED = (exp.Column, exp.Star, exp.Alias, exp.Aliases, exp.Columns)
_ENDS = {
    *("FROM", "WHERE", "GROUP", "HAVING", "QUALIFY", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH"),
    *("UNION", "EXCEPT", "INTERSECT", "MINUS", ";"),
}


def named(statement: Expr, text: str) -> Expr:
    """Give every expression that a query selects the name that Snowflake would."""
    for select in list(statement.find_all(exp.Select)):
        texts = _texts(text, select) if select is _outermost(statement) else None
        for at, projection in enumerate(select.selects):
            if isinstance(projection, _NAMED) or not _is_seen(select):
                continue
            name = texts[at] if texts else projection.sql(dialect="snowflake").upper()
            projection.replace(exp.alias_(projection.copy(), name, quoted=True))
    return statement


def _outermost(statement: Expr) -> Expr | None:
    """The SELECT that names the columns."""
    query = statement.expression if isinstance(statement, (exp.Create, exp.Insert)) else statement
    while isinstance(query, (exp.SetOperation, exp.Subquery)):
        query = query.this
    return query if isinstance(query, exp.Select) else None


def _is_seen(select: exp.Select) -> bool:
    """Whether somebody can ask for its columns by name: not in IN (SELECT …) and the like."""
    parent = select.parent
    if isinstance(parent, exp.Subquery):
        parent = parent.parent
    return parent is None or isinstance(parent, (exp.From, exp.Join, exp.CTE, exp.SetOperation, exp.Create))


def _texts(text: str, select: exp.Select) -> list[str] | None:
    """The texts of what the outermost SELECT selects; None if they can't be told apart for sure."""
    tokens = tokens_of(text)
    at = next((at for at, token in _outside(tokens) if token.token_type == TokenType.SELECT), None)
    if at is None:
        return None
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens[at + 1 :]:
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.text, 0)
        if depth < 0 or (not depth and token.text.upper() in _ENDS and token.token_type != TokenType.STRING):
            break
        if token.token_type == TokenType.COMMA and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    if parts[0] and parts[0][0].text.upper() in ("DISTINCT", "ALL"):
        parts[0].pop(0)
    if len(parts) != len(select.selects) or not all(parts) or parts[0][0].text.upper() == "TOP":
        return None
    return [text[part[0].start : part[-1].end + 1].upper() for part in parts]


def _outside(tokens: list[Token]) -> list[tuple[int, Token]]:
    """The tokens outside of brackets."""
    found: list[tuple[int, Token]] = []
    depth = 0
    for at, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.token_type != TokenType.STRING else 0
        if not depth:
            found.append((at, token))
    return found
