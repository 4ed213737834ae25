"""What a document says of requests and answers, checked. Plain JSON Schema does most of it; what it can't say is here:
discriminators, what only the server sets, and fields that are not specified.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft202012Validator

from .documents import Call, Document, Schema, call_of

_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_OF_EVERY_REQUEST = {"accept", "authorization", "content-type", "user-agent"}


def check_request(
    method: str, target: str, headers: Mapping[str, str], content: bytes | None
) -> tuple[Call, dict[tuple[str, str], Any]]:
    """The operation that a request means, and its parameters by place and name. AssertionError says what is wrong."""
    path, _, query = target.partition("?")
    call = call_of(method, path)
    found = _find_arguments(call, path, query, headers)
    problems = [*_parameters(call, found), *_body(call, headers, content)]
    if len(found) < query.count("=") + len(call.in_path(path) or ()):
        problems.append("a parameter is given twice")
    accepted = {part.strip() for part in _header(headers, "accept", "").split(",")}
    if accepted.isdisjoint(call.answers):
        problems.append(f"Accept: {accepted}, but the answer is {[*call.answers]}")
    assert not problems, "\n".join([f"{call}: {method} {target}", *problems])
    return call, found


def _find_arguments(call: Call, path: str, query: str, headers: Mapping[str, str]) -> dict[tuple[str, str], Any]:
    """The parameters that a request has, decoded."""
    texts = {("path", name): value for name, value in (call.in_path(path) or {}).items()}
    for name, _, value in (part.partition("=") for part in query.split("&") if part):
        texts["query", unquote(name, errors="strict")] = unquote(value, errors="strict")  # a plus sign is one
    wanted = {name.lower(): name for place, name in call.parameters if place == "header"}
    for name, value in headers.items():
        if name.lower() in wanted or name.lower() not in _OF_EVERY_REQUEST:
            texts["header", wanted.get(name.lower(), name)] = value
    schemas = {key: parameter["schema"] for key, parameter in call.parameters.items()}
    return {key: _read_value(call, schemas.get(key, {}), text) for key, text in texts.items()}


def _parameters(call: Call, found: dict[tuple[str, str], Any]) -> Iterator[str]:
    declared = call.parameters
    for (place, name), value in found.items():
        if (place, name) in declared:
            schema = declared[place, name]["schema"]
            yield from (f"{place} {name}: {text}" for text in problems(call.document, schema, value))
        else:
            yield f"{place} {name}: not declared"
    for place, name in declared.keys() - found.keys():
        if declared[place, name].get("required"):
            yield f"{place} {name}: missing"


def _read_value(call: Call, schema: Schema, text: str) -> Any:
    """A parameter's text as the value that it stands for; the text itself where it can't be one."""
    if call.document.resolve(schema).get("type") not in ("boolean", "integer", "number"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _body(call: Call, headers: Mapping[str, str], content: bytes | None) -> Iterator[str]:
    content_type = _header(headers, "content-type", None)
    if call.body is None:
        if content or content_type:
            yield f"a body ({content_type}) where none is declared: {content!r}"
        return
    declared, schema, required = call.body
    if content is None:
        if required:
            yield "no body, which is required"
        return
    if content_type != declared:
        yield f"Content-Type: {content_type}, expected {declared}"
    if declared == "application/json":
        yield from (f"body: {text}" for text in problems(call.document, schema, json.loads(content), sent=True))


def _header(headers: Mapping[str, str], name: str, default: Any) -> Any:
    return next((value for key, value in headers.items() if key.lower() == name), default)


def problems(document: Document, schema: Schema, value: Any, *, sent: bool = False) -> Iterator[str]:
    """What is wrong with a value, all of it; `sent`, as a part of a request."""
    whole = {"allOf": [schema], "components": document.raw["components"]}
    for error in Draft202012Validator(whole).iter_errors(value):
        yield f"{error.json_path}: {error.message}"
    yield from _beyond(document, schema, value, "$", sent)


def _beyond(document: Document, schema: Schema, value: Any, at: str, sent: bool) -> Iterator[str]:
    """What plain JSON Schema doesn't see."""
    variant = document.choose(schema, value)
    if variant is not schema:
        for text in problems(document, variant, value, sent=sent):
            yield f"{at}, as {variant['$ref'].rpartition('/')[2]}: {text}"
        return
    schema = document.resolve(schema)
    for option in schema.get("anyOf", ()):
        if value is not None:
            yield from _beyond(document, option, value, at, sent)
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            yield from _beyond(document, schema["items"], item, f"{at}[{i}]", sent)
    elif isinstance(value, dict):
        properties, others = document.properties(schema), schema.get("additionalProperties")
        for name, part in value.items():
            if name in properties:
                if sent and document.resolve(properties[name]).get("readOnly"):
                    yield f"{at}.{name}: only the server sets it"
                yield from _beyond(document, properties[name], part, f"{at}.{name}", sent)
            elif isinstance(others, dict):
                yield from _beyond(document, others, part, f"{at}[{name!r}]", sent)
            elif properties and not document.open(schema):
                yield f"{at}.{name}: not declared"
        choice = schema.get("discriminator")
        if sent and choice and (tag := value.get(choice["propertyName"])) not in choice["mapping"]:
            yield f"{at}.{choice['propertyName']}: {tag!r} is none of {[*choice['mapping']]}"
    elif schema.get("format") == "date-time" and isinstance(value, str) and not _TIME.fullmatch(value):
        yield f"{at}: {value!r} is no time as of RFC 3339"


def keep(document: Document, schema: Schema, value: Any, *, sent: bool = False) -> Any:
    """What of a value a model holds: no nulls in objects, which are as absent; what is not specified only where the
    schema is open, and then as it is; where it is to be sent, nothing that only the server sets. Times are in one form.
    """
    schema = document.resolve(document.choose(schema, value))
    if "anyOf" in schema:
        return value if value is None else keep(document, schema["anyOf"][0], value, sent=sent)
    if isinstance(value, list) and "items" in schema:
        return [keep(document, schema["items"], item, sent=sent) for item in value]
    if isinstance(value, dict) and (properties := document.properties(schema)):
        others = value.items() if document.open(schema) else ()
        return {name: part for name, part in others if name not in properties} | {
            name: keep(document, properties[name], part, sent=sent)
            for name, part in value.items()
            if part is not None and name in properties
            if not (sent and document.resolve(properties[name]).get("readOnly"))
        }
    if isinstance(value, dict) and isinstance(inner := schema.get("additionalProperties"), dict):
        return {name: keep(document, inner, part, sent=sent) for name, part in value.items()}
    if schema.get("format") == "date-time" and isinstance(value, str):
        return value.replace("Z", "+00:00")
    return value


def contains(whole: Any, part: Any) -> bool:
    """Whether everything of a value is in another, which may have more fields."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(name in whole and contains(whole[name], value) for name, value in part.items())
    if isinstance(whole, list) and isinstance(part, list):
        return len(whole) == len(part) and all(map(contains, whole, part))
    return bool(whole == part) and type(whole) is type(part)
