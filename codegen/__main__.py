"""`python -m codegen generate | check | diff`: keep `generated/` what `specs/` say, and tell what a change means."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from .diff import diff
from .drop_in import FOLDER as DROP_IN
from .drop_in import render_drop_in
from .facade import render_facade
from .importing import import_
from .package import FIRST_LINE, format_modules, read_documents, render_own_package, render_package
from .spec import SpecError

PACKAGE, FACADE = Path("generated/snowflake_rest"), Path("src/snowcore")
_GENERATED = "# Generated from specs"


def main(arguments: list[str] | None = None, program: str = "python -m codegen") -> int:
    parser = argparse.ArgumentParser(prog=program, description="Generate the REST client from the specs.")
    commands = parser.add_subparsers(required=True)

    def add(run: Callable[..., int], name: str, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        command.set_defaults(run=run)
        return command

    for run, text in (
        (generate, "write the package"),
        (check, "write nothing; show what `generate` would change, and fail if that is anything"),
    ):
        command = add(run, run.__name__, text)
        command.add_argument("--specs", type=Path, default=Path("specs"), help="folder of specifications (specs)")
        command.add_argument("--out", type=Path, default=PACKAGE, help="the package (generated/snowflake_rest)")
        command.add_argument(
            "--facade",
            type=Path,
            help="the facade, for what of it is generated (src/snowcore; none beside another --out)",
        )
        command.add_argument("--package", dest="name", help="a package of this name, for snowcore, in the folder --out")
    command = add(diff, "diff", "tell what a change of the specs means to users of the generated Python")
    command.add_argument("old", help="folder of specifications, or git revision: HEAD~1, v1, v1:some/folder")
    command.add_argument("new", help="the same; default: specs", nargs="?", default="specs")
    command.add_argument(
        "--version",
        help="what the suggested version bump starts from (that in pyproject.toml; without one, that of the OLD API)",
    )
    _add_report(command)
    text = "tell what published documents have that the specs have not, and write it there if asked to"
    command = add(import_, "import", text)
    command.add_argument("folder", type=Path, help="folder of published documents (OpenAPI 3.0)")
    command.add_argument("--specs", type=Path, default=Path("specs"), help="folder of specifications (specs)")
    command.add_argument("--wanted", type=Path, help="file of differences that are wanted (codegen/wanted.yaml)")
    command.add_argument("--version", help="the version of the API (that in the name of the folder)")
    command.add_argument("--apply", action="store_true", help="write what is new into the specs, unless this fails")
    command.add_argument("--remove", action="store_true", help="with --apply, take away what is no longer published")
    _add_report(command)
    options = vars(parser.parse_args(arguments))
    try:
        code = options.pop("run")(**options)
        sys.stdout.flush()
        return code
    except SpecError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # who reads has seen enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1


def _add_report(command: argparse.ArgumentParser) -> None:
    """What the commands have in common that compare."""
    command.add_argument("--json", action="store_true", dest="as_json", help="JSON instead of Markdown")
    command.add_argument("--fail-on-breaking", action="store_true", help="exit with 1 if anything breaks users")


def generate(specs: Path, out: Path, facade: Path | None, name: str | None) -> int:
    """Write what has changed, remove what is no longer generated."""
    start = time.perf_counter()
    for folder, found, wanted in _compare_folders(specs, out, facade, name):
        for file in found.keys() - wanted.keys():
            (folder / file).unlink()
        for file, text in wanted.items():
            if found.get(file) != text:
                path = folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        lines = sum(text.count("\n") for file, text in wanted.items() if file.endswith(".py"))
        print(f"{folder}: {len(wanted)} files, {lines:,} lines of Python, {time.perf_counter() - start:.1f} s")
    return 0


def check(specs: Path, out: Path, facade: Path | None, name: str | None) -> int:
    """Tell whether the package and the facade are what the specs say."""
    code = 0
    for folder, found, wanted in _compare_folders(specs, out, facade, name):
        if stale := list(show_differences(found, wanted, folder)):
            sys.stdout.writelines(stale)
            print(f"{folder} is not what {specs} say: run `make generate`")
            code = 1
    return code


def _compare_folders(
    specs: Path, out: Path, facade: Path | None, name: str | None
) -> Iterator[tuple[Path, dict[str, str], dict[str, str]]]:
    """Each folder that is written to, with the generated files that are there and those that should be."""
    documents = read_documents(specs)
    if name:
        if not name.isidentifier():
            raise SpecError(f"{name}: not the name of a package")
        out = (Path() if out == PACKAGE else out) / name
    elif out == PACKAGE:
        facade = facade or FACADE
    found = read_files(out)
    if found and not found.get("__init__.py", "").startswith(FIRST_LINE):
        raise SpecError(f"{out}: not a generated package; refusing to replace what is in it")
    files = render_own_package(documents, name) if name else render_package(documents)
    modules = render_facade(documents) if facade else {}
    here = {file: text for file, text in read_files(facade).items() if file.endswith(".py")} if facade else {}
    generated = {file: text for file, text in here.items() if text.startswith(_GENERATED)}
    if by_hand := [file for file in modules if file in here.keys() - generated.keys()]:
        raise SpecError(*(f"{facade}/{file}: written by hand; remove that, or x-facade" for file in by_hand))
    yield out, found, format_modules(files)
    if facade:
        yield facade, generated, format_modules(modules)
        drop_in = facade.parent / DROP_IN
        yield drop_in, read_files(drop_in), format_modules(render_drop_in(facade, modules, documents))


def show_differences(found: dict[str, str], wanted: dict[str, str], out: Path) -> Iterator[str]:
    """A unified diff from what is there to what should be."""
    for name in sorted(found.keys() | wanted.keys()):
        old, new = found.get(name), wanted.get(name)
        if old != new:
            before = "/dev/null" if old is None else f"a/{(out / name).as_posix()}"
            after = "/dev/null" if new is None else f"b/{(out / name).as_posix()}"
            old, new = (text.splitlines(keepends=True) if text else [] for text in (old, new))
            yield from difflib.unified_diff(old, new, before, after)


def read_files(out: Path) -> dict[str, str]:
    """The files that are there, but for caches."""
    paths = (path for path in out.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8", errors="replace") for path in paths}


if __name__ == "__main__":
    sys.exit(main())
