"""The stages that a statement reads or writes, and the temporary ones, which only their session sees."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ...engine.errors import AccountError, missing_object, unsupported
from ...engine.names import shown
from ...engine.parsing import Token, TokenType
from ...engine.protocol import Result, TablePath
from .kinds import STAGE, place, properties, table_path
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from . import SqlSession


@attrs.frozen
class TemporaryStage:
    folder: Path
    """Where the engine keeps the files of this stage, and of no other."""
    row: dict[str, Any]
    """As REST would list it."""


def prepare(session: SqlSession, tokens: list[Token]) -> bool:
    """Have the engine know the stages that a statement names, and where their files are. Whether there are any."""
    first = tokens[0].text.upper()
    transfers = first in ("PUT", "GET", "LIST", "LS", "REMOVE", "RM", "COPY")
    found: list[Path] = []
    session.engine.stage_options = {}
    for at, token in enumerate(tokens):
        if token.token_type == TokenType.PARAMETER and token.text == "@":
            found.append(_have(session, Reader("", tokens[at + 1 :])))
        elif (transfers or _places(tokens, at)) and token.token_type == TokenType.STRING and token.text[:1] == "@":
            found.append(_have(session, Reader(token.text[1:])))
    if len(set(found)) > 1:
        raise unsupported("a temporary stage beside another stage in one statement")
    session.engine.stages = next(iter(found), session.account.engine.stages)
    return bool(found)


def _places(tokens: list[Token], at: int) -> bool:
    """Whether a text that stands there may name a stage: FROM '@s', LOCATION => '@s'."""
    return at > 0 and (tokens[at - 1].token_type == TokenType.FROM or tokens[at - 1].text in ("FROM", "=>"))


def empty(session: SqlSession, where: Mapping[str, str]) -> None:
    """A stage of this name is gone, or begins anew."""
    engine = session.account.engine
    if engine.stage(table_path(where), None):
        engine.stage(table_path(where), "")


def create_temporary(session: SqlSession, reader: Reader, *, replace: bool) -> Result:
    """CREATE TEMPORARY STAGE, from behind these words. It hides a permanent stage of its name."""
    if_absent = reader.take("IF NOT EXISTS")
    where = place(session, STAGE, reader.path(), "CREATE STAGE")
    path = table_path(where)
    reader.take("WITH")
    declared = properties(reader, STAGE)
    session.perform("schema", "fetch", {"database": where["database"], "name": where["schema"]})
    if path in session.temporary_stages and not replace:
        if if_absent:
            return status(f"{shown(path.name)} already exists, statement succeeded.")
        text = f"SQL compilation error:\nObject '{'.'.join(map(shown, attrs.astuple(path)))}' already exists."
        raise AccountError(409, "002002", "42710", text)
    session.engine.commit()  # as all DDL
    engine = session.account.engine
    folder: Path = engine.temporary_stage(path)
    drop_temporary(session, path)
    row = {
        "created_on": session.account.clock().isoformat(),
        "name": path.name,
        "database_name": path.database,
        "schema_name": path.schema,
        "kind": "TEMPORARY",
        "owner": session.role,
        "owner_role_type": "ROLE",
        **declared,
    }
    session.temporary_stages[path] = TemporaryStage(folder, row)
    return status(f"Stage {shown(path.name)} successfully created.")


def drop_temporary(session: SqlSession, path: TablePath) -> bool:
    """Whether there was such a stage. Its files go with it."""
    stage = session.temporary_stages.pop(path, None)
    if stage is None:
        return False
    shutil.rmtree(stage.folder, ignore_errors=True)
    return True


def _have(session: SqlSession, reader: Reader) -> Path:
    """The folder in which the engine finds the files of the stage that is named next."""
    engine = session.account.engine
    if reader.take("~") or reader.take("%"):  # of the user, of a table
        return engine.stages
    name = reader.path()
    where = place(session, STAGE, name, "this statement")
    path = table_path(where)
    temporary = session.temporary_stages.get(path)
    try:
        declared = temporary.row if temporary else session.account.perform("stage", "describe", where)
    except AccountError:
        raise missing_object("Stage", ".".join(map(shown, name))) from None
    session.engine.stage_options[path] = {
        **declared.get("copy_options", {}),
        **({"FILE_FORMAT": declared["file_format"]} if "file_format" in declared else {}),
    }
    if temporary:
        return temporary.folder
    engine.stage(path, declared["created_on"])
    return engine.stages
