"""What is wrong with a declaration is said with file, line and column, all at once."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from snowcore.plan import DeclarationError, read
from snowcore.table import Table, TableColumn


def faults(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "a.yaml"
    file.write_text(dedent(text), encoding="utf-8")
    with pytest.raises(DeclarationError) as told:
        read(tmp_path)
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in told.value.faults]


def test_an_unknown_property_is_told_with_what_was_meant(tmp_path: Path):
    told = faults(
        tmp_path,
        """\
        warehouses:
          w:
            warehouse_sise: SMALL
        """,
    )
    assert told == ["a.yaml:3:5: warehouse_sise: not a property of the warehouse. Did you mean 'warehouse_size'?"]


def test_an_unknown_property_deep_inside_is_told_where_it_is(tmp_path: Path):
    told = faults(
        tmp_path,
        """\
        databases:
          d:
            schemas:
              s:
                tables:
                  t:
                    columns:
                      - {name: a, datatipe: int}
        """,
    )
    assert told == [
        "a.yaml:8:17: columns.0.datatype: missing, and required",
        "a.yaml:8:27: columns.0.datatipe: not a property of the table. Did you mean 'datatype'?",
    ]


def test_all_errors_are_told_at_once(tmp_path: Path):
    told = faults(
        tmp_path,
        """\
        warehouse: {}
        tasks: {}
        warehouses:
          w: {auto_suspend: soon, owner: me}
          W: {}
        users:
          u: {password: hunter2}
        complete: [warehuses]
        """,
    )
    assert told == [
        "a.yaml:1:1: 'warehouse' is no kind of objects. Did you mean 'warehouses'?",
        "a.yaml:2:1: tasks are not here, but in schemas",
        "a.yaml:4:7: auto_suspend: expected integer, not string",
        "a.yaml:4:27: owner: only the server sets it",
        f"a.yaml:5:3: the warehouse W is declared twice; first at {tmp_path}/a.yaml:4:3",
        "a.yaml:7:7: password: a secret; write ${env:NAME} in its place",
        "a.yaml:8:12: 'warehuses' is no kind of objects here. Did you mean 'warehouses'?",
    ]


def test_a_key_that_is_twice_in_a_mapping(tmp_path: Path):
    assert faults(tmp_path, "warehouses:\n  w: {comment: a, comment: b}\n") == ["a.yaml:2:19: 'comment' is here twice"]


def test_what_is_no_yaml(tmp_path: Path):
    assert faults(tmp_path, "a: [1, 2\nb: 3\n")[0].startswith("a.yaml:2:2: not YAML:")


def test_an_alias_to_itself(tmp_path: Path):
    (fault, *_) = faults(tmp_path, "warehouses: &a\n  w: *a\n")
    assert "a.yaml:1:13: not YAML: found unconstructable recursive node" in fault


def test_a_variant_that_is_no_text(tmp_path: Path):
    text = "databases: {d: {schemas: {s: {tasks: {t: {definition: select 1, schedule: {schedule_type: [x]}}}}}}}\n"
    assert "schedule.schedule_type: expected" in faults(tmp_path, text)[0]


def test_tasks_that_run_after_one_another_in_a_circle(tmp_path: Path):
    told = faults(
        tmp_path,
        """\
        databases:
          d:
            schemas:
              s:
                tasks:
                  a: {definition: select 1, predecessors: [c]}
                  b: {definition: select 1, predecessors: [a]}
                  c: {definition: select 1, predecessors: [b]}
        """,
    )
    assert told == ["a.yaml:6:11: each needs the next, in a circle: task D.S.A → task D.S.C → task D.S.B → task D.S.A"]


def test_views_that_read_from_one_another(tmp_path: Path):
    told = faults(
        tmp_path,
        """\
        databases:
          d:
            schemas:
              s:
                views:
                  a: {columns: [{name: x}], query: select x from b}
                  b: {columns: [{name: x}], query: select x from s.a}
        """,
    )
    assert "in a circle: view D.S.A → view D.S.B → view D.S.A" in told[0]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [("a.yaml", b"\xff\xfe", "not UTF-8"), ("a.txt", b"", "no YAML files")],
)
def test_a_folder_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, what: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DeclarationError, match=what):
        read(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(DeclarationError, match=r"nowhere: can't be read: No such file or directory"):
        read(tmp_path / "nowhere")


def test_texts_are_texts_whatever_yaml_makes_of_them(tmp_path: Path):
    (tmp_path / "a.yaml").write_text(
        "databases:\n  d:\n    log_level: OFF\n    comment: 2024-01-01\n"
        "    data_retention_time_in_days: 1_0\nwarehouses:\n  w: {auto_resume: false}\n"
    )
    database, warehouse = sorted(read(tmp_path).objects.values(), key=lambda one: str(one.address))
    assert database.body == {
        "name": "d", "log_level": "OFF", "comment": "2024-01-01", "data_retention_time_in_days": 10,
    }  # fmt: skip
    assert warehouse.body == {"name": "w", "auto_resume": "false"}


def test_several_files_declare_one_schema(tmp_path: Path):
    for table in ("t", "u"):
        columns = "{columns: [{name: a, datatype: int}]}"
        (tmp_path / f"{table}.yml").write_text(
            f"databases: {{d: {{schemas: {{s: {{tables: {{{table}: {columns}}}}}}}}}}}"
        )
    assert sorted(map(str, read(tmp_path).objects)) == ["database D", "schema D.S", "table D.S.T", "table D.S.U"]


def test_models_of_python_are_declarations(tmp_path: Path):
    table = Table(name="t", columns=[TableColumn(name="a", datatype="int")])
    declared = read({"databases": {"d": {"schemas": {"s": {"tables": [table]}}}}})
    assert sorted(map(str, declared.objects)) == ["database D", "schema D.S", "table D.S.T"]


def test_errors_in_python_say_what_they_are_about():
    with pytest.raises(DeclarationError, match="declaration: warehouse_sise: not a property of the warehouse"):
        read({"warehouses": {"w": {"warehouse_sise": "SMALL"}}})


def test_names_are_words_or_in_quotes(tmp_path: Path):
    told = faults(
        tmp_path,
        """\
        warehouses: {1: {}, a.b: {}, '"1"': {}, "": {}}
        databases:
          d:
            schemas:
              s:
                tasks: {a: {definition: select 1, predecessors: [x y, a.b.c.d, ~]}}
        """,
    )
    assert [fault.split(": ")[0] for fault in told[:3]] == ["a.yaml:1:14", "a.yaml:1:21", "a.yaml:1:41"]
    assert [fault.split(": ", 1)[1] for fault in told[3:]] == [
        "predecessors.0: 'x y' is no name",
        "predecessors.1: 'a.b.c.d' is no name",
        "predecessors.2: expected string, not null",
    ]


def test_what_is_null_is_left_out(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("warehouses: {w: {comment: null, auto_suspend: ~}}\n")
    assert [one.body for one in read(tmp_path).objects.values()] == [{"name": "w"}]


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ("{b: {renamed_from: a}, c: {renamed_from: b}}", "the table D.S.B is declared, too"),
        ("{a: {}, b: {renamed_from: a}}", "the table D.S.A is declared, too"),
        ("{b: {renamed_from: a}, c: {renamed_from: a}}", "so is another table from a"),
    ],
)
def test_renames_that_depend_on_one_another_are_refused(tmp_path: Path, tables: str, told: str):
    columns = "columns: [{name: x, datatype: int}]"
    text = tables.replace("{}", f"{{{columns}}}").replace("renamed_from", f"{columns}, renamed_from")
    (fault,) = faults(tmp_path, f"databases: {{d: {{schemas: {{s: {{tables: {text}}}}}}}}}")
    assert fault.endswith(f"renamed_from: {told}; rename first, and apply that")


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (("b", "a", "a", "b"), "columns exchange their names: B, A; rename in two steps"),
        (("b", "a", "c", "a"), "two columns have the same renamed_from"),
    ],
)
def test_columns_whose_renames_can_not_be_are_refused(tmp_path: Path, columns: list[str], told: str):
    one, of, other, too = columns
    text = (
        f"[{{name: {one}, renamed_from: {of}, datatype: int}}, {{name: {other}, renamed_from: {too}, datatype: int}}]"
    )
    (fault,) = faults(tmp_path, f"databases: {{d: {{schemas: {{s: {{tables: {{t: {{columns: {text}}}}}}}}}}}}}")
    assert fault.endswith(f"columns: {told}")
