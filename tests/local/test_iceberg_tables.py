"""Iceberg tables: tables with rows if Snowflake is their catalog, kept as they were declared if it isn't."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api, Run, refusal, running

VOLUME = (
    "create external volume vol storage_locations = ((name = 'l' storage_provider = 'S3' storage_base_url = 's3://b/'"
    " storage_aws_role_arn = 'arn:aws:iam::1:role/r'))"
)
GLUE = (
    "create catalog integration glue catalog_source = glue table_format = iceberg glue_aws_role_arn ="
    " 'arn:aws:iam::1:role/r' glue_catalog_id = '1' catalog_namespace = 'ns' enabled = true"
)
ICE = "create iceberg table ice (a int, b string, at timestamp_ntz) external_volume = 'vol' catalog = 'SNOWFLAKE'"
TABLES = "databases/d/schemas/public/iceberg-tables"


@pytest.fixture
def session() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        for line in ("create database d", VOLUME, GLUE, f"{ICE} base_location = 'ice/' comment = 'cold'"):
            session.execute(line)
        session.execute("insert into ice values (1, 'x', '2026-01-01'), (2, 'y', null)")
        yield session


@pytest.fixture
def run(session: SqlSession) -> Run:
    return running(session)


@pytest.fixture
def api(session: SqlSession) -> Api:
    return Api(session.account)  # pyright: ignore[reportArgumentType]


def test_rows_are_as_those_of_other_tables(run: Run) -> None:
    run("update ice set b = 'z' where a = 2", "create stream s on table ice", "delete from ice where a = 1")
    assert run("select a, b from ice") == [(2, "z")]
    assert run("select a, metadata$action from s") == [(1, "DELETE")]
    run("alter iceberg table ice add column d double", "alter iceberg table ice rename to cold")
    run("drop iceberg table cold", "undrop iceberg table cold")
    assert run("select * exclude at from cold") == [(2, "z", None)]
    run("create or replace iceberg table sums catalog = 'SNOWFLAKE' as select sum(a) as n from cold")
    assert run("select n from sums") == [(2,)]


def test_what_they_are_told_as(run: Run) -> None:
    ((_, *row),) = run("show iceberg tables like 'ice'")
    owner, more = "ACCOUNTADMIN", ("MANAGED", "", "", "ice/", "Y", "cold", None, "ROLE", None, None, None, None)
    assert row == ["ICE", "D", "PUBLIC", owner, "VOL", "SNOWFLAKE", *more]
    assert [row[1] for row in run("describe iceberg table ice")] == [
        "NUMBER(38,0)",
        "VARCHAR(16777216)",
        "TIMESTAMP_NTZ(6)",
    ]
    assert run("select is_iceberg from information_schema.tables") == [("YES",)]
    ((ddl,),) = run("select get_ddl('table', 'ice')")
    assert ddl.startswith("create or replace ICEBERG TABLE ICE (")
    assert ddl.endswith(" EXTERNAL_VOLUME = 'VOL' CATALOG = 'SNOWFLAKE' BASE_LOCATION = 'ice/';")
    run(ddl)
    assert run("select get_ddl('table', 'ice')") == [(ddl,)]


def test_clones(run: Run) -> None:
    run("create iceberg table twin clone ice", "create iceberg table like_ice like ice base_location = 'other'")
    found = {row[1]: (row[5], row[10]) for row in run("show iceberg tables")}
    assert found == {"ICE": ("VOL", "ice/"), "LIKE_ICE": ("VOL", "other"), "TWIN": ("VOL", "")}
    assert run("select (select count(*) from twin), (select count(*) from like_ice)") == [(2, 0)]
    run("create schema copy clone public")
    assert len(run("show iceberg tables in schema copy")) == 3


REFUSED = {
    "create iceberg table x (a variant)": "091386",
    "create iceberg table x (a timestamp_tz)": "091386",
    "create iceberg table x (a timestamp_ntz(9))": "091386",
    "create iceberg table x (a varchar(10))": "091386",
    "create iceberg table x (a object)": "091386",
    "create iceberg table x as select parse_json('1') a": "091386",
    "alter iceberg table ice add column v variant": "091386",
    "create iceberg table x (a int) external_volume = 'nowhere'": "002003",
    "create iceberg table x catalog = 'nowhere' catalog_table_name = 'x'": "002003",
    "create iceberg table x catalog = 'glue'": "001003",
    "create transient iceberg table x (a int)": "001003",
    "create table x (a int) external_volume = 'vol'": "001420",
    "create table x clone ice": "002203",
    "create iceberg table x clone plain": "002203",
    "alter iceberg table ice refresh": "000002",
    "drop iceberg table plain": "002003",
    "create stream s on table ice insert_only = true": "001420",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_refused(run: Run, sql: str) -> None:
    run("create table plain (a int)")
    assert refusal(run, sql) == REFUSED[sql]
    assert [row[1] for row in run("show tables")] == ["ICE", "PLAIN"]


def test_those_of_other_catalogs_are_kept(run: Run) -> None:
    run("create iceberg table far external_volume = 'vol' catalog = 'glue' catalog_table_name = 'orders'")
    ((_, *row),) = run("show iceberg tables like 'far'")
    assert row[4:8] == ["VOL", "GLUE", "UNMANAGED", "orders"]
    for sql in (
        "select * from far",
        "insert into far select 1",
        "delete from far",
        "create stream s on table far",
        "select count(*) from far",
    ):
        assert refusal(run, sql) == "000002", sql
    run("create schema copy clone public", "use schema d.public", "drop iceberg table far")
    assert refusal(run, "select 1 from d.copy.far") == "000002"


def test_rest(api: Api, run: Run) -> None:
    body = {"name": "r", "columns": [{"name": "a", "datatype": "int"}, {"name": "t", "datatype": "time"}]}
    api("POST", TABLES, {**body, "external_volume": "vol", "base_location": "r/", "comment": "c"})
    found = api("GET", f"{TABLES}/r")
    assert {
        "iceberg_table_type": "MANAGED",
        "can_write_metadata": "Y",
        "external_volume": "VOL",
    }.items() <= found.items()
    assert [column["datatype"] for column in found["columns"]] == ["NUMBER(38,0)", "TIME(6)"]
    run("insert into r values (7, '10:00')")
    assert api("GET", "databases/d/schemas/public/tables/r")["table_type"] == "ICEBERG"
    api("POST", f"{TABLES}/r:clone", {"name": "r2"})
    api("POST", f"{TABLES}/r:create-like", {"name": "r3", "base_location": "r3"})
    api("POST", f"{TABLES}:as-select", {"name": "r4"}, query="select a + 1 as b from r")
    assert run("select r2.a, b from r2, r4") == [(7, 8)]
    api("POST", f"{TABLES}:from-aws-glue-catalog", {"name": "far", "catalog": "glue", "catalog_table_name": "x"})
    assert [one["name"] for one in api("GET", TABLES)] == ["FAR", "ICE", "R", "R2", "R3", "R4"]
    api("DELETE", f"{TABLES}/r")
    api("POST", f"{TABLES}/r:undrop")
    assert run("select a from r") == [(7,)]
    assert api.error("POST", f"{TABLES}/far:refresh", {})[:2] == (400, "000002")
    assert api.error("POST", TABLES, {"name": "v", "columns": [{"name": "a", "datatype": "variant"}]})[1] == "091386"
    run("create table plain (a int)")
    assert api.error("GET", f"{TABLES}/plain")[0] == 404
    assert api.error("DELETE", f"{TABLES}/plain")[0] == 404


def test_privileges(run: Run) -> None:
    run("create role other", "grant role other to role accountadmin", "grant usage on database d to role other")
    run("grant usage, create table on schema public to role other", "grant select on iceberg table ice to role other")
    run("use role other")
    assert len(run("select * from ice")) == 2
    assert refusal(run, "create iceberg table x (a int)") == "003001"
    assert refusal(run, "drop iceberg table ice") == "003001"
    run("use role accountadmin", "grant create iceberg table on schema public to role other", "use role other")
    run("create iceberg table x (a int)")


def test_they_are_kept(tmp_path: Path) -> None:
    with LocalAccount(tmp_path) as account:
        running(account.session())("create database d", VOLUME, GLUE, ICE, "insert into ice values (1, 'x', null)")
        running(account.session(database="D", schema="PUBLIC"))(
            "create iceberg table far catalog = 'glue' metadata_file_path = 'm.json'"
        )
    with LocalAccount(tmp_path) as account:
        run = running(account.session(database="D", schema="PUBLIC"))
        assert run("select a from ice") == [(1,)]
        assert [(row[1], row[7]) for row in run("show iceberg tables")] == [("FAR", "UNMANAGED"), ("ICE", "MANAGED")]
