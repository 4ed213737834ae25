"""What a release without roles had kept of them: grants that nobody asked for, and owners that needn't be there."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from snowcore._names import quote_identifier

from ...engine.errors import AccountError
from ..account.calls import Call, Context
from ..account.catalog import Entry
from . import granting
from .base import full
from .grantees import Grantee
from .securables import KINDS

if TYPE_CHECKING:
    from ..account.account import Account

_log = logging.getLogger("snowcore")


def carry_over(account: Account) -> None:
    """Give what was recorded as given, and have ACCOUNTADMIN own what belongs to a role that isn't there."""
    roles = {entry.name for entry in account.catalog.children(0, "role")}
    made = [
        one
        for kind in KINDS.values()
        for source in kind.sources
        if source.isupper()
        for one in account.engine.made(source.lower())
    ]
    owners = {entry.owner for entry in account.catalog.select("o.owner <> ''")} | {one.owner for one in made}
    for owner in owners - roles - {""}:
        granting.inherit(account, owner, "ACCOUNTADMIN")
    for kind in account.kinds.values():
        if isinstance(kind, Grantee):
            for entry in account.catalog.all(kind.resource):
                kind.born(entry, None)  # a database role has USAGE of its database
                _give(kind, entry)


def _give(kind: Grantee, entry: Entry) -> None:
    call = Call(dict(zip((*kind.above, "name"), map(quote_identifier, entry.path))), {}, None, Context())
    for recorded, verb in (("grants", kind.do_grants), ("future_grants", kind.do_future_grants)):
        for grant in entry.state.get(recorded, ()):
            for privileges in [[one] for one in grant.get("privileges") or ()] or [None]:
                body = {**grant, **({"privileges": privileges} if privileges else {})}
                try:
                    verb(Call(call.path, {}, body, call.context))
                except AccountError as error:
                    said = "'s ".join((full(entry.path), ", ".join(privileges or [grant["securable_type"]])))
                    _log.warning("%s could not be carried over: %s", said, error)
    state = {name: value for name, value in entry.state.items() if name not in ("grants", "future_grants")}
    kind.catalog.update(entry, state=state)
