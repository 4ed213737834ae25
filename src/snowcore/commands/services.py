"""`snowcore logs`: what containers of a service or a job wrote."""

from __future__ import annotations

import click

from .accounts import Opened, on_account
from .objects import find_handle
from .tables import print_text


@click.command()
@click.argument("service")
@click.option("--instance", default="0", show_default=True, help="The number of the instance.")
@click.option("--container", help="The container; needed where the instance has several.")
@click.option("-n", "--lines", type=click.IntRange(1), default=100, show_default=True, help="How many lines at most.")
@on_account()
def logs(opened: Opened, service: str, instance: str, container: str | None, lines: int) -> None:
    """Print what a container of a service wrote.

    Its last lines. A job is a service, too.
    """
    handle = find_handle(opened, "service", service)
    if container is None:
        names = [one.container_name for one in handle.get_containers() if str(one.instance_id) == instance]
        if len(names) != 1:
            raise ValueError(f"name one by --container: instance {instance} has {', '.join(names) or 'none'}")
        container = names[0]
    if written := handle.get_service_logs(instance, container, lines):
        print_text(written.rstrip("\n"))
