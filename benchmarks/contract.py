"""What a contract costs: fetches that are held against the specifications, against fetches that are not.

usage: python benchmarks/contract.py [BATCHES]

Both take turns, 25 fetches each, in one process, against the server of the other benchmarks; the ratios are of the
time of all batches but the first. Once all answers are the same, as while a program waits for something, and
once each is another.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import attrs
from measure import session
from run import server

from snowcore import Root
from snowcore.testing import contract
from snowcore.transport import Request, Response, Timeout

BATCH = 25


class Different:
    """Answers of which no two are the same."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.number = inner, 0

    def send(self, request: Request, timeout: Timeout) -> Response:
        self.number += 1
        response = self.inner.send(request, timeout)
        return attrs.evolve(response, content=response.content.replace(b"T000000", b"T%06d" % self.number))


def cost(port: int, different: bool, batches: int) -> float:
    roots = [Root(session(port)), Root(session(port))]
    for root in roots if different else ():
        root.client.transport = Different(root.client.transport)  # type: ignore[assignment]
    plain, held = (root.databases["DB"].schemas["SC"].tasks["t"].fetch for root in roots)
    with contract(roots[1]):
        pairs = [(batch(plain), batch(held)) for _ in range(batches)]
    plain_time, held_time = map(sum, zip(*pairs[batches // 10 :]))
    return held_time / plain_time


def batch(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    for _ in range(BATCH):
        call()
    return time.perf_counter() - started


if __name__ == "__main__":
    with server([]) as port:
        for name, different in (("the same answer", False), ("another answer each time", True)):
            ratio = cost(port, different, int(sys.argv[1]) if sys.argv[1:] else 400)
            print(f"{name}: a fetch that is held costs {ratio:.3f} of one that is not")
