"""Databases. See https://docs.snowflake.com/en/sql-reference/ddl-database."""

from __future__ import annotations

from snowflake_rest import database as rest
from snowflake_rest.database import AccountIdentifiers, Database, DatabaseClone, DatabaseFromShare
from snowflake_rest.runtime import Steps

from ._collections import AccountObjects, Listed
from ._common import Clone, CreateMode, cloned, wire_mode
from ._generated.places import DatabasePlaces
from ._handles import AccountObject, Dropped, Fetched, Tagged, Undropped
from ._methods import build_model, deprecate_name, remote, twin

DatabaseModel = Database

__all__ = ["Database", "DatabaseCollection", "DatabaseModel", "DatabaseResource"]


class DatabaseResource(DatabasePlaces, AccountObject, Fetched[Database], Dropped, Undropped, Tagged):
    """A database, and the way to its schemas."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, database: Database) -> Steps[None]:
        """Make the database as described: create it, or change what differs. What is not given gets its default.

        It is the one that the description names, whatever the name of this handle.
        """
        database = build_model(Database, database)
        return rest.create_or_alter_database(database.name, database)

    @remote
    def enable_replication(self, accounts: list[str], ignore_edition_check: bool = False) -> Steps[None]:
        """Let other accounts of the organisation replicate the database.

        accounts: as `organization.account`. ignore_edition_check: allow accounts of a lower edition.
        """
        allowed = AccountIdentifiers(accounts=accounts)
        return rest.enable_database_replication(*self.path, allowed, ignore_edition_check=ignore_edition_check)

    @remote
    def disable_replication(self, accounts: list[str] | None = None) -> Steps[None]:
        """Stop the replication to these accounts, or to all."""
        return rest.disable_database_replication(*self.path, AccountIdentifiers(accounts=accounts or []))

    @remote
    def refresh_replication(self) -> Steps[None]:
        """Bring this secondary database up to date with its primary one."""
        return rest.refresh_database_replication(*self.path)

    @remote
    def enable_failover(self, accounts: list[str]) -> Steps[None]:
        """Let the database's replicas in these accounts become the primary one."""
        return rest.enable_database_failover(*self.path, AccountIdentifiers(accounts=accounts))

    @remote
    def disable_failover(self, accounts: list[str] | None = None) -> Steps[None]:
        """Take that right from these accounts, or from all."""
        return rest.disable_database_failover(*self.path, AccountIdentifiers(accounts=accounts or []))

    @remote
    def promote_to_primary_failover(self) -> Steps[None]:
        """Make this secondary database the primary one."""
        return rest.primary_database_failover(*self.path)

    create_or_alter_async = twin(create_or_alter)
    enable_replication_async = twin(enable_replication)
    disable_replication_async = twin(disable_replication)
    refresh_replication_async = twin(refresh_replication)
    enable_failover_async = twin(enable_failover)
    disable_failover_async = twin(disable_failover)
    promote_to_primary_failover_async = twin(promote_to_primary_failover)
    create_or_update = deprecate_name("create_or_update", create_or_alter)
    delete = deprecate_name("delete", Dropped.drop)


class DatabaseCollection(AccountObjects[DatabaseResource], Listed[DatabaseResource, Database]):
    """The databases of the account."""

    _handle = DatabaseResource

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
        create_mode = wire_mode(mode)
        if clone is not None and from_share is not None:
            raise ValueError("clone and from_share: a database is made from one of them, not from both")
        if clone is not None:
            source, body = cloned(DatabaseClone, database, clone)
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
