"""Alerts and tables of other kinds: what they send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from snowcore import Clone, PointOfTimeOffset, PointOfTimeStatement, Root
from snowcore.alert import Alert, CronSchedule, MinutesSchedule
from snowcore.dynamic_table import (
    DownstreamLag,
    DynamicTable,
    DynamicTableClone,
    DynamicTableColumn,
    UserDefinedLag,
)
from snowcore.event_table import EventTable
from snowcore.iceberg_table import ForeignKey, IcebergTable, IcebergTableColumn
from snowcore.table import Table

from ..conftest import Script, answer

Make = Callable[..., tuple[Root, Script]]

HERE = "/api/v2/databases/d/schemas/s"


def dynamic(**more: Any) -> DynamicTable:
    described: dict[str, Any] = {
        "name": "dt",
        "target_lag": UserDefinedLag(seconds=60),
        "warehouse": "w",
        "query": "select 1",
    }
    return DynamicTable(**described | more)


# Alerts


def test_alerts_are_created_with_their_schedule(script: Make) -> None:
    root, account = script()
    alerts = root.databases["d"].schemas["s"].alerts
    alert = Alert(name="a", condition="c", action="x", schedule=MinutesSchedule(minutes=5))
    assert alerts.create(alert) is alerts["a"]
    alert.schedule = CronSchedule(cron_expr="0 9 * * *", timezone="UTC")
    alerts.create(alert, mode="or_replace")  # type: ignore[arg-type]
    assert account.lines == [
        f"POST {HERE}/alerts?createMode=errorIfExists",
        f"POST {HERE}/alerts?createMode=orReplace",
    ]
    said = {"name": "a", "condition": "c", "action": "x"}
    assert account.bodies == [
        {**said, "schedule": {"schedule_type": "SCHEDULE_TYPE", "minutes": 5}},
        {**said, "schedule": {"schedule_type": "CRON_TYPE", "cron_expr": "0 9 * * *", "timezone": "UTC"}},
    ]
    assert Alert.from_dict(alert.to_dict()) == alert


def test_alerts_are_cloned_by_name_or_description(script: Make) -> None:
    root, account = script()
    alerts = root.databases["d"].schemas["s"].alerts
    moment = PointOfTimeStatement(reference="before", when="01b2")
    alerts.create("copy", clone_alert=Clone(source='o."a.b".x', point_of_time=moment))
    described = Alert(name="copy", condition="c", action="x", schedule=MinutesSchedule(minutes=5))
    alerts.create(described, clone_alert="x")
    assert account.lines == [
        "POST /api/v2/databases/o/schemas/%22a.b%22/alerts/x:clone"
        "?targetDatabase=d&targetSchema=s&createMode=errorIfExists",
        f"POST {HERE}/alerts/x:clone?targetDatabase=d&targetSchema=s&createMode=errorIfExists",
    ]
    assert account.bodies == [
        {
            "name": "copy",
            "point_of_time": {"point_of_time_type": "statement", "reference": "before", "statement": "01b2"},
        },
        {"name": "copy"},
    ]
    with pytest.raises(ValueError, match="clone"):
        alerts.create("copy")
    assert len(account.requests) == 2


def test_alerts_run_on_demand(script: Make) -> None:
    root, account = script()
    root.databases["d"].schemas["s"].alerts["a"].execute()
    assert account.lines == [f"POST {HERE}/alerts/a:execute"]


@pytest.mark.parametrize("kind", ["alerts", "event_tables", "iceberg_tables"])
@pytest.mark.filterwarnings("error")
def test_limits_have_both_names_where_users_knew_only_the_old_one(script: Make, kind: str) -> None:
    root, account = script(answer(200, []))
    collection = getattr(root.databases["d"].schemas["s"], kind)
    list(collection.iter(like="a%", starts_with="A", show_limit=3, from_name="B"))
    list(collection.iter_async(limit=3).result(timeout=60))
    path = f"GET {HERE}/{kind.replace('_', '-')}"
    assert account.lines == [f"{path}?like=a%25&startsWith=A&showLimit=3&fromName=B", f"{path}?showLimit=3"]
    with pytest.raises(ValueError, match="only one"):
        collection.iter(limit=3, show_limit=3)


# Dynamic tables


def test_dynamic_tables_are_created(script: Make) -> None:
    root, account = script()
    tables = root.databases["d"].schemas["s"].dynamic_tables
    table = dynamic(
        target_lag=DownstreamLag(), refresh_mode="ADAPTIVE", columns=[DynamicTableColumn(name="c", datatype="int")]
    )
    assert tables.create(table) is tables["dt"]
    assert account.lines == [f"POST {HERE}/dynamic-tables?createMode=errorIfExists"]
    assert account.bodies == [
        {
            "name": "dt",
            "kind": "PERMANENT",
            "columns": [{"name": "c", "datatype": "int"}],
            "target_lag": {"type": "DOWNSTREAM"},
            "refresh_mode": "ADAPTIVE",
            "warehouse": "w",
            "query": "select 1",
        }
    ]


@pytest.mark.parametrize(
    ("table", "body"),
    [
        ("copy", {"name": "copy"}),
        (DynamicTableClone(name="copy", warehouse="w2"), {"name": "copy", "warehouse": "w2"}),
        ({"name": "copy", "warehouse": "w2"}, {"name": "copy", "warehouse": "w2"}),
        (
            dynamic(name="copy"),
            {"name": "copy", "warehouse": "w", "target_lag": {"type": "USER_DEFINED", "seconds": 60}},
        ),
    ],
    ids=["name", "clone", "dict", "table"],
)
def test_dynamic_tables_are_cloned(script: Make, table: Any, body: dict[str, Any]) -> None:
    root, account = script()
    tables = root.databases["d"].schemas["s"].dynamic_tables
    moment = PointOfTimeOffset(reference="at", when="-60")
    assert tables.create(table, clone_table=Clone(source="o.dt", point_of_time=moment)) is tables["copy"]
    assert account.lines == [
        "POST /api/v2/databases/d/schemas/o/dynamic-tables/dt:clone"
        "?createMode=errorIfExists&copyGrants=false&targetDatabase=d&targetSchema=s"
    ]
    point = {"point_of_time_type": "offset", "reference": "at", "offset": "-60"}
    assert account.bodies == [{**body, "point_of_time": point}]


@pytest.mark.parametrize("table", ["dt", DynamicTableClone(name="dt")], ids=["name", "clone"])
def test_what_is_only_enough_for_a_clone_is_refused_without_one(script: Make, table: Any) -> None:
    root, account = script()
    with pytest.raises(ValueError, match="clone"):
        root.databases["d"].schemas["s"].dynamic_tables.create(table)
    assert account.requests == []


def test_what_dynamic_tables_do(script: Make) -> None:
    root, account = script()
    table = root.databases["d"].schemas["s"].dynamic_tables["t"]
    table.refresh()
    table.suspend(if_exists=True)
    table.resume(if_exists=False)
    table.suspend_recluster()
    table.resume_recluster(True)
    table.swap_with("u", if_exists=True)
    table.undrop()
    table.clone(DynamicTableClone(name="c"), create_mode="or_replace", copy_grants=True, target_schema="s2")
    with pytest.warns(DeprecationWarning, match="use `drop`"):
        table.delete()
    with pytest.warns(DeprecationWarning, match="use `undrop`"):
        table.undelete()
    here = f"{HERE}/dynamic-tables/t"
    assert account.lines == [
        f"POST {here}:refresh",
        f"POST {here}:suspend?ifExists=true",
        f"POST {here}:resume?ifExists=false",
        f"POST {here}:suspend-recluster",
        f"POST {here}:resume-recluster?ifExists=true",
        f"POST {here}:swap-with?targetName=u&ifExists=true",
        f"POST {here}:undrop",
        f"POST {here}:clone?createMode=orReplace&copyGrants=true&targetSchema=s2",
        f"DELETE {here}",
        f"POST {here}:undrop",
    ]


def test_lists_of_dynamic_tables(script: Make) -> None:
    row = {"name": "T", "target_lag": {"type": "USER_DEFINED", "seconds": 90}, "refresh_mode": "SOME_NEW_ONE"}
    root, account = script(answer(200, [row]))
    tables = root.databases["d"].schemas["s"].dynamic_tables
    with pytest.warns(DeprecationWarning, match="limit"):
        [table] = tables.iter(deep=True, show_limit=7)
    assert table.target_lag == UserDefinedLag(seconds=90)
    assert account.lines == [f"GET {HERE}/dynamic-tables?showLimit=7&deep=true"]


def test_tables_still_recluster(script: Make) -> None:
    root, account = script()
    root.databases["d"].schemas["s"].tables["t"].suspend_recluster(if_exists=True)
    root.databases["d"].schemas["s"].iceberg_tables["t"].resume_recluster()
    assert account.lines == [
        f"POST {HERE}/tables/t:suspend-recluster?ifExists=true",
        f"POST {HERE}/iceberg-tables/t:resume-recluster?ifExists=false",
    ]


# Event tables


def test_event_tables_are_created_and_renamed(script: Make) -> None:
    root, account = script()
    tables = root.databases["d"].schemas["s"].event_tables
    table = tables.create(EventTable(name="e", cluster_by=["x"]), copy_grants=True)
    table.rename("f", if_exists=True)
    assert table.name == "f" and tables["f"] is table and "e" not in tables
    assert account.lines == [
        f"POST {HERE}/event-tables?createMode=errorIfExists&copyGrants=true",
        f"POST {HERE}/event-tables/e:rename?targetName=f&ifExists=true",
    ]
    assert account.bodies == [{"name": "e", "cluster_by": ["x"]}, None]


def test_a_rename_that_fails_leaves_the_handle(script: Make) -> None:
    root, _ = script(answer(409, {"message": "taken"}))
    table = root.databases["d"].schemas["s"].event_tables["e"]
    error = table.rename_async("f").exception(timeout=60)
    assert "taken" in str(error) and table.name == "e"


# Iceberg tables


@pytest.mark.parametrize(
    ("way", "action", "body"),
    [
        ({}, "?createMode=errorIfExists&copyGrants=false", None),
        (
            {"as_select": "select 1", "copy_grants": True},
            ":as-select?query=select%201&createMode=errorIfExists&copyGrants=true",
            {"name", "columns", "external_volume", "cluster_by", "base_location", "comment"},
        ),
        (
            {"from_aws_glue_catalog": True},
            ":from-aws-glue-catalog?createMode=errorIfExists",
            {"name", "external_volume", "catalog_table_name", "replace_invalid_characters", "catalog", "comment"},
        ),
        (
            {"from_iceberg_rest": True},
            ":from-iceberg-rest?createMode=errorIfExists",
            {"name", "external_volume", "catalog_table_name", "replace_invalid_characters", "catalog", "comment"},
        ),
        (
            {"from_iceberg_files": True},
            ":from-iceberg-files?createMode=errorIfExists",
            {"name", "external_volume", "metadata_file_path", "replace_invalid_characters", "catalog", "comment"},
        ),
        (
            {"from_delta": True},
            ":from-delta?createMode=errorIfExists",
            {"name", "external_volume", "base_location", "replace_invalid_characters", "catalog", "comment"},
        ),
        (
            {"like": "o.model"},
            ":like?createMode=errorIfExists&copyGrants=false&targetDatabase=d&targetSchema=s",
            {"name", "external_volume", "cluster_by", "base_location", "comment"},
        ),
        (
            {"clone_iceberg_table": "o.model"},
            ":clone?createMode=errorIfExists&copyGrants=false&targetDatabase=d&targetSchema=s",
            {"name"},
        ),
    ],
    ids=["managed", "as-select", "glue", "rest", "files", "delta", "like", "clone"],
)
def test_every_way_to_an_iceberg_table_takes_its_part(
    script: Make, way: dict[str, Any], action: str, body: set[str] | None
) -> None:
    root, account = script()
    tables = root.databases["d"].schemas["s"].iceberg_tables
    table = IcebergTable(
        name="i",
        comment="ours",
        external_volume="v",
        catalog="c",
        catalog_table_name="t",
        metadata_file_path="m.json",
        base_location="b",
        replace_invalid_characters=True,
        cluster_by=["x"],
        columns=[IcebergTableColumn(name="x", datatype="int")],
    )
    assert tables.create(table, **way) is tables["i"]
    if {"like", "clone_iceberg_table"} & way.keys():
        source = "/api/v2/databases/d/schemas/o/iceberg-tables/model"
        assert account.lines == [f"POST {source}{action.replace(':like', ':create-like')}"]
    else:
        assert account.lines == [f"POST {HERE}/iceberg-tables{action}"]
    whole = table.to_dict()
    assert account.bodies == [whole if body is None else {key: whole[key] for key in body}]


def test_iceberg_tables_need_one_way_and_what_it_takes(script: Make) -> None:
    root, account = script()
    tables = root.databases["d"].schemas["s"].iceberg_tables
    with pytest.raises(ValueError, match="Options like, from_delta are mutually exclusive"):
        tables.create(IcebergTable(name="i"), from_delta=True, like="j")
    with pytest.raises(TypeError, match=r"IcebergTableFromDelta\.base_location: required"):
        tables.create(IcebergTable(name="i"), from_delta=True)
    with pytest.raises(UserWarning, match="COMPATIBLE"):
        tables["i"].convert_to_managed(storage_serialization_policy="fast")
    assert account.requests == []


def test_what_iceberg_tables_do(script: Make) -> None:
    root, account = script()
    table = root.databases["d"].schemas["s"].iceberg_tables["i"]
    table.refresh()
    table.refresh("v2.json", if_exists=True)
    table.convert_to_managed("base", "OPTIMIZED", if_exists=True)
    table.undrop()
    here = f"POST {HERE}/iceberg-tables/i"
    assert account.lines == [
        f"{here}:refresh?ifExists=false",
        f"{here}:refresh?ifExists=true",
        f"{here}:convert-to-managed?ifExists=true",
        f"{here}:undrop",
    ]
    assert account.bodies == [
        {},
        {"metadata_file_relative_path": "v2.json"},
        {"base_location": "base", "storage_serialization_policy": "OPTIMIZED"},
        None,
    ]


def test_keys_of_iceberg_tables_keep_their_type(script: Make) -> None:
    key = {"constraint_type": "FOREIGN KEY", "column_names": ["x"], "referenced_table_name": "p"}
    root, _ = script(answer(200, {"name": "I", "constraints": [key]}))
    table = root.databases["d"].schemas["s"].iceberg_tables["i"].fetch()
    assert table.constraints == [ForeignKey(column_names=["x"], referenced_table_name="p")]


def test_a_clone_keeps_what_the_description_says_of_the_moment(script: Make) -> None:
    root, account = script()
    tables = root.databases["d"].schemas["s"].dynamic_tables
    point: Any = {"point_of_time_type": "offset", "reference": "at", "offset": "-9"}
    tables.create(DynamicTableClone(name="copy", point_of_time=point), clone_table="dt")
    root.databases["d"].schemas["s"].tables.create(Table(name="copy"), clone_table="t")
    assert account.bodies == [
        {"name": "copy", "point_of_time": point},
        {"name": "copy", "kind": "PERMANENT"},
    ]
