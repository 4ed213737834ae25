"""Identifiers as values: how SQL spells a name, alone or qualified, and the name that Snowflake keeps.

`foo`, `FOO` and `"FOO"` are three spellings of one name.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from typing import Any, NewType, TypeAlias

from ._names import SPELLING, quote_identifier, split_name, unquote
from .exceptions import InvalidIdentifierError

_QUALIFIED = re.compile(
    rf"(?:(?P<database>{SPELLING})\.(?:(?P<schema>{SPELLING})?)\.|(?P<only_schema>{SPELLING})\.)?(?P<name>{SPELLING})"
)


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Identifier:
    """A name as SQL spells it. The spelling is kept; identifiers are equal where they name one object.

    value: the spelling: a plain word, or anything in double quotes. An identifier is never equal to a text. ValueError
    for a text that is no identifier, TypeError for anything else.
    """

    _spelling: str

    def __init__(self, value: IdentifierLike) -> None:
        if not isinstance(value, (Identifier, str)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"Invalid type for Identifier: {type(value)}")
        spelling = str(value)
        if re.fullmatch(SPELLING, spelling) is None:
            raise ValueError(f"{spelling} is not a valid SQL identifier: it is a plain word, or anything in quotes")
        object.__setattr__(self, "_spelling", spelling)

    def __new__(cls, value: IdentifierLike) -> Identifier:
        return value if isinstance(value, cls) else object.__new__(cls)

    def __reduce__(self) -> tuple[Any, ...]:
        return Identifier, (self._spelling,)

    @classmethod
    def from_canonical_name(cls, name: CanonicalName) -> Identifier:
        """The identifier of a stored name, in quotes."""
        return cls(name.to_identifier_string())

    def to_identifier_string(self) -> IdentifierString:
        """The spelling."""
        return IdentifierString(self._spelling)

    def with_quoted_spelling(self) -> Identifier:
        """The same name, spelled in quotes."""
        return Identifier(quote_identifier(unquote(self._spelling)))

    def with_normalized_spelling(self) -> Identifier:
        """The same name in the one spelling that all equal identifiers share, which is the quoted one."""
        return self.with_quoted_spelling()

    def __eq__(self, other: object) -> bool:
        return unquote(self._spelling) == unquote(other._spelling) if isinstance(other, Identifier) else NotImplemented

    def __hash__(self) -> int:
        return hash(unquote(self._spelling))

    def __str__(self) -> str:
        return self._spelling

    def __repr__(self) -> str:
        return f"Identifier({self._spelling!r})"


IdentifierString = NewType("IdentifierString", str)
"""A text that is the spelling of an identifier. Type checkers tell it from other texts; Python does not."""

IdentifierLike: TypeAlias = Identifier | IdentifierString | str
"""What can be made an Identifier."""


class CanonicalName:
    """The name that Snowflake keeps: without quotes, in its case. `"a"` and `A` are two names.

    value: the name as it is kept.
    """

    def __init__(self, value: str) -> None:
        self._value = value

    @classmethod
    def resolve_from_identifier(cls, identifier: IdentifierLike) -> CanonicalName:
        """The name that an identifier stands for. ValueError and TypeError as of Identifier."""
        return cls(unquote(str(Identifier(identifier))))

    def to_identifier_string(self) -> IdentifierString:
        """The spelling in quotes, which stands for this name."""
        return IdentifierString(quote_identifier(self._value))

    def __add__(self, other: object) -> CanonicalName:
        return CanonicalName(self._value + other._value) if isinstance(other, CanonicalName) else NotImplemented

    def __eq__(self, other: object) -> bool:
        return self._value == other._value if isinstance(other, CanonicalName) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._value)

    def __str__(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return f"CanonicalName({self._value!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> dict[str, Any]:
        """How models of pydantic take it as a field: as it is, or as text."""
        from_text = {"type": "no-info", "function": cls}
        made = {"type": "function-after", "function": from_text, "schema": {"type": "str"}}
        return {"type": "union", "choices": [{"type": "is-instance", "cls": cls}, made]}


@dataclass(frozen=True, init=False)
class QualifiedIdentifier:
    """A name with the schema and the database that it is in, as far as they are said.

    name, schema, database: identifiers, or how they are spelled. A database without a schema is spelled with two dots,
    `database..name`. ValueError and TypeError as of Identifier.
    """

    name: Identifier
    schema: Identifier | None = field(default=None)
    database: Identifier | None = field(default=None)

    def __init__(
        self, name: IdentifierLike, schema: IdentifierLike | None = None, database: IdentifierLike | None = None
    ) -> None:
        object.__setattr__(self, "name", Identifier(name))
        object.__setattr__(self, "schema", None if schema is None else Identifier(schema))
        object.__setattr__(self, "database", None if database is None else Identifier(database))

    @classmethod
    def from_string(cls, raw_qualified_identifier: str) -> QualifiedIdentifier:
        """Parse `name`, `schema.name`, `database.schema.name` or `database..name`. InvalidIdentifierError."""
        found = _QUALIFIED.fullmatch(raw_qualified_identifier)
        if found is None:
            raise InvalidIdentifierError(raw_qualified_identifier)
        return cls(found["name"], found["schema"] or found["only_schema"], found["database"])

    def with_name(self, name: IdentifierLike) -> QualifiedIdentifier:
        """A copy with another name."""
        return QualifiedIdentifier(name, self.schema, self.database)

    def with_schema(self, schema: IdentifierLike | None) -> QualifiedIdentifier:
        """A copy with another schema, or with none."""
        return QualifiedIdentifier(self.name, schema, self.database)

    def with_database(self, database: IdentifierLike | None) -> QualifiedIdentifier:
        """A copy with another database, or with none."""
        return QualifiedIdentifier(self.name, self.schema, database)

    def with_quoted_spelling(self) -> QualifiedIdentifier:
        """The same, each part spelled in quotes."""
        quoted = [None if part is None else part.with_quoted_spelling() for part in (self.schema, self.database)]
        return QualifiedIdentifier(self.name.with_quoted_spelling(), *quoted)

    def with_normalized_spelling(self) -> QualifiedIdentifier:
        """The same, in the one spelling that all equal ones share."""
        return self.with_quoted_spelling()

    def using_connection(self, conn: Any) -> QualifiedIdentifier:
        """A copy in which what is missing comes from the current schema and database of a connection."""
        return QualifiedIdentifier(
            self.name, self.schema or conn.schema or None, self.database or conn.database or None
        )

    def to_dict(self) -> dict[str, str | None]:
        """The spellings of name, schema and database."""
        return {part: None if value is None else str(value) for part, value in vars(self).items()}

    def __str__(self) -> str:
        if self.database is not None:
            return f"{self.database}.{self.schema or ''}.{self.name}"
        return str(self.name) if self.schema is None else f"{self.schema}.{self.name}"


class FQN:
    """Deprecated: use QualifiedIdentifier. A database, schema, name and, for functions and procedures, a signature.

    database, schema, name, signature: each as SQL spells it. A database without a schema means its schema PUBLIC.
    """

    def __init__(self, database: str | None, schema: str | None, name: str, signature: str | None = None) -> None:
        warnings.warn(
            "The 'FQN' class is deprecated and will be removed in a future release. "
            "Please use 'QualifiedIdentifier' instead.",
            DeprecationWarning,
            stacklevel=2,
        )
        self.database, self.schema, self.name, self.signature = database, schema, name, signature

    @property
    def prefix(self) -> str:
        """What stands before the name, without the last dot; empty for a bare name."""
        schema = self.schema or ("PUBLIC" if self.database else None)
        return ".".join(part for part in (self.database, schema) if part)

    @property
    def identifier(self) -> str:
        """The whole name, as SQL takes it."""
        return f"{self.prefix}.{self.name}" if self.prefix else self.name

    @classmethod
    def from_string(cls, identifier: str) -> FQN:
        """Parse `database.schema.name` or its end, each part plain or quoted. InvalidIdentifierError."""
        return cls(*split_name(identifier))

    def set_database(self, database: str | None) -> FQN:
        """Set the database, unless None. Returns self."""
        self.database = database or self.database
        return self

    def set_schema(self, schema: str | None) -> FQN:
        """Set the schema, unless None. Returns self."""
        self.schema = schema or self.schema
        return self

    def set_name(self, name: str) -> FQN:
        """Set the name. Returns self."""
        self.name = name
        return self

    def using_connection(self, conn: Any) -> FQN:
        """Fill what is missing from the current database and schema of a connection. Returns self."""
        if not self.database:
            self.set_database(conn.database)
        return self if self.schema else self.set_schema(conn.schema)

    def to_dict(self) -> dict[str, str | None]:
        """The four parts by their names; None for those that are left out."""
        return {"name": self.name, "schema": self.schema, "database": self.database}

    def __str__(self) -> str:
        return self.identifier

    def __repr__(self) -> str:
        return f"FQN({self.identifier!r})"

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, FQN) and self.identifier == other.identifier

    def __hash__(self) -> int:
        return hash(self.identifier)
