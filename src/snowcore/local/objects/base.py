"""What all objects have in common, written once and driven by the documents. A kind says only how it differs.

Operations are methods named `do_` and the verb. One that changes what the engine has goes by one rule, so that the
account is whole whenever the process ends: **put away, record, bring back**. What leaves its place is first put under
its kept key, then the catalog records the change, then what has a new place is brought there from its key. Whatever the
catalog says is alive and the engine misses is under its key, and is brought back on opening.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, cast

import attrs

from snowcore._names import quote_literal

from ...engine.errors import AccountError, exists, invalid, missing, no_past, unsupported
from ...engine.names import canonical, like, need_length, shown, split
from ...engine.protocol import Moment
from ..account.calls import Call, Context
from ..account.catalog import NEW, Entry
from ..account.documents import Document, documents
from ..account.facts import above
from . import granting, past, permission, securables, tagging
from .words import Words

if TYPE_CHECKING:
    from ..account.account import Account

Content = dict[str, Any]
Maker = Callable[[tuple[str, ...]], None]

_WRITTEN = re.compile(r'"([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*')
_RETENTION = "data_retention_time_in_days"
_RANGES = {_RETENTION: (0, 90), "max_data_extension_time_in_days": (0, 90)}
PLACE = ("name", "database_name", "schema_name")
"""What a body says of where its object is."""


def check_ranges(properties: Mapping[str, Any], ranges: Mapping[str, tuple[int, int]] = _RANGES) -> None:
    """AccountError if a property is less or more than it can be. ranges: of the kind, beside those of all kinds."""
    for name, (least, most) in {**_RANGES, **ranges}.items():
        if name == _RETENTION and properties.get("kind") in ("TRANSIENT", "TEMPORARY"):
            most = 1
        if not least <= properties.get(name, least) <= most:
            raise invalid(f"Invalid value of '{name}': {properties[name]} is not from {least} to {most}.")


class ObjectType:
    """A kind of object."""

    resource: ClassVar[str]
    what: ClassVar[str]
    """The kind in words."""
    kept_as: ClassVar[str] = ""
    """What the catalog calls its objects, if not as the resource."""
    words: ClassVar[Words | None] = None
    """How SQL calls the kind; None if its statements don't know it."""
    above: ClassVar[tuple[str, ...]] = ("database", "schema")
    """The kinds that it is in, from the account down."""
    restorable: ClassVar[bool] = False
    """Whether a dropped object is kept, to be restored."""
    cloned: ClassVar[bool] = False
    """Whether a clone of the database or schema has it too."""
    defaults: ClassVar[Mapping[str, Any]] = {}
    """What answers say of properties that weren't declared, beside the defaults in the document."""
    ranges: ClassVar[Mapping[str, tuple[int, int]]] = {}
    """The least and the most that a property may be."""

    def __init__(self, account: Account) -> None:
        self.account, self.catalog, self.engine = account, account.catalog, account.engine
        self.document = self.documented()

    def __init_subclass__(cls) -> None:
        if "resource" in vars(cls) and "kept_as" not in vars(cls):
            cls.kept_as = cls.resource

    @classmethod
    def documented(cls) -> Document:
        """What there is to know of the kind's operations."""
        return documents()[cls.resource]

    def looks(self, verb: str) -> bool:
        """Whether an operation changes nothing."""
        operation = self.document.verbs.get(verb)
        return verb in ("fetch", "describe", "list") or (operation is not None and operation.method == "GET")

    # What a kind may say for itself

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        """The properties in a body, in the form in which they are kept, of an object in a database and schema."""
        names = self._names
        return {k: canonical(v) if k in names else v for k, v in body.items() if k not in PLACE}

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        """AccountError if an object can't be like this."""

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        """What an answer says beside the declared properties and the state."""
        return {}

    def listed(self, entry: Entry, call: Call) -> Content:
        """A row of a list."""
        return self.shown(entry, call.context)

    def maker(self, properties: Mapping[str, Any]) -> Maker | None:
        """What makes the engine's side of a new object at a path, if it has one."""
        return None

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        """The state of a new object, or of one copied with its database or schema."""
        return {}

    def born(self, entry: Entry, source: Entry | None, at: datetime | None = None) -> None:
        """An object was recorded, perhaps as a clone of what another one was at a time; record what belongs to it."""

    def reshape(self, entry: Entry, properties: Mapping[str, Any], record: Callable[[], object]) -> None:
        """Make the engine's side what the new properties say, in one step with the record of them."""
        record()

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        """The state after a change of properties."""
        return entry.state

    def may_drop(self, entry: Entry, call: Call) -> None:
        """AccountError if the object can't go."""

    def put_away(self, path: tuple[str, ...], kept: str) -> None:
        """Put what the engine has at a place under a kept key."""

    def bring_back(self, kept: str, path: tuple[str, ...]) -> None:
        """Bring what the engine has under a kept key to a place."""

    def adopt(self, parent: Entry | None, name: str) -> None:
        """Record what the engine has at this place and the catalog doesn't."""
        with self.catalog.transaction():
            self.born(self.catalog.add(self.kept_as, parent.id if parent else 0, name, {}, {}, "ACCOUNTADMIN"), None)

    def permit(self, verb: str, call: Call) -> None:
        """AccountError if who asks may not do an operation."""
        permission.check(self, verb, call)

    # Finding

    def parent(self, path: Mapping[str, str]) -> Entry | None:
        """The database or schema that the path names; None stands for the account."""
        found: Entry | None = None
        for resource in self.above:
            found = self.account.kinds[resource].need(found, canonical(path[resource]))
        return found

    def need(self, parent: Entry | None, name: str) -> Entry:
        entry = self.catalog.find(self.kept_as, parent.id if parent else 0, name)
        if entry is None:
            raise missing(self.what, full((*(parent.path if parent else ()), name)))
        return entry

    def need_at(self, path: Iterable[str]) -> Entry:
        """The object of a whole canonical name."""
        found: Entry | None = None
        for resource, name in zip((*self.above, self.resource), path, strict=True):
            found = self.account.kinds[resource].need(found, name)
        assert found is not None
        return found

    def entry(self, call: Call) -> Entry:
        return self.need(self.parent(call.path), canonical(call.path["name"]))

    def drop_files(self, entry: Entry) -> None:
        """Drop the folder of an object once it is committed that the object is gone."""
        self.catalog.at_end(lambda committed: self.engine.drop_stage(entry.id) if committed else None)

    def is_taken(self, call: Call) -> bool:
        """Whether CREATE … IF NOT EXISTS finds the object there."""
        return call.query.get("createMode") == "ifNotExists" and self.replaced(call) is not None

    def replaced(self, call: Call) -> Entry | None:
        """The object whose name a new one is to have."""
        parent, body = self.parent(call.path), cast("dict[str, Any]", call.body or {})
        name = call.path.get("name") or body.get("name")
        return self.catalog.find(self.kept_as, parent.id if parent else 0, new_name(name)) if name else None

    def dropped(self, call: Call) -> Entry | None:
        """The object that UNDROP brings back."""
        parent = self.parent(call.path)
        found = self.catalog.last_dropped(self.kept_as, parent.id if parent else 0, canonical(call.path["name"]))
        return found if found is not None and not self.is_lost(found) else None

    def is_lost(self, entry: Entry) -> bool:
        """Whether an object was dropped so long ago, by its retention or that of what it is in, that it stays away."""
        if entry.dropped_on is None:
            return False
        place: Entry | None = entry
        while place is not None and _RETENTION not in place.properties:
            place = above(self.catalog, place)
        days = 1 if place is None else int(place.properties[_RETENTION])
        days = min(days, 1) if entry.properties.get("kind") == "TRANSIENT" else days
        return self.account.clock() >= datetime.fromisoformat(entry.dropped_on) + timedelta(days=days)

    def existing(self, call: Call) -> Entry | None:
        """The object, or None if there is none and the call takes that for success."""
        try:
            return self.entry(call)
        except AccountError as error:
            if error.status == 404 and call.query.get("ifExists"):
                return None
            raise

    # Answering

    @cached_property
    def _names(self) -> set[str]:
        """The properties that are names of objects."""
        return set(self.document.names(self.document.object))

    @cached_property
    def _given(self) -> dict[str, Any]:
        """What an answer says where nothing else is said."""
        return {k: v["default"] for k, v in self.document.model.items() if "default" in v} | dict(self.defaults)

    @cached_property
    def _visible(self) -> set[str]:
        return {k for k, v in self.document.model.items() if not v.get("writeOnly")}

    def visible(self, entry: Entry) -> set[str]:
        """The properties that an answer may have."""
        return self._visible

    def shown(self, entry: Entry, context: Context) -> Content:
        visible = self.visible(entry)
        every = {
            **self._given,
            **entry.properties,
            **entry.state,
            "name": entry.name,
            "database_name": entry.path[0],
            "schema_name": entry.path[-2] if len(entry.path) == 3 else None,
            "owner": entry.owner or None,
            "owner_role_type": "ROLE",
            "created_on": entry.created_on,
            "dropped_on": entry.dropped_on,
            **self.details(entry, context),
        }
        return {k: v for k, v in every.items() if v is not None and k in visible}

    def do_fetch(self, call: Call) -> Content:
        return self.shown(self.entry(call), call.context)

    def do_describe(self, call: Call) -> Content:
        """What `fetch` answers, and what only SQL declares. For SQL."""
        return self.whole(self.entry(call), call.context)

    def whole(self, entry: Entry, context: Context) -> Content:
        return {**self.shown(entry, context), **{k: v for k, v in entry.properties.items() if k.isupper()}}

    def do_list(self, call: Call) -> list[Content]:
        return [self.listed(entry, call) for entry in self.asked_for(call)]

    def asked_for(self, call: Call) -> list[Entry]:
        """The objects that a list is about."""
        parent = self.parent(call.path)
        dropped = call.query.get("history", False)
        entries = self.catalog.children(parent.id if parent else 0, self.kept_as, dropped=dropped)
        entries = [entry for entry in entries if not self.is_lost(entry)]
        rights = self.account.access.of(call.context)
        if not rights.manages:
            entries = [entry for entry in entries if permission.visible(rights, entry, call)]
        return self.selected(entries, call.query)

    def matched(self, entry: Entry) -> str:
        """The name that LIKE looks at."""
        return entry.name

    def selected(self, entries: Iterable[Entry], query: Mapping[str, Any]) -> list[Entry]:
        """What SHOW would list of these, which are in order."""
        entries = list(entries)
        if (after := query.get("fromName")) and query.get("showLimit") is not None:  # FROM comes after LIMIT
            entries = [e for e in entries if e.name > after]  # a cursor, which need not be a whole name
        if (pattern := query.get("like")) is not None:
            matches = like(pattern).fullmatch
            entries = [e for e in entries if matches(self.matched(e))]
        if start := query.get("startsWith"):
            entries = [e for e in entries if e.name.startswith(start)]
        return entries[: query.get("showLimit")]

    # Creating

    def do_create(self, call: Call) -> Content:
        parent, name = self.parent(call.path), new_name(call.body["name"])
        properties = {**self.declared(call.body, parent.path if parent else ()), **call.context.beyond}
        return self.settle(call, parent, name, properties, self.maker(properties))

    def settle(
        self,
        call: Call,
        parent: Entry | None,
        name: str,
        properties: Mapping[str, Any],
        make: Maker | None,
        *,
        source: Entry | None = None,
        at: datetime | None = None,
    ) -> Content:
        """Give a new object its place, as the create mode says. source: what it is a clone of, perhaps as of a time."""
        mode, above = call.query.get("createMode", "errorIfExists"), parent.path if parent else ()
        properties = lasting(parent, self.resource, properties)
        path, parent_id = (*above, name), parent.id if parent else 0
        if above[1:] == ("INFORMATION_SCHEMA",):
            raise AccountError(403, "003001", "42501", f"Nothing can be created in schema {full(above)}.")

        def record() -> None:
            with self.catalog.transaction():
                model = old if source is None else source
                kept = self.catalog.grants.on(model.id) if model is not None and call.query.get("copyGrants") else []
                if old is not None:
                    self.retire(old)
                state, owner = self.first_state(properties, call.query), call.context.role
                entry = self.catalog.add(self.kept_as, parent_id, name, properties, state, owner)
                granting.born(self.account, securables.of_entry(entry))
                self.catalog.grants.give_all(attrs.evolve(one, securable=entry.id) for one in kept)
                self.born(entry, source, at)
                if source is not None:
                    tagging.copy(self.account, source, entry, past=at is not None)

        with self.account.changing:
            old = self.catalog.find(self.kept_as, parent_id, name)
            if old is not None and mode == "ifNotExists":
                return status(f"{shown(name)} already exists, statement succeeded.")
            if old is not None and mode != "orReplace":
                raise exists(full(path))
            check_ranges(properties, self.ranges)
            self.check(path, properties, old)
            if make is not None and old is not None:
                self._replace(old, make, record)
            else:
                with self.engine.in_one_step():  # nobody shall meet it without what was declared
                    if make is not None:
                        make(path)
                    record()
        return status(f"{self.what.capitalize()} {shown(name)} successfully created.")

    def _replace(self, old: Entry, make: Maker, record: Callable[[], None]) -> None:
        """The new object is made aside, since it may be made from the old one, or not at all."""
        new = f"{self.kept_as}_{self.catalog.next_id()}"
        aside = (*old.path[:-1], f"{NEW}{new}")
        make(aside)
        try:
            with self.engine.in_one_step():
                self.put_away(aside, new)
                try:
                    self.put_away(old.path, old.kept)
                    try:
                        record()
                    except BaseException:
                        self.bring_back(old.kept, old.path)
                        raise
                except BaseException:
                    self.engine.purge(new)
                    raise
                self.bring_back(new, old.path)
        except BaseException:
            with suppress(AccountError):  # where it is again if all was one step
                self.put_away(aside, new)
                self.engine.purge(new)
            raise

    def do_clone(self, call: Call) -> Content:
        source = self.entry(call)
        moment = past.moment(call.body.get("point_of_time"))
        parent = self.target(call, source)
        properties = {**source.properties, **self.declared(call.body, parent.path if parent else ())}
        properties.pop("point_of_time", None)
        wanted = lasting(parent, self.resource, call.body)
        need_as_lasting(source.properties.get("kind"), wanted.get("kind"))
        at = self.engine.time_of(moment) if moment is not None else None
        if at is not None and not past.there([source], at):
            raise no_past(self.what, shown(source.name))
        maker = self.cloner(source, moment)
        return self.settle(call, parent, new_name(call.body["name"]), properties, maker, source=source, at=at)

    def cloner(self, source: Entry, at: Moment | None) -> Maker | None:
        """What makes the engine's side of a clone at a path, if it has one."""
        raise unsupported(f"clones of objects of the kind {self.what.upper()}")

    def copy_children(self, source: Entry, target: Entry, at: datetime | None) -> None:
        """Record in a clone what it has of the source, or of what that was."""
        for kind in self.account.kinds.values():
            if kind.cloned and kind.above[-1] == self.resource:
                children = self.catalog.children(source.id, kind.resource, dropped=at is not None)
                for child in children if at is None else past.there(children, at):
                    if at is None or kind.comes_along(target, child):
                        state = kind.first_state(child.properties, {})
                        properties = lasting(target, kind.resource, child.properties)
                        copy = self.catalog.add(kind.resource, target.id, child.name, properties, state, child.owner)
                        self.catalog.grants.copy(child.id, copy.id)
                        kind.born(copy, child, at)
        if self.resource == "schema":
            granting.copy_on_made(self.account, source, target)

    def comes_along(self, target: Entry, child: Entry) -> bool:
        """Whether a clone of the past has what was in the source then."""
        return child.dropped_on is None

    def target(self, call: Call, source: Entry) -> Entry | None:
        """Where the query wants something to go; where the source is, unless it says otherwise."""
        path = dict(zip(self.above, map(shown, source.path)))
        for resource in self.above:
            path[resource] = call.query.get(f"target{resource.capitalize()}") or path[resource]
        return self.parent(path)

    # Changing

    def do_create_or_alter(self, call: Call) -> Content:
        with self.account.changing:
            parent, name = self.parent(call.path), canonical(call.path["name"])
            if call.body["name"] != name and canonical(call.body["name"]) != name:
                raise invalid(f"The name in the body is {call.body['name']}, not {shown(name)}.")
            entry = self.catalog.find(self.kept_as, parent.id if parent else 0, name)
            if entry is None:
                return self.do_create(attrs.evolve(call, body={**call.body, "name": call.path["name"]}))
            declared = {**self.declared(call.body, entry.path[:-1]), **call.context.beyond}
            return self.change(entry, declared, fixed=call.body)

    def do_alter(self, call: Call) -> Content:
        """Change some properties and leave the others; None stands for the default. For SQL's ALTER … SET."""
        unknown = [k for k in call.body if k not in self.document.model]
        if unknown:
            raise invalid(f"invalid property '{unknown[0]}' for '{self.what.upper()}'")
        body = self.document.verbs["create"].body or {}
        with self.account.changing:
            entry = self.existing(call)
            if entry is None:
                return done()
            given = self.declared(self.document.accepted(body, call.body, partial=True), entry.path[:-1])
            kept = {k: v for k, v in entry.properties.items() if call.body.get(k, v) is not None}
            return self.change(entry, {**kept, **given, **call.context.beyond}, fixed=given)

    def change(self, entry: Entry, properties: dict[str, Any], *, fixed: Mapping[str, Any]) -> Content:
        """Give an object other properties; `fixed` is what was said of those that can't change."""
        for name, schema in self.document.model.items():
            if schema.get("x-immutable") and name not in PLACE:
                before = entry.properties.get(name, self._given.get(name))
                if name in fixed and properties.get(name) != before:
                    raise invalid(f"'{name}' of {self.what} {full(entry.path)} can't be changed; it is {before}.")
                if name in entry.properties:
                    properties[name] = entry.properties[name]
        check_ranges(properties, self.ranges)
        self.check(entry.path, properties, entry)
        state = self.changed_state(entry, properties)
        self.reshape(entry, properties, lambda: self.catalog.update(entry, properties=properties, state=state))
        return done()

    def set_state(self, entry: Entry, **state: Any) -> None:
        self.catalog.update(entry, state={**entry.state, **state})

    def do_rename(self, call: Call) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is None:
                return done()
            body: Mapping[str, Any] = call.body or {}
            name = new_name(call.query.get("targetName") or body.get("name") or "")
            self.move((entry, self.target(call, entry), name))
        return done()

    def move(self, *moves: tuple[Entry, Entry | None, str]) -> None:
        """Give objects other places, all at once, so that two can swap theirs."""
        targets = [(entry, parent.id if parent else 0, name) for entry, parent, name in moves]
        leaving = {entry.id for entry, _, _ in targets}
        for entry, parent, name in targets:
            there = self.catalog.find(self.kept_as, parent, name)
            if there is not None and there.id not in leaving:
                raise exists(full(there.path))
            if "INFORMATION_SCHEMA" in (entry.name, name):
                raise AccountError(403, "003001", "42501", f"{full(entry.path)} can't be renamed.")
        with self.engine.in_one_step():
            self._move(moves, targets)

    def _move(self, moves: Iterable[tuple[Entry, Entry | None, str]], targets: list[tuple[Entry, int, str]]) -> None:
        away: list[Entry] = []
        back: list[Entry] = []
        try:
            for entry, _, _ in moves:
                self.put_away(entry.path, entry.kept)
                away.append(entry)
            with self.catalog.transaction():
                self.catalog.move(*targets)
                if self.resource in ("database", "schema", "tag"):
                    moved = {entry.path: self.catalog.get(entry.id).path for entry, _, _ in moves}
                    tagging.follow(self.account, moved)
            for entry in away:
                self.bring_back(entry.kept, self.catalog.get(entry.id).path)
                back.append(entry)
        except BaseException:  # such as of an engine that takes no such name: everything stays where it was
            for entry in back:
                self.put_away(self.catalog.get(entry.id).path, entry.kept)
            self.catalog.move(*((entry, entry.parent, entry.name) for entry in away))
            for entry in away:
                self.bring_back(entry.kept, entry.path)
            raise

    # Dropping

    def do_drop(self, call: Call) -> Content:
        with self.account.changing, self.engine.in_one_step():
            entry = self.existing(call)
            name = shown(canonical(call.path["name"]))
            if entry is None:
                return status(f"Drop statement executed successfully ({name} already dropped).")
            self.may_drop(entry, call)
            self.put_away(entry.path, entry.kept)
            try:
                with self.catalog.transaction():
                    self.retire(entry)
            except BaseException:
                self.bring_back(entry.kept, entry.path)
                raise
        return status(f"{name} successfully dropped.")

    def retire(self, entry: Entry) -> None:
        """Record that an object is gone."""
        if self.restorable:
            self.catalog.drop(entry)
        else:
            self.catalog.remove(entry)

    def do_undrop(self, call: Call) -> Content:
        with self.account.changing, self.engine.in_one_step():
            parent, name = self.parent(call.path), canonical(call.path["name"])
            path, above = (*(parent.path if parent else ()), name), parent.id if parent else 0
            if self.catalog.find(self.kept_as, above, name) is not None:
                raise exists(full(path))
            entry = self.dropped(call)
            if entry is None:
                text = f"{self.what.capitalize()} '{full(path)}' did not exist or was purged."
                raise AccountError(404, "002003", "02000", text)
            self.catalog.restore(entry)
            try:
                self.bring_back(entry.kept, entry.path)
            except BaseException:
                self.catalog.drop(entry)
                raise
            self.restored(entry)
            self.account.runs.scheduler.changed()
        return status(f"{self.what.capitalize()} {shown(name)} successfully restored.")

    def restored(self, entry: Entry) -> None:
        """A dropped object is there again."""

    def given(self, entry: Entry, *, alone: bool) -> None:
        """Another role is going to own an object; alone: and not all others of its kind that are beside it, too."""

    # Tags

    def do_set_tags(self, call: Call) -> Content:
        return self._tag(call, {self._tag_name(tag, call): tag["tag_value"] for tag in call.body})

    def do_unset_tags(self, call: Call) -> Content:
        return self._tag(call, {self._tag_name(tag, call): None for tag in call.body})

    def do_get_tags(self, call: Call) -> list[Content]:
        """Those set on the object, or with its lineage also on all that it is in, with the level of where."""
        entry: Entry | None = self.entry(call)
        found: dict[tuple[str, str, str], Content] = {}
        while entry is not None:
            for *tag, value in self.catalog.tags(entry):
                named = dict(zip(("tag_database", "tag_schema", "tag_name"), tag))
                found.setdefault((tag[0], tag[1], tag[2]), named | {"tag_value": value, "level": level_of(entry.kind)})
            entry = above(self.catalog, entry) if call.query.get("withLineage") else None
        return [found[tag] for tag in sorted(found)]

    def _tag(self, call: Call, values: Mapping[tuple[str, str, str], str | None]) -> Content:
        with self.account.changing, self.catalog.transaction():
            if (entry := self.existing(call)) is None:
                return done()
            for tag, value in values.items():
                checked_tag(self.account, call.context, tag, value)
                self.catalog.set_tag(entry, tag, value)
        return done()

    def _tag_name(self, tag: Mapping[str, str], call: Call) -> tuple[str, str, str]:
        """A tag's whole name; what it leaves out is the object's own, or the session's."""
        own = {
            "database": call.path.get("database") or call.context.database,
            "schema": call.path.get("schema") or call.context.schema,
        }
        if self.resource in own and "name" in call.path:
            own[self.resource] = call.path["name"]
        database, schema = (tag.get(f"tag_{part}") or own[part] for part in ("database", "schema"))
        if not database or not schema:
            raise invalid(f"Tag {tag['tag_name']} needs its database and schema.")
        return canonical(database), canonical(schema), canonical(tag["tag_name"])


def level_of(kind: str) -> str:
    """What a tag's answer calls a kind of object."""
    family = kind.rpartition("-")[2]
    if family == "table" or kind == "view":
        return "TABLE"
    return (family if family in ("integration", "policy", "account") else kind).upper().replace("-", "_")


def checked_tag(account: Account, context: Context, tag: tuple[str, str, str], value: str | None) -> None:
    """AccountError if who asks can't set a tag to a value; None takes it off."""
    if value is not None and len(value) > 256:
        raise invalid(f"The value of tag {full(tag)} is {len(value)} characters long; at most 256 are allowed.")
    entry = account.kinds["tag"].need_at(tag)
    rights, securable = account.access.of(context), securables.of_entry(entry)
    if securable is not None and not rights.may("APPLY TAG", securables.THE_ACCOUNT):
        rights.need("APPLY", securable)
    allowed: list[str] = entry.properties.get("allowed_values") or []
    if value is not None and allowed and value not in allowed:
        told = ", ".join(map(quote_literal, allowed))
        text = f"Tag value {quote_literal(value)} is not an allowed value for tag '{full(tag)}'."
        raise invalid(f"SQL compilation error:\n{text} Must use one of the following values : {told}", "003040")


def status(text: str) -> Content:
    return {"status": text}


def done() -> Content:
    return status("Statement executed successfully.")


def full(path: Iterable[str]) -> str:
    """A whole name as one would write it."""
    return ".".join(map(shown, path))


def new_name(text: str) -> str:
    """The canonical name of an object to be, written as an identifier is."""
    if not _WRITTEN.fullmatch(text):
        raise invalid(
            f"invalid identifier '{text}': letters, digits, _ and $ are allowed, or anything in double quotes",
            "000904",
            "42000",
        )
    name = canonical(text)
    need_length(name)
    return name


def need_as_lasting(kind: str | None, wanted: str | None) -> None:
    """AccountError 002120 if a clone would outlast what it is made of."""
    if kind == "TRANSIENT" and (wanted or "PERMANENT").upper() not in ("TRANSIENT", "TEMPORARY"):
        text = "SQL compilation error:\nTransient object cannot be cloned to a permanent object."
        raise AccountError(400, "002120", "0A000", text)


def lasting(parent: Entry | None, resource: str, properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties of what is made in an object: schemas and tables in what is transient are so, too."""
    above = parent.properties.get("kind") if parent is not None and resource in ("schema", "table") else None
    if above != "TRANSIENT" or properties.get("kind") == "TEMPORARY":
        return properties
    return {**properties, "kind": "TRANSIENT"}


def need_plain(name: str, what: str) -> None:
    """AccountError for a name that had to be quoted, of what Snowflake lets have plain names alone."""
    if not re.fullmatch(r"[A-Z_][A-Z0-9_$]*", name):
        raise invalid(f"invalid identifier '{shown(name)}': a quoted name is not allowed for {what}", "000904", "42000")


def within(text: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The whole canonical name of what is named, perhaps barely, in an object at this path."""
    parts = split(text)
    return (*path[: len(path) - len(parts)], *parts)


class Swapped(ObjectType):
    """What swaps its name with another of its kind."""

    def do_swap_with(self, call: Call) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is not None:
                parent = self.target(call, entry)
                other = self.need(parent, canonical(call.query["targetName"]))
                self.move((entry, parent, other.name), (other, self.parent(call.path), entry.name))
        return done()
