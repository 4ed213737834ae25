"""Schedules on the account's clock: when they are due, what they fire, and a clock that is moved."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer
from snowcore.local.tasks.schedule import next_time

from ..conftest import eventually
from .conftest import Clock, Run, note

LOS_ANGELES = "America/Los_Angeles"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(line: str, zone: str, after: str, count: int) -> list[str]:
    """The next moments of a cron line, in UTC."""
    found, at = list[str](), moment(after)
    for _ in range(count):
        at = next_time({"schedule_type": "CRON_TYPE", "cron_expr": line, "timezone": zone}, at, at)
        assert at is not None
        found.append(at.strftime("%m-%d %H:%M"))
    return found


@pytest.mark.parametrize(
    ("line", "zone", "after", "expected"),
    [
        ("*/15 * * * *", "UTC", "2026-03-01 12:00", ["03-01 12:15", "03-01 12:30", "03-01 12:45", "03-01 13:00"]),
        ("30 9 * * MON-FRI", "UTC", "2026-03-06 09:30", ["03-09 09:30", "03-10 09:30"]),
        ("0 0 L * *", "UTC", "2026-01-31 00:00", ["02-28 00:00", "03-31 00:00", "04-30 00:00"]),
        ("0 0 L * *", "UTC", "2028-02-01 00:00", ["02-29 00:00"]),
        ("0 0 29 2 *", "UTC", "2096-03-01 00:00", ["02-29 00:00"]),
        ("0 12 * * 5L", "UTC", "2026-03-01 00:00", ["03-27 12:00", "04-24 12:00", "05-29 12:00"]),
        (
            "0 0 10-12 * 2,4",
            "UTC",
            "2026-03-08 00:00",
            ["03-10 00:00", "03-11 00:00", "03-12 00:00", "03-17 00:00"],
        ),
        ("0 0 1 4/3 *", "UTC", "2026-01-02 00:00", ["04-01 00:00", "07-01 00:00", "10-01 00:00", "04-01 00:00"]),
        ("0 9 * * *", "Asia/Kolkata", "2026-03-01 03:30", ["03-02 03:30"]),
        ("0 8 * * SUN", "Pacific/Auckland", "2026-03-01 00:00", ["03-07 19:00"]),
    ],
)
def test_a_cron_line_is_due(line: str, zone: str, after: str, expected: list[str]) -> None:
    assert due(line, zone, after, len(expected)) == expected


def test_what_never_comes_is_never_due() -> None:
    never = {"schedule_type": "CRON_TYPE", "cron_expr": "0 0 30 2 *", "timezone": "UTC"}
    assert next_time(never, moment("2026-01-01"), moment("2026-01-01")) is None


@pytest.mark.parametrize(
    ("line", "after", "expected"),
    [
        # 8 March 2026: 01:59 PST is followed by 03:00 PDT. At 2 there is nothing, at 1 and at 3 one run each.
        ("0 2 * * *", "2026-03-07 00:00", ["03-07 10:00", "03-09 09:00"]),
        ("0 1 * * *", "2026-03-07 10:00", ["03-08 09:00", "03-09 08:00"]),
        ("0 3 * * *", "2026-03-07 12:00", ["03-08 10:00", "03-09 10:00"]),
        ("30 * * * *", "2026-03-08 08:00", ["03-08 08:30", "03-08 09:30", "03-08 10:30", "03-08 11:30"]),
        # 1 November 2026: 01:59 PDT is followed by 01:00 PST. At 1 there are two runs, at 2 one.
        ("0 1 * * *", "2026-10-31 09:00", ["11-01 08:00", "11-01 09:00", "11-02 09:00"]),
        ("0 2 * * *", "2026-10-31 10:00", ["11-01 10:00", "11-02 10:00"]),
        ("30 * * * *", "2026-11-01 07:00", ["11-01 07:30", "11-01 08:30", "11-01 09:30", "11-01 10:30"]),
    ],
)
def test_the_days_on_which_the_clocks_are_changed(line: str, after: str, expected: list[str]) -> None:
    assert due(line, LOS_ANGELES, after, len(expected)) == expected


# What fires


def log(run: Run) -> list[str]:
    return [f"{at:%m-%d %H:%M:%S} {name}" for at, name in run("select at, name from log order by n")]


def test_a_month_of_a_nightly_graph(account: LocalAccount, clock: Clock, run: Run) -> None:
    """March 2026 in Los Angeles, from the first at 4 in the morning: thirty nights, the clocks change on the eighth."""
    run(f"create task root schedule = 'using cron 30 3 * * * {LOS_ANGELES}' as {note('root')}")
    run(f"create task child after root as {note('child')}")
    run(f"create task last finalize = root as {note('last')}")
    for name in ("last", "child", "root"):
        run(f"alter task {name} resume")
    account.advance(days=30)
    winter = [f"03-{day:02} 11:30:00" for day in range(2, 8)]
    summer = [f"03-{day:02} 10:30:00" for day in range(8, 32)]
    assert log(run) == [f"{at} {name}" for at in winter + summer for name in ("root", "child", "last")]
    assert account.clock() == clock() + timedelta(days=30) == moment("2026-03-31 12:00")
    assert run("select sysdate()") == [(datetime(2026, 3, 31, 12, 0),)]
    told = run("select scheduled_time, state from table(information_schema.task_history(result_limit => 4))")
    ended = ("2026-03-31 10:30:00+00:00", "SUCCEEDED")
    assert [(str(at), state) for at, state in told] == [("2026-04-01 10:30:00+00:00", "SCHEDULED"), *[ended] * 3]
    clock.pass_(hours=1)
    assert account.clock() == moment("2026-03-31 13:00")


def each(days: range | list[int], month: str, time: str) -> list[str]:
    return [f"{month}-{day:02} {time}" for day in days]


CALENDARS: dict[str, tuple[str, int, dict[str, list[str]]]] = {
    # The clocks go forward on the 8th in Los Angeles and on the 29th in Berlin. The 1st is a Sunday.
    "March": (
        "2026-03-01 12:00",
        31,
        {
            "la_one": [*each(range(2, 9), "03", "09:30"), *each(range(9, 32), "03", "08:30"), "04-01 08:30"],
            "la_two": [*each(range(2, 8), "03", "10:30"), *each(range(9, 32), "03", "09:30"), "04-01 09:30"],
            "berlin_two": [*each(range(2, 29), "03", "01:30"), *each([30, 31], "03", "00:30"), "04-01 00:30"],
            "berlin_work": [
                *each([2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27], "03", "08:00"),
                *each([30, 31], "03", "07:00"),
                "04-01 07:00",
            ],
            "la_last": ["03-31 07:00"],
        },
    ),
    # The clocks go back on 25 October in Berlin and on 1 November in Los Angeles. 20 October is a Tuesday.
    "November": (
        "2026-10-20 12:00",
        20,
        {
            "la_one": [
                *each(range(21, 32), "10", "08:30"),
                *["11-01 08:30", "11-01 09:30"],
                *each(range(2, 10), "11", "09:30"),
            ],
            "la_two": [*each(range(21, 32), "10", "09:30"), *each(range(1, 10), "11", "10:30")],
            "berlin_two": [
                *each(range(21, 25), "10", "00:30"),
                *["10-25 00:30", "10-25 01:30"],
                *each(range(26, 32), "10", "01:30"),
                *each(range(1, 10), "11", "01:30"),
            ],
            "berlin_work": [
                *each([21, 22, 23], "10", "07:00"),
                *each([26, 27, 28, 29, 30], "10", "08:00"),
                *each([2, 3, 4, 5, 6, 9], "11", "08:00"),
            ],
            "la_last": ["10-31 07:00"],
        },
    ),
}
"""When the clock starts, for how many days it is moved, and when each task is due until then, in UTC."""


@pytest.mark.parametrize("month", CALENDARS)
def test_a_month_of_schedules(account: LocalAccount, clock: Clock, run: Run, month: str) -> None:
    """Schedules of two zones at once, each before and after its clocks are changed, and one that knows no clock."""
    start, days, calendar = CALENDARS[month]
    clock.time = moment(start)
    lines = {
        "la_one": f"30 1 * * * {LOS_ANGELES}",
        "la_two": f"30 2 * * * {LOS_ANGELES}",
        "berlin_two": "30 2 * * * Europe/Berlin",
        "berlin_work": "0 9 * * MON-FRI Europe/Berlin",
        "la_last": f"0 0 L * * {LOS_ANGELES}",
    }
    for name, line in lines.items():
        run(f"create task {name} schedule = 'USING CRON {line}' as {note(name)}")
    run(f"create task steady schedule = '43200 SECONDS' as {note('steady')}")
    for name in (*lines, "steady"):
        run(f"alter task {name} resume")
    account.advance(days=days)
    noons = [moment(start) + timedelta(hours=12 * half) for half in range(1, 2 * days + 1)]
    expected = {**calendar, "steady": [at.strftime("%m-%d %H:%M") for at in noons]}
    told = log(run)
    assert {name: [line[:11] for line in told if line.endswith(f" {name}")] for name in expected} == expected
    assert told == sorted(told, key=lambda line: line[:14]), "each in its turn"
    asked = "select to_char(scheduled_time, 'MM-DD HH24:MI') from snowflake.account_usage.task_history"
    for name, times in expected.items():
        assert run(f"{asked} where name = upper('{name}') order by scheduled_time") == [(time,) for time in times]


def test_seconds_of_an_interval(account: LocalAccount, run: Run) -> None:
    """Across the night on which the clocks go forward, which no interval knows of."""
    run("alter session set timezone = 'America/Los_Angeles'")
    run(f"create task quick schedule = '45 SECONDS' as {note('quick')}")
    account.advance(days=6, hours=21, minutes=59)  # 8 March, 9:59 in UTC
    run("alter task quick resume")
    account.advance(minutes=3)
    assert log(run) == [f"03-08 {at} quick" for at in ("09:59:45", "10:00:30", "10:01:15", "10:02:00")]
    run("alter task quick suspend")
    account.advance(seconds=10)
    run("alter task quick resume")
    account.advance(seconds=45)
    assert log(run)[4:] == ["03-08 10:02:55 quick"], "an interval begins when the task is resumed"


def test_several_schedules_come_in_their_order(account: LocalAccount, run: Run) -> None:
    run(f"create task quick schedule = '20 SECONDS' as {note('quick')}")
    run(f"create task slow schedule = '1 MINUTE' as {note('slow')}")
    run(f"create task never schedule = '10 SECONDS' as {note('never')}")
    run("alter task slow resume")
    account.advance(seconds=10)
    run("alter task quick resume")
    account.advance(minutes=1)
    names = ["12:00:30 quick", "12:00:50 quick", "12:01:00 slow", "12:01:10 quick"]
    assert log(run) == [f"03-01 {name}" for name in names]
    run("alter task quick suspend")
    account.advance(minutes=2)
    assert log(run)[4:] == ["03-01 12:02:00 slow", "03-01 12:03:00 slow"]


def test_an_hour_that_comes_twice(run: Run, account: LocalAccount, clock: Clock) -> None:
    clock.time = moment("2026-10-31 20:00")
    run(f"create task twice schedule = 'USING CRON 0 1 * * * {LOS_ANGELES}' as {note('twice')}")
    run("alter task twice resume")
    account.advance(days=2)
    assert log(run) == ["11-01 08:00:00 twice", "11-01 09:00:00 twice", "11-02 09:00:00 twice"]


def test_the_account_fires_by_itself(account: LocalAccount, clock: Clock, run: Run) -> None:
    run(f"create task root schedule = '5 MINUTES' as {note('root')}")
    run("alter task root resume")
    clock.pass_(minutes=5)
    account.runs.scheduler.changed()  # a clock that is moved behind the account's back wakes nobody
    eventually(lambda: log(run) == ["03-01 12:05:00 root"])


def test_what_was_due_while_the_account_was_closed_is_left_out(tmp_path: Path, clock: Clock) -> None:
    with LocalAccount(tmp_path, clock=clock) as account:
        for statement in (
            "create database d",
            "create table d.public.log (at timestamp_ntz)",
            "create task d.public.k schedule = '60 MINUTES' as insert into log select sysdate()",
            "alter task d.public.k resume",
        ):
            account.execute(statement)
        account.advance(hours=1)
    clock.pass_(hours=10, minutes=30)
    with LocalAccount(tmp_path, clock=clock) as account:
        assert account.clock() == moment("2026-03-01 23:30"), "the clock stays ahead"
        account.advance(hours=1)
        hours = [at.hour for (at,) in account.execute("select at from d.public.log order by at")]
    assert hours == [13, 0]


def test_the_clock_is_not_moved_back(account: LocalAccount) -> None:
    with pytest.raises(ValueError, match=r"can't be moved back, by 1 day, 0:00:00"):
        account.advance(days=-1)
    before = account.clock()
    account.advance()
    assert account.clock() == before


# What follows the clock


def test_a_wait_of_another_session_ends(account: LocalAccount, run: Run) -> None:
    ended: list[str] = []
    waiting = threading.Thread(target=lambda: ended.append(account.execute("call system$wait(2, 'hours')")[0][0]))
    waiting.start()
    eventually(lambda: account.clock.next_wait)
    account.advance(minutes=119)
    assert ended == []
    account.advance(minutes=1)
    waiting.join(60)
    assert ended == ["waited 2 hours"]


def test_a_task_waits_without_taking_time(account: LocalAccount, run: Run) -> None:
    run(
        "create task root schedule = '60 MINUTES' as"
        f" begin call system$wait(5, 'minutes'); {note('waited')}; call system$wait(10, 'minutes'); end"
    )
    run(f"create task child after root as {note('child')}")
    run("alter task child resume")
    run("alter task root resume")
    account.advance(minutes=70)
    assert log(run) == ["03-01 13:05:00 waited"]
    account.advance(minutes=5)
    assert log(run)[1:] == ["03-01 13:15:00 child"]


def test_a_task_that_waits_too_long_is_stopped_in_time(account: LocalAccount, run: Run) -> None:
    run(
        "create task root schedule = '60 MINUTES' user_task_timeout_ms = 600000 as"
        " begin call system$wait(50, 'minutes'); end"
    )
    run("alter task root resume")
    account.advance(hours=2, minutes=15)
    asked = "select state, error_code, completed_time from table(information_schema.task_history())"
    told = [(state, code, str(at)) for state, code, at in run(f"{asked} where state <> 'SCHEDULED'")]
    assert told == [("FAILED", "000630", f"2026-03-01 {hour}:10:00+00:00") for hour in (14, 13)]


def test_history_is_kept_by_the_moved_clock(account: LocalAccount, run: Run) -> None:
    run("insert into log (name) values ('old')")
    account.advance(hours=1)
    run("delete from log")
    account.advance(hours=22)
    past = "select name from log at (offset => -3600 * 22.5)"
    assert run(past) == [("old",)]
    account.advance(hours=2)
    with pytest.raises(AccountError, match="Time travel data is not available"):
        run(past.replace("22.5", "24.5"))


def test_tokens_of_drivers_expire(account: LocalAccount) -> None:
    with LocalServer(account) as server:

        def ask(path: str, token: str = "", **data: str) -> dict[str, Any]:
            said = {"Authorization": f'Snowflake Token="{token}"'}
            url = f"{server.url}/{path}"
            return httpx.post(
                url, json={"data": data, "sqlText": "select 1"}, headers=said, trust_env=False, timeout=60
            ).json()

        login = ask("session/v1/login-request", LOGIN_NAME=server.user, PASSWORD=server.password)["data"]
        account.advance(minutes=59)
        assert ask("queries/v1/query-request", login["token"])["success"]
        account.advance(minutes=1)
        assert ask("queries/v1/query-request", login["token"])["code"] == "390112"
