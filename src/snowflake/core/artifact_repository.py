"""Artifact repositories: where Python code finds packages. See https://docs.snowflake.com/en/sql-reference/sql/create-artifact-repository."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import artifact_repository as rest
from snowflake_rest.artifact_repository import ArtifactRepository
from snowflake_rest.runtime import Steps

from ._client import Listing
from ._common import CreateMode, wire_mode
from ._reference import Dropped, Fetched, Renamed, SchemaObjects, named, one_limit, remote, twin

__all__ = ["ArtifactRepository", "ArtifactRepositoryCollection", "ArtifactRepositoryResource"]


class ArtifactRepositoryResource(Renamed, Fetched[ArtifactRepository], Dropped):
    """An artifact repository."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, artifact_repository: ArtifactRepository) -> Steps[None]:
        """Make the repository as described: create it, or change what differs. What is not given gets its default."""
        return rest.create_or_alter_artifact_repository(*self.path, artifact_repository)

    create_or_alter_async = twin(create_or_alter)


class ArtifactRepositoryCollection(SchemaObjects[ArtifactRepositoryResource]):
    """The artifact repositories of a schema."""

    _handle = ArtifactRepositoryResource

    @remote
    def create(
        self, artifact_repository: ArtifactRepository, mode: CreateMode | str | None = None
    ) -> Steps[ArtifactRepositoryResource]:
        """Create an artifact repository. ConflictError if one of this name exists, unless `mode` says otherwise."""
        artifact_repository = named(ArtifactRepository, artifact_repository)
        yield from rest.create_artifact_repository(*self.path, artifact_repository, create_mode=wire_mode(mode))
        return self[artifact_repository.name]

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        from_name: str | None = None,
        show_limit: int | None = None,
    ) -> Steps[Iterator[ArtifactRepository]]:
        """The artifact repositories.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this. show_limit: the old name of `limit`.
        """
        return Listing(
            rest.list_artifact_repositories(
                *self.path,
                like=like,
                starts_with=starts_with,
                show_limit=one_limit(limit, show_limit),
                from_name=from_name,
            )
        )

    create_async = twin(create)
    iter_async = twin(iter)
