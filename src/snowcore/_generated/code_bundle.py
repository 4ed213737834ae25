# Generated from specs/code-bundle.yaml by `make generate`. Do not edit.
"""A code bundle is a project of source files (scripts, notebooks, Spark applications) that is stored in a schema, in
versions, and runs on Snowflake's compute. See
https://docs.snowflake.com/en/developer-guide/code-bundles/code-bundles.
"""

from __future__ import annotations

from snowcore._collections import (
    SchemaObjects,
    ShowLimited,
)
from snowcore._common import OUTCOME, CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    SchemaObject,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import code_bundle as rest
from snowflake_rest.code_bundle import (
    AddVersionCodeBundleRequest,
    AddVersionCodeBundleRequestVersion,
    BundleSpec,
    CodeBundle,
    CodeBundleSpecification,
    ExecuteCodeBundleRequest,
    StageMount,
    VersionDetails,
)
from snowflake_rest.common import SuccessAcceptedResponse, SuccessResponse
from snowflake_rest.runtime import Steps

__all__ = [
    "AddVersionCodeBundleRequest",
    "AddVersionCodeBundleRequestVersion",
    "BundleSpec",
    "CodeBundle",
    "CodeBundleCollection",
    "CodeBundleResource",
    "CodeBundleSpecification",
    "ExecuteCodeBundleRequest",
    "StageMount",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "VersionDetails",
]


class CodeBundleResource(SchemaObject, Fetched[CodeBundle], Dropped):
    """A code bundle."""

    _rest = rest.RESOURCE

    @remote
    def add_version(self, add_version_code_bundle_request: AddVersionCodeBundleRequest) -> Steps[None]:
        """Add a version to the code bundle, from the files at a location.

        Args:
            add_version_code_bundle_request: A version to add to a code bundle.
        """
        return rest.add_version_code_bundle(*self.path, add_version_code_bundle_request)

    add_version_async = twin(add_version)

    @remote
    def execute(
        self, execute_code_bundle_request: ExecuteCodeBundleRequest, async_exec: bool | None = None
    ) -> Steps[SuccessResponse | SuccessAcceptedResponse]:
        """Run the code bundle.

        See https://docs.snowflake.com/en/sql-reference/sql/execute-code-bundle.

        Args:
            execute_code_bundle_request: What to run of a code bundle, and how.
            async_exec: Answer at once and leave the code running. By default the answer waits for its end.
        """
        return rest.execute_code_bundle(*self.path, execute_code_bundle_request, async_exec=async_exec).returning(
            OUTCOME
        )

    execute_async = twin(execute)


class CodeBundleCollection(SchemaObjects[CodeBundleResource], ShowLimited[CodeBundleResource, CodeBundle]):
    """The code bundles of the schema."""

    _handle = CodeBundleResource

    @remote
    def create(self, code_bundle: CodeBundle, mode: CreateMode | str | None = None) -> Steps[CodeBundleResource]:
        """Create a code bundle from the files at a location.

        See https://docs.snowflake.com/en/sql-reference/sql/create-code-bundle.

        Args:
            code_bundle: What to create; a dict with the fields of CodeBundle will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        code_bundle = build_model(CodeBundle, code_bundle)
        yield from rest.create_code_bundle(*self.path, code_bundle, create_mode=encode_mode(mode))
        return self[code_bundle.name]

    create_async = twin(create)
