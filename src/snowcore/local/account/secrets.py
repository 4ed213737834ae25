"""Secrets in what people send: passwords, keys and tokens, which no history, log or error tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from .catalog import Entry

_SIGNS = re.compile("crypt|passw|secret|token|_key|passphrase|private key|://")
"""What at least stands in a text with a secret, in small letters."""
_NAME = r"""\b(?!must_change_password)\w*
    (?:password|passphrase|secret|secret_string|secret_key|secret_access_key|aws_key_id|token|master_key|api_key|private_key)\b"""
_GAP = r"(?:\s++|/\*.{0,200}?\*/|--[^\n]*+(?:\n|\Z)){0,20}+"
"""Blanks and comments, not too many, so that no text takes long."""
_TEXT = r"""(?:\$\$.*?(?:\$\$|\Z) | ''+[^']+'+ | '(?:[^'\\]|''|\\.)*(?:'|\Z) | "(?:[^"]|"")*(?:"|\Z))"""
"""A text in any of its quotes, in a text that is itself quoted, or cut off."""
_GIVEN = re.compile(
    rf"""(?P<before> {_NAME} (?: {_GAP} (?:=>?) | ["']{_GAP}: | (?=\s){_GAP}(?={_TEXT}) ) {_GAP} )
    (?: {_TEXT} | \[[^\]]*\]? | \{{[^}}]*\}}? | [^\s,;()'"]\S* )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_IN_URL = re.compile(r"(://[^/\s:@']{0,200}:)[^\s'@]{1,500}(@)")
_PRIVATE = re.compile(r"(-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(?=-----END|['$]|\Z)", re.DOTALL)


_OF_USERS = re.compile(r"\s*(?:create|alter)\b.{0,60}?\b(?:user|secret)\b", re.IGNORECASE | re.DOTALL)
_OF_CIPHERS = re.compile(r"(?:en|de)crypt(?:_raw)?\b", re.IGNORECASE)
"""Functions that are given keys and what these hide: any text beside them may be one."""
_TEXTS = re.compile(_TEXT, re.DOTALL | re.VERBOSE)


def without_secrets(text: str, *, failed: bool = False) -> str:
    """A text as others may read it. failed: it is a statement that was refused, in which a word may be misspelt."""
    if (failed and _OF_USERS.match(text)) or _OF_CIPHERS.search(text):
        text = _TEXTS.sub("'****'", text)
    if not _SIGNS.search(text.lower()):
        return text
    text = _GIVEN.sub(r"\g<before>'****'", text)
    return _PRIVATE.sub(r"\1****", _IN_URL.sub(r"\1****\2", text))


VALUES = "values"
"""What of the state of a secret's entry is secret. No answer has it, since no document knows it, and no export."""


def values_of(entry: Entry) -> dict[str, str]:
    """What is in a secret, by the names of its parts."""
    told = {"username": str(entry.properties["username"])} if "username" in entry.properties else {}
    return {**told, **entry.state.get(VALUES, {})}


def row_without_values(columns: Sequence[str], row: Sequence[Any]) -> list[Any]:
    """A row of the catalog's objects, without what is in it if it is a secret."""
    told = dict(zip(columns, row, strict=True))
    if told["kind"] == "secret":
        told["state"] = orjson.dumps({k: v for k, v in orjson.loads(told["state"]).items() if k != VALUES}).decode()
    return list(told.values())
