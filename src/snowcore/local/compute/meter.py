"""The meter: when warehouses and compute pools ran, on the account's clock, and which credits that would have cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import attrs

from ..account.catalog import Catalog, Entry, stamp

_HOUR = timedelta(hours=1)


@attrs.frozen
class Run:
    """A time in which a warehouse or a compute pool ran, at one price."""

    kind: str
    """`warehouse` or `compute-pool`."""
    name: str
    rate: float
    """Credits an hour."""
    started: datetime
    ended: datetime | None
    """None if it still runs."""
    paid_until: datetime
    """The end of what is paid for: a start costs a minute of a warehouse, and five of a compute pool, at least."""

    @property
    def credits(self) -> float:
        return self.rate * ((self.paid_until - self.started) / _HOUR)

    def by_hours(self) -> Iterator[tuple[datetime, float]]:
        """The hours of which something is paid for, by their beginnings, and the credits of each."""
        at = self.started
        while at < self.paid_until:
            hour = at.replace(minute=0, second=0, microsecond=0)
            end = min(hour + _HOUR, self.paid_until)
            yield hour, self.rate * ((end - at) / _HOUR)
            at = end


class Meter:
    """What a program would have cost on Snowflake, of what its warehouses and compute pools cost there. Serverless
    features, storage and cloud services are not metered."""

    def __init__(self, catalog: Catalog, clock: Callable[[], datetime]) -> None:
        self._catalog, self._clock = catalog, clock
        self.settle: Callable[[], None] = lambda: None  # suspends what nobody has used for long enough

    def runs(self) -> list[Run]:
        """All of them, in the order in which they began."""
        self.settle()
        rows = self._catalog.rows(
            "SELECT r.kind, coalesce(o.name, r.name), r.rate, r.least, r.started, r.ended"
            " FROM compute_runs r LEFT JOIN objects o ON o.id = r.object ORDER BY r.started, r.id"
        )
        return [self._run(*row) for row in rows]

    def credits(self, name: str | None = None) -> float:
        """The credits of everything until now, or of the warehouse or compute pool of this name."""
        return sum(run.credits for run in self.runs() if name in (None, run.name))

    def _run(self, kind: str, name: str, rate: float, least: int, started: str, ended: str | None) -> Run:
        begun = datetime.fromisoformat(started).astimezone(UTC)
        end = None if ended is None else datetime.fromisoformat(ended).astimezone(UTC)
        paid = max(end or self._clock().astimezone(UTC), begun + timedelta(seconds=least))
        return Run(kind, name, rate, begun, end, paid)

    # For what runs

    def started(self, entry: Entry, rate: float, least: int) -> None:
        self._catalog.rows(
            "INSERT INTO compute_runs (object, kind, name, rate, least, started) VALUES (?, ?, ?, ?, ?, ?)",
            *(entry.id, entry.kind, entry.name, rate, least, stamp(self._clock())),
        )

    def ended(self, entry: Entry, at: datetime | None = None) -> None:
        self._catalog.rows(
            "UPDATE compute_runs SET ended = coalesce(ended, ?), name = ? WHERE object = ?",
            *(stamp(at or self._clock()), entry.name, entry.id),
        )

    def changed(self, entry: Entry, rate: float, least: int) -> None:
        """Something costs more or less from now on, if it runs: what it costs more is paid for as if it had started."""
        ((before,),) = self._catalog.rows(
            "SELECT total(rate) FROM compute_runs WHERE object = ? AND ended IS NULL", entry.id
        )
        if before and rate > before:
            self.started(entry, rate - before, least)
        elif before and rate < before:
            self.ended(entry)
            self.started(entry, rate, 0)
