"""Functions that call a service. See https://docs.snowflake.com/en/sql-reference/sql/create-function-spcs."""

from __future__ import annotations

from typing import Any

from snowflake_rest import function as rest
from snowflake_rest.function import Function, FunctionArgument, ServiceFunction
from snowflake_rest.runtime import ANY, Steps, field, model

from ._collections import Matched, SchemaObjects
from ._common import CreateMode, wire_mode
from ._handles import Dropped, Fetched, Tagged
from ._methods import build_model, deprecate_name, remote, twin
from ._routines import Routine, only, value_of, with_types
from .exceptions import InvalidArgumentsError

__all__ = ["Function", "FunctionArgument", "FunctionCollection", "FunctionResource", "ServiceFunction"]


@model
class _Given(FunctionArgument):
    """An argument of a call: its value is sent even if it is NULL."""

    value: Any = field(ANY, default=None, null=True)


class FunctionResource(Routine, Fetched[Function], Dropped, Tagged):
    """A function. Its name goes with the types of its arguments: `functions["area(NUMBER,NUMBER)"]`."""

    _rest = rest.RESOURCE

    @remote
    def execute(self, input_args: list[Any] | None = None) -> Steps[Any]:
        """Call the function. It is fetched first, for the types of its arguments and of its result.

        input_args: the values of its arguments, in order; InvalidArgumentsError if there are too many or too few. A
        number comes back as int, Decimal or float, a truth value as bool, a VARIANT or its like as its JSON says,
        anything else as the server sent it. InvalidResultError if the answer is not one value.
        """
        function = yield from rest.fetch_function(*self.path)
        values, arguments = input_args or [], function.arguments or []
        if len(values) != len(arguments):
            raise InvalidArgumentsError(f"{self.name} takes {len(arguments)} arguments, not {len(values)}")
        given: list[FunctionArgument] = [
            _Given(datatype=argument.datatype, value=value) for argument, value in zip(arguments, values)
        ]
        row = yield from rest.execute_function(self.database.name, self.schema.name, function.name, given)
        return value_of(only(row), function.returns)

    execute_async = twin(execute)
    delete = deprecate_name("delete", Dropped.drop)


class FunctionCollection(SchemaObjects[FunctionResource], Matched[FunctionResource, Function]):
    """The functions of a schema."""

    _handle = FunctionResource

    @remote
    def create(self, function: Function, mode: CreateMode | str | None = None) -> Steps[FunctionResource]:
        """Create a function. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        function = build_model(Function, function)
        yield from rest.create_function(*self.path, function, create_mode=wire_mode(mode))
        return self[with_types(function.name, function.arguments)]

    create_async = twin(create)
