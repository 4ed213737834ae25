"""What of the facade is generated from small documents, and what it is generated from in earnest."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import snowcore
from codegen.__main__ import main, read_files

from .conftest import ROOT

FACADE = Path(snowcore.__file__).parent
THING = """
openapi: 3.1.0
info: {title: Odd thing, version: "1", description: A thing that is odd.}
x-collection: PARENT/odd-things
x-facade: generated
paths:
  PARENT/odd-things:
    parameters: [PARAMETERS]
    get:
      operationId: listOddThings
      summary: The odd things there.
      parameters:
        - {name: like, in: query, schema: {type: string}, description: A pattern.}
        - {name: showLimit, in: query, schema: {type: integer}, description: So many.}
      responses:
        "200":
          description: x
          content: {application/json: {schema: {type: array, items: &odd {$ref: "#/components/schemas/OddThing"}}}}
    post:
      operationId: createOddThing
      summary: Make an odd thing.
      parameters:
        - name: createMode
          in: query
          schema: {type: string, enum: [errorIfExists, orReplace, ifNotExists]}
        - {name: copyGrants, in: query, schema: {type: boolean}, description: With its privileges.}
      requestBody: {required: true, content: {application/json: {schema: *odd}}}
      responses: {"200": {$ref: "common.yaml#/components/responses/Success"}}
  PARENT/odd-things/{name}:
    parameters: [PARAMETERS {name: name, in: path, required: true, schema: {type: string}}]
    get:
      operationId: fetchOddThing
      summary: The odd thing.
      responses: {"200": {description: x, content: {application/json: {schema: *odd}}}}
    delete:
      operationId: deleteOddThing
      summary: Drop it.
      parameters: [{name: ifExists, in: query, schema: {type: boolean}}]
      responses: {"200": {$ref: "common.yaml#/components/responses/Success"}}
  PARENT/odd-things/{name}:even-out:
    parameters: [PARAMETERS {name: name, in: path, required: true, schema: {type: string}}]
    post:
      operationId: evenOutOddThing
      summary: Make it even.
      parameters:
        - {name: ifExists, in: query, schema: {type: boolean}, description: Else nothing.}
        - {name: by, in: query, required: true, schema: {type: integer}, description: How much.}
      requestBody: {content: {application/json: {schema: *odd}}}
      responses: {"200": {description: x, content: {application/json: {schema: {type: array, items: *odd}}}}}
components:
  schemas:
    OddThing: {type: object, description: It., required: [name], properties: {name: {type: string}}}
"""
SERVICE = """
openapi: 3.1.0
info: {title: Talk, version: "1", description: Talk goes on. It may end.}
x-service: {module: odd.talk_service, name: odd_talk_service, methods: {sayIt: say}}
paths:
  /api/v2/talk:
    post:
      operationId: sayIt
      summary: Say something.
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "words.yaml#/components/schemas/Said"}}}
      responses:
        "200":
          description: x
          content:
            application/json: {schema: {$ref: "words.yaml#/components/schemas/Said"}}
            text/event-stream: {schema: {type: string}}
    get:
      operationId: listTopics
      summary: The topics.
      responses:
        "200":
          description: x
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Topic"}}}}
components:
  schemas:
    Topic: {type: object, properties: {name: {type: string}}}
"""
WORDS = """
openapi: 3.1.0
info: {title: Words, version: "1"}
components:
  schemas:
    Said: {type: object, properties: {parts: {type: array, items: {$ref: "#/components/schemas/Part"}}}}
    Part:
      type: object
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {word: "#/components/schemas/Word"}}
    Word: {allOf: [{$ref: "#/components/schemas/Part"}, {type: object, properties: {word: {type: string}}}]}
    Unsaid: {type: object, properties: {x: {type: string}}}
"""
PARENTS = {
    "Account": ("/api/v2", ""),
    "Database": ("/api/v2/databases/{database}", "{name: database, in: path, required: true, schema: {type: string}},"),
}

Write = Callable[..., Path]


def thing(place: str = "Account") -> str:
    path, parameters = PARENTS[place]
    return THING.replace("PARENT", path).replace("PARAMETERS", parameters)


def flat(text: str) -> str:
    """A text on one line, however it was broken."""
    return re.sub(r",?\s+(?=[)\]])|(?<=[(\[])\s+", "", re.sub(r"\s+", " ", text))


@pytest.fixture
def written(write: Write, tmp_path: Path) -> Callable[..., str]:
    """The module of a document, written as users have it."""

    def written(text: str, name: str = "_generated/odd_thing.py", **others: str) -> str:
        options = ["--specs", str(write(**{"odd-thing": text}, **others)), "--out", str(tmp_path / "out")]
        facade = tmp_path / "facade"
        facade.mkdir(exist_ok=True)
        assert main(["generate", *options, "--facade", str(facade)]) == 0
        assert main(["check", *options, "--facade", str(facade)]) == 0
        return (facade / name).read_text()

    return written


def test_a_resource_is_written_as_by_hand(written: Callable[..., str]) -> None:
    text = written(thing())
    assert text.startswith("# Generated from specs/odd-thing.yaml by `make generate`. Do not edit.\n")
    assert '__all__ = ["OddThing", "OddThingCollection", "OddThingResource"]' in flat(text)
    assert 'class OddThingResource(AccountObject, Fetched[OddThing], Dropped):\n    """An odd thing."""' in text
    assert 'class OddThingCollection(AccountObjects[OddThingResource]):\n    """The odd things there."""' in text
    compile(text, "odd_thing.py", "exec")


def test_a_resource_is_public_under_both_names(written: Callable[..., str], tmp_path: Path) -> None:
    public = 'import OddThing, OddThingCollection, OddThingResource __all__ = ["OddThing", "OddThingCollection", '
    assert f"from snowcore._generated.odd_thing {public}" in flat(written(thing(), "odd_thing.py"))
    drop_in = (tmp_path / "snowflake-stubs" / "core" / "odd_thing" / "__init__.py").read_text()
    assert f"from snowcore.odd_thing {public}" in flat(drop_in)


def test_arguments_are_in_the_order_that_users_know(written: Callable[..., str]) -> None:
    text = flat(written(thing()))
    signature = "def even_out(self, by: int, if_exists: bool | None = None, odd_thing: OddThing | None = None)"
    assert f"{signature} -> Steps[list[OddThing]]:" in text
    assert "return Whole(rest.even_out_odd_thing(*self.path, odd_thing, by=by, if_exists=if_exists))" in text
    assert "even_out_async = twin(even_out)" in text


def test_lists_have_a_limit_under_both_of_its_names(written: Callable[..., str]) -> None:
    text = flat(written(thing()))
    assert "def iter(self, *, like: str | None = None, limit: int | None = None, show_limit: int | None = None)" in text
    assert "return Listing(rest.list_odd_things(like=like, show_limit=limit))" in text
    assert "limit: So many. show_limit: An old name of `limit`." in text


def test_what_is_renamed_by_a_description_follows_its_name(written: Callable[..., str]) -> None:
    asked = thing().replace("{name}:even-out", "{name}:rename").replace("evenOut", "rename")
    asked = asked.replace("requestBody: {content", "requestBody: {required: true, content")
    text = written(asked)
    called = "yield from Whole(rest.rename_odd_thing(*self.path, odd_thing, by=by, if_exists=if_exists))"
    assert f"{called} self.follow_to(odd_thing.name)" in flat(text)


def test_what_is_of_no_one_object_is_a_method_of_the_collection(written: Callable[..., str]) -> None:
    named = "parameters: [ {name: name, in: path, required: true, schema: {type: string}}]"
    text = thing().replace("/{name}:even-out:\n    " + named, ":even-out:")
    collection = written(text).partition("class OddThingCollection")[2]
    assert "def even_out(self, by: int, if_exists: bool | None = None, odd_thing: OddThing | None = None)" in flat(
        collection
    )
    assert "rest.even_out_odd_thing(odd_thing, by=by, if_exists=if_exists)" in flat(collection)


def test_things_elsewhere_know_where_they_are(written: Callable[..., str], tmp_path: Path) -> None:
    text = written(thing("Database"))
    assert "class OddThingCollection(DatabaseObjects[OddThingResource]):" in text
    call = "rest.create_odd_thing(*self.path, odd_thing, create_mode=encode_mode(mode), copy_grants=copy_grants)"
    assert call in flat(text)
    places = (tmp_path / "facade" / "_generated" / "places.py").read_text()
    assert places.index("class DatabasePlaces") < places.index('odd_things = child("odd_thing", "OddThingCollection")')


def test_a_service_has_a_method_for_each_operation(written: Callable[..., str], tmp_path: Path) -> None:
    text = flat(written(SERVICE, "_generated/odd_talk_service.py", words=WORDS))
    assert 'class OddTalkService(Service): """Talk goes on."""' in text
    assert "def say(self, said: Said) -> Steps[SSEClient]:" in text
    assert "return Streamed(rest.say_it(said))" in text
    assert "def list_topics(self) -> Steps[list[Topic]]:" in text
    assert "from snowcore._services import Service" in text
    assert '__all__ = ["OddTalkService", "Part", "Said", "Topic", "Word"]' in text
    places = (tmp_path / "facade" / "_generated" / "places.py").read_text()
    assert 'odd_talk_service = child("odd.talk_service", "OddTalkService")' in places


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("{module: odd.talk_service, ", "{", "x-service: expected {module, name}, and perhaps hides, methods"),
        ("sayIt: say}", "sing: say}", "x-service.methods: sing is not the operationId of an operation here"),
    ],
)
def test_services_that_say_too_little_are_refused(
    old: str, new: str, problem: str, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--specs", str(write(talk=SERVICE.replace(old, new), words=WORDS)), "--out", str(tmp_path / "out")]
    assert main(["generate", *options]) == 1
    assert problem in capsys.readouterr().err


def test_what_is_no_longer_asked_for_goes(written: Callable[..., str], tmp_path: Path) -> None:
    written(thing())
    by_hand = tmp_path / "facade" / "by_hand.py"
    by_hand.write_text("x = 1\n")
    with pytest.raises(FileNotFoundError):
        written(thing().replace("x-facade: generated\n", ""))
    assert set(read_files(tmp_path / "facade")) == {"_generated/__init__.py", "_generated/places.py", "by_hand.py"}
    drop_in = read_files(tmp_path / "snowflake-stubs" / "core")
    assert {name for name in drop_in if not name.startswith("_")} == {"by_hand/__init__.py"}


def test_what_is_written_by_hand_is_not_replaced(
    written: Callable[..., str], write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "facade").mkdir()
    (tmp_path / "facade" / "odd_thing.py").write_text("x = 1\n")
    with pytest.raises(AssertionError):
        written(thing())
    assert "facade/odd_thing.py: written by hand; remove that, or x-facade" in capsys.readouterr().err
    assert (tmp_path / "facade" / "odd_thing.py").read_text() == "x = 1\n"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("x-facade: generated", "x-facade: true"), "expected `generated`, or some of any-name, "),
        (("x-collection: /api/v2/odd-things\n", ""), "expected `generated`, or some of any-name, "),
        (("/api/v2/odd", "/api/v3/odd"), "its collection is not in the account, a database or a schema"),
        (("OddThing:", "EvenThing:", "schemas/OddThing", "schemas/EvenThing"), "there is no schema OddThing"),
        (("requestBody: {required: true, content: {application/json: {schema: *odd}}}", ""), "needs a body"),
        (
            ("content: {application/json: {schema: *odd}}}", "content: {application/json: {schema: {type: object}}}}"),
            "needs a body of a class",
        ),
    ],
)
def test_documents_that_say_too_little_are_refused(
    change: tuple[str, ...], problem: str, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = thing()
    for old, new in zip(change[::2], change[1::2]):
        assert old in text
        text = text.replace(old, new)
    options = ["--specs", str(write(**{"odd-thing": text})), "--out", str(tmp_path / "out")]
    assert main(["generate", *options, "--facade", str(tmp_path)]) == 1
    assert problem in capsys.readouterr().err


def test_the_facade_is_what_the_specs_say(tmp_path: Path) -> None:
    options = ["--specs", str(ROOT / "specs"), "--out", str(tmp_path / "out"), "--facade", str(tmp_path / "facade")]
    (tmp_path / "facade").mkdir()
    assert main(["generate", *options]) == 0
    made = read_files(tmp_path / "facade")
    assert len(made) > 10
    assert {name: (FACADE / name).read_text() for name in made} == made
