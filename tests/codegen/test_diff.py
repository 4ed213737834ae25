"""`python -m codegen diff`: real specifications, changed; what is told of it, and whether it breaks users."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen import ir
from codegen.__main__ import main
from codegen.changes import RULES, Change, compare
from codegen.diff import bump
from codegen.package import read_documents

from .conftest import ROOT

NAMES = ("common", "tags", "task", "stage", "secret", "image-repository", "sqlapi", "database", "account")
NAMES += ("cortex-analyst", "common-cortex-analyst")
SOURCES = {name: yaml.safe_load((ROOT / "specs" / f"{name}.yaml").read_text()) for name in NAMES}
ONE_TASK = "/api/v2/databases/{database}/schemas/{schema}/tasks/{name}"


class Specs:
    """Copies of real specifications, to be changed."""

    def __init__(self) -> None:
        self.files = copy.deepcopy(SOURCES)

    def schema(self, file: str, name: str) -> dict[str, Any]:
        schema = self.files[file]["components"]["schemas"][name]
        return schema["allOf"][1] if "allOf" in schema else schema

    def field(self, file: str, name: str, field: str) -> dict[str, Any]:
        return self.schema(file, name)["properties"][field]

    def item(self, operation: str, file: str = "task") -> tuple[dict[str, Any], str]:
        """The path item of an operation, and its method."""
        for item in self.files[file]["paths"].values():
            for method, found in item.items():
                if method != "parameters" and found.get("operationId") == operation:
                    return item, method
        raise KeyError(operation)

    def operation(self, operation: str, file: str = "task") -> dict[str, Any]:
        item, method = self.item(operation, file)
        return item[method]

    def parameter(self, operation: str, name: str, file: str = "task") -> dict[str, Any]:
        return next(p for p in self.operation(operation, file)["parameters"] if p.get("name") == name)

    def write(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        for name, document in self.files.items():
            text = yaml.dump(document, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False)
            (folder / f"{name}.yaml").write_text(text)
        return folder


def read(folder: Path) -> list[ir.Document]:
    return read_documents(folder)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Specs().write(tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def before(old: Path) -> list[ir.Document]:
    return read(old)


Edit = Callable[[Specs], Any]
Wanted = tuple[str, str, bool]
"""Where, the rule, whether it breaks users."""
CASES: list[tuple[Edit, tuple[Wanted, ...], bool]] = []


def tells(*wanted: Wanted, backwards: tuple[Wanted, ...] | None = None) -> Callable[[Edit], Edit]:
    """What is told of an edit, and of undoing it."""

    def add(edit: Edit) -> Edit:
        CASES.append((edit, wanted, False))
        if backwards is not None:
            CASES.append((edit, backwards, True))
        return edit

    return add


# Resources


@tells(
    ("stage", "resource.removed", True),
    backwards=(("stage", "resource.added", False),),
)
def a_resource_removed(specs: Specs) -> None:
    del specs.files["stage"]


@tells(
    ("task", "resource.collection.removed", True),
    backwards=(("task", "resource.collection.added", False),),
)
def a_resource_without_a_collection(specs: Specs) -> None:
    del specs.files["task"]["x-collection"]


@tells(("task", "resource.attribute.changed", True))
def a_resource_under_another_name(specs: Specs) -> None:
    specs.files["task"]["x-attribute"] = "jobs"


@tells(("task", "resource.collection.changed", True))
def a_resource_with_another_collection(specs: Specs) -> None:
    specs.files["task"]["x-collection"] += "/{name}/dependents"


# Operations


@tells(("delete_task", "operation.removed", True), backwards=(("delete_task", "operation.added", False),))
def an_operation_removed(specs: Specs) -> None:
    del specs.item("deleteTask")[0]["delete"]


@tells(("execute_task", "operation.name.changed", True), ("execute_task", "operation.id.changed", False))
def an_operation_renamed(specs: Specs) -> None:
    specs.operation("executeTask")["operationId"] = "runTask"


@tells(("execute_task", "operation.id.changed", False))
def an_operation_renamed_but_not_in_python(specs: Specs) -> None:
    specs.operation("executeTask")["operationId"] = "execute_task"


@tells(("execute_task", "operation.path.changed", True))
def an_operation_moved(specs: Specs) -> None:
    paths = specs.files["task"]["paths"]
    paths[f"{ONE_TASK}:run"] = paths.pop(f"{ONE_TASK}:execute")


@tells(("execute_task", "operation.method.changed", True))
def an_operation_of_another_method(specs: Specs) -> None:
    item, _ = specs.item("executeTask")
    item["put"] = item.pop("post")


@tells(
    ("execute_task", "operation.deprecated.added", False),
    backwards=(("execute_task", "operation.deprecated.removed", False),),
)
def an_operation_deprecated(specs: Specs) -> None:
    specs.operation("executeTask")["deprecated"] = True


@tells(("execute_task", "operation.statuses.changed", False))
def an_operation_that_answers_with_another_status(specs: Specs) -> None:
    answers = specs.operation("executeTask")["responses"]
    answers["201"] = answers.pop("200")


# Arguments


@tells(
    ("execute_task(retry_last)", "argument.removed", True),
    backwards=(("execute_task(retry_last)", "argument.added.optional", False),),
)
def an_argument_removed(specs: Specs) -> None:
    specs.operation("executeTask")["parameters"].pop()


@tells(("execute_task(reason)", "argument.added.required", True))
def an_argument_that_must_be_given(specs: Specs) -> None:
    parameter = {"name": "reason", "in": "query", "required": True, "schema": {"type": "string"}}
    specs.operation("executeTask")["parameters"].append(parameter)


@tells(
    ("execute_task(retry_last)", "argument.required.added", True),
    backwards=(("execute_task(retry_last)", "argument.required.removed", False),),
)
def an_argument_becomes_required(specs: Specs) -> None:
    specs.parameter("executeTask", "retryLast")["required"] = True


@tells(("list_tasks(root_only)", "argument.type.changed", True))
def an_argument_of_another_type(specs: Specs) -> None:
    specs.parameter("listTasks", "rootOnly")["schema"] = {"type": "string", "default": False}


@tells(("list_tasks(root_only)", "argument.default.changed", True))
def a_default_of_the_server(specs: Specs) -> None:
    specs.parameter("listTasks", "rootOnly")["schema"]["default"] = True


@tells(
    ("list_tasks(root_only)", "argument.default.removed", False),
    backwards=(("list_tasks(root_only)", "argument.default.added", False),),
)
def a_default_of_the_server_is_not_known(specs: Specs) -> None:
    del specs.parameter("listTasks", "rootOnly")["schema"]["default"]


@tells(("list_tasks(root_only)", "argument.wire.changed", True))
def an_argument_renamed_on_the_wire(specs: Specs) -> None:
    specs.parameter("listTasks", "rootOnly")["name"] = "root_only"


@tells(("list_tasks(root_only)", "argument.removed", True), ("list_tasks(roots)", "argument.added.optional", False))
def an_argument_renamed(specs: Specs) -> None:
    specs.parameter("listTasks", "rootOnly")["name"] = "roots"


@tells(("list_tasks(root_only)", "argument.place.changed", True))
def an_argument_in_another_place(specs: Specs) -> None:
    specs.parameter("listTasks", "rootOnly")["in"] = "header"


@tells(
    ("create_task(create_mode)", "argument.enum.removed", True),
    ("create_task(create_mode)", "argument.enum.added", False),
)
def an_argument_of_other_values(specs: Specs) -> None:
    reference = specs.operation("createTask")["parameters"][0]
    parameter = copy.deepcopy(specs.files["common"]["components"]["parameters"]["createMode"])
    parameter["schema"]["enum"][2] = "orAlter"
    reference.clear()
    reference.update(parameter)


@tells(
    ("list_databases(show_limit)", "argument.bound.stricter", True),
    ("list_tasks(show_limit)", "argument.bound.stricter", True),
    ("list_secrets(show_limit)", "argument.bound.stricter", True),
    ("list_accounts(show_limit)", "argument.bound.stricter", True),
)
def an_argument_of_many_operations(specs: Specs) -> None:
    specs.files["common"]["components"]["parameters"]["showLimit"]["schema"]["maximum"] = 100


def path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


@tells(("get_statement_status(statement_handle)", "argument.name.changed", True))
def an_argument_by_position_renamed(specs: Specs) -> None:
    paths = specs.files["sqlapi"]["paths"]
    item = paths.pop("/api/v2/statements/{statementHandle}")
    item["parameters"] = [path_parameter("handle") | {"schema": {"type": "string", "format": "uuid"}}]
    paths["/api/v2/statements/{handle}"] = item


@tells()
def an_argument_by_position_renamed_but_not_in_python(specs: Specs) -> None:
    paths = specs.files["sqlapi"]["paths"]
    item = paths.pop("/api/v2/statements/{statementHandle}")
    item["parameters"][0]["name"] = "statement_handle"
    paths["/api/v2/statements/{statement_handle}"] = item


@tells(
    ("get_statement_status", "operation.path.changed", True),
    ("get_statement_status", "operation.order.changed", True),
    ("get_statement_status(account)", "argument.added.required", True),
)
def an_argument_by_position_in_front(specs: Specs) -> None:
    paths = specs.files["sqlapi"]["paths"]
    item = paths.pop("/api/v2/statements/{statementHandle}")
    item["parameters"].append(path_parameter("account"))
    paths["/api/v2/{account}/statements/{statementHandle}"] = item


@tells(
    ("get_statement_status", "operation.path.changed", True),
    ("get_statement_status(partition)", "argument.place.changed", True),
    ("get_statement_status(partition)", "argument.required.added", True),
    backwards=(
        ("get_statement_status", "operation.path.changed", True),
        ("get_statement_status(partition)", "argument.place.changed", True),
        ("get_statement_status(partition)", "argument.required.removed", False),
    ),
)
def an_argument_that_moves_into_the_path(specs: Specs) -> None:
    paths = specs.files["sqlapi"]["paths"]
    item = paths.pop("/api/v2/statements/{statementHandle}")
    specs.files["sqlapi"]["paths"]["/api/v2/statements/{statementHandle}/{partition}"] = item
    specs.parameter("GetStatementStatus", "partition", "sqlapi").update({"in": "path", "required": True})


# Bodies and answers


@tells(
    ("get_presigned_url(presigned_url_request)", "argument.removed", True),
    backwards=(("get_presigned_url(presigned_url_request)", "argument.added.optional", False),),
)
def a_body_removed(specs: Specs) -> None:
    del specs.operation("getPresignedUrl", "stage")["requestBody"]


@tells(
    ("create_task(task)", "argument.required.removed", False),
    backwards=(("create_task(task)", "argument.required.added", True),),
)
def a_body_becomes_optional(specs: Specs) -> None:
    specs.operation("createTask")["requestBody"]["required"] = False


@tells(("create_task(task)", "argument.name.changed", True))
def a_body_of_another_name(specs: Specs) -> None:
    specs.operation("createTask")["x-body-name"] = "definition"


@tells(("create_task(task)", "argument.name.changed", True), ("create_task(task)", "argument.type.changed", True))
def a_body_of_another_model(specs: Specs) -> None:
    content = specs.operation("createTask")["requestBody"]["content"]
    content["application/json"]["schema"] = {"$ref": "#/components/schemas/TaskRun"}


@tells(
    ("execute_task().answer", "answer.added", False),
    backwards=(("execute_task().answer", "answer.removed", True),),
)
def an_answer_of_more_than_success(specs: Specs) -> None:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/TaskRun"}}}
    specs.operation("executeTask")["responses"]["200"] = {"description": "The run.", "content": content}


@tells(("fetch_task().answer", "answer.type.changed", True))
def an_answer_of_another_type(specs: Specs) -> None:
    schema = specs.operation("fetchTask")["responses"]["200"]["content"]["application/json"]["schema"]
    schema["$ref"] = "#/components/schemas/TaskRun"


@tells(
    ("send_message().answer", "answer.media.removed", True),
    backwards=(("send_message().answer", "answer.media.added", False),),
)
def an_answer_that_no_longer_streams(specs: Specs) -> None:
    del specs.operation("sendMessage", "cortex-analyst")["responses"]["200"]["content"]["text/event-stream"]


# Models


@tells(("StageFile", "model.removed", True), ("list_files().answer", "answer.type.wider", True))
def a_model_removed(specs: Specs) -> None:
    del specs.files["stage"]["components"]["schemas"]["StageFile"]
    answer = specs.operation("listFiles", "stage")["responses"]["200"]["content"]["application/json"]
    answer["schema"]["items"] = {}


@tells(
    ("SuccessResponse", "model.removed", True),
    backwards=(("SuccessResponse", "model.added", False),),
)
def a_model_that_no_operation_needs(specs: Specs) -> None:
    common = specs.files["common"]["components"]
    del common["schemas"]["SuccessResponse"]
    common["responses"]["Success"]["content"]["application/json"]["schema"] = {}


@tells(
    ("TaskRun", "model.base.added", False),
    ("TaskRun.status", "field.added.optional", False),
    backwards=(("TaskRun", "model.base.removed", True), ("TaskRun.status", "field.removed", True)),
)
def a_model_that_extends_another(specs: Specs) -> None:
    schemas = specs.files["task"]["components"]["schemas"]
    base = {"$ref": "common.yaml#/components/schemas/SuccessResponse"}
    schemas["TaskRun"] = {"allOf": [base, schemas["TaskRun"]]}
    schemas["TaskRun"]["description"] = schemas["TaskRun"]["allOf"][1].pop("description")


@tells(("Task", "model.order.changed", True))
def positions_swapped(specs: Specs) -> None:
    specs.schema("task", "Task")["x-positional"].reverse()


@tells(
    ("Task.definition", "field.positional.removed", True),
    backwards=(("Task.definition", "field.positional.added", False),),
)
def a_field_only_by_keyword(specs: Specs) -> None:
    specs.schema("task", "Task")["x-positional"].pop()


@tells(
    ("ImageRepository", "model.order.changed", True),
    ("ImageRepository.label", "field.added.optional", False),
)
def a_field_by_position_in_the_middle(specs: Specs) -> None:
    schema = specs.schema("image-repository", "ImageRepository")
    name = schema["properties"].pop("name")
    schema["properties"] = {"name": name, "label": {"type": "string"}, **schema["properties"]}


@tells(("ImageRepository.label", "field.added.optional", False))
def a_field_by_position_at_the_end(specs: Specs) -> None:
    specs.schema("image-repository", "ImageRepository")["properties"]["label"] = {"type": "string"}


@tells(
    ("TaskSchedule", "model.variant.removed", True),
    ("TaskSchedule", "model.variant.added", False),
)
def a_variant_of_another_name(specs: Specs) -> None:
    mapping = specs.schema("task", "TaskSchedule")["discriminator"]["mapping"]
    mapping["CRON"] = mapping.pop("CRON_TYPE")


@tells(("TaskSchedule", "model.variant.changed", True))
def variants_swapped(specs: Specs) -> None:
    mapping = specs.schema("task", "TaskSchedule")["discriminator"]["mapping"]
    mapping["CRON_TYPE"], mapping["MINUTES_TYPE"] = mapping["MINUTES_TYPE"], mapping["CRON_TYPE"]


@tells(
    ("TaskSchedule", "model.discriminator.changed", True),
    ("TaskSchedule.kind", "field.added.optional", False),
    ("TaskSchedule.schedule_type", "field.removed", True),
)
def variants_told_apart_by_another_field(specs: Specs) -> None:
    schema = specs.schema("task", "TaskSchedule")
    schema["properties"]["kind"] = schema["properties"].pop("schedule_type")
    schema["discriminator"]["propertyName"] = "kind"


# Fields. TaskRun is only read, PresignedUrlRequest only sent, Task both.


@tells(("Task.comment", "field.removed", True), backwards=(("Task.comment", "field.added.optional", False),))
def a_field_removed(specs: Specs) -> None:
    del specs.schema("task", "Task")["properties"]["comment"]


@tells(("Secret.comment", "field.removed", True))
def a_field_removed_of_a_base_is_told_once(specs: Specs) -> None:
    del specs.schema("secret", "Secret")["properties"]["comment"]


@tells(
    ("TaskRun.state", "field.removed", True),
    ("TaskRun.graph_version", "field.required.removed", True),
    backwards=(
        ("TaskRun.state", "field.added.required", False),
        ("TaskRun.graph_version", "field.required.added", False),
    ),
)
def required_fields_of_what_is_only_read(specs: Specs) -> None:
    schema = specs.schema("task", "TaskRun")
    del schema["properties"]["state"]
    schema["required"] = [name for name in schema["required"] if name not in ("state", "graph_version")]


@tells(
    ("PresignedUrlRequest.expiration_time", "field.required.added", True),
    ("PresignedUrlRequest.region", "field.added.required", True),
    backwards=(
        ("PresignedUrlRequest.expiration_time", "field.required.removed", False),
        ("PresignedUrlRequest.region", "field.removed", True),
    ),
)
def required_fields_of_what_is_only_sent(specs: Specs) -> None:
    schema = specs.schema("stage", "PresignedUrlRequest")
    schema["properties"]["region"] = {"type": "string"}
    schema["required"] = ["expiration_time", "region"]


@tells(
    ("Task.comment", "field.required.added", True),
    ("Task.owner", "field.required.added", True),
    ("Task.region", "field.added.required", True),
    backwards=(
        ("Task.comment", "field.required.removed", True),
        ("Task.owner", "field.required.removed", True),
        ("Task.region", "field.removed", True),
    ),
)
def required_fields_of_what_is_sent_and_read(specs: Specs) -> None:
    schema = specs.schema("task", "Task")
    schema["properties"]["region"] = {"type": "string"}
    schema["required"] += ["comment", "owner", "region"]


@tells(("MinutesSchedule.seconds", "field.type.changed", True))
def a_field_of_another_type(specs: Specs) -> None:
    specs.field("task", "MinutesSchedule", "seconds")["type"] = "boolean"


@tells(
    ("Task.user_task_timeout_ms", "field.type.wider", True),
    ("TaskRun.run_id", "field.type.wider", True),
    ("PresignedUrlRequest.expiration_time", "field.type.wider", False),
    backwards=(
        ("Task.user_task_timeout_ms", "field.type.narrower", True),
        ("TaskRun.run_id", "field.type.narrower", False),
        ("PresignedUrlRequest.expiration_time", "field.type.narrower", True),
    ),
)
def fields_of_a_wider_type(specs: Specs) -> None:
    specs.field("task", "Task", "user_task_timeout_ms")["type"] = "number"
    specs.field("task", "TaskRun", "run_id")["type"] = ["integer", "string"]
    del specs.field("stage", "PresignedUrlRequest", "expiration_time")["type"]


@tells(("Task.predecessors", "field.type.changed", True))
def a_field_of_another_type_of_items(specs: Specs) -> None:
    specs.field("task", "Task", "predecessors")["items"] = {"type": "integer"}


@tells(
    ("Task.predecessors", "field.items.null.added", True),
    backwards=(("Task.predecessors", "field.items.null.removed", True),),
)
def items_that_may_be_none(specs: Specs) -> None:
    specs.field("task", "Task", "predecessors")["items"] = {"type": ["string", "null"]}


@tells(("TaskRun.state", "field.enum.added", False), backwards=(("TaskRun.state", "field.enum.removed", True),))
def a_value_that_only_the_server_sends(specs: Specs) -> None:
    specs.field("task", "TaskRun", "state")["enum"].insert(1, "WAITING")


@tells(
    ("Task.overlap_policy", "field.enum.added", False),
    backwards=(("Task.overlap_policy", "field.enum.removed", True),),
)
def a_value_that_is_sent_and_read(specs: Specs) -> None:
    specs.field("task", "Task", "overlap_policy")["enum"].append("OTHER")


@tells()
def values_in_another_order(specs: Specs) -> None:
    specs.field("task", "TaskRun", "state")["enum"].reverse()


@tells(
    ("Task.overlap_policy", "field.enum.lifted", False),
    ("TaskRun.state", "field.enum.lifted", False),
    backwards=(("Task.overlap_policy", "field.enum.imposed", True), ("TaskRun.state", "field.enum.imposed", False)),
)
def any_value(specs: Specs) -> None:
    del specs.field("task", "Task", "overlap_policy")["enum"]
    del specs.field("task", "TaskRun", "state")["enum"]


@tells(
    ("Task.task_auto_retry_attempts", "field.bound.stricter", True),
    ("Task.comment", "field.bound.stricter", True),
    ("TaskRun.run_id", "field.bound.stricter", False),
    ("Task.owner", "field.bound.stricter", False),
    backwards=(
        ("Task.task_auto_retry_attempts", "field.bound.looser", False),
        ("Task.comment", "field.bound.looser", False),
        ("TaskRun.run_id", "field.bound.looser", False),
        ("Task.owner", "field.bound.looser", False),
    ),
)
def bounds(specs: Specs) -> None:
    specs.field("task", "Task", "task_auto_retry_attempts")["minimum"] = 1
    specs.field("task", "Task", "comment")["maxLength"] = 100
    specs.field("task", "TaskRun", "run_id")["maximum"] = 100
    specs.field("task", "Task", "owner")["pattern"] = "^[A-Z]+$"


@tells(("IDENTIFIER", "constant.bound.stricter", True))
def a_pattern_that_many_fields_share(specs: Specs) -> None:
    specs.schema("common", "Identifier")["pattern"] = "^[a-z]+$"


@tells(
    ("TASK_STATE", "constant.added", False),
    backwards=(("TASK_STATE", "constant.removed", True),),
)
def a_kind_that_gets_a_name(specs: Specs) -> None:
    schemas = specs.files["task"]["components"]["schemas"]
    state = schemas["Task"]["properties"]["state"]
    schemas["TaskState"] = {"type": "string", "enum": state["enum"]}
    schemas["Task"]["properties"]["state"] = {"$ref": "#/components/schemas/TaskState", "readOnly": True}


@tells(
    ("Database.kind", "field.default.removed", True),
    backwards=(("Database.kind", "field.default.added", True),),
)
def no_default(specs: Specs) -> None:
    del specs.field("database", "Database", "kind")["default"]


@tells(("Account.polaris", "field.default.changed", True))
def another_default(specs: Specs) -> None:
    specs.field("account", "Account", "polaris")["default"] = True


@tells(
    ("Task.comment", "field.deprecated.added", False),
    backwards=(("Task.comment", "field.deprecated.removed", False),),
)
def a_field_deprecated(specs: Specs) -> None:
    specs.field("task", "Task", "comment")["deprecated"] = True


@tells(
    ("Task.comment", "field.read_only.added", True),
    backwards=(("Task.comment", "field.read_only.removed", False),),
)
def a_field_becomes_read_only(specs: Specs) -> None:
    specs.field("task", "Task", "comment")["readOnly"] = True


@tells(
    ("Task.comment", "field.null.added", True),
    ("Task.comment", "field.facts.added", False),
    backwards=(("Task.comment", "field.null.removed", True), ("Task.comment", "field.facts.removed", False)),
)
def none_is_sent_as_null(specs: Specs) -> None:
    specs.field("task", "Task", "comment")["type"] = ["string", "null"]
    specs.schema("task", "Task")["required"].append("comment")


@tells(("Task.comment", "field.wire.changed", True))
def a_field_renamed_on_the_wire(specs: Specs) -> None:
    properties = specs.schema("task", "Task")["properties"]
    properties["Comment"] = properties.pop("comment")


@tells(
    ("TaskSchedule", "model.variant.removed", True),
    ("TaskSchedule.schedule_type", "field.fixed.removed", False),
    backwards=(
        ("TaskSchedule", "model.variant.added", False),
        ("TaskSchedule.schedule_type", "field.fixed.added", True),
    ),
)
def no_discriminator(specs: Specs) -> None:
    del specs.schema("task", "TaskSchedule")["discriminator"]


@tells(
    ("CronSchedule.schedule_type", "field.fixed.removed", False),
    backwards=(("CronSchedule.schedule_type", "field.fixed.added", True),),
)
def a_variant_that_may_be_given_what_it_is(specs: Specs) -> None:
    specs.schema("task", "CronSchedule")["properties"]["schedule_type"] = {"type": "string", "enum": ["CRON_TYPE"]}


@tells(
    ("Task.additional_properties", "field.added.optional", False),
    backwards=(("Task.additional_properties", "field.removed", True),),
)
def objects_may_have_other_fields(specs: Specs) -> None:
    specs.schema("task", "Task")["additionalProperties"] = True


@tells(
    ("PasswordSecret.password", "field.secret.removed", False),
    backwards=(("PasswordSecret.password", "field.secret.added", False),),
)
def a_secret_that_is_none(specs: Specs) -> None:
    del specs.field("secret", "PasswordSecret", "password")["format"]


@tells()
def other_descriptions(specs: Specs) -> None:
    specs.field("task", "Task", "comment")["description"] = "Something else."
    specs.operation("executeTask")["summary"] = "Something else."
    specs.parameter("executeTask", "retryLast")["description"] = "Something else."
    specs.files["task"]["info"]["description"] = "Something else."


@tells(("alert", "resource.added", False))
def a_new_resource(specs: Specs) -> None:
    specs.files["alert"] = yaml.safe_load((ROOT / "specs" / "alert.yaml").read_text())


@pytest.mark.parametrize(
    ("edit", "wanted", "backwards"), CASES, ids=[f"{e.__name__}{' undone' if back else ''}" for e, _, back in CASES]
)
def test_change(
    edit: Edit, wanted: tuple[Wanted, ...], backwards: bool, before: list[ir.Document], tmp_path: Path
) -> None:
    specs = Specs()
    edit(specs)
    after = read(specs.write(tmp_path / "new"))
    changes = compare(after, before) if backwards else compare(before, after)
    assert sorted((change.where, change.rule, change.breaking) for change in changes) == sorted(wanted)
    for change in changes:
        assert "`None`" not in change.text


def test_every_rule_is_tried() -> None:
    tried = {rule for _, wanted, _ in CASES for _, rule, _ in wanted}
    assert {rule if rule in RULES else rule.partition(".")[2] for rule in tried} == RULES.keys()


# What follows from the specifications alone


NOT_TOLD = {
    *((cls, "doc") for cls in (ir.Document, ir.Model, ir.Field, ir.Operation, ir.Parameter)),
    (ir.Document, "file"),  # the module says it
    (ir.Document, "title"),  # only words
    (ir.Document, "version"),
    (ir.Document, "openapi"),  # the other parts say it
    (ir.Document, "facade"),  # the same facade, whoever writes it
    *((cls, field.name) for cls in (ir.Facade, ir.Service) for field in fields(cls)),  # of the facade alone
    (ir.Document, "service"),
    (ir.Document, "grants"),
    (ir.Operation, "content_type"),  # the kind says it
    (ir.Model, "narrows"),  # the fields say it
    (ir.Field, "others"),  # the wire says it
    (ir.Field, "known"),  # help for editors: any string is taken
    (ir.Name, "module"),  # that the model moved is told of the model
}
PARTS = [cls for cls in vars(ir).values() if is_dataclass(cls)]


def mutations(part: Any, whole: Callable[[Any], list[ir.Document]]) -> Any:
    """Every attribute of a part and of all in it, changed, one at a time: its class, its name, what that makes."""
    for i, one in enumerate(part if isinstance(part, tuple) else ()):
        yield from mutations(one, lambda x, i=i: whole((*part[:i], x, *part[i + 1 :])))
    for field in fields(part) if is_dataclass(part) else ():
        value = getattr(part, field.name)
        match value:
            case bool():
                others: list[Any] = [not value]
            case str():
                others = [f"{value}x"]
            case tuple():
                others = [value[:-1]]
            case ir.Name() if field.name in ("name", "model"):
                others = [ir.Name(value.module, "Other")]
            case ir.Name() | ir.Discriminator():
                others = [None]
            case None:
                others = ["x"] if field.name in ("default", "collection", "attribute") else []
            case _:
                others = [ir.Scalar("BYTES", "bytes")] if is_dataclass(value) else []

        def make(x: Any, name: str = field.name) -> list[ir.Document]:
            return whole(replace(part, **{name: x}))

        yield from ((type(part), field.name, make, other) for other in others)
        yield from mutations(value, make)


def test_nothing_of_the_intermediate_form_is_overlooked(before: list[ir.Document]) -> None:
    told: set[tuple[type, str]] = set()
    wanted = {(cls, field.name) for cls in PARTS for field in fields(cls)} - NOT_TOLD
    for cls, name, make, other in mutations(tuple(before), list):
        if (cls, name) in wanted - told and compare(before, make(other)):
            told.add((cls, name))
    assert told == wanted


def test_the_same_is_no_change(before: list[ir.Document]) -> None:
    assert compare(before, copy.deepcopy(before)) == []


def test_what_moved_is_told(before: list[ir.Document], tmp_path: Path) -> None:
    specs = Specs()
    a_field_by_position_in_the_middle(specs)
    moved = next(c for c in compare(before, read(specs.write(tmp_path / "new"))) if c.rule == "model.order.changed")
    assert moved.text == "arguments by position moved: `label` is where `database_name` was"


BREAKING, OTHER = (
    Change("task", "Task.x", "field.removed", True),
    Change("task", "Task.x", "field.added.optional", False),
)


@pytest.mark.parametrize(
    ("changes", "differ", "early", "later"),
    [
        ([OTHER, BREAKING], True, "minor", "major"),
        ([OTHER], True, "patch", "minor"),
        ([], True, "patch", "patch"),
        ([], False, None, None),
    ],
)
def test_bump(changes: list[Change], differ: bool, early: str | None, later: str | None) -> None:
    assert bump(changes, differ, "0.3.1") == early
    assert bump(changes, differ, "1.0.0") == bump(changes, differ, "10.2") == later


# The command


def changed(specs: Specs) -> None:
    """A change of several things."""
    specs.parameter("executeTask", "retryLast")["required"] = True
    for file, schema in (("task", "Task"), ("stage", "Stage"), ("database", "Database")):
        del specs.field(file, schema, "comment")["description"]
    del specs.schema("task", "Task")["properties"]["finalize"]
    del specs.schema("task", "Task")["properties"]["condition"]
    specs.field("task", "Task", "overlap_policy")["enum"] = ["NO_OVERLAP", "ALLOW_ALL_OVERLAP", "A", "B"]
    specs.field("stage", "PresignedUrlRequest", "expiration_time").update({"minimum": 1, "maximum": 60})
    specs.operation("deleteStage", "stage")["deprecated"] = True
    del specs.files["secret"]


@pytest.fixture
def new(tmp_path: Path) -> Path:
    specs = Specs()
    changed(specs)
    return specs.write(tmp_path / "new")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Exit code, output and errors of the command."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["diff", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


Run = Callable[..., tuple[int, str, str]]


def test_markdown(run: Run, old: Path, new: Path) -> None:
    code, out, err = run(old, new, "--version", "0.4.0")
    assert (code, err) == (0, "")
    assert (
        out
        == f"""\
# Changes from `{old}` to `{new}`

7 breaking, 2 other. Suggested version bump: **minor** (0.4.0 now; in 0.x, minor for what breaks, else patch).

## Breaking

### secret

- `secret`: removed, with `list_secrets`, `create_secret`, `fetch_secret`, `delete_secret`

### stage

- `PresignedUrlRequest.expiration_time`: stricter: `maximum 60`, was `no maximum`
- `PresignedUrlRequest.expiration_time`: stricter: `minimum 1`, was `no minimum`

### task

- `execute_task(retry_last)`: must be given, was optional
- `Task.overlap_policy`: values removed: `ALLOW_CHILD_OVERLAP`
- `Task.finalize`, `Task.condition`: removed

## Other

### stage

- `delete_stage`: deprecated

### task

- `Task.overlap_policy`: new values: `A`, `B`
"""
    )


def test_json(run: Run, old: Path, new: Path) -> None:
    code, out, err = run(old, new, "--version", "1.4.0", "--json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    changes = report.pop("changes")
    assert report == {"old": str(old), "new": str(new), "version": "1.4.0", "bump": "major", "breaking": 7}
    assert [list(change) for change in changes] == [
        ["resource", "where", "rule", "breaking", "before", "after", "text"]
    ] * len(changes)
    assert sum(change["breaking"] for change in changes) == 7
    by_rule = {change["rule"]: change for change in changes}
    assert by_rule["field.enum.added"] == {
        "resource": "task",
        "where": "Task.overlap_policy",
        "rule": "field.enum.added",
        "breaking": False,
        "before": None,
        "after": ["A", "B"],
        "text": "new values: `A`, `B`",
    }
    assert by_rule["argument.required.added"]["after"] is True


def test_exit_code(run: Run, old: Path, new: Path) -> None:
    assert run(old, new)[0] == 0
    assert run(old, new, "--fail-on-breaking")[0] == 1
    assert run(old, new, "--fail-on-breaking", "--json")[0] == 1
    assert run(old, old, "--fail-on-breaking")[0] == 0


def test_no_difference(run: Run, old: Path) -> None:
    code, out, _ = run(old, old)
    assert (code, out) == (0, f"# Changes from `{old}` to `{old}`\n\nNo difference.\n")
    report = json.loads(run(old, old, "--json")[1])
    assert (report["bump"], report["breaking"], report["changes"]) == (None, 0, [])


def test_no_difference_but_in_descriptions(run: Run, old: Path, tmp_path: Path) -> None:
    specs = Specs()
    other_descriptions(specs)
    out = run(old, specs.write(tmp_path / "new"), "--version", "1.0")[1]
    assert out.endswith(
        "No difference but in descriptions. Suggested version bump: **patch** (1.0 now; major for what breaks, "
        "minor for other changes, patch for descriptions).\n"
    )


def test_version_is_that_of_the_project(
    run: Run, old: Path, new: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "**major** (10.10 now; " in run(old, new)[1], "that of the documents"
    Path("pyproject.toml").write_text('[project]\nname = "x"\nversion = "2.1"\n')
    assert "**major** (2.1 now; " in run(old, new)[1]


def test_specifications_that_are_wrong(run: Run, old: Path, tmp_path: Path) -> None:
    specs = Specs()
    specs.field("task", "Task", "comment")["nullable"] = True
    folder = specs.write(tmp_path / "wrong")
    said = f"{folder}/task.yaml: components.schemas.Task.properties.comment.nullable: this keyword is not supported\n"
    assert run(old, folder) == run(folder, old) == (1, "", said)


# Revisions


def git(folder: Path, *command: str) -> str:
    who = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of a project in a subdirectory: v1, then HEAD without Task.comment, then the work tree."""
    project = tmp_path / "repository" / "project"
    project.mkdir(parents=True)
    monkeypatch.chdir(project)
    git(project.parent, "init", "--quiet")
    (project / "pyproject.toml").write_text('version = "0.1.0"\n')
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "zero")
    git(project, "tag", "v0")
    specs = Specs()
    specs.write(project / "specs")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "one")
    git(project, "tag", "v1")
    a_field_removed(specs)
    specs.write(project / "specs")
    git(project, "commit", "--quiet", "-am", "two")
    an_operation_deprecated(specs)
    specs.write(project / "specs")
    return project


REMOVED, DEPRECATED = "- `Task.comment`: removed", "- `execute_task`: deprecated"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["v1", "HEAD"], [REMOVED]),
        (["HEAD~1", "specs"], [REMOVED, DEPRECATED]),
        (["v1"], [REMOVED, DEPRECATED]),
        (["HEAD"], [DEPRECATED]),
        (["v1:project/specs", "HEAD:./specs"], [REMOVED]),
        (["v1", "v1:project/specs"], []),
    ],
)
def test_revisions(run: Run, repository: Path, arguments: list[str], told: list[str]) -> None:
    index, status = repository.parent / ".git" / "index", git(repository, "status", "--porcelain")
    before, text = index.stat().st_mtime_ns, Path("specs/task.yaml").read_text()
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if line.startswith("- ")] == told
    assert index.stat().st_mtime_ns == before
    assert (git(repository, "status", "--porcelain"), Path("specs/task.yaml").read_text()) == (status, text)


@pytest.mark.parametrize("given", ["nope", "v0", "v1:nope", "v1:project/specs/task.yaml", "specs/task.yaml", "../nope"])
def test_unknown_revisions(run: Run, repository: Path, given: str) -> None:
    code, out, err = run(given, "specs")
    assert (code, out) == (1, "")
    assert err.startswith(f"{given}: neither a folder nor a git revision with specifications (fatal: ")
    assert err.count("\n") == 1


def test_a_revision_without_specifications(run: Run, repository: Path) -> None:
    assert run("v1:project", "specs") == (1, "", "v1:project: no specifications (*.yaml) here\n")


def test_a_revision_whose_specifications_are_wrong(run: Run, repository: Path) -> None:
    specs = Specs()
    specs.field("task", "Task", "comment")["nullable"] = True
    specs.write(repository / "specs")
    git(repository, "commit", "--quiet", "-am", "three")
    code, out, err = run("HEAD", "v1")
    assert (code, out) == (1, "")
    assert err.startswith("HEAD:./specs/task.yaml: components.schemas.Task.properties.comment.nullable: ")


def test_outside_of_a_repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    code, _, err = run("HEAD", "HEAD")
    assert code == 1
    assert err.startswith("HEAD: neither a folder nor a git revision with specifications (fatal: not a git repository")


def test_without_git(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    code, _, err = run("HEAD", "HEAD")
    assert code == 1
    assert err.startswith("HEAD: neither a folder nor a git revision with specifications (")


def test_from_the_shell() -> None:
    command = [sys.executable, "-m", "codegen", "diff", "specs", "specs"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "# Changes from `specs` to `specs`\n\nNo difference.\n")
