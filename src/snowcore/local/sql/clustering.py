"""SYSTEM$CLUSTERING_INFORMATION: how the rows of a table lie by some keys. A table counts as one partition, as
in EXPLAIN.

See https://docs.snowflake.com/en/sql-reference/functions/system_clustering_information.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from ...engine.dialect import DIALECT
from ...engine.errors import missing, syntax
from ...engine.names import qualified, shown, split
from .kinds import TABLE, place, table_path
from .tables import described

if TYPE_CHECKING:
    from . import SqlSession


_KEYS = {"expressions", "distinct"}
"""What a query has that is made of keys alone."""


def clustering_information(session: SqlSession, name: str, keys: str | None = None) -> str:
    """keys: `(a, f(b))`; those of the table if there are none, or if it is the number of errors to tell."""
    path = table_path(place(session, TABLE, split(name), "SYSTEM$CLUSTERING_INFORMATION"))
    _, said = described(session, path)
    if session.account.engine.find_made("view", path) is not None:
        raise missing("table", shown(path.name))
    if keys is None or keys.isdigit():
        keys = f"({', '.join(said.get('cluster_by') or ())})"
    inner = keys.strip().removeprefix("(").removesuffix(")")
    query: Any = session.engine.parse(f"SELECT DISTINCT {inner}") if inner else None
    if not isinstance(query, exp.Select) or {part for part, is_said in query.args.items() if is_said} > _KEYS:
        raise syntax(f"Invalid clustering keys or table {shown(path.name)} is not clustered")
    whole = exp.to_table(qualified(path.database, path.schema, path.name), dialect="snowflake")
    values = len(session.engine.execute(query.copy().from_(whole).limit(2)).rows)
    for identifier in query.find_all(exp.Identifier):
        if not identifier.args.get("quoted"):
            identifier.set("this", identifier.name.upper())
    partitions = min(values, 1)
    depths = [0, partitions, *[0] * 15]
    told: dict[str, Any] = {
        "cluster_by_keys": f"LINEAR({', '.join(key.sql(dialect=DIALECT) for key in query.expressions)})",
        "total_partition_count": partitions,
        "total_constant_partition_count": int(values == 1),
        "average_overlaps": 0.0,
        "average_depth": float(partitions),
        "partition_depth_histogram": {f"{depth:05}": count for depth, count in enumerate(depths)},
        "clustering_errors": [],
    }
    return json.dumps(told, indent=2, separators=(",", " : "))
