"""Spark Connect over HTTP: what a Spark client sends and gets, in the protocol's protobuf messages.

See https://docs.snowflake.com/en/developer-guide/snowpark-connect/snowpark-connect-apache-spark.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from snowflake_rest import spark_connect as rest
from snowflake_rest.runtime import Operation, Steps

from ._methods import remote, twin
from ._rest_connection import RESTRoot

if TYPE_CHECKING:
    from ._client import Client
    from ._configuration import RootConfiguration

__all__ = ["SparkConnectResource"]


class SparkConnectResource:
    """The calls of the protocol. Requests and answers are messages in bytes; text is taken as UTF-8.

    connection: what `Root` takes, or a RESTConnection. root_config: as of `Root`.
    """

    def __init__(self, connection: Any, root_config: RootConfiguration | None = None) -> None:
        self._root = RESTRoot(connection, root_config)

    @property
    def root(self) -> RESTRoot:
        """The root that the requests go through."""
        return self._root

    @property
    def client(self) -> Client:
        """What sends requests."""
        return self._root.client

    @remote
    def execute_plan(self, request: bytes | str) -> Steps[bytearray]:
        """Run a plan and give its results."""
        return _read_answer(rest.execute_plan(_encode(request)))

    @remote
    def analyze_plan(self, request: bytes | str) -> Steps[bytearray]:
        """Answer a question about a plan, such as its schema, without running it."""
        return _read_answer(rest.analyze_plan(_encode(request)))

    @remote
    def config(self, request: bytes | str) -> Steps[bytearray]:
        """Read or set settings of the Spark session."""
        return _read_answer(rest.config(_encode(request)))

    @remote
    def add_artifacts(self, request: bytes | str) -> Steps[bytearray]:
        """Add files, such as JARs or Python modules, to the Spark session."""
        return _read_answer(rest.add_artifacts(_encode(request)))

    @remote
    def artifact_status(self, request: bytes | str) -> Steps[bytearray]:
        """Tell which files the Spark session has."""
        return _read_answer(rest.artifact_status(_encode(request)))

    @remote
    def interrupt(self, request: bytes | str) -> Steps[bytearray]:
        """Stop running operations."""
        return _read_answer(rest.interrupt(_encode(request)))

    @remote
    def reattach_execute(self, request: bytes | str) -> Steps[bytearray]:
        """Take up the results of a running operation again, after a connection was lost."""
        return _read_answer(rest.reattach_execute(_encode(request)))

    @remote
    def release_execute(self, request: bytes | str) -> Steps[bytearray]:
        """Let the server forget results that have arrived."""
        return _read_answer(rest.release_execute(_encode(request)))

    execute_plan_async = twin(execute_plan)
    analyze_plan_async = twin(analyze_plan)
    config_async = twin(config)
    add_artifacts_async = twin(add_artifacts)
    artifact_status_async = twin(artifact_status)
    interrupt_async = twin(interrupt)
    reattach_execute_async = twin(reattach_execute)
    release_execute_async = twin(release_execute)


def _encode(request: bytes | str) -> bytes:
    return request.encode() if isinstance(request, str) else bytes(request)


def _read_answer(operation: Operation[bytes]) -> Generator[Any, Any, bytearray]:
    return bytearray((yield from operation) or b"")
