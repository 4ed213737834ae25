"""Files in stages: read by queries, written by COPY INTO a stage, loaded by COPY INTO a table."""

from __future__ import annotations

import gzip
import random
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet
import pytest

from snowcore.engine.files import sheets
from snowcore.engine.files.formats import Format
from snowcore.local import LocalAccount

from .test_sql import Sql

NOTHING = "Copy executed with 0 files processed."


@pytest.fixture
def sql(account: LocalAccount, tmp_path: Path) -> Sql:
    """With a stage S, in which are some files of CSV and JSON."""
    sql = Sql(account.session())
    for text in (
        "create database d",
        "create stage s",
        "create file format csvs type = csv",
        "create file format jsons type = json",
        "create file format parquets type = parquet",
    ):
        sql(text)
    (tmp_path / "a.csv").write_text("1,x\n2,y\n")
    (tmp_path / "b.csv").write_text("3,z\n")
    (tmp_path / "a.json").write_text('{"a": 1, "b": "q"}\n{"A": 2.5, "c": [1]}\n')
    sql(f"put 'file://{tmp_path}/*.csv' @s/csv")
    sql(f"put file://{tmp_path}/a.json @s/json")
    return sql


def contents(account: LocalAccount, inside: str) -> bytes:
    (found,) = [one for one in account.engine.stages.rglob("*") if one.as_posix().endswith(inside)]
    data = found.read_bytes()
    return gzip.decompress(data) if found.suffix == ".gz" else data


# Queries


def test_a_query_reads_files_and_what_they_are_called(sql: Sql) -> None:
    meta = "metadata$filename, metadata$file_row_number"
    files = "@s/csv (file_format => 'csvs', pattern => '.*a.csv.*')"
    assert sql(f"select $1::int, t.$2, {meta} from {files} t order by 1") == [
        (1, "x", "csv/a.csv.gz", 1),
        (2, "y", "csv/a.csv.gz", 2),
    ]
    assert sql("select t.$2 from '@s/csv' t order by 1") == [("x",), ("y",), ("z",)]
    assert sql("select metadata$filename from @s/nothing") == []
    assert sql(f"select $1:b::varchar, t.$1:c[0], {meta} from @s/json (file_format => 'jsons') t order by 4") == [
        ("q", None, "json/a.json.gz", 1),
        (None, "1", "json/a.json.gz", 2),
    ]
    key, when = "metadata$file_content_key", "metadata$file_last_modified"
    (row,) = sql(f"select distinct length({key}), {when} > '2020-01-01' from @s/csv (pattern => '.*a.csv.*')")
    assert row == (32, True)


def test_no_path_leaves_a_stage(sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    assert sql.error(f"put file://{tmp_path}/a.csv @s/../../x")[0] == "001003"
    assert sql.error("copy into @s/../x from (select 1)")[0] == "001003"
    assert sql.error("copy into @s/x from (select 1 a, '../../../x' b) partition by (b)")[0] == "001003"
    assert sql("select $1 from @s/../../names") == []
    assert sql.error("copy into '@s/a\0b' from (select 1)")[0] == "001003"
    for text in ("copy into s from 'file:///etc/hosts'", "copy into 'file:///tmp/x' from (select 1)"):
        assert sql.error(text)[0] == "000002"
    assert sql.error("create table t as select $1 from 'file:///etc/hosts'")[0] == "002003"


def test_a_link_in_a_stage_leads_nowhere(sql: Sql, account: LocalAccount, tmp_path: Path) -> None:
    (home,) = [one.parent.parent for one in account.engine.stages.rglob("a.json.gz")]
    secret = tmp_path / "secret.csv"
    secret.write_text("top\n")
    (home / "link.csv").symlink_to(secret)
    (home / "away").symlink_to(tmp_path)
    assert not [row for row in sql("list @s") if "link" in row[0] or "away" in row[0]]
    assert sql("select $1 from @s/link.csv") == sql("select $1 from @s/away") == sql("remove @s/away") == []
    assert sql.error("copy into @s/away/out from (select 1)")[0] == "001003"
    assert sql.error(f"put file://{secret} @s/away/x")[0] == "001003"
    assert secret.read_text() == "top\n"


def test_no_message_says_where_files_lie(sql: Sql, account: LocalAccount, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"a": \n')
    sql(f"put file://{tmp_path}/bad.json @s/bad auto_compress = false")
    sql("create table v (v variant)")
    for text in ("copy into v from @s/bad file_format = (type = {})", "select $1 from @s/bad (file_format => '{}s')"):
        assert sql.error(text.format("json"))[0] == "100069"
        assert str(account.engine.stages) not in sql.error(text.format("parquet"))[1]


def test_a_stage_says_how_its_files_are_written(sql: Sql) -> None:
    sql("create or replace stage f file_format = (type = csv field_delimiter = '|' skip_header = 1)")
    sql("copy into @f/x from (select 'a', 'b') header = true")
    assert sql("select $1, $2 from @f") == [("a", "b")]
    assert sql("select count(*), count($2) from @f (file_format => 'csvs')") == [(2, 0)]
    sql("create table t (v varchar)")
    assert sql("copy into t from @f file_format = (type = csv)")[0][3] == 2  # a format replaces the stage's as a whole
    sql("alter stage f set file_format = (format_name = csvs)")
    assert sql("select count(*) from @f") == [(2,)]
    assert "does not exist" in sql.error("create stage g file_format = nothing")[1]


def test_a_tables_stage_may_be_quoted_whole(sql: Sql, tmp_path: Path) -> None:
    sql('create table "a b" (i int)')
    sql(f"""put 'file://{tmp_path}/b.csv' '@d.public."%a b"/in' auto_compress = false""")
    assert [row[0] for row in sql('list @%"a b"')] == ["in/b.csv"]
    assert sql("""select $2 from '@public."%a b"'""") == [("z",)]
    assert sql.error("""list @"%nope\"""")[0] == "002003"
    sql('create stage "%s"')  # which may be called so all the same
    assert sql('list @"%s"') == []


def test_a_stages_file_is_run(sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "run.sql").write_text(
        "create table made (i int); -- and\ninsert into made values (1);\nselect i from made;\n"
    )
    (tmp_path / "template.sql").write_text("--!jinja\n{% for i in [1, 2] %}select {{ i }};\n{% endfor %}")
    (tmp_path / "nothing.sql").write_text("-- nothing\n")
    for name in ("run", "template", "nothing"):
        sql(f"put file://{tmp_path}/{name}.sql @s/x auto_compress = false")
    assert sql("execute immediate from @s/x/run.sql") == [(1,)]
    assert sql.error("execute immediate from '@d.public.s/x/run.sql'")[0] == "002002"
    assert sql("execute immediate from @s/x/template.sql") == [(2,)]
    assert sql.error("execute immediate from @s/x/nothing.sql")[0] == "000900"
    assert sql.error("execute immediate from @s/nope.sql")[0] == "001501"
    assert sql.error("execute immediate from @s/../../x")[0] == "001003"


def test_a_file_is_a_template_if_it_says_so_or_is_given_values(sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "given.sql").write_text("select {{ Name }}, '{{ who }}', {{ n + 1 }}{% if flag %}, 5{% endif %};")
    (tmp_path / "wrong.sql").write_text("#!jinja\nselect {{ nothing }};")
    for name in ("given", "wrong"):
        sql(f"put file://{tmp_path}/{name}.sql @s/x auto_compress = false")
    sql("set (i, who) = (7, 'Ada')")
    given = "using (Name => 1.5, who => $who, n => $i, flag => true)"
    assert sql(f"execute immediate from @s/x/given.sql {given}") == [(Decimal("1.5"), "Ada", 8, 5)]
    assert sql.error("execute immediate from @s/x/given.sql")[0] == "001003"  # no template without values
    for call in ("wrong.sql", "given.sql using (n => 1)"):
        code, message = sql.error(f"execute immediate from @s/x/{call}")
        assert code == "001003" and "is undefined" in message
    (tmp_path / "attack.sql").write_text("--!jinja\nselect '{{ ''.__class__.__mro__ }}', '{% include '/etc/passwd' %}'")
    sql(f"put file://{tmp_path}/attack.sql @s/x auto_compress = false")
    assert sql.error("execute immediate from @s/x/attack.sql")[0] == "001003"


def test_users_have_a_stage(sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("1\n")
    sql(f"put file://{tmp_path}/u.csv @~/in")
    assert [row[0] for row in sql("list @~")] == ["in/u.csv.gz"]
    assert sql("select $1 from @~/in") == [("1",)]
    assert sql("remove @~") == [("in/u.csv.gz", "removed")]


def test_a_table_is_made_of_files(sql: Sql) -> None:
    sql("create table t as select $1::int a, metadata$filename f from @s/csv (pattern => '.*a.csv.*')")
    assert sql("select * from t order by a") == [(1, "csv/a.csv.gz"), (2, "csv/a.csv.gz")]
    sql("create or replace temporary table t as select $2 b from @s/csv")
    assert sql("select count(b) from t") == [(3,)]
    assert sql.error("create view v as select $1 a from @s/csv")[0] == "000002"
    assert (
        sql.error("create dynamic table v target_lag = downstream warehouse = w as select $1 a from @s")[0] != "XX000"
    )


# COPY INTO a stage

TYPED = """create table u as select 1 as a, 'x,"y' as b, null::varchar as c, true as d, date '2024-01-02' as e,
    time '10:11:12' as f, 1.50 as g, '2024-01-02 03:04:05.123456'::timestamp_ntz as h, '' as i"""


def test_rows_become_csv(sql: Sql, account: LocalAccount) -> None:
    sql(TYPED)
    enclosed = "file_format = (type = csv field_optionally_enclosed_by = '\"' compression = none null_if = ('NIL'))"
    result = sql.session.execute(f"copy into @s/out from u {enclosed} header = true")
    assert [column.name for column in result.columns] == ["rows_unloaded", "input_bytes", "output_bytes"]
    text = contents(account, "out_0_0_0.csv").decode()
    header, record = text.splitlines()
    assert header == '"A","B","C","D","E","F","G","H","I"'
    assert record == '1,"x,""y",NIL,true,"2024-01-02","10:11:12",1.50,"2024-01-02 03:04:05.123",""'
    assert result.rows[0] == (1, len(text), len(text))
    sql("copy into @s/plain/ from (select b, c, 'a\\\\b' from u)")
    assert contents(account, "plain/data_0_0_0.csv.gz") == b'x\\,"y,\\N,a\\\\b\n'


def test_a_file_that_is_there_stays_unless_told(sql: Sql, account: LocalAccount) -> None:
    sql("copy into @s/out from (select 1)")
    assert "overwrite" in sql.error("copy into @s/out from (select 2)")[1]
    assert contents(account, "out_0_0_0.csv.gz") == b"1\n"
    sql("copy into @s/out from (select 2) overwrite = true")
    assert contents(account, "out_0_0_0.csv.gz") == b"2\n"
    sql.error("copy into @s/half from (select 1/(seq4()-5000) from table(generator(rowcount => 9999)))")
    assert sql("list @s/half") == []


def test_files_are_as_large_as_they_may_be(sql: Sql) -> None:
    many = "(select seq4() as n from table(generator(rowcount => 30000)))"
    sql(f"copy into @s/many/x from {many} max_file_size = 60000")
    assert sql("select count(*), sum($1::int), count(distinct metadata$filename) from @s/many") == [
        (30_000, sum(range(30_000)), 3)
    ]
    answer = sql(f"copy into @s/one from {many} single = true detailed_output = true")
    assert [(name, rows) for name, _, rows in answer] == [("one", 30_000)]
    assert sql("copy into @s/none from (select 1 where false)") == [(0, 0, 0)]
    assert sql("list @s/none") == []


def test_rows_go_to_the_files_of_their_partition(sql: Sql) -> None:
    sql("copy into @s/by from (select $1 as a, $2 as b from values (1, 'x'), (2, 'y'), (3, null)) partition by (b)")
    found = sql("select $1::int, split_part(metadata$filename, '/', 2), $2 from @s/by order by 1")
    assert found == [(1, "x", "x"), (2, "y", "y"), (3, "__NULL__", None)]


def test_rows_become_json(sql: Sql, account: LocalAccount) -> None:
    rows = "(select object_construct('a', 1, 'b', 'x'))"
    sql(f"copy into @s/out.json from {rows} file_format = (type = json) single = true")
    assert contents(account, "out.json")
    assert sql("select $1:b::varchar, $1:a::int from @s/out.json (file_format => 'jsons')") == [("x", 1)]
    assert "one and only one column" in sql.error("copy into @s/x from (select 1) file_format = (type = json)")[1]


def test_options_of_a_format_may_have_commas(sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "bin.json").write_text('{"b": "AP8="}')
    sql(f"put file://{tmp_path}/bin.json @s/bin")
    sql("create table t (b binary)")
    format_ = "file_format = (type = 'JSON', binary_format = 'BASE64')"
    sql(f"copy into t from @s/bin {format_} match_by_column_name = 'CASE_INSENSITIVE'")
    assert sql("select b from t") == [(b"\x00\xff",)]


def test_nanoseconds_of_parquet_stay(sql: Sql, tmp_path: Path) -> None:
    moments = pyarrow.array([1, -1, 1_700_000_000_123_456_789])
    table = pyarrow.table(
        {
            "tz": moments.cast(pyarrow.timestamp("ns", "UTC")),
            "ntz": moments.cast(pyarrow.timestamp("ns")),
            "t": pyarrow.array([1, 2, 3], pyarrow.time64("ns")),
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "ns.parquet")
    sql(f"put file://{tmp_path}/ns.parquet @s/ns auto_compress = false")
    inferred = sql("select type from table(infer_schema(location => '@s/ns', file_format => 'parquets'))")
    assert [type_.split("(")[0] for (type_,) in inferred] == ["TIMESTAMP_LTZ", "TIMESTAMP_NTZ", "TIME"]
    sql("create table t (tz timestamp_ltz(9), ntz timestamp_ntz(9), t time(9))")
    sql("copy into t from @s/ns file_format = (type = parquet) match_by_column_name = case_insensitive")
    since = "date_part(epoch_nanosecond, {0})"
    assert sql(f"select {since.format('tz')}, {since.format('ntz')}, to_char(t, 'FF9') from t order by t") == [
        (1, 1, "000000001"),
        (-1, -1, "000000002"),
        (1_700_000_000_123_456_789, 1_700_000_000_123_456_789, "000000003"),
    ]


def test_rows_become_parquet(sql: Sql) -> None:
    sql(TYPED)
    sql("copy into @s/p/ from u file_format = (type = parquet) header = true")
    read = "$1:A::int, $1:B::varchar, $1:C::varchar, $1:D::boolean, $1:E::date, $1:F::time, $1:G::number(5,2)"
    assert sql(f"select {read}, $1:H::timestamp_ntz from @s/p (file_format => 'parquets')") == sql(
        "select a, b, c, d, e, f, g, h from u"
    )


@pytest.mark.parametrize("type_", ["avro", "orc", "xml"])
def test_other_files_are_refused(sql: Sql, type_: str) -> None:
    code, message = sql.error(f"copy into @s/x from (select 1) file_format = (type = {type_})")
    assert (code, type_.upper() in message) == ("000002", True)


# COPY INTO a table


def test_files_are_loaded_by_the_names_of_columns(sql: Sql) -> None:
    sql("create table t (c array, a number(3,1), b varchar, f varchar)")
    by_name = "match_by_column_name = case_insensitive"
    sql(f"copy into t from @s/json file_format = (type = json) {by_name} include_metadata = (f = metadata$filename)")
    assert sql("select a, b, f from t order by a") == [(1, "q", "json/a.json.gz"), (2.5, None, "json/a.json.gz")]
    sql("copy into @s/p/ from (select 7 as a, 'p' as b) file_format = (type = parquet) header = true")
    sql(f"copy into t from @s/p file_format = (type = parquet) {by_name}")
    sql("copy into @s/h from (select 'h' as b, 8 as a) header = true")
    headed = "type = csv parse_header = true error_on_column_count_mismatch = false"
    sql(f"copy into t from @s/h file_format = ({headed}) {by_name}")
    assert sql("select a, b from t where a > 5 order by a") == [(7, "p"), (8, "h")]
    assert "PARSE_HEADER" in sql.error(f"copy into t from @s/h {by_name} force = true")[1]


def test_documents_and_rows_of_parquet_are_transformed(sql: Sql) -> None:
    sql("create table t (a int, b varchar, f varchar)")
    sql("copy into t from (select $1:a::int, $1:b, metadata$filename from @s/json) file_format = (type = json)")
    sql("copy into @s/p/ from (select 7 as a, 'p' as b) file_format = (type = parquet) header = true")
    sql('copy into t (a, b) from (select $1:A, t.$1:"B" from @s/p t) file_format = (type = parquet)')
    assert sql("select * from t where b is not null order by a") == [(1, "q", "json/a.json.gz"), (7, "p", None)]
    sql("create table v (v variant)")
    sql("copy into v from @s/p file_format = (type = parquet)")
    assert sql("select v:A::int, v:B::varchar from v") == [(7, "p")]
    assert (
        "one and only one column" in sql.error("copy into t from @s/json file_format = (type = json) force = true")[1]
    )


def test_what_cant_be_loaded_is_told(sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("1,2026-01-01\nx,2026-01-01\n3,\n")
    sql(f"put file://{tmp_path}/bad.csv @s/bad auto_compress = false")
    sql("create table t (a int, b date not null)")
    assert [row[:3] + row[8:] for row in sql("copy into t from @s/bad validation_mode = return_errors")] == [
        ("Numeric value 'x' is not recognized", "s/bad/bad.csv", 2, '"T"["A":1]', 2, 2, "x,2026-01-01"),
        ("NULL result in a non-nullable column", "s/bad/bad.csv", 3, '"T"["B":2]', 3, 3, "3,"),
    ]
    assert len(sql("copy into t from @s/bad validation_mode = return_1_rows")) == 1
    assert sql("select * from t") == []
    (row,) = sql("copy into t from @s/bad on_error = skip_file")
    assert row[:4] == ("s/bad/bad.csv", "LOAD_FAILED", 3, 0)
    assert sql("copy into t from @s/bad on_error = skip_file_3")[0][3] == 1
    sql("truncate table t")
    (row,) = sql("copy into t from @s/bad on_error = continue force = true purge = true")
    assert row[1:8] == ("PARTIALLY_LOADED", 3, 1, 3, 2, "Numeric value 'x' is not recognized", 2)
    assert len(sql("select a from t")) == 1
    assert sql("select row_number from table(validate(t, job_id => '_last')) order by 1") == [(2,), (3,)]


def test_tables_are_made_of_what_files_hold(sql: Sql) -> None:
    sql(TYPED)
    sql("copy into @s/p/ from u file_format = (type = parquet) header = true")
    inferred = "table(infer_schema(location => '@s/p', file_format => 'parquets'))"
    assert [row[1] for row in sql(f"select * from {inferred} order by order_id")] == [
        *("NUMBER(1, 0)", "TEXT", "TEXT", "BOOLEAN", "DATE", "TIME", "NUMBER(3, 2)", "TIMESTAMP_NTZ", "TEXT")
    ]
    sql(f"create table t using template (select array_agg(object_construct(*)) from {inferred})")
    sql("copy into t from @s/p file_format = (type = parquet) match_by_column_name = case_sensitive")
    assert sql("select * from t") == sql("select * from u")
    columns = "select column_name, type, expression from table(infer_schema(location => '@s/"
    assert sql(f"{columns}csv', file_format => 'csvs'))") == [
        ("c1", "NUMBER(1, 0)", "$1::NUMBER(1, 0)"),
        ("c2", "TEXT", "$2::TEXT"),
    ]
    assert ("b", "TEXT", "$1:b::TEXT") in sql(f"{columns}json', file_format => 'jsons'))")


# What a stage says itself


def test_a_stage_keeps_its_format_and_its_options_of_copy(sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id;word\n1;a\nx;b\n")
    sql("create file format semi type = csv skip_header = 1 field_delimiter = ';'")
    for words in ("stage", "temporary stage"):
        sql(f"create or replace {words} k file_format = (format_name = semi) copy_options = (on_error = continue)")
        sql("create or replace table t (id int, word varchar)")
        sql(f"put 'file://{tmp_path}/c.csv' @k")
        assert sql("select $2 from @k order by 1") == [("a",), ("b",)]
        assert sql("copy into t from @k")[0][1] == "PARTIALLY_LOADED"
        assert sql("select * from t") == [(1, "a")]
        # The format of a COPY stands for that of the stage, its options stand beside the stage's.
        assert (
            sql("copy into t from @k file_format = (type = csv) on_error = skip_file force = true")[0][1]
            == "LOAD_FAILED"
        )
        told = {(row[0], row[1]): row[3] for row in sql("describe stage k")}
        assert told["STAGE_FILE_FORMAT", "FORMAT_NAME"] == "D.PUBLIC.SEMI"
        assert told["STAGE_COPY_OPTIONS", "ON_ERROR"] == "CONTINUE"
        sql("drop stage k")
    sql("create stage k")
    sql("alter stage k set file_format = (type = csv field_delimiter = ';' skip_header = 2)")
    sql(f"put 'file://{tmp_path}/c.csv' @k")
    assert sql("select $1 from @k") == [("x",)]


def test_two_stages_stand_in_one_statement(sql: Sql, tmp_path: Path) -> None:
    sql("create temporary stage own file_format = (type = csv)")
    sql(f"put 'file://{tmp_path}/b.csv' @own")
    assert sql("select a.$1, b.$2 from @own a, @s/csv b where b.$1 = 2") == [("3", "y")]


def test_stages_files_formats_and_options_may_be_bound(sql: Sql, tmp_path: Path) -> None:
    sql("create temp stage own")
    sql("create temp file format mine type = csv parse_header = true")
    (tmp_path / "h.csv").write_text("id,word\n1,it's\n")
    sql("put ? ? parallel = 4", [f"file://{tmp_path}/h.csv", "@own/a"])
    assert sql(
        "select column_name, type from table(infer_schema(location => ?, file_format => ?))", ["@own", "mine"]
    ) == [
        ("id", "NUMBER(1, 0)"),
        ("word", "TEXT"),
    ]
    sql("create table t (id int, word varchar)")
    sql(
        "copy into identifier(?) from @own file_format = (type = csv skip_header = ?) on_error = ?",
        ["T", 1, "abort_statement"],
    )
    assert sql("select * from t where id = ?", [1]) == [(1, "it's")]
    assert len(sql("list ?", ["@own"])) == 1


# Where they stay


def test_a_stage_keeps_its_files_whatever_it_is_called(sql: Sql) -> None:
    sql("alter stage s rename to r")
    sql("alter schema public rename to other")
    sql("alter database d rename to e")
    sql("use schema e.other")
    assert sql.column("list @r/csv", "name") == ["r/csv/a.csv.gz", "r/csv/b.csv.gz"]
    sql("drop schema e.other")
    sql("create schema e.other")
    sql("create stage r")
    assert sql("list @r") == []
    sql("alter schema e.other rename to e.third")
    sql("undrop schema e.other")
    assert len(sql("list @e.other.r/csv")) == 2
    sql("create or replace stage e.other.r")
    assert sql("list @e.other.r") == []
    assert list(sql.session.account.engine.stages.rglob("*.gz")) == []


def test_a_table_keeps_its_files_and_what_was_loaded(sql: Sql, tmp_path: Path) -> None:
    sql("create table t (a int, b varchar, c int, d int)")
    sql(f"put file://{tmp_path}/b.csv @%t")
    sql("alter table t drop column c, d")
    assert sql("copy into t from @%t")[0][0] == "b.csv.gz"
    sql("alter table t alter column a set data type number(20), column a set not null")
    sql("alter table t add column c int")
    sql("alter table t rename to u")
    assert (sql.column("list @%u", "name"), sql("copy into u from @%u")[0][0]) == (["b.csv.gz"], NOTHING)
    sql("create table v clone u")
    assert sql("list @%v") == []
    assert sql("select table_name, file_name from information_schema.load_history") == [("U", "b.csv.gz")]
    sql("truncate table u")  # and what was loaded may be loaded again
    assert sql("copy into u (a, b) from (select $1, $2 from @%u)")[0][0] == "b.csv.gz"


def test_what_was_loaded_is_known_in_another_folder_and_to_no_other_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    with LocalAccount(tmp_path / "one") as account:
        sql = Sql(account.session())
        sql("create database d")
        sql("create stage s")
        sql("create table t (a int)")
        sql(f"put file://{tmp_path}/a.csv @s")
        sql("create temporary table x (a int)")  # whose number the next table gets when the account was opened anew
        sql(f"put file://{tmp_path}/a.csv @%x")
        assert sql("copy into t from @s")[0][0] == sql("copy into x from @s")[0][0] == "s/a.csv.gz"
    (tmp_path / "one").rename(tmp_path / "two")
    with LocalAccount(tmp_path / "two") as account:
        sql = Sql(account.session())
        sql("use database d")
        sql("create table y (a int)")
        assert sql("list @%y") == []
        assert [sql(f"copy into {table} from @s")[0][0] for table in "ty"] == [NOTHING, "s/a.csv.gz"]


def test_a_file_is_looked_at_in_parts_as_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_HEAD", 40)
    seed = random.randrange(10**6)
    print("seed", seed)
    chosen, file, plain = random.Random(seed), tmp_path / "f.csv", 0
    for _ in range(3_000):
        ends = chosen.choice(["\n", "\r\n", "mixed"])
        pieces = ["a", "1,2", "é", ",", '"q"', '"n\nn"', "\\", ends, ends, "\n" if ends == "mixed" else ends]
        weights = [6, 6, 1, 2, *(chosen.choice([0, 0, 1]) for _ in range(3)), 4, 4, 4]
        content = "".join(chosen.choices(pieces, weights, k=chosen.randrange(60))).replace("mixed", "\r\n").encode()
        file.write_bytes(content)
        format_ = Format("CSV", chosen.choice([{}, {"FIELD_OPTIONALLY_ENCLOSED_BY": '"'}]))
        if sheets._are_plain(format_, sheets._parts(file)):  # pyright: ignore[reportPrivateUsage]
            plain += 1
            assert sheets._are_plain(format_, [content]), content  # pyright: ignore[reportPrivateUsage]
    assert plain > 20


@pytest.mark.parametrize("last", ["3,z", "3,_", "_,z"])
def test_a_number_has_no_underscore_wherever_in_the_file_others_are(sql: Sql, tmp_path: Path, last: str) -> None:
    sql("create table t (a number(9, 2), b varchar)")
    for at, first in enumerate(("1_000,x", "1000,x")):
        (tmp_path / f"u{at}.csv").write_text(f"{first}\n{last}\n")
        sql(f"put file://{tmp_path}/u{at}.csv @s/u")
    assert "'1_000'" in sql.error("copy into t from @s/u files = ('u0.csv.gz')")[1]
    if "_," in last:
        assert "'_'" in sql.error("copy into t from @s/u files = ('u1.csv.gz')")[1]
    else:
        sql("copy into t from @s/u files = ('u1.csv.gz')")
        assert sql("select a, b from t order by a desc") == [(Decimal("1000.00"), "x"), (Decimal("3.00"), last[2])]
    sql("create table made (a number)")
    assert "'1000_0'" in sql.error("copy into made from (select $1 || '_0' from @s/u) files = ('u1.csv.gz')")[1]


def test_a_transformation_is_a_simple_select(sql: Sql) -> None:
    sql("create table t (a int, b varchar, c varchar, m timestamp_ntz, at timestamp_ltz)")
    of_file = "metadata$filename, metadata$file_last_modified, metadata$start_scan_time"
    sql(f"copy into t (b, a, c, m, at) from (select upper($2), $1::int + 1, {of_file} from @s/csv/a.csv)")
    assert sql("select a, b, c, datediff(day, m, at) < 2 from t order by a") == [
        (2, "X", "csv/a.csv.gz", True),
        (3, "Y", "csv/a.csv.gz", True),
    ]
    for query in (
        "select $1 from @s/csv where $1 > 1",
        "select $1 from @s/csv order by 1",
        "select $1 from @s/csv limit 1",
        "select top 1 $1 from @s/csv",
        "select sum($1) from @s/csv",
        "select $1 from @s/csv group by 1",
        "select x.$1 from @s/csv x, t",
    ):
        assert sql.error(f"copy into t (a) from ({query})")[0] == "002098"


def test_copy_without_from_loads_the_stage_of_the_table(sql: Sql) -> None:
    sql('create table "a b" (i int)')
    sql('copy into @%"a b"/x from (select 7)')
    assert sql('copy into "a b"')[0][1:3] == ("LOADED", 1)
    assert sql('copy into d.public."a b" (i) force = true file_format = (type = csv)')[0][1:3] == ("LOADED", 1)
    assert sql('select * from "a b"') == [(7,), (7,)]


def test_fields_of_csv_are_json_where_columns_are_variants(sql: Sql, tmp_path: Path) -> None:
    sql("create table t (a int, v variant, o object, r array)")
    (tmp_path / "v.csv").write_text('1|{"k": 1}|{"x": 2}|[3, 4]\n2|||\n3|12.5|{}|[]\n4|x y|{}|[]\n')
    sql(f"put file://{tmp_path}/v.csv @s/v")
    copy = "copy into t from @s/v file_format = (type = csv field_delimiter = '|')"
    said = 'Error parsing JSON: unknown keyword "x", pos 2'
    assert said in sql.error(copy)[1]
    assert sql(f"{copy} on_error = continue")[0][1:7] == ("PARTIALLY_LOADED", 4, 3, 4, 1, said)
    assert sql("select a, v:k, v::varchar, o:x, r[1], typeof(r) from t order by a") == [
        (1, "1", '{"k":1}', "2", "4", "ARRAY"),
        (2, *[None] * 5),
        (3, None, "12.5", None, None, "ARRAY"),
    ]


def test_json_that_is_none_is_told_in_snowflakes_words(sql: Sql, tmp_path: Path) -> None:
    sql("create table t (v variant)")
    for text, said in (('{"a": 1}\n{"a":', "incomplete object value, pos 6, line 2"), ('{"a": 1, b}', "misplaced }")):
        (tmp_path / "v.json").write_text(text)
        sql(f"put file://{tmp_path}/v.json @s/v overwrite = true")
        assert f"Error parsing JSON: {said}" in sql.error("copy into t from @s/v file_format = (type = json)")[1]


def test_a_table_that_should_get_a_files_columns_refuses_it(sql: Sql, tmp_path: Path) -> None:
    sql("create table t (a int) enable_schema_evolution = true")
    (tmp_path / "n.json").write_text('{"a": 1, "n": 2}')
    sql(f"put file://{tmp_path}/n.json @s/n")
    copy = "copy into t from @s/n file_format = (type = json) match_by_column_name = case_insensitive"
    assert sql.error(copy)[0] == "000002"
    sql("alter table t set enable_schema_evolution = false")
    assert sql(copy)[0][1] == "LOADED"


def test_files_of_a_query_are_not_copied(sql: Sql) -> None:
    assert sql.error("copy files into @s/there/ from (select '@s/csv/a.csv.gz', 'b.csv')")[0] == "000002"
