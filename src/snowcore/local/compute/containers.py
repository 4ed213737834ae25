"""Containers: programs that are started, watched and started again, in threads of their own."""

from __future__ import annotations

import errno
import http.client
import logging
import random
import shutil
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ...engine.errors import AccountError
from ..account.catalog import Entry, stamp
from . import specification as spec
from .images import Image, plain_name
from .processes import PATH, Program, forget_before, read_log
from .volumes import Volumes, secret_values

if TYPE_CHECKING:
    from ..account.account import Account

_log = logging.getLogger("snowcore")
_FIRST_PAUSE, _LONGEST_PAUSE = 10, 300
"""Seconds on the account's clock before a program that has ended is started again. The first time it is at once."""
_RAN_LONG = 600
"""Seconds after which a program counts as one that didn't fail at once."""
_OTHER_PORTS = range(20_000, 32_768)
"""Those for programs whose own port is taken: Linux gives no connection a port of these."""
_PROBED, _PROBED_AGAIN = 0.1, 5.0
"""Seconds between looks at whether a program is ready, before and after it is."""
TOKEN = "/snowflake/session/token"
TOLD = 100_000
"""Bytes of a log that are told."""


@attrs.define(eq=False)
class Instance:
    """One set of a service's containers."""

    number: int
    folder: Path
    held: Mapping[int, socket.socket]
    """What holds a port of this machine for each port of the specification."""
    ports: Mapping[int, int] = attrs.field(init=False)
    """The ports of the specification, and those that the programs have instead."""
    containers: list[Container] = attrs.field(factory=list["Container"])
    created: str = ""

    def __attrs_post_init__(self) -> None:
        self.ports = {port: one.getsockname()[1] for port, one in self.held.items()}

    @property
    def status(self) -> str:
        statuses = [one.status for one in self.containers]
        for status in ("FAILED", "PENDING"):
            if status in statuses:
                return status
        return "DONE" if {*statuses} == {"DONE"} else "READY"


class Container:
    def __init__(
        self,
        account: Account,
        service: Entry,
        said: spec.Container,
        instance: Instance,
        images: Callable[[str], Image | None],
        told: Callable[[], None],
    ) -> None:
        """images: what stands for an image of a name. told: who learns that the status is another one."""
        self.said, self.status, self.message = said, "PENDING", "Waiting to start"
        self.lacks_image = False
        self.restarts = 0
        self.started: str | None = None
        self.last_exit: int | None = None
        self._account, self._service, self._instance, self._images, self._told = (
            account,
            service,
            instance,
            images,
            told,
        )
        self._program: Program | None = None
        self._ended, self._woken = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="snowcore-container", daemon=True)
        self.log = instance.folder / "logs" / said.name

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._thread.start()

    def stop(self) -> None:
        """Have it end for good; `join` waits for that."""
        self._ended.set()
        self._woken.set()
        self._account.clock.wake()
        if (program := self._program) is not None:
            program.stop()

    def join(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()

    def wake(self) -> None:
        """Have it look at its image again."""
        self._woken.set()

    def read_log(self, lines: int | None, *, previous: bool) -> str:
        return read_log(self.log, lines, TOLD, previous=previous)

    @property
    def is_job(self) -> bool:
        return bool(self._service.properties.get("is_job"))

    # In its thread

    def _tell(self, status: str, message: str) -> None:
        if (status, message) != (self.status, self.message):
            self.status, self.message = status, message
            self._told()

    def _run(self) -> None:
        pause = 0
        while not self._ended.is_set():
            self._woken.clear()
            image, why = self._image()
            self.lacks_image = image is None
            if image is None:
                self._tell("FAILED" if self.is_job else "PENDING", why)
                if self.is_job:
                    return
                self._woken.wait()
                continue
            begun = time.monotonic()
            try:
                self._run_once(image)
            except (AccountError, OSError) as error:  # such as of a secret that is gone
                text = error.message if isinstance(error, AccountError) else str(error.strerror)
                self._tell("FAILED", f"Encountered fatal error while starting container: {text}")
            except Exception:
                _log.exception("A container of %s failed to start", ".".join(self._service.path))
                self._tell("FAILED", "Encountered fatal error while starting container")
            if self.is_job:
                return
            pause = 0 if time.monotonic() - begun > _RAN_LONG else pause
            if pause and not self._account.clock.sleep(pause, self._ended):
                return
            pause = min(max(2 * pause, _FIRST_PAUSE), _LONGEST_PAUSE)
            if not self._ended.is_set():
                self._tell("PENDING", "Waiting to start")
                self.restarts += 1

    def _image(self) -> tuple[Image | None, str]:
        """What stands for the image, or why nothing does."""
        try:
            name = plain_name(self.said.image)
        except ValueError:
            return None, f"Provided image name uses an invalid format: {self.said.image}"
        image = self._images(name)
        if image is None:
            how = f'account.images["{name}"] = ["python", "app.py"], or `snowcore serve --images FILE`'
            return None, f"No command stands for the image {name} here. Map it: {how}."
        if not self.said.command or image.any_command:
            return image, ""
        how = f"The specification's command may only run if the image {name} is mapped with any_command=True."
        return None, how + " Without a command in the specification, that of the image runs."

    def _run_once(self, image: Image) -> None:
        with ExitStack() as lent:
            command = [*(self.said.command or image.command), *self._args()]
            env = self._env(image, lent)
            forget_before(self.log)
            self.log.touch(0o600)
            if self._ended.is_set():
                return
            program = Program(command, env, image.folder, self.log, self._instance.folder)
            self._program = program
            if self._ended.is_set():  # which `stop` may have said before there was a program
                program.stop()
            if program.error is not None:
                self._tell("FAILED", f"Encountered fatal error while starting container: {command[0]}: {program.error}")
                return
            self.started = stamp(self._account.clock())
            self._watch(program)
            self._program = None
            self.last_exit = program.code
            if self._ended.is_set():
                self._tell("FAILED", "Container run was terminated")
            elif program.code == 0:
                self._tell("DONE", "Completed successfully")
            else:
                how = f"exit code {program.code}" if (program.code or 0) > 0 else f"signal {-(program.code or 0)}"
                self._tell("FAILED", f"Encountered fatal error while running, check container logs ({how})")

    def _watch(self, program: Program) -> None:
        """Tell whether the program is ready, until it has ended."""
        if self.said.probe is None:
            self._tell("READY", "Running")
            program.wait(None)
            return
        port, path = self.said.probe
        while True:
            ready = _is_ready(self._instance.ports[port], path)
            if ready:
                self._tell("READY", "Running")
            else:
                self._tell("PENDING", f"Readiness probe is failing at path: {path}, port: {port}")
            if program.wait(_PROBED_AGAIN if ready else _PROBED):
                return

    def _args(self) -> list[str]:
        """The arguments, with the port that the program has where they give it one: `--port 80`, `--port=80`."""
        found: list[str] = []
        for at, one in enumerate(self.said.args):
            name, sign, value = one.rpartition("=")
            before = self.said.args[at - 1] if at and not sign else ""
            named = (name if sign else before).lower()
            found.append(
                f"{name}{sign}{self._port(value)}" if named.startswith("-") and named.endswith("port") else one
            )
        return found

    def _port(self, written: str) -> str:
        return str(self._instance.ports.get(int(written), written)) if written.isdecimal() else written

    def _env(self, image: Image, lent: ExitStack) -> dict[str, str]:
        """The variables of the program: none of the account's process."""
        account, service, instance = self._account, self._service, self._instance
        volumes, me = Volumes(account, instance.folder), self.said.name
        door, (database, schema, name) = lent.enter_context(account.admit(service)), service.path
        root = str(volumes.root(me))
        env = {"PATH": PATH, "HOME": root, "TMPDIR": root, "LANG": "C.UTF-8", "TZ": "UTC", **image.env}
        env |= {
            key: self._port(value) if key.upper().endswith("PORT") else value for key, value in self.said.env.items()
        }
        for secret in self.said.secrets:
            parts = secret_values(account, secret.name, service.path)
            if secret.folder is not None:
                for key, value in parts.items():
                    volumes.write(me, f"{secret.folder}/{key}", value)
            elif (part := parts.get(secret.key or "")) is None:
                raise AccountError(400, "395018", "42601", f"Secret {secret.name} has no {secret.key}.")
            else:
                env[str(secret.variable)] = part
        for port, own in instance.ports.items():
            env[f"SNOWCORE_PORT_{port}"] = str(own)
        if instance.ports:
            env.setdefault("PORT", str(next(iter(instance.ports.values()))))
        return env | {
            "SNOWCORE_ROOT": root,
            "SNOWFLAKE_ACCOUNT": "LOCAL",
            "SNOWFLAKE_HOST": door.host,
            "SNOWFLAKE_PORT": str(door.port),
            "SNOWFLAKE_PROTOCOL": "http",
            "SNOWFLAKE_DATABASE": database,
            "SNOWFLAKE_SCHEMA": schema,
            "SNOWFLAKE_SERVICE_NAME": name,
            "SNOWFLAKE_CONTAINER_NAME": me,
            "SNOWFLAKE_TOKEN_FILE_PATH": str(volumes.write(me, TOKEN, door.password)),
            "SNOWFLAKE_JOB_INDEX": str(instance.number),
            "SNOWFLAKE_JOBS_COUNT": str(service.properties.get("min_instances", 1)),
        }


def _is_ready(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def take_port(wanted: int) -> socket.socket:
    """What holds the port itself if nobody has it, or else one that is free, until it is closed.

    The program listens by TCP. Its port's UDP twin is held by us, so that other accounts of this machine find the
    port taken, though the program has yet to listen or is just started again.
    """
    for port in (wanted, *random.sample(_OTHER_PORTS, 100)):
        held = socket.socket(type=socket.SOCK_DGRAM)
        try:
            held.bind(("127.0.0.1", port))
            with socket.socket() as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # though one was in use a moment ago
                tried.bind(held.getsockname())
        except OSError:
            held.close()
        else:
            return held
    raise OSError(errno.EADDRINUSE, "No port is free")


def clear(instance: Instance) -> None:
    """Give an instance's ports back, and remove its files, its logs excepted."""
    for held in instance.held.values():
        held.close()
    for name in ("root", "volumes"):
        shutil.rmtree(instance.folder / name, ignore_errors=True)
