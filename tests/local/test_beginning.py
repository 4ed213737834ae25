"""What a new account begins with: SQL scripts, and the sample database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from snowcore.local import AccountError, LocalAccount


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "1_database.sql").write_text(
        "\ufeff-- first\ncreate database d;\nuse schema d.public;\ncreate table t (n int);"
    )
    (folder / "2_rows.sql").write_text(
        "insert into d.public.t values (1);\n\nbegin\n  insert into d.public.t values (2);\n  return 1;\nend;\n"
        "create role reader; grant usage on database d to role reader;\n"
    )
    (folder / "notes.txt").write_text("no SQL")
    return folder


def test_scripts_run_in_order_and_once(scripts: Path, tmp_path: Path) -> None:
    with LocalAccount(init=scripts) as account:
        assert account.execute("select n from d.public.t") == [(1,), (2,)]
        assert account.execute("show grants to role reader")[0][1] == "USAGE"
    for _ in range(2):
        with LocalAccount(tmp_path / "account", init=scripts) as account:
            assert account.execute("select count(*) from d.public.t") == [(2,)]
    with LocalAccount(init=scripts / "1_database.sql") as account:
        assert account.execute("select count(*) from d.public.t") == [(0,)]


def test_an_error_says_where_and_leaves_nothing(scripts: Path, tmp_path: Path) -> None:
    (scripts / "3_wrong.sql").write_text("select 1;\n\ncreate user u\n  passwort = 'Very secret 1';")
    there = sorted(tmp_path.iterdir())
    with pytest.raises(AccountError) as caught:
        LocalAccount(tmp_path / "account", init=scripts)
    assert f"{scripts / '3_wrong.sql'}, line 3: " in caught.value.message
    assert "in: create user u" in caught.value.message
    assert "Very secret" not in caught.value.message
    assert sorted(tmp_path.iterdir()) == there
    with pytest.raises(AccountError, match="line 3"):
        LocalAccount(init=scripts)
    (scripts / "3_wrong.sql").write_text("select 1;\n\nselect 'open")
    with pytest.raises(AccountError, match="3_wrong"):
        LocalAccount(init=scripts)
    (scripts / "3_wrong.sql").write_bytes(b"\xff\xfe")
    with pytest.raises(AccountError, match="UTF-8"):
        LocalAccount(init=scripts)
    with pytest.raises(AccountError, match="no SQL scripts"):
        LocalAccount(tmp_path / "account", init=tmp_path / "nowhere")
    assert not (tmp_path / "account").exists()


def test_a_folder_with_something_else_is_refused(scripts: Path, tmp_path: Path) -> None:
    (tmp_path / "account").mkdir()
    (tmp_path / "account" / "letter.txt").write_text("dear")
    with pytest.raises(AccountError, match="already"):
        LocalAccount(tmp_path / "account", init=scripts)
    assert (tmp_path / "account" / "letter.txt").read_text() == "dear"


def test_served_with_scripts(scripts: Path, tmp_path: Path) -> None:
    (scripts / "3_wrong.sql").write_text("create table d.public.t (n int)")
    command = [sys.executable, "-m", "snowcore", "serve", "--port", "0", "--data", tmp_path / "account"]
    ran = subprocess.run([*command, "--init", scripts], capture_output=True, text=True, timeout=240)
    assert ran.returncode == 1
    assert "3_wrong.sql, line 1: " in ran.stderr
    assert not (tmp_path / "account").exists()
    (scripts / "3_wrong.sql").unlink()
    with subprocess.Popen([*command, "--init", scripts, "--sample"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert "serves an account" in server.stdout.readline()
        server.terminate()
    with LocalAccount(tmp_path / "account") as account:
        assert account.execute("select count(*) from d.public.t") == [(2,)]
        assert account.execute("select count(*) from snowflake_sample_data.tpch_sf1.region") == [(5,)]


_FIFTH = """
select n_name, sum(l_extendedprice * (1 - l_discount)) from customer, orders, lineitem, supplier, nation, region
where c_custkey = o_custkey and l_orderkey = o_orderkey and l_suppkey = s_suppkey and c_nationkey = s_nationkey
    and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'ASIA'
group by 1 order by 2 desc
"""


def test_the_sample(tmp_path: Path) -> None:
    with LocalAccount() as account:
        account.load_sample()
        account.load_sample()
        session = account.session(database="SNOWFLAKE_SAMPLE_DATA", schema="TPCH_SF1")
        counts = {
            name: session.execute(f"select count(*) from {name}").rows[0][0]
            for name in ("region", "nation", "supplier", "part", "partsupp", "customer", "orders", "lineitem")
        }
        assert counts == {
            "region": 5, "nation": 25, "supplier": 100, "part": 200, "partsupp": 800, "customer": 150, "orders": 1500,
            "lineitem": 6001,
        }  # fmt: skip
        orphans = (
            "select count(*) from lineitem left join partsupp on ps_partkey = l_partkey and ps_suppkey = l_suppkey"
            " left join orders on o_orderkey = l_orderkey left join customer on c_custkey = o_custkey"
            " where ps_partkey is null or o_orderkey is null or c_custkey is null"
        )
        assert session.execute(orphans).rows == [(0,)]
        lines = "select sum(round(l_extendedprice * (1 + l_tax) * (1 - l_discount), 2)) from lineitem"
        assert session.execute("select sum(o_totalprice) from orders").rows == session.execute(lines).rows
        assert len(session.execute(_FIFTH).rows) > 0
