"""Small specifications, generated, imported and used."""

from __future__ import annotations

import inspect
import json
import re
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import attrs
import pytest

Made = Callable[..., ModuleType]


def hints(cls: Any) -> dict[str, Any]:
    return {field.name: field.type for field in attrs.fields(cls)}


# Models


def test_kinds_of_values(made: Made) -> None:
    m = made("""
        Thing:
          type: object
          required: [text]
          properties:
            text: {type: string, maxLength: 3}
            whole: {type: integer, format: int64, minimum: 0}
            number: {type: number, format: double, maximum: 1.5}
            flag: {type: boolean, default: true}
            day: {type: string, format: date}
            moment: {type: string, format: date-time}
            blob: {type: string, format: byte}
            id: {type: string, format: uuid}
            password: {type: string, format: password}
            anything: {}
            free: {type: object}
            texts: {type: array, items: {type: string}}
            numbers: {type: object, additionalProperties: {type: integer}}
            maybe: {type: array, items: {type: [string, "null"]}}
            either: {anyOf: [{type: string}, {type: integer}]}
    """)
    assert hints(m.Thing) == {
        "text": "str",
        "whole": "int | None",
        "number": "float | None",
        "flag": "bool | None",
        "day": "date | None",
        "moment": "datetime | None",
        "blob": "bytes | None",
        "id": "str | None",
        "password": "str | None",
        "anything": "Any",
        "free": "dict[str, Any] | None",
        "texts": "list[str] | None",
        "numbers": "dict[str, int] | None",
        "maybe": "list[str | None] | None",
        "either": "str | int | None",
    }
    thing = m.Thing(text="abc", day=date(2024, 1, 2), blob=b"hi", password="s3cret", maybe=["a", None], either=3)
    assert typing.get_type_hints(m.Thing)["moment"] == datetime | None
    assert thing.to_dict() == {
        "text": "abc",
        "flag": True,
        "day": date(2024, 1, 2),
        "blob": "aGk=",
        "password": "s3cret",
        "maybe": ["a", None],
        "either": 3,
    }
    assert "s3cret" not in repr(thing)
    assert m.Thing.from_dict(thing.to_dict()) == thing
    for name, value in (("text", "abcd"), ("whole", -1), ("number", 2), ("texts", [1]), ("numbers", {"a": "b"})):
        with pytest.raises((TypeError, ValueError), match=rf"Thing\.{name}"):
            m.Thing(**{"text": "abc", name: value})


def test_required_nullable_and_default(made: Made) -> None:
    m = made("""
        Thing:
          type: object
          required: [must, null_ok, named_null_ok, any_ok, seen]
          properties:
            must: {type: string}
            null_ok: {type: [string, "null"]}
            named_null_ok: {anyOf: [{$ref: "#/components/schemas/Part"}, {type: "null"}]}
            any_ok: {}
            seen: {type: string, readOnly: true}
            mode: {type: string, enum: [slow, fast], default: fast}
        Part: {type: object, properties: {x: {type: integer}}}
    """)
    with pytest.raises(TypeError, match="missing 2 required keyword-only arguments: 'must' and 'seen'"):
        m.Thing()
    thing = m.Thing(must="x", seen="y")
    assert (thing.null_ok, thing.named_null_ok, thing.any_ok, thing.mode) == (None, None, None, "fast")
    said = {"must": "x", "null_ok": None, "named_null_ok": None, "any_ok": None, "mode": "fast"}
    assert thing.to_dict() == {**said, "seen": "y"}, "a null that is required is sent"
    assert thing.to_dict_without_readonly_properties() == said
    assert m.Thing(must="x", seen="y", named_null_ok={"x": 1}).named_null_ok == m.Part(x=1)


def test_enums_keep_their_order_and_newer_values_are_read(made: Made) -> None:
    m = made("""
        Thing:
          type: object
          properties:
            kind: {type: string, enum: [b, B, a, "", c c]}
    """)
    assert typing.get_args(typing.get_type_hints(m.Thing)["kind"])[0] == Literal["b", "B", "a", "", "c c"]
    with pytest.warns(UserWarning, match=r"'z' is none of the values known here \('b','B','a','','c c'\)"):
        assert m.Thing(kind="z").to_dict() == {"kind": "z"}
    assert m.Thing.from_dict({"kind": "z"}).kind == "z"


UNION = """
    Shape:
      type: object
      description: A shape.
      required: [type]
      discriminator:
        propertyName: type
        mapping:
          round: "#/components/schemas/Round"
          ball: "#/components/schemas/Ball"
          cube: "#/components/schemas/Cube"
      properties:
        type: {type: string, description: Which shape.}
        colour: {type: string}
    Round:
      allOf:
        - $ref: "#/components/schemas/Shape"
        - {type: object, required: [radius], properties: {radius: {type: integer}}}
    Ball:
      allOf:
        - $ref: "#/components/schemas/Round"
        - {type: object, properties: {weight: {type: integer}}}
    Solid:
      allOf:
        - $ref: "#/components/schemas/Shape"
        - {type: object, required: [colour], properties: {}}
    Cube:
      allOf:
        - $ref: "#/components/schemas/Solid"
        - {type: object, properties: {edge: {type: integer}}}
    Box:
      type: object
      required: [shape]
      properties:
        shape: {$ref: "#/components/schemas/Shape"}
        shapes: {type: array, items: {$ref: "#/components/schemas/Shape"}}
        named: {type: object, additionalProperties: {$ref: "#/components/schemas/Shape"}}
"""


def test_union_two_levels_deep(made: Made) -> None:
    m = made(UNION)
    assert [cls.__mro__[1] for cls in (m.Round, m.Ball, m.Solid, m.Cube)] == [m.Shape, m.Round, m.Shape, m.Solid]
    for cls, sent in (
        (m.Round, {"type": "round", "radius": 1}),
        (m.Ball, {"type": "ball", "radius": 1, "weight": 2}),
        (m.Cube, {"type": "cube", "colour": "red", "edge": 3}),
        (m.Shape, {"type": "star", "colour": "red"}),
    ):
        read = m.Shape.from_dict(sent)
        assert type(read) is cls
        assert read.to_dict() == sent
        box = m.Box.from_dict({"shape": sent, "shapes": [sent], "named": {"x": sent}})
        assert box.shape == box.shapes[0] == box.named["x"] == read
    assert m.Ball(radius=1).type == "ball"
    assert m.Round(radius=1).type == "round"
    assert m.Shape().type is None
    assert m.Box(shape={"type": "ball", "radius": 1}).shape == m.Ball(radius=1)
    with pytest.raises(TypeError, match="colour"):
        m.Cube(edge=1)
    with pytest.raises(ValueError, match=r"Shape\.type: expected one of 'round', 'ball', 'cube', not 'star'"):
        m.Box(shape={"type": "star"})


def test_a_variant_that_says_its_values_may_be_given_one(made: Made) -> None:
    m = made("""
        Shape:
          type: object
          required: [type]
          discriminator:
            propertyName: type
            mapping:
              round: "#/components/schemas/Round"
              circle: "#/components/schemas/Round"
              cube: "#/components/schemas/Cube"
          properties:
            type: {type: string}
        Round:
          allOf:
            - $ref: "#/components/schemas/Shape"
            - {type: object, required: [type], properties: {r: {}, type: {type: string, enum: [round, circle]}}}
        Cube:
          allOf:
            - $ref: "#/components/schemas/Shape"
            - {type: object, properties: {edge: {type: integer}}}
    """)
    assert [f.name for f in attrs.fields(m.Round) if f.init] == ["type", "r"]
    assert m.Round(r=1) == m.Round(type="round", r=1)
    assert m.Round(r=1).to_dict() == {"r": 1, "type": "round"}
    for sent in ({"type": "circle", "r": 1}, {"type": "round", "r": 1}):
        assert m.Shape.from_dict(sent) == m.Round(**sent)
        assert m.Round(**sent).to_dict() == sent
    with pytest.warns(UserWarning, match=r"Round\.type: 'cube' is none of the values known here \('round','circle'\)"):
        m.Round(type="cube")
    with pytest.warns(UserWarning, match="type"):
        m.Cube(type="cube")


def test_open_objects_keep_what_is_not_declared(made: Made) -> None:
    m = made("""
        Keyword:
          type: object
          discriminator: {propertyName: type, mapping: {text: "#/components/schemas/Text"}}
          properties: {type: {type: string}}
          additionalProperties: true
        Text:
          allOf:
            - $ref: "#/components/schemas/Keyword"
            - {type: object, properties: {maxLength: {type: integer}}, additionalProperties: true}
        Named:
          allOf:
            - $ref: "#/components/schemas/Keyword"
            - {type: object, required: [name], properties: {name: {type: string}}}
        Closed:
          type: object
          properties:
            keyword: {$ref: "#/components/schemas/Keyword"}
            inline: {type: object, properties: {a: {type: integer}}, additionalProperties: true}
          additionalProperties: false
        Opened:
          allOf:
            - $ref: "#/components/schemas/Closed"
            - {type: object, properties: {}, additionalProperties: true}
        Listed:
          type: object
          properties:
            type: {type: string}
            additional_properties: {type: object, default: {}}
          additionalProperties: true
    """)
    sent = {"type": "text", "maxLength": 3, "$ref": "x", "default": None, "additionalProperties": {"type": "null"}}
    others = {name: sent[name] for name in ("$ref", "default", "additionalProperties")}
    for cls in (m.Keyword, m.Text):
        assert cls.from_dict(sent) == m.Text(max_length=3, additional_properties=others)
        assert cls.from_dict(sent).to_dict() == sent
    closed = m.Closed(keyword=sent, inline={"a": 1, "b": 2})
    assert closed.to_dict() == {"keyword": sent, "inline": {"a": 1, "b": 2}}
    assert closed.inline == m.ClosedInline(a=1, additional_properties={"b": 2})
    assert m.Named(name="n", additional_properties={"a": 1}).to_dict() == {"name": "n", "a": 1}
    assert m.Closed.from_dict({"a": 1}).to_dict() == {}
    assert m.Opened.from_dict({"a": 1}).to_dict() == {"a": 1}
    assert m.Listed(additional_properties={"a": 1}).to_dict() == {"a": 1}, "it is not the name of a field on the wire"
    assert hints(m.Listed) == {"type": "str | None", "additional_properties": "dict[str, Any]"}


def test_extending_without_a_discriminator(made: Made) -> None:
    m = made(
        """
        Clone:
          allOf:
            - $ref: "other.yaml#/components/schemas/Original"
            - type: object
              required: [comment]
              properties:
                of: {$ref: "other.yaml#/components/schemas/Original"}
        """,
        other="""
openapi: 3.1.0
info: {title: Other, version: "1"}
components:
  schemas:
    Original:
      type: object
      required: [name]
      properties:
        name: {$ref: "common.yaml#/components/schemas/Identifier"}
        comment: {type: string}
        age: {type: integer, readOnly: true}
      x-positional: true
        """,
    )
    clone = m.Clone("a", comment="c", of={"name": "b"})
    assert clone.to_dict() == {"name": "a", "comment": "c", "of": {"name": "b"}}
    assert type(clone).__mro__[1].__module__ == m.__name__.replace("thing", "other")
    with pytest.raises(TypeError, match="comment"):
        m.Clone("a")
    with pytest.raises(
        ValueError, match=r"Clone\.name: must validate the regular expression /\^\[a-z\]\+\$/, unlike 'A'"
    ):
        m.Clone("A", comment="c")


def test_positional_by_name(made: Made) -> None:
    m = made("""
        Thing:
          type: object
          required: [definition, name]
          properties:
            comment: {type: string}
            definition: {type: string}
            name: {type: string}
          x-positional: [name, definition, comment]
    """)
    assert m.Thing("n", "d", "c") == m.Thing(name="n", definition="d", comment="c")
    with pytest.raises(TypeError):
        m.Thing("n", "d", "c", "x")


def test_models_in_circles_and_inline(made: Made) -> None:
    m = made("""
        Tree:
          type: object
          properties:
            children: {type: array, items: {$ref: "#/components/schemas/Tree"}}
            leaf: {$ref: "#/components/schemas/Leaf"}
            soil: {type: object, properties: {ph: {type: number}}}
            rings: {type: array, items: {type: object, properties: {width: {type: integer}}}}
        Leaf:
          type: object
          properties:
            tree: {$ref: "#/components/schemas/Tree"}
    """)
    sent = {"children": [{"leaf": {"tree": {"soil": {"ph": 7}}}}], "rings": [{"width": 1}]}
    tree = m.Tree.from_dict(sent)
    assert tree.to_dict() == sent
    assert tree.children[0].leaf.tree.soil == m.TreeSoil(ph=7)
    assert tree == m.Tree(**sent)


def test_names_that_python_or_the_runtime_have_taken(made: Made) -> None:
    names = ["class", "async", "self", "field", "model", "list", "dict", "str", "bytes", "date", "datetime", "schema"]
    names += ["property", "portRange", "sf-x", "a$b", "toDict", "from_dict", "Any", "Literal", "type", "None", "int"]
    properties = "".join(
        f"""
            {name!r}: {{type: array, items: {{type: string, format: date}}}}"""
        for name in names
    )
    m = made(f"""
        Thing:
          type: object
          properties: {properties}
            kind: {{type: string, enum: [a]}}
            free: {{type: object}}
            blob: {{type: string, format: byte}}
            number: {{type: integer}}
            moment: {{type: string, format: date-time}}
        Model: {{type: object, properties: {{x: {{$ref: "#/components/schemas/Nested"}}}}}}
        Nested: {{type: object, properties: {{x: {{$ref: "#/components/schemas/Operation"}}}}}}
        Operation: {{type: object, properties: {{x: {{type: array, items: {{$ref: "#/components/schemas/Any"}}}}}}}}
        Any: {{type: object, properties: {{x: {{type: integer, minimum: 1}}}}}}
        Literal: {{type: string, enum: [a, b]}}
        Integer: {{type: object, properties: {{x: {{$ref: "#/components/schemas/Literal"}}}}}}
    """)  # fmt: skip
    assert list(hints(m.Thing)) == [
        *("class_", "async_", "self_", "field", "model", "list", "dict", "str", "bytes", "date", "datetime", "schema"),
        *("property", "port_range", "sf_x", "a_b", "to_dict_", "from_dict_", "any", "literal", "type", "none", "int"),
        *("kind", "free", "blob", "number", "moment"),
    ]
    sent = {name: ["2024-01-02"] for name in names} | {"kind": "a", "free": {"a": 1}, "blob": "aGk=", "number": 1}
    thing = m.Thing.from_dict(sent)
    assert json.loads(thing.to_json()) == sent
    assert m.Thing(**{f.name: getattr(thing, f.name) for f in attrs.fields(m.Thing)}) == thing
    assert all(typing.get_type_hints(m.Thing).values())
    chain = m.Model(x={"x": {"x": [{"x": 1}]}})
    assert chain.x.x.x[0] == m.Any(x=1)
    with pytest.raises(ValueError, match=r"Any\.x"):
        m.Any(x=0)
    with pytest.raises(ValueError, match=r"Integer\.x"):
        m.Integer(x=1)


def test_named_strings_are_constants_that_are_defined_once(made: Made) -> None:
    m = made("""
        Colour: {type: string, enum: [red, blue], default: red}
        Plain: {type: string}
        Thing:
          type: object
          properties:
            a: {$ref: "#/components/schemas/Colour"}
            b: {$ref: "#/components/schemas/Colour", default: blue, readOnly: true}
            c: {$ref: "#/components/schemas/Plain"}
            d: {$ref: "common.yaml#/components/schemas/Identifier"}
    """)
    kinds = {field.name: field.metadata["kind"] for field in attrs.fields(m.Thing)}
    assert kinds["a"] is kinds["b"] is m.COLOUR
    assert kinds["d"] is m.IDENTIFIER
    assert not hasattr(m, "PLAIN")
    assert m.Thing().to_dict() == {"a": "red", "b": "blue"}
    assert m.Thing().to_dict(hide_readonly_properties=True) == {"a": "red"}


def test_values_with_quotes_in_them(made: Made) -> None:
    m = made(r"""
        Thing:
          type: object
          discriminator: {propertyName: 'the "kind"', mapping: {'a "\\ b': "#/components/schemas/Sub"}}
          properties:
            the "kind": {type: string}
            'back\\slash': {type: string, enum: ["it's", '"', '\\', "{x}"], default: '\\'}
        Sub: {allOf: [{$ref: "#/components/schemas/Thing"}, {type: object, properties: {}}]}
    """)
    sent = {'the "kind"': 'a "\\\\ b', "back\\\\slash": "{x}"}
    assert type(m.Thing.from_dict(sent)) is m.Sub
    assert m.Sub(back_slash="{x}").to_dict() == sent
    assert m.Thing().back_slash == "\\\\"


def test_text_of_the_specification_becomes_docstrings(made: Made) -> None:
    m = made(r"""
        Thing:
          type: object
          description: |-
            Says "three quotes: \"\"\"" and \n, a backslash.

            A second paragraph.
          properties:
            x: {type: string, description: 'Ends with a "quote"'}
    """)
    doc = inspect.cleandoc(m.Thing.__doc__)
    text = 'Says "three quotes: \\"\\"\\"" and \\n, a backslash.\n\nA second paragraph.'
    assert doc == f'{text}\n\nArgs:\n    x: Ends with a "quote"'


def test_same_name_in_two_documents(made: Made) -> None:
    m = made(
        """
        Part: {type: object, properties: {mine: {type: integer}}}
        Thing:
          type: object
          properties:
            mine: {$ref: "#/components/schemas/Part"}
            theirs: {$ref: "other.yaml#/components/schemas/Part"}
        """,
        other="""
openapi: 3.1.0
info: {title: Other, version: "1"}
components: {schemas: {Part: {type: object, properties: {theirs: {type: integer}}}}}
        """,
    )
    thing = m.Thing(mine={"mine": 1}, theirs={"theirs": 2})
    assert thing.to_dict() == {"mine": {"mine": 1}, "theirs": {"theirs": 2}}
    assert type(thing.mine) is m.Part is not type(thing.theirs)


# Operations

THING = """
    Thing: {type: object, required: [name], properties: {name: {type: string}, id: {type: string, readOnly: true}}}
"""


def test_arguments_in_their_order(made: Made) -> None:
    m = made(
        THING,
        """
        /parents/{parent}/things/{thingName}:
          parameters:
            - {name: thingName, in: path, required: true, schema: {type: string}}
            - {name: parent, in: path, required: true, schema: {type: string, enum: [a, b]}}
            - {name: createMode, in: query, schema: {type: string, enum: [x, y], default: x}, description: What to do.}
          put:
            operationId: putThing
            summary: Put it.
            description: And more of it.
            deprecated: true
            parameters:
              - {name: X-Trace, in: header, schema: {type: string}, description: A trace.}
              - {name: async, in: query, required: true, schema: {type: boolean}}
              - {name: tag, in: query, schema: {type: array, items: {type: string}}}
              - {name: since, in: query, schema: {type: string, format: date-time}}
              - {name: limit, in: query, schema: {type: integer, minimum: 1}}
            requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
            responses: {"200": {$ref: "common.yaml#/components/responses/Success"}}
        """,
    )
    assert re.sub("['\"]", "", str(inspect.signature(m.put_thing))) == (
        "(parent: Literal[a, b] | str, thing_name: str, thing: Thing, *, async_: bool, "
        "create_mode: Literal[x, y] | str | None = None, x_trace: str | None = None, tag: list[str] | None = None, "
        "since: datetime | None = None, limit: int | None = None) -> Operation[None]"
    )
    call = m.put_thing(
        "a",
        "b/c",
        m.Thing(name="n", id="i"),
        async_=False,
        x_trace="t",
        tag=["p", "q"],
        since=datetime(2024, 1, 2, tzinfo=UTC),
    )
    assert call.target == "/parents/a/things/b%2Fc?async=false&tag=p&tag=q&since=2024-01-02T00%3A00%3A00%2B00%3A00"
    assert (call.id, call.method, call.headers) == ("putThing", "PUT", {"X-Trace": "t"})
    assert (call.body, call.answer, call.accept, call.content_type) == ({"name": "n"}, None, "application/json", None)
    assert inspect.cleandoc(m.put_thing.__doc__) == (
        "Put it.\n\nAnd more of it.\n\nDeprecated.\n\nArgs:\n"
        "    create_mode: What to do. The server's default is `x`.\n    x_trace: A trace."
    )
    for wrong in ({"limit": 0}, {"create_mode": 1}, {"async_": None}, {"tag": "p"}):
        with pytest.raises((TypeError, ValueError), match=next(iter(wrong))):
            m.put_thing("a", "b", {"name": "n"}, **({"async_": True} | wrong))
    with pytest.warns(UserWarning, match="create_mode: 'z' is none of"):
        assert "createMode=z" in m.put_thing("a", "b", {"name": "n"}, async_=True, create_mode="z").target
    with pytest.raises(TypeError, match="thing: expected a Thing or a dict, not None"):
        m.put_thing("a", "b", None, async_=True)


def test_parameters_that_shadow_what_the_function_uses(made: Made) -> None:
    m = made(
        "",
        """
        /x/{segment}/{body}:
          post:
            operationId: field
            parameters:
              - {name: segment, in: path, required: true, schema: {type: string}}
              - {name: body, in: path, required: true, schema: {type: string}}
              - {name: argument, in: query, schema: {type: string}}
              - {name: list, in: query, schema: {type: array, items: {type: string}}}
              - {name: str, in: query, schema: {type: string}}
              - {name: Operation, in: query, schema: {type: string}}
              - {name: model, in: query, schema: {type: string}}
            requestBody: {content: {text/plain: {schema: {type: string}}}}
            x-body-name: text
            responses: {"200": {description: Done.}}
        /list:
          get:
            operationId: list
            responses: {"200": {description: D, content: {application/json: {schema: {type: array, items: {}}}}}}
        """,
    )
    call = m.field("a", "b", "hello", argument="c", list=["d"], str="e", operation="f", model="g")
    assert call.target == "/x/a/b?argument=c&list=d&str=e&Operation=f&model=g"
    assert (call.body, call.content_type) == ("hello", "text/plain")
    assert m.field("a", "b").body is None
    assert m.list().decode([1]) == [1]
    assert typing.get_type_hints(m.list)["return"].__args__ == (list[Any],)


def test_bodies_and_answers(made: Made) -> None:
    m = made(
        THING,
        """
        /json:
          post:
            operationId: json
            requestBody:
              required: true
              content:
                application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}
            responses:
              "200":
                description: All.
                content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}
        /inline:
          post:
            operationId: inline
            x-body-name: settings
            requestBody:
              content:
                application/json: {schema: {type: object, required: [a], properties: {a: {type: integer}}}}
            responses:
              "201":
                description: A map.
                content:
                  application/json: {schema: {type: object, additionalProperties: {type: string, format: date}}}
              "202": {description: Not yet.}
        /bytes:
          post:
            operationId: bytes
            requestBody: {required: true, content: {application/octet-stream: {schema: {type: string, format: binary}}}}
            responses: {"200": {description: B, content: {application/octet-stream: {schema: {type: string}}}}}
        /text:
          get:
            operationId: text
            responses: {"200": {description: T, content: {text/plain: {schema: {type: string}}}}}
        /events:
          get:
            operationId: events
            responses: {"200": {description: E, content: {text/event-stream: {schema: {type: object}}}}}
        /both:
          get:
            operationId: both
            responses:
              "200":
                description: Both.
                content:
                  application/json: {schema: {$ref: "#/components/schemas/Thing"}}
                  text/event-stream: {schema: {type: object}}
        /none:
          get: {operationId: none, responses: {"204": {description: Nothing.}}}
        /success:
          get:
            operationId: success
            responses:
              "200":
                description: What was done.
                content: {application/json: {schema: {$ref: "common.yaml#/components/schemas/SuccessResponse"}}}
        """,
    )
    returns = {name: str(inspect.signature(getattr(m, name)).return_annotation) for name in vars(m) if name.islower()
               and inspect.isfunction(getattr(m, name)) and getattr(m, name).__module__ == m.__name__}  # fmt: skip
    assert returns == {
        "json": "Operation[list[Thing]]",
        "inline": "Operation[dict[str, date]]",
        "bytes": "Operation[_bytes]",
        "text": "Operation[str]",
        "events": "Operation[Any]",
        "both": "Operation[Thing]",
        "none": "Operation[None]",
        "success": "Operation[SuccessResponse]",
    }
    call = m.json([{"name": "a"}])
    assert call.body == [{"name": "a"}]
    assert call.decode([{"name": "a", "id": "i"}]) == [m.Thing(name="a", id="i")]
    with pytest.raises(TypeError, match=r"body\[0\]: expected a Thing or a dict, not 3"):
        m.json([3])
    assert m.inline(settings={"a": 1}).body == {"a": 1}
    assert m.inline(m.InlineBody(a=1)).decode({"x": "2024-01-02"}) == {"x": date(2024, 1, 2)}
    call = m.bytes(b"\x00")
    assert (call.body, call.content_type, call.accept) == (b"\x00", *["application/octet-stream"] * 2)
    assert call.decode(b"\x01") == b"\x01"
    with pytest.raises(TypeError, match="body: expected bytes"):
        m.bytes("x")
    assert (m.text().accept, m.text().decode("x")) == ("text/plain", "x")
    assert (m.events().accept, m.events().answer) == ("text/event-stream", m.EVENTS)
    assert m.both().accept == "application/json, text/event-stream"
    assert m.both().decode({"name": "a"}) == m.Thing(name="a")
    assert m.none().answer is None
    assert m.success().decode({"status": "x"}).status == "x"


def test_no_call_makes_a_kind(made: Made) -> None:
    m = made(
        THING,
        """
        /x:
          get:
            operationId: getX
            parameters:
              - {name: limit, in: query, schema: {type: integer, minimum: 1}}
              - {name: mode, in: query, schema: {type: string, enum: [a]}}
            responses:
              "200":
                description: X
                content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
          post:
            operationId: postX
            parameters:
              - {name: limit, in: query, schema: {type: integer, minimum: 2}}
            responses:
              "200":
                description: X
                content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
        """,
    )
    assert m.get_x().answer is m.post_x().answer is m._THING
    for function in (m.get_x, m.post_x):
        assert not {"Nested", "Integer", "Choice", "Array"} & set(function.__code__.co_names)
    m.get_x(limit=1)
    with pytest.raises(ValueError, match="at least 2"):
        m.post_x(limit=1)


# Documents

RESOURCE = """
openapi: 3.1.0
info: {title: Thing, version: "1", description: Things.}
x-collection: /parents/{parent}/things
paths:
  /parents/{parent}/things:
    parameters: [{$ref: "#/components/parameters/parent"}]
    get: {operationId: listThings, responses: {"200": {$ref: "#/components/responses/Things"}}}
    post:
      operationId: createThing
      x-accepted: false
      responses: {"200": {$ref: "common.yaml#/components/responses/Success"}}
  /parents/{parent}/things/{name}:
    parameters: [{$ref: "#/components/parameters/parent"}, {$ref: "#/components/parameters/name"}]
    get: {operationId: fetchThing, responses: {"200": {$ref: "#/components/responses/FETCHED"}}}
    put: {operationId: alterThing, responses: {"200": {$ref: "common.yaml#/components/responses/Success"}}}
    delete:
      operationId: deleteThing
      responses: {"200": {$ref: "common.yaml#/components/responses/Success"}, "404": {description: Own.}}
  /parents/{parent}/things/{name}:undrop:
    parameters: [{$ref: "#/components/parameters/parent"}, {$ref: "#/components/parameters/name"}]
    post: {operationId: undropThing, responses: {"200": {$ref: "common.yaml#/components/responses/Success"}}}
  /parents/{parent}/things/{name}:set-tags: {$ref: "tags.yaml#/components/pathItems/setTags"}
  /parents/{parent}/things/{name}:rename:
    parameters: [{$ref: "#/components/parameters/parent"}, {$ref: "#/components/parameters/name"}]
    post: {operationId: renameThing, responses: {"200": {$ref: "common.yaml#/components/responses/Success"}}}
components:
  parameters:
    parent: {name: parent, in: path, required: true, schema: {type: string}}
    name: {name: name, in: path, required: true, schema: {type: string}}
  responses:
    Thing: {description: One., content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
    Other: {description: One., content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}}}
    Things:
      description: All.
      content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}
  schemas:
    Thing: {type: object, properties: {name: {type: string}}}
"""

TAGS = """
openapi: 3.1.0
info: {title: Tags, version: "1"}
components:
  parameters:
    name: {name: name, in: path, required: true, schema: {type: string}}
    alias: {$ref: "#/components/parameters/name"}
  pathItems:
    setTags:
      parameters:
        - {name: parent, in: path, required: true, schema: {type: string}}
        - $ref: "#/components/parameters/alias"
      post:
        operationId: setTags
        responses: {"200": {$ref: "common.yaml#/components/responses/Success"}}
"""


def test_resource(generate: Callable[..., Callable[[str], ModuleType]]) -> None:
    m = generate(thing=RESOURCE.replace("FETCHED", "Thing"), tags=TAGS)("thing")
    resource = attrs.asdict(m.RESOURCE, recurse=False)
    assert resource == {
        "name": "thing",
        "collection": "/parents/{parent}/things",
        "model": m.Thing,
        "list": m.list_things,
        "create": m.create_thing,
        "fetch": m.fetch_thing,
        "create_or_alter": m.alter_thing,
        "drop": m.delete_thing,
        "undrop": m.undrop_thing,
        "rename": m.rename_thing,
        "suspend_recluster": None,
        "resume_recluster": None,
        "set_tags": m.set_tags,
        "unset_tags": None,
        "get_tags": None,
    }
    assert m.set_tags("p", "n").path == "/parents/p/things/n:set-tags"


def test_what_is_fetched_counts_most(generate: Callable[..., Callable[[str], ModuleType]]) -> None:
    m = generate(thing=RESOURCE.replace("FETCHED", "Things"), tags=TAGS)("thing")
    assert (m.RESOURCE.model, m.RESOURCE.fetch, m.RESOURCE.list) == (m.Thing, None, m.list_things)
    m = generate(thing=RESOURCE.replace("FETCHED", "Other"), tags=TAGS)("thing")
    assert m.RESOURCE.model is m.FetchThingResponse200
    assert m.RESOURCE.list is None


def test_bundle(generate: Callable[..., Callable[[str], ModuleType]]) -> None:
    m = generate(thing=RESOURCE.replace("FETCHED", "Thing"), tags=TAGS)("thing")
    package = Path(m.__file__ or "").parent
    assert [path.name for path in (package / "openapi").iterdir()] == ["thing.json"]
    assert sorted(path.name for path in package.glob("*.py")) == ["__init__.py", "common.py", "thing.py"]
    document = json.loads((package / "openapi" / "thing.json").read_text())
    assert document["x-collection"] == "/parents/{parent}/things"
    paths = document["paths"]
    deleted = paths["/parents/{parent}/things/{name}"]["delete"]["responses"]
    assert {"202", "400", "401", "403", "405", "408", "409", "410", "429", "500", "503", "504"} < deleted.keys()
    assert deleted["400"] == {"$ref": "#/components/responses/Error"}
    assert deleted["404"]["description"] == "Own."
    assert "X-Snowflake-Request-ID" in deleted["404"]["headers"]
    assert "202" not in paths["/parents/{parent}/things"]["post"]["responses"]
    tagged = paths["/parents/{parent}/things/{name}:set-tags"]
    assert tagged["post"]["operationId"] == "setTags"
    assert [
        document["components"]["parameters"][p["$ref"].rpartition("/")[2]]["name"] for p in tagged["parameters"][1:]
    ]
    for response in document["components"]["responses"].values():
        assert "X-Snowflake-Request-ID" in response["headers"]
