# Generated from specs/streamlit.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""A Streamlit object is a web app in Python that Snowflake hosts. Its files are kept in versions; the live version is
the one that is edited. See https://docs.snowflake.com/en/developer-guide/streamlit/about-streamlit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER, TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    SECRET,
    STRING,
    Array,
    Choice,
    Integer,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class VersionDetailsStreamlit(Model):
    """A version of a Streamlit app.

    Attributes:
        name (set by the server): The version's name, such as `VERSION$1`.
        alias (set by the server): Another name, given by a user.
        location_url (set by the server): Where the version's files are.
        source_location_uri (set by the server): Where the version's files were taken from.
        git_commit_hash (set by the server): The Git commit that the files come from, if they come from Git.
    """

    name: str | None = field(STRING, default=None, read_only=True)
    """The version's name, such as `VERSION$1`."""
    alias: str | None = field(STRING, default=None, read_only=True)
    """Another name, given by a user."""
    location_url: str | None = field(STRING, default=None, read_only=True)
    """Where the version's files are."""
    source_location_uri: str | None = field(STRING, default=None, read_only=True)
    """Where the version's files were taken from."""
    git_commit_hash: str | None = field(STRING, default=None, read_only=True)
    """The Git commit that the files come from, if they come from Git."""


@model
class Streamlit(Model):
    """A web app in Python that Snowflake hosts.

    Args:
        name: The Streamlit app's name, plain or in double quotes.
        comment: Free text about the Streamlit app.
        imports: Files on stages that the code can import.
        external_access_integrations: The external access integrations through which the code may reach other
            networks.
        title: The title that Snowsight shows.
        main_file: The Python file that starts the app, relative to the root of the app's files.
        query_warehouse: The warehouse that runs the app's queries.
        default_version: The version that counts where none is named, by its name, its alias, or a word such as
            `LAST`.
        default_version_details: More about the default version.
        last_version_details: More about the version that was added last.
        source_location: The place on a stage or in a Git repository clone that the app's files are copied from.

    Attributes:
        external_access_secrets (set by the server): The secrets that the code may read.
        created_on (set by the server): When the Streamlit app was created.
        database_name (set by the server): The database that holds the Streamlit app.
        schema_name (set by the server): The schema that holds the Streamlit app.
        owner (set by the server): The role that owns the Streamlit app.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
        url_id (set by the server): The part of the Snowsight address that stands for the Streamlit app.
        default_packages (set by the server): The packages that the Streamlit app's environment starts with.
        user_packages (set by the server): The packages that were added to the environment.
        live_version_location_uri (set by the server): Where the files of the live version are.
    """

    name: str = field(IDENTIFIER)
    """The Streamlit app's name, plain or in double quotes."""
    comment: str | None = field(STRING, default=None)
    """Free text about the Streamlit app."""
    imports: list[str] | None = field(Array(STRING), default=None)
    """Files on stages that the code can import."""
    external_access_integrations: list[str] | None = field(Array(STRING), default=None)
    """The external access integrations through which the code may reach other networks."""
    external_access_secrets: str | None = field(STRING, default=None, read_only=True)
    """The secrets that the code may read."""
    title: str | None = field(STRING, default=None)
    """The title that Snowsight shows."""
    main_file: str | None = field(STRING, default=None)
    """The Python file that starts the app, relative to the root of the app's files."""
    query_warehouse: str | None = field(STRING, default=None)
    """The warehouse that runs the app's queries."""
    default_version: str | None = field(STRING, default=None)
    """The version that counts where none is named, by its name, its alias, or a word such as `LAST`."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the Streamlit app was created."""
    default_version_details: VersionDetailsStreamlit | None = field(Nested(VersionDetailsStreamlit), default=None)
    """More about the default version."""
    last_version_details: VersionDetailsStreamlit | None = field(Nested(VersionDetailsStreamlit), default=None)
    """More about the version that was added last."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the Streamlit app."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the Streamlit app."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the Streamlit app."""
    owner_role_type: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""
    source_location: str | None = field(STRING, default=None)
    """The place on a stage or in a Git repository clone that the app's files are copied from."""
    url_id: str | None = field(STRING, default=None, read_only=True)
    """The part of the Snowsight address that stands for the Streamlit app."""
    default_packages: list[str] | None = field(Array(STRING), default=None, read_only=True)
    """The packages that the Streamlit app's environment starts with."""
    user_packages: list[str] | None = field(Array(STRING), default=None, read_only=True)
    """The packages that were added to the environment."""
    live_version_location_uri: str | None = field(STRING, default=None, read_only=True)
    """Where the files of the live version are."""


@model
class StreamlitPushOptions(Model):
    """Who pushes to Git, and where to."""

    auth_type: str | None = field(STRING, default=None, init=False)
    """How to sign in, with a secret (`CREDENTIALS`) or a name and a password (`USERNAME_PASSWORD`)."""


@model
class GitPushWithCredentials(StreamlitPushOptions):
    """A push that signs in with a secret.

    Args:
        git_credentials: The secret that holds the credentials.
        git_author_name: The name of the commit's author.
        git_author_email: The email address of the commit's author.
        to_git_branch_uri: The URI of the branch to push to.
        git_push_comment: Free text about the push.
    """

    auth_type: str = field(STRING, default="CREDENTIALS", init=False)
    git_credentials: str = field(STRING)
    """The secret that holds the credentials."""
    git_author_name: str = field(STRING)
    """The name of the commit's author."""
    git_author_email: str = field(STRING)
    """The email address of the commit's author."""
    to_git_branch_uri: str | None = field(STRING, default=None)
    """The URI of the branch to push to."""
    git_push_comment: str | None = field(STRING, default=None)
    """Free text about the push."""


@model
class GitPushWithUsernamePassword(StreamlitPushOptions):
    """A push that signs in with a name and a password.

    Args:
        git_username: The name to sign in with.
        git_password: The password, or a token in its place.
        git_author_name: The name of the commit's author.
        git_author_email: The email address of the commit's author.
        to_git_branch_uri: The URI of the branch to push to.
        git_push_comment: Free text about the push.
    """

    auth_type: str = field(STRING, default="USERNAME_PASSWORD", init=False)
    git_username: str = field(STRING)
    """The name to sign in with."""
    git_password: str = field(SECRET)
    """The password, or a token in its place."""
    git_author_name: str = field(STRING)
    """The name of the commit's author."""
    git_author_email: str = field(STRING)
    """The email address of the commit's author."""
    to_git_branch_uri: str | None = field(STRING, default=None)
    """The URI of the branch to push to."""
    git_push_comment: str | None = field(STRING, default=None)
    """Free text about the push."""


@model
class CommitStreamlitRequestVersion(Model):
    """The version that the commit makes.

    Args:
        comment: Free text about the version.
    """

    comment: str | None = field(STRING, default=None)
    """Free text about the version."""


@model
class CommitStreamlitRequest(Model):
    """How to commit a live version.

    Args:
        version: The version that the commit makes.
    """

    version: CommitStreamlitRequestVersion | None = field(Nested(CommitStreamlitRequestVersion), default=None)
    """The version that the commit makes."""


@model
class AddLiveVersionStreamlitRequestVersion(Model):
    """How to name and describe a live version.

    Args:
        name: The version's name.
        comment: Free text about the version.
    """

    name: str | None = field(STRING, default=None)
    """The version's name."""
    comment: str | None = field(STRING, default=None)
    """Free text about the version."""


@model
class AddLiveVersionStreamlitRequest(Model):
    """The live version to add.

    Args:
        version: The version's name and comment.
    """

    version: AddLiveVersionStreamlitRequestVersion | None = field(
        Nested(AddLiveVersionStreamlitRequestVersion), default=None
    )
    """The version's name and comment."""


@model
class AddVersionStreamlitRequestVersion(Model):
    """The version's name and comment.

    Args:
        name: The version's name.
        comment: Free text about the version.
        if_not_exists: Succeed without doing anything when a version of this name exists.
    """

    name: str = field(STRING)
    """The version's name."""
    comment: str | None = field(STRING, default=None)
    """Free text about the version."""
    if_not_exists: bool | None = field(BOOLEAN, default=None, wire="ifNotExists")
    """Succeed without doing anything when a version of this name exists."""


@model
class AddVersionStreamlitRequest(Model):
    """The version to add, and where its files are.

    Args:
        source_location: The place on a stage that the version's files are copied from.
        version: The version's name and comment.
    """

    source_location: str = field(STRING)
    """The place on a stage that the version's files are copied from."""
    version: AddVersionStreamlitRequestVersion | None = field(Nested(AddVersionStreamlitRequestVersion), default=None)
    """The version's name and comment."""


@model
class StreamlitVersionForGit(Model):
    """How to name and describe a version from Git.

    Args:
        name: The version's name.
        comment: Free text about the version.
    """

    name: str = field(STRING)
    """The version's name."""
    comment: str | None = field(STRING, default=None)
    """Free text about the version."""


@model
class AddVersionFromGitStreamlitRequest(Model):
    """The version to add, and where in Git its files are.

    Args:
        version: The version's name and comment.
        git_ref: The URI of the branch, tag or commit that the files come from.
    """

    version: StreamlitVersionForGit = field(Nested(StreamlitVersionForGit))
    """The version's name and comment."""
    git_ref: str = field(STRING)
    """The URI of the branch, tag or commit that the files come from."""


StreamlitPushOptions.discriminate(
    "auth_type",
    {
        "CREDENTIALS": GitPushWithCredentials,
        "USERNAME_PASSWORD": GitPushWithUsernamePassword,
    },
)

_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_STREAMLIT_LIST = Array(Nested(Streamlit))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_STREAMLIT = Nested(Streamlit)
_ADD_LIVE_VERSION_STREAMLIT_REQUEST = Nested(AddLiveVersionStreamlitRequest)
_COMMIT_STREAMLIT_REQUEST = Nested(CommitStreamlitRequest)
_ADD_VERSION_STREAMLIT_REQUEST = Nested(AddVersionStreamlitRequest)
_ADD_VERSION_FROM_GIT_STREAMLIT_REQUEST = Nested(AddVersionFromGitStreamlitRequest)
_STREAMLIT_PUSH_OPTIONS = Nested(StreamlitPushOptions)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_streamlits(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[Streamlit]]:
    """The Streamlit apps of the schema.

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
        id="listStreamlits",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_STREAMLIT_LIST,
    )


def create_streamlit(
    database: str,
    schema: str,
    streamlit: Streamlit,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a Streamlit app.

    See https://docs.snowflake.com/en/sql-reference/sql/create-streamlit.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        streamlit: A web app in Python that Snowflake hosts.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("streamlit", _STREAMLIT, streamlit, required=True),
    )


def fetch_streamlit(database: str, schema: str, name: str) -> Operation[Streamlit]:
    """Fetch a Streamlit app.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchStreamlit",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}",
        answer=_STREAMLIT,
    )


def delete_streamlit(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop a Streamlit app.

    Undrop brings it back for a time.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteStreamlit",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def undrop_streamlit(database: str, schema: str, name: str) -> Operation[None]:
    """Restore a dropped Streamlit app.

    Brings back the app of this name that was dropped last, as long as the retention time has not run out. Fails when
    the name is in use again.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="undropStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:undrop",
    )


def rename_streamlit(
    database: str,
    schema: str,
    name: str,
    *,
    target_name: str,
    if_exists: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Rename a Streamlit app, or move it to another schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_name: The Streamlit app's new name.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="renameStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:rename",
        query={
            "targetName": argument("target_name", STRING, target_name, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
    )


def add_live_version_streamlit(
    database: str,
    schema: str,
    name: str,
    add_live_version_streamlit_request: AddLiveVersionStreamlitRequest | None = None,
    *,
    from_last: bool | None = None,
) -> Operation[None]:
    """Give a Streamlit app a live version.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        add_live_version_streamlit_request: The live version to add.
        from_last: Start the live version from the last version.
    """
    return Operation(
        id="addLiveVersionStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:add-live-version",
        query={"fromLast": argument("from_last", BOOLEAN, from_last)},
        body=body(
            "add_live_version_streamlit_request",
            _ADD_LIVE_VERSION_STREAMLIT_REQUEST,
            add_live_version_streamlit_request,
        ),
    )


def commit_streamlit(
    database: str, schema: str, name: str, commit_streamlit_request: CommitStreamlitRequest | None = None
) -> Operation[None]:
    """Commit the changes in a Streamlit app's live version.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        commit_streamlit_request: How to commit a live version.
    """
    return Operation(
        id="commitStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:commit",
        body=body("commit_streamlit_request", _COMMIT_STREAMLIT_REQUEST, commit_streamlit_request),
    )


def add_version_streamlit(
    database: str, schema: str, name: str, add_version_streamlit_request: AddVersionStreamlitRequest
) -> Operation[None]:
    """Add a version with files from a stage.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        add_version_streamlit_request: The version to add, and where its files are.
    """
    return Operation(
        id="addVersionStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:add-version",
        body=body(
            "add_version_streamlit_request",
            _ADD_VERSION_STREAMLIT_REQUEST,
            add_version_streamlit_request,
            required=True,
        ),
    )


def add_version_from_git_streamlit(
    database: str, schema: str, name: str, add_version_from_git_streamlit_request: AddVersionFromGitStreamlitRequest
) -> Operation[None]:
    """Add a version with files from a Git repository.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        add_version_from_git_streamlit_request: The version to add, and where in Git its files are.
    """
    return Operation(
        id="addVersionFromGitStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:add-version-from-git",
        body=body(
            "add_version_from_git_streamlit_request",
            _ADD_VERSION_FROM_GIT_STREAMLIT_REQUEST,
            add_version_from_git_streamlit_request,
            required=True,
        ),
    )


def abort_streamlit(database: str, schema: str, name: str) -> Operation[None]:
    """Throw away a Streamlit app's live version with the changes that were not committed.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="abortStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:abort",
    )


def pull_streamlit(database: str, schema: str, name: str) -> Operation[None]:
    """Take in the latest changes of the Git repository that a Streamlit app belongs to.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="pullStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:pull",
    )


def push_streamlit(
    database: str, schema: str, name: str, streamlit_push_options: StreamlitPushOptions
) -> Operation[None]:
    """Push the committed changes of a Streamlit app to its Git repository.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        streamlit_push_options: Who pushes to Git, and where to.
    """
    return Operation(
        id="pushStreamlit",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:push",
        body=body("streamlit_push_options", _STREAMLIT_PUSH_OPTIONS, streamlit_push_options, required=True),
    )


def set_tags(
    database: str, schema: str, name: str, tags: list[TagAssignment], *, if_exists: bool | None = None
) -> Operation[None]:
    """Set tags on the object, each with a value. Tags that are not named keep their values.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(
    database: str, schema: str, name: str, tags: list[TagReference], *, if_exists: bool | None = None
) -> Operation[None]:
    """Take tags off the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(
    database: str, schema: str, name: str, *, with_lineage: bool | None = None
) -> Operation[list[TagAssignment]]:
    """The tags that are set on the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streamlits/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="streamlit",
    collection="/api/v2/databases/{database}/schemas/{schema}/streamlits",
    model=Streamlit,
    list=list_streamlits,
    create=create_streamlit,
    fetch=fetch_streamlit,
    drop=delete_streamlit,
    undrop=undrop_streamlit,
    rename=rename_streamlit,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
