# Generated from specs/image-repository.yaml by `make generate`. Do not edit.
"""Image repositories keep container images within a schema, for services to run. Images are pushed to them by any OCI
client, such as Docker. See
https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-registry-repository.
"""

from __future__ import annotations

from snowcore._client import Whole
from snowcore._collections import (
    Matched,
    SchemaObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    SchemaObject,
    Tagged,
)
from snowcore._methods import build_model, deprecate_name, remote, twin
from snowflake_rest import image_repository as rest
from snowflake_rest.image_repository import Image, ImageRepository
from snowflake_rest.runtime import Steps

ImageRepositoryModel = ImageRepository

__all__ = [
    "Image",
    "ImageRepository",
    "ImageRepositoryCollection",
    "ImageRepositoryModel",
    "ImageRepositoryResource",
]


class ImageRepositoryResource(SchemaObject, Fetched[ImageRepository], Dropped, Tagged):
    """An image repository."""

    _rest = rest.RESOURCE

    @remote
    def list_images_in_repository(self) -> Steps[list[Image]]:
        """The images of the repository."""
        return Whole(rest.list_images_in_repository(*self.path))

    list_images_in_repository_async = twin(list_images_in_repository)
    delete = deprecate_name("delete", Dropped.drop)


class ImageRepositoryCollection(
    SchemaObjects[ImageRepositoryResource], Matched[ImageRepositoryResource, ImageRepository]
):
    """The image repositories of the schema."""

    _handle = ImageRepositoryResource

    @remote
    def create(
        self, image_repository: ImageRepository, mode: CreateMode = CreateMode.error_if_exists
    ) -> Steps[ImageRepositoryResource]:
        """Create an image repository.

        See https://docs.snowflake.com/en/sql-reference/sql/create-image-repository.

        Args:
            image_repository: What to create; a dict with the fields of ImageRepository will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        image_repository = build_model(ImageRepository, image_repository)
        yield from rest.create_image_repository(*self.path, image_repository, create_mode=encode_mode(mode))
        return self[image_repository.name]

    create_async = twin(create)
