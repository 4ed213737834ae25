# Generated from specs/artifact-repository.yaml by `make generate`. Do not edit.
"""An artifact repository connects a schema with a package index, so that Python code in Snowflake can install packages
from it. See https://docs.snowflake.com/en/sql-reference/sql/create-artifact-repository.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER
from .runtime import (
    BOOLEAN,
    DATETIME,
    STRING,
    Array,
    Choice,
    Integer,
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
class ArtifactRepository(Model):
    """A source of packages for code that runs in Snowflake.

    Args:
        name: The name, unique within the schema.
        type: The kind of packages: `PIP` for Python packages.
        comment: A comment on the repository.
        api_integration: The API integration through which the package index is reached.

    Attributes:
        created_on (set by the server): When the repository was created.
        database_name (set by the server): The database that holds the repository.
        schema_name (set by the server): The schema that holds the repository.
        owner (set by the server): The role that owns the repository.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """The name, unique within the schema."""
    type: Literal["PIP"] | str = field(Choice("PIP"))
    """The kind of packages: `PIP` for Python packages."""
    comment: str | None = field(STRING, default=None)
    """A comment on the repository."""
    api_integration: str = field(STRING)
    """The API integration through which the package index is reached."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the repository was created."""
    database_name: str | None = field(
        String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True
    )
    """The database that holds the repository."""
    schema_name: str | None = field(
        String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True
    )
    """The schema that holds the repository."""
    owner: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True)
    """The role that owns the repository."""
    owner_role_type: str | None = field(
        String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True
    )
    """The kind of role that the owner is, such as `ROLE`."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_ARTIFACT_REPOSITORY_LIST = Array(Nested(ArtifactRepository))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_ARTIFACT_REPOSITORY = Nested(ArtifactRepository)


def list_artifact_repositories(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[ArtifactRepository]]:
    """The artifact repositories of the schema.

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
        id="listArtifactRepositories",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/artifact-repositories",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_ARTIFACT_REPOSITORY_LIST,
    )


def create_artifact_repository(
    database: str,
    schema: str,
    artifact_repository: ArtifactRepository,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an artifact repository.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        artifact_repository: A source of packages for code that runs in Snowflake.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createArtifactRepository",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/artifact-repositories",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("artifact_repository", _ARTIFACT_REPOSITORY, artifact_repository, required=True),
    )


def fetch_artifact_repository(database: str, schema: str, name: str) -> Operation[ArtifactRepository]:
    """The artifact repository with its properties.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchArtifactRepository",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/artifact-repositories/{segment('name', name)}",
        answer=_ARTIFACT_REPOSITORY,
    )


def create_or_alter_artifact_repository(
    database: str, schema: str, name: str, artifact_repository: ArtifactRepository
) -> Operation[None]:
    """Create the artifact repository, or change the existing one to match the definition.

    See https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        artifact_repository: A source of packages for code that runs in Snowflake.
    """
    return Operation(
        id="createOrAlterArtifactRepository",
        method="PUT",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/artifact-repositories/{segment('name', name)}",
        body=body("artifact_repository", _ARTIFACT_REPOSITORY, artifact_repository, required=True),
    )


def delete_artifact_repository(
    database: str, schema: str, name: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Drop the artifact repository.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteArtifactRepository",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/artifact-repositories/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def rename_artifact_repository(
    database: str,
    schema: str,
    name: str,
    *,
    target_name: str,
    if_exists: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Rename the artifact repository, where it is or into another schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_name: The new name.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="renameArtifactRepository",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/artifact-repositories/{segment('name', name)}:rename",
        query={
            "targetName": argument("target_name", STRING, target_name, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
    )


RESOURCE = Resource(
    name="artifact_repository",
    collection="/api/v2/databases/{database}/schemas/{schema}/artifact-repositories",
    model=ArtifactRepository,
    list=list_artifact_repositories,
    create=create_artifact_repository,
    fetch=fetch_artifact_repository,
    create_or_alter=create_or_alter_artifact_repository,
    drop=delete_artifact_repository,
    rename=rename_artifact_repository,
)
