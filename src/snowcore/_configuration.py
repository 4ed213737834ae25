"""How a root presents itself, and what the environment sets."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from ._call import Options
from ._transport import Concealed, Hidden, Timeout
from .version import __version__

if TYPE_CHECKING:
    import ssl

_NAME = re.compile(r"[A-Za-z0-9_]+")
_VALUE = re.compile(r"[A-Za-z0-9_.]+")
_RESERVED = "python_api"


class RootConfiguration:
    """How a root behaves.

    timeout, retries: how patient its calls are, see `Root.with_options`. in_flight: how many background requests may be
    under way at once, while the others wait their turn; _SNOWFLAKE_MAX_THREADS or else 100 when left out.

    headers: carried by every request.

    The others say how the account is reached, where Root is not given clients of its own. proxy: its address, such as
    `http://user:password@host:port`, in place of the environment's; an empty one means none. ssl_context: what
    certificates are trusted and shown. client_cert: a PEM file with a certificate to show and its key, or a tuple of
    the certificate's file and the key's, and the key's password if it has one; the default trust stays.
    """

    def __init__(
        self,
        *,
        timeout: float | Timeout | None = None,
        retries: int | None = None,
        in_flight: int | None = None,
        proxy: str | None = None,
        ssl_context: ssl.SSLContext | None = None,
        client_cert: str | tuple[str, str] | tuple[str, str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        # a reporter of errors may show what is in variables when one is raised
        headers, proxy = Concealed(headers or {}), proxy and Hidden(proxy)
        if isinstance(client_cert, tuple):
            client_cert = cast("Any", (*client_cert[:2], *map(Hidden, client_cert[2:])))
        self._agents: list[str] = []
        self.timeout = timeout if isinstance(timeout, Timeout) else Timeout(total=timeout or 600.0)
        self.retries = 10 if retries is None else int(retries)
        self.in_flight = in_flight
        if self.retries < 0 or (in_flight is not None and in_flight < 1):
            raise ValueError("in_flight must be at least 1 and retries at least 0")
        if ssl_context is not None and client_cert is not None:
            raise ValueError("client_cert: with an ssl_context, load the certificate into that")
        self.headers = headers
        self.network: dict[str, Any] = {"proxy": proxy, "ssl_context": ssl_context, "client_cert": client_cert}

    @property
    def options(self) -> Options:
        """What calls are made with."""
        agent = " ".join([f"{_RESERVED}/{__version__}", *self._agents])
        headers = {"User-Agent": agent, **self.headers}
        return Options(timeout=self.timeout, retries=self.retries, headers=headers)

    def append_user_agent(self, name: str, value: str | None = None) -> None:
        """Add `name` or `name/value`.

        ValueError for other characters than letters, digits and `_`, and `.` in the value.
        """
        if not _NAME.fullmatch(name) or name == _RESERVED:
            raise ValueError(f"name: {name!r} can't be a user agent")
        if value is not None and not _VALUE.fullmatch(value):
            raise ValueError(f"value: {value!r} can't be the version of a user agent")
        self._agents.append(name if value is None else f"{name}/{value}")

    def has_user_agents(self) -> bool:
        """Whether anything was added."""
        return bool(self._agents)

    def get_user_agents(self) -> str:
        """What was added, as it follows the product's own name in `User-Agent`."""
        return " ".join(self._agents)


class SnowApiParameter(Enum):
    """The settings that the environment may hold, as `_SNOWFLAKE_…` variables."""

    USE_CLIENT_RETRY = "USE_CLIENT_RETRY"
    PRINT_VERBOSE_STACK_TRACE = "PRINT_VERBOSE_STACK_TRACE"
    FIX_HOSTNAME = "FIX_HOSTNAME"
    MAX_THREADS = "MAX_THREADS"
    SKIP_ASYNC_EXEC_POLLING = "SKIP_ASYNC_EXEC_POLLING"


_VARIABLES = {
    SnowApiParameter.USE_CLIENT_RETRY: "_SNOWFLAKE_ENABLE_RETRY_REQUEST_QUERY",
    SnowApiParameter.PRINT_VERBOSE_STACK_TRACE: "_SNOWFLAKE_PRINT_VERBOSE_STACK_TRACE",
    SnowApiParameter.FIX_HOSTNAME: "_SNOWFLAKE_FIX_HOSTNAME",
    SnowApiParameter.MAX_THREADS: "_SNOWFLAKE_MAX_THREADS",
    SnowApiParameter.SKIP_ASYNC_EXEC_POLLING: "_SNOWFLAKE_SKIP_ASYNC_EXEC_POLLING",
}


class SnowApiParameters:
    """The settings in force. Truth is written as true, t, yes, y, on or 1, in any case.

    params_map: the settings that are not left at their defaults.
    """

    def __init__(self, params_map: Mapping[SnowApiParameter, Any]) -> None:
        self.params_map = params_map

    @classmethod
    def from_environment(cls) -> SnowApiParameters:
        """The settings as the environment has them now."""
        return cls({p: os.environ[name] for p, name in _VARIABLES.items() if name in os.environ})

    def is_parameter_true(self, param_name: SnowApiParameter, default: str) -> bool:
        """Whether a setting is true. default: what counts where the environment says nothing."""
        return str(self.params_map.get(param_name) or default).strip().lower() in ("true", "t", "yes", "y", "on", "1")

    @property
    def should_retry_request(self) -> bool:
        """Whether failed requests are repeated. Default: they are."""
        return self.is_parameter_true(SnowApiParameter.USE_CLIENT_RETRY, "true")

    @property
    def should_print_verbose_stack_trace(self) -> bool:
        """Whether errors are to be shown with all that led to them. Default: they are. Nothing here depends on it."""
        return self.is_parameter_true(SnowApiParameter.PRINT_VERBOSE_STACK_TRACE, "true")

    @property
    def fix_hostname(self) -> bool:
        """Whether underscores in the account's host name become dashes. Default: they do."""
        return self.is_parameter_true(SnowApiParameter.FIX_HOSTNAME, "true")

    @property
    def should_skip_async_exec_polling(self) -> bool:
        """Whether an operation called with `async_exec` returns when it was accepted. Default: it does."""
        return self.is_parameter_true(SnowApiParameter.SKIP_ASYNC_EXEC_POLLING, "true")

    @property
    def max_threads(self) -> int | None:
        """How many background requests may be under way at once. They need no threads, in spite of the name."""
        value = self.params_map.get(SnowApiParameter.MAX_THREADS)
        return None if value is None else int(value)
