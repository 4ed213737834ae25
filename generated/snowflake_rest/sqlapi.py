# Generated from specs/sqlapi.yaml by `make generate`. Do not edit.
"""The SQL API runs statements and returns their results as JSON. A large result comes in partitions that are fetched
one by one. See https://docs.snowflake.com/en/developer-guide/sql-api/reference.
"""

from __future__ import annotations

from typing import Any, Literal

from .runtime import (
    ANY,
    BOOLEAN,
    INTEGER,
    STRING,
    Array,
    Choice,
    Integer,
    Map,
    Model,
    Nested,
    Operation,
    argument,
    field,
    model,
    segment,
)
from .runtime import body as _body


@model
class QueryStatus(Model):
    """The state of a statement that has no result yet.

    Args:
        code: Snowflake's number of the state or error, such as `090001` for success.
        sql_state: The SQLSTATE, five characters.
        message: The state or error in words.
        statement_handle: The handle of the statement.
        created_on: When the statement started, in milliseconds since 1970 began.
        statement_status_url: Where the state and result of the statement can be fetched.
    """

    code: str | None = field(STRING, default=None)
    """Snowflake's number of the state or error, such as `090001` for success."""
    sql_state: str | None = field(STRING, default=None, wire="sqlState")
    """The SQLSTATE, five characters."""
    message: str | None = field(STRING, default=None)
    """The state or error in words."""
    statement_handle: str = field(STRING, wire="statementHandle")
    """The handle of the statement."""
    created_on: int | None = field(INTEGER, default=None, wire="createdOn")
    """When the statement started, in milliseconds since 1970 began."""
    statement_status_url: str | None = field(STRING, default=None, wire="statementStatusUrl")
    """Where the state and result of the statement can be fetched."""


@model
class QueryFailureStatus(Model):
    """How a statement failed.

    Args:
        code: Snowflake's number of the state or error, such as `090001` for success.
        sql_state: The SQLSTATE, five characters.
        message: The state or error in words.
        statement_handle: The handle of the statement.
        created_on: When the statement started, in milliseconds since 1970 began.
        statement_status_url: Where the state and result of the statement can be fetched.
    """

    code: str | None = field(STRING, default=None)
    """Snowflake's number of the state or error, such as `090001` for success."""
    sql_state: str | None = field(STRING, default=None, wire="sqlState")
    """The SQLSTATE, five characters."""
    message: str = field(STRING)
    """The state or error in words."""
    statement_handle: str = field(STRING, wire="statementHandle")
    """The handle of the statement."""
    created_on: int | None = field(INTEGER, default=None, wire="createdOn")
    """When the statement started, in milliseconds since 1970 began."""
    statement_status_url: str | None = field(STRING, default=None, wire="statementStatusUrl")
    """Where the state and result of the statement can be fetched."""


@model
class CancelStatus(Model):
    """What became of a statement that was to be cancelled.

    Args:
        code: Snowflake's number of the state or error, such as `090001` for success.
        sql_state: The SQLSTATE, five characters.
        message: The state or error in words.
        statement_handle: The handle of the statement.
        statement_status_url: Where the state and result of the statement can be fetched.
    """

    code: str | None = field(STRING, default=None)
    """Snowflake's number of the state or error, such as `090001` for success."""
    sql_state: str | None = field(STRING, default=None, wire="sqlState")
    """The SQLSTATE, five characters."""
    message: str | None = field(STRING, default=None)
    """The state or error in words."""
    statement_handle: str = field(STRING, wire="statementHandle")
    """The handle of the statement."""
    statement_status_url: str | None = field(STRING, default=None, wire="statementStatusUrl")
    """Where the state and result of the statement can be fetched."""


@model
class ResultSetResultSetMetaDataRowTypeItem(Model):
    """A result set result set meta data row type item.

    Args:
        name: The column's name.
        type: The column's type, such as `fixed`, `text` or `timestamp_ntz`.
        length: The longest value that fits, for text and binary columns. At least 0.
        precision: How many digits numbers have. At least 0.
        scale: How many of the digits follow the decimal point. At least 0.
        nullable: Whether there may be NULL.
    """

    name: str | None = field(STRING, default=None)
    """The column's name."""
    type: str | None = field(STRING, default=None)
    """The column's type, such as `fixed`, `text` or `timestamp_ntz`."""
    length: int | None = field(Integer(minimum=0), default=None)
    """The longest value that fits, for text and binary columns. At least 0."""
    precision: int | None = field(Integer(minimum=0), default=None)
    """How many digits numbers have. At least 0."""
    scale: int | None = field(Integer(minimum=0), default=None)
    """How many of the digits follow the decimal point. At least 0."""
    nullable: bool | None = field(BOOLEAN, default=None)
    """Whether there may be NULL."""


@model
class ResultSetResultSetMetaDataPartitionInfoItem(Model):
    """A result set result set meta data partition info item.

    Args:
        row_count: How many rows the partition has. At least 0.
        compressed_size: The partition's size in bytes, compressed. Absent when it is not compressed. At least 0.
        uncompressed_size: The partition's size in bytes, not compressed. At least 0.
    """

    row_count: int | None = field(Integer(minimum=0), default=None, wire="rowCount")
    """How many rows the partition has. At least 0."""
    compressed_size: int | None = field(Integer(minimum=0), default=None, wire="compressedSize")
    """The partition's size in bytes, compressed. Absent when it is not compressed. At least 0."""
    uncompressed_size: int | None = field(Integer(minimum=0), default=None, wire="uncompressedSize")
    """The partition's size in bytes, not compressed. At least 0."""


@model
class ResultSetResultSetMetaDataParameters(Model):
    """The session parameters that the request ran with.

    Args:
        binary_output_format: How BINARY values are written, `HEX` or `BASE64`.
        date_output_format: The format of DATE values, such as `YYYY-MM-DD`.
        time_output_format: The format of TIME values, such as `HH24:MI:SS`.
        timestamp_output_format: The format of timestamps whose own format is not set.
        timestamp_ltz_output_format: The format of TIMESTAMP_LTZ values.
        timestamp_ntz_output_format: The format of TIMESTAMP_NTZ values.
        timestamp_tz_output_format: The format of TIMESTAMP_TZ values.
        multi_statement_count: How many statements the request was to hold.
    """

    binary_output_format: str | None = field(STRING, default=None)
    """How BINARY values are written, `HEX` or `BASE64`."""
    date_output_format: str | None = field(STRING, default=None)
    """The format of DATE values, such as `YYYY-MM-DD`."""
    time_output_format: str | None = field(STRING, default=None)
    """The format of TIME values, such as `HH24:MI:SS`."""
    timestamp_output_format: str | None = field(STRING, default=None)
    """The format of timestamps whose own format is not set."""
    timestamp_ltz_output_format: str | None = field(STRING, default=None)
    """The format of TIMESTAMP_LTZ values."""
    timestamp_ntz_output_format: str | None = field(STRING, default=None)
    """The format of TIMESTAMP_NTZ values."""
    timestamp_tz_output_format: str | None = field(STRING, default=None)
    """The format of TIMESTAMP_TZ values."""
    multi_statement_count: int | None = field(INTEGER, default=None)
    """How many statements the request was to hold."""


@model
class ResultSetResultSetMetaData(Model):
    """What the rows look like, and how they are cut into partitions.

    Args:
        format: The format of the rows. One of `jsonv2`.
        num_rows: How many rows the whole result has.
        row_type: The columns, in order.
        partition_info: The partitions, in order.
        nullable: Whether NULL comes as JSON `null` or as the string `"null"`.
        parameters: The session parameters that the request ran with.
    """

    format: Literal["jsonv2"] | str | None = field(Choice("jsonv2"), default=None)
    """The format of the rows. One of `jsonv2`."""
    num_rows: int | None = field(INTEGER, default=None, wire="numRows")
    """How many rows the whole result has."""
    row_type: list[ResultSetResultSetMetaDataRowTypeItem] | None = field(
        Array(Nested(ResultSetResultSetMetaDataRowTypeItem)), default=None, wire="rowType"
    )
    """The columns, in order."""
    partition_info: list[ResultSetResultSetMetaDataPartitionInfoItem] | None = field(
        Array(Nested(ResultSetResultSetMetaDataPartitionInfoItem)), default=None, wire="partitionInfo"
    )
    """The partitions, in order."""
    nullable: bool | None = field(BOOLEAN, default=None)
    """Whether NULL comes as JSON `null` or as the string `"null"`."""
    parameters: ResultSetResultSetMetaDataParameters | None = field(
        Nested(ResultSetResultSetMetaDataParameters), default=None
    )
    """The session parameters that the request ran with."""


@model
class ResultSetStats(Model):
    """What a statement that writes did.

    Args:
        num_rows_inserted: How many rows were inserted. At least 0.
        num_rows_updated: How many rows were updated. At least 0.
        num_rows_deleted: How many rows were deleted. At least 0.
        num_duplicate_rows_updated: How many of the updates were of duplicate rows. At least 0.
    """

    num_rows_inserted: int | None = field(Integer(minimum=0), default=None, wire="numRowsInserted")
    """How many rows were inserted. At least 0."""
    num_rows_updated: int | None = field(Integer(minimum=0), default=None, wire="numRowsUpdated")
    """How many rows were updated. At least 0."""
    num_rows_deleted: int | None = field(Integer(minimum=0), default=None, wire="numRowsDeleted")
    """How many rows were deleted. At least 0."""
    num_duplicate_rows_updated: int | None = field(Integer(minimum=0), default=None, wire="numDuplicateRowsUpdated")
    """How many of the updates were of duplicate rows. At least 0."""


@model
class ResultSet(Model):
    """The result of a statement, or a partition of it.

    Args:
        code: Snowflake's number of the state or error, such as `090001` for success.
        sql_state: The SQLSTATE, five characters.
        message: The state or error in words.
        statement_handle: The handle of the statement.
        created_on: When the statement started, in milliseconds since 1970 began.
        statement_status_url: Where the state and result of the statement can be fetched.
        result_set_meta_data: What the rows look like, and how they are cut into partitions.
        data: The rows. Each is an array with a string, or `null`, for every column.
        stats: What a statement that writes did.
    """

    code: str | None = field(STRING, default=None)
    """Snowflake's number of the state or error, such as `090001` for success."""
    sql_state: str | None = field(STRING, default=None, wire="sqlState")
    """The SQLSTATE, five characters."""
    message: str | None = field(STRING, default=None)
    """The state or error in words."""
    statement_handle: str | None = field(STRING, default=None, wire="statementHandle")
    """The handle of the statement."""
    created_on: int | None = field(INTEGER, default=None, wire="createdOn")
    """When the statement started, in milliseconds since 1970 began."""
    statement_status_url: str | None = field(STRING, default=None, wire="statementStatusUrl")
    """Where the state and result of the statement can be fetched."""
    result_set_meta_data: ResultSetResultSetMetaData | None = field(
        Nested(ResultSetResultSetMetaData), default=None, wire="resultSetMetaData"
    )
    """What the rows look like, and how they are cut into partitions."""
    data: list[list[str | None]] | None = field(Array(Array(STRING)), default=None)
    """The rows. Each is an array with a string, or `null`, for every column."""
    stats: ResultSetStats | None = field(Nested(ResultSetStats), default=None)
    """What a statement that writes did."""


@model
class SubmitStatementBodyParameters(Model):
    """Session parameters that hold for this request.

    Args:
        timezone: The time zone, such as `Europe/Berlin`.
        query_tag: A text by which the statement can be found in the query history.
        binary_output_format: How BINARY values are written, `HEX` or `BASE64`.
        date_output_format: The format of DATE values, such as `YYYY-MM-DD`.
        time_output_format: The format of TIME values, such as `HH24:MI:SS`.
        timestamp_output_format: The format of timestamps whose own format is not set.
        timestamp_ltz_output_format: The format of TIMESTAMP_LTZ values.
        timestamp_ntz_output_format: The format of TIMESTAMP_NTZ values.
        timestamp_tz_output_format: The format of TIMESTAMP_TZ values.
        multi_statement_count: How many statements the request holds; 0 for any number. Default 1.
    """

    timezone: str | None = field(STRING, default=None)
    """The time zone, such as `Europe/Berlin`."""
    query_tag: str | None = field(STRING, default=None)
    """A text by which the statement can be found in the query history."""
    binary_output_format: str | None = field(STRING, default=None)
    """How BINARY values are written, `HEX` or `BASE64`."""
    date_output_format: str | None = field(STRING, default=None)
    """The format of DATE values, such as `YYYY-MM-DD`."""
    time_output_format: str | None = field(STRING, default=None)
    """The format of TIME values, such as `HH24:MI:SS`."""
    timestamp_output_format: str | None = field(STRING, default=None)
    """The format of timestamps whose own format is not set."""
    timestamp_ltz_output_format: str | None = field(STRING, default=None)
    """The format of TIMESTAMP_LTZ values."""
    timestamp_ntz_output_format: str | None = field(STRING, default=None)
    """The format of TIMESTAMP_NTZ values."""
    timestamp_tz_output_format: str | None = field(STRING, default=None)
    """The format of TIMESTAMP_TZ values."""
    multi_statement_count: int | None = field(INTEGER, default=1)
    """How many statements the request holds; 0 for any number. Default 1."""


@model
class SubmitStatementBody(Model):
    """A submit statement body.

    Args:
        statement: The SQL, with `?` for values from `bindings`. Several statements are separated by `;` and need
            `multi_statement_count`.
        timeout: After how many seconds the statement is cancelled. 0 means the longest time, 604,800 seconds (seven
            days); left out, `STATEMENT_TIMEOUT_IN_SECONDS` applies.
        database: The database to run in, in exactly this case; the user's default when left out.
        schema: The schema to run in, in exactly this case; the user's default when left out.
        warehouse: The warehouse to run on, in exactly this case; the user's default when left out.
        role: The role to run with, in exactly this case; the user's default when left out.
        bindings: The values for `?` by position, counted from `"1"`. Each is an object with a `type`, such as
            `FIXED` or `TEXT`, and a `value`, a string.
        parameters: Session parameters that hold for this request.
    """

    statement: str | None = field(STRING, default=None)
    """The SQL, with `?` for values from `bindings`. Several statements are separated by `;` and need
    `multi_statement_count`.
    """
    timeout: int | None = field(Integer(minimum=0), default=None)
    """After how many seconds the statement is cancelled. 0 means the longest time, 604,800 seconds (seven days); left
    out, `STATEMENT_TIMEOUT_IN_SECONDS` applies.
    """
    database: str | None = field(STRING, default=None)
    """The database to run in, in exactly this case; the user's default when left out."""
    schema: str | None = field(STRING, default=None)
    """The schema to run in, in exactly this case; the user's default when left out."""
    warehouse: str | None = field(STRING, default=None)
    """The warehouse to run on, in exactly this case; the user's default when left out."""
    role: str | None = field(STRING, default=None)
    """The role to run with, in exactly this case; the user's default when left out."""
    bindings: dict[str, Any] | None = field(Map(ANY), default=None)
    """The values for `?` by position, counted from `"1"`. Each is an object with a `type`, such as `FIXED` or `TEXT`,
    and a `value`, a string.
    """
    parameters: SubmitStatementBodyParameters | None = field(Nested(SubmitStatementBodyParameters), default=None)
    """Session parameters that hold for this request."""


_SUBMIT_STATEMENT_BODY = Nested(SubmitStatementBody)
_RESULT_SET = Nested(ResultSet)
_PARTITION = Integer(minimum=0)
_CANCEL_STATUS = Nested(CancelStatus)


def submit_statement(
    body: SubmitStatementBody,
    *,
    user_agent: str,
    request_id: str | None = None,
    async_: bool | None = None,
    nullable: bool | None = None,
    x_snowflake_authorization_token_type: str | None = None,
) -> Operation[ResultSet]:
    """Run one or several SQL statements.

    Waits up to 45 seconds for the result. A statement that takes longer runs on, and its handle is the answer. See
    https://docs.snowflake.com/en/developer-guide/sql-api/reference.

    Args:
        user_agent: The name and version of the client, such as `my-app/1.0`.
        request_id: A UUID that the client picks, by which the server recognizes a request that is sent again.
        async_: Answer at once with the handle of the statement, without waiting for the result.
        nullable: Whether NULL comes as JSON `null`, the default, or as the string `"null"`.
        x_snowflake_authorization_token_type: The kind of token in `Authorization`, such as `OAUTH`, `KEYPAIR_JWT` or
            `PROGRAMMATIC_ACCESS_TOKEN`.
    """
    return Operation(
        id="SubmitStatement",
        method="POST",
        path="/api/v2/statements",
        query={
            "requestId": argument("request_id", STRING, request_id),
            "async": argument("async_", BOOLEAN, async_),
            "nullable": argument("nullable", BOOLEAN, nullable),
        },
        headers={
            "User-Agent": argument("user_agent", STRING, user_agent, required=True),
            "X-Snowflake-Authorization-Token-Type": argument(
                "x_snowflake_authorization_token_type", STRING, x_snowflake_authorization_token_type
            ),
        },
        body=_body("body", _SUBMIT_STATEMENT_BODY, body, required=True),
        answer=_RESULT_SET,
    )


def get_statement_status(
    statement_handle: str,
    *,
    user_agent: str,
    request_id: str | None = None,
    partition: int | None = None,
    x_snowflake_authorization_token_type: str | None = None,
) -> Operation[ResultSet]:
    """Fetch the state of a statement, and its result once there is one.

    Args:
        statement_handle: The handle of the statement.
        user_agent: The name and version of the client, such as `my-app/1.0`.
        request_id: A UUID that the client picks for the request.
        partition: The partition of the result to return, counted from 0; the first when left out.
        x_snowflake_authorization_token_type: The kind of token in `Authorization`, such as `OAUTH`, `KEYPAIR_JWT` or
            `PROGRAMMATIC_ACCESS_TOKEN`.
    """
    return Operation(
        id="GetStatementStatus",
        method="GET",
        path=f"/api/v2/statements/{segment('statement_handle', statement_handle)}",
        query={
            "requestId": argument("request_id", STRING, request_id),
            "partition": argument("partition", _PARTITION, partition),
        },
        headers={
            "User-Agent": argument("user_agent", STRING, user_agent, required=True),
            "X-Snowflake-Authorization-Token-Type": argument(
                "x_snowflake_authorization_token_type", STRING, x_snowflake_authorization_token_type
            ),
        },
        answer=_RESULT_SET,
    )


def cancel_statement(
    statement_handle: str,
    *,
    user_agent: str,
    request_id: str | None = None,
    x_snowflake_authorization_token_type: str | None = None,
) -> Operation[CancelStatus]:
    """Cancel a running statement.

    Args:
        statement_handle: The handle of the statement.
        user_agent: The name and version of the client, such as `my-app/1.0`.
        request_id: A UUID that the client picks for the request.
        x_snowflake_authorization_token_type: The kind of token in `Authorization`, such as `OAUTH`, `KEYPAIR_JWT` or
            `PROGRAMMATIC_ACCESS_TOKEN`.
    """
    return Operation(
        id="CancelStatement",
        method="POST",
        path=f"/api/v2/statements/{segment('statement_handle', statement_handle)}/cancel",
        query={"requestId": argument("request_id", STRING, request_id)},
        headers={
            "User-Agent": argument("user_agent", STRING, user_agent, required=True),
            "X-Snowflake-Authorization-Token-Type": argument(
                "x_snowflake_authorization_token_type", STRING, x_snowflake_authorization_token_type
            ),
        },
        answer=_CANCEL_STATUS,
    )
