"""The protocol of Snowflake's drivers: logins and their tokens, queries, and results in JSON and Arrow."""
