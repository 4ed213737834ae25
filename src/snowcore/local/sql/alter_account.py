"""ALTER ACCOUNT: tags of the account, and parameters that all sessions begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...engine.errors import compilation, unsupported
from ...engine.names import split
from ...engine.parameters import PARAMETERS
from ...engine.protocol import Result
from ..objects import session_parameters, this_account
from ..objects.base import full
from ..objects.securables import THE_ACCOUNT, refusal
from ..objects.words import UNSUPPORTED
from . import tags
from .kinds import OF, place, unquoted
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from . import SqlSession

_DONE = "Statement executed successfully."
_NAMING = {"NETWORK_POLICY": "network-policy", "EVENT_TABLE": "event-table"}
"""Parameters that name an object, which must be there."""


def alter(session: SqlSession, reader: Reader) -> Result:
    """From behind ALTER ACCOUNT."""
    if verb := reader.one_of("SET TAG", "UNSET TAG"):
        values = tags.values(session, reader, sets=verb == "SET TAG")
        reader.end()
        session.rights.need("APPLY TAG", THE_ACCOUNT)
        session.engine.commit()
        this_account.set_tags(session.account, session.context, values)
        return status(_DONE)
    verb = reader.one_of("SET", "UNSET")
    if verb is None:
        raise unsupported(f"ALTER ACCOUNT {reader.peek()}")
    given: dict[str, Any] = {}
    while not reader.done:
        name = _known(reader.path()[0])
        if verb == "SET":
            reader.expect("=")
        given[name] = None if verb == "UNSET" else _value(session, reader, name)
        reader.take(",")
    session_parameters.check_values({name: value for name, value in given.items() if name in PARAMETERS})
    if "ACCOUNTADMIN" not in session.rights.names:
        raise refusal(THE_ACCOUNT)
    session.engine.commit()
    this_account.set_parameters(session.account, given)
    return status(_DONE)


def _value(session: SqlSession, reader: Reader, name: str) -> str:
    if name not in _NAMING:
        return reader.string() if reader.is_string() else reader.word()
    kind = OF[_NAMING[name]]
    where = place(session, kind, split(reader.string()) if reader.is_string() else reader.path(), "ALTER ACCOUNT")
    session.perform(kind.resource, "fetch", where)
    return full(map(unquoted, where.values()))


def _known(name: str) -> str:
    if name in PARAMETERS or name in this_account.ALONE:
        return name
    if name in ("PASSWORD", "SESSION", "AUTHENTICATION", "PACKAGES", "FEATURE"):
        raise unsupported(f"ALTER ACCOUNT SET {name} POLICY")
    if name in {"RESOURCE_MONITOR", "DATA_RETENTION_TIME_IN_DAYS", *UNSUPPORTED}:
        raise unsupported(f"ALTER ACCOUNT SET {name}")
    raise compilation("001420", f"invalid property '{name}' for 'ACCOUNT'", "22023")
