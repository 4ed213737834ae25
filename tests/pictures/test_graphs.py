"""Task graphs as SVG, Mermaid and text."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from datetime import timedelta
from itertools import pairwise

import pytest

from snowcore.exceptions import NotFoundError
from snowcore.pictures import Svg, draw_mermaid, draw_svg, draw_text, fetch_run
from snowcore.schema import SchemaResource
from snowcore.task import Task, TaskResource
from snowcore.task.dagv1 import DAG, DAGTask, DAGTaskBranch
from tests.pictures.conftest import make_dag

NS = "{http://www.w3.org/2000/svg}"
EVIL = "\"x]]><script>alert(1)</script>'&--\x00\x1b[31m\u202e|`end"


def boxes(svg: str) -> dict[str, ET.Element]:
    """The boxes of tasks, by the label of each."""
    found = {}
    for group in ET.fromstring(svg).iter(f"{NS}g"):
        if group.get("class", "").startswith("task"):
            found["".join(group.findall(f"{NS}text")[0].itertext())] = group
    return found


def told(group: ET.Element) -> str:
    return group.findtext(f"{NS}title") or ""


def lines(svg: str) -> set[str]:
    groups = [g for g in ET.fromstring(svg).iter(f"{NS}g") if g.get("class") == "line"]
    return {told(group) for group in groups if told(group)}


def test_a_graph_that_is_not_deployed_shows_tasks_predecessors_conditions_and_its_finalizer():
    svg = draw_svg(make_dag())
    found = boxes(svg)
    assert list(found) == ["NIGHTLY", "LOAD", "STATS", "REPORT", "CLEAN", "MAIL", "FIN"]
    assert "if 1 = 0" in told(found["CLEAN"]) and "0 2 * * * UTC" in told(found["NIGHTLY"])
    assert "finalizer" in told(found["FIN"]) and found["FIN"].find(f"{NS}rect").get("stroke-dasharray") == "5 3"
    assert lines(svg) == {
        "NIGHTLY → NIGHTLY$LOAD",
        "NIGHTLY → NIGHTLY$STATS",
        "NIGHTLY$LOAD → NIGHTLY$REPORT",
        "NIGHTLY$LOAD → NIGHTLY$CLEAN",
        "NIGHTLY$LOAD → NIGHTLY$MAIL",
        "NIGHTLY$STATS → NIGHTLY$MAIL",
        "NIGHTLY$FIN after all others",
    }


def test_a_deployed_graph_looks_the_same_from_its_root_and_from_a_list_and_shows_states(
    schema: SchemaResource, task: TaskResource
):
    deployed, listed = draw_svg(task), draw_svg(schema.tasks.iter())
    assert lines(deployed) == lines(listed) == lines(draw_svg(make_dag()))
    assert all("STARTED" in told(box) for box in boxes(deployed).values())
    task.suspend()
    assert boxes(draw_svg(task))["NIGHTLY"].get("class") == "task suspended"


def test_a_run_colours_the_tasks(task: TaskResource):
    found = boxes(draw_svg(task, run=fetch_run(task)))
    classes = {label: box.get("class") for label, box in found.items()}
    assert classes["REPORT"] == "task failed" and classes["CLEAN"] == "task skipped"
    assert classes["LOAD"] == classes["FIN"] == "task succeeded"
    assert "attempt 2" in told(found["REPORT"]) and "100051 Division by zero" in told(found["REPORT"])
    assert found["REPORT"].find(f"{NS}rect").get("fill") != found["LOAD"].find(f"{NS}rect").get("fill")


def test_each_task_stands_right_of_what_it_follows_and_no_two_overlap():
    tasks = make_tasks(120)
    svg = draw_svg(tasks)
    at = {
        label: (float(box.find(f"{NS}rect").get("x")), float(box.find(f"{NS}rect").get("y")))
        for label, box in boxes(svg).items()
    }
    for task in tasks:
        for name in task.predecessors or ():
            assert at[name][0] < at[task.name][0]
    places = sorted(at.values())
    assert all(x != x2 or y2 - y >= 40 for (x, y), (x2, y2) in pairwise(places))
    whole = ET.fromstring(svg)
    assert max(x for x, _ in places) + 190 <= float(whole.get("width"))
    assert max(y for _, y in places) + 40 <= float(whole.get("height"))


def make_tasks(count: int, seed: int = 5) -> list[Task]:
    """A graph of which each task follows one to three of the sixty before it."""
    print("seed", seed)
    chosen = random.Random(seed)
    tasks = [Task("ROOT", "")]
    for i in range(1, count):
        before = tasks[max(0, i - 60) : i]
        names = {chosen.choice(before).name for _ in range(chosen.choice([1, 1, 2, 3]))}
        tasks.append(Task(f"T{i}", "", predecessors=sorted(names)))
    return tasks


@pytest.mark.parametrize(
    "tasks",
    [
        make_tasks(500),
        [Task("ROOT", ""), *(Task(f"T{i}", "", predecessors=["ROOT"]) for i in range(499))],
        [Task("T0", ""), *(Task(f"T{i}", "", predecessors=[f"T{i - 1}"]) for i in range(1, 500))],
        [Task("R", ""), *(Task(f"T{i}", "", predecessors=[f"T{i % 100}"] if i > 99 else ["R"]) for i in range(499))],
    ],
    ids=["random", "fan", "chain", "two levels"],
)
def test_five_hundred_tasks_take_no_time(tasks: list[Task]):
    began = time.process_time()
    svg, text, mermaid = draw_svg(tasks), draw_text(tasks), draw_mermaid(tasks)
    assert time.process_time() - began < 5  # 0.2 s on a quiet machine
    assert len(boxes(svg)) == len(text.splitlines()) == mermaid.count('["') == 500
    assert max(len(line.split("  ")[0]) for line in text.splitlines()) < 120


def test_names_and_conditions_can_not_break_out_of_a_picture():
    tasks = [Task("R", ""), Task(f'"{EVIL.replace(chr(34), chr(34) * 2)}"', "", condition=EVIL, predecessors=["R"])]
    svg = draw_svg(tasks)
    root = ET.fromstring(svg)  # which refuses what isn't well-formed
    assert {element.tag.removeprefix(NS) for element in root.iter()} <= {"svg", "title", "g", "rect", "text", "path"}
    assert not any(name.startswith("on") or name == "style" for element in root.iter() for name in element.attrib)
    html = Svg(svg)._repr_html_()
    assert "<script" not in html and "\x1b" not in html and "\x00" not in html
    mermaid = draw_mermaid(tasks)
    for line in mermaid.splitlines():
        assert re.fullmatch(r'[\w $.,:·/+\->#;()\[\]{}"<]*', line), line
        assert line.count('"') in (0, 2) and "<script" not in line and "end#" not in line.split('"')[0]
    for text in (draw_text(tasks), draw_text(tasks, ascii=True)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    assert draw_text(tasks, ascii=True).isascii()


def test_wide_letters_fit_their_boxes_and_columns():
    wide, plain = (
        Task("日本語のとても長い名前のタスクです", "select 1", state="started"),
        Task("b", "", state="started"),
    )
    assert ">日本語のとても長い名前…<" in draw_svg([wide])
    first, second = draw_text([wide, plain]).splitlines()
    assert first.index("●") + 17 == second.index("●")  # of seventeen signs, each as wide as two


def test_text_is_a_tree_in_which_each_task_stands_once(task: TaskResource):
    text = re.sub(r"\d+\.\d s", "0.0 s", draw_text(task, run=fetch_run(task)))
    assert text.splitlines() == [
        "NIGHTLY       ✔ SUCCEEDED  0.0 s  0 2 * * * UTC",
        "├─ LOAD       ✔ SUCCEEDED  0.0 s",
        "│  ├─ CLEAN   ↷ SKIPPED  if 1 = 0  0040003 Conditional expression for task evaluated to false",
        "│  └─ REPORT  ✘ FAILED  0.0 s  attempt 2  100051 Division by zero",
        "├─ STATS      ✔ SUCCEEDED  0.0 s",
        "│  → MAIL     ✔ SUCCEEDED  0.0 s  after LOAD, STATS",
        "└─ FIN        ✔ SUCCEEDED  0.0 s  attempt 2 · finalizer",
    ]


def test_text_has_colours_only_where_they_are_asked_for(task: TaskResource):
    run = fetch_run(task)
    plain, coloured = draw_text(task, run), draw_text(task, run, color=True)
    assert "\x1b" not in plain and "\x1b[31m✘ FAILED\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_mermaid_names_each_task_line_and_state(task: TaskResource):
    drawn = draw_mermaid(task, run=fetch_run(task))
    assert drawn.startswith('flowchart LR\n    t0(["NIGHTLY<br/>SUCCEEDED')
    assert '["REPORT<br/>FAILED · attempt 2"]' in drawn and "if 1 #61; 0" in drawn
    assert drawn.count(" --> ") == 6 and "t0 -. finalizer .-> t6" in drawn
    assert "classDef failed fill:" in drawn
    assert drawn._repr_markdown_() == f"```mermaid\n{drawn}```\n"


def test_a_branch_shows_the_condition_of_what_it_chooses():
    with DAG("d") as dag:
        DAGTaskBranch("choose", "select 1") >> DAGTask("left", "select 1")
    assert "if SYSTEM$GET_PREDECESSOR_RETURN_VALUE('D$CHOOSE') = 'left'" in draw_text(dag)


def test_functions_of_a_graph_are_not_looked_at():
    with DAG("d") as dag:
        DAGTask("python", lambda session: 1)
    assert list(boxes(draw_svg(dag))) == ["D", "PYTHON"]


def test_a_predecessor_that_is_not_among_the_tasks_is_drawn_too():
    tasks = [Task("B", "", predecessors=["db.sc.A"], schedule=None), Task("C", "", finalize="ROOT")]
    assert draw_text(tasks) == "A     elsewhere\n└─ B\nROOT  elsewhere\n└─ C  finalizer\n"


def test_what_is_no_graph_is_an_error(schema: SchemaResource):
    with pytest.raises(NotFoundError):
        draw_svg(schema.tasks["nowhere"])
    with pytest.raises(ValueError, match="cycle in the task graph: A, B wait for one another"):
        draw_text([Task("A", "", predecessors=["B"]), Task("B", "", predecessors=["A"])])
    with pytest.raises(TypeError, match="expected a DAG, the handle of a task, or tasks, not 'a'"):
        draw_text("abc")
    assert draw_text([]) == "" and boxes(draw_svg([])) == {}
    assert list(boxes(draw_svg([Task("alone", "", schedule=timedelta(minutes=1))]))) == ["ALONE"]


def test_a_notebook_shows_a_graph():
    shown = make_dag()._repr_html_()
    assert shown.startswith("<div") and "<svg" in shown and "NIGHTLY$REPORT" in shown


def test_without_the_extra_svg_says_what_to_install_and_nothing_is_imported_before():
    program = (
        "import sys; sys.modules['fast_sugiyama'] = None\n"
        "import snowcore; assert 'snowcore.pictures' not in sys.modules\n"
        "from snowcore.pictures import draw_svg, draw_text\n"
        "assert not {'pandas', 'IPython', 'duckdb'} & sys.modules.keys()\n"
        "from snowcore.task import Task\n"
        "draw_text([Task('a', '')])\n"
        "try: draw_svg([Task('a', '')])\n"
        "except snowcore.exceptions.MissingModuleError as error: print(error)\n"
        "from snowcore.task.dagv1 import DAG\n"
        "assert DAG('d')._repr_html_() == '<pre>D\\n</pre>'\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "pip install 'snowcore[pictures]'" in done.stdout
