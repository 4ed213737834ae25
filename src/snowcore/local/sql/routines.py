"""Functions and procedures: how SQL makes, changes, shows and calls them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from snowcore._names import quote_identifier, quote_literal

from ...engine.errors import AccountError, EngineError, compilation, syntax, unsupported
from ...engine.names import canonical, shown
from ...engine.parsing import Token
from ...engine.protocol import Code, Result, TablePath
from ...engine.protocol import Routine as SqlFunction
from ...engine.types import DataType, Typed, parse
from ..account.calls import Context
from ..objects import secrets, securables
from ..objects.routines import Routine, check_types, key_of
from . import code, cortex, service_functions
from .kinds import above, place
from .listings import Row
from .reader import Reader
from .results import TEXT, status, table
from .scripting import Reference, Script, check

if TYPE_CHECKING:
    from . import SqlSession

_DEEPEST = 5
"""How many calls of procedures may be inside of each other."""
_RESOURCES = {"FUNCTION": "user-defined-function", "PROCEDURE": "procedure"}
_PROPERTIES = ("AS", "LANGUAGE", "NOT", "CALLED", "RETURNS", "STRICT", "VOLATILE", "IMMUTABLE", "MEMOIZABLE", "COMMENT")
_OF_CODE = {
    "RUNTIME_VERSION": "runtime_version",
    "PACKAGES": "packages",
    "IMPORTS": "imports",
    "HANDLER": "handler",
    "SECRETS": "secrets",
    "EXTERNAL_ACCESS_INTEGRATIONS": "external_access_integrations",
    "ARTIFACT_REPOSITORY": "",
    "ARTIFACT_REPOSITORY_PACKAGES": "packages",
    "RESOURCE_CONSTRAINT": "",
}
"""Properties of what is not in SQL, and what REST calls them; of some nothing follows."""
_OF_NETWORKS = ("external_access_integrations", "secrets")


class _InSchema:
    depth = 2


_KIND = _InSchema()


# Definitions


def create(session: SqlSession, reader: Reader, mode: str | None, modifier: str | None) -> Result | None:
    """CREATE … FUNCTION and PROCEDURE, after the words before these."""
    secure, begun = reader.take("SECURE"), reader.at
    rows = reader.take("TABLE")
    aggregates = reader.take("AGGREGATE")
    what = reader.one_of(*_RESOURCES)
    if what is None or ((rows or aggregates) and what != "FUNCTION"):
        reader.at = begun
        return None
    if_absent = reader.take("IF NOT EXISTS")
    where = place(session, _KIND, reader.path(), f"CREATE {what}")
    body: dict[str, Any] = {"name": where["name"], **_definition(reader, what)}
    copies = bool(body.pop("copies")) or mode == "OR ALTER"
    reader.end()
    if "service" in body:
        if secure or modifier:
            raise unsupported("secure and temporary service functions")
        query = {"createMode": "orReplace" if mode else "ifNotExists" if if_absent else "errorIfExists"}
        made = service_functions.body(session, body)
        return status(session.perform(service_functions.RESOURCE, "create", above(where), query, made))
    if secure:
        body["is_secure"] = True
    if aggregates:
        body["is_aggregate"] = True
    if body["language_config"]["language"] != "SQL":
        code.check_imports(session, body["language_config"])
    elif what == "PROCEDURE":
        check(body["body"])
    elif body["return_type"]["type"] == "DATATYPE":
        _try(session, body)
    if modifier in ("TEMP", "TEMPORARY"):
        return _create_temporary(session, what, where, body, replace=bool(mode), if_absent=if_absent)
    query: Row = {"createMode": "orReplace" if mode else "ifNotExists" if if_absent else "errorIfExists"}
    if copies:
        query["copyGrants"] = True
    return status(session.perform(_RESOURCES[what], "create", above(where), query, body))


def _create_temporary(
    session: SqlSession, what: str, where: Mapping[str, str], body: Row, *, replace: bool, if_absent: bool
) -> Result:
    """A routine of the session, which hides one of its name and types."""
    path = tuple(canonical(where[part]) for part in ("database", "schema", "name"))
    session.perform("schema", "fetch", {"database": where["database"], "name": where["schema"]})
    resource, context = _RESOURCES[what], Context(role=session.role)
    key, row = cast("Routine", session.account.kinds[resource]).of_session(path, body, context)
    place = (resource, path[0], path[1], key)
    if place in session.temporary_routines and not replace:
        if if_absent:
            return status(f"{shown(path[2])} already exists, statement succeeded.")
        raise AccountError(409, "002002", "42710", f"SQL compilation error:\nObject '{shown(path[2])}' already exists.")
    session.temporary_routines[place] = row
    return status(f"{what.capitalize()} {shown(path[2])} successfully created.")


def _definition(reader: Reader, what: str) -> dict[str, Any]:
    """What follows the name, up to the end of the body."""
    arguments: list[Row] = []
    out: list[str] = []
    reader.expect("(")
    while not reader.take(")"):
        arguments.append(_argument(reader, out))
        if not reader.take(",") and reader.peek() != ")":
            raise reader.wrong()
    copies = reader.take("COPY GRANTS")
    reader.expect("RETURNS")
    if reader.take("TABLE"):
        columns = reader.several(
            lambda: {"name": quote_identifier(reader.path()[-1]), "datatype": reader.until(",", ")")}
        )
        returned: Row = {"type": "TABLE", "column_list": columns}
    else:
        ends = (*_PROPERTIES, *_OF_CODE, *service_functions.WORDS, "EXECUTE")
        returned = {"type": "DATATYPE", "datatype": reader.until(*ends)}
    language: Row = {"language": "SQL"}
    begins = False
    found: dict[str, Any] = {"arguments": arguments, "return_type": returned, "language_config": language}
    found["copies"] = copies
    while not (reader.done or (begins := reader.take("AS")) or reader.peek() == "CALL"):
        if reader.take("NOT NULL"):
            returned["nullable"] = False
        elif reader.take("LANGUAGE"):
            language["language"] = reader.word()
        elif reader.one_of("STRICT", "RETURNS NULL ON NULL INPUT"):
            language["called_on_null_input"] = False
        elif reader.take("CALLED ON NULL INPUT"):
            language["called_on_null_input"] = True
        elif kept := reader.one_of("VOLATILE", "IMMUTABLE"):
            if what == "FUNCTION":
                language["is_volatile"] = kept == "VOLATILE"
        elif what == "FUNCTION" and reader.take("MEMOIZABLE"):
            found["is_memoizable"] = True
        elif reader.take("COMMENT"):
            reader.expect("=")
            found["comment"] = reader.string()
        elif what == "PROCEDURE" and reader.take("EXECUTE AS"):
            found["execute_as"] = _whose_rights(reader)
        elif what == "FUNCTION" and reader.peek() in service_functions.WORDS:
            service_functions.read(reader, found)
        elif language["language"] not in ("SQL", "JAVASCRIPT") and reader.peek() in _OF_CODE:
            _read_of_code(reader, language)
        else:
            raise reader.wrong()
    if out:
        if (what, language["language"]) != ("PROCEDURE", "SQL") or any("default_value" in one for one in arguments):
            raise unsupported("OUT arguments but of procedures in SQL whose arguments have no defaults")
        found["OUT"] = out
    if language["language"] not in ("SQL", "PYTHON", "JAVASCRIPT"):
        raise unsupported(f"a {what.lower()} in {language['language'].capitalize()}")
    if language["language"] == "PYTHON":
        if "handler" not in language or "runtime_version" not in language:
            raise syntax("A routine in Python needs RUNTIME_VERSION and HANDLER.")
        language.setdefault("packages", [])
    if begins:
        found["body"] = reader.string() if reader.is_string() else reader.rest()
    elif language["language"] in ("SQL", "JAVASCRIPT"):
        raise reader.wrong()
    return found


def _whose_rights(reader: Reader) -> str:
    if reader.take("RESTRICTED CALLER"):
        raise unsupported("EXECUTE AS RESTRICTED CALLER")
    if (found := reader.one_of("CALLER", "OWNER")) is None:
        raise reader.wrong()
    return found


def _read_of_code(reader: Reader, language: Row) -> None:
    word = reader.word()
    name = _OF_CODE[word]
    reader.expect("=")
    if name in ("packages", "imports"):
        language[name] = [*language.get(name, ()), *reader.several(reader.string)]
    elif name in ("handler", "runtime_version"):
        language[name] = reader.string() if reader.is_string() else reader.until(*_PROPERTIES, *_OF_CODE, "EXECUTE")
    elif name == "secrets":
        language[name] = dict(reader.several(lambda: _secret(reader)))
    elif name:
        language[name] = reader.several(lambda: shown(reader.path()[-1]))
    else:
        reader.until(*_PROPERTIES, *_OF_CODE, "EXECUTE")


def _secret(reader: Reader) -> tuple[str, str]:
    name = reader.string()
    reader.expect("=")
    return name, ".".join(map(shown, reader.path()))


def _argument(reader: Reader, out: list[str]) -> Row:
    """An argument of a definition. out: the names of those that give something back."""
    plain = reader.path()[-1]
    name = quote_identifier(plain)
    if reader.one_of("OUT", "OUTPUT"):
        out.append(plain)
    else:
        reader.one_of("IN", "INPUT")
    made: Row = {"name": name, "datatype": reader.until(",", ")", "DEFAULT")}
    if reader.take("DEFAULT"):
        made["default_value"] = reader.until(",", ")")
    return made


def _try(session: SqlSession, body: Row) -> None:
    """AccountError if a function's body means nothing."""
    values = [f"CAST(NULL AS {parse(one['datatype'])}) AS {one['name']}" for one in body["arguments"]]
    source = f" FROM (SELECT {', '.join(values)})" if values else ""
    try:
        session.run(f"SELECT * FROM (SELECT ({body['body']}\n){source}) LIMIT 0", [], remembered=False)
    except AccountError as error:
        if error.code not in ("000002", "000603"):
            raise


# Others


def _named(session: SqlSession, reader: Reader, what: str, statement: str) -> dict[str, str]:
    """The place of a routine that is written with its types."""
    where = place(session, _KIND, reader.path(), f"{statement} {what}")
    types = reader.types()
    name = where["name"][1:-1].replace('""', '"')
    return {**where, "name": quote_identifier(key_of(name, types))}


def drop(session: SqlSession, reader: Reader) -> Result | None:
    what = reader.one_of(*_RESOURCES)
    if what is None:
        return None
    query = {"ifExists": True} if reader.take("IF EXISTS") else {}
    where = _named(session, reader, what, "DROP")
    reader.end()
    if session.temporary_routines.pop(_temporary_key(what, where), None) is not None:
        return status(f"{shown(canonical(where['name']).rpartition('(')[0])} successfully dropped.")
    return status(session.perform(_resource(session, what, where), "drop", where, query))


def alter(session: SqlSession, reader: Reader) -> Result | None:
    what = reader.one_of(*_RESOURCES)
    if what is None:
        return None
    query: dict[str, Any] = {"ifExists": True} if reader.take("IF EXISTS") else {}
    where = _named(session, reader, what, "ALTER")
    if (resource := _resource(session, what, where)) == service_functions.RESOURCE:
        raise unsupported("ALTER FUNCTION of service functions; CREATE OR REPLACE makes another one")
    own = session.temporary_routines.get(_temporary_key(what, where))
    if reader.take("RENAME TO"):
        if own is not None:
            raise unsupported(f"ALTER {what} … RENAME TO of a temporary {what.lower()}")
        target = place(session, _KIND, reader.path(), f"ALTER {what}")
        reader.end()
        more = {f"target{part.capitalize()}": name for part, name in target.items()}
        return status(session.perform(resource, "rename", where, query | more, {"name": target["name"]}))
    if reader.take("SET COMMENT ="):
        change: Row = {"comment": reader.string()}
    elif reader.take("UNSET COMMENT"):
        change = {"comment": None}
    elif secure := reader.one_of("SET SECURE", "UNSET SECURE"):
        change = {"is_secure": secure == "SET SECURE"}
    elif reader.take("SET") and reader.peek() in ("SECRETS", "EXTERNAL_ACCESS_INTEGRATIONS"):
        config = dict(fetched(session, what, where)["language_config"])
        while not reader.done:
            _read_of_code(reader, config)
        change = {"language_config": _with_secrets(session, config)}
    elif reader.one_of("LOG_LEVEL", "TRACE_LEVEL", "METRIC_LEVEL", "AUTO_EVENT_LOGGING"):
        reader.expect("=")
        reader.string() if reader.is_string() else reader.word()
        change = {}
    elif what == "PROCEDURE" and reader.take("EXECUTE AS"):
        change = {"execute_as": _whose_rights(reader)}
    else:
        raise unsupported(f"ALTER {what} … {reader.rest()}")
    reader.end()
    if own is not None:
        own.update(change)
        return status("Statement executed successfully.")
    return status(session.perform(resource, "alter", where, query, change))


def describe(session: SqlSession, reader: Reader, what: str) -> Result:
    where = _named(session, reader, what, "DESCRIBE")
    reader.end()
    row = fetched(session, what, where)
    config = row["language_config"]
    rows = [("signature", _signature(row)), ("returns", _returned(row)), ("language", config["language"])]
    if config["language"] != "SQL":
        rows += [("null handling", "STRICT" if config.get("called_on_null_input") is False else "CALLED ON NULL INPUT")]
        rows += [("volatility", "IMMUTABLE" if config.get("is_volatile") is False else "VOLATILE")]
    if what == "PROCEDURE":
        rows += [("execute as", row.get("execute_as", "OWNER"))]
    rows += [("body", row.get("body"))]
    if config["language"] == "PYTHON":
        rows += [("imports", _listing(config.get("imports"))), ("handler", config["handler"])]
        rows += [("runtime_version", config["runtime_version"]), ("packages", _listing(config["packages"]))]
        rows += [(name, json.dumps(config[name])) for name in _OF_NETWORKS if config.get(name)]
    return table([("property", TEXT), ("value", TEXT)], rows)


def told(session: SqlSession, reader: Reader, what: str) -> Row:
    """A routine of the catalog as REST tells of it."""
    where = _named(session, reader, what, "DESCRIBE")
    reader.end()
    return session.perform(_RESOURCES[what], "fetch", where)


def fetched(session: SqlSession, what: str, where: Mapping[str, str]) -> Row:
    """A routine as REST tells of it, one of the session's own among them."""
    own = session.temporary_routines.get(_temporary_key(what, where))
    if own is not None:
        return own
    if (resource := _resource(session, what, where)) != service_functions.RESOURCE:
        return session.perform(resource, "describe", where)
    session.perform(resource, "fetch", where)
    every = service_functions.rows(session, {part: where[part] for part in ("database", "schema")})
    return next(row for row in every if _whole_name(row)[2] == canonical(where["name"]))


def _resource(session: SqlSession, what: str, where: Mapping[str, str]) -> str:
    """What REST calls a routine: a service function is of a kind of its own."""
    if what == "FUNCTION":
        path = [canonical(where[part]) for part in ("database", "schema", "name")]
        found = securables.find(session.account, securables.KINDS["FUNCTION"], path)
        entry = session.account.catalog.select("o.id = ?", found.id) if found is not None else []
        return entry[0].kind if entry else _RESOURCES[what]
    return _RESOURCES[what]


def _temporary_key(what: str, where: Mapping[str, str]) -> tuple[str, str, str, str]:
    return _RESOURCES[what], canonical(where["database"]), canonical(where["schema"]), canonical(where["name"])


def _listing(texts: Sequence[str] | None) -> str:
    return "[" + ",".join(quote_literal(text) for text in texts or ()) + "]"


def as_listed(row: Row) -> Row:
    """A routine as SHOW tells it."""
    types = ", ".join(_optional(one) for one in row["arguments"])
    kinds = {True: "Y", False: "N"}
    told = {
        "arguments": f"{shown(row['name'])}({types}) RETURN {_returned(row).split('(')[0].strip()}",
        "description": row.get("comment")
        or "user-defined " + ("function" if "is_table_function" in row else "procedure"),
        "catalog_name": row["database_name"],
        "is_builtin": "N",
        "is_aggregate": kinds[bool(row.get("is_aggregate"))],
        "is_table_function": kinds[bool(row["return_type"]["type"] == "TABLE")],
        "is_secure": kinds[bool(row.get("is_secure"))],
        "is_memoizable": kinds[bool(row.get("is_memoizable"))],
        "language": row["language_config"]["language"],
    }
    return {**row, **told}


def _optional(argument: Row) -> str:
    name = parse(argument["datatype"]).name
    return f"DEFAULT {name}" if "default_value" in argument else name


def _signature(row: Row) -> str:
    told = [f"{_way(row, one)} {parse(one['datatype']).name}" for one in row["arguments"]]
    return f"({', '.join(told)})"


def _way(row: Row, argument: Row) -> str:
    """An argument's name, and whether it gives something back."""
    return shown(argument["name"]) + (" OUT" if argument["name"] in row.get("OUT", ()) else "")


def _returned(row: Row) -> str:
    returned = row["return_type"]
    if returned["type"] == "TABLE":
        columns = [f"{shown(one['name'])} {one['datatype']}" for one in returned.get("column_list") or ()]
        return f"TABLE ({', '.join(columns)})"
    return returned["datatype"]


def ddl_of(session: SqlSession, what: str, written: str, named: Callable[[TablePath], str]) -> str:
    """The statement that makes a routine. named: what it is called there."""
    return ddl(fetched(session, what, _named(session, Reader(written), what, "GET_DDL")), what, named)


def ddl(row: Row, what: str, named: Callable[[TablePath], str]) -> str:
    place = [row[part] for part in ("database_name", "schema_name", "name") if part in row]
    name = named(TablePath(*place)) if len(place) == 3 else shown(row["name"])  # which is the session's own
    arguments = [
        f"{_way(row, one)} {one['datatype']}" + (f" DEFAULT {one['default_value']}" if "default_value" in one else "")
        for one in row["arguments"]
    ]
    config = row["language_config"]
    kinds = ("SECURE" if row.get("is_secure") else "", "AGGREGATE" if row.get("is_aggregate") else "", what)
    head = f"CREATE OR REPLACE {' '.join(filter(None, kinds))} {name}"
    lines = [f"{head}({', '.join(arguments)})", f"RETURNS {_returned(row)}"]
    lines.append(f"LANGUAGE {config['language']}")
    lines += ["STRICT"] if config.get("called_on_null_input") is False else []
    lines += ["IMMUTABLE"] if config.get("is_volatile") is False else []
    lines += ["MEMOIZABLE"] if row.get("is_memoizable") else []
    if config["language"] == "PYTHON":
        lines += [f"RUNTIME_VERSION = {quote_literal(config['runtime_version'])}"]
        for word, texts in (("PACKAGES", config["packages"]), ("IMPORTS", config.get("imports"))):
            lines += [f"{word} = ({','.join(map(quote_literal, texts))})"] if texts else []
        lines += [f"HANDLER = {quote_literal(config['handler'])}", *secrets.written(config)]
    lines += [f"COMMENT={quote_literal(row['comment'])}"] if row.get("comment") else []
    lines += [f"EXECUTE AS {row.get('execute_as', 'OWNER')}"] if what == "PROCEDURE" else []
    return "\n".join([*lines, *([f"AS {quote_literal(row['body'])}"] if row.get("body") else [])]) + ";"


# Calls


def call(session: SqlSession, reader: Reader, parameters: Any, own: Mapping[str, Row] | None = None) -> Result:
    """CALL, after this word. own: the procedures that the statement itself declares."""
    parts = reader.path()
    names, texts = _arguments(reader)
    reader.end()
    given: list[Any] = list(parameters or ())
    bare = [one.value if isinstance(one, Reference) else one for one in given]
    values: list[Any] = []
    if texts:
        result = session.run(f"SELECT {', '.join(texts)}", bare, remembered=False)
        values = _typed(result)
    types = [one.type if isinstance(one, Typed) else None for one in values]
    positional, named = len([one for one in names if one is None]), [one for one in names if one]
    where = place(session, _KIND, parts, "CALL")
    row = (own or {}).get(parts[-1]) if len(parts) == 1 else None
    if row is None:
        path = {key: value for key, value in where.items() if key != "name"}
        row = _chosen(session, "procedure", path, parts, types[:positional], named)
    if row is None:
        raise _unknown(parts)
    if "database_name" in row and not _is_own(session, row):
        procedure = securables.need(session.account, securables.KINDS["PROCEDURE"], _whole_name(row))
        if not session.rights.has("USAGE", procedure):
            raise _unknown(parts)
    called = [name or row["arguments"][at]["name"] for at, name in enumerate(names)]
    back = {name: _reference(name, text, given) for name, text in zip(called, texts) if name in row.get("OUT", ())}
    result, variables = _run(session, row, dict(zip(called, values, strict=True)))
    for name, reference in back.items():
        value, type_ = variables[name], reference.variable.type
        if type_ is not None and not (isinstance(value, Typed) and value.type == type_):
            value = _typed(session.run(f"SELECT CAST(? AS {type_})", [value], remembered=False))[0]
        reference.variable.value = value
    return result


def _reference(name: str, text: str, given: Sequence[Any]) -> Reference:
    """The variable of a block that an OUT argument is called with. AccountError if it is something else."""
    at = int(text[1:]) if text[:1] == ":" and text[1:].isdigit() else 0
    if 0 < at <= len(given) and isinstance(given[at - 1], Reference):
        return given[at - 1]
    raise compilation("002133", f"OUT argument {shown(name)} needs a variable of a Snowflake Scripting block.", "42601")


def with_results(session: SqlSession, text: str, tokens: list[Token], parameters: Any) -> str | None:
    """A query with the results of the procedures that stand in TABLE(…), which are called; None if there are none."""
    reader, made, end = Reader(text, tokens), "", 0
    for at in range(len(tokens) - 4 if tokens[0].text.upper() in ("SELECT", "WITH") else 0):
        reader.at = at
        if not reader.take("TABLE ("):
            continue
        begun, parts = tokens[reader.at].start, reader.path()
        if reader.peek() != "(":
            continue
        _arguments(reader)
        past = tokens[reader.at - 1].end + 1
        where = place(session, _KIND, parts, "SELECT")
        path = {key: value for key, value in where.items() if key != "name"}
        every = [*_own(session, "procedure", path, parts[-1]), *session.account.perform("procedure", "list", path)]
        row = next((row for row in every if row["name"] == parts[-1] and row["return_type"].get("column_list")), None)
        if row is not None:
            called = session.run(f"CALL {text[begun:past]}", parameters or [])
            declared = code.as_declared(session, row, called.query_id)
            made, end = f"{made}{text[end:begun]}RESULT_SCAN('{declared.query_id}')", past
    return made + text[end:] if end else None


def with_procedure(session: SqlSession, reader: Reader, parameters: Any) -> Result | None:
    """WITH name AS PROCEDURE … CALL name(…); None for the WITH of a query."""
    begun = reader.at
    name = reader.path()[-1]
    if not reader.take("AS PROCEDURE"):
        reader.at = begun
        return None
    row: Row = {"name": name, **_definition(reader, "PROCEDURE")}
    del row["copies"]
    config = row["language_config"] = _with_secrets(session, row["language_config"])
    if config["language"] == "SQL":
        check(row["body"])
    if row["language_config"]["language"] == "JAVASCRIPT":
        check_types(row)
    columns: list[Row] = row["return_type"].get("column_list") or []
    for one in (*row["arguments"], *columns):
        one["name"] = one["name"][1:-1].replace('""', '"')
    reader.expect("CALL")
    return call(session, reader, parameters, {name: row})


def _with_secrets(session: SqlSession, config: Row) -> Row:
    """What a routine says of its language, with whole names of secrets. AccountError if it may not have them."""
    if not (config.get("secrets") or config.get("external_access_integrations")):
        return config
    config = secrets.qualified(config, (session.need_database("SECRETS"), session.need_schema("SECRETS")))
    secrets.check(session.account, session.rights, config)
    return config


def _arguments(reader: Reader) -> tuple[list[str | None], list[str]]:
    """The names of a call's arguments, if they have some, and their expressions."""
    names: list[str | None] = []
    texts: list[str] = []
    reader.expect("(")
    while not reader.take(")"):
        named = reader.peek(1) == "=>"
        names.append(reader.path()[-1] if named else None)
        if named:
            reader.at += 1
        texts.append(reader.until(",", ")"))
        if not reader.take(",") and reader.peek() != ")":
            raise reader.wrong()
    return names, texts


def _typed(result: Result) -> list[Any]:
    types, fetched = getattr(result.native, "types", None), getattr(result.native, "fetched", None)
    if types is None or fetched is None:
        return list(result.rows[0])
    return [Typed(type_, value) for type_, value in zip(types, fetched[0], strict=True)]


def _run(session: SqlSession, row: Row, given: Mapping[str, Any]) -> tuple[Result, Mapping[str, Any]]:
    """What a procedure returns, and the values of its OUT arguments."""
    variables: dict[str, tuple[DataType, Any]] = {}
    for one in row["arguments"]:
        type_ = parse(one["datatype"])
        if one["name"] in given:
            result = session.run(f"SELECT CAST(? AS {type_})", [given[one["name"]]], remembered=False)
        elif "default_value" in one:
            result = session.run(f"SELECT CAST(({one['default_value']}) AS {type_})", [], remembered=False)
        else:
            raise _unfit(row["name"], given.values())
        variables[one["name"]] = (type_, _typed(result)[0])
    returned = row["return_type"]
    returns = parse(returned["datatype"]) if returned["type"] == "DATATYPE" else None
    if row["language_config"].get("called_on_null_input") is False and None in [
        one.value for _, one in variables.values()
    ]:
        return table([(row["name"], str(returns or TEXT))], [(None,)]), dict.fromkeys(row.get("OUT", ()))
    with session.in_procedure(row, _DEEPEST):
        if row["language_config"]["language"] != "SQL":
            return code.call(session, row, list(variables.values())), {}
        script = Script(session, row["body"], name=row["name"], returns=returns, variables=variables)
        result = script.run()
        _check_returned(returned.get("column_list") or (), result)
        return result, {name: script.argument(name) for name in row.get("OUT", ())}


def _check_returned(declared: Sequence[Row], result: Result) -> None:
    """AccountError if a procedure returns another table than it declares: precisions and lengths don't count."""

    def family(type_: DataType) -> object:
        return (type_.name, type_.scale if type_.name.startswith("TIME") else None)

    wanted = [family(parse(one["datatype"])) for one in declared]
    if declared and wanted != [family(parse(one.type)) for one in result.columns]:
        text = "data type of returned table does not match expected returned table type"
        raise AccountError(400, "100183", "P0000", f"Stored procedure execution error: {text}")


def _chosen(
    session: SqlSession,
    resource: str,
    path: Mapping[str, str],
    parts: Sequence[str],
    types: Sequence[DataType | None],
    named: Sequence[str],
) -> Row | None:
    """The routine of a name whose arguments fit best; None if there is none of the name."""
    kind = cast("Routine", session.account.kinds[resource])
    every: list[Row] = kind.overloads(path, parts[-1])
    if resource == _RESOURCES["FUNCTION"]:
        every += service_functions.rows(session, path, parts[-1])
    every = [*_own(session, resource, path, parts[-1]), *every]
    fitting = [
        row
        for row in every
        if row["min_num_arguments"] <= len(types) + len(named) <= row["max_num_arguments"]
        and {*named} <= {one["name"] for one in row["arguments"][len(types) :]}
        and {*named} >= {one["name"] for one in row["arguments"][len(types) :] if "default_value" not in one}
    ]
    if every and not fitting:
        raise _unfit(parts[-1], types)

    def closeness(row: Row) -> tuple[int, int]:
        kinds = [parse(one["datatype"]) for one in row["arguments"]]
        pairs = [(kind, type_) for kind, type_ in zip(kinds, types) if type_ is not None]
        same = sum(kind.name == type_.name for kind, type_ in pairs)
        return same, sum(kind.is_number and type_.is_number for kind, type_ in pairs)

    return max(fitting, key=closeness, default=None)


def _own(session: SqlSession, resource: str, path: Mapping[str, str], name: str) -> list[Row]:
    """The session's own routines of a name."""
    where = (resource, canonical(path["database"]), canonical(path["schema"]))
    return [row for key, row in session.temporary_routines.items() if key[:3] == where and row["name"] == name]


def function_of(
    session: SqlSession, path: tuple[str, str, str], types: Sequence[DataType], named: Sequence[str]
) -> SqlFunction | None:
    """The function that a query calls; None if there is none of this name."""
    if (answering := cortex.function_of(session, path, types, named)) is not None:
        return answering
    if not path[0]:  # of no schema, in which users have theirs
        return None
    place = {"database": quote_identifier(path[0]), "schema": quote_identifier(path[1])}
    try:
        row = _chosen(session, "user-defined-function", place, path, types, named)
    except AccountError as error:
        if error.status == 404:
            return None
        raise
    if row is None:
        return None
    arguments = [(one["name"], one["datatype"], one.get("default_value")) for one in row["arguments"]]
    returned = row["return_type"]
    columns: list[Row] = returned.get("column_list") or []
    return SqlFunction(
        path,
        arguments,
        returned.get("datatype"),
        [(one["name"], one["datatype"]) for one in columns],
        row.get("body", ""),
        row["language_config"].get("called_on_null_input") is False,
        _caller(session, row),
        None if _is_own(session, row) else _whole_name(row),
        row["owner"],
        bool(row.get("is_aggregate")),
    )


def _caller(session: SqlSession, row: Row) -> Code | None:
    """Who runs a function that is not in SQL."""
    if "service" in row:
        return service_functions.call(session, row)
    return code.function(session, row) if row["language_config"]["language"] != "SQL" else None


def _is_own(session: SqlSession, row: Row) -> bool:
    """Whether a routine is the session's own, for which nobody needs a privilege."""
    return any(row is one for one in session.temporary_routines.values())


def _whole_name(row: Row) -> tuple[str, str, str]:
    """As the catalog has it."""
    key = key_of(row["name"], [one["datatype"] for one in row["arguments"]])
    return row["database_name"], row["schema_name"], key


def _unknown(parts: Sequence[str]) -> EngineError:
    kind = "Unknown function" if len(parts) == 1 else "Unknown user-defined function"
    return compilation("002140", f"{kind} {'.'.join(map(shown, parts))}", "42601")


def _unfit(name: str, types: Iterable[Any]) -> EngineError:
    told = ", ".join(str(one.type if isinstance(one, Typed) else one or "NULL") for one in types)
    return compilation("001044", f"Invalid argument types for function '{shown(name)}': ({told})", "42P13")
