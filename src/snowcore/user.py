# Generated from specs/user.yaml by `make generate`. Do not edit.
"""A user is a person or a program that logs in to the account. What it may do follows from the roles that are granted
to it. See https://docs.snowflake.com/en/sql-reference/sql/create-user.
"""

from snowcore._generated.user import ContainingScope, Grant, Securable, User, UserCollection, UserModel, UserResource

__all__ = [
    "ContainingScope",
    "Grant",
    "Securable",
    "User",
    "UserCollection",
    "UserModel",
    "UserResource",
]
