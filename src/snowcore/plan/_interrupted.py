"""Which tasks an apply will resume, noted beside the declarations as long as it is under way.

Whoever kills it leaves their graphs suspended, which nothing in the account tells from what a user suspended. The next
plan for the folder reads the note, and resumes them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

NOTE = ".snowcore-apply.json"


def read_note(folder: Path | None) -> Mapping[str, str]:
    """The names of the tasks by their identifiers, which no two accounts share. ValueError for another file."""
    file = (folder or Path()) / NOTE
    if folder is None or not file.exists():
        return {}
    try:
        return {str(one): str(name) for one, name in json.loads(file.read_text(encoding="utf-8")).items()}
    except (ValueError, AttributeError):
        raise ValueError(f"{file}: this is no note of an apply; if no apply is under way, remove it") from None


def change_note(folder: Path | None, added: Mapping[str, str], forgotten: Collection[str] = ()) -> None:
    """Add tasks to the note, and leave others out; without any the note goes."""
    old = read_note(folder)
    new = {one: name for one, name in {**old, **added}.items() if one not in forgotten}
    if folder is None or new == old:
        return
    file = folder / NOTE
    if not new:
        file.unlink()
        return
    coming = file.with_suffix(".new")
    coming.write_text(json.dumps(new, indent=1), encoding="utf-8")
    coming.replace(file)  # in one step, so that nobody reads half of it
