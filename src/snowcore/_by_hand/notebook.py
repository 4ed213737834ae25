"""Notebooks are deprecated, and renamed by arguments in an order of their own."""

from __future__ import annotations

import warnings

from snowflake_rest.runtime import Steps

from .._handles import Renamed
from .._methods import remote

warnings.warn(
    "snowflake.core.notebook is deprecated: Snowflake creates no new notebooks of this kind since September 1, 2026, "
    "and will no longer edit or run them. "
    "See https://docs.snowflake.com/en/release-notes/bcr-bundles/un-bundled/bcr-disable-legacy-notebooks.",
    DeprecationWarning,
    stacklevel=4,  # whoever imports `snowcore.notebook`, which imports the generated module, which imports this one
)


class NotebookMethods(Renamed):
    """A rename that has its arguments in an order of its own."""

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
