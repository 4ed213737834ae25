# Generated from specs/code-bundle.yaml by `make generate`. Do not edit.
"""A code bundle is a project of source files (scripts, notebooks, Spark applications) that is stored in a schema, in
versions, and runs on Snowflake's compute. See
https://docs.snowflake.com/en/developer-guide/code-bundles/code-bundles.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .common import SuccessResponse
from .runtime import (
    ANY,
    BOOLEAN,
    DATETIME,
    STRING,
    Array,
    Integer,
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
class AddVersionCodeBundleRequestVersion(Model):
    """The name of a version to add.

    Args:
        name: The version's name.
        if_not_exists: Succeed without doing anything when there is a version of this name.
    """

    name: str | None = field(STRING, default=None)
    """The version's name."""
    if_not_exists: bool | None = field(BOOLEAN, default=None, wire="ifNotExists")
    """Succeed without doing anything when there is a version of this name."""


@model
class AddVersionCodeBundleRequest(Model):
    """A version to add to a code bundle.

    Args:
        from_location: Where the files are copied from: a path in an internal stage or in a workspace.
        version: The version's name, and what to do if there is such a version.
    """

    from_location: str = field(STRING)
    """Where the files are copied from: a path in an internal stage or in a workspace."""
    version: AddVersionCodeBundleRequestVersion | None = field(Nested(AddVersionCodeBundleRequestVersion), default=None)
    """The version's name, and what to do if there is such a version."""


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
class VersionDetails(Model):
    """A version of a code bundle.

    Attributes:
        name (set by the server): The name that Snowflake gave the version.
        alias (set by the server): Another name for the version, if it has one.
        location_url (set by the server): Where the version's files are, a `snow://` URL.
        source_location_uri (set by the server): The stage or workspace path that the version was made from.
        git_commit_hash (set by the server): The Git commit that the version was made from, if its source is a Git
            repository.
    """

    name: str | None = field(STRING, default=None, read_only=True)
    """The name that Snowflake gave the version."""
    alias: str | None = field(STRING, default=None, read_only=True)
    """Another name for the version, if it has one."""
    location_url: str | None = field(STRING, default=None, read_only=True)
    """Where the version's files are, a `snow://` URL."""
    source_location_uri: str | None = field(STRING, default=None, read_only=True)
    """The stage or workspace path that the version was made from."""
    git_commit_hash: str | None = field(STRING, default=None, read_only=True)
    """The Git commit that the version was made from, if its source is a Git repository."""


@model
class CodeBundle(Model):
    """A project of source files that Snowflake can run.

    Args:
        name: The name, unique within the schema.
        from_location: Where the files of the first version are copied from: a path in an internal stage or in a
            workspace.
        comment: A comment on the code bundle.
        default_version_details: The version that runs when the bundle is executed.
        last_version_details: The version that was added last.

    Attributes:
        created_on (set by the server): When the code bundle was created.
        database_name (set by the server): The database that holds the code bundle.
        schema_name (set by the server): The schema that holds the code bundle.
        owner (set by the server): The role that owns the code bundle.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
        live_version_location_uri (set by the server): Where the files of the live version are, if there is one.
        container_type (set by the server): The kind of object that contains the bundle.
        container_database (set by the server): The database of that object.
        container_schema (set by the server): The schema of that object.
        container_name (set by the server): The name of that object.
    """

    name: str = field(String(pattern='^\\"([^\\"]|\\"\\")+\\"|[a-zA-Z_][a-zA-Z0-9_$]*$'))
    """The name, unique within the schema."""
    from_location: str | None = field(STRING, default=None)
    """Where the files of the first version are copied from: a path in an internal stage or in a workspace."""
    comment: str | None = field(STRING, default=None)
    """A comment on the code bundle."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the code bundle was created."""
    database_name: str | None = field(
        String(pattern='^\\"([^\\"]|\\"\\")+\\"|[a-zA-Z_][a-zA-Z0-9_$]*$'), default=None, read_only=True
    )
    """The database that holds the code bundle."""
    schema_name: str | None = field(
        String(pattern='^\\"([^\\"]|\\"\\")+\\"|[a-zA-Z_][a-zA-Z0-9_$]*$'), default=None, read_only=True
    )
    """The schema that holds the code bundle."""
    owner: str | None = field(
        String(pattern='^\\"([^\\"]|\\"\\")+\\"|[a-zA-Z_][a-zA-Z0-9_$]*$'), default=None, read_only=True
    )
    """The role that owns the code bundle."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE`."""
    default_version_details: VersionDetails | None = field(Nested(VersionDetails), default=None)
    """The version that runs when the bundle is executed."""
    last_version_details: VersionDetails | None = field(Nested(VersionDetails), default=None)
    """The version that was added last."""
    live_version_location_uri: str | None = field(STRING, default=None, read_only=True)
    """Where the files of the live version are, if there is one."""
    container_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of object that contains the bundle."""
    container_database: str | None = field(
        String(pattern='^\\"([^\\"]|\\"\\")+\\"|[a-zA-Z_][a-zA-Z0-9_$]*$'), default=None, read_only=True
    )
    """The database of that object."""
    container_schema: str | None = field(
        String(pattern='^\\"([^\\"]|\\"\\")+\\"|[a-zA-Z_][a-zA-Z0-9_$]*$'), default=None, read_only=True
    )
    """The schema of that object."""
    container_name: str | None = field(
        String(pattern='^\\"([^\\"]|\\"\\")+\\"|[a-zA-Z_][a-zA-Z0-9_$]*$'), default=None, read_only=True
    )
    """The name of that object."""


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
    """What to run of a code bundle, and how.

    Args:
        entrypoint: The file to run, by its path in the bundle, or the main class of a Java or Scala application.
        arguments: The command-line arguments of the code.
        specification: A configuration for this run, in place of the one in the bundle's `code_bundle.yml`.
        execution_name: A name for this run, to find it in the history.
    """

    entrypoint: str = field(STRING)
    """The file to run, by its path in the bundle, or the main class of a Java or Scala application."""
    arguments: list[str] | None = field(Array(STRING), default=None)
    """The command-line arguments of the code."""
    specification: CodeBundleSpecification | None = field(Nested(CodeBundleSpecification), default=None)
    """A configuration for this run, in place of the one in the bundle's `code_bundle.yml`."""
    execution_name: str | None = field(STRING, default=None)
    """A name for this run, to find it in the history."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_CODE_BUNDLE_LIST = Array(Nested(CodeBundle))
_CODE_BUNDLE = Nested(CodeBundle)
_ADD_VERSION_CODE_BUNDLE_REQUEST = Nested(AddVersionCodeBundleRequest)
_EXECUTE_CODE_BUNDLE_REQUEST = Nested(ExecuteCodeBundleRequest)
_SUCCESS_RESPONSE = Nested(SuccessResponse)


def list_code_bundles(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[CodeBundle]]:
    """The code bundles of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listCodeBundles",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/code-bundles",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_CODE_BUNDLE_LIST,
    )


def create_code_bundle(
    database: str, schema: str, code_bundle: CodeBundle, *, create_mode: str | None = None
) -> Operation[None]:
    """Create a code bundle from the files at a location.

    See https://docs.snowflake.com/en/sql-reference/sql/create-code-bundle.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        code_bundle: A project of source files that Snowflake can run.
        create_mode: What to do when a code bundle of this name exists: fail (`errorIfExists`), replace it
            (`orReplace`), or leave it as it is (`ifNotExists`).
    """
    return Operation(
        id="createCodeBundle",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/code-bundles",
        query={"createMode": argument("create_mode", STRING, create_mode)},
        body=body("code_bundle", _CODE_BUNDLE, code_bundle, required=True),
    )


def add_version_code_bundle(
    database: str, schema: str, name: str, add_version_code_bundle_request: AddVersionCodeBundleRequest
) -> Operation[None]:
    """Add a version to the code bundle, from the files at a location.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        add_version_code_bundle_request: A version to add to a code bundle.
    """
    return Operation(
        id="addVersionCodeBundle",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/code-bundles/{segment('name', name)}:add-version",
        body=body(
            "add_version_code_bundle_request",
            _ADD_VERSION_CODE_BUNDLE_REQUEST,
            add_version_code_bundle_request,
            required=True,
        ),
    )


def execute_code_bundle(
    database: str,
    schema: str,
    name: str,
    execute_code_bundle_request: ExecuteCodeBundleRequest,
    *,
    async_exec: bool | None = None,
) -> Operation[SuccessResponse]:
    """Run the code bundle.

    See https://docs.snowflake.com/en/sql-reference/sql/execute-code-bundle.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        execute_code_bundle_request: What to run of a code bundle, and how.
        async_exec: Answer at once and leave the code running. By default the answer waits for its end.
    """
    return Operation(
        id="executeCodeBundle",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/code-bundles/{segment('name', name)}:execute",
        query={"asyncExec": argument("async_exec", BOOLEAN, async_exec)},
        body=body(
            "execute_code_bundle_request", _EXECUTE_CODE_BUNDLE_REQUEST, execute_code_bundle_request, required=True
        ),
        answer=_SUCCESS_RESPONSE,
    )


def fetch_code_bundle(database: str, schema: str, name: str) -> Operation[CodeBundle]:
    """The code bundle with its versions.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchCodeBundle",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/code-bundles/{segment('name', name)}",
        answer=_CODE_BUNDLE,
    )


def delete_code_bundle(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the code bundle.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteCodeBundle",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/code-bundles/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


RESOURCE = Resource(
    name="code_bundle",
    collection="/api/v2/databases/{database}/schemas/{schema}/code-bundles",
    model=CodeBundle,
    list=list_code_bundles,
    create=create_code_bundle,
    fetch=fetch_code_bundle,
    drop=delete_code_bundle,
)
