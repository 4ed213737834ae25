"""The pages of the API: what Python itself tells of the public names, so what `help()` shows, as Markdown.

Handles get their methods from decorators and base classes, which a reader of the source would not see through.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any, get_args, get_origin

import attrs

from snowcore._collections import child

from ..unit.test_public import MODULES, list_exported

_ARGUMENT = re.compile(r"    (\*{0,2}\w+)( \([^)]*\))?: (.*)")
_KNOWN_VALUES = re.compile(r"Literal\[[^]]*\] \| str")
"""Which ones, the arguments' explanations say."""
_TITLES = ("Args:", "Attributes:", "Raises:", "Returns:", "Yields:")
_WITHOUT_PAGE = ("snowcore.cli", "snowcore.version")


def pages() -> dict[str, str]:
    """For each public module that has names of its own, its page; first the page that lists them."""
    modules = [
        importlib.import_module(name) for name in sorted([*MODULES, "snowcore.local"]) if name not in _WITHOUT_PAGE
    ]
    made = {f"{module.__name__}.md": _page(module) for module in modules if any(list_exported(module))}
    lines = ["# The API", "", _ABOUT, "", "| module | what is there |", "| --- | --- |"]
    lines += [f"| [`{name[:-3]}`]({name}) | {_first_sentence(importlib.import_module(name[:-3]))} |" for name in made]
    return {"index.md": "\n".join(lines) + "\n", **made}


_ABOUT = """\
Written from the docstrings. Each module under `snowcore` is also one under `snowflake.core`.

- A `…Collection` is where objects of a kind are created, listed and looked up, a `…Resource` is a handle of one of
  them. Neither sends anything until a method is called.
- A method marked *remote* sends requests. It has a twin, `…_async`, with the same arguments: the twin returns a
  `PollingOperation`, a Future that can also be awaited.
- Whatever goes wrong is a class of [`snowcore.exceptions`](snowcore.exceptions.md): `NotFoundError` where there is no
  such object, `ConflictError` where one is in the way, `UnauthorizedError`, `ForbiddenError`, `APIError` for the rest.
- What is deprecated is not listed."""


def _page(module: ModuleType) -> str:
    lines = [f"# {module.__name__}", "", markdown(module.__doc__), ""]
    for name, value in sorted(list_exported(module), key=lambda one: (not inspect.isclass(one[1]), one[0])):
        if inspect.isclass(value) and _is_ours(value):
            if value.__name__ == name:
                lines += _class(value)
            else:
                lines += [
                    f"## {name} {{ #{name} }}",
                    "",
                    f"Another name of [`{value.__name__}`](#{value.__name__}).",
                    "",
                ]
        elif inspect.isfunction(value) and _is_ours(value):
            lines += [f"## {name} {{ #{name} }}", "", *_call(name, value), markdown(value.__doc__), ""]
    return "\n".join(lines)


def _is_ours(value: Any) -> bool:
    return value.__module__.split(".")[0] in ("snowcore", "snowflake_rest")


def _class(cls: type[Any]) -> Iterator[str]:
    yield from (f"## {cls.__name__} {{ #{cls.__name__} }}", "")
    if issubclass(cls, enum.Enum):
        yield from (markdown(cls.__doc__), "", *(f"- `{one.name}` = `{one.value!r}`" for one in cls), "")
        return
    made_by = vars(cls).get("__init__")
    kinds: dict[str, str] = {}
    if isinstance(made_by, FunctionType) and attrs.has(cls):
        parameters = list(inspect.signature(made_by).parameters.values())[1:]
        kinds = {one.name: _type(one.annotation) for one in parameters}
        needed = [f"{one.name}=..." for one in parameters if one.default is one.empty]
        yield from ("```python", f"{cls.__name__}({', '.join(needed)}{', ' if needed else ''}...)", "```", "")
    elif isinstance(made_by, FunctionType):
        yield from _call(cls.__name__, made_by, skip=1)
    elif cls.__bases__ != (object,) and issubclass(cls, Exception):
        yield from (f"A subclass of `{cls.__bases__[0].__name__}`.", "")
    yield from (markdown(cls.__doc__, kinds), "")
    if isinstance(made_by, FunctionType) and not attrs.has(cls):
        yield from (markdown(made_by.__doc__), "")
    for base in cls.__mro__[1:]:
        shared = re.search(r"The methods share .*", inspect.cleandoc(base.__doc__ or ""), re.DOTALL)
        yield from (markdown(shared[0]), "") if shared else ()
    for name, member in members(cls):
        yield from (f"### {name} {{ #{cls.__name__}.{name} }}", "")
        if isinstance(member, property):
            yield from ("*property*", "") if not isinstance(member.fget, FunctionType) else _property(member)
            yield from (markdown(member.__doc__), "")
        elif isinstance(member, child):
            yield from (markdown(member.__doc__), "")
        else:
            function = getattr(member, "__func__", member)
            bound, remote = not isinstance(member, staticmethod), hasattr(cls, f"{name}_async")
            yield from _call(name, function, skip=bound, remote=remote, known=_fillings(cls))
            yield from (markdown(function.__doc__), "")


def members(cls: type[Any]) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class has from this product: its own, then those of its bases."""
    told: set[str] = set()
    for base in cls.__mro__:
        if not _is_ours(base) or base.__module__.startswith("snowflake_rest"):
            continue
        for name, value in vars(base).items():
            kind = isinstance(value, (FunctionType, classmethod, staticmethod, property, child))
            doc = getattr(value, "__doc__", None) or ""
            if kind and name not in told and not name.startswith("_") and not doc.startswith("Deprecated"):
                told.add(name)
                if not (name.endswith("_async") and hasattr(cls, name.removesuffix("_async"))):
                    yield name, value


def _property(member: property) -> Iterator[str]:
    returned = inspect.signature(member.fget).return_annotation if member.fget else ""
    yield from (f"*property*: `{_type(returned)}`", "")


def _fillings(cls: type[Any]) -> dict[str, str]:
    """What the type variables of the bases stand for in a class."""
    found: dict[str, str] = {}
    for part in reversed(cls.__mro__):
        for base in getattr(part, "__orig_bases__", ()):
            parameters = getattr(get_origin(base), "__parameters__", ())
            found |= {one.__name__: _type(value) for one, value in zip(parameters, get_args(base))}
    return found


def _call(
    name: str, function: FunctionType, *, skip: int = 0, remote: bool = False, known: Mapping[str, str] = {}
) -> Iterator[str]:
    """How a function is called, one argument a line where they are many."""
    signature = inspect.signature(function)
    told: list[str] = []
    star = False
    for one in list(signature.parameters.values())[skip:]:
        if one.kind is one.KEYWORD_ONLY and not star:
            told.append("*")
        star = star or one.kind in (one.KEYWORD_ONLY, one.VAR_POSITIONAL)
        begins = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
        kind = f": {_type(one.annotation)}" if one.annotation is not one.empty else ""
        default = "" if one.default is one.empty else f" = {_default(one.default)}"
        told.append(f"{begins}{one.name}{kind}{default}")
    gives = _type(signature.return_annotation)
    gives = "" if (gives == "None" and name[0].isupper()) or not gives else f" -> {gives}"
    line = f"{name}({', '.join(told)}){gives}"
    if len(line) > 100:
        line = f"{name}(\n" + "".join(f"    {one},\n" for one in told) + f"){gives}"
    line = re.sub(r"\b[A-Z]\w?\b", lambda one: known.get(one[0], one[0]), line)
    yield from ("```python", line, "```", "", *(("*remote*", "") if remote else ()))


def _type(annotation: Any) -> str:
    if annotation is inspect.Signature.empty:
        return ""
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    return _KNOWN_VALUES.sub("str", text)


def _default(value: Any) -> str:
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    text = repr(value)
    return "..." if text.startswith("<") else text


def _first_sentence(module: ModuleType) -> str:
    return " ".join((module.__doc__ or "").split()).partition(". ")[0].rstrip(".") + "."


def markdown(docstring: str | None, kinds: Mapping[str, str] = {}) -> str:
    """A docstring as Markdown: arguments as a list, with their types if these are given; addresses as links."""
    lines: list[str] = []
    within = False
    for line in inspect.cleandoc(docstring or "").splitlines():
        if line in _TITLES:
            within = True
            lines += [f"**{line[:-1].replace('Args', 'Arguments')}**", ""]
        elif within and (argument := _ARGUMENT.match(line)):
            kind = kinds.get(argument[1], "").removesuffix(" | None")
            lines.append(f"- `{argument[1]}`{f' `{kind}`' * bool(kind)}{argument[2] or ''}: {argument[3]}")
        elif within and line.startswith("        "):
            lines.append(f"  {line.strip()}")
        else:
            within = within and not line.strip()
            lines.append(line)
    return re.sub(r"(?<![<(\"'`])https?://[^\s)>\"']*[^\s)>\"'.,;]", r"<\g<0>>", "\n".join(lines).replace("<", "&lt;"))
