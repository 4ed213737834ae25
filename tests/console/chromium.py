"""`python -m tests.console.chromium`: have chromium and its driver on this machine, by Debian's packages if it may.

What `find` doesn't find, the tests that use a browser skip, and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

NEEDED = "needs chromium and chromedriver: apt-get install chromium chromium-driver"


def find() -> tuple[str, str] | None:
    """The paths of the browser and of its driver; None unless both are here."""
    browser, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


def paint(chrome: Chrome, scheme: str) -> None:
    """Have the browser prefer `light` colours or `dark` ones."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@contextmanager
def opened(*, scheme: str = "light", scripts: bool = True, size: tuple[int, int] = (1280, 900)) -> Iterator[Chrome]:
    """A browser without a window. It logs what it requests, and what it has to say of pages; nothing is left of it."""
    found = find()
    assert found is not None, NEEDED
    options = ChromeOptions()
    options.binary_location, driver = found
    # As root there is no sandbox; what it visits is the served account alone.
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "hide-scrollbars", "lang=en"):
        options.add_argument(f"--{argument}")
    options.add_argument(f"--window-size={size[0]},{size[1]}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    with TemporaryDirectory(ignore_cleanup_errors=True) as home:
        chrome = Chrome(options, Service(driver, env={**os.environ, "HOME": home, "TMPDIR": home}))
        try:
            paint(chrome, scheme)
            yield chrome
        finally:
            chrome.quit()


def main() -> int:
    if find() is not None:
        return 0
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print(f"The tests in a browser are skipped; that {NEEDED}, which only root may do.", file=sys.stderr)
        return 1
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"]):
        try:
            apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=60", *command]
            subprocess.run(apt, env=environment, stdout=subprocess.DEVNULL, check=True, timeout=300)
        except subprocess.SubprocessError as error:
            print(f"The tests in a browser are skipped: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
