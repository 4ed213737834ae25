"""Stages: what was declared of them. Credentials and keys are not kept, only that there were some."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

from snowcore._names import quote_literal

from ...engine.errors import invalid, unsupported
from ...engine.names import qualified
from ...engine.protocol import TablePath
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, ObjectType, done, full
from .words import Words, same

HOST = "https://local.snowflakecomputing.com/api/files"
_CLOUDS = {"s3": "AWS", "s3gov": "AWS", "s3compat": "AWS", "azure": "AZURE", "gcs": "GCP"}


def address(path: tuple[str, ...]) -> str:
    """What the URLs of a stage's files begin with."""
    return f"{HOST}/{'/'.join(path)}/"


def _listing(path: tuple[str, ...], files: Mapping[str, Sequence[Any]]) -> str:
    """A query of what a directory table lists."""
    values = [
        f"({quote_literal(name)}, {size}, '{parsedate_to_datetime(changed).isoformat()}', {quote_literal(md5)})"
        for name, (size, md5, changed) in files.items()
    ]
    source = f"VALUES {', '.join(values)}" if values else "VALUES (NULL, NULL, NULL, NULL) WHERE FALSE"
    return (
        "SELECT column1::VARCHAR AS RELATIVE_PATH, column2::NUMBER AS SIZE, column3::TIMESTAMP_TZ(3) AS LAST_MODIFIED,"
        " column4::VARCHAR AS MD5, column4::VARCHAR AS ETAG,"
        f" ({quote_literal(address(path))} || column1)::VARCHAR AS FILE_URL FROM {source}"
    )


class Stages(ObjectType):
    resource = what = "stage"
    words = Words(
        "STAGE",
        {
            **same("text", "comment"),
            **same("options of REST", "encryption"),
            "DIRECTORY": ("directory_table", "options of REST"),
            **same("text", "url", "endpoint"),
            **same("name as text", "storage_integration"),
            **same("options of REST", "credentials"),
            "FILE_FORMAT": ("FILE_FORMAT", "file format"),
            "COPY_OPTIONS": ("COPY_OPTIONS", "options"),
        },
    )
    defaults = {"url": "", "comment": "", "has_credentials": False, "has_encryption_key": False}

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        if out.get("kind") == "TEMPORARY":
            raise unsupported("temporary stages outside of a session")
        if "credentials" in out:
            out["has_credentials"] = bool(out.pop("credentials"))
        if "encryption" in out:
            encryption = out.pop("encryption")
            out["has_encryption_key"] = "master_key" in encryption
            out["encryption"] = {k: v for k, v in encryption.items() if k != "master_key"}
        if "directory_table" in out:
            out["directory_table"] = {"enable": False, "auto_refresh": False, **out["directory_table"]}
        return out

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        url = properties.get("url")
        if url is not None and url.partition("://")[0] not in _CLOUDS:
            raise invalid(f"Invalid value of 'url': '{url}' doesn't start with one of {[f'{c}://' for c in _CLOUDS]}.")

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        cloud = _CLOUDS.get(entry.properties.get("url", "").partition("://")[0])
        nothing = {"enable": False, "auto_refresh": False}
        told = {"directory_table": entry.properties.get("directory_table", nothing)}
        return {**told, "cloud": cloud} if cloud else told

    def put_away(self, path: tuple[str, ...], kept: str) -> None:
        self.engine.drop_directory(TablePath(*path), kept)

    def bring_back(self, kept: str, path: tuple[str, ...]) -> None:
        self.engine.restore_directory(kept, TablePath(*path))

    def retire(self, entry: Entry) -> None:
        super().retire(entry)
        self.drop_files(entry)
        self.engine.purge(entry.kept)

    def follow(self, path: tuple[str, ...]) -> None:
        """Have what changes in a stage's directory table be known from now on. AccountError if it has none."""
        entry = self.need_at(path)
        if not entry.properties.get("directory_table", {}).get("enable"):
            raise invalid(f"Stage {full(path)} has no directory table; it is made by DIRECTORY = (ENABLE = TRUE).")
        self.engine.list_files(TablePath(*path), _listing(path, entry.state.get("directory", {})), again=False)

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        said: Mapping[str, Any] = properties.get("directory_table") or {}
        return (
            entry.state
            if said.get("enable")
            else {name: value for name, value in entry.state.items() if name != "directory"}
        )

    def do_describe(self, call: Call) -> Content:
        """Beside what is declared, where the files are, and those that its directory table lists."""
        entry = self.entry(call)
        folder = None if entry.properties.get("url") else self.engine.stage(entry.id)
        return {**super().do_describe(call), "folder": folder, "directory": entry.state.get("directory", {})}

    def do_register(self, call: Call) -> Content:
        """Let the directory table list these files."""
        with self.account.changing, self.engine.in_one_step():
            entry, files = self.entry(call), call.body["files"]
            self.set_state(entry, directory=files)
            self.engine.list_files(TablePath(*entry.path), _listing(entry.path, files), again=True)
        return done()

    def do_files(self, call: Call) -> list[Content]:
        with self.account.open_session(call.context) as session:
            files = session.execute(f"LIST @{qualified(*self.entry(call).path)}").rows
        fields = ("name", "size", "md5", "last_modified")
        found: list[Content] = [dict(zip(fields, map(str, file))) for file in files]
        try:
            pattern = re.compile(call.query.get("pattern", ".*"))
        except re.error as error:
            raise invalid(f"Invalid value of parameter 'pattern': {error}.") from None
        return [file for file in found if pattern.fullmatch(file["name"])]

    def do_presigned_url(self, call: Call) -> NoReturn:
        self.entry(call)
        raise unsupported("presigned URLs")
