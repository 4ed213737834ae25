# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.secret import (
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
