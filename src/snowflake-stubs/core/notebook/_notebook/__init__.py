# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.notebook import Notebook, NotebookCollection, NotebookResource, VersionDetails

__all__ = [
    "Notebook",
    "NotebookCollection",
    "NotebookResource",
    "VersionDetails",
]
