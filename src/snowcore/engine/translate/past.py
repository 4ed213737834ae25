"""AT, BEFORE and CHANGES: which moments a statement names. See
https://docs.snowflake.com/en/sql-reference/constructs/at-before."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from sqlglot import exp

from ..errors import AccountError, compilation, syntax, unsupported
from ..protocol import Moment
from ..types import FLOAT, TIMESTAMP_LTZ, TIMESTAMP_NTZ, VARCHAR, DataType, to_python
from .casts import cast
from .core import Translator, Value
from .protocol import Changes

_LOCAL = ("TIMESTAMP_LTZ", "TIMESTAMP_TZ")


def past(t: Translator, node: exp.Table) -> Moment | Changes | None:
    """What a table's name after FROM says of the past; None if that is the present."""
    if node.args.get("version") is not None:
        raise unsupported("versions of Iceberg tables")
    if (changes := node.args.get("changes")) is not None:
        information = changes.args["information"].name.upper()
        if information not in ("DEFAULT", "APPEND_ONLY"):
            raise syntax(f"CHANGES has no INFORMATION => {information}.")
        end = changes.args.get("end")
        start = moment(t, changes.args["at_before"])
        return Changes(information == "APPEND_ONLY", start, moment(t, end) if end is not None else None)
    when = node.args.get("when")
    if when is None:
        return None
    found = moment(t, when)
    if found.kind == "STREAM":
        raise compilation("001003", "AT and BEFORE take a STREAM only after CHANGES and in CREATE STREAM.")
    return found


def moment(t: Translator, node: exp.Expr) -> Moment:
    """AT, BEFORE or END with what stands in its parentheses, which is a constant."""
    word, kind, said = node.name.upper(), str(node.args["kind"]).upper(), node.expression
    before = word == "BEFORE"
    value = t.value(said)
    if "$" in value.sql and any(said.find_all(exp.Placeholder)):
        raise unsupported(f"binds in {word}")
    if kind == "OFFSET":
        seconds = _constant(t, value, FLOAT)
        if not isinstance(seconds, (int, float, Decimal)) or seconds > 0:
            shown = str(said.meta.get("text") or said.sql(dialect="snowflake")).lower()
            raise compilation("002105", f"Invalid data type [{shown}] in {word}(OFFSET => {shown})", "22023")
        return Moment(kind, float(seconds), before)
    if kind == "TIMESTAMP":
        local = value.type.name in _LOCAL
        time = _constant(t, value, TIMESTAMP_LTZ if local else TIMESTAMP_NTZ)
        # A time without a zone is one of UTC, whatever the session's zone.
        return Moment(kind, _utc(time) if isinstance(time, datetime) else datetime.min.replace(tzinfo=UTC), before)
    text = _constant(t, value, VARCHAR)
    if kind == "STREAM" and text is None:
        raise AccountError(400, "002049", "42601", f"Time travel {word}(STREAM => _) expected a stream name, got NULL.")
    return Moment(kind, "null" if text is None else str(text), before)


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def _constant(t: Translator, value: Value, kind: DataType) -> object:
    ((found,),) = t.names.rows(f"SELECT {cast(t, value, kind).sql}")
    return to_python(kind, found)
