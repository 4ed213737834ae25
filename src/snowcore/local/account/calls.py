"""What is asked of the account, by whom, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from .account import Session


Secondary = bool | frozenset[str]
"""Which other roles of a user count beside the primary one: all, none or some."""


@attrs.frozen
class Context:
    """Who asks, and where: what a session knows of itself. Names are canonical."""

    database: str | None = None
    schema: str | None = None
    warehouse: str | None = None
    role: str = "ACCOUNTADMIN"
    user: str = "SNOWCORE"
    secondary: Secondary = False
    fixed: bool = False
    """Whether the role can't be changed: that of the owner of what runs, such as a task."""
    restricted: bool = False
    """Whether a token lets its user have this role alone."""
    session: Session | None = attrs.field(default=None, eq=False)
    """That of the driver whose token a request of REST has."""
    scope: str | None = None
    """The only document of REST whose operations who asks may do; None for all."""
    beyond: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    """What SQL declares of an object and the documents of REST don't know, by its words in capitals."""


@attrs.frozen
class Call:
    """One operation that was asked for. Names in the path and the body are as the user wrote them."""

    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Any
    context: Context


@attrs.frozen(eq=False)
class Events:
    """An answer that comes in pieces: server-sent events."""

    pieces: Iterator[bytes]
