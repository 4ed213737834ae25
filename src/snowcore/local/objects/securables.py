"""What privileges are granted on: the kinds of objects with their privileges, and how an object of each is found.

For a new kind add a line to `_KINDS`. See
https://docs.snowflake.com/en/user-guide/security-access-control-privileges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from ...engine.errors import AccountError, missing
from ...engine.names import shown
from ...engine.protocol import Made, TablePath
from ..account.catalog import Entry
from ..account.grants import ACCOUNT
from .kept import INTEGRATIONS

if TYPE_CHECKING:
    from ..account.account import Account


EVERYWHERE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "MANAGE WAREHOUSES": {"WAREHOUSE": ("MODIFY", "MONITOR", "OPERATE")},
    "MONITOR EXECUTION": dict.fromkeys(("TASK", "PIPE", "ALERT", "DYNAMIC TABLE"), ("MONITOR",)),
    "MONITOR USAGE": dict.fromkeys(("DATABASE", "WAREHOUSE"), ("MONITOR",)),
    **{
        f"APPLY {policy}": {policy: ("APPLY",), "TABLE": (), "VIEW": ()}
        for policy in ("MASKING POLICY", "ROW ACCESS POLICY")
    },
    **{f"APPLY {kind}": {kind: ("APPLY",)} for kind in ("TAG", "PASSWORD POLICY", "SESSION POLICY")},
    "APPLY AUTHENTICATION POLICY": {"AUTHENTICATION POLICY": ("APPLY",)},
}
"""Privileges on the account that are privileges on all objects of some kinds, or let one look at these."""


@attrs.frozen
class SecurableKind:
    words: str
    """As SQL calls it, such as `FILE FORMAT`."""
    sources: tuple[str, ...]
    """The resources of the catalog; in capitals what the engine calls it, for what only the engine has."""
    depth: int
    """0 for what is in the account, 1 in a database, 2 in a schema."""
    privileges: tuple[str, ...]

    @property
    def plural(self) -> str:
        return f"{self.words[:-1]}IES" if self.words.endswith("Y") else f"{self.words}S"


@attrs.frozen
class Securable:
    """An object that privileges can be on."""

    kind: SecurableKind
    id: int
    """As `Grants` calls it."""
    path: tuple[str, ...] = ()
    owner: str = ""
    """A role's name; empty for what nobody owns."""
    created_on: str = ""

    @property
    def name(self) -> str:
        """The whole name, as SQL writes it."""
        if self.kind.words in ("FUNCTION", "PROCEDURE"):
            name, _, types = self.path[2].partition("(")
            return f"{'.'.join(map(shown, (*self.path[:2], name)))}({types.replace(',', ', ')}"
        return ".".join(map(shown, self.path))


_IN_ACCOUNT = (
    "APPLICATION,APPLICATION PACKAGE,COMPUTE POOL,DATABASE,EXTERNAL VOLUME,FAILOVER GROUP,INTEGRATION,NETWORK POLICY,"
    "REPLICATION GROUP,ROLE,SHARE,USER,WAREHOUSE,ACCOUNT,DATA EXCHANGE LISTING,CREDENTIAL"
)
_IN_SCHEMA = (
    "AGENT,AGGREGATION POLICY,ALERT,AUTHENTICATION POLICY,CORTEX SEARCH SERVICE,DATA METRIC FUNCTION,DATASET,"
    "DBT PROJECT,DYNAMIC TABLE,EVENT TABLE,EXTERNAL TABLE,FILE FORMAT,FUNCTION,GIT REPOSITORY,HYBRID TABLE,"
    "ICEBERG TABLE,IMAGE REPOSITORY,MASKING POLICY,MATERIALIZED VIEW,MODEL,NETWORK RULE,NOTEBOOK,PACKAGES POLICY,"
    "PASSWORD POLICY,PIPE,PRIVACY POLICY,PROCEDURE,PROJECTION POLICY,ROW ACCESS POLICY,SECRET,SEMANTIC VIEW,SEQUENCE,"
    "SERVICE,SESSION POLICY,SNAPSHOT,STAGE,STREAM,STREAMLIT,TABLE,TAG,TASK,TEMPORARY TABLE,VIEW"
)
_POLICIES = (
    "AGGREGATION POLICY,AUTHENTICATION POLICY,MASKING POLICY,PACKAGES POLICY,PASSWORD POLICY,"
    "PROJECTION POLICY,ROW ACCESS POLICY,SESSION POLICY,TAG"
)


def _each(verb: str, words: str) -> str:
    return ",".join(f"{verb} {one}" for one in words.split(","))


_READ = "DELETE,EVOLVE SCHEMA,INSERT,REFERENCES,SELECT,TRUNCATE,UPDATE"
_KINDS = f"""
ACCOUNT | | 0 | {_each("CREATE", _IN_ACCOUNT)},{_each("APPLY", _POLICIES)},ATTACH POLICY,AUDIT,BIND SERVICE ENDPOINT,
    EXECUTE ALERT,EXECUTE DATA METRIC FUNCTION,EXECUTE MANAGED ALERT,EXECUTE MANAGED TASK,EXECUTE TASK,IMPORT SHARE,
    MANAGE ACCOUNT SUPPORT CASES,MANAGE EVENT SHARING,MANAGE GRANTS,MANAGE LISTING AUTO FULFILLMENT,
    MANAGE ORGANIZATION SUPPORT CASES,MANAGE USER SUPPORT CASES,MANAGE WAREHOUSES,MODIFY LOG LEVEL,
    MODIFY SESSION LOG LEVEL,MODIFY SESSION TRACE LEVEL,MODIFY TRACE LEVEL,MONITOR EXECUTION,MONITOR SECURITY,
    MONITOR USAGE,OVERRIDE SHARE RESTRICTIONS,PURCHASE DATA EXCHANGE LISTING,RESOLVE ALL
DATABASE | database | 0 | APPLYBUDGET,CREATE DATABASE ROLE,CREATE SCHEMA,MODIFY,MONITOR,REFERENCE_USAGE,USAGE
SCHEMA | schema | 1 | ADD SEARCH OPTIMIZATION,APPLYBUDGET,{_each("CREATE", _IN_SCHEMA)},MODIFY,MONITOR,USAGE
TABLE | table | 2 | APPLYBUDGET,{_READ}
VIEW | VIEW | 2 | {_READ}
SEQUENCE | SEQUENCE | 2 | USAGE
FILE FORMAT | FILE FORMAT | 2 | USAGE
STAGE | stage | 2 | READ,USAGE,WRITE
FUNCTION | user-defined-function,function | 2 | USAGE
PROCEDURE | procedure | 2 | USAGE
TASK | task | 2 | APPLYBUDGET,MONITOR,OPERATE
STREAM | stream | 2 | SELECT
PIPE | pipe | 2 | APPLYBUDGET,MONITOR,OPERATE
ALERT | alert | 2 | MONITOR,OPERATE
DYNAMIC TABLE | dynamic-table | 2 | MONITOR,OPERATE,SELECT
EVENT TABLE | event-table | 2 | {_READ}
EXTERNAL TABLE | external-table | 2 | REFERENCES,SELECT
HYBRID TABLE | | 2 | {_READ}
ICEBERG TABLE | iceberg-table | 2 | {_READ}
MATERIALIZED VIEW | | 2 | REFERENCES,SELECT
TAG | tag | 2 | APPLY,READ
MASKING POLICY | MASKING POLICY | 2 | APPLY
ROW ACCESS POLICY | ROW ACCESS POLICY | 2 | APPLY
AGGREGATION POLICY | | 2 | APPLY
AUTHENTICATION POLICY | authentication-policy | 2 | APPLY
PACKAGES POLICY | packages-policy | 2 | USAGE
PASSWORD POLICY | password-policy | 2 | APPLY
PROJECTION POLICY | | 2 | APPLY
SESSION POLICY | session-policy | 2 | APPLY
SECRET | secret | 2 | READ,USAGE
NETWORK RULE | network-rule | 2 | USAGE
SERVICE | service | 2 | MONITOR,OPERATE,USAGE
CORTEX SEARCH SERVICE | cortex-search-service | 2 | MONITOR,OPERATE,USAGE
IMAGE REPOSITORY | image-repository | 2 | READ,WRITE
GIT REPOSITORY | git-repository | 2 | READ,WRITE
DATA METRIC FUNCTION | | 2 | USAGE
DATASET | | 2 | USAGE
MODEL | | 2 | READ,USAGE
NOTEBOOK | notebook | 2 | USAGE
STREAMLIT | streamlit | 2 | USAGE
WAREHOUSE | warehouse | 0 | APPLYBUDGET,MODIFY,MONITOR,OPERATE,USAGE
COMPUTE POOL | compute-pool | 0 | APPLYBUDGET,MODIFY,MONITOR,OPERATE,USAGE
INTEGRATION | {",".join(INTEGRATIONS)} | 0 | USAGE,USE_ANY_ROLE
RESOURCE MONITOR | resource-monitor | 0 | MODIFY,MONITOR
SHARE | share | 0 |
SEMANTIC VIEW | semantic-view | 2 | REFERENCES,SELECT
EXTERNAL VOLUME | external-volume | 0 | USAGE
NETWORK POLICY | network-policy | 0 | USAGE
USER | user | 0 | IMPERSONATE,MONITOR
ROLE | role | 0 | USAGE
DATABASE ROLE | database-role | 1 | USAGE
"""


def _kind(written: str) -> SecurableKind:
    words, sources, depth, privileges = (part.strip() for part in written.split("|"))
    found = tuple(sorted(one.strip() for one in privileges.split(",")))
    return SecurableKind(words, tuple(sources.split(",")) if sources else (), int(depth), found)


KINDS = {kind.words: kind for kind in map(_kind, _KINDS.strip().replace("\n    ", " ").splitlines())}
PRIVILEGES = {"ALL", "ALL PRIVILEGES", "OWNERSHIP", *(one for kind in KINDS.values() for one in kind.privileges)}
_OF_SOURCE = {source: kind for kind in KINDS.values() for source in kind.sources}
SOURCES = _OF_SOURCE.keys()
_TABLES = ("TABLE", "VIEW", "DYNAMIC TABLE", "EVENT TABLE", "EXTERNAL TABLE", "ICEBERG TABLE", "STREAM")
LIKE_TABLES = tuple(KINDS[words] for words in _TABLES)
"""What shares its names, and is read as a table is."""
THE_ACCOUNT = Securable(KINDS["ACCOUNT"], ACCOUNT)


def of_entry(entry: Entry) -> Securable | None:
    """An object of the catalog; None if nothing is granted on its kind."""
    kind = _OF_SOURCE.get(entry.kind)
    return Securable(kind, entry.id, entry.path, entry.owner, entry.created_on) if kind else None


def source_of(source: str) -> SecurableKind | None:
    """The kind of what the catalog, or in capitals the engine, calls so."""
    return _OF_SOURCE.get(source)


def of_made(made: Made) -> Securable:
    path = attrs.astuple(made.path)
    return Securable(_OF_SOURCE[made.kind.upper()], -made.id, path, made.owner, made.created_on)


def find(account: Account, kind: SecurableKind, path: Sequence[str]) -> Securable | None:
    """The object of this whole canonical name."""
    if kind.words == "ACCOUNT":
        return THE_ACCOUNT
    for source in kind.sources:
        if source.isupper():
            made = account.engine.find_made(source.lower(), TablePath(*path))
            if made is not None:
                return of_made(made)
        elif (entry := _entry(account, source, path)) is not None:
            return of_entry(entry)
    return None


def need(account: Account, kind: SecurableKind, path: Sequence[str]) -> Securable:
    """AccountError 002003 if there is no such object, or not what it shall be in."""
    return need_first(account, [kind], path)


def need_first(account: Account, kinds: Sequence[SecurableKind], path: Sequence[str]) -> Securable:
    """The object of the first kind that has one of this name."""
    kind = kinds[0]
    if kind.depth > 0 and _entry(account, "database", path[:1]) is None:
        raise missing("database", shown(path[0]))
    if kind.depth > 1 and _entry(account, "schema", path[:2]) is None:
        raise missing("schema", ".".join(map(shown, path[:2])))
    found = next(filter(None, (find(account, one, path) for one in kinds)), None)
    if found is None:
        raise missing(kind.words.lower(), ".".join(map(shown, path)))
    return found


def _entry(account: Account, resource: str, path: Sequence[str]) -> Entry | None:
    found: Entry | None = None
    if resource not in account.kinds:
        return None
    kind = account.kinds[resource]
    for above, name in zip((*kind.above, kind.kept_as), path, strict=True):
        found = account.catalog.find(above, found.id if found else 0, name)
        if found is None:
            return None
    return found


def inside(account: Account, kind: SecurableKind, scope: Securable) -> list[Securable]:
    """All objects of a kind in a database or schema, but for INFORMATION_SCHEMA, which nobody is granted."""
    found = [one for one in every(account, kind) if one.path[: len(scope.path)] == scope.path]
    return [one for one in found if one.path[1:] != ("INFORMATION_SCHEMA",)]


def every(account: Account, kind: SecurableKind) -> Iterator[Securable]:
    """All objects of a kind."""
    for source in kind.sources:
        if source.isupper():
            yield from map(of_made, account.engine.made(source.lower()))
        else:
            yield from filter(None, map(of_entry, account.catalog.all(source)))


def containers(account: Account, securable: Securable) -> list[Securable]:
    """The database and the schema that an object is in."""
    kinds = (KINDS["DATABASE"], KINDS["SCHEMA"])[: securable.kind.depth]
    return [need(account, kind, securable.path[:depth]) for depth, kind in enumerate(kinds, 1)]


def by_id(account: Account, kind: SecurableKind, id_: int) -> Securable | None:
    """The object that a grant is on; None if it was dropped, or what it is in."""
    if id_ == ACCOUNT:
        return THE_ACCOUNT
    if id_ < 0:
        made = (one for one in account.engine.made(kind.words.lower()) if one.id == -id_)
        return next(map(of_made, made), None)
    found = account.catalog.select("o.id = ? AND p.dropped_on IS NULL AND g.dropped_on IS NULL", id_)
    return of_entry(found[0]) if found else None


def kind_of(words: str) -> SecurableKind | None:
    """A kind by its words in the singular or plural, such as `FILE_FORMATS` or `table`."""
    told = words.upper().replace("_", " ").replace("-", " ")
    if told == "ACCOUNT ROLE":
        told = "ROLE"
    return KINDS.get(told) or next((kind for kind in KINDS.values() if kind.plural == told), None)


def refusal(securable: Securable) -> AccountError:
    """For who sees an object and may not do what was asked."""
    name = securable.path[-1] if securable.path else "LOCAL"
    text = f"SQL access control error:\nInsufficient privileges to operate on {securable.kind.words.lower()} '{name}'."
    return AccountError(403, "003001", "42501", text)
