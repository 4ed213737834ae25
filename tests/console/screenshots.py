"""`python -m tests.console.screenshots`: the pictures of docs/console.md."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from snowcore.console import Console
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer

from . import chromium

FOLDER = Path(__file__).parents[2] / "docs" / "console"
LONGEST = 100_000
"""Bytes of a picture."""
SCRIPTS = [
    "create warehouse nightly",
    "create database shop",
    "create schema shop.sales",
    "create table shop.sales.orders (id int not null, customer varchar, amount number(12, 2), placed date)",
    "insert into shop.sales.orders select seq4() + 1, 'Customer ' || mod(seq4() * 7, 40),"
    " mod(seq4() * 7919 + 1250, 100000) / 100, dateadd(day, -mod(seq4(), 60), '2026-03-01'::date)"
    " from table(generator(rowcount => 250))",
    "create table shop.sales.customers (name varchar, since date)",
    "create view shop.sales.big_orders as select * from shop.sales.orders where amount > 500",
    "create task shop.sales.load warehouse = nightly schedule = '60 minutes' as select system$wait(1)",
    "create task shop.sales.check_rows warehouse = nightly after shop.sales.load as select system$wait(1)",
    "create task shop.sales.rates warehouse = nightly after shop.sales.load as select 1 / 0",
    "create task shop.sales.publish warehouse = nightly after shop.sales.check_rows as select system$wait(1)",
    "create task shop.sales.report warehouse = nightly finalize = shop.sales.load as select 1",
    *(f"alter task shop.sales.{name} resume" for name in ("publish", "rates", "check_rows", "report", "load")),
    "execute task shop.sales.load",
]
QUERY = "select customer, count(*) as orders, sum(amount) as total\nfrom shop.sales.orders\ngroup by 1 order by 3 desc"
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "object": ("objects", {"kind": "TABLE", "at": ("SHOP", "SALES", "ORDERS")}),
    "graph": ("graphs", {"at": ("SHOP", "SALES", "LOAD")}),
    "worksheet": ("worksheet", {"text": QUERY}),
}


def main() -> int:
    if chromium.find() is None:
        print(chromium.NEEDED, file=sys.stderr)
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with LocalAccount() as account, LocalServer(account, user="ada", password="secret", console=Console) as server:
        session = account.session()
        for text in SCRIPTS:
            session.execute(text)
        for dark, names in ((False, PAGES), (True, ["graph"])):
            with chromium.opened(scheme="dark" if dark else "light", size=(1100, 720)) as chrome:
                for name in names:
                    take(chrome, f"{server.url}/console", name, "-dark" if dark else "")
        session.close()
        account.cancel(0)
    return 0


def take(chrome: Chrome, home: str, name: str, ending: str) -> None:
    place, query = PAGES[name]
    chrome.get(f"{home}/{place}?{urlencode(query, doseq=True)}")
    if chrome.find_elements(By.NAME, "password"):
        for field, text in (("user", "ada"), ("password", "secret")):
            chrome.find_element(By.NAME, field).send_keys(text)
        chrome.find_element(By.CSS_SELECTOR, "main button").click()
        WebDriverWait(chrome, 30).until(lambda chrome: not chrome.find_elements(By.NAME, "password"))
    while chrome.find_elements(By.CSS_SELECTOR, "[data-live]"):
        time.sleep(0.2)
    if name == "worksheet":
        chrome.find_element(By.CSS_SELECTOR, "main button").click()
        WebDriverWait(chrome, 30).until(lambda chrome: chrome.find_elements(By.TAG_NAME, "table"))
    file = FOLDER / f"{name}{ending}.png"
    chrome.save_screenshot(str(file))
    size = file.stat().st_size
    assert size <= LONGEST, f"{file} has {size:,} bytes"
    print(f"{file.name}: {size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
