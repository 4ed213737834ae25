"""Pictures of task graphs and of their runs, and tables of models.

    draw_svg(dag)                             # a DAG that isn't deployed yet
    draw_svg(task, run=fetch_run(task))       # a deployed graph, by its root, with the states of its last run
    print(draw_text(task))                    # for a terminal
    draw_timeline(task)                       # what ran when, and what waited for what
    tabulate(root.warehouses.iter())          # a table in a notebook, `.to_pandas()`

A graph is a `DAG`, the handle of a deployed graph's root, or tasks in any iterable, such as `schema.tasks.iter()`. Only
handles send requests. The layout of `draw_svg` is in the extra `pictures`.
"""

from __future__ import annotations

from ._graph import Graph
from ._runs import TaskAttempt, fetch_run
from ._svg import Svg, draw_html, draw_svg
from ._tables import ModelTable, tabulate
from ._timeline import draw_timeline
from ._words import Mermaid, draw_mermaid, draw_text

__all__ = ["Graph", "Mermaid", "ModelTable", "Svg", "TaskAttempt", "draw_html", "draw_mermaid"]
__all__ += ["draw_svg", "draw_text", "draw_timeline", "fetch_run", "tabulate"]
