"""The page about functions says what the table of functions has."""

from __future__ import annotations

from .functions import LIMITS, PAGE, groups, page


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "`make functions` renews docs/functions.md"


def test_limits_are_those_of_functions() -> None:
    known = {name for names in groups().values() for name in names}
    assert LIMITS.keys() <= known
