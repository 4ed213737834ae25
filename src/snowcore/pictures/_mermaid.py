"""A task graph in Mermaid's language, which code hosts and notebooks draw. See https://mermaid.js.org."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ._graph import Graph, Node, read_graph
from ._runs import TaskAttempt
from ._states import find_look

_SPECIAL = re.compile(r"[^\w $.,:·/+-]")


class Mermaid(str):
    """The text of a Mermaid diagram, which notebooks that know Mermaid draw."""

    def _repr_markdown_(self) -> str:
        return f"```mermaid\n{self}```\n"


def draw_mermaid(graph: Graph, run: Iterable[TaskAttempt] | None = None) -> Mermaid:
    """A task graph as a Mermaid flowchart: tasks, what each waits for, its condition, and its state in colour.

    The arguments are those of `draw_svg`, as are the errors, but for MissingModuleError: this needs no extra. The
    finalizer hangs on the root by a dotted line.
    """
    nodes = read_graph(graph, run)
    number = {node.name: f"t{i}" for i, node in enumerate(nodes)}
    lines = ["flowchart LR"]
    lines += [f"    {number[node.name]}{_draw_node(node)}" for node in nodes]
    for node in nodes:
        lines += [f"    {number[name]} --> {number[node.name]}" for name in node.after]
        if node.ends:
            lines.append(f"    {number[node.ends]} -. finalizer .-> {number[node.name]}")
    of_state: dict[str, list[str]] = {}
    for node in nodes:
        if node.state:
            of_state.setdefault(re.sub(r"\W", "", node.state.lower()), []).append(number[node.name])
    for state, names in sorted(of_state.items()):
        look = find_look(state)
        lines.append(f"    classDef {state} fill:{look.fill},stroke:{look.line},color:#1f2328")
        lines.append(f"    class {','.join(names)} {state}")
    return Mermaid("\n".join(lines) + "\n")


def _draw_node(node: Node) -> str:
    said = f"{_escape(node.label)}<br/>{_escape(node.said)}" if node.said else _escape(node.label)
    start, end = ("{{", "}}") if node.ends else ("[", "]") if node.after else ("([", "])")
    return f'{start}"{said}"{end}'


def _escape(text: str) -> str:
    """A text in which nothing has a meaning to Mermaid: what might have one becomes the number of its character."""
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", " ".join(text.split()))
