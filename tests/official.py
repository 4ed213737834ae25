"""Snowflake's own SDK, for tests that hold ours against it: `make compare` installs it and names its Python."""

from __future__ import annotations

import os

import pytest

PYTHON = os.environ.get("SNOWCORE_TEST_OFFICIAL_SDK", "")
"""A Python that has snowflake.core 1.14.0 of Snowflake, with a connector of its choice."""

needed = pytest.mark.skipif(not PYTHON, reason="SNOWCORE_TEST_OFFICIAL_SDK names no Python with Snowflake's SDK")
