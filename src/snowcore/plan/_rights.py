"""What the caller's roles lack for the steps of a plan, as far as the account tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import orjson

from .._client import Client
from .._names import quote_identifier, split_name
from .._statements import ask
from .._together import Together
from ..exceptions import SnowflakePythonError
from ._kinds import Address, Names, find_above, find_stored
from ._reading import Reading
from ._steps import Action, Step

_Held = tuple[str, Names]
"""A privilege, and the stored names of what it is on: none for the account. Or that one has a role, with its name."""
_Need = tuple[str, frozenset[_Held]]
"""What a step needs, in words, and any of which will do."""
_ROLE = "is"
_MOST = 200
"""From so many roles on, it isn't asked any more."""
_ALSO = {Action.ALTER: "MODIFY", Action.SUSPEND: "OPERATE", Action.RESUME: "OPERATE"}
_MANAGED = (("MANAGE GRANTS", ()), ("MANAGE WAREHOUSES", ()))
"""What may change objects of others, of some kinds."""
_UNKNOWN = ("artifact_repository", "code_bundle")
"""Kinds of which Snowflake doesn't say which privilege makes them."""
_GRANTEES = ("role", "user")
"""Kinds whose objects others than their owners change, too."""
_ROUTINES = ("FUNCTION", "PROCEDURE")


def find_lacking(
    reading: Reading, steps: Iterable[Step], olds: Mapping[Address, Address], is_new: Callable[[Names], bool]
) -> dict[Step, str]:
    """What is lacking for each of the steps that the caller may not do.

    Their session's roles are asked what they may, then the roles that these have, until nothing is lacking. An account
    that doesn't tell all of it lacks nothing. is_new: whether a plan makes a place, which its maker owns.
    """
    needs: dict[Step, _Need] = {}
    for step in steps:
        if step.action is not Action.CREATE:
            need = _find_need_of_change(reading, step, olds.get(step.address, step.address))
        else:
            need = None if is_new(step.address.place) else _find_need_to_create(reading, step.address)
        if need is not None:
            needs[step] = need
    held: set[_Held] = set()
    try:
        for more in _read_grants(reading.root.client) if needs else ():
            held |= more
            needs = {step: need for step, need in needs.items() if held.isdisjoint(need[1])}
            if not needs:
                break
    except (SnowflakePythonError, ValueError, LookupError):  # such as of tokens that are not good for SQL
        return {}
    return {step: need[0] for step, need in needs.items()}


def _find_need_to_create(reading: Reading, address: Address) -> _Need | None:
    kind, place = address.kind, reading.find_place(address.place)
    if kind.name in _UNKNOWN:
        return None
    privilege = "CREATE INTEGRATION" if kind.name.endswith("_integration") else f"CREATE {kind.sql}"
    (*_, inner) = ["the account", *map(str, find_above(address))]
    owned = frozenset(("OWNERSHIP", place[:end]) for end in range(1, len(place) + 1))
    return (f"{privilege} on {inner}", owned | {(privilege, place)})


def _find_need_of_change(reading: Reading, step: Step, old: Address) -> _Need | None:
    kind, names = old.kind, reading.find_place(old.names)
    row = reading.get_list(kind, old.place).get(old)
    if row is None or not row.get("owner") or kind.by_signature or kind.name in _GRANTEES:
        return None
    also = _ALSO.get(step.action, "OWNERSHIP")
    owned = frozenset(("OWNERSHIP", names[:end]) for end in range(1, len(names) + 1))
    said = " or ".join(dict.fromkeys(("OWNERSHIP", also)))
    return (f"{said} of {old}", owned | {(also, names), (_ROLE, (str(row["owner"]),)), *_MANAGED})


def _read_grants(client: Client) -> Iterator[set[_Held]]:
    """What the roles of the session may, then what those may that these have, and so on."""
    (row,) = client.run(ask(client, "SELECT CURRENT_ROLE() ROLE, CURRENT_SECONDARY_ROLES() OTHERS"))
    others = orjson.loads(row["OTHERS"] or "{}").get("roles") or ""
    coming = {("ROLE", (name,)) for name in (row["ROLE"], "PUBLIC", *others.split(",")) if name}
    seen: set[tuple[str, Names]] = set()
    while coming and len(seen) < _MOST:
        seen |= coming
        named = [f"{kind} {'.'.join(map(quote_identifier, names))}" for kind, names in coming]
        answers = client.run(Together([ask(client, f"SHOW GRANTS TO {one}") for one in named]))
        held: set[_Held] = {(_ROLE, names[-1:]) for _, names in coming}
        coming = set[tuple[str, Names]]()
        for answer in answers:
            if isinstance(answer, SnowflakePythonError):
                raise answer
            for grant in answer:
                on = grant["granted_on"].replace("_", " ")
                if on in _ROUTINES:
                    continue
                names: Names = () if on == "ACCOUNT" else find_stored(split_name(grant["name"]))
                held.add((grant["privilege"], names))
                if on in ("ROLE", "DATABASE ROLE") and grant["privilege"] == "USAGE":
                    coming.add((on, names))
        coming -= seen
        yield held
    if coming:
        raise LookupError("too many roles")
