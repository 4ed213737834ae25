"""Services: what an account does, rather than what it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._client import Client
    from ._root import Root


class Service:
    """What the account does, rather than what it has. Nothing is sent until a method is called."""

    attribute = ""
    """The root's attribute that it stands under."""

    def __init__(self, root: Root) -> None:
        """root: the Root of the account."""
        self._root = root

    @property
    def root(self) -> Root:
        """The root of the tree."""
        return self._root

    @property
    def client(self) -> Client:
        """What sends requests."""
        return self._root.client

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"
