"""XML in a VARIANT: an element is a string that begins with U+0001 and X, then the element as text (see `variants`)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from ..errors import EngineError
from ..types import OBJECT, VARCHAR, VARIANT
from . import variants
from .casts import as_text, integer, to_variant
from .core import Call, Value, function
from .runtime import python

_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"[+-]?\d+(?:\.\d*)?[eE][+-]?\d+", re.ASCII)
_CLOSING = re.compile(r"([^\s>]+)\s*>")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)?\.\d+")


def parse(text: str) -> ElementTree.Element:
    """The one element of a text. EngineError 100237 for what is no XML."""
    try:
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise ElementTree.ParseError("declarations of types are not taken")
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        said, start = str(error), sum(len(line) for line in text.splitlines(True)[: error.position[0] - 1])
        if said.startswith("mismatched") and (closing := _CLOSING.match(text, start + error.position[1])):
            said = f"no opening tag for </{closing[1]}>, pos {closing.end()}"
        raise EngineError("100237", "22P02", f"Error parsing XML: {said}") from None


def element(value: Any) -> ElementTree.Element | None:
    """The element that a value in a variant is, if it is one."""
    if isinstance(value, str) and value.startswith(variants.MARKUP):
        return ElementTree.fromstring(value[len(variants.MARKUP) :])
    return None


def wrapped(found: ElementTree.Element) -> str:
    tail, found.tail = found.tail, None
    text = ElementTree.tostring(found, encoding="unicode", short_empty_elements=False)
    found.tail = tail
    return variants.MARKUP + text


def member(value: str, key: str) -> Any:
    """What an element has under `$` (its content), `@` (its name) or `@x` (an attribute)."""
    found = element(value)
    assert found is not None
    if key == "@":
        return found.tag
    if key.startswith("@"):
        return _typed(found.attrib[key[1:]]) if key[1:] in found.attrib else variants.UNDEFINED
    if key != "$":
        return variants.UNDEFINED
    parts: list[Any] = [_typed(found.text)] if found.text and found.text.strip() else []
    for child in found:
        parts.append(wrapped(child))
        if child.tail and child.tail.strip():
            parts.append(_typed(child.tail))
    return parts[0] if len(parts) == 1 else parts if parts else ""


def _typed(text: str) -> Any:
    """A text in XML: a number, a Boolean or a string, as it looks."""
    word = text.strip()
    if _INTEGER.fullmatch(word):
        return int(word)
    if _DECIMAL.fullmatch(word):
        return Decimal(word)
    return {"true": True, "false": False}.get(word, text)


def for_people(value: str, indent: str) -> str:
    """An element with what it holds on a line each."""
    found = element(value)
    assert found is not None
    _spread(found, "\n", indent)
    return wrapped(found)[len(variants.MARKUP) :]


def _spread(found: ElementTree.Element, outer: str, indent: str) -> None:
    if len(found):
        gap = outer + indent
        found.text = gap + (found.text + gap if found.text else "")
        for child in found:
            _spread(child, gap, indent)
            child.tail = gap + (child.tail + gap if child.tail else "")
        found[-1].tail = (found[-1].tail or "").removesuffix(gap) + outer


def members(value: str) -> dict[str, Any]:
    """An element as an object, as it is shown within others."""
    found = element(value)
    assert found is not None
    return {key: member(value, key) for key in ("$", "@", *(f"@{name}" for name in found.attrib))}


@python("VARCHAR BOOLEAN", "VARCHAR")
def _parse_xml(value: str, as_it_is: bool) -> str | None:
    """as_it_is: contents that look like a number with an exponent stay as they are written."""
    if not value.strip():
        return None
    found = parse(value)
    for part in found.iter():
        part.text, part.tail = ((text or "").strip() for text in (part.text, part.tail))
        if not as_it_is and _FLOAT.fullmatch(part.text):
            part.text = f"{float(part.text):.15e}"
    return variants.dump(wrapped(found))


@python("VARCHAR", "VARCHAR")
def _check_xml(value: str) -> str | None:
    try:
        parse(value)
    except EngineError as error:
        return error.message.removeprefix("Error parsing XML: ")
    return None


@python("VARCHAR VARCHAR BIGINT", "VARCHAR")
def _xml_child(value: str, tag: str, instance: int) -> str | None:
    found = element(variants.load(value))
    children = [] if found is None else [child for child in found if child.tag == tag]
    return variants.dump(wrapped(children[instance])) if 0 <= instance < len(children) else None


@python("VARCHAR", "VARCHAR")
def _to_xml(value: str) -> str:
    found = variants.load(value)
    if element(found) is not None:
        return found[len(variants.MARKUP) :]
    return f'<SnowflakeData type="{variants.type_of(found)}">{_as_markup(found)}</SnowflakeData>'


def _as_markup(value: Any) -> str:
    if variants.is_object(value):
        return "".join(f'<{k} type="{variants.type_of(v)}">{_as_markup(v)}</{k}>' for k, v in sorted(value.items()))
    if variants.is_array(value):
        return "".join(f'<e type="{variants.type_of(v)}">{_as_markup(v)}</e>' for v in value)
    text = variants.as_text(value) or ""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@function("PARSE_XML", "TRY_PARSE_XML", args=(1, 2), named="STR DISABLE_AUTO_CONVERT")
def _parse_xml_function(c: Call) -> Value:
    parsed = f"sf_parse_xml({as_text(c.t, c[0])}, {c[1].sql if len(c) > 1 else 'FALSE'})"
    return Value(f"TRY({parsed})" if c.name.startswith("TRY") else parsed, VARIANT)


@function("CHECK_XML", args=(1, 2), named="STR DISABLE_AUTO_CONVERT")
def _check_xml_function(c: Call) -> Value:
    return Value(f"sf_check_xml({as_text(c.t, c[0])})", VARCHAR)


@function("TO_XML", args=(1, 1))
def _to_xml_function(c: Call) -> Value:
    return Value(f"sf_to_xml({to_variant(c.t, c[0]).sql})", VARCHAR)


@function("XMLGET", args=(2, 3))
def _xmlget(c: Call) -> Value:
    at = integer(c.t, c[2]) if len(c) > 2 else "0"
    return Value(f"sf_xml_child({to_variant(c.t, c[0]).sql}, {as_text(c.t, c[1])}, {at})", OBJECT)
