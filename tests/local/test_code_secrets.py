"""Secrets in functions and procedures in Python: who may name them, who reads them, and that nobody else is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api
from .test_code import PYTHON, VERSION
from .test_routines import error, one

SOURCE = """
import _snowflake as s
def f(what):
    if what == 'login':
        login = s.get_username_password('login')
        return [login.username, login.password]
    if what == 'kind':
        return [s.get_secret_type('key'), s.get_secret_type('login')]
    return getattr(s, what)('key' if what != 'nothing' else 'nope')
"""
MORE = "external_access_integrations = (outside) secrets = ('key' = tok, 'login' = d.public.pw)"


def make(session: SqlSession, name: str, more: str) -> None:
    session.execute(
        f"create or replace function {name}(what varchar) returns variant {PYTHON} handler = 'f' {more} as $${SOURCE}$$"
    )


def prepare(session: SqlSession) -> None:
    session.execute("create database if not exists d")
    session.execute("create network rule rule type = host_port mode = egress value_list = ('example.com')")
    session.execute("create secret tok type = generic_string secret_string = 'first-text'")
    session.execute("create secret pw type = password username = 'ann' password = 'first-pass'")
    session.execute("create secret apart type = generic_string secret_string = 'apart-text'")
    session.execute(
        "create external access integration outside allowed_network_rules = (rule) "
        "allowed_authentication_secrets = (tok, d.public.pw) enabled = true"
    )


@pytest.fixture(scope="module")
def shared() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        prepare(session)
        make(session, "asks", MORE)
        yield session


def asked(session: SqlSession, what: str) -> object:
    return json.loads(one(session, f"select asks('{what}')"))


def alter(session: SqlSession) -> None:
    session.execute("alter secret tok set secret_string = 'second-text'")
    session.execute("alter secret pw set username = 'bob'")


@pytest.fixture
def altered(shared: SqlSession) -> None:
    """The secrets are others now, also for who runs this test alone."""
    alter(shared)


def test_code_reads_its_secrets_as_they_are_now(shared: SqlSession) -> None:
    assert asked(shared, "get_generic_secret_string") == "first-text"
    assert asked(shared, "login") == ["ann", "first-pass"]
    assert asked(shared, "kind") == ["GENERIC_STRING", "PASSWORD"]
    alter(shared)
    assert asked(shared, "get_generic_secret_string") == "second-text"
    assert asked(shared, "login") == ["bob", "first-pass"]


def test_a_secret_of_another_kind_or_name_is_an_error_of_the_code(shared: SqlSession) -> None:
    for what, said in (
        ("get_username_password", "is of type GENERIC_STRING, not PASSWORD"),
        ("get_oauth_access_token", "not OAUTH2"),
    ):
        code, message = error(shared, f"select asks('{what}')")
        assert code == "100357" and said in message


@pytest.mark.usefixtures("altered")
def test_a_function_gets_other_secrets(shared: SqlSession) -> None:
    make(shared, "changes", "")
    assert "is not among the function's SECRETS" in error(shared, "select changes('get_generic_secret_string')")[1]
    shared.execute(f"alter function changes(varchar) set {MORE}")
    assert one(shared, "select changes('get_generic_secret_string')") == '"second-text"'
    assert error(shared, "alter function changes(varchar) set secrets = ('key' = apart)")[0] == "391917"
    shared.execute("alter function changes(varchar) set secrets = ('key' = tok)")
    described = dict(shared.execute("describe function changes(varchar)").rows)
    assert json.loads(described["secrets"]) == {"key": "D.PUBLIC.TOK"}
    shared.execute("alter function changes(varchar) set comment = 'c'")
    assert one(shared, "select changes('get_generic_secret_string')") == '"second-text"'


@pytest.mark.usefixtures("altered")
def test_who_makes_code_needs_what_it_names(shared: SqlSession) -> None:
    def failed(more: str, role: str = "accountadmin") -> str:
        shared.execute(f"use role {role}")
        try:
            return error(shared, f"create function g() returns int {PYTHON} handler = 'f' {more} as 'def f(): pass'")[0]
        finally:
            shared.execute("use role accountadmin")

    integrated = "external_access_integrations = (outside)"
    assert failed("external_access_integrations = (nope)") == "002003"
    assert failed(f"{integrated} secrets = ('a' = nope)") == "002003"
    assert failed(f"{integrated} secrets = ('a' = apart)") == "391917"
    assert failed("secrets = ('a' = tok)") == "391917"
    shared.execute("create role maker")
    shared.execute("grant role maker to role accountadmin")
    shared.execute("grant usage on database d to role maker")
    shared.execute("grant usage, create function on schema d.public to role maker")
    assert failed(integrated, "maker") == "002003"
    shared.execute("grant usage on integration outside to role maker")
    assert failed(f"{integrated} secrets = ('a' = tok)", "maker") == "002003"
    shared.execute("grant read on secret tok to role maker")
    shared.execute("use role maker")
    make(shared, "of_maker", "external_access_integrations = (outside) secrets = ('key' = tok)")
    shared.execute("grant usage on function of_maker(varchar) to role public")
    shared.execute("use role accountadmin")
    assert one(shared, "select of_maker('get_generic_secret_string')") == '"second-text"'
    shared.execute("revoke read on secret tok from role maker")
    assert error(shared, "select of_maker('get_generic_secret_string')")[0] == "002003"
    shared.execute("alter external access integration outside set enabled = false")
    assert failed(integrated) == "391917"
    shared.execute("alter external access integration outside set enabled = true")


@pytest.mark.usefixtures("altered")
def test_a_secret_is_told_to_nobody_else(shared: SqlSession) -> None:
    told = [
        shared.execute(text).rows
        for text in (
            *("show secrets", "describe secret tok", "show user functions", "describe function asks(varchar)"),
            *("select get_ddl('function', 'asks(varchar)')", "select * from information_schema.functions"),
            "select query_text from table(information_schema.query_history())",
        )
    ]
    for secret in ("first-text", "second-text", "first-pass", "apart-text"):
        assert secret not in str(told)
    described = dict(shared.execute("describe function asks(varchar)").rows)
    assert json.loads(described["secrets"]) == {"key": "D.PUBLIC.TOK", "login": "D.PUBLIC.PW"}
    shared.execute(one(shared, "select get_ddl('function', 'asks(varchar)')"))
    assert asked(shared, "get_generic_secret_string") == "second-text"
    shared.execute("create schema copied clone public")
    shared.execute(
        "create external access integration of_copies allowed_network_rules = (d.public.rule) "
        "allowed_authentication_secrets = (d.copied.tok) enabled = true"
    )
    source = "import _snowflake\ndef f(): return _snowflake.get_generic_secret_string('k')"
    more = "external_access_integrations = (of_copies) secrets = ('k' = copied.tok)"
    text = f"create or replace function of_clone() returns varchar {PYTHON} handler = 'f' {more} as $${source}$$"
    assert "second-text" not in error(shared, text.replace("copied.tok", "copied.apart"))[1]
    shared.execute(text)
    assert one(shared, "select of_clone()") == "second-text"


def test_procedures_and_rest_have_secrets_too(api: Api, home: str) -> None:
    session = api.account.session(database="D", schema="PUBLIC")
    prepare(session)
    source = "import _snowflake\ndef f(session): return _snowflake.get_generic_secret_string('k')"
    packages = "packages = ('snowflake-snowpark-python')"
    more = "external_access_integrations = (outside) secrets = ('k' = tok)"
    head = f"procedure () returns varchar {PYTHON} {packages} handler = 'f' {more} as $${source}$$"
    assert one(session, f"with p as {head} call p()") == "first-text"
    config = {"language": "PYTHON", "runtime_version": VERSION, "packages": [], "handler": "f"}
    config |= {"external_access_integrations": ["outside"], "secrets": {"k": "tok"}}
    body = {"name": "of_rest", "arguments": [], "return_type": {"type": "DATATYPE", "datatype": "varchar"}}
    body |= {"language_config": config, "body": source.replace("session", "")}
    api("POST", f"{home}/user-defined-functions", body)
    told = api("GET", f"{home}/user-defined-functions/of_rest()")
    assert told["language_config"]["secrets"] == {"k": "D.PUBLIC.TOK"}
    assert one(session, "select of_rest()") == "first-text"


def test_secrets_outlive_the_process(tmp_path: Path) -> None:
    with LocalAccount(tmp_path / "kept") as account:
        session = account.session()
        prepare(session)
        make(session, "asks", MORE)
    with LocalAccount(tmp_path / "kept") as account:
        assert asked(account.session(database="D"), "get_generic_secret_string") == "first-text"


def test_integrations_know_their_secrets_by_whole_names(account: LocalAccount) -> None:
    session = account.session()
    prepare(session)
    session.execute("create schema d.elsewhere")
    session.execute("create secret tok type = generic_string secret_string = 'another'")

    def allowed(name: str) -> str:
        told = {row[0]: row[2] for row in session.execute(f"describe integration {name}").rows}
        return told["ALLOWED_AUTHENTICATION_SECRETS"]

    assert allowed("outside") == "D.PUBLIC.TOK,D.PUBLIC.PW"
    with pytest.raises(AccountError, match=r"D\.ELSEWHERE\.TOK is not allowed"):
        make(session, "asks", "external_access_integrations = (outside) secrets = ('t' = tok)")
    of_git = "api_provider = git_https_api api_allowed_prefixes = ('https://example.com') enabled = true"
    session.execute(f"create api integration code {of_git} allowed_authentication_secrets = (tok)")
    assert allowed("code") == "D.ELSEWHERE.TOK"
    for said in ("all", "(all)", "none"):
        session.execute(f"create or replace api integration code {of_git} allowed_authentication_secrets = {said}")
        assert allowed("code") == said.strip("()").upper()
    with pytest.raises(AccountError, match="NOSUCH"):
        session.execute(f"create api integration other {of_git} allowed_authentication_secrets = (nosuch)")
