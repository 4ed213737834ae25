"""A server on loopback that costs next to nothing, so that a benchmark measures the client.

usage: python server.py [ROWS_PAGES ...]    prints its port, then serves until its standard input is closed

It answers from memory, whatever it is asked: a task; a table of 1,000 columns for one of `tables`; for the tasks of a
schema that is called `100000_10` a list of 100,000 in ten pages, made when it is first asked for unless it is named on
the command line. What is called `slow` is answered after 50 ms. Everything but GET succeeds without an effect.
"""

from __future__ import annotations

import asyncio
import json
import sys

TASK = {
    "name": "T000000",
    "definition": "insert into target select * from source where loaded_at > current_timestamp - interval '1 hour'",
    "warehouse": "LOADING",
    "schedule": {"schedule_type": "MINUTES_TYPE", "minutes": 5, "seconds": 0},
    "comment": "Loads what is new",
    "task_relations": '{"Predecessors":[]}',
    "user_task_timeout_ms": 3600000,
    "suspend_task_after_num_failures": 10,
    "allow_overlapping_execution": False,
    "predecessors": [],
    "config": {"environment": "test"},
    "created_on": "2026-01-02T03:04:05.678000+00:00",
    "last_committed_on": "2026-01-02T03:04:05.678000+00:00",
    "last_suspended_on": "2026-01-02T03:04:05.678000+00:00",
    "id": "01b2c3d4-0000-0000-0000-000000000000",
    "owner": "LOADER",
    "owner_role_type": "ROLE",
    "state": "started",
    "database_name": "DB",
    "schema_name": "SC",
}


def answer(body: bytes, *headers: str) -> bytes:
    head = ["HTTP/1.1 200 OK", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def tasks(count: int, start: int) -> bytes:
    row = json.dumps(TASK, separators=(",", ":")).encode()
    rows = (row.replace(b"T000000", b"T%06d" % number, 1) for number in range(start, start + count))
    return b"[" + b",".join(rows) + b"]"


def table(columns: int) -> bytes:
    rows = [{"name": f"C{i}", "datatype": "VARCHAR(200)", "nullable": True, "comment": "a"} for i in range(columns)]
    body = {"name": "WIDE", "kind": "PERMANENT", "columns": rows, "rows": 1, "bytes": 2}
    return json.dumps(body, separators=(",", ":")).encode()


ONE = answer(json.dumps(TASK, separators=(",", ":")).encode())
DONE = answer(b'{"status": "done"}')
WIDE = answer(table(1000))
_pages: dict[tuple[str, int], bytes] = {}


def page(schema: str, number: int) -> bytes:
    """Page `number` of the list that a schema's name describes: `100000_10` is 100,000 rows in ten pages."""
    if (key := (schema, number)) not in _pages:
        rows, pages = map(int, schema.split("_"))
        size = rows // pages
        links = [f'Link: </api/v2/results/{schema}?page={pages - 1}>; rel="last"'] if pages > 1 else []
        _pages[key] = answer(tasks(size, number * size), *links)
    return _pages[key]


class Server(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end]
            length = 0
            if (at := head.lower().find(b"content-length:")) >= 0:
                length = int(head[at + 15 :].split(b"\r\n", 1)[0])
            if len(self.buffer) < end + 4 + length:
                return
            self.buffer = self.buffer[end + 4 + length :]
            method, target = head.split(b" ", 2)[:2]
            self.respond(method.decode(), target.decode())

    def respond(self, method: str, target: str) -> None:
        path, _, query = target.partition("?")
        parts = path.split("/")
        if method != "GET":
            out = DONE
        elif parts[3] == "results":
            out = page(parts[4], int(query.removeprefix("page=")))
        elif parts[-1] == "tasks":
            out = page(parts[6], 0)
        elif parts[-2] == "tables":
            out = WIDE
        else:
            out = ONE
        if parts[-1].startswith("slow"):
            asyncio.get_running_loop().call_later(0.05, self.transport.write, out)
        else:
            self.transport.write(out)


async def main(lists: list[str]) -> None:
    for schema in lists:
        for number in range(int(schema.partition("_")[2])):
            page(schema, number)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Server, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
