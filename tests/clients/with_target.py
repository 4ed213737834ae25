"""Meltano's target-snowflake: messages of Singer, appended, upserted, overwritten, with columns that come later."""

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
BASE = {name: entry[name] for name in ("account", "user", "password")}
BASE |= {"database": "D", "warehouse": "W", "role": "ACCOUNTADMIN", "default_target_schema": "loaded"}
TEXT, WHOLE = {"type": ["string", "null"]}, {"type": ["integer", "null"]}


def schema(stream, keys=("id",), **properties):
    told = {"type": "object", "properties": properties}
    return {"type": "SCHEMA", "stream": stream, "key_properties": list(keys), "schema": told}


def record(stream, **values):
    return {"type": "RECORD", "stream": stream, "record": values}


def load(*messages, fails=False, **settings):
    Path("config.json").write_text(json.dumps(BASE | settings))
    text = "".join(json.dumps(message) + "\n" for message in messages)
    done = subprocess.run(
        ["target-snowflake", "--config", "config.json"], input=text, capture_output=True, text=True, cwd="."
    )
    assert (done.returncode != 0) is fails, done.stderr[-6000:]
    return done.stdout


def rows(sql):
    return cursor.execute(sql).fetchall()


PEOPLE = schema("people", id=WHOLE, name=TEXT)
with check("a stream is made and loaded, with a state"):
    told = load(
        PEOPLE,
        record("people", id=1, name="Ada"),
        record("people", id=2, name="it's"),
        {"type": "STATE", "value": {"at": 2}},
    )
    equal(json.loads(told.splitlines()[-1]), {"at": 2})
    equal(rows("select id, name from d.loaded.people order by id"), [(1, "Ada"), (2, "it's")])
with check("upsert by the keys"):
    load(PEOPLE, record("people", id=2, name="Bo"), record("people", id=3, name=None))
    equal(rows("select id, name from d.loaded.people order by id"), [(1, "Ada"), (2, "Bo"), (3, None)])
with check("a column that comes later, a type that grows"):
    load(
        schema("people", id=WHOLE, name=TEXT, pay={"type": ["number", "null"]}),
        record("people", id=4, name="Di", pay=1.5),
    )
    equal(rows("select id, pay from d.loaded.people where pay is not null"), [(4, 1.5)])
with check("values of all types"):
    kinds = schema(
        "kinds",
        id=WHOLE,
        b={"type": ["boolean", "null"]},
        d={"type": ["string", "null"], "format": "date"},
        t={"type": ["string", "null"], "format": "time"},
        at={"type": ["string", "null"], "format": "date-time"},
        o={"type": ["object", "null"], "properties": {"x": WHOLE}},
        a={"type": ["array", "null"], "items": WHOLE},
        v={"type": ["string", "null"], "maxLength": 20},
    )
    load(
        kinds,
        record(
            "kinds", id=1, b=True, d="2024-01-02", t="03:04:05", at="2024-01-02T03:04:05Z", o={"x": 1}, a=[1, 2], v="ö"
        ),
        record("kinds", id=2),
    )
    equal(
        rows("select b, d::varchar, t::varchar, o:x::int, a[1]::int, v from d.loaded.kinds where id = 1"),
        [(True, "2024-01-02", "03:04:05", 1, 2, "ö")],
    )
    equal(rows("select at::varchar from d.loaded.kinds where id = 1")[0][0][:19], "2024-01-02 03:04:05")
    types = {row[0]: row[1] for row in rows("describe table d.loaded.kinds")}
    equal((types["O"], types["A"], types["V"]), ("VARIANT", "VARIANT", "VARCHAR(20)"))
with check("append only, and overwrite"):
    other = schema("other", id=WHOLE)
    for _ in range(2):
        load(other, record("other", id=1), load_method="append-only")
    equal(rows("select count(*) from d.loaded.other"), [(2,)])
    load(other, record("other", id=9), load_method="overwrite")
    equal(rows("select id from d.loaded.other"), [(9,)])
with check("no keys, mixed names, names that are reserved"):
    load(schema("Mixed-Case", keys=(), Select=TEXT, aB=WHOLE), record("Mixed-Case", Select="x", aB=1))
    assert rows("select count(*) from information_schema.tables where table_schema = 'LOADED'")[0][0] >= 4
with check("metadata of records, activated versions, hard deletes"):
    version = {"type": "ACTIVATE_VERSION", "stream": "v", "version": 2}
    first = {**record("v", id=1), "version": 1}
    load(schema("v", id=WHOLE), first, {**version, "version": 1}, add_record_metadata=True)
    load(
        schema("v", id=WHOLE), {**record("v", id=2), "version": 2}, version, add_record_metadata=True, hard_delete=True
    )
    equal(rows("select id from d.loaded.v"), [(2,)])
with check("5,000 rows in batches"):
    many = [record("many", id=n, name=str(n)) for n in range(5000)]
    load(schema("many", id=WHOLE, name=TEXT), *many, batch_size_rows=2000)
    equal(rows("select count(*), max(id) from d.loaded.many"), [(5000, 4999)])
with check("a record that does not fit its schema stops it"):
    load(PEOPLE, record("people", id="x", name="y"), fails=True)
connection.close()
