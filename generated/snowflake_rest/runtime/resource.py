# Copied from codegen/runtime by `make generate`. Do not edit.
"""What a kind of object is to the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import attrs

from .model import Model
from .operation import Operation

_M = TypeVar("_M", bound=Model)


@attrs.frozen(kw_only=True)
class Resource(Generic[_M]):
    """One resource: its place in the API and the operations that most resources share; None where it has none."""

    name: str
    """In the singular, such as `image_repository`."""
    collection: str
    """The path of all of them, with its parents as parameters."""
    model: type[_M]
    list: Callable[..., Operation[list[_M]]] | None = None
    create: Callable[..., Operation[Any]] | None = None
    fetch: Callable[..., Operation[_M]] | None = None
    create_or_alter: Callable[..., Operation[Any]] | None = None
    drop: Callable[..., Operation[Any]] | None = None
    undrop: Callable[..., Operation[Any]] | None = None
    rename: Callable[..., Operation[Any]] | None = None
    suspend_recluster: Callable[..., Operation[Any]] | None = None
    resume_recluster: Callable[..., Operation[Any]] | None = None
    set_tags: Callable[..., Operation[Any]] | None = None
    unset_tags: Callable[..., Operation[Any]] | None = None
    get_tags: Callable[..., Operation[Any]] | None = None
