"""Snowflake's own snowflake.core, unmodified."""

import time
import warnings
from datetime import timedelta

import snowflake.connector

from snowflake.core import Root
from snowflake.core._internal.telemetry import ApiTelemetryClient  # noqa: F401  only Snowflake's distribution has it
from snowflake.core.database import Database
from snowflake.core.exceptions import ConflictError, NotFoundError
from snowflake.core.schema import Schema
from snowflake.core.table import Table, TableColumn
from snowflake.core.task import Task
from snowflake.core.warehouse import Warehouse

warnings.simplefilter("ignore")
connection = snowflake.connector.connect(connection_name="myconnection")
root = Root(connection)


def one(sql):
    return connection.cursor().execute(sql).fetchone()[0]


def fails(call, kind):
    try:
        call()
    except kind:
        return
    raise AssertionError(f"no {kind.__name__}")


root.warehouses.create(Warehouse(name="w", warehouse_size="XSMALL", auto_suspend=60))
assert [warehouse.name for warehouse in root.warehouses.iter()] == ["W"]
assert root.warehouses["w"].fetch().auto_suspend == 60

root.databases.create(Database(name="d"))
assert [database.name for database in root.databases.iter(like="d%")] == ["D"]
database = root.databases["d"]
database.schemas.create(Schema(name="s"))
fails(lambda: database.schemas.create(Schema(name="s")), ConflictError)
schema = database.schemas["s"]

columns = [TableColumn(name="a", datatype="int", nullable=False), TableColumn(name="b", datatype="varchar(5)")]
schema.tables.create(Table(name="t", columns=columns))
assert one("insert into d.s.t values (1, 'x')") == 1
assert [(table.name, table.rows) for table in schema.tables.iter()] == [("T", 1)]
assert [column.datatype for column in schema.tables["t"].fetch().columns] == ["NUMBER(38,0)", "VARCHAR(5)"]

task = schema.tasks.create(
    Task(name="k", definition="insert into d.s.t values (2, 'y')", schedule=timedelta(minutes=5))
)
task.execute()
while not list(task.get_complete_graphs(error_only=False)):
    time.sleep(0.05)
assert one("select count(*) from d.s.t") == 2
task.resume()
assert task.fetch().state == "started"
task.suspend()
fails(lambda: schema.tasks["nope"].fetch(), NotFoundError)

schema.tables["t"].drop()
schema.tables["t"].undrop()
database.drop()
database.undrop()
assert one("select count(*) from d.s.t") == 2
assert connection.cursor().execute("show tasks in schema d.s").fetchall()[0][1] == "K"
connection.close()
print("done")
