"""For tools that can't be told a host: every connection goes to the served account. Nothing else is changed."""

import tomllib
from os import environ
from pathlib import Path
from typing import Any

from snowflake.connector import SnowflakeConnection

_entry = tomllib.loads(Path(environ["SNOWFLAKE_HOME"], "connections.toml").read_text())["myconnection"]
_served = {name: _entry[name] for name in ("host", "port", "protocol")}
_begin = SnowflakeConnection.__init__


def _begin_there(self: SnowflakeConnection, *words: Any, **named: Any) -> None:
    _begin(self, *words, **(named | _served))


SnowflakeConnection.__init__ = _begin_there  # type: ignore[method-assign]
