"""Collections and handles: local references to what lives on the server.

A handle is a name in a collection, a collection is a place under a parent, and making either sends nothing. A remote
method is written once, as the steps it takes; `remote` makes it a method that blocks, `twin` the one that does not.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import warnings
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, Generic, ParamSpec, TypeVar, cast

from snowflake_rest.runtime import Model, Resource, Steps
from snowflake_rest.runtime.model import build

from ._client import Listing
from ._polling import PollingOperation

if TYPE_CHECKING:
    from snowflake_rest.common import TagAssignment

    from ._client import Client
    from ._names import FQN
    from ._root import Root
    from .database import DatabaseResource
    from .schema import SchemaResource

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")
M = TypeVar("M", bound=Model)
H = TypeVar("H", bound="Handle")


def remote(method: Callable[Concatenate[S, P], Steps[T]]) -> Callable[Concatenate[S, P], T]:
    """Make a method that returns steps one that carries them out."""

    @functools.wraps(method)
    def blocking(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return cast("Any", self).client.run(method(self, *args, **kwargs))

    blocking.__signature__ = _returning(method, "Steps", "{}")  # type: ignore[attr-defined]
    return blocking


def twin(blocking: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], PollingOperation[T]]:
    """The same remote method in the background: it returns a PollingOperation at once.

    Bad arguments still raise at the call.
    """
    steps: Callable[Concatenate[S, P], Steps[T]] = blocking.__wrapped__  # type: ignore[attr-defined]

    @functools.wraps(blocking)
    def background(self: S, /, *args: P.args, **kwargs: P.kwargs) -> PollingOperation[T]:
        return cast("Any", self).client.start(steps(self, *args, **kwargs))

    background.__name__ = f"{blocking.__name__}_async"
    background.__qualname__ = f"{blocking.__qualname__}_async"
    background.__doc__ = f"`{blocking.__name__}` in the background.\n\n    {blocking.__doc__ or ''}"
    background.__signature__ = _returning(steps, "Steps", "PollingOperation[{}]")  # type: ignore[attr-defined]
    return background


def renamed(
    old: str, new: Callable[Concatenate[S, P], T], *, instead: str | None = None
) -> Callable[Concatenate[S, P], T]:
    """A method under the name it had before. Using it warns, and names the method to use instead."""
    instead = instead or new.__name__

    @functools.wraps(new)
    def deprecated(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        warnings.warn(f"The `{old}` method is deprecated; use `{instead}`", DeprecationWarning, stacklevel=2)
        return new(self, *args, **kwargs)

    deprecated.__name__ = old
    deprecated.__qualname__ = new.__qualname__.replace(new.__name__, old)
    deprecated.__doc__ = f"Deprecated: use `{instead}`."
    return deprecated


def _returning(method: Callable[..., Any], wrapper: str, form: str) -> inspect.Signature:
    """The signature of a method with its `wrapper[…]` return type put in another form."""
    signature = inspect.signature(method)
    hint = signature.return_annotation
    inner = hint.removeprefix(f"{wrapper}[").removesuffix("]") if isinstance(hint, str) else hint
    return signature.replace(return_annotation=form.format(inner) if isinstance(inner, str) else inner)


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
        made = getattr(importlib.import_module(f"snowflake.core.{self.module}"), self.name)(instance)
        made.attribute = self.attribute
        return instance.__dict__.setdefault(self.attribute, made)


class _Public:
    """What users get from the module that defines it."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        public = cls.__module__.partition("._")[0]  # the package, where a private module of it defines the class
        if public.startswith("snowflake.core."):
            from ._aliases import offer

            offer(public)


class Collection(_Public, Generic[H]):
    """All objects of one kind in one place.

    `collection["name"]` is a handle on one of them, whether it exists or not, and always the same one. Iterating gives
    the names that were asked for, not the server's: those come from `iter()`.
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

    def __getitem__(self, item: str) -> H:
        if item not in self._handles:
            self._handles[item] = self._handle(item, self)
        return self._handles[item]

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

    @property
    def path(self) -> tuple[()]:
        return ()


class DatabaseObjects(Collection[H]):
    """A collection in a database."""

    @property
    def database(self) -> DatabaseResource:
        return self._parent

    @property
    def path(self) -> tuple[str]:
        return (self._parent.name,)


class SchemaObjects(Collection[H]):
    """A collection in a schema."""

    @property
    def schema(self) -> SchemaResource:
        return self._parent

    @property
    def database(self) -> DatabaseResource:
        return self._parent.database

    @property
    def path(self) -> tuple[str, str]:
        return (self._parent.database.name, self._parent.name)

    def path_of(self, name: FQN) -> tuple[str, str, str]:
        """The names that lead to another object; from here, as far as its own name leaves them out."""
        return name.database or self.database.name, name.schema or self.schema.name, name.name


class Matched(Collection[H], Generic[H, M]):
    """For collections that can be searched by a pattern."""

    @remote
    def iter(self, like: str | None = None) -> Steps[Iterator[M]]:
        """The objects of the collection.

        like: only those whose name matches this SQL pattern, in any case.
        """
        return Listing(_offered(self._handle._rest.list)(*self.path, like=like))

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
        listed = _offered(self._handle._rest.list)
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
        limit = one_limit(limit, show_limit, deprecated=self._show_limit_warns)
        listed = _offered(self._handle._rest.list)
        return Listing(listed(*self.path, like=like, starts_with=starts_with, show_limit=limit, from_name=from_name))

    iter_async = twin(iter)


class Service(_Public):
    """What the account does, rather than what it has. Nothing is sent until a method is called."""

    attribute = ""
    """The root's attribute that it stands under."""

    def __init__(self, root: Root) -> None:
        self._root = root

    @property
    def root(self) -> Root:
        """The root of the tree."""
        return self._root

    @property
    def client(self) -> Client:
        """What sends requests."""
        return self._root.client

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Handle(_Public):
    """One object, by name. Nothing is sent until a method is called."""

    _rest: ClassVar[Resource[Any]]

    def __init__(self, name: str, collection: Any) -> None:
        self.name, self.collection = name, collection

    @property
    def root(self) -> Root:
        """The root of the tree."""
        return self.collection.root

    @property
    def client(self) -> Client:
        """What sends requests."""
        return self.collection.client

    @property
    def path(self) -> tuple[str, ...]:
        """The names that lead to the object."""
        return (*self.collection.path, self.name)

    def expect(self, name: str) -> None:
        """ValueError if a description is of another object than this one."""
        if name.lower() != self.name.lower():
            raise ValueError(f"the description is of {name!r}, this handle is on {self.name!r}")

    def renamed_to(self, name: str, collection: Any = None) -> None:
        """Follow the object after a rename, also into another collection."""
        self.collection.forget(self.name)
        self.name = name
        if collection is not None:  # an empty one is false
            self.collection = collection
        self.collection.update_reference(name, name, self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {'.'.join(self.path)!r}>"


class AccountObject(Handle):
    """An object of the account."""

    @property
    def path(self) -> tuple[str]:
        return (self.name,)


class DatabaseObject(Handle):
    """An object in a database."""

    @property
    def database(self) -> DatabaseResource:
        return self.collection.database

    @property
    def path(self) -> tuple[str, str]:
        return (self.database.name, self.name)

    @property
    def qualified_name(self) -> str:
        """The name with the database, as they were given."""
        return ".".join(self.path)


class SchemaObject(Handle):
    """An object in a schema."""

    @property
    def schema(self) -> SchemaResource:
        return self.collection.schema

    @property
    def database(self) -> DatabaseResource:
        return self.collection.database

    @property
    def path(self) -> tuple[str, str, str]:
        return (self.database.name, self.schema.name, self.name)

    @property
    def fully_qualified_name(self) -> str:
        """The name with database and schema, as they were given."""
        return ".".join(self.path)


class Fetched(Handle, Generic[M]):
    """For handles of objects that can be read."""

    @remote
    def fetch(self) -> Steps[M]:
        """The object as it is on the server. NotFoundError if there is none."""
        return _offered(self._rest.fetch)(*self.path)

    fetch_async = twin(fetch)


class Dropped(Handle):
    """For handles of objects that can be dropped."""

    @remote
    def drop(self, if_exists: bool | None = None) -> Steps[None]:
        """Drop the object. NotFoundError if there is none, unless `if_exists`."""
        return _offered(self._rest.drop)(*self.path, if_exists=if_exists)

    drop_async = twin(drop)


class Undropped(Handle):
    """For handles of objects that can be brought back."""

    @remote
    def undrop(self) -> Steps[None]:
        """Bring back the last object of this name that was dropped. ConflictError if the name is taken again."""
        return _offered(self._rest.undrop)(*self.path)

    undrop_async = twin(undrop)


class Reclustered(Handle):
    """For handles of tables that the server keeps clustered."""

    @remote
    def suspend_recluster(self, if_exists: bool | None = None) -> Steps[None]:
        """Stop the automatic clustering of the table."""
        return _offered(self._rest.suspend_recluster)(*self.path, if_exists=if_exists)

    @remote
    def resume_recluster(self, if_exists: bool | None = None) -> Steps[None]:
        """Start the automatic clustering of the table again."""
        return _offered(self._rest.resume_recluster)(*self.path, if_exists=if_exists)

    suspend_recluster_async = twin(suspend_recluster)
    resume_recluster_async = twin(resume_recluster)


class Renamed(SchemaObject):
    """For handles of objects of a schema that can be renamed, also into another schema."""

    @remote
    def rename(
        self,
        target_name: str,
        if_exists: bool | None = None,
        target_database: str | None = None,
        target_schema: str | None = None,
    ) -> Steps[None]:
        """Rename the object. This handle follows.

        target_database, target_schema: where it goes; it stays where it is when they are left out.
        """
        return self.moved(target_name, if_exists, target_database, target_schema)

    rename_async = twin(rename)

    def moved(self, name: str, if_exists: bool | None, database: str | None, schema: str | None) -> Steps[None]:
        """The steps of a rename; some kinds of objects take its arguments in another order."""
        yield from _offered(self._rest.rename)(
            *self.path, target_name=name, if_exists=if_exists, target_database=database, target_schema=schema
        )
        self.renamed_to(name, self.siblings(database, schema))

    def siblings(self, database: str | None, schema: str | None) -> Any:
        """The collection of objects of this kind in another place."""
        if database is None and schema is None:
            return self.collection
        there = self.root.databases[database or self.database.name].schemas[schema or self.schema.name]
        return getattr(there, self.collection.attribute)


class Tagged(Handle):
    """For handles of objects that carry tags. See https://docs.snowflake.com/en/user-guide/object-tagging."""

    @remote
    def set_tags(self, tags: Mapping[Any, Any], if_exists: bool | None = None) -> Steps[None]:
        """Set tags on the object.

        tags: for each tag, given by its TagResource, a TagValue or the value itself.
        """
        from .tag import assignments

        return _offered(self._rest.set_tags)(*self.path, assignments(tags), if_exists=if_exists)

    set_tags_async = twin(set_tags)

    @remote
    def unset_tags(self, tag_resources: set[Any], if_exists: bool | None = None) -> Steps[None]:
        """Take tags off the object."""
        from .tag import references

        return _offered(self._rest.unset_tags)(*self.path, references(tag_resources), if_exists=if_exists)

    unset_tags_async = twin(unset_tags)

    @remote
    def get_tags(self, with_lineage: bool | None = None) -> Steps[dict[Any, Any]]:
        """The object's tags with their values; with `with_lineage`, those that it inherits too."""
        from .tag import values

        asked: Steps[list[TagAssignment]] = _offered(self._rest.get_tags)(*self.path, with_lineage=with_lineage)
        tags = yield from asked
        return values(self.root, tags)

    get_tags_async = twin(get_tags)


def _offered(operation: Callable[..., Any] | None) -> Callable[..., Any]:
    if operation is None:
        raise NotImplementedError("the API has no such operation for this kind of object")
    return operation


def one_limit(limit: int | None, show_limit: int | None, *, deprecated: bool = True) -> int | None:
    """The limit of a list, which some collections take under its name on the wire too.

    deprecated: whether that name warns; not where users had no other.
    """
    if show_limit is None:
        return limit
    if limit is not None:
        raise ValueError("limit and show_limit: both mean the same, so only one of them can be given")
    if deprecated:
        warnings.warn("show_limit is deprecated, use limit", DeprecationWarning, stacklevel=4)
    return show_limit


def named(model: type[M], given: M | Mapping[str, Any]) -> M:
    """What a user gave as a model: itself, or made from a dict and checked."""
    return given if isinstance(given, Model) else cast("M", build(model, given))
