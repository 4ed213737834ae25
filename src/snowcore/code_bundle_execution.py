"""The runs of code bundles, and of code straight from a stage. See https://docs.snowflake.com/en/developer-guide/code-bundles/code-bundles."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import code_bundle_execution as rest
from snowflake_rest.code_bundle_execution import (
    BundleSpec,
    CodeBundleExecution,
    CodeBundleSpecification,
    ExecuteCodeBundleRequest,
    StageMount,
)
from snowflake_rest.common import SuccessAcceptedResponse, SuccessResponse
from snowflake_rest.runtime import Steps

from ._client import Listing
from ._collections import AccountObjects
from ._common import OUTCOME
from ._handles import AccountObject
from ._methods import remote, twin
from .exceptions import NotFoundError

__all__ = [
    "BundleSpec",
    "CodeBundleExecution",
    "CodeBundleExecutionCollection",
    "CodeBundleExecutionResource",
    "CodeBundleSpecification",
    "ExecuteCodeBundleRequest",
    "StageMount",
    "SuccessAcceptedResponse",
    "SuccessResponse",
]


class CodeBundleExecutionResource(AccountObject):
    """A run, named by its query ID."""

    _rest = rest.RESOURCE

    @remote
    def fetch_status(self) -> Steps[CodeBundleExecution]:
        """The run as it stands. NotFoundError if the server knows none of this ID."""
        runs = yield from rest.fetch_code_bundle_execution_status(*self.path)
        if not runs:
            raise NotFoundError(self.root, 404, f"no run has the ID {self.name!r}")
        return runs[0]

    @remote
    def cancel(self) -> Steps[SuccessResponse | SuccessAcceptedResponse]:
        """Stop the run."""
        return rest.cancel_code_bundle_execution(*self.path).returning(OUTCOME)

    @remote
    def execute_code_bundle(
        self, execute_code_bundle_request: ExecuteCodeBundleRequest, async_exec: bool | None = None
    ) -> Steps[None]:
        """Run code from a location, as the collection's `execute` does. It is another run than this one."""
        yield from rest.execute_code_bundle(execute_code_bundle_request, async_exec=async_exec)

    fetch_status_async = twin(fetch_status)
    cancel_async = twin(cancel)
    execute_code_bundle_async = twin(execute_code_bundle)


class CodeBundleExecutionCollection(AccountObjects[CodeBundleExecutionResource]):
    """The runs in the account, by query ID."""

    _handle = CodeBundleExecutionResource

    @remote
    def execute(
        self, execute_code_bundle_request: ExecuteCodeBundleRequest, async_exec: bool | None = True
    ) -> Steps[SuccessResponse | SuccessAcceptedResponse]:
        """Run code from a location that is no code bundle.

        async_exec: return once the run is accepted, with a SuccessAcceptedResponse; otherwise this waits for its end.
        """
        return rest.execute_code_bundle(execute_code_bundle_request, async_exec=async_exec).returning(OUTCOME)

    @remote
    def iter(
        self,
        *,
        bundle_name: str | None = None,
        entrypoint: str | None = None,
        start_time_range_start: str | None = None,
        start_time_range_end: str | None = None,
        bundle_types: str | None = None,
        compute_types: str | None = None,
        language_types: str | None = None,
        status: str | None = None,
        execution_name: str | None = None,
        query_id: str | None = None,
        result_limit: int | None = None,
    ) -> Steps[Iterator[CodeBundleExecution]]:
        """The latest runs.

        bundle_name, entrypoint, status, execution_name, query_id: only those of which this is true.
        start_time_range_start, start_time_range_end: only those that began between these times, given as SQL takes
        timestamps. bundle_types, compute_types, language_types: only those of one of these, separated by commas.
        result_limit: at most so many.
        """
        return Listing(
            rest.list_code_bundle_executions(
                bundle_name=bundle_name,
                entrypoint=entrypoint,
                start_time_range_start=start_time_range_start,
                start_time_range_end=start_time_range_end,
                bundle_types=bundle_types,
                compute_types=compute_types,
                language_types=language_types,
                status=status,
                execution_name=execution_name,
                query_id=query_id,
                result_limit=result_limit,
            )
        )

    execute_async = twin(execute)
    iter_async = twin(iter)
