# Generated from specs/view.yaml by `make generate`. Do not edit.
"""A view is a query with a name, which other queries can read like a table. See
https://docs.snowflake.com/en/user-guide/views-introduction.
"""

from snowcore._generated.view import View, ViewCollection, ViewColumn, ViewResource

__all__ = [
    "View",
    "ViewCollection",
    "ViewColumn",
    "ViewResource",
]
