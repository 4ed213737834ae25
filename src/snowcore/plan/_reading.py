"""What an account has, read when it is first asked for and then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from snowflake_rest.runtime import Operation

from .._names import unquote
from .._root import Root
from .._statements import ask
from .._together import Together
from ..exceptions import APIError, NotFoundError, SnowflakePythonError
from ._comparing import PLACE, find_signature, read_name
from ._kinds import Address, Kind, Names, call, find_above, list_objects

_T = TypeVar("_T")
Row = Mapping[str, Any]
_ROLES = frozenset(["ACCOUNTADMIN", "GLOBALORGADMIN", "ORGADMIN", "PUBLIC", "SECURITYADMIN", "SYSADMIN", "USERADMIN"])
_SPECIAL = ("dynamic_table", "event_table", "iceberg_table", "user_defined_function")
"""The kinds whose objects some accounts list among tables and functions too."""


class Reading:
    """The objects of an account. What the caller may not see is not there."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self.unknown: dict[Kind, str] = {}
        """What the account said of kinds that it lacks."""
        self.moved: dict[Names, Names] = {}
        """Of places that are declared under a new name, the old one, under which they still are."""
        self._lists: dict[tuple[Kind, Names], dict[Address, Row]] = {}
        self._whole: dict[Address, Row] = {}
        self._user: str | None = None

    def list(self, places: Iterable[tuple[Kind, Names]]) -> None:
        """Read which objects of these kinds are in these places."""
        missing = [one for one in dict.fromkeys(places) if one not in self._lists]
        answers = self._ask([list_objects(kind, self.find_place(place)) for kind, place in missing])
        for (kind, place), answer in zip(missing, answers):
            found = self._lists[kind, place] = {}
            if isinstance(answer, APIError) and answer.status == 501:
                self.unknown[kind] = str(answer.message)
                continue
            if isinstance(answer, NotFoundError):  # no such place
                continue
            if isinstance(answer, SnowflakePythonError):
                raise answer
            for row in answer:
                if not row.get("dropped_on") and row.get("kind") not in ("TEMPORARY", "TEMP"):
                    found[_find_address(kind, place, row)] = row

    def get_list(self, kind: Kind, place: Names) -> dict[Address, Row]:
        """The objects of a kind in a place, as the list shows them."""
        if (kind, place) not in self._lists:
            self.list([(kind, place)])
        return self._lists[kind, place]

    def fetch(self, addresses: Iterable[Address]) -> None:
        """Read these objects whole, where they are listed."""
        wanted = [one for one in dict.fromkeys(addresses) if one not in self._whole and self.is_there(one)]
        fetched = [one for one in wanted if "get" in one.kind.verbs]
        self._whole |= {one: self._lists[one.kind, one.place][one] for one in wanted if "get" not in one.kind.verbs}
        answers = self._ask([call(Address(one.kind, self.find_place(one.names)), "GET") for one in fetched])
        for address, answer in zip(fetched, answers):
            if isinstance(answer, NotFoundError):
                del self._lists[address.kind, address.place][address]  # it went while it was read
            elif isinstance(answer, SnowflakePythonError):
                raise answer
            else:
                self._whole[address] = answer

    @property
    def identifiers(self) -> frozenset[str]:
        """Those of all objects that have been listed."""
        return frozenset(str(row["id"]) for rows in self._lists.values() for row in rows.values() if "id" in row)

    def is_there(self, address: Address) -> bool:
        """Whether the account has this object."""
        return address in self.get_list(address.kind, address.place)

    def get(self, address: Address) -> Row | None:
        """An object as the account shows it; None if there is none."""
        if address not in self._whole:
            self.fetch([address])
        return self._whole.get(address)

    def find_place(self, names: Names) -> Names:
        """Where a place is in the account, which may still have it under another name."""
        for end in range(len(names), 0, -1):
            if (old := self.moved.get(names[:end])) is not None:
                return (*old, *names[end:])
        return names

    def find_inherited(self, address: Address, find: Callable[[Address], Row | None] | None = None) -> dict[str, Any]:
        """What an object has from its database and schema. find: what these say; what the account has by default."""
        rows = [(find or self.get)(one) or {} for one in find_above(address)]
        said = {name: value for row in rows for name, value in row.items() if value is not None}
        return said | dict(zip(PLACE, self.find_place(address.place)))

    def list_all(self, kinds: Iterable[Kind], place: Names) -> list[Address]:
        """All objects of these kinds in a place that are a user's, each under one kind."""
        found = [(kind, place) for kind in kinds]
        self.list(found)
        special = {one.names for kind, _ in found if kind.name in _SPECIAL for one in self.get_list(kind, place)}
        return [
            address
            for kind, _ in found
            for address, row in self.get_list(kind, place).items()
            if not self.is_built_in(address, row) and (kind.name in _SPECIAL or address.names not in special)
        ]

    def is_built_in(self, address: Address, row: Row) -> bool:
        """Whether an object is the account's own, or one that the caller works with just now."""
        name, kind = address.name, address.kind.name
        if kind == "schema":
            return name == "INFORMATION_SCHEMA"
        if kind == "database":
            return name == "SNOWFLAKE" or name.startswith("USER$") or bool(row.get("origin"))
        if kind == "role":
            return name in _ROLES or bool(row.get("is_current"))
        if kind == "user":
            return name == "SNOWFLAKE" or self.find_user() in (None, name)
        return name.startswith(("SYSTEM$", "SYSTEM_COMPUTE_POOL_")) or bool(row.get("is_builtin") or row.get("is_job"))

    def find_user(self) -> str | None:
        """The stored name of the user who asks; None if the account doesn't tell."""
        if self._user is None:
            try:
                (row,) = self.root.client.run(ask(self.root.client, "SELECT CURRENT_USER()"))
                self._user = str(*row.values())
            except (SnowflakePythonError, ValueError):  # not every token is good for SQL
                user = getattr(self.root.connection, "user", None)
                self._user = unquote(str(user)) if user else ""
        return self._user or None

    def _ask(self, operations: list[Operation[_T]]) -> list[_T | SnowflakePythonError]:
        return self.root.client.run(Together(operations)) if operations else []


def _find_address(kind: Kind, place: Names, row: Row) -> Address:
    name = read_name(str(row["name"]))
    return Address(kind, (*place, f"{name}\0{find_signature(row)}" if kind.by_signature else name))
