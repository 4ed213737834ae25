"""The session of a request over REST: that of the driver who sent it by the token of its login, or else one that ends
with the request, as Snowflake opens one for each."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

import orjson

from snowcore._names import quote_identifier, quote_literal

from ...engine.names import canonical
from ..account.calls import Call
from .base import Content, ObjectType, status

if TYPE_CHECKING:
    from ..account.account import Session


class Sessions(ObjectType):
    resource = what = "session"
    above: ClassVar[tuple[str, ...]] = ()

    def permit(self, verb: str, call: Call) -> None:
        """Everybody may see and change their own session."""

    def do_secondary_roles(self, call: Call) -> Content:
        return orjson.loads(self._asked(call, "SELECT CURRENT_SECONDARY_ROLES()")[0][0])

    def do_use_secondary_roles(self, call: Call) -> Content:
        return self._use(call, f"SECONDARY ROLES {'ALL' if call.body['use'] else 'NONE'}")

    def do_default_database(self, call: Call) -> Content:
        return self._told(call, "DATABASE")

    def do_use_default_database(self, call: Call) -> Content:
        return self._use(call, f"DATABASE {_named(call)}")

    def do_default_role(self, call: Call) -> Content:
        return self._told(call, "ROLE")

    def do_use_default_role(self, call: Call) -> Content:
        return self._use(call, f"ROLE {_named(call)}")

    def do_default_schema(self, call: Call) -> Content:
        return self._told(call, "SCHEMA")

    def do_use_default_schema(self, call: Call) -> Content:
        return self._use(call, f"SCHEMA {_named(call)}")

    def do_default_warehouse(self, call: Call) -> Content:
        return self._told(call, "WAREHOUSE")

    def do_use_default_warehouse(self, call: Call) -> Content:
        return self._use(call, f"WAREHOUSE {_named(call)}")

    def do_effective(self, call: Call) -> list[Content]:
        """The parameters in force."""
        pattern = call.query.get("like")
        rows = self._asked(call, f"SHOW PARAMETERS{f' LIKE {quote_literal(pattern)}' if pattern else ''}")
        titles = ("name", "value", "defaultValue", "level", "description", "dataType")
        return [dict(zip(titles, row, strict=True)) for row in rows]

    def _told(self, call: Call, what: str) -> Content:
        name = self._asked(call, f"SELECT CURRENT_{what}()")[0][0]
        return {} if name is None else {"session_default": name}

    def _use(self, call: Call, what: str) -> Content:
        return status(self._asked(call, f"USE {what}")[0][0])

    def _asked(self, call: Call, text: str) -> list[tuple[Any, ...]]:
        with self._session(call) as session:
            return list(session.execute(text).rows)

    @contextmanager
    def _session(self, call: Call) -> Generator[Session]:
        who = call.context
        if who.session is not None:
            yield who.session
            return
        session = self.account.open_session(who, database=who.database, schema=who.schema)
        try:
            yield session
        finally:
            session.close()


def _named(call: Call) -> str:
    return quote_identifier(canonical(call.body["name"]))
