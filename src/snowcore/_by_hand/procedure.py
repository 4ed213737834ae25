"""Procedures are called, and give what their return type says."""

from __future__ import annotations

import warnings
from typing import Any, cast

from snowflake_rest import procedure as rest
from snowflake_rest.procedure import CallArgumentList, ReturnDataType, ReturnTable
from snowflake_rest.runtime import Steps

from .._methods import build_model, remote, twin
from .._routines import Routine, only, row_of, value_of


class ProcedureMethods(Routine):
    """Calls of a procedure."""

    @remote
    def call(self, call_argument_list: CallArgumentList | None = None, extract: bool | None = False) -> Steps[Any]:
        """Call the procedure. It is fetched first, for the type of its result.

        extract: give the value alone; without it, which is deprecated, the value comes as `[{column: value}]`. A number
        is an int, Decimal or float, a truth value a bool, a VARIANT or its like what its JSON says, anything else what
        the server sent. A procedure that gives a table gives its rows, as dicts, either way.
        """
        if not extract:
            warnings.warn("call() without extract=True is deprecated", DeprecationWarning, stacklevel=3)
        arguments = build_model(CallArgumentList, call_argument_list or CallArgumentList(call_arguments=[]))
        return self._called(arguments, bool(extract))

    def _called(self, arguments: CallArgumentList, extract: bool) -> Steps[Any]:
        procedure = yield from rest.fetch_procedure(*self.path)
        rows = yield from rest.call_procedure(self.database.name, self.schema.name, procedure.name, arguments)
        returned = procedure.return_type
        if isinstance(returned, ReturnTable):
            types = {(column.name or "").upper(): column.datatype for column in returned.column_list or ()}
            return [row_of(row, types) for row in rows]
        if not isinstance(returned, ReturnDataType):
            return rows
        datatype = returned.datatype
        if extract:
            return value_of(only(rows[0]), datatype) if rows else None
        return [_typed(row, datatype) for row in rows]

    call_async = twin(call)


def _typed(row: Any, datatype: str | None) -> Any:
    if not isinstance(row, dict):
        return value_of(row, datatype)
    return {column: value_of(value, datatype) for column, value in cast("dict[str, Any]", row).items()}
