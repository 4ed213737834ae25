"""Templates of EXECUTE IMMEDIATE FROM, in Jinja: made into statements where the code of users runs.

See https://docs.snowflake.com/en/sql-reference/sql/execute-immediate-from#jinja2-templating.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import orjson

from ...engine.errors import EngineError, need_extra, syntax
from ..code.workers import Environment, Program

if TYPE_CHECKING:
    from . import SqlSession

_MARK = re.compile(r"\ufeff?\s{0,10}(?:--|#)!\s*jinja[^\n]*\n?", re.IGNORECASE)
_SOURCE = """
import jinja2, jinja2.sandbox
def made(text, values):
    environment = jinja2.sandbox.SandboxedEnvironment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(text).render(values)
"""


def made(session: SqlSession, text: str, values: Mapping[str, Any]) -> str:
    """The statements of a stage's file: of what its template makes, if it says that it is one or is given values.

    EngineError if the template is wrong, or lacks a value.
    """
    mark = _MARK.match(text)
    if mark is None and not values:
        return text
    if find_spec("jinja2") is None:
        raise need_extra("templates", "templates")
    session.account.code.check_allowed()
    environment = Environment(sys.executable, "", {})  # beside the account
    takes = ("VARCHAR", "OBJECT")
    program = Program("TEMPLATES", "TEMPLATE", "PYTHON", "made", _SOURCE, takes, ("VARCHAR",), (), environment)
    given = [text[mark.end() :] if mark else text, orjson.dumps(values, default=str).decode()]
    try:
        with session.account.code.lend(program, session.busy) as worker:
            return worker.ask("values", [given])[0]
    except EngineError as error:
        if error.code != "100357":
            raise
        raise syntax(f"The template can't be rendered: {error.message.splitlines()[-2]}") from None
