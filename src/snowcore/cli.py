"""The command line's door: `snowcore.commands` has what is behind it, and needs more packages."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def explain_missing(module: str | None, extra: str = "") -> str:
    """Which packages to install where a module is missing. extra: what needs it; else that is known by the module."""
    extra = extra or {"rich": "cli", "jinja2": "console", "cryptography": "keys"}.get(module or "", "local")
    return f"this needs more packages; install them with: pip install 'snowcore[{extra}]' ({module} is missing)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status. arguments: those of the process when left out."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        from .commands import run
    except ModuleNotFoundError as error:
        print(f"snowcore: {explain_missing(error.name, 'local' if given[:1] == ['serve'] else 'cli')}", file=sys.stderr)
        return 1
    return run(given)
