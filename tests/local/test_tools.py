"""What other people's tools ask of an account: ibis, sqlmesh, SnowDDL, permifrost and their like."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local.sql import SqlSession

from .test_routines import error, one


def test_json_is_shown_as_json_indent_says(session: SqlSession) -> None:
    text = """select parse_json('{"b": [1, {}], "a": 1}')"""
    for indent, shown in ((0, '{"a":1,"b":[1,{}]}'), (1, '{\n "a": 1,\n "b": [\n  1,\n  {}\n ]\n}')):
        session.execute(f"alter session set json_indent = {indent}")
        assert one(session, text) == shown
    session.execute("alter session unset json_indent")
    assert one(session, text) == '{\n  "a": 1,\n  "b": [\n    1,\n    {}\n  ]\n}'


def test_columns_tell_numbering_apart_from_defaults(session: SqlSession) -> None:
    session.execute("create table numbered (a int identity(5, 2), b int default 3)")
    told = "column_default, is_identity, identity_start, identity_increment, identity_generation"
    rows = session.execute(f"select {told} from information_schema.columns where table_name = 'NUMBERED'").rows
    assert list(rows) == [(None, "YES", "5", "2", "BY DEFAULT"), ("3", "NO", None, None, None)]


FILE = (
    "copy into @st/x.json from (select object_construct('id', column1, 'name', column2) from values (1, 'a'), (1, 'b'))"
)


def test_files_are_read_by_a_format_whose_name_needs_quotes(session: SqlSession) -> None:
    for ignore in ("false", "true"):
        session.execute(f"alter session set quoted_identifiers_ignore_case = {ignore}")
        session.execute("create or replace table loaded (id int, name varchar)")
        session.execute("""create or replace file format "a-b" type = json comment = 'of tools'""")
        session.execute('create or replace stage st file_format = (format_name = "a-b")')
        session.execute(f"{FILE} file_format = (type = json compression = none) single = true")
        place = f"{session.database}.{session.schema}"
        session.execute(
            f"merge into loaded d using (select $1:id::int as id, $1:name::varchar as name from '@st'"
            f' (file_format => {place}."a-b") qualify row_number() over (partition by id order by seq8() desc) = 1) s'
            " on d.id = s.id when not matched then insert (id, name) values (s.id, s.name)"
        )
        assert list(session.execute("select * from loaded").rows) == [(1, "b")]  # the last of the file
        session.execute(
            "copy into loaded (id) from (select $1:id::int from '@st')"
            f""" file_format = (format_name = '{place}."a-b"')"""
        )
        assert one(session, "select count(*) from loaded") == 3
        session.execute('create or replace table made as select $1:name::varchar as n from @st (file_format => "a-b")')
        assert one(session, "select listagg(n) from made") == "ab"


def test_tools_are_told_the_edition_and_the_region(session: SqlSession) -> None:
    told = json.loads(one(session, "select system$bootstrap_data_request('ACCOUNT')"))
    assert told["accountInfo"]["serviceLevelName"] == "ENTERPRISE"
    assert told["serverVersion"] == one(session, "select current_version()")
    assert json.loads(one(session, "select system$show_active_behavior_change_bundles()")) == []
    assert re.fullmatch("[A-Z]+_[A-Z_]+", one(session, "select current_region()"))
    assert error(session, "select system$bootstrap_data_request('USER')")[0] == "000002"


def test_users_give_their_sessions_parameters(session: SqlSession) -> None:
    session.execute("create user u query_tag = 'x' timezone = 'Europe/Berlin' first_name = 'A'")
    session.execute("alter user u set week_start = 3, query_tag = 'z'")
    session.execute("alter user u unset timezone")

    def told(name: str, user: str = "u") -> tuple[str, ...]:
        (row,) = session.execute(f"show parameters like '{name}' in user {user}").rows
        return row[1], row[3]

    assert [told(name) for name in ("query_tag", "week_start", "timezone")] == [
        *(("z", "USER"), ("3", "USER"), ("America/Los_Angeles", ""))
    ]
    assert error(session, "alter user u set timezone = 'Nowhere'")[0] == "001008"
    assert error(session, "alter user u set nope = 1")[0] == "001003"
    session.execute("alter user snowcore set timezone = 'UTC'")
    later = session.account.open_session(session.context)
    assert later.execute("show parameters like 'timezone'").rows[0][1] == "UTC"
    session.execute("create or replace user u")
    assert told("week_start") == ("0", "")


def test_a_user_is_described_with_all_that_could_be_known(session: SqlSession) -> None:
    session.execute("create user u email = 'u@example.com'")
    session.execute("create user without default_secondary_roles = ()")
    session.execute("show users like '%u%'")
    told = (
        """select "default_secondary_roles" from table(result_scan(last_query_id())) where "name" in ('U', 'WITHOUT')"""
    )
    assert [json.loads(row[0]) for row in session.execute(told).rows] == [["ALL"], []]
    found = {row[0]: row[1] for row in session.execute("describe user u").rows}
    assert (found["EMAIL"], found["RSA_PUBLIC_KEY"], found["DEFAULT_ROLE"]) == ("u@example.com", "null", "null")


def test_warehouses_have_a_generation(session: SqlSession) -> None:
    session.execute("create warehouse first")
    session.execute("create warehouse second generation = '2' resource_constraint = 'STANDARD_GEN_2'")
    session.execute("show warehouses")
    told = 'select "name", "generation", "resource_constraint" from table(result_scan(last_query_id()))'
    assert list(session.execute(told).rows) == [("FIRST", "1", None), ("SECOND", "2", "STANDARD_GEN_2")]


def test_a_role_reads_what_is_told_of_the_account_if_it_was_granted(session: SqlSession) -> None:
    for name in ("imports", "views", "nothing"):
        session.execute(f"create role {name}")
        session.execute(f"grant role {name} to user snowcore")
    session.execute("grant imported privileges on database snowflake to role imports")
    session.execute("grant database role snowflake.object_viewer to role views")
    session.execute("use secondary roles none")
    granted = {(row[1], row[2], row[3]) for row in session.execute("show grants to role imports").rows}
    assert granted == {("USAGE", "DATABASE", "SNOWFLAKE")}
    asked = "select count(*) from snowflake.account_usage.tables"
    for name in ("imports", "views"):
        session.execute(f"use role {name}")
        assert one(session, asked) >= 0
    session.execute("use role nothing")
    assert error(session, asked)[0] == "002003"
    assert error(session, "grant imported privileges on database snowflake to role nothing")[0] == "003001"
    session.execute("use role accountadmin")
    session.execute("revoke imported privileges on database snowflake from role imports")
    session.execute("use role imports")
    assert error(session, asked)[0] == "002003"


def test_comments_are_set_on_every_kind(session: SqlSession) -> None:
    session.execute("create warehouse w")
    session.execute("create task k warehouse = w schedule = '1 minute' as select 1")
    session.execute("create stage st")
    session.execute("create role r")
    session.execute("create stream sm on table t")
    for kind, name, listing in (
        *(("task", "k", "tasks"), ("stage", "st", "stages"), ("role", "r", "roles"), ("stream", "sm", "streams")),
        ("warehouse", "w", "warehouses"),
    ):
        session.execute(f"comment if exists on {kind} {name} is 'it''s'")
        session.execute(f"show {listing} like '{name}'")
        assert one(session, 'select "comment" from table(result_scan(last_query_id()))') == "it's", kind
    assert error(session, "comment on task nope is 'x'")[0] == "002003"
    session.execute("comment if exists on task nope is 'x'")


def test_a_bound_value_is_a_part_of_what_a_system_function_gets(session: SqlSession) -> None:
    assert session.execute("select system$wait(? * 0)", [5]).rows[0][0] == "waited 0 seconds"
    session.execute("begin let n := 0; call system$wait((:n + 0)::varchar, 'SECONDS'); return :n; end;")


def test_databases_and_schemas_tell_their_kind_and_parameters(session: SqlSession) -> None:
    session.execute("create transient database shop data_retention_time_in_days = 0")
    session.execute("show databases like 'shop'")
    told = 'select "kind", "options", "retention_time" from table(result_scan(last_query_id()))'
    assert list(session.execute(told).rows) == [("STANDARD", "TRANSIENT", "0")]
    for asked in ("database shop", "schema shop.public"):
        found = {row[0]: row[1:] for row in session.execute(f"show parameters in {asked}").rows}
        assert found["DEFAULT_DDL_COLLATION"][0] == "" and found["USER_TASK_TIMEOUT_MS"][:2] == ("3600000", "3600000")
    (row,) = session.execute("show parameters like 'data_retention%' for database shop").rows
    assert row[:4] == ("DATA_RETENTION_TIME_IN_DAYS", "0", "1", "DATABASE")
    assert error(session, "show parameters in database nope")[0] in ("002003", "002043")


def test_stages_are_dropped_with_their_sign_and_emptied_by_quoted_names(session: SqlSession) -> None:
    session.execute("""create stage "it's a; b" """)
    session.execute("""copy into @"it's a; b"/in/x.csv from (select 1) single = true""")
    assert one(session, """remove @"it's a; b"/in pattern = '.*csv'""") == "it's a; b/in/x.csv"
    session.execute("""drop stage @"it's a; b" """)
    session.execute("""drop stage if exists @"it's a; b" """)


def test_an_integration_for_python_packages(session: SqlSession) -> None:
    session.execute("create api integration packages api_provider = pypi enabled = true comment = 'c'")
    told = {row[0]: row[2] for row in session.execute("describe api integration packages").rows}
    assert (told["API_PROVIDER"], told["ENABLED"]) == ("PYPI", "true")
    assert error(session, "create api integration git api_provider = git_https_api enabled = true")[0] == "001003"


def test_pools_repositories_and_services_have_plain_names(session: SqlSession) -> None:
    sized = "min_nodes = 1 max_nodes = 1 instance_family = cpu_x64_xs"
    for statement in (f'create compute pool "p" {sized}', 'create image repository "a b"'):
        assert error(session, statement)[0] == "000904"
    session.execute(f"create compute pool p {sized}")
    text = "spec: {containers: [{name: a, image: /d/s/r/i}]}"
    assert error(session, f"""create service "s" in compute pool p from specification '{text}'""")[0] == "000904"


def test_files_are_copied_between_stages(session: SqlSession) -> None:
    for stage in ("a", '"b c"'):
        session.execute(f"create stage {stage}")
    for name in ("x/1.csv", "x/y/2.csv", "3.csv"):
        session.execute(f"copy into @a/{name} from (select 1) single = true")

    def copied(words: str) -> list[str]:
        return [row[0] for row in session.execute(f"copy files into {words}").rows]

    assert copied('@"b c" from @a') == ["b c/3.csv", "b c/x/1.csv", "b c/x/y/2.csv"]
    assert copied('@"b c"/z/ from @a/x/') == ["b c/z/1.csv", "b c/z/y/2.csv"]
    assert copied("'@a/q/' from @a pattern = '.*3.csv'") == ["a/q/3.csv"]
    assert copied("@a/r from @a/x files = ('y/2.csv') detailed_output = true") == ["a/r/y/2.csv"]
    assert [row[0] for row in session.execute('list @"b c"/z').rows] == ["b c/z/1.csv", "b c/z/y/2.csv"]
    for words, code in (("@~ from @a", "001003"), ("@a/../b from @a", "001003"), ("@nope from @a", "002003")):
        with pytest.raises(AccountError) as caught:
            copied(words)
        assert caught.value.code == code


def test_files_are_copied_by_who_may_write_and_read(session: SqlSession) -> None:
    for text in ("create stage a", "create stage b", "create role r", "grant role r to user snowcore"):
        session.execute(text)
    place = f"{session.database}.{session.schema}"
    for granted in (f"usage on database {session.database}", f"usage on schema {place}", "read on stage a"):
        session.execute(f"grant {granted} to role r")
    for granted in ("read", "write"):
        session.execute("use role r")
        assert error(session, "copy files into @b from @a")[0] in ("002003", "003001")
        session.execute("use role accountadmin")
        session.execute(f"grant {granted} on stage b to role r")
    session.execute("use role r")
    session.execute("copy files into @b from @a")


def test_tags_are_told_with_where_they_come_from(session: SqlSession) -> None:
    for text in (
        "create tag g",
        "create tag k",
        "create table tagged (i int, j int)",
        "alter table tagged set tag k = 'w'",
    ):
        session.execute(text)
    session.execute(f"alter schema {session.schema} set tag g = 'v'")
    session.execute("alter table tagged modify column i set tag g = 'c'")

    def told(function: str, name: str, kind: str) -> list[tuple[object, ...]]:
        of = f"information_schema.{function}('{name}', '{kind}')"
        return list(
            session.execute(f"select column_name, tag_name, tag_value, level from table({of}) order by 1, 2").rows
        )

    assert told("tag_references", "tagged", "table") == [(None, "G", "v", "SCHEMA"), (None, "K", "w", "TABLE")]
    of_i = [("I", "G", "c", "COLUMN"), ("I", "K", "w", "TABLE")]
    assert told("tag_references", "tagged.i", "column") == of_i
    of_j = [("J", "G", "v", "SCHEMA"), ("J", "K", "w", "TABLE")]
    assert told("tag_references_all_columns", "tagged", "table") == of_i + of_j
    assert error(session, "select * from table(information_schema.tag_references('nope', 'table'))")[0] == "002003"


def test_a_view_becomes_secure_and_no_longer_is(session: SqlSession) -> None:
    session.execute("create view v as select 1 as a")
    for change, told in (("set", "YES"), ("unset", "NO")):
        session.execute(f"alter view v {change} secure")
        assert one(session, "select is_secure from information_schema.views where table_name = 'V'") == told


def test_outer_arrays_are_stripped_where_there_are_some(session: SqlSession, tmp_path: Path) -> None:
    session.execute("create stage st")
    session.execute("create table j (v variant)")
    content = '[1]\n[{"x": "]["}, 3] {"y": 4}\n5'
    (tmp_path / "a.json").write_text(content)
    (tmp_path / "b.json").write_text('{"z": 6}\n{"z": 7}')
    session.execute(f"put 'file://{tmp_path}/*.json' @st")
    session.execute("copy into j from @st file_format = (type = json strip_outer_array = true)")
    found = sorted(row[0] for row in session.execute("select to_json(v) from j").rows)
    assert found == ["1", "3", "5", '{"x":"]["}', '{"y":4}', '{"z":6}', '{"z":7}']


def test_what_is_null_isnt_set(session: SqlSession) -> None:
    session.execute("create warehouse w warehouse_size = 'SMALL' resource_constraint = null comment = null")
    session.execute("alter warehouse w set comment = 'c'")
    session.execute("alter warehouse w set warehouse_size = 'XSMALL' comment = NULL")
    told = 'select "size", "comment" from table(result_scan(last_query_id()))'
    session.execute("show warehouses like 'w'")
    assert list(session.execute(told).rows) == [("X-Small", "")]
    session.execute("create stage st")
    session.execute("show stages")
    told = 'select "url", "region", "storage_integration", "endpoint" from table(result_scan(last_query_id()))'
    assert list(session.execute(told).rows) == [("", None, None, None)]


def test_dynamic_tables_are_told_with_their_columns_as_resources(session: SqlSession) -> None:
    session.execute("create warehouse w")
    session.execute('create dynamic table "d t" target_lag = downstream warehouse = w as select 1 as a')
    told = json.loads(one(session, "show as resource dynamic tables"))
    assert [column["name"] for column in told["columns"]] == ["A"] and told["cluster_by"] is None
    assert [column["comment"] for column in told["columns"]] == [None]


def test_scripts_clean_up_what_the_account_has_none_of(session: SqlSession) -> None:
    for kind in ("git repository", "model", "application", "application package"):
        (row,) = session.execute(f"drop {kind} if exists nope").rows
        assert row == ("Drop statement executed successfully (NOPE already dropped).",)
        assert error(session, f"drop {kind} nope")[0] in ("000002", "001003", "002003")


def test_a_compute_pool_tells_its_status(session: SqlSession) -> None:
    session.execute("create compute pool pool min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS")
    assert json.loads(one(session, "call system$get_compute_pool_status('pool')"))["status"] == "IDLE"
    session.execute("alter compute pool pool suspend")
    told = json.loads(one(session, "select system$get_compute_pool_status('POOL')"))
    assert told == {"status": "SUSPENDED", "message": "Compute pool is suspended"}
    assert error(session, "select system$get_compute_pool_status('nope')")[0] == "002003"
    session.execute("drop compute pool pool")


def test_the_event_table_that_every_account_has_is_empty(session: SqlSession) -> None:
    query = """select timestamp, resource_attributes:"snow.database.name"::string, record:severity_text, value::string
        from snowflake.telemetry.events where record_type = 'LOG' and timestamp > '2026-01-01'"""
    found = session.execute(query)
    assert list(found.rows) == [] and found.columns[0].name == "TIMESTAMP"
    assert error(session, "select * from snowflake.telemetry.nope")[0] == "000002"


def test_snowflakes_own_images_are_none(session: SqlSession) -> None:
    for text in ("show image repositories in schema snowflake.images", "show dcm projects", "show dbt projects"):
        assert list(session.execute(text).rows) == []
