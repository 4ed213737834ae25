"""The console's pages as browsers without scripts have them, and what they do against those who mean ill."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import time
from html.parser import HTMLParser

import httpx
import pytest

from snowcore.console import Console
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer

from ..conftest import eventually
from ..e2e.conftest import Servers
from .conftest import HOSTILE, Browser

ORDERS = ("SHOP", "SALES", "ORDERS")
LOAD = ("SHOP", "SALES", "LOAD")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
PLACES = ["objects", "graphs", "queries", "services", "roles", "worksheet"]


# What there is to see


def test_an_object_shows_columns_rows_its_statement_grants_and_properties(browser: Browser) -> None:
    browser.get("objects", kind="TABLE", at=ORDERS)
    said = browser.said
    assert "NUMBER(12,2)" in said and "create or replace TABLE ORDERS" in said
    assert "<b>Ada</b>" in said and "<b>Ada</b>" not in browser.text
    assert "2026-01-02 03:04:05.678901" in said and "NULL" in said
    assert "OWNERSHIP" in said and "SELECT" in said and "ANALYST" in said
    assert re.search(r"owner\s+ACCOUNTADMIN", said)


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("VIEW", "RECENT", "create or replace view RECENT"),
        ("TASK", "BROKEN", "create or replace task BROKEN"),
        ("FILE FORMAT", "SEMICOLONS", "FIELD_DELIMITER"),
        ("FUNCTION", '"TAX"(NUMBER)', "amount * 0.19"),
        ("FUNCTION", '"a <b> c"(NUMBER, NUMBER)', "amount * rate"),
    ],
)
def test_each_kind_has_its_objects_and_a_page_for_each(browser: Browser, kind: str, name: str, told: str) -> None:
    browser.get("objects", kind=kind, at=("SHOP", "SALES"))
    links = re.findall(r'href="(/console/objects\?[^"]+)"[^>]*>([^<]+)</a>', browser.text)
    links = [(address, html.unescape(text)) for address, text in links]
    address = next(address for address, text in links if text in (name, name.split('"')[1] if '"' in name else name))
    browser.follow(address)
    assert told in browser.said and "failure" not in browser.text


def test_the_statements_of_a_whole_schema_are_made_on_demand(browser: Browser) -> None:
    browser.get("objects", at=("SHOP", "SALES"))
    assert "create or replace" not in browser.said
    link = re.search(r'href="(/console/worksheet[^"]+)">Statements of all', browser.text)
    assert link is not None
    text = re.search(r"<textarea[^>]*>([^<]*)</textarea>", browser.follow(link[1]))
    assert text is not None
    browser.run(html.unescape(text[1]))
    assert "create or replace schema SALES" in browser.said and "create or replace task LOAD" in browser.said


def test_the_tree_leads_from_the_account_to_each_object(browser: Browser) -> None:
    tree = re.search(r'<nav class="tree".*?</nav>', browser.get("objects", kind="TABLE", at=ORDERS), re.DOTALL)
    assert tree is not None
    for name in ("SHOP", "SALES", "Tables", "Views", "Masking policies", "ORDERS"):
        assert f">{name}</a>" in tree[0]
    assert re.search(r'aria-current="page">ORDERS<', tree[0])


def test_names_are_looked_for_as_they_are(browser: Browser) -> None:
    browser.get("objects", kind="TABLE", at=("SHOP", "SALES"), find="%_\\")
    assert "Tables 1 " in " ".join(browser.said.split()) and "%_\\" in browser.said


def test_a_run_shows_its_tasks_and_the_error_of_the_one_that_failed(server: LocalServer, browser: Browser) -> None:
    session = server.account.session()
    for task in ("broken", "report", "load"):
        session.execute(f"alter task shop.sales.{task} resume")
    assert "It has not run yet." in browser.get("graphs", at=LOAD)
    session.execute("execute task shop.sales.load")

    def ended() -> bool:
        if "Failed: 1 failed, 2 succeeded." in browser.get("graphs", at=LOAD):
            return True
        assert "has not run" in browser.text or '<meta http-equiv="refresh"' in browser.text
        return False

    eventually(ended, lambda: browser.said)
    assert "data-live" not in browser.text and "Division by zero" in browser.said
    assert browser.text.count("<svg") == 2
    assert "LOAD" in browser.get("graphs") and "failed" in browser.said
    session.execute("alter task shop.sales.load suspend")
    session.close()


def test_queries_have_duration_rows_and_error(browser: Browser) -> None:
    browser.run("select 'to be found' as x")
    browser.run("select 'to be found' / 0")
    browser.get("queries", find="TO BE FOUND")
    rows = re.findall(r"<tr><td><a.*?</tr>", browser.text, re.DOTALL)
    assert len(rows) == 2 and "failed with error" in rows[0] and "success" in rows[1]
    assert len(re.findall("<tr><td><a", browser.get("queries", find="to be found", failed="on"))) == 1
    assert "CURRENT_AVAILABLE_ROLES" not in browser.get("queries")
    assert "CURRENT_AVAILABLE_ROLES" in browser.get("queries", own="on")
    link = re.search(r'href="(/console/queries\?id=[^"]+)"', rows[0])
    assert link is not None
    browser.follow(link[1])
    assert "select 'to be found' / 0" in browser.said and "ERROR_MESSAGE" in browser.said


def test_who_sees_no_database_sees_their_own_queries_alone(browser: Browser, server: LocalServer) -> None:
    browser.run("select 'of another user'")
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60, follow_redirects=True) as http:
        kim = Browser(http).log_in("kim", "Secret-456")
        assert "SHOP" not in kim.said
        kim.run("select 'of their own'")
        kim.get("queries")
        assert "select 'of their own'" in kim.said and "of another user" not in kim.said
        link = re.search(r'href="(/console/queries\?id=[^"]+)"', kim.text)
        assert link is not None and "QUERY_ID" in kim.follow(link[1])
        assert "Graphs" in kim.get("graphs")


def test_services_show_their_containers_and_logs(server: LocalServer, browser: Browser) -> None:
    server.account.images["/shop/sales/r/echo:1"] = [sys.executable, "-c", "print('<i>it was said</i>', flush=True)"]
    session = server.account.session()
    container = "spec: {containers: [{name: main, image: /shop/sales/r/echo:1}]}"
    for text in (
        "create compute pool pool min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS",
        "create image repository shop.sales.r",
        f"execute job service in compute pool pool name = shop.sales.said from specification $${container}$$",
    ):
        session.execute(text)
    session.close()
    assert "SAID" in browser.get("services") and "POOL" in browser.text and 'class="state done"' in browser.text
    browser.get("services", at=("SHOP", "SALES", "SAID"))
    assert "Log of main, instance 0" in browser.said and "<i>it was said</i>" in browser.said
    assert "<i>" not in browser.text


def test_roles_say_what_they_may_and_who_has_them(browser: Browser) -> None:
    assert "ANALYST" in browser.get("roles") and "ADA" in browser.text
    browser.get("roles", kind="ROLE", name="ANALYST")
    assert re.search(r"SHOP\.SALES\.ORDERS\s+SELECT\s+TABLE", browser.said) and "ADA" in browser.said
    assert "ANALYST" in browser.get("roles", kind="USER", name="ADA")


# The worksheet


def test_the_worksheet_shows_a_result_and_gives_it_as_csv(browser: Browser) -> None:
    browser.run("select id, customer, placed from shop.sales.orders order by id")
    assert "Result 3" in " ".join(browser.said.split())
    link = re.search(r'href="(/console/csv\?query=[^"]+)"', browser.text)
    assert link is not None
    answer = browser.http.get(link[1])
    assert (
        answer.headers["Content-Type"].startswith("text/csv") and "attachment" in answer.headers["Content-Disposition"]
    )
    assert answer.text == (
        '"ID","CUSTOMER","PLACED"\r\n"1","<b>Ada</b>","2026-01-02 03:04:05.678901"\r\n"2","",\r\n"3",,\r\n'
    )


def test_values_are_texts_as_snowflake_writes_them(browser: Browser) -> None:
    browser.run(
        "select true, '0001-01-01'::date, '9999-12-31 23:59:59.123456789'::timestamp_ntz,"
        " '1969-12-31 23:59:59.5'::timestamp_ntz,"
        " '2026-01-01 00:00:00 +0530'::timestamp_tz, '23:59:59.25'::time, 1.50::number(5, 2), to_binary('FF', 'HEX')"
    )
    for text in (
        *("TRUE", "0001-01-01", "9999-12-31 23:59:59.123456789", "1969-12-31 23:59:59.500"),
        *("2026-01-01 00:00:00.000 +0530", "23:59:59.250", "1.50", "FF"),
    ):
        assert f">{text}</td>" in browser.text


def test_several_statements_run_in_one_session_and_errors_are_told(browser: Browser) -> None:
    browser.run("use schema shop.sales;\nset who = 'Ada';\nselect $who")
    assert "3 statements have run." in browser.said
    first = re.search(r'href="([^"]+)"[^>]*>Result 1<', browser.text)
    assert first is not None
    assert "Statement executed successfully." in browser.follow(first[1]) and "select $who</textarea>" in browser.text
    browser.run("select $who || current_schema()")
    assert "AdaSALES" in browser.said
    browser.run("select nothing_of_this_name")
    assert 'role="alert"' in browser.text and "invalid identifier" in browser.said and "000904" in browser.said
    assert "move files" in browser.run("put file:///etc/passwd @~")
    browser.run("select 1; select 1/0")
    assert "Division by zero" in browser.said


def test_a_plan_is_shown_and_the_statement_stays(browser: Browser) -> None:
    browser.run("select count(*) from shop.sales.orders", plan="1")
    assert "TableScan" in browser.said and ">select count(*) from shop.sales.orders</textarea>" in browser.text


def test_what_takes_long_can_be_stopped(browser: Browser) -> None:
    browser.start("select system$wait(1, 'hours')")
    assert "The statement runs" in browser.said and '<meta http-equiv="refresh"' in browser.text
    query = re.search(r'name="query" value="([^"]+)"', browser.text)
    assert query is not None
    assert browser.http.get(f"/console/csv?query={query[1]}").status_code == 409
    browser.post("stop", query=query[1])
    browser.await_end()
    assert "SQL execution canceled" in browser.said


def test_results_of_others_are_not_there(server: LocalServer, browser: Browser) -> None:
    browser.run("select 'mine'")
    query = re.search(r"/console/csv\?query=([\w-]+)", browser.text)
    assert query is not None
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60, follow_redirects=True) as http:
        ada = Browser(http).log_in("ada", "Secret-123")
        ada.get("worksheet", query=query[1], status=404)
        ada.get("csv", query=query[1], status=404)
        assert "mine" not in ada.text


# Who may what


def test_a_user_may_what_the_role_may(stranger: Browser) -> None:
    stranger.log_in("ada", "Secret-123")
    assert "ANALYST" in stranger.text and "Ada" in stranger.get("objects", kind="TABLE", at=ORDERS)
    stranger.get("objects", kind="TABLE", at=("SHOP", "SALES", "SALARIES"), status=404)
    assert "SALARIES" not in stranger.get("objects", kind="TABLE", at=("SHOP", "SALES"))
    stranger.run("drop table shop.sales.orders")
    assert "Insufficient privileges" in stranger.said
    stranger.run("use secondary roles none")
    assert "<option selected>PUBLIC" in stranger.post("role", role="PUBLIC", then="/console/roles")
    stranger.get("objects", kind="TABLE", at=ORDERS, status=404)
    assert "is not assigned" in stranger.post("role", role="ACCOUNTADMIN", status=422)


def test_every_page_but_the_login_asks_who_one_is(stranger: Browser) -> None:
    for place in (*PLACES, "csv", "nothing"):
        answer = stranger.http.get(f"/console/{place}", follow_redirects=False)
        assert answer.status_code == (404 if place == "nothing" else 303)
        assert place == "nothing" or answer.headers["Location"].startswith("/console/login?then=")
    for place in ("worksheet", "stop", "role", "logout"):
        answer = stranger.http.post(f"/console/{place}", data={"text": "drop database shop"}, follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/console/login?then=")


def test_who_logs_in_goes_on_to_the_page_that_was_asked_for(stranger: Browser) -> None:
    stranger.get("roles", kind="ROLE", name="ANALYST")
    assert "Log in" in stranger.text
    action = re.search(r'action="/console/(login[^"]*)"', stranger.text)
    assert action is not None
    assert "What it may" in stranger.post(action[1], user="me", password="secret")


@pytest.mark.parametrize(
    "then", ["https://example.com/", "//example.com/console/", "/api/v2/databases", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere(stranger: Browser, then: str) -> None:
    stranger.get("login", then=then)
    fields = {"token": stranger.token, "user": "me", "password": "secret"}
    answer = stranger.http.post("/console/login", params={"then": then}, data=fields, follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/console/objects")


def test_wrong_passwords_are_refused_and_slowed() -> None:
    with (
        LocalAccount() as own,
        LocalServer(own, user="me", password="secret", console=Console, clock=lambda: 0.0) as server,
        httpx.Client(base_url=server.url, trust_env=False, timeout=60, follow_redirects=True) as http,
    ):
        browser = Browser(http)
        browser.get("login")
        for _ in range(10):
            browser.post("login", user="me", password="guess", status=401)
            assert "Incorrect username or password" in browser.said and "guess" not in browser.text
        began = time.monotonic()
        browser.post("login", user="me", password="secret")
        assert time.monotonic() - began > 1


def test_a_login_ends_at_logout_and_has_a_cookie_of_its_own(stranger: Browser) -> None:
    first = stranger.http.get("/console/login").headers["Set-Cookie"]
    stranger.log_in()
    (name, secret), *others = stranger.http.cookies.items()
    assert not others and secret not in first and name.startswith("snowcore_console_")
    assert "HttpOnly" in first and "SameSite=strict" in first and "Path=/console" in first
    stranger.post("logout")
    stranger.http.cookies.set(name, secret, path="/console")
    assert "Log in" in stranger.get("objects")


def test_a_login_that_the_account_ended_asks_again(server: LocalServer) -> None:
    session = server.account.session()
    session.execute("create user eve password = 'Secret-123'")
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60, follow_redirects=True) as http:
        eve = Browser(http).log_in("eve", "Secret-123")
        session.execute("drop user eve")
        assert "Log in" in eve.get("objects") and "Log out" not in eve.text
        assert "Log in" in eve.get("login")
    session.close()


def test_a_login_lasts_longer_than_its_token() -> None:
    now = [0.0]
    with (
        LocalAccount() as own,
        LocalServer(own, user="me", password="secret", console=Console, clock=lambda: now[0]) as server,
        httpx.Client(base_url=server.url, trust_env=False, timeout=60, follow_redirects=True) as http,
    ):
        browser = Browser(http).log_in()
        for _ in range(3):
            now[0] += 2 * 3600
            assert "Databases" in browser.get("objects")
        now[0] += 5 * 3600
        assert "Log in" in browser.get("objects")


# Those who mean ill

MARKS = (
    "html head meta title link script body a header nav ul li form input label select option button main h1 h2 small p"
    " div table caption thead tbody tr th td span pre dl dt dd"
)


DRAWN = "textarea svg g path rect text tspan title circle line polygon defs marker desc"


class Marks(HTMLParser):
    """The elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.scripts: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.scripts += [dict(attrs).get("src")] if tag == "script" else []


@pytest.mark.parametrize("place", [*PLACES, "login", "nothing", "style.css", "live.js", "icon.svg", "csv", ""])
def test_every_answer_says_what_a_browser_may_do(browser: Browser, place: str) -> None:
    answer = browser.http.get(f"/console/{place}", follow_redirects=False)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Frame-Options"] == "DENY" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("place", ["worksheet", "stop", "role", "logout"])
@pytest.mark.parametrize("token", ["", "0" * 64, "é", None])
def test_a_form_of_others_does_nothing(browser: Browser, place: str, token: str | None) -> None:
    fields = {"text": "create database owned", "role": "PUBLIC", **({} if token is None else {"token": token})}
    answer = browser.http.post(f"/console/{place}", data=fields)
    assert answer.status_code == 403 and "This form is too old" in answer.text
    assert "OWNED" not in browser.get("objects")


def test_the_token_of_another_browser_is_none(server: LocalServer, browser: Browser) -> None:
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as http:
        other = Browser(http)
        other.get("login")
        answer = browser.http.post("/console/worksheet", data={"token": other.token, "text": "create database owned"})
        assert answer.status_code == 403


def test_a_login_needs_a_form_of_ours_too(stranger: Browser) -> None:
    fields = {"user": "me", "password": "secret"}
    assert stranger.http.post("/console/login", data=fields).status_code == 403
    assert stranger.http.post("/console/login", content=b"x" * (2 << 20)).status_code == 413


@pytest.mark.parametrize("name", HOSTILE)
def test_names_do_nothing(browser: Browser, name: str) -> None:
    at = ("SHOP", "SALES", name)
    browser.get("objects", kind="TABLE", at=at)
    assert name.strip() in browser.said and "create or replace TABLE" in browser.said
    marks = Marks(browser.text)
    assert marks.scripts == ["/console/live.js"] and marks.names <= {*MARKS.split()}
    assert not any(name.startswith("on") or name == "style" for name, _ in marks.attributes)
    assert all(
        to.startswith(("/console", "#main")) for name, to in marks.attributes if name in ("href", "src", "action")
    )
    for place in ("graphs", "services"):
        browser.get(place, at=at, status=404)
    browser.get("roles", kind="ROLE", name=name, status=404)
    browser.get("objects", kind=name, at=at, status=404)
    browser.get("objects", kind="FUNCTION", at=at, status=404)
    browser.get("worksheet", text=name)
    browser.get("worksheet", query=name, status=404)
    browser.get("csv", query=name, status=404)
    browser.get("queries", find=name)
    browser.get("queries", id=name, status=404)


def test_tasks_with_such_names_are_drawn_and_do_nothing(server: LocalServer, browser: Browser) -> None:
    session = server.account.session()
    session.execute("create schema shop.ill")
    before = ""
    for name in HOSTILE:
        quoted = '"' + name.replace('"', '""') + '"'
        after = f"after shop.ill.{before}" if before else "schedule = '60 minutes'"
        session.execute(f"create task shop.ill.{quoted} warehouse = wh {after} as select '{'</pre><script>'}'")
        before = quoted
    session.close()
    assert "&lt;script&gt;" in browser.get("graphs", at=("SHOP", "ILL", HOSTILE[0]))
    marks = Marks(browser.text)
    assert marks.scripts == ["/console/live.js"] and "svg" in marks.names and "img" not in marks.names
    assert not any(name.startswith("on") or name == "style" for name, _ in marks.attributes)
    browser.get("graphs")
    assert Marks(browser.text).scripts == ["/console/live.js"]


EVIL = """</title></pre><script>document.title='owned'</script>"><img src=x onerror=alert(1)>{{ 7 * 7 }}'"""
"""As a name, a comment, a text, a column, a value and an error."""


def harmless(browser: Browser) -> None:
    marks = Marks(browser.text)
    assert marks.scripts == ["/console/live.js"] and marks.names <= {*MARKS.split(), *DRAWN.split()}
    assert not any(name.startswith("on") or name == "style" for name, _ in marks.attributes)
    places = [to for name, to in marks.attributes if name in ("href", "src", "action")]
    assert all(to.startswith(("/console", "#")) for to in places)


def test_names_of_every_kind_do_nothing(server: LocalServer, browser: Browser) -> None:
    name, text = '"' + EVIL.replace('"', '""') + '"', "'" + EVIL.replace("'", "''") + "'"
    session = server.account.session()
    session.execute(f"create database {name} comment = {text}")
    session.execute(f"create schema {name}.{name} comment = {text}")
    session.execute(f"use schema {name}.{name}")
    server.account.images["/shop/sales/evil/i:1"] = [sys.executable, "-c", f"print({EVIL!r}); raise SystemExit(3)"]
    python = "language python runtime_version = '3.11' handler = 'f' as 'def f(s): raise ValueError(s)'"
    made = [
        ("TABLE", f"({name} varchar, i int) comment = {text}"),
        ("VIEW", f"({name}) comment = {text} as select {text}"),
        ("STAGE", f"comment = {text}"),
        ("FILE FORMAT", f"type = csv field_delimiter = ';' comment = {text}"),
        ("SEQUENCE", f"comment = {text}"),
        ("FUNCTION", f"({name} varchar) returns varchar comment = {text} as '1'"),
        ("PROCEDURE", f"({name} varchar) returns varchar {python}"),
        ("STREAM", f"on table {name} comment = {text}"),
        ("TASK", f"schedule = '60 minutes' comment = {text} as select {text} / 0"),
        ("PIPE", f"comment = {text} as copy into {name} from @{name}"),
        ("TAG", f"allowed_values {text} comment = {text}"),
        ("MASKING POLICY", f"as (v varchar) returns varchar -> {text} comment = {text}"),
        ("ROW ACCESS POLICY", f"as (v varchar) returns boolean -> v = {text} comment = {text}"),
        ("SECRET", f"type = generic_string secret_string = 's' comment = {text}"),
        ("NETWORK RULE", f"type = host_port mode = egress value_list = ('a.b') comment = {text}"),
        ("ALERT", f"schedule = '60 minutes' comment = {text} if (exists (select {text})) then select {text}"),
        ("WAREHOUSE", f"comment = {text}"),
        ("ROLE", f"comment = {text}"),
        ("USER", f"password = 'Secret-123' default_role = {name} comment = {text} display_name = {text}"),
    ]
    places: list[dict[str, object]] = []
    for kind, rest in made:
        called = f'{name[:-1]}{kind}"' if kind in ("VIEW", "STREAM") else name  # which tables share a namespace with
        session.execute(f"create {kind} {called}{rest if kind in ('FUNCTION', 'PROCEDURE') else f' {rest}'}")
        depth = 0 if kind in ("WAREHOUSE", "ROLE", "USER") else 2
        places.append({"kind": kind, "at": (EVIL,) * depth})
    session.execute(f"grant role {name} to user {name}")
    session.execute(f"grant select on table {name} to role {name}")
    session.execute(f"insert into {name} values ({text}, 1)")
    session.execute(f"execute task {name}")
    session.execute("create image repository shop.sales.evil")
    session.execute("create compute pool ill min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS")
    spec = "spec: {containers: [{name: main, image: /shop/sales/evil/i:1}]}"
    job = f"execute job service in compute pool ill async = true name = said comment = {text} from specification"
    session.execute(f"{job} $${spec}$$")
    eventually(lambda: "failed" in browser.get("services"), "the job doesn't end")
    browser.get("services", at=(EVIL, EVIL, "SAID"))
    harmless(browser)
    assert "Log of main" in browser.said and browser.said.count(EVIL) > 1
    seen: set[str] = set()
    for place in [{}, {"at": EVIL}, {"at": (EVIL, EVIL)}, *places]:
        browser.get("objects", **place, status=404 if place.get("kind") in ("ROLE", "USER") else 200)
        harmless(browser)
        found = set(re.findall(r'href="(/console/objects\?[^"]+)"[^>]*>[^<]*owned', browser.text)) - seen
        seen |= found
        for address in found:
            browser.follow(address)
            harmless(browser)
            assert EVIL in browser.said
    for kind in ("ROLE", "USER"):
        browser.get("roles", kind=kind, name=EVIL)
        harmless(browser)
        assert EVIL in browser.said
    for place in ("roles", "graphs", "services", "queries"):
        browser.get(place, find="owned")
        harmless(browser)
    for text_ in (
        f"select {text} as {name}, {name} from {name}",
        f"select {name} from nowhere",
        f"call {name}({text})",
    ):
        browser.run(text_)
        harmless(browser)
        assert "owned" in browser.said
    session.close()


def test_long_texts_are_shown(browser: Browser) -> None:
    text = f"select '{'x' * 50_000}' as long_text"
    browser.run(text)
    assert text in browser.said and "LONG_TEXT" in browser.said
    browser.run(text, plan="1")
    assert f" {text} " in browser.said and "Generator" in browser.said
    browser.get("queries", find="long_text")
    link = re.search(r'href="(/console/queries\?id=[^"]+)"', browser.text)
    assert link is not None and browser.follow(link[1])
    assert text in browser.said and "Copy to the worksheet" not in browser.said


def test_other_hosts_are_not_answered(browser: Browser) -> None:
    assert browser.http.get("/console/objects", headers={"Host": "example.com"}).status_code == 421


def test_wrong_methods_and_addresses_are_pages(browser: Browser) -> None:
    assert "There is no such page" in browser.get("nothing", status=404)
    assert browser.http.post("/console/objects", data={"token": browser.token}).status_code == 405
    assert browser.http.get("/consoles").status_code == 404
    browser.get("objects", kind="TABLE", at=("SHOP",), status=404)
    browser.get("objects", at=("SHOP", "SALES", "ORDERS", "ID"), status=404)
    browser.get("objects", at=("NOWHERE",), status=404)


# The command


def test_serve_says_where_its_console_is() -> None:
    servers = Servers()
    try:
        served = servers.start("--user", "ada", env={"SNOWCORE_PASSWORD": "its own"})
        assert f"# in a browser: {served.url}/console\n" in served.text
        with httpx.Client(base_url=served.url, trust_env=False, timeout=60, follow_redirects=True) as http:
            assert "ADA as" in Browser(http).log_in("ada", "its own").said
    finally:
        servers.end()


# What it costs


def test_nothing_is_imported_before_a_page_is_asked_for() -> None:
    code = (
        "import sys; from snowcore.console import Console; from snowcore.local import LocalAccount;"
        "from snowcore.local.doors.server import LocalServer;"
        "LocalServer(LocalAccount(), console=Console);"
        "sys.exit(bool({'jinja2', 'snowcore.console.pages', 'snowcore.pictures'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_without_the_extra_the_page_says_what_to_install() -> None:
    code = (
        "import sys, httpx; sys.modules['jinja2'] = None; from snowcore.console import Console;"
        "from snowcore.local import LocalAccount; from snowcore.local.doors.server import LocalServer\n"
        "with LocalAccount() as account, LocalServer(account, console=Console) as server:\n"
        "    answer = httpx.get(server.url + '/console', trust_env=False, timeout=60)\n"
        "    print(answer.status_code, answer.text)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert said == (
        "501 The console needs one more package where the account is served: pip install 'snowcore[console]'.\n"
    )


def test_a_server_without_a_console_has_none() -> None:
    with LocalAccount() as account, LocalServer(account) as server:
        assert httpx.get(f"{server.url}/console", trust_env=False, timeout=60).status_code == 404
