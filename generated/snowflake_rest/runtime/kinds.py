# Copied from codegen/runtime by `make generate`. Do not edit.
"""The kinds of values that travel as JSON.

A kind does three things. It *checks* what a user writes and says what is allowed; it *decodes* what a server sends and
refuses nothing, since a newer server may know more than we do; it *encodes* a value for the wire.
"""

from __future__ import annotations

import base64
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, cast

_UNKNOWN_ARGUMENT = re.compile(r"(.*)\(\) got an unexpected keyword argument '(\w+)'")


class WrongType(TypeError, ValueError):
    """A value of another type than its field has. A ValueError too, as programs expect of models."""


class Kind:
    """A value that travels as it is."""

    plain = True  # decoding and encoding change nothing, so that the fast paths can leave them out
    secret = False
    shape: type = object  # what its JSON is parsed as

    def check(self, value: Any, where: str) -> Any:
        """The value, made ready to be kept; TypeError or ValueError, naming `where` and what is allowed."""
        return value

    def decode(self, value: Any) -> Any:
        return value

    def encode(self, value: Any, hide_readonly: bool = True) -> Any:
        return value


class _Scalar(Kind):
    name: str
    types: tuple[type, ...]

    def __init__(self, name: str, *types: type) -> None:
        self.name, self.types = name, types

    def check(self, value: Any, where: str) -> Any:
        # bool is an int in Python, never in JSON
        if not isinstance(value, self.types) or (isinstance(value, bool) and bool not in self.types):
            raise WrongType(f"{where}: expected {self.name}, not {show(value)}")
        return value


class String(_Scalar):
    def __init__(self, *, pattern: str | None = None, min_length: int = 0, max_length: int | None = None) -> None:
        super().__init__("a string", str)
        self.pattern = None if pattern is None else re.compile(pattern, re.DOTALL)
        self.min_length, self.max_length = min_length, max_length

    def check(self, value: Any, where: str) -> Any:
        super().check(value, where)
        if len(value) < self.min_length:
            raise ValueError(f"{where}: expected at least {self.min_length} characters, not {show(value)}")
        if self.max_length is not None and len(value) > self.max_length:
            raise ValueError(f"{where}: expected at most {self.max_length} characters, not {len(value)}")
        if self.pattern is not None and self.pattern.fullmatch(value) is None:
            raise ValueError(
                f"{where}: must validate the regular expression /{self.pattern.pattern}/, unlike {show(value)}"
            )
        return value


class Number(_Scalar):
    name, types = "a number", (int, float)

    def __init__(self, *, minimum: float | None = None, maximum: float | None = None) -> None:
        self.minimum, self.maximum = minimum, maximum

    def check(self, value: Any, where: str) -> Any:
        super().check(value, where)
        if self.minimum is not None and value < self.minimum:
            raise ValueError(f"{where}: expected at least {self.minimum}, not {value}")
        if self.maximum is not None and value > self.maximum:
            raise ValueError(f"{where}: expected at most {self.maximum}, not {value}")
        return value


class Integer(Number):
    name, types = "an integer", (int,)


def warn_caller(said: str, category: type[Warning] = UserWarning) -> None:
    """Warn at the line outside of this package that wrote the value, however deep in attrs' code it is checked."""
    ours = f"{__name__.partition('.')[0]}."
    level, frame = 1, sys._getframe()  # pyright: ignore[reportPrivateUsage]
    while frame.f_back and (
        frame.f_globals.get("__name__", "").startswith(ours) or frame.f_code.co_filename.startswith("<attrs generated")
    ):
        level, frame = level + 1, frame.f_back
    warnings.warn(said, category, stacklevel=level)


class Choice(Kind):
    """One of the strings known here. Another is sent with a warning, since a server may know more, unless only one is
    known: that one is what the field stands for. An empty string is taken only beside a single known one."""

    def __init__(self, *values: str) -> None:
        self.values = values
        # programs for Snowflake's SDK leave it empty where there is nothing to choose
        self._taken = (*values, "") if len(values) == 1 else values

    def check(self, value: Any, where: str) -> Any:
        if isinstance(value, str) and value in self._taken:
            return self._taken[self._taken.index(value)]  # an enum member becomes the plain string
        allowed = ",".join(map(repr, self.values))
        if not isinstance(value, str) or not value or len(self.values) == 1:
            raise ValueError(f"{where}: must validate the enum values ({allowed}), unlike {show(value)}")
        warn_caller(f"{where}: {value!r} is none of the values known here ({allowed}); it is sent as it is")
        return str.__str__(value)


class Secret(String):
    """A string that no repr shows. Objects with `get_secret_value()`, such as pydantic's, are taken too."""

    secret = True

    def check(self, value: Any, where: str) -> Any:
        reveal = getattr(value, "get_secret_value", None)
        value = value if reveal is None else reveal()
        if not isinstance(value, str):  # the message must not show it
            raise WrongType(f"{where}: expected a string, not {type(value).__name__}")
        return value


class Time(Kind):
    """A day or a moment: written in ISO 8601 inside JSON. What servers write otherwise is read as it stands."""

    plain = False

    def __init__(self, name: str, made: type[date]) -> None:
        self.name, self._made, self._parse = name, made, made.fromisoformat

    def check(self, value: Any, where: str) -> Any:
        value = self.decode(value)
        if not isinstance(value, self._made):
            raise WrongType(f"{where}: expected {self.name}, not {show(value)}")
        return value

    def decode(self, value: Any) -> Any:
        try:
            return self._parse(value.strip())
        except (AttributeError, TypeError, ValueError):
            return value


class Binary(Kind):
    """Bytes: in base64 inside JSON."""

    plain = False

    def check(self, value: Any, where: str) -> Any:
        if not isinstance(value, (bytes, bytearray, memoryview)):
            raise WrongType(f"{where}: expected bytes, not {show(value)}")
        return bytes(cast("bytes", value))

    def decode(self, value: Any) -> Any:
        try:
            return base64.b64decode(value, validate=True)
        except (TypeError, ValueError):
            return value

    def encode(self, value: Any, hide_readonly: bool = True) -> Any:
        return base64.b64encode(value).decode("ascii")


class _Many(Kind):
    """Values of one kind, any of which may be None."""

    def __init__(self, item: Kind) -> None:
        self.item, self.plain, self.secret = item, item.plain, item.secret

    def decode(self, value: Any) -> Any:
        return value if self.plain else self.change(value, self.item.decode)

    def encode(self, value: Any, hide_readonly: bool = True) -> Any:
        return value if self.plain else self.change(value, lambda item: self.item.encode(item, hide_readonly))

    def change(self, value: Any, change: Callable[[Any], Any]) -> Any:
        """The same with each item changed; a value of another shape as it is."""
        raise NotImplementedError


class Array(_Many):
    shape = list

    def check(self, value: Any, where: str) -> Any:
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
            raise WrongType(f"{where}: expected a list, not {show(cast('object', value))}")
        items = enumerate(cast("Iterable[Any]", value))
        return [None if item is None else self.item.check(item, f"{where}[{i}]") for i, item in items]

    def change(self, value: Any, change: Callable[[Any], Any]) -> Any:
        if not isinstance(value, list):
            return value
        return [None if item is None else change(item) for item in cast("list[Any]", value)]


class Map(_Many):
    shape = dict

    def check(self, value: Any, where: str) -> Any:
        if not isinstance(value, Mapping):
            raise WrongType(f"{where}: expected a dict, not {show(value)}")
        given = cast("Mapping[Any, Any]", value)
        for key in given:
            if not isinstance(key, str):
                raise WrongType(f"{where}: expected string keys, not {show(key)}")
        item = self.item
        return {k: None if v is None else item.check(v, f"{where}[{k!r}]") for k, v in given.items()}

    def change(self, value: Any, change: Callable[[Any], Any]) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: None if item is None else change(item) for key, item in cast("dict[str, Any]", value).items()}


ANY = Kind()
STRING = String()
INTEGER = Integer()
NUMBER = Number()
BOOLEAN = _Scalar("True or False", bool)
SECRET = Secret()
DATETIME = Time("a datetime", datetime)
DATE = Time("a date", date)
BINARY = Binary()
# Bodies that are not JSON: bytes as they are, text, and a stream of server-sent events.
BYTES = _Scalar("bytes", bytes)
TEXT = String()
EVENTS = Kind()


def suggest(wrong: str, right: Iterable[str]) -> str:
    """What was meant by a name that is none of the right ones, as Python says it; empty if nothing is like it."""
    import difflib

    similar = difflib.get_close_matches(wrong, [name for name in right if not name.startswith("_")], 1)
    return f". Did you mean {similar[0]!r}?" if similar else ""


def explain_call(error: TypeError, function: Callable[..., Any]) -> None:
    """Let the error for an argument of an unknown name say what was meant, as Python does by itself since 3.13."""
    found = _UNKNOWN_ARGUMENT.fullmatch(str(error))
    if found and found[1] == function.__qualname__:
        import inspect

        error.args = (f"{error}{suggest(found[2], inspect.signature(function).parameters)}",)


def show(value: object) -> str:
    text = repr(value)
    if len(text) > 80:
        text = text[:77] + "..."
    return f"{text} ({type(value).__name__})"
