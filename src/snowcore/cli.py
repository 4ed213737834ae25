"""The command line's door: `snowcore.commands` has what is behind it, and needs more packages."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_NEEDED = "this command needs more packages; install them with: pip install 'snowcore[{extra}]'"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status. arguments: those of the process when left out."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        from .commands import run
    except ModuleNotFoundError as error:
        extra = "local" if given[:1] == ["serve"] else "cli"
        print(f"snowcore: {_NEEDED.format(extra=extra)} ({error.name} is missing)", file=sys.stderr)
        return 1
    return run(given)
