"""schemachange: versioned, repeatable and always scripts, variables, a second deployment that skips, a dry run."""

import json
import subprocess
import tomllib
from os import environ
from pathlib import Path

import snowflake.connector
from checks import check, equal

entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()
cursor.execute("create database d")
cursor.execute("create warehouse w")
FILES = {
    "V1.1__tables.sql": "create schema {{ schema }};\nuse schema {{ schema }};\n"
    "create table people (id int identity, name varchar);\ncreate sequence numbers;\n"
    "insert into people (name) values ('it''s; $1'), ('Bo');\n",
    "V1.2__code.sql": "use schema {{ schema }};\ncreate or replace procedure twice(n int) returns int language sql as\n"
    "$$\nbegin\n  let m int := n * 2;\n  return m;\nend;\n$$;\ncall twice(2);\n"
    "create function plus(a int) returns int as 'a + 1';\n",
    "V1.3__pipeline.sql": "use schema {{ schema }};\ncreate stream changes on table people;\n"
    "create task t warehouse = w schedule = '60 minutes' when system$stream_has_data('changes') as\n"
    "  insert into people (name) select name from changes;\nalter task t resume;\ncreate stage files;\n"
    "create file format csv type = csv skip_header = 1;\ncreate tag owner;\nalter table people set tag owner = 'me';\n",
    "R__views.sql": "create or replace view {{ schema }}.shown as\n"
    "select id, upper(name) as name from {{ schema }}.people;\n",
    "A__grants.sql": "create role if not exists reader;\ngrant usage on database d to role reader;\n"
    "grant usage on schema {{ schema }} to role reader;\n"
    "grant select on all tables in schema {{ schema }} to role reader;\n"
    "grant select on future tables in schema {{ schema }} to role reader;\n",
}
Path("scripts").mkdir()
for name, text in FILES.items():
    Path("scripts", name).write_text(text)
connections = Path(environ["SNOWFLAKE_HOME"], "connections.toml")
Path("schemachange-config.yml").write_text(
    json.dumps(
        {
            "config-version": 1,
            "root-folder": "scripts",
            "connections-file-path": str(connections),
            "connection-name": "myconnection",
            "snowflake-database": "d",
            "snowflake-warehouse": "w",
            "change-history-table": "d.history.changes",
            "create-change-history-table": True,
            "vars": {"schema": "d.s"},
        }
    )
)


def schemachange(*words, fails=False):
    done = subprocess.run(["schemachange", *words], capture_output=True, text=True)
    assert (done.returncode != 0) is fails, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout + done.stderr


def rows(sql):
    return cursor.execute(sql).fetchall()


with check("a dry run changes nothing"):
    schemachange("deploy", "--dry-run")
    equal(rows("show schemas like 'S' in database d"), [])
with check("deploy: versioned, repeatable and always scripts"):
    schemachange("deploy")
    kinds = rows("select script_type, count(*) from d.history.changes where status = 'Success' group by 1 order by 1")
    equal(kinds, [("A", 1), ("R", 1), ("V", 3)])
with check("what the scripts made"):
    equal(rows("select name from d.s.shown order by id"), [("IT'S; $1",), ("BO",)])
    equal(rows("call d.s.twice(4)"), [(8,)])
    equal([row[1] for row in rows("show tasks in schema d.s")], ["T"])
    equal([row[1] for row in rows("show grants on table d.s.people") if row[5] == "READER"], ["SELECT"])
with check("deploy again: only what is always run, or has changed"):
    schemachange("deploy")
    Path("scripts/R__views.sql").write_text(FILES["R__views.sql"].replace("upper", "lower"))
    Path("scripts/V1.4__more.sql").write_text("alter table {{ schema }}.people add column pay number(10, 2);\n")
    schemachange("deploy")
    kinds = rows("select script_type, count(*) from d.history.changes where status = 'Success' group by 1 order by 1")
    equal(kinds, [("A", 3), ("R", 2), ("V", 4)])
    equal(rows("select name from d.s.shown order by id")[1], ("bo",))
with check("a script that fails stops the deployment, and is tried again"):
    path = Path("scripts/V1.5__wrong.sql")
    path.write_text("create table {{ schema }}.first (i int);\nselect nope from {{ schema }}.people;\n")
    assert "NOPE" in schemachange("deploy", fails=True)
    path.write_text("create table if not exists {{ schema }}.first (i int);\n")
    schemachange("deploy")
    equal(rows("select count(*) from d.history.changes where version = '1.5' and status = 'Success'"), [(1,)])
with check("render, verify"):
    assert "d.s.people" in schemachange("render", "scripts/R__views.sql")
    schemachange("verify")
connection.close()
