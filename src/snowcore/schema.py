# Generated from specs/schema.yaml by `make generate`. Do not edit.
"""Schemas group the tables, views, stages, tasks and other objects of a database. They can be cloned, and restored
after a drop. See https://docs.snowflake.com/en/sql-reference/sql/create-schema.
"""

from snowcore._generated.schema import Schema, SchemaCollection, SchemaModel, SchemaResource

__all__ = [
    "Schema",
    "SchemaCollection",
    "SchemaModel",
    "SchemaResource",
]
