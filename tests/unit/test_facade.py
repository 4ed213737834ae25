"""Collections and handles: what they send, and when."""

from __future__ import annotations

import asyncio
import inspect
import pickle
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import attrs
import pytest

from snowcore import Clone, CreateMode, PointOfTimeOffset, PollingOperation, Root
from snowcore.compute_pool import ComputePool
from snowcore.database import Database
from snowcore.exceptions import APIError, ConflictError, NotFoundError
from snowcore.schema import Schema
from snowcore.service import Service, ServiceSpec, ServiceSpecInlineText, ServiceSpecStageFile
from snowcore.table import PrimaryKey, Table, TableColumn
from snowcore.tag import Tag, TagValue
from snowcore.task import Cron, OverlapPolicy, Task
from snowcore.warehouse import Warehouse

from ..conftest import Answer, Script, answer

Make = Callable[..., tuple[Root, Script]]


def test_local_references_send_nothing(script: Make) -> None:
    root, account = script()
    schema = root.databases["d"].schemas["s"]
    for collection in (
        root.warehouses,
        root.compute_pools,
        schema.tables,
        schema.tasks,
        schema.services,
        schema.stages,
        schema.image_repositories,
        schema.tags,
    ):
        handle = collection["x"]
        assert handle.name == "x" and handle.root is root and collection["x"] is handle
        repr(collection), repr(handle), list(collection), collection.keys(), collection.items()
    assert schema.tasks["t"].fully_qualified_name == "d.s.t"
    assert schema.qualified_name == "d.s"
    assert account.requests == []


def test_reprs_say_where_things_are(script: Make) -> None:
    root, _ = script()
    assert repr(root.databases) == "<DatabaseCollection>"
    assert repr(root.databases["D"].schemas["S"].tables) == "<TableCollection: 'D.S'>"
    assert repr(root.databases["D"].schemas["S"].tables["t"]) == "<TableResource: 'D.S.t'>"


def test_names_travel_as_they_are_written(script: Make) -> None:
    root, account = script(answer(200, {"name": "x", "definition": "select 1"}))
    root.databases['"a/b"'].schemas["ç$"].tasks["T,(x) "].fetch()
    assert account.lines == ["GET /api/v2/databases/%22a%2Fb%22/schemas/%C3%A7%24/tasks/T%2C%28x%29%20"]


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_names_that_would_change_the_path_are_refused(script: Make, name: str) -> None:
    root, account = script()
    with pytest.raises(ValueError, match="name"):
        root.databases[name].fetch()
    with pytest.raises(ValueError, match="name"):
        root.databases[name].fetch_async()
    assert account.requests == []


def test_create_sends_one_request_and_gives_the_handle(script: Make) -> None:
    root, account = script()
    handle = root.databases.create(Database("db", comment="ours"), mode=CreateMode.or_replace)
    assert handle is root.databases["db"]
    assert account.lines == ["POST /api/v2/databases?createMode=orReplace"]
    assert account.bodies == [{"name": "db", "comment": "ours", "kind": "PERMANENT"}]


def test_dicts_are_taken_where_models_are(script: Make) -> None:
    root, account = script()
    schema = root.databases["d"].schemas["s"]
    schema.tables.create({"name": "t", "columns": [{"name": "c", "datatype": "int"}]})  # type: ignore[arg-type]
    assert account.bodies == [
        {"name": "t", "kind": "PERMANENT", "columns": [{"name": "c", "datatype": "int", "nullable": True}]}
    ]
    with pytest.raises(TypeError, match="datatype"):
        schema.tables.create({"name": "t", "columns": [{"name": "c", "datatype": 5}]})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mode", "sent"), [("or_replace", "orReplace"), ("IFNOTEXISTS", "ifNotExists"), ("errorIfExists", "errorIfExists")]
)
def test_modes_are_taken_by_name_or_value(script: Make, mode: Any, sent: str) -> None:
    root, account = script()
    root.warehouses.create(Warehouse("w"), mode=mode)
    assert account.lines == [f"POST /api/v2/warehouses?createMode={sent}"]
    with pytest.raises(ValueError, match="mode"):
        root.warehouses.create(Warehouse("w"), mode="sometimes")  # type: ignore[arg-type]


def test_what_the_server_sets_is_not_sent_back(script: Make) -> None:
    root, account = script()
    warehouse = Warehouse.from_dict({"name": "W", "state": "STARTED", "owner": "ME", "auto_suspend": 60, "new": 1})
    root.warehouses["w"].create_or_alter(warehouse)
    assert account.bodies == [{"name": "W", "auto_suspend": 60}]


def test_a_description_names_what_it_is_of(script: Make) -> None:
    root, account = script()
    schema = root.databases["d"].schemas["s"]
    root.warehouses["w"].create_or_alter(Warehouse("other"))
    schema.tasks["t"].create_or_alter(Task("other", "select 1"))
    schema.tags["t"].create_or_alter(Tag(name="T"))
    assert account.lines == [
        "PUT /api/v2/warehouses/other",
        "PUT /api/v2/databases/d/schemas/s/tasks/other",
        "PUT /api/v2/databases/d/schemas/s/tags/t",
    ]
    with pytest.raises(ValueError, match="different name than the one specified in the tag argument"):
        schema.tags["t"].create_or_alter(Tag(name="other"))


def test_list_arguments_become_the_apis(script: Make) -> None:
    root, account = script(answer(200, []))
    list(root.databases["d"].schemas["s"].tables.iter(like="é%&=", limit=5, from_name="a b", deep=True))
    assert account.lines == [
        "GET /api/v2/databases/d/schemas/s/tables"
        "?like=%C3%A9%25%26%3D&showLimit=5&fromName=a%20b&history=false&deep=true"
    ]
    with pytest.raises(ValueError, match="show_limit"):
        root.databases["d"].schemas["s"].tables.iter(limit=0)


LINK = ",".join(f'</api/v2/results/h?page={n}>; rel="{rel}"' for n, rel in enumerate(("first", "next", "last")))


def pages(_: str, target: str) -> Answer:
    """A list of three pages."""
    if "page=" in target:
        return answer(200, [{"name": "CD"[int(target[-1]) - 1]}])
    return answer(200, [{"name": "A"}, {"name": "B"}], link=LINK)


def test_pages_are_fetched_as_they_are_reached(script: Make) -> None:
    root, account = script(pages)
    warehouses = root.warehouses.iter()
    assert account.lines == ["GET /api/v2/warehouses"]
    assert next(warehouses).name == "A"
    assert "GET /api/v2/results/h?page=2" not in account.lines
    assert [next(warehouses).name for _ in range(3)] == ["B", "C", "D"]
    assert account.lines[1:] == ["GET /api/v2/results/h?page=1", "GET /api/v2/results/h?page=2"]


def test_lists_go_on_where_they_were_left(script: Make) -> None:
    root, _ = script(pages)
    warehouses = root.warehouses.iter()
    assert iter(warehouses) is warehouses
    assert next(warehouses).name == "A"
    for warehouse in warehouses:
        assert warehouse.name == "B"
        break
    assert [w.name for w in warehouses] == ["C", "D"]
    assert list(warehouses) == []


def test_what_is_no_collection_is_a_list(script: Make) -> None:
    root, _ = script(pages, pages)
    task = root.databases["d"].schemas["s"].tasks["t"]
    runs = task.get_complete_graphs(error_only=False)
    assert isinstance(runs, list) and len(runs) == 4
    assert len(task.get_complete_graphs_async().result(timeout=60)) == 4


def test_lists_can_be_walked_in_asyncio(script: Make) -> None:
    root, _ = script(pages)

    async def main() -> list[str]:
        return [w.name async for w in root.warehouses.iter_async()]

    assert asyncio.run(main()) == ["A", "B", "C", "D"]


def test_pages_that_each_name_the_next(script: Make) -> None:
    root, account = script(
        answer(200, [{"name": "A"}], link='</api/v2/results/h?page=1>; rel="next"'),
        answer(200, [{"name": "B"}], link='</api/v2/results/h?page=2>; rel="next"'),
        answer(200, [{"name": "C"}]),
    )
    assert [w.name for w in root.warehouses.iter()] == ["A", "B", "C"]
    assert account.lines[2] == "GET /api/v2/results/h?page=2"


def test_a_large_result_notice_is_no_page(script: Make) -> None:
    link = '</api/v2/results/h?page=1>; rel="last"'
    root, account = script(
        answer(200, {"result_handler": "h", "message": "large"}, link=link),
        answer(200, [{"name": "A"}]),
        answer(200, [{"name": "B"}]),
    )
    assert [w.name for w in root.warehouses.iter()] == ["A", "B"]
    assert account.lines[1:] == ["GET /api/v2/results/h?page=0", "GET /api/v2/results/h?page=1"]


def test_async_twins_give_the_same_and_show_it(script: Make) -> None:
    root, _ = script(answer(200, {"name": "W"}))
    operation = root.warehouses["w"].fetch_async()
    assert isinstance(operation, PollingOperation)
    assert operation.result(timeout=60) == root.warehouses["w"].fetch()

    async def main() -> Warehouse:
        return await root.warehouses["w"].fetch_async()

    assert asyncio.run(main()).name == "W"
    collection = type(root.databases["d"].schemas["s"].tasks)
    blocking, background = inspect.signature(collection.create), inspect.signature(collection.create_async)
    assert blocking.parameters == background.parameters
    assert blocking.return_annotation == "TaskResource"
    assert background.return_annotation == "PollingOperation[TaskResource]"


def test_async_methods_refuse_bad_arguments_at_the_call(script: Make) -> None:
    root, account = script()
    with pytest.raises(ValueError, match="mode"):
        root.databases.create_async(Database("d"), mode="sometimes")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Options as_select, like_table are mutually exclusive"):
        root.databases["d"].schemas["s"].tables.create_async("t", as_select="select 1", like_table="u")
    assert account.requests == []


def test_async_errors_arrive_in_the_result(script: Make) -> None:
    root, _ = script(answer(404, {"message": "gone", "error_code": "002003"}))
    with pytest.raises(NotFoundError, match="gone"):
        root.databases["d"].fetch_async().result(timeout=60)
    assert isinstance(root.databases["d"].drop_async().exception(timeout=60), NotFoundError)


def test_errors_can_be_pickled(script: Make) -> None:
    root, _ = script(answer(409, {"message": "there already"}))
    with pytest.raises(ConflictError) as caught:
        root.databases.create(Database("d"))
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (type(copy), str(copy), copy.status) == (ConflictError, str(caught.value), 409)


def test_a_refused_connection_is_an_error_of_the_tree(unused_tcp_port: int) -> None:
    from snowcore import Client
    from snowcore._call import Options
    from snowflake_rest.warehouse import fetch_warehouse

    client = Client(f"http://127.0.0.1:{unused_tcp_port}", options=Options(retries=0))
    with pytest.raises(APIError, match="could not connect") as caught:
        client.send(fetch_warehouse("w"))
    assert caught.value.status == 0


def test_deprecated_names_warn_and_work(script: Make) -> None:
    root, account = script()
    with pytest.warns(DeprecationWarning, match="drop"):
        root.databases["d"].delete(if_exists=True)
    with pytest.warns(DeprecationWarning, match="create_or_alter"):
        root.warehouses["w"].create_or_update(Warehouse("w"))
    assert account.lines == ["DELETE /api/v2/databases/d?ifExists=true", "PUT /api/v2/warehouses/w"]


def test_clones_go_to_their_source(script: Make) -> None:
    root, account = script()
    schema = root.databases["d"].schemas["s"]
    moment = PointOfTimeOffset(reference="at", when="-5")
    schema.tables.create("copy", clone_table=Clone(source='other."a.b".t', point_of_time=moment))
    root.databases["d"].schemas.create(Schema("copy"), clone="s")
    root.databases.create(Database("copy"), clone="d")
    assert account.lines == [
        "POST /api/v2/databases/other/schemas/%22a.b%22/tables/t:clone"
        "?createMode=errorIfExists&copyGrants=false&targetDatabase=d&targetSchema=s",
        "POST /api/v2/databases/d/schemas/s:clone?createMode=errorIfExists&targetDatabase=d",
        "POST /api/v2/databases/d:clone?createMode=errorIfExists",
    ]
    assert account.bodies[0] == {
        "name": "copy",
        "kind": "PERMANENT",
        "point_of_time": {"point_of_time_type": "offset", "reference": "at", "offset": "-5"},
    }


def test_tables_come_from_queries_and_other_tables(script: Make) -> None:
    root, account = script()
    tables = root.databases["d"].schemas["s"].tables
    tables.create("a", as_select="select 1 as x")
    tables.create("b", like_table="a")
    assert account.lines == [
        "POST /api/v2/databases/d/schemas/s/tables:as-select"
        "?query=select%201%20as%20x&createMode=errorIfExists&copyGrants=false",
        "POST /api/v2/databases/d/schemas/s/tables/a:create-like?createMode=errorIfExists&copyGrants=false",
    ]
    with pytest.raises(ValueError, match="Options as_select, like_table are mutually exclusive"):
        tables.create("c", as_select="select 1", like_table="a")


def test_constraints_carry_their_type() -> None:
    table = Table(
        name="t", columns=[TableColumn(name="c", datatype="int")], constraints=[PrimaryKey(column_names=["c"])]
    )
    sent = table.to_dict()
    assert sent["constraints"] == [{"constraint_type": "PRIMARY KEY", "column_names": ["c"]}]
    assert Table.from_dict(sent) == table


def test_a_rename_takes_the_handle_along(script: Make) -> None:
    root, account = script()
    warehouse = root.warehouses["old"]
    warehouse.rename("new")
    assert warehouse.name == "new" and root.warehouses["new"] is warehouse and "old" not in root.warehouses
    assert account.lines == ["POST /api/v2/warehouses/old:rename"]
    assert account.bodies == [{"name": "new"}]


def test_schedules_are_python_here_and_json_there() -> None:
    every = Task("t", "select 1", schedule=timedelta(minutes=1, seconds=30))
    assert every.to_dict()["schedule"] == {"schedule_type": "MINUTES_TYPE", "minutes": 1, "seconds": 30}
    cron = Task("t", "select 1", schedule=Cron("0 9 * * *", "UTC"))
    assert cron.to_dict()["schedule"] == {"schedule_type": "CRON_TYPE", "cron_expr": "0 9 * * *", "timezone": "UTC"}
    for task in (every, cron):
        assert Task.from_dict(task.to_dict()) == task
    with pytest.raises(ValueError, match="schedule: expected a positive, whole number of seconds"):
        Task("t", "select 1", schedule=timedelta(milliseconds=1))
    with pytest.raises(TypeError, match=r"Task\.config"):
        Task("t", "select 1", config={"a": [1]})


def test_overlap_is_said_in_one_way() -> None:
    assert Task("t", "select 1").effective_overlap_policy is OverlapPolicy.NO_OVERLAP
    assert (
        Task("t", "s", allow_overlapping_execution=True).effective_overlap_policy is OverlapPolicy.ALLOW_CHILD_OVERLAP
    )
    with pytest.raises(ValueError, match="contradicts"):
        Task("t", "s", allow_overlapping_execution=True, overlap_policy=OverlapPolicy.NO_OVERLAP)
    task = Task("t", "s", allow_overlapping_execution=True)
    task.overlap_policy = OverlapPolicy.ALLOW_ALL_OVERLAP
    assert task.to_dict() == {"name": "t", "definition": "s", "overlap_policy": "ALLOW_ALL_OVERLAP"}


def test_overlap_is_told_in_both_ways() -> None:
    task = Task("t", "s", overlap_policy=OverlapPolicy.ALLOW_CHILD_OVERLAP)
    assert task.allow_overlapping_execution is True
    task.overlap_policy = OverlapPolicy.NO_OVERLAP
    assert task.allow_overlapping_execution is False
    task.overlap_policy = OverlapPolicy.ALLOW_ALL_OVERLAP
    assert task.allow_overlapping_execution is None
    task.allow_overlapping_execution = True
    assert task.overlap_policy is OverlapPolicy.ALLOW_CHILD_OVERLAP
    assert task.to_dict() == {"name": "t", "definition": "s", "allow_overlapping_execution": True}
    told = Task.from_dict({"name": "T", "overlap_policy": "NO_OVERLAP", "allow_overlapping_execution": True})
    assert told.allow_overlapping_execution is False, "the policy counts"
    assert "allow_overlapping_execution" not in told.to_dict()
    for copy in (pickle.loads(pickle.dumps(task)), attrs.evolve(task)):
        assert copy == task and copy.overlap_policy is OverlapPolicy.ALLOW_CHILD_OVERLAP
    assert Task.from_dict({"name": "T"}).to_dict() == {"name": "T"}
    assert Task.from_dict({"name": "T", "overlap_policy": "NEW"}).to_dict() == {"name": "T", "overlap_policy": "NEW"}


def test_task_lists_give_tasks(script: Make) -> None:
    row = {"name": "T", "definition": "x", "schedule": {"schedule_type": "MINUTES_TYPE", "minutes": 2}}
    root, account = script(answer(200, [row]))
    tasks = root.databases["d"].schemas["s"].tasks
    [task] = tasks.iter(root_only=True)
    assert isinstance(task, Task) and task.schedule == timedelta(minutes=2)
    assert [t.schedule for t in tasks["t"].fetch_task_dependents()] == [timedelta(minutes=2)]
    assert account.lines == [
        "GET /api/v2/databases/d/schemas/s/tasks?rootOnly=true",
        "GET /api/v2/databases/d/schemas/s/tasks/t/dependents",
    ]


def test_services_take_their_specification_from_text_or_stage() -> None:
    inline = ServiceSpec("spec:\n  containers: []\n")
    assert isinstance(inline, ServiceSpecInlineText)
    assert ServiceSpec("@stage/dir/spec.yaml") == ServiceSpecStageFile(stage="stage", spec_file="dir/spec.yaml")
    service = Service(name="s", compute_pool="p", spec=inline)
    assert service.to_dict()["spec"] == {"spec_type": "from_inline", "spec_text": "spec:\n  containers: []"}
    for path in ("stage", "stage//spec.yaml", "stage/spec.yaml/", "st/<x>/s.yaml", "?n/s.yaml"):
        with pytest.raises(ValueError, match="is not a valid stage file path"):
            ServiceSpec(f"@{path}")
    for text in ("\nspec:\ncontainers:\n    - name: a\n    image: b\n", "name: a", "text"):
        with pytest.raises(ValueError, match="is not a valid service spec inline text"):
            ServiceSpec(text)


def test_services_are_not_replaced(script: Make) -> None:
    root, account = script()
    with pytest.raises(ValueError, match="replaced"):
        root.databases["d"].schemas["s"].services.create(
            Service(name="s", compute_pool="p", spec=ServiceSpec("spec: {}")), mode=CreateMode.or_replace
        )
    assert account.requests == []


def test_logs_and_status_are_unpacked(script: Make) -> None:
    service = (
        (root := script(answer(200, {"system$get_service_logs": "a\nb"})))[0].databases["d"].schemas["s"].services["x"]
    )
    assert service.get_service_logs("0", "main", 5) == "a\nb"
    assert root[1].lines == [
        "GET /api/v2/databases/d/schemas/s/services/x/logs?instanceId=0&containerName=main&numLines=5"
    ]


def test_tags_are_set_by_handle(script: Make) -> None:
    root, account = script()
    tag = root.databases["d"].schemas["s"].tags["cost"]
    root.warehouses["w"].set_tags({tag: TagValue("ours")})
    root.warehouses["w"].unset_tags({tag})
    assert account.bodies == [
        [{"tag_database": "d", "tag_schema": "s", "tag_name": "cost", "tag_value": "ours"}],
        [{"tag_database": "d", "tag_schema": "s", "tag_name": "cost"}],
    ]
    account.answers = [
        answer(200, [{"tag_database": "d", "tag_schema": "s", "tag_name": "cost", "tag_value": "v", "level": "TABLE"}])
    ]
    assert root.warehouses["w"].get_tags() == {tag: TagValue("v", "TABLE")}


def test_models_are_positional_where_they_always_were() -> None:
    pool = ComputePool("p", 1, 2, "CPU_X64_XS")
    assert (pool.min_nodes, pool.max_nodes, pool.instance_family) == (1, 2, "CPU_X64_XS")
    with pytest.raises(TypeError):
        Table("t")  # type: ignore[misc]
