"""Snowpark's session and our API together, as in the first example of the documentation."""

import time
from datetime import timedelta

from snowflake.snowpark import Session

from snowflake.core import Root
from snowflake.core.task import Task
from snowflake.core.warehouse import Warehouse

session = Session.builder.config("connection_name", "myconnection").create()
root = Root(session)

warehouse = root.warehouses.create(Warehouse(name="my_wh", warehouse_size="XSMALL", auto_suspend=600))
session.sql("create database my_db").collect()
session.sql("create table log (word varchar)").collect()
session.use_warehouse("my_wh")

tasks = root.databases["my_db"].schemas["public"].tasks
task = tasks.create(Task("my_task", "insert into log values ('hello')", schedule=timedelta(hours=4), warehouse="my_wh"))
assert [one.name for one in tasks.iter(like="my%")] == ["MY_TASK"]
task.execute()
while not (runs := task.get_complete_graphs(error_only=False)):
    time.sleep(0.05)
assert [run.state for run in runs] == ["SUCCEEDED"]
assert [row.WORD for row in session.table("log").collect()] == ["hello"]
task.resume()
assert task.fetch().state == "started"
task.suspend()
task.drop()
warehouse.drop()
assert [row["name"] for row in session.sql("show tasks").collect()] == []
session.close()
print("done")
