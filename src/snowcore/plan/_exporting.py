"""Export: write what an account has as a folder that declares it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import yaml

from .._names import spell_identifier, split_name
from .._root import Root
from .._schemas import Schema
from ._comparing import Comparison, qualify
from ._kinds import Address, Kind, Names, find_above, find_children, find_kinds, find_stored, is_declared, is_secret
from ._reading import Reading, Row
from ._secrets import escape, name_variable
from ._yaml import is_list, is_mapping

_RESERVED = re.compile(r"(?i)(CON|PRN|AUX|NUL|COM\d|LPT\d)$")
_HEAD = "# Written by `snowcore export`.\n"
_PLAIN = re.compile(r"[A-Z_][A-Z0-9_]{0,59}")


def export(root: Root, folder: str | Path, *, scope: str | Iterable[str] | None = None) -> list[Path]:
    """Write an account, or a part of it, as a folder that declares it. A plan of it right after is empty.

    What the server makes is left out, and what means no more than the default. Secrets, which no account shows, are
    placeholders for values of the environment.

    scope: names of databases or, as `db.schema`, of schemas, and kinds of objects of the account, such as
    `warehouses`; everything when left out. Gives the files that were written. Of an earlier export of
    everything in the folder, files that are no longer needed are removed; other files are not touched.

    ValueError for a scope that there is not, OSError for a folder that can't be written.
    """
    options: dict[str, Any] = {"Dumper": _Writer, "sort_keys": False, "allow_unicode": True, "width": 1_000_000}
    contents = Exporter(root).collect(list_scope(scope)).items()
    texts: dict[Path, str] = {Path(folder, *file): _HEAD + yaml.dump(one, **options) for file, one in contents}
    earlier = [one for one in Path(folder).rglob("*.yaml") if one not in texts and scope is None]
    for place in {file.parent: None for file in texts}:
        place.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".snowcore-") as aside:  # if one can't be written, none is
        written = [(Path(aside, str(number)), file) for number, file in enumerate(texts)]
        for part, file in written:
            part.write_text(texts[file], encoding="utf-8", newline="\n")
        for part, file in written:
            part.replace(file)
    for file in earlier:
        if file.read_text(encoding="utf-8", errors="replace").startswith(_HEAD):
            file.unlink()
    return list(texts)


def list_scope(scope: str | Iterable[str] | None) -> list[str] | None:
    """The names of a scope; None for everything."""
    return [scope] if isinstance(scope, str) else None if scope is None else list(scope)


class Exporter:
    """Tells what an account has as declarations do."""

    def __init__(self, root: Root) -> None:
        self.reading = Reading(root)

    def collect(self, scope: list[str] | None, *, with_public: bool = False) -> dict[tuple[str, ...], Any]:
        """The content of each file, by the parts of its path. with_public: also schemas PUBLIC that are as at first."""
        own = [kind for kind in find_children(()) if not kind.is_container]
        objects = self._group([kind for kind in own if scope is None or kind.plural in scope], ())
        files: dict[tuple[str, ...], Any] = {(f"{plural}.yaml",): {plural: found} for plural, found in objects.items()}
        containers = self._find_containers(scope)
        self.reading.list((kind, one.names) for one in containers for kind in find_children(one.names))
        for one in containers:
            content = self._describe_container(one)
            if content or with_public or not one.comes_along:
                for above in reversed([*find_above(one), one]):
                    content = {above.kind.plural: {above.spelled: content}}
                folders = map(_name_file, one.place)
                files["databases", *folders, f"{_name_file(one.name)}.yaml"] = content
        return dict(sorted(files.items())) or {("account.yaml",): {}}

    def _find_containers(self, scope: list[str] | None) -> list[Address]:
        """The databases and schemas to be exported. ValueError for one that there is not."""
        databases, schemas = (kind for kind in find_kinds().values() if kind.is_container)
        found = self.reading.list_all([databases], ())
        self.reading.list((schemas, database.names) for database in found)
        found += [one for database in list(found) for one in self.reading.list_all([schemas], database.names)]
        if scope is None:
            return found
        places = [read_scope(one) for one in scope if one not in find_kinds()]
        for place in places:
            if place not in (one.names for one in found):
                raise ValueError(f"there is no {Address(databases if len(place) == 1 else schemas, place)}")
        return [one for one in found if any(one.names[: len(place)] == place for place in places)]

    def _describe_container(self, address: Address) -> dict[str, Any]:
        """A database or schema with what is in it, but for the schemas."""
        kinds = [kind for kind in find_children(address.names) if not kind.is_container]
        own, inside = self._describe(address), self._group(kinds, address.names)
        if inside and not own and not address.comes_along:
            own = {"name": address.spelled}  # without a word of its own, it would be no more than a way
        return {**own, **inside}

    def _group(self, kinds: list[Kind], place: Names) -> dict[str, dict[str, Any]]:
        """The objects in a place, by the plurals of their kinds and their names."""
        addresses = sorted(self.reading.list_all(kinds, place), key=lambda one: (one.kind.plural, one.names))
        self.reading.fetch(addresses)
        found: dict[str, dict[str, Any]] = {}
        for address in addresses:
            if self.reading.get(address) is not None:
                found.setdefault(address.kind.plural, {})[address.spelled] = self._describe(address)
        return found

    def _describe(self, address: Address) -> dict[str, Any]:
        """An object as it is declared."""
        row = self.reading.get(address) or {}
        inherited = self.reading.find_inherited(address)
        out = self._strip(Comparison(address, inherited), address.kind.body, row, "")
        return {**out, "state": "started"} if address.kind.turned and row.get("state") == "started" else out

    def _strip(self, comparison: Comparison, schema: Schema, row: Row, above: str, of: str = "") -> dict[str, Any]:
        """What there is to say of an object, or the value `of` a property, in the order of its document."""
        kind, address, out = comparison.address.kind, comparison.address, dict[str, Any]()
        required = kind.find_required(schema, row)
        for name, told in kind.find_properties(schema, row).items():
            value = row.get(name)
            if not is_declared(told) or (not above and name == "name"):
                continue
            if is_secret(told) or (told.get("writeOnly") and value is None):
                if name in required or row.get(f"has_{name}"):
                    out[name] = name_variable(address, f"{above}{name}")
                continue
            at = qualify(of, name)
            shown = comparison.normalize(at, told, value, read=True)
            if value is None or comparison.is_implied(name, value, inside=bool(above)):
                continue
            if shown is not None or name in required:
                out[name] = self._show(comparison, at, told, value, f"{above}{name}")
        return out

    def _show(self, comparison: Comparison, name: str, told: Schema, value: Any, at: str) -> Any:
        kind = comparison.address.kind
        if is_mapping(value):
            if kind.find_properties(told, value):
                return self._strip(comparison, told, value, f"{at}_", name)
            return escape(kind, dict(sorted(value.items())))
        if is_list(value):
            item = kind.schemas.resolve(told.get("items", {}))
            shown = [self._show(comparison, name, item, one, f"{at}_{i}") for i, one in enumerate(value)]
            return sorted(shown) if name == "predecessors" else shown
        if not isinstance(value, str):
            return value
        made = comparison.normalize_text(name, told, value, read=True)
        return ".".join(map(spell_identifier, cast(Names, made))) if isinstance(made, tuple) else escape(kind, value)


def read_scope(text: str) -> Names:
    """The stored names of a database or a schema. ValueError for what is neither."""
    parts = split_name(text)
    if parts.database is not None or parts.signature is not None:
        raise ValueError(f"{text!r} is no scope: it is a kind of objects, a database, or a schema as db.schema")
    return find_stored(parts)


def _name_file(name: str) -> str:
    """A name for a file, or a folder, that every system takes, and that no other name shares in any case."""
    if _PLAIN.fullmatch(name) and not _RESERVED.match(name):
        return name
    return f"{re.sub(r'[^A-Za-z0-9]+', '_', name)[:40]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"


_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_Writer: Any = type("_Writer", (_Dumper,), {})


def _represent_text(writer: Any, text: str) -> Any:
    """Texts of several lines are written as they are read."""
    block = "\n" in text and not re.search(r"[ \t]\n|\r|\t|^\s", text)
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if block else None)


_Writer.add_representer(str, _represent_text)
