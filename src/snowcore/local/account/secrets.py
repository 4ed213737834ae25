"""Secrets in what people send: passwords, keys and tokens, which no history, log or error tells."""

from __future__ import annotations

import re

_SIGNS = ("passw", "secret", "token", "_key", "passphrase", "private key", "://")
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
_TEXTS = re.compile(_TEXT, re.DOTALL | re.VERBOSE)


def without_secrets(text: str, *, failed: bool = False) -> str:
    """A text as others may read it. failed: it is a statement that was refused, in which a word may be misspelt."""
    if failed and _OF_USERS.match(text):
        text = _TEXTS.sub("'****'", text)
    small = text.lower()
    if not any(sign in small for sign in _SIGNS):
        return text
    text = _GIVEN.sub(r"\g<before>'****'", text)
    return _PRIVATE.sub(r"\1****", _IN_URL.sub(r"\1****\2", text))
