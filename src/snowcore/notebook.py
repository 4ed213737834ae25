# Generated from specs/notebook.yaml by `make generate`. Do not edit.
"""A notebook is a document of Python, SQL and Markdown cells that runs in Snowflake. Its files are kept in versions;
the live version is the one that users edit and that is executed. See
https://docs.snowflake.com/en/user-guide/ui-snowsight/notebooks.
"""

from snowcore._generated.notebook import Notebook, NotebookCollection, NotebookResource, VersionDetails

__all__ = [
    "Notebook",
    "NotebookCollection",
    "NotebookResource",
    "VersionDetails",
]
