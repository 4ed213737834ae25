"""docs/functions.md: which of Snowflake's functions the account knows. `python -m tests.engine.functions` renews it."""

from __future__ import annotations

import sys
import textwrap
from collections import defaultdict
from pathlib import Path

from snowcore.engine import translate

PAGE = Path("docs/functions.md")
REFUSED = frozenset(translate.refusals.REFUSED.split())
LIMITS = {
    "APPROX_TOP_K": "exact",
    "APPROX_PERCENTILE": "exact, interpolated",
    "APPROX_COUNT_DISTINCT": "exact",
    "COMPRESS": "by zlib, bz2 and Snappy, which looks for no repetitions",
    "DECOMPRESS_BINARY": "of zlib, bz2 and Snappy",
    "DECOMPRESS_STRING": "of zlib, bz2 and Snappy",
    "COLLATE": "refused",
    "COLLATION": "refused",
    "HASH": "the same for equal values, but not Snowflake's numbers",
    "HASH_AGG": "the same for equal rows, but not Snowflake's numbers",
    "MINHASH": "with other hashes than Snowflake's",
    "RANDSTR": "with other texts than Snowflake's for a seed",
    "UNIFORM": "with other numbers than Snowflake's for a seed",
}
"""How far a function goes, where that isn't all the way."""


def groups() -> dict[str, list[str]]:
    """The names of the functions, by the idea of the module that has them."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, entry in translate.core.FUNCTIONS.items():
        if name not in REFUSED:
            module = sys.modules[entry.translate.__module__]
            found[(module.__doc__ or "").partition("\n")[0].rstrip(".")].append(name)
    return {title: sorted(names) for title, names in sorted(found.items())}


def page() -> str:
    """Markdown: which functions there are, how far they go, which are refused."""
    found = groups()
    lines = [
        "# Functions of SQL in the embedded account",
        "",
        f"{sum(map(len, found.values()))} names. A call of any other function is refused: 002140 if Snowflake has none",
        "of this name, 000002 if it is one of those at the end. `make functions` renews this page.",
        "",
    ]
    for title, names in found.items():
        shown = ", ".join(f"{n} ({LIMITS[n]})" if n in LIMITS else n for n in names)
        lines += [f"**{title}**", "", *textwrap.wrap(shown, 118, break_long_words=False), ""]
    lines += ["**Not emulated**", "", *textwrap.wrap(", ".join(sorted(REFUSED)), 118)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
