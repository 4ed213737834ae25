"""The runs of code bundles, as long as the account is open. A run is known by the query id of its statement.

See https://docs.snowflake.com/en/sql-reference/functions/code_bundle_history.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from snowcore._names import quote_literal

from ...engine.errors import CANCELED, AccountError, invalid, missing
from ...engine.names import canonical, split
from ..account.calls import Call, Context
from .base import Content, ObjectType, done, full, status

if TYPE_CHECKING:
    from ..account.account import Account

_SOME = 100
"""How many runs a list has where nothing is said."""
_FIELDS = "bundle_type compute_type language_type entrypoint status execution_name query_id"
_FILTERS = "bundleTypes computeTypes languageTypes entrypoint status executionName queryId"
"""The parameters of a list that are about them. Those in the plural take several values with commas."""


class CodeBundleExecutions(ObjectType):
    resource, what = "code-bundle-execution", "code bundle execution"
    above: ClassVar[tuple[str, ...]] = ()

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self._runs: deque[tuple[str, Content]] = deque(maxlen=10_000)
        """The users and what is told."""

    def permit(self, verb: str, call: Call) -> None:
        """Everybody may run code, and sees the runs of their own."""

    @contextmanager
    def noted(self, user: str, told: Content) -> Generator[None]:
        """Within it, a user's run is under way, of which this is told."""
        run = {**told, "status": "RUNNING", "start_time": self.catalog.now()}
        self._runs.append((user, run))
        try:
            yield
            run["status"] = "SUCCEEDED"
        except AccountError as error:
            run["status"] = "CANCELLED" if error.code == CANCELED else "FAILED"
            raise
        finally:
            run["end_time"] = self.catalog.now()

    def do_create(self, call: Call) -> Content:
        return execute(self.account, call, f"FROM {quote_literal(call.body['from_location'])}")

    def do_list(self, call: Call) -> list[Content]:
        """The latest first."""
        return [run for run in self._seen(call) if _is_wanted(run, call.query)][: call.query.get("resultLimit", _SOME)]

    def do_fetch(self, call: Call) -> Any:
        """A list of one, as the document has it."""
        return [self._run(call)]

    def do_cancel(self, call: Call) -> Content:
        query_id = self._run(call)["query_id"]
        if not any(session.cancel(query_id) for session in self.account.sessions):
            return status("Identified SQL statement is not currently executing.")
        return status(f"query [{query_id}] terminated.")

    def _run(self, call: Call) -> Content:
        query_id = call.path["executionId"].strip('"')
        found = next((run for run in self._seen(call) if run["query_id"] == query_id), None)
        if found is None:
            raise missing("execution", query_id)
        return found

    def _seen(self, call: Call) -> list[Content]:
        every = "ACCOUNTADMIN" in self.account.access.of(call.context).names
        return [{**run} for user, run in reversed(self._runs) if every or user == call.context.user]


def in_session(account: Account, who: Context, statement: str) -> Content:
    """Have a session of who asks execute it."""
    with account.open_session(who, database=who.database, schema=who.schema) as session:
        session.execute(statement)
    return done()


def execute(account: Account, call: Call, what: str) -> Content:
    """Have a session of who asks run a bundle, or what is at a place."""
    said: Mapping[str, Any] = call.body
    parts = [f"EXECUTE CODE BUNDLE {what} ENTRYPOINT = {quote_literal(said['entrypoint'])}"]
    if arguments := said.get("arguments"):
        parts.append(f"ARGUMENTS = ({', '.join(map(quote_literal, arguments))})")
    if name := said.get("execution_name"):
        parts.append(f"EXECUTION_NAME = {quote_literal(name)}")
    if specification := said.get("specification"):
        parts.append(f"WITH SPECIFICATION {quote_literal(json.dumps(specification))}")  # JSON is YAML, too
    return in_session(account, call.context, " ".join(parts))


def _is_wanted(run: Content, query: Mapping[str, Any]) -> bool:
    if any(run.get(f"{one}_name") != canonical(query[one]) for one in ("database", "schema") if one in query):
        return False
    if "bundleName" in query and not f".{run['bundle_name']}".endswith(f".{full(split(query['bundleName']))}"):
        return False
    for name, parameter in zip(_FIELDS.split(), _FILTERS.split()):
        said: str = query.get(parameter, run[name])
        if run[name] not in (said.lower().split(",") if parameter.endswith("Types") else [said]):
            return False
    began = datetime.fromisoformat(run["start_time"])
    first, last = (_moment(query.get(f"startTimeRange{word}"), began) for word in ("Start", "End"))
    return first <= began <= last


def _moment(text: str | None, default: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(text) if text else default
    except ValueError:
        raise invalid(f"'{text}' is no time.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
