"""AS RESOURCE, by which Snowpark's catalog asks, and what Snowpark does to temporary tables."""

from __future__ import annotations

import json

from snowcore.local.sql import SqlSession

from .test_routines import error, one


def test_what_rest_tells_is_told_to_sql(session: SqlSession) -> None:
    session.execute("create or replace table told (a int not null)")
    session.execute("create or replace procedure told_by(a int) returns int language sql as 'begin return a; end'")
    (table,) = [json.loads(row[0]) for row in session.execute("show as resource tables like 'told' in d.public").rows]
    assert (table["name"], table["schema_name"], table["kind"]) == ("TOLD", "PUBLIC", "PERMANENT")
    described = json.loads(one(session, "describe as resource table told"))
    assert [column["name"] for column in described["columns"]] == ["A"]
    assert len(session.execute("show as resource databases limit 1").rows) == 1
    procedure = json.loads(one(session, "describe as resource procedure d.public.told_by(number)"))
    assert procedure["arguments"] == [{"name": "A", "datatype": "NUMBER(38,0)"}]
    assert error(session, "describe as resource table nope")[0] == "002003"
    assert error(session, "show as resource resource monitors")[0] == "000002"


def test_a_temporary_table_gets_another_name(session: SqlSession) -> None:
    session.execute("create temporary table before_it (a int) as select 1")
    session.execute("alter table before_it rename to after_it")
    assert one(session, "select a from after_it") == 1
    assert error(session, "select a from before_it")[0] == "002003"
    session.execute("create temporary table before_it (a int)")
    assert error(session, "alter table before_it rename to after_it")[0] == "002002"
    assert error(session, "alter table before_it swap with after_it")[0] == "000002"


def test_lag_is_target_lag(session: SqlSession) -> None:
    session.execute("create warehouse if not exists w")
    session.execute("create or replace table of_lag as select 1 as a")
    session.execute("create dynamic table lagging lag = '1 hour' warehouse = w as select a from of_lag")
    assert one(session, "select a from lagging") == 1
