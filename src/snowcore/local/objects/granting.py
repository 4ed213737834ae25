"""GRANT, REVOKE and what SHOW GRANTS tells, for SQL and REST alike.

See https://docs.snowflake.com/en/sql-reference/sql/grant-privilege and …/grant-ownership.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ...engine.errors import AccountError, compilation, unsupported
from ...engine.names import shown
from ...engine.protocol import TablePath
from ..account.catalog import Entry
from ..account.grants import Grant
from . import securables
from .access import Rights
from .securables import KINDS, THE_ACCOUNT, Securable, SecurableKind

if TYPE_CHECKING:
    from ..account.account import Account
    from ..account.calls import Context

Row = dict[str, Any]
Mode = Literal["COPY", "REVOKE"]
ROLE_KINDS = {"role": "ROLE", "database-role": "DATABASE ROLE", "user": "USER", "share": "SHARE"}


@attrs.frozen
class Target:
    """What a GRANT or a REVOKE is on."""

    kind: SecurableKind
    objects: Sequence[Securable] = ()
    """One object, or all of the kind that a database or schema has."""
    future: Securable | None = None
    """The database or schema, for the objects that will be made there."""
    several: bool = False
    """Whether all of a kind are meant, of which some may be another's."""


def checked(privileges: Iterable[str], target: Target) -> list[str]:
    """The privileges, with ALL written out. AccountError for those that there aren't on such objects."""
    found: list[str] = []
    for privilege in privileges:
        if privilege in ("ALL", "ALL PRIVILEGES"):
            found += target.kind.privileges
        elif privilege in target.kind.privileges:
            found.append(privilege)
        else:
            text = f"Invalid object type '{_kind(target.kind.words)}' for privilege '{privilege}'."
            raise compilation("003008", text, "42601")
    return list(dict.fromkeys(found))


def give(
    account: Account, context: Context, privileges: Iterable[str], target: Target, to: Entry, *, option: bool = False
) -> None:
    """Grant privileges to a role or a database role."""
    found, rights = checked(privileges, target), account.access.of(context)
    _check_grantee(target, to)
    _check_order(account, target, to, found, "WRITE", "READ should be granted before/simultaneously with WRITE")
    with account.changing:
        if target.future is not None:
            by = _future_grantor(rights, context, target.future)
            account.catalog.grants.give_all(
                Grant(to.id, one, target.kind.words, target.future.id, True, option, by) for one in found
            )
            return
        given: list[Grant] = []
        for securable in target.objects:
            refused: list[str] = []
            for one in found:
                by = _grantor(account, rights, context, securable, one)
                if by is None:
                    refused.append(one)
                else:
                    given.append(Grant(to.id, one, target.kind.words, securable.id, option=option, granted_by=by))
            if refused and not target.several:
                _refuse(rights, securable)
        account.catalog.grants.give_all(given)


def take(
    account: Account,
    context: Context,
    privileges: Iterable[str],
    target: Target,
    from_: Entry,
    *,
    option_only: bool = False,
    cascade: bool = False,
) -> None:
    """Revoke privileges, or only the right to pass them on."""
    named, rights, grants = [*privileges], account.access.of(context), account.catalog.grants
    found = named if named == ["OWNERSHIP"] and target.future is not None else checked(named, target)
    if not option_only:
        text = "WRITE should be revoked before/simultaneously with READ"
        _check_order(account, target, from_, found, "READ", text, taken=True)
    with account.changing, account.catalog.transaction():
        if target.future is not None:
            _future_grantor(rights, context, target.future)
            for one in found:
                grants.take(Grant(from_.id, one, target.kind.words, target.future.id, True), option_only=option_only)
            return
        for securable in target.objects:
            for one in found:
                if _grantor(account, rights, context, securable, one) is None:
                    if target.several:
                        continue
                    _refuse(rights, securable)
                for dependent in _passed_on(account, securable, one, from_):
                    if not cascade:
                        raise _dependent(account, dependent, securable)
                    grants.take(dependent)
                grants.take(Grant(from_.id, one, target.kind.words, securable.id), option_only=option_only)


IMPORTED = "IMPORTED PRIVILEGES"
"""What lets a role read SNOWFLAKE.ACCOUNT_USAGE. There is no such database, so the privilege is on the account."""


def share_snowflake(account: Account, context: Context, role: Entry, *, taken: bool = False) -> None:
    """Let a role read the database SNOWFLAKE, or no longer."""
    rights = account.access.of(context)
    if not rights.manages:
        _refuse(rights, THE_ACCOUNT)
    grant = Grant(role.id, IMPORTED, "ACCOUNT", THE_ACCOUNT.id, granted_by=context.role or "")
    with account.changing:
        (account.catalog.grants.take if taken else account.catalog.grants.give)(grant)


def give_role(account: Account, context: Context, role: Entry, to: Entry) -> None:
    """Grant a role or a database role."""
    _check_role(account, context, role)
    if to.kind == "database-role" and (role.kind == "role" or role.path[0] != to.path[0]):
        text = f"{_named(role)} can't be granted to database role {_named(to)}: only database roles of its database."
        raise compilation("001003", text)
    if to.kind == "user" and role.kind == "database-role":
        raise compilation("001003", f"Database role {_named(role)} can't be granted to a user.")
    if to.kind != "user" and account.access.inherits(role, to):
        text = f"Role {_named(role)} can't be granted to {_named(to)}, which it has itself: grants can't be circular."
        raise compilation("001003", text)
    with account.changing:
        account.catalog.grants.give(Grant(to.id, "USAGE", ROLE_KINDS[role.kind], role.id, granted_by=context.role))


def take_role(account: Account, context: Context, role: Entry, from_: Entry) -> None:
    _check_role(account, context, role)
    with account.changing:
        account.catalog.grants.take(Grant(from_.id, "USAGE", ROLE_KINDS[role.kind], role.id))


OF_SERVICE = "!"
"""What privileges on a service begin with that are roles of the service."""


def give_service_role(
    account: Account, context: Context, service: Entry, role: str, to: Entry, *, taken: bool = False
) -> None:
    """Grant a role of a service, or revoke it."""
    if to.kind not in ("role", "database-role"):
        raise unsupported(f"roles of services for a {to.kind}, as Snowflake doesn't")
    _check_role(account, context, service)
    grant = Grant(to.id, f"{OF_SERVICE}{role}", "SERVICE", service.id, granted_by=context.role)
    with account.changing:
        (account.catalog.grants.take if taken else account.catalog.grants.give)(grant)


def _check_role(account: Account, context: Context, role: Entry) -> None:
    rights, securable = account.access.of(context), securables.of_entry(role)
    assert securable is not None
    if not rights.manages and not rights.owns(securable):
        raise securables.refusal(securable)


def own(
    account: Account, context: Context, target: Target, heir: Entry, mode: Mode | None, *, check: bool = True
) -> None:
    """Give objects another owner. mode: what becomes of the privileges on them."""
    if heir.kind != "role":
        raise unsupported("OWNERSHIP for anything but a role of the account")
    rights, grants = account.access.of(context), account.catalog.grants
    with account.changing, account.catalog.transaction():
        if target.future is not None:
            by = _future_grantor(rights, context, target.future)
            grants.give(Grant(heir.id, "OWNERSHIP", target.kind.words, target.future.id, True, granted_by=by))
            return
        for securable in target.objects:
            if check and not (rights.manages or rights.owns(securable)):
                if target.several:
                    continue
                _refuse(rights, securable)
            if check and securable.owner == "":
                raise securables.refusal(securable)
            dependents = grants.on(securable.id)
            if mode is None and dependents and securable.owner != heir.name:
                raise _dependent(account, dependents[0], securable, owner=True)
            if mode == "REVOKE":
                grants.forget_on(securable.id)
            elif mode == "COPY":
                grants.regrant(securable.owner, heir.name, securable.id)
            set_owner(account, securable, heir.name, alone=not target.several)


def set_owner(account: Account, securable: Securable, owner: str, *, alone: bool = False) -> None:
    if securable.id > 0:
        entry = account.catalog.get(securable.id)
        if entry.owner != owner:
            account.kinds[entry.kind].given(entry, alone=alone)
        account.catalog.set_owner(entry, owner)
        return
    made = account.engine.find_made(securable.kind.words.lower(), TablePath(*securable.path))
    if made is not None:
        account.engine.set_owner(made, owner)
        account.catalog.grants.changed()


def inherit(account: Account, owner: str, heir: str, *, renamed: bool = False) -> None:
    """What one role owns, another one owns: when a role goes, or (renamed) gets another name."""
    for entry in () if renamed else account.catalog.select("o.owner = ?", owner):
        account.kinds[entry.kind].given(entry, alone=False)
    account.catalog.replace_owner(owner, heir)
    for kind in KINDS.values():
        for source in kind.sources:
            for made in account.engine.made(source.lower()) if source.isupper() else ():
                if made.owner == owner:
                    account.engine.set_owner(made, heir)


def born(account: Account, securable: Securable | None) -> None:
    """Something was made: who was to have privileges on it has them. Those of its schema count, else its database's."""
    if securable is None or not securable.kind.depth:
        return
    grants = account.catalog.grants
    for container in reversed(securables.containers(account, securable)):
        found = [one for one in grants.on(container.id, future=True) if one.kind == securable.kind.words]
        for one in found:
            if one.privilege != "OWNERSHIP":
                grants.give(attrs.evolve(one, securable=securable.id, future=False, created_on=""))
            elif (heir := _grantee(account, one)) is not None:
                set_owner(account, securable, heir.name)
        if found:
            return


def copy_on_made(account: Account, source: Entry, target: Entry) -> None:
    """Have those with privileges on what only the engine has in a schema have them in its clone."""
    for words, kind in KINDS.items():
        for made in account.engine.made(words.lower(), *target.path) if words in kind.sources else ():
            model = account.engine.find_made(words.lower(), attrs.evolve(made.path, **_schema(source)))
            if model is not None:
                account.catalog.grants.copy(-model.id, -made.id)


def _schema(entry: Entry) -> dict[str, str]:
    return dict(zip(("database", "schema"), entry.path))


def _check_grantee(target: Target, to: Entry) -> None:
    if to.kind == "user" and (target.future is not None or target.kind.words == "ACCOUNT"):
        raise unsupported("future grants to users, and privileges on the account that users have themselves")
    scope = [target.future] if target.future else target.objects
    if to.kind == "database-role" and any(one.path[:1] != to.path[:1] for one in scope):
        text = f"Database role {_named(to)} can only have privileges in its database."
        raise compilation("001003", text)


def _check_order(
    account: Account, target: Target, to: Entry, found: list[str], one: str, text: str, *, taken: bool = False
) -> None:
    """AccountError (003511, 003512) for a stage that a role could write to and not read."""
    other = {"READ": "WRITE", "WRITE": "READ"}[one]
    if target.kind.words != "STAGE" or one not in found or other in found:
        return
    is_future = target.future is not None
    for securable in [target.future] if target.future is not None else target.objects:
        held = [
            grant.privilege
            for grant in account.catalog.grants.on(securable.id, future=is_future)
            if grant.grantee == to.id and grant.kind == "STAGE"
        ]
        if (other in held) == taken:
            text = f"Privilege order violation for the {'future ' if is_future else ''}grants on stage. {text}."
            raise AccountError(400, "003512" if taken else "003511", "23001", f"SQL compilation error: {text}")


def _grantor(account: Account, rights: Rights, context: Context, securable: Securable, privilege: str) -> str | None:
    """The role that grants a privilege; None if those of the session may not."""
    schema = _managed(account, securable)
    if rights.owns(securable if schema is None else schema):
        return (securable if schema is None else schema).owner
    if rights.may_pass_on(privilege, securable):
        return context.role
    if rights.manages:
        return securable.owner or context.role
    return None


def _managed(account: Account, securable: Securable) -> Securable | None:
    """The schema that an object is in, if its owner alone grants privileges there."""
    if securable.kind.depth < 2:
        return None
    schema = securables.containers(account, securable)[1]
    return schema if account.catalog.get(schema.id).properties.get("managed_access") else None


def _future_grantor(rights: Rights, context: Context, scope: Securable) -> str:
    if not rights.manages and not (rights.owns(scope) and scope.kind.words == "SCHEMA"):
        _refuse(rights, scope)
    return context.role


def _refuse(rights: Rights, securable: Securable) -> None:
    rights.need_to_see(securable)
    raise AccountError(
        403, "003001", "42501", "SQL access control error:\nGrant not executed: Insufficient privileges."
    )


def _passed_on(account: Account, securable: Securable, privilege: str, from_: Entry) -> list[Grant]:
    """What a role has granted because it had the right to pass a privilege on."""
    grants = account.catalog.grants.on(securable.id)
    had = any(one.grantee == from_.id and one.privilege == privilege and one.option for one in grants)
    if not had or securable.owner == from_.name:
        return []
    return [one for one in grants if one.privilege == privilege and one.granted_by == from_.name]


def _dependent(account: Account, grant: Grant, securable: Securable, *, owner: bool = False) -> AccountError:
    grantee = _grantee(account, grant)
    text = (
        f"SQL execution error: Dependent grant of privilege '{grant.privilege}' on securable '{securable.name}' to role"
        f" '{_named(grantee) if grantee else ''}' exists. It must be revoked first. More than one dependent grant may"
        " exist: use 'SHOW GRANTS' command to view them."
    )
    if owner:
        text += (
            " To revoke all dependent grants while transferring object ownership, use convenience command 'GRANT"
            " OWNERSHIP ON <target_objects> TO <target_role> REVOKE CURRENT GRANTS'."
        )
    return AccountError(409, "003036", "23001", text)


# What there is to tell


def on(account: Account, securable: Securable) -> list[Row]:
    """All that is granted on an object, who owns it first."""
    return [
        *_ownership(securable),
        *filter(None, (_row(account, one) for one in account.catalog.grants.on(securable.id))),
    ]


def to(account: Account, context: Context, grantee: Entry) -> list[Row]:
    """All that a role has itself, what it owns among it. Of another role than one's own, on what one sees."""
    found = _to(account, grantee)
    if grantee.kind == "role":
        for kind in KINDS.values():
            found += [
                row for one in securables.every(account, kind) if one.owner == grantee.name for row in _ownership(one)
            ]
    rights = account.access.of(context)
    if rights.manages or grantee.id in rights.roles:
        return found
    return [row for row in found if row["of"].kind.words in ("ACCOUNT", "ROLE") or rights.sees(row["of"])]


def of(account: Account, role: Entry) -> list[Row]:
    """Who has a role."""
    rows: list[Row] = []
    for grant in account.catalog.grants.on(role.id):
        holder = _grantee(account, grant)
        if holder is not None and grant.kind == ROLE_KINDS[role.kind] and grant.privilege == "USAGE":
            told = {"created_on": grant.created_on, "role": _named(role), "granted_to": _kind(ROLE_KINDS[holder.kind])}
            rows.append({**told, "grantee_name": holder.name, "granted_by": grant.granted_by})
    return rows


def of_service(account: Account, service: Entry, role: str) -> list[Row]:
    """Who has a role of a service."""
    rows = [_row(account, one) for one in account.catalog.grants.on(service.id) if one.privilege == OF_SERVICE + role]
    keys = ("created_on", "granted_to", "grantee_name", "granted_by")
    return [{"role": row["name"], **{key: row[key] for key in keys}} for row in rows if row is not None]


def roles_of(account: Account, user: Entry) -> list[Row]:
    """The roles that a user has."""
    return [{**row, "role": row["name"]} for row in _to(account, user) if row["granted_on"] == "ROLE"]


def to_user(account: Account, user: Entry) -> list[Row]:
    """The roles that a user has, and the user's own privileges."""
    own = [row for row in _to(account, user) if row["granted_on"] != "ROLE"]
    return [*roles_of(account, user), *own]


def _to(account: Account, grantee: Entry) -> list[Row]:
    return list(filter(None, (_row(account, one) for one in account.catalog.grants.to([grantee.id]))))


def future(account: Account, context: Context, grants: Iterable[Grant]) -> list[Row]:
    """Future grants in what one sees, as SHOW tells them."""
    rows: list[Row] = []
    for grant in grants:
        scope, grantee = scope_of(account, grant), _grantee(account, grant)
        if scope is None or grantee is None or not account.access.of(context).sees(scope):
            continue
        kind = _kind(grant.kind)
        told: Row = {"created_on": grant.created_on, "privilege": grant.privilege, "grant_on": kind}
        told |= {"name": f"{scope.name}.<{kind}>", "grant_to": _kind(ROLE_KINDS[grantee.kind])}
        rows.append({**told, "grantee_name": grantee.name, "grant_option": grant.option})
    return rows


def scope_of(account: Account, grant: Grant) -> Securable | None:
    """The database or schema of a future grant."""
    for words in ("DATABASE", "SCHEMA"):
        found = securables.by_id(account, KINDS[words], grant.securable)
        if found is not None and found.kind.words == words:
            return found
    return None


def _row(account: Account, grant: Grant) -> Row | None:
    securable, grantee = securables.by_id(account, KINDS[grant.kind], grant.securable), _grantee(account, grant)
    if securable is None or grantee is None:
        return None
    privilege, kind, name = grant.privilege, _kind(grant.kind), securable.name or "LOCAL"
    if privilege == IMPORTED:
        privilege, kind, name = "USAGE", "DATABASE", "SNOWFLAKE"
    elif privilege.startswith(OF_SERVICE):
        privilege, kind, name = "USAGE", "SERVICE_ROLE", f"{name}{privilege}"
    return {
        "created_on": grant.created_on,
        "privilege": privilege,
        "granted_on": kind,
        "name": name,
        "granted_to": _kind(ROLE_KINDS[grantee.kind]),
        "grantee_name": grantee.name,
        "grant_option": grant.option,
        "granted_by": grant.granted_by,
        "granted_by_role_type": "ROLE" if grant.granted_by else "",
        "of": securable,
    }


def _ownership(securable: Securable) -> list[Row]:
    if not securable.owner or securable is THE_ACCOUNT:
        return []
    return [
        {
            "created_on": securable.created_on,
            "privilege": "OWNERSHIP",
            "granted_on": _kind(securable.kind.words),
            "name": securable.name,
            "granted_to": "ROLE",
            "grantee_name": securable.owner,
            "grant_option": True,
            "granted_by": securable.owner,
            "granted_by_role_type": "ROLE",
            "of": securable,
        }
    ]


def _kind(words: str) -> str:
    return words.replace(" ", "_")


def _grantee(account: Account, grant: Grant) -> Entry | None:
    found = account.catalog.select("o.id = ? AND p.dropped_on IS NULL", grant.grantee)
    return found[0] if found else None


def _named(role: Entry) -> str:
    return ".".join(map(shown, role.path))
