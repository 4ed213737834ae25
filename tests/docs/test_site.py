"""The site is built without a warning, leads nowhere in vain, and loads nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from . import site, supported


def test_the_site_is_built() -> None:
    built = site.build()
    told = (built / "llms.txt").read_text(encoding="utf-8")
    for _, page in site.leaves(site.navigation()):
        assert f"]({page}): " in told
        assert (built / page).with_suffix(".html").exists()
    assert "(snowcore.task.md)" in (built / "api" / "index.md").read_text(encoding="utf-8")


def test_every_page_is_in_the_navigation() -> None:
    pages = {name for name in site.collect() if not name.startswith("api/")}
    assert pages == {page for _, page in site.leaves(site.navigation())}


def test_what_is_supported_is_what_there_is() -> None:
    assert supported.PAGE.read_text(encoding="utf-8") == supported.page(), "`make operations` renews docs/supported.md"


def test_what_is_wrong_with_a_site_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.html").write_text("<h1 id=there>Other</h1>")
    (tmp_path / "page.css").write_text("@import 'https://fonts.example.com/a.css'; p { background: url(//cdn/x.png) }")
    (tmp_path / "index.html").write_text(
        '<link rel=stylesheet href=page.css><script src="https://cdn.example.com/x.js"></script>'
        '<a href="https://example.com">out</a> <a href="other.html#there">a</a> <a href="/other.html">b</a>'
        '<a href="other.html#not">c</a> <a href="gone.html">d</a> <pre class=mermaid></pre>'
    )
    assert list(site.check(tmp_path)) == [
        "index.html: loads https://cdn.example.com/x.js",
        "index.html: loads https://unpkg.com/mermaid",
        "index.html: other.html#not has no such anchor",
        "index.html: gone.html leads nowhere",
        "page.css: loads https://fonts.example.com/a.css",
        "page.css: loads //cdn/x.png",
    ]
