"""Processes that run the code of users: one function or procedure each, kept for its next call.

A worker is limited in memory and in time of the processor, and is killed when a statement is stopped, when the account
closes, or when the account's process ends in whatever way. What it sends is JSON, and nothing of it is run here.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs

from ...engine.errors import EngineError, canceled, compilation, need_extra, unsupported

_SCRIPTS = {
    language: Path(__file__).with_name(f"{language.lower()}.py") for language in ("PYTHON", "JAVASCRIPT", "CELLS")
}
_SNOWPARK = "snowflake-snowpark-python"
_OLDEST = 8
"""The first minor version of Python 3 that Snowflake had."""
_SET_DUMPABLE = 4
"""As <linux/prctl.h> has it."""
_PATIENCE = 15
"""Seconds that the end of a worker and all that it has started may take."""
_IDLE = 16
"""How many workers wait for a next call at most."""
_ASKED = """
import importlib.metadata as m, json, sys
every = {d.metadata["Name"]: d.version for d in m.distributions() if d.metadata["Name"]}
print(json.dumps(["%d.%d" % sys.version_info[:2], every]))
"""


@attrs.frozen
class Limits:
    """What one call of code may take: a batch of rows, a partition, a procedure."""

    seconds: int = 3600
    """Of the processor. How long a statement may take in all is STATEMENT_TIMEOUT_IN_SECONDS."""
    memory: int = 8 * 2**30
    """Bytes of address space of a worker, of which the interpreter and its packages have their part."""
    answer: int = 256 * 2**20
    """Bytes of an answer, which the account's process has to read."""


@attrs.frozen
class Environment:
    """An interpreter that runs code, with what is installed for it."""

    executable: str
    version: str
    """Such as `3.11`."""
    packages: Mapping[str, str]
    """Names, in lower case and with hyphens, and versions; snowcore is `snowflake.core`, too."""


@attrs.frozen
class Program:
    """Code that a worker is made for."""

    key: object
    """The same for the same code."""
    name: str
    language: str
    handler: str
    source: str | None
    """None if the handler is in what is imported."""
    takes: Sequence[str]
    """The types of the arguments, as messages have them (`values`)."""
    gives: Sequence[str]
    imports: Sequence[tuple[str, Path]]
    """Names of files, and where they are."""
    environment: Environment
    names: Sequence[str] = ()
    """The names of the arguments."""
    columns: Sequence[str] | None = None
    """The names of the columns of a table function's rows; None of what gives a value."""
    secrets: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict[str, Mapping[str, str]], repr=False)
    """What the code may read, by its own names."""
    zone: str = "UTC"
    """Whose local time the code has; only JavaScript asks."""
    needs_snowpark: bool = False
    """Whether it is called with a session of Snowpark's."""

    def failed(self, text: str, code: str | None = None) -> EngineError:
        """An error as the code made it."""
        if self.language == "JAVASCRIPT":
            return EngineError(code or "100132", "P0000", text)
        if self.language == "CELLS":
            return EngineError("100357", "P0000", f"Python Interpreter Error:\n{text}\n in {self.name}")
        place = f" in function {self.name} with handler {self.handler}"
        return EngineError("100357", "P0000", f"Python Interpreter Error:\n{text}\n{place}")


class _Ended(Exception):
    """A worker is gone, or of no more use, which the text says."""


_SILENT = "The process that ran the code gave no answer."


class Worker:
    """A process with a program."""

    def __init__(self, program: Program, limits: Limits, folder: Path) -> None:
        self.program, self._folder, self._longest = program, folder, limits.answer
        self.stopped = False
        """Whether somebody wanted its end."""
        files = folder / "imports"
        files.mkdir()
        path = [str(files)]
        for name, file in program.imports:
            (files / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, files / name)
            if name.endswith((".zip", ".whl", ".egg")):
                path.append(str(files / name))
        theirs, self._lifeline = os.pipe()
        try:
            self._process = subprocess.Popen(
                [
                    program.environment.executable,
                    "-I",
                    str(_SCRIPTS[program.language]),
                    str(theirs),
                    str(limits.memory),
                    str(limits.seconds),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=_environment(folder),
                pass_fds=[theirs],
                start_new_session=True,
            )
        finally:
            os.close(theirs)
        said = {"source": program.source, "handler": program.handler, "path": path, "imports": f"{files}{os.sep}"}
        said |= {"takes": program.takes, "gives": program.gives, "name": program.name, "names": program.names}
        said |= {"columns": program.columns, "zone": program.zone, "secrets": program.secrets}
        said |= {"needs_snowpark": program.needs_snowpark}
        self._first: Mapping[str, Any] | None = said

    def load(self) -> None:
        """Have it load the program, at its first call. EngineError if that fails."""
        if self._first is not None:
            self._tell(self._first)
            self._first = None

    @property
    def loaded(self) -> bool:
        return self._first is None

    def ask(self, do: str, what: Any, answering: Callable[[Any], Any] | None = None) -> Any:
        """What the program makes of something, whose own questions are answered meanwhile. EngineError if it fails."""
        return self._tell({"do": do, "with": what}, answering)

    def _tell(self, message: Mapping[str, Any], answering: Callable[[Any], Any] | None = None) -> Any:
        try:
            self._send(message)
            answer = self._receive()
            while answering is not None and "asks" in answer:
                self._send(self._answered(answering, answer["asks"]))
                answer = self._receive()
        except (OSError, _Ended) as error:
            self.close()
            if self.stopped:
                raise canceled() from None
            raise self.program.failed((isinstance(error, _Ended) and str(error)) or self._why()) from None
        if (error := answer.get("error")) is not None:
            raise self.program.failed(str(error), answer.get("code"))
        return answer.get("value")

    def _answered(self, answering: Callable[[Any], Any], asks: Any) -> Any:
        try:
            return answering(asks)
        except BaseException:
            self.stop()  # since it waits for what will not come
            raise

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        content = json.dumps(message).encode()
        self._process.stdin.write(struct.pack(">I", len(content)) + content)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        head = self._process.stdout.read(4)
        length = struct.unpack(">I", head)[0] if len(head) == 4 else 0
        if length > self._longest:
            raise _Ended(f"The code answered with more than the {self._longest} bytes that it may.")
        content = self._process.stdout.read(length)
        if not length or len(content) < length:
            raise _Ended
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise _Ended(_SILENT)
        return answer  # pyright: ignore[reportUnknownVariableType]

    def _why(self) -> str:
        code = self._process.returncode
        if code == -signal.SIGXCPU:
            return "The code used all the time of the processor that it may, and was ended."
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return f"The process that ran the code ended by itself ({how})."

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def stop(self) -> None:
        """End it now, from any thread."""
        self.stopped = True
        self._kill()

    def _kill(self) -> None:
        """On Linux the process is the worker's keeper, which ends all that the code has started."""
        if sys.platform == "linux":
            self._process.terminate()
        else:
            self._kill_group()

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        if self._process.poll() is None:
            with suppress(subprocess.TimeoutExpired):  # unless it ends by itself, which tells why
                self._process.wait(0.2)
        self._kill()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:  # the code has stopped its keeper
            self._kill_group()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()
        with suppress(OSError):
            os.close(self._lifeline)
        self._lifeline = -1
        shutil.rmtree(self._folder, ignore_errors=True)


class Workers:
    """Those of an account."""

    def __init__(self, pythons: Sequence[str] = (), limits: Limits | None = None) -> None:
        """pythons: the interpreters that code may run in; by default the one that runs the account."""
        self._pythons, self.limits = list(pythons) or [sys.executable], limits or Limits()
        self._folder: Path | None = None
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._environments: list[Environment] | None = None
        self._closed = self._refused = False

    @property
    def environments(self) -> Sequence[Environment]:
        """The interpreters, which are asked at the first time. EngineError if one can't be run."""
        with self._lock:
            if self._environments is None:
                self._environments = [_probe(one) for one in self._pythons]
            return self._environments

    @property
    def packages(self) -> list[tuple[str, str, str]]:
        """What is installed for code: names, versions, versions of Python."""
        return [(name, told, one.version) for one in self.environments for name, told in sorted(one.packages.items())]

    def environment(self, version: str, packages: Sequence[str], *, snowpark: bool = False) -> Environment:
        """Where code of this version of Python runs: there, or else in the next later one that is here.

        EngineError if there is no such, or not these packages. snowpark: whether it must have that, as procedures do.
        """
        self.check_allowed()
        asked, here = _minor(str(version)), sorted(self.environments, key=lambda one: _minor(one.version))
        found = [one for one in here if asked >= _OLDEST and _minor(one.version) >= asked]
        if not found:
            known = " and ".join(one.version for one in here)
            raise unsupported(f"the runtime version {version} of Python: there is {known}")
        wrong = [why for one in packages if (why := _missing(found[0], one)) is not None]
        if wrong:
            text = "Cannot create a Python function with the specified packages. Please check your packages "
            raise compilation("391546", f"{text}specification and try again. '{'; '.join(wrong)}'", "22023")
        if snowpark and _SNOWPARK not in found[0].packages:
            raise unsupported(f"procedures in Python {found[0].version} unless {_SNOWPARK} is installed for it")
        return found[0]

    def javascript(self) -> Environment:
        """Where JavaScript runs: beside the account. EngineError if the engine is not installed."""
        self.check_allowed()
        if find_spec("quickjs") is None:
            raise need_extra("JavaScript", "javascript")
        return Environment(sys.executable, "", {})

    def refuse(self) -> None:
        """Run no code from now on."""
        self._refused = True

    def check_allowed(self) -> None:
        if self._refused:
            raise unsupported("code of clients on other machines, unless the server is told to allow that")

    @contextmanager
    def lend(self, program: Program, busy: set[Worker]) -> Generator[Worker]:
        """A worker for a program, which is among the busy ones for as long."""
        worker = self._take(program)
        busy.add(worker)
        try:
            worker.load()
            yield worker
        finally:
            busy.discard(worker)
            self._put_back(worker)

    def _take(self, program: Program) -> Worker:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="snowcore-code-"))
            found = next((one for one in reversed(self._idle) if one.program.key == program.key), None)
            if found is not None:
                self._idle.remove(found)
                if not found.ended:
                    return found
        if found is not None:
            found.close()
        return Worker(program, self.limits, Path(tempfile.mkdtemp(dir=self._folder)))

    def _put_back(self, worker: Worker) -> None:
        gone = [worker]
        with self._lock:
            if worker.loaded and not (self._closed or worker.stopped or worker.ended):
                self._idle.append(worker)
                gone = self._idle[:-_IDLE]
                del self._idle[:-_IDLE]
        for one in gone:
            one.stop()
            one.close()

    def close(self) -> None:
        with self._lock:
            self._closed, idle, self._idle = True, self._idle, []
        for worker in idle:
            worker.stop()
            worker.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def conceal() -> None:
    """Have Linux hide this process's variables, open files and memory from its user's other processes, as workers are.
    Nor can a debugger of that user look into it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def _environment(folder: Path) -> dict[str, str]:
    """The variables of a worker: none of ours, which may be secrets."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ", "PATH") if name in os.environ}
    return {**kept, "HOME": str(folder), "TMPDIR": str(folder), "TZ": "UTC", "OPENBLAS_NUM_THREADS": "1"}


def _probe(executable: str) -> Environment:
    try:
        ran = subprocess.run([executable, "-I", "-c", _ASKED], capture_output=True, timeout=60, check=True)
        version, packages = json.loads(ran.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        text = f"The Python for code can't be run: {executable}: {type(error).__name__}"
        raise EngineError("000603", "XX000", text) from None
    found = {plain(name): told for name, told in packages.items()}
    if "snowcore" in found:
        found.setdefault("snowflake.core", found["snowcore"])
    return Environment(executable, version, found)


_WANTED = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:(==|>=|<=|<|>|!=|~=)?\s*([\w.*+!-]+))?\s*")


def _minor(version: str) -> int:
    """12 of "3.12"; -1 if this is no version of Python 3."""
    major, _, minor = version.partition(".")
    return int(minor) if major == "3" and minor.isdecimal() else -1


def _missing(environment: Environment, wanted: str) -> str | None:
    """Why a package that is wanted, such as `numpy==1.26.*`, is not there; None if it is."""
    found = _WANTED.fullmatch(wanted)
    if found is None:
        return f"{wanted} is no package with a version, as in numpy==1.26.4"
    name, sign, version = found.groups()
    installed = environment.packages.get(plain(name))
    if installed is None:
        return f"{name} is not installed for Python {environment.version} here"
    if version is None or sign not in ("==", None):
        return None
    wildcard = version.removesuffix(".*")
    if installed == version or (f"{installed}.".startswith(f"{wildcard}.")):
        return None
    return f"{name} is {installed} here, not {version}"


def plain(name: str) -> str:
    """A distribution's name as it is compared, with its dots, as in `snowflake.core`."""
    return re.sub(r"[-_]+", "-", name).lower()
