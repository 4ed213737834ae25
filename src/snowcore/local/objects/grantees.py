"""Roles, database roles and users, with the privileges and roles that were granted to them.

All of it is kept and nothing is asked for it: in the embedded account everyone may do everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.errors import invalid
from ...engine.names import canonical, shown
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, done
from .recorded import Recorded

Grant = dict[str, Any]


class Grantee(Recorded):
    """A kind of those who can be granted something."""

    def do_grants(self, call: Call) -> Content:
        return self._give(call, "grants")

    def do_future_grants(self, call: Call) -> Content:
        return self._give(call, "future_grants")

    def do_grants_revoke(self, call: Call) -> Content:
        return self._take(call, "grants")

    def do_future_grants_revoke(self, call: Call) -> Content:
        return self._take(call, "future_grants")

    def do_list_grants(self, call: Call) -> list[Grant]:
        return granted(self.entry(call))[: call.query.get("showLimit")]

    def do_list_future_grants(self, call: Call) -> list[Grant]:
        return granted(self.entry(call), "future_grants")[: call.query.get("showLimit")]

    def _give(self, call: Call, which: str) -> Content:
        asked = self._checked(call.body)
        with self.account.changing:
            entry = self.entry(call)
            grants = granted(entry, which)
            old = next((grant for grant in grants if _key(grant) == _key(asked)), None)
            if old is None:
                made = {"created_on": self.catalog.now(), "granted_by": call.context.role}
                grants.append({"grant_option": False, **asked, **made})
            else:
                grants[grants.index(old)] = {
                    **old,
                    "privileges": [*dict.fromkeys([*old.get("privileges", ()), *asked.get("privileges", ())])],
                    "grant_option": old["grant_option"] or asked.get("grant_option", False),
                }
            self.set_state(entry, **{which: grants})
        return done()

    def _take(self, call: Call, which: str) -> Content:
        asked = self._checked(call.body)
        with self.account.changing:
            entry = self.entry(call)
            grants: list[Grant] = []
            for grant in granted(entry, which):
                left = [name for name in grant.get("privileges", ()) if name not in asked.get("privileges", ())]
                if _key(grant) != _key(asked):
                    grants.append(grant)
                elif asked.get("grant_option"):  # only that goes
                    grants.append({**grant, "grant_option": False})
                elif left:
                    grants.append({**grant, "privileges": left})
            self.set_state(entry, **{which: grants})
        return done()

    def _checked(self, grant: Mapping[str, Any]) -> Grant:
        """A grant with canonical names, on something that exists as far as the account knows its kind."""
        out: Grant = {**grant, "securable_type": grant["securable_type"].replace("_", " ").upper()}
        for part in ("securable", "containing_scope"):
            if part in grant:
                out[part] = {name: shown(canonical(value)) for name, value in grant[part].items()}
        kind = self.account.kinds.get(out["securable_type"].replace(" ", "-").lower())
        if kind is not None and "securable" in out:
            path = out["securable"]
            if missing := [above for above in kind.above if above not in path]:
                raise invalid(f"'securable' of a {kind.what} needs its {missing[0]}.")
            kind.need(kind.parent(path), canonical(path["name"]))
        if scope := out.get("containing_scope"):
            above = self.account.kinds["database"].need(None, canonical(scope["database"]))
            if "schema" in scope:
                self.account.kinds["schema"].need(above, canonical(scope["schema"]))
        if "privileges" in out:
            out["privileges"] = [name.upper() for name in out["privileges"]]
        return out


class Users(Grantee):
    resource = what = "user"
    above = ()
    defaults = {"disabled": False, "must_change_password": False}

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        return {**out, "has_password": True} if body.get("password") else out

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        told = {"login_name": entry.name, "display_name": entry.name, "has_password": False}
        return told | {name: entry.properties[name] for name in told if name in entry.properties}


class Roles(Grantee):
    resource = what = "role"
    above = ()

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        has = self._holders(entry)
        return {
            "is_default": False,
            "is_current": entry.name == context.role,
            "is_inherited": False,
            "assigned_to_users": sum(kind == "USER" for kind, _, _ in has),
            "granted_to_roles": sum(kind == "ROLE" for kind, _, _ in has),
            "granted_roles": sum(grant["securable_type"] == "ROLE" for grant in granted(entry)),
        }

    def do_grants_of(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        found = [
            {
                "created_on": grant["created_on"],
                "role": entry.name,
                "granted_to": kind,
                "grantee_name": holder.name,
                "granted_by": grant["granted_by"],
            }
            for kind, holder, grant in self._holders(entry)
        ]
        return found[: call.query.get("showLimit")]

    def do_grants_on(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        own = {"privilege": "OWNERSHIP", "granted_on": "ROLE", "name": entry.name, "granted_to": "ROLE"}
        return [{**own, "created_on": entry.created_on, "grantee_name": entry.owner, "grant_option": "true"}]

    def _holders(self, role: Entry) -> list[tuple[str, Entry, Grant]]:
        """The users and roles that have a role, and how."""
        return [
            (kind.upper(), holder, grant)
            for kind in ("user", "role")
            for holder in self.catalog.children(0, kind)
            for grant in granted(holder)
            if grant["securable_type"] == "ROLE" and grant.get("securable") == {"name": shown(role.name)}
        ]


class DatabaseRoles(Grantee):
    resource, what = "database-role", "database role"
    above = ("database",)
    cloned = True


def granted(entry: Entry, which: str = "grants") -> list[Grant]:
    """What was granted to someone."""
    return list(entry.state.get(which, ()))


def _key(grant: Grant) -> tuple[Any, ...]:
    return grant["securable_type"], grant.get("securable"), grant.get("containing_scope")
