"""The shape of graphs: which tasks run after which. All tasks of a graph are in one schema."""

from __future__ import annotations

import orjson

from ..account.catalog import Catalog, Entry


def predecessors(task: Entry) -> list[str]:
    """The canonical names of the tasks that this one runs after."""
    return task.properties.get("predecessors", [])


def finalized(task: Entry) -> str | None:
    """The root whose graph the task finalizes, if it does."""
    return task.properties.get("finalize")


def is_root(task: Entry) -> bool:
    return not predecessors(task) and finalized(task) is None


def children(catalog: Catalog, task: Entry) -> list[Entry]:
    return catalog.select(
        "o.kind = 'task' AND o.parent = ?"
        " AND EXISTS (SELECT 1 FROM json_each(o.properties, '$.predecessors') j WHERE j.value = ?) ORDER BY o.name",
        task.parent,
        task.name,
    )


def finalizer(catalog: Catalog, root: Entry) -> Entry | None:
    found = catalog.select(
        "o.kind = 'task' AND o.parent = ? AND json_extract(o.properties, '$.finalize') = ?", root.parent, root.name
    )
    return found[0] if found else None


_UP = """
o.kind = 'task' AND o.parent = ? AND o.name IN (
    WITH RECURSIVE up (name) AS (
        SELECT value FROM json_each(?)
        UNION
        SELECT j.value FROM up JOIN objects t ON t.parent = ? AND t.kind = 'task' AND t.name = up.name
        JOIN json_each(t.properties, '$.predecessors') j WHERE t.dropped_on IS NULL
    )
    SELECT name FROM up
)
"""


def _up(catalog: Catalog, schema: int, names: list[str], where: str, *values: str) -> list[Entry]:
    """Of the tasks of some names, and of all that they run after, those of which something is true."""
    return catalog.select(f"{_UP} AND {where}", schema, orjson.dumps(names).decode(), schema, *values)


def is_above(catalog: Catalog, schema: int, name: str, names: list[str]) -> bool:
    """Whether the task of a name is one of these, or one that they run after."""
    return bool(_up(catalog, schema, names, "o.name = ?", name))


def roots(catalog: Catalog, task: Entry) -> list[Entry]:
    """The roots of the graphs that a task is in."""
    start = [root] if (root := finalized(task)) else [task.name]
    first = "coalesce(json_array_length(o.properties, '$.predecessors'), 0) = 0"
    alone = "json_extract(o.properties, '$.finalize') IS NULL"
    return _up(catalog, task.parent, start, f"{first} AND {alone}")


def below(catalog: Catalog, task: Entry) -> list[Entry]:
    """The task and all that run after it, each behind its predecessors; a root's finalizer comes last."""
    tasks = catalog.children(task.parent, "task")
    after: dict[str, list[Entry]] = {}
    for one in tasks:
        for name in predecessors(one):
            after.setdefault(name, []).append(one)
    reached = {task.name: task}
    waiting = [task]
    while waiting:
        for child in after.get(waiting.pop().name, []):
            if child.name not in reached:
                reached[child.name] = child
                waiting.append(child)
    order, level = [task], [task]
    missing = {name: sum(p in reached for p in predecessors(one)) for name, one in reached.items()}
    while level:
        following: list[Entry] = []
        for one in level:
            for child in after.get(one.name, []):
                missing[child.name] -= 1
                if missing[child.name] == 0:
                    following.append(child)
        order += following
        level = following
    last = finalizer(catalog, task)
    return [*order, last] if last is not None else order
