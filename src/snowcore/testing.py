"""Tests for programs that use Snowflake's API: do their requests, and the answers, keep to its specifications?

    with contract(root):
        deploy(root)

For pytest there is a fixture, `snowcore_contract`. See docs/testing.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar, cast

from ._contract import Book, Held, HeldStreaming, Violation
from ._transport import Transport

if TYPE_CHECKING:
    from ._client import Client
    from ._root import Root

__all__ = ["Contract", "ContractError", "Violation", "contract"]

T = TypeVar("T", bound=Transport)


class ContractError(AssertionError):
    """Requests or answers were not as the specifications have them. `violations` says which."""

    def __init__(self, violations: list[Violation], count: int) -> None:
        super().__init__("\n".join([f"{count} violations of the API's specifications", *map(str, violations[:20])]))
        self.violations = violations


@contextmanager
def contract(
    target: Root | Client, *, raises: bool = True, strict: bool = False, packages: tuple[str, ...] = ()
) -> Generator[Contract, None, None]:
    """Hold all that a root or client sends and is answered inside the block against the specifications.

    raises: whether ContractError tells of violations when the block ends; else they are only counted and kept. If the
    block itself fails, they are added to its error as a note. strict: whether fields that are not declared are
    violations in answers too. packages: generated packages whose operations are called, where no entry point mounts
    them.

    Background calls count if they were waited for inside the block. Whatever is made of the root inside the block, as
    by `with_context`, is held too. Nothing is sent that would not be sent anyway.
    """
    client = cast("Client", getattr(target, "client", target))
    held, transport = Contract(strict=strict, packages=packages), client.transport
    client.transport = held.wrap(transport)
    try:
        yield held
    except BaseException as error:
        if held.count:
            error.add_note(str(ContractError(held.violations, held.count)))
        raise
    finally:
        client.transport = transport
    if raises:
        held.check()


class Contract:
    """What was found so far. Threads and event loops may share one.

    strict, packages: as of `contract`.
    """

    def __init__(self, *, strict: bool = False, packages: tuple[str, ...] = ()) -> None:
        self._book = Book(strict, packages)

    @property
    def calls(self) -> Counter[str]:
        """How often each operation was called, as `task.fetchTask`."""
        return self._book.look().calls

    @property
    def count(self) -> int:
        """How many violations there were."""
        return self._book.look().count

    @property
    def violations(self) -> list[Violation]:
        """The first thousand of them."""
        return self._book.look().violations

    @property
    def notes(self) -> list[Violation]:
        """What a newer server may answer, fields and variants that are not declared: the first thousand."""
        return self._book.look().notes

    def wrap(self, transport: T) -> T:
        """A transport that does the same, and all that it carries is held."""
        held = HeldStreaming if hasattr(transport, "stream") else Held
        return cast("T", held(transport, self._book))

    def check(self) -> None:
        """ContractError if anything was violated."""
        if self.count:
            raise ContractError(self.violations, self.count)
