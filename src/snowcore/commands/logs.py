"""`snowcore logs`: what containers of a service or a job wrote, and how the tasks of a graph ended."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import click

from .accounts import Opened, on_account
from .objects import find_handle
from .tables import print_text

_KINDS = {"service": "service", "job": "service", "task": "task"}
_PAUSE = (1.0, 10.0)
"""The seconds between the first looks, and at the most."""
_CUT = 90_000
"""From so many characters on, a log may lack its beginning: 100 KB are told."""


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="[KIND] NAME")
@click.option("--instance", default="0", show_default=True, help="The number of the instance.")
@click.option("--container", help="The container; needed where the instance has several.")
@click.option("-n", "--lines", type=click.IntRange(1), default=100, show_default=True, help="How many lines at most.")
@click.option("-f", "--follow", is_flag=True, help="Go on with what comes, until the container ends, or Ctrl-C.")
@on_account()
def logs(opened: Opened, what: tuple[str, ...], instance: str, container: str | None, lines: int, follow: bool) -> None:
    """Print what a container of a service wrote.

    Its last lines. KIND is service, which it is when left out, job, or task: of a task graph, by its root, a line for
    each task that has ended.
    """
    *word, name = what
    kind = _KINDS.get(" ".join(word or ["service"]).lower())
    if kind is None:
        raise click.UsageError(f"{' '.join(what)!r} is no service, job or task and its name")
    handle = find_handle(opened, kind, name)
    told = _read_task(handle, lines) if kind == "task" else _read_container(handle, instance, container, lines, follow)
    pause = _PAUSE[0]
    for new in told:
        if new:
            print_text(new)
        if not follow:
            break
        time.sleep(pause)
        pause = _PAUSE[0] if new else min(pause * 1.5, _PAUSE[1])


def _read_container(handle: Any, instance: str, container: str | None, lines: int, follow: bool) -> Iterator[str]:
    """What a container has written since the look before, until it has ended. follow: whether one look is not all."""
    known: str | None = None
    while True:
        of_instance = {c.container_name: c for c in handle.get_containers() if str(c.instance_id) == instance}
        if container is None and len(of_instance) != 1:
            raise ValueError(f"name one by --container: instance {instance} has {', '.join(of_instance) or 'none'}")
        container = container or next(iter(of_instance))
        over = container in of_instance and of_instance[container].status in ("DONE", "FAILED")
        text = handle.get_service_logs(instance, container, None if follow else lines).rstrip("\n")
        text = text.partition("\n")[2] if len(text) > _CUT else text
        yield "\n".join(text.splitlines()[-lines:]) if known is None else find_new(known, text)
        known = text
        if over:
            return


def find_new(known: str, text: str) -> str:
    """What a log has that it hadn't before. All of it, where the two have nothing in common: it has begun anew."""
    at = 0
    while at < len(known) and not text.startswith(known[at:]):
        at = known.find("\n", at) + 1 or len(known)
    return text[len(known) - at :].removeprefix("\n")


def _read_task(handle: Any, lines: int) -> Iterator[str]:
    """A line for each task of a graph that has ended since the look before."""
    from ..pictures._runs import TaskAttempt, find_history

    root = handle.fetch()
    if root.predecessors or root.finalize:
        raise ValueError(f"{handle.name} runs after {', '.join(root.predecessors or [root.finalize])}; name the root")
    ended = "WHERE STATE NOT IN ('SCHEDULED', 'EXECUTING') ORDER BY COMPLETED_TIME"
    known = set[TaskAttempt]()
    while True:
        new = [one for one in handle.client.run(find_history(handle, root.id, ended)) if one not in known]
        told = ((one.ended and one.ended.isoformat(), one.name, one.state, one.why) for one in new)
        yield "\n".join([" ".join(filter(None, parts)) for parts in told][0 if known else -lines :])
        known |= {*new}
