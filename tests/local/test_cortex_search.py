"""Search services find rows of their query, by SQL and by REST."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from snowcore import Root
from snowcore.cortex.chat_service import ChatRequest, ChatRequestSearchServicesInner
from snowcore.cortex.search_service import CortexSearchServiceResource, QueryRequest
from snowcore.engine.errors import AccountError
from snowcore.exceptions import APIError, NotFoundError
from snowcore.local import LocalAccount

from .conftest import Api

MADE = """
    CREATE {} CORTEX SEARCH SERVICE found ON body ATTRIBUTES region, stars, day, at, tags, open
    WAREHOUSE = w TARGET_LAG = '{}' AS SELECT * FROM tickets
"""


@pytest.fixture(name="account")
def _account(account: LocalAccount) -> Iterator[LocalAccount]:
    fill(account)
    yield account


def fill(account: LocalAccount) -> None:
    session = account.session()
    for statement in (
        "create or replace database shop",
        "create or replace warehouse w",
        "create table tickets (id int, body text, region text, stars float, day date, at timestamp_ntz, tags array,"
        " open boolean)",
        """insert into tickets
            select 1, 'My internet is down since yesterday', 'EU', 1.5, '2026-01-01', '2026-01-01 08:00', ['net'], true
            union all select 2, 'Overcharged on the bill', 'US', 3, '2026-02-01', '2026-02-01 08:00', ['pay'], false
            union all select 3, 'The router shows no internet issue', 'US', 5, '2026-03-01', null, ['net', 'pay'], true
            union all select 4, null, 'EU', null, null, null, null, null""",
        MADE.format("", "1 hour"),
    ):
        session.execute(statement)


def service(account: LocalAccount) -> CortexSearchServiceResource:
    return Root(account).databases["shop"].schemas["public"].cortex_search_services["found"]


def ids(account: LocalAccount, query: str, filter: Any = None, **more: Any) -> list[int]:
    return [row["id"] for row in service(account).search(query, ["id"], filter, **more).results]


def test_rows_that_share_words_come_first_and_all_come(account: LocalAccount) -> None:
    assert ids(account, "billing, overcharge") == [2, 1, 3, 4]
    assert ids(account, "internet issues")[:2] == [3, 1]
    assert ids(account, "internet issues", limit=1) == [3]
    assert ids(account, "") == [1, 2, 3, 4]
    assert service(account).search("bills").results[0] == {"BODY": "Overcharged on the bill"}
    row = service(account).search("bills", ["ID", "tags", "day", "At", "stars", "open"], limit=1).results[0]
    assert row == {
        "ID": 2,
        "tags": ["pay"],
        "day": "2026-02-01",
        "At": "2026-02-01 08:00:00.000",
        "stars": 3,
        "open": False,
    }


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"@eq": {"region": "EU"}}, [1, 4]),
        ({"@eq": {"REGION": "eu"}}, []),
        ({"@eq": {"open": True}}, [1, 3]),
        ({"@eq": {"stars": 3}}, [2]),
        ({"@contains": {"tags": "net"}}, [1, 3]),
        ({"@gte": {"stars": 3}}, [2, 3]),
        ({"@lte": {"day": "2026-02-01"}}, [1, 2]),
        ({"@gte": {"at": "2026-01-15T00:00:00+00:00"}}, [2]),
        ({"@and": [{"@gte": {"stars": 1}}, {"@lte": {"stars": 3}}]}, [1, 2]),
        ({"@or": [{"@eq": {"region": "EU"}}, {"@contains": {"tags": "pay"}}]}, [1, 2, 3, 4]),
        ({"@not": {"@eq": {"region": "EU"}}}, [2, 3]),
        ({}, [1, 2, 3, 4]),
    ],
)
def test_a_filter_lets_rows_through(account: LocalAccount, condition: Any, found: list[int]) -> None:
    assert sorted(ids(account, "internet", condition)) == found


@pytest.mark.parametrize(
    "wrong",
    [
        {"filter": {"@eq": {"region": "EU"}, "@not": {}}},
        {"filter": {"@like": {"region": "EU"}}},
        {"filter": {"@eq": {"id": 1}}},  # which is no attribute
        {"filter": {"@eq": {"stars": "3"}}},
        {"filter": {"@gte": {"region": "A"}}},
        {"filter": {"@contains": {"region": "EU"}}},
        {"filter": {"@gte": {"day": "soon"}}},
        {"filter": {"@and": {"@eq": {"region": "EU"}}}},
        {"columns": ["nope"]},
        {"limit": 0},
        {"limit": 1001},
        {"query": None},
    ],
)
def test_a_wrong_search_is_refused(account: LocalAccount, wrong: dict[str, Any]) -> None:
    with pytest.raises(APIError) as caught:
        service(account).search(**{"query": "a", **wrong})
    assert caught.value.status == 400


def test_sql_searches_too(account: LocalAccount) -> None:
    session = account.session(database="SHOP", schema="PUBLIC")
    asked = '{"query": "bills", "columns": ["id"], "filter": {"@eq": {"region": "US"}}, "limit": 1}'
    for name in ("shop.public.found", "found"):
        [[text]] = session.execute("select snowflake.cortex.search_preview(?, ?)", [name, asked]).rows
        assert orjson.loads(text)["results"] == [{"id": 2}]
    for name, request, message in (
        ("nope", "{}", "does not exist"),
        ("found", "{", "not JSON"),
        ("found", "{}", "query"),
    ):
        with pytest.raises(AccountError, match=message):
            session.execute("select snowflake.cortex.search_preview(?, ?)", [name, request])


def test_a_service_follows_its_tables_as_its_lag_says(account: LocalAccount) -> None:
    session = account.session(database="SHOP", schema="PUBLIC")
    session.execute("insert into tickets (id, body) values (5, 'internet')")
    assert len(ids(account, "internet")) == 4
    account.advance(minutes=59)
    assert len(ids(account, "internet")) == 4
    account.advance(minutes=2)
    assert ids(account, "internet")[0] == 5
    session.execute("delete from tickets where id = 5")
    session.execute("alter cortex search service found refresh")
    assert 5 not in ids(account, "internet")
    session.execute("alter cortex search service found suspend indexing")
    session.execute("delete from tickets")
    account.advance(days=1)
    assert len(ids(account, "internet")) == 4
    session.execute("alter cortex search service found resume indexing")
    assert ids(account, "internet") == []
    session.execute("drop table tickets")
    account.advance(days=1)
    assert ids(account, "internet") == []
    assert "TICKETS" in (service(account).fetch().indexing_error or "")


def test_what_is_suspended_serves_nothing(account: LocalAccount) -> None:
    service(account).suspend("serving")
    assert service(account).fetch().serving_state == "SUSPENDED"
    assert service(account).fetch().indexing_state == "ACTIVE"
    with pytest.raises(APIError, match="suspended"):
        ids(account, "internet")
    service(account).resume()
    assert len(ids(account, "internet")) == 4


def test_rest_and_sql_tell_the_same(account: LocalAccount, api: Api) -> None:
    session = account.session(database="SHOP", schema="PUBLIC")
    told = service(account).fetch()
    assert (told.search_column, told.attribute_columns) == ("BODY", ["REGION", "STARS", "DAY", "AT", "TAGS", "OPEN"])
    assert told.columns == ["ID", "BODY", "REGION", "STARS", "DAY", "AT", "TAGS", "OPEN"]
    assert (told.source_data_num_rows, told.definition) == (4, "SELECT * FROM tickets")
    shown = session.execute("show cortex search services like 'fou%' in schema shop.public")
    row = dict(zip((column.name for column in shown.columns), shown.rows[0]))
    assert (row["name"], row["target_lag"], row["attribute_columns"]) == (
        "FOUND",
        "1 hour",
        "REGION,STARS,DAY,AT,TAGS,OPEN",
    )
    described = session.execute("describe cortex search service found")
    row = dict(zip((column.name for column in described.columns), described.rows[0]))
    assert (row["source_data_num_rows"], row["serving_state"], row["search_column"]) == (4, "ACTIVE", "BODY")
    session.execute("alter cortex search service found set target_lag = '5 minutes' comment = 'new'")
    session.execute("alter cortex search service found set attributes (region)")
    told = service(account).fetch()
    assert (told.comment, told.target_lag.seconds, told.attribute_columns) == ("new", 300, ["REGION"])
    body = told.to_dict() | {"name": "other", "search_column": "region", "definition": "select region from tickets"}
    api(
        "POST",
        "databases/shop/schemas/public/cortex-search-services",
        {**body, "created_on": None, "data_timestamp": None},
    )
    assert [one.name for one in Root(account).databases["shop"].schemas["public"].cortex_search_services.iter()] == [
        *("FOUND", "OTHER")
    ]
    service(account).drop()
    with pytest.raises(NotFoundError):
        ids(account, "a")
    session.execute("drop cortex search service if exists found")


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            "create cortex search service x on nope warehouse = w target_lag = '1 hour' as select * from tickets",
            "000904",
        ),
        ("create cortex search service x on id warehouse = w target_lag = '1 hour' as select * from tickets", "391917"),
        (
            "create cortex search service x on body warehouse = w target_lag = '5 seconds' as select * from tickets",
            "391917",
        ),
        ("create cortex search service x on body target_lag = '1 hour' as select * from tickets", "391917"),
        ("create cortex search service x on a warehouse = w target_lag = '1 hour' as select * from nope", "002003"),
        ("create cortex search service x vector indexes a warehouse = w target_lag = '1 hour' as select 1", "000002"),
        (MADE.format("", "1 hour"), "002002"),
        ("alter cortex search service found set attributes (nope)", "000904"),
        ("alter cortex search service nope refresh", "002003"),
    ],
)
def test_a_wrong_statement_changes_nothing(account: LocalAccount, statement: str, code: str) -> None:
    session = account.session(database="SHOP", schema="PUBLIC")
    with pytest.raises(AccountError) as caught:
        session.execute(statement)
    assert caught.value.code == code
    assert len(session.execute("show cortex search services").rows) == 1


def test_usage_on_a_service_is_enough(account: LocalAccount) -> None:
    session = account.session(database="SHOP", schema="PUBLIC")
    session.execute("create role reader")
    session.execute("grant role reader to user snowcore")
    session.execute("grant usage on database shop to role reader")
    session.execute("grant usage on schema shop.public to role reader")
    asked = ["found", '{"query": "bills"}']
    other = account.session(database="SHOP", schema="PUBLIC")
    other.execute("use role reader")
    with pytest.raises(AccountError) as caught:
        other.execute("select snowflake.cortex.search_preview(?, ?)", asked)
    assert caught.value.code == "002003"
    session.execute("grant usage on cortex search service found to role reader")
    assert other.execute("select snowflake.cortex.search_preview(?, ?)", asked).rows
    with pytest.raises(AccountError):
        other.execute("drop cortex search service found")


def test_what_is_served_outlives_the_account(tmp_path: Path) -> None:
    with LocalAccount(tmp_path / "kept") as account:
        fill(account)
        account.execute("alter cortex search service shop.public.found suspend indexing")
        account.execute("drop table shop.public.tickets")
        snapshot = account.snapshot()
        account.execute("drop cortex search service shop.public.found")
        account.restore(snapshot)
        assert ids(account, "bills")[0] == 2
        account.export(tmp_path / "whole.zip")
    with LocalAccount(tmp_path / "kept") as account:
        assert ids(account, "bills")[0] == 2
    with LocalAccount.from_export(tmp_path / "whole.zip") as account:
        assert ids(account, "bills")[0] == 2
        account.execute("drop cortex search service shop.public.found")


def test_searches_and_refreshes_at_once(account: LocalAccount) -> None:
    wrong: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(20):
                assert ids(account, "bills")[0] == 2
        except BaseException as error:
            wrong.append(error)

    def refresh() -> None:
        for _ in range(10):
            account.execute("alter cortex search service shop.public.found refresh")

    threads = [threading.Thread(target=one) for one in (search, search, refresh, refresh)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    folder = account.engine.stage(account.kinds["cortex-search-service"].need_at(("SHOP", "PUBLIC", "FOUND")).id)
    assert len(list(folder.iterdir())) == 1


def test_values_that_json_has_no_numbers_for(account: LocalAccount) -> None:
    account.execute(
        "create cortex search service shop.public.odd on t warehouse = w target_lag = '1 hour' as select 'a' as t,"
        " 'NaN'::float as n, 12345678901234567890123 as i, to_time('10:00') as m, to_binary('AB') as b"
    )
    services = Root(account).databases["shop"].schemas["public"].cortex_search_services
    [row] = services["odd"].search("a", ["n", "i", "m", "b"]).results
    assert row == {"n": None, "i": pytest.approx(12345678901234567890123), "m": "10:00:00", "b": "AB"}


def test_one_search_of_several_and_suggestions(account: LocalAccount, api: Api) -> None:
    services = Root(account).databases["shop"].schemas["public"].cortex_search_services
    found = services.search("found", QueryRequest(query="bills", columns=["id"], limit=1))
    assert found.results == [{"id": 2}]
    path = "databases/shop/schemas/public/cortex-search-services/found"
    told = api("POST", f"{path}:suggest", {"query": "bills", "columns": ["id"], "limit": 1})
    assert told["results"] == [{"rows": [{"columns": {"id": 2}}]}]
    api("POST", f"{path}:feedback", {"request_id": found.request_id, "positive": True})
    assert api.error("POST", f"{path}:query", {"query": "a", "scoring_profile": "p"})[1] == "000002"


def test_a_chat_has_what_its_services_find(account: LocalAccount, api: Api) -> None:
    def answer(request: dict[str, Any]) -> Iterator[str]:
        yield f"{request['messages'][-1]['content']} "
        yield request["search_results"]["shop.public.found"][0]["BODY"]

    account.cortex.chat = answer
    where = ChatRequestSearchServicesInner(name="shop.public.found", max_results=1, filter={"@eq": {"region": "US"}})
    events = Root(account).cortex_chat_service.chat(ChatRequest(query="bills?", search_services=[where])).events()
    told = [
        orjson.loads(event.data)["delta"]["content"][0]["text"] for event in events if event.event == "message.delta"
    ]
    assert told == ["bills? ", "Overcharged on the bill"]
    request = {"query": "a", "search_services": [{"name": "nope"}]}
    assert api.error("POST", "cortex/chat", request)[0] == 400


def test_several_indexes_are_searched(account: LocalAccount, api: Api) -> None:
    session = account.session(database="SHOP", schema="PUBLIC")
    made = "warehouse = w target_lag = '1 hour' as select id, body, region || ' ticket' as place from tickets"
    session.execute(f"create cortex search service two text indexes body, place attributes id {made}")
    path = "databases/shop/schemas/public/cortex-search-services/two:query"

    def found(**texts: list[str]) -> list[int]:
        wanted = {name: [{"text": one} for one in several] for name, several in texts.items()}
        rows = api("POST", path, {"multi_index_query": wanted, "columns": ["id"]})["results"]
        return [row["id"] for row in rows]

    assert found(place=["eu"]) == [1, 4, 2, 3]
    assert found(place=["eu"], body=["internet down"]) == [1, 4, 3, 2]
    assert {*found(body=["bill", "router"])[:2]} == {2, 3}
    asked = """'{"multi_index_query": {"place": [{"text": "us"}]}, "columns": ["ID"], "limit": 1}'"""
    (answer,) = session.execute(f"select snowflake.cortex.search_preview('two', {asked})").rows[0]
    assert [row["ID"] for row in orjson.loads(answer)["results"]] == [2]
    assert api.error("POST", path, {"query": "bill"})[2] == "multi_index_query: the text to search for is missing."
    assert api.error("POST", path, {"multi_index_query": {"id": [{"text": "x"}]}})[0] == 400
    assert api.error("POST", path, {"multi_index_query": {"body": [{"vector": [1.0]}]}})[1] == "000002"
    with pytest.raises(AccountError, match="invalid identifier 'NOPE'"):
        session.execute(f"create cortex search service three text indexes body, nope {made}")
    with pytest.raises(AccountError, match="vector indexes"):
        session.execute(f"create cortex search service three text indexes body vector indexes place {made}")
