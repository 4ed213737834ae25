"""Tables: rows and columns are the engine's, everything else that was declared is the catalog's.

Which columns there are, and which may be null, is always asked of the engine; the catalog adds what the engine doesn't
know of them. Keys are recorded and not enforced, as in Snowflake.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import attrs

from snowcore._names import quote_identifier

from ...engine.errors import AccountError, compilation, invalid, missing, syntax, unsupported
from ...engine.late import late
from ...engine.metadata import keys_of
from ...engine.names import canonical, qualified, split
from ...engine.protocol import Moment, TablePath
from ..account.calls import Call, Context
from ..account.catalog import NEW, Catalog, Entry
from . import granting, securables
from .base import Content, Maker, Swapped, done, full, lasting, new_name, within
from .datatypes import described, family
from .words import Words

if TYPE_CHECKING:
    from ...engine import parsing
    from ..account.account import Account
else:
    late(globals(), "...engine.parsing")

Column = dict[str, Any]


_KEPT_FOR = {"data_retention_time_in_days": 1, "max_data_extension_time_in_days": 14}
"""The days that history is kept, where nothing else is said."""


class Stored(Swapped):
    """What has rows: tables of all kinds."""

    restorable = cloned = True
    _of_schema: tuple[tuple[int, int], Mapping[str, Any]] = ((-1, -1), {})
    """The schema that was asked about last, as of which version of the catalog, and what it says of history."""

    def kept_for(self, entry: Entry) -> Mapping[str, Any]:
        """How many days history is kept, by the table's schema or database if the table doesn't say it."""
        key = (entry.parent, self.catalog.version)
        found, said = self._of_schema
        if found != key:
            schema = self.catalog.get(entry.parent)
            said = {**_KEPT_FOR, **self.catalog.get(schema.parent).properties, **schema.properties}
            said = {name: said[name] for name in _KEPT_FOR}
            self._of_schema = (key, said)
        if entry.properties.get("kind") == "TRANSIENT":
            said = {**said, "data_retention_time_in_days": min(1, said["data_retention_time_in_days"])}
        return {name: entry.properties.get(name, days) for name, days in said.items()}

    def need_to_read(self, schema: Entry, who: Context, query: str) -> None:
        """AccountError if who asks may not read what a query reads."""
        with self.account.open_session(who, database=schema.path[0], schema=schema.path[1]) as session:
            session.execute(f"{query} LIMIT 0")

    def rows(self, entry: Entry) -> Mapping[str, Any]:
        """How many there are, and what they take."""
        if entry.dropped_on is not None:
            return {}
        columns = self.engine.columns(_table(entry.path)) or ()
        rows = self.engine.count(_table(entry.path))
        # The engine doesn't say what a table takes; eight bytes a value is the order of it.
        return {"rows": rows, "bytes": rows * 8 * len(columns)}

    def cloner(self, source: Entry, at: Moment | None) -> Maker:
        return lambda path: self.engine.clone_table(_table(source.path), _table(path), at=at)

    def comes_along(self, target: Entry, child: Entry) -> bool:
        return self.engine.columns(_table((*target.path, child.name))) is not None

    def put_away(self, path: tuple[str, ...], kept: str) -> None:
        self.engine.drop_table(_table(path), kept)

    def bring_back(self, kept: str, path: tuple[str, ...]) -> None:
        self.engine.restore_table(kept, _table(path))

    def do_suspend_recluster(self, call: Call) -> Content:
        return self._recluster(call, suspended=True)

    def do_resume_recluster(self, call: Call) -> Content:
        return self._recluster(call, suspended=False)

    def _recluster(self, call: Call, *, suspended: bool) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is not None:
                self.set_state(entry, recluster_suspended=suspended)
        return done()


class Tables(Stored):
    resource = what = "table"
    words = Words("TABLE")
    defaults = {
        "enable_schema_evolution": False,
        "change_tracking": False,
        "search_optimization": False,
        "table_type": "NORMAL",
    }

    # What is declared

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        if "kind" in out:
            out["kind"] = out["kind"].upper() or "PERMANENT"
            if out["kind"] == "TEMPORARY":
                raise unsupported("temporary tables outside of a session")
        if "columns" in out:
            out["columns"] = [_declared_column(column) for column in out["columns"]]
        if "constraints" in out:
            out["constraints"] = [_declared_key(key) for key in out["constraints"]]
        return out

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        if old is not None and is_hybrid(old) and _held(properties) != _held(old.properties):
            text = "Unique and foreign-key constraints can only be defined at table creation time."
            raise compilation("391411", text, "0A000")
        columns = {column["name"] for column in properties.get("columns", [])}
        for key in properties.get("constraints", []):
            for name in key["column_names"]:
                if columns and name not in columns:
                    raise syntax(f"column {name} of constraint {key['name']} does not exist")

    # Showing

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        clustering = bool(entry.properties.get("cluster_by")) and not entry.state.get("recluster_suspended")
        told = {**self.rows(entry), **self.kept_for(entry)}
        if entry.state.get("search"):
            told["search_optimization"] = True
        return {**told, **({"automatic_clustering": clustering} if entry.dropped_on is None else {})}

    def do_fetch(self, call: Call) -> Content:
        entry = self.entry(call)  # what the catalog doesn't have doesn't wait
        try:
            return self._deep(entry, call.context)
        except AccountError:  # the table is on its way to another place
            with self.account.changing:
                return self._deep(self.entry(call), call.context)

    def do_list(self, call: Call) -> list[Content]:
        self.parent(call.path)
        try:
            return super().do_list(call)
        except AccountError:  # a table is on its way to another place, or the engine has lost it
            with self.account.changing:
                return [self.listed(entry, call) for entry in self.asked_for(call) if self._is_there(entry)]

    def asked_for(self, call: Call) -> list[Entry]:
        entries = super().asked_for(call)
        self.engine.count_together(_table(entry.path) for entry in entries if entry.dropped_on is None)
        return entries

    def _is_there(self, entry: Entry) -> bool:
        return entry.dropped_on is not None or self.engine.columns(_table(entry.path)) is not None

    def listed(self, entry: Entry, call: Call) -> Content:
        if call.query.get("deep") and entry.dropped_on is None:
            return self._deep(entry, call.context)
        return {k: v for k, v in self.shown(entry, call.context).items() if k not in ("columns", "constraints")}

    def _deep(self, entry: Entry, context: Context) -> Content:
        row = self.shown(entry, context)
        columns = [_without_rules(column) for column in self.columns(entry)]
        return {**_without_rules(row), "columns": columns}

    def columns(self, entry: Entry) -> list[Column]:
        return self._real_columns(entry.path, entry.properties["columns"])

    def _real_columns(self, path: tuple[str, ...], declared: Sequence[Column]) -> list[Column]:
        """The columns that there are, with what was declared of them."""
        real = self.engine.columns(_table(path))
        if real is None:
            raise missing("table", full(path))
        said = {column["name"]: column for column in declared}
        out: list[Column] = []
        for column in real:
            type_, known = described(column.type), said.get(column.name, {})
            if family(known.get("datatype", "")) == family(type_):
                type_ = known["datatype"]  # where the engine knows no length or precision
            out.append({**known, "name": column.name, "datatype": type_, "nullable": column.nullable})
        return out

    # Hybrid tables

    def cloner(self, source: Entry, at: Moment | None) -> Maker:
        need_standard(source, "CLONE")
        return super().cloner(source, at)

    def may_drop(self, entry: Entry, call: Call) -> None:
        if not is_hybrid(entry):
            return
        with self.engine.in_one_step():  # which is taken back if they may not be forgotten
            referring = self.engine.forget_references(_table(entry.path))
            if referring and not call.context.beyond.get("CASCADE"):
                raise compilation("391411", "Cannot drop the table because of dependencies", "0A000")
            for path in referring:
                child = self.need_at((path.database, path.schema, path.name))
                self.catalog.update(child, properties=_without_references(child, entry.path))

    def retire(self, entry: Entry) -> None:
        if not is_hybrid(entry):
            super().retire(entry)
            return
        self.catalog.remove(entry)  # which no UNDROP brings back
        self.engine.purge(entry.kept)

    # Creating

    def do_create(self, call: Call) -> Content:
        self._need_defaults(call)
        return super().do_create(call)

    def _need_defaults(self, call: Call) -> None:
        """AccountError if who asks may not read what the defaults of columns read."""
        said: dict[str, Any] = call.body or {}
        every: list[Column] = said.get("columns") or []
        defaults = [_sql(column["default"]) for column in every if column.get("default")]
        if defaults and (schema := self.parent(call.path)) is not None:
            self.need_to_read(schema, call.context, f"SELECT {', '.join(defaults)}")

    def maker(self, properties: Mapping[str, Any]) -> Maker:
        columns = properties.get("columns")
        if not columns:
            raise syntax("A table needs columns.")
        names = [column["name"] for column in columns]
        if twice := [name for name in names if names.count(name) > 1]:
            raise syntax(f"duplicate column name '{twice[0]}'")
        keys = _primary_key(properties, properties.get("name", ""))
        defined = ", ".join(_definition(column, required=column["name"] in keys) for column in columns)
        return lambda path: self._run(path, f"CREATE TABLE {qualified(*path)} ({defined})")

    def do_as_select(self, call: Call) -> Content:
        parent, name = self.parent(call.path), new_name(call.body.get("name", ""))
        assert parent is not None
        properties = self.declared(call.body, parent.path)
        self.need_to_read(parent, call.context, f"SELECT * FROM ({call.query['query']}\n)")
        # A query takes its time, so the table is made aside, while others change what they like.
        aside = (*parent.path, f"{NEW}{uuid.uuid4().hex}")

        def make(path: tuple[str, ...]) -> None:
            self.engine.rename_table(_table(aside), _table(path))

        try:
            if call.query.get("createMode") == "orReplace" or self.catalog.find(self.kept_as, parent.id, name) is None:
                self._select_into(aside, properties, call.query["query"])
            return self.settle(call, parent, name, properties, make)
        finally:
            if self.engine.columns(_table(aside)) is not None:
                self._run(aside, f"DROP TABLE {qualified(*aside)}")

    def _select_into(self, path: tuple[str, ...], properties: dict[str, Any], query: str) -> None:
        """Make a table of a query; with columns of its own, those first, so that they hold what they say."""
        if properties.get("columns"):
            self.maker(properties)(path)
            self._run(path, f"INSERT INTO {qualified(*path)} {query}")
        else:
            self._run(path, f"CREATE TABLE {qualified(*path)} AS {query}")
        properties["columns"] = self._real_columns(path, properties.get("columns", []))

    def do_create_like(self, call: Call) -> Content:
        return self._like(call, {})

    def _like(self, call: Call, said: Mapping[str, Any]) -> Content:
        source = self.entry(call)
        if not call.body.get("name"):
            raise invalid("name: the new table's name is missing.")

        def make(path: tuple[str, ...]) -> None:
            self.engine.clone_table(_table(source.path), _table(path), rows=False)

        properties = {**source.properties, **said}
        return self.settle(call, self.target(call, source), new_name(call.body["name"]), properties, make)

    def do_using_template(self, call: Call) -> Content:
        raise unsupported("tables made from a template (INFER_SCHEMA)")

    def do_clone(self, call: Call) -> Content:
        body = {k: v for k, v in call.body.items() if k not in ("columns", "constraints")}
        return super().do_clone(attrs.evolve(call, body=body))

    # Changing

    def do_create_or_alter(self, call: Call) -> Content:
        if not call.body.get("columns"):
            raise syntax("A table needs columns.")
        self._need_defaults(call)
        schema, name = self.parent(call.path), canonical(call.path["name"])
        real = schema and self.engine.columns(_table((*schema.path, name)))
        if real:
            call = attrs.evolve(call, body=_with_columns_meant(call.body, {column.name for column in real}))
        return super().do_create_or_alter(call)

    def reshape(self, entry: Entry, properties: Mapping[str, Any], record: Callable[[], object]) -> None:
        """Add, drop and change columns, all at once. Rows stay."""
        before = {column["name"]: column for column in self.columns(entry)}
        wanted, keys = properties["columns"], _primary_key(properties, entry.name)
        after = {column["name"]: column for column in wanted}
        steps = [f"DROP COLUMN {quote_identifier(name)}" for name in before if name not in after]
        for name, column in after.items():
            nullable = column.get("nullable", True) and name not in keys
            if name not in before:
                if column.get("autoincrement"):
                    raise unsupported("adding a column that numbers its rows")
                steps.append(f"ADD COLUMN {_definition(column, required=not nullable)}")
                continue
            old = before[name]
            if bool(old.get("autoincrement")) != bool(column.get("autoincrement")):
                raise invalid(f"Whether column {name} numbers its rows can't be changed.")
            if old["datatype"] != column["datatype"]:
                steps.append(f"ALTER COLUMN {quote_identifier(name)} SET DATA TYPE {column['datatype']}")
            if old["nullable"] != nullable:
                steps.append(f"ALTER COLUMN {quote_identifier(name)} {'DROP' if nullable else 'SET'} NOT NULL")
            if old.get("default") != column.get("default"):
                to = f"SET DEFAULT {_sql(column['default'])}" if "default" in column else "DROP DEFAULT"
                steps.append(f"ALTER COLUMN {quote_identifier(name)} {to}")
        if steps:
            self._alter(entry.path, steps, record)
        else:
            record()

    def _alter(self, path: tuple[str, ...], steps: Sequence[str], record: Callable[[], object]) -> None:
        """One statement of many actions, which SQL's grammar doesn't have but the engine does."""
        statements = [parsing.parsed(f"ALTER TABLE {qualified(*path)} {step}") for step in steps]
        for other in statements[1:]:
            for action in other.args["actions"]:
                statements[0].append("actions", action)
        self._run(path, statements[0], record)

    def adopt(self, parent: Entry | None, name: str) -> None:
        assert parent is not None
        self.refresh(parent, name, None)

    def refresh(self, schema: Entry, name: str, said: Mapping[str, Any] | None, owner: str = "ACCOUNTADMIN") -> None:
        """Record what SQL made of a table. owner: of a new one."""
        with self.account.changing:
            entry = self.catalog.find("table", schema.id, name)
            real = self.engine.columns(_table((*schema.path, name)))
            if real is None:
                if entry is not None:
                    self.catalog.remove(entry)
                return
            names = {column.name for column in real}
            unset = {key for key, value in (said or {}).items() if value is None}
            said = {key: value for key, value in (said or {}).items() if key not in unset}
            news = self.declared(_with_columns_meant(said, names), schema.path)
            before = {key: value for key, value in (entry.properties if entry else {}).items() if key not in unset}
            known = {column["name"]: column for column in before.get("columns", [])}
            for column in news.get("columns", []):
                known[column["name"]] = {**known.get(column["name"], {}), **column}
            columns = [known.get(column.name, {"name": column.name}) for column in real]
            properties = {**before, **news, "columns": columns}
            _primary_key(properties, name)
            if entry is not None:
                self.catalog.update(entry, properties=properties)
            else:
                properties = dict(lasting(schema, "table", properties))
                with self.catalog.transaction():
                    entry = self.catalog.add("table", schema.id, name, properties, {}, owner)
                    granting.born(self.account, securables.of_entry(entry))

    def _run(self, path: tuple[str, ...], statement: Any, record: Callable[[], object] = lambda: None) -> None:
        def recorded(show: Callable[[], None]) -> None:
            with self.engine.in_one_step():
                show()
                record()

        session = self.engine.connect(path[0], path[1])
        session.recorded = recorded
        session.lock_timeout = 0  # who waits for a table would make all wait who change the account (see `perform`)
        try:
            session.execute(statement)
        finally:
            session.close()


def _table(path: tuple[str, ...]) -> TablePath:
    database, schema, name = path
    return TablePath(database, schema, name)


def is_hybrid(entry: Entry) -> bool:
    return entry.properties.get("table_type") == "HYBRID"


def need_standard(entry: Entry, feature: str) -> None:
    """AccountError 391411 for a hybrid table, which doesn't have a feature."""
    if is_hybrid(entry):
        text = f"This feature is not supported for hybrid tables: '{feature}'."
        raise AccountError(400, "391411", "0A000", text)


def _without_references(table: Entry, to: tuple[str, ...]) -> dict[str, Any]:
    """The properties of a table whose foreign keys don't lead to another one."""

    def left(keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [key for key in keys if not (of := key.get("referenced_table_name")) or within(of, table.path) != to]

    properties = {**table.properties, "constraints": left(table.properties.get("constraints", []))}
    return {
        **properties,
        "columns": [{**one, "constraints": left(one.get("constraints", []))} for one in properties["columns"]],
    }


def forget_hybrid(account: Account, container: Entry) -> None:
    """Forget the hybrid tables in a database or schema, which no UNDROP brings back."""
    for table in account.catalog.all("table"):
        if table.path[: len(container.path)] == container.path and is_hybrid(table):
            account.engine.drop_table(_table(table.path), table.kept)
            account.catalog.remove(table)
            account.engine.purge(table.kept)


def _held(properties: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    return sorted((key["constraint_type"], key["column_names"]) for key in keys_of(properties))


def refuse_if_referred_to(catalog: Catalog, container: Entry) -> None:
    """AccountError if a foreign key outside of a database or schema refers to a table in it."""
    depth = len(container.path)
    for table in catalog.all("table"):
        for key in keys_of(table.properties):
            if key["constraint_type"] != "FOREIGN KEY" or table.path[:depth] == container.path:
                continue
            target = within(key["referenced_table_name"], table.path)
            if target[:depth] == container.path:
                text = f"{full(container.path)} can't be dropped: table {full(table.path)} refers to {full(target)}."
                raise AccountError(409, "003944", "2BP01", text)


def _primary_key(properties: Mapping[str, Any], table: str) -> set[str]:
    """The columns of the primary key, which can't be null. AccountError if there are two keys."""
    keys = [key["column_names"] for key in keys_of(properties) if key["constraint_type"] == "PRIMARY KEY"]
    if len(keys) > 1:
        raise syntax(f"primary key already exists for table '{table}'")
    return set(*keys)


def _with_columns_meant(body: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    """A body in which columns are named as the table has them. Answers give names bare, so `a` may stand for "a"."""
    return {k: _meant(v, names) if k in ("columns", "constraints") else v for k, v in body.items()}


def _meant(node: Any, names: set[str]) -> Any:
    if isinstance(node, list):
        return [_meant(part, names) for part in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return quote_identifier(node) if node in names else node
    naming = ("name", "column_names", "constraints")
    return {k: _meant(v, names) if k in naming else v for k, v in cast("dict[str, Any]", node).items()}


def _declared_column(column: Mapping[str, Any]) -> Column:
    name = canonical(column["name"])
    out: Column = {**column, "name": name}
    if "datatype" in column:
        out["datatype"] = described(column["datatype"])
    if "default" in column:
        _sql(column["default"])
    if column.get("autoincrement"):
        if "default" in column:
            raise invalid(f"Column {name} can't have both 'default' and 'autoincrement'.")
        out.setdefault("autoincrement_start", 1)
        out.setdefault("autoincrement_increment", 1)
    if "constraints" in column:
        out["constraints"] = [_declared_key({"column_names": [column["name"]], **key}) for key in column["constraints"]]
    return out


def _declared_key(key: Mapping[str, Any]) -> dict[str, Any]:
    if not key.get("column_names"):
        raise invalid("A constraint needs 'column_names'.")
    out = {**key, "column_names": [canonical(name) for name in key["column_names"]]}
    out["name"] = canonical(key["name"]) if "name" in key else f"SYS_CONSTRAINT_{uuid.uuid4()}"
    if "referenced_table_name" in key:
        out["referenced_table_name"] = full(split(key["referenced_table_name"]))
        out["referenced_column_names"] = [canonical(name) for name in key["referenced_column_names"]]
    return out


def _without_rules(said: Mapping[str, Any]) -> dict[str, Any]:
    """A table, or a column, without what REST doesn't tell of its keys."""
    if "constraints" not in said:
        return {**said}
    return {**said, "constraints": [{k: v for k, v in key.items() if k != "RULES"} for key in said["constraints"]]}


def _sql(default: str) -> str:
    """A column's default, which is SQL, safe to paste into other SQL."""
    return parsing.expression(default).sql(dialect="snowflake")


def _definition(column: Column, *, required: bool) -> str:
    """A column as CREATE TABLE has it."""
    # DuckDB knows no length of a BINARY.
    words = [
        quote_identifier(column["name"]),
        "BINARY" if family(column["datatype"]) == "BINARY" else column["datatype"],
    ]
    if column.get("autoincrement"):
        start, step = column["autoincrement_start"], column["autoincrement_increment"]
        words.append(f"AUTOINCREMENT START {start} INCREMENT {step}")
    elif "default" in column:
        words.append(f"DEFAULT {_sql(column['default'])}")
    if required or not column.get("nullable", True):
        words.append("NOT NULL")
    return " ".join(words)


def refresh_table(
    account: Account, path: TablePath, declared: Mapping[str, Any] | None = None, owner: str = "ACCOUNTADMIN"
) -> None:
    """Record what SQL made of a table, or that it is gone. What was declared is as in REST. owner: of a new one."""
    schema = account.kinds["schema"].need(account.kinds["database"].need(None, path.database), path.schema)
    tables = account.kinds["table"]
    assert isinstance(tables, Tables)
    tables.refresh(schema, path.name, declared, owner)


def track_changes(account: Account, path: TablePath) -> None:
    """Have a table's changes tracked, which a stream needs. Those of dynamic tables always are."""
    if path.name in account.engine.tables(path.database, path.schema):
        refresh_table(account, path, {"change_tracking": True})
