"""The services that run: what the catalog wants of them is made so, whatever has changed there."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs

from ...engine.errors import AccountError, canceled
from ...engine.late import late
from ..account.catalog import Entry
from .images import Images

if TYPE_CHECKING:
    from ..account.account import Account
    from ..objects.compute_pools import ComputePools
    from . import containers, specification, volumes
    from .containers import Container, Instance
    from .volumes import Volumes
else:
    late(globals(), ".containers .specification .volumes")

_log = logging.getLogger("snowcore")
WANTED = "RUNNING"
"""The state of services that are to run; the others' is what is told."""


@attrs.define(eq=False)
class Running:
    """A service that runs, or tries to."""

    entry: Entry
    spec: specification.Specification
    volumes: dict[int, Volumes] = attrs.field(factory=dict[int, "Volumes"])
    instances: list[Instance] = attrs.field(factory=list["Instance"])
    error: str | None = None
    """Why it doesn't even try."""
    ending: bool = False
    """Whether it is being ended. Who then wants it to run, such as by UNDROP, waits for another one."""
    over: bool = False
    """Whether it is a job that has ended, and has given back its volumes."""

    @property
    def status(self) -> str:
        """As Snowflake calls it."""
        statuses = [one.status for one in self.instances]
        if self.entry.properties.get("is_job"):
            if any(one in ("PENDING", "READY") for one in statuses) or not statuses:
                return "FAILED" if self.error else "RUNNING" if "READY" in statuses else "PENDING"
            return "FAILED" if "FAILED" in statuses else "DONE"
        least = self.entry.properties.get("min_ready_instances", count(self.entry))
        if self.error is not None or (statuses and {*statuses} == {"FAILED"}):
            return "FAILED"
        return "RUNNING" if statuses and statuses.count("READY") >= least else "PENDING"


def count(entry: Entry) -> int:
    """How many instances a service has."""
    return entry.properties.get("min_instances", 1)


class Services:
    def __init__(self, account: Account) -> None:
        self._account = account
        self.images = Images(self._images_changed)
        self._folder: Path | None = None
        self._running: dict[int, Running] = {}
        self._changed = threading.Condition()
        """Told whenever a status is another one."""
        self._woken, self._closed = threading.Event(), False
        self._thread: threading.Thread | None = None
        self._starting, self._turn = threading.Lock(), threading.Lock()

    def open(self) -> None:
        """Begin with what the catalog has. Jobs that ran when the account's process ended have failed."""
        for entry in self._account.catalog.all("service"):
            if entry.properties.get("is_job") and entry.state["status"] == WANTED:
                self._account.catalog.update(entry, state={**entry.state, "status": "FAILED"})
        self._account.catalog.on_commit = self.changed
        if self._account.catalog.all("service"):
            self.begin()

    @contextmanager
    def halted(self) -> Generator[None]:
        """Within it nothing runs. Afterwards services run as the catalog has them then; what jobs did is lost."""
        with self._turn:
            self._end(list(self._running.values()))
            yield
            self.open()

    def close(self) -> None:
        """End all that runs, and wait for that."""
        with self._starting:
            self._closed = True
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
        with self._turn:
            self._end(list(self._running.values()))
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def begin(self) -> None:
        """There are services; from now on what is wanted of them is made so."""
        with self._starting:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._keep, name="snowcore-services", daemon=True)
                self._thread.start()
        self.changed()

    def changed(self) -> None:
        """Something in the catalog is another one."""
        self._woken.set()

    def _images_changed(self) -> None:
        for one in list(self._running.values()):
            for container in _containers([one]):
                container.wake()

    # What is told

    def of(self, entry: Entry) -> Running | None:
        """How a service runs; None if it doesn't."""
        found = self._running.get(entry.id)
        return found if found is not None and not found.ending and _may_stay(found, entry) else None

    def status(self, entry: Entry) -> str:
        if entry.state["status"] == "SUSPENDED" and entry.id in self._running:
            return "SUSPENDING"
        if entry.state["status"] != WANTED:
            return entry.state["status"]
        status = running.status if (running := self.of(entry)) is not None else "PENDING"
        # A job has ended when the catalog says so, since its volumes are given back before.
        return "RUNNING" if status in ("DONE", "FAILED") and entry.properties.get("is_job") else status

    def may_start(self, entry: Entry) -> bool:
        """Whether a service that is PENDING may leave that state without anybody's doing."""
        running = self.of(entry) if self.status(entry) == "PENDING" else None
        containers = [one for instance in running.instances for one in instance.containers] if running else []
        return any(one.status == "PENDING" and not one.lacks_image for one in containers)

    def wait(
        self, ready: Callable[[], bool], seconds: float | None, interrupted: threading.Event | None = None
    ) -> bool:
        """Wait until something is so, looking whenever a status changes. AccountError (000604) if that is
        interrupted."""
        clock = self._account.clock
        until = None if seconds is None else clock.seconds() + seconds
        with self._changed:
            while not ready():
                left = 0.2 if until is None else min(0.2, until - clock.seconds())
                if left <= 0:
                    return False
                if (interrupted is not None and interrupted.is_set()) or self._closed:
                    raise canceled()
                self._changed.wait(left)
        return True

    def addresses(self) -> dict[str, str]:
        """Where the endpoints of running services are: `dns_name:port` of Snowflake, and host and port here."""
        return {
            f"{dns_name(one.entry)}:{port}": f"127.0.0.1:{own}"
            for one in list(self._running.values())
            for instance in one.instances[:1]
            for port, own in instance.ports.items()
        }

    # In its thread

    def _keep(self) -> None:
        while not self._closed:
            self._woken.wait()
            self._woken.clear()
            try:
                with self._turn:
                    if not self._closed:
                        self._make_so()
            except Exception:
                _log.exception("Services can't be looked after")

    def _make_so(self) -> None:
        every = {entry.id: entry for entry in self._account.catalog.all("service")}
        self._end([one for one in self._running.values() if not _may_stay(one, every.get(one.entry.id))])
        for entry in every.values():
            if (running := self._running.get(entry.id)) is not None:
                running.entry = entry
                if entry.state["status"] != WANTED and not running.over:  # a job that somebody has cancelled
                    for container in _containers([running]):
                        container.stop()
            elif entry.state["status"] == WANTED:
                self._start(entry)
        with self._changed:
            self._changed.notify_all()

    def _start(self, entry: Entry) -> None:
        running = Running(entry, specification.NOTHING)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="snowcore-services-"))
        try:
            running.spec = specification.specification(entry.properties["spec"]["spec_text"])
            for number in range(count(entry)):
                running.instances.append(self._instance(running, number))
        except (AccountError, OSError) as error:
            running.error = error.message if isinstance(error, AccountError) else str(error)
        self._running[entry.id] = running
        if running.error is None:
            for container in _containers([running]):
                container.start()
        self._one_changed(running)

    def _instance(self, running: Running, number: int) -> Instance:
        assert self._folder is not None
        entry = running.entry
        folder = Path(tempfile.mkdtemp(dir=self._folder, prefix=f"{entry.id}-{number}-"))
        running.volumes[number] = volumes.Volumes(self._account, folder)
        running.volumes[number].prepare(running.spec, entry.path)
        held = {port: containers.take_port(port) for port in running.spec.ports}
        instance = containers.Instance(number, folder, held, created=self._account.catalog.now())
        instance.containers = [
            containers.Container(
                self._account, entry, one, instance, self.images.get, lambda: self._one_changed(running)
            )
            for one in running.spec.containers
        ]
        return instance

    def _end(self, gone: Iterable[Running]) -> None:
        gone = list(gone)
        for one in gone:
            one.ending = True
        for container in _containers(gone):
            container.stop()
        for one in gone:
            for container in _containers([one]):
                container.join()
            self._clear(one)
            for instance in one.instances:
                shutil.rmtree(instance.folder, ignore_errors=True)
            if not one.over:
                self._freed(one.entry)
            del self._running[one.entry.id]

    def _clear(self, one: Running) -> None:
        """Give the volumes back to their stages."""
        for instance in one.instances:
            try:
                if (volumes := one.volumes.pop(instance.number, None)) is not None:
                    volumes.write_back()
            except (AccountError, OSError) as error:
                _log.warning("The volumes of %s can't be given back to their stages: %s", one.entry.name, error)
            containers.clear(instance)

    def _freed(self, entry: Entry) -> None:
        cast("ComputePools", self._account.kinds["compute-pool"]).freed(entry)

    # In the threads of containers, too

    def _one_changed(self, running: Running) -> None:
        if running.entry.properties.get("is_job") and running.status in ("DONE", "FAILED"):
            with self._changed:
                is_last, running.over = not running.over, True
            if is_last:
                self._clear(running)
                self._job_ended(running)
        with self._changed:
            self._changed.notify_all()

    def _job_ended(self, running: Running) -> None:
        with self._account.changing:
            for entry in self._account.catalog.select("o.id = ?", running.entry.id):
                if entry.state["status"] == WANTED:
                    self._account.catalog.update(entry, state={**entry.state, "status": running.status})
                    self._freed(entry)


def _containers(every: Iterable[Running]) -> list[Container]:
    return [container for one in every for instance in one.instances for container in instance.containers]


def _may_stay(running: Running, entry: Entry | None) -> bool:
    """Whether a service goes on as it is, or is a job that has ended, of which the logs are still told."""
    return entry is not None and _same(running.entry, entry) and entry.state["status"] in (WANTED, "DONE", "FAILED")


def _same(one: Entry, other: Entry) -> bool:
    """Whether a service has changed in nothing that its processes are made of."""
    return _made_of(one) == _made_of(other)


def _made_of(entry: Entry) -> Mapping[str, Any]:
    return {
        "path": entry.path,
        "owner": entry.owner,
        "query_warehouse": entry.properties.get("query_warehouse"),
        "spec": entry.properties["spec"]["spec_text"],
        "count": count(entry),
        "revision": entry.state.get("revision", 0),
    }


def digest(entry: Entry) -> str:
    return hashlib.sha256(entry.properties["spec"]["spec_text"].encode()).hexdigest()


def dns_name(entry: Entry) -> str:
    database, schema, name = (part.lower().replace("_", "-") for part in entry.path)
    return f"{name}.{schema}.{database}.snowflakecomputing.internal"
