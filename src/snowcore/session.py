"""The session that requests run in."""

from __future__ import annotations

from snowflake_rest import session as rest
from snowflake_rest.runtime import Steps

from ._methods import remote, twin
from ._services import Service

__all__ = ["SnowAPISession"]


class SnowAPISession(Service):
    """The session of a root's requests."""

    @remote
    def get_parameters(self, filter_str: str | None = None) -> Steps[dict[str, str]]:
        """The parameters in force, with their values.

        filter_str: only those whose name matches this SQL pattern, in any case.
        """
        parameters = yield from rest.get_parameters(like=filter_str)
        return {parameter.name: parameter.value or "" for parameter in parameters}

    get_parameters_async = twin(get_parameters)
