"""Pipes: a COPY statement that loads what a stage has, whenever the pipe is refreshed.

No cloud announces files here, so nothing is loaded but by a refresh, which has ended when it answers. A pipe loads a
file once, by its name; what COPY by hand has loaded it doesn't know, nor the other way round. A refresh looks at files
of the last seven days. See https://docs.snowflake.com/en/sql-reference/sql/alter-pipe.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ...engine.errors import invalid, unsupported
from ...engine.late import late
from ...engine.protocol import PipeLoad
from ..account.calls import Call, Context
from ..account.catalog import Entry, stamp
from .base import Content, done
from .recorded import Recorded

if TYPE_CHECKING:
    from sqlglot import expressions as exp

    from ...engine import dialect
else:
    late(globals(), "...engine.dialect", exp="sqlglot.expressions")


class Pipes(Recorded):
    resource = what = "pipe"

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        if properties.get("auto_ingest"):
            raise unsupported("AUTO_INGEST, since no cloud announces files; ALTER PIPE … REFRESH loads them")
        _copy_of(properties["copy_statement"])

    def do_create(self, call: Call) -> Content:
        """Who makes it must be allowed to load the table from the stage, as the pipe will."""
        if (schema := self.parent(call.path)) is not None:
            text = call.body["copy_statement"]
            table = _copy_of(text).find(exp.Table)
            with self.account.open_session(call.context, database=schema.path[0], schema=schema.name) as session:
                session.describe(text)
                session.describe(f"SELECT 1 FROM {table.sql(dialect=dialect.DIALECT) if table is not None else ''}")
        return super().do_create(call)

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        copy = _copy_of(entry.properties["copy_statement"])
        found = [one for one in copy.args.get("params") or () if one.name.upper() == "PATTERN"]
        return {"pattern": found[0].args["expression"].name} if found else {}

    def do_refresh(self, call: Call) -> Content:
        self.do_load(call)
        return done()

    def do_load(self, call: Call) -> Content:
        """Load what isn't loaded yet, as the pipe's owner. Files with errors are left out, if nothing else is said."""
        entry = self.existing(call)
        if entry is None:
            return {"files": []}
        if entry.properties.get(_PAUSED):
            raise unsupported("a refresh of a pipe whose PIPE_EXECUTION_PAUSED is TRUE")
        oldest = time.time() - _DAYS * 86_400
        after = _moment(call.query.get("modified_after"))
        if after is not None and after.timestamp() < oldest - 60:
            raise invalid(f"Invalid value of 'modified_after': {after} is more than {_DAYS} days ago.")
        text = str(entry.properties["copy_statement"]).strip().rstrip(";")
        copy = _copy_of(text)
        if not any(one.name.upper() == "ON_ERROR" for one in copy.args.get("params") or ()):
            text += "\nON_ERROR = SKIP_FILE"
        who = Context(role=entry.owner, user="SYSTEM", fixed=True)
        since = after or datetime.fromtimestamp(oldest, UTC)
        with self.account.open_session(who, database=entry.path[0], schema=entry.path[1]) as session:
            session.engine.pipe = PipeLoad(entry.id, call.query.get("prefix") or "", since)
            loaded = session.execute(text)
        files = [row[0] for row in loaded.rows] if len(loaded.columns) > 1 else []
        if files:
            last = {"lastIngestedTimestamp": stamp(self.account.clock()), "lastIngestedFilePath": files[-1]}
            self.set_state(self.catalog.get(entry.id), **last)
        return {"files": files}

    def do_status(self, call: Call) -> Content:
        """What SYSTEM$PIPE_STATUS tells."""
        entry = self.entry(call)
        state = "PAUSED" if entry.properties.get(_PAUSED) else "RUNNING"
        told = {name: value for name, value in entry.state.items() if name.startswith("lastIngested")}
        return {"executionState": state, "pendingFileCount": 0, **told}


_PAUSED = "PIPE_EXECUTION_PAUSED"
_DAYS = 7
"""How old files may be that a refresh loads."""


def _moment(written: str | None) -> datetime | None:
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise invalid(f"Invalid value of 'modified_after': '{written}' is no timestamp.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _copy_of(text: str) -> exp.Copy:
    """The one statement of a pipe. AccountError for any but a COPY that loads a table."""
    found = dialect.statements(text)
    copy: Any = found[0] if len(found) == 1 else None
    table = copy.this.this if isinstance(copy, exp.Copy) and isinstance(copy.this, exp.Schema) else copy and copy.this
    if not isinstance(copy, exp.Copy) or not isinstance(table, exp.Table) or not isinstance(table.this, exp.Identifier):
        raise invalid("A pipe needs a COPY INTO statement that loads a table.", "001003", "42000")
    return copy
