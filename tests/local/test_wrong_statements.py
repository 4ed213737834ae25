"""Statements that are wrong: each ends, in an error of Snowflake's, and none tells what is inside the account."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from snowcore.local import AccountError, LocalAccount
from snowcore.local.sql import SqlSession

from .sql_page import STATEMENTS


@pytest.fixture(scope="module")
def sql() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        for line in (
            *("create database d", "create stage s", "create table t (i int, s varchar, d date, v variant)"),
            *("create table u (i int, n int)", "insert into t select 1, 'a', '2024-01-01', parse_json('{}')"),
        ):
            session.execute(line)
        yield session
        session.close()


def told(sql: SqlSession, text: str) -> tuple[str, str]:
    with pytest.raises(AccountError) as caught:
        sql.execute(text)
    return caught.value.code, re.sub(r"^SQL compilation error:.*\n", "", caught.value.message)


UNFINISHED = """
create view v
create view v as
create view v(a) as
copy into
copy into t from
copy into t from @s/jsonfile_format = (type = json)
remove
describe result
describe function f(
describe function f(int
drop procedure f(int,
alter function f(int
grant usage on function f( to role public
update t
update t set i
update t set i = 1, s
truncate select 1
alter table t drop constraint
alter table t rename constraint a
alter table t add column x int constraint f
select * from t changes (information => default)
select * from t asof join u on true
select 1 as
select abs(1 as)
create database f clone d at (offset)
create tag g allowed_values 'a' allowed_values 'b'
create sequence q nonsense = 3
copy into t from @s file_format = (type = csv) header
copy into t from @s validation_mode =
merge into t using u on t.i = u.i when matched then update
create view v as selec i from t
create table a as select * fro t
create table a (i int, , s varchar)
select * from t group
select i as order from t
select i from t having i > 1 group by i
select i from t order by i where i = 1
select 1 in ()
delete t
select upper(s, nosuch => 2) from t
create table a (i int) data_retention_time_in_days = seq4()
select 1,, 2
select abs(, 1)
"""


OTHERS = """
insert into u by name select 1 i, 2 n
insert or replace into u values (1, 2)
insert ignore into u values (1, 2)
insert into u values (1, 2) on conflict (i) do update set n = 3
insert into u values (1, 2) on duplicate key update n = 1
insert into u values (1, 2) returning i
insert into u set i = 1
insert into u default values
insert into table u values (1, 2)
insert u values (1, 2)
insert into u partition (i = 1) values (2)
with x as (select 1) insert into u select 1, 2
merge into t using u on t.i = u.i when matched then do nothing
merge into t using u on t.i = u.i when matched then update set *
merge into t using u on t.i = u.i when not matched then insert *
merge into t using u on t.i = u.i when not matched then insert row
merge into t using u on t.i = u.i when not matched by target then insert (i) values (1)
merge into t using u on t.i = u.i when not matched by source then delete
merge t using u on t.i = u.i when matched then delete
merge into t using u when matched then delete
alter table t add column z int first
alter table t add column z int after i
create table x clone u before => 'x')
select * from u match_recognize (pattern (a) define true)
begin transaction nonsense
rollback to x
commit and chain
create table x (i in null)
create table x (i autoincrement)
create table x (i int, foreign key (i) u (i))
create table "" (i int)
create transient file format f24
create secure file format f
create file format f as select 1
create file format f (a int)
create table x (i int) row access policy on (i)
create secure table x (i int)
create materialized table x (i int)
create transient sequence x
create temporary sequence x
create sequence x (a int)
create sequence x cluster by (a)
create transient view x as select 1 a
create hybrid view x as select 1 a
create view x cluster by (a) as select 1 a
create view x (a int) as select 1 a
create view x (a primary key) as select 1 a
create table x like t as select 1 a
create table x using template (select 1)
create sequence ""
create masking policy "" as (v int) returns int -> v
select top 1 distinct i from u
show tables limit -1
delete u
delete from u returning *
delete from u order by i limit 1
with x as (select 1 a) delete from u using x where x.a = u.i
update u set n = 1 limit 1
update u set n = 1 returning n
update u, t set u.n = 1
update u join t on u.i = t.i set u.n = 1
update u set (i, n) = (select 1, 2)
create table x (i int) partitioned by (i)
create table x (i int) stored as parquet
create table x (i int) using delta
create table x (i int) row format delimited fields terminated by ','
create table x (i int) tblproperties ('a' = 'b')
create table x (i int) order by i
create table x (i int auto_increment)
create table x (i int generated always as identity)
create table x (i int check (i > 0))
create table x (i int, check (i > 0))
create table x (i int, index k (i))
create table x (i int, key (i))
create table x (i int character set utf8)
create table x (like t)
create table x (i int on update current_timestamp)
create table x (i int) inherits (t)
create table x (i int) on commit preserve rows
create table x as select 1 a with no data
create table x (i int) without rowid
create table x (i int primary key desc)
create table x (i int encode zstd)
create table x (order int)
create table `x` (i int)
from u
from u select i
select i from u limit 1, 1
select i from u limit 1 by i
select i from u limit 50 percent
select top 1 with ties i from u
select i from u fetch first 50 percent rows only
select distinct on (i) i, n from u
select 1 == 1
select 1 <=> 1
select 1 & 2
select 1 << 2
select ~1
select 5 div 2
select s ~~ 'a' from t
select s similar to 'a' from t
select 1 from t where i isnull
select v -> 'a' from t
select 'a' 'b'
select i::int? from u
select cast('1' as int format 'x')
select i from u,
select i from u group by distinct i
select i from u group by i with rollup
select listagg(s, ',' order by s) from t
select i from u sort by i
select i from u for share
select i from u for update skip locked
select i from u lock in share mode
select i from u with (nolock)
select i into x from u
select i from u using sample 10
select i from u tablesample (bucket 1 out of 5)
select u.i from u left semi join t on u.i = t.i
select u.i from u cross apply t
select * from u lateral view explode([1]) as x
select 1 except all select 1
select 1 union corresponding select 1
with x as materialized (select 1) select * from x
select 1 as from
select 1 order
select table from u
pivot u on i
kill 1
pragma x
"""


BOTH = """
table x (i int)
view x as select 1 a
schema x
database x
sequence x
file format x
stage x
warehouse x
role x
"""


@pytest.mark.parametrize("text", BOTH.strip().splitlines())
def test_replacing_and_if_not_exists_exclude_each_other(sql: SqlSession, text: str) -> None:
    kind, _, rest = text.partition(" x")
    told_of = "options IF NOT EXISTS and OR REPLACE are incompatible."
    assert told(sql, f"create or replace {kind} if not exists x{rest}") == ("001003", told_of)


@pytest.mark.parametrize("text", OTHERS.strip().splitlines())
def test_what_other_databases_have_is_a_syntax_error(sql: SqlSession, text: str) -> None:
    assert told(sql, text)[0] == "001003"


@pytest.mark.parametrize("text", UNFINISHED.strip().splitlines())
def test_what_is_missing_is_a_syntax_error(sql: SqlSession, text: str) -> None:
    assert told(sql, text)[0] == "001003"


WRONG = {
    "select * from t a, u a": ("002027", "duplicate alias 'A'"),
    "select * from t, d.public.t": ("002027", "duplicate alias 'T'"),
    "select * from (t a join u b on true), t a": ("002027", "duplicate alias 'A'"),
    "select 1 from (select 1 x), (select 2 y)": ("002027", "duplicate alias 'values'"),
    "select 1 from (values (1)), (values (2))": ("002027", "duplicate alias 'VALUES'"),
    "select 1 from t a, lateral flatten(input => a.v) a": ("002027", "duplicate alias 'A'"),
    "select 1 from table(flatten(input => [1])), table(flatten(input => [2]))": ("002027", "duplicate alias 'FLATTEN'"),
    "select 1 from t a, nosuch a": ("002003", "Object 'NOSUCH' does not exist or not authorized."),
    "update t set i = 1 from u t": ("002027", "duplicate alias 'T'"),
    "delete from t using t": ("002027", "duplicate alias 'T'"),
    "merge into t using u t on true when matched then delete": ("002027", "duplicate alias 'T'"),
    "create table a as select i + 1, s from t": ("002022", "Missing column specification"),
    "create view a as (select count(*) from t)": ("002022", "Missing column specification"),
    "create table a (i int default '5')": ("002262", "Default value data type does not match data type for column I"),
    "create table a (s varchar default 1 + 1)": (
        "002262",
        "Default value data type does not match data type for column S",
    ),
    "create table a (x timestamp_ntz(3) default sysdate())": (
        "002262",
        "Default value data type does not match data type for column X",
    ),
    "create table a (x date default current_timestamp())": (
        "002262",
        "Default value data type does not match data type for column X",
    ),
    "create table a (b binary default null)": ("001003", "Default values are not allowed on 'BINARY' columns."),
    "alter table t add column x date default 1": (
        "002023",
        "Expression type does not match column data type, expecting DATE but got NUMBER(1,0) for column X",
    ),
    "update t set i = sum(i)": ("000979", "[PSEUDOCOLUMN(VOL_ID)] is not a valid group by expression"),
    "select * from t, table(f(t.i))": ("002141", "Unknown table function F"),
    "select listagg(s, s) from t": ("001015", "argument 2 to function LISTAGG needs to be constant"),
    "select date_part()": ("000938", "not enough arguments for function [DATE_PART()], expected 2, got 0"),
    "select * from identifier()": ("000938", "not enough arguments for function [IDENTIFIER], expected 1, got 0"),
    "select * from table(split_to_table('a'))": (
        "000938",
        "not enough arguments for function [SPLIT_TO_TABLE], expected 2, got 1",
    ),
    "select * from table(infer_schema(location => ?, file_format => ?))": ("002049", "Bind variable ? not set."),
    "create view v as\n  select * fro t where i = 1": ("001003", "syntax error line 2 at position 15 unexpected 't'."),
    "select year(s) from t": ("002016", "Function EXTRACT does not support VARCHAR(16777216) argument type"),
    "select date_trunc(month, '2024-01-01')": (
        "002016",
        "Function DATE_TRUNC does not support VARCHAR(10) argument type",
    ),
    "select max([1])": ("002016", "Function MAX does not support ARRAY argument type"),
    "select * from t where s": ("002001", "Invalid data type [VARCHAR(16777216)] for predicate [T.S]"),
    "select 1 where 2": ("002001", "Invalid data type [NUMBER(1,0)] for predicate [2]"),
    "select d > 1 from t": ("001044", "Invalid argument types for function '>': (DATE, NUMBER(1,0))"),
    "select grouping(i) from t group by s": ("000979", "[I] is not a valid group by expression"),
    "select s, max(i) from t group by 1, 2": ("000979", "[MAX(I)] is not a valid group by expression"),
    "select count(distinct i) over (order by s) from t": (
        "001003",
        "distinct cannot be used with a window frame or an order.",
    ),
    "select * from (select 1 a, 'x' b) unpivot (v for m in (a, b))": (
        "001003",
        "The type of column 'B' conflicts with the type of other columns in the UNPIVOT list.",
    ),
    "select avg(i = 1) from t": ("001044", "Invalid argument types for function 'SUM': (BOOLEAN)"),
    "select iff(i, 1, s) from t": (
        "001044",
        "Invalid argument types for function 'IFF': (NUMBER(38,0), NUMBER(1,0), VARCHAR(16777216))",
    ),
    "select true + 1": ("001044", "Invalid argument types for function '+': (BOOLEAN, NUMBER(1,0))"),
    "select 'a' || [1]": ("001044", "Invalid argument types for function '||': (VARCHAR(1), ARRAY)"),
    "select upper([1])": ("001044", "Invalid argument types for function 'UPPER': (ARRAY)"),
    "select get(s, 0), 1 from t": (
        "001044",
        "Invalid argument types for function 'GET': (VARCHAR(16777216), NUMBER(1,0))",
    ),
    "select d::int from t": ("001007", "invalid type [CAST(T.D AS NUMBER(38,0))] for parameter 'TO_NUMBER'"),
    "select to_date(true)": ("001007", "invalid type [TO_DATE(TRUE)] for parameter 'TO_DATE'"),
    "select try_to_double(i) from t": (
        "001065",
        "Function TRY_CAST cannot be used with arguments of types NUMBER(38,0) and FLOAT",
    ),
    "select 1e400": ("100038", "Numeric value '1e400' is not recognized"),
    "select * from temp.main": ("002003", "Schema 'TEMP' does not exist or not authorized."),
    f"create table {'a' * 256} (i int)": (
        "001003",
        f"Object name '{'A' * 60}…' exceeds maximum length limit of 255 characters.",
    ),
    f"create role {'a' * 256}": (
        "001003",
        f"Object name '{'A' * 60}…' exceeds maximum length limit of 255 characters.",
    ),
    f"alter table t rename to {'a' * 256}": (
        "001003",
        f"Object name '{'A' * 60}…' exceeds maximum length limit of 255 characters.",
    ),
    f"{'begin ' * 5000}select 1;{' end;' * 5000}": ("001003", "The statement is too deeply nested."),
}


@pytest.mark.parametrize("text", WRONG)
def test_the_error_is_snowflakes(sql: SqlSession, text: str) -> None:
    assert told(sql, text) == WRONG[text]


@pytest.mark.parametrize("call", ["length(@s)", "get_presigned_url(@s, 'x')"])
def test_a_stage_is_no_session_variable(sql: SqlSession, call: str) -> None:
    assert told(sql, f"select {call}")[0] == "000002"


RIGHT = [
    "select 1 from t a, u b, (select 1 x), (values (2))",
    'select 1 from t "a", u a',
    "select 1 from t a where exists (select 1 from u a)",
    "create or replace table a (x) as select 1 + 1",
    "create or replace table a as select 1 + 1 union all select 2",
    "create or replace table a as select (t.i), s from t",
    "create or replace view w (x) as select 1 + 1",
    "create or replace table a (d date default 7, b boolean default 'true', v variant default 'z', n int default true)",
    "create or replace table a (x timestamp_ntz(3) default current_date(), y timestamp_tz default current_timestamp())",
    "create or replace table a (d date default '2024-01-01'::date, n number(5, 2) default abs(-1.5))",
    f"create or replace table {'a' * 255} ({'b' * 255} int)",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_like_it_is_right(sql: SqlSession, text: str) -> None:
    sql.execute(text)


INSIDE = re.compile(
    r"as far as it is|[Ii]nternal error|Traceback|\bsf_\w+|\b[ths]\d+\.|row_id|Binder|Catalog Error|DuckDB|LINE \d+:"
    r"|HUGEINT|BLOB|\bNone\b|Error: |<class|object at 0x|NoneType"
)


def test_what_is_cut_short_ends(sql: SqlSession) -> None:
    """Statements that end too soon, as those of someone who still writes."""
    seed = random.randrange(1 << 32)
    print("seed", seed)
    every = [line.rpartition(" | ")[2] for line in STATEMENTS.splitlines() if " | " in line]
    for text in random.Random(seed).sample(every, 40):
        words = re.findall(r"\s+|'(?:[^']|'')*'|\w+|[^\w\s]", text)
        for end in range(1, len(words)):
            try:
                sql.execute(cut := "".join(words[:end]))
            except AccountError as error:
                assert not INSIDE.search(error.message.replace(cut, "")), (cut, error.message)


ODD = (
    "'",
    '"',
    '""',
    "$$",
    "@",
    "?",
    ":x",
    "\\",
    "\0",
    "é",
    "💥",
    "\n",
    "(",
    ")",
    "[",
    "{",
    ",",
    ";",
    ".",
    "=>",
    "->>",
    "::",
    "1e999",
)


def test_what_is_garbled_is_no_failure_inside(sql: SqlSession) -> None:
    """Statements with a word that is missing, doubled, of another statement, or none."""
    chance = random.Random(7)
    every = [line.split(" | ")[1].split() for line in STATEMENTS.splitlines() if " | " in line]
    words = [word for text in every for word in text]
    for _ in range(1_500):
        text = list(chance.choice(every))
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 1)] = chance.choice(([], [chance.choice(words)], [chance.choice(ODD)]))
            text = text or ["select"]
        try:
            sql.execute(garbled := " ".join(text))
        except AccountError as error:
            assert error.code != "000603", garbled
