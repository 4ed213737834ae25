"""Snowpark: frames, tables, temporary objects, merges."""

import pathlib

from snowflake.snowpark import Session
from snowflake.snowpark.exceptions import SnowparkSQLException
from snowflake.snowpark.functions import col, lit, when_matched, when_not_matched
from snowflake.snowpark.functions import sum as sum_

session = Session.builder.config("connection_name", "myconnection").create()
assert session.get_current_warehouse() is None
session.sql("create database d").collect()
session.sql("create warehouse w").collect()
session.use_schema("d.public")
session.use_warehouse("w")
place = (session.get_current_database(), session.get_current_schema(), session.get_current_warehouse())
assert place == ('"D"', '"PUBLIC"', '"W"')

frame = session.create_dataframe([(1, "a"), (2, "b"), (3, None)], schema=["i", "v"])
assert [tuple(row) for row in frame.collect()] == [(1, "a"), (2, "b"), (3, None)]
frame.write.save_as_table("t", mode="overwrite")
session.create_dataframe([(4, "b")], schema=["i", "v"]).write.save_as_table("t", mode="append")
table = session.table("t")
assert [field.name for field in table.schema.fields] == ["I", "V"]
assert table.filter(col("i") > 1).count() == 3
grouped = table.group_by("v").agg(sum_("i").alias("s")).filter(col("v") == "b").collect()
assert [tuple(row) for row in grouped] == [("b", 6)]
joined = table.join(table.select(col("i").alias("k")), col("i") == col("k"))
assert joined.count() == 4
assert table.union_all(table).with_column("n", col("i") * 2).agg(sum_("n")).collect()[0][0] == 40

cached = table.cache_result()
table.delete(col("i") == 4)
assert (cached.count(), table.count()) == (4, 3)
frame.write.save_as_table("temporary", table_type="temporary")
assert session.table("temporary").count() == 3
table.create_or_replace_view("a_view")
table.create_or_replace_temp_view("a_temporary_view")
assert session.table("a_view").count() == session.table("a_temporary_view").count() == 3

assert table.update({"v": lit("z")}, col("i") == 1).rows_updated == 1
source = session.create_dataframe([(1, "m"), (9, "n")], schema=["k", "w"])
clauses = [when_matched().update({"v": col("w")}), when_not_matched().insert({"i": col("k"), "v": col("w")})]
merged = table.merge(source, col("i") == col("k"), clauses)
assert (merged.rows_inserted, merged.rows_updated) == (1, 1)
assert table.sort("i").collect()[0].V == "m"

assert len(session.create_dataframe([(i, str(i)) for i in range(1000)], schema=["a", "b"]).collect()) == 1000
assert [row[0] for row in session.range(3).collect()] == [0, 1, 2]
assert [tuple(row) for row in table.collect_nowait().result()] == [tuple(row) for row in table.collect()]
assert session.sql("select ? as a", params=[5]).collect()[0].A == 5
assert [row["name"] for row in session.sql("show tables like 't'").select('"name"').collect()] == ["T"]

pathlib.Path("a.csv").write_text("1,x\n")
session.sql("create stage st").collect()
assert session.file.put(str(pathlib.Path("a.csv").resolve()), "@st", auto_compress=False)[0].status == "UPLOADED"

try:
    session.table("nope").collect()
except SnowparkSQLException as error:
    assert "does not exist" in str(error)
else:
    raise AssertionError("a missing table was found")
session.close()
print("done")
