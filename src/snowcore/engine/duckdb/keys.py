"""The keys of hybrid tables, which are held: primary, unique and foreign ones; and their indexes, which are only told.

The keys of a table are among its facts, by the names of columns; a foreign key knows the other table by its id. They
are looked at when a statement is done, in its transaction: the rows that this has made have keys of their own, and what
refers to a row refers to one that is there. See https://docs.snowflake.com/en/sql-reference/sql/create-hybrid-table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from ..errors import EngineError, compilation, missing
from ..names import shown
from ..protocol import HeldKey, TablePath
from ..translate.protocol import Change
from ..types import parse
from .layout import physical
from .names import Field, Names, Path, Thing
from .waiting import Use

if TYPE_CHECKING:
    from .session import DuckSession

Hybrid = Mapping[int, tuple[Path, Thing]]
"""The hybrid tables, by their ids."""
_NO_INDEX = ("VARIANT", "OBJECT", "ARRAY", "GEOGRAPHY", "GEOMETRY", "VECTOR", "TIMESTAMP_TZ")


def are_held(thing: Thing) -> bool:
    """Whether a table is a hybrid one."""
    return "keys" in thing.facts


def refused(feature: str) -> EngineError:
    return EngineError("391411", "0A000", f"This feature is not supported for hybrid tables: '{feature}'.")


def told(names: Names, thing: Thing) -> list[HeldKey]:
    """The keys and indexes of a hybrid table."""
    every, found = _every(names), list[HeldKey]()
    for key in _of(thing):
        of = every.get(key["of"])
        path = TablePath(*of[0]) if of is not None else None
        columns = _referred(of[1], key) if of is not None else ()
        found.append(HeldKey(key["kind"], key["name"], key["columns"], path, columns, key["included"]))
    return found


def hold(session: DuckSession, path: Path, keys: Sequence[HeldKey]) -> None:
    """Make a table a hybrid one, with these keys. AccountError for a key that can't be, or that its rows don't hold."""
    engine = session.engine
    thing = engine.map.need_table(path)
    every = {**_every(session.names), thing.id: (path, thing)}
    facts = [_checked(thing, every, path, key, keys) for key in keys]
    if twice := [one["name"] for one in facts if [other["name"] for other in facts].count(one["name"]) > 1]:
        raise compilation("002002", f"Object '{shown(twice[0])}' already exists.", "42710")
    made = attrs.evolve(thing, facts={**thing.facts, "keys": facts})
    _check(session, made, {**every, thing.id: (path, made)}, "true")
    engine.map.change(path, made)


def changed(change: Change) -> Collection[int]:
    """The ids of the hybrid tables that a statement changes."""
    return {clause.relation.keyed: None for clause in change.clauses if clause.relation.keyed}


def take_turns(session: DuckSession, changed: Collection[int]) -> None:
    """Have hybrid tables that are about to be changed, and those that these refer to or are referred to from, to
    oneself, and see all that was committed."""
    had, near = set[int](), dict[int, Path]()
    while changed and (not had or near.keys() - had):  # while one waits, tables may be made anew elsewhere
        every, had = _every(session.names), had | near.keys()
        ids = {one for id_ in changed if id_ in every for one in _near(every, id_)}
        near = {every[id_][1].number: every[id_][0] for id_ in ids}
        for number in sorted(near.keys() - had):  # always in one order, so that no two wait for each other
            session.take_turn(number, Use.CHANGE, ".".join(map(shown, near[number])))
        if not near:
            return
    if changed:
        session.look_again(always=True)


def check(session: DuckSession, change: Change) -> None:
    """EngineError if what a statement has done breaks a key."""
    if not (ids := changed(change)):
        return
    every, made = _every(session.names), f"made = {session.number()}"
    for id_ in ids:
        if (found := every.get(id_)) is None:  # of a session's own, or dropped meanwhile
            continue
        _check(session, found[1], every, made)
        if change.overwrite or any(one.action != "INSERT" for one in change.clauses if one.relation.keyed == id_):
            _check_referring(session, found[1], every)


def need_unreferred(names: Names, thing: Thing) -> None:
    """EngineError for a table that can't be emptied, since others refer to it."""
    if any(key["of"] == thing.id for _, other in _every(names).values() for key in _of(other)):
        path = next(path for path, one in _every(names).values() if one.id == thing.id)
        text = f"Hybrid table '{path[2]}' cannot be truncated as it is involved in active foreign key constraints."
        raise EngineError("391458", "0A000", text)


def unreferring(names: Names, id_: int) -> list[tuple[Path, Thing]]:
    """The other tables that refer to a table, as they are without that."""
    found: list[tuple[Path, Thing]] = []
    for path, thing in _every(names).values():
        left = [key for key in _of(thing) if key["of"] != id_]
        if thing.id != id_ and len(left) < len(_of(thing)):
            found.append((path, attrs.evolve(thing, facts={**thing.facts, "keys": left})))
    return found


def followed(thing: Thing, fields: Sequence[Field], before: Mapping[str, str]) -> Thing:
    """A table whose keys go with its columns. before: what columns were called. AccountError for a change of columns
    that hybrid tables don't have."""
    if not are_held(thing):
        return thing
    now, old = {before[one.name]: one for one in fields if one.name in before}, {one.name: one for one in thing.fields}
    for name, field in now.items():
        if (field.type, field.nullable) != (old[name].type, old[name].nullable):
            raise refused("ALTER COLUMN")
    for key in _of(thing):
        if gone := [name for name in (*key["columns"], *key["included"]) if name not in now]:
            text = f"Column '{shown(gone[0])}' can't be dropped: the index {shown(key['name'])} needs the column."
            raise compilation("391411", text, "0A000")
    parts = ("columns", "included")
    keys = [{**key, **{part: [now[name].name for name in key[part]] for part in parts}} for key in _of(thing)]
    return attrs.evolve(thing, facts={**thing.facts, "keys": keys})


def moved(thing: Thing, ids: Mapping[int, int]) -> Thing:
    """A copy of a table, whose keys refer to copies. ids: of the copies, by those of their models."""
    if not are_held(thing):
        return thing
    keys = [{**key, "of": ids.get(key["of"], key["of"])} for key in _of(thing)]
    return attrs.evolve(thing, facts={**thing.facts, "keys": keys})


# How it is done


def _of(thing: Thing) -> list[dict[str, Any]]:
    return thing.facts.get("keys") or []


def _every(names: Names) -> Hybrid:
    return {thing.id: (path, thing) for path, thing in names.placed() if are_held(thing)}


def _near(every: Hybrid, id_: int) -> set[int]:
    """A table, those that it refers to and those that refer to it."""
    to = {key["of"] for key in _of(every[id_][1]) if key["of"] in every}
    return {id_, *to, *(other for other, (_, one) in every.items() if any(key["of"] == id_ for key in _of(one)))}


def _checked(thing: Thing, every: Hybrid, path: Path, key: HeldKey, keys: Sequence[HeldKey]) -> dict[str, Any]:
    """A key as it is kept. AccountError if it can't be."""
    types = {field.name: parse(field.type) for field in thing.fields}
    for name in (*key.columns, *key.included):
        if name not in types:
            raise compilation("000904", f"invalid identifier '{shown(name)}'", "42000")
        if types[name].name in _NO_INDEX and (name in key.columns or types[name].is_semistructured):
            text = f"{key.kind.capitalize()} on column {shown(name)} of the type {types[name]} is not supported."
            raise compilation("391411", text, "0A000")
    kept = {"kind": key.kind, "name": key.name, "columns": list(key.columns), "included": list(key.included)}
    if key.of is None:
        return {**kept, "of": 0, "of_key": ""}
    if key.of.database != path[0]:
        raise compilation("391411", "Foreign keys of hybrid tables refer to tables of the same database.", "0A000")
    at: Path = attrs.astuple(key.of)
    found = next(((id_, one) for id_, (there, one) in every.items() if there == at), None)
    if found is None:
        raise missing("hybrid table", ".".join(map(shown, at)))
    targets = keys if at == path else _held(found[1])
    columns = list(key.of_columns)
    of_key = next((one for one in targets if one.kind != "FOREIGN KEY" and list(one.columns) == columns), None)
    if not columns:
        of_key = next((one for one in targets if one.kind == "PRIMARY KEY"), None)
    if of_key is None or of_key.kind == "INDEX":
        text = f"Foreign key {key.name} refers to columns that are no primary or unique key of {shown(at[2])}."
        raise compilation("002292", text, "42601")
    others = {field.name: parse(field.type).name for field in found[1].fields}
    if [types[name].name for name in key.columns] != [others[name] for name in of_key.columns]:
        raise compilation("002292", f"The columns of foreign key {key.name} don't match those that it names.", "42601")
    return {**kept, "of": found[0], "of_key": of_key.name}


def _held(thing: Thing) -> list[HeldKey]:
    return [HeldKey(key["kind"], key["name"], key["columns"]) for key in _of(thing)]


def _referred(of: Thing, key: Mapping[str, Any]) -> list[str]:
    """The columns of a table that a foreign key refers to."""
    return next(one["columns"] for one in _of(of) if one["name"] == key["of_key"])


def _check(session: DuckSession, thing: Thing, every: Hybrid, made: str) -> None:
    """EngineError if rows that were made break a key of their table."""
    table, names = f"t{thing.number}", _physical(thing)
    for key in _of(thing):
        columns = [names[name] for name in key["columns"]]
        if key["kind"] == "FOREIGN KEY":
            if _is_broken(session, thing, every, key, made):
                raise EngineError("200009", "22000", f'Foreign key constraint "{key["name"]}" was violated.')
        elif key["kind"] != "INDEX":
            listed, same = ", ".join(columns), " AND ".join(f"t.{one} = n.{one}" for one in columns)
            new = f"(SELECT DISTINCT {listed} FROM {table} WHERE {made}) AS n"
            group = ", ".join(f"t.{one}" for one in columns)
            sql = f"SELECT 1 FROM {table} AS t JOIN {new} ON {same} GROUP BY {group} HAVING count(*) > 1 LIMIT 1"
            if session.duck.execute(sql).fetchall():
                if key["kind"] == "PRIMARY KEY":
                    raise EngineError("200001", "22000", "A primary key already exists.")
                text = f'Duplicate key value violates unique constraint "{key["name"]}"'
                raise EngineError("200002", "22000", text)  # a number that Snowflake's documentation doesn't tell


def _check_referring(session: DuckSession, thing: Thing, every: Hybrid) -> None:
    """EngineError if rows are gone to which others refer."""
    for _, other in every.values():
        for key in _of(other):
            if key["of"] == thing.id and _is_broken(session, other, every, key, "true"):
                raise EngineError("200008", "22000", "Foreign keys that reference key values still exist.")


def _is_broken(session: DuckSession, thing: Thing, every: Hybrid, key: Mapping[str, Any], made: str) -> bool:
    """Whether rows of a table refer to none. What refers to a primary key can't be NULL."""
    if (found := every.get(key["of"])) is None:
        return False
    own, others, of = _physical(thing), _physical(found[1]), found[1]
    pairs = [(own[one], others[other]) for one, other in zip(key["columns"], _referred(of, key))]
    same = " AND ".join(f"o.{other} = t.{one}" for one, other in pairs)
    if not any(one["name"] == key["of_key"] and one["kind"] == "PRIMARY KEY" for one in _of(of)):
        made = " AND ".join([made, *(f"t.{one} IS NOT NULL" for one, _ in pairs)])
    there = f"SELECT 1 FROM t{of.number} AS o WHERE {same}"
    sql = f"SELECT 1 FROM t{thing.number} AS t WHERE {made} AND NOT EXISTS ({there}) LIMIT 1"
    return bool(session.duck.execute(sql).fetchall())


def _physical(thing: Thing) -> dict[str, str]:
    return {field.name: physical(at) for at, field in enumerate(thing.fields)}
