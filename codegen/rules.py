"""What a specification must keep to, so that nothing in it gets lost on the way to Python.

Two passes over the files as they are written, each telling all that it finds: is every part of the right shape, and do
the parts make sense together?
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from keyword import iskeyword
from typing import Any, NamedTuple

from .bundle import METHODS
from .spec import JSON, MEDIA, Key, SpecError, Specs, own_properties

# The parts of each sort of part: the keyword, whether they are one, a list or a mapping, and what sort they are.
_SORTS = ("headers", "parameters", "pathItems", "requestBodies", "responses", "schemas")
_SCHEMA = ("one", "schemas")
PARTS: dict[str, dict[str, tuple[str, str]]] = {
    "documents": {"components": ("one", "components"), "paths": ("named", "pathItems")},
    "components": {sort: ("named", sort) for sort in _SORTS},
    "pathItems": {"parameters": ("list", "parameters")} | dict.fromkeys(METHODS, ("one", "operations")),
    "operations": {
        "parameters": ("list", "parameters"),
        "requestBody": ("one", "requestBodies"),
        "responses": ("named", "responses"),
    },
    "parameters": {"schema": _SCHEMA},
    "headers": {"schema": _SCHEMA},
    "requestBodies": {"content": ("named", "media")},
    "responses": {"content": ("named", "media"), "headers": ("named", "headers")},
    "media": {"schema": _SCHEMA},
    "schemas": {
        "properties": ("named", "schemas"),
        "items": _SCHEMA,
        "additionalProperties": _SCHEMA,
        "allOf": ("list", "schemas"),
        "anyOf": ("list", "schemas"),
    },
}
_REQUIRED = {
    "documents": ("openapi", "info"),
    "operations": ("operationId", "responses"),
    "parameters": ("name", "in", "schema"),
    "headers": ("schema",),
    "requestBodies": ("content",),
    "media": ("schema",),
}

_ANYWHERE = {"default", "deprecated", "description", "example", "examples", "readOnly", "writeOnly"}
_BESIDE = {
    "$ref": {"$ref", *_ANYWHERE},
    "allOf": {"allOf", "discriminator", *_ANYWHERE},
    "": {
        *("type", "format", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "anyOf"),
        *("items", "minItems", "maxItems", "uniqueItems", "properties", "required", "additionalProperties"),
        *("discriminator", *_ANYWHERE),
    },
}
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_OF_TYPES = {keyword: {"string"} for keyword in ("pattern", "minLength", "maxLength")}
_OF_TYPES |= {keyword: {"integer", "number"} for keyword in ("minimum", "maximum")}
_NOT_PARAMETERS = {"accept", "authorization", "content-type"}
_SERVICE = {"module", "name", "methods", "hides", "older-names"}
_FACADE = {"methods", "handle", "collection", "lists", "any-name", "says", "hides", "shows", "older-names"}

Problems = Iterator[tuple[str, str]]


class Part(NamedTuple):
    """A part of a file, where it is in it, and what it is."""

    file: str
    at: str
    sort: str
    raw: Any
    key: Key | None = None


def check(specs: Specs) -> None:
    """SpecError if any of the rules is broken anywhere."""
    for rules in (_SHAPE, _SENSE):
        problems: list[str] = []
        for file, document in specs.documents.items():
            for part in walk(Part(file, "", "documents", document)):
                for rule in (*rules[""], *(rules.get(part.sort, ()) if isinstance(part.raw, dict) else ())):
                    try:
                        problems += [specs.problem(file, at, text) for at, text in rule(specs, part)]
                    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
                        problems.append(specs.problem(file, part.at, "not of the form that it should have"))
        if problems:
            raise SpecError(*problems)


def walk(part: Part) -> Iterator[Part]:
    """A part, and all that is in it. Who takes it may change a part before asking for the next."""
    yield part
    if not isinstance(part.raw, dict) or "$ref" in part.raw:
        return
    for keyword, (shape, sort) in PARTS[part.sort].items():
        at, raw = f"{part.at}.{keyword}".removeprefix("."), part.raw.get(keyword)
        if keyword not in part.raw or (keyword == "additionalProperties" and isinstance(raw, bool)):
            continue
        if shape == "one":
            yield from walk(Part(part.file, at, sort, raw))
        elif shape == "list" and isinstance(raw, list):
            for i, one in enumerate(raw):
                yield from walk(Part(part.file, f"{at}[{i}]", sort, one))
        elif shape == "named" and isinstance(raw, dict) and all(isinstance(name, str) for name in raw):
            for name, one in list(raw.items()):
                key = Key(part.file, sort, name) if part.sort == "components" else None
                yield from walk(Part(part.file, f"{at}.{name}", sort, one, key))
        else:
            yield Part(part.file, at, shape, raw)


# The shape of a part


def _any(specs: Specs, part: Part) -> Problems:
    if part.sort in ("list", "named"):
        odd = [name for name in part.raw if not isinstance(name, str)] if isinstance(part.raw, dict) else []
        expected = "list" if part.sort == "list" else "mapping"
        yield part.at, f"{odd[0]!r} is not a string; quote it" if odd else f"expected a {expected}, not {part.raw!r}"
    elif not isinstance(part.raw, dict):
        yield part.at, f"expected a mapping, not {part.raw!r}"
    elif "$ref" in part.raw:
        key = specs.key(str(part.raw["$ref"]), part.file)
        if key is None or key.kind != part.sort:
            yield f"{part.at}.$ref", f"{part.raw['$ref']} leads to nothing in {part.sort}"
    else:
        for keyword in _REQUIRED.get(part.sort, ()):
            if keyword not in part.raw:
                yield part.at, f"`{keyword}` is missing"


def _document(specs: Specs, part: Part) -> Problems:
    if not str(part.raw.get("openapi")).startswith("3.1."):
        yield "openapi", "expected 3.1.x"
    info = part.raw.get("info")
    if not isinstance(info, dict) or not isinstance(info.get("title"), str):
        yield "info", "expected a mapping with a title"


def _item(specs: Specs, part: Part) -> Problems:
    for keyword in part.raw:
        if keyword not in {*PARTS["pathItems"], "$ref", "summary", "description"} and keyword[:2] != "x-":
            yield f"{part.at}.{keyword}", "not a method"


def _operation(specs: Specs, part: Part) -> Problems:
    name = str(part.raw.get("operationId", "x"))
    if not re.fullmatch(r"[A-Za-z]\w*", name) or iskeyword(name.lower()):
        yield f"{part.at}.operationId", "expected a word that is no keyword of Python"
    statuses = part.raw.get("responses", ())
    if isinstance(statuses, dict) and not any(str(s)[0] == "2" and s != "202" for s in statuses):
        yield f"{part.at}.responses", "expected an answer to say that it is done, such as 200"


def _parameter(specs: Specs, part: Part) -> Problems:
    name, place = str(part.raw.get("name")), part.raw.get("in")
    if "$ref" in part.raw:
        return
    if place not in ("path", "query", "header"):
        yield f"{part.at}.in", f"expected path, query or header, not {place!r}"
    elif place == "path" and not (part.raw.get("required") is True and re.fullmatch(r"\w+", name)):
        yield part.at, "a path parameter is a word and required"
    elif place == "header" and name.lower() in _NOT_PARAMETERS:
        yield part.at, f"{name} follows from the content types and the account; it can't be a parameter"


def _content(specs: Specs, part: Part) -> Problems:
    content = list(part.raw.get("content") or ())
    for content_type in content:
        if content_type not in MEDIA:
            yield f"{part.at}.content.{content_type}", f"expected one of {', '.join(MEDIA)}"
    if len(content) > 1 and (part.sort == "requestBodies" or JSON not in content):
        yield f"{part.at}.content", "expected one content type"


def _schema(specs: Specs, part: Part) -> Problems:
    raw = part.raw
    owner = next((keyword for keyword in ("$ref", "allOf") if keyword in raw), "")
    for keyword in raw:
        if keyword not in _BESIDE[owner] and keyword[:2] != "x-":
            beside = f" beside {owner}" if keyword in _BESIDE[""] else ""
            yield f"{part.at}.{keyword}", f"this keyword is not supported{beside}"
    if part.key and not re.fullmatch(r"[A-Z][A-Za-z0-9]*", part.key.name):
        yield part.at, "expected the name of a class, in letters and digits"
    types = raw["type"] if isinstance(raw.get("type"), list) else [raw.get("type", "object")]
    if unknown := [kind for kind in types if kind not in _TYPES]:
        yield f"{part.at}.type", f"expected one of {', '.join(_TYPES)}, not {unknown[0]!r}"
    if "array" in types and "items" not in raw:
        yield part.at, "`items` is missing"
    if "properties" in raw and "object" not in raw.get("type", ()):
        yield part.at, "expected `type: object` beside `properties`"
    if raw.get("properties") and isinstance(raw.get("additionalProperties"), dict):
        yield f"{part.at}.additionalProperties", "an object has either properties or values of one kind"
    for keyword in ("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"):
        if isinstance(raw.get(keyword, 0), bool) or not isinstance(raw.get(keyword, 0), (int, float)):
            yield f"{part.at}.{keyword}", f"expected a number, not {raw[keyword]!r}"
    for keyword in ("readOnly", "writeOnly", "uniqueItems", "deprecated"):
        if not isinstance(raw.get(keyword, False), bool):
            yield f"{part.at}.{keyword}", f"expected true or false, not {raw[keyword]!r}"
    for keyword, kinds in _OF_TYPES.items():
        if keyword in raw and kinds.isdisjoint(types):
            yield f"{part.at}.{keyword}", f"expected `type: {min(kinds)}` beside it"
    if "pattern" in raw and not _compiles(raw["pattern"]):
        yield f"{part.at}.pattern", f"expected a regular expression, not {raw['pattern']!r}"
    if "enum" in raw:
        if "string" not in types and "string" not in (raw.get("items") or {}).get("type", ()):
            yield f"{part.at}.enum", "expected `type: string` beside it, or an array of them"
        if not isinstance(raw["enum"], list) or not all(isinstance(value, str) for value in raw["enum"]):
            yield f"{part.at}.enum", "expected strings; quote them (an unquoted `true`, `no` or `1` is none)"
    if "x-known" in raw and ("enum" in raw or ("$ref" not in raw and "string" not in types)):
        yield f"{part.at}.x-known", "expected `type: string` beside it, without `enum`, which allows no others"


def _compiles(pattern: Any) -> bool:
    try:
        return isinstance(pattern, str) and re.compile(pattern) is not None
    except re.error:
        return False


def _all_of(specs: Specs, part: Part) -> Problems:
    match part.raw.get("allOf", ()):
        case ():
            pass
        case [{"$ref": _}, {"type": "object", "properties": _}] if part.key is None:
            yield part.at, "a schema that extends another needs a name of its own"
        case [{"$ref": _}, {"type": "object", "properties": _}]:
            pass
        case _:
            yield f"{part.at}.allOf", "expected the schema that it extends, [$ref, {type: object, properties}]"


def _discriminator(specs: Specs, part: Part) -> Problems:
    match part.raw.get("discriminator", ()):
        case ():
            pass
        case {"propertyName": str(name), "mapping": dict(mapping)} if part.key:
            for value, target in mapping.items():
                key = specs.key(str(target), part.file)
                if key is None or key.kind != "schemas":
                    yield f"{part.at}.discriminator.mapping.{value}", f"{target} leads to nothing in schemas"
                elif value not in own_properties(part.raw).get(name, {}).get("enum", (value,)):
                    yield f"{part.at}.discriminator.mapping.{value}", f"{name} can't be {value}: its `enum` lacks it"
        case _ if part.key is None:
            yield f"{part.at}.discriminator", "a schema with a discriminator needs a name of its own"
        case _:
            yield f"{part.at}.discriminator", "expected {propertyName, mapping}"


# The sense of the parts together


def _calls(specs: Specs, part: Part) -> Problems:
    """Every operation of a document in its place, even if it is written in another file."""
    ids: dict[str, str] = {}
    for path, item in part.raw.get("paths", {}).items():
        item, file = specs.follow(item, part.file)
        for method in METHODS:
            if method not in item:
                continue
            at, operation = f"paths.{path}.{method}", item[method]
            name = operation["operationId"]
            for other in [id for id in ids if id.lower() == name.lower()]:
                same = "is that of" if other == name else "differs by case only from that of"
                yield at, f"its operationId {name} {same} {ids[other]}"
            ids[name] = at
            declared: set[str] = set()
            for owner in (item, operation):
                keys = [(p["in"], p["name"]) for p, _ in (specs.follow(p, file) for p in owner.get("parameters", ()))]
                for i, (place, name) in enumerate(keys):
                    if (place, name) in keys[:i]:
                        yield f"{at}.parameters[{i}]", f"{name} is declared twice"
                declared |= {name for place, name in keys if place == "path"}
            wanted = set(re.findall(r"{([^}]*)}", path))
            for name in sorted(wanted ^ declared):
                yield at, f"the path parameter {name} is not {'declared' if name in wanted else 'in the path'}"
    if (collection := part.raw.get("x-collection")) is not None and collection not in part.raw.get("paths", {}):
        yield "x-collection", f"{collection} is not one of the paths"
    service, facade = part.raw.get("x-service"), part.raw.get("x-facade")
    if service is not None and not ({"module", "name"} <= service.keys() <= _SERVICE):
        yield "x-service", f"expected {{module, name}}, and perhaps {_words(_SERVICE - {'module', 'name'})}"
    if facade is not None and not (
        collection and (facade == "generated" or (isinstance(facade, dict) and facade.keys() <= _FACADE))
    ):
        yield "x-facade", f"expected `generated`, or some of {_words(_FACADE)}, beside x-collection"
    for mark, said in (("x-service", service), ("x-facade", facade)):
        for id, method in (said if isinstance(said, dict) else {}).get("methods", {}).items():
            if id not in ids:
                yield f"{mark}.methods", f"{id} is not the operationId of an operation here"
            if method is not None and not re.fullmatch(r"\w+(\(.*\)( -> .+)?)?", method):
                yield f"{mark}.methods.{id}", "expected the name of a method, perhaps with its arguments, as name(…)"


def _words(words: set[str]) -> str:
    return ", ".join(sorted(words))


def _properties(specs: Specs, part: Part) -> Problems:
    raw, key = part.raw, part.key
    if key and any(specs.base(ancestor) == key for ancestor in specs.ancestors(key)):
        yield f"{part.at}.allOf", "it extends itself"
    if part.at.endswith("]"):
        return  # half of an `allOf`, which is looked at as a whole
    declared = specs.find_declared(key) if key else own_properties(raw)
    named = {
        "required": [name for half in (raw, *raw.get("allOf", ())) for name in half.get("required", ())],
        "x-positional": raw["x-positional"] if isinstance(raw.get("x-positional"), list) else [],
        "discriminator.propertyName": [raw["discriminator"]["propertyName"]] if "discriminator" in raw else [],
    }
    if "x-positional" in raw and key and any("x-positional" in specs.get(base) for base in [*specs.ancestors(key)][1:]):
        yield f"{part.at}.x-positional", "what it extends takes arguments by position already"
    for keyword, names in named.items():
        for name in names:
            if name not in declared:
                yield f"{part.at}.{keyword}", f"{name} is not one of the properties"


def _variants(specs: Specs, part: Part) -> Problems:
    for value, target in part.raw.get("discriminator", {}).get("mapping", {}).items():
        at, key = f"{part.at}.discriminator.mapping.{value}", specs.key(target, part.file)
        assert key and part.key
        if key == part.key or part.key not in specs.ancestors(key):
            yield at, f"{target} does not extend {part.key.name} by allOf"
        elif key.file != part.file:
            yield at, f"{target} is in another file than {part.key.name}"


def _circle(specs: Specs, part: Part) -> Problems:
    """Modules import what their schemas refer to, which can't go round in a circle."""

    def way(path: tuple[str, ...]) -> tuple[str, ...]:
        if path[-1] in path[:-1]:
            return path
        schemas = specs.documents[path[-1]].get("components", {}).get("schemas", {})
        inner = walk(Part(path[-1], "", "components", {"schemas": schemas}))
        keys = (specs.key(one.raw["$ref"], path[-1]) for one in inner if "$ref" in one.raw)
        files = sorted({key.file for key in keys if key} - {path[-1]})
        return next((found for file in files if (found := way((*path, file)))), ())

    circle = way((part.file,))
    if circle and circle[0] == circle[-1] == min(circle):
        yield "", f"its schemas refer to each other in a circle: {' > '.join(circle)}"


Rules = dict[str, tuple[Callable[[Specs, Part], Problems], ...]]
_SHAPE: Rules = {
    "": (_any,),
    "documents": (_document,),
    "pathItems": (_item,),
    "operations": (_operation,),
    "parameters": (_parameter,),
    "requestBodies": (_content,),
    "responses": (_content,),
    "schemas": (_schema, _all_of, _discriminator),
}
_SENSE: Rules = {"": (), "documents": (_calls, _circle), "schemas": (_properties, _variants)}
