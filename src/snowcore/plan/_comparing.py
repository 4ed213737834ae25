"""What a declaration and an account say of one object, and where they differ.

Both say the same in different words: `int` is NUMBER(38,0), `Small` is SMALL, what was left out is its default. The
documents say what kind of word each property is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from .._names import split_name, unquote
from .._schemas import Schema
from ..engine.errors import EngineError
from ..engine.types import parse
from ..exceptions import InvalidIdentifierError
from ._kinds import Address, Names, find_stored, is_declared, is_secret
from ._yaml import is_list, is_mapping

_QUOTED = re.compile(r"""('(?:[^']|'')*'|"[^"]*")|[^'"]+""")
"""A part of an expression: a text or a name in quotes, or what is between them and has no case."""
_SQL = frozenset(["action", "body", "condition", "copy_statement", "definition", "query"])
_STORED = {
    *("arguments.name", "column_names", "columns.name", "constraints.name", "stream_source.name"),
    *("attribute_columns", "database_name", "schema_name", "search_column", "table_name"),
}
"""Properties whose values are names, which accounts show as they are stored, as they do where the schema says so."""
_SPELLED = frozenset(["finalize", "predecessors"])
PLACE = ("database_name", "schema_name")
"""Properties that say where an object is, or another that it needs."""
_OWN = frozenset(("comment", "name"))
"""What an object doesn't take over from its database or schema."""
_REFERS = re.compile(
    r"(?:^|_)(?:warehouse|compute_pool|integration|external_volume|role|network_policy|resource_monitor)$"
)
"""Properties whose values are names, though their schema says no more than that they are texts."""


@attrs.frozen
class Change:
    """One property that is not as it is declared."""

    field: str
    """The property, with those above it: `columns.ID.datatype`."""
    old: Any
    """Its value in the account; None if it has none."""
    new: Any
    """The declared value; None if none is declared."""
    reset: bool = False
    """Whether the account has a value of which the declaration is silent, and which goes back to its default."""


@attrs.frozen
class Comparison:
    """How the values of one object are compared. inherited: what its schema or database says of the same properties."""

    address: Address
    inherited: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    def compare(self, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> list[Change]:
        """Where a declared object and that of the account differ, in the order of the document."""
        return list(self._compare_objects(self.address.kind.body, _fill(wanted, found), found, ""))

    def _compare_objects(
        self, schema: Schema, wanted: Mapping[str, Any], found: Mapping[str, Any], above: str
    ) -> Iterator[Change]:
        kind = self.address.kind
        for name, told in kind.find_properties(schema, wanted or found).items():
            if is_hidden(told) or (name == "name" and (not above or above.startswith("columns."))):
                continue
            want, have = wanted.get(name), found.get(name)
            if want is None and (told.get("x-derived") or self.is_implied(name, have, inside=bool(above))):
                continue
            if told.get("writeOnly") and have is None:
                continue  # no account shows it
            yield from self._compare_values(qualify(above[:-1], name), told, want, have, above + name)

    def find_derived(self, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
        """What the account has worked out, and no declaration says."""
        known = self.address.kind.find_properties(self.address.kind.body, found)
        derived = {name for name, told in known.items() if told.get("x-derived") and wanted.get(name) is None}
        return {name: value for name, value in found.items() if value and name in derived}

    def is_implied(self, name: str, value: Any, *, inside: bool) -> bool:
        """Whether a value of the account is there without being declared: it comes from above, or from the name.

        inside: whether it is of an object within a property, which has no more than the place in common with this one.
        """
        may_inherit = name in PLACE if inside else name not in _OWN
        if may_inherit and value == self.inherited.get(name, ...):
            return True
        return not inside and name.endswith("_name") and value == self.address.name

    def _compare_values(self, name: str, told: Schema, want: Any, have: Any, at: str) -> Iterator[Change]:
        one, other = self.normalize(name, told, want), self.normalize(name, told, have, read=True)
        if one == other:
            return
        if is_mapping(want) and is_mapping(have) and self.address.kind.find_properties(told, want):
            yield from self._compare_objects(told, want, have, f"{at}.")
        elif name == "columns" and is_list(one) and is_list(other):
            yield from self._compare_columns(told, want, have, at)
        else:
            yield Change(at, have, want, reset=want is None)

    def _compare_columns(self, told: Schema, want: Any, have: Any, at: str) -> Iterator[Change]:
        item = self.address.kind.schemas.resolve(told["items"])
        wanted = {unquote(column["name"]): column for column in want}
        found = {read_name(column["name"]): column for column in have}
        for name in (*(name for name in found if name not in wanted), *wanted):
            if name in wanted and name in found:
                yield from self._compare_objects(item, wanted[name], found[name], f"{at}.{name}.")
            else:
                yield Change(f"{at}.{name}", _show_column(found.get(name)), _show_column(wanted.get(name)))
        kept = [name for name in found if name in wanted]
        if list(wanted)[: len(kept)] != kept:
            yield Change(f"{at} (order)", list(found), list(wanted))

    def normalize(self, name: str, told: Schema, value: Any, *, read: bool = False) -> Any:
        """A value in the one form that all that means the same share; None where it means no more than the default.

        read: whether it comes from the account, which gives names as they are stored.
        """
        made = self._normalize(name, told, value, read=read)
        default = told.get("x-default", told.get("default"))
        if default is None:
            return made or None  # what is false, nothing or empty
        return None if made == self._normalize(name, told, default, read=False) else made

    def _normalize(self, name: str, told: Schema, value: Any, *, read: bool) -> Any:
        if isinstance(value, str):
            made = self.normalize_text(name, told, value, read=read)
            return None if made == "" else made
        if is_list(value):
            item = self.address.kind.schemas.resolve(told.get("items", {}))
            parts = [self._normalize(name, item, one, read=read) for one in value]
            return (sorted(parts) if name == "predecessors" else parts) or None
        if is_mapping(value):
            parts = value  # of a map, which has any keys and values
            if known := self.address.kind.find_properties(told, value):
                shown = {key: known[key] for key in value if key in known and not is_hidden(known[key])}
                parts = {key: self.normalize(qualify(name, key), shown[key], value[key], read=read) for key in shown}
            return {key: one for key, one in parts.items() if one is not None} or None
        return value

    def normalize_text(self, name: str, told: Schema, text: str, *, read: bool) -> Any:
        """A text in its one form; a name as the names that lead to it."""
        if "enum" in told or "x-known" in told:
            word = re.sub(r"[-_ ]", "", text).upper()
            if word in ("TRUE", "FALSE"):
                return word == "TRUE"
            size = re.fullmatch(r"(\d)XLARGE|(XX+)LARGE", word)
            return word if size is None else f"X{size[1] or len(size[2])}LARGE"
        if name.endswith("datatype") or name == "returns":
            made = normalize_type(text)
            return made.partition("(")[0] if name == "arguments.datatype" else made  # whose size says nothing
        if name in ("cluster_by", "default"):
            plain = _QUOTED.sub(lambda found: found[1] or re.sub(r"\s+", "", found[0].upper()), text)
            return re.sub(r"^LINEAR\((.*)\)$", r"\1", plain)
        if name in _SQL:
            return text.strip().removesuffix(";").rstrip()
        stored = name in _STORED or '"([^"]' in told.get("pattern", "")
        if stored or name in _SPELLED or _REFERS.search(name):
            return self._normalize_name(text, stored=stored and read)
        return text

    def _normalize_name(self, text: str, *, stored: bool) -> Names:
        """A name as it is stored, without the place of the object itself, as it is declared or as it still is."""
        if stored or "." not in text:
            return (read_name(text) if stored else unquote(text),)
        try:
            names = find_stored(split_name(text))
        except InvalidIdentifierError:
            return (text,)
        places = (self.address.place, tuple(self.inherited[name] for name in PLACE if name in self.inherited))
        return names[-1:] if names[:-1] in (place[1 - len(names) :] for place in places) else names


def _show_column(column: Mapping[str, Any] | None) -> str | None:
    if column is None:
        return None
    nullable = "" if column.get("nullable", True) else " NOT NULL"
    return f"{normalize_type(str(column.get('datatype', '')))}{nullable}".strip()


def _fill(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is declared, with what follows: of a table's primary key, that its columns are never NULL."""
    if "allow_overlapping_execution" in wanted and "overlap_policy" in found:  # an older word, and what it means
        meant = "ALLOW_CHILD_OVERLAP" if wanted["allow_overlapping_execution"] else "NO_OVERLAP"
        return {"overlap_policy": meant, **wanted}
    constraints: list[Mapping[str, Any]] = wanted.get("constraints") or []
    primary = [one for one in constraints if one.get("constraint_type") == "PRIMARY KEY"]
    keys = {unquote(name) for one in primary for name in one.get("column_names") or ()}
    if not keys:
        return wanted
    columns = [{**one, "nullable": False} if unquote(one["name"]) in keys else one for one in wanted["columns"]]
    return {**wanted, "columns": columns}


def qualify(of: str, name: str) -> str:
    """What a property is called in the tables above: where its name says too little, with that of what it is in."""
    return f"{of}.{name}" if of and name in ("datatype", "name") else name


def is_hidden(told: Schema) -> bool:
    """Whether a property has no part in a comparison: the server's own, and secrets, which no account shows."""
    return is_secret(told) or not is_declared(told)


def read_name(name: str) -> str:
    """The stored name that an account shows: in quotes or as it is, never in lower case for upper."""
    return unquote(name) if name.startswith('"') and name.endswith('"') and len(name) > 2 else name


def normalize_type(text: str) -> str:
    """A type as the account shows it: `int` as NUMBER(38,0)."""
    try:
        return str(parse(text))
    except EngineError:  # a type that an account may have all the same, such as GEOGRAPHY
        return re.sub(r"\s+", "", text.upper())


def find_signature(value: Mapping[str, Any]) -> str:
    """The types of a function's arguments, without sizes, as they tell it from others of its name."""
    arguments = value.get("arguments")
    types = [one.get("datatype") or "TEXT" for one in filter(is_mapping, arguments if is_list(arguments) else ())]
    return ", ".join(normalize_type(str(one)).partition("(")[0] for one in types)
