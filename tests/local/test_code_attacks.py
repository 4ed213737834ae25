"""Code that means harm: what it sends, takes or reads ends its own statement, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import httpx
import pytest

from snowcore.local import LocalAccount
from snowcore.local.code.workers import Limits
from snowcore.local.sql import SqlSession

from .conftest import cancelled
from .test_code import PYTHON, VERSION, ends, make
from .test_routines import error, one

LIMITS = Limits(memory=2**30, answer=2**20)
SENDS = """
import json, os, stat, struct

def send(raw):
    for name in os.listdir('/proc/self/fd'):
        try:
            if stat.S_ISFIFO(os.fstat(int(name)).st_mode):
                os.write(int(name), raw)
        except OSError:
            pass

def answer(said):
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    send(struct.pack('>I', len(content)) + content)

"""
"""Writes to whatever leads out of the process, past the interpreter's own output."""
ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux's /proc")


@pytest.fixture(scope="module")
def shared() -> Iterator[SqlSession]:
    with LocalAccount(limits=LIMITS) as account:
        session = account.session()
        session.execute("create database d")
        make(session, "works() returns int", "def f(): return 1")
        yield session


@ONLY_LINUX
@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("int", "send(b'x' * 4096); return 1"),
        ("int", "send(struct.pack('>I', 0xFFFFFFF0) + b'x' * 4096); return 1"),
        ("int", "send(b'{}'); os._exit(0)"),
        ("int", "answer({'value': 5}); os._exit(0)"),
        ("int", "answer({'value': [[1]]}); os._exit(0)"),
        ("int", "answer({'value': ['x']}); os._exit(0)"),
        ("int", "answer({'asks': 1}); os._exit(0)"),
        ("int", "answer([1]); os._exit(0)"),
        ("int", "answer(b'[' * 100000 + b']' * 100000); os._exit(0)"),
        ("int", "answer(b'{\"value\": [' + b'9' * 10000 + b']}'); os._exit(0)"),
        ("int", "answer({'error': {'a': [1]}, 'code': 5}); os._exit(0)"),
        ("variant", "answer({'value': ['{not json']}); os._exit(0)"),
        ("variant", "answer({'value': ['[' * 100000 + ']' * 100000]}); os._exit(0)"),
        ("binary", "answer({'value': ['zz']}); os._exit(0)"),
        ("date", "answer({'value': ['2020-99-99']}); os._exit(0)"),
        ("timestamp_ntz", "answer({'value': [10 ** 30]}); os._exit(0)"),
        ("varchar", "return 'x' * 2 ** 21"),
        ("varchar", "return chr(0xd800)"),
        ("varchar", "raise ValueError(chr(0xd800))"),
        ("int", "os.closerange(3, 200); return 1"),
    ],
)
def test_what_is_no_answer_is_an_error(shared: SqlSession, type_: str, body: str) -> None:
    make(shared, f"harms() returns {type_}", f"{SENDS}def f(): {body}")
    code, text = error(shared, "select harms()")
    assert code != "000603" and "internal" not in text
    assert one(shared, "select works()") == 1


@ONLY_LINUX
@pytest.mark.parametrize("value", [5, [5], [[1, "x"]], [[0]], [[0, {"a": 1}, 2]]])
def test_what_are_no_rows_is_an_error(shared: SqlSession, value: Any) -> None:
    body = f"class f:\n  def process(self):\n    answer({{'value': {value!r}}}); os._exit(0)"
    make(shared, "harms() returns table (x int)", SENDS + body)
    code, text = error(shared, "select * from table(harms())")
    assert code != "000603" and "internal" not in text
    assert one(shared, "select works()") == 1


@pytest.mark.parametrize(
    "source",
    [
        "def f(): begun(); time.sleep(1000)",
        "import signal\ndef f():\n  for n in (1, 2, 15, 24): signal.signal(n, 1)\n  begun()\n  while True: pass",
        "def f(): begun(); os.kill(os.getpid(), 19)",  # SIGSTOP
        "def f():\n  for _ in range(20):\n    if not os.fork(): time.sleep(1000)\n  begun(); time.sleep(1000)",
        "begun(); time.sleep(1000)",
    ],
)
def test_code_that_does_not_end_is_ended_with_its_statement(shared: SqlSession, source: str, tmp_path: Path) -> None:
    told = tmp_path / "begun"
    make(shared, "stays() returns int", f"import os, time\ndef begun(): open('{told}', 'w').close()\n{source}")
    with cancelled(shared, told.exists):
        assert error(shared, "select stays()")[0] == "000604"
    assert one(shared, "select works()") == 1


def test_the_processes_of_a_worker_end_with_it(shared: SqlSession, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    source = (
        "import os, time\ndef f():\n  child = os.fork()\n  if child:\n"
        f"    open('{told}', 'w').write(str(child))\n  time.sleep(1000)"
    )
    make(shared, "forks() returns int", source)
    with cancelled(shared, lambda: told.exists() and told.read_text()):
        assert error(shared, "select forks()")[0] == "000604"
    assert ends(int(told.read_text()))


LEAVES = """
import os, time
def f():
  reading, writing = os.pipe()
  if not os.fork():
    os.setsid()
    if os.fork(): os._exit(0)
    open({told!r}, 'w').write(str(os.getpid()))
    os.write(writing, b'.')
    time.sleep(1000)
  os.read(reading, 1)
  {then}
"""
"""Leaves a process behind that has a session of its own, and no parent that would know it."""


@ONLY_LINUX
@pytest.mark.parametrize("then", ["time.sleep(1000)", "os._exit(3)", "os.killpg(0, 9)", "os.abort()"])
def test_no_process_outlives_the_worker_that_it_comes_from(shared: SqlSession, tmp_path: Path, then: str) -> None:
    told = tmp_path / "pid"
    make(shared, "leaves() returns int", LEAVES.format(told=str(told), then=then))
    sleeps = "sleep" in then
    with cancelled(shared, lambda: told.exists() and told.read_text()) if sleeps else nullcontext():
        assert error(shared, "select leaves()")[0] == ("000604" if sleeps else "100357")
    assert ends(int(told.read_text()))
    assert one(shared, "select works()") == 1


@ONLY_LINUX
def test_what_a_worker_has_started_ends_with_the_account(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        make(session, "leaves() returns int", LEAVES.format(told=str(told), then="return 1"))
        assert one(session, "select leaves()") == 1
    assert ends(int(told.read_text()))


@ONLY_LINUX
def test_code_that_stops_its_keeper_is_ended(shared: SqlSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("snowcore.local.code.workers._PATIENCE", 0.5)
    make(shared, "stops() returns int", "import os\ndef f(): os.kill(os.getppid(), 19); os._exit(0)")
    assert error(shared, "select stops()")[0] == "100357"
    assert one(shared, "select works()") == 1


def test_memory_is_the_workers_own(shared: SqlSession) -> None:
    make(shared, "eats() returns int", "def f():\n  held = []\n  while True: held.append(bytearray(2 ** 24))")
    assert "MemoryError" in error(shared, "select eats()")[1]
    raised = "import resource\ndef f():\n  resource.setrlimit(resource.RLIMIT_AS, (2 ** 40, 2 ** 40)); return 1"
    make(shared, "raises() returns int", raised)
    assert error(shared, "select raises()")[0] == "100357"
    assert one(shared, "select works()") == 1


def test_a_worker_ends_without_disturbing_a_transaction(shared: SqlSession) -> None:
    make(shared, "falls(x int) returns int", "import os\ndef f(x): os.abort() if x == 2 else None; return x")
    shared.execute("create or replace table held (i int)")
    shared.execute("begin")
    shared.execute("insert into held values (1), (2)")
    assert error(shared, "insert into held select falls(i) from held")[0] == "100357"
    assert error(shared, "update held set i = falls(i)")[0] == "100357"
    shared.execute("insert into held values (3)")
    shared.execute("commit")
    assert shared.execute("select i from held order by i").rows == [(1,), (2,), (3,)]


@ONLY_LINUX
def test_a_worker_has_no_file_of_the_account_open(tmp_path: Path) -> None:
    with LocalAccount(tmp_path / "account") as account:
        session = account.session()
        session.execute("create database d")
        source = (
            "import os\ndef f():\n  at = '/proc/self/fd/'\n"
            "  return ' '.join(os.readlink(at + n) for n in os.listdir(at) if os.path.exists(at + n))"
        )
        make(session, "opened() returns varchar", source)
        opened = one(session, "select opened()").split()
        assert [one for one in opened if not one.startswith(("/dev/null", "pipe:", "/proc/"))] == []


def test_an_import_stays_in_its_folder(shared: SqlSession, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("def f(): return __file__")
    shared.execute("create or replace stage st")
    shared.execute(f"put file://{tmp_path}/module.py @st/a/b auto_compress = false")
    for path in ("../module.py", "a/../../module.py", "/etc/passwd", "a/b/../b/module.py"):
        told = f"create function f() returns varchar {PYTHON} imports = ('@st/{path}') handler = 'module.f'"
        assert error(shared, told)[0] == "091016"
    shared.execute(f"create function f() returns varchar {PYTHON} imports = ('@st/a/b/module.py') handler = 'module.f'")
    assert one(shared, "select f()").endswith("/imports/module.py")


PEEK = """
import os
def f():
    above = open(f'/proc/{os.getppid()}/status').read().partition('PPid:')[2].split()[0]  # its keeper's
    parent, seen = f'/proc/{above}', []
    for name in ('environ', 'mem', 'maps'):
        try:
            with open(f'{parent}/{name}', 'rb') as file:
                file.read(0 if name == 'mem' else 10 ** 6)
            seen.append(name)
        except OSError:
            pass
    try:
        seen += [os.readlink(f'{parent}/fd/{n}') for n in os.listdir(f'{parent}/fd')]
    except OSError:
        pass
    return str(seen)
"""


@ONLY_LINUX
def test_a_worker_sees_nothing_of_a_server(tmp_path: Path) -> None:
    """Neither in its variables, where the password may be, nor among its files or in its memory."""
    command = [sys.executable, "-m", "snowcore", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "SNOWCORE_PASSWORD": "sesame"}
    ) as server:
        assert server.stdout is not None
        try:
            url = server.stdout.readline().partition(" at ")[2].split()[0]

            def ask(statement: str) -> list[list[str]]:
                body = {"statement": statement}
                headers = {"Authorization": "Bearer sesame"}
                reply = httpx.post(f"{url}/api/v2/statements", json=body, headers=headers, trust_env=False, timeout=240)
                assert reply.status_code == 200, reply.text
                return reply.json()["data"]

            ask("create database d")
            ask(
                f"create function d.public.peek() returns varchar language python runtime_version = '{VERSION}'"
                f" handler = 'f' as $${PEEK}$$"
            )
            assert ask("select d.public.peek()") == [["[]"]]
        finally:
            server.terminate()


def test_the_next_caller_of_a_function_has_a_worker_that_works() -> None:
    """One that was stopped or has ended is not given to anybody again."""
    with LocalAccount(limits=Limits(seconds=1)) as account:
        session = account.session()
        session.execute("create database d")
        make(session, "once(x int) returns int", "def f(x):\n  while x: pass\n  return 7")
        assert "used all the time" in error(session, "select once(1)")[1]
        assert one(session, "select once(0)") == 7
