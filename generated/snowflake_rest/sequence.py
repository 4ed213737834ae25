# Generated from specs/sequence.yaml by `make generate`. Do not edit.
"""A sequence hands out unique numbers to all who ask, for example for keys. There may be gaps between them. See
https://docs.snowflake.com/en/user-guide/querying-sequences.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    STRING,
    Array,
    Choice,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class Sequence(Model):
    """A source of unique numbers.

    Args:
        start: The first number. Default 1.
        increment: The step from one number to the next, which may be negative but not 0. Default 1.
        ordered: Whether numbers are handed out in the order of their size. Without it, statements that run at the
            same time wait less for each other.
        comment: Free text about the sequence.
        name: The sequence's name, plain or in double quotes.

    Attributes:
        created_on (set by the server): When the sequence was created.
        database_name (set by the server): The database that holds the sequence.
        schema_name (set by the server): The schema that holds the sequence.
        owner (set by the server): The role that owns the sequence.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
    """

    start: int | None = field(INTEGER, default=None)
    """The first number. Default 1."""
    increment: int | None = field(INTEGER, default=None)
    """The step from one number to the next, which may be negative but not 0. Default 1."""
    ordered: bool | None = field(BOOLEAN, default=None)
    """Whether numbers are handed out in the order of their size. Without it, statements that run at the same time wait
    less for each other.
    """
    comment: str | None = field(STRING, default=None)
    """Free text about the sequence."""
    name: str = field(IDENTIFIER)
    """The sequence's name, plain or in double quotes."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the sequence was created."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the sequence."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the sequence."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the sequence."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""


_SEQUENCE_LIST = Array(Nested(Sequence))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_SEQUENCE = Nested(Sequence)


def list_sequences(database: str, schema: str, *, like: str | None = None) -> Operation[list[Sequence]]:
    """The sequences of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listSequences",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/sequences",
        query={"like": argument("like", STRING, like)},
        answer=_SEQUENCE_LIST,
    )


def create_sequence(
    database: str,
    schema: str,
    sequence: Sequence,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a sequence.

    See https://docs.snowflake.com/en/sql-reference/sql/create-sequence.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        sequence: A source of unique numbers.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createSequence",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/sequences",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("sequence", _SEQUENCE, sequence, required=True),
    )


def fetch_sequence(database: str, schema: str, name: str) -> Operation[Sequence]:
    """Fetch a sequence.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchSequence",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/sequences/{segment('name', name)}",
        answer=_SEQUENCE,
    )


def delete_sequence(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop a sequence.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteSequence",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/sequences/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def clone_sequence(
    database: str,
    schema: str,
    name: str,
    sequence: Sequence,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Clone a sequence.

    The path names the source, the body the new sequence. See
    https://docs.snowflake.com/en/sql-reference/sql/create-clone.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        sequence: A source of unique numbers.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="cloneSequence",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/sequences/{segment('name', name)}:clone",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
        body=body("sequence", _SEQUENCE, sequence, required=True),
    )


def rename_sequence(
    database: str,
    schema: str,
    name: str,
    *,
    target_name: str,
    if_exists: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Rename a sequence, or move it to another schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_name: The sequence's new name.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="renameSequence",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/sequences/{segment('name', name)}:rename",
        query={
            "targetName": argument("target_name", STRING, target_name, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
    )


RESOURCE = Resource(
    name="sequence",
    collection="/api/v2/databases/{database}/schemas/{schema}/sequences",
    model=Sequence,
    list=list_sequences,
    create=create_sequence,
    fetch=fetch_sequence,
    drop=delete_sequence,
    rename=rename_sequence,
)
