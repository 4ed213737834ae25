"""Secrets: credentials that code and integrations use. See https://docs.snowflake.com/en/sql-reference/sql/create-secret."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import secret as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.secret import (
    CloudProviderTokenSecret,
    GenericStringSecret,
    JwtKeyPairSecret,
    Oauth2Secret,
    PasswordSecret,
    Secret,
    SymmetricKeySecret,
)

from ._client import Listing
from ._common import CreateMode, wire_mode
from ._reference import Dropped, Fetched, SchemaObject, SchemaObjects, named, one_limit, remote, twin

__all__ = [
    "CloudProviderTokenSecret",
    "GenericStringSecret",
    "JwtKeyPairSecret",
    "Oauth2Secret",
    "PasswordSecret",
    "Secret",
    "SecretCollection",
    "SecretResource",
    "SymmetricKeySecret",
]


class SecretResource(SchemaObject, Fetched[Secret], Dropped):
    """A secret. Fetching it gives all but what it keeps."""

    _rest = rest.RESOURCE


class SecretCollection(SchemaObjects[SecretResource]):
    """The secrets of a schema."""

    _handle = SecretResource

    @remote
    def create(self, secret: Secret, mode: CreateMode | str | None = None) -> Steps[SecretResource]:
        """Create a secret. ConflictError if one of this name exists, unless `mode` says otherwise."""
        secret = named(Secret, secret)
        yield from rest.create_secret(*self.path, secret, create_mode=wire_mode(mode))
        return self[secret.name]

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        from_name: str | None = None,
        show_limit: int | None = None,
    ) -> Steps[Iterator[Secret]]:
        """The secrets, without what they keep.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this. show_limit: deprecated, use limit.
        """
        limit = one_limit(limit, show_limit)
        return Listing(
            rest.list_secrets(*self.path, like=like, starts_with=starts_with, show_limit=limit, from_name=from_name)
        )

    create_async = twin(create)
    iter_async = twin(iter)
