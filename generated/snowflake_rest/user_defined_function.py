# Generated from specs/user-defined-function.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""A user-defined function is code in SQL, JavaScript, Python, Java or Scala that queries can call, for a value or for
rows. See https://docs.snowflake.com/en/developer-guide/udf/udf-overview.
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
class Argument(Model):
    """An argument in the definition of a function.

    Args:
        name: The argument's name.
        datatype: The argument's SQL type, such as `NUMBER(38,0)`.
        default_value: The value when a call leaves the argument out, as an SQL expression. Arguments with a default
            come last.
    """

    name: str = field(IDENTIFIER)
    """The argument's name."""
    datatype: str = field(STRING)
    """The argument's SQL type, such as `NUMBER(38,0)`."""
    default_value: str | None = field(STRING, default=None)
    """The value when a call leaves the argument out, as an SQL expression. Arguments with a default come last."""


@model
class ReturnType(Model):
    """What a call of the function gives back."""

    type: str | None = field(STRING, default=None, init=False)
    """Whether a call gives one value (`DATATYPE`) or rows (`TABLE`)."""


@model
class FunctionLanguage(Model):
    """The language that a function is written in, with what the language needs to run it.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        is_volatile: Whether the same arguments can give different results. If not, Snowflake may reuse a result.
            Default true.
    """

    language: str | None = field(STRING, default=None, init=False)
    """The language."""
    called_on_null_input: bool | None = field(BOOLEAN, default=None)
    """Whether the code also runs when an argument is NULL; if not, the result is NULL. Default true."""
    is_volatile: bool | None = field(BOOLEAN, default=None)
    """Whether the same arguments can give different results. If not, Snowflake may reuse a result. Default true."""


@model
class UserDefinedFunction(Model):
    """Code that queries can call.

    Args:
        name: The function's name, plain or in double quotes.
        is_temporary: Whether the function ends with the session that created it.
        is_aggregate: Whether the function makes one value out of many rows. Python only.
        is_memoizable: Whether Snowflake may keep results and return them again for the same arguments. SQL only.
        is_secure: Whether the code and other details are hidden from roles that do not own the function.
        arguments: The arguments, in order. Their types, with the name, tell functions apart.
        return_type: What a call gives back.
        language_config: The language of the code, with what it needs to run.
        comment: Free text about the function.
        body: The code. It can be left out when the handler is in a file of `imports`.

    Attributes:
        is_table_function (set by the server): Whether the function gives back rows.
        valid_for_clustering (set by the server): Whether clustering keys can use the function.
        created_on (set by the server): When the function was created.
        schema_name (set by the server): The schema that holds the function.
        database_name (set by the server): The database that holds the function.
        min_num_arguments (set by the server): How many arguments a call has at least.
        max_num_arguments (set by the server): How many arguments a call has at most.
        owner (set by the server): The role that owns the function.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
        is_builtin (set by the server): Whether the function comes with Snowflake.
    """

    name: str = field(IDENTIFIER)
    """The function's name, plain or in double quotes."""
    is_temporary: bool | None = field(BOOLEAN, default=None)
    """Whether the function ends with the session that created it."""
    is_aggregate: bool | None = field(BOOLEAN, default=None)
    """Whether the function makes one value out of many rows. Python only."""
    is_memoizable: bool | None = field(BOOLEAN, default=None)
    """Whether Snowflake may keep results and return them again for the same arguments. SQL only."""
    is_table_function: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether the function gives back rows."""
    valid_for_clustering: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether clustering keys can use the function."""
    is_secure: bool | None = field(BOOLEAN, default=None)
    """Whether the code and other details are hidden from roles that do not own the function."""
    arguments: list[Argument] = field(Array(Nested(Argument)))
    """The arguments, in order. Their types, with the name, tell functions apart."""
    return_type: ReturnType = field(Nested(ReturnType))
    """What a call gives back."""
    language_config: FunctionLanguage = field(Nested(FunctionLanguage))
    """The language of the code, with what it needs to run."""
    comment: str | None = field(STRING, default=None)
    """Free text about the function."""
    body: str | None = field(STRING, default=None)
    """The code. It can be left out when the handler is in a file of `imports`."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the function was created."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the function."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the function."""
    min_num_arguments: int | None = field(INTEGER, default=None, read_only=True)
    """How many arguments a call has at least."""
    max_num_arguments: int | None = field(INTEGER, default=None, read_only=True)
    """How many arguments a call has at most."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the function."""
    owner_role_type: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""
    is_builtin: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether the function comes with Snowflake."""


@model
class ReturnDataType(ReturnType):
    """A function that gives back one value.

    Args:
        datatype: The value's SQL type.
        nullable: Whether the value may be NULL.
    """

    type: str = field(STRING, default="DATATYPE", init=False)
    datatype: str = field(STRING)
    """The value's SQL type."""
    nullable: bool | None = field(BOOLEAN, default=None)
    """Whether the value may be NULL."""


@model
class ColumnType(Model):
    """A column of the rows that a function gives back.

    Args:
        name: The column's name.
        datatype: The column's SQL type.
    """

    name: str = field(IDENTIFIER)
    """The column's name."""
    datatype: str = field(STRING)
    """The column's SQL type."""


@model
class ReturnTable(ReturnType):
    """A function that gives back rows.

    Args:
        column_list: The columns of the rows.
    """

    type: str = field(STRING, default="TABLE", init=False)
    column_list: list[ColumnType] | None = field(Array(Nested(ColumnType)), default=None)
    """The columns of the rows."""


@model
class BaseLanguage(FunctionLanguage):
    """What the languages with packages and a handler have in common.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        is_volatile: Whether the same arguments can give different results. If not, Snowflake may reuse a result.
            Default true.
        packages: The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`.
        imports: Files on stages that the code can import or read, such as `@my_stage/helpers.py`.
        handler: What is called in the code, such as `main` in Python or `MyClass.run` in Java.
    """

    packages: list[str] = field(Array(STRING))
    """The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`."""
    imports: list[str] | None = field(Array(STRING), default=None)
    """Files on stages that the code can import or read, such as `@my_stage/helpers.py`."""
    handler: str = field(STRING)
    """What is called in the code, such as `main` in Python or `MyClass.run` in Java."""


@model
class JavaFunction(BaseLanguage):
    """A function in Java.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        is_volatile: Whether the same arguments can give different results. If not, Snowflake may reuse a result.
            Default true.
        packages: The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`.
        imports: Files on stages that the code can import or read, such as `@my_stage/helpers.py`.
        handler: What is called in the code, such as `main` in Python or `MyClass.run` in Java.
        external_access_integrations: The external access integrations through which the code may reach other
            networks.
        secrets: The secrets that the code may read. Keys are the names that the code uses, values the names of the
            secrets.
        target_path: Where on a stage to keep the JAR that Snowflake compiles from code in `body`.
        runtime_version: The version of the language's runtime, such as `3.11` for Python or `17` for Java.
    """

    language: str = field(STRING, default="JAVA", init=False)
    external_access_integrations: list[str] | None = field(Array(STRING), default=None)
    """The external access integrations through which the code may reach other networks."""
    secrets: dict[str, str] | None = field(Map(STRING), default=None)
    """The secrets that the code may read. Keys are the names that the code uses, values the names of the secrets."""
    target_path: str | None = field(STRING, default=None)
    """Where on a stage to keep the JAR that Snowflake compiles from code in `body`."""
    runtime_version: str = field(STRING)
    """The version of the language's runtime, such as `3.11` for Python or `17` for Java."""


@model
class PythonFunction(BaseLanguage):
    """A function in Python.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        is_volatile: Whether the same arguments can give different results. If not, Snowflake may reuse a result.
            Default true.
        packages: The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`.
        imports: Files on stages that the code can import or read, such as `@my_stage/helpers.py`.
        handler: What is called in the code, such as `main` in Python or `MyClass.run` in Java.
        external_access_integrations: The external access integrations through which the code may reach other
            networks.
        secrets: The secrets that the code may read. Keys are the names that the code uses, values the names of the
            secrets.
        runtime_version: The version of the language's runtime, such as `3.11` for Python or `17` for Java.
    """

    language: str = field(STRING, default="PYTHON", init=False)
    external_access_integrations: list[str] | None = field(Array(STRING), default=None)
    """The external access integrations through which the code may reach other networks."""
    secrets: dict[str, str] | None = field(Map(STRING), default=None)
    """The secrets that the code may read. Keys are the names that the code uses, values the names of the secrets."""
    runtime_version: str = field(STRING)
    """The version of the language's runtime, such as `3.11` for Python or `17` for Java."""


@model
class ScalaFunction(BaseLanguage):
    """A function in Scala.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        is_volatile: Whether the same arguments can give different results. If not, Snowflake may reuse a result.
            Default true.
        packages: The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`.
        imports: Files on stages that the code can import or read, such as `@my_stage/helpers.py`.
        handler: What is called in the code, such as `main` in Python or `MyClass.run` in Java.
        target_path: Where on a stage to keep the JAR that Snowflake compiles from code in `body`.
        runtime_version: The version of the language's runtime, such as `3.11` for Python or `17` for Java.
    """

    language: str = field(STRING, default="SCALA", init=False)
    target_path: str | None = field(STRING, default=None)
    """Where on a stage to keep the JAR that Snowflake compiles from code in `body`."""
    runtime_version: str = field(STRING)
    """The version of the language's runtime, such as `3.11` for Python or `17` for Java."""


@model
class JavaScriptFunction(FunctionLanguage):
    """A function in JavaScript.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        is_volatile: Whether the same arguments can give different results. If not, Snowflake may reuse a result.
            Default true.
    """

    language: str = field(STRING, default="JAVASCRIPT", init=False)


@model
class SQLFunction(FunctionLanguage):
    """A function in SQL.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        is_volatile: Whether the same arguments can give different results. If not, Snowflake may reuse a result.
            Default true.
    """

    language: str = field(STRING, default="SQL", init=False)


@model
class UserDefinedFunctionArgument(Model):
    """An argument of a call.

    Args:
        name: The argument's name.
        datatype: The argument's SQL type.
        value: The value.
    """

    name: str = field(IDENTIFIER)
    """The argument's name."""
    datatype: str = field(STRING)
    """The argument's SQL type."""
    value: Any = field(ANY, default=None, null=True)
    """The value."""


ReturnType.discriminate(
    "type",
    {
        "DATATYPE": ReturnDataType,
        "TABLE": ReturnTable,
    },
)
FunctionLanguage.discriminate(
    "language",
    {
        "JAVA": JavaFunction,
        "PYTHON": PythonFunction,
        "SCALA": ScalaFunction,
        "JAVASCRIPT": JavaScriptFunction,
        "SQL": SQLFunction,
    },
)

_USER_DEFINED_FUNCTION_LIST = Array(Nested(UserDefinedFunction))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_USER_DEFINED_FUNCTION = Nested(UserDefinedFunction)
_USER_DEFINED_FUNCTION_ARGUMENT_LIST = Array(Nested(UserDefinedFunctionArgument))
_ANY_MAP = Map(ANY)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_user_defined_functions(
    database: str, schema: str, *, like: str | None = None
) -> Operation[list[UserDefinedFunction]]:
    """The user-defined functions of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listUserDefinedFunctions",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/user-defined-functions",
        query={"like": argument("like", STRING, like)},
        answer=_USER_DEFINED_FUNCTION_LIST,
    )


def create_user_defined_function(
    database: str,
    schema: str,
    user_defined_function: UserDefinedFunction,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create a user-defined function.

    See https://docs.snowflake.com/en/sql-reference/sql/create-function.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        user_defined_function: Code that queries can call.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createUserDefinedFunction",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/user-defined-functions",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("user_defined_function", _USER_DEFINED_FUNCTION, user_defined_function, required=True),
    )


def fetch_user_defined_function(database: str, schema: str, name_with_args: str) -> Operation[UserDefinedFunction]:
    """Fetch a user-defined function.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The function's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
    """
    return Operation(
        id="fetchUserDefinedFunction",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/user-defined-functions/{segment('name_with_args', name_with_args)}",
        answer=_USER_DEFINED_FUNCTION,
    )


def delete_user_defined_function(
    database: str, schema: str, name_with_args: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Drop a user-defined function.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The function's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteUserDefinedFunction",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/user-defined-functions/{segment('name_with_args', name_with_args)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def execute_user_defined_function(
    database: str,
    schema: str,
    name: str,
    user_defined_function_arguments: list[UserDefinedFunctionArgument] | None = None,
) -> Operation[dict[str, Any]]:
    """Call a user-defined function.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        user_defined_function_arguments: The arguments of a call, in the order of the definition.
    """
    return Operation(
        id="executeUserDefinedFunction",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/user-defined-functions/{segment('name', name)}:execute",
        body=body(
            "user_defined_function_arguments", _USER_DEFINED_FUNCTION_ARGUMENT_LIST, user_defined_function_arguments
        ),
        answer=_ANY_MAP,
    )


def rename_user_defined_function(
    database: str,
    schema: str,
    name_with_args: str,
    *,
    target_database: str,
    target_schema: str,
    target_name: str,
    if_exists: bool | None = None,
) -> Operation[None]:
    """Rename a user-defined function, or move it to another schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The function's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        target_database: The function's database from then on.
        target_schema: The function's schema from then on.
        target_name: The function's new name, without arguments.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="renameUserDefinedFunction",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/user-defined-functions/{segment('name_with_args', name_with_args)}:rename",
        query={
            "targetDatabase": argument("target_database", IDENTIFIER, target_database, required=True),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema, required=True),
            "targetName": argument("target_name", STRING, target_name, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
        },
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/user-defined-functions/{segment('name_with_args', name_with_args)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/user-defined-functions/{segment('name_with_args', name_with_args)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/user-defined-functions/{segment('name_with_args', name_with_args)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="user_defined_function",
    collection="/api/v2/databases/{database}/schemas/{schema}/user-defined-functions",
    model=UserDefinedFunction,
    list=list_user_defined_functions,
    create=create_user_defined_function,
    fetch=fetch_user_defined_function,
    drop=delete_user_defined_function,
    rename=rename_user_defined_function,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
