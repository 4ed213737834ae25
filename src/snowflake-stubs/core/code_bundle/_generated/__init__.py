# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""The models of `snowcore.code_bundle`, under the names that they have in Snowflake's SDK."""

from typing import Any

from . import models
from .models import *  # noqa: F403


def __getattr__(name: str) -> Any:
    return getattr(models, name)
