"""The REST door: one request in, one answer out, without a socket.

The documents say which operations there are; `LocalAccount.perform` does them. Here is what HTTP adds: paths and
queries, JSON, statuses, pages, and answers that come later.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

import attrs
import orjson

from ..._documents import Routes
from ...engine.errors import AccountError, invalid, unforeseen
from ...engine.names import bare_or_quoted, canonical, shown
from ..account.calls import Context, Events
from ..account.documents import Endpoint, documents
from ..objects.access import with_role
from .queries import THREADS
from .results import PAGE, Reply, Results, accepted
from .statements import Statements

if TYPE_CHECKING:
    from ..account.account import Account

_JSON = {"Content-Type": "application/json"}
_EVENTS = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
_OF_TWINS = {"newTableName": "name", "targetTableName": "targetName"}
"""What parameters of deprecated operations are called in their successors."""
_LONG = {
    ("table", "as_select"),
    ("notebook", "execute"),
    ("code-bundle", "execute"),
    ("code-bundle-execution", "create"),
}


class RestDoor:
    def __init__(self, account: Account) -> None:
        self._account = account
        self._results = Results()
        self._later = ThreadPoolExecutor(THREADS, "snowcore-request")
        self._statements = Statements(account, self._later)

    @cached_property
    def _routes(self) -> Routes[Endpoint]:
        """Those of every document, when the first request comes."""
        routes = Routes[Endpoint]()
        for document in documents().values():
            for operation in document.operations:
                routes.add(operation.method, operation.path, operation)
        return routes

    def close(self) -> None:
        self._statements.close()
        self._later.shutdown(wait=True)

    def forget(self) -> None:
        """Have nobody ask for what was answered before."""
        self._results.forget()
        self._statements.forget()

    def handle(
        self, method: str, target: str, headers: Mapping[str, str], content: bytes | None, caller: Context
    ) -> tuple[int, dict[str, str], bytes | Events]:
        request_id = str(uuid.uuid4())
        try:
            self._account.check_open()
            caller = self._chosen(caller, headers)
            answer = self._answer(method.upper(), target, headers, content, caller, request_id)
        except AccountError as error:
            answer = failed(error, request_id)
        except Exception as error:
            answer = failed(unforeseen(error, f"{method} {target}"), request_id)
        return answer.status, {**_JSON, "X-Snowflake-Request-ID": request_id, **answer.headers}, answer.body

    def _answer(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        content: bytes | None,
        caller: Context,
        request_id: str,
    ) -> Reply:
        path, _, text = target.partition("?")
        route, values = self._routes.find(path.removesuffix("/"))
        if route is None:
            raise AccountError(404, "391900", "02000", f"There is nothing at {path}.")
        operation = route.operations.get(method)
        if operation is None:
            allowed = ", ".join(sorted(route.operations))
            refused = AccountError(405, "391902", "0A000", f"{path} allows {allowed}, not {method}.")
            return attrs.evolve(failed(refused, request_id), headers={"Allow": allowed})
        if caller.scope not in (None, operation.document.resource):
            raise AccountError(403, "390303", "08001", f"The token is good for {caller.scope} alone.")
        named, query = dict(zip(_parameters(operation.path), values)), _query(text)
        if operation.document.resource == "result":
            return self._results.fetch(caller.user, named["result_handler"], operation.query(query).get("page", 0))
        body = _body(headers, content) if operation.body is not None else None
        if operation.document.resource == "sqlapi":
            return self._statements.answer(operation, named, query, body, caller)
        at_once = "asyncExec" in operation.parameters and operation.query(query).get("asyncExec")
        if (operation.document.resource, operation.verb) in _LONG:  # take as long as a query, or as somebody's code
            answer = self._later.submit(self._performed, caller, operation, named, query, body)
            return accepted(self._results.keep(caller.user, answer)) if at_once else self._in_time(caller, answer)
        reply = self._performed(caller, operation, named, query, body)
        if at_once:
            # Who asks so gets a handle, however short it takes.
            return accepted(self._results.keep(caller.user, _known(reply)))
        return reply

    def _chosen(self, caller: Context, headers: Mapping[str, str]) -> Context:
        """Who asks, with the role and the warehouse that the request chooses."""
        for name, value in headers.items():
            if name.lower() == "x-snowflake-role" and canonical(value) != caller.role:
                caller = with_role(self._account, caller, canonical(value))
            elif name.lower() == "x-snowflake-warehouse":
                caller = attrs.evolve(caller, warehouse=canonical(value))
        return caller

    def _in_time(self, caller: Context, answer: Future[Reply]) -> Reply:
        """The answer, or where it will be if it takes too long."""
        try:
            return answer.result(self._account.patience)
        except NotYet:
            return accepted(self._results.keep(caller.user, answer))

    def _performed(self, caller: Context, operation: Endpoint, *request: Any) -> Reply:
        try:
            found = self._found(caller, operation, *request)
        except AccountError as error:
            if operation.document.resource == "database" and error.code in ("002002", "002003", "002120"):
                error.message = _of_database(error.message, request[0], request[2])
            raise
        if isinstance(found, Events):
            return Reply(200, found, _EVENTS)
        if isinstance(found, list) and len(rows := cast("list[Any]", found)) > PAGE:
            return self._results.paged(caller.user, rows)
        return Reply(200, orjson.dumps(found))

    def _found(
        self, caller: Context, operation: Endpoint, path: Mapping[str, str], query: Mapping[str, Any], body: Any
    ) -> Any:
        """What the account says, as it goes on the wire."""
        successor = operation.document.verbs[operation.verb]
        if successor is not operation:
            path, query, body = _modernised(successor, path, query, body)
        resource, verb = operation.document.resource, operation.verb
        found: Any = self._account.perform(resource, verb, path, query, body, context=caller)
        if isinstance(found, Events):
            return found
        for row in cast("list[dict[str, Any]]", found if isinstance(found, list) else [found]):
            for name in successor.identifiers:  # one that isn't a plain identifier is promised to be in quotes
                if isinstance(value := row.get(name), str):
                    row[name] = bare_or_quoted(value)
        return cast(Any, found)


def _known(reply: Reply) -> Future[Reply]:
    answer: Future[Reply] = Future()
    answer.set_result(reply)
    return answer


def _parameters(path: str) -> list[str]:
    return [segment[1:].partition("}")[0] for segment in path.split("/") if segment.startswith("{")]


def _query(text: str) -> dict[str, str]:
    """A query's parameters. A plus sign is one: clients write a space as %20."""
    pairs = (part.partition("=") for part in text.split("&") if part)
    return {unquote(name): unquote(value) for name, _, value in pairs}


def _body(headers: Mapping[str, str], content: bytes | None) -> Any:
    if not content:
        return None
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "application/json")
    if kind.partition(";")[0].strip().lower() != "application/json":
        raise AccountError(415, "391903", "22023", f"The body must be application/json, not {kind}.")
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise invalid(f"The body is not JSON: {error}.") from None


def _modernised(
    successor: Endpoint, path: Mapping[str, str], query: Mapping[str, Any], body: Any
) -> tuple[Mapping[str, str], Mapping[str, Any], Any]:
    """A call of a deprecated operation as one of its successor: what has no place there is a part of the body."""
    query = {_OF_TWINS.get(name, name): value for name, value in query.items()}
    taken = _parameters(successor.path)
    moved = {name: value for name, value in path.items() if name not in taken}
    if "name" in query and "name" not in successor.parameters:
        moved["name"] = query["name"]
    if moved and (body is None or isinstance(body, dict)):
        body = {**cast("dict[str, Any]", body or {}), **moved}
    return path, query, body


def _of_database(said: str, path: Mapping[str, str], body: Any) -> str:
    """What is wrong with a database as Snowflake's REST says it: in lower case, with the name that was sent."""
    said = said.removeprefix("SQL compilation error:\n")
    sent = path.get("name") or (cast("Mapping[str, Any]", body).get("name") if isinstance(body, dict) else None)
    if isinstance(sent, str):
        said = said.replace(f"'{shown(canonical(sent))}'", f"'{sent}'")
    return said[:1].lower() + said[1:]


def failed(error: AccountError, request_id: str) -> Reply:
    """An error as REST tells it."""
    told = {"message": error.message, "code": error.code, "error_code": error.code, "request_id": request_id}
    return Reply(error.status, orjson.dumps(told), {"X-Snowflake-Request-ID": request_id})
