"""What the programs of clients have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


def held(what: str) -> None:
    print(f"  {what}", flush=True)


def equal(got: Any, wanted: Any) -> None:
    assert got == wanted, f"{got!r} is not {wanted!r}"


@contextmanager
def fails(*words: str) -> Iterator[None]:
    """That what is within fails, with a message that has these words."""
    try:
        yield
    except Exception as error:
        assert all(word in str(error) for word in words), f"{error} has not {words}"
    else:
        raise AssertionError(f"nothing failed with {words}")


def wait_until(done: Callable[[], bool], seconds: float = 20) -> None:
    import time

    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.02)
