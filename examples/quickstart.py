from pathlib import Path

from snowcore import LocalAccount, Root
from snowcore.pictures import draw_svg, draw_text, fetch_run
from snowcore.task.dagv1 import DAG, DAGOperation, DAGTask

with LocalAccount() as account, DAG("nightly") as dag:
    account.execute("create database shop")
    schema = Root(account).databases["shop"].schemas["public"]
    load = DAGTask("load", "create table orders as select 1 id, 9.99 amount")
    load >> [DAGTask("total", "select sum(amount) from orders"), DAGTask("check", "select count(*) from orders")]
    DAGOperation(schema).deploy(dag)
    schema.tasks["nightly"].execute()
    account.advance(seconds=1)  # by which the run has ended
    run = fetch_run(schema.tasks["nightly"])
    print(draw_text(schema.tasks["nightly"], run))
    Path("nightly.svg").write_text(draw_svg(schema.tasks["nightly"], run))
