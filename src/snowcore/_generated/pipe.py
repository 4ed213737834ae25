# Generated from specs/pipe.yaml by `make generate`. Do not edit.
"""A pipe loads files from a stage into a table soon after they arrive, with a COPY statement. This is Snowpipe. See
https://docs.snowflake.com/en/user-guide/data-load-snowpipe-intro.
"""

from __future__ import annotations

from datetime import datetime

from snowcore._collections import (
    Matched,
    SchemaObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    SchemaObject,
    Tagged,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import pipe as rest
from snowflake_rest.pipe import Pipe
from snowflake_rest.runtime import Steps

__all__ = [
    "Pipe",
    "PipeCollection",
    "PipeResource",
]


class PipeResource(SchemaObject, Fetched[Pipe], Dropped, Tagged):
    """A pipe."""

    _rest = rest.RESOURCE

    @remote
    def refresh(
        self, if_exists: bool | None = None, prefix: str | None = None, modified_after: datetime | None = None
    ) -> Steps[None]:
        """Load the files that are in the stage already.

        Queues the files of the last seven days that the pipe has not loaded. It is meant for catching up, not for
        regular use. See https://docs.snowflake.com/en/sql-reference/sql/alter-pipe.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
            prefix: Only files whose path, after the stage's own path, starts with this text.
            modified_after: Only files that were staged after this time, at most seven days ago.
        """
        return rest.refresh_pipe(*self.path, if_exists=if_exists, prefix=prefix, modified_after=modified_after)

    refresh_async = twin(refresh)


class PipeCollection(SchemaObjects[PipeResource], Matched[PipeResource, Pipe]):
    """The pipes of the schema."""

    _handle = PipeResource

    @remote
    def create(self, pipe: Pipe, mode: CreateMode | str | None = None) -> Steps[PipeResource]:
        """Create a pipe.

        See https://docs.snowflake.com/en/sql-reference/sql/create-pipe.

        Args:
            pipe: What to create; a dict with the fields of Pipe will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        pipe = build_model(Pipe, pipe)
        yield from rest.create_pipe(*self.path, pipe, create_mode=encode_mode(mode))
        return self[pipe.name]

    create_async = twin(create)
