"""Directory tables list a stage's files as of the last refresh; functions make addresses of files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from snowcore.local import LocalAccount

from .test_sql import Sql


@pytest.fixture
def sql(tmp_path: Path) -> Iterator[Sql]:
    (tmp_path / "bucket" / "a").mkdir(parents=True)
    (tmp_path / "bucket" / "a" / "x.csv").write_text("1\n")
    (tmp_path / "bucket" / "y.csv").write_text("22\n")
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text(name)
    with LocalAccount(tmp_path / "account", buckets={"s3://b": tmp_path / "bucket"}) as account:
        sql = Sql(account.session())
        sql("create database d")
        sql("create stage s directory = (enable = true)")
        yield sql


def put(sql: Sql, folder: Path, name: str, where: str = "@s") -> None:
    sql(f"put file://{folder}/{name} {where} auto_compress = false overwrite = true")


def test_a_directory_lists_what_a_refresh_has_seen(sql: Sql, tmp_path: Path) -> None:
    put(sql, tmp_path, "one.csv")
    assert sql("select * from directory(@s)") == []
    assert sql("alter stage s refresh") == [("one.csv", "REGISTERED_NEW", "File registered successfully.")]
    assert sql("alter stage s refresh") == []
    put(sql, tmp_path, "two.csv", "@s/in")
    assert sql("select relative_path from directory(@s)") == [("one.csv",)]
    (tmp_path / "one.csv").write_text("longer than before")
    put(sql, tmp_path, "one.csv")
    told = [row[:2] for row in sql("alter stage s refresh")]
    assert told == [("in/two.csv", "REGISTERED_NEW"), ("one.csv", "REGISTERED_UPDATE")]
    found = sql("select relative_path, size, md5, etag, file_url from directory(@d.public.s) d where d.size > 10")
    (listed,) = [row for row in sql("list @s") if row[0] == "s/one.csv"]
    url = "https://local.snowflakecomputing.com/api/files/D/PUBLIC/S/one.csv"
    assert found == [("one.csv", 18, listed[2], listed[2], url)]
    assert sql("select last_modified > '2020-01-01' from directory(@s) limit 1") == [(True,)]
    sql("remove @s/one.csv")
    assert sql("select count(*) from directory(@s)") == [(2,)]
    assert [row[1] for row in sql("alter stage s refresh")] == ["UNREGISTERED"]
    assert sql.column("select * from directory(@s)", "RELATIVE_PATH") == ["in/two.csv"]


def test_a_part_of_a_stage_is_refreshed(sql: Sql, tmp_path: Path) -> None:
    put(sql, tmp_path, "one.csv")
    put(sql, tmp_path, "two.csv", "@s/in")
    put(sql, tmp_path, "two.csv", "@s/inner")
    assert [row[0] for row in sql("alter stage s refresh subpath = 'in'")] == ["in/two.csv"]
    sql("remove @s/one.csv")
    sql("remove @s/in/")
    assert [row[:2] for row in sql("alter stage s refresh subpath = 'in/'")] == [("in/two.csv", "UNREGISTERED")]
    assert sql("select * from directory(@s)") == []


def test_a_stage_says_whether_it_has_a_directory(sql: Sql, tmp_path: Path) -> None:
    sql("create stage n")
    assert "no directory table" in sql.error("select * from directory(@n)")[1]
    assert "no directory table" in sql.error("alter stage n refresh")[1]
    sql("alter stage n set directory = (enable = true)")
    put(sql, tmp_path, "one.csv", "@n")
    sql("alter stage n refresh")
    assert [row[-1] for row in sql("show stages like 'N'")] == ["Y"]
    sql("alter stage n set directory = (enable = false)")
    sql("alter stage n set directory = (enable = true)")
    assert sql("select * from directory(@n)") == []
    for stage in ("@~", "@nope", "@s/in"):
        sql.error(f"select * from directory({stage})")


def test_directories_of_other_stages(sql: Sql, tmp_path: Path) -> None:
    sql("create temporary stage own directory = (enable = true)")
    put(sql, tmp_path, "one.csv", "@own")
    sql("alter stage own refresh")
    assert sql("select relative_path from directory(@own)") == [("one.csv",)]
    sql("create stage e url = 's3://b/' directory = (enable = true)")
    assert sql("select relative_path, size from directory(@e)") == [("a/x.csv", 2), ("y.csv", 3)]
    sql("create stage late url = 's3://b/' directory = (enable = true refresh_on_create = false)")
    assert sql("select relative_path from directory(@late)") == []
    sql("alter stage late refresh subpath = 'a'")
    assert sql("select relative_path from directory(@late)") == [("a/x.csv",)]
    sql("create stage auto directory = (enable = true auto_refresh = true)")
    put(sql, tmp_path, "one.csv", "@auto")
    assert sql("select count(*) from directory(@auto)") == [(1,)]


def test_what_a_refresh_has_seen_is_kept(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("1")
    with LocalAccount(tmp_path / "kept") as account:
        sql = Sql(account.session())
        sql("create database d")
        sql("create stage s directory = (enable = true)")
        put(sql, tmp_path, "one.csv")
        sql("alter stage s refresh")
        sql("alter stage s rename to r")
    with LocalAccount(tmp_path / "kept") as account:
        assert account.execute("select relative_path from directory(@d.public.r)") == [("one.csv",)]


def test_who_may_see_and_refresh_a_directory(sql: Sql) -> None:
    sql("create role r")
    sql("grant role r to user snowcore")
    sql("grant usage on database d to role r")
    sql("grant usage on schema public to role r")
    sql("use role r")
    sql.error("select * from directory(@s)")
    sql("use role accountadmin")
    sql("grant read on stage s to role r")
    sql("use role r")
    assert sql("select * from directory(@s)") == []
    assert sql.error("alter stage s refresh")[0] == "003001"


def test_files_have_addresses(sql: Sql, tmp_path: Path) -> None:
    base = "https://local.snowflakecomputing.com/api/files"
    assert sql("select build_stage_file_url(@s, '/in/a b.csv')") == [(f"{base}/D/PUBLIC/S/in/a b.csv",)]
    put(sql, tmp_path, "one.csv", "@s/in")
    sql("alter stage s refresh")
    assert sql("select build_stage_file_url(@d.public.s, relative_path) = file_url from directory(@s)") == [(True,)]
    ((one,), (two,)) = sql("select build_scoped_file_url(@s, $1) from values ('a'), ('b')")
    assert one != two
    assert one.startswith(f"{base}/")
    sql("create stage e url = 's3://b/a/'")
    assert sql("select get_stage_location(@e), get_absolute_path(@e, 'x.csv')") == [("s3://b/a/", "s3://b/a/x.csv")]
    assert sql("select get_relative_path(@e, 's3://b/a/c/x.csv')") == [("c/x.csv",)]
    for text in ("get_stage_location(@s)", "get_absolute_path(@s, 'x')", "get_presigned_url(@s, 'x', 60)"):
        assert sql.error(f"select {text}")[0] == "000002"
    for text in ("get_stage_location()", "build_stage_file_url(@s)", "build_stage_file_url('s', 'a')"):
        assert sql.error(f"select {text}")[0] == "001003"
    sql("set s = 7")
    assert sql("select abs($s), build_stage_file_url(@s, $s::varchar)")[0][0] == 7


FOLLOWED = "select relative_path, size, metadata$action, metadata$isupdate from st order by 1, 3"


def test_a_stream_shows_what_files_came_and_went(sql: Sql, tmp_path: Path) -> None:
    put(sql, tmp_path, "one.csv")
    sql("alter stage s refresh")
    sql("create stream st on stage s comment = 'x'")
    put(sql, tmp_path, "two.csv", "@s/in")
    assert sql(FOLLOWED) == []
    sql("alter stage s refresh")
    assert sql("select system$stream_has_data('st')") == [(True,)]
    assert sql(FOLLOWED) == [("in/two.csv", 7, "INSERT", False)]
    listed = sql("select * from directory(@s) where relative_path = 'in/two.csv'")
    assert sql("select * exclude (metadata$action, metadata$isupdate, metadata$row_id) from st") == listed
    assert len(sql("select metadata$row_id from st")[0][0]) == 40
    (tmp_path / "one.csv").write_text("longer than before")
    put(sql, tmp_path, "one.csv")
    sql("remove @s/in")
    sql("alter stage s refresh")
    assert sql(FOLLOWED) == [("one.csv", 7, "DELETE", False), ("one.csv", 18, "INSERT", False)]
    sql("create table seen (path varchar)")
    sql("begin")
    sql("insert into seen select relative_path from st where metadata$action = 'INSERT'")
    sql("rollback")
    assert len(sql(FOLLOWED)) == 2
    sql("insert into seen select relative_path from st where metadata$action = 'INSERT'")
    assert sql("select * from seen") == [("one.csv",)]
    assert sql(FOLLOWED) == [] and sql("select system$stream_has_data('st')") == [(False,)]


def test_what_is_told_of_a_stream_on_a_stage(sql: Sql) -> None:
    sql("create stream st on stage s comment = 'x'")
    (row,) = sql("show streams")
    assert row[1:8] == ("ST", "D", "PUBLIC", "ACCOUNTADMIN", "x", "D.PUBLIC.S", "Stage")
    assert sql("select get_ddl('stream', 'st')") == [("create or replace stream ST on stage S COMMENT='x';",)]
    assert [row[1] for row in sql("show tables")] == []
    assert sql("select count(*) from information_schema.tables where table_schema = 'PUBLIC'") == [(0,)]
    sql("create table s (i int)")  # stages and tables have names of their own
    sql("alter stage s rename to t")
    assert sql("show streams")[0][6] == "D.PUBLIC.T"
    sql("drop schema public")
    sql("undrop schema public")
    assert sql("select * from st") == []
    sql("drop stage t")
    assert sql.error("select * from st") == (
        *("091901", "SQL compilation error:\nBase table 'D.PUBLIC.S' dropped, cannot read from stream 'ST'"),
    )


def test_streams_on_stages_that_are_refused(sql: Sql) -> None:
    sql("create stage plain")
    sql("create temporary stage passing directory = (enable = true)")
    for made, code in (
        ("on stage plain", "391917"),
        ("on stage nosuch", "002003"),
        ("on stage passing", "002003"),
        ("on stage s append_only = true", "001003"),
        ("on stage s at (offset => 0)", "001003"),
        ("on table s", "002003"),
    ):
        assert sql.error(f"create stream st {made}")[0] == code, made


def test_streams_on_stages_are_kept(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("1")
    with LocalAccount(tmp_path / "account") as account:
        sql = Sql(account.session())
        for statement in (
            "create database d",
            "create stage s directory = (enable = true)",
            "create stream st on stage s",
        ):
            sql(statement)
        put(sql, tmp_path, "one.csv")
        sql("alter stage s refresh")
    with LocalAccount(tmp_path / "account") as account:
        sql = Sql(account.session(database="D", schema="PUBLIC"))
        assert sql("select relative_path, metadata$action from st") == [("one.csv", "INSERT")]
        snapshot = account.snapshot()
        sql("remove @s")
        sql("alter stage s refresh")
        assert sql("select * from st") == []
        account.restore(snapshot)
        assert len(Sql(account.session(database="D", schema="PUBLIC"))("select * from st")) == 1


def test_who_may_follow_a_stage(sql: Sql) -> None:
    for statement in (
        *("create role r", "grant role r to user snowcore", "grant usage on database d to role r"),
        *("grant usage, create stream on schema public to role r", "use role r"),
    ):
        sql(statement)
    assert sql.error("create stream st on stage s")[0] == "002003"
    sql("use role accountadmin")
    sql("grant read on stage s to role r")
    sql("use role r")
    sql("create stream st on stage s")
    assert sql("select * from st") == []
