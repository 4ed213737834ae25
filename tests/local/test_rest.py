"""What the REST door does whatever the resource."""

from __future__ import annotations

import threading
from typing import Any

import orjson
import pytest

from snowcore import Root
from snowcore.database import Database
from snowcore.exceptions import ConflictError
from snowcore.local import AccountError, LocalAccount
from snowcore.local.account.documents import documents
from snowcore.local.doors import results
from snowcore.local.objects import kinds

from .conftest import Api, Clock


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows]


# Requests that aren't right


def test_an_unknown_path_is_404(api: Api) -> None:
    assert api.error("GET", "nonsense") == (404, "391900", "There is nothing at /api/v2/nonsense.")
    assert api.error("POST", "warehouses/w:explode")[0] == 404


def test_a_slash_at_the_end_means_nothing(api: Api) -> None:
    api("POST", "warehouses", {"name": "w"})
    assert api("GET", "warehouses/") == api("GET", "warehouses")


def test_an_unknown_method_is_405_and_says_what_is_allowed(api: Api) -> None:
    reply = api.ask("PATCH", "warehouses/w")
    assert reply.status == 405
    assert reply.headers["Allow"] == "DELETE, GET, PUT"


def test_a_body_that_is_not_json_is_refused(account: LocalAccount) -> None:
    json = {"content-type": "application/json; charset=utf-8"}
    status, _, body = account.handle_request("POST", "/api/v2/warehouses", json, b"{'name'")
    assert status == 400
    assert "not JSON" in orjson.loads(body)["message"]
    assert account.handle_request("POST", "/api/v2/warehouses", {"Content-Type": "text/xml"}, b"<w/>")[0] == 415


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (None, "needs a body"),
        ({}, "'name' is a required property"),
        ([], "is not of type 'object'"),
        ({"name": "a b"}, "'name': 'a b' does not match"),
        ({"name": "w", "auto_suspend": "soon"}, "'auto_suspend': 'soon' is not of type 'integer'"),
        ({"name": "w", "auto_resume": "maybe"}, "'auto_resume': 'maybe' is not one of ['true', 'false']"),
    ],
)
def test_a_wrong_body_is_400_and_says_which_field_and_what_is_allowed(api: Api, body: Any, said: str) -> None:
    status, _, message = api.error("POST", "warehouses", body)
    assert status == 400
    assert said in message


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"createMode": "always"}, "'always' is not one of ['errorIfExists', 'orReplace', 'ifNotExists']"),
        ({"showLimit": "many"}, "'many' is not of type 'integer'"),
        ({"showLimit": 0}, "0 is less than the minimum of 1"),
        ({"history": "perhaps"}, "'perhaps' is not of type 'boolean'"),
    ],
)
def test_a_wrong_parameter_is_400_and_says_what_is_allowed(api: Api, query: dict[str, Any], said: str) -> None:
    method, body = ("POST", {"name": "d"}) if "createMode" in query else ("GET", None)
    status, _, message = api.error(method, "databases", body, **query)
    assert status == 400
    assert said in message


def test_null_means_not_set_and_what_the_server_sets_is_not_taken(api: Api) -> None:
    api("POST", "warehouses", {"name": "w", "comment": None, "state": "SUSPENDED", "owner": "me", "unheard_of": 1})
    warehouse = api("GET", "warehouses/w")
    assert (warehouse["state"], warehouse["owner"]) == ("STARTED", "ACCOUNTADMIN")
    assert not {"comment", "unheard_of"} & warehouse.keys()


def test_an_unexpected_failure_is_500_without_details(caplog: pytest.LogCaptureFixture) -> None:
    account = LocalAccount()
    account.catalog.close()
    assert Api(account).error("GET", "warehouses") == (
        500,
        "000603",
        "Internal error of the embedded account; see the log.",
    )
    assert "ProgrammingError" in caplog.text


def test_what_has_a_document_and_no_behaviour_is_501(api: Api) -> None:
    behind = sorted(documents().keys() - {kind.resource for kind in kinds()} - {"result", "sqlapi"})
    for resource in behind:
        operation = next((o for o in documents()[resource].operations if o.method == "GET"), None)
        if operation is not None and resource != "spark-connect":  # which is 403
            path = operation.path.removeprefix("/api/v2/").replace("{", "").replace("}", "")
            required = {name: "1" for name, p in operation.parameters.items() if p.get("required")}
            status, code, message = api.error("GET", path, **required)
            assert (status, code) == (501, "000002"), path
            assert "does not support" in message


def test_every_operation_answers_in_json_whatever_the_objects(api: Api) -> None:
    """No path leads to a failure inside: what isn't there is 404, what isn't right is 400."""
    for kind in kinds():
        for operation in kind.documented().operations:
            path = operation.path.removeprefix("/api/v2/").replace("{", "no_").replace("}", "")
            for body in (None, {}, {"name": "x"}, [], "x"):
                required = {name: "x" for name, p in operation.parameters.items() if p.get("required")}
                assert api.ask(operation.method, path, body, **required).status != 500, (operation.path, body)


# Names


def test_names_are_found_plain_or_quoted_and_answered_as_they_are(api: Api) -> None:
    for written in ("plain", '"Mixed"', '"with space"', '"with/slash:and\\"', '"ü"'):
        api("POST", "warehouses", {"name": written})
    assert names(api("GET", "warehouses")) == ["Mixed", "PLAIN", '"with space"', '"with/slash:and\\"', '"ü"']
    assert api("GET", "warehouses/PLAIN")["name"] == "PLAIN"
    assert api("GET", "warehouses/%22PLAIN%22")["name"] == "PLAIN"
    assert api("GET", "warehouses/%22Mixed%22")["name"] == "Mixed"
    assert api("GET", "warehouses/%22with%2Fslash%3Aand%5C%22")["name"] == '"with/slash:and\\"'
    assert api.error("GET", "warehouses/Mixed")[2] == "Warehouse 'MIXED' does not exist or not authorized."


def test_a_name_that_is_no_identifier_is_refused(api: Api, home: str) -> None:
    column = {"name": "c", "datatype": "int"}
    for name in ("", "a-b", "1a", 'a"b', "d.t"):
        assert api.error("POST", f"{home}/tables", {"name": name, "columns": [column]})[0] == 400


def test_what_is_missing_is_named_from_the_database_down(api: Api, home: str) -> None:
    assert api.error("GET", "databases/x/schemas/y/tables/z")[2] == "Database 'X' does not exist or not authorized."
    assert api.error("GET", "databases/d/schemas/y/tables/z")[2] == "Schema 'D.Y' does not exist or not authorized."
    assert api.error("GET", f"{home}/tables/z") == (
        404,
        "002003",
        "Table 'D.PUBLIC.Z' does not exist or not authorized.",
    )
    assert api.error("GET", f"{home}/image-repositories/z")[2].startswith("Image repository 'D.PUBLIC.Z' does not")


# Creating, changing, dropping


def test_create_modes(api: Api, clock: Clock) -> None:
    api("POST", "databases", {"name": "d", "comment": "first"})
    assert api.error("POST", "databases", {"name": "D"}) == (409, "002002", "object 'D' already exists.")
    told = api("POST", "databases", {"name": "d", "comment": "second"}, createMode="ifNotExists")
    assert told == {"status": "D already exists, statement succeeded."}
    assert api("GET", "databases/d")["comment"] == "first"
    clock.pass_(seconds=1)
    told = api("POST", "databases", {"name": "d", "comment": "third"}, createMode="orReplace")
    assert told == {"status": "Database D successfully created."}
    assert api("GET", "databases/d")["comment"] == "third"
    assert api("GET", "databases/d")["created_on"] == "2026-03-01T12:00:01.000+00:00"


def test_drop_of_what_is_not_there_fails_unless_told_otherwise(api: Api) -> None:
    assert api.error("DELETE", "databases/d")[0] == 404
    told = api("DELETE", "databases/d", ifExists="true")
    assert told == {"status": "Drop statement executed successfully (D already dropped)."}
    api("DELETE", "databases/d/schemas/s", ifExists="True")
    api("POST", "databases", {"name": "d"})
    assert api("DELETE", "databases/d", ifExists="true") == {"status": "D successfully dropped."}


def test_create_or_alter_creates_then_sets_back_what_is_left_out(api: Api) -> None:
    api("PUT", "databases/d", {"name": "d", "comment": "c", "data_retention_time_in_days": 7})
    assert api("GET", "databases/d")["retention_time"] == 7
    created = api("GET", "databases/d")["created_on"]
    api("PUT", "databases/d", {"name": "d", "log_level": "INFO"})
    database = api("GET", "databases/d")
    assert (database["retention_time"], database["log_level"], database["created_on"]) == (1, "INFO", created)
    assert "comment" not in database


def test_create_or_alter_takes_back_what_was_fetched(api: Api, home: str) -> None:
    api("POST", f"{home}/tags", {"name": '"tag"', "allowed_values": ["a"], "comment": "c"})
    fetched = api("GET", f"{home}/tags/%22tag%22")
    api("PUT", f"{home}/tags/%22tag%22", fetched)
    assert api("GET", f"{home}/tags/%22tag%22") == fetched
    assert "not" in api.error("PUT", f"{home}/tags/%22tag%22", {"name": "other"})[2]


def test_what_is_immutable_stays(api: Api) -> None:
    api("POST", "databases", {"name": "d", "kind": "TRANSIENT"})
    status, _, message = api.error("PUT", "databases/d", {"name": "d", "kind": "PERMANENT"})
    assert (status, message) == (400, "'kind' of database D can't be changed; it is TRANSIENT.")
    api("PUT", "databases/d", {"name": "d", "comment": "kind left out"})
    assert api("GET", "databases/d")["kind"] == "TRANSIENT"


def test_a_create_that_fails_leaves_what_was_there(api: Api, home: str) -> None:
    api("POST", f"{home}/tables", {"name": "t", "columns": [{"name": "a", "datatype": "int"}]})
    api.account.execute("insert into d.public.t values (1)")
    bad = {"name": "t", "columns": [{"name": "a", "datatype": "int", "default": "no_such_function()"}]}
    assert api.error("POST", f"{home}/tables", bad, createMode="orReplace")[0] == 400
    assert api("GET", f"{home}/tables/t")["rows"] == 1
    assert names(api("GET", f"{home}/tables", history=True)) == ["T"]


# Lists


def test_lists_are_in_order_and_filtered_as_show_does(api: Api) -> None:
    for name in ("b_1", "a_2", "ab", '"a_x"', "c"):
        api("POST", "databases", {"name": name})
    everything = ["AB", "A_2", "B_1", "C", "a_x"]
    assert names(api("GET", "databases")) == everything
    assert names(api("GET", "databases", like="a%")) == ["AB", "A_2", "a_x"]
    assert names(api("GET", "databases", like="a\\__")) == ["A_2", "a_x"]
    assert names(api("GET", "databases", startsWith="A")) == ["AB", "A_2"]
    assert names(api("GET", "databases", startsWith="a")) == ["a_x"]
    assert names(api("GET", "databases", showLimit=2)) == everything[:2]
    assert names(api("GET", "databases", showLimit=2, fromName="A_2")) == ["B_1", "C"]
    assert names(api("GET", "databases", fromName="B")) == everything  # as FROM counts after LIMIT alone
    assert names(api("GET", "databases", startsWith="")) == everything
    assert names(api("GET", "databases", like="")) == []


def test_parameters_come_from_above(api: Api) -> None:
    api("POST", "databases", {"name": "d", "data_retention_time_in_days": 7, "user_task_timeout_ms": 5000})
    api("POST", "databases/d/schemas", {"name": "s", "user_task_timeout_ms": 6000})
    told = [api("GET", path) for path in ("databases/d", "databases/d/schemas/public", "databases/d/schemas/s")]
    assert [one["data_retention_time_in_days"] for one in told] == [7, 7, 7]
    assert [one["retention_time"] for one in told] == [7, 7, 7]
    assert [one["user_task_timeout_ms"] for one in told] == [5000, 5000, 6000]
    assert {one["serverless_task_max_statement_size"] for one in told} == {"X2LARGE"}
    assert {one["suspend_task_after_num_failures"] for one in told} == {10}


def test_dropped_objects_are_listed_on_request(api: Api, clock: Clock) -> None:
    api("POST", "databases", {"name": "d"})
    clock.pass_(seconds=5)
    api("DELETE", "databases/d")
    assert api("GET", "databases") == []
    (dropped,) = api("GET", "databases", history="true")
    assert dropped["dropped_on"] == "2026-03-01T12:00:05.000+00:00"


def test_a_long_list_comes_in_pages(api: Api, home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "PAGE", 2)
    monkeypatch.setattr("snowcore.local.doors.rest.PAGE", 2)
    for name in "abcde":
        api("POST", f"{home}/tags", {"name": name})
    first = api.ask("GET", f"{home}/tags")
    assert names(first.body) == ["A", "B"]
    links = dict(reversed(part.strip().split("; ")) for part in first.headers["Link"].split(","))
    assert links.keys() == {'rel="first"', 'rel="next"', 'rel="last"'}
    second = api.ask("GET", links['rel="next"'].strip("<>").removeprefix("/api/v2/"))
    assert names(second.body) == ["C", "D"]
    assert 'rel="prev"' in second.headers["Link"]
    last = links['rel="last"'].strip("<>").removeprefix("/api/v2/")
    assert names(api("GET", last)) == ["E"]
    assert api.error("GET", last.replace("page=2", "page=3"))[0] == 404


def test_an_unknown_result_is_404(api: Api) -> None:
    assert api.error("GET", "results/nothing")[0] == 404


# Tags


def test_tags_are_set_inherited_and_taken_off(api: Api, home: str) -> None:
    api("POST", "databases/d/schemas", {"name": "s"})
    api("POST", "databases", {"name": "x"})
    for place, name in (("d/schemas/s", "cost"), ("d/schemas/public", "cost"), ("x/schemas/public", '"low"')):
        api("POST", f"databases/{place}/tags", {"name": name})
    api("POST", "databases/d:set-tags", [{"tag_schema": "s", "tag_name": "cost", "tag_value": "db"}])
    api("POST", "databases/d/schemas/public:set-tags", [{"tag_name": "cost", "tag_value": "schema"}])
    api("POST", f"{home}/image-repositories", {"name": "r"})
    own = [{"tag_name": "cost", "tag_value": "own"}, {"tag_name": '"low"', "tag_database": "x", "tag_value": "v"}]
    api("POST", f"{home}/image-repositories/r:set-tags", own)
    low = {
        "tag_database": "X",
        "tag_schema": "PUBLIC",
        "tag_name": "low",
        "tag_value": "v",
        "level": "IMAGE_REPOSITORY",
    }
    cost = {"tag_database": "D", "tag_schema": "PUBLIC", "tag_name": "COST", "tag_value": "own"}
    assert api("GET", f"{home}/image-repositories/r:get-tags") == [{**cost, "level": "IMAGE_REPOSITORY"}, low]
    api("POST", f"{home}/image-repositories/r:unset-tags", [{"tag_name": "cost"}])
    assert api("GET", f"{home}/image-repositories/r:get-tags") == [low]
    inherited = api("GET", f"{home}/image-repositories/r:get-tags", withLineage=True)
    assert [(t["tag_value"], t["level"]) for t in inherited] == [
        ("schema", "SCHEMA"),
        ("db", "DATABASE"),
        ("v", "IMAGE_REPOSITORY"),
    ]


def test_a_tag_must_exist(api: Api, home: str) -> None:
    gone = [{"tag_name": "gone", "tag_value": "v"}]
    for action in ("set-tags", "unset-tags"):
        status, _, message = api.error("POST", f"{home}:{action}", gone)
        assert (status, message) == (404, "Tag 'D.PUBLIC.GONE' does not exist or not authorized.")


def test_a_tag_needs_a_place_and_a_short_value(api: Api) -> None:
    api("POST", "warehouses", {"name": "w"})
    assert "needs its database" in api.error("POST", "warehouses/w:set-tags", [{"tag_name": "t", "tag_value": "v"}])[2]
    tag = {"tag_database": "d", "tag_schema": "s", "tag_name": "t"}
    assert api.error("POST", "warehouses/w:set-tags", [{**tag, "tag_value": "v" * 257}])[0] == 400
    assert api("GET", "warehouses/w:get-tags") == []
    api("POST", "warehouses/nothing:set-tags", [{**tag, "tag_value": "v"}], ifExists=True)


# Deprecated operations


def test_deprecated_operations_do_what_their_successors_do(api: Api, home: str) -> None:
    column = {"name": "a", "datatype": "int"}
    api("POST", f"{home}/tables", {"name": "t", "columns": [column]})
    api("POST", f"{home}/tables/t:create_like", newTableName="u")
    api("POST", f"{home}/tables/v:as_select", {"name": "ignored"}, query="select 1 as b")
    api("POST", f"{home}/tables/t:swapwith", targetTableName="v")
    api("POST", f"{home}/tables/t:suspend_recluster")
    assert api("GET", f"{home}/tables/t")["columns"][0]["name"] == "B"
    assert names(api("GET", f"{home}/tables")) == ["T", "U", "V"]


# Without HTTP


def test_perform_takes_names_as_they_are_written_and_says_who_cannot(account: LocalAccount) -> None:
    account.perform("database", "create", {}, body={"name": '"d 1"'})
    assert account.perform("database", "fetch", {"name": '"d 1"'})["name"] == "d 1"
    account.perform("database", "alter", {"name": '"d 1"'}, body={"comment": "c", "log_level": "INFO"})
    account.perform("database", "alter", {"name": '"d 1"'}, body={"comment": None})
    database = account.perform("database", "fetch", {"name": '"d 1"'})
    assert database["log_level"] == "INFO" and "comment" not in database
    account.perform("database", "rename", {"name": '"d 1"'}, {"targetName": "d2"})
    assert names(account.perform("schema", "list", {"database": "D2"})) == ["INFORMATION_SCHEMA", "PUBLIC"]
    with pytest.raises(AccountError, match="invalid property 'colour'"):
        account.perform("database", "alter", {"name": "d2"}, body={"colour": "red"})
    with pytest.raises(AccountError, match="does not support this yet"):
        account.perform("planet", "create", {}, body={})


def test_requests_may_come_from_many_threads(api: Api) -> None:
    failed: list[object] = []

    def work(i: int) -> None:
        try:
            for j in range(10):
                api("POST", "warehouses", {"name": f"w_{i}_{j}"})
                api("GET", f"warehouses/w_{i}_{j}")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(api("GET", "warehouses")) == 80


def test_a_closed_account_says_so_at_once() -> None:
    account = LocalAccount()
    root, session = Root(account), account.session()
    account.close()
    for ask in (
        lambda: root.databases["d"].fetch(),
        lambda: root.databases["d"].fetch_async().result(10),
        lambda: list(root.databases.iter()),
        lambda: root.databases.create(Database("d")),
    ):
        with pytest.raises(ConflictError, match="account is closed"):
            ask()
    for use in (lambda: account.execute("select 1"), lambda: session.execute("select 1"), account.session):
        with pytest.raises(AccountError, match="account is closed"):
            use()
    account.close()
