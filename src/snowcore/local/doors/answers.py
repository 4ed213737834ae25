"""What a driver gets for a query, in its own JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ...engine.errors import AccountError, empty, unsupported, wrong_count
from ...engine.late import late
from ...engine.protocol import Result
from ..sql import SqlSession, scripts
from .binds import bound
from .bodies import a_record
from .rows import json_rows, row_type

if TYPE_CHECKING:
    from ...engine import parsing
else:
    late(globals(), "...engine.parsing")

# Snowflake's numbers of statements, by their first word. By the number a driver knows whether rows were changed.
DML = {"INSERT": 0x3100, "UPDATE": 0x3200, "DELETE": 0x3300, "MERGE": 0x3400, "COPY": 0x3600}
_NUMBERS = {
    **dict.fromkeys(("SELECT", "WITH", "VALUES", "("), 0x1000),
    **DML,
    **dict.fromkeys(("USE",), 0x4300),
    **dict.fromkeys(("SHOW",), 0x4400),
    **dict.fromkeys(("DESCRIBE", "DESC"), 0x4500),
    **dict.fromkeys(("BEGIN", "START", "COMMIT", "ROLLBACK"), 0x5000),
    **dict.fromkeys(("CREATE", "ALTER", "DROP", "UNDROP", "TRUNCATE", "COMMENT"), 0x6000),
}
_MULTIPLE = 0xA000
Body = dict[str, Any]


def run(session: SqlSession, query_id: str, body: Mapping[str, Any], arrow: str | None) -> Body:
    """What a driver gets for its query. arrow: the parameter by which it can ask for JSON instead of Arrow, or None."""
    text: str = body.get("sqlText") or ""
    as_json = arrow is None or str(session.parameters.get(arrow)).upper() == "JSON"
    if body.get("describeOnly"):
        described = attrs.evolve(session.describe(text), query_id=query_id)
        return _answer(session, described, as_json, described_only=True)
    parameters, batch = bound(a_record(body.get("bindings"), "bindings"))
    if batch is not None:
        return _answer(session, session.execute_batch(text, batch, query_id=query_id), as_json)
    return _answer(session, session.execute(text, parameters, query_id=query_id, count=1), as_json)


def several(text: str, count: int) -> list[str]:
    """The statements of a text, of which the driver says how many there are; 0 if it doesn't know."""
    texts = scripts.compiled(text)
    if not texts:
        raise empty()
    if count not in (0, len(texts)):
        raise wrong_count(len(texts), count)
    if len(texts) > 1 and any(parsing.tokens_of(text)[0].text.upper() in ("PUT", "GET") for text in texts):
        raise unsupported("PUT and GET among other statements of one request; send them alone")
    return texts


def of_several(query_id: str, parts: dict[str, Body]) -> Body:
    """The answer for several statements: where the answers of each are."""
    every = [answer["data"] for answer in parts.values()]
    data = {**every[-1], "queryId": query_id, "resultIds": ",".join(parts), "statementTypeId": _MULTIPLE}
    data["resultTypes"] = ",".join(str(one["statementTypeId"]) for one in every)
    data |= {"queryResultFormat": "json", "rowset": [["Multiple statements executed"]], "rowsetBase64": None}
    return succeeded({**data, "total": 1, "returned": 1})


def succeeded(data: Any) -> Body:
    return {"data": data, "code": None, "message": None, "success": True}


def failure(error: AccountError, query_id: str | None = None) -> Body:
    data = {
        "internalError": False,
        "errorCode": error.code,
        "sqlState": error.sqlstate,
        "age": 0,
        "line": -1,
        "pos": -1,
    }
    data |= {"queryId": query_id, "type": "COMPILATION"}
    return {"data": data, "code": error.code, "message": error.message, "success": False, "headers": None}


def _answer(session: SqlSession, result: Result, as_json: bool, *, described_only: bool = False) -> Body:
    if result.statement in ("PUT", "GET"):  # where the driver shall put files, or find them
        return succeeded({**result.native, "queryId": result.query_id})
    columns = row_type(result.columns)
    number = _NUMBERS.get(result.statement, 0)
    rows: dict[str, Any]
    if described_only:
        rows = {"queryResultFormat": "json", "rowset": []}
    elif as_json or result.native is None or result.statement in DML:
        rows = {"queryResultFormat": "json", "rowset": json_rows(result, columns)}
    else:
        from .arrow import arrow_rows

        rows = {"queryResultFormat": "arrow", "rowsetBase64": arrow_rows(result, columns)}
    total = 0 if described_only else len(result.rows)
    data: dict[str, Any] = {
        "parameters": [{"name": name, "value": value} for name, value in session.parameters.of_values().items()],
        "rowtype": columns,
        "total": total,
        "returned": total,
        "queryId": result.query_id,
        "statementTypeId": number,
        "arrayBindSupported": result.statement == "INSERT",
        "finalDatabaseName": session.database,
        "finalSchemaName": session.schema,
        "finalWarehouseName": session.warehouse,
        "finalRoleName": session.role,
        "version": 1,
        **rows,
    }
    return succeeded(data)
