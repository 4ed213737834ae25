"""ALTER ACCOUNT: tags of the account, and parameters that all sessions begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...engine.errors import compilation, unsupported
from ...engine.parameters import PARAMETERS
from ...engine.protocol import Result
from ..objects import session_parameters, this_account
from ..objects.securables import THE_ACCOUNT, refusal
from ..objects.words import UNSUPPORTED
from . import tags
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from . import SqlSession

_DONE = "Statement executed successfully."
_TOLD = ("CORTEX_ENABLED_CROSS_REGION", "CORTEX_MODELS_ALLOWLIST")
"""Parameters of the account alone that nothing here depends on: which models there are, the user's function says."""


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
        given[name] = None if verb == "UNSET" else reader.string() if reader.is_string() else reader.word()
        reader.take(",")
    session_parameters.check_values({name: value for name, value in given.items() if name in PARAMETERS})
    if "ACCOUNTADMIN" not in session.rights.names:
        raise refusal(THE_ACCOUNT)
    session.engine.commit()
    this_account.set_parameters(session.account, given)
    return status(_DONE)


def _known(name: str) -> str:
    if name in PARAMETERS or name in _TOLD:
        return name
    if name in ("PASSWORD", "SESSION", "AUTHENTICATION", "PACKAGES", "FEATURE"):
        raise unsupported(f"ALTER ACCOUNT SET {name} POLICY")
    if name in {"NETWORK_POLICY", "RESOURCE_MONITOR", "DATA_RETENTION_TIME_IN_DAYS", *UNSUPPORTED}:
        raise unsupported(f"ALTER ACCOUNT SET {name}")
    raise compilation("001420", f"invalid property '{name}' for 'ACCOUNT'", "22023")
