"""Files of every format go in and out: what each option of a file format means, compared row by row."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pyarrow
import pyarrow.parquet
import pytest
import zstandard

from snowcore.local import LocalAccount

from .test_sql import Sql


@pytest.fixture
def sql(account: LocalAccount) -> Sql:
    sql = Sql(account.session())
    for text in ("create database d", "create stage s", "create table t (a varchar, b varchar)"):
        sql(text)
    return sql


@pytest.fixture
def put(sql: Sql, tmp_path: Path) -> Callable[[bytes, str], None]:
    def put(content: bytes, name: str = "f") -> None:
        (tmp_path / name).write_bytes(content)
        sql(f"put file://{tmp_path}/{name} @s auto_compress = false overwrite = true")

    return put


Put = Callable[..., None]

ENCLOSED = "field_optionally_enclosed_by = '\"'"
CSV: list[tuple[str, bytes, list[tuple[Any, ...]]]] = [
    ("", b"1,x\n2,y\n", [("1", "x"), ("2", "y")]),
    ("", b"1,x\r\n2,y", [("1", "x"), ("2", "y")]),
    ("", b'1,"x"\n', [("1", '"x"')]),
    ("", b"1,\n,2\n", [("1", None), (None, "2")]),
    ("empty_field_as_null = false", b"1,\n", [("1", "")]),
    (f"{ENCLOSED} empty_field_as_null = false", b'1,\n2,""\n', [("1", ""), ("2", "")]),
    (ENCLOSED, b'1,"x,y"\n2,""\n"3","a""b"\n', [("1", "x,y"), ("2", ""), ("3", 'a"b')]),
    (ENCLOSED, b'1,"x\ny"\r\n2,z\n', [("1", "x\ny"), ("2", "z")]),
    (ENCLOSED, b'1, "x"\n', [("1", ' "x"')]),
    (f"{ENCLOSED} trim_space = true", b'1, "x " \n 2 , y\n', [("1", "x "), ("2", "y")]),
    ("trim_space = true", b" 1 ,  \n", [("1", None)]),
    (ENCLOSED, b'1,a"b\n', [("1", 'a"b')]),
    ("field_optionally_enclosed_by = ''''", b"'it''s',2\n", [("it's", "2")]),
    ("field_optionally_enclosed_by = '0x22'", b'"a,b",2\n', [("a,b", "2")]),
    # NULL
    ("", b"\\N,\\N\n", [(None, None)]),
    ("null_if = ('NIL', 'x')", b"NIL,x\n1,NILx\n", [(None, None), ("1", "NILx")]),
    (f"{ENCLOSED} null_if = ('NULL')", b'"NULL",1\n', [(None, "1")]),
    (f"{ENCLOSED} null_if = ('')", b'"",1\n', [(None, "1")]),
    ("null_if = () escape_unenclosed_field = none", b"\\N,1\n", [("\\N", "1")]),
    # Escapes
    ("", b"a\\,b,1\n", [("a,b", "1")]),
    ("", b"a\\\nb,1\n", [("a\nb", "1")]),
    ("", b"a\\\\,1\n", [("a\\", "1")]),
    ("", b"\\\\N,1\n", [("\\N", "1")]),
    ("escape_unenclosed_field = none", b"a\\,1\n", [("a\\", "1")]),
    ("escape_unenclosed_field = '^'", b"a^,b,1\n", [("a,b", "1")]),
    (f"{ENCLOSED} escape = '\\\\'", b'"a\\"b","c\\\\"\n', [('a"b', "c\\")]),
    (f"{ENCLOSED} escape = '\\\\'", b"a\\,b,2\n", [("a,b", "2")]),
    # Delimiters
    ("field_delimiter = '|'", b"1|x\n", [("1", "x")]),
    ("field_delimiter = '\\t'", b"1\tx\n", [("1", "x")]),
    ("field_delimiter = '0x1F'", b"1\x1fx\n", [("1", "x")]),
    ("field_delimiter = '\\\\037'", b"1\x1fx\n", [("1", "x")]),
    ("field_delimiter = '||'", b"1||x|y\n", [("1", "x|y")]),
    ("field_delimiter = '\xa6'", "1\xa6x\n".encode(), [("1", "x")]),
    (f"field_delimiter = '<>' {ENCLOSED}", b'"a<>b"<>2\n', [("a<>b", "2")]),
    ("record_delimiter = ';'", b"1,x;2,y\nz;", [("1", "x"), ("2", "y\nz")]),
    ("record_delimiter = 'END'", b"1,xEND2,yEND", [("1", "x"), ("2", "y")]),
    ("record_delimiter = none", b"1,x\ny", [("1", "x\ny")]),
    ("field_delimiter = none error_on_column_count_mismatch = false", b"1,x\n", [("1,x", None)]),
    # Headers and blank lines
    ("skip_header = 1", b"a,b\n1,x\n", [("1", "x")]),
    ("skip_header = 2", b"a\n\n1,x\n", [("1", "x")]),
    ("skip_header = 9", b"a,b\n1,x\n", []),
    ("skip_blank_lines = true", b"\n1,x\n\n\n2,y\n\n", [("1", "x"), ("2", "y")]),
    # Widths
    ("error_on_column_count_mismatch = false", b"1\n2,x,more\n", [("1", None), ("2", "x")]),
    ("error_on_column_count_mismatch = false", b"1,x\n\n", [("1", "x"), (None, None)]),
    # Encodings
    ("", "1,\xe4\n".encode(), [("1", "\xe4")]),
    ("", b"\xef\xbb\xbf1,x\n", [("1", "x")]),
    ("skip_byte_order_mark = false", b"\xef\xbb\xbf1,x\n", [("\ufeff1", "x")]),
    ("encoding = 'ISO88591'", "1,\xe4\n".encode("latin1"), [("1", "\xe4")]),
    ("encoding = 'iso-8859-1'", "1,\xe4\n".encode("latin1"), [("1", "\xe4")]),
    ("encoding = 'WINDOWS1252'", "1,€\n".encode("cp1252"), [("1", "€")]),
    ("encoding = 'UTF16'", "1,ä€\n2,y\n".encode("utf-16"), [("1", "ä€"), ("2", "y")]),
    ("encoding = 'UTF-16LE'", "1,ä\n".encode("utf-16-le"), [("1", "ä")]),
    ("encoding = 'UTF32BE'", "1,ä\n".encode("utf-32-be"), [("1", "ä")]),
    ("encoding = 'SHIFTJIS'", "1,日本\n".encode("shift_jis"), [("1", "日本")]),
    ("replace_invalid_characters = true", b"1,a\xff\xfeb\n", [("1", "a\ufffd\ufffdb")]),
]


@pytest.mark.parametrize(("options", "content", "rows"), CSV)
def test_csv_is_read(sql: Sql, put: Put, options: str, content: bytes, rows: list[tuple[Any, ...]]) -> None:
    put(content)
    sql(f"create file format f type = csv {options}")
    assert sql("select $1, $2 from @s/f (file_format => 'f')") == rows
    answer = sql("copy into t from @s/f file_format = (format_name = f)")[0]
    assert answer[1:4] == ("LOADED", len(rows), len(rows))
    assert sql("select * from t") == rows


@pytest.mark.parametrize(
    ("options", "content", "code", "said"),
    [
        ("", b"1,x\n2\n", "100080", "line 2, character 2\n  Row 2"),
        ("", b"1,x\n2,y,z\n", "100080", "Number of columns in file (3)"),
        ("", b"1,x\n\n2,y\n", "100080", "line 2"),
        (ENCLOSED, b'1,"x"y\n', "100016", "Found character 'y' instead of field delimiter ','"),
        (ENCLOSED, b'1,"x\n', "100066", "line 1, character 3"),
        ("", b"1,a\xffb\n", "100144", "Invalid UTF8 detected in string 'a0xFFb'"),
        ("encoding = 'UTF16'", b"1,x", "100144", "isn't encoded in UTF-16"),
        ("compression = gzip", b"1,x\n", "100145", "GZIP"),
        ("encoding = 'IBM420'", b"1,x\n", "000002", "IBM420"),
    ],
)
def test_csv_that_cant_be_read_is_refused(
    sql: Sql, put: Put, options: str, content: bytes, code: str, said: str
) -> None:
    put(content)
    found, message = sql.error(f"copy into t from @s/f file_format = (type = csv {options})")
    assert (found, said in message) == (code, True), message
    assert sql("select * from t") == []


def test_bad_records_are_left_out_one_by_one(sql: Sql, put: Put) -> None:
    put(b'1,x\n2\n3,"y"z\n4,a,b\n5,\xff\n6,ok\n')
    sql("create or replace table n (a int, b varchar(1))")
    put(b"1,x\n2\nq,z\n4,a,b\n5,\xff\n6,long\n7,w\n", "g")
    (row,) = sql(f"copy into t from @s/f file_format = (type = csv {ENCLOSED}) on_error = continue")
    assert row[:6] == ("s/f", "PARTIALLY_LOADED", 6, 2, 6, 4)
    assert sql("select * from t") == [("1", "x"), ("6", "ok")]
    sql("copy into n from @s/g file_format = (type = csv) on_error = 'continue'")
    assert sql("select * from n") == [(1, "x"), (7, "w")]
    columns = "row_number, line, character, byte_offset, code, column_name, rejected_record"
    told = sql(f"select {columns} from table(validate(n, job_id => '_last'))")
    assert told == [
        (2, 2, 2, 5, 100080, '"N"["A":1]', "2"),
        (3, 3, 1, 6, 100038, '"N"["A":1]', "q,z"),
        (4, 4, 6, 15, 100080, '"N"["B":2]', "4,a,b"),
        (5, 5, 3, 18, 100144, '"N"["B":2]', "5,\ufffd"),
        (6, 6, 3, 22, 100074, '"N"["B":2]', "6,long"),
    ]


PACKED: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("gzip", "gz", gzip.compress),
    ("bz2", "bz2", bz2.compress),
    ("zstd", "zst", zstandard.ZstdCompressor().compress),
    ("brotli", "br", brotli.compress),
    ("deflate", "deflate", zlib.compress),
    ("raw_deflate", "raw_deflate", lambda data: (c := zlib.compressobj(wbits=-15)).compress(data) + c.flush()),
]


@pytest.mark.parametrize("type_", ["csv", "json"])
@pytest.mark.parametrize(("kind", "ending", "pack"), PACKED)
def test_files_are_packed_and_unpacked(
    sql: Sql, put: Put, account: LocalAccount, kind: str, ending: str, pack: Callable[[bytes], bytes], type_: str
) -> None:
    content, row = (b"1,x\\,y\n", ("1", "x,y")) if type_ == "csv" else (b'{"a":"1","b":"x,y"}\n', ("1", "x,y"))
    put(pack(content))
    sql(f"create file format declared type = {type_} compression = {kind}")
    sql(f"create file format auto type = {type_}")
    fields = "$1, $2" if type_ == "csv" else "$1:a::varchar, $1:b::varchar"
    assert sql(f"select {fields} from @s/f (file_format => 'declared')") == [row]
    if kind not in ("brotli", "raw_deflate"):  # which nothing tells
        assert sql(f"select {fields} from @s/f (file_format => 'auto')") == [row]
    rows = "(select '1', 'x,y')" if type_ == "csv" else "(select object_construct('a', '1', 'b', 'x,y'))"
    sql(f"copy into @s/out from {rows} file_format = (format_name = declared)")
    assert [name for name, *_ in sql("list @s/out")] == [f"s/out_0_0_0.{type_}.{ending}"]
    (written,) = account.engine.stages.rglob("out*")
    assert written.read_bytes() != content
    assert sql(f"select {fields} from @s/out (file_format => 'declared')") == [row]


JSON: list[tuple[str, str, list[str]]] = [
    ("", '{"a":1}\n{"a":2}', ['{"a":1}', '{"a":2}']),
    ("", '{"a":\n1} {"a":2}', ['{"a":1}', '{"a":2}']),
    ("", '[{"a":1},{"a":2}]', ['[{"a":1},{"a":2}]']),
    ("strip_outer_array = true", '[{"a":1},{"a":2}]', ['{"a":1}', '{"a":2}']),
    ("strip_null_values = true", '{"a":null,"b":[1,null],"c":{"d":null}}', ['{"b":[1],"c":{}}']),
    ("strip_outer_array = true strip_null_values = true", '[{"a":null,"b":1}]', ['{"b":1}']),
    ("allow_duplicate = true", '{"a":1,"a":2}', ['{"a":2}']),
    ("", '{"n":12345678901234567890123456789012345678}', ['{"n":12345678901234567890123456789012345678}']),
    ("strip_null_values = true", '{"n":1.50,"x":null,"e":"ä"}', ['{"e":"ä","n":1.5}']),
]


@pytest.mark.parametrize(("options", "content", "documents"), JSON)
def test_json_is_read(sql: Sql, put: Put, options: str, content: str, documents: list[str]) -> None:
    put(content.encode())
    sql(f"create file format j type = json {options}")
    sql("create table v (v variant)")
    assert sql("select to_json($1) from @s/f (file_format => 'j')") == [(one,) for one in documents]
    sql("copy into v from @s/f file_format = (format_name = j)")
    assert sql("select to_json(v) from v") == [(one,) for one in documents]
    put("\ufeff".encode() + content.encode(), "marked")
    put(content.encode("utf-16"), "wide")
    for name in ("marked", "wide"):
        assert sql(f"select to_json($1) from @s/{name} (file_format => 'j')") == [(one,) for one in documents]


def test_json_with_errors(sql: Sql, put: Put) -> None:
    sql("create table v (v variant)")
    put(b'{"a":1,"a":2}')
    code, message = sql.error("copy into v from @s/f file_format = (type = json)")
    assert (code, "duplicate object attribute" in message) == ("100069", True)
    put(b'{"a":"\xff"}')
    assert sql.error("copy into v from @s/f file_format = (type = json)")[0] == "100144"
    sql("copy into v from @s/f file_format = (type = json ignore_utf8_errors = true)")
    assert sql("select v:a::varchar from v") == [("\ufffd",)]
    put(b'{"a":1}\n{"a":2}\n{"a"\n{"a":3}\n', "g")  # what stands before the error is loaded
    (row,) = sql("copy into v from @s/g file_format = (type = json) on_error = continue")
    assert row[1:4] == ("PARTIALLY_LOADED", 2, 2)
    assert sql("select v:a::int from v where is_integer(v:a)") == [(1,), (2,)]
    assert (
        sql.error("copy into v from @s/g file_format = (type = json enable_octal = true) force = true")[0] == "000002"
    )


def test_texts_of_json_are_read_by_the_format(sql: Sql, put: Put) -> None:
    put(b'{"d":"31.12.2024","x":" a ","n":"nil","b":"AP8="}')
    sql("create table j (d date, x varchar, n varchar, b binary)")
    options = "date_format = 'DD.MM.YYYY' trim_space = true null_if = ('nil') binary_format = base64"
    sql(f"copy into j from @s/f file_format = (type = json {options}) match_by_column_name = case_insensitive")
    assert sql("select to_char(d), x, n, b from j") == [("2024-12-31", "a", None, b"\x00\xff")]


TYPES = {
    "i": ("number(38,0)", ["0", "-12345678901234567890123456789012345678", "7"]),
    "n": ("number(10,2)", ["0.10", "-99999999.99", "5.00"]),
    "f": ("float", ["0.5", "-1e300", "1e-7"]),
    "b": ("boolean", ["true", "false", "true"]),
    "v": ("varchar", ["'a,b\"c'", "''", "'ä\\\\n\n|'"]),
    "d": ("date", ["'0001-01-01'::date", "'9999-12-31'::date", "'2024-02-29'::date"]),
    "t": ("time(9)", ["'00:00:00'::time", "'23:59:59.999999999'::time(9)", "'01:02:03'::time"]),
    "ts": ("timestamp_ntz(9)", ["'1970-01-01'", "'2024-01-02 03:04:05.123456789'", "'1600-01-01 00:00:01'"]),
    "x": ("binary", ["'00FF'::binary", "''::binary", "'AB'::binary"]),
}


@pytest.fixture
def typed(sql: Sql) -> str:
    columns = ", ".join(f"{name} {type_}" for name, (type_, _) in TYPES.items())
    sql(f"create table typed ({columns})")
    sql(f"create table back ({columns})")
    for at in range(3):
        values = ", ".join(f"({values[at]})::{type_}" for type_, values in TYPES.values())
        sql(f"insert into typed select {values}")
    sql("insert into typed (i) values (null)")
    sql("alter session set timestamp_ntz_output_format = 'YYYY-MM-DD HH24:MI:SS.FF9'")
    sql("alter session set time_output_format = 'HH24:MI:SS.FF9'")
    return ", ".join(TYPES)


@pytest.mark.parametrize(
    "format_",
    [
        f"type = csv {ENCLOSED}",
        f"type = csv {ENCLOSED} empty_field_as_null = false null_if = ('NIL')",
        f"type = csv {ENCLOSED} escape = '\\\\' field_delimiter = '|'",
        f"type = csv {ENCLOSED} field_delimiter = '~~' record_delimiter = '!!' compression = none",
        f"type = csv {ENCLOSED} date_format = 'DD/MM/YYYY' time_format = 'HH24.MI.SS.FF9' binary_format = base64"
        " timestamp_format = 'DD-MM-YYYY HH24:MI:SS.FF9' compression = bz2",
        "type = csv empty_field_as_null = false field_delimiter = '\\t'",
    ],
)
def test_rows_go_out_and_in_again_as_csv(sql: Sql, typed: str, format_: str) -> None:
    sql(f"create file format f {format_}")
    titled = "record_delimiter" not in format_  # by which no header ends
    sql(f"copy into @s/out/ from typed file_format = (format_name = f) header = {titled} max_file_size = 200")
    assert len(sql("list @s/out/")) > 1
    sql(f"copy into back from @s/out/ file_format = ({format_} skip_header = {int(titled)})")
    assert sql("select * from back order by ts, i") == sql("select * from typed order by ts, i")


def test_rows_go_out_and_in_again_as_json_and_parquet(sql: Sql, typed: str) -> None:
    by_name = "match_by_column_name = case_insensitive"
    columns = ", ".join(name for name in TYPES if name not in ("i", "ts", "t"))  # which have more digits than files
    sql(f"create table objects as select object_construct_keep_null(*) o from (select {columns} from typed)")
    sql("copy into @s/j/ from (select o from objects) file_format = (type = json)")
    sql(f"copy into back from @s/j/ file_format = (type = json) {by_name}")
    assert sql(f"select {columns} from back order by d, v") == sql(f"select {columns} from typed order by d, v")
    sql("truncate table back")
    sql(f"copy into @s/p/ from (select {columns} from typed) file_format = (type = parquet) header = true")
    sql(f"copy into back from @s/p/ file_format = (type = parquet) {by_name}")
    assert sql(f"select {columns} from back order by d, v") == sql(f"select {columns} from typed order by d, v")


def test_any_text_goes_out_and_in_again(sql: Sql) -> None:
    chance = random.Random(int(os.environ.get("SNOWCORE_TEST_SEED", 1)))
    signs = "ab,|\"'\\\n\r\t N;~ä日\x1f"
    texts = ["".join(chance.choices(signs, k=chance.randrange(8))) for _ in range(300)]
    texts = [one for one in texts if one != "\\N"]  # which is NULL, whether it is enclosed or not
    sql("create table texts (n int, v varchar)")
    sql("create table again (n int, v varchar)")
    for at, text in enumerate(texts):
        sql("insert into texts values (?, ?)", [at, text])
    for options in (
        ENCLOSED,
        f"{ENCLOSED} escape = '\\\\'",
        "empty_field_as_null = false",
        "empty_field_as_null = false field_delimiter = '|;' escape_unenclosed_field = '~'",
        f"{ENCLOSED} record_delimiter = '\\x1f' field_delimiter = 'a'",
    ):
        sql("truncate table again")
        sql("remove @s/x")
        sql(f"copy into @s/x/ from texts file_format = (type = csv {options})")
        sql(f"copy into again from @s/x/ file_format = (type = csv {options})")
        assert sql("select * from again order by n") == list(enumerate(texts)), options


@pytest.mark.parametrize(
    "options",
    [
        "compression = rar",
        "compression = lzo",
        "encoding = 'latin99'",
        "binary_format = 'octal'",
        "skip_header = -1",
        "skip_header = 'one'",
        "trim_space = 'maybe'",
        "field_optionally_enclosed_by = 'ab'",
        "escape = '\\\\\\\\x'",
        "parse_header = true skip_header = 1",
        "no_such_option = 1",
        "strip_outer_array = true",
    ],
)
def test_what_no_format_says_is_refused(sql: Sql, options: str) -> None:
    assert sql.error(f"create file format f type = csv {options}")[0].startswith("001")
    assert sql.error(f"copy into t from @s file_format = (type = csv {options})")[0].startswith("001")


# Options of COPY INTO a table


def test_what_is_too_long_is_cut(sql: Sql, put: Put) -> None:
    put(b"1,long\n")
    sql("create table n (a int, b varchar(2))")
    assert sql.error("copy into n from @s/f")[0] == "100074"
    for option in ("truncatecolumns = true", "enforce_length = false"):
        sql("truncate table n")
        sql(f"copy into n from @s/f {option}")
        assert sql("select * from n") == [(1, "lo")]


def test_files_are_loaded_up_to_a_size(sql: Sql, put: Put) -> None:
    for name in "abc":
        put(b"1,x\n2,y\n", name)
    assert len(sql("copy into t from @s size_limit = 9")) == 2  # the one that exceeds it is loaded
    assert len(sql("copy into t from @s size_limit = 1")) == 1
    assert sql("select count(*) from t") == [(6,)]


def test_only_what_failed_is_told(sql: Sql, put: Put) -> None:
    put(b"1,x\n", "a")
    put(b"1\n", "b")
    rows = sql("copy into t from @s on_error = skip_file return_failed_only = true")
    assert [row[:2] for row in rows] == [("s/b", "LOAD_FAILED")]
    assert sql(
        "select file_name, status, error_count, first_error_line_number from information_schema.load_history order by 1"
    ) == [
        ("s/a", "LOADED", 0, None),
        ("s/b", "LOAD_FAILED", 1, 1),
    ]
    put(b"1,y\n", "b")  # what failed is tried again
    assert [row[1] for row in sql("copy into t from @s")] == ["LOADED"]


@pytest.mark.parametrize(
    ("on_error", "loaded"),
    [("skip_file", 0), ("'skip_file_2'", 0), ("skip_file_3", 2), ("'skip_file_40%'", 0), ("'skip_file_50%'", 2)],
)
def test_a_file_with_so_many_errors_is_left_out(sql: Sql, put: Put, on_error: str, loaded: int) -> None:
    put(b"1,x\nbad\n2,y\nworse\n")
    assert sql(f"copy into t from @s/f on_error = {on_error}")[0][3] == loaded
    assert sql("select count(*) from t") == [(loaded,)]


def test_validation(sql: Sql, put: Put) -> None:
    put(b"1,x\n2,y\nz\n", "a")
    put(b"3,x\n", "b")
    sql("create table n (a int, b varchar)")
    copy = "copy into n from @s validation_mode ="
    assert sql(f"{copy} return_2_rows") == [(1, "x"), (2, "y")]
    assert sql.error(f"{copy} return_4_rows")[0] == "100080"
    assert [row[1] for row in sql(f"{copy} return_errors")] == ["s/a"]
    sql("copy into n from @s on_error = continue")
    assert sql(f"{copy} return_errors") == []  # both files are loaded
    assert [row[1] for row in sql(f"{copy} return_all_errors")] == ["s/a"]
    assert sql.error(f"{copy} return_what")[0] == "001008"
    assert sql("select count(*) from n") == [(3,)]


def test_what_is_wrong_is_told_of_bytes_that_are_no_text(sql: Sql, put: Put) -> None:
    put(b"ok,1\n\xff\xfe\n")
    sql("create table n (a varchar, b varchar)")
    assert sql.error("copy into n from @s/f")[0] == "100080"
    (row,) = sql("copy into n from @s/f validation_mode = return_errors")
    assert row[-1] == "\ufffd\ufffd"


def test_options_of_copy_that_mean_nothing_are_refused(sql: Sql, put: Put) -> None:
    put(b"1,x\n")
    for option, code in (
        ("force = 'often'", "001008"),
        ("no_such = 1", "001003"),
        ("on_error = shrug", "001003"),
        ("match_by_column_name = fuzzy", "001008"),
        ("include_metadata = (a = metadata$filename)", "001003"),
    ):
        assert sql.error(f"copy into t from @s/f {option}")[0] == code
    for option in ("single = 3", "max_file_size = 0", "max_file_size = 'big'", "validation_mode = return_errors"):
        assert sql.error(f"copy into @s/x from t {option}")[0] == "001008"
    for option in ("include_query_id = true single = true", "partition by (a) overwrite = true"):
        assert sql.error(f"copy into @s/x from t {option}")[0] == "001003"


def test_files_tell_of_themselves(sql: Sql, put: Put) -> None:
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"A": ["1", "2"]}), buffer)
    put(buffer.getvalue(), "p")
    put(b"A,x\n1,x\n\n2,y\n", "c")
    sql("create table m (a varchar, f varchar, n int)")
    told = "(f = metadata$filename, n = metadata$file_row_number)"
    about = f"match_by_column_name = case_insensitive include_metadata = {told}"
    sql(f"copy into m from @s/p file_format = (type = parquet) {about}")
    options = "parse_header = true skip_blank_lines = true error_on_column_count_mismatch = false"
    sql(f"copy into m from @s/c file_format = (type = csv {options}) {about}")
    assert sql("select * from m order by f, n") == [("1", "c", 1), ("2", "c", 2), ("1", "p", 1), ("2", "p", 2)]


def test_files_are_called_as_told(sql: Sql) -> None:
    sql("insert into t values ('1', 'x')")
    ran = sql.session.execute("copy into @s/a/ from t include_query_id = true")
    assert [row[0] for row in sql("list @s/a/")] == [f"s/a/data_{ran.query_id}_0_0_0.csv.gz"]
    sql("copy into @s/b from t file_format = (type = csv file_extension = '.txt' compression = none)")
    sql("copy into @s/c/ from t file_format = (type = parquet)")
    sql("copy into @s/d.csv from t single = true file_format = (compression = none)")
    ran = sql.session.execute(
        "copy into @s/e from t partition by (b) file_format = (type = parquet compression = none)"
    )
    names = ["s/b_0_0_0.txt", "s/c/data_0_0_0.snappy.parquet", "s/d.csv", f"s/e/x/data_{ran.query_id}_0_0_0.parquet"]
    assert [row[0] for row in sql("list @s") if "/a/" not in row[0]] == names
    assert sql("copy into @s/v from t validation_mode = return_rows") == [("1", "x")]
    assert sql("list @s/v") == []
