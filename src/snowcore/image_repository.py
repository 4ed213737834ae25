"""Image repositories. See https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-registry-repository."""

from __future__ import annotations

from snowflake_rest import image_repository as rest
from snowflake_rest.image_repository import Image, ImageRepository
from snowflake_rest.runtime import Steps

from ._client import Whole
from ._collections import Matched, SchemaObjects
from ._common import CreateMode, wire_mode
from ._handles import Dropped, Fetched, SchemaObject, Tagged
from ._methods import build_model, deprecate_name, remote, twin

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
        """The images that were pushed to the repository."""
        return Whole(rest.list_images_in_repository(*self.path))

    list_images_in_repository_async = twin(list_images_in_repository)
    delete = deprecate_name("delete", Dropped.drop)


class ImageRepositoryCollection(
    SchemaObjects[ImageRepositoryResource], Matched[ImageRepositoryResource, ImageRepository]
):
    """The image repositories of a schema."""

    _handle = ImageRepositoryResource

    @remote
    def create(
        self, image_repository: ImageRepository, mode: CreateMode = CreateMode.error_if_exists
    ) -> Steps[ImageRepositoryResource]:
        """Create an image repository. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        image_repository = build_model(ImageRepository, image_repository)
        yield from rest.create_image_repository(*self.path, image_repository, create_mode=wire_mode(mode))
        return self[image_repository.name]

    create_async = twin(create)
