"""What the names in a session's statements mean, as translation asks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from ..errors import AccountError, EngineError, compilation, missing_object, unsupported
from ..late import late
from ..names import shown, split
from ..parameters import PARAMETERS
from ..protocol import Code, Moment, Need, Routine
from ..translate.protocol import Changes, Name, Relation, RelationColumn, Translation, Variable
from ..translate.protocol import Names as Names_
from ..types import DataType, parse
from . import keys, policies, streams
from .layout import HIDDEN, physical
from .names import Field, Names, Path, Thing
from .versions import Instant, Span

if TYPE_CHECKING:
    from ..translate import translating
    from .keeping import Asked
    from .session import DuckSession
else:
    late(globals(), "..translate.translating")


_OF_SNOWFLAKE = (("SNOWFLAKE", "ACCOUNT_USAGE"), ("SNOWFLAKE", "TELEMETRY"))
"""The schemas of Snowflake's own database that have views here."""


class Scope:
    """The names of a session, looked up in a database and schema: those in use, or those of a view."""

    def __init__(
        self,
        session: DuckSession,
        database: str | None,
        schema: str | None,
        depth: int = 0,
        asked: Asked | None = None,
        role: str | None = None,
        then: Instant | None = None,
        invoker: str | None = None,
    ) -> None:
        """asked: where to write down what is asked for, and the answers. role: whose privileges count, if it isn't the
        session's own. then: the moment as of which tables are. invoker: what INVOKER_ROLE tells, if that isn't the
        session's role."""
        self._session, self.database, self.schema, self._depth = session, database, schema, depth
        self._asked, self._role, self._then, self._invoker = asked, role, then, invoker
        self._traced = False
        self._governed: tuple[Path, str | None] | None = None
        """Where the policy stands whose body names are looked up: on a table, and on which column of it."""
        self.read: list[tuple[Path, Thing]] = []
        """The tables whose rows were read with their identities."""

    def at(self, database: str, schema: str, role: str | None, then: Instant | None = None) -> Scope:
        """The same session's names, looked up elsewhere, with the privileges of a role, and perhaps as they were."""
        invoker = role or self._invoker
        scope = Scope(self._session, database, schema, self._depth + 1, self._asked, role, then or self._then, invoker)
        scope._traced, scope.read = self._traced, self.read
        return scope

    def tracing(self, then: Instant) -> Scope:
        """The same names as of a moment, where rows have their identities."""
        own = (self._session, self.database, self.schema, self._depth, self._asked, self._role)
        scope = Scope(*own, then, self._invoker)
        scope._traced = True
        return scope

    def move(self, database: str | None, schema: str | None) -> None:
        self.database, self.schema = database, schema

    # Where things are

    def path(self, parts: Sequence[str], statement: str = "SELECT") -> Path:
        """The whole name of what is named here."""
        given = list(parts)
        if not 0 < len(given) <= 3:
            raise compilation("000904", f"invalid identifier '{'.'.join(given)}'")
        if len(given) < 2:
            given.insert(0, self.schema or self._no_current("schema", "090106", statement))
        if len(given) < 3:
            given.insert(0, self.database or self._no_current("database", "090105", statement))
        return given[0], given[1], given[2]

    def searched(self) -> list[tuple[str, str]]:
        """The databases and schemas in which a query looks for what it names without one; a view or a function, only
        in its own."""
        if self.database is None or self.schema is None or self._depth:
            return []
        found: list[tuple[str, str]] = []
        for word in self.parameter("SEARCH_PATH").split(","):
            *before, schema = split(word.strip()) if word.strip() else [""]
            if not before and schema in ("$CURRENT", "$PUBLIC"):
                schema = self.schema if schema == "$CURRENT" else "PUBLIC"
            found.append((before[0] if before else self.database, schema))
        return list(dict.fromkeys(found))

    def _path_of_query(self, parts: Sequence[Name], space: str) -> Path:
        """The whole name of what a query names, by the search path."""
        first = self.path([part.text for part in parts])
        if len(parts) > 1 or self.thing(space, first) is not None:
            return first
        paths = [(*place, first[2]) for place in self.searched()]
        return next((path for path in paths if self.thing(space, path) is not None), first)

    def _no_current(self, what: str, code: str, statement: str) -> str:
        if what == "schema" and self.database is None:
            what, code = "database", "090105"
        text = f"Cannot perform {statement}. This session does not have a current {what}."
        raise EngineError(code, "22000", f"{text} Call 'USE {what.upper()}', or use a qualified name.")

    def thing(self, space: str, path: Path) -> Thing | None:
        """The session's own temporary ones hide others of their name."""
        own = self._session.temporary.get((space, path))
        found = own if own is not None else self._names.find(space, path)
        if self._asked is not None:
            self._asked.things[space, path] = found
        return found

    def allows(self, need: Need) -> bool:
        """Whether a privilege that a statement needs is there."""
        return self._session.account.allows(need, self._names.version)

    def check(self, privilege: str, thing: Thing, path: Path) -> None:
        """AccountError if a privilege isn't there. What only the session has is its own."""
        if (thing.space, path) in self._session.temporary:
            return
        need = Need(privilege, thing.securable, path, thing.id, thing.facts.get("owner", ""), self._role)
        if self._asked is not None:
            self._asked.needs.add(need)
        if not self.allows(need):
            self._refuse(need)

    def _refuse(self, need: Need) -> None:
        """What isn't seen is told of as what isn't there."""
        account, path = self._session.account, need.path
        try:
            account.refuse(need)
        except AccountError as error:
            if error.code != "002003":
                raise
            if not account.sees_schema(path[0], "INFORMATION_SCHEMA"):
                raise EngineError("002003", "02000", _lost("Database", path[0])) from None
            if not account.sees_schema(*path[:2]):
                raise EngineError("002003", "02000", _lost("Schema", path[1])) from None
            what = need.kind.capitalize() if need.kind in ("sequence", "file format") else "Object"
            raise EngineError("002003", "42S02", _lost(what, path[2])) from None

    def _told_once(self) -> None:
        """What is answered now is answered to nobody else."""
        if self._asked is not None:
            self._asked.once = True

    def need(self, space: str, path: Path, what: str = "Object") -> Thing:
        found = self.thing(space, path)
        if found is None:
            self.need_schema(path)
            raise EngineError("002003", "42S02", _lost(what, path[2]))
        return found

    def need_schema(self, path: Path) -> None:
        if path[0] not in self._names.databases:
            raise EngineError("002003", "02000", _lost("Database", path[0]))
        if path[1] not in self._names.databases[path[0]].schemas and path[1] != "INFORMATION_SCHEMA":
            raise EngineError("002003", "02000", _lost("Schema", path[1]))

    @property
    def _names(self) -> Names:
        return self._session.names

    # As translation asks

    def relation(
        self, parts: Sequence[Name], past: Moment | Changes | None = None, *, privilege: str | None = "SELECT"
    ) -> Relation:
        of, found = self._found(parts, past, privilege)
        return found if of is None else self._seen(*of, found)

    def _seen(self, path: Path, thing: Thing, relation: Relation) -> Relation:
        """A relation as the policies of a table or view let it be seen."""
        by_tags = self._session.engine.account.tag_masks(path) if thing.kind == "table" else None
        if by_tags is not None:
            self._told_once()
        under = policies.under(self._names, thing, by_tags)
        called = policies.policies_of(under, relation.columns)
        if not called:
            return relation
        if self._depth > 30:
            raise compilation("002057", f"The policies of '{relation.name}' are too deep or refer to themselves.")
        places = {f"MASK${at}": column.name for at, column in enumerate(relation.columns)}
        functions = {name: self._policy(*one, (path, places.get(name))) for name, one in called.items()}
        behind = _Behind(self, policies.with_identity(relation), functions)
        query = self._session.translated(
            policies.applying(under, relation.columns, bool(relation.row_id)), behind, tracing=False
        )
        return policies.as_seen(relation, query, filtered=under.rows is not None)

    def _policy(
        self, kind: str, path: Path, types: Sequence[DataType], governed: tuple[Path, str | None]
    ) -> tuple[Routine, Names_]:
        found = self.thing(kind, path)
        if found is None:
            raise missing_object(kind.title(), ".".join(map(shown, path)))
        # What the policy itself asks is always as of now, whatever time the statement looks at.
        owner = str(found.facts["owner"])
        names = Scope(self._session, *path[:2], self._depth + 1, self._asked, owner, invoker=self._invoker)
        names._governed = governed
        return policies.routine_of(path, found, types), names

    def try_policy(self, path: Path, policy: Thing) -> None:
        """AccountError if a policy's body means nothing."""
        columns = [RelationColumn(field.name, f"c{at}", parse(field.type)) for at, field in enumerate(policy.fields, 1)]
        told = ", ".join(f"CAST(NULL AS {column.type.physical}) AS {column.physical}" for column in columns)
        names = [field.name for field in policy.fields]
        is_filter = policy.kind == policies.ROW_ACCESS
        under = policies.Under({} if is_filter else {names[0]: (path, names)}, (path, names) if is_filter else None)
        types = [column.type for column in columns]
        routine = policies.routine_of(path, policy, types), self.at(path[0], path[1], str(policy.facts["owner"]))
        behind = _Behind(self, Relation(f"(SELECT {told})", columns), {"ROWS$": routine, "MASK$0": routine})
        self._session.translated(policies.applying(under, columns, identity=False), behind)

    def _found(
        self, parts: Sequence[Name], past: Moment | Changes | None, privilege: str | None
    ) -> tuple[tuple[Path, Thing] | None, Relation]:
        """What a name means, and whose policies count for it."""
        names = [part.text for part in parts]
        if len(names) == 3 and names[:2] in (["TEMP", "MAIN"], ["temp", "main"]):
            self._told_once()
            return None, self._session.registered(names[2])
        path = self._path_of_query(parts, "table") if privilege == "SELECT" else self.path(names)
        if path[1] == "INFORMATION_SCHEMA":
            if path[0] not in self._names.databases or not self._session.account.sees_schema(*path[:2]):
                raise EngineError("002003", "02000", _lost("Database", path[0]))
            self._told_once()
            return None, self._session.information(path[0], path[2])
        if path[:2] in _OF_SNOWFLAKE and path[0] not in self._names.databases:
            if not self._session.account.sees_schema(*path[:2]):
                raise EngineError("002003", "02000", _lost("Database", path[0]))
            self._told_once()
            return None, self._session.of_snowflake(path[1], path[2])
        thing = self.need("table", path)
        if privilege is not None:
            self.check(privilege, thing, path)
        if thing.facts.get("foreign"):
            raise unsupported("reading and changing Iceberg tables of other catalogs than Snowflake's")
        if keys.are_held(thing) and (isinstance(past, Changes) or (past and (past.before or past.kind != "TIMESTAMP"))):
            raise keys.refused("CHANGES" if isinstance(past, Changes) else "BEFORE" if past.before else past.kind)
        if isinstance(past, Changes):
            return self._followed(path, thing), self._changes(thing, path, past)
        then = self._session.engine.versions.instant(past) if past is not None else self._then
        if thing.kind == "stream":
            if then is not None:
                raise unsupported("streams as they were")
            self._told_once()
            return self._followed(path, thing), streams.relation(self._session, thing, path, self)
        if thing.kind == "view":
            return (path, thing), self._view(thing, path, then)
        if then is not None:
            return (path, thing), self._as_of(thing, path, then)
        if thing.resource == "table":
            return (path, thing), table(thing, path, self)
        self._told_once()
        if thing.resource == "event-table":
            return (path, thing), table(thing, path, self)
        if "dynamic" in thing.facts:
            self._session.refresh(path, thing)
            thing = self.need("table", path)
        return (path, thing), attrs.evolve(table(thing, path, self), row_id="")  # nobody changes its rows

    def _followed(self, path: Path, thing: Thing) -> tuple[Path, Thing] | None:
        """Whose policies count for the changes of a table, a view or what a stream follows."""
        return (path, thing) if thing.kind != "stream" else streams.source_of(self._names, thing)

    def relation_of(self, path: Path) -> Relation:
        """The table or view at a path."""
        return self.relation([Name(part, quoted=True) for part in path])

    def _as_of(self, thing: Thing, path: Path, then: Instant) -> Relation:
        """A table as it was."""
        self._told_once()
        if self._traced:
            self.read.append((path, thing))
            sql, row_id = self._session.rows_as_of(thing, then).sql, HIDDEN[0]
        else:
            self._session.need_past(thing, path, then)
            sql, row_id = self._session.rows_as_of(thing, then).sql, ""
        return attrs.evolve(table(thing, path, self), source=sql, row_id=row_id)

    def _changes(self, thing: Thing, path: Path, asked: Changes) -> Relation:
        """What CHANGES shows."""
        self._told_once()
        session, versions = self._session, self._session.engine.versions
        if thing.kind == "stream":
            raise unsupported("CHANGES of a stream")

        def instant(moment: Moment) -> Instant:
            if moment.kind != "STREAM":
                return versions.instant(moment)
            return streams.offset_of(session.engine, str(moment.value), path).at

        span = Span(instant(asked.start), instant(asked.end) if asked.end is not None else versions.now())
        traced = self.tracing(span.start)
        traced.relation_of(path)
        for base, table_ in traced.read:
            session.engine.need_tracking(base)
            session.need_past(table_, base, span.start)
        return streams.changes(session, (path, thing), span, self, appended=asked.appended)

    def _view(self, view: Thing, path: Path, then: Instant | None) -> Relation:
        if self._depth > 30:
            raise compilation("002057", f"View definition for '{'.'.join(path)}' is too deep or refers to itself.")
        try:
            owner = view.facts.get("owner", "ACCOUNTADMIN")
            inner = self.at(path[0], path[1], owner, then)
            query = self._session.translated(view.text, inner, tracing=self._traced)
        except AccountError as error:
            text = f"Failure during expansion of view '{path[2]}': {error.message}"
            raise compilation("002037", text, "42601") from None
        row_id = physical(len(query.columns) - 1) if self._traced else ""
        outputs = query.columns[:-1] if self._traced else query.columns
        if view.fields and len(outputs) != len(view.fields):
            text = f"View definition for '{'.'.join(path)}' declared {len(view.fields)} column(s), but view query"
            raise compilation("002057", f"{text} produces {len(outputs)} column(s).", "42601")
        names = [field.name for field in view.fields] or [column.name for column in outputs]
        columns = [
            RelationColumn(name, physical(at), column.type, column.nullable)
            for at, (name, column) in enumerate(zip(names, outputs))
        ]
        return Relation(f"({query.sql})", columns, "VIEW", ".".join(map(shown, path)), row_id)

    def table_function(self, parts: Sequence[Name], arguments: Sequence[tuple[str | None, object]]) -> Relation | None:
        self._told_once()
        name = parts[-1].text.upper()
        if name == "RESULT_SCAN" and len(arguments) == 1:
            return self._session.recalled(str(arguments[0][1]))
        if name == "DIRECTORY" or (len(parts) > 1 and parts[-2].text.upper() == "INFORMATION_SCHEMA"):
            found = self._session.asked(name, arguments)
            if found is None:
                raise unsupported(f"the table function INFORMATION_SCHEMA.{name}")
            return self._session.registered_result(found)
        return None

    def function(
        self, parts: Sequence[Name], arguments: Sequence[DataType], named: Sequence[str]
    ) -> tuple[Routine, Names_] | None:
        self._told_once()
        texts = [part.text for part in parts]
        if len(parts) < 3 and (self.database is None or (len(parts) < 2 and self.schema is None)):
            if len(parts) > 1:
                return None
            texts = ["", "", *texts]  # those of Cortex are known everywhere
        first = self.path(texts)
        paths = [first, *((*place, first[2]) for place in self.searched() if len(parts) < 2)]
        routines = (self._session.routine(path, arguments, named) for path in dict.fromkeys(paths))
        found = next((one for one in routines if one is not None and self._may_use(one)), None)
        if found is None:
            return None
        if self._depth > 30:
            raise compilation("002057", f"The function {shown(found.path[2])} is too deep or calls itself.")
        return found, self.at(*found.path[:2], found.owner)

    def _may_use(self, routine: Routine) -> bool:
        """What one may not use is unknown."""
        if routine.whole_name is None:
            return True
        return self.allows(Need("USAGE", "user-defined-function", routine.whole_name, 0, "", self._role))

    def number(self, code: Code) -> int:
        return self._session.number_of(code)

    def next_value(self, parts: Sequence[Name]) -> str:
        path = self._path_of_query(parts, "sequence")
        thing = self.thing("sequence", path)
        if thing is None:
            raise missing_object("Sequence", path[2])
        self.check("USAGE", thing, path)
        return f"CAST(nextval('s{thing.number}') AS DECIMAL(38,0))"

    def default(self, text: str, type_: DataType) -> str:
        """The value of an expression for a column of this type, in DuckDB's SQL."""
        return translating.default_value(text, type_, self)

    def parameter(self, name: str) -> str:
        name = name.upper()
        value = str(self._session.parameters.get(name, PARAMETERS[name].default))
        if self._asked is not None:
            self._asked.parameters[name] = value
        return value

    def variable(self, name: str) -> Variable | None:
        found = self._session.variable(name.upper())
        if self._asked is not None:
            self._asked.variables[name] = found
        return found

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        self._told_once()
        return self._session.rows(sql)

    def context(self, name: str) -> str | None:
        if name == "CURRENT_DATABASE":
            return self.database
        if name == "CURRENT_SCHEMA":
            return self.schema
        if name == "CURRENT_SCHEMAS":
            return json.dumps([".".join(place) for place in self.searched()])
        if name == "INVOKER_ROLE" and self._invoker is not None:
            return self._invoker
        if name.startswith(_TAG_ON_CURRENT):
            return self._tag_on_current(name)
        found = self._session.context(name)
        if self._asked is not None:
            self._asked.facts[name] = found
        return found

    def _tag_on_current(self, asked: str) -> str | None:
        """What a tag says of the column or the table that a policy stands on: `…_ON_CURRENT_COLUMN(tag)`."""
        self._told_once()
        if self._governed is None:  # a policy that is only tried
            return None
        (path, column), (function, _, tag) = self._governed, asked.removesuffix(")").partition("(")
        of = column if function.endswith("COLUMN") else None
        return self._session.engine.account.tag_value(path, of, self.path(split(tag)))


_TAG_ON_CURRENT = "SYSTEM$GET_TAG_ON_CURRENT_"


class _Behind(Scope):
    """What the query that applies policies names: the one relation behind them, and the policies, as functions."""

    def __init__(self, scope: Scope, relation: Relation, functions: Mapping[str, tuple[Routine, Names_]]) -> None:
        super().__init__(scope._session, scope.database, scope.schema, scope._depth + 1, scope._asked, scope._role)
        self._relation, self._functions = relation, functions

    def relation(
        self, parts: Sequence[Name], past: Moment | Changes | None = None, *, privilege: str | None = "SELECT"
    ) -> Relation:
        return self._relation

    def function(
        self, parts: Sequence[Name], arguments: Sequence[DataType], named: Sequence[str]
    ) -> tuple[Routine, Names_] | None:
        return self._functions.get(parts[-1].text)


def table(thing: Thing, path: Path, scope: Scope) -> Relation:
    columns = [
        RelationColumn(field.name, physical(at), parse(field.type), field.nullable, _default(field, scope))
        for at, field in enumerate(thing.fields)
    ]
    keyed = thing.id if keys.are_held(thing) else 0
    return Relation(f"t{thing.number}", columns, "TABLE", ".".join(map(shown, path)), HIDDEN[0], keyed)


def _default(field: Field, scope: Scope) -> str | None:
    return default_sql(field, scope) if field.identity is not None or field.default is not None else None


def default_sql(field: Field, scope: Scope) -> str:
    """What gives a column its value if nobody else does, in DuckDB's SQL."""
    type_ = parse(field.type)
    if field.identity is not None:
        return f"CAST(nextval('s{field.identity.sequence}') AS {type_.physical})"
    if field.default is None:
        return f"CAST(NULL AS {type_.physical})"
    return scope.default(field.default, type_)


def converted(scope: Scope, query: Translation, types: Sequence[DataType]) -> str:
    """A query whose columns are of these types."""
    if [column.type for column in query.columns] == list(types):
        return query.sql
    values = [
        translating.fitted(f"s.{physical(at)}", column.type, type_, scope)
        for at, (column, type_) in enumerate(zip(query.columns, types))
    ]
    return f"SELECT {', '.join(values)} FROM ({query.sql}) AS s"


def _lost(what: str, name: str) -> str:
    return f"SQL compilation error:\n{what} '{shown(name)}' does not exist or not authorized."
