"""Frames of pandas: the connector's write_pandas, and Snowpark's readers and writers of files."""

import datetime
import decimal
import pathlib
import warnings

import pandas
import snowflake.connector
from snowflake.connector.pandas_tools import write_pandas
from snowflake.snowpark import Session

warnings.simplefilter("ignore")
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()


def rows(sql):
    return cursor.execute(sql).fetchall()


rows("create database d")
moment, day = datetime.datetime(2020, 1, 2, 3, 4, 5, 678901), datetime.date(2020, 1, 2)
values = [(1.0, "x", moment, True, decimal.Decimal("1.23"), day, b"\x00\xff")]
values.append((2.5, None, moment, None, decimal.Decimal("-4.50"), day, b""))
frame = pandas.DataFrame(values, columns=["A", "b c", "T", "B", "D", "DT", "BIN"])

# Into a table that is made, once more into the same, in its place.
assert write_pandas(connection, frame, "t", auto_create_table=True)[:3] == (True, 1, 2)
assert rows('select * from "t" order by 1') == values
assert write_pandas(connection, frame, "t")[:3] == (True, 1, 2)
assert rows('select count(*), count(distinct bin) from "t"') == [(4, 2)]
write_pandas(connection, frame, "t", overwrite=True)
assert rows('select * from "t" order by 1') == values
write_pandas(connection, frame[["A"]], "t", overwrite=True, auto_create_table=True)
assert rows('select * from "t" order by 1') == [(1.0,), (2.5,)]
plain = pandas.DataFrame({"a": range(1000), "b": "x"})
assert write_pandas(connection, plain, "u", auto_create_table=True, quote_identifiers=False, chunk_size=300)[1] == 4
assert rows("select count(*), sum(a), min(b) from u") == [(1000, 499500, "x")]

session = Session.builder.configs({"connection": connection}).create()
assert [tuple(row) for row in session.create_dataframe(frame).sort("A").collect()] == values
written = session.write_pandas(frame, "s", auto_create_table=True, overwrite=True)
assert [tuple(row) for row in written.sort("A").collect()] == values

pathlib.Path("a.csv").write_text("id,name\n1,x\n2,y\n")
pathlib.Path("a.json").write_text('{"a": 1, "b": "x"}\n{"a": 2, "b": null}\n')
frame[["A", "b c"]].to_parquet("a.parquet")
rows("create stage st")
for name in ("a.csv", "a.json", "a.parquet"):
    session.file.put(name, "@st", auto_compress=name != "a.parquet")
read = session.read.option("PARSE_HEADER", True).option("INFER_SCHEMA", True)
assert [tuple(row) for row in read.csv("@st/a.csv").collect()] == [(1, "x"), (2, "y")]
assert [tuple(row) for row in session.read.option("INFER_SCHEMA", True).json("@st/a.json").collect()] == [
    (1, "x"),
    (2, None),
]
assert [tuple(row) for row in session.read.parquet("@st/a.parquet").collect()] == [(1.0, "x"), (2.5, None)]
written = session.table("u").write
assert written.copy_into_location("@st/out/", file_format_type="parquet", header=True)[0].rows_unloaded == 1000
assert session.read.parquet("@st/out/").count() == 1000

connection.close()
print("done")
