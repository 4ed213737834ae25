# Generated from specs/network-policy.yaml by `make generate`. Do not edit.
"""A network policy says from which networks Snowflake accepts logins and requests. It does nothing until it is set on
the account, a user or a security integration. See https://docs.snowflake.com/en/user-guide/network-policies.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER, TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    STRING,
    Array,
    Choice,
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
class NetworkPolicy(Model):
    """The networks from which access is allowed or blocked.

    Args:
        name: The name, unique within the account.
        allowed_network_rule_list: The network rules, by qualified name, whose networks are allowed.
        blocked_network_rule_list: The network rules, by qualified name, whose networks are blocked, even if another
            rule allows them.
        allowed_ip_list: IPv4 addresses that are allowed, single or as CIDR ranges. Network rules are the newer way.
        blocked_ip_list: IPv4 addresses that are blocked, single or as CIDR ranges, even if they are allowed too.
            Network rules are the newer way.
        comment: A comment on the policy.

    Attributes:
        created_on (set by the server): When the policy was created.
        owner (set by the server): The role that owns the policy.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    name: str = field(IDENTIFIER)
    """The name, unique within the account."""
    allowed_network_rule_list: list[str] | None = field(Array(STRING), default=None)
    """The network rules, by qualified name, whose networks are allowed."""
    blocked_network_rule_list: list[str] | None = field(Array(STRING), default=None)
    """The network rules, by qualified name, whose networks are blocked, even if another rule allows them."""
    allowed_ip_list: list[str] | None = field(Array(STRING), default=None)
    """IPv4 addresses that are allowed, single or as CIDR ranges. Network rules are the newer way."""
    blocked_ip_list: list[str] | None = field(Array(STRING), default=None)
    """IPv4 addresses that are blocked, single or as CIDR ranges, even if they are allowed too. Network rules are the
    newer way.
    """
    comment: str | None = field(STRING, default=None)
    """A comment on the policy."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the policy was created."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the policy."""
    owner_role_type: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE`."""


_NETWORK_POLICY_LIST = Array(Nested(NetworkPolicy))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_NETWORK_POLICY = Nested(NetworkPolicy)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_network_policies() -> Operation[list[NetworkPolicy]]:
    """The network policies of the account."""
    return Operation(
        id="listNetworkPolicies",
        method="GET",
        path="/api/v2/network-policies",
        answer=_NETWORK_POLICY_LIST,
    )


def create_network_policy(
    network_policy: NetworkPolicy,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a network policy.

    See https://docs.snowflake.com/en/sql-reference/sql/create-network-policy.

    Args:
        network_policy: The networks from which access is allowed or blocked.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createNetworkPolicy",
        method="POST",
        path="/api/v2/network-policies",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("network_policy", _NETWORK_POLICY, network_policy, required=True),
    )


def fetch_network_policy(name: str) -> Operation[NetworkPolicy]:
    """The network policy with its properties.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchNetworkPolicy",
        method="GET",
        path=f"/api/v2/network-policies/{segment('name', name)}",
        answer=_NETWORK_POLICY,
    )


def delete_network_policy(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the network policy.

    A policy that is in use has to be taken off first. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-network-policy.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteNetworkPolicy",
        method="DELETE",
        path=f"/api/v2/network-policies/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def set_tags(name: str, tags: list[TagAssignment], *, if_exists: bool | None = None) -> Operation[None]:
    """Set tags on the object, each with a value. Tags that are not named keep their values.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/network-policies/{segment('name', name)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(name: str, tags: list[TagReference], *, if_exists: bool | None = None) -> Operation[None]:
    """Take tags off the object.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/network-policies/{segment('name', name)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(name: str, *, with_lineage: bool | None = None) -> Operation[list[TagAssignment]]:
    """The tags that are set on the object.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/network-policies/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="network_policy",
    collection="/api/v2/network-policies",
    model=NetworkPolicy,
    list=list_network_policies,
    create=create_network_policy,
    fetch=fetch_network_policy,
    drop=delete_network_policy,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
