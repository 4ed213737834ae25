# ruff: noqa: E501 (a block and its answer are a line)
"""Blocks of Snowflake Scripting, and what Snowflake answers."""

from __future__ import annotations

from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local.sql import SqlSession

from .conftest import cancelled

BLOCKS: list[tuple[str, Any]] = [
    # Variables
    ("begin let x := 1; return x; end", 1),
    ("begin let x int := 2; return x * 3; end;", 6),
    ("declare x int; begin return x; end", None),
    ("declare x int default 5; begin return x; end", 5),
    ("declare x int := 5; y int := x + 1; begin return y; end", 6),
    ("declare x number(5, 2); begin x := 1.239; return x; end", "1.24"),
    ("declare x varchar default 'a'; begin x := x || 'b'; return x; end", "ab"),
    ("declare x date default '2024-02-29'; begin return x + 1; end", "2024-03-01"),
    ("declare x timestamp_ntz(9) := '2024-01-01 00:00:00.123456789'; begin return to_char(x, 'YYYY-MM-DD HH24:MI:SS.FF9'); end",
     "2024-01-01 00:00:00.123456789"),
    ("declare x variant; begin x := parse_json('{\"a\": [1, 2]}'); return x:a[1]::int; end", 2),
    ("declare x array := [1, 2]; begin return array_size(array_append(x, 3)); end", 3),
    ("declare x object := {'k': 1}; begin let y := {'k': x:k, 'l': 'v'}; return y:l::varchar; end", "v"),
    ("declare x boolean := true; begin return not x; end", False),
    ("begin let x := 1; let y := x + 0.5; return y; end", "1.5"),
    ("begin let x int; return x is null; end", True),
    ("begin let profit number(38, 2) default 0.0; let cost number(38, 2) := 100.0; "
     "let revenue number(38, 2) := 110.0; profit := revenue - cost; return profit; end", "10.00"),
    ('begin let "Mixed" := 4; return "Mixed"; end', 4),
    ("begin let x := 'it''s'; return x; end", "it's"),
    ("begin return 'a;b'; end", "a;b"),
    ("begin let x := case when 1 = 1 then 'y' else 'n' end; return x; end", "y"),
    ("begin let x int := '12'; return x + 1; end", 13),
    ("begin let d := dateadd(day, 1, '2024-01-31'::date); return d; end", "2024-02-01"),
    ("begin return; end", None),
    ("begin null; end", None),
    ("begin let x := 1; begin let x := 2; x := 3; end; return x; end", 1),
    ("begin let x := 1; begin x := 3; end; return x; end", 3),
    ("declare a int := 1; begin declare b int := 2; begin return a + b; end; end", 3),
    # What SQL says of variables
    ("begin let x := 2; let n int; select count(*) into :n from t where i >= :x; return n; end", 2),
    ("begin let a int; let b varchar; select i, s into :a, :b from t where i = 2; return a || b; end", "2two"),
    ("begin let a int; select max(i) into a from t; return a; end", 3),
    ("begin let x := 9; insert into t (i) values (:x); return (select max(i) from t); end", 9),
    ("begin let x := 2; update t set s = :x || '!' where i = :x; return (select s from t where i = :x); end", "2!"),
    ("begin let n := 't'; let c int; select count(*) into :c from identifier(:n); return c; end", 3),
    ("begin let n := 'i'; let c int; select sum(identifier(:n)) into :c from t; return c; end", 6),
    ("begin let n := 'made'; create table identifier(:n) (k int); insert into made values (7); "
     "return (select k from made); end", 7),
    ("begin let x := 1; return (select count(*) from t where i > :x); end", 2),
    ("begin let i := 2; return (select count(*) from t where i = i); end", 3),
    ("begin let x := ''' or 1 = 1 --'; return (select count(*) from t where s = :x); end", 0),
    ("begin let n := 2; let c int; select count(*) into :c from (select * from t order by i limit :n); return c; end",
     2),
    ("begin let x := parse_json('{\"a\": 5}'); let y int; select :x:a into :y; return y; end", 5),
    ("begin let y varchar; select parse_json(s2):k::varchar into :y from (select '{\"k\": \"v\"}' s2); return y; end",
     "v"),
    ("begin with c as (select 5 k) select k from c; return 1; end", 1),
    ("begin let k int; with c as (select 5 k) select k into :k from c; return k; end", 5),
    # Choices
    ("begin if (1 = 1) then return 'y'; else return 'n'; end if; end", "y"),
    ("begin let x := 2; if (x = 1) then return 'a'; elseif (x = 2) then return 'b'; else return 'c'; end if; end", "b"),
    ("begin let x := 3; if (x = 1) then return 'a'; elseif (x = 2) then return 'b'; else return 'c'; end if; end", "c"),
    ("begin if (null) then return 'y'; end if; return 'n'; end", "n"),
    ("begin if (exists (select 1 from t where i = 1)) then return 'y'; end if; end", "y"),
    ("begin let x := 'b'; case (x) when 'a' then return 1; when 'b' then return 2; else return 3; end case; end", 2),
    ("begin let x := 'z'; case (x) when 'a' then return 1; else return 3; end; end", 3),
    ("begin let x := 5; case when x > 6 then return 1; when x > 4 then return 2; end case; end", 2),
    # Loops
    ("declare x int default 1; begin for i in 1 to 3 do x := x + i; end for; return x; end;", 7),
    ("begin let s := ''; for i in reverse 1 to 3 do s := s || i; end for; return s; end", "321"),
    ("begin let s := 0; for i in 3 to 1 do s := s + 1; end for; return s; end", 0),
    ("begin for i in 1 to null do null; end for; exception when expression_error then return sqlcode; end", 100037),
    ("begin let n := 2; let s := 0; for i in 1 to n * 2 loop s := s + i; end loop; return s; end", 10),
    ("begin let i := 7; for i in 1 to 2 do null; end for; return i; end", 7),
    ("begin let x := 0; while (x < 8) do x := x + 1; end while; return x; end", 8),
    ("begin let x := 0; while (x < 8) loop x := x + 3; end loop; return x; end", 9),
    ("begin let x := 5; let n := 0; repeat x := x - 1; n := n + 1; until (x <= 0) end repeat; return n; end", 5),
    ("begin let x := 5; loop if (x = 0) then break; end if; x := x - 1; end loop; return x; end", 0),
    ("begin let n := 0; for i in 1 to 5 do if (i % 2 = 0) then continue; end if; n := n + i; end for; return n; end", 9),
    ("begin let n := 0; loop loop n := n + 1; break outer_loop; end loop inner_loop; end loop outer_loop; return n; "
     "end", 1),
    ("begin let n := 0; for i in 1 to 3 do for k in 1 to 3 do if (k = 2) then continue o; end if; n := n + 1; end for; "
     "end for o; return n; end", 3),
    ("begin let n := 0; loop n := n + 1; if (n > 3) then exit; end if; iterate; end loop; return n; end", 4),
    ("begin for i in 1 to 3 do if (i = 2) then return i; end if; end for; end", 2),
    # Cursors
    ("declare c cursor for select i from t order by i; n int default 0; begin for r in c do n := n * 10 + r.i; end for; "
     "return n; end", 123),
    ("declare c cursor for select i, s from t order by i; a int; b varchar; begin open c; fetch c into a, b; "
     "fetch c into a, b; close c; return a || b; end", "2two"),
    ("declare c cursor for select i from t where i > ? order by i; x int; begin let least := 1; open c using (least); "
     "fetch c into x; return x; end", 2),
    ("declare c cursor for select i from t where i > ? and i < ?; x int; begin open c using (1, 3); fetch c into x; "
     "return x; end", 2),
    ("declare c cursor for select i from t where i > 99; x int := 4; begin open c; fetch c into x; return x; end", None),
    ("begin let c cursor for select i from t where i = 3; for r in c do return r.i; end for; end", 3),
    ("declare c cursor for select i + 1 as k from t order by 1; n int := 0; begin for row_variable in c do "
     "n := n + row_variable.k; end for; return n; end", 9),
    ("declare c cursor for select 1 as a; begin open c; open c; exception when other then return 'open'; end", "open"),
    ("declare c cursor for select 1 as a; x int; begin fetch c into x; exception when statement_error then return 'no'; "
     "end", "no"),
    # Results
    ("declare r resultset default (select i from t order by i); n int := 0; begin for x in r do n := n + x.i; end for; "
     "return n; end", 6),
    ("declare r resultset; n int := 0; begin r := (select i from t); for x in r do n := n + x.i; end for; return n; end",
     6),
    ("declare r resultset default (select i from t order by i desc); c cursor for r; x int; begin open c; "
     "fetch c into x; return x; end", 3),
    ("begin let q := 'select i from t where i > ?'; let least := 2; let r resultset := (execute immediate :q using "
     "(least)); let c cursor for r; for x in c do return x.i; end for; end", 3),
    # What statements tell
    ("begin insert into t (i) values (4), (5); return sqlrowcount; end", 2),
    ("begin update t set i = i where i > 1; return :sqlrowcount; end", 2),
    ("begin delete from t where i = 99; return sqlnotfound; end", True),
    ("begin update t set i = 1 where i = 1; return sqlfound; end", True),
    ("begin insert into t (i) values (4); select 1; return sqlrowcount; end", None),
    ("begin select 1; return length(sqlid); end", 36),
    ("begin select 5 as k; return (select k from table(result_scan(last_query_id()))); end", 5),
    ("begin select 5 as k; let n int; select k into :n from table(result_scan(:sqlid)); return n; end", 5),
    # Exceptions
    ("begin select 1/0; exception when other then return 'caught ' || sqlcode; end", "caught 100051"),
    ("begin select 1/0; exception when statement_error then return sqlstate || ' ' || sqlerrm; end",
     "22012 Division by zero"),
    ("begin let x := 1/0; exception when expression_error then return 'expression'; end", "expression"),
    ("begin let x int := 'a'; exception when statement_error then return 's'; when expression_error then return 'e'; "
     "end", "e"),
    ("begin select * from nowhere; exception when other then return sqlcode; end", 2003),
    ("declare e exception (-20002, 'Raised it.'); begin raise e; exception when e then return sqlcode || ' ' || "
     "sqlstate || ' ' || sqlerrm; end", "-20002 P0001 Raised it."),
    ("declare e exception; begin raise e; exception when statement_error then return 's'; when e then return sqlcode; "
     "end", -20000),
    ("declare a exception (-20001, 'a'); b exception (-20002, 'b'); begin raise b; exception when a or b then return "
     "sqlerrm; when other then return 'other'; end", "b"),
    ("declare e exception (-20001, 'in'); begin begin raise e; exception when statement_error then return 'no'; end; "
     "exception when e then return 'outer'; end", "outer"),
    ("declare e exception (-20001, 'in'); begin begin raise e; exception when e then raise; end; exception when other "
     "then return 'again ' || sqlerrm; end", "again in"),
    ("begin begin select 1/0; exception when other then null; end; return 'on'; end", "on"),
    ("declare e exception (-20001, 'x'); begin let n := 1; raise e; exception when e then return 'r'; end", "r"),
    ("declare n int := 0; begin n := 1; select 1/0; n := n + 10; return n; exception when other continue then "
     "n := n + 100; end", 111),
    ("declare n int := 5; begin select 1/0; exception when other exit then return n; end", 5),
    ("begin let k int; select i into :k from t; exception when statement_error then return 'many'; end", "many"),
    # EXECUTE IMMEDIATE
    ("execute immediate $$ begin return 5; end $$", 5),
    ("execute immediate $$\ndeclare x int := 3;\nbegin\n  return x;\nend;\n$$", 3),
    ("execute immediate 'begin return ''a''; end'", "a"),
    ("begin execute immediate 'insert into t (i) values (40)'; return (select max(i) from t); end", 40),
    ("begin let q := 'update t set s = ? where i = ?'; let a := 'new'; let b := 1; execute immediate :q using (a, b); "
     "return (select s from t where i = 1); end", "new"),
    ("begin let n := 't'; execute immediate 'delete from ' || n; return (select count(*) from t); end", 0),
    ("begin execute immediate 'begin return 1; end'; return 2; end", 2),
    # Transactions
    ("begin begin transaction; delete from t; rollback; return (select count(*) from t); end", 3),
    ("begin begin; delete from t; commit; return (select count(*) from t); end", 0),
    # Statements with blocks in them
    ("begin create task k as begin select 1; select 2; end; return 1; end", 1),
    ("begin /* end; */ return 1; -- end\n end", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answer"), BLOCKS)
def test_a_block_answers_as_in_snowflake(session: SqlSession, text: str, answer: Any) -> None:
    result = session.execute(text)
    value = result.rows[0][0]
    assert [column.name for column in result.columns] == ["anonymous block"]
    assert (value if type(value) is type(answer) else str(value)) == answer


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("declare r resultset default (select i from t order by i); begin return table(r); end", [(1,), (2,), (3,)]),
        ("begin let r resultset := (select i, s from t where i = 2); return table(r); end", [(2, "two")]),
        ("declare c cursor for select i from t where i > 2; begin open c; return table(resultset_from_cursor(c)); end",
         [(3,)]),
        ("begin let n := 1; let r resultset := (select :n + i as k from t order by i); return table(r); end",
         [(2,), (3,), (4,)]),
        ("begin let r resultset := (show schemas like 'PUBLIC'); let c cursor for r; for x in c do "
         "let q resultset := (select 'seen' as k); return table(q); end for; end", [("seen",)]),
    ],
)  # fmt: skip
def test_a_block_returns_a_table(session: SqlSession, text: str, rows: list[Any]) -> None:
    assert list(session.execute(text).rows) == rows


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("declare\n  e exception (-20002, 'Raised it.');\nbegin\n  raise e;\nend", "-20002",
         "Uncaught exception of type 'E' on line 4 at position 2 : Raised it."),
        ("execute immediate $$\nbegin\n  let x := 1;\n  if (x = 1) then\n    select 1/0;\n  end if;\nend\n$$", "100051",
         "Uncaught exception of type 'STATEMENT_ERROR' on line 5 at position 4 : Division by zero"),
        ("begin\n  let x := 1/0;\nend", "100051",
         "Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position 6 : Division by zero"),
        ("begin select * from nowhere; end", "002003", "Uncaught exception of type 'STATEMENT_ERROR' on line 1"),
        ("begin return nope; end", "000904", "invalid identifier 'NOPE'"),
        ("begin let x int; select i into :x from t; end", "091002",
         "expects exactly 1 returned row, but got 3"),
        ("begin return (select count(*) from t where i = :nope); end", "002049", "Bind variable :nope not set"),
        ("begin x := 1; end", "000904", "invalid identifier 'X'"),
        ("begin select 1", "001003", "unexpected '<EOF>'"),
        ("begin select 1 end", "001003", "unexpected"),
        ("begin let x := ; end", "001003", "unexpected ';'"),
        ("begin if (true) then select 1; end; end", "001003", "unexpected ';'"),
        ("begin end", "001003", "unexpected 'end'"),
        ("begin let r resultset := async (select * from nowhere); await r; end", "002003", "nowhere".upper()),
        ("begin put file:///etc/hosts @~; exception when other then return 'hidden'; end", "000002", "PUT_FILES"),
        ("begin begin transaction; insert into t (i) values (1); raise nope; end", "000904", "NOPE"),
    ],
)  # fmt: skip
def test_what_fails_is_told_as_in_snowflake(session: SqlSession, text: str, code: str, message: str) -> None:
    with pytest.raises(AccountError) as caught:
        session.execute(text)
    assert caught.value.code == code, caught.value.message
    assert message in caught.value.message


NESTED = """declare
  ins procedure (v int) returns varchar as begin insert into t (i) values (:v); return 'put ' || v; end;
  greatest procedure () returns table (i int) as $$
    declare r resultset default (select max(i) as i from t); begin return table(r); end $$;
  told varchar;
begin
  call ins(77) into :told;
  let r resultset := (call greatest());
  for one in r do told := told || ', max ' || one.i; end for;
  return told;
end"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("declare a int; b int; begin select 1, 1 into a, b; return a + b; end", 2),
        ("declare a int; b int; c cursor for select 3, 3; begin open c; fetch c into a, b; return a + b; end", 6),
        ("begin for i in 1 to 3 do async (insert into t (i) values (:i)); end for; await all; "
         "return (select count(*) from t); end", 6),
        ("begin let r resultset := async (update t set i = 5); let before := sqlrowcount; await r; cancel r; "
         "return nvl(before, -1) || ' ' || sqlrowcount; end", "-1 3"),
        ("begin let r resultset := async (select * from nowhere); let x := 1; await r; return x; "
         "exception when statement_error then return sqlcode; end", 2003),
        ("begin async (select 1/0); async (select * from nowhere); await all; "
         "exception when statement_error then return sqlerrm; end", "Division by zero"),
        (NESTED, "put 77, max 77"),
    ],
)  # fmt: skip
def test_columns_of_one_name_async_and_procedures_in_a_block(session: SqlSession, text: str, value: Any) -> None:
    assert session.execute(text).rows == [(value,)]


def test_a_procedure_in_a_block_ends_with_it(session: SqlSession) -> None:
    session.execute("declare p procedure () returns int as begin return 1; end; begin call p(); end")
    with pytest.raises(AccountError, match="Unknown function P"):
        session.execute("call p()")


def test_binds_of_a_driver_reach_a_block(session: SqlSession) -> None:
    text = "begin let a := ?; let b int; select count(*) into :b from t where i >= ?; return a || b; end"
    assert session.execute(text, ["n", 2]).rows[0][0] == "n2"
    assert session.execute("begin return :2 || :1; end", ["a", "b"]).rows[0][0] == "ba"
    session.execute("set (q, x) = ('select ? + 1', 4)")
    assert session.execute("execute immediate $q using ($x)").rows[0][0] == 5


def test_a_loop_without_end_stops_in_time(session: SqlSession) -> None:
    session.execute("alter session set statement_timeout_in_seconds = 1")
    with pytest.raises(AccountError, match="timeout of 1 second"):
        session.execute("begin while (true) do begin null; exception when other then null; end; end while; end")
    assert session.execute("select 1").rows == [(1,)]


def test_a_loop_without_end_can_be_stopped_by_hand(session: SqlSession) -> None:
    with cancelled(session), pytest.raises(AccountError, match="canceled"):
        session.execute("begin loop begin select 1; exception when other then null; end; end loop; end")
