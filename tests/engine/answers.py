"""Tables of expressions with Snowflake's answers, and how one line of them is checked."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, cast

from snowcore.engine.duckdb.session import DuckSession

Line = tuple[str, Any] | tuple[str, Any, str]
"""An expression (or a whole SELECT), its answer, and the type if it matters. `!` and a code is an error."""


def check(session: DuckSession, line: Line) -> None:
    expression, answer = line[0], line[1]
    sql = expression if expression.lower().startswith(("select", "with")) else f"select {expression}"
    if isinstance(answer, str) and answer.startswith("!"):
        try:
            rows = list(session.execute(sql).rows)
        except Exception as error:
            assert getattr(error, "code", None) == answer[1:], error
            return
        raise AssertionError(f"{expression} is an error {answer[1:]}; it gave {rows}")
    result = session.execute(sql)
    rows = [tuple(row) for row in result.rows]
    kind = result.columns[0].type
    wanted: list[Any] = cast("list[Any]", answer) if isinstance(answer, list) else [answer]
    shown = [row[0] for row in rows]
    assert len(shown) == len(wanted), shown
    for got, want in zip(shown, wanted, strict=True):
        assert _same(got, want, kind), f"{expression}: {got!r}, not {want!r}"
    if len(line) > 2:
        assert kind.startswith(line[2]), f"{expression}: {kind}, not {line[2]}"


def name(line: Line) -> str:
    return line[0]


def _same(got: Any, want: Any, kind: str) -> bool:
    if isinstance(want, float):
        return isinstance(got, float) and abs(got - want) <= 1e-12 * max(1.0, abs(want))
    if (
        kind.partition("(")[0] in ("ARRAY", "OBJECT", "MAP", "VARIANT")
        and isinstance(got, str)
        and isinstance(want, str)
    ):
        return got == want or bool(want[:1] in ("[", "{") and json.loads(got) == json.loads(want))
    if isinstance(want, Decimal) or (isinstance(want, int) and not isinstance(want, bool)):
        return isinstance(got, (int, Decimal)) and not isinstance(got, bool) and got == want
    return type(got) is type(want) and got == want
