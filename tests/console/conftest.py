"""A served account with things to look at, and a browser that knows no script."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import attrs
import httpx
import pytest

from snowcore.console import Console
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer

HOSTILE = [
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "../../../login",
    "..",
    "a/b?c=d&e#f%2e%2e",
    "'; drop table T; --",
    "{{ 7 * 7 }}{% raw %}",
    "\u202eabc\u2066 bidi",
    "line\nbreak\ttab",
    "%_\\",
    "x" * 255,
]
SCRIPTS = [
    "create warehouse wh",
    "create database shop",
    "create schema shop.sales",
    "create table shop.sales.orders (id int not null, customer varchar, amount number(12, 2), placed timestamp_ntz)",
    "insert into shop.sales.orders select 1, '<b>Ada</b>', 12.5, '2026-01-02 03:04:05.678901'::timestamp_ntz",
    "insert into shop.sales.orders (id, customer) values (2, ''), (3, null)",
    "create view shop.sales.recent as select * from shop.sales.orders",
    "create function shop.sales.tax(amount number) returns number as 'amount * 0.19'",
    "create function shop.sales.\"a <b> c\"(amount number, rate number default 2) returns number as 'amount * rate'",
    "create file format shop.sales.semicolons type = csv field_delimiter = ';'",
    "create task shop.sales.load warehouse = wh schedule = '60 minutes' as select 1",
    "create task shop.sales.broken warehouse = wh after shop.sales.load as select 1 / 0",
    "create task shop.sales.report warehouse = wh finalize = shop.sales.load as select 2",
    "create role analyst",
    "create user ada password = 'Secret-123' default_role = analyst",
    "grant role analyst to user ada",
    "grant usage on database shop to role analyst",
    "grant usage on schema shop.sales to role analyst",
    "grant select on table shop.sales.orders to role analyst",
    "create table shop.sales.salaries (pay int)",
    "create user kim password = 'Secret-456'",
]


@attrs.define
class Browser:
    """Follows links, sends forms, keeps cookies."""

    http: httpx.Client
    text: str = ""
    place: str = ""
    """The address of the page that was read last."""

    def get(self, place: str, *, status: int = 200, **query: object) -> str:
        return self._read(self.http.get(f"/console/{place}?{urlencode(query, doseq=True)}"), status)

    def post(self, place: str, *, status: int = 200, **fields: str) -> str:
        """Send a form, with the token of the page that was read last."""
        return self._read(self.http.post(f"/console/{place}", data={"token": self.token, **fields}), status)

    def follow(self, address: str) -> str:
        return self._read(self.http.get(html.unescape(address)), 200)

    def log_in(self, user: str = "me", password: str = "secret") -> Browser:
        self.get("login")
        self.post("login", user=user, password=password)
        assert "Log out" in self.text
        return self

    def run(self, text: str, **fields: str) -> str:
        """Run a text in the worksheet, and look again until there is a result."""
        self.start(text, **fields)
        return self.await_end()

    def start(self, text: str, **fields: str) -> str:
        """What the worksheet shows soon after a text was run, its result or that it runs."""
        self.get("worksheet")
        return self.post("worksheet", text=text, **fields)

    def await_end(self) -> str:
        while 'http-equiv="refresh"' in self.text:
            self._read(self.http.get(self.place), 200)
        return self.text

    def _read(self, answer: httpx.Response, status: int) -> str:
        assert answer.status_code == status, html.unescape(answer.text)
        self.text, self.place = answer.text, str(answer.url)
        return answer.text

    @property
    def token(self) -> str:
        found = re.search(r'name="token" value="(\w*)"', self.text)
        return found[1] if found else ""

    @property
    def said(self) -> str:
        """What stands on the page, without its marks."""
        return html.unescape(re.sub(r"<[^>]*>", " ", self.text))


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with LocalAccount() as account:
        session = account.session()
        for text in SCRIPTS:
            session.execute(text)
        for name in HOSTILE:
            quoted = name.replace('"', '""')
            session.execute(f'create table shop.sales."{quoted}" ("{quoted}" int)')
        session.close()
        with LocalServer(account, user="me", password="secret", console=Console) as server:
            yield server
        account.cancel(0)


@pytest.fixture
def stranger(server: LocalServer) -> Iterator[Browser]:
    """A browser whose user hasn't logged in."""
    with httpx.Client(base_url=server.url, trust_env=False, timeout=60, follow_redirects=True) as http:
        yield Browser(http)


@pytest.fixture
def browser(stranger: Browser) -> Browser:
    return stranger.log_in()
