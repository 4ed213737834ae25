"""dbt: seeds, models of every kind, tests, snapshots, documents; twice, so that what is there is met."""

import json
import subprocess
import sys
import tomllib
from decimal import Decimal
from os import environ
from pathlib import Path

import snowflake.connector
from checks import check, equal

entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()
cursor.execute("create database d")
for sql in ("create warehouse w", "create role reader", "grant usage on database d to role reader"):
    cursor.execute(sql)

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
    "models/overwritten.sql": INCREMENTAL.replace("STRATEGY", "insert_overwrite").replace("unique_key='id', ", ""),
    "models/partly.sql": "{{ config(materialized='incremental', unique_key=['id', 'name'],"
    " merge_exclude_columns=['loaded'], incremental_predicates=['DBT_INTERNAL_DEST.id > 0'],"
    " on_schema_change='sync_all_columns') }}\nselect id, name, amount, {{ var('turn', 1) }} as loaded"
    "{% if var('turn', 1) > 1 %}, 'new' as later{% endif %} from {{ ref('orders') }}",
    "models/days.sql": "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at',"
    " begin='2024-01-01', batch_size='year', lookback=1) }}\nselect n, at from {{ ref('events') }}",
    "models/events.sql": "{{ config(event_time='at') }}\nselect column1 as n, column2::timestamp_ntz as at"
    " from values (1, '2024-01-01 10:00'), (2, '2024-01-02 11:00'), (3, '2024-01-02 12:00')",
    "models/scored.py": """
def model(dbt, session):
    dbt.config(materialized="table", packages=["pandas"])
    orders = dbt.ref("orders").to_pandas()
    orders["TWICE"] = orders["AMOUNT"].astype(float).fillna(0) * 2
    return orders[["ID", "TWICE"]]
""",
    "models/added.py": """
def model(dbt, session):
    dbt.config(materialized="incremental", unique_key="id", packages=[])
    orders = dbt.ref("orders").select("id", "name")
    return orders.filter(orders["id"] > 1) if dbt.is_incremental else orders
""",
    "models/lively.sql": "{{ config(materialized='dynamic_table', target_lag='1 minute', snowflake_warehouse='w') }}\n"
    "select name, count(*) as n from {{ ref('totals') }} group by name",
    "models/granted.sql": "{{ config(materialized='table', grants={'select': ['reader']}, schema='more', alias='given',"
    " pre_hook='select 1', post_hook=[\"insert into {{ this }} values (2)\"]) }}\n"
    "select 1 as n",
    "models/turning.sql": "{{ config(materialized=var('kind', 'view')) }}\nselect 1 as n",
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
      - {name: id, description: "its number", data_tests: [unique, not_null, {at_most: {arguments: {most: 3}}}]}
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
    "snapshots/timed.yml": """
snapshots:
  - name: timed
    relation: ref('changing')
    config:
      {unique_key: id, strategy: timestamp, updated_at: at, schema: shop, hard_deletes: new_record,
       snapshot_meta_column_names: {dbt_valid_to: ended}, dbt_valid_to_current: "to_timestamp_ntz('9999-12-31')"}
""",
    "models/changing.sql": "select id, at from (values (1, '2024-01-01'::timestamp_ntz),"
    " ({{ 3 if var('turn', 1) > 1 else 2 }}, '2024-01-0{{ var('turn', 1) }}'::timestamp_ntz)) as given (id, at)",
    "macros/own.sql": """
{% macro count_all(name) %}
  {% set found = run_query('select count(*) as n from ' ~ ref(name)) %}
  {{ log('counted ' ~ found.columns[0].values()[0], info=True) }}
{% endmacro %}
{% test at_most(model, column_name, most) %}
select * from {{ model }} where {{ column_name }} > {{ most }}
{% endtest %}
""",
    "tests/no_negative.sql": "select * from {{ ref('orders') }} where amount < 0",
}
for name, text in FILES.items():
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text)


def dbt(*words, fails=False):
    """Run a command. fails: whether it must fail; None if it may."""
    done = subprocess.run(["dbt", "--no-use-colors", *words, "--profiles-dir", "."], capture_output=True, text=True)
    if fails is None:
        print(done.stdout, file=sys.stderr)
    else:
        assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout


def results():
    """What came of each node of the last command."""
    found = json.loads(Path("target/run_results.json").read_text())["results"]
    return {one["unique_id"].removesuffix(".v1"): (one["status"], one.get("message") or "") for one in found}


def rows(sql):
    return cursor.execute(sql).fetchall()


def well(*names):
    """These nodes of the last command succeeded."""
    wrong = {name: told for name, told in results().items() if told[0] not in ("success", "pass", "no-op")}
    named = {name: told for name, told in wrong.items() if any(name.split(".")[2] == one for one in names)}
    assert not (named if names else wrong), "\n".join(told[1] for told in (named or wrong).values())


with check("debug"):
    assert "All checks passed" in dbt("debug")
built = dbt("build", fails=None)
with check("seeds, with types"):
    well("raw_orders", "words")
    equal(rows("select amount from d.shop.raw_orders order by id"), [(Decimal("10.50"),), (Decimal(20),), (None,)])
with check("views, secure ones, ephemeral models"):
    well("orders", "shown", "turning", "events")
    equal(rows("select is_secure from d.information_schema.views where table_name = 'SHOWN'"), [("YES",)])
with check("tables: transient, with cluster keys, with contracts"):
    well("totals", "kept")
    equal(rows("select name, total from d.shop.totals order by name"), [("Ada", 10.5), ("Bo", 20), ("Cy", None)])
with check("grants, hooks, aliases, schemas of one's own"):
    well("granted")
    equal(rows("select n from d.shop_more.given order by n"), [(1,), (2,)])
    (grant,) = [row for row in rows("show grants on table d.shop_more.given") if row[1] == "SELECT"]
    equal(grant[5], "READER")
with check("data tests and unit tests, generic and singular"):
    tests = {name: told for name, told in results().items() if name.startswith(("test.", "unit_test."))}
    equal((len(tests), {told[0] for told in tests.values()}), (7, {"pass"}))
with check("Python models"):
    well("scored")
    equal(rows("select id, twice from d.shop.scored order by id"), [(1, 21.0), (2, 40.0), (3, 0.0)])
with check("dynamic tables"):
    well("lively")
    equal(rows("select count(*) from d.shop.lively"), [(3,)])
    equal([row[1] for row in rows("show dynamic tables in schema d.shop")], ["LIVELY"])
with check("snapshots, by columns and by time"):
    well("history", "timed")
    equal(rows("select id from d.shop.history where dbt_valid_to is null order by id"), [(1,), (2,), (3,)])
    equal(rows("select distinct year(ended) from d.shop_shop.timed"), [(9999,)])
with check("build: nothing failed"):
    well()

Path("seeds/raw_orders.csv").write_text("id,name,amount\n1,Ada,10.50\n2,Bo,25\n3,Cy,\n")
dbt("build", "--vars", "{turn: 2, kind: table}", fails=None)


def counted(name):
    return rows(f"select count(*) from d.shop.{name}")[0][0]


with check("incremental models by merge, whole and in part, with columns that come later"):
    well("merged", "partly")
    equal((counted("merged"), rows("select amount from d.shop.merged where id = 2")), (3, [(25,)]))
    found = rows("select amount, loaded, later from d.shop.partly order by id")
    equal(found, [(Decimal("10.50"), 1, "new"), (25, 1, "new"), (None, 1, "new")])
with check("incremental models by delete+insert, append and insert_overwrite"):
    well("replaced", "appended", "overwritten")
    equal([counted(name) for name in ("replaced", "appended", "overwritten")], [3, 5, 2])
with check("incremental models by microbatch"):
    well("days")
    equal(rows("select n from d.shop.days order by n"), [(1,), (2,), (3,)])
with check("incremental Python models"):
    well("added")
    equal(counted("added"), 3)
with check("snapshots that have a history, and rows that went"):
    well("history", "timed")
    equal(counted("history"), 4)
    found = rows("select id, dbt_is_deleted from d.shop_shop.timed order by id, dbt_valid_from")
    equal(found, [(1, "False"), (2, "False"), (2, "True"), (3, "False")])
with check("a view that becomes a table"):
    well("turning")
    equal(rows("select table_type from d.information_schema.tables where table_name = 'TURNING'"), [("BASE TABLE",)])
with check("build again: nothing failed"):
    well()
with check("build --full-refresh, and a table that becomes a dynamic one"):
    Path("models/turning.sql").write_text(FILES["models/lively.sql"])
    Path("models/lively.sql").write_text(FILES["models/lively.sql"].replace("1 minute", "2 hours"))
    dbt("build", "--full-refresh")
    well()
    equal(counted("appended"), 3)
with check("a dynamic table whose lag changes"):
    Path("models/lively.sql").write_text(FILES["models/lively.sql"].replace("1 minute", "3 hours"))
    dbt("run", "--select", "lively")
    cursor.execute("show dynamic tables like 'LIVELY' in schema d.shop")
    (row,) = cursor.fetchall()
    equal(dict(zip([column.name for column in cursor.description], row))["target_lag"], "3 hours")
with check("comments of relations and columns"):
    (row,) = rows("show tables like 'TOTALS' in schema d.shop")
    named = {column.name: value for column, value in zip(cursor.description, row)}
    equal((named["comment"], named["kind"]), ("it's a table", "TRANSIENT"))
    told = rows("select comment from d.information_schema.columns where table_name = 'ORDERS' and column_name = 'ID'")
    equal(told, [("its number",)])
with check("docs generate"):
    dbt("docs", "generate")
    catalog = json.loads(Path("target/catalog.json").read_text())
    assert not catalog["errors"], catalog["errors"]
    nodes = json.loads(Path("target/manifest.json").read_text())["nodes"].values()
    made = {node["unique_id"] for node in nodes if node["resource_type"] in ("model", "seed", "snapshot")}
    equal(made - set(catalog["nodes"]), {"model.shop.hidden"})
    equal(catalog["nodes"]["model.shop.totals"]["metadata"]["comment"], "it's a table")
    equal(list(catalog["nodes"]["model.shop.orders"]["columns"]), ["ID", "NAME", "AMOUNT"])
with check("source freshness"):
    dbt("source", "freshness")
with check("show, compile, list"):
    assert "Ada" in dbt("show", "--select", "totals")
    assert "42" in dbt("show", "--inline", "select 42 as a from {{ ref('orders') }}")
    assert "D.shop.orders" in dbt("compile", "--inline", "select * from {{ ref('orders') }}").replace(
        "d.shop", "D.shop"
    )
    assert "shop.totals" in dbt("list", "--select", "totals")
with check("run-operation"):
    assert "counted 3" in dbt("run-operation", "count_all", "--args", "{name: orders}")
with check("a test that fails, kept with --store-failures, and retry"):
    Path("tests/some.sql").write_text("select * from {{ ref('orders') }} where id > 1")
    assert "Got 2 results" in dbt("test", "--select", "some", "--store-failures", fails=True)
    equal(rows("select count(*) from d.shop_dbt_test__audit.some"), [(2,)])
    Path("tests/some.sql").write_text("select * from {{ ref('orders') }} where id > 9")
    dbt("retry")
with check("a model that is wrong fails alone, and says why"):
    Path("models/wrong.sql").write_text("select nope from {{ ref('orders') }}")
    assert "invalid identifier 'NOPE'" in dbt("run", "--select", "wrong", fails=True)
    Path("models/wrong.sql").unlink()
with check("clone"):
    Path("state").mkdir()
    Path("state/manifest.json").write_text(Path("target/manifest.json").read_text())
    profile = FILES["profiles.yml"].replace('"schema": "shop"', '"schema": "copied"')
    Path("profiles.yml").write_text(profile)
    dbt("clone", "--state", "state", "--select", "totals orders")
    equal(rows("select count(*) from d.copied.totals"), [(3,)])
connection.close()
