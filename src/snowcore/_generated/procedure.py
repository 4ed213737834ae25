# Generated from specs/procedure.yaml by `make generate`. Do not edit.
"""A stored procedure is code in SQL, JavaScript, Python, Java or Scala that is kept in a schema and run by a call. See
https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-overview.
"""

from __future__ import annotations

from snowcore._by_hand.procedure import ProcedureMethods
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
from snowflake_rest import procedure as rest
from snowflake_rest.common import ErrorResponse
from snowflake_rest.procedure import (
    Argument,
    CallArgument,
    CallArgumentList,
    ColumnType,
    JavaFunction,
    JavaScriptFunction,
    Procedure,
    PythonFunction,
    ReturnDataType,
    ReturnTable,
    ReturnType,
    ScalaFunction,
    SQLFunction,
)
from snowflake_rest.runtime import Steps

__all__ = [
    "Argument",
    "CallArgument",
    "CallArgumentList",
    "ColumnType",
    "ErrorResponse",
    "JavaFunction",
    "JavaScriptFunction",
    "Procedure",
    "ProcedureCollection",
    "ProcedureResource",
    "PythonFunction",
    "ReturnDataType",
    "ReturnTable",
    "ReturnType",
    "SQLFunction",
    "ScalaFunction",
]


class ProcedureResource(ProcedureMethods, Fetched[Procedure], Dropped, Tagged):
    """A procedure. Its name goes with the types of its arguments: `procedures["area(NUMBER,NUMBER)"]`."""

    _rest = rest.RESOURCE


class ProcedureCollection(SchemaObjects[ProcedureResource], Matched[ProcedureResource, Procedure]):
    """The procedures of the schema."""

    _handle = ProcedureResource

    @remote
    def create(
        self, procedure: Procedure, mode: CreateMode | str | None = None, copy_grants: bool | None = None
    ) -> Steps[ProcedureResource]:
        """Create a procedure.

        See https://docs.snowflake.com/en/sql-reference/sql/create-procedure.

        Args:
            procedure: What to create; a dict with the fields of Procedure will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
            copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from.
                The server's default is `false`.
        """
        procedure = build_model(Procedure, procedure)
        yield from rest.create_procedure(*self.path, procedure, create_mode=encode_mode(mode), copy_grants=copy_grants)
        return self[append_types(procedure.name, procedure.arguments)]

    create_async = twin(create)
