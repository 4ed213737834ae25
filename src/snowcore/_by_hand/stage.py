"""Files are moved to and from a stage by SQL."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from .._handles import SchemaObject
from .._methods import deprecate_name
from .._names import normalize, quote_literal
from ..exceptions import FileGetError, FileOperationError, FilePutError


class StageMethods(SchemaObject):
    """Moving files, which takes SQL."""

    def put(
        self,
        local_file_name: str | os.PathLike[str],
        stage_location: str,
        *,
        parallel: int = 4,
        auto_compress: bool = True,
        source_compression: str = "AUTO_DETECT",
        overwrite: bool = False,
    ) -> None:
        """Upload files through the connection's SQL (`PUT`).

        local_file_name: a file, or a pattern with `*` and `?`; `file://` may stand before it. stage_location: the
        folder in the stage. parallel: how many threads upload, 1 to 99. auto_compress: compress with gzip.
        source_compression: how the files are compressed already. overwrite: replace files of the same name.
        FilePutError if it fails.
        """
        options = (
            f"PARALLEL = {int(parallel)} AUTO_COMPRESS = {bool(auto_compress)} "
            f"SOURCE_COMPRESSION = {_word(source_compression)} OVERWRITE = {bool(overwrite)}"
        )
        self._move(f"PUT {_file(local_file_name)} {self._at(stage_location)} {options}", FilePutError)

    def get(
        self,
        stage_location: str,
        target_directory: str | os.PathLike[str],
        *,
        parallel: int = 4,
        pattern: str | None = None,
    ) -> None:
        """Download files through the connection's SQL (`GET`).

        stage_location: a file or a folder in the stage. target_directory: made if it is not there. parallel: how many
        threads download, 1 to 99. pattern: only files whose path matches this regular expression. FileGetError if it
        fails.
        """
        folder = Path(_local(target_directory))
        folder.mkdir(parents=True, exist_ok=True)
        matching = "" if pattern is None else f" PATTERN = {quote_literal(_unquote(pattern))}"
        to = _file(folder.absolute().as_posix() + "/")
        self._move(f"GET {self._at(stage_location)} {to} PARALLEL = {int(parallel)}{matching}", FileGetError)

    def upload_file(
        self, file_path: str, stage_folder_path: str, *, auto_compress: bool = True, overwrite: bool = False
    ) -> None:
        """Deprecated: use `put`."""
        _put_under_old_name(self, file_path, stage_folder_path, auto_compress=auto_compress, overwrite=overwrite)

    def download_file(self, stage_path: str, file_folder_path: str) -> None:
        """Deprecated: use `get`."""
        _get_under_old_name(self, stage_path, file_folder_path)

    def _at(self, location: str) -> str:
        path = location.removeprefix("@").strip("/")
        return quote_literal(f"@{'.'.join(normalize(part) for part in self.path)}/{path}")

    def _move(self, sql: str, failure: type[FileOperationError]) -> None:
        connection: Any = self.root.connection
        if not hasattr(connection, "cursor"):
            raise failure("moving files needs a connection of snowflake-connector-python or a Snowpark session")
        cursor = connection.cursor()
        try:
            rows: list[Any] = cursor.execute(sql).fetchall()
        except Exception as error:
            raise failure(str(error)) from error
        finally:
            cursor.close()
        if not rows:
            raise failure("no file was moved")


_put_under_old_name = deprecate_name("upload_file", StageMethods.put)
_get_under_old_name = deprecate_name("download_file", StageMethods.get)


def _file(path: str | os.PathLike[str]) -> str:
    return quote_literal(f"file://{_local(path)}")


def _local(path: str | os.PathLike[str]) -> str:
    """A path of this machine, also where it is written as SQL has it, with `file://` and in quotes."""
    return _unquote(os.fspath(path)).removeprefix("file://")


def _unquote(text: str) -> str:
    return text[1:-1] if re.fullmatch(r"'[^'\\]*'", text) else text


def _word(value: str) -> str:
    if not value.replace("_", "").isalnum():
        raise ValueError(f"source_compression: {value!r} is no compression")
    return value
