"""Pipes: COPY statements that run as files arrive. See https://docs.snowflake.com/en/user-guide/data-load-snowpipe-intro."""

from __future__ import annotations

from datetime import datetime

from snowflake_rest import pipe as rest
from snowflake_rest.pipe import Pipe
from snowflake_rest.runtime import Steps

from ._common import CreateMode, wire_mode
from ._reference import Dropped, Fetched, Matched, SchemaObject, SchemaObjects, Tagged, named, remote, twin

__all__ = ["Pipe", "PipeCollection", "PipeResource"]


class PipeResource(SchemaObject, Fetched[Pipe], Dropped, Tagged):
    """A pipe."""

    _rest = rest.RESOURCE

    @remote
    def refresh(
        self, if_exists: bool | None = None, prefix: str | None = None, modified_after: datetime | None = None
    ) -> Steps[None]:
        """Queue the files that are in the stage already and were not loaded, of the last seven days.

        prefix: only those whose path, behind the stage's own, starts with this. modified_after: only those staged
        later than this.
        """
        return rest.refresh_pipe(*self.path, if_exists=if_exists, prefix=prefix, modified_after=modified_after)

    refresh_async = twin(refresh)


class PipeCollection(SchemaObjects[PipeResource], Matched[PipeResource, Pipe]):
    """The pipes of a schema."""

    _handle = PipeResource

    @remote
    def create(self, pipe: Pipe, mode: CreateMode | str | None = None) -> Steps[PipeResource]:
        """Create a pipe. ConflictError if one of this name exists, unless `mode` says otherwise."""
        pipe = named(Pipe, pipe)
        yield from rest.create_pipe(*self.path, pipe, create_mode=wire_mode(mode))
        return self[pipe.name]

    create_async = twin(create)
