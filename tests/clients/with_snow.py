"""The snow command: connections, sql, objects, stages, compute pools, images, snowpark, streamlit, notebooks, logs."""

import json
import os
import pathlib
import sys
import tempfile
import traceback

from checks import check, equal
from snowflake.cli._app.__main__ import main as command

PLACE = ("--database", "d", "--schema", "s")


def run(*words, given=""):
    """The status and the output of a command, in a copy of this process: it takes seconds to begin."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as source:
        source.write(given)
        source.seek(0)
        child = os.fork()
        if child == 0:
            for number, file in enumerate((source, out, out)):
                os.dup2(file.fileno(), number)
            sys.argv = ["snow", *words]
            try:
                command()
                status = 0
            except SystemExit as ended:
                status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
            except BaseException:
                traceback.print_exc()
                status = 1
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        return os.waitstatus_to_exitcode(status), out.read()


def snow(*words, fails=False, plain=False, given=""):
    """What a command answers, as JSON, or as text if it is plain."""
    status, told = run(*words, "-c", "myconnection", *(() if plain else ("--format", "json")), given=given)
    assert (status != 0) is fails, f"snow {' '.join(words)} ended with {status}: {told}"
    return told if fails or plain else json.loads(told or "null")


def named(rows):
    return [row["name"] for row in rows]


with check("connection test, list"):
    equal(snow("connection", "test")["Status"], "OK")
    _, listed = run("connection", "list", "--format", "json")
    assert "myconnection" in [one["connection_name"] for one in json.loads(listed)], listed
with check("sql -q, several at once"):
    snow(
        "sql",
        "-q",
        "create database d; create warehouse w; create schema d.s; alter user snowcore set default_warehouse = w",
    )
    equal(snow("sql", "-q", "select 1 as a, 'it''s' as b"), [{"A": 1, "B": "it's"}])
    equal(snow("sql", "-q", "select 1 as a; select 2 as b"), [[{"A": 1}], [{"B": 2}]])
with check("sql -f, -i, -D, formats"):
    pathlib.Path("a.sql").write_text(
        "create table d.s.t (i int);\ninsert into d.s.t values (1), (2);\nselect count(*) as n from d.s.t;\n"
    )
    equal(snow("sql", "-f", "a.sql")[-1], [{"N": 2}])
    equal(snow("sql", "-q", "select <% x %> as a", "-D", "x=5"), [{"A": 5}])
    assert "A" in snow("sql", "-q", "select 1 as a", "--format", "csv", plain=True)
    equal(snow("sql", "-i", given="select 7 as a"), [{"A": 7}])
    pathlib.Path("outer.sql").write_text("!source a2.sql\nselect 2 as b;\n")
    pathlib.Path("a2.sql").write_text("select 1 as a;\n")
    equal(snow("sql", "-f", "outer.sql"), [[{"A": 1}], [{"B": 2}]])
with check("sql: errors, a transaction"):
    assert "NOPE" in snow("sql", "-q", "select * from nope", "--database", "d", fails=True)
    snow("sql", "-q", "insert into d.s.t values (9); select * from nope", "--single-transaction", fails=True)
    equal(snow("sql", "-q", "select count(*) as n from d.s.t where i = 9"), [{"N": 0}])
with check("sql: a query in the background"):
    (found,) = snow("sql", "-q", "select 42 as a;>")
    text = json.dumps(found)
    assert "!result" in text or "scheduled" in text.lower(), text
with check("object list, of every kind"):
    equal(named(snow("object", "list", "database")), ["D"])
    equal(named(snow("object", "list", "table", "--in", "schema", "s", "--database", "d")), ["T"])
    kinds = (
        "compute-pool function image-repository integration network-rule notebook procedure role schema secret service"
    )
    for kind in f"{kinds} stage stream streamlit task user view warehouse external-access-integration".split():
        snow("object", "list", kind, "--database", "d")
    equal(named(snow("object", "list", "table", "--like", "x%", "--database", "d")), [])
with check("object list: git repositories"):
    equal(snow("object", "list", "git-repository", "--database", "d"), [])
with check("object describe, create, drop"):
    equal(named(snow("object", "describe", "table", "d.s.t")), ["I"])
    snow("object", "describe", "warehouse", "w")
    snow("object", "describe", "schema", "d.s")
    snow("object", "create", "database", "name=made", "comment=mine")
    equal(
        snow("sql", "-q", "select comment from d.information_schema.databases where database_name = 'MADE'"),
        [{"COMMENT": "mine"}],
    )
    snow("object", "create", "warehouse", "--json", '{"name": "small", "warehouse_size": "XSMALL"}')
    snow("object", "create", "schema", "name=more", "--database", "made")
    snow("object", "create", "stage", "name=st2", *PLACE)
    snow(
        "object",
        "create",
        "table",
        "--json",
        '{"name": "t2", "columns": [{"name": "c", "datatype": "number"}]}',
        *PLACE,
    )
    snow("object", "drop", "table", "d.s.t2")
    snow("object", "drop", "stage", "d.s.st2")
    snow("object", "drop", "warehouse", "small")
    snow("object", "drop", "database", "made")
    snow("object", "create", "view", "--json", '{"name": "v"}', *PLACE, fails=True)

pathlib.Path("in").mkdir()
pathlib.Path("in/a.csv").write_text("1\n")
pathlib.Path("in/b.csv").write_text("2\n")
with check("stage create, list, describe"):
    snow("stage", "create", "st", *PLACE)
    equal(named(snow("stage", "list", *PLACE)), ["ST"])
    snow("stage", "describe", "st", *PLACE)
with check("stage copy, up and down, whole folders"):
    snow("stage", "copy", "in/", "@st/x", *PLACE)
    equal(sorted(named(snow("stage", "list-files", "@st", *PLACE))), ["st/x/a.csv", "st/x/b.csv"])
    pathlib.Path("in/deep").mkdir()
    pathlib.Path("in/deep/c.csv").write_text("3\n")
    snow("stage", "copy", "in/", "@st/y", "--recursive", *PLACE)
    equal(len(snow("stage", "list-files", "@st/y", *PLACE)), 3)
    equal(named(snow("stage", "list-files", "@st", "--pattern", ".*b.csv", *PLACE))[0], "st/x/b.csv")
    snow("stage", "copy", "@st/x", "out/", *PLACE)
    equal(sorted(path.read_text() for path in pathlib.Path("out").rglob("*.csv")), ["1\n", "2\n"])
    snow("stage", "copy", "@st/y", "out2/", "--recursive", *PLACE)
    assert pathlib.Path("out2/deep/c.csv").exists() or pathlib.Path("out2/y/deep/c.csv").exists()
    snow("stage", "copy", "@st/x", "@st/z", *PLACE)
    equal(len(snow("stage", "list-files", "@st/z", *PLACE)), 2)
with check("stage execute: SQL and Python"):
    pathlib.Path("run.sql").write_text("insert into d.s.t values (3);")
    pathlib.Path("run.py").write_text(
        "from snowflake.snowpark import Session\nsession = Session.builder.getOrCreate()\n"
        "session.sql('insert into d.s.t values (4)').collect()\n"
    )
    snow("stage", "copy", "run.sql", "@st", *PLACE)
    snow("stage", "execute", "@st/run.sql", *PLACE)
    equal(snow("sql", "-q", "select max(i) as n from d.s.t"), [{"N": 3}])
    snow("stage", "copy", "run.py", "@st", *PLACE)
    snow("stage", "execute", "@st/run.py", *PLACE, plain=True)
    equal(snow("sql", "-q", "select max(i) as n from d.s.t"), [{"N": 4}])
with check("stage execute with variables, of folders, and what fails"):
    pathlib.Path("given.sql").write_text("insert into d.s.t values ({{ n }});")
    snow("stage", "copy", "given.sql", "@st", *PLACE)
    snow("stage", "execute", "@st/given.sql", "-D", "n=7", *PLACE)
    equal(snow("sql", "-q", "select max(i) as n from d.s.t"), [{"N": 7}])
    pathlib.Path("wrong.sql").write_text("select * from nope;")
    snow("stage", "copy", "wrong.sql", "@st/many", *PLACE)
    snow("stage", "copy", "run.sql", "@st/many", *PLACE)
    told = snow("stage", "execute", "@st/many/*", "--on-error", "continue", *PLACE)
    equal(sorted(row["Status"] for row in told), ["FAILURE", "SUCCESS"])
    snow("stage", "execute", "@st/many/wrong.sql", *PLACE, fails=True)
with check("stage diff"):
    told = snow("stage", "diff", "@st/y", "in", *PLACE)
    equal([len(told[kind]) for kind in ("modified", "added", "deleted")], [0, 0, 0])
with check("stage remove, drop"):
    snow("stage", "remove", "@st", "x/a.csv", *PLACE)
    equal(len(snow("stage", "list-files", "@st/x", *PLACE)), 1)
    snow("stage", "drop", "st", *PLACE)

with check("spcs compute-pool create, list, describe, set, unset, suspend, resume"):
    snow("spcs", "compute-pool", "create", "p", "--family", "CPU_X64_XS", "--min-nodes", "1", "--max-nodes", "2")
    equal(named(snow("spcs", "compute-pool", "list")), ["P"])
    snow("spcs", "compute-pool", "describe", "p")
    snow("spcs", "compute-pool", "set", "p", "--min-nodes", "2", "--comment", "mine")
    snow("spcs", "compute-pool", "unset", "p", "--comment")
    snow("spcs", "compute-pool", "suspend", "p")
    snow("spcs", "compute-pool", "resume", "p")
pathlib.Path("spec.yaml").write_text("spec:\n  containers:\n  - name: main\n    image: /d/s/images/nothing:1\n")
with check("spcs service create, list, describe, status, instances, containers, endpoints, roles"):
    snow("spcs", "service", "create", "svc", "--compute-pool", "p", "--spec-path", "spec.yaml", *PLACE)
    equal(named(snow("spcs", "service", "list", *PLACE)), ["SVC"])
    snow("spcs", "service", "describe", "svc", *PLACE)
    assert "PENDING" in snow("spcs", "service", "status", "svc", *PLACE, plain=True)
    for what in ("instances", "containers", "endpoints", "roles"):
        equal(len(snow("spcs", "service", f"list-{what}", "svc", *PLACE)), what != "endpoints")
with check("spcs service set, unset, upgrade, suspend, resume, logs, drop"):
    snow("spcs", "service", "set", "svc", "--max-instances", "2", "--comment", "mine", *PLACE)
    snow("spcs", "service", "unset", "svc", "--comment", *PLACE)
    snow("spcs", "service", "upgrade", "svc", "--spec-path", "spec.yaml", *PLACE)
    snow("spcs", "service", "suspend", "svc", *PLACE)
    snow("spcs", "service", "resume", "svc", *PLACE)
    snow("spcs", "service", "logs", "svc", "--container-name", "main", "--instance-id", "0", *PLACE, plain=True)
    snow("spcs", "service", "drop", "svc", *PLACE)
with check("spcs service execute-job"):
    words = ("--compute-pool", "p", "--spec-path", "spec.yaml", "--async")
    snow("spcs", "service", "execute-job", "job", *words, *PLACE)
    snow("spcs", "service", "drop", "job", *PLACE)
with check("spcs compute-pool status, stop-all, drop"):
    snow("spcs", "compute-pool", "status", "p")
    snow("spcs", "compute-pool", "stop-all", "p")
    snow("spcs", "compute-pool", "drop", "p")
with check("spcs image-repository create, list, url; image-registry url"):
    snow("spcs", "image-repository", "create", "images", *PLACE)
    equal(named(snow("spcs", "image-repository", "list", *PLACE)), ["IMAGES"])
    assert "/d/s/images" in json.dumps(snow("spcs", "image-repository", "url", "images", *PLACE))
    snow("spcs", "image-registry", "url", *PLACE, plain=True)
with check("spcs image-repository list-images, drop"):
    equal(snow("spcs", "image-repository", "list-images", "images", *PLACE), [])
    snow("spcs", "image-repository", "drop", "images", *PLACE)

pathlib.Path("project/app").mkdir(parents=True)
pathlib.Path("project/snowflake.yml").write_text(
    """definition_version: 2
mixins:
  shared: {stage: d.s.code, artifacts: [{src: app/, dest: my_app}]}
entities:
  greet:
    type: procedure
    identifier: {name: greet, database: d, schema: s}
    handler: work.greet
    returns: varchar
    signature: [{name: who, type: varchar}]
    runtime: '3.10'
    artifact_repository_packages: []
    meta: {use_mixins: [shared]}
  plus_one:
    type: function
    identifier: {name: plus_one, database: d, schema: s}
    handler: work.plus_one
    returns: int
    signature: [{name: n, type: int}]
    runtime: '3.10'
    meta: {use_mixins: [shared]}
"""
)
pathlib.Path("project/app/__init__.py").write_text("")
pathlib.Path("project/app/work.py").write_text(
    "def greet(session, who):\n    return 'hello ' + who\n\n\ndef plus_one(n):\n    return n + 1\n"
)
pathlib.Path("project/requirements.txt").write_text("snowflake-snowpark-python\n")
project = ("--project", "project")
with check("snowpark build, deploy"):
    snow("snowpark", "build", *project, "--ignore-anaconda", "--allow-shared-libraries", plain=True)
    snow("sql", "-q", "create stage d.s.code")
    snow("snowpark", "deploy", *project, *PLACE, plain=True)
with check("snowpark execute, describe, list, deploy --replace, drop"):
    assert "hello Ada" in json.dumps(snow("snowpark", "execute", "procedure", "greet('Ada')", *PLACE))
    assert "42" in json.dumps(snow("snowpark", "execute", "function", "plus_one(41)", *PLACE))
    snow("snowpark", "describe", "procedure", "greet(varchar)", *PLACE)
    assert "PLUS_ONE" in json.dumps(snow("snowpark", "list", "function", *PLACE))
    path = pathlib.Path("project/app/work.py")
    path.write_text(path.read_text().replace("hello ", "good day, "))
    snow("snowpark", "build", *project, "--ignore-anaconda", "--allow-shared-libraries", plain=True)
    snow("snowpark", "deploy", "--replace", *project, *PLACE, plain=True)
    assert "good day, Ada" in json.dumps(snow("snowpark", "execute", "procedure", "greet('Ada')", *PLACE))
    snow("snowpark", "drop", "function", "plus_one(int)", *PLACE)

pathlib.Path("pages/pages").mkdir(parents=True)
pathlib.Path("pages/streamlit_app.py").write_text("import streamlit as st\nst.write('hello')\n")
pathlib.Path("pages/pages/more.py").write_text("import streamlit as st\n")
pathlib.Path("pages/environment.yml").write_text("name: sf_env\nchannels: [snowflake]\ndependencies: [pandas]\n")
pathlib.Path("pages/snowflake.yml").write_text(
    "definition_version: 2\nentities:\n  app:\n    type: streamlit\n"
    "    identifier: {name: app, database: d, schema: s}\n"
    "    title: mine\n"
    "    query_warehouse: w\n    main_file: streamlit_app.py\n    pages_dir: pages\n    stage: pages\n"
    "    artifacts: [streamlit_app.py, environment.yml, pages]\n"
)
with check("streamlit deploy, list, describe, get-url, share, drop"):
    snow("streamlit", "deploy", "--project", "pages", *PLACE, plain=True)
    equal(named(snow("streamlit", "list", *PLACE)), ["APP"])
    snow("streamlit", "describe", "app", *PLACE)
    snow("streamlit", "deploy", "--replace", "--project", "pages", *PLACE, plain=True)
    assert "app" in snow("streamlit", "get-url", "app", *PLACE, plain=True).lower()
    snow("sql", "-q", "create role viewer")
    snow("streamlit", "share", "app", "viewer", *PLACE)
    snow("streamlit", "drop", "app", *PLACE)
with check("notebook create, get-url"):
    cell = {"cell_type": "code", "metadata": {"name": "a"}, "source": ["1 + 1"], "outputs": [], "execution_count": None}
    pathlib.Path("n.ipynb").write_text(
        json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )
    snow("stage", "create", "notes", *PLACE)
    snow("stage", "copy", "n.ipynb", "@notes", *PLACE)
    snow("notebook", "create", "n", "--notebook-file", "@d.s.notes/n.ipynb", *PLACE, "--warehouse", "w")
    snow("notebook", "get-url", "n", *PLACE, plain=True)
with check("cortex complete, summarize, translate, extract-answer, sentiment"):
    assert "hello" in snow("cortex", "complete", "hello", "--backend", "sql", plain=True)
    assert "hello" in snow("cortex", "complete", "hello", "--backend", "rest", plain=True)
    assert "a text" in snow("cortex", "summarize", "a text", plain=True)
    assert "a text" in snow("cortex", "translate", "a text", "--from", "en", "--to", "de", plain=True)
    assert "which" in snow("cortex", "extract-answer", "which?", "a text", plain=True)
    float(snow("cortex", "sentiment", "a text", plain=True))
with check("git list"):
    equal(snow("git", "list", *PLACE), [])
with check("dbt list"):
    equal(snow("dbt", "list", *PLACE), [])
with check("dcm list"):
    equal(snow("dcm", "list", *PLACE), [])
with check("logs of an object"):
    snow("logs", "table", "d.s.t", "--table", "snowflake.telemetry.events", plain=True)
with check("helpers, init from a template on this disk"):
    pathlib.Path("model/own").mkdir(parents=True)
    pathlib.Path("model/own/template.yml").write_text("files_to_render: [a.txt]\nvariables: [{name: who}]\n")
    pathlib.Path("model/own/a.txt").write_text("hello <! who !>\n")
    status, told = run("init", "made", "--template-source", "model/own", "-D", "who=Ada")
    equal((status, told if status else ""), (0, ""))
    equal(pathlib.Path("made/a.txt").read_text(), "hello Ada\n")
