"""What changed between two sets of documents, as users of the generated Python see it, and what of it breaks them.

Both sides are compared as `ir.py` has them, by the names that Python knows. What breaks users often depends on which way
values travel: what they send may not become stricter, what they read may not turn out to be of another type or None. So
each rule says which way the part must travel for the change to break users.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from . import ir

SENT, READ = frozenset({"sent"}), frozenset({"read"})
ALWAYS, NEVER = SENT | READ, frozenset[str]()

# Of every rule: which way something must travel for the change to break users, and what the change is, in words.
# A rule is looked up with the part that it is about (`argument.default.added`), then without (`added`).
RULES = {
    "added": (NEVER, "new"),
    "removed": (ALWAYS, "removed"),
    "resource.added": (NEVER, "new, with {after}"),
    "resource.removed": (ALWAYS, "removed, with {before}"),
    "resource.collection.added": (NEVER, "has a `RESOURCE` now, at {after}"),
    "resource.collection.changed": (ALWAYS, "`RESOURCE` is at {after}, was at {before}"),
    "resource.collection.removed": (ALWAYS, "`RESOURCE` removed"),
    "operation.name.changed": (ALWAYS, "renamed to {after}"),
    "operation.id.changed": (NEVER, "operationId is {after}, was {before}"),
    "operation.method.changed": (ALWAYS, "method is {after}, was {before}"),
    "operation.path.changed": (ALWAYS, "path is {after}, was {before}"),
    "operation.deprecated.added": (NEVER, "deprecated"),
    "operation.deprecated.removed": (NEVER, "no longer deprecated"),
    "answer.added": (NEVER, "is {after}, was nothing"),
    "answer.removed": (ALWAYS, "is nothing, was {before}"),
    "answer.media.added": (NEVER, "may be {after}"),
    "answer.media.removed": (ALWAYS, "is no longer {before}"),
    "added.required": (SENT, "new, must be given"),
    "added.optional": (NEVER, "new, optional"),
    "order.changed": (ALWAYS, "arguments by position are {after}, were {before}"),
    "positional.added": (NEVER, "may be given by position"),
    "positional.removed": (SENT, "only by keyword, was by position"),
    "required.added": (SENT, "must be given, was optional"),
    "required.removed": (READ, "optional (perhaps None), was required"),
    "wire.changed": (ALWAYS, "{after} on the wire, was {before}"),
    "argument.name.changed": (ALWAYS, "renamed to {after}"),
    "argument.place.changed": (ALWAYS, "travels in the {after}, was in the {before}"),
    "argument.default.added": (NEVER, "the server's default is known: {after}"),
    "argument.default.changed": (SENT, "the server's default is {after}, was {before}"),
    "argument.default.removed": (NEVER, "the server's default is no longer known, was {before}"),
    "field.default.added": (SENT, "default is {after}, was None"),
    "field.default.changed": (SENT, "default is {after}, was {before}"),
    "field.default.removed": (SENT, "default is None, was {before}"),
    "field.read_only.added": (SENT, "read-only: no longer sent"),
    "field.read_only.removed": (NEVER, "no longer read-only"),
    "field.null.added": (SENT, "None is sent as null, was left out"),
    "field.null.removed": (SENT, "None is left out, was sent as null"),
    "field.fixed.added": (SENT, "no longer an argument: it follows from the class"),
    "field.fixed.removed": (NEVER, "may be given, followed from the class"),
    "model.base.added": (NEVER, "extends {after}"),
    "model.base.removed": (ALWAYS, "no longer extends {before}"),
    "model.discriminator.changed": (ALWAYS, "chosen by {after}, was by {before}"),
    "model.variant.added": (NEVER, "new values: {after}"),
    "model.variant.removed": (ALWAYS, "values removed: {before}"),
    "model.variant.changed": (ALWAYS, "stand for other classes: {after}, were {before}"),
    "type.changed": (ALWAYS, "type is {after}, was {before}"),
    "type.wider": (READ, "type is {after}, was {before}"),
    "type.narrower": (SENT, "type is {after}, was {before}"),
    "enum.added": (NEVER, "new values: {after}"),  # reading never fails for a new value
    "enum.removed": (ALWAYS, "values removed: {before}"),
    "enum.lifted": (NEVER, "any string, was one of {before}"),
    "enum.imposed": (SENT, "only {after}, was any string"),
    "bound.stricter": (SENT, "stricter: {after}, was {before}"),
    "bound.looser": (NEVER, "looser: {after}, was {before}"),
    "secret.added": (NEVER, "a secret, which no repr shows"),
    "secret.removed": (NEVER, "no longer a secret"),
    "items.null.added": (READ, "items may be None"),
    "items.null.removed": (SENT, "items may not be None"),
}


@dataclass(frozen=True)
class Change:
    """One change. `where` is what users call it: `create_task(mode)`, `Task.schedule`, `list_tasks().answer`."""

    resource: str
    where: str
    rule: str
    breaking: bool
    before: Any = None
    after: Any = None

    @property
    def text(self) -> str:
        return _rule(self.rule)[1].format(before=_code(self.before), after=_code(self.after))


def _rule(rule: str) -> tuple[frozenset[str], str]:
    return RULES.get(rule) or RULES[rule.partition(".")[2]]


def _code(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_code, value)) or "nothing"
    return f"`{value}`"


class _Side:
    """The documents of one side, with models as the constructor sees them and the ways that values travel."""

    def __init__(self, documents: Iterable[ir.Document]) -> None:
        self.documents = {document.module: document for document in documents}
        self.models = {ir.Name(d.module, m.name): m for d in self.documents.values() for m in d.models}
        self.travels: defaultdict[ir.Name, set[str]] = defaultdict(set)
        self.reached: set[tuple[ir.Name, str]] = set()
        for operation in (o for d in self.documents.values() for o in d.operations):
            for argument in _arguments(operation):
                self.reach(argument.kind, "sent")
            self.reach(operation.answer, "read")

    def reach(self, kind: ir.Kind | None, way: str) -> None:
        match kind:
            case ir.Array(item) | ir.Map(item) | ir.Optional(item):
                self.reach(item, way)
            case ir.Constant(name, _):
                self.travels[name].add(way)
            case ir.Nested(name) if (name, way) not in self.reached:
                self.reached.add((name, way))
                for ancestor in self.ancestors(name):
                    self.travels[ancestor].add(way)
                for other, model in self.models.items():
                    if model.base == name:
                        self.reach(ir.Nested(other), way)
                for field in self.fields(name).values():
                    if way == "read" or not field.read_only:
                        self.reach(field.kind, way)

    def ways(self, name: ir.Name) -> frozenset[str]:
        """Which ways a model or constant travels; both, where no operation tells."""
        return frozenset(self.travels.get(name, ALWAYS))

    def ancestors(self, name: ir.Name) -> tuple[ir.Name, ...]:
        """A model and what it extends."""
        model = self.models.get(name)
        return (name, *(self.ancestors(model.base) if model and model.base else ()))

    def fields(self, name: ir.Name) -> dict[str, ir.Field]:
        """The fields of a model by name, inherited ones too, in the order of the constructor."""
        model = self.models.get(name)
        own = {field.name: field for field in model.fields} if model else {}
        inherited = self.fields(model.base) if model and model.base else {}
        return {name: field for name, field in inherited.items() if name not in own} | own


# The comparison

Found = tuple[str, str, frozenset[str], Any, Any]
"""Rule, where, the ways that it travels, before, after."""
Edit = tuple[str, Any, Any]
"""Rule, before, after."""
T = TypeVar("T")


def compare(old: Iterable[ir.Document], new: Iterable[ir.Document]) -> list[Change]:
    """Every change that a user of the generated Python could notice."""
    before, after = _Side(old), _Side(new)
    changes = []
    for module in sorted(before.documents.keys() | after.documents.keys()):
        for rule, where, ways, *values in _document(module, before, after):
            changes.append(Change(module, where, rule, bool(_rule(rule)[0] & ways), *values))
    return changes


def _document(module: str, old: _Side, new: _Side) -> Iterator[Found]:
    before, after = old.documents.get(module), new.documents.get(module)
    if before is None or after is None:
        contents = [tuple(part.name for part in d.operations or d.models) if d else None for d in (before, after)]
        yield "resource.added" if before is None else "resource.removed", module, ALWAYS, *contents
        return
    for edit, *values in _edits(before, after, "collection"):
        yield f"resource.{edit}", module, ALWAYS, *values
    for one, other in _pairs(before.operations, after.operations, lambda o: o.name, lambda o: (o.method, _path(o))):
        if one and other:
            yield from _operation(one, other)
        else:
            yield from _either("operation", one and one.name, other and other.name)
    for one, other in _pairs(before.models, after.models, lambda m: m.name):
        if one and other:
            yield from _model(ir.Name(module, one.name), old, new)
        else:
            yield from _either("model", one and one.name, other and other.name)
    for one, other in _pairs(before.constants, after.constants, lambda c: c.name):
        if one and other:
            for edit, *values in _values(one.kind, other.kind):
                yield f"constant.{edit}", one.name.name, old.ways(one.name), *values
        else:
            yield from _either("constant", one and one.name.name, other and other.name.name)


def _either(part: str, old: str | None, new: str | None) -> Iterator[Found]:
    """Something is there on one side only."""
    yield f"{part}.{'removed' if old else 'added'}", old or new or "", ALWAYS, None, None


def _operation(old: ir.Operation, new: ir.Operation) -> Iterator[Found]:
    for edit, *values in _edits(old, new, "name", "id", "method", "deprecated"):
        yield f"operation.{edit}", old.name, ALWAYS, *values
    if _path(old) != _path(new):
        yield "operation.path.changed", old.name, ALWAYS, old.path, new.path
    renamed: dict[str, str] = {}
    places = [enumerate(_arguments(operation)) for operation in (old, new)]
    for one, other in _pairs(*places, lambda a: a[1].name, lambda a: _position(*a)):
        if one and other:
            renamed[one[1].name] = other[1].name
            for edit, *values in _argument(one[1], other[1]):
                yield f"argument.{edit}", f"{old.name}({one[1].name})", SENT, *values
        elif one:
            yield "argument.removed", f"{old.name}({one[1].name})", SENT, None, None
        elif other:
            yield f"argument.{_added(other[1])}", f"{old.name}({other[1].name})", SENT, None, None
    positions = [tuple(a.name for i, a in enumerate(_arguments(o)) if _position(i, a) is not None) for o in (old, new)]
    for edit, *values in _order(*positions, renamed):
        yield f"operation.{edit}", old.name, SENT, *values

    where = f"{old.name}().answer"
    if old.answer and new.answer:
        for edit, *values in (*_values(old.answer, new.answer), *_sets("media", _media(old), _media(new))):
            yield f"answer.{edit}", where, READ, *values
    elif old.answer or new.answer:
        shown = [_shown(answer) if answer else None for answer in (old.answer, new.answer)]
        yield f"answer.{'removed' if old.answer else 'added'}", where, READ, *shown


def _arguments(operation: ir.Operation) -> list[ir.Parameter]:
    """What a call takes, the body among it, in the order of the signature."""
    body = operation.body
    sent = [ir.Parameter(body.name, "", "body", body.kind, body.required, None, body.doc)] if body else []
    named = [p for p in operation.parameters if p.place != "path"]
    return [*(p for p in operation.parameters if p.place == "path"), *sent, *named]


def _position(index: int, argument: ir.Parameter) -> int | str | None:
    """By what an argument is still known when it gets another name; None if it can't be given by position."""
    return {"path": index, "body": "body"}.get(argument.place)


def _argument(old: ir.Parameter, new: ir.Parameter) -> Iterator[Edit]:
    in_path = "path" in (old.place, new.place)  # where the name on the wire is not sent
    yield from _edits(old, new, "name", "place", "required", "default", *(() if in_path else ("wire",)))
    yield from _values(old.kind, new.kind)


def _model(name: ir.Name, old: _Side, new: _Side) -> Iterator[Found]:
    """The changes of a model, but for those that are told of a base of it."""
    told = [edit for base in old.ancestors(name)[1:] if base in new.models for edit in _class(base, old, new)]
    ways, fields = old.ways(name), old.fields(name)
    for edit in _class(name, old, new):
        if edit not in told:
            rule, field, value, before, after = edit
            where = f"{name.name}.{field}" if field else name.name
            yield rule, where, READ if value and fields[field].read_only else ways, before, after


def _class(name: ir.Name, old: _Side, new: _Side) -> Iterator[tuple[str, str, bool, Any, Any]]:
    """The changes of a model and all it inherits: rule, field if any, is it about its values, before, after."""
    bases = [tuple(base.name for base in side.ancestors(name)[1:]) for side in (old, new)]
    for edit, *values in (*_sets("base", *bases), *_discriminator(old.models[name], new.models[name])):
        yield f"model.{edit}", "", False, *values
    fields = [side.fields(name) for side in (old, new)]
    for one, other in _pairs(*(side.values() for side in fields), lambda f: f.name):
        if one and other:
            for edit, *values in _edits(one, other, "wire", "required", "read_only", "positional", "fixed"):
                yield f"field.{edit}", one.name, False, *values
            free = not (one.required or other.required or one.fixed or other.fixed)
            for edit, *values in (
                *_edits(one, other, *(("default", "null") if free else ())),
                *_values(one.kind, other.kind),
            ):
                yield f"field.{edit}", one.name, True, *values
        elif one:
            yield "field.removed", one.name, False, None, None
        elif other:
            yield f"field.{_added(other)}", other.name, False, None, None
    positions = [tuple(f.name for f in side.values() if f.positional and not f.fixed) for side in fields]
    for edit, *values in _order(*positions, {field: field for field in fields[0]}):
        yield f"model.{edit}", "", False, *values


def _discriminator(old: ir.Model, new: ir.Model) -> Iterator[Edit]:
    if old.discriminator and new.discriminator:
        for _, before, after in _edits(old.discriminator, new.discriminator, "wire"):
            yield "discriminator.changed", before, after
    before, after = ({v: c.name for v, c in m.discriminator.variants} if m.discriminator else {} for m in (old, new))
    yield from _sets("variant", tuple(before), tuple(after))
    if other := [value for value in before if after.get(value, before[value]) != before[value]]:
        yield (
            "variant.changed",
            *(tuple(f"{value}: {classes[value]}" for value in other) for classes in (before, after)),
        )


def _values(old: ir.Kind, new: ir.Kind) -> Iterator[Edit]:
    """The changes of what values there are."""
    for edit, before, after in _kinds(old, new):
        whole = edit.startswith("type.")  # not of the items alone
        yield edit, _shown(old) if whole else before, _shown(new) if whole else after


def _kinds(old: ir.Kind, new: ir.Kind) -> Iterator[Edit]:
    match old, new:
        case ir.Constant(one, _), ir.Constant(other, _) if one == other:
            pass  # told of the constant
        case ir.Constant(_, kind), _:
            yield from _kinds(kind, new)
        case _, ir.Constant(_, kind):
            yield from _kinds(old, kind)
        case (ir.Array(a), ir.Array(b)) | (ir.Map(a), ir.Map(b)) | (ir.Optional(a), ir.Optional(b)):
            yield from _kinds(a, b)
        case ir.Optional(kind), _:
            yield "items.null.removed", None, None
            yield from _kinds(kind, new)
        case _, ir.Optional(kind):
            yield "items.null.added", None, None
            yield from _kinds(old, kind)
        case ir.Nested(one), ir.Nested(other) if one.name == other.name:
            pass  # told of the model, also where it moves
        case ir.Choice(one), ir.Choice(other):
            yield from _sets("enum", one, other)
        case ir.Choice(one), ir.Scalar("STRING"):
            yield "enum.lifted", one, None
        case ir.Scalar("STRING"), ir.Choice(other):
            yield "enum.imposed", None, other
        case ir.Scalar(one), ir.Scalar(other) if {one, other} <= {"STRING", "SECRET"} or (one, old.hint) == (
            other,
            new.hint,
        ):
            if one != other:
                yield f"secret.{'added' if other == 'SECRET' else 'removed'}", None, None
            yield from _bounds(dict(old.bounds), dict(new.bounds))
        case _ if old != new:
            yield f"type.{'wider' if _wider(old, new) else 'narrower' if _wider(new, old) else 'changed'}", None, None


def _wider(old: ir.Kind, new: ir.Kind) -> bool:
    """Whether the one takes all that the other took."""
    match old, new:
        case _, ir.Scalar("ANY", "Any"):
            return True
        case ir.Scalar("STRING" | "INTEGER" | "NUMBER" | "BOOLEAN" | "ANY", one), ir.Scalar("ANY", other):
            return {*one.split(" | ")} <= {*other.split(" | ")}
        case ir.Scalar("INTEGER"), ir.Scalar("NUMBER"):
            return True
    return False


def _bounds(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Edit]:
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before != after:
            if name == "pattern" or before is None or after is None:
                looser = after is None
            else:
                looser = after < before if name.startswith("min") else after > before
            words = name.replace("_", " ")
            shown = (f"no {words}" if value is None else f"{words} {value}" for value in (before, after))
            yield f"bound.{'looser' if looser else 'stricter'}", *shown


def _edits(old: Any, new: Any, *attributes: str) -> Iterator[Edit]:
    """Attributes that differ. A flag that is not set counts as not there."""
    for name in attributes:
        before, after = (
            None if v is False and name != "default" else v for v in (getattr(old, name), getattr(new, name))
        )
        if before != after:
            yield f"{name}.{'added' if before is None else 'removed' if after is None else 'changed'}", before, after


def _sets(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    if gone := tuple(value for value in old if value not in new):
        yield f"{name}.removed", gone, None
    if come := tuple(value for value in new if value not in old):
        yield f"{name}.added", None, come


def _order(old: tuple[str, ...], new: tuple[str, ...], renamed: dict[str, str]) -> Iterator[Edit]:
    """Whether those that are left on both sides still come first, in their order."""
    left = tuple(renamed[name] for name in old if renamed.get(name) in new)
    if new[: len(left)] != left:
        yield "order.changed", old, new


def _pairs(old: Iterable[T], new: Iterable[T], *keys: Callable[[T], Any]) -> list[tuple[T | None, T | None]]:
    """Things of both sides that have a key in common, by the first key first; then those that are on one side only."""
    found: list[tuple[T | None, T | None]] = []
    left, right = list(old), list(new)
    for key in keys:
        there = {key(other): other for other in right if key(other) is not None}
        both = [(one, there[key(one)]) for one in left if key(one) in there]
        found += both
        left = [one for one in left if all(one is not taken for taken, _ in both)]
        right = [other for other in right if all(other is not taken for _, taken in both)]
    return [*found, *((one, None) for one in left), *((None, other) for other in right)]


def _added(part: ir.Parameter | ir.Field) -> str:
    return f"added.{'required' if part.required else 'optional'}"


def _path(operation: ir.Operation) -> str:
    """The path as it is sent, whatever its parameters are called."""
    return re.sub(r"{\w+}", "{}", operation.path)


def _media(operation: ir.Operation) -> list[str]:
    return (operation.accept or "application/json").split(", ")


def _shown(kind: ir.Kind) -> str:
    """A kind as a hint, with what tells it from others of the same hint."""
    match kind:
        case ir.Choice(values):
            return f"Literal[{', '.join(map(repr, values))}]"
        case ir.Constant(_, named):
            return _shown(named)
        case ir.Array(item):
            return f"list[{_shown(item)}]"
        case ir.Map(item):
            return f"dict[str, {_shown(item)}]"
        case ir.Optional(item):
            return f"{_shown(item)} | None"
        case ir.Nested(model):
            return model.name
        case ir.Scalar("SECRET" | "EVENTS" | "TEXT" | "BINARY" as constant, hint):
            return f"{hint} ({constant.lower()})"
    return kind.hint
