"""Hybrid tables: keys that hold whatever changes the rows, indexes, and what such tables can't do."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowcore.local import AccountError, LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Run, refusal, running

SETUP = """
create database d
create hybrid table team (id int primary key, name varchar(20) unique, town varchar, index towns (town) include (name))
create hybrid table player (no int primary key, team_id int not null references team (id), who varchar)
insert into team values (1, 'Bayern', 'M'), (2, 'Union', 'B')
insert into player values (10, 1, 'Kane')
"""


@pytest.fixture
def session() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        for line in SETUP.strip().splitlines():
            session.execute(line)
        yield session


@pytest.fixture
def run(session: SqlSession) -> Run:
    return running(session)


PRIMARY = ("200001", "A primary key already exists.")
UNIQUE = ("200002", 'Duplicate key value violates unique constraint "SYS_INDEX_TEAM_UNIQUE_NAME"')
FOREIGN = ("200009", 'Foreign key constraint "SYS_INDEX_PLAYER_FOREIGN_KEY_TEAM_ID_TEAM_ID" was violated.')
REFERRED = ("200008", "Foreign keys that reference key values still exist.")
BROKEN = {
    "insert into team values (1, 'x', null)": PRIMARY,
    "insert into team values (3, 'x', null), (3, 'y', null)": PRIMARY,
    "insert into team select id, name || '!', town from team": PRIMARY,
    "update team set id = 1": PRIMARY,
    "merge into team t using (select 1 id) s on t.id = s.id + 5 when not matched then insert (id) values (1)": PRIMARY,
    "insert overwrite into player select 5, 1, column1 from values ('a'), ('b')": PRIMARY,
    "insert into team values (3, 'Union', null)": UNIQUE,
    "update team set name = 'same'": UNIQUE,
    "insert into player values (11, 3, 'x')": FOREIGN,
    "update player set team_id = 7": FOREIGN,
    "delete from team where id = 1": REFERRED,
    "update team set id = 4 where id = 1": REFERRED,
    "insert overwrite into team values (9, 'only', null)": REFERRED,
    "insert into player values (12, null, 'x')": ("100072", "NULL result in a non-nullable column"),
    "insert into team (name) values ('x')": ("100072", "NULL result in a non-nullable column"),
}


@pytest.mark.parametrize("sql", BROKEN)
def test_a_statement_that_breaks_a_key_changes_nothing(run: Run, sql: str) -> None:
    before = run("select * from team order by id"), run("select * from player")
    with pytest.raises(AccountError) as caught:
        run(sql)
    assert caught.value.code == BROKEN[sql][0]
    assert BROKEN[sql][1] in str(caught.value)
    assert (run("select * from team order by id"), run("select * from player")) == before


def test_keys_are_looked_at_when_a_statement_is_done(run: Run) -> None:
    run("insert into team values (3, 'Hertha', null)")
    run("update team set id = id + 1 where id > 1")
    assert run("select id from team order by 1") == [(1,), (3,), (4,)]
    run("merge into team t using (select 3 id union all select 9) s on t.id = s.id"
        " when matched then delete when not matched then insert (id, name) values (s.id, 'Union')")  # fmt: skip
    assert run("select id, name from team where id > 3 order by 1") == [(4, "Hertha"), (9, "Union")]
    run("insert into team (id) values (20), (21)")  # NULL is unlike NULL


def test_a_transaction_goes_on_after_a_broken_key(run: Run) -> None:
    run("begin")
    run("insert into team values (3, 'Hertha', null)")
    assert refusal(run, "insert into team values (3, 'x', null)") == "200001"
    run("insert into player values (11, 3, 'y')")
    run("commit")
    assert run("select who, name from player join team on id = team_id order by 1") == [
        ("Kane", "Bayern"),
        ("y", "Hertha"),
    ]


def test_two_sessions_can_not_both_insert_a_key(session: SqlSession) -> None:
    other = session.account.open_session(session.context, database="D", schema="PUBLIC")
    session.execute("create table plain (n int)")
    for first, second in ((("team", "(7, 'x', null)"), ("team", "(7, 'y', null)")),):
        other.execute("begin")
        other.execute("insert into plain values (1)")  # what the other one sees is of now
        session.execute("begin")
        session.execute(f"insert into {first[0]} values {first[1]}")
        found: list[str] = []

        def insert(table: str = second[0], row: str = second[1], found: list[str] = found) -> None:
            try:
                other.execute(f"insert into {table} values {row}")
            except AccountError as error:
                found.append(error.code)

        thread = threading.Thread(target=insert)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), "who comes second waits"
        session.execute("commit")
        thread.join(60)
        assert found == ["200001"]
        other.execute("commit")
    assert list(session.execute("select count(*) from team where id = 7").rows) == [(1,)]


def test_copy_into_holds_keys(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("3,a,x\n1,b,y\n")
    run("create stage files")
    run(f"put file://{tmp_path}/rows.csv @files")
    assert refusal(run, "copy into team from @files") == "200001"
    assert run("select count(*) from team") == [(2,)]
    run("delete from player")
    run("delete from team where id = 1")
    run("copy into team from @files")
    assert run("select id from team order by 1") == [(1,), (2,), (3,)]


def test_keys_against_a_model(run: Run) -> None:
    seed = random.randrange(1_000_000)
    chance, model = random.Random(seed), {1: 1, 2: 2}
    run("create hybrid table pairs (a int primary key, b int unique)")
    run("insert into pairs values (1, 1), (2, 2)")
    for _ in range(150):
        a, b, to = (chance.randrange(12) for _ in range(3))
        after = dict(model)
        match chance.randrange(3):
            case 0:
                sql, broken = f"insert into pairs values ({a}, {b})", a in model or b in model.values()
                after[a] = b
            case 1:
                sql = f"update pairs set a = {to}, b = {b} where a = {a}"
                left = {key: value for key, value in model.items() if key != a}
                broken = a in model and (to in left or b in left.values())
                after = {**left, to: b} if a in model else model
            case _:
                sql, broken = f"delete from pairs where a = {a}", False
                after.pop(a, None)
        try:
            run(sql)
            assert not broken, (seed, sql, model)
            model = after
        except AccountError as error:
            assert broken and error.code in ("200001", "200002"), (seed, sql, model)
    assert dict(run("select a, b from pairs")) == model, seed


def test_what_hybrid_tables_are_told_as(run: Run) -> None:
    assert [(row[1], row[5]) for row in run("show hybrid tables")] == [("PLAYER", 1), ("TEAM", 2)]
    told = {row[1]: row[2:6] for row in run("show indexes in table team")}
    assert told == {
        "SYS_INDEX_TEAM_PRIMARY": ("Y", "[ID]", "[]", "TEAM"),
        "SYS_INDEX_TEAM_UNIQUE_NAME": ("Y", "[NAME]", "[]", "TEAM"),
        "TOWNS": ("N", "[TOWN]", "[NAME]", "TEAM"),
    }
    assert [row[1] for row in run("show terse indexes like 'T%'")] == ["TOWNS"]
    assert run("select is_hybrid from information_schema.tables where table_name = 'TEAM'") == [("YES",)]
    columns = "select name, is_included_column from information_schema.index_columns where index_name = 'TOWNS'"
    assert run(f"{columns} order by key_sequence") == [("TOWN", "NO"), ("NAME", "YES")]
    enforced = "select distinct enforced from information_schema.table_constraints"
    assert run(enforced) == [("YES",)]
    assert [row[5:7] for row in run("describe table team")] == [("Y", "N"), ("N", "Y"), ("N", "N")]
    ((ddl,),) = run("select get_ddl('table', 'team')")
    assert ddl.startswith("create or replace HYBRID TABLE TEAM (") and "index TOWNS (TOWN) include (NAME)" in ddl
    run("drop table player")
    run(ddl)
    assert run("select get_ddl('table', 'team')") == [(ddl,)]
    assert run("select count(*) from team") == [(0,)]


def test_indexes_are_made_and_dropped(run: Run) -> None:
    run("create index whos on player (who) include (no)")
    assert refusal(run, "create index whos on player (who)") == "002002"
    run("create index if not exists whos on player (who)")
    run("create or replace index whos on player (who, no)")
    assert [row[3] for row in run("show indexes like 'WHOS'")] == ["[WHO, NO]"]
    run("alter table player rename column who to name")
    assert [row[3] for row in run("show indexes like 'WHOS'")] == ["[NAME, NO]"]
    assert refusal(run, "alter table player drop column name") == "391411"
    run("drop index player.whos")
    run("drop index if exists player.whos")
    run("alter table player drop column name")
    assert refusal(run, "drop index player.whos") == "002003"
    assert refusal(run, "drop index team.sys_index_team_primary") == "391411"
    run("create table plain (a int)")
    assert refusal(run, "create index i on plain (a)") == "391411"


REFUSED = {
    "create hybrid table x (a int)": "001003",
    "create hybrid table x as select 1 a": "001003",
    "create hybrid table x (a variant primary key)": "391411",
    "create hybrid table x (a int primary key, b timestamp_tz, index i (b))": "391411",
    "create hybrid table x (a int primary key, b int references nowhere (a))": "002003",
    "create hybrid table x (a int primary key, b int references team (town))": "002292",
    "create hybrid table x (a int primary key, b varchar references team (id))": "002292",
    "create transient hybrid table x (a int primary key)": "391411",
    "create temporary hybrid table x (a int primary key)": "391411",
    "create hybrid table x (a int primary key) cluster by (a)": "391411",
    "create hybrid table x (a int primary key) as select column1 from values (1), (1)": "200001",
    "create hybrid table x clone team": "391411",
    "create table x clone team": "391411",
    "create schema x clone public": "391411",
    "create stream x on table team": "391411",
    "select * from team before (timestamp => current_timestamp())": "391411",
    "select * from team at (offset => 0)": "391411",
    "alter table team add unique (town)": "391411",
    "alter table team alter column town set not null": "391411",
    "alter table team cluster by (town)": "391411",
    "truncate table team": "391458",
    "drop table team": "391411",
    "create or replace hybrid table team (a int primary key)": "391411",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_refused(run: Run, sql: str) -> None:
    assert refusal(run, sql) == REFUSED[sql]
    assert run("select count(*) from team") == [(2,)]
    assert [row[1] for row in run("show tables")] == ["PLAYER", "TEAM"]


def test_dropping(run: Run) -> None:
    run("drop table team cascade")
    assert run("show imported keys") == []
    assert [row[1] for row in run("show indexes")] == ["SYS_INDEX_PLAYER_PRIMARY"]
    assert "references" not in run("select get_ddl('table', 'player')")[0][0]
    run("insert into player values (99, 99, 'nobody looks any more')")
    assert refusal(run, "undrop table team") == "002003"
    run("truncate table player")
    assert run("select count(*) from player") == [(0,)]


def test_no_undrop_brings_them_back(run: Run) -> None:
    run("create table plain as select 1 as a", "drop schema public", "undrop schema public", "use schema d.public")
    assert [row[1] for row in run("show tables")] == ["PLAIN"]
    run("create hybrid table team (id int primary key)", "drop database d", "undrop database d", "use schema d.public")
    assert run("select a from plain") == [(1,)]
    assert [row[1] for row in run("show tables")] == ["PLAIN"]


def test_a_cloned_database_holds_keys_of_its_own(run: Run) -> None:
    run("create database e clone d")
    run("delete from e.public.player")
    run("delete from e.public.team")
    assert refusal(run, "delete from d.public.team") == "200008"
    assert refusal(run, "insert into e.public.player values (1, 1, 'x')") == "200009"
    run("create hybrid table like_team like d.public.team")
    run("insert into like_team values (1, 'a', null)")
    assert refusal(run, "insert into like_team values (1, 'b', null)") == "200001"


def test_keys_are_there_when_the_account_opens_again(tmp_path: Path) -> None:
    with LocalAccount(tmp_path) as account:
        session = account.session()
        for line in SETUP.strip().splitlines():
            session.execute(line)
        session.execute("alter table team rename to club")
        session.execute("alter table club rename column id to number")
    with LocalAccount(tmp_path) as account:
        run = running(account.session(database="D"))
        assert refusal(run, "insert into club values (1, 'x', null)") == "200001"
        assert refusal(run, "insert into player values (11, 3, 'x')") == "200009"
        assert refusal(run, "delete from club") == "200008"


def test_an_owner_alone_makes_indexes(run: Run) -> None:
    run("create role other")
    run("grant role other to role accountadmin")
    for what in ("usage on database d", "usage on schema public", "select on table team"):
        run(f"grant {what} to role other")
    run("use role other")
    assert refusal(run, "create index mine on team (town)") == "003001"
    run("use role accountadmin")
