"""What the embedded account answers when it can't do what was asked, as Snowflake would put it."""

from __future__ import annotations


class AccountError(Exception):
    """An operation or a statement that failed.

    status: the HTTP status of the REST door. code and sqlstate: Snowflake's numbers, as both doors report them.
    """

    def __init__(self, status: int, code: str, sqlstate: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.sqlstate, self.message = status, code, sqlstate, message


def missing(what: str, name: str) -> AccountError:
    return AccountError(404, "002003", "02000", f"{what.capitalize()} '{name}' does not exist or not authorized.")


def exists(name: str) -> AccountError:
    return AccountError(409, "002002", "42710", f"Object '{name}' already exists.")


def invalid(message: str, code: str = "391917", sqlstate: str = "22023") -> AccountError:
    return AccountError(400, code, sqlstate, message)


def syntax(message: str) -> AccountError:
    return AccountError(400, "001003", "42000", f"SQL compilation error:\n{message}")


def unsupported(what: str) -> AccountError:
    """For what the embedded account doesn't emulate: better a clear no than a wrong yes."""
    return AccountError(400, "000002", "0A000", f"Unsupported feature: the embedded account does not support {what}.")
