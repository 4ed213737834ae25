"""Where an answer says to look next: the headers `Link` and `Location`."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

from ._transport import default_port
from .exceptions import InvalidResponseError

_VALUE = r'(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))'
_PARAMETER = re.compile(rf"\s*;\s*(?:([^\s;,=\"]+)(?:\s*=\s*{_VALUE})?)?")
_TARGET = re.compile(r"[\s,]*<([^>]*)>")
_END = re.compile(r"\s*(?:,|$)")
IN_PROCESS = "http://in.process"
"""The base of references where there is no network."""


def parse_links(header: str) -> dict[str, str]:
    """The references of a `Link` by their relation, in lower case; the first of each counts.

    InvalidResponseError for what is no `Link`, as a list would end early if it were passed over.
    """
    links: dict[str, str] = {}
    at, header = 0, header.strip(" \t,")
    while at < len(header):
        target = _TARGET.match(header, at)
        relations: str | None = None
        if target is not None:
            at = target.end()
            while parameter := _PARAMETER.match(header, at):
                at = parameter.end()
                if relations is None and parameter[1] and parameter[1].lower() == "rel":
                    relations = parameter[2] if parameter[2] is not None else parameter[3]
        end = _END.match(header, at)
        if target is None or end is None or not relations:
            raise InvalidResponseError(f"a Link that can't be understood: {header[:200]!r}")
        for relation in relations.lower().strip("'").split():
            links.setdefault(relation, target[1])
        at = end.end()
    return links


def find_path(reference: str, url: str) -> str | None:
    """The path and query that a reference means, None if that is on another host.

    url: where the answer that holds the reference came from.
    """
    base = urlsplit(url)
    try:
        parts = urlsplit(urljoin(url, reference.strip()))
        there = (parts.scheme, parts.hostname, parts.port or default_port(parts.scheme), parts.username)
    except ValueError:
        return None
    if there != (base.scheme, base.hostname, base.port or default_port(base.scheme), None):
        return None
    path = f"/{parts.path.removeprefix('/')}" + (f"?{parts.query}" if parts.query else "")
    return quote(path, safe="!#$%&'()*+,/:;=?@[]~")
