"""What goes between files and stages: PUT, GET, LIST, REMOVE, COPY FILES. COPY INTO is `loading` and `unloading`."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from ..errors import EngineError, compilation, missing_object, unsupported
from ..files.stages import TABLES, USERS, Place, download, download_order, parted, upload, upload_order, write_whole
from ..names import shown
from ..protocol import Column, Result, Stage, TablePath

if TYPE_CHECKING:
    from .session import DuckSession

TEXT = "VARCHAR(16777216)"
NUMBER = "NUMBER(38,0)"


def place(session: DuckSession, written: str, statement: str) -> Place:
    """The stage, and the path in it, of `@db.schema.stage/path`."""
    parts, path = parted(written)
    home = session.engine.stages
    if parts == ["~"]:
        return Place("~", Stage(session.own_stage or home / USERS), path)
    of_table = parts[-1].startswith("%")
    parts = [*parts[:-1], parts[-1].removeprefix("%")]
    whole = session.path(
        [part[1:-1].replace('""', '"') if part[0] == '"' else part.upper() for part in parts], statement
    )
    stage = None if of_table else session.stages.get(TablePath(*whole))
    if stage is None and not of_table and whole[2].startswith("%"):  # "%T" is another way to write %T
        of_table, whole = True, (whole[0], whole[1], whole[2][1:])
    if of_table:
        table = session.scope.need("table", whole)
        session.scope.check("OWNERSHIP", table, whole)
        return Place(f"%{whole[2]}", Stage(home / TABLES / str(table.home)), path)
    if stage is None:
        raise missing_object("Stage", ".".join(map(shown, whole)))
    return Place(whole[2], stage, path)


def list_files(session: DuckSession, statement: exp.ListStage) -> Result:
    pattern: Any = statement.args.get("pattern")
    rows = place(session, statement.this.name, "LIST").listed(pattern.name if pattern is not None else None)
    columns = [("name", TEXT), ("size", NUMBER), ("md5", TEXT), ("last_modified", TEXT)]
    return listed(columns, rows)


def remove(session: DuckSession, written: str) -> Result:
    target, options = _words(written)
    rows = [(name, "removed") for name in place(session, target, "REMOVE").remove(options.get("PATTERN"))]
    return listed([("name", TEXT), ("result", TEXT)], rows)


def copy_files(session: DuckSession, written: str) -> Result:
    """COPY FILES: the files of a place in a stage, or some of them, into another place."""
    found = re.fullmatch(rf"\s*INTO\s+{_STAGE}\s+FROM\s+(.+)", written, re.IGNORECASE | re.DOTALL)
    if found is None:
        raise compilation("001003", f"syntax error: unexpected '{written.strip()}'.")
    if found[2].startswith("("):
        raise unsupported("COPY FILES … FROM a query")
    named = re.search(r"\bFILES\s*=\s*\(([^)]*)\)", found[2], re.IGNORECASE)
    source, options = _words(found[2].replace(named[0], " ") if named else found[2])
    if options.pop("DETAILED_OUTPUT", "TRUE").upper() != "TRUE":
        raise unsupported("COPY FILES … DETAILED_OUTPUT = FALSE")
    if unknown := options.keys() - {"PATTERN"}:
        raise compilation("001003", f"syntax error: unexpected '{min(unknown)}'.")
    of, to = place(session, source, "COPY FILES"), place(session, found[1], "COPY FILES")
    if to.name == "~":
        raise compilation("001003", "Files can't be copied into the stage of a user.")
    wanted = re.findall(r"'((?:[^']|'')*)'", named[1]) if named else None
    copied: list[str] = []
    for inside, file in list(of.files(options.get("PATTERN"))):
        within = inside.removeprefix(of.path).lstrip("/") or file.name
        if wanted is None or within in wanted:
            there = "/".join(filter(None, (to.path.rstrip("/"), within)))
            with write_whole(to.file(there)) as coming:
                shutil.copyfile(file, coming)
            copied.append(to.shown(there))
    return listed([("file", TEXT)], [(one,) for one in copied])


_STAGE = r"""('(?:[^']|'')*'|(?:"(?:[^"]|"")*"|[^\s"])+)"""


def _words(written: str) -> tuple[str, dict[str, str]]:
    """`@stage PATTERN = 'x'`: the stage, and the options behind it."""
    found = re.match(rf"\s*{_STAGE}", written)
    if found is None:
        raise compilation("001003", "syntax error: a stage is missing.")
    rest = written[found.end() :]
    options = {name.upper(): quoted or plain for name, quoted, plain in _OPTION.findall(rest)}
    if _OPTION.sub("", rest).strip():
        raise compilation("001003", f"syntax error: unexpected '{rest.strip()}'.")
    return found[1], options


_OPTION = re.compile(r"(\w+)\s*=\s*(?:'((?:[^']|'')*)'|(\w+))")


def put(session: DuckSession, statement: exp.Put) -> Result:
    options = options_of(statement.args.get("properties"))
    where = place(session, statement.args["target"].name, "PUT")
    where.folder.mkdir(parents=True, exist_ok=True)
    return Result([], [], 0, native=upload_order(where, statement.this.name, options))


def get(session: DuckSession, statement: exp.Get) -> Result:
    options = options_of(statement.args.get("properties"))
    where = place(session, statement.args["target"].name, "GET")
    return Result([], [], 0, native=download_order(where, statement.this.name, options))


def read(session: DuckSession, written: str) -> str:
    """The text of a stage's file."""
    where = place(session, written, "EXECUTE IMMEDIATE")
    file = where.file(where.path)
    if not file.is_file():
        raise EngineError("001501", "02000", f"File '{where.path}' not found in stage '{where.name}'.")
    return file.read_text(encoding="utf-8", errors="replace")


def transferred(order: Mapping[str, Any]) -> Result:
    """Do what PUT or GET asks of the client."""
    if order["command"] == "DOWNLOAD":
        facts = [("file", TEXT), ("size", NUMBER), ("status", TEXT), ("message", TEXT)]
        return listed(facts, download(order))
    columns = [
        *(("source", TEXT), ("target", TEXT), ("source_size", NUMBER), ("target_size", NUMBER)),
        *(("source_compression", TEXT), ("target_compression", TEXT), ("status", TEXT), ("message", TEXT)),
    ]
    return listed(columns, upload(order))


def listed(columns: Sequence[tuple[str, str]], rows: Sequence[tuple[Any, ...]]) -> Result:
    return Result([Column(name, type_) for name, type_ in columns], list(rows), len(rows))


def options_of(properties: Any) -> dict[str, Any]:
    found = properties.expressions if properties is not None else ()
    return {one.name.upper(): plain(one.args["value"]) for one in found}


def plain(value: Any) -> Any:
    if isinstance(value, (exp.Tuple, exp.Array)):
        return [plain(one) for one in value.expressions]
    if isinstance(value, exp.Paren):
        return [plain(value.this)]
    if isinstance(value, exp.Boolean):
        return bool(value.this)
    if isinstance(value, exp.Neg):
        return f"-{value.name}"
    if isinstance(value, exp.Literal) and not value.is_string:
        return int(value.name)
    if isinstance(value, (exp.Table, exp.Column)):  # a file format's name, or a word
        return value.sql(dialect="snowflake")
    return value.name


COMMANDS = {"COPY FILES": copy_files, "REMOVE": remove, "RM": remove}
