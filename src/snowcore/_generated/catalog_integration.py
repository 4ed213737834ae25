# Generated from specs/catalog-integration.yaml by `make generate`. Do not edit.
"""A catalog integration lets Snowflake use Apache Iceberg tables that an external catalog manages, or whose metadata
lies in cloud storage. See https://docs.snowflake.com/en/sql-reference/sql/create-catalog-integration.
"""

from __future__ import annotations

from snowcore._collections import (
    AccountObjects,
    Matched,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    AccountObject,
    Dropped,
    Fetched,
    Tagged,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import catalog_integration as rest
from snowflake_rest.catalog_integration import (
    Catalog,
    CatalogIntegration,
    Glue,
    OAuth,
    ObjectStore,
    Polaris,
    RestAuthentication,
    RestConfig,
)
from snowflake_rest.runtime import Steps

__all__ = [
    "Catalog",
    "CatalogIntegration",
    "CatalogIntegrationCollection",
    "CatalogIntegrationResource",
    "Glue",
    "OAuth",
    "ObjectStore",
    "Polaris",
    "RestAuthentication",
    "RestConfig",
]


class CatalogIntegrationResource(AccountObject, Fetched[CatalogIntegration], Dropped, Tagged):
    """A catalog integration."""

    _rest = rest.RESOURCE


class CatalogIntegrationCollection(
    AccountObjects[CatalogIntegrationResource], Matched[CatalogIntegrationResource, CatalogIntegration]
):
    """The catalog integrations of the account."""

    _handle = CatalogIntegrationResource

    @remote
    def create(
        self, catalog_integration: CatalogIntegration, mode: CreateMode | str | None = None
    ) -> Steps[CatalogIntegrationResource]:
        """Create a catalog integration.

        See https://docs.snowflake.com/en/sql-reference/sql/create-catalog-integration.

        Args:
            catalog_integration: What to create; a dict with the fields of CatalogIntegration will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        catalog_integration = build_model(CatalogIntegration, catalog_integration)
        yield from rest.create_catalog_integration(catalog_integration, create_mode=encode_mode(mode))
        return self[catalog_integration.name]

    create_async = twin(create)
