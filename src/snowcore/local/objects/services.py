"""Services and job services: what is declared of them, and what the processes that stand for their containers do."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import attrs
import orjson

from ...engine.errors import AccountError, invalid, missing
from ...engine.files.stages import Place
from ...engine.late import late
from ...engine.names import canonical, shown, split
from ...engine.protocol import Stage
from ..account.calls import Call, Context
from ..account.catalog import Entry
from ..compute.services import WANTED, count, digest, dns_name
from . import granting, securables
from .base import Content, ObjectType, done, full, need_plain, status
from .words import Words, same

if TYPE_CHECKING:
    from ..compute import specification, volumes
    from .compute_pools import ComputePools
else:
    late(globals(), "..compute.specification ..compute.volumes")

VALUES = "SPEC_VALUES"
"""What only SQL declares: that the specification is a template, with these values."""
_ENDED = ("DONE", "FAILED")


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
            "FROM": ("spec", "specification"),
            "USING": (VALUES, "values"),
        },
    )
    defaults = {"auto_resume": True, "auto_suspend_secs": 0, "is_job": False, "is_upgrading": False}

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        out.pop("status", None)
        if "compute_pool" in out:
            out["compute_pool"] = canonical(out["compute_pool"])
        if out.get("spec", {}).get("spec_type") == "from_inline":
            specification.specification(out["spec"]["spec_text"])
        return out

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        need_plain(path[-1], "a service")
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
        pools = cast("ComputePools", self.account.kinds["compute-pool"])
        pool = pools.settled(pools.need(None, properties["compute_pool"]))
        if pool.state["suspended"] and not pool.properties.get("auto_resume", True):
            return "PENDING"
        if pool.state["suspended"]:
            pools.turn(pool, suspended=False)
        return WANTED

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**entry.state, "updated_on": self.catalog.now()}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        least = count(entry)
        running = self.account.services.of(entry)
        return {
            "status": self.account.services.status(entry),
            "min_instances": least,
            "max_instances": entry.properties.get("max_instances", least),
            "min_ready_instances": entry.properties.get("min_ready_instances", least),
            "current_instances": len(running.instances) if running is not None and not running.over else 0,
            "target_instances": least if entry.state["status"] in (WANTED, "PENDING") else 0,
            "dns_name": dns_name(entry),
            "spec_digest": digest(entry),
        }

    # Declaring

    def do_create(self, call: Call) -> Content:
        answer = super().do_create(self._with_text(call, self.parent(call.path)))
        self.account.services.begin()
        return answer

    def do_create_or_alter(self, call: Call) -> Content:
        answer = super().do_create_or_alter(self._with_text(call, self.parent(call.path)))
        self.account.services.begin()
        return answer

    def do_alter(self, call: Call) -> Content:
        entry = self.existing(call)
        if entry is not None and entry.properties.get("is_job"):
            raise invalid(f"Service {full(entry.path)} is a job, which can't be altered.")
        return super().do_alter(self._with_text(call, self.parent(call.path)))

    def _with_text(self, call: Call, parent: Entry | None) -> Call:
        """The call with the text of a specification that is on a stage, or made by a template. AccountError if who asks
        may not use the stages and secrets that it names."""
        assert parent is not None
        beyond = dict(call.context.beyond)
        values, said = beyond.pop(VALUES, None), call.body.get("spec")
        if said is None:
            if values is not None:
                raise invalid("USING needs the template of a specification.")
            return call
        rights = self.account.access.of(call.context)
        text = said.get("spec_text", "")
        if said["spec_type"] == "from_file":
            path, folder = volumes.stage_of(self.account, said["stage"], parent.path)
            found = self.account.kinds["stage"].need_at(path)
            self._need(rights, found, "READ")
            inside = "/".join([*filter(None, [folder]), said["spec_file"]])
            file = Place(path[-1], Stage(self.account.engine.stage(found.id), {}, {})).file(inside)
            if not file.is_file():
                where = f"{shown(path[-1]).lower()}/{inside}"
                raise AccountError(404, "091016", "22000", f"Remote file '{where}' was not found.")
            text = file.read_text(encoding="utf-8", errors="replace")
        if values is not None:
            text = specification.rendered(text, values)
        self._check_used(rights, specification.specification(text), parent.path)
        body = {**call.body, "spec": {"spec_type": "from_inline", "spec_text": text}}
        return attrs.evolve(call, body=body, context=attrs.evolve(call.context, beyond=beyond))

    def _check_used(self, rights: Any, spec: specification.Specification, near: tuple[str, ...]) -> None:
        if any(container.command for container in spec.containers):
            self.account.code.check_allowed()
        for volume in spec.volumes.values():
            if volume.stage is not None:
                path, _ = volumes.stage_of(self.account, volume.stage, near)
                self._need(rights, self.account.kinds["stage"].need_at(path), "WRITE")
        for container in spec.containers:
            for secret in container.secrets:
                parts = split(secret.name)
                entry = self.account.kinds["secret"].need_at((*near[: 3 - len(parts)], *parts))
                self._need(rights, entry, "READ")

    def _need(self, rights: Any, entry: Entry, privilege: str) -> None:
        found = securables.of_entry(entry)
        if found is not None and not rights.has("USAGE", found):
            rights.need(privilege, found)

    # Jobs

    def do_execute_job(self, call: Call) -> Content:
        """Run a job; wait for its end unless the body says not to. AccountError if it fails."""
        body = {key: value for key, value in call.body.items() if key not in ("is_async_job", "status")}
        body.setdefault("name", f"JOB_{uuid.uuid4().hex.upper()}")
        waits = not call.body.get("is_async_job")
        beyond = dict(call.context.beyond)
        replicas = beyond.pop("REPLICAS", 1)
        context = attrs.evolve(call.context, beyond=beyond)
        made = self._with_text(attrs.evolve(call, body=body, context=context), self.parent(call.path))
        parent, name = self.parent(call.path), canonical(body["name"])
        properties = {**self.declared(made.body, parent.path if parent else ()), "is_job": True}
        self.settle(made, parent, name, {**properties, "min_instances": replicas}, None)
        self.account.services.begin()
        entry = self.need(parent, name)
        if not waits:
            return status(f"Job {shown(name)} successfully submitted.")
        self.wait_for_job(entry)
        return status(f"Job {shown(name)} completed successfully with status: DONE.")

    def wait_for_job(self, entry: Entry, interrupted: threading.Event | None = None) -> None:
        """AccountError if the job fails, or is dropped meanwhile, or the wait is interrupted, which cancels the job."""
        now = self.state_of
        try:
            self.account.services.wait(lambda: now(entry) in (None, *_ENDED), None, interrupted)
        except AccountError:
            with self.account.changing:
                for there in self.catalog.select("o.id = ?", entry.id):
                    self.set_state(there, status="FAILED")
            raise
        if (ended := now(entry)) != "DONE":
            why = "; ".join(
                f"{one['container_name']}: {one['message']}"
                for one in (self._containers(self.catalog.get(entry.id)) if ended is not None else ())
                if one["status"] == "FAILED"
            )
            text = f"Job {shown(entry.name)} failed with status: {ended or 'DELETED'}." + (f" {why}" if why else "")
            raise AccountError(422, "000603", "P0000", text)

    def state_of(self, entry: Entry) -> str | None:
        """A service's state in the catalog now; None if it isn't there any more."""
        return next((one.state["status"] for one in self.catalog.select("o.id = ?", entry.id)), None)

    # Running

    def do_resume(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            entry = self.existing(call)
            if entry is not None and entry.state["status"] == "SUSPENDED":
                now, revision = self.catalog.now(), entry.state.get("revision", 0) + 1
                woken = self._woken(entry.properties)
                self.set_state(entry, status=woken, resumed_on=now, updated_on=now, revision=revision)
        self.account.services.begin()
        return done()

    def do_suspend(self, call: Call) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is not None and entry.properties.get("is_job"):
                raise invalid(f"Service {full(entry.path)} is a job, which can't be suspended.")
            if entry is not None and entry.state["status"] != "SUSPENDED":
                now = self.catalog.now()
                self.set_state(entry, status="SUSPENDED", suspended_on=now, updated_on=now)
        return done()

    # What is told

    def do_instances(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        running = self.account.services.of(entry)
        return [
            {
                **self._of(entry),
                "instance_id": str(one.number),
                "status": one.status,
                "spec_digest": digest(entry),
                "creation_time": one.created,
                "start_time": next((each.started for each in one.containers if each.started), ""),
            }
            for one in (running.instances if running is not None else ())
        ]

    def do_containers(self, call: Call) -> list[Content]:
        return self._containers(self.entry(call))

    def _containers(self, entry: Entry) -> list[Content]:
        running = self.account.services.of(entry)
        return [
            {
                **self._of(entry),
                "instance_id": str(instance.number),
                "instance_status": instance.status,
                "container_name": one.said.name,
                "status": one.status,
                "message": one.message,
                "image_name": one.said.image,
                "image_digest": "",
                "restart_count": one.restarts,
                "start_time": one.started or "",
                **({} if one.last_exit is None else {"last_exit_code": one.last_exit}),
            }
            for instance in (running.instances if running is not None else ())
            for one in instance.containers
        ]

    def do_status(self, call: Call) -> Content:
        entry = self.entry(call)
        if seconds := call.query.get("timeout", 0):
            services = self.account.services
            services.wait(lambda: not services.may_start(self.entry(call)), float(seconds))
        names = {"status": "status", "message": "message", "containerName": "container_name", "image": "image_name"}
        names |= {"instanceId": "instance_id", "serviceName": "service_name", "restartCount": "restart_count"}
        names |= {"startTime": "start_time"}
        told = [{new: row[old] for new, old in names.items()} for row in self._containers(entry)]
        if not told:
            state, why = self.account.services.status(entry), self._why(entry)
            told = [{"status": state, "message": why, "serviceName": entry.name}]
        return {"system$get_service_status": orjson.dumps(told).decode()}

    def _why(self, entry: Entry) -> str:
        """Why a service has no containers."""
        running = self.account.services.of(entry)
        if running is not None and running.error is not None:
            return running.error
        waits = entry.state["status"] == "PENDING"
        return "Compute pool is suspended, and doesn't resume by itself" if waits else ""

    def do_endpoints(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        running = self.account.services.of(entry)
        ports: Mapping[int, int] = running.instances[0].ports if running is not None and running.instances else {}
        out: list[Content] = []
        for one in self._spec(entry).endpoints:
            told: Content = {"name": one.name, "protocol": one.protocol, "is_public": one.public}
            told |= {"port": one.port} if one.port is not None else {"portRange": one.range}
            if one.public:
                own = ports.get(one.port or 0)
                told["ingress_url"] = f"127.0.0.1:{own}" if own else "Endpoints provisioning in progress..."
            out.append(told)
        return out

    def do_roles(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        return [{"created_on": entry.created_on, "name": name, "comment": ""} for name in self._roles(entry)]

    def _roles(self, entry: Entry) -> Mapping[str, Sequence[str]]:
        """The endpoints that each role of a service may use."""
        spec = self._spec(entry)
        return {"ALL_ENDPOINTS_USAGE": [one.name for one in spec.endpoints], **spec.roles}

    def role(self, entry: Entry, name: str) -> str:
        """A role of a service as its specification writes it. AccountError (002003) if there is none."""
        found = next((one for one in self._roles(entry) if one.upper() == name.upper()), None)
        if found is None:
            raise missing("service role", f"{full(entry.path)}!{name}")
        return found

    def do_grants_of(self, call: Call) -> list[Content]:
        """Who has a role of a service."""
        entry = self.entry(_of_role(call))
        return granting.of_service(self.account, entry, self.role(entry, canonical(call.path["name"])))

    def do_grants(self, call: Call) -> list[Content]:
        """What a role of a service may use."""
        entry = self.entry(_of_role(call))
        role = self.role(entry, canonical(call.path["name"]))
        told = {"created_on": entry.created_on, "privilege": "USAGE", "granted_on": "SERVICE_ENDPOINT"}
        told |= {"granted_to": "SERVICE_ROLE", "grantee_name": f"{full(entry.path)}!{role}"}
        return [{**told, "name": f"{full(entry.path)}!{one}"} for one in self._roles(entry)[role]]

    def permit(self, verb: str, call: Call) -> None:
        super().permit(verb, _of_role(call) if "service" in call.path else call)

    def do_logs(self, call: Call) -> Content:
        return {"system$get_service_logs": self.logs(call)}

    def logs(self, call: Call, *, previous: bool = False) -> str:
        """The last lines that a container of an instance wrote, now or before it was started again."""
        entry = self.entry(call)
        running = self.account.services.of(entry)
        lines: int | None = call.query.get("numLines")
        for instance in running.instances if running is not None else ():
            for container in instance.containers:
                if (str(instance.number), container.said.name) == (
                    str(call.query["instanceId"]),
                    call.query["containerName"],
                ):
                    return container.read_log(lines, previous=previous)
        where = f"container '{call.query['containerName']}' of instance {call.query['instanceId']}"
        raise AccountError(404, "002003", "02000", f"Service {full(entry.path)} has no {where} now.")

    def _spec(self, entry: Entry) -> specification.Specification:
        return specification.specification(entry.properties["spec"]["spec_text"])

    def _of(self, entry: Entry) -> Content:
        database, schema, name = entry.path
        of = {"database_name": database, "schema_name": schema, "service_name": name}
        return {**of, "service_status": self.account.services.status(entry)}


def _of_role(call: Call) -> Call:
    """An operation on a service's role as one on the service."""
    return attrs.evolve(call, path={**call.path, "name": call.path["service"]})
