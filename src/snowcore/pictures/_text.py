"""A task graph as text: a tree in which each task stands once, below the last of those that it waits for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ._graph import Graph, Node, read_graph
from ._runs import TaskAttempt
from ._states import find_look

_LINES = {False: ("├─ ", "└─ ", "│  ", "→ ", "…"), True: ("|- ", "`- ", "|  ", "> ", "...")}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move a terminal's cursor, change its colours, or turn the direction of what follows."""


def draw_text(
    graph: Graph,
    run: Iterable[TaskAttempt] | None = None,
    *,
    color: bool = False,
    ascii: bool = False,
    width: int = 120,
) -> str:
    """A task graph as text for a terminal: a tree with a line for each task, its state, and why it failed.

    graph, run: those of `draw_svg`. color: with colours (ANSI). ascii: in ASCII alone, for terminals that have no other
    characters. width: the most characters of a line.

    A task stands below the last of those that it waits for, and names all of them if there are several; one that alone
    follows stands in the next line after `→`. Errors are those of `draw_svg`; this needs no extra.
    """
    nodes = read_graph(graph, run)
    fork, last, bar, alone, cut = _LINES[ascii]
    labels = {node.name: node.label for node in nodes}
    children: dict[str | None, list[Node]] = {}
    for node in nodes:  # each comes after all that it follows, so that the last of these is the one that came last
        order = [other.name for other in nodes if other.name in node.after] if len(node.after) > 1 else node.after
        children.setdefault(node.ends or (order[-1] if order else None), []).append(node)

    rows: list[tuple[str, Node, str]] = []
    waiting = [(node, "", "") for node in reversed(children.get(None, []))]
    while waiting:  # no recursion: a chain may have a thousand tasks
        node, lead, below = waiting.pop()
        others = [labels[name] for name in node.after] if len(node.after) > 1 else []
        rows.append((f"{lead}{_clean(node.label)}", node, f"after {', '.join(others)}" if others else ""))
        following = children.get(node.name, [])
        if len(following) == 1 and node.after and not following[0].ends:
            waiting.append((following[0], f"{below}{alone}", below))
            continue
        for i, child in reversed(list(enumerate(following))):
            end = i == len(following) - 1
            waiting.append((child, below + (last if end else fork), below + ("   " if end else bar)))

    column = min(max((_measure(text) for text, *_ in rows), default=0), width // 2)
    out: list[str] = []
    for text, node, others in rows:
        look, took = find_look(node.state), node.attempt.seconds if node.attempt else None
        state = f"{look.plain_mark if ascii else look.mark} {node.state}" if node.state else ""
        more = [
            node.said.removeprefix(node.state).removeprefix(" · "),
            others,
            node.attempt.why if node.attempt else "",
        ]
        told = "  ".join(filter(None, [f"{took:.1f} s" if took is not None else "", *more]))
        line = (
            f"{text}{' ' * (column - _measure(text))}  {state}{'  ' if state and told else ''}{_clean(told)}".rstrip()
        )
        if ascii:
            line = line.replace(" · ", ", ").encode("ascii", "replace").decode()
        line = line if _measure(line) <= width else _cut(line, width - len(cut)) + cut
        if color and state:
            line = line.replace(state, f"\x1b[{look.terminal}m{state}\x1b[0m", 1)
        out.append(line)
    return "\n".join(out) + "\n"


def _clean(text: str) -> str:
    return _CONTROL.sub("�", text)


def _measure(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def _cut(text: str, width: int) -> str:
    while _measure(text) > width:
        text = text[:-1]
    return text
