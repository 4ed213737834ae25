"""MATCH_RECOGNIZE: sequences of rows that follow a pattern.

DuckDB says of each row which symbols' conditions it meets, Python finds the matches in each partition
(`sf_match_rows`), and the measures are aggregates over a match's rows, or windows over them with ALL ROWS PER MATCH.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

import attrs
from sqlglot import exp

from ..errors import compilation, unsupported
from ..types import INTEGER, VARCHAR
from .conditions import condition
from .core import Call, Column, Scope, Source, Translator, Value, function, listed, quote
from .runtime import python
from .windows import WHOLE

# -- patterns ----------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r'\s*(?:"((?:[^"]|"")+)"|([A-Za-z_][\w$]*)|(\{\s*(?!-)(\d*)\s*(,?)\s*(\d*)\s*\})|(\{-|-\}|[()|*+?^$]))'
)
_PERMUTE = re.compile(r"\bPERMUTE\s*\(([^()]*)\)", re.IGNORECASE)
_MOST_PERMUTED = 6

Step = tuple[str, int, int]
"""symbol n x (x is 1 in an exclusion); split a b (a first); jump a; ^ and $, where a partition begins and ends; end."""


class _Pattern:
    """A pattern as steps of a machine that tries one way after the other."""

    def __init__(self, text: str, symbols: Sequence[str]) -> None:
        self.symbols = list(symbols)
        self._tokens = list(self._tokenized(_PERMUTE.sub(_permuted, text)))
        self._at = self._excluded = 0
        self.steps: list[Step] = []
        self._alternatives()
        if self._at != len(self._tokens):
            raise compilation("001003", "syntax error in PATTERN.")
        self.steps.append(("end", 0, 0))

    def _tokenized(self, text: str) -> Iterator[tuple[str, str, re.Match[str]]]:
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                raise unsupported(f"this PATTERN of MATCH_RECOGNIZE: {text.strip()}")
            at = found.end()
            kind = "symbol" if found[1] or found[2] else "times" if found[3] else found[7]
            name = found[1].replace('""', '"') if found[1] else (found[2] or "").upper()
            yield kind, name, found

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _alternatives(self) -> None:
        start = len(self.steps)
        self._sequence()
        ends: list[int] = []
        while self._peek() == "|":
            self._at += 1
            ends.append(len(self.steps) + 1)
            self._insert(start, ("split", start + 1, len(self.steps) + 2))
            self.steps.append(("jump", 0, 0))
            start = len(self.steps)
            self._sequence()
        for end in ends:
            self.steps[end] = ("jump", len(self.steps), 0)

    def _sequence(self) -> None:
        while self._peek() in ("symbol", "(", "{-", "^", "$"):
            self._term()

    def _term(self) -> None:
        start = len(self.steps)
        kind, name, _ = self._tokens[self._at]
        self._at += 1
        if kind in ("^", "$"):
            self.steps.append((kind, 0, 0))
            return
        if kind == "symbol":
            if name not in self.symbols:
                self.symbols.append(name)
            self.steps.append(("symbol", self.symbols.index(name), self._excluded))
        else:
            self._excluded += kind == "{-"
            self._alternatives()
            self._excluded -= kind == "{-"
            if self._peek() != {"(": ")", "{-": "-}"}[kind]:
                raise compilation("001003", "syntax error in PATTERN.")
            self._at += 1
        self._repeated(start)

    def _repeated(self, start: int) -> None:
        kind = self._peek()
        if kind not in ("*", "+", "?", "times"):
            return
        found = self._tokens[self._at][2]
        self._at += 1
        lazy = self._peek() == "?"
        self._at += lazy
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(kind, (0, None))
        if kind == "times":
            least = int(found[4] or 0)
            most = int(found[6]) if found[6] else None if found[5] else least
        body = [self._moved(s, -start) for s in self.steps[start:]]
        del self.steps[start:]
        for _ in range(least):
            self._add(body)
        if most is None:
            at = len(self.steps)
            self.steps.append(("split", 0, 0))
            self._add(body)
            self.steps.append(("jump", at, 0))
            self._choose(at, len(self.steps), lazy)
            return
        choices: list[int] = []
        for _ in range(most - least):
            choices.append(len(self.steps))
            self.steps.append(("split", 0, 0))
            self._add(body)
        for at in choices:
            self._choose(at, len(self.steps), lazy)

    def _choose(self, at: int, end: int, lazy: bool) -> None:
        self.steps[at] = ("split", end, at + 1) if lazy else ("split", at + 1, end)

    def _add(self, body: Sequence[Step]) -> None:
        base = len(self.steps)
        self.steps += [self._moved(s, base) for s in body]

    def _insert(self, at: int, step: Step) -> None:
        tail = [self._moved(s, 1) for s in self.steps[at:]]
        self.steps[at:] = [step, *tail]

    @staticmethod
    def _moved(step: Step, by: int) -> Step:
        return step if step[0] == "symbol" else (step[0], step[1] + by, step[2] + by)


def _permuted(found: re.Match[str]) -> str:
    """`PERMUTE(a, b)` as the patterns that it stands for."""
    names = [one.strip() for one in found[1].split(",")]
    if len(names) > _MOST_PERMUTED:
        raise unsupported(f"PERMUTE of more than {_MOST_PERMUTED} symbols")
    return f"({' | '.join(' '.join(one) for one in permutations(names))})"


def _match(steps: Sequence[Step], masks: Sequence[int], start: int) -> list[tuple[int, int]] | None:
    """The symbols of the rows of the match that begins here, and whether the pattern excludes the row. A state that
    failed once is not tried again, so the time is bounded."""
    tried = set[tuple[int, int]]()
    # A row's symbol, whether it is excluded, and where the trail of the row before it ends.
    trail: list[tuple[int, int, int]] = [(-1, 0, -1)]
    pending: list[tuple[int, int, int]] = [(0, start, 0)]
    while pending:
        at, row, end = pending.pop()
        while (at, row) not in tried:
            tried.add((at, row))
            kind, first, second = steps[at]
            if kind == "end":
                found: list[tuple[int, int]] = []
                while end:
                    symbol, excluded, end = trail[end]
                    found.append((symbol, excluded))
                return found[::-1]
            if kind == "symbol":
                if row >= len(masks) or not masks[row] >> first & 1:
                    break
                trail.append((first, min(second, 1), end))
                at, row, end = at + 1, row + 1, len(trail) - 1
            elif kind == "jump":
                at = first
            elif kind in ("^", "$"):
                if row != (0 if kind == "^" else len(masks)):
                    break
                at += 1
            else:
                pending.append((second, row, end))
                at = first
    return None


_NONE = -1
"""The symbol of a row of which an empty match is told, and of one in no match."""


@python(
    "BIGINT[] VARCHAR VARCHAR VARCHAR VARCHAR",
    "STRUCT(rn BIGINT, m BIGINT, seq BIGINT, sym BIGINT, x BIGINT)[]",
)
def _match_rows(masks: list[int], pattern: str, symbols: str, skip: str, tell: str) -> list[dict[str, int | None]]:
    """The rows of matches. x: 1 for one that is measured but not shown.

    tell: what else is told of, E for empty matches, U for them and rows in no match.
    """
    made = _Pattern(pattern, symbols.split("\x1f"))
    target = made.symbols.index(skip[2:]) if skip[0] in "FL" else _NONE
    rows: list[dict[str, int | None]] = []
    at = number = seen = 0

    def put(place: int, m: int | None, seq: int, sym: int, x: int) -> None:
        rows.append({"rn": place + 1, "m": m, "seq": seq, "sym": sym, "x": x})

    while at < len(masks):
        found = _match(made.steps, masks, at)
        if not found:
            number += found is not None
            if (tell == "U" and at >= seen) or (tell == "E" and found is not None):
                put(at, None if found is None else number, 0, _NONE, 0)
            at += 1
            continue
        number += 1
        for i, (label, excluded) in enumerate(found):
            put(at + i, number, i + 1, label, excluded)
        seen = at + len(found)
        labels = [label for label, _ in found]
        if skip[0] == "N":
            at += 1
        elif target in labels:
            step = labels.index(target) if skip[0] == "F" else len(labels) - 1 - labels[::-1].index(target)
            at += max(step, 1)
        else:
            at += len(labels)
    return rows


# -- the clause --------------------------------------------------------------------------------------------------------


@attrs.frozen
class Matching:
    """The rows of a match, as measures see them."""

    symbols: Sequence[str]
    raw: Scope
    rows: str
    """What DuckDB's SQL calls a row of a match: its columns are m, seq, sym and x."""
    over: str
    """The window of ALL ROWS PER MATCH; empty if a match is one row."""

    def picked(self, kind: str, sql: str, symbol: int | None) -> str:
        """The value in the first or last row, of a symbol's or of all."""
        if self.over:
            chosen = sql if symbol is None else f"CASE WHEN {self.rows}.sym = {symbol} THEN {sql} END"
            nulls = "" if symbol is None else " IGNORE NULLS"
            return f"{kind}_value({chosen}{nulls}){self.over}"
        filtered = "" if symbol is None else f" FILTER (WHERE {self.rows}.sym = {symbol})"
        return f"{kind}({sql} ORDER BY {self.rows}.seq){filtered}"

    def symbol_of(self, t: Translator, node: exp.Expr) -> int | None:
        """The symbol that an expression's columns are qualified by."""
        found = {t.canonical(c.args["table"]) for c in node.find_all(exp.Column) if c.args.get("table")}
        found &= set(self.symbols)
        if len(found) > 1:
            raise compilation("001003", "an expression of MATCH_RECOGNIZE mixes symbols.")
        return self.symbols.index(found.pop()) if found else None

    def aggregate(self, t: Translator, call: Call) -> Call:
        """A call of an aggregate over the rows of the match, or of a symbol."""
        if len(call.nodes) == 1 and isinstance(call.nodes[0], exp.Column) and isinstance(call.nodes[0].this, exp.Star):
            symbol = self.symbols.index(t.canonical(call.nodes[0].args["table"]))
            chosen = Value(f"CASE WHEN {self.rows}.sym = {symbol} THEN 1 END", INTEGER)
            return attrs.evolve(call, nodes=[exp.Literal.number(1)], values={0: chosen})
        values: dict[int, Value] = {}
        for i, node in enumerate(call.nodes):
            if isinstance(node, exp.Star):
                continue
            symbol = self.symbol_of(t, node)
            with t.inside(self.raw):
                value = t.value(node)
            values[i] = (
                value
                if symbol is None
                else Value(f"CASE WHEN {self.rows}.sym = {symbol} THEN {value.sql} END", value.type)
            )
        return attrs.evolve(call, values=values)


def _here(c: Call) -> Matching:
    found = c.t.scope.matching
    if found is None:
        raise compilation("002139", f"{c.name} is known in MATCH_RECOGNIZE alone.", "42601")
    return found


@function("FIRST", "LAST", args=(1, 1))
def _first(c: Call) -> Value:
    match = _here(c)
    symbol = match.symbol_of(c.t, c.nodes[0])
    with c.t.inside(match.raw):
        value = c.t.value(c.nodes[0])
    return Value(match.picked(c.name.lower(), value.sql, symbol), value.type)


@function("MATCH_NUMBER", "MATCH_SEQUENCE_NUMBER", args=(0, 0))
def _match_number(c: Call) -> Value:
    match = _here(c)
    return Value(_number(match) if c.name == "MATCH_NUMBER" else _number(match, "seq"), INTEGER)


def _number(match: Matching, column: str = "m") -> str:
    sql = f"{match.rows}.{column}"
    return f"CAST({sql if match.over else f'max({sql})'} AS DECIMAL(38,0))"


@function("CLASSIFIER", args=(0, 0))
def _classifier(c: Call) -> Value:
    match = _here(c)
    names = " ".join(f"WHEN {i} THEN {quote(name)}" for i, name in enumerate(match.symbols))
    sql = f"CASE {match.rows}.sym {names} END"
    return Value(sql if match.over else match.picked("last", sql, None), VARCHAR)


def match_recognize(t: Translator, sql: str, source: Source, node: exp.Expr) -> tuple[str, Source]:
    """What stands after FROM, as the rows of its matches."""
    from .relations import alias_of, ordered

    rows_words = str(node.args["rows"].name if node.args.get("rows") else "ONE ROW PER MATCH").upper()
    every = rows_words.startswith("ALL ROWS")
    tell = "" if not every or "OMIT" in rows_words else "U" if "UNMATCHED" in rows_words else "E"
    pattern = node.args["pattern"].name
    defined = {t.canonical(d.args["alias"]): d.this for d in listed(node, "define")}
    symbols = _Pattern(pattern, list(defined)).symbols
    base, rows, all_rows, out = t.fresh(), t.fresh(), t.fresh(), t.fresh()
    with t.inside(Scope(parent=t.scope.parent, sources=[source])):
        by = [t.value(n) for n in listed(node, "partition_by")]
        order = node.args.get("order")
        keys = [ordered(t, i, t.value(i.this)) for i in order.expressions] if order is not None else []
        partition = f"PARTITION BY {', '.join(v.sql for v in by)}" if by else ""
        window = f"{partition}{' ORDER BY ' + ', '.join(keys) if keys else ''}".strip()
        masks = _masks(t, source, symbols, defined, window)
    groups = f"dense_rank() OVER (ORDER BY {', '.join(v.sql for v in by)})" if by else "1"
    columns = [f"{c.value.sql} AS k{i}" for i, c in enumerate(source.columns, 1)]
    place = f"{groups} AS pid, row_number() OVER ({window}) AS rn, {masks} AS mask"
    numbered = f"SELECT {', '.join([*columns, place])} FROM {sql}"
    words = quote("\x1f".join(symbols))
    found = (
        f"sf_match_rows(list(mask ORDER BY rn), {quote(pattern)}, {words}, {quote(_skip(t, node, symbols))}, '{tell}')"
    )
    per_group = f"SELECT pid, unnest({found}) AS u FROM {all_rows} GROUP BY pid"
    matches = f"SELECT pid, u.rn AS rn, u.m AS m, u.seq AS seq, u.sym AS sym, u.x AS x FROM ({per_group})"
    joined = f"{all_rows} AS {base} JOIN ({matches}) AS {rows} ON {base}.pid = {rows}.pid AND {base}.rn = {rows}.rn"
    raw = [Column(c.name, Value(f"{base}.k{i}", c.value.type)) for i, c in enumerate(source.columns, 1)]
    over = f" OVER (PARTITION BY {base}.pid, {rows}.m ORDER BY {rows}.seq{{}})" if every else ""
    inner = Scope(parent=t.scope.parent, sources=[Source(source.name, raw), *(Source(s, raw) for s in symbols)])
    for symbol_source in inner.sources[1:]:
        inner.sources[inner.sources.index(symbol_source)] = attrs.evolve(
            symbol_source, hidden=frozenset(c.name for c in raw)
        )
    running = Matching(symbols, inner, rows, over.format(""))
    final = Matching(symbols, inner, rows, over.format(f" {WHOLE}"))
    shown: list[tuple[str, Value]] = []
    if every:
        shown += [(c.name, c.value) for c in raw]
    else:
        moved = {c.value.sql: r for c, r in zip(source.columns, raw, strict=True)}
        shown += [
            (moved[v.sql].name, Value(f"any_value({moved[v.sql].value.sql})", v.type)) for v in by if v.sql in moved
        ]
    for measure in listed(node, "measures"):
        one = measure.this
        matching = final if str(measure.args.get("window_frame") or "").upper() == "FINAL" else running
        with t.inside(_measured(source, raw, matching, every)):
            name = t.canonical(one.args["alias"]) if isinstance(one, exp.Alias) else one.sql().upper()
            value = t.value(one.this if isinstance(one, exp.Alias) else one)
        if tell and value.sql != _number(running):
            value = Value(f"CASE WHEN {rows}.sym <> {_NONE} THEN {value.sql} END", value.type)
        shown.append((name, value))
    selected = ", ".join(f"{v.sql} AS c{i}" for i, (_, v) in enumerate(shown, 1))
    sorting = [f"{base}.pid", f"{base}.rn", f"{rows}.m"] if tell == "U" else [f"{base}.pid", f"{rows}.m", f"{rows}.seq"]
    last = (
        f" ORDER BY {', '.join(sorting)}" if every else f" GROUP BY {base}.pid, {rows}.m ORDER BY {base}.pid, {rows}.m"
    )
    text = f"SELECT {selected}{f', {rows}.x AS x' if every else ''} FROM {joined}{last}"
    if every:
        text = f"SELECT * FROM ({text}) WHERE x = 0"
    text = f"WITH {all_rows} AS MATERIALIZED ({numbered}) {text}"
    name, _ = alias_of(t, node)
    made = [Column(n, Value(f"{out}.c{i}", v.type)) for i, (n, v) in enumerate(shown, 1)]
    return f"({text}) AS {out}", Source(name or source.name, made)


def _measured(source: Source, raw: Sequence[Column], matching: Matching, every: bool) -> Scope:
    """The scope of measures: a bare column is that of the last row, of the match or of the symbol; with ALL ROWS, of
    the row itself."""
    plain = [
        Column(c.name, c.value if every else Value(matching.picked("last", c.value.sql, None), c.value.type))
        for c in raw
    ]
    hidden = frozenset(c.name for c in raw)
    of_symbols = [
        Source(
            s, [Column(c.name, Value(matching.picked("last", c.value.sql, i), c.value.type)) for c in raw], (), hidden
        )
        for i, s in enumerate(matching.symbols)
    ]
    return Scope(sources=[Source(source.name, plain), *of_symbols], matching=matching, over=matching.over)


_NOT_IN_DEFINE = {"FIRST", "LAST", "CLASSIFIER", "MATCH_NUMBER", "SUM", "AVG", "COUNT", "MIN", "MAX"}


def _masks(t: Translator, source: Source, symbols: Sequence[str], defined: dict[str, exp.Expr], window: str) -> str:
    """SQL of a number whose bits say which symbols' conditions a row meets."""
    parts: list[str] = []
    hidden = frozenset(c.name for c in source.columns)
    scope = Scope(
        sources=[source, *(Source(s, source.columns, (), hidden) for s in symbols)],
        over=f" OVER ({window})",
        window=window,
        defining=True,
    )
    for i, symbol in enumerate(symbols):
        if symbol not in defined:
            parts.append(str(1 << i))
            continue
        for call in defined[symbol].find_all(exp.Anonymous):
            framed = isinstance(call.parent, exp.Window) and call.parent.args.get("spec") is not None
            if not framed and call.name.upper() in _NOT_IN_DEFINE:
                raise unsupported(f"{call.name.upper()} in DEFINE of MATCH_RECOGNIZE")
        for column in defined[symbol].find_all(exp.Column):
            table = column.args.get("table")
            if table is not None and t.canonical(table) in symbols and t.canonical(table) != symbol:
                raise unsupported("another symbol's rows in DEFINE of MATCH_RECOGNIZE")
        with t.inside(scope):
            parts.append(f"CASE WHEN {condition(t, defined[symbol])} THEN {1 << i} ELSE 0 END")
    return "CAST(" + " + ".join(parts) + " AS BIGINT)"


def _skip(t: Translator, node: exp.Expr, symbols: Sequence[str]) -> str:
    """AFTER MATCH SKIP: P past the last row, N to the next, F or L and a symbol to its first or last row."""
    words = str(node.args["after"].name if node.args.get("after") else "").upper()
    if not words or "PAST LAST ROW" in words:
        return "P"
    if "TO NEXT ROW" in words:
        return "N"
    found = re.search(r"SKIP\s+TO\s+(FIRST\s+|LAST\s+)?(\S+)", words)
    if found is None or found[2].strip('"') not in symbols:
        raise compilation("001003", f"syntax error: {words}")
    return ("F:" if (found[1] or "").startswith("FIRST") else "L:") + found[2].strip('"')
