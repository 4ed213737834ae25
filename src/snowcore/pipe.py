# Generated from specs/pipe.yaml by `make generate`. Do not edit.
"""A pipe loads files from a stage into a table soon after they arrive, with a COPY statement. This is Snowpipe. See
https://docs.snowflake.com/en/user-guide/data-load-snowpipe-intro.
"""

from snowcore._generated.pipe import Pipe, PipeCollection, PipeResource

__all__ = [
    "Pipe",
    "PipeCollection",
    "PipeResource",
]
