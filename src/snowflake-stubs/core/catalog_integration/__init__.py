# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.catalog_integration import (
    Catalog,
    CatalogIntegration,
    CatalogIntegrationCollection,
    CatalogIntegrationResource,
    Glue,
    OAuth,
    ObjectStore,
    Polaris,
    RestAuthentication,
    RestConfig,
)

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
