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
the last version until then. A statement's id will lead to its version by the record of statements, which is above.

A table that ALTER gives other columns is made anew; its place of before stays as it was (`Thing.earlier`), with its own
history, and answers for the versions from before. New names of columns, defaults and comments are of all times.

History goes when its retention (DATA_RETENTION_TIME_IN_DAYS) has passed on the account's clock: at opening, and then at
the end of a statement once an hour of that clock. That of a dropped table stays with it, for UNDROP, and goes when the
table is purged. TRUNCATE and INSERT OVERWRITE end rows like DELETE.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import duckdb

from ..errors import AccountError
from ..names import shown
from .layout import HIDDEN, physical
from .names import Field, Path, Thing
from .store import Store, read_one

_COMMITS = "CREATE TABLE IF NOT EXISTS commits (number BIGINT, version BIGINT, moment BIGINT)"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BETWEEN_PURGES = timedelta(hours=1)


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


@attrs.frozen
class Past:
    """A table's rows as of a version."""

    sql: str
    """A query of DuckDB's in parentheses, of the columns and `row_id`."""
    fields: tuple[Field, ...]
    """The columns that the table had then."""


class Versions:
    """The numbers of transactions, and the order in which they were committed."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._lock = threading.Lock()
        self._committing = threading.Lock()
        store.run(_COMMITS)
        self._written = read_one(store.duck, "INSERT INTO commits VALUES ($1, $2, $3)")
        self._committed = read_one(store.duck, "COMMIT")
        ((self._last, self._moment),) = store.run(
            "SELECT coalesce(max(version), 0), coalesce(max(moment), 0) FROM commits"
        )
        self.latest: int = self._last
        """The version of the last commit."""
        self._next_purge = _EPOCH

    def number(self) -> int:
        """One that no transaction and no version has, nor had."""
        with self._lock:
            self._last += 1
            return self._last

    def commit(self, duck: Any, number: int) -> None:
        """Commit DuckDB's transaction that has this number, as the next version."""
        with self._committing:
            version = self.number()
            moment = max(self._moment, _micros(self._clock()))  # also if the clock was put back
            self._written.run(duck, (number, version, moment))
            self._committed.run(duck)
            self.latest, self._moment = version, moment

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

    # The past

    def at(self, moment: datetime) -> int:
        """The last version until then."""
        sql = "SELECT coalesce(max(version), 0) FROM commits WHERE moment <= ?"
        ((version,),) = self._store.run(sql, _micros(moment))
        return version

    def rows_as_of(self, thing: Thing, path: Path, version: int, retention: float, own: int | None = None) -> Past:
        """A table's rows as of a version. AccountError 000707 if that is beyond its retention, or before the table.

        retention: in days. own: the number of the transaction that asks, which has no version yet.
        """
        oldest = self.at(self._clock() - timedelta(days=retention))
        era = next((era for era in (thing, *reversed(thing.earlier)) if era.since <= version), None)
        if version < oldest or era is None:
            text = f"Time travel data is not available for table {shown(path[2])}. The requested time is either beyond"
            raise AccountError(
                400, "000707", "02000", f"{text} the allowed time travel period or before the object creation time."
            )
        columns = ", ".join(f"r.{name}" for name in (*(physical(at) for at in range(len(era.fields))), HIDDEN[0]))
        every = f"SELECT *, CAST(NULL AS BIGINT) AS ended FROM t{era.number} UNION ALL SELECT * FROM h{era.number}"
        asks = -1 if own is None else own
        known = f"m.version <= {version} OR (m.version IS NULL AND r.made <> {asks})"
        return Past(
            f"(SELECT {columns} FROM ({every}) AS r LEFT JOIN commits AS m ON m.number = r.made"
            f" LEFT JOIN commits AS e ON e.number = r.ended"
            f" WHERE ({known}) AND (r.ended IS NULL OR e.version > {version} OR r.ended = {asks}))",
            era.fields,
        )

    # Forgetting

    def is_purge_due(self) -> bool:
        return self._clock() >= self._next_purge

    def purge(self, days: Mapping[int, float]) -> None:
        """Forget the history that is older than its retention. days: those of each place that has a history."""
        now = self._clock()
        self._next_purge = now + _BETWEEN_PURGES
        filled = (
            "SELECT table_name FROM duckdb_tables() WHERE regexp_full_match(table_name, 'h\\d+') AND estimated_size > 0"
        )
        for (name,) in self._store.run(filled) if days else ():
            if (kept := days.get(int(name[1:]))) is None:
                continue
            version = self.at(now - timedelta(days=kept))
            try:
                self._store.run(
                    f"DELETE FROM {name} WHERE ended IN (SELECT number FROM commits WHERE version <= {version})"
                )
            except duckdb.Error:  # a statement is at it; the next purge takes it
                continue
        oldest = self.at(now - timedelta(days=max(days.values(), default=0)))
        self._store.run(f"DELETE FROM commits WHERE version < {oldest}")
