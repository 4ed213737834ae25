"""Who has which privilege on what: one row for each, in the catalog's file.

What a privilege is on is a number: an object's id in the catalog, the negative id in the engine's map for views,
sequences and file formats, 0 for the account. So a rename takes nothing away, and a replacement begins with nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from .catalog import Catalog

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS grants ("
    " grantee INTEGER NOT NULL, privilege TEXT NOT NULL, kind TEXT NOT NULL, securable INTEGER NOT NULL,"
    " future INTEGER NOT NULL, option INTEGER NOT NULL, granted_by TEXT NOT NULL, created_on TEXT NOT NULL,"
    " PRIMARY KEY (grantee, securable, kind, privilege, future)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS grants_on ON grants (securable)",
)
_COLUMNS = "grantee, privilege, kind, securable, future, option, granted_by, created_on"
ACCOUNT = 0
"""What privileges on the account are on."""


@attrs.frozen
class Grant:
    grantee: int
    """The id of a role, a database role or a user."""
    privilege: str
    kind: str
    """What kind of object it is on, such as `TABLE`."""
    securable: int
    """Which one; of a future grant the database or schema."""
    future: bool = False
    """Whether it is on the objects that will be made there."""
    option: bool = False
    """Whether the grantee may pass it on."""
    granted_by: str = ""
    created_on: str = ""


class Grants:
    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.version = 0
        """Grows whenever someone may do something else than before."""
        for statement in _SCHEMA:
            catalog.rows(statement)

    def changed(self) -> None:
        """Have all look again at what they may do, now and when the open transaction has ended."""
        self.version += 1
        self._catalog.at_end(lambda _: self._again())

    def _again(self) -> None:
        self.version += 1

    def give(self, grant: Grant) -> None:
        """A privilege that the grantee has already stays as it is, but for the right to pass it on."""
        self.give_all([grant])

    def take(self, grant: Grant, *, option_only: bool = False) -> None:
        """Take a privilege away, or only the right to pass it on."""
        verb = "UPDATE grants SET option = 0" if option_only else "DELETE FROM grants"
        key = (grant.grantee, grant.privilege, grant.kind, grant.securable, grant.future)
        with self._catalog.transaction():
            self._catalog.rows(
                f"{verb} WHERE grantee = ? AND privilege = ? AND kind = ? AND securable = ? AND future = ?", *key
            )
            self.changed()

    def to(self, grantees: Collection[int], *, future: bool = False) -> list[Grant]:
        """What these have."""
        marks = ", ".join("?" * len(grantees))
        return self._where(f"grantee IN ({marks}) AND future = ?", *grantees, future)

    def on(self, securable: int, *, future: bool = False) -> list[Grant]:
        """What there is on an object; with future=True, what there will be on those that are made in it."""
        return self._where("securable = ? AND future = ?", securable, future)

    def of_kind(self, *kinds: str) -> list[Grant]:
        """What there is on objects of these kinds."""
        return self._where(f"kind IN ({', '.join('?' * len(kinds))}) AND future = 0", *kinds)

    def forget(self, id_: int) -> None:
        """Someone or something is gone for good."""
        with self._catalog.transaction():
            self._catalog.rows("DELETE FROM grants WHERE grantee = ? OR securable = ?", id_, id_)
            self.changed()

    def forget_on(self, securable: int) -> None:
        """Take away what there is on an object."""
        with self._catalog.transaction():
            self._catalog.rows("DELETE FROM grants WHERE securable = ? AND future = 0", securable)
            self.changed()

    def copy(self, source: int, target: int) -> None:
        """Have those with privileges on one object have the same on another one."""
        self.give_all(attrs.evolve(one, securable=target) for one in self.on(source))

    def give_all(self, grants: Iterable[Grant]) -> None:
        every = list(grants)
        with self._catalog.transaction():
            for one in every:
                self._catalog.rows(
                    f"INSERT INTO grants ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET option = max(option, excluded.option)",
                    *attrs.astuple(attrs.evolve(one, created_on=one.created_on or self._catalog.now()), recurse=False),
                )
            self.changed()

    def regrant(self, old: str, new: str, securable: int | None = None) -> None:
        """What one role has granted, another one has: on an object, or wherever."""
        where, values = ("", ()) if securable is None else (" AND securable = ?", (securable,))
        self._catalog.rows(f"UPDATE grants SET granted_by = ? WHERE granted_by = ?{where}", new, old, *values)

    def _where(self, condition: str, *values: object) -> list[Grant]:
        rows = self._catalog.rows(
            f"SELECT {_COLUMNS} FROM grants WHERE {condition} ORDER BY created_on, securable, privilege", *values
        )
        return [
            Grant(grantee, privilege, kind, securable, bool(future), bool(option), by, created_on)
            for grantee, privilege, kind, securable, future, option, by, created_on in rows
        ]
