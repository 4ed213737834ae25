"""Functions of dates and times: parts, arithmetic, formats, zones."""
# ruff: noqa: E501

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from snowcore.engine.duckdb.session import DuckSession

from .answers import Line, check, name

ARITHMETIC: list[Line] = [
    ("dateadd(month, 1, '2024-01-31'::date)", date(2024, 2, 29), "DATE"),
    ("dateadd('year', -1, '2024-02-29'::timestamp)", datetime(2023, 2, 28), "TIMESTAMP_NTZ"),
    ("dateadd(hour, 25, '2024-01-01'::date)", datetime(2024, 1, 2, 1), "TIMESTAMP_NTZ"),
    ("dateadd(q, 1, '2024-01-31'::date)", date(2024, 4, 30)),
    ("dateadd(wk, -1, '2024-01-05'::date)", date(2023, 12, 29)),
    ("dateadd(day, 1.6, '2024-01-01'::date)", date(2024, 1, 3)),
    ("dateadd(ms, 1500, '2024-01-01'::timestamp)", datetime(2024, 1, 1, 0, 0, 1, 500000)),
    ("dateadd(ns, -1, '2024-01-01'::timestamp)::varchar", "2023-12-31 23:59:59.999"),
    ("to_char(dateadd(ns, -1, '2024-01-01'::timestamp), 'HH24:MI:SS.FF9')", "23:59:59.999999999"),
    ("timeadd(minute, 10, '23:55:00'::time)", time(0, 5), "TIME"),
    ("dateadd(month, 1, '10:00:00'::time)", "!001023"),
    ("dateadd(fortnight, 1, '2024-01-01'::date)", "!001023"),
    ("dateadd(day, null, '2024-01-01'::date)", None),
    ("timestampadd(day, 1, '2024-01-01 10:00')", datetime(2024, 1, 2, 10)),
    ("dateadd(hour, 2, '2024-01-01 00:00:00 +05:00'::timestamp_tz)::varchar", "2024-01-01 02:00:00.000 +0500"),
    ("dateadd(month, 1, '0001-01-31'::date)", date(1, 2, 28)),
    ("dateadd(second, 1, '9999-12-31 23:59:58'::timestamp)", datetime(9999, 12, 31, 23, 59, 59)),
    ("'2024-01-31'::date + interval '1 month'", date(2024, 2, 29), "DATE"),
    ("'2024-01-01'::timestamp - interval '1 day, 2 hours'", datetime(2023, 12, 30, 22)),
    ("'2024-01-01'::date + interval '1 y, 3 q, 4 mm, 5 w, 6 d'", date(2026, 3, 14)),
    ("'2024-01-31'::date + 1", date(2024, 2, 1), "DATE"),
    ("'2024-03-01'::date - '2024-02-01'::date", 29, "NUMBER"),
    ("datediff(year, '2023-12-31', '2024-01-01')", 1, "NUMBER"),
    ("datediff(month, '2024-01-31'::date, '2024-02-01'::date)", 1),
    ("datediff(quarter, '2024-03-31'::date, '2023-01-01'::date)", -4),
    ("datediff(week, '2024-01-07'::date, '2024-01-08'::date)", 1),
    ("datediff(day, '2024-01-01 23:59'::timestamp, '2024-01-02'::date)", 1),
    ("datediff(hour, '2024-01-01 00:59'::timestamp, '2024-01-01 01:00'::timestamp)", 1),
    ("datediff(us, '2024-01-01'::timestamp, '2024-01-01 00:00:01'::timestamp)", 1000000),
    ("datediff(ns, '2024-01-01'::timestamp, '2024-01-01 00:00:00.000000002'::timestamp)", 2),
    ("timediff(second, '10:00:00'::time, '10:01:00'::time)", 60),
    ("timestampdiff(minute, '2024-01-01 00:00 +01:00'::timestamp_tz, '2024-01-01 00:00 +00:00'::timestamp_tz)", 60),
    ("add_months('2016-05-15'::timestamp, 2)", datetime(2016, 7, 15), "TIMESTAMP_NTZ"),
    ("add_months('2016-02-29'::date, 1)", date(2016, 3, 31), "DATE"),
    ("add_months('2016-05-31'::date, -1)", date(2016, 4, 30)),
    ("months_between('2019-03-01'::date, '2019-02-01'::date)", 1),
    ("months_between('2019-03-01 02:00:00'::timestamp, '2019-02-15 01:00:00'::timestamp)", Decimal("0.549731")),
    ("months_between('2019-02-28'::date, '2019-03-31'::date)", -1),
    ("date_trunc('hour', '2024-05-01 12:34:56.789'::timestamp)", datetime(2024, 5, 1, 12)),
    ("date_trunc(week, '2024-05-01'::date)", date(2024, 4, 29), "DATE"),
    ("date_trunc('quarter', '2024-05-03'::date)", date(2024, 4, 1)),
    ("date_trunc(ms, '2024-05-01 12:34:56.789123'::timestamp)", datetime(2024, 5, 1, 12, 34, 56, 789000)),
    ("date_trunc('minute', '10:11:12'::time)", time(10, 11)),
    ("date_trunc(day, '2024-05-01 12:00:00 +02:00'::timestamp_tz)::varchar", "2024-05-01 00:00:00.000 +0200"),
    ("date_trunc('eon', '2024-05-01'::date)", "!001023"),
    ("trunc('2024-05-06'::date, 'month')", date(2024, 5, 1)),
    ("last_day('2024-02-03'::date)", date(2024, 2, 29), "DATE"),
    ("last_day('2024-05-06 10:00'::timestamp, 'week')", date(2024, 5, 12), "DATE"),
    ("last_day('2024-05-06'::date, 'year')", date(2024, 12, 31)),
    ("next_day('2024-05-06'::date, 'Friday')", date(2024, 5, 10)),
    ("next_day('2024-05-06'::date, 'mo')", date(2024, 5, 13)),
    ("previous_day('2024-05-06'::date, 'MO')", date(2024, 4, 29)),
    ("next_day('2024-05-06'::date, 'xx')", "!100210"),
    ("time_slice('2019-02-28'::date, 4, 'MONTH', 'START')", date(2019, 1, 1)),
    ("time_slice('2019-02-28'::date, 4, 'MONTH', 'END')", date(2019, 5, 1)),
    ("time_slice('2024-01-05 10:17:00'::timestamp, 15, 'minute')", datetime(2024, 1, 5, 10, 15)),
    ("time_slice('1969-12-31 23:59:59'::timestamp, 2, 'hour')", datetime(1969, 12, 31, 22)),
    ("time_slice('2024-01-05'::date, 1, 'hour')", "!001023"),
]  # fmt: skip

PARTS: list[Line] = [
    ("year('2024-01-05'::date)", 2024, "NUMBER"),
    ("extract(month from '2024-05-06 07:08:09'::timestamp)", 5),
    ("date_part('day', '2024-05-06')", "!002016"),
    ("hour('2024-05-06 07:08:09'::timestamp)", 7),
    ("minute('07:08:09'::time)", 8),
    ("second('2024-05-06 07:08:09.9'::timestamp)", 9),
    ("date_part(ns, '2024-01-01 00:00:00.123456789'::timestamp)", 123456789),
    ("dayofweek('2024-01-07'::date)", 0),
    ("dayofweekiso('2024-01-07'::date)", 7),
    ("dayofyear('2024-12-31'::date)", 366),
    ("weekofyear('2024-12-30'::date)", 1),
    ("weekiso('2021-01-01'::date)", 53),
    ("yearofweek('2024-12-30'::date)", 2025),
    ("yearofweekiso('2021-01-01'::date)", 2020),
    ("quarter('2024-05-01'::date)", 2),
    ("date_part(epoch_second, '1969-12-31 23:59:59.5'::timestamp)", -1),
    ("date_part(epoch_millisecond, '2024-01-01'::timestamp)", 1704067200000),
    ("date_part(epoch_nanosecond, '1970-01-01 00:00:00.000000001'::timestamp)", 1),
    ("date_part(epoch, '2024-01-01 00:00:00 +01:00'::timestamp_tz)", 1704063600),
    ("date_part(tzh, '2024-01-01 00:00:00 -07:30'::timestamp_tz)", -7),
    ("monthname('2024-05-01'::date)", "May"),
    ("dayname('2024-01-07 10:00'::timestamp)", "Sun"),
    ("date_part(epoch_ms, '2024-01-01'::date)", "!001023"),
]  # fmt: skip

MADE: list[Line] = [
    ("to_date('2024-05-10')", date(2024, 5, 10), "DATE"),
    ("to_date('05/10/2024')", date(2024, 5, 10)),
    ("to_date('10-May-2024', 'DD-MON-YYYY')", date(2024, 5, 10)),
    ("to_date('2024.07.23', 'YYYY.MM.DD')", date(2024, 7, 23)),
    ("to_date('31536000')", date(1971, 1, 1)),
    ("to_date('2024-05-10 12:00:00'::timestamp)", date(2024, 5, 10)),
    ("date('2024-05-10')", date(2024, 5, 10)),
    ("to_date('nope')", "!100040"),
    ("to_date('2024-13-01')", "!100040"),
    ("try_to_date('nope')", None),
    ("try_to_date('2024-02-30')", None),
    ("to_date(parse_json('\"2024-05-10\"'))", date(2024, 5, 10)),
    ("to_time('13:30:00')", time(13, 30), "TIME"),
    ("to_time('13:30:00.000001')", time(13, 30, 0, 1)),
    ("to_time('11.15.00', 'HH24.MI.SS')", time(11, 15)),
    ("time('1:30 PM', 'HH12:MI PM')", time(13, 30)),
    ("try_to_time('25:00:00')", None),
    ("to_time('25:00:00')", "!100108"),
    ("to_timestamp('2024-05-10 01:02:03.123456')", datetime(2024, 5, 10, 1, 2, 3, 123456), "TIMESTAMP_NTZ"),
    ("to_timestamp('04/05/2013 01:02:03', 'mm/dd/yyyy hh24:mi:ss')", datetime(2013, 4, 5, 1, 2, 3)),
    ("to_timestamp(1700000000)", datetime(2023, 11, 14, 22, 13, 20)),
    ("to_timestamp(1000000000, 3)", datetime(1970, 1, 12, 13, 46, 40)),
    ("to_timestamp(1.5)", datetime(1970, 1, 1, 0, 0, 1, 500000)),
    ("to_char(to_timestamp(1487654321123456789, 9), 'SS.FF9')", "41.123456789"),
    ("to_timestamp('1487654321')", datetime(2017, 2, 21, 5, 18, 41)),
    ("to_timestamp('1487654321321')", datetime(2017, 2, 21, 5, 18, 41, 321000)),
    ("to_timestamp('x')", "!100035"),
    ("to_timestamp('2024-01-01', 'DD/MM/YYYY')", "!100096"),
    ("try_to_timestamp('2024-13-01')", None),
    ("select to_date(s) from (values ('2024-01-05'), ('1/5/2024'), (null)) t(s)", [date(2024, 1, 5), date(2024, 1, 5), None]),
    ("select try_to_date(s) from (values ('2024-02-30'), ('0000-01-01'), ('x')) t(s)", [None, None, None]),
    ("select to_date(s) from (values ('2024-02-30')) t(s)", "!100040"),
    ("select try_to_timestamp(s) from (values ('2024-01-05T10:11:12.5'), ('2024-01-05 10:61:00')) t(s)", [datetime(2024, 1, 5, 10, 11, 12, 500000), None]),
    ("select try_cast(s as time) from (values ('10:11:12.123456'), ('25:00:00'), ('10:11')) t(s)", [time(10, 11, 12, 123456), None, time(10, 11)]),
    ("select to_timestamp_ltz(s)::varchar from (values ('2024-07-05 10:11:12'), ('2024-07-05 10:11:12 +02:00')) t(s)", ["2024-07-05 10:11:12.000 +0000", "2024-07-05 08:11:12.000 +0000"]),
    ("try_to_date('2024-01-01'::date)", "!001065"),
    ("to_timestamp(99999999999999)", "!100035"),
    ("dateadd(year, 9000, '2024-01-01'::timestamp)", "!100035"),
    ("to_timestamp(1, 'x')", "!001044"),
    ("current_timestamp(10)", "!002264"),
    ("convert_timezone(1, '2024-01-01'::timestamp)", "!001044"),
    ("select convert_timezone(z, '2024-01-01'::timestamp) from (values ('Nowhere')) t(z)", "!000200"),
    ("to_timestamp_tz('2024-01-01 00:00:00 +02:00')::varchar", "2024-01-01 00:00:00.000 +0200"),
    ("to_timestamp_ntz('2024-01-01 00:00:00 +02:00')", datetime(2024, 1, 1)),
    ("to_timestamp_ltz('2024-01-01 00:00:00 +02:00')", datetime(2023, 12, 31, 22, tzinfo=UTC), "TIMESTAMP_LTZ"),
    ("date_from_parts(1977, 8, 7)", date(1977, 8, 7), "DATE"),
    ("date_from_parts(2010, 1, 100)", date(2010, 4, 10)),
    ("date_from_parts(2004, 0, -1)", date(2003, 11, 29)),
    ("datefromparts(2024, 14, 1)", date(2025, 2, 1)),
    ("time_from_parts(12, 34, 56, 987654321)::varchar", "12:34:56", "VARCHAR"),
    ("time_from_parts(0, 100, 0)", time(1, 40)),
    ("timestamp_ntz_from_parts(2013, 4, 5, 12, 0, 0)", datetime(2013, 4, 5, 12)),
    ("to_char(timestamp_ntz_from_parts(2013, 4, 5, 12, 0, 0, 987654321), 'FF9')", "987654321"),
    ("timestamp_ntz_from_parts(to_date('2013-04-05'), to_time('12:00:00'))", datetime(2013, 4, 5, 12)),
    ("timestamp_tz_from_parts(2013, 4, 5, 12, 0, 0, 0, 'America/Los_Angeles')::varchar", "2013-04-05 12:00:00.000 -0700"),
    ("convert_timezone('America/Los_Angeles', 'America/New_York', '2024-01-01 14:00:00'::timestamp_ntz)", datetime(2024, 1, 1, 17), "TIMESTAMP_NTZ"),
    ("convert_timezone('America/New_York', '2024-07-01 12:00:00 +02:00'::timestamp_tz)", datetime(2024, 7, 1, 6, tzinfo=timezone(timedelta(hours=-4))), "TIMESTAMP_TZ"),
    ("convert_timezone('Nowhere', '2024-07-01'::timestamp_ntz)", "!000200"),
    ("select convert_timezone(z, '2024-07-01 00:00:00 Z'::timestamp_tz)::varchar from (values ('UTC'), ('Asia/Tokyo')) t(z) order by z", ["2024-07-01 09:00:00.000 +0900", "2024-07-01 00:00:00.000 +0000"]),
    ("current_timestamp() = current_timestamp", True),
    ("current_date() = to_date(current_timestamp())", True),
    ("datediff(second, current_timestamp(), systimestamp()) < 60", True),
    ("sysdate() is not null and localtime() is not null and getdate() is not null", True),
    ("to_char(current_timestamp(0), 'FF9')", "000000000"),
]  # fmt: skip

FORMATS: list[Line] = [
    ("to_char('2013-04-05 01:02:03'::timestamp, 'mm/dd/yyyy, hh24:mi hours')", "04/05/2013, 01:02 hours"),
    ("to_char('2024-03-05'::date, 'DD-MON-YYYY')", "05-Mar-2024"),
    ("to_char('2024-03-05'::date, 'MMMM DY YY')", "March Tue 24"),
    ("to_char('2024-03-05 13:04:05'::timestamp, 'HH12:MI:SS AM')", "01:04:05 PM"),
    ("to_char('2024-03-05 00:04:05'::timestamp, 'HH12 PM')", "12 AM"),
    ("to_char('2024-03-05 13:04:05.123456789'::timestamp, 'FF FF0|FF1 FF6')", "123456789 |1 123456"),
    ("to_char('2024-03-05 13:04:05 -07:30'::timestamp_tz, 'TZH:TZM TZHTZM TZH')", "-07:30 -0730 -07"),
    ("to_char('2024-03-05'::date, '\"year\" YYYY')", "year 2024"),
    ("to_char('13:04:05'::time, 'HH24-MI')", "13-04"),
    ("select to_char('2024-03-05'::date, f) from (values ('YYYY'), ('MM')) t(f) order by 1", ["03", "2024"]),
    ("to_date('3/4/24', 'MM/DD/YY')", date(2024, 3, 4)),
    ("to_date('4-MAR-70', 'DD-MON-YY')", date(1970, 3, 4)),
    ("to_timestamp('2024-03-05T13:04:05.678Z', 'YYYY-MM-DD\"T\"HH24:MI:SS.FF3TZISO')", datetime(2024, 3, 5, 13, 4, 5, 678000)),
    ("to_timestamp('Thu, 21 Dec 2000 04:01:07 PM +0200')", datetime(2000, 12, 21, 16, 1, 7)),
    ("to_timestamp('Mon Jul 08 18:09:51 +0000 2013')", datetime(2013, 7, 8, 18, 9, 51)),
    ("to_date('12-Jan-2024')", date(2024, 1, 12)),
]  # fmt: skip


@pytest.mark.parametrize("line", [*ARITHMETIC, *PARTS, *MADE, *FORMATS], ids=name)
def test_dates(session: DuckSession, line: Line) -> None:
    session.put_parameter("TIMEZONE", "UTC")
    check(session, line)


def test_weeks_by_parameters(session: DuckSession) -> None:
    session.put_parameter("WEEK_START", 7)
    check(session, ("dayofweek('2024-01-07'::date)", 1))
    check(session, ("dayofweek('2024-01-06'::date)", 7))
    check(session, ("date_trunc(week, '2024-01-10'::date)", date(2024, 1, 7)))
    check(session, ("datediff(week, '2024-01-06'::date, '2024-01-07'::date)", 1))
    check(session, ("last_day('2024-01-10'::date, 'week')", date(2024, 1, 13)))
    session.put_parameter("WEEK_OF_YEAR_POLICY", 1)
    check(session, ("week('2017-01-01'::date)", 1))
    check(session, ("week('2016-12-31'::date)", 53))
    check(session, ("yearofweek('2016-12-31'::date)", 2016))
    session.put_parameter("WEEK_START", 3)
    session.put_parameter("WEEK_OF_YEAR_POLICY", 0)
    check(session, ("week('2016-12-31'::date)", 53))
    check(session, ("week('2017-01-04'::date)", 1))


def test_the_session_zone(session: DuckSession) -> None:
    session.put_parameter("TIMEZONE", "America/Los_Angeles")
    check(session, ("to_timestamp_ltz('2024-07-01 00:00:00')::varchar", "2024-07-01 00:00:00.000 -0700"))
    check(session, ("date_part(hour, to_timestamp_ltz(0))", 16))
    check(session, ("to_timestamp_tz('2024-01-01 00:00:00')::varchar", "2024-01-01 00:00:00.000 -0800"))
    check(
        session,
        ("convert_timezone('UTC', '2024-01-01 00:00:00'::timestamp_ntz)::varchar", "2024-01-01 08:00:00.000 +0000"),
    )
    check(session, ("dateadd(day, 1, '2024-03-09 12:00'::timestamp_ltz)::varchar", "2024-03-10 12:00:00.000 -0700"))
    check(session, ("timestamp_ltz_from_parts(2013, 4, 5, 12, 0, 0)::varchar", "2013-04-05 12:00:00.000 -0700"))
