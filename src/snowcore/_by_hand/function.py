"""Functions that call a service are called by values."""

from __future__ import annotations

from typing import Any

from snowflake_rest import function as rest
from snowflake_rest.function import FunctionArgument
from snowflake_rest.runtime import ANY, Steps, field, model

from .._methods import remote, twin
from .._routines import Routine, only, value_of
from ..exceptions import InvalidArgumentsError


@model
class _Given(FunctionArgument):
    """An argument of a call: its value is sent even if it is NULL."""

    value: Any = field(ANY, default=None, null=True)


class FunctionMethods(Routine):
    """Calls of a function."""

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
