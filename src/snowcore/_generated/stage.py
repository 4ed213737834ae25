# Generated from specs/stage.yaml by `make generate`. Do not edit.
"""Stages are places for files that are loaded into tables or unloaded from them. An internal stage keeps the files in
Snowflake, an external one points at cloud storage. See https://docs.snowflake.com/en/sql-reference/sql/create-stage.
"""

from __future__ import annotations

from snowcore._by_hand.stage import StageMethods
from snowcore._client import Whole
from snowcore._collections import (
    Matched,
    SchemaObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
)
from snowcore._methods import build_model, deprecate_name, remote, twin
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


class StageResource(StageMethods, Fetched[Stage], Dropped):
    """A stage."""

    _rest = rest.RESOURCE

    @remote
    def list_files(self, pattern: str | None = None) -> Steps[list[StageFile]]:
        """The files on the stage.

        See https://docs.snowflake.com/en/sql-reference/sql/list.

        Args:
            pattern: Only the files whose path matches this regular expression.
        """
        return Whole(rest.list_files(*self.path, pattern=pattern))

    list_files_async = twin(list_files)

    @remote
    def get_presigned_url(
        self, file_path: str, presigned_url_request: PresignedUrlRequest | None = None
    ) -> Steps[FileTransferMaterial]:
        """A URL by which anyone can read the file, for a limited time.

        See https://docs.snowflake.com/en/sql-reference/functions/get_presigned_url.

        Args:
            file_path: The path of the file, within the stage.
            presigned_url_request: What the URL should be like.
        """
        return rest.get_presigned_url(*self.path, file_path, presigned_url_request)

    get_presigned_url_async = twin(get_presigned_url)
    delete = deprecate_name("delete", Dropped.drop)


class StageCollection(SchemaObjects[StageResource], Matched[StageResource, Stage]):
    """The stages of the schema."""

    _handle = StageResource

    @remote
    def create(self, stage: Stage, mode: CreateMode | str | None = None) -> Steps[StageResource]:
        """Create a stage.

        It is internal unless `url` is given. See https://docs.snowflake.com/en/sql-reference/sql/create-stage.

        Args:
            stage: What to create; a dict with the fields of Stage will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        stage = build_model(Stage, stage)
        yield from rest.create_stage(*self.path, stage, create_mode=encode_mode(mode))
        return self[stage.name]

    create_async = twin(create)
