"""The command line. Each command is imported when it is asked for, and what it needs when it runs.

Exit statuses: 0 for what was done, or where there is nothing to do; 1 for an error, also one of usage; 2 where `plan`
or `diff` find changes; 130 after Ctrl-C; 141 where nobody reads the output any more.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from importlib import import_module
from typing import Any

import click

from ..cli import explain_missing
from ..exceptions import APIError, SnowflakePythonError
from ..version import __version__

_MODULES = {
    "sql": "sql",
    **dict.fromkeys(("ls", "get", "describe"), "objects"),
    "logs": "logs",
    **dict.fromkeys(("graph", "run"), "tasks"),
    **dict.fromkeys(("plan", "apply", "export", "diff"), "plan"),
    **{name: name for name in ("serve", "codegen", "completion")},
}
"""The module of each command, in the order of the help."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        known = cmd_name in _MODULES
        return getattr(import_module(f".{_MODULES[cmd_name]}", __name__), cmd_name) if known else None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()  # here, where it may still fail
            return status
        except (KeyboardInterrupt, click.Abort):
            click.echo("snowcore: stopped", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is flushed at the end
            ctx.exit(141)


@click.group(name="snowcore", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="snowcore %(version)s")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Snowflake from the command line, and an account without an account."""
    if not has_colours():
        ctx.color = False


def has_colours() -> bool:
    """Whether the user lets terminals have colours."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def printable(text: str) -> str:
    """A text that commands no terminal: control characters as escapes, but for line ends and tabs."""
    return "".join(c if c.isprintable() or c in "\n\t" else repr(c)[1:-1] for c in text)


class _Once(logging.Handler):
    """Tells what is logged, such as that a request is tried again: of many requests at once, only for the first."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._told: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg not in self._told:
            self._told.add(record.msg)
            _warn(record.getMessage())


def run(arguments: list[str]) -> int:
    """Run a command and give its exit status. What goes wrong is a sentence on stderr, and so is a warning."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed, and so free for the next file that is opened
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    logger, once = logging.getLogger("snowflake.core"), _Once()
    logger.addHandler(once)
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _warn
            return int(group.main(arguments, prog_name="snowcore", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        more = f" (see {context.command_path} --help)" if context else ""
        click.echo(f"snowcore: {error.format_message().rstrip('.')}{more}", err=True)
    except Exception as error:
        if os.environ.get("SNOWCORE_DEBUG"):
            raise
        click.echo(f"snowcore: {printable(explain(error))}", err=True)
    finally:
        logger.removeHandler(once)
    return 1


def _warn(message: Warning | str, *_: Any) -> None:
    click.echo(f"snowcore: warning: {printable(str(message))}", err=True)


def explain(error: Exception) -> str:
    """What went wrong, for who has no use for a stack trace."""
    if isinstance(error, APIError):
        said = (error.message or "").strip()
        return f"{said} ({error.error_code})" if said and error.error_code else said or f"no answer: {error.reason}"
    if isinstance(error, ModuleNotFoundError):
        return explain_missing((error.name or "").partition(".")[0])
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if isinstance(error, (SnowflakePythonError, ImportError, OSError, ValueError)) or hasattr(error, "sqlstate"):
        return str(error)
    return f"{type(error).__name__}: {error} (SNOWCORE_DEBUG=1 shows where)"
