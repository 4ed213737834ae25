"""Service functions: how SQL declares and calls them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from snowcore._names import quote_identifier

from ...engine.errors import syntax, unsupported
from ...engine.types import parse
from ..compute.calls import ServiceCall
from ..objects.service_functions import STRICT
from .kinds import OF, place
from .reader import Reader

if TYPE_CHECKING:
    from ..objects.service_functions import ServiceFunctions
    from . import SqlSession

RESOURCE = "function"
WORDS = (
    "SERVICE",
    "ENDPOINT",
    "MAX_BATCH_ROWS",
    *("CONTEXT_HEADERS", "MAX_BATCH_RETRIES", "ON_BATCH_FAILURE", "BATCH_TIMEOUT_SECS"),
)
"""What only service functions declare."""
_MOST = 10_000
"""Rows in a request, unless the function says otherwise."""


def read(reader: Reader, found: dict[str, Any]) -> None:
    """One of the properties that only these have."""
    word = reader.word()
    reader.take("=")
    if word == "SERVICE":
        found["service"] = reader.path()
    elif word == "ENDPOINT":
        found["endpoint"] = reader.string() if reader.is_string() else reader.path()[-1].lower()
    elif word == "MAX_BATCH_ROWS":
        found["max_batch_rows"] = reader.integer()
    else:
        raise unsupported(f"{word} of service functions")


def body(session: SqlSession, found: Mapping[str, Any]) -> dict[str, Any]:
    """What a CREATE declares, as REST takes it."""
    if "endpoint" not in found or found["return_type"]["type"] == "TABLE":
        raise syntax("A service function needs ENDPOINT, and returns a value.")
    where = place(session, OF["service"], found["service"], "CREATE FUNCTION")
    session.perform("service", "fetch", where)
    made = {key: found[key] for key in ("name", "arguments", "endpoint", "max_batch_rows") if key in found}
    service = {"service": where["name"], "service_database": where["database"], "service_schema": where["schema"]}
    more = {"returns": found["return_type"]["datatype"], "path": found["body"], "function_type": "service-function"}
    strict = found["language_config"].get("called_on_null_input") is False
    return {**made, **service, **more, **({STRICT: True} if strict else {})}


def rows(session: SqlSession, path: Mapping[str, str], name: str | None = None) -> list[dict[str, Any]]:
    """The service functions of a schema, or those of one name, as other functions are told of."""
    return cast("ServiceFunctions", session.account.kinds[RESOURCE]).as_routines(path, name)


def call(session: SqlSession, row: Mapping[str, Any]) -> ServiceCall:
    """How the session calls a service function."""
    kind = cast("ServiceFunctions", session.account.kinds[RESOURCE])
    service = kind.service(row)
    if service.state["status"] == "SUSPENDED" and service.properties.get("auto_resume", True):
        names = zip(("database", "schema", "name"), map(quote_identifier, service.path), strict=True)
        session.account.perform("service", "resume", dict(names))
        service = kind.service(row)
    takes, gives = [parse(one["datatype"]) for one in row["arguments"]], parse(row["return_type"]["datatype"])
    most = row.get("max_batch_rows", _MOST)
    port = kind.port(row, service)
    return ServiceCall(row["name"], service, port, row["path"], most, takes, gives, session.account.services)
