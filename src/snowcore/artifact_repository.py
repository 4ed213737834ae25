# Generated from specs/artifact-repository.yaml by `make generate`. Do not edit.
"""An artifact repository connects a schema with a package index, so that Python code in Snowflake can install packages
from it. See https://docs.snowflake.com/en/sql-reference/sql/create-artifact-repository.
"""

from snowcore._generated.artifact_repository import (
    ArtifactRepository,
    ArtifactRepositoryCollection,
    ArtifactRepositoryResource,
)

__all__ = [
    "ArtifactRepository",
    "ArtifactRepositoryCollection",
    "ArtifactRepositoryResource",
]
