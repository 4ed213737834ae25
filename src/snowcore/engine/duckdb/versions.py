"""Versions of rows: which committed change of the account made a row, and which one ended it.

A row of `t12` has, beside its columns, two that no statement sees. `row_id` is the row's identity, given once in the
account and never again: a number from here, and the row's place among those that were inserted together. An UPDATE
keeps it, and so do ALTER TABLE, SWAP, UNDROP and a clone (Snowflake's METADATA$ROW_ID is the same in a table and in its
clone, for the rows that were there). `made` is the number of the transaction that made the row as it is.

What a transaction updates or deletes goes, as it was, to `h12` beside `t12`, with the number of that transaction in
`ended`. A row that was made by the same transaction leaves nothing there: nobody else has seen it.

A transaction gets its number with its first change, and a version when it is committed: versions grow in the order of
commits, which needn't be that of the numbers. The table `commits` leads from the number to the version and to the
moment on the account's clock. It is written in the transaction itself, so a process that ends takes both or neither. A
statement outside of BEGIN and COMMIT is a transaction, and so is DDL that makes or empties a table. A failed one has no
version. Numbers and versions come from one counter, so that what was numbered later is greater.

The rows as of a version are those whose `made` has this version or a lower one and whose `ended` has not. A moment is
the last version until then; a statement is the version of its transaction, in which `commits` has its query id, or the
version that it saw if it changed nothing, which is remembered as long as the account is open.

A table that ALTER gives other columns is made anew; its place of before stays as it was (`Thing.earlier`), with its own
history. The past shows in the columns of the present, as in Snowflake: what was ended before is in the histories of the
earlier places, and all other rows were taken along to the later one. A clone of the past has the columns of then.

History goes when its retention (DATA_RETENTION_TIME_IN_DAYS) has passed on the account's clock: at opening, and then at
the end of a statement once an hour of that clock; `forgotten` says up to which version a place has none. That of a
dropped table stays with it, for UNDROP, and goes when the table is purged. TRUNCATE and INSERT OVERWRITE end rows like
DELETE.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import duckdb

from ..errors import AccountError, no_past
from ..latest import Latest
from ..names import shown
from ..protocol import Moment, running
from ..types import parse
from .layout import HIDDEN, physical
from .mark import Mark
from .names import Era, Field, Path, Thing
from .store import Store, read_one

_log = logging.getLogger("snowcore")
_COMMITS = "CREATE TABLE IF NOT EXISTS commits (number BIGINT, version BIGINT, moment BIGINT, statements VARCHAR[])"
_STATEMENTS = "ALTER TABLE commits ADD COLUMN IF NOT EXISTS statements VARCHAR[]"
_FORGOTTEN = "CREATE TABLE IF NOT EXISTS forgotten (place BIGINT, version BIGINT)"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BETWEEN_PURGES = timedelta(hours=1)
_STATEMENTS_KEPT = timedelta(days=14)
"""For how long Snowflake finds the moment of a statement."""
_READERS = 10_000
"""How many statements that changed nothing are remembered."""

Default = Callable[[Field], str]
"""DuckDB's SQL of what a column has in rows from before it was added."""


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


@attrs.frozen
class Instant:
    """A moment, and the last version until then."""

    version: int
    time: datetime


@attrs.frozen
class Span:
    """From a moment to another."""

    start: Instant
    end: Instant


@attrs.frozen
class Past:
    """A table's rows as of a version."""

    sql: str
    """A query of DuckDB's in parentheses, of the columns, `row_id` and `made`."""
    fields: tuple[Field, ...]


class Versions:
    """The numbers of transactions, and the order in which they were committed."""

    def __init__(self, store: Store, clock: Callable[[], datetime], mark: Mark) -> None:
        self._store, self._clock, self._mark = store, clock, mark
        self._lock = threading.Lock()
        self._committing = threading.Lock()
        for sql in (_COMMITS, _STATEMENTS, _FORGOTTEN):
            store.run(sql)
        self._written = read_one(store.duck, "INSERT INTO commits VALUES ($1, $2, $3, $4)")
        self._committed = read_one(store.duck, "COMMIT")
        ((self._last, self._moment),) = store.run(
            "SELECT coalesce(max(version), 0), coalesce(max(moment), 0) FROM commits"
        )
        self.latest: int = self._last
        """The version of the last commit."""
        self.tell: Callable[[], None] = lambda: None
        """Called after each commit of rows."""
        if (told := mark.read()) > self._last:
            _log.error("What was committed after %s is lost: DuckDB's log ended before", self.committed(self._last))
            self._last = told  # no number is given again
        mark.set(self.latest)
        self._next_purge = _EPOCH
        self._readers = Latest[str, Instant](_READERS)

    def number(self) -> int:
        """One that no transaction and no version has, nor had."""
        with self._lock:
            self._last += 1
            return self._last

    def stand(self) -> tuple[int, int, int, Latest[str, Instant]]:
        """The last number, the last version and its moment, and what statements that changed nothing have seen."""
        return self._last, self.latest, self._moment, self._readers.copy()

    def mark(self, version: int) -> None:
        """Have the mark beside the rows tell that this is the last commit."""
        self._mark.set(version)

    def go_back(self, version: int, moment: int, readers: Latest[str, Instant] | None) -> None:
        """The last commit is an earlier one again. No number is given twice for that."""
        self.latest, self._moment = version, moment
        self._readers = readers.copy() if readers is not None else self._readers
        self._next_purge = _EPOCH

    def begin_after(self, number: int, version: int, moment: int) -> None:
        """Go on where the account has been from which the rows are."""
        self._last = max(self._last, number)
        self.mark(version)
        self.go_back(version, moment, None)

    def commit(self, duck: Any, number: int, statements: Iterable[str] = ()) -> None:
        """Commit DuckDB's transaction that has this number, as the next version.

        statements: the query ids of those in it, but for the one that runs.
        """
        told = [name for name in dict.fromkeys((*statements, running.get())) if name]
        with self._committing:
            version = self.number()
            moment = max(self._moment, _micros(self._clock()))  # also if the clock was put back
            self._written.run(duck, (number, version, moment, told))
            self._committed.run(duck)
            self._mark.set(version)
            self.latest, self._moment = version, moment
        self.tell()

    @contextmanager
    def writing(self, duck: Any) -> Generator[int]:
        """A transaction of DuckDB's own, and its number."""
        number = self.number()
        duck.execute("BEGIN")
        try:
            yield number
            self.commit(duck, number)
        except BaseException:
            with suppress(duckdb.Error):  # there is nothing to undo if COMMIT has failed
                duck.execute("ROLLBACK")
            raise

    # Moments

    def at(self, time: datetime, *, before: bool = False) -> int:
        """The last version until then."""
        sql = f"SELECT coalesce(max(version), 0) FROM commits WHERE moment {'<' if before else '<='} ?"
        ((version,),) = self._store.run(sql, _micros(time))
        return version

    def committed(self, version: int) -> datetime:
        """When the last commit was until a version."""
        ((moment,),) = self._store.run(f"SELECT coalesce(max(moment), 0) FROM commits WHERE version <= {version}")
        return _EPOCH + timedelta(microseconds=moment)

    def now(self) -> Instant:
        return Instant(self.latest, self._clock())

    def instant(self, moment: Moment) -> Instant:
        """What AT or BEFORE means, but for a stream. AccountError 000709 if there was no such statement."""
        if moment.kind == "STATEMENT":
            return self._of_statement(str(moment.value), before=moment.before)
        value = moment.value
        time = value if isinstance(value, datetime) else self._clock() + timedelta(seconds=float(value))
        return Instant(self.at(time, before=moment.before), time)

    def note(self, statement: str) -> None:
        """Remember what the statement with this query id sees."""
        self._readers.put(statement, self.now())

    def _of_statement(self, name: str, *, before: bool) -> Instant:
        sql = "SELECT min(version), max(version), max(moment) FROM commits WHERE list_contains(statements, ?)"
        ((first, last, moment),) = self._store.run(sql, name)
        if last is not None:
            if before:
                ((last,),) = self._store.run("SELECT coalesce(max(version), 0) FROM commits WHERE version < ?", first)
            return Instant(last, _EPOCH + timedelta(microseconds=moment))
        if (found := self._readers.get(name)) is None:
            raise AccountError(404, "000709", "02000", f"Statement {name} not found")
        return found

    # The past

    def need(self, thing: Thing, path: Path, then: Instant, retention: timedelta) -> None:
        """AccountError 000707 if a table's rows as of then are gone, or it is younger."""
        is_kept = then.time >= self._clock() - retention and self._era(thing, then) is not None
        if not is_kept or self.is_forgotten(thing, then):
            raise no_past("table", shown(path[2]))

    def _era(self, thing: Thing, then: Instant) -> int | None:
        """Which of a table's places it had then."""
        eras = (*thing.earlier, thing)
        return next((at for at in reversed(range(len(eras))) if eras[at].since <= then.version), None)

    def rows_as_of(self, thing: Thing, then: Instant, default: Default, own: int | None = None) -> Past:
        """A table's rows as of a moment that `need` allows, in the columns of the present.

        own: the number of the transaction that asks, which has no version yet.
        """
        every = _row_versions(thing, self._era(thing, then) or 0, default)
        return Past(_alive(every, len(thing.fields), then.version, own), thing.fields)

    def rows_of_era(self, thing: Thing, then: Instant) -> Past:
        """A table's rows as of a moment that `need` allows, in the columns of then."""
        era = (*thing.earlier, thing)[self._era(thing, then) or 0]
        every = f"SELECT *, CAST(NULL AS BIGINT) AS ended FROM t{era.number} UNION ALL SELECT * FROM h{era.number}"
        return Past(_alive(every, len(era.fields), then.version, None), era.fields)

    def changes(self, thing: Thing, span: Span, default: Default, *, appended: bool, own: int | None = None) -> str:
        """A query of what changed in a table's rows: its present columns, then `action`, `isupdate` and `row_id`.

        What was inserted and then deleted is not there, and what was changed more than once is there as it was and as
        it is. appended: only rows that were inserted, as they first were, even if they are gone.
        """
        start, end, asks = span.start.version, span.end.version, -1 if own is None else own
        every = _row_versions(thing, self._era(thing, span.start) or 0, default)
        columns = ", ".join(f"r.{name}" for name in (*map(physical, range(len(thing.fields))), HIDDEN[0]))
        between = f"(SELECT number FROM commits WHERE version > {start} AND version <= {end})"
        if appended:
            there = f"SELECT row_id FROM ({every}) WHERE made NOT IN {_later(start)} AND made <> {asks}"
            return appended_rows(
                f"SELECT {columns} FROM ({every}) AS r JOIN commits AS m ON m.number = r.made"
                f" WHERE r.made IN {between} AND r.row_id NOT IN ({there})"
                " QUALIFY row_number() OVER (PARTITION BY r.row_id ORDER BY m.version) = 1"
            )
        old = f"SELECT {columns} FROM ({every}) AS r WHERE r.ended IN {between} AND r.made NOT IN {_later(start)}"
        alive = f"r.ended IS NULL OR r.ended = {asks} OR r.ended IN {_later(end)}"
        new = f"SELECT {columns} FROM ({every}) AS r WHERE r.made IN {between} AND ({alive})"
        return changed_rows(old, new, len(thing.fields))

    def is_forgotten(self, thing: Thing, then: Instant) -> bool:
        """Whether some of what a table was as of a moment is gone."""
        places = ", ".join(map(str, thing.places))
        ((gone,),) = self._store.run(f"SELECT coalesce(max(version), 0) FROM forgotten WHERE place IN ({places})")
        return then.version < gone

    # Forgetting

    def is_purge_due(self, now: datetime) -> bool:
        return now >= self._next_purge

    def purge(self, kept_since: Mapping[int, datetime]) -> None:
        """Forget history. kept_since: the time until which that of each place goes."""
        now = self._clock()
        self._next_purge = now + _BETWEEN_PURGES
        filled = (
            "SELECT table_name FROM duckdb_tables() WHERE regexp_full_match(table_name, 'h\\d+') AND estimated_size > 0"
        )
        for (name,) in self._store.run(filled) if kept_since else ():
            if (since := kept_since.get(int(name[1:]))) is not None:
                self._forget(int(name[1:]), self.at(since, before=True))
        oldest = self.at(min((now - _STATEMENTS_KEPT, *kept_since.values())), before=True)
        self._store.run(f"DELETE FROM commits WHERE version < {oldest}")

    def _forget(self, place: int, version: int) -> None:
        """Forget what was ended in a place up to a version."""
        ended = f"ended IN (SELECT number FROM commits WHERE version <= {version})"
        if not self._store.run(f"SELECT 1 FROM h{place} WHERE {ended} LIMIT 1"):
            return
        with self._store.cursor() as duck:
            try:
                duck.execute("BEGIN")
                duck.execute(f"DELETE FROM h{place} WHERE {ended}")
                duck.execute(f"DELETE FROM forgotten WHERE place = {place}")
                duck.execute(f"INSERT INTO forgotten VALUES ({place}, {version})")
                duck.execute("COMMIT")
            except duckdb.Error:  # a statement is at it; the next purge takes it
                with suppress(duckdb.Error):
                    duck.execute("ROLLBACK")


def _later(version: int) -> str:
    """SQL of the numbers of the transactions that were committed after a version."""
    return f"(SELECT number FROM commits WHERE version > {version})"


def changed_rows(old: str, new: str, width: int) -> str:
    """A query of what two queries of columns and `row_id` differ in."""
    columns = list(map(physical, range(width)))
    differ = f"({', '.join(f'o.{c}' for c in columns)}) IS DISTINCT FROM ({', '.join(f'n.{c}' for c in columns)})"

    def side(one: str, other: str, action: str) -> str:
        shown = ", ".join(f"{one}.{name}" for name in columns)
        return (
            f"SELECT {shown}, '{action}' AS action, {other}.row_id IS NOT NULL AS isupdate, {one}.row_id FROM {one}"
            f" LEFT JOIN {other} ON o.row_id = n.row_id WHERE {other}.row_id IS NULL OR {differ}"
        )

    both = f"{side('o', 'n', 'DELETE')} UNION ALL {side('n', 'o', 'INSERT')}"
    return f"WITH o AS MATERIALIZED ({old}), n AS MATERIALIZED ({new}) {both}"


def appended_rows(new: str) -> str:
    """A query of rows that were inserted, of one of columns and `row_id`."""
    return f"SELECT * EXCLUDE (row_id), 'INSERT' AS action, false AS isupdate, row_id FROM ({new})"


def _alive(every: str, width: int, version: int, own: int | None) -> str:
    """A query of those of some versions of rows that were there as of a version."""
    asks = -1 if own is None else own
    columns = ", ".join(f"r.{name}" for name in (*map(physical, range(width)), *HIDDEN))
    return (
        f"(SELECT {columns} FROM ({every}) AS r WHERE r.made <> {asks} AND r.made NOT IN {_later(version)}"
        f" AND (r.ended IS NULL OR r.ended = {asks} OR r.ended IN {_later(version)}))"
    )


def _row_versions(thing: Thing, first: int, default: Default) -> str:
    """A query of all versions of a table's rows since a place of it, with the present columns, `made` and `ended`."""
    parts: list[str] = []
    for at, era in enumerate(thing.earlier[first:], first):
        columns = _in_present(thing, thing.earlier[at:], default)
        parts.append(f"SELECT {', '.join((*columns, *HIDDEN))}, ended FROM h{era.number}")
    parts.append(f"SELECT *, CAST(NULL AS BIGINT) AS ended FROM t{thing.number}")
    parts.append(f"SELECT * FROM h{thing.number}")
    return " UNION ALL ".join(parts)


def _in_present(thing: Thing, eras: Sequence[Era], default: Default) -> list[str]:
    """The present columns as SQL over the columns of the first of these places, which led to the present one."""
    came: dict[int, int] = {}
    for at in range(len(eras[0].fields)):
        place: int | None = at
        for era in eras:
            place = era.became[place] if place is not None else None
        if place is not None:
            came[place] = at
    return [
        f"CAST({physical(came[at])} AS {parse(field.type).physical}) AS {physical(at)}"
        if at in came
        else f"{default(field)} AS {physical(at)}"
        for at, field in enumerate(thing.fields)
    ]
