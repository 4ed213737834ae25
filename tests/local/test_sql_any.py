"""Whatever is typed: a result, or an error as Snowflake puts it, and a session that still works."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from snowcore.local import AccountError, LocalAccount

WORDS = """
create alter drop undrop show describe use set unset execute begin commit rollback end select insert into values update
delete merge using when matched then copy put list call comment on truncate with as from where in like limit starts is
or replace if not exists database schema warehouse task compute pool image repository stage service table view sequence
session immediate column transient temporary clone rename to swap resume suspend add after remove modify retry last
terse history account clone at ( ) , ; . = := $ @ ? :1 * + / % - 'x' '' "t t" $$ { } [ ] 1 0 -1 null true a d t public
warehouse_size schedule '5 minute' x-small comment int varchar(3) primary key default current_database() result_scan(
last_query_id() system$task_runtime_info('x') system$nope() $a identifier('t') file:///tmp/x @s count(*) 1/0
""".split()  # noqa: SIM905

STARTS = [
    *("", "select", "create", "create task k", "create table x (a int", "alter table t", "alter task k", "show tables"),
    *(
        "describe",
        "drop",
        "set a =",
        "begin",
        "insert into t",
        "copy into t from",
        "create warehouse w",
        "merge into t",
    ),
    *("create table x clone t", "alter session set", "execute immediate", "comment on", "with x as (select 1)"),
]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(STARTS), words=st.lists(st.sampled_from(WORDS), max_size=10))
def test_whatever_is_typed_is_answered(account: LocalAccount, start: str, words: list[str]) -> None:
    session = account.session()
    try:
        session.execute("create database if not exists d")
        session.execute("create table if not exists d.public.t (a int)")
        session.execute("use d.public")
        try:
            session.execute(" ".join([start, *words]))
        except AccountError as error:
            assert "Internal error" not in error.message
        session.execute("rollback")
        assert list(session.execute("select 1").rows) == [(1,)]
    finally:
        session.close()
