# Generated from specs/password-policy.yaml by `make generate`. Do not edit.
"""A password policy says what passwords have to look like, how long they last, and when failed logins lock a user. It
does nothing until it is set on the account or a user. See
https://docs.snowflake.com/en/sql-reference/sql/create-password-policy.
"""

from snowcore._generated.password_policy import PasswordPolicy, PasswordPolicyCollection, PasswordPolicyResource

__all__ = [
    "PasswordPolicy",
    "PasswordPolicyCollection",
    "PasswordPolicyResource",
]
