"""Roles are granted privileges."""

from __future__ import annotations

from snowflake_rest import role as rest
from snowflake_rest.role import ContainingScope, Grant, Securable

from .._grants import Privileged
from .._handles import AccountObject


class RoleMethods(AccountObject, Privileged[Grant, Securable, ContainingScope]):
    """A role that privileges are granted to."""

    _grants = rest
