"""External tables hold what stands in a stage's files, as of the last refresh."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from snowcore.local import LocalAccount

from .test_sql import Sql

COLUMNS = "(id int as (value:c1::int), word varchar as (value:c2::varchar),"
COLUMNS += " day date as (to_date(split_part(metadata$filename, '/', 2))), n int as metadata$file_row_number)"


@pytest.fixture
def bucket(tmp_path: Path) -> Path:
    folder = tmp_path / "bucket"
    for day, text in (("2024-01-01", "1,x\n2,y\n"), ("2024-01-02", "3,z\n")):
        (folder / day).mkdir(parents=True)
        (folder / day / "rows.csv").write_text(text)
    return folder


@pytest.fixture
def sql(bucket: Path, tmp_path: Path) -> Iterator[Sql]:
    with LocalAccount(tmp_path / "account", buckets={"s3://b/data/": bucket}) as account:
        sql = Sql(account.session())
        sql("create database d")
        sql("create stage s url = 's3://b/data/'")
        yield sql


def make(sql: Sql, rest: str = "file_format = (type = csv)", what: str = "external table t") -> None:
    sql(f"create {what} {COLUMNS} partition by (day) with location = @s/ {rest}")


ROWS = [(1, "x", "2024-01-01", 1), (2, "y", "2024-01-01", 2), (3, "z", "2024-01-02", 1)]
READ = "select id, word, day::varchar, n from t order by id"


def test_rows_are_those_of_the_last_refresh(sql: Sql, bucket: Path) -> None:
    make(sql)
    assert sql(READ) == ROWS
    assert sql("select value:c1::varchar, t.* exclude value from t where day = '2024-01-02'")[0][:3] == ("3", 3, "z")
    (bucket / "2024-01-02" / "more.csv").write_text("4,w\n")
    (bucket / "2024-01-01" / "rows.csv").unlink()
    assert sql(READ) == ROWS
    told = [row[:2] for row in sql("alter external table t refresh")]
    names = ("2024-01-01/rows.csv", "UNREGISTERED"), ("2024-01-02/more.csv", "REGISTERED_NEW")
    assert told == [(f"s3://b/data/{name}", status) for name, status in names]
    assert sql("select id from t order by id") == [(3,), (4,)]
    assert sql("alter external table t refresh") == []


def test_a_table_may_be_filled_later(sql: Sql) -> None:
    make(sql, "refresh_on_create = false pattern = '.*-01/.*' file_format = (type = csv)")
    assert sql(READ) == []
    sql("alter external table t refresh")
    assert sql("select count(*) from t") == [(2,)]


def test_documents_and_named_formats(sql: Sql, bucket: Path) -> None:
    (bucket / "j.json").write_text('{"a": {"b": 7}}')
    sql("create file format j type = json")
    sql("create external table j (b int as (value:a.b::int)) location = @s/j.json file_format = (format_name = j)")
    sql("create external table k location = @d.public.s/j.json file_format = (type = json)")
    assert sql("select b, value:a:b::int from j") == [(7, 7)]
    assert sql("select $1:a.b::int from @s/j.json (file_format => 'j')") == sql("select value:a.b::int from k")


def test_what_is_told_of_an_external_table(sql: Sql) -> None:
    make(sql, "file_format = (type = csv) comment = 'c'")
    assert sql.column("show external tables", "name") == ["T"]
    assert sql.column("show external tables", "location") == ["@D.PUBLIC.S/"]
    assert sql("show tables") == []
    kinds = [(row[0], row[2], row[8]) for row in sql("describe external table t")][:2]
    assert kinds == [("VALUE", "COLUMN", None), ("ID", "VIRTUAL", "(value:c1::int)")]
    types = sql("select table_name, table_type from information_schema.tables where table_schema = 'PUBLIC'")
    assert types == [("T", "EXTERNAL TABLE")]


def test_columns_have_comments(sql: Sql) -> None:
    sql(
        "create external table told (a text as (value:c1::text) not null comment 'it''s a', b text as (value:c2::text))"
        " location = @s file_format = (type = csv) refresh_on_create = false"
    )
    text = sql("select get_ddl('table', 'told')")[0][0]
    sql("drop external table told")
    sql(text)
    assert [(row[0], row[3], row[9]) for row in sql("describe external table told")][1:] == [
        ("A", "N", "it's a"),
        ("B", "Y", None),
    ]


def test_nobody_changes_its_rows(sql: Sql) -> None:
    make(sql)
    for text in ("insert into t (id) values (1)", "delete from t", "truncate table t", "update t set id = 1"):
        assert sql.error(text)[0] == "002003"
    assert sql.error("copy into t from @s")[0] == "002003"
    assert sql(READ) == ROWS
    assert sql.error("alter external table t add files ('x')")[0] == "000002"


def test_what_makes_no_external_table(sql: Sql, bucket: Path) -> None:
    make(sql)
    sql("create table secret (x int)")
    for columns, code in (
        ("(x int as (select max(x) from secret))", "001003"),
        ("(x int as (nope))", "000904"),
        ("(x int as (value:c2::int))", "100071"),
    ):
        what = f"create or replace external table t {columns} location = @s file_format = (type = csv)"
        assert sql.error(what)[0] == code
    for rest in ("location = @s", "file_format = (type = csv)", "location = @nope file_format = (type = csv)"):
        sql.error(f"create or replace external table t {rest}")
    sql.error("create or replace external table t partition by (x) location = @s file_format = (type = csv)")
    assert sql(READ) == ROWS
    assert sql.error(f"create external table t {COLUMNS} location = @s file_format = (type = csv)")[0] == "002002"
    make(sql, what="external table if not exists t")
    sql("create stage u url = 's3://elsewhere/'")
    assert sql.error("create external table e location = @u file_format = (type = csv)")[0] == "000002"


def test_it_goes_and_comes_back(sql: Sql, tmp_path: Path, bucket: Path) -> None:
    make(sql)
    sql("drop external table t")
    assert sql.error(READ)[0] == "002003"
    sql("undrop external table t")
    sql("create or replace view v as select id from t")
    assert sql("select count(*) from v") == [(3,)]
    sql.session.account.close()
    with LocalAccount(tmp_path / "account", buckets={"s3://b/data/": bucket}) as account:
        assert account.execute("select count(*) from d.public.t") == [(3,)]
        assert account.execute("alter external table d.public.t refresh") == []


def test_who_may_make_and_read_one(sql: Sql) -> None:
    make(sql)
    for text in (
        "create role r",
        "grant role r to user snowcore",
        "grant usage on database d to role r",
        "grant usage, create external table on schema public to role r",
        "use role r",
    ):
        sql(text)
    assert sql.error(READ)[0] == "002003"
    assert sql.error("create external table u location = @s file_format = (type = csv)")[0] == "002003"
    sql("use role accountadmin")
    sql("grant select on external table t to role r")
    sql("grant usage on stage s to role r")
    sql("use role r")
    assert sql(READ) == ROWS
    assert sql.error("alter external table t refresh")[0] == "003001"
    sql("create external table u location = @s file_format = (type = csv)")
    assert sql("select count(*) from u") == [(3,)]


def test_a_stream_shows_the_rows_of_new_files(sql: Sql, bucket: Path) -> None:
    """Those of files that went it doesn't show, and a refresh without news is none."""
    make(sql)
    on = "create stream {} on external table t"
    for text, code in (
        (on.format("f"), "001420"),
        ("create stream f on table t insert_only = true", "001420"),
        ("create stream f on table t", "002003"),
        ("create stream f on external table nope insert_only = true", "002003"),
    ):
        assert sql.error(text)[0] == code
    sql(f"{on.format('f')} insert_only = true comment = 'c'")
    asked = "select id, word, metadata$action, metadata$isupdate from f order by id"
    sql("alter external table t refresh")
    assert (sql(asked), sql("select system$stream_has_data('f')")) == ([], [(False,)])
    (bucket / "2024-01-02" / "more.csv").write_text("3,z\n4,w\n")
    assert sql(asked) == []
    sql("alter external table t refresh")
    new = [(3, "z", "INSERT", False), (4, "w", "INSERT", False)]
    assert (sql(asked), sql("select system$stream_has_data('f')")) == (new, [(True,)])
    (bucket / "2024-01-01" / "rows.csv").unlink()
    sql("alter external table t refresh")
    assert (sql(asked), sql("select id from t order by id")) == (new, [(3,), (3,), (4,)])
    sql("create table target (n int)")
    sql("begin")
    sql("insert into target select id from f")
    sql("rollback")
    assert sql(asked) == new
    sql("insert into target select id from f")
    assert (sql(asked), sql("select count(*) from target")) == ([], [(2,)])
    ((ddl,),) = sql("select get_ddl('stream', 'f')")
    assert ddl == "create or replace stream F on external table T insert_only = true COMMENT='c';"
    sql(ddl)
    for column, value in (("mode", "INSERT_ONLY"), ("source_type", "External Table"), ("table_name", "D.PUBLIC.T")):
        assert sql.column("show streams", column) == [value]
