# Generated from specs/secret.yaml by `make generate`. Do not edit.
"""A secret keeps a credential (a password, a token, a key) that functions, procedures, services and integrations use
without it standing in their code. Snowflake does not show a stored value again. See
https://docs.snowflake.com/en/sql-reference/sql/create-secret.
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
    SchemaObject,
)
from snowcore._methods import build_model, remote, twin
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


class SecretCollection(SchemaObjects[SecretResource], ShowLimited[SecretResource, Secret]):
    """The secrets of the schema, without the stored values."""

    _handle = SecretResource

    @remote
    def create(self, secret: Secret, mode: CreateMode | str | None = None) -> Steps[SecretResource]:
        """Create a secret.

        See https://docs.snowflake.com/en/sql-reference/sql/create-secret.

        Args:
            secret: What to create; a dict with the fields of Secret will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        secret = build_model(Secret, secret)
        yield from rest.create_secret(*self.path, secret, create_mode=encode_mode(mode))
        return self[secret.name]

    create_async = twin(create)
