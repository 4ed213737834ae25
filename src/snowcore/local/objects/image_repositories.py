"""Image repositories: places with an address, that nothing can be pushed to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, ObjectType
from .words import Words


class ImageRepositories(ObjectType):
    resource, what = "image-repository", "image repository"
    words = Words("IMAGE REPOSITORY")

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        return {"repository_url": "/".join(["snowcore.registry.invalid", *(part.lower() for part in entry.path)])}

    def do_images(self, call: Call) -> list[Content]:
        self.entry(call)
        return []
