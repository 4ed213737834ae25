"""Where Snowflake's SDK keeps its configuration, for programs that import it from there."""
