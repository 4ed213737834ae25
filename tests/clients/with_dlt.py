"""dlt: lists that are loaded by stages, appended, merged and replaced in every way, with columns that come later."""

import datetime
import decimal
import tomllib
from os import environ
from pathlib import Path

import dlt
import pandas
import pyarrow
import snowflake.connector
from checks import check, equal, fails

entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()
cursor.execute("create database d")
cursor.execute("create warehouse w")
environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"

credentials = {
    "host": entry["account"],
    "database": "d",
    "warehouse": "w",
    "username": entry["user"],
    "password": entry["password"],
    "query": {"host": entry["host"], "port": str(entry["port"]), "protocol": "http"},
}
pipeline = dlt.pipeline(
    "people",
    pipelines_dir="pipelines",
    destination=dlt.destinations.snowflake(credentials=credentials),
    dataset_name="loaded",
)


def rows(sql):
    return cursor.execute(sql).fetchall()


def load(data, **more):
    pipeline.run(data, **more).raise_on_failed_jobs()


with check("a list, with a list inside"):
    people = [
        {
            "id": 1,
            "name": "Ada",
            "born": datetime.date(1815, 12, 10),
            "tags": ["x", "y"],
            "more": {"a": 1.5, "b": True},
        },
        {"id": 2, "name": "it's", "born": None, "tags": [], "more": {"a": None, "b": False}},
    ]
    load(people, table_name="people", primary_key="id")
    equal(
        rows("select id, name, more__a, more__b from d.loaded.people order by id"),
        [(1, "Ada", 1.5, True), (2, "it's", None, False)],
    )
    equal(rows("select value from d.loaded.people__tags order by value"), [("x",), ("y",)])
    equal(rows("select count(*) from d.loaded._dlt_loads"), [(1,)])
with check("append, with a new column"):
    load([{"id": 3, "name": "Cy", "later": 7}], table_name="people")
    equal(rows("select id, later from d.loaded.people where later is not null"), [(3, 7)])
with check("merge"):
    changed = [{"id": 2, "name": "Bo"}, {"id": 4, "name": "Di"}]
    load(changed, table_name="people", write_disposition="merge", primary_key="id")
    equal(rows("select id, name from d.loaded.people order by id"), [(1, "Ada"), (2, "Bo"), (3, "Cy"), (4, "Di")])
with check("replace"):
    load([{"id": 9}], table_name="people", write_disposition="replace")
    equal(rows("select id from d.loaded.people"), [(9,)])
with check("5,000 rows"):
    many = (
        {"n": n, "at": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(n), "t": str(n)}
        for n in range(5000)
    )
    load(many, table_name="many", loader_file_format="jsonl")
    equal(rows("select count(*), max(n) from d.loaded.many"), [(5000, 4999)])
with check("CSV"):
    load(({"n": n, "t": str(n)} for n in range(100)), table_name="as_csv", loader_file_format="csv")
    equal(rows("select count(*), max(t) from d.loaded.as_csv"), [(100, "99")])

with check("scd2: what went has an end, with a merge key what is not told stays"):
    history = {"disposition": "merge", "strategy": "scd2"}
    for keyed in (False, True):
        more = {"columns": {"id": {"merge_key": True}}} if keyed else {}
        name = f"dimension_{keyed}"
        load([{"id": 1, "n": "a"}, {"id": 2, "n": "b"}], table_name=name, write_disposition=history, **more)
        load([{"id": 1, "n": "a2"}, {"id": 3, "n": "c"}], table_name=name, write_disposition=history, **more)
        equal(
            rows(f"select id, n, _dlt_valid_to is null from d.loaded.{name} order by id, n"),
            [(1, "a", False), (1, "a2", True), (2, "b", keyed), (3, "c", True)],
        )
with check("upsert, with lists inside; insert-only"):
    for strategy, told in (("upsert", "b2"), ("insert-only", "b")):
        name, way = strategy.replace("-", "_"), {"disposition": "merge", "strategy": strategy}
        first = [{"id": 1, "n": "a", "t": [1, 2]}, {"id": 2, "n": "b", "t": []}]
        load(first, table_name=name, write_disposition=way, primary_key="id")
        load([{"id": 2, "n": "b2"}, {"id": 3, "n": "c"}], table_name=name, write_disposition=way, primary_key="id")
        equal(rows(f"select id, n from d.loaded.{name} order by id"), [(1, "a"), (2, told), (3, "c")])
        equal(rows(f"select value from d.loaded.{name}__t order by value"), [(1,), (2,)])
with check("hard deletes, the last of several rows by a column"):

    @dlt.resource(
        name="deleted",
        write_disposition="merge",
        primary_key="id",
        columns={"gone": {"hard_delete": True}, "seq": {"dedup_sort": "desc"}},
    )
    def deleted(given):
        yield given

    load(deleted([{"id": 1, "seq": n, "n": str(n), "gone": False} for n in (1, 3, 2)]))
    load(deleted([{"id": 2, "seq": 1, "n": "b", "gone": False}]))
    load(deleted([{"id": 2, "seq": 2, "n": "b", "gone": True}]))
    equal(rows("select id, n from d.loaded.deleted"), [(1, "3")])
with check("incremental: what is known is left out, also by a pipeline that has to fetch its state"):

    @dlt.resource(name="growing", primary_key="id")
    def growing(given, at=dlt.sources.incremental("at")):  # noqa: B008
        yield given

    for first, last in ((1, 2), (2, 4), (3, 5)):
        if last == 5:
            pipeline.drop()
            pipeline.sync_destination()
        load(growing([{"id": n, "at": n} for n in range(first, last + 1)]))
        equal(rows("select id from d.loaded.growing order by id"), [(n,) for n in range(1, last + 1)])
with check("replace, by each strategy"):
    for strategy in ("truncate-and-insert", "insert-from-staging", "staging-optimized"):
        environ["DESTINATION__REPLACE_STRATEGY"] = strategy
        name = "replaced_" + strategy.replace("-", "_")
        for n in (1, 2):
            load([{"id": n, "l": [n]}], table_name=name, write_disposition="replace")
        equal(rows(f"select id, value from d.loaded.{name} p join d.loaded.{name}__l l on 1 = 1"), [(2, 2)])
    del environ["DESTINATION__REPLACE_STRATEGY"]
with check("values of all types, columns of two types"):
    told = {
        "d": decimal.Decimal("1.50"),
        "b": b"\x00\xff",
        "t": datetime.time(1, 2, 3),
        "big": 2**62,
        "day": datetime.date(2020, 1, 1),
        "flag": True,
        "f": 1.5,
    }
    hints = {"j": {"data_type": "json"}, "d": {"precision": 10, "scale": 2}}
    load([{**told, "j": {"a": [1]}}], table_name="kinds", columns=hints)
    equal(rows(f"select {', '.join(told)}, j:a[0]::int from d.loaded.kinds"), [(*told.values(), 1)])
    for n, x in enumerate((1, "text")):
        load([{"id": n, "x": x}], table_name="two")
    equal(rows("select id, x, x__v_text from d.loaded.two order by id"), [(0, 1, None), (1, None, "text")])
with check("contracts: a column that may not come"), fails("freeze"):
    load([{"id": 3, "new": 1}], table_name="two", schema_contract={"columns": "freeze"})
pipeline.drop_pending_packages()
with check("Arrow and pandas, as Parquet"):
    frame = pandas.DataFrame({"a": [1.5], "t": [pandas.Timestamp("2024-01-01T00:00:00.123456Z")]})
    load(frame, table_name="from_pandas", loader_file_format="parquet")
    load(pyarrow.table({"a": [1, 2], "b": ["x", None]}), table_name="from_arrow")
    equal(rows("select to_char(t, 'FF6'), a from d.loaded.from_pandas"), [("123456", 1.5)])
    equal(rows("select a, b from d.loaded.from_arrow order by a"), [(1, "x"), (2, None)])
with check("a stage of one's own that is left empty; refreshes"):
    cursor.execute("create stage d.public.own")
    own = dlt.destinations.snowflake(credentials=credentials, stage_name="d.public.own", keep_staged_files=False)
    other = dlt.pipeline("other", pipelines_dir="pipelines", destination=own, dataset_name="other")
    for n, more in enumerate(({}, {"refresh": "drop_sources"}, {"refresh": "drop_data"})):
        other.run([{"id": n}], table_name="s", **more).raise_on_failed_jobs()
        equal((rows("select id from d.other.s"), rows("list @d.public.own")), ([(n,)], []))
connection.close()
