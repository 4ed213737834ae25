"""What SQL declares of a table, as REST's Table says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from snowcore._names import quote_identifier

from ...engine.dialect import DIALECT
from ...engine.errors import compilation, syntax, unsupported
from ...engine.names import shown

Facts = dict[str, Any]


def of_create(statement: exp.Create) -> Facts:
    """What a CREATE TABLE says."""
    facts: Facts = {}
    properties: Any = statement.args.get("properties")
    for one in properties.expressions if properties else ():
        if isinstance(one, exp.SchemaCommentProperty):
            facts["comment"] = one.this.name
        elif isinstance(one, exp.TransientProperty):
            facts["kind"] = "TRANSIENT"
        elif isinstance(one, (exp.Cluster, exp.ClusterProperty)):
            facts["cluster_by"] = _texts(one.expressions)
        elif isinstance(one, exp.Property):
            facts |= _setting(one)
    if isinstance(statement.this, exp.Schema):
        lines: list[Any] = statement.this.expressions
        facts["columns"] = [_column(line) for line in lines if isinstance(line, exp.ColumnDef)]
        keys = [key for line in lines for key in _keys(line)]
        if keys:
            said = (
                line.this if isinstance(line, exp.ColumnDef) else line for line in lines if isinstance(line, _NAMING)
            )
            _check_columns(keys, set(_names(said)))
            facts["constraints"] = keys
        primary = {name for key in keys if key["constraint_type"] == "PRIMARY KEY" for name in key["column_names"]}
        for column in facts["columns"]:
            if column["name"] in primary:
                column["nullable"] = False
    return facts


def of_clone(source: Facts) -> Facts:
    """What a clone takes along of its source, an answer of REST, in which names stand without quotes."""
    kept = ("comment", "cluster_by", "data_retention_time_in_days")
    columns: list[Facts] = [{**column, "name": quote_identifier(column["name"])} for column in source["columns"]]
    keys: list[Facts] = [*source["constraints"]]
    for column in columns:
        keys += column.pop("constraints", [])
    named = ("column_names", "referenced_column_names")
    keys = [
        key
        | {"name": quote_identifier(key["name"])}
        | {part: [quote_identifier(name) for name in key[part]] for part in named if part in key}
        for key in keys
    ]
    said = {name: source[name] for name in kept if name in source}
    return said | {"columns": columns, "constraints": keys}


def of_alter(statement: exp.Alter, before: Facts) -> Facts:
    """What an ALTER TABLE says anew, given what there was before."""
    facts: Facts = {}
    columns = {quote_identifier(column["name"]): column for column in before["columns"]}
    changed: list[Facts] = []
    keys: list[Facts] = of_clone(before)["constraints"]
    had = [{**key} for key in keys]
    actions: list[Any] = statement.args.get("actions") or []
    for action in actions:
        match action:
            case exp.ColumnDef():
                changed.append(_column(action))
                keys += _keys(action)
            case exp.RenameColumn():
                old, new = _name(action.this), _name(action.args["to"])
                changed.append(columns.get(old, {}) | {"name": new})
                for key in keys:
                    key["column_names"] = [new if name == old else name for name in key["column_names"]]
            case exp.AlterColumn():
                changed.append(_altered(action))
            case exp.AlterSet() if action.args.get("tag"):
                raise unsupported("tags beside other changes of a table; set them by a statement of their own")
            case exp.AlterSet():
                for one in action.find_all(exp.SchemaCommentProperty):
                    facts["comment"] = one.this.name
                for one in action.find_all(exp.Property):
                    facts |= _setting(one)
            case exp.AddConstraint():
                added = [key for one in action.expressions for key in _keys(one)]
                _check_columns(added, {*columns, *(column["name"] for column in changed)})
                keys += added
            case exp.ClusterProperty() | exp.Cluster():
                facts["cluster_by"] = _texts(action.expressions)
            case exp.Drop() if action.kind == "COLUMN":
                gone = _names(action.args["tables"])
                keys = [key for key in keys if not set(gone) & set(key["column_names"])]
            case exp.Drop() if action.kind == "CLUSTERING KEY":
                facts["cluster_by"] = []
            case exp.Drop():
                keys = _without(keys, action)
            case exp.AlterIndex():  # ALTER CONSTRAINT …
                for key in _meant(keys, action.this):
                    key["RULES"] = _relied(key.get("RULES", {}), action.args["visible"].name.split())
            case exp.RenameIndex():
                _named(keys, _name(action.this))["name"] = _name(action.args["to"])
            case exp.Set() if action.args.get("unset"):
                for one in action.expressions:
                    name = one.name.lower()
                    if name not in ("comment", *_SETTINGS):
                        raise compilation("001420", f"invalid property '{name.upper()}' for 'TABLE'", "22023")
                    facts[name] = "" if name == "comment" else None
            case _:
                raise unsupported(f"ALTER TABLE … {action.sql(dialect='snowflake')}")
    if keys != had:  # a column's own are among them from now on
        facts["constraints"] = keys
        own = [name for name, column in columns.items() if column.get("constraints")]
        changed = [*({"name": name, "constraints": []} for name in own), *changed]
    return {**facts, "columns": changed} if changed else facts


_NAMING = (exp.ColumnDef, exp.Identifier, exp.Column)
"""What names a column in the list of CREATE TABLE."""


def _check_columns(keys: list[Facts], columns: set[str]) -> None:
    """AccountError 000904 if a key names a column that the table doesn't have."""
    for name in (name for key in keys for name in key["column_names"]):
        if name not in columns:
            raise compilation("000904", f"invalid identifier '{shown(name[1:-1])}'", "42000")


def _named(keys: list[Facts], name: str) -> Facts:
    """The constraint of this name. AccountError 002006 if there is none."""
    for key in keys:
        if key.get("name") == name:
            return key
    raise compilation("002006", f"Constraint '{name[1:-1]}' does not exist.", "42601")


def _without(keys: list[Facts], action: exp.Drop) -> list[Facts]:
    gone = _meant(keys, action)
    return [key for key in keys if key not in gone]


def _meant(keys: list[Facts], action: Any) -> list[Facts]:
    """The constraints that PRIMARY KEY, UNIQUE (…), FOREIGN KEY (…) or CONSTRAINT … means."""
    if action.kind == "CONSTRAINT":
        return [_named(keys, _name(action.this))]
    columns = _names(action.expressions)
    meant = [k for k in keys if k["constraint_type"] == action.kind and columns in ([], k["column_names"])]
    if not meant:
        raise compilation("002006", f"{str(action.kind).capitalize()} does not exist.", "42601")
    return meant


def _relied(rules: Facts, said: list[str]) -> Facts:
    if "ENFORCED" in said and "NOT" not in said:
        raise unsupported("constraints that are enforced, but those of hybrid tables")
    kept = {name: rule for name, rule in rules.items() if name != "rely"}
    relies = "RELY" in said or ("rely" in rules and "NORELY" not in said)
    return {"rely": True, **kept} if relies else kept


def beyond(statement: exp.Alter) -> exp.Alter | None:
    """The part of an ALTER TABLE that is not only said but done: the engine's."""
    part = statement.copy()
    kinds = (exp.ColumnDef, exp.RenameColumn, exp.AlterColumn, exp.Drop)
    actions: list[Any] = part.args.get("actions") or []
    done = [one for one in actions if isinstance(one, kinds) and not (one.args.get("comment") or _of_keys(one))]
    part.set("actions", done)
    return part if done else None


def _of_keys(action: Any) -> bool:
    return isinstance(action, exp.Drop) and action.kind != "COLUMN"


def canonical(name: Any) -> str:
    """A name of sqlglot's."""
    identifier = name.this if isinstance(name, exp.Column) else name
    return identifier.name if identifier.args.get("quoted") else identifier.name.upper()


def parts(name: Any) -> list[str]:
    """The canonical parts of a dotted name of sqlglot's."""
    if isinstance(name, exp.Dot):
        return [*parts(name.this), *parts(name.expression)]
    return [canonical(part) for part in (name.parts if isinstance(name, exp.Column) else [name])]


def _name(column: Any) -> str:
    return quote_identifier(canonical(column))


def _texts(expressions: Any) -> list[str]:
    return [one.sql(dialect="snowflake") for one in expressions]


def _number(value: Any) -> int:
    number = value.this if isinstance(value, exp.Neg) else value
    if not (isinstance(number, exp.Literal) and number.name.isdigit()):
        raise syntax(f"syntax error: unexpected '{value.sql(dialect='snowflake')}', where a whole number is expected.")
    return -int(value.this.name) if isinstance(value, exp.Neg) else int(value.name)


def _truth(value: Any) -> bool:
    word = value.name.upper() if isinstance(value, exp.Literal) else value.sql().upper()
    if word not in ("TRUE", "FALSE"):
        raise syntax(f"syntax error: unexpected '{word}', where TRUE or FALSE is expected.")
    return word == "TRUE"


def _collation(value: Any) -> str:
    if value.name:
        raise unsupported("collations")
    return ""


_SETTINGS: dict[str, Callable[[Any], Any]] = {
    "data_retention_time_in_days": _number,
    "max_data_extension_time_in_days": _number,
    "change_tracking": _truth,
    "enable_schema_evolution": _truth,
    "default_ddl_collation": _collation,
}


_WITHOUT_EFFECT = ("enable_data_compaction", "copy grants")


def _setting(one: exp.Property) -> Facts:
    name = one.name.lower()
    if type(one) is not exp.Property or name in _WITHOUT_EFFECT:
        return {}
    if name not in _SETTINGS:
        raise compilation("001420", f"invalid property '{one.name.upper()}' for 'TABLE'", "22023")
    return {name: _SETTINGS[name](one.args["value"])}


# Columns


def _column(column: exp.ColumnDef) -> Facts:
    facts: Facts = {"name": _name(column.this)}
    if column.kind:
        facts["datatype"] = column.kind.sql(dialect=DIALECT)
    for constraint in column.constraints:
        kind: Any = constraint.kind
        match kind:
            case exp.NotNullColumnConstraint():
                facts["nullable"] = bool(kind.args.get("allow_null"))
            case exp.DefaultColumnConstraint():
                facts["default"] = kind.this.sql(dialect="snowflake")
            case exp.CommentColumnConstraint():
                facts["comment"] = kind.this.name
            case exp.CollateColumnConstraint():
                facts["collate"] = kind.this.name
            case exp.AutoIncrementColumnConstraint() | exp.GeneratedAsIdentityColumnConstraint():
                one = exp.Literal.number(1)
                facts["autoincrement"] = True
                facts["autoincrement_start"] = _number(kind.args.get("start") or one)
                facts["autoincrement_increment"] = _number(kind.args.get("increment") or one)
            case _:
                pass
    return facts


def _altered(action: exp.AlterColumn) -> Facts:
    args, facts = action.args, {"name": _name(action.this)}
    if kind := args.get("dtype"):
        facts["datatype"] = kind.sql(dialect="snowflake")
    if comment := args.get("comment"):
        facts["comment"] = comment.name
    if default := args.get("default"):
        facts["default"] = default.sql(dialect="snowflake")
    return facts


# Keys


def _keys(line: Any, name: str | None = None) -> list[Facts]:
    """Those in a line of CREATE TABLE, a column's own among them."""
    named = {"name": name} if name else {}
    match line:
        case exp.ColumnDef():
            return [
                key | ({"name": _name(one.this)} if one.this else {})
                for one in line.constraints
                for key in _key_of_column(one.kind, _name(line.this))
            ]
        case exp.Constraint():
            return [key for inner in line.expressions for key in _keys(inner, quote_identifier(canonical(line.this)))]
        case exp.PrimaryKey():
            key = {"constraint_type": "PRIMARY KEY", "column_names": _names(line.expressions)}
            return [{**named, **key, **_rules(line)}]
        case exp.UniqueColumnConstraint() if isinstance(line.this, exp.Schema):
            key = {"constraint_type": "UNIQUE", "column_names": _names(line.this.expressions)}
            return [{**named, **key, **_rules(line)}]
        case exp.ForeignKey():
            return [{**named, **_reference(line.args.get("reference")), "column_names": _names(line.expressions)}]
        case _:
            return []


def _key_of_column(kind: Any, column: str) -> list[Facts]:
    match kind:
        case exp.PrimaryKeyColumnConstraint():
            return [{"constraint_type": "PRIMARY KEY", "column_names": [column], **_rules(kind)}]
        case exp.UniqueColumnConstraint():
            return [{"constraint_type": "UNIQUE", "column_names": [column], **_rules(kind)}]
        case exp.Reference():
            return [{**_reference(kind), "column_names": [column]}]
        case _:
            return []


def _reference(reference: Any) -> Facts:
    target = reference.this
    table = target.this if isinstance(target, exp.Schema) else target
    parts = [part for part in (table.args.get("catalog"), table.args.get("db"), table.this) if part]
    return {
        "constraint_type": "FOREIGN KEY",
        "referenced_table_name": ".".join(shown(canonical(part)) for part in parts),
        "referenced_column_names": _names(target.expressions if isinstance(target, exp.Schema) else []),
        **_rules(reference),
    }


def _rules(key: Any) -> Facts:
    """What a key says beside its columns, which REST doesn't tell: such as ON DELETE CASCADE and RELY."""
    options = {str(one).upper() for one in key.args.get("options") or ()}
    if isinstance(key.this, exp.Identifier):  # sqlglot takes the first word after UNIQUE for a name
        options.add(key.this.name.upper())
    said: Facts = {"rely": True} if "RELY" in options else {}
    for rule in ("UPDATE", "DELETE"):
        found = [one.removeprefix(f"ON {rule} ") for one in options if one.startswith(f"ON {rule} ")]
        if found and found[0] != "NO ACTION":
            said[f"{rule.lower()}_rule"] = found[0]
    return {"RULES": said} if said else {}


def _names(columns: Any) -> list[str]:
    return [_name(column) for column in columns]
