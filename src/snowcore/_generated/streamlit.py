# Generated from specs/streamlit.yaml by `make generate`. Do not edit.
"""A Streamlit object is a web app in Python that Snowflake hosts. Its files are kept in versions; the live version is
the one that is edited. See https://docs.snowflake.com/en/developer-guide/streamlit/about-streamlit.
"""

from __future__ import annotations

from snowcore._collections import (
    SchemaObjects,
    ShowLimited,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Renamed,
    Tagged,
    Undropped,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import streamlit as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.streamlit import (
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
    StreamlitPushOptions,
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


class StreamlitResource(Renamed, Fetched[Streamlit], Dropped, Undropped, Tagged):
    """A streamlit app."""

    _rest = rest.RESOURCE

    @remote
    def add_live_version(
        self,
        from_last: bool | None = None,
        add_live_version_streamlit_request: AddLiveVersionStreamlitRequest | None = None,
    ) -> Steps[None]:
        """Give a Streamlit app a live version.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.

        Args:
            from_last: Start the live version from the last version.
            add_live_version_streamlit_request: The live version to add.
        """
        return rest.add_live_version_streamlit(*self.path, add_live_version_streamlit_request, from_last=from_last)

    add_live_version_async = twin(add_live_version)

    @remote
    def commit(self, commit_streamlit_request: CommitStreamlitRequest | None = None) -> Steps[None]:
        """Commit the changes in a Streamlit app's live version.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.

        Args:
            commit_streamlit_request: How to commit a live version.
        """
        return rest.commit_streamlit(*self.path, commit_streamlit_request)

    commit_async = twin(commit)

    @remote
    def add_version(self, add_version_streamlit_request: AddVersionStreamlitRequest) -> Steps[None]:
        """Add a version with files from a stage.

        Args:
            add_version_streamlit_request: The version to add, and where its files are.
        """
        return rest.add_version_streamlit(*self.path, add_version_streamlit_request)

    add_version_async = twin(add_version)

    @remote
    def add_version_from_git(
        self, add_version_from_git_streamlit_request: AddVersionFromGitStreamlitRequest
    ) -> Steps[None]:
        """Add a version with files from a Git repository.

        Args:
            add_version_from_git_streamlit_request: The version to add, and where in Git its files are.
        """
        return rest.add_version_from_git_streamlit(*self.path, add_version_from_git_streamlit_request)

    add_version_from_git_async = twin(add_version_from_git)

    @remote
    def abort(self) -> Steps[None]:
        """Throw away a Streamlit app's live version with the changes that were not committed.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.
        """
        return rest.abort_streamlit(*self.path)

    abort_async = twin(abort)

    @remote
    def pull(self) -> Steps[None]:
        """Take in the latest changes of the Git repository that a Streamlit app belongs to.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.
        """
        return rest.pull_streamlit(*self.path)

    pull_async = twin(pull)

    @remote
    def push(self, streamlit_push_options: StreamlitPushOptions) -> Steps[None]:
        """Push the committed changes of a Streamlit app to its Git repository.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit.

        Args:
            streamlit_push_options: Who pushes to Git, and where to.
        """
        return rest.push_streamlit(*self.path, streamlit_push_options)

    push_async = twin(push)


class StreamlitCollection(SchemaObjects[StreamlitResource], ShowLimited[StreamlitResource, Streamlit]):
    """The Streamlit apps of the schema."""

    _handle = StreamlitResource

    @remote
    def create(self, streamlit: Streamlit, mode: CreateMode | str | None = None) -> Steps[StreamlitResource]:
        """Create a Streamlit app.

        See https://docs.snowflake.com/en/sql-reference/sql/create-streamlit.

        Args:
            streamlit: What to create; a dict with the fields of Streamlit will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        streamlit = build_model(Streamlit, streamlit)
        yield from rest.create_streamlit(*self.path, streamlit, create_mode=encode_mode(mode))
        return self[streamlit.name]

    create_async = twin(create)
