"""Published documents: what the rules put right, what is refused, and what is written into our specifications."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen.__main__ import main
from codegen.published import RULES, Published
from codegen.spec import SpecError

from .at_random import Run

ROOT = Path(__file__).parents[2]
PLACE = "/api/v2/databases/{database}/schemas/{schema}/widgets"
COMMON = """
components:
  parameters:
    database: {name: database, in: path, required: true, schema: {$ref: '#/components/schemas/Identifier'}}
    schema: {name: schema, in: path, required: true, schema: {type: string}}
    name: {name: name, in: path, required: true, schema: {type: string}}
  responses:
    200SuccessResponse:
      description: theirs
      content: {application/json: {schema: {$ref: '#/components/schemas/SuccessResponse'}}}
    202SuccessAcceptedResponse: {description: theirs}
  schemas:
    Identifier: {type: string, pattern: '^"([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*$'}
    SuccessResponse: {type: object, properties: {status: {type: string}}}
"""


def widget(**properties: Any) -> dict[str, Any]:
    """A published document of one resource."""
    at = [{"$ref": f"common.yaml#/components/parameters/{name}"} for name in ("database", "schema")]
    one = [*at, {"$ref": "common.yaml#/components/parameters/name"}]
    of = {"application/json": {"schema": {"$ref": "#/components/schemas/Widget"}}}
    many = {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Widget"}}}}
    done = {"200": {"$ref": "common.yaml#/components/responses/200SuccessResponse"}}
    done |= {"202": {"$ref": "common.yaml#/components/responses/202SuccessAcceptedResponse"}}
    schema = {
        "type": "object",
        "description": "theirs",
        "required": ["name"],
        "properties": {"name": {"type": "string"}},
    }
    schema["properties"] |= properties  # type: ignore[operator]
    paths = {
        PLACE: {
            "get": {
                "operationId": "listWidgets",
                "parameters": at,
                "responses": {"200": {"description": "theirs", "content": many}},
            },
            "post": {
                "operationId": "createWidget",
                "parameters": at,
                "requestBody": {"required": True, "content": of},
                "responses": done,
            },
        },
        f"{PLACE}/{{name}}": {
            "get": {
                "operationId": "fetchWidget",
                "parameters": one,
                "responses": {"200": {"description": "theirs", "content": of}},
            },
            "delete": {"operationId": "deleteWidget", "parameters": one, "responses": done},
        },
    }
    document = {
        "openapi": "3.0.0",
        "info": {"title": "theirs", "version": "1"},
        "paths": paths,
        "components": {"schemas": {"Widget": schema}},
    }
    return json.loads(json.dumps(document))  # so that no part is there twice


def publish(folder: Path, document: dict[str, Any], name: str = "widget.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "common.yaml").write_text(COMMON)
    (folder / name).write_text(yaml.safe_dump(document, sort_keys=False))
    return folder


def schema(folder: Path, document: dict[str, Any], name: str = "Widget") -> Any:
    return Published(publish(folder, document), "1.0").documents["widget.yaml"]["components"]["schemas"][name]


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "booleans_for_words": ({"type": "string", "enum": [True, False]}, {"type": "string", "enum": ["true", "false"]}),
    "values_twice": ({"type": "string", "enum": ["a", "b", "a"]}, {"type": "string", "enum": ["a", "b"]}),
    "default_of_another_type": ({"type": "integer", "default": "1"}, {"type": "integer", "default": 1}),
    "keywords_of_another_type": ({"type": "string", "format": "int64"}, {"type": "string"}),
    "open_pattern": ({"type": "string", "pattern": "^(a)b|c$"}, {"type": "string", "pattern": "^((a)b|c)$"}),
    "missing_type": ({"items": {"type": "string"}}, {"items": {"type": "string"}, "type": "array"}),
    "reference_with_siblings": (
        {"$ref": "common.yaml#/components/schemas/Identifier", "type": "string", "pattern": "x"},
        {"$ref": "common.yaml#/components/schemas/Identifier"},
    ),
    "nullable": ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    "unpublished_file": ({"$ref": "elsewhere.yaml#/components/schemas/X"}, {"type": "object"}),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_puts_a_property_right(rule: str, tmp_path: Path) -> None:
    given, expected = CASES[rule]
    published = Published(publish(tmp_path / "p", widget(odd=given)), "1.0")
    assert published.documents["widget.yaml"]["components"]["schemas"]["Widget"]["properties"]["odd"] == expected
    assert rule in {mended.rule for mended in published.mended}


def test_a_class_that_may_be_null_is_so_where_it_is_referred_to(tmp_path: Path) -> None:
    document = widget(
        part={"$ref": "#/components/schemas/Part"}, parts={"items": {"$ref": "#/components/schemas/Part"}}
    )
    document["components"]["schemas"] |= {
        "Part": {"type": "object", "nullable": True, "properties": {"a": {"type": "string"}}},
        "Big": {"allOf": [{"$ref": "#/components/schemas/Part"}], "properties": {"b": {"type": "string"}}},
    }
    published = Published(publish(tmp_path / "p", document), "1.0")
    schemas = published.documents["widget.yaml"]["components"]["schemas"]
    null = {"anyOf": [{"$ref": "#/components/schemas/Part"}, {"type": "null"}]}
    assert schemas["Part"] == {"type": "object", "properties": {"a": {"type": "string"}}}
    assert (schemas["Widget"]["properties"]["part"], schemas["Widget"]["properties"]["parts"]["items"]) == (null, null)
    assert schemas["Big"]["allOf"][0] == {"$ref": "#/components/schemas/Part"}
    assert "nullable_on_object" in find_mended(published)


def test_every_rule_has_a_sentence() -> None:
    assert all(rule.__doc__ for rules in RULES.values() for rule in rules)


def test_a_bare_name_in_a_mapping_becomes_a_reference_and_its_target_extends(tmp_path: Path) -> None:
    document = widget()
    document["components"]["schemas"] |= {
        "Base": {"type": "object", "discriminator": {"propertyName": "kind", "mapping": {"a": "A"}}},
        "A": {"type": "object", "properties": {"x": {"type": "string"}}},
    }
    base = schema(tmp_path / "p", document, "Base")
    assert base["discriminator"]["mapping"] == {"a": "#/components/schemas/A"}
    assert base["properties"] == {"kind": {"type": "string"}}
    assert schema(tmp_path / "p", document, "A")["allOf"][0] == {"$ref": "#/components/schemas/Base"}


def find_mended(published: Published) -> set[str]:
    return {each.rule for each in published.mended}


def test_headers_that_follow_from_content_are_no_parameters(tmp_path: Path) -> None:
    document = widget()
    fetch = document["paths"][f"{PLACE}/{{name}}"]["get"]
    fetch["parameters"] = [*fetch["parameters"], {"name": "Accept", "in": "header", "schema": {"type": "string"}}]
    fetch["parameters"].append({"name": "X-Own", "in": "header", "schema": {"type": "string"}})
    published = Published(publish(tmp_path / "p", document), "1.0")
    left = published.documents["widget.yaml"]["paths"][f"{PLACE}/{{name}}"]["get"]["parameters"]
    assert [parameter["name"] for parameter in left if "name" in parameter] == ["X-Own"]
    assert "content_headers" in find_mended(published)


def test_content_of_which_nothing_is_said_may_be_anything(tmp_path: Path) -> None:
    document = widget()
    document["paths"][PLACE]["get"]["responses"]["200"]["content"] = {"application/json": {}}
    published = Published(publish(tmp_path / "p", document), "1.0")
    answer = published.documents["widget.yaml"]["paths"][PLACE]["get"]["responses"]["200"]
    assert answer["content"] == {"application/json": {"schema": {}}}
    assert "content_without_schema" in find_mended(published)


def test_variants_without_a_name_get_that_of_their_owner_and_property(tmp_path: Path) -> None:
    mapping = {"a": "#/components/schemas/A"}
    part = {"type": "object", "discriminator": {"propertyName": "kind", "mapping": mapping}}
    document = widget(best_part=part)
    document["components"]["schemas"]["A"] = {"type": "object", "properties": {"x": {"type": "string"}}}
    published = Published(publish(tmp_path / "p", document), "1.0")
    schemas = published.documents["widget.yaml"]["components"]["schemas"]
    assert schemas["Widget"]["properties"]["best_part"] == {"$ref": "#/components/schemas/WidgetBestPart"}
    assert schemas["WidgetBestPart"]["discriminator"]["mapping"] == mapping
    assert "nameless_variants" in find_mended(published)
    document["components"]["schemas"]["WidgetBestPart"] = {"type": "object"}
    with pytest.raises(SpecError, match=r"widget\.yaml:\d+: .*best_part: .* WidgetBestPart is taken"):
        Published(publish(tmp_path / "p", document), "1.0")


def test_what_is_required_and_not_declared_is_not_required(tmp_path: Path) -> None:
    document = widget()
    document["components"]["schemas"]["Widget"]["required"] = ["name", "ghost"]
    published = Published(publish(tmp_path / "p", document), "1.0")
    assert published.documents["widget.yaml"]["components"]["schemas"]["Widget"]["required"] == ["name"]
    assert "required_without_property" in find_mended(published)


def test_a_variant_that_extends_something_else_is_no_variant(tmp_path: Path) -> None:
    document = widget()
    mapping = {"a": "#/components/schemas/A", "w": "#/components/schemas/B"}
    document["components"]["schemas"] |= {
        "Base": {"type": "object", "discriminator": {"propertyName": "kind", "mapping": mapping}},
        "A": {"type": "object", "properties": {"x": {"type": "string"}}},
        "B": {"allOf": [{"$ref": "#/components/schemas/Widget"}], "properties": {"y": {"type": "string"}}},
    }
    published = Published(publish(tmp_path / "p", document), "1.0")
    base = published.documents["widget.yaml"]["components"]["schemas"]["Base"]
    assert base["discriminator"]["mapping"] == {"a": "#/components/schemas/A"}
    assert ("foreign_variants", "components.schemas.Base.discriminator.mapping.w") in {
        (each.rule, each.at) for each in published.mended
    }


def test_properties_beside_all_of_go_into_it(tmp_path: Path) -> None:
    document = widget()
    document["components"]["schemas"]["Big"] = {
        "allOf": [{"$ref": "#/components/schemas/Widget"}],
        "properties": {"size": {"type": "integer"}},
        "required": ["size", "unknown"],
    }
    added = {"type": "object", "required": ["size", "unknown"], "properties": {"size": {"type": "integer"}}}
    with pytest.raises(SpecError, match="unknown is not one of the properties"):
        schema(tmp_path / "p", document, "Big")
    document["components"]["schemas"]["Big"]["required"] = added["required"] = ["size"]
    assert schema(tmp_path / "p", document, "Big")["allOf"] == [{"$ref": "#/components/schemas/Widget"}, added]


def _cycle(document: dict[str, Any]) -> None:
    document["components"]["schemas"] |= {
        "A": {"$ref": "#/components/schemas/B"},
        "B": {"$ref": "#/components/schemas/A"},
    }


def _twice(document: dict[str, Any]) -> None:
    document["paths"][PLACE]["post"]["operationId"] = "listWidgets"


def _keyword(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["None"] = {"type": "object"}


def _case(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Widget"]["properties"]["NAME"] = {"type": "string"}


def _foreign(document: dict[str, Any]) -> None:
    document["paths"] = {"/pets": {"get": {"operationId": "pets", "responses": {"200": {"description": ""}}}}}


def _says_nothing(document: dict[str, Any]) -> None:
    document["paths"][PLACE]["get"]["responses"]["200"] = {1: 2}


def _dangling(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Widget"]["properties"]["x"] = {"$ref": "#/components/schemas/Nowhere"}


@pytest.mark.parametrize("spoil", [_cycle, _twice, _keyword, _case, _foreign, _says_nothing, _dangling])
def test_bad_documents_are_refused_with_file_line_and_path(
    spoil: Callable[[dict[str, Any]], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = widget()
    spoil(document)
    specs = tmp_path / "specs"
    assert (
        main(["import", str(publish(tmp_path / "p", document)), "--specs", str(specs), "--version", "1", "--apply"])
        == 1
    )
    assert "widget.yaml:" in capsys.readouterr().err
    assert not specs.exists()


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    folder = publish(tmp_path / "p", widget())
    text = (folder / "widget.yaml").read_text()
    (folder / "widget.yaml").write_text(text[: len(text) // 2])
    with pytest.raises(SpecError, match=r"widget\.yaml:\d+"):
        Published(folder, "1.0")


def test_from_nothing_and_then_the_next_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    specs, out, facade = tmp_path / "specs", tmp_path / "rest", tmp_path / "facade"
    common = ["--specs", str(specs)]
    assert main(["import", str(publish(tmp_path / "p", widget())), *common, "--version", "1.0", "--apply"]) == 0
    assert main(["generate", *common, "--out", str(out), "--facade", str(facade)]) == 0
    assert "class WidgetCollection" in (facade / "_generated/widget.py").read_text()
    assert "theirs" not in (specs / "widget.yaml").read_text()
    first = (specs / "widget.yaml").read_text()
    (specs / "widget.yaml").write_text(first.replace("\npaths:", "\n# our own remark\npaths:"))
    shutil.copytree(specs, tmp_path / "old")
    capsys.readouterr()

    later = widget(
        color={"type": "string", "enum": ["red"]}, made_on={"type": "string", "format": "date-time", "readOnly": True}
    )
    later["paths"][f"{PLACE}/{{name}}:paint"] = {
        "post": {
            "operationId": "paintWidget",
            "deprecated": True,
            "parameters": [
                *later["paths"][f"{PLACE}/{{name}}"]["get"]["parameters"],
                {"name": "coats", "in": "query", "schema": {"type": "integer"}},
            ],
            "responses": later["paths"][PLACE]["post"]["responses"],
        }
    }
    assert main(["import", str(publish(tmp_path / "p", later)), *common, "--version", "1.1", "--apply", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {c["where"] for c in report["changes"]} == {"paint_widget", "Widget.color", "Widget.made_on"}
    assert report["by_hand"] == [] and not any(c["breaking"] for c in report["changes"])
    text = (specs / "widget.yaml").read_text()
    assert "# our own remark" in text and "paintWidget" in text and "version: '1.1'" in text
    assert main(["generate", *common, "--out", str(out), "--facade", str(facade)]) == 0
    assert main(["diff", str(tmp_path / "old"), str(specs), "--fail-on-breaking", "--version", "1.0"]) == 0


def test_what_has_no_collection_is_a_service(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = widget()
    one = document["paths"].pop(f"{PLACE}/{{name}}")
    document["paths"] = {f"{PLACE}/{{name}}": {"get": one["get"]}}
    assert apply(tmp_path, document, "--json") == 0
    assert json.loads(capsys.readouterr().out)["by_hand"] == []
    options = ["--specs", str(tmp_path / "specs"), "--out", str(tmp_path), "--package", "own_widgets"]
    assert main(["generate", *options]) == 0
    text = (tmp_path / "own_widgets/widget.py").read_text()
    assert "class WidgetService(Service):" in text and "def fetch_widget(self, " in text and "name: str" in text
    assert (
        '"account.widget_service" = "own_widgets.widget:WidgetService"'
        in (tmp_path / "own_widgets/entry_points.toml").read_text()
    )


def apply(tmp_path: Path, document: dict[str, Any], *options: str) -> int:
    """Import a document over what is in `specs`."""
    folder = publish(tmp_path / "p", document)
    return main(["import", str(folder), "--specs", str(tmp_path / "specs"), "--version", "1", "--apply", *options])


def shrunk() -> tuple[dict[str, Any], dict[str, Any]]:
    """A document, and one in which much of it is no longer published."""
    flag = {"name": "flag", "in": "query", "schema": {"type": "boolean"}}
    extra = {"type": "object", "properties": {"x": {"type": "string"}}}
    before = widget(size={"type": "integer"}, extra={"$ref": "#/components/schemas/Extra"})
    before["components"]["schemas"]["Extra"] = extra
    before["paths"][PLACE]["get"]["parameters"] = [*before["paths"][PLACE]["get"]["parameters"], flag]
    after = widget(size={"type": "integer", "nullable": True})
    del after["paths"][f"{PLACE}/{{name}}"]["delete"]
    after["paths"][f"{PLACE}/{{name}}"]["get"]["operationId"] = "getWidget"
    return before, after


def test_what_is_no_longer_published_is_told_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = shrunk()
    assert apply(tmp_path, before) == 0
    capsys.readouterr()
    assert apply(tmp_path, after, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["kept"] == [
        "widget: list_widgets(flag): removed",
        "widget: fetch_widget: renamed to `get_widget`",
        "widget: fetch_widget: operationId is `getWidget`, was `fetchWidget`",
        "widget: delete_widget: removed",
        "widget: Widget.extra: removed",
        "widget: Extra: removed",
    ]
    text = (tmp_path / "specs/widget.yaml").read_text()
    assert all(word in text for word in ("flag", "deleteWidget", "fetchWidget", "Extra"))


def test_what_is_no_longer_published_is_taken_away_if_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = shrunk()
    assert apply(tmp_path, before) == 0
    assert apply(tmp_path, after, "--remove") == 0
    text = (tmp_path / "specs/widget.yaml").read_text()
    assert not any(word in text for word in ("flag", "deleteWidget", "fetchWidget", "Extra", "extra"))
    capsys.readouterr()
    assert apply(tmp_path, after, "--json") == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []


def test_a_document_that_is_no_longer_published_goes_too(tmp_path: Path) -> None:
    publish(tmp_path / "p", widget(), "gadget.yaml")
    assert apply(tmp_path, widget()) == 0
    (tmp_path / "p/gadget.yaml").unlink()
    assert apply(tmp_path, widget()) == 0
    assert (tmp_path / "specs/gadget.yaml").exists()
    assert apply(tmp_path, widget(), "--remove") == 0
    assert not (tmp_path / "specs/gadget.yaml").exists()


@pytest.fixture
def shared(tmp_path: Path) -> dict[str, Any]:
    """Two classes that come to our specifications in a document that is then no longer published."""
    part = {"type": "object", "properties": {"x": {"type": "string"}, "y": {"$ref": "#/components/schemas/Inner"}}}
    inner = {"type": "object", "properties": {"z": {"type": "string"}}}
    document = widget() | {"paths": {}, "components": {"schemas": {"Part": part, "Inner": inner}}}
    publish(tmp_path / "p", document, "shared.yaml")
    assert apply(tmp_path, widget(part={"$ref": "shared.yaml#/components/schemas/Part"})) == 0
    (tmp_path / "p/shared.yaml").unlink()
    return document["components"]["schemas"]


def test_a_class_that_moves_is_referred_to_where_it_is(tmp_path: Path, shared: dict[str, Any]) -> None:
    after = widget(part={"$ref": "#/components/schemas/Part"})
    after["components"]["schemas"] |= shared
    assert apply(tmp_path, after, "--remove") == 0
    assert not (tmp_path / "specs/shared.yaml").exists()
    schemas = yaml.safe_load((tmp_path / "specs/widget.yaml").read_text())["components"]["schemas"]
    assert schemas["Widget"]["properties"]["part"]["$ref"] == "#/components/schemas/Part"
    assert shared.keys() <= schemas.keys()


def test_what_is_wanted_keeps_what_it_refers_to(tmp_path: Path, shared: dict[str, Any]) -> None:
    wanted = tmp_path / "wanted.yaml"
    wanted.write_text("- {resource: widget, where: Widget.part, rule: field.removed, reason: It is in use.}\n")
    assert apply(tmp_path, widget(), "--remove", "--wanted", str(wanted)) == 0
    document = yaml.safe_load((tmp_path / "specs/shared.yaml").read_text())
    assert document["components"]["schemas"].keys() == shared.keys() and not document["paths"]


def test_an_import_that_fails_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert apply(tmp_path, widget(size={"type": "integer"})) == 0
    before = (tmp_path / "specs/widget.yaml").read_text()
    capsys.readouterr()
    assert apply(tmp_path, widget(size={"type": "string"}, color={"type": "string"}), "--fail-on-breaking") == 1
    told = capsys.readouterr()
    assert "`Widget.size`: type is" in told.out and told.err == "Nothing was written.\n"
    assert (tmp_path / "specs/widget.yaml").read_text() == before


def test_classes_without_a_name_are_carried_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def parts(**more: Any) -> dict[str, Any]:
        part = {"type": "object", "properties": {"a": {"type": "string"}} | more}
        return widget(part=part, parts={"type": "array", "items": part})

    assert apply(tmp_path, parts()) == 0
    assert apply(tmp_path, parts(b={"type": "integer"})) == 0
    capsys.readouterr()
    assert apply(tmp_path, parts(b={"type": "integer"}), "--json") == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []


def test_what_ours_has_a_name_for_keeps_the_name_and_its_words(tmp_path: Path) -> None:
    def parts(inner: dict[str, Any], **more: Any) -> dict[str, Any]:
        part = {"type": "object", "description": "Ours.", "properties": {"a": {"type": "string"}} | inner}
        kind = {"type": "string", "enum": ["x", *more]}
        return widget(part=part, kind={"type": "object", "properties": {"kind": kind}})

    before, named = parts({}), {"$ref": "#/components/schemas/WidgetPart"}
    owner = before["components"]["schemas"]["Widget"]["properties"]
    before["components"]["schemas"] |= {"WidgetPart": owner["part"], "WidgetKind": owner["kind"]}
    owner |= {"part": named, "kind": {"$ref": "#/components/schemas/WidgetKind"}}
    assert apply(tmp_path, before) == 0
    assert apply(tmp_path, parts({"b": {"type": "integer"}}, y=True)) == 0
    schemas = yaml.safe_load((tmp_path / "specs/widget.yaml").read_text())["components"]["schemas"]
    assert schemas["Widget"]["properties"]["part"]["$ref"] == named["$ref"]
    assert list(schemas["WidgetPart"]["properties"]) == ["a", "b"]
    assert schemas["WidgetKind"]["properties"]["kind"]["enum"] == ["x", "y"]


def test_the_property_that_chooses_has_the_values_of_all_variants(tmp_path: Path) -> None:
    document = widget()
    star = {"allOf": [{"$ref": "#/components/schemas/Shape"}, {"type": "object", "properties": {}}]}
    document["components"]["schemas"] |= {
        "Shape": {
            "type": "object",
            "properties": {"kind": {"type": "string", "enum": ["circle"]}},
            "discriminator": {"propertyName": "kind", "mapping": {"star": "#/components/schemas/Star"}},
        },
        "Star": star,
    }
    assert schema(tmp_path / "p", document, "Shape")["properties"]["kind"]["enum"] == ["circle", "star"]


def shapes(*kinds: str, **said: Any) -> dict[str, Any]:
    """A document with a class that has these variants. said: of that class, besides."""
    document = widget(shape={"$ref": "#/components/schemas/Shape"})
    mapping = {kind: f"#/components/schemas/{kind.title()}" for kind in kinds}
    of_shape = [{"$ref": "#/components/schemas/Shape"}, {"type": "object", "properties": {"x": {"type": "string"}}}]
    document["components"]["schemas"]["Shape"] = {
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": list(kinds)}},
        "discriminator": {"propertyName": "kind", "mapping": mapping},
        **said,
    }
    document["components"]["schemas"] |= {kind.title(): {"allOf": of_shape} for kind in kinds}
    return json.loads(json.dumps(document))


def test_a_new_variant_comes_with_its_value(tmp_path: Path) -> None:
    assert apply(tmp_path, shapes("circle", "square")) == 0
    assert apply(tmp_path, shapes("circle", "square", "star")) == 0
    schemas = yaml.safe_load((tmp_path / "specs/widget.yaml").read_text())["components"]["schemas"]
    assert list(schemas["Shape"]["discriminator"]["mapping"]) == ["circle", "square", "star"]
    assert schemas["Shape"]["properties"]["kind"]["enum"] == ["circle", "square", "star"]


def test_that_answers_must_say_their_variant_is_told_and_carried_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert apply(tmp_path, shapes("circle")) == 0
    for said in ({"required": ["kind"]}, {}):
        capsys.readouterr()
        assert apply(tmp_path, shapes("circle", **said), "--json") == 0
        (change,) = json.loads(capsys.readouterr().out)["changes"]
        assert change["where"] == "Shape.kind" and "required" in change["text"] and not change["breaking"]
        schemas = yaml.safe_load((tmp_path / "specs/widget.yaml").read_text())["components"]["schemas"]
        assert schemas["Shape"].get("required", []) == said.get("required", [])


def test_a_new_document_brings_the_shared_parts_that_it_refers_to(tmp_path: Path) -> None:
    assert apply(tmp_path, widget()) == 0
    gadget = widget()
    gadget["paths"] = {path.replace("widgets", "gadgets"): item for path, item in gadget["paths"].items()}
    shared = {"$ref": "common.yaml#/components/parameters/flag"}
    gadget["paths"][PLACE.replace("widgets", "gadgets")]["get"]["parameters"].append(shared)
    folder = publish(tmp_path / "p", json.loads(json.dumps(gadget).replace("Widget", "Gadget")), "gadget.yaml")
    flag = "  parameters:\n    flag: {name: flag, in: query, schema: {type: boolean}}\n"
    (folder / "common.yaml").write_text(COMMON.replace("  parameters:\n", flag))
    assert main(["import", str(folder), "--specs", str(tmp_path / "specs"), "--version", "1", "--apply"]) == 0
    assert "flag" in yaml.safe_load((tmp_path / "specs/common.yaml").read_text())["components"]["parameters"]


def test_a_wanted_difference_that_is_none_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    specs, wanted = tmp_path / "specs", tmp_path / "wanted.yaml"
    published = publish(tmp_path / "p", widget())
    main(["import", str(published), "--specs", str(specs), "--version", "1", "--apply"])
    wanted.write_text("- {resource: widget, where: Widget.x, rule: field.removed, reason: It was so.}\n")
    given = ["import", str(published), "--specs", str(specs), "--version", "1", "--wanted", str(wanted)]
    assert main(given) == 1
    assert "Wanted, but no difference any more" in capsys.readouterr().out


def test_random_changes_are_carried_through_or_refused(tmp_path: Path) -> None:
    base = widget(
        size={"type": "integer", "default": 1},
        tag={"$ref": "common.yaml#/components/schemas/Identifier"},
        mode={"type": "string", "enum": ["a", "b"], "readOnly": True},
    )
    base["components"]["schemas"] |= {
        "Base": {
            "type": "object",
            "properties": {"k": {"type": "string"}},
            "discriminator": {"propertyName": "k", "mapping": {"a": "A"}},
        },
        "A": {
            "allOf": [{"$ref": "#/components/schemas/Base"}],
            "properties": {"x": {"type": "string", "nullable": True}},
        },
    }
    made = Run(publish(tmp_path / "p", base), int(os.environ.get("SNOWCORE_TEST_SEED", 1)), tmp_path)
    assert [line for i in range(8) for line in made.change(i)] == []
    print(f"seed {made.seed}: {dict(made.tally)}")


def differences(tmp_path: Path, document: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What an import of the document still tells."""
    capsys.readouterr()
    assert (
        main(
            [
                "import",
                str(publish(tmp_path / "p", document)),
                "--specs",
                str(tmp_path / "specs"),
                "--version",
                "1",
                "--json",
            ]
        )
        == 0
    )
    return [f"{c['where']}: {c['rule']}" for c in json.loads(capsys.readouterr().out)["changes"]]


@pytest.mark.parametrize("move", ["path", "method", "both", "deeper", "collection"])
def test_an_operation_moves_to_the_path_and_method_that_are_published(
    move: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, zone = f"{PLACE}/{{name}}", {"name": "zone", "in": "path", "required": True, "schema": {"type": "string"}}
    before, after = widget(), widget()
    paths = after["paths"]
    if move in ("path", "both"):
        paths[f"{one}:now"] = {"delete": paths[one].pop("delete")}
    if move == "method":
        paths[PLACE]["put"] = paths[PLACE].pop("post")
    if move == "both":
        paths[f"{one}:now"] = {"post": paths[f"{one}:now"]["delete"]}
    if move == "deeper":
        paths[f"{one}/zones/{{zone}}"] = {"delete": paths[one].pop("delete")}
        paths[f"{one}/zones/{{zone}}"]["delete"]["parameters"].append(zone)
    if move == "collection":
        after["paths"] = {path.replace("widgets", "gizmos"): item for path, item in paths.items()}
    assert apply(tmp_path, before) == 0
    text = (tmp_path / "specs/widget.yaml").read_text()
    (tmp_path / "specs/widget.yaml").write_text(text.replace("Delete widget.", "Our own words."))
    capsys.readouterr()
    assert apply(tmp_path, after, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    told = {c["rule"] for c in report["changes"] if c["breaking"]}
    assert told >= ({"operation.method.changed"} if move == "method" else {"operation.path.changed"})
    told = "widget: no facade is generated; write its methods, or send its operations"
    assert report["by_hand"] == ([told] if move == "method" else [])
    assert differences(tmp_path, after, capsys) == []
    assert "Our own words." in (tmp_path / "specs/widget.yaml").read_text()
    assert (
        main(
            [
                "generate",
                "--specs",
                str(tmp_path / "specs"),
                "--out",
                str(tmp_path / "o"),
                "--facade",
                str(tmp_path / "f"),
            ]
        )
        == 0
    )
    assert (tmp_path / "f/_generated/widget.py").exists() == (move != "method")
    assert ("gizmos" in (tmp_path / "o/widget.py").read_text()) == (move == "collection")


FACTS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "deprecated": ({"type": "string"}, {"type": "string", "deprecated": True}, "field.deprecated.added"),
    "no longer deprecated": ({"type": "string", "deprecated": True}, {"type": "string"}, "field.deprecated.removed"),
    "null": ({"type": "string"}, {"type": "string", "nullable": True}, "field.facts.added"),
    "no null": ({"type": "string", "nullable": True}, {"type": "string"}, "field.facts.removed"),
    "format": ({"type": "integer", "format": "int32"}, {"type": "integer", "format": "int64"}, "field.facts.added"),
    "write-only": ({"type": "string"}, {"type": "string", "writeOnly": True}, "field.facts.added"),
    "items": (
        {"type": "array", "items": {"type": "string"}},
        {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "field.facts.added",
    ),
    "length of a time": (
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "date-time", "maxLength": 30},
        "field.facts.added",
    ),
    "null object": (
        {"type": "object", "properties": {"a": {"type": "string"}}},
        {"type": "object", "nullable": True, "properties": {"a": {"type": "string"}}},
        "field.facts.added",
    ),
}


@pytest.mark.parametrize("fact", FACTS)
def test_what_python_does_not_show_is_told_and_carried_over(
    fact: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, rule = FACTS[fact]
    assert apply(tmp_path, widget(odd=before)) == 0
    capsys.readouterr()
    assert apply(tmp_path, widget(odd=after), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert rule in {change["rule"] for change in report["changes"]}
    assert not any(change["breaking"] for change in report["changes"]) and report["by_hand"] == []
    assert differences(tmp_path, widget(odd=after), capsys) == []


def parameter(**said: Any) -> dict[str, Any]:
    document = widget()
    raw = {"name": "depth", "in": "query", "schema": {"type": "integer"}} | said
    document["paths"][PLACE]["get"]["parameters"] = [*document["paths"][PLACE]["get"]["parameters"], raw]
    return document


@pytest.mark.parametrize(
    "said",
    [
        {"deprecated": True},
        {"required": True},
        {"in": "header"},
        {"name": "Depth"},
        {"schema": {"type": "string", "enum": ["a"]}},
        {"schema": {"type": "integer", "minimum": 1, "default": 4}},
    ],
    ids=str,
)
def test_a_parameter_becomes_what_is_published(
    said: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert apply(tmp_path, parameter()) == 0
    assert apply(tmp_path, parameter(**said)) == 0
    assert differences(tmp_path, parameter(**said), capsys) == []


def test_a_parameter_that_is_shared_becomes_what_is_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert apply(tmp_path, widget()) == 0
    common = COMMON.replace(
        "{name: name, in: path, required: true, schema: {type: string}}",
        "{name: name, in: path, required: true, schema: {type: string, maxLength: 9}}",
    )
    monkeypatch.setitem(globals(), "COMMON", common)
    assert apply(tmp_path, widget()) == 0
    assert (tmp_path / "specs/common.yaml").read_text().count("maxLength: 9") == 1
    assert "maxLength" not in (tmp_path / "specs/widget.yaml").read_text()
    assert differences(tmp_path, widget(), capsys) == []


def test_an_answer_of_another_status_is_told_and_carried_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert apply(tmp_path, widget()) == 0
    after = widget()
    answers = after["paths"][PLACE]["post"]["responses"]
    answers["201"] = answers.pop("200")
    del answers["202"]
    capsys.readouterr()
    assert apply(tmp_path, after, "--json") == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [(c["where"], c["text"]) for c in changes] == [("create_widget", "answers `201`, was `200`, `202`")]
    assert differences(tmp_path, after, capsys) == []
