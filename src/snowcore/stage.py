"""Stages: where files lie. See https://docs.snowflake.com/en/user-guide/data-load-overview."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from snowflake_rest import stage as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.stage import (
    AwsCredentials,
    AzureCredentials,
    Credentials,
    FileTransferMaterial,
    PresignedUrlRequest,
    Stage,
    StageDirectoryTable,
    StageEncryption,
    StageFile,
)

from ._client import Whole
from ._collections import Matched, SchemaObjects
from ._common import CreateMode, wire_mode
from ._handles import Dropped, Fetched, SchemaObject
from ._methods import build_model, deprecate_name, remote, twin
from ._names import normalize, quote_literal
from .exceptions import FileGetError, FileOperationError, FilePutError

__all__ = [
    "AwsCredentials",
    "AzureCredentials",
    "Credentials",
    "FileTransferMaterial",
    "PresignedUrlRequest",
    "Stage",
    "StageCollection",
    "StageDirectoryTable",
    "StageEncryption",
    "StageFile",
    "StageResource",
]


class StageResource(SchemaObject, Fetched[Stage], Dropped):
    """A stage."""

    _rest = rest.RESOURCE

    @remote
    def get_presigned_url(
        self, file_path: str, presigned_url_request: PresignedUrlRequest | None = None
    ) -> Steps[FileTransferMaterial]:
        """A URL under which a file can be fetched without credentials for a while."""
        return rest.get_presigned_url(*self.path, file_path, presigned_url_request)

    @remote
    def list_files(self, pattern: str | None = None) -> Steps[list[StageFile]]:
        """The files of the stage.

        pattern: only those whose path matches this regular expression.
        """
        return Whole(rest.list_files(*self.path, pattern=pattern))

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

    get_presigned_url_async = twin(get_presigned_url)
    list_files_async = twin(list_files)
    delete = deprecate_name("delete", Dropped.drop)

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


_put_under_old_name = deprecate_name("upload_file", StageResource.put)
_get_under_old_name = deprecate_name("download_file", StageResource.get)


class StageCollection(SchemaObjects[StageResource], Matched[StageResource, Stage]):
    """The stages of a schema."""

    _handle = StageResource

    @remote
    def create(self, stage: Stage, mode: CreateMode | str | None = None) -> Steps[StageResource]:
        """Create a stage. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        stage = build_model(Stage, stage)
        yield from rest.create_stage(*self.path, stage, create_mode=wire_mode(mode))
        return self[stage.name]

    create_async = twin(create)


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
