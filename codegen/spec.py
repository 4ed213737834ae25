"""The specifications as they lie on disk, and the one error that anything wrong with them becomes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

JSON, EVENTS, BYTES, TEXT = "application/json", "text/event-stream", "application/octet-stream", "text/plain"
MEDIA = (JSON, EVENTS, BYTES, TEXT)
_REF = re.compile(r"([^#]*)#/components/([^/]+)/([^/]+)")


class SpecError(Exception):
    """What is wrong with the specifications, a line a problem: the file, the path in it, what is expected."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Key(NamedTuple):
    """A component: `#/components/{kind}/{name}` of a file."""

    file: str
    kind: str
    name: str

    @property
    def path(self) -> str:
        return f"components.{self.kind}.{self.name}"


class Specs:
    """The documents of a folder, by file name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents: dict[str, dict[str, Any]] = {}
        problems: list[str] = []
        for path in sorted(folder.glob("*.yaml")):
            try:
                document = load(path.read_text(encoding="utf-8"))
            except yaml.MarkedYAMLError as error:
                line = error.problem_mark.line + 1 if error.problem_mark else 1
                problems.append(self.problem(path.name, "", f"not YAML: {error.problem} (line {line})", line))
                continue
            except (OSError, ValueError, yaml.YAMLError) as error:
                problems.append(self.problem(path.name, "", f"can't be read: {' '.join(str(error).split())}"))
                continue
            if isinstance(document, dict):
                self.documents[path.name] = document
            else:
                problems.append(self.problem(path.name, "", "expected a mapping"))
        if not problems and not self.documents:
            problems.append(f"{folder}: no specifications (*.yaml) here")
        if problems:
            raise SpecError(*problems)

    def problem(self, file: str, path: str, text: str, line: int = 1) -> str:
        """One line of a `SpecError`. line: where in the file, if there is no path."""
        return ": ".join(part for part in ((self.folder / file).as_posix(), path, text) if part)

    def key(self, ref: str, here: str) -> Key | None:
        """What a `$ref` in the file `here` leads to, or None if there is no such thing."""
        seen: set[Key] = set()
        while match := _REF.fullmatch(ref):
            key = Key(match[1].removeprefix("./") or here, match[2], match[3])
            found = self.get(key)
            if found is None or key in seen:
                return None
            if not isinstance(found, dict) or found.keys() != {"$ref"}:
                return key
            seen.add(key)
            ref, here = str(found["$ref"]), key.file
        return None

    def get(self, key: Key) -> Any:
        """The component, or None."""
        node: Any = self.documents.get(key.file)
        for name in ("components", key.kind, key.name):
            node = node.get(name) if isinstance(node, dict) else None
        return node

    def follow(self, node: dict[str, Any], here: str) -> tuple[dict[str, Any], str]:
        """A part of the file `here` itself, where it may only be referred to, and the file that it is in."""
        key = self.key(node["$ref"], here) if "$ref" in node else None
        return (self.get(key), key.file) if key else (node, here)

    def base(self, key: Key) -> Key | None:
        """The schema that this one extends by `allOf`."""
        match self.get(key):
            case {"allOf": [{"$ref": str(ref)}, *_]}:
                return self.key(ref, key.file)
        return None

    def ancestors(self, key: Key) -> Iterator[Key]:
        """The schema itself, what it extends, and so on."""
        seen: set[Key] = set()
        at: Key | None = key
        while at is not None and at not in seen:
            seen.add(at)
            yield at
            at = self.base(at)

    def find_declared(self, key: Key) -> dict[str, Any]:
        """The properties of a schema, those of its bases first."""
        out: dict[str, Any] = {}
        for ancestor in reversed(list(self.ancestors(key))):
            out |= own_properties(self.get(ancestor))
        return out


def own_properties(schema: dict[str, Any]) -> dict[str, Any]:
    """The properties that a schema adds to its base, if it has one."""
    parts = [schema, *(part for part in schema.get("allOf", ()) if "$ref" not in part)]
    return {name: value for part in parts for name, value in part.get("properties", {}).items()}


def load(text: str) -> Any:
    """What a text of YAML says."""
    return yaml.load(text, Loader=_Loader)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a key that is written twice is an error: the first one would be lost in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} is written twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)
