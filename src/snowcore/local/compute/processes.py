"""A program that the account runs, and its log."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

_SUPERVISOR = Path(__file__).with_name("supervisor.py")
_MOST = 1 << 20
"""Bytes after which a log begins anew; as much of what was before stays."""
_GRACE = 3.0
"""Seconds that a program has to end by itself when it is told to."""
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


class Program:
    """A process with a program of its own, and all that the program starts."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], cwd: Path, log: Path, folder: Path) -> None:
        """folder: what is removed if the account's process ends without a word."""
        found = shutil.which(command[0], path=env["PATH"]) if os.sep not in command[0] else command[0]
        order: dict[str, Any] = {"command": [found or command[0], *command[1:]], "env": dict(env), "cwd": str(cwd)}
        order |= {"log": str(log), "most": _MOST, "grace": _GRACE, "folder": str(folder)}
        self._supervisor = subprocess.Popen(
            [sys.executable, "-I", str(_SUPERVISOR)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"PATH": os.defpath},
            start_new_session=True,
        )
        self._told = b""
        self.error: str | None = None
        """Why the program doesn't run."""
        self.code: int | None = None
        """How it ended: its exit code, or the negative number of a signal."""
        self._say(json.dumps(order).encode() + b"\n")
        self.wait(30, begun=True)

    def wait(self, seconds: float | None, *, begun: bool = False) -> bool:
        """Wait until it has ended, or only begun; whether it has ended."""
        assert self._supervisor.stdout is not None
        number = self._supervisor.stdout.fileno()
        asked = select.poll()
        asked.register(number, select.POLLIN)
        while asked.poll(None if seconds is None else seconds * 1000):
            part = os.read(number, 4096)
            if not part:
                break
            self._told += part
            if begun and b"\n" in self._told:
                break
        else:
            return False
        lines = [json.loads(line) for line in self._told.splitlines(keepends=True) if line.endswith(b"\n")]
        told: dict[str, Any] = {key: value for line in lines for key, value in line.items()}
        self.error, self.code = told.get("error"), told.get("code")
        if begun and self.error is None and "pid" in told:
            return False
        self._supervisor.wait()
        if self.error is None and self.code is None:
            self.code = -signal.SIGKILL  # of the supervisor, with which the program dies
        for pipe in (self._supervisor.stdin, self._supervisor.stdout):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()
        return True

    def stop(self) -> None:
        """Have it end, from any thread; `wait` tells when it has."""
        self._say(b"stop\n")

    def _say(self, what: bytes) -> None:
        assert self._supervisor.stdin is not None
        with suppress(OSError, ValueError):
            self._supervisor.stdin.write(what)
            self._supervisor.stdin.flush()


def forget_before(log: Path) -> None:
    """Make the log that there is the previous one, for a program that begins anew."""
    for suffix in (".before", ""):
        with suppress(FileNotFoundError):
            Path(f"{log}{suffix}").replace(f"{log}.previous{suffix}")


def read_log(log: Path, lines: int | None, most: int, *, previous: bool = False) -> str:
    """The last lines of a log, of which there are at most so many bytes."""
    path = f"{log}.previous" if previous else str(log)
    content = b""
    for file in (path, f"{path}.before"):
        with suppress(FileNotFoundError):
            content = Path(file).read_bytes() + content
        if len(content) >= most:
            break
    if len(content) > most:
        content = content[-most:].partition(b"\n")[2]  # whole lines
    every = content.decode(errors="replace").splitlines()
    return "\n".join(every if lines is None else every[-lines:] if lines else [])
