"""What opening an account puts off until it is needed."""

from __future__ import annotations

import subprocess
import sys

from snowcore.local import LocalAccount

FIRST_ANSWERS = """
import sys
from snowcore.local import LocalAccount
with LocalAccount() as account:
    account.session().close()
    assert "sqlglot" not in sys.modules  # whoever logs in waits for no parser
    assert account.execute("select 1") == [(1,)]
    assert not {"numpy", "jsonschema", "nanoarrow", "uvicorn", "starlette"} & sys.modules.keys()
    assert account.execute("select to_char(12.5, '99.9')") == [(" 12.5",)]
"""


def test_the_first_answer_needs_no_server_and_nothing_that_few_statements_need() -> None:
    subprocess.run([sys.executable, "-c", FIRST_ANSWERS], check=True)


def test_a_transaction_that_is_older_than_the_first_call_of_a_function_knows_it() -> None:
    with LocalAccount() as account:
        older, other = account.session(), account.session()
        older.execute("create database d")
        older.execute("create table d.public.t (a int)")
        older.execute("begin")
        older.execute("insert into d.public.t values (1)")
        call = "select to_char(12.5, '99.9')"
        assert list(other.execute(call).rows) == [(" 12.5",)]
        assert list(older.execute(call).rows) == [(" 12.5",)]
        older.execute("rollback")
        older.close()
        other.close()
        assert account.execute(call) == [(" 12.5",)]
