# ruff: noqa: E501 (a definition is a line)
"""GET_DDL: what it says of an object makes the same object in another schema, of each kind that it knows."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

PYTHON = f"language python runtime_version = '{sys.version_info[0]}.{sys.version_info[1]}'"
BEFORE = (
    "create database d",
    "create warehouse w",
    "create notification integration ni type = queue enabled = true direction = outbound notification_provider = aws_sns"
    " aws_sns_topic_arn = 'arn:aws:sns:us-west-2:1:x' aws_sns_role_arn = 'arn:aws:iam::1:role/x'",
    "create storage integration si type = external_stage storage_provider = 'S3' enabled = true"
    " storage_aws_role_arn = 'arn:aws:iam::1:role/x' storage_allowed_locations = ('s3://b/')",
    "create external volume vol storage_locations = ((name = 'l' storage_provider = 'S3'"
    " storage_base_url = 's3://b/' storage_aws_role_arn = 'arn:aws:iam::1:role/x'))",
    "create schema d.common",
    "create tag tag_of allowed_values 'a', 'b'",
    "create masking policy mask as (v varchar) returns varchar -> case when v > 'm' then v else '*' end",
    "create masking policy mask_by as (v varchar, b int) returns varchar -> iff(b > 1, v, '*')",
    "create row access policy rows_of as (v int) returns boolean -> v > 0",
    "create table source (id int primary key, name varchar, at timestamp_ntz)",
    "insert into source values (1, 'one', '2020-01-01')",
    "create stage files directory = (enable = true)",
    "create sequence numbers start = 5",
    "create file format comma type = csv skip_header = 1",
    "create schema d.one",
    "create schema d.two",
)
KINDS: dict[str, list[str]] = {
    "TAG": [
        "create tag {} allowed_values 'b', 'a''s' comment = 'it''s'",
        "create tag {} propagate = on_dependency",
        "create tag {}",
    ],
    "POLICY": [
        "create masking policy {} as (v varchar, w int) returns varchar ->\n  case when w > 1 then v else '*' end comment = 'c'",
        "create row access policy {} as (v int) returns boolean -> v > 0",
        "create password policy {} password_min_length = 10 password_history = 3 comment = 'c'",
    ],
    "SEQUENCE": ["create sequence {} start = 5 increment = -2 order comment = 'c'", "create sequence {} noorder"],
    "FILE_FORMAT": [
        "create file format {} type = csv field_delimiter = '|' skip_header = 1 null_if = ('', 'a''b') escape = '\\\\'",
        "create file format {} type = csv field_optionally_enclosed_by = '\"' record_delimiter = '\\n' comment = 'c'",
        "create file format {} type = json strip_outer_array = true compression = gzip",
        "create file format {} type = parquet binary_as_text = false",
    ],
    "TABLE": [
        "create table {} (id int not null, name varchar(20) default 'x''y' comment 'col', n number(10,2), b binary(5),"
        " d date, t time(6), z timestamp_tz(3), l timestamp_ltz default current_timestamp(), f float, bo boolean,"
        ' v variant, a array, o object, "Mixed ""Case" int unique, s int autoincrement start 3 increment 2,'
        " primary key (id, n)) cluster by (id, upper(name)) comment = 'c'",
        "create transient table {} (n int default d.common.numbers.nextval, s varchar default concat('a', 'b'))",
        "create table {} (i int, constraint k primary key (i), constraint f foreign key (i) references d.common.source(id))",
        "create table {} (o object(a int, b varchar), m map(varchar, int), a array(int not null))",
        "create table {} (a varchar masking policy d.common.mask, b int with tag (d.common.tag_of = 'a'),"
        " c varchar masking policy d.common.mask_by using (c, b))"
        " with row access policy d.common.rows_of on (b) with tag (d.common.tag_of = 'b')",
        "create hybrid table {} (i int primary key, j int not null, k varchar, index by_j (j) include (k), unique (k))",
        "create external table {} (a int as (value:c1::int) not null, f varchar as (metadata$filename))"
        " location = @d.common.files/x/ file_format = (type = csv skip_header = 1) pattern = '.*' comment = 'c'",
        "create external table {} location = @d.common.files file_format = (format_name = d.common.comma)",
    ],
    "EVENT_TABLE": ["create event table {} data_retention_time_in_days = 3 change_tracking = true comment = 'c'"],
    "ICEBERG_TABLE": [
        "create iceberg table {} (i int, v string) catalog = 'SNOWFLAKE' external_volume = 'VOL' base_location = 'x'"
    ],
    "DYNAMIC_TABLE": [
        "create dynamic table {} target_lag = '2 hours' warehouse = w comment = 'c' as select id, name from d.common.source",
        "create dynamic table {} (a, b) target_lag = downstream warehouse = w initialize = on_schedule"
        " as select id, name from d.common.source",
    ],
    "VIEW": [
        "create view {} (a comment 'x', \"b\") comment = 'c' as select id, name from d.common.source where id > 1",
        "create secure view {} as select 1 as one union all select 2",
        "create materialized view {} comment = 'c' as select name, count(*) as c from d.common.source group by name",
        "create recursive view {} (n) as select 1 union all select n + 1 from {} where n < 3",
        "create view {} (a with masking policy d.common.mask, b) with row access policy d.common.rows_of on (b)"
        " as select name, id from d.common.source",
    ],
    "STAGE": [
        "create stage {} directory = (enable = true) file_format = (type = csv skip_header = 2) comment = 'c'",
        "create stage {} url = 's3://b/x/' storage_integration = si",
    ],
    "PIPE": [
        "create pipe {} comment = 'c' as copy into d.common.source (id, name) from (select $1, $2 from @d.common.files)"
        " file_format = (type = csv)"
    ],
    "STREAM": [
        "create stream {} on table d.common.source append_only = true comment = 'c'",
        "create stream {} on table d.common.source",
    ],
    "TASK": [
        "create task {} warehouse = w schedule = '90 seconds' config = '{{\"a\": \"it''s\"}}' comment = 'c' timezone = 'UTC'"
        " overlap_policy = allow_child_overlap error_integration = ni success_integration = ni when 1 = 1 as select 2",
        "create task {} user_task_managed_initial_warehouse_size = 'SMALL' schedule = 'using cron 0 9 * * mon-fri UTC'"
        " target_completion_interval = '10 minutes' serverless_task_max_statement_size = 'LARGE' log_level = info as"
        " begin let x int := 1; return x; end",
        "create task {} user_task_timeout_ms = 7 suspend_task_after_num_failures = 3 task_auto_retry_attempts = 2"
        " as call system$wait(1)",
    ],
    "ALERT": [
        "create alert {} warehouse = w schedule = '1 minute' comment = 'c' if (exists (select 1 where 1 = 2)) then select 2",
        "create alert {} schedule = 'using cron 0 9 * * * UTC' if (exists (select 1)) then begin let x int := 1; end",
    ],
    "FUNCTION": [
        "create function {}(a int, b varchar default 'it''s') returns varchar comment = 'c' as 'a || b'",
        "create secure function {}(a int, b varchar) returns table (x int, y varchar) as 'select a, b'",
        "create function {}(a int, b varchar) returns int not null strict memoizable as 'a'",
        f"create function {{}}(a int, b varchar) returns int {PYTHON} packages = ('attrs') handler = 'f' as"
        ' $$def f(a, b): return "it\'s"$$',
        f"create aggregate function {{}}(a int, b varchar) returns int {PYTHON} handler = 'f' as 'class f: pass'",
    ],
    "PROCEDURE": [
        "create procedure {}(a int, b varchar default 'x') returns varchar comment = 'c' execute as caller as"
        " $$begin return a || 'it''s' || b; end$$",
        "create secure procedure {}(a int, b varchar) returns table (x int) language sql as"
        " 'declare r resultset default (select 1 as x); begin return table(r); end'",
        "create procedure {}(a int, b out varchar) returns int language sql as 'begin b := a; return 1; end'",
    ],
    "WAREHOUSE": [
        "create warehouse {} warehouse_size = large auto_suspend = 120 auto_resume = false comment = 'c'"
        " max_cluster_count = 3 min_cluster_count = 2 scaling_policy = economy resource_constraint = memory_16x"
        " warehouse_type = 'SNOWPARK-OPTIMIZED'"
    ],
}
STATEMENTS = [(kind, statement) for kind, statements in KINDS.items() for statement in statements]
ARGUMENTS = {"FUNCTION": "(int, varchar)", "PROCEDURE": "(int, varchar)"}
OWN = {
    *("created_on", "schema_name", "id", "text", "updated_on", "resumed_on", "stale_after", "last_refreshed_on"),
    *("data_timestamp", "last_suspended_on"),
}
"""What differs between two objects that were declared alike."""


@pytest.fixture(scope="module")
def session() -> SqlSession:
    account = LocalAccount()
    session = account.session()
    for statement in BEFORE:
        session.execute(statement)
    return session


def told(session: SqlSession, statement: str) -> list[dict[str, Any]]:
    result = session.execute(statement)
    names = [column.name for column in result.columns]
    return [
        {key: value for key, value in zip(names, row, strict=True) if key.lower() not in OWN} for row in result.rows
    ]


def known(session: SqlSession, kind: str, statement: str, where: str) -> list[Any]:
    """What SHOW and DESCRIBE say of an object."""
    words = kind.replace("_", " ")
    if kind == "POLICY":
        words = next(
            one for one in ("MASKING POLICY", "ROW ACCESS POLICY", "PASSWORD POLICY") if one.lower() in statement
        )
    if "external table" in statement:
        words = "EXTERNAL TABLE"
    if "materialized" in statement:
        words = "MATERIALIZED VIEW"
    place = "" if kind == "WAREHOUSE" else f" in schema {where}"
    plural = f"{words[:-1]}ies" if kind == "POLICY" else f"{words}s"
    found = [told(session, f"show {plural} like 'o'{place}")]
    if kind not in ("TAG", "WAREHOUSE"):
        found.append(told(session, f"describe {words} o{ARGUMENTS.get(kind, '')}"))
    return found


@pytest.mark.parametrize(("kind", "statement"), STATEMENTS, ids=[f"{one[0]} {one[1][:60]}" for one in STATEMENTS])
def test_an_object_is_made_again(session: SqlSession, kind: str, statement: str) -> None:
    name = f"o{ARGUMENTS.get(kind, '')}"
    dropped, asked = f"drop {known_words(kind, statement)} if exists {name}", f"select get_ddl('{kind}', '{name}')"
    both: list[tuple[str, list[Any]]] = []
    text = statement.replace("{{", "{").replace("}}", "}").replace("{}", "o")
    for where in ("d.one", "d.two"):
        session.execute(f"use schema {where}")
        session.execute(dropped)
        session.execute(text)
        ((text,),) = session.execute(asked).rows
        both.append((text, known(session, kind, statement, where)))
    whole = session.execute(f"{asked[:-1]}, true)")
    if kind != "WAREHOUSE":
        assert "D.TWO.O" in whole.rows[0][0]
    for where in ("d.one", "d.two"):
        session.execute(f"use schema {where}")
        session.execute(dropped)
    assert both[0][0] == both[1][0]
    assert str(both[0][1]).replace(".ONE.", ".TWO.") == str(both[1][1])


def known_words(kind: str, statement: str) -> str:
    for words in ("masking policy", "row access policy", "password policy", "external table", "materialized view"):
        if f"create {words}" in statement:
            return words
    return kind.replace("_", " ")


def test_a_schema_is_made_again() -> None:
    """With all that is in it, in an order in which each finds what it needs; stages are not told, as in Snowflake."""
    with LocalAccount() as account:
        session = account.session()
        for statement in BEFORE:
            session.execute(statement)
        for kind, statements in KINDS.items():
            for at, statement in enumerate(statements):
                if kind not in ("WAREHOUSE", "STAGE"):
                    session.execute(statement.replace("{{", "{").replace("}}", "}").replace("{}", f"{kind}_{at}"))
        session.execute("create stream of_view on view view_0")
        asked = "select get_ddl('schema', 'd.two', true)"
        ((text,),) = session.execute(asked).rows
        session.execute("drop schema d.two")
        for statement in text.split(";\n\n"):
            session.execute(statement)
        assert session.execute(asked).rows == [(text,)]
        assert "of_view" in text.lower() and "procedure_1" in text.lower() and "external table" in text


def test_what_get_ddl_does_not_know() -> None:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        session.execute("create table t (i int)")
        session.execute("create semantic view v tables (t primary key (i)) facts (t.f as i) metrics (t.m as count(i))")
        for kind, name in (("SECRET", "s"), ("NONSENSE", "n")):
            with pytest.raises(AccountError) as caught:
                session.execute(f"select get_ddl('{kind}', '{name}')")
            assert (caught.value.code, "GET_DDL of a" in caught.value.message) == ("000002", True)
