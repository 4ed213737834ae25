"""Database roles are granted privileges and cloned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snowflake_rest import database_role as rest
from snowflake_rest.database_role import ContainingScope, DatabaseRoleClone, Grant, Securable
from snowflake_rest.runtime import Steps

from .._common import CreateMode, encode_mode
from .._grants import Privileged
from .._handles import DatabaseObject
from .._methods import remote, twin

if TYPE_CHECKING:
    from ..database_role import DatabaseRoleResource


class DatabaseRoleMethods(DatabaseObject, Privileged[Grant, Securable, ContainingScope]):
    """A role that privileges are granted to, and that can be copied."""

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
            create_mode=encode_mode(mode),
            target_database=target_database,
        )
        return self.root.databases[target_database or self.database.name].database_roles[target_database_role]

    clone_async = twin(clone)
