"""Files that a driver puts into a stage: by the file system, or by PUT to a URL that only it knows.

Drivers up to version 4 write to a local folder when they are told to. Later ones know no such thing, and are told of a
store as Google's, which takes a file at a URL.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ...engine.errors import unsupported
from ...engine.files.stages import write_whole

PATH = "/stage-files"
_OPEN = 1000
"""How many URLs are good at a time."""


class Uploads:
    """The URLs that were given out."""

    def __init__(self) -> None:
        self._folders: OrderedDict[str, Path] = OrderedDict()

    def by_url(self, upload: dict[str, Any], base: str) -> dict[str, Any]:
        """What the driver is told of an upload, with a URL in place of the folder."""
        if any(sign in upload["src_locations"][0] for sign in "*?"):
            raise unsupported("PUT of several files with this driver; put them one by one")
        token = secrets.token_urlsafe(32)
        while len(self._folders) >= _OPEN:
            self._folders.popitem(last=False)
        self._folders[token] = Path(upload["stageInfo"]["location"])
        name = Path(upload["src_locations"][0]).name
        if upload["autoCompress"] and not name.endswith(".gz"):
            name += ".gz"
        place: dict[str, Any] = {
            "locationType": "GCS",
            "location": "stage/",
            "region": "local",
            "creds": {},
            "presignedUrl": f"{base}{PATH}/{token}/{quote(name)}",
        }
        return {**upload, "stageInfo": place, "overwrite": True}

    def knows(self, token: str) -> bool:
        return token in self._folders

    def save(self, token: str, name: str, content: bytes) -> bool:
        """Keep a file that came to a URL; False if nobody was given it."""
        folder = self._folders.get(token)
        if folder is None or name != Path(name).name or name in ("", ".", ".."):
            return False
        with write_whole(folder / name) as coming:
            coming.write_bytes(content)
        return True
