"""Event tables: where log messages, traces and metrics go. See https://docs.snowflake.com/en/developer-guide/logging-tracing/event-table-setting-up."""

from __future__ import annotations

from snowflake_rest import event_table as rest
from snowflake_rest.event_table import EventTable, EventTableColumn
from snowflake_rest.runtime import Steps

from ._collections import SchemaObjects, ShowLimited
from ._common import CreateMode, wire_mode
from ._handles import Dropped, Fetched, SchemaObject, Tagged
from ._methods import build_model, remote, twin

__all__ = ["EventTable", "EventTableCollection", "EventTableColumn", "EventTableResource"]


class EventTableResource(SchemaObject, Fetched[EventTable], Dropped, Tagged):
    """An event table."""

    _rest = rest.RESOURCE

    @remote
    def rename(self, target_name: str, if_exists: bool | None = None) -> Steps[None]:
        """Rename the event table within its schema. This handle follows."""
        yield from rest.rename_event_table(*self.path, target_name=target_name, if_exists=if_exists)
        self.renamed_to(target_name)

    rename_async = twin(rename)


class EventTableCollection(SchemaObjects[EventTableResource], ShowLimited[EventTableResource, EventTable]):
    """The event tables of a schema."""

    _handle = EventTableResource
    _show_limit_warns = False

    @remote
    def create(
        self,
        event_table: EventTable,
        *,
        mode: CreateMode = CreateMode.error_if_exists,
        copy_grants: bool | None = False,
    ) -> Steps[EventTableResource]:
        """Create an event table. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`.

        copy_grants: keep the privileges of the event table that is replaced.
        """
        event_table = build_model(EventTable, event_table)
        yield from rest.create_event_table(
            *self.path, event_table, create_mode=wire_mode(mode), copy_grants=copy_grants
        )
        return self[event_table.name]

    create_async = twin(create)
