"""What a session is and has: CURRENT_DATABASE and its kin, session variables, SYSTEM$ functions that need no more."""

from __future__ import annotations

import json
from decimal import Decimal

from ..errors import unsupported
from ..types import BOOLEAN, VARCHAR
from . import casts
from .casts import integer, text
from .core import Call, Value, function, quote

_MAY_BE_NULL = ("CURRENT_DATABASE", "CURRENT_SCHEMA", "CURRENT_WAREHOUSE", "CURRENT_TRANSACTION", "LAST_TRANSACTION")


def _known(c: Call, name: str) -> Value:
    """What the session says of itself, as a text."""
    found = c.t.names.context(name)
    if found is not None:
        return text(found)
    if name not in _MAY_BE_NULL and not name.startswith("LAST_QUERY_ID"):
        raise unsupported(f"the function {c.name} here")
    return Value("CAST(NULL AS VARCHAR)", VARCHAR, None)


_TOLD = """
    CURRENT_ACCOUNT CURRENT_ACCOUNT_NAME CURRENT_AVAILABLE_ROLES CURRENT_CLIENT CURRENT_DATABASE CURRENT_IP_ADDRESS
    CURRENT_ORGANIZATION_NAME CURRENT_REGION CURRENT_ROLE CURRENT_ROLE_TYPE CURRENT_SCHEMA CURRENT_SCHEMAS
    CURRENT_SECONDARY_ROLES CURRENT_SESSION CURRENT_STATEMENT CURRENT_TRANSACTION CURRENT_USER CURRENT_VERSION
    CURRENT_WAREHOUSE LAST_TRANSACTION
"""


@function(*_TOLD.split(), args=(0, 0))
def _current(c: Call) -> Value:
    return _known(c, c.name)


@function("LAST_QUERY_ID", args=(0, 1))
def _last_query_id(c: Call) -> Value:
    at = integer(c.t, c[0]) if len(c) else "-1"
    return _known(c, f"LAST_QUERY_ID({at})")


@function("IS_ROLE_IN_SESSION", args=(1, 1))
def _is_role_in_session(c: Call) -> Value:
    return _among(c, "ROLES_IN_SESSION")


def _among(c: Call, asked: str) -> Value:
    """Whether the argument is one of the roles that the session tells when it is asked so."""
    roles = c.t.names.context(asked)
    known: list[str] = json.loads(roles) if roles is not None else []
    if c[0].is_literal:
        return casts.boolean(c.constant(0) in known)
    listed = ", ".join(["NULL", *map(quote, known)])
    return Value(f"coalesce({casts.to_text(c.t, c[0]).sql} IN ({listed}), FALSE)", BOOLEAN)


@function("IS_DATABASE_ROLE_IN_SESSION", args=(1, 1))
def _is_database_role_in_session(c: Call) -> Value:
    return _among(c, f"DATABASE_ROLES_IN_SESSION({c.t.names.context('CURRENT_DATABASE') or ''})")


@function("IS_GRANTED_TO_INVOKER_ROLE", args=(1, 1))
def _is_granted_to_invoker_role(c: Call) -> Value:
    return _among(c, f"ROLES_OF({c.t.names.context('INVOKER_ROLE')})")


@function("INVOKER_SHARE", args=(0, 0))
def _invoker_share(_: Call) -> Value:
    return Value("CAST(NULL AS VARCHAR)", VARCHAR, None)  # since nothing here is read by a share


@function("SYSTEM$GET_TAG_ON_CURRENT_COLUMN", "SYSTEM$GET_TAG_ON_CURRENT_TABLE", args=(1, 1))
def _tag_on_current(c: Call) -> Value:
    found = c.t.names.context(f"{c.name}({c.constant(0)})")
    return Value("CAST(NULL AS VARCHAR)", VARCHAR, None) if found is None else text(found)


@function("INVOKER_ROLE", args=(0, 0))
def _invoker_role(c: Call) -> Value:
    return _known(c, "INVOKER_ROLE")


@function("GETVARIABLE", args=(1, 1))
def _getvariable(c: Call) -> Value:
    from .relations import physical_literal

    found = c.t.names.variable(c.constant(0) or "")
    if found is None:
        return Value("CAST(NULL AS VARCHAR)", VARCHAR, None)
    return casts.to_text(c.t, physical_literal(found.type, found.value))


@function("SYSTEM$TYPEOF", args=(1, 1))
def _system_typeof(c: Call) -> Value:
    kind = c[0].type
    lobs = {
        "VARCHAR": "LOB",
        "BINARY": "LOB",
        "VARIANT": "LOB",
        "OBJECT": "LOB",
        "ARRAY": "LOB",
        "MAP": "LOB",
        "FLOAT": "DOUBLE",
        "BOOLEAN": "SB1",
    }
    if kind.name == "NULL":
        return text("NULL[LOB]")
    if kind.name == "NUMBER":
        largest = 10**kind.precision - 1
        if isinstance(c[0].literal, Decimal):
            largest = abs(int(c[0].literal.scaleb(kind.scale)))
        return text(f"{kind}[SB{next(size for size in (1, 2, 4, 8, 16) if largest < 2 ** (8 * size - 1))}]")
    return text(f"{kind}[{lobs.get(kind.name, 'SB8' if kind.is_timestamp or kind.name == 'TIME' else 'SB4')}]")
