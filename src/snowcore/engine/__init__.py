"""The SQL engine: Snowflake's SQL on DuckDB.

translate/ makes DuckDB's SQL; duckdb/, files/ and metadata/ run it and keep what it is about.
"""
