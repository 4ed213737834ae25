# Generated from specs by `make generate`. Do not edit.
"""Snowflake's REST API as models and operations: values, without I/O. A module a resource."""

API_VERSION = "10.10"
"""The version of the API that the documents describe."""
