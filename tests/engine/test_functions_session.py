"""Functions that tell what a session is and has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from snowcore import LocalAccount


def test_what_a_session_says() -> None:
    with LocalAccount() as account:
        session = account.session()
        for statement in ("create database d", "set b = 1", "set c = 'x'"):
            session.execute(statement)
        rows = session.execute(
            "select getvariable('B'), getvariable('b'), getvariable('C'), getvariable('none'),"
            " current_database(), current_role(),"
            " is_role_in_session('ACCOUNTADMIN'), is_role_in_session('OTHER'), invoker_role(), system$typeof(1.5)"
        ).rows
        assert [tuple(row) for row in rows] == [
            ("1", None, "x", None, "D", "ACCOUNTADMIN", True, False, "ACCOUNTADMIN", "NUMBER(2,1)[SB1]")
        ]


def test_the_clock_is_the_account_s() -> None:
    now = [datetime(2024, 1, 31, 23, 59, 59, 500000, UTC)]
    with LocalAccount(clock=lambda: now[0]) as account:
        session = account.session()
        session.execute("create database d")
        session.execute("create table t (id int, at timestamp_ntz default sysdate())")
        session.execute("insert into t (id) values (1)")
        now[0] += timedelta(seconds=1)
        session.execute("insert into t (id) values (2)")
        rows = session.execute("select current_date()::varchar, at::varchar, sysdate() > at from t order by id").rows
        assert [tuple(row) for row in rows] == [
            ("2024-01-31", "2024-01-31 23:59:59.500", True),
            ("2024-01-31", "2024-02-01 00:00:00.500", False),
        ]
