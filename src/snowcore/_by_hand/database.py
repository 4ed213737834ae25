"""Databases lead to schemas, and are created empty, as clones or from a share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snowflake_rest import database as rest
from snowflake_rest.database import AccountIdentifiers, Database, DatabaseClone, DatabaseFromShare
from snowflake_rest.runtime import Steps

from .._collections import AccountObjects
from .._common import Clone, CreateMode, describe_clone, encode_mode
from .._generated.places import DatabasePlaces
from .._handles import AccountObject
from .._methods import build_model, remote, twin

if TYPE_CHECKING:
    from ..database import DatabaseResource


class DatabaseMethods(DatabasePlaces, AccountObject):
    """A handle that leads to schemas, and what the API says in other words."""

    @remote
    def disable_replication(self, accounts: list[str] | None = None) -> Steps[None]:
        """Stop the replication to these accounts, or to all."""
        return rest.disable_database_replication(*self.path, AccountIdentifiers(accounts=accounts or []))

    @remote
    def disable_failover(self, accounts: list[str] | None = None) -> Steps[None]:
        """Take that right from these accounts, or from all."""
        return rest.disable_database_failover(*self.path, AccountIdentifiers(accounts=accounts or []))

    disable_replication_async = twin(disable_replication)
    disable_failover_async = twin(disable_failover)


class DatabaseCreation(AccountObjects["DatabaseResource"]):
    """Ways to create one."""

    @remote
    def create(
        self,
        database: Database,
        *,
        clone: str | Clone | None = None,
        from_share: str | None = None,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[DatabaseResource]:
        """Create a database. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`.

        clone: the database to copy, as it is or as it was at some time. from_share: the share, as `provider.share`.
        ValueError if both are given; without them the database is empty.
        """
        database = build_model(Database, database)
        create_mode = encode_mode(mode)
        if clone is not None and from_share is not None:
            raise ValueError("clone and from_share: a database is made from one of them, not from both")
        if clone is not None:
            source, body = describe_clone(DatabaseClone, database, clone)
            if source.schema:
                raise ValueError(f"clone: expected the name of a database, not {source}")
            yield from rest.clone_database(source.name, body, create_mode=create_mode)
        elif from_share is not None:
            share = DatabaseFromShare(name=database.name)
            yield from rest.create_database_from_share(share, create_mode=create_mode, share=from_share)
        else:
            yield from rest.create_database(database, create_mode=create_mode)
        return self[database.name]

    create_async = twin(create)
