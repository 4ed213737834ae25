"""The embedded account: Snowflake without Snowflake, for development, tests and learning."""

from __future__ import annotations

try:
    from ..engine.errors import AccountError
    from .account.calls import Context
    from .code.workers import Limits
    from .compute.images import Image
    from .local_account import LocalAccount
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"The embedded account needs the package {error.name!r}: pip install 'snowcore[local]'", name=error.name
    ) from error

__all__ = ["AccountError", "Context", "Image", "Limits", "LocalAccount"]
