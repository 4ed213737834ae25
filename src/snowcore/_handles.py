"""Handles: one object each, by its name and the collection that it is in, whether it exists or not.

Making a handle sends nothing; only its remote methods do. The classes here give a kind of objects its place (account,
database, schema) and the methods that many kinds have; the modules of the kinds combine them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from snowflake_rest.runtime import Model, Resource, Steps

from ._methods import remote, require, twin

if TYPE_CHECKING:
    from snowflake_rest.common import TagAssignment

    from ._client import Client
    from ._root import Root
    from .database import DatabaseResource
    from .schema import SchemaResource

M = TypeVar("M", bound=Model)


class Handle:
    """One object, by name. Nothing is sent until a method is called."""

    _rest: ClassVar[Resource[Any]]

    def __init__(self, name: str, collection: Any = None, *, collection_class: Any = None) -> None:
        """name: as SQL spells it: an unquoted one means upper case. collection: what it is in, such as
        `root.databases`.

        collection_class: another name of `collection`.
        """
        self.name, self.collection = name, collection_class if collection is None else collection

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

    def expect(self, name: str, argument: str) -> None:
        """ValueError if the description in this argument of `create_or_alter` is of another object than this one."""
        if name.lower() != self.name.lower():
            raise ValueError(
                "Cannot call create_or_alter on a resource with a different name than the one specified in the "
                f"{argument} argument. The description is of {name!r}, this handle is on {self.name!r}."
            )

    def follow_to(self, name: str, collection: Any = None) -> None:
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
        """The name, as it was given."""
        return (self.name,)


class DatabaseObject(Handle):
    """An object in a database."""

    @property
    def database(self) -> DatabaseResource:
        """The database that the object is in."""
        return self.collection.database

    @property
    def path(self) -> tuple[str, str]:
        """The names of the database and the object, as they were given."""
        return (self.database.name, self.name)

    @property
    def qualified_name(self) -> str:
        """The name with the database, as they were given."""
        return ".".join(self.path)


class SchemaObject(Handle):
    """An object in a schema."""

    @property
    def schema(self) -> SchemaResource:
        """The schema that the object is in."""
        return self.collection.schema

    @property
    def database(self) -> DatabaseResource:
        """The database that the object is in."""
        return self.collection.database

    @property
    def path(self) -> tuple[str, str, str]:
        """The names of the database, the schema and the object, as they were given."""
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
        return require(self._rest.fetch)(*self.path)

    fetch_async = twin(fetch)


class Dropped(Handle):
    """For handles of objects that can be dropped."""

    @remote
    def drop(self, if_exists: bool | None = None) -> Steps[None]:
        """Drop the object. NotFoundError if there is none, unless `if_exists`."""
        return require(self._rest.drop)(*self.path, if_exists=if_exists)

    drop_async = twin(drop)


class Undropped(Handle):
    """For handles of objects that can be brought back."""

    @remote
    def undrop(self) -> Steps[None]:
        """Bring back the last object of this name that was dropped. ConflictError if the name is taken again."""
        return require(self._rest.undrop)(*self.path)

    undrop_async = twin(undrop)


class Reclustered(Handle):
    """For handles of tables that the server keeps clustered."""

    @remote
    def suspend_recluster(self, if_exists: bool | None = None) -> Steps[None]:
        """Stop the automatic clustering of the table."""
        return require(self._rest.suspend_recluster)(*self.path, if_exists=if_exists)

    @remote
    def resume_recluster(self, if_exists: bool | None = None) -> Steps[None]:
        """Start the automatic clustering of the table again."""
        return require(self._rest.resume_recluster)(*self.path, if_exists=if_exists)

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
        return self._move(target_name, if_exists, target_database, target_schema)

    rename_async = twin(rename)

    def _move(self, name: str, if_exists: bool | None, database: str | None, schema: str | None) -> Steps[None]:
        """The steps of a rename; some kinds of objects take its arguments in another order."""
        yield from require(self._rest.rename)(
            *self.path, target_name=name, if_exists=if_exists, target_database=database, target_schema=schema
        )
        self.follow_to(name, self.find_siblings(database, schema))

    def find_siblings(self, database: str | None, schema: str | None) -> Any:
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
        from ._tags import make_assignments

        return require(self._rest.set_tags)(*self.path, make_assignments(tags), if_exists=if_exists)

    set_tags_async = twin(set_tags)

    @remote
    def unset_tags(self, tag_resources: set[Any], if_exists: bool | None = None) -> Steps[None]:
        """Take tags off the object."""
        from ._tags import make_references

        return require(self._rest.unset_tags)(*self.path, make_references(tag_resources), if_exists=if_exists)

    unset_tags_async = twin(unset_tags)

    @remote
    def get_tags(self, with_lineage: bool | None = None) -> Steps[dict[Any, Any]]:
        """The object's tags with their values; with `with_lineage`, those that it inherits too."""
        from ._tags import read_assignments

        asked: Steps[list[TagAssignment]] = require(self._rest.get_tags)(*self.path, with_lineage=with_lineage)
        tags = yield from asked
        return read_assignments(self.root, tags)

    get_tags_async = twin(get_tags)
