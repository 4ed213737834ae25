"""pandas by the connector: frames that are written, and rows that are read as frames."""

import datetime
import warnings

import pandas
import snowflake.connector
from checks import check, equal, fails
from snowflake.connector.pandas_tools import write_pandas

warnings.simplefilter("ignore")
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()
for sql in ("create database d", "create warehouse w", "create table t (a int, b varchar, c timestamp_ntz)"):
    cursor.execute(sql)


def rows(sql):
    return cursor.execute(sql).fetchall()


with check("into a table that is there, in chunks, in its place"):
    moment = pandas.Timestamp("2024-01-02 03:04:05.123456")
    frame = pandas.DataFrame({"A": [1, 2, 3], "B": ["x", None, "it's"], "C": [moment, pandas.NaT, moment]})
    well, chunks, count, _ = write_pandas(connection, frame, "T", use_logical_type=True)
    equal((well, chunks, count), (True, 1, 3))
    equal(rows("select * from t order by a")[0], (1, "x", moment.to_pydatetime()))
    write_pandas(connection, frame, "T", chunk_size=2, use_logical_type=True)
    equal(rows("select count(*), count(b), count(c) from t"), [(6, 4, 4)])
    write_pandas(connection, frame, "T", overwrite=True, auto_create_table=False, use_logical_type=True)
    equal(rows("select count(*) from t"), [(3,)])

with check("tables that are made for them, temporary ones"):
    write_pandas(connection, frame, "made", auto_create_table=True, use_logical_type=True)
    equal(rows('select "A", "B" from "made" order by "A"')[2], (3, "it's"))
    write_pandas(connection, frame, "made", auto_create_table=True, overwrite=True, use_logical_type=True)
    equal(rows('select count(*) from "made"'), [(3,)])
    write_pandas(connection, frame, "TT", auto_create_table=True, table_type="temporary", quote_identifiers=False)
    equal([row[1:3:2] or row for row in rows("select a, b, a from tt where a = 1")], [("x",)])
    equal(rows("select is_temporary from information_schema.tables where table_name = 'TT'"), [("YES",)])

with check("values of all types"):
    kinds = pandas.DataFrame(
        {
            "I": pandas.array([1, None], dtype="Int64"),
            "F": [1.5, float("nan")],
            "B": pandas.array([True, None], dtype="boolean"),
            "D": [datetime.date(2020, 1, 2), None],
            "TZ": [pandas.Timestamp("2024-01-02 03:04:05", tz="UTC"), pandas.NaT],
            "BIN": [b"\x00\xff", None],
        }
    )
    write_pandas(connection, kinds, "KINDS", auto_create_table=True, use_logical_type=True)
    first = rows("select i, f, b, d, bin from kinds where i = 1")[0]
    equal(first, (1, 1.5, True, datetime.date(2020, 1, 2), b"\x00\xff"))
    equal(rows("select count(i), count(b), count(d), count(bin) from kinds"), [(1, 1, 1, 1)])
    moments = {row[0]: row[1] for row in rows("describe table kinds")}
    assert moments["TZ"].startswith("TIMESTAMP_"), moments
    equal(
        rows("select tz from kinds where i = 1")[0][0].timestamp(),
        pandas.Timestamp("2024-01-02 03:04:05", tz="UTC").timestamp(),
    )

with check("timestamps of all precisions"):
    kinds = ("timestamp_ntz", "timestamp_ltz", "timestamp_tz")
    asked = ", ".join(f"'2024-01-02 03:04:05.5'::{kind}({n})" for kind in kinds for n in range(10))
    frame = cursor.execute(f"select {asked} union all select {', '.join(['null'] * 30)}").fetch_pandas_all()
    wanted = ["2024-01-02 03:04:05" + ("" if n == 0 else ".500000") for _ in kinds for n in range(10)]
    equal([str(pandas.Timestamp(value).tz_localize(None)) for value in frame.iloc[0]], wanted)
    assert frame.iloc[1].isna().all()

with check("50,000 rows there and back"):
    big = pandas.DataFrame({"N": range(50_000), "V": [f"v{n}" for n in range(50_000)]})
    write_pandas(connection, big, "BIG", auto_create_table=True, chunk_size=20_000, parallel=2)
    read = cursor.execute("select * from big order by n").fetch_pandas_all()
    equal((list(read.columns), len(read), read["N"].iloc[-1]), (["N", "V"], 50_000, 49_999))
    cursor.execute("select * from big")
    equal(sum(len(part) for part in cursor.fetch_pandas_batches()), 50_000)
    cursor.execute("select * from big")
    equal(sum(len(batch.to_pandas()) for batch in cursor.get_result_batches()), 50_000)
    equal(cursor.execute("select n from big where n < 0").fetch_pandas_all().shape, (0, 1))
    table = cursor.execute("select 1.25::number(10,2) as n, 'x' as v, '2020-01-02'::date as d").fetch_arrow_all()
    equal((table.column_names, table.num_rows), (["N", "V", "D"], 1))

with fails("NOPE"):
    write_pandas(connection, frame, "NOPE")
connection.close()
