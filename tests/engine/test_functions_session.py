"""Functions that tell what a session is and has."""

from __future__ import annotations

from snowcore import LocalAccount


def test_what_a_session_says() -> None:
    with LocalAccount() as account:
        session = account.session()
        for statement in ("create database d", "set b = 1", "set c = 'x'"):
            session.execute(statement)
        rows = session.execute(
            "select getvariable('B'), getvariable('c'), getvariable('none'), current_database(), current_role(),"
            " is_role_in_session('ACCOUNTADMIN'), is_role_in_session('OTHER'), invoker_role(), system$typeof(1.5)"
        ).rows
        assert [tuple(row) for row in rows] == [
            ("1", "x", None, "D", "ACCOUNTADMIN", True, False, "ACCOUNTADMIN", "NUMBER(2,1)[SB1]")
        ]
