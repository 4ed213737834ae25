"""SnowDDL: plan, apply, apply again, change, destroy; a configuration of ours and those that come with the tool."""

import subprocess
import tomllib
from os import environ
from pathlib import Path

import snowflake.connector
from checks import check, equal

entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
connection = snowflake.connector.connect(connection_name="myconnection")
cursor = connection.cursor()
for sql in (  # as its guide asks for
    *("create role snowddl_admin", "grant role sysadmin to role snowddl_admin", "create warehouse snowddl_wh"),
    *("grant role securityadmin to role snowddl_admin", "grant role snowddl_admin to role accountadmin"),
    "create user snowddl password = 'Abcdef123456' default_role = snowddl_admin",
    *("grant role snowddl_admin to user snowddl", "grant usage, operate on warehouse snowddl_wh to role snowddl_admin"),
):
    cursor.execute(sql)
FILES = {
    "warehouse.yaml": "loads: {size: XSMALL, auto_suspend: 60, comment: for loads}\n",
    "business_role.yaml": "analyst: {schema_read: [shop.main], warehouse_usage: [loads], tech_roles: [caller]}\n"
    "loader: {schema_write: [shop.main], schema_owner: [shop.raw], warehouse_usage: [loads]}\n",
    "technical_role.yaml": "caller:\n  grants:\n    DATABASE:USAGE: [shop]\n    SCHEMA:USAGE: [shop.main]\n"
    "    VIEW:SELECT: [shop.main.shown]\n    FUNCTION:USAGE: [shop.main.plus(number)]\n",
    "user.yaml": "ada: {first_name: Ada, email: ada@example.com, password: Abcdefgh1234, business_roles: [analyst],"
    " default_warehouse: loads}\nloading: {type: SERVICE, business_roles: [loader]}\n",
    "shop/params.yaml": "comment: the shop\n",
    "shop/raw/params.yaml": "is_transient: true\nretention_time: 1\n",
    "shop/raw/stage/files.yaml": "file_format: plain\ncomment: what comes\n",
    "shop/raw/file_format/plain.yaml": "type: CSV\nformat_options: {FIELD_DELIMITER: ';', SKIP_HEADER: 1}\n",
    "shop/raw/table/lines.yaml": "columns: {line: VARCHAR(100), at: TIMESTAMP_NTZ(3), body: VARIANT}\n",
    "shop/main/table/people.yaml": "columns:\n  id: {type: 'NUMBER(10,0) NOT NULL', default_sequence: numbers}\n"
    "  name: {type: VARCHAR(50) NOT NULL, comment: who}\n  born: DATE\n  active: {type: BOOLEAN, default: 'TRUE'}\n"
    "primary_key: [id]\nunique_keys: [[name]]\n"
    "change_tracking: true\ncomment: all of them\n",
    "shop/main/table/orders.yaml": "columns: {id: 'NUMBER(10,0) NOT NULL',"
    " person: 'NUMBER(10,0)', amount: 'NUMBER(10,2)'}\n"
    "cluster_by: [person]\nprimary_key: [id]\n"
    "foreign_keys: [{columns: [person], ref_table: people, ref_columns: [id]}]\n",
    "shop/main/sequence/numbers.yaml": "start: 10\ninterval: 5\n",
    "shop/main/view/shown.yaml": "columns: {id: its id, name: who}\ntext: select id, name from people\n"
    "comment: a view\n",
    "shop/main/function/plus(number).yaml": "arguments: {a: 'NUMBER(38,0)'}\nreturns: NUMBER(38,0)\nbody: a + 1\n",
    "shop/main/procedure/twice(number).yaml": "arguments: {a: 'NUMBER(38,0)'}\nreturns: NUMBER(38,0)\n"
    "body: |-\n  BEGIN\n    RETURN a * 2;\n  END;\n",
    "shop/main/stream/changes.yaml": "object_type: TABLE\nobject_name: people\nappend_only: true\n",
    "shop/main/task/nightly.yaml": "body: insert into orders (id) select id from changes\nschedule: 60 MINUTES\n"
    "warehouse: loads\nwhen: SYSTEM$STREAM_HAS_DATA('changes')\n",
    "shop/main/dynamic_table/lively.yaml": "text: select person, sum(amount) as total from orders group by person\n"
    "target_lag: 1 hour\nwarehouse: loads\n",
    "shop/main/masking_policy/hides.yaml": "arguments: {v: VARCHAR(10)}\nreturns: VARCHAR(10)\n"
    "body: case when is_role_in_session('ACCOUNTADMIN') then v else '***' end\n"
    "references: [{object_type: TABLE, object_name: orders2, columns: [word]}]\n",
    "shop/main/table/orders2.yaml": "columns: {word: VARCHAR(10)}\n",
}
for name, text in FILES.items():
    Path("own", name).parent.mkdir(parents=True, exist_ok=True)
    Path("own", name).write_text(text)


def snowddl(*words, config="own", fails=False):
    place = ["-c", config, "-a", entry["account"], "-u", "snowddl", "-p", "Abcdef123456"]
    place += ["-r", "SNOWDDL_ADMIN", "-w", "SNOWDDL_WH"]
    every = ["--apply-unsafe", "--apply-replace-table", "--apply-masking-policy", "--apply-row-access-policy"]
    done = subprocess.run(["snowddl", *place, *every, *words], capture_output=True, text=True)
    told = done.stdout + done.stderr
    assert (done.returncode != 0) is fails, "\n".join([*errors(told), told[-6000:]])
    return told


def errors(told):
    return [line for line in told.splitlines() if "(Error)" in line or "message=" in line or "ERROR" in line][:6]


def rows(sql):
    return cursor.execute(sql).fetchall()


with check("validate"):
    snowddl("validate")
with check("plan changes nothing"):
    snowddl("plan")
    equal(rows("show databases like 'SHOP'"), [])
with check("apply"):
    snowddl("apply")
with check("what it made: tables, keys, views, functions, procedures, stages, tasks, dynamic tables"):
    rows("insert into shop.main.people (name) values ('Ada')")
    equal(rows("select id, name from shop.main.shown"), [(10, "Ada")])
    equal((rows("select shop.main.plus(1)"), rows("call shop.main.twice(4)")), ([(2,)], [(8,)]))
    equal([row[4] for row in rows("show primary keys in table shop.main.people")], ["ID"])
    for kind in ("stages in schema shop.raw", "tasks in schema shop.main", "dynamic tables in schema shop.main"):
        equal(len(rows(f"show {kind}")), 1)
with check("roles, users and grants, those to come among them"):
    held = {row[1] for row in rows("show grants to role analyst__b_role")}
    assert "USAGE" in held, held
    assert rows("show future grants in schema shop.main")
    equal(rows("show users like 'ADA'")[0][0], "ADA")
with check("plan again: nothing is left to do"):
    told = snowddl("plan")
    assert "0 suggested" in told or "suggested" not in told.lower() or "Suggested DDL" not in told, told[-3000:]
with check("columns, comments and warehouses that change"):
    path = Path("own/shop/main/table/people.yaml")
    path.write_text(
        path.read_text().replace("born: DATE", "born: DATE\n  pay: NUMBER(10,2)").replace("all of", "many of")
    )
    Path("own/warehouse.yaml").write_text("loads: {size: SMALL, auto_suspend: 120}\n")
    snowddl("apply")
    assert "PAY" in [row[0] for row in rows("describe table shop.main.people")]
    equal(rows("select name from shop.main.people"), [("Ada",)])
with check("objects that go"):
    Path("own/shop/main/view/shown.yaml").unlink()
    Path("own/technical_role.yaml").write_text("caller: {grants: {DATABASE:USAGE: [shop]}}\n")
    snowddl("apply")
    equal(rows("show views in schema shop.main"), [])
with check("an environment with a prefix, destroyed"):
    snowddl("--env-prefix", "dev", "apply")
    equal(len(rows("show databases like 'DEV\\\\_\\\\_SHOP'")), 1)
    snowddl("--env-prefix", "dev", "destroy")
    equal(rows("show databases like 'DEV\\\\_\\\\_SHOP'"), [])
for name in ("sample01_01", "sample02_01"):
    with check(f"{name}, which comes with the tool"):
        snowddl("--env-prefix", name[:8], "apply", config=name)
connection.close()
