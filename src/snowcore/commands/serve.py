"""`snowcore serve`: an embedded account for other programs."""

from __future__ import annotations

import gc
import json
import os
import secrets
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..version import __version__

if TYPE_CHECKING:
    from ..local.doors.server import LocalServer


def _read_bucket(written: str) -> tuple[str, str]:
    url, sign, folder = written.partition("=")
    if not sign or not url or not folder:
        raise click.BadParameter(f"'{written}' is not URL=DIR")
    return url, folder


_PATH = click.Path(path_type=Path)


@click.command(
    epilog="The password is SNOWCORE_PASSWORD if that is set. Otherwise it is made up; with --data only once, and kept"
    " in the folder. GET /health answers without one as soon as the account can be used."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8765, show_default=True, help="The port to listen at; 0 for any that is free.")
@click.option("--data", type=_PATH, metavar="DIR", help="The folder to keep the account in; without it, in memory.")
@click.option("--init", type=_PATH, metavar="FOLDER", help="SQL scripts (*.sql) that a new account begins with.")
@click.option("--sample", is_flag=True, help="Have a small SNOWFLAKE_SAMPLE_DATA.TPCH_SF1 in the account.")
@click.option("--user", default="SNOWCORE", show_default=True, help="The name to log in with.")
@click.option("--password", help="The password to log in with; others on this machine can see it here.")
@click.option("--python", multiple=True, metavar="PATH", help="What Python's functions run in; may be repeated.")
@click.option("--images", type=_PATH, metavar="FILE", help="YAML that maps images to commands, which run as this user.")
@click.option("--allow-code", is_flag=True, help="Run code of functions as this user though others reach the server.")
@click.option(
    "--bucket", multiple=True, type=_read_bucket, metavar="URL=DIR", help="A folder that stands for a bucket."
)
@click.option("--ready-file", type=_PATH, metavar="FILE", help="JSON that is there as long as the server answers.")
def serve(host: str, port: int, data: Path | None, user: str, ready_file: Path | None, **given: Any) -> None:
    """Serve an embedded account on this machine.

    By REST and for Snowflake's drivers. The lines that it prints go into connections.toml as they are. It ends at
    SIGINT and SIGTERM, with the exit status 0.
    """
    gc.disable()  # what is loaded for a server stays; to look through that for garbage is a tenth of the start
    from ..console import Console
    from ..local import LocalAccount
    from ..local.code.workers import conceal
    from ..local.doors.server import LocalServer, listening

    conceal()
    if host not in ("127.0.0.1", "::1", "localhost"):
        click.echo(f"snowcore: warning: {host} can be reached from other machines, without TLS", err=True)
    os.umask(0o077)  # what is written is for the owner only
    if ready_file is not None:
        _write_ready(ready_file, None)  # which fails here where there can't be one, or is of a server that was killed
    where: dict[str, Any] = {"host": "127.0.0.1" if host == "localhost" else host, "port": port}
    try:
        listening(**where).close()  # so that no account is made where another server listens
    except OSError as error:
        raise ValueError(f"can't listen at {host}:{port}: {error.strerror or error}") from None
    with LocalAccount(data, python=given["python"], init=given["init"], buckets=dict(given["bucket"])) as account:
        if given["sample"]:
            account.load_sample()
        if given["images"] is not None:
            account.images.load(given["images"])
        password = given["password"] or os.environ.get("SNOWCORE_PASSWORD") or _keep_password(data)
        known: dict[str, Any] = {"user": user, "password": password, "allow_code": given["allow_code"]}
        server = LocalServer(account, **known, **where, console=Console)
        _run(server, _greeting(server, data), ready_file)
        account.cancel()


def _run(server: LocalServer, greeting: str, ready_file: Path | None) -> None:
    """Serve until SIGINT or SIGTERM."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: server.ask_to_stop())
    server.start()
    gc.freeze()
    gc.enable()
    if ready_file is not None:
        _write_ready(ready_file, {"url": server.url, "host": server.host, "port": server.port, "pid": os.getpid()})
    print(greeting, flush=True)
    while not server.join(0.5):
        pass
    if ready_file is not None:
        ready_file.unlink(missing_ok=True)


def _write_ready(file: Path, told: dict[str, Any] | None) -> None:
    """Write the file in one step, so that nobody reads half of it; with nothing to tell, see that it can be written."""
    folder = file.absolute().parent
    if not folder.is_dir():
        raise ValueError(f"can't write {file}: there is no folder {folder}")
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=f".{file.name}", delete=False) as out:
        out.write(f"{json.dumps(told)}\n")
    if told is None:
        Path(out.name).unlink()
        file.unlink(missing_ok=True)
    else:
        Path(out.name).replace(file)


def _greeting(server: LocalServer, folder: Path | None) -> str:
    where = f"kept in {folder}" if folder is not None else "in memory, gone when this ends"
    # What Snowflake's drivers and tools need to find it. They take `localhost` for a name of Snowflake's own.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(server.host, server.host)
    user, password = (json.dumps(text, ensure_ascii=False) for text in (server.user, server.password))  # TOML's, too
    address = f'host = "{host}"\nport = {server.port}\nprotocol = "http"\n'
    return f"""\
# snowcore {__version__} serves an account at {server.url} ({where})
# in a browser: {server.url}/console
# for connections.toml:
[myconnection]
account = "local"
user = {user}
password = {password}
{address}
# the same without the connector: Root.connect("mytoken")
[mytoken]
account = "local"
authenticator = "PROGRAMMATIC_ACCESS_TOKEN"
token = {password}
{address}"""


def _keep_password(folder: Path | None) -> str:
    """Made up once, and for the owner's eyes only, as whatever `serve` writes."""
    made = secrets.token_urlsafe(24)
    if folder is None:
        return made
    file = folder / "password"
    if not file.exists():
        file.write_text(f"{made}\n")
    return file.read_text().strip()
