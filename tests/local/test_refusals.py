"""Statements that Snowflake refuses, and the number of its refusal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from snowcore import LocalAccount
from snowcore.engine.errors import AccountError
from snowcore.local.sql import SqlSession

_SETUP = """
create database d
create table t (i int, s varchar(10), d date, n number(10,2), v variant, b boolean)
insert into t select 1, 'abc', '2024-01-01', 1.5, parse_json('{"a":1}'), true
insert into t select 2, 'x', '2024-01-01', 1.5, parse_json('{"a":1}'), true
create table u (i int, s varchar)
insert into u values (1, 'a')
create table pk (a int primary key, b int)
create table nn (a int not null, b int)
insert into nn values (1, 1)
create view v as select i a from t
create sequence sq
create stage st
create temporary table tmp (i int)
create warehouse wh
create dynamic table dt target_lag = '1 minute' warehouse = wh as select 1 a
"""

_REFUSED = r"""
090063 alter warehouse wh resume
391917 alter warehouse wh set scaling_policy = fast
391917 alter warehouse wh set warehouse_type = 'nonsense'
001003 create table q (a int) change_tracking = maybe
001003 create table q (a int) comment = 5
000002 create table q (a int) default_ddl_collation = 'en-ci'
001420 alter table t unset nonsense
001003 alter table t add search optimization on geo(i)
000904 alter table t add search optimization on equality(nosuch)
002003 alter table nosuch add search optimization
002006 alter table pk alter constraint nosuch rely
000002 alter table pk alter primary key enforced
001003 alter table pk alter primary key
002003 alter schema d.public swap with nosuch
000904 alter view v alter column nosuch comment 'c'
002119 create table q clone tmp
100038 create table q clone t at (offset => 'x')
000002 create or alter table t (i int) as select 1
001420 create view q data_retention_time_in_days = 1 as select 1 a
000002 create or alter sequence sq increment 3
002262 create table q (a varchar autoincrement)
001003 create table q (a int default (select 1))
001003 create table q (a int default 1 default 2)
001003 create table q (a int,)
001003 create table q (a int(3))
001003 create sequence q start 1.5
001003 create sequence q cycle
001003 create sequence q minvalue 1 maxvalue 5
001003 create sequence q noorder order
001003 alter sequence sq set start 5
002118 alter sequence sq set increment 0
001008 create file format q type = csv field_optionally_enclosed_by = 'x'
000002 create or alter dynamic table dt target_lag = '1 minute' warehouse = wh as select 2 a
000904 create table q (a int, primary key (nosuch))
000904 create table q (a int, unique (nosuch))
000904 create table q (a int, foreign key (b) references t(i))
002003 create table q (a int references nosuch(i))
000904 alter table t add primary key (nosuch)
100183 select array_generate_range(1, 5, 0)
100183 select getbit(1, -1)
100240 select regexp_instr('a', 'a', 1, 0)
001023 select nth_value(i, 0) over (order by i) from t
002261 create table q (a varchar(0))
002261 create table q (a varchar(134217729))
002261 create table q (a binary(0))
002261 create table q (a char(0))
002263 create table q (a number(39))
002263 create table q (a number(0))
002263 create table q (a number(10,11))
001003 create table q (a number(10,-1))
002264 create table q (a timestamp(10))
002264 create table q (a time(10))
002025 create table q (a int, a int)
002025 create table q (a int, A int)
001003 create table q ()
001003 create table q (a int primary key, b int primary key)
001003 create table q (a int, primary key (a), primary key (a))
000904 create table q (a int default b)
002025 create table q as select 1 a, 2 a
002026 create table q (a) as select 1, 2
002025 create view q as select 1 a, 2 a
002026 create view q (a, b) as select 1
000904 create view q as select nosuch from t
002003 create view q as select * from nosuch
002002 create table t (i int)
002002 create view v as select 1 a
002002 create sequence sq
002003 drop table nosuch
002003 drop view nosuch
002203 drop view t
002003 drop table v
002003 drop schema nosuch
002003 drop sequence nosuch
002003 undrop table nosuch
002003 alter table nosuch add column c int
001430 alter table t add column i int
000904 alter table t drop column nosuch
000904 alter table t rename column nosuch to x
001430 alter table t rename column i to s
002002 alter table t rename to u
002108 alter table t alter column i type varchar
002108 alter table t alter column s type int
040052 alter table t alter column s type varchar(1)
040050 alter table t alter column n type number(12,4)
002108 alter table t alter column d type timestamp
000904 alter table t alter column nosuch set not null
001003 alter table pk add primary key (b)
002006 alter table t drop primary key
001420 alter table t set nosuch = 1
391917 alter table t set data_retention_time_in_days = 91
002003 alter table t swap with nosuch
002003 alter view nosuch rename to x
001420 alter session set nosuch = 1
001008 alter session set week_start = 9
001008 alter session set timezone = 'Mars/Base'
001008 alter session set autocommit = 'maybe'
001008 alter session set statement_timeout_in_seconds = -1
002043 use database nosuch
002043 use schema nosuch
002043 use warehouse nosuch
002043 use role nosuch
002003 describe table nosuch
002043 show tables in schema nosuch
000904 select nosuch from t
000904 select t.nosuch from t
000904 select x.i from t
002003 select * from nosuch
002003 select * from nosuch.nosuch.nosuch
002028 select i from t join u on true
002028 select i from t a, t b
000904 select * from t join u using (nosuch)
001003 select 1 from t where row_number() over (order by i) = 1
000979 select i, sum(i) from t
000979 select i, s from t group by i
001010 select s, count(*) from t group by 3
000979 select s, count(*) from t group by 2
001010 select s from t order by 3
001010 select s from t order by 0
000979 select i from t group by sum(i)
001003 select sum(sum(i)) from t
001003 select i from t qualify i > 1
002073 select row_number() from t
001003 select rank() over (partition by i) from t
001010 select * from t limit -1
001010 select * from t limit 'a'
000904 select * from t limit i
001003 select * from t fetch first -1 rows only
002053 with a (x, y) as (select 1) select * from a
002003 with recursive a as (select x from a) select * from a
002003 with recursive a as (select 1 x union all select x from nosuch) select * from a
001789 select 1 union select 1, 2
001789 select 1 union all select 1, 2
100038 select 1 union select 'a' union select 'b'
002026 select (select 1, 2)
090150 select (select i from t)
002026 select 1 where 1 in (select 1, 2)
001003 select case when 1 then end
002140 select nosuchfunction(1)
002140 select nosuchdb.public.f(1)
000938 select abs()
000939 select abs(1, 2)
100038 select abs('x')
000939 select upper(1, 2)
000938 select substr('a')
001023 select dateadd(nosuch, 1, current_date)
001023 select dateadd(1, 1, current_date)
100035 select datediff(day, 'x', 'y')
001023 select date_part(nosuch, current_date)
001023 select date_trunc('nosuch', current_date)
002016 select date_trunc(hour, '12:00')
001023 select last_day(current_date, hour)
100040 select to_date('2024-13-01')
100040 select to_date('2024-02-30')
100040 select to_date('hello')
100040 select '2024-02-30'::date
100035 select to_timestamp('hello')
100035 select to_timestamp('2024-01-01 25:00:00')
100108 select to_time('25:00:00')
100108 select to_time('x')
100038 select to_number('abc')
100140 select to_number('12.5', '99')
002263 select to_number('1', 39)
002263 select to_number('1', 38, 39)
100039 select to_decimal(123, 2, 0)
100038 select 'abc'::int
100038 select 'abc'::float
100037 select 'abc'::boolean
100037 select to_boolean('maybe')
100115 select to_binary('xyz')
100115 select to_binary('abc', 'hex')
001023 select to_binary('abc', 'nosuch')
100115 select hex_decode_string('zz')
100116 select base64_decode_string('*')
100051 select 1/0
100051 select 1 % 0
100051 select mod(1, 0)
000938 select div0(1)
100039 select 12345::number(3,0)
100046 select 99999999999999999999999999999999999999 + 1
100046 select 99999999999999999999999999999999999999 * 10
100183 select pow(10, 400)
100183 select exp(1000)
100183 select sqrt(-1)
100183 select ln(0)
100183 select ln(-1)
100183 select log(0, 10)
100183 select log(10, 0)
100051 select log(1, 10)
100183 select acos(2)
100183 select asin(2)
100183 select acosh(0)
100183 select atanh(1)
100183 select factorial(-1)
100046 select factorial(34)
100176 select chr(-1)
100176 select chr(1114112)
100183 select width_bucket(1, 0, 10, 0)
100183 select width_bucket(1, 5, 5, 3)
100183 select ntile(0) over (order by i) from t
100183 select ntile(-1) over (order by i) from t
100038 select lag(i, 'a') over (order by i) from t
001023 select percentile_cont(1.5) within group (order by i) from t
001023 select percentile_disc(-1) within group (order by i) from t
001023 select approx_percentile(i, 2) from t
100038 select random('a')
100038 select normal(0, 'a', 1)
001003 select * from table(generator(nosuch => 1))
002141 select * from table(nosuch(1))
001003 select * from table(flatten(nosuch => 5))
001023 select * from table(flatten(input => parse_json('[1]'), mode => 'nosuch'))
000938 select * from table(split_to_table('a'))
100069 select parse_json('{')
100069 select parse_json('{a')
100069 select parse_json('[1,')
100069 select parse_json('nul')
100069 select parse_json('{"a":1,"a":2}')
000938 select to_variant()
100071 select parse_json('"x"')::int
100071 select parse_json('{"a":1}')::int
100071 select parse_json('[1]')::date
000938 select object_construct('a')
100103 select object_construct('a', 1, 'a', 2)
100103 select object_insert(object_construct('a', 1), 'a', 2)
100037 select object_insert(object_construct('a', 1), 'b', 2, 'x')
100038 select array_insert([1], 'x', 1)
002140 select array_range(1)
001044 select array_to_string(1, ',')
001044 select array_sort(1)
100090 select get_path(parse_json('{"a":1}'), 'a[')
100232 select strtok('a', 'b', 0)
000938 select split_part('a', 'b')
100048 select regexp_like('a', '[')
100048 select regexp_replace('a', '(')
100240 select regexp_substr('a', 'a', 0)
100240 select regexp_count('a', 'a', -1)
100048 select regexp_substr('a', 'a', 1, 1, 'q')
100225 select 'a' like 'b' escape 'xx'
000938 select position('a')
100209 select insert('abc', 0, 1, 'x')
000938 select left('a')
000938 select translate('abc', 'ab')
100140 select to_char(1, 'nosuch')
000938 select decode(1)
000938 select iff(1, 2)
000938 select coalesce(1)
000938 select coalesce()
000938 select nvl2(1, 2)
000938 select greatest()
100038 select least(1, 'x')
000938 select bitand(1)
000938 select bitshiftleft(1)
000938 select hash()
100202 select sha2('a', 111)
000938 select md5()
000938 select count() from t
100038 select sum(s) from t where s = 'abc'
001044 select sum(d) from t
001044 select avg(d) from t
000939 select min(*) from t
001044 select current_date + current_date
001044 select current_date * 2
100038 select -'x'
100037 select not 'x'
100038 select 1 = 'x'
001044 select current_date = 5
100071 select parse_json('{}') = current_date
001007 select 1 and current_date
100037 select case when 'x' then 1 end
002001 select * from t where s
002001 select * from t where d
000904 select 1 from t order by nosuch
002003 insert into nosuch values (1)
002020 insert into t (i) values (1, 2)
002020 insert into t (i, s) values (1)
002020 insert into t values (1)
000904 insert into t (nosuch) values (1)
002025 insert into t (i, i) values (1, 1)
100038 insert into t (i) values ('abc')
100078 insert into t (s) values ('abcdefghijkl')
100039 insert into t (n) values (12345678901)
100040 insert into t (d) values ('2024-13-13')
100037 insert into t (b) values ('maybe')
002023 insert into t (b) values (current_date)
002023 insert into t (d) values (5)
100072 insert into nn values (null, 1)
100072 insert into nn (b) values (1)
100072 insert into pk values (null, 1)
002020 insert into t (i) select i, s from t
100038 insert into t (i) select 'abc' from t
002003 insert into v values (1)
002020 insert into t values (1), (2, 3)
002014 insert into t (v) values (parse_json('{}'))
000904 update t set nosuch = 1
002003 update nosuch set i = 1
100038 update t set i = 'abc'
002025 update t set i = 1, i = 2
100072 update nn set a = null
100078 update t set s = 'abcdefghijkl'
002003 update v set a = 1
000904 update t set i = 1 where nosuch = 1
002003 delete from nosuch
002003 delete from v
000904 delete from t where nosuch = 1
002003 truncate table nosuch
002003 truncate table v
000904 merge into t using u on t.i = u.i when matched then update set nosuch = 1
000904 merge into t using u on t.i = u.i when not matched then insert (nosuch) values (1)
002020 merge into t using u on t.i = u.i when not matched then insert (i, s) values (1)
001003 merge into t using u on t.i = u.i
002003 merge into nosuch using u on true when matched then delete
000904 copy into t (nosuch) from @st
001003 copy into t from @st on_error = whatever
002003 copy into t from @nosuch
002003 copy into nosuch from @st
001008 copy into t from @st file_format = (type = nosuch)
001420 copy into t from @st file_format = (type = csv nosuch = 1)
002003 copy into t from @st file_format = (format_name = nosuch)
001003 copy into t from @st nosuch = 1
001003 copy into t from @st size_limit = -1
001008 create file format ff type = nosuch
001420 create file format ff type = csv nosuch = 1
001003 create file format ff type = csv skip_header = -1
001420 create file format ff type = json field_delimiter = ','
002003 create stage sg file_format = (format_name = nosuch)
001003 create stage sg nosuch = 1
002003 list @nosuch
002003 remove @nosuch
002118 create sequence sz increment = 0
002003 select nosuch.nextval
391917 create warehouse w warehouse_size = nosuch
391917 create warehouse w auto_suspend = -1
391917 create warehouse w max_cluster_count = 0
391917 create warehouse w min_cluster_count = 3 max_cluster_count = 2
001003 create warehouse w nosuch = 1
391917 create warehouse w statement_timeout_in_seconds = -1
391917 create warehouse w statement_timeout_in_seconds = 604801
002003 alter warehouse nosuch suspend
001003 create task k schedule = 'nonsense' as select 1
391917 create task k schedule = '0 minute' as select 1
391917 create task k schedule = '11521 minute' as select 1
001003 create task k schedule = 'using cron 0 0 * * *' as select 1
391917 create task k schedule = 'using cron 99 0 * * * UTC' as select 1
391917 create task k schedule = 'using cron 0 0 * * * Mars/Base' as select 1
002003 create task k after nosuch as select 1
000900 create task k as
002003 execute task nosuch
001003 grant nosuch on table t to role public
002003 grant select on table nosuch to role public
002003 grant select on table t to role nosuch
003008 grant usage on table t to role public
002003 revoke select on table t from role nosuch
002002 create role public
002003 drop role nosuch
002002 create user snowcore
002003 create stream sr on table nosuch
001003 create stream sr on table t append_only = maybe
002003 alter table t set tag nosuch = 'a'
001003 create tag tg2 allowed_values
002026 set x = (select 1, 2)
002211 select $nosuch
001003 unset
001003 execute immediate 'selec 1'
001003 execute immediate nosuch
000904 select identifier('nosuch') from t
002003 select * from identifier('nosuch')
002049 select ?
000904 select * exclude nosuch from t
000904 select * rename nosuch as x from t
000904 select * replace (1 as nosuch) from t
000904 select * from t pivot (sum(nosuch) for s in ('a'))
000904 select * from t pivot (sum(i) for nosuch in ('a'))
001003 select * from t pivot (i for s in ('a'))
000904 select * from t unpivot (x for y in (nosuch))
001003 select * from t unpivot (x for y in (i, s))
001003 select * from t asof join u match_condition (t.i = u.i)
001003 select * from t sample (101)
001003 select * from t sample (-1)
001003 select * from t natural join
000904 select i from t group by grouping sets (nosuch)
000979 select grouping(i) from t
000904 select i from t connect by prior nosuch = i
000904 select i, prior s from t
001003 select sys_connect_by_path(s, '/') from t
001789 select * from values (1, 2), (3)
100038 select t.i from t where i in (1, 'x')
000904 select array_agg(i) within group (order by nosuch) from t
000979 select distinct i from t order by s
001003 select first_value(i) over () from t
100038 select median(s) from t
002105 select * from t at (offset => 5)
100035 select * from t at (timestamp => 'x')
000709 select * from t at (statement => 'x')
000709 select * from t before (statement => 'x')
000938 select system$typeof()
002003 select get_ddl('table', 'nosuch')
000200 select convert_timezone('Mars/Base', current_timestamp)
000938 select convert_timezone('UTC')
001023 select time_slice(current_date, 0, 'DAY')
001023 select time_slice(current_date, 1, 'NOSUCH')
100035 select add_months('x', 1)
100210 select next_day(current_date, 'nosuch')
100035 select monthname('x')
000938 select date_from_parts(2024)
000938 select timestamp_from_parts(2024)
000938 select time_from_parts(1)
001023 select to_timestamp(1, 10)
001023 select to_timestamp(1, -1)
000938 select try_to_date()
001065 select try_cast(5 as int)
001065 select try_cast(current_date as int)
001007 select cast(current_date as int)
001007 select current_date::int
001007 select current_date::boolean
001007 select true::date
001007 select 1.5::date
001007 select current_timestamp::int
001007 select 1::object
001007 select [1]::object
100071 select 'a'::variant::int
001007 select 1::binary
000938 select rlike('a')
000938 select charindex('a')
100038 select round('x')
100038 select round(1, 'x')
000939 select trunc(1, 2, 3)
001023 select truncate(current_date, 'nosuch')
002016 select year('x')
000904 select 0x
001003 select 'abc
001003 select 1 from
001003 selec 1
001003 select 1 as select
000904 select ""
002028 select * from (select 1 a, 2 a) x where x.a = 1
"""


@pytest.fixture(scope="module")
def session() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        made = account.session()
        for line in _SETUP.strip().splitlines():
            made.execute(line)
        yield made


@pytest.mark.parametrize("line", _REFUSED.strip().splitlines())
def test_refused_with_its_number(session: SqlSession, line: str) -> None:
    number, text = line.split(" ", 1)
    with pytest.raises(AccountError) as caught:
        session.execute(text)
    assert caught.value.code == number, caught.value.message


def test_a_table_may_refer_to_itself(session: SqlSession) -> None:
    session.execute("create table tree (id int primary key, parent int references tree (id))")
    session.execute("create table leaf (id int, foreign key (id) references tree (id))")
