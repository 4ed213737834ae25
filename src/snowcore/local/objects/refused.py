"""What has a document and no behaviour here: refused by 501 and one sentence, and never kept as if it did something.

A resource of which the account could keep what was declared, and of which nobody would see that nothing follows from
it, belongs here; so does an operation of a kind that is there (`KIND: VERB`).
"""

from __future__ import annotations

from collections.abc import Mapping

from ...engine.errors import AccountError

_OTHERS = "organisations, since it knows no other accounts"

REFUSED: Mapping[str, str] = {
    **dict.fromkeys(("account", "managed-account"), _OTHERS),
    "spark-connect": "Spark",
    "sqlapi": "the SQL API",
}
"""Why, to be read after "does not support": by resource, or by resource and operation."""
_NOT_ENABLED = {"spark-connect": "Spark Connect is not enabled for this account."}
"""What Snowflake itself refuses on accounts that don't have it."""


def refusal(resource: str, verb: str) -> AccountError:
    """Why an operation is not done."""
    if resource in _NOT_ENABLED:
        return AccountError(403, "390420", "0A000", _NOT_ENABLED[resource])
    why = REFUSED.get(f"{resource}: {verb}") or REFUSED.get(resource, "this yet")
    words = f"{resource.replace('-', ' ')}: {verb.replace('_', ' ')}"
    return AccountError(501, "000002", "0A000", f"The embedded account does not support {why} ({words}).")
