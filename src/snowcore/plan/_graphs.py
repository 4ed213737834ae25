"""Graphs of tasks, which change only while their root is suspended.

Which tasks an apply will resume is noted beside the declarations as long as it is under way. Whoever kills it leaves
their graphs suspended, which nothing in the account tells from what a user suspended; the next plan reads the note.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from .._names import split_name, unquote
from ._comparing import Change
from ._files import Declarations
from ._kinds import Address
from ._reading import Reading
from ._references import find_tasks_before
from ._steps import Action, Step


def turn_tasks(
    declared: Declarations,
    reading: Reading,
    steps: Iterable[Step],
    olds: Mapping[Address, Address],
    noted: Collection[str],
) -> list[Step]:
    """The steps that suspend the roots of all graphs that these steps change, and resume what ran before.

    A task whose state is declared gets that one; another keeps its own, and a new one stays suspended. noted: the
    identifiers of those that an apply wanted to resume, which are resumed now.
    """
    done = {step.address: step.action for step in steps if step.address.kind.turned}
    wanted = {address: one for address, one in declared.objects.items() if address.kind.turned}
    lists = {(one.kind, one.place) for one in (*done, *wanted)}
    news = {old: new for new, old in olds.items()}
    rows = {news.get(a, a): row for kind, place in lists for a, row in reading.get_list(kind, place).items()}
    started = {task for task, row in rows.items() if str(row.get("state")).lower() == "started"}
    interrupted = {task for task, row in rows.items() if row.get("id") in noted} - started
    gone = {task for task, action in done.items() if action in (Action.DROP, Action.MAKE_WAY)}
    before = {task: _find_links(task, row) for task, row in rows.items()}
    after = {task: links - gone for task, links in before.items() if task not in gone}
    after |= {task: _find_links(task, one.body) for task, one in wanted.items()}

    def shall_run(task: Address) -> bool:
        state = wanted[task].state if task in wanted else None
        return task in started | interrupted if state is None else state == "started"

    turned = {task for task in {*wanted, *interrupted} if shall_run(task) != (task in started)}
    touched = {*done, *turned}
    roots = {root for task in touched for links in (before, after) for root in _find_roots(task, links)}
    stopped = (roots | turned) & started
    made = {task for task, action in done.items() if action in (Action.CREATE, Action.REPLACE)}
    alone = {
        task for task, links in before.items() if links and not after.get(task, links)
    }  # from now on, and suspended
    suspended = stopped | made | alone | (roots | touched) - started
    resumed = {task for task in (roots | touched) & suspended if task not in gone and shall_run(task)}

    def make(action: Action, task: Address) -> Step:
        old, new = ("suspended", "started") if action is Action.RESUME else ("started", "suspended")
        if task in turned - interrupted and shall_run(task) == (action is Action.RESUME):
            return Step(action, task, changes=(Change("state", old, new),))
        if action is Action.SUSPEND:
            return Step(action, task, notes=("Its graph changes.",))
        why = "An apply that did not end suspended it." if task in interrupted else "It was started before."
        return Step(action, task, notes=(why,), carried={"id": rows[task]["id"]} if rows[task].get("id") else {})

    as_yet = {task: Address(task.kind, reading.find_place(task.names)) for task in stopped}  # before it is renamed
    suspends = [make(Action.SUSPEND, as_yet[task]) for task in sorted(stopped, key=str)]
    return suspends + [make(Action.RESUME, task) for task in sorted(resumed, key=str)]


_Links = Mapping[Address, frozenset[Address]]
"""Of each task those that it runs after, the root that it finalizes among them."""


def _find_links(task: Address, said: Mapping[str, Any]) -> frozenset[Address]:
    return frozenset(Address(task.kind, (*task.place, unquote(split_name(n).name))) for n in find_tasks_before(said))


def _find_roots(task: Address, links: _Links) -> set[Address]:
    """The tasks at which the graphs of a task begin."""
    seen, above = set[Address](), {task}
    while above:
        seen |= above
        above = {other for one in above for other in links.get(one, ())} - seen
    return {one for one in seen if one in links and not links[one]}


NOTE = ".snowcore-apply.json"


def read_note(folder: Path | None) -> Mapping[str, str]:
    """The names of the tasks by their identifiers, which no two accounts share. ValueError for another file."""
    file = (folder or Path()) / NOTE
    if folder is None or not file.exists():
        return {}
    try:
        return {str(one): str(name) for one, name in json.loads(file.read_text(encoding="utf-8")).items()}
    except (ValueError, AttributeError):
        raise ValueError(f"{file}: this is no note of an apply; if no apply is under way, remove it") from None


def change_note(folder: Path | None, added: Mapping[str, str], forgotten: Collection[str] = ()) -> None:
    """Add tasks to the note, and leave others out; without any the note goes."""
    old = read_note(folder)
    new = {one: name for one, name in {**old, **added}.items() if one not in forgotten}
    if folder is None or new == old:
        return
    file = folder / NOTE
    if not new:
        file.unlink()
        return
    coming = file.with_suffix(".new")
    coming.write_text(json.dumps(new, indent=1), encoding="utf-8")
    coming.replace(file)  # in one step, so that nobody reads half of it
