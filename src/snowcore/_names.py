"""Names: what SQL calls an identifier, alone or qualified."""

from __future__ import annotations

import re
from typing import NamedTuple

from .exceptions import InvalidIdentifierError

SPELLING = r'(?:"(?:[^"]|""){1,255}"|[A-Za-z_][A-Za-z0-9_$]{0,254})'
"""The pattern of an identifier: a plain word, or anything in double quotes."""
_QUALIFIED = re.compile(
    rf"(?:(?:(?P<database>{SPELLING})\.)?(?P<schema>{SPELLING})\.)?(?P<name>{SPELLING})(?P<signature>\(.*\))?"
)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")


class Parts(NamedTuple):
    """A name, taken apart: where it is, as far as it says, and the types of a function's or procedure's arguments."""

    database: str | None
    schema: str | None
    name: str
    signature: str | None

    def __str__(self) -> str:
        return ".".join(part for part in self[:3] if part) + (self.signature or "")


def split_name(text: str) -> Parts:
    """Take `name`, `schema.name` or `database.schema.name` apart. InvalidIdentifierError."""
    found = _QUALIFIED.fullmatch(text)
    if found is None:
        raise InvalidIdentifierError(text)
    return Parts(found["database"], found["schema"], found["name"], found["signature"])


def normalize(name: str) -> str:
    """A name as the server keeps it: plain in upper case, quoted as it is, anything else put in quotes."""
    if _PLAIN.fullmatch(name):
        return name.upper()
    return name if len(name) > 2 and name.startswith('"') and name.endswith('"') else quote_identifier(name)


def unquote(name: str) -> str:
    """A name as the server keeps it, without quotes. Two names with the same are names of one object."""
    name = normalize(name)
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def spell_identifier(text: str) -> str:
    """What SQL calls a stored name: the name itself, in quotes if it needs them."""
    return text if _PLAIN.fullmatch(text) and text == text.upper() else quote_identifier(text)


def quote_identifier(name: str) -> str:
    """A stored name in double quotes, whatever is in it, safe to put into SQL."""
    return '"' + name.replace('"', '""') + '"'


def quote_literal(text: str) -> str:
    """A text as SQL writes it. Nothing in the text can end the literal: quotes are doubled, and so are backslashes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
