"""Snowflake Scripting: blocks, their variables, and what they do with SQL.

`grammar` makes a tree of a block's tokens, `running` runs it. A variable's value reaches SQL as a bind, and
never as text.
"""

from .grammar import begins_block, end_of_block
from .grammar import parsed as check
from .running import Script
from .state import Reference

__all__ = ["Reference", "Script", "begins_block", "check", "end_of_block"]
