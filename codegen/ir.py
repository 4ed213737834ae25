"""What templates see: documents made of models and operations, with no trace of YAML or of the parser."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Name:
    """A class or constant, and the generated module that defines it."""

    module: str
    name: str


@dataclass(frozen=True)
class Scalar:
    """One of the runtime's kinds, perhaps with bounds: `STRING`, or `String(max_length=10)`."""

    constant: str
    hint: str
    bounds: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Choice:
    values: tuple[str, ...]


@dataclass(frozen=True)
class Constant:
    """A kind that the specification names, defined once as a constant."""

    name: Name
    kind: Kind


@dataclass(frozen=True)
class Array:
    item: Kind


@dataclass(frozen=True)
class Map:
    item: Kind


@dataclass(frozen=True)
class Optional:
    """An item of an array or a map that may be null."""

    item: Kind


@dataclass(frozen=True)
class Nested:
    model: Name


Kind: TypeAlias = Scalar | Choice | Constant | Array | Map | Optional | Nested


@dataclass(frozen=True)
class Field:
    name: str
    wire: str
    kind: Kind
    doc: str
    required: bool = False
    default: Any = None
    read_only: bool = False
    null: bool = False
    """None is sent as null: the field is required, and null is one of its values."""
    positional: bool = False
    fixed: bool = False
    """The constructor doesn't take it: what it holds follows from the class."""
    others: bool = False
    """It holds what an object has beside the other fields; its `wire` is `*`."""
    known: tuple[str, ...] = ()
    """Values that are known, of a string that takes any."""
    deprecated: bool = False
    """To give it warns with what its `doc` says."""
    facts: tuple[str, ...] = ()
    """What is said of it beside, which no Python shows: that it is write-only, a format, how many items."""


@dataclass(frozen=True)
class Discriminator:
    wire: str
    variants: tuple[tuple[str, Name], ...]


@dataclass(frozen=True)
class Model:
    name: str
    doc: str
    base: Name | None
    fields: tuple[Field, ...]
    discriminator: Discriminator | None = None
    narrows: bool = False
    """It declares a field of its base again."""


@dataclass(frozen=True)
class Parameter:
    """What an operation takes: in the path, the query or a header, or its body."""

    name: str
    wire: str
    place: str
    kind: Kind
    required: bool
    default: Any
    doc: str
    deprecated: bool = False
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    id: str
    name: str
    method: str
    path: str
    doc: str
    parameters: tuple[Parameter, ...]
    """In the order of the call: those of the path, the body, then what must be given, then the others."""
    content_type: str | None
    """Of the body, if that is not JSON."""
    answer: Kind | None
    accept: str | None
    deprecated: bool = False
    statuses: tuple[str, ...] = ()
    """How it says that it is done, or, with 202, that it is not yet."""

    @property
    def body(self) -> Parameter | None:
        return next((parameter for parameter in self.parameters if parameter.place == "body"), None)

    @property
    def named(self) -> list[Parameter]:
        """The parameters that are given by name."""
        return [parameter for parameter in self.parameters if parameter.place in ("query", "header")]


@dataclass(frozen=True)
class Service:
    """What an account does: a class of the facade, whose methods are the operations of a document."""

    module: str
    name: str
    """Of the class and of the root's attribute, in lower case."""
    methods: Mapping[str, str] = field(default_factory=dict[str, str])
    """By the id of its operation, the name of a method that is not named as that, or its whole signature."""
    hides: Collection[str] = ()
    """The models that its module doesn't export."""
    older_names: Mapping[str, str] = field(default_factory=dict[str, str])
    """Deprecated names of methods, and the names that took their place."""


@dataclass(frozen=True)
class Facade:
    """The part of the facade of a resource, as far as it doesn't follow from its operations."""

    methods: Mapping[str, str | None] | None = None
    """By the id of an operation, the name of its method, or the whole signature; None if it is written by hand. The
    others have no method, but for those that many resources share. Where this is None, each has one, under its name."""
    handle: str | None = None
    """The class of methods by hand that the handle extends, in the module `_by_hand.<resource>`."""
    collection: str | None = None
    """The class of methods by hand that the collection extends."""
    lists: str | None = None
    """The class that the collection has `iter` from, if that doesn't follow from the operation's parameters."""
    any_name: bool = False
    """`create_or_alter` takes a description of any name, and not only of the handle's."""
    says: str | None = None
    """The docstring of the handle; its title, if there is none."""
    hides: Collection[str] = ()
    """The models that its module doesn't export."""
    shows: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])
    """What else it exports, by the module where that is."""
    older_names: Mapping[str, str] = field(default_factory=dict[str, str])
    """Deprecated names of methods and of the model, and the names that took their place."""


@dataclass(frozen=True)
class Document:
    """What becomes one module."""

    module: str
    file: str
    doc: str
    constants: tuple[Constant, ...]
    models: tuple[Model, ...]
    operations: tuple[Operation, ...]
    version: str = field(default="", compare=False)
    """The version of the API."""
    openapi: str = field(default="", compare=False, repr=False)
    """The document itself, as JSON, with all that it refers to."""
    title: str = ""
    collection: str | None = None
    """The path of all objects of the kind, if the document is of one."""
    attribute: str | None = None
    """What leads to them from their parent."""
    facade: Facade | None = None
    """Its part of the facade, if that is generated."""
    service: Service | None = None
    grants: Mapping[str, Collection[str | Mapping[str, str]]] | None = None
    """What can be granted, on what and to whom: the words of the API, or a Python name and the word that it is for."""


def find_models(documents: Iterable[Document]) -> dict[Name, Model]:
    """The models of all documents."""
    return {Name(document.module, model.name): model for document in documents for model in document.models}
