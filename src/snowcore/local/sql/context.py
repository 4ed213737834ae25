"""What a statement asks of its session: CURRENT_…() and SYSTEM$…() functions, session variables, earlier results."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from sqlglot import Expr, exp

from snowcore._names import quote_identifier

from ...engine.errors import canceled, invalid, syntax, unsupported
from ...engine.names import split
from ..objects import securables
from ..objects.this_account import VERSION
from . import directories, emails, pipes, services, streams
from .clustering import clustering_information
from .ddl import get_ddl
from .explain import explained
from .kinds import TASK, place
from .tags import get_tag

if TYPE_CHECKING:
    from ..tasks.context import AlertRunContext, TaskRunContext
    from . import SqlSession


_OF_SESSION: dict[str, Callable[[SqlSession], Any]] = {
    "CURRENT_DATABASE": lambda session: session.database,
    "CURRENT_SCHEMA": lambda session: session.schema,
    "CURRENT_WAREHOUSE": lambda session: session.warehouse,
    "CURRENT_ROLE": lambda session: session.role,
    "INVOKER_ROLE": lambda session: session.role,
    "CURRENT_USER": lambda session: session.user,
    "CURRENT_SESSION": lambda session: session.id,
    "CURRENT_SECONDARY_ROLES": lambda session: _secondary_roles(session),
    "CURRENT_AVAILABLE_ROLES": lambda session: json.dumps(session.account.access.available(session.user)),
    "CURRENT_ROLE_TYPE": lambda _: "ROLE",
    "CURRENT_ACCOUNT": lambda _: "LOCAL",
    "CURRENT_ACCOUNT_NAME": lambda _: "LOCAL",
    **dict.fromkeys(("CURRENT_ORGANIZATION_NAME", "SYSTEM$RETURN_CURRENT_ORG_NAME"), lambda _: "SNOWCORE"),
    "CURRENT_REGION": lambda _: "LOCAL_MACHINE",  # a cloud and its region, as tools read it
    "CURRENT_CLIENT": lambda _: "snowcore",
    "CURRENT_STATEMENT": lambda session: session.statement,
    "CURRENT_VERSION": lambda _: VERSION,
    "CURRENT_IP_ADDRESS": lambda _: "127.0.0.1",
    "CURRENT_TRANSACTION": lambda session: None if (id_ := session.engine.transaction) is None else str(id_),
    "SYSTEM$CLIENT_VERSION_INFO": lambda _: "[]",
    "SYSTEM$SHOW_ACTIVE_BEHAVIOR_CHANGE_BUNDLES": lambda _: "[]",
    **dict.fromkeys(("SYSTEM$ALLOWLIST", "SYSTEM$WHITELIST"), lambda _: "[]"),  # no firewall stands before 127.0.0.1
    "SYSTEM$ARE_ANACONDA_TERMS_ACKNOWLEDGED": lambda _: True,
}


def _running(session: SqlSession, function: str) -> TaskRunContext:
    if session.task is None:
        raise invalid(f"Function {function} must be called from within a task", "000603", "P0001")
    return session.task


def _set_return_value(session: SqlSession, value: str) -> None:
    _running(session, "SYSTEM$SET_RETURN_VALUE").set_return_value(value)


def _predecessor_return_value(session: SqlSession, name: str | None = None) -> str | None:
    return _running(session, "SYSTEM$GET_PREDECESSOR_RETURN_VALUE").predecessor_return_value(name)


def _task_name(session: SqlSession) -> str:
    return _running(session, "SYSTEM$CURRENT_USER_TASK_NAME").name


def _graph_config(session: SqlSession, path: str | None = None) -> str | None:
    config = _running(session, "SYSTEM$GET_TASK_GRAPH_CONFIG").config
    if path is None or config is None:
        return config
    found: Any = json.loads(config)
    for part in path.split("."):
        found = cast("dict[str, Any]", found).get(part) if isinstance(found, dict) else None
    return found if found is None or isinstance(found, str) else json.dumps(found)


def _wait(session: SqlSession, amount: str, unit: str = "SECONDS") -> str:
    seconds = float(amount) * {"DAYS": 86400, "HOURS": 3600, "MINUTES": 60, "MILLISECONDS": 0.001}.get(unit.upper(), 1)
    inside = session.task is not None
    if not session.account.clock.sleep(seconds, session.interrupted, worked=inside, works=inside):
        raise canceled()
    return f"waited {amount} {unit.lower()}"


def _others(session: SqlSession) -> list[SqlSession]:
    """The other sessions whose queries this one may stop: those of its user, and of warehouses that it may operate."""

    def may(other: SqlSession) -> bool:
        if session.is_of(other.user):
            return True
        path = [other.warehouse] if other.warehouse else []
        used = securables.find(session.account, securables.KINDS["WAREHOUSE"], path) if path else None
        return used is not None and session.rights.has("OPERATE", used)

    return [one for one in list(session.account.sessions) if one is not session and may(one)]


def _cancel(session: SqlSession, query_id: str) -> str:
    if not any(one.cancel(query_id) for one in _others(session)):
        return "Identified SQL statement is not currently executing."
    return f"query [{query_id}] terminated."


def _cancel_all(session: SqlSession, number: str) -> str:
    return f"{sum(one.cancel() for one in _others(session) if str(one.id) == number)} queries cancelled."


def _cancel_task(session: SqlSession, name: str) -> str:
    where = place(session, TASK, split(name), "SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS")
    path = [part for quoted in where.values() for part in split(quoted)]
    task = securables.need(session.account, securables.KINDS["TASK"], path)
    session.rights.need("OPERATE", task)
    if not (stopped := session.account.runs.cancel_task(task.id, session)):
        return (
            f"Task {split(name)[-1]} has no currently running executions. If the task was dropped or replaced after a"
            " previous execution started, use SYSTEM$CANCEL_QUERY along with the query id to cancel the run."
        )
    return (
        f"Marked {len(stopped)} task runs for cancellation. It may take a few seconds for cancellation to complete."
        f" Query ids canceled: [{', '.join(stopped)}]"
    )


def _enable_dependents(session: SqlSession, name: str) -> bool:
    """Resume a task and all that run after it, the last ones first."""
    where = place(session, TASK, split(name), "SYSTEM$TASK_DEPENDENTS_ENABLE")
    for task in reversed(session.perform("task", "dependents", where)):
        session.perform("task", "resume", {**where, "name": quote_identifier(task["name"])})
    return True


_TASK_FACTS: dict[str, Callable[[TaskRunContext], Any]] = {
    "CURRENT_TASK_NAME": lambda task: task.name,
    "CURRENT_ROOT_TASK_NAME": lambda task: task.root_name,
    "CURRENT_TASK_GRAPH_RUN_GROUP_ID": lambda task: task.run_id,
    "CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP": lambda task: task.scheduled_time,
    "CURRENT_ROOT_TASK_UUID": lambda task: task.root_id,
    "LAST_SUCCESSFUL_TASK_GRAPH_RUN_GROUP_ID": lambda task: task.last_successful and task.last_successful[0],
    "LAST_SUCCESSFUL_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP": lambda task: (
        task.last_successful and task.last_successful[1]
    ),
}


def _runtime_info(session: SqlSession, fact: str) -> Any:
    if fact.upper() not in _TASK_FACTS:
        raise unsupported(f"SYSTEM$TASK_RUNTIME_INFO('{fact}')")
    value = _TASK_FACTS[fact.upper()](_running(session, "SYSTEM$TASK_RUNTIME_INFO"))
    return None if value is None else str(value)


def _last_query_id(session: SqlSession, at: str = "-1") -> str | None:
    place = int(at)
    ids = list(session.query_ids)
    return ids[place] if -len(ids) <= place < len(ids) else None


def _secondary_roles(session: SqlSession) -> str:
    """Those that count beside the session's role."""
    others = session.account.access.secondary(session.user, session.secondary)
    roles = ",".join(sorted(name for name in others if name != session.role))
    told = {"roles": roles, "value": "ALL" if session.secondary is True else roles}
    return json.dumps(told, separators=(",", ":"))


def _database_roles(session: SqlSession, name: str | None = None) -> Iterable[str]:
    """Those of a database, which is the one in use by default; the function knows no qualified names."""
    catalog, name = session.account.catalog, name or session.database
    database = catalog.find("database", 0, name) if name else None
    found = catalog.children(database.id, "database-role") if database is not None else []
    return [role.name for role in found if role.id in session.rights.roles]


_ROLES_IN_SESSION: dict[str, Callable[[SqlSession], Iterable[str]]] = {
    "IS_ROLE_IN_SESSION": lambda session: session.rights.names,
    "IS_DATABASE_ROLE_IN_SESSION": _database_roles,
}


def _variable(session: SqlSession, name: str | None) -> str | None:
    value = session.variables.get(name or "")
    return str(value).lower() if isinstance(value, bool) else None if value is None else str(value)


def _bootstrap_data(session: SqlSession, what: str) -> str:
    """What Snowflake's console asks as it starts, and tools that want to know the account's edition."""
    if what.upper() != "ACCOUNT":
        raise unsupported(f"SYSTEM$BOOTSTRAP_DATA_REQUEST('{what}')")
    info = {"accountName": "LOCAL", "serviceLevelName": "ENTERPRISE"}
    return json.dumps({"serverVersion": VERSION, "accountInfo": info})


_LOGGING = (
    *("SYSTEM$LOG", *(f"SYSTEM$LOG_{level}" for level in ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"))),
    *("SYSTEM$ADD_EVENT", "SYSTEM$SET_SPAN_ATTRIBUTES"),
)
"""What goes to the event table of an account that has one, and so nowhere."""

_WITH_ARGUMENTS: dict[str, Callable[..., Any]] = {
    "LAST_QUERY_ID": _last_query_id,
    "GETVARIABLE": _variable,
    "GET_DDL": get_ddl,
    "SYSTEM$GET_TAG": get_tag,
    "SYSTEM$EXPLAIN_PLAN_JSON": explained,
    "SYSTEM$CLUSTERING_INFORMATION": clustering_information,
    "SYSTEM$GET_DEFAULT_PYTHON_ARTIFACT_REPOSITORY": lambda *_: None,  # nobody has set one
    "SYSTEM$SET_RETURN_VALUE": _set_return_value,
    "SYSTEM$GET_PREDECESSOR_RETURN_VALUE": _predecessor_return_value,
    "SYSTEM$GET_TASK_GRAPH_CONFIG": _graph_config,
    "SYSTEM$TASK_RUNTIME_INFO": _runtime_info,
    "SYSTEM$TASK_DEPENDENTS_ENABLE": _enable_dependents,
    "SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS": _cancel_task,
    "SYSTEM$CURRENT_USER_TASK_NAME": _task_name,
    "SYSTEM$PIPE_STATUS": pipes.status,
    "SYSTEM$PIPE_FORCE_RESUME": pipes.force_resume,
    "SYSTEM$WAIT": _wait,
    "SYSTEM$SEND_EMAIL": emails.send,
    "SYSTEM$GET_SERVICE_STATUS": services.get_status,
    "SYSTEM$GET_SERVICE_LOGS": services.get_logs,
    "SYSTEM$GET_COMPUTE_POOL_STATUS": services.get_pool_status,
    "SYSTEM$WAIT_FOR_SERVICES": services.wait_for,
    "SYSTEM$STREAM_HAS_DATA": streams.has_data,
    "SYSTEM$STREAM_GET_TABLE_TIMESTAMP": streams.table_timestamp,
    "SYSTEM$BOOTSTRAP_DATA_REQUEST": _bootstrap_data,
    **dict.fromkeys(_LOGGING, lambda *_: None),
    "SYSTEM$CANCEL_QUERY": _cancel,
    "SYSTEM$CANCEL_ALL_QUERIES": _cancel_all,
}


ANSWERED = (*_OF_SESSION, *_WITH_ARGUMENTS, *(name for name in directories.ADDRESSES if name != "GET_PRESIGNED_URL"))
"""The functions that are answered here, before the engine sees the statement."""


def told(session: SqlSession, name: str) -> str | None:
    """What is asked in the text of a view, which a session's own statements aren't put into."""
    if name == "ROLES_IN_SESSION":
        return json.dumps(sorted(session.rights.names))
    asked, _, which = name.rstrip(")").partition("(")
    if asked == "ROLES_OF":
        return json.dumps(sorted(session.account.access.rights(which).names))
    if asked == "DATABASE_ROLES_IN_SESSION":
        return json.dumps(sorted(_database_roles(session, which)))
    if name not in _OF_SESSION or name == "CURRENT_STATEMENT":
        return None
    value = _OF_SESSION[name](session)
    return None if value is None else str(value)


def answered(statement: Expr, session: SqlSession, parameters: Any = None) -> Expr:
    """The statement with what the session knows put in. parameters: what is bound in it."""
    return statement.transform(_called_as_before, session, parameters, copy=False)


def with_named_results(statement: Expr, parameters: Any) -> Expr:
    """The statement with the query ids put in that are bound in RESULT_SCAN: they decide what the statement reads."""
    for node in statement.find_all(exp.Anonymous):
        inner: Any = node.expressions[0] if node.name.upper() == "RESULT_SCAN" and node.expressions else None
        if isinstance(inner, exp.Placeholder) and inner.name.isdigit() and int(inner.name) <= len(parameters or ()):
            inner.replace(exp.Literal.string(str(parameters[int(inner.name) - 1])))
    return statement


def asks(statement: Expr) -> bool:
    """Whether there is something in the statement that a session puts in."""
    return any(_is_asked(node) for node in statement.walk())


def _is_asked(node: Any) -> bool:
    if isinstance(node, exp.Dot):
        return _of_alert(node) is not None
    if isinstance(node, exp.Parameter):
        return not node.name.isdigit()
    name = _function(node)
    known = (*_OF_SESSION, *_WITH_ARGUMENTS, *directories.ADDRESSES, *_ROLES_IN_SESSION)
    return name in known or name.startswith("SYSTEM$")


def _called_as_before(node: Any, session: SqlSession, parameters: Any) -> Expr:
    """A column that has no name of its own is called by what was written, not by what was put in."""
    found = _answered(node, session, parameters)
    if found is not node and "text" in node.meta:
        found.meta["text"] = node.meta["text"]
    return found


def _answered(node: Any, session: SqlSession, parameters: Any) -> Expr:
    if isinstance(node, exp.Parameter):
        return _parameter(node, session)
    if isinstance(node, exp.Dot) and (asked := _of_alert(node)) is not None:
        if session.alert is None:
            raise invalid(f"Function {asked} must be called from within an alert", "000603", "P0001")
        value = literal(_OF_ALERT[asked](session.alert))
        return value if asked == "GET_CONDITION_QUERY_UUID" else exp.cast(value, "TIMESTAMPLTZ")
    name = _function(node)
    if name in _ROLES_IN_SESSION and len(node.expressions) == 1:
        roles = ["", *sorted(_ROLES_IN_SESSION[name](session))]  # IN needs something, and nothing is called ""
        return exp.In(this=node.expressions[0], expressions=[*map(literal, roles)])
    if name in directories.ADDRESSES:
        return directories.address(session, name, [answered(one, session) for one in node.expressions])
    if name in _OF_SESSION:
        return literal(_OF_SESSION[name](session))
    if name in _WITH_ARGUMENTS:
        arguments: list[Expr] = node.args.get("expressions") or []
        values = [session.text_of(argument, parameters) for argument in arguments]
        try:
            return literal(_WITH_ARGUMENTS[name](session, *values))
        except (TypeError, ValueError):
            raise syntax(f"invalid arguments for function {name}") from None
    if name.startswith("SYSTEM$") and name != "SYSTEM$TYPEOF":  # which the engine answers
        raise unsupported(f"the function {name}")
    return node


def _function(node: Any) -> str:
    if isinstance(node, exp.Anonymous):
        return node.name.upper()
    return type(node).sql_names()[0] if isinstance(node, exp.Func) else ""


_OF_ALERT: dict[str, Callable[[AlertRunContext], str]] = {
    "SCHEDULED_TIME": lambda alert: alert.scheduled_time.isoformat(),
    "LAST_SUCCESSFUL_SCHEDULED_TIME": lambda alert: alert.last_successful_scheduled_time.isoformat(),
    "GET_CONDITION_QUERY_UUID": lambda alert: alert.condition_query_id,
}
"""The functions of the schema SNOWFLAKE.ALERT."""


def _of_alert(node: exp.Dot) -> str | None:
    """Which function of SNOWFLAKE.ALERT is called, if one is."""
    function = node.expression
    if not isinstance(function, exp.Anonymous) or function.name.upper() not in _OF_ALERT:
        return None
    return function.name.upper() if node.this.sql().upper() == "SNOWFLAKE.ALERT" else None


def _parameter(node: exp.Parameter, session: SqlSession) -> Expr:
    name = node.name.upper()
    if name.isdigit():  # $1 is the first column of what is read
        return node
    if name not in session.variables:
        raise invalid(f"SQL compilation error:\nSession variable '${name}' does not exist", "002211", "02000")
    return literal(session.variables[name])


def literal(value: Any) -> Expr:
    if value is None:
        return exp.Null()
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, (int, float, Decimal)):
        return exp.Literal.number(str(value))
    if isinstance(value, bytes):
        return exp.Anonymous(this="TO_BINARY", expressions=[exp.Literal.string(value.hex())])
    if isinstance(value, datetime):
        zone = value.tzinfo  # a named one is the session's
        kind = "TIMESTAMP_NTZ" if zone is None else f"TIMESTAMP_{'L' if isinstance(zone, ZoneInfo) else ''}TZ"
        return exp.cast(exp.Literal.string(value.isoformat()), kind, dialect="snowflake")
    if isinstance(value, (date, time)):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE" if isinstance(value, date) else "TIME")
    return exp.Literal.string(str(value))
