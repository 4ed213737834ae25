"""Snowpark: frames of rows and of pandas, the calls of the DataFrame API, files in stages."""

import copy
import datetime
import decimal
import pathlib
import warnings

import pandas
from checks import check, equal, fails
from snowflake.snowpark import GroupingSets, Row, Session, Window
from snowflake.snowpark import functions as F
from snowflake.snowpark.types import IntegerType, PandasSeries, StringType, StructField, StructType, VariantType

warnings.simplefilter("ignore")
session = Session.builder.config("connection_name", "myconnection").create()
for sql in ("create database d", "create warehouse w", "create stage st"):
    session.sql(sql).collect()
session.use_database("d")
col = F.col


def values(frame):
    return [tuple(row) for row in frame.collect()]


with check("frames of rows, with types and schemas"):
    # Frames of rows.
    people = session.create_dataframe(
        [(1, "Ada", "x", 10.5), (2, "Bo", "y", 20.0), (3, "Cy", "x", None), (4, None, "y", 1.5)],
        ["id", "name", "kind", "pay"],
    )
    equal(values(people.filter(col("kind") == "x").select("id", F.upper(col("name")))), [(1, "ADA"), (3, "CY")])
    typed = session.create_dataframe(
        [
            [
                1,
                {"a": [1]},
                decimal.Decimal("1.50"),
                datetime.date(2020, 1, 2),
                datetime.datetime(9999, 12, 31),
                b"\x00\xff",
                [1, "x"],
            ]
        ],
        ["i", "v", "n", "d", "ts", "b", "a"],
    )
    row = typed.collect()[0]
    equal(row[2:6], (decimal.Decimal("1.50"), datetime.date(2020, 1, 2), datetime.datetime(9999, 12, 31), b"\x00\xff"))
    equal(values(typed.select(col("v")["a"][0].cast("int"), F.array_size("a"))), [(1, 2)])
    schema = StructType(
        [StructField("a", IntegerType()), StructField("b", StringType()), StructField("v", VariantType())]
    )
    given = session.create_dataframe([[1, None, {"k": 1}], [None, "x", None]], schema)
    equal([field.name for field in given.schema.fields], ["A", "B", "V"])
    equal(values(given.select("a", "b")), [(1, None), (None, "x")])
    equal(
        values(session.create_dataframe([Row(a=1, b="x"), Row(a=2, b="y")]).order_by(col("a").desc())),
        [(2, "y"), (1, "x")],
    )
    equal(values(session.range(1, 10, 4)), [(1,), (5,), (9,)])
    equal(session.create_dataframe([(n, str(n)) for n in range(3000)], ["n", "v"]).count(), 3000)
    equal(values(session.generator(F.seq4(), rowcount=3)), [(0,), (1,), (2,)])

with check("joins, groups, windows, pivots, sets, samples, statistics"):
    # What a frame does.
    equal(
        values(people.group_by("kind").agg(F.sum("pay"), F.count("name"), F.max("id")).sort("kind")),
        [("x", 10.5, 2, 3), ("y", 21.5, 1, 4)],
    )
    equal(people.agg(F.avg("id"), F.listagg("name", ",").within_group("name")).collect()[0][1], "Ada,Bo,Cy")
    kinds = session.create_dataframe([("x", "ex"), ("z", "zed")], ["kind", "word"])
    equal(values(people.join(kinds, "kind").select("id", "word").sort("id")), [(1, "ex"), (3, "ex")])
    equal(people.join(kinds, people["kind"] == kinds["kind"], "left").count(), 4)
    equal(people.join(kinds, "kind", "full").count(), 5)
    equal(values(people.join(kinds, "kind", "leftanti").select("id").sort("id")), [(2,), (4,)])
    equal(people.cross_join(kinds).count(), 8)
    over = Window.partition_by("kind").order_by(col("id"))
    ranked = people.select(
        "id",
        F.row_number().over(over),
        F.lag("id").over(over),
        F.sum("id").over(over.rows_between(Window.UNBOUNDED_PRECEDING, 0)),
    )
    equal(values(ranked.sort("id")), [(1, 1, None, 1), (2, 1, None, 2), (3, 2, 1, 4), (4, 2, 2, 6)])
    sales = session.create_dataframe([("a", "jan", 1), ("a", "feb", 2), ("b", "jan", 3)], ["who", "month", "n"])
    equal(values(sales.pivot("month", ["jan", "feb"]).sum("n").sort("who")), [("a", 1, 2), ("b", 3, None)])
    wide = session.create_dataframe([("a", 1, 2)], ["who", "jan", "feb"])
    equal(values(wide.unpivot("n", "month", ["jan", "feb"])), [("a", "JAN", 1), ("a", "FEB", 2)])
    equal(values(people.union_all(people).distinct().select("id").sort("id")), [(1,), (2,), (3,), (4,)])
    equal(values(people.select("id").intersect(people.filter(col("id") > 2).select("id")).sort("id")), [(3,), (4,)])
    equal(values(people.select("id").except_(people.filter(col("id") > 2).select("id")).sort("id")), [(1,), (2,)])
    equal(values(people.with_column("twice", col("id") * 2).drop("name", "kind", "pay").limit(1, offset=1)), [(2, 4)])
    equal(values(people.with_column_renamed("name", "n").select("n").filter(col("n").like("A%"))), [("Ada",)])
    equal(people.na.fill({"name": "?", "pay": 0.0}).filter(col("name") == "?").count(), 1)
    equal((people.na.drop().count(), people.drop_duplicates("kind").count()), (2, 2))
    equal(values(people.na.replace({"Ada": "A"}, subset=["name"]).filter(col("id") == 1).select("name")), [("A",)])
    assert people.sample(n=2).count() == 2
    assert people.sample(frac=0.5).count() <= 4
    equal(values(people.describe("id").select("SUMMARY", "ID"))[0], ("count", 4.0))
    equal((people.first()[0], len(people.take(2)), len(people.collect()), people.is_cached), (1, 2, 4, False))
    case = F.when(col("id") < 2, "low").when(col("id") < 4, "mid").otherwise("high")
    equal([row[0] for row in values(people.sort("id").select(case))], ["low", "mid", "mid", "high"])
    dates = session.create_dataframe([(datetime.date(2024, 1, 31),)], ["d"])
    equal(
        values(
            dates.select(
                F.dateadd("month", F.lit(1), "d"),
                F.year("d"),
                F.to_char("d", F.lit("YYYY/MM")),
                F.date_trunc("year", "d"),
            )
        ),
        [(datetime.date(2024, 2, 29), 2024, "2024/01", datetime.date(2024, 1, 1))],
    )
    texts = session.create_dataframe([("a,b",)], ["v"])
    equal(
        values(
            texts.select(
                F.split("v", F.lit(","))[1].cast("string"),
                F.regexp_replace("v", "[a-z]", "x"),
                F.concat_ws(F.lit("-"), "v", F.lit("z")),
            )
        ),
        [("b", "x,x", "a,b-z")],
    )
    halves = people.random_split([0.5, 0.5], seed=1)
    equal(sum(half.count() for half in halves), 4)
    equal(len(list(people.to_local_iterator())), 4)
    equal(people.rollup("kind").agg(F.count("id")).count(), 3)
    equal(people.cube("kind").agg(F.count("id")).count(), 3)
    assert "ADA" not in people.to_pandas().to_string() and list(people.to_pandas().columns) == [
        "ID",
        "NAME",
        "KIND",
        "PAY",
    ]
    people.show()
    assert people.queries["queries"]
    people.explain()
    equal(round(people.stat.corr("id", "id"), 9), 1.0)
    equal(people.stat.approx_quantile("id", [0.5]), [2.5])
    equal(people.stat.crosstab("kind", "id").count(), 2)

with check("table functions"):
    # Table functions.
    flat = session.create_dataframe([(1, [1, 2]), (2, [3])], ["i", "a"])
    equal(
        values(
            flat.join_table_function("flatten", input=col("a"))
            .select("i", col("value").cast("int"))
            .sort(F.col("i"), F.col("value"))
        ),
        [(1, 1), (1, 2), (2, 3)],
    )
    equal(values(flat.flatten("a").select("i", "index").sort("i", "index")), [(1, 0), (1, 1), (2, 0)])
    equal(
        [row[0] for row in values(session.table_function("split_to_table", F.lit("a b"), F.lit(" ")).select("value"))],
        ["a", "b"],
    )
    equal(values(flat.select("i", F.explode("a")).sort("i"))[2][0], 2)

with check("tables: written in every mode, updated, deleted from, merged, cached"):
    # Tables.
    people.write.save_as_table("people")
    people.write.save_as_table("people", mode="append")
    with fails("already exists"):
        people.write.save_as_table("people", mode="errorifexists")
    people.write.save_as_table("people", mode="ignore")
    table = session.table("people")
    equal(table.count(), 8)
    people.write.mode("overwrite").save_as_table(["d", "public", "people"])
    people.write.save_as_table("people", mode="truncate")
    equal(table.count(), 4)
    equal(table.update({"pay": col("pay") + 1}, col("kind") == "x").rows_updated, 2)
    equal(table.update({"name": F.lit("Z")}, table["kind"] == kinds["kind"], kinds).rows_updated, 2)
    equal(table.delete(col("id") == 4).rows_deleted, 1)
    source = session.create_dataframe([(1, "Eve"), (9, "New")], ["id", "name"])
    merged = table.merge(
        source,
        table["id"] == source["id"],
        [
            F.when_matched().update({"name": source["name"]}),
            F.when_not_matched().insert({"id": source["id"], "name": source["name"]}),
        ],
    )
    equal((merged.rows_inserted, merged.rows_updated, merged.rows_deleted), (1, 1, 0))
    equal(values(table.select("id", "name").sort("id")), [(1, "Eve"), (2, "Bo"), (3, "Z"), (9, "New")])
    cached = table.cache_result()
    table.drop_table()
    equal(cached.count(), 4)
    people.write.save_as_table("temporary_people", table_type="temporary")
    people.create_or_replace_temp_view("seen")
    people.create_or_replace_view("kept")
    equal((session.table("seen").count(), session.sql("select count(*) from kept").collect()[0][0]), (4, 4))
    people.write.copy_into_location("@st/people", file_format_type="csv", header=True, overwrite=True)

with check("frames of pandas"):
    # pandas.
    frame = pandas.DataFrame({"A": [1, 2], "B": ["x", None]})
    equal(session.create_dataframe(frame).count(), 2)
    written = session.write_pandas(frame, "FROM_PANDAS", auto_create_table=True, overwrite=True)
    equal(values(written.sort("A")), [(1, "x"), (2, None)])
    equal(session.sql("select 1 as a").to_pandas()["A"].tolist(), [1])
    equal(sum(len(part) for part in session.range(5000).to_pandas_batches()), 5000)

with check("files: put, got, read as CSV, JSON, Parquet"):
    # Files.
    here = pathlib.Path.cwd()
    (here / "a.csv").write_text("1,x\n2,y\n")
    (here / "h.csv").write_text("N,V\n1,x\n2,y\n")
    (here / "a.json").write_text('{"a": 1, "b": "x"}\n{"a": 2}\n')
    for name in ("a.csv", "h.csv", "a.json"):
        equal(
            session.file.put(f"file://{here}/{name}", "@st/in", auto_compress=False, overwrite=True)[0].status,
            "UPLOADED",
        )
    plain = StructType([StructField("n", IntegerType()), StructField("v", StringType())])
    equal(values(session.read.schema(plain).csv("@st/in/a.csv")), [(1, "x"), (2, "y")])
    equal(values(session.read.option("skip_header", 1).schema(plain).csv("@st/in/h.csv")), [(1, "x"), (2, "y")])
    inferred = session.read.option("parse_header", True).option("infer_schema", True).csv("@st/in/h.csv")
    equal((inferred.columns, values(inferred)), (["N", "V"], [(1, "x"), (2, "y")]))
    equal(values(session.read.json("@st/in/a.json").select(F.sql_expr("$1:a::int"))), [(1,), (2,)])
    session.create_dataframe([(1, "x"), (2, "y")], ["n", "v"]).write.copy_into_location(
        "@st/p/", file_format_type="parquet", header=True
    )
    equal(values(session.read.parquet("@st/p/").sort('"N"')), [(1, "x"), (2, "y")])
    session.read.schema(plain).csv("@st/in/a.csv").copy_into_table("loaded")
    equal(session.table("loaded").count(), 2)
    equal([one.status for one in session.file.get("@st/in/a.csv", str(here / "out"))], ["DOWNLOADED"])
    equal((here / "out" / "a.csv").read_text(), "1,x\n2,y\n")
    equal(session.file.get_stream("@st/in/a.csv").read(), b"1,x\n2,y\n")
    with (here / "a.csv").open("rb") as stream:
        equal(session.file.put_stream(stream, "@st/streamed.csv", auto_compress=False).status, "UPLOADED")
    assert any(row[0].endswith("streamed.csv") for row in session.sql("list @st").collect())

with check("windows by range, functions of groups, sets of groups"):
    rows = session.create_dataframe([(1, "a", 10), (1, "b", 20), (2, "c", 30), (2, "d", None)], ["k", "v", "n"])
    over = Window.partition_by("k").order_by("v")
    whole = over.rows_between(Window.UNBOUNDED_PRECEDING, Window.UNBOUNDED_FOLLOWING)
    told = rows.select(
        "v",
        F.first_value("n").over(over),
        F.last_value("n", ignore_nulls=True).over(whole),
        F.dense_rank().over(over),
        F.ntile(2).over(over),
        F.percent_rank().over(over),
        F.cume_dist().over(over),
    )
    equal(values(told.sort("v"))[0], ("a", 10, 20, 1, 1, 0.0, 0.5))
    days = session.create_dataframe([(datetime.date(2024, 1, day), day) for day in (1, 2, 5)], ["d", "n"])
    near = Window.order_by(col("d")).range_between(-F.make_interval(days=1), Window.CURRENT_ROW)
    equal([row[1] for row in values(days.select("d", F.sum("n").over(near)).sort("d"))], [1, 3, 5])
    one = rows.agg(
        F.median("n"), F.mode("k"), F.array_agg("v", True).within_group("v"), F.max_by("v", "n"), F.bitor_agg("k")
    )
    equal(values(one)[0][3:], ("c", 3))
    sets = GroupingSets([col("k")], [])
    grouped = rows.group_by_grouping_sets(sets).agg(F.sum("n").alias("t"), F.grouping("k").alias("g"))
    equal(values(grouped.sort("g", "k")), [(1, 30, 0), (2, 30, 0), (None, 60, 1)])
    moving = rows.analytics.moving_agg(aggs={"n": ["SUM"]}, window_sizes=[2], order_by=["v"], group_by=["k"])
    equal(moving.count(), 4)
with check("joins: ASOF, natural, lateral, with itself; samples by keys"):
    left = session.create_dataframe([(1, 10), (2, 20)], ["t", "p"])
    right = session.create_dataframe([(0, "x"), (2, "y")], ["t", "q"])
    joined = left.join(right, how="asof", match_condition=left.t >= right.t)
    equal(values(joined.select(left.t, "q").sort(left.t)), [(1, "x"), (2, "y")])
    equal(values(left.natural_join(right)), [(2, 20, "y")])
    lateral = left.lateral_join(right.to_df("u", "q").filter(left["t"] >= col("u"))).select("t", "q")
    equal(values(lateral.sort("t", "q")), [(1, "x"), (2, "x"), (2, "y")])
    twin = copy.copy(left)
    equal(left.join(twin, left["t"] == twin["t"], lsuffix="_l", rsuffix="_r").columns, ["T_L", "P_L", "T_R", "P_R"])
    equal(rows.sample_by("k", {1: 1.0, 2: 0.0}).count(), 2)
with check("tables: options, merges with conditions, COPY with transformations, dynamic tables"):
    kept = {"comment": "c", "clustering_keys": ["k"], "change_tracking": True, "data_retention_time": 1}
    rows.write.save_as_table("optional", mode="overwrite", **kept)
    rows.write.insert_into("optional")
    rows.select("n", "v", "k").write.mode("append").save_as_table("optional", column_order="name")
    rows.write.mode("overwrite").save_as_table("optional", overwrite_condition="k = 1")
    equal(session.table("optional").count(), 10)
    source = session.create_dataframe([("a", 1), ("z", 9)], ["v", "n"])
    target = session.table("optional")
    how = [
        F.when_matched(source["n"] == 1).delete(),
        F.when_not_matched(source["n"] > 5).insert([F.lit(7), source["v"], source["n"]]),
    ]
    merged = target.merge(source, target["v"] == source["v"], how)
    equal((merged.rows_inserted, merged.rows_deleted), (1, 1))
    target.create_or_replace_dynamic_table("lively", warehouse="w", lag="1 hour")
    equal(session.table("lively").count(), 10)
    (here / "c.csv").write_text("a|1|x\nb|bad|y\n")
    session.file.put(f"file://{here}/c.csv", "@st/c", auto_compress=False)
    session.sql("create table copied (s varchar, n int)").collect()
    schema = StructType([StructField(name, StringType()) for name in "abc"])
    piped = session.read.option("field_delimiter", "|").schema(schema)
    how = [F.col("$3"), F.try_cast(F.col("$2"), "int")]
    piped.csv("@st/c").copy_into_table("copied", target_columns=["s", "n"], transformations=how, force=True)
    equal(values(session.table("copied").sort("s")), [("x", 1), ("y", None)])
    told = session.read.with_metadata("METADATA$FILENAME").option("field_delimiter", "|").schema(schema).csv("@st/c")
    equal(values(told.select("METADATA$FILENAME", "a").sort("a"))[0], ("c/c.csv", "a"))
with check("functions and procedures of one's own"):

    @F.udf(packages=[])
    def plus(a: int, b: int) -> int:
        return a + b

    equal(values(rows.select(plus("k", F.lit(1)).alias("p")).sort("p"))[0], (2,))

    class Counts:
        def process(self, n: int):
            for i in range(n):
                yield (i,)

    class Sums:
        def __init__(self):
            self.sum = 0

        @property
        def aggregate_state(self):
            return self.sum

        def accumulate(self, x):
            self.sum += x

        def merge(self, other):
            self.sum += other

        def finish(self):
            return self.sum

    schema = StructType([StructField("i", IntegerType())])
    counts = session.udtf.register(Counts, output_schema=schema, input_types=[IntegerType()])
    equal(rows.select("k", counts("k")).count(), 6)
    sums = session.udaf.register(Sums, return_type=IntegerType(), input_types=[IntegerType()])
    equal(values(rows.agg(sums("k"))), [(6,)])

    @F.pandas_udf(packages=["pandas"])
    def twice(x: PandasSeries[int]) -> PandasSeries[int]:
        return x * 2

    equal(values(rows.select(twice("k").alias("t")).sort("t"))[0], (2,))

    @F.sproc(packages=["snowflake-snowpark-python"])
    def counted(inner: Session, name: str) -> int:
        return inner.table(name).count()

    equal(counted("optional"), 10)

    def doubled(frame):
        frame["N"] = frame["N"] * 2
        return frame

    schema = StructType(
        [StructField("k", IntegerType()), StructField("v", StringType()), StructField("n", IntegerType())]
    )
    frames = rows.na.fill(0, subset=["n"]).group_by("k").apply_in_pandas(doubled, output_schema=schema)
    equal(values(frames.select("v", "n").sort("v"))[:2], [("a", 20), ("b", 40)])
with check("the session"):
    # The session.
    session.query_tag = "mine"
    equal(session.query_tag, "mine")
    with session.query_history() as history:
        session.sql("select 1").collect()
    equal([query.sql_text for query in history.queries], ["select 1"])
    job = session.sql("select 42").collect_nowait()
    equal([tuple(row) for row in job.result()], [(42,)])
    equal(session.create_async_job(job.query_id).result()[0][0], 42)
    equal(values(session.sql("select ? + ?", params=[1, 2])), [(3,)])
    session.cancel_all()
    session.close()
