"""What a worker process runs for JavaScript: one function or procedure of a user, in QuickJS.

The process and its messages are those of `python.py`, beside which this file lies and is run by path. What the code
sees of Snowflake is in `javascript.js`.
"""

from __future__ import annotations

import base64
import datetime
import importlib
import json
import math
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from . import python
else:
    sys.path.insert(0, str(Path(__file__).parent))
    import python

_EPOCH = datetime.datetime(1970, 1, 1)
_MICROSECOND = datetime.timedelta(microseconds=1)
_OBJECTS = Path(__file__).with_name("javascript.js")
_APART = 1_000_000
"""In which line of the engine our own code begins, so that the lines of an error that are the user's are known."""


class Failure(Exception):
    """An error of the code: what Snowflake says of it, and its number."""


class Program:
    """The user's code, loaded."""

    def __init__(self, said: dict[str, Any], pipes: python.Pipes) -> None:
        self._takes: list[str] = said["takes"]
        self._gives: list[str] = said["gives"]
        self._zone, self._pipes = ZoneInfo(said["zone"]), pipes
        os.environ["TZ"] = said["zone"]  # the local time of a Date is the session's
        time.tzset()
        self._context: Any = importlib.import_module("quickjs").Context()
        self._context.set_memory_limit(int(sys.argv[2]))
        self._context.add_callable("__ask", self._ask)
        self._run: Any = self._context.eval("\n" * _APART + _OBJECTS.read_text("utf-8"))
        self._do("load", {key: said[key] for key in ("name", "names", "takes", "gives", "columns", "source")})

    def _do(self, do: str, what: Any) -> Any:
        told = json.loads(self._run(do, json.dumps(what)))
        if "text" in told:
            raise Failure(told["text"], told["code"])
        return told["value"]

    def _ask(self, asked: str) -> str:
        """The account's answer to what a procedure wants; no exception may go through the engine."""
        try:
            self._pipes.answer({"asks": json.loads(asked)})
            told: Any = self._pipes.next()
            if told is None:
                os._exit(0)
            if "rows" in told:
                kinds: list[str] = [one["kind"] for one in told["columns"]]
                told["rows"] = [self._taken(kinds, row) for row in told["rows"]]
            return json.dumps(told)
        except Exception as error:
            return json.dumps({"error": {"code": "100132", "state": "P0000", "message": type(error).__name__}})

    def values(self, rows: list[list[Any]]) -> list[Any]:
        made = self._do("values", [self._taken(self._takes, row) for row in rows])
        return [self._given(self._gives[0], value) for value in made]

    def rows(self, partition: list[list[Any]]) -> list[list[Any]]:
        made = self._do("rows", [self._taken(self._takes, row) for row in partition])
        return [[at, *(self._given(kind, one) for kind, one in zip(self._gives, row))] for at, *row in made]

    def call(self, said: dict[str, Any]) -> dict[str, Any]:
        made = self._do("call", self._taken(self._takes, said["arguments"]))
        return {"value": self._given(self._gives[0], made)}

    def _taken(self, kinds: Sequence[str], row: Sequence[Any]) -> list[Any]:
        return [None if value is None else self._take(kind, value) for kind, value in zip(kinds, row)]

    def _take(self, kind: str, value: Any) -> Any:
        """A value in a message as `javascript.js` takes it: moments as milliseconds, bytes as numbers."""
        if kind == "FLOAT":
            return value if math.isfinite(value) else str(value)
        if kind == "BINARY":
            return list(base64.b64decode(value))
        if kind == "TIME":
            return (_EPOCH + value * _MICROSECOND).time().isoformat()
        if kind == "DATE":
            return self._instant(datetime.datetime.fromisoformat(value))
        if kind in ("TIMESTAMP_NTZ", "TIMESTAMP_LTZ"):
            return self._instant(_EPOCH + value * _MICROSECOND)
        return value[0] // 1000 if kind == "TIMESTAMP_TZ" else value

    def _instant(self, moment: datetime.datetime) -> int:
        aware = moment.replace(tzinfo=self._zone) - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
        return aware // _MICROSECOND // 1000

    def _given(self, kind: str, value: Any) -> Any:
        """What a message has of a value that `javascript.js` gives."""
        if value is None:
            return None
        if kind == "BINARY":
            return bytes(value).hex()
        if kind == "TIMESTAMP_TZ":
            return [value * 1000, 0]
        if kind == "DATE" or kind.startswith("TIMESTAMP"):
            utc = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + value * 1000 * _MICROSECOND
            local = utc.astimezone(self._zone).replace(tzinfo=None)
            return local.date().isoformat() if kind == "DATE" else (local - _EPOCH) // _MICROSECOND
        return value


def told(error: BaseException) -> dict[str, Any]:
    if isinstance(error, Failure):
        return {"error": error.args[0], "code": error.args[1]}
    return {"error": f"JavaScript execution error: {type(error).__name__}: {error}"}


if __name__ == "__main__":
    python.main(Program, told)
