# Generated from specs/sequence.yaml by `make generate`. Do not edit.
"""A sequence hands out unique numbers to all who ask, for example for keys. There may be gaps between them. See
https://docs.snowflake.com/en/user-guide/querying-sequences.
"""

from snowcore._generated.sequence import Sequence, SequenceCollection, SequenceResource

__all__ = [
    "Sequence",
    "SequenceCollection",
    "SequenceResource",
]
