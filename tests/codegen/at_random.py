"""`python -m tests.codegen.at_random FOLDER [--seed N] [--count N]`: published documents that are changed at random.

Each change must be carried through, so that the specifications say what is published and a client can be generated, or
be refused with file and line, and then no file may be another than before. The seed is printed; with it, and `--only`,
a run can be had again.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import importlib
import io
import json
import random
import re
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from codegen.__main__ import main as codegen
from codegen.bundle import operations
from codegen.published import Published
from codegen.spec import Specs, own_properties

Document = dict[str, Any]
ODD: list[Any] = [
    *(None, True, 0, -1, 1.5, "", "x", "a: b", "class", "string", "integer", "array", "object"),
    *([], {}, [None], ["a", "a"], {"$ref": 1}, {"$ref": "#/x"}, {"type": "string"}, {1: 2}),
]
NAMES = ["class", "from", "None", "self", "list", "type", "id", "1st", "a-b", "a b", "", "é", "__init__", "to_dict"]
NAMES += ["str", "dict", "datetime", "_x", "in", "object"]
KINDS = ["string", "integer", "number", "boolean", "object"]


class NotHere(Exception):
    """The document has no such part to change."""


class Change:
    """The parts of a document, and the changes that can be made to them."""

    def __init__(self, rng: random.Random, document: Document) -> None:
        self.rng, self.document = rng, document
        self.named: Document = document.get("components", {}).get("schemas") or {}
        schemas = [raw for raw in self.named.values() if isinstance(raw, dict)]
        halves = [half for raw in schemas for half in (raw, *raw.get("allOf", ()))]
        self.owners = [half for half in halves if half.get("properties")]
        self.schemas = schemas
        self.calls = [(path, item, method, raw) for path, item, method, raw in operations(document)]

    def pick(self, found: list[Any]) -> Any:
        if not found:
            raise NotHere
        return self.rng.choice(found)

    def make(self) -> str:
        """Make one change, and tell which."""
        while True:
            name = self.rng.choice([name for name in dir(self) if name.startswith(("field_", "call_", "schema_"))])
            with contextlib.suppress(NotHere):
                getattr(self, name)()
                return name

    # Fields

    def a_field(self, having: str = "") -> tuple[Document, str, Document]:
        """The owner, the name and the schema of a property."""
        found = [(o, n, raw) for o in self.owners for n, raw in o["properties"].items() if isinstance(raw, dict)]
        return self.pick([each for each in found if not having or having in each[2]])

    def a_schema_name(self) -> str:
        return self.pick(list(self.named))

    def field_added(self) -> None:
        self.pick(self.owners)["properties"][f"new_{self.rng.randrange(99)}"] = self.pick(
            [
                {"type": "string", "description": "theirs"},
                {"type": "integer", "format": "int64"},
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "additionalProperties": {"type": "string"}},
                {"type": "object", "properties": {"a": {"type": "boolean"}}},
                {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "boolean"}}}},
                {"type": "string", "enum": ["A", "b"]},
                {"$ref": "common.yaml#/components/schemas/Identifier"},
                {"type": "string", "format": "date-time", "readOnly": True},
            ]
        )

    def field_removed(self) -> None:
        owner, name, _ = self.a_field()
        del owner["properties"][name]
        if name in owner.get("required", ()) and self.rng.random() < 0.5:
            owner["required"].remove(name)

    def field_renamed(self) -> None:
        owner, name, raw = self.a_field()
        del owner["properties"][name]
        owner["properties"][f"{name}_x"] = raw

    def field_of_another_type(self) -> None:
        raw = self.a_field()[2]
        raw.clear()
        raw |= self.pick([{"type": kind} for kind in KINDS] + [{"type": "array", "items": {"type": "string"}}])

    def field_with_a_value_more(self) -> None:
        self.a_field("enum")[2]["enum"].append(self.pick(["NEW_VALUE", "new value", "New-Value", "class", 7, True, ""]))

    def field_with_a_value_less(self) -> None:
        values = self.a_field("enum")[2]["enum"]
        values.pop(self.rng.randrange(len(values)))

    def field_required(self) -> None:
        owner, name, _ = self.a_field()
        required = owner.setdefault("required", [])
        required.remove(name) if name in required else required.append(name)
        if not required:
            del owner["required"]

    def field_flag(self) -> None:
        raw, flag = self.a_field()[2], self.pick(["readOnly", "writeOnly", "deprecated", "nullable"])
        if not raw.pop(flag, False):
            raw[flag] = True

    def field_pattern(self) -> None:
        self.a_field()[2]["pattern"] = self.pick(["^[a-z]+$", "[", "^a|b$", "^(a)b|c$", 3, "^\\p{L}$"])

    def field_format(self) -> None:
        self.a_field()[2]["format"] = self.pick(["int64", "date-time", "password", "uuid", "byte", "weird", 5])

    def field_bound(self) -> None:
        word = self.pick(["maxLength", "minLength", "minimum", "maximum", "minItems"])
        self.a_field()[2][word] = self.pick([5, "5", -1])

    def field_items(self) -> None:
        raw = self.a_field()[2]
        raw.clear()
        raw["type"] = "array"
        raw |= self.pick(
            [
                {},
                {"items": {}},
                {"items": {"type": "array", "items": {"type": "integer"}}},
                {"items": {"$ref": "#/components/schemas/Nowhere"}},
                {"items": {"$ref": f"#/components/schemas/{self.a_schema_name()}"}},
                {"items": [{"type": "string"}]},
            ]
        )

    def field_of_words(self) -> None:
        raw = self.a_field()[2]
        raw.clear()
        raw |= {"type": "string", "enum": [True, False, "x"]}

    def field_reference(self) -> None:
        raw = self.a_field()[2]
        raw.clear()
        raw["$ref"] = self.pick(
            [
                f"#/components/schemas/{self.a_schema_name()}",
                "common.yaml#/components/schemas/Identifier",
                "nowhere.yaml#/components/schemas/X",
                "#/components/schemas/Nowhere",
                "http://x/y#/z",
            ]
        )

    def field_default(self) -> None:
        self.a_field()[2]["default"] = self.pick([1, "1", True, None, [], {}, "x"])

    def field_named_oddly(self) -> None:
        self.pick(self.owners)["properties"][self.pick(NAMES)] = {"type": "string"}

    def field_of_another_case(self) -> None:
        owner, name, _ = self.a_field()
        owner["properties"][name.lower() if name != name.lower() else name.upper()] = {"type": "string"}

    def field_with_siblings(self) -> None:
        owner, name, raw = self.a_field()
        owner["properties"][name] = {"allOf": [raw], "description": "theirs", "readOnly": True}

    # Schemas

    def schema_added(self) -> None:
        self.named[f"Fresh{self.rng.randrange(9)}"] = {"type": "object", "properties": {"a": {"type": "string"}}}

    def schema_removed(self) -> None:
        del self.named[self.a_schema_name()]

    def schema_renamed(self) -> None:
        name = self.a_schema_name()
        self.named[f"{name}2"] = self.named.pop(name)

    def schema_named_oddly(self) -> None:
        name = self.pick(["None", "class", "List", "str", "Any", "A b", "9x", "Optional", "Request", "field", "model"])
        self.named[name] = {"type": "object", "properties": {"a": {"type": "string"}}}

    def schema_of_another_case(self) -> None:
        self.named[self.a_schema_name().upper()] = {"type": "object"}

    def schema_cycle(self) -> None:
        ends = {"CycleA": "CycleB", "CycleB": "CycleA"}
        around: Callable[[Document], Document] = self.pick([lambda raw: raw, lambda raw: {"allOf": [raw]}])
        self.pick([1])
        for name, other in ends.items():
            self.named[name] = around({"$ref": f"#/components/schemas/{other}"})

    def schema_discriminator(self) -> None:
        raw = self.pick([raw for raw in self.schemas if "discriminator" in raw])
        mapping = raw["discriminator"].setdefault("mapping", {})
        name = self.a_schema_name()
        match self.rng.randrange(3):
            case 0:
                del raw["discriminator"]
            case 1 if mapping:
                del mapping[self.pick(list(mapping))]
            case _:
                mapping["NEW"] = self.pick(["Nowhere", f"#/components/schemas/{name}", name])

    def schema_new_discriminator(self) -> None:
        self.pick(self.schemas)["discriminator"] = {"propertyName": self.pick(["kind", "name"])}

    def schema_extends(self) -> None:
        raw = self.pick(self.schemas)
        own = copy.deepcopy(raw)
        raw.clear()
        raw["allOf"] = [{"$ref": f"#/components/schemas/{self.a_schema_name()}"}, own]

    def schema_described(self) -> None:
        self.pick(self.schemas)["description"] = "é ☃ \u2028 \x85 '\"\\"

    # Operations

    def call_added(self) -> None:
        path, _, _, raw = self.pick(self.calls)
        self.document["paths"][f"{path}:shake"] = {"post": copy.deepcopy(raw) | {"operationId": "shakeIt"}}

    def call_removed(self) -> None:
        _, item, method, _ = self.pick(self.calls)
        del item[method]

    def call_id(self) -> None:
        ids = [
            "somethingElse",
            "class",
            "x y",
            "",
            5,
            "Import",
            "client",
            "fetch",
            self.pick(self.calls)[3]["operationId"],
        ]
        self.pick(self.calls)[3]["operationId"] = self.pick(ids)

    def call_path(self) -> None:
        path = self.pick(self.calls)[0]
        bare = path.replace("{", "").replace("}", "")
        paths = [f"{path}/{{more}}", f"{path}//x", bare, f"{path}x", path[1:], f"{path}/", path.replace("v2", "v3")]
        self.document["paths"][self.pick(paths)] = self.document["paths"].pop(path)

    def call_method(self) -> None:
        _, item, method, raw = self.pick(self.calls)
        del item[method]
        item.setdefault(self.pick(["put", "post", "get", "patch", "fly"]), raw)

    def call_parameter_added(self) -> None:
        string = {"type": "string"}
        self.pick(self.calls)[3].setdefault("parameters", []).append(
            self.pick(
                [
                    {"name": "newFlag", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "x-new", "in": "header", "schema": string},
                    {"name": "zone", "in": "path", "required": True, "schema": string},
                    {"name": "must", "in": "query", "required": True, "schema": {"type": "integer"}},
                    {"name": "c", "in": "cookie", "schema": string},
                    {"name": "from", "in": "query", "schema": {"type": "array", "items": string}},
                    {"name": "body", "in": "query", "schema": string},
                ]
            )
        )

    def call_parameter_removed(self) -> None:
        parameters = self.pick([raw["parameters"] for *_, raw in self.calls if raw.get("parameters")])
        parameters.pop(self.rng.randrange(len(parameters)))

    def call_parameter_changed(self) -> None:
        parameters = [p for *_, raw in self.calls for p in raw.get("parameters", ())]
        raw = self.pick([p for p in parameters if p.get("in") == "query" and "schema" in p])
        match self.rng.randrange(4):
            case 0:
                raw["required"] = not raw.get("required")
            case 1:
                raw["deprecated"] = not raw.get("deprecated")
            case 2:
                raw["in"] = "header"
            case _:
                kinds: list[Document] = [{"type": kind} for kind in KINDS] + [{"type": "string", "enum": ["a"]}]
                raw["schema"] = self.pick(kinds)

    def call_deprecated(self) -> None:
        raw = self.pick(self.calls)[3]
        raw["deprecated"] = not raw.get("deprecated", False)

    def call_status(self) -> None:
        answers = self.pick(self.calls)[3]["responses"]
        answers[self.pick(["201", "default", "2XX", "599", 204])] = answers.pop(self.pick(list(answers)))

    def call_body(self) -> None:
        small = {"type": "object", "properties": {"a": {"type": "string"}}}
        self.pick(self.calls)[3]["requestBody"] = self.pick(
            [
                {"required": True, "content": {"application/json": {"schema": small}}},
                {"content": {"text/plain": {"schema": {"type": "string"}}}},
                {"content": {}},
                {"content": {"application/xml": {}}},
            ]
        )

    def call_media(self) -> None:
        answer = self.pick([a for *_, raw in self.calls for a in raw["responses"].values() if "content" in a])
        media = self.pick(["text/csv", "application/json; charset=utf-8", "*/*", "application/vnd.x+json"])
        answer["content"] = {media: {"schema": {"type": "string"}}}


def change_anything(rng: random.Random, document: Any) -> str:
    """Change a document anywhere, whatever comes of it."""
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
            places.append((node, key))
            walk(node[key])

    walk(document)
    node, key = rng.choice(places)
    how = rng.choice(["drop", "odd", "copy", "rename"])
    other, at = rng.choice(places)
    if how == "drop":
        del node[key]
    elif how == "rename" and isinstance(node, dict):
        node[f"{key}X"] = node.pop(key)
    else:
        node[key] = copy.deepcopy(other[at] if how == "copy" else rng.choice(ODD))
    return f"anything_{how}"


def change_text(rng: random.Random, text: str) -> tuple[str, str]:
    """Spoil the text of a document."""
    lines = text.splitlines(keepends=True)
    i = rng.randrange(2, len(lines) - 2)
    how = rng.choice(["cut", "cut at a line", "dropped", "swapped", "indented", "tab", "twice", "garbage", "empty"])
    match how:
        case "cut":
            return how, text[: rng.randrange(1, len(text))]
        case "cut at a line":
            lines = lines[:i]
        case "dropped":
            del lines[i]
        case "swapped":
            lines[i], lines[i + 1] = lines[i + 1], lines[i]
        case "indented":
            lines[i] = f"  {lines[i]}"
        case "tab":
            lines[i] = f"\t{lines[i]}"
        case "twice":
            lines.insert(i, lines[i])
        case "garbage":
            lines[i] = rng.choice(["\x00\ufffd{", "\ufeff", lines[i].replace(":", "", 1), "x *nothing\n"])
        case _:
            lines = []
    return f"text {how}", "".join(lines)


# What must come of it


def facts(specs: Specs, file: str) -> dict[str, Any]:
    """All that a document says of values and operations, by where it says so."""
    document, found = specs.documents[file], dict[str, Any]()

    def schema(raw: Any, at: str) -> None:
        if not isinstance(raw, dict):
            found[at] = raw
            return
        halves = (raw, *(half for half in raw.get("allOf", ()) if "$ref" not in half))
        required = {name for half in halves for name in half.get("required", ())}
        for name, part in own_properties(raw).items():
            found[f"{at}.{name} required"] = name in required
            if name != raw.get("discriminator", {}).get("propertyName"):  # it is a string, whatever is said of it
                schema(part, f"{at}.{name}")
        for word, said in raw.items():
            if word == "items" or (word == "additionalProperties" and isinstance(said, dict)):
                schema(said, f"{at} {word}")
            elif word == "$ref":
                found[f"{at} $ref"] = said.removeprefix("./")
            elif word == "allOf":
                found[f"{at} extends"] = [half.get("$ref") for half in said if "$ref" in half]
            elif word not in ("properties", "required", "description") and word[:2] != "x-" and said is not None:
                found[f"{at} {word}"] = sorted(said) if word == "type" and isinstance(said, list) else said

    def resolved(raw: Document) -> Document:
        key = specs.key(raw["$ref"], file) if "$ref" in raw else None
        return specs.get(key) if key else raw

    for name, raw in document.get("components", {}).get("schemas", {}).items():
        schema(raw, name)
    for path, item, method, raw in operations(document):
        at = raw["operationId"]
        found[at] = (path, method, raw.get("deprecated", False), raw.get("x-accepted", True), sorted(raw["responses"]))
        for parameter in map(resolved, (*item.get("parameters", ()), *raw.get("parameters", ()))):
            where = f"{at}({parameter['name']})"
            found[where] = (parameter["in"], parameter.get("required", False), parameter.get("deprecated", False))
            schema(parameter["schema"], where)
        for status, answer in {"body": raw.get("requestBody", {}), **raw["responses"]}.items():
            for media, content in resolved(answer).get("content", {}).items():
                schema(content["schema"], f"{at} {status} {media}")
    return found


class Run:
    """Changes of the documents of a folder, one after the other."""

    def __init__(self, folder: Path, seed: int, work: Path) -> None:
        self.texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
        self.seed, self.work = seed, work
        self.tally: Counter[str] = Counter()

    def reached(self, name: str) -> set[str]:
        """The file, and those that it refers to."""
        found, waiting = {"common.yaml"} & self.texts.keys(), [name]
        while waiting:
            if (file := waiting.pop()) not in found and file in self.texts:
                waiting += re.findall(r"([\w-]+\.yaml)#", self.texts[file])
            found.add(file)
        return found & self.texts.keys()

    def specs(self, name: str) -> Path:
        """The specifications that come of a file and what it refers to, as they are published."""
        folder = self.work / f"of_{name}"
        if not folder.exists():
            published = self.work / f"published_{name}"
            published.mkdir()
            for file in self.reached(name):
                (published / file).write_text(self.texts[file], encoding="utf-8")
            code, _, told = run("import", published, "--specs", folder, "--version", "1.0", "--apply")
            assert code == 0, told
        return folder

    def change(self, i: int) -> list[str]:
        """Make the change of this number, and tell what is wrong about what comes of it."""
        rng = random.Random(f"{self.seed}-{i}")
        name = rng.choice(list(self.texts))
        style = rng.random()
        if style < 0.15:
            kind, text = change_text(rng, self.texts[name])
        else:
            document = yaml.safe_load(self.texts[name])
            kind = change_anything(rng, document) if style < 0.35 else Change(rng, document).make()
            text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
        here = self.work / f"change_{i}"
        published, specs = here / "published", here / "specs"
        published.mkdir(parents=True)
        for file in self.reached(name):
            (published / file).write_text(text if file == name else self.texts[file], encoding="utf-8")
        shutil.copytree(self.specs(name), specs)
        before = {path.name: path.read_bytes() for path in specs.iterdir()}
        code, out, told = run("import", published, "--specs", specs, "--version", "1.0", "--apply", "--json")
        wrong = [f"litter: {p.name}" for p in here.iterdir() if p.name not in ("published", "specs")]
        if code:
            wrong += [] if code == 1 and re.search(rf"/{name}:\d+: ", told) else [f"refused: {told[-900:]}"]
            wrong += [] if before == {p.name: p.read_bytes() for p in specs.iterdir()} else ["refused, and changed"]
        else:
            wrong += self.carried(here, name, json.loads(out), f"made_{self.seed}_{i}")
        self.tally["refused" if code else "carried"] += 1
        shutil.rmtree(here, ignore_errors=True)
        return [f"{i} {name} {kind}: {each}" for each in wrong]

    def carried(self, here: Path, name: str, report: Document, package: str) -> Iterator[str]:
        """What is wrong about a change that was carried through."""
        published, specs = here / "published", here / "specs"
        for command in ("generate", "check"):
            code, out, told = run(command, "--specs", specs, "--out", here / package, "--facade", here / "facade")
            if code:
                yield f"{command}: {out[-300:]} {told[-900:]}"
                return
        sys.path.insert(0, str(here))
        try:
            for path in (here / package).glob("*.py"):
                importlib.import_module(f"{package}.{path.stem}")
        except Exception:
            yield traceback.format_exc()[-900:]
        sys.path.pop(0)
        code, out, told = run("import", published, "--specs", specs, "--version", "1.0", "--json")
        if code:
            yield f"imported again: {told[-900:]}"
            return
        left = [f"{change['resource']}: {change['where']}: {change['text']}" for change in json.loads(out)["changes"]]
        self.tally["by hand"] += any(line in report["by_hand"] for line in left)
        for line in left:
            if line not in report["by_hand"] + report["kept"]:
                yield f"left, and not told: {line}"
        theirs, ours = facts(Published(published, "1.0"), name), facts(Specs(specs), name)
        if not left and theirs != ours:
            lost = [at for at in sorted(theirs.keys() | ours.keys()) if theirs.get(at) != ours.get(at)]
            yield f"lost: {[(at, ours.get(at), theirs.get(at)) for at in lost[:4]]}"


def run(*arguments: Any) -> tuple[Any, str, str]:
    """The exit status of a command, and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code: Any = codegen([str(argument) for argument in arguments])
        except Exception:
            return "traceback", out.getvalue(), traceback.format_exc()
    return code, out.getvalue(), err.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description="Change published documents at random, and import them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--only", type=int, nargs="*", help="the numbers of the changes to make")
    options = parser.parse_args()
    if not any(options.folder.glob("*.yaml")):
        parser.error(f"{options.folder} holds no document")
    print(f"seed {options.seed}", flush=True)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as work:
        made = Run(options.folder, options.seed, Path(work))
        for i in options.only or range(options.count):
            for line in made.change(i):
                wrong.append(line)
                print(line, flush=True)
        print(dict(made.tally), f"wrong: {len(wrong)}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
