# Generated from specs/catalog-integration.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""A catalog integration lets Snowflake use Apache Iceberg tables that an external catalog manages, or whose metadata
lies in cloud storage. See https://docs.snowflake.com/en/sql-reference/sql/create-catalog-integration.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    SECRET,
    STRING,
    Array,
    Choice,
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
class Catalog(Model):
    """A catalog and how to reach it."""

    catalog_source: str | None = field(STRING, default=None, init=False)
    """`GLUE` for the AWS Glue Data Catalog, `OBJECT_STORE` for metadata files in cloud storage, `POLARIS` for Snowflake
    Open Catalog.
    """


@model
class CatalogIntegration(Model):
    """An external catalog of Iceberg tables, and how Snowflake reaches it.

    Args:
        name: The name, unique within the account.
        catalog: The catalog and how to reach it.
        table_format: The format of the tables that the catalog supplies. One of `ICEBERG`.
        enabled: Whether Iceberg tables can use the integration.
        comment: A comment on the integration.

    Attributes:
        type (set by the server): The type of integration.
        category (set by the server): The category of integration, `CATALOG`.
        created_on (set by the server): When the integration was created.
    """

    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """The name, unique within the account."""
    catalog: Catalog = field(Nested(Catalog))
    """The catalog and how to reach it."""
    table_format: Literal["ICEBERG"] | str = field(Choice("ICEBERG"))
    """The format of the tables that the catalog supplies. One of `ICEBERG`."""
    enabled: bool = field(BOOLEAN)
    """Whether Iceberg tables can use the integration."""
    comment: str | None = field(STRING, default=None)
    """A comment on the integration."""
    type: str | None = field(STRING, default=None, read_only=True)
    """The type of integration."""
    category: str | None = field(STRING, default=None, read_only=True)
    """The category of integration, `CATALOG`."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the integration was created."""


@model
class Glue(Catalog):
    """The AWS Glue Data Catalog.

    Args:
        glue_aws_role_arn: The ARN of the IAM role that Snowflake takes on to read the catalog.
        glue_catalog_id: The ID of the AWS account that owns the catalog.
        glue_region: The AWS region of the catalog. Needed when Snowflake's account is not on AWS; by default its own
            region.
        catalog_namespace: The Glue database of tables that do not name their own.
    """

    catalog_source: str = field(STRING, default="GLUE", init=False)
    glue_aws_role_arn: str = field(STRING)
    """The ARN of the IAM role that Snowflake takes on to read the catalog."""
    glue_catalog_id: str = field(STRING)
    """The ID of the AWS account that owns the catalog."""
    glue_region: str | None = field(STRING, default=None)
    """The AWS region of the catalog. Needed when Snowflake's account is not on AWS; by default its own region."""
    catalog_namespace: str = field(STRING)
    """The Glue database of tables that do not name their own."""


@model
class ObjectStore(Catalog):
    """Iceberg metadata files in cloud storage, without a catalog service."""

    catalog_source: str = field(STRING, default="OBJECT_STORE", init=False)


@model
class RestConfig(Model):
    """Where a catalog with a REST interface is.

    Args:
        catalog_uri: The URL of the catalog's REST interface.
        warehouse: The name of the catalog within Open Catalog. It has nothing to do with virtual warehouses.
    """

    catalog_uri: str = field(STRING)
    """The URL of the catalog's REST interface."""
    warehouse: str = field(STRING)
    """The name of the catalog within Open Catalog. It has nothing to do with virtual warehouses."""


@model
class RestAuthentication(Model):
    """How Snowflake logs in to a catalog."""

    type: str | None = field(STRING, default=None, init=False)
    """The method; `OAUTH` is the only one."""


@model
class Polaris(Catalog):
    """Snowflake Open Catalog, reached over the REST protocol of Apache Iceberg.

    Args:
        catalog_namespace: The namespace of tables that do not name their own.
        rest_config: Where the catalog is.
        rest_authentication: How Snowflake logs in there.
    """

    catalog_source: str = field(STRING, default="POLARIS", init=False)
    catalog_namespace: str = field(STRING)
    """The namespace of tables that do not name their own."""
    rest_config: RestConfig = field(Nested(RestConfig))
    """Where the catalog is."""
    rest_authentication: RestAuthentication = field(Nested(RestAuthentication))
    """How Snowflake logs in there."""


@model
class OAuth(RestAuthentication):
    """Login with OAuth client credentials.

    Args:
        oauth_client_id: The client ID of the service connection in Open Catalog.
        oauth_client_secret: The client secret that goes with it.
        oauth_allowed_scopes: The scopes to ask for, such as `PRINCIPAL_ROLE:ALL`.
    """

    type: str = field(STRING, default="OAUTH", init=False)
    oauth_client_id: str = field(STRING)
    """The client ID of the service connection in Open Catalog."""
    oauth_client_secret: str = field(SECRET)
    """The client secret that goes with it."""
    oauth_allowed_scopes: list[str] = field(Array(STRING))
    """The scopes to ask for, such as `PRINCIPAL_ROLE:ALL`."""


Catalog.discriminate(
    "catalog_source",
    {
        "GLUE": Glue,
        "OBJECT_STORE": ObjectStore,
        "POLARIS": Polaris,
    },
)
RestAuthentication.discriminate(
    "type",
    {
        "OAUTH": OAuth,
    },
)

_CATALOG_INTEGRATION_LIST = Array(Nested(CatalogIntegration))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_CATALOG_INTEGRATION = Nested(CatalogIntegration)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_catalog_integrations(*, like: str | None = None) -> Operation[list[CatalogIntegration]]:
    """The catalog integrations of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listCatalogIntegrations",
        method="GET",
        path="/api/v2/catalog-integrations",
        query={"like": argument("like", STRING, like)},
        answer=_CATALOG_INTEGRATION_LIST,
    )


def create_catalog_integration(
    catalog_integration: CatalogIntegration,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a catalog integration.

    See https://docs.snowflake.com/en/sql-reference/sql/create-catalog-integration.

    Args:
        catalog_integration: An external catalog of Iceberg tables, and how Snowflake reaches it.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createCatalogIntegration",
        method="POST",
        path="/api/v2/catalog-integrations",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("catalog_integration", _CATALOG_INTEGRATION, catalog_integration, required=True),
    )


def fetch_catalog_integration(name: str) -> Operation[CatalogIntegration]:
    """The catalog integration with its properties.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchCatalogIntegration",
        method="GET",
        path=f"/api/v2/catalog-integrations/{segment('name', name)}",
        answer=_CATALOG_INTEGRATION,
    )


def delete_catalog_integration(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the catalog integration.

    It can't be dropped while Iceberg tables use it. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-catalog-integration.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteCatalogIntegration",
        method="DELETE",
        path=f"/api/v2/catalog-integrations/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def set_tags(name: str, tags: list[TagAssignment], *, if_exists: bool | None = None) -> Operation[None]:
    """Set tags on the object, each with a value. Tags that are not named keep their values.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/catalog-integrations/{segment('name', name)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(name: str, tags: list[TagReference], *, if_exists: bool | None = None) -> Operation[None]:
    """Take tags off the object.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/catalog-integrations/{segment('name', name)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(name: str, *, with_lineage: bool | None = None) -> Operation[list[TagAssignment]]:
    """The tags that are set on the object.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/catalog-integrations/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="catalog_integration",
    collection="/api/v2/catalog-integrations",
    model=CatalogIntegration,
    list=list_catalog_integrations,
    create=create_catalog_integration,
    fetch=fetch_catalog_integration,
    drop=delete_catalog_integration,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
