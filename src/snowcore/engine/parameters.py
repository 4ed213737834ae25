"""Snowflake's parameters of sessions, and what they are if nobody set them."""

from __future__ import annotations

import attrs


@attrs.frozen
class Parameter:
    name: str
    type: str
    """BOOLEAN, NUMBER or STRING."""
    default: str
    choices: tuple[str, ...] = ()
    """The values that it can have; none if there are others than a list could name."""


# Name, type, default (~ is a blank), and which values there are, if only these.
_TYPES = {"b": "BOOLEAN", "n": "NUMBER", "s": "STRING"}
_TABLE = """
ABORT_DETACHED_QUERY b false; AUTOCOMMIT b true; BINARY_INPUT_FORMAT s HEX HEX,BASE64,UTF8,UTF-8;
BINARY_OUTPUT_FORMAT s HEX HEX,BASE64; CLIENT_ENABLE_LOG_INFO_STATEMENT_PARAMETERS b false;
CLIENT_MEMORY_LIMIT n 1536; CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX b false;
CLIENT_METADATA_USE_SESSION_DATABASE b false; CLIENT_PREFETCH_THREADS n 4; CLIENT_RESULT_CHUNK_SIZE n 160;
CLIENT_RESULT_COLUMN_CASE_INSENSITIVE b false; CLIENT_SESSION_KEEP_ALIVE b false;
CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY n 3600;
CLIENT_TIMESTAMP_TYPE_MAPPING s TIMESTAMP_LTZ TIMESTAMP_LTZ,TIMESTAMP_NTZ; DATE_INPUT_FORMAT s AUTO;
DATE_OUTPUT_FORMAT s YYYY-MM-DD; DEFAULT_DDL_COLLATION s; ENABLE_UNLOAD_PHYSICAL_TYPE_OPTIMIZATION b true;
ERROR_ON_NONDETERMINISTIC_MERGE b true; ERROR_ON_NONDETERMINISTIC_UPDATE b false; GEOGRAPHY_OUTPUT_FORMAT s GeoJSON;
GEOMETRY_OUTPUT_FORMAT s GeoJSON; JDBC_TREAT_DECIMAL_AS_INT b true; JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC b false;
JDBC_USE_SESSION_TIMEZONE b true; JSON_INDENT n 2; JS_TREAT_INTEGER_AS_BIGINT b false; LOCK_TIMEOUT n 43200;
LOG_LEVEL s OFF; MULTI_STATEMENT_COUNT n 1; NOORDER_SEQUENCE_AS_DEFAULT b true; ODBC_TREAT_DECIMAL_AS_INT b false;
PYTHON_CONNECTOR_QUERY_RESULT_FORMAT s ARROW; QUERY_TAG s; QUOTED_IDENTIFIERS_IGNORE_CASE b false;
ROWS_PER_RESULTSET n 0; S3_STAGE_VPCE_DNS_NAME s; SEARCH_PATH s $current,~$public; SIMULATED_DATA_SHARING_CONSUMER s;
STATEMENT_QUEUED_TIMEOUT_IN_SECONDS n 0; STATEMENT_TIMEOUT_IN_SECONDS n 172800; STRICT_JSON_OUTPUT b false;
TIMESTAMP_DAY_IS_ALWAYS_24H b false; TIMESTAMP_INPUT_FORMAT s AUTO; TIMESTAMP_LTZ_OUTPUT_FORMAT s;
TIMESTAMP_NTZ_OUTPUT_FORMAT s YYYY-MM-DD~HH24:MI:SS.FF3; TIMESTAMP_OUTPUT_FORMAT s YYYY-MM-DD~HH24:MI:SS.FF3~TZHTZM;
TIMESTAMP_TYPE_MAPPING s TIMESTAMP_NTZ TIMESTAMP_NTZ,TIMESTAMP_LTZ,TIMESTAMP_TZ; TIMESTAMP_TZ_OUTPUT_FORMAT s;
TIMEZONE s America/Los_Angeles; TIME_INPUT_FORMAT s AUTO; TIME_OUTPUT_FORMAT s HH24:MI:SS; TRACE_LEVEL s OFF;
TRANSACTION_ABORT_ON_ERROR b false; TRANSACTION_DEFAULT_ISOLATION_LEVEL s READ~COMMITTED READ~COMMITTED;
TWO_DIGIT_CENTURY_START n 1970; UNSUPPORTED_DDL_ACTION s ignore IGNORE,FAIL; USE_CACHED_RESULT b true;
WEEK_OF_YEAR_POLICY n 0 0,1; WEEK_START n 0 0,1,2,3,4,5,6,7
"""
_RANGES = {"TWO_DIGIT_CENTURY_START": (1900, 2100), "JSON_INDENT": (0, 16), "LOCK_TIMEOUT": (0, 10**12)}


def _parameter(line: str) -> Parameter:
    name, type_, *rest = line.split(" ")
    default, choices = (*(one.replace("~", " ") for one in rest), "", "")[:2]
    return Parameter(name, _TYPES[type_], default, tuple(choices.upper().split(",")) if choices else ())


PARAMETERS = {one.name: one for one in map(_parameter, _TABLE.strip().replace(";\n", "; ").split("; "))}


def is_valid(name: str, value: str) -> bool:
    """Whether a parameter that there is can have a value."""
    known = PARAMETERS[name]
    if known.choices:
        return value.upper() in known.choices
    if known.type == "BOOLEAN":
        return value.upper() in ("TRUE", "FALSE")
    low, high = _RANGES.get(name, (0, 10**12))
    return known.type == "STRING" or (value.isdigit() and low <= int(value) <= high)
