"""`python -m codegen import`: what published documents have that our specifications don't, and writing it there."""

from __future__ import annotations

import difflib
import io
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from . import ir
from .bundle import METHODS, operations
from .changes import Change, compare
from .diff import list_changes
from .facade import find_facade_problems
from .package import parse_documents, read_documents
from .parse import identifier, module_name
from .published import Published
from .spec import Key, SpecError, Specs, load, own_properties

WANTED = Path("codegen/wanted.yaml")
_VALUES = {"type", "format", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "anyOf", "$ref"}
_VALUES |= {"items", "minItems", "maxItems", "uniqueItems", "additionalProperties", "default", "properties", "required"}
_VALUES |= {"writeOnly"}
"""What says of which values a property is."""
_FACTS = {"format", "writeOnly", "minItems", "maxItems", "uniqueItems", "pattern", "minLength", "maxLength"}
_WORDS = {"read_only": {"readOnly"}, "deprecated": {"deprecated"}, "required": {"default"}, "null": {"default"}}
_WORDS |= {"facts": _FACTS}
"""What a difference is about, by the beginning of its rule, if that is not which values there are."""
_OF_NAMELESS = {"properties", "required", "enum", "items"}
"""What a class of ours takes over from one that has no name where it is published."""
_PLACED = {"x-collection", "x-facade"}
_MOVES = ("operation.path.changed", "operation.method.changed")


def import_(
    folder: Path,
    specs: Path,
    wanted: Path | None,
    version: str | None,
    apply: bool,
    remove: bool,
    as_json: bool,
    fail_on_breaking: bool,
) -> int:
    """Print what differs, and with `apply` write it into the specifications, unless this fails.

    1 if a wanted difference is gone, or, if asked for, if anything breaks users.
    """
    if not folder.is_dir():
        raise SpecError(f"{folder}: not a folder")
    ours = Specs(specs) if specs.is_dir() and any(specs.glob("*.yaml")) else None
    theirs = Published(folder, version or _version(folder), ours)
    reasons = _Wanted(wanted or (WANTED if specs == Path("specs") and WANTED.exists() else None))
    if ours:
        _dress(ours, theirs)
    new = _placed(theirs, theirs.documents.keys() - (ours.documents if ours else {}))
    old = read_documents(specs) if ours else []
    without = {document.file for document in old if not document.collection and not document.service}
    changes = compare(old, new)
    open_ = [change for change in changes if not reasons.reason(change)]
    failed = bool(reasons.stale()) or (fail_on_breaking and any(change.breaking for change in open_))
    sentences: list[str] = []
    left: list[Change] = []
    if apply and not failed:
        writer = _Writer(theirs, ours, specs)
        for change in sorted(open_, key=_last_removed):
            if remove or not _takes_away(change):
                writer.write(change)
        left = [change for change in writer.finish(new) if not reasons.reason(change)]
        sentences = writer.sentences
    report = {
        "published": str(folder),
        "version": theirs.version,
        "changes": [{**asdict(c), "text": c.text, "wanted": reasons.reason(c)} for c in changes],
        "mended": [m._asdict() for m in theirs.mended],
        "no_longer_wanted": reasons.stale(),
        "sentences": sentences,
        "kept": [_told(change) for change in left if _takes_away(change)],
        "by_hand": _by_hand(
            [change for change in left if not _takes_away(change)],
            [document for document in new if document.file not in without and apply and not failed],
        ),
    }
    print(
        json.dumps(report, indent=2, ensure_ascii=False)
        if as_json
        else "\n".join(_markdown(report, changes, open_, apply))
    )
    if failed and apply:
        print("Nothing was written.", file=sys.stderr)
    return int(failed)


def _takes_away(change: Change) -> bool:
    """Whether a difference is that something is no longer published, or not by its name."""
    return change.rule.partition(".")[2] in ("removed", "name.changed", "id.changed")


def _last_removed(change: Change) -> int:
    """Operations come to their places first. What is removed comes last, and classes after what refers to them."""
    if change.rule in _MOVES:
        return -1
    return (2 if change.rule.startswith("model.") else 1) if _takes_away(change) else 0


def _told(change: Change) -> str:
    return f"{change.resource}: {change.where}: {change.text}"


def _version(folder: Path) -> str:
    """The version of the API, which the folder is called by."""
    for name in (folder.resolve().name, folder.resolve().parent.name):
        if re.fullmatch(r"v?\d+(\.\d+)+", name):
            return name.removeprefix("v")
    raise SpecError(f"{folder}: the folder's name does not tell which version of the API this is: say --version")


class _Wanted:
    """Differences that are known and wanted, each with its reason."""

    def __init__(self, file: Path | None) -> None:
        self.file, self.used = file, set[int]()
        try:
            self.entries: list[dict[str, str]] = load(file.read_text(encoding="utf-8")) or [] if file else []
        except (ValueError, yaml.YAMLError) as error:
            raise SpecError(f"{file}: not YAML: {' '.join(str(error).split())}") from None
        if not isinstance(self.entries, list):
            raise SpecError(f"{file}: expected a list of resource, where, rule and reason")
        for i, entry in enumerate(self.entries):
            if not isinstance(entry, dict) or entry.keys() != {"resource", "where", "rule", "reason"}:
                raise SpecError(f"{file}: [{i}]: expected resource, where, rule and reason")

    def reason(self, change: Change) -> str | None:
        """Why a difference is wanted, or None."""
        for i, entry in enumerate(self.entries):
            if all(fnmatchcase(getattr(change, part), entry[part]) for part in ("resource", "where", "rule")):
                self.used.add(i)
                return entry["reason"]
        return None

    def stale(self) -> list[str]:
        """Those that are no difference any more."""
        unused = [entry for i, entry in enumerate(self.entries) if i not in self.used]
        return [f"{entry['resource']}: {entry['where']}: {entry['rule']}" for entry in unused]


# What our specifications say beside the facts


def _dress(ours: Specs, theirs: Published) -> None:
    """Put our marks on the published documents, where both have a part."""
    for file, document in ours.documents.items():
        if file not in theirs.documents:
            continue
        other = theirs.documents[file]
        _marks(document, other)
        if other.get("x-collection") not in (None, *other.get("paths", ())):
            if (path := _collection(other.get("paths", {}))) is None:
                _displace(other)
            else:
                other["x-collection"] = path
        calls = {(_bare(path), method): raw for path, _, method, raw in operations(other)}
        named = {raw["operationId"]: raw for raw in calls.values()}
        for path, item in document.get("paths", {}).items():
            key = ours.key(item["$ref"], file) if "$ref" in item else None
            for _, _, method, raw in operations({"paths": {path: ours.get(key) if key else item}}):
                if found := calls.get((_bare(path), method), named.get(raw["operationId"])):
                    _marks(raw, found)
        schemas = other["components"].get("schemas", {})
        for name, raw in document.get("components", {}).get("schemas", {}).items():
            if name in schemas:
                _marks(raw, schemas[name])
                declared = theirs.find_declared(Key(file, "schemas", name))
                if isinstance(marked := schemas[name].get("x-positional"), list):
                    schemas[name]["x-positional"] = [wire for wire in marked if wire in declared]
                properties = own_properties(schemas[name])
                for wire, part in own_properties(raw).items():
                    if wire in properties:
                        _marks(part, properties[wire])


def _marks(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    if ours.get("format") == "password" and theirs.get("type") == "string":
        theirs.setdefault("format", "password")  # what no repr shows is ours to say
    theirs.update({word: value for word, value in ours.items() if word.startswith("x-") and word not in theirs})


def _bare(path: str) -> str:
    return re.sub(r"{\w+}", "{}", path)


def _placed(theirs: Published, files: set[str]) -> list[ir.Document]:
    """The published documents. Each new one has its collection and facade, or else is a service."""
    for file in files:
        if path := _collection(theirs.documents[file].get("paths", {})):
            theirs.documents[file] |= {"x-collection": path, "x-facade": "generated"}
    found = parse_documents(theirs)
    for i, document in enumerate(found):
        file, raw = document.file, theirs.documents[document.file]
        if _cannot_be_placed(document):
            _displace(raw)
        elif file not in files or document.facade or not document.operations:
            continue
        if file in files:
            raw["x-service"] = {"module": document.module, "name": f"{document.module}_service"}
        [found[i]] = parse_documents(theirs, only=file)
    return found


def _collection(paths: dict[str, Any]) -> str | None:
    """The path under which all objects of a resource are."""
    for path in sorted(paths, key=len):
        if any(re.fullmatch(rf"{re.escape(path)}/{{\w+}}", other) for other in paths) and not path.endswith("}"):
            return path
    return None


# The report


def _by_hand(left: list[Change], new: list[ir.Document]) -> list[str]:
    """What no import can do. new: the documents that had methods before, or were not there."""
    lines = [_told(change) for change in left]
    without = (d for d in new if d.operations and not d.collection and not d.service)
    outside = ((d, o) for d in new if d.facade for o in d.operations if not o.path.startswith(d.collection or ""))
    lines += [f"{d.module}: {o.name} has no method" for d, o in outside if not o.deprecated]
    lines += [problem for d in new if d.facade for problem in find_facade_problems(d)]
    lines += [f"{d.module}: no facade is generated; write its methods, or send its operations" for d in without]
    return lines


def _markdown(report: dict[str, Any], changes: list[Change], open_: list[Change], apply: bool) -> Iterator[str]:
    breaking = [change for change in open_ if change.breaking]
    yield f"# What Snowflake publishes as {report['version']}, and what our specifications say\n"
    wanted = len(changes) - len(open_)
    yield f"{len(breaking)} breaking, {len(open_) - len(breaking)} other, {wanted} known and wanted."
    yield from list_changes(open_)
    sections = {
        "Known and wanted": [
            f"`{c['resource']}` `{c['where']}`: {c['text']}. {c['wanted']}" for c in report["changes"] if c["wanted"]
        ],
        "Wanted, but no difference any more": report["no_longer_wanted"],
        "Put right": [f"{m['rule']}: {m['file']}: {m['at']}" for m in report["mended"]],
        "Sentences that were made": report["sentences"],
        "No longer published, and kept": report["kept"],
        "Left to be done by hand": report["by_hand"],
    }
    for title, lines in sections.items():
        if lines:
            yield f"\n## {title}\n"
            yield from (f"- {line}" for line in dict.fromkeys(lines))


# Writing


class _Writer:
    """Our specifications in the making. Nothing is written to their folder before all is well."""

    def __init__(self, theirs: Published, ours: Specs | None, folder: Path) -> None:
        self.theirs, self.ours, self.folder = theirs, ours, folder
        self.sentences: list[str] = []
        self.edited: dict[str, _Edited] = {}
        self.gone: set[str] = set()
        self.files = {module_name(file): file for file in (*(ours.documents if ours else ()), *theirs.documents)}

    def write(self, change: Change) -> None:
        """Carry one difference over, if it is a fact that can be."""
        part, _, what = change.rule.partition(".")
        file = self.files.get(change.resource)
        if file is None or self.ours is None or file not in self.ours.documents:
            return
        step: dict[str, Callable[[str, Change, str], None]] = {
            "operation": self._operation,
            "argument": self._argument,
            "answer": self._answer,
            "model": self._model,
            "constant": self._model,
            "field": self._field,
        }
        if change.rule == "resource.removed":
            self.gone.add(file)
        elif _takes_away(change) and change.rule != "argument.name.changed":
            self.removed(file, change, what)
        elif part in step and file in self.theirs.documents and what != "base.removed":
            step[part](file, change, what)

    def finish(self, new: list[ir.Document]) -> list[Change]:
        """Check what has come of it, put it into its place, and tell what still differs."""
        with tempfile.TemporaryDirectory(
            dir=self.folder.resolve().parent if self.folder.parent.is_dir() else None
        ) as name:
            made = Path(name)
            added = self.theirs.documents.keys() - (self.ours.documents if self.ours else {})
            for file in added:
                self.reached(self.theirs.documents[file], file)
            if self.ours:
                self._follow(self.ours)
            for file in self.ours.documents if self.ours else ():
                if file not in self.gone:
                    shutil.copyfile(self.folder / file, made / file)
            for file, edited in self.edited.items():
                (made / file).write_text(edited.text(), encoding="utf-8")
            for file in added:
                document = self.worded(self.theirs.documents[file], file)
                (made / file).write_text(_dumped(document), encoding="utf-8")
            for path in made.glob("*.yaml"):
                text = path.read_text(encoding="utf-8")
                if not re.search(rf"^  version: .{re.escape(self.theirs.version)}.$", text, re.MULTILINE):
                    version = rf"\g<1>'{self.theirs.version}'"
                    text = re.sub(r"^(  version: ).*", version, text, count=1, flags=re.MULTILINE)
                    path.write_text(text, encoding="utf-8")
            left = compare(self._checked(made), new)
            self.folder.mkdir(parents=True, exist_ok=True)
            for path in sorted(made.glob("*.yaml")):
                there = self.folder / path.name
                if not there.exists() or there.read_bytes() != path.read_bytes():
                    path.replace(there)
            for file in self.gone:
                (self.folder / file).unlink()
        return left

    def _follow(self, ours: Specs) -> None:
        """Refer to nothing that is taken away, but to the part of its name in the same document; else it stays."""

        def has(key: Key) -> bool:
            there = self.edited[key.file].document if key.file in self.edited else ours.documents.get(key.file, {})
            return key.file not in self.gone and key.name in there.get("components", {}).get(key.kind, ())

        waiting = [file for file in ours.documents if file not in self.gone]
        while waiting:
            file = waiting.pop()
            if file not in self.edited and all(has(key) for *_, key in _references(ours.documents[file], file)):
                continue
            for holder, word, key in list(_references(self.document(file), file)):
                if has(key) or ours.get(key) is None:
                    continue
                if has(key._replace(file=file)):
                    holder[word] = f"#/components/{key.kind}/{key.name}"
                    continue
                waiting.append(key.file)
                document = self.document(key.file)
                if key.file in self.gone:  # of which what is referred to stays, and no operation
                    self.gone.remove(key.file)
                    _displace(document)
                    document |= {"paths": {}, "components": {}}
                document.setdefault("components", {}).setdefault(key.kind, {})[key.name] = ours.get(key)

    def _checked(self, made: Path) -> list[ir.Document]:
        """The documents that have come of it. One that no longer makes sense stays as it was, to be done by hand."""
        while True:
            try:
                found = read_documents(made)
                gone = [document.file for document in found if _cannot_be_placed(document)]
                for file in gone:
                    _displace(self.document(file))
                    (made / file).write_text(self.edited[file].text(), encoding="utf-8")
                if not gone:
                    return found
            except SpecError as error:
                wrong = [file for file in self.edited if any(f"/{file}: " in problem for problem in error.problems)]
                if not wrong:
                    told = (problem.replace(made.as_posix(), self.folder.as_posix()) for problem in error.problems)
                    raise SpecError(*told) from None
                for file in wrong:
                    del self.edited[file]
                    shutil.copyfile(self.folder / file, made / file)

    def document(self, file: str) -> Any:
        """One of our documents, to be changed."""
        if file not in self.edited:
            self.edited[file] = _Edited((self.folder / file).read_text(encoding="utf-8"))
        return self.edited[file].document

    def worded(self, raw: Any, name: str, sort: str = "") -> Any:
        """A copy of a part that is published, with sentences of ours."""
        if isinstance(raw, list):
            return [self.worded(part, name) for part in raw]
        if not isinstance(raw, dict):
            return raw
        out: dict[str, Any] = {}
        for word, part in raw.items():
            if word in ("properties", "schemas", "parameters", "responses", "headers", "requestBodies") and isinstance(
                part, dict
            ):
                out[word] = {n: self.worded(one, n, word) for n, one in part.items()}
            else:
                out[word] = self.worded(part, name)
        if "info" in raw:
            out["info"] = {**raw["info"], "description": f"{raw['info']['title']}: objects and operations."}
        elif "operationId" in raw:
            out["summary"] = self.sentence(raw["operationId"], _sentence(raw["operationId"]))
        elif "in" in raw and "schema" in raw:
            out["description"] = self.sentence(raw["name"], f"The {_words(raw['name'])}.")
        elif sort in ("properties", "schemas", "headers") and "$ref" not in raw and "description" not in raw:
            out["description"] = self.sentence(name, self.described(raw, name, sort))
        return out

    def described(self, raw: dict[str, Any], name: str, sort: str) -> str:
        words = _words(name)
        if sort == "schemas":
            return f"{'An' if words[0] in 'aeiou' else 'A'} {words}."
        if raw.get("type") == "boolean":
            return f"The setting `{name}`, true or false."
        if raw.get("format") in ("date", "date-time"):
            return f"The time `{name}`."
        return f"The {words}."

    def sentence(self, name: str, text: str) -> str:
        self.sentences.append(f"`{name}`: {text}")
        return text

    def reached(self, raw: Any, file: str) -> None:
        """Bring in what a part refers to and ours has not."""
        for *_, key in _references(raw, file):
            if self.ours and key.file in self.ours.documents and self.theirs.get(key) is not None:
                named = self.document(key.file).setdefault("components", {}).setdefault(key.kind, {})
                if key.name not in named:
                    named[key.name] = self.worded(self.theirs.get(key), key.name, key.kind)
                    self.reached(self.theirs.get(key), key.file)

    # One difference each

    def call(self, file: str, name: str) -> tuple[str, str, dict[str, Any]] | None:
        """An operation as it is published, by its Python name, with its path and method."""
        for path, _, method, raw in operations(self.theirs.documents[file]):
            if identifier(raw["operationId"]) == name:
                return path, method, raw
        return None

    def ours_of(self, file: str, path: str, method: str) -> Any:
        """The same operation of ours, if it is written in this file."""
        for other, _, verb, raw in operations(self.document(file)):
            if (_bare(other), verb) == (_bare(path), method):
                return raw
        return None

    def removed(self, file: str, change: Change, what: str) -> None:
        """Take away what is no longer published, or give it the name that is."""
        document = self.document(file)
        schemas = document.get("components", {}).get("schemas", {})
        name, _, inner = change.where.removesuffix(")").partition("(" if "(" in change.where else ".")
        if change.rule == "resource.collection.removed":
            _displace(document)
        elif name in schemas and inner:
            for half in (schemas[name], *schemas[name].get("allOf", ())):
                for wire in [w for w in half.get("properties", ()) if inner in _python_names(w)]:
                    del half["properties"][wire]
                    for word in ("required", "x-positional"):
                        if isinstance(listed_ := half.get(word), list) and wire in listed_:
                            listed_.remove(wire)
                            if not listed_:
                                del half[word]
        elif change.rule.startswith(("model.", "constant.")):
            for other in [n for n in schemas if change.where in (n, identifier(n).upper())]:
                del schemas[other]
        for path, item in list(document.get("paths", {}).items()) if change.rule == "operation.removed" else ():
            shared = self.ours and "$ref" in item and self.ours.follow(item, file)[0]
            if shared and {identifier(shared[verb]["operationId"]) for verb in METHODS if verb in shared} == {name}:
                del document["paths"][path]
        for path, item, method, raw in list(operations(document)):
            if identifier(raw["operationId"]) != name:
                continue
            if what == "id.changed":
                raw["operationId"] = change.after
            elif change.rule == "operation.removed":
                del item[method]
                if isinstance(facade := document.get("x-facade"), dict):
                    facade.get("methods", {}).pop(raw["operationId"], None)
                if not any(verb in METHODS for verb in item):
                    del document["paths"][path]
                    if document.get("x-collection") == path:
                        _displace(document)
            elif inner and self.ours:
                known = self._parameters(self.ours, file, raw)
                if left := [key for key in known if identifier(key[1]) == inner]:
                    raw["parameters"] = [part for key, part in known.items() if key not in left]
                elif inner not in (identifier(wire) for _, wire in self._parameters(self.ours, file, item)):
                    raw.pop("requestBody", None)

    def _operation(self, file: str, change: Change, what: str) -> None:
        found = self.call(file, change.where)
        if found is None:
            return
        path, method, raw = found
        if what == "added":
            item = self.theirs.documents[file]["paths"][path]
            mine = self.document(file).setdefault("paths", {}).setdefault(path, {})
            if "$ref" in mine:
                return
            copied = self.worded({**raw, "parameters": [*item.get("parameters", []), *raw.get("parameters", [])]}, path)
            given = {json.dumps(parameter, default=str) for parameter in mine.get("parameters", ())}
            copied["parameters"] = [p for p in copied["parameters"] if json.dumps(p, default=str) not in given]
            mine[method] = copied
            self.reached([raw, item.get("parameters", [])], file)
        elif change.rule in _MOVES:
            self._move(file, path, method, raw)
        elif what.startswith("statuses"):
            self._answer(file, change, what)
        elif what.startswith("deprecated") and (mine := self.ours_of(file, path, method)) is not None:
            self._values(mine, raw, {"deprecated"})

    def _move(self, file: str, path: str, method: str, theirs: dict[str, Any]) -> None:
        """Bring an operation of ours to the path and the method that are published, with what is in that path."""
        document = self.document(file)
        for old, item, verb, raw in list(operations(document)):
            if identifier(raw["operationId"]) != identifier(theirs["operationId"]) or self.ours is None:
                continue
            del item[verb]
            if not any(verb in METHODS for verb in item):
                del document["paths"][old]
            given = self._parameters(self.theirs, file, self.theirs.documents[file]["paths"][path], theirs)
            mine = self._parameters(self.ours, file, item, raw)
            known = {key: parameter for key, parameter in mine.items() if key in given or key[0] != "path"}
            new = {key: self.worded(parameter, key[1]) for key, parameter in given.items() if key[0] == "path"}
            document["paths"].setdefault(path, {})[method] = {**raw, "parameters": [*(new | known).values()]}
            self.reached([*new.values()], file)
        if document.get("x-collection") not in (None, *document["paths"]):
            document["x-collection"] = _collection(document["paths"]) or document["x-collection"]

    def _parameters(self, specs: Specs, file: str, *owners: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
        """The parameters of path items and operations as they are written, by their places and names."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for raw in (raw for owner in owners for raw in owner.get("parameters", ())):
            key = specs.key(raw["$ref"], file) if "$ref" in raw else None
            parameter = specs.get(key) if key else raw
            found[parameter["in"], parameter["name"]] = raw
        return found

    def _argument(self, file: str, change: Change, what: str) -> None:
        name, _, argument = change.where.removesuffix(")").partition("(")
        found = self.call(file, name)
        mine = found and self.ours_of(file, found[0], found[1])
        if not found or mine is None or self.ours is None:
            return
        item, raw = self.theirs.documents[file]["paths"][found[0]], found[2]
        parameters = self._parameters(self.theirs, file, item, raw)
        given = {key: part for key, part in parameters.items() if identifier(key[1]) == argument}
        if what == "name.changed" and any(place == "path" for place, _ in given):
            self._move(file, *found)
        elif not given and "requestBody" in raw:
            said = mine.get("requestBody", {}).get("description")
            mine["requestBody"] = self.worded(raw["requestBody"], name) | ({"description": said} if said else {})
            self.reached(raw["requestBody"], file)
        for place, part in given.items():
            ours = mine.setdefault("parameters", [])
            known = self._parameters(self.ours, file, mine)
            if place in known and known[place].get("$ref", "") == part.get("$ref", "") != "":
                key = self.ours.key(part["$ref"], file)
                assert key is not None
                self._parameter(self.document(key.file)["components"][key.kind][key.name], self.theirs.get(key))
            elif place in known and "$ref" not in known[place] and "$ref" not in part:
                self._parameter(known[place], part)
            else:
                ours[:] = [known[key] for key in known if identifier(key[1]) != argument]
                ours.append(self.worded(part, argument))
            self.reached(part, file)

    def _parameter(self, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
        self._values(mine, theirs, {"required", "deprecated"})
        self._values(mine["schema"], theirs["schema"])

    def _answer(self, file: str, change: Change, what: str) -> None:
        found = self.call(file, change.where.partition("(")[0])
        mine = found and self.ours_of(file, found[0], found[1])
        if found and mine is not None:
            before, after = mine["responses"], found[2]["responses"]
            mine["responses"] = {status: answer for status, answer in before.items() if status[0] != "2"}
            for status, answer in after.items():
                said = {word: before.get(status, {}).get(word) for word in ("description", "headers")}
                kept = {word: text for word, text in said.items() if text and "$ref" not in answer}
                mine["responses"][status] = self.worded(answer, status) | kept
            self._values(mine, found[2], {"x-accepted"})
            self.reached(after, file)

    def _model(self, file: str, change: Change, what: str) -> None:
        theirs = self.theirs.documents[file]["components"].get("schemas", {})
        mine = self.document(file).setdefault("components", {}).setdefault("schemas", {})
        named = {identifier(name).upper(): name for name in theirs} if change.rule.startswith("constant") else {}
        name = named.get(change.where, change.where)
        if name not in theirs:
            self._nameless(file, name)
            return
        if what == "added" or (what.startswith("base.added") and "allOf" not in mine.get(name, {"allOf": ()})):
            said = mine.get(name, {}).get("description")
            mine[name] = self.worded(theirs[name], name, "schemas") | ({"description": said} if said else {})
        elif what.startswith(("variant.", "discriminator.")) and name in mine:
            mine[name].pop("discriminator", None)
            if chosen := theirs[name].get("discriminator"):
                mine[name]["discriminator"] = chosen
                here, there = (own_properties(raw).get(chosen["propertyName"]) for raw in (mine[name], theirs[name]))
                if here is not None and there is not None:
                    self._values(here, there, {"enum"})
        elif name in mine and "properties" not in theirs[name]:
            self._values(mine[name], theirs[name])
        self.reached(theirs[name], file)

    def _field(self, file: str, change: Change, what: str) -> None:
        model, _, field = change.where.partition(".")
        theirs = self.theirs.documents[file]["components"].get("schemas", {}).get(model)
        mine = self.document(file).get("components", {}).get("schemas", {}).get(model)
        if theirs is None or mine is None:
            self._nameless(file, model)
            return
        half, other = (next((p for p in raw.get("allOf", ()) if "$ref" not in p), raw) for raw in (mine, theirs))
        wire = next((wire for wire in own_properties(theirs) if field in _python_names(wire)), None)
        if wire is None:
            return
        published, properties = own_properties(theirs)[wire], half.setdefault("properties", {})
        if wire not in properties:
            properties[wire] = self.worded(published, wire, "properties")
        elif not what.startswith(("positional", "secret", "fixed")):
            about = what.partition(".")[0]
            items = {"items"} if "items" in str([change.before, change.after]) else set[str]()
            self._values(properties[wire], published, _WORDS.get(about, _VALUES) | items)
            if about in ("required", "null", "facts"):
                _let_be_null(properties[wire], published)
        needed = wire in other.get("required", ())
        listed_ = half.get("required", [])
        if needed and wire not in listed_:
            half.setdefault("required", []).append(wire)
        elif not needed and wire in listed_:
            listed_.remove(wire)
            if not listed_:
                del half["required"]
        self.reached(published, file)

    def _values(self, mine: Any, theirs: dict[str, Any], words: set[str] = _VALUES, file: str = "") -> None:
        """Let a part be of the values that are published, whatever it is called and described by.

        file: our document, where what `mine` refers to may have no name of its own in what is published.
        """
        ref = str(mine.get("anyOf", [mine])[0].get("$ref", ""))
        if file and self.ours and "$ref" not in theirs and (key := self.ours.key(ref, file)):
            mine, file = self.document(key.file)["components"][key.kind][key.name], key.file
            words = _OF_NAMELESS & theirs.keys()
        for word in words & mine.keys() - theirs.keys():
            del mine[word]
        for word in words & theirs.keys():
            if isinstance(mine.get(word), dict) and word in ("properties", "items"):
                inner = (mine[word], theirs[word]) if word == "properties" else ({"": mine[word]}, {"": theirs[word]})
                for wire, part in inner[1].items():
                    if wire in inner[0]:
                        self._values(inner[0][wire], part, file=file)
                    else:
                        inner[0][wire] = self.worded(part, wire, word)
            elif mine.get(word) != (part := theirs[word].removeprefix("./") if word == "$ref" else theirs[word]):
                mine[word] = self.worded({word: part}, word)[word]

    def _nameless(self, file: str, model: str) -> None:
        """Carry over the parts of a schema of which one is a class that has no name of its own in the document."""
        theirs, mine = (d["components"].get("schemas", {}) for d in (self.theirs.documents[file], self.document(file)))
        owner = max((name for name in theirs if name in mine and model.startswith(name)), key=len, default="")
        properties = own_properties(mine[owner]) if owner else {}
        for wire, part in own_properties(theirs[owner]).items() if owner else ():
            if wire in properties:
                self._values(properties[wire], part, file=file)
                self.reached(part, file)


def _references(raw: Any, file: str) -> Iterator[tuple[dict[str, Any], str, Key]]:
    """Where a document of the name `file` refers to a part: what holds the reference, under what word, and the part."""
    if isinstance(raw, list):
        for part in raw:
            yield from _references(part, file)
    elif isinstance(raw, dict):
        for word, part in raw.items():
            holder = part if word == "mapping" and isinstance(part, dict) else raw
            for name in holder if holder is part else [word] if word == "$ref" else ():
                there, mark, place = str(holder[name]).partition("#/components/")
                if mark and place.count("/") == 1:
                    yield holder, name, Key(there.removeprefix("./") or file, *place.split("/"))
            yield from _references(part, file)


def _cannot_be_placed(document: ir.Document) -> bool:
    """Whether a document asks for a generated facade that can't be made of it."""
    return document.facade == ir.Facade() and any(find_facade_problems(document))


def _displace(document: dict[str, Any]) -> None:
    """Have a document ask for no collection and no facade."""
    for mark in _PLACED & document.keys():
        del document[mark]


def _let_be_null(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Let null be one of the values of a part, if that is published, and only then."""
    null = "anyOf" in theirs or "null" in theirs.get("type", ())
    types = mine["type"] if isinstance(mine.get("type"), list) else [mine.get("type")]
    if "anyOf" in mine and not null:
        mine |= mine.pop("anyOf")[0]
    elif "$ref" in mine and null:
        mine["anyOf"] = [{"$ref": mine.pop("$ref")}, {"type": "null"}]
    elif "type" in mine and null != ("null" in types):
        mine["type"] = [*types, "null"] if null else next(kind for kind in types if kind != "null")


def _python_names(wire: str) -> tuple[str, str]:
    """What a field may be called in Python: as on the wire, or so that no method of a model has the name."""
    return identifier(wire), f"{identifier(wire)}_"


def _words(name: str) -> str:
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)).strip().lower()


def _sentence(name: str) -> str:
    words = _words(name)
    return f"{words[:1].upper()}{words[1:]}."


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _dumped(document: Any) -> str:
    """A document in the layout of those that have never been edited by hand."""
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, width=110, allow_unicode=True)


class _Edited:
    """A document of ours that is changed. What is written by hand keeps its remarks and its layout."""

    def __init__(self, text: str) -> None:
        self.given, self.document = text, load(text)
        self.by_hand = _dumped(self.document) != text
        if self.by_hand:  # by another library, which is slow
            self.document = _round_trip().load(text)
            self.before = self._round_tripped()

    def _round_tripped(self) -> str:
        out = io.StringIO()
        _round_trip().dump(self.document, out)
        return out.getvalue()

    def text(self) -> str:
        """The text as it was, but for what has changed."""
        if not self.by_hand:
            return _dumped(self.document)
        new = self._round_tripped()
        before, after, given = (part.splitlines(keepends=True) for part in (self.before, new, self.given))
        if before == after:
            return self.given
        place: dict[int, int] = {len(before): len(given)}
        for a, b, size in difflib.SequenceMatcher(None, before, given, autojunk=False).get_matching_blocks():
            place |= {a + i: b + i for i in range(size)}
        lines: list[str] = []
        for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if tag == "equal":
                start = place.get(i1, place.get(i1 - 1, -2) + 1)
                end = place.get(i2 - 1, -2) + 1 if i2 - 1 in place else place.get(i2, -1)
                lines += given[start:end] if 0 <= start <= end else before[i1:i2]
            else:
                lines += after[j1:j2]
        try:
            return out if load(out := "".join(lines)) == load(new) else new
        except yaml.YAMLError:  # lines of a text that is laid out otherwise don't fit together
            return new


def _round_trip() -> Any:
    try:
        from ruamel.yaml import YAML
    except ImportError:
        raise SpecError("to write into documents takes ruamel.yaml: pip install 'snowcore[codegen]'") from None
    loader = YAML()
    loader.preserve_quotes, loader.width = True, 120
    loader.indent(mapping=2, sequence=4, offset=2)
    return loader
