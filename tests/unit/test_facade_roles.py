"""Roles, users, grants, the session and Spark: what they send."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest

from snowcore import CreateMode, DeleteMode, Root
from snowcore import database_role as dr
from snowcore import role as r
from snowcore import user as u
from snowcore._rest_connection import RESTConnection, RESTRoot
from snowcore.exceptions import ServerError
from snowcore.grant import Grant, Grantees, GrantModel, Privileges, Securables
from snowcore.session import SnowAPISession
from snowcore.spark_connect import SparkConnectResource

from ..conftest import Script, answer

Make = Callable[..., tuple[Root, Script]]

USAGE = ["USAGE"]
DATABASE = {"securable": {"name": "d"}, "securable_type": "database", "privileges": USAGE}
TABLES = {"containing_scope": {"database": "d", "schema": "s"}, "securable_type": "table", "privileges": USAGE}
OPTION = {"grant_option": True}


def calls(handle: Any, module: Any) -> list[tuple[Callable[[], Any], str, dict[str, Any]]]:
    """What to do with a role, where it goes, and what it carries."""
    database = module.Securable(name="d")
    scope = module.ContainingScope(database="d", schema="s")
    role = {"securable": {"name": "x"}, "securable_type": "role"}
    cascade = DeleteMode.cascade
    return [
        (lambda: handle.grant_role("role", module.Securable(name="x")), "grants", role),
        (lambda: handle.revoke_role("role", module.Securable(name="x")), "grants:revoke", role),
        (lambda: handle.grant_privileges(USAGE, "database", database, True), "grants", DATABASE | OPTION),
        (
            lambda: handle.grant_privileges(USAGE, "account"),
            "grants",
            {"securable_type": "account", "privileges": USAGE},
        ),
        (lambda: handle.grant_privileges_on_all(USAGE, "table", scope), "grants", TABLES),
        (lambda: handle.grant_future_privileges(USAGE, "table", scope), "future-grants", TABLES),
        (lambda: handle.revoke_privileges(USAGE, "database", database), "grants:revoke", DATABASE),
        (
            lambda: handle.revoke_privileges(USAGE, "database", database, cascade),
            "grants:revoke?mode=cascade",
            DATABASE,
        ),
        (lambda: handle.revoke_privileges_on_all(USAGE, "table", scope), "grants:revoke", TABLES),
        (
            lambda: handle.revoke_future_privileges(USAGE, "table", scope, DeleteMode.restrict),
            "future-grants:revoke?mode=restrict",
            TABLES,
        ),
        (
            lambda: handle.revoke_grant_option_for_privileges(USAGE, "database", database),
            "grants:revoke",
            DATABASE | OPTION,
        ),
        (
            lambda: handle.revoke_grant_option_for_privileges_on_all(USAGE, "table", scope),
            "grants:revoke",
            TABLES | OPTION,
        ),
        (
            lambda: handle.revoke_grant_option_for_future_privileges(USAGE, "table", scope, cascade),
            "future-grants:revoke?mode=cascade",
            TABLES | OPTION,
        ),
    ]


@pytest.mark.parametrize("kind", ["role", "database role"])
def test_roles_are_given_and_lose_privileges(script: Make, kind: str) -> None:
    root, account = script()
    handle: Any = root.roles["r"] if kind == "role" else root.databases["d"].database_roles["r"]
    base = "/api/v2/roles/r" if kind == "role" else "/api/v2/databases/d/database-roles/r"
    for call, path, body in calls(handle, r if kind == "role" else dr):
        account.requests.clear()
        call()
        assert (account.lines, account.bodies) == ([f"POST {base}/{path}"], [body])
    with pytest.raises(ValueError, match="mode"):
        handle.revoke_privileges(USAGE, "database", mode="sometimes")


def test_what_roles_have_is_listed(script: Make) -> None:
    root, account = script(answer(200, [{"privileges": ["USAGE"], "securable_type": "DATABASE"}]))
    role, database_role, user = root.roles["r"], root.databases["d"].database_roles["r"], root.users["u"]
    assert [grant.privileges for grant in role.iter_grants_to(show_limit=5)] == [["USAGE"]]
    for listed in (role.iter_grants_of, role.iter_grants_on, role.iter_future_grants_to, user.iter_grants_to):
        listed()
    database_role.iter_grants_to()
    database_role.iter_future_grants_to(3)
    assert account.lines == [
        "GET /api/v2/roles/r/grants?showLimit=5",
        "GET /api/v2/roles/r/grants-of",
        "GET /api/v2/roles/r/grants-on",
        "GET /api/v2/roles/r/future-grants",
        "GET /api/v2/users/u/grants",
        "GET /api/v2/databases/d/database-roles/r/grants",
        "GET /api/v2/databases/d/database-roles/r/future-grants?showLimit=3",
    ]


def test_roles_and_users_are_created_listed_and_dropped(script: Make) -> None:
    root, account = script(answer(200, []))
    roles, users, database_roles = root.roles, root.users, root.databases["d"].database_roles
    assert roles.create(r.Role("x", comment="c"), mode=CreateMode.or_replace) is roles["x"]
    assert users.create(u.User(name="x", password="p")) is users["x"]
    assert database_roles.create(dr.DatabaseRole(name="x")) is database_roles["x"]
    users["x"].create_or_alter(u.User(name="x", display_name="X", default_secondary_roles=None))
    list(roles.iter(like="a", limit=4, starts_with="b", from_name="c"))
    list(users.iter("a", 4, "b", "c"))
    list(database_roles.iter(limit=3, from_name="f"))
    roles["x"].drop(if_exists=True)
    assert account.lines == [
        "POST /api/v2/roles?createMode=orReplace",
        "POST /api/v2/users?createMode=errorIfExists",
        "POST /api/v2/databases/d/database-roles?createMode=errorIfExists",
        "PUT /api/v2/users/x",
        "GET /api/v2/roles?like=a&startsWith=b&showLimit=4&fromName=c",
        "GET /api/v2/users?like=a&startsWith=b&showLimit=4&fromName=c",
        "GET /api/v2/databases/d/database-roles?showLimit=3&fromName=f",
        "DELETE /api/v2/roles/x?ifExists=true",
    ]
    assert account.bodies[:4] == [
        {"name": "x", "comment": "c"},
        {"name": "x", "password": "p", "default_secondary_roles": "ALL"},
        {"name": "x"},
        {"name": "x", "display_name": "X"},
    ]


def test_users_have_roles(script: Make) -> None:
    root, account = script()
    root.users["u"].grant_role("role", u.Securable(name="x"))
    root.users["u"].revoke_role_async("role", u.Securable(name="x")).result(timeout=60)
    assert account.lines == ["POST /api/v2/users/u/grants", "POST /api/v2/users/u/grants:revoke"]
    assert account.bodies == [{"securable": {"name": "x"}, "securable_type": "role"}] * 2


def test_a_password_shows_nowhere() -> None:
    assert "hunter2" not in repr(u.User(name="x", password="hunter2"))


def test_database_roles_can_be_cloned(script: Make) -> None:
    root, account = script()
    role = root.databases["d"].database_roles["r"]
    assert role.clone("t", "other") is root.databases["other"].database_roles["t"]
    assert role.clone("t", mode=CreateMode.if_not_exists) is root.databases["d"].database_roles["t"]
    assert account.lines == [
        "POST /api/v2/databases/d/database-roles/r:clone?createMode=errorIfExists&targetDatabase=other",
        "POST /api/v2/databases/d/database-roles/r:clone?createMode=ifNotExists",
    ]
    assert account.bodies == [{"name": "t"}] * 2


# root.grants

TO = Grantees.database_role("d.r")
SCHEMA = Securables.schema("d.s")


@pytest.mark.parametrize(
    ("securable", "path"),
    [
        (Securables.current_account, "account/-"),
        (SCHEMA, "schema/d.s"),
        (Securables.warehouse("w"), "WAREHOUSE/w"),
        (Securables.all_dynamic_tables(SCHEMA), "all/DYNAMIC%20TABLES/schema/d.s"),
        (Securables.future_row_access_policies(Securables.database("d")), "future/ROW%20ACCESS%20POLICIES/database/d"),
    ],
)
def test_grants_go_to_the_grantee_and_the_object(script: Make, securable: Any, path: str) -> None:
    root, account = script()
    grant = Grant(TO, securable, [Privileges.usage, Privileges.create_table], grant_option=True)
    root.grants.grant(grant)
    root.grants.revoke(grant)
    root.grants.revoke_grant_option(grant, mode=DeleteMode.cascade)
    base = f"/api/v2/grants/database-role/d.r/{path}/privileges"
    assert account.lines == [
        f"POST {base}",
        f"DELETE {base}/USAGE?deleteMode=restrict",
        f"DELETE {base}/CREATE%20TABLE?deleteMode=restrict",
        f"DELETE {base}/USAGE/grant-option?deleteMode=cascade",
        f"DELETE {base}/CREATE%20TABLE/grant-option?deleteMode=cascade",
    ]
    assert account.bodies[0] == {"privileges": ["USAGE", "CREATE TABLE"], "grant_option": True}
    assert grant.to_dict()["securable_type"] == securable.securable_type


def test_a_granted_role_has_no_privileges(script: Make) -> None:
    root, account = script()
    for to in (Grantees.user("u@x.com"), Grantees.role("parent"), TO):
        root.grants.grant(Grant(to, Securables.role("r")))
        root.grants.revoke(Grant(to, Securables.role("r")))
    root.grants.revoke(Grant(Grantees.role("parent"), Securables.database_role('"D b".x')))
    role = {"securable": {"name": "r"}, "securable_type": "role"}
    assert list(zip(account.lines, account.bodies)) == [
        ("POST /api/v2/grants/user/u%40x.com/role/r/privileges", {"grant_option": False}),
        ("POST /api/v2/users/u%40x.com/grants:revoke", role),
        ("POST /api/v2/grants/role/parent/role/r/privileges", {"grant_option": False}),
        ("POST /api/v2/roles/parent/grants:revoke", role),
        ("POST /api/v2/grants/database-role/d.r/role/r/privileges", {"grant_option": False}),
        ("POST /api/v2/databases/d/database-roles/r/grants:revoke", role),
        (
            "POST /api/v2/roles/parent/grants:revoke",
            {"securable": {"database": '"D b"', "name": "x"}, "securable_type": "database role"},
        ),
    ]


@pytest.mark.parametrize(
    "grant",
    [
        Grant(TO, SCHEMA),
        Grant(TO, SCHEMA, []),
        Grant(Grantees.share("s"), Securables.role("r")),
        Grant(Grantees.database_role("r"), Securables.role("r")),
    ],
)
def test_a_revoke_of_nothing_is_an_error(script: Make, grant: Grant) -> None:
    root, account = script()
    with pytest.raises(ValueError, match=r"privileges|database\.role"):
        root.grants.revoke(grant)
    with pytest.raises(ValueError, match="privileges"):
        root.grants.revoke_grant_option(grant)
    assert account.requests == []


def test_a_revoke_that_stops_half_way_says_so(script: Make) -> None:
    root, account = script(answer(200, {}), answer(500, {"message": "no"}))
    with pytest.raises(ServerError, match="1 of 3 privileges were revoked"):
        root.grants.revoke(Grant(TO, SCHEMA, [Privileges.usage, Privileges.modify, Privileges.monitor]))
    assert len(account.requests) == 2


def test_grants_of_a_grantee_are_listed(script: Make) -> None:
    root, account = script(answer(200, [{"privileges": ["USAGE"], "securable_name": "D"}]))
    [found] = root.grants.to(Grantees.application("a"), limit=3)
    assert isinstance(found, GrantModel) and found.securable_name == "D"
    assert account.lines == ["GET /api/v2/grants/application/a?showLimit=3"]


# The session and Spark


def test_the_parameters_of_the_session(script: Make) -> None:
    root, account = script(answer(200, [{"name": "TIMEZONE", "value": "UTC"}, {"name": "QUERY_TAG"}]))
    assert SnowAPISession(root).get_parameters("T%") == {"TIMEZONE": "UTC", "QUERY_TAG": ""}
    SnowAPISession(root).get_parameters(None)
    path = "/api/v2/session/parameters/effective"
    assert account.lines == [f"GET {path}?like=T%25", f"GET {path}"]


class Echo:
    """Answers with the bytes that it gets."""

    def __init__(self) -> None:
        self.targets: list[str] = []

    def handle_request(self, method: str, target: str, headers: Any, content: bytes | None) -> Any:
        self.targets.append(f"{method} {target} {headers['Content-Type']}")
        return 200, {"content-type": "application/octet-stream"}, content


def test_spark_messages_travel_as_bytes() -> None:
    account = Echo()
    spark = SparkConnectResource(account)
    assert spark.execute_plan(b"\x00\xff") == bytearray(b"\x00\xff")
    assert spark.analyze_plan_async("é").result(timeout=60) == bytearray("é".encode())
    for name in ("config", "add_artifacts", "artifact_status", "interrupt", "reattach_execute", "release_execute"):
        assert getattr(spark, name)(b"x") == bytearray(b"x")
    assert isinstance(spark.root, RESTRoot) and spark.config(b"") == bytearray()
    assert account.targets[0] == "POST /api/v2/spark-connect/execute-plan application/octet-stream"
    assert account.targets[-2] == "POST /api/v2/spark-connect/release-execute application/octet-stream"
    assert "127.0.0.1" in repr(SparkConnectResource(RESTConnection("127.0.0.1", 1, Any, "t")).root)  # type: ignore[arg-type]


def test_services_of_the_account_are_local_references(script: Make) -> None:
    root, account = script()
    for name in ("grants", "cortex_agent_service", "cortex_chat_service", "cortex_embed_service"):
        service = getattr(root, name)
        assert service is getattr(root, name) and service.root is root and type(service).__name__ in repr(service)
    assert root.databases["d"].database_roles["r"].qualified_name == "d.r"
    assert account.requests == []


# Names that programs import although they are private


@pytest.mark.parametrize(
    ("module", "name", "public"),
    [
        ("_internal.root_configuration", "RootConfiguration", "snowcore._configuration"),
        ("_internal.snowapi_parameters", "SnowApiParameter", "snowcore._configuration"),
        ("_internal.snowapi_parameters", "SnowApiParameters", "snowcore._configuration"),
        ("role._generated.models", "Securable", "snowcore.role"),
        ("role._generated", "RoleModel", "snowcore.role"),
        ("role._generated.models.containing_scope", "ContainingScope", "snowcore.role"),
        ("role._generated.models.role_model", "Role", "snowcore.role"),
        ("task._generated.models", "Task", "snowcore.task"),
        ("task._generated.models.task_run", "TaskRun", "snowcore.task"),
        ("table._generated.models.table", "Table", "snowcore.table"),
        ("cortex.inference_service._generated.models", "CompleteRequest", "snowcore.cortex.inference_service"),
        (
            "cortex.lite_agent_service._generated.models.agent_run_request",
            "AgentRunRequest",
            "snowcore.cortex.lite_agent_service",
        ),
    ],
)
def test_private_names_are_the_public_ones(module: str, name: str, public: str) -> None:
    here = getattr(importlib.import_module(f"snowflake.core.{module}"), name)
    assert here is getattr(importlib.import_module(public), name)


@pytest.mark.parametrize(
    "module",
    ["_generated", "role._generated.api", "role._generated.models.nothing", "role.nothing", "nothing._generated"],
)
def test_no_other_names_are_made_up(module: str) -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(f"snowflake.core.{module}")
