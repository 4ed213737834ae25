"""What no UNDROP brings back any longer leaves the disk: rows, their history, files of stages, what was declared."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .account import Account

BETWEEN = timedelta(hours=1)
"""How often it is looked for, on the account's clock."""


def purge_dropped(account: Account) -> None:
    """Forget what was dropped longer ago than its retention, and all that was in it."""
    catalog, engine = account.catalog, account.engine
    with account.changing, engine.in_one_step(), catalog.transaction():
        gone: set[int] = set()
        for entry in sorted(catalog.dropped(), key=lambda one: len(one.path)):
            kind = account.kinds.get(entry.kind)
            if kind is None or entry.id in gone or not kind.is_lost(entry):
                continue
            for one in (entry, *catalog.below(entry)):
                gone.add(one.id)
                engine.purge(one.kept)
                kind.drop_files(one)
            catalog.remove(entry)
