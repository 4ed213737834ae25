"""Texts of more than one statement: where one ends, and the plain BEGIN … END blocks of tasks."""

from __future__ import annotations

from itertools import pairwise

from ...engine.errors import syntax, unsupported
from ...engine.parsing import Token, TokenType, tokens_of

_CONTROL = {
    *("IF", "FOR", "WHILE", "REPEAT", "LOOP", "CASE", "LET", "DECLARE", "RAISE", "OPEN", "FETCH", "CLOSE", "BREAK"),
    *("CONTINUE", "EXCEPTION", "AWAIT", "ASYNC", "CANCEL", "NULL", "BEGIN"),
}


def statements(text: str) -> list[str]:
    """The statements of a text, without the semicolons between them. A block is one statement."""
    return _texts(text, split(tokens_of(text)))


def is_block(tokens: list[Token]) -> bool:
    """Whether this is BEGIN … END, and not the BEGIN of a transaction."""
    first, *after = [token.text.upper() for token in tokens[:2]] or [""]
    return first == "DECLARE" or (first == "BEGIN" and after not in ([], [";"], ["TRANSACTION"], ["WORK"], ["NAME"]))


def block(text: str) -> list[str]:
    """The statements in BEGIN … END. Control flow is not emulated, and refused."""
    tokens = tokens_of(text)
    while tokens[-1].token_type == TokenType.SEMICOLON:
        tokens.pop()
    if tokens[0].text.upper() != "BEGIN":
        raise unsupported("Snowflake Scripting beyond a plain list of statements (DECLARE)")
    if tokens[-1].text.upper() != "END":
        raise syntax("syntax error: a BEGIN block without its END.")
    inner = split(tokens[1:-1])
    for part in inner:
        if (first := part[0].text.upper()) in _CONTROL or any(token.text == ":=" for token in part):
            raise unsupported(f"Snowflake Scripting beyond a plain list of statements ({first})")
    return _texts(text, inner)


def split(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each statement."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for at, token in enumerate(tokens):
        word = token.text.upper() if token.token_type not in (TokenType.STRING, TokenType.IDENTIFIER) else ""
        # A block opens a text, or follows the AS of a task. In it, CASE has an END, too.
        before = parts[-1][-1].text.upper() if parts[-1] else "AS"
        if (word == "BEGIN" and before == "AS" and is_block(tokens[at:])) or (word == "CASE" and depth):
            depth += 1
        elif word == "END" and depth:
            depth -= 1
        if token.token_type == TokenType.SEMICOLON and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def flow(tokens: list[Token]) -> list[list[Token]]:
    """The statements of a chain `a ->> b ->> c`."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.token_type == TokenType.DARROW:
            parts.append([])
        else:
            parts[-1].append(token)
    if not all(parts):
        raise syntax("syntax error: '->>' without a statement on each side.")
    return parts


def chained(text: str, part: list[Token], before: list[str]) -> str:
    """A chain's statement, in which `FROM $1` is what the statement before answered.

    before: the query ids of those that ran.
    """
    out, end = "", part[0].start
    for word, mark, number in zip(part, part[1:], part[2:]):
        is_table = word.token_type in (TokenType.FROM, TokenType.JOIN) and mark.token_type == TokenType.PARAMETER
        if is_table and number.text.isdigit():
            if not 1 <= int(number.text) <= len(before):
                raise syntax(f"syntax error: ${number.text} is no statement before this one.")
            out += f"{text[end : mark.start]}TABLE(RESULT_SCAN('{before[-int(number.text)]}'))"
            end = number.end + 1
    return out + text[end : part[-1].end + 1]


_NEEDLESS = [("SCOPED", "TEMPORARY"), ("RECURSIVE", "VIEW")]


def without_needless_word(text: str, tokens: list[Token]) -> str | None:
    """Without SCOPED, which Snowpark says of what shall end with the session, and RECURSIVE of a view, which is seen by
    its query."""
    for token, after in pairwise(tokens[:5]):
        words = (token.text.upper(), after.text.upper())
        if words in _NEEDLESS:
            return " ".join((text[: token.start] + text[token.end + 1 :]).split(None, 6))
    return None


def again(text: str) -> tuple[str, list[Token]]:
    return text, tokens_of(text)


def _texts(text: str, parts: list[list[Token]]) -> list[str]:
    return [text[part[0].start : part[-1].end + 1] for part in parts]
