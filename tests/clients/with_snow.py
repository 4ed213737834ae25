"""The snow command: connection, sql, objects, stages."""

import json
import pathlib
import subprocess

from checks import equal, held


def snow(*words, fails=False):
    done = subprocess.run(
        ["snow", *words, "-c", "myconnection", "--format", "json"], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode != 0) is fails, (words, done.stdout, done.stderr)
    return done.stdout + done.stderr if fails else json.loads(done.stdout or "null")


equal(snow("connection", "test")["Status"], "OK")
snow("sql", "-q", "create database d; create warehouse w; create schema d.s")
equal(snow("sql", "-q", "select 1 as a, 'it''s' as b"), [{"A": 1, "B": "it's"}])
equal(snow("sql", "-q", "select 1 as a; select 2 as b"), [[{"A": 1}], [{"B": 2}]])
pathlib.Path("a.sql").write_text(
    "create table d.s.t (i int);\ninsert into d.s.t values (1), (2);\nselect count(*) as n from d.s.t;\n"
)
equal(snow("sql", "-f", "a.sql")[-1], [{"N": 2}])
equal(snow("sql", "-q", "select <% x %> as a", "-D", "x=5"), [{"A": 5}])
assert "NOPE" in snow("sql", "-q", "select * from nope", "--database", "d", fails=True)
held("connection test, sql: texts, files, variables, errors")

equal([row["name"] for row in snow("object", "list", "database")], ["D"])
equal([row["name"] for row in snow("object", "list", "table", "--in", "schema", "s", "--database", "d")], ["T"])
for kind in ("task", "role", "function", "streamlit"):
    snow("object", "list", kind)
equal([row["name"] for row in snow("object", "describe", "table", "d.s.t")], ["I"])
snow("object", "create", "database", "name=made")
snow("object", "drop", "database", "made")
held("object list, describe, create, drop")

pathlib.Path("in").mkdir()
pathlib.Path("in/a.csv").write_text("1\n")
pathlib.Path("in/b.csv").write_text("2\n")
where = ("--database", "d", "--schema", "s")
snow("stage", "create", "st", *where)
snow("stage", "copy", "in/", "@st/x", *where)
equal(sorted(row["name"] for row in snow("stage", "list-files", "@st", *where)), ["st/x/a.csv", "st/x/b.csv"])
snow("stage", "copy", "@st/x", "out/", *where)
equal(sorted(path.read_text() for path in pathlib.Path("out").rglob("*.csv")), ["1\n", "2\n"])
snow("stage", "describe", "st", *where)
pathlib.Path("run.sql").write_text("insert into d.s.t values (3);")
snow("stage", "copy", "run.sql", "@st", *where)
snow("stage", "execute", "@st/run.sql", *where)
equal(snow("sql", "-q", "select max(i) as n from d.s.t"), [{"N": 3}])
snow("stage", "remove", "@st", "x/a.csv", *where)
equal(len(snow("stage", "list-files", "@st", *where)), 2)
snow("stage", "drop", "st", *where)
held("stage create, copy both ways, list, execute, remove, drop")
snow("spcs", "compute-pool", "create", "p", "--family", "CPU_X64_XS", "--min-nodes", "1")
equal([row["name"] for row in snow("spcs", "compute-pool", "list")], ["P"])
snow("spcs", "compute-pool", "drop", "p")
held("compute pools")
