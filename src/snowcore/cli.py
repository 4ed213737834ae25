"""The command line: `snowcore serve`, `codegen`, and what is in `snowcore.commands`.

Exit statuses: 0 for what was done, or where there is nothing to do; 1 for an error; 2 where `plan` or `diff` find
changes.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import os
import secrets
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .version import __version__

if TYPE_CHECKING:
    from .local.doors.server import LocalServer

_PORT = 8765
_EXTRA = "the embedded account needs more packages; install them with: pip install 'snowcore[local]'"

_CLI = "this command needs more packages; install them with: pip install 'snowcore[cli]'"
_COMMANDS = {
    "plan": "say what would make an account as a folder declares it",
    "apply": "make an account as a folder declares it",
    "export": "write an account as a folder that declares it",
    "diff": "say how one account differs from another",
}
_CODEGEN = "to generate clients needs more packages; install them with: pip install 'snowcore[codegen]'"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status. arguments: those of the process when left out."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["codegen"]:
        return _codegen(given[1:])
    if given and given[0] in _COMMANDS:
        return _command(given)
    parser = argparse.ArgumentParser(
        prog="snowcore", description="Snowflake's Python API, and an account without an account."
    )
    parser.add_argument("--version", action="version", version=f"snowcore {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser(
        "serve",
        help="serve an embedded account",
        description="Serve an embedded account on this machine, by REST and for Snowflake's drivers. The lines that it"
        " prints go into connections.toml as they are.",
        epilog="The password is SNOWCORE_PASSWORD if that is set. Otherwise it is made up; with --data only once, and"
        " kept in the folder.",
    )
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen at (%(default)s)")
    serve.add_argument(
        "--port", type=int, default=_PORT, help="the port to listen at; 0 for any that is free (%(default)s)"
    )
    serve.add_argument(
        "--data", type=Path, metavar="DIR", help="the folder to keep the account in; without it, in memory"
    )
    serve.add_argument(
        "--init",
        type=Path,
        metavar="FOLDER",
        help="SQL scripts (*.sql) that run in the order of their names, as ACCOUNTADMIN, if the account is new",
    )
    serve.add_argument(
        "--sample", action="store_true", help="have a small SNOWFLAKE_SAMPLE_DATA.TPCH_SF1 in the account"
    )
    serve.add_argument("--user", default="SNOWCORE", help="the name to log in with (%(default)s)")
    serve.add_argument("--password", help="the password to log in with; others on this machine can see it here")
    serve.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="PATH",
        help="an interpreter in which functions and procedures in Python run; may be given several times, for several"
        " versions (by default the one that runs this)",
    )
    serve.add_argument(
        "--images",
        type=Path,
        metavar="FILE",
        help="a file in YAML that maps images of services and jobs to commands, which run as this user",
    )
    serve.add_argument(
        "--allow-code",
        action="store_true",
        help="run functions and procedures in Python, as this user, though other machines can reach the server",
    )
    serve.add_argument(
        "--bucket",
        action="append",
        default=[],
        type=_bucket,
        metavar="URL=DIR",
        help="a folder that stands for a bucket, or for a path in one, which external stages read and write, such as"
        " s3://bucket/path=DIR; may be given several times",
    )
    commands.add_parser("codegen", help="make a client of one's own from Snowflake's documents", add_help=False)
    for name, what in _COMMANDS.items():
        commands.add_parser(name, help=what, add_help=False)
    options = parser.parse_args(given)
    gc.disable()  # what is loaded for a server stays; to look through that for garbage is a tenth of the start
    try:
        return _serve(options)
    finally:
        gc.enable()


def _command(given: list[str]) -> int:
    """A command that needs the extra `cli`."""
    try:
        from .commands import run
    except ModuleNotFoundError as error:
        return _fail(f"{_CLI} ({error.name} is missing)")
    return run(given)


def _codegen(arguments: list[str]) -> int:
    """The generator, which lies in the wheel, or beside the sources in a checkout."""
    try:
        inside = importlib.util.find_spec("snowcore._codegen") is not None
        generator = importlib.import_module("snowcore._codegen.__main__" if inside else "codegen.__main__")
    except ModuleNotFoundError as error:
        return _fail(f"{_CODEGEN} ({error.name} is missing)")
    return generator.main(arguments, "snowcore codegen")


def _bucket(written: str) -> tuple[str, str]:
    url, sign, folder = written.partition("=")
    if not sign or not url or not folder:
        raise argparse.ArgumentTypeError(f"'{written}' is not URL=DIR")
    return url, folder


def _serve(options: argparse.Namespace) -> int:
    try:
        from .console import Console
        from .local import AccountError, LocalAccount
        from .local.doors.server import LocalServer
    except ModuleNotFoundError as error:
        return _fail(f"{_EXTRA} ({error.name} is missing)")
    if options.host not in ("127.0.0.1", "::1", "localhost"):
        print(f"snowcore: warning: {options.host} can be reached from other machines, without TLS", file=sys.stderr)
    os.umask(0o077)  # what is written is for the owner only
    try:
        account = LocalAccount(options.data, python=options.python, init=options.init, buckets=dict(options.bucket))
        if options.sample:
            account.load_sample()
    except (AccountError, OSError, ValueError) as error:
        return _fail(str(error))
    try:
        if options.images is not None:
            account.images.load(options.images)
    except ValueError as error:
        account.close()
        return _fail(str(error))
    try:
        password = options.password or os.environ.get("SNOWCORE_PASSWORD") or _keep_password(options.data)
        host = "127.0.0.1" if options.host == "localhost" else options.host
        server = LocalServer(
            account,
            host=host,
            port=options.port,
            user=options.user,
            password=password,
            allow_code=options.allow_code,
            console=Console,
        )
    except OSError as error:
        account.close()
        return _fail(f"can't listen at {options.host}:{options.port}: {error.strerror or error}")
    _run(server, _greeting(server, options.data))
    account.cancel()
    account.close()
    return 0


def _run(server: LocalServer, greeting: str) -> None:
    """Serve until SIGINT or SIGTERM."""

    def ask_to_stop(number: int, frame: object) -> None:
        server.ask_to_stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_stop)
    server.start()
    gc.freeze()
    gc.enable()
    print(greeting, flush=True)
    while not server.join(0.5):
        pass


def _greeting(server: LocalServer, folder: Path | None) -> str:
    where = f"kept in {folder}" if folder is not None else "in memory, gone when this ends"
    # What Snowflake's drivers and tools need to find it. They take `localhost` for a name of Snowflake's own.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(server.host, server.host)
    address = f'host = "{host}"\nport = {server.port}\nprotocol = "http"\n'
    return f"""\
# snowcore {__version__} serves an account at {server.url} ({where})
# in a browser: {server.url}/console
# for connections.toml:
[myconnection]
account = "local"
user = {_toml(server.user)}
password = {_toml(server.password)}
{address}
# the same without the connector: Root.connect("mytoken")
[mytoken]
account = "local"
authenticator = "PROGRAMMATIC_ACCESS_TOKEN"
token = {_toml(server.password)}
{address}"""


def _toml(text: str) -> str:
    escaped = "".join(f"\\{one}" if one in '"\\' else one if one >= " " else f"\\u{ord(one):04x}" for one in text)
    return f'"{escaped}"'


def _keep_password(folder: Path | None) -> str:
    """Made up once, and for the owner's eyes only."""
    made = secrets.token_urlsafe(24)
    if folder is None:
        return made
    file = folder / "password"
    if file.exists():
        return file.read_text().strip()
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.write(f"{made}\n")
    return made


def _fail(message: str) -> int:
    print(f"snowcore: {message}", file=sys.stderr)
    return 1
