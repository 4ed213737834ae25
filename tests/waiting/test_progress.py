"""What is seen while something is waited for: in a real terminal, in a real notebook's kernel, in a pipe."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from tempfile import TemporaryDirectory
from typing import Any

import pytest

RUN = """
from snowcore import LocalAccount, Root, wait_for
from snowcore.task.dagv1 import DAG, DAGOperation, DAGTask
from snowcore.waiting import WaitError
account = LocalAccount()
for statement in ("create warehouse w", "create database d", "create schema d.s"):
    account.execute(statement)
with DAG("g", warehouse="w") as dag:
    DAGTask("a", "call system$wait(3)") >> DAGTask("<b>", "select 1/0")
graphs = DAGOperation(Root(account).databases["d"].schemas["s"])
graphs.deploy(dag)
try:
    graphs.run_and_wait(dag)
except WaitError as error:
    print(error)
print(wait_for(Root(account).warehouses["w"]))
"""


def run_in_terminal(columns: int, **environment: str) -> str:
    pty, fcntl, termios, struct = (pytest.importorskip(name) for name in ("pty", "fcntl", "termios", "struct"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    said: list[bytes] = []

    def read() -> None:
        try:
            while chunk := os.read(ours, 4096):
                said.append(chunk)
        except OSError:  # the other end is closed
            pass

    reader = threading.Thread(target=read)
    reader.start()
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN],
        stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, timeout=120, check=False,
        env={**os.environ, "COLUMNS": str(columns), **environment},
    )  # fmt: skip
    os.close(theirs)
    reader.join(60)
    text = b"".join(said).decode()
    assert done.returncode == 0, text
    return text


def test_a_terminal_has_one_line_above_which_the_tasks_stay_that_have_ended():
    text = run_in_terminal(100)
    kept = [line.split("\r")[-1].rstrip() for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
    assert [re.sub(r" \d+\.\d s", "", line) for line in kept[:3]] == [
        "✔ G SUCCEEDED",
        "✔ G$A SUCCEEDED",
        "✘ G$<b> FAILED 100051 Division by zero",
    ]
    assert re.fullmatch(r"run of d\.s\.G: FAILED \(G\$<b>: 100051 Division by zero\), \d+ s", kept[3], re.IGNORECASE)
    assert [re.sub(r"\d+ s$", "0 s", line) for line in kept[4:]] == ["warehouse w: STARTED, 0 s"]
    assert "run of d.s.g: EXECUTING, " in text and "\x1b" not in text


def test_a_narrow_terminal_without_unicode_keeps_to_one_line_of_ascii():
    text = run_in_terminal(30, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert text.isascii() and "? G$A SUCCEEDED" in text
    assert max(len(line) for line in re.split(r"[\r\n]+", text)) < 30


def test_a_pipe_shows_nothing():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stderr == "" and "FAILED (G$<b>: 100051 Division by zero), not SKIPPED or SUCCEEDED" in done.stdout


KERNEL = """
import json, sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3")
seen = []
def watch(message):
    if message["msg_type"] in ("display_data", "update_display_data", "execute_result", "stream", "error"):
        seen.append([message["msg_type"], message["content"]])
client.execute_interactive(sys.stdin.read(), output_hook=watch, timeout=120)
client.stop_channels()
manager.shutdown_kernel(now=True)
print(json.dumps(seen))
"""


def run_in_notebook(cell: str) -> list[tuple[str, Any]]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as home:  # where it keeps what was typed
        done = subprocess.run(
            [sys.executable, "-c", KERNEL], input=cell, capture_output=True, text=True, timeout=180, check=True,
            env={**os.environ, "HOME": home},
        )  # fmt: skip
    return [(kind, content) for kind, content in json.loads(done.stdout.splitlines()[-1])]


def test_a_notebook_has_an_output_that_changes_and_shows_graphs_and_tables():
    said = run_in_notebook(RUN + "\nfrom snowcore.pictures import tabulate\ntabulate([dag._to_low_level_task()])")
    assert [content for kind, content in said if kind == "error"] == []
    shown = [content for kind, content in said if kind == "display_data"]
    changes = [content for kind, content in said if kind == "update_display_data"]
    run, warehouse = (content["transient"]["display_id"] for content in shown)
    assert {content["transient"]["display_id"] for content in changes} == {run, warehouse}
    texts = [content["data"]["text/html"] for content in changes if content["transient"]["display_id"] == run]
    assert any("▶ G$A EXECUTING" in text for text in texts)
    assert "✘ G$&lt;b&gt; FAILED" in texts[-1] and "<b>" not in texts[-1]
    assert {content["name"] for kind, content in said if kind == "stream"} == {"stdout"}
    table = next(content for kind, content in said if kind == "execute_result")["data"]["text/html"]
    assert table.startswith("<table") and "<td>g</td>" in table
    said = run_in_notebook("from snowcore.task.dagv1 import DAG\nDAG('d')")
    assert said[-1][0] == "execute_result" and "<svg" in said[-1][1]["data"]["text/html"]
