"""The program that stands for images in tests: what it does, its first argument says."""

from __future__ import annotations

import contextlib
import http.server
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote


def facts() -> dict[str, Any]:
    open_files = Path("/proc/self/fd")
    descriptors = sorted(int(one.name) for one in open_files.iterdir())
    files: list[str] = []
    for one in descriptors:
        with contextlib.suppress(OSError):
            files.append(str((open_files / str(one)).readlink()))
    token = Path(os.environ["SNOWFLAKE_TOKEN_FILE_PATH"])
    assert token == Path(os.environ["SNOWCORE_ROOT"]) / "snowflake/session/token"
    return {
        "args": sys.argv[2:],
        "env": dict(os.environ),
        "pid": os.getpid(),
        "parent": os.getppid(),
        "fds": descriptors,
        "files": files,
        "token": token.read_text(),
    }


def query(text: str) -> list[tuple[Any, ...]]:
    import snowflake.connector

    where = {
        name: os.environ[f"SNOWFLAKE_{name.upper()}"]
        for name in ("account", "host", "port", "protocol", "database", "schema")
    }
    token = Path(os.environ["SNOWFLAKE_TOKEN_FILE_PATH"]).read_text()
    with snowflake.connector.connect(**where, authenticator="oauth", token=token) as connection:
        return connection.cursor().execute(text).fetchall()


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path, _, rest = self.path.partition("?")
        status, told = 200, facts()
        if path == "/when":
            status = 200 if Path(rest).exists() else 503
        elif path == "/daemon":
            child = subprocess.Popen(["sleep", "600"], start_new_session=True, stdout=subprocess.DEVNULL)
            told["daemon"] = child.pid
        elif path == "/files":
            folder = Path(os.environ["SNOWCORE_ROOT"], rest)
            told["found"] = {one.name: (one.read_text(), one.stat().st_mode & 0o777) for one in folder.iterdir()}
        body = repr(query(unquote(rest)) if path == "/query" else told).encode()
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        import json

        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        print(self.path, len(asked["data"]), self.headers.get("sf-external-function-format"), flush=True)
        told = {"data": [[row[0], f"{self.path[1:]} {' '.join(map(str, row[1:]))}"] for row in asked["data"]]}
        if self.path == "/short":
            told["data"].pop()
        self.send_response(500 if self.path == "/broken" else 200)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_: Any) -> None:
        pass


def main() -> int:
    what, *rest = sys.argv[1:]
    if what == "serve":
        if "stubborn" in rest:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answers).serve_forever()
    elif what == "fail":
        print("fails", flush=True)
        return int(rest[0])
    elif what == "talk":
        for at in range(int(rest[0])):
            print(at, "x" * 60)
    elif what == "until":
        print(os.environ["SNOWFLAKE_JOB_INDEX"], "of", os.environ["SNOWFLAKE_JOBS_COUNT"], flush=True)
        while not Path(rest[0]).exists():
            time.sleep(0.02)
    elif what == "volumes":
        data = Path(os.environ["SNOWCORE_ROOT"], "data")
        print(sorted(one.name for one in data.iterdir() if one.is_file()), (data / "in.txt").read_text())
        (data / "in.txt").write_text("changed")
        (data / "gone.txt").unlink()
        (data / "new").mkdir()
        (data / "new/out.txt").write_text("made")
        (data / "link").symlink_to("/etc/passwd")
        (data / "tmp/scratch/x").write_text("not kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
