"""The walk: each node of a statement becomes a `Value`, DuckDB's SQL with Snowflake's type, by a table of rules.

A rule is registered for a node's class (`@rule(exp.Add)`), a function for its name (`@function("IFF", 3, 3)`). Both
get what they need from the `Translator`: the values of the parts, the session's names, the columns in reach.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar, cast

import attrs
from sqlglot import exp

from ..errors import (
    EngineError,
    Inconvertible,
    Mistyped,
    compilation,
    dotted,
    invalid_identifier,
    mistyped,
    unsupported,
)
from ..types import NULL, DataType
from .arguments import check_arguments
from .protocol import Name, Names, Variable

if TYPE_CHECKING:
    from .matching import Matching

Constant = str | Decimal | bool | None


class _Unknown:
    pass


_UNKNOWN = _Unknown()


@attrs.frozen
class Value:
    """An expression in DuckDB's SQL, which can be put between any two operators, and its type in Snowflake."""

    sql: str
    type: DataType
    literal: Constant | _Unknown = _UNKNOWN
    """The constant that was written, if it is one."""
    nullable: bool = True
    """False if it is known that it is never NULL, without being a constant."""

    @property
    def is_literal(self) -> bool:
        return not isinstance(self.literal, _Unknown)

    @property
    def is_null(self) -> bool:
        return self.literal is None

    @property
    def may_be_null(self) -> bool:
        return self.nullable and (not self.is_literal or self.is_null)


@attrs.frozen
class Column:
    """A column in reach. sql: how DuckDB's SQL refers to it."""

    name: str
    value: Value


@attrs.frozen
class Source:
    """Something after FROM. name: its alias or its table's name, as Snowflake has it; qualifier: the database and
    schema, if it is a table."""

    name: str
    columns: Sequence[Column]
    qualifier: Sequence[str] = ()
    hidden: frozenset[str] = frozenset()
    """Columns that bare names and `*` take from another source: those of a JOIN's USING."""
    identity: str = ""
    """DuckDB's SQL of a row's identity, if it has one."""


@attrs.define
class Scope:
    """The names that the expressions of one SELECT may use."""

    parent: Scope | None = None
    sources: list[Source] = attrs.field(factory=list[Source])
    aliases: dict[str, exp.Expr | Value] = attrs.field(factory=dict[str, exp.Expr | Value])
    """The SELECT's own aliases: Snowflake lets other clauses, and later columns, use them."""
    open: set[str] = attrs.field(factory=lambda: set())
    """The aliases that are being translated, so that one which names itself means the column."""
    prior: Scope | None = None
    """In CONNECT BY: where PRIOR looks."""
    roots: Scope | None = None
    """After CONNECT BY: where CONNECT_BY_ROOT looks."""
    matching: Matching | None = None
    """In the measures of MATCH_RECOGNIZE: the rows of a match."""
    over: str = ""
    """The window that window functions without one, and aggregates, have here."""
    window: str = ""
    """In conditions of MATCH_RECOGNIZE: what a window with only a frame has before it."""
    defining: bool = False
    """Whether this is a condition of MATCH_RECOGNIZE, in which LAG and LEAD need no window of their own."""
    pseudo: dict[str, Value] = attrs.field(factory=dict[str, Value])
    """LEVEL and the like."""
    home: str = ""
    """What the one thing after FROM is called in DuckDB's SQL, if more columns can be put into it."""
    drawn: dict[str, str] = attrs.field(factory=dict[str, str])
    """Those columns: random values, which must be the same wherever an expression that has them is written out."""


Rule = Callable[["Translator", exp.Expr], Value]
RULES: dict[type, Rule] = {}


@attrs.frozen
class Function:
    """An entry in the table of functions."""

    name: str
    least: int
    most: int | None
    translate: Callable[[Call], Value]
    aggregate: bool = False
    window: bool = False
    named: str = ""
    """What the arguments are called, if they can be given as name => value."""
    options: str = ""
    """The arguments that are given by name alone."""


FUNCTIONS: dict[str, Function] = {}

F = TypeVar("F", bound=Callable[..., Value])


def rule(*kinds: type) -> Callable[[F], F]:
    """Register how nodes of these classes are translated: `(translator, node) -> Value`."""

    def register(translate: F) -> F:
        for kind in kinds:
            RULES[kind] = translate
        return translate

    return register


def function(
    *names: str,
    args: tuple[int, int | None],
    aggregate: bool = False,
    window: bool = False,
    named: str = "",
    options: str = "",
) -> Callable[[F], F]:
    """Register a function of Snowflake's by its names. args: least and most arguments (None: any number)."""

    def register(translate: F) -> F:
        for name in names:
            FUNCTIONS[name] = Function(name, args[0], args[1], translate, aggregate, window, named, options)
        return translate

    return register


@attrs.define
class Call:
    """A call of a function."""

    t: Translator
    name: str
    nodes: Sequence[exp.Expr]
    distinct: bool = False
    order: exp.Order | None = None
    """WITHIN GROUP (ORDER BY …)."""
    over: exp.Window | None = None
    ignore_nulls: bool = False
    named: dict[str, exp.Expr] = attrs.field(factory=dict[str, exp.Expr])
    """Arguments given as name => value, by their names in upper case."""
    position: tuple[int, int] | None = None
    """The line and the column where it was written."""
    _values: dict[int, Value] = attrs.field(factory=dict[int, Value], alias="values")

    def __len__(self) -> int:
        return len(self.nodes)

    def __getitem__(self, index: int) -> Value:
        """An argument's value."""
        if index >= len(self.nodes):
            raise compilation("000938", f"not enough arguments for function [{self.name}]", "22023")
        if index not in self._values:
            self._values[index] = self.t.value(self.nodes[index])
        return self._values[index]

    @property
    def values(self) -> list[Value]:
        return [self[i] for i in range(len(self.nodes))]

    def mistyped(self, name: str = "") -> EngineError:
        """For arguments of types that the function doesn't take. name: of the function, if messages call it so."""
        kinds: list[object] = []
        for i in range(len(self.nodes)):
            try:
                kinds.append("NULL" if self[i].is_null else self[i].type)
            except EngineError:  # a word that is no value: a part of a date
                continue
        return mistyped(name or self.name, kinds, self.position)

    def window(self, frame: str = "") -> str:
        """What follows a call in DuckDB's SQL: ` OVER (…)`, or nothing for a plain aggregate. Append it to the
        aggregate itself, inside of casts.

        frame: DuckDB's frame where none was written; with an ORDER BY it is RANGE from the first row to this one by
        default.
        """
        if self.over is None:
            return self.t.scope.over
        from . import windows

        return windows.over(self.t, self.over, frame)

    @property
    def nulls(self) -> str:
        """IGNORE NULLS, to be written inside of the call's parentheses."""
        return " IGNORE NULLS" if self.ignore_nulls else ""

    def get(self, index: int) -> Value | None:
        """An argument's value, or None if it wasn't given."""
        return self[index] if index < len(self.nodes) else None

    def word(self, index: int) -> str:
        """An argument that is a word or a constant text, in upper case: a date part."""
        node = self.nodes[index]
        if isinstance(node, exp.Column) and not node.table:
            return node.name.upper()
        if isinstance(node, (exp.Var, exp.Literal, exp.Identifier)):
            return node.name.upper()
        value = self[index]
        if isinstance(value.literal, str):
            return value.literal.upper()
        raise unsupported(f"{self.name} with an argument {index + 1} that is no constant")

    def constant(self, index: int, default: str | None = None) -> str | None:
        """A constant text, or the default if the argument wasn't given."""
        if index >= len(self.nodes):
            return default
        value = self[index]
        if value.is_literal and isinstance(value.literal, (str, Decimal)):
            return str(value.literal)
        raise unsupported(f"{self.name} with an argument {index + 1} that is no constant")


@attrs.frozen
class Partitions:
    """A table function that is not in SQL."""

    number: int
    """What it is called by (`code`)."""
    row: str
    """SQL of a row of its arguments."""
    shown: str
    """SQL of its columns, of what it gives, `r`."""


class Translator:
    """Translates one statement."""

    def __init__(self, names: Names, binds: Sequence[DataType] = ()) -> None:
        self.names = names
        self.binds = binds
        self.batch = ""
        """What has a row for each of the values that a bind stands for; empty if it stands for one."""
        self.scope = Scope()
        self.ctes: dict[str, object] = {}
        self.common: list[str] = []
        """DuckDB's SQL of the common tables in reach, for what is asked of DuckDB before the statement runs."""
        self.called: dict[str, str] = {}
        """DuckDB's names of columns, to Snowflake's: for messages."""
        self.marks = False
        """Whether the statement has outer joins of the old kind: `a.id = b.id (+)`."""
        self.changing = False
        """Whether the rows after FROM must keep their identity: in UPDATE, DELETE and MERGE."""
        self.tracing = False
        """Whether every query gives, after its columns, the identity of its rows: for the changes of a view."""
        self.unnested: dict[str, tuple[dict[str, str], str]] = {}
        """SQL of what makes several rows of one (FLATTEN), to the lists that it is made of and what it is called."""
        self.partitions: dict[str, Partitions] = {}
        self.partitioned: dict[str, exp.Window | None] = {}
        """SQL of table functions that are not in SQL, with and without its alias; these are given the rows before them,
        in partitions."""
        self.aggregating = False
        """Whether the SELECT in hand has been seen to aggregate."""
        self._counter = itertools.count(1)
        self._bind = itertools.count(1)
        self._parameters: dict[str, str] = {}
        self._ignore_case: bool | None = None

    # -- names ---------------------------------------------------------------------------------------------------------

    def fresh(self, letter: str = "s") -> str:
        """A name that nothing else in the statement has."""
        return f"{letter}{next(self._counter)}"

    def parameter(self, name: str) -> str:
        if name not in self._parameters:
            self._parameters[name] = self.names.parameter(name)
        return self._parameters[name]

    def canonical(self, node: exp.Expr | str) -> str:
        """A name as the catalog has it."""
        if isinstance(node, str):
            return node.upper()
        if node.args.get("quoted"):
            if self._ignore_case is None:
                self._ignore_case = self.parameter("QUOTED_IDENTIFIERS_IGNORE_CASE").upper() == "TRUE"
            return node.name.upper() if self._ignore_case else node.name
        return node.name.upper()

    def part(self, node: exp.Expr) -> Name:
        return Name(self.canonical(node), bool(node.args.get("quoted")))

    @contextmanager
    def inside(self, scope: Scope) -> Generator[Scope]:
        outer, self.scope = self.scope, scope
        try:
            yield scope
        finally:
            self.scope = outer

    def column(
        self, name: str, table: str | None = None, qualifier: Sequence[str] = (), node: exp.Expr | None = None
    ) -> Value:
        """The column of this name that is nearest. EngineError 000904 if there is none, 002028 if two are equally near.

        node: where it was written, for the message.
        """
        scope: Scope | None = self.scope
        parts = [*qualifier, table, name] if table else [name]
        while scope is not None:
            found = [
                c.value
                for s in scope.sources
                if (table is None and name not in s.hidden)
                or (s.name == table and (not qualifier or tuple(s.qualifier[-len(qualifier) :]) == tuple(qualifier)))
                for c in s.columns
                if c.name == name
            ]
            if len(found) > 1:
                raise compilation("002028", f"ambiguous column name '{dotted(*parts)}'", "42601")
            if found:
                return found[0]
            if table is None:
                if name in scope.pseudo:
                    return scope.pseudo[name]
                alias = scope.aliases.get(name)
                if isinstance(alias, Value):
                    return _of_bearable_size(alias)
                if alias is not None and name not in scope.open:
                    scope.open.add(name)
                    try:
                        with self.inside(scope):
                            value = self.value(alias)
                    finally:
                        scope.open.discard(name)
                    scope.aliases[name] = value
                    return _of_bearable_size(value)
            scope = scope.parent
        raise invalid_identifier(*parts, position=place_of(node))

    def draw(self, sql: str) -> str:
        """SQL of a value that is another one each time: a column of the rows if that can be, so it is drawn once."""
        if not self.scope.home:
            return sql
        name = self.fresh("v")
        self.scope.drawn[name] = sql
        return f"{self.scope.home}.{name}"

    # -- values --------------------------------------------------------------------------------------------------------

    def value(self, node: exp.Expr) -> Value:
        """What an expression is in DuckDB's SQL."""
        translate = RULES.get(type(node))
        if translate is None:
            raise unsupported(f"this expression: {_short(node)}")
        try:
            return translate(self, node)
        except Mistyped:
            kinds = [self.value(part).type for part in (node.this, node.args.get("expression")) if part is not None]
            raise mistyped(_SIGNS.get(type(node), node.key.upper()), kinds) from None

    def shown(self, node: exp.Expr) -> str:
        """An expression as messages have it: columns with the name of their table."""

        def named(part: exp.Expr) -> exp.Expr:
            if not isinstance(part, exp.Column):
                return part
            return exp.Var(this=self.called.get(self.value(part).sql, part.sql(dialect="snowflake").upper()))

        return node.transform(named).sql(dialect="snowflake")

    def variable(self, name: str) -> Variable:
        found = self.names.variable(name)
        if found is None:
            raise compilation("002211", f"Session variable '${name}' does not exist", "02000")
        return found

    def bind(self, index: int | None = None) -> tuple[int, DataType]:
        """The number of the next `?`, or of this one, and its type."""
        number = next(self._bind) if index is None else index
        if number > len(self.binds):
            raise compilation("002049", "Bind variable ? not set.", "42601")
        return number, self.binds[number - 1]

    def call(self, call: Call) -> Value:
        """A call of one of Snowflake's functions, or of a user's."""
        entry = FUNCTIONS.get(call.name)
        if entry is None:
            return self.user_function([Name(call.name)], call)
        if call.named and entry.named:
            call = attrs.evolve(
                call, nodes=[*call.nodes, *(call.named[n] for n in entry.named.split() if n in call.named)]
            )
            call.named = {name: node for name, node in call.named.items() if name not in entry.named.split()}
        count = len(call.nodes)
        if count < entry.least:
            raise compilation(
                "000938",
                f"not enough arguments for function [{_written(call)}], expected {entry.least}, got {count}",
                "22023",
                call.position,
            )
        if entry.most is not None and count > entry.most:
            raise compilation(
                "000939",
                f"too many arguments for function [{_written(call)}] expected {entry.most}, got {count}",
                "22023",
                call.position,
            )
        for name in call.named:
            if name not in entry.options.split():
                raise compilation("001003", f"Function {call.name} has no argument '{name}'.", position=call.position)
        if call.over is not None and not (entry.aggregate or entry.window):
            raise compilation("002074", f"Function {call.name} does not support windows.")
        if call.over is None and entry.window and not entry.aggregate and not self.scope.defining:
            raise compilation("002073", f"Window function {call.name} requires an OVER clause.", "42601")
        if entry.aggregate and call.over is None:
            self.aggregating = True
            if self.scope.matching is not None:
                call = self.scope.matching.aggregate(self, call)
        check_arguments(call)
        try:
            return entry.translate(call)
        except Mistyped:
            raise call.mistyped() from None
        except Inconvertible as error:
            raise Inconvertible(f"{call.name}({', '.join(map(self.shown, call.nodes))})", error.kind) from None

    def user_function(self, parts: Sequence[Name], call: Call) -> Value:
        from .routines import value_of

        found = value_of(self, parts, call)
        if found is None and parts[0].text == "SNOWFLAKE" and len(parts) > 1:
            raise unsupported(f"the function {'.'.join(p.text for p in parts)}")
        if found is None:
            name = ".".join(p.text for p in parts)
            kind = "Unknown function" if len(parts) == 1 else "Unknown user-defined function"
            raise EngineError("002140", "42601", f"SQL compilation error:\n{kind} {name}")
        return found


COMPARISONS: dict[type, str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_SIGNS: dict[type, str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Neg: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.Mod: "%",
    exp.DPipe: "||",
    **COMPARISONS,
}
"""What messages call operators."""


def spread(node: exp.Expr) -> exp.Expr | None:
    """What is spread by `** x`, which sqlglot takes for a product of `*`."""
    return node.expression if isinstance(node, exp.Mul) and isinstance(node.this, exp.Star) else None


def members_of(nodes: Sequence[exp.Expr]) -> list[exp.Expr]:
    """The nodes, with the members of an ARRAY constant in place of `** [a, b]`."""
    found: list[exp.Expr] = []
    for node in nodes:
        inner = spread(node)
        if inner is not None and not isinstance(inner, exp.Array):
            raise unsupported("** of what is no ARRAY constant here")
        found += [node] if inner is None else members_of(inner.expressions)
    return found


def _of_bearable_size(value: Value) -> Value:
    """An alias's value, which is written out wherever the alias stands: doubled again and again, it has no end."""
    if len(value.sql) > _LONGEST:
        raise unsupported("aliases of aliases whose expression grows so long")
    return value


_LONGEST = 100_000


def place_of(node: exp.Expr | None) -> tuple[int, int] | None:
    """The line and the column where an expression begins, as far as its first word was kept."""
    if node is None:
        return None
    words = [node] if "col" in node.meta else list(node.find_all(exp.Identifier))
    first = min((w for w in words if "col" in w.meta), key=lambda n: n.meta["start"], default=None)
    if first is None:
        return None
    meta = first.meta
    return meta["line"], meta["col"] - (meta["end"] - meta["start"] + 1)


def _short(node: exp.Expr) -> str:
    text = str(node.meta.get("text") or node.sql(dialect="snowflake"))
    return text if len(text) <= 60 else text[:57] + "..."


def _written(call: Call) -> str:
    return f"{call.name}({', '.join(n.sql(dialect='snowflake') for n in call.nodes)})"


NULL_VALUE = Value("NULL", NULL, None)


def listed(node: exp.Expr, key: str) -> list[exp.Expr]:
    """The parts of a node under a key; none if it has no such."""
    return cast("list[exp.Expr]", node.args.get(key) or [])


KNOWN: dict[type, frozenset[str]] = {
    exp.Select: frozenset(
        [
            "with_",
            "expressions",
            "distinct",
            "from_",
            "match",
            "laterals",
            "joins",
            "connect",
            "where",
            "group",
            "having",
            "qualify",
            "order",
            "limit",
            "offset",
            "sample",
            "locks",
            "hint",
        ]
    ),
    exp.Table: frozenset(
        ["this", "alias", "catalog", "db", "joins", "pivots", "sample", "when", "changes", "version", "hints"]
    ),
    exp.Subquery: frozenset(
        ["this", "alias", "with_", "joins", "pivots", "sample", "order", "limit", "offset", "match"]
    ),
    exp.With: frozenset(["expressions", "recursive"]),
    exp.CTE: frozenset(["this", "alias", "materialized"]),
    **{
        kind: frozenset(["this", "expression", "distinct", "by_name", "with_", "order", "limit", "offset", "locks"])
        for kind in (exp.Union, exp.Except, exp.Intersect)
    },
    exp.Connect: frozenset(["connect", "start"]),
    exp.Lateral: frozenset(["this", "alias"]),
    exp.Join: frozenset(["this", "on", "side", "kind", "using", "method", "match_condition"]),
    exp.Pivot: frozenset(
        [
            "this",
            "alias",
            "expressions",
            "fields",
            "unpivot",
            "columns",
            "include_nulls",
            "default_on_null",
            "identify_pivot_strings",
            "pivot_column_naming",
            "prefixed_pivot_columns",
            "value_columns_first",
        ]
    ),
    exp.Window: frozenset(["this", "partition_by", "order", "spec", "over"]),
    exp.WindowSpec: frozenset(["kind", "start", "start_side", "end", "end_side"]),
    exp.Group: frozenset(["expressions", "grouping_sets", "cube", "rollup", "all"]),
    exp.Order: frozenset(("expressions",)),
    exp.Ordered: frozenset(["this", "desc", "nulls_first"]),
    exp.Limit: frozenset(["this", "expression", "offset", "limit_options"]),
    exp.Fetch: frozenset(["count", "direction", "limit_options"]),
    exp.TableSample: frozenset(["method", "percent", "rows", "seed", "size"]),
    exp.In: frozenset(["this", "expressions", "query"]),
    exp.Insert: frozenset(["this", "expression", "overwrite", "with_", "is_function", "by_name"]),
    exp.Update: frozenset(["this", "expressions", "from_", "where", "joins"]),
    exp.Delete: frozenset(["this", "using", "where"]),
    exp.Merge: frozenset(["this", "using", "on", "whens"]),
    exp.MultitableInserts: frozenset(["kind", "expressions", "source", "overwrite"]),
}
"""What is translated of the parts that sqlglot knows of a clause."""


def check(node: exp.Expr) -> None:
    """EngineError 000002 if a clause has a part that would be lost."""
    known = KNOWN[type(node)]
    for key, value in node.args.items():
        if value and key not in known:
            raise unsupported(f"{key.strip('_').upper()} of {type(node).__name__.upper()}")


def quote(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
