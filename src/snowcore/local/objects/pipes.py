"""Pipes: a COPY statement that loads what a stage has, whenever the pipe is refreshed.

No cloud announces files here, so nothing is loaded but by a refresh, which has ended when it answers. A file that its
table has loaded already is left out, as by any COPY. See https://docs.snowflake.com/en/sql-reference/sql/alter-pipe.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlglot import exp

from ...engine.dialect import statements
from ...engine.errors import invalid, unsupported
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, done
from .recorded import Recorded


class Pipes(Recorded):
    resource = what = "pipe"

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        if properties.get("auto_ingest"):
            raise unsupported("AUTO_INGEST, since no cloud announces files; ALTER PIPE … REFRESH loads them")
        _copy_of(properties["copy_statement"])

    def do_refresh(self, call: Call) -> Content:
        """Load what isn't loaded yet, as the pipe's owner. Files with errors are left out, if nothing else is said."""
        entry = self.existing(call)
        if entry is None:
            return done()
        if call.query.get("prefix") or call.query.get("modified_after"):
            raise unsupported("PREFIX and MODIFIED_AFTER of a refresh, which loads all that isn't loaded yet")
        text = str(entry.properties["copy_statement"]).strip().rstrip(";")
        copy = _copy_of(text)
        if not any(one.name.upper() == "ON_ERROR" for one in copy.args.get("params") or ()):
            text += "\nON_ERROR = SKIP_FILE"
        who = Context(role=entry.owner, user="SYSTEM", fixed=True)
        session = self.account.open_session(who, database=entry.path[0], schema=entry.path[1])
        try:
            session.execute(text)
        finally:
            session.close()
        return done()


def _copy_of(text: str) -> exp.Copy:
    """The one statement of a pipe. AccountError for any but a COPY that loads a table."""
    found = statements(text)
    copy: Any = found[0] if len(found) == 1 else None
    table = copy.this.this if isinstance(copy, exp.Copy) and isinstance(copy.this, exp.Schema) else copy and copy.this
    if not isinstance(copy, exp.Copy) or not isinstance(table, exp.Table) or not isinstance(table.this, exp.Identifier):
        raise invalid("A pipe needs a COPY INTO statement that loads a table.", "001003", "42000")
    return copy
