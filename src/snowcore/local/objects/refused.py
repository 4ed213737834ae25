"""What has a document and no behaviour here: refused by 501 and one sentence, and never kept as if it did something.

A resource of which the account could keep what was declared, and of which nobody would see that nothing follows from
it, belongs here; so does an operation of a kind that is there (`service: grants`).
"""

from __future__ import annotations

from collections.abc import Mapping

_OTHERS = "organisations, since it knows no other accounts"
_MODELS = "what Cortex suggests for semantic models"
_SUGGESTIONS = (
    "verified_query_suggestions fast_generation pre_selection filters_and_metrics_suggestions agentic_optimization"
)

REFUSED: Mapping[str, str] = {
    **dict.fromkeys(("account", "managed-account"), _OTHERS),
    **dict.fromkeys((f"cortex-analyst: {verb}" for verb in _SUGGESTIONS.split()), _MODELS),
    "cortex-analyst: token": "tokens with a scope",
    "spark-connect": "Spark",
    "sqlapi": "the SQL API",
    "service: grants": "roles of services",
    "service: grants_of": "roles of services",
    **dict.fromkeys((f"streamlit: {verb}" for verb in ("pull", "push")), "Git repositories that it would write to"),
    "warehouse: disable": "disabling warehouses",
    "warehouse: enable": "enabling warehouses",
}
"""Why, to be read after "does not support": by resource, or by resource and operation."""
