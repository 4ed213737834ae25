"""Collections: all objects of one kind in one place. Making one sends nothing; only its remote methods do."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import ItemsView, Iterator, KeysView, ValuesView
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from snowflake_rest.runtime import Model, Steps
from snowflake_rest.runtime.kinds import show, suggest

from ._client import Listing
from ._handles import Handle
from ._methods import remote, require, twin

if TYPE_CHECKING:
    from ._client import Client
    from ._identifiers import IdentifierLike
    from ._names import Parts
    from ._root import Root
    from .database import DatabaseResource
    from .schema import SchemaResource

M = TypeVar("M", bound=Model)
H = TypeVar("H", bound=Handle)


class child:
    """A collection or service under a parent, imported and made when it is first asked for, then kept."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name

    def __set_name__(self, owner: type, attribute: str) -> None:
        self.attribute = attribute
        self.__doc__ = f"`{self.name}`: the {attribute.replace('_', ' ')} here. Sends nothing."

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        made = getattr(importlib.import_module(f"snowcore.{self.module}"), self.name)(instance)
        made.attribute = self.attribute
        return instance.__dict__.setdefault(self.attribute, made)


class Places:
    """What collections stand under. Installed packages may add some: see docs/regenerate.md.

    Their entry points, of the group `snowcore.resources`, are named by the place and the attribute, such as
    `schema.git_repositories`, and lead to the collection. They are looked for when an attribute is not known.
    """

    _place = ""

    if not TYPE_CHECKING:

        def __getattr__(self, attribute: str) -> Any:
            if not attribute.startswith("_"):
                from importlib.metadata import entry_points

                for point in entry_points(group="snowcore.resources", name=f"{self._place}.{attribute}"):
                    made = point.load()(self)
                    made.attribute = attribute
                    return self.__dict__.setdefault(attribute, made)
            place = next((other._place for other in Places.__subclasses__() if hasattr(other, attribute)), None)
            meant = f"; look under the {place} for it" if place else suggest(attribute, dir(self))
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {attribute!r}{meant}")


class Collection(Generic[H]):
    """All objects of one kind in one place.

    `collection["name"]` is a handle on one of them, whether it exists or not, and always the same one; an Identifier
    counts as its spelling. Iterating gives the names that were asked for, not the server's: those come from `iter()`.
    """

    _handle: ClassVar[type[Any]]
    attribute = ""
    """The parent's attribute that the collection stands under."""

    def __init__(self, parent: Any) -> None:
        self._parent = parent
        self._handles: dict[str, H] = {}

    @property
    def root(self) -> Root:
        """The root of the tree."""
        return self._parent.root

    @property
    def client(self) -> Client:
        """What sends requests."""
        return self._parent.client

    @property
    def path(self) -> tuple[str, ...]:
        """The names of the parents."""
        return ()

    def __getitem__(self, item: IdentifierLike) -> H:
        try:
            return self._handles[item]  # type: ignore[index]  # no Identifier is a key
        except (KeyError, TypeError):  # TypeError for a slice, say
            pass
        if not isinstance(item, str):
            from ._identifiers import Identifier

            if isinstance(item, Identifier):  # pyright: ignore[reportUnnecessaryIsInstance] - users pass anything
                return self[str(item)]
            raise TypeError(f"{type(self).__name__}[…] takes the name of an object, a str, not {show(item)}")
        if item in ("", ".", ".."):
            raise ValueError(f"{type(self).__name__}[…]: {item!r} can't be the name of anything")
        return self._handles.setdefault(item, self._handle(item, self))

    def __iter__(self) -> Iterator[str]:
        return iter(self._handles)

    def __len__(self) -> int:
        return len(self._handles)

    def __contains__(self, item: object) -> bool:
        return item in self._handles

    def keys(self) -> KeysView[str]:
        """The names asked for so far."""
        return self._handles.keys()

    def items(self) -> ItemsView[str, H]:
        """The names asked for so far, with their handles."""
        return self._handles.items()

    def values(self) -> ValuesView[H]:
        """The handles asked for so far."""
        return self._handles.values()

    def forget(self, name: str) -> None:
        """Keep no handle under this name."""
        self._handles.pop(name, None)

    def update_reference(self, old_name: str, new_name: str, resource: H) -> None:
        """Let a handle stand under another name, after a rename."""
        self._handles.pop(old_name, None)
        self._handles[new_name] = resource

    def __repr__(self) -> str:
        place = ".".join(self.path)
        return f"<{type(self).__name__}: {place!r}>" if place else f"<{type(self).__name__}>"


class AccountObjects(Collection[H]):
    """A collection of the account."""

    def __init__(self, root: Any) -> None:
        """root: the Root of the account."""
        super().__init__(root)

    @property
    def path(self) -> tuple[()]:
        """Empty: nothing leads to an object of the account but its own name."""
        return ()


class DatabaseObjects(Collection[H]):
    """A collection in a database."""

    def __init__(self, database: Any, root: Any = None) -> None:
        """database: the database that they are in, as `root.databases["d"]`. root: not needed, its own."""
        super().__init__(database)

    @property
    def database(self) -> DatabaseResource:
        """The database that the objects are in."""
        return self._parent

    @property
    def path(self) -> tuple[str]:
        """The name of the database, as it was given."""
        return (self._parent.name,)


class SchemaObjects(Collection[H]):
    """A collection in a schema."""

    def __init__(self, schema: Any) -> None:
        """schema: the schema that they are in, as `root.databases["d"].schemas["s"]`."""
        super().__init__(schema)

    @property
    def schema(self) -> SchemaResource:
        """The schema that the objects are in."""
        return self._parent

    @property
    def database(self) -> DatabaseResource:
        """The database that the objects are in."""
        return self._parent.database

    @property
    def path(self) -> tuple[str, str]:
        """The names of the database and the schema, as they were given."""
        return (self._parent.database.name, self._parent.name)

    def locate(self, name: Parts) -> tuple[str, str, str]:
        """The names that lead to another object; from here, as far as its own name leaves them out."""
        return name.database or self.database.name, name.schema or self.schema.name, name.name

    @property
    def target(self) -> dict[str, Any]:
        """Where copies of other objects go, as operations name it."""
        return {"target_database": self.database.name, "target_schema": self.schema.name}


class Matched(Collection[H], Generic[H, M]):
    """For collections that can be searched by a pattern."""

    @remote
    def iter(self, like: str | None = None) -> Steps[Iterator[M]]:
        """The objects of the collection.

        like: only those whose name matches this SQL pattern, in any case.
        """
        return Listing(require(self._handle._rest.list)(*self.path, like=like))

    iter_async = twin(iter)


class Listed(Collection[H], Generic[H, M]):
    """For collections that can be searched, and listed in parts."""

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        from_name: str | None = None,
    ) -> Steps[Iterator[M]]:
        """The objects of the collection.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this.
        """
        listed = require(self._handle._rest.list)
        return Listing(listed(*self.path, like=like, starts_with=starts_with, show_limit=limit, from_name=from_name))

    iter_async = twin(iter)


class ShowLimited(Collection[H], Generic[H, M]):
    """For collections that can be searched, and listed in parts, whose limit has two names."""

    _show_limit_warns: ClassVar[bool] = True
    """Not where users had no other name for it."""

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        from_name: str | None = None,
        show_limit: int | None = None,
    ) -> Steps[Iterator[M]]:
        """The objects of the collection.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this. show_limit: an old name of `limit`.
        """
        limit = choose_limit(limit, show_limit, deprecated=self._show_limit_warns)
        listed = require(self._handle._rest.list)
        return Listing(listed(*self.path, like=like, starts_with=starts_with, show_limit=limit, from_name=from_name))

    iter_async = twin(iter)


class QuietlyShowLimited(ShowLimited[H, M]):
    """The same, where users had no other name for the limit."""

    _show_limit_warns = False


def choose_limit(limit: int | None, show_limit: int | None, *, deprecated: bool = True) -> int | None:
    """The limit of a list, which some collections take under its name on the wire too.

    deprecated: whether that name warns; not where users had no other.
    """
    if show_limit is None:
        return limit
    if limit is not None:
        raise ValueError("Cannot specify both 'limit' and 'show_limit'. Use only one of them.")
    if deprecated:
        warnings.warn("'show_limit' is deprecated, use 'limit' instead.", DeprecationWarning, stacklevel=4)
    return show_limit
