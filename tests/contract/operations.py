"""What is offered and tested, operation by operation; `python -m tests.contract.operations` writes the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .documents import Call, documents
from .facade import senders

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"

EMULATED = (
    "alert",
    "api-integration",
    "artifact-repository",
    "catalog-integration",
    "code-bundle",
    "compute-pool",
    "cortex-search-service",
    "database",
    "database-role",
    "external-volume",
    "image-repository",
    "network-policy",
    "network-rule",
    "notebook",
    "notification-integration",
    "password-policy",
    "pipe",
    "role",
    "schema",
    "secret",
    "service",
    "session",
    "stage",
    "streamlit",
    "table",
    "task",
    "user",
    "warehouse",
)
"""The documents of which the embedded account answers every request."""

NOT_OFFERED = {
    "Snowflake's SDK has no method for it; the generated client has the operation": [
        "cortex-search-service-sendFeedback",
        "session-getCurrentSecondaryRoles",
        "session-getDefaultDatabase",
        "session-getDefaultRole",
        "session-getDefaultSchema",
        "session-getDefaultWarehouse",
        "session-setDefaultDatabase",
        "session-setDefaultRole",
        "session-setDefaultSchema",
        "session-setDefaultWarehouse",
        "session-useSecondaryRole",
        "warehouse-disableWarehouse",
        "warehouse-enableWarehouse",
    ],
    "Snowflake's SDK has nothing for the service; the generated client has its operations": [
        "cortex-generic-anthropic-cortexGenericAnthropicMessages",
        "cortex-generic-openai-cortexGenericOpenAIChatCompletions",
        "sqlapi-CancelStatement",
        "sqlapi-GetStatementStatus",
        "sqlapi-SubmitStatement",
    ],
    "a deprecated twin: the facade sends its successor": [
        "compute-pool-stopAllServicesInComputePoolDeprecated",
        "database-createDatabaseFromShareDeprecated",
        "table-createTableAsSelectDeprecated",
        "table-createTableLikeDeprecated",
        "table-createTableUsingTemplateDeprecated",
        "table-resumeReclusterTableDeprecated",
        "table-suspendReclusterTableDeprecated",
        "table-swapWithTableDeprecated",
        "task-getCompleteGraphsDeprecated",
        "task-getCurrentGraphsDeprecated",
    ],
    "the other side of Spark Connect, for who runs the server": [
        "spark-connect-pullRequest",
        "spark-connect-pushResponse",
    ],
    "part of every call: 202 and pages lead to it, whatever the method": ["result-fetchResult"],
}
"""The operations for which the facade has no method, by the reason."""

HEAD = """\
# Operations

Written by `make operations`; do not edit.

Every operation of the documents in `specs/`, the methods of `snowcore` that send it, and the tests that send or
answer it many times with generated values:

* **request**: the generated function sends what the document says (`tests/contract/test_operations.py`)
* **answer**: whatever the document, or a newer server, lets a server answer is read and says the same when it is
  written again (there too)
* **facade**: the method, called with generated arguments, sends what the document says
  (`tests/contract/test_facade.py`)
* **account**: the embedded account, asked over HTTP rightly and wrongly, answers what the document says
  (`tests/contract/test_account.py`)
"""


def page() -> str:
    return "\n".join([HEAD, *_tables()])


def _tables() -> Iterator[str]:
    for document in documents().values():
        yield f"## {document.name}\n"
        yield "| Operation | Request | Methods | Tested by |"
        yield "| --- | --- | --- | --- |"
        for call in document.calls:
            deprecated = " (deprecated)" if call.raw.get("deprecated") else ""
            yield f"| `{call.id}`{deprecated} | `{call.method} {call.path}` | {_offer(call)} | {_tests(call)} |"
        yield ""


def _offer(call: Call) -> str:
    if call in senders():
        return ", ".join(f"`{method}`" for method in senders()[call])
    return next((f"none ({reason})" for reason, names in NOT_OFFERED.items() if repr(call) in names), "none")


def _tests(call: Call) -> str:
    tests = {
        "request": True,
        "answer": call.answer is not None,
        "facade": call in senders(),
        "account": call.document.name in EMULATED,
    }
    return ", ".join(name for name, tested in tests.items() if tested)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE}: {sum(len(document.calls) for document in documents().values())} operations")
