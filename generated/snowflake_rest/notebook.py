# Generated from specs/notebook.yaml by `make generate`. Do not edit.
"""A notebook is a document of Python, SQL and Markdown cells that runs in Snowflake. Its files are kept in versions;
the live version is the one that users edit and that is executed. See
https://docs.snowflake.com/en/user-guide/ui-snowsight/notebooks.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER, TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
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
class VersionDetails(Model):
    """A version of a notebook.

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
class Notebook(Model):
    """A document of Python, SQL and Markdown cells.

    Args:
        name: The notebook's name, plain or in double quotes.
        version: An alias for the version that is created.
        from_location: The place on a stage that the files are copied from; without it the notebook starts from a
            template.
        main_file: The notebook's file, which must be an `.ipynb` file.
        comment: Free text about the notebook.
        default_version: The version that counts where none is named, by its name, its alias, or a word such as
            `LAST`.
        query_warehouse: The warehouse that runs the notebook's SQL. Executing the notebook needs it.
        title: The title that Snowsight shows.
        runtime_name: The runtime of the Python code. `SYSTEM$WAREHOUSE_RUNTIME` is a warehouse, others run on a
            compute pool.
        compute_pool: The compute pool, for runtimes that run on one.
        import_urls: Files on stages that the code can import.
        external_access_integrations: The external access integrations through which the code may reach other
            networks.
        idle_auto_shutdown_time_seconds: After how many idle seconds a notebook on a compute pool is shut down, from
            60 to 259,200 (72 hours). Default 3,600.
        default_version_details: More about the default version.
        last_version_details: More about the version that was added last.

    Attributes:
        created_on (set by the server): When the notebook was created.
        database_name (set by the server): The database that holds the notebook.
        schema_name (set by the server): The schema that holds the notebook.
        owner (set by the server): The role that owns the notebook.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
        url_id (set by the server): The part of the Snowsight address that stands for the notebook.
        default_packages (set by the server): The packages that the notebook's environment starts with.
        user_packages (set by the server): The packages that were added to the environment.
        external_access_secrets (set by the server): The secrets that the code may read.
        live_version_location_uri (set by the server): Where the files of the live version are.
        budget (set by the server): The budget that watches what the notebook costs, if there is one.
    """

    name: str = field(IDENTIFIER)
    """The notebook's name, plain or in double quotes."""
    version: str | None = field(STRING, default=None)
    """An alias for the version that is created."""
    from_location: str | None = field(STRING, default=None, wire="fromLocation")
    """The place on a stage that the files are copied from; without it the notebook starts from a template."""
    main_file: str | None = field(STRING, default=None)
    """The notebook's file, which must be an `.ipynb` file."""
    comment: str | None = field(STRING, default=None)
    """Free text about the notebook."""
    default_version: str | None = field(STRING, default=None)
    """The version that counts where none is named, by its name, its alias, or a word such as `LAST`."""
    query_warehouse: str | None = field(STRING, default=None)
    """The warehouse that runs the notebook's SQL. Executing the notebook needs it."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the notebook was created."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the notebook."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the notebook."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the notebook."""
    owner_role_type: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""
    url_id: str | None = field(STRING, default=None, read_only=True)
    """The part of the Snowsight address that stands for the notebook."""
    title: str | None = field(STRING, default=None)
    """The title that Snowsight shows."""
    default_packages: str | None = field(STRING, default=None, read_only=True)
    """The packages that the notebook's environment starts with."""
    user_packages: str | None = field(STRING, default=None, read_only=True)
    """The packages that were added to the environment."""
    runtime_name: str | None = field(STRING, default=None)
    """The runtime of the Python code. `SYSTEM$WAREHOUSE_RUNTIME` is a warehouse, others run on a compute pool."""
    compute_pool: str | None = field(STRING, default=None)
    """The compute pool, for runtimes that run on one."""
    import_urls: list[str] | None = field(Array(STRING), default=None)
    """Files on stages that the code can import."""
    external_access_integrations: list[str] | None = field(Array(STRING), default=None)
    """The external access integrations through which the code may reach other networks."""
    external_access_secrets: str | None = field(STRING, default=None, read_only=True)
    """The secrets that the code may read."""
    idle_auto_shutdown_time_seconds: int | None = field(INTEGER, default=None)
    """After how many idle seconds a notebook on a compute pool is shut down, from 60 to 259,200 (72 hours). Default
    3,600.
    """
    default_version_details: VersionDetails | None = field(Nested(VersionDetails), default=None)
    """More about the default version."""
    last_version_details: VersionDetails | None = field(Nested(VersionDetails), default=None)
    """More about the version that was added last."""
    live_version_location_uri: str | None = field(STRING, default=None, read_only=True)
    """Where the files of the live version are."""
    budget: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The budget that watches what the notebook costs, if there is one."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_NOTEBOOK_LIST = Array(Nested(Notebook))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_NOTEBOOK = Nested(Notebook)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_notebooks(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[Notebook]]:
    """The notebooks of the schema.

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
        id="listNotebooks",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_NOTEBOOK_LIST,
    )


def create_notebook(
    database: str,
    schema: str,
    notebook: Notebook,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a notebook.

    See https://docs.snowflake.com/en/sql-reference/sql/create-notebook.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        notebook: A document of Python, SQL and Markdown cells.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createNotebook",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("notebook", _NOTEBOOK, notebook, required=True),
    )


def fetch_notebook(database: str, schema: str, name: str) -> Operation[Notebook]:
    """Fetch a notebook.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchNotebook",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks/{segment('name', name)}",
        answer=_NOTEBOOK,
    )


def delete_notebook(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop a notebook.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteNotebook",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def execute_notebook(database: str, schema: str, name: str, *, async_exec: bool | None = None) -> Operation[None]:
    """Run all cells of a notebook's live version.

    The notebook must have a live version and a query warehouse. See
    https://docs.snowflake.com/en/sql-reference/sql/execute-notebook.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        async_exec: Answer at once and let the notebook run on. The server's default is `false`.
    """
    return Operation(
        id="executeNotebook",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks/{segment('name', name)}:execute",
        query={"asyncExec": argument("async_exec", BOOLEAN, async_exec)},
    )


def rename_notebook(
    database: str,
    schema: str,
    name: str,
    *,
    target_name: str,
    if_exists: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Rename a notebook, or move it to another schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_name: The notebook's new name.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="renameNotebook",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks/{segment('name', name)}:rename",
        query={
            "targetName": argument("target_name", STRING, target_name, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
    )


def add_live_version_notebook(
    database: str, schema: str, name: str, *, from_last: bool | None = None, comment: str | None = None
) -> Operation[None]:
    """Give a notebook a live version.

    The live version is the one that runs when the notebook is executed. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-notebook.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        from_last: Start the live version from the last version.
        comment: Free text about the version.
    """
    return Operation(
        id="addLiveVersionNotebook",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks/{segment('name', name)}:add-live-version",
        query={"fromLast": argument("from_last", BOOLEAN, from_last), "comment": argument("comment", STRING, comment)},
    )


def commit_notebook(
    database: str, schema: str, name: str, *, version: str | None = None, comment: str | None = None
) -> Operation[None]:
    """Commit a notebook's live version.

    The notebook's Git repository gets the commit too, if there is one.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        version: An alias for the version.
        comment: Free text about the version.
    """
    return Operation(
        id="commitNotebook",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks/{segment('name', name)}:commit",
        query={"version": argument("version", STRING, version), "comment": argument("comment", STRING, comment)},
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/notebooks/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="notebook",
    collection="/api/v2/databases/{database}/schemas/{schema}/notebooks",
    model=Notebook,
    list=list_notebooks,
    create=create_notebook,
    fetch=fetch_notebook,
    drop=delete_notebook,
    rename=rename_notebook,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
