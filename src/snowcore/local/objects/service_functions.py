"""Service functions: an endpoint of a service that SQL calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...engine.errors import AccountError, invalid, missing, unsupported
from ...engine.late import late
from ...engine.names import canonical, shown
from ...engine.types import parse
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, full
from .routines import Functions, name_of

if TYPE_CHECKING:
    from ..compute import calls, specification
else:
    late(globals(), "..compute.calls ..compute.specification")

STRICT = "STRICT"
"""What only SQL declares: that the function is NULL if an argument is."""
_MOST = 1_000_000
"""Rows in a request that a function may ask for."""


class ServiceFunctions(Functions):
    resource, what = "function", "function"

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        arguments = [{"datatype": "TEXT", **one} for one in body.get("arguments", ())]
        returned = {"type": "DATATYPE", "datatype": body.get("returns") or "TEXT"}
        said = {**body, "arguments": arguments, "return_type": returned}
        made = super().declared(said, place)
        for at, part in enumerate(("service_database", "service_schema")):
            if place or part in made:
                made[part] = canonical(made[part]) if made.get(part) else place[at]
        if "service" in made:
            made["service"] = canonical(made["service"])
        return made

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        for one in (*properties["arguments"], properties["return_type"]):
            if (type_ := parse(one["datatype"])).name not in calls.CARRIED:
                raise unsupported(f"{type_} in service functions")
        self.port(properties, self.service(properties))
        if not str(properties["path"]).startswith("/") or any(one <= " " for one in properties["path"]):
            raise invalid(f"The path of a service function begins with a slash and has no blanks: {properties['path']}")
        if not 1 <= properties.get("max_batch_rows", 1) <= _MOST:
            raise invalid(f"Invalid value of 'max_batch_rows': it is not from 1 to {_MOST:,}.")

    def service(self, properties: Mapping[str, Any]) -> Entry:
        path = [properties[part] for part in ("service_database", "service_schema", "service")]
        return self.account.kinds["service"].need_at(path)

    def port(self, properties: Mapping[str, Any], service: Entry) -> int:
        """The port of the endpoint, in the service's specification. AccountError if there is no such endpoint."""
        for one in specification.specification(service.properties["spec"]["spec_text"]).endpoints:
            if one.name.upper() == properties["endpoint"].upper() and one.port is not None:
                return one.port
        raise missing("endpoint", f"{full(service.path)}!{properties['endpoint']}")

    def visible(self, entry: Entry) -> set[str]:
        return {*self.document.properties(self.document.object, {"function_type": "service-function"})}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        arguments = entry.properties["arguments"]
        signature = ", ".join(f"{shown(one['name'])} {parse(one['datatype']).name}" for one in arguments)
        told = {"function_type": "service-function", "language": "EXTERNAL", "signature": f"({signature})"}
        returned = entry.properties["return_type"]["datatype"]
        return {**super().details(entry, context), **told, "returns": returned, "body": entry.properties["path"]}

    def as_routines(self, path: Mapping[str, str], name: str | None = None) -> list[Content]:
        """The functions of a schema, as others are told of that SQL calls. name: of those of this name alone."""
        place = dict(zip(("database_name", "schema_name"), map(canonical, path.values()), strict=True))
        return [
            {
                **entry.properties,
                **self.details(entry, Context()),
                "language_config": {"language": "EXTERNAL", "called_on_null_input": STRICT not in entry.properties},
                **place,
                "owner": entry.owner,
                "created_on": entry.created_on,
            }
            for entry in self.asked_for(Call(path, {}, None, Context()))
            if name in (None, name_of(entry))
        ]

    def do_execute(self, call: Call) -> Content:
        try:
            return super().do_execute(call)
        except AccountError as error:
            if error.code == "002140":
                raise missing(self.what, call.path["name"]) from None
            raise
