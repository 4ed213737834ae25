"""What a plan says of an account, and what applying it makes of that."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest

from snowcore import LocalAccount, Root
from snowcore._transport import Request, Response, Timeout
from snowcore.plan import ApplyError, DeclarationError, apply, export, plan, show
from snowcore.plan._graphs import NOTE
from snowcore.user import User

from .conftest import Folder, lines

TABLE = """\
databases:
  d:
    schemas:
      s:
        tables:
          t:
            columns:
              - {name: a, datatype: int}
              - {name: b, datatype: varchar(10)}
"""
GRAPH = """\
databases:
  d:
    schemas:
      s:
        tasks:
          root: {definition: select 1, schedule: {schedule_type: MINUTES_TYPE, minutes: 5}, state: started}
          child: {definition: select 2, predecessors: [root], state: started}
          last: {definition: select 3, finalize: root, state: started}
"""


def states(account: LocalAccount) -> dict[str, str]:
    rows = Root(account).databases["d"].schemas["s"].tasks.iter()
    return {task.name: str(task.state) for task in rows}


def test_all_is_made_in_the_order_that_it_needs(folder: Folder):
    report = folder.apply(
        """\
        databases:
          d:
            schemas:
              s:
                streams: {changes: {stream_source: {src_type: table, name: z_orders}}}
                dynamic_tables:
                  a: {query: select id from b, warehouse: w, target_lag: {type: USER_DEFINED, seconds: 60}}
                  b: {query: select id from z_orders, warehouse: w, target_lag: {type: USER_DEFINED, seconds: 60}}
                tables: {z_orders: {columns: [{name: id, datatype: number}]}}
                tasks:
                  one: {definition: select 1, predecessors: [two], warehouse: w}
                  two: {definition: select 1, warehouse: w, condition: SYSTEM$STREAM_HAS_DATA('CHANGES')}
        warehouses: {w: {}}
        """
    )
    order = [step.address.qualified for step in report.done]
    pairs = [("W", "A"), ("B", "A"), ("Z_ORDERS", "CHANGES"), ("CHANGES", "TWO"), ("TWO", "ONE")]
    assert order.index("D") < order.index("D.S") < order.index("D.S.Z_ORDERS")
    for first, then in [("W", "D.S.A"), *((f"D.S.{one}", f"D.S.{other}") for one, other in pairs[1:])]:
        assert order.index(first) < order.index(then), order


def test_a_stream_of_another_schema_comes_after_its_table(folder: Folder, tmp_path: Path):
    text = """\
        databases:
          d:
            schemas:
              s: {tables: {t: {columns: [{name: a, datatype: int}]}, u: {columns: [{name: a, datatype: int}]}}}
              a: {streams: {s: {stream_source: {src_type: table, name: t, schema_name: s}}}}
        """
    folder.apply(text)
    export(folder.root, tmp_path / "out")
    assert not plan(folder.root, tmp_path / "out")
    (step,) = folder.plan(text.replace("name: t, schema_name: s", "name: u, schema_name: s")).steps
    assert (step.title, step.risk) == ("replace stream D.A.S", "irreversible")
    folder.apply(text.replace("schema_name: s", "schema_name: s, database_name: d"))


def test_a_change_is_told_field_by_field(folder: Folder):
    folder.apply("warehouses: {w: {warehouse_size: small, comment: a}}")
    made = folder.plan("warehouses: {w: {warehouse_size: MEDIUM, comment: b}}")
    (step,) = made.steps
    assert (step.title, step.risk) == ("alter warehouse W", "expensive")
    assert [(c.field, c.old, c.new) for c in step.changes] == [
        ("warehouse_size", "Small", "MEDIUM"),
        ("comment", "a", "b"),
    ]
    apply(made)
    assert not folder.plan()


@pytest.mark.parametrize("same", ["X-Small", "xsmall", "XSMALL"])
def test_other_words_for_the_same_are_no_change(folder: Folder, same: str):
    folder.apply("warehouses: {w: {}}")
    assert not folder.plan(f"warehouses: {{W: {{warehouse_size: {same}, auto_suspend: 600, auto_resume: true}}}}")


def test_what_create_or_alter_would_reset_is_told(folder: Folder):
    folder.apply("warehouses: {w: {auto_suspend: 60, comment: by hand}}")
    (step,) = folder.plan("warehouses: {w: {}}").steps
    assert {(c.field, c.old, c.reset) for c in step.changes} == {
        ("auto_suspend", 60, True),
        ("comment", "by hand", True),
    }
    assert "auto_suspend: 60 → reset" in show(folder.plan())


def test_a_database_that_is_only_named_is_left_alone(folder: Folder):
    folder.apply("databases: {d: {comment: by hand, schemas: {s: {comment: too}}}}")
    assert lines(folder.plan(TABLE)) == ["create table D.S.T"]


def test_columns_are_added_and_widened_in_place(account: LocalAccount, folder: Folder):
    folder.apply(TABLE)
    account.execute("insert into d.s.t values (1, 'x')")
    made = folder.plan(TABLE.replace("varchar(10)", "varchar(20)") + "              - {name: c, datatype: date}\n")
    assert lines(made) == ["alter table D.S.T: columns.B.datatype, columns.C"]
    assert made.risk == "safe"
    apply(made)
    assert not folder.plan()
    assert account.execute("select * from d.s.t") == [(1, "x", None)]


def test_a_dropped_column_is_destructive(account: LocalAccount, folder: Folder):
    folder.apply(TABLE)
    made = folder.plan("\n".join(TABLE.splitlines()[:-1]))
    assert [(step.title, step.risk) for step in made.steps] == [("alter table D.S.T", "destructive")]
    with pytest.raises(ApplyError, match="destruction is not allowed"):
        apply(made)
    apply(made, allow_destructive=True)
    assert not folder.plan()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("name: a, datatype: int", "name: a, datatype: varchar"), "Column A can't go from NUMBER"),
        (("varchar(10)", "varchar(5)"), r"Column B can't go from VARCHAR\(10\) to VARCHAR\(5\)"),
        (("name: a,", "name: z, datatype: date}\n              - {name: a,"), "Columns can only be added at the end"),
    ],
)
def test_what_cannot_be_altered_is_replaced_and_destructive(
    account: LocalAccount, folder: Folder, change: tuple[str, str], reason: str
):
    folder.apply(TABLE)
    account.execute("insert into d.s.t values (1, 'x')")
    made = folder.plan(TABLE.replace(*change))
    (step,) = made.steps
    assert (step.title, step.risk) == ("replace table D.S.T", "destructive")
    with pytest.raises(ApplyError, match="nothing was done"):
        apply(made)
    assert account.execute("select count(*) from d.s.t") == [(1,)]
    assert re.match(reason, step.notes[0]), step.notes
    folder.apply(allow_destructive=True)


def test_a_renamed_column_is_one_only_where_it_is_said(account: LocalAccount, folder: Folder):
    folder.apply(TABLE)
    account.execute("insert into d.s.t values (1, 'x')")
    guess = folder.plan(TABLE.replace("name: b", "name: c"))
    assert lines(guess) == ["alter table D.S.T: columns.B, columns.C"]
    assert guess.risk == "destructive"
    made = folder.plan(TABLE.replace("name: b", "renamed_from: b, name: c"))
    assert lines(made) == ["rename column C of table D.S.T, so far B"]
    apply(made)
    assert not folder.plan()
    assert account.execute("select a, c from d.s.t") == [(1, "x")]


def test_a_column_takes_the_name_of_another_that_is_renamed(account: LocalAccount, folder: Folder):
    folder.apply(TABLE)
    account.execute("insert into d.s.t values (1, 'x')")
    other = TABLE.replace("name: b", "renamed_from: b, name: c").replace("name: a", "renamed_from: a, name: b")
    assert lines(folder.plan(other)) == [
        "rename column C of table D.S.T, so far B",
        "rename column B of table D.S.T, so far A",
    ]
    folder.apply(other)
    assert account.execute("select b, c from d.s.t") == [(1, "x")]


def test_a_renamed_object_is_one_only_where_it_is_said(account: LocalAccount, folder: Folder):
    folder.apply(TABLE + "        complete: true\n")
    account.execute("insert into d.s.t values (1, 'x')")
    other = TABLE.replace("          t:", "          u:") + "        complete: true\n"
    assert lines(folder.plan(other)) == ["create table D.S.U", "drop table D.S.T"]
    folder.apply(other.replace("          u:", "          u:\n            renamed_from: t\n            comment: new"))
    assert account.execute("select * from d.s.u") == [(1, "x")]


def test_a_database_and_its_schema_are_renamed_with_all_that_is_in_them(account: LocalAccount, folder: Folder):
    folder.apply(TABLE)
    account.execute("insert into d.s.t values (1, 'x')")
    other = TABLE.replace("  d:", "  e:\n    renamed_from: d").replace("      s:", "      r:\n        renamed_from: s")
    assert lines(folder.plan(other)) == ["rename database E, so far D", "rename schema E.R, so far S"]
    folder.apply(other)
    assert account.execute("select * from e.r.t") == [(1, "x")]


def test_a_database_with_a_graph_under_way_and_a_stream_is_renamed(account: LocalAccount, folder: Folder):
    stream = "        streams: {x: {stream_source: {src_type: table, name: t}}}\n"
    text = TABLE + stream + GRAPH.partition("      s:\n")[2]
    folder.apply(text)
    other = text.replace("  d:", "  e:\n    renamed_from: d")
    assert lines(folder.plan(other)) == ["rename database E, so far D"]
    folder.apply(other.replace("select 2", "select 22"))
    rows = Root(account).databases["e"].schemas["s"].tasks.iter()
    assert {str(task.state) for task in rows} == {"started"}


def test_a_name_in_another_case_is_another_name(folder: Folder):
    folder.apply(TABLE)
    made = folder.plan(TABLE.replace("          t:", "          '\"t\"':"))
    (step,) = made.steps
    assert step.title == 'create table D.S."t"'
    assert step.notes == ("D.S.T is another object: names in quotes keep their case.",)
    apply(made)
    assert not folder.plan()
    assert not folder.plan(TABLE.replace("  d:", "  D:").replace("          t:", "          T:"))


def test_columns_in_quotes_keep_their_case(folder: Folder):
    folder.apply(TABLE.replace("name: b", "name: '\"b c\"'"))
    assert lines(folder.plan(TABLE.replace("name: b", "name: '\"B c\"'"))) == [
        "alter table D.S.T: columns.b c, columns.B c"
    ]


def test_nothing_is_dropped_that_is_not_called_complete(folder: Folder):
    folder.apply(TABLE + "        stages: {st: {}}\nroles: {r: {}}\n")
    fewer = TABLE.replace("          t:", "          u:")
    assert lines(folder.plan(fewer)) == ["create table D.S.U"]
    complete = fewer.replace("      s:", "      s:\n        complete: true")
    assert sorted(lines(folder.plan(complete)))[1:] == ["drop stage D.S.ST", "drop table D.S.T"]
    only = fewer.replace("      s:", "      s:\n        complete: [tables]")
    assert lines(folder.plan(only)) == ["create table D.S.U", "drop table D.S.T"]
    assert "drop role R" in lines(folder.plan("complete: [roles]"))
    assert "drop role R" not in lines(folder.plan(fewer, prune=True))
    assert "drop stage D.S.ST" in lines(folder.plan(fewer, prune=True))
    folder.root.databases.create({"name": "not_named"})
    assert "drop database NOT_NAMED" not in lines(folder.plan(fewer, prune=True))


def test_what_is_built_in_is_never_dropped(account: LocalAccount, folder: Folder):
    account.execute("create user other")
    folder.apply("databases: {d: {schemas: {s: {}}}}")
    made = folder.plan("complete: [roles, users, databases, warehouses]\ndatabases: {d: {complete: true}}")
    assert sorted(lines(made)) == ["drop schema D.S", "drop user OTHER"]


def test_a_stage_with_files_goes_for_good(folder: Folder):
    folder.apply(TABLE + "        stages: {st: {}}\n")
    made = folder.plan(TABLE.replace("      s:", "      s:\n        complete: true"))
    assert [(step.title, step.risk) for step in made.steps] == [("drop stage D.S.ST", "irreversible")]


def test_a_comment_alone_replaces_nothing(folder: Folder):
    folder.apply(TABLE + "        stages: {st: {comment: a}}\n")
    made = folder.plan(TABLE + "        stages: {st: {comment: it's b}}\n")
    assert [(step.title, step.risk) for step in made.steps] == [("alter stage D.S.ST", "safe")]
    apply(made)
    assert not folder.plan()


def test_a_graph_under_way_is_suspended_and_resumed(account: LocalAccount, folder: Folder):
    folder.apply(GRAPH)
    assert states(account) == {"ROOT": "started", "CHILD": "started", "LAST": "started"}
    made = folder.plan(GRAPH.replace("select 2", "select 22"))
    assert lines(made) == ["suspend task D.S.ROOT", "alter task D.S.CHILD: definition", "resume task D.S.ROOT"]
    apply(made)
    assert not folder.plan()
    assert states(account) == {"ROOT": "started", "CHILD": "started", "LAST": "started"}


def test_a_graph_that_was_suspended_stays_so(account: LocalAccount, folder: Folder):
    quiet = GRAPH.replace(", state: started", "")
    folder.apply(quiet)
    assert set(states(account).values()) == {"suspended"}
    folder.apply(quiet.replace("select 2", "select 22"))
    assert set(states(account).values()) == {"suspended"}


def test_a_task_comes_into_a_graph_and_another_goes(account: LocalAccount, folder: Folder):
    folder.apply(GRAPH)
    other = GRAPH.replace("child:", "new:").replace("      s:", "      s:\n        complete: true")
    made = folder.plan(other)
    assert lines(made) == [
        "suspend task D.S.ROOT",
        "create task D.S.NEW",
        "drop task D.S.CHILD",
        "resume task D.S.NEW: state",
        "resume task D.S.ROOT",
    ]
    folder.apply(other, allow_destructive=True)
    assert states(account) == {"ROOT": "started", "NEW": "started", "LAST": "started"}


def test_a_started_task_is_suspended_where_that_is_declared(account: LocalAccount, folder: Folder):
    folder.apply(GRAPH)
    made = folder.plan(GRAPH.replace("predecessors: [root], state: started", "predecessors: [root], state: suspended"))
    assert lines(made) == ["suspend task D.S.ROOT", "suspend task D.S.CHILD: state", "resume task D.S.ROOT"]
    apply(made)
    assert states(account) == {"ROOT": "started", "CHILD": "suspended", "LAST": "started"}


def test_a_child_becomes_a_root_and_a_root_a_child(account: LocalAccount, folder: Folder):
    folder.apply(GRAPH.replace("          last: {definition: select 3, finalize: root, state: started}\n", ""))
    folder.apply(
        """\
        databases:
          d:
            schemas:
              s:
                tasks:
                  child: {definition: select 2, schedule: {schedule_type: MINUTES_TYPE, minutes: 5}, state: started}
                  root: {definition: select 1, predecessors: [child], state: started}
        """
    )
    assert states(account) == {"ROOT": "started", "CHILD": "started"}


def test_a_graph_runs_on_if_nothing_of_it_could_be_changed(account: LocalAccount, folder: Folder):
    folder.apply(GRAPH)
    made = folder.plan(GRAPH.replace("select 2", "selec 2 from"))
    with pytest.raises(ApplyError) as told:
        apply(made)
    assert states(account)["ROOT"] == "started"
    assert [step.title for step in told.value.report.failed] == ["alter task D.S.CHILD"]


KILLED = """
import os, signal, sys
from snowcore import LocalAccount, Root
from snowcore.plan import apply, plan

def kill(step, state):
    if (step.action, state) == ("suspend", "done"):
        os.kill(os.getpid(), signal.SIGKILL)

with LocalAccount(sys.argv[1]) as account:
    apply(plan(Root(account), sys.argv[2]), progress=kill)
"""


def test_a_graph_is_resumed_by_the_apply_after_one_that_was_killed(tmp_path: Path):
    stateless = GRAPH.replace(", state: started", "")
    with LocalAccount(tmp_path / "account") as account:
        folder = Folder(Root(account), tmp_path / "declared")
        folder.apply(GRAPH)
    folder.write(stateless.replace("select 2", "select 4"))
    command = [sys.executable, "-c", KILLED, str(tmp_path / "account"), str(folder.path)]
    assert subprocess.run(command, check=False, timeout=120).returncode == -signal.SIGKILL
    with LocalAccount() as other:  # of which the note is not
        assert plan(Root(other), folder.path).noted == frozenset()
    with LocalAccount(tmp_path / "account") as account:
        folder.root = Root(account)
        assert states(account)["ROOT"] == "suspended"
        assert lines(folder.plan()) == ["alter task D.S.CHILD: definition", "resume task D.S.ROOT"]
        assert "An apply that did not end suspended it." in show(folder.plan())
        folder.apply()
        assert set(states(account).values()) == {"started"}
        assert [file.name for file in folder.path.iterdir()] == ["all.yaml"]
        # Whoever resumes by hand what an apply left, and suspends it later, is not overruled.
        (folder.path / NOTE).write_text(json.dumps({next(find_roots(account)): "D.S.ROOT", "elsewhere": "D.S.ROOT"}))
        assert lines(folder.plan()) == []
        folder.apply()
        assert json.loads((folder.path / NOTE).read_text()) == {"elsewhere": "D.S.ROOT"}


def find_roots(account: LocalAccount) -> Iterator[str]:
    tasks = Root(account).databases["d"].schemas["s"].tasks.iter()
    return (str(task.id) for task in tasks if task.name == "ROOT")


def test_what_a_failed_apply_left_suspended_is_resumed_by_the_next(account: LocalAccount, folder: Folder):
    folder.apply(GRAPH)
    stateless = GRAPH.replace(", state: started", "")
    made = folder.plan(stateless.replace("select 2", "select 4").replace("select 3", "selec 3 from"))
    with pytest.raises(ApplyError, match=r"suspended since: D\.S\.ROOT"):
        apply(made)
    assert lines(folder.plan(stateless.replace("select 2", "select 4"))) == ["resume task D.S.ROOT"]
    folder.apply()
    assert states(account)["ROOT"] == "started"
    assert not (folder.path / NOTE).exists()


def test_where_no_note_can_be_written_nothing_is_done(account: LocalAccount, folder: Folder):
    folder.apply(GRAPH)
    (folder.path / ".snowcore-apply.new").mkdir()
    with pytest.raises(OSError, match="snowcore-apply"):
        apply(folder.plan(GRAPH.replace("select 2", "select 4")))
    assert set(states(account).values()) == {"started"}
    (folder.path / NOTE).write_text("[]")
    with pytest.raises(ValueError, match="this is no note of an apply"):
        folder.plan()


def test_at_the_first_failure_no_other_step_is_begun(folder: Folder):
    made = folder.plan(
        """\
        warehouses: {a: {}}
        databases:
          d:
            schemas:
              s:
                dynamic_tables:
                  t: {query: select 1 from nowhere, warehouse: a, target_lag: {type: USER_DEFINED, seconds: 60}}
                  u: {query: select 1 from t, warehouse: a, target_lag: {type: USER_DEFINED, seconds: 60}}
        """
    )
    seen: list[str] = []
    with pytest.raises(
        ApplyError, match=r"could not create dynamic table D.S.T: .*NOWHERE.*done: 3, not done: 1"
    ) as told:
        apply(made, progress=lambda step, state: seen.append(f"{state} {step.address.name}"))
    report = told.value.report
    assert sorted(step.address.qualified for step in report.done) == ["A", "D", "D.S"]
    assert [step.address.qualified for step in report.left] == ["D.S.U"]
    assert seen[-1] == "failed T"


def test_a_plan_is_refused_once_the_account_has_changed(account: LocalAccount, folder: Folder):
    folder.apply(TABLE)
    made = folder.plan(TABLE.replace("varchar(10)", "varchar(20)"))
    account.execute("comment on table d.s.t is 'by another'")
    with pytest.raises(ApplyError, match="the account has changed since the plan was made; nothing was done"):
        apply(made)
    assert "varchar(10)" in str(account.execute("select get_ddl('table', 'd.s.t')")).lower()


def test_a_plan_may_be_applied_twice(folder: Folder):
    made = folder.plan(TABLE)
    assert len(apply(made).done) == 3
    assert apply(made).done == []


def test_a_role_that_may_not_is_told_so_and_nothing_is_done(account: LocalAccount, folder: Folder, root: Root):
    folder.apply(TABLE)
    for statement in ("create role r", "grant role r to user snowcore", "grant usage on database d to role r"):
        account.execute(statement)
    account.execute("grant usage on schema d.s to role r")
    account.execute("grant select on table d.s.t to role r")
    weak = Folder(root.with_context(role="R"), folder.path)
    made = weak.plan(f"warehouses: {{w: {{}}}}\n{TABLE.replace('varchar(10)', 'varchar(20)')}")
    assert {step.title: step.lacking for step in made.steps} == {
        "create warehouse W": "CREATE WAREHOUSE on the account",
        "alter table D.S.T": "OWNERSHIP or MODIFY of table D.S.T",
    }
    assert "    The role may not do this: it lacks CREATE WAREHOUSE on the account." in show(made)
    with pytest.raises(ApplyError, match=r"the role may not create warehouse W: it lacks .*; nothing was done") as told:
        apply(made)
    assert (told.value.report.done, len(told.value.report.left)) == ([], 2)
    made = weak.plan("databases: {d: {schemas: {s: {stages: {st: {}}}}}}")
    assert [step.lacking for step in made.steps] == ["CREATE STAGE on schema D.S"]
    account.execute("create role of_the_stages")
    account.execute("grant role of_the_stages to role r")
    for granted, more in (("create stage", ""), ("ownership", "copy current grants")):
        account.execute(f"grant {granted} on schema d.s to role of_the_stages {more}")
        assert [step.lacking for step in weak.plan().steps] == [""], granted
    assert [step.title for step in weak.apply().done] == ["create stage D.S.ST"]


def test_what_a_plan_says_is_lacking_is_what_has_to_be_granted(account: LocalAccount, folder: Folder, root: Root):
    folder.apply(TABLE)
    for statement in (
        "create role r",
        "create role of_r",
        "create database role d.below",
        "grant role of_r to role r",
        "grant database role d.below to role of_r",
        "grant role r to user snowcore",
        "grant usage on database d to role r",
        "grant usage on schema d.s to role r",
        "grant select on table d.s.t to role r",
    ):
        account.execute(statement)
    weak = Folder(root.with_context(role="R"), folder.path)
    weak.write(
        """\
        warehouses: {w: {}}
        roles: {made: {}}
        network_policies: {np: {allowed_ip_list: [1.2.3.4]}}
        databases:
          d:
            database_roles: {reader: {}}
            schemas:
              new: {stages: {st: {}}}
              s:
                stages: {st: {}}
                streams: {changes: {stream_source: {src_type: table, name: t}}}
                tasks: {'"a.b"': {definition: select 1}}
                tags: {tg: {}}
                sequences: {q: {}}
                image_repositories: {ir: {}}
                views: {v: {columns: [{name: c}], query: select 1 c}}
        """
    )
    granted: list[str] = []
    while lacking := sorted({step.lacking for step in weak.plan().steps} - {""}):
        granted += lacking
        to = {"account": "role r", "schema": "database role d.below"}
        for one in lacking:
            at = one.split(" on ")[1].split()[0 if "account" not in one else 1]
            account.execute(f"grant {one.replace('the account', 'account')} to {to.get(at, 'role of_r')}")
    assert granted == [
        "CREATE DATABASE ROLE on database D",
        "CREATE IMAGE REPOSITORY on schema D.S",
        "CREATE NETWORK POLICY on the account",
        "CREATE ROLE on the account",
        "CREATE SCHEMA on database D",
        "CREATE SEQUENCE on schema D.S",
        "CREATE STAGE on schema D.S",
        "CREATE STREAM on schema D.S",
        "CREATE TAG on schema D.S",
        "CREATE TASK on schema D.S",
        "CREATE VIEW on schema D.S",
        "CREATE WAREHOUSE on the account",
    ]
    weak.apply()


def test_what_an_account_does_not_tell_is_not_claimed(account: LocalAccount, folder: Folder, root: Root):
    account.execute("create role r")
    account.execute("grant role r to user snowcore")
    weak = Folder(root.with_context(role="R"), folder.path)
    assert [step.lacking for step in weak.plan("warehouses: {w: {}}").steps] == ["CREATE WAREHOUSE on the account"]
    for asked in ("CURRENT_ROLE", "SHOW GRANTS"):
        with refusing(weak.root, asked):
            assert [step.lacking for step in weak.plan().steps] == [""]


@contextmanager
def refusing(root: Root, asked: str) -> Generator[None]:
    """The account refuses statements with these words."""
    transport = root.client.transport

    class Refusing:
        def send(self, request: Request, timeout: Timeout) -> Response:
            refused = asked.encode() in (request.content or b"")
            return Response(403, {}, b"{}") if refused else transport.send(request, timeout)

        async def send_async(self, request: Request, timeout: Timeout) -> Response:
            refused = asked.encode() in (request.content or b"")
            return Response(403, {}, b"{}") if refused else await transport.send_async(request, timeout)

        def close(self) -> None: ...

    root.client.transport = Refusing()
    yield
    root.client.transport = transport


def test_secrets_come_from_the_environment_and_are_shown_nowhere(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, root: Root
):
    text = """\
        users: {u: {password: "${env:PLAN_PASSWORD}", comment: "${env:PLAN_COMMENT}"}}
        """
    made = folder.plan(text)
    with pytest.raises(DeclarationError, match=r"environment has no PLAN_(COMMENT|PASSWORD), which the user U needs"):
        apply(made)
    monkeypatch.setenv("PLAN_PASSWORD", "Tr0ub4dor&3xyz")
    monkeypatch.setenv("PLAN_COMMENT", "hush")
    report = folder.apply(text)
    monkeypatch.setenv("PLAN_COMMENT", "be quiet")
    changed = folder.plan()
    told = f"{made!r} {report!r} {show(changed)} {changed.to_dict()} {attrs.asdict(report.done[0])!r}"
    assert lines(changed) == ["alter user U: comment"]
    for secret in ("Tr0ub4dor&3xyz", "hush", "be quiet"):
        assert secret not in told
    assert root.users["u"].fetch().comment == "hush"


def test_a_server_that_repeats_a_secret_is_not_quoted(folder: Folder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PLAN_SIZE", "s3cr3t-size")
    with pytest.raises(ApplyError) as told:
        apply(folder.plan('warehouses: {w: {warehouse_size: "${env:PLAN_SIZE}"}}'))
    assert "s3cr3t-size" not in str(told.value)


def test_a_table_makes_way_for_what_takes_its_name(account: LocalAccount, folder: Folder):
    folder.apply(TABLE.replace("      s:", "      s:\n        complete: true"))
    folder.apply(
        """\
        databases:
          d:
            schemas:
              s:
                complete: true
                event_tables: {t: {}}
        """,
        allow_destructive=True,
    )
    assert [table.name for table in Root(account).databases["d"].schemas["s"].event_tables.iter()] == ["T"]


def test_a_replaced_schema_gets_all_anew(account: LocalAccount, folder: Folder):
    folder.apply(TABLE)
    other = TABLE.replace("      s:", "      s:\n        kind: TRANSIENT")
    made = folder.plan(other)
    assert lines(made) == ["replace schema D.S: kind", "create table D.S.T"]
    assert made.risk == "destructive"
    folder.apply(other, allow_destructive=True)


def test_procedures_of_one_name_are_told_apart_by_their_arguments(folder: Folder):
    text = """\
        databases:
          d:
            schemas:
              s:
                procedures:
                  - &p
                    name: p
                    arguments: [{name: x, datatype: int}]
                    return_type: {type: DATATYPE, datatype: int}
                    language_config: {language: SQL}
                    body: begin return 1; end
                  - <<: *p
                    name: p
                    arguments: [{name: x, datatype: varchar(5)}]
        """
    folder.apply(text)
    made = folder.plan(text.replace("varchar(5)", "date"))
    assert lines(made) == ["create procedure D.S.P(DATE)"]
    made = folder.plan(text.replace("return 1", "return 2"))
    assert [(step.action, step.risk) for step in made.steps] == [("replace", "safe")] * 2


def test_python_objects_are_planned_as_files_are(root: Root):
    declared = {"users": [User(name="u", password="Tr0ub4dor&3xyz")], "warehouses": {"w": {"warehouse_size": "SMALL"}}}
    made = plan(root, declared)
    assert lines(made) == ["create user U", "create warehouse W"]
    assert "Tr0ub4dor" not in f"{made!r}{show(made)}{made.to_dict()}"
    apply(made)
    assert not plan(root, declared)


def test_a_plan_asks_once_for_each_object_and_each_list(folder: Folder, root: Root):
    tables = ", ".join(f"t{i}: {{columns: [{{name: a, datatype: int}}]}}" for i in range(40))
    tasks = ", ".join(f"t{i}: {{definition: select {i}}}" for i in range(40))
    folder.apply(f"databases: {{d: {{schemas: {{s: {{tables: {{{tables}}}, tasks: {{{tasks}}}}}}}}}}}")
    with root.observe() as calls:
        folder.plan()
    assert len(calls) <= 80 + len(["databases", "schemas", "tables", "tasks", "D", "S"])


@pytest.mark.parametrize(
    ("declared", "same", "other"),
    [
        ("datatype: array(int)", "datatype: ARRAY( number )", "datatype: array(date)"),
        (
            "datatype: varchar, default: \"'It'\"",
            "datatype: text, default: \"'It'\"",
            "datatype: text, default: \"'it'\"",
        ),
        (
            "datatype: timestamp_ntz, default: current_timestamp()",
            "datatype: datetime, default: CURRENT_TIMESTAMP( )",
            "",
        ),
        ("datatype: decimal(10)", "datatype: 'NUMBER(10, 0)'", "datatype: 'number(10,1)'"),
        ("datatype: double precision", "datatype: float8", "datatype: int"),
        ("datatype: char", "datatype: varchar(1)", "datatype: date"),
    ],
)
def test_types_and_defaults_have_many_spellings(
    account: LocalAccount, tmp_path: Path, declared: str, same: str, other: str
):
    text = "databases: {d: {schemas: {s: {tables: {t: {columns: [{name: a, %s}]}}}}}}"
    folder = Folder(Root(account), tmp_path / "declared")
    folder.apply(text % declared)
    assert not folder.plan(text % same)
    assert not other or [step.action for step in folder.plan(text % other).steps] == ["replace"]


def test_maps_of_any_keys_are_compared_whole(folder: Folder):
    text = "databases: {d: {schemas: {s: {tasks: {t: {definition: select 1, config: {a: 0, b: no}%s}}}}}}"
    folder.apply(text % "")
    assert lines(folder.plan(text.replace("a: 0", "a: 1") % "")) == ["alter task D.S.T: config"]
    assert lines(folder.plan(text.replace("a: 0, ", "") % "")) == ["alter task D.S.T: config"]
    folder.apply(text % ", session_parameters: {TIMEZONE: UTC}")
    assert lines(folder.plan(text % ", session_parameters: {TIMEZONE: Europe/Berlin}")) == [
        "alter task D.S.T: session_parameters"
    ]
