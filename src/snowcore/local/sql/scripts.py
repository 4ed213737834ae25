"""Texts of more than one statement: where one ends."""

from __future__ import annotations

import re
from itertools import pairwise

from ...engine.errors import syntax
from ...engine.parsing import Token, TokenType, parsed, readable, tokens_of
from ..tasks.definitions import BEGINNINGS
from .scripting.grammar import begins_block, end_of_block


def statements(text: str) -> list[str]:
    """The statements of a text, without the semicolons between them. A block is one statement."""
    text = readable(text)
    return _texts(text, split(tokens_of(text)))


_PARSED = {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "VALUES", "("}
_FIRST = (BEGINNINGS - {"FROM"}) | {"CASE", "CLOSE", "FETCH", "LOOP", "OPEN", "REPEAT"}
"""The first words of statements, with those that only a block has."""


def compiled(text: str) -> list[str]:
    """The statements of a text, none of which runs if it is known before that one of them is none."""
    text = readable(text)
    parts = split(tokens_of(text))
    for part in parts if len(parts) > 1 else []:
        first, last = part[0], part[-1]
        word = first.text.upper()
        if word not in _FIRST:
            at = first.start - text.rfind("\n", 0, first.start) - 1
            raise syntax(f"syntax error line {first.line} at position {at} unexpected '{first.text}'.")
        if word in _PARSED and all(token.token_type != TokenType.DARROW for token in part):
            # What is before it is left blank, so that the error tells where it is in the whole text.
            parsed(re.sub(r"\S", " ", text[: first.start]) + text[first.start : last.end + 1])
    return _texts(text, parts)


def split(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each statement."""
    parts: list[list[Token]] = [[]]
    at = 0
    while at < len(tokens):
        # A block opens a statement, or follows the AS of a task or a procedure, or is what an alert does.
        opens = not parts[-1] or tokens[at - 1].token_type == TokenType.ALIAS or _ends_before_action(parts[-1])
        end = end_of_block(tokens, at) if opens and begins_block(tokens, at) else at + 1
        if tokens[at].token_type == TokenType.SEMICOLON:
            parts.append([])
        else:
            parts[-1] += tokens[at:end]
        at = end
    return [part for part in parts if part]


def _ends_before_action(tokens: list[Token]) -> bool:
    is_alert = any(token.text.upper() == "ALERT" for token in tokens[:4])
    return is_alert and tokens[-1].text.upper() in ("THEN", "ACTION")


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
    """Without SCOPED, which Snowpark says of what shall end with the session, RECURSIVE of a view, which is seen by its
    query, and MATERIALIZED of one that gets another name or comment."""
    words = [token.text.upper() for token in tokens[:40]]
    if words[:3] == ["ALTER", "MATERIALIZED", "VIEW"] and not {"SUSPEND", "RESUME", "CLUSTER", "CLUSTERING"} & {*words}:
        return text[: tokens[1].start] + text[tokens[1].end + 1 :]
    for token, after in pairwise(tokens[:5]):
        if (token.text.upper(), after.text.upper()) in _NEEDLESS:
            return " ".join((text[: token.start] + text[token.end + 1 :]).split(None, 6))
    return None


def again(text: str) -> tuple[str, list[Token]]:
    return text, tokens_of(text)


def _texts(text: str, parts: list[list[Token]]) -> list[str]:
    return [text[part[0].start : part[-1].end + 1] for part in parts]
