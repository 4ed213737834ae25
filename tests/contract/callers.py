"""Programs that make the calls they are told, with our facade or with Snowflake's own SDK; and what is told them."""

from __future__ import annotations

import base64
import enum
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import attrs

from snowcore import LocalAccount, Root
from snowcore._collections import Collection
from snowcore._handles import Handle
from snowcore._services import Service
from snowcore.local import Context
from snowcore.local.doors.server import LocalServer
from snowcore.session import SnowAPISession
from snowcore.spark_connect import SparkConnectResource
from snowcore.task import Cron
from snowcore.task.dagv1 import DAG, DAGOperation
from snowflake_rest.runtime import Model

from .account import Answer, Request, nothing
from .documents import Call, call_of

PROGRAM = Path(__file__).with_name("caller.py")


class Observed(LocalAccount):
    """An embedded account that lets one in, and whose REST API only writes down what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[Request] = []
        self.answered: Callable[[Call], Answer] = nothing

    def answer(
        self, method: str, target: str, headers: Mapping[str, str], content: bytes | None, caller: Context
    ) -> tuple[int, dict[str, str], bytes]:
        self.requests.append(Request(method, target, headers, content))
        content_type, body = self.answered(call_of(method, target.partition("?")[0]))
        return 200, {"Content-Type": content_type}, body


@attrs.frozen
class Caller:
    """The program, at work with one interpreter."""

    account: Observed
    process: subprocess.Popen[str]

    def call(self, told: Mapping[str, Any], answer: Callable[[Call], Answer]) -> tuple[str | None, list[Request]]:
        """How a call failed, if it did, and the requests that were sent for it."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.account.requests, self.account.answered = [], answer
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline()), self.account.requests


@contextmanager
def caller(python: str, home: Path) -> Iterator[Caller]:
    """Start the program, with an account of its own."""
    with Observed() as account, LocalServer(account) as server:
        entry = {"account": "local", "user": server.user, "password": server.password, "protocol": "http"}
        entry |= {"host": server.host, "port": server.port}
        lines = ["[myconnection]", *(f"{name} = {json.dumps(value)}" for name, value in entry.items()), ""]
        connections = home / "connections.toml"
        connections.touch(0o600)
        connections.write_text("\n".join(lines))
        env = {name: value for name, value in os.environ.items() if not name.startswith("SNOWFLAKE_")}
        with subprocess.Popen(
            [python, str(PROGRAM)],
            env={**env, "SNOWFLAKE_HOME": str(home), "NO_PROXY": "127.0.0.1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", f"{python} did not start"
            yield Caller(account, process)  # at the end its input is closed, and it ends


def tell(place: Any, method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A call, as the program reads it."""
    module, _ = _home(type(place))
    return {"module": module, "place": portable(place), "method": method, "arguments": portable(arguments)}


def portable(value: Any) -> Any:
    """A value as JSON that the program builds again."""
    match value:
        case enum.Enum():
            return {"enum": [*_home(type(value)), value.name]}
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return {"bytes": [base64.b64encode(value).decode()]}
        case datetime():
            return {"time": [value.isoformat()]}
        case timedelta():
            return {"interval": [value.total_seconds()]}
        case Root():
            return {"root": []}
        case SnowAPISession():
            return _new(value, value.root)
        case SparkConnectResource():
            return {"new": [*_home(type(value)), [{"get": [{"root": []}, "connection"]}], {}]}
        case DAGOperation():
            return _new(value, value.schema)
        case Collection():
            return {"get": [portable(value._parent), value.attribute]}
        case Service():
            return {"get": [portable(value.root), value.attribute]}
        case Handle():
            return {"item": [portable(value.collection), value.name]}
        case DAG():
            return _new(value, value.name)
        case Cron():
            return _new(value, *value)
        case Model():
            given = {a.alias: getattr(value, a.name) for a in attrs.fields(type(value)) if a.init and _is_users(a)}
            return _new(value, **{name: part for name, part in given.items() if part is not None or name == "value"})
        case Mapping():
            return {"dict": [[portable(key), portable(item)] for key, item in value.items()]}
        case set():
            return {"set": [portable(item) for item in value]}
        case list() | tuple():
            return [portable(item) for item in value]
        case _:
            return _new(value, **{a.alias: getattr(value, a.name) for a in attrs.fields(type(value))})


def _is_users(attribute: Any) -> bool:
    return not attribute.metadata["read_only"]


def _new(value: Any, /, *arguments: Any, **named: Any) -> Any:
    named = {name: portable(part) for name, part in named.items()}
    return {"new": [*_home(type(value)), [*map(portable, arguments)], named]}


def _home(cls: type[Any]) -> tuple[str, str]:
    """Module and name of a class, for who knows only Snowflake's SDK."""
    module = re.sub("^(snowflake_rest|snowcore)(._generated)?[.]", "snowflake.core.", cls.__module__).partition("._")[0]
    return _CORTEX.get(module, module), cls.__name__


_CORTEX = {
    "snowflake.core.cortex_analyst_service": "snowflake.core.cortex.analyst_service",
    "snowflake.core.cortex_chat_service": "snowflake.core.cortex.chat_service",
    "snowflake.core.cortex_inference_service": "snowflake.core.cortex.inference_service",
    "snowflake.core.cortex_chat": "snowflake.core.cortex.chat_service",
    "snowflake.core.cortex_embed": "snowflake.core.cortex.embed_service",
    "snowflake.core.cortex_inference": "snowflake.core.cortex.inference_service",
    "snowflake.core.cortex_lite_agent": "snowflake.core.cortex.lite_agent_service",
    "snowflake.core.cortex_search_service": "snowflake.core.cortex.search_service",
}


def meaning(request: Request) -> tuple[str, str, list[tuple[str, str]], Any]:
    """What a request says, however it is spelled."""
    path, _, query = request.target.partition("?")
    pairs = (part.partition("=") for part in query.split("&") if part)
    said = sorted((unquote(name), unquote(value)) for name, _, value in pairs)
    said = [(name, value.lower() if value in ("True", "False") else value) for name, value in said]
    body: Any = request.content or None
    if body is not None and request.headers.get("content-type") == "application/json":
        body = _without_nulls(json.loads(body))
    if path.endswith(":unset-tags"):  # of a set
        body = sorted(body, key=repr)
    return request.method, unquote(path), said, body


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(part) for name, part in value.items() if part is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value
