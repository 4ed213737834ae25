"""The session of a request over REST: that of the driver who sent it by the token of its login, or else one that ends
with the request, as Snowflake opens one for each."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

import orjson

from snowcore._names import quote_identifier, quote_literal

from ...engine.names import canonical
from ..account.calls import Call
from .base import Content, ObjectType, status

if TYPE_CHECKING:
    from ..account.account import Session


def _default(what: str) -> tuple[Callable[[Sessions, Call], Content], Callable[[Sessions, Call], Content]]:
    """What tells the current database, schema and so on of a session, and what chooses it."""

    def tell(self: Sessions, call: Call) -> Content:
        name = self.asked(call, f"SELECT CURRENT_{what}()")[0][0]
        return {} if name is None else {"session_default": name}

    def use(self: Sessions, call: Call) -> Content:
        return status(self.asked(call, f"USE {what} {quote_identifier(canonical(call.body['name']))}")[0][0])

    return tell, use


class Sessions(ObjectType):
    resource = what = "session"
    above: ClassVar[tuple[str, ...]] = ()

    def permit(self, verb: str, call: Call) -> None:
        """Everybody may see and change their own session."""

    def do_secondary_roles(self, call: Call) -> Content:
        return orjson.loads(self.asked(call, "SELECT CURRENT_SECONDARY_ROLES()")[0][0])

    def do_use_secondary_roles(self, call: Call) -> Content:
        return status(self.asked(call, f"USE SECONDARY ROLES {'ALL' if call.body['use'] else 'NONE'}")[0][0])

    do_default_database, do_use_default_database = _default("DATABASE")
    do_default_role, do_use_default_role = _default("ROLE")
    do_default_schema, do_use_default_schema = _default("SCHEMA")
    do_default_warehouse, do_use_default_warehouse = _default("WAREHOUSE")

    def do_effective(self, call: Call) -> list[Content]:
        """The parameters in force."""
        pattern = call.query.get("like")
        rows = self.asked(call, f"SHOW PARAMETERS{f' LIKE {quote_literal(pattern)}' if pattern else ''}")
        titles = ("name", "value", "defaultValue", "level", "description", "dataType")
        return [dict(zip(titles, row, strict=True)) for row in rows]

    def asked(self, call: Call, text: str) -> list[tuple[Any, ...]]:
        with self._session(call) as session:
            return list(session.execute(text).rows)

    @contextmanager
    def _session(self, call: Call) -> Generator[Session]:
        who = call.context
        if who.session is not None:
            yield who.session
            return
        with self.account.open_session(who, database=who.database, schema=who.schema) as session:
            yield session
