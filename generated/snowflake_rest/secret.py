# Generated from specs/secret.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""A secret keeps a credential (a password, a token, a key) that functions, procedures, services and integrations use
without it standing in their code. Snowflake does not show a stored value again. See
https://docs.snowflake.com/en/sql-reference/sql/create-secret.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    SECRET,
    STRING,
    Array,
    Choice,
    Integer,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class Secret(Model):
    """A credential that Snowflake keeps.

    Args:
        comment: A comment on the secret.
        name: The name, unique within the schema.

    Attributes:
        created_on (set by the server): When the secret was created.
        database_name (set by the server): The database that holds the secret.
        schema_name (set by the server): The schema that holds the secret.
        owner (set by the server): The role that owns the secret.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    type: str | None = field(STRING, default=None, init=False)
    """The kind of credential. Each kind has fields of its own."""
    comment: str | None = field(STRING, default=None)
    """A comment on the secret."""
    name: str = field(IDENTIFIER)
    """The name, unique within the schema."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the secret was created."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the secret."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the secret."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the secret."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE`."""


@model
class PasswordSecret(Secret):
    """A user name with a password, for basic authentication.

    Args:
        comment: A comment on the secret.
        name: The name, unique within the schema.
        username: The user name.
        password: The password.

    Attributes:
        created_on (set by the server): When the secret was created.
        database_name (set by the server): The database that holds the secret.
        schema_name (set by the server): The schema that holds the secret.
        owner (set by the server): The role that owns the secret.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    type: str = field(STRING, default="PASSWORD", init=False)
    username: str = field(STRING)
    """The user name."""
    password: str = field(SECRET)
    """The password."""


@model
class Oauth2Secret(Secret):
    """OAuth credentials: scopes for the client credentials flow, a refresh token for the authorization code flow.

    Args:
        comment: A comment on the secret.
        name: The name, unique within the schema.
        oauth_refresh_token: The token with which Snowflake gets new access tokens.
        oauth_refresh_token_expiry_time: When the refresh token expires, as `YYYY-MM-DD` or `YYYY-MM-DD HH:MI:SS`.
        oauth_scopes: The scopes to ask for, out of those that the security integration allows.
        api_authentication: The security integration of type `API_AUTHENTICATION` that connects Snowflake with the
            external service.

    Attributes:
        created_on (set by the server): When the secret was created.
        database_name (set by the server): The database that holds the secret.
        schema_name (set by the server): The schema that holds the secret.
        owner (set by the server): The role that owns the secret.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    type: str = field(STRING, default="OAUTH2", init=False)
    oauth_refresh_token: str | None = field(SECRET, default=None)
    """The token with which Snowflake gets new access tokens."""
    oauth_refresh_token_expiry_time: str | None = field(STRING, default=None)
    """When the refresh token expires, as `YYYY-MM-DD` or `YYYY-MM-DD HH:MI:SS`."""
    oauth_scopes: list[str] | None = field(Array(STRING), default=None)
    """The scopes to ask for, out of those that the security integration allows."""
    api_authentication: str = field(IDENTIFIER)
    """The security integration of type `API_AUTHENTICATION` that connects Snowflake with the external service."""


@model
class GenericStringSecret(Secret):
    """Any text, such as an API key.

    Args:
        comment: A comment on the secret.
        name: The name, unique within the schema.
        secret_string: The text to keep.

    Attributes:
        created_on (set by the server): When the secret was created.
        database_name (set by the server): The database that holds the secret.
        schema_name (set by the server): The schema that holds the secret.
        owner (set by the server): The role that owns the secret.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    type: str = field(STRING, default="GENERIC_STRING", init=False)
    secret_string: str = field(SECRET)
    """The text to keep."""


@model
class SymmetricKeySecret(Secret):
    """A symmetric key that Snowflake generates.

    Args:
        comment: A comment on the secret.
        name: The name, unique within the schema.
        algorithm: The algorithm that the key is for, `GENERIC`.

    Attributes:
        created_on (set by the server): When the secret was created.
        database_name (set by the server): The database that holds the secret.
        schema_name (set by the server): The schema that holds the secret.
        owner (set by the server): The role that owns the secret.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    type: str = field(STRING, default="SYMMETRIC_KEY", init=False)
    algorithm: str = field(STRING)
    """The algorithm that the key is for, `GENERIC`."""


@model
class CloudProviderTokenSecret(Secret):
    """A cloud provider's token, which Snowflake obtains when it is needed.

    Args:
        comment: A comment on the secret.
        name: The name, unique within the schema.
        api_authentication: The security integration of type `API_AUTHENTICATION` that connects Snowflake with the
            cloud provider.

    Attributes:
        created_on (set by the server): When the secret was created.
        database_name (set by the server): The database that holds the secret.
        schema_name (set by the server): The schema that holds the secret.
        owner (set by the server): The role that owns the secret.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    type: str = field(STRING, default="CLOUD_PROVIDER_TOKEN", init=False)
    api_authentication: str = field(IDENTIFIER)
    """The security integration of type `API_AUTHENTICATION` that connects Snowflake with the cloud provider."""


@model
class JwtKeyPairSecret(Secret):
    """A key pair that signs JSON Web Tokens.

    Args:
        comment: A comment on the secret.
        name: The name, unique within the schema.
        algorithm: The algorithm of the key pair.
        key_length: The length of the keys in bits.

    Attributes:
        created_on (set by the server): When the secret was created.
        database_name (set by the server): The database that holds the secret.
        schema_name (set by the server): The schema that holds the secret.
        owner (set by the server): The role that owns the secret.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    type: str = field(STRING, default="JWT_KEY_PAIR", init=False)
    algorithm: str | None = field(STRING, default=None)
    """The algorithm of the key pair."""
    key_length: int | None = field(INTEGER, default=None)
    """The length of the keys in bits."""


Secret.discriminate(
    "type",
    {
        "PASSWORD": PasswordSecret,
        "OAUTH2": Oauth2Secret,
        "GENERIC_STRING": GenericStringSecret,
        "SYMMETRIC_KEY": SymmetricKeySecret,
        "CLOUD_PROVIDER_TOKEN": CloudProviderTokenSecret,
        "JWT_KEY_PAIR": JwtKeyPairSecret,
    },
)

_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_SECRET_LIST = Array(Nested(Secret))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_SECRET = Nested(Secret)


def list_secrets(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[Secret]]:
    """The secrets of the schema, without the stored values.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listSecrets",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/secrets",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_SECRET_LIST,
    )


def create_secret(
    database: str,
    schema: str,
    secret: Secret,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a secret.

    See https://docs.snowflake.com/en/sql-reference/sql/create-secret.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        secret: A credential that Snowflake keeps.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createSecret",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/secrets",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("secret", _SECRET, secret, required=True),
    )


def fetch_secret(database: str, schema: str, name: str) -> Operation[Secret]:
    """The secret with its properties, without the stored value.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchSecret",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/secrets/{segment('name', name)}",
        answer=_SECRET,
    )


def delete_secret(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the secret.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteSecret",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/secrets/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


RESOURCE = Resource(
    name="secret",
    collection="/api/v2/databases/{database}/schemas/{schema}/secrets",
    model=Secret,
    list=list_secrets,
    create=create_secret,
    fetch=fetch_secret,
    drop=delete_secret,
)
