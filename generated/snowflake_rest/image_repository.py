# Generated from specs/image-repository.yaml by `make generate`. Do not edit.
"""Image repositories keep container images within a schema, for services to run. Images are pushed to them by any OCI
client, such as Docker. See
https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-registry-repository.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER, TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    STRING,
    Array,
    Choice,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class Image(Model):
    """A container image.

    Attributes:
        created_on (set by the server): When the image was added to the repository.
        image_name (set by the server): The name of the image.
        tags (set by the server): The tags of the image, such as `latest`.
        digest (set by the server): The digest of the image, which starts with `sha256:`.
        image_path (set by the server): The full path of the image, as a service specification names it.
    """

    created_on: str | None = field(STRING, default=None, read_only=True)
    """When the image was added to the repository."""
    image_name: str | None = field(STRING, default=None, read_only=True)
    """The name of the image."""
    tags: str | None = field(STRING, default=None, read_only=True)
    """The tags of the image, such as `latest`."""
    digest: str | None = field(STRING, default=None, read_only=True)
    """The digest of the image, which starts with `sha256:`."""
    image_path: str | None = field(STRING, default=None, read_only=True)
    """The full path of the image, as a service specification names it."""


@model
class ImageRepository(Model):
    """An image repository.

    Args:
        name: The name of the image repository.
        database_name: The database of the image repository.
        schema_name: The schema of the image repository.

    Attributes:
        created_on (set by the server): When the image repository was created.
        repository_url (set by the server): The address to push images to and pull them from.
        owner (set by the server): The role that owns the image repository.
        owner_role_type (set by the server): The kind of role that owns the image repository, such as `ROLE`.
    """

    name: str = field(IDENTIFIER, kw_only=False)
    """The name of the image repository."""
    database_name: str | None = field(IDENTIFIER, default=None, kw_only=False)
    """The database of the image repository."""
    schema_name: str | None = field(IDENTIFIER, default=None, kw_only=False)
    """The schema of the image repository."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the image repository was created."""
    repository_url: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The address to push images to and pull them from."""
    owner: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The role that owns the image repository."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The kind of role that owns the image repository, such as `ROLE`."""


_IMAGE_REPOSITORY_LIST = Array(Nested(ImageRepository))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_IMAGE_REPOSITORY = Nested(ImageRepository)
_IMAGE_LIST = Array(Nested(Image))
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_image_repositories(database: str, schema: str, *, like: str | None = None) -> Operation[list[ImageRepository]]:
    """The image repositories of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listImageRepositories",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/image-repositories",
        query={"like": argument("like", STRING, like)},
        answer=_IMAGE_REPOSITORY_LIST,
    )


def create_image_repository(
    database: str,
    schema: str,
    image_repository: ImageRepository,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an image repository.

    See https://docs.snowflake.com/en/sql-reference/sql/create-image-repository.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        image_repository: An image repository.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createImageRepository",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/image-repositories",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("image_repository", _IMAGE_REPOSITORY, image_repository, required=True),
    )


def fetch_image_repository(database: str, schema: str, name: str) -> Operation[ImageRepository]:
    """Fetch an image repository.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchImageRepository",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/image-repositories/{segment('name', name)}",
        answer=_IMAGE_REPOSITORY,
    )


def delete_image_repository(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the image repository and its images.

    See https://docs.snowflake.com/en/sql-reference/sql/drop-image-repository.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteImageRepository",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/image-repositories/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def list_images_in_repository(database: str, schema: str, name: str) -> Operation[list[Image]]:
    """The images of the repository.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="listImagesInRepository",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/image-repositories/{segment('name', name)}/images",
        answer=_IMAGE_LIST,
    )


def set_tags(
    database: str, schema: str, name: str, tags: list[TagAssignment], *, if_exists: bool | None = None
) -> Operation[None]:
    """Set tags on the object, each with a value. Tags that are not named keep their values.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/image-repositories/{segment('name', name)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(
    database: str, schema: str, name: str, tags: list[TagReference], *, if_exists: bool | None = None
) -> Operation[None]:
    """Take tags off the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/image-repositories/{segment('name', name)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(
    database: str, schema: str, name: str, *, with_lineage: bool | None = None
) -> Operation[list[TagAssignment]]:
    """The tags that are set on the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/image-repositories/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="image_repository",
    collection="/api/v2/databases/{database}/schemas/{schema}/image-repositories",
    model=ImageRepository,
    list=list_image_repositories,
    create=create_image_repository,
    fetch=fetch_image_repository,
    drop=delete_image_repository,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
