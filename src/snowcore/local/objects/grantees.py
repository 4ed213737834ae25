"""Roles, database roles and users, and what is granted to them. What a grant means says `granting`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs

from snowcore._names import quote_identifier

from ...engine.errors import compilation, exists, invalid, missing
from ...engine.names import canonical, shown, split
from ...engine.protocol import Moment
from ..account.calls import Call, Context
from ..account.catalog import Entry
from ..account.grants import Grant
from . import granting, passwords, securables, session_parameters
from .access import BUILT_IN, Rights
from .base import Content, Maker, ObjectType, done, full
from .granting import Target
from .recorded import Recorded
from .securables import KINDS, Securable
from .words import Words, same


class Grantee(Recorded):
    """A kind of those who can be granted something."""

    def do_grants(self, call: Call) -> Content:
        return self._give(call, call.body)

    def do_grants_revoke(self, call: Call) -> Content:
        return self._take(call, call.body)

    def do_list_grants(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        found = [_as_rest(row) for row in granting.to(self.account, call.context, entry)]
        return found[: call.query.get("showLimit")]

    def do_future_grants(self, call: Call) -> Content:
        return self._give(call, call.body, future=True)

    def do_future_grants_revoke(self, call: Call) -> Content:
        return self._take(call, call.body, future=True)

    def do_list_future_grants(self, call: Call) -> list[Content]:
        grants = self.catalog.grants.to([self.entry(call).id], future=True)
        rights = self.account.access.of(call.context)
        found = [row for grant in grants if (row := self._future(rights, grant)) is not None]
        return found[: call.query.get("showLimit")]

    def _future(self, rights: Rights, grant: Grant) -> Content | None:
        scope = granting.scope_of(self.account, grant)
        if scope is None or not rights.sees(scope):
            return None
        names = dict(zip(("database", "schema"), map(shown, scope.path)))
        told = {"securable_type": grant.kind, "securable": {**names, "name": f'"<{grant.kind}>"'}}
        return {**told, **_facts(grant.privilege, grant.option, grant.created_on, grant.granted_by)}

    def _give(self, call: Call, body: Mapping[str, Any], *, future: bool = False) -> Content:
        entry = self.entry(call)
        if (role := self._role(call, entry, body)) is not None:
            granting.give_role(self.account, call.context, role, entry)
            return done()
        target = self._target(call, entry, body, future=future)
        privileges = _privileges(body)
        if privileges == ["OWNERSHIP"]:
            granting.own(self.account, call.context, target, entry, None)
        else:
            option = body.get("grant_option", False)
            granting.give(self.account, call.context, privileges, target, entry, option=option)
        return done()

    def _take(self, call: Call, body: Mapping[str, Any], *, future: bool = False) -> Content:
        entry = self.entry(call)
        if (role := self._role(call, entry, body)) is not None:
            granting.take_role(self.account, call.context, role, entry)
            return done()
        granting.take(
            self.account,
            call.context,
            _privileges(body),
            self._target(call, entry, body, future=future),
            entry,
            option_only=body.get("grant_option", False),
            cascade=call.query.get("mode") == "cascade",
        )
        return done()

    def _role(self, call: Call, entry: Entry, body: Mapping[str, Any]) -> Entry | None:
        """The role that is granted, if one is."""
        kind = securables.kind_of(body["securable_type"])
        if (
            kind is None
            or kind.words not in ("ROLE", "DATABASE ROLE")
            or body.get("privileges") not in (None, ["USAGE"])
        ):
            return None
        path = _path(call, entry, kind.depth, body.get("securable") or {}, kind.words)
        return self.account.kinds[kind.sources[0]].need_at(path)

    def _target(self, call: Call, entry: Entry, body: Mapping[str, Any], *, future: bool) -> Target:
        kind = securables.kind_of(body["securable_type"])
        if kind is None:
            raise invalid(f"There are no objects of the type {body['securable_type']}.")
        if scope := body.get("containing_scope"):
            path = [canonical(scope[part]) for part in ("database", "schema") if scope.get(part)]
            return target_in(self.account, kind, path, future=future)
        if future:
            raise invalid("'containing_scope' is required of a future grant.")
        if kind.words == "ACCOUNT":
            return Target(kind, [securables.THE_ACCOUNT])
        path = _path(call, entry, kind.depth, body.get("securable") or {}, kind.words)
        found = securables.need(self.account, kind, path)
        self.account.access.of(call.context).need_to_see(found)
        return Target(kind, [found])


def target_in(account: Any, kind: securables.SecurableKind, path: Sequence[str], *, future: bool) -> Target:
    """All objects of a kind that a database or schema has, or will have."""
    scope = securables.need(account, KINDS["SCHEMA" if len(path) == 2 else "DATABASE"], path)
    if kind.depth < len(path) or not kind.depth:
        raise invalid(f"There are no objects of the type {kind.words} in a {scope.kind.words.lower()}.")
    if future:
        return Target(kind, future=scope, several=True)
    return Target(kind, securables.inside(account, kind, scope), several=True)


def _path(call: Call, entry: Entry, depth: int, named: Mapping[str, str], what: str) -> list[str]:
    """The whole name of what is granted; what it leaves out is the grantee's own, or the session's."""
    if "name" not in named:
        raise invalid(f"'securable' of a {what.lower()} needs its name.")
    own = {"database": entry.path[0] if entry.kind == "database-role" else None}
    current = {"database": own["database"] or call.context.database, "schema": call.context.schema}
    path: list[str] = []
    for part in ("database", "schema")[:depth]:
        value = canonical(named[part]) if named.get(part) else current[part]
        if value is None:
            raise invalid(f"'securable' of a {what.lower()} needs its {part}.")
        path.append(value)
    return [*path, canonical(named["name"])]


def _privileges(body: Mapping[str, Any]) -> list[str]:
    found: list[str] = [name.upper() for name in body.get("privileges") or ()]
    if not found:
        raise invalid("'privileges' are required.")
    if unknown := [name for name in found if name not in securables.PRIVILEGES]:
        raise invalid(f"There is no privilege {unknown[0]}.")
    return found


def _facts(privilege: str, option: bool, created_on: str, by: str) -> Content:
    return {"privileges": [privilege], "grant_option": option, "created_on": created_on, "granted_by": by}


def _as_rest(row: Mapping[str, Any]) -> Content:
    on: Securable = row["of"]
    names = dict(zip(("database", "schema")[: on.kind.depth], map(shown, on.path)))
    named = {**names, "name": shown(on.path[-1]) if on.path else "LOCAL"}
    told = {"securable_type": on.kind.words, "securable": named}
    return {**told, **_facts(row["privilege"], row["grant_option"], row["created_on"], row["granted_by"])}


class Users(Grantee):
    resource = what = "user"
    words = Words(
        "USER",
        {
            **same("text", "password", "login_name", "display_name", "first_name", "middle_name", "last_name", "email"),
            **same("text", "rsa_public_key", "rsa_public_key_2", "comment"),
            **same("name as text", "network_policy"),
            **same("boolean", "must_change_password", "disabled", "enable_unredacted_query_syntax_error"),
            **same("integer", "days_to_expiry", "mins_to_unlock", "mins_to_bypass_mfa"),
            **same("name as text", "default_warehouse", "default_namespace", "default_role"),
            **same("secondary roles", "default_secondary_roles"),
            **same("word", "type"),
        },
    )
    above = ()
    defaults = {"disabled": False, "must_change_password": False}

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        if "login_name" in out:
            out["login_name"] = out["login_name"].upper()
        out.pop("password", None)  # whose mask would be taken for another one
        if body.get("password"):
            out |= {"has_password": True, "password_hash": passwords.hashed(body["password"])}
        for name in ("rsa_public_key", "rsa_public_key_2"):
            if name in body:
                key = passwords.public_key(body[name])
                out |= {name: key, f"{name}_fp": passwords.fingerprint(key)}
        return out

    def do_create(self, call: Call) -> Content:
        session_parameters.check_values(call.context.beyond.get(session_parameters.OF_USERS, {}))
        return super().do_create(call)

    def change(self, entry: Entry, properties: dict[str, Any], *, fixed: Mapping[str, Any]) -> Content:
        kept = ("has_password", "password_hash")
        if "password" not in fixed or fixed["password"] is not None:
            properties = {**{name: entry.properties[name] for name in kept if name in entry.properties}, **properties}
        else:
            properties = {name: value for name, value in properties.items() if name not in kept}
        with self.catalog.transaction():
            answer = super().change(entry, properties, fixed=fixed)
            self.set_state(self.catalog.get(entry.id), **self._times(fixed))
        return answer

    def do_alter(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            session_parameters.check_values(call.context.beyond.get(session_parameters.OF_USERS, {}))
            answer, entry = super().do_alter(call), self.existing(call)
            unset = [name for name, value in call.body.items() if value is None]
            gone = {made for name in unset for made in _MADE_OF.get(name, ())}
            if entry is not None and gone:
                kept = {name: value for name, value in entry.properties.items() if name not in gone}
                state = {name: value for name, value in entry.state.items() if name not in gone}
                self.catalog.update(entry, properties=kept, state=state)
        return answer

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._times(properties)

    def _times(self, said: Mapping[str, Any]) -> dict[str, str | None]:
        """Until when a user who is declared so may log in, and is locked."""
        now, units = (
            self.account.clock(),
            (("days_to_expiry", "days", "expires_at"), ("mins_to_unlock", "minutes", "locked_until")),
        )
        return {
            state: None if said[name] is None else (now + timedelta(**{unit: said[name]})).isoformat()
            for name, unit, state in units
            if name in said
        }

    def lock(self, entry: Entry) -> None:
        """Somebody was wrong about a user's password too often."""
        until = self.account.clock() + timedelta(minutes=passwords.MINUTES_LOCKED)
        with self.account.changing:
            self.set_state(self.catalog.get(entry.id), locked_until=until.isoformat())

    def retire(self, entry: Entry) -> None:
        super().retire(entry)
        self.drop_files(entry)  # of `@~`

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        told = {"login_name": entry.name, "display_name": entry.name, "has_password": False}
        has_key = "rsa_public_key" in entry.properties or "rsa_public_key_2" in entry.properties
        own = {name: entry.properties[name] for name in told if name in entry.properties}
        return told | own | {"has_rsa_public_key": has_key}

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        type_ = str(properties.get("type") or "PERSON").upper()
        if type_ not in _NOT_OF:
            raise compilation("001008", f"invalid value [{type_}] for parameter 'TYPE'", "22023")
        if wrong := [name for name in _NOT_OF[type_] if properties.get(name)]:
            name = wrong[0].removeprefix("has_").upper()
            raise invalid(f"Cannot set {name} on a user with TYPE={type_}.")
        login = properties.get("login_name", path[0]).upper()
        for other in self.catalog.children(0, "user"):
            if (old is None or other.id != old.id) and other.properties.get("login_name", other.name).upper() == login:
                raise exists(shown(login))


_NOT_OF_PROGRAMS = ("first_name", "middle_name", "last_name")
_NOT_OF: Mapping[str, tuple[str, ...]] = {
    "PERSON": (),
    "SNOWFLAKE_SERVICE": (),
    "LEGACY_SERVICE": _NOT_OF_PROGRAMS,
    "SERVICE": ("has_password", "must_change_password", "mins_to_bypass_mfa", *_NOT_OF_PROGRAMS),
}
"""What users of a type don't have."""
_MADE_OF = {
    "password": ("has_password", "password_hash"),
    "rsa_public_key": ("rsa_public_key_fp",),
    "rsa_public_key_2": ("rsa_public_key_2_fp",),
    "days_to_expiry": ("expires_at",),
    "mins_to_unlock": ("locked_until",),
}
"""What is kept of a user because something else was declared."""


class Roles(Grantee):
    resource = what = "role"
    words = Words("ROLE", same("text", "comment"))
    above = ()

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        kinds = [holder.kind for _, holder in self._holders(entry)]
        granted = self.catalog.grants.to([entry.id])
        return {
            "is_default": entry.name == "ACCOUNTADMIN" and context.user == "SNOWCORE",
            "is_current": entry.name == context.role,
            "is_inherited": entry.name != context.role and entry.name in self.account.access.rights(context.role).names,
            "assigned_to_users": kinds.count("user"),
            "granted_to_roles": kinds.count("role"),
            "granted_roles": sum(grant.kind == "ROLE" for grant in granted),
        }

    def do_grants_of(self, call: Call) -> list[Content]:
        return granting.of(self.account, self.entry(call))[: call.query.get("showLimit")]

    def do_grants_on(self, call: Call) -> list[Content]:
        rows = granting.on(self.account, _securable(self.entry(call)))
        found = [{key: value for key, value in row.items() if key != "of"} for row in rows]
        told = [{**row, "grant_option": "true" if row["grant_option"] else "false"} for row in found]
        return told[: call.query.get("showLimit")]

    def _holders(self, role: Entry) -> list[tuple[Grant, Entry]]:
        """Who has a role."""
        found = [grant for grant in self.catalog.grants.on(role.id) if grant.kind == "ROLE"]
        return [(grant, self.catalog.get(grant.grantee)) for grant in found]

    def may_drop(self, entry: Entry, call: Call) -> None:
        if entry.name in BUILT_IN:
            raise securables.refusal(_securable(entry))

    def do_create(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            old = self.replaced(call) if call.query.get("createMode") == "orReplace" else None
            if old is not None:
                self.may_drop(old, call)
                granting.inherit(self.account, old.name, call.context.role)
            return super().do_create(call)

    def do_drop(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            entry, heir = self.existing(call), call.context.role
            answer = super().do_drop(call)
            if entry is not None:  # what it owned is whose who dropped it
                granting.inherit(self.account, entry.name, heir if heir != entry.name else "ACCOUNTADMIN")
        return answer

    def move(self, *moves: tuple[Entry, Entry | None, str]) -> None:
        for entry, _, name in moves:
            if entry.name in BUILT_IN:
                raise securables.refusal(_securable(entry))
            super().move(*moves)
            granting.inherit(self.account, entry.name, name, renamed=True)


class DatabaseRoles(Grantee):
    resource, what = "database-role", "database role"
    words = Words("DATABASE ROLE", same("text", "comment"))
    above = ("database",)
    cloned = True

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        holders = [
            self.catalog.get(one.grantee) for one in self.catalog.grants.on(entry.id) if one.privilege == "USAGE"
        ]
        granted = self.catalog.grants.to([entry.id])
        return {
            "granted_to_roles": sum(one.kind == "role" for one in holders),
            "granted_to_database_roles": sum(one.kind == "database-role" for one in holders),
            "granted_database_roles": sum(grant.kind == "DATABASE ROLE" for grant in granted),
        }

    def born(self, entry: Entry, source: Entry | None, at: datetime | None = None) -> None:
        by = self.catalog.get(entry.parent).owner
        self.catalog.grants.give(Grant(entry.id, "USAGE", "DATABASE", entry.parent, granted_by=by))

    def cloner(self, source: Entry, at: Moment | None) -> Maker:
        return lambda path: None  # the catalog has all of it


def _securable(entry: Entry) -> Securable:
    found = securables.of_entry(entry)
    assert found is not None
    return found


class RootGrants(ObjectType):
    """Grants by paths, which say who gets what; the grantees' own operations do them."""

    resource = what = "grant"
    above = ()

    def do_privileges(self, call: Call) -> Content:
        return self._done(call, "grants", call.body or {})

    def do_privilege(self, call: Call) -> Content:
        """Revoke one."""
        return self._done(call, "grants_revoke", {"privileges": [call.path["privilege"]]})

    def do_grant_option(self, call: Call) -> Content:
        """Revoke the right to pass one on."""
        return self._done(call, "grants_revoke", {"privileges": [call.path["privilege"]], "grant_option": True})

    def do_list(self, call: Call) -> list[Content]:
        kind, path = self._grantee(call)
        rows = granting.to(self.account, call.context, kind.entry(attrs.evolve(call, path=path)))
        found = [
            {
                "privileges": [row["privilege"]],
                "grant_option": row["grant_option"],
                "created_on": row["created_on"],
                "grantee_type": row["granted_to"],
                "grantee_name": row["grantee_name"],
                "securable_type": row["granted_on"],
                "securable_name": row["name"],
                "granted_by_role_type": row["granted_by_role_type"],
                "granted_by_name": row["granted_by"],
            }
            for row in rows
        ]
        return found[: call.query.get("showLimit")]

    def _grantee(self, call: Call) -> tuple[ObjectType, dict[str, str]]:
        kind = self.account.kinds.get(call.path["granteeType"].lower().replace(" ", "-"))
        if not isinstance(kind, Grantee):
            raise invalid(f"Nothing can be granted to a {call.path['granteeType']} here.")
        parts = split(call.path["granteeName"])
        if len(parts) != len(kind.above) + 1:
            raise invalid(f"The name of a {kind.what} is expected, not {call.path['granteeName']}.")
        return kind, dict(zip((*kind.above, "name"), map(quote_identifier, parts)))

    def _done(self, call: Call, verb: str, body: Mapping[str, Any]) -> Content:
        kind, path = self._grantee(call)
        asked = {**body, **_on(call)}
        if call.path.get("bulkGrantType", "").lower() == "future":
            verb = f"future_{verb}"
        query = {"mode": mode.lower()} if (mode := call.query.get("deleteMode")) else {}
        return getattr(kind, f"do_{verb}")(attrs.evolve(call, path=path, query=query, body=asked))


def _on(call: Call) -> Content:
    """What a grant by a path is on, as the body of a grantee's grant says it."""
    if "bulkGrantType" in call.path:
        kind = securables.kind_of(call.path["securableTypePlural"])
        scope = dict(zip(("database", "schema"), map(quote_identifier, split(call.path["scopeName"]))))
        return {"securable_type": kind.words if kind else call.path["securableTypePlural"], "containing_scope": scope}
    kind = securables.kind_of(call.path["securableType"])
    told: Content = {"securable_type": call.path["securableType"]}
    if kind is None or kind.words == "ACCOUNT":
        return told
    parts = split(call.path["securableName"])
    if len(parts) > kind.depth + 1:
        raise missing(kind.words.lower(), full(parts))
    keys = (*("database", "schema")[: kind.depth], "name")
    return {**told, "securable": dict(zip(keys[-len(parts) :], map(quote_identifier, parts)))}
