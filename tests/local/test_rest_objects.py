"""What is special about each kind of object, tables and tasks aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from snowcore.engine.errors import AccountError

from ..conftest import eventually
from .conftest import Api, Clock

INT = {"name": "a", "datatype": "int"}
POOL = {"name": "p", "min_nodes": 2, "max_nodes": 3, "instance_family": "CPU_X64_XS"}
SPEC = """
spec:
  containers:
  - {name: main, image: /d/public/r/main:latest}
  - {name: helper, image: /d/public/r/helper:latest}
  endpoints:
  - {name: web, port: 8080, public: true}
  - {name: internal, port: 9000, protocol: tcp}
serviceRoles:
- {name: reader, endpoints: [web]}
"""
SERVICE: dict[str, Any] = {
    "name": "s",
    "compute_pool": "p",
    "spec": {"spec_type": "from_inline", "spec_text": SPEC},
    "min_instances": 2,
}


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows]


# Databases and schemas


def test_a_database_begins_with_two_schemas(api: Api) -> None:
    api("POST", "databases", {"name": "d"})
    assert names(api("GET", "databases/d/schemas")) == ["INFORMATION_SCHEMA", "PUBLIC"]
    assert api.error("DELETE", "databases/d/schemas/information_schema")[0] == 403
    assert api.error("POST", "databases/d/schemas/information_schema/tables", {"name": "t", "columns": [INT]})[0] == 403


def test_a_dropped_database_comes_back_with_all_that_was_in_it(api: Api, home: str) -> None:
    api("POST", f"{home}/tables", {"name": "t", "columns": [INT], "comment": "kept"})
    api("POST", f"{home}/tables", {"name": "gone", "columns": [INT]})
    api("POST", f"{home}/tasks", {"name": "k", "definition": "select 1"})
    api.account.execute("insert into d.public.t values (1), (2)")
    api("DELETE", f"{home}/tables/gone")
    api("DELETE", "databases/d")
    assert api.error("GET", f"{home}/tables/t")[2] == "Database 'D' does not exist or not authorized."
    api("POST", "databases/d:undrop")
    table = api("GET", f"{home}/tables/t")
    assert (table["rows"], table["comment"]) == (2, "kept")
    assert names(api("GET", f"{home}/tasks")) == ["K"]
    assert names(api("GET", f"{home}/tables")) == ["T"]
    api("POST", f"{home}/tables/gone:undrop")


def test_of_several_dropped_the_latest_comes_back_and_never_over_another(api: Api, clock: Clock) -> None:
    for comment in ("first", "second"):
        api("POST", "databases", {"name": "d", "comment": comment})
        clock.pass_(seconds=1)
        api("DELETE", "databases/d")
    api("POST", "databases/d:undrop")
    assert api("GET", "databases/d")["comment"] == "second"
    assert api.error("POST", "databases/d:undrop") == (409, "002002", "object 'd' already exists.")
    assert api.error("POST", "databases/e:undrop")[2] == "database 'e' did not exist or was purged."


def test_a_clone_has_the_data_and_goes_its_own_way(api: Api, home: str) -> None:
    api("POST", f"{home}/tables", {"name": "t", "columns": [INT]})
    api("POST", f"{home}/tasks", {"name": "k", "definition": "select 1"})
    api("POST", f"{home}/tasks/k:resume")
    api.account.execute("insert into d.public.t values (1)")
    api("POST", "databases/d:clone", {"name": "e", "comment": "copy"})
    api.account.execute("insert into e.public.t values (2)")
    assert api("GET", "databases/e")["comment"] == "copy"
    assert api("GET", "databases/e/schemas/public/tables/t")["rows"] == 2
    assert api("GET", f"{home}/tables/t")["rows"] == 1
    assert api("GET", "databases/e/schemas/public/tasks/k")["state"] == "suspended"
    assert api.error("POST", "databases/d:clone", {"name": "e"})[0] == 409
    moment = {"point_of_time_type": "offset", "reference": "at", "offset": "-5"}
    assert "Time travel" in api.error("POST", "databases/d:clone", {"name": "f", "point_of_time": moment})[2]


def test_a_clone_may_replace_its_own_source(api: Api, home: str) -> None:
    api("POST", f"{home}/tables", {"name": "t", "columns": [INT]})
    api.account.execute("insert into d.public.t values (1)")
    api("POST", "databases/d:clone", {"name": "d"}, createMode="orReplace")
    api("POST", "databases/d/schemas/public:clone", {"name": "public"}, createMode="orReplace")
    api("POST", f"{home}/tables/t:clone", {"name": "t"}, createMode="orReplace")
    assert api("GET", f"{home}/tables/t")["rows"] == 1


def test_schemas_are_cloned_to_other_databases_dropped_and_restored(api: Api, home: str) -> None:
    api("POST", "databases", {"name": "e"})
    api("POST", f"{home}/tables", {"name": "t", "columns": [INT]})
    api.account.execute("insert into d.public.t values (1)")
    api("POST", "databases/d/schemas/public:clone", {"name": "s"}, targetDatabase="e")
    assert api("GET", "databases/e/schemas/s/tables/t")["rows"] == 1
    api("DELETE", "databases/e/schemas/s")
    assert api.error("GET", "databases/e/schemas/s/tables/t")[2] == "Schema 'E.S' does not exist or not authorized."
    api("POST", "databases/e/schemas/s:undrop")
    assert api("GET", "databases/e/schemas/s/tables/t")["rows"] == 1
    api("PUT", "databases/e/schemas/s", {"name": "s", "managed_access": True})
    assert api("GET", "databases/e/schemas/s")["options"] == "MANAGED ACCESS"


def test_a_restricted_drop_minds_foreign_keys_from_elsewhere(api: Api, home: str) -> None:
    api("POST", "databases/d/schemas", {"name": "s"})
    api("POST", f"{home}/tables", {"name": "t", "columns": [INT]})
    key = {"constraint_type": "FOREIGN KEY", "column_names": ["a"], "referenced_column_names": ["a"]}
    inside = {"name": "inside", "columns": [INT], "constraints": [{**key, "referenced_table_name": "t"}]}
    api("POST", f"{home}/tables", inside)
    outside = {"name": "o", "columns": [INT], "constraints": [{**key, "referenced_table_name": "public.t"}]}
    api("POST", "databases/d/schemas/s/tables", outside)
    status, _, message = api.error("DELETE", "databases/d/schemas/public", restrict=True)
    assert (status, message) == (409, "D.PUBLIC can't be dropped: table D.S.O refers to D.PUBLIC.T.")
    api("DELETE", "databases/d", restrict=True)


def test_other_accounts_are_not_known(api: Api, home: str) -> None:
    for path, body in (
        ("databases:from-share", {"name": "x"}),
        ("databases/d/replication:enable", {"accounts": ["o.a"]}),
        ("databases/d/failover:primary", None),
    ):
        assert "knows no other accounts" in api.error("POST", path, body)[2]


# Warehouses


def test_a_warehouse_is_described_as_show_does(api: Api) -> None:
    api("POST", "warehouses", {"name": "w", "warehouse_size": "xsmall", "resource_monitor": "rm"})
    warehouse = api("GET", "warehouses/w")
    assert warehouse["warehouse_size"] == warehouse["size"] == "X-Small"
    assert (warehouse["auto_suspend"], warehouse["auto_resume"], warehouse["running"]) == (600, "true", 0)
    assert warehouse["resource_monitor"] == "RM"
    assert warehouse["resumed_on"] == warehouse["updated_on"] == warehouse["created_on"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [("XSMALL", "X-Small"), ("x-large", "X-Large"), ("XXLARGE", "2X-Large"), ("X6LARGE", "6X-Large")],
)
def test_sizes_have_several_spellings(api: Api, written: str, shown: str) -> None:
    api("POST", "warehouses", {"name": "w", "size": written})
    assert api("GET", "warehouses/w")["warehouse_size"] == shown
    api("PUT", "warehouses/w", api("GET", "warehouses/w"))


def test_a_warehouse_that_can_not_be_is_refused(api: Api) -> None:
    assert "'HUGE' is not one of" in api.error("POST", "warehouses", {"name": "w", "warehouse_size": "HUGE"})[2]
    assert api.error("POST", "warehouses", {"name": "w", "auto_suspend": -1})[0] == 400
    assert api.error("POST", "warehouses", {"name": "w", "min_cluster_count": 2})[0] == 400


def test_a_warehouse_starts_and_suspends_but_not_twice(api: Api, clock: Clock) -> None:
    api("POST", "warehouses", {"name": "w", "initially_suspended": "true"})
    suspended = api("GET", "warehouses/w")
    assert (suspended["state"], suspended["started_clusters"]) == ("SUSPENDED", 0)
    assert not {"available", "resumed_on", "initially_suspended"} & suspended.keys()
    assert api.error("POST", "warehouses/w:suspend") == (
        409,
        "090064",
        "Invalid state. Warehouse 'W' cannot be suspended.",
    )
    clock.pass_(minutes=1)
    api("POST", "warehouses/w:resume")
    assert api("GET", "warehouses/w")["resumed_on"] == "2026-03-01T12:01:00.000+00:00"
    api("POST", "warehouses/w:resume")
    assert api("GET", "warehouses/w")["resumed_on"] == "2026-03-01T12:01:00.000+00:00", "it was running"
    api("POST", "warehouses/x:resume", ifExists=True)


def test_a_warehouse_is_renamed_aborted_used_and_gone_for_good(api: Api) -> None:
    api("POST", "warehouses", {"name": "w"})
    api("POST", "warehouses", {"name": "taken"})
    assert api.error("POST", "warehouses/w:rename", {"name": "taken"})[0] == 409
    api("POST", "warehouses/w:rename", {"name": '"v"'})
    assert names(api("GET", "warehouses")) == ["TAKEN", "v"]
    api("POST", "warehouses/%22v%22:abort")
    api("POST", "warehouses/%22v%22:use")
    assert api.error("POST", "warehouses/w:use")[0] == 404
    api("POST", "warehouses/w:rename", {"name": "x"}, ifExists=True)
    api("DELETE", "warehouses/%22v%22")
    assert names(api("GET", "warehouses")) == ["TAKEN"]


# Compute pools and services


def test_a_compute_pool_counts_nodes_and_services(api: Api, home: str) -> None:
    api("POST", "compute-pools", POOL)
    pool = api("GET", "compute-pools/p")
    assert (pool["state"], pool["idle_nodes"], pool["active_nodes"], pool["target_nodes"]) == ("IDLE", 2, 0, 2)
    api("POST", f"{home}/services", SERVICE)
    pool = api("GET", "compute-pools/p")
    assert (pool["state"], pool["num_services"], pool["active_nodes"], pool["idle_nodes"]) == ("ACTIVE", 1, 1, 1)
    assert "has services: D.PUBLIC.S" in api.error("DELETE", "compute-pools/p")[2]
    api("POST", "compute-pools/p:suspend")
    api("POST", "compute-pools/p:suspend")
    pool = api("GET", "compute-pools/p")
    assert (pool["state"], pool["num_services"], pool["target_nodes"]) == ("SUSPENDED", 0, 0)
    assert eventually(lambda: api("GET", f"{home}/services/s")["status"] == "SUSPENDED")
    api("POST", "compute-pools/p:stop-all-services")
    assert api("GET", f"{home}/services") == []
    api("DELETE", "compute-pools/p")


def test_a_compute_pool_may_begin_suspended_and_must_be_possible(api: Api) -> None:
    api("POST", "compute-pools", POOL, initiallySuspended=True)
    assert api("GET", "compute-pools/p")["state"] == "SUSPENDED"
    assert api.error("POST", "compute-pools", {**POOL, "name": "q", "min_nodes": 4})[0] == 400
    assert api.error("POST", "compute-pools", {**POOL, "name": "q", "instance_family": "BIG"})[0] == 400
    api("PUT", "compute-pools/p", {**POOL, "max_nodes": 5})
    assert api("GET", "compute-pools/p")["max_nodes"] == 5
    assert "can't be changed" in api.error("PUT", "compute-pools/p", {**POOL, "instance_family": "CPU_X64_S"})[2]


def test_instance_families_are_listed(api: Api) -> None:
    api("POST", "compute-pools", POOL)
    families = {family["name"]: family for family in api("GET", "compute-pools/instance-families")}
    assert families["CPU_X64_XS"]["current_node_usage"] == 1
    assert families["GPU_NV_S"]["gpu_count"] == 1


def begun(api: Api, service: str) -> Any:
    """A service's containers, which come a little later than the service itself."""
    return eventually(lambda: api("GET", f"{service}/containers"))


def test_a_service_is_what_its_specification_says(api: Api, home: str) -> None:
    api("POST", "compute-pools", POOL)
    api("POST", f"{home}/services", SERVICE)
    service = api("GET", f"{home}/services/s")
    assert (service["status"], service["target_instances"], service["max_instances"]) == ("PENDING", 2, 2)
    assert service["spec"] == SERVICE["spec"]
    containers = begun(api, f"{home}/services/s")
    assert [(c["instance_id"], c["container_name"], c["status"]) for c in containers] == [
        ("0", "main", "PENDING"),
        ("0", "helper", "PENDING"),
        ("1", "main", "PENDING"),
        ("1", "helper", "PENDING"),
    ]
    assert [i["instance_id"] for i in api("GET", f"{home}/services/s/instances")] == ["0", "1"]
    assert names(api("GET", f"{home}/services/s/roles")) == ["ALL_ENDPOINTS_USAGE", "reader"]
    web, internal = api("GET", f"{home}/services/s/endpoints")
    assert (web["port"], web["is_public"], "ingress_url" in web) == (8080, True, True)
    assert (internal["protocol"], internal["is_public"], "ingress_url" in internal) == ("TCP", False, False)
    status = orjson.loads(api("GET", f"{home}/services/s/status")["system$get_service_status"])
    assert len(status) == 4
    assert api("GET", f"{home}/services/s/logs", instanceId=0, containerName="main") == {"system$get_service_logs": ""}
    assert api.error("GET", f"{home}/services/s/logs", instanceId=2, containerName="main")[0] == 404
    job = {key: value for key, value in SERVICE.items() if key != "min_instances"}
    failed = api.error("POST", f"{home}/services:execute-job", {**job, "name": "j"})
    assert (failed[0], "No command stands for the image /d/public/r/main:latest here" in failed[2]) == (422, True)
    api("POST", f"{home}/services:execute-job", {**job, "name": "k", "is_async_job": True})
    assert api("GET", f"{home}/services/k")["is_job"]


def test_a_service_suspends_resumes_and_waits_for_its_pool(api: Api, home: str) -> None:
    api("POST", "compute-pools", {**POOL, "auto_resume": False}, initiallySuspended=True)
    api("POST", f"{home}/services", SERVICE)
    assert api("GET", f"{home}/services/s")["status"] == "PENDING"
    api("POST", f"{home}/services/s:suspend")
    assert api("GET", f"{home}/services/s/containers") == []
    api("POST", "compute-pools/p:resume")
    api("POST", f"{home}/services/s:resume")
    service = api("GET", f"{home}/services/s")
    assert (service["status"], service["resumed_on"], service["suspended_on"]) == (
        "PENDING",
        "2026-03-01T12:00:00.000+00:00",
        "2026-03-01T12:00:00.000+00:00",
    )
    api("PUT", f"{home}/services/s", {**SERVICE, "max_instances": 3})
    assert api("GET", f"{home}/services/s")["max_instances"] == 3


def test_a_service_that_can_not_be_is_refused(api: Api, home: str) -> None:
    assert api.error("POST", f"{home}/services", SERVICE)[2] == "Compute pool 'P' does not exist or not authorized."
    api("POST", "compute-pools", POOL)
    for text in ("{", "spec: 1", "spec: {containers: []}", "spec: {containers: [{name: main}]}"):
        spec = {"spec_type": "from_inline", "spec_text": text}
        status, _, message = api.error("POST", f"{home}/services", {**SERVICE, "spec": spec})
        assert (status, "Invalid service specification" in message) == (400, True)
    staged = {"spec_type": "from_file", "stage": "st", "spec_file": "f"}
    assert "'D.PUBLIC.ST' does not exist" in api.error("POST", f"{home}/services", {**SERVICE, "spec": staged})[2]
    assert api.error("POST", f"{home}/services", {**SERVICE, "max_instances": 1})[0] == 400
    assert api.error("POST", f"{home}/services", SERVICE, createMode="orReplace")[0] == 400


# Image repositories and stages


def test_an_image_repository_has_an_address_and_no_images(api: Api, home: str) -> None:
    api("POST", f"{home}/image-repositories", {"name": "r", "database_name": "ignored"})
    assert api("GET", f"{home}/image-repositories/r")["repository_url"].endswith("/d/public/r")
    assert api("GET", f"{home}/image-repositories/r/images") == []


def test_a_stage_keeps_no_secrets(api: Api, home: str) -> None:
    credentials = {"credential_type": "AWS", "aws_key_id": "key", "aws_secret_key": "secret"}
    encryption = {"type": "AWS_CSE", "master_key": "secret"}
    body = {"name": "st", "url": "s3://bucket/", "credentials": credentials, "encryption": encryption}
    api("POST", f"{home}/stages", {**body, "directory_table": {"enable": True}})
    stage = api("GET", f"{home}/stages/st")
    assert (stage["cloud"], stage["has_credentials"], stage["has_encryption_key"]) == ("AWS", True, True)
    assert stage["directory_table"]["enable"] is True
    assert "secret" not in str(api.account.catalog.rows("SELECT properties FROM objects"))
    assert "does not support presigned URLs" in api.error("POST", f"{home}/stages/st/files/f:presigned-url", {})[2]
    assert api.error("POST", f"{home}/stages", {"name": "u", "url": "ftp://x"})[0] == 400
    assert api.error("POST", f"{home}/stages", {"name": "u", "kind": "TEMPORARY"})[0] == 400


def test_the_files_of_a_stage_are_listed(api: Api, home: str, tmp_path: Path) -> None:
    api("POST", f"{home}/stages", {"name": "st"})
    assert api("GET", f"{home}/stages/st/files") == []
    session = api.account.session(database="D", schema="PUBLIC")
    for name in ("a.csv", "b.txt"):
        (tmp_path / name).write_text("1,2")
        session.execute(f"PUT file://{tmp_path / name} @st/sub AUTO_COMPRESS = FALSE")
    session.close()
    (file,) = api("GET", f"{home}/stages/st/files", pattern=".*[.]csv")
    assert (file["name"], file["size"]) == ("st/sub/a.csv", "3")
    assert api.error("GET", f"{home}/stages/st/files", pattern="(")[0] == 400
    assert api.error("GET", f"{home}/stages/nothing/files")[0] == 404


def test_what_is_transient_has_no_clones_that_last(api: Api) -> None:
    api("POST", "databases", {"name": "x", "kind": "TRANSIENT"})
    said = api.error("POST", "databases/x:clone", {"name": "y"})
    assert said == (400, "002120", "transient object cannot be cloned to a permanent object.")
    api("POST", "databases/x:clone", {"name": "y", "kind": "TRANSIENT"})
    assert api.error("GET", "databases/Nope")[2] == "database 'Nope' does not exist or not authorized."
    for statement in (
        "create transient table x.public.t (i int)",
        "create temporary table x.public.u clone x.public.t",
        "create database z",
    ):
        api.account.execute(statement)
    with pytest.raises(AccountError, match="Transient object"):
        api.account.execute("create table z.public.v clone x.public.t")
