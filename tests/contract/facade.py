"""Every remote method of the facade: found by walking down from a root, and called with arguments made by its hints."""

from __future__ import annotations

import enum
import inspect
import types
import typing
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.parse import module_name
from snowcore import Clone, PointOfTimeOffset, Root
from snowcore._collections import Collection, child
from snowcore.exceptions import InvalidActionError, NotFoundError
from snowcore.grant import Grant, Grantee, Grantees, Privileges, Securables
from snowcore.session import SnowAPISession
from snowcore.spark_connect import SparkConnectResource
from snowcore.tag import TagValue
from snowcore.task.dagv1 import DAG, DAGOperation
from snowflake_rest.runtime import Model

from .account import Account, Request, draw_answers, nothing
from .documents import Call, Document, call_of, documents
from .strategies import Value, Values, anything, full, texts

names = st.from_regex(r'[a-zA-Z_][a-zA-Z0-9_$]{0,9}|"([^"]|""){1,9}"', fullmatch=True)
HANDLE = '"a/b c"'


def places(root: Root) -> dict[type[Any], Any]:
    """Whatever has remote methods, by its class: all that the root leads to, and what users make themselves."""
    found: dict[type[Any], Any] = {}
    waiting: list[Any] = [root]
    for place in waiting:  # grows as it goes
        found[type(place)] = place
        waiting += [getattr(place, name) for name in _children(type(place))]
        if isinstance(place, Collection):
            waiting.append(place[HANDLE])
    made = SnowAPISession(root), SparkConnectResource(root.connection), DAGOperation(root.databases["d"].schemas["s"])
    return found | {type(place): place for place in made}


@cache
def _children(owner: type[Any]) -> list[str]:
    return [name for name, _ in inspect.getmembers_static(owner, lambda member: isinstance(member, child))]


@attrs.frozen(repr=False)
class Method:
    owner: type[Any]
    name: str

    def __repr__(self) -> str:
        return f"{self.owner.__name__}.{self.name}"

    @property
    def written(self) -> Callable[..., Any]:
        """The method as it is written, with the hints of its parameters."""
        return inspect.unwrap(getattr(self.owner, self.name))

    def called(self, root: Root, arguments: Mapping[str, Any]) -> None:
        """Call it on an object of the root, and read the whole of its result."""
        result = getattr(places(root)[self.owner], self.name)(**arguments)
        if isinstance(result, Iterator):
            list(result)


_WAITS = {"run_and_wait"}
"""Methods that send what others do, again and again until a run has ended, which invented answers never say."""


@cache
def methods() -> list[Method]:
    """The remote methods, each under its proper name if it has one; its twin and its old names do the same."""
    found: list[Method] = []
    for owner in places(Root(Account(nothing))):
        functions = inspect.getmembers_static(owner, inspect.isfunction)
        seen: set[Callable[..., Any]] = set()
        for name, function in sorted(functions, key=lambda member: (member[1].__doc__ or "").startswith("Deprecated")):
            written = inspect.unwrap(function)
            is_remote = written is not function and written.__module__ != Root.__module__
            if (
                is_remote
                and not name.endswith("_async")
                and name[0] != "_"
                and name not in _WAITS
                and written not in seen
            ):
                seen.add(written)
                found.append(Method(owner, name))
    return found


def cases(method: Method, values: Callable[[Document], Values]) -> Iterator[tuple[str, dict[str, Value]]]:
    """The ways to call a method: what it needs, of each kind that it takes, and each optional argument alone, with
    other values than its default. Each with the name of that argument, or none.
    """
    options: dict[str, list[Value]] = {}
    needed: dict[str, Value] = {}
    for name, parameter in list(inspect.signature(method.written).parameters.items())[1:]:
        if parameter.kind is parameter.VAR_KEYWORD:
            continue
        hint = eval(parameter.annotation, vars(typing) | method.written.__globals__)
        options[name] = [
            value.filter(lambda value, default=parameter.default: value != default)
            for value in _NAMED.get(name) or alternatives(hint, method.owner, values)
        ]
        if parameter.default is parameter.empty:
            needed[name] = options[name].pop(0)
            if method.name == "create_or_alter":  # which takes a description of what the handle is on
                needed[name] = needed[name].map(_of_the_handle)
    yield "", needed
    for name, others in options.items():
        yield from (("" if name in needed else name, needed | {name: other}) for other in others)


def _of_the_handle(description: Any) -> Any:
    description.name = HANDLE
    return description


def alternatives(hint: Any, owner: type[Any], values: Callable[[Document], Values]) -> list[Value]:
    """The kinds of values that a hint allows. None is the absence of an argument."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return [value for kind in inner if kind is not types.NoneType for value in alternatives(kind, owner, values)]
    if origin is typing.Literal:
        return [st.sampled_from(inner)]
    if origin is Mapping:
        return [st.dictionaries(tags, st.builds(TagValue, texts) | texts, min_size=1, max_size=2)]
    if origin is set:
        return [st.sets(tags, min_size=1, max_size=2)]
    if origin is list:
        return [st.lists(st.one_of(alternatives(inner[0], owner, values)), min_size=1, max_size=2)]
    if origin is dict:
        return [st.dictionaries(names, st.one_of(alternatives(inner[1], owner, values)), min_size=1, max_size=2)]
    if isinstance(hint, TypeVar):
        parts = {"O": "Securable", "C": "ContainingScope"}  # as snowcore._grants has them
        return alternatives(getattr(owner._grants, parts[hint.__name__]), owner, values)
    if hint in _KNOWN:
        return _KNOWN[hint]
    if issubclass(hint, enum.Enum):
        return [st.sampled_from(list(hint))]
    assert issubclass(hint, Model), f"{owner.__name__}: how is a {hint} made? Add it to _KNOWN in {__file__}"
    document, name = schema_of(hint)
    return [values(document).of({"$ref": f"#/components/schemas/{name}"}).map(hint.from_dict)]


def schema_of(model: type[Model]) -> tuple[Document, str]:
    """The schema that a model, or its base, was generated from."""
    for base in model.__mro__:
        package, _, module = base.__module__.rpartition(".")
        if package == "snowflake_rest":
            own_first = sorted(documents().values(), key=lambda document: module_name(document.name) != module)
            return next(d for d in own_first if base.__name__ in d.raw["components"]["schemas"]), base.__name__
    raise AssertionError(f"{model} is not of a specification; add it to _KNOWN in {__file__}")


_SCHEMA = Root(Account(nothing)).databases["d"].schemas["s"]
tags = names.map(lambda name: _SCHEMA.tags[name])
clones = st.builds(
    Clone,
    source=names | st.tuples(names, names).map(".".join),
    point_of_time=st.none() | st.builds(PointOfTimeOffset, reference=st.just("at"), when=st.just("-60")),
)
_ROLE, _SCOPE = Grantees.role("r"), Securables.database("d")
_PRIVILEGES = [Privileges.usage, Privileges.select]
_NAMED: dict[str, list[Value]] = {
    "instance_id": [st.integers(0, 9).map(str)],
    "storage_serialization_policy": [st.sampled_from(["COMPATIBLE", "OPTIMIZED"])],
}
"""Parameters whose hints say too little."""
_KNOWN: dict[Any, list[Value]] = {
    str: [names],
    bytes: [st.binary(max_size=9)],
    bool: [st.sampled_from([True, False])],
    int: [st.integers(1, 100)],
    datetime: [st.datetimes(timezones=st.just(datetime.now().astimezone().tzinfo))],
    Any: [anything],
    Clone: [clones],
    DAG: [st.builds(DAG, names)],
    Grantee: [st.builds(make, names) for make in (Grantees.role, Grantees.user, Grantees.database_role)],
    Grant: [
        st.builds(Grant, st.builds(to, names), st.just(on), st.just(privileges), st.booleans())
        for to in (Grantees.role, Grantees.user)
        for on, privileges in (
            (Securables.table("d.s.t"), _PRIVILEGES),
            (Securables.all_tables(_SCOPE), _PRIVILEGES),
            (Securables.future_tables(_SCOPE), _PRIVILEGES),
            (Securables.role("r"), None),
        )
    ],
}


def play(method: Method, case: Mapping[str, Value], data: st.DataObject) -> list[Request]:
    """The requests of one call. Arguments may turn out not to go together, or answers to say that there is nothing."""
    account = Account(draw_answers(data, full))  # with names, which some methods use in a second request
    arguments = {name: data.draw(value, label=name) for name, value in case.items()}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            method.called(Root(account), arguments)
    except (ValueError, NotFoundError, InvalidActionError, NotImplementedError):
        pass
    except TypeError:
        if account.requests:
            raise
    return account.requests


@cache
def simply(method: Method) -> list[tuple[str, list[Request]]]:
    """The requests of each way to call a method, always the same: models are full, everything else is simple."""
    found: list[tuple[str, list[Request]]] = []

    @settings(max_examples=1, derandomize=True, database=None, deadline=None)
    @given(st.data())
    def once(data: st.DataObject) -> None:
        found.extend((name, play(method, case, data)) for name, case in cases(method, full))

    once()
    return found


@cache
def senders() -> dict[Call, list[Method]]:
    """For each operation the methods that send it."""
    found: dict[Call, list[Method]] = {}
    for method in methods():
        requests = [request for _, requests in simply(method) for request in requests]
        for call in dict.fromkeys(call_of(request.method, request.target.partition("?")[0]) for request in requests):
            found.setdefault(call, []).append(method)
    return found
