"""Cortex: language models and search. Each of its services is a module of its own.

See https://docs.snowflake.com/en/user-guide/snowflake-cortex/overview.
"""
