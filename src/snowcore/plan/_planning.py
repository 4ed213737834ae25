"""Plans: how an account becomes what is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from .._root import Root
from ._comparing import Change, Comparison, read_name
from ._exporting import Exporter, list_scope, read_scope
from ._files import DeclarationError, Declarations, Declared, read, read_contents
from ._graphs import read_note, turn_tasks
from ._kinds import Address, Kind, Names, find_children, find_kinds
from ._reading import Reading, Row
from ._rights import find_lacking
from ._secrets import fill, find_missing, find_variables
from ._steps import Action, Risk, Step, explain_refusals, find_worst, put_in_order
from ._yaml import Fault


@attrs.frozen
class Plan:
    """What would be done to an account, and in what order. Nothing has been done yet.

    root: the account. declared: what it was compared with. prune: as it was asked for.
    """

    root: Root = attrs.field(repr=False)
    declared: Declarations = attrs.field(repr=False)
    groups: tuple[tuple[Step, ...], ...]
    """The steps. Those of a group may be done at the same time, after all of the groups before."""
    prune: bool = False
    noted: frozenset[str] = attrs.field(default=frozenset(), repr=False)
    """The tasks of this account, by their identifiers, that an apply before wanted to resume."""

    @property
    def steps(self) -> list[Step]:
        """All steps, in their order."""
        return [step for group in self.groups for step in group]

    @property
    def risk(self) -> Risk:
        """The worst of all steps."""
        return find_worst(step.risk for step in self.steps)

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.groups)

    def to_dict(self) -> dict[str, Any]:
        """The plan as JSON, without any value of the environment."""
        return {"groups": [[step.to_dict() for step in group] for group in self.groups]}


def plan(root: Root, source: str | Path | Mapping[str, Any] | Declarations, *, prune: bool = False) -> Plan:
    """Compare what is declared with an account, and say what would make it so. Nothing is changed.

    source: a folder of YAML files, one such file, or the same in Python; see docs/plan.md.

    prune: take every database and schema that is named for complete: whatever else lies in it is dropped.

    DeclarationError for declarations that can't be, and the errors of `snowcore.exceptions` for what can't be read.
    """
    declared = source if isinstance(source, Declarations) else read(source)
    return _Planner(root, declared, prune).plan()


class _Planner:
    def __init__(self, root: Root, declared: Declarations, prune: bool) -> None:
        self.root, self.declared, self.prune = root, declared, prune
        self.reading = Reading(root)
        self.steps: list[Step] = []
        self.olds: dict[Address, Address] = {}
        """What objects are still called that have a new name."""
        self.made: set[Names] = set()
        """The databases and schemas that are made, or made anew: nothing is in them yet."""

    def plan(self) -> Plan:
        objects = sorted(self.declared.objects.values(), key=lambda one: (one.address.kind.level, str(one.address)))
        for level in (0, 1, 2):
            self._plan_level([one for one in objects if one.address.kind.level == level])
        self._drop_what_is_not_declared()
        noted = read_note(self.declared.folder)
        self.steps += turn_tasks(self.declared, self.reading, self.steps, self.olds, noted)
        wanted = {one.address: one.body for one in objects}
        shown = [s.address for s in self.steps if s.address not in wanted or s.action is Action.SUSPEND]
        self.reading.fetch(shown)
        found = {one: self.reading.get(one) or {} for one in shown}
        lacking = find_lacking(self.reading, self.steps, self.olds, self._is_new)
        self.steps = [attrs.evolve(one, lacking=lacking[one]) if one in lacking else one for one in self.steps]
        groups = put_in_order(self.steps, {**found, **wanted}, found)
        noted = self.reading.identifiers.intersection(noted)
        return Plan(self.root, self.declared, tuple(map(tuple, groups)), self.prune, noted)

    def _plan_level(self, objects: list[Declared]) -> None:
        there = [one for one in objects if not self._is_new(one.address.place)]
        self.reading.list((one.address.kind, one.address.place) for one in there)
        for one in there:
            self._find_old(one)
        self.reading.fetch(self.olds.get(one.address, one.address) for one in there if not one.is_way)
        for one in objects:
            self.steps += self._plan_object(one)

    def _is_new(self, place: Names) -> bool:
        return any(place[:end] in self.made for end in range(len(place) + 1))

    def _find_old(self, one: Declared) -> None:
        """See whether the object still has its old name."""
        if one.renamed_from is None or self.reading.is_there(one.address):
            return
        old = one.address.called(one.renamed_from)
        if self.reading.is_there(old):
            self.olds[one.address] = old
            self.reading.moved[one.address.names] = self.reading.find_place(old.place) + old.names[-1:]

    def _plan_object(self, one: Declared) -> Iterator[Step]:
        address, kind = one.address, one.address.kind
        old = self.olds.get(address, address)
        if self._is_new(address.place):
            row: Row | None = {} if address.comes_along else None
        else:
            row = (dict[str, Any]() if one.is_way else self.reading.get(old)) if self.reading.is_there(old) else None
        if row is None:
            self.made.add(address.names)
            yield Step(Action.CREATE, address, notes=tuple(self._find_notes(one)))
            return
        if old != address:
            note = "What names the old one has to be changed too."
            yield Step(Action.RENAME, address, notes=(note,), source=old.plain)
        if one.is_way:
            return
        row, renamed = _rename_columns(one, row)
        yield from renamed
        changes = self._compare(one, row)
        if not changes:
            return
        reasons = explain_refusals(kind, changes)
        action = Action.REPLACE if reasons else Action.ALTER
        if reasons:
            self.made.add(address.names)
        notes = [f"{reason[0].upper()}{reason[1:]}." for reason in reasons]
        if any(change.reset for change in changes):
            notes.append("What is reset is set in the account, and not declared.")
        carried = {} if reasons else Comparison(address).find_derived(one.body, row)
        yield Step(action, address, tuple(changes), tuple(notes), carried=carried)

    def _compare(self, one: Declared, row: Row) -> list[Change]:
        comparison = Comparison(one.address, self.reading.find_inherited(one.address, self._find_container))
        changes = comparison.compare(fill(one.address.kind, one.body), row)
        if not find_variables(one.body):
            return changes
        written = {change.field: change.new for change in comparison.compare(one.body, row)}
        return [_show_as_written(one, change, written) for change in changes]

    def _find_container(self, address: Address) -> Row | None:
        """What a database or schema says, as it is declared, or else as it is."""
        one = self.declared.objects.get(address)
        if one is not None and not one.is_way:
            return one.body
        return None if self._is_new(address.names) else self.reading.get(self.olds.get(address, address))

    def _find_notes(self, one: Declared) -> Iterator[str]:
        address = one.address
        if not self._is_new(address.place):
            for other in self.reading.get_list(address.kind, address.place):
                if other.names[-1].upper() == address.names[-1].upper():
                    yield f"{other.qualified} is another object: names in quotes keep their case."
        if one.renamed_from is not None:
            yield f"There is no {one.renamed_from} to be renamed."

    def _drop_what_is_not_declared(self) -> None:
        places: dict[Names, list[Kind]] = {(): self._find_complete_kinds(())}
        for one in self.declared.objects.values():
            if one.address.kind.is_container and not self._is_new(one.address.names):
                places[one.address.names] = self._find_complete_kinds(one.address.names)
        self.reading.list((kind, place) for place, kinds in places.items() for kind in kinds)
        kept = {*self.declared.objects, *self.olds.values()}
        new = {(*s.address.place, s.address.name) for s in self.steps if s.action is Action.CREATE}
        for place, kinds in places.items():
            for address in self.reading.list_all(kinds, place):
                if address in kept or (address.comes_along and not self.declared.is_exact):
                    continue
                action = Action.MAKE_WAY if (*place, address.name) in new else Action.DROP
                self.steps.append(Step(action, address))

    def _find_complete_kinds(self, place: Names) -> list[Kind]:
        pruned = self.prune and place != ()
        return [kind for kind in find_children(place) if pruned or self.declared.is_complete(kind, place)]


def _show_as_written(one: Declared, change: Change, written: Mapping[str, Any]) -> Change:
    """A change with the placeholder in place of the environment's value. written: the declared values."""
    new = written.get(change.field, "a value of the environment")
    if missing := find_missing(new):
        what = f"the environment has no {missing}, which the {one.address} is compared with"
        raise DeclarationError([Fault(one.find_spot(""), what)])
    hidden = change.field not in written or find_variables(new)
    return attrs.evolve(change, old="(not shown)", new=new) if hidden else change


def _rename_columns(one: Declared, row: Row) -> tuple[Row, list[Step]]:
    """The object as it is once its columns have their new names, and the steps that give them."""
    if not one.columns_renamed:  # of some kinds, columns are names and no more
        return row, []
    columns: list[Mapping[str, Any]] = row.get("columns") or []
    names = {read_name(column["name"]) for column in columns}
    left, new_names = {old: new for new, old in one.columns_renamed.items()}, dict[str, str]()
    while ready := [old for old, new in left.items() if old in names and new not in names]:
        old = ready[0]  # whose new name is free by now
        new_names[old] = left.pop(old)
        names = names - {old} | {new_names[old]}
    if not new_names:
        return row, []

    def rename(name: str) -> str:
        return new_names.get(read_name(name), name)

    steps = [Step(Action.RENAME, one.address, source=old, column=new) for old, new in new_names.items()]
    renamed = [{**column, "name": rename(column["name"])} for column in columns]
    constraints: list[Mapping[str, Any]] = row.get("constraints") or []
    keys = [{**key, "column_names": [*map(rename, key.get("column_names") or ())]} for key in constraints]
    return {**row, "columns": renamed, "constraints": keys}, steps


def diff(one: Root, other: Root, *, scope: str | Iterable[str] | None = None) -> Plan:
    """What would make the first account like the second: a plan whose declaration is the second as it is now.

    What only the first has would be dropped. Secrets are not compared, since no account shows them.

    scope: what to compare, as of `export`.
    """
    scope = list_scope(scope)
    declared = read_contents(Exporter(other).collect(scope, with_public=True).values())
    declared.is_exact = True
    for name in [""] if scope is None else scope:
        if name in find_kinds():
            declared.complete[()] = (declared.complete.get(()) or frozenset()) | {name}
        else:
            declared.complete[read_scope(name) if name else ()] = None
    return plan(one, declared)
