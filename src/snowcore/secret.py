# Generated from specs/secret.yaml by `make generate`. Do not edit.
"""A secret keeps a credential (a password, a token, a key) that functions, procedures, services and integrations use
without it standing in their code. Snowflake does not show a stored value again. See
https://docs.snowflake.com/en/sql-reference/sql/create-secret.
"""

from snowcore._generated.secret import (
    CloudProviderTokenSecret,
    GenericStringSecret,
    JwtKeyPairSecret,
    Oauth2Secret,
    PasswordSecret,
    Secret,
    SecretCollection,
    SecretResource,
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
