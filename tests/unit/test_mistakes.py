"""What a newcomer gets wrong: it is said at once, with what was meant, and nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from snowcore import Root
from snowcore.database import Database
from snowcore.iceberg_table import IcebergTable
from snowcore.table import Table
from snowcore.task import Cron, Task
from snowcore.warehouse import Warehouse

from ..conftest import Script

Make = Callable[..., tuple[Root, Script]]


def warehouse(**given: Any) -> Warehouse:
    return Warehouse("w", **given)


def iceberg_tables(root: Root) -> Any:
    return root.databases["d"].schemas["s"].iceberg_tables


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
    (
        lambda root: iceberg_tables(root).create(IcebergTable(name="t"), as_select="x", like="y"),
        ValueError,
        "exclusive",
    ),
    (
        lambda root: iceberg_tables(root).create_async(IcebergTable(name="t"), like="y", from_delta=True),
        ValueError,
        "like",
    ),
    (lambda root: warehouse(warehouse_sise="SMALL"), TypeError, r"Did you mean 'warehouse_size'\?"),
    (lambda root: root.warehouses.create({"name": "w", "coment": ""}), TypeError, r"Did you mean 'comment'\?"),
    (lambda root: root.warehouses.create(warehouse(), moode="x"), TypeError, r"Did you mean 'mode'\?"),
    (lambda root: root.warehouses.create_async(warehouse(), moode="x"), TypeError, r"Did you mean 'mode'\?"),
    (lambda root: root.warehouses.create({"name": "w", "mod": ""}), TypeError, r"argument 'mod'$"),
    (lambda root: root.warehouses["w"].drop(if_exist=True), TypeError, r"Did you mean 'if_exists'\?"),
    (lambda root: Table("t"), TypeError, r"takes its fields by name, as in Table\(name=…\)"),  # type: ignore[misc]
    (lambda root: root.database, AttributeError, r"Did you mean 'databases'\?$"),
    (lambda root: root.databases["d"].tables, AttributeError, "'tables'; look under the schema for it$"),
    (lambda root: root.databases["d"].schemas["s"].warehouses, AttributeError, "look under the account for it$"),
    (lambda root: root.with_options(timeout="soon"), ValueError, "'soon'"),
    (lambda root: root.with_options(retries="often"), ValueError, "'often'"),
    (lambda root: root.databases["d"].schema, AttributeError, r"Did you mean 'schemas'\?$"),
    (lambda root: root.databases["d"].schemas["s"].table, AttributeError, r"Did you mean 'tables'\?$"),
    (lambda root: warehouse(auto_suspend="soon"), TypeError, r"Warehouse\.auto_suspend: expected an integer"),
    (lambda root: Warehouse(None), TypeError, r"Warehouse\.name: required"),  # type: ignore[arg-type]
    (lambda root: root.databases.create(Database("d"), mode="replace"), ValueError, "mode: 'replace' is none of"),
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


def test_a_deprecated_field_says_which_is_meant_at_the_line_that_gives_it() -> None:
    with pytest.warns(DeprecationWarning, match=r"Warehouse\.size: Deprecated; use `warehouse_size`") as told:
        Warehouse("w", size="XSMALL")
    assert [warning.filename for warning in told] == [__file__]
    made = Warehouse("w")
    with pytest.warns(DeprecationWarning, match="warehouse_type"):
        made.type = "STANDARD"
    assert Warehouse.from_dict({"name": "w", "size": "XSMALL"}).size == "XSMALL"


def test_an_unknown_field_of_a_table_says_which_is_meant() -> None:
    with pytest.warns(UserWarning, match=r"no field 'colums', which is left out\. Did you mean 'columns'\?"):
        Table(name="t", colums=[])  # type: ignore[call-arg]


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
