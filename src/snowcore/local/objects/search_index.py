"""What a search service finds: of the rows that a filter lets through, those first that share most words with a text.

Words are compared by their stems and ranked by BM25. There is no model that would know what a text means, so a row
without any of the words is found too, after all others, as on Snowflake, where every row is near to some degree.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any, cast

import attrs

from ...engine.errors import invalid, need_extra

Row = Mapping[str, Any]
Condition = Callable[[Row], bool]


def need_ranking() -> None:
    """EngineError unless that is installed which ranks texts."""
    if find_spec("bm25s") is None or find_spec("Stemmer") is None:
        raise need_extra("Cortex Search", "search")


@attrs.define(slots=False)
class Index:
    rows: Sequence[Row]
    columns: Sequence[str]
    """Those that are searched."""
    _rankings: dict[str, Any] = attrs.field(factory=dict[str, Any], init=False)

    def best(self, asked: Mapping[str, Sequence[str]], condition: Condition) -> list[Row]:
        """The rows that a condition lets through, the best first; in their own order where they are as good.

        asked: texts for each column, whose scores are added."""
        scores = [self._scores(column, text) for column, texts in asked.items() for text in texts]
        kept = [(sum(of_row), row) for *of_row, row in zip(*scores, self.rows, strict=True) if condition(row)]
        return [row for _, row in sorted(kept, key=lambda one: -one[0])]

    def _scores(self, column: str, text: str) -> Sequence[float]:
        if column not in self._rankings:
            self._rankings[column] = self._ranking(column)
        ranking = self._rankings[column]
        words = _words([text])[0] if ranking is not None else []
        if ranking is None or not words:
            return [0.0] * len(self.rows)
        return cast("Sequence[float]", ranking.get_scores(words).tolist())

    def _ranking(self, column: str) -> Any:
        """None if no row has a word."""
        need_ranking()
        words = _words([str(row.get(column) or "") for row in self.rows])
        if not any(words):
            return None
        made = importlib.import_module("bm25s").BM25()
        made.index(words, show_progress=False)
        return made


def _words(texts: Sequence[str]) -> list[list[str]]:
    stemmer = importlib.import_module("Stemmer").Stemmer("english")
    tokenize = importlib.import_module("bm25s").tokenize
    return tokenize(list(texts), stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)


# Filters. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-search/query-cortex-search-service.


def condition(said: Any, types: Mapping[str, str]) -> Condition:
    """What a filter lets through. types: of the columns that it may name. AccountError 400 for what is no filter."""
    if not said:
        return lambda row: True
    if not isinstance(said, dict) or len(cast(Row, said)) != 1:
        raise invalid("filter: an object with one operator is expected.")
    operator, operand = next(iter(cast("dict[str, Any]", said).items()))
    if operator in ("@and", "@or"):
        if not isinstance(operand, list):
            raise invalid(f"filter: {operator} needs a list of filters.")
        parts = [condition(part, types) for part in cast("list[Any]", operand)]
        every = all if operator == "@and" else any
        return lambda row: every(part(row) for part in parts)
    if operator == "@not":
        part = condition(operand, types)
        return lambda row: not part(row)
    if operator not in ("@eq", "@contains", "@gte", "@lte"):
        raise invalid(f"filter: there is no operator '{operator}'.")
    if not isinstance(operand, dict) or len(cast(Row, operand)) != 1:
        raise invalid(f"filter: {operator} needs one column with its value.")
    name, value = next(iter(cast("dict[str, Any]", operand).items()))
    return _comparison(operator, *column(name, types, "filter"), value)


def column(name: str, types: Mapping[str, str], where: str) -> tuple[str, str]:
    """A column and its type, however its name is written. AccountError 400 if there is none."""
    for one in (name, name.upper()):
        if one in types:
            return one, types[one].partition("(")[0]
    raise invalid(f"{where}: there is no column '{name}' here; there are {', '.join(types)}.")


_NUMBERS = ("NUMBER", "FLOAT", "DECFLOAT")


def _comparison(operator: str, column: str, type_: str, value: Any) -> Condition:
    if (operator == "@contains") != (type_ == "ARRAY"):
        raise invalid(f"filter: {operator} can't be used with {column}, which is of type {type_}.")
    if operator == "@contains":
        return lambda row: value in (row.get(column) or ())
    is_time = type_ == "DATE" or type_.startswith("TIMESTAMP")
    if operator != "@eq" and type_ not in _NUMBERS and not is_time:
        raise invalid(f"filter: {operator} can't be used with {column}, which is of type {type_}.")
    expected = (int, float) if type_ in _NUMBERS else bool if type_ == "BOOLEAN" else str
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        raise invalid(f"filter: {value!r} is no value of {column}, which is of type {type_}.")
    carry: Callable[[Any], Any] = _moment if is_time else _same
    wanted = carry(cast(Any, value))

    def holds(row: Row) -> bool:
        found = row.get(column)
        if found is None:
            return False
        found = carry(found)
        return found == wanted if operator == "@eq" else found >= wanted if operator == "@gte" else found <= wanted

    return holds


def _same(value: Any) -> Any:
    return value


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace(" Z", "Z"))
    except ValueError:
        raise invalid(f"filter: '{text}' is neither a date nor a time, such as 2026-01-31T12:00:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
