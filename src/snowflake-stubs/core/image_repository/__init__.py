# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.image_repository import (
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
