"""Placeholders: `${env:NAME}` in a declaration is the environment's value, put in when an object is sent.

Plans, reports and errors show the placeholder. `$${env:NAME}` is that text itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import orjson
import yaml

from .._schemas import Schema
from ._kinds import Address, Kind

_PLACEHOLDER = re.compile(r"(\$?)\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}")


def find_variables(value: object) -> list[str]:
    """The variables of the environment that a value needs: in JSON, any text in it looks as it does alone."""
    return [found[2] for found in _PLACEHOLDER.finditer(orjson.dumps(value, default=str).decode()) if not found[1]]


def find_missing(value: object) -> str:
    """The first variable that a value needs and the environment lacks; empty if there is none."""
    return next((name for name in find_variables(value) if name not in os.environ), "")


def fill(kind: Kind, body: Mapping[str, Any]) -> dict[str, Any]:
    """An object with its placeholders filled. Those for which the environment has no value stay."""
    return kind.transform(kind.body, body, _fill)


def _fill(at: str, told: Schema, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = _PLACEHOLDER.sub(lambda found: found[0][1:] if found[1] else os.environ.get(found[2], found[0]), value)
    alone = _PLACEHOLDER.fullmatch(value)
    if alone and not alone[1] and "string" not in told.get("type", "string"):
        # A whole value that is no text, such as a number or the specification of a service, is YAML. An error of YAML
        # would quote the value, which stays a text and is refused as such.
        with suppress(yaml.YAMLError):
            return yaml.safe_load(text)
    return text


def escape(kind: Kind, value: Any) -> Any:
    """A value of an account as a declaration has it, in which nothing is taken for a placeholder."""

    def escape_text(at: str, told: Schema, part: Any) -> Any:
        return _PLACEHOLDER.sub(lambda found: f"${found[0]}", part) if isinstance(part, str) else part

    return kind.transform({}, value, escape_text)


def conceal(text: str, variables: Iterable[str]) -> str:
    """A text of the server without the values of these variables."""
    for name in sorted(variables, key=lambda name: -len(os.environ.get(name, ""))):
        if value := os.environ.get(name):
            text = text.replace(value, f"${{env:{name}}}")
    return text


def name_variable(address: Address, field: str) -> str:
    """A placeholder for a secret that an account doesn't show."""
    words = re.sub(r"[^A-Z0-9]+", "_", f"{address.kind.name}_{address.qualified}_{field}".upper()).strip("_")
    return f"${{env:SNOWCORE_{words}}}"
