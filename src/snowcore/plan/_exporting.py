"""Export: write what an account has as a folder that declares it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import yaml

from .._names import spell_identifier, split_name, unquote
from .._root import Root
from .._schemas import Schema
from ._comparing import Comparison, qualify
from ._kinds import Address, Kind, Names, find_children, find_kinds, is_secret
from ._reading import Reading, Row
from ._secrets import escape, name_variable

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
    names = [scope] if isinstance(scope, str) else None if scope is None else list(scope)
    texts = {Path(folder, *file): _write(content) for file, content in collect(root, names).items()}
    earlier = [one for one in Path(folder).rglob("*.yaml") if one not in texts and names is None]
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


def collect(root: Root, names: list[str] | None) -> dict[tuple[str, ...], Any]:
    """The content of each file, by the parts of its path. names: the scope, or None for everything."""
    return dict(sorted((_Exporter(Reading(root)).export(names) or {("account.yaml",): {}}).items()))


class _Exporter:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def export(self, scope: list[str] | None) -> dict[tuple[str, ...], Any]:
        """The content of each file, by the parts of its path."""
        kinds, files = find_kinds(), dict[tuple[str, ...], Any]()
        above = [kind for kind in find_children(()) if kind.name != "database"]
        chosen = above if scope is None else [kind for kind in above if kind.plural in scope]
        databases = self.reading.list_all([kinds["databases"]], ())
        places = None if scope is None else [read_scope(one) for one in scope if one not in kinds]
        for place in places or ():
            if (database := Address(kinds["databases"], place[:1])) not in databases:
                raise ValueError(f"there is no {database}")
            if len(place) == 2 and not self.reading.is_there(Address(kinds["schemas"], place)):
                raise ValueError(f"there is no {Address(kinds['schemas'], place)}")
        for kind, objects in self._group(chosen, ()).items():
            files[f"{kind.plural}.yaml",] = {kind.plural: objects}
        for database in databases:
            if places is None or any(place[:1] == database.names for place in places):
                self._export_database(database, files, places)
        return files

    def _export_database(
        self, database: Address, files: dict[tuple[str, ...], Any], places: list[Names] | None
    ) -> None:
        name, file = database.spelled, _name_file(database.name)
        if places is None or database.names in places:
            inside = self._group(_but("schema", database.names), database.names)
            files["databases", f"{file}.yaml"] = {"databases": {name: self._put_together(database, inside)}}
        schemas = self.reading.list_all([find_kinds()["schemas"]], database.names)
        wanted = [s for s in schemas if places is None or s.names in places or database.names in places]
        self.reading.list((kind, schema.names) for schema in wanted for kind in find_children(schema.names))
        for schema in wanted:
            found = self._group(find_children(schema.names), schema.names)
            content = self._put_together(schema, found)
            if content or schema.name != "PUBLIC":
                path = ("databases", file, f"{_name_file(schema.name)}.yaml")
                files[path] = {"databases": {name: {"schemas": {schema.spelled: content}}}}

    def _put_together(self, address: Address, inside: dict[Kind, dict[str, Any]]) -> dict[str, Any]:
        """A database or schema with what is in it."""
        own = self._describe(address)
        if inside and not own and address.name != "PUBLIC":
            own = {"name": address.spelled}  # without a word of its own, it would be no more than a way
        return {**own, **{kind.plural: objects for kind, objects in inside.items()}}

    def _group(self, kinds: list[Kind], place: Names) -> dict[Kind, dict[str, Any]]:
        """The objects in a place, by kind and name."""
        addresses = sorted(self.reading.list_all(kinds, place), key=lambda one: one.names)
        self.reading.fetch(addresses)
        found: dict[Kind, dict[str, Any]] = {}
        for address in addresses:
            if self.reading.get(address) is not None:
                found.setdefault(address.kind, {})[address.spelled] = self._describe(address)
        return {kind: found[kind] for kind in sorted(found, key=lambda kind: kind.plural)}

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
        for name, part in kind.find_properties(schema, row).items():
            told, value = kind.schemas.resolve(part), row.get(name)
            if not kind.is_declared(name, told) or (not above and name == "name"):
                continue
            if is_secret(told) or (told.get("writeOnly") and value is None):
                if name in required or row.get(f"has_{name}"):
                    out[name] = name_variable(address, f"{above}{name}")
                continue
            at = qualify(of, name)
            shown = comparison.normalize(at, told, value, read=True)
            if value is None or (not above and comparison.is_implied(name, value)):
                continue
            if shown is not None or name in required:
                out[name] = self._show(comparison, at, told, value, f"{above}{name}")
        return out

    def _show(self, comparison: Comparison, name: str, told: Schema, value: Any, at: str) -> Any:
        kind = comparison.address.kind
        if isinstance(value, Mapping):
            row = cast("Mapping[str, Any]", value)
            plain = escape(dict(sorted(row.items())))
            return self._strip(comparison, told, row, f"{at}_", name) if kind.find_properties(told, row) else plain
        if isinstance(value, list):
            item = kind.schemas.resolve(told.get("items", {}))
            values = enumerate(cast("list[Any]", value))
            shown = [self._show(comparison, name, item, one, f"{at}_{i}") for i, one in values]
            return sorted(shown) if name == "predecessors" else shown
        if isinstance(value, str):
            made = comparison.normalize_text(name, told, value, read=True)
            return ".".join(map(spell_identifier, cast("Names", made))) if isinstance(made, tuple) else escape(value)
        return value


def _but(left_out: str, place: Names) -> list[Kind]:
    return [kind for kind in find_children(place) if kind.name != left_out]


def read_scope(text: str) -> Names:
    """The stored names of a database or a schema. ValueError for what is neither."""
    parts = split_name(text)
    if parts.database is not None or parts.signature is not None:
        raise ValueError(f"{text!r} is no scope: it is a kind of objects, a database, or a schema as db.schema")
    return tuple(unquote(part) for part in parts[:3] if part)


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


def _write(content: Any) -> str:
    return _HEAD + yaml.dump(content, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=1_000_000)
