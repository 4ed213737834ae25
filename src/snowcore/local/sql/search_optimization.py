"""ALTER TABLE … ADD and DROP SEARCH OPTIMIZATION, and what DESCRIBE says of it: kept and told, without effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...engine.errors import compilation
from ...engine.protocol import Result
from ..objects import securables
from .kinds import TABLE, place, table_path, unquoted
from .listings import columns, shown
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from . import SqlSession

_METHODS = ("EQUALITY", "SUBSTRING", "GEO", "FULL_TEXT")
_SUITED = {"SUBSTRING": ("VARCHAR", "VARIANT", "ARRAY", "OBJECT"), "GEO": ("GEOGRAPHY",), "FULL_TEXT": ("VARCHAR",)}
"""The types of columns that a method is for, where it isn't for all but those of GEO."""

Row = dict[str, Any]


def alter(session: SqlSession, reader: Reader, where: Mapping[str, str]) -> Result:
    """ADD or DROP SEARCH OPTIMIZATION [ON method(target, …), …]."""
    adds = reader.take("ADD SEARCH OPTIMIZATION")
    if not adds:
        reader.expect("DROP SEARCH OPTIMIZATION")
    session.perform("table", "fetch", where)
    path = tuple(map(unquoted, where.values()))
    securable = securables.need(session.account, securables.KINDS["TABLE"], path)
    session.rights.need("OWNERSHIP", securable)
    if adds:
        schema = securables.need(session.account, securables.KINDS["SCHEMA"], securable.path[:2])
        session.rights.need("ADD SEARCH OPTIMIZATION", schema)
    every = _columns(session, where)
    meant = reader.several(lambda: _meant(reader, every)) if reader.take("ON") else []
    reader.end()
    session.engine.commit()  # as all DDL
    kind = session.account.kinds["table"]
    with session.account.changing:
        entry = kind.need_at(path)
        kept: list[Row] = entry.state.get("search") or []
        if adds:
            found = [row for rows in meant or [_all("EQUALITY", every)] for row in rows]
            new = [row for row in found if not any(_same(row, one) for one in kept)]
            number = max((one["expression_id"] for one in kept), default=0)
            kept = [*kept, *({**row, "expression_id": number + at} for at, row in enumerate(new, 1))]
        else:
            gone = [row for rows in meant for row in rows]
            kept = [one for one in kept if gone and not any(_same(row, one) for row in gone)]
        kind.set_state(entry, search=kept)
    return status("Statement executed successfully.")


def describe(session: SqlSession, reader: Reader) -> Result:
    where = place(session, TABLE, reader.path(), "DESCRIBE SEARCH OPTIMIZATION")
    reader.end()
    every = _columns(session, where)
    entry = session.account.kinds["table"].need_at(tuple(map(unquoted, where.values())))
    kept: list[Row] = entry.state.get("search") or []
    rows: list[Row] = [{**row, "active": True} for row in kept if row["column"] in every]
    return shown(columns("expression_id method target target_data_type active"), rows)


def _columns(session: SqlSession, where: Mapping[str, str]) -> dict[str, str]:
    return {one.name: str(one.type) for one in session.columns(table_path(where))}


def _meant(reader: Reader, every: Mapping[str, str]) -> list[Row]:
    """`method(target, …)`, or what only DROP may name: a column, or the number of an expression."""
    method = reader.one_of(*_METHODS)
    if method is None:
        if reader.peek().isdigit():
            return [{"expression_id": reader.integer()}]
        return [{"column": _known(reader.path()[0], every)}]
    reader.expect("(")
    rows: list[Row] = []
    while not reader.take(")"):
        if reader.take("*"):
            rows += _all(method, every)
        elif reader.take("ANALYZER"):
            reader.expect("=>")
            reader.string()
        else:
            target = reader.until(",", ")").strip()
            name = _known(Reader(target).path()[0], every)
            plain = target if ":" in target else name
            rows.append({"method": method, "column": name, "target": plain, "target_data_type": every[name]})
            _check(rows[-1])
        reader.take(",")
    if not rows:
        raise reader.wrong()
    return rows


def _all(method: str, every: Mapping[str, str]) -> list[Row]:
    return [
        {"method": method, "column": name, "target": name, "target_data_type": type_}
        for name, type_ in every.items()
        if _suits(method, type_)
    ]


def _suits(method: str, type_: str) -> bool:
    name = type_.partition("(")[0]
    return name in _SUITED[method] if method in _SUITED else name not in ("GEOGRAPHY", "GEOMETRY", "FLOAT")


def _check(row: Row) -> None:
    if not _suits(row["method"], row["target_data_type"]):
        what = f"Column {row['target']} of type {row['target_data_type']}"
        raise compilation("001003", f"{what} can't be under the search method {row['method']}.")


def _known(name: str, every: Mapping[str, str]) -> str:
    if name not in every:
        raise compilation("000904", f"invalid identifier '{name}'")
    return name


def _same(row: Row, kept: Row) -> bool:
    """Whether a row is the one that is kept, as far as it says."""
    return all(kept.get(part) == value for part, value in row.items() if part != "target_data_type")
