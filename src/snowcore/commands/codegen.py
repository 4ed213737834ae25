"""`snowcore codegen`: the generator, which lies in the wheel, or beside the sources in a checkout."""

from __future__ import annotations

import importlib
import importlib.util

import click

from ..cli import explain_missing


@click.command(add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def codegen(arguments: tuple[str, ...]) -> int:
    """Make a client from Snowflake's documents."""
    try:
        inside = importlib.util.find_spec("snowcore._codegen") is not None
        generator = importlib.import_module("snowcore._codegen.__main__" if inside else "codegen.__main__")
    except ModuleNotFoundError as error:
        raise ValueError(explain_missing(error.name, "codegen")) from None
    return generator.main(list(arguments), "snowcore codegen")
