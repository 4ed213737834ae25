"""Declarations: what a folder of YAML files, or objects of Python, say that an account has.

Each error says file, line and column, and all of a folder's errors are told at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import attrs

from snowflake_rest.runtime import Model
from snowflake_rest.runtime.kinds import suggest

from .._names import SPELLING, unquote
from .._schemas import Schema
from ._comparing import find_signature
from ._kinds import CONTAINERS, Address, Kind, Names, find_children, find_kinds, is_declared, is_secret
from ._references import NAME, find_circle, find_needs
from ._secrets import find_variables
from ._yaml import Document, Fault, Spot, Word, is_list, is_mapping, point

_TASKS = ("/predecessors/", "/finalize")
"""Where a task names others."""


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
    find_spot: Callable[[str], Spot] = attrs.field(repr=False)
    """Where a part is, or the nearest thing around it, by its JSON pointer; the object itself by an empty one."""
    is_way: bool = False
    """Whether it is only named on the way to what it holds: made if it is missing, and otherwise left alone."""
    renamed_from: str | None = None
    columns_renamed: dict[str, str] = attrs.field(factory=dict[str, str])
    """The old stored name of each column that has another now."""
    state: str | None = None

    def explain(self, pointer: str, what: str) -> Fault:
        """What is wrong with a property."""
        return Fault(self.find_spot(pointer), f"{pointer[1:].replace('/', '.')}: {what}")


@attrs.define
class Declarations:
    """All that is declared. objects: by their addresses."""

    objects: dict[Address, Declared] = attrs.field(factory=dict[Address, Declared])
    complete: dict[Names, frozenset[str] | None] = attrs.field(factory=dict[Names, "frozenset[str] | None"])
    """The kinds, by their plural, of which a place has no more than what is declared; None for all of them."""
    folder: Path | None = None
    """Where the files are; None for what is declared in Python."""
    is_exact: bool = False
    """Whether databases have a schema PUBLIC only where that is declared; else they may have one."""

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
    if isinstance(source, Mapping):
        return read_contents([source])
    path = Path(source)
    files = sorted(one for one in path.rglob("*") if one.suffix in (".yaml", ".yml")) if path.is_dir() else [path]
    if not files:
        raise DeclarationError([Fault(Spot(str(path), 0, 0), "no YAML files in this folder")])
    made = _read_documents(map(Document.read, files), secrets_allowed=False)
    made.folder = path if path.is_dir() else path.parent
    return made


def read_contents(contents: Iterable[Mapping[str, Any]]) -> Declarations:
    """Read what would be the contents of several files, in which secrets may be written out."""
    documents = (Document("declaration", _to_plain(content)) for content in contents)
    return _read_documents(documents, secrets_allowed=True)


def _to_plain(value: Any) -> Any:
    if isinstance(value, Model):
        return _to_plain(value.to_dict_without_readonly_properties())
    if isinstance(value, Mapping):
        return {str(name): _to_plain(part) for name, part in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, (bool, int, float)):
        return Word(json.dumps(value), value)
    return [_to_plain(one) for one in cast("list[Any]", value)] if isinstance(value, (list, tuple)) else value


def _read_documents(documents: Iterable[Document], *, secrets_allowed: bool) -> Declarations:
    made, faults = Declarations(), list[Fault]()
    for document in documents:
        _Reader(document, made).read()
        faults += document.faults
    for declared in made.objects.values():
        if not declared.is_way:
            faults += _check(declared, secrets_allowed=secrets_allowed)
    faults += _check_renames(made.objects)
    if not faults and (circle := find_circle(find_needs({one: said.body for one, said in made.objects.items()}))):
        what = f"each needs the next, in a circle: {' → '.join(map(str, circle))}"
        faults = [Fault(made.objects[circle[0]].find_spot(""), what)]
    if faults:
        raise DeclarationError(sorted(set(faults)))
    return made


class _Reader:
    """Reads a document into declarations, and notes what is wrong with it."""

    def __init__(self, document: Document, made: Declarations) -> None:
        self.document, self.made = document, made

    def read(self) -> None:
        for word, value in self._read_kinds(self.document.content, (), "").items():
            if word == "complete":
                self._read_complete(value, (), "/complete")
            else:
                known = [*(kind.plural for kind in find_children(())), "complete"]
                self.document.refuse(point("", word), f"{word!r} is no kind of objects{suggest(word, known)}")

    def _expect_mapping(self, value: Any, at: str, what: str) -> dict[str, Any]:
        if is_mapping(value):
            return value
        if value is not None:
            self.document.refuse(at, f"expected {what}, not {'a list' if is_list(value) else 'a single value'}")
        return {}

    def _read_kinds(self, value: Any, place: Names, at: str) -> dict[str, Any]:
        """Read the objects in a place, by their kinds; give the entries that are no kinds."""
        kinds, rest = find_kinds(), dict[str, Any]()
        for word, objects in self._expect_mapping(value, at, "a mapping").items():
            kind, below = kinds.get(word), point(at, word)
            if kind is None:
                rest[word] = objects
            elif kind.level != len(place):
                self.document.refuse(below, f"{word} are not here, but in {('the account', *CONTAINERS)[kind.level]}")
            elif is_list(objects):
                for i, one in enumerate(objects):
                    said = self._expect_mapping(one, f"{below}/{i}", "an object")
                    if isinstance(name := said.get("name"), str):
                        self._read_object(kind, place, name, said, f"{below}/{i}")
                    else:
                        self.document.refuse(f"{below}/{i}", "an object of a list needs its name")
            else:
                named = self._expect_mapping(objects, below, f"the {word.replace('_', ' ')} by their names")
                for name, one in named.items():
                    self._read_object(kind, place, name, one, point(below, name))
        return rest

    def _read_object(self, kind: Kind, place: Names, key: str, value: Any, at: str) -> None:
        spelled = re.fullmatch(rf"({SPELLING})(\(.*\))?", key)
        if spelled is None or (spelled[2] and not kind.by_signature):
            what = "is no name; other signs than letters, digits, _ and $ need '\"…\"'"
            return self.document.refuse(at, f"{key!r} {what}")
        names = (*place, unquote(spelled[1]))
        said = self._expect_mapping(value, at, f"what the {kind.words} is")
        holds = kind.is_container
        own = self._read_kinds(said, names, at) if holds else dict(said)
        if holds and "complete" in own:
            self._read_complete(own.pop("complete"), names, f"{at}/complete")
        is_way = holds and bool(said) and not own
        declared = Declared(Address(kind, names), {}, lambda part: self.document.find_spot(at + part), is_way)
        declared.renamed_from = self._take_word(own, "renamed_from", at)
        if kind.turned:
            declared.state = self._take_word(own, "state", at, ("started", "suspended"))
        if isinstance(name := own.get("name"), str) and unquote(name.partition("(")[0]) != names[-1]:
            self.document.refuse(f"{at}/name", f"the name {name} is not that of the {kind.words} {spelled[1]}")
        declared.body = kind.transform(kind.body, {**own, "name": spelled[1]}, _take)
        columns = declared.body.get("columns")
        for column in filter(is_mapping, columns if is_list(columns) else ()):
            if old := column.pop("renamed_from", None):
                declared.columns_renamed[unquote(str(column.get("name")))] = unquote(str(old))
        if kind.by_signature:
            declared.address = Address(kind, (*place, f"{names[-1]}\0{find_signature(declared.body)}"))
        there = self.made.objects.get(declared.address)
        if there is not None and not there.is_way and not declared.is_way:
            first = there.find_spot("")
            self.document.refuse(at, f"the {declared.address} is declared twice; first at {first}")
        elif there is None or there.is_way:
            self.made.objects[declared.address] = declared
        return None

    def _take_word(self, own: dict[str, Any], word: str, at: str, words: tuple[str, ...] = ()) -> str | None:
        """Take out what is about the plan, and no property."""
        value = own.pop(word, None)
        if value is None or (value in words if words else isinstance(value, str) and re.fullmatch(SPELLING, value)):
            return value
        return self.document.refuse(f"{at}/{word}", f"{word}: expected {' or '.join(words) or 'a name'}")

    def _read_complete(self, value: Any, place: Names, at: str) -> None:
        kinds = {kind.plural for kind in find_children(place)}
        if isinstance(value, Word) and isinstance(value.value, bool) and place:
            self.made.complete[place] = None if value.value else frozenset()
        elif is_list(value):
            named = [str(one) for one in value]
            for i, one in enumerate(named):
                if one not in kinds:
                    self.document.refuse(f"{at}/{i}", f"{one!r} is no kind of objects here{suggest(one, kinds)}")
            self.made.complete[place] = (self.made.complete.get(place) or frozenset()).union(named)
        else:
            more = "true, false or a list of kinds" if place else "a list of kinds"
            self.document.refuse(at, f"complete: expected {more}")


def _take(at: str, told: Schema, value: Any) -> Any:
    """What is declared of a part. What the document calls a text is one, whatever YAML would make of it."""
    if is_mapping(value):
        return {name: part for name, part in value.items() if part is not None}
    if not isinstance(value, Word):
        return value
    is_text = "string" in told.get("type", ())
    is_word = not told and isinstance(value.value, bool) and value.lower() not in ("true", "false")  # such as `no`
    return str(value) if is_text or is_word else value.value


def _check(declared: Declared, *, secrets_allowed: bool) -> list[Fault]:
    """Hold an object against its document."""
    kind = declared.address.kind
    faults: list[Fault] = []
    parts: dict[str, tuple[Schema, Any]] = {}

    def note(at: str, told: Schema, value: Any) -> Any:
        parts[at] = told, value
        return value

    kind.transform(kind.body, declared.body, note)
    for finding in kind.check(declared.body) or ():
        what, (_, value) = finding.what, parts.get(finding.where, ({}, None))
        if isinstance(value, str) and find_variables(value):
            continue
        if finding.rule == "unknown_field":
            around, _, name = finding.where.rpartition("/")
            known = [name for name, part in kind.find_properties(*parts[around]).items() if is_declared(part)]
            what = f"not a property of the {kind.words}{suggest(name, known)}"
        faults.append(declared.explain(finding.where, what))
    for at, (told, value) in parts.items():
        if isinstance(value, str) and at.startswith(_TASKS) and not NAME.fullmatch(value):
            faults.append(declared.explain(at, f"{value!r} is no name"))
        elif is_secret(told) and value and not find_variables(value) and not secrets_allowed:
            faults.append(declared.explain(at, "a secret; write ${env:NAME} in its place"))
        elif at.count("/") == 1 and told.get("deprecated"):
            faults.append(declared.explain(at, told["description"]))
    return faults


def _check_renames(objects: Mapping[Address, Declared]) -> Iterator[Fault]:
    """Refuse renames that would need others before or after them: it depends on their order what an old name means."""
    taken = {one: f"the {one} is declared, too" for one in objects}
    for one in objects.values():
        if one.renamed_from is not None:
            old = one.address.called(one.renamed_from)
            if old in taken:
                yield Fault(one.find_spot("/renamed_from"), f"renamed_from: {taken[old]}; rename first, and apply that")
            taken[old] = f"so is another {one.address.kind.words} from {one.renamed_from}"
        left = dict(one.columns_renamed)
        if len({*left.values()}) < len(left):
            yield one.explain("/columns", "two columns have the same renamed_from")
        while ready := [new for new, old in left.items() if old not in left]:
            del left[ready[0]]
        if left:
            yield one.explain("/columns", f"columns exchange their names: {', '.join(left)}; rename in two steps")
