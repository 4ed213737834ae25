"""Cortex Search services: the rows of a query, as of a moment, to be searched.

The rows lie in a file of the service's own folder, as the files of a stage do, so that snapshots, exports and what
opens the account again have them. The lag is looked at when a service is searched, by the account's clock: nobody can
tell that from a refresh that came in time. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-search/cortex-search-overview.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import attrs
import orjson

from ...engine.errors import AccountError, invalid, unsupported
from ...engine.names import canonical
from ..account.calls import Call, Context
from ..account.catalog import Entry, stamp
from .base import Content, ObjectType, done
from .search_index import Index, column, condition, need_ranking
from .words import Words, same

if TYPE_CHECKING:
    from ..account.account import Account

_MOST = 1_000
"""How many results a search gives at most."""
TEXT_INDEXES = "TEXT_INDEXES"
"""The columns that a service with several indexes searches, which only SQL declares."""
_SHORTEST = 60
"""Seconds that a target lag has at least."""


class SearchServices(ObjectType):
    resource, what = "cortex-search-service", "cortex search service"
    words = Words(
        "CORTEX SEARCH SERVICE",
        {
            "ON": ("search_column", "name"),
            "ATTRIBUTES": ("attribute_columns", "names"),
            "PRIMARY KEY": ("PRIMARY_KEY", "names"),
            **same("name", "warehouse"),
            **same("lag", "target_lag"),
            "EMBEDDING_MODEL": ("EMBEDDING_MODEL", "word or text"),
            "REFRESH_MODE": ("REFRESH_MODE", "word"),
            "INITIALIZE": ("INITIALIZE", "word"),
            "FULL_INDEX_BUILD_INTERVAL_DAYS": ("FULL_INDEX_BUILD_INTERVAL_DAYS", "integer"),
            **same("text", "comment"),
            "TEXT INDEXES": (TEXT_INDEXES, "names"),
            "VECTOR INDEXES": ("VECTOR_INDEXES", "rest"),
            "AS": ("definition", "rest"),
        },
        renamed=False,
    )

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self._indexes: dict[int, tuple[str, Index]] = {}
        """By the number of a service, with the file that it was made of."""

    def permit(self, verb: str, call: Call) -> None:
        super().permit(verb, _named(call))

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        out.pop("columns", None)  # those of the query, whatever was said
        for name in ("search_column", "warehouse"):
            if name in out:
                out[name] = canonical(out[name])
        if "attribute_columns" in out:
            out["attribute_columns"] = [canonical(one) for one in out["attribute_columns"]]
        return out

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        lag: Mapping[str, Any] = properties["target_lag"]
        if lag["type"] == "DOWNSTREAM" or lag["seconds"] < _SHORTEST:
            raise invalid(f"Invalid value of target_lag: at least {_SHORTEST} seconds are needed.")

    def change(self, entry: Entry, properties: dict[str, Any], *, fixed: Mapping[str, Any]) -> Content:
        for name in ("search_column", "definition"):
            if properties.get(name) != entry.properties[name]:
                raise invalid(f"'{name}' of a search service can't be changed; replace the service.")
        _check_columns(properties, entry.state.get("types", {}))
        return super().change(entry, properties, fixed=fixed)

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"indexing_state": "ACTIVE", "serving_state": "ACTIVE"}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        return {"columns": [*entry.state.get("types", {})]}

    def whole(self, entry: Entry, context: Context) -> Content:
        above = "/".join(f"{kind}s/{name}" for kind, name in zip(self.above, entry.path))
        url = f"/api/v2/{above}/cortex-search-services/{entry.name}:query"
        model = {"EMBEDDING_MODEL": "snowflake-arctic-embed-m-v1.5"}
        return {**model, **super().whole(entry, context), "service_query_url": url}

    def do_create(self, call: Call) -> Content:
        need_ranking()
        schema, old = self.parent(call.path), self.replaced(call)
        mode = call.query.get("createMode", "errorIfExists")
        properties = {**self.declared(call.body, ()), **call.context.beyond}
        rows: list[Any] | None = None
        types: dict[str, str] = {}
        if schema is not None and (old is None or mode == "orReplace"):
            self.check((), properties, None)
            types = self._types(properties["definition"], schema.path, call.context.role)
            _check_columns(properties, types)
            rows = self._read(properties["definition"], schema.path, call.context.role)
        answer = super().do_create(call)
        if rows is not None and (made := self.replaced(call)) is not None:
            self._keep(made, rows, types)
        return answer

    # The rows

    def _types(self, definition: str, place: tuple[str, ...], role: str) -> dict[str, str]:
        found = self._asked(f"SELECT * FROM ({definition}\n) LIMIT 0", place, role)
        return {one.name: one.type for one in found.columns}

    def _read(self, definition: str, place: tuple[str, ...], role: str) -> list[Any]:
        found = self._asked(f"SELECT OBJECT_CONSTRUCT_KEEP_NULL(*) FROM ({definition}\n)", place, role)
        # What JSON has no numbers for is told as nothing, or as near as can be.
        return [json.loads(text, parse_int=_whole, parse_constant=lambda name: None) for (text,) in found.rows]

    def _asked(self, text: str, place: tuple[str, ...], role: str) -> Any:
        who = Context(role=role, user="SYSTEM", fixed=True)
        with self.account.open_session(who, database=place[0], schema=place[1]) as session:
            return session.execute(text)

    def _keep(self, entry: Entry, rows: list[Any], types: Mapping[str, str]) -> None:
        """Serve these rows from now on. The file is there before the catalog names it, and goes after."""
        folder, name, text = self.engine.stage(entry.id), f"{uuid.uuid4()}.json", orjson.dumps(rows)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
        with self.account.changing:
            entry = self.catalog.get(entry.id)
            before = entry.state.get("rows")
            self.set_state(
                entry,
                rows=name,
                types=types,
                data_timestamp=stamp(self.account.clock()),
                source_data_num_rows=len(rows),
                serving_data_bytes=len(text),
                indexing_error="",
            )
        if before is not None:
            (folder / before).unlink(missing_ok=True)

    def _refresh(self, entry: Entry) -> Entry:
        """What goes wrong is told of the service, which serves what it has."""
        try:
            definition, place = entry.properties["definition"], entry.path[:2]
            types = self._types(definition, place, entry.owner)
            _check_columns(entry.properties, types)
            self._keep(entry, self._read(definition, place, entry.owner), types)
        except AccountError as error:
            with self.account.changing:
                self.set_state(self.catalog.get(entry.id), indexing_error=error.message)
        return self.catalog.get(entry.id)

    def _served(self, entry: Entry) -> tuple[Entry, Index]:
        if entry.state["serving_state"] == "SUSPENDED":
            raise invalid(f"Serving of {'.'.join(entry.path)} is suspended.")
        lag, told = entry.properties["target_lag"]["seconds"], entry.state.get("data_timestamp")
        is_late = told is None or self.account.clock() - datetime.fromisoformat(told) >= timedelta(seconds=lag)
        if is_late and entry.state["indexing_state"] == "ACTIVE":
            entry = self._refresh(entry)
        if (name := entry.state.get("rows")) is None:
            raise invalid(f"There is nothing to search yet: {entry.state.get('indexing_error')}")
        known = self._indexes.get(entry.id)
        if known is None or known[0] != name:
            try:
                rows = orjson.loads((self.engine.stage(entry.id) / name).read_bytes())
            except FileNotFoundError:
                again = self.catalog.get(entry.id)
                if again.state["rows"] == name:
                    raise invalid("The rows of the service are lost; refresh it.") from None
                return self._served(again)  # another search has refreshed the service meanwhile
            known = self._indexes[entry.id] = name, Index(rows, _searched(entry.properties))
        return entry, known[1]

    def retire(self, entry: Entry) -> None:
        super().retire(entry)
        self._indexes.pop(entry.id, None)
        self.drop_files(entry)

    # Operations

    def do_refresh(self, call: Call) -> Content:
        if (entry := self.existing(call)) is not None:
            self._refresh(entry)
        return done()

    def do_suspend(self, call: Call) -> Content:
        return self._turn(call, "SUSPENDED")

    def do_resume(self, call: Call) -> Content:
        return self._turn(call, "ACTIVE")

    def _turn(self, call: Call, state: str) -> Content:
        target = call.query.get("target")
        parts = [target.lower()] if target else ["indexing", "serving"]
        with self.account.changing:
            if (entry := self.existing(call)) is not None:
                self.set_state(entry, **{f"{part}_state": state for part in parts})
        return done()

    def do_query(self, call: Call) -> Content:
        asked: Mapping[str, Any] = call.body or {}
        scoring: Mapping[str, Any] = asked.get("scoring_config") or {}
        if asked.get("scoring_profile"):
            raise unsupported("scoring profiles of search services")
        if scoring.get("functions") or scoring.get("diversity"):
            raise unsupported("a scoring of one's own of search services")
        return {"results": self._found(call, asked, 10), "request_id": str(uuid.uuid4())}

    def do_suggest(self, call: Call) -> Content:
        rows = [{"rows": [{"columns": row}]} for row in self._found(call, call.body, 5)]
        return {"results": rows, "request_id": str(uuid.uuid4())}

    def do_feedback(self, call: Call) -> Content:
        self.entry(call)
        return done()

    def _found(self, call: Call, asked: Mapping[str, Any], limit: int) -> list[Content]:
        entry, index = self._served(self.entry(_named(call)))
        types: Mapping[str, str] = entry.state["types"]
        limit = asked.get("limit", limit)
        if not 1 <= limit <= _MOST:
            raise invalid(f"Invalid value of 'limit': {limit} is not from 1 to {_MOST}.")
        attributes = {name: types[name] for name in entry.properties.get("attribute_columns") or () if name in types}
        holds = condition(asked.get("filter"), attributes)
        wanted = asked.get("columns") or [entry.properties["search_column"]]
        columns = {name: column(name, types, "columns")[0] for name in wanted}
        rows = index.best(_texts(asked, index.columns), holds)[:limit]
        return [{name: row.get(of) for name, of in columns.items()} for row in rows]


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < 19 else float(digits)


def _searched(properties: Mapping[str, Any]) -> list[str]:
    return [canonical(one) for one in properties.get(TEXT_INDEXES, ())] or [properties["search_column"]]


def _texts(asked: Mapping[str, Any], columns: Sequence[str]) -> dict[str, list[str]]:
    """What to search for in each column."""
    several: Mapping[str, Any] = asked.get("multi_index_query") or {}
    if not several:
        if asked.get("query") is None or len(columns) > 1:
            name = "query" if len(columns) == 1 else "multi_index_query"
            raise invalid(f"{name}: the text to search for is missing.")
        return {columns[0]: [asked["query"]]}
    known = dict.fromkeys(columns, "VARCHAR")
    return {column(name, known, "multi_index_query")[0]: _texts_in(texts) for name, texts in several.items()}


def _texts_in(texts: Any) -> list[str]:
    """The texts that one index is asked for."""
    found: list[str] = []
    for one in cast("list[Any]", texts) if isinstance(texts, list) else [None]:
        if not isinstance(one, dict):
            raise invalid("multi_index_query: each index has a list of objects, each of them with a text.")
        text = cast("dict[str, Any]", one).get("text")
        if text is None:
            raise unsupported("searches by vectors")
        if not isinstance(text, str):
            raise invalid("multi_index_query: what is searched for is no text.")
        found.append(text)
    return found


def _check_columns(properties: Mapping[str, Any], types: Mapping[str, str]) -> None:
    """AccountError unless the query has the columns that a service names."""
    searched = _searched(properties)
    for name in (*searched, *(properties.get("attribute_columns") or ())):
        if name not in types:
            raise invalid(f"invalid identifier '{name}'", "000904", "42000")
    for name in searched:
        if not types[name].startswith("VARCHAR"):
            raise invalid(f"The search column {name} must be a text, and is of type {types[name]}.")


def _named(call: Call) -> Call:
    """The service's name where those of other objects are."""
    name = call.path.get("service_name")
    return call if name is None else attrs.evolve(call, path={**call.path, "name": name})
