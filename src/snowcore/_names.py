"""Names: what SQL calls an identifier, alone or qualified."""

from __future__ import annotations

import re
from typing import Any

from .exceptions import InvalidIdentifierError

_PART = r'(?:"(?:[^"]|""){1,255}"|[A-Za-z_][A-Za-z0-9_$]{0,254})'
_QUALIFIED = re.compile(
    rf"(?:(?:(?P<database>{_PART})\.)?(?P<schema>{_PART})\.)?(?P<name>{_PART})(?P<signature>\(.*\))?"
)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")


class FQN:
    """A fully qualified name: database, schema, name and, for functions and procedures, a signature.

    A database without a schema means its schema PUBLIC.
    """

    def __init__(self, database: str | None, schema: str | None, name: str, signature: str | None = None) -> None:
        self._database, self._schema, self._name, self.signature = database, schema, name, signature

    @property
    def database(self) -> str | None:
        """The database, as it was written; None if the name leaves it out."""
        return self._database

    @property
    def schema(self) -> str | None:
        """The schema, as it was written; None if the name leaves it out."""
        return self._schema

    @property
    def name(self) -> str:
        """The last part of the name, as it was written."""
        return self._name

    @property
    def prefix(self) -> str:
        """What stands before the name, without the last dot; empty for a bare name."""
        schema = self._schema or ("PUBLIC" if self._database else None)
        return ".".join(part for part in (self._database, schema) if part)

    @property
    def identifier(self) -> str:
        """The whole name, as SQL takes it."""
        return f"{self.prefix}.{self._name}" if self.prefix else self._name

    @classmethod
    def from_string(cls, identifier: str) -> FQN:
        """Parse `name`, `schema.name` or `database.schema.name`, each part plain or in double quotes.

        Raises InvalidIdentifierError.
        """
        found = _QUALIFIED.fullmatch(identifier)
        if found is None:
            raise InvalidIdentifierError(identifier)
        return cls(found["database"], found["schema"], found["name"], found["signature"])

    def set_database(self, database: str | None) -> FQN:
        """Set the database, unless None. Returns self."""
        self._database = database or self._database
        return self

    def set_schema(self, schema: str | None) -> FQN:
        """Set the schema, unless None. Returns self."""
        self._schema = schema or self._schema
        return self

    def set_name(self, name: str) -> FQN:
        """Set the name. Returns self."""
        self._name = name
        return self

    def using_connection(self, conn: Any) -> FQN:
        """Fill what is missing from the current database and schema of a connection. Returns self."""
        if not self._database:
            self.set_database(conn.database)
        return self if self._schema else self.set_schema(conn.schema)

    def to_dict(self) -> dict[str, str | None]:
        """The four parts by their names; None for those that are left out."""
        return {"database": self._database, "schema": self._schema, "name": self._name, "signature": self.signature}

    def __str__(self) -> str:
        return self.identifier

    def __repr__(self) -> str:
        return f"FQN({self.identifier!r})"

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, FQN) and self.identifier == other.identifier

    def __hash__(self) -> int:
        return hash(self.identifier)


def normalized(name: str) -> str:
    """A name as the server keeps it: plain in upper case, quoted as it is, anything else put in quotes."""
    if _PLAIN.fullmatch(name):
        return name.upper()
    if len(name) > 2 and name.startswith('"') and name.endswith('"'):
        return name
    return '"' + name.replace('"', '""') + '"'


def stored(name: str) -> str:
    """A name as the server keeps it, without quotes. Two names with the same are names of one object."""
    name = normalized(name)
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def identifier(text: str) -> str:
    """What SQL calls a stored name: the name itself, in quotes if it needs them."""
    return text if _PLAIN.fullmatch(text) and text == text.upper() else '"' + text.replace('"', '""') + '"'


def quote_literal(text: str) -> str:
    """A text as SQL writes it. Nothing in the text can end the literal: quotes are doubled, and so are backslashes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
