"""Image repositories: places with an address. Their images are those that a command of this machine stands for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, ObjectType, need_plain
from .words import Words


class ImageRepositories(ObjectType):
    resource, what = "image-repository", "image repository"
    words = Words("IMAGE REPOSITORY")

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        need_plain(path[-1], "an image repository")

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        return {"repository_url": "/".join(["snowcore.registry.invalid", *(part.lower() for part in entry.path)])}

    def do_images(self, call: Call) -> list[Content]:
        entry = self.entry(call)
        above = "/".join(["", *(part.lower() for part in entry.path)])
        return [
            {
                "created_on": entry.created_on,
                "image_name": image,
                "tags": tag,
                "digest": f"sha256:{hashlib.sha256(f'{above}/{image}:{tag}'.encode()).hexdigest()}",
                "image_path": f"{above.removeprefix('/')}/{image}:{tag}",
            }
            for image, tag in self.account.services.images.of_repository(entry.path)
        ]
