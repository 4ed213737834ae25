"""Database roles: roles within a database. See https://docs.snowflake.com/en/sql-reference/sql/create-database-role."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import database_role as rest
from snowflake_rest.database_role import ContainingScope, DatabaseRole, DatabaseRoleClone, Grant, Securable
from snowflake_rest.runtime import Steps

from ._client import Listing
from ._collections import DatabaseObjects
from ._common import CreateMode, wire_mode
from ._grants import Privileged
from ._handles import DatabaseObject, Dropped, Tagged
from ._methods import build_model, remote, twin

__all__ = [
    "ContainingScope",
    "DatabaseRole",
    "DatabaseRoleCollection",
    "DatabaseRoleResource",
    "Grant",
    "Securable",
]


class DatabaseRoleResource(DatabaseObject, Privileged[Grant, Securable, ContainingScope], Dropped, Tagged):
    """A database role."""

    _rest = rest.RESOURCE
    _grants = rest

    @remote
    def clone(
        self,
        target_database_role: str,
        target_database: str | None = None,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[DatabaseRoleResource]:
        """Create a copy of the role.

        target_database_role: the copy's name. target_database: where it goes; here when left out.
        """
        yield from rest.clone_database_role(
            *self.path,
            DatabaseRoleClone(name=target_database_role),
            create_mode=wire_mode(mode),
            target_database=target_database,
        )
        return self.root.databases[target_database or self.database.name].database_roles[target_database_role]

    clone_async = twin(clone)


class DatabaseRoleCollection(DatabaseObjects[DatabaseRoleResource]):
    """The roles of a database."""

    _handle = DatabaseRoleResource

    @remote
    def create(
        self, database_role: DatabaseRole, *, mode: CreateMode = CreateMode.error_if_exists
    ) -> Steps[DatabaseRoleResource]:
        """Create a database role. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        database_role = build_model(DatabaseRole, database_role)
        yield from rest.create_database_role(*self.path, database_role, create_mode=wire_mode(mode))
        return self[database_role.name]

    @remote
    def iter(self, *, limit: int | None = None, from_name: str | None = None) -> Steps[Iterator[DatabaseRole]]:
        """The database roles.

        limit: at most so many, up to 10,000. from_name: only those after the first whose name starts with this.
        """
        return Listing(rest.list_database_roles(*self.path, show_limit=limit, from_name=from_name))

    create_async = twin(create)
    iter_async = twin(iter)
