"""Warehouses and compute pools suspend and resume on the account's clock, and a meter tells what that would cost."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from snowcore.local import AccountError, LocalAccount

from ..conftest import eventually
from .conftest import Api, Clock
from .test_compute_services import Sql

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FAMILY = "instance_family = CPU_X64_S"


@pytest.fixture
def sql(account: LocalAccount) -> Sql:
    run = Sql(account)
    run("create database d")
    run("create table t (i int)")
    return run


def state(sql: Sql, name: str = "w") -> str:
    return sql.row(f"show warehouses like '{name}'")["state"]


def test_a_warehouse_suspends_when_nobody_has_used_it_for_long_enough(sql: Sql, clock: Clock) -> None:
    sql("create warehouse w auto_suspend = 60")
    clock.pass_(seconds=59)
    sql("select * from t")
    clock.pass_(seconds=59)
    assert state(sql) == "STARTED"
    sql("select 1")  # for which Snowflake needs no warehouse
    clock.pass_(seconds=1)
    row = sql.row("show warehouses")
    assert (row["state"], row["started_clusters"], row["available"]) == ("SUSPENDED", 0, "")
    assert row["updated_on"] == NOON + timedelta(seconds=119)
    clock.pass_(hours=1)
    assert sql.row("show warehouses")["updated_on"] == NOON + timedelta(seconds=119)
    sql("select * from t")
    row = sql.row("show warehouses")
    assert (row["state"], row["resumed_on"]) == ("STARTED", NOON + timedelta(seconds=3719))
    with pytest.raises(AccountError, match="cannot be suspended"):
        clock.pass_(hours=1)
        sql("alter warehouse w suspend")
    sql("alter warehouse w resume")
    sql("alter warehouse w set auto_suspend = 0")
    clock.pass_(days=30)
    assert state(sql) == "STARTED"


def test_a_suspended_warehouse_that_may_not_resume_refuses_what_needs_it(sql: Sql) -> None:
    sql("create warehouse w auto_resume = false initially_suspended = true")
    before = "select count(*) from t"
    for statement in (
        before,
        before,
        "insert into t values (1)",
        "create table u as select * from t",
        "update t set i = 2",
    ):
        error = sql.error(statement)
        assert (error.code, error.sqlstate) == ("000606", "57P03")
        assert error.message.startswith("No active warehouse selected in the current session.")
    for statement in ("select 1", "show tables", "create table v (i int)", "select current_warehouse()"):
        sql(statement)
    assert state(sql) == "SUSPENDED"
    sql("alter warehouse w resume")
    assert sql(before) == [(0,)]
    sql("alter warehouse w suspend")
    sql("alter warehouse w set auto_resume = true")
    assert sql(before) == [(0,)]
    assert state(sql) == "STARTED"


def test_a_warehouse_tells_who_runs_on_it_and_abort_stops_them(sql: Sql) -> None:
    sql("create warehouse w")
    other, failed = Sql(sql.account), list[AccountError]()
    for line in ("use schema d.public", "use warehouse w"):
        other(line)

    def run() -> None:
        try:
            other(
                "select count(*) from t, table(generator(rowcount => 300000)) a, table(generator(rowcount => 300000)) b"
            )
        except AccountError as error:
            failed.append(error)

    sql("insert into t values (1)")
    thread = threading.Thread(target=run)
    thread.start()
    eventually(lambda: sql.row("show warehouses")["running"] == 1)
    sql("alter warehouse w abort all queries")
    thread.join(60)
    assert [error.code for error in failed] == ["000604"]
    row = sql.row("show warehouses")
    assert (row["running"], row["queued"]) == (0, 0)


def test_a_statement_that_runs_keeps_its_warehouse_running(sql: Sql) -> None:
    sql("create warehouse w auto_suspend = 60")
    with sql.account.kinds["warehouse"].used("W", sql.session):  # type: ignore[attr-defined]
        sql.account.advance(hours=1)
        assert state(sql) == "STARTED"
    assert state(sql) == "STARTED"
    sql.account.advance(seconds=60)
    assert state(sql) == "SUSPENDED"


def test_the_history_of_statements_has_times_rows_and_warehouses(sql: Sql, clock: Clock) -> None:
    sql("create warehouse w warehouse_size = medium")
    sql("insert into t values (1), (2)")
    sql("select 'no warehouse'")
    rows = sql.rows("select * from table(information_schema.query_history()) order by start_time")
    told = {row["QUERY_TEXT"]: row for row in rows}
    made = told["insert into t values (1), (2)"]
    assert (made["WAREHOUSE_NAME"], made["WAREHOUSE_SIZE"], made["WAREHOUSE_TYPE"]) == ("W", "Medium", "STANDARD")
    assert (made["CLUSTER_NUMBER"], made["START_TIME"], made["END_TIME"]) == (1, NOON, NOON)
    assert made["COMPILATION_TIME"] + made["EXECUTION_TIME"] == made["TOTAL_ELAPSED_TIME"] == 0
    assert (told["select 'no warehouse'"]["WAREHOUSE_SIZE"], made["QUEUED_OVERLOAD_TIME"]) == (None, 0)


# The meter


def test_what_suspends_by_itself_costs_nothing_until_somebody_looks_at_it(sql: Sql, clock: Clock) -> None:
    sql("create warehouse w auto_suspend = 90")
    sql("create compute pool p min_nodes = 1 max_nodes = 1 instance_family = cpu_x64_xs auto_suspend_secs = 600")
    clock.pass_(days=1)
    assert sql.account.meter.credits("W") == pytest.approx(90 / 3600)
    assert sql.account.meter.credits("P") == pytest.approx(0.06 * 600 / 3600)
    assert [run.ended is None for run in sql.account.meter.runs()] == [False, False]


def test_a_start_costs_a_minute_and_then_each_second(sql: Sql, clock: Clock) -> None:
    meter = sql.account.meter
    sql("create warehouse w warehouse_size = small auto_suspend = 0")
    assert meter.credits() == pytest.approx(2 * 60 / 3600)
    clock.pass_(seconds=59)
    assert meter.credits() == pytest.approx(2 * 60 / 3600)
    clock.pass_(seconds=31)
    assert meter.credits("W") == pytest.approx(2 * 90 / 3600)
    sql("alter warehouse w suspend")
    clock.pass_(hours=5)
    assert meter.credits() == pytest.approx(2 * 90 / 3600)
    sql("alter warehouse w resume")
    clock.pass_(seconds=1)
    sql("alter warehouse w suspend")
    assert meter.credits() == pytest.approx(2 * (90 + 60) / 3600)
    assert meter.credits("X") == 0
    sql("alter warehouse w rename to renamed")
    assert meter.credits("RENAMED") == meter.credits()
    sql("drop warehouse renamed")
    assert meter.credits("RENAMED") == pytest.approx(2 * (90 + 60) / 3600)


@pytest.mark.parametrize(
    ("size", "more", "rate"),
    [
        ("xsmall", "", 1),
        ("large", "", 8),
        ("x6large", "", 512),
        ("medium", "warehouse_type = 'SNOWPARK-OPTIMIZED'", 6),
        ("small", "min_cluster_count = 3 max_cluster_count = 5", 6),
    ],
)
def test_sizes_cost_what_is_documented(sql: Sql, clock: Clock, size: str, more: str, rate: float) -> None:
    sql(f"create warehouse w warehouse_size = {size} auto_suspend = 0 {more}")
    clock.pass_(hours=2)
    assert sql.account.meter.credits() == pytest.approx(2 * rate)


def test_a_larger_size_costs_a_minute_of_what_it_is_more(sql: Sql, clock: Clock) -> None:
    sql("create warehouse w warehouse_size = small auto_suspend = 0")
    clock.pass_(minutes=10)
    sql("alter warehouse w set warehouse_size = large")
    clock.pass_(seconds=10)
    sql("alter warehouse w set warehouse_size = xsmall")
    assert sql.account.meter.credits() == pytest.approx((610 * 2 + 60 * 6) / 3600)
    clock.pass_(seconds=30)
    sql("alter warehouse w suspend")
    assert sql.account.meter.credits() == pytest.approx((610 * 2 + 60 * 6 + 30 * 1) / 3600)
    sql("alter warehouse w set warehouse_size = large")
    assert sql.account.meter.credits() == pytest.approx((610 * 2 + 60 * 6 + 30 * 1) / 3600)


def test_a_month_of_a_nightly_task_is_metered(sql: Sql) -> None:
    sql("create warehouse w warehouse_size = medium auto_suspend = 60 initially_suspended = true")
    sql("create task k warehouse = w schedule = 'USING CRON 0 3 * * * UTC' as insert into t values (1)")
    sql("alter task k resume")
    sql.account.advance(days=30)
    assert sql("select count(*) from t") == [(30,)]
    hours = sql.rows("select * from table(information_schema.warehouse_metering_history('2026-03-02'))")
    nights = [row for row in hours if row["START_TIME"].astimezone(UTC).hour == 3]
    assert len(nights) == 30
    assert all(Decimal("0.066") < row["CREDITS_USED"] < Decimal("0.068") for row in nights)  # a minute of four
    assert {row["WAREHOUSE_NAME"] for row in hours} == {"W"}
    assert nights[0]["END_TIME"] - nights[0]["START_TIME"] == timedelta(hours=1)


def test_hours_are_told_apart(sql: Sql, clock: Clock) -> None:
    clock.pass_(minutes=45)
    sql("create warehouse w auto_suspend = 0")
    sql(f"create compute pool p min_nodes = 2 max_nodes = 2 {FAMILY} auto_suspend_secs = 0")
    clock.pass_(minutes=30)
    rows = sql.rows("select * from snowflake.account_usage.metering_history order by name, start_time")
    told = [
        (row["SERVICE_TYPE"], row["NAME"], row["START_TIME"].astimezone(UTC).hour, row["CREDITS_USED"]) for row in rows
    ]
    assert told == [
        ("SNOWPARK_CONTAINER_SERVICES", "P", 12, Decimal("0.055")),
        ("SNOWPARK_CONTAINER_SERVICES", "P", 13, Decimal("0.055")),
        ("WAREHOUSE_METERING", "W", 12, Decimal("0.25")),
        ("WAREHOUSE_METERING", "W", 13, Decimal("0.25")),
    ]
    sql("create role poor")
    sql("grant role poor to user snowcore")
    sql("grant usage on database d to role poor")
    sql("use role poor")
    sql("use secondary roles none")
    assert sql("select * from table(d.information_schema.warehouse_metering_history())") == []


def test_what_ran_is_known_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    with LocalAccount(tmp_path, clock=clock) as account:
        sql = Sql(account)
        sql("create database d")
        sql("create table t (i int)")
        sql("create warehouse w auto_suspend = 600")
        clock.pass_(minutes=5)
        sql("insert into t values (1)")
    clock.pass_(days=7)
    with LocalAccount(tmp_path, clock=clock) as account:
        row = Sql(account).row("show warehouses")
        assert (row["state"], row["updated_on"]) == ("SUSPENDED", NOON + timedelta(minutes=15))
        assert account.meter.credits() == pytest.approx(0.25)


# Compute pools


def pool(sql: Sql) -> dict[str, Any]:
    return sql.row("show compute pools")


def test_a_pool_suspends_when_it_has_had_no_services_for_long_enough(sql: Sql, clock: Clock) -> None:
    sql(f"create compute pool p min_nodes = 1 max_nodes = 2 {FAMILY} auto_suspend_secs = 600")
    job = "spec: {containers: [{name: main, image: /d/public/r/job:1}]}"
    sql.account.images["/d/public/r/job:1"] = ["true"]
    sql.account.images["/d/public/r/long:1"] = ["sleep", "600"]
    long = job.replace("job:1", "long:1")
    sql(f"create service s in compute pool p from specification $${long}$$")
    sql("select system$wait_for_services(60, 's')")
    clock.pass_(hours=1)
    told = pool(sql)
    assert (told["state"], told["num_services"], told["num_jobs"], told["active_nodes"]) == ("ACTIVE", 1, 0, 1)
    sql(f"execute job service in compute pool p name = j from specification $${job}$$")
    sql("drop service s")
    eventually(lambda: len(sql.account.services._running) <= 1)
    clock.pass_(seconds=599)
    assert pool(sql)["state"] == "IDLE"
    clock.pass_(seconds=1)
    assert (pool(sql)["state"], pool(sql)["updated_on"]) == ("SUSPENDED", NOON + timedelta(seconds=4200))
    assert sql.account.meter.credits("P") == pytest.approx(0.11 * 4200 / 3600)
    sql("drop service j")
    sql(f"execute job service in compute pool p name = j from specification $${job}$$")  # which resumes the pool
    assert pool(sql)["state"] == "IDLE"
    assert sql.account.meter.credits("P") == pytest.approx(0.11 * (4200 + 300) / 3600)


def test_services_wait_for_a_pool_that_does_not_resume_by_itself(sql: Sql) -> None:
    sql(f"create compute pool p min_nodes = 1 max_nodes = 1 {FAMILY} initially_suspended = true auto_resume = false")
    sql.account.images["/d/public/r/long:1"] = ["sleep", "600"]
    said = "spec: {containers: [{name: main, image: /d/public/r/long:1}]}"
    sql(f"create service s in compute pool p from specification $${said}$$")
    assert sql.row("show services")["status"] == "PENDING"
    assert "is suspended" in sql("select system$get_service_status('s')")[0][0]
    assert sql.account.meter.credits() == 0
    sql("alter compute pool p resume")
    assert sql("select system$wait_for_services(60, 's')") == [("OK",)]
    sql("alter compute pool p suspend")
    assert pool(sql)["state"] == "SUSPENDED"
    assert eventually(lambda: sql.row("show services")["status"] == "SUSPENDED")
    sql("alter compute pool p resume")
    sql("alter service s resume")
    sql("alter compute pool p stop all")
    assert sql("show services") == []


def test_rest_tells_of_warehouses_as_sql_does(api: Api, clock: Clock) -> None:
    api("POST", "warehouses", {"name": "w", "auto_suspend": 60})
    clock.pass_(seconds=60)
    assert api("GET", "warehouses/w")["state"] == "SUSPENDED"
    api("POST", "warehouses/w:resume")
    assert (api("GET", "warehouses/w")["state"], api("GET", "warehouses")[0]["running"]) == ("STARTED", 0)


def test_an_adaptive_warehouse_is_disabled_and_enabled(sql: Sql, clock: Clock, api: Api) -> None:
    sql("create warehouse a warehouse_type = adaptive")
    sql("create warehouse w")
    assert (
        sql.error("alter warehouse w disable").message == "Warehouse 'W' is not adaptive: it is suspended and resumed."
    )
    assert sql.row("show warehouses like 'w'")["resource_constraint"] is None
    sql("use warehouse a")
    sql("alter warehouse a disable")
    assert state(sql, "a") == api("GET", "warehouses/a")["state"] == "DISABLED"
    assert sql.error("select * from t").code == "000606"
    assert sql.error("alter warehouse a resume").code == "090063"
    sql("alter warehouse a enable")
    assert sql("select * from t") == []
    api("POST", "warehouses/a:disable")
    assert sql.error("select * from t").code == "000606"
    api("POST", "warehouses/a:enable")
    assert state(sql, "a") == "STARTED"
    api("POST", "warehouses/nope:enable", ifExists=True)
    assert api.error("POST", "warehouses/nope:enable")[0] == 404
