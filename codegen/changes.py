"""What changed between two sets of documents, as users of the generated Python see it, and what of it breaks them.

Both sides are compared as `ir.py` has them, by the names that Python knows. What breaks users often depends on which
way values travel: what they send may not become stricter, what they read may not turn out to be of another type or
None. So each rule says which way the part must travel for the change to break users.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from . import ir

T = TypeVar("T")
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
    "resource.attribute.changed": (ALWAYS, "is `{after}` under its parent, was `{before}`"),
    "operation.name.changed": (ALWAYS, "renamed to {after}"),
    "operation.id.changed": (NEVER, "operationId is {after}, was {before}"),
    "operation.method.changed": (ALWAYS, "method is {after}, was {before}"),
    "operation.path.changed": (ALWAYS, "path is {after}, was {before}"),
    "operation.statuses.changed": (NEVER, "answers {after}, was {before}"),
    "deprecated.added": (NEVER, "deprecated"),
    "deprecated.removed": (NEVER, "no longer deprecated"),
    "facts.added": (NEVER, "is also {after}"),
    "facts.removed": (NEVER, "is no longer {before}"),
    "answer.added": (NEVER, "is {after}, was nothing"),
    "answer.removed": (ALWAYS, "is nothing, was {before}"),
    "answer.media.added": (NEVER, "may be {after}"),
    "answer.media.removed": (ALWAYS, "is no longer {before}"),
    "added.required": (SENT, "new, must be given"),
    "added.optional": (NEVER, "new, optional"),
    "order.changed": (ALWAYS, "arguments by position moved: {after} is where {before} was"),
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
    "field.deprecated.added": (NEVER, "deprecated: to give it warns"),
    "field.deprecated.removed": (NEVER, "no longer deprecated"),
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


class Edit(NamedTuple):
    """A change of a part, without what the part is."""

    rule: str
    before: Any = None
    after: Any = None


class Told(NamedTuple):
    """A change of a part, with what users call it and the ways that it travels."""

    edit: Edit
    where: str
    ways: frozenset[str] = ALWAYS


def compare(old: Iterable[ir.Document], new: Iterable[ir.Document]) -> list[Change]:
    """Every change that a user of the generated Python could notice."""
    before, after = _Side(old), _Side(new)
    return [
        Change(module, where, edit.rule, bool(_rule(edit.rule)[0] & ways), edit.before, edit.after)
        for module in sorted(before.documents.keys() | after.documents.keys())
        for edit, where, ways in _document(module, before, after)
    ]


def _document(module: str, old: _Side, new: _Side) -> Iterator[Told]:
    before, after = old.documents.get(module), new.documents.get(module)
    if before is None or after is None:
        contents = [tuple(part.name for part in d.operations or d.models) if d else None for d in (before, after)]
        yield Told(Edit("resource.added" if before is None else "resource.removed", *contents), module)
        return
    part = "attribute" if before.collection == after.collection else "collection"
    yield from _told("resource", module, ALWAYS, _edits(before, after, part))
    yield from _each(
        "operation", before.operations, after.operations, _operation, _name, lambda o: (o.method, _path(o))
    )
    yield from _each("model", before.models, after.models, lambda one, _: _model(ir.Name(module, one.name), old, new))
    yield from _each("constant", before.constants, after.constants, lambda *both: _constant(*both, old))


def _each(
    part: str, old: Sequence[T], new: Sequence[T], both: Callable[[T, T], Iterator[Told]], *keys: Callable[[T], Any]
) -> Iterator[Told]:
    """The changes of what is on both sides; what is on one side was removed or added."""
    for one, other in _pairs(old, new, *(keys or (_name,))):
        if one is not None and other is not None:
            yield from both(one, other)
        else:
            yield Told(Edit(f"{part}.{'removed' if other is None else 'added'}"), _name(other if one is None else one))


def _told(part: str, where: str, ways: frozenset[str], edits: Iterable[Edit]) -> Iterator[Told]:
    for edit in edits:
        yield Told(edit._replace(rule=f"{part}.{edit.rule}"), where, ways)


def _constant(old: ir.Constant, new: ir.Constant, side: _Side) -> Iterator[Told]:
    yield from _told("constant", _name(old), side.ways(old.name), _values(old.kind, new.kind))


# Operations


def _operation(old: ir.Operation, new: ir.Operation) -> Iterator[Told]:
    yield from _told("operation", old.name, ALWAYS, _edits(old, new, "name", "id", "method", "deprecated", "statuses"))
    if _path(old) != _path(new):
        yield Told(Edit("operation.path.changed", old.path, new.path), old.name)
    arguments, others = _arguments(old), _arguments(new)
    pairs = _pairs(arguments, others, _name, _position)
    for one, other in pairs:
        name = _name(other if one is None else one)
        edits = _argument(one, other) if one and other else [_one_sided(other)]
        yield from _told("argument", f"{old.name}({name})", SENT, edits)
    renamed = {one.name: other.name for one, other in pairs if one and other}
    positions = [tuple(a.name for a in side if _position(a) is not None) for side in (arguments, others)]
    yield from _told("operation", old.name, SENT, _order(*positions, renamed))
    yield from _told("answer", f"{old.name}().answer", READ, _answer(old, new))


class Argument(NamedTuple):
    """A parameter of an operation, or its body."""

    name: str
    wire: str | None
    place: str | int
    """Query, header or body; of what is in the path, which one it is."""
    kind: ir.Kind
    required: bool
    default: Any
    deprecated: bool = False
    facts: tuple[str, ...] = ()


def _arguments(operation: ir.Operation) -> list[Argument]:
    """What a call takes, in the order of the signature."""
    places = [i if p.place == "path" else p.place for i, p in enumerate(operation.parameters)]
    named = [p.wire if p in operation.named else None for p in operation.parameters]
    return [
        Argument(p.name, wire, place, p.kind, p.required, p.default, p.deprecated, p.facts)
        for p, wire, place in zip(operation.parameters, named, places)
    ]


def _position(argument: Argument) -> str | int | None:
    """By what an argument is still known when it gets another name; None if it can't be given by position."""
    return None if argument.place in ("query", "header") else argument.place


def _argument(old: Argument, new: Argument) -> Iterator[Edit]:
    yield from _edits(old, new, "name", "required", "default", "deprecated")
    yield from _sets("facts", old.facts, new.facts)
    places = [place if isinstance(place, str) else "path" for place in (old.place, new.place)]
    if places[0] != places[1]:
        yield Edit("place.changed", *places)
    elif places[0] != "path":
        yield from _edits(old, new, "wire")
    yield from _values(old.kind, new.kind)


def _answer(old: ir.Operation, new: ir.Operation) -> Iterator[Edit]:
    if old.answer and new.answer:
        yield from _values(old.answer, new.answer)
        media = [(operation.accept or "application/json").split(", ") for operation in (old, new)]
        yield from _sets("media", *media)
    elif old.answer or new.answer:
        shown = [_shown(answer) if answer else None for answer in (old.answer, new.answer)]
        yield Edit("removed" if old.answer else "added", *shown)


def _path(operation: ir.Operation) -> str:
    """The path as it is sent, whatever its parameters are called."""
    return re.sub(r"{\w+}", "{}", operation.path)


# Models


def _model(name: ir.Name, old: _Side, new: _Side) -> Iterator[Told]:
    """The changes of a model, but for those that are told of a base of it."""
    above = [
        told
        for base in old.ancestors(name)[1:]
        if base in new.models and base in old.models
        for told in _class(base, old, new)
    ]
    ways = old.ways(name)
    for told in _class(name, old, new):
        if told not in above:
            where = f"{name.name}.{told.where}" if told.where else name.name
            yield told._replace(where=where, ways=READ if told.ways == READ else ways)


def _class(name: ir.Name, old: _Side, new: _Side) -> Iterator[Told]:
    """The changes of a model and all that it inherits, told by field. What is about values only read says so."""
    bases = [tuple(base.name for base in side.ancestors(name)[1:]) for side in (old, new)]
    fields = [side.fields(name) for side in (old, new)]
    positions = [tuple(f.name for f in side.values() if f.positional and not f.fixed) for side in fields]
    order = _order(*positions, {name: name for name in fields[0]})
    edits = [*_sets("base", *bases), *_variants(old.models[name], new.models[name]), *order]
    yield from _told("model", "", ALWAYS, edits)
    for one, other in _pairs(list(fields[0].values()), list(fields[1].values()), _name):
        if one is None or other is None:
            yield from _told("field", _name(other if one is None else one), ALWAYS, [_one_sided(other)])
            continue
        handling = _edits(one, other, "wire", "required", "read_only", "positional", "fixed", "deprecated")
        yield from _told("field", one.name, ALWAYS, [*handling, *_sets("facts", one.facts, other.facts)])
        optional = not (one.required or other.required or one.fixed or other.fixed)
        left_out = _edits(one, other, "default", "null") if optional else ()
        values = _values(one.kind, other.kind) if one.fixed == other.fixed else ()  # what is fixed nobody gives
        yield from _told("field", one.name, READ if one.read_only else ALWAYS, [*left_out, *values])


def _variants(old: ir.Model, new: ir.Model) -> Iterator[Edit]:
    """The changes of what the discriminator tells apart."""
    if old.discriminator and new.discriminator and old.discriminator.wire != new.discriminator.wire:
        yield Edit("discriminator.changed", old.discriminator.wire, new.discriminator.wire)
    before, after = ({v: c.name for v, c in m.discriminator.variants} if m.discriminator else {} for m in (old, new))
    yield from _sets("variant", list(before), list(after))
    if others := [value for value in before if after.get(value, before[value]) != before[value]]:
        shown = (tuple(f"{value}: {classes[value]}" for value in others) for classes in (before, after))
        yield Edit("variant.changed", *shown)


# Values


def _values(old: ir.Kind, new: ir.Kind) -> Iterator[Edit]:
    """The changes of what values there are. Types are shown whole, also where only their items differ."""
    for edit in _kinds(old, new):
        yield Edit(edit.rule, _shown(old), _shown(new)) if edit.rule.startswith("type.") else edit


def _kinds(old: ir.Kind, new: ir.Kind) -> Iterator[Edit]:
    match old, new:
        case _ if old == new:
            pass
        case ir.Constant(one, _), ir.Constant(other, _) if one == other:
            pass  # told of the constant
        case ir.Nested(one), ir.Nested(other) if one.name == other.name:
            pass  # told of the model, also where it moves
        case ir.Constant(_, kind), _:
            yield from _kinds(kind, new)
        case _, ir.Constant(_, kind):
            yield from _kinds(old, kind)
        case (ir.Array(a), ir.Array(b)) | (ir.Map(a), ir.Map(b)) | (ir.Optional(a), ir.Optional(b)):
            yield from _kinds(a, b)
        case ir.Optional(kind), _:
            yield Edit("items.null.removed")
            yield from _kinds(kind, new)
        case _, ir.Optional(kind):
            yield Edit("items.null.added")
            yield from _kinds(old, kind)
        case ir.Choice(one), ir.Choice(other):
            yield from _sets("enum", one, other)
        case ir.Choice(one), ir.Scalar("STRING"):
            yield Edit("enum.lifted", one)
        case ir.Scalar("STRING"), ir.Choice(other):
            yield Edit("enum.imposed", None, other)
        case ir.Scalar(one), ir.Scalar(other) if (one, old.hint) == (other, new.hint):
            yield from _bounds(dict(old.bounds), dict(new.bounds))
        case ir.Scalar("STRING"), ir.Scalar("SECRET"):
            yield Edit("secret.added")
        case ir.Scalar("SECRET"), ir.Scalar("STRING"):
            yield Edit("secret.removed")
            yield from _bounds({}, dict(new.bounds))
        case _:
            yield Edit(f"type.{'wider' if _wider(old, new) else 'narrower' if _wider(new, old) else 'changed'}")


def _wider(old: ir.Kind, new: ir.Kind) -> bool:
    """Whether the one takes all that the other took."""
    match old, new:
        case (_, ir.Scalar("ANY", "Any")) | (ir.Scalar("INTEGER"), ir.Scalar("NUMBER")):
            return True
        case ir.Scalar("STRING" | "INTEGER" | "NUMBER" | "BOOLEAN" | "ANY", one), ir.Scalar("ANY", other):
            return {*one.split(" | ")} <= {*other.split(" | ")}
    return False


def _bounds(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Edit]:
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if name == "pattern" or before is None or after is None:
            looser = after is None
        else:
            looser = after < before if name.startswith("min") else after > before
        words = name.replace("_", " ")
        shown = (f"no {words}" if value is None else f"{words} {value}" for value in (before, after))
        yield Edit("bound.looser" if looser else "bound.stricter", *shown)


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
        case ir.Scalar(constant, hint):
            return f"{hint} ({constant.lower()})" if constant in ("SECRET", "EVENTS", "TEXT", "BINARY") else hint


# What all of them use


def _edits(old: Any, new: Any, *attributes: str) -> Iterator[Edit]:
    """Attributes that differ. A flag that is not set counts as not there."""
    for name in attributes:
        found = (getattr(old, name), getattr(new, name))
        before, after = (None if value is False and name != "default" else value for value in found)
        if before != after:
            rule = "added" if before is None else "removed" if after is None else "changed"
            yield Edit(f"{name}.{rule}", before, after)


def _one_sided(new: Argument | ir.Field | None) -> Edit:
    return Edit("removed" if new is None else "added.required" if new.required else "added.optional")


def _sets(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    if gone := tuple(value for value in old if value not in new):
        yield Edit(f"{name}.removed", gone)
    if come := tuple(value for value in new if value not in old):
        yield Edit(f"{name}.added", None, come)


def _order(old: tuple[str, ...], new: tuple[str, ...], renamed: dict[str, str]) -> Iterator[Edit]:
    """Whether those that are left on both sides still come first, in their order."""
    left = [renamed[name] for name in old if renamed.get(name) in new]
    if moved := [(before, after) for before, after in zip(left, new) if before != after]:
        yield Edit("order.changed", *moved[0])


def _pairs(old: Sequence[T], new: Sequence[T], *keys: Callable[[T], Any]) -> list[tuple[T | None, T | None]]:
    """Things of both sides that have a key in common, by the first key first; then those that are on one side only."""
    found: list[tuple[T | None, T | None]] = []
    for key in keys:
        there = {key(other): other for other in new if key(other) is not None}
        both = [(one, there[key(one)]) for one in old if key(one) in there]
        old = [one for one in old if key(one) not in there]
        new = [other for other in new if all(other is not taken for _, taken in both)]
        found += both
    return [*found, *((one, None) for one in old), *((None, other) for other in new)]


def _name(part: Any) -> str:
    """What Python calls a part."""
    return part.name.name if isinstance(part.name, ir.Name) else part.name
