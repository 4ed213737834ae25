"""The files of a stage, which lie in a folder."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from glob import glob
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlparse

import attrs

from ..errors import EngineError, compilation
from ..protocol import Stage

_COMPRESSED = {".gz": "GZIP", ".bz2": "BZIP2", ".zst": "ZSTD", ".br": "BROTLI", ".deflate": "DEFLATE"}


USERS = "%~"
TABLES = "%~tables"
NAMED = "%~named"
"""The folders of the users' stage, of tables' stages by the tables' first numbers, and of stages that have names, by
the numbers that the account's catalog gave them."""
COMING = ".coming-"
"""How the names of files begin that are being written. What a killed process left so is in no listing."""


WINDOWS = os.name == "nt"
_NOT_ON_WINDOWS = re.compile(
    r"""(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\..*)?|.*[<>:"|?*\\\x00-\x1f].*|.*[. ]""",
    re.IGNORECASE | re.DOTALL,
)


def can_hold(path: str) -> bool:
    """Whether this system can have files at a path. On Windows some names mean devices, or lose their ends."""
    return not (WINDOWS and any(map(_NOT_ON_WINDOWS.fullmatch, path.split("/"))))


@contextmanager
def write_whole(there: Path) -> Generator[Path]:
    """A file to write, which takes its place when all of it is written, and is gone if that fails."""
    there.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=COMING, dir=there.parent)
    os.close(number)
    coming = Path(name)
    try:
        yield coming
        coming.replace(there)
    finally:
        coming.unlink(missing_ok=True)


def earlier_folder(root: Path, database: str, schema: str, name: str) -> Path:
    """Where an earlier release had a stage's files: in a folder of its name, with a file beside it that tells when the
    stage was made."""
    return root.joinpath(*(quote(part, safe=" $") for part in (database, schema, name)))


@attrs.frozen
class Place:
    """A stage, or a path in it."""

    name: str
    stage: Stage
    path: str = ""

    @property
    def folder(self) -> Path:
        return self.stage.folder

    def files(self, pattern: str | None = None) -> Iterator[tuple[str, Path]]:
        """The files at this path, each with its path in the stage, by name."""
        try:
            wanted = re.compile(pattern) if pattern is not None else None
        except re.error as error:
            raise compilation("001146", f"Invalid pattern '{pattern}': {error}") from None
        if not self.folder.is_dir():
            return
        every = (one for one in self.folder.rglob("*") if one.is_file() and not one.is_symlink())
        for file in sorted(one for one in every if not one.name.startswith(COMING)):
            inside = file.relative_to(self.folder).as_posix()
            if inside.startswith(self.path) and (
                wanted is None or wanted.fullmatch(f"{self.name.lower()}/{inside}") or wanted.fullmatch(inside)
            ):
                yield inside, file

    def shown(self, inside: str) -> str:
        """A file as LIST calls it: the stages of users and of tables have no name there."""
        return f"{self.stage.url or ('' if self.name[0] in '~%' else f'{self.name.lower()}/')}{inside}"

    def named(self, files: Iterable[tuple[str, Path]]) -> list[tuple[str, Path]]:
        """Files as METADATA$FILENAME calls them: those of an external stage by their paths in the bucket."""
        within = self.stage.url.partition("://")[2].partition("/")[2]
        return [(f"{within}{inside}", file) for inside, file in files]

    def file(self, inside: str) -> Path:
        """Where a file of the stage is. EngineError for a path that leaves it."""
        leaves = ".." in inside.split("/") or "\0" in inside
        there = self.folder if leaves else self.folder / inside.lstrip("/")
        if leaves or not there.resolve().is_relative_to(self.folder.resolve()):  # a link may lead out of it, too
            raise compilation("001003", f"invalid path '{inside}': it leaves the stage.")
        if not can_hold(inside):
            raise compilation("001003", f"invalid path '{inside}': this machine's system has no files of that name.")
        return there

    def listed(self, pattern: str | None = None) -> list[tuple[str, int, str, str]]:
        """As LIST shows them: name, size, MD5, when they were last modified."""
        rows: list[tuple[str, int, str, str]] = []
        for inside, file in self.files(pattern):
            facts = file.stat()
            md5 = hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
            rows.append((self.shown(inside), facts.st_size, md5, formatdate(facts.st_mtime, usegmt=True)))
        return rows

    def remove(self, pattern: str | None = None) -> list[str]:
        gone: list[str] = []
        for inside, file in list(self.files(pattern)):
            file.unlink()
            gone.append(self.shown(inside))
        return gone


def local_path(url: str) -> str:
    """The path of a `file://` URL."""
    from urllib.request import url2pathname  # here, since much is imported with this

    found = urlparse(url)
    if found.scheme.lower() != "file":
        raise compilation("001003", f"'{url}' is not a file:// URL.")
    path = url2pathname(found.path)
    return path if found.netloc.lower() in ("", "localhost") else found.netloc + path


def upload_order(place: Place, url: str, options: dict[str, Any]) -> dict[str, Any]:
    """What PUT tells a driver to do, or `upload`."""
    compress = options.get("AUTO_COMPRESS", True)
    if not isinstance(compress, bool):
        raise EngineError("001481", "42601", "SQL compilation error:\ninvalid value for property 'AUTO_COMPRESS'")
    return {
        "stageInfo": {"locationType": "LOCAL_FS", "location": f"{place.file(place.path)}/", "creds": {}},
        "src_locations": [local_path(url)],
        "parallel": int(options.get("PARALLEL", 4)),
        "autoCompress": compress,
        "sourceCompression": str(options.get("SOURCE_COMPRESSION", "auto_detect")).lower(),
        "overwrite": options.get("OVERWRITE") is True,
        "command": "UPLOAD",
    }


def upload(order: Mapping[str, Any]) -> list[tuple[str, str, int, int, str, str, str, str]]:
    """Do what PUT says: source, target, sizes, compressions, status and message of each file."""
    target = Path(order["stageInfo"]["location"])
    rows: list[tuple[str, str, int, int, str, str, str, str]] = []
    found = [one for pattern in order["src_locations"] for one in sorted(glob(pattern))]  # noqa: PTH207  not under a folder
    sources = [Path(one) for one in found if Path(one).is_file()]
    if not sources:
        raise EngineError("253006", "02000", f"File doesn't exist: {order['src_locations']}")
    for source in sources:
        known = _COMPRESSED.get(source.suffix.lower(), "NONE")
        compress = order["autoCompress"] and known == "NONE"
        there = target / (source.name + ".gz" if compress else source.name)
        size = source.stat().st_size
        became = "GZIP" if compress else known
        if there.exists() and not order["overwrite"]:
            rows.append((source.name, there.name, size, 0, known, became, "SKIPPED", ""))
            continue
        with write_whole(there) as coming:
            if compress:
                with source.open("rb") as given, gzip.open(coming, "wb") as kept:
                    shutil.copyfileobj(given, kept)
            else:
                shutil.copyfile(source, coming)
        rows.append((source.name, there.name, size, there.stat().st_size, known, became, "UPLOADED", ""))
    return rows


def download_order(place: Place, url: str, options: dict[str, Any]) -> dict[str, Any]:
    """What GET tells a driver to do, or `download`."""
    return {
        "stageInfo": {"locationType": "LOCAL_FS", "location": f"{place.folder}/", "creds": {}},
        "src_locations": [inside for inside, _ in place.files(options.get("PATTERN"))],
        "localLocation": local_path(url),
        "parallel": int(options.get("PARALLEL", 10)),
        "command": "DOWNLOAD",
    }


def download(order: Mapping[str, Any]) -> list[tuple[str, int, str, str]]:
    """Do what GET says: file, size, status, message."""
    target, stage = Path(order["localLocation"]), Path(order["stageInfo"]["location"])
    if not target.is_dir():
        raise EngineError("253006", "02000", f"The folder doesn't exist: {target}")
    rows: list[tuple[str, int, str, str]] = []
    for inside in order["src_locations"]:
        there = target / Path(inside).name
        shutil.copyfile(stage / inside, there)
        rows.append((there.name, there.stat().st_size, "DOWNLOADED", ""))
    return rows


_STAGE = re.compile(
    r'@(?:(?P<user>~)|(?P<table>(?:(?:"(?:[^"]|"")+"|[\w$]+)\.)*)%(?P<of>"(?:[^"]|"")+"|[\w$]+)|(?P<name>(?:(?:"(?:[^"]|"")+"|[\w$]+)\.)*(?:"(?:[^"]|"")+"|[\w$]+)))(?:/(?P<path>.*))?',
    re.DOTALL,
)


def parted(written: str) -> tuple[list[str], str]:
    """The parts of a stage's name as they were written, and the path behind it, of `@db.schema.stage/path`."""
    text = written.strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        text = text[1:-1].replace("''", "'")
    found = _STAGE.fullmatch(text)
    if found is None:
        raise compilation("001003", f"syntax error: '{written}' is no stage.")
    if found["user"]:
        return ["~"], found["path"] or ""
    if found["of"]:
        return [*re.findall(r'"(?:[^"]|"")+"|[\w$]+', found["table"] or ""), f"%{found['of']}"], found["path"] or ""
    return re.findall(r'"(?:[^"]|"")+"|[\w$]+', found["name"]), found["path"] or ""
