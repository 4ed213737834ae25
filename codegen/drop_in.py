"""The drop-in for Snowflake's SDK: what is in `snowcore`, once more under the names of `snowflake.core`.

Its modules hold no logic, only the same objects. They lie in `snowflake-stubs/core`, where type checkers look before
they look in `snowflake/core`; `src/snowflake/core.py` leads the interpreter there. So one set of files serves both, and
none lies where a file of Snowflake's own distribution would.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from . import ir
from .facade import find_module
from .render import TEMPLATES

FOLDER = "snowflake-stubs/core"
_NAMES_OF_OURS = ("LocalAccount", "wait_for", "wait_for_async")
_ONLY_OURS = ("cli", "commands", "console", "engine", "local", "pictures", "plan", "testing", "transport", "waiting")
"""The names and rooms of `snowcore` that Snowflake's SDK has nothing like."""
_IDENTIFIERS = ("CanonicalName", "Identifier", "IdentifierLike", "IdentifierString", "QualifiedIdentifier")
_POINTS = ("PointOfTime", "PointOfTimeOffset", "PointOfTimeStatement", "PointOfTimeTimestamp")
_COMMON = {"snowcore": ("Clone", "CreateMode", "DeleteMode", *_POINTS), "snowcore._auth": ("TokenType",)}
_PRIVATE = {
    "_common": _COMMON,
    "_common.models": _COMMON,
    "_identifiers": {"snowcore": ("FQN", *_IDENTIFIERS)},
    "_internal": {},
    "_internal.root_configuration": {"snowcore._configuration": ("RootConfiguration",)},
    "_internal.snowapi_parameters": {"snowcore._configuration": ("SnowApiParameter", "SnowApiParameters")},
    "_logging": {"snowcore": ("simple_file_logging",)},
    "_operation": {"snowcore": ("PollingOperation",)},
    "_rest_connection": {"snowcore._rest_connection": ("RESTConnection", "RESTRoot")},
    "_root": {"snowcore": ("Root",)},
}
"""Private modules beside the resources' from which programs import all the same: where each name of theirs is."""
_PARTS = {"grant": ("grant", "grantee", "grants", "privileges", "securables")}
"""Resources that have several private modules. Every other has one of its own name: `task._task`."""


def render_drop_in(facade: Path, generated: Mapping[str, str], documents: Iterable[ir.Document]) -> dict[str, str]:
    """The modules of the drop-in by their files' names, not yet formatted.

    facade: the folder of `snowcore`, for what is written by hand. generated: what stands beside that, by file name.
    documents: whose models those of the resources are.
    """
    texts = {path.relative_to(facade).as_posix(): path.read_text(encoding="utf-8") for path in facade.rglob("*.py")}
    by_hand = {file: text for file, text in texts.items() if not text.startswith("# Generated")}
    public = {
        name: tuple(_find_exported(text))
        for file, text in (by_hand | dict(generated)).items()
        if (name := file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")) != "__init__"
        and name.partition(".")[0] not in _ONLY_OURS
        and "._" not in f".{name}"
    }
    found = {_file(name): _module({f"snowcore.{name}": names}) for name, names in public.items()}
    for name, names in public.items():
        resource = name.rpartition(".")[2]
        if any(each.endswith(("Resource", "Service", "Session")) for each in names) or resource in _PARTS:
            for part in _PARTS.get(resource, (resource,)):
                found[_file(f"{name}._{part}")] = _module({f"snowcore.{name}": names})
    found |= {_file(name): _module(sources) for name, sources in _PRIVATE.items()}
    found |= _models(public, {document.module: document for document in documents})
    if "__init__.py" in by_hand:
        names = tuple(name for name in _find_exported(by_hand["__init__.py"]) if name not in _NAMES_OF_OURS)
        found["__init__.pyi"] = _module({"snowcore": names})
    return found


def _models(public: Mapping[str, Collection[str]], documents: Mapping[str, ir.Document]) -> dict[str, str]:
    """The packages `_generated` and `_generated.models` of the resources. A model that is public is that one."""
    found = {"_models.py": TEMPLATES.get_template("drop_in_offer.py.jinja").render()}
    common = {model.name for model in documents["common"].models} if "common" in documents else set[str]()
    for name, document in documents.items():
        spaced = find_module(document)
        module = next((each for each in (name, spaced, f"{spaced}_service") if each in public), None)
        if module is None:
            continue
        own, exported = {model.name for model in document.models}, set(public[module])
        sources = {
            f"snowcore.{module}": sorted((own | common) & exported),
            f"snowflake_rest.{name}": sorted(own - exported),
            "snowflake_rest.common": sorted(common - own - exported),
        }
        up = "." * (module.count(".") + 4)
        found[_file(f"{module}._generated")] = TEMPLATES.get_template("drop_in_generated.py.jinja").render(
            module=module
        )
        found[_file(f"{module}._generated.models")] = _module(sources, offer=f"{up}_models")
    return found


def _file(module: str) -> str:
    return f"{module.replace('.', '/')}/__init__.py"


def _module(sources: Mapping[str, Sequence[str]], **offer: str) -> str:
    doc = '"""What is in `snowcore`, under the name that it has in Snowflake\'s SDK."""'
    origin = "specs and from src/snowcore"
    return TEMPLATES.get_template("public.py.jinja").render(origin=origin, doc=doc, sources=sources, **offer)


def _find_exported(text: str) -> Iterator[str]:
    """What a module lists in `__all__`."""
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and [ast.unparse(target) for target in statement.targets] == ["__all__"]:
            yield from ast.literal_eval(statement.value)
