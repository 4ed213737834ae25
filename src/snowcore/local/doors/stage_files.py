"""Files that a driver puts into a stage, or gets out of one: by the file system, or at URLs that only it knows.

The server reads and writes no file but a stage's: what lies on a client's disk, the client reads and writes. Drivers up
to version 4 put files into a local folder when they are told to. Later ones know no such thing, and are told of a store
as Google's, which takes a file at a URL. Every driver gets files from URLs.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs

from ...engine.files.stages import write_whole
from ...engine.latest import Latest

PATH = "/stage-files"
_OPEN = 1000
"""For how many statements URLs are good at a time."""


@attrs.frozen
class _Shared:
    """What those may do who know a token."""

    folder: Path
    readable: frozenset[str] = frozenset()
    """The files below the folder that they may read."""
    writable: bool = False
    """Whether they may put files into the folder."""


class StageFiles:
    """The URLs that were given out."""

    def __init__(self) -> None:
        self._shared = Latest[str, _Shared](_OPEN)

    def by_url(self, order: Mapping[str, Any], base: str, *, writes_files: bool) -> dict[str, Any]:
        """What the driver is told to do, with URLs in place of folders. writes_files: whether it can put a file into a
        folder."""
        if order["command"] == "DOWNLOAD":
            return self._download(order, base)
        return dict(order) if writes_files else self._upload(order, base)

    def refuses(self, token: str, name: str, *, only_new: bool) -> int | None:
        """The HTTP status that says why no file may be put at a URL: nobody was given it (403), it is that of several
        files, for which the driver asks again one by one (400), or there is a file (412); None if one may."""
        found = self._shared.get(token)
        if found is None:
            return 403
        if not found.writable:
            return 403 if found.readable else 400
        return 412 if only_new and self.find(token, name) is not None else None

    def save(self, token: str, name: str, content: bytes) -> bool:
        """Keep a file that came to a URL; False if nobody was given it."""
        found = self._shared.get(token)
        if found is None or not found.writable or name != Path(name).name or name in ("", ".", ".."):
            return False
        with write_whole(found.folder / name) as coming:
            coming.write_bytes(content)
        return True

    def find(self, token: str, name: str) -> Path | None:
        """Where the file of a URL is; None if nobody was given it, or if it is gone."""
        found = self._shared.get(token)
        if found is None or not (name in found.readable or found.writable):
            return None
        file = found.folder / name
        return file if file.is_file() and file.resolve() == found.folder.resolve() / name else None

    def _upload(self, order: Mapping[str, Any], base: str) -> dict[str, Any]:
        (source,) = order["src_locations"]
        name = Path(source).name
        if order["autoCompress"] and not name.endswith(".gz"):
            name += ".gz"
        share = _Shared(Path(order["stageInfo"]["location"]), writable=not any(sign in name for sign in "*?"))
        url = f"{self._share(share, base)}/{quote(name)}{_CONDITIONAL}"
        return {**order, "stageInfo": {**_STORE, "presignedUrl": url}}

    def _download(self, order: Mapping[str, Any], base: str) -> dict[str, Any]:
        names: list[str] = order["src_locations"]
        url = self._share(_Shared(Path(order["stageInfo"]["location"]), frozenset(names)), base)
        return {**order, "stageInfo": _STORE, "presignedUrls": [f"{url}/{quote(name)}" for name in names]}

    def _share(self, what: _Shared, base: str) -> str:
        token = secrets.token_urlsafe(32)
        self._shared.put(token, what)
        return f"{base}{PATH}/{token}"


_CONDITIONAL = "?X-Goog-SignedHeaders=" + quote(
    "host;x-goog-if-generation-match;x-goog-meta-sfc-digest;x-goog-meta-encryptiondata;x-goog-meta-matdesc"
)
"""That a URL takes the header which says that no file is to be replaced."""
_STORE: dict[str, Any] = {"locationType": "GCS", "location": "stage/", "region": "local", "creds": {}}
