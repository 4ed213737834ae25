"""Streams, against a model in plain Python and one by one, by SQL and by REST."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import attrs
import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api, Clock, rows


@pytest.fixture
def sql(account: LocalAccount) -> SqlSession:
    account.execute("create database d")
    return account.session(database="D", schema="PUBLIC")


def run(sql: SqlSession, *statements: str) -> str:
    """Run statements; the query id of the last."""
    return [sql.execute(statement).query_id for statement in statements][-1]


def refused(sql: SqlSession, text: str) -> tuple[str, str]:
    with pytest.raises(AccountError) as caught:
        sql.execute(text)
    return caught.value.code, caught.value.message


SHOWN = "metadata$action, metadata$isupdate"


# Against a model

Rows = dict[int, tuple[int, ...]]


@attrs.define
class Model:
    """A table T of K and V, and streams on it and on a view of it. Rows are found by K, which is given once."""

    sql: SqlSession
    random: random.Random
    table: Rows = attrs.field(factory=dict[int, "tuple[int, ...]"])
    seen: Rows = attrs.field(factory=dict[int, "tuple[int, ...]"])
    """What the table was when S was consumed last."""
    appended: list[tuple[int, ...]] = attrs.field(factory=list[Any])
    """What was inserted since A was consumed last."""
    started: Rows | None = None
    """What the table was when the open transaction began."""
    key: int = 0
    steps: list[str] = attrs.field(factory=list[str])

    def do(self, text: str) -> None:
        self.steps.append(text)
        self.sql.execute(text)

    def committed(self, before: Rows) -> None:
        if self.started is None:
            self.appended += [row for k, row in self.table.items() if k not in before]

    def change(self) -> None:
        before = dict(self.table)
        self.random.choice(CHANGES)(self)
        self.committed(before)

    def new(self, count: int) -> list[int]:
        self.key += count
        return list(range(self.key - count, self.key))

    def insert(self) -> None:
        keys = self.new(self.random.randint(1, 3))
        self.do(f"insert into t (k, v) values {', '.join(f'({k}, {k % 5})' for k in keys)}")
        self.table |= {k: (k, k % 5) for k in keys}

    def update(self) -> None:
        rest = self.random.randrange(3)
        self.do(f"update t set v = v + {self.random.choice((0, 1))} where k % 3 = {rest}")
        change = int(self.steps[-1].split("v + ")[1][0])
        self.table = {k: (k, v + change) if k % 3 == rest else (k, v) for k, (k, v) in self.table.items()}

    def restore(self) -> None:
        if self.table:
            k = self.random.choice(sorted(self.table))
            v = self.table[k][1]
            self.do(f"update t set v = -1 where k = {k}")
            self.do(f"update t set v = {v} where k = {k}")

    def delete(self) -> None:
        rest = self.random.randrange(4)
        self.do(f"delete from t where k % 4 = {rest}")
        self.table = {k: row for k, row in self.table.items() if k % 4 != rest}

    def merge(self) -> None:
        (new,) = self.new(1)
        old = self.random.sample(sorted(self.table), min(2, len(self.table)))
        source = " union all ".join(f"select {k} as k" for k in [*old, new])
        self.do(
            f"merge into t using ({source}) s on t.k = s.k when matched and t.v > 3 then delete"
            " when matched then update set v = 9 when not matched then insert (k, v) values (s.k, 2)"
        )
        for k in old:
            if self.table[k][1] > 3:
                del self.table[k]
            else:
                self.table[k] = (k, 9)
        self.table[new] = (new, 2)

    def truncate(self) -> None:
        if self.started is None:  # which commits
            self.do("truncate table t")
            self.table = {}

    def overwrite(self) -> None:
        (k,) = self.new(1)
        self.do(f"insert overwrite into t (k, v) select {k}, 1")
        self.table = {k: (k, 1)}

    def fail(self) -> None:
        with pytest.raises(AccountError):
            self.do("insert into t (k, v) select k, v from s union all select 1, 1 / 0")

    def reshape(self) -> None:
        if self.started is None:
            self.do("alter table t add column x int")
            self.do("alter table t drop column x")

    def consume(self) -> None:
        kept = dict(self.table if self.started is None else self.started)
        self.random.choice((self.into_sink, self.into_nothing, self.into_table))()
        self.consumed = kept
        if self.started is None:
            self.seen = kept

    consumed: Rows | None = None

    def into_sink(self) -> None:
        self.do(f"insert into sink select k, v, {SHOWN} from s")

    def into_nothing(self) -> None:
        self.do("delete from sink using s where false")

    def into_table(self) -> None:
        if self.started is None:
            self.do("create or replace table other as select k from s where false")
        else:
            self.into_sink()

    def consume_appended(self) -> None:
        self.do("insert into sink (k, v) select k, v from a")
        self.appended = []

    def transaction(self) -> None:
        before, seen = dict(self.table), dict(self.seen)
        self.do("begin")
        self.started, self.consumed = before, None
        for _ in range(self.random.randint(1, 5)):
            self.random.choice((self.change, self.change, self.consume))()
            assert rows(self.sql, f"select k, v, {SHOWN} from s") == delta(seen, before)
        self.started = None
        if self.random.random() < 0.4:
            self.do("rollback")
            self.table = before
            return
        self.do("commit")
        self.committed(before)
        if self.consumed is not None:
            self.seen = self.consumed

    def check(self) -> None:
        """All that streams say is as the model has it."""
        assert rows(self.sql, "select k, v from t") == sorted(self.table.values(), key=repr)
        found = delta(self.seen, self.table)
        assert rows(self.sql, f"select k, v, {SHOWN} from s") == found
        assert rows(self.sql, "select system$stream_has_data('s')") == [bool(found)]
        assert rows(self.sql, "select k, v from a") == sorted(self.appended, key=repr)
        small = [{k: row for k, row in one.items() if row[1] < 4} for one in (self.since, self.table)]
        assert rows(self.sql, f"select k, v, {SHOWN} from w") == delta(*small)
        self.past.append((self.sql.execute("select 1").query_id, dict(self.table)))
        for statement, was in self.random.sample(self.past, min(2, len(self.past))):
            found = rows(self.sql, f"select k, v from t at (statement => '{statement}')")
            assert found == sorted(was.values(), key=repr), statement

    past: list[tuple[str, Rows]] = attrs.field(factory=list[Any])
    """Statements, and what the table was when they ran."""
    since: Rows = attrs.field(factory=dict[int, "tuple[int, ...]"])
    """What the table was when W was made, which nobody consumes."""


def delta(old: Rows, new: Rows) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for k in old.keys() | new.keys():
        if old.get(k) != new.get(k):
            both = k in old and k in new
            found += [(*old[k], "DELETE", both)] if k in old else []
            found += [(*new[k], "INSERT", both)] if k in new else []
    return sorted(found, key=repr)


CHANGES = [
    *(Model.insert, Model.insert, Model.update, Model.update, Model.delete, Model.merge, Model.restore),
    *(Model.truncate, Model.overwrite, Model.fail, Model.reshape),
]


@pytest.mark.parametrize("seed", range(10))
def test_streams_show_what_changed(sql: SqlSession, clock: Clock, seed: int) -> None:
    model = Model(sql, random.Random(seed))
    run(sql, "create table t (k int, v int)", "create table sink (k int, v int, a varchar, u boolean)")
    for _ in range(3):
        model.change()
    run(sql, "create view small as select k, v from t where v < 4", "create stream w on view small")
    run(sql, "create stream s on table t", "create stream a on table t append_only = true")
    model.seen, model.since, model.appended = dict(model.table), dict(model.table), []
    for _ in range(25):
        clock.pass_(seconds=1)
        step = model.random.choice((*[model.change] * 5, model.transaction, model.transaction, model.consume))
        model.random.choice((step, step, step, step, model.consume_appended))()
        try:
            model.check()
        except AssertionError:
            raise AssertionError((seed, model.steps[-8:])) from None


def test_streams_on_joins_show_what_changed(sql: SqlSession) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)  # which pytest shows when this fails
    dice, table, names, made = random.Random(seed), dict[int, tuple[int, int]](), dict[int, tuple[str, int]](), 0
    run(sql, "create table t (k int, g int)", "create table g (g int, n varchar)")
    run(sql, "create table sink (k int, n varchar, a varchar)", "create view j as select k, n from t join g using (g)")

    def joined() -> dict[tuple[int, ...], tuple[int, str]]:
        return {(k, g, names[g][1]): (k, names[g][0]) for k, (_, g) in table.items() if g in names}

    run(sql, "insert into g values (0, 'n')", "insert into t values (-1, 0)")
    table[-1], names[0] = (-1, 0), ("n", 0)
    run(sql, "create stream s on view j", "create stream i on view j show_initial_rows = true")
    seen, first, begun = joined(), joined(), False
    for k in range(30):
        before, rest, step = (dict(table), dict(names)), dice.randrange(3), dice.randrange(5)
        run(sql, "begin")
        if step < 2:
            run(sql, f"insert into t values ({k}, {rest})")
            table[k] = (k, rest)
        elif step == 2:
            run(sql, f"update t set g = mod(g + 1, 3) where mod(abs(k), 3) = {rest}")
            table |= {k: (k, (g + 1) % 3) for k, (_, g) in table.items() if abs(k) % 3 == rest}
        elif rest in names and step == 3:
            run(sql, f"delete from g where g = {rest}")
            del names[rest]
        elif rest in names:
            run(sql, f"update g set n = 'u{k}' where g = {rest}")
            names[rest] = (f"u{k}", names[rest][1])
        else:
            made += 1
            run(sql, f"insert into g values ({rest}, 'n')")
            names[rest] = ("n", made)
        taken_back = dice.random() < 0.2
        run(sql, "rollback" if taken_back else "commit")
        if taken_back:
            table, names = before
        for stream, was, initial in (("s", seen, False), ("i", first, not begun)):
            found = rows(sql, f"select k, n, metadata$action from {stream}")
            now = joined()
            gone = [(*was[one], "DELETE") for one in was if was[one] != now.get(one)]
            come = [(*now[one], "INSERT") for one in now if now[one] != was.get(one)]
            assert found == sorted([(*one, "INSERT") for one in was.values()] if initial else gone + come, key=repr)
        if dice.random() < 0.2:
            run(sql, "insert into sink select k, n, metadata$action from s")
            seen = joined()
        if dice.random() < 0.1:
            run(sql, "insert into sink select k, n, metadata$action from i")
            first, begun = joined() if begun else first, True


# One by one


def test_a_stream_shows_the_net_changes(sql: SqlSession) -> None:
    run(sql, "create table t (k int, v varchar)", "insert into t values (1, 'a'), (2, 'b'), (3, 'c')")
    run(sql, "create stream s on table t", "insert into t values (4, 'd'), (5, 'e')")
    run(sql, "update t set v = 'D' where k = 4", "delete from t where k in (5, 3)", "update t set v = 'A' where k = 1")
    assert [column.name for column in sql.execute("select * from s").columns] == [
        *("K", "V", "METADATA$ACTION", "METADATA$ISUPDATE", "METADATA$ROW_ID")
    ]
    assert rows(sql, f"select k, v, {SHOWN} from s") == [
        (1, "A", "INSERT", True),
        (1, "a", "DELETE", True),
        (3, "c", "DELETE", False),
        (4, "D", "INSERT", False),
    ]
    ids = rows(sql, "select distinct metadata$row_id from s where k = 1")
    assert len(ids) == 1 and len(ids[0]) == 40
    assert rows(sql, "select s.k from s join t on s.k = t.k where s.metadata$action = 'INSERT'") == [1, 4]


def test_only_changes_consume(sql: SqlSession, account: LocalAccount) -> None:
    run(
        sql,
        "create table t (k int)",
        "create table u (k int)",
        "create stream s on table t",
        "create stream s2 clone s",
    )
    run(sql, "insert into t values (1)")
    assert rows(sql, "select k from s") == rows(sql, "select k from s") == [1]
    run(sql, "create view over as select k from s")
    run(sql, "insert into u select k from over")
    assert rows(sql, "select k from s") == []
    assert rows(sql, "select k from s2") == [1]
    run(sql, "insert into t values (2)")
    run(sql, "merge into u using s on u.k = s.k when not matched then insert values (s.k)")
    assert (rows(sql, "select k from s"), rows(sql, "select k from u")) == ([], [1, 2])
    run(sql, "insert into t values (3)", "update u set k = s.k from s where false")
    assert rows(sql, "select k from s") == []
    run(sql, "insert into t values (4)")
    assert refused(sql, "insert into u select k / 0 from s")[0] == "100051"
    run(sql, "begin", "insert into u select k from s", "rollback")
    assert rows(sql, "select k from s") == [4]
    run(sql, "create table c as select k from s")
    assert (rows(sql, "select k from c"), rows(sql, "select k from s")) == ([4], [])
    run(sql, "insert into t values (5)", "insert all into u (k) values (k) into c (k) values (k) select k from s")
    assert rows(sql, "select k from s") == []
    run(sql, "create temporary table tt as select k from s2 where false")
    assert rows(sql, "select k from s2") == []


def test_in_a_transaction_a_stream_shows_the_same(sql: SqlSession, account: LocalAccount) -> None:
    other = account.session(database="D", schema="PUBLIC")
    run(
        sql,
        "create table t (k int)",
        "create table u (k int)",
        "create stream s on table t",
        "insert into t values (1)",
    )
    run(sql, "begin")
    run(other, "insert into t values (2)")
    run(sql, "insert into t values (3)")
    assert rows(sql, "select k from s") == [1]
    run(sql, "insert into u select k from s")
    assert rows(sql, "select k from s") == [1]
    assert rows(other, "select k from s") == [1, 2]
    sql.execute("commit")
    assert rows(sql, "select k from s") == rows(other, "select k from s") == [2, 3]
    assert rows(sql, "select k from u") == [1]


def test_who_consumes_waits_for_who_consumes(sql: SqlSession, account: LocalAccount) -> None:
    run(sql, "create table t (k int)", "create table u (k int)", "create table w (k int)", "create stream s on table t")
    run(sql, "insert into t values (1), (2)", "begin", "insert into u select k from s")
    other = account.session(database="D", schema="PUBLIC")
    waits = threading.Thread(target=run, args=(other, "insert into w select k from s"))
    waits.start()
    waits.join(0.3)
    assert waits.is_alive()
    sql.execute("commit")
    waits.join(60)
    assert (rows(sql, "select k from u"), rows(sql, "select k from w")) == ([1, 2], [])


def test_many_consumers_take_each_row_once(sql: SqlSession, account: LocalAccount) -> None:
    run(sql, "create table t (k int)", "create table u (k int)", "create stream s on table t")

    def add(first: int) -> None:
        one = account.session(database="D", schema="PUBLIC")
        for k in range(first, first + 20):
            one.execute(f"insert into t values ({k})")

    def take() -> None:
        one = account.session(database="D", schema="PUBLIC")
        for _ in range(15):
            one.execute("insert into u select k from s")

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 100)]
    threads += [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sql.execute("insert into u select k from s")
    assert sorted(row[0] for row in sql.execute("select k from u").rows) == [*range(20), *range(100, 120)]


def test_unloading_consumes(sql: SqlSession) -> None:
    run(sql, "create table t (k int)", "create stream s on table t", "create stage st", "insert into t values (1), (2)")
    assert sql.execute("copy into @st/x from (select k from s)").rows[0][0] == 2
    assert rows(sql, "select k from s") == []
    run(sql, "insert into t values (3)", "begin", "copy into @st/y from (select k from s)", "rollback")
    assert rows(sql, "select k from s") == [3]


def test_who_fails_lets_others_consume(sql: SqlSession, account: LocalAccount) -> None:
    other = account.session(database="D", schema="PUBLIC")
    run(
        sql,
        "create table t (k int)",
        "create table u (k int)",
        "create stream s on table t",
        "insert into t values (1)",
    )
    assert refused(sql, "insert into u select k / 0 from s")[0] == "100051"
    assert refused(sql, "create table c as select k / 0 as k from s")[0] == "100051"
    assert refused(sql, "copy into @none from (select k from s)")[0] == "002003"
    other.engine.lock_timeout = 0
    run(other, "insert into u select k from s")
    assert rows(sql, "select k from u") == [1]


def test_append_only(sql: SqlSession) -> None:
    run(
        sql,
        "create table t (k int, v int)",
        "insert into t values (1, 1)",
        "create stream s on table t append_only=true",
    )
    run(sql, "insert into t values (2, 2), (3, 3)", "delete from t where k in (1, 2)", "update t set v = 9")
    assert rows(sql, f"select k, v, {SHOWN} from s") == [(2, 2, "INSERT", False), (3, 3, "INSERT", False)]
    assert refused(sql, "create stream s2 on table t insert_only = true")[0] == "001420"


def test_initial_rows_come_first(sql: SqlSession) -> None:
    run(sql, "create table t (k int)", "create table u (k int)", "insert into t values (10)")
    run(sql, "create stream s on table t show_initial_rows = true", "delete from t", "insert into t values (20)")
    assert rows(sql, f"select k, {SHOWN} from s") == [(10, "INSERT", False)]
    run(sql, "insert into u select k from s")
    assert rows(sql, f"select k, {SHOWN} from s") == [(10, "DELETE", False), (20, "INSERT", False)]
    run(sql, "insert into u select k from s")
    assert rows(sql, "select k from s") == []


def test_a_stream_begins_where_it_is_told_to(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int, v varchar)", "insert into t values (1, 'a'), (2, 'b'), (3, 'c')")
    insert = sql.execute("select last_query_id()").rows[0][0]
    clock.pass_(minutes=1)
    run(sql, "update t set v = 'x' where k = 1", "update t set v = 'a' where k = 1", "update t set v = 'y' where k = 2")
    run(sql, "delete from t where k = 3", "insert into t values (3, 'c')")
    found = [(2, "b", "DELETE", True), (2, "y", "INSERT", True), (3, "c", "DELETE", False), (3, "c", "INSERT", False)]
    for moment in (
        f"at (statement => '{insert}')",
        "at (offset => -60)",
        "at (stream => 's1')",
        "before (stream => 's1')",
    ):
        run(sql, f"create or replace stream s1 on table t {moment if 's1' not in moment else 'at (offset => -60)'}")
        run(sql, f"create or replace stream s on table t {moment}")
        assert rows(sql, f"select k, v, {SHOWN} from s") == found, moment
    run(sql, f"set q = '{insert}'", "create or replace stream s on table t before (statement => $q)")
    assert [row[0] for row in rows(sql, "select * from s")] == [1, 2, 3]
    run(sql, f"create stream ao on table t at (statement => '{insert}') append_only = true")
    assert rows(sql, "select k, v from ao") == [(3, "c")]
    # One that is replaced by one that begins where it stands keeps what it had.
    run(sql, "create or replace stream s on table t at (stream => 's1')")
    run(sql, "create or replace stream s on table t at (stream => 's')")
    assert rows(sql, f"select k, v, {SHOWN} from s") == found
    for text, code in (
        ("at (stream => 'nothing')", "002003"),
        ("at (statement => 'nothing')", "000709"),
        ("at (offset => 60)", "002105"),
        ("at (offset => -3600)", "000707"),
    ):
        assert refused(sql, f"create stream no on table t {text}")[0] == code
    assert sql.execute("show streams like 'NO'").rows == []


def test_streams_on_views(sql: SqlSession) -> None:
    run(
        sql,
        "create table a (k int, v int)",
        "create table b (k int, name varchar)",
        "insert into a values (1, 1), (2, 2)",
    )
    run(sql, "insert into b values (1, 'one'), (2, 'two')")
    run(sql, "create view joined as select a.k, v, name from a join b on a.k = b.k where v > 0")
    run(sql, "create view inner_v as select k, v * 10 as t from (select * from a) x")
    run(sql, "create view both as with i as (select k, t from inner_v) select k, t from i union all select k, 0 from b")
    run(
        sql,
        "create stream j on view joined",
        "create stream u on view both",
        "create stream ao on view joined append_only=true",
    )
    run(sql, "update a set v = 5 where k = 1", "update b set name = 'zwei' where k = 2", "insert into a values (1, 7)")
    run(sql, "delete from b where name = 'none'")
    assert rows(sql, f"select k, v, name, {SHOWN} from j") == [
        (1, 1, "one", "DELETE", True),
        (1, 5, "one", "INSERT", True),
        (1, 7, "one", "INSERT", False),
        (2, 2, "two", "DELETE", True),
        (2, 2, "zwei", "INSERT", True),
    ]
    assert rows(sql, f"select k, t, {SHOWN} from u") == [
        *((1, 10, "DELETE", True), (1, 50, "INSERT", True), (1, 70, "INSERT", False))
    ]
    assert rows(sql, "select k, v from ao") == [(1, 7)]
    run(sql, "update a set v = 0 where v = 7")
    assert len(rows(sql, "select * from j")) == 4
    run(sql, "create table sink as select k from j")
    assert rows(sql, "select * from j") == []
    for query in (
        "select k, count(*) as n from a group by k",
        "select distinct k from a",
        "select k from a limit 1",
        "select max(k) as m from a",
        "select a.k from a left join b on a.k = b.k",
        "select k from a union select k from b",
        "select k from a where k in (select k from b)",
        "select k from a qualify row_number() over (order by k) = 1",
        "select 1 as one",
    ):
        sql.execute(f"create or replace view no as {query}")
        code, message = refused(sql, "create stream n on view no")
        assert code == "002037" and "change tracking of queries with" in message, query


def test_a_stream_follows_its_table_and_not_its_name(sql: SqlSession) -> None:
    run(sql, "create table t (k int)", "create stream s on table t", "insert into t values (1)")
    run(sql, "alter table t rename to u", "alter table u add column v int default 3")
    assert rows(sql, "select k, v from s") == [(1, 3)]
    assert sql.execute("show streams").rows[0][6] == "D.PUBLIC.U"
    run(sql, "drop table u")
    text = "SQL compilation error:\nBase table 'D.PUBLIC.T' dropped, cannot read from stream 'S'"
    assert refused(sql, "select * from s") == ("091901", text)
    run(sql, "undrop table u")
    assert rows(sql, "select k, v from s") == [(1, 3)]
    run(sql, "create or replace table u (k int)")
    assert refused(sql, "select * from s")[0] == "091901"
    assert refused(sql, "select system$stream_has_data('s')")[0] == "091901"
    assert sql.execute("show streams").rows[0][10] == "true"


def test_a_stream_becomes_stale(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int) max_data_extension_time_in_days = 3", "create table u (k int)")
    run(sql, "create stream s on table t", "create stream idle on table u", "insert into t values (1), (2)")
    run(sql, "delete from t where k = 1", "insert into u values (1)")
    clock.pass_(days=2)
    run(sql, "insert into t values (3)")  # what is older than the retention is kept for the stream
    assert rows(sql, "select k from s") == [2, 3]
    run(sql, "create table sink as select k from s", "delete from t where k = 2")
    clock.pass_(days=2)
    run(sql, "insert into t values (4)")
    assert rows(sql, f"select k, {SHOWN} from s") == [(2, "DELETE", False), (4, "INSERT", False)]
    assert [row[10] for row in sql.execute("show streams").rows] == ["false", "false"]
    clock.pass_(days=2)
    code, message = refused(sql, "select k from s")
    assert code == "091901" and "is stale" in message
    assert [row[10] for row in sql.execute("show streams").rows] == ["false", "true"]
    clock.pass_(days=9)
    assert refused(sql, "insert into sink select k from idle")[0] == "091901"
    run(sql, "create or replace stream s on table t", "insert into t values (5)")
    assert rows(sql, "select k from s") == [5]


def test_changes(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int, v int) change_tracking = true", "insert into t values (1, 1), (2, 2)")
    clock.pass_(minutes=1)
    run(sql, "update t set v = 5 where k = 1", "insert into t values (3, 3)")
    clock.pass_(minutes=1)
    insert = run(sql, "insert into t values (4, 4)")
    changes = f"select k, v, {SHOWN} from t changes (information => default)"
    assert rows(sql, f"{changes} at (offset => -120)") == [
        *((1, 1, "DELETE", True), (1, 5, "INSERT", True), (3, 3, "INSERT", False), (4, 4, "INSERT", False))
    ]
    assert len(rows(sql, f"{changes} at (offset => -120) end (offset => -60)")) == 3
    assert rows(sql, f"{changes} before (statement => '{insert}')") == [(4, 4, "INSERT", False)]
    assert rows(sql, "select k from t changes (information => append_only) at (offset => -120) as c") == [3, 4]
    run(
        sql, "create view w as select k from t where k > 3", "create stream s on table t", "insert into t values (5, 5)"
    )
    assert rows(sql, "select k from w changes (information => default) at (offset => -60)") == [4, 5]
    assert rows(sql, "select k from t changes (information => default) at (stream => 's')") == [5]
    assert rows(sql, "select k from s") == [5]
    run(sql, "create table plain (k int)")
    code, message = refused(sql, "select * from plain changes (information => default) at (offset => 0)")
    assert (code, message.splitlines()[-1]) == (
        "091930",
        "Change tracking is not enabled or has been missing for the time range requested on table 'D.PUBLIC.PLAIN'.",
    )
    assert refused(sql, f"{changes} at (offset => -3600)")[0] == "000707"
    run(sql, "create stream p on table plain", "drop stream p")
    assert rows(sql, "select * from plain changes (information => default) at (offset => 0)") == []
    assert sql.execute("show tables like 'PLAIN'").rows[0][12] == "ON"


def test_show_describe_and_ddl(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int)", "create view w as select k from t")
    run(sql, "create stream s on table t append_only = true comment = 'mine'", "create stream v on view w")
    shown = sql.execute("show streams")
    titles = [column.name for column in shown.columns]
    first, second = (dict(zip(titles, row)) for row in shown.rows)
    after = clock.time.replace(day=15)
    assert {name: first[name] for name in titles if name not in ("created_on", "stale_after")} == {
        "name": "S",
        "database_name": "D",
        "schema_name": "PUBLIC",
        "owner": "ACCOUNTADMIN",
        "comment": "mine",
        "table_name": "D.PUBLIC.T",
        "source_type": "Table",
        "base_tables": "D.PUBLIC.T",
        "type": "DELTA",
        "stale": "false",
        "mode": "APPEND_ONLY",
        "invalid_reason": "N/A",
        "owner_role_type": "ROLE",
    }
    assert str(first["stale_after"])[:10] == f"{after:%Y-%m-%d}"
    assert (second["source_type"], second["table_name"], second["base_tables"]) == ("View", "D.PUBLIC.W", "D.PUBLIC.T")
    assert sql.execute("describe stream s").rows == [shown.rows[0]]
    assert rows(sql, "select get_ddl('stream', 's')") == [
        "create or replace stream S on table T append_only = true COMMENT='mine';"
    ]
    assert int(rows(sql, "select system$stream_get_table_timestamp('s')")[0]) == int(clock.time.timestamp()) * 10**9
    run(sql, "alter stream s set comment = 'yours'")
    assert sql.execute("show streams").rows[0][5] == "yours"
    assert refused(sql, "create table s (k int)")[0] == "002002"
    assert refused(sql, "create stream s on table t")[0] == "002002"
    assert sql.execute("create stream if not exists s on table t").rows[0][0].startswith("S already exists")
    for text in (
        "insert into s values (1)",
        "alter table s add column x int",
        "truncate table s",
        "update s set k = 1",
    ):
        assert refused(sql, text)[0] in ("002003", "002043"), text
    run(sql, "drop stream s", "drop stream if exists s")
    assert refused(sql, "select * from s")[0] == "002003"
    assert refused(sql, "drop stream s")[0] == "002003"
    run(sql, "create stream s on table t")


def test_clones_take_streams_along(sql: SqlSession) -> None:
    run(sql, "create schema one", "create table t (k int)", "create stream s on table t", "insert into t values (1)")
    run(sql, "create stream own clone s")
    assert rows(sql, "select k from own") == [1]
    run(sql, "create schema two clone one", "insert into two.t values (2)", "insert into one.t values (3)")
    assert rows(sql, "select k from two.s") == [2]  # what was not consumed stays behind
    assert rows(sql, "select k from one.s") == [1, 3]
    run(sql, "create database e clone d", "insert into e.one.t values (4)")
    assert (rows(sql, "select k from e.one.s"), rows(sql, "select k from d.one.s")) == ([4], [1, 3])
    run(sql, "drop schema d.one", "undrop schema d.one")
    assert rows(sql, "select k from d.one.s") == [1, 3]


def test_streams_over_rest(sql: SqlSession, api: Api, clock: Clock) -> None:
    run(sql, "create table t (k int)", "insert into t values (1)")
    clock.pass_(minutes=1)
    run(sql, "insert into t values (2)")
    path, table = "databases/d/schemas/public/streams", {"src_type": "table", "name": "t"}
    past = {"point_of_time_type": "offset", "reference": "at", "offset": "-60"}
    api("POST", path, {"name": "s", "stream_source": {**table, "point_of_time": past}, "comment": "c"})
    api("POST", path, {"name": "i", "stream_source": {**table, "show_initial_rows": True, "append_only": True}})
    assert (rows(sql, "select k from s"), rows(sql, "select k from i")) == ([2], [1, 2])
    found = api("GET", f"{path}/s")
    assert found["stream_source"] == {**table, "name": "T", "schema_name": "PUBLIC", "database_name": "D"}
    assert (found["table_name"], found["stale"], found["mode"], found["type"]) == ("T", False, "DEFAULT", "DELTA")
    assert [(one["name"], one["mode"]) for one in api("GET", path)] == [("I", "APPEND_ONLY"), ("S", "DEFAULT")]
    api("POST", f"{path}/s:clone", {"name": "c"}, targetDatabase="d", targetSchema="public")
    run(sql, "create table sink as select k from s")
    assert (rows(sql, "select k from s"), rows(sql, "select k from c")) == ([], [2])
    assert api.error("POST", path, {"name": "s", "stream_source": table})[0] == 409
    assert api.error("POST", path, {"name": "n", "stream_source": {**table, "name": "none"}})[0] == 404
    stage = {"src_type": "stage", "name": "st"}
    assert api.error("POST", path, {"name": "n", "stream_source": stage})[0] == 404
    run(sql, "create stage st directory = (enable = true)")
    api("POST", path, {"name": "n", "stream_source": stage})
    found = api("GET", f"{path}/n")["stream_source"]
    assert found == {**stage, "name": "ST", "schema_name": "PUBLIC", "database_name": "D"}
    api("POST", path, {"name": "s", "stream_source": table}, createMode="orReplace")
    api("DELETE", f"{path}/s")
    assert api.error("GET", f"{path}/s")[0] == 404
    assert api("GET", "databases/d/schemas/public/tables/t")["change_tracking"] is True


CONSUMES_AND_IS_KILLED = """
import os, signal, sys, threading
from snowcore.local import LocalAccount

account = LocalAccount(sys.argv[1])
session = account.session(database="D", schema="PUBLIC")
first = k = session.execute("select coalesce(max(k), 0) from t").rows[0][0]
while True:
    k += 1
    if k == first + 5:
        threading.Timer(float(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    session.execute(f"insert into t values ({k})")
    session.execute("begin")
    session.execute("insert into u select k from s")
    session.execute("insert into w select k from s")
    session.execute("commit")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_rows_and_offset_are_written_together(tmp_path: Path) -> None:
    with LocalAccount(tmp_path) as account:
        for text in (
            "create database d",
            "create table d.public.t (k int)",
            "create stream d.public.s on table d.public.t",
        ):
            account.execute(text)
        account.execute("create table d.public.u (k int)")
        account.execute("create table d.public.w (k int)")
    for seconds in ("0.05", "0.1", "0.2"):
        command = [sys.executable, "-c", CONSUMES_AND_IS_KILLED, str(tmp_path), seconds]
        assert subprocess.run(command, env={**os.environ}).returncode == -signal.SIGKILL
        with LocalAccount(tmp_path) as account:
            sql = account.session(database="D", schema="PUBLIC")
            consumed, left = rows(sql, "select k from u"), rows(sql, "select k from s")
            assert consumed == rows(sql, "select k from w")
            assert sorted([*consumed, *left], key=repr) == rows(sql, "select k from t")
            assert len(left) <= 1 and len(consumed) > 2
