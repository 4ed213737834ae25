"""Models: attrs classes that move to and from JSON by the kinds of their fields."""

# The parts of this module know one another.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, dataclass_transform

import attrs

from .kinds import Kind, WrongType, explain_call, show, suggest, warn_caller

if TYPE_CHECKING:
    from typing import Self

_C = TypeVar("_C", bound="type[Model]")


def field(
    kind: Kind,
    *,
    default: Any = attrs.NOTHING,
    wire: str | None = None,
    read_only: bool = False,
    null: bool = False,
    kw_only: bool = True,
    init: bool = True,
    others: bool = False,
    on_setattr: Callable[[Any, Any, Any], Any] | None = None,
    deprecated: str | None = None,
) -> Any:
    """A field of a model.

    kind: what its values are. wire: its name in JSON, if another. read_only: the server sets it, so that request
    bodies leave it out. null: None is sent as null, not left out. others: it keeps what an object has beside the other
    fields, and is never None. on_setattr: called with the model, the attribute and the checked value before an
    assignment; what it returns is assigned. deprecated: what to use instead; who gives a value is warned. A field
    without a default must be given and can't be None.
    """
    required = default is attrs.NOTHING or others

    def check(value: Any, self: Any, attribute: Any) -> Any:
        if value is None and not required:
            return None
        where = f"{type(self).__name__}.{attribute.name}"
        if value is None and not others:
            raise WrongType(f"{where}: required, so it can't be None")
        if deprecated:
            warn_caller(f"{where}: {deprecated}", DeprecationWarning)
        return kind.check(value, where)

    return cast("Callable[..., Any]", attrs.field)(
        default=default,
        converter=attrs.Converter(check, takes_self=True, takes_field=True),
        kw_only=kw_only,
        init=init,
        repr=False,
        on_setattr=[attrs.setters.convert, *([on_setattr] if on_setattr else [])],
        metadata={"kind": kind, "wire": wire, "read_only": read_only, "null": null, "others": others},
    )


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
def model(cls: _C) -> _C:
    """Make a class of fields a model."""
    made = attrs.define(cls, slots=True, repr=False)
    made._table = None
    made._discriminator = None
    # attrs would show the converter's type; tools and users want the field's
    made.__init__.__doc__ = f"Each argument is explained by `help({made.__name__})`."
    made.__init__.__annotations__ = {a.alias: a.type for a in attrs.fields(made) if a.init} | {"return": None}
    by_name = all(a.kw_only for a in attrs.fields(made))
    made.__init__ = _lenient(made.__init__, made) if by_name else _strict(made.__init__)
    return made


def _strict(init: Callable[..., None]) -> Callable[..., None]:
    """A constructor that says what was meant by an argument which it doesn't know."""

    @functools.wraps(init)
    def strict(self: Model, *arguments: Any, **given: Any) -> None:
        try:
            init(self, *arguments, **given)
        except TypeError as error:
            explain_call(error, init)
            raise

    return strict


def _lenient(init: Callable[..., None], cls: type[Model]) -> Callable[..., None]:
    """A constructor that leaves out arguments which it doesn't know, with a warning. Programs for Snowflake's SDK give
    such, and that ignores them wherever a model takes no arguments by position.
    """
    names = [a.alias or a.name for a in _fields(cls) if a.init]
    known = frozenset(names)

    @functools.wraps(init)
    def lenient(self: Model, *arguments: Any, **given: Any) -> None:
        if arguments:
            raise TypeError(f"{cls.__name__} takes its fields by name, as in {cls.__name__}({names[0]}=…)")
        if not given.keys() <= known:
            unknown = [name for name in given if name not in known]
            said = f"{cls.__name__} has no field {', '.join(map(repr, unknown))}, which is left out"
            warn_caller(said + suggest(unknown[0], known))
            given = {name: value for name, value in given.items() if name in known}
        init(self, **given)

    return lenient


class Model:
    """The base of every model.

    Values are checked where they are written; what a server sends is taken as it comes. Unknown fields are dropped,
    unless the model has a field for them.
    """

    __slots__ = ()
    _table: ClassVar[_Table | None] = None
    _discriminator: ClassVar[tuple[str, dict[str, type[Model]]] | None] = None

    @classmethod
    def discriminate(cls, wire: str, variants: dict[str, type[Model]]) -> None:
        """Let `from_dict` choose the class by the JSON field `wire`."""
        cls._discriminator = (wire, variants)

    @classmethod
    def from_dict(cls, obj: Mapping[str, Any]) -> Self:
        """The model of a decoded JSON object; of a subclass, where the object says which.

        Nothing is refused: missing fields are None, new enum values are kept.
        """
        if cls._discriminator is not None:
            wire, variants = cls._discriminator
            tag = obj.get(wire)
            variant = variants.get(tag) if isinstance(tag, str) else None
            if variant is not None and variant is not cls:
                return cast("Self", variant.from_dict(obj))
        table = cls._table or _Table.of(cls)
        self = cls.__new__(cls)
        names = tuple(obj)
        puts, missing, coded = table.plans.get(names) or table.plan(names)
        for put, value in zip(puts, obj.values()):
            put(self, value)
        for put in missing:
            put(self, None)
        for put, wire, decode in coded:
            if (value := obj[wire]) is not None:
                put(self, decode(value))
        if table.others:
            table.others[1](self, {key: value for key, value in obj.items() if key not in table.wires})
        return self

    def to_dict(self, hide_readonly_properties: bool = False) -> dict[str, Any]:
        """The JSON object, without what is None (unless it must be said) and, if asked, what only the server sets.

        Times are datetimes; requests and `to_json` write them in ISO 8601.
        """
        out: dict[str, Any] = {}
        table = self._table or _Table.of(type(self))
        for name, wire, kind, read_only, null in table.rows:
            if read_only and hide_readonly_properties:
                continue
            value = getattr(self, name)
            if value is not None:
                out[wire] = value if kind.plain else kind.encode(value, hide_readonly_properties)
            elif null:
                out[wire] = None
        return out | getattr(self, table.others[0]) if table.others else out

    def to_dict_without_readonly_properties(self) -> dict[str, Any]:
        """The JSON object as a request carries it."""
        return self.to_dict(hide_readonly_properties=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The model of JSON text, as `from_dict` reads it."""
        return cls.from_dict(json.loads(text))

    def to_json(self) -> str:
        """The JSON object as text."""
        return json.dumps(self.to_dict(), default=_in_json)

    def to_str(self) -> str:
        """The JSON object, for people to read."""
        return json.dumps(self.to_dict(), indent=2, default=_in_json)

    def model_dump(
        self, *, by_alias: bool = False, exclude_none: bool = False, exclude_unset: bool = False, **_: Any
    ) -> dict[str, Any]:
        """The fields by name, or by their names in JSON, models in them as dicts; as models of pydantic have it.

        exclude_none, exclude_unset: without what is None, which is what stands for not set.
        """
        exclude_none = exclude_none or exclude_unset
        out: dict[str, Any] = {}
        for a in _fields(type(self)):
            value = getattr(self, a.name)
            if value is not None or not exclude_none:
                name = (a.metadata["wire"] or a.name) if by_alias else a.name
                out[name] = _dump(value, by_alias=by_alias, exclude_none=exclude_none)
        return out

    def model_dump_json(self, **options: Any) -> str:
        """`model_dump` as JSON text."""
        return json.dumps(self.model_dump(**options), default=_in_json)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, with some fields changed; with copies of all that is in it if `deep`."""
        made = copy.deepcopy(self) if deep else copy.copy(self)
        for name, value in (update or {}).items():
            setattr(made, name, value)
        return made

    @classmethod
    def model_validate(cls, obj: Self | Mapping[str, Any]) -> Self:
        """The model of a dict, with everything checked; a model is given back."""
        return obj if isinstance(obj, Model) else cast("Self", Nested(cls).check(obj, cls.__name__))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> dict[str, Any]:
        """How models of pydantic take this one as a field: itself or a dict, checked. Needs no pydantic here."""

        def dump(value: Any, info: Any) -> Any:
            return _dump(value, **{name: getattr(info, name) for name in ("by_alias", "exclude_none", "exclude_unset")})

        return {
            "type": "function-plain",
            "function": {"type": "no-info", "function": cls.model_validate},
            "serialization": {"type": "function-plain", "function": dump, "info_arg": True},
        }

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "object", "title": cls.__name__}

    @property
    def __pydantic_fields_set__(self) -> set[str]:
        """The fields that are set, which pydantic asks for where this stands in place of a model of its own."""
        return {a.name for a in _fields(type(self)) if getattr(self, a.name) is not None}

    @classmethod
    def _from_model(cls, model: Model) -> Self:
        """What Snowpark makes of a model of another class; here there is one class."""
        return model if isinstance(model, cls) else cls.from_dict(model.to_dict())

    def _to_model(self) -> Self:
        return self

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        """The fields by name, for `vars()`. Changing it changes nothing."""
        return {a.name: getattr(self, a.name) for a in _fields(type(self))}

    def __repr__(self) -> str:
        parts: list[str] = []
        for a in _fields(type(self)):
            value = getattr(self, a.name)
            if value or (value is not None and not a.metadata["others"]):
                parts.append(f"{a.name}={'**********' if a.metadata['kind'].secret else repr(value)}")
        return f"{type(self).__name__}({', '.join(parts)})"


class Nested(Kind):
    """A model inside another value. The class may be given as a function, for one that is defined later."""

    plain = False
    shape = dict

    def __init__(self, model: type[Model] | Callable[[], type[Model]]) -> None:
        self._model = model

    @property
    def model(self) -> type[Model]:
        if not isinstance(self._model, type):
            self._model = self._model()
        return self._model

    def check(self, value: Any, where: str) -> Any:
        if isinstance(value, self.model):
            return value
        if isinstance(value, Mapping):
            return build(self.model, cast("Mapping[str, Any]", value))
        raise WrongType(f"{where}: expected a {self.model.__name__} or a dict, not {show(value)}")

    def decode(self, value: Any) -> Any:
        return self.model.from_dict(cast("Mapping[str, Any]", value)) if isinstance(value, dict) else value

    def encode(self, value: Any, hide_readonly: bool = True) -> Any:
        return value.to_dict(hide_readonly) if isinstance(value, Model) else value


def _in_json(value: Any) -> str:
    """What JSON knows no form of, as text."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _dump(value: Any, **options: Any) -> Any:
    if isinstance(value, Model):
        return value.model_dump(**options)
    if isinstance(value, list):
        return [_dump(item, **options) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {key: _dump(item, **options) for key, item in cast("dict[str, Any]", value).items()}
    return value


def build(cls: type[Model], given: Mapping[str, Any]) -> Model:
    """The model of a dict that a user wrote, with everything checked. Keys are names of fields or names on the wire;
    others are refused, unless the model has a field for them.
    """
    if cls._discriminator is not None:
        wire, variants = cls._discriminator
        if (tag := given.get(wire)) is not None:
            if not isinstance(tag, str) or tag not in variants:
                raise ValueError(
                    f"{cls.__name__}.{wire}: expected one of {', '.join(map(repr, variants))}, not {show(tag)}"
                )
            if variants[tag] is not cls:
                return build(variants[tag], given)
    attributes = _fields(cls)
    names: dict[str, str] = {a.metadata["wire"] or a.name: a.alias or a.name for a in attributes}
    fixed = {a.metadata["wire"] or a.name for a in attributes if not a.init}
    arguments: dict[str, Any] = {names.get(key, key): value for key, value in given.items() if key not in fixed}
    for a in attributes:
        if a.metadata["others"]:
            said = a.metadata["kind"].check(arguments.get(a.name, {}), f"{cls.__name__}.{a.name}")
            arguments[a.name] = said | {k: arguments.pop(k) for k in [*arguments] if k not in names.values()}
    return cls(**arguments)


def _fields(cls: type[Model]) -> list[attrs.Attribute[Any]]:
    """The fields that are made by `field`; a model may have attributes of its own beside them."""
    return [a for a in attrs.fields(cast("Any", cls)) if "kind" in a.metadata]


_Put = Callable[[Any, Any], None]
_Plan = tuple[list[_Put], list[_Put], list[tuple[_Put, str, Callable[[Any], Any]]]]
"""What puts the values of an object into a model one by one; the fields that the object has not; those to decode."""


def _drop(model: Any, value: Any) -> None: ...


class _Table:
    """How a class decodes and encodes, worked out once, on first use."""

    others: tuple[str, _Put] | None = None  # the field for what is in no other, if there is one

    def __init__(self, cls: type[Model]) -> None:
        self.wires: dict[str, tuple[_Put, Kind]] = {}
        self.rows: list[tuple[str, str, Kind, bool, bool]] = []
        self.plans: dict[tuple[str, ...], _Plan] = {}
        for a in _fields(cls):
            kind: Kind = a.metadata["kind"]
            wire: str = a.metadata["wire"] or a.name
            # the slot itself: assignment through the class would check what the server sent
            put = next(c.__dict__[a.name].__set__ for c in cls.__mro__ if a.name in c.__dict__)
            if a.metadata["others"]:
                self.others = (a.name, put)
                continue
            self.wires[wire] = put, kind
            self.rows.append((a.name, wire, kind, a.metadata["read_only"], a.metadata["null"]))

    def plan(self, names: tuple[str, ...]) -> _Plan:
        """How objects that have fields of these names, in this order, are decoded. Those of a list are mostly alike."""
        if len(self.plans) > 100:
            self.plans.clear()
        puts = [self.wires[name][0] if name in self.wires else _drop for name in names]
        missing = [put for wire, (put, _) in self.wires.items() if wire not in names]
        known = [(name, *self.wires[name]) for name in names if name in self.wires]
        coded = [(put, name, kind.decode) for name, put, kind in known if not kind.plain]
        plan = self.plans[names] = puts, missing, coded
        return plan

    @classmethod
    def of(cls, owner: type[Model]) -> _Table:
        table = owner._table = cls(owner)
        return table
