"""What a page shows: a title, and parts that are tables, records, texts or pictures; and how results become texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import attrs

from .._statements import read_moment
from . import PATH


@attrs.define
class Failure(Exception):
    """What was asked for can't be had: a sentence, and the HTTP status of a page that says so."""

    status: int
    message: str
    code: str = ""


@attrs.frozen
class Link:
    text: str
    url: str
    inner: Sequence[Link] = ()
    """What is below it in a tree."""


@attrs.frozen
class State:
    """Such as FAILED, which has a colour."""

    name: str


Cell = str | Link | State | None


@attrs.frozen
class Table:
    """A result, or the first rows of one."""

    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numeric: Sequence[str] = ()
    total: int = 0
    """How many rows the whole result has, if these aren't all."""

    @property
    def records(self) -> list[dict[str, Any]]:
        return [dict(zip(self.titles, row)) for row in self.rows]

    def listed(self, first: str = "name", link: Callable[[Any], str] | None = None) -> Table:
        """As a list of things: first what leads to the page of each, then the columns that say something."""
        said = [title for at, title in enumerate(self.titles) if any(row[at] not in (None, "") for row in self.rows)]
        titles = sorted(said, key=lambda title: (title != first, title == "created_on"))
        rows: list[list[Cell]] = []
        for one in self.records:
            cells = [State(one[t]) if one[t] and t.lower().endswith(("state", "status")) else one[t] for t in titles]
            rows.append([Link(one[first], link(one)), *cells[1:]] if link else cells)
        return Table(titles, rows, self.numeric, self.total)

    def csv(self) -> str:
        """In lines (RFC 4180). A NULL is nothing, an empty text is `""`, so that the two differ."""
        return "".join(",".join(map(_quoted, row)) + "\r\n" for row in (self.titles, *self.rows))


Part = tuple[str, Any]
"""A heading, and what stands below: a Table, a mapping, Links, a text, a Failure, or the Markup of a picture."""


@attrs.frozen(kw_only=True)
class Page:
    title: str
    what: str = ""
    """What it is whose name the title is."""
    crumbs: Sequence[Link] = ()
    actions: Sequence[Link] = ()
    parts: Sequence[Part] = ()
    tree: Sequence[Link] = ()
    checks: Mapping[str, str] | None = None
    """What a search can be told by ticks; None where nothing is looked for."""
    status: str = ""
    live: bool = False
    """Whether it changes by itself."""
    template: str = "page.html"
    more: Mapping[str, Any] = {}
    """What the template shows beside."""


def url(place: str, **query: Any) -> str:
    """A page's address, with names in it, whatever they are."""
    return f"{PATH}/{place}" + (f"?{urlencode(query, doseq=True)}" if query else "")


def told(described: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[str | None]], most: int | None) -> Table:
    """What a driver or the SQL API was told, up to so many rows. described: the columns."""
    texts = [_text_of(facts["type"], facts.get("scale") or 0) for facts in described]
    shown = [[None if cell is None else text(cell) for text, cell in zip(texts, row)] for row in rows[:most]]
    numeric = [facts["name"] for facts in described if facts["type"] in ("fixed", "real", "decfloat")]
    return Table([facts["name"] for facts in described], shown, numeric, len(rows))


def _text_of(kind: str, scale: int) -> Callable[[str], str]:
    """How Snowflake would write a value of a type."""
    if kind == "boolean":
        return lambda cell: "TRUE" if cell in ("1", "true") else "FALSE"
    if kind == "date":
        return lambda cell: (date(1970, 1, 1) + timedelta(days=int(cell))).isoformat()
    return (lambda cell: _moment(cell, scale, kind)) if kind.startswith("time") else str


def _moment(cell: str, scale: int, kind: str) -> str:
    at, nanoseconds = read_moment(cell)
    decimals = f".{nanoseconds:09d}".rstrip("0").ljust(min(scale, 3) + 1, "0") if scale else ""
    text = f"{at.isoformat(' ')[:19]}{decimals}"
    return text[11:] if kind == "time" else text if kind == "timestamp_ntz" else f"{text} {at:%z}"


def _quoted(cell: Cell) -> str:
    return "" if cell is None else '"' + str(cell).replace('"', '""') + '"'
