"""Snowflake's own SDK beside ours: one program makes every call with both, and the requests are held together."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snowcore import Root

from .. import official
from .account import Account, Answer, draw_answers, nothing
from .callers import Caller, caller, meaning, tell
from .documents import Call
from .facade import Method, Value, cases, methods, places
from .strategies import full, least

pytestmark = official.needed

DIFFERENT = {
    "the SDK has no such method": [
        "CortexAnalystService.fast_generation(*)",
        "CortexAnalystService.generate_filters_and_metrics_suggestions(*)",
        "CortexAnalystService.generate_verified_query_suggestions(*)",
        "CortexAnalystService.get_agentic_optimization(*)",
        "CortexAnalystService.get_scoped_token(*)",
        "CortexAnalystService.list_agentic_optimizations(*)",
        "CortexAnalystService.pre_selection(*)",
        "CortexAnalystService.send_feedback(*)",
        "CortexAnalystService.send_message(*)",
        "CortexInferenceService.get_models(*)",
        "CortexSearchServiceCollection.create(*)",
        "CortexSearchServiceCollection.iter(*)",
        "CortexSearchServiceResource.drop(*)",
        "CortexSearchServiceResource.fetch(*)",
        "CortexSearchServiceResource.resume(*)",
        "CortexSearchServiceResource.suggest(*)",
        "CortexSearchServiceResource.suspend(*)",
    ],
    "the SDK's method fails whatever it is given": [
        "CodeBundleExecutionResource.execute_code_bundle(*)",
        "ComputePoolResource.list_instance_families(*)",
    ],
    "the SDK does not take the argument, or not in this form": [
        "AlertCollection.create(clone_alert)",  # an Alert, not only its name
        "AlertCollection.iter(limit)",
        "CortexInferenceService.complete",  # nothing
        "DAGOperation.iter_dags",  # without `like`
        "EventTableCollection.iter(limit)",
        "IcebergTableCollection.iter(limit)",
        "SnowAPISession.get_parameters",  # without a filter
        "StreamCollection.create(clone_stream)",  # a Stream, not only its name
        "TableCollection.create",  # a name alone
        "UserResource.iter_grants_to(show_limit)",
    ],
    "the SDK checks an enum against the list that holds its values": ["CortexAgentService.run"],
    "ours refuses a mode that does not exist, the SDK sends it": [
        "DynamicTableResource.clone(create_mode)",
        "SequenceResource.clone(create_mode)",
        "StreamResource.clone(create_mode)",
    ],
    "ours refuses an interval of no time": [
        "TaskCollection.create",
        "TaskCollection.create(mode)",
        "TaskResource.create_or_alter",
    ],
    "ours sends what kind a constraint is, the SDK leaves it out of these requests": [
        "TableCollection.create(as_select)",
        "TableCollection.create(clone_table)",
    ],
    "all and future are lower case where they are documented, and the SDK sends them in upper case; and a role that is "
    "taken away is, where the SDK sends nothing": ["Grants.grant", "Grants.revoke", "Grants.revoke_grant_option"],
    "graphs are altered in place, and checked before anything is sent": [
        "DAGOperation.deploy",
        "DAGOperation.deploy(mode)",
        "DAGOperation.drop",
        "DAGOperation.drop(drop_finalizer)",
    ],
}
"""The calls for which another request leaves, by the reason: a method with what it needs, with one more argument, or
however it is called (`*`).
"""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    with caller(sys.executable, tmp_path_factory.mktemp("ours")) as program:
        yield program


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    with caller(official.PYTHON, tmp_path_factory.mktemp("theirs")) as program:
        yield program


@pytest.mark.parametrize("method", methods(), ids=repr)
def test_the_same_requests_leave(method: Method, ours: Caller, theirs: Caller) -> None:
    """With what a method needs, and with each other argument; with models that say all they can, or the least."""
    differences: dict[str, str] = {}

    @settings(max_examples=1, derandomize=True, database=None, deadline=None)
    @given(st.data())
    def compare(data: st.DataObject) -> None:
        for values in (full, least):
            for name, case in cases(method, values):
                call, answers = prepare(method, case, data)
                (failed, left), (failed_there, left_there) = (program.call(call, answers) for program in (ours, theirs))
                mine, others = [*map(meaning, left)], [*map(meaning, left_there)]
                if mine != others:
                    label = f"{method}({name})" if name else repr(method)
                    differences[label] = f"{json.dumps(call)}\nours {failed}: {mine}\ntheirs {failed_there}: {others}"

    compare()
    listed = {label for labels in DIFFERENT.values() for label in labels if label.partition("(")[0] == repr(method)}
    if listed == {f"{method}(*)"}:
        assert differences, "it does the same now: take it out of DIFFERENT"
    else:
        assert not (new := differences.keys() - listed), "\n".join(differences[label] for label in sorted(new))
        assert differences.keys() == listed, "some do the same now: take them out of DIFFERENT"


def prepare(method: Method, case: Mapping[str, Value], data: st.DataObject) -> tuple[dict[str, Any], Any]:
    """A call, as the programs are told it, and the answers to all of its requests."""
    arguments = {name: data.draw(value, label=name) for name, value in case.items()}
    answers: dict[str, Answer] = {}
    make = draw_answers(data, full)

    def answer(call: Call) -> Answer:
        return answers.setdefault(repr(call), answers.get(repr(call)) or make(call))

    root = Root(Account(answer))
    call = tell(places(root)[method.owner], method.name, arguments)
    with suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        method.called(root, arguments)
    return call, lambda call: answers.get(repr(call)) or nothing(call)
