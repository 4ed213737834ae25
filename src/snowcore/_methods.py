"""Remote methods: each is written once, as the steps it takes.

`remote` makes of such a method one that blocks, `twin` one that works in the background.
"""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import attrs

from snowflake_rest.runtime import Model, Steps
from snowflake_rest.runtime.kinds import explain_call, show
from snowflake_rest.runtime.model import build

from ._polling import PollingOperation

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")
M = TypeVar("M", bound=Model)


def remote(method: Callable[Concatenate[S, P], Steps[T]]) -> Callable[Concatenate[S, P], T]:
    """Make a method that returns steps one that carries them out."""

    @functools.wraps(method)
    def blocking(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            steps = method(self, *args, **kwargs)
        except TypeError as error:
            explain_call(error, method)
            raise
        return cast("Any", self).client.run(steps)

    blocking.__signature__ = _change_return(method, "Steps", "{}")  # type: ignore[attr-defined]
    return blocking


def twin(blocking: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], PollingOperation[T]]:
    """The same remote method in the background: it returns a PollingOperation at once.

    Bad arguments still raise at the call.
    """
    steps: Callable[Concatenate[S, P], Steps[T]] = blocking.__wrapped__  # type: ignore[attr-defined]

    @functools.wraps(blocking)
    def background(self: S, /, *args: P.args, **kwargs: P.kwargs) -> PollingOperation[T]:
        try:
            taken = steps(self, *args, **kwargs)
        except TypeError as error:
            explain_call(error, steps)
            raise
        return cast("Any", self).client.start(taken)

    background.__name__ = f"{blocking.__name__}_async"
    background.__qualname__ = f"{blocking.__qualname__}_async"
    background.__doc__ = f"`{blocking.__name__}` in the background.\n\n    {blocking.__doc__ or ''}"
    background.__signature__ = _change_return(steps, "Steps", "PollingOperation[{}]")  # type: ignore[attr-defined]
    return background


def deprecate_name(
    old: str, new: Callable[Concatenate[S, P], T], *, instead: str | None = None
) -> Callable[Concatenate[S, P], T]:
    """A method under the name it had before. Using it warns, and names the method to use instead."""
    instead = instead or new.__name__

    @functools.wraps(new)
    def warn_and_call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        warnings.warn(f"The `{old}` method is deprecated; use `{instead}`", DeprecationWarning, stacklevel=2)
        return new(self, *args, **kwargs)

    warn_and_call.__name__ = old
    warn_and_call.__qualname__ = new.__qualname__.replace(new.__name__, old)
    warn_and_call.__doc__ = f"Deprecated: use `{instead}`."
    return warn_and_call


def _change_return(method: Callable[..., Any], wrapper: str, form: str) -> inspect.Signature:
    """The signature of a method with its `wrapper[…]` return type put in another form."""
    signature = inspect.signature(method)
    hint = signature.return_annotation
    inner = hint.removeprefix(f"{wrapper}[").removesuffix("]") if isinstance(hint, str) else hint
    return signature.replace(return_annotation=form.format(inner) if isinstance(inner, str) else inner)


def build_model(model: type[M], given: M | Mapping[str, Any]) -> M:
    """What a user gave as a model: itself, or made from a dict and checked. TypeError for anything else."""
    if isinstance(given, Model):
        return given
    if isinstance(given, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] - users pass anything
        return cast("M", build(model, given))
    wanted = model.__name__
    named = isinstance(given, str) and any(field.name == "name" for field in attrs.fields(cast("Any", model)))
    meant = f"; did you mean {wanted}(name={given!r})?" if named else ""
    raise TypeError(f"expected a {wanted} or a dict, not {show(given)}{meant}")


def check_exclusive(**options: Any) -> None:
    """ValueError if more than one of these options is given."""
    given = [name for name, value in options.items() if value is not None]
    if len(given) > 1:
        raise ValueError(f"Options {', '.join(given)} are mutually exclusive")


def require(operation: Callable[..., Any] | None) -> Callable[..., Any]:
    if operation is None:
        raise NotImplementedError("the API has no such operation for this kind of object")
    return operation
