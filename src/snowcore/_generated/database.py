# Generated from specs/database.yaml by `make generate`. Do not edit.
"""Databases hold schemas, and through them tables and everything else. They can be cloned, made from shares of other
accounts, replicated, and restored after a drop. See https://docs.snowflake.com/en/sql-reference/sql/create-database.
"""

from __future__ import annotations

from snowcore._by_hand.database import DatabaseCreation, DatabaseMethods
from snowcore._collections import (
    Listed,
)
from snowcore._handles import (
    Dropped,
    Fetched,
    Tagged,
    Undropped,
)
from snowcore._methods import build_model, deprecate_name, remote, twin
from snowflake_rest import database as rest
from snowflake_rest.database import AccountIdentifiers, Database
from snowflake_rest.runtime import Steps

DatabaseModel = Database

__all__ = [
    "Database",
    "DatabaseCollection",
    "DatabaseModel",
    "DatabaseResource",
]


class DatabaseResource(DatabaseMethods, Fetched[Database], Dropped, Undropped, Tagged):
    """A database, and the way to its schemas."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, database: Database) -> Steps[None]:
        """Create the database, or change it to match the description.

        What the description leaves out goes back to its default. See
        https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

        It is the one that the description names, whatever the name of this handle.
        """
        database = build_model(Database, database)
        return rest.create_or_alter_database(database.name, database)

    create_or_alter_async = twin(create_or_alter)

    @remote
    def enable_replication(self, accounts: list[str], ignore_edition_check: bool = False) -> Steps[None]:
        """Allow accounts to replicate the database.

        The database becomes the primary one, of which those accounts can have secondary copies. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-database.

        Args:
            accounts: The accounts, each as `organization.account`.
            ignore_edition_check: Allow accounts on a lower edition of Snowflake than this account's.
        """
        return rest.enable_database_replication(
            *self.path, AccountIdentifiers(accounts=accounts), ignore_edition_check=ignore_edition_check
        )

    enable_replication_async = twin(enable_replication)

    @remote
    def refresh_replication(self) -> Steps[None]:
        """Bring the secondary database up to date with the primary one.

        Call it in the account of the secondary database. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-database.
        """
        return rest.refresh_database_replication(*self.path)

    refresh_replication_async = twin(refresh_replication)

    @remote
    def enable_failover(self, accounts: list[str]) -> Steps[None]:
        """Allow accounts to take over the database as the primary.

        There, `primaryDatabaseFailover` can then make the secondary database the primary one. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-database.

        Args:
            accounts: The accounts, each as `organization.account`.
        """
        return rest.enable_database_failover(*self.path, AccountIdentifiers(accounts=accounts))

    enable_failover_async = twin(enable_failover)

    @remote
    def promote_to_primary_failover(self) -> Steps[None]:
        """Make the secondary database the primary one.

        Call it in the account of the secondary database. The former primary becomes a read-only secondary. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-database.
        """
        return rest.primary_database_failover(*self.path)

    promote_to_primary_failover_async = twin(promote_to_primary_failover)
    create_or_update = deprecate_name("create_or_update", create_or_alter)
    delete = deprecate_name("delete", Dropped.drop)


class DatabaseCollection(DatabaseCreation, Listed[DatabaseResource, Database]):
    """The databases of the account."""

    _handle = DatabaseResource
