"""Users are granted roles."""

from __future__ import annotations

from snowflake_rest import user as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.user import Grant, Securable

from .._common import DeleteMode
from .._grants import Grantee
from .._handles import AccountObject


class UserMethods(AccountObject, Grantee[Grant, Securable]):
    """A user that roles are granted to."""

    _grants = rest

    def _give(self, grant: Grant) -> Steps[None]:
        return rest.grant(*self.path, grant)

    def _take(self, grant: Grant, mode: DeleteMode | str | None = None) -> Steps[None]:
        return rest.revoke_grants(*self.path, grant)
