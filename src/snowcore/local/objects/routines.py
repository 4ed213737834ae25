"""Functions and procedures in SQL. The types of the arguments are a part of the name, as in `AREA(NUMBER, NUMBER)`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from snowcore._names import quote_identifier

from ...engine.errors import AccountError, compilation, invalid, missing, unsupported
from ...engine.names import canonical, qualified, shown
from ...engine.protocol import Result
from ...engine.types import parse
from ..account.calls import Call, Context
from ..account.catalog import Entry
from . import secrets
from .base import PLACE, Content, ObjectType, new_name, status


def key_of(name: str, types: list[str]) -> str:
    """How the catalog calls a routine: its canonical name, and the names of its arguments' types."""
    return f"{name}({', '.join(parse(type_).name for type_ in types)})"


class Routine(ObjectType):
    cloned = True

    def matched(self, entry: Entry) -> str:
        return entry.name.rpartition("(")[0]

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        made = {k: v for k, v in body.items() if k not in PLACE}
        if "arguments" in made:
            made["arguments"] = [
                {**one, "name": canonical(one["name"]), "datatype": _type(one.get("datatype", "TEXT"))}
                for one in made["arguments"]
            ]
        if "language_config" in made:
            made["language_config"] = secrets.qualified(made["language_config"], place)
        returned = made.get("return_type", {})
        if "datatype" in returned:
            made["return_type"] = {**returned, "datatype": _type(returned["datatype"])}
        elif "column_list" in returned:
            columns = [
                {"name": canonical(one["name"]), "datatype": _type(one["datatype"])} for one in returned["column_list"]
            ]
            made["return_type"] = {**returned, "column_list": columns}
        return made

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        config = properties["language_config"]
        if properties.get("is_temporary"):
            raise unsupported(f"a temporary {self.what} outside of a session")
        if config["language"] == "PYTHON":
            self.account.code.environment(
                config["runtime_version"], config.get("packages") or (), snowpark=self.resource == "procedure"
            )
            if not properties.get("body") and not config.get("imports"):
                raise invalid(f"A {self.what} in Python needs its body, or imports that have its handler.")
        elif config["language"] == "JAVASCRIPT":
            self.account.code.javascript()
            if not properties.get("body"):
                raise invalid(f"A {self.what} in JavaScript needs its body.")
            if properties["return_type"]["type"] == "TABLE" and self.resource == "procedure":
                raise unsupported("procedures in JavaScript with RETURNS TABLE")
            check_types(properties)
        elif config["language"] != "SQL":
            raise unsupported(f"a {self.what} in {config['language'].capitalize()}")
        elif not properties.get("body"):
            raise invalid(f"A {self.what} in SQL needs its body.")
        if properties.get("is_aggregate"):
            if config["language"] != "PYTHON":
                raise unsupported(f"aggregate functions in {config['language'].capitalize()}")
            if properties["return_type"]["type"] == "TABLE":
                raise invalid("An aggregate function gives a value, not a table.")

    def of_session(self, path: tuple[str, ...], body: Mapping[str, Any], context: Context) -> tuple[str, Content]:
        """The name with types, and what REST would tell, of a routine that only a session has."""
        properties = self.declared(body, path[:2])
        self.check(path, properties, None)
        secrets.check(self.account, self.account.access.of(context), properties["language_config"])
        key = key_of(path[2], [one["datatype"] for one in properties["arguments"]])
        now = self.account.clock().isoformat()
        return key, self.whole(Entry(0, self.resource, 0, (*path[:2], key), properties, {}, context.role, now), context)

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        arguments = entry.properties["arguments"]
        return {
            "name": name_of(entry),
            "min_num_arguments": sum("default_value" not in one for one in arguments),
            "max_num_arguments": len(arguments),
            "is_builtin": False,
            "is_secure": entry.properties.get("is_secure", False),
        }

    def entry(self, call: Call) -> Entry:
        """The routine of a name with types, or the only one of a name without."""
        parent = self.parent(call.path)
        written = call.path.get("nameWithArgs")
        name, types = (canonical(call.path["name"]), None) if written is None else _parts(written)
        if types is not None:
            name = key_of(name, types)
        every = self.catalog.children(parent.id if parent else 0, self.resource)
        found = [one for one in every if one.name == name or (types is None and name_of(one) == name)]
        if len(found) != 1:
            base, bracket, kinds = name.partition("(")
            raise missing(self.what, f"{shown(base)}{bracket}{kinds}")
        return found[0]

    def overloads(self, path: Mapping[str, str], name: str) -> list[Content]:
        """The routines of a name in a schema, whatever their arguments, with what only SQL declares."""
        parent = self.parent(path)
        every = self.catalog.children(parent.id if parent else 0, self.resource)
        return [self.whole(one, Context()) for one in every if name_of(one) == name]

    def replaced(self, call: Call) -> Entry | None:
        parent = self.parent(call.path)
        types = [one.get("datatype", "TEXT") for one in call.body.get("arguments", ())]
        return self.catalog.find(self.resource, parent.id if parent else 0, key_of(new_name(call.body["name"]), types))

    def do_create(self, call: Call) -> Content:
        parent, name = self.parent(call.path), new_name(call.body["name"])
        properties = {**self.declared(call.body, parent.path if parent else ()), **call.context.beyond}
        key = key_of(name, [one["datatype"] for one in properties["arguments"]])
        secrets.check(self.account, self.account.access.of(call.context), properties.get("language_config", {}))
        for other in self.catalog.children(parent.id if parent else 0, self.resource):
            if name_of(other) == name and other.name != key and _are_confused(properties, other.properties):
                kind = "PROCEDURE" if self.resource == "procedure" else "FUNCTION"
                text = f"Cannot overload {kind} '{shown(name)}' as it would cause ambiguous {kind} overloading."
                raise compilation("000949", text, "42723")
        try:
            answer = self.settle(call, parent, key, properties, None)
        except AccountError as error:
            if error.code == "002002":
                error.message = f"Object '{shown(name)}' already exists."
            raise
        return status(answer["status"].replace(shown(key), shown(name)))

    def do_drop(self, call: Call) -> Content:
        entry = self.existing(call)
        if entry is None:
            name = call.path.get("nameWithArgs") or shown(canonical(call.path["name"]).partition("(")[0])
            return status(f"Drop statement executed successfully ({name} already dropped).")
        super().do_drop(attrs.evolve(call, path={**call.path, "name": quote_identifier(entry.name)}))
        return status(f"{shown(name_of(entry))} successfully dropped.")

    def do_rename(self, call: Call) -> Content:
        entry = self.existing(call)
        if entry is not None:
            body: Mapping[str, Any] = call.body or {}
            name = new_name(call.query.get("targetName") or body.get("name") or "")
            types = [one["datatype"] for one in entry.properties["arguments"]]
            with self.account.changing:
                self.move((entry, self.target(call, entry), key_of(name, types)))
        return status("Statement executed successfully.")

    def run(self, call: Call, statement: str, arguments: list[Content]) -> Result:
        """Run a statement that ends with the arguments of a call."""
        name = _parts(call.path.get("nameWithArgs") or call.path["name"])[0]
        path = (canonical(call.path["database"]), canonical(call.path["schema"]), name)
        values = ", ".join(f"CAST(? AS {parse(one['datatype'])})" for one in arguments)
        with self.account.open_session(call.context, database=path[0], schema=path[1]) as session:
            return session.execute(f"{statement} {qualified(*path)}({values})", [one["value"] for one in arguments])


class Procedures(Routine):
    resource = what = "procedure"

    def do_call(self, call: Call) -> list[Content]:
        result = self.run(call, "CALL", call.body["call_arguments"])
        names = [column.name for column in result.columns]
        return [dict(zip(names, map(_told, row), strict=True)) for row in result.rows]


class Functions(Routine):
    resource, what = "user-defined-function", "function"

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        kind = entry.properties["return_type"]["type"]
        return {**super().details(entry, context), "is_table_function": kind == "TABLE"}

    def do_execute(self, call: Call) -> Content:
        result = self.run(call, "SELECT", call.body or [])
        return {_parts(call.path["name"])[0]: _told(result.rows[0][0])}


def check_types(properties: Mapping[str, Any]) -> None:
    """AccountError for types that JavaScript may not take or give, since all its numbers are floating."""
    returned = properties["return_type"]
    for told in (*properties["arguments"], *returned.get("column_list", [returned])):
        if (one := parse(told["datatype"])).name in ("NUMBER", "DECFLOAT", "TIME"):
            text = f"Language JAVASCRIPT does not support type '{one}' for argument or return type."
            raise compilation("000002", text, "0A000")


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _type(written: str) -> str:
    return str(parse(written))


def name_of(entry: Entry) -> str:
    """A routine's name without the types of its arguments."""
    return entry.name.rpartition("(")[0]


def _are_confused(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a call could mean two routines of a name, since what has a default may be left out."""
    kinds = [[parse(it["datatype"]).name for it in row["arguments"]] for row in (one, other)]
    least = [sum("default_value" not in it for it in row["arguments"]) for row in (one, other)]
    counts = range(max(least), min(map(len, kinds)) + 1)
    return any(kinds[0][:count] == kinds[1][:count] for count in counts)


def _parts(written: str) -> tuple[str, list[str] | None]:
    """The canonical name in `area(NUMBER,NUMBER)`, and the types; None if there are none."""
    if not written.endswith(")"):
        return canonical(written), None
    name, _, inside = written[:-1].partition("(")
    depth, types = 0, [""]
    for letter in inside:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            types.append("")
        else:
            types[-1] += letter
    return canonical(name.strip()), [] if types == [""] else [one.strip() for one in types]
