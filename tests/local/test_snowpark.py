# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""Programs as Snowpark's documentation writes them, unmodified, on a served account."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from snowflake.snowpark import Row, Session, Window
from snowflake.snowpark import functions as F
from snowflake.snowpark.dataframe import map as map_rows
from snowflake.snowpark.functions import col, lit
from snowflake.snowpark.types import (
    FloatType,
    IntegerType,
    PandasDataFrame,
    PandasSeries,
    StringType,
    StructField,
    StructType,
)

from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer

pytestmark = pytest.mark.filterwarnings("ignore")  # of Snowpark's own


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with LocalAccount() as account, LocalServer(account) as server:
        account.execute("create database d")
        account.execute("create warehouse w")
        place = {"account": "local", "host": server.host, "port": server.port, "protocol": "http"}
        login = {"user": server.user, "password": server.password, "database": "D", "schema": "PUBLIC"}
        session = Session.builder.configs({**place, **login}).create()
        session.sql("create stage st").collect()
        data = [["a", 1, 1.5], ["a", 2, 2.5], ["b", 3, None]]
        session.create_dataframe(data, schema=["k", "n", "v"]).write.save_as_table("t")
        yield session
        session.close()


def rows(frame: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in frame.collect()]


def test_rows_of_every_type_go_in_and_come_back(session: Session) -> None:
    day, moment = datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, 3, 4, 5, 6)
    data = (1, True, "é'\n", b"b", day, moment, datetime.time(1, 2, 3), Decimal("1.50"), 2.5, None)
    assert rows(session.create_dataframe([data], schema=list("abcdefghij"))) == [data]
    frame = session.create_dataframe([[{"a": [1]}, [1, "x"]]], schema=["o", "a"])
    assert rows(frame.select(col("o")["a"][0].cast("int"), F.array_size("a"))) == [(1, 2)]
    assert session.create_dataframe([Row(x=1, y="a")]).collect()[0].as_dict() == {"X": 1, "Y": "a"}
    (decfloat,) = session.sql("select -1.5e-30::decfloat, null::decfloat, 0::decfloat").collect()
    assert tuple(decfloat) == (Decimal("-1.5E-30"), None, 0)


def test_pandas_both_ways(session: Session) -> None:
    frame = pd.DataFrame({"A": [1, 2, 3], "B": ["x", "y", None], "C": [1.5, None, 2.5]})
    made = session.create_dataframe(frame)
    assert rows(made.filter(col("A") == 2).select("B", "C")) == [("y", None)]
    back = made.sort("A").to_pandas()
    assert back["A"].tolist() == [1, 2, 3] and back["B"].tolist()[:2] == ["x", "y"]
    assert sum(len(one) for one in session.range(5000).to_pandas_batches()) == 5000
    for overwrite in (True, False, True):
        options: dict[str, Any] = {"auto_create_table": True, "overwrite": overwrite, "table_type": "temporary"}
        session.write_pandas(frame, "OF_PANDAS", **options)
    assert session.table("of_pandas").count() == 3


def test_joins_groups_windows_and_pivots(session: Session) -> None:
    t = session.table("t")
    other = session.create_dataframe([["a", 10], ["c", 20]], schema=["k", "x"])
    assert sorted(rows(t.join(other, "k").select("n", "x"))) == [(1, 10), (2, 10)]
    assert rows(t.join(other, t.k == other.k, "left").filter(other.x.is_null()).select("n")) == [(3,)]
    assert t.join(other, "k", "full").count() == 4 and rows(t.join(other, "k", "anti").select("n")) == [(3,)]
    later = session.create_dataframe([["a", 0], ["a", 2]], schema=["k", "m"])
    near = t.join(later, on="k", how="asof", match_condition=t.n >= later.m).select(t.n, later.m)
    assert sorted(rows(near.filter(t.n < 3))) == [(1, 0), (2, 2)]
    grouped = t.group_by("k").agg(F.sum("n").alias("s"), F.avg("v"), F.listagg("n", "-").within_group("n"))
    assert sorted(rows(grouped)) == [("a", 3, 2.0, "1-2"), ("b", 3, None, "3")]
    assert len(rows(t.rollup("k").sum("n"))) == 3 and len(rows(t.cube("k", "n").count())) == 9
    ordered = Window.partition_by("k").order_by(col("n").desc())
    assert sorted(rows(t.select("n", F.row_number().over(ordered), F.lag("n", 1, 0).over(ordered)))) == [
        (1, 2, 2),
        (2, 1, 0),
        (3, 1, 0),
    ]
    moving = Window.order_by("n").rows_between(-1, Window.CURRENT_ROW)
    assert rows(t.select(F.sum("n").over(moving).alias("s")).sort("s")) == [(1,), (3,), (5,)]
    assert rows(t.select("k", "n").pivot("k", ["a", "b"]).sum("n")) == [(3, 3)]
    wide = session.create_dataframe([[1, 10, 20]], schema=["id", "jan", "feb"])
    assert sorted(rows(wide.unpivot("amount", "month", ["jan", "feb"]))) == [(1, "FEB", 20), (1, "JAN", 10)]
    nested = session.create_dataframe([[1, [1, 2]]], schema=["i", "a"])
    assert sorted(int(row["VALUE"]) for row in nested.flatten("a").collect()) == [1, 2]
    assert [int(row[0]) for row in nested.select(F.explode("a")).collect()] == [1, 2]


def test_missing_values_statistics_and_samples(session: Session) -> None:
    t = session.table("t")
    assert t.na.drop().count() == 2 and rows(t.na.fill({"v": 0.0}).filter(col("v") == 0).select("n")) == [(3,)]
    assert rows(t.na.replace({"a": "z"}, subset=["k"]).filter(col("k") == "z").agg(F.count("*"))) == [(2,)]
    told = {row[0]: tuple(row)[1:] for row in t.select("n", "k").describe().collect()}
    assert told["count"] == (3.0, "3") and told["max"] == (3.0, "b") and told["mean"][0] == 2.0
    assert t.stat.corr("n", "n") == 1.0 and t.stat.approx_quantile("n", [0.5]) == [2.0]
    assert t.sample(n=2).count() == 2 and t.sample_by("k", {"a": 1.0, "b": 0.0}).count() == 2
    with t.cache_result() as cached:
        assert cached.count() == 3
    moving = t.analytics.moving_agg(aggs={"N": ["SUM"]}, window_sizes=[2], order_by=["n"], group_by=["k"])
    assert sorted(row["N_SUM_2"] for row in moving.collect()) == [1, 3, 3]


def test_tables_are_written_and_changed(session: Session) -> None:
    data = session.create_dataframe([(1, 1), (1, 2), (2, 1)], schema=["a", "b"])
    data.write.save_as_table("changed", mode="overwrite", table_type="transient")
    data.write.mode("append").save_as_table("changed", block=False).result()
    data.write.mode("truncate").save_as_table("changed")
    changed = session.table("changed")
    assert changed.update({"b": lit(0)}, changed.a == 1).rows_updated == 2
    assert changed.delete(changed.a == 2).rows_deleted == 1
    source = session.create_dataframe([(1, 9), (5, 5)], schema=["k", "v"])
    when = [F.when_matched().update({"b": source.v}), F.when_not_matched().insert({"a": source.k, "b": source.v})]
    merged = changed.merge(source, changed.a == source.k, when)
    assert (merged.rows_inserted, merged.rows_updated) == (1, 2)
    (last,) = rows(session.sql("select last_query_id()"))[0]
    assert changed.update({"b": lit(0)}).rows_updated == 3 and last
    changed.create_or_replace_view("a_view")
    changed.select("a").create_or_replace_dynamic_table("lagging", warehouse="W", lag="1 hour")
    assert session.table("a_view").count() == session.table("lagging").count() == 3


def test_files_of_stages(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1,x\n2,y\n")
    (tmp_path / "a.json").write_text('{"a": 1}\n{"a": 2}\n')
    session.file.put(str(tmp_path / "a.csv"), "@st/p", auto_compress=False)
    session.file.put(str(tmp_path / "a.json"), "@st/j", auto_compress=False)
    session.file.put_stream(io.BytesIO(b"hello"), "@st/s/h.txt", auto_compress=False)
    assert session.file.get_stream("@st/s/h.txt").read() == b"hello"
    schema = StructType([StructField("a", IntegerType()), StructField("b", StringType())])
    read = session.read.schema(schema).csv("@st/p/a.csv")
    assert rows(read) == [(1, "x"), (2, "y")] and session.read.option("infer_schema", True).csv("@st/p").count() == 2
    told = session.read.with_metadata("METADATA$FILENAME", "METADATA$FILE_ROW_NUMBER").schema(schema).csv("@st/p/a.csv")
    assert rows(told)[1][:2] == ("p/a.csv", 2)
    assert rows(session.read.json("@st/j/a.json").select(col("$1")["a"].cast("int"))) == [(1,), (2,)]
    session.sql("create table loaded (a int, b varchar)").collect()
    assert read.copy_into_table("loaded")[0].rows_loaded == 2
    swapped: dict[str, Any] = {"target_columns": ["B", "A"], "transformations": ["$2", "$1"], "force": True}
    session.read.schema(schema).csv("@st/p").copy_into_table("loaded", files=["a.csv"], **swapped)
    session.table("loaded").write.parquet("@st/o/x.parquet", single=True, header=True, overwrite=True)
    assert sorted(rows(session.read.parquet("@st/o/x.parquet"))) == [(1, "x"), (1, "x"), (2, "y"), (2, "y")]


def test_jobs_go_on_and_are_cancelled(session: Session) -> None:
    jobs = [session.sql(f"select {at}").collect_nowait() for at in range(5)]
    assert [job.result()[0][0] for job in jobs] == [0, 1, 2, 3, 4]
    assert session.create_async_job(jobs[3].query_id).to_df().count() == 1
    assert [row[0] for row in session.range(3).to_local_iterator()] == [0, 1, 2]
    waits = session.sql("select system$wait(1, 'hours')").collect_nowait()
    behind = session.sql("select 1").collect_nowait()
    waits.cancel()
    with pytest.raises(Exception, match="000604"):
        waits.result()
    assert behind.result()[0][0] == 1
    (told,) = rows(session.sql(f"select system$cancel_query('{waits.query_id}')"))[0]
    assert told == "Identified SQL statement is not currently executing."
    with session.query_history() as history:
        session.sql("select ? + ?", params=[1, 2]).collect()
    assert history.queries[0].sql_text == "select ? + ?"


def test_the_catalog(session: Session) -> None:
    catalog = session.catalog
    assert "D" in [one.name for one in catalog.list_databases()] and catalog.table_exists("T")
    assert "T" in [one.name for one in catalog.list_tables()] and catalog.get_table("T").name == "T"
    assert [one.name for one in catalog.list_columns("T")] == ["K", "N", "V"]
    session.table("t").create_or_replace_view("listed")
    assert "LISTED" in [one.name for one in catalog.list_views()]
    assert [one.name for one in catalog.list_tables(pattern="^T$")] == ["T"]


def test_functions_that_see_many_rows(session: Session) -> None:
    class Mean:
        def __init__(self) -> None:
            self.sum, self.count = 0, 0

        @property
        def aggregate_state(self) -> tuple[int, int]:
            return self.sum, self.count

        def accumulate(self, value: int) -> None:
            self.sum, self.count = self.sum + value, self.count + 1

        def merge(self, other: tuple[int, int]) -> None:
            self.sum, self.count = self.sum + other[0], self.count + other[1]

        def finish(self) -> float:
            return self.sum / self.count

    t = session.table("t")
    mean = session.udaf.register(Mean, return_type=FloatType(), input_types=[IntegerType()], name="mean_of")
    assert sorted(rows(t.group_by("k").agg(mean("n")))) == [("a", 1.5), ("b", 3.0)]
    assert rows(session.sql("select mean_of(n) from t")) == [(2.0,)]

    @F.pandas_udf(session=session, packages=["pandas"])
    def added(a: PandasSeries[int], b: PandasSeries[int]) -> PandasSeries[int]:
        return a + b  # type: ignore[operator]

    assert sorted(rows(t.select(added("n", "n")))) == [(2,), (4,), (6,)]

    class Sums:
        def end_partition(self, frame: PandasDataFrame[str, int]) -> PandasDataFrame[str, int]:  # pyright: ignore
            frame.columns = ["k", "n"]  # type: ignore[attr-defined]
            return frame.groupby("k", as_index=False).sum()  # type: ignore[attr-defined]

    sums = session.udtf.register(Sums, output_schema=["key", "total"], packages=["pandas"])
    assert sorted(rows(t.select(sums("k", "n").over(partition_by="k")))) == [("a", 3), ("b", 3)]
    schema = StructType([StructField("k", StringType()), StructField("n", IntegerType())])
    applied = t.select("k", "n").group_by("k").apply_in_pandas(lambda one: one.head(1), schema, packages=["pandas"])
    assert sorted(row[0] for row in rows(applied)) == ["a", "b"]
    doubled = map_rows(
        t.select("n"), lambda row: (row["N"] * 2, str(row["N"])), output_types=[IntegerType(), StringType()]
    )
    assert sorted(rows(doubled)) == [(2, "1"), (4, "2"), (6, "3")]


def test_secrets_of_functions(session: Session) -> None:
    for text in (
        "create secret tok type = generic_string secret_string = 'of the secret'",
        "create network rule rule type = host_port mode = egress value_list = ('example.com')",
        "create external access integration outside allowed_network_rules = (rule) "
        "allowed_authentication_secrets = (tok) enabled = true",
    ):
        session.sql(text).collect()

    @F.udf(session=session, external_access_integrations=["outside"], secrets={"cred": "tok"})
    def told() -> str:
        import _snowflake  # pyright: ignore

        return _snowflake.get_generic_secret_string("cred")  # pyright: ignore

    assert rows(session.sql(f"select {told.name}()")) == [("of the secret",)]


def test_procedures_take_and_return_anything(session: Session) -> None:
    packages = ["snowflake-snowpark-python"]

    def told(session: Session, a: list, d: dict, b: bytes, day: datetime.date, n: int = 7) -> dict:  # type: ignore[type-arg]
        return {"a": a, "d": d, "b": b.hex(), "day": str(day), "n": n}

    made = session.sproc.register(told, packages=packages)
    assert json.loads(made([1], {"q": 2}, b"a", datetime.date(2024, 1, 1))) == {
        "a": [1], "d": {"q": 2}, "b": "61", "day": "2024-01-01", "n": 7,
    }  # fmt: skip

    def of_pandas(session: Session):  # type: ignore[no-untyped-def]
        import pandas

        return pandas.DataFrame({"A": [1], "B": ["x"]})

    schema = StructType([StructField("A", IntegerType()), StructField("B", StringType())])
    table = session.sproc.register(of_pandas, schema, [], packages=[*packages, "pandas"])
    assert rows(table()) == [(1, "x")]
    with pytest.raises(Exception, match=r"100357(?s:.*)nope"):
        session.sproc.register(lambda session: int("nope"), IntegerType(), [], packages=packages)()
