"""Notebooks, Streamlit apps and code bundles: their files, in versions.

A version is a folder within the object's own, which lies where the folders of stages do: `versions/version$1`, and
`versions/live` for the one that can be changed, as in `snow://streamlit/db.schema.app/versions/live/`. See
https://docs.snowflake.com/en/developer-guide/streamlit/object-management/owners-rights and
https://docs.snowflake.com/en/sql-reference/sql/alter-notebook.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, cast

import attrs

from snowcore._names import quote_literal

from ...engine.errors import invalid, missing
from ...engine.files.stages import Place, parted
from ..account.calls import Call, Context
from ..account.catalog import Entry
from . import securables
from .base import Content, done, full
from .code_bundle_executions import execute, in_session
from .git_repositories import GitRepositories, commit_of
from .recorded import Recorded

VERSIONED = ("notebook", "streamlit", "code-bundle")
LIVE = "live"
_IN_VERSION = re.compile(r"snow://.*?/versions/[^/]*/?")


def location(entry: Entry, version: str) -> str:
    """Where the files of a version are, as statements say it."""
    return f"snow://{entry.kind.replace('-', '_')}/{full(entry.path)}/versions/{version.lower()}/"


class Versioned(Recorded):
    source: ClassVar[str]
    """The property that says where the files of the first version are."""

    def folder(self, entry: Entry, version: str = "") -> Path:
        return self.engine.stage(entry.id) / "versions" / version.lower()

    def do_create(self, call: Call) -> Content:
        taken = self.is_taken(call)
        source = call.body.get(self.source)
        made = self._files_at(call, source) if source and not taken else None
        answer = super().do_create(call)
        if made is not None and (entry := self.replaced(call)) is not None:
            self._add(entry, made[0], {"alias": call.body.get("version"), **made[1]})
        return answer

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        versions: list[Content] = entry.state.get("versions", [])
        told: dict[str, Any] = {}
        if versions:
            told["default_version"] = entry.properties.get("default_version", "LAST")
            told["last_version_details"] = self._told(entry, versions[-1])
            if (default := _named(versions, told["default_version"])) is not None:
                told["default_version_details"] = self._told(entry, default)
        if self.folder(entry, LIVE).is_dir():
            told["live_version_location_uri"] = location(entry, LIVE)
        return told

    def _told(self, entry: Entry, version: Content) -> Content:
        fields = ("name", "alias", "source_location_uri", "git_commit_hash")
        found = {name: version[name] for name in fields if version.get(name)}
        return {**found, "location_url": location(entry, version["name"])}

    def folder_of(self, entry: Entry, version: str) -> Path:
        """Where the files of a version are, which is called by its name, its alias or a word such as LAST."""
        if version.lower() == LIVE and self.folder(entry, LIVE).is_dir():
            return self.folder(entry, LIVE)
        default = entry.properties.get("default_version", "LAST")
        found = _named(entry.state.get("versions", []), default if version.upper() == "DEFAULT" else version)
        if found is None:
            raise missing("version", version)
        return self.folder(entry, found["name"])

    def versions(self, entry: Entry) -> list[Content]:
        """What SHOW VERSIONS lists."""
        return [{"created_on": one["created_on"], **self._told(entry, one)} for one in entry.state.get("versions", [])]

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        super().check(path, properties, old)
        wanted = properties.get("default_version")
        if old is not None and wanted and _named(old.state.get("versions", []), wanted) is None:
            raise missing("version", wanted)

    def retire(self, entry: Entry) -> None:
        super().retire(entry)
        if not self.restorable:
            self.drop_files(entry)

    # Versions

    def do_add_version(self, call: Call) -> Content:
        said: Mapping[str, Any] = call.body.get("version") or {}
        source: str = call.body.get(self.source, call.body.get("git_ref", ""))
        entry, alias = self.entry(call), said.get("name")
        if alias and _named(entry.state.get("versions", []), alias) is not None:
            if said.get("ifNotExists"):
                return done()
            raise invalid(f"Version '{alias}' of {full(entry.path)} already exists.", "002002", "42710")
        files, told = self._files_at(call, source)
        self._add(entry, files, {"alias": alias, "comment": said.get("comment"), **told})
        return done()

    do_add_version_from_git = do_add_version

    def do_add_live_version(self, call: Call) -> Content:
        """The files of the last version, to be changed."""
        with self.account.changing:
            entry = self.entry(call)
            versions: list[Content] = entry.state.get("versions", [])
            live = self.folder(entry, LIVE)
            if live.is_dir():
                raise invalid(f"{full(entry.path)} has a live version.")
            # Of a Streamlit app without a source, Snowflake makes a version from a template; here it has no files.
            if not versions and call.query.get("fromLast") and self.resource != "streamlit":
                raise invalid(f"{full(entry.path)} has no version that its live one could start from.")
            coming = self.engine.temporary_stage()
            if versions:
                shutil.copytree(self.folder(entry, versions[-1]["name"]), coming, dirs_exist_ok=True)
            live.parent.mkdir(parents=True, exist_ok=True)
            coming.rename(live)
        return done()

    def do_commit(self, call: Call) -> Content:
        """Make the live version the last one, which is changed no more."""
        body: Mapping[str, Any] = call.body or {}
        said: Mapping[str, Any] = body.get("version") or {}
        with self.account.changing:
            entry = self.entry(call)
            live = self.folder(entry, LIVE)
            if not live.is_dir():
                raise invalid(f"{full(entry.path)} has no live version.")
            comment = said.get("comment") or call.query.get("comment")
            self._add(entry, live, {"alias": call.query.get("version"), "comment": comment})
        return done()

    def do_abort(self, call: Call) -> Content:
        """Give the live version up."""
        shutil.rmtree(self.folder(self.entry(call), LIVE), ignore_errors=True)
        return done()

    def _add(self, entry: Entry, files: Path, told: Mapping[str, Any]) -> None:
        """Make a folder the next version. The folder is there before the catalog tells of it."""
        with self.account.changing:
            entry = self.catalog.get(entry.id)
            versions: list[Content] = entry.state.get("versions", [])
            name = f"VERSION${len(versions) + 1}"
            there = self.folder(entry, name)
            shutil.rmtree(there, ignore_errors=True)
            there.parent.mkdir(parents=True, exist_ok=True)
            files.rename(there)
            said = {key: value for key, value in told.items() if value}
            if "alias" in said:
                said["alias"] = said["alias"].upper()
            self.set_state(entry, versions=[*versions, {"name": name, "created_on": self.catalog.now(), **said}])

    def _files_at(self, call: Call, source: str) -> tuple[Path, Content]:
        schema = self.parent(call.path)
        assert schema is not None
        return self.files(attrs.evolve(call.context, database=schema.path[0], schema=schema.path[1]), source)

    def files(self, who: Context, source: str) -> tuple[Path, Content]:
        """A copy of the files at a place in a stage, if they may read them, and what is to be told of them."""
        if not source.startswith(("@", "snow://")):
            raise invalid(f"'{source}' is no place in a stage, such as @db.schema.stage/path.")
        with self.account.open_session(who, database=who.database, schema=who.schema) as session:
            session.execute(f"LIST {quote_literal(source)}")
            found = [*session.engine.stages.items()]
        if len(found) != 1:
            raise invalid(f"'{source}' is no place in a stage that has a name.")
        inside = _IN_VERSION.sub("", source) if source.startswith("snow://") else parted(source)[1]
        above = f"{inside.strip('/')}/" if inside.strip("/") else ""
        coming = self.engine.temporary_stage()
        [(of, stage)] = found
        for path, file in Place("", stage, above).files():
            there = coming / path.removeprefix(above)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, there)
        git = securables.find(self.account, securables.KINDS["GIT REPOSITORY"], attrs.astuple(of))
        told: Content = {"source_location_uri": source}
        if git is not None:
            commit = commit_of(self.catalog.get(git.id), above)
            told |= {"git_commit_hash": commit, "repository": git.id, "place": above}
        return coming, told


def _named(versions: list[Content], name: str) -> Content | None:
    """A version by its name, its alias, or a word such as LAST."""
    words = {"LAST": versions[-1:], "FIRST": versions[:1]}
    named = [one for one in versions if name.upper() in (one["name"], one.get("alias"))]
    return next(iter([*named, *words.get(name.upper(), [])]), None)


class Notebooks(Versioned):
    resource = what = "notebook"
    source = "fromLocation"
    cloned = False

    def do_execute(self, call: Call) -> Content:
        return in_session(self.account, call.context, f"EXECUTE NOTEBOOK {full(self.entry(call).path)}()")


class Streamlits(Versioned):
    resource = what = "streamlit"
    source = "source_location"
    restorable = True

    def do_pull(self, call: Call) -> Content:
        """Fetch the Git repository, and have the live version be what is there now."""
        kind, repository, version = self._of_git(call)
        kind.fetch(repository)
        files = self._files_at(call, version["source_location_uri"])[0]
        with self.account.changing:
            live = self.folder(self.entry(call), LIVE)
            shutil.rmtree(live, ignore_errors=True)
            live.parent.mkdir(parents=True, exist_ok=True)
            files.rename(live)
        return done()

    def do_push(self, call: Call) -> Content:
        """Make the files of the last version a commit in the Git repository."""
        kind, repository, version = self._of_git(call)
        said, files = call.body, self.folder_of(self.entry(call), "LAST")
        author = {"name": said["git_author_name"], "email": said["git_author_email"]}
        to: str | None = parted(said["to_git_branch_uri"])[1] if said.get("to_git_branch_uri") else None
        kind.push(repository, version["place"], files, to, said.get("git_push_comment") or "", **author)
        return done()

    def _of_git(self, call: Call) -> tuple[GitRepositories, Entry, Content]:
        """The Git repository that an app's files come from, for who may write there, and the version that says so."""
        entry = self.entry(call)
        kind = self.account.kinds["git-repository"]
        assert isinstance(kind, GitRepositories)
        for version in reversed(entry.state.get("versions", [])):
            for found in self.catalog.select("o.id = ? AND p.dropped_on IS NULL", version.get("repository", 0)):
                securable = securables.of_entry(found)
                assert securable is not None
                self.account.access.of(call.context).need("WRITE", securable)
                return kind, found, version
        raise invalid(f"The files of {full(entry.path)} come from no Git repository.")


class CodeBundles(Versioned):
    resource, what = "code-bundle", "code bundle"
    source = "from_location"

    def do_execute(self, call: Call) -> Content:
        return execute(self.account, call, full(self.entry(call).path))


KINDS = cast("tuple[type[Versioned], ...]", (Notebooks, Streamlits, CodeBundles))
