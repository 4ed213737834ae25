"""`python -m tests.budget`: each room of the repository keeps to its number of lines written by hand.

What is generated says so in its first line and does not count; neither do tests, specifications and documents. A room
that is full gets smaller by what is deleted, merged or generated, and not by lines that hold more.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

LIMITS = {
    "SDK": 9_500,
    "generator": 4_200,
    "import": 1_400,
    "engine": 25_300,
    "account": 31_300,
    "contract": 850,
    "for people": 5_050,
    "console": 1_250,
}
"""The most lines of each room. The engine has what SQL means, the account all that is kept, run and answered by it."""
ROOMS = {
    "src/snowcore/cli.py": "for people",
    "src/snowcore/testing.py": "for people",
    "src/snowcore/_contract.py": "contract",
    "src/snowcore/_documents.py": "contract",
    "src/snowcore/_pytest.py": "for people",
    "src/snowcore/_statements.py": "for people",
    "src/snowcore/_tested.py": "for people",
    "src/snowcore/_schemas.py": "contract",
    "src/snowcore/plan/": "for people",
    "src/snowcore/pictures/": "for people",
    "src/snowcore/console/": "console",
    "src/snowcore/commands/": "for people",
    "src/snowcore/waiting.py": "for people",
    "src/snowcore/engine/": "engine",
    "src/snowcore/local/": "account",
    "src/": "SDK",
    "codegen/importing.py": "import",
    "codegen/published.py": "import",
    "codegen/": "generator",
}
"""Beginnings of paths, and the room of the files there. The first that fits counts."""


def main() -> int:
    """Print how full each room is; 1 if one is too full."""
    files = subprocess.run(["git", "ls-files", "src", "codegen"], capture_output=True, text=True, check=True)
    lines: Counter[str] = Counter()
    for file in files.stdout.splitlines():
        path = Path(file)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if not text.startswith("# Generated") or path.suffix == ".jinja":
            lines[next(room for start, room in ROOMS.items() if file.startswith(start))] += text.count("\n")
    full = [room for room, limit in LIMITS.items() if lines[room] > limit]
    print(", ".join(f"{room} {lines[room]:,} of {limit:,}" for room, limit in LIMITS.items()))
    for room in full:
        print(
            f"The room {room!r} has {lines[room]:,} lines written by hand, and room for {LIMITS[room]:,}: "
            "delete, merge or generate some."
        )
    return 1 if full else 0


if __name__ == "__main__":
    sys.exit(main())
