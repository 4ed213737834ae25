"""VECTOR: what it is made of, its functions, and what is refused."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from snowcore.engine.duckdb.session import DuckSession

from .answers import Line, check, name

V, W = "[1.1,2.2,3]::vector(float, 3)", "[1,1,1]::vector(float,3)"
VECTORS: list[Line] = [
    ("[1.5, 2, 3]::vector(float, 3)", [[1.5, 2.0, 3.0]], "VECTOR(FLOAT, 3)"), ("[1, 2]::vector(int, 2)", [[1, 2]], "VECTOR(INT, 2)"),
    ("null::vector(int, 2)", None, "VECTOR(INT, 2)"), ("[1.5, 2]::vector(float, 2)::array", "[1.5,2.0]", "ARRAY"),
    ("[1, 2]::vector(int, 3)", "!100354"), ("[1.5]::vector(int, 1)", "!100071"), ("['a']::vector(float, 1)", "!100071"), ("'[1]'::vector(float, 1)", "!001007"),
    ("[1]::vector(varchar, 1)", "!001003"), ("[1]::vector(int, 0)", "!002261"), ("[1]::vector(int, 4097)", "!002261"), ("[1]::vector(int, 1)::varchar", "!001007"),
    (f"vector_inner_product({V}, {W})", 6.3, "FLOAT"), (f"vector_l2_distance({W}, [1,4,5]::vector(float,3))", 5.0), (f"vector_l1_distance({V}, {W})", 3.3000002),
    ("vector_inner_product([100000001, 1]::vector(int, 2), [1, 1]::vector(int, 2))", 100000002.0), ("vector_cosine_similarity([1, 0]::vector(int, 2), [0, 1]::vector(int, 2))", 0.0),
    (f"vector_inner_product({V}, [1, 1]::vector(float, 2))", "!001044"), (f"vector_inner_product({V}, [1, 1, 1])", "!001044"),
    ("vector_normalize([3, 4]::vector(int, 2))", [[0.6000000238418579, 0.800000011920929]], "VECTOR(FLOAT, 2)"), ("vector_normalize([0]::vector(int, 1))", "!000002"),
    ("vector_truncate([1, 2, 3]::vector(int, 3), 2)", [[1, 2]], "VECTOR(INT, 2)"), ("vector_truncate([1]::vector(int, 1), 2)", "!001044"),
    (f"{V} = {V}", True), (f"{V} = {W}", False), (f"{V} < {W}", "!000002"), (f"greatest({V}, {W})", "!000002"), (f"{V}::variant", "!001007"), (f"iff(true, {V}, 'a')", "!001015"),
    ("select vector_sum(a) from (select [1,2]::vector(int,2) a union all select [3,4]::vector(int,2) union all select null)", [[4, 6]], "VECTOR(INT, 2)"),
    ("select vector_avg(a) from (select [1,2]::vector(int,2) a union all select [2,4]::vector(int,2))", [[1.5, 3.0]], "VECTOR(FLOAT, 2)"),
    ("select vector_max(a) from (select [1,5]::vector(int,2) a union all select [2,4]::vector(int,2))", [[2, 5]]), ("select vector_min(a) from (select [1,5]::vector(int,2) a) where false", None),
    ("select max(a) from (select [1,5]::vector(int,2) a)", "!000002"), ("select 1 from (select [1,5]::vector(int,2) a) order by a", "!000002"),
]  # fmt: skip


@pytest.mark.parametrize("line", VECTORS, ids=name)
def test_vectors(session: DuckSession, line: Line) -> None:
    check(session, line)


def test_a_column_keeps_them(session: DuckSession) -> None:
    session.execute("create or replace table v (a vector(float, 2), b vector(int, 2))")
    session.execute("insert into v select [1.5, 2]::vector(float, 2), [1, 2]::vector(int, 2)")
    session.execute("insert into v select a, null from v")
    assert list(session.execute("select a, b from v").rows) == [([1.5, 2.0], [1, 2]), ([1.5, 2.0], None)]
    assert list(session.execute("select a, count(*) from v group by a").rows) == [([1.5, 2.0], 2)]
    check(session, ("select 1 from v join v w on v.a = w.a where v.b is not null and w.b is not null", 1))
    for wrong in ("[1, 2]", "[1, 2]::vector(int, 2)", "[1, 2, 3]::vector(float, 3)"):
        with pytest.raises(Exception, match="does not match"):
            session.execute(f"insert into v (a) select {wrong}")
