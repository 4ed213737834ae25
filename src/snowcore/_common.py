"""Words that every resource uses: how to create, how to drop, what to clone."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, EnumMeta, StrEnum
from typing import Any, Literal, TypeVar, cast

from snowflake_rest import common as rest
from snowflake_rest.runtime import STRING, Kind, Model, Nested, field, model

from ._names import Parts, split_name

E = TypeVar("E", bound=Enum)
M = TypeVar("M", bound=Model)
WireMode = Literal["errorIfExists", "orReplace", "ifNotExists"]
WireDeleteMode = Literal["restrict", "cascade"]


class _ByNameOrValue(EnumMeta):
    """Lets `CreateMode[x]` take a member, its name or its value, in any case."""

    def __getitem__(cls: type[E], name: Any) -> E:  # type: ignore[override]
        if isinstance(name, cls):
            return name
        wanted = str(name).lower()
        for member in cls:
            if wanted in (member.name.lower(), str(member.value).lower()):
                return member
        raise KeyError(f"{name!r} is none of {', '.join(repr(m.value) for m in cls)}")


class CreateMode(StrEnum, metaclass=_ByNameOrValue):
    """What to do when an object of this name exists."""

    error_if_exists = "errorIfExists"
    """Fail with a ConflictError."""
    or_replace = "orReplace"
    """Drop it and create the new one."""
    if_not_exists = "ifNotExists"
    """Leave it as it is."""


class DeleteMode(StrEnum, metaclass=_ByNameOrValue):
    """What to do with what depends on something that goes."""

    cascade = "cascade"
    """It goes too."""
    restrict = "restrict"
    """Fail if there is any."""


@model
class PointOfTime(Model):
    """A moment in the past of an object, for clones with Time Travel.

    See https://docs.snowflake.com/en/user-guide/data-time-travel.

    Args:
        point_of_time_type: `timestamp`, `offset` or `statement`.
        reference: `at` to include what happened at the moment, `before` to leave it out.
        when: The moment: a timestamp, a number of seconds from now such as `-300`, or the ID of a query.
    """

    point_of_time_type: str = field(STRING)
    reference: str = field(STRING)
    when: str = field(STRING)

    def to_dict(self, hide_readonly_properties: bool = False) -> dict[str, Any]:
        """As a request carries it: the moment stands under the name of its type."""
        kind = self.point_of_time_type
        return {"point_of_time_type": kind, "reference": self.reference, kind: self.when}

    @classmethod
    def from_dict(cls, obj: Mapping[str, Any]) -> PointOfTime:  # type: ignore[override]
        """The right class for the dict's `point_of_time_type`."""
        kind = obj["point_of_time_type"]
        if kind not in _POINTS:
            raise ValueError(f"point_of_time_type: expected one of {', '.join(map(repr, _POINTS))}, not {kind!r}")
        return _POINTS[kind](reference=obj["reference"], when=obj[kind])


@model
class PointOfTimeTimestamp(PointOfTime):
    """The moment given as a time that SQL understands as a timestamp.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
        when: The time, such as `2026-01-31 12:00:00`.
        point_of_time_type: `timestamp`.
    """

    point_of_time_type: str = field(STRING, default="timestamp")


@model
class PointOfTimeOffset(PointOfTime):
    """The moment given as a number of seconds from now.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
        when: The seconds as text, negative for the past, such as `-300`.
        point_of_time_type: `offset`.
    """

    point_of_time_type: str = field(STRING, default="offset")


@model
class PointOfTimeStatement(PointOfTime):
    """The moment when a query ran.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
        when: The ID of the query.
        point_of_time_type: `statement`.
    """

    point_of_time_type: str = field(STRING, default="statement")


_POINTS: dict[str, type[Any]] = {
    "timestamp": PointOfTimeTimestamp,
    "offset": PointOfTimeOffset,
    "statement": PointOfTimeStatement,
}


@model
class Clone(Model):
    """What to make a copy of.

    Args:
        source: The object's name; qualified if it is in another database or schema.
        point_of_time: The moment whose state is copied; now when left out.
    """

    source: str = field(STRING)
    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)


def encode_mode(mode: CreateMode | str | None) -> WireMode | None:
    """A create mode as the API names it."""
    return cast("WireMode | None", _find_value(CreateMode, mode))


def encode_delete_mode(mode: DeleteMode | str | None) -> WireDeleteMode | None:
    """A delete mode as the API names it."""
    return cast("WireDeleteMode | None", _find_value(DeleteMode, mode))


def _find_value(modes: Any, mode: str | None) -> str | None:
    try:
        return None if mode is None else modes[mode].value
    except KeyError as error:
        raise ValueError(f"mode: {error.args[0]}") from None


def describe_clone(body: type[M], target: Model, source: Clone | str) -> tuple[Parts, M]:
    """What a clone is made of, and the request body for it: what `target` says that a clone can differ in."""
    clone = source if isinstance(source, Clone) else Clone(source=source)
    said = target.to_dict()
    if clone.point_of_time is not None:
        said["point_of_time"] = clone.point_of_time.to_dict()
    return split_name(clone.source), body.from_dict(said)


class _Outcome(Kind):
    def decode(self, value: dict[str, Any]) -> rest.SuccessResponse | rest.SuccessAcceptedResponse:
        goes_on = value.keys() & {"code", "message", "resultHandler", "job_id"}
        return (rest.SuccessAcceptedResponse if goes_on else rest.SuccessResponse).from_dict(value)


OUTCOME = _Outcome()
"""What an operation tells that can answer before its work is over: how that went, or how to ask for it."""
