"""`snowcore completion`: what a shell reads to complete commands, options, profiles and kinds."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete this command.

    \b
    bash: eval "$(snowcore completion bash)" in ~/.bashrc
    zsh:  eval "$(snowcore completion zsh)" in ~/.zshrc
    fish: snowcore completion fish > ~/.config/fish/completions/snowcore.fish
    """
    maker = get_completion_class(shell)
    assert maker is not None
    click.echo(maker(ctx.find_root().command, {}, "snowcore", "_SNOWCORE_COMPLETE").source())
