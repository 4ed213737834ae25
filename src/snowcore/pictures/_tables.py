"""Lists of models as tables."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import attrs

from ..exceptions import MissingModuleError

if TYPE_CHECKING:
    import pandas  # pyright: ignore[reportMissingTypeStubs]

_MOST = 200
"""How many rows a notebook shows."""
_HIDDEN = "**********"


class ModelTable:
    """Models as a table, a row each: notebooks show it, `to_pandas` makes a DataFrame of it, and str is a text.

    models: of one class or of several, such as those that `iter()` gives. Columns are the fields that one of them has a
    value for, in the order of the class. What no repr shows, no table shows.
    """

    def __init__(self, models: Iterable[Any]) -> None:
        self.rows: list[dict[str, Any]] = [_read_fields(model) for model in models]
        every = dict.fromkeys(name for row in self.rows for name in row)
        self.columns: list[str] = [name for name in every if any(row.get(name) is not None for row in self.rows)]

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame, with a column for each field. MissingModuleError without pandas."""
        try:
            import pandas  # pyright: ignore[reportMissingTypeStubs]
        except ImportError:
            raise MissingModuleError("pandas", "Install it with: pip install pandas") from None
        return pandas.DataFrame([[row.get(name) for name in self.columns] for row in self.rows], columns=self.columns)

    def _repr_html_(self) -> str:
        rows = [f"<tr>{_cells('th', self.columns)}</tr>"]
        rows += [f"<tr>{_cells('td', self._texts(row))}</tr>" for row in self.rows[:_MOST]]
        more = f"<p>{len(self) - _MOST:,} more</p>" if len(self) > _MOST else ""
        return f"<table>\n{chr(10).join(rows)}\n</table>{more}\n"

    def __str__(self) -> str:
        rows = [self.columns, *(self._texts(row) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)

    @staticmethod
    def describe(model: Any) -> str:
        """A model in HTML, with a row for each of its fields."""
        rows = [f"<tr>{_cells('td', (name, str(value)))}</tr>\n" for name, value in _read_fields(model).items()]
        return f'<table border="1">\n<tr>{_cells("th", ("Property", "Value"))}</tr>\n{"".join(rows)}</table>\n'

    def _texts(self, row: dict[str, Any]) -> list[str]:
        return [_show(row.get(name)) for name in self.columns]


def tabulate(models: Iterable[Any]) -> ModelTable:
    """Models, such as those of `root.warehouses.iter()`, as a table."""
    return ModelTable(models)


def _read_fields(model: Any) -> dict[str, Any]:
    """What a model, or another class of attrs such as DAGRun, has in its fields."""
    fields = [a for a in attrs.fields(cast("type[Any]", type(model))) if not a.name.startswith("_")]
    return {a.name: _HIDDEN if _is_secret(a, model) else getattr(model, a.name) for a in fields}


def _is_secret(field: Any, model: Any) -> bool:
    return getattr(field.metadata.get("kind"), "secret", False) and getattr(model, field.name) is not None


def _show(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return "" if value is None else " ".join(str(value).split())


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts)
