"""What a newcomer gets wrong: it is said at once, with what was meant, and nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from snowcore import Root
from snowcore.task import Cron, Task

from ..conftest import Script

Make = Callable[..., tuple[Root, Script]]


CASES: list[tuple[Callable[[Any], Any], type[Exception], str]] = [
    (lambda root: root.warehouses.create("w"), TypeError, r"a Warehouse or a dict.*Warehouse\(name='w'\)\?"),
    (lambda root: root.databases.create(None), TypeError, "a Database or a dict, not None"),
    (lambda root: root.warehouses.create_async("w"), TypeError, "Warehouse"),
    (lambda root: root.databases["d"].create_or_alter(5), TypeError, "a Database or a dict, not 5"),
    (lambda root: root.databases["d"].schemas["s"].sequences.create("s"), TypeError, r"Sequence\(name='s'\)\?"),
    (lambda root: root.databases[1], TypeError, r"DatabaseCollection\[…\].*a str, not 1"),
    (lambda root: root.databases[None], TypeError, "a str, not None"),
    (lambda root: root.databases[1:2], TypeError, "a str, not slice"),
    (lambda root: root.databases[["d"]], TypeError, "a str, not"),
    (lambda root: root.grants.grant("x"), TypeError, r"a Grant, not 'x' \(str\); such as Grant\(grantee=Grantees"),
    (lambda root: root.grants.revoke_async({"privileges": []}), TypeError, "a Grant, not"),
    (lambda root: root.grants.revoke_grant_option(None), TypeError, "a Grant, not None"),
    (lambda root: root.grants.to("PUBLIC"), TypeError, r"a Grantee, not 'PUBLIC' \(str\); such as Grantees\.role"),
    (lambda root: root.databases[""], ValueError, "'' can't be the name"),
    (lambda root: root.databases["d"].schemas["."], ValueError, "'.' can't be the name"),
    (lambda root: root.databases["d"].schemas["s"].tasks[".."], ValueError, "'..' can't be the name"),
]


@pytest.mark.parametrize(("act", "error", "said"), CASES)
def test_wrong_arguments_say_what_was_meant(
    script: Make, act: Callable[[Root], Any], error: type[Exception], said: str
) -> None:
    root, account = script()
    with pytest.raises(error, match=said):
        act(root)
    assert account.requests == []
    assert len(root.databases) <= 1  # the handle that the way led through


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("myconnection", r"not a str\..*Root\.connect\(connection_name\)"),
        (None, r"not None\..*Root\.connect\(\)"),
        ({"account": "a", "password": "hunter2"}, r"not a dict\..*Root\.connect\(\*\*settings\)"),
        (5, "not a int"),
    ],
)
def test_a_root_of_something_else_says_what_was_meant(given: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said) as caught:
        Root(given)
    assert "hunter2" not in str(caught.value)


def test_a_root_of_a_closed_connection_says_so() -> None:
    class Closed:
        rest = None

    with pytest.raises(TypeError, match="closed"):
        Root(Closed())


@pytest.mark.parametrize("cron", [Cron("* * *", "UTC"), Cron("0 0 9 * * MON", "UTC"), Cron("0 9 * * *", "")])
def test_schedules_that_no_account_takes_are_refused(cron: Cron) -> None:
    with pytest.raises(ValueError, match=r"schedule: a Cron has five fields"):
        Task("t", "select 1", schedule=cron)
