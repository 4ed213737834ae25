"""A task graph in words: in Mermaid's language, and as a tree for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ._graph import Graph, Node, find_look, measure, read_graph
from ._runs import TaskAttempt

_SPECIAL = re.compile(r"[^\w $.,:·/+-]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move a terminal's cursor, change its colours, or turn the direction of what follows."""


class Mermaid(str):
    """The text of a Mermaid diagram, which notebooks that know Mermaid draw."""

    def _repr_markdown_(self) -> str:
        return f"```mermaid\n{self}```\n"


def draw_mermaid(graph: Graph, run: Iterable[TaskAttempt] | None = None) -> Mermaid:
    """A task graph as a flowchart of Mermaid (https://mermaid.js.org): tasks, what each waits for, conditions, states.

    The arguments are those of `draw_svg`, as are the errors, but for MissingModuleError: this needs no extra. The
    finalizer hangs on the root by a dotted line.
    """
    nodes = read_graph(graph, run)
    number = {node.name: f"t{i}" for i, node in enumerate(nodes)}
    lines = ["flowchart LR", *(f"    {number[node.name]}{_draw_node(node)}" for node in nodes)]
    lines += [f"    {number[name]} --> {number[node.name]}" for node in nodes for name in node.after]
    lines += [f"    {number[node.ends]} -. finalizer .-> {number[node.name]}" for node in nodes if node.ends]
    for state in sorted({node.state for node in nodes if node.state}):
        look, name = find_look(state), re.sub(r"\W", "", state.lower())
        lines.append(f"    classDef {name} fill:{look.fill},stroke:{look.line},color:#1f2328")
        lines.append(f"    class {','.join(number[node.name] for node in nodes if node.state == state)} {name}")
    return Mermaid("\n".join(lines) + "\n")


def _draw_node(node: Node) -> str:
    lines = [_clean(" ".join(text.split())) for text in (node.label, node.said) if text]
    # Whatever might have a meaning to Mermaid becomes the number of its character.
    said = "<br/>".join(_SPECIAL.sub(lambda found: f"#{ord(found[0])};", line) for line in lines)
    start, end = ("{{", "}}") if node.ends else ("[", "]") if node.after else ("([", "])")
    return f'{start}"{said}"{end}'


def draw_text(
    graph: Graph, run: Iterable[TaskAttempt] | None = None, *, color: bool = False, ascii: bool = False
) -> str:
    """A task graph as text for a terminal: a tree with a line for each task, its state, and why it failed.

    graph, run: those of `draw_svg`. color: with colours (ANSI). ascii: in ASCII alone, for terminals that have no other
    characters.

    A task stands below the last of those that it waits for, and names all of them if there are several; one that alone
    follows stands in the next line after `→`. Errors are those of `draw_svg`; this needs no extra.
    """
    nodes = read_graph(graph, run)
    fork, last, bar, alone = ("|- ", "`- ", "|  ", "> ") if ascii else ("├─ ", "└─ ", "│  ", "→ ")
    place = {node.name: i for i, node in enumerate(nodes)}
    below: dict[str | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.ends or max(node.after, key=place.__getitem__, default=None), []).append(node)
    rows: list[tuple[str, Node]] = []
    waiting = [(node, "", "") for node in reversed(below.get(None, []))]
    while waiting:  # no recursion: a chain may have a thousand tasks
        node, lead, edge = waiting.pop()
        rows.append((lead + node.label, node))
        following = below.get(node.name, [])
        if len(following) == 1 and node.after and not following[0].ends:
            waiting.append((following[0], edge + alone, edge))
            continue
        rest = [(child, edge + fork, edge + bar) for child in following[:-1]]
        waiting += [*((child, edge + last, f"{edge}   ") for child in following[-1:]), *reversed(rest)]

    width = min(max((measure(text) for text, _ in rows), default=0), 60)
    labels = {node.name: node.label for node in nodes}
    return "".join(f"{_draw_row(text, node, labels, width, color, ascii)}\n" for text, node in rows)


def _draw_row(text: str, node: Node, labels: Mapping[str, str], width: int, color: bool, ascii: bool) -> str:
    look, took = find_look(node.state), node.attempt.seconds if node.attempt else None
    state = f"{look.plain_mark if ascii else look.mark} {node.state}" if node.state else ""
    others = ", ".join(labels[name] for name in node.after) if len(node.after) > 1 else ""
    told = [f"{took:.1f} s" if took is not None else "", node.more, f"after {others}" if others else "", node.why]
    line = "  ".join(filter(None, [_clean(text) + " " * (width - measure(text)), state, *map(_clean, told)])).rstrip()
    line = line.replace(" · ", ", ").encode("ascii", "replace").decode() if ascii else line
    return line.replace(state, f"\x1b[{look.terminal}m{state}\x1b[0m", 1) if color and state else line


def _clean(text: str) -> str:
    return _CONTROL.sub("�", text)
