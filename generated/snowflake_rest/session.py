# Generated from specs/session.yaml by `make generate`. Do not edit.
"""The session that requests run in: its default role, warehouse, database and schema, its secondary roles, and the
parameters in force. See https://docs.snowflake.com/en/sql-reference/parameters.
"""

from __future__ import annotations

from .common import SuccessResponse
from .runtime import BOOLEAN, STRING, Array, Model, Nested, Operation, argument, body, field, model


@model
class CurrentSecondaryRoles(Model):
    """The session's secondary roles, as the function CURRENT_SECONDARY_ROLES reports them.

    Args:
        roles: The names of the roles in effect beside the current one, separated by commas.
        value: The setting that they follow from, such as `ALL`.
    """

    roles: str | None = field(STRING, default=None)
    """The names of the roles in effect beside the current one, separated by commas."""
    value: str | None = field(STRING, default=None)
    """The setting that they follow from, such as `ALL`."""


@model
class DefaultResult(Model):
    """A default of the session.

    Args:
        session_default: The name of the object that is the default.
    """

    session_default: str | None = field(STRING, default=None)
    """The name of the object that is the default."""


@model
class NamedDefault(Model):
    """An object to make the default of the session.

    Args:
        name: The object's name.
    """

    name: str = field(STRING)
    """The object's name."""


@model
class Parameter(Model):
    """A parameter in force in the session.

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
class SecondaryRoles(Model):
    """Whether to use secondary roles.

    Args:
        use: True for all of the user's roles, false for none.
    """

    use: bool = field(BOOLEAN)
    """True for all of the user's roles, false for none."""


_CURRENT_SECONDARY_ROLES = Nested(CurrentSecondaryRoles)
_SECONDARY_ROLES = Nested(SecondaryRoles)
_SUCCESS_RESPONSE = Nested(SuccessResponse)
_DEFAULT_RESULT = Nested(DefaultResult)
_NAMED_DEFAULT = Nested(NamedDefault)
_PARAMETER_LIST = Array(Nested(Parameter))


def get_current_secondary_roles() -> Operation[CurrentSecondaryRoles]:
    """The session's secondary roles.

    See https://docs.snowflake.com/en/sql-reference/functions/current_secondary_roles.
    """
    return Operation(
        id="getCurrentSecondaryRoles",
        method="GET",
        path="/api/v2/session/secondary-roles",
        answer=_CURRENT_SECONDARY_ROLES,
    )


def use_secondary_role(secondary_roles: SecondaryRoles) -> Operation[SuccessResponse]:
    """Put all of the user's roles in effect beside the current one, or that one alone.

    See https://docs.snowflake.com/en/sql-reference/sql/use-secondary-roles.

    Args:
        secondary_roles: Whether to use secondary roles.
    """
    return Operation(
        id="useSecondaryRole",
        method="PUT",
        path="/api/v2/session/secondary-roles",
        body=body("secondary_roles", _SECONDARY_ROLES, secondary_roles, required=True),
        answer=_SUCCESS_RESPONSE,
    )


def get_default_database() -> Operation[DefaultResult]:
    """The session's default database."""
    return Operation(
        id="getDefaultDatabase",
        method="GET",
        path="/api/v2/session/default-database",
        answer=_DEFAULT_RESULT,
    )


def set_default_database(named_default: NamedDefault) -> Operation[SuccessResponse]:
    """Set the session's default database.

    Args:
        named_default: An object to make the default of the session.
    """
    return Operation(
        id="setDefaultDatabase",
        method="PUT",
        path="/api/v2/session/default-database",
        body=body("named_default", _NAMED_DEFAULT, named_default, required=True),
        answer=_SUCCESS_RESPONSE,
    )


def get_default_role() -> Operation[DefaultResult]:
    """The session's default role."""
    return Operation(
        id="getDefaultRole",
        method="GET",
        path="/api/v2/session/default-role",
        answer=_DEFAULT_RESULT,
    )


def set_default_role(named_default: NamedDefault) -> Operation[SuccessResponse]:
    """Set the session's default role.

    Args:
        named_default: An object to make the default of the session.
    """
    return Operation(
        id="setDefaultRole",
        method="PUT",
        path="/api/v2/session/default-role",
        body=body("named_default", _NAMED_DEFAULT, named_default, required=True),
        answer=_SUCCESS_RESPONSE,
    )


def get_default_schema() -> Operation[DefaultResult]:
    """The session's default schema."""
    return Operation(
        id="getDefaultSchema",
        method="GET",
        path="/api/v2/session/default-schema",
        answer=_DEFAULT_RESULT,
    )


def set_default_schema(named_default: NamedDefault) -> Operation[SuccessResponse]:
    """Set the session's default schema.

    Args:
        named_default: An object to make the default of the session.
    """
    return Operation(
        id="setDefaultSchema",
        method="PUT",
        path="/api/v2/session/default-schema",
        body=body("named_default", _NAMED_DEFAULT, named_default, required=True),
        answer=_SUCCESS_RESPONSE,
    )


def get_default_warehouse() -> Operation[DefaultResult]:
    """The session's default warehouse."""
    return Operation(
        id="getDefaultWarehouse",
        method="GET",
        path="/api/v2/session/default-warehouse",
        answer=_DEFAULT_RESULT,
    )


def set_default_warehouse(named_default: NamedDefault) -> Operation[SuccessResponse]:
    """Set the session's default warehouse.

    Args:
        named_default: An object to make the default of the session.
    """
    return Operation(
        id="setDefaultWarehouse",
        method="PUT",
        path="/api/v2/session/default-warehouse",
        body=body("named_default", _NAMED_DEFAULT, named_default, required=True),
        answer=_SUCCESS_RESPONSE,
    )


def get_parameters(*, like: str | None = None) -> Operation[list[Parameter]]:
    """The parameters in force in the session.

    See https://docs.snowflake.com/en/sql-reference/sql/show-parameters.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="getParameters",
        method="GET",
        path="/api/v2/session/parameters/effective",
        query={"like": argument("like", STRING, like)},
        answer=_PARAMETER_LIST,
    )
