"""Chains of statements: `a ->> b`, where b reads what a answered."""

from __future__ import annotations

import pytest

from snowcore import LocalAccount
from snowcore.engine.errors import AccountError


def test_each_statement_reads_those_before_it() -> None:
    with LocalAccount() as account:
        session = account.session()
        for sql in ("create database d", "create table t (a int)", "insert into t values (1), (2)"):
            session.execute(sql)
        for chain, row in {
            'show tables ->> select "name" from $1': ("T",),
            "with c as (select 1 a) select * from c ->> select a + 1 from $1": (2,),
            "select a from t ->> select a * 2 b from $1 ->> select sum(b), (select count(*) from $2) from $1": (6, 2),
            "insert into t values (3) ->> select * from t ->> select max(a) from $1": (3,),
            "select '->>' x": ("->>",),
        }.items():
            assert [tuple(found) for found in session.execute(chain).rows] == [row]
        for wrong in ("select 1 ->> select 2 from $2", "select 1 ->>"):
            with pytest.raises(AccountError, match="syntax error"):
                session.execute(wrong)
