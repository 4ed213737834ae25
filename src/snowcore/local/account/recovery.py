"""What happens on opening: the engine is made to have what the catalog says, whenever the last process ended.

What is alive in the catalog and missing in the engine was on its way (see `objects.base`), and comes back from its kept
key. What the engine has and the catalog doesn't, SQL has made, and its record was lost before anybody was told: it is
recorded now.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ...engine.errors import AccountError
from ...engine.protocol import TablePath
from .catalog import NEW

if TYPE_CHECKING:
    from .account import Account
    from .catalog import Entry

_log = logging.getLogger("snowcore")


def recover(account: Account) -> None:
    catalog, engine = account.catalog, account.engine
    if catalog.next_id() == 1 and engine.databases():
        _log.error("The account's catalog is lost: what is in its databases is recorded anew, without declarations")
        catalog.skip_ids()
    for resource in ("database", "schema", "table", "stream", "dynamic-table", "event-table", "external-table"):
        engine.purge(f"{resource}_{catalog.next_id()}")  # what was made aside and never recorded
    _settle(account, "database", None, set(engine.databases()))
    for database in catalog.children(0, "database"):
        _settle(account, "schema", database, {*engine.schemas(database.name), "INFORMATION_SCHEMA"})
        for schema in catalog.children(database.id, "schema"):
            if schema.name != "INFORMATION_SCHEMA":
                _settle(account, "table", schema, set(engine.tables(database.name, schema.name)))
                for kind in ("dynamic-table", "event-table", "external-table"):
                    _settle(account, kind, schema, set(engine.of_resource(kind, database.name, schema.name)))
                _settle(account, "stream", schema, set(engine.streams(database.name, schema.name)))
    for stage in catalog.select("o.kind = 'stage'"):
        engine.adopt_stage(TablePath(*stage.path), stage.created_on, stage.id)


def _settle(account: Account, resource: str, parent: Entry | None, real: set[str]) -> None:
    kind, parent_id = account.kinds[resource], parent.id if parent else 0
    known = account.catalog.children(parent_id, resource)
    for entry in known:
        if entry.name not in real:
            try:
                kind.bring_back(entry.kept, entry.path)
                _log.warning("%s %s was on its way and is back", kind.what, ".".join(entry.path))
            except AccountError as error:
                _log.error("%s %s is lost: %s", kind.what, ".".join(entry.path), error)
                account.catalog.remove(entry)
    for name in sorted(real - {entry.name for entry in known}):
        _log.warning("%s %s was made by a statement that didn't end", kind.what, name)
        if name.startswith(NEW):
            kind.put_away((*(parent.path if parent else ()), name), "unfinished")
            account.engine.purge("unfinished")
        else:
            kind.adopt(parent, name)
