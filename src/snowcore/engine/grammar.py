"""What sqlglot's parser takes and Snowflake refuses: the grammar of other databases, and words that are reserved.

What the parser's tables can leave out is left out of them; `check` looks at the rest, in the tree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import Expr, exp

from .errors import EngineError, syntax

_KEYWORDS = """
?:: &< &> == |> <=> #> #>> <-> <<->> && ?? ~~~ ~~ ~~* ~* -|- ANALYZE CACHE DIV DISTRIBUTE_BY GLOB ISNULL KILL LOAD LOCK
NOTNULL OPTIMIZE OVERLAPS PRAGMA PREPARE SETTINGS SIMILAR_TO SORT_BY SQL_SECURITY STRAIGHT_JOIN UNCACHE UNKNOWN VACUUM
XOR
"""
NO_KEYWORDS = frozenset(word.replace("_", " ") for word in _KEYWORDS.split())
"""Operators and words that mean something to sqlglot alone."""
CONSTRAINTS = (
    *("AUTOINCREMENT", "COLLATE", "COMMENT", "DEFAULT", "FOREIGN KEY", "IDENTITY", "MASKING", "NOT", "NULL"),
    *("PRIMARY KEY", "PROJECTION", "REFERENCES", "TAG", "UNIQUE", "WITH"),
)
"""What a column may be, beside its type."""
PROPERTIES = (
    *(
        "ALLOWED_VALUES",
        "CLUSTER BY",
        "COMMENT",
        "COPY",
        "CREDENTIALS",
        "DYNAMIC",
        "EXTERNAL",
        "FILE_FORMAT",
    ),
    *("HYBRID", "ICEBERG", "LIKE", "MATERIALIZED", "ROW", "SECURE", "TAG", "TEMP", "TEMPORARY"),
    *("TRANSIENT", "USING", "WITH"),
)
"""What is said of an object, beside `NAME = value`."""

STATEMENTS = ("ANALYZE", "CACHE", "DECLARE", "KILL", "LOAD", "PIVOT", "PRAGMA", "REFRESH", "UNCACHE", "UNPIVOT")
"""Statements of others, by the token that they begin with."""
UNREAD = ("AGGREGATION", "CLONE", "COMMENT", "CONTACT", "COPY", "JOIN", "ROW", "STORAGE", "TAG", "WITH")
"""What may stand in CREATE of a table, view or sequence where sqlglot reads no further."""
CLAUSES = ("PREWHERE", "WINDOW", "LOCK", "USING", "CLUSTER_BY", "DISTRIBUTE_BY", "SORT_BY")
"""Clauses of a query that only others have."""

_PARTS: dict[type[Expr], str] = {
    exp.Insert: "alternative by_name conflict returning default partition where is_function stored source settings"
    " with_",
    exp.Update: "returning order limit with_",
    exp.Delete: "tables returning order limit cluster with_",
    exp.Merge: "returning with_",
    exp.Select: "kind operation_modifiers into settings format options exclude",
    exp.Table: "only partition hints rows_from ordinality",
    exp.Lateral: "cross_apply view",
    exp.CTE: "key_expressions",
    exp.Distinct: "on",
    exp.Group: "rollup cube totals grouping_sets",
    exp.Limit: "expressions limit_options",
    exp.ColumnDef: "position",
    exp.Rollback: "savepoint",
    exp.Commit: "chain",
    exp.LimitOptions: "percent with_ties",
    exp.Union: "kind side on",
    exp.Create: "unique refresh indexes no_schema_binding begin clustered concurrently",
    exp.Join: "global",
    exp.In: "unnest field is_global",
    exp.Cast: "format default",
    exp.TryCast: "format default",
    exp.TableSample: "bucket_numerator bucket_denominator bucket_field",
    exp.PrimaryKeyColumnConstraint: "desc",
}
"""Parts that a node of Snowflake's never has."""
_NODES = (
    *(exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor, exp.BitwiseNot, exp.BitwiseLeftShift, exp.BitwiseRightShift),
    *(exp.CharacterSetColumnConstraint, exp.RowFormatDelimitedProperty, exp.RowFormatSerdeProperty),
    *(exp.WithDataProperty, exp.OnConflict, exp.Concat, exp.InOutColumnConstraint),
)
"""What no statement of Snowflake's has. A Concat is two texts with nothing between them."""
_ELEMENTS = (exp.ColumnDef, exp.Constraint, exp.PrimaryKey, exp.ForeignKey, exp.UniqueColumnConstraint, exp.Index)
"""What stands in the parentheses of CREATE TABLE; names alone are the columns of a query."""

_WORDS = """
ALL ALTER AND ANY AS BETWEEN BY CHECK COLUMN CONNECT CREATE CURRENT DELETE DISTINCT DROP ELSE EXISTS FOLLOWING FOR FROM
GRANT GROUP HAVING ILIKE IN INSERT INTERSECT INTO IS LIKE MINUS NOT NULL OF ON OR ORDER QUALIFY REGEXP REVOKE RLIKE ROW
ROWS SAMPLE SELECT SET SOME START TABLE TABLESAMPLE THEN TO TRIGGER UNION UNIQUE UPDATE VALUES WHENEVER WHERE WITH
"""
RESERVED = frozenset(_WORDS.split())
"""Words that are no names, unless in quotes: https://docs.snowflake.com/en/sql-reference/reserved-keywords."""


def check(statement: Expr) -> None:
    """EngineError 001003 for what no statement of Snowflake's has."""
    for node in statement.walk():
        kind: Any = type(node)
        for part in _PARTS.get(kind, "").split():
            if node.args.get(part):
                raise _unexpected(part.strip("_").replace("_", " "))
        if kind is exp.Identifier:
            if not node.args.get("quoted") and node.this.upper() in RESERVED and not _orders_by_all(node):
                raise _unexpected(node.this, node.meta)
        elif kind in _NODES or ((of := _OWN.get(kind)) is not None and of(node)):
            first: Any = next((one for one in node.find_all(exp.Identifier) if "line" in one.meta), None)
            raise _unexpected(first.this, first.meta) if first is not None else _unexpected(_word(node))


_BARE = {exp.DType.INT, exp.DType.BIGINT, exp.DType.SMALLINT, exp.DType.TINYINT, exp.DType.BOOLEAN, exp.DType.DATE}
"""Types that have no precision."""


def _word(node: Expr) -> str:
    return node.sql("snowflake") if isinstance(node, (exp.DataType, exp.SchemaCommentProperty)) else node.key


def _orders_by_all(identifier: Expr) -> bool:
    return identifier.this.upper() == "ALL" and isinstance(getattr(identifier.parent, "parent", None), exp.Ordered)


_ANY = (exp.Property, exp.SchemaCommentProperty, exp.TemporaryProperty)
_SAID: dict[str, tuple[type[Expr], ...]] = {
    "TABLE": (
        *(exp.TransientProperty, exp.HybridProperty, exp.IcebergProperty, exp.ClusterProperty, exp.CopyGrantsProperty),
        *(exp.Tags, exp.RowAccessProperty, exp.LikeProperty, exp.UsingTemplateProperty, exp.Cluster),
    ),
    "VIEW": (
        *(exp.SecureProperty, exp.MaterializedProperty, exp.CopyGrantsProperty, exp.Tags, exp.RowAccessProperty),
        *(exp.ClusterProperty, exp.Cluster),
    ),
    "SEQUENCE": (exp.SequenceProperties,),
    "FILE FORMAT": (),
}
"""What may be said of these kinds, beside `NAME = value`, comments, and that they are the session's."""


def _made_wrong(node: Expr) -> bool:
    """Whether a CREATE says what its kind hasn't."""
    kind = str(node.args.get("kind")).upper()
    if kind not in _SAID:
        return False
    properties: Any = node.args.get("properties")
    said: list[Any] = properties.expressions if properties else []
    classes: set[Any] = {type(one) for one in said}
    if not classes <= {*_ANY, *_SAID[kind]} or (kind == "SEQUENCE" and exp.TemporaryProperty in classes):
        return True
    elements: list[Any] = node.this.expressions if isinstance(node.this, exp.Schema) else []
    made_of = [node.expression, node.args.get("clone"), *(one for one in said if isinstance(one, _MODELS))]
    if kind == "TABLE":
        known = _ELEMENTS if exp.HybridProperty in classes else _ELEMENTS[:-1]
        return sum(map(bool, made_of)) > 1 or not all(
            isinstance(one, (*known, exp.Identifier, exp.Column)) for one in elements
        )
    if kind == "VIEW":
        clustered = bool(classes & {exp.ClusterProperty, exp.Cluster}) and exp.MaterializedProperty not in classes
        return clustered or not all(map(_is_of_view, elements))
    return bool(elements) or node.expression is not None


_MODELS = (exp.LikeProperty, exp.UsingTemplateProperty)


def _is_of_view(column: Any) -> bool:
    """A view's column has a name, and perhaps a comment, tags and policies."""
    if isinstance(column, exp.ColumnDef):
        return column.args.get("kind") is None and all(isinstance(one.kind, _OF_VIEW) for one in column.constraints)
    return isinstance(column, (exp.Identifier, exp.Column))


_OF_VIEW = (
    *(exp.CommentColumnConstraint, exp.MaskingPolicyColumnConstraint, exp.ProjectionPolicyColumnConstraint),
    exp.Tags,
)


def _does_nothing(node: Expr) -> bool:
    """Whether a branch of MERGE is none of Snowflake's: DO NOTHING, INSERT *, UPDATE SET *, INSERT ROW."""
    then: Any = node.args.get("then")
    if isinstance(then, exp.Var):
        return then.name.upper() != "DELETE"
    what: Any = then.this if isinstance(then, exp.Insert) else then.args.get("expressions")
    what = what[0] if isinstance(what, list) and what else what  # pyright: ignore[reportUnknownVariableType]
    return isinstance(what, exp.Var) or (isinstance(what, exp.Star) and "by_name" not in what.meta)


_OWN: dict[Any, Callable[[Expr], bool]] = {
    exp.Create: _made_wrong,
    exp.When: _does_nothing,
    exp.HistoricalData: lambda node: not (node.args.get("kind") and isinstance(node.args.get("expression"), Expr)),
    exp.MatchRecognize: lambda node: not all(isinstance(one, exp.Alias) for one in node.args.get("define") or ()),
    exp.Update: lambda node: (
        isinstance(node.this, exp.Table)  # in MERGE there is none
        and (bool(node.this.args.get("joins")) or not all(isinstance(one.this, exp.Column) for one in node.expressions))
    ),
    exp.Join: lambda node: node.args.get("kind") in ("SEMI", "ANTI") or node.args.get("method") == "POSITIONAL",
    exp.CTE: lambda node: node.args.get("materialized") is not None,
    exp.Group: lambda node: node.args.get("all") is False,
    exp.Lock: lambda node: not node.args.get("update") or node.args.get("wait") is False,
    exp.Except: lambda node: not node.args.get("distinct"),
    exp.Intersect: lambda node: not node.args.get("distinct"),
    exp.Alias: lambda node: isinstance(node.args["alias"], exp.Placeholder),
    exp.DataType: lambda node: bool(node.expressions) and node.this in _BARE,
    exp.SchemaCommentProperty: lambda node: not (isinstance(node.this, exp.Literal) and node.this.is_string),
    exp.Transaction: lambda node: any(not one.upper().startswith("NAME ") for one in node.args.get("modes") or ()),
    exp.RowAccessProperty: lambda node: not isinstance(node.this, (exp.Identifier, exp.Column, exp.Dot, exp.Table)),
    exp.ForeignKey: lambda node: not node.args.get("reference"),
    exp.Order: lambda node: isinstance(node.parent, exp.Anonymous),
}
"""Whether a node is one that Snowflake doesn't take."""


def _unexpected(what: str, place: dict[str, Any] | None = None) -> EngineError:
    if place and "line" in place:
        return syntax(f"syntax error line {place['line']} at position {place['col'] - len(what)} unexpected '{what}'.")
    return syntax(f"syntax error: unexpected '{what.upper()}'.")
