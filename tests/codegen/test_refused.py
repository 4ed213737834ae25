"""What would be lost or misread is refused, with the file and the path in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen.__main__ import main
from codegen.package import read_documents, render_package
from codegen.spec import SpecError

from .conftest import ROOT, thing

Write = Callable[..., Path]
X = "components.schemas.X"
OK = 'responses: {"200": {description: Done.}}'


def find_problems(folder: Path) -> list[str]:
    with pytest.raises(SpecError) as error:
        render_package(read_documents(folder))
    return [problem.removeprefix(f"{folder.as_posix()}/") for problem in error.value.problems]


@pytest.mark.parametrize(
    ("schema", "at", "text"),
    [
        ("{type: object, nullable: true}", f"{X}.nullable", "this keyword is not supported"),
        ("{type: object, title: Y}", f"{X}.title", "this keyword is not supported"),
        ("{type: object, propertys: {}}", f"{X}.propertys", "this keyword is not supported"),
        ("{type: string, enum: [true, false]}", f"{X}.enum", "expected strings; quote them"),
        ("{type: integer, enum: [1, 2]}", f"{X}.enum", "expected `type: string`"),
        ("{type: object, enum: [a]}", f"{X}.enum", "expected `type: string`"),
        ("{type: text}", f"{X}.type", "expected one of array, boolean, integer, null, number, object, string"),
        ("{type: string, readOnly: 1}", f"{X}.readOnly", "expected true or false, not 1"),
        ("{type: array}", X, "`items` is missing"),
        ("{properties: {a: {type: string}}}", X, "expected `type: object` beside `properties`"),
        ("{type: object, properties: {a: text}}", f"{X}.properties.a", "expected a mapping, not 'text'"),
        ("{type: object, properties: {on: {}}}", f"{X}.properties", "True is not a string; quote it"),
        ("{type: object, required: [a], properties: {b: {}}}", f"{X}.required", "a is not one of the properties"),
        (
            "{type: object, x-positional: [a], properties: {b: {}}}",
            f"{X}.x-positional",
            "a is not one of the properties",
        ),
        (
            "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
            f"{X}.additionalProperties",
            "an object has either properties or values of one kind",
        ),
        ('{$ref: "#/components/schemas/Nope"}', f"{X}.$ref", "#/components/schemas/Nope leads to nothing in schemas"),
        ('{$ref: "nope.yaml#/components/schemas/X"}', f"{X}.$ref", "leads to nothing in schemas"),
        ('{$ref: "#/definitions/X"}', f"{X}.$ref", "leads to nothing in schemas"),
        ('{$ref: "#/components/schemas/X"}', f"{X}.$ref", "leads to nothing in schemas"),
        ('{$ref: "common.yaml#/components/responses/Error"}', f"{X}.$ref", "leads to nothing in schemas"),
        (
            '{type: object, properties: {a: {$ref: "#/components/schemas/Base", type: object}}}',
            f"{X}.properties.a.type",
            "this keyword is not supported beside $ref",
        ),
        (
            '{allOf: [{$ref: "#/components/schemas/Base"}], properties: {a: {type: string}}}',
            f"{X}.properties",
            "this keyword is not supported beside allOf",
        ),
        ('{allOf: [{$ref: "#/components/schemas/Base"}]}', f"{X}.allOf", "expected the schema that it extends"),
        ("{allOf: [{type: object}, {type: object}]}", f"{X}.allOf", "expected the schema that it extends"),
        (
            '{allOf: [{$ref: "#/components/schemas/X"}, {type: object, properties: {}}]}',
            f"{X}.allOf",
            "it extends itself",
        ),
        (
            "{type: object, properties: {a: {discriminator: {propertyName: kind, mapping: {}}}}}",
            f"{X}.properties.a.discriminator",
            "a schema with a discriminator needs a name of its own",
        ),
        (
            '{type: object, discriminator: {propertyName: kind, mapping: {a: "#/components/schemas/Sub"}}}',
            f"{X}.discriminator.mapping.a",
            "#/components/schemas/Sub does not extend X by allOf",
        ),
        (
            '{type: object, discriminator: {propertyName: kind, mapping: {a: "#/components/schemas/X"}}}',
            f"{X}.discriminator.mapping.a",
            "#/components/schemas/X does not extend X by allOf",
        ),
        (
            "{type: object, properties: {kind: {type: string, enum: [b]}}, "
            'discriminator: {propertyName: kind, mapping: {a: "#/components/schemas/X"}}}',
            f"{X}.discriminator.mapping.a",
            "kind can't be a: its `enum` lacks it",
        ),
        (
            "{type: object, discriminator: {propertyName: kind, mapping: {a: Sub}}}",
            f"{X}.discriminator.mapping.a",
            "Sub leads to nothing in schemas",
        ),
        (
            "{type: object, properties: {a: {type: string}}, discriminator: {propertyName: kind, mapping: {}}}",
            f"{X}.discriminator.propertyName",
            "kind is not one of the properties",
        ),
        (
            "{type: object, properties: {a: {anyOf: [{$ref: '#/components/schemas/Base'}, {type: string}]}}}",
            f"{X}.properties.a",
            "a union of other than plain types; use a schema with a discriminator",
        ),
        (
            "{type: object, properties: {aB: {}, a_b: {}}}",
            f"{X}.properties.a_b",
            "it becomes a_b in Python, as aB does",
        ),
        (
            "{type: object, properties: {additionalProperties: {}}, additionalProperties: true}",
            f"{X}.properties.*",
            "it becomes additional_properties in Python, as additionalProperties does",
        ),
        ("{type: object, properties: {'7': {}}}", f"{X}.properties.7", "there is no Python name in it"),
        ("{type: string, enum: [a], default: b}", "", "b"),
    ],
)
def test_schema(write: Write, schema: str, at: str, text: str) -> None:
    others = """
        Base: {type: object, required: [kind], properties: {kind: {type: string}}, x-positional: true}
        Sub:
          allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {}}]
    """
    problems = find_problems(write(thing=thing(f"X: {schema}" + others.replace("\n        ", "\n"))))
    found = [problem for problem in problems if problem.startswith(f"thing.yaml: {at}")]
    assert found, problems
    assert text in found[0]


@pytest.mark.parametrize(
    ("path", "item", "at", "text"),
    [
        ("/x", f"get: {{{OK}}}", "get", "`operationId` is missing"),
        ("/x", f"get: {{operationId: a b, {OK}}}", "get.operationId", "expected a word"),
        ("/x", "get: {operationId: a}", "get", "`responses` is missing"),
        ("/x", "get: {operationId: a, responses: []}", "get.responses", "expected a mapping, not []"),
        ("/x", "parameters: {}", "parameters", "expected a list, not {}"),
        ("/x", 'get: {operationId: a, responses: {"202": {description: D}}}', "get.responses", "that it is done"),
        ("/x", "get: {operationId: a, responses: {200: {description: D}}}", "get.responses", "200 is not a string"),
        ("/x", "get: 1", "get", "expected a mapping, not 1"),
        ("/x", f"gte: {{operationId: a, {OK}}}", "gte", "not a method"),
        ("/x/{id}", f"get: {{operationId: a, {OK}}}", "get", "the path parameter id is not declared"),
        (
            "/x",
            f"get: {{operationId: a, parameters: [{{name: id, in: path, required: true, schema: {{}}}}], {OK}}}",
            "get",
            "the path parameter id is not in the path",
        ),
        (
            "/x",
            f"get: {{operationId: a, parameters: [{{name: id, in: path, schema: {{}}}}], {OK}}}",
            "get.parameters[0]",
            "a path parameter is a word and required",
        ),
        (
            "/x",
            f"get: {{operationId: a, parameters: [{{name: id, in: cookie, schema: {{}}}}], {OK}}}",
            "get.parameters[0].in",
            "expected path, query or header, not 'cookie'",
        ),
        (
            "/x",
            f"get: {{operationId: a, parameters: [{{name: Accept, in: header, schema: {{}}}}], {OK}}}",
            "get.parameters[0]",
            "Accept follows from the content types",
        ),
        (
            "/x",
            f"get: {{operationId: a, parameters: [{{name: q, in: query}}], {OK}}}",
            "get.parameters[0]",
            "`schema` is missing",
        ),
        (
            "/x",
            f'get: {{operationId: a, parameters: [{{name: a, in: query, schema: {{}}}}, {{$ref: "#/p"}}], {OK}}}',
            "get.parameters[1].$ref",
            "#/p leads to nothing in parameters",
        ),
        (
            "/x",
            "get: {operationId: a, parameters: [{name: a, in: query, schema: {}}, "
            f"{{name: a, in: query, schema: {{}}}}], {OK}}}",
            "get.parameters[1]",
            "a is declared twice",
        ),
        (
            "/x",
            "get: {operationId: a, parameters: [{name: aB, in: query, schema: {}}, "
            f"{{name: a_b, in: query, schema: {{}}}}], {OK}}}",
            "get.a_b",
            "it becomes a_b in Python, as aB does",
        ),
        (
            "/x",
            f"post: {{operationId: a, requestBody: {{content: {{text/html: {{schema: {{}}}}}}}}, {OK}}}",
            "post.requestBody.content.text/html",
            "expected one of application/json",
        ),
        (
            "/x",
            f"post: {{operationId: a, requestBody: {{content: {{text/plain: {{schema: {{}}}}, "
            f"application/json: {{schema: {{}}}}}}}}, {OK}}}",
            "post.requestBody.content",
            "expected one content type",
        ),
        ("/x", "{$ref: tags.yaml#/components/pathItems/Y}", "$ref", "leads to nothing in pathItems"),
    ],
)
def test_operation(write: Write, path: str, item: str, at: str, text: str) -> None:
    problems = find_problems(write(thing=thing(paths=f"{path}: {item if item[0] == '{' else '{' + item + '}'}")))
    found = [problem for problem in problems if problem.startswith(f"thing.yaml: paths.{path}.{at}: ")]
    assert found, problems
    assert text in found[0]


def test_operation_id_twice(write: Write) -> None:
    paths = f"/x: {{get: {{operationId: a, {OK}}}}}\n/y: {{get: {{operationId: a, {OK}}}}}"
    assert find_problems(write(thing=thing(paths=paths))) == [
        "thing.yaml: paths./y.get: its operationId a is that of paths./x.get"
    ]


def test_operation_ids_that_differ_by_case_only(write: Write) -> None:
    paths = f"/x: {{get: {{operationId: getX, {OK}}}}}\n/y: {{get: {{operationId: getx, {OK}}}}}"
    assert (
        "thing.yaml: paths./y.get: its operationId getx differs by case only from that of paths./x.get"
        in find_problems(write(thing=thing(paths=paths)))
    )


def test_two_operations_of_one_python_name(write: Write) -> None:
    paths = f"/x: {{get: {{operationId: getX, {OK}}}}}\n/y: {{get: {{operationId: get_x, {OK}}}}}"
    assert "it becomes get_x in Python, as getX does" in "\n".join(find_problems(write(thing=thing(paths=paths))))


def test_path_parameters_of_an_item_from_another_file(write: Write) -> None:
    tags = thing().replace("title: Thing", "title: Tags") + (
        f"components: {{pathItems: {{Set: {{get: {{operationId: a, {OK}}}}}}}}}\n"
    )
    problems = find_problems(
        write(tags=tags, thing=thing(paths='/x/{id}: {$ref: "tags.yaml#/components/pathItems/Set"}'))
    )
    assert problems == ["thing.yaml: paths./x/{id}.get: the path parameter id is not declared"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [", "thing.yaml: not YAML: did not find"),
        ("a: {b: 1, b: 2}", "thing.yaml: not YAML: 'b' is written twice"),
        ("- a", "thing.yaml: expected a mapping"),
        ("openapi: 3.0.0\ninfo: {title: T}", "thing.yaml: openapi: expected 3.1.x"),
        ("openapi: 3.1.0\ninfo: {}", "thing.yaml: info: expected a mapping with a title"),
        ("openapi: 3.1.0\ninfo: {title: T}\npaths: []", "thing.yaml: paths: expected a mapping, not []"),
        (
            "openapi: 3.1.0\ninfo: {title: T}\ncomponents: {schemas: }",
            "thing.yaml: components.schemas: expected a mapping",
        ),
        ("openapi: 3.1.0\ninfo: {title: T}\nx-collection: /x", "thing.yaml: x-collection: /x is not one of the paths"),
        ("openapi: 3.1.0\ninfo: {title: T}\ncomponents: {schemas: {a b: {}}}", "expected the name of a class"),
    ],
)
def test_document(write: Write, text: str, problem: str) -> None:
    assert problem in "\n".join(find_problems(write(thing=text)))


def test_no_specifications(tmp_path: Path) -> None:
    assert find_problems(tmp_path) == [f"{tmp_path}: no specifications (*.yaml) here"]


def test_files_whose_schemas_refer_to_each_other(write: Write) -> None:
    one, two = (
        f'X: {{type: array, items: {{$ref: "{other}.yaml#/components/schemas/X"}}}}' for other in ("two", "one")
    )
    problems = find_problems(write(one=thing(one), two=thing(two)))
    assert problems == ["one.yaml: its schemas refer to each other in a circle: one.yaml > two.yaml > one.yaml"]


def test_a_variant_in_another_file(write: Write) -> None:
    base = """
        Base:
          type: object
          discriminator: {propertyName: kind, mapping: {a: "two.yaml#/components/schemas/Sub"}}
          properties: {kind: {type: string}}
    """.replace("\n        ", "\n")
    sub = 'Sub: {allOf: [{$ref: "one.yaml#/components/schemas/Base"}, {type: object, properties: {}}]}'
    assert (
        "one.yaml: components.schemas.Base.discriminator.mapping.a: two.yaml#/components/schemas/Sub is in another"
        in ("\n".join(find_problems(write(one=thing(base), two=thing(sub)))))
    )


def test_all_errors_are_told(write: Write) -> None:
    folder = write(one=thing("X: {type: object, nullable: true}\nY: {type: nothing}"), two=thing("X: {title: T}"))
    assert [problem.partition(": ")[2].partition(": ")[0] for problem in find_problems(folder)] == [
        "components.schemas.X.nullable",
        "components.schemas.Y.type",
        "components.schemas.X.title",
    ]


def test_errors_are_printed_without_a_traceback(write: Write, tmp_path: Path) -> None:
    folder = write(thing=thing("X: {type: object, nullable: true}"))
    for command in ("generate", "check"):
        run = subprocess.run(
            [sys.executable, "-m", "codegen", command, "--specs", str(folder), "--out", str(tmp_path / "out")],
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        assert run.returncode == 1
        assert run.stderr == f"{folder}/thing.yaml: {X}.nullable: this keyword is not supported\n"
    assert not (tmp_path / "out").exists()


def test_what_the_parser_complains_of_is_an_error(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # the rules let this through; the parser doesn't
    folder = write(thing=thing("X: {type: object, properties: {a: {type: integer, default: many}}}"))
    assert main(["check", "--specs", str(folder), "--out", "nowhere"]) == 1
    assert capsys.readouterr().err.startswith(f"{folder}/thing.yaml: ")
