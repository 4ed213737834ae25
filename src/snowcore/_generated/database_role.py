# Generated from specs/database-role.yaml by `make generate`. Do not edit.
"""A database role collects privileges on objects of one database. It takes effect by being granted to account roles; a
session can't use it by itself. See https://docs.snowflake.com/en/sql-reference/sql/create-database-role.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._by_hand.database_role import DatabaseRoleMethods
from snowcore._client import Listing
from snowcore._collections import (
    DatabaseObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Tagged,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import database_role as rest
from snowflake_rest.database_role import ContainingScope, DatabaseRole, Grant, Securable
from snowflake_rest.runtime import Steps

__all__ = [
    "ContainingScope",
    "DatabaseRole",
    "DatabaseRoleCollection",
    "DatabaseRoleResource",
    "Grant",
    "Securable",
]


class DatabaseRoleResource(DatabaseRoleMethods, Dropped, Tagged):
    """A database role."""

    _rest = rest.RESOURCE


class DatabaseRoleCollection(DatabaseObjects[DatabaseRoleResource]):
    """The database roles of the database."""

    _handle = DatabaseRoleResource

    @remote
    def create(
        self, database_role: DatabaseRole, *, mode: CreateMode = CreateMode.error_if_exists
    ) -> Steps[DatabaseRoleResource]:
        """Create a database role.

        Args:
            database_role: What to create; a dict with the fields of DatabaseRole will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        database_role = build_model(DatabaseRole, database_role)
        yield from rest.create_database_role(*self.path, database_role, create_mode=encode_mode(mode))
        return self[database_role.name]

    create_async = twin(create)

    @remote
    def iter(self, *, limit: int | None = None, from_name: str | None = None) -> Steps[Iterator[DatabaseRole]]:
        """The database roles of the database.

        Args:
            limit: At most this many objects, from 1 to 10,000.
            from_name: Only the objects that follow the first one whose name starts with this text, in exactly this
                case.
        """
        return Listing(rest.list_database_roles(*self.path, show_limit=limit, from_name=from_name))

    iter_async = twin(iter)
