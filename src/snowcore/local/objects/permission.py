"""Which privilege an operation of REST, or the statement that becomes one, needs on what.

Looking needs any privilege, making something CREATE … on what it goes into, and the rest OWNERSHIP, unless `_OTHERS`
says else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...engine.names import canonical, split
from ..account.catalog import Entry
from . import securables
from .access import Rights
from .securables import THE_ACCOUNT, Securable

if TYPE_CHECKING:
    from ..account.calls import Call
    from .base import ObjectType

_MAKES = ("create", "create_or_alter", "as_select", "using_template", "undrop")
_COPIES = ("clone", "create_like")
_OF_GRANTS = ("grant", "role", "database-role", "user")
"""Those whose grants `granting` asks about."""
_OPERATE = ("suspend", "resume", "enable", "disable", "abort", "execute", "stop_all_services", "refresh", "load")
_OPERATED = ("warehouse", "compute-pool", "task", "service", "dynamic-table", "alert", "pipe", "cortex-search-service")
_OTHERS: Mapping[tuple[str, str], str] = {
    **{(kind, verb): "OPERATE" for kind in _OPERATED for verb in _OPERATE},
    **{(kind, "alter"): "MODIFY" for kind in ("warehouse", "compute-pool", "database", "schema", "resource-monitor")},
    ("git-repository", "refresh"): "WRITE",
    ("pipe", "status"): "MONITOR",
    **{("cortex-search-service", verb): "USAGE" for verb in ("query", "suggest", "feedback")},
    ("user-defined-function", "execute"): "USAGE",
    ("function", "execute"): "USAGE",
    ("procedure", "call"): "USAGE",
}
_ON_WAREHOUSES = ("task", "alert", "dynamic-table")
"""Those that name the warehouse on which they will run."""
_OF_ONES_OWN = {
    *("password", "first_name", "middle_name", "last_name", "email", "display_name", "comment", "name"),
    *("default_role", "default_warehouse", "default_namespace", "default_secondary_roles"),
}
"""What users may change of themselves."""


def check(kind: ObjectType, verb: str, call: Call) -> None:
    """AccountError if who asks may not do an operation: 003001, or 002003 for what isn't seen."""
    _check(kind, verb, call)
    body = call.body if verb in ("create", "create_or_alter", "alter") and kind.resource in _ON_WAREHOUSES else None
    if body and (warehouse := body.get("warehouse")):
        found = securables.need(kind.account, securables.KINDS["WAREHOUSE"], [canonical(warehouse)])
        kind.account.access.of(call.context).need("USAGE", found)
    if body and kind.resource == "task" and (where := kind.parent(call.path)) is not None:
        for name in body.get("predecessors") or ():  # of a graph, one role owns all
            path = [*where.path, split(name)[-1]]
            if (before := securables.find(kind.account, securables.KINDS["TASK"], path)) is not None:
                kind.account.access.of(call.context).need("OWNERSHIP", before)


def _check(kind: ObjectType, verb: str, call: Call) -> None:
    rights, words = kind.account.access.of(call.context), securables.source_of(kind.resource)
    looks = kind.looks(verb)
    if words is None or (rights.manages and looks) or (kind.resource in _OF_GRANTS and "grant" in verb):
        return
    if verb == "list":
        if (parent := _securable(kind.parent(call.path))) is not THE_ACCOUNT:
            rights.need_to_see(parent)
    elif verb in _COPIES:
        source = kind.entry(call)
        taken = next((one for one in ("SELECT", "USAGE") if one in words.privileges), "OWNERSHIP")
        rights.need(taken if words.words != "STREAM" else "OWNERSHIP", _securable(source))
        rights.need(f"CREATE {words.words}", _securable(kind.target(call, source)))
    elif verb in _MAKES:
        old = kind.replaced(call) if verb != "undrop" else None
        if verb == "undrop" and (dropped := kind.dropped(call)) is not None:
            rights.need("OWNERSHIP", _securable(dropped))
        if old is None or verb != "create_or_alter":
            _check_maker(rights, words.words, _securable(kind.parent(call.path)))
        if old is not None and (verb == "create_or_alter" or call.query.get("createMode") == "orReplace"):
            _check_owner(rights, verb, old, call)
    elif not {"name", "nameWithArgs"} & call.path.keys():  # such as a service of a job
        rights.need(f"CREATE {words.words}", _securable(kind.parent(call.path)))
    elif (entry := kind.existing(call)) is not None:
        if looks and not _is_oneself(entry, call):
            rights.need_to_see(_securable(entry))
        elif not looks:
            _check_change(rights, verb, entry, call)


def visible(rights: Rights, entry: Entry, call: Call) -> bool:
    """Whether a list has it. Everybody sees all roles."""
    if rights.manages or entry.kind == "role" or _is_oneself(entry, call):
        return True
    return entry.kind not in securables.SOURCES or rights.touches(_securable(entry))


def _check_maker(rights: Rights, words: str, where: Securable) -> None:
    if (privilege := f"CREATE {words}") in securables.PRIVILEGES:
        rights.need(privilege, where)
    elif "ACCOUNTADMIN" not in rights.names:  # who alone makes what nobody can be granted to make
        raise securables.refusal(where)


def _check_change(rights: Rights, verb: str, entry: Entry, call: Call) -> None:
    securable = _securable(entry)
    if verb in ("set_tags", "unset_tags") and rights.may("APPLY TAG", THE_ACCOUNT):
        rights.need_to_reach(securable)
    elif verb == "alter" and not call.body and {*call.context.beyond} == {"PIPE_EXECUTION_PAUSED"}:
        rights.need("OPERATE", securable)
    elif "managed_access" in (call.body or {}):
        rights.need("OWNERSHIP", securable)
    elif (privilege := _OTHERS.get((entry.kind, verb))) is not None:
        rights.need(privilege, securable)
    else:
        _check_owner(rights, verb, entry, call)
    if verb in ("rename", "swap_with"):
        _check_target(rights, verb, entry, call)


def _check_target(rights: Rights, verb: str, entry: Entry, call: Call) -> None:
    """Where something goes must be one's own, too."""
    account = rights.account
    kind = account.kinds[entry.kind]
    parent = kind.target(call, entry)
    if verb == "swap_with":
        other = account.catalog.find(entry.kind, parent.id if parent else 0, canonical(call.query["targetName"]))
        if other is not None:
            rights.need("OWNERSHIP", _securable(other))
    elif (words := securables.source_of(entry.kind)) is not None and (
        words.words in ("DATABASE", "SCHEMA") or (parent is not None and parent.id != entry.parent)
    ):
        rights.need(f"CREATE {words.words}", _securable(parent))


def _check_owner(rights: Rights, verb: str, entry: Entry, call: Call) -> None:
    own = _is_oneself(entry, call) and verb in ("alter", "create_or_alter")
    securable = _securable(entry)
    if own and {*(call.body or {})} <= _OF_ONES_OWN:
        return
    if (entry.kind == "role" or _is_oneself(entry, call)) and not rights.owns(securable):
        raise securables.refusal(securable)  # everybody sees these
    rights.need("OWNERSHIP", securable)


def _is_oneself(entry: Entry, call: Call) -> bool:
    """Whether who asks is the user, and not the owner of what the user has called."""
    return entry.kind == "user" and entry.name == call.context.user and not call.context.fixed


def _securable(entry: Entry | None) -> Securable:
    found = securables.of_entry(entry) if entry is not None else THE_ACCOUNT
    assert found is not None
    return found
