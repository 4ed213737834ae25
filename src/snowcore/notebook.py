"""Notebooks. See https://docs.snowflake.com/en/user-guide/ui-snowsight/notebooks."""

from __future__ import annotations

import warnings

from snowflake_rest import notebook as rest
from snowflake_rest.notebook import Notebook, VersionDetails
from snowflake_rest.runtime import Steps

from ._collections import SchemaObjects, ShowLimited
from ._common import CreateMode, wire_mode
from ._handles import Dropped, Fetched, Renamed, Tagged
from ._methods import build_model, remote, twin

warnings.warn(
    "snowflake.core.notebook is deprecated: Snowflake creates no new notebooks of this kind since September 1, 2026, "
    "and will no longer edit or run them. "
    "See https://docs.snowflake.com/en/release-notes/bcr-bundles/un-bundled/bcr-disable-legacy-notebooks.",
    DeprecationWarning,
    stacklevel=2,
)

__all__ = ["Notebook", "NotebookCollection", "NotebookResource", "VersionDetails"]


class NotebookResource(Renamed, Fetched[Notebook], Dropped, Tagged):
    """A notebook."""

    _rest = rest.RESOURCE

    @remote
    def execute(self, async_exec: bool | None = None) -> Steps[None]:
        """Run all cells of the live version. The notebook needs a live version and a query warehouse.

        async_exec: return at once, while it runs.
        """
        return rest.execute_notebook(*self.path, async_exec=async_exec)

    @remote
    def add_live_version(self, from_last: bool | None = None, comment: str | None = None) -> Steps[None]:
        """Give the notebook a live version, which is the one that is edited and run.

        from_last: start from the last version.
        """
        return rest.add_live_version_notebook(*self.path, from_last=from_last, comment=comment)

    @remote
    def commit(self, version: str | None = None, comment: str | None = None) -> Steps[None]:
        """Commit the live version, also to Git if the notebook comes from there.

        version: an alias for what becomes of it.
        """
        return rest.commit_notebook(*self.path, version=version, comment=comment)

    @remote
    def rename(  # type: ignore[override]  # users know the arguments in this order, but not those of rename_async
        self,
        target_name: str,
        target_database: str | None = None,
        target_schema: str | None = None,
        if_exists: bool | None = None,
    ) -> Steps[None]:
        """Rename the notebook. This handle follows.

        target_database, target_schema: where it goes; it stays where it is when they are left out. `rename_async` takes
        `if_exists` before them.
        """
        return self._move(target_name, if_exists, target_database, target_schema)

    execute_async = twin(execute)
    add_live_version_async = twin(add_live_version)
    commit_async = twin(commit)


class NotebookCollection(SchemaObjects[NotebookResource], ShowLimited[NotebookResource, Notebook]):
    """The notebooks of a schema."""

    _handle = NotebookResource

    @remote
    def create(self, notebook: Notebook, *, mode: CreateMode = CreateMode.error_if_exists) -> Steps[NotebookResource]:
        """Create a notebook. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        notebook = build_model(Notebook, notebook)
        yield from rest.create_notebook(*self.path, notebook, create_mode=wire_mode(mode))
        return self[notebook.name]

    create_async = twin(create)
