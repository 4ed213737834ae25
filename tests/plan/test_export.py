"""An export declares the account: a plan right after is empty, and a wiped account becomes the same again."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from snowcore import LocalAccount, Root
from snowcore.plan import apply, diff, export, plan, read, show

from .conftest import Folder, lines


def contents(folder: Path) -> dict[str, str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): file.read_bytes().decode() for file in files}


def wipe(root: Root) -> None:
    nothing = read({"complete": ["databases", "warehouses", "roles", "users", "compute_pools", "network_policies"]})
    apply(plan(root, nothing), allow_destructive=True)


def test_exported_wiped_applied_and_exported_again(
    root: Root, account: LocalAccount, folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PLAN_SECRET", "Tr0ub4dor&3xyz")
    folder.apply(
        """\
        warehouses:
          w: {warehouse_size: small, auto_resume: false, comment: "with ${env:PLAN_SECRET} and $${env:NO}"}
          '"con"': {comment: "- a\\n- b\\n"}
        roles: {analyst: {comment: reads}}
        users: {joe: {password: "${env:PLAN_SECRET}", default_warehouse: w, email: a@b.c}}
        network_policies: {np: {allowed_ip_list: [1.2.3.4]}}
        databases:
          sales:
            comment: Sales
            data_retention_time_in_days: 1
            database_roles: {reader: }
            schemas:
              public: {tables: {t: {columns: [{name: a, datatype: int}]}}}
              raw:
                managed_access: true
                tables:
                  orders:
                    columns:
                      - {name: id, datatype: int, nullable: false}
                      - {name: '"x y"', datatype: varchar(20), default: "'it''s'", comment: two words}
                    constraints:
                      - {constraint_type: PRIMARY KEY, name: pk, column_names: [id]}
                streams: {s: {stream_source: {src_type: table, name: orders, append_only: true}}}
                stages: {st: {directory_table: {enable: true}}}
                tasks:
                  root:
                    warehouse: w
                    schedule: {schedule_type: CRON_TYPE, cron_expr: 0 9 * * MON-FRI, timezone: Europe/Berlin}
                    definition: |
                      insert into orders
                      select 1, 'a'
                    config: {b: 1, a: [x, 2024-01-01]}
                    state: started
                  child: {definition: select 1, predecessors: [root], state: started}
                  '"odd one"': {definition: select 1, predecessors: [child, root]}
                  last: {definition: select 1, finalize: root, state: started}
                procedures:
                  p:
                    arguments: [{name: x, datatype: int}]
                    return_type: {type: DATATYPE, datatype: int}
                    language_config: {language: SQL}
                    body: begin return x; end
                secrets: {sec: {type: PASSWORD, username: joe, password: "${env:PLAN_SECRET}"}}
                dynamic_tables:
                  dt: {query: select id from orders, warehouse: w, target_lag: {type: USER_DEFINED, seconds: 60}}
                pipes: {pi: {copy_statement: copy into orders from @st}}
                tags: {tg: {allowed_values: [a, b]}}
        """
    )
    files = export(root, tmp_path / "one")
    assert [str(file.relative_to(tmp_path / "one")) for file in files] == [
        "databases/SALES/PUBLIC.yaml",
        "databases/SALES/RAW.yaml",
        "databases/SALES.yaml",
        "network_policies.yaml",
        "roles.yaml",
        "users.yaml",
        "warehouses.yaml",
    ]
    once = contents(tmp_path / "one")
    whole = "".join(once.values())
    assert "${env:SNOWCORE_USER_JOE_PASSWORD}" in whole
    assert "${env:SNOWCORE_SECRET_SALES_RAW_SEC_PASSWORD}" in whole
    assert "datatype: NUMBER(38,0)" in once["databases/SALES/RAW.yaml"].partition("dynamic_tables")[2]
    assert not any(word in whole for word in ("created_on", "owner", "ACCOUNTADMIN", "SNOWCORE:", "INFORMATION_SCHEMA"))
    assert lines(plan(root, tmp_path / "one")) == []

    wipe(root)
    assert contents_after_export(root, tmp_path / "none") == {"account.yaml": "# Written by `snowcore export`.\n{}\n"}
    for name in ("SNOWCORE_USER_JOE_PASSWORD", "SNOWCORE_SECRET_SALES_RAW_SEC_PASSWORD"):
        monkeypatch.setenv(name, "An0ther&secret")
    apply(plan(root, tmp_path / "one"))
    assert contents_after_export(root, tmp_path / "two") == once


def contents_after_export(root: Root, folder: Path) -> dict[str, str]:
    export(root, folder)
    return contents(folder)


COLUMN_TYPES = [
    "int",
    "number(10,2)",
    "varchar",
    "varchar(7)",
    "date",
    "timestamp_ntz(3)",
    "variant",
    "boolean",
    "float",
]
NAMES = ["a", "A", '"a"', '"A b"', '"nul"', "nul", '"x.y"', '"a""b"', '"größe"', '"c:\\\\d"', "select_1", "zz$9"]


def make_account(chance: random.Random) -> dict[str, Any]:
    """A random account, as a declaration."""

    def names(most: int) -> list[str]:
        drawn = chance.sample(NAMES, chance.randint(0, most))
        return list({name if name.startswith('"') else name.upper(): name for name in drawn}.values())

    def maybe(**said: Any) -> dict[str, Any]:
        return {name: value for name, value in said.items() if chance.random() < 0.5}

    def text() -> str:
        return "".join(chance.choice("ab '\"\\\n:#{}-é🙂$%&") for _ in range(chance.randint(1, 12)))

    def tables() -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name in names(4):
            columns = [
                {"name": column, "datatype": chance.choice(COLUMN_TYPES), **maybe(nullable=False, comment=text())}
                for column in names(5) or ["a"]
            ]
            key = [{"constraint_type": "PRIMARY KEY", "name": "k", "column_names": [columns[0]["name"]]}]
            more = maybe(comment=text(), data_retention_time_in_days=0, change_tracking=True, constraints=key)
            made[name] = {"columns": columns, **more}
        return made

    def tasks() -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name in names(5):
            before = chance.sample(list(made), min(len(made), chance.randint(0, 2)))
            about = maybe(comment=text(), user_task_timeout_ms=5000, session_parameters={"TIMEZONE": "UTC"})
            root = {"schedule": {"schedule_type": "MINUTES_TYPE", "minutes": 7}, **maybe(config={"k": text()})}
            turned = maybe(state="started")
            made[name] = {"definition": "select 1", **about, **({"predecessors": before} if before else root), **turned}
        return made

    def schema() -> dict[str, Any]:
        found = tables()
        followed = [name for name in found if chance.random() < 0.3]
        return {
            **maybe(comment=text(), data_retention_time_in_days=1),
            "tables": found,
            "streams": {f"s{i}": {"stream_source": {"src_type": "table", "name": n}} for i, n in enumerate(followed)},
            "stages": {name: maybe(comment=text(), directory_table={"enable": True}) for name in names(2)},
            "views": {
                f"v{i}": {"columns": [{"name": "c"}], "query": f"select 1 as c from {name}", **maybe(comment=text())}
                for i, name in enumerate(chance.sample(list(found), len(found)))
            },
            "sequences": {f"q{i}": maybe(start=3, increment=-1, comment=text()) for i in range(chance.randint(0, 2))},
            "tasks": tasks(),
            "tags": {name: maybe(allowed_values=[text()], comment=text()) for name in names(2)},
        }

    sizes = ["XSMALL", "Medium", "2X-Large"]
    return {
        "warehouses": {
            n: maybe(warehouse_size=chance.choice(sizes), auto_suspend=30, comment=text()) for n in names(3)
        },
        "roles": {f"r_{i}": maybe(comment=text()) for i in range(chance.randint(0, 3))},
        "databases": {
            name: {**maybe(comment=text()), "schemas": {one: schema() for one in [*names(2), *maybe(public=1)]}}
            for name in names(2)
        },
    }


@pytest.mark.parametrize("number", range(int(os.environ.get("SNOWCORE_TEST_ROUNDS", "6"))))
def test_a_random_account_comes_back_byte_for_byte(number: int, account: LocalAccount, tmp_path: Path):
    seed = int(os.environ.get("SNOWCORE_TEST_SEED", 1)) + number
    print(f"SNOWCORE_TEST_SEED={seed - number} (this one is number {number})", file=sys.stderr)
    root = Root(account)
    declared = make_account(random.Random(seed))
    apply(plan(root, declared))
    assert show(plan(root, declared)) == "Nothing to do: the account is as declared."
    once = contents_after_export(root, tmp_path / "one")
    assert show(plan(root, tmp_path / "one", prune=True)) == "Nothing to do: the account is as declared."
    with LocalAccount() as other:
        apply(plan(Root(other), tmp_path / "one"))
        assert not diff(root, Root(other))
    wipe(root)
    apply(plan(root, tmp_path / "one"))
    assert contents_after_export(root, tmp_path / "two") == once


def test_a_scope_is_exported_alone(folder: Folder, root: Root, tmp_path: Path):
    table = "{tables: {t: {columns: [{name: a, datatype: int}]}}}"
    folder.apply(f"warehouses: {{w: {{}}}}\ndatabases: {{d: {{schemas: {{s: {table}, r: {{}}}}}}, e: {{}}}}")

    def files(*scope: str) -> list[str]:
        target = tmp_path / "-".join(scope)
        return [str(file.relative_to(target)) for file in export(root, target, scope=scope)]

    assert files("warehouses") == ["warehouses.yaml"]
    assert files("d") == ["databases/D/R.yaml", "databases/D/S.yaml", "databases/D.yaml"]
    assert files("d.s", "e") == ["databases/D/S.yaml", "databases/E.yaml"]
    with pytest.raises(ValueError, match=r"there is no schema D\.NOWHERE"):
        files("d.nowhere")
    with pytest.raises(ValueError, match="there is no database NOWHERE"):
        files("nowhere")


def test_names_that_no_file_can_have(folder: Folder, root: Root, tmp_path: Path):
    folder.apply("""databases: {'"con"': {}, CON: {}, '"a/../b"': {}, '"A"': {}, '"a"': {}}""")
    files = [file.name for file in export(root, tmp_path / "out")]
    assert len({name.lower() for name in files}) == 5
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~.") for name in files)
    assert not any(name.split(".")[0].upper() in ("CON", "NUL") for name in files)
    assert lines(plan(root, tmp_path / "out")) == []


def test_a_function_whose_name_is_in_quotes(account: LocalAccount, tmp_path: Path):
    account.execute("create database d")
    account.execute("""create function d.public."odd f"(x int) returns int as 'x'""")
    export(Root(account), tmp_path / "out")
    assert lines(plan(Root(account), tmp_path / "out", prune=True)) == []


def test_a_folder_that_cannot_be_written(folder: Folder, root: Root, tmp_path: Path):
    folder.apply("warehouses: {w: {}}")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        export(root, tmp_path / "file")


def test_two_accounts_differ(folder: Folder, root: Root):
    folder.apply("warehouses: {w: {comment: a}, v: {}}\ndatabases: {d: {}}")
    with LocalAccount() as account:
        other = Root(account)
        apply(plan(other, {"warehouses": {"w": {"comment": "b"}, "u": {}}}))
        assert lines(diff(root, other)) == [
            "create warehouse U",
            "alter warehouse W: comment",
            "drop database D",
            "drop warehouse V",
        ]
        assert lines(diff(root, other, scope="warehouses"))[-1] == "drop warehouse V"
        assert not diff(root, other, scope=[])
        apply(diff(root, other), allow_destructive=True)
        assert not diff(root, other)
        assert not diff(other, root)


def test_schemas_public_of_two_accounts_differ(account: LocalAccount, root: Root):
    for statement in ("create database d", "create table d.public.t(a int)", "create database e"):
        account.execute(statement)
    with LocalAccount() as theirs:
        other = Root(theirs)
        for statement in ("create database d", "create database e", "drop schema e.public"):
            theirs.execute(statement)
        assert lines(diff(root, other)) == ["drop table D.PUBLIC.T", "drop schema E.PUBLIC"]
        assert lines(diff(other, root)) == ["create schema E.PUBLIC", "create table D.PUBLIC.T"]


def test_what_is_transient_from_above_is_not_declared_again(account: LocalAccount, root: Root, tmp_path: Path):
    account.execute("create transient database d")
    account.execute("create table d.public.t(a int)")
    export(root, tmp_path / "out")
    assert "kind" not in (tmp_path / "out" / "databases" / "D" / "PUBLIC.yaml").read_text()
    assert lines(plan(root, {"databases": {"d": {"kind": "TRANSIENT", "schemas": {"s": {}}}}})) == ["create schema D.S"]


def test_an_export_leaves_nothing_of_the_one_before(folder: Folder, root: Root, tmp_path: Path):
    folder.apply("warehouses: {w: {}}\ndatabases: {d: {}}")
    out = tmp_path / "out"
    export(root, out)
    (out / "mine.yaml").write_text("roles: {}\n")
    folder.write("complete: [databases]\n")
    apply(folder.plan(), allow_destructive=True)
    export(root, out)
    assert sorted(contents(out)) == ["mine.yaml", "warehouses.yaml"]
    assert lines(plan(root, out)) == []
