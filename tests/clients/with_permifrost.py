"""permifrost: a specification of roles and users, looked at dry, run, run again, and with a privilege less."""

import subprocess
import tomllib
from os import environ
from pathlib import Path

import snowflake.connector
from checks import check, equal

entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()
for sql in (
    *("create warehouse loading", "create database raw", "create schema raw.shop", "create database analytics"),
    *("create table raw.shop.people (id int)", "create view raw.shop.shown as select id from raw.shop.people"),
    *("create role loader", "create role analyst", "create role reporter"),
    *("create table analytics.public.totals (n int)", "use role useradmin", "create user ada", "create user robot"),
    "use role accountadmin",
    *("grant role loader to user robot", "create role permifrost", "grant role securityadmin to role permifrost"),
    *("grant role loader to role sysadmin", f"grant role securityadmin to user {entry['user']}"),
):
    cursor.execute(sql)
SPEC = """
version: "1.0"
databases: [{raw: {shared: no}}, {analytics: {shared: no}}]
warehouses: [{loading: {size: x-small}}]
roles:
  - loader:
      warehouses: [loading]
      privileges:
        databases: {read: [raw], write: [raw]}
        schemas: {read: [raw.*], write: [raw.*]}
        tables: {read: [raw.*.*], write: [raw.*.*]}
  - analyst:
      warehouses: [loading]
      member_of: [reporter]
      privileges:
        databases: {read: [raw]}
        schemas: {read: [raw.shop]}
        tables: {read: [raw.shop.people]}
  - reporter:
      privileges:
        databases: {read: [analytics]}
        schemas: {read: [analytics.*]}
        tables: {read: [analytics.*.*]}
users:
  - ada: {can_login: yes, member_of: [analyst]}
  - robot: {can_login: yes, member_of: [loader]}
"""
settings = {f"PERMISSION_BOT_{name.upper()}": entry[name] for name in ("account", "user", "password")}
settings |= {
    "PERMISSION_BOT_DATABASE": "RAW",
    "PERMISSION_BOT_ROLE": "SECURITYADMIN",
    "PERMISSION_BOT_WAREHOUSE": "LOADING",
}


def permifrost(*words, fails=False):
    done = subprocess.run(["permifrost", *words], capture_output=True, text=True, env={**environ, **settings})
    told = done.stdout + done.stderr
    assert (done.returncode != 0) is fails, told[-6000:]
    return told


def held(role):
    rows = cursor.execute(f"show grants to role {role}").fetchall()
    return {(row[1], row[2], row[3]) for row in rows}


Path("spec.yml").write_text(SPEC)
with check("spec-test: the specification"):
    permifrost("spec-test", "spec.yml")
with check("run --dry changes nothing"):
    assert "GRANT" in permifrost("run", "--dry", "spec.yml").upper()
    equal(held("analyst"), set())
with check("run"):
    told = permifrost("run", "spec.yml")
    assert "[ERROR]" not in told.upper(), told
with check("privileges on databases, schemas, tables, views, warehouses"):
    wanted = {("USAGE", "DATABASE", "RAW"), ("USAGE", "SCHEMA", "RAW.SHOP"), ("SELECT", "TABLE", "RAW.SHOP.PEOPLE")}
    assert wanted | {("USAGE", "WAREHOUSE", "LOADING")} <= held("analyst"), held("analyst")
    assert ("INSERT", "TABLE", "RAW.SHOP.PEOPLE") in held("loader"), held("loader")
    assert ("SELECT", "VIEW", "RAW.SHOP.SHOWN") in held("loader"), held("loader")
with check("privileges on what will be there"):
    cursor.execute("create table raw.shop.later (i int)")
    assert ("SELECT", "TABLE", "RAW.SHOP.LATER") in held("loader"), held("loader")
with check("memberships of roles and users"):
    assert ("USAGE", "ROLE", "REPORTER") in held("analyst"), held("analyst")
    of = cursor.execute("show grants of role analyst").fetchall()
    assert "ADA" in str(of), of
with check("run again: the same"):
    before = held("loader")
    permifrost("run", "spec.yml")
    equal(held("loader"), before)
with check("a privilege that the specification no longer has goes"):
    Path("spec.yml").write_text(
        SPEC.replace("tables: {read: [raw.*.*], write: [raw.*.*]}", "tables: {read: [raw.*.*]}")
    )
    permifrost("run", "spec.yml")
    assert ("INSERT", "TABLE", "RAW.SHOP.PEOPLE") not in held("loader"), held("loader")
with check("a specification that names what is not there is refused"):
    Path("bad.yml").write_text(SPEC.replace("- ada:", "- nobody:"))
    permifrost("run", "bad.yml", fails=True)
connection.close()
