"""What a materialized view may be made of. Its rows are worked out when it is read, and so are always those of the
present. See https://docs.snowflake.com/en/user-guide/views-materialized.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlglot import exp

from ..errors import EngineError, compilation
from ..names import shown
from ..translate.translating import FUNCTIONS
from . import keys
from .names import parts_of

if TYPE_CHECKING:
    from .session import DuckSession

_AGGREGATES = """
APPROX_COUNT_DISTINCT AVG BITAND_AGG BIT_AND_AGG BITOR_AGG BIT_OR_AGG BITXOR_AGG BIT_XOR_AGG COUNT COUNT_IF HLL
HLL_ACCUMULATE HLL_COMBINE MAX MIN STDDEV STDDEV_POP STDDEV_SAMP SUM VARIANCE VARIANCE_POP VARIANCE_SAMP VAR_POP
VAR_SAMP
"""
_CHANGING = """
CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP GETDATE LOCALTIME LOCALTIMESTAMP SYSDATE SYSTIMESTAMP CURRENT_USER
CURRENT_ROLE CURRENT_SESSION CURRENT_DATABASE CURRENT_SCHEMA CURRENT_WAREHOUSE CURRENT_STATEMENT CURRENT_TRANSACTION
RANDOM RANDSTR UNIFORM NORMAL ZIPF UUID_STRING SEQ1 SEQ2 SEQ4 SEQ8
"""
"""What gives another value another time."""
_PARTS = {
    exp.Window: "Window functions",
    exp.Having: "HAVING",
    exp.Order: "ORDER BY",
    exp.Limit: "LIMIT",
    exp.Fetch: "LIMIT",
    exp.SetOperation: "Set operators",
    exp.CTE: "WITH",
    exp.Rollup: "ROLLUP",
    exp.Cube: "CUBE",
    exp.GroupingSets: "GROUPING SETS",
    exp.Lateral: "Table functions",
}


def check(session: DuckSession, query: Any) -> None:
    """EngineError 002212 if Snowflake makes no materialized view of a query."""
    for part, words in _PARTS.items():
        if query.find(part):
            raise _invalid(f"{words} in the view definition")
    tables = list(query.find_all(exp.Table))
    if len(tables) > 1 or query.find(exp.Join):
        raise _invalid("More than one table referenced in the view definition")
    if len(list(query.find_all(exp.Select))) > 2:
        raise _invalid("Nested subqueries in the view definition")
    _check_table(session, tables[0] if tables else None)
    for call in query.find_all(exp.Anonymous):
        _check_call(call)
    _check_keys(query)


def _invalid(why: str) -> EngineError:
    return compilation("002212", f"Invalid materialized view definition. {why}", "42601")


def _check_table(session: DuckSession, table: Any) -> None:
    if table is None or not isinstance(table.this, exp.Identifier):
        raise _invalid("'VALUES' should be a table.")
    path = session.path(parts_of(table), "CREATE VIEW")
    found = session.find(path)
    if found is not None and keys.are_held(found):
        raise keys.refused("MATERIALIZED VIEW")
    if found is not None and (
        found.kind != "table" or found.resource != "table" or ("table", path) in session.temporary
    ):
        raise _invalid(f"'{shown(path[2])}' should be a table.")


def _check_call(call: exp.Anonymous) -> None:
    name = call.name.upper()
    known = FUNCTIONS.get(name)
    if known is None:
        raise _invalid(f"User-defined function {name} in the view definition")
    if name in _CHANGING.split():
        raise _invalid(f"Function {name} is not deterministic")
    if known.aggregate and name not in _AGGREGATES.split():
        raise _invalid(f"Aggregate function {name} in the view definition")
    if known.aggregate and call.find(exp.Distinct):
        raise _invalid("DISTINCT in an aggregate function")
    if known.aggregate and any(
        (inner := FUNCTIONS.get(one.name.upper())) is not None and inner.aggregate
        for one in call.find_all(exp.Anonymous)
        if one is not call
    ):
        raise _invalid("Nested aggregate functions")


def _check_keys(query: Any) -> None:
    """What is grouped by is to be shown."""
    group: Any = query.args.get("group")
    if query.is_star:
        return
    seen = {column.name.upper() for one in query.selects for column in one.find_all(exp.Column)}
    seen |= {one.alias.upper() for one in query.selects}
    for key in group.expressions if group else ():
        if isinstance(key, exp.Column) and key.name.upper() not in seen:
            raise _invalid(f"The GROUP BY key {key.name} is not in the SELECT list")
