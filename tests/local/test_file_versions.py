"""Notebooks, Streamlit apps and code bundles have versions of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from snowcore import Root
from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api

KINDS = ("streamlit", "notebook", "code bundle")


@pytest.fixture(name="session")
def _session(account: LocalAccount, tmp_path: Path) -> SqlSession:
    session = account.session()
    for statement in ("create database d", "create stage st"):
        session.execute(statement)
    for name, text in (("main.py", "one"), ("more.py", "two")):
        (tmp_path / name).write_text(text)
    session.execute(f"put file://{tmp_path}/main.py @st/app auto_compress=false")
    session.execute(f"put file://{tmp_path}/more.py @st/app/pages auto_compress=false")
    session.execute(f"put file://{tmp_path}/more.py @st/apple auto_compress=false")
    return session


def listed(session: SqlSession, url: str) -> list[str]:
    return [row[0] for row in session.execute(f"list '{url}'").rows]


def versions(session: SqlSession, of: str) -> list[tuple[str, str, str]]:
    found = session.execute(f"show versions in {of}")
    assert [column.name for column in found.columns] == [
        *("created_on", "name", "alias", "location_url", "source_location_uri", "git_commit_hash")
    ]
    return [(row[1], row[2], row[4]) for row in found.rows]


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_version_has_the_files_of_a_place(session: SqlSession, kind: str) -> None:
    session.execute(f"create {kind} x from '@st/app'")
    assert versions(session, f"{kind} x") == [("VERSION$1", "", "@st/app")]
    url = f"snow://{kind.replace(' ', '_')}/D.PUBLIC.X/versions/version$1/"
    assert listed(session, url) == ["/versions/version$1/main.py", "/versions/version$1/pages/more.py"]
    assert listed(session, url.replace("version$1", "last")) == [
        *("/versions/last/main.py", "/versions/last/pages/more.py")
    ]
    session.execute("remove @st")
    assert len(listed(session, url)) == 2
    found = session.execute(f"describe {kind} x")
    row: dict[str, Any] = dict(zip((column.name for column in found.columns), found.rows[0]))
    assert (row["default_version"], row["last_version_name"], row["last_version_location_uri"]) == (
        "LAST",
        "VERSION$1",
        url,
    )
    session.execute(f"drop {kind} x")
    with pytest.raises(AccountError) as caught:
        listed(session, url)
    assert caught.value.code == "002003"


def test_the_live_version_can_be_changed_and_committed(session: SqlSession, tmp_path: Path) -> None:
    session.execute("create streamlit s from '@st/app' main_file = 'main.py'")
    live = "snow://streamlit/s/versions/live/"
    with pytest.raises(AccountError) as caught:
        listed(session, live)
    assert caught.value.code == "002003"
    session.execute("alter streamlit s add live version from last")
    (tmp_path / "main.py").write_text("changed")
    session.execute(f"put file://{tmp_path}/main.py '{live}' auto_compress=false overwrite=true")
    session.execute(f"remove '{live}pages/'")
    assert listed(session, live) == ["/versions/live/main.py"]
    for statement in (
        "alter streamlit s add live version from last",
        f"put file://{tmp_path}/main.py 'snow://streamlit/s/versions/version$1/' auto_compress=false",
        "remove 'snow://streamlit/s/versions/last/main.py'",
    ):
        with pytest.raises(AccountError):
            session.execute(statement)
    session.execute("alter streamlit s commit comment = 'c'")
    assert [name for name, _, _ in versions(session, "streamlit s")] == ["VERSION$1", "VERSION$2"]
    (tmp_path / "got").mkdir()
    for version, text in (("version$1", "one"), ("version$2", "changed")):
        session.execute(f"get 'snow://streamlit/s/versions/{version}/main.py' file://{tmp_path}/got/")
        assert (tmp_path / "got" / "main.py").read_text() == text
    session.execute("alter streamlit s add live version")
    session.execute("alter streamlit s abort")
    with pytest.raises(AccountError):
        session.execute("alter streamlit s commit")


def test_an_app_without_a_source_begins_with_an_empty_live_version(session: SqlSession, tmp_path: Path) -> None:
    session.execute("create streamlit s main_file = 'main.py'")
    session.execute("alter streamlit s add live version from last")
    live = "snow://streamlit/s/versions/live/"
    assert listed(session, live) == []
    (tmp_path / "main.py").write_text("x = 1")
    session.execute(f"put 'file://{tmp_path}/main.py' '{live}' auto_compress = false")
    assert listed(session, live) == ["/versions/live/main.py"]
    session.execute("create notebook n")
    with pytest.raises(AccountError, match="no version"):
        session.execute("alter notebook n add live version from last")


def test_versions_have_names_and_one_is_the_default(session: SqlSession) -> None:
    session.execute("create streamlit s from '@st/app'")
    session.execute("alter streamlit s add version if not exists two from @st/apple comment = 'c'")
    session.execute("alter streamlit s add version if not exists two from @st/apple")
    with pytest.raises(AccountError) as caught:
        session.execute("alter streamlit s add version two from '@st/apple'")
    assert caught.value.code == "002002"
    assert versions(session, "streamlit s")[1] == ("VERSION$2", "TWO", "@st/apple")
    assert listed(session, "snow://streamlit/s/versions/two/") == ["/versions/two/more.py"]
    session.execute("alter streamlit s set default_version = 'FIRST'")
    assert len(listed(session, "snow://streamlit/s/versions/default/")) == 2
    with pytest.raises(AccountError):
        session.execute("alter streamlit s set default_version = 'nope'")
    session.execute("create streamlit t from 'snow://streamlit/s/versions/two/'")
    assert listed(session, "snow://streamlit/t/versions/last/") == ["/versions/last/more.py"]
    session.execute("alter streamlit s rename to u")
    session.execute("drop streamlit u")
    session.execute("undrop streamlit u")
    assert len(versions(session, "streamlit u")) == 2


def test_rest_has_the_same_versions(account: LocalAccount, session: SqlSession, api: Api) -> None:
    path = "databases/d/schemas/public"
    api("POST", f"{path}/notebooks", {"name": "n", "fromLocation": "@st/app", "main_file": "main.py", "version": "v"})
    api("POST", f"{path}/notebooks/n:add-live-version?fromLast=true")
    told = Root(account).databases["d"].schemas["public"].notebooks["n"].fetch()
    assert told.live_version_location_uri == "snow://notebook/D.PUBLIC.N/versions/live/"
    assert told.last_version_details is not None and told.last_version_details.alias == "V"
    api("POST", f"{path}/notebooks/n:commit?version=w")
    assert [alias for _, alias, _ in versions(session, "notebook n")] == ["V", "W"]
    api("POST", f"{path}/streamlits", {"name": "s"})
    assert versions(session, "streamlit s") == []
    body = {"source_location": "@st/app", "version": {"name": "a", "ifNotExists": True}}
    for _ in range(2):
        api("POST", f"{path}/streamlits/s:add-version", body)
    assert [alias for _, alias, _ in versions(session, "streamlit s")] == ["A"]
    api("POST", f"{path}/code-bundles", {"name": "c", "from_location": "@st/app"})
    api("POST", f"{path}/code-bundles/c:add-version", {"from_location": "@st/apple"})
    assert len(versions(session, "code bundle c")) == 2
    assert api.error("POST", f"{path}/streamlits", {"name": "x", "source_location": "@nope"})[0] == 404
    assert api.error("POST", f"{path}/streamlits", {"name": "x", "source_location": "somewhere"})[0] == 400
    assert len(api("GET", f"{path}/streamlits")) == 1


def test_who_does_not_own_an_app_changes_no_files(account: LocalAccount, session: SqlSession, tmp_path: Path) -> None:
    session.execute("create streamlit s from '@st/app'")
    session.execute("alter streamlit s add live version from last")
    session.execute("create role r")
    session.execute("grant role r to user snowcore")
    for what in ("database d", "schema d.public", "streamlit d.public.s"):
        session.execute(f"grant usage on {what} to role r")
    other = account.session(database="D", schema="PUBLIC", role="R")
    assert len(listed(other, "snow://streamlit/s/versions/live/")) == 2
    with pytest.raises(AccountError) as caught:
        other.execute(f"put file://{tmp_path}/main.py 'snow://streamlit/s/versions/live/'")
    assert caught.value.code == "003001"
    with pytest.raises(AccountError):
        other.execute("alter streamlit s commit")


def test_versions_outlive_the_account(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("one")
    with LocalAccount(tmp_path / "kept") as account:
        session = account.session()
        for statement in ("create database d", "create stage st", f"put file://{tmp_path}/main.py @st"):
            session.execute(statement)
        session.execute("create streamlit s from '@st'")
    with LocalAccount(tmp_path / "kept") as account:
        url = "snow://streamlit/D.PUBLIC.S/versions/version$1/"
        assert listed(account.session(), url) == ["/versions/version$1/main.py.gz"]


def test_a_text_that_looks_like_such_a_url_is_a_text(session: SqlSession) -> None:
    assert session.execute("select 'snow://streamlit/s/versions/live/'").rows == [
        ("snow://streamlit/s/versions/live/",)
    ]
