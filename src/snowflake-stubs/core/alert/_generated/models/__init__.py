# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.alert import Alert, AlertClone, CronSchedule, MinutesSchedule
from snowflake_rest.alert import PointOfTime, PointOfTimeOffset, PointOfTimeStatement, PointOfTimeTimestamp, Schedule
from snowflake_rest.common import (
    DownstreamLag,
    ErrorResponse,
    Parameter,
    SuccessAcceptedResponse,
    SuccessResponse,
    TagAssignment,
    TagReference,
    TargetLag,
    UserDefinedLag,
)

from ...._models import offer_modules

__all__ = [
    "Alert",
    "AlertClone",
    "CronSchedule",
    "MinutesSchedule",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "Schedule",
    "DownstreamLag",
    "ErrorResponse",
    "Parameter",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "TagAssignment",
    "TagReference",
    "TargetLag",
    "UserDefinedLag",
]

offer_modules(__name__, globals())
