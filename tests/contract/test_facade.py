"""Every remote method sends what the documents say; every operation is offered by one or listed with the reason."""

from __future__ import annotations

import inspect
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snowcore.task import Task
from snowflake_rest.runtime import Nested

from . import strategies
from .documents import calls
from .facade import Method, cases, methods, play, senders, simply
from .operations import NOT_OFFERED, PAGE, page
from .validation import check_request


@pytest.mark.parametrize("method", methods(), ids=repr)
@settings(settings.get_profile("contract"), max_examples=3)
@given(data=st.data())
def test_requests_of_a_method(method: Method, data: st.DataObject) -> None:
    """However a method is called, what it sends is what a document says."""
    for _, case in cases(method, strategies.given):
        for request in play(method, case, data):
            check_request(request.method, request.target, request.headers, request.content)


@pytest.mark.parametrize("method", methods(), ids=repr)
def test_every_argument_counts(method: Method) -> None:
    """A call with one more argument sends something else than one without, or is refused."""
    (_, without), *others = simply(method)
    assert without
    for name, requests in others:
        if name and name not in ONLY_TOGETHER.get(repr(method), ()):
            told = [(request.method, request.target, request.content) for request in requests]
            assert told != [(request.method, request.target, request.content) for request in without], name


ONLY_TOGETHER = {
    "DAGOperation.drop": ["drop_finalizer"],  # with a graph that has one
    "DynamicTableCollection.create": ["copy_grants"],  # with clone_table
    "ProcedureResource.call": ["extract"],  # with the answer
}
"""Arguments that alone change no request."""


def test_every_method_has_a_twin() -> None:
    """It runs the same steps, so that what is tested of one is true of the other."""
    other = [m for m in methods() if inspect.unwrap(getattr(m.owner, f"{m.name}_async")) is not m.written]
    assert [*map(repr, other)] == ["NotebookResource.rename"], "its twin takes the arguments in another order"


def test_every_operation_is_offered_or_listed() -> None:
    listed = [name for names in NOT_OFFERED.values() for name in names]
    assert len(listed) == len(set(listed)), "twice in NOT_OFFERED"
    offered = {repr(call) for call in senders()}
    everything = {repr(call) for call in calls()}
    assert sorted(everything - offered - set(listed)) == [], (
        "These operations are new. Give each a method in src/snowcore, in the module of its resource, or list it "
        "with the reason in NOT_OFFERED, in tests/contract/operations.py; then run `make operations`."
    )
    assert sorted(offered & set(listed)) == [], "The facade offers these now: take them out of NOT_OFFERED."
    assert sorted(set(listed) - everything) == [], "No document has these any more: take them out of NOT_OFFERED."


def test_the_page_of_operations_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/operations.md is stale: run `make operations`"


@settings(settings.get_profile("contract"), max_examples=100)
@given(data=st.data())
def test_tasks_in_python_terms_read_every_answer(data: st.DataObject) -> None:
    """They replace the model of the specification, and must be as lenient."""
    (call,) = (call for call in calls() if call.id == "fetchTask")
    answer = data.draw(strategies.answers(call), label="answer")
    if data.draw(st.booleans(), label="spoilt"):
        strategies.spoil(answer, data)
    task = Nested(Task).decode(answer)
    repr(task)
    json.loads(task.to_json())
