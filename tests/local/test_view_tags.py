"""Views have tags, by SQL and by REST."""

from __future__ import annotations

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api

PATH = "databases/d/schemas/public/views/v"


@pytest.fixture(name="session")
def _session(account: LocalAccount) -> SqlSession:
    session = account.session()
    for statement in (
        "create database d",
        "create tag t allowed_values 'a', 'b'",
        "create tag u",
        "create view v with tag (t = 'a') as select 1 as x",
    ):
        session.execute(statement)
    return session


def value(session: SqlSession, tag: str, view: str = "v", domain: str = "table") -> str | None:
    return session.execute(f"select system$get_tag('{tag}', '{view}', '{domain}')").rows[0][0]


def test_a_view_has_the_tags_that_it_was_given(session: SqlSession, api: Api) -> None:
    assert value(session, "t") == value(session, "t", domain="view") == "a"
    session.execute("alter view v set tag t = 'b', u = 'x'")
    assert {one["tag_name"]: one["tag_value"] for one in api("GET", f"{PATH}:get-tags")} == {"T": "b", "U": "x"}
    api("POST", f"{PATH}:unset-tags", [{"tag_name": "u"}])
    assert value(session, "u") is None
    api("POST", f"{PATH}:set-tags", [{"tag_name": "u", "tag_value": "y"}])
    assert value(session, "u") == "y"
    session.execute("alter view v rename to w")
    assert value(session, "t", "w") == "b"
    session.execute("alter view w unset tag t")
    assert value(session, "t", "w") is None


def test_a_view_that_is_replaced_has_no_tags(session: SqlSession, api: Api) -> None:
    session.execute("create or replace view v as select 2 as x")
    assert value(session, "t") is None
    assert api("GET", f"{PATH}:get-tags") == []
    session.execute("alter schema public set tag u = 'of all'")
    assert value(session, "u") == "of all"
    assert [one["level"] for one in api("GET", f"{PATH}:get-tags?withLineage=true")] == ["SCHEMA"]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("alter view v set tag t = 'c'", "003040"),
        ("alter view v set tag nope = 'c'", "002003"),
        ("alter view nope set tag t = 'a'", "002003"),
        ("create view x with tag (t = 'c') as select 1 as y", "003040"),
        ("create view x (y with tag (t = 'a')) as select 1 as y", "000002"),
    ],
)
def test_what_is_refused(session: SqlSession, statement: str, code: str) -> None:
    with pytest.raises(AccountError) as caught:
        session.execute(statement)
    assert caught.value.code == code
    assert [row[1] for row in session.execute("show views in schema d.public").rows] == ["V"]


def test_who_may_tag_a_view(account: LocalAccount, session: SqlSession) -> None:
    for statement in (
        *("create role r", "grant role r to user snowcore", "grant usage on database d to role r"),
        *(
            "grant usage on schema d.public to role r",
            "grant select on view v to role r",
            "grant apply on tag u to role r",
        ),
    ):
        session.execute(statement)
    other = account.session(database="D", schema="PUBLIC", role="R")
    with pytest.raises(AccountError) as caught:
        other.execute("alter view v set tag u = 'x'")
    assert caught.value.code == "003001"
    session.execute("grant apply tag on account to role r")
    other.execute("alter view v set tag u = 'x'")
    assert value(session, "u") == "x"
