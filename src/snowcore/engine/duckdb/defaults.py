"""Which defaults a column may have: CREATE TABLE and ALTER TABLE judge a default by its type. See
https://docs.snowflake.com/en/sql-reference/sql/create-table and, for ADD COLUMN,
https://docs.snowflake.com/en/release-notes/bcr-bundles/2023_08/bcr-1425."""

from __future__ import annotations

from ..errors import compilation
from ..types import DataType


def check_new(column: str, type_: DataType, default: DataType) -> None:
    """AccountError unless a column of CREATE TABLE may have a default of this type."""
    if type_.name == "BINARY":
        raise compilation("001003", "Default values are not allowed on 'BINARY' columns.")
    if _refused(type_, default):
        text = f"Default value data type does not match data type for column {column}"
        raise compilation("002262", text, "22000")


def check_added(column: str, type_: DataType, default: DataType) -> None:
    """AccountError unless a column that is added may have a default of this type."""
    of, given = _family(type_), _family(default)
    if given == "BOOLEAN" and of in ("VARCHAR", "MOMENT", "NUMBER"):
        wrong = True
    else:
        wrong = (of, given) in (("BOOLEAN", "VARCHAR"), ("MOMENT", "NUMBER"))
    if wrong:
        text = f"Expression type does not match column data type, expecting {type_} but got {default}"
        raise compilation("002023", f"{text} for column {column}", "22000")


def _family(type_: DataType) -> str:
    if type_.is_number:
        return "NUMBER"
    return "MOMENT" if type_.is_timestamp or type_.name in ("DATE", "TIME") else type_.name


def _refused(of: DataType, given: DataType) -> bool:
    """A text is no number or moment, a number no text, boolean or VARIANT; moments go into texts never, and into each
    other as `_fits` says."""
    match _family(given):
        case "VARCHAR":
            return _family(of) in ("NUMBER", "MOMENT")
        case "NUMBER":
            return _family(of) in ("VARCHAR", "BOOLEAN", "VARIANT")
        case "MOMENT":
            return _family(of) == "VARCHAR" or (_family(of) == "MOMENT" and not _fits(of, given))
        case _:
            return False


def _fits(of: DataType, given: DataType) -> bool:
    """Whether a moment loses neither its kind nor digits of its seconds in a column."""
    if given.name == "DATE":
        return True
    if of.name == "DATE" or (of.name == "TIME") > (given.name == "TIME"):
        return False
    if of.name == given.name:
        return given.scale <= of.scale
    return given.scale == of.scale or given.name == "TIMESTAMP_TZ"
