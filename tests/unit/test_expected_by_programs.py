"""What programs for Snowflake's SDK look at: warnings, texts, values and keyword names."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from snowcore import Root, simple_file_logging
from snowcore._configuration import RootConfiguration, SnowApiParameter, SnowApiParameters
from snowcore._routines import convert_row, convert_value
from snowcore.database import Database, DatabaseCollection
from snowcore.database_role import DatabaseRoleCollection
from snowcore.exceptions import APIError, NotFoundError, SnowflakePythonError
from snowcore.procedure import ProcedureResource
from snowcore.rest import SSEClient
from snowcore.table import TableColumn
from snowcore.tag import TagCollection
from snowcore.task import Task
from snowcore.task.dagv1 import DAGRun

from ..conftest import Script, answer

Make = Callable[..., tuple[Root, Script]]


def test_errors_have_the_form_that_programs_search(script: Make) -> None:
    told = {"message": "it is gone", "request_id": "r1", "error_code": "002003"}
    with pytest.raises(NotFoundError) as caught:
        script(answer(404, told))[0].databases["d"].fetch()
    lines = str(caught.value).split("\n")
    assert lines[0] == "(404)" and lines[1].startswith("Reason: ")
    assert lines[2:6] == [
        "Error Message: it is gone",
        "HTTP response code: 404",
        "Request ID: r1",
        "Error Code: 002003",
    ]
    assert "GET /api/v2/databases/d" in lines[6]
    assert caught.value.args == (str(caught.value),)
    assert str(APIError(status=400, reason="Bad Request")) == "(400)\nReason: Bad Request"


@pytest.mark.parametrize(
    ("datatype", "sent", "value"),
    [
        ("VARIANT", '{"a": 1}', {"a": 1}),
        ("OBJECT", "{}", {}),
        ("ARRAY", "[1, 2]", [1, 2]),
        ("GEOGRAPHY", '{"type": "Point"}', {"type": "Point"}),
        ("VARIANT", "no JSON", "no JSON"),
        ("VARIANT", None, None),
        ("DECFLOAT", "1.5", Decimal("1.5")),
        ("BOOLEAN", "yes", True),
        ("BOOLEAN", "f", False),
        ("VARCHAR", "1", "1"),
    ],
)
def test_results_are_values_of_their_type(datatype: str, sent: Any, value: Any) -> None:
    assert convert_value(sent, datatype) == value
    assert convert_row({"id": sent}, {"ID": datatype}) == {"id": value}


def test_constructors_take_the_names_that_programs_use(script: Make) -> None:
    root, _ = script()
    database = root.databases["d"]
    assert DatabaseCollection(root=root).root is root
    assert DatabaseRoleCollection(database, root).path == ("d",)
    assert TagCollection(schema=database.schemas["s"]).path == ("d", "s")
    procedure = ProcedureResource(name_with_args="p(INT)", collection_class=database.schemas["s"].procedures)
    assert (procedure.name_with_args, procedure.path) == ("p(INT)", ("d", "s", "p(INT)"))


def test_dicts_have_datetimes_and_requests_their_text(script: Make) -> None:
    when = datetime(2024, 1, 2, tzinfo=UTC)
    database = Database.from_dict({"name": "d", "created_on": when.isoformat()})
    assert database.to_dict()["created_on"] == when
    assert f'"created_on": "{when.isoformat()}"' in database.to_json()


def test_models_are_fields_of_pydantics() -> None:
    pydantic = pytest.importorskip("pydantic")
    holder = pydantic.create_model("Holder", column=(TableColumn, ...))
    held = holder(column={"name": "a", "datatype": "int"})
    assert held.column == TableColumn(name="a", datatype="int")
    assert held.model_dump(exclude_unset=True) == {"column": {"name": "a", "datatype": "int", "nullable": True}}
    assert holder.model_validate_json(held.model_dump_json(exclude_none=True)) == held
    assert holder.model_json_schema()["properties"]["column"]["type"] == "object"
    with pytest.raises(pydantic.ValidationError):
        holder(column=1)
    part = pydantic.create_model("Part", name=(str, ...))
    whole = pydantic.create_model("Whole", parts=(list[part], None))(parts=[])
    whole.parts = [TableColumn(name="a", datatype="int")]
    assert whole.model_dump(exclude_unset=True) == {"parts": [{"name": "a"}]}


def test_runs_of_graphs_are_filled_later_and_shown_as_tables() -> None:
    run = DAGRun()
    run.dag_name, run.first_error_message = "d", "<b>"
    assert "<tr><td>first_error_message</td><td>&lt;b&gt;</td></tr>" in run._repr_html_()


def test_events_of_urllib3_come_one_by_one() -> None:
    urllib3 = pytest.importorskip("urllib3")
    for kind, body in (("application/json", b'{"a":1}'), ("text/event-stream", b'data: {"a":1}\n\n')):
        headers = {"Content-Type": kind}
        response = urllib3.HTTPResponse(body=body, headers=headers, preload_content=False)
        assert [event.data for event in SSEClient(response).events()] == ['{"a":1}']


def test_what_was_added_to_the_user_agent() -> None:
    configuration = RootConfiguration()
    assert configuration.get_user_agents() == ""
    configuration.append_user_agent("me", "1.2")
    assert configuration.get_user_agents() == "me/1.2"
    assert configuration.options.headers["User-Agent"].endswith(" me/1.2")


def test_a_parameter_that_is_none_is_its_default() -> None:
    assert SnowApiParameters({SnowApiParameter.USE_CLIENT_RETRY: None}).should_retry_request


def test_tokens_of_the_connection_are_at_hand(script: Make) -> None:
    root: Any = script()[0]
    assert (root._hostname, root._session_token, root._master_token) == ("", None, None)


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    found = logging.getLogger("snowflake.core")
    level, handlers = found.level, list(found.handlers)
    yield found
    for handler in set(found.handlers) - set(handlers):
        found.removeHandler(handler)
        handler.close()
    found.setLevel(level)


def test_a_log_leaves_the_logger_as_talkative_as_it_was(logger: logging.Logger, tmp_path: Path) -> None:
    logger.setLevel(logging.DEBUG)
    simple_file_logging(tmp_path / "log", level=logging.INFO)
    assert (logger.level, logger.handlers[-1].level) == (logging.DEBUG, logging.INFO)
    (tmp_path / "link").symlink_to(tmp_path / "log")
    with pytest.raises(PermissionError, match="Refusing to log to symlink"):
        simple_file_logging(tmp_path / "link")
    with pytest.raises(PermissionError, match="regular file"):
        simple_file_logging("/dev/null")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PermissionError, match="regular file"):
        simple_file_logging(tmp_path / "pipe")


def test_notebooks_warn_when_they_are_imported_and_not_before() -> None:
    program = """if 1:
        import warnings
        warnings.simplefilter("error")
        import snowcore.schema
        try:
            import snowcore.notebook
        except DeprecationWarning as warning:
            print(warning)
    """
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.startswith("snowflake.core.notebook is deprecated")


def test_refusals_have_the_texts_that_programs_search(monkeypatch: pytest.MonkeyPatch) -> None:
    scalars = r"Task\.session_parameters is a dict\. The value of this dict must be one of str, int, float, or bool\."
    with pytest.raises(TypeError, match=scalars):
        Task("t", "select 1", session_parameters={"a": [1]})
    monkeypatch.setenv("SNOWFLAKE_MIN_TLS_VERSION", "x")
    said = r"Invalid SNOWFLAKE_MIN_TLS_VERSION value 'x'\. Supported values: 1\.2, 1\.3, tlsv1\.2, tlsv1\.3\."
    with pytest.raises(SnowflakePythonError, match=said):
        Root.connect(account="a", token="t")
