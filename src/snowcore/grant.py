"""Privileges granted by `root.grants`: what, on what, to whom.

    root.grants.grant(
        Grant(grantee=Grantees.role("r"), securable=Securables.database("d"), privileges=[Privileges.usage])
    )

Roles, database roles and users have methods of their own for this; new programs use those.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from functools import partial
from typing import Any, cast

import attrs

from snowflake_rest import database_role, role, user
from snowflake_rest import grant as rest
from snowflake_rest.grant import Grant as GrantModel
from snowflake_rest.runtime import Operation, Steps
from snowflake_rest.runtime.kinds import show

from ._by_hand.grant import Grantee, Securable
from ._client import Listing
from ._common import DeleteMode, encode_delete_mode
from ._generated.grants import Grantees, Privileges, Securables
from ._methods import remote, twin
from ._names import split_name
from ._services import Service
from .exceptions import SnowflakePythonError

__all__ = ["Grant", "GrantModel", "Grantee", "Grantees", "Grants", "Privileges", "Securable", "Securables"]


@attrs.frozen
class Grant:
    """A grant: privileges on an object, or a role, which is granted without privileges.

    grantee: who gets them, such as `Grantees.role("r")`. securable: what they are on, such as
    `Securables.database("d")`. privileges: which ones; none for a role. grant_option: let the grantee pass them on;
    default False.
    """

    grantee: Grantee
    securable: Securable
    privileges: list[Privileges] | None = None
    grant_option: bool = False

    def to_dict(self, hide_readonly_properties: bool = False) -> dict[str, Any]:
        """The grant in the API's terms, without the grantee."""
        given = {"privileges": self.names} if self.privileges else {}
        return {"securable_type": self.securable.securable_type, "grant_option": self.grant_option, **given}

    @property
    def names(self) -> list[str]:
        """The names of the privileges."""
        return [str(getattr(privilege, "value", privilege)) for privilege in self.privileges or ()]


class Grants(Service):
    """Grants and revokes."""

    @remote
    def grant(self, grant: Grant) -> Steps[None]:
        """Grant what a grant says."""
        _check(grant)
        body = GrantModel(privileges=grant.names or None, grant_option=grant.grant_option)
        return _choose_operation(grant, rest.grant_privilege, rest.grant_group_privilege)(body)

    @remote
    def revoke(self, grant: Grant, mode: DeleteMode = DeleteMode.restrict) -> Steps[None]:
        """Revoke what a grant says: its privileges one by one, or the role.

        mode: what to do when the grantee has passed them on; `restrict` is an error, `cascade` revokes those grants
        too.
        """
        _check(grant)
        if not grant.names:
            return _revoke_role(grant)
        revoked = _choose_operation(grant, rest.revoke_privilege, rest.revoke_group_privilege)
        return _revoke_one_by_one([revoked(name, delete_mode=encode_delete_mode(mode)) for name in grant.names])

    @remote
    def revoke_grant_option(self, grant: Grant, mode: DeleteMode = DeleteMode.restrict) -> Steps[None]:
        """Revoke the right to pass on the privileges that a grant names. The privileges stay.

        mode: as in `revoke`.
        """
        _check(grant)
        if not grant.names:
            raise ValueError("privileges: needed to say which of them the grantee may no longer pass on")
        revoked = _choose_operation(grant, rest.revoke_privilege_grant_option, rest.revoke_group_privilege_grant_option)
        return _revoke_one_by_one([revoked(name, delete_mode=encode_delete_mode(mode)) for name in grant.names])

    @remote
    def to(self, grantee: Grantee, limit: int | None = None) -> Steps[Iterable[GrantModel]]:
        """What a grantee has.

        limit: at most so many, up to 10,000.
        """
        if not isinstance(grantee, Grantee):  # pyright: ignore[reportUnnecessaryIsInstance] - users pass anything
            raise TypeError(f"expected a Grantee, not {show(grantee)}; such as Grantees.role(…)")
        return Listing(rest.list_grants_to(cast("Any", grantee.grantee_type), grantee.name, show_limit=limit))

    grant_async = twin(grant)
    revoke_async = twin(revoke)
    revoke_grant_option_async = twin(revoke_grant_option)
    to_async = twin(to)


def _check(grant: object) -> None:
    """TypeError for what is no Grant, saying how one is made."""
    if not isinstance(grant, Grant):
        meant = "Grant(grantee=Grantees.role(…), securable=Securables.database(…), privileges=[Privileges.usage])"
        raise TypeError(f"expected a Grant, not {show(grant)}; such as {meant}")


def _choose_operation(
    grant: Grant, one: Callable[..., Operation[None]], all_of_a_type: Callable[..., Operation[None]]
) -> Callable[..., Operation[None]]:
    """One of two operations, by what a grant is on, with the names in its path filled in."""
    to, on = grant.grantee, grant.securable
    if on.scope is None:
        return partial(one, to.grantee_type, to.name, on.securable_type, on.name)
    bulk, scope = on.name.lower(), on.scope
    return partial(all_of_a_type, to.grantee_type, to.name, bulk, on.securable_type, scope.securable_type, scope.name)


def _revoke_one_by_one(operations: list[Operation[None]]) -> Generator[Any, Any, None]:
    for i, operation in enumerate(operations):
        try:
            yield from operation
        except SnowflakePythonError as error:
            error.context = f"{i} of {len(operations)} privileges were revoked."
            raise


def _revoke_role(grant: Grant) -> Operation[None]:
    """The revocation of a role, which this part of the API can't say: that of the grantee itself can."""
    kind, to = grant.securable.securable_type, grant.grantee
    if kind not in ("role", "database role"):
        raise ValueError("privileges: needed to revoke anything but a role")
    database, name = (None, grant.securable.name) if kind == "role" else _split_database(grant.securable.name)
    what = {"securable_type": kind, "securable": {"database": database, "name": name}}
    if to.grantee_type == "user":
        return user.revoke_grants(to.name, user.Grant.from_dict(what))
    if to.grantee_type == "role":
        return role.revoke_grants(to.name, role.Grant.from_dict(what))
    if to.grantee_type == "database-role":
        return database_role.revoke_grants(*_split_database(to.name), database_role.Grant.from_dict(what))
    raise ValueError(f"privileges: needed to revoke anything from {to!r}")


def _split_database(name: str) -> tuple[str, str]:
    found = split_name(name)
    if found.schema is None:
        raise ValueError(f"{name!r}: expected the name of a database role with its database, as database.role")
    return found.schema, found.name
