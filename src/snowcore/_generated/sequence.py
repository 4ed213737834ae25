# Generated from specs/sequence.yaml by `make generate`. Do not edit.
"""A sequence hands out unique numbers to all who ask, for example for keys. There may be gaps between them. See
https://docs.snowflake.com/en/user-guide/querying-sequences.
"""

from __future__ import annotations

from snowcore._collections import (
    Matched,
    SchemaObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Renamed,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import sequence as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.sequence import Sequence

__all__ = [
    "Sequence",
    "SequenceCollection",
    "SequenceResource",
]


class SequenceResource(Renamed, Fetched[Sequence], Dropped):
    """A sequence."""

    _rest = rest.RESOURCE

    @remote
    def clone(
        self,
        sequence: Sequence,
        create_mode: CreateMode | str | None = None,
        target_database: str | None = None,
        target_schema: str | None = None,
    ) -> Steps[None]:
        """Clone a sequence.

        The path names the source, the body the new sequence. See
        https://docs.snowflake.com/en/sql-reference/sql/create-clone.

        Args:
            sequence: A source of unique numbers.
            create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
                server's default is `errorIfExists`.
            target_database: The database of the target; the source's own when left out.
            target_schema: The schema of the target; the source's own when left out.
        """
        return rest.clone_sequence(
            *self.path,
            sequence,
            create_mode=encode_mode(create_mode),
            target_database=target_database,
            target_schema=target_schema,
        )

    clone_async = twin(clone)


class SequenceCollection(SchemaObjects[SequenceResource], Matched[SequenceResource, Sequence]):
    """The sequences of the schema."""

    _handle = SequenceResource

    @remote
    def create(self, sequence: Sequence, mode: CreateMode | str | None = None) -> Steps[SequenceResource]:
        """Create a sequence.

        See https://docs.snowflake.com/en/sql-reference/sql/create-sequence.

        Args:
            sequence: What to create; a dict with the fields of Sequence will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        sequence = build_model(Sequence, sequence)
        yield from rest.create_sequence(*self.path, sequence, create_mode=encode_mode(mode))
        return self[sequence.name]

    create_async = twin(create)
