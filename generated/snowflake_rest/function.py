# Generated from specs/function.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""A service function lets SQL call an endpoint of a service in Snowpark Container Services. Functions with code of
their own are user-defined functions. See https://docs.snowflake.com/en/sql-reference/sql/create-function-spcs.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from .common import IDENTIFIER, TagAssignment, TagReference
from .runtime import (
    ANY,
    BOOLEAN,
    DATETIME,
    INTEGER,
    STRING,
    Array,
    Choice,
    Map,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class FunctionArgument(Model):
    """An argument, in the definition of a function or in a call.

    Args:
        name: The argument's name.
        datatype: The argument's SQL type. Default `TEXT`.
        value: The value in a call. Definitions leave it out.
    """

    name: str | None = field(STRING, default=None)
    """The argument's name."""
    datatype: str | None = field(STRING, default="TEXT")
    """The argument's SQL type. Default `TEXT`."""
    value: Any = field(ANY, default=None)
    """The value in a call. Definitions leave it out."""


@model
class Function(Model):
    """A function that SQL can call.

    Args:
        name: The function's name, plain or in double quotes.
        arguments: The arguments, in order. Their types, with the name, tell functions apart.
        returns: The SQL type of the result. Default `TEXT`.
        max_batch_rows: How many rows at most go to the service in one request.
        created_on: When the function was created.
        signature: The arguments with their types, as text.
        language: The language that the server gives for the function.
        body: What the function runs, as the server shows it.
    """

    function_type: str = field(STRING, default="service-function", init=False)
    """The kind of function. Service functions are the only kind. Default `service-function`."""
    name: str = field(STRING)
    """The function's name, plain or in double quotes."""
    arguments: list[FunctionArgument] = field(Array(Nested(FunctionArgument)))
    """The arguments, in order. Their types, with the name, tell functions apart."""
    returns: str | None = field(STRING, default="TEXT")
    """The SQL type of the result. Default `TEXT`."""
    max_batch_rows: int | None = field(INTEGER, default=None)
    """How many rows at most go to the service in one request."""
    created_on: datetime | None = field(DATETIME, default=None)
    """When the function was created."""
    signature: str | None = field(STRING, default=None)
    """The arguments with their types, as text."""
    language: str | None = field(STRING, default=None)
    """The language that the server gives for the function."""
    body: str | None = field(STRING, default=None)
    """What the function runs, as the server shows it."""


@model
class ServiceFunction(Function):
    """A function that sends its rows to an endpoint of a service.

    Args:
        name: The function's name, plain or in double quotes.
        arguments: The arguments, in order. Their types, with the name, tell functions apart.
        returns: The SQL type of the result. Default `TEXT`.
        max_batch_rows: How many rows at most go to the service in one request.
        created_on: When the function was created.
        signature: The arguments with their types, as text.
        language: The language that the server gives for the function.
        body: What the function runs, as the server shows it.
        service: The service.
        service_database: The service's database.
        service_schema: The service's schema.
        endpoint: The endpoint's name in the service's specification.
        path: The HTTP path on the endpoint that takes the rows, such as `/echo`.
    """

    function_type: str = field(STRING, default="service-function", init=False)
    service: str = field(IDENTIFIER)
    """The service."""
    service_database: str | None = field(IDENTIFIER, default=None)
    """The service's database."""
    service_schema: str | None = field(IDENTIFIER, default=None)
    """The service's schema."""
    endpoint: str = field(STRING)
    """The endpoint's name in the service's specification."""
    path: str = field(STRING)
    """The HTTP path on the endpoint that takes the rows, such as `/echo`."""


Function.discriminate(
    "function_type",
    {
        "service-function": ServiceFunction,
    },
)

_FUNCTION_LIST = Array(Nested(Function))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_FUNCTION = Nested(Function)
_FUNCTION_ARGUMENT_LIST = Array(Nested(FunctionArgument))
_ANY_MAP = Map(ANY)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_functions(database: str, schema: str, *, like: str | None = None) -> Operation[list[Function]]:
    """The functions of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listFunctions",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/functions",
        query={"like": argument("like", STRING, like)},
        answer=_FUNCTION_LIST,
    )


def create_function(
    database: str,
    schema: str,
    function: Function,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a service function.

    See https://docs.snowflake.com/en/sql-reference/sql/create-function-spcs.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        function: A function that SQL can call.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createFunction",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/functions",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("function", _FUNCTION, function, required=True),
    )


def fetch_function(database: str, schema: str, name_with_args: str) -> Operation[Function]:
    """Fetch a function.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The function's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
    """
    return Operation(
        id="fetchFunction",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/functions/{segment('name_with_args', name_with_args)}",
        answer=_FUNCTION,
    )


def delete_function(
    database: str, schema: str, name_with_args: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Drop a function.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The function's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteFunction",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/functions/{segment('name_with_args', name_with_args)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def execute_function(
    database: str, schema: str, name: str, function_arguments: list[FunctionArgument] | None = None
) -> Operation[dict[str, Any]]:
    """Call a function.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        function_arguments: The arguments of a call, in the order of the definition.
    """
    return Operation(
        id="executeFunction",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/functions/{segment('name', name)}:execute",
        body=body("function_arguments", _FUNCTION_ARGUMENT_LIST, function_arguments),
        answer=_ANY_MAP,
    )


def set_tags(
    database: str, schema: str, name_with_args: str, tags: list[TagAssignment], *, if_exists: bool | None = None
) -> Operation[None]:
    """Set tags on the function, each with a value. Tags that are not named keep their values.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The function's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/functions/{segment('name_with_args', name_with_args)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(
    database: str, schema: str, name_with_args: str, tags: list[TagReference], *, if_exists: bool | None = None
) -> Operation[None]:
    """Take tags off the function.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The function's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/functions/{segment('name_with_args', name_with_args)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(
    database: str, schema: str, name_with_args: str, *, with_lineage: bool | None = None
) -> Operation[list[TagAssignment]]:
    """The tags that are set on the function.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The function's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/functions/{segment('name_with_args', name_with_args)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="function",
    collection="/api/v2/databases/{database}/schemas/{schema}/functions",
    model=Function,
    list=list_functions,
    create=create_function,
    fetch=fetch_function,
    drop=delete_function,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
