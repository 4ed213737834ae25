"""A Python function as what a task runs."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from typing import Any, cast

from ..exceptions import MissingModuleError


class StoredProcedureCall:
    """A call of a stored procedure, or of a function that becomes one when the task is created.

    func: a Snowpark StoredProcedure, or a function whose first parameter is a Session. args: what it is called with.
    return_type, input_types: Snowpark's types, where hints don't tell. stage_location: the stage for its code and
    imports; needed for a plain function. imports, packages: as Snowpark's `sproc.register` takes them.
    """

    def __init__(
        self,
        func: Callable[..., Any] | Any,
        *,
        args: list[Any] | None = None,
        return_type: Any = None,
        input_types: list[Any] | None = None,
        stage_location: str | None = None,
        imports: list[str | tuple[str, str]] | None = None,
        packages: list[Any] | None = None,
    ) -> None:
        try:
            from snowflake.snowpark.stored_procedure import StoredProcedure
        except ImportError:
            raise MissingModuleError("snowflake-snowpark-python", "StoredProcedureCall is built on it.") from None
        self._registered = isinstance(func, StoredProcedure)
        if not self._registered and not stage_location:
            raise ValueError("stage_location has to be specified when func is a Python function")
        self.func, self.args = func, list(args or ())
        self.return_type, self.input_types = return_type, input_types
        self.stage_location, self.imports, self.packages = stage_location, imports, packages
        self._sql: str | None = None if not self._registered else self._call(self.func)

    def __repr__(self) -> str:
        return f"StoredProcedureCall({getattr(self.func, '__name__', self.func)!r})"

    @property
    def sql(self) -> str:
        """The SQL of the call. ValueError before a plain function was uploaded, which creating the task does."""
        if self._sql is None:
            raise ValueError(f"{self!r} has no SQL yet: the function is uploaded when the task is created")
        return self._sql

    def upload(self, session: Any) -> str:
        """Upload a plain function through a Snowpark session, and give the SQL that runs it."""
        if self._sql is None:
            procedure = session.sproc.register(
                self.func,
                name="task_handler_sp",  # else a random one, and a task deployed again would seem to be another
                return_type=self.return_type,
                input_types=self.input_types,
                stage_location=self.stage_location,
                imports=self.imports,
                packages=self.packages,
                anonymous=True,
                is_permanent=False,
                source_code_display=True,
            )
            self._sql = f"{procedure._anonymous_sp_sql} {self._call(procedure)}"
        return self._sql

    def with_return_value(self) -> StoredProcedureCall:
        """The same call, made so that what the function returns is the task's return value.

        The code of a procedure that exists can't be changed: such a call stays as it is.
        """
        if self._registered:
            return self
        other = copy.copy(self)
        other.func, other._sql = _announce(self.func), None
        return other

    def with_defaults(self, stage_location: str | None, imports: Any, packages: Any) -> StoredProcedureCall:
        """The same call, with these for what it leaves open."""
        wanted = {
            "stage_location": self.stage_location or stage_location,
            "imports": imports if self.imports is None else self.imports,
            "packages": packages if self.packages is None else self.packages,
        }
        if wanted.items() <= vars(self).items():
            return self
        other = copy.copy(self)
        vars(other).update(wanted)
        return other

    def _call(self, procedure: Any) -> str:
        from snowflake.snowpark._internal.analyzer.datatype_mapper import to_sql
        from snowflake.snowpark._internal.type_utils import infer_type

        types: list[Any] = getattr(procedure, "_input_types", None) or []
        literals = [
            cast("Any", to_sql)(arg, types[i] if i < len(types) else infer_type(arg)) for i, arg in enumerate(self.args)
        ]
        return f"CALL {procedure.name}({', '.join(literals)})"


def _announce(func: Callable[..., Any]) -> Callable[..., Any]:
    # It runs on the server, where nothing of this package is at hand.
    def call_and_announce(session: Any, *args: Any) -> Any:
        value = func(session, *args)
        if value is not None:
            try:
                session.call("SYSTEM$SET_RETURN_VALUE", str(value))
            except Exception as error:
                if "within a task" not in str(error):  # which is how it fails when the procedure is called by hand
                    raise
        return value

    # Snowpark counts parameters, so that there must be as many as the function has.
    count: int = func.__code__.co_argcount if hasattr(func, "__code__") else 1
    names = ", ".join(f"a{i}" for i in range(count))
    return functools.wraps(func)(eval(f"lambda {names}: call({names})", {"call": call_and_announce}))
