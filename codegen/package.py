"""The generated package, as the texts of its files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from . import ir
from .bundle import Bundle, bundle
from .drop_in import drop_in
from .facade import facade, places
from .parse import parse
from .render import render
from .rules import check
from .spec import SpecError, Specs

RUNTIME = Path(__file__).parent / "runtime"
FIRST_LINE = "# Generated from specs by `make generate`. Do not edit.\n"
_INIT = FIRST_LINE + '"""Snowflake\'s REST API as models and operations: values, without I/O. A module a resource."""\n'
_COPIED = "# Copied from codegen/runtime by `make generate`. Do not edit.\n"
_RUFF = (
    "--isolated",
    "--no-cache",
    "--quiet",
    "--config=line-length = 120",
    '--config=target-version = "py311"',
    '--config=lint.isort.known-first-party = ["snowcore", "snowflake_rest"]',
)


Documents = list[tuple[Bundle, ir.Document]]


def package(found: Documents) -> dict[str, str]:
    """Every file of the package by its path."""
    models = {ir.Name(document.module, model.name): model for _, document in found for model in document.models}
    modules: dict[str, str] = {}
    others = {"__init__.py": _INIT + _version(found), "py.typed": ""}
    for bundled, document in found:
        modules[f"{document.module}.py"] = render(document, models)
        if bundled.document["paths"]:
            text = json.dumps(bundled.document, indent=1, ensure_ascii=False)
            others[f"openapi/{document.file.removesuffix('.yaml')}.json"] = text + "\n"
    for path in RUNTIME.glob("*.py"):
        others[f"runtime/{path.name}"] = _COPIED + path.read_text(encoding="utf-8")
    return dict(sorted((formatted(modules) | others).items()))


def own_package(found: Documents, name: str) -> dict[str, str]:
    """The files of a package for `snowcore`: the models and operations, and a facade where one can be generated."""
    rest = {f"rest/{file}": text for file, text in package(found).items() if not file.startswith("runtime/")}
    modules = facade(parsed(found))
    inner = {file.removeprefix("_generated/"): text for file, text in modules.items() if file.startswith("_generated/")}
    own = {file: text for file, text in inner.items() if file not in ("__init__.py", "places.py")}
    points = [
        f'"{place}.{attribute}" = "{name}.{module}:{collection}"'
        for place, attribute, module, collection in places(parsed(found))
        if f"{module}.py" in own
    ]
    told = "\n".join(["[project.entry-points.'snowcore.resources']", *points, ""])
    texts = {
        file: text.replace("from .runtime import", "from snowflake_rest.runtime import")
        if file.startswith("rest/")
        else re.sub(r"\bsnowflake_rest(?!\.runtime)", f"{name}.rest", text)
        for file, text in (rest | formatted(own)).items()
    }
    return {"__init__.py": FIRST_LINE, "py.typed": "", "entry_points.toml": told, **formatted(texts)} | {
        file: text for file, text in texts.items() if not file.endswith(".py")
    }


def parsed(found: Documents) -> list[ir.Document]:
    """What templates see of documents."""
    return [document for _, document in found]


def api_version(found: Documents) -> str:
    """The version of the API that documents describe."""
    versions = {str(bundled.document["info"].get("version", "")) for bundled, _ in found if bundled.document["paths"]}
    return max(versions, key=lambda version: [int(n) for n in re.findall(r"\d+", version)], default="")


def _version(found: Documents) -> str:
    text = f'\nAPI_VERSION = "{api_version(found)}"\n'
    return f'{text}"""The version of the API that the documents describe."""\n'


def facade_modules(found: Documents) -> dict[str, str]:
    """The generated modules of `snowcore` by their files' names. SpecError if one can't be."""
    return formatted(facade(parsed(found)))


def drop_in_modules(found: Documents, folder: Path, generated: Mapping[str, str]) -> dict[str, str]:
    """The modules of the drop-in by their files' names.

    folder: where `snowcore` is, for the names of what is written by hand. generated: what else is in it.
    """
    return formatted(drop_in(folder, generated, parsed(found)))


def documents(folder: Path) -> Documents:
    """What becomes a module each, of a folder of specifications. SpecError if one is wrong."""
    specs = Specs(folder)
    check(specs)
    return documents_of(specs)


def documents_of(specs: Specs, only: str | None = None) -> Documents:
    """The same, of specifications that keep to the rules; of one file of them, if that is named."""
    found: Documents = []
    problems: list[str] = []
    for file, source in specs.documents.items():
        if not source.get("paths") and not source.get("components", {}).get("schemas"):
            continue  # only brought in by others
        if only not in (None, file):
            continue
        try:
            bundled = bundle(specs, file)
            found.append((bundled, parse(specs, bundled)))
        except SpecError as error:
            problems += error.problems
        except Exception as error:  # the parser's own, of what it was not made for
            told = " ".join(f"{type(error).__name__} {error}".split())
            problems.append(specs.problem(file, "", f"the parser can't take it: {told}"))
    if problems:
        raise SpecError(*problems)
    return found


def formatted(modules: dict[str, str]) -> dict[str, str]:
    """The modules as ruff would have them, imports sorted; one call a step for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in modules.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for step in (("check", "--fix", "--select=I,F401"), ("format",)):
            run = subprocess.run(
                [sys.executable, "-m", "ruff", step[0], *_RUFF, *step[1:], "."],
                capture_output=True,
                text=True,
                cwd=folder,
            )
            if run.returncode:
                raise RuntimeError(f"ruff {step[0]} of the generated modules failed: {run.stdout}{run.stderr}")
        return {name: Path(folder, name).read_text(encoding="utf-8") for name in modules}
