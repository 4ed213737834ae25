# Generated from specs/artifact-repository.yaml by `make generate`. Do not edit.
"""An artifact repository connects a schema with a package index, so that Python code in Snowflake can install packages
from it. See https://docs.snowflake.com/en/sql-reference/sql/create-artifact-repository.
"""

from __future__ import annotations

from snowcore._collections import (
    SchemaObjects,
    ShowLimited,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Renamed,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import artifact_repository as rest
from snowflake_rest.artifact_repository import ArtifactRepository
from snowflake_rest.runtime import Steps

__all__ = [
    "ArtifactRepository",
    "ArtifactRepositoryCollection",
    "ArtifactRepositoryResource",
]


class ArtifactRepositoryResource(Renamed, Fetched[ArtifactRepository], Dropped):
    """An artifact repository."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, artifact_repository: ArtifactRepository) -> Steps[None]:
        """Create the artifact repository, or change the existing one to match the definition.

        See https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

        ValueError if the description is of another name.
        """
        artifact_repository = build_model(ArtifactRepository, artifact_repository)
        self.expect(artifact_repository.name, "artifact_repository")
        return rest.create_or_alter_artifact_repository(*self.path, artifact_repository)

    create_or_alter_async = twin(create_or_alter)


class ArtifactRepositoryCollection(
    SchemaObjects[ArtifactRepositoryResource], ShowLimited[ArtifactRepositoryResource, ArtifactRepository]
):
    """The artifact repositories of the schema."""

    _handle = ArtifactRepositoryResource

    @remote
    def create(
        self, artifact_repository: ArtifactRepository, mode: CreateMode | str | None = None
    ) -> Steps[ArtifactRepositoryResource]:
        """Create an artifact repository.

        Args:
            artifact_repository: What to create; a dict with the fields of ArtifactRepository will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        artifact_repository = build_model(ArtifactRepository, artifact_repository)
        yield from rest.create_artifact_repository(*self.path, artifact_repository, create_mode=encode_mode(mode))
        return self[artifact_repository.name]

    create_async = twin(create)
