"""The generated packages, as the texts of their files. What is Python in them is still to be formatted."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import ir
from .bundle import bundle
from .facade import find_places, render_facade
from .parse import parse
from .render import TEMPLATES, render
from .rules import check
from .spec import SpecError, Specs

RUNTIME = Path(__file__).parent / "runtime"
FIRST_LINE = "# Generated from specs by `make generate`. Do not edit.\n"
_INIT = (
    FIRST_LINE
    + '''"""Snowflake's REST API as models and operations: values, without I/O. A module a resource."""

API_VERSION = "{}"
"""The version of the API that the documents describe."""
'''
)
_COPIED = "# Copied from codegen/runtime by `make generate`. Do not edit.\n"
_RUFF = (
    "--isolated",
    "--no-cache",
    "--quiet",
    "--config=line-length = 120",
    '--config=target-version = "py311"',
    '--config=lint.isort.known-first-party = ["snowcore", "snowflake_rest"]',
)


def render_package(documents: Sequence[ir.Document]) -> dict[str, str]:
    """Every file of the package by its path."""
    models = ir.find_models(documents)
    files = {"__init__.py": _INIT.format(find_api_version(documents)), "py.typed": ""}
    for document in documents:
        files[f"{document.module}.py"] = render(document, models)
        if document.operations:
            files[f"openapi/{document.file.removesuffix('.yaml')}.json"] = document.openapi
    return files | _copy_runtime()


def _copy_runtime() -> dict[str, str]:
    """The modules that every generated one stands on, and one that offers the public names of all of them."""
    files: dict[str, str] = {}
    offered: dict[str, list[str]] = {}
    for path in sorted(RUNTIME.glob("[!_]*.py")):
        files[f"runtime/{path.name}"] = _COPIED + path.read_text(encoding="utf-8")
        module = importlib.import_module(f"{__package__}.runtime.{path.stem}")
        own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
        offered[f".{path.stem}"] = sorted(name for name in own if not name.startswith("_"))
    doc = '"""What every generated module stands on: models, the kinds of their values, and operations."""'
    offer = TEMPLATES.get_template("public.py.jinja").render(origin="codegen/runtime", doc=doc, sources=offered)
    return files | {"runtime/__init__.py": offer}


def render_own_package(documents: Sequence[ir.Document], name: str) -> dict[str, str]:
    """The files of a package for `snowcore`: the models and operations, and a facade where one can be generated."""
    files = {"__init__.py": FIRST_LINE, "py.typed": ""}
    for file, text in render_package(documents).items():
        if not file.startswith("runtime/"):
            files[f"rest/{file}"] = text.replace("from .runtime import", "from snowflake_rest.runtime import")
    for file, text in render_facade(documents).items():
        inner = file.removeprefix("_generated/")
        if inner != file and inner not in ("__init__.py", "places.py"):
            files[inner] = re.sub(r"\bsnowflake_rest(?!\.runtime)", f"{name}.rest", text)
    points = [
        f'"{place}.{attribute}" = "{name}.{module}:{collection}"'
        for place, attribute, module, collection in find_places(documents)
        if f"{module}.py" in files
    ]
    files["entry_points.toml"] = "\n".join(["[project.entry-points.'snowcore.resources']", *points, ""])
    return files


def find_api_version(documents: Sequence[ir.Document]) -> str:
    """The version of the API that documents describe."""
    versions = {document.version for document in documents if document.operations}
    return max(versions, key=lambda version: [int(n) for n in re.findall(r"\d+", version)], default="")


def read_documents(folder: Path) -> list[ir.Document]:
    """What becomes a module each, of a folder of specifications. SpecError if one is wrong."""
    specs = Specs(folder)
    check(specs)
    return parse_documents(specs)


def parse_documents(specs: Specs, only: str | None = None) -> list[ir.Document]:
    """The same, of specifications that keep to the rules; of one file of them, if that is named."""
    documents: list[ir.Document] = []
    problems: list[str] = []
    for file, source in specs.documents.items():
        if not source.get("paths") and not source.get("components", {}).get("schemas"):
            continue  # only brought in by others
        if only not in (None, file):
            continue
        try:
            documents.append(parse(specs, bundle(specs, file)))
        except SpecError as error:
            problems += error.problems
        except Exception as error:  # the parser's own, of what it was not made for
            said = " ".join(f"{type(error).__name__} {error}".split())
            problems.append(specs.problem(file, "", f"the parser can't take it: {said}"))
    if problems:
        raise SpecError(*problems)
    return documents


def format_modules(files: dict[str, str]) -> dict[str, str]:
    """Files with their Python as ruff would have it, imports sorted; one call a step for all of them."""
    modules = [name for name in files if name.endswith((".py", ".pyi"))]
    with tempfile.TemporaryDirectory() as folder:
        for name in modules:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[name], encoding="utf-8")
        for step in (("check", "--fix", "--select=I,F401"), ("format",)):
            run = subprocess.run(
                [sys.executable, "-m", "ruff", step[0], *_RUFF, *step[1:], "."],
                capture_output=True,
                text=True,
                cwd=folder,
            )
            if run.returncode:
                raise RuntimeError(f"ruff {step[0]} of the generated modules failed: {run.stdout}{run.stderr}")
        return files | {name: Path(folder, name).read_text(encoding="utf-8") for name in modules}
