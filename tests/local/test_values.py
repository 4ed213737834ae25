"""Values of every type go in by each way and come out by each way as they were, whatever they are.

The values are the same in each run; `--hypothesis-seed=N` takes others.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
import snowflake.connector
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from snowcore._names import quote_literal
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer
from snowcore.local.sql import SqlSession

SECRET = "a secret"
EPOCH = datetime(1970, 1, 1)
_EXACT = Context(prec=60)
COLUMNS = {
    "whole": "NUMBER(38, 0)",
    "exact": "NUMBER(38, 12)",
    "real": "FLOAT",
    "said": "VARCHAR",
    "raw": "BINARY",
    "day": "DATE",
    "clock": "TIME(9)",
    "bare": "TIMESTAMP_NTZ(9)",
    "local": "TIMESTAMP_LTZ(9)",
    "zoned": "TIMESTAMP_TZ(9)",
    "truth": "BOOLEAN",
    "thing": "VARIANT",
    "list": "ARRAY",
    "named": "OBJECT",
}
JSON = ("thing", "list", "named")
Row = dict[str, Any]
"""By column. A time is nanoseconds of the day; a moment nanoseconds since 1970, of UTC, and its offset in minutes."""


# What there is


def _moments(first: int, last: int) -> st.SearchStrategy[int]:
    """Nanoseconds since 1970, from the first day of a year to the last of another."""
    low, high = ((datetime(year, *day) - EPOCH).days * 86_400 for year, day in ((first, (1, 1)), (last, (12, 31))))
    return st.integers(low * 10**9, (high + 86_400) * 10**9 - 1)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_SCALAR = st.none() | st.booleans() | st.integers(-(10**18), 10**18) | _TEXT
_ANY = st.recursive(
    _SCALAR | st.floats(-1e300, 1e300),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "whole": st.integers(-(10**38) + 1, 10**38 - 1),
    "exact": st.integers(-(10**38) + 1, 10**38 - 1).map(lambda n: Decimal(n).scaleb(-12, _EXACT)),
    "real": st.floats(),
    "said": _TEXT,
    "raw": st.binary(max_size=12),
    "day": st.dates(),
    "clock": st.integers(0, 86_400 * 10**9 - 1),
    "bare": _moments(1, 9999),
    "local": _moments(1884, 9998),  # before, Los Angeles had an offset with seconds, for which no format has a word
    "zoned": st.tuples(_moments(2, 9998), st.integers(-14 * 60, 14 * 60)),
    "truth": st.booleans(),
    "thing": _ANY.filter(lambda value: value is not None),
    "list": st.lists(_ANY, max_size=3),
    "named": st.dictionaries(_TEXT, _ANY, max_size=3),
}

ROWS = st.lists(st.tuples(*(st.none() | VALUES[name] for name in COLUMNS)), min_size=1, max_size=4).map(
    lambda rows: [dict(zip(COLUMNS, row, strict=True)) for row in rows]
)


# How they are written


def moment(nanoseconds: int, offset: int | None = None) -> str:
    seconds, rest = divmod(nanoseconds, 10**9)
    at = EPOCH + timedelta(seconds=seconds, minutes=offset or 0)
    sign, minutes = "-" if (offset or 0) < 0 else "+", abs(offset or 0)
    zone = "" if offset is None else f" {sign}{minutes // 60:02}:{minutes % 60:02}"
    return f"{at.year:04}-{at:%m-%d %H:%M:%S}.{rest:09}{zone}"


def written(name: str, value: Any) -> str | None:
    """A value as a text that Snowflake reads."""
    if value is None:
        return None
    match name:
        case "real":
            return {math.inf: "inf", -math.inf: "-inf"}.get(value, repr(value))
        case "raw":
            return value.hex()
        case "day":
            return value.isoformat()
        case "clock":
            return f"{timedelta(seconds=value // 10**9)}".rjust(8, "0") + f".{value % 10**9:09}"
        case "bare":
            return moment(value)
        case "local":
            return moment(value, 0)
        case "zoned":
            return moment(*value)
        case "truth":
            return str(value).lower()
        case _:
            return json.dumps(value) if name in JSON else value if name == "said" else f"{Decimal(value):f}"


def literal(name: str, value: Any) -> str:
    text = written(name, value)
    if text is None:
        return f"NULL::{COLUMNS[name]}"
    if name in ("whole", "exact", "truth"):
        return text
    quoted = quote_literal(text)
    return f"PARSE_JSON({quoted})::{COLUMNS[name]}" if name in JSON else f"{quoted}::{COLUMNS[name]}"


def python(name: str, value: Any) -> Any:
    """A value as a program in Python has it, which knows microseconds."""
    if value is None:
        return None
    match name:
        case "clock":
            return (EPOCH + timedelta(microseconds=value // 1000)).time()
        case "bare":
            return EPOCH + timedelta(microseconds=value // 1000)
        case "local":
            return (EPOCH + timedelta(microseconds=value // 1000)).replace(tzinfo=UTC)
        case "zoned":
            zone = timezone(timedelta(minutes=value[1]))
            return (EPOCH + timedelta(microseconds=value[0] // 1000)).replace(tzinfo=UTC).astimezone(zone)
        case _:
            return json.dumps(value) if name in JSON else value


# The ways in


@attrs.frozen
class Doors:
    session: SqlSession
    server: LocalServer
    connection: Any
    http: httpx.Client
    folder: Path

    def by_literal(self, table: str, rows: Sequence[Row]) -> None:
        every = [f"SELECT {', '.join(literal(name, value) for name, value in row.items())}" for row in rows]
        self.session.execute(f"INSERT INTO {table} {' UNION ALL '.join(every)}")

    def by_select(self, table: str, rows: Sequence[Row]) -> None:
        self.session.execute("CREATE OR REPLACE TABLE source LIKE t")
        self.by_literal("source", rows)
        self.session.execute(f"INSERT INTO {table} SELECT * FROM source")

    def by_copy(self, table: str, rows: Sequence[Row]) -> None:
        """What COPY INTO a stage writes, COPY INTO a table reads."""
        self.session.execute("CREATE OR REPLACE TABLE source LIKE t")
        self.by_literal("source", rows)
        how = (
            "FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '\"' TIME_FORMAT = 'HH24:MI:SS.FF9'"
            " TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF9 TZHTZM')"
        )
        self.session.execute(f"COPY INTO @st/{table}/ FROM source {how} OVERWRITE = TRUE")
        self.session.execute(f"COPY INTO {table} FROM ({FIELDS} FROM @st/{table}/) {how} FORCE = TRUE")

    def by_file(self, table: str, rows: Sequence[Row]) -> None:
        """A file that another program wrote."""
        path = self.folder / "rows.csv"
        lines = [
            ",".join("" if text is None else '"' + text.replace('"', '""') + '"' for text in texts)
            for texts in ([written(name, value) for name, value in row.items()] for row in rows)
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
        self.session.execute(f"PUT file://{path} @st/put OVERWRITE = TRUE")
        self.session.execute(
            f"COPY INTO {table} FROM ({FIELDS} FROM @st/put) FORCE = TRUE"
            " FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '\"' ESCAPE_UNENCLOSED_FIELD = NONE)"
        )

    def by_bind(self, table: str, rows: Sequence[Row]) -> None:
        for row in rows:
            self.session.execute(f"INSERT INTO {table} {PLACES}", [python(*one) for one in row.items()])

    def by_driver(self, table: str, rows: Sequence[Row]) -> None:
        """Array binds of the connector; a JSON text becomes a VARIANT in a second step."""
        with self.connection.cursor() as cursor:
            cursor.execute("CREATE OR REPLACE TABLE texts LIKE t")
            cursor.execute(f"ALTER TABLE texts DROP COLUMN {', '.join(JSON)}")
            cursor.execute(f"ALTER TABLE texts ADD COLUMN {', '.join(f'{name} VARCHAR' for name in JSON)}")
            texts = {name for row in rows for name, value in row.items() if _goes_as_text(name, value)}
            values = [
                [(written if name in texts else _bound)(name, value) for name, value in row.items()] for row in rows
            ]
            cursor.executemany(f"INSERT INTO texts VALUES ({', '.join('?' * len(COLUMNS))})", values)
            shown = ", ".join(f"PARSE_JSON({name})" if name in JSON else name for name in COLUMNS)
            cursor.execute(f"INSERT INTO {table} SELECT {shown} FROM texts")

    def by_sql_api(self, table: str, rows: Sequence[Row]) -> None:
        for row in rows:
            bindings = {
                str(at): {"type": "TEXT", "value": written(name, value)}
                for at, (name, value) in enumerate(row.items(), 1)
            }
            self._posted(f"INSERT INTO {table} {PLACES}", bindings=bindings)

    # The ways out

    def in_process(self, query: str) -> list[Row]:
        return [_read(row) for row in self.session.execute(query).rows]

    def in_arrow(self, query: str) -> list[Row]:
        return self._fetched(query, "arrow")

    def in_json(self, query: str) -> list[Row]:
        return self._fetched(query, "json")

    def _fetched(self, query: str, form: str) -> list[Row]:
        with self.connection.cursor() as cursor:
            cursor.execute(f"ALTER SESSION SET PYTHON_CONNECTOR_QUERY_RESULT_FORMAT = '{form}'")
            return [_read(row) for row in cursor.execute(query).fetchall()]

    def in_sql_api(self, query: str) -> list[Row]:
        return [
            {
                name: None if text is None else _READ.get(name, str)(text)
                for name, text in zip(COLUMNS, row, strict=True)
            }
            for row in self._posted(query)["data"]
        ]

    def _posted(self, statement: str, **body: Any) -> Any:
        asked = {"database": "D", "schema": "PUBLIC", "statement": statement, **body}
        reply = self.http.post("/api/v2/statements", json=asked)
        assert reply.status_code == 200, reply.text
        return reply.json()


FIELDS = "SELECT " + ", ".join(f"PARSE_JSON(${at})" if n in JSON else f"${at}" for at, n in enumerate(COLUMNS, 1))
PLACES = "SELECT " + ", ".join(
    "TO_" + COLUMNS[n] + "(PARSE_JSON(?))" if n in JSON else f"?::{COLUMNS[n]}" for n in COLUMNS
)


_KINDS = {"bare": "TIMESTAMP_NTZ", "local": "TIMESTAMP_LTZ", "zoned": "TIMESTAMP_TZ"}
"""What the connector is told to bind a moment as."""


def _bound(name: str, value: Any) -> Any:
    return (_KINDS[name], python(name, value)) if name in _KINDS else python(name, value)


def _goes_as_text(name: str, value: Any) -> bool:
    """Whether the connector can't bind a column with this value as its type: it has none for NULL, and rounds moments
    far away."""
    instant = value[0] if isinstance(value, tuple) else value
    return value is None or (name in _KINDS and abs(instant) > 2**32 * 10**9)


def _read(row: Sequence[Any]) -> Row:
    """A row of Python's values, with moments in microseconds."""
    found: Row = {}
    for name, value in zip(COLUMNS, row, strict=True):
        match value:
            case datetime():
                naive = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
                micros = (naive - EPOCH) // timedelta(microseconds=1)
                found[name] = micros if name != "zoned" else (micros, value.utcoffset() // timedelta(minutes=1))
            case time():
                found[name] = (datetime.combine(EPOCH, value) - EPOCH) // timedelta(microseconds=1)
            case bytes() | bytearray():
                found[name] = bytes(value)
            case _:
                found[name] = json.loads(value) if name in JSON and value is not None else value
    return found


def _nanoseconds(text: str) -> int:
    return int(Decimal(text).scaleb(9, _EXACT))


_READ: dict[str, Callable[[str], Any]] = {
    "whole": int,
    "exact": Decimal,
    "real": float,
    "raw": bytes.fromhex,
    "day": lambda text: date(1970, 1, 1) + timedelta(days=int(text)),
    **dict.fromkeys(("clock", "bare", "local"), _nanoseconds),
    "zoned": lambda text: (_nanoseconds(text.split()[0]), int(text.split()[1]) - 1440),
    "truth": lambda text: {"true": True, "false": False, "1": True, "0": False}[text],
    **dict.fromkeys(JSON, json.loads),
}


# The same


def _shortened(value: Any) -> Any:
    """A moment without the nanoseconds below its microseconds, in microseconds."""
    return (value[0] // 1000, value[1]) if isinstance(value, tuple) else value // 1000


def same(name: str, got: Any, put: Any, digits: int = 17) -> bool:
    if isinstance(put, float) and digits < 17:  # Snowflake writes FLOAT into files with so many
        return _close(got, put) or math.isclose(got, put, rel_tol=10.0 ** (1 - digits)) or abs(put) > 1.79e308
    if name in JSON or isinstance(put, float):
        return _close(got, put)
    return type(got) is type(put) and got == put


def _close(got: Any, put: Any) -> bool:
    """Equal; numbers of floating point in 16 digits, as JSON shows them."""
    if isinstance(put, dict) and isinstance(got, dict):
        return got.keys() == put.keys() and all(_close(got[key], put[key]) for key in put)
    if isinstance(put, list) and isinstance(got, list):
        return len(got) == len(put) and all(map(_close, got, put))
    if isinstance(put, float) and isinstance(got, (int, float)) and not isinstance(got, bool):
        return got == put or (got != got and put != put) or math.isclose(got, put, rel_tol=1e-15)
    return type(got) is type(put) and got == put


MOMENTS = ("clock", "bare", "local", "zoned")
WAYS_IN: dict[str, bool] = {
    "by_literal": True,
    "by_select": True,
    "by_copy": True,
    "by_file": True,
    "by_sql_api": True,
    "by_bind": False,
    "by_driver": False,
}
"""Whether nanoseconds get in there, too."""


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    with LocalAccount() as account, LocalServer(account, user="me", password=SECRET) as server:
        session = account.session()
        session.execute("CREATE DATABASE d")
        session.execute(f"CREATE TABLE t ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        session.execute("CREATE STAGE st")
        host, _, port = server.url.removeprefix("http://").partition(":")
        about = {"user": "me", "password": SECRET, "account": "local", "database": "d", "schema": "public"}
        with (
            snowflake.connector.connect(host=host, port=int(port), protocol="http", paramstyle="qmark", **about) as one,
            httpx.Client(
                base_url=server.url, headers={"Authorization": f"Bearer {SECRET}"}, trust_env=False, timeout=60
            ) as http,
        ):
            yield Doors(session, server, one, http, tmp_path_factory.mktemp("values"))
        session.close()


@pytest.mark.parametrize("way_in", WAYS_IN)
@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],  # making a failing example smaller would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS)
def test_what_goes_in_comes_out(doors: Doors, way_in: str, rows: list[Row]) -> None:
    doors.session.execute("TRUNCATE TABLE t")
    getattr(doors, way_in)("t", rows)
    for way_out in ("in_process", "in_arrow", "in_json", "in_sql_api"):
        found = getattr(doors, way_out)("SELECT * FROM t")
        assert len(found) == len(rows), way_out
        for got, put in zip(found, rows, strict=True):
            for name, value in put.items():
                want, has = value, got[name]
                if name in MOMENTS and value is not None:
                    want = _shortened(value)
                    if way_out == "in_sql_api":
                        assert not WAYS_IN[way_in] or has == value, f"{way_out} {name}: {has!r}, not {value!r}"
                        has = _shortened(has)
                digits = 10 if way_in == "by_copy" else 17
                assert same(name, has, want, digits), f"{way_out} {name}: {has!r}, not {want!r}"
