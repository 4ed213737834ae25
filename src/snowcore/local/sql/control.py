"""Statements about the objects that the catalog owns, put into the operations of REST."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, wait
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from snowcore._names import quote_identifier

from ...engine.errors import AccountError, canceled, compilation, unsupported
from ...engine.names import shown
from ...engine.protocol import Result
from ..objects import securables
from ..objects.access import not_assigned
from ..objects.past import said
from ..objects.search_services import TEXT_INDEXES
from ..objects.versions import VERSIONED
from . import (
    alter_account,
    code_bundles,
    directories,
    external_tables,
    grants,
    hybrid,
    kept,
    notebooks,
    past,
    pipes,
    policies,
    routines,
    search_optimization,
    services,
    show,
    stages,
    tags,
    user_tokens,
    versions,
)
from .describe import describe
from .explain import explain
from .kinds import (
    DYNAMIC_TABLE,
    INTEGRATION,
    STAGE,
    STREAM,
    TABLE,
    TAG,
    TASK,
    VIEW,
    SqlObject,
    above,
    json_object,
    kind_of,
    place,
    properties,
    table_path,
    unquoted,
    unset,
    without_nulls,
)
from .listings import LISTINGS
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from . import SqlSession


def perform(session: SqlSession, reader: Reader) -> Result | None:
    """The result of a statement, or None if it isn't about an object of the catalog."""
    handle = _STATEMENTS.get(reader.peek())
    if handle is None:
        return None
    reader.at += 1
    return handle(session, reader)


_OR_ALTER = ("alert", "dynamic-table", "stage")
"""Kinds that CREATE OR ALTER has, and REST doesn't."""


def _create(session: SqlSession, reader: Reader) -> Result | None:
    mode = reader.one_of("OR REPLACE", "OR ALTER")
    words = " ".join(reader.peek(ahead) for ahead in range(7)).partition(" (")[0].partition(" AS ")[0]
    if mode and " IF NOT EXISTS" in words:
        raise compilation("001003", f"options IF NOT EXISTS and {mode} are incompatible.", "0A000")
    modifier = reader.one_of("TRANSIENT", "TEMPORARY", "TEMP")
    if (made := routines.create(session, reader, mode, modifier)) is not None:
        return made
    if modifier is None and (made := policies.create(session, reader, mode)) is not None:
        return made
    if modifier is None and reader.take("INDEX"):
        return hybrid.create_index(session, reader, mode)
    kind = kind_of(reader)
    if kind is None or kind is TABLE:
        return None
    if kind is INTEGRATION or (modifier and kind.said.checked):
        reader.at = 1
        raise reader.wrong()
    known = kind.resource in _OR_ALTER or "create_or_alter" in session.account.kinds[kind.resource].document.verbs
    if mode == "OR ALTER" and not known:
        raise unsupported(f"CREATE OR ALTER {kind.words}")
    temporary = modifier in ("TEMPORARY", "TEMP")
    if kind is STAGE and temporary:  # which is of the session, and not the catalog's
        if mode == "OR ALTER":
            raise unsupported("CREATE OR ALTER of a temporary stage")
        return stages.create_temporary(session, reader, replace=mode == "OR REPLACE")
    if_absent = reader.take("IF NOT EXISTS")
    where = place(session, kind, reader.path(), f"CREATE {kind.words}")
    body: dict[str, Any] = {"name": where["name"]}
    if modifier:
        body["kind"] = "TEMPORARY" if temporary else "TRANSIENT"
    query: dict[str, Any] = {
        "createMode": "orReplace" if mode == "OR REPLACE" else "ifNotExists" if if_absent else "errorIfExists"
    }
    if kind.resource == "external-table":
        return external_tables.create(session, reader, where, query, body)
    if reader.take("CLONE"):
        answer = _clone(session, reader, kind, where, query, body)
    else:
        under = policies.read(session, reader) if kind in policies.READ else policies.Policies({}, None)
        if kind is DYNAMIC_TABLE and reader.peek() == "(":
            body["columns"] = reader.several(lambda: policies.read_column(session, reader, under))
        if reader.take("WITH MANAGED ACCESS"):
            body["managed_access"] = True
        given = tags.read(session, reader)
        reader.take("WITH")
        body |= _declared(session, reader, kind)
        if kind.resource == "compute-pool" and (suspended := body.pop("initially_suspended", None)) is not None:
            query["initiallySuspended"] = suspended
        if mode == "OR ALTER":
            return status(session.perform(kind.resource, "create_or_alter", where, body=body))
        # Nobody shall drop the new object before it has its tags; without any, nobody waits behind what this waits for.
        with session.account.changing if given else nullcontext(), policies.putting(session, where, under) as made:
            answer = made(session.perform(kind.resource, "create", above(where), query, body))
            tags.give(session, kind, where, given)
        if kind is STAGE:
            directories.created(session, where, body)
    if kind.resource == "database":  # creating it goes there
        session.use(unquoted(where["name"]))
    elif kind.resource == "schema":
        session.use(unquoted(where["database"]), unquoted(where["name"]))
    elif kind.resource == "warehouse":
        session.warehouse = unquoted(where["name"])
    return status(answer)


def _clone(
    session: SqlSession,
    reader: Reader,
    kind: SqlObject,
    where: Mapping[str, str],
    query: dict[str, Any],
    body: dict[str, Any],
) -> Any:
    source = place(session, kind, reader.path(), f"CREATE {kind.words}")
    if (at := past.moment(session, reader)) is not None:
        body["point_of_time"] = said(at)
    ignores = at is not None and reader.take(_IGNORING)
    reader.end()
    try:
        return session.perform(kind.resource, "clone", source, query | _target(above(where)), body)
    except AccountError as error:
        if ignores and error.code == "000707":
            raise unsupported(f"{_IGNORING} where there are such tables") from None
        raise


_IGNORING = "IGNORE TABLES WITH INSUFFICIENT DATA RETENTION"


def _target(path: Mapping[str, str]) -> dict[str, str]:
    return {f"target{part.capitalize()}": name for part, name in path.items()}


def _alter(session: SqlSession, reader: Reader) -> Result | None:
    if reader.take("ACCOUNT") and not reader.done:
        return alter_account.alter(session, reader)
    if (altered := routines.alter(session, reader) or policies.alter(session, reader)) is not None:
        return altered
    kind = VIEW if reader.take("VIEW") else kind_of(reader)
    if kind is None:
        return None
    if kind.resource == "user":
        if (altered := user_tokens.alter(session, reader)) is not None:
            return altered
        for policy in ("PASSWORD POLICY", "SESSION POLICY", "AUTHENTICATION POLICY"):
            if reader.find_words(f"SET {policy}"):
                raise unsupported(f"users with a {policy.lower()}")
    query: dict[str, Any] = {"ifExists": True} if reader.take("IF EXISTS") else {}
    where = place(session, kind, reader.path(), f"ALTER {kind.words}")
    if kind is VIEW:
        return tags.alter(session, reader, kind, where, query)
    kind = kept.resolved(session, kind, where, if_exists=query)
    if kind is TAG and (altered := policies.alter_tag(session, reader, tuple(map(unquoted, where.values())))):
        return altered
    if (tagged := tags.alter(session, reader, kind, where, query)) is not None:
        return tagged
    if kind is TABLE and (verb := reader.one_of("SUSPEND RECLUSTER", "RESUME RECLUSTER")):
        reader.end()
        return status(session.perform("table", verb.lower().replace(" ", "_"), where, query))
    if kind is TABLE and (reader.peek(1), reader.peek(2)) == ("SEARCH", "OPTIMIZATION"):
        return search_optimization.alter(session, reader, where)
    if kind is TABLE and (reader.peek(), reader.peek(1)) not in (("RENAME", "TO"), ("SWAP", "WITH")):
        return None
    if kind is TABLE and session.engine.is_temporary(table_path(where)):
        if not reader.take("RENAME TO"):
            raise unsupported("SWAP WITH of temporary tables")
        target = place(session, kind, reader.path(), "ALTER TABLE")
        reader.end()
        session.engine.rename_temporary(table_path(where), table_path(target))
        return status("Statement executed successfully.")
    if kind.resource == "external-table":
        return external_tables.alter(session, reader, where)
    if kind.resource == "pipe" and reader.take("REFRESH"):
        return pipes.refresh(session, reader, where, query)
    if kind is STAGE and reader.take("REFRESH"):
        return directories.refresh(session, reader, where)
    if kind is STAGE and table_path(where) in session.temporary_stages:
        raise unsupported("ALTER STAGE of a temporary stage")
    verb, more, body = _change(session, reader, kind, where, query)
    reader.end()
    return status(session.perform(kind.resource, verb, where, query | more, body))


def _change(
    session: SqlSession, reader: Reader, kind: SqlObject, where: Mapping[str, str], query: Mapping[str, Any]
) -> tuple[str, dict[str, str], Any]:
    """What an ALTER wants: the verb, the query and the body of REST."""
    if kind.said.renamed and (change := reader.one_of("RENAME TO", "SWAP WITH")):
        target = place(session, kind, reader.path(), f"ALTER {kind.words}")
        return change.lower().replace(" to", "").replace(" ", "_"), _target(target), {"name": target["name"]}
    if kind.resource == "schema" and (verb := reader.one_of("ENABLE MANAGED ACCESS", "DISABLE MANAGED ACCESS")):
        return "alter", {}, {"managed_access": verb.startswith("ENABLE")}
    if kind.resource == "warehouse" and (verb := reader.one_of("ENABLE", "DISABLE")):
        return verb.lower(), {}, None
    if verb := reader.one_of("SUSPEND", "RESUME"):
        if not reader.take("IF SUSPENDED") and kind.resource == "warehouse":
            return verb.lower(), {}, {"IN_ANY_STATE": False}
        target = reader.one_of("INDEXING", "SERVING") if kind.resource == "cortex-search-service" else None
        return verb.lower(), {"target": target} if target else {}, None
    if kind.resource == "git-repository" and reader.take("FETCH"):
        return "refresh", {}, None
    if kind.resource in VERSIONED and (verb := reader.one_of(*versions.CHANGES)):
        return verb.lower().replace(" ", "_"), *versions.change(reader, kind, verb)
    if kind.said.checked:
        return "alter", {}, kept.altered(session, reader, kind, where, query)
    if kind is DYNAMIC_TABLE and reader.take("DROP CLUSTERING KEY"):
        return "alter", {}, {"cluster_by": None}
    if kind is DYNAMIC_TABLE and reader.peek() == "CLUSTER BY":
        return "alter", {}, _declared(session, reader, kind, altered=True)
    if kind.resource in ("dynamic-table", "cortex-search-service") and reader.take("REFRESH"):
        reader.take("COPY SESSION")
        return "refresh", {}, None
    if reader.take("ABORT ALL QUERIES"):
        return "abort", {}, None
    if reader.take("STOP ALL"):
        return "stop_all_services", {}, None
    if kind is TAG and (change := reader.one_of("ADD ALLOWED_VALUES", "DROP ALLOWED_VALUES")):
        return "alter", {}, {"allowed_values": tags.allowed(session, where, change, reader)}
    if kind is TASK and (task := _task_change(session, reader, where)) is not None:
        return "alter", {}, task
    if reader.take("UNSET"):
        return "alter", {}, unset(reader, kind)
    if reader.peek() != "FROM":  # which gives a service another specification
        reader.expect("SET")
    return "alter", {}, _declared(session, reader, kind, altered=True)


def _declared(session: SqlSession, reader: Reader, kind: SqlObject, *, altered: bool = False) -> dict[str, Any]:
    if kind is STREAM and not altered:
        return past.stream(session, reader)
    if kind.said.checked:
        return kept.created(session, reader, kind)
    found = properties(reader, kind) if altered else without_nulls(properties(reader, kind))
    if "VECTOR_INDEXES" in found:
        raise unsupported("search services with vector indexes")
    if indexes := found.get(TEXT_INDEXES):  # of which REST has one
        found["search_column"] = indexes[0]
    if kind.resource == "warehouse" and (monitor := found.get("resource_monitor")) is not None:
        if unquoted(monitor) == "NULL":
            found["resource_monitor"] = None
        else:
            session.perform("resource-monitor", "fetch", {"name": monitor})
    return stages.checked(session, found) if kind is STAGE else found


def _task_change(session: SqlSession, reader: Reader, where: Mapping[str, str]) -> dict[str, Any] | None:
    """What only tasks have in their ALTER."""
    if reader.take("MODIFY AS"):
        return {"definition": reader.rest()}
    if reader.take("MODIFY WHEN"):
        return {"condition": reader.rest()}
    if reader.take("REMOVE WHEN"):
        return {"condition": None}
    change = reader.one_of("ADD AFTER", "REMOVE AFTER")
    if change is None:
        return None

    def whole(name: list[str]) -> str:
        return ".".join(place(session, TASK, name, "ALTER TASK").values())

    before: list[str] = session.perform("task", "fetch", where).get("predecessors") or []
    predecessors = [whole(Reader(one).path()) for one in before]
    named = [whole(name) for name in reader.several(reader.path)]
    if change == "ADD AFTER":
        return {"predecessors": [*predecessors, *(one for one in named if one not in predecessors)]}
    return {"predecessors": [one for one in predecessors if one not in named]}


def _drop(session: SqlSession, reader: Reader) -> Result | None:
    if (dropped := routines.drop(session, reader) or policies.drop(session, reader)) is not None:
        return dropped
    if reader.take("INDEX"):
        return hybrid.drop_index(session, reader)
    kind = kind_of(reader)
    if kind is None:
        return _none_there(reader)
    query = {"ifExists": True} if reader.take("IF EXISTS") else {}
    if kind is STAGE:
        reader.take("@")  # which programs write before it, as elsewhere
    where = place(session, kind, reader.path(), f"DROP {kind.words}")
    kind = kept.resolved(session, kind, where, if_exists=query)
    if kind is TABLE and session.engine.is_temporary(table_path(where)):
        return None
    body = {"CASCADE": True} if reader.one_of("CASCADE", "RESTRICT", "FORCE") == "CASCADE" and kind is TABLE else None
    reader.end()
    if kind is STAGE and stages.drop_temporary(session, table_path(where)):
        return status(f"{shown(unquoted(where['name']))} successfully dropped.")
    return status(session.perform(kind.resource, "drop", where, query, body))


_NONE = sorted((one.singular for one in LISTINGS if one.source == "-"), key=len, reverse=True)
"""Kinds of which the account has no object, longer words first."""


def _none_there(reader: Reader) -> Result | None:
    """DROP … IF EXISTS of such a kind, which scripts that clean up say."""
    begun = reader.at
    if reader.one_of(*_NONE) and reader.take("IF EXISTS"):
        name = reader.path()[-1]
        reader.rest()
        return status(f"Drop statement executed successfully ({shown(name)} already dropped).")
    reader.at = begun
    return None


_COMMENTED = ("task", "user", "role", "database-role", "warehouse", "stage", "stream", "pipe", "compute-pool", "tag")
"""Kinds whose comments COMMENT ON sets as their ALTER does."""


def _comment(session: SqlSession, reader: Reader) -> Result | None:
    """Of what is neither a table, a column nor such, which the parser knows."""
    query = {"ifExists": True} if reader.take("IF EXISTS") else {}
    kind = kind_of(reader) if reader.take("ON") else None
    if kind is None or not (kind is INTEGRATION or kind.said.checked or kind.resource in _COMMENTED):
        return None
    where = place(session, kind, reader.path(), f"COMMENT ON {kind.words}")
    if kind.resource not in _COMMENTED:
        kind = kept.resolved(session, kind, where, if_exists=query)
    reader.expect("IS")
    body = {"comment": reader.string()}
    reader.end()
    return status(session.perform(kind.resource, "alter", where, query, body))


def _undrop(session: SqlSession, reader: Reader) -> Result | None:
    kind = kind_of(reader)
    if kind is None:
        return None
    if kind is INTEGRATION or not session.account.kinds[kind.resource].restorable:
        reader.at -= 1
        raise reader.wrong()
    where = place(session, kind, reader.path(), f"UNDROP {kind.words}")
    reader.end()
    return status(session.perform(kind.resource, "undrop", where))


def _execute(session: SqlSession, reader: Reader) -> Result | None:
    if reader.take("ALERT"):
        alert = place(session, securables.KINDS["ALERT"], reader.path(), "EXECUTE ALERT")
        reader.end()
        return status(session.perform("alert", "execute", alert))
    if reader.take("JOB SERVICE"):
        return services.execute_job(session, reader)
    if reader.peek(1) != "PROJECT" and reader.take("NOTEBOOK"):
        return notebooks.execute(session, reader)
    if reader.take("CODE BUNDLE"):
        return code_bundles.execute(session, reader)
    if not reader.take("TASK"):
        return None
    where = place(session, TASK, reader.path(), "EXECUTE TASK")
    body: dict[str, Any] = {}
    if reader.take("RETRY LAST"):
        body["RETRY"] = True
    elif reader.take("RETRY GRAPH RUN GROUP"):
        group = reader.string()
        body["RETRY"] = int(group) if group.isdecimal() else 0  # no run has this id
    elif reader.take("USING CONFIG"):
        reader.expect("=")
        body["CONFIG"] = json_object(reader)
    runs = list[Future[None]]()
    if "RETRY" not in body and reader.take("AWAIT"):
        body["STARTED"] = runs.append
    reader.end()
    answer = session.perform("task", "execute", where, None, body)
    while wait(runs, 0.05).not_done:
        if session.interrupted.is_set():
            raise canceled()
    return status(answer)


def _use(session: SqlSession, reader: Reader) -> Result:
    what = reader.one_of("DATABASE", "SCHEMA", "WAREHOUSE", "ROLE", "SECONDARY ROLES")
    name = reader.path()
    if what != "SECONDARY ROLES" or reader.peek() != ",":
        reader.end()
    if session.role_is_fixed and what in ("ROLE", "SECONDARY ROLES"):
        raise unsupported(f"USE {what} in a task or a procedure with its owner's rights, as Snowflake doesn't")
    if session.restricted and what in ("ROLE", "SECONDARY ROLES") and name[0] not in (session.role, "NONE"):
        raise not_assigned(name[0])
    if what == "ROLE":
        _need_role(session, name[0])
        session.role = name[0]
    elif what == "SECONDARY ROLES":
        others = [name[0]] if reader.done else [name[0], *_more(reader)]
        if others in (["ALL"], ["NONE"]):
            session.secondary = others == ["ALL"]
        else:
            for one in others:
                _need_role(session, one)
            session.secondary = frozenset(others)
    elif what == "WAREHOUSE":
        show.need(session, "warehouse", {"name": quote_identifier(name[0])})
        session.rights.need("USAGE", securables.need(session.account, securables.KINDS["WAREHOUSE"], name))
        session.warehouse = name[0]
    elif what == "SCHEMA" or (what is None and len(name) == 2):
        database = name[0] if len(name) == 2 else session.need_database("USE SCHEMA")
        show.need(session, "schema", {"database": quote_identifier(database), "name": quote_identifier(name[-1])})
        session.use(database, name[-1])
    else:
        show.need(session, "database", {"name": quote_identifier(name[0])})
        session.use(name[0])
    return status("Statement executed successfully.")


def _more(reader: Reader) -> list[str]:
    reader.expect(",")
    return [path[0] for path in reader.several(reader.path)]


def _need_role(session: SqlSession, name: str) -> None:
    if session.account.catalog.find("role", 0, name) is None:
        raise show.nothing_there()
    if name not in session.account.access.available(session.user):
        raise not_assigned(name)


_STATEMENTS = {
    "CREATE": _create,
    "ALTER": _alter,
    "DROP": _drop,
    "COMMENT": _comment,
    "UNDROP": _undrop,
    "EXECUTE": _execute,
    "USE": _use,
    "GRANT": grants.grant,
    "REVOKE": grants.revoke,
    "SHOW": show.show,
    "DESCRIBE": describe,
    "DESC": describe,
    "EXPLAIN": explain,
}
