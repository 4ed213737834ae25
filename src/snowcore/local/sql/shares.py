"""What is granted to shares. Nobody sees what is in one, since the account knows no others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...engine.errors import compilation, unsupported
from ...engine.names import shown
from ..account.catalog import Entry
from ..objects import granting, securables
from ..objects.granting import Target
from ..objects.securables import KINDS, Securable
from .listings import Row

if TYPE_CHECKING:
    from . import SqlSession

_MAY_HAVE = {
    "DATABASE": ("USAGE", "REFERENCE_USAGE"),
    **dict.fromkeys(("SCHEMA", "FUNCTION"), ("USAGE",)),
    **dict.fromkeys(("TABLE", "VIEW", "DYNAMIC TABLE", "ICEBERG TABLE", "EXTERNAL TABLE"), ("SELECT",)),
    "TAG": ("READ",),
}


def check(session: SqlSession, privileges: Iterable[str], target: Target, share: Entry) -> None:
    """AccountError if the session can't put this into a share.

    See https://docs.snowflake.com/en/sql-reference/sql/grant-privilege-share.
    """
    own = securables.of_entry(share)
    assert own is not None
    session.rights.need("OWNERSHIP", own)
    wrong = [one for one in granting.checked(privileges, target) if one not in _MAY_HAVE.get(target.kind.words, ())]
    if target.future or wrong:
        what = "Future privileges" if target.future else f"Privilege '{wrong[0]}' on a {target.kind.words}"
        raise compilation("001003", f"{what} can't be granted to a share.")
    database = database_of(session, share)
    for one in target.objects:
        if database is None and target.kind.words != "DATABASE":
            text = f"Share '{shown(share.name)}' needs USAGE on database '{shown(one.path[0])}' first."
            raise compilation("001003", text)
        if database not in (None, one.path[0]) and "REFERENCE_USAGE" not in privileges:
            text = f"Share '{shown(share.name)}' has database '{shown(database or '')}', and can't have another one."
            raise compilation("001003", text)
        if share.properties.get("secure_objects_only", True) and not _is_secure(session, one):
            text = 'Non-secure object can only be granted to shares with "secure_objects_only" property set to false.'
            raise compilation("001003", text)


def _is_secure(session: SqlSession, one: Securable) -> bool:
    """Whether an object tells nobody how it is made. Tables do so by themselves."""
    if one.kind.words == "VIEW":
        rows = session.engine.metadata("VIEWS", one.path[0])
        named = [row for row in rows if (row["TABLE_SCHEMA"], row["TABLE_NAME"]) == one.path[1:]]
        return any(row["IS_SECURE"] == "YES" for row in named)
    if one.kind.words == "FUNCTION":
        return bool(session.account.catalog.get(one.id).properties.get("is_secure"))
    return True


def objects(session: SqlSession, share: Entry) -> list[Row]:
    """What is in a share, as DESCRIBE tells, the database first."""
    found: dict[tuple[str, str], Row] = {}
    for grant in session.account.catalog.grants.to([share.id]):
        securable = securables.by_id(session.account, KINDS[grant.kind], grant.securable)
        if securable is not None and grant.privilege != "REFERENCE_USAGE":
            row: Row = {"kind": grant.kind.replace(" ", "_"), "name": securable.name, "shared_on": grant.created_on}
            found.setdefault((grant.kind, securable.name), {**row, "path": securable.path})
    return [found[key] for key in sorted(found, key=lambda key: ([*_MAY_HAVE].index(key[0]), key[1]))]


def database_of(session: SqlSession, share: Entry) -> str | None:
    """The database whose objects a share has."""
    return next((row["path"][0] for row in objects(session, share) if row["kind"] == "DATABASE"), None)


def refuse_role(to: Entry) -> None:
    if to.kind == "share":
        raise unsupported("database roles in shares")
