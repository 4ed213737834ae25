"""Views and sequences over REST: the engine keeps them by itself, so each operation is the statement that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from snowcore._names import quote_literal

from ...engine.errors import invalid, missing, unsupported
from ...engine.names import canonical, qualified
from ...engine.protocol import TablePath
from ..account.account import Session
from ..account.calls import Call
from ..account.catalog import Entry
from . import securables
from .base import Content, ObjectType, full, new_name, status
from .datatypes import described
from .securables import Securable

if TYPE_CHECKING:
    from ..account.account import Account

_MODES = {"errorIfExists": ("", ""), "orReplace": ("OR REPLACE ", ""), "ifNotExists": ("", "IF NOT EXISTS ")}

Row = Mapping[str, Any]


class Stated(ObjectType):
    """A kind whose operations are statements."""

    listing: ClassVar[str]
    """What SHOW, and the view of INFORMATION_SCHEMA, call them."""

    def permit(self, verb: str, call: Call) -> None:
        """The statement itself sees to that."""

    def run(self, call: Call, answer: Callable[[Session], Any]) -> Any:
        """What is found by statements of who asks, in the schema of the path."""
        schema = self.parent(call.path)
        assert schema is not None
        with self.account.open_session(call.context, database=schema.path[0], schema=schema.path[1]) as session:
            return answer(session)

    def path_of(self, call: Call, name: str | None = None) -> tuple[str, ...]:
        """The whole canonical name of the object of the path, or of another one in its schema."""
        place = tuple(canonical(call.path[one]) for one in self.above)
        return (*place, canonical(call.path["name"]) if name is None else name)

    def state(self, call: Call, statement: str) -> Content:
        """Run a statement; what it answers."""
        return status(self.run(call, lambda session: session.execute(statement).rows[0][0]))

    def found(self, session: Session, call: Call, clauses: Iterable[str]) -> list[Content]:
        """What SHOW lists, as REST puts it."""
        place = qualified(*self.path_of(call)[:2]) if "name" in call.path else qualified(*self.path_of(call, "")[:2])
        like, *behind = clauses
        shown = session.execute(" ".join((f"SHOW {self.listing}", like, f"IN SCHEMA {place}", *behind)))
        names = [column.name for column in shown.columns]
        prefix = "TABLE" if self.listing == "VIEWS" else "SEQUENCE"
        kept = {
            (one[f"{prefix}_SCHEMA"], one[f"{prefix}_NAME"]): one
            for one in session.engine.metadata(self.listing, canonical(call.path["database"]))
        }
        rows = [dict(zip(names, row, strict=True)) for row in shown.rows]
        return [
            {
                **{name: row[name] for name in ("name", "database_name", "schema_name", "owner", "owner_role_type")},
                "created_on": row["created_on"].isoformat(),
                **({"comment": row["comment"]} if row["comment"] else {}),
                **self.told(session, row, kept[row["schema_name"], row["name"]]),
            }
            for row in rows
        ]

    def told(self, session: Session, row: Row, kept: Row) -> Content:
        """What only this kind says of itself. row: of SHOW. kept: of INFORMATION_SCHEMA."""
        raise NotImplementedError

    def do_fetch(self, call: Call) -> Content:
        path = self.path_of(call)
        rows = self.run(call, lambda session: self.found(session, call, [""]))
        for row in rows:
            if row["name"] == path[2]:
                return row
        raise missing(self.what, full(path))

    def do_list(self, call: Call) -> list[Content]:
        said: dict[str, Any] = dict(call.query)
        like = f"LIKE {quote_literal(said['like'])}" if said.get("like") else ""
        start = f"STARTS WITH {quote_literal(said['startsWith'])}" if said.get("startsWith") else ""
        rows = self.run(call, lambda session: self.found(session, call, [like, start]))
        if after := said.get("fromName"):
            rows = [row for row in rows if row["name"] > after]
        return rows[: said.get("showLimit")]

    def do_drop(self, call: Call) -> Content:
        there = "IF EXISTS " if call.query.get("ifExists") else ""
        return self.state(call, f"DROP {self.what.upper()} {there}{qualified(*self.path_of(call))}")


class Views(Stated):
    resource = what = "view"
    listing = "VIEWS"

    def permit(self, verb: str, call: Call) -> None:
        if verb.endswith("_tags"):
            view, rights = self._view(call), self.account.access.of(call.context)
            if verb == "get_tags":
                rights.need_to_see(view)
            elif not rights.may("APPLY TAG", securables.THE_ACCOUNT):
                rights.need("OWNERSHIP", view)

    def _view(self, call: Call) -> Securable:
        return securables.need(self.account, securables.KINDS["VIEW"], self.path_of(call))

    def entry(self, call: Call) -> Entry:
        return tagged(self.account, self._view(call))

    def do_set_tags(self, call: Call) -> Content:
        with self.account.changing:
            name = str(-self._view(call).id)
            if self.catalog.find("view", 0, name) is None:
                for old in self.catalog.children(0, "view"):
                    if securables.by_id(self.account, securables.KINDS["VIEW"], -int(old.name)) is None:
                        self.catalog.remove(old)
                self.catalog.add("view", 0, name, {}, {}, "")
            return super().do_set_tags(call)

    def told(self, session: Session, row: Row, kept: Row) -> Content:
        path = TablePath(row["database_name"], row["schema_name"], row["name"])
        columns = [
            {"name": one.name, "datatype": described(one.type), **({"comment": one.comment} if one.comment else {})}
            for one in session.engine.columns(path) or ()
        ]
        return {
            "secure": row["is_secure"] == "true",
            "kind": "PERMANENT",
            "columns": columns,
            "query": kept["QUERY"] if row["text"] else "",  # which a secure view keeps from all but its owner
        }

    def do_create(self, call: Call) -> Content:
        said: dict[str, Any] = call.body
        if said.get("kind") == "TEMPORARY":
            raise unsupported("temporary views over REST")
        if not said["columns"]:
            raise invalid("A view needs its columns.")
        before, behind = _MODES[call.query.get("createMode", "errorIfExists")]
        words = [word for word in ("secure", "recursive") if said.get(word)]
        columns = [
            qualified(new_name(one["name"]))
            + (f" COMMENT {quote_literal(one['comment'])}" if one.get("comment") else "")
            for one in said["columns"]
        ]
        return self.state(
            call,
            f"CREATE {before}{''.join(f'{word.upper()} ' for word in words)}VIEW {behind}"
            f"{qualified(*self.path_of(call, new_name(said['name'])))} ({', '.join(columns)})"
            f"{' COPY GRANTS' if call.query.get('copyGrants') else ''}"
            f"{_comment(said)} AS {said['query']}",
        )


def tagged(account: Account, view: Securable) -> Entry:
    """What has a view's tags in the catalog: an object that is called by the number that the engine gave the view, and
    so loses nothing by a rename; one without tags if there is none."""
    found = account.catalog.find("view", 0, str(-view.id))
    schema = account.kinds["schema"].need_at(view.path[:2])
    return Entry(found.id if found else 0, "view", schema.id, view.path, {}, {}, view.owner, view.created_on)


class Sequences(Stated):
    resource = what = "sequence"
    listing = "SEQUENCES"

    def told(self, session: Session, row: Row, kept: Row) -> Content:
        return {
            "start": int(kept["START_VALUE"]),
            "increment": int(kept["INCREMENT"]),
            "ordered": kept["ORDERED"] == "YES",
        }

    def do_create(self, call: Call) -> Content:
        said: dict[str, Any] = call.body
        before, behind = _MODES[call.query.get("createMode", "errorIfExists")]
        start, increment = (f"{word} {said[word]}" if word in said else "" for word in ("start", "increment"))
        order = {True: "ORDER", False: "NOORDER", None: ""}[said.get("ordered")]
        name = qualified(*self.path_of(call, new_name(said["name"])))
        numbers = " ".join(one for one in (start, increment, order) if one)
        return self.state(call, f"CREATE {before}SEQUENCE {behind}{name} {numbers}{_comment(said)}")

    def do_clone(self, call: Call) -> Content:
        before, behind = _MODES[call.query.get("createMode", "errorIfExists")]
        place = (call.query.get(f"target{one.capitalize()}") or call.path[one] for one in self.above)
        target = qualified(*map(canonical, place), new_name(call.body["name"]))
        source = qualified(*self.path_of(call))
        return self.state(call, f"CREATE {before}SEQUENCE {behind}{target} CLONE {source}")

    def do_rename(self, call: Call) -> Content:
        place = (call.query.get(f"target{one.capitalize()}") or call.path[one] for one in self.above)
        target = qualified(*map(canonical, place), new_name(call.query["targetName"]))
        there = "IF EXISTS " if call.query.get("ifExists") else ""
        return self.state(call, f"ALTER SEQUENCE {there}{qualified(*self.path_of(call))} RENAME TO {target}")


def _comment(said: Row) -> str:
    return f" COMMENT = {quote_literal(said['comment'])}" if said.get("comment") else ""
