"""The SQL API: statements over REST, each request in a session of its own.

A statement is run as a driver's is (`queries`), and what a driver is told of it is put into the SQL API's words here.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import Executor, wait
from typing import TYPE_CHECKING, Any, NoReturn, cast

import attrs
import orjson

from ...engine.errors import AccountError, invalid, unsupported
from ...engine.latest import Latest
from ..account.calls import Context
from ..objects.access import with_role
from ..sql import SqlSession
from .answers import DML, Body
from .bodies import a_record, malformed
from .queries import Owner, Queries, Query
from .results import PAGE, Reply, links

if TYPE_CHECKING:
    from ..account.account import Account
    from ..account.documents import Endpoint

_PATH = "/api/v2/statements"
_PATIENCE = 45.0
"""Seconds until who waits for a statement is told to ask again."""
_LAST = 2.0
"""Seconds that statements have to end when the account is closed."""
_REMEMBERED = 1000
"""How many requests are known again by their ids."""

_IN_PROGRESS = (
    "333334",
    "Asynchronous execution in progress. Use provided query id to perform query monitoring and management.",
)
_SEVERAL = {"name": "multiple statement execution", "type": "text", "nullable": False, "length": 16777216}
_STATS = {
    "number of rows inserted": "numRowsInserted",
    "number of rows updated": "numRowsUpdated",
    "number of rows deleted": "numRowsDeleted",
    "number of multi-joined rows updated": "numDuplicateRowsUpdated",
}


@attrs.define(eq=False)
class Request(Owner):
    """Who asks once, and wants NULL as `null`, or as the text "null"."""

    nullable: bool = True


class Statements:
    def __init__(self, account: Account, threads: Executor) -> None:
        """threads: as in `Queries`."""
        self._account, self._threads, self._queries = account, threads, Queries(threads, _refuse_file)
        self._lock = threading.Lock()
        self._handles = Latest[str, str](_REMEMBERED)
        """What runs for a request, by the id that its client gave it."""

    def close(self) -> None:
        self._queries.close(_LAST)

    def forget(self) -> None:
        """Have a request run again whose id was known, and no result be asked for."""
        self._handles, self._queries = Latest[str, str](_REMEMBERED), Queries(self._threads, _refuse_file)

    def answer(
        self, operation: Endpoint, path: Mapping[str, str], query: Mapping[str, str], body: Any, caller: Context
    ) -> Reply:
        """Do one of the operations: run a statement, tell of one, stop one."""
        asked = operation.query(query)
        if operation.body is not None:
            found = self._submitted(operation, asked, body, caller)
            if not asked.get("async"):
                wait([found.answer], _PATIENCE)
            return _told(found, 0)
        try:
            found = self._queries.get(path["statementHandle"], caller.user)
        except AccountError as error:
            return _ended(error.status, error.code, error.sqlstate, error.message, path["statementHandle"])
        return _told(found, asked.get("partition", 0)) if operation.method == "GET" else self._cancelled(found)

    def _submitted(self, operation: Endpoint, asked: Mapping[str, Any], body: Any, caller: Context) -> Query:
        """The query of a request, begun unless it was sent before."""
        parameters = _parameters(body)
        given = cast("dict[str, Any]", operation.content(_without_parameters(body)))
        if "statement" not in given:
            raise invalid("'statement' is required.")
        if "timeout" in given:
            parameters["STATEMENT_TIMEOUT_IN_SECONDS"] = given["timeout"]
        told = {"sqlText": given["statement"], "bindings": given.get("bindings")}
        run = self._queries.work(told)
        request_id = f"{caller.user} {given_id}" if (given_id := asked.get("requestId")) else ""
        with self._lock:
            if handle := self._handles.get(request_id):
                return self._queries.get(handle, caller.user)
            who = with_role(self._account, caller, given.get("role") or caller.role)
            sql = SqlSession(self._account, attrs.evolve(who, warehouse=given.get("warehouse") or caller.warehouse))
            sql.remote = True

            def work(query: Query) -> Body:
                for name, value in parameters.items():
                    sql.parameters.put(name, value)
                _go(sql, given.get("database"), given.get("schema"))
                return run(query)

            owner = Request(sql, arrow=None, nullable=asked.get("nullable", True))
            found = self._queries.run(owner, "", given["statement"], work)
            if request_id:
                self._handles.put(request_id, found.id)
        found.answer.add_done_callback(lambda _: sql.close())
        return found

    def _cancelled(self, query: Query) -> Reply:
        if not self._queries.stop(query.owner, query.id):
            return _ended(422, "000605", "02000", "Identified SQL statement is not currently executing.", query.id)
        wait([query.answer], _LAST)
        return _ended(200, "000604", "57014", "SQL execution canceled", query.id)


def _told(query: Query, partition: int) -> Reply:
    """What there is to say of a statement now."""
    if not query.answer.done():
        told = _head(query, _IN_PROGRESS[0], "00000", _IN_PROGRESS[1])
        return Reply(202, orjson.dumps(told), {"Location": told["statementStatusUrl"]})
    answer = query.answer.result()
    data: dict[str, Any] = answer["data"]
    if not answer["success"]:
        status = 408 if answer["code"] == "000630" else 422
        head = _head(query, answer["code"], data["sqlState"], answer["message"])
        begun = {"statementHandles": [part.id for part in query.parts]} if query.parts else {}  # the last one failed
        return Reply(status, orjson.dumps({**head, **begun}))
    head = _head(query, "090001", "00000", "Statement executed successfully.")
    if parts := data.get("resultIds"):
        described, rows = [_SEVERAL], [["Multiple statements executed successfully."]]
        head["statementHandles"] = parts.split(",")
    else:
        described, rows = data["rowtype"], _rows(query, data)
        if data["statementTypeId"] in DML.values():
            counts = zip((_STATS.get(facts["name"]) for facts in described), data["rowset"][0])
            head["stats"] = {stat: int(count) for stat, count in counts if stat is not None}
    last = max(len(rows) - 1, 0) // PAGE
    if partition > last:
        raise AccountError(404, "391918", "02000", f"The result has no partition {partition}; the last is {last}.")
    partitions = [rows[at : at + PAGE] for at in range(0, max(len(rows), 1), PAGE)]
    link = {"Link": links(f"{_PATH}/{query.id}?partition=", partition, last)}
    if partition:
        return Reply(200, orjson.dumps({"data": partitions[partition]}), link)
    head["resultSetMetaData"] = {
        "numRows": len(rows),
        "format": "jsonv2",
        "rowType": [{name: fact for name, fact in facts.items() if fact is not None} for facts in described],
        "partitionInfo": [{"rowCount": len(one), "uncompressedSize": len(orjson.dumps(one))} for one in partitions],
    }
    return Reply(200, orjson.dumps({**head, "data": partitions[0]}), link)


def _rows(query: Query, data: Body) -> list[list[str | None]]:
    null = None if not isinstance(query.owner, Request) or query.owner.nullable else "null"
    kinds: list[str] = [facts["type"] for facts in data["rowtype"]]
    return [[null if cell is None else _cell(kind, cell) for kind, cell in zip(kinds, row)] for row in data["rowset"]]


def _cell(kind: str, text: str) -> str:
    """A value as a driver gets it, with words for numbers, and moments with nine decimals whatever their type."""
    if kind == "boolean":
        return "true" if text == "1" else "false"
    if not kind.startswith("time"):
        return text
    moment, space, offset = text.partition(" ")
    whole, _, fraction = moment.partition(".")
    return f"{whole}.{fraction:0<9}{space}{offset}"


def _head(query: Query, code: str, state: str, message: str) -> dict[str, Any]:
    told: dict[str, Any] = {"code": code, "sqlState": state, "message": message, "statementHandle": query.id}
    return {**told, "createdOn": int(query.began * 1000), "statementStatusUrl": f"{_PATH}/{query.id}"}


def _ended(status: int, code: str, state: str, message: str, handle: str) -> Reply:
    """That there is no statement that runs: none of this handle, or none any more."""
    told = {"code": code, "sqlState": state, "message": message, "statementHandle": handle}
    return Reply(status, orjson.dumps({**told, "statementStatusUrl": f"{_PATH}/{handle}"}))


def _parameters(body: Any) -> dict[str, Any]:
    """The session parameters of a request, whose names may be in any case."""
    if not isinstance(body, dict):
        return {}
    given = a_record(cast("dict[str, Any]", body).get("parameters"), "parameters")
    for name, value in given.items():
        if not isinstance(value, (str, int, float)):
            raise malformed(f"The parameter {name} must be a text, a number or a truth value.")
    return {name.upper(): value for name, value in given.items()}


def _without_parameters(body: Any) -> Any:
    """What the document knows of a body. It knows only some parameters, and numbers only as such."""
    if not isinstance(body, dict):
        return body
    return {name: value for name, value in cast("dict[str, Any]", body).items() if name != "parameters"}


def _go(sql: SqlSession, database: str | None, schema: str | None) -> None:
    if database:
        sql.use(database, schema or None)
    elif schema:
        raise AccountError(
            400, "090105", "22000", "Cannot perform USE SCHEMA. This session does not have a current database."
        )


def _refuse_file(owner: Owner, order: dict[str, Any]) -> NoReturn:
    raise unsupported("PUT and GET over the SQL API, as Snowflake doesn't")
