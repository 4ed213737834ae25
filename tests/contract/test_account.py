"""The embedded account over HTTP, under requests that schemathesis makes up: such as the documents allow, and others.

Whatever it is asked, it says what the documents promise, and it never fails inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from snowcore import LocalAccount
from snowcore.local.doors.server import LocalServer

from .documents import call_of, documents
from .operations import EMULATED
from .validation import problems

OPERATIONS = {
    repr(call_of(operation.method.upper(), operation.path)): operation
    for resource in EMULATED
    for operation in (
        found.ok() for found in schemathesis.openapi.from_dict(documents()[resource].raw).get_all_operations()
    )
}
SCHEMA = "databases/d/schemas/s"
CONTAINER = "spec:\n  containers:\n  - name: c\n    image: /d/s/x/image:1\n"
THINGS: dict[str, dict[str, Any]] = {
    "databases": {"name": "x"},
    "databases/d/schemas": {"name": "x"},
    "warehouses": {"name": "x"},
    "compute-pools": {"name": "x", "min_nodes": 1, "max_nodes": 1, "instance_family": "CPU_X64_XS"},
    f"{SCHEMA}/image-repositories": {"name": "x"},
    f"{SCHEMA}/services": {
        "name": "x",
        "compute_pool": "x",
        "spec": {"spec_type": "from_inline", "spec_text": CONTAINER},
    },
    f"{SCHEMA}/stages": {"name": "x"},
    f"{SCHEMA}/tables": {"name": "x", "columns": [{"name": "c", "datatype": "int"}]},
    f"{SCHEMA}/tasks": {"name": "x", "definition": "select 1"},
    f"{SCHEMA}/cortex-search-services": {
        "name": "x",
        "search_column": "a",
        "target_lag": {"type": "USER_DEFINED", "seconds": 60},
        "warehouse": "x",
        "definition": "select 'b' as a",
    },
    "api-integrations": {"name": "x", "api_hook": {"type": "GIT"}, "api_allowed_prefixes": ["h"], "enabled": True},
    "catalog-integrations": {
        "name": "y",
        "catalog": {"catalog_source": "OBJECT_STORE"},
        "table_format": "ICEBERG",
        "enabled": True,
    },
    "external-volumes": {"name": "x", "storage_locations": []},
    "network-policies": {"name": "x"},
    "notification-integrations": {"name": "z", "notification_hook": {"type": "EMAIL"}},
    "users": {"name": "x"},
    "roles": {"name": "x"},
    "databases/d/database-roles": {"name": "x"},
    f"{SCHEMA}/alerts": {
        "name": "x",
        "schedule": {"schedule_type": "SCHEDULE_TYPE", "minutes": 5},
        "condition": "select 1",
        "action": "select 1",
    },
    f"{SCHEMA}/artifact-repositories": {"name": "x", "type": "PIP", "api_integration": "x"},
    f"{SCHEMA}/code-bundles": {"name": "x"},
    f"{SCHEMA}/network-rules": {"name": "x", "type": "IPV4"},
    f"{SCHEMA}/notebooks": {"name": "x"},
    f"{SCHEMA}/password-policies": {"name": "x"},
    f"{SCHEMA}/pipes": {"name": "x", "copy_statement": "copy into x from @x"},
    f"{SCHEMA}/secrets": {"name": "x", "type": "GENERIC_STRING", "secret_string": "s"},
    f"{SCHEMA}/streamlits": {"name": "x"},
}
UNSAID = tuple(f"{name!r} is a required property" for name in ("password", "secret_string"))
"""What documents require of every secret, and no answer tells."""
PLACE = {"database": "d", "schema": "s"}


class Api:
    """The account's REST API, over a socket, for who is logged in."""

    def __init__(self, server: LocalServer) -> None:
        self.url = server.url
        login = {"data": {"LOGIN_NAME": server.user, "PASSWORD": server.password}}
        answer = requests.post(f"{self.url}/session/v1/login-request", json=login, timeout=240).json()
        self.headers = {"Authorization": f'Snowflake Token="{answer["data"]["token"]}"'}

    def furnish(self) -> None:
        """Let there be one of each kind in `d` and `s`, called x, and so that no two integrations have one name."""
        for path, thing in {"databases": {"name": "d"}, "databases/d/schemas": {"name": "s"}}.items():
            self.create(path, thing)
        for path, thing in THINGS.items():
            self.create(path, thing)

    def create(self, path: str, thing: dict[str, Any]) -> None:
        url = f"{self.url}/api/v2/{path}?createMode=ifNotExists"
        answer = requests.post(url, json=thing, headers=self.headers, timeout=240)
        assert answer.status_code == 200, f"{path}: {answer.text}"


@pytest.fixture(scope="module")
def api() -> Iterator[Api]:
    with LocalAccount() as account, LocalServer(account) as server:
        account.patience = 1.0  # generated statements may take forever
        yield Api(server)


def says_why(ctx: Any, response: Any, case: Any) -> None:
    """Errors are JSON with a code and a message, and none is a failure inside."""
    assert response.headers["content-type"] == ["application/json"], response.text
    if response.status_code >= 400:
        error = response.json()
        assert error.keys() == {"message", "code", "error_code", "request_id"}
        assert error["message"] and error["error_code"] == error["code"]
        assert [error["request_id"]] == response.headers["x-snowflake-request-id"]
    if response.status_code >= 500:
        assert response.status_code == 501 and "does not support" in response.json()["message"]


def says_what_is_promised(ctx: Any, response: Any, case: Any) -> None:
    """Statuses are declared, except 501; answers have what the document says, and nothing else."""
    call = call_of(case.method, case.path)
    assert str(response.status_code) in {*call.raw["responses"], "501"}
    if response.status_code == 200:
        found = problems(call.document, call.answers["application/json"], response.json())
        assert [problem for problem in found if not problem.endswith(UNSAID)] == []


CASES = [
    pytest.param(operation, mode, id=f"{name}-{mode.name.lower()}")
    for name, operation in OPERATIONS.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation.path_parameters or operation.query or operation.body
]


def name_in(path: str) -> str:
    """What the object is called that is there for a path."""
    return THINGS.get(path.removeprefix("/api/v2/").partition("/{name}")[0], {"name": "x"})["name"]


@pytest.mark.parametrize(("operation", "mode"), CASES)
def test_operation(api: Api, operation: Any, mode: GenerationMode) -> None:
    """Under right requests, and under such as are wrong somewhere, if there is anything that can be wrong."""
    api.furnish()

    @settings(settings.get_profile("contract"), max_examples=8)
    @given(case=operation.as_strategy(generation_mode=mode), aimed=st.booleans())
    def test(case: schemathesis.Case, aimed: bool) -> None:
        if aimed or mode is GenerationMode.POSITIVE:  # at what is there
            for parameter in case.path_parameters or {}:
                case.path_parameters[parameter] = PLACE.get(parameter, name_in(operation.path))
        response = case.call(base_url=api.url, headers=api.headers, timeout=240)
        case.validate_response(response, checks=[says_why, says_what_is_promised], headers=api.headers)

    test()


def answer(api: Api, method: str, path: str, body: object = None) -> requests.Response:
    return requests.request(method, f"{api.url}/api/v2/{path}", json=body, headers=api.headers, timeout=240)


def test_names_with_line_breaks(api: Api) -> None:
    assert answer(api, "GET", "warehouses/%22a%0Ab%22").headers["Content-Type"] == "application/json"


def test_discriminators_that_are_no_strings(api: Api) -> None:
    api.furnish()
    body = {"name": "y", "point_of_time": {"point_of_time_type": []}}
    assert answer(api, "POST", "databases/x:clone", body).status_code == 400


def test_tables_like_another_without_a_name(api: Api) -> None:
    api.furnish()
    assert answer(api, "POST", f"{SCHEMA}/tables/x:create-like", {}).status_code == 400
