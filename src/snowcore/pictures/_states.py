"""How states look. A state is never told by its colour alone."""

from __future__ import annotations

import attrs


@attrs.frozen
class Look:
    mark: str
    plain_mark: str
    """For terminals that have no other characters than ASCII."""
    line: str
    fill: str
    terminal: int
    """The number of the colour in a terminal."""


_GOOD = Look("✔", "+", "#1a7f37", "#e4f5e9", 32)
_BAD = Look("✘", "x", "#c62828", "#fdeaea", 31)
_BUSY = Look("▶", ">", "#1565c0", "#e2effc", 34)
_LEFT_OUT = Look("↷", "~", "#8a6100", "#fdf3d7", 33)
_NOTHING = Look("·", ".", "#6b7280", "#f3f4f6", 90)
_LOOKS = {
    "SUCCEEDED": _GOOD,
    "FAILED": _BAD,
    "FAILED_AND_AUTO_SUSPENDED": _BAD,
    "CANCELLED": Look("■", "#", "#7b3fa0", "#f3e8f9", 35),
    "EXECUTING": _BUSY,
    "SKIPPED": _LEFT_OUT,
    "STARTED": Look("●", "o", "#0f6b78", "#e0f3f5", 36),
}


def find_look(state: str) -> Look:
    """How a state looks; grey for what is yet to come, and for states that nobody knows."""
    return _LOOKS.get(state.upper(), _NOTHING)
