# Generated from specs/schema.yaml by `make generate`. Do not edit.
"""Schemas group the tables, views, stages, tasks and other objects of a database. They can be cloned, and restored
after a drop. See https://docs.snowflake.com/en/sql-reference/sql/create-schema.
"""

from __future__ import annotations

from snowcore._by_hand.schema import SchemaCreation, SchemaMethods
from snowcore._collections import (
    Listed,
)
from snowcore._handles import (
    Dropped,
    Fetched,
    Tagged,
    Undropped,
)
from snowcore._methods import deprecate_name
from snowflake_rest import schema as rest
from snowflake_rest.schema import Schema

SchemaModel = Schema

__all__ = [
    "Schema",
    "SchemaCollection",
    "SchemaModel",
    "SchemaResource",
]


class SchemaResource(SchemaMethods, Fetched[Schema], Dropped, Undropped, Tagged):
    """A schema, and the way to what it holds."""

    _rest = rest.RESOURCE
    delete = deprecate_name("delete", Dropped.drop)


class SchemaCollection(SchemaCreation, Listed[SchemaResource, Schema]):
    """The schemas of the database."""

    _handle = SchemaResource
