"""The map of names: which database, schema, table, view and sequence there is, and the number of its rows' place.

The map is authoritative, and lies in the account's SQLite file; DuckDB knows numbers only (`t7`, `s3`). So a rename, a
swap, a drop and an undrop move no row, and a replacement is one flip: readers take the map as a whole, and see it
before or after a change. A copy of the map lies
beside the rows. A change inside of a transaction of the account's catalog shows when that transaction ends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

import attrs
import orjson

from ..errors import exists, missing, missing_object
from ..names import need_length, shown

T = TypeVar("T")

Path = tuple[str, str, str]
"""The canonical names of a database, a schema, and something in it."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS names (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    kept TEXT,
    facts TEXT NOT NULL
)
"""


_ALL = "SELECT id, parent, kind, name, kept, facts FROM names"


class Record(Protocol):
    """The SQLite file, as the map needs it."""

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]: ...
    def transaction(self) -> AbstractContextManager[None]: ...
    def at_end(self, tell: Callable[[bool], None]) -> None:
        """Have somebody told when the outermost transaction ends: whether it was committed."""
        ...


@attrs.frozen
class Identity:
    """What numbers the rows of a column."""

    start: int
    step: int
    sequence: int
    """The number of DuckDB's sequence behind it."""
    ordered: bool = False


@attrs.frozen
class Field:
    """A column of a table or a view."""

    name: str
    type: str
    """Snowflake's name of the type, such as `NUMBER(38,0)`."""
    nullable: bool = True
    default: str | None = None
    """Snowflake's SQL."""
    identity: Identity | None = None
    comment: str = ""
    position: int = 0
    """Its ORDINAL_POSITION, which it keeps when others are dropped; 0 where that is its place."""


@attrs.frozen
class Era:
    """A table's place for some time (see `versions`)."""

    number: int
    fields: tuple[Field, ...]
    since: int = 0
    """The number of the transaction that made it."""
    became: tuple[int | None, ...] = ()
    """The place in the columns of after that each of its columns has; None for one that was dropped."""


@attrs.frozen
class Thing:
    """A table, a view, a sequence, a file format, or the directory table of a stage, which is called as that is."""

    kind: str
    number: int
    """The number of its rows' place; a view has none."""
    fields: tuple[Field, ...] = ()
    text: str = ""
    """Of a view: its query, as it was written."""
    facts: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    id: int = 0
    since: int = 0
    """Of a table: the number of the transaction that made its place."""
    earlier: tuple[Era, ...] = ()
    """Of a table: its places before it got other columns."""
    first: int = 0
    """Of a table: the number of its first place, if that was another one."""

    @property
    def has_rows(self) -> bool:
        return self.kind in ("table", "directory")

    @property
    def home(self) -> int:
        """A table's own number, whatever columns it gets: its stage and what was loaded into it go by that."""
        return self.first or self.number

    @property
    def places(self) -> list[int]:
        """The numbers of a table's places, those of before among them."""
        return [*(era.number for era in self.earlier), self.number]

    @property
    def resource(self) -> str:
        """What the account calls a table: a table, a dynamic one …"""
        return str(self.facts.get("resource", "table"))

    @property
    def securable(self) -> str:
        """What privileges on it are on: a table of which kind, a view, a sequence …"""
        return self.resource if self.kind == "table" else self.kind

    @property
    def space(self) -> str:
        """Tables, views and streams share their names, other kinds don't."""
        return "table" if self.kind in ("view", "stream") else self.kind


@attrs.frozen
class Schema:
    id: int
    things: Mapping[tuple[str, str], Thing]
    """By kind of names and name."""

    def named(self, *kinds: str) -> dict[str, Thing]:
        return {name: thing for (_, name), thing in sorted(self.things.items()) if thing.kind in kinds}


@attrs.frozen
class Database:
    id: int
    schemas: Mapping[str, Schema]


@attrs.frozen
class Names:
    """The map at one moment."""

    databases: Mapping[str, Database] = attrs.field(factory=dict[str, Database])
    kept: Mapping[str, Database | Schema | Thing] = attrs.field(factory=dict[str, Any])
    version: int = 0

    def database(self, name: str) -> Database:
        found = self.databases.get(name)
        if found is None:
            raise missing_object("Database", name)
        return found

    def schema(self, database: str, name: str) -> Schema:
        found = self.database(database).schemas.get(name)
        if found is None:
            raise missing_object("Schema", f"{shown(database)}.{shown(name)}")
        return found

    def find(self, space: str, path: Path) -> Thing | None:
        database = self.databases.get(path[0])
        schema = database.schemas.get(path[1]) if database else None
        return schema.things.get((space, path[2])) if schema else None

    def wherever(self, space: str, place: Mapping[str, Any]) -> tuple[Path, Thing] | None:
        """What was at a path with an id, wherever it is now; None if it was dropped. Without an id, what is there."""
        path: Any = tuple(place["path"])
        found = self.find(space, path)
        if found is not None and place["id"] in (0, found.id):
            return path, found
        return next(((path, thing) for path, thing in self.placed() if thing.id == place["id"]), None)

    def numbers(self) -> set[str]:
        """The tables and sequences of DuckDB on which something in the map stands."""
        return {place for thing in self.every() for place in places(thing)}

    def placed(self) -> Generator[tuple[Path, Thing]]:
        """The tables, views and so on that are in their places."""
        for database, inner in self.databases.items():
            for schema, things in inner.schemas.items():
                for (_, name), thing in things.things.items():
                    yield (database, schema, name), thing

    def every(self) -> Generator[Thing]:
        """All tables, views and so on, those under kept keys among them."""
        tops: list[Database | Schema | Thing] = [*self.databases.values(), *self.kept.values()]
        for top in tops:
            yield from things_of(top)


def places(thing: Thing) -> set[str]:
    """The tables and sequences of DuckDB on which it stands: `t` of tables, `h` of what they were, `s` of sequences."""
    if thing.has_rows:
        tables = {f"{room}{number}" for number in thing.places for room in "th"}
        return {*tables, *(f"s{field.identity.sequence}" for field in thing.fields if field.identity)}
    return {f"s{thing.number}"} if thing.kind == "sequence" else set()


def things_of(top: Database | Schema | Thing) -> Generator[Thing]:
    if isinstance(top, Database):
        for schema in top.schemas.values():
            yield from schema.things.values()
    elif isinstance(top, Schema):
        yield from top.things.values()
    else:
        yield top


class Copy(Protocol):
    """The map beside the rows, for an account whose SQLite file is lost."""

    def read(self) -> list[tuple[Any, ...]]: ...
    def write(self, ids: Iterable[int], rows: Sequence[tuple[Any, ...]]) -> None:
        """The rows with these ids are now these, and no others."""
        ...


class Map:
    """The present map, and how it changes."""

    def __init__(self, record: Record, copy: Copy | None = None) -> None:
        self._record, self._copy = record, copy
        self._touched: set[int] = set()
        record.rows(_SCHEMA)
        self._compare()
        self._shown = self._loaded()
        self._draft: Names | None = None
        self._writer: int | None = None

    def read(self) -> Names:
        """The map as it is; to who changes it, as it will be."""
        if self._writer == threading.get_ident() and self._draft is not None:
            return self._draft
        return self._shown

    @contextmanager
    def changing(self) -> Generator[Names]:
        """All changes in it are one, for readers and on disk."""
        with self._record.transaction():
            if self._draft is None:
                self._draft, self._writer = self._shown, threading.get_ident()
                self._record.at_end(self._ended)
            yield self._draft

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do something when the change in hand has happened, or now if there is none."""
        if self._writer == threading.get_ident():
            self._record.at_end(lambda committed: do() if committed else None)
        else:
            do()

    def _ended(self, committed: bool) -> None:
        if committed and self._draft is not None:
            self._shown = attrs.evolve(self._draft, version=self._shown.version + 1)
        self._draft = self._writer = None
        touched, self._touched = self._touched, set()
        if committed and touched and self._copy is not None:
            marks = ", ".join("?" * len(touched))
            self._copy.write(touched, self._record.rows(f"{_ALL} WHERE id IN ({marks})", *touched))

    def show(self, names: Names) -> None:
        """Have all read a map that was once: the one that is in the SQLite file now."""
        self._shown = attrs.evolve(names, version=self._shown.version + 1)

    def reload(self) -> None:
        """Read the map from the SQLite file, which somebody has filled."""
        self.show(self._loaded())

    def restored(self) -> None:
        """The way back to a snapshot has been gone."""
        self._compare()
        with self._record.transaction():
            self._record.rows("DELETE FROM restoring")

    def _compare(self) -> None:
        """The SQLite file is right, unless it is empty."""
        if self._copy is None:
            return
        own, other = self._record.rows(_ALL), self._copy.read()
        if other and not own:
            with self._record.transaction():
                for row in other:
                    self._record.rows(f"INSERT INTO names VALUES ({', '.join('?' * len(row))})", *row)
        elif differ := {row[0] for row in {*own} ^ {*other}}:
            self._copy.write(differ, [row for row in own if row[0] in differ])

    def _now(self) -> Names:
        assert self._draft is not None
        return self._draft

    # Databases

    def add_database(self, name: str) -> None:
        with self.changing() as names:
            self._need_free(names.databases, name)
            self._set_databases({**names.databases, name: Database(self._row(0, "database", name), {})})

    def keep_database(self, name: str, key: str) -> None:
        with self.changing() as names:
            database = names.database(name)
            self._set_databases({other: one for other, one in names.databases.items() if other != name})
            self._keep(database.id, key, database)

    def restore_database(self, key: str, name: str) -> None:
        with self.changing() as names:
            self._need_free(names.databases, name)
            database = self._taken(key, Database)
            self._place(database.id, 0, name)
            self._set_databases({**self._now().databases, name: database})

    # Schemas

    def add_schema(self, database: str, name: str) -> None:
        with self.changing() as names:
            above = names.database(database)
            self._need_free(above.schemas, name)
            self._set_schema(database, name, Schema(self._row(above.id, "schema", name), {}))

    def keep_schema(self, database: str, name: str, key: str) -> None:
        with self.changing() as names:
            schema = names.schema(database, name)
            self._set_schema(database, name, None)
            self._keep(schema.id, key, schema)

    def restore_schema(self, key: str, database: str, name: str) -> None:
        with self.changing() as names:
            above = names.database(database)
            self._need_free(above.schemas, name)
            schema = self._taken(key, Schema)
            self._place(schema.id, above.id, name)
            self._set_schema(database, name, schema)

    # Tables, views, sequences, file formats

    def add(self, path: Path, thing: Thing, *, replace: bool = False) -> Thing:
        """Give something new its place; with `replace` in place of what is there, which is forgotten."""
        with self.changing() as names:
            schema = names.schema(*path[:2])
            old = schema.things.get((thing.space, path[2]))
            if old is not None:
                if not replace:
                    raise exists(shown(path[2]))
                self._forget(old.id)
            id_ = self._row(schema.id, thing.kind, path[2], attrs.asdict(thing))
            thing = attrs.evolve(thing, id=id_)
            self._set_thing(path, thing.space, thing)
            return thing

    def change(self, path: Path, thing: Thing) -> None:
        """What is there is like this from now on."""
        with self.changing():
            self._touched.add(thing.id)
            self._record.rows("UPDATE names SET facts = ? WHERE id = ?", _packed(attrs.asdict(thing)), thing.id)
            self._set_thing(path, thing.space, thing)

    def remove(self, space: str, path: Path) -> None:
        with self.changing() as names:
            if thing := names.find(space, path):
                self._forget(thing.id)
                self._set_thing(path, space, None)

    def keep(self, path: Path, key: str, space: str = "table") -> None:
        with self.changing() as names:
            thing = names.find(space, path) or self.need_table(path)
            self._set_thing(path, thing.space, None)
            self._keep(thing.id, key, thing)

    def restore(self, key: str, path: Path) -> None:
        with self.changing() as names:
            thing = self._taken(key, Thing)
            if names.find(thing.space, path):
                raise exists(shown(path[2]))
            self._place(thing.id, names.schema(*path[:2]).id, path[2])
            self._set_thing(path, thing.space, thing)

    def move(self, space: str, path: Path, target: Path) -> None:
        need_length(target[2])
        with self.changing() as names:
            thing = names.find(space, path)
            if thing is None:
                raise missing("table", ".".join(map(shown, path)))
            if path == target:
                return
            if names.find(space, target):
                raise exists(shown(target[2]))
            self._place(thing.id, names.schema(*target[:2]).id, target[2])
            self._set_thing(path, space, None)
            self._set_thing(target, space, thing)

    def need_table(self, path: Path) -> Thing:
        thing = self.read().find("table", path)
        if thing is None:
            raise missing("table", ".".join(map(shown, path)))
        return thing

    def purge(self, key: str) -> None:
        """Forget what is kept under a key for good."""
        with self.changing() as names:
            if (top := names.kept.get(key)) is None:
                return
            self._taken(key, type(top))
            ids = [top.id, *(thing.id for thing in things_of(top))]
            if isinstance(top, Database):
                ids += [schema.id for schema in top.schemas.values()]
            for id_ in ids:
                self._forget(id_)

    # How it is done

    def _need_free(self, taken: Mapping[str, object], name: str) -> None:
        if name in taken:
            raise exists(shown(name))

    def _row(self, parent: int, kind: str, name: str, facts: Mapping[str, Any] | None = None) -> int:
        sql = "INSERT INTO names (parent, kind, name, facts) VALUES (?, ?, ?, ?) RETURNING id"
        ((id_,),) = self._record.rows(sql, parent, kind, name, _packed(facts or {}))
        self._touched.add(id_)
        return id_

    def _forget(self, id_: int) -> None:
        self._touched.add(id_)
        self._record.rows("DELETE FROM names WHERE id = ?", id_)

    def _place(self, id_: int, parent: int, name: str) -> None:
        self._touched.add(id_)
        self._record.rows("UPDATE names SET parent = ?, name = ?, kept = NULL WHERE id = ?", parent, name, id_)

    def _keep(self, id_: int, key: str, top: Database | Schema | Thing) -> None:
        self._touched.add(id_)
        self._record.rows("UPDATE names SET kept = ? WHERE id = ?", key, id_)
        self._draft = attrs.evolve(self._now(), kept={**self._now().kept, key: top})

    def _taken(self, key: str, kind: type[T]) -> T:
        top = self._now().kept.get(key)
        if not isinstance(top, kind):
            raise missing(kind.__name__.lower().replace("thing", "table"), key)
        self._draft = attrs.evolve(
            self._now(), kept={other: one for other, one in self._now().kept.items() if other != key}
        )
        return top

    def _set_databases(self, databases: Mapping[str, Database]) -> None:
        self._draft = attrs.evolve(self._now(), databases=databases)

    def _set_schema(self, database: str, name: str, schema: Schema | None) -> None:
        above = self._now().databases[database]
        others = {other: one for other, one in above.schemas.items() if other != name}
        schemas = others if schema is None else {**others, name: schema}
        self._set_databases({**self._now().databases, database: attrs.evolve(above, schemas=schemas)})

    def _set_thing(self, path: Path, space: str, thing: Thing | None) -> None:
        schema = self._now().schema(*path[:2])
        things = dict(schema.things)
        things.pop((space, path[2]), None)
        if thing is not None:
            things[space, path[2]] = thing
        self._set_schema(path[0], path[1], attrs.evolve(schema, things=things))

    def _loaded(self) -> Names:
        tree: dict[int, list[tuple[Any, ...]]] = {}
        kept: list[tuple[Any, ...]] = []
        for row in self._record.rows("SELECT parent, id, kind, name, kept, facts FROM names"):
            if row[4] is None:
                tree.setdefault(row[0], []).append(row)
            else:
                kept.append(row)

        def built(row: tuple[Any, ...]) -> Any:
            _, id_, kind, _, _, facts = row
            below = {one[3]: built(one) for one in tree.get(id_, [])} if kind == "database" else {}
            if kind == "database":
                return Database(id_, below)
            if kind == "schema":
                found = [(one[3], built(one)) for one in tree.get(id_, [])]
                return Schema(id_, {(thing.space, name): thing for name, thing in found})
            return attrs.evolve(_thing(orjson.loads(facts)), id=id_)

        return Names({row[3]: built(row) for row in tree.get(0, [])}, {row[4]: built(row) for row in kept})


def _packed(facts: Mapping[str, Any]) -> str:
    return orjson.dumps(facts).decode()


def _thing(facts: Any) -> Thing:
    fields = _fields(facts.pop("fields"))
    earlier = tuple(
        Era(era["number"], _fields(era["fields"]), era["since"], tuple(era["became"]))
        for era in facts.pop("earlier", ())
        if "became" in era
    )
    under: dict[str, Any] = {**(facts["facts"].get("masking") or {}), "": facts["facts"].get("row_access")}
    for said in under.values():
        if said and isinstance(said["policy"], list):  # as an earlier release kept it
            said["policy"] = {"path": said["policy"], "id": 0}
    return Thing(**facts, fields=fields, earlier=earlier)


def _fields(facts: Any) -> tuple[Field, ...]:
    fields: list[Field] = []
    for field in facts:
        identity = field.pop("identity")
        fields.append(Field(**field, identity=Identity(**identity) if identity else None))
    return tuple(fields)


def parts_of(named: Any) -> list[str]:
    """What a table or a file format is called in a statement, as the catalog has it."""
    given = (named.args.get("catalog"), named.args.get("db"), named.this)
    return [part.name if part.args.get("quoted") else part.name.upper() for part in given if part]
