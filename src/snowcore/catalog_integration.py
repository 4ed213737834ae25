# Generated from specs/catalog-integration.yaml by `make generate`. Do not edit.
"""A catalog integration lets Snowflake use Apache Iceberg tables that an external catalog manages, or whose metadata
lies in cloud storage. See https://docs.snowflake.com/en/sql-reference/sql/create-catalog-integration.
"""

from snowcore._generated.catalog_integration import (
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
