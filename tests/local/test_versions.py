"""Versions of rows, against a model in plain Python: identities stay, versions grow, and the past is as it was."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import duckdb
import pytest

from snowcore.engine.duckdb.names import Thing
from snowcore.engine.duckdb.session import DuckSession
from snowcore.engine.duckdb.versions import Instant, Past
from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount

from .conftest import Clock

Path3 = tuple[str, str, str]


@pytest.fixture
def session(account: LocalAccount) -> Iterator[DuckSession]:
    account.execute("create database d")
    session = account.engine.connect("D", "PUBLIC")
    assert isinstance(session, DuckSession)
    yield session
    session.close()


def path(name: str) -> Path3:
    return "D", "PUBLIC", name


def thing(session: DuckSession, name: str) -> Thing:
    return session.scope.need("table", path(name))


def read(session: DuckSession, past: Past) -> dict[int, tuple[Any, ...]]:
    """The rows of the past, by their identity."""
    found = session.duck.execute(f"SELECT * FROM {past.sql}").fetchall()
    rows = {row[-2]: tuple(row[:-2]) for row in found}
    assert len(rows) == len(found)
    return rows


def as_of(session: DuckSession, name: str, version: int, time: datetime | None = None) -> dict[int, tuple[Any, ...]]:
    then = Instant(version, time or session.engine.clock())
    return read(session, session.rows_as_of(thing(session, name), path(name), then))


def present(session: DuckSession, name: str) -> dict[int, tuple[Any, ...]]:
    of = thing(session, name)
    columns = ", ".join(f"c{at + 1}" for at in range(len(of.fields)))
    rows = session.duck.execute(f"SELECT row_id, {columns} FROM t{of.number}").fetchall()
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: tuple(row[1:]) for row in rows}


# Against a model


@attrs.define
class Model:
    """Tables T, U … of columns K and V and perhaps more: rows are found by K, which is given once."""

    session: DuckSession
    random: random.Random
    tables: dict[str, dict[int, list[Any]]] = attrs.field(factory=dict[str, dict[int, list[Any]]])
    defaults: dict[str, int | None] = attrs.field(factory=dict[str, Any])
    width: dict[str, int] = attrs.field(factory=dict[str, int])
    identities: dict[str, dict[int, int]] = attrs.field(factory=dict[str, dict[int, int]])
    columns: dict[str, list[int]] = attrs.field(factory=dict[str, list[int]])
    """Which columns a table has beside K and V, each of which has a number that no other had."""
    past: list[tuple[str, int, dict[int, tuple[Any, ...]], list[int]]] = attrs.field(factory=list[Any])
    key: int = 0
    every_identity: set[int] = attrs.field(factory=set[int])

    def sql(self, text: str) -> None:
        self.session.execute(text)

    def create(self, name: str) -> None:
        self.sql(f"create or replace table {name} (k int, v int default 5)")
        self.tables[name], self.width[name], self.identities[name], self.defaults[name] = {}, 2, {}, 5
        self.past = [one for one in self.past if one[0] != name]

    def new_rows(self, count: int) -> list[int]:
        keys = list(range(self.key, self.key + count))
        self.key += count
        return keys

    def insert(self, name: str) -> None:
        keys = self.new_rows(self.random.randint(1, 4))
        self.sql(f"insert into {name} (k, v) values {', '.join(f'({k}, {k % 7})' for k in keys)}")
        for k in keys:
            self.tables[name][k] = [k, k % 7, *[None] * (self.width[name] - 2)]

    def insert_query(self, name: str) -> None:
        (k,) = self.new_rows(1)
        self.sql(f"insert into {name} (k) select {k}")
        self.tables[name][k] = [k, self.defaults[name], *[None] * (self.width[name] - 2)]

    def insert_many(self, name: str) -> None:
        one, two = self.new_rows(2)
        other = self.random.choice(sorted(self.tables))
        self.sql(
            f"insert all when a = 1 then into {name} (k, v) values ({one}, a)"
            f" when true then into {other} (k, v) values ({two}, a) select 1 as a"
        )
        self.tables[name][one] = [one, 1, *[None] * (self.width[name] - 2)]
        self.tables[other][two] = [two, 1, *[None] * (self.width[other] - 2)]

    def update(self, name: str) -> None:
        rest = self.random.randrange(3)
        self.sql(f"update {name} set v = coalesce(v, 0) + 1 where k % 3 = {rest}")
        for k, row in self.tables[name].items():
            if k % 3 == rest:
                row[1] = (row[1] or 0) + 1

    def delete(self, name: str) -> None:
        rest = self.random.randrange(5)
        self.sql(f"delete from {name} where k % 5 = {rest}")
        self.tables[name] = {k: row for k, row in self.tables[name].items() if k % 5 != rest}

    def merge(self, name: str) -> None:
        (new,) = self.new_rows(1)
        old = self.random.sample(sorted(self.tables[name]), min(2, len(self.tables[name])))
        source = " union all ".join(f"select {k} as k" for k in [*old, new])
        self.sql(
            f"merge into {name} t using ({source}) s on t.k = s.k when matched and t.v > 4 then delete"
            " when matched then update set v = 9 when not matched then insert (k, v) values (s.k, 3)"
        )
        for k in old:
            if (self.tables[name][k][1] or 0) > 4:
                del self.tables[name][k]
            else:
                self.tables[name][k][1] = 9
        self.tables[name][new] = [new, 3, *[None] * (self.width[name] - 2)]

    def overwrite(self, name: str) -> None:
        (k,) = self.new_rows(1)
        self.sql(f"insert overwrite into {name} (k, v) select {k}, 1")
        self.tables[name] = {k: [k, 1, *[None] * (self.width[name] - 2)]}

    def fail(self, name: str) -> None:
        (k,) = self.new_rows(1)
        with pytest.raises(AccountError):
            self.sql(f"insert into {name} (k, v) select {k}, 1 / 0")

    def truncate(self, name: str) -> None:
        self.sql(f"truncate table {name}")
        self.tables[name] = {}

    def widen(self, name: str) -> None:
        self.width[name] += 1
        self.sql(f"alter table {name} add column x{self.width[name]} int")
        self.columns.setdefault(name, []).append(self.new_rows(1)[0])
        for row in self.tables[name].values():
            row.append(None)

    def narrow(self, name: str) -> None:
        if self.width[name] > 2:
            self.sql(f"alter table {name} drop column x{self.width[name]}")
            self.width[name] -= 1
            self.columns[name].pop()
            for row in self.tables[name].values():
                row.pop()

    def clone(self, name: str) -> None:
        copy = f"C{self.key}"
        self.new_rows(1)
        self.sql(f"create table {copy} clone {name}")
        self.tables[copy] = {k: list(row) for k, row in self.tables[name].items()}
        self.width[copy], self.defaults[copy] = self.width[name], self.defaults[name]
        self.identities[copy] = dict(self.identities[name])
        self.columns[copy] = list(self.columns.get(name, ()))

    def copy(self, name: str) -> None:
        copy = f"S{self.key}"
        self.new_rows(1)
        self.sql(f"create table {copy} as select * from {name}")
        self.tables[copy] = {k: list(row) for k, row in self.tables[name].items()}
        self.width[copy], self.identities[copy], self.defaults[copy] = self.width[name], {}, None
        self.columns[copy] = list(self.columns.get(name, ()))

    def transaction(self, name: str) -> None:
        self.sql("begin")
        saved = {name: {k: list(row) for k, row in rows.items()} for name, rows in self.tables.items()}
        for _ in range(self.random.randint(1, 5)):
            self.random.choice(CHANGES)(self, self.random.choice(sorted(self.tables)))
        if self.random.random() < 0.3:
            self.sql("rollback")
            self.tables = saved
        else:
            self.sql("commit")

    def check(self) -> None:
        """The present is as the model has it, each row is who it was, and so is the past."""
        version = self.session.engine.versions.latest
        for name, rows in self.tables.items():
            found = present(self.session, name)
            assert {row[0]: row for row in found.values()} == {k: tuple(row) for k, row in rows.items()}
            identities = {row[0]: identity for identity, row in found.items()}
            known = self.identities[name]
            for k, identity in identities.items():
                assert known.setdefault(k, identity) == identity
            self.past.append((name, version, found, list(self.columns.get(name, ()))))
        for name, then, rows, columns in self.random.sample(self.past, min(8, len(self.past))):
            assert as_of(self.session, name, then) == self.in_present(name, rows, columns), (name, then)

    def in_present(self, name: str, rows: dict[int, tuple[Any, ...]], columns: list[int]) -> dict[int, tuple[Any, ...]]:
        """Rows of the past in the columns that the table has now: a column that was added since is NULL."""
        now = self.columns.get(name, ())
        places = [2 + columns.index(one) if one in columns else None for one in now]
        return {
            identity: (*row[:2], *(row[at] if at is not None else None for at in places))
            for identity, row in rows.items()
        }

    def check_identities(self) -> None:
        """No identity was ever given to two rows, but to those that a clone has of its source."""
        keys: dict[int, int] = {}
        for of in self.identities.values():
            for k, identity in of.items():
                if keys.setdefault(identity, k) != k:
                    raise AssertionError((identity, k, keys[identity]))


CHANGES = [
    *(Model.insert, Model.insert, Model.insert_query, Model.insert_many, Model.update, Model.update, Model.delete),
    *(Model.merge, Model.overwrite, Model.fail),
]
STEPS = [
    *CHANGES,
    Model.transaction,
    Model.transaction,
    Model.widen,
    Model.narrow,
    Model.truncate,
    Model.clone,
    Model.copy,
]


@pytest.mark.parametrize("seed", range(12))
def test_the_past_is_as_it_was(session: DuckSession, clock: Clock, seed: int) -> None:
    model = Model(session, random.Random(seed))
    for name in ("T", "U"):
        model.create(name)
    versions = [session.engine.versions.latest]
    for _ in range(25):
        model.random.choice(STEPS)(model, model.random.choice(sorted(model.tables)))
        clock.pass_(seconds=1)
        model.check()
        versions.append(session.engine.versions.latest)
    assert versions == sorted(versions)
    model.check_identities()


# One by one


def changed(session: DuckSession, *statements: str) -> int:
    for statement in statements:
        session.execute(statement)
    return session.engine.versions.latest


def values(rows: dict[int, tuple[Any, ...]]) -> list[Any]:
    return sorted(row[0] for row in rows.values())


def test_nobody_sees_the_hidden_columns(account: LocalAccount) -> None:
    account.execute("create database d")
    with_columns = account.session(database="D", schema="PUBLIC")
    with_columns.execute("create table t (made int, row_id int, ended int)")
    with_columns.execute("insert into t values (1, 2, 3)")
    assert with_columns.execute("select * from t").rows == [(1, 2, 3)]
    assert with_columns.execute("select count(*) from information_schema.columns where table_name = 'T'").rows == [(3,)]
    assert [row[0] for row in with_columns.execute("describe table t").rows] == ["MADE", "ROW_ID", "ENDED"]
    with_columns.execute("create table u (k int)")
    for name in ("made", "row_id", "ended", "rowid"):
        with pytest.raises(AccountError) as caught:
            with_columns.execute(f"select {name} from u")
        assert caught.value.code == "000904"
    assert with_columns.execute("select * from u natural join (select 1 as k)").rows == []
    with_columns.execute("insert into u values (1)")
    assert with_columns.execute("select * from u a natural join u b").rows == [(1,)]
    assert with_columns.execute("select * from u sample (100)").rows == [(1,)]
    assert with_columns.execute("select * from (select * from u union all select * from u)").rows == [(1,), (1,)]
    with_columns.close()


def test_versions_are_in_the_order_of_commits(session: DuckSession, account: LocalAccount) -> None:
    other = account.engine.connect("D", "PUBLIC")
    assert isinstance(other, DuckSession)
    session.execute("create table t (k int)")
    session.execute("begin")
    session.execute("insert into t values (1)")
    between = changed(other, "insert into t values (2)")
    assert values(as_of(other, "T", between)) == [2]
    assert values(as_of(session, "T", between)) == []  # its transaction began before, and its own is not committed
    session.execute("commit")
    after = session.engine.versions.latest
    assert after > between
    for one in (session, other):
        assert values(as_of(one, "T", between)) == [2]
        assert values(as_of(one, "T", after)) == [1, 2]
    other.execute("begin")
    other.execute("delete from t where k = 1")
    assert values(as_of(other, "T", after)) == values(as_of(session, "T", after)) == [1, 2]
    other.execute("rollback")
    other.close()


def test_rows_are_who_they_were_after_a_statement_failed(session: DuckSession) -> None:
    session.execute("create table t (k int, v int)")
    session.execute("begin")
    session.execute("insert into t values (1, 1), (2, 2)")
    before = present(session, "T")
    session.execute("update t set v = 7 where k = 2")
    with pytest.raises(AccountError):
        session.execute("insert into t select 3, 1 / 0")
    assert {identity: row[0] for identity, row in present(session, "T").items()} == {
        identity: row[0] for identity, row in before.items()
    }
    session.execute("delete from t where v = 7")
    session.execute("commit")
    assert values(as_of(session, "T", session.engine.versions.latest)) == [1]


def test_a_moment_is_a_version(session: DuckSession, clock: Clock) -> None:
    session.execute("create table t (k int)")
    moments: list[datetime] = []
    for k in range(3):
        clock.pass_(minutes=1)
        session.execute(f"insert into t values ({k})")
        moments.append(clock.time)
    for at, moment in enumerate(moments):
        for later in (0, 59):
            version = session.engine.versions.at(moment + timedelta(seconds=later))
            assert values(as_of(session, "T", version)) == list(range(at + 1))


def test_history_goes_with_its_time(account: LocalAccount, session: DuckSession, clock: Clock) -> None:
    changed(session, "create table t (k int, v int)", "insert into t values (1, 1), (2, 2)")
    account.execute("create table d.public.long (k int) data_retention_time_in_days = 30")
    changed(session, "insert into long values (1)")
    full = changed(session, "alter table t add column x int", "update t set v = 3")
    changed(session, "delete from t where k = 2", "delete from long")
    then = clock.time
    clock.pass_(hours=23)
    assert values(as_of(session, "T", full, then)) == [1, 2]
    first = thing(session, "T").earlier[0]
    clock.pass_(hours=2)
    changed(session, "insert into t values (3, 3, 3)")
    with pytest.raises(AccountError) as caught:
        as_of(session, "T", full)  # it is forgotten, whatever the retention is now
    assert caught.value.code == "000707"
    assert values(as_of(session, "LONG", full, then)) == [1]
    assert session.duck.execute(f"SELECT count(*) FROM h{thing(session, 'T').number}").fetchall() == [(0,)]
    assert thing(session, "T").earlier == ()
    with pytest.raises(duckdb.CatalogException):
        session.duck.execute(f"SELECT * FROM t{first.number}")
    clock.pass_(days=31)
    changed(session, "insert into t values (4, 4, 4)")
    assert session.duck.execute(f"SELECT count(*) FROM h{thing(session, 'LONG').number}").fetchall() == [(0,)]
    assert values(as_of(session, "T", session.engine.versions.latest)) == [1, 3, 4]


def test_a_table_has_no_past_from_before_it(session: DuckSession) -> None:
    before = changed(session, "create table t (k int)", "insert into t values (1)")
    after = changed(session, "create table u clone t")
    assert values(as_of(session, "U", after)) == [1]
    assert as_of(session, "U", after) == as_of(session, "T", before)
    with pytest.raises(AccountError):
        as_of(session, "U", before)


def test_what_is_renamed_or_restored_keeps_its_past(account: LocalAccount, session: DuckSession) -> None:
    account.execute("create table d.public.t (k int)")
    full = changed(session, "insert into t values (1), (2)")
    changed(session, "delete from t where k = 1")
    for statement in (
        "alter table d.public.t rename to d.public.u",
        "create table d.public.other (k int)",
        "alter table d.public.u swap with d.public.other",
        "alter table d.public.other rename to d.public.t",
        "drop table d.public.t",
        "undrop table d.public.t",
        "drop schema d.public",
        "undrop schema d.public",
    ):
        account.execute(statement)
    assert values(as_of(session, "T", full)) == [1, 2]


def test_temporary_tables_have_versions(session: DuckSession) -> None:
    full = changed(session, "create temporary table t (k int)", "insert into t values (1), (2)")
    changed(session, "delete from t where k = 1")
    assert values(as_of(session, "T", full)) == [1, 2]


def test_versions_go_on_in_a_folder(tmp_path: Path, clock: Clock) -> None:
    with LocalAccount(tmp_path, clock=clock) as account:
        account.execute("create database d")
        account.execute("create table d.public.t as select 1 as k")
        session = account.engine.connect("D", "PUBLIC")
        assert isinstance(session, DuckSession)
        before, rows = changed(session, "insert into t values (2)"), present(session, "T")
        changed(session, "delete from t where k = 1", "alter table t add column x int")
    clock.time -= timedelta(days=400)  # somebody put the clock back
    with LocalAccount(tmp_path, clock=clock) as account:
        session = account.engine.connect("D", "PUBLIC")
        assert isinstance(session, DuckSession)
        assert as_of(session, "T", before) == {identity: (*row, None) for identity, row in rows.items()}
        after = changed(session, "insert into t values (3, 3)")
        assert after > before
        assert not present(session, "T").keys() - rows.keys() <= rows.keys()


def folder_of_the_layout_before(folder: Path) -> None:
    """Two tables, of which D.PUBLIC.U is dropped, with rows that have no versions."""
    statements = (
        "create database d",
        "create table d.public.t (k int not null, v varchar(3))",
        "create view d.public.w as select * from d.public.t",
    )
    with LocalAccount(folder) as account:
        for statement in (*statements, "insert into d.public.t values (1, 'a'), (2, 'b')", "drop view d.public.w"):
            account.execute(statement)
        account.execute("create table d.public.u clone d.public.t")
        account.execute("drop table d.public.u")
    with duckdb.connect(str(folder / "rows" / "rows.duckdb")) as duck:
        for name in places_in(duck):
            if name[0] == "t":
                duck.execute(f"ALTER TABLE {name} DROP COLUMN row_id")
                duck.execute(f"ALTER TABLE {name} DROP COLUMN made")
            elif name[0] == "h" or name in ("layout", "commits"):
                duck.execute(f"DROP TABLE {name}")


def places_in(duck: Any) -> list[str]:
    return [name for (name,) in duck.execute("SELECT table_name FROM duckdb_tables()").fetchall()]


def test_rows_of_the_layout_before_get_versions(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder_of_the_layout_before(tmp_path)
    for told in (["The rows in rows/rows.duckdb lie as an earlier release left them; 2 tables get versions"], []):
        caplog.clear()
        with LocalAccount(tmp_path) as account:
            assert [one.getMessage() for one in caplog.records if "versions" in one.getMessage()] == told
            account.execute("undrop table d.public.u")
            for name in "tu":
                assert account.execute(f"select * from d.public.{name} order by 1")[:2] == [(1, "a"), (2, "b")]
            account.execute("drop table d.public.u")
            session = account.engine.connect("D", "PUBLIC")
            assert isinstance(session, DuckSession)
            before, rows = changed(session, "insert into t values (3, 'c')"), present(session, "T")
            changed(session, "update t set v = 'z'", "delete from t where k = 3")
            assert as_of(session, "T", before) == rows
            changed(session, "update t set v = case k when 1 then 'a' else 'b' end")
    with duckdb.connect(str(tmp_path / "rows" / "rows.duckdb")) as duck:
        duck.execute("UPDATE layout SET number = 99")
    with pytest.raises(AccountError, match="later release"):
        LocalAccount(tmp_path)


OPENS_AND_IS_KILLED = """
import os, signal, sys
from snowcore.local import LocalAccount

folder, function, left = sys.argv[1], sys.argv[2], int(sys.argv[3])

def watch(frame, event, argument):
    global left
    if event == "return" and frame.f_code.co_name == function and "duckdb" in frame.f_code.co_filename:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.setprofile(watch)
LocalAccount(folder)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.parametrize(
    ("function", "call", "renewed"), [("make_history", 1, False), ("make_history", 2, False), ("commit", 1, True)]
)
def test_all_tables_get_versions_or_none(tmp_path: Path, function: str, call: int, renewed: bool) -> None:
    folder_of_the_layout_before(tmp_path)
    ran = subprocess.run([sys.executable, "-c", OPENS_AND_IS_KILLED, str(tmp_path), function, str(call)])
    assert ran.returncode == -signal.SIGKILL
    with duckdb.connect(str(tmp_path / "rows" / "rows.duckdb")) as duck:
        layouts = duck.execute("SELECT number FROM layout").fetchall()
        histories = [name for name in places_in(duck) if re.fullmatch(r"h\d+", name)]
        hidden = duck.execute("SELECT count(*) FROM duckdb_columns() WHERE column_name = 'row_id'").fetchone()
    assert (len(layouts), len(histories)) == ((1, 2) if renewed else (0, 0))
    assert hidden == (4 if renewed else 0,)
    with LocalAccount(tmp_path) as account:
        account.execute("undrop table d.public.u")
        for name in "tu":
            assert account.execute(f"select * from d.public.{name} order by 1") == [(1, "a"), (2, "b")]
        session = account.engine.connect("D", "PUBLIC")
        assert isinstance(session, DuckSession)
        before, rows = changed(session, "insert into t values (3, 'c')"), present(session, "T")
        changed(session, "delete from t")
        assert as_of(session, "T", before) == rows
        assert len(rows) == 3


@pytest.mark.parametrize("binds", [[], [7, "seven"]])
def test_an_insert_whose_translation_is_kept_makes_new_rows_each_time(session: DuckSession, binds: list[Any]) -> None:
    session.execute("create table kept_rows (a int, b varchar)")
    text = f"insert into kept_rows values ({'?, ?' if binds else '7, ' + repr('seven')})"
    before = session.engine.versions.latest
    for _ in range(3):
        session.execute(text, binds)
    found = session.duck.execute(f"SELECT row_id, made, c1, c2 FROM t{thing(session, 'KEPT_ROWS').number}").fetchall()
    assert len({row[0] for row in found}) == len({row[1] for row in found}) == 3
    assert {row[2:] for row in found} == {(7, "seven")}
    assert as_of(session, "KEPT_ROWS", before) == {}
    assert len(as_of(session, "KEPT_ROWS", session.engine.versions.latest)) == 3
