"""What SQL says and asks of services: jobs, their containers, endpoints and logs."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import orjson

from ...engine.errors import AccountError, invalid, syntax, unsupported
from ...engine.names import like, shown, split
from ...engine.protocol import Result
from ..account.calls import Call
from .kinds import OF, above, place, property_of, unquoted
from .listings import Row, columns
from .listings import shown as listed
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from ..objects.services import Services
    from . import SqlSession

_SERVICE = OF["service"]


def execute_job(session: SqlSession, reader: Reader) -> Result:
    """EXECUTE JOB SERVICE, from behind these words."""
    body: dict[str, Any] = {}
    name: list[str] | None = None
    waits = True
    while not reader.done:
        if reader.take("NAME"):
            reader.expect("=")
            name = split(reader.string()) if reader.is_string() else reader.path()
        elif reader.take("ASYNC"):
            reader.expect("=")
            waits = not reader.boolean()
        elif reader.take("REPLICAS"):
            reader.expect("=")
            body["REPLICAS"] = reader.integer()
        else:
            key, read = property_of(reader, _SERVICE)
            reader.take("=")
            body[key] = read(reader)
    if missing := [words for words, key in (("IN COMPUTE POOL", "compute_pool"), ("FROM", "spec")) if key not in body]:
        raise syntax(f"EXECUTE JOB SERVICE needs {missing[0]}.")
    if body.get("REPLICAS", 1) < 1:
        raise invalid(f"Invalid value of REPLICAS: {body['REPLICAS']} is less than 1.")
    where = place(session, _SERVICE, name or [f"JOB_{uuid.uuid4().hex.upper()}"], "EXECUTE JOB SERVICE")
    body |= {"name": where["name"], "is_async_job": True}
    answer = session.perform("service", "execute_job", above(where), {}, body)
    if waits:
        kind = cast("Services", session.account.kinds["service"])
        path = [unquoted(part) for part in where.values()]
        kind.wait_for_job(kind.need_at(path), session.interrupted)
        return status(f"Job {shown(path[-1])} completed successfully with status: DONE.")
    return status(answer)


# Functions


def _where(session: SqlSession, name: str, function: str) -> dict[str, str]:
    where = place(session, _SERVICE, split(name), function)
    session.perform("service", "fetch", where)
    return where


def get_status(session: SqlSession, name: str, seconds: str = "0") -> str:
    where = _where(session, name, "SYSTEM$GET_SERVICE_STATUS")
    return session.perform("service", "status", where, {"timeout": int(seconds)})["system$get_service_status"]


def get_logs(
    session: SqlSession,
    name: str,
    instance: str,
    container: str,
    lines: str | None = None,
    previous: str = "false",
    since: str | None = None,
    stamped: str = "false",
) -> str:
    if since or stamped.lower() == "true":
        raise unsupported("logs of services since a moment, or with the times of their lines")
    where = _where(session, name, "SYSTEM$GET_SERVICE_LOGS")
    query = {"instanceId": int(instance), "containerName": container}
    query |= {} if lines is None else {"numLines": int(lines)}
    kind = cast("Services", session.account.kinds["service"])
    return kind.logs(Call(where, query, None, session.context), previous=previous.lower() == "true")


def get_pool_status(session: SqlSession, name: str) -> str:
    where = place(session, OF["compute-pool"], split(name), "SYSTEM$GET_COMPUTE_POOL_STATUS")
    state = session.perform("compute-pool", "fetch", where)["state"]
    return orjson.dumps({"status": state, "message": _POOL_MESSAGES[state]}).decode()


_POOL_MESSAGES = {
    "SUSPENDED": "Compute pool is suspended",
    "IDLE": "Compute pool is ready",
    "ACTIVE": "Compute pool is active",
}


def wait_for(session: SqlSession, seconds: str, *names: str) -> str:
    """Wait until services run, and jobs are done. AccountError if the time is over before, or one has failed."""
    if not names:
        raise ValueError
    services, kind = session.account.services, session.account.kinds["service"]
    where = [_where(session, name, "SYSTEM$WAIT_FOR_SERVICES") for name in names]

    entries = [kind.need_at(map(unquoted, one.values())) for one in where]
    goals = ["DONE" if entry.properties.get("is_job") else "RUNNING" for entry in entries]

    def states() -> list[str]:
        return [services.status(kind.need_at(map(unquoted, one.values()))) for one in where]

    def settled() -> bool:
        found = states()
        return "FAILED" in found or all(state == goal for state, goal in zip(found, goals))

    in_time = services.wait(settled, float(seconds), session.interrupted)
    told = ", ".join(f"{name} is {state}" for name, state in zip(names, states()))
    if not in_time:
        raise AccountError(408, "000603", "57014", f"Services are not ready after {seconds} seconds: {told}.")
    if "FAILED" in states():
        raise AccountError(422, "000603", "P0000", f"A service has failed: {told}.")
    return "OK"


# SHOW

_OF_SERVICE = "database_name schema_name service_name service_status instance_id instance_status"
_CONTAINERS = columns(
    f"{_OF_SERVICE} container_name status message image_name image_digest restart_count start_time last_exit_code"
)
_INSTANCES = columns(
    "database_name schema_name service_name service_status instance_id status spec_digest creation_time start_time"
)
_ENDPOINTS = columns("name port port_range<portRange protocol is_public:true ingress_url")
_ROLES = columns("created_on name comment")
_IMAGES = columns("created_on image_name tags digest image_path")
_FAMILIES = columns(
    "name vcpu memory_gib storage_gib gpu gpu_count gpu_memory_gib current_node_usage message description"
)


def _of(verb: str, titles: Any, resource: str = "service") -> Callable[[SqlSession, Reader], Result]:
    """SHOW of what belongs to one object."""

    def show(session: SqlSession, reader: Reader) -> Result:
        matches = like(reader.string() if reader.take("LIKE") else "%").fullmatch
        reader.expect(f"IN {OF[resource].words}")
        where = place(session, OF[resource], reader.path(), "SHOW")
        reader.end()
        rows: list[Row] = session.perform(resource, verb, where)
        return listed(titles, [row for row in rows if matches(str(next(filter(None, map(row.get, _NAMES)))))])

    return show


_NAMES = ("name", "container_name", "image_name", "service_name")


def _families(session: SqlSession, reader: Reader) -> Result:
    matches = like(reader.string() if reader.take("LIKE") else "%").fullmatch
    reader.end()
    rows: list[Row] = session.perform("compute-pool", "instance_families", {})
    return listed(_FAMILIES, [row for row in rows if matches(row["name"])])


SHOWN: dict[str, Callable[[SqlSession, Reader], Result]] = {
    "SERVICE CONTAINERS": _of("containers", _CONTAINERS),
    "SERVICE INSTANCES": _of("instances", _INSTANCES),
    "ENDPOINTS": _of("endpoints", _ENDPOINTS),
    "ROLES IN SERVICE": lambda session, reader: _roles(session, reader),
    "IMAGES": _of("images", _IMAGES, "image-repository"),
    "COMPUTE POOL INSTANCE FAMILIES": _families,
}


def _roles(session: SqlSession, reader: Reader) -> Result:
    where = place(session, _SERVICE, reader.path(), "SHOW")
    reader.end()
    return listed(_ROLES, session.perform("service", "roles", where))
