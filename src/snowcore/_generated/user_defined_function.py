# Generated from specs/user-defined-function.yaml by `make generate`. Do not edit.
"""A user-defined function is code in SQL, JavaScript, Python, Java or Scala that queries can call, for a value or for
rows. See https://docs.snowflake.com/en/developer-guide/udf/udf-overview.
"""

from __future__ import annotations

from snowcore._by_hand.user_defined_function import UserDefinedFunctionMethods
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
from snowcore._methods import build_model, remote, twin
from snowcore._routines import append_types
from snowflake_rest import user_defined_function as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.user_defined_function import (
    Argument,
    BaseLanguage,
    ColumnType,
    FunctionLanguage,
    JavaFunction,
    JavaScriptFunction,
    PythonFunction,
    ReturnDataType,
    ReturnTable,
    ReturnType,
    ScalaFunction,
    SQLFunction,
    UserDefinedFunction,
    UserDefinedFunctionArgument,
)

__all__ = [
    "Argument",
    "BaseLanguage",
    "ColumnType",
    "FunctionLanguage",
    "JavaFunction",
    "JavaScriptFunction",
    "PythonFunction",
    "ReturnDataType",
    "ReturnTable",
    "ReturnType",
    "SQLFunction",
    "ScalaFunction",
    "UserDefinedFunction",
    "UserDefinedFunctionArgument",
    "UserDefinedFunctionCollection",
    "UserDefinedFunctionResource",
]


class UserDefinedFunctionResource(UserDefinedFunctionMethods, Fetched[UserDefinedFunction], Dropped, Tagged):
    """A function. Its name goes with the types of its arguments: `user_defined_functions["area(NUMBER,NUMBER)"]`."""

    _rest = rest.RESOURCE


class UserDefinedFunctionCollection(
    SchemaObjects[UserDefinedFunctionResource], Matched[UserDefinedFunctionResource, UserDefinedFunction]
):
    """The user-defined functions of the schema."""

    _handle = UserDefinedFunctionResource

    @remote
    def create(
        self,
        user_defined_function: UserDefinedFunction,
        mode: CreateMode | str | None = None,
        copy_grants: bool | None = None,
    ) -> Steps[UserDefinedFunctionResource]:
        """Create a user-defined function.

        See https://docs.snowflake.com/en/sql-reference/sql/create-function.

        Args:
            user_defined_function: What to create; a dict with the fields of UserDefinedFunction will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
            copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from.
                The server's default is `false`.
        """
        user_defined_function = build_model(UserDefinedFunction, user_defined_function)
        yield from rest.create_user_defined_function(
            *self.path, user_defined_function, create_mode=encode_mode(mode), copy_grants=copy_grants
        )
        return self[append_types(user_defined_function.name, user_defined_function.arguments)]

    create_async = twin(create)
