# Generated from specs/spark-connect.yaml by `make generate`. Do not edit.
"""The calls of Apache Spark's Spark Connect protocol over HTTP, for Spark clients that run on Snowflake. Bodies and
answers are the protocol's protobuf messages in bytes, which a client library makes and reads. See
https://docs.snowflake.com/en/developer-guide/snowpark-connect/snowpark-connect-apache-spark.
"""

from __future__ import annotations

from .runtime import BYTES, STRING, Operation
from .runtime import body as _body


def execute_plan(body: bytes) -> Operation[bytes]:
    """Run a plan and return its results."""
    return Operation(
        id="executePlan",
        method="POST",
        path="/api/v2/spark-connect/execute-plan",
        body=_body("body", BYTES, body, required=True),
        content_type="application/octet-stream",
        answer=BYTES,
        accept="application/octet-stream",
    )


def analyze_plan(body: bytes) -> Operation[bytes]:
    """Answer a question about a plan, such as its schema, without running it."""
    return Operation(
        id="analyzePlan",
        method="POST",
        path="/api/v2/spark-connect/analyze-plan",
        body=_body("body", BYTES, body, required=True),
        content_type="application/octet-stream",
        answer=BYTES,
        accept="application/octet-stream",
    )


def config(body: bytes) -> Operation[bytes]:
    """Read or set configuration values of the Spark session."""
    return Operation(
        id="config",
        method="POST",
        path="/api/v2/spark-connect/config",
        body=_body("body", BYTES, body, required=True),
        content_type="application/octet-stream",
        answer=BYTES,
        accept="application/octet-stream",
    )


def add_artifacts(body: bytes) -> Operation[bytes]:
    """Add files, such as JARs or Python modules, to the Spark session."""
    return Operation(
        id="addArtifacts",
        method="POST",
        path="/api/v2/spark-connect/add-artifacts",
        body=_body("body", BYTES, body, required=True),
        content_type="application/octet-stream",
        answer=BYTES,
        accept="application/octet-stream",
    )


def artifact_status(body: bytes) -> Operation[bytes]:
    """Tell which files the Spark session has already."""
    return Operation(
        id="artifactStatus",
        method="POST",
        path="/api/v2/spark-connect/artifact-status",
        body=_body("body", BYTES, body, required=True),
        content_type="application/octet-stream",
        answer=BYTES,
        accept="application/octet-stream",
    )


def interrupt(body: bytes) -> Operation[bytes]:
    """Stop running operations of the Spark session."""
    return Operation(
        id="interrupt",
        method="POST",
        path="/api/v2/spark-connect/interrupt",
        body=_body("body", BYTES, body, required=True),
        content_type="application/octet-stream",
        answer=BYTES,
        accept="application/octet-stream",
    )


def reattach_execute(body: bytes) -> Operation[bytes]:
    """Take up the results of a running operation again, after a connection was lost."""
    return Operation(
        id="reattachExecute",
        method="POST",
        path="/api/v2/spark-connect/reattach-execute",
        body=_body("body", BYTES, body, required=True),
        content_type="application/octet-stream",
        answer=BYTES,
        accept="application/octet-stream",
    )


def release_execute(body: bytes) -> Operation[bytes]:
    """Let the server forget results of an operation that the client has received."""
    return Operation(
        id="releaseExecute",
        method="POST",
        path="/api/v2/spark-connect/release-execute",
        body=_body("body", BYTES, body, required=True),
        content_type="application/octet-stream",
        answer=BYTES,
        accept="application/octet-stream",
    )


def pull_request(body: str) -> Operation[str]:
    """Take a request that waits to be worked on."""
    return Operation(
        id="pullRequest",
        method="POST",
        path="/api/v2/spark-connect/pull-request",
        body=_body("body", STRING, body, required=True),
        answer=STRING,
    )


def push_response(body: str) -> Operation[str]:
    """Hand in the response to a request."""
    return Operation(
        id="pushResponse",
        method="POST",
        path="/api/v2/spark-connect/push-response",
        body=_body("body", STRING, body, required=True),
        answer=STRING,
    )
