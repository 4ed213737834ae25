"""Streams: what changed in a table or a view since a moment, which a change of rows that reads it moves on.

A stream is a name in the map, and an offset: the version up to which its changes were consumed. Offsets lie beside the
rows, and move in the transaction that consumes, so that a process that ends takes both or neither. What a stream shows
is a query over the versions of rows (see `versions`).

In a transaction a stream shows always the same: what was committed when the transaction began.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from ..errors import AccountError, EngineError, missing_object, unsupported
from ..names import shown
from ..protocol import StreamFacts, StreamSource
from ..translate.protocol import Relation, RelationColumn
from ..types import BOOLEAN, VARCHAR, parse
from . import keys
from .layout import HIDDEN, physical
from .names import Names, Path, Thing
from .store import Store
from .versions import Instant, Span, appended_rows, changed_rows

if TYPE_CHECKING:
    from .engine import DuckEngine
    from .scope import Scope
    from .session import DuckSession

_OFFSETS = "CREATE TABLE IF NOT EXISTS offsets (stream BIGINT, version BIGINT, moment BIGINT, initial BOOLEAN)"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
METADATA = (("METADATA$ACTION", "action"), ("METADATA$ISUPDATE", "isupdate"), ("METADATA$ROW_ID", HIDDEN[0]))


@attrs.frozen
class Offset:
    at: Instant
    initial: bool = False
    """Whether the rows that were there at the offset are still to be shown, before what changed since."""


class Offsets:
    """Up to where each stream was consumed, by the streams' numbers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.run(_OFFSETS)

    def get(self, stream: int) -> Offset:
        found = self._store.run("SELECT version, moment, initial FROM offsets WHERE stream = ?", stream)
        version, moment, initial = found[0] if found else (0, 0, False)
        return Offset(Instant(version, _EPOCH + timedelta(microseconds=moment)), initial)

    def put(self, stream: int, offset: Offset) -> None:
        micros = (offset.at.time - _EPOCH) // timedelta(microseconds=1)
        self._store.run("INSERT INTO offsets VALUES (?, ?, ?, ?)", stream, offset.at.version, micros, offset.initial)

    def forget_all_but(self, streams: set[int]) -> None:
        kept = ", ".join(map(str, streams)) or "-1"
        self._store.run(f"DELETE FROM offsets WHERE stream NOT IN ({kept})")

    @staticmethod
    def moved(stream: int, reading: Reading) -> str:
        """SQL that moves a stream on, past what was read."""
        if reading.initial:
            return f"UPDATE offsets SET initial = false WHERE stream = {stream}"
        end = reading.span.end
        micros = (end.time - _EPOCH) // timedelta(microseconds=1)
        return f"UPDATE offsets SET version = {end.version}, moment = {micros} WHERE stream = {stream}"


@attrs.frozen
class Reading:
    """What a session reads of a stream."""

    span: Span
    initial: bool


# Making


def make(engine: DuckEngine, source: StreamSource) -> Thing:
    """A stream that has no name yet."""
    path: Path = attrs.astuple(source.of)
    of = engine.names.find("directory" if source.kind == "directory" else "table", path)
    if of is None or of.kind != source.kind:
        raise missing_object(source.kind.capitalize(), ".".join(map(shown, path)))
    if keys.are_held(of):
        raise keys.refused("STREAM")
    if of.facts.get("foreign"):
        raise unsupported("streams on Iceberg tables of other catalogs than Snowflake's")
    bases = [(path, of)] if of.has_rows else _bases(engine, path)
    offset = Offset(engine.versions.now())
    if source.at is not None:
        if source.at.kind == "STREAM":
            offset = offset_of(engine, str(source.at.value), path)
        else:
            offset = Offset(engine.versions.instant(source.at))
        for base, table in bases:
            engine.versions.need(table, base, offset.at, max(engine.retention(base), engine.extension(base)))
    number = engine.store.number()
    engine.offsets.put(number, attrs.evolve(offset, initial=source.initial))
    facts: dict[str, Any] = {
        "source": {"path": list(path), "id": of.id},
        "bases": [{"path": list(base), "id": table.id} for base, table in bases],
        "appended": source.appended,
    }
    return Thing("stream", number, facts=facts)


def _bases(engine: DuckEngine, view: Path) -> list[tuple[Path, Thing]]:
    """The tables that a view reads. AccountError if its changes can't be told."""
    session = engine.connect(view[0], view[1])
    try:
        scope = session.scope.tracing(engine.versions.now())
        scope.relation_of(view)
        return scope.read
    finally:
        session.close()


def offset_of(engine: DuckEngine, name: str, near: Path) -> Offset:
    """Where the stream of this name stands. near: where a bare name is looked up."""
    from ..translate.relations import parse_name

    parts = [part.text for part in parse_name(name)]
    path: Any = (*near[: 3 - len(parts)], *parts)
    found = engine.names.find("table", path)
    if found is None or found.kind != "stream":
        raise AccountError(404, "002003", "02000", f"Stream '{name}' not found.")
    return attrs.evolve(engine.offsets.get(found.number), initial=False)


def copied(engine: DuckEngine, stream: Thing, ids: Mapping[int, tuple[Path, int]]) -> Thing:
    """A stream like another one. ids: where the things are now, and with which ids, that were copied with it.

    One whose table was copied too begins anew, at the copy; another one goes on where its model stands.
    """
    number, facts = engine.store.number(), dict(stream.facts)
    is_taken_along = facts["source"]["id"] in ids
    engine.offsets.put(number, Offset(engine.versions.now()) if is_taken_along else engine.offsets.get(stream.number))

    def place(of: Mapping[str, Any]) -> Mapping[str, Any]:
        found = ids.get(of["id"])
        return of if found is None else {"path": list(found[0]), "id": found[1]}

    facts |= {"source": place(facts["source"]), "bases": [place(base) for base in facts["bases"]]}
    return attrs.evolve(stream, number=number, facts=facts)


# What it follows


def source_of(names: Names, stream: Thing) -> tuple[Path, Thing] | None:
    """The table or view that a stream follows, wherever it is now; None if that was dropped."""
    return names.wherever("table", stream.facts["source"])


def bases_of(names: Names, stream: Thing) -> list[tuple[Path, Thing] | None]:
    """The tables whose rows a stream needs."""
    return [names.wherever("table", base) for base in stream.facts["bases"]]


def followed(engine: DuckEngine) -> Generator[tuple[int, Instant]]:
    """The ids of the tables that streams follow, with the offsets."""
    for _, stream in list(engine.names.placed()):
        if stream.kind == "stream":
            offset = engine.offsets.get(stream.number).at
            for base in stream.facts["bases"]:
                yield base["id"], offset


def facts(engine: DuckEngine, path: Path) -> StreamFacts:
    """What a stream is now."""
    stream = engine.map.need_table(path)
    offset, source = engine.offsets.get(stream.number), source_of(engine.names, stream)
    every = bases_of(engine.names, stream)
    bases = [base for base in every if base is not None]
    kept = [max(engine.retention(base), engine.extension(base)) for base, _ in bases]
    after = offset.at.time + min(kept, default=timedelta())
    gone = source is None or len(bases) < len(stream.facts["bases"])
    stale = gone or engine.clock() > after or any(engine.versions.is_forgotten(table, offset.at) for _, table in bases)
    whole = ".".join(map(shown, source[0] if source is not None else stream.facts["source"]["path"]))
    places = [base[0] if base is not None else was["path"] for base, was in zip(every, stream.facts["bases"])]
    named = [".".join(map(shown, place)) for place in places]
    return StreamFacts(whole, tuple(named), stale, after, offset.at.time, engine.versions.committed(offset.at.version))


# Reading


def relation(session: DuckSession, stream: Thing, path: Path, scope: Scope) -> Relation:
    """What a stream shows now. AccountError if it follows nothing any more, or its changes are gone."""
    engine, source = session.engine, source_of(session.names, stream)
    bases = bases_of(session.names, stream)
    if source is None or None in bases:
        place = stream.facts["source" if source is None else "bases"]
        lost = place if source is None else next(one for one, base in zip(place, bases) if base is None)
        base = ".".join(map(shown, lost["path"]))
        text = f"SQL compilation error:\nBase table '{base}' dropped, cannot read from stream '{shown(path[2])}'"
        raise EngineError("091901", "01000", text)
    if facts(engine, path).is_stale:
        text = f"Stream '{shown(path[2])}' is stale: what changed since its offset is past the retention of its source."
        raise EngineError("091901", "01000", f"SQL compilation error:\n{text}")
    reading = session.reading(stream.number)
    return changes(session, source, reading.span, scope, appended=stream.facts["appended"], initial=reading.initial)


def changes(
    session: DuckSession, of: tuple[Path, Thing], span: Span, scope: Scope, *, appended: bool, initial: bool = False
) -> Relation:
    """What changed in a table or a view. initial: not that, but the rows that were there at first."""
    path, thing = of
    if thing.kind == "directory":
        told = [RelationColumn(one.name, physical(at), parse(one.type)) for at, one in enumerate(thing.fields)]
        was = Relation("", told, "TABLE", ".".join(map(shown, path)), "")
    else:
        was = scope.tracing(span.start).relation_of(path)
    width = len(was.columns)
    named = ", ".join(f"{column.physical} AS {physical(at)}" for at, column in enumerate(was.columns))
    if initial:
        sql = appended_rows(f"SELECT {named}, {was.row_id} AS row_id FROM {was.source}")
    elif thing.has_rows:
        sql = session.engine.versions.changes(thing, span, session.added, appended=appended, own=session.own)
    else:
        now = scope.tracing(span.end).relation_of(path)
        before, after = (f"SELECT {named}, {one.row_id} AS row_id FROM {one.source}" for one in (was, now))
        sql = changed_rows(before, after, width)
        if appended:
            sql = f"SELECT * FROM ({sql}) WHERE action = 'INSERT' AND NOT isupdate"
    columns = [RelationColumn(one.name, physical(at), one.type) for at, one in enumerate(was.columns)]
    columns += [RelationColumn(name, own, BOOLEAN if own == "isupdate" else VARCHAR) for name, own in METADATA]
    sql = f"(SELECT * REPLACE (sha1(CAST(row_id AS VARCHAR)) AS row_id) FROM ({sql}))"
    return Relation(sql, columns, "STREAM", ".".join(map(shown, path)), "")
