"""Every operation of every document: what it sends is what the document says, and it reads what a server may answer."""

from __future__ import annotations

import importlib
import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.parse import module_name
from snowcore import Root
from snowflake_rest.runtime import Nested, body

from . import strategies
from .account import Account, nothing
from .documents import Call, Document, calls, documents
from .strategies import answers, arguments, spoil
from .validation import check_request, contains, keep

CALLS = list(calls())
READ = [call for call in CALLS if call.answer is not None]
OPEN = [
    pytest.param(document, name, id=f"{document.name}-{name}")
    for document in documents().values()
    for name, schema in document.raw["components"].get("schemas", {}).items()
    if document.open(schema) and document.properties(schema)
]
SHORT = settings.get_profile("contract")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # deprecated fields are sent, too
@pytest.mark.parametrize("call", CALLS, ids=repr)
@settings(SHORT)
@given(data=st.data())
def test_request(call: Call, data: st.DataObject) -> None:
    """The function that builds the operation takes what the document allows, and sends all of it and nothing else."""
    parameters, body = data.draw(arguments(call), label="arguments")
    account = Account(nothing)
    Root(account).client.answer(call.operation(parameters, body))
    (request,) = account.requests
    meant, found = check_request(request.method, request.target, request.headers, request.content)
    assert meant is call
    wanted = {
        key: keep(call.document, call.parameters[key]["schema"], value)
        for key, value in parameters.items()
        if value is not None
    }
    assert {key: found[key] for key in wanted} == wanted
    assert all(place == "header" for place, _ in found.keys() - wanted.keys())
    if call.body and body is not None:
        check_body(call, body, request.content or b"")


def check_body(call: Call, body: Any, content: bytes) -> None:
    assert call.body is not None
    content_type, schema, _ = call.body
    if content_type == "application/json":
        sent, wanted = json.loads(content), keep(call.document, schema, body, sent=True)
        assert contains(keep(call.document, schema, sent), wanted), f"{sent} is not all of {wanted}"
    else:
        assert content == body


def json_of(value: Any) -> Any:
    """A value as it is on the wire, where times are text."""
    return orjson.loads(orjson.dumps(value))


@pytest.mark.parametrize("call", READ, ids=repr)
@settings(SHORT)
@given(data=st.data())
def test_answer(call: Call, data: st.DataObject) -> None:
    """Whatever a newer server adds or leaves out, its answer is read, and says the same when it is written again."""
    operation = call.operation(*data.draw(arguments(call, 0)))
    answer = data.draw(answers(call), label="answer")
    result = operation.decode(answer)
    assert operation.answer is not None and call.answer is not None
    again = json_of(operation.answer.encode(result, False))
    assert keep(call.document, call.answer, again) == keep(call.document, call.answer, answer)


@pytest.mark.parametrize("call", READ, ids=repr)
@settings(SHORT, max_examples=5)
@given(data=st.data())
def test_answer_with_a_value_of_another_type(call: Call, data: st.DataObject) -> None:
    """Nor is an answer refused that has something else anywhere in it."""
    operation = call.operation(*data.draw(arguments(call, 0)))
    answer = data.draw(answers(call), label="answer")
    spoil(answer, data)
    result = operation.decode(answer)
    assert operation.answer is not None
    json_of(operation.answer.encode(result, False))
    repr(result)


@pytest.mark.parametrize(("document", "name"), OPEN)
@settings(SHORT)
@given(data=st.data())
def test_open_schema(document: Document, name: str, data: st.DataObject) -> None:
    """What an object has beside its declared fields is kept, where they may be any: a user's, and a server's."""
    schema = {"$ref": f"#/components/schemas/{name}"}
    kind = Nested(getattr(importlib.import_module(f"snowflake_rest.{module_name(document.name)}"), name))
    written = data.draw(strategies.given(document).of(schema), label="given")
    assert contains(body("value", kind, written), keep(document, schema, written, sent=True))
    answer = data.draw(strategies.sent(document).of(schema), label="sent")
    assert keep(document, schema, json_of(kind.encode(kind.decode(answer)))) == keep(document, schema, answer)
