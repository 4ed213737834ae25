"""Snowflake's connector, versions 4 and 5: types, binds, errors, transactions, several statements, later, files."""

import datetime
import decimal
import pathlib
import threading
import time
import warnings

import snowflake.connector
from checks import check, equal, fails, wait_until
from snowflake.connector import DictCursor

warnings.simplefilter("ignore")
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()
UTC = datetime.UTC
D = decimal.Decimal


def rows(sql, *parameters):
    return cursor.execute(sql, *parameters).fetchall()


def one(sql, *parameters):
    return cursor.execute(sql, *parameters).fetchone()[0]


rows("create database d")
rows("create warehouse w")
rows("create schema s")

with check("17 values, by Arrow and by JSON"):
    # Types, by Arrow and by JSON.
    TYPES = {
        "12345678901234567890123456789012345678::number(38,0)": 12345678901234567890123456789012345678,
        "-1.50::number(10,2)": D("-1.50"),
        "10 / 4": D("2.500000"),
        "1.5::float": 1.5,
        "true": True,
        "'it''s ö 漢'": "it's ö 漢",
        "null::int": None,
        "'1900-01-01'::date": datetime.date(1900, 1, 1),
        "'0001-01-01'::date": datetime.date(1, 1, 1),
        "'23:59:59.123456'::time": datetime.time(23, 59, 59, 123456),
        "'1900-01-01 00:00:00.5'::timestamp_ntz": datetime.datetime(1900, 1, 1, 0, 0, 0, 500000),
        "'9999-12-31 23:59:59'::timestamp_ntz": datetime.datetime(9999, 12, 31, 23, 59, 59),
        "to_binary('00ff', 'hex')": b"\x00\xff",
        "typeof(parse_json('1'))": "INTEGER",
        "array_construct(1, 'a')[1]::varchar": "a",
    }
    for form in ("ARROW", "JSON"):
        rows(f"alter session set python_connector_query_result_format = {form}")
        for sql, value in TYPES.items():
            got = one(f"select {sql}")
            assert got == value and isinstance(got, (type(value), bytearray)), (form, sql, got)
        moment = one("select '2024-01-02 03:04:05 +0300'::timestamp_tz")
        equal(
            (moment.utcoffset(), moment),
            (datetime.timedelta(hours=3), datetime.datetime(2024, 1, 2, 0, 4, 5, tzinfo=UTC)),
        )
        equal(one("select parse_json('{\"a\": 1}')"), '{\n  "a": 1\n}')
with check("parameters at login and by ALTER SESSION"):
    rows("alter session set python_connector_query_result_format = ARROW")

    rows("alter session set timezone = 'America/New_York'")
    equal(one("select '2024-07-01 12:00:00'::timestamp_ltz").utcoffset(), datetime.timedelta(hours=-4))
    with fails("NO_SUCH_THING"):
        rows("alter session set no_such_thing = 1")
    parameters = {"TIMEZONE": "Asia/Tokyo", "QUERY_TAG": "mine", "MULTI_STATEMENT_COUNT": 0}
    other = snowflake.connector.connect(connection_name="myconnection", session_parameters=parameters)
    tags = other.cursor().execute("show parameters like 'query_tag' in session").fetchall()
    equal(tags[0][:2], ("QUERY_TAG", "mine"))
    equal(other.cursor().execute("select 1 as a; select 2 as b").fetchall(), [(1,)])
    other.close()

with check("binds by ? and by %, 3,000 rows at once"):
    # Binds.
    mine = snowflake.connector.connect(connection_name="myconnection", paramstyle="qmark", database="d", schema="s")
    bound = mine.cursor()
    values = (7, "it's", 1.5, None, True, datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 1, 1, 2, 3), D("1.23"))
    equal(bound.execute(f"select {', '.join('?' * len(values))}", values).fetchall(), [values])
    rows("create table t (i int, v varchar(5), b binary, at timestamp_ntz)")
    many = [
        (n, f"x{n % 100}", bytes([n % 256]), datetime.datetime(2020, 1, 1) + datetime.timedelta(n)) for n in range(3000)
    ]
    bound.executemany("insert into t values (?, ?, ?, ?)", many)
    equal(bound.rowcount, 3000)
    equal(rows("select * from t order by i"), many)
    equal(bound.execute("select count(*) from identifier(?)", ("t",)).fetchone(), (3000,))
    bound.executemany("update t set v = ? where i = ?", [("a", 1), ("b", 2)])
    equal(rows("select v from t where i in (1, 2) order by i"), [("a",), ("b",)])
    equal(rows("select %(x)s, %(y)s", {"x": 1, "y": "a%b"}), [(1, "a%b")])
    mine.close()

with check("descriptions of what was not run"):
    # Descriptions.
    description = cursor.describe("select 1::number(10,2) as n, 'x'::varchar(5) as v, null::timestamp_tz as \"z z\"")
    equal([one.name for one in description], ["N", "V", "z z"])
    equal((description[0].precision, description[0].scale), (10, 2))
    equal((description[1].internal_size, description[2].is_nullable), (5, True))
    equal([one.name for one in cursor.describe("show tables")][:2], ["created_on", "name"])

with check("12 errors"):
    # Errors: number, SQLSTATE, the query's id.
    for sql, number, state in [
        ("selec 1", 1003, "42000"),
        ("select * from nope", 2003, "42S02"),
        ("select nope", 904, "42000"),
        ("create table t (i int)", 2002, "42710"),
        ("select 1 / 0", 100051, "22012"),
        ("insert into t (v) values ('too long')", 100078, "22000"),
        ("select 'x'::int", 100038, "22018"),
        ("select to_date('x')", 100040, "22007"),
        ("insert into t values (1)", 2020, "21S01"),
        ("use role nope", 2043, "02000"),
        ("show tables in schema nope.nope", 2043, "02000"),
        ("drop table nope", 2003, "02000"),
    ]:
        try:
            rows(sql)
        except snowflake.connector.ProgrammingError as error:
            assert (error.errno, error.sqlstate) == (number, state), (sql, error.errno, error.sqlstate, error.msg)
            assert error.sfqid, sql
        else:
            raise AssertionError(f"{sql} did not fail")

with check("transactions, and who leaves"):
    # Transactions.
    rows("begin")
    rows("insert into t (i) values (-1)")
    assert one("select current_transaction()") is not None
    with fails("NOPE"):
        rows("insert into nope values (1)")
    equal(one("select count(*) from t where i = -1"), 1)
    other = snowflake.connector.connect(connection_name="myconnection", database="d", schema="s")
    equal(other.cursor().execute("select count(*) from t where i = -1").fetchone(), (0,))
    rows("rollback")
    connection.autocommit(False)
    rows("insert into t (i) values (-2)")
    connection.commit()
    rows("insert into t (i) values (-3)")
    connection.rollback()
    connection.autocommit(True)
    equal(other.cursor().execute("select i from t where i < 0").fetchall(), [(-2,)])
    other.close()
    with snowflake.connector.connect(
        connection_name="myconnection", database="d", schema="s", autocommit=False
    ) as left:
        left.cursor().execute("insert into t (i) values (-4)")
    equal(one("select count(*) from t where i = -4"), 1)  # who leaves without an error commits

with check("several statements"):
    # Several statements.
    cursor.execute("select 1; insert into t (i) values (-5); select 2", num_statements=3)
    answers = [cursor.fetchall()]
    while cursor.nextset():
        answers.append(cursor.fetchall())
    equal(answers, [[(1,)], [(1,)], [(2,)]])
    equal([c.fetchall() for c in connection.execute_string("select 3; select 4;")], [[(3,)], [(4,)]])
    with fails("desired statement count"):
        cursor.execute("select 1; select 2", num_statements=3)

with check("queries later, stopped by their time and by SYSTEM$CANCEL_QUERY"):
    # Later, and stopped.
    cursor.execute_async("select count(*) from table(generator(rowcount => 10))")
    query_id = cursor.sfqid
    wait_until(lambda: not connection.is_still_running(connection.get_query_status_throw_if_error(query_id)))
    cursor.get_results_from_sfqid(query_id)
    equal(cursor.fetchall(), [(10,)])
    cursor.execute_async("select 1 / 0")
    query_id = cursor.sfqid
    wait_until(lambda: not connection.is_still_running(connection.get_query_status(query_id)))
    with fails("Division by zero"):
        connection.get_query_status_throw_if_error(query_id)
    equal(rows(f"select * from table(result_scan('{(cursor.execute('select 5 as a'), cursor.sfqid)[1]}'))"), [(5,)])
    began = time.monotonic()
    with fails("630"):
        connection.cursor().execute("alter session set statement_timeout_in_seconds = 1").execute(
            "select system$wait(60)"
        )
    assert time.monotonic() - began < 20
    rows("alter session unset statement_timeout_in_seconds")
    sleeping = snowflake.connector.connect(connection_name="myconnection").cursor()
    sleeping.execute_async("select system$wait(60)")
    wait_until(lambda: "terminated" in one(f"select system$cancel_query('{sleeping.sfqid}')"))
    wait_until(lambda: not connection.is_still_running(connection.get_query_status(sleeping.sfqid)))
    sleeping.connection.close()

with check("100,000 rows, in batches"):
    # Many rows, in batches.
    rows("create table big as select seq4() as i, repeat('x', 50) as v from table(generator(rowcount => 100000))")
    cursor.execute("select * from big order by i")
    equal([cursor.fetchone()[0], *[row[0] for row in cursor.fetchmany(3)]], [0, 1, 2, 3])
    equal(len(cursor.fetchall()), 99_996)
    cursor.execute("select * from big order by i")
    batches = cursor.get_result_batches()
    equal(sum(len(list(batch)) for batch in batches), 100_000)
    equal((sum(batch.rowcount for batch in batches), cursor.rowcount), (100_000, 100_000))
    equal(connection.cursor(DictCursor).execute("select 1 as a").fetchall(), [{"A": 1}])

with check("PUT, COPY INTO both ways, GET, LIST, REMOVE"):
    # Files.
    here = pathlib.Path.cwd()
    (here / "in").mkdir()
    (here / "out").mkdir()
    (here / "in" / "a.csv").write_text("1,x\n2,y\n")
    (here / "in" / "b b.csv").write_text("3,z\n")
    rows("create stage st file_format = (type = csv)")
    for name in ("a.csv", "b b.csv"):
        equal(rows(f"put 'file://{here}/in/{name}' @st/in parallel = 2")[0][6], "UPLOADED")
    if snowflake.connector.__version__ >= "5":  # which looks whether a file is there
        equal([row[6] for row in rows(f"put file://{here}/in/a*.csv @st/in")], ["SKIPPED"])
    several = rows(f"put file://{here}/in/*.csv @~/several overwrite = true")
    equal(sorted(row[1::5] for row in several), [("a.csv.gz", "UPLOADED"), ("b b.csv.gz", "UPLOADED")])
    equal(len(rows("remove @~/several")), 2)
    equal([row[0] for row in rows("list @st")], ["st/in/a.csv.gz", "st/in/b b.csv.gz"])
    rows("create table loaded (i int, v varchar)")
    equal(sorted(row[3] for row in rows("copy into loaded from @st/in")), [1, 2])
    equal(rows("select * from loaded order by i"), [(1, "x"), (2, "y"), (3, "z")])
    rows("copy into @st/made from loaded file_format = (type = csv compression = none) single = true")
    equal([row[:3:2] for row in rows(f"get @st/made 'file://{here}/out/'")], [("made", "DOWNLOADED")])
    equal((here / "out" / "made").read_text().splitlines(), ["1,x", "2,y", "3,z"])
    equal(len(rows(f"get '@st/in' file://{here}/out pattern = '.*csv.gz'")), 2)
    rows(f"put file://{here}/in/a.csv @~/mine auto_compress = false")
    rows(f"put file://{here}/in/a.csv @%loaded")
    equal([row[0] for row in rows("list @~") + rows("list @%loaded")], ["mine/a.csv", "a.csv.gz"])
    equal(len(rows("remove @st")), 3)

with check("8 sessions side by side"):
    # Side by side.
    wrong = []

    def work(number):
        try:
            with snowflake.connector.connect(connection_name="myconnection", database="d", schema="s") as own:
                for turn in range(10):
                    own.cursor().execute(f"insert into loaded values ({number}, '{turn}')")
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(100, 108)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    equal(wrong, [])
    equal(one("select count(*) from loaded where i >= 100"), 80)
connection.close()
with fails("closed"):
    cursor.execute("select 1")
