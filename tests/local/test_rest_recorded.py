"""Objects that the account only keeps, and who has been granted what."""

from __future__ import annotations

from pathlib import Path

import pytest

from snowcore import LocalAccount, Root
from snowcore.api_integration import ApiIntegration, AwsHook, GitHook
from snowcore.database import Database
from snowcore.database_role import DatabaseRole
from snowcore.exceptions import APIError, ConflictError, NotFoundError
from snowcore.network_rule import NetworkRule
from snowcore.role import ContainingScope, Role, Securable
from snowcore.schema import Schema
from snowcore.secret import GenericStringSecret, PasswordSecret
from snowcore.table import Table, TableColumn
from snowcore.user import Securable as UserSecurable
from snowcore.user import User

from .conftest import Api


@pytest.fixture
def root(api: Api) -> Root:
    root = Root(api.account)
    database = root.databases.create(Database("d"))
    schema = database.schemas.create(Schema("s"))
    schema.tables.create(Table(name="t", columns=[TableColumn(name="c", datatype="int")]))
    return root


def test_what_was_declared_is_kept(root: Root) -> None:
    rules = root.databases["d"].schemas["s"].network_rules
    rule = rules.create(NetworkRule(name="r", type="IPV4", mode="INGRESS", value_list=["10.0.0.0/8"]))
    fetched = rule.fetch()
    assert (fetched.name, fetched.type, fetched.value_list) == ("R", "IPV4", ["10.0.0.0/8"])
    assert (fetched.database_name, fetched.schema_name, fetched.owner) == ("D", "S", "ACCOUNTADMIN")
    with pytest.raises(ConflictError):
        rules.create(NetworkRule(name="R", type="IPV4"))
    rules.create(NetworkRule(name="r", type="HOST_PORT", mode="EGRESS", value_list=["h:443"]), mode="or_replace")
    assert [(one.name, one.type) for one in rules.iter(like="r%")] == [("R", "HOST_PORT")]
    rule.drop()
    with pytest.raises(NotFoundError):
        rule.fetch()


@pytest.mark.parametrize(
    ("type_", "mode", "value"),
    [
        ("HOST_PORT", "INGRESS", "h:443"),
        ("HOST_PORT", None, "h:443"),
        ("IPV4", None, "999.1.1.1"),
        ("IPV4", None, "x/8"),
    ],
)
def test_a_network_rule_says_what_can_be(root: Root, type_: str, mode: str | None, value: str) -> None:
    rules = root.databases["d"].schemas["s"].network_rules
    with pytest.raises(APIError) as caught:
        rules.create(NetworkRule(name="r", type=type_, mode=mode, value_list=[value]))
    assert caught.value.status == 400


def test_integrations_are_altered(root: Root) -> None:
    hook = GitHook(allow_any_secret=True)
    integration = ApiIntegration(name="i", api_hook=hook, api_allowed_prefixes=["https://h/"], enabled=True)
    handle = root.api_integrations.create(integration)
    integration.enabled = False
    handle.create_or_alter(integration)
    fetched = handle.fetch()
    assert (fetched.enabled, fetched.api_hook) == (False, hook)


def test_secrets_are_not_kept_but_for_those_that_code_reads(tmp_path: Path) -> None:
    with LocalAccount(tmp_path) as account:
        root = Root(account)
        schema = root.databases.create(Database("d")).schemas.create(Schema("s"))
        schema.secrets.create(GenericStringSecret(name="g", secret_string="read-hush"))
        schema.secrets.create(PasswordSecret(name="p", username="me", password="read-hush"))
        root.users.create(User("u", password="hush-hush"))
        hook = AwsHook(api_provider="AWS_API_GATEWAY", api_aws_role_arn="arn", api_key="hush-hush")
        integration = ApiIntegration(name="i", api_hook=hook, api_allowed_prefixes=["https://h/"], enabled=True)
        assert "hush" not in repr(integration)
        root.api_integrations.create(integration)
        fetched = schema.secrets["p"].fetch()
        assert isinstance(fetched, PasswordSecret) and (fetched.username, fetched.password) == ("me", "********")
        assert root.users["u"].fetch().has_password is True
    for file in tmp_path.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert b"hush-hush" not in content, file
        assert b"read-hush" not in content or (file.name == "catalog.sqlite" and file.stat().st_mode & 0o77 == 0), file


def test_roles_have_what_they_were_granted(root: Root) -> None:
    role = root.roles.create(Role("r"))
    table = Securable(database="d", schema="s", name="t")
    role.grant_privileges(["select", "INSERT"], "table", table)
    role.grant_privileges(["SELECT"], "TABLE", table, grant_option=True)
    role.grant_future_privileges(["select"], "table", ContainingScope(database="d", schema="s"))
    grants = sorted(role.iter_grants_to(), key=lambda one: one.privileges or [])
    assert [(one.securable_type, one.privileges, one.grant_option) for one in grants] == [
        ("TABLE", ["INSERT"], False),
        ("TABLE", ["SELECT"], True),
    ]
    assert grants[0].securable == Securable(database="D", schema="S", name="T")
    assert [(one.privileges, one.securable) for one in role.iter_future_grants_to()] == [
        (["SELECT"], Securable(database="D", schema="S", name='"<TABLE>"'))
    ]
    role.revoke_grant_option_for_privileges(["SELECT"], "TABLE", table)
    role.revoke_privileges(["INSERT"], "TABLE", table)
    assert [(one.privileges, one.grant_option) for one in role.iter_grants_to()] == [(["SELECT"], False)]
    role.revoke_privileges(["SELECT"], "TABLE", table)
    assert list(role.iter_grants_to()) == []


def test_roles_are_granted_to_roles_and_users(root: Root) -> None:
    low, high = root.roles.create(Role("low")), root.roles.create(Role("high"))
    user = root.users.create(User("u"))
    high.grant_role("role", Securable(name="low"))
    user.grant_role("role", UserSecurable(name="low"))
    assert sorted((one.granted_to, one.grantee_name) for one in low.iter_grants_of()) == [
        ("ROLE", "HIGH"),
        ("USER", "U"),
    ]
    (told,) = root.roles.iter(like="low")
    assert (told.granted_to_roles, told.assigned_to_users, told.granted_roles) == (1, 1, 0)
    assert [grant.securable_type for grant in user.iter_grants_to()] == ["ROLE"]
    user.revoke_role("role", UserSecurable(name="low"))
    assert list(user.iter_grants_to()) == []
    inner = root.databases["d"].database_roles.create(DatabaseRole(name="inner"))
    high.grant_role("database role", Securable(database="d", name="inner"))
    assert [grant.securable_type for grant in high.iter_grants_to()] == ["ROLE", "DATABASE ROLE"]
    inner.drop()


def test_nothing_is_granted_on_what_is_not_there(root: Root) -> None:
    role = root.roles.create(Role("r"))
    with pytest.raises(NotFoundError, match=r"Table .D\.S\.GONE. does not exist"):
        role.grant_privileges(["SELECT"], "TABLE", Securable(database="d", schema="s", name="gone"))
    with pytest.raises(NotFoundError, match="Role 'GONE' does not exist"):
        role.grant_role("role", Securable(name="gone"))
    with pytest.raises(APIError, match="'securable' of a table needs its database"):
        role.grant_privileges(["SELECT"], "TABLE", Securable(name="t"))
    assert list(role.iter_grants_to()) == []


def test_grants_survive_the_process(tmp_path: Path) -> None:
    with LocalAccount(tmp_path) as account:
        role = Root(account).roles.create(Role("r"))
        role.grant_privileges(["CREATE DATABASE"], "ACCOUNT")
    with LocalAccount(tmp_path) as account:
        assert [grant.privileges for grant in Root(account).roles["r"].iter_grants_to()] == [["CREATE DATABASE"]]
