"""Code bundles: projects of source files that Snowflake can run. See https://docs.snowflake.com/en/developer-guide/code-bundles/code-bundles."""

from __future__ import annotations

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

from ._collections import SchemaObjects, ShowLimited
from ._common import OUTCOME, CreateMode, wire_mode
from ._handles import Dropped, Fetched, SchemaObject
from ._methods import build_model, remote, twin

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
        """Add a version, from the files at a location."""
        return rest.add_version_code_bundle(*self.path, add_version_code_bundle_request)

    @remote
    def execute(
        self, execute_code_bundle_request: ExecuteCodeBundleRequest, async_exec: bool | None = None
    ) -> Steps[SuccessResponse | SuccessAcceptedResponse]:
        """Run the bundle's default version.

        async_exec: return once the run is accepted, with a SuccessAcceptedResponse; otherwise this waits for its end.
        """
        run = rest.execute_code_bundle(*self.path, execute_code_bundle_request, async_exec=async_exec)
        return run.returning(OUTCOME)

    add_version_async = twin(add_version)
    execute_async = twin(execute)


class CodeBundleCollection(SchemaObjects[CodeBundleResource], ShowLimited[CodeBundleResource, CodeBundle]):
    """The code bundles of a schema."""

    _handle = CodeBundleResource

    @remote
    def create(self, code_bundle: CodeBundle, mode: CreateMode | str | None = None) -> Steps[CodeBundleResource]:
        """Create a code bundle. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        code_bundle = build_model(CodeBundle, code_bundle)
        yield from rest.create_code_bundle(*self.path, code_bundle, create_mode=wire_mode(mode))
        return self[code_bundle.name]

    create_async = twin(create)
