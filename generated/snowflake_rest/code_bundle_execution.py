# Generated from specs/code-bundle-execution.yaml by `make generate`. Do not edit.
"""The runs of code bundles, and a way to run code straight from a stage without creating a code bundle first. See
https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/code-bundle-execution.
"""

from __future__ import annotations

from typing import Any

from .common import SuccessResponse
from .runtime import (
    ANY,
    BOOLEAN,
    INTEGER,
    STRING,
    Array,
    Map,
    Model,
    Nested,
    Operation,
    Resource,
    String,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class StageMount(Model):
    """A stage that the code sees as a directory.

    Args:
        stage_url: The stage, with a path in it if need be, such as `@my_stage/dir`.
        mount_path: The directory at which the code finds it.
        cpu_limit: A CPU limit for the mount. Snowflake does not apply it yet.
        memory_limit: A memory limit for the mount. Snowflake does not apply it yet.
    """

    stage_url: str = field(STRING)
    """The stage, with a path in it if need be, such as `@my_stage/dir`."""
    mount_path: str = field(STRING)
    """The directory at which the code finds it."""
    cpu_limit: str | None = field(STRING, default=None)
    """A CPU limit for the mount. Snowflake does not apply it yet."""
    memory_limit: str | None = field(STRING, default=None)
    """A memory limit for the mount. Snowflake does not apply it yet."""


@model
class BundleSpec(Model):
    """How a bundle runs. See https://docs.snowflake.com/en/developer-guide/code-bundles/code-bundle-yml-reference.

    Args:
        type: The kind of bundle, such as `custom` or `spark`.
        compute_type: What it runs on, such as `warehouse` or `compute_pool`.
        language: The language of the code: `python`, `java` or `scala`. Needed for `custom` bundles.
        compute_options: Settings of the compute type. A warehouse has `warehouse` and `runtime_version`; a compute
            pool has `compute_pool`, `query_warehouse` and `runtime_version`.
        properties: Settings of the bundle type, such as `requirements_file` for Python packages.
        artifact_repositories: The artifact repositories to install packages from, by qualified name.
        stage_mounts: Stages that the code sees as directories. On a warehouse it can only read them.
        secrets: The secrets that the code may use.
        external_access_integrations: The external access integrations that open the way to hosts outside.
        env_vars: Environment variables for the code, each a name with its value.
    """

    type: str = field(STRING)
    """The kind of bundle, such as `custom` or `spark`."""
    compute_type: str = field(STRING)
    """What it runs on, such as `warehouse` or `compute_pool`."""
    language: str | None = field(STRING, default=None)
    """The language of the code: `python`, `java` or `scala`. Needed for `custom` bundles."""
    compute_options: dict[str, Any] | None = field(Map(ANY), default=None)
    """Settings of the compute type. A warehouse has `warehouse` and `runtime_version`; a compute pool has
    `compute_pool`, `query_warehouse` and `runtime_version`.
    """
    properties: dict[str, Any] | None = field(Map(ANY), default=None)
    """Settings of the bundle type, such as `requirements_file` for Python packages."""
    artifact_repositories: list[str] | None = field(Array(STRING), default=None)
    """The artifact repositories to install packages from, by qualified name."""
    stage_mounts: dict[str, StageMount] | None = field(Map(Nested(StageMount)), default=None)
    """Stages that the code sees as directories. On a warehouse it can only read them."""
    secrets: list[str] | None = field(Array(STRING), default=None)
    """The secrets that the code may use."""
    external_access_integrations: list[str] | None = field(Array(STRING), default=None)
    """The external access integrations that open the way to hosts outside."""
    env_vars: list[dict[str, str]] | None = field(Array(Map(STRING)), default=None)
    """Environment variables for the code, each a name with its value."""


@model
class CodeBundleExecution(Model):
    """A run of a code bundle.

    Args:
        bundle_name: The qualified name of the code bundle; empty if the code ran straight from a location.
        database_name: The database that was named when the bundle was created or run.
        schema_name: The schema that was named when the bundle was created or run.
        status: The state of the run.
        bundle_type: The kind of bundle, such as `custom` or `spark`.
        compute_type: What the code ran on, such as `warehouse` or `compute_pool`.
        language_type: The language of the code.
        runtime_name: The runtime that the code ran in.
        execution_name: The name that the run was given.
        start_time: When the run started.
        end_time: When the run ended; empty while it is under way.
        entrypoint: The file or class that was run.
        query_id: The query ID of the run, by which it is fetched or cancelled.
    """

    bundle_name: str | None = field(STRING, default=None)
    """The qualified name of the code bundle; empty if the code ran straight from a location."""
    database_name: str | None = field(String(pattern='^\\"([^\\"]|\\"\\")+\\"|[a-zA-Z_][a-zA-Z0-9_$]*$'), default=None)
    """The database that was named when the bundle was created or run."""
    schema_name: str | None = field(String(pattern='^\\"([^\\"]|\\"\\")+\\"|[a-zA-Z_][a-zA-Z0-9_$]*$'), default=None)
    """The schema that was named when the bundle was created or run."""
    status: str | None = field(STRING, default=None)
    """The state of the run."""
    bundle_type: str | None = field(STRING, default=None)
    """The kind of bundle, such as `custom` or `spark`."""
    compute_type: str | None = field(STRING, default=None)
    """What the code ran on, such as `warehouse` or `compute_pool`."""
    language_type: str | None = field(STRING, default=None)
    """The language of the code."""
    runtime_name: str | None = field(STRING, default=None)
    """The runtime that the code ran in."""
    execution_name: str | None = field(STRING, default=None)
    """The name that the run was given."""
    start_time: str | None = field(STRING, default=None)
    """When the run started."""
    end_time: str | None = field(STRING, default=None)
    """When the run ended; empty while it is under way."""
    entrypoint: str | None = field(STRING, default=None)
    """The file or class that was run."""
    query_id: str | None = field(STRING, default=None)
    """The query ID of the run, by which it is fetched or cancelled."""


@model
class CodeBundleSpecification(Model):
    """A run's configuration, as a `code_bundle.yml` file holds it.

    Args:
        bundle: The configuration itself.
    """

    bundle: BundleSpec = field(Nested(BundleSpec))
    """The configuration itself."""


@model
class ExecuteCodeBundleRequest(Model):
    """What code to run, and how.

    Args:
        from_location: Where the files are, such as `@my_db.my_schema.my_stage/src`.
        entrypoint: The file to run, by its path in the location, or the main class of a Java or Scala application.
        arguments: The command-line arguments of the code.
        specification: The configuration of the run, in place of the location's `code_bundle.yml`.
        execution_name: A name for this run, to find it in the history.
    """

    from_location: str = field(STRING)
    """Where the files are, such as `@my_db.my_schema.my_stage/src`."""
    entrypoint: str = field(STRING)
    """The file to run, by its path in the location, or the main class of a Java or Scala application."""
    arguments: list[str] | None = field(Array(STRING), default=None)
    """The command-line arguments of the code."""
    specification: CodeBundleSpecification | None = field(Nested(CodeBundleSpecification), default=None)
    """The configuration of the run, in place of the location's `code_bundle.yml`."""
    execution_name: str | None = field(STRING, default=None)
    """A name for this run, to find it in the history."""


_SUCCESS_RESPONSE = Nested(SuccessResponse)
_CODE_BUNDLE_EXECUTION_LIST = Array(Nested(CodeBundleExecution))
_EXECUTE_CODE_BUNDLE_REQUEST = Nested(ExecuteCodeBundleRequest)


def cancel_code_bundle_execution(execution_id: str) -> Operation[SuccessResponse]:
    """Cancel the run.

    Args:
        execution_id: The query ID of the run.
    """
    return Operation(
        id="cancelCodeBundleExecution",
        method="POST",
        path=f"/api/v2/code-bundle-executions/{segment('execution_id', execution_id)}:cancel",
        answer=_SUCCESS_RESPONSE,
    )


def list_code_bundle_executions(
    *,
    bundle_name: str | None = None,
    database: str | None = None,
    schema: str | None = None,
    entrypoint: str | None = None,
    start_time_range_start: str | None = None,
    start_time_range_end: str | None = None,
    bundle_types: str | None = None,
    compute_types: str | None = None,
    language_types: str | None = None,
    status: str | None = None,
    execution_name: str | None = None,
    query_id: str | None = None,
    result_limit: int | None = None,
) -> Operation[list[CodeBundleExecution]]:
    """The runs of code bundles in the account, as far as they match the filters.

    Without filters, the most recent runs. See
    https://docs.snowflake.com/en/sql-reference/functions/code_bundle_history.

    Args:
        bundle_name: Only runs of this code bundle. A name with lower-case or special characters goes in double
            quotes.
        database: Only runs of code bundles in this database.
        schema: Only runs of code bundles in this schema.
        entrypoint: Only runs of exactly this entry point.
        start_time_range_start: Only runs that started at this time or later; a timestamp literal of SQL.
        start_time_range_end: Only runs that started at this time or earlier; a timestamp literal of SQL.
        bundle_types: Only runs of these kinds of bundle, separated by commas, such as `custom,spark`.
        compute_types: Only runs on these kinds of compute, separated by commas, such as `warehouse`.
        language_types: Only runs in these languages, separated by commas, such as `python,scala`.
        status: Only runs in this state.
        execution_name: Only runs that were given this name.
        query_id: Only the run with this query ID.
        result_limit: At most this many runs.
    """
    return Operation(
        id="listCodeBundleExecutions",
        method="GET",
        path="/api/v2/code-bundle-executions",
        query={
            "bundleName": argument("bundle_name", STRING, bundle_name),
            "database": argument("database", STRING, database),
            "schema": argument("schema", STRING, schema),
            "entrypoint": argument("entrypoint", STRING, entrypoint),
            "startTimeRangeStart": argument("start_time_range_start", STRING, start_time_range_start),
            "startTimeRangeEnd": argument("start_time_range_end", STRING, start_time_range_end),
            "bundleTypes": argument("bundle_types", STRING, bundle_types),
            "computeTypes": argument("compute_types", STRING, compute_types),
            "languageTypes": argument("language_types", STRING, language_types),
            "status": argument("status", STRING, status),
            "executionName": argument("execution_name", STRING, execution_name),
            "queryId": argument("query_id", STRING, query_id),
            "resultLimit": argument("result_limit", INTEGER, result_limit),
        },
        answer=_CODE_BUNDLE_EXECUTION_LIST,
    )


def execute_code_bundle(
    execute_code_bundle_request: ExecuteCodeBundleRequest, *, async_exec: bool | None = None
) -> Operation[SuccessResponse]:
    """Run code from a location, without a code bundle of its own.

    See https://docs.snowflake.com/en/sql-reference/sql/execute-code-bundle.

    Args:
        execute_code_bundle_request: What code to run, and how.
        async_exec: Answer at once and leave the code running. By default the answer waits for its end.
    """
    return Operation(
        id="executeCodeBundle",
        method="POST",
        path="/api/v2/code-bundle-executions",
        query={"asyncExec": argument("async_exec", BOOLEAN, async_exec)},
        body=body(
            "execute_code_bundle_request", _EXECUTE_CODE_BUNDLE_REQUEST, execute_code_bundle_request, required=True
        ),
        answer=_SUCCESS_RESPONSE,
    )


def fetch_code_bundle_execution_status(execution_id: str) -> Operation[list[CodeBundleExecution]]:
    """The state of the run.

    Args:
        execution_id: The query ID of the run.
    """
    return Operation(
        id="fetchCodeBundleExecutionStatus",
        method="GET",
        path=f"/api/v2/code-bundle-executions/{segment('execution_id', execution_id)}",
        answer=_CODE_BUNDLE_EXECUTION_LIST,
    )


RESOURCE = Resource(
    name="code_bundle_execution",
    collection="/api/v2/code-bundle-executions",
    model=CodeBundleExecution,
    list=list_code_bundle_executions,
    create=execute_code_bundle,
)
