"""The drop-in for Snowflake's SDK: what is public in `snowcore`, once more under the names of `snowflake.core`.

Its modules hold no logic. They lie in a folder of ours, to which `snowflake/core.py` leads.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from .render import TEMPLATES

FOLDER = "_generated/snowflake_core"
_ONLY_OURS = ("cli", "local", "transport")
"""The rooms of `snowcore` that Snowflake's SDK has nothing like."""
_PRIVATE = {
    "_common": ("snowcore", ("Clone", "CreateMode", "DeleteMode", "PointOfTime", "PointOfTimeOffset", "TokenType")),
    "_identifiers": (
        "snowcore",
        ("FQN", "CanonicalName", "Identifier", "IdentifierLike", "IdentifierString", "QualifiedIdentifier"),
    ),
    "_internal": ("snowcore", ()),
    "_internal.root_configuration": ("snowcore._configuration", ("RootConfiguration",)),
    "_internal.snowapi_parameters": ("snowcore._configuration", ("SnowApiParameter", "SnowApiParameters")),
}
"""Private modules that programs import from all the same: where their names are, and which."""


def drop_in(facade: Path, generated: Mapping[str, str]) -> dict[str, str]:
    """The modules of the drop-in by their files' names, not yet formatted.

    facade: the folder of `snowcore`, for what is written by hand. generated: what stands beside that, by file name.
    """
    texts = {path.relative_to(facade).as_posix(): path.read_text(encoding="utf-8") for path in facade.rglob("*.py")}
    by_hand = {file: text for file, text in texts.items() if not text.startswith("# Generated")}
    modules: dict[str, str] = {}
    for file, text in sorted((by_hand | dict(generated)).items()):
        parts = tuple(part for part in file.removesuffix(".py").split("/") if part != "__init__")
        if not parts or parts[0] in _ONLY_OURS or any(part.startswith("_") for part in parts):
            continue
        modules[".".join(parts)] = _module(f"snowcore.{'.'.join(parts)}", tuple(_exported(text)))
    modules |= {name: _module(source, names) for name, (source, names) in _PRIVATE.items()}
    return {f"{FOLDER}/{name.replace('.', '/')}/__init__.py": text for name, text in modules.items()}


def _module(source: str, names: tuple[str, ...]) -> str:
    return TEMPLATES.get_template("drop_in.py.jinja").render(source=source, names=names)


def _exported(text: str) -> Iterator[str]:
    """What a module lists in `__all__`."""
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and [ast.unparse(target) for target in statement.targets] == ["__all__"]:
            yield from ast.literal_eval(statement.value)
