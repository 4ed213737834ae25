"""What has a document and no behaviour here: refused by 501 and one sentence, and never kept as if it did something.

A resource of which the account could keep what was declared, and of which nobody would see that nothing follows from
it, belongs here; so does an operation of a kind that is there (`cortex-analyst: token`).
"""

from __future__ import annotations

from collections.abc import Mapping

_OTHERS = "organisations, since it knows no other accounts"

REFUSED: Mapping[str, str] = {
    **dict.fromkeys(("account", "managed-account"), _OTHERS),
    "cortex-analyst: token": "tokens with a scope",
    "spark-connect": "Spark",
    "sqlapi": "the SQL API",
}
"""Why, to be read after "does not support": by resource, or by resource and operation."""
