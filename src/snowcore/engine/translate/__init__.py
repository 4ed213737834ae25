"""Snowflake's SQL as DuckDB's: one walk over what sqlglot parsed, with a table of rules. `translating` is the way in,
and loads all rules."""
