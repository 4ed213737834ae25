"""Sequences: unique numbers. See https://docs.snowflake.com/en/user-guide/querying-sequences."""

from __future__ import annotations

from snowflake_rest import sequence as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.sequence import Sequence

from ._common import CreateMode, wire_mode
from ._reference import Dropped, Fetched, Matched, Renamed, SchemaObjects, named, remote, twin

__all__ = ["Sequence", "SequenceCollection", "SequenceResource"]


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
        """Make a copy of the sequence.

        sequence: the copy, with its name. target_database, target_schema: where it goes; here when left out.
        """
        return rest.clone_sequence(
            *self.path,
            sequence,
            create_mode=wire_mode(create_mode),
            target_database=target_database,
            target_schema=target_schema,
        )

    clone_async = twin(clone)


class SequenceCollection(SchemaObjects[SequenceResource], Matched[SequenceResource, Sequence]):
    """The sequences of a schema."""

    _handle = SequenceResource

    @remote
    def create(self, sequence: Sequence, mode: CreateMode | str | None = None) -> Steps[SequenceResource]:
        """Create a sequence. ConflictError if one of this name exists, unless `mode` says otherwise."""
        sequence = named(Sequence, sequence)
        yield from rest.create_sequence(*self.path, sequence, create_mode=wire_mode(mode))
        return self[sequence.name]

    create_async = twin(create)
