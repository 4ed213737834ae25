# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.streamlit import (
    AddLiveVersionStreamlitRequest,
    AddLiveVersionStreamlitRequestVersion,
    AddVersionFromGitStreamlitRequest,
    AddVersionStreamlitRequest,
    AddVersionStreamlitRequestVersion,
    CommitStreamlitRequest,
    CommitStreamlitRequestVersion,
    GitPushWithCredentials,
    GitPushWithUsernamePassword,
    Streamlit,
    StreamlitCollection,
    StreamlitPushOptions,
    StreamlitResource,
    StreamlitVersionForGit,
    VersionDetailsStreamlit,
)

__all__ = [
    "AddLiveVersionStreamlitRequest",
    "AddLiveVersionStreamlitRequestVersion",
    "AddVersionFromGitStreamlitRequest",
    "AddVersionStreamlitRequest",
    "AddVersionStreamlitRequestVersion",
    "CommitStreamlitRequest",
    "CommitStreamlitRequestVersion",
    "GitPushWithCredentials",
    "GitPushWithUsernamePassword",
    "Streamlit",
    "StreamlitCollection",
    "StreamlitPushOptions",
    "StreamlitResource",
    "StreamlitVersionForGit",
    "VersionDetailsStreamlit",
]
