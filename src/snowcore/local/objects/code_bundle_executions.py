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

import attrs

from snowcore._names import quote_literal

from ...engine.errors import AccountError, invalid, missing
from ...engine.names import canonical, split
from ..account.calls import Call
from .base import Content, ObjectType, done, status

if TYPE_CHECKING:
    from ..account.account import Account

_STOPPED = "000604"
_SOME = 100
"""How many runs a list has where nothing is said."""
_FILTERS: Mapping[str, str] = {
    "entrypoint": "entrypoint",
    "status": "status",
    "executionName": "execution_name",
    "queryId": "query_id",
    "bundleTypes": "bundle_type",
    "computeTypes": "compute_type",
    "languageTypes": "language_type",
}
"""What a parameter of a list is about. Those in the plural take several values with commas."""


@attrs.frozen
class _Run:
    user: str
    told: Content


class CodeBundleExecutions(ObjectType):
    resource, what = "code-bundle-execution", "code bundle execution"
    above: ClassVar[tuple[str, ...]] = ()

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self._runs: deque[_Run] = deque(maxlen=10_000)

    def permit(self, verb: str, call: Call) -> None:
        """Everybody may run code, and sees the runs of their own."""

    @contextmanager
    def noted(self, user: str, told: Content) -> Generator[None]:
        """Within it, a user's run is under way, of which this is told."""
        run = {**told, "status": "RUNNING", "start_time": self.catalog.now()}
        self._runs.append(_Run(user, run))
        try:
            yield
            run["status"] = "SUCCEEDED"
        except AccountError as error:
            run["status"] = "CANCELLED" if error.code == _STOPPED else "FAILED"
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
        return [{**run.told} for run in reversed(self._runs) if every or run.user == call.context.user]


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
    session = account.open_session(call.context, database=call.context.database, schema=call.context.schema)
    try:
        session.execute(" ".join(parts))
    finally:
        session.close()
    return done()


def _is_wanted(run: Content, query: Mapping[str, Any]) -> bool:
    wanted: Mapping[str, str | None] = {f"{part}_name": query.get(part) for part in ("database", "schema")}
    if any(value is not None and run.get(name) != canonical(value) for name, value in wanted.items()):
        return False
    if "bundleName" in query:
        path = split(query["bundleName"])
        if not run["bundle_name"] or split(run["bundle_name"])[-len(path) :] != path:
            return False
    for parameter, name in _FILTERS.items():
        said: str | None = query.get(parameter)
        values = (said or "").lower().split(",") if parameter.endswith("Types") else [said]
        if said is not None and run[name] not in values:
            return False
    first, last = (_moment(query.get(f"startTimeRange{word}")) for word in ("Start", "End"))
    began = datetime.fromisoformat(run["start_time"])
    return (first is None or began >= first) and (last is None or began <= last)


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise invalid(f"'{text}' is no time.") from None
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
