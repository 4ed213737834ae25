"""Accounts, integrations, external volumes, code bundles and their runs: what they send."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from snowcore import PollingOperation, Root
from snowcore.account import Account
from snowcore.api_integration import ApiIntegration, AwsHook, GitHook
from snowcore.artifact_repository import ArtifactRepository
from snowcore.catalog_integration import CatalogIntegration, Glue, OAuth, Polaris, RestConfig
from snowcore.code_bundle import (
    AddVersionCodeBundleRequest,
    AddVersionCodeBundleRequestVersion,
    CodeBundle,
    ExecuteCodeBundleRequest,
    SuccessAcceptedResponse,
    SuccessResponse,
)
from snowcore.code_bundle_execution import ExecuteCodeBundleRequest as ExecuteFromLocation
from snowcore.exceptions import NotFoundError
from snowcore.external_volume import Encryption, ExternalVolume, StorageLocationS3

from ..conftest import Script, answer

Make = Callable[..., tuple[Root, Script]]

HERE = "/api/v2/databases/d/schemas/s"
MODULES = (
    "account",
    "alert",
    "api_integration",
    "artifact_repository",
    "catalog_integration",
    "code_bundle",
    "code_bundle_execution",
    "dynamic_table",
    "event_table",
    "external_volume",
    "iceberg_table",
)


def remote_methods() -> Iterator[tuple[type, str]]:
    for module in MODULES:
        for cls in vars(importlib.import_module(f"snowflake.core.{module}")).values():
            if inspect.isclass(cls) and cls.__module__.endswith(module) and hasattr(cls, "client"):
                for name, method in inspect.getmembers(cls, inspect.isfunction):
                    if hasattr(method, "__wrapped__") and "Deprecated" not in (method.__doc__ or ""):
                        yield cls, name


@pytest.mark.parametrize(
    ("cls", "name"), [pytest.param(*each, id=f"{each[0].__name__}.{each[1]}") for each in remote_methods()]
)
def test_remote_methods_come_in_pairs(cls: type, name: str) -> None:
    blocking = inspect.signature(getattr(cls, name.removesuffix("_async")))
    background = inspect.signature(getattr(cls, name.removesuffix("_async") + "_async"))
    assert blocking.parameters == background.parameters
    assert background.return_annotation == f"PollingOperation[{blocking.return_annotation}]"


# Accounts


def test_accounts_come_and_go(script: Make) -> None:
    root, account = script()
    handle = root.accounts.create(Account("A", "STANDARD", "admin", "a@example.com", admin_password="secret"))
    assert handle is root.accounts["A"]
    handle.drop(3)
    handle.drop(grace_period_in_days=90, if_exists=True)
    handle.undrop()
    assert account.lines == [
        "POST /api/v2/accounts",
        "DELETE /api/v2/accounts/A?gracePeriodInDays=3",
        "DELETE /api/v2/accounts/A?gracePeriodInDays=90&ifExists=true",
        "POST /api/v2/accounts/A:undrop",
    ]
    body: Any = account.bodies[0]
    assert (body["admin_name"], body["email"], body["admin_password"]) == ("admin", "a@example.com", "secret")


def test_accounts_are_listed(script: Make) -> None:
    root, account = script(answer(200, [{"name": "A", "organization_URL_expiration_on": "2026-01-02T03:04:05Z"}]))
    [found] = root.accounts.iter(like="A%", limit=2, history=True)
    assert found.organization_url_expiration_on is not None
    assert account.lines == ["GET /api/v2/accounts?like=A%25&showLimit=2&history=true"]


# Integrations and volumes


def test_api_integrations_say_what_they_hook_to(script: Make) -> None:
    root, account = script()
    hook = AwsHook(api_provider="AWS_API_GATEWAY", api_aws_role_arn="arn")
    integration = ApiIntegration(name="i", api_hook=hook, api_allowed_prefixes=["https://x"], enabled=True)
    root.api_integrations.create(integration, "if_not_exists")
    root.api_integrations["i"].create_or_alter(integration)
    assert account.lines == [
        "POST /api/v2/api-integrations?createMode=ifNotExists",
        "PUT /api/v2/api-integrations/i",
    ]
    hooks = [body["api_hook"] for body in cast("list[Any]", account.bodies)]
    assert [(each["type"], each["api_aws_role_arn"]) for each in hooks] == [("AWS", "arn"), ("AWS", "arn")]
    account.answers = [answer(200, {"name": "I", "api_hook": {"type": "GIT", "allow_any_secret": True}})]
    assert isinstance(root.api_integrations["i"].fetch().api_hook, GitHook)


def test_catalog_integrations_nest(script: Make) -> None:
    root, account = script()
    polaris = Polaris(
        catalog_namespace="n",
        rest_config=RestConfig(catalog_uri="https://x", warehouse="w"),
        rest_authentication=OAuth(oauth_client_id="i", oauth_client_secret="s", oauth_allowed_scopes=["a"]),
    )
    integration = CatalogIntegration(name="c", catalog=polaris, table_format="ICEBERG", enabled=True)
    root.catalog_integrations.create(integration)
    assert account.lines == ["POST /api/v2/catalog-integrations"]
    body: Any = account.bodies[0]
    assert body["catalog"]["catalog_source"] == "POLARIS"
    assert body["catalog"]["rest_authentication"]["type"] == "OAUTH"
    account.answers = [answer(200, [{"name": "C", "catalog": {"catalog_source": "GLUE", "glue_region": "r"}}])]
    [found] = root.catalog_integrations.iter("c%")
    assert isinstance(found.catalog, Glue)
    assert account.lines[1] == "GET /api/v2/catalog-integrations?like=c%25"


def test_external_volumes(script: Make) -> None:
    root, account = script()
    location = StorageLocationS3(
        name="l", storage_aws_role_arn="arn", storage_base_url="s3://b", encryption=Encryption(type="NONE")
    )
    volume = ExternalVolume(name="v", storage_locations=[location])
    assert root.external_volumes.create(volume) is root.external_volumes["v"]
    root.external_volumes["v"].undrop()
    assert account.lines == ["POST /api/v2/external-volumes", "POST /api/v2/external-volumes/v:undrop"]
    body: Any = account.bodies[0]
    assert body["storage_locations"][0]["storage_provider"] == "S3"
    assert ExternalVolume.from_dict(volume.to_dict()) == volume


# Artifact repositories


def test_artifact_repositories_move_to_another_schema(script: Make) -> None:
    root, account = script()
    schema = root.databases["d"].schemas["s"]
    repository = schema.artifact_repositories.create(ArtifactRepository(name="r", type="PIP", api_integration="i"))
    repository.create_or_alter(ArtifactRepository(name="r", type="PIP", api_integration="j"))
    repository.rename("q", target_schema="t")
    assert root.databases["d"].schemas["t"].artifact_repositories["q"] is repository
    assert "r" not in schema.artifact_repositories
    assert account.lines == [
        f"POST {HERE}/artifact-repositories",
        f"PUT {HERE}/artifact-repositories/r",
        f"POST {HERE}/artifact-repositories/r:rename?targetName=q&targetSchema=t",
    ]


@pytest.mark.parametrize("kind", ["artifact_repositories", "code_bundles"])
def test_show_limit_warns_where_limit_was_the_name(script: Make, kind: str) -> None:
    root, account = script(answer(200, []))
    collection = getattr(root.databases["d"].schemas["s"], kind)
    with pytest.warns(DeprecationWarning, match="limit") as caught:
        list(collection.iter(show_limit=3))
    assert caught[0].filename == __file__
    list(collection.iter(like="a", starts_with="b", limit=4, from_name="c"))
    path = f"GET {HERE}/{kind.replace('_', '-')}"
    assert account.lines == [f"{path}?showLimit=3", f"{path}?like=a&startsWith=b&showLimit=4&fromName=c"]


# Code bundles and runs


def test_code_bundles_get_versions(script: Make) -> None:
    root, account = script()
    bundles = root.databases["d"].schemas["s"].code_bundles
    bundle = bundles.create(CodeBundle(name="b", from_location="@st/src"))
    assert bundle is bundles["b"]
    version = AddVersionCodeBundleRequestVersion(name="v2", if_not_exists=True)
    assert bundle.add_version(AddVersionCodeBundleRequest(from_location="@st/v2", version=version)) is None
    assert bundle.drop(if_exists=True) is None
    assert account.lines == [
        f"POST {HERE}/code-bundles",
        f"POST {HERE}/code-bundles/b:add-version",
        f"DELETE {HERE}/code-bundles/b?ifExists=true",
    ]
    assert account.bodies[1] == {"from_location": "@st/v2", "version": {"name": "v2", "ifNotExists": True}}


def test_a_run_that_is_not_waited_for_says_how_to_ask_for_it(script: Make) -> None:
    accepted = answer(
        202,
        {"code": "333334", "message": "running", "resultHandler": "h", "job_id": "01"},
        location="/api/v2/results/h",
    )
    root, account = script(accepted)
    bundle = root.databases["d"].schemas["s"].code_bundles["b"]
    request = ExecuteCodeBundleRequest(entrypoint="main.py", arguments=["1"])
    told = SuccessAcceptedResponse(code="333334", message="running", result_handler="h", job_id="01")
    assert bundle.execute(request, async_exec=True) == told
    assert bundle.execute_async(request, True).result(timeout=60) == told
    assert root.code_bundle_execution.execute(ExecuteFromLocation(from_location="@st", entrypoint="m")) == told
    assert account.lines == [
        f"POST {HERE}/code-bundles/b:execute?asyncExec=true",
        f"POST {HERE}/code-bundles/b:execute?asyncExec=true",
        "POST /api/v2/code-bundle-executions?asyncExec=true",
    ]


def test_a_run_that_is_waited_for_ends(script: Make) -> None:
    root, account = script(
        answer(202, {"code": "333334", "message": "running"}, location="/api/v2/results/h"),
        answer(200, {"status": "done"}),
    )
    bundle = root.databases["d"].schemas["s"].code_bundles["b"]
    assert bundle.execute(ExecuteCodeBundleRequest(entrypoint="main.py")) == SuccessResponse(status="done")
    runs = root.code_bundle_execution
    request = ExecuteFromLocation(from_location="@st", entrypoint="m")
    assert runs.execute(request, async_exec=False) == SuccessResponse(status="done")
    assert runs["01"].execute_code_bundle(request) is None
    assert account.lines == [
        f"POST {HERE}/code-bundles/b:execute",
        "GET /api/v2/results/h",
        "POST /api/v2/code-bundle-executions?asyncExec=false",
        "POST /api/v2/code-bundle-executions",
    ]


def test_runs_are_found_and_cancelled(script: Make) -> None:
    root, account = script(answer(200, [{"query_id": "01", "status": "RUNNING"}]))
    runs = root.code_bundle_execution
    assert runs["01"].fetch_status().status == "RUNNING"
    [found] = runs.iter(
        bundle_name="b", bundle_types="custom,spark", start_time_range_start="2026-01-01", result_limit=1
    )
    assert found.query_id == "01"
    account.answers = [answer(200, {"status": "cancelled"})]
    operation = runs["01"].cancel_async()
    assert isinstance(operation, PollingOperation)
    assert operation.result(timeout=60) == SuccessResponse(status="cancelled")
    assert account.lines == [
        "GET /api/v2/code-bundle-executions/01",
        "GET /api/v2/code-bundle-executions"
        "?bundleName=b&startTimeRangeStart=2026-01-01&bundleTypes=custom%2Cspark&resultLimit=1",
        "POST /api/v2/code-bundle-executions/01:cancel",
    ]


def test_a_run_that_nobody_knows_is_not_found(script: Make) -> None:
    root, _ = script(answer(200, []))
    with pytest.raises(NotFoundError, match="'01'"):
        root.code_bundle_execution["01"].fetch_status()
