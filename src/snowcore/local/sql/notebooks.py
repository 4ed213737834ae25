"""EXECUTE NOTEBOOK: the cells of a notebook's live version run in a session of their own, those of SQL in it and those
of Python in a worker to which the session is lent. Code bundles run the same way (`code_bundles`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import attrs

from ...engine.errors import invalid, missing, unsupported
from ...engine.names import canonical, shown
from ...engine.protocol import Result
from ..account.calls import Context
from ..code.workers import Environment, Program
from ..objects import securables
from ..objects.versions import LIVE
from .kinds import OF, place
from .lent import Lent
from .reader import Reader
from .results import status
from .versions import versioned

if TYPE_CHECKING:
    from . import SqlSession

Cell = Mapping[str, str]
"""A name, a language and a source."""
_OLDEST = "3.9"
"""The oldest Python of Snowflake's warehouses: any that is here will do."""
_MAIN = "notebook_app.ipynb"
"""What Snowflake takes for the main file if nothing is said."""
_MAGIC = re.compile(r"\s*%%sql[ \t]*\n")


def execute(session: SqlSession, reader: Reader) -> Result:
    where = place(session, OF["notebook"], reader.path(), "EXECUTE NOTEBOOK")
    arguments = reader.several(lambda: _argument(reader)) if reader.peek() == "(" else []
    reader.end()
    kind, entry = versioned(session, "notebook", where)
    securable = securables.of_entry(entry)
    assert securable is not None
    session.rights.need("OWNERSHIP", securable)
    warehouse: str | None = entry.properties.get("query_warehouse")
    if warehouse is None:
        raise invalid(f"Notebook {shown(entry.name)} has no query warehouse. Set one by ALTER NOTEBOOK.")
    folder = kind.folder(entry, LIVE)
    if not folder.is_dir():
        raise invalid("Live version is not found.")
    main = entry.properties.get("main_file", _MAIN)
    title = f"notebook {'.'.join(map(shown, entry.path))}"
    who = attrs.evolve(session.context, warehouse=canonical(warehouse), database=entry.path[0], schema=entry.path[1])
    run(session, who, title, folder, main, arguments, session.account.code.environment(_OLDEST, (), snowpark=True))
    return status("Statement executed successfully.")


def _argument(reader: Reader) -> str | None:
    """Only texts are passed on, as in Snowflake."""
    if reader.is_string():
        return reader.string()
    reader.until(",", ")")
    return None


def run(
    session: SqlSession,
    who: Context,
    title: str,
    folder: Path,
    main: str,
    arguments: Sequence[str | None],
    environment: Environment,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Run the cells of a file, or a script as if it were one cell, in a new session and a new process.

    title: what it is, for errors. folder: its files. main: the one to run. variables: of the process's environment.
    """
    account, cells = session.account, _cells(folder, main)
    files = [(file.relative_to(folder).as_posix(), file) for file in folder.rglob("*") if file.is_file()]
    program = Program(object(), title, "CELLS", main, None, [], [], files, environment)
    inner = cast("SqlSession", account.open_session(who, database=who.database, schema=who.schema))
    lent, session.inner = Lent(inner), inner
    try:
        with account.lend(cast("SqlSession", lent)) as door, account.code.lend(program, inner.busy) as worker:
            said = {"arguments": arguments, "variables": dict(variables), "cells": cells, "door": attrs.asdict(door)}
            if session.interrupted.is_set():  # before there was anything to stop
                worker.stop()
            try:
                lent.wait_for(lambda: worker.ask("run", said))
            finally:
                worker.stop()  # since what it has loaded and changed is of this run alone
    finally:
        session.inner = None
        inner.close()


def text_of(folder: Path, name: str) -> str:
    """A file in a folder. AccountError (002003) if there is none of this name, such as one outside of the folder."""
    file = folder / name
    if not file.resolve().is_relative_to(folder.resolve()) or not file.is_file():
        raise missing("file", name)
    return file.read_text("utf-8", errors="replace")


def _cells(folder: Path, main: str) -> list[Cell]:
    suffix, text = Path(main).suffix, text_of(folder, main)
    if suffix == ".ipynb":
        return [*_of_notebook(text, main)]
    languages = {".py": "python", ".sql": "sql"}
    if suffix not in languages:
        raise unsupported(f"running {main}: files in Python and SQL, and notebooks, run")
    return [{"name": main, "language": languages[suffix], "source": text}]


def _of_notebook(text: str, main: str) -> Iterator[Cell]:
    """The cells with code. Those of SQL say so in their metadata, or begin with %%sql."""
    try:
        cells: list[dict[str, Any]] = json.loads(text)["cells"]
        for at, cell in enumerate(cells, 1):
            if cell["cell_type"] != "code":
                continue
            source: str = "".join(cell["source"])
            said: dict[str, Any] = cell.get("metadata", {})
            language = str(said.get("language", "python")).lower()
            if (magic := _MAGIC.match(source)) is not None:
                language, source = "sql", source[magic.end() :]
            yield {"name": str(said.get("name") or f"cell{at}"), "language": language, "source": source}
    except (ValueError, LookupError, TypeError, AttributeError):
        raise invalid(f"'{main}' is no notebook.") from None
