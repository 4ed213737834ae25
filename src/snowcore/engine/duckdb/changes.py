"""INSERT, UPDATE, DELETE and MERGE, done: a query says which rows go where, by the identity of rows (see
`protocol.Change`).

What an open transaction has changed is kept as the rows of that query, to be done again if a later statement fails.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import attrs
import duckdb

from ..errors import EngineError, from_duckdb
from ..translate.protocol import Change, Clause
from . import keys
from .layout import HIDDEN, first_identity, identity, put_away
from .store import Ready, read_one, run_one

if TYPE_CHECKING:
    from .session import DuckSession

STAGED = "staged"
"""What DuckDB calls the rows of the query while they are put where they belong."""


@attrs.frozen
class Applied:
    """What a statement did."""

    statements: Sequence[str]
    rows: Any
    """In Arrow; None if the statements need none."""

    @property
    def size(self) -> int:
        """How many rows it takes to do it again."""
        return 0 if self.rows is None else len(self.rows)

    def again(self, duck: Any) -> list[int]:
        """Do it, and count what each statement changed."""
        if self.rows is None:
            return [_count(run_one(duck, sql)) for sql in self.statements]
        with _staged(duck, self.rows):
            return [_count(run_one(duck, sql)) for sql in self.statements]


@contextmanager
def _staged(duck: Any, rows: Any) -> Generator[None]:
    """Have DuckDB know rows in Arrow as `staged`."""
    duck.register(STAGED, rows)
    try:
        yield
    finally:
        with suppress(duckdb.Error):  # of a transaction that has failed; the next rows take the name
            duck.unregister(STAGED)


def apply(session: DuckSession, change: Change, values: list[Any], direct: Ready | None) -> list[tuple[str, int]]:
    """Do what a change says; the titles and numbers that Snowflake answers.

    direct: what `inserted_directly` says, read by DuckDB.
    """
    try:
        told = _applied(session, change, values, direct)
        keys.check(session, change)
        return told
    except duckdb.Error as error:
        names = dict(change.query.names)
        for clause in change.clauses:
            names |= {column.physical: column.name for column in clause.relation.columns}
        if isinstance(error, duckdb.TransactionException):
            raise
        raise from_duckdb(error, names, _table(change.clauses[0])) from None


def inserted_directly(change: Change, binds: int) -> str | None:
    """A change as one statement of DuckDB's, if it only adds rows to one table.

    binds: how many values the query takes. After them come two more, which `_applied` gives.
    """
    if len(change.clauses) != 1 or change.clauses[0].action != "INSERT" or change.overwrite:
        return None
    identities = identity(f"${binds + 1}")
    return _insert(change.clauses[0], f"({change.query.sql}) AS s", f"${binds + 2}", identities)


def _applied(session: DuckSession, change: Change, values: list[Any], direct: Ready | None) -> list[tuple[str, int]]:
    first = first_identity(session.engine.versions.number())
    if direct is not None and not session.in_transaction:
        return _told(change, [_count(direct.run(session.duck, [*values, first, session.number()]))], 0)
    rows = read_one(session.duck, _with_defaults(change, identity(first))).rows(session.duck, values)
    twice = _twice(session, change, rows)
    if twice and change.kind == "MERGE":
        with _staged(session.duck, rows):  # one of those that change the same row, whichever
            once = f"SELECT DISTINCT ON (c2) * FROM {STAGED} WHERE c2 IS NOT NULL"
            once += f" UNION ALL SELECT * FROM {STAGED} WHERE c2 IS NULL"
            rows, twice = read_one(session.duck, once).rows(session.duck, []), 0
    number, statements, counted = session.number(), list[str](), list[int]()
    if change.overwrite:
        for source in {clause.relation.source: None for clause in change.clauses}:
            statements += [put_away(int(source[1:]), number), f"DELETE FROM {source}"]
    for at, clause in enumerate(change.clauses):
        once = "DISTINCT ON (c2) " if twice else ""
        source = f"(SELECT {once}* FROM {STAGED} WHERE c1 = {at}) AS s"
        if clause.action != "INSERT":
            changed = f"{clause.relation.row_id} IN (SELECT s.c2 FROM {source})"
            statements.append(put_away(int(clause.relation.source[1:]), number, changed))
        counted.append(len(statements))
        statements.append(_STATEMENTS[clause.action](clause, source, number))
    applied = Applied(statements, rows)
    counts = applied.again(session.duck)
    session.remember(applied)
    return _told(change, [counts[at] for at in counted], twice)


def _with_defaults(change: Change, identities: str) -> str:
    """The query, with what its INSERTs leave to the table worked out, so that it is always the same: the defaults, and
    the rows' identities."""
    extra: dict[str, str] = {}
    for clause in change.clauses:
        if clause.action == "INSERT":
            extra |= {_default_name(clause, at): default for at, default in _defaults(clause)}
            extra[clause.relation.row_id] = identities
    if not extra:
        return change.query.sql
    return f"SELECT s.*, {', '.join(f'{sql} AS {name}' for name, sql in extra.items())} FROM ({change.query.sql}) AS s"


def _defaults(clause: Clause) -> list[tuple[int, str]]:
    """The columns that a clause leaves to their defaults, and these."""
    return [
        (at, column.default)
        for at, column in enumerate(clause.relation.columns)
        if at not in clause.columns and column.default is not None
    ]


def _default_name(clause: Clause, at: int) -> str:
    return f"default_{clause.relation.source}_{at}"


def _insert(clause: Clause, source: str, number: object, identities: str = "") -> str:
    """Of rows that were staged; with the SQL of their identities, straight from the query."""
    relation = clause.relation
    columns = [relation.columns[at].physical for at in clause.columns]
    values = [f"s.c{3 + place}" for place in range(len(columns))]
    for at, default in _defaults(clause):
        columns.append(relation.columns[at].physical)
        values.append(default if identities else f"s.{_default_name(clause, at)}")
    columns += HIDDEN
    values += [identities or f"s.{relation.row_id}", str(number)]
    return f"INSERT INTO {relation.source} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {source}"


def _update(clause: Clause, source: str, number: int) -> str:
    target, row = clause.relation.source, clause.relation.row_id
    columns = [clause.relation.columns[at].physical for at in clause.columns]
    sets = ", ".join(f"{column} = s.c{3 + place}" for place, column in enumerate(columns))
    return f"UPDATE {target} SET {sets}, made = {number} FROM {source} WHERE {target}.{row} = s.c2"


def _delete(clause: Clause, source: str, number: int) -> str:
    target, row = clause.relation.source, clause.relation.row_id
    return f"DELETE FROM {target} WHERE {row} IN (SELECT s.c2 FROM {source})"


_STATEMENTS = {"INSERT": _insert, "UPDATE": _update, "DELETE": _delete}


def _twice(session: DuckSession, change: Change, rows: Any) -> int:
    """How many rows would be changed more than once. A MERGE refuses that, but for a row that is only deleted, unless
    ERROR_ON_NONDETERMINISTIC_MERGE says otherwise, as ERROR_ON_NONDETERMINISTIC_UPDATE does for an UPDATE."""
    if change.kind not in ("UPDATE", "MERGE") or not len(rows):
        return 0
    updates = ", ".join(str(at) for at, clause in enumerate(change.clauses) if clause.action == "UPDATE") or "-1"
    having = f" AND count_if(c1 IN ({updates})) > 0" if change.kind == "MERGE" else ""
    with _staged(session.duck, rows):
        rising = f"SELECT bool_and(c2 > before) FROM (SELECT c2, lag(c2, 1, -1) OVER () AS before FROM {STAGED})"
        if session.duck.execute(rising).fetchall() == [(True,)]:
            return 0  # as the rows of one table come; this is quicker to see than that no two are the same
        sql = f"SELECT c2 FROM {STAGED} WHERE c2 IS NOT NULL GROUP BY c2 HAVING count(*) > 1{having}"
        ((count,),) = session.duck.execute(f"SELECT count(*) FROM ({sql})").fetchall()
    if count and session.scope.parameter(f"ERROR_ON_NONDETERMINISTIC_{change.kind}").lower() == "true":
        raise EngineError("100090", "42P18", "Duplicate row detected during DML action")
    return count


def _table(clause: Clause) -> str:
    return clause.relation.name.rpartition(".")[2]


def _told(change: Change, counts: list[int], twice: int) -> list[tuple[str, int]]:
    if change.kind == "INSERT":
        if len(counts) == 1:
            return [("number of rows inserted", counts[0])]
        return [(f"number of rows inserted into {_table(one)}", count) for one, count in zip(change.clauses, counts)]
    if change.kind == "UPDATE":
        return [("number of rows updated", counts[0]), ("number of multi-joined rows updated", twice)]
    if change.kind == "DELETE":
        return [("number of rows deleted", counts[0])]
    of = {action: 0 for action in ("INSERT", "UPDATE", "DELETE") if action in {one.action for one in change.clauses}}
    for clause, count in zip(change.clauses, counts):
        of[clause.action] += count
    return [(f"number of rows {action.lower().removesuffix('e')}ed", count) for action, count in of.items()]


def _count(ran: Any) -> int:
    ((count,),) = ran.fetchall()
    return count
