"""Roles, users and grants: one truth for SQL and REST, and who may log in."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import snowflake.connector
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from snowflake.connector.errors import DatabaseError

from snowcore import Root
from snowcore.engine.errors import AccountError
from snowcore.exceptions import APIError
from snowcore.grant import Grant, Grantees, Privileges, Securables
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer
from snowcore.local.sql import SqlSession
from snowcore.role import Securable

from .conftest import Api

PASSWORD = "the server's own password"


class Asked:
    """A session, and what is to be known of its answers."""

    def __init__(self, session: SqlSession) -> None:
        self.session = session

    def __call__(self, *statements: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for text in statements:
            rows = list(self.session.execute(text).rows)
        return rows

    def shown(self, text: str, *titles: str) -> list[tuple[Any, ...]]:
        """Some columns of what SHOW tells."""
        result = self.session.execute(text)
        at = [[column.name for column in result.columns].index(title) for title in titles]
        return [tuple(row[i] for i in at) for row in result.rows]

    def error(self, text: str) -> tuple[str, str]:
        with pytest.raises(AccountError) as told:
            self.session.execute(text)
        return told.value.code, told.value.message


@pytest.fixture
def account() -> Iterator[LocalAccount]:
    with LocalAccount() as account:
        account.execute("create database d")
        account.execute("create schema d.s")
        account.execute("create table d.s.t as select 1 as a")
        yield account


@pytest.fixture
def sql(account: LocalAccount) -> Asked:
    return Asked(account.session(database="D", schema="S"))


def granted(sql: Asked, text: str) -> set[tuple[Any, ...]]:
    return set(sql.shown(text, "privilege", "granted_on", "name", "grantee_name", "grant_option"))


# Roles and users


def test_every_account_has_its_roles_and_a_user(sql: Asked) -> None:
    names = [name for (name,) in sql.shown("show roles", "name")]
    assert names == ["ACCOUNTADMIN", "ORGADMIN", "PUBLIC", "SECURITYADMIN", "SYSADMIN", "USERADMIN"]
    assert sql.shown("show users", "name", "default_role") == [("SNOWCORE", "ACCOUNTADMIN")]
    assert sql("select current_user(), current_role(), is_role_in_session('SYSADMIN')") == [
        ("SNOWCORE", "ACCOUNTADMIN", True)
    ]
    assert sql.error("drop role sysadmin")[0] == "003001"


def test_a_role_is_used_by_who_has_it(sql: Asked) -> None:
    sql("create role r comment = 'x'", "create role inner_r", "grant role inner_r to role r")
    assert sql.error("use role r") == (
        "003013",
        "SQL access control error:\nRequested role 'R' is not assigned to the executing user."
        " Specify another role to activate.",
    )
    assert sql.error("use role nope")[0] == "002043"
    sql("grant role r to user snowcore", "use role inner_r")
    assert sql("select current_role()") == [("INNER_R",)]
    sql("use secondary roles all")
    assert orjson.loads(sql("select current_secondary_roles()")[0][0])["value"] == "ALL"
    assert sql("select is_role_in_session('SYSADMIN')") == [(True,)]
    sql("use secondary roles none")
    assert sql("select is_role_in_session('SYSADMIN'), current_secondary_roles()") == [
        (False, '{"roles":"","value":""}')
    ]


def test_a_view_tells_the_session_of_its_roles(sql: Asked) -> None:
    sql("create view v as select current_role() as r, is_role_in_session('SYSADMIN') as i")
    assert sql("select * from v") == [("ACCOUNTADMIN", True)]
    sql("grant usage on database d to role public", "grant usage on schema s to role public")
    sql("grant select on v to role public", "use role public")
    assert sql("select * from v") == [("PUBLIC", False)]


def test_a_renamed_role_keeps_what_it_owns_and_a_dropped_one_leaves_it(sql: Asked) -> None:
    sql("create role r", "grant ownership on table t to role r", "create view v as select 1 as a")
    sql("grant ownership on view v to role r", "alter role r rename to q")
    assert sql.shown("show tables", "name", "owner") == [("T", "Q")]
    assert sql.shown("show views in schema s", "name", "owner") == [("V", "Q")]
    sql("drop role q")
    assert sql.shown("show tables", "name", "owner") == [("T", "ACCOUNTADMIN")]
    assert sql.shown("show views in schema s", "name", "owner") == [("V", "ACCOUNTADMIN")]


def test_users_are_declared_and_their_secrets_never_shown(account: LocalAccount, sql: Asked, tmp_path: Path) -> None:
    sql("create user u password = 'sesame street' default_role = r email = 'u@x' must_change_password = false")
    told = dict(sql.shown("describe user u", "property", "value"))
    assert (told["DEFAULT_ROLE"], told["EMAIL"], told["PASSWORD"]) == ("R", "u@x", "********")
    sql("alter user u set comment = 'hey', disabled = true", "alter user u unset email")
    told = dict(sql.shown("describe user u", "property", "value"))
    assert (told["COMMENT"], told["DISABLED"], told["EMAIL"], told["PASSWORD"]) == ("hey", "true", "null", "********")
    everything = repr(account.catalog.rows("SELECT * FROM objects")) + repr(told) + repr(sql("show users"))
    assert "sesame" not in everything and "scrypt" not in repr(told)
    assert sql.error("create user u")[0] == "002002"
    assert sql.error("create user s type = service password = 'x'")[0] == "391917"
    assert sql.error("create user k rsa_public_key = 'garbage'")[0] == "390422"


# Grants


def test_one_row_is_one_privilege(sql: Asked) -> None:
    sql("create role r", "grant select, insert on table t to role r", "grant select on t to r with grant option")
    assert granted(sql, "show grants to role r") == {
        ("SELECT", "TABLE", "D.S.T", "R", "true"),
        ("INSERT", "TABLE", "D.S.T", "R", "false"),
    }
    assert ("OWNERSHIP", "TABLE", "D.S.T", "ACCOUNTADMIN", "true") in granted(sql, "show grants on table t")
    sql("revoke grant option for select on table t from role r", "revoke insert on table t from role r")
    assert granted(sql, "show grants to role r") == {("SELECT", "TABLE", "D.S.T", "R", "false")}
    sql("alter table t rename to u")
    assert granted(sql, "show grants to role r") == {("SELECT", "TABLE", "D.S.U", "R", "false")}
    sql("create or replace table u copy grants as select 2 as a")
    assert granted(sql, "show grants to role r") == {("SELECT", "TABLE", "D.S.U", "R", "false")}
    sql("create or replace table u as select 2 as a")
    assert granted(sql, "show grants to role r") == set()
    sql("grant all on table u to role r", "drop table u")
    assert granted(sql, "show grants to role r") == set()
    sql("undrop table u")
    assert ("SELECT", "TABLE", "D.S.U", "R", "false") in granted(sql, "show grants to role r")


def test_all_schemas_are_those_that_can_be_given_away(sql: Asked) -> None:
    sql("create role r", "grant ownership on all schemas in database d to role r copy current grants")
    assert ("OWNERSHIP", "SCHEMA", "D.S", "R", "true") in granted(sql, "show grants to role r")
    sql("grant usage on future datasets in database d to role r")
    assert sql.shown("show future grants in database d", "grant_on") == [("DATASET",)]


def test_what_is_made_later_has_its_future_grants(sql: Asked) -> None:
    sql("create role r", "grant select on all tables in schema s to role r")
    sql("grant select on future tables in schema s to role r", "grant insert on future tables in database d to role r")
    sql("grant select on future views in database d to role r", "grant usage on future schemas in database d to role r")
    assert sorted(sql.shown("show future grants in schema s", "privilege", "grant_on", "name", "grantee_name")) == [
        ("SELECT", "TABLE", "D.S.<TABLE>", "R")
    ]
    assert len(sql("show future grants to role r")) == 4
    sql("create table u (a int)", "create view v as select 1 as a", "create schema d.z", "create table d.z.w (a int)")
    assert granted(sql, "show grants to role r") == {
        ("SELECT", "TABLE", "D.S.T", "R", "false"),
        ("SELECT", "TABLE", "D.S.U", "R", "false"),
        ("SELECT", "VIEW", "D.S.V", "R", "false"),
        ("USAGE", "SCHEMA", "D.Z", "R", "false"),
        ("INSERT", "TABLE", "D.Z.W", "R", "false"),
    }
    sql("revoke select on future tables in schema d.s from role r")
    assert sql("show future grants in schema d.s") == []


def test_a_clone_of_a_schema_has_the_grants_of_what_is_in_it(sql: Asked) -> None:
    sql("create role r", "create view v as select 1 as a", "grant select on view v to role r")
    sql("grant select on table t to role r", "grant usage on schema s to role r", "create schema c clone s")
    assert granted(sql, "show grants to role r") == {
        ("SELECT", "TABLE", "D.S.T", "R", "false"),
        ("SELECT", "VIEW", "D.S.V", "R", "false"),
        ("USAGE", "SCHEMA", "D.S", "R", "false"),
        ("SELECT", "TABLE", "D.C.T", "R", "false"),
        ("SELECT", "VIEW", "D.C.V", "R", "false"),
    }


def test_ownership_goes_with_or_without_what_was_granted(sql: Asked) -> None:
    sql("create role r", "create role o", "grant select on table t to role r")
    code, message = sql.error("grant ownership on table t to role o")
    assert code == "003036" and "Dependent grant of privilege 'SELECT' on securable 'D.S.T' to role 'R'" in message
    sql("grant ownership on table t to role o copy current grants")
    assert granted(sql, "show grants on table t") == {
        ("OWNERSHIP", "TABLE", "D.S.T", "O", "true"),
        ("SELECT", "TABLE", "D.S.T", "R", "false"),
    }
    sql("grant ownership on all tables in schema s to role r revoke current grants")
    assert granted(sql, "show grants on table t") == {("OWNERSHIP", "TABLE", "D.S.T", "R", "true")}
    assert sql.shown("show tables", "owner") == [("R",)]


def test_database_roles_have_privileges_in_their_database(sql: Asked) -> None:
    sql("create database role d.dr", "create role r", "grant select on table t to database role dr")
    sql("grant database role d.dr to role r", "create database other")
    assert granted(sql, "show grants to database role d.dr") == {
        ("USAGE", "DATABASE", "D", "DR", "false"),
        ("SELECT", "TABLE", "D.S.T", "DR", "false"),
    }
    assert sql.shown("show grants of database role d.dr", "grantee_name") == [("R",)]
    assert sql.error("grant usage on database other to database role d.dr")[0] == "001003"


def test_who_has_a_role(sql: Asked) -> None:
    sql("create role r", "create user u", "grant role r to user u", "grant role r to role sysadmin")
    assert sorted(sql.shown("show grants of role r", "granted_to", "grantee_name")) == [
        ("ROLE", "SYSADMIN"),
        ("USER", "U"),
    ]
    assert sql.shown("show grants to user u", "role") == [("R",)]
    assert {role for (role,) in sql.shown("show grants", "role")} == {"ACCOUNTADMIN", "ORGADMIN"}
    sql("revoke role r from user u")
    assert sql("show grants to user u") == []
    sql("drop role r")
    assert ("R",) not in sql.shown("show grants to role sysadmin", "name")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("grant fly on table t to role r", "001003"),
        ("grant usage on table t to role r", "003008"),
        ("grant select on spaceship t to role r", "001003"),
        ("grant select on table nope to role r", "002003"),
        ("grant select on table t to role nope", "002003"),
        ("grant role r to role r", "001003"),
        ("grant role sysadmin to role r", "001003"),
        ("grant select on future tables in schema d.s to user snowcore", "000002"),
    ],
)
def test_what_cannot_be_granted(sql: Asked, text: str, code: str) -> None:
    sql("create role r", "grant role r to role sysadmin")
    assert sql.error(text)[0] == code
    assert granted(sql, "show grants to role r") == set()


def test_a_privilege_that_was_passed_on_is_revoked_with_cascade(account: LocalAccount, sql: Asked) -> None:
    sql("create role a", "create role b", "grant usage on database d to role a", "grant usage on schema s to role a")
    sql("grant select on table t to role a with grant option", "grant role a to user snowcore")
    passing = Asked(account.session(database="D", schema="S", role="A"))
    passing("grant select on table t to role b")
    assert sql.error("revoke select on table t from role a")[0] == "003036"
    sql("revoke select on table t from role a cascade")
    assert {row[3] for row in granted(sql, "show grants on table t")} == {"ACCOUNTADMIN"}


def test_grants_are_kept(tmp_path: Path) -> None:
    with LocalAccount(tmp_path / "a") as account:
        for text in ("create role r", "create database d", "grant usage on database d to role r"):
            account.execute(text)
    with LocalAccount(tmp_path / "a") as account:
        rows = account.execute("show grants to role r")
        assert [(row[1], row[3]) for row in rows] == [("USAGE", "D")]


# Tags


def test_tags_are_set_by_sql_and_seen_by_rest(account: LocalAccount, sql: Asked) -> None:
    sql("create tag g allowed_values 'a', 'b'", "alter schema s set tag g = 'a'", "create table u (x int, y int)")
    value = "select system$get_tag('g', '{}', '{}')"
    assert sql(value.format("u", "table")) == sql(value.format("d.s.u.x", "column")) == [("a",)]
    sql("alter table u modify column x set tag d.s.g = 'b'")
    assert sql(value.format("u.x", "column")) == [("b",)]
    assert sql(value.format("u.y", "column")) == [("a",)]
    code, message = sql.error("alter table u set tag g = 'z'")
    assert code == "003040" and "'z' is not an allowed value for tag 'D.S.G'" in message
    sql("alter tag g add allowed_values 'z'", "alter table u set tag g = 'z'")
    path = {"database": "d", "schema": "s", "name": "u"}
    assert [one["tag_value"] for one in account.perform("table", "get_tags", path)] == ["z"]
    sql("alter table u unset tag g", "alter table u alter x unset tag g")
    assert sql(value.format("u.x", "column")) == [("a",)]
    assert sql.error("alter table u set tag nope = 'z'")[0] == "002003"


def test_a_tag_is_set_by_who_may_apply_it(account: LocalAccount, sql: Asked) -> None:
    sql("create tag g", "create role r", "grant role r to user snowcore")
    for grant in ("usage on database d", "usage on schema s", "ownership on table t"):
        sql(f"grant {grant} to role r")
    owner = Asked(account.session(database="D", schema="S", role="R"))
    assert owner.error("alter table t set tag g = 'x'")[0] == "002003"
    sql("grant read on tag g to role r")
    assert owner.error("alter table t set tag g = 'x'")[0] == "003001"
    sql("grant apply on tag g to role r")
    owner("alter table t set tag g = 'x'")


# Who may log in


@pytest.fixture
def server(account: LocalAccount) -> Iterator[LocalServer]:
    account.execute("create role r")
    account.execute("create user u password = 'sesame' default_role = r default_namespace = 'D.S'")
    for text in ("role r to user u", "usage on database d to role r", "usage on schema d.s to role r"):
        account.execute(f"grant {text}")
    with LocalServer(account, password=PASSWORD) as server:
        yield server


def connect(server: LocalServer, **said: Any) -> snowflake.connector.SnowflakeConnection:
    place = {"account": "local", "host": server.host, "port": server.port, "protocol": "http"}
    return snowflake.connector.connect(**place, **{"user": "U", "password": "sesame", **said})


def test_users_log_in_with_their_own_passwords(server: LocalServer) -> None:
    with connect(server) as connection:
        row = connection.cursor().execute("select current_user(), current_role(), current_schema()").fetchone()
        assert row == ("U", "R", "S")
        with pytest.raises(DatabaseError, match="Requested role 'SYSADMIN' is not assigned to the executing user"):
            connection.cursor().execute("use role sysadmin")
    with connect(server, role="PUBLIC") as connection:
        assert connection.role == "PUBLIC"
    with pytest.raises(DatabaseError, match="Incorrect username or password"):
        connect(server, password=PASSWORD)
    with pytest.raises(DatabaseError, match="Role 'ACCOUNTADMIN' specified in the connect string"):
        connect(server, role="ACCOUNTADMIN")
    server.account.execute("alter user u set disabled = true")
    with pytest.raises(DatabaseError, match="User access disabled"):
        connect(server)


def test_users_log_in_with_their_own_keys(server: LocalServer) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    server.account.execute(f"alter user u set rsa_public_key = '{pem.decode()}'")
    der = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with connect(server, password=None, private_key=key.private_bytes(*der)) as connection:
        assert connection.cursor().execute("select current_user()").fetchone() == ("U",)
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(DatabaseError, match="JWT token is invalid"):
        connect(server, password=None, private_key=other.private_bytes(*der))


def token(key: rsa.RSAPrivateKey, *, sub: str = "LOCAL.U", expires: float = 60) -> str:
    """What a client of REST signs."""
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    print_ = f"SHA256:{base64.b64encode(hashlib.sha256(der).digest()).decode()}"
    claims = {"iss": f"{sub}.{print_}", "sub": sub, "iat": time.time() - 100, "exp": time.time() + expires}
    parts = [base64.urlsafe_b64encode(orjson.dumps(one)).rstrip(b"=") for one in ({"alg": "RS256"}, claims)]
    text = b".".join(parts)
    signature = base64.urlsafe_b64encode(key.sign(text, padding.PKCS1v15(), hashes.SHA256())).rstrip(b"=")
    return f"{text.decode()}.{signature.decode()}"


def test_rest_asks_as_whose_key_has_signed(server: LocalServer) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    server.account.execute(f"alter user u set rsa_public_key = '{pem.decode()}'")
    asked = {"statement": "select current_user(), current_role()"}

    def ask(bearer: str, **headers: str) -> httpx.Response:
        told = {"Authorization": f"Bearer {bearer}", **headers}
        return httpx.post(f"{server.url}/api/v2/statements", json=asked, headers=told, timeout=60)

    assert ask(token(key)).json()["data"] == [["U", "R"]]
    assert ask(token(key), **{"X-Snowflake-Role": "PUBLIC"}).json()["data"] == [["U", "PUBLIC"]]
    assert ask(token(key), **{"X-Snowflake-Role": "SYSADMIN"}).status_code == 403
    assert ask(PASSWORD).json()["data"] == [["SNOWCORE", "ACCOUNTADMIN"]]
    assert ask(token(key, expires=-600)).status_code == 401
    assert ask(token(rsa.generate_private_key(public_exponent=65537, key_size=2048))).status_code == 401


@pytest.mark.parametrize(
    "text",
    [
        "alter user u set password = 'another one'",
        "alter user u unset password",
        "alter user u set disabled = true",
        "alter user u set days_to_expiry = 0",
        "create or replace user u password = 'sesame' default_role = r",
        "drop user u",
    ],
)
def test_a_session_ends_with_what_opened_it(server: LocalServer, text: str) -> None:
    import httpx

    with connect(server) as kept:
        headers = {"Authorization": f'Snowflake Token="{kept.rest.token}"'}  # type: ignore[union-attr]
        assert httpx.get(f"{server.url}/api/v2/databases", headers=headers, timeout=60).status_code == 200
        server.account.execute("alter user u set comment = 'still the same'")
        assert kept.cursor().execute("select 1").fetchone() == (1,)
        server.account.execute(text)
        assert httpx.get(f"{server.url}/api/v2/databases", headers=headers, timeout=60).status_code == 401
        with pytest.raises(DatabaseError):
            kept.cursor().execute("select 1")


def test_a_session_of_a_key_ends_with_the_key(server: LocalServer) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    server.account.execute(f"alter user u set rsa_public_key_2 = '{pem.decode()}'")
    der = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with connect(server, password=None, private_key=key.private_bytes(*der)) as connection:
        server.account.execute("alter user u set password = 'another one'")
        assert connection.cursor().execute("select 1").fetchone() == (1,)
        server.account.execute("alter user u unset rsa_public_key_2")
        with pytest.raises(DatabaseError, match="Session no longer exists"):
            connection.cursor().execute("select 1")
    assert "RSA_PUBLIC_KEY_2_FP" not in {
        row[0] for row in server.account.execute("describe user u") if row[1] != "null"
    }


def test_a_user_is_locked_who_was_wrong_five_times() -> None:
    hours = [0]
    with LocalAccount(clock=lambda: datetime(2026, 1, 1, hours[0], tzinfo=UTC)) as account:
        account.execute("create user u password = 'sesame'")
        with LocalServer(account, password=PASSWORD) as server:
            for _ in range(4):
                with pytest.raises(DatabaseError, match="Incorrect username or password"):
                    connect(server, password="wrong")
            with connect(server):
                pass  # begins anew
            for _ in range(5):
                with pytest.raises(DatabaseError, match="Incorrect username or password"):
                    connect(server, password="wrong")
            with pytest.raises(DatabaseError, match="temporarily locked due to too many failed attempts"):
                connect(server)
            assert Root(account).users["u"].fetch().locked_until == datetime(2026, 1, 1, 0, 15, tzinfo=UTC)
            account.execute("alter user u set mins_to_unlock = 0")
            with connect(server):
                pass
            account.execute("alter user u set mins_to_unlock = 30")
            with pytest.raises(DatabaseError, match="temporarily locked"):
                connect(server)
            hours[0] = 1
            with connect(server):
                pass


def test_a_user_who_must_change_the_password_waits_for_another_one(server: LocalServer) -> None:
    server.account.execute("alter user u set must_change_password = true")
    with pytest.raises(DatabaseError, match="Specified password has expired"):
        connect(server)
    with pytest.raises(DatabaseError, match="Incorrect username or password"):
        connect(server, password="wrong")
    server.account.execute("alter user u set password = 'another one' must_change_password = false")
    with connect(server, password="another one"):
        pass


def test_a_user_expires() -> None:
    days = [1]
    with LocalAccount(clock=lambda: datetime(2026, 1, days[0], tzinfo=UTC)) as account:
        account.execute("create user u password = 'sesame' days_to_expiry = 2")
        assert Root(account).users["u"].fetch().expires_at == datetime(2026, 1, 3, tzinfo=UTC)
        with LocalServer(account, password=PASSWORD) as server, connect(server) as connection:
            days[0] = 3
            with pytest.raises(DatabaseError, match="User access disabled"):
                connect(server)
            with pytest.raises(DatabaseError, match="User access disabled"):
                connection.cursor().execute("select 1")


def test_rest_asks_as_the_session_whose_token_it_shows(server: LocalServer) -> None:
    import httpx

    server.account.execute("grant create database on account to role r")
    with connect(server) as connection:
        headers = {"Authorization": f'Snowflake Token="{connection.rest.token}"'}  # type: ignore[union-attr]
        made = httpx.post(f"{server.url}/api/v2/databases", json={"name": "mine"}, headers=headers, timeout=60)
        assert made.status_code == 200, made.text
        told = httpx.get(f"{server.url}/api/v2/databases/mine", headers=headers, timeout=60).json()
        assert told["owner"] == "R"


# REST


def test_grants_by_paths_are_the_same_grants(account: LocalAccount, sql: Asked) -> None:
    root = Root(account)
    sql("create role r", "create role low", "create database role d.dr")
    to = Grantees.role("r")
    table, schema = Securables.table("d.s.t"), Securables.schema("d.s")
    root.grants.grant(Grant(to, table, [Privileges.select, Privileges.insert], grant_option=True))
    root.grants.grant(Grant(to, Securables.future_views(schema), [Privileges.select]))
    root.grants.grant(Grant(to, Securables.current_account, [Privileges.create_database]))
    root.grants.grant(Grant(to, Securables.role("low")))
    assert granted(sql, "show grants to role r") == {
        ("SELECT", "TABLE", "D.S.T", "R", "true"),
        ("INSERT", "TABLE", "D.S.T", "R", "true"),
        ("CREATE DATABASE", "ACCOUNT", "LOCAL", "R", "false"),
        ("USAGE", "ROLE", "LOW", "R", "false"),
    }
    assert sql.shown("show future grants to role r", "name") == [("D.S.<VIEW>",)]
    root.grants.revoke(Grant(to, table, [Privileges.insert]))
    root.grants.revoke_grant_option(Grant(to, table, [Privileges.select]))
    root.grants.revoke(Grant(to, Securables.role("low")))
    assert {(tuple(one.privileges or ()), one.securable_name) for one in root.grants.to(to)} == {
        (("SELECT",), "D.S.T"),
        (("CREATE DATABASE",), "LOCAL"),
    }
    role = root.databases["d"].database_roles["dr"]
    role.clone("copy")
    assert sql.shown("show database roles in database d", "name") == [("COPY",), ("DR",)]
    with pytest.raises(APIError):
        root.roles["r"].grant_privileges(["FLY"], "TABLE", Securable(database="d", schema="s", name="t"))


def test_what_is_set_on_the_account_all_have(account: LocalAccount, sql: Asked) -> None:
    sql("create tag g", "create view v as select 1 as a", "alter account set tag g = 'all'")
    told = {"tag_database": "D", "tag_schema": "S", "tag_name": "G", "tag_value": "all", "level": "ACCOUNT"}
    for kind, path in (("table", {"database": "d", "schema": "s", "name": "t"}), ("database", {"name": "d"})):
        assert account.perform(kind, "get_tags", path) == []
        assert account.perform(kind, "get_tags", path, {"withLineage": True}) == [told]
    assert sql("select system$get_tag('g', 't', 'table')") == [("all",)]
    sql("alter account set timezone = 'Asia/Tokyo', cortex_enabled_cross_region = 'ANY_REGION'")
    other = Asked(account.session(database="D", schema="S"))
    other("alter session set timezone = 'UTC'", "alter session unset timezone")
    assert other("show parameters like 'timezone'")[0][1] == "Asia/Tokyo"
    assert other("show parameters like 'timezone' in account")[0][1:4] == (
        "Asia/Tokyo",
        "America/Los_Angeles",
        "ACCOUNT",
    )
    sql("alter account unset timezone", "alter account unset tag g")
    assert account.session().execute("show parameters like 'timezone'").rows[0][1] == "America/Los_Angeles"
    assert sql("select system$get_tag('g', 't', 'table')") == [(None,)]
    assert sql.error("alter account set nope = 1")[0] == "001420"
    assert sql.error("alter account set timezone = 'Mars'")[0] == "001008"
    assert sql.error("alter account set default_python_artifact_repository = p")[0] == "000002"
    for name in ("network_policy", "event_table"):
        assert sql.error(f"alter account set {name} = p")[0] == "002003"
    sql("create network policy p", "create event table e")
    sql("alter account set network_policy = p, event_table = 'd.s.e'")
    assert sql("show parameters like 'network_policy' in account")[0][:4] == ("NETWORK_POLICY", "P", "", "ACCOUNT")
    assert sql("show parameters like 'event_table' in account")[0][1] == "D.S.E"
    sql("alter account unset network_policy")
    assert sql("show parameters like 'network_policy' in account")[0][1:4] == ("", "", "")
    sql("create role r", "grant role r to user snowcore", "use role r")
    for statement in ("alter account set timezone = 'UTC'", "alter account set tag g = 'x'"):
        assert sql.error(statement)[0] == "003001"


def test_tags_tell_the_family_of_what_they_are_on(account: LocalAccount, sql: Asked) -> None:
    sql("create tag g", "create password policy p", "alter password policy p set tag g = 'x'")
    path = {"database": "d", "schema": "s", "name": "p"}
    assert [one["level"] for one in account.perform("password-policy", "get_tags", path)] == ["POLICY"]


def test_database_roles_in_session(sql: Asked) -> None:
    asked = "select is_database_role_in_session('DR'), is_database_role_in_session('D.DR')"
    sql(
        "create database role d.dr",
        "create role r",
        "grant role r to user snowcore",
        "grant usage on database d to role r",
    )
    sql("create database other", "create database role other.dr", "use schema d.s", "use role r")
    assert sql(asked) == [(False, False)]
    sql("use role accountadmin", "grant database role d.dr to role r", "use role r")
    assert sql(asked) == [(True, False)]
    assert sql("select c, is_database_role_in_session(c) from (values ('DR'), ('R')) as t(c) order by c") == [
        ("DR", True),
        ("R", False),
    ]
    sql("use role accountadmin", "grant usage on database other to role r", "use role r", "use database other")
    assert sql(asked) == [(False, False)]
    sql("use role accountadmin")
    sql("create view d.s.v as select is_database_role_in_session('DR') as b", "grant select on view d.s.v to role r")
    sql("grant usage on schema d.s to role r", "use role r")
    assert sql("select * from d.s.v") == [(True,)]


@pytest.mark.parametrize("container", ["database d", "schema d.s"])
@pytest.mark.parametrize("name", ["event_table", "default_python_artifact_repository", "external_volume"])
def test_parameters_of_containers_that_nothing_here_heeds(sql: Asked, container: str, name: str) -> None:
    assert sql.error(f"alter {container} set {name} = d.s.t")[0] == "000002"
    assert sql.error(f"alter {container} unset {name}")[0] == "000002"
    assert sql.error(f"alter {container} set nonsense = 1")[0] == "001003"


def test_roles_of_services_are_granted(account: LocalAccount, sql: Asked) -> None:
    container = "containers: [{name: main, image: /d/s/r/x:1}], endpoints: [{name: web, port: 8080}]"
    specification = f"{{spec: {{{container}}}, serviceRoles: [{{name: Reader, endpoints: [web]}}]}}"
    family = "min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS"
    sql("create role r", "create database role dr", f"create compute pool p {family}")
    sql(f"create service v in compute pool p from specification $${specification}$$")
    sql("grant service role v!reader to role r", "grant service role d.s.v!all_endpoints_usage to database role dr")
    titles = ("privilege", "granted_on", "name", "granted_to")
    assert sql.shown("show grants to role r", *titles) == [("USAGE", "SERVICE_ROLE", "D.S.V!Reader", "ROLE")]
    assert sql.shown("show grants of service role v!reader", "role", "grantee_name") == [("D.S.V!Reader", "R")]
    assert sql.shown("show grants to service role v!reader", "privilege", "granted_on", "name") == [
        ("USAGE", "SERVICE_ENDPOINT", "D.S.V!web")
    ]
    api = Api(account)
    (holder,) = api("GET", "databases/d/schemas/s/services/v/roles/reader/grants-of")
    assert (holder["granted_to"], holder["grantee_name"], holder["granted_by"]) == ("ROLE", "R", "ACCOUNTADMIN")
    (given,) = api("GET", "databases/d/schemas/s/services/v/roles/reader/grants")
    assert (given["name"], given["grantee_name"]) == ("D.S.V!web", "D.S.V!Reader")
    assert api.error("GET", "databases/d/schemas/s/services/v/roles/nope/grants")[0] == 404
    assert sql.error("grant service role v!nope to role r")[0] == "002003"
    assert sql.error("grant service role v!reader to user snowcore")[0] == "000002"
    sql("revoke service role v!reader from role r")
    assert sql.shown("show grants of service role v!reader", "role") == []
    sql("grant role r to user snowcore", "grant usage on database d to role r", "grant usage on schema d.s to role r")
    sql("grant service role v!reader to role r", "use role r")
    assert sql.error("grant service role v!reader to role r")[0] == "003001"
    assert sql.error("alter service v suspend")[0] == "003001"


# Programmatic access tokens


def _token(account: LocalAccount, text: str) -> str:
    ((_, secret, *_),) = account.execute(f"alter user u {text}")
    return secret


def _opened(server: LocalServer, **given: Any) -> tuple[str, str] | int:
    """The user and role that a login leads to, or the error's number."""
    place = {"account": "local", "host": server.host, "port": server.port, "protocol": "http"}
    try:
        with snowflake.connector.connect(**place, **given) as connection:
            return connection.cursor().execute("select current_user(), current_role()").fetchone()  # type: ignore
    except DatabaseError as error:
        return error.errno or 0


def test_a_token_opens_what_its_user_may(server: LocalServer) -> None:
    account, pat = server.account, {"authenticator": "PROGRAMMATIC_ACCESS_TOKEN", "user": "u"}
    account.execute("create role other")
    account.execute("grant role other to user u")
    secret = _token(account, "add pat t role_restriction = 'R' days_to_expiry = 10 comment = 'x'")
    assert _opened(server, **pat, token=secret) == ("U", "R")
    assert _opened(server, user="u", password=secret) == ("U", "R")
    assert _opened(server, **pat, token=secret, role="OTHER") == 3013
    assert _opened(server, **pat, token=secret + "x") == 394400
    told = {"Authorization": f"Bearer {secret}", "X-Snowflake-Authorization-Token-Type": "PROGRAMMATIC_ACCESS_TOKEN"}
    roles = httpx.get(f"{server.url}/api/v2/roles", headers=told, timeout=60).json()
    assert [one["name"] for one in roles if one["is_current"]] == ["R"]
    (row,) = account.execute("show user pats for user u")
    assert row[:3] == ("T", "U", "R") and row[4:6] == ("ACTIVE", "x")
    assert secret not in repr(account.catalog.rows("SELECT * FROM objects"))
    fresh = _token(account, "rotate pat t expire_rotated_token_after_hours = 0")
    assert _opened(server, **pat, token=secret) == 394400
    assert _opened(server, **pat, token=fresh) == ("U", "R")
    account.execute("alter user u modify pat t set disabled = true")
    assert _opened(server, **pat, token=fresh) == 394400
    account.execute("alter user u modify pat t set disabled = false")
    account.execute("alter user u modify pat t rename to t2")
    account.advance(days=11)
    assert _opened(server, **pat, token=fresh) == 394400
    account.execute("alter user u remove pat t2")
    assert [row[0][:9] for row in account.execute("show user pats for user u")] == ["T_ROTATED"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("alter user u add pat t", "391917"),  # of a service
        ("alter user u add pat t role_restriction = 'ACCOUNTADMIN'", "002003"),
        ("alter user u add pat t role_restriction = 'PUBLIC' days_to_expiry = 0", "391917"),
        ("alter user u remove pat t", "002003"),
        ("alter user nobody add pat t", "002003"),
        ("alter user if exists nobody add pat t", "ok"),
        ("alter user add pat mine", "ok"),
        ("alter user u set password = 'x'", "391917"),
        ("alter user u set first_name = 'x'", "391917"),
        ("alter user u set type = robot", "001008"),
    ],
)
def test_what_a_service_can_have(sql: Asked, text: str, code: str) -> None:
    sql("create user u type = service")
    assert (sql.error(text)[0] if code != "ok" else sql(text) and "ok") == code
