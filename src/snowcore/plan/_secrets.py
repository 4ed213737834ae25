"""Placeholders: `${env:NAME}` in a declaration is the environment's value, put in when an object is sent.

Plans, reports and errors show the placeholder. `$${env:NAME}` is that text itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import yaml

from .._schemas import Schema
from ._kinds import Address, Kind

_PLACEHOLDER = re.compile(r"(\$?)\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}")


def has_placeholder(value: object) -> bool:
    """Whether any text in a value waits for the environment."""
    return any(True for _ in find_variables(value))


def find_variables(value: object) -> Iterator[str]:
    """The variables of the environment that a value needs."""
    if isinstance(value, str):
        yield from (found[2] for found in _PLACEHOLDER.finditer(value) if not found[1])
    elif isinstance(value, Mapping):
        for part in cast("Mapping[str, object]", value).values():
            yield from find_variables(part)
    elif isinstance(value, list):
        for part in cast("list[object]", value):
            yield from find_variables(part)


def fill(kind: Kind, schema: Schema, value: Any) -> Any:
    """A value with its placeholders filled. KeyError for a variable that is not set."""
    told = kind.schemas.resolve(schema)
    if isinstance(value, str):
        text = _PLACEHOLDER.sub(lambda found: found[0][1:] if found[1] else os.environ[found[2]], value)
        alone = _PLACEHOLDER.fullmatch(value)
        # a whole value that is no text, such as a number or the specification of a service, is YAML
        return yaml.safe_load(text) if alone and not alone[1] and told.get("type", "string") != "string" else text
    if isinstance(value, list):
        return [fill(kind, told.get("items", {}), one) for one in cast("list[Any]", value)]
    if isinstance(value, Mapping):
        given = cast("Mapping[str, Any]", value)
        known = kind.find_properties(told, given)
        return {name: fill(kind, known.get(name, {}), part) for name, part in given.items()}
    return value


def escape(value: Any) -> Any:
    """A value of an account as a declaration has it, in which nothing is taken for a placeholder."""
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda found: f"${found[0]}", value)
    if isinstance(value, list):
        return [escape(one) for one in cast("list[Any]", value)]
    if isinstance(value, Mapping):
        return {name: escape(part) for name, part in cast("Mapping[str, Any]", value).items()}
    return value


def conceal(text: str, variables: set[str]) -> str:
    """A text of the server without the values of these variables."""
    for name in sorted(variables, key=lambda name: -len(os.environ.get(name, ""))):
        if value := os.environ.get(name):
            text = text.replace(value, f"${{env:{name}}}")
    return text


def name_variable(address: Address, field: str) -> str:
    """A placeholder for a secret that an account doesn't show."""
    words = re.sub(r"[^A-Z0-9]+", "_", f"{address.kind.name}_{address.qualified}_{field}".upper()).strip("_")
    return f"${{env:SNOWCORE_{words}}}"
