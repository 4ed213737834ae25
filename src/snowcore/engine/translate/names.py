"""Names of Snowflake's that reach DuckDB's SQL, encoded: DuckDB folds case and quotes by doubling; encoded, `a` and `A` are two, and no name can end a quotation."""

from __future__ import annotations

_MARK = "·"
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$ ")


def encode(name: str) -> str:
    """A name as an identifier of DuckDB's SQL, in its quotes. Upper case stays; a lower-case letter gets a dot before it; all else is its number."""
    return '"' + "".join(c if c in _PLAIN else _MARK + c if "a" <= c <= "z" else f"{_MARK}{ord(c)}{_MARK}" for c in name) + '"'


def decode(name: str) -> str:
    """The name that `encode` made this of, with or without its quotes."""
    if _MARK not in name:
        return name.strip('"')
    out, rest = [], name.strip('"')
    while rest:
        head, mark, rest = rest.partition(_MARK)
        out.append(head)
        if mark and rest[:1].isdigit():
            number, _, rest = rest.partition(_MARK)
            out.append(chr(int(number)))
        elif mark:
            out.append(rest[:1])
            rest = rest[1:]
    return "".join(out)
