"""How long the properties of the contract are tried: always with the same values, so that a run can be repeated.

`--hypothesis-seed=N` tries others (`make contract SEED=N`).
"""

from __future__ import annotations

import sys

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "contract",
    max_examples=10,
    deadline=None,
    derandomize=not any(argument.startswith("--hypothesis-seed") for argument in sys.argv),
    print_blob=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
