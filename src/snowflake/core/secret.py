# Generated from specs/secret.yaml by `make generate`. Do not edit.
"""A secret keeps a credential (a password, a token, a key) that functions, procedures, services and integrations use
without it standing in their code. Snowflake does not show a stored value again. See
https://docs.snowflake.com/en/sql-reference/sql/create-secret.
"""

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
from ._reference import (
    Dropped,
    Fetched,
    SchemaObject,
    SchemaObjects,
    named,
    one_limit,
    remote,
    twin,
)

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
    """A secret."""

    _rest = rest.RESOURCE


class SecretCollection(SchemaObjects[SecretResource]):
    """The secrets of the schema, without the stored values."""

    _handle = SecretResource

    @remote
    def create(self, secret: Secret, mode: CreateMode | str | None = None) -> Steps[SecretResource]:
        """Create a secret.

        See https://docs.snowflake.com/en/sql-reference/sql/create-secret.

        ConflictError if one of this name exists, unless `mode` says otherwise.
        """
        secret = named(Secret, secret)
        yield from rest.create_secret(*self.path, secret, create_mode=wire_mode(mode))
        return self[secret.name]

    create_async = twin(create)

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
        """The secrets of the schema, without the stored values.

        Args:
            like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever
                the case.
            starts_with: Only the objects whose name starts with this text, in exactly this case.
            limit: At most this many objects, from 1 to 10,000.
            from_name: Only the objects that follow the first one whose name starts with this text, in exactly this
                case.
            show_limit: An old name of `limit`.
        """
        limit = one_limit(limit, show_limit)
        return Listing(
            rest.list_secrets(*self.path, like=like, starts_with=starts_with, show_limit=limit, from_name=from_name)
        )

    iter_async = twin(iter)
