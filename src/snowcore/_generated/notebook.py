# Generated from specs/notebook.yaml by `make generate`. Do not edit.
"""A notebook is a document of Python, SQL and Markdown cells that runs in Snowflake. Its files are kept in versions;
the live version is the one that users edit and that is executed. See
https://docs.snowflake.com/en/user-guide/ui-snowsight/notebooks.
"""

from __future__ import annotations

from snowcore._by_hand.notebook import NotebookMethods
from snowcore._collections import (
    SchemaObjects,
    ShowLimited,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Tagged,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import notebook as rest
from snowflake_rest.notebook import Notebook, VersionDetails
from snowflake_rest.runtime import Steps

__all__ = [
    "Notebook",
    "NotebookCollection",
    "NotebookResource",
    "VersionDetails",
]


class NotebookResource(NotebookMethods, Fetched[Notebook], Dropped, Tagged):
    """A notebook."""

    _rest = rest.RESOURCE

    @remote
    def execute(self, async_exec: bool | None = None) -> Steps[None]:
        """Run all cells of a notebook's live version.

        The notebook must have a live version and a query warehouse. See
        https://docs.snowflake.com/en/sql-reference/sql/execute-notebook.

        Args:
            async_exec: Answer at once and let the notebook run on. The server's default is `false`.
        """
        return rest.execute_notebook(*self.path, async_exec=async_exec)

    execute_async = twin(execute)

    @remote
    def add_live_version(self, from_last: bool | None = None, comment: str | None = None) -> Steps[None]:
        """Give a notebook a live version.

        The live version is the one that runs when the notebook is executed. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-notebook.

        Args:
            from_last: Start the live version from the last version.
            comment: Free text about the version.
        """
        return rest.add_live_version_notebook(*self.path, from_last=from_last, comment=comment)

    add_live_version_async = twin(add_live_version)

    @remote
    def commit(self, version: str | None = None, comment: str | None = None) -> Steps[None]:
        """Commit a notebook's live version.

        The notebook's Git repository gets the commit too, if there is one.

        Args:
            version: An alias for the version.
            comment: Free text about the version.
        """
        return rest.commit_notebook(*self.path, version=version, comment=comment)

    commit_async = twin(commit)


class NotebookCollection(SchemaObjects[NotebookResource], ShowLimited[NotebookResource, Notebook]):
    """The notebooks of the schema."""

    _handle = NotebookResource

    @remote
    def create(self, notebook: Notebook, *, mode: CreateMode = CreateMode.error_if_exists) -> Steps[NotebookResource]:
        """Create a notebook.

        See https://docs.snowflake.com/en/sql-reference/sql/create-notebook.

        Args:
            notebook: What to create; a dict with the fields of Notebook will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        notebook = build_model(Notebook, notebook)
        yield from rest.create_notebook(*self.path, notebook, create_mode=encode_mode(mode))
        return self[notebook.name]

    create_async = twin(create)
