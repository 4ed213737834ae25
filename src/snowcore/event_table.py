# Generated from specs/event-table.yaml by `make generate`. Do not edit.
"""An event table collects the log messages, trace events and metrics that functions, procedures and other code in
Snowflake send. Its columns are the same for every event table. See
https://docs.snowflake.com/en/sql-reference/sql/create-event-table.
"""

from snowcore._generated.event_table import EventTable, EventTableCollection, EventTableColumn, EventTableResource

__all__ = [
    "EventTable",
    "EventTableCollection",
    "EventTableColumn",
    "EventTableResource",
]
