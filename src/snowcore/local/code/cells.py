"""What a worker process runs for a notebook or a code bundle: cells of Python and of SQL, one after the other, in one
namespace.

The process and its messages are those of `python.py`, beside which this file lies and is run by path.
"""

from __future__ import annotations

import os
import re
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import python
else:
    sys.path.insert(0, str(Path(__file__).parent))
    import python

    del sys.path[0]  # where our files would hide the user's of the same names

_IN_BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


class Failure(Exception):
    """An error that is told as its text, since it is none of Python."""


class _Rows:
    """What a cell of SQL answered, which cells after it have by its name."""

    def __init__(self, session: Any, query_id: str) -> None:
        self._session, self._query_id = session, query_id

    def to_df(self) -> Any:
        return self._session.sql(f"SELECT * FROM TABLE(RESULT_SCAN('{self._query_id}'))")

    def to_pandas(self) -> Any:
        return self.to_df().to_pandas()


class Program:
    def __init__(self, said: dict[str, Any], _: python.Pipes) -> None:
        sys.path[:0] = said["path"]
        sys._xoptions["snowflake_import_directory"] = said["imports"]  # pyright: ignore
        sys.modules["_snowflake"] = python.snowflake(said["secrets"])
        os.chdir(said["imports"])
        self._ours = sys.modules["__main__"]  # kept, since a module that nobody holds loses what is in it
        self._main = sys.modules["__main__"] = types.ModuleType("__main__")

    def run(self, said: dict[str, Any]) -> None:
        sys.argv = said["arguments"]
        os.environ.update(said["variables"])
        with python.connected(said["door"]) as session:
            for cell in said["cells"]:
                if cell["language"] == "sql":
                    self._ask(session, cell["name"], cell["source"])
                elif not self._do(cell["name"], cell["source"]):
                    return

    def _do(self, name: str, source: str) -> bool:
        """Whether the cells after this one of Python shall run."""
        try:
            exec(compile(source, name, "exec"), self._main.__dict__)
        except SystemExit as ended:
            if ended.code not in (None, 0):
                raise Failure(f"The code ended by itself in {name} (exit code {ended.code}).") from None
            return False
        return True

    def _ask(self, session: Any, name: str, source: str) -> None:
        def value(found: re.Match[str]) -> str:
            return str(eval(found[1].strip(), self._main.__dict__))

        text = _IN_BRACES.sub(value, source)
        if not text.strip():
            return
        cursor = session.connection.cursor()
        try:
            cursor.execute(text, num_statements=0)
            while cursor.nextset():
                pass
        except Exception as error:
            raise Failure(f"{name}: {getattr(error, 'raw_msg', None) or error}") from None
        self._main.__dict__[name] = _Rows(session, cursor.sfqid)


def told(error: BaseException) -> dict[str, Any]:
    return {"error": str(error) if isinstance(error, Failure) else python.traced(error)}


_load: Callable[[dict[str, Any], python.Pipes], Any] = Program

if __name__ == "__main__":
    python.main(_load, told)
