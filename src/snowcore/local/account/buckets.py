"""Folders of this machine in place of buckets in a cloud: what external stages read and write."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from ...engine.errors import invalid, unsupported


class Buckets:
    def __init__(self, folders: Mapping[str, str | os.PathLike[str]]) -> None:
        """folders: by the URL of a bucket, or of a path in one. ValueError for what is neither, or no folder."""
        self._folders = {_whole(url): Path(folder).resolve() for url, folder in folders.items()}
        for url, folder in self._folders.items():
            if "://" not in url or ".." in url.split("/"):
                raise ValueError(f"'{url}' is no URL of a bucket, such as s3://bucket/path/.")
            if not folder.is_dir():
                raise ValueError(f"There is no folder {folder}, which shall stand for {url}.")

    @property
    def folders(self) -> Sequence[Path]:
        return list(self._folders.values())

    def folder(self, url: str) -> Path:
        """Where the files of a URL are. AccountError if its bucket has no folder, or if it leads out of that."""
        whole = _whole(url)
        near = [known for known in self._folders if whole.startswith(known)]
        if not near:
            text = "the files of external stages but over a folder; give the account one by `buckets`"
            raise unsupported(text)
        known = max(near, key=len)
        home, inside = self._folders[known], whole.removeprefix(known)
        there = (home / inside.strip("/")).resolve()
        if ".." in inside.split("/") or "\0" in inside or not there.is_relative_to(home):
            raise invalid(f"The URL '{url}' leads out of its bucket.", "001003", "42000")
        return there


def _whole(url: str) -> str:
    return f"{url.rstrip('/')}/"
