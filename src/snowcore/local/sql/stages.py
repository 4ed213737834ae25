"""The stages that a statement reads or writes, and the temporary ones, which only their session sees."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs

from snowcore._names import quote_literal

from ...engine.errors import AccountError, missing_object, unsupported
from ...engine.names import shown, split
from ...engine.parsing import Token, TokenType
from ...engine.protocol import Result, Stage, TablePath
from ..objects import securables
from ..objects.access import OWN_USER
from . import permitted, versions
from .kinds import STAGE, place, properties, table_path
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from . import SqlSession


_PATH = re.compile(r'((?:"[^"]*"|[^/"])*).*', re.DOTALL)
"""A stage, and what stands behind it."""
TRANSFERS = ("PUT", "GET", "LIST", "LS", "REMOVE", "RM", "COPY")


@attrs.frozen
class TemporaryStage:
    folder: Path
    """Where the files of this stage are."""
    row: dict[str, Any]
    """As REST would list it, with what SQL declares beyond that."""


def prepare(session: SqlSession, tokens: list[Token]) -> bool:
    """Have the engine know the stages that a statement names, and where their files are. Whether there are any."""
    first = tokens[0].text.upper()
    transfers = first in TRANSFERS
    found: list[Reader] = []
    for at, token in enumerate(tokens):
        if token.token_type == TokenType.PARAMETER and token.text == "@":
            found.append(Reader("", tokens[at + 1 :]))
        elif (transfers or _places(tokens, at)) and token.token_type == TokenType.STRING and token.text[:1] == "@":
            found.append(Reader(_PATH.sub(r"\1", token.text[1:])))
    named = [one for one in found if one.peek() not in ("~", "%")]  # of users, of tables
    if len(named) < len(found) and any(one.peek() == "~" for one in found):
        session.engine.own_stage = _of_user(session)
    words = [token.text.upper() for token in tokens[1:4] if token.text.upper() != "FILES"]
    writes = first in ("PUT", "REMOVE", "RM") or (first == "COPY" and words[1:2] and words[1][:1] == "@")
    every = (known(session, reader.path(), "WRITE" if writes and reader is found[0] else "READ") for reader in named)
    session.engine.stages = dict(one for one in every if one is not None)
    if first in ("PUT", "GET") and any("://" in one.url for one in session.engine.stages.values()):
        text = (
            f"{first} of files of an external stage: they are put into its bucket, or taken from there, by other means."
        )
        raise AccountError(400, "001003", "42000", f"SQL compilation error:\n{text}")
    return bool(found)


def _of_git(session: SqlSession, path: TablePath, number: int, privilege: str) -> Stage:
    """A Git repository, which is read as a stage is."""
    permitted.need_of_stage(session, path, "READ", "GIT REPOSITORY")
    if privilege == "WRITE":
        raise AccountError(400, "001003", "42000", "Files of a Git repository can't be changed.")
    return Stage(session.account.engine.stage(number))


def _of_user(session: SqlSession) -> Path | None:
    if session.role_is_fixed:
        raise unsupported("the stage of a user in a task or a procedure with its owner's rights")
    entry = session.account.kinds["user"].need(None, session.user)
    return session.account.engine.stage(entry.id) if session.user != OWN_USER else None


def _places(tokens: list[Token], at: int) -> bool:
    """Whether a text that stands there may name a stage: FROM '@s', LOCATION => '@s'."""
    return at > 0 and (tokens[at - 1].token_type == TokenType.FROM or tokens[at - 1].text in ("FROM", "=>"))


def create_temporary(session: SqlSession, reader: Reader, *, replace: bool) -> Result:
    """CREATE TEMPORARY STAGE, from behind these words. It hides a permanent stage of its name."""
    if_absent = reader.take("IF NOT EXISTS")
    where = place(session, STAGE, reader.path(), "CREATE STAGE")
    path = table_path(where)
    reader.take("WITH")
    declared = checked(session, properties(reader, STAGE))
    if declared.keys() & {"url", "credentials", "storage_integration"}:
        raise unsupported("temporary stages in a cloud")
    session.perform("schema", "fetch", {"database": where["database"], "name": where["schema"]})
    if path in session.temporary_stages and not replace:
        if if_absent:
            return status(f"{shown(path.name)} already exists, statement succeeded.")
        text = f"SQL compilation error:\nObject '{'.'.join(map(shown, attrs.astuple(path)))}' already exists."
        raise AccountError(409, "002002", "42710", text)
    session.engine.commit()  # as all DDL
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
    session.temporary_stages[path] = TemporaryStage(session.account.engine.temporary_stage(), row)
    return status(f"Stage {shown(path.name)} successfully created.")


def drop_temporary(session: SqlSession, path: TablePath) -> bool:
    """Whether there was such a stage. Its files go with it."""
    stage = session.temporary_stages.pop(path, None)
    if stage is None:
        return False
    shutil.rmtree(stage.folder, ignore_errors=True)
    return True


def described(session: SqlSession, where: Mapping[str, str]) -> Mapping[str, Any]:
    """A stage as REST tells of it, with what SQL declares beyond that."""
    own = session.temporary_stages.get(table_path(where))
    return own.row if own is not None else session.perform("stage", "describe", where)


def ddl(session: SqlSession, where: Mapping[str, str], called: str) -> str:
    """The statement that makes a stage. What is secret is left out."""
    row = described(session, where)
    words = [f"create or replace {'TEMPORARY ' if row.get('kind') == 'TEMPORARY' else ''}stage {called}"]
    for name, key in (("URL", "url"), ("STORAGE_INTEGRATION", "storage_integration"), ("ENDPOINT", "endpoint")):
        if row.get(key):
            words.append(f"{name} = {row[key] if key == 'storage_integration' else quote_literal(row[key])}")
    for name in ("encryption", "directory_table", "FILE_FORMAT", "COPY_OPTIONS"):
        if given := row.get(name):
            words.append(f"{name.removesuffix('_table').upper()} = ({options(given)})")
    if row.get("comment"):
        words.append(f"COMMENT = {quote_literal(row['comment'])}")
    return "\n\t".join(words) + ";"


def options(given: Mapping[str, Any]) -> str:
    """Options as a statement has them in brackets."""
    return " ".join(f"{key.upper()} = {_option(key.upper(), value)}" for key, value in given.items())


def _option(name: str, value: Any) -> str:
    if isinstance(value, list):
        return f"({', '.join(_option(name, one) for one in cast('list[Any]', value))})"
    if isinstance(value, (bool, int)) or name in ("TYPE", "ON_ERROR", "FORMAT_NAME", "COMPRESSION"):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return quote_literal(str(value))


def checked(session: SqlSession, properties: dict[str, Any]) -> dict[str, Any]:
    """Properties of a stage, with the whole name of its file format. AccountError if there is no such format."""
    given: dict[str, Any] | None = properties.get("FILE_FORMAT")
    if given is not None:
        if "FORMAT_NAME" in given:  # which is in a schema, as a stage is
            where = place(session, STAGE, split(given["FORMAT_NAME"]), "CREATE STAGE")
            given["FORMAT_NAME"] = ".".join(map(shown, attrs.astuple(table_path(where))))
        session.engine.check_format(given)
    if properties.get("credentials"):  # whose kind REST wants to be told
        kinds = {"azure": "AZURE"}
        kind = kinds.get(str(properties.get("url", "")).partition("://")[0], "AWS")
        properties["credentials"] = {"credential_type": kind, **properties["credentials"]}
    return properties


def known(session: SqlSession, name: list[str], privilege: str) -> tuple[TablePath, Stage] | None:
    """A stage as the engine must know it, for who has a privilege on it; None for what must be a table's."""
    where = place(session, STAGE, name, "this statement")
    path = table_path(where)
    if path.name.startswith(versions.SCHEME):
        return path, versions.stage_of(session, where, writes=privilege == "WRITE")
    try:
        said = described(session, where)
    except AccountError:
        if name[-1].startswith("%"):
            return None
        git = securables.find(session.account, securables.KINDS["GIT REPOSITORY"], attrs.astuple(path))
        if git is not None:
            return path, _of_git(session, path, git.id, privilege)
        raise missing_object("Stage", ".".join(map(shown, name))) from None
    own = session.temporary_stages.get(path)
    if own is None:
        permitted.need_of_stage(session, path, privilege)
    format_: dict[str, Any] = said.get("FILE_FORMAT") or {}
    options: dict[str, Any] = said.get("COPY_OPTIONS") or {}
    if url := said.get("url"):
        return path, Stage(session.account.buckets.folder(url), format_, options, f"{url.rstrip('/')}/")
    return path, Stage(own.folder if own is not None else said["folder"], format_, options)
