from pathlib import Path

from snowcore import LocalAccount, Root
from snowcore.pictures import draw_svg, draw_text
from snowcore.task.dagv1 import DAG, DAGOperation, DAGTask

with LocalAccount() as account, DAG("nightly") as dag:
    account.execute("create database shop")
    schema = Root(account).databases["shop"].schemas["public"]
    load = DAGTask("load", "create table orders as select 1 id, 9.99 amount")
    load >> [DAGTask("total", "select sum(amount) from orders"), DAGTask("check", "select count(*) from orders")]
    operation = DAGOperation(schema)
    operation.deploy(dag)
    run = operation.run_and_wait(dag).attempts
    print(draw_text(schema.tasks["nightly"], run))
    Path("nightly.svg").write_text(draw_svg(schema.tasks["nightly"], run))
