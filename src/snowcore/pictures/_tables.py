"""Lists of models as tables."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import attrs

from ..exceptions import MissingModuleError

if TYPE_CHECKING:
    import pandas  # pyright: ignore[reportMissingTypeStubs]

_MOST = 200
"""How many rows a notebook shows."""


class ModelTable:
    """Models as a table, a row each, which notebooks show.

    models: of one class or of several, such as those that `iter()` gives. Columns are the fields that one of them has a
    value for, the name first. What no repr shows, no table shows.
    """

    def __init__(self, models: Iterable[Any]) -> None:
        self.rows: list[dict[str, Any]] = [read_fields(model) for model in models]
        self.columns = list({name: None for row in self.rows for name, value in row.items() if value is not None})

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
        more = f"<p>{len(self) - _MOST:,} more</p>" if len(self) > _MOST else ""
        return draw_table([self.columns, *([row.get(c) for c in self.columns] for row in self.rows[:_MOST])]) + more


tabulate = ModelTable
"""Models, such as those of `root.warehouses.iter()`, as a table."""


def read_fields(model: Any) -> dict[str, Any]:
    """What a model, or an object of another class of attrs such as DAGRun, has in its fields."""
    every = sorted(attrs.fields(cast("type[Any]", type(model))), key=lambda a: a.name != "name")
    fields = {a.name: a for a in every if not a.name.startswith("_")}
    hidden = {name for name, a in fields.items() if getattr(a.metadata.get("kind"), "secret", False)}
    values = {name: getattr(model, name) for name in fields}
    return {name: "**********" if name in hidden and value is not None else value for name, value in values.items()}


def draw_table(rows: Iterable[Iterable[Any]]) -> str:
    """Rows in HTML, of which the first has the titles."""
    lines: list[str] = []
    for row in rows:
        shown = (value.isoformat(" ", "seconds") if isinstance(value, datetime) else value for value in row)
        tag = "td" if lines else "th"
        cells = (f"<{tag}>{'' if value is None else html.escape(str(value))}</{tag}>" for value in shown)
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return '<table border="1">\n' + "\n".join(lines) + "\n</table>\n"
