"""Work that need not wait for one another."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any, Generic, TypeVar

import attrs

from snowflake_rest.runtime import Steps

from ._client import Client
from .exceptions import SnowflakePythonError

T = TypeVar("T")


@attrs.frozen
class Together(Generic[T]):
    """A step of several, carried out at the same time. Its result is the result of each, in their order.

    None of them stops the others: where one fails, its error stands in the place of its result.
    """

    steps: Sequence[Steps[T]]
    in_flight: int = 16
    """At most so many at a time."""

    def __iter__(self) -> Generator[Any, Any, list[T | SnowflakePythonError]]:
        return (yield self)

    def run(self, client: Client) -> list[T | SnowflakePythonError]:
        background = client.start(self)
        try:
            return background.result()
        except BaseException:
            background.cancel()  # such as Ctrl-C: what was not sent yet never is
            raise

    async def run_async(self, client: Client) -> list[T | SnowflakePythonError]:
        import asyncio

        gate = asyncio.Semaphore(self.in_flight)

        async def one(steps: Steps[T]) -> T | SnowflakePythonError:
            async with gate:
                try:
                    return await client.start(steps)
                except SnowflakePythonError as error:
                    return error

        return await asyncio.gather(*map(one, self.steps))
