"""Directory tables, which list the files of a stage as of its last refresh, and the functions that make addresses of a
stage's files. See https://docs.snowflake.com/en/user-guide/data-load-dirtables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import Expr, exp

from ...engine.errors import compilation, syntax, unsupported
from ...engine.files.stages import parted
from ...engine.names import qualified, shown
from ...engine.protocol import Result, running
from ..objects.stages import HOST
from ..objects.stages import address as address_of
from . import permitted, stages
from .kinds import STAGE, place, table_path, unquoted
from .reader import Reader
from .results import TEXT, WHOLE, table

if TYPE_CHECKING:
    from . import SqlSession

_COLUMNS = [
    *(("RELATIVE_PATH", TEXT), ("SIZE", WHOLE), ("LAST_MODIFIED", "TIMESTAMP_TZ(3)"), ("MD5", TEXT), ("ETAG", TEXT)),
    ("FILE_URL", TEXT),
]
REFRESHED = [("file", TEXT), ("status", TEXT), ("description", TEXT)]
Files = Mapping[str, Sequence[Any]]
"""Size, MD5 and time of each file, by its path in the stage."""


def rows(session: SqlSession, written: str) -> Result:
    """DIRECTORY(@stage)."""
    where, inside = _named(session, written)
    if inside:
        raise syntax(f"unexpected '{inside}': DIRECTORY takes a stage without a path.")
    said = _need(session, where)
    if said["directory_table"].get("auto_refresh"):
        _register(session, where, _files(session, where))
        said = _need(session, where)
    files: Files = said.get("directory") or {}
    base = _url(where)
    return table(
        _COLUMNS,
        [
            (name, size, parsedate_to_datetime(changed), md5, md5, f"{base}{name}")
            for name, (size, md5, changed) in sorted(files.items())
        ],
    )


def refresh(session: SqlSession, reader: Reader, where: Mapping[str, str]) -> Result:
    """ALTER STAGE … REFRESH [SUBPATH = 'path'], from behind these words."""
    below = ""
    if reader.take("SUBPATH"):
        reader.expect("=")
        below = f"{reader.string().strip('/')}/".lstrip("/")
    reader.end()
    permitted.need_of_stage(session, table_path(where), "WRITE")
    before: Files = _need(session, where).get("directory") or {}
    found = {name: facts for name, facts in _files(session, where).items() if name.startswith(below)}
    kept = {name: facts for name, facts in before.items() if not name.startswith(below)}
    _register(session, where, {**kept, **found})
    return table(REFRESHED, changes({name: before[name] for name in before.keys() - kept.keys()}, found))


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What a refresh tells of files that came, changed or went."""
    told: list[tuple[str, str, str]] = []
    for name in sorted({*before, *now}):
        if name not in now:
            told.append((name, "UNREGISTERED", "File unregistered successfully."))
        elif name not in before or [*before[name]] != [*now[name]]:
            status = "REGISTERED_UPDATE" if name in before else "REGISTERED_NEW"
            told.append((name, status, "File registered successfully."))
    return told


def created(session: SqlSession, where: Mapping[str, str], body: Mapping[str, Any]) -> None:
    """A stage was made, whose directory table may be filled at once."""
    said: Mapping[str, Any] = body.get("directory_table") or {}
    if body.get("url") and said.get("enable") and said.get("refresh_on_create", True):
        _register(session, where, _files(session, where))


def _named(session: SqlSession, written: str) -> tuple[dict[str, str], str]:
    """The stage that has a name, and the path behind its name."""
    parts, inside = parted(written)
    if parts == ["~"] or parts[-1].startswith("%"):
        raise compilation("001003", f"'{written}' has no directory table: only stages with names have one.")
    name = [unquoted(part) if part[0] == '"' else part.upper() for part in parts]
    where = place(session, STAGE, name, "this statement")
    stages.known(session, name, "READ")
    return where, inside


def _need(session: SqlSession, where: Mapping[str, str]) -> Mapping[str, Any]:
    said = stages.described(session, where)
    directory: Mapping[str, Any] = said.get("directory_table") or {}
    if not directory.get("enable"):
        path = ".".join(map(shown, attrs.astuple(table_path(where))))
        raise compilation("001003", f"Stage {path} has no directory table; it is made by DIRECTORY = (ENABLE = TRUE).")
    return said


def _files(session: SqlSession, where: Mapping[str, str]) -> Files:
    """The files that are in a stage now."""
    found = stages.known(session, [unquoted(one) for one in where.values()], "READ")
    if found is None:
        return {}
    session.engine.stages = dict([found])
    start = found[1].url or f"{table_path(where).name.lower()}/"
    listed = session.engine.execute(f"LIST @{qualified(*attrs.astuple(table_path(where)))}").rows
    return {name.removeprefix(start): [size, md5, changed] for name, size, md5, changed in listed}


def _register(session: SqlSession, where: Mapping[str, str], files: Files) -> None:
    """Whoever reads a directory that is refreshed by itself, or refreshes one, need not own the stage."""
    own, body = session.temporary_stages.get(table_path(where)), {"files": dict(files)}
    if own is not None:
        own.row["directory"] = body["files"]
    else:
        session.account.perform("stage", "register", where, body=body)


# Addresses


def address(session: SqlSession, name: str, arguments: Sequence[Expr]) -> Expr:
    """The expression that a function means whose first argument is a stage."""
    stage: Any = arguments[0] if arguments else None
    least, most = ADDRESSES[name]
    if not least <= len(arguments) <= most or not isinstance(stage, exp.Literal) or stage.name[:1] != "@":
        raise syntax(f"invalid arguments for function {name}")
    if name == "GET_PRESIGNED_URL":
        raise unsupported("presigned URLs")
    where, inside = _named(session, stage.name)
    if name in ("BUILD_STAGE_FILE_URL", "BUILD_SCOPED_FILE_URL"):
        path = exp.Anonymous(this="LTRIM", expressions=[arguments[1].copy(), exp.Literal.string("/")])
        if name == "BUILD_STAGE_FILE_URL":
            return _joined(_url(where), path)
        start = f"{HOST}/{running.get()}/"
        return _joined(start, exp.Anonymous(this="HEX_ENCODE", expressions=[_joined(_url(where), path)]))
    url = str(stages.described(session, where).get("url") or "")
    if not url:
        raise unsupported(f"{name} of an internal stage, which is in no cloud")
    whole = f"{url.rstrip('/')}/{inside}"
    if name == "GET_STAGE_LOCATION":
        return exp.Literal.string(whole)
    if name == "GET_ABSOLUTE_PATH":
        return _joined(whole, arguments[1].copy())
    start = exp.Anonymous(this="STARTSWITH", expressions=[arguments[1].copy(), exp.Literal.string(whole)])
    rest = exp.Anonymous(this="SUBSTR", expressions=[arguments[1].copy(), exp.Literal.number(len(whole) + 1)])
    return exp.Anonymous(this="IFF", expressions=[start, rest, exp.Null()])


def _joined(start: str, rest: Expr) -> Expr:
    return exp.Paren(this=exp.DPipe(this=exp.Literal.string(start), expression=rest))


def _url(where: Mapping[str, str]) -> str:
    return address_of(attrs.astuple(table_path(where)))


ADDRESSES = {
    "BUILD_STAGE_FILE_URL": (2, 2),
    "BUILD_SCOPED_FILE_URL": (2, 3),
    "GET_STAGE_LOCATION": (1, 1),
    "GET_RELATIVE_PATH": (2, 2),
    "GET_ABSOLUTE_PATH": (2, 2),
    "GET_PRESIGNED_URL": (2, 3),
}
"""The functions, with their least and most arguments."""
