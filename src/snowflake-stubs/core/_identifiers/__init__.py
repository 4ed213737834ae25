# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore import FQN, CanonicalName, Identifier, IdentifierLike, IdentifierString, QualifiedIdentifier

__all__ = [
    "FQN",
    "CanonicalName",
    "Identifier",
    "IdentifierLike",
    "IdentifierString",
    "QualifiedIdentifier",
]
