# ruff: noqa: E501 (a statement and its answer are a line)
"""Examples of Snowflake's documentation, with the answers that it tells: scripts of several statements, each in a new
schema, of which the last one's answer is looked at. See https://docs.snowflake.com/en/sql-reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

INVOICES = [
    "create table invoices (id integer, price number(12,2))",
    "insert into invoices values (1, 11.11), (2, 22.22)",
]
SALES = [
    "create table quarterly_sales (empid int, amount int, quarter text) as select * from values (1, 10000, '2023_Q1'), (1, 400, '2023_Q1'),"
    " (2, 4500, '2023_Q1'), (2, 35000, '2023_Q1'), (1, 5000, '2023_Q2'), (1, 3000, '2023_Q2'), (2, 200, '2023_Q2'), (2, 90500, '2023_Q2'),"
    " (1, 6000, '2023_Q3'), (1, 5000, '2023_Q3'), (2, 2500, '2023_Q3'), (2, 9500, '2023_Q3'), (3, 2700, '2023_Q3'), (1, 8000, '2023_Q4'),"
    " (1, 10000, '2023_Q4'), (2, 800, '2023_Q4'), (2, 4500, '2023_Q4'), (3, 2700, '2023_Q4'), (3, 16000, '2023_Q4'), (3, 10200, '2023_Q4')",
]
EMPLOYEES = [
    "create table employees (title varchar, employee_id integer, manager_id integer)",
    "insert into employees values ('President', 1, null), ('Vice President Engineering', 10, 1), ('Programmer', 100, 10),"
    " ('QA Engineer', 101, 10), ('Vice President HR', 20, 1), ('Health Insurance Analyst', 200, 20)",
]
JAVASCRIPT = (
    'language javascript as $$ var set = snowflake.createStatement({{sqlText: "SELECT \'" + TSV + "\'::{}"}}).execute();'
    " set.next(); return set.getColumnValue(1).{}(); $$"
)


def javascript(type_: str, method: str, value: str, returns: str = "float") -> list[str]:
    body = JAVASCRIPT.format(type_, method)
    return [f"create procedure asks(tsv varchar) returns {returns} {body}", f"call asks('{value}')"]


Answer = list[tuple[Any, ...]] | str
"""The rows as texts, or the beginning of an error: its number and text."""

SCRIPTS: dict[str, tuple[list[str], Answer]] = {
    # Scripting
    "a label is left from an inner loop": (
        ["declare i integer; j integer; begin i := 1; j := 1; while (i <= 4) do while (j <= 4) do if (j = 3) then break outer_loop; end if; j := j + 1; end while inner_loop; i := i + 1; end while outer_loop; return i; end"],
        [("1",)],
    ),
    "an inner loop goes on with the outer one": (
        ["begin let inner_counter := 0; let outer_counter := 0; loop loop if (inner_counter < 5) then inner_counter := inner_counter + 1; continue outer; else break outer; end if; end loop inner; outer_counter := outer_counter + 1; break; end loop outer; return array_construct(outer_counter, inner_counter)::varchar; end"],
        [("[0,5]",)],
    ),
    "a cursor that is open is closed after its loop": (
        [*INVOICES, "declare total float; c1 cursor for select price from invoices; begin total := 0.0; open c1; for rec in c1 do total := total + rec.price; end for; close c1; return total; end"],
        [("33.33",)],
    ),
    "a cursor that its loop has opened is not open after it": (
        [*INVOICES, "declare c1 cursor for select price from invoices; begin for rec in c1 do null; end for; close c1; return 1; end"],
        "090237 Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 88 : The cursor C1 is not open.",
    ),
    "a cursor with binds": (
        [*INVOICES, "declare id integer default 0; a number(13,2) default 22.00; b number(13,2) default 33.00; c1 cursor for select id from invoices where price > ? and price < ?; begin open c1 using (a, b); fetch c1 into id; return id; end"],
        [("2",)],
    ),
    "a cursor's rows are returned": (
        [*INVOICES, "declare c1 cursor for select * from invoices; begin open c1; return table(resultset_from_cursor(c1)); end"],
        [("1", "11.11"), ("2", "22.22")],
    ),
    "an exception without a number": (
        ["create procedure thrower() returns varchar language sql as $$\n    declare\n        my_exception exception;\n    begin\n        raise my_exception;\n    end;\n$$", "call thrower()"],
        "-20000 Uncaught exception of type 'MY_EXCEPTION' on line 5 at position 8",
    ),
    "an exception with a number and a text": (
        ["declare my_exception exception (-20002, 'Raised MY_EXCEPTION.'); begin raise my_exception; end"],
        "-20002 Uncaught exception of type 'MY_EXCEPTION' on line 1 at position 71 : Raised MY_EXCEPTION.",
    ),
    "an exception that an outer block catches": (
        ["declare e1 exception (-20001, 'Exception e1'); begin declare e2 exception (-20002, 'Exception e2'); selector boolean default true; begin if (selector) then raise e1; else raise e2; end if; end; exception when e1 then return sqlerrm || ' caught in outer block.'; end"],
        [("Exception e1 caught in outer block.",)],
    ),
    "a failed statement whose handler does nothing": (
        ["begin select 1 / 0; return 'x'; exception when other then null; end"],
        [(None,)],
    ),
    "FOR counts backwards": (
        ["declare s varchar default ''; begin for i in reverse 1 to 3 do s := s || ' ' || i::varchar; end for; return s; end"],
        [(" 3 2 1",)],
    ),
    "a counter hides a variable": (
        ["declare counter int default 0; i int default -999; begin for i in 1 to 3 do counter := counter + 1; end for; return counter || ' ' || i; end"],
        [("3 -999",)],
    ),
    "a text becomes a date": (
        ["begin let mydate := '2024-05-08'; while (mydate < '2024-05-20') do mydate := dateadd(day, 1, mydate); end while; return mydate; end"],
        [("2024-05-20 00:00:00.000",)],
    ),
    "types are inferred": (
        ["declare profit default 0.0; begin let cost := 100.0; let revenue default 110.0; profit := revenue - cost; return profit; end"],
        [("10.0",)],
    ),
    "blocks have variables of their own": (
        ["create table names (v varchar)", "create procedure duplicate_name(pv_name varchar) returns varchar language sql as begin declare pv_name varchar; begin pv_name := 'middle'; declare pv_name varchar; begin pv_name := 'innermost'; insert into names (v) values (:pv_name); end; insert into names (v) values (:pv_name); end; insert into names (v) values (:pv_name); return 'Completed.'; end", "call duplicate_name('parameter')", "select * from names order by v"],
        [("innermost",), ("middle",), ("parameter",)],
    ),
    "an UPDATE in a block tells its rows": (
        ["create table my_values (value number) as select * from values (1), (2), (3)", "begin let n int := 0; let f boolean := null; if ((select max(value) from my_values) > 2) then update my_values set value = 4 where value < 3; n := sqlrowcount; f := sqlfound; end if; select * from my_values; if (f = true) then return 'Updated ' || n || ' rows.'; else return 'none'; end if; end"],
        [("Updated 2 rows.",)],
    ),
    "records become variables": (
        ["create table bonuses (emp_id int, performance_rating int, salary number(12,2), bonus number(12,2))", "insert into bonuses values (1004, 4, 80000, null), (1005, 5, 120000, null), (1007, 5, 40000, null)", "create procedure apply_bonus(bonus_percentage int, performance_value int) returns text language sql as declare updated number(2,2) default (:bonus_percentage/100); rs resultset; begin rs := (select * from bonuses); for record in rs do let emp_id_value int := record.emp_id; let rating int := record.performance_rating; let salary_value number(12,2) := record.salary; if (rating = :performance_value) then update bonuses set bonus = ( :salary_value * :updated ) where emp_id = :emp_id_value; end if; end for; return 'Update applied'; end", "call apply_bonus(3, 5)", "select emp_id, bonus from bonuses order by 1"],
        [("1004", None), ("1005", "3600.00"), ("1007", "1200.00")],
    ),
    "a statement in a variable, with binds": (
        [*INVOICES, "declare rs resultset; query varchar default 'SELECT * FROM invoices WHERE price > ? AND price < ?'; a number(12,2) default 20.00; b number(12,2) default 30.00; begin rs := (execute immediate :query using (a, b)); return table(rs); end"],
        [("2", "22.22")],
    ),
    "names in variables": (
        [*INVOICES, "begin let t varchar := 'invoices'; let c := 'id'; let rs resultset := (select identifier(:c) from table(:t) order by 1); return table(rs); end"],
        [("1",), ("2",)],
    ),
    "an asynchronous statement that fails": (
        ["begin let res resultset := async (select * from invalid_table); await res; end"],
        "002003 Uncaught exception of type 'STATEMENT_ERROR'",
    ),
    # Procedures that return tables
    "a table of a procedure stands in a query": (
        [*INVOICES, "create procedure top_sales() returns table (id integer, price number(12,2)) language sql as declare res resultset default (select id, price from invoices); begin return table(res); end", "select * from table(top_sales()) order by id desc"],
        [("2", "22.22"), ("1", "11.11")],
    ),
    "a returned table of another type": (
        ["create procedure p() returns table (a varchar) language sql as declare r resultset default (select 1 as a); begin return table(r); end", "call p()"],
        "100183 Stored procedure execution error: data type of returned table does not match expected returned table type",
    ),
    "a returned table of other columns": (
        ["create procedure p() returns table (a int, b int) language sql as declare r resultset default (select 1 as a); begin return table(r); end", "call p()"],
        "100183 Stored procedure execution error: data type of returned table",
    ),
    "a returned table of a float for a number": (
        ["create procedure p() returns table (a int) language sql as declare r resultset default (select 1::float as a); begin return table(r); end", "call p()"],
        "100183 Stored procedure execution error: data type of returned table",
    ),
    "a returned table of other lengths and precisions": (
        ["create procedure p() returns table (a number(5,2), b varchar(3)) language sql as declare r resultset default (select 1 as a, 'long text' as b); begin return table(r); end", "call p()"],
        [("1", "long text")],
    ),
    # Dates in JavaScript
    "nanoseconds of a date": (javascript("TIMESTAMP_NTZ", "getNanoSeconds", "1970-01-01 00:00:01.987654321"), [("987654321.0",)]),
    "no nanoseconds of a date": (javascript("TIMESTAMP_NTZ", "getNanoSeconds", "1970-01-01 00:00:00"), [("0.0",)]),
    "the scale of a date": (javascript("TIMESTAMP_NTZ(2)", "getScale", "1970-01-01 00:00:01.123"), [("2.0",)]),
    "the zone of a date": (javascript("TIMESTAMP_TZ", "getTimezone", "1971-01-01 00:00:00.000123456+11:00"), [("660.0",)]),
    "the zone of a date in the west": (javascript("TIMESTAMP_TZ", "getTimezone", "1970-01-01 00:00:01-08:00"), [("-480.0",)]),
    "a date as text": (
        ["alter session set timezone = 'UTC'", *javascript("TIMESTAMP_TZ", "toString", "1970-01-02 03:04:05", "varchar"), ],
        [("Fri Jan 02 1970 03:04:05 GMT+0000 (Coordinated Universal Time)",)],
    ),
    "seconds of a date": (
        ["alter session set timezone = 'UTC'", *javascript("TIMESTAMP_NTZ", "getEpochSeconds", "1971-01-01 00:00:00")],
        [("31536000.0",)],
    ),
    # Queries
    "PIVOT of any value": ([*SALES, "select * from quarterly_sales pivot(sum(amount) for quarter in (any order by quarter)) order by empid"], [("1", "10400", "8000", "11000", "18000"), ("2", "39500", "90700", "12000", "5300"), ("3", None, None, "2700", "28900")]),
    "PIVOT with a default": ([*SALES, "select * from quarterly_sales pivot(sum(amount) for quarter in ('2023_Q1', '2023_Q4') default on null (0)) order by empid"], [("1", "10400", "18000"), ("2", "39500", "5300"), ("3", "0", "28900")]),
    "PIVOT with names": ([*SALES, "select empid_renamed, q1 from quarterly_sales pivot(sum(amount) for quarter in ('2023_Q1', '2023_Q2')) as p (empid_renamed, q1, q2) order by 1"], [("1", "10400"), ("2", "39500"), ("3", None)]),
    "UNPIVOT with NULLs": (
        ["create table monthly (empid int, dept text, jan int, feb int) as select * from values (4, 'appliances', 100, null)", "select dept, month, sales from monthly unpivot include nulls (sales for month in (jan as january, feb as february)) order by month"],
        [("appliances", "FEBRUARY", None), ("appliances", "JANUARY", "100")],
    ),
    "CONNECT BY with paths": ([*EMPLOYEES, "select sys_connect_by_path(title, ' -> '), level, connect_by_root title from employees start with title = 'President' connect by manager_id = prior employee_id order by employee_id limit 2"], [(" -> President", "1", "President"), (" -> President -> Vice President Engineering", "2", "President")]),
    "QUALIFY with a subquery": (
        ["create table t1 as select column1 c1, column2 c2, column3 c3 from values (4, 'A', 1), (5, 'B', 2), (6, 'B', 3)", "select c2, sum(c3) over (partition by c2) as r from t1 where c3 < 4 group by c2, c3 having sum(c1) > 3 qualify r in (select min(c1) from t1 group by c2 having min(c1) > 3)"],
        [("B", "5"), ("B", "5")],
    ),
    "ASOF JOIN": (
        ["create table trades (symbol varchar, trade_time timestamp_ntz, quantity int) as select * from values ('SNOW', '2023-09-30 12:02:55'::timestamp_ntz, 3000), ('AAPL', '2023-09-30 12:03:00'::timestamp_ntz, 2000)", "create table quotes (symbol varchar, quote_time timestamp_ntz, price number(12,2)) as select * from values ('SNOW', '2023-09-30 12:02:00'::timestamp_ntz, 166.00), ('SNOW', '2023-09-30 12:02:54'::timestamp_ntz, 166.50), ('AAPL', '2023-09-30 12:05:00'::timestamp_ntz, 1.5)", "select t.symbol, t.quantity, q.price from trades t asof join quotes q match_condition(t.trade_time >= quote_time) on t.symbol = q.symbol order by t.symbol"],
        [("AAPL", "2000", None), ("SNOW", "3000", "166.50")],
    ),
    "MERGE with several clauses": (
        ["create table target (id integer, val integer, status varchar) as select * from values (1, 10, 'Production'), (2, 20, 'Alpha'), (3, 30, 'Production')", "create table source (id integer, marked varchar, isnewstatus integer, newval integer, newstatus varchar) as select * from values (1, 'Y', 0, 10, 'Production'), (2, 'N', 1, 50, 'Beta'), (3, 'N', 0, 60, 'Deprecated'), (4, 'N', 0, 40, 'Production')", "merge into target t using source s on t.id = s.id when matched and s.marked = 'Y' then delete when matched and s.isnewstatus = 1 then update set val = s.newval, status = s.newstatus when matched then update set val = s.newval when not matched then insert (id, val, status) values (s.id, s.newval, s.newstatus)", "select * from target order by id"],
        [("2", "50", "Beta"), ("3", "60", "Production"), ("4", "40", "Production")],
    ),
    "MERGE that could do two things": (
        ["create table t (k number, v number) as select 0, 10", "create table s (k number, v number) as select * from values (0, 11), (0, 12)", "merge into t using s on t.k = s.k when matched then update set t.v = s.v"],
        "100090 ",
    ),
    "MERGE by names": (
        ["create table t (id int, x int, y varchar) as select * from values (1, 10, 'a')", "create table s (y varchar, id int, x int) as select * from values ('b', 1, 25), ('c', 3, 30)", "merge into t using s on t.id = s.id when matched then update all by name when not matched then insert all by name", "select * from t order by id"],
        [("1", "25", "b"), ("3", "30", "c")],
    ),
    # Streams in transactions
    "a stream in a transaction shows the same": (
        ["create table src (id int)", "create stream st on table src", "create table tgt (id int)", "insert into src values (1)", "begin", "insert into tgt select id from st", "insert into src values (2)", "select count(*) from st"],
        [("1",)],
    ),
    "a stream goes on when its transaction ends": (
        ["create table src (id int)", "create stream st on table src", "create table tgt (id int)", "insert into src values (1)", "begin", "insert into tgt select id from st", "insert into src values (2)", "commit", "select id, metadata$action from st"],
        [("2", "INSERT")],
    ),
    "a stream stays when its transaction is taken back": (
        ["create table src (id int)", "create stream st on table src", "create table tgt (id int)", "insert into src values (1)", "begin", "insert into tgt select id from st", "rollback", "select id from st"],
        [("1",)],
    ),
    "a table that is made of a stream consumes it": (
        ["create table src (id int)", "insert into src values (1)", "create stream st on table src show_initial_rows = true", "create table tgt as select * from st", "select count(*) from st"],
        [("0",)],
    ),
    "what a statement changed": (
        ["create table tv (i int) change_tracking = true", "insert into tv values (1)", "insert into tv values (2)", "set q = last_query_id()", "select i, metadata$action from tv changes (information => default) before (statement => $q)"],
        [("2", "INSERT")],
    ),
    "a table before a statement": (
        ["create table tv (i int)", "insert into tv values (1)", "insert into tv values (2)", "set q = last_query_id()", "create table old clone tv before (statement => $q)", "select * from old"],
        [("1",)],
    ),
    # Text, dates, numbers
    "formats with a sign and hexadecimal digits": ([r"select to_char(-12.391, '\">\"$99.0\"<\"'), to_char(-12.391, '\">\"TME\"<\"'), to_char(3987, '\">\"0XXX\"<\"'), to_char(-12.391, '\">\"S0XXX\"<\"')".replace('\\"', '"')], [(">-$12.4<", ">-1.2391E1<", ">0F93<", ">-000C<")]),
    "parts of a week of the year before": (["select date_part(weekiso, '2016-01-03'::date), extract(yearofweekiso from '2016-01-03'::date), dayofweekiso('2016-01-03'::date)"], [("53", "2015", "7")]),
    "dates that lie beyond their parts": (["select date_from_parts(2010, 1, -31), date_from_parts(2004, 13, 1), time_from_parts(12, -59, 1)"], [("2009-11-30", "2005-01-01", "11:01:01")]),
    "months between": (["select months_between('2019-03-01'::date, '2019-02-15'::date)::number(9,6), months_between('2019-03-31'::date, '2019-02-28'::date)"], [("0.548387", "1.000000")]),
    "slices of time": (["select time_slice('2019-02-28'::date, 4, 'MONTH', 'START'), time_slice('2019-02-28'::date, 4, 'MONTH', 'END')"], [("2019-01-01", "2019-05-01")]),
    "an interval of many parts": (["select '2019-01-01'::date + interval '1 year, 3 quarters, 4 months, 5 weeks, 6 days'"], [("2021-03-14",)]),
    "groups of a pattern": ([r"select regexp_substr('It was the best of times, it was the worst of times.', 'the\\W+(\\w+)', 1, 2, 'e', 1), regexp_replace('firstname middlename lastname', '(.*) (.*) (.*)', '\\3, \\1 \\2')"], [("worst", "lastname, firstname middlename")]),
    "all that a pattern matches": (["select regexp_substr_all('a1_a2a3_a4A5a6', '(a)([[:digit:]])', 1, 1, 'e', 2)::varchar"], [('["1","2","3","4","6"]',)]),
    "FLATTEN of an array with a gap": (["select path, index, value::varchar from table(flatten(input => parse_json('[1, ,77]')))"], [("[0]", "0", "1"), ("[2]", "2", "77")]),
    "the union of arrays counts": (["select array_union_agg(column1)::varchar from values ([1, 1, 2]), ([1, 2, 3])"], [("[1,1,2,3]",)]),
    "a key of a column whose name was there": (
        ["create table a (id int)", "create table b (id int)", "insert into a values (11)", "insert into b values (101)", "select * from a join b", "select id, id_1 from table(result_scan(last_query_id()))"],
        [("11", "101")],
    ),
    "a path with colons": (["""select get_path(parse_json('{"a": [{"b": 1}]}'), 'a[0]:b')"""], [("1",)]),
    "the larger one of JSON's nulls": (["select array_max([null, parse_json('null')]), array_min([null])"], [("null", None)]),
    "a moment of the session's zone in a variant": (["select to_variant('2022-02-24 13:00:00.123 +01:00'::timestamp_ltz)"], [('"2022-02-24 04:00:00.123 -0800"',)]),
    "a time of the day with an offset": (["select to_time('20:57:01.5+07:00')::varchar"], [("20:57:01",)]),
    "a text that is cut off by no cast": (["select cast(column1 as varchar(4)) from values ('9.8765')"], "100078 String '9.8765' is too long and would be truncated"),
    "a delimiter is no letter of a word": (["select initcap('apple is sweetandball', 'a b')"], [("aPple Is SweetaNdbaLl",)]),
    "arguments by their names": (["select round(expr => -2.5, scale => 0, rounding_mode => 'HALF_TO_EVEN'), check_xml(str => '<a/>')"], [("-2", None)]),
    "arguments by names that a function does not have": (["select upper(str => 'a')"], "000938"),
    "no rows of a generator": (["select seq4() from table(generator())"], []),
    "sequences of one byte": (["select seq1(1) s from table(generator(rowcount => 130)) qualify row_number() over (order by seq4()) > 127"], [("127",), ("-128",), ("-127",)]),
    "a key that is of another type": (["select map_contains_key('k1', {'1': 'va'}::map(number, varchar))"], "001065"),
    "a structured object without a key": (["select object_delete({'city': 'San Mateo', 'state': 'CA'}::object(city varchar, state varchar), 'city') o, system$typeof(o)"], [('{\n  "state": "CA"\n}', "OBJECT(state VARCHAR)[LOB]")]),
    "a structured object without a key that it has not": (["select object_delete({'city': 'San Mateo'}::object(city varchar), 'zip_code')"], "093201 Function OBJECT_DELETE: expected structured object to contain field zip_code but it did not."),
    "a structured object with another key": (["select system$typeof(object_insert({'city': 'San Mateo'}::object(city varchar), 'zip_code', 94402::float))"], [("OBJECT(city VARCHAR, zip_code FLOAT NOT NULL)[LOB]",)]),
    "a structured object with a key twice": (["select object_insert({'city': 'San Mateo'}::object(city varchar), 'city', 'San Jose', false)"], "093202"),
    "XML for people": (["create table x (v object)", "insert into x select parse_xml('<a><b>X</b><b>Y</b></a>')", "select v, parse_xml(str => '<t>22257e111</t>'), parse_xml('<t>22257e111</t>', true) from x"], [("<a>\n  <b>X</b>\n  <b>Y</b>\n</a>", "<t>2.225700000000000e+115</t>", "<t>22257e111</t>")]),
    "XML whose tags do not meet": (["select check_xml('<name> Invalid </WRONG_CLOSING_TAG>')"], [("no opening tag for </WRONG_CLOSING_TAG>, pos 35",)]),
    "an address with zeros before its digits": (["select search_ip('203.0.113.5', '203.000.113.005'), search_ip('192.000.002.146', '192.0.2.0/24')"], [("True", "True")]),
    "no address": (["select search_ip('a', '1925.0.2.146')"], "000937"),
    "shapes in the form that the session wants": (
        ["create table g (g geography)", "insert into g values ('LINESTRING(-124.20 42.00, -120.01 41.99)')", "alter session set geography_output_format = 'EWKT'", "select g, st_npoints(g) from g"],
        [("SRID=4326;LINESTRING(-124.2 42,-120.01 41.99)", "2")],
    ),
    "shapes that JavaScript takes and makes": (
        ["create function x(g geography) returns real language javascript as $$ return G['coordinates'][0] $$", "create function p(x real) returns geography language javascript as $$ return {type: 'Point', coordinates: [X, 2]} $$", "select x(st_point(1, 2)), st_astext(p(3)), p(3) = st_point(3, 2)"],
        [("1.0", "POINT(3 2)", "True")],
    ),
    # Conversion
    "a text that a NUMBER has no room for": (["select to_number(column1, 10, 9) from values ('12.3456')"], "100039 Numeric value '12.3456' is out of range"),
    "a FLOAT as the NUMBER that it is": (["select to_double(1.1)::number(38, 18)"], [("1.100000000000000089",)]),
    "a number in a VARIANT is told by the session's clocks": (["alter session set timezone = 'America/Los_Angeles'", "select 0::timestamp_ntz, parse_json(0)::timestamp_ntz, parse_json(0)::int::timestamp_ntz"], [("1970-01-01 00:00:00", "1969-12-31 16:00:00", "1970-01-01 00:00:00")]),
    "spaces between elements of XML": (["select to_varchar(parse_xml('<note> <body>Sample XML</body> </note>'))"], [("<note><body>Sample XML</body></note>",)]),
    "a letter without a capital": (["select upper('1č2Щ3ß4Ę!-?abc@')"], [("1Č2Щ3SS4Ę!-?ABC@",)]),
    # XML
    "an element has a line of each part": (["select parse_xml('<level1> 1 <level2> 2 <level3> 3A </level3> <level3> 3B </level3> </level2> </level1>')"], [("<level1>\n  1\n  <level2>\n    2\n    <level3>3A</level3>\n    <level3>3B</level3>\n  </level2>\n</level1>",)]),
    "elements in an array are objects": (["select get(xmlget(parse_xml('<level1> 1 <level2> 2 <level3> 3A </level3> <level3> 3B </level3> </level2> </level1>'), 'level2'), '$')"], [('[\n  2,\n  {\n    "$": "3A",\n    "@": "level3"\n  },\n  {\n    "$": "3B",\n    "@": "level3"\n  }\n]',)]),
    # TO_QUERY
    "the query of a text": (["create table departments (deptno number(2), dname varchar) as select * from values (10, 'ACCOUNTING'), (20, 'RESEARCH'), (30, 'SALES')", "set table_name = 'departments'", "select dname from table(to_query('select * from identifier($table_name)')) where deptno > 10 order by 1"], [("RESEARCH",), ("SALES",)]),
    "the query of a text with binds": (["create table departments (deptno number(2), dname varchar) as select * from values (10, 'ACCOUNTING'), (20, 'RESEARCH'), (30, 'SALES')", "set table_name = 'departments'", "select * from table(to_query(sql => 'select * from identifier($table_name) where deptno = to_number(:dno) or dname = :dnm', dno => '10', dnm => 'SALES')) order by 1"], [("10", "ACCOUNTING"), ("30", "SALES")]),
    "the query of a procedure's argument": (["create table departments (deptno number(2), dname varchar) as select * from values (10, 'ACCOUNTING'), (20, 'RESEARCH'), (30, 'SALES')", "set table_name = 'departments'", "create procedure counts(query varchar) returns table () language sql as $$ declare res resultset default (select count(*) from table(to_query(:query))); begin return table(res); end $$", "call counts('select * from departments where deptno > 10')"], [("2",)]),
    "the binds of a procedure's query": (["create table departments (deptno number(2), dname varchar) as select * from values (10, 'ACCOUNTING'), (20, 'RESEARCH'), (30, 'SALES')", "set table_name = 'departments'", "create procedure finds(dno varchar) returns table () language sql as $$ declare res resultset default (select dname from table(to_query('select * from departments where deptno = to_number(:dnoval)', dnoval => :dno))); begin return table(res); end $$", "call finds('20')"], [("RESEARCH",)]),
    "what is no query in TO_QUERY": (["select * from table(to_query('drop table t'))"], "001003"),
    # What this account does not have is said
    "collation": (["select 'a' collate 'en-ci'"], "000002"),
}  # fmt: skip


@pytest.fixture(scope="module")
def account() -> Iterator[LocalAccount]:
    with LocalAccount() as account:
        account.execute("create database d")
        yield account


@pytest.fixture
def session(account: LocalAccount) -> Iterator[SqlSession]:
    session = account.session(database="D", schema="PUBLIC")
    session.execute("create or replace schema d.documented")
    yield session
    session.close()


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_example(session: SqlSession, name: str) -> None:
    statements, answer = SCRIPTS[name]
    for statement in statements[:-1]:
        session.execute(statement)
    if isinstance(answer, str):
        with pytest.raises(AccountError) as caught:
            session.execute(statements[-1])
        assert f"{caught.value.code} {caught.value.message}".startswith(answer)
    else:
        rows = session.execute(statements[-1]).rows
        assert [tuple(None if value is None else str(value) for value in row) for row in rows] == answer
