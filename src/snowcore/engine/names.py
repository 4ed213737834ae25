"""Identifiers, as SQL and REST write them: `abc` means ABC, `"abc"` means abc."""

from __future__ import annotations

import re

from snowcore._names import quote_identifier

from .errors import invalid, syntax

_PART = re.compile(r'"((?:[^"]|"")+)"|([^".\s][^".]*)')
_PLAIN = re.compile(r"[A-Z_][A-Z0-9_$]*")
_BARE = re.compile(r"[a-zA-Z_][a-zA-Z0-9_$]*")


def canonical(text: str) -> str:
    """The name itself: upper case, or what stands between the quotes."""
    parts = split(text)
    if len(parts) != 1:
        raise invalid(f"invalid identifier '{text}'", "000904", "42000")
    return parts[0]


def split(text: str) -> list[str]:
    """The canonical parts of a name that may be qualified, such as `db."my schema".t`."""
    parts: list[str] = []
    at = 0
    while True:
        found = _PART.match(text, at)
        if found is None:
            raise invalid(f"invalid identifier '{text}'", "000904", "42000")
        parts.append(found[1].replace('""', '"') if found[1] is not None else found[2].strip().upper())
        at = found.end()
        if at == len(text):
            return parts
        if text[at] != ".":
            raise invalid(f"invalid identifier '{text}'", "000904", "42000")
        at += 1


def need_length(name: str) -> None:
    """AccountError for a name that is too long for anything, or nothing."""
    if not name:
        raise syntax("Object name '' is empty.")
    if len(name) > 255:
        raise syntax(f"Object name '{name[:60]}…' exceeds maximum length limit of 255 characters.")


def shown(name: str) -> str:
    """A canonical name as one would write it: in quotes only where it needs them."""
    return name if _PLAIN.fullmatch(name) else quote_identifier(name)


def bare_or_quoted(name: str) -> str:
    """A canonical name as Snowflake's REST API answers it: bare if it has an identifier's form, in whatever case."""
    return name if _BARE.fullmatch(name) else quote_identifier(name)


def literal(text: object) -> str:
    """A text in apostrophes, safe to paste into SQL of DuckDB, to which a backslash is a sign like any other."""
    return "'" + str(text).replace("'", "''") + "'"


def qualified(*parts: str | None) -> str:
    """Canonical parts in quotes, joined by dots, safe to paste into SQL."""
    return ".".join(quote_identifier(part) for part in parts if part is not None)


def like(pattern: str) -> re.Pattern[str]:
    """A SQL LIKE pattern, whatever the case, as SHOW understands it: `%`, `_`, and a backslash before either."""
    out: list[str] = []
    i = 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\" and i + 1 < len(pattern):
            i += 1
            out.append(re.escape(pattern[i]))
        else:
            out.append({"%": ".*", "_": "."}.get(c) or re.escape(c))
        i += 1
    return re.compile("".join(out), re.IGNORECASE | re.DOTALL)
