"""Kinds of objects follow from the documents: every operation is done, recorded or refused, and nothing else is."""

from __future__ import annotations

import pytest

from snowcore.local.account.documents import Document, documents
from snowcore.local.objects import MODULES, ObjectType, kinds
from snowcore.local.objects.kept import BY_SQL_ALONE
from snowcore.local.objects.recorded import Recorded, can_be_recorded
from snowcore.local.objects.refused import REFUSED

BY_RESOURCE = {kind.resource: kind for kind in kinds()}
OWN = {resource: document for resource, document in documents().items() if document.package == "snowflake_rest"}
ELSEWHERE = {"result"}
"""What the door answers by itself."""


def done(kind: type[ObjectType]) -> set[str]:
    """The verbs that a kind has methods for."""
    return {name.removeprefix("do_") for name in dir(kind) if name.startswith("do_")}


@pytest.mark.parametrize("resource", sorted(OWN.keys() - ELSEWHERE))
def test_every_operation_is_done_recorded_or_refused(resource: str) -> None:
    kind = BY_RESOURCE.get(resource)
    if kind is None:
        assert resource in REFUSED
        return
    for verb in documents()[resource].verbs:
        assert (verb in done(kind)) != (f"{resource}: {verb}" in REFUSED), verb


def test_what_is_refused_is_in_a_document() -> None:
    for key in REFUSED:
        resource, _, verb = key.partition(": ")
        assert resource in OWN and resource not in ELSEWHERE
        assert (verb in documents()[resource].verbs) if verb else resource not in BY_RESOURCE


def test_every_method_is_an_operation_of_a_document() -> None:
    """What a class adds to `base` is an operation of one of its kinds, or a statement's alone."""
    # ALTER ALERT, ALTER STAGE and EXTERNAL TABLE, SYSTEM$PIPE_STATUS, ALTER PIPE … REFRESH
    by_statements = {"resume", "suspend", "register", "refresh", "status", "load"}
    for kind in kinds():
        for part in kind.__mro__[: kind.__mro__.index(ObjectType)]:
            verbs = {verb for one in kinds() if issubclass(one, part) for verb in one.documented().verbs}
            added = {name.removeprefix("do_") for name in vars(part) if name.startswith("do_")}
            assert added <= verbs | done(ObjectType) | by_statements, part


def test_what_only_says_what_it_is_is_recorded() -> None:
    modules = {kind.resource for kind in MODULES}
    recorded = {kind.resource for kind in kinds() if issubclass(kind, Recorded)} - modules - {*BY_SQL_ALONE}
    alone = {resource for resource, document in documents().items() if can_be_recorded(document)}
    assert recorded == alone - modules - REFUSED.keys()
    assert {"network-policy", "password-policy", "external-volume"} <= recorded


def test_what_only_sql_has_is_not_in_rest() -> None:
    assert {"share", "storage-integration"} <= {*BY_SQL_ALONE} <= BY_RESOURCE.keys()
    assert not documents().keys() & {*BY_SQL_ALONE}


def test_a_collection_in_something_else_is_not_recorded() -> None:
    def document(collection: str, *methods: str) -> Document:
        answer = {"200": {"content": {"application/json": {"schema": {"type": "array", "items": {}}}}}}
        path = {method: {"operationId": method, "responses": answer} for method in methods}
        content = {"x-collection": collection, "paths": {collection: path}, "components": {}}
        return Document("moon", lambda: content)

    assert can_be_recorded(document("/api/v2/moons", "get", "post"))
    assert can_be_recorded(document("/api/v2/databases/{database}/schemas/{schema}/moons", "get", "post"))
    assert not can_be_recorded(document("/api/v2/planets/{planet}/moons", "get", "post"))
    assert not can_be_recorded(document("/api/v2/moons", "get"))
    assert not can_be_recorded(document("/api/v2/moons", "post"))
