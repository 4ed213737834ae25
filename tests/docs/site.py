"""`python -m tests.docs.site`, which is `make docs`: the site in build/site, from docs/, the docstrings and more.

The build is strict. What comes out is looked at again (`check`): no link is dead, nothing is fetched from elsewhere.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from . import api

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"
CONFIGURATION = ROOT / "zensical.toml"
MOVED = {
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "README.md": "index.md",
    "SECURITY.md": "security.md",
}
"""Pages that lie in the repository's root, and their names in the site."""
_LINK = re.compile(r"\[([^\]]*)\]\(([^)#:\s]*)(#[^)\s]*)?\)")


def sources() -> dict[str, Path]:
    """Where the site's pages are written, by their names; those of the API are not among them."""
    found = {path.name: path for path in sorted((ROOT / "docs").glob("*.md"))}
    moved = {name: ROOT / source for source, name in MOVED.items()}
    return moved | found


def collect() -> dict[str, str]:
    """The site's pages as Markdown, by their names."""
    pages = {name: _relinked(path) for name, path in sources().items()}
    return pages | {f"api/{name}": text for name, text in api.pages().items()}


def _relinked(path: Path) -> str:
    """A page without its comments, whose links lead to pages of the site. A link to another file becomes its text."""

    def lead(link: re.Match[str]) -> str:
        text, target, anchor = link[1], link[2], link[3] or ""
        if not target:
            return link[0]
        place = (path.parent / target).resolve().relative_to(ROOT)
        if place.parts[0] == "docs":
            return f"[{text}]({place.relative_to('docs').as_posix()}{anchor})"
        return f"[{text}]({MOVED[str(place)]}{anchor})" if str(place) in MOVED else text

    shown = re.sub(r"^<!-- .*?^-->\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return _LINK.sub(lead, shown)


def navigation() -> list[Any]:
    return tomllib.loads(CONFIGURATION.read_text(encoding="utf-8"))["project"]["nav"]


def leaves(parts: list[Any]) -> Iterator[tuple[str, str]]:
    for part in parts:
        for title, inside in part.items():
            if isinstance(inside, str):
                yield title, inside
            else:
                yield from leaves(inside)


def llms(pages: dict[str, str]) -> str:
    """https://llmstxt.org: the pages with what they begin with, for programs that read."""
    lines = ["# snowcore", "", "> Manage Snowflake from Python, on any account or on none.", ""]
    for part in navigation():
        for title, inside in part.items():
            lines += [f"## {title}", ""]
            lines += [f"- [{name}]({page}): {_begins(pages[page])}" for name, page in leaves(inside)]
            lines.append("")
    return "\n".join([*lines, "## API", "", f"- [Modules](api/index.md): {_begins(pages['api/index.md'])}", ""])


def _begins(page: str) -> str:
    """The first sentence of a page's text, but for the one that says what wrote the page."""
    text = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if re.match(r"[\w`]", part)]
    sentences = [one for part in paragraphs for one in re.split(r"(?<=[\w`)]\.)\s", part)]
    return _LINK.sub(r"\1", next((one for one in sentences if not one.startswith("Written ")), ""))


def build() -> Path:
    """The site's folder, made anew. RuntimeError says what is wrong with a page."""
    pages = collect()
    shutil.rmtree(BUILD / "pages", ignore_errors=True)
    shutil.copytree(ROOT / "docs", BUILD / "pages", ignore=shutil.ignore_patterns("*.md"))
    shutil.rmtree(BUILD / "site", ignore_errors=True)
    full = "\n\n".join(pages[page] for _, page in leaves(navigation()) if page != "changelog.md")
    for name, text in {**pages, "llms.txt": llms(pages), "llms-full.txt": full}.items():
        place = BUILD / "pages" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    api_pages = ", ".join(f'"{name}"' for name in pages if name.startswith("api/"))
    configuration = CONFIGURATION.read_text(encoding="utf-8").replace('"API" = []', f'"API" = [{api_pages}]')
    (BUILD / CONFIGURATION.name).write_text(configuration, encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", BUILD / CONFIGURATION.name]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=BUILD)
    told = done.stdout + done.stderr
    if done.returncode or "No issues found" not in told:
        raise RuntimeError(told)
    for name in pages:  # llms.txt leads to the Markdown
        place = BUILD / "site" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(pages[name], encoding="utf-8")
    if wrong := list(check(BUILD / "site")):
        raise RuntimeError("\n".join(wrong))
    return BUILD / "site"


class _Page(HTMLParser):
    """The anchors of a page of HTML, where it leads, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if "mermaid" in given.get("class", "").split():
            self.loaded.append("https://unpkg.com/mermaid")  # by the theme's script
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag != "a":
            self.loaded += [given[name] for name in ("src", "href", "data", "poster", "action") if name in given]
            self.loaded += re.findall(r"url\(([^)]*)\)", given.get("style", ""))


def check(site: Path) -> Iterator[str]:
    """What is wrong with a built site: links that lead nowhere, and what a browser would fetch from another host."""
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        name = path.relative_to(site)
        for address in page.loaded:
            if urlsplit(address).scheme not in ("", "data") or address.startswith("//"):
                yield f"{name}: loads {address}"
        for address in (*page.links, *page.loaded):
            if urlsplit(address).scheme or address.startswith("//"):
                continue
            whole = site.as_uri() + address if address.startswith("/") else urljoin(path.as_uri(), address)
            target, anchor = urldefrag(whole)
            place = Path(unquote(urlsplit(target).path))
            place = place / "index.html" if place.is_dir() else place
            if not place.exists():
                yield f"{name}: {address} leads nowhere"
            elif anchor and place in pages and unquote(anchor) not in pages[place].anchors | {"__top"}:
                yield f"{name}: {address} has no such anchor"
    for path in sorted(site.rglob("*.css")):
        for address in re.findall(r"(?:url\(|@import )[\"']?([^\"')]*)", path.read_text(encoding="utf-8")):
            if re.match(r"(https?:)?//", address):
                yield f"{path.relative_to(site)}: loads {address}"


if __name__ == "__main__":
    try:
        print(build() / "index.html")
    except RuntimeError as error:
        sys.exit(f"The site is not right:\n{error}")
