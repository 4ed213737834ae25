"""Secrets, and the external access integrations that allow them to code. What a secret keeps is told to nobody but the
functions and procedures that name it; it lies in the catalog's file, which only the account's user can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from snowcore._names import quote_literal

from ...engine.errors import invalid
from ...engine.names import canonical, shown, split
from ..account.calls import Call
from ..account.catalog import Entry
from ..account.secrets import VALUES, values_of
from . import securables
from .base import Content, full, within
from .recorded import Recorded, is_secret

if TYPE_CHECKING:
    from ..account.account import Account
    from .access import Rights

_INTEGRATION = "external-access-integration"
_ALLOWED = "ALLOWED_AUTHENTICATION_SECRETS"


class Secrets(Recorded):
    resource = what = "secret"
    cloned = True

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        return {VALUES: query.get(VALUES, {})}

    def born(self, entry: Entry, source: Entry | None, at: Any = None) -> None:
        if source is not None:
            self.set_state(entry, **{VALUES: source.state.get(VALUES, {})})

    def do_create(self, call: Call) -> Content:
        return super().do_create(attrs.evolve(call, query={**call.query, VALUES: self._secret(call.body, {})}))

    def do_alter(self, call: Call) -> Content:
        with self.account.changing:
            answer, entry = super().do_alter(call), self.existing(call)
            given = self._secret(call.body, entry.properties) if entry is not None else {}
            if entry is not None and given:
                self.set_state(entry, **{VALUES: {**entry.state.get(VALUES, {}), **given}})
        return answer

    def _secret(self, body: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, str]:
        """What of a body is secret. kept: what the object says already, such as its type."""
        schema = self.document.resolve(self.document.verbs["create"].body or {})
        known = self.document.properties(schema, {**kept, **body})
        return {name: body[name] for name in body if is_secret(self.document.resolve(known.get(name, {})))}


def qualified(config: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
    """What a routine says of its language, with the whole names of its secrets, which are in its own schema unless
    they say otherwise."""
    if not config.get("secrets"):
        return dict(config)
    named = {name: full(within(text, (*place, ""))) for name, text in config["secrets"].items()}
    return {**config, "secrets": named}


def check(account: Account, rights: Rights, config: Mapping[str, Any]) -> None:
    """AccountError if a routine may not have its integrations and secrets: they aren't there, who makes it has no
    privilege on them, or no integration allows the secret."""
    allowed: list[tuple[str, ...]] = []
    for name in config.get("external_access_integrations") or ():
        path = (canonical(name),)
        rights.need("USAGE", securables.need(account, securables.KINDS["INTEGRATION"], path))
        properties = account.kinds[_INTEGRATION].need_at(path).properties
        if not properties.get("enabled"):
            raise invalid(f"External access integration {shown(path[0])} is not enabled.")
        allowed += [tuple(split(one)) for one in properties.get(_ALLOWED.lower()) or ()]
    for path in _paths(config).values():
        _read(account, rights, path)
        need_allowed(path, allowed, "any of the external access integrations")


def need_allowed(path: tuple[str, ...], allowed: Iterable[tuple[str, ...]], by: str) -> None:
    """AccountError unless a secret is among those that are allowed, by their names, whole or not, or all are."""
    if not any(one == ("ALL",) or (one and path[-len(one) :] == one) for one in allowed):
        raise invalid(f"Secret {full(path)} is not allowed by {by}.")


def lent(account: Account, rights: Rights, config: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What code may read of its secrets, by the names that it uses. rights: of the code's owner."""
    return {name: _read(account, rights, path) for name, path in _paths(config).items()}


def _paths(config: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    named: Mapping[str, str] = config.get("secrets") or {}
    return {name: tuple(split(text)) for name, text in named.items()}


def _read(account: Account, rights: Rights, path: tuple[str, ...]) -> dict[str, str]:
    """A secret's type and values. AccountError without READ or USAGE on it."""
    securable = securables.need(account, securables.KINDS["SECRET"], path)
    if not rights.may("USAGE", securable):
        rights.need("READ", securable)
    entry = account.kinds["secret"].need_at(path)
    told = {"type": str(entry.properties["type"])} if "type" in entry.properties else {}
    return {**told, **values_of(entry)}


def written(config: Mapping[str, Any]) -> list[str]:
    """The lines of a definition that say which integrations and secrets code has."""
    lines: list[str] = []
    if integrations := config.get("external_access_integrations"):
        lines.append(f"EXTERNAL_ACCESS_INTEGRATIONS = ({', '.join(map(shown, map(canonical, integrations)))})")
    if secrets := config.get("secrets"):
        lines.append(f"SECRETS = ({', '.join(f'{quote_literal(name)} = {text}' for name, text in secrets.items())})")
    return lines
