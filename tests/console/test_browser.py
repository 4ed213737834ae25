"""The console in a real browser: scripts, keyboard, colours, what is requested, and what names do there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from axe_core_python.base import AXE_SCRIPT
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from snowcore.local.doors.server import LocalServer

from ..conftest import eventually
from . import chromium
from .conftest import HOSTILE

pytestmark = pytest.mark.skipif(chromium.find() is None, reason=chromium.NEEDED)
LOAD = ("SHOP", "SALES", "LOAD")


class Person:
    """Who sits before a browser."""

    def __init__(self, chrome: Chrome, server: LocalServer) -> None:
        self.chrome, self.server = chrome, server

    def go(self, place: str, **query: object) -> None:
        self.chrome.get(f"{self.server.url}/console/{place}?{urlencode(query, doseq=True)}")

    def log_in(self) -> None:
        self.go("login")
        # The browser gives a field its first focus when it draws the page, which may be after the page has loaded.
        self.wait(lambda: self.focused.get_attribute("name") == "user")
        self.type("me", Keys.TAB, "secret", Keys.ENTER)
        self.wait(lambda: "Databases" in self.chrome.title)

    def open_worksheet(self) -> None:
        self.go("worksheet")
        self.wait(lambda: self.focused.get_attribute("id") == "text")

    def type(self, *keys: str) -> None:
        for one in keys:
            self.focused.send_keys(one)

    def find(self, selector: str) -> WebElement:
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def wait(self, until: Callable[[], object]) -> None:
        meanwhile = [StaleElementReferenceException, NoSuchElementException]  # the page may load again
        WebDriverWait(self.chrome, 60, 0.1, meanwhile).until(lambda _: until())

    def text(self, selector: str = "main") -> str:
        """As it is seen; empty while a page loads."""
        found: str = self.chrome.execute_script(f"return document.querySelector({selector!r})?.innerText ?? ''")
        return found

    @property
    def focused(self) -> WebElement:
        return self.chrome.switch_to.active_element

    @property
    def requested(self) -> set[str]:
        """The addresses of all that was requested since this was asked last."""
        entries = (json.loads(entry["message"])["message"] for entry in self.chrome.get_log("performance"))
        return {one["params"]["request"]["url"] for one in entries if one["method"] == "Network.requestWillBeSent"}

    @property
    def complaints(self) -> list[str]:
        """What the browser had to say of pages, such as what their policy forbids."""
        return [entry["message"] for entry in self.chrome.get_log("browser")]


@pytest.fixture(scope="module")
def person(server: LocalServer) -> Iterator[Person]:
    with chromium.opened() as chrome:
        person = Person(chrome, server)
        person.log_in()
        yield person
        assert all(url.startswith(f"{server.url}/console") for url in person.requested)


def test_a_result_by_the_keyboard_alone(person: Person) -> None:
    person.open_worksheet()
    person.type("select 6 * 7 as answer", Keys.CONTROL + Keys.ENTER)
    person.wait(lambda: "42" in person.text("table"))
    assert person.text("th") == "ANSWER" and person.complaints == []


def test_the_first_key_leads_past_the_navigation(person: Person) -> None:
    person.go("roles")
    person.find("body").send_keys(Keys.TAB)
    person.wait(lambda: person.focused.text == "Skip to the content" and person.focused.is_displayed())
    person.type(Keys.ENTER)
    person.wait(lambda: person.focused.get_attribute("id") == "main")


def test_all_can_be_reached_by_tab_and_shows_that_it_has_the_focus(person: Person) -> None:
    person.go("objects", kind="TABLE", at=("SHOP", "SALES", "ORDERS"))
    person.find("body").send_keys(Keys.TAB)
    seen: list[str] = []
    focused = (
        "const one = document.activeElement; return one === document.body ? null"
        " : [getComputedStyle(one).outlineStyle, one.ariaLabel || one.name || one.innerText, one.outerHTML]"
    )
    while (told := person.chrome.execute_script(focused)) and len(seen) < 200:
        outline, name, markup = told
        assert outline != "none", markup
        seen.append(name)
        person.type(Keys.TAB)
    assert {"Objects", "Worksheet", "role", "Log out", "SHOP", "Columns", "First rows", "Grants"} <= {*seen}


def test_a_role_is_chosen_by_a_list(person: Person) -> None:
    person.go("roles")
    chosen = "return document.querySelector('[selected]')?.text"
    for role in ("PUBLIC", "ACCOUNTADMIN"):
        person.find("select[name=role]").send_keys(role[0])  # which is enough; a second key might meet the next page
        person.wait(lambda role=role: person.chrome.execute_script(chosen) == role)


def test_a_run_is_shown_as_it_goes(person: Person) -> None:
    session = person.server.account.session()
    for line in (
        *("create schema shop.live", "create task a warehouse = wh as select system$wait(1, 'hours')"),
        *("create task b warehouse = wh after a as select system$wait(1, 'hours')", "alter task b resume"),
        "execute task a",
    ):
        session.execute(line)
    person.go("graphs", at=("SHOP", "LIVE", "A"))
    person.wait(lambda: person.text("#status").startswith("Executing"))
    person.chrome.execute_script("window.untouched = true; document.querySelector('.actions a').focus()")
    person.server.account.advance(hours=2)
    person.wait(lambda: person.text("#status") == "Succeeded: 2 succeeded.")
    assert person.chrome.execute_script("return window.untouched") and person.focused.text == "The task"
    assert person.find("#status").get_attribute("role") == "status"
    assert len(person.chrome.find_elements(By.CSS_SELECTOR, "svg .succeeded")) == 4
    assert not person.chrome.find_elements(By.CSS_SELECTOR, "[data-live]") and person.complaints == []
    session.close()


def test_a_statement_that_takes_long_shows_its_result_when_it_is_there(person: Person) -> None:
    person.open_worksheet()
    person.type("select system$wait(1, 'hours')", Keys.CONTROL + Keys.ENTER)
    person.wait(lambda: person.text("#status") == "The statement runs …")
    eventually(lambda: person.server.account.clock.next_wait)
    person.server.account.advance(hours=1)
    person.wait(lambda: "waited 1 hours" in person.text("#live"))
    assert person.chrome.execute_script("return document.querySelector('#live button')") is None


@pytest.mark.parametrize("name", HOSTILE)
def test_names_do_nothing(person: Person, name: str) -> None:
    for query in ({"kind": "TABLE", "at": ("SHOP", "SALES")}, {"kind": "TABLE", "at": ("SHOP", "SALES", name)}):
        person.go("objects", **query)
        assert person.chrome.title != "owned"
        assert not person.chrome.find_elements(By.CSS_SELECTOR, "img, main script, nav script")
    heading = "return document.querySelector('h1').firstChild.data"
    assert person.chrome.execute_script(heading).rstrip() == name
    link = person.find(".tree a[aria-current]")
    assert link.text == name.strip().split("\n")[0] or "\n" in name or "\u202e" in name
    link.click()
    assert person.chrome.execute_script(heading).rstrip() == name
    width: int = person.chrome.execute_script("return document.documentElement.scrollWidth")
    assert width <= person.chrome.execute_script("return window.innerWidth") and person.complaints == []


def test_a_script_in_a_page_would_not_run(person: Person) -> None:
    person.go("roles")
    person.chrome.execute_script(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran=1\"><p style=\"color: red\">');"
        "const one = document.createElement('script'); one.text = 'window.ran=1'; document.body.append(one)"
    )
    assert person.chrome.execute_script("return window.ran") is None
    assert any("Content Security Policy" in one for one in person.complaints)


PAGES: list[tuple[str, dict[str, Any]]] = [
    ("objects", {}),
    ("objects", {"kind": "TABLE", "at": ("SHOP", "SALES", "ORDERS")}),
    ("graphs", {}),
    ("graphs", {"at": LOAD}),
    ("queries", {"own": "on"}),
    ("services", {}),
    ("roles", {"kind": "ROLE", "name": "ANALYST"}),
    ("worksheet", {"text": "select 1"}),
    ("nothing", {}),
]


@pytest.mark.parametrize(
    ("scheme", "ground", "asked"),
    [("light", "rgb(255, 255, 255)", {}), ("dark", "rgb(20, 24, 29)", {"runOnly": ["color-contrast"]})],
)
def test_no_page_keeps_anybody_out(person: Person, scheme: str, ground: str, asked: dict[str, Any]) -> None:
    """What axe finds: labels, headings, landmarks, contrast. In the dark only the colours are others."""
    chrome = person.chrome
    chromium.paint(chrome, scheme)
    try:
        chrome.delete_all_cookies()
        pages = [("login", {}), *PAGES]
        for place, query in pages:
            if place == "objects" and not query:
                person.log_in()
            person.go(place, **query)
            chrome.execute_script(AXE_SCRIPT)
            found: dict[str, Any] = chrome.execute_async_script("axe.run(arguments[0]).then(arguments[1])", asked)
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == [], place
            assert chrome.execute_script("return getComputedStyle(document.body).backgroundColor") == ground
    finally:
        chromium.paint(chrome, "light")


def test_without_scripts_tables_show_and_what_runs_is_looked_at_again(server: LocalServer) -> None:
    with chromium.opened(scripts=False) as chrome:
        person = Person(chrome, server)
        person.go("login")
        chrome.find_element(By.NAME, "user").send_keys("me")
        chrome.find_element(By.NAME, "password").send_keys("secret" + Keys.ENTER)
        person.wait(lambda: "Databases" in chrome.title)
        person.go("objects", kind="TABLE", at=("SHOP", "SALES", "ORDERS"))
        assert "12.50" in chrome.find_element(By.TAG_NAME, "main").text
        assert chrome.find_element(By.CSS_SELECTOR, ".who button").is_displayed()
        person.go("worksheet")
        chrome.find_element(By.ID, "text").send_keys("select system$wait(1, 'hours')")
        chrome.find_element(By.CSS_SELECTOR, "main button").click()
        person.wait(lambda: "The statement runs" in chrome.find_element(By.ID, "status").text)
        eventually(lambda: server.account.clock.next_wait)
        server.account.advance(hours=1)
        person.wait(lambda: "waited 1 hours" in chrome.find_element(By.TAG_NAME, "main").text)
