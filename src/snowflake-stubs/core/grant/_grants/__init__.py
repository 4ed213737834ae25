# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.grant import Grant, Grantee, Grantees, GrantModel, Grants, Privileges, Securable, Securables

__all__ = [
    "Grant",
    "GrantModel",
    "Grantee",
    "Grantees",
    "Grants",
    "Privileges",
    "Securable",
    "Securables",
]
