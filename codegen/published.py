"""Documents as Snowflake publishes them, put into the form that our own have.

Each thing that they get wrong, or say otherwise than our specifications, is put right by a rule with a name: see
`RULES`. Their prose is left behind. What no rule knows is refused as it would be in our own documents, with the file,
the line and the path.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .rules import Part, check, walk
from .spec import Key, SpecError, Specs, own_properties

COMMON = "common.yaml"
_ACCEPTED, _DONE = "202SuccessAcceptedResponse", "200SuccessResponse"
_HEADERS = ("accept", "authorization", "content-type")
_KEPT = {
    "documents": {"openapi", "info", "paths", "components"},
    "components": {"headers", "parameters", "pathItems", "requestBodies", "responses", "schemas"},
    "operations": {"operationId", "parameters", "requestBody", "responses", "deprecated", "x-accepted"},
    "parameters": {"$ref", "name", "in", "required", "schema", "deprecated"},
    "requestBodies": {"$ref", "required", "content"},
    "responses": {"$ref", "content", "description"},
    "headers": {"$ref", "schema"},
    "media": {"schema"},
}
"""What counts of each sort of part; of schemas, all but the prose."""
_PROSE = {"description", "summary", "title", "example", "examples", "externalDocs", "xml"}
_OF_TYPES = {
    "string": {"pattern", "minLength", "maxLength"},
    "integer": {"minimum", "maximum"},
    "number": {"minimum", "maximum"},
    "array": {"minItems", "maxItems", "uniqueItems"},
}
"""The keywords that say something of values of one type only."""
_FORMATS = {
    "string": {
        *("date", "date-time", "time", "duration", "password", "byte", "binary", "uuid", "uri", "email", "hostname")
    },
    "integer": {"int32", "int64"},
    "number": {"float", "double"},
}
_SHAPELESS = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What comes of reading a part as if it had the form that it should have."""
SHARED = yaml.safe_load(
    """
    headers:
      X-Snowflake-Request-ID: {description: The server's identifier of the request., schema: {type: string}}
      Location: {description: Where the result will be., schema: {type: string}}
    responses:
      Success:
        description: Done.
        content: {application/json: {schema: {$ref: "#/components/schemas/SuccessResponse"}}}
      Accepted:
        description: Still running. The result will be at `Location`.
        headers: {Location: {$ref: "#/components/headers/Location"}}
        content: {application/json: {schema: {$ref: "#/components/schemas/SuccessAcceptedResponse"}}}
      Error:
        description: The operation failed.
        content: {application/json: {schema: {$ref: "#/components/schemas/ErrorResponse"}}}
    schemas:
      SuccessResponse:
        type: object
        properties: {status: {type: string}}
      SuccessAcceptedResponse:
        type: object
        properties: {code: {type: string}, message: {type: string}, resultHandler: {type: string}}
      ErrorResponse:
        type: object
        properties:
          {message: {type: string}, code: {type: string}, error_code: {type: string}, request_id: {type: string}}
    """
)
"""What every operation refers to, whether the published documents have it or not."""


class Mended(NamedTuple):
    """A place where a rule put something right."""

    rule: str
    file: str
    at: str


class Published(Specs):
    """The documents of a folder, mended. SpecError, which says file, line and path, if something is not understood.

    version: of the API that they describe. ours: specifications whose names for what has none are taken over.
    """

    def __init__(self, folder: Path, version: str, ours: Specs | None = None) -> None:
        self.version, self.ours, self.mended = version, ours, list[Mended]()
        self._nodes: dict[str, yaml.Node | None] = {}
        inner = folder / "specifications"
        super().__init__(inner if inner.is_dir() and not list(folder.glob("*.yaml")) else folder)
        self._refuse(_strange)
        self.nullable = {
            Key(file, "schemas", name)
            for file, document in self.documents.items()
            for name, raw in (document.get("components", {}).get("schemas") or {}).items()
            if isinstance(raw, dict) and raw.get("nullable") is True and ("properties" in raw or "allOf" in raw)
        }
        """Classes that may be null wherever they are referred to."""
        for file, document in list(self.documents.items()):
            self.mend(Part(file, "", "documents", document))
        for step in (self._share, self._extend):
            for file in [COMMON] if step == self._share else list(self.documents):
                try:
                    step(file)
                except _SHAPELESS:
                    raise SpecError(
                        self.problem(file, "components", "its parts are not of the form they have")
                    ) from None
        check(self)

    def problem(self, file: str, path: str, text: str, line: int = 1) -> str:
        line = self._line(file, path) if path else line
        return ": ".join(part for part in (f"{(self.folder / file).as_posix()}:{line}", path, text) if part)

    def _line(self, file: str, at: str) -> int:
        """The line of a path, or of what is there of it."""
        if file not in self._nodes:
            try:
                self._nodes[file] = yaml.compose(
                    (self.folder / file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
                )
            except (OSError, yaml.YAMLError, UnicodeDecodeError):
                self._nodes[file] = None
        node, line = self._nodes[file], 1
        while node is not None and at:
            index = re.match(r"\[(\d+)\]\.?", at)
            steps: list[tuple[int, int, yaml.Node]] = []
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if re.match(rf"{re.escape(key.value)}(?=[.\[]|$)", at):
                        steps.append((len(key.value), key.start_mark.line, value))
            elif isinstance(node, yaml.SequenceNode) and index and int(index[1]) < len(node.value):
                item = node.value[int(index[1])]
                steps.append((index.end(), item.start_mark.line, item))
            if not steps and index is None and "." in at:
                at = at.partition(".")[2]  # a step that a rule has put in between
            elif not steps and index and index.end() < len(at):
                at = at[index.end() :]
            elif not steps:
                break
            else:
                length, start, node = max(steps, key=lambda step: step[0])
                at, line = at[length:].removeprefix("."), start + 1
        return line

    def _refuse(self, *rules: Callable[[Published], Iterator[tuple[str, str, str]]]) -> None:
        if problems := [self.problem(*found) for rule in rules for found in rule(self)]:
            raise SpecError(*problems)

    def unpublished(self, ref: str) -> bool:
        """Whether a reference leads to a file that is not in the folder."""
        file, there, _ = ref.partition("#")
        return bool(file and there) and file.removeprefix("./") not in self.documents

    def mend(self, start: Part) -> None:
        """Apply the rules to a part, and then to all that is in it."""
        for part in walk(start):
            for rule in RULES.get(part.sort, ()) if isinstance(part.raw, dict) else ():
                try:
                    changed = rule(self, part)
                except _SHAPELESS:
                    text = f"not of the form that {rule.__name__} is for"
                    raise SpecError(self.problem(part.file, part.at, text)) from None
                if changed:
                    self.mended.append(Mended(rule.__name__, part.file, part.at))

    def _share(self, file: str) -> None:
        """Let there be what every operation refers to."""
        for document in self.documents.values():
            named = document["components"].get("parameters", {})
            for name in [name for name, raw in named.items() if follows_from_content(raw)]:
                del named[name]
        common = self.documents.setdefault(file, {"openapi": "3.1.0", "info": {"title": "Common"}, "components": {}})
        for kind, named in SHARED.items():
            theirs = common["components"].setdefault(kind, {})
            for name, raw in named.items():
                theirs.setdefault(name, raw)
            if kind == "responses":
                common["components"][kind] = {name: part for name, part in theirs.items() if name in named}

    def _extend(self, file: str) -> None:
        """Let the variants of a discriminator extend its schema, where nothing else does; else drop it."""
        schemas = self.documents[file]["components"].get("schemas", {})
        for name, raw in schemas.items():
            if not isinstance(raw, dict) or "discriminator" not in raw or "allOf" in raw:
                continue
            base, mapping = Key(file, "schemas", name), raw["discriminator"]["mapping"]
            at = f"components.schemas.{name}.discriminator"
            for value, target in list(mapping.items()):
                key = self.key(target, file)
                if key is None or base in list(self.ancestors(key))[1:]:
                    continue
                other = self.get(key)
                if key.file == file and key != base and "allOf" not in other and not self._is_based(key, base):
                    own = {"type": "object"} | {k: other.pop(k) for k in ("required", "properties") if k in other}
                    own.setdefault("properties", {})
                    kept = {k: v for k, v in other.items() if k == "discriminator"}
                    other.clear()
                    other |= {"allOf": [{"$ref": f"#/components/schemas/{name}"}, own], **kept}
                    self.mended.append(Mended("unrelated_variants", file, f"{at}.mapping.{value}"))
                else:
                    del mapping[value]
                    self.mended.append(Mended("foreign_variants", file, f"{at}.mapping.{value}"))
            if not mapping:
                raw.pop("discriminator")
                if raw.get("properties", {}).keys() <= {"type"}:
                    raw.clear()
                    raw |= {"type": "object"}
            elif (wire := raw["discriminator"]["propertyName"]) not in self.find_declared(base):
                raw.setdefault("type", "object")
                raw.setdefault("properties", {})[wire] = {"type": "string"}
                self.mended.append(Mended("discriminator_without_property", file, at))

    def _is_based(self, key: Key, but: Key) -> bool:
        """Whether a schema is a variant of, or the base of, something else."""
        for file, document in self.documents.items():
            for name, raw in document["components"].get("schemas", {}).items():
                if isinstance(raw, dict) and Key(file, "schemas", name) != but and "discriminator" in raw:
                    targets = raw["discriminator"].get("mapping", {}).values()
                    if key in [self.key(str(target), file) for target in targets]:
                        return True
        return False


# What is refused before any rule is applied


def _strange(specs: Published) -> Iterator[tuple[str, str, str]]:
    """Documents that are cut off, are of another API, or have names that Python can't have."""
    for path in specs.folder.iterdir():
        if path.suffix in (".json", ".yml"):
            yield path.name, "", "documents are published as *.yaml; rename it, or take it away"
    for file, document in specs.documents.items():
        text = (specs.folder / file).read_text(encoding="utf-8")
        if not text.endswith("\n"):
            yield file, "", "the last line has no end; the file is cut off"
        if keyword.iskeyword(stem := file.removesuffix(".yaml")) or not re.fullmatch(r"[a-z][a-z0-9-]*", stem):
            yield file, "", f"there is no module of the name {stem!r}"
        paths, components = document.get("paths", {}), document.get("components", {})
        if not isinstance(paths, dict) or not isinstance(components, dict):
            yield file, "paths" if not isinstance(paths, dict) else "components", "expected a mapping"
            continue
        if not paths and not components:
            yield file, "", "neither paths nor components; the file is cut off, or not an OpenAPI document"
        if paths and not str(document.get("openapi")).startswith(("3.0.", "3.1.")):
            yield file, "openapi", "expected OpenAPI 3.0 or 3.1"
        for path in paths:
            if not str(path).startswith("/api/"):
                yield file, f"paths.{path}", "a document of another API: Snowflake's paths start with /api/"
        schemes = components.get("securitySchemes", {})
        for i, needed in enumerate(document.get("security") or ()):
            if isinstance(needed, dict) and (unknown := [name for name in needed if name not in (schemes or {})]):
                yield file, f"security[{i}]", f"{unknown[0]} is not in components.securitySchemes; the file is cut off"
        for kind, named in components.items():
            for at, names in _scopes(f"components.{kind}", named):
                seen: dict[str, str] = {}
                for name in map(str, names):
                    if kind == "schemas" and at == "components.schemas" and keyword.iskeyword(name):
                        yield file, f"{at}.{name}", f"{name} is a keyword of Python"
                    if (other := seen.setdefault(name.lower(), name)) != name:
                        yield file, f"{at}.{name}", f"it differs from {other} by case only"


def _scopes(at: str, raw: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The names of components, and those of the properties of schemas."""
    if isinstance(raw, dict):
        yield at, raw
        for name, part in raw.items():
            if isinstance(part, dict) and isinstance(properties := part.get("properties"), dict):
                yield f"{at}.{name}.properties", properties


def follows_from_content(parameter: Any) -> bool:
    """Whether a parameter is a header that the client sends by itself."""
    raw = parameter if isinstance(parameter, dict) else {}
    return raw.get("in") == "header" and str(raw.get("name")).lower() in _HEADERS


# The rules. Each says whether it changed the part.


def our_heading(specs: Published, part: Part) -> bool:
    """The version of OpenAPI is 3.1; the title is the resource's name; servers and security are left to the client."""
    title = part.file.removesuffix(".yaml").replace("-", " ")
    part.raw["openapi"] = "3.1.0"
    part.raw["info"] = {"title": title[0].upper() + title[1:], "version": specs.version}
    part.raw.setdefault("components", {})
    return False


def without_prose(specs: Published, part: Part) -> bool:
    """Sentences, examples and marks are left behind; those of our documents are our own."""
    if part.sort == "responses" and part.raw.keys().isdisjoint(_KEPT["responses"]):
        raise SpecError(specs.problem(part.file, part.at, "an answer needs a description, content or a reference"))
    for word in list(part.raw):
        dropped = word in _PROSE or str(word)[:2] == "x-" if part.sort == "schemas" else word not in _KEPT[part.sort]
        if dropped and word != "x-accepted":
            del part.raw[word]
    if part.sort == "responses" and "$ref" not in part.raw:
        part.raw["description"] = "The answer."
    return False


def shared_answers(specs: Published, part: Part) -> bool:
    """What an operation answers while it runs, when it fails and when there is nothing to say is told once."""
    found: dict[str, Any] = part.raw["responses"]
    part.raw["responses"] = {str(s): answer for s, answer in found.items() if str(s)[0] == "2" and str(s) != "202"}
    for answer in part.raw["responses"].values():
        if str(answer.get("$ref")).endswith(f"/{_DONE}"):
            answer["$ref"] = f"{COMMON}#/components/responses/Success"
    if "202" not in {*map(str, found)}:
        part.raw["x-accepted"] = False
    return False


def content_headers(specs: Published, part: Part) -> bool:
    """Headers that follow from content types and the account are no parameters."""

    given = part.raw.get("parameters", [])
    keys = [specs.key(str(parameter["$ref"]), part.file) if "$ref" in parameter else None for parameter in given]
    kept = [raw for raw, key in zip(given, keys) if not follows_from_content(specs.get(key) if key else raw)]
    if len(kept) == len(given):
        return False
    part.raw["parameters"] = kept
    return True


def content_without_schema(specs: Published, part: Part) -> bool:
    """An answer of which nothing is said may be anything."""
    return part.raw.setdefault("schema", {}) == {}


def unpublished_file(specs: Published, part: Part) -> bool:
    """What is in a file that is not published may be any object; a variant that is there is not known."""
    mapping = (part.raw.get("discriminator") or {}).get("mapping") or {}
    gone = [value for value, target in mapping.items() if specs.unpublished(str(target))]
    for value in gone:
        del mapping[value]
    if mapping == {} and gone:
        del part.raw["discriminator"]
        part.raw.setdefault("type", "object")
        part.raw.setdefault("properties", {})
    if specs.unpublished(str(part.raw.get("$ref", ""))):
        del part.raw["$ref"]
        part.raw["type"] = "object"
        return True
    return bool(gone)


def booleans_for_words(specs: Published, part: Part) -> bool:
    """YAML reads unquoted `true` and `no` as booleans, also among the values of a string."""
    raw = part.raw
    if raw.get("type") != "string" or not any(isinstance(value, bool) for value in raw.get("enum", ())):
        return False
    raw["enum"] = [str(value).lower() if isinstance(value, bool) else value for value in raw["enum"]]
    if isinstance(raw.get("default"), bool):
        raw["default"] = str(raw["default"]).lower()
    return True


def values_twice(specs: Published, part: Part) -> bool:
    """A value that stands twice among the values of a string is one."""
    values = part.raw.get("enum")
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return False
    part.raw["enum"] = list(dict.fromkeys(values))
    return len(part.raw["enum"]) < len(values)


def default_of_another_type(specs: Published, part: Part) -> bool:
    """A default that is written as another type is read as its own, or left out where it can't be."""
    kinds = {"boolean": bool, "integer": int, "number": (int, float), "string": str, "array": list, "object": dict}
    kind, default = part.raw.get("type"), part.raw.get("default")
    if default is None or not isinstance(kind, str) or kind not in kinds:
        return False
    if isinstance(default, kinds[kind]) and (kind == "boolean" or not isinstance(default, bool)):
        return False
    del part.raw["default"]
    if kind != "string" and isinstance(default, str) and isinstance(yaml.safe_load(default), kinds[kind]):
        part.raw["default"] = yaml.safe_load(default)
    elif kind == "string" and not isinstance(default, (list, dict)):
        part.raw["default"] = str(default).lower() if isinstance(default, bool) else str(default)
    return True


def keywords_of_another_type(specs: Published, part: Part) -> bool:
    """A format, pattern or bound that the type can't have says nothing."""
    kind = str(part.raw.get("type"))
    if "type" not in part.raw:
        return False
    others = {word for words in _OF_TYPES.values() for word in words} - _OF_TYPES.get(kind, set())
    gone = part.raw.keys() & others
    formats = {name for names in _FORMATS.values() for name in names} - _FORMATS.get(kind, set())
    if part.raw.get("format") in formats:
        gone |= {"format"}
    for word in gone:
        del part.raw[word]
    return bool(gone)


def open_pattern(specs: Published, part: Part) -> bool:
    """`^a|b$` is meant as `^(a|b)$`, or anything that ends in b would do."""
    pattern = part.raw.get("pattern")
    if not isinstance(pattern, str) or not re.fullmatch(r"\^[^()]*\([^()]*\)[^()|]*\|[^()|]*\$", pattern):
        return False
    part.raw["pattern"] = f"^({pattern[1:-1]})$"
    return True


def missing_type(specs: Published, part: Part) -> bool:
    """What has properties is an object, and what has items an array."""
    kind = "object" if "properties" in part.raw else "array" if "items" in part.raw else None
    if kind is None or "type" in part.raw or "allOf" in part.raw or "$ref" in part.raw:
        return False
    part.raw["type"] = kind
    return True


def reference_with_siblings(specs: Published, part: Part) -> bool:
    """`$ref` counts more than what stands beside it, and `allOf` around one `$ref` is only there to allow more."""
    raw, changed = part.raw, False
    match raw:
        case {"allOf": [{"$ref": str(ref)}]} if part.key is None and not raw.get("properties"):
            raw.pop("allOf")
            raw["$ref"], changed = ref, True
    if "$ref" in raw:
        for word in [
            word for word in raw if word not in ("$ref", "default", "deprecated", "readOnly", "writeOnly", "nullable")
        ]:
            del raw[word]
            changed = True
    return changed


def properties_beside_all_of(specs: Published, part: Part) -> bool:
    """What extends another schema says in one place what it adds."""
    raw = part.raw
    if "allOf" not in raw or raw["allOf"] == [] or "$ref" in raw:
        return False
    bases = [half for half in raw["allOf"] if "$ref" in half]
    halves = [half for half in raw["allOf"] if "$ref" not in half]
    for extra in bases[1:]:
        key = specs.key(str(extra["$ref"]), part.file)
        if key is None or key.file != part.file:
            raise SpecError(
                specs.problem(part.file, f"{part.at}.allOf", f"{extra['$ref']} leads to no schema of this file")
            )
        halves.insert(0, {"properties": dict(specs.find_declared(key)), "required": specs.get(key).get("required", [])})
    own = [*halves, {word: raw[word] for word in ("properties", "required") if word in raw}]
    if not bases and len(halves) and any("allOf" in half for half in halves):
        raise SpecError(specs.problem(part.file, f"{part.at}.allOf", "expected references and objects"))
    merged: dict[str, Any] = {"type": "object"}
    required = list(dict.fromkeys(name for half in own for name in half.get("required") or ()))
    if required:
        merged["required"] = required
    merged["properties"] = {name: value for half in own for name, value in (half.get("properties") or {}).items()}
    before = repr(raw["allOf"])
    for half in own:
        for word in ("additionalProperties", "discriminator"):
            if word in half:
                raw.setdefault(word, half[word])
    if raw.get("additionalProperties") is True:
        merged["additionalProperties"] = True
    for word in ("type", "properties", "required", "additionalProperties"):
        raw.pop(word, None)
    raw["allOf"] = [bases[0], merged] if bases else []
    if not bases:
        del raw["allOf"]
        raw |= merged
    return before != repr(raw.get("allOf"))


def nullable_on_object(specs: Published, part: Part) -> bool:
    """Whether null is allowed is said where an object is used; a class can't be null."""
    if specs.key(str(part.raw.get("$ref")), part.file) in specs.nullable and not part.key and not part.at.endswith("]"):
        part.raw["nullable"] = True
    named = part.raw.get("allOf") or part.key
    return bool(part.raw.get("nullable") is not None and named and part.raw.pop("nullable"))


def nullable(specs: Published, part: Part) -> bool:
    """`nullable: true` of OpenAPI 3.0 is the type null of 3.1."""
    raw = part.raw
    if not raw.pop("nullable", False):
        return False
    if "$ref" in raw:
        raw["anyOf"] = [{"$ref": raw.pop("$ref")}, {"type": "null"}]
    elif isinstance(raw.get("type"), str):
        raw["type"] = [raw["type"], "null"]
        if None in raw.get("enum", ()):
            raw["enum"] = [value for value in raw["enum"] if value is not None]
    return True


def required_without_property(specs: Published, part: Part) -> bool:
    """A property that is required and not declared is not required."""
    raw = part.raw
    if "required" not in raw or "properties" not in raw or part.at.endswith("]") or part.key is None:
        return False
    kept = [name for name in raw["required"] if name in own_properties(raw)]
    if kept == raw["required"]:
        return False
    raw["required"] = kept
    return True


def values_of_variants(specs: Published, part: Part) -> bool:
    """The property that chooses a variant can have the values of all variants."""
    found = part.raw.get("discriminator") or {}
    values = own_properties(part.raw).get(found.get("propertyName"), {}).get("enum")
    gone = [value for value in found.get("mapping") or () if isinstance(values, list) and value not in values]
    if isinstance(values, list):
        values += gone
    return bool(gone)


def nameless_variants(specs: Published, part: Part) -> bool:
    """A schema that has variants, or extends another, gets a name: that of its owner and its property."""
    raw = part.raw
    if part.key or part.at.endswith("]") or not ("discriminator" in raw or len(raw.get("allOf", ())) > 1):
        return False
    match = re.search(r"components\.schemas\.(\w+)\.?(.*)", part.at)
    words = [*(match.groups() if match else (part.file.removesuffix(".yaml"), part.at))]
    words = [w for w in re.split(r"\W+|_", ".".join(words)) if w not in ("allOf", "properties", "items", "1", "paths")]
    name = "".join(word[0].upper() + word[1:] for word in words if word)
    name += "Inner" if part.at.endswith("items") else ""
    schemas = specs.documents[part.file]["components"].setdefault("schemas", {})
    values = (raw.get("discriminator") or {}).get("mapping", {}).keys()
    ours = specs.ours.documents.get(part.file, {}).get("components", {}).get("schemas", {}) if specs.ours else {}
    known = [n for n, schema in ours.items() if values <= schema.get("discriminator", {}).get("mapping", {}).keys()]
    name = known[0] if values and known and name not in known else name
    if name in schemas and not (values and name in ours and "discriminator" in schemas[name]):
        raise SpecError(specs.problem(part.file, part.at, f"a schema with variants needs a name; {name} is taken"))
    if name in schemas:
        schemas[name]["discriminator"]["mapping"] |= raw["discriminator"]["mapping"]
        raw.clear()
        raw["$ref"] = f"#/components/schemas/{name}"
        return True
    schemas[name] = dict(raw)
    raw.clear()
    raw["$ref"] = f"#/components/schemas/{name}"
    key = Key(part.file, "schemas", name)
    specs.mend(Part(part.file, f"components.schemas.{name}", "schemas", schemas[name], key))
    return True


def mapping_by_name(specs: Published, part: Part) -> bool:
    """What a discriminator leads to is a reference; a bare name, or a dangling one, is looked for in all files."""
    found = part.raw.get("discriminator")
    if found is None:
        return False
    name, changed = found["propertyName"], False
    mapping = found.get("mapping")
    if mapping is None:
        schemas = specs.documents[part.file]["components"]["schemas"]
        me = part.key and f"#/components/schemas/{part.key.name}"
        mapping = {n: f"#/components/schemas/{n}" for n, raw in schemas.items() if {"$ref": me} in raw.get("allOf", ())}
        changed = True
    for value, target in list(mapping.items()):
        if specs.key(str(target), part.file):
            continue
        bare = str(target).rpartition("/")[2]
        homes = [file for file, d in specs.documents.items() if bare in (d.get("components", {}).get("schemas") or {})]
        homes = [part.file] if part.file in homes else homes
        if len(homes) != 1:
            at = f"{part.at}.discriminator.mapping.{value}"
            raise SpecError(specs.problem(part.file, at, f"{target} leads to nothing in schemas"))
        mapping[value] = f"{'' if homes == [part.file] else homes[0]}#/components/schemas/{bare}"
        changed = True
    part.raw["discriminator"] = {"propertyName": name, "mapping": {str(k): v for k, v in mapping.items()}}
    if not mapping and "allOf" in part.raw:  # which chooses nothing
        del part.raw["discriminator"]
        changed = True
    return changed


RULES: dict[str, tuple[Callable[[Published, Part], bool], ...]] = {
    "documents": (our_heading, without_prose),
    "components": (without_prose,),
    "pathItems": (content_headers,),
    "operations": (shared_answers, without_prose, content_headers),
    "parameters": (without_prose,),
    "requestBodies": (without_prose,),
    "responses": (without_prose,),
    "headers": (without_prose,),
    "media": (without_prose, content_without_schema),
    "schemas": (
        without_prose,
        unpublished_file,
        booleans_for_words,
        values_twice,
        default_of_another_type,
        keywords_of_another_type,
        open_pattern,
        missing_type,
        reference_with_siblings,
        properties_beside_all_of,
        nullable_on_object,
        nullable,
        required_without_property,
        mapping_by_name,
        values_of_variants,
        nameless_variants,
    ),
}
"""The rules of each sort of part, in the order in which they are applied."""
