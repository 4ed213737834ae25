"""The fixture for pytest. pytest finds it by its entry point, and loads nothing else before a test asks for it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from ._client import Client
    from ._root import Root
    from .testing import Contract


class Holds(Protocol):
    """What the fixture gives: `snowcore_contract(root)`, with the arguments of `snowcore.testing.contract`."""

    def __call__(self, target: Root | Client, **options: Any) -> Contract: ...


@pytest.fixture
def snowcore_contract() -> Generator[Holds, None, None]:
    """Hold what a root or client sends, until the end of the test, against the specifications of Snowflake's API."""
    with ExitStack() as blocks:

        def hold(target: Root | Client, **options: Any) -> Contract:
            from .testing import contract

            return blocks.enter_context(contract(target, **options))

        yield hold
