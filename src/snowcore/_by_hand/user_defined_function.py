"""User-defined functions are called by arguments, and keep their types when they are renamed."""

from __future__ import annotations

from typing import Any

from snowflake_rest import user_defined_function as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.user_defined_function import ReturnTable, UserDefinedFunctionArgument

from .._handles import Renamed
from .._methods import build_model, remote, twin
from .._routines import Routine, convert_value, find_types, take_only_value
from ..exceptions import InvalidArgumentsError


class UserDefinedFunctionMethods(Routine, Renamed):
    """Calls of a function, whose argument types stay when it is renamed."""

    @remote
    def execute(self, input_args: list[UserDefinedFunctionArgument] | None = None) -> Steps[Any]:
        """Call the function. It is fetched first, for its arguments and the type of its result.

        input_args: by name; InvalidArgumentsError if one that has no default is missing. A number comes back as int,
        Decimal or float, a truth value as bool, a VARIANT or its like as its JSON says, anything else as the server
        sent it. InvalidResultError if the answer is not one value, NotImplementedError for a function that returns a
        table.
        """
        function = yield from rest.fetch_user_defined_function(*self.path)
        if isinstance(function.return_type, ReturnTable):
            raise NotImplementedError(f"{self.name} returns a table, and those are called by SQL alone")
        values = [build_model(UserDefinedFunctionArgument, value) for value in input_args or []]
        given = {(value.name or "").upper() for value in values}
        for argument in function.arguments or []:
            if argument.default_value is None and (argument.name or "").upper() not in given:
                raise InvalidArgumentsError(f"{self.name} needs the argument {argument.name!r}")
        row = yield from rest.execute_user_defined_function(self.database.name, self.schema.name, function.name, values)
        return convert_value(take_only_value(row), getattr(function.return_type, "datatype", None))

    @remote
    def rename(  # type: ignore[override]  # users know the arguments in this order
        self,
        target_name: str,
        target_database: str | None = None,
        target_schema: str | None = None,
        if_exists: bool | None = None,
    ) -> Steps[None]:
        """Rename the function, which keeps its arguments. This handle follows.

        target_name: without types. target_database, target_schema: where it goes; it stays where it is when they are
        left out.
        """
        place = target_database or self.database.name, target_schema or self.schema.name
        return self._move(target_name, if_exists, *place)

    def follow_to(self, name: str, collection: Any = None) -> None:
        """Follow the function after a rename: its arguments stay, which belong to the name of the handle."""
        super().follow_to(name + find_types(self.name), collection)

    execute_async = twin(execute)
    rename_async = twin(rename)
