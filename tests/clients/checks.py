"""What the programs of clients have in common."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_SIGNS = (r"\b\d{6} \(\w{5}\)", r"^\W*[\w.]*(Error|Exception):", r"(?i)\berror\b")


@contextmanager
def check(what: str) -> Iterator[None]:
    """One thing that a client must do, as a line: passed, or failed and why. The program goes on after a failure."""
    try:
        yield
    except Exception as error:
        print(f"failed: {what} | {reason(str(error)) or type(error).__name__}", flush=True)
        print(*traceback.format_exception(error), file=sys.stderr, flush=True)
    else:
        print(f"passed: {what}", flush=True)


def reason(text: str) -> str:
    """The line of an error's text that says most: that with Snowflake's number, of an error, or the first."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    found = (n for sign in _SIGNS for n, line in enumerate(lines) if re.search(sign, line))
    first = next(found, 0)
    return " ".join(lines[first : first + 2])[:300]


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
