"""What roles, database roles and users have in common: roles and privileges are granted to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Generic, TypeVar

from snowflake_rest.runtime import Model, Steps

from ._client import Listing
from ._common import DeleteMode, encode_delete_mode
from ._handles import Handle
from ._methods import remote, twin

G = TypeVar("G", bound=Model)
"""A grant."""
O = TypeVar("O", bound=Model)  # noqa: E741
"""An object that something is granted on."""
C = TypeVar("C", bound=Model)
"""A database or schema, in which something is granted on all objects of a type."""


class Grantee(Handle, Generic[G, O]):
    """For handles of those who can have roles."""

    _grants: ClassVar[Any]
    """The module of the generated operations."""

    @remote
    def grant_role(self, role_type: str, role: O) -> Steps[None]:
        """Grant a role to this one.

        role_type: `role` or `database role`. role: which one it is.
        """
        return self._give(self._grants.Grant(securable_type=role_type, securable=role))

    @remote
    def revoke_role(self, role_type: str, role: O) -> Steps[None]:
        """Take a role from this one."""
        return self._take(self._grants.Grant(securable_type=role_type, securable=role))

    @remote
    def iter_grants_to(self, show_limit: int | None = None) -> Steps[Iterator[G]]:
        """The privileges and roles that this one has.

        show_limit: at most so many, up to 10,000.
        """
        return Listing(self._grants.list_grants(*self.path, show_limit=show_limit))

    grant_role_async = twin(grant_role)
    revoke_role_async = twin(revoke_role)
    iter_grants_to_async = twin(iter_grants_to)

    def _give(self, grant: G) -> Steps[None]:
        return self._grants.grant_privileges(*self.path, grant)

    def _take(self, grant: G, mode: DeleteMode | str | None = None) -> Steps[None]:
        return self._grants.revoke_grants(*self.path, grant, mode=encode_delete_mode(mode))


class Privileged(Grantee[G, O], Generic[G, O, C]):
    """For handles of roles, which can have privileges.

    The methods share these parameters. privileges: such as `SELECT`. securable_type: the type of object, in the
    singular, such as `table`. securable: the object itself; needless for the account. containing_scope: the database or
    schema whose objects of that type are meant. grant_option: let the role pass the privileges on. mode: what to do
    when it has passed them on; `restrict`, the server's default, is an error, `cascade` revokes those grants too.
    """

    @remote
    def grant_privileges(
        self,
        privileges: list[str],
        securable_type: str,
        securable: O | None = None,
        grant_option: bool | None = None,
    ) -> Steps[None]:
        """Grant privileges on an object."""
        return self._give(self._grant(privileges, securable_type, securable=securable, grant_option=grant_option))

    @remote
    def grant_privileges_on_all(
        self, privileges: list[str], securable_type: str, containing_scope: C, grant_option: bool | None = None
    ) -> Steps[None]:
        """Grant privileges on all objects of a type that a database or schema has now."""
        return self._give(
            self._grant(privileges, securable_type, containing_scope=containing_scope, grant_option=grant_option)
        )

    @remote
    def grant_future_privileges(
        self, privileges: list[str], securable_type: str, containing_scope: C, grant_option: bool | None = None
    ) -> Steps[None]:
        """Grant privileges on all objects of a type that a database or schema will have."""
        grant = self._grant(privileges, securable_type, containing_scope=containing_scope, grant_option=grant_option)
        return self._grants.grant_future_privileges(*self.path, grant)

    @remote
    def revoke_privileges(
        self,
        privileges: list[str],
        securable_type: str,
        securable: O | None = None,
        mode: DeleteMode | None = None,
    ) -> Steps[None]:
        """Revoke privileges on an object."""
        return self._take(self._grant(privileges, securable_type, securable=securable), mode)

    @remote
    def revoke_privileges_on_all(
        self, privileges: list[str], securable_type: str, containing_scope: C, mode: DeleteMode | None = None
    ) -> Steps[None]:
        """Revoke privileges on all objects of a type that a database or schema has now."""
        return self._take(self._grant(privileges, securable_type, containing_scope=containing_scope), mode)

    @remote
    def revoke_future_privileges(
        self, privileges: list[str], securable_type: str, containing_scope: C, mode: DeleteMode | None = None
    ) -> Steps[None]:
        """Revoke privileges on all objects of a type that a database or schema will have."""
        return self._take_future(self._grant(privileges, securable_type, containing_scope=containing_scope), mode)

    @remote
    def revoke_grant_option_for_privileges(
        self,
        privileges: list[str],
        securable_type: str,
        securable: O | None = None,
        mode: DeleteMode | None = None,
    ) -> Steps[None]:
        """Revoke the right to pass on privileges on an object. The privileges stay."""
        return self._take(self._grant(privileges, securable_type, securable=securable, grant_option=True), mode)

    @remote
    def revoke_grant_option_for_privileges_on_all(
        self, privileges: list[str], securable_type: str, containing_scope: C, mode: DeleteMode | None = None
    ) -> Steps[None]:
        """Revoke the right to pass on privileges on all objects of a type. The privileges stay."""
        return self._take(
            self._grant(privileges, securable_type, containing_scope=containing_scope, grant_option=True), mode
        )

    @remote
    def revoke_grant_option_for_future_privileges(
        self, privileges: list[str], securable_type: str, containing_scope: C, mode: DeleteMode | None = None
    ) -> Steps[None]:
        """Revoke the right to pass on privileges on objects of a type to come. The privileges stay."""
        return self._take_future(
            self._grant(privileges, securable_type, containing_scope=containing_scope, grant_option=True), mode
        )

    @remote
    def iter_future_grants_to(self, show_limit: int | None = None) -> Steps[Iterator[G]]:
        """The privileges that this one gets on objects to come.

        show_limit: at most so many, up to 10,000.
        """
        return Listing(self._grants.list_future_grants(*self.path, show_limit=show_limit))

    grant_privileges_async = twin(grant_privileges)
    grant_privileges_on_all_async = twin(grant_privileges_on_all)
    grant_future_privileges_async = twin(grant_future_privileges)
    revoke_privileges_async = twin(revoke_privileges)
    revoke_privileges_on_all_async = twin(revoke_privileges_on_all)
    revoke_future_privileges_async = twin(revoke_future_privileges)
    revoke_grant_option_for_privileges_async = twin(revoke_grant_option_for_privileges)
    revoke_grant_option_for_privileges_on_all_async = twin(revoke_grant_option_for_privileges_on_all)
    revoke_grant_option_for_future_privileges_async = twin(revoke_grant_option_for_future_privileges)
    iter_future_grants_to_async = twin(iter_future_grants_to)

    def _grant(self, privileges: list[str], securable_type: str, **others: Any) -> G:
        return self._grants.Grant(privileges=privileges, securable_type=securable_type, **others)

    def _take_future(self, grant: G, mode: DeleteMode | None) -> Steps[None]:
        return self._grants.revoke_future_grants(*self.path, grant, mode=encode_delete_mode(mode))
