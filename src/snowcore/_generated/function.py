# Generated from specs/function.yaml by `make generate`. Do not edit.
"""A service function lets SQL call an endpoint of a service in Snowpark Container Services. Functions with code of
their own are user-defined functions. See https://docs.snowflake.com/en/sql-reference/sql/create-function-spcs.
"""

from __future__ import annotations

from snowcore._by_hand.function import FunctionMethods
from snowcore._collections import (
    Matched,
    SchemaObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Tagged,
)
from snowcore._methods import build_model, deprecate_name, remote, twin
from snowcore._routines import append_types
from snowflake_rest import function as rest
from snowflake_rest.function import Function, FunctionArgument, ServiceFunction
from snowflake_rest.runtime import Steps

__all__ = [
    "Function",
    "FunctionArgument",
    "FunctionCollection",
    "FunctionResource",
    "ServiceFunction",
]


class FunctionResource(FunctionMethods, Fetched[Function], Dropped, Tagged):
    """A function. Its name goes with the types of its arguments: `functions["area(NUMBER,NUMBER)"]`."""

    _rest = rest.RESOURCE
    delete = deprecate_name("delete", Dropped.drop)


class FunctionCollection(SchemaObjects[FunctionResource], Matched[FunctionResource, Function]):
    """The functions of the schema."""

    _handle = FunctionResource

    @remote
    def create(self, function: Function, mode: CreateMode | str | None = None) -> Steps[FunctionResource]:
        """Create a service function.

        See https://docs.snowflake.com/en/sql-reference/sql/create-function-spcs.

        Args:
            function: What to create; a dict with the fields of Function will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        function = build_model(Function, function)
        yield from rest.create_function(*self.path, function, create_mode=encode_mode(mode))
        return self[append_types(function.name, function.arguments)]

    create_async = twin(create)
