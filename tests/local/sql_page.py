"""docs/sql.md: which of Snowflake's statements and functions the account knows; `make sql` renews it.

Nothing on the page is claimed: each statement is tried in an account, functions are those of the engine's own table.
"""

from __future__ import annotations

import sys
import textwrap
from collections import defaultdict
from pathlib import Path

from snowcore import LocalAccount
from snowcore.engine import metadata
from snowcore.engine.errors import AccountError
from snowcore.engine.translate import refusals, translating
from snowcore.local.sql import SqlSession, context, history
from snowcore.local.sql.listings import LISTINGS

PAGE = Path("docs/sql.md")
REFUSED = frozenset(refusals.REFUSED.split())
LIMITS = {
    "APPROX_TOP_K": "exact",
    "APPROX_PERCENTILE": "exact, interpolated",
    "APPROX_COUNT_DISTINCT": "exact",
    "COMPRESS": "by zlib, bz2 and Snappy, which looks for no repetitions",
    "DECOMPRESS_BINARY": "of zlib, bz2 and Snappy",
    "DECOMPRESS_STRING": "of zlib, bz2 and Snappy",
    "COLLATE": "refused",
    "COLLATION": "refused",
    "IS_DATABASE_ROLE_IN_SESSION": "not in views and policies",
    "HASH": "the same for equal values, but not Snowflake's numbers",
    "HASH_AGG": "the same for equal rows, but not Snowflake's numbers",
    "MINHASH": "with other hashes than Snowflake's",
    "RANDSTR": "with other texts than Snowflake's for a seed",
    "SYSTEM$CLUSTERING_INFORMATION": "a table is one partition",
    "SYSTEM$ALLOWLIST": "empty, since the account listens on 127.0.0.1 alone",
    "SYSTEM$WHITELIST": "empty, since the account listens on 127.0.0.1 alone",
    "ST_DISTANCE": "of points",
    "ST_DWITHIN": "of points",
    "UNIFORM": "with other numbers than Snowflake's for a seed",
}
"""How far a function goes, where that isn't all the way."""

SETUP = """
create database d
create warehouse wh
create table t (id int, name varchar, v variant) change_tracking = true
insert into t select 1, 'a', parse_json('[1, 2]')
create table u (id int, jan int, feb int)
create stage st
create stage dt directory = (enable = true)
copy into @~/script.sql from (select 'select 1') file_format = (type = csv compression = none) single = true
create sequence seq
create tag marks
create schema one
create schema two
use schema d.public
create masking policy veil as (v varchar) returns varchar -> '*'
create procedure p() returns int language sql as 'begin return 1; end'
create function rows_of(n int) returns table (x int) as 'select n'
"""
STATEMENTS = """
Queries
SELECT … FROM … JOIN … | select a.id from t a left join u b on a.id = b.id cross join t c
GROUP BY, ROLLUP, CUBE, GROUPING SETS, ALL | select id, count(*) from t group by grouping sets ((id), ())
HAVING, QUALIFY | select id from t qualify row_number() over (order by id) = 1
ORDER BY, LIMIT, OFFSET, FETCH, TOP | select top 1 id from t order by id nulls first
UNION, INTERSECT, EXCEPT, MINUS, … BY NAME | select 1 a union by name select 2 a
WITH, WITH RECURSIVE | with recursive r (n) as (select 1 union all select n + 1 from r where n < 3) select * from r
* EXCLUDE, REPLACE, RENAME, ILIKE | select * exclude v rename name as called from t
VALUES | select * from values (1, 'a') x (n, s)
LATERAL, FLATTEN | select f.value from t, lateral flatten(v) f
PIVOT, UNPIVOT | select * from u unpivot include nulls (n for month in (jan, feb))
MATCH_RECOGNIZE | select * from t match_recognize (order by id measures count(*) as n pattern (a+) define a as
    id > 0)
START WITH … CONNECT BY | select level from t start with id = 1 connect by prior id = id + 1
ASOF JOIN | select a.id from t a asof join u b match_condition (a.id >= b.id)
SAMPLE, TABLESAMPLE | select * from t sample (10) seed (1) | other rows than Snowflake's for a seed
a.id = b.id (+) | select a.id from t a, u b where a.id = b.id (+)
TABLE(function(…)) | select * from table(rows_of(3))
->> | show tables ->> select "name" from $1
AT, BEFORE | select * from t at (offset => 0)
CHANGES | select * from t changes (information => default) at (offset => 0)
FOR UPDATE | select * from t for update | locks nothing
COLLATE | select 'a' collate 'en-ci'
EXPLAIN | explain using json select * from t | a plan of one partition a table
Rows
INSERT, INSERT OVERWRITE | insert overwrite into u (id) select id from t
INSERT ALL, INSERT FIRST | insert all when id = 1 then into u (id) values (id) select id from t
UPDATE … FROM | update u set jan = t.id from t where t.id = u.id
DELETE … USING | delete from u using t where u.id = t.id
MERGE | merge into u using t on u.id = t.id when not matched then insert (id) values (t.id)
TRUNCATE TABLE | truncate table u
COPY INTO a stage | copy into @st/rows from t
COPY INTO a table | copy into u (id) from (select $1 from @st/rows) | no Avro, ORC, XML; see [files](files.md)
PUT, GET | put file://{here} @st | not in tasks and scripts
LIST, REMOVE, COPY FILES | copy files into @st from @st
DIRECTORY(@stage), ALTER STAGE … REFRESH | select * from directory(@dt)
CREATE TABLE … AS SELECT … FROM @stage | create table of_files as select $1 a from @st
Tables beyond CREATE
CREATE TABLE … AS | create table ctas as select 1 as a
CREATE TABLE … LIKE, CLONE | create table cloned clone t at (offset => 0)
CREATE DYNAMIC TABLE | create dynamic table dyn target_lag = '1 hour' warehouse = wh as
    select id from t | whole refreshes
CREATE HYBRID TABLE | create hybrid table hybrid (a int primary key, b int unique, index ab (a, b)) | keys are held
    when a statement is done
CREATE ICEBERG TABLE | create iceberg table ice (a int) catalog = 'SNOWFLAKE' | those of other catalogs are kept, not
    read
CREATE INDEX, DROP INDEX | create index ba on hybrid (b) | told, without effect
ALTER TAG … SET MASKING POLICY | alter tag marks set masking policy veil
CREATE EVENT TABLE | create event table events | nobody writes into one; DELETE and TRUNCATE
CREATE MATERIALIZED VIEW | create materialized view mv as select id from t | answers the present
CREATE STREAM | create stream changes on table t show_initial_rows = true | on tables, views and external tables
SYSTEM$STREAM_HAS_DATA, SYSTEM$STREAM_GET_TABLE_TIMESTAMP | select system$stream_has_data('changes')
CREATE TABLE … USING TEMPLATE | create table made using template (select
    array_construct(object_construct('COLUMN_NAME', 'A', 'TYPE', 'INT')))
CREATE OR ALTER TABLE | create or alter table u (id int, jan int, feb int, mar int) | and of alerts, dynamic tables with
    the same query, stages, tasks, views, warehouses
CREATE TEMPORARY TABLE | create temporary table tmp (a int)
columns that are computed | create table computed (a int, b int as (a + 1))
PRIMARY KEY, UNIQUE, FOREIGN KEY | create table keyed (a int primary key, b int unique) | kept, not enforced,
    as by Snowflake
AUTOINCREMENT, IDENTITY, DEFAULT | create table counted (a int autoincrement, b int default seq.nextval)
ALTER TABLE … ADD, DROP, RENAME, ALTER COLUMN | alter table counted add column c int, d varchar
ALTER TABLE … SWAP WITH | alter table ctas swap with cloned
ALTER SCHEMA, DATABASE … SWAP WITH | alter schema d.one swap with d.two
ALTER TABLE … ALTER CONSTRAINT … RELY | alter table keyed alter primary key rely
ALTER TABLE … ADD SEARCH OPTIMIZATION | alter table t add search optimization | told, without effect
CLUSTER BY | alter table t cluster by (id) | kept, without effect
COMMENT ON | comment on table t is 'rows'
GRANT, REVOKE | grant select on table t to role public
The session
USE | use schema d.public
SET, UNSET | set (a, b) = (1, 'x')
ALTER SESSION | alter session set timezone = 'UTC'
SHOW PARAMETERS, VARIABLES, COLUMNS, KEYS, TRANSACTIONS, LOCKS | show parameters like 'TIMEZONE'
SHOW GRANTS | show grants
DESCRIBE RESULT | describe result last_query_id()
BEGIN, COMMIT, ROLLBACK | begin transaction name n
several statements in one text | execute immediate 'select 1'
Programs
CALL, WITH … AS PROCEDURE | call p()
blocks: DECLARE, BEGIN, EXCEPTION, END | declare a int; begin select 1 into :a; return a; exception when other
    then raise; end
IF, CASE, FOR, WHILE, REPEAT, LOOP, BREAK, CONTINUE | begin for i in 1 to 2 do continue; end for; return 1; end
cursors, RESULTSETs | declare c cursor for select 1; begin open c; close c; let r resultset := (select 1);
    return table(r); end
ASYNC, AWAIT, CANCEL | begin async (select 1); await all; return 1; end | one after the other
procedures that a block declares | declare q procedure () returns int as begin return 1; end; begin call q();
    return 1; end
EXECUTE IMMEDIATE … USING | begin let x := 1; execute immediate 'select ?' using (x); return 1; end
EXECUTE IMMEDIATE FROM | execute immediate from @~/script.sql | templates need the extra `templates`
CREATE FUNCTION, PROCEDURE in SQL | create function plus(a int) returns int as 'a + 1'
… with arguments OUT | create procedure outs(a out int) returns int language sql as 'begin a := 1; return 1; end'
… in Python, see [code](code.md) | create function py(a int) returns int language python runtime_version =
    '{python}' handler = 'f' as 'def f(a): return a'
… in JavaScript, see [code](code.md) | create function js(a float) returns float language javascript as 'return A'
… in Java, Scala | create function java(a float) returns float language java handler = 'F.f' as 'x'
"""
"""Under a title: a statement, an example that is run, and how far the account goes with it."""


def _works(session: SqlSession, sql: str) -> bool:
    """Whether the account does this, or would if the object were there."""
    try:
        session.execute(sql)
    except AccountError as error:
        return error.code != "000002" and (error.code != "001003" or sql.startswith("CREATE"))
    return True


def statements() -> list[str]:
    """A table a title, of what became of each example."""
    lines: list[str] = []
    with LocalAccount() as account:
        session = account.session()
        for sql in SETUP.strip().splitlines():
            session.execute(sql)
        for line in STATEMENTS.strip().replace("\n    ", " ").splitlines():
            name, *rest = (part.strip() for part in line.split(" | "))
            if not rest:
                lines += ["", f"### {name}", "", "| statement | | |", "| --- | --- | --- |"]
                continue
            try:
                python = ".".join(map(str, sys.version_info[:2]))
                session.execute(rest[0].replace("{here}", str(PAGE.resolve())).replace("{python}", python))
                told = "yes"
            except AccountError as error:
                assert error.code == "000002", f"{rest[0]}: {error.message}"
                told = "no"
            lines.append(f"| {name} | {told} | {rest[1] if rest[1:] else ''} |")
        lines += ["", "### Objects", "", *_objects(session)]
    return lines


def _objects(session: SqlSession) -> list[str]:
    """Which statements there are for the kinds of objects that SHOW knows by a name."""
    words = ("CREATE", "ALTER", "DROP", "UNDROP", "DESCRIBE", "SHOW")
    lines = [f"| object | {' | '.join(words)} |", f"| --- |{' --- |' * len(words)}"]
    none: list[str] = []
    for listing in sorted(LISTINGS, key=lambda one: one.words):
        one = listing.singular
        if one in ("OBJECT", "USER FUNCTION", "USER PROCEDURE", "REGION", "GLOBAL ACCOUNT", "DELEGATED AUTHORIZATION"):
            continue
        name = "nothing()" if one in ("FUNCTION", "PROCEDURE") else "nothing"
        tries = [f"{word} {one} {name}" for word in words[:-1]]
        tries[0] = f"CREATE {one} nothing ("  # which is never all of a statement
        tries[1] += " SET COMMENT = 'x'"
        can = [_works(session, sql) for sql in (*tries, f"SHOW {listing.words}")]
        if any(can[:3]):
            lines.append(f"| {one} | {' | '.join('yes' if yes else '' for yes in can)} |")
        else:
            none.append(listing.words)
    return [*lines, "", *_wrapped(f"In SQL none of these can be made: {', '.join(none)}.")]


def groups() -> dict[str, list[str]]:
    """The names of the functions, by the idea of the module that has them."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, entry in translating.FUNCTIONS.items():
        if name not in REFUSED:
            module = sys.modules[entry.translate.__module__]
            found[(module.__doc__ or "").partition("\n")[0].rstrip(".")].append(name)
    found["What only the session knows"] = [name for name in context.ANSWERED if name not in translating.FUNCTIONS]
    found["Table functions"] = ["FLATTEN", "GENERATOR", "INFER_SCHEMA", "RESULT_SCAN", "SPLIT_TO_TABLE", "VALIDATE"]
    found["Table functions"] += ["STRTOK_SPLIT_TO_TABLE", *(f"INFORMATION_SCHEMA.{name}" for name in history.NAMES)]
    return {title: sorted(names) for title, names in sorted(found.items())}


def page() -> str:
    """Markdown: which statements, functions and views there are, how far they go, which are refused."""
    found = groups()
    lines = [
        "# SQL of the embedded account",
        "",
        "What is not here is refused: with 000002 and a sentence if Snowflake has it, else as Snowflake refuses it.",
        "Each statement of this page was tried when `make sql` wrote it.",
        "",
        "## Statements",
        *statements(),
        "",
        "## Functions",
        "",
        f"{sum(map(len, found.values()))} names. A call of any other function is refused: 002140 if Snowflake has none",
        "of this name, 000002 if it is one of those at the end, or begins with SYSTEM$.",
        "",
    ]
    for title, names in found.items():
        shown = ", ".join(f"{n} ({LIMITS[n]})" if n in LIMITS else n for n in names)
        lines += [f"**{title}**", "", *_wrapped(shown), ""]
    lines += ["**Not emulated**", "", *_wrapped(", ".join(sorted(REFUSED))), "", "## Views", ""]
    lines += ["**INFORMATION_SCHEMA**", "", *_wrapped(", ".join(sorted(metadata.VIEWS))), ""]
    lines += [
        "**SNOWFLAKE.ACCOUNT_USAGE**, which tells what there is now, without ids and without what was dropped",
        "",
    ]
    return "\n".join([*lines, *_wrapped(", ".join(sorted([*metadata.ACCOUNT_USAGE, *metadata.HISTORIES])))]) + "\n"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 118, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
