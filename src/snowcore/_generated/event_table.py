# Generated from specs/event-table.yaml by `make generate`. Do not edit.
"""An event table collects the log messages, trace events and metrics that functions, procedures and other code in
Snowflake send. Its columns are the same for every event table. See
https://docs.snowflake.com/en/sql-reference/sql/create-event-table.
"""

from __future__ import annotations

from snowcore._collections import (
    QuietlyShowLimited,
    SchemaObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    SchemaObject,
    Tagged,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import event_table as rest
from snowflake_rest.event_table import EventTable, EventTableColumn
from snowflake_rest.runtime import Steps

__all__ = [
    "EventTable",
    "EventTableCollection",
    "EventTableColumn",
    "EventTableResource",
]


class EventTableResource(SchemaObject, Fetched[EventTable], Dropped, Tagged):
    """An event table."""

    _rest = rest.RESOURCE

    @remote
    def rename(self, target_name: str, if_exists: bool | None = None) -> Steps[None]:
        """Rename an event table.

        Args:
            target_name: The event table's new name.
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        yield from rest.rename_event_table(*self.path, target_name=target_name, if_exists=if_exists)
        self.follow_to(target_name)

    rename_async = twin(rename)


class EventTableCollection(SchemaObjects[EventTableResource], QuietlyShowLimited[EventTableResource, EventTable]):
    """The event tables of the schema."""

    _handle = EventTableResource

    @remote
    def create(
        self,
        event_table: EventTable,
        *,
        mode: CreateMode = CreateMode.error_if_exists,
        copy_grants: bool | None = False,
    ) -> Steps[EventTableResource]:
        """Create an event table.

        Messages arrive once the table is made the event table of an account or a database. See
        https://docs.snowflake.com/en/sql-reference/sql/create-event-table.

        Args:
            event_table: What to create; a dict with the fields of EventTable will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
            copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from.
                The server's default is `false`.
        """
        event_table = build_model(EventTable, event_table)
        yield from rest.create_event_table(
            *self.path, event_table, create_mode=encode_mode(mode), copy_grants=copy_grants
        )
        return self[event_table.name]

    create_async = twin(create)
