"""Names that aren't what is written: IDENTIFIER(…), and quoted ones with QUOTED_IDENTIFIERS_IGNORE_CASE."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from snowcore._names import quote_identifier, quote_literal

from ...engine.late import late
from ...engine.names import shown, split
from ...engine.protocol import Batch

if TYPE_CHECKING:
    from ...engine import parsing
    from ...engine.parsing import Token
else:
    late(globals(), "...engine.parsing")

_OF_FILES = ("PUT", "GET", "LIST", "LS", "REMOVE", "RM")
"""The statements of which a bind can be no value, but a stage or a file."""
_TAKE_NAMES = ("IDENTIFIER", "INFER_SCHEMA", "INFORMATION_SCHEMA", "COPY")
"""What takes names, options and arguments that may be bound: in brackets, and behind => and =."""


def with_plain_names(
    text: str, parameters: Any, variables: Mapping[str, Any], *, ignore_case: bool
) -> tuple[str, list[Token], Any]:
    """A statement that says its names, its tokens, and the binds that are left for it."""
    tokens = parsing.tokens_of(text)
    first = tokens[0].text.upper() if tokens else ""
    of_files = first in _OF_FILES
    signs = ("=>", "=") if first == "COPY" else ("=>",)
    takes = any(token.text.upper() in _TAKE_NAMES or _is_table_bound(tokens, at) for at, token in enumerate(tokens))
    if not (ignore_case or of_files or takes):
        return text, tokens, parameters
    named = isinstance(parameters, (dict, Batch))
    given: list[Any] | None = None if named else list(cast("list[Any]", parameters or ()))
    changes: list[tuple[int, int, str]] = []
    binds = 0  # how many `?` that stand for values were passed
    at = 0
    while at < len(tokens):
        token, begun = tokens[at], at
        if token.token_type == parsing.TokenType.PLACEHOLDER and given and (of_files or tokens[at - 1].text in signs):
            changes.append((token.start, token.end + 1, quote_literal(str(given.pop(binds)))))
        elif token.token_type == parsing.TokenType.PLACEHOLDER:
            binds += 1
        elif token.token_type == parsing.TokenType.STRING and ignore_case and _names_format(tokens, at):
            changes.append((token.start, token.end + 1, quote_literal(token.text.upper())))
        elif token.token_type == parsing.TokenType.IDENTIFIER:
            if ignore_case:
                changes.append((token.start, token.end + 1, quote_identifier(token.text.upper())))
        elif _is_table_bound(tokens, at) or (
            token.text.upper() == "IDENTIFIER" and at + 1 < len(tokens) and tokens[at + 1].text == "("
        ):
            end = next((i for i in range(at + 2, min(at + 5, len(tokens))) if tokens[i].text == ")"), at)
            name = _named(tokens[at + 2 : end], given, binds, variables)
            if name is not None:
                parts = [part.upper() if ignore_case else part for part in split(name)]
                changes.append((token.start, tokens[end].end + 1, ".".join(map(shown, parts))))
                begun = end
        at = begun + 1
    for start, end, name in reversed(changes):
        text = text[:start] + name + text[end:]
    return text, parsing.tokens_of(text) if changes else tokens, cast("Any", parameters) if given is None else given


def _is_table_bound(tokens: list[Token], at: int) -> bool:
    """Whether `TABLE(?)` or `TABLE(:1)` stands there, a table by a name that is bound."""
    if tokens[at].text.upper() != "TABLE":
        return False
    match [one.text for one in tokens[at + 1 : at + 5]]:
        case ["(", "?", ")", *_]:
            return True
        case ["(", ":", number, ")"]:
            return number.isdigit()
        case _:
            return False


def _names_format(tokens: list[Token], at: int) -> bool:
    """Whether a text is the name of a file format."""
    return tokens[at - 1].text in ("=", "=>") and tokens[at - 2].text.upper() in ("FORMAT_NAME", "FILE_FORMAT")


def _named(inner: list[Token], given: list[Any] | None, binds: int, variables: Mapping[str, Any]) -> str | None:
    """The name that stands in the brackets, is bound there, or is a variable's value; None for anything else."""
    match [token.text for token in inner]:
        case [text] if inner[0].token_type == parsing.TokenType.STRING:
            return text
        case ["?"] if given is not None and binds < len(given):
            return str(given.pop(binds))
        case [":", number] if number.isdigit() and given is not None and int(number) <= len(given):
            return str(given[int(number) - 1])
        case ["$", name] if name.upper() in variables:
            return str(variables[name.upper()])
        case _:
            return None
