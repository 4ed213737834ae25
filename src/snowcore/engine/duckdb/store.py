"""The DuckDB in which all rows lie: one file, or memory. Its tables are called `t` and a number, its sequences `s`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import duckdb

from ..errors import AccountError
from ..names import literal

_log = logging.getLogger("snowcore")

FILE = "rows/rows.duckdb"
"""In a folder of its own, since DuckDB puts others beside it, which everybody could read."""

_OF_LOADS = "pipe BIGINT, size BIGINT, most BIGINT, error VARCHAR, line BIGINT, place_in_line BIGINT, field VARCHAR"
"""What an earlier release didn't note of loads: by which pipe, the file's size, how many errors were borne, and the
first error with where it is."""
_LOADS = f"""
CREATE TABLE IF NOT EXISTS loads (
    place BIGINT, file VARCHAR, stamp VARCHAR, shown VARCHAR, status VARCHAR, parsed BIGINT, loaded BIGINT, wrong
    BIGINT, loaded_at TIMESTAMPTZ, {_OF_LOADS}
)
"""
"""The files that COPY INTO has loaded into a table, or failed to."""

_NAMES = """
CREATE TABLE IF NOT EXISTS names (id BIGINT, parent BIGINT, kind VARCHAR, name VARCHAR, kept VARCHAR, facts VARCHAR)
"""
"""The map of names, as the account's SQLite file has it."""

_MANY = 50
"""How many tables are counted at once: the time for it grows with the square of their number."""

LOWEST, HIGHEST = -(2**63), 2**63 - 1
"""DuckDB's sequences count from 1 upwards, or from -1 downwards, unless told how far they may go."""


class Store:
    """DuckDB, and which numbers are taken. SQL sees none of the machine's files but those in `rooms`."""

    def __init__(self, folder: Path | None, rooms: Iterable[Path]) -> None:
        self._lock = threading.RLock()
        self._installed = False
        fresh = folder is None or not (folder / FILE).exists()
        place = ":memory:" if folder is None else str(folder / FILE)
        if folder is not None:
            (folder / FILE).parent.mkdir(exist_ok=True)
            (folder / FILE).parent.chmod(0o700)
        try:
            self.duck: Any = duckdb.connect(place)
        except duckdb.Error as error:
            text = f"The rows of the account can't be read: {place}: {str(error).splitlines()[0]}"
            raise AccountError(500, "000603", "XX000", text) from None
        if folder is not None:
            (folder / FILE).chmod(0o600)
        allowed = [literal(room.resolve()) for room in rooms]
        for setting, value in (
            ("python_enable_replacements", "false"),
            ("temp_directory", allowed[-1]),
            ("allowed_directories", f"[{', '.join(allowed)}]"),
            ("max_expression_depth", "5000"),  # of statements that are nested a thousand times
            ("ieee_floating_point_ops", "false"),  # the root of a negative number is an error, not NaN
            ("order_by_non_integer_literal", "true"),  # as Snowflake, which has no order then
            # An UPDATE counts as the whole of the columns that it changes, so that each one would end in a checkpoint.
            ("checkpoint_threshold", "'128MB'"),
            ("enable_external_access", "false"),
        ):
            self.duck.execute(f"SET GLOBAL {setting} = {value}")
        self.duck.execute(_LOADS)
        for column in () if fresh else _OF_LOADS.split(", "):
            self.duck.execute(f"ALTER TABLE loads ADD COLUMN IF NOT EXISTS {column}")
        self.duck.execute(_NAMES)
        self._last = 0 if fresh else max((int(name[1:]) for name in self._names()), default=0)

    def install_functions(self) -> None:
        """Have DuckDB know the functions in Python, if it doesn't yet.

        It takes as long as opening the account: DuckDB imports NumPy for it. So it waits for the first statement that
        may call one. A transaction doesn't see what is installed after it began, so that is done before each. The
        connection that installs a function owns it, and must be open as long as others call it.
        """
        if self._installed:
            return
        with self._lock:
            if not self._installed:
                from ..translate.translating import install  # here, since it loads all rules

                install(self.duck)
                self._installed = True

    def seal(self) -> None:
        """Nobody changes DuckDB's settings from now on."""
        self.duck.execute("SET GLOBAL lock_configuration = true")

    @property
    def last(self) -> int:
        """The last number that was given."""
        return self._last

    def cursor(self) -> Any:
        return self.duck.cursor()

    def number(self) -> int:
        """One that no table and no sequence has, nor had."""
        with self._lock:
            self._last += 1
            return self._last

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self.duck.execute(sql, list(values)).fetchall() if values else run_one(self.duck, sql).fetchall()

    def create_sequence(self, start: int, step: int) -> int:
        number = self.number()
        self.put_sequence(f"s{number}", start, step)
        return number

    def put_sequence(self, name: str, start: int, step: int) -> None:
        """Have a sequence of this name, instead of one that is there."""
        bounds = f"MINVALUE {LOWEST} MAXVALUE {HIGHEST}"
        self.run(f"CREATE OR REPLACE SEQUENCE {name} START {start} INCREMENT {step} {bounds}")

    def begin_after(self, number: int) -> None:
        """Give greater numbers from now on."""
        self._last = number

    def sequences(self) -> list[tuple[str, int, int]]:
        """The names of all sequences, what comes next, and by which steps."""
        following = "coalesce(last_value + increment_by, start_value)"
        return self.run(f"SELECT sequence_name, {following}, increment_by FROM duckdb_sequences() ORDER BY ALL")

    def copy_sequence(self, number: int, start: int, step: int) -> int:
        """A sequence that goes on where another one stands."""
        return self.create_sequence(self.next_values().get(number, start), step)

    def next_values(self) -> dict[int, int]:
        """What comes next of every sequence, by its number."""
        following = "coalesce(last_value + increment_by, start_value)"
        rows = self.run(f"SELECT sequence_name, {following} FROM duckdb_sequences() WHERE sequence_name LIKE 's%'")
        return {int(name[1:]): value for name, value in rows}

    def filled(self) -> set[str]:
        """The tables that have rows, and perhaps some that had."""
        return {name for (name,) in self.run("SELECT table_name FROM duckdb_tables() WHERE estimated_size > 0")}

    def counts(self, numbers: Iterable[int]) -> dict[int, int]:
        """How many rows there are in each of these tables."""
        every = list(numbers)
        out: dict[int, int] = {}
        if len(every) > _MANY:  # to look which are empty takes as long as to count some
            empty = {name for (name,) in self.run("SELECT table_name FROM duckdb_tables() WHERE estimated_size = 0")}
            out = {number: 0 for number in every if f"t{number}" in empty}
            every = [number for number in every if number not in out]
        for start in range(0, len(every), _MANY):
            part = every[start : start + _MANY]
            sql = " UNION ALL ".join(f"SELECT {number}, count(*) FROM t{number}" for number in part)
            out.update(self.run(sql))
        return out

    def read(self) -> list[tuple[Any, ...]]:
        """The copy of the map of names; an empty one in place of one that is damaged."""
        try:
            return self.run("SELECT * FROM names")
        except duckdb.Error as error:
            _log.error("the copy of the names in %s is damaged, and made anew: %s", FILE, error)
            self.run(_NAMES.replace("TABLE IF NOT EXISTS", "OR REPLACE TABLE"))
            return []

    def write(self, ids: Iterable[int], rows: Sequence[tuple[Any, ...]]) -> None:
        with self._lock:
            try:
                self.duck.execute("BEGIN")
                self.duck.execute("DELETE FROM names WHERE id IN (SELECT unnest(?))", [list(ids)])
                if rows:
                    self.duck.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)", rows)
                self.duck.execute("COMMIT")
            except duckdb.Error as error:  # what happened is recorded; the copy is compared when the account opens
                _log.error("the copy of the names in %s can't be written: %s", FILE, error)
                with suppress(duckdb.Error):
                    self.duck.execute("ROLLBACK")

    def keep_loads(self, places: set[int]) -> None:
        """Forget what was loaded into all other tables."""
        self.run("DELETE FROM loads WHERE NOT list_contains(?, place)", sorted(places))

    def rename_loads(self, before: str, now: str) -> None:
        """Files whose names begin with `before` are elsewhere."""
        self.run(
            "UPDATE loads SET file = ? || substr(file, ?) WHERE starts_with(file, ?)", now, len(before) + 1, before
        )

    def lost(self, used: set[str]) -> set[str]:
        """The tables and sequences that should be here and aren't."""
        return used - set(self.places())

    def table_numbers(self) -> set[int]:
        return {int(name[1:]) for name in self.places() if name[0] == "t"}

    def sweep(self, used: set[str]) -> list[str]:
        """Drop the tables and sequences on which nothing stands. What a statement still reads goes another time, and is
        what comes out."""
        left: list[str] = []
        for name in self.places():
            if name not in used:
                try:
                    self.drop(name)
                except duckdb.Error:
                    left.append(name)
        return left

    def drop(self, place: str) -> None:
        """Drop a table or sequence of DuckDB's."""
        self.run(f"DROP {'SEQUENCE' if place[0] == 's' else 'TABLE'} IF EXISTS {place}")

    def places(self) -> list[str]:
        """The tables and sequences that there are."""
        return self._names() if self._last else []  # before the first one, DuckDB needs long to say that there is none

    def _names(self) -> list[str]:
        """Tables first, since they use sequences."""
        tables = self.run("SELECT table_name FROM duckdb_tables() WHERE regexp_full_match(table_name, '[th]\\d+')")
        sequences = self.run(
            "SELECT sequence_name FROM duckdb_sequences() WHERE regexp_full_match(sequence_name, 's\\d+')"
        )
        return [name for (name,) in [*tables, *sequences]]

    def close(self) -> None:
        with self._lock:
            self.duck.close()


@attrs.frozen
class Ready:
    """One statement that DuckDB has read. Any connection may run it, again and again."""

    statement: Any
    used: frozenset[str]
    """Which of `$1`, `$2` … are in it."""

    def run(self, duck: Any, values: Sequence[Any] = ()) -> Any:
        """values: those of `$1`, `$2` …, of which the statement need not use all."""
        given = self._given(values)
        return duck.execute(self.statement, given) if given else duck.execute(self.statement)

    def rows(self, duck: Any, values: Sequence[Any] = ()) -> Any:
        """The rows of a query, in Arrow. values: as for `run`."""
        from .. import arrow  # here, since only changes of rows need it

        return arrow.read_stream(duck.sql(self.statement, params=self._given(values))).read_all()

    def _given(self, values: Sequence[Any]) -> Sequence[Any] | dict[str, Any] | None:
        """The values as DuckDB takes them; None if the statement uses none."""
        if not values or not self.used:
            return None
        if not any(name.isdigit() for name in self.used):
            return values
        return {name: values[int(name) - 1] for name in self.used}


def read_one(duck: Any, sql: str) -> Ready:
    """The one statement of a text. A text that holds more than one is refused before anything of it runs."""
    statements = duck.extract_statements(sql)
    if len(statements) != 1:
        text = f"The embedded account made {len(statements)} statements of one, and ran none of them."
        raise AccountError(500, "000603", "XX000", text)
    return Ready(statements[0], frozenset(statements[0].named_parameters))


def run_one(duck: Any, sql: str, values: Sequence[Any] | None = None) -> Any:
    """Have DuckDB run the one statement of a text."""
    return read_one(duck, sql).run(duck, values or ())
