"""Documents of JSON as Snowflake reads them, where DuckDB would do otherwise. Numbers stay as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from ..errors import EngineError
from .formats import Format

_BETWEEN = re.compile(r"[\s,]*")


class _Number(str):
    """A number, by its digits."""


def read_documents(text: str, format_: Format, *, up_to_error: bool) -> Iterator[str]:
    """The documents of a text. EngineError 100069 for what is no JSON, unless only what stands before that is asked
    for."""
    decoder = json.JSONDecoder(
        parse_float=_Number,
        parse_int=_Number,
        object_pairs_hook=_merged if format_.is_on("ALLOW_DUPLICATE") else _distinct,
        strict=False,
    )
    strips, stripped, at = format_.is_on("STRIP_OUTER_ARRAY"), format_.is_on("STRIP_NULL_VALUES"), 0
    try:
        while (at := _past(text, at)) < len(text):
            value, at = decoder.raw_decode(text, at)
            every: list[Any] = cast(Any, value) if isinstance(value, list) and strips else [value]
            yield from (_written(one, stripped) for one in every)
    except (ValueError, RecursionError) as error:
        if not up_to_error:
            line = text.count("\n", 0, at) + 1
            raise EngineError(
                "100069", "22P02", f"Error parsing JSON: {_said(text[at:], at, error)}, line {line}"
            ) from None


def _said(rest: str, at: int, error: Exception) -> str:
    """What Snowflake says of a document. at: where it begins in its text."""
    from ..translate.variants import complaint  # here, since few files are wrong

    if not isinstance(error, json.JSONDecodeError):
        return str(error) if isinstance(error, ValueError) else "too deeply nested"
    return complaint(rest, json.JSONDecodeError(error.msg, rest, error.pos - at))


def _past(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    assert found is not None
    return found.end()


def _merged(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(pairs)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'duplicate object attribute "{twice}"')
    return found


def _written(value: Any, stripped: bool) -> str:
    """stripped: without the null values of objects and arrays."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        found = [(k, v) for k, v in cast("dict[str, Any]", value).items() if v is not None or not stripped]
        return f"{{{','.join(f'{json.dumps(k, ensure_ascii=False)}:{_written(v, stripped)}' for k, v in found)}}}"
    if isinstance(value, list):
        kept = [one for one in cast("list[Any]", value) if one is not None or not stripped]
        return f"[{','.join(_written(one, stripped) for one in kept)}]"
    return json.dumps(value, ensure_ascii=False)
