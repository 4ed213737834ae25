"""Runs one program for the account, and ends it with all that it has started. A script of its own, in a process of its
own: `python -I supervisor.py`.

The first line of standard input says what to run. While standard input stays open, the program may go on; `stop` ends
it, and so does the end of the input, which comes however the account's process ends. What the program writes goes to a
file, of which the latest part is kept. Standard output tells when the program begins, and how it ended.
"""

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

_IS_LINUX = sys.platform.startswith("linux")
_DIE_WITH_PARENT, _ADOPT_ORPHANS = 1, 36
"""Of Linux's prctl."""
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND


def _prctl(option: int, value: int) -> None:
    if _IS_LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _tell(**what: object) -> None:
    with contextlib.suppress(OSError):
        os.write(1, json.dumps(what).encode() + b"\n")


class Log:
    """A file that begins anew when it is full, beside the one before."""

    def __init__(self, path: str, most: int) -> None:
        self._path, self._most = path, most
        self._file = os.open(path, _APPEND, 0o600)

    def write(self, part: bytes) -> None:
        with contextlib.suppress(OSError):  # a full disk doesn't end the program
            os.write(self._file, part)
            if os.fstat(self._file).st_size > self._most:
                os.close(self._file)
                Path(self._path).replace(f"{self._path}.before")
                self._file = os.open(self._path, _APPEND, 0o600)


def _copy(source: int, log: Log) -> None:
    while part := os.read(source, 65536):
        log.write(part)


def _orphans() -> list[int]:
    """What the program has left behind."""
    try:
        return [int(one) for one in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except OSError:
        return []


def _kill_group(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _wait_for_the_end(parent: int, ended: threading.Event, waking: int) -> bool:
    """Wait until the program has ended or must end; whether the account's process has gone without a word.

    waking: what can be read when the program has ended.
    """
    said = b""
    while not ended.is_set():
        if 0 in select.select([0, waking], [], [], 0.05 if said else 0.5)[0]:
            part = os.read(0, 64)
            if not part:
                return b"stop" not in said
            said += part
        if b"stop" in said:
            return False
        if os.getppid() != parent:  # though somebody else holds the input open
            return True
    return False


def main() -> None:
    parent = os.getppid()
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(0, 1)
        if not part:
            return
        line += part
    order = json.loads(line)
    _prctl(_ADOPT_ORPHANS, 1)
    log = Log(order["log"], order["most"])
    try:
        program = subprocess.Popen(
            order["command"],
            cwd=order["cwd"],
            env=order["env"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: _prctl(_DIE_WITH_PARENT, signal.SIGKILL),
        )
    except (OSError, ValueError) as error:
        _tell(error=str(getattr(error, "strerror", None) or error))
        return
    _tell(pid=program.pid)
    assert program.stdout is not None
    copying = threading.Thread(target=_copy, args=[program.stdout.fileno(), log], daemon=True)
    copying.start()
    ended, (waking, waker) = threading.Event(), os.pipe()
    threading.Thread(target=lambda: (program.wait(), ended.set(), os.close(waker)), daemon=True).start()
    alone = _wait_for_the_end(parent, ended, waking)
    if not ended.is_set():
        _kill_group(program.pid, signal.SIGTERM)
        ended.wait(order["grace"])
    _kill_group(program.pid, signal.SIGKILL)
    ended.wait()
    until = time.monotonic() + 5
    while (left := _orphans()) and time.monotonic() < until:
        for one in left:
            with contextlib.suppress(ProcessLookupError, PermissionError, ChildProcessError):
                os.kill(one, signal.SIGKILL)
                os.waitpid(one, 0)
    copying.join(30)  # it ends when nobody can write any more
    if alone:
        shutil.rmtree(order["folder"], ignore_errors=True)
    _tell(code=program.returncode)


if __name__ == "__main__":
    main()
