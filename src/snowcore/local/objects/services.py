"""Services: what their specification says, as if it ran. Containers are not started, so there are no logs either."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, NoReturn, cast

from ...engine.errors import AccountError, invalid, missing, unsupported
from ...engine.names import canonical
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, ObjectType, done, full
from .words import Words, same


class Services(ObjectType):
    resource = what = "service"
    words = Words(
        "SERVICE",
        {
            **same("text", "comment"),
            **same("integer", "min_instances", "max_instances", "min_ready_instances", "auto_suspend_secs"),
            **same("boolean", "auto_resume"),
            **same("name", "query_warehouse"),
            **same("names", "external_access_integrations"),
            "IN COMPUTE POOL": ("compute_pool", "name"),
            "FROM SPECIFICATION": ("spec", "specification"),
        },
    )
    defaults = {"auto_resume": True, "auto_suspend_secs": 0, "is_job": False, "is_upgrading": False}

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        out.pop("status", None)
        if "compute_pool" in out:
            out["compute_pool"] = canonical(out["compute_pool"])
        if "spec" in out:
            _parsed(out["spec"])
        return out

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        if self.catalog.find("compute-pool", 0, properties["compute_pool"]) is None:
            raise missing("compute pool", full([properties["compute_pool"]]))
        least = properties.get("min_instances", 1)
        most, ready = properties.get("max_instances", least), properties.get("min_ready_instances", least)
        if not 1 <= least <= most or ready > most:
            raise invalid("'min_instances' must be 1 or more, and like 'min_ready_instances' at most 'max_instances'.")

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        now = self.catalog.now()
        return {"status": self._woken(properties), "resumed_on": None, "suspended_on": None, "updated_on": now}

    def _woken(self, properties: Mapping[str, Any]) -> str:
        """What a service that starts becomes: it waits for a suspended pool, unless that resumes by itself."""
        pools = self.account.kinds["compute-pool"]
        pool = pools.need(None, properties["compute_pool"])
        if pool.state["suspended"] and not pool.properties.get("auto_resume", True):
            return "PENDING"
        if pool.state["suspended"]:
            pools.set_state(pool, suspended=False, resumed_on=self.catalog.now())
        return "RUNNING"

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**entry.state, "updated_on": self.catalog.now()}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        least = entry.properties.get("min_instances", 1)
        database, schema, name = (part.lower().replace("_", "-") for part in entry.path)
        return {
            "min_instances": least,
            "max_instances": entry.properties.get("max_instances", least),
            "min_ready_instances": entry.properties.get("min_ready_instances", least),
            "current_instances": least if entry.state["status"] == "RUNNING" else 0,
            "target_instances": 0 if entry.state["status"] == "SUSPENDED" else least,
            "dns_name": f"{name}.{schema}.{database}.snowflakecomputing.internal",
            "spec_digest": _digest(entry),
        }

    def do_resume(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            entry = self.existing(call)
            if entry is not None and entry.state["status"] == "SUSPENDED":
                now = self.catalog.now()
                self.set_state(entry, status=self._woken(entry.properties), resumed_on=now, updated_on=now)
        return done()

    def do_suspend(self, call: Call) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is not None and entry.state["status"] != "SUSPENDED":
                now = self.catalog.now()
                self.set_state(entry, status="SUSPENDED", suspended_on=now, updated_on=now)
        return done()

    def do_instances(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        since = entry.state["resumed_on"] or entry.created_on
        own = {"status": _ready(entry), "spec_digest": _digest(entry), "creation_time": since, "start_time": since}
        return [{**_of(entry), "instance_id": str(i), **own} for i in _instances(entry)]

    def do_containers(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        status = _ready(entry)
        return [
            {
                **_of(entry),
                "instance_id": str(i),
                "instance_status": status,
                "container_name": container["name"],
                "status": status,
                "message": "Not started: the embedded account runs no containers",
                "image_name": container["image"],
                "image_digest": "",
                "restart_count": 0,
                "start_time": entry.state["resumed_on"] or entry.created_on,
            }
            for i in _instances(entry)
            for container in _parsed(entry.properties["spec"])["containers"]
        ]

    def do_status(self, call: Call) -> Content:
        import orjson

        names = {"status": "status", "message": "message", "containerName": "container_name", "image": "image_name"}
        names |= {"instanceId": "instance_id", "serviceName": "service_name", "restartCount": "restart_count"}
        told = [{new: row[old] for new, old in names.items()} for row in self.do_containers(call)]
        return {"system$get_service_status": orjson.dumps(told).decode()}

    def do_endpoints(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        out: list[Content] = []
        for endpoint in _parsed(entry.properties["spec"]).get("endpoints", []):
            public = bool(endpoint.get("public", False))
            port = {key: endpoint[key] for key in ("port", "portRange") if key in endpoint}
            host = f"{endpoint['name']}.{entry.name.lower()}.snowcore.invalid"
            protocol = str(endpoint.get("protocol", "HTTP")).upper()
            where = {"ingress_url": host} if public else {}
            out.append({"name": endpoint["name"], **port, "protocol": protocol, "is_public": public, **where})
        return out

    def do_roles(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        names = ["ALL_ENDPOINTS_USAGE", *(r["name"] for r in _parsed(entry.properties["spec"], "serviceRoles"))]
        return [{"created_on": entry.created_on, "name": name, "comment": ""} for name in names]

    def do_logs(self, call: Call) -> NoReturn:
        self.entry(call)
        raise unsupported("logs of services, since it doesn't run their containers")

    def do_execute_job(self, call: Call) -> NoReturn:
        raise unsupported("job services, since it doesn't run their containers")


def _of(entry: Entry) -> Content:
    database, schema, name = entry.path
    of = {"database_name": database, "schema_name": schema, "service_name": name}
    return {**of, "service_status": entry.state["status"]}


def _ready(entry: Entry) -> str:
    return "READY" if entry.state["status"] == "RUNNING" else "PENDING"


def _instances(entry: Entry) -> range:
    return range(0 if entry.state["status"] == "SUSPENDED" else entry.properties.get("min_instances", 1))


def _digest(entry: Entry) -> str:
    return hashlib.sha256(entry.properties["spec"]["spec_text"].encode()).hexdigest()


def _parsed(spec: Mapping[str, Any], part: str = "spec") -> Any:
    """A part of a specification's YAML: `spec`, or another one as a list. AccountError if it isn't one."""
    import yaml

    if spec["spec_type"] != "from_inline":
        raise unsupported("service specifications on a stage; give the text itself")
    try:
        read: Any = yaml.safe_load(spec["spec_text"])
    except yaml.YAMLError as error:
        raise AccountError(400, "395018", "42601", f"Invalid service specification: {error}") from None
    parts = cast("dict[str, Any]", read if isinstance(read, dict) else {})
    if part != "spec":
        return parts.get(part) or []
    inner: Any = parts.get("spec")
    try:
        whole = bool(inner["containers"]) and all(c["name"] and c["image"] for c in inner["containers"])
    except (TypeError, KeyError):
        whole = False
    if not whole:
        text = "Invalid service specification: it needs spec.containers, each with a name and an image."
        raise AccountError(400, "395018", "42601", text)
    return inner
