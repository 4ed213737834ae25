"""YAML files as values of JSON, with the place of each part."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

import yaml

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"


def is_mapping(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def point(at: str, name: str) -> str:
    """The JSON pointer to a part of what is at another."""
    return f"{at}/{name.replace('~', '~0').replace('/', '~1')}"


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


class Word(str):
    """A single value as it is written. value: what YAML takes it for: a number, true or false."""

    value: int | float | bool

    def __new__(cls, text: str, value: float) -> Word:
        word = super().__new__(cls, text)
        word.value = value
        return word


class _Loader(_Safe):
    """Gives numbers, true and false as words, times as texts, and notes the keys that are twice in a mapping."""

    def __init__(self, text: str) -> None:
        base: Any = super()
        base.__init__(text)
        self.twice: list[yaml.ScalarNode] = []

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:
        seen: set[str] = set()
        for key in (key for key, _ in node.value if key.tag != f"{_TAG}merge"):
            if str(key.value) in seen:
                self.twice.append(key)
            seen.add(str(key.value))
        base: Any = super()
        return {str(key or ""): value for key, value in base.construct_mapping(node, deep=True).items()}

    def construct_word(self, node: Any) -> str:
        read = getattr(_Safe, f"construct_yaml_{node.tag.removeprefix(_TAG)}")
        return Word(node.value, read(self, node))


for _name in ("bool", "float", "int"):
    _Loader.add_constructor(f"{_TAG}{_name}", _Loader.construct_word)
_Loader.add_constructor(f"{_TAG}map", _Loader.construct_mapping)  # at once, so that none can contain itself
_Loader.add_constructor(f"{_TAG}timestamp", _Loader.construct_yaml_str)


class Document:
    """What one file says. content: its value; None if there is none. faults: what is wrong with it."""

    def __init__(self, name: str, content: Any = None) -> None:
        self.content = content
        self.faults: list[Fault] = []
        self._name = name
        self._root: yaml.Node | None = None

    @classmethod
    def read(cls, file: Path) -> Document:
        """Read a file, and note why it can't be read."""
        document = cls(str(file))
        try:
            loader: Any = _Loader(file.read_text(encoding="utf-8"))
            document._root = loader.get_single_node()
            document.content = None if document._root is None else loader.construct_document(document._root)
        except OSError as error:
            document.refuse("", f"can't be read: {error.strerror or error}")
        except UnicodeDecodeError:
            document.refuse("", "can't be read: it is not UTF-8")
        except yaml.MarkedYAMLError as error:
            document.faults.append(Fault(document._locate(error.problem_mark), f"not YAML: {error.problem}"))
        except (yaml.YAMLError, RecursionError) as error:
            document.refuse("", f"not YAML: {error}")
        else:
            for key in loader.twice:
                document.faults.append(Fault(document._locate(key.start_mark), f"{key.value!r} is here twice"))
        return document

    def refuse(self, at: str, what: str) -> None:
        """Note that a part is wrong."""
        self.faults.append(Fault(self.find_spot(at), what))

    def find_spot(self, at: str) -> Spot:
        """Where a part is, by its JSON pointer, or else the nearest thing around it."""
        node = place = self._root
        for part in at.split("/")[1:]:
            word = part.replace("~1", "/").replace("~0", "~")
            if isinstance(node, yaml.MappingNode):
                pairs = [(key, value) for key, value in node.value if key.value == word]
            else:
                pairs = [(one, one) for i, one in enumerate(node.value if node else ()) if str(i) == word]
            if not pairs:
                break
            place, node = pairs[-1]
        return self._locate(place and place.start_mark)

    def _locate(self, mark: yaml.Mark | None) -> Spot:
        return Spot(self._name, mark.line + 1, mark.column + 1) if mark else Spot(self._name, 0, 0)
