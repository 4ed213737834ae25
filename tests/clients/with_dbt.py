"""dbt: seeds, models of every kind, tests, snapshots, documents; twice, so that what is there is met."""

import json
import subprocess
import tomllib
from os import environ
from pathlib import Path

import snowflake.connector
from checks import equal, held

entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()
cursor.execute("create database d")
cursor.execute("create warehouse w")

INCREMENTAL = """
{{ config(materialized='incremental', unique_key='id', incremental_strategy='STRATEGY') }}
select id, name, amount, current_timestamp() as loaded_at from {{ ref('orders') }}
{% if is_incremental() %} where id > 1 {% endif %}
"""
FILES = {
    "dbt_project.yml": """
name: shop
version: '1.0'
profile: shop
flags: {send_anonymous_usage_stats: false}
models: {shop: {+persist_docs: {relation: true, columns: true}, +query_tag: shop}}
seeds: {shop: {raw_orders: {+column_types: {amount: 'number(10,2)'}}}}
""",
    "profiles.yml": json.dumps(
        {
            "shop": {
                "target": "dev",
                "outputs": {
                    "dev": {"type": "snowflake", "database": "d", "schema": "shop", "warehouse": "w", "threads": 4}
                    | {name: entry[name] for name in ("account", "user", "password", "host", "port", "protocol")}
                },
            }
        }
    ),
    "seeds/raw_orders.csv": "id,name,amount\n1,Ada,10.50\n2,Bo,20\n3,Cy,\n",
    "seeds/words.csv": "word,at\nx,2024-01-02\n",
    "models/orders.sql": "select id, name, amount from {{ ref('raw_orders') }}",
    "models/totals.sql": "{{ config(materialized='table', transient=true, cluster_by=['name']) }}\n"
    "select name, sum(amount) as total from {{ ref('orders') }} group by name",
    "models/merged.sql": INCREMENTAL.replace("STRATEGY", "merge"),
    "models/replaced.sql": INCREMENTAL.replace("STRATEGY", "delete+insert"),
    "models/appended.sql": INCREMENTAL.replace("STRATEGY", "append").replace("unique_key='id', ", ""),
    "models/hidden.sql": "{{ config(materialized='ephemeral') }}\nselect 1 as one",
    "models/shown.sql": "{{ config(materialized='view', secure=true) }}\nselect one from {{ ref('hidden') }}",
    "models/kept.sql": "{{ config(materialized='table', contract={'enforced': true}) }}\n"
    "select 1::int as id, 'x'::varchar as word",
    "models/schema.yml": """
sources:
  - name: raw
    schema: shop
    tables:
      - name: words
        loaded_at_field: "at::timestamp_ntz"
        config: {freshness: {warn_after: {count: 100000, period: day}}}
models:
  - name: orders
    description: "The shop's orders, as they came"
    columns:
      - {name: id, description: "its number", data_tests: [unique, not_null]}
      - {name: name, data_tests: [{accepted_values: {arguments: {values: [Ada, Bo, Cy]}}}]}
  - name: totals
    description: "it's a table"
    columns:
      - name: name
        description: "who"
        data_tests: [{relationships: {arguments: {to: ref('orders'), field: name}}}]
  - name: kept
    columns: [{name: id, data_type: int, constraints: [{type: not_null}]}, {name: word, data_type: varchar}]
unit_tests:
  - name: sums
    model: totals
    given: [{input: ref('orders'), rows: [{id: 1, name: a, amount: 1}, {id: 2, name: a, amount: 2}]}]
    expect: {rows: [{name: a, total: 3}]}
""",
    "snapshots/history.sql": """
{% snapshot history %}
{{ config(target_schema='shop', unique_key='id', strategy='check', check_cols=['name', 'amount']) }}
select * from {{ ref('raw_orders') }}
{% endsnapshot %}
""",
    "tests/no_negative.sql": "select * from {{ ref('orders') }} where amount < 0",
}
for name, text in FILES.items():
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text)


def dbt(*words):
    done = subprocess.run(["dbt", "--no-use-colors", *words, "--profiles-dir", "."], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def results():
    return [one["status"] for one in json.loads(Path("target/run_results.json").read_text())["results"]]


def rows(sql):
    return cursor.execute(sql).fetchall()


assert "All checks passed" in dbt("debug")
dbt("build")
assert set(results()) <= {"success", "pass"}, results()
held(f"build: {len(results())} nodes")
equal(rows("select name, total from d.shop.totals order by name"), [("Ada", 10.5), ("Bo", 20), ("Cy", None)])
equal(rows("select id from d.shop.history where dbt_valid_to is null order by id"), [(1,), (2,), (3,)])

Path("seeds/raw_orders.csv").write_text("id,name,amount\n1,Ada,10.50\n2,Bo,25\n3,Cy,\n")
dbt("build")
assert set(results()) <= {"success", "pass"}, results()
counted = [rows(f"select count(*) from d.shop.{name}")[0][0] for name in ("merged", "replaced", "appended", "history")]
equal(counted, [3, 3, 5, 4])
equal(rows("select amount from d.shop.merged where id = 2"), [(25,)])
held("build again: incremental models by merge, delete+insert and append, a snapshot with history")
dbt("build", "--full-refresh")
equal(rows("select count(*) from d.shop.appended"), [(3,)])
(row,) = rows("show tables like 'TOTALS' in schema d.shop")
named = {column.name: value for column, value in zip(cursor.description, row)}
equal((named["comment"], named["kind"]), ("it's a table", "TRANSIENT"))
held("build --full-refresh, comments")

dbt("docs", "generate")
catalog = json.loads(Path("target/catalog.json").read_text())
equal(len(catalog["nodes"]), 10)
equal(catalog["nodes"]["model.shop.totals"]["metadata"]["comment"], "it's a table")
equal(list(catalog["nodes"]["model.shop.orders"]["columns"]), ["ID", "NAME", "AMOUNT"])
held("docs generate")
dbt("source", "freshness")
assert "Ada" in dbt("show", "--select", "totals")
held("source freshness, show")
connection.close()
