"""EXPLAIN: the steps that a query says, in Snowflake's operators, from the result back to the tables.

Nothing is optimised here, so the steps are those of the text. A table counts as one partition.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from sqlglot import Expr, exp

from ...engine.errors import unsupported
from ...engine.names import shown
from ...engine.protocol import Result
from .reader import Reader
from .results import TEXT, WHOLE, table

if TYPE_CHECKING:
    from . import SqlSession

_SCANNED = {"partitionsTotal": 1, "partitionsAssigned": 1, "bytesAssigned": 0}
_TITLES = "step id parentOperators operation objects alias expressions"


def explain(session: SqlSession, reader: Reader) -> Result:
    form = reader.word() if reader.take("USING") else "TABULAR"
    plan = _Plan(session, reader.rest())
    if form in ("JSON", "TEXT"):
        return table([("content", TEXT)], [(plan.as_json() if form == "JSON" else plan.as_text(),)])
    if form != "TABULAR":
        raise unsupported(f"EXPLAIN USING {form}")
    titles, steps = [*_TITLES.split(), *_SCANNED], [{"operation": "GlobalStats", **plan.total}, *plan.steps]
    rows = [[_cell(step.get(title)) for title in titles] for step in steps]
    return table([(title, WHOLE if title in ("step", "id", *_SCANNED) else TEXT) for title in titles], rows)


def _cell(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    said = cast("list[Any]", value)
    return str(said) if said and isinstance(said[0], int) else ", ".join(said) or None


def explained(session: SqlSession, text: str) -> str:
    """What SYSTEM$EXPLAIN_PLAN_JSON gives."""
    return _Plan(session, text).as_json()


class _Plan:
    def __init__(self, session: SqlSession, text: str) -> None:
        self.steps: list[dict[str, Any]] = []
        self._session = session
        self._aggregates = {name for name, _, _, aggregate in session.engine.functions() if aggregate}
        query: Any = session.engine.parse(text)
        if not isinstance(query, exp.Query):
            raise unsupported("EXPLAIN of anything but a query")
        found = session.describe(text).columns  # which is refused if the query would be
        self._query(query, self._add("Result", None, *(column.name for column in found)), {})

    @property
    def total(self) -> dict[str, int]:
        count = sum("objects" in step for step in self.steps)
        return {key: count * one for key, one in _SCANNED.items()}

    def as_json(self) -> str:
        steps = [{key: one for key, one in step.items() if key != "step"} for step in self.steps]
        return json.dumps({"GlobalStats": self.total, "Operations": [steps]})

    def as_text(self) -> str:
        lines = ["GlobalStats:", *(f"\t{key}={one}" for key, one in self.total.items()), "Operations:"]
        depths: list[int] = []
        for step in self.steps:
            above: int = step["parentOperators"][0] if depths else 0
            depths.append(1 + depths[above] if depths else 0)
            said = [step["operation"], *step.get("objects", ()), ", ".join(step["expressions"])]
            said += [f"{{{', '.join(f'{key}={one}' for key, one in _SCANNED.items())}}}"] if "objects" in step else []
            lines.append(f"1:{step['id']}     {'     ' * depths[-1]}->{'  '.join(filter(None, said))}")
        return "\n".join(lines) + "\n"

    def _add(self, operation: str, parent: int | None, *said: Any, **more: Any) -> int:
        """A step's number."""
        texts = [one.sql(dialect="snowflake") if isinstance(one, Expr) else str(one) for one in said]
        step: dict[str, Any] = {"step": 1, "id": len(self.steps), "operation": operation, "expressions": texts}
        self.steps.append(step | ({"parentOperators": [parent]} if parent is not None else {}) | more)
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
            for operation, said in self._chain(node):
                parent = self._add(operation, parent, *said) if said else parent
            self._sources(node, parent, known)

    def _chain(self, node: Any) -> list[tuple[str, list[Any]]]:
        """What a SELECT does to what it reads, the last first."""
        conditions = [node.args.get(key) for key in ("qualify", "having", "where")]
        own = [one for one in node.find_all(exp.Anonymous, exp.Window) if one.parent_select is node]
        windows = [one for one in own if isinstance(one, exp.Window)]
        plain = [one for one in own if one not in windows and not isinstance(one.parent, exp.Window)]
        group: Any = node.args.get("group")
        keys = [*(group.expressions if group else ()), *(one for one in plain if one.name.upper() in self._aggregates)]
        filters: list[tuple[str, list[Any]]] = [("Filter", [one.this] if one else []) for one in conditions]
        return [filters[0], ("WindowFunction", windows), filters[1], ("Aggregate", keys), filters[2]]

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
            alias = {"alias": node.alias} if node.alias else {}
            self._add("TableScan", parent, objects=[whole], **alias, **_SCANNED)
