"""A repository on this machine stands for a Git repository, whose branches and tags are read as stages are."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowcore import CreateMode, Root
from snowcore.api_integration import ApiIntegration, GitHook
from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api

ORIGIN = "https://github.com/us/code.git"


def git(folder: Path, *words: str) -> str:
    known = ["-c", "user.name=Me", "-c", "user.email=me@example.com"]
    return subprocess.run(
        ["git", "-C", folder, *known, *words], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture(name="repository")
def _repository(tmp_path: Path) -> Path:
    folder = tmp_path / "code"
    folder.mkdir()
    git(folder, "init", "--initial-branch=main")
    (folder / "sql").mkdir()
    (folder / "sql" / "one.sql").write_text("select 1 as one")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    git(folder, "tag", "-a", "v1", "-m", "the first")
    git(folder, "checkout", "-b", "work/it")
    (folder / "sql" / "two.sql").write_text("select 2 as two")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "second")
    return folder


@pytest.fixture(name="account")
def _account(repository: Path) -> Iterator[LocalAccount]:
    with LocalAccount(buckets={ORIGIN: repository}) as account:
        yield account


@pytest.fixture(name="session")
def _session(account: LocalAccount) -> SqlSession:
    session = account.session()
    for statement in (
        "create database d",
        "create api integration gh api_provider = git_https_api api_allowed_prefixes = ('https://github.com/us/')"
        " enabled = true",
        f"create git repository code origin = '{ORIGIN}' api_integration = gh comment = 'c'",
    ):
        session.execute(statement)
    return session


def listed(session: SqlSession, place: str) -> list[str]:
    return [row[0] for row in session.execute(f"ls {place}").rows]


def test_branches_and_tags_are_folders(session: SqlSession, repository: Path) -> None:
    assert listed(session, "@code/branches/main/") == ["code/branches/main/sql/one.sql"]
    assert listed(session, "@code/tags/v1/") == ["code/tags/v1/sql/one.sql"]
    assert listed(session, "@code/branches/work/it/sql/") == [
        *("code/branches/work/it/sql/one.sql", "code/branches/work/it/sql/two.sql")
    ]
    head = git(repository, "rev-parse", "main")
    assert listed(session, f"@code/commits/{head}/") == [f"code/commits/{head}/sql/one.sql"]
    branches = session.execute("show git branches in git repository d.public.code").rows
    assert branches == [
        ("main", "/branches/main", "", head),
        ("work/it", "/branches/work/it", "", git(repository, "rev-parse", "work/it")),
    ]
    assert session.execute("show git tags like 'v%' in code").rows == [
        ("v1", "/tags/v1", head, "Me <me@example.com>", "the first")
    ]
    assert session.execute("execute immediate from @code/branches/main/sql/one.sql").rows == [(1,)]


def test_what_is_new_is_there_once_it_is_fetched(session: SqlSession, repository: Path) -> None:
    git(repository, "checkout", "main")
    git(repository, "branch", "-D", "work/it")
    (repository / "three.sql").write_text("select 3")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "third")
    assert len(listed(session, "@code/branches/")) == 3
    session.execute("alter git repository code fetch")
    assert listed(session, "@code/branches/") == ["code/branches/main/sql/one.sql", "code/branches/main/three.sql"]
    [row] = session.execute("describe git repository code").rows
    assert row[-1] > row[0].isoformat()
    session.execute("create streamlit s from @code/branches/main/sql main_file = 'one.sql'")
    [version] = session.execute("show versions in streamlit s").rows
    assert version[4:] == ("@code/branches/main/sql", git(repository, "rev-parse", "main"))


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("create git repository x origin = 'https://github.com/us/no.git' api_integration = gh", "000002"),
        ("create git repository x origin = 'https://gitlab.com/us/x.git' api_integration = gh", "093549"),
        (f"create git repository x origin = '{ORIGIN}' api_integration = nope", "002003"),
        (f"create git repository x origin = '{ORIGIN}' api_integration = gh git_credentials = nope", "002003"),
        (f"create git repository x origin = '{ORIGIN}'", "001003"),
        ("put file:///etc/hosts @code/branches/main/", "001003"),
        ("remove @code/branches/main/sql/one.sql", "001003"),
        ("alter git repository nope fetch", "002003"),
        ("show git branches in nope", "002003"),
    ],
)
def test_what_is_refused(session: SqlSession, statement: str, code: str) -> None:
    with pytest.raises(AccountError) as caught:
        session.execute(statement)
    assert caught.value.code == code
    assert [row[1] for row in session.execute("show git repositories").rows] == ["CODE"]


def test_an_integration_says_with_which_secrets_repositories_log_in(account: LocalAccount, session: SqlSession) -> None:
    session.execute("create secret tok type = generic_string secret_string = 'x'")
    made = f"create or replace git repository x origin = '{ORIGIN}' api_integration = i git_credentials = tok"
    kind = "api_provider = git_https_api api_allowed_prefixes = ('https://github.com/us') enabled = true"

    def allows() -> bool:
        try:
            return bool(session.execute(made).rows)
        except AccountError as error:
            assert error.message == "Secret D.PUBLIC.TOK is not allowed by the API integration I."
            return False

    for said in ("all", "none", "(d.public.tok)", ""):
        named = f"allowed_authentication_secrets = {said}" if said else ""
        session.execute(f"create or replace api integration i {kind} {named}")
        assert allows() is (said in ("all", "(d.public.tok)"))
        hook = Root(account).api_integrations["i"].fetch().to_dict()["api_hook"]
        assert hook.get("allow_any_secret", False) is (said == "all")
    for hook in (GitHook(allow_any_secret=True), GitHook(allowed_authentication_secrets=["d.public.tok"]), GitHook()):
        said = {"name": "i", "api_allowed_prefixes": ["https://github.com/us"], "enabled": True}
        integration = ApiIntegration(**said, api_hook=hook)
        Root(account).api_integrations.create(integration, mode=CreateMode.or_replace)
        assert allows() is (hook != GitHook())


def test_who_may_read_a_repository(account: LocalAccount, session: SqlSession) -> None:
    for statement in (
        *("create role r", "grant role r to user snowcore", "grant usage on database d to role r"),
        "grant usage on schema d.public to role r",
    ):
        session.execute(statement)
    other = account.session(database="D", schema="PUBLIC", role="R")
    with pytest.raises(AccountError):
        listed(other, "@code/branches/main/")
    session.execute("grant read on git repository code to role r")
    assert listed(other, "@code/branches/main/")
    with pytest.raises(AccountError):
        other.execute("alter git repository code fetch")
    session.execute("drop git repository code")
    with pytest.raises(AccountError):
        listed(other, "@code/branches/main/")


def test_an_app_is_pushed_to_its_repository_and_pulled_from_it(
    account: LocalAccount, session: SqlSession, repository: Path, tmp_path: Path
) -> None:
    (tmp_path / "three.sql").write_text("select 3 as three")
    session.execute("create streamlit app from '@code/branches/main/sql/' main_file = 'one.sql'")
    session.execute("alter streamlit app add live version from last")
    live = "snow://streamlit/d.public.app/versions/live/"
    session.execute(f"put file://{tmp_path}/three.sql '{live}' auto_compress=false")
    session.execute(f"put file://{tmp_path}/three.sql '{live}.git/hooks/' auto_compress=false")
    session.execute(f"remove '{live}one.sql'")
    session.execute("alter streamlit app commit")
    said = "git_credentials = 'd.public.none' name = 'Ada' email = 'ada@example.com' comment = 'more'"
    session.execute(f"alter streamlit app push {said}")
    assert git(repository, "log", "-1", "--format=%an %ae %s", "main") == "Ada ada@example.com more"
    assert git(repository, "ls-tree", "-r", "--name-only", "main") == "sql/three.sql"
    assert listed(session, "@code/branches/main/") == ["code/branches/main/sql/three.sql"]
    with pytest.raises(AccountError, match="checked out"):
        session.execute(f"alter streamlit app push to '@code/branches/work/it' {said}")
    git(repository, "checkout", "-q", "--detach")
    author = {"git_author_name": "Ada", "git_author_email": "ada@example.com"}
    login = {"auth_type": "USERNAME_PASSWORD", "git_username": "u", "git_password": "p"}
    body = {**login, **author, "to_git_branch_uri": "@code/branches/work/it"}
    Api(account)("POST", "databases/d/schemas/public/streamlits/app:push", body)
    assert git(repository, "ls-tree", "-r", "--name-only", "work/it") == "sql/three.sql"
    git(repository, "checkout", "-q", "main")
    (repository / "sql" / "four.sql").write_text("select 4 as four")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "fourth")
    session.execute("alter streamlit app pull")
    assert listed(session, f"'{live}'") == ["/versions/live/four.sql", "/versions/live/three.sql"]
    session.execute("create stage st")
    session.execute(f"put file://{tmp_path}/three.sql @st auto_compress=false")
    session.execute("create streamlit other from '@st'")
    status, _, message = Api(account).error("POST", "databases/d/schemas/public/streamlits/other:pull")
    assert (status, message) == (400, "The files of D.PUBLIC.OTHER come from no Git repository.")
