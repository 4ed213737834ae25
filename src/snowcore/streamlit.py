# Generated from specs/streamlit.yaml by `make generate`. Do not edit.
"""A Streamlit object is a web app in Python that Snowflake hosts. Its files are kept in versions; the live version is
the one that is edited. See https://docs.snowflake.com/en/developer-guide/streamlit/about-streamlit.
"""

from snowcore._generated.streamlit import (
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
