# Generated from specs/network-rule.yaml by `make generate`. Do not edit.
"""A network rule is a list of addresses, hosts or private endpoints. It takes effect in a network policy, which allows
or blocks what comes in, or in an external access integration, which allows what goes out. See
https://docs.snowflake.com/en/sql-reference/sql/create-network-rule.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER
from .runtime import (
    BOOLEAN,
    DATETIME,
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
class NetworkRule(Model):
    """A list of network identifiers of one type.

    Args:
        type: What the values are, such as `IPV4` addresses, `AWSVPCEID` or `AZURELINKID` private endpoints, or
            `HOST_PORT` and `PRIVATE_HOST_PORT` destinations.
        mode: What the rule is about: `INGRESS` for requests to Snowflake, `INTERNAL_STAGE` for requests to internal
            stages, `EGRESS` for requests from Snowflake. Host types go with `EGRESS`.
        value_list: The values, such as `192.0.2.0/24` for `IPV4` or `example.com:443` for `HOST_PORT`.
        comment: A comment on the rule.
        name: The name, unique within the schema.

    Attributes:
        created_on (set by the server): When the rule was created.
        database_name (set by the server): The database that holds the rule.
        schema_name (set by the server): The schema that holds the rule.
        owner (set by the server): The role that owns the rule.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    type: str = field(STRING)
    """What the values are, such as `IPV4` addresses, `AWSVPCEID` or `AZURELINKID` private endpoints, or `HOST_PORT` and
    `PRIVATE_HOST_PORT` destinations.
    """
    mode: str | None = field(STRING, default=None)
    """What the rule is about: `INGRESS` for requests to Snowflake, `INTERNAL_STAGE` for requests to internal stages,
    `EGRESS` for requests from Snowflake. Host types go with `EGRESS`.
    """
    value_list: list[str] | None = field(Array(STRING), default=None)
    """The values, such as `192.0.2.0/24` for `IPV4` or `example.com:443` for `HOST_PORT`."""
    comment: str | None = field(STRING, default=None)
    """A comment on the rule."""
    name: str = field(IDENTIFIER)
    """The name, unique within the schema."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the rule was created."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the rule."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the rule."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the rule."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE`."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_NETWORK_RULE_LIST = Array(Nested(NetworkRule))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_NETWORK_RULE = Nested(NetworkRule)


def list_network_rules(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[NetworkRule]]:
    """The network rules of the schema.

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
        id="listNetworkRules",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/network-rules",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_NETWORK_RULE_LIST,
    )


def create_network_rule(
    database: str,
    schema: str,
    network_rule: NetworkRule,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a network rule.

    See https://docs.snowflake.com/en/sql-reference/sql/create-network-rule.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        network_rule: A list of network identifiers of one type.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createNetworkRule",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/network-rules",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("network_rule", _NETWORK_RULE, network_rule, required=True),
    )


def fetch_network_rule(database: str, schema: str, name: str) -> Operation[NetworkRule]:
    """The network rule with its properties.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchNetworkRule",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/network-rules/{segment('name', name)}",
        answer=_NETWORK_RULE,
    )


def delete_network_rule(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the network rule.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteNetworkRule",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/network-rules/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


RESOURCE = Resource(
    name="network_rule",
    collection="/api/v2/databases/{database}/schemas/{schema}/network-rules",
    model=NetworkRule,
    list=list_network_rules,
    create=create_network_rule,
    fetch=fetch_network_rule,
    drop=delete_network_rule,
)
