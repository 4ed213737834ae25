"""dlt: lists that are loaded by stages, appended, merged and replaced, with columns that come later."""

import datetime
import tomllib
from os import environ
from pathlib import Path

import dlt
import snowflake.connector
from checks import check, equal

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
connection.close()
