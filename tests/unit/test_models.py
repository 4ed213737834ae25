"""Models and the kinds of their values: checked where they are written, lenient with what a server sends."""

from __future__ import annotations

import copy
import enum
import inspect
import json
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Literal

import attrs
import pytest

from snowcore.managed_account import ManagedAccount
from snowcore.view import View
from snowcore.warehouse import Warehouse
from snowflake_rest import common_cortex_tool, cortex_inference, cortex_lite_agent
from snowflake_rest.cortex_inference import StreamingTextContent
from snowflake_rest.runtime import (
    ANY,
    BINARY,
    BOOLEAN,
    DATE,
    DATETIME,
    INTEGER,
    NUMBER,
    SECRET,
    STRING,
    Array,
    Choice,
    Integer,
    Kind,
    Map,
    Model,
    Nested,
    Number,
    Operation,
    OperationError,
    String,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class Wheel(Model):
    size: int = field(Integer(minimum=1))
    maker: str | None = field(STRING, default=None, wire="madeBy")


@model
class Engine(Model):
    kind: str | None = field(STRING, default=None, init=False)
    power: float | None = field(NUMBER, default=None)


@model
class Burner(Engine):
    kind: str = field(STRING, default="BURNER", init=False)  # pyright: ignore[reportIncompatibleVariableOverride]
    fuel: str = field(STRING)


@model
class Diesel(Burner):
    kind: str = field(STRING, default="DIESEL", init=False)
    filter: bool | None = field(BOOLEAN, default=None)


@model
class Car(Model):
    name: str = field(String(pattern="[a-z]+", max_length=8), kw_only=False)
    seats: int | None = field(Integer(minimum=1, maximum=9), default=5, kw_only=False)
    state: Literal["new", "used"] | None = field(Choice("new", "used"), default=None)
    wheels: list[Wheel] | None = field(Array(Nested(Wheel)), default=None)
    engine: Engine | None = field(Nested(Engine), default=None)
    spares: dict[str, Wheel] | None = field(Map(Nested(Wheel)), default=None)
    tows: Car | None = field(Nested(lambda: Car), default=None)
    extras: dict[str, Any] | None = field(Map(ANY), default=None)
    tags: list[str] | None = field(Array(STRING), default=None)
    code: str | None = field(SECRET, default=None)
    codes: list[str] | None = field(Array(SECRET), default=None)
    photo: bytes | None = field(BINARY, default=None)
    built: date | None = field(DATE, default=None)
    sold: datetime | None = field(DATETIME, default=None)
    owner: str | None = field(STRING, default=None, read_only=True)


@model
class Schema(Model):
    kind: str | None = field(STRING, default=None, wire="type")
    engine: Engine | None = field(Nested(Engine), default=None)
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)


Engine.discriminate("kind", {"BURNER": Burner, "DIESEL": Diesel})


class Shade(str, enum.Enum):  # noqa: UP042 - users have such classes
    NEW = "new"


class Hidden:
    def get_secret_value(self) -> str:
        return "s3cret"


# Written by a user


def test_positional_and_keyword() -> None:
    assert Car("vw", 4) == Car(name="vw", seats=4)
    assert Car("vw").seats == 5
    with pytest.raises(TypeError, match="positional"):
        Car("vw", 4, "new")  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"name": 1}, TypeError, r"Car\.name: expected a string, not 1 \(int\)"),
        ({"name": None}, TypeError, r"Car\.name: required, so it can't be None"),
        ({"name": "VW"}, ValueError, r"Car\.name: must validate the regular expression /\[a-z\]\+/, unlike 'VW'"),
        ({"name": "vw\n"}, ValueError, r"Car\.name: must validate the regular expression"),
        ({"name": "volkswagen"}, ValueError, r"Car\.name: expected at most 8 characters, not 10"),
        ({"seats": "4"}, TypeError, r"Car\.seats: expected an integer, not '4' \(str\)"),
        ({"seats": True}, TypeError, r"Car\.seats: expected an integer, not True"),
        ({"seats": 0}, ValueError, r"Car\.seats: expected at least 1, not 0"),
        ({"seats": 10}, ValueError, r"Car\.seats: expected at most 9, not 10"),
        (
            {"state": 1},
            ValueError,
            r"Car\.state: must validate the enum values \('new','used'\), unlike 1",
        ),
        ({"wheels": Wheel(size=1)}, TypeError, r"Car\.wheels: expected a list"),
        ({"wheels": "abc"}, TypeError, r"Car\.wheels: expected a list"),
        ({"wheels": [Wheel(size=1), 2]}, TypeError, r"Car\.wheels\[1\]: expected a Wheel or a dict, not 2"),
        ({"wheels": [{"size": 0}]}, ValueError, r"Wheel\.size: expected at least 1, not 0"),
        ({"spares": [1]}, TypeError, r"Car\.spares: expected a dict"),
        ({"spares": {"a": 1}}, TypeError, r"Car\.spares\['a'\]: expected a Wheel or a dict"),
        ({"extras": {1: 2}}, TypeError, r"Car\.extras: expected string keys, not 1"),
        ({"tags": ["a", 2]}, TypeError, r"Car\.tags\[1\]: expected a string"),
        ({"engine": {"kind": "STEAM"}}, ValueError, r"Engine\.kind: expected one of 'BURNER', 'DIESEL', not 'STEAM'"),
        ({"photo": "abc"}, TypeError, r"Car\.photo: expected bytes"),
        ({"built": "yesterday"}, TypeError, r"Car\.built: expected a date, not 'yesterday'"),
        ({"sold": 3}, TypeError, r"Car\.sold: expected a datetime, not 3"),
        ({"code": 1234}, TypeError, r"Car\.code: expected a string, not int$"),
        ({"colour": "red"}, TypeError, "colour"),
    ],
)
def test_wrong_values_fail_where_they_are_written(given: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Car(**({"name": "vw"} | given))


def test_assignment_is_checked_too() -> None:
    car = Car("vw")
    with pytest.raises(ValueError, match=r"Car\.seats: expected at most 9"):
        car.seats = 10
    with pytest.raises(TypeError, match=r"Car\.name: required"):
        car.name = None  # type: ignore[assignment]
    with pytest.raises(AttributeError):
        car.colour = "red"  # type: ignore[attr-defined]
    car.seats = None
    car.wheels = [{"size": 3}]  # type: ignore[list-item]
    assert car.to_dict() == {"name": "vw", "wheels": [{"size": 3}]}


def test_a_dict_stands_for_a_model() -> None:
    car = Car("vw", wheels=[{"size": 2, "madeBy": "x"}, {"size": 2, "maker": "x"}], tows={"name": "cart"})  # type: ignore
    assert car.wheels == [Wheel(size=2, maker="x")] * 2
    assert car.tows == Car("cart")


def test_a_dict_chooses_the_subclass() -> None:
    car = Car("vw", engine={"kind": "DIESEL", "fuel": "oil", "filter": True})  # type: ignore[arg-type]
    assert car.engine == Diesel(fuel="oil", filter=True)
    assert type(Car("vw", engine={"power": 3}).engine) is Engine  # type: ignore[arg-type]


def test_what_users_have_at_hand_is_taken() -> None:
    car = Car("vw", state=Shade.NEW, tags=("a", "b"), built="2024-02-03", sold="2024-02-03T04:05:06Z")  # type: ignore
    assert car.state == "new"
    assert type(car.state) is str
    assert car.tags == ["a", "b"]
    assert car.built == date(2024, 2, 3)
    assert car.sold == datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert Car("vw", photo=bytearray(b"x")).photo == b"x"  # type: ignore[arg-type]
    assert Engine(power=3).power == 3


def test_containers_are_the_models_own() -> None:
    tags = ["a"]
    car = Car("vw", tags=tags)
    tags.append("b")
    assert car.tags == ["a"]


# Sent by a server


def test_a_server_is_never_refused() -> None:
    car = Car.from_dict(
        {
            "name": "VW 1000000000",
            "seats": "many",
            "state": "stolen",
            "wheels": [{"size": -1}, None, 7],
            "engine": {"kind": "STEAM", "power": 1},
            "spares": {"a": None},
            "photo": "not base64!",
            "sold": "last week",
            "built": None,
            "tags": None,
            "unheard": {"of": 1},
        }
    )
    assert (car.name, car.seats, car.state, car.sold) == ("VW 1000000000", "many", "stolen", "last week")
    assert car.wheels == [Wheel.from_dict({"size": -1}), None, 7]
    assert (type(car.engine), car.engine and car.engine.kind) == (Engine, "STEAM")
    assert (car.spares, car.photo, car.tags) == ({"a": None}, "not base64!", None)
    assert Car.from_dict({}).name is None
    assert Car.from_dict({}).seats is None, "what is not sent is not known"


def test_what_a_server_sent_goes_back_unchanged() -> None:
    sent = {
        "name": "vw",
        "state": "stolen",
        "wheels": [{"size": 2, "madeBy": "x"}],
        "engine": {"kind": "DIESEL", "power": 1.5, "fuel": "oil", "filter": False},
        "spares": {"a": {"size": 1}},
        "tows": {"name": "cart"},
        "extras": {"a": [1, {"b": None}]},
        "photo": "aGk=",
        "built": "2024-02-03",
        "sold": "2024-02-03T04:05:06.789000-08:00",
        "owner": "me",
    }
    car = Car.from_dict(sent)
    assert type(car.engine) is Diesel
    assert car.photo == b"hi"
    assert car.sold is not None
    assert car.sold.utcoffset() == timedelta(hours=-8)
    assert json.loads(car.to_json()) == sent
    assert car.to_dict() == sent | {"built": car.built, "sold": car.sold}


@pytest.mark.parametrize(
    ("text", "microsecond", "offset"),
    [
        ("2024-02-03T04:05:06Z", 0, 0),
        ("2024-02-03T04:05:06.1Z", 100000, 0),
        ("2024-02-03T04:05:06.123456789Z", 123456, 0),
        ("2024-02-03T04:05:06.12+01:00", 120000, 1),
        ("2024-02-03 04:05:06.000-07:00", 0, -7),
        (" 2024-02-03T04:05:06+00:00 ", 0, 0),
    ],
)
def test_datetimes_that_python_3_10_does_not_know(text: str, microsecond: int, offset: int) -> None:
    expected = datetime(2024, 2, 3, 4, 5, 6, microsecond, timezone(timedelta(hours=offset)))
    assert DATETIME.decode(text) == expected
    assert DATETIME.check(text, "x") == expected


def test_read_only_stays_out_of_requests() -> None:
    car = Car("vw", owner="me", tows=Car("cart", owner="you"))
    assert car.to_dict()["owner"] == "me"
    for hidden in (car.to_dict(hide_readonly_properties=True), car.to_dict_without_readonly_properties()):
        assert hidden == {"name": "vw", "seats": 5, "tows": {"name": "cart", "seats": 5}}


# Models that keep what they don't know


OPEN = {"type": "object", "$defs": {"a": [1]}, "default": None, "additionalProperties": False}
OTHERS = {name: OPEN[name] for name in ("$defs", "default", "additionalProperties")}


def test_what_a_server_adds_is_kept() -> None:
    read = Schema.from_dict(OPEN)
    assert read == Schema(kind="object", additional_properties=OTHERS)
    assert read.to_dict() == read.to_dict_without_readonly_properties() == OPEN
    assert Schema.from_dict({}) == Schema()
    assert Schema.from_dict({"additional_properties": 3}).to_dict() == {"additional_properties": 3}, "whatever its name"
    assert Schema.from_dict({1: 2}).to_dict() == {1: 2}  # type: ignore[dict-item]
    assert Schema.from_dict({"engine": {"hp": 3}}).to_dict() == {"engine": {}}, "not what is in others"


def test_what_a_user_adds_is_kept() -> None:
    kind = Nested(Schema)
    assert body("x", kind, OPEN) == OPEN
    assert body("x", kind, {"kind": "object", "$defs": 1, "additional_properties": {"enum": [2]}}) == {
        "type": "object",
        "$defs": 1,
        "enum": [2],
    }
    assert body("x", kind, Schema(additional_properties={"type": "array", "items": {}})) == {
        "type": "array",
        "items": {},
    }
    with pytest.warns(UserWarning, match="Engine has no field 'hp'"):
        assert body("x", kind, {"engine": {"hp": 3}}) == {"engine": {}}


@pytest.mark.parametrize(
    ("others", "message"),
    [(None, "expected a dict, not None"), (3, "expected a dict, not 3"), ({1: 2}, "expected string keys, not 1")],
)
def test_what_is_added_is_a_dict(others: Any, message: str) -> None:
    with pytest.raises(TypeError, match=rf"Schema\.additional_properties: {message}"):
        Schema(additional_properties=others)
    with pytest.raises(TypeError, match=rf"Schema\.additional_properties: {message}"):
        body("x", Nested(Schema), {"additional_properties": others, "a": 1})
    with pytest.raises(TypeError, match=rf"Schema\.additional_properties: {message}"):
        Schema().additional_properties = others


def test_what_is_added_belongs_to_the_model() -> None:
    schema = Schema(kind="object", additional_properties=OTHERS)
    assert repr(schema) == f"Schema(kind='object', additional_properties={OTHERS})"
    assert repr(Schema()) == "Schema()"
    assert schema != Schema(kind="object")
    for twin in (copy.copy(schema), copy.deepcopy(schema), pickle.loads(pickle.dumps(schema)), attrs.evolve(schema)):
        assert twin == schema
        assert twin.additional_properties == OTHERS
    assert attrs.evolve(schema, kind="array").to_dict() == OPEN | {"type": "array"}
    Schema().additional_properties["a"] = 1
    assert Schema().additional_properties == {}


@pytest.mark.parametrize("module", [common_cortex_tool, cortex_inference, cortex_lite_agent])
def test_a_tool_takes_any_json_schema(module: Any) -> None:
    tool = {"type": "generic", "name": "f", "input_schema": OPEN | {"properties": {"x": {"$ref": "#/$defs/a"}}}}
    assert module.Tool(tool_spec=tool).to_dict() == {"tool_spec": tool}


def test_values_that_a_server_learned_since_are_sent_with_a_warning() -> None:
    with pytest.warns(
        UserWarning, match=r"Car\.state: 'hired' is none of the values known here \('new','used'\)"
    ) as said:
        car = Car(name="vw", state="hired")  # type: ignore[arg-type]
    assert said[0].filename == __file__
    assert car.to_dict()["state"] == "hired"
    assert Car.from_dict({"name": "vw", "state": "hired"}).state == car.state


def test_text_may_be_said_to_be_text() -> None:
    assert StreamingTextContent(type="text", content="x") == StreamingTextContent(content="x")
    assert StreamingTextContent(content="x").to_dict() == {"type": "text", "content": "x"}
    with pytest.raises(
        ValueError, match=r"StreamingTextContent\.type: must validate the enum values \('text'\), unlike 'image'"
    ):
        StreamingTextContent(type="image")  # type: ignore[arg-type]


# As Python objects


def test_equality_repr_copy_and_pickle() -> None:
    car = Car("vw", wheels=[Wheel(size=1)], engine=Diesel(fuel="oil"))
    assert repr(Wheel(size=1)) == "Wheel(size=1)"
    assert repr(car.engine) == "Diesel(fuel='oil', kind='DIESEL')"
    assert car != Car("vw")
    assert Burner(fuel="x") != Diesel(fuel="x")
    for twin in (copy.copy(car), copy.deepcopy(car), pickle.loads(pickle.dumps(car)), attrs.evolve(car)):
        assert twin == car
        assert type(twin.engine) is Diesel
    deep = copy.deepcopy(car)
    assert deep.wheels is not None
    deep.wheels[0].size = 2
    assert car.wheels == [Wheel(size=1)]
    with pytest.raises(TypeError, match="unhashable"):
        hash(car)


def test_secrets_are_not_shown() -> None:
    car = Car("vw", code=Hidden(), codes=["s3cret"])  # type: ignore[arg-type]
    assert "s3cret" not in repr(car)
    assert "**********" in repr(car)
    assert car.code == "s3cret"
    assert car.to_dict()["codes"] == ["s3cret"]


def test_tools_see_the_types_of_arguments() -> None:
    assert Wheel.__init__.__annotations__ == {"size": "int", "maker": "str | None", "return": None}


def test_discriminator_is_fixed() -> None:
    with pytest.warns(UserWarning, match="kind"):
        assert Diesel(fuel="oil", kind="BURNER").to_dict()["kind"] == "DIESEL"  # type: ignore[call-arg]


def test_what_a_constructor_does_not_know_is_left_out_with_a_warning() -> None:
    with pytest.warns(UserWarning, match="Wheel has no field 'siez', which is left out") as told:
        assert Wheel(size=1, siez=2) == Wheel(size=1)  # type: ignore[call-arg]
    assert told[0].filename == __file__
    with pytest.raises(TypeError, match="missing"):
        Wheel()  # type: ignore[call-arg]
    assert list(inspect.signature(Wheel).parameters) == ["size", "maker"]


def test_models_have_what_programs_know_of_pydantics() -> None:
    car = Car("vw", wheels=[Wheel(size=3)], state="new")
    assert Car.from_json(car.to_json()) == car
    assert json.loads(car.to_str()) == car.to_dict()
    assert car.model_dump(exclude_none=True)["wheels"] == [{"size": 3}]
    assert car.model_dump()["engine"] is None
    assert json.loads(car.model_dump_json())["name"] == "vw"
    assert Car.model_validate({"name": "vw"}) == Car("vw") and Car.model_validate(car) is car
    other = car.model_copy(update={"state": "used"})
    assert (other.state, other.wheels is car.wheels, car.state) == ("used", True, "new")
    assert car.model_copy(deep=True).wheels is not car.wheels
    assert vars(car)["name"] == "vw" and vars(car)["wheels"] == [Wheel(size=3)]
    with pytest.raises(ValueError, match="expected an integer"):
        Wheel(size="3")  # type: ignore[arg-type]


# Operations


def test_segment_is_encoded_whole_and_once() -> None:
    assert segment("name", 'a/b "c"?#%&;=é') == "a%2Fb%20%22c%22%3F%23%25%26%3B%3D%C3%A9"
    assert segment("name", "%41") == "%2541"
    assert segment("name", "a.b-c_d~e") == "a.b-c_d~e"
    assert segment("name", 7) == "7"
    assert segment("name", Shade.NEW) == "new"


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_segment_that_would_change_the_path_is_refused(name: str) -> None:
    with pytest.raises(OperationError, match="name: "):
        segment("name", name)


def test_segment_must_be_a_name() -> None:
    with pytest.raises(TypeError, match="name: expected a string, not None"):
        segment("name", None)


def test_query_is_encoded_once() -> None:
    query = {"like": "a%&b=ü+ /", "if": True, "not": False, "n": 0, "none": None, "many": ["x y", None, "z"]}
    operation: Operation[None] = Operation(id="x", method="GET", path="/p", query=query)
    assert operation.target == "/p?like=a%25%26b%3D%C3%BC%2B%20%2F&if=true&not=false&n=0&many=x%20y&many=z"
    assert attrs.evolve(operation, query={"none": None}).target == "/p"


def test_arguments() -> None:
    assert argument("limit", INTEGER, None) is None
    assert argument("when", DATETIME, datetime(2024, 2, 3, tzinfo=UTC)) == "2024-02-03T00:00:00+00:00"
    with pytest.raises(TypeError, match="limit: expected an integer, not 'x'"):
        argument("limit", INTEGER, "x")
    with pytest.raises(TypeError, match="limit: expected an integer, not None"):
        argument("limit", INTEGER, None, required=True)


def test_body_is_checked_and_leaves_out_what_the_server_sets() -> None:
    kind = Nested(Car)
    assert body("car", kind, Car("vw", owner="me")) == {"name": "vw", "seats": 5}
    assert body("car", kind, {"name": "vw"}) == {"name": "vw", "seats": 5}
    assert body("cars", Array(kind), [Car("vw", owner="me")]) == [{"name": "vw", "seats": 5}]
    assert body("car", kind, None) is None
    with pytest.raises(TypeError, match="car: expected a Car or a dict, not None"):
        body("car", kind, None, required=True)
    with pytest.raises(TypeError, match="car: expected a Car or a dict, not 3"):
        body("car", kind, 3)


@pytest.mark.parametrize(
    ("kind", "sent", "value"),
    [
        (STRING, "x", "x"),
        (Nested(Wheel), {"size": 1}, Wheel(size=1)),
        (Array(Nested(Wheel)), [{"size": 1}, None], [Wheel(size=1), None]),
        (Map(DATE), {"a": "2024-02-03"}, {"a": date(2024, 2, 3)}),
        (Number(minimum=0), -1, -1),
        (None, {"status": "done"}, None),
    ],
)
def test_answers(kind: Kind | None, sent: Any, value: Any) -> None:
    operation: Operation[Any] = Operation(id="x", method="GET", path="/p", answer=kind)
    assert operation.decode(sent) == value


def test_repeating_is_safe_when_the_server_is_told_so() -> None:
    def idempotent(method: str, **query: Any) -> bool:
        return Operation[None](id="x", method=method, path="/", query=query).idempotent

    assert all(idempotent(method) for method in ("GET", "PUT", "DELETE"))
    assert not idempotent("POST")
    assert not idempotent("POST", createMode="errorIfExists", ifExists=False)
    assert idempotent("POST", createMode="ifNotExists")
    assert idempotent("POST", ifExists=True)


def test_an_operation_is_the_shortest_of_steps() -> None:
    operation: Operation[int] = Operation(id="x", method="GET", path="/p")
    steps = iter(operation)
    assert next(steps) is operation
    with pytest.raises(StopIteration) as stop:
        steps.send(3)
    assert stop.value.value == 3


def test_where_there_is_one_value_none_may_be_chosen() -> None:
    assert ManagedAccount("a", "admin", "s3cret", "").account_type == ""
    with pytest.raises(ValueError, match=r"must validate the enum values \('READER'\), unlike 'OTHER'"):
        ManagedAccount("a", "admin", "s3cret", "OTHER")
    with pytest.raises(ValueError, match="must validate the enum values"):
        Warehouse("w", auto_resume="")


def test_values_that_came_later_are_taken_where_the_known_ones_are_a_hint_and_in_dicts() -> None:
    assert Warehouse("w", warehouse_size="XLARGE9").warehouse_size == "XLARGE9"
    later = {"name": "t", "kind": "LATER"}
    assert View.from_dict(later).to_dict() == later
