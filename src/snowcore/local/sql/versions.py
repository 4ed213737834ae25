"""Versions of notebooks, Streamlit apps and code bundles in statements: ALTER … ADD VERSION, SHOW VERSIONS and so on,
and their files, `snow://streamlit/db.schema.app/versions/live/app.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from snowcore._names import quote_identifier

from ...engine.errors import invalid, missing, unsupported
from ...engine.names import shown as written
from ...engine.names import split
from ...engine.protocol import Result, Stage
from ..account.catalog import Entry
from ..objects import securables
from ..objects.versions import LIVE, VERSIONED, Versioned
from .kinds import OF, SqlObject, place, unquoted
from .listings import columns, shown
from .reader import Reader

if TYPE_CHECKING:
    from . import SqlSession

CHANGES = ("ADD LIVE VERSION", "ADD VERSION", "COMMIT", "ABORT", "PUSH", "PULL")
"""What ALTER does with versions, longer words first."""
SCHEME = "snow://"
_URL = re.compile(r"""'snow://(\w+)/((?:"[^"]*"|[^/'"])+)/(?:versions/?(?:([^/']+)/?([^']*))?)?'""", re.IGNORECASE)
_SHOWN = columns("created_on name alias location_url source_location_uri git_commit_hash")


def change(reader: Reader, kind: SqlObject, verb: str) -> tuple[dict[str, Any], Any]:
    """The query and the body of REST."""
    if verb == "PUSH":
        return {}, _pushed(reader)
    if verb not in ("ADD LIVE VERSION", "ADD VERSION", "COMMIT"):
        reader.rest()
        return {}, None
    if_absent, said = reader.take("IF NOT EXISTS"), dict[str, Any]()
    if verb == "COMMIT" and reader.take("VERSION"):
        said["version"] = reader.path()[-1]
    elif verb != "COMMIT" and reader.peek() not in ("FROM", "COMMENT", ""):
        said["name"] = reader.path()[-1]
    body: dict[str, Any] = {}
    query: dict[str, Any] = {}
    if reader.take("FROM"):
        if verb == "ADD LIVE VERSION":
            reader.expect("LAST")
            query["fromLast"] = True
        else:
            body["source_location" if kind.resource == "streamlit" else "from_location"] = reader.place()
    if reader.take("COMMENT"):
        reader.take("=")
        said["comment"] = reader.string()
    reader.end()
    if verb == "ADD VERSION":
        return {}, {**body, "version": {**said, "ifNotExists": if_absent} if said else None}
    return {**query, **said}, {"version": said}


_PUSHED = {
    "GIT_CREDENTIALS": "git_credentials",
    "USERNAME": "git_username",
    "PASSWORD": "git_password",
    "NAME": "git_author_name",
    "EMAIL": "git_author_email",
    "COMMENT": "git_push_comment",
}


def _pushed(reader: Reader) -> dict[str, Any]:
    body: dict[str, Any] = {"to_git_branch_uri": reader.place()} if reader.take("TO") else {}
    while (word := reader.one_of(*_PUSHED)) is not None:
        reader.expect("=")
        body[_PUSHED[word]] = reader.string() if reader.is_string() else reader.path()[-1]
    return {"auth_type": "USERNAME_PASSWORD" if "git_username" in body else "CREDENTIALS", **body}


def show(session: SqlSession, reader: Reader) -> Result:
    """SHOW VERSIONS IN …"""
    reader.expect("IN")
    kind = next((OF[one] for one in VERSIONED if reader.take(OF[one].words)), None)
    if kind is None:
        if (what := reader.one_of("MODEL", "DBT PROJECT", "APPLICATION PACKAGE")) is not None:
            raise missing(what, ".".join(map(written, reader.path())))  # of which there are none
        raise reader.wrong()
    where = place(session, kind, reader.path(), "SHOW VERSIONS")
    reader.end()
    found, entry = versioned(session, kind.resource, where)
    return shown(_SHOWN, found.versions(entry))


def versioned(session: SqlSession, resource: str, where: Mapping[str, str]) -> tuple[Versioned, Entry]:
    """What is at a place, which the session's roles see, and its kind."""
    session.perform(resource, "fetch", where)
    kind = session.account.kinds[resource]
    assert isinstance(kind, Versioned)
    return kind, kind.need_at(map(unquoted, where.values()))


# Files


def as_stages(text: str) -> str:
    """A statement in which files of versions stand in stages, which `stage_of` knows."""

    def stage(found: re.Match[str]) -> str:
        *above, name = split(found[2])
        named = quote_identifier(f"{SCHEME}{found[1].lower()}/{name}/{found[3] or ''}")
        return f"'@{'.'.join([*map(written, above), named])}/{found[4] or ''}'"

    return _URL.sub(stage, text)


def stage_of(session: SqlSession, where: Mapping[str, str], *, writes: bool) -> Stage:
    """The files of an object as the engine must know them."""
    called, _, version = unquoted(where["name"]).removeprefix(SCHEME).rpartition("/")
    resource, _, name = called.partition("/")
    resource = resource.replace("_", "-")
    if resource not in VERSIONED:
        raise unsupported(f"files at {SCHEME}{resource}/, but for {', '.join(VERSIONED)}")
    found, entry = versioned(session, resource, {**where, "name": quote_identifier(name)})
    if writes:
        if version.lower() != LIVE:
            raise invalid("Files of a version can't be changed, but for those of the live one.", "001003", "42000")
        securable = securables.of_entry(entry)
        assert securable is not None
        session.rights.need("OWNERSHIP", securable)
    if not version:
        return Stage(found.folder(entry).parent, {}, {}, "/")
    return Stage(found.folder_of(entry, version), {}, {}, f"/versions/{version.lower()}/")
