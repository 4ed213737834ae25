"""The DuckDB in which all rows lie: one file, or memory. Its tables are called `t` and a number, its sequences `s`."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from ..errors import AccountError
from ..names import literal

FILE = "rows/rows.duckdb"
"""In a folder of its own, since DuckDB puts others beside it, which everybody could read."""

_LOADS = """
CREATE TABLE IF NOT EXISTS loads (
    place BIGINT, file VARCHAR, stamp VARCHAR, shown VARCHAR, status VARCHAR, parsed BIGINT, loaded BIGINT, wrong
    BIGINT, loaded_at TIMESTAMPTZ
)
"""
"""The files that COPY INTO has loaded into a table."""

_NAMES = """
CREATE TABLE IF NOT EXISTS names (id BIGINT, parent BIGINT, kind VARCHAR, name VARCHAR, kept VARCHAR, facts VARCHAR)
"""
"""The map of names, as the account's SQLite file has it."""

LOWEST, HIGHEST = -(2**63), 2**63 - 1
"""DuckDB's sequences count from 1 upwards, or from -1 downwards, unless told how far they may go."""


class Store:
    """DuckDB, and which numbers are taken. SQL sees none of the machine's files but those in `rooms`."""

    def __init__(self, folder: Path | None, rooms: Iterable[Path]) -> None:
        self._lock = threading.RLock()
        place = ":memory:" if folder is None else str(folder / FILE)
        if folder is not None:
            (folder / FILE).parent.mkdir(exist_ok=True)
            (folder / FILE).parent.chmod(0o700)
        try:
            self.duck: Any = duckdb.connect(place)
        except duckdb.Error as error:
            text = f"The rows of the account can't be read: {place}: {str(error).splitlines()[0]}"
            raise AccountError(500, "000603", "XX000", text) from None
        allowed = [literal(room.resolve()) for room in rooms]
        for setting, value in (
            ("python_enable_replacements", "false"),
            ("temp_directory", allowed[-1]),
            ("allowed_directories", f"[{', '.join(allowed)}]"),
            ("max_expression_depth", "5000"),  # of statements that are nested a thousand times
            ("enable_external_access", "false"),
        ):
            self.duck.execute(f"SET GLOBAL {setting} = {value}")
        self.duck.execute(_LOADS)
        self.duck.execute(_NAMES)
        last = max((int(name[1:]) for name in self._names()), default=0)
        self._numbers = itertools.count(last + 1)

    def seal(self) -> None:
        """Nobody changes DuckDB's settings from now on."""
        self.duck.execute("SET GLOBAL lock_configuration = true")

    def cursor(self) -> Any:
        return self.duck.cursor()

    def number(self) -> int:
        """One that no table and no sequence has, nor had."""
        return next(self._numbers)

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self.duck.execute(sql, list(values)).fetchall() if values else run_one(self.duck, sql).fetchall()

    def make(self, number: int, definition: str, rows: str | None) -> None:
        """A table, with the rows of a query, or nothing at all."""
        with self.cursor() as duck:
            duck.execute("BEGIN")
            run_one(duck, definition)
            if rows is not None:
                run_one(duck, f"INSERT INTO t{number} {rows}")
            duck.execute("COMMIT")

    def create_sequence(self, start: int, step: int) -> int:
        number = self.number()
        self.run(f"CREATE SEQUENCE s{number} START {start} INCREMENT {step} MINVALUE {LOWEST} MAXVALUE {HIGHEST}")
        return number

    def copy_sequence(self, number: int, start: int, step: int) -> int:
        """A sequence that goes on where another one stands."""
        ((following,),) = self.run(
            "SELECT coalesce(last_value + increment_by, start_value) FROM duckdb_sequences() WHERE sequence_name = ?",
            f"s{number}",
        ) or [(start,)]
        return self.create_sequence(following, step)

    def counts(self, numbers: Iterable[int]) -> dict[int, int]:
        """How many rows there are in each of these tables."""
        every = list(numbers)
        out: dict[int, int] = {}
        for start in range(0, len(every), 500):
            part = every[start : start + 500]
            sql = " UNION ALL ".join(f"SELECT {number}, count(*) FROM t{number}" for number in part)
            out.update(self.run(sql))
        return out

    def read(self) -> list[tuple[Any, ...]]:
        """The copy of the map of names."""
        return self.run("SELECT * FROM names")

    def write(self, ids: Iterable[int], rows: Sequence[tuple[Any, ...]]) -> None:
        with self._lock:
            self.duck.execute("BEGIN")
            self.duck.execute("DELETE FROM names WHERE id IN (SELECT unnest(?))", [list(ids)])
            if rows:
                self.duck.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)", rows)
            self.duck.execute("COMMIT")

    def lost(self, used: dict[str, set[int]]) -> set[int]:
        """The tables that should be here and aren't."""
        return used["t"] - {int(name[1:]) for name in self._names() if name[0] == "t"}

    def sweep(self, used: dict[str, set[int]]) -> None:
        """Drop the tables and sequences on which nothing stands. What a statement still reads goes another time."""
        for name in self._names():
            if int(name[1:]) not in used[name[0]]:
                kind = "TABLE" if name[0] == "t" else "SEQUENCE"
                try:
                    self.run(f"DROP {kind} IF EXISTS {name}")
                except duckdb.Error:
                    continue

    def _names(self) -> list[str]:
        """Tables first, since they use sequences."""
        tables = self.run("SELECT table_name FROM duckdb_tables() WHERE regexp_full_match(table_name, 't\\d+')")
        sequences = self.run(
            "SELECT sequence_name FROM duckdb_sequences() WHERE regexp_full_match(sequence_name, 's\\d+')"
        )
        return [name for (name,) in [*tables, *sequences]]

    def close(self) -> None:
        with self._lock:
            self.duck.close()


def run_one(duck: Any, sql: str, values: list[Any] | None = None) -> Any:
    """Have DuckDB run one statement. A text that holds more than one is refused before anything of it runs.

    values: those of `$1`, `$2` …, of which the statement need not use all.
    """
    statements = duck.extract_statements(sql)
    if len(statements) != 1:
        text = f"The embedded account made {len(statements)} statements of one, and ran none of them."
        raise AccountError(500, "000603", "XX000", text)
    if not values:
        return duck.execute(statements[0])
    used: set[str] = statements[0].named_parameters
    if "1" not in used and not any(name.isdigit() for name in used):
        return duck.execute(statements[0], values if used else None)
    return duck.execute(statements[0], {name: values[int(name) - 1] for name in used})
