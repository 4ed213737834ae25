"""SHOW, DESCRIBE and GET_DDL of kinds that are only kept, or of which the account has none."""

from __future__ import annotations

from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession
from snowcore.local.sql.listings import LISTINGS


@pytest.fixture(name="session")
def _session(account: LocalAccount) -> SqlSession:
    session = account.session()
    session.execute("create database d")
    return session


def rows(session: SqlSession, statement: str) -> list[dict[str, Any]]:
    found = session.execute(statement)
    return [dict(zip((column.name for column in found.columns), row, strict=True)) for row in found.rows]


@pytest.mark.parametrize("words", [one.words for one in LISTINGS])
def test_everything_can_be_listed(session: SqlSession, words: str) -> None:
    depth = next(one.depth for one in LISTINGS if one.words == words)
    for clause in ("", " like 'nope%'", " limit 1", *((" in account", " in database d") if depth else ())):
        found = session.execute(f"show {words}{clause}")
        titles = [column.name for column in found.columns]
        assert "name" in titles or words == "REGIONS" or "GLOBAL" in words, words
        assert len(titles) == len({*titles}), words


@pytest.mark.parametrize("words", [one.singular for one in LISTINGS if one.source == "-" and one.depth])
def test_of_what_there_is_none_nothing_is_described_or_made(session: SqlSession, words: str) -> None:
    with pytest.raises(AccountError) as caught:
        session.execute(f"describe {words} x")
    assert caught.value.code == "002003", words
    with pytest.raises(AccountError) as caught:
        session.execute(f"create {words} x")
    assert caught.value.code == "000002", words


@pytest.mark.parametrize("what", ["VERSIONS IN MODEL m", "PRIVILEGES IN APPLICATION a", "REFERENCES IN APPLICATION a"])
def test_what_is_not_there_has_nothing_in_it(session: SqlSession, what: str) -> None:
    with pytest.raises(AccountError) as caught:
        session.execute(f"show {what}")
    assert caught.value.code == "002003"


def test_what_is_not_emulated_is_named(session: SqlSession) -> None:
    with pytest.raises(AccountError, match="SHOW ORGANIZATION ACCOUNTS") as caught:
        session.execute("show organization accounts like 'a'")
    assert caught.value.code == "000002"


@pytest.mark.parametrize(
    ("words", "declared", "changed", "wrong"),
    [
        (
            "session policy",
            "session_idle_timeout_mins=30",
            "session_ui_idle_timeout_mins=60",
            "session_idle_timeout_mins=1",
        ),
        ("authentication policy", "authentication_methods=('SAML')", "mfa_enrollment=OPTIONAL", "mfa_enrollment=NEVER"),
        ("packages policy", "language python", "allowlist=('numpy')", "language=JAVA"),
    ],
)
def test_a_policy_is_kept(session: SqlSession, words: str, declared: str, changed: str, wrong: str) -> None:
    session.execute(f"create {words} p {declared} comment='c'")
    plural = f"{words[:-1]}ies"
    [row] = rows(session, f"show {plural}")
    assert (row["name"], row["comment"], row["kind"]) == ("P", "c", words.upper().replace(" ", "_"))
    session.execute(f"alter {words} p set {changed}")
    told = str(session.execute(f"describe {words} p").rows)
    assert changed.split("=")[1].strip("()'").split("'")[0] in told
    with pytest.raises(AccountError) as caught:
        session.execute(f"alter {words} p set {wrong}")
    assert caught.value.code == "001008"
    if words != "packages policy":
        [[text]] = session.execute("select get_ddl('policy', 'p')").rows
        session.execute(text)
        assert session.execute("select get_ddl('policy', 'p')").rows == [(text,)]
    session.execute(f"alter {words} p rename to q")
    session.execute(f"drop {words} q")
    assert rows(session, f"show {plural}") == []


def test_what_is_in_semantic_views(session: SqlSession) -> None:
    session.execute("create table t (a int, b text)")
    session.execute(
        "create semantic view v tables (t primary key (a)) facts (t.f as a) metrics (t.m as sum(a))"
        " dimensions (t.k as b with synonyms = ('x') comment = 'c')"
    )
    [row] = rows(session, "show semantic dimensions")
    assert row == {
        "database_name": "D",
        "schema_name": "PUBLIC",
        "semantic_view_name": "V",
        "table_name": "T",
        "name": "K",
        "data_type": "VARCHAR(16777216)",
        "synonyms": '["x"]',
        "comment": "c",
    }
    assert [row["name"] for row in rows(session, "show semantic metrics in v")] == ["M"]
    assert rows(session, "show semantic facts like 'x%' in account") == []
    [[text]] = session.execute("select get_ddl('semantic_view', 'v')").rows
    session.execute(text)
    assert session.execute("select get_ddl('semantic_view', 'v')").rows == [(text,)]


def test_tables_that_are_described_by_their_kind(session: SqlSession) -> None:
    session.execute("create hybrid table h (a int primary key)")
    assert session.execute("describe hybrid table h").rows == session.execute("describe table h").rows
    assert session.execute("describe search optimization on h").rows == []
    with pytest.raises(AccountError) as caught:
        session.execute("describe search optimization on nope")
    assert caught.value.code == "002003"


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("schemas", "options retention_time owner_role_type object_visibility is_nested"),
        ("schemas history", "retention_time dropped_on owner_role_type object_visibility is_nested"),
        ("databases", "retention_time kind owner_role_type object_visibility data_quality_monitoring_settings"),
        ("tasks", "success_integration scheduling_mode target_completion_interval execute_as_user"),
        ("warehouses", "uuid scaling_policy owner_role_type resource_constraint generation"),
        ("job services", "query_warehouse spec_digest is_upgrading managing_object_domain managing_object_name"),
        ("users", "type has_mfa has_pat has_workload_identity is_from_organization_user"),
        ("dynamic tables", "data_timestamp owner_role_type immutable_where execute_as_user"),
        ("terse schemas", "created_on name kind database_name schema_name"),
        ("terse databases", "created_on name kind database_name schema_name"),
    ],
)
def test_the_newest_columns_are_there(session: SqlSession, words: str, last: str) -> None:
    titles = [column.name for column in session.execute(f"show {words}").columns]
    assert titles[-len(last.split()) :] == last.split()


def test_a_task_tells_why_it_is_suspended(session: SqlSession) -> None:
    session.execute("create task t schedule = '1 hour' target_completion_interval = '10 minutes' as select 1")
    session.execute("create task u after t as select 1")
    session.execute("alter task u resume")
    session.execute("drop task t")
    session.execute("create task v schedule = '1 hour' target_completion_interval = '10 minutes' as select 1")
    session.execute("alter task v resume")
    session.execute("alter task v suspend")
    told = [(row["last_suspended_reason"], row["target_completion_interval"]) for row in rows(session, "show tasks")]
    assert told == [("CHILD_BECAME_ROOT", ""), ("USER_SUSPENDED", "10 MINUTE")]


def test_keys_tell_their_rules(session: SqlSession) -> None:
    session.execute("create table p (a int primary key rely, b int unique norely)")
    session.execute(
        "create table c (a int references p (a) on delete cascade on update set null rely, b int,"
        " foreign key (b) references p (b) match full on delete no action not deferrable initially deferred norely)"
    )
    session.execute("alter table p add constraint u unique (a, b) rely")
    assert [row["rely"] for row in rows(session, "show primary keys")] == ["true"]
    assert [row["rely"] for row in rows(session, "show unique keys")] == ["false", "true", "true"]
    session.execute("alter table c rename column b to bb")
    session.execute("create table d clone c")
    for words in ("imported keys in table d", "exported keys in table p"):
        found = rows(session, f"show {words}")[-2:]
        assert {(row["update_rule"], row["delete_rule"], row["rely"]) for row in found} == {
            ("SET NULL", "CASCADE", "true"),
            ("NO ACTION", "NO ACTION", "false"),
        }
    assert "references P(A) on delete cascade on update set null rely" in str(
        session.execute("select get_ddl('table', 'd')").rows
    )


def test_a_user_without_a_type_is_a_person(session: SqlSession) -> None:
    session.execute("create user u password = 'Much-longer-1'")
    told = {row["property"]: row["value"] for row in rows(session, "describe user u")}
    assert (told["TYPE"], told["HAS_MFA"], told["PASSWORD"], "OWNER" in told) == ("PERSON", "false", "********", False)
    [_, row] = rows(session, "show terse users")
    assert (row["name"], row["type"], "login_name" in row) == ("U", "PERSON", False)
