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
    assert sql.error("create stream st on stage s")[0] == "000002"


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
