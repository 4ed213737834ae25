# Generated from specs/common.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""What the documents of several resources share."""

from __future__ import annotations

from .runtime import INTEGER, STRING, Model, String, field, model

IDENTIFIER = String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$')


@model
class ErrorResponse(Model):
    """What the server says of an operation that failed.

    Args:
        message: What went wrong.
        code: Snowflake's error number. Older servers send this instead of `error_code`.
        error_code: Snowflake's error number, such as `002003`.
        request_id: The server's identifier of the request.
    """

    message: str | None = field(STRING, default=None)
    """What went wrong."""
    code: str | None = field(STRING, default=None)
    """Snowflake's error number. Older servers send this instead of `error_code`."""
    error_code: str | None = field(STRING, default=None)
    """Snowflake's error number, such as `002003`."""
    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""


@model
class SuccessResponse(Model):
    """The answer of an operation that was carried out.

    Args:
        status: What was done, in words.
    """

    status: str | None = field(STRING, default=None)
    """What was done, in words."""


@model
class SuccessAcceptedResponse(Model):
    """The answer of an operation that was accepted and is still running.

    Args:
        code: Snowflake's number of this state.
        message: What is being waited for, in words.
        result_handler: The handle under which the result can be fetched.
        job_id: The identifier of the work that is still running.
    """

    code: str | None = field(STRING, default=None)
    """Snowflake's number of this state."""
    message: str | None = field(STRING, default=None)
    """What is being waited for, in words."""
    result_handler: str | None = field(STRING, default=None, wire="resultHandler")
    """The handle under which the result can be fetched."""
    job_id: str | None = field(STRING, default=None)
    """The identifier of the work that is still running."""


@model
class PointOfTime(Model):
    """A moment in the past of an object, for clones with Time Travel. See
    https://docs.snowflake.com/en/user-guide/data-time-travel.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
    """

    point_of_time_type: str | None = field(STRING, default=None, init=False)
    """How the moment is given."""
    reference: str | None = field(STRING, default=None)
    """`at` to include what happened at the moment, `before` to leave it out."""


@model
class PointOfTimeTimestamp(PointOfTime):
    """The moment given as a time.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
        timestamp: The time, as a timestamp that SQL understands.
    """

    point_of_time_type: str = field(STRING, default="timestamp", init=False)
    timestamp: str | None = field(STRING, default=None)
    """The time, as a timestamp that SQL understands."""


@model
class PointOfTimeOffset(PointOfTime):
    """The moment given as a distance from now.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
        offset: The distance from now in seconds, negative for the past, such as `-300`.
    """

    point_of_time_type: str = field(STRING, default="offset", init=False)
    offset: str | None = field(STRING, default=None)
    """The distance from now in seconds, negative for the past, such as `-300`."""


@model
class PointOfTimeStatement(PointOfTime):
    """The moment when a statement ran.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
        statement: The query ID of the statement.
    """

    point_of_time_type: str = field(STRING, default="statement", init=False)
    statement: str | None = field(STRING, default=None)
    """The query ID of the statement."""


@model
class Parameter(Model):
    """A parameter of an account, a session or an object.

    Args:
        name: The parameter's name.
        value: Its value in force.
        default_value: The value it has where none is set.
        data_type: The type of its values.
        level: Where the value in force was set, such as `ACCOUNT`; empty for the default.
        description: What the parameter does.
    """

    name: str = field(STRING)
    """The parameter's name."""
    value: str | None = field(STRING, default=None)
    """Its value in force."""
    default_value: str | None = field(STRING, default=None, wire="defaultValue")
    """The value it has where none is set."""
    data_type: str | None = field(STRING, default=None, wire="dataType")
    """The type of its values."""
    level: str | None = field(STRING, default=None)
    """Where the value in force was set, such as `ACCOUNT`; empty for the default."""
    description: str | None = field(STRING, default=None)
    """What the parameter does."""


@model
class TargetLag(Model):
    """How far the content of a dynamic table may lag behind its sources."""

    type: str | None = field(STRING, default=None, init=False)
    """How the lag is given."""


@model
class UserDefinedLag(TargetLag):
    """A lag given as a length of time.

    Args:
        seconds: The longest lag, in seconds; at least 60.
    """

    type: str = field(STRING, default="USER_DEFINED", init=False)
    seconds: int = field(INTEGER)
    """The longest lag, in seconds; at least 60."""


@model
class DownstreamLag(TargetLag):
    """A lag that follows from the dynamic tables that read this one."""

    type: str = field(STRING, default="DOWNSTREAM", init=False)


@model
class TagReference(Model):
    """A tag, named.

    Args:
        tag_database: The tag's database; the object's own when left out.
        tag_schema: The tag's schema; the object's own when left out.
        tag_name: The tag's name.
    """

    tag_database: str | None = field(IDENTIFIER, default=None)
    """The tag's database; the object's own when left out."""
    tag_schema: str | None = field(IDENTIFIER, default=None)
    """The tag's schema; the object's own when left out."""
    tag_name: str = field(IDENTIFIER)
    """The tag's name."""


@model
class TagAssignment(TagReference):
    """A tag with the value it has on an object.

    Args:
        tag_database: The tag's database; the object's own when left out.
        tag_schema: The tag's schema; the object's own when left out.
        tag_name: The tag's name.
        tag_value: The value, at most 256 characters.

    Attributes:
        level (set by the server): The kind of object that the tag was set on, such as `SCHEMA`, when it is
            inherited.
    """

    tag_value: str = field(STRING)
    """The value, at most 256 characters."""
    level: str | None = field(STRING, default=None, read_only=True)
    """The kind of object that the tag was set on, such as `SCHEMA`, when it is inherited."""


PointOfTime.discriminate(
    "point_of_time_type",
    {
        "timestamp": PointOfTimeTimestamp,
        "offset": PointOfTimeOffset,
        "statement": PointOfTimeStatement,
    },
)
TargetLag.discriminate(
    "type",
    {
        "USER_DEFINED": UserDefinedLag,
        "DOWNSTREAM": DownstreamLag,
    },
)
