"""docs/supported.md: what can be done with each kind of object, and what of that the embedded account does.

Nothing on the page is claimed: methods are those of the classes, and the account's are those of its registry of kinds,
which `tests/local/test_kinds.py` holds to be done, kept or refused. `make operations` writes the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from snowcore.local.account.documents import documents as known
from snowcore.local.objects import MODULES, kinds
from snowcore.local.objects.kept import BY_SQL_ALONE
from snowcore.local.objects.recorded import Recorded
from snowcore.local.objects.refused import REFUSED

from ..contract.documents import documents
from ..contract.facade import senders

PAGE = Path(__file__).parents[2] / "docs" / "supported.md"
HEAD = """\
# What is supported

What can be done with each kind of object, and what of that the embedded account does.
Written by `make operations` from the documents of the API, the classes, and the account's registry; do not edit.

For a **real account** there are the methods in the second column: each sends what the document of the API says, which
the tests hold it to with generated values ([operations](operations.md) has the requests). Each has a twin `…_async`.

In the **embedded account** an object *acts* (what you declare of it has the effect that it has on Snowflake, as far as
the pages of the part "Use" say), or is *kept* (what you declare is checked, told and changed, and nothing follows from
it). What it refuses is answered with one sentence; it never pretends. How far SQL goes says [the page of SQL](sql.md),
and where a kind of object ends, [the table in the introduction](../README.md#what-is-supported).

| object | methods | embedded account | refused there |
| --- | --- | --- | --- |
"""
_NO_OBJECT = {"result", "sqlapi", "session", "spark-connect", "cortex-generic-anthropic", "cortex-generic-openai"}
"""What is no kind of object, and has no methods under the root."""

_ONLY_CHECKED = {"network-rule"}
"""What has a module, and no effect."""


def page() -> str:
    lines = [HEAD.rstrip("\n"), *_rows(), ""]
    alone = sorted(one.replace("-", " ") for one in BY_SQL_ALONE)
    lines += [f"Kinds that only SQL has, since the API has no document of them: {', '.join(alone)}.", ""]
    return "\n".join(lines)


def _rows() -> Iterator[str]:
    acting = {kind.resource for kind in MODULES}
    kept = {kind.resource for kind in kinds() if issubclass(kind, Recorded)}
    for document in documents().values():
        if document.name in _NO_OBJECT:
            continue
        methods = sorted({str(name).partition(".")[2] for call in document.calls for name in senders().get(call, ())})
        how = (
            "acts"
            if document.name in acting - _ONLY_CHECKED
            else "kept"
            if document.name in kept | _ONLY_CHECKED
            else "no"
        )
        if document.name in REFUSED:
            refused = f"all: {REFUSED[document.name]}"
        else:
            verbs = [verb for verb in known()[document.name].verbs if f"{document.name}: {verb}" in REFUSED]
            refused = ", ".join(f"`{verb}`" for verb in verbs)
        told = ", ".join(f"`{name}`" for name in methods)
        yield f"| {document.name.replace('-', ' ')} | {told} | {how} | {refused} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
