"""EXPLAIN: the steps that a query says, in Snowflake's operators, from the result back to the tables.

Nothing is optimised here, so the steps are those of the text. A table counts as one partition.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import Expr, exp

from ...engine.translate.core import FUNCTIONS
from ..engine import Result
from ..errors import unsupported
from ..names import shown
from .reader import Reader
from .results import TEXT, WHOLE, table

if TYPE_CHECKING:
    from . import SqlSession

_TITLES = "step,id,parentOperators,operation,objects,alias,expressions,partitionsTotal,partitionsAssigned,bytesAssigned"
_NUMBERS = ("step", "id", "partitionsTotal", "partitionsAssigned", "bytesAssigned")


@attrs.frozen
class Step:
    id: int
    parent: int | None
    operation: str
    expressions: tuple[str, ...] = ()
    object: str | None = None
    alias: str | None = None


def explain(session: SqlSession, reader: Reader) -> Result:
    form = "TABULAR"
    if reader.take("USING"):
        form = reader.word()
    plan = _Plan(session, reader.rest())
    if form in ("JSON", "TEXT"):
        return table([("content", TEXT)], [(plan.as_json() if form == "JSON" else plan.as_text(),)])
    if form != "TABULAR":
        raise unsupported(f"EXPLAIN USING {form}")
    rows: list[tuple[Any, ...]] = [(None, None, None, "GlobalStats", None, None, None, plan.scanned, plan.scanned, 0)]
    for step in plan.steps:
        parents = None if step.parent is None else f"[{step.parent}]"
        counts = (1, 1, 0) if step.object else (None, None, None)
        said = ", ".join(step.expressions) or None
        rows.append((1, step.id, parents, step.operation, step.object, step.alias, said, *counts))
    return table([(title, WHOLE if title in _NUMBERS else TEXT) for title in _TITLES.split(",")], rows)


def explained(session: SqlSession, text: str) -> str:
    """What SYSTEM$EXPLAIN_PLAN_JSON gives."""
    return _Plan(session, text).as_json()


class _Plan:
    def __init__(self, session: SqlSession, text: str) -> None:
        self.steps: list[Step] = []
        self._session = session
        query: Any = session.engine.parse(text)
        if not isinstance(query, exp.Query):
            raise unsupported("EXPLAIN of anything but a query")
        columns = session.describe(text).columns  # which is refused if the query would be
        self._query(query, self._add("Result", None, *(column.name for column in columns)), {})

    @property
    def scanned(self) -> int:
        return sum(step.object is not None for step in self.steps)

    def as_json(self) -> str:
        counts: dict[str, Any] = {"partitionsTotal": self.scanned, "partitionsAssigned": self.scanned}
        operations: list[dict[str, Any]] = []
        for step in self.steps:
            said: dict[str, Any] = {"id": step.id, "operation": step.operation, "expressions": step.expressions}
            said |= {"parentOperators": [step.parent]} if step.parent is not None else {}
            if step.object is not None:
                said |= {"objects": [step.object], "partitionsTotal": 1, "partitionsAssigned": 1, "bytesAssigned": 0}
            operations.append(said | ({"alias": step.alias} if step.alias else {}))
        return json.dumps({"GlobalStats": {**counts, "bytesAssigned": 0}, "Operations": [operations]})

    def as_text(self) -> str:
        lines = ["GlobalStats:", f"\tpartitionsTotal={self.scanned}", f"\tpartitionsAssigned={self.scanned}"]
        lines += ["\tbytesAssigned=0", "Operations:"]
        depths: list[int] = []
        for step in self.steps:
            depths.append(0 if step.parent is None else depths[step.parent] + 1)
            said = "  ".join(filter(None, (step.object, ", ".join(step.expressions))))
            counts = "  {partitionsTotal=1, partitionsAssigned=1, bytesAssigned=0}" if step.object else ""
            lines.append(f"1:{step.id}     {'     ' * depths[-1]}->{step.operation}  {said}{counts}".rstrip())
        return "\n".join(lines) + "\n"

    def _add(self, operation: str, parent: int | None, *said: Any, **more: Any) -> int:
        texts = tuple(one.sql(dialect="snowflake") if isinstance(one, Expr) else str(one) for one in said)
        self.steps.append(Step(len(self.steps), parent, operation, texts, **more))
        return len(self.steps) - 1

    def _query(self, node: Any, parent: int, known: Mapping[str, Any]) -> None:
        """The steps below one. known: the queries that WITH has named."""
        named: Any = node.args.get("with_")
        known = {**known, **{one.alias.upper(): one.this for one in (named.expressions if named else ())}}
        order, limit = node.args.get("order"), node.args.get("limit")
        if order or limit:
            operation = "SortWithLimit" if order and limit else "Sort" if order else "Limit"
            ends = [limit.expression] if limit else []
            parent = self._add(operation, parent, *(order.expressions if order else ()), *ends)
        if isinstance(node, exp.Subquery):
            self._query(node.this, parent, known)
        elif isinstance(node, exp.SetOperation):
            parent = self._add("UnionAll" if isinstance(node, exp.Union) else type(node).__name__, parent)
            self._query(node.this, parent, known)
            self._query(node.expression, parent, known)
        else:
            for operation, said in _chain(node):
                parent = self._add(operation, parent, *said) if said else parent
            self._sources(node, parent, known)

    def _sources(self, node: Any, parent: int, known: Mapping[str, Any]) -> None:
        origin: Any = node.args.get("from_")
        if origin is None:
            self._add("Generator", parent, 1)
            return
        for join in reversed(node.args.get("joins") or ()):
            on = join.args.get("on")
            kind = f"{join.side or join.kind or 'inner'}".title()
            name = f"{kind}Join" if on or join.args.get("using") else "CartesianJoin"
            parent = self._add(name, parent, *([on] if on else []))
            self._source(join.this, parent, known)
        self._source(origin.this, parent, known)

    def _source(self, node: Any, parent: int, known: Mapping[str, Any]) -> None:
        if isinstance(node, exp.Subquery):
            self._query(node, parent, known)
        elif not isinstance(node, exp.Table) or not isinstance(node.this, exp.Identifier):
            self._add("TableFunction", parent, node)
        elif not node.db and node.name.upper() in known:
            self._query(known[node.name.upper()], self._add("WithReference", parent, node.name.upper()), known)
        else:
            parts = [one.name if one.args.get("quoted") else one.name.upper() for one in node.parts]
            above = [self._session.database, self._session.schema][: 3 - len(parts)]
            whole = ".".join(shown(part) for part in (*above, *parts) if part)
            self._add("TableScan", parent, object=whole, alias=node.alias or None)


def _chain(node: Any) -> list[tuple[str, list[Any]]]:
    """What a SELECT does to what it reads, the last first."""
    conditions = {
        name: [node.args[name].this] if node.args.get(name) else [] for name in ("qualify", "having", "where")
    }
    group: Any = node.args.get("group")
    calls = [one for one in node.find_all(exp.Anonymous) if one.parent_select is node]
    aggregates = [one for one in calls if _is_aggregate(one) and not isinstance(one.parent, exp.Window)]
    return [
        ("Filter", conditions["qualify"]),
        ("WindowFunction", [one for one in node.find_all(exp.Window) if one.parent_select is node]),
        ("Filter", conditions["having"]),
        ("Aggregate", [*(group.expressions if group else ()), *aggregates]),
        ("Filter", conditions["where"]),
    ]


def _is_aggregate(call: Any) -> bool:
    found = FUNCTIONS.get(call.name.upper())
    return found is not None and found.aggregate
