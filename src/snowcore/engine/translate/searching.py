"""SEARCH and SEARCH_IP: words and addresses in texts and variants."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

import attrs
from sqlglot import exp

from ..errors import compilation
from ..types import BOOLEAN
from . import variants
from .aggregates import expanded
from .casts import to_variant
from .core import Call, Value, function, quote
from .runtime import python

_ANALYZERS = ("DEFAULT_ANALYZER", "UNICODE_ANALYZER", "NO_OP_ANALYZER")
_MODES = ("OR", "AND", "PHRASE", "EXACT")
_BREAKS = re.compile(r"[\s!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]+")


def _data(c: Call) -> str:
    """SQL of the list of what is searched: of one column, of several in parentheses, or of `*`."""
    nodes: Sequence[exp.Expr] = c.nodes[:-1]
    while len(nodes) == 1 and isinstance(nodes[0], (exp.Paren, exp.Tuple)):
        nodes = nodes[0].expressions or [nodes[0].this]
    found = expanded(attrs.evolve(c, nodes=nodes, values={}))
    values = [v for v in found if v.type.is_text or v.type.is_semistructured]
    if not values:
        raise compilation("001173", "Expected non-empty set of columns supporting full-text search.", "22023")
    return f"CAST([{', '.join(to_variant(c.t, v).sql for v in values)}] AS VARCHAR[])"


def _option(c: Call, name: str, allowed: tuple[str, ...]) -> str:
    node = c.named.get(name)
    if node is None:
        return allowed[0]
    word = str(c.t.value(node).literal).upper()
    if word not in allowed:
        raise compilation("001023", f"invalid value [{word}] for parameter '{name}'", "22023")
    return word


def _wanted(c: Call) -> str:
    wanted = c[len(c) - 1].literal
    if c[len(c) - 1].is_literal and not isinstance(wanted, str):
        raise compilation("001045", f"argument needs to be a string: '{len(c) - 1}'", "22023")
    if not isinstance(wanted, str):
        raise compilation("001015", f"argument {len(c)} to function {c.name} needs to be constant", "42601")
    return wanted


@function("SEARCH", args=(2, None), options="ANALYZER SEARCH_MODE")
def _search(c: Call) -> Value:
    analyzer, mode = _option(c, "ANALYZER", _ANALYZERS), _option(c, "SEARCH_MODE", _MODES)
    return Value(f"sf_searched({_data(c)}, {quote(_wanted(c))}, '{analyzer}', '{mode}')", BOOLEAN)


def _words(text: str, analyzer: str) -> list[str]:
    if analyzer == "NO_OP_ANALYZER":
        return [text]
    words = _BREAKS.split(text.lower()) if analyzer == "DEFAULT_ANALYZER" else re.findall(r"\w+", text.lower())
    return [word for word in words if word]


def _texts(value: object) -> list[str]:
    """All texts in a variant."""
    if isinstance(value, dict):
        members: list[object] = list(value.values())  # pyright: ignore[reportUnknownArgumentType]
        return [text for member in members for text in _texts(member)]
    if isinstance(value, list):
        members = list(value)  # pyright: ignore[reportUnknownArgumentType]
        return [text for member in members for text in _texts(member)]
    shown = variants.as_text(value)
    return [] if shown is None else [shown]


@python("VARCHAR[] VARCHAR VARCHAR VARCHAR", "BOOLEAN")
def _searched(data: list[str | None], wanted: str, analyzer: str, mode: str) -> bool:
    words = _words(wanted, analyzer)
    texts = [text for value in data if value is not None for text in _texts(variants.load(value))]
    if not words:
        return False
    if mode == "EXACT":
        return any(wanted in text for text in texts)
    if mode == "PHRASE":
        size = len(words)
        found = [_words(text, analyzer) for text in texts]
        return any(have[i : i + size] == words for have in found for i in range(len(have) - size + 1))
    known = {word for text in texts for word in _words(text, analyzer)}
    return all(word in known for word in words) if mode == "AND" else any(word in known for word in words)


_ADDRESS = re.compile(r"[0-9A-Fa-f:.]+(?:/\d{1,3})?")


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(re.sub(r"(?<![\w:.])0+(?=\d)|(?<=\.)0+(?=\d)", "", text), strict=False)
    except ValueError:
        return None


@function("SEARCH_IP", args=(2, None))
def _search_ip(c: Call) -> Value:
    wanted = _wanted(c)
    if _network(wanted) is None:
        said = f"invalid argument for function [{c.name}] unexpected argument [{wanted}] at position 1"
        raise compilation("000937", said, "22023")
    return Value(f"sf_searched_address({_data(c)}, {quote(wanted)})", BOOLEAN)


@python("VARCHAR[] VARCHAR", "BOOLEAN")
def _searched_address(data: list[str | None], wanted: str) -> bool:
    range_ = _network(wanted)
    texts = [text for value in data if value is not None for text in _texts(variants.load(value))]
    for text in texts:
        for word in _ADDRESS.findall(text):
            found = _network(word.strip(".:") if word.count(".") != 3 and "::" not in word else word.strip("."))
            if found is not None and range_ is not None and found.version == range_.version and found.overlaps(range_):
                return True
    return False
