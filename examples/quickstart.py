"""A database, a schema, a table, a warehouse and a task, on an account that lives in this process."""

import time

from snowcore import LocalAccount, Root
from snowcore.database import Database
from snowcore.schema import Schema
from snowcore.table import Table, TableColumn
from snowcore.task import Task
from snowcore.warehouse import Warehouse

with LocalAccount() as account:
    root = Root(account)

    warehouse = root.warehouses.create(Warehouse("my_wh", warehouse_size="XSMALL"))
    database = root.databases.create(Database("mydb"))
    schema = database.schemas.create(Schema("myschema"))
    schema.tables.create(
        Table(
            name="greetings",
            columns=[TableColumn(name="id", datatype="int"), TableColumn(name="word", datatype="varchar(20)")],
        )
    )
    task = schema.tasks.create(
        Task("my_task", "insert into greetings values (1, 'hello'), (2, 'world')", warehouse=warehouse.name)
    )

    task.execute()  # which answers at once

    while not (runs := task.get_complete_graphs(error_only=False)):
        time.sleep(0.1)
    for run in runs:
        print(f"{run.root_task_name}: {run.state}")
    for row in account.execute("select id, word from mydb.myschema.greetings order by id"):
        print(row)
