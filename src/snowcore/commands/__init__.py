"""Commands of the command line that need the extra `cli`. `snowcore.cli` hands over to `run`."""

from __future__ import annotations

import click

from ..exceptions import SnowflakePythonError
from . import plan


@click.group(name="snowcore")
def group() -> None:
    """Manage Snowflake from the command line."""


for command in (plan.plan, plan.apply, plan.export, plan.diff):
    group.add_command(command)


def run(arguments: list[str]) -> int:
    """Run a command and give its exit status: 0, 1 for an error, or 2 for changes that there would be."""
    try:
        return int(group.main(arguments, prog_name="snowcore", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
    except click.Abort:
        click.echo("snowcore: stopped", err=True)
    except (SnowflakePythonError, OSError, ValueError) as error:
        click.echo(f"snowcore: {error}", err=True)
    return 1
