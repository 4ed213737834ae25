"""External stages read and write the folders that stand for their buckets, and nothing outside of these."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowcore.local import AccountError, LocalAccount

from .test_sql import Sql


@pytest.fixture
def bucket(tmp_path: Path) -> Path:
    folder = tmp_path / "bucket"
    (folder / "in" / "deep").mkdir(parents=True)
    (folder / "in" / "a.csv").write_text("1,x\n2,y\n")
    (folder / "in" / "deep" / "b.csv").write_text("3,z\n")
    (folder / "j.json").write_text('{"a": 1}')
    (tmp_path / "secret.csv").write_text("secret,0\n")
    return folder


@pytest.fixture
def sql(bucket: Path) -> Iterator[Sql]:
    with LocalAccount(buckets={"s3://b/data/": bucket, "gcs://other": bucket / "in"}) as account:
        sql = Sql(account.session())
        sql("create database d")
        sql("create stage e url = 's3://b/data/in/' file_format = (type = csv)")
        sql("create table t (a int, b varchar)")
        yield sql


def test_files_of_a_bucket_are_listed_read_loaded_and_removed(sql: Sql, bucket: Path) -> None:
    names = ["s3://b/data/in/a.csv", "s3://b/data/in/deep/b.csv"]
    assert sql.column("list @e", "name") == names
    assert sql("select $1, $2, metadata$filename from @e/deep") == [("3", "z", "data/in/deep/b.csv")]
    assert [row[:2] for row in sql("copy into t from @e")] == [(name, "LOADED") for name in names]
    assert sql("select count(*) from t") == [(3,)]
    assert sql("copy into t from @e") == [("Copy executed with 0 files processed.",)]
    assert sql("remove @e/deep") == [(names[1], "removed")]
    assert not (bucket / "in" / "deep" / "b.csv").exists()
    (row,) = sql("copy into t from @e/a.csv force = true purge = true")
    assert (row[1], (bucket / "in" / "a.csv").exists()) == ("LOADED", False)


def test_rows_are_unloaded_into_a_bucket(sql: Sql, bucket: Path) -> None:
    sql("insert into t values (1, 'x')")
    sql("copy into @e/new/ from t file_format = (type = csv compression = none)")
    assert (bucket / "in" / "new" / "data_0_0_0.csv").read_text() == "1,x\n"
    sql("create stage whole url = 's3://b/data'")
    sql("copy into @whole/p from t file_format = (type = parquet) header = true")
    sql("create file format p type = parquet")
    assert sql("select $1:A::int from @whole/p (file_format => 'p')") == [(1,)]


def test_the_nearest_bucket_counts(sql: Sql) -> None:
    sql("create stage g url = 'gcs://other/deep'")
    assert sql("select $1 from @g") == [("3",)]


def test_a_bucket_without_a_folder_is_refused(sql: Sql, tmp_path: Path) -> None:
    for url in ("s3://c/", "s3://b/", "s3://b/database/", "azure://other/in"):
        sql(f"create or replace stage c url = '{url}'")
        for text in ("list @c", "select $1 from @c", "copy into t from @c", "copy into @c from t", "remove @c"):
            code, message = sql.error(text)
            assert (code, "buckets" in message) == ("000002", True)
    for url, folder in (("s3://x", "nowhere"), ("bucket", "."), ("s3://a/../b", ".")):
        with pytest.raises(ValueError):
            LocalAccount(buckets={url: tmp_path / folder})


@pytest.mark.parametrize(
    "url", ["s3://b/data/../", "s3://b/data/in/../../", "s3://b/data/away/", "s3://b/data/in/../.."]
)
def test_no_url_leads_out_of_a_bucket(sql: Sql, bucket: Path, tmp_path: Path, url: str) -> None:
    (bucket / "away").symlink_to(tmp_path)
    sql(f"create stage out url = '{url}'")
    for text in ("list @out", "select $1 from @out/secret.csv", "copy into @out/x from t", "remove @out/secret.csv"):
        assert sql.error(text)[0] == "001003"
    assert (tmp_path / "secret.csv").read_text() == "secret,0\n"


def test_no_path_and_no_link_leads_out_of_a_bucket(sql: Sql, bucket: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    inside = bucket / "in"
    (inside / "link.csv").symlink_to(secret)
    (inside / "away").symlink_to(tmp_path)
    os.link(secret, tmp_path / "other.csv")
    listed = sql.column("list @e", "name")
    assert not [name for name in listed if "link" in name or "away" in name]
    for path in ("../../secret.csv", "link.csv", "away/secret.csv", "away/", f"{secret}"):
        assert sql(f"select $1 from '@e/{path}'") == []
        assert sql(f"copy into t from '@e/{path}'") == [("Copy executed with 0 files processed.",)]
        assert sql(f"remove '@e/{path}'") == []
        assert sql.error(f"copy into t from @e files = ('{path}')")[0] == "091016"
    for path in ("../x", "away/x", "away/../../x", "a/../../../x"):
        assert sql.error(f"copy into '@e/{path}' from (select 1)")[0] == "001003"
    assert sql.error("copy into @e from (select 1 a, '../../../x' b) partition by (b)")[0] == "001003"
    assert sql.error("execute immediate from '@e/../../secret.csv'")[0] == "001003"
    assert sql.error("execute immediate from @e/away/secret.csv")[0] == "001003"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bucket", "other.csv", "secret.csv"]
    assert secret.read_text() == "secret,0\n"


def test_files_of_a_bucket_are_put_there_by_other_means(sql: Sql, tmp_path: Path) -> None:
    assert sql.error(f"put file://{tmp_path}/secret.csv @e")[0] == "001003"
    assert sql.error(f"get @e file://{tmp_path}")[0] == "001003"


def test_a_pipe_loads_a_bucket(sql: Sql, bucket: Path) -> None:
    sql("create pipe p as copy into t from @e")
    assert sql("alter pipe p refresh prefix = 'deep/'") == [("s3://b/data/in/deep/b.csv", "SENT")]
    assert sql("alter pipe p refresh") == [("s3://b/data/in/a.csv", "SENT")]
    os.utime(bucket / "j.json", (0, 0))
    sql("create table v (v variant)")
    sql("create stage old url = 's3://b/data/' file_format = (type = json)")
    sql("create pipe o as copy into v from @old pattern = '.*json'")
    assert sql("alter pipe o refresh") == []  # of more than seven days ago


def test_a_served_account_has_buckets(bucket: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "snowcore", "serve", "--port", "0", "--bucket", f"s3://b={bucket}"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "SNOWCORE_PASSWORD": "p"}
    ) as served:
        try:
            assert served.stdout is not None
            port = next(line.split("=")[1].strip() for line in served.stdout if line.startswith("port"))
            import urllib.request

            def run(statement: str) -> list[list[str]]:
                request = urllib.request.Request(
                    f"http://127.0.0.1:{port}/api/v2/statements",
                    json.dumps({"statement": statement}).encode(),
                    {"Authorization": "Bearer p", "Content-Type": "application/json"},
                )
                with urllib.request.urlopen(request) as answer:
                    return json.loads(answer.read())["data"]

            run("create database d")
            run("create stage d.public.e url = 's3://b/in/'")
            assert run("select $1 from @d.public.e order by 1") == [["1"], ["2"], ["3"]]
        finally:
            served.terminate()
    for wrong in ("s3://b", "=x", f"s3://b={tmp_path}/nowhere"):
        failed = subprocess.run([*command[:-1], wrong], capture_output=True, text=True)
        assert failed.returncode != 0
        assert "Traceback" not in failed.stderr


def test_an_account_without_buckets_refuses(account: LocalAccount) -> None:
    session = account.session()
    session.execute("create database d")
    session.execute("create stage e url = 's3://b/'")
    with pytest.raises(AccountError, match="buckets"):
        session.execute("list @e")
