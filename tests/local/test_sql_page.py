"""The page about SQL says what the account does."""

from __future__ import annotations

from .sql_page import LIMITS, PAGE, groups, page


def test_the_page_is_what_the_account_does() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "`make sql` renews docs/sql.md"


def test_limits_are_those_of_functions() -> None:
    known = {name for names in groups().values() for name in names}
    assert LIMITS.keys() <= known
