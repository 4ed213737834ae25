"""snowcap: connect, plan, apply, apply again, change, sync, export."""

import subprocess
import tomllib
from os import environ
from pathlib import Path

import snowflake.connector
from checks import check, equal

entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()
cursor.execute("create warehouse admins_wh")
WHOLE = """
warehouses:
  - {name: loads, warehouse_size: XSMALL, auto_suspend: 60, comment: for loads}
databases:
  - {name: shop, comment: the shop, data_retention_time_in_days: 1}
schemas:
  - {name: main, database: shop}
  - {name: raw, database: shop, transient: true}
roles:
  - {name: analyst, comment: who reads}
  - {name: loader}
users:
  - {name: ada, type: PERSON, first_name: Ada, email: ada@example.com, default_role: analyst, default_warehouse: loads}
  - {name: loading, type: SERVICE}
role_grants:
  - {role: analyst, to_roles: [loader]}
  - {role: loader, to_role: SYSADMIN}
  - {role: analyst, to_user: ada}
tables:
  - name: people
    database: shop
    schema: main
    comment: all of them
    columns: [{name: id, data_type: NUMBER, not_null: true}, {name: name, data_type: VARCHAR(50), comment: who},
      {name: at, data_type: TIMESTAMP_NTZ}]
views:
  - {name: shown, database: shop, schema: main, as_: "SELECT id FROM shop.main.people"}
sequences:
  - {name: numbers, database: shop, schema: main, start: 10, increment: 5}
file_formats:
  - {name: plain, database: shop, schema: raw, type: CSV, field_delimiter: ";", skip_header: 1}
stages:
  - {name: files, database: shop, schema: raw, type: internal, comment: what comes}
tags:
  - {name: owner, database: shop, schema: main, allowed_values: [me, you]}
tasks:
  - {name: nightly, database: shop, schema: main, warehouse: loads, schedule: 60 MINUTE, as_: "SELECT 1"}
network_rules:
  - {name: office, database: shop, schema: main, type: IPV4, mode: INGRESS, value_list: [192.168.0.0/24]}
grants:
  - {priv: USAGE, on: warehouse loads, to: analyst}
  - {priv: USAGE, on: database shop, to: analyst}
  - {priv: USAGE, on: schema shop.main, to: analyst}
  - {priv: SELECT, on: table shop.main.people, to: analyst}
  - {priv: SELECT, on: all tables in schema shop.main, to: loader}
  - {priv: SELECT, on: future tables in schema shop.main, to: analyst}
  - {priv: CREATE TABLE, on: schema shop.raw, to: loader}
"""
settings = {f"SNOWFLAKE_{name.upper()}": entry[name] for name in ("account", "user", "password")}
settings |= {"SNOWFLAKE_ROLE": "ACCOUNTADMIN", "SNOWFLAKE_WAREHOUSE": "ADMINS_WH", "COLUMNS": "200"}


def snowcap(*words, fails=False):
    done = subprocess.run(["snowcap", *words], capture_output=True, text=True, env={**environ, **settings}, input="y\n")
    told = done.stdout + done.stderr
    assert (done.returncode != 0) is fails, told[-6000:]
    return told


def rows(sql):
    return cursor.execute(sql).fetchall()


path = Path("all.yml")
path.write_text(WHOLE)
with check("connect"):
    snowcap("connect")
with check("plan changes nothing"):
    assert "people" in snowcap("plan", "--config", "all.yml").lower()
    equal(rows("show databases like 'SHOP'"), [])
with check("apply"):
    snowcap("apply", "--config", "all.yml")
with check("what it made"):
    equal([row[0] for row in rows("describe table shop.main.people")], ["ID", "NAME", "AT"])
    equal(rows("select * from shop.main.shown"), [])
    for kind in ("sequences in schema shop.main", "stages in schema shop.raw", "tasks in schema shop.main"):
        equal(len(rows(f"show {kind}")), 1)
with check("roles, users, grants"):
    held = {(row[1], row[2]) for row in rows("show grants to role analyst")}
    assert {("USAGE", "DATABASE"), ("USAGE", "SCHEMA"), ("SELECT", "TABLE"), ("USAGE", "WAREHOUSE")} <= held, held
    equal(rows("show future grants to role analyst")[0][1], "SELECT")
    assert "ADA" in {row[2] for row in rows("show grants of role analyst")} | {
        row[3] for row in rows("show grants of role analyst")
    }
with check("plan again: nothing is left to do"):
    told = snowcap("plan", "--config", "all.yml")
    # What is granted on all tables, the tool always grants again.
    assert "1 to create, 0 to update, 0 to transfer, 0 to drop" in told and "on ALL TABLES in" in told, told
with check("changes"):
    changed = WHOLE.replace("auto_suspend: 60, comment: for loads", "auto_suspend: 120, comment: for more")
    path.write_text(changed.replace("comment: who reads", "comment: who looks").replace("start: 10, ", ""))
    snowcap("apply", "--config", "all.yml")
    (row,) = rows("show warehouses like 'LOADS'")
    named = dict(zip([column.name for column in cursor.description], row))
    equal((named["auto_suspend"], named["comment"]), (120, "for more"))
with check("sync: what is not declared goes"):
    Path("roles.yml").write_text("roles: [{name: analyst, comment: who looks}]\n")
    rows("create role leftover")
    told = snowcap("plan", "--config", "roles.yml", "--sync_resources", "role")
    assert "leftover" in told.lower(), told
with check("export"):
    snowcap("export", "--resource=database,schema,warehouse,role,table,view", "--out=out.yml", "--no-use-account-usage")
    assert "shop" in Path("out.yml").read_text().lower()
connection.close()
