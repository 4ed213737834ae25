"""The session of a request of REST is the driver's whose token it has, or one that ends with it."""

from __future__ import annotations

import orjson
import pytest
import requests
import snowflake.connector

from snowcore import LocalAccount
from snowcore.local.doors.server import LocalServer

from .conftest import Api


def test_a_request_has_a_session_of_its_own(account: LocalAccount, api: Api) -> None:
    account.execute("create database d")
    assert api("GET", "session/default-role") == {"session_default": "ACCOUNTADMIN"}
    assert api("GET", "session/default-database") == {}
    assert api("PUT", "session/default-database", {"name": "d"})["status"]
    assert api("GET", "session/default-database") == {}  # that session is over
    [zone] = api("GET", "session/parameters/effective?like=timezone")
    assert (zone["name"], zone["dataType"], zone["level"]) == ("TIMEZONE", "STRING", "")
    assert len(api("GET", "session/parameters/effective")) > 20


@pytest.mark.parametrize(
    ("what", "name", "status", "code"),
    [
        ("database", "nope", 404, "002043"),
        ("warehouse", "nope", 404, "002043"),
        ("role", "nope", 404, "002043"),
        ("schema", "public", 400, "090105"),
    ],
)
def test_what_is_not_there_is_no_default(api: Api, what: str, name: str, status: int, code: str) -> None:
    assert api.error("PUT", f"session/default-{what}", {"name": name})[:2] == (status, code)


def test_a_drivers_token_leads_to_its_session(account: LocalAccount) -> None:
    for statement in ('create database "d"', 'create schema "d"."s"', "create warehouse w", "create role r"):
        account.execute(statement)
    account.execute("grant role r to user snowcore")
    with LocalServer(account) as server:
        connection = snowflake.connector.connect(
            account="a",
            user=server.user,
            password=server.password,
            host=server.host,
            port=server.port,
            protocol="http",
        )
        headers = {"Authorization": f'Snowflake Token="{connection.rest.token}"'}  # pyright: ignore

        def ask(method: str, path: str, body: object = None) -> dict[str, str]:
            url = f"{server.url}/api/v2/session/{path}"
            answer = requests.request(method, url, json=body, headers=headers, timeout=240)
            assert answer.status_code == 200, answer.text
            return orjson.loads(answer.content)

        for what, name in (("database", '"d"'), ("schema", '"s"'), ("warehouse", "w"), ("role", "r")):
            ask("PUT", f"default-{what}", {"name": name})
            assert ask("GET", f"default-{what}") == {
                "session_default": name.strip('"') if '"' in name else name.upper()
            }
        ask("PUT", "secondary-roles", {"use": True})
        assert ask("GET", "secondary-roles")["value"] == "ALL"
        query = "select current_database(), current_schema(), current_warehouse(), current_role()"
        assert connection.cursor().execute(query).fetchall() == [("d", "s", "W", "R")]
        connection.close()
