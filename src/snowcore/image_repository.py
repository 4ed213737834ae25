# Generated from specs/image-repository.yaml by `make generate`. Do not edit.
"""Image repositories keep container images within a schema, for services to run. Images are pushed to them by any OCI
client, such as Docker. See
https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-registry-repository.
"""

from snowcore._generated.image_repository import (
    Image,
    ImageRepository,
    ImageRepositoryCollection,
    ImageRepositoryModel,
    ImageRepositoryResource,
)

__all__ = [
    "Image",
    "ImageRepository",
    "ImageRepositoryCollection",
    "ImageRepositoryModel",
    "ImageRepositoryResource",
]
