"""The shape of graphs: which tasks run after which. All tasks of a graph are in one schema."""

from __future__ import annotations

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


def above(catalog: Catalog, schema: int, names: list[str]) -> list[Entry]:
    """The tasks of these names, and all that they run after."""
    found: dict[str, Entry] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        task = None if name in found else catalog.find("task", schema, name)
        if task is not None:
            found[name] = task
            waiting += predecessors(task)
    return list(found.values())


def roots(catalog: Catalog, task: Entry) -> list[Entry]:
    """The roots of the graphs that a task is in."""
    start = [root] if (root := finalized(task)) else [task.name]
    return [task for task in above(catalog, task.parent, start) if is_root(task)]


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
