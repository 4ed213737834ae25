"""A task, through Snowpark and a profile of connections.toml: on `snowcore serve`, or on any account.

snowcore serve          # in another terminal; put the entry that it prints into connections.toml
python examples/snowpark_task.py
"""

import time

from snowflake.snowpark import Session

from snowcore import CreateMode, Root
from snowcore.database import Database
from snowcore.schema import Schema
from snowcore.table import Table, TableColumn
from snowcore.task import Task

session = Session.builder.config("connection_name", "myconnection").create()
root = Root(session)

database = root.databases.create(Database("mydb"), mode=CreateMode.if_not_exists)
schema = database.schemas.create(Schema("myschema"), mode=CreateMode.if_not_exists)
schema.tables.create(
    Table(name="runs", columns=[TableColumn(name="at", datatype="timestamp_ltz")]), mode=CreateMode.if_not_exists
)
schema.tasks.create(Task("my_task", "insert into runs select current_timestamp()"), mode=CreateMode.or_replace)

tasks = root.databases["mydb"].schemas["myschema"].tasks
tasks["my_task"].execute()  # which answers at once

while not (runs := tasks["my_task"].get_complete_graphs(error_only=False)):
    time.sleep(0.1)
for run in runs:
    print(run.root_task_name, run.state)
print(session.table("mydb.myschema.runs").count(), "rows")
session.close()
