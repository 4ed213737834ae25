"""What other people's tools ask of an account: ibis, sqlmesh, SnowDDL, permifrost and their like."""

from __future__ import annotations

from snowcore.local.sql import SqlSession

from .test_routines import one


def test_json_is_shown_as_json_indent_says(session: SqlSession) -> None:
    text = """select parse_json('{"b": [1, {}], "a": 1}')"""
    for indent, shown in ((0, '{"a":1,"b":[1,{}]}'), (1, '{\n "a": 1,\n "b": [\n  1,\n  {}\n ]\n}')):
        session.execute(f"alter session set json_indent = {indent}")
        assert one(session, text) == shown
    session.execute("alter session unset json_indent")
    assert one(session, text) == '{\n  "a": 1,\n  "b": [\n    1,\n    {}\n  ]\n}'


def test_columns_tell_numbering_apart_from_defaults(session: SqlSession) -> None:
    session.execute("create table numbered (a int identity(5, 2), b int default 3)")
    told = "column_default, is_identity, identity_start, identity_increment, identity_generation"
    rows = session.execute(f"select {told} from information_schema.columns where table_name = 'NUMBERED'").rows
    assert list(rows) == [(None, "YES", "5", "2", "BY DEFAULT"), ("3", "NO", None, None, None)]
