"""sqlmesh: plans, environments, incremental kinds, seeds, audits, tests, Python models, state in the account."""

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
SPAN = "\n  start '2024-01-01', cron '@daily',"
FILES = {
    "config.yaml": json.dumps(
        {
            "gateways": {
                "local": {
                    "connection": {
                        "type": "snowflake",
                        "database": "d",
                        "warehouse": "w",
                        **{name: entry[name] for name in ("account", "user", "password", "host", "port")},
                    }
                }
            },
            "default_gateway": "local",
            "model_defaults": {"dialect": "snowflake", "start": "2024-01-01"},
            "disable_anonymized_analytics": True,
        }
    ),
    "seeds/people.csv": "id,name,at\n1,Ada,2024-01-01\n2,Bo,2024-01-02\n3,Cy,2024-01-03\n",
    "models/people.sql": "MODEL (name shop.people, kind SEED (path '../seeds/people.csv'),"
    " columns (id INT, name VARCHAR, at DATE), grain id);",
    "models/shown.sql": "MODEL (name shop.shown, kind VIEW, description 'a view', column_descriptions (id = 'its id'));"
    "\nSELECT id, UPPER(name) AS name FROM shop.people",
    "models/whole.sql": "MODEL (name shop.whole, kind FULL, clustered_by (id),"
    " audits (not_null(columns := (id)), unique_values(columns := (id))));\nSELECT id, name FROM shop.shown",
    "models/spans.sql": f"MODEL (name shop.spans,{SPAN}"
    "  kind INCREMENTAL_BY_TIME_RANGE (time_column at, batch_size 400));"
    "\nSELECT id, at FROM shop.people WHERE at BETWEEN @start_date AND @end_date",
    "models/keyed.sql": f"MODEL (name shop.keyed, kind INCREMENTAL_BY_UNIQUE_KEY (unique_key id),{SPAN});\n"
    "SELECT id, name, at FROM shop.people WHERE at BETWEEN @start_date AND @end_date",
    "models/parts.sql": f"MODEL (name shop.parts, kind INCREMENTAL_BY_PARTITION, partitioned_by name,{SPAN});\n"
    "SELECT id, name FROM shop.people",
    "models/history.sql": "MODEL (name shop.history, kind SCD_TYPE_2_BY_COLUMN (unique_key id, columns [name]));\n"
    "SELECT id, name FROM shop.shown",
    "models/timed.sql": "MODEL (name shop.timed, kind SCD_TYPE_2_BY_TIME (unique_key id, updated_at_name changed));\n"
    "SELECT id, name, at::TIMESTAMP AS changed FROM shop.people",
    "models/written.py": """
import pandas
from sqlmesh import ExecutionContext, model

@model("shop.written", columns={"id": "int", "twice": "int"}, kind="full", depends_on=["shop.people"])
def execute(context: ExecutionContext, **kwargs) -> pandas.DataFrame:
    table = context.resolve_table("shop.people")
    frame = context.fetchdf(f"SELECT id FROM {table}")
    frame["TWICE"] = frame["ID"] * 2
    return frame
""",
    "tests/test_shown.yaml": "test_shown:\n  model: shop.shown\n"
    "  inputs:\n    shop.people: [{id: 1, name: a, at: 2024-01-01}]\n  outputs: {query: [{id: 1, name: A}]}\n",
    "audits/few.sql": "AUDIT (name few);\nSELECT * FROM @this_model WHERE id > 99",
}
for name, text in FILES.items():
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text)


def sqlmesh(*words, fails=False):
    done = subprocess.run(["sqlmesh", *words], capture_output=True, text=True, env=QUIET, input="y\n")
    assert (done.returncode != 0) is fails, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout + done.stderr


QUIET = {**environ, "SQLMESH__DISABLE_ANONYMIZED_ANALYTICS": "1", "MAX_FORK_WORKERS": "1", "COLUMNS": "200"}


def rows(sql):
    return cursor.execute(sql).fetchall()


with check("info: the connection"):
    assert "succeeded" in sqlmesh("info")
with check("unit tests"):
    assert "Successfully Ran" in sqlmesh("test")
with check("plan: prod is made, with its state"):
    sqlmesh("plan", "--auto-apply", "--no-prompts")
    assert rows("show tables like '_SNAPSHOTS' in database d")
with check("seeds, views, whole tables, audits, comments"):
    equal(rows("select id, name from d.shop.whole order by id"), [(1, "ADA"), (2, "BO"), (3, "CY")])
    told = rows("select comment from d.information_schema.views where table_schema = 'SHOP' and table_name = 'SHOWN'")
    equal(told, [("a view",)])
with check("incremental by time, by key and by partition"):
    for name in ("spans", "keyed", "parts"):
        equal(rows(f"select id from d.shop.{name} order by id"), [(1,), (2,), (3,)])
with check("SCD type 2, by columns and by time"):
    for name in ("history", "timed"):
        equal(rows(f"select count(*), count(valid_to) from d.shop.{name}"), [(3, 0)])
with check("Python models"):
    equal(rows("select id, twice from d.shop.written order by id"), [(1, 2), (2, 4), (3, 6)])
with check("an environment of its own, with a change, and promoted"):
    Path("models/shown.sql").write_text(FILES["models/shown.sql"].replace("UPPER(name)", "LOWER(name)"))
    Path("tests/test_shown.yaml").write_text(FILES["tests/test_shown.yaml"].replace("name: A}", "name: a}"))
    sqlmesh("plan", "dev", "--auto-apply", "--no-prompts")
    equal(rows("select name from d.shop__dev.shown order by id")[0], ("ada",))
    equal(rows("select name from d.shop.shown order by id")[0], ("ADA",))
    sqlmesh("plan", "--auto-apply", "--no-prompts")
    equal(rows("select name from d.shop.shown order by id")[0], ("ada",))
with check("a column that comes later, forward only"):
    path = Path("models/keyed.sql")
    path.write_text(FILES["models/keyed.sql"].replace("SELECT id,", "SELECT id, 1 AS one,"))
    sqlmesh("plan", "--auto-apply", "--no-prompts", "--forward-only")
    assert "ONE" in [row[0] for row in rows("describe table d.shop.keyed")]
with check("run, fetchdf, evaluate, table_diff"):
    sqlmesh("run", "--ignore-cron")
    assert "3" in sqlmesh("fetchdf", "SELECT COUNT(*) AS n FROM d.shop.whole")
    assert "ada" in sqlmesh("evaluate", "shop.shown")
    sqlmesh("table_diff", "prod:dev", "shop.whole", "--on", "id")
with check("audit, and one that fails"):
    sqlmesh("audit")
    Path("models/whole.sql").write_text(FILES["models/whole.sql"].replace("SELECT id,", "SELECT 7 AS id,"))
    assert "unique_values" in sqlmesh("plan", "bad", "--auto-apply", "--no-prompts", fails=True)
    Path("models/whole.sql").write_text(FILES["models/whole.sql"])
with check("invalidate, janitor, migrate"):
    sqlmesh("invalidate", "dev")
    sqlmesh("janitor", "--ignore-ttl")
    equal(rows("show schemas like 'SHOP\\\\_\\\\_DEV' in database d"), [])
    sqlmesh("migrate")
connection.close()
