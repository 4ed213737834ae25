# Generated from specs/procedure.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""A stored procedure is code in SQL, JavaScript, Python, Java or Scala that is kept in a schema and run by a call. See
https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-overview.
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
    """An argument in the definition of a procedure.

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
    """What a call of the procedure gives back."""

    type: str | None = field(STRING, default=None, init=False)
    """Whether a call gives one value (`DATATYPE`) or rows (`TABLE`)."""


@model
class FunctionLanguage(Model):
    """The language that a procedure is written in, with what the language needs to run it.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
    """

    language: str | None = field(STRING, default=None, init=False)
    """The language."""
    called_on_null_input: bool | None = field(BOOLEAN, default=None)
    """Whether the code also runs when an argument is NULL; if not, the result is NULL. Default true."""


@model
class Procedure(Model):
    """Code that is kept in a schema and run by a call.

    Args:
        name: The procedure's name, plain or in double quotes.
        execute_as: Whose rights the code has, those of the procedure's `OWNER`, the default, or of the `CALLER`.
        is_secure: Whether the code and other details are hidden from roles that do not own the procedure; default
            false.
        arguments: The arguments, in order. Their types, with the name, tell procedures apart.
        return_type: What a call gives back.
        language_config: The language of the code, with what it needs to run.
        comment: Free text about the procedure.
        body: The code. It can be left out when the handler is in a file of `imports`.

    Attributes:
        created_on (set by the server): When the procedure was created.
        schema_name (set by the server): The schema that holds the procedure.
        database_name (set by the server): The database that holds the procedure.
        min_num_arguments (set by the server): How many arguments a call has at least.
        max_num_arguments (set by the server): How many arguments a call has at most.
        owner (set by the server): The role that owns the procedure.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
        is_builtin (set by the server): Whether the procedure comes with Snowflake.
    """

    name: str = field(IDENTIFIER)
    """The procedure's name, plain or in double quotes."""
    execute_as: Literal["CALLER", "OWNER"] | str | None = field(Choice("CALLER", "OWNER"), default=None)
    """Whose rights the code has, those of the procedure's `OWNER`, the default, or of the `CALLER`."""
    is_secure: bool | None = field(BOOLEAN, default=None)
    """Whether the code and other details are hidden from roles that do not own the procedure; default false."""
    arguments: list[Argument] = field(Array(Nested(Argument)))
    """The arguments, in order. Their types, with the name, tell procedures apart."""
    return_type: ReturnType = field(Nested(ReturnType))
    """What a call gives back."""
    language_config: FunctionLanguage = field(Nested(FunctionLanguage))
    """The language of the code, with what it needs to run."""
    comment: str | None = field(STRING, default=None)
    """Free text about the procedure."""
    body: str | None = field(STRING, default=None)
    """The code. It can be left out when the handler is in a file of `imports`."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the procedure was created."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the procedure."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the procedure."""
    min_num_arguments: int | None = field(INTEGER, default=None, read_only=True)
    """How many arguments a call has at least."""
    max_num_arguments: int | None = field(INTEGER, default=None, read_only=True)
    """How many arguments a call has at most."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the procedure."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""
    is_builtin: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether the procedure comes with Snowflake."""


@model
class ReturnDataType(ReturnType):
    """A procedure that gives back one value.

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
    """A column of the rows that a procedure gives back.

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
    """A procedure that gives back rows.

    Args:
        column_list: The columns of the rows; none when they are not known beforehand.
    """

    type: str = field(STRING, default="TABLE", init=False)
    column_list: list[ColumnType] | None = field(Array(Nested(ColumnType)), default=None)
    """The columns of the rows; none when they are not known beforehand."""


@model
class BaseLanguage(FunctionLanguage):
    """What the languages with packages and a handler have in common.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        runtime_version: The version of the language's runtime, such as `3.11` for Python or `17` for Java.
        packages: The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`.
        imports: Files on stages that the code can import or read, such as `@my_stage/helpers.py`.
        handler: What is called in the code, such as `main` in Python or `MyClass.run` in Java.
    """

    runtime_version: str = field(STRING)
    """The version of the language's runtime, such as `3.11` for Python or `17` for Java."""
    packages: list[str] = field(Array(STRING))
    """The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`."""
    imports: list[str] | None = field(Array(STRING), default=None)
    """Files on stages that the code can import or read, such as `@my_stage/helpers.py`."""
    handler: str = field(STRING)
    """What is called in the code, such as `main` in Python or `MyClass.run` in Java."""


@model
class JavaFunction(BaseLanguage):
    """A procedure in Java.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        runtime_version: The version of the language's runtime, such as `3.11` for Python or `17` for Java.
        packages: The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`.
        imports: Files on stages that the code can import or read, such as `@my_stage/helpers.py`.
        handler: What is called in the code, such as `main` in Python or `MyClass.run` in Java.
        external_access_integrations: The external access integrations through which the code may reach other
            networks.
        secrets: The secrets that the code may read. Keys are the names that the code uses, values the names of the
            secrets.
        target_path: Where on a stage to keep the JAR that Snowflake compiles from code in `body`.
    """

    language: str = field(STRING, default="JAVA", init=False)
    external_access_integrations: list[str] | None = field(Array(STRING), default=None)
    """The external access integrations through which the code may reach other networks."""
    secrets: dict[str, str] | None = field(Map(STRING), default=None)
    """The secrets that the code may read. Keys are the names that the code uses, values the names of the secrets."""
    target_path: str | None = field(STRING, default=None)
    """Where on a stage to keep the JAR that Snowflake compiles from code in `body`."""


@model
class PythonFunction(BaseLanguage):
    """A procedure in Python.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        runtime_version: The version of the language's runtime, such as `3.11` for Python or `17` for Java.
        packages: The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`.
        imports: Files on stages that the code can import or read, such as `@my_stage/helpers.py`.
        handler: What is called in the code, such as `main` in Python or `MyClass.run` in Java.
        external_access_integrations: The external access integrations through which the code may reach other
            networks.
        secrets: The secrets that the code may read. Keys are the names that the code uses, values the names of the
            secrets.
    """

    language: str = field(STRING, default="PYTHON", init=False)
    external_access_integrations: list[str] | None = field(Array(STRING), default=None)
    """The external access integrations through which the code may reach other networks."""
    secrets: dict[str, str] | None = field(Map(STRING), default=None)
    """The secrets that the code may read. Keys are the names that the code uses, values the names of the secrets."""


@model
class ScalaFunction(BaseLanguage):
    """A procedure in Scala.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
        runtime_version: The version of the language's runtime, such as `3.11` for Python or `17` for Java.
        packages: The packages that the code uses, such as `snowflake-snowpark-python` or `numpy==1.26.4`.
        imports: Files on stages that the code can import or read, such as `@my_stage/helpers.py`.
        handler: What is called in the code, such as `main` in Python or `MyClass.run` in Java.
        target_path: Where on a stage to keep the JAR that Snowflake compiles from code in `body`.
    """

    language: str = field(STRING, default="SCALA", init=False)
    target_path: str | None = field(STRING, default=None)
    """Where on a stage to keep the JAR that Snowflake compiles from code in `body`."""


@model
class JavaScriptFunction(FunctionLanguage):
    """A procedure in JavaScript.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
    """

    language: str = field(STRING, default="JAVASCRIPT", init=False)


@model
class SQLFunction(FunctionLanguage):
    """A procedure in SQL.

    Args:
        called_on_null_input: Whether the code also runs when an argument is NULL; if not, the result is NULL.
            Default true.
    """

    language: str = field(STRING, default="SQL", init=False)


@model
class CallArgument(Model):
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


@model
class CallArgumentList(Model):
    """The arguments of a call.

    Args:
        call_arguments: The arguments, in the order of the definition.
    """

    call_arguments: list[CallArgument] = field(Array(Nested(CallArgument)))
    """The arguments, in the order of the definition."""


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

_PROCEDURE_LIST = Array(Nested(Procedure))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_PROCEDURE = Nested(Procedure)
_CALL_ARGUMENT_LIST = Nested(CallArgumentList)
_ANY_LIST = Array(ANY)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_procedures(database: str, schema: str, *, like: str | None = None) -> Operation[list[Procedure]]:
    """The procedures of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listProcedures",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/procedures",
        query={"like": argument("like", STRING, like)},
        answer=_PROCEDURE_LIST,
    )


def create_procedure(
    database: str,
    schema: str,
    procedure: Procedure,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create a procedure.

    See https://docs.snowflake.com/en/sql-reference/sql/create-procedure.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        procedure: Code that is kept in a schema and run by a call.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createProcedure",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/procedures",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("procedure", _PROCEDURE, procedure, required=True),
    )


def fetch_procedure(database: str, schema: str, name_with_args: str) -> Operation[Procedure]:
    """Fetch a procedure.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The procedure's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
    """
    return Operation(
        id="fetchProcedure",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/procedures/{segment('name_with_args', name_with_args)}",
        answer=_PROCEDURE,
    )


def delete_procedure(
    database: str, schema: str, name_with_args: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Drop a procedure.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The procedure's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteProcedure",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/procedures/{segment('name_with_args', name_with_args)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def call_procedure(
    database: str, schema: str, name_with_args: str, call_argument_list: CallArgumentList
) -> Operation[list[Any]]:
    """Call a procedure.

    See https://docs.snowflake.com/en/sql-reference/sql/call.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The procedure's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        call_argument_list: The arguments of a call.
    """
    return Operation(
        id="callProcedure",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/procedures/{segment('name_with_args', name_with_args)}:call",
        body=body("call_argument_list", _CALL_ARGUMENT_LIST, call_argument_list, required=True),
        answer=_ANY_LIST,
    )


def set_tags(
    database: str, schema: str, name_with_args: str, tags: list[TagAssignment], *, if_exists: bool | None = None
) -> Operation[None]:
    """Set tags on the procedure, each with a value. Tags that are not named keep their values.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The procedure's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/procedures/{segment('name_with_args', name_with_args)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(
    database: str, schema: str, name_with_args: str, tags: list[TagReference], *, if_exists: bool | None = None
) -> Operation[None]:
    """Take tags off the procedure.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The procedure's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/procedures/{segment('name_with_args', name_with_args)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(
    database: str, schema: str, name_with_args: str, *, with_lineage: bool | None = None
) -> Operation[list[TagAssignment]]:
    """The tags that are set on the procedure.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name_with_args: The procedure's name with the types of its arguments in parentheses, such as
            `area(NUMBER,NUMBER)`.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/procedures/{segment('name_with_args', name_with_args)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="procedure",
    collection="/api/v2/databases/{database}/schemas/{schema}/procedures",
    model=Procedure,
    list=list_procedures,
    create=create_procedure,
    fetch=fetch_procedure,
    drop=delete_procedure,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
