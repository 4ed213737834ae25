"""Git repositories: branches and tags of a repository on this machine, each a folder of files, to be read as a stage.

The account reaches no network: its `buckets` say which folder stands for a repository's address, too. What CREATE and
ALTER … FETCH find there lies in the object's own folder: `branches/main/`, `tags/v1/`, and `commits/` with those that
these lead to. See https://docs.snowflake.com/en/developer-guide/git/git-overview.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...engine.errors import AccountError, invalid, missing, unsupported
from ...engine.names import canonical, split
from ..account.calls import Call, Context
from ..account.catalog import Entry
from . import secrets
from .base import Content, done, within
from .recorded import BySqlAlone


class GitRepositories(BySqlAlone):
    resource, what = "git-repository", "git repository"

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        super().check(path, properties, old)
        name = canonical(properties["api_integration"])
        found = self.catalog.find("api-integration", 0, name)
        if found is None:
            raise missing("integration", name)
        prefixes: list[str] = found.properties["api_allowed_prefixes"]
        if not found.properties.get("enabled") or not any(map(properties["origin"].startswith, prefixes)):
            text = f"The origin {properties['origin']} is not allowed by the API integration {name}."
            raise invalid(text, "093549", "22023")
        if secret := properties.get("git_credentials"):
            there = self.account.kinds["secret"].need_at(within(secret, path))
            hook: Mapping[str, Any] = found.properties["api_hook"]
            named = ["ALL"] if hook.get("allow_any_secret") else hook.get("allowed_authentication_secrets") or ()
            secrets.need_allowed(there.path, [tuple(split(one)) for one in named], f"the API integration {name}")
        if old is not None and old.properties["origin"] != properties["origin"]:
            raise invalid("The origin of a Git repository can't be changed; replace the repository.")
        self._there(properties["origin"])

    def whole(self, entry: Entry, context: Context) -> Content:
        return {**super().whole(entry, context), "last_fetched_at": entry.state.get("last_fetched_at")}

    def do_create(self, call: Call) -> Content:
        taken = self.is_taken(call)
        answer = super().do_create(call)
        if not taken and (entry := self.replaced(call)) is not None:
            self.fetch(entry)
        return answer

    def do_refresh(self, call: Call) -> Content:
        if (entry := self.existing(call)) is not None:
            self.fetch(entry)
        return done()

    def retire(self, entry: Entry) -> None:
        super().retire(entry)
        self.drop_files(entry)

    def _there(self, origin: str) -> Path:
        """The folder that stands for an address."""
        try:
            return self.account.buckets.folder(origin)
        except AccountError as error:
            if error.code != "000002":
                raise
            text = "Git repositories but those on this machine; give the account the folder of one by `buckets`"
            raise unsupported(text) from None

    def push(self, entry: Entry, place: str, files: Path, to: str | None, message: str, **author: str) -> None:
        """Make files a commit of a branch in the repository itself. place: what they take the place of, such as
        `branches/main/app`. to: another branch, `branches/dev`. author: `name` and `email`."""
        (branch, inside), there = _in_branch(entry, place), self._there(entry.properties["origin"])
        branch = branch if to is None else _in_branch(entry, to)[0]
        name, bare = f"refs/heads/{branch}", _git(there, "rev-parse", "--is-bare-repository").strip() == b"true"
        if not bare and _git(there, "for-each-ref", "--format=%(HEAD)", name).strip() == b"*":
            raise invalid(f"Branch {branch} is checked out in its repository, so nothing is pushed there.")
        home, tree = _git(there, "rev-parse", "--absolute-git-dir").decode().strip(), self.engine.temporary_stage()
        shutil.copytree(
            files, tree / "tree" / inside, ignore=lambda _, names: [n for n in names if n.lower() == ".git"]
        )
        people = ("AUTHOR", "COMMITTER")
        given = {f"GIT_{who}_{key.upper()}": value for who in people for key, value in author.items()}

        def git(*words: str) -> str:
            where = (f"--git-dir={home}", f"--work-tree={tree / 'tree'}")
            return _git(tree / "tree", *where, *words, GIT_INDEX_FILE=str(tree / "index"), **given).decode().strip()

        try:
            old = git("rev-parse", name)
            git("read-tree", old)
            git("add", "--all", "--force", "--", inside or ".")
            git("update-ref", name, git("commit-tree", git("write-tree"), "-p", old, "-m", message), old)
        finally:
            shutil.rmtree(tree, ignore_errors=True)
        self.fetch(entry)

    def fetch(self, entry: Entry) -> None:
        import tarfile  # here, since few accounts need it

        there, coming = self._there(entry.properties["origin"]), self.engine.temporary_stage()
        format_ = "%(refname)%00%(objectname)%00%(*objectname)%00%(creator)%00%(contents:subject)"
        found: dict[str, dict[str, Content]] = {"branches": {}, "tags": {}}
        for line in _git(there, "for-each-ref", f"--format={format_}", "refs/heads", "refs/tags").decode().splitlines():
            whole, object_, behind, author, message = line.split("\0")
            kind, name = ("branches" if whole.startswith("refs/heads/") else "tags"), whole.split("/", 2)[2]
            commit = behind or object_
            found[kind][name] = {"commit_hash": commit, "author": author.rsplit(" ", 2)[0], "message": message}
            if not (files := coming / "commits" / commit).is_dir():
                with tarfile.open(fileobj=io.BytesIO(_git(there, "archive", "--format=tar", commit))) as packed:
                    packed.extractall(files, filter="data")
            shutil.copytree(files, coming / kind / name, symlinks=True)
        with self.account.changing:
            folder = self.engine.stage(entry.id)
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            coming.rename(folder)
            self.set_state(self.catalog.get(entry.id), **found, last_fetched_at=self.catalog.now())


def refs(entry: Entry, kind: str) -> list[Content]:
    """The branches or the tags, as SHOW GIT BRANCHES and TAGS list them."""
    found: Mapping[str, Content] = entry.state.get(kind, {})
    return [{**said, "name": name, "path": f"/{kind}/{name}"} for name, said in found.items()]


def commit_of(entry: Entry, inside: str) -> str | None:
    """The commit that a path in a repository is of."""
    for kind in ("branches", "tags"):
        for one in refs(entry, kind):
            if f"/{inside.strip('/')}/".startswith(f"{one['path']}/"):
                return one["commit_hash"]
    return None


def _in_branch(entry: Entry, place: str) -> tuple[str, str]:
    """The branch that a path in a repository is in, and the path in the branch."""
    for one in refs(entry, "branches"):
        if f"/{place.strip('/')}/".startswith(f"{one['path']}/"):
            return one["name"], f"/{place.strip('/')}".removeprefix(one["path"]).strip("/")
    raise missing("branch", place)


def _git(folder: Path, *words: str, **variables: str) -> bytes:
    """What git says. It runs without the settings of who started the account for another repository."""
    if (program := shutil.which("git")) is None:
        raise unsupported("Git repositories where there is no program git")
    known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | variables
    command = [program, "-c", f"safe.directory={folder}", "-C", str(folder), *words]
    ran = subprocess.run(command, capture_output=True, env=known, stdin=subprocess.DEVNULL)
    if ran.returncode:
        raise invalid(f"Failed to access the Git repository in {folder}.", "093552", "22023")
    return ran.stdout
