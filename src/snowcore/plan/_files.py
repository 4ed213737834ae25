"""Declarations: what a folder of YAML files, or objects of Python, say that an account has.

Each error says file, line and column, and all of a folder's errors are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

import attrs
import yaml

from snowflake_rest.runtime import Model
from snowflake_rest.runtime.kinds import suggest

from .._names import SPELLING, unquote
from .._schemas import Schema
from ._comparing import find_signature
from ._kinds import CONTAINERS, Address, Kind, Names, find_kinds, is_secret
from ._references import find_circle, find_needs
from ._secrets import has_placeholder

_yaml: Any = yaml
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = yaml.SafeDumper
_TAG = "tag:yaml.org,2002:"
_READ: dict[str, Callable[[str], Any]] = {
    "int": lambda text: int(text.replace("_", "")),
    "float": float,
    "bool": lambda text: text.lower() in ("true", "yes", "on"),
}
_NAME = re.compile(rf"(?:{SPELLING}\.){{0,2}}{SPELLING}")
_TASKS = ("/predecessors/", "/finalize")
"""Where a task names others."""
_WORDS = frozenset(("complete", "renamed_from", "state"))
"""What an object may say beside its properties."""


class Spot(NamedTuple):
    """Where something is declared. line, column: counted from 1; 0 where there is no file."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Fault(NamedTuple):
    """What is wrong with a declaration, and where."""

    spot: Spot
    what: str

    def __str__(self) -> str:
        return f"{self.spot}: {self.what}"


class DeclarationError(ValueError):
    """A declaration that can't be read, or that no account could be like. `faults` has all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@attrs.define
class Declared:
    """An object as it is declared. address: what it is. body: what its document has words for, with placeholders.
    renamed_from: its old name, as SQL spells it. state: `started` or `suspended`, where that is declared.
    """

    address: Address
    body: dict[str, Any]
    spots: dict[str, Spot]
    """Where each part is, by its JSON pointer; the object itself by an empty one."""
    is_way: bool = False
    """Whether it is only named on the way to what it holds: made if it is missing, and otherwise left alone."""
    renamed_from: str | None = None
    columns_renamed: dict[str, str] = attrs.field(factory=dict[str, str])
    """The old stored name of each column that has another now."""
    state: str | None = None

    def find_spot(self, pointer: str) -> Spot:
        """Where a part is, or the nearest thing around it."""
        while pointer not in self.spots and pointer:
            pointer = pointer.rpartition("/")[0]
        return self.spots[pointer]


@attrs.define
class Declarations:
    """All that is declared. objects: by their addresses."""

    objects: dict[Address, Declared] = attrs.field(factory=dict[Address, Declared])
    complete: dict[Names, frozenset[str] | None] = attrs.field(factory=dict[Names, "frozenset[str] | None"])
    """The kinds, by their plural, of which a place has no more than what is declared; None for all of them."""

    def is_complete(self, kind: Kind, place: Names) -> bool:
        """Whether all objects of a kind in a place are declared."""
        for end in range(len(place), -1, -1):
            if (said := self.complete.get(place[:end], ...)) is not ...:
                return said is None or (end == len(place) and kind.plural in said)
        return False


def read(source: str | Path | Mapping[str, Any]) -> Declarations:
    """Read a folder, a file, or a mapping of Python of the same form, in which models may stand for objects.

    DeclarationError for all that is wrong.
    """
    reader = _Reader()
    if isinstance(source, Mapping):
        reader.read("declaration", _Dumper("").represent_data(_to_plain(source)))
        reader.secrets_allowed = True
    else:
        path = Path(source)
        files = sorted(one for one in path.rglob("*") if one.suffix in (".yaml", ".yml")) if path.is_dir() else [path]
        if not files:
            raise DeclarationError([Fault(Spot(str(path), 0, 0), "no YAML files in this folder")])
        for file in files:
            reader.read_file(file)
    return reader.finish()


def _to_plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.to_dict_without_readonly_properties()
    if isinstance(value, Mapping):
        return {str(name): _to_plain(part) for name, part in cast("Mapping[Any, Any]", value).items()}
    return [_to_plain(one) for one in cast("list[Any]", value)] if isinstance(value, (list, tuple)) else value


class _Reader:
    """Reads files into declarations, and collects what is wrong with them."""

    def __init__(self) -> None:
        self.made = Declarations()
        self.faults: list[Fault] = []
        self.secrets_allowed = False
        self._file = ""
        self._open: set[int] = set()

    def finish(self) -> Declarations:
        for declared in self.made.objects.values():
            self._check(declared)
        if not self.faults and (
            circle := find_circle(find_needs({a: one.body for a, one in self.made.objects.items()}))
        ):
            names = " → ".join(str(one) for one in (*circle, circle[0]))
            self.faults.append(
                Fault(self.made.objects[circle[0]].spots[""], f"each needs the next, in a circle: {names}")
            )
        if self.faults:
            raise DeclarationError(sorted(self.faults))
        return self.made

    def read_file(self, file: Path) -> None:
        try:
            node = cast("yaml.Node | None", _yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader))
        except OSError as error:
            self.faults.append(Fault(Spot(str(file), 0, 0), f"can't be read: {error.strerror or error}"))
        except UnicodeDecodeError:
            self.faults.append(Fault(Spot(str(file), 0, 0), "can't be read: it is not UTF-8"))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            spot = Spot(str(file), mark.line + 1 if mark else 0, mark.column + 1 if mark else 0)
            self.faults.append(Fault(spot, f"not YAML: {error.problem}"))
        except yaml.YAMLError as error:
            self.faults.append(Fault(Spot(str(file), 0, 0), f"not YAML: {error}"))
        else:
            self.read(str(file), node)

    def read(self, file: str, node: yaml.Node | None) -> None:
        self._file = file
        if node is not None:
            rest = self._read_kinds(node, (), 0)
            for key, part in rest:
                if key.value == "complete":
                    self._read_complete(part, ())
                else:
                    known = [kind.plural for kind in find_kinds().values() if kind.level == 0]
                    self._refuse(key, f"{key.value!r} is no kind of objects{suggest(key.value, [*known, 'complete'])}")

    def _refuse(self, node: yaml.Node, what: str) -> None:
        self.faults.append(Fault(self._spot(node), what))

    def _spot(self, node: yaml.Node) -> Spot:
        mark = cast("yaml.Mark | None", node.start_mark)
        return Spot(self._file, mark.line + 1, mark.column + 1) if mark else Spot(self._file, 0, 0)

    def _items(self, node: yaml.Node, what: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """The keys and values of a mapping, each key once."""
        if isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG}null":
            return
        if not isinstance(node, yaml.MappingNode):
            return self._refuse(node, f"expected {what}, not {_name_node(node)}")
        if id(node) in self._open:
            return self._refuse(node, "this mapping contains itself")
        self._open.add(id(node))
        seen: set[str] = set()
        for key, value in _flatten(node):
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, f"expected a name, not {_name_node(key)}")
            elif key.value in seen:
                self._refuse(key, f"{key.value!r} is here twice")
            else:
                seen.add(key.value)
                yield key, value
        self._open.discard(id(node))

    def _read_kinds(self, node: yaml.Node, place: Names, level: int) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """Read the objects in a place, by their kinds; give the entries that are no kinds."""
        kinds, rest = find_kinds(), list[tuple[yaml.ScalarNode, yaml.Node]]()
        for key, value in self._items(node, "a mapping"):
            kind = kinds.get(key.value)
            if kind is None:
                rest.append((key, value))
            elif kind.level != level:
                self._refuse(key, f"{key.value} are not here, but in {('the account', *CONTAINERS)[kind.level]}")
            elif isinstance(value, yaml.SequenceNode):
                for one in value.value:
                    self._read_object(kind, place, self._find_name(one), one)
            else:
                for name, one in self._items(value, f"the {key.value.replace('_', ' ')} by their names"):
                    self._read_object(kind, place, name, one)
        return rest

    def _find_name(self, node: yaml.Node) -> yaml.ScalarNode | None:
        for key, value in _flatten(node):
            if key.value == "name" and isinstance(value, yaml.ScalarNode):
                return value
        return self._refuse(node, "an object of a list needs its name")

    def _read_object(self, kind: Kind, place: Names, key: yaml.ScalarNode | None, node: yaml.Node) -> None:
        if key is None:
            return None
        text, parenthesis, _ = key.value.partition("(")
        if kind.by_signature and parenthesis and not text.startswith('"'):
            key = yaml.ScalarNode(key.tag, text, key.start_mark, key.end_mark)
        if not re.fullmatch(SPELLING, key.value):
            return self._refuse(
                key, f"{key.value!r} is no name; other signs than letters, digits, _ and $ need '\"…\"'"
            )
        names = (*place, unquote(key.value))
        container = {"database": 1, "schema": 2}.get(kind.name)
        rest = list(self._items(node, f"what the {kind.words} is")) if container is None else None
        if rest is None:
            rest = self._read_kinds(node, names, cast("int", container))
        declared = Declared(Address(kind, names), {"name": key.value}, {"": self._spot(key)})
        known = kind.schemas.find_properties(kind.body)
        chosen = {k.value: v.value for k, v in rest if isinstance(v, yaml.ScalarNode)}
        known |= kind.find_properties(kind.body, chosen)
        for word, value in rest:
            if word.value in _WORDS and self._read_word(declared, word, value, is_container=container is not None):
                continue
            declared.spots[f"/{word.value}"] = self._spot(word)
            if word.value == "name" and isinstance(value, yaml.ScalarNode) and unquote(value.value) != names[-1]:
                self._refuse(value, f"the name {value.value} is not that of the {kind.words} {key.value}")
            elif word.value != "name":
                part = self._read_value(declared, known.get(word.value, {}), value, f"/{word.value}")
                declared.body |= {} if part is None else {word.value: part}
        own = [word for word, _ in rest if word.value != "complete"]
        declared.is_way = container is not None and not own and _has_entries(node)
        if kind.by_signature:
            declared.address = Address(kind, (*place, f"{names[-1]}\0{find_signature(_safely(declared.body))}"))
        self._add(declared, key)
        return None

    def _add(self, declared: Declared, key: yaml.Node) -> None:
        there = self.made.objects.get(declared.address)
        if there is not None and not there.is_way and not declared.is_way:
            self._refuse(key, f"the {declared.address} is declared twice; first at {there.spots['']}")
        elif there is None or there.is_way:
            self.made.objects[declared.address] = declared

    def _read_word(self, declared: Declared, key: yaml.ScalarNode, node: yaml.Node, *, is_container: bool) -> bool:
        """Take a word that is about the plan and not a property. Whether it was one."""
        if key.value == "complete":
            if is_container:
                self._read_complete(node, declared.address.names)
            return is_container
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            self._refuse(node, f"{key.value}: expected a word")
        elif key.value == "renamed_from":
            declared.renamed_from = node.value
            declared.spots["/renamed_from"] = self._spot(key)
        elif not declared.address.kind.turned:
            return False
        elif node.value not in ("started", "suspended"):
            self._refuse(node, "state: expected started or suspended")
        else:
            declared.state = node.value
        return True

    def _read_complete(self, node: yaml.Node, place: Names) -> None:
        kinds = {kind.plural for kind in find_kinds().values() if kind.level == len(place)}
        if isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG}bool" and place:
            self.made.complete[place] = None if _READ["bool"](node.value) else frozenset()
        elif isinstance(node, yaml.SequenceNode):
            named = [one for one in node.value if isinstance(one, yaml.ScalarNode)]
            for one in named:
                if one.value not in kinds:
                    self._refuse(one, f"{one.value!r} is no kind of objects here{suggest(one.value, kinds)}")
            before = self.made.complete.get(place, frozenset())
            self.made.complete[place] = (before and before | {one.value for one in named}) or frozenset(
                one.value for one in named
            )
        else:
            more = "true, false or a list of kinds" if place else "a list of kinds"
            self._refuse(node, f"complete: expected {more}")

    def _read_value(self, declared: Declared, schema: Schema, node: yaml.Node, at: str) -> Any:
        """The value of a node. What the document calls a text is one, whatever YAML would make of it."""
        declared.spots.setdefault(at, self._spot(node))
        schemas = declared.address.kind.schemas
        told = schemas.resolve(schema)
        if isinstance(node, yaml.ScalarNode):
            kinds = told.get("type", ())
            text = kinds == "string" or "string" in kinds
            name = node.tag.removeprefix(_TAG)
            if name == "null" and node.value in ("", "~", "null", "Null", "NULL"):
                return None
            if text and name in (*_READ, "timestamp"):
                return node.value
            if name == "bool" and node.value.lower() not in ("true", "false") and not told:
                return node.value
            try:
                return _READ.get(name, str)(node.value)
            except ValueError:
                return node.value
        if isinstance(node, yaml.SequenceNode):
            if id(node) in self._open:
                return self._refuse(node, "this list contains itself")
            self._open.add(id(node))
            items = [
                self._read_value(declared, told.get("items", {}), one, f"{at}/{i}") for i, one in enumerate(node.value)
            ]
            self._open.discard(id(node))
            return items
        chosen = {k.value: v.value for k, v in _flatten(node) if isinstance(v, yaml.ScalarNode)}
        known, out = declared.address.kind.find_properties(told, chosen), dict[str, Any]()
        values = told.get("additionalProperties")
        for key, value in self._items(node, "a mapping"):
            if at.startswith("/columns/") and key.value == "renamed_from" and isinstance(value, yaml.ScalarNode):
                declared.columns_renamed[chosen.get("name", "")] = unquote(value.value)
                continue
            below = f"{at}/{key.value.replace('~', '~0').replace('/', '~1')}"
            declared.spots[below] = self._spot(key)
            other: Schema = cast("Schema", values) if isinstance(values, Mapping) else {}
            part = self._read_value(declared, known.get(key.value, other), value, below)
            out |= {} if part is None else {key.value: part}
        return out

    def _check(self, declared: Declared) -> None:
        """Hold an object against its document."""
        kind, body = declared.address.kind, declared.body
        declared.columns_renamed = {unquote(new): old for new, old in declared.columns_renamed.items()}
        if declared.is_way:
            return
        for finding in kind.check(body) or ():
            value = _look_up(body, finding.where)
            if isinstance(value, str) and has_placeholder(value):
                continue
            parent, _, last = finding.where.rpartition("/")
            what = finding.what
            if finding.rule == "unknown_field":
                around = _look_up(body, parent)
                known = _find_known(kind, body, parent, around)
                what = f"not a property of the {kind.words}{suggest(last, known)}"
            self.faults.append(
                Fault(declared.find_spot(finding.where), f"{finding.where[1:].replace('/', '.')}: {what}")
            )
        self._check_parts(declared, kind.body, body, "")

    def _check_parts(self, declared: Declared, schema: Schema, value: Any, at: str) -> None:
        """Refuse secrets that are written out, and properties that have a newer name."""
        told = declared.address.kind.schemas.resolve(schema)
        if isinstance(value, Mapping):
            given = cast("Mapping[str, Any]", value)
            known = declared.address.kind.find_properties(told, given)
            for name, part in given.items():
                self._check_parts(declared, known.get(name, {}), part, f"{at}/{name}")
        elif isinstance(value, list):
            for i, one in enumerate(cast("list[Any]", value)):
                self._check_parts(declared, told.get("items", {}), one, f"{at}/{i}")
        elif isinstance(value, str) and at.startswith(_TASKS) and not _NAME.fullmatch(value):
            self.faults.append(Fault(declared.find_spot(at), f"{at[1:].replace('/', '.')}: {value!r} is no name"))
        elif is_secret(told) and value and not has_placeholder(value) and not self.secrets_allowed:
            name = at[1:].replace("/", ".")
            self.faults.append(Fault(declared.find_spot(at), f"{name}: a secret; write ${{env:NAME}} in its place"))
        if at.count("/") == 1 and told.get("deprecated"):
            self.faults.append(Fault(declared.find_spot(at), f"{at[1:]}: {told['description']}"))


def _flatten(node: yaml.Node, above: tuple[int, ...] = ()) -> list[tuple[yaml.Node, yaml.Node]]:
    """The entries of a mapping, then those that `<<` takes over from others and that it hasn't itself."""
    entries: list[tuple[yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode) and id(node) not in above:
        entries = [pair for pair in node.value if pair[0].tag != f"{_TAG}merge"]
        for _, value in (pair for pair in node.value if pair[0].tag == f"{_TAG}merge"):
            for other in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                own = {key.value for key, _ in entries}
                entries += [pair for pair in _flatten(other, (*above, id(node))) if pair[0].value not in own]
    return entries


def _has_entries(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode) and bool(node.value)


def _safely(body: dict[str, Any]) -> dict[str, Any]:
    """A body of which the arguments may be anything, as far as they are what they should be."""
    arguments = body.get("arguments")
    listed = cast("list[Any]", arguments) if isinstance(arguments, list) else []
    return {"arguments": [one for one in listed if isinstance(one, dict)]}


def _name_node(node: yaml.Node) -> str:
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping" if _has_entries(node) else "a single value"


def _look_up(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        try:
            value = cast("Any", value[int(key)] if isinstance(value, list) else value[key])
        except (KeyError, TypeError, ValueError, IndexError):
            return None
    return value


def _find_known(kind: Kind, body: dict[str, Any], pointer: str, around: Any) -> list[str]:
    """The properties that an object within a body may have."""
    schema, value = kind.body, cast("Any", body)
    for part in pointer.split("/")[1:]:
        told = kind.schemas.resolve(schema)
        schema = told.get("items", {}) if part.isdigit() else kind.find_properties(told, value).get(part, {})
        value = _look_up(value, f"/{part}")
    known = kind.find_properties(schema, around)
    return [name for name, told in known.items() if kind.is_declared(name, kind.schemas.resolve(told))]
