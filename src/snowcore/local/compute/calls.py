"""Calls of service functions: rows go to a service's endpoint in Snowflake's batch format, and values come back.

See https://docs.snowflake.com/en/developer-guide/snowpark-container-services/service-functions.
"""

from __future__ import annotations

import http.client
import time
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

import attrs
import orjson

from ...engine.errors import EngineError
from ...engine.translate import variants
from ...engine.types import DataType
from ..account.catalog import Entry
from .services import Services

CARRIED = ("NUMBER", "FLOAT", "VARCHAR", "BOOLEAN", "DATE", "VARIANT", "OBJECT", "ARRAY")
"""The types that arguments and values may have."""
_JSON = ("VARIANT", "OBJECT", "ARRAY")
_PATIENCE = 60.0
"""Seconds that a service has to run, and then to answer."""
_BEGINS = 5.0
"""Seconds that a program without a readiness probe, which counts as ready at once, has until it listens."""


@attrs.frozen(eq=False)
class ServiceCall:
    """A session's use of a service function; `engine.protocol.Code`."""

    name: str
    service: Entry
    port: int
    path: str
    most: int
    """Rows in a request."""
    takes: Sequence[DataType]
    gives: DataType
    services: Services

    @property
    def key(self) -> object:
        types = [str(one) for one in (*self.takes, self.gives)]
        return ("SERVICE", self.name, self.service.id, self.port, self.path, self.most, *types)

    def values(self, rows: Sequence[Sequence[Any]]) -> list[str | None]:
        port = self._port()
        found: list[str | None] = []
        for at in range(0, len(rows), self.most):
            found += self._batch(port, rows[at : at + self.most])
        return found

    def rows(self, partition: Sequence[Sequence[Any]]) -> Sequence[Sequence[str | None]]:
        raise NotImplementedError  # since no service function gives rows

    def _port(self) -> int:
        """Where the service listens. EngineError if it doesn't run."""
        services, service = self.services, self.service
        if not services.wait(lambda: services.status(service) != "PENDING", _PATIENCE):
            raise self._failed("it is PENDING")
        running = services.of(service)
        ready = [one for one in running.instances if one.status == "READY"] if running is not None else []
        if not ready:
            raise self._failed(f"it is {services.status(service)}")
        return ready[0].ports[self.port]

    def _batch(self, port: int, rows: Sequence[Sequence[Any]]) -> list[str | None]:
        said = [[at, *map(_outward, self.takes, row)] for at, row in enumerate(rows)]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        headers = {
            "Content-Type": "application/json",
            "sf-external-function-format": "json",
            "sf-external-function-format-version": "1.0",
            "sf-external-function-query-batch-id": str(uuid.uuid4()),
        }
        try:
            _connect(connection)
            connection.request("POST", self.path, orjson.dumps({"data": said}), headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise self._failed(f"it doesn't answer ({type(error).__name__})") from None
        finally:
            connection.close()
        if answer.status != 200:
            raise self._failed(f"it answers with HTTP status {answer.status}")
        return self._read(content, len(rows))

    def _read(self, content: bytes, count: int) -> list[str | None]:
        try:
            data = cast("list[Any]", orjson.loads(content)["data"])
            found = dict(data)
            if len(data) != count:
                raise ValueError
            return [_inward(self.gives, found[at]) for at in range(count)]
        except (ValueError, KeyError, TypeError):
            text = f'its answer is not {{"data": [[number, value], …]}} with a value for each of {count} rows'
            raise self._failed(text) from None

    def _failed(self, why: str) -> EngineError:
        text = f"Request failed for service function {self.name}: service {self.service.name}: {why}."
        return EngineError("000603", "P0000", text)


def _outward(type_: DataType, value: Any) -> Any:
    if value is None or type_.name in ("FLOAT", "VARCHAR", "BOOLEAN"):
        return value
    if type_.name == "NUMBER":
        return orjson.Fragment(str(Decimal(value)))
    return orjson.Fragment(variants.show(value)) if type_.name in _JSON else str(value)


def _inward(type_: DataType, value: Any) -> str | None:
    if value is None:
        return None
    if type_.name in _JSON:
        return variants.parse(orjson.dumps(value).decode())
    if isinstance(value, (dict, list)):
        return orjson.dumps(value).decode()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _connect(connection: http.client.HTTPConnection) -> None:
    until = time.monotonic() + _BEGINS
    while True:
        try:
            return connection.connect()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
