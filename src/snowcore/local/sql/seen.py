"""What INFORMATION_SCHEMA tells a session: of what its roles see, and who may do what with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from ...engine.metadata import Account as MetadataAccount
from ...engine.names import shown
from ...engine.protocol import Need
from ..account.facts import CatalogFacts
from ..objects import granting, securables
from ..objects.access import Rights
from ..objects.securables import KINDS, Securable

if TYPE_CHECKING:
    from ..account.account import Account

Row = Mapping[str, Any]


class Who(Protocol):
    """Who asks."""

    account: Account
    user: str

    @property
    def rights(self) -> Rights: ...


@attrs.define
class Owner:
    """The role that owns something, whoever uses it."""

    account: Account
    role: str
    user: str = ""

    @property
    def rights(self) -> Rights:
        return self.account.access.rights(self.role)


class Everything(CatalogFacts):
    """What the account tells the engine itself."""

    def __init__(self, account: Account) -> None:
        super().__init__(account.catalog, lambda: account.code.packages)
        self._account = account

    def of_owner(self, kind: str, path: tuple[str, str, str]) -> MetadataAccount:
        words = securables.source_of(kind)
        found = securables.find(self._account, words, path) if words is not None else None
        return self if found is None else Seen(Owner(self._account, found.owner))


class Seen:
    def __init__(self, session: Who) -> None:
        self._session = session
        self._facts = CatalogFacts(session.account.catalog, lambda: session.account.code.packages)

    def facts(self, kind: str, database: str) -> Mapping[tuple[str, ...], Row]:
        facts, rights = self._facts.facts(kind, database), self._session.rights
        words = securables.source_of(kind)
        if rights.manages or words is None:
            return facts
        account = self._session.account
        return {
            place: said
            for place, said in facts.items()
            if (found := securables.find(account, words, (database, *place))) is not None and rights.sees(found)
        }

    def sees(self, kind: str, path: tuple[str, str, str], id: int, owner: str) -> bool:
        rights = self._session.rights
        if rights.manages:
            return True
        securable = self._securable(Need("", kind, path, id, owner, None))
        return securable is None or rights.sees(securable)

    def allows(self, need: Need, version: int) -> bool:
        rights = self._rights(need)
        if rights.known.get(need) == version:
            return True
        securable = self._securable(need)
        if securable is not None and not rights.has(need.privilege, securable):
            return False
        rights.known[need] = version
        return True

    def refuse(self, need: Need) -> None:
        if (securable := self._securable(need)) is not None:
            self._rights(need).need(need.privilege, securable)

    def of_owner(self, kind: str, path: tuple[str, str, str]) -> MetadataAccount:
        return Everything(self._session.account).of_owner(kind, path)

    def tag_masks(self, path: tuple[str, str, str]) -> Mapping[str | None, Sequence[Row]] | None:
        return self._facts.tag_masks(path)

    def tag_value(self, path: tuple[str, str, str], column: str | None, tag: tuple[str, str, str]) -> str | None:
        return self._facts.tag_value(path, column, tag)

    def _rights(self, need: Need) -> Rights:
        return self._session.rights if need.role is None else self._session.account.access.rights(need.role)

    def _securable(self, need: Need) -> Securable | None:
        words = securables.source_of(need.kind) or securables.source_of(need.kind.upper())
        if words is None:
            return None
        if need.kind in words.sources:
            return securables.find(self._session.account, words, need.path)
        return Securable(words, -need.id, need.path, need.owner or "ACCOUNTADMIN")

    def sees_schema(self, database: str, schema: str) -> bool:
        if database == "SNOWFLAKE" and self._session.rights.may(granting.IMPORTED, securables.THE_ACCOUNT):
            return True
        return self._sees(self._session.rights, KINDS["SCHEMA"], (database, schema))

    def _sees(self, rights: Rights, kind: securables.SecurableKind, path: tuple[str, ...]) -> bool:
        if rights.manages:
            return True
        found = securables.find(self._session.account, kind, path)
        return found is not None and rights.sees(found)

    def privileges(self, database: str) -> Iterable[Row]:
        account, rights = self._session.account, self._session.rights
        scope = securables.find(account, KINDS["DATABASE"], [database])
        if scope is None:
            return
        for kind in KINDS.values():
            for one in securables.inside(account, kind, scope) if kind.depth == 2 or kind.words == "SCHEMA" else ():
                if rights.sees(one):
                    yield from map(_privilege, granting.on(account, one))

    def roles(self, *, enabled: bool) -> Iterable[Row]:
        session = self._session
        if enabled:
            for name in sorted(session.rights.names):
                yield {"ROLE_NAME": name, "ROLE_OWNER": self._owner(name)}
            return
        user = session.account.catalog.find("user", 0, session.user)
        for row in granting.roles_of(session.account, user) if user is not None else ():
            role = row["role"]
            yield {"GRANTEE": session.user, "ROLE_NAME": role, "ROLE_OWNER": self._owner(role), "IS_GRANTABLE": "NO"}
        available = session.account.access.available(session.user)
        for name in available:
            role = session.account.catalog.find("role", 0, name)
            for row in granting.of(session.account, role) if role is not None else ():
                if row["granted_to"] == "ROLE" and row["grantee_name"] in available:
                    told = {"GRANTEE": row["grantee_name"], "ROLE_NAME": name, "ROLE_OWNER": self._owner(name)}
                    yield {**told, "IS_GRANTABLE": "NO"}

    def _owner(self, role: str) -> str:
        entry = self._session.account.catalog.find("role", 0, role)
        return entry.owner if entry is not None else ""


def _privilege(row: Row) -> Row:
    on: Securable = row["of"]
    path = (None,) * (3 - len(on.path)) + on.path if on.kind.depth == 2 else (on.path[0], None, on.path[-1])
    place = {f"OBJECT_{part}": name for part, name in zip(("CATALOG", "SCHEMA", "NAME"), path, strict=True)}
    return {
        **place,
        **{name.replace("OBJECT", "TABLE"): value for name, value in place.items()},
        "GRANTOR": row["granted_by"],
        "GRANTEE": shown(row["grantee_name"]),
        "GRANTED_TO": row["granted_to"],
        "OBJECT_TYPE": on.kind.words,
        "PRIVILEGE_TYPE": row["privilege"],
        "IS_GRANTABLE": "YES" if row["grant_option"] else "NO",
        "CREATED": datetime.fromisoformat(row["created_on"]) if row["created_on"] else None,
    }
