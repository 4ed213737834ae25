"""What a new account begins with: SQL scripts of its users, and a sample database."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..engine.errors import AccountError
from ..engine.parsing import tokens_of
from .account.secrets import without_secrets
from .sql import scripts as texts

if TYPE_CHECKING:
    from .local_account import LocalAccount

SAMPLE = "SNOWFLAKE_SAMPLE_DATA"
_TOLD = 200
"""Characters of a statement that an error tells."""


def run_scripts(account: LocalAccount, place: Path) -> None:
    """Run a script, or those of a folder, each in a session of ACCOUNTADMIN. AccountError as of `run_script`."""
    for file in scripts(place):
        with account.session() as session:
            run_script(session.execute, file)


def scripts(place: Path) -> list[Path]:
    """A script, or those of a folder (`*.sql`) in the order of their names. AccountError if there is neither."""
    if not place.exists():
        raise AccountError(404, "000603", "XX000", f"There are no SQL scripts at {place}.")
    return sorted(place.glob("*.sql")) if place.is_dir() else [place]


def run_script(execute: Callable[[str], Any], file: Path) -> None:
    """Have somebody execute the statements of a script, one after the other.

    AccountError for the first that fails, with its file, its line and its beginning.
    """
    line, statement = 1, ""
    try:
        text = file.read_text(encoding="utf-8-sig")
        for part in texts.split(tokens_of(text)):
            line, statement = text.count("\n", 0, part[0].start) + 1, text[part[0].start : part[-1].end + 1]
            execute(statement)
    except UnicodeDecodeError:
        raise AccountError(400, "000603", "XX000", f"{file} is not a text in UTF-8.") from None
    except AccountError as error:
        begins = without_secrets(statement, failed=True)[:_TOLD]
        told = f"{file}, line {line}: {error.message}" + (f"\nin: {begins}" if begins else "")
        raise AccountError(error.status, error.code, error.sqlstate, told) from error


def load_sample(account: LocalAccount) -> None:
    if SAMPLE not in account.engine.databases():
        run_scripts(account, Path(__file__).with_name("sample.sql"))


@contextmanager
def set_aside(folder: Path) -> Generator[Path]:
    """A folder to make an account in, which takes its place when all is made, and is gone if that fails.

    AccountError if there is anything in its place.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        text = f"There is something at {folder} already: an account is made in a new folder."
        raise AccountError(409, "002002", "42710", text)
    folder.parent.mkdir(parents=True, exist_ok=True)
    coming = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield coming
        if folder.exists():
            folder.rmdir()
        coming.rename(folder)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
