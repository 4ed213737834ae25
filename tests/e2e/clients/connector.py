"""Snowflake's connector, versions 4 and 5."""

import datetime
import decimal
import pathlib
import time
import warnings

import snowflake.connector
from snowflake.connector import DictCursor, ProgrammingError

warnings.simplefilter("ignore", FutureWarning)
version = int(snowflake.connector.__version__.split(".")[0])
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()


def rows(sql, *parameters):
    return cursor.execute(sql, *parameters).fetchall()


def error(sql, *parameters):
    started = time.monotonic()
    try:
        cursor.execute(sql, *parameters)
    except ProgrammingError as caught:
        assert time.monotonic() - started < 30, "the driver tried again and again"
        return caught.errno, caught.sqlstate
    raise AssertionError(f"{sql} did not fail")


rows("create database d")
rows("create schema s")
rows("use schema d.s")
assert (connection.database, connection.schema) == ("D", "S")

# Values, with NULLs among them.
rows(
    "create table t (i int, n number(10,2), f float, v varchar(5), b boolean, d date, tm time, ts timestamp_ntz,"
    " tz timestamp_tz, bin binary, j variant, a array)"
)
rows(
    "insert into t select 1, 1.25, 1.5, 'x', true, '2020-01-02', '03:04:05.5', '1969-12-31 23:59:59.5',"
    " '2020-01-02 03:04:05+00:00', to_binary('00ff', 'hex'), parse_json('{\"a\": 1}'), array_construct(1, 2)"
)
rows("insert into t (i) values (2)")
first, second = rows("select * from t order by i")
assert first[:6] == (1, decimal.Decimal("1.25"), 1.5, "x", True, datetime.date(2020, 1, 2)), first
assert first[6:8] == (datetime.time(3, 4, 5, 500000), datetime.datetime(1969, 12, 31, 23, 59, 59, 500000)), first
assert first[8] == datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=datetime.UTC), first
assert second == (2, *[None] * 11), second
assert [column.name for column in cursor.description][:3] == ["I", "N", "F"]
assert rows("select * from t where i > 99") == []
assert [column.name for column in cursor.describe("select i, v from t")] == ["I", "V"]

# Changes, values in the client and bound, many at once.
assert rows("update t set v = 'z' where i = 1")[0][0] == 1
assert rows("select v from t where i = %s", (1,)) == [("z",)]
cursor.executemany("insert into t (i, v) values (%s, %s)", [(3, "a"), (4, None)])
assert cursor.rowcount == 2
bound = snowflake.connector.connect(connection_name="myconnection", paramstyle="qmark", database="d", schema="s")
mine = bound.cursor()
values = (7, "it's", 1.5, None, True, datetime.datetime(2020, 1, 1, 1, 2, 3), decimal.Decimal("1.23"))
assert mine.execute("select ?, ?, ?, ?, ?, ?, ?", values).fetchall() == [values]
mine.executemany("insert into t (i, v) values (?, ?)", [(5, "a"), (6, None)])
assert (mine.rowcount, mine.execute("select count(*) from t").fetchone()) == (2, (6,))
bound.close()

# Transactions.
connection.autocommit(False)
rows("insert into t (i) values (99)")
connection.rollback()
connection.autocommit(True)
assert rows("select count(*) from t where i = 99") == [(0,)]

# Errors come at once, with Snowflake's numbers.
assert error("selec 1") == (1003, "42000")
assert error("select * from nope") == (2003, "42S02")
assert error("create table t (i int)") == (2002, "42710")
assert error("select 1 / 0") == (100051, "22012")
assert error("insert into t (v) values ('too long')") == (100078, "22000")
assert error("select 'x'::int") == (100038, "22018")
assert error("create procedure p() returns int language java as $$ $$") == (2, "0A000")
assert error("select 1; select 2") == (8, "0A000")

# Later, several, many.
cursor.execute_async("select 42")
query_id = cursor.sfqid
while connection.is_still_running(connection.get_query_status_throw_if_error(query_id)):
    time.sleep(0.01)
cursor.get_results_from_sfqid(query_id)
assert cursor.fetchall() == [(42,)]
cursor.execute("select 1; select 2", num_statements=2)
assert cursor.fetchall() == [(1,)]
assert cursor.nextset()
assert cursor.fetchall() == [(2,)]
rows("create table big as select seq4() as i from table(generator(rowcount => 50000))")
assert len(rows("select * from big")) == 50000
assert connection.cursor(DictCursor).execute("select 1 as a").fetchall() == [{"A": 1}]

# What the account owns, and files.
rows("create warehouse w")
rows("use warehouse w")
assert connection.warehouse == "W"
assert [row[0] for row in rows("show warehouses")] == ["W"]
assert [row[0] for row in rows("describe table t")][:2] == ["I", "N"]
created = rows("show tables like 'BIG'")[0][0]
assert abs(created - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=5), created
assert error("use warehouse nope") == (2043, "02000")
pathlib.Path("a.csv").write_text("1,x\n2,y\n")
rows("create stage st")
assert rows(f"put file://{pathlib.Path('a.csv').resolve()} @st/in")[0][6] == "UPLOADED"
assert [row[0] for row in rows("list @st")] == ["st/in/a.csv.gz"]
rows("create table loaded (i int, v varchar)")
rows("copy into loaded from @st file_format = (type = csv)")
assert rows("select * from loaded order by i") == [(1, "x"), (2, "y")]

connection.close()
print("done")
