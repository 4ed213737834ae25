"""What roles may do, from every door: statements of SQL in process, by the connector and the SQL API, and REST.

A role has nothing, then one privilege after the other. Each statement fails with Snowflake's error until the role has
what the statement needs, and goes then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import snowflake.connector

from snowcore import Root
from snowcore.database import Database
from snowcore.engine.errors import AccountError
from snowcore.exceptions import APIError
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer
from snowcore.role import ContainingScope, Role, Securable
from snowcore.table import Table, TableColumn
from snowcore.user import Securable as UserSecurable
from snowcore.user import User

from .conftest import OK, Door, door_of

PASSWORD = "the server's own password"
HIDDEN, REFUSED = "002003", "003001"
"""The object isn't there for the role; the role may not do that with it."""


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with LocalAccount() as account:
        for text in (
            "create user u password = 'sesame' default_role = 'NONE_YET' default_secondary_roles = ()",
            "create warehouse w",
        ):
            account.execute(text)
        with LocalServer(account, password=PASSWORD) as server:
            yield server


@pytest.fixture
def account(server: LocalServer, request: pytest.FixtureRequest) -> Iterator[LocalAccount]:
    """With a database of its own for each test, and a role that has nothing but its user."""
    account = server.account
    for text in (
        "create or replace role r",
        "grant role r to user u",
        "grant role r to user snowcore",
        "alter user u set default_role = r",
        "create or replace database d",
        "create schema d.s",
        "create table d.s.t as select 1 as a",
        "create view d.s.v as select a from d.s.t",
        "create sequence d.s.q",
        "create file format d.s.ff type = csv",
        "create stage d.s.st",
        "create function d.s.f(x int) returns int as 'x + (select max(a) from d.s.t)'",
        "create procedure d.s.owners() returns int language sql as 'begin return (select max(a) from d.s.t); end'",
        "create procedure d.s.callers() returns int language sql execute as caller"
        " as 'begin return (select max(a) from d.s.t); end'",
        "create task d.s.k warehouse = w as select 1",
        "create dynamic table d.s.dt target_lag = '1 minute' warehouse = w as select a from d.s.t",
        "create event table d.s.et",
        "create stream d.s.sm on table d.s.t",
    ):
        account.execute(text)
    yield account


DOORS = ["in process", "connector", "SQL API"]


@pytest.fixture(params=DOORS)
def door(server: LocalServer, account: LocalAccount, request: pytest.FixtureRequest) -> Iterator[Door]:
    if request.param == "in process":
        session = account.session(role="R")

        def run(text: str) -> str:
            try:
                session.execute(text)
            except AccountError as error:
                return error.code
            return OK

        yield run
        session.close()
        return
    place = {"account": "local", "host": server.host, "port": server.port, "protocol": "http"}
    with snowflake.connector.connect(**place, user="U", password="sesame") as connection:
        if request.param == "connector":
            yield door_of(connection)
            return
        headers = {"Authorization": f'Snowflake Token="{connection.rest.token}"'}  # type: ignore[union-attr]

        def post(text: str) -> str:
            answer = httpx.post(
                f"{server.url}/api/v2/statements", json={"statement": text}, headers=headers, timeout=60
            )
            return OK if answer.status_code == 200 else answer.json()["code"]

        yield post


# A statement, and how it goes before and after the grants of a line. The lines come one after the other.
LINES: list[tuple[list[str], dict[str, str]]] = [
    (
        [],
        {
            "select 1": OK,
            "select * from d.s.t": HIDDEN,
            "insert into d.s.t values (1)": HIDDEN,
            "drop table d.s.t": HIDDEN,
            "describe table d.s.t": HIDDEN,
            "use database d": "002043",
            "create database e": REFUSED,
            "create role q": REFUSED,
            "create user x": REFUSED,
            "create warehouse x": REFUSED,
            "use warehouse w": "002043",
            "drop database d": HIDDEN,
            "select * from d.information_schema.tables": HIDDEN,
        },
    ),
    (
        ["grant usage on database d to role r"],
        {
            "use database d": OK,
            "select * from d.s.t": HIDDEN,
            "use schema d.s": "002043",
            "create schema d.x": REFUSED,
            "drop database d": REFUSED,
            "select * from d.information_schema.tables": OK,
        },
    ),
    (
        ["grant usage on schema d.s to role r"],
        {
            "use schema d.s": OK,
            "select * from d.s.t": HIDDEN,
            "select * from d.s.v": HIDDEN,
            "select * from d.s.not_there": HIDDEN,
            "insert into d.s.t values (1)": HIDDEN,
            "select d.s.q.nextval": HIDDEN,
            "select d.s.f(1)": "002140",
            "call d.s.owners()": "002140",
            "list @d.s.st": HIDDEN,
            "select * from d.s.dt": HIDDEN,
            "describe table d.s.dt": HIDDEN,
            "select * from d.s.et": HIDDEN,
            "select * from d.s.sm": HIDDEN,
            "create table d.s.u like d.s.t": REFUSED,
            "create temporary table d.s.u like d.s.t": HIDDEN,
            "create temporary table d.s.passing (a int)": OK,
            "create table d.s.u (a int)": REFUSED,
            "create view d.s.u as select 1 as a": REFUSED,
            "create task d.s.u as select 1": REFUSED,
            "drop schema d.s": REFUSED,
        },
    ),
    (
        ["grant insert on table d.s.t to role r"],
        {
            "insert into d.s.t values (2)": OK,
            "insert into d.s.t select a from d.s.t": REFUSED,
            "select * from d.s.t": REFUSED,
            "update d.s.t set a = 3": REFUSED,
            "delete from d.s.t": REFUSED,
            "truncate table d.s.t": REFUSED,
            "insert overwrite into d.s.t values (1)": REFUSED,
            "merge into d.s.t using (select 1 as b) on a = b when matched then delete": REFUSED,
            "merge into d.s.t using (select 1 as b) on a = b when not matched then insert values (b)": OK,
            "describe table d.s.t": OK,
            "drop table d.s.t": REFUSED,
            "alter table d.s.t add column b int": REFUSED,
            "alter table d.s.t rename to d.s.u": REFUSED,
            "comment on table d.s.t is 'x'": REFUSED,
            "create or replace table d.s.t (a int)": REFUSED,
            "grant select on table d.s.t to role public": REFUSED,
        },
    ),
    (
        ["grant select on table d.s.t to role r"],
        {"select * from d.s.t": OK, "insert into d.s.t select a from d.s.t": OK},
    ),
    (["grant update on table d.s.t to role r"], {"update d.s.t set a = 3": OK, "delete from d.s.t": REFUSED}),
    (
        ["grant delete on table d.s.t to role r"],
        {"delete from d.s.t where a = 7": OK, "insert overwrite into d.s.t values (1)": OK},
    ),
    (["grant truncate on table d.s.t to role r"], {"truncate table d.s.t": OK}),
    (["revoke select on table d.s.t from role r"], {"select * from d.s.t": REFUSED, "call d.s.callers()": "002140"}),
    (
        ["grant select on view d.s.v to role r"],
        {"select * from d.s.v": OK, "drop view d.s.v": REFUSED, "alter view d.s.v set comment = 'x'": REFUSED},
    ),
    (
        ["grant usage on function d.s.f(int) to role r", "grant usage on procedure d.s.owners() to role r"],
        {"select d.s.f(1)": OK, "call d.s.owners()": OK, "drop function d.s.f(int)": REFUSED},
    ),
    (["grant usage on procedure d.s.callers() to role r"], {"call d.s.callers()": REFUSED}),
    (["grant usage on sequence d.s.q to role r"], {"select d.s.q.nextval": OK, "drop sequence d.s.q": REFUSED}),
    (
        ["grant read on stage d.s.st to role r"],
        {
            "list @d.s.st": OK,
            "remove @d.s.st": REFUSED,
            "copy into @d.s.st from (select 1)": REFUSED,
            "copy into '@d.s.st' from (select 1)": REFUSED,
        },
    ),
    (["grant write on stage d.s.st to role r"], {"remove @d.s.st": OK, "drop stage d.s.st": REFUSED}),
    (
        ["grant usage on file format d.s.ff to role r"],
        {"copy into @d.s.st from (select 1) file_format = (format_name = 'd.s.ff')": OK},
    ),
    (
        ["grant monitor on dynamic table d.s.dt to role r"],
        {
            "describe table d.s.dt": OK,
            "select * from d.s.dt": REFUSED,
            "alter dynamic table d.s.dt refresh": REFUSED,
            "drop dynamic table d.s.dt": REFUSED,
        },
    ),
    (
        ["grant select, operate on dynamic table d.s.dt to role r", "grant select on table d.s.et to role r"],
        {"select * from d.s.dt": OK, "alter dynamic table d.s.dt refresh": OK, "select * from d.s.et": OK},
    ),
    (
        ["grant monitor on task d.s.k to role r"],
        {"alter task d.s.k suspend": REFUSED, "execute task d.s.k": REFUSED, "drop task d.s.k": REFUSED},
    ),
    (["grant operate on task d.s.k to role r"], {"alter task d.s.k suspend": OK, "drop task d.s.k": REFUSED}),
    (
        ["grant usage on warehouse w to role r"],
        {"use warehouse w": OK, "alter warehouse w set comment = 'x'": REFUSED, "drop warehouse w": REFUSED},
    ),
    (["grant modify on warehouse w to role r"], {"alter warehouse w set comment = 'x'": OK}),
    (
        ["grant create table, create view on schema d.s to role r"],
        {
            "create table d.s.mine (a int)": OK,
            "create or replace table d.s.mine (a int)": OK,
            "select * from d.s.mine": OK,
            "create view d.s.my_view as select a from d.s.mine": OK,
            "create view d.s.not_mine as select a from d.s.t": REFUSED,
            "grant select on table d.s.mine to role public": OK,
            "drop view d.s.my_view": OK,
            "drop table d.s.mine": OK,
        },
    ),
    (["grant create schema on database d to role r"], {"create schema d.mine": OK, "drop schema d.mine": OK}),
    (
        ["grant ownership on table d.s.t to role r copy current grants"],
        {"select * from d.s.t": OK, "alter table d.s.t add column b int": OK, "drop table d.s.t": OK},
    ),
    (["revoke all on database d from role r"], {"select * from d.s.v": HIDDEN, "use schema d.s": "002043"}),
]


def test_a_role_may_do_what_it_was_granted(account: LocalAccount, door: Door) -> None:
    for grants, statements in LINES:
        for text in grants:
            account.execute(text)
        for text, expected in statements.items():
            assert (text, door(text)) == (text, expected), grants


FURTHER = {
    "alter stage d.s.st refresh": ["read on stage d.s.st", "write on stage d.s.st"],
    "alter pipe d.s.pi set pipe_execution_paused = true": ["operate on pipe d.s.pi"],
    "create materialized view d.s.mv as select a from d.s.t": [
        *("create materialized view on schema d.s", "select on table d.s.t")
    ],
    "create dynamic table d.s.new target_lag = '1 minute' warehouse = w as select a from d.s.t": [
        *("create dynamic table on schema d.s", "select on table d.s.t", "usage on warehouse w")
    ],
    "alter table d.s.t set tag d.s.tg = 'x'": ["apply tag on account"],
    "alter table d.s.t modify column a set masking policy d.s.mp": ["apply masking policy on account"],
    "alter table d.s.t add row access policy d.s.rap on (a)": ["apply row access policy on account"],
}


@pytest.mark.parametrize("text", FURTHER)
def test_a_role_needs_all_of_it(account: LocalAccount, text: str) -> None:
    for made in (
        "create pipe d.s.pi as copy into d.s.t from @d.s.st",
        "create tag d.s.tg",
        "create masking policy d.s.mp as (v int) returns int -> v",
        "create row access policy d.s.rap as (v int) returns boolean -> true",
        "alter stage d.s.st set directory = (enable = true)",
    ):
        account.execute(made)
    session = account.session(role="R")
    for grant in ("usage on database d", "usage on schema d.s", *FURTHER[text]):
        with pytest.raises(AccountError) as caught:
            session.execute(text)
        assert caught.value.code in (HIDDEN, REFUSED)
        account.execute(f"grant {grant} to role r")
    session.execute(text)


def test_show_lists_what_a_role_sees(account: LocalAccount) -> None:
    session = account.session(role="R")

    def names(text: str, title: str = "name") -> set[Any]:
        result = session.execute(text)
        at = [column.name for column in result.columns].index(title)
        return {row[at] for row in result.rows}

    with pytest.raises(AccountError, match="Database 'SNOWFLAKE' does not exist or not authorized"):
        session.execute("select * from snowflake.account_usage.tables")
    assert names("show databases") == names("show warehouses") == names("show tables in account") == set()
    assert names("show users") == {"SNOWCORE"}
    for text in ("usage on database d", "usage on schema d.s", "select on view d.s.v", "usage on sequence d.s.q"):
        account.execute(f"grant {text} to role r")
    assert names("show databases") == {"D"}
    assert names("show schemas in database d") == {"INFORMATION_SCHEMA", "S"}
    assert names("show tables in schema d.s") == names("show stages in schema d.s") == set()
    assert names("show views in schema d.s") == {"V"}
    assert names("show sequences in schema d.s") == {"Q"}
    assert names("show columns in database d", "table_name") == {"V"}
    assert names("select table_name from d.information_schema.tables", "TABLE_NAME") == {"V"}
    assert names("select sequence_name from d.information_schema.sequences", "SEQUENCE_NAME") == {"Q"}
    assert names("select stage_name from d.information_schema.stages", "STAGE_NAME") == set()
    account.execute("grant select on table d.s.t to role r")
    assert names("show tables in schema d.s") == {"T"}


def test_a_kept_translation_asks_again(account: LocalAccount) -> None:
    """The same text, by who may, by who may not, and by who may no more."""
    text = "select count(*) from d.s.t"
    mine, other = account.session(), account.session(role="R")
    for grant in ("usage on database d", "usage on schema d.s", "insert on table d.s.t"):
        account.execute(f"grant {grant} to role r")
    for _ in range(3):
        assert mine.execute(text).rows == [(1,)]
        with pytest.raises(AccountError, match="Insufficient privileges to operate on table 'T'"):
            other.execute(text)
    account.execute("grant select on table d.s.t to role r")
    assert other.execute(text).rows == [(1,)]
    account.execute("create or replace table d.s.t as select 1 as a")
    with pytest.raises(AccountError, match="does not exist or not authorized"):
        other.execute(text)


def test_secondary_roles_count(account: LocalAccount) -> None:
    account.execute("create or replace role other")
    account.execute("grant role other to user snowcore")
    session = account.session(role="R")
    for grant in ("usage on database d", "usage on schema d.s", "select on table d.s.t"):
        account.execute(f"grant {grant} to role other")
    with pytest.raises(AccountError):
        session.execute("select * from d.s.t")
    session.execute("use secondary roles all")
    assert session.execute("select * from d.s.t").rows == [(1,)]
    session.execute("use secondary roles none")
    with pytest.raises(AccountError):
        session.execute("select * from d.s.t")


def test_an_admin_has_what_roles_have_that_were_granted_upwards(account: LocalAccount) -> None:
    account.execute("create or replace role alone")
    account.execute("grant ownership on table d.s.t to role alone")
    session = account.session()
    with pytest.raises(AccountError, match="Insufficient privileges to operate on table 'T'") as refused:
        session.execute("select * from d.s.t")
    assert (refused.value.code, refused.value.sqlstate, refused.value.status) == ("003001", "42501", 403)
    assert [row[1] for row in session.execute("show tables in schema d.s").rows] == ["DT", "ET", "T"]
    account.execute("grant role alone to role sysadmin")
    assert session.execute("select * from d.s.t").rows == [(1,)]


def test_in_a_managed_schema_its_owner_grants(account: LocalAccount) -> None:
    account.execute("create schema d.m with managed access")
    account.execute("grant usage on database d to role r")
    account.execute("grant usage, create table on schema d.m to role r")
    session = account.session(role="R")
    session.execute("create table d.m.t (a int)")
    with pytest.raises(AccountError, match="Insufficient privileges"):
        session.execute("grant select on table d.m.t to role public")
    account.execute("grant select on table d.m.t to role public")


def test_a_view_reads_with_its_owners_privileges(account: LocalAccount) -> None:
    account.execute("create or replace role maker")
    for grant in ("usage on database d", "usage, create view on schema d.s", "select on table d.s.t"):
        account.execute(f"grant {grant} to role maker")
    account.execute("grant role maker to user snowcore")
    account.session(role="MAKER").execute("create view d.s.w as select * from d.s.t")
    for grant in ("usage on database d", "usage on schema d.s"):
        account.execute(f"grant {grant} to role r")
    account.session(role="MAKER").execute("grant select on view d.s.w to role r")
    reader = account.session(role="R")
    assert reader.execute("select * from d.s.w").rows == [(1,)]
    account.execute("revoke select on table d.s.t from role maker")
    with pytest.raises(AccountError, match="Failure during expansion of view 'W'"):
        reader.execute("select * from d.s.w")


def test_rest_refuses_what_sql_refuses(account: LocalAccount) -> None:
    root = Root(account)
    role, user = root.roles["r"], root.users["snowcore"]
    assert user.fetch().default_role == "ACCOUNTADMIN"
    mine = root.with_context(role="R")
    schema = mine.databases["d"].schemas["s"]

    def status(do: Callable[[], Any]) -> int:
        try:
            do()
        except APIError as error:
            assert error.status is not None
            return error.status
        return 200

    column = TableColumn(name="a", datatype="int")
    assert status(mine.databases["d"].fetch) == 404
    assert [one.name for one in mine.databases.iter()] == []
    assert status(lambda: mine.databases.create(Database(name="e"))) == 403
    assert status(lambda: mine.roles.create(Role(name="e"))) == 403
    assert status(lambda: mine.users.create(User(name="e"))) == 403
    role.grant_privileges(["USAGE"], "DATABASE", Securable(name="d"))
    role.grant_privileges(["USAGE"], "SCHEMA", Securable(database="d", name="s"))
    assert status(mine.databases["d"].fetch) == 200
    assert status(mine.databases["d"].drop) == 403
    assert status(schema.tables["t"].fetch) == 404
    assert status(lambda: schema.tables.create(Table(name="u", columns=[column]))) == 403
    role.grant_privileges(["INSERT"], "TABLE", Securable(database="d", schema="s", name="t"))
    assert status(schema.tables["t"].fetch) == 200
    assert status(schema.tables["t"].drop) == 403
    role.grant_privileges(["CREATE TABLE"], "SCHEMA", Securable(database="d", name="s"))
    assert status(lambda: schema.tables.create(Table(name="u", columns=[column]))) == 200
    assert schema.tables["u"].fetch().owner == "R"
    assert status(lambda: mine.roles["public"].grant_role("role", Securable(name="r"))) == 403
    assert status(schema.tables["u"].drop) == 200
    assert status(schema.tasks["k"].resume) == 404
    role.grant_privileges_on_all(["OPERATE"], "TASK", ContainingScope(database="d", schema="s"))
    assert status(schema.tasks["k"].resume) == 200
    assert status(schema.tasks["k"].drop) == 403
    user.revoke_role("role", UserSecurable(name="r"))
    assert status(mine.databases["d"].fetch) == 403
