"""Large lists: parsed while they are walked, and nobody notices."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowcore import Root, _rows
from snowcore._polling import start
from snowcore._rows import Rows
from snowcore.exceptions import UnexpectedResponseError

from ..conftest import Script

Make = Callable[..., tuple[Root, Script]]

TEXTS = st.text(max_size=3) | st.sampled_from(["},{", "}, {", "[", "]", '"', "\\"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.integers(-9, 9) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=6,
)


@given(
    st.lists(st.dictionaries(TEXTS, VALUES, max_size=3) | VALUES, max_size=12),
    st.sampled_from([1, 7, 40]),
    st.sampled_from([0, orjson.OPT_INDENT_2]),
)
def test_rows_are_what_the_whole_would_be(rows: list[Any], piece: int, option: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_rows, "_PIECE", piece)
        walked = Rows(orjson.dumps(rows, option=option))
        assert list(walked) == rows
        assert list(walked) == rows


def test_small_bodies_and_other_shapes_are_parsed_at_once() -> None:
    assert Rows.of(b"[]") is None
    assert Rows.of(b'{"a": "' + b"x" * 2**20 + b'"}') is None
    assert Rows.of(b"[1" + b",1" * 2**20) is None


def large(count: int, **last: object) -> bytes:
    row = {"name": "W", "comment": "x" * 500}
    return orjson.dumps([*(row | {"name": f"W{i}"} for i in range(count)), row | last])


def test_a_large_list_is_walked_row_by_row(script: Make) -> None:
    root, account = script((200, {}, large(3000)))
    warehouses = root.warehouses.iter()
    assert isinstance(warehouses._items._answer.body, Rows)  # type: ignore[attr-defined]
    names = [warehouse.name for warehouse in warehouses]
    assert len(names) == 3001 and names[:2] == ["W0", "W1"]
    assert len(account.requests) == 1
    assert len(list(root.warehouses.iter_async().result(timeout=60))) == 3001


def test_large_lists_that_are_no_collections_come_whole(script: Make) -> None:
    root, _ = script((200, {}, large(3000)))
    assert len(root.databases["d"].schemas["s"].tasks["t"].fetch_task_dependents()) == 3001


def test_what_is_no_json_is_an_error_of_the_tree(script: Make) -> None:
    broken = large(3000).replace(b'"W2999"', b'"W2999')
    root, _ = script((200, {}, broken))
    with pytest.raises(UnexpectedResponseError):
        list(root.warehouses.iter())


def test_results_in_the_background_are_let_go_at_once() -> None:
    class Result:
        pass

    async def work() -> Result:
        return Result()

    gc.disable()  # memory must not wait for it: a page of a list is large
    try:
        result = weakref.ref(start(work()).result(timeout=60))
        start(asyncio.sleep(0)).result(timeout=60)  # the loop has gone on
        assert result() is None
    finally:
        gc.enable()
