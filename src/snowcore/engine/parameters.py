"""Snowflake's parameters of sessions, and what they are if nobody set them."""

from __future__ import annotations

import zoneinfo

import attrs


@attrs.frozen
class Parameter:
    name: str
    type: str
    """BOOLEAN, NUMBER or STRING."""
    default: str
    choices: tuple[str, ...] = ()
    """The values that it can have; none if there are others than a list could name."""

    def as_json(self, text: str) -> bool | int | str:
        """A value as JSON has it."""
        if self.type == "BOOLEAN":
            return text == "true"
        return int(text) if self.type == "NUMBER" else text


_LISTED = (
    Parameter("ABORT_DETACHED_QUERY", "BOOLEAN", "false"),
    Parameter("AUTOCOMMIT", "BOOLEAN", "true"),
    Parameter("BINARY_INPUT_FORMAT", "STRING", "HEX", ("HEX", "BASE64", "UTF8", "UTF-8")),
    Parameter("BINARY_OUTPUT_FORMAT", "STRING", "HEX", ("HEX", "BASE64")),
    Parameter("CLIENT_ENABLE_LOG_INFO_STATEMENT_PARAMETERS", "BOOLEAN", "false"),
    Parameter("CLIENT_MEMORY_LIMIT", "NUMBER", "1536"),
    Parameter("CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX", "BOOLEAN", "false"),
    Parameter("CLIENT_METADATA_USE_SESSION_DATABASE", "BOOLEAN", "false"),
    Parameter("CLIENT_PREFETCH_THREADS", "NUMBER", "4"),
    Parameter("CLIENT_RESULT_CHUNK_SIZE", "NUMBER", "160"),
    Parameter("CLIENT_RESULT_COLUMN_CASE_INSENSITIVE", "BOOLEAN", "false"),
    Parameter("CLIENT_SESSION_KEEP_ALIVE", "BOOLEAN", "false"),
    Parameter("CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY", "NUMBER", "3600"),
    Parameter("CLIENT_TIMESTAMP_TYPE_MAPPING", "STRING", "TIMESTAMP_LTZ", ("TIMESTAMP_LTZ", "TIMESTAMP_NTZ")),
    Parameter("DATE_INPUT_FORMAT", "STRING", "AUTO"),
    Parameter("DATE_OUTPUT_FORMAT", "STRING", "YYYY-MM-DD"),
    Parameter("DEFAULT_DDL_COLLATION", "STRING", ""),
    Parameter("DEFAULT_NULL_ORDERING", "STRING", "LAST", ("FIRST", "LAST")),
    Parameter("ENABLE_UNLOAD_PHYSICAL_TYPE_OPTIMIZATION", "BOOLEAN", "true"),
    Parameter("ERROR_ON_NONDETERMINISTIC_MERGE", "BOOLEAN", "true"),
    Parameter("ERROR_ON_NONDETERMINISTIC_UPDATE", "BOOLEAN", "false"),
    Parameter("GEOGRAPHY_OUTPUT_FORMAT", "STRING", "GeoJSON", ("GEOJSON", "WKT", "WKB", "EWKT", "EWKB")),
    Parameter("GEOMETRY_OUTPUT_FORMAT", "STRING", "GeoJSON", ("GEOJSON", "WKT", "WKB", "EWKT", "EWKB")),
    Parameter("JDBC_TREAT_DECIMAL_AS_INT", "BOOLEAN", "true"),
    Parameter("JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC", "BOOLEAN", "false"),
    Parameter("JDBC_USE_SESSION_TIMEZONE", "BOOLEAN", "true"),
    Parameter("JSON_INDENT", "NUMBER", "2"),
    Parameter("JS_TREAT_INTEGER_AS_BIGINT", "BOOLEAN", "false"),
    Parameter("LOCK_TIMEOUT", "NUMBER", "43200"),
    Parameter("LOG_LEVEL", "STRING", "OFF", ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF")),
    Parameter("MULTI_STATEMENT_COUNT", "NUMBER", "1"),
    Parameter("NOORDER_SEQUENCE_AS_DEFAULT", "BOOLEAN", "true"),
    Parameter("ODBC_TREAT_DECIMAL_AS_INT", "BOOLEAN", "false"),
    Parameter("PYTHON_CONNECTOR_QUERY_RESULT_FORMAT", "STRING", "ARROW"),
    Parameter("QUERY_TAG", "STRING", ""),
    Parameter("QUOTED_IDENTIFIERS_IGNORE_CASE", "BOOLEAN", "false"),
    Parameter("ROWS_PER_RESULTSET", "NUMBER", "0"),
    Parameter("S3_STAGE_VPCE_DNS_NAME", "STRING", ""),
    Parameter("SEARCH_PATH", "STRING", "$current, $public"),
    Parameter("SIMULATED_DATA_SHARING_CONSUMER", "STRING", ""),
    Parameter("STATEMENT_QUEUED_TIMEOUT_IN_SECONDS", "NUMBER", "0"),
    Parameter("STATEMENT_TIMEOUT_IN_SECONDS", "NUMBER", "172800"),
    Parameter("STRICT_JSON_OUTPUT", "BOOLEAN", "false"),
    Parameter("TIMESTAMP_DAY_IS_ALWAYS_24H", "BOOLEAN", "false"),
    Parameter("TIMESTAMP_INPUT_FORMAT", "STRING", "AUTO"),
    Parameter("TIMESTAMP_LTZ_OUTPUT_FORMAT", "STRING", ""),
    Parameter("TIMESTAMP_NTZ_OUTPUT_FORMAT", "STRING", "YYYY-MM-DD HH24:MI:SS.FF3"),
    Parameter("TIMESTAMP_OUTPUT_FORMAT", "STRING", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM"),
    Parameter("TIMESTAMP_TYPE_MAPPING", "STRING", "TIMESTAMP_NTZ", ("TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ")),
    Parameter("TIMESTAMP_TZ_OUTPUT_FORMAT", "STRING", ""),
    Parameter("TIMEZONE", "STRING", "America/Los_Angeles"),
    Parameter("TIME_INPUT_FORMAT", "STRING", "AUTO"),
    Parameter("TIME_OUTPUT_FORMAT", "STRING", "HH24:MI:SS"),
    Parameter("TRACE_LEVEL", "STRING", "OFF", ("ALWAYS", "ON_EVENT", "PROPAGATE", "OFF")),
    Parameter("TRANSACTION_ABORT_ON_ERROR", "BOOLEAN", "false"),
    Parameter("TRANSACTION_DEFAULT_ISOLATION_LEVEL", "STRING", "READ COMMITTED", ("READ COMMITTED",)),
    Parameter("TWO_DIGIT_CENTURY_START", "NUMBER", "1970"),
    Parameter("UNSUPPORTED_DDL_ACTION", "STRING", "ignore", ("IGNORE", "FAIL")),
    Parameter("USE_CACHED_RESULT", "BOOLEAN", "true"),
    Parameter("WEEK_OF_YEAR_POLICY", "NUMBER", "0", ("0", "1")),
    Parameter("WEEK_START", "NUMBER", "0", ("0", "1", "2", "3", "4", "5", "6", "7")),
)
_RANGES = {
    "CLIENT_MEMORY_LIMIT": (1, 10**12),
    "CLIENT_PREFETCH_THREADS": (1, 10),
    "CLIENT_RESULT_CHUNK_SIZE": (16, 160),
    "CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY": (900, 3600),
    "JSON_INDENT": (0, 16),
    "STATEMENT_TIMEOUT_IN_SECONDS": (0, 604_800),
    "TWO_DIGIT_CENTURY_START": (1900, 2100),
}
PARAMETERS = {one.name: one for one in _LISTED}
UNLISTED = {"QUERY_RESULT_FORMAT", "SNOWPARK_REQUEST_TIMEOUT_IN_SECONDS"}
"""What sessions take too, and SHOW PARAMETERS doesn't list."""


def is_valid(name: str, value: str) -> bool:
    """Whether a parameter that there is can have a value."""
    known = PARAMETERS[name]
    if name == "TIMEZONE":
        return value in zoneinfo.available_timezones()
    if known.choices:
        return value.upper() in known.choices
    if known.type == "BOOLEAN":
        return value.upper() in ("TRUE", "FALSE")
    low, high = _RANGES.get(name, (0, 10**12))
    return known.type == "STRING" or (value.isdecimal() and len(value) < 20 and low <= int(value) <= high)
