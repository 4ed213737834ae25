"""Masking and row access policies: what each role sees, and what it can't see by any detour."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Run, refusal, running

SETUP = """
create database d
create warehouse w
create table emp (name varchar(20), dept varchar, sal number(10, 2))
insert into emp values ('Ann', 'A', 100.5), ('Bob', 'B', 200), ('Cy', 'A', 300)
create role sees
grant role sees to user snowcore
grant usage on database d to role sees
grant usage on schema public to role sees
create masking policy mask as (v varchar) returns varchar -> case when is_role_in_session('SEES') then v else '***' end
create row access policy only_b as (x varchar) returns boolean -> x = 'B' or current_role() = 'SEES'
create table mapping (role varchar, dept varchar)
"""


@pytest.fixture
def session() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        for line in SETUP.strip().splitlines():
            session.execute(line)
        yield session


@pytest.fixture
def run(session: SqlSession) -> Run:
    return running(session)


MASKED = {
    "select name from emp order by sal": [("***",)] * 3,
    "select * from emp where name = 'Ann'": [],
    "select name, count(*) from emp group by name": [("***", 3)],
    "select max(upper(e.name)) from emp e": [("***",)],
    "select name from emp order by name desc limit 1": [("***",)],
    "select f.name from emp e join emp f using (name) limit 1": [("***",)],
    "select v.n from (select name n from emp) v limit 1": [("***",)],
    "with c as (select * from emp) select distinct name from c": [("***",)],
    "select distinct name from emp at (offset => 0)": [("***",)],
    "select listagg(distinct name, ',') from emp": [("***",)],
    "select f.value from emp, lateral flatten(array_construct(name)) f limit 1": [('"***"',)],
    "select count(*) from emp where exists (select 1 from emp i where i.name = 'Ann')": [(0,)],
    "select * from (select name, dept, sal from emp) pivot (count(sal) for dept in ('A', 'B'))": [("***", 2, 1)],
    "select name from emp union select 'x' order by 1": [("***",), ("x",)],
}


@pytest.mark.parametrize("sql", MASKED)
def test_a_masked_column_is_masked_wherever_it_stands(run: Run, sql: str) -> None:
    run("alter table emp modify column name set masking policy mask")
    assert run(sql) == MASKED[sql]


def test_a_role_that_may_sees_what_is_there(run: Run) -> None:
    run("alter table emp modify column name set masking policy mask", "grant select on table emp to role sees")
    assert run("select name from emp order by sal limit 1") == [("***",)]
    assert run("use role sees", "select name from emp order by sal limit 1") == [("Ann",)]
    assert run("use role accountadmin", "select name from emp order by sal limit 1") == [("***",)]


DETOURS = {
    "create table c as select * from emp": "select distinct name from c",
    "create table c (name varchar); insert into c select name from emp": "select distinct name from c",
    "create view c as select * from emp": "select distinct name from c",
    "create table c clone emp": "select distinct name from c",
    "create table c clone emp at (offset => 0)": "select distinct name from c",
    "create stream c on table emp show_initial_rows = true": "select distinct name from c",
    "create dynamic table c target_lag = '1 minute' warehouse = w as select * from emp": "select distinct name from c",
    "create stage c; copy into @c/rows from emp": "select distinct $1 from @c",
    "create function c() returns varchar as 'select min(name) from emp'": "select c()",
    "create or replace table emp2 like emp; insert into emp2 values ('Ann', 'A', 1)": "select name from emp2",
    "drop table emp; undrop table emp": "select distinct name from emp",
    "create schema s clone public": "select distinct name from s.emp",
}


@pytest.mark.parametrize("detour", DETOURS)
def test_no_detour_shows_more(run: Run, detour: str) -> None:
    run("alter table emp modify column name set masking policy mask", *detour.split("; "))
    assert run(DETOURS[detour]) == [("***",)]


def test_changes_read_what_is_seen_and_leave_the_rest_as_it_is(run: Run, session: SqlSession) -> None:
    run("alter table emp modify column name set masking policy mask")
    assert run("update emp set sal = sal + 1 where name = 'Ann'") == [(0, 0)]
    assert run("update emp set dept = name where sal = 200") == [(1, 0)]
    assert run("merge into emp using (select 'Cy' n) s on name = s.n when matched then delete") == [(0,)]
    assert run("delete from emp where name <> '***'") == [(0,)]
    run("alter table emp modify column name unset masking policy")
    rows = [("Ann", "A", Decimal("100.50")), ("Bob", "***", Decimal(200)), ("Cy", "A", Decimal(300))]
    assert run("select * from emp order by sal") == rows


def test_rows_are_there_for_whom_the_policy_says(run: Run) -> None:
    run("alter table emp add row access policy only_b on (dept)", "grant all on table emp to role sees")
    assert run("select name from emp") == [("Bob",)]
    assert run("select count(*) from emp") == [(1,)]
    assert run("update emp set sal = 0") == [(1, 0)]
    assert run("delete from emp") == [(1,)]
    assert run("use role sees", "select name, sal from emp order by 1") == [("Ann", Decimal("100.5")), ("Cy", 300)]


def test_a_policy_asks_a_table_with_the_rights_of_its_owner(run: Run) -> None:
    body = "exists (select 1 from mapping m where m.role = current_role() and m.dept = x)"
    run(f"create row access policy mapped as (x varchar) returns boolean -> {body}")
    run("alter table emp add row access policy mapped on (dept)", "grant select on table emp to role sees")
    assert run("select * from emp") == []
    run("insert into mapping values ('SEES', 'A')")
    assert run("select * from emp") == []
    assert run("use role sees", "select name from emp order by 1") == [("Ann",), ("Cy",)]
    assert refusal(run, "select * from mapping") == "002003"


def test_a_dynamic_table_is_filled_as_its_owner(run: Run) -> None:
    run("create masking policy by_role as (v varchar) returns varchar -> iff(current_role() = 'SEES', v, '***')")
    run("alter table emp modify column name set masking policy by_role", "grant select on table emp to role sees")
    lag = "target_lag = '1 minute' warehouse = w as select name from emp"
    run(f"create dynamic table mine {lag}", "grant usage on warehouse w to role sees")
    run(
        "grant create dynamic table on schema public to role sees",
        "use role sees",
        f"create dynamic table theirs {lag}",
    )
    assert run("select max(name) from theirs") == [("Cy",)]
    run("alter dynamic table theirs refresh", "use role accountadmin", "alter dynamic table mine refresh")
    assert run("select distinct name from mine") == [("***",)]


def test_a_policy_asks_whether_a_role_of_a_table_is_in_the_session(run: Run) -> None:
    body = "exists (select 1 from mapping m where is_role_in_session(m.role) and m.dept = x)"
    run(f"create row access policy mapped as (x varchar) returns boolean -> {body}")
    run("alter table emp add row access policy mapped on (dept)", "insert into mapping values ('SYSADMIN', 'B')")
    assert run("select name from emp") == [("Bob",)]
    run("update mapping set role = 'NOBODY'")
    assert run("select name from emp") == []


def test_what_hides_may_be_longer_than_what_is_hidden(run: Run) -> None:
    run("create masking policy long as (v varchar) returns varchar -> repeat('*', 40)")
    run("create table t (name varchar(3))", "insert into t values ('Ann')")
    run("alter table t modify column name set masking policy long")
    assert run("create table c as select * from t", "select length(name) from c") == [(40,)]
    assert run("create table e (name varchar)", "insert into e select name from t", "select * from e") == [("*" * 40,)]
    assert refusal(run, "update t set name = 'Anna'") == "100078"


def test_a_policy_asks_as_of_now(run: Run) -> None:
    body = "exists (select 1 from mapping m where m.dept = x)"
    run(f"create row access policy mapped as (x varchar) returns boolean -> {body}")
    run("alter table emp add row access policy mapped on (dept)", "create stream st on table emp")
    run("insert into emp values ('Di', 'B', 1)", "insert into mapping values ('ANY', 'B')")
    assert run("select name from emp at (offset => 0) order by 1") == [("Bob",), ("Di",)]
    assert run("select name from st") == [("Di",)]
    assert run("truncate table mapping", "select name from st") == []


def test_a_mask_may_ask_other_columns_and_keeps_the_column_type(run: Run) -> None:
    run("create masking policy pay as (v number, d varchar) returns number -> iff(d = 'A', -1, v)")
    run("alter table emp modify column sal set masking policy pay using (sal, dept)")
    assert run("select sal from emp order by name") == [(-1,), (Decimal("200.00"),), (-1,)]
    run("alter table emp rename column dept to department")
    assert run("select sal from emp order by name") == [(-1,), (Decimal("200.00"),), (-1,)]
    assert refusal(run, "alter table emp drop column department") == "003554"
    run("alter table emp drop column sal")
    assert run("select count(*) from table(information_schema.policy_references(policy_name => 'pay'))") == [(0,)]


def test_policies_at_creation(run: Run) -> None:
    run("create table t (a varchar with masking policy mask, b varchar) with row access policy only_b on (b)")
    run("insert into t values ('x', 'A'), ('y', 'B')")
    assert run("select * from t") == [("***", "B")]
    run("create view v (n masking policy mask, d) row access policy only_b on (d) as select name, dept from emp")
    assert run("select * from v") == [("***", "B")]
    assert refusal(run, "create table u (a varchar masking policy nope)") == "002003"
    assert refusal(run, "create temporary table u (a varchar masking policy mask)") == "000002"
    assert run("show tables like 'U'") == []


def test_a_changed_policy_counts_at_once(run: Run) -> None:
    run("alter table emp modify column name set masking policy mask")
    assert run("select distinct name from emp") == [("***",)]
    run("alter masking policy mask set body -> left(v, 1)")
    assert run("select distinct name from emp order by 1") == [("A",), ("B",), ("C",)]
    run("alter table emp modify column name unset masking policy")
    assert run("select min(name) from emp") == [("Ann",)]


REFUSED = {
    "create masking policy p as (v int) returns varchar -> v": "003555",
    "create masking policy p as (v int) returns int -> nope(v)": "002140",
    "create masking policy p as (v int) returns int -> w": "000904",
    "create row access policy p as (v int) returns int -> v": "001003",
    "create masking policy mask as (v varchar) returns varchar -> v": "002002",
    "drop masking policy nope": "002003",
    "drop masking policy mask": "003542",
    "create or replace masking policy mask as (v varchar) returns varchar -> v": "003542",
    "alter table emp modify column sal set masking policy mask": "003553",
    "alter table emp modify column nope set masking policy mask": "000904",
    "alter table emp modify column name set masking policy mask": "003529",
    "alter table emp add row access policy only_b on (dept, name)": "001011",
    "alter table emp drop row access policy only_b": "002003",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_refused(run: Run, sql: str) -> None:
    run("alter table emp modify column name set masking policy mask")
    assert refusal(run, sql) == REFUSED[sql]
    assert run("select distinct name from emp") == [("***",)]


def test_who_may_put_and_take_policies(run: Run) -> None:
    run("alter table emp modify column name set masking policy mask", "grant all on table emp to role sees")
    run("use role sees")
    assert refusal(run, "alter table emp modify column name unset masking policy") == "003001"
    assert refusal(run, "create masking policy p as (v varchar) returns varchar -> v") == "003001"
    assert refusal(run, "alter masking policy mask set body -> v") == "002003"
    run("use role accountadmin", "grant apply on masking policy mask to role sees")
    run("use role sees")
    assert refusal(run, "alter masking policy mask set body -> v") == "003001"
    assert refusal(run, "alter table emp modify column name unset masking policy") == "003001"
    run("use role accountadmin", "grant apply masking policy on account to role sees", "use role sees")
    run("alter table emp modify column name unset masking policy")


def test_what_is_told_of_policies(run: Run) -> None:
    run("alter table emp modify column name set masking policy mask", "alter masking policy mask set comment = 'hides'")
    assert [(row[1], row[4], row[6]) for row in run("show masking policies")] == [("MASK", "MASKING_POLICY", "hides")]
    assert run("describe masking policy mask")[0][:3] == ("MASK", "(V VARCHAR)", "VARCHAR(16777216)")
    described = {row[0]: row[10] for row in run("describe table emp")}
    assert described == {"NAME": "D.PUBLIC.MASK", "DEPT": None, "SAL": None}
    of_policy = "table(information_schema.policy_references(policy_name => 'mask'))"
    assert run(f"select ref_entity_name, ref_column_name from {of_policy}") == [("EMP", "NAME")]
    ((text,),) = run("select get_ddl('policy', 'mask')")
    run("alter table emp modify column name unset masking policy", "drop masking policy mask", text)
    assert run("describe masking policy mask")[0][1] == "(V VARCHAR)"


def test_policies_stay(tmp_path: Path) -> None:
    with LocalAccount(tmp_path) as account:
        session = account.session()
        for line in [*SETUP.strip().splitlines(), "alter table emp modify column name set masking policy mask"]:
            session.execute(line)
    with LocalAccount(tmp_path) as account:
        assert list(account.session(database="D", schema="PUBLIC").execute("select distinct name from emp").rows) == [
            ("***",)
        ]


# Names, clones and tags


def test_a_policy_in_use_is_renamed(run: Run) -> None:
    run("alter table emp modify column name set masking policy mask")
    run("alter masking policy mask rename to veil")
    assert run("select distinct name from emp") == [("***",)]
    run("create schema elsewhere", "use schema d.public", "alter masking policy veil rename to elsewhere.veil")
    run("alter schema elsewhere rename to there")
    assert run("select distinct name from emp") == [("***",)]
    assert next(row[10] for row in run("describe table emp")) == "D.THERE.VEIL"
    assert refusal(run, "drop masking policy there.veil") == "003542"


def test_tables_of_a_clone_are_under_the_policies_of_the_clone(run: Run) -> None:
    run("create schema others", "use schema d.public")
    run("create masking policy others.stays as (v varchar) returns varchar -> 'stays'")
    run("alter table emp modify column name set masking policy mask")
    run("alter table emp modify column dept set masking policy others.stays")
    run("create schema copy clone public")
    run("alter masking policy d.copy.mask set body -> 'copied'")
    run("alter masking policy others.stays set body -> 'changed'")
    assert run("select distinct name, dept from d.copy.emp") == [("copied", "changed")]
    assert run("select distinct name, dept from d.public.emp") == [("***", "changed")]
    run("create database e clone d")
    run("alter masking policy e.others.stays set body -> 'of e'")
    assert run("select distinct name, dept from e.copy.emp") == [("copied", "of e")]


def test_no_condition_meets_a_hidden_row(run: Run) -> None:
    run("create table t (k int, v varchar, n int)")
    run("insert into t select seq4(), iff(seq4() % 5 = 0, 'x', '1'), iff(seq4() % 5 = 0, 0, 1)"
        " from table(generator(rowcount => 5000))")  # fmt: skip
    run("create table known (k int)", "insert into known select k from t where k % 5 <> 0")
    run("create row access policy some as (a int) returns boolean -> exists (select 1 from known where k = a)")
    run("alter table t add row access policy some on (k)")
    for condition in (
        "v::int = 1",
        "1 / n = 1",
        "parse_json(v) = 1",
        "to_number(v) + k > 0",
        "k % 5 = 0 and 1 / n = 1",
    ):
        hidden = condition.startswith("k %")
        assert run(f"select count(*) from t where {condition}") == [(0 if hidden else 4000,)], condition
    assert run("update t set k = k where v::int = 2") == [(0, 0)]
    assert run("select count(*) from t a join known using (k) where a.v::int = 1") == [(4000,)]


def test_invoker_role_is_the_owner_of_the_view(run: Run) -> None:
    run("create row access policy owners as (d varchar) returns boolean -> invoker_role() = 'SEES'")
    run("create view direct as select invoker_role() as invoker, current_role() as role")
    run("alter table emp add row access policy owners on (dept)")
    run("create view through as select * from emp", "grant select on table emp to role sees")
    run("grant role sees to role accountadmin")
    for view in ("direct", "through"):
        run(f"grant ownership on view {view} to role sees")
    assert run("select * from direct") == [("SEES", "ACCOUNTADMIN")]
    assert run("select invoker_role()") == [("ACCOUNTADMIN",)]
    assert run("select count(*) from emp") == [(0,)]
    assert run("select count(*) from through") == [(3,)]


def test_get_ddl_has_policies_and_tags(run: Run) -> None:
    run("create tag kind", "create masking policy by_dept as (v varchar, d varchar) returns varchar -> d")
    run("alter table emp modify column name set masking policy by_dept using (name, dept)")
    run("alter table emp modify column dept set tag kind = 'it''s'")
    run("alter table emp add row access policy only_b on (dept)")
    run("alter table emp set tag kind = 'table'")
    ((ddl,),) = run("select get_ddl('table', 'emp')")
    assert "NAME VARCHAR(20) WITH MASKING POLICY D.PUBLIC.BY_DEPT USING (NAME, DEPT)" in ddl
    assert "DEPT VARCHAR(16777216) WITH TAG (D.PUBLIC.KIND='it''s')" in ddl
    assert ddl.endswith(") WITH ROW ACCESS POLICY D.PUBLIC.ONLY_B ON (DEPT) WITH TAG (D.PUBLIC.KIND='table');")
    run(ddl)
    assert run("select get_ddl('table', 'emp')") == [(ddl,)]


def test_tags_mask_columns_of_their_types(run: Run) -> None:
    query = "select * from emp order by 3 limit 1"
    plain = run(query)
    run("create tag pii", "create masking policy zero as (v number) returns number -> 0")
    run("create masking policy own as (v varchar) returns varchar -> 'own'")
    run("alter tag pii set masking policy mask, masking policy zero")
    assert run(query) == plain
    run("alter table emp modify column name set tag pii = 'x'")
    assert run(query) == [("***", "A", Decimal("100.50"))]
    run("alter table emp set tag pii = 'x'")
    assert run("select distinct * from emp") == [("***", "***", Decimal("0.00"))]
    run("alter table emp modify column dept set masking policy own")
    assert run("select distinct * from emp") == [("***", "own", Decimal("0.00"))]
    run("use role sees")
    assert refusal(run, "alter tag pii unset masking policy mask") in ("002003", "003001")
    run("use role accountadmin")
    run("alter tag pii unset masking policy zero", "alter table emp modify column dept unset masking policy")
    assert run(query) == [("***", "***", Decimal("100.50"))]
    run("alter table emp unset tag pii", "alter schema public set tag pii = 'all'")
    run("create table later as select 'shown?' as s", "create table twin clone later")
    assert run("select s from later union all select s from twin") == [("***",), ("***",)]
    assert refusal(run, "drop tag pii") == "003549"
    assert refusal(run, "drop masking policy mask") == "003542"
    used = run("select ref_entity_name, ref_entity_domain from table(information_schema.policy_references("
               "policy_name => 'mask'))")  # fmt: skip
    assert used == [("PII", "TAG")]
    run("alter tag pii unset masking policy mask")
    assert run("select s from later") == [("shown?",)]
    run("drop tag pii")


def test_a_policy_asks_for_the_tag_of_its_column(run: Run) -> None:
    run("create tag pii", "create tag level")
    run("create masking policy by_tag as (v varchar) returns varchar -> "
        "coalesce(system$get_tag_on_current_column('level'), system$get_tag_on_current_table('pii'), v)")  # fmt: skip
    run("alter tag pii set masking policy by_tag", "alter table emp set tag pii = 'of the table'")
    run("alter table emp modify column name set tag d.public.level = 'high'")
    assert run("select distinct name, dept from emp") == [("high", "of the table")]
    run("alter table emp modify column name set tag level = 'low'")
    assert run("select distinct name, dept from emp") == [("low", "of the table")]


def test_one_policy_of_a_type_for_a_tag(run: Run) -> None:
    run("create tag pii", "create masking policy own as (v varchar) returns varchar -> 'own'")
    run("create masking policy two as (v varchar, d varchar) returns varchar -> d")
    run("alter tag pii set masking policy mask")
    assert refusal(run, "alter tag pii set masking policy own") == "003551"
    assert refusal(run, "alter tag pii set masking policy two") == "000002"
    run("alter table emp modify column name set tag pii = 'x'")
    run("alter tag pii set masking policy own force")
    assert run("select distinct name from emp") == [("own",)]


def test_clones_keep_their_tags(run: Run) -> None:
    run("create tag pii", "alter tag pii set masking policy mask")
    run("alter table emp modify column name set tag pii = 'x'")
    run("create table twin clone emp", "create table alike like emp", "insert into alike select * from emp")
    assert run("select distinct name from twin") == [("***",)]
    assert run("select distinct name from alike") == [("***",)]
    run("create schema copy clone public", "use schema d.public")
    run("alter tag pii unset masking policy mask")
    assert run("select distinct name from d.copy.emp") == [("***",)]
    run("alter schema copy rename to moved")
    assert run("select distinct name from d.moved.emp") == [("***",)]
    assert run("select system$get_tag('d.moved.pii', 'd.moved.emp.name', 'column')") == [("x",)]


def test_columns_that_are_added_have_their_policies_and_tags_at_once(run: Run) -> None:
    run("create tag level")
    run("alter table emp add column phone varchar default '1' with masking policy mask, b int")
    run("alter table emp add tel varchar default '2' masking policy mask with tag (level = 'x')")
    assert run("select distinct phone, b, tel from emp") == [("***", None, "***")]
    assert run("select system$get_tag('level', 'emp.tel', 'column')") == [("x",)]
    run("alter table emp add column if not exists dept varchar with masking policy mask")
    assert len(run("select distinct dept from emp where dept <> '***'")) == 2
    assert refusal(run, "alter table emp add column c varchar with masking policy nosuch") == "002003"
    assert refusal(run, "select c from emp") == "000904"


@pytest.mark.parametrize(
    "statement",
    [
        "create or alter table fresh (a varchar with masking policy mask)",
        "create or alter table fresh (a varchar with tag (level = 'x'))",
        "create table fresh (a varchar with projection policy p)",
        "create temporary table fresh (a varchar projection policy p)",
        "create view fresh (a with projection policy p) as select 1",
        "alter table emp add column a varchar with projection policy p",
        "alter table emp modify column name set projection policy p",
        "alter table emp set aggregation policy p",
        "create projection policy p as () returns projection_constraint -> projection_constraint(allow => false)",
    ],
)
def test_no_policy_is_passed_over_in_silence(run: Run, statement: str) -> None:
    run("create tag level")
    assert refusal(run, statement) == "000002"


def test_a_temporary_table_gets_no_policy_by_a_column(run: Run) -> None:
    run("create temporary table fresh (a int)")
    assert refusal(run, "alter table fresh add column b varchar with masking policy mask") == "000002"


DYNAMIC = "target_lag = '1 minute' warehouse = w"
QUERIED = "as select name, dept from emp"
LIKE_TABLES = {
    f"create dynamic table c (name with masking policy mask, dept) {DYNAMIC} {QUERIED}": [("***",)] * 3,
    f"create dynamic table c (name masking policy by_dept using (name, dept), dept) {DYNAMIC} {QUERIED}": [
        *(("A",), ("A",), ("Bob",))
    ],
    f"create dynamic table c {DYNAMIC} with row access policy only_b on (dept) {QUERIED}": [("Bob",)],
    f"create dynamic table c row access policy only_b on (dept) {DYNAMIC} {QUERIED}": [("Bob",)],
    f"create dynamic table c {DYNAMIC} {QUERIED}; alter dynamic table c modify name set masking policy mask"
    "; alter dynamic table c refresh": [("***",)] * 3,
    f"create dynamic table c {DYNAMIC} {QUERIED}; alter table c add row access policy only_b on (dept)": [("Bob",)],
    f"create dynamic table c {DYNAMIC} {QUERIED}; alter dynamic table c add row access policy only_b on (dept)"
    "; alter dynamic table c drop row access policy only_b": [("Ann",), ("Bob",), ("Cy",)],
    "create external table c (name varchar as (value:c1::varchar)) location = @st file_format = (type = csv)"
    "; alter external table c alter column name set masking policy mask; alter external table c refresh": [("***",)]
    * 3,
    "create external table c (name varchar as (value:c1::varchar)) with row access policy of_files on (value)"
    " location = @st file_format = (type = csv)": [("Bob",)],
    "create external table c (name varchar as (value:c1::varchar)) location = @st file_format = (type = csv)"
    "; alter table c add row access policy of_files on (value)": [("Bob",)],
    "create iceberg table c (name varchar, dept varchar); insert into c select name, dept from emp"
    "; alter iceberg table c add row access policy only_b on (dept)": [("Bob",)],
}


@pytest.mark.parametrize("statements", LIKE_TABLES)
def test_what_is_like_a_table_is_under_policies_too(run: Run, statements: str) -> None:
    run("create masking policy by_dept as (v varchar, d varchar) returns varchar -> iff(d = 'B', v, d)")
    run("create row access policy of_files as (v variant) returns boolean -> v:c2 = 'B'")
    run("create stage st", "copy into @st/rows from emp", *statements.split("; "))
    assert run("select name from c order by 1") == LIKE_TABLES[statements]
    assert (
        run("create table copied as select name from c", "select * from copied order by 1") == LIKE_TABLES[statements]
    )


def test_an_event_table_is_under_a_row_access_policy(run: Run) -> None:
    run("create event table ev with row access policy only_b on (record_type)")
    [(text,)] = run("select get_ddl('table', 'ev')")
    assert text.endswith(" WITH ROW ACCESS POLICY D.PUBLIC.ONLY_B ON (RECORD_TYPE);")
    uses = "select policy_name, ref_arg_column_names from table(information_schema.policy_references("
    assert run(f"{uses}ref_entity_name => 'ev', ref_entity_domain => 'table'))") == [("ONLY_B", '["RECORD_TYPE"]')]
    assert refusal(run, "drop row access policy only_b") == "003542"
    run(
        "alter event table ev drop row access policy only_b",
        "alter table ev add row access policy only_b on (record_type)",
    )
    assert refusal(run, "alter table ev add row access policy only_b on (record_type)") == "003549"


def test_get_ddl_of_what_is_like_a_table_has_its_policies(run: Run) -> None:
    columns = "(name with masking policy mask, dept)"
    run(f"create dynamic table c {columns} {DYNAMIC} row access policy only_b on (dept) {QUERIED}")
    [(before,)] = run("select get_ddl('table', 'c')")
    run(before)
    assert run("select get_ddl('table', 'c')") == [(before,)]
    assert run("select * from c") == [("***", "B")]


def test_a_policy_that_does_not_fit_leaves_what_is_there(run: Run) -> None:
    run(f"create dynamic table c {DYNAMIC} {QUERIED}", "create event table ev")
    for wrong in (
        f"create or replace dynamic table c {DYNAMIC} row access policy only_b on (sal) as select name, sal from emp",
        f"create or replace dynamic table c (name with masking policy nope, dept) {DYNAMIC} {QUERIED}",
        "create or replace event table ev with row access policy only_b on (scope)",
        "create event table another with row access policy only_b on (scope)",
    ):
        assert refusal(run, wrong) in ("003553", "002003")
    assert run("select name from c order by 1") == [("Ann",), ("Bob",), ("Cy",)]
    assert [row[1] for row in run("show event tables")] == ["EV"]
    again = f"create dynamic table if not exists c (name with masking policy mask, dept) {DYNAMIC} {QUERIED}"
    assert run(again, "select max(name) from c") == [("Cy",)]
    assert refusal(run, f"create dynamic table e (name comment 'x', dept) {DYNAMIC} {QUERIED}") == "000002"
