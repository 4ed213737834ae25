"""Who may do what: the roles of a session with all that they inherit, and the privileges that these have.

All of it is asked of `Rights.need` and `Rights.sees`. What a set of roles has is read once, and again when a grant, a
role or an owner has changed since. See https://docs.snowflake.com/en/user-guide/security-access-control-overview.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NoReturn

import attrs

from ...engine.errors import AccountError, missing
from ...engine.names import canonical, shown
from ..account.calls import Context, Secondary
from ..account.catalog import Entry
from ..account.grants import Grant
from . import securables
from .securables import EVERYWHERE, KINDS, THE_ACCOUNT, Securable

if TYPE_CHECKING:
    from ..account.account import Account

PUBLIC = "PUBLIC"
OWN_USER = "SNOWCORE"
"""Who uses an account in its own process, and may do everything there."""


class Rights:
    """What some roles may do together. names: those of them that are roles of the account."""

    def __init__(self, account: Account, roles: Iterable[int], names: Iterable[str]) -> None:
        self.account = account
        self.roles, self.names = frozenset(roles), frozenset(names)
        self.version = account.catalog.grants.version
        self._held: dict[int, dict[str, bool]] = {}
        for grant in account.catalog.grants.to(self.roles):
            held = self._held.setdefault(grant.securable, {})
            held[grant.privilege] = held.get(grant.privilege, False) or grant.option
        on_account = self._held.get(THE_ACCOUNT.id, {})
        self._everywhere = {words: given for one in on_account for words, given in EVERYWHERE.get(one, {}).items()}
        """What they may do with all objects of a kind."""
        self.primary: Rights | None = None
        """With secondary roles: what the primary role may do, which alone counts for CREATE."""
        self.manages = "MANAGE GRANTS" in on_account
        """Whether they see everything, and may grant it."""
        self.known: dict[object, int] = {}
        """What they are known to have, in an engine's map of some version."""

    def owns(self, securable: Securable) -> bool:
        return securable.owner in self.names

    def may(self, privilege: str, securable: Securable) -> bool:
        """Whether they have a privilege, apart from those on what the object is in."""
        if self.owns(securable) or privilege in self._held.get(securable.id, ()):
            return True
        return privilege in self._everywhere.get(securable.kind.words, ())

    def has(self, privilege: str, securable: Securable) -> bool:
        """Whether they have a privilege, and see what the object is in."""
        return self.may(privilege, securable) and all(map(self.touches, securables.containers(self.account, securable)))

    def may_pass_on(self, privilege: str, securable: Securable) -> bool:
        return self._held.get(securable.id, {}).get(privilege, False)

    def touches(self, securable: Securable) -> bool:
        """Whether they have any privilege on an object. What nobody owns is everybody's."""
        if self.owns(securable) or securable.id in self._held or not securable.owner:
            return True
        return securable.kind.words in self._everywhere

    def sees(self, securable: Securable) -> bool:
        """Whether the object is there for them."""
        return self.manages or all(
            self.touches(one) for one in (*securables.containers(self.account, securable), securable)
        )

    def need(self, privilege: str, *securable: Securable) -> None:
        """AccountError 003001 if they see an object and may not do that with it, 002003 if they don't see it."""
        for one in securable:
            self.need_to_reach(one)
            able = self.primary if self.primary is not None and privilege.startswith("CREATE ") else self
            if not able.may(privilege, one):
                self._refuse(one)

    def need_to_reach(self, securable: Securable) -> None:
        """AccountError 002003 if they don't see what an object is in."""
        for container in securables.containers(self.account, securable):
            if not self.touches(container):
                self._refuse(container)

    def need_to_see(self, securable: Securable) -> None:
        """AccountError 002003 if they don't see an object."""
        for one in () if self.manages else (*securables.containers(self.account, securable), securable):
            if not self.touches(one):
                raise _hidden(one)

    def _refuse(self, securable: Securable) -> NoReturn:
        if self.manages or (securable.id == THE_ACCOUNT.id) or self.touches(securable):
            raise securables.refusal(securable)
        raise _hidden(securable)


def _hidden(securable: Securable) -> AccountError:
    return missing(securable.kind.words.lower(), ".".join(map(shown, securable.path)))


class Access:
    def __init__(self, account: Account) -> None:
        self._account, self._catalog = account, account.catalog
        self._rights: dict[tuple[str, str, Secondary], Rights] = {}
        self._version = -1

    def of(self, context: Context) -> Rights:
        """What who asks may do."""
        return self.rights(context.role, context.user, context.secondary)

    def rights(self, role: str, user: str = "", others: Secondary = False) -> Rights:
        """What a role may do, together with others that a user has: those of these names, or all."""
        if self._version != self._catalog.grants.version:
            self._version = self._catalog.grants.version
            self._rights.clear()
        key = (role, user if others is True else "", others)
        found = self._rights.get(key)
        if found is None:
            names = [role, PUBLIC, *self.secondary(user, others)]
            starts = [entry.id for name in names if (entry := self._catalog.find("role", 0, name)) is not None]
            if others is True and (own := self._catalog.find("user", 0, user)) is not None:
                starts.append(own.id)  # who has privileges as roles have them
            roles = self._closure(starts)
            found = Rights(self._account, roles, self._names(roles))
            found.primary = self.rights(role) if others else None
            self._rights[key] = found
        return found

    def secondary(self, user: str, others: Secondary) -> Collection[str]:
        """The roles that count beside the primary one."""
        return self.granted_to(user) if others is True else others or ()

    def granted_to(self, user: str) -> list[str]:
        """The roles that were granted to a user, without those that these inherit."""
        entry = self._catalog.find("user", 0, user)
        granted = self._catalog.grants.to([entry.id]) if entry is not None else []
        return self._names(one.securable for one in granted if one.kind == "ROLE")

    def check_task(self, task: Entry, *, runs: bool = False) -> None:
        """AccountError 091089 if the role that owns a task may run none; runs: or not on what this one runs on."""
        rights, warehouse = self.rights(task.owner), task.properties.get("warehouse")
        lacks = None if rights.may("EXECUTE TASK", THE_ACCOUNT) else "EXECUTE TASK privilege"
        if lacks is None and runs:
            if warehouse is None and not rights.may("EXECUTE MANAGED TASK", THE_ACCOUNT):
                lacks = "EXECUTE MANAGED TASK privilege"
            elif warehouse is not None and not rights.may(
                "USAGE", securables.need(self._account, KINDS["WAREHOUSE"], [warehouse])
            ):
                lacks = "USAGE privilege on the task's warehouse"
        if lacks is not None:
            text = f"Cannot execute task, {lacks} must be granted to owner role"
            raise AccountError(403, "091089", "23001", text)

    def available(self, user: str) -> list[str]:
        """All roles that a user may use."""
        names = [PUBLIC, *self.granted_to(user)]
        starts = [entry.id for name in names if (entry := self._catalog.find("role", 0, name)) is not None]
        return sorted(self._names(self._closure(starts)))

    def _names(self, roles: Iterable[int]) -> list[str]:
        every = {entry.id: entry.name for entry in self._catalog.children(0, "role")}
        return [every[id_] for id_ in roles if id_ in every]

    def _closure(self, roles: Iterable[int]) -> list[int]:
        """These roles and all that they inherit."""
        below: dict[int, list[int]] = {}
        for grant in self._catalog.grants.of_kind("ROLE", "DATABASE ROLE"):
            below.setdefault(grant.grantee, []).append(grant.securable)
        found: dict[int, None] = {}
        left = list(roles)
        while left:
            if (role := left.pop()) not in found:
                found[role] = None
                left += below.get(role, ())
        return list(found)

    def inherits(self, role: Entry, other: Entry) -> bool:
        """Whether a role is another one, or has what the other one has."""
        return other.id in self._closure([role.id])


# What every account has


BUILT_IN: Mapping[str, tuple[str, ...]] = {
    "PUBLIC": (),
    "USERADMIN": ("CREATE ROLE", "CREATE USER"),
    "SECURITYADMIN": ("ATTACH POLICY", "CREATE NETWORK POLICY", "MANAGE GRANTS"),
    "SYSADMIN": ("CREATE DATABASE", "CREATE WAREHOUSE"),
    "ORGADMIN": (),
    "ACCOUNTADMIN": KINDS["ACCOUNT"].privileges,
}
"""The roles that every account has, and their privileges on it."""
_INHERITED = (("USERADMIN", "SECURITYADMIN"), ("SECURITYADMIN", "ACCOUNTADMIN"), ("SYSADMIN", "ACCOUNTADMIN"))


def prepare(account: Account, user: str) -> bool:
    """See to it that the account has its roles, and a user who has the highest of them. Whether it had no roles."""
    catalog = account.catalog
    entry, public = catalog.find("user", 0, user), catalog.find("role", 0, PUBLIC)
    is_new = public is None or not catalog.grants.of_kind("ACCOUNT")
    if entry is not None and not is_new:
        return False
    with catalog.transaction():
        roles = {role.name: role.id for role in catalog.children(0, "role")}
        if is_new:
            _add_roles(account, roles)
        if entry is None or is_new:
            declared = {"default_role": "ACCOUNTADMIN", "default_secondary_roles": "NONE", "has_password": True}
            entry = entry or catalog.add("user", 0, user, declared, {}, "ACCOUNTADMIN")
            for role in ("ACCOUNTADMIN", "ORGADMIN"):
                catalog.grants.give(Grant(entry.id, "USAGE", "ROLE", roles[role], granted_by=""))
    return is_new


def _add_roles(account: Account, roles: dict[str, int]) -> None:
    catalog = account.catalog
    for role, privileges in BUILT_IN.items():
        if role not in roles:
            roles[role] = catalog.add("role", 0, role, {}, {}, "").id
        catalog.grants.give_all(
            Grant(roles[role], one, "ACCOUNT", THE_ACCOUNT.id, option=True, granted_by="") for one in privileges
        )
    catalog.grants.give_all(Grant(roles[to], "USAGE", "ROLE", roles[role], granted_by="") for role, to in _INHERITED)


def context_of(account: Account, user: str, role: str | None = None, only: str | None = None) -> Context:
    """Who a user is. role: one of the user's; None for the default one. only: the one role that a token is for.
    AccountError 390189 if there is no such role, or the user doesn't have it."""
    if only is not None:
        who = context_of(account, user, only)
        return with_role(account, attrs.evolve(who, secondary=False, restricted=True), role or only)
    said = account.kinds["user"].need(None, user).properties
    written: str | None = said.get("default_role")
    name = role or (canonical(written) if written else PUBLIC)
    if name not in account.access.available(user):
        text = f"Role '{shown(name)}' specified in the connect string does not exist or not authorized."
        if role is None:
            text = f"User's configured default role '{shown(name)}' is not granted to this user."
        text += " Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC."
        raise AccountError(403, "390189" if role else "390186", "08001", text)
    return Context(role=name, user=user, secondary=said.get("default_secondary_roles", "ALL") == "ALL")


def with_role(account: Account, who: Context, role: str) -> Context:
    """Who asks, with one of their roles. AccountError (390189, or 003013 for who can't choose) for others."""
    if not (who.fixed or who.restricted):
        return attrs.evolve(who, role=context_of(account, who.user, role).role)
    if role != who.role:
        raise not_assigned(role)
    return who


def not_assigned(role: str) -> AccountError:
    text = f"Requested role '{shown(role)}' is not assigned to the executing user. Specify another role to activate."
    return AccountError(403, "003013", "42501", f"SQL access control error:\n{text}")
