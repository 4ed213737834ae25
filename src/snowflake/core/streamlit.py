"""Streamlit apps. See https://docs.snowflake.com/en/developer-guide/streamlit/about-streamlit."""

from __future__ import annotations

from snowflake_rest import streamlit as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.streamlit import (
    AddLiveVersionStreamlitRequest,
    AddVersionFromGitStreamlitRequest,
    AddVersionStreamlitRequest,
    AddVersionStreamlitRequestVersion,
    CommitStreamlitRequest,
    GitPushWithUsernamePassword,
    Streamlit,
    StreamlitPushOptions,
    StreamlitVersionForGit,
)

from ._common import CreateMode, wire_mode
from ._reference import Dropped, Fetched, Renamed, SchemaObjects, ShowLimited, Tagged, Undropped, named, remote, twin

__all__ = [
    "AddLiveVersionStreamlitRequest",
    "AddVersionFromGitStreamlitRequest",
    "AddVersionStreamlitRequest",
    "AddVersionStreamlitRequestVersion",
    "CommitStreamlitRequest",
    "GitPushWithUsernamePassword",
    "Streamlit",
    "StreamlitCollection",
    "StreamlitPushOptions",
    "StreamlitResource",
    "StreamlitVersionForGit",
]


class StreamlitResource(Renamed, Fetched[Streamlit], Dropped, Undropped, Tagged):
    """A Streamlit app."""

    _rest = rest.RESOURCE

    @remote
    def add_live_version(
        self,
        from_last: bool | None = None,
        add_live_version_streamlit_request: AddLiveVersionStreamlitRequest | None = None,
    ) -> Steps[None]:
        """Give the app a live version, which is the one that is edited.

        from_last: start from the last version. add_live_version_streamlit_request: its name and comment.
        """
        return rest.add_live_version_streamlit(*self.path, add_live_version_streamlit_request, from_last=from_last)

    @remote
    def add_version(self, add_version_streamlit_request: AddVersionStreamlitRequest) -> Steps[None]:
        """Add a version with files from a stage."""
        return rest.add_version_streamlit(*self.path, add_version_streamlit_request)

    @remote
    def add_version_from_git(
        self, add_version_from_git_streamlit_request: AddVersionFromGitStreamlitRequest
    ) -> Steps[None]:
        """Add a version with files from a branch, tag or commit in Git."""
        return rest.add_version_from_git_streamlit(*self.path, add_version_from_git_streamlit_request)

    @remote
    def commit(self, commit_streamlit_request: CommitStreamlitRequest | None = None) -> Steps[None]:
        """Commit what has changed in the live version."""
        return rest.commit_streamlit(*self.path, commit_streamlit_request)

    @remote
    def abort(self) -> Steps[None]:
        """Throw the live version away, with all that was not committed."""
        return rest.abort_streamlit(*self.path)

    @remote
    def pull(self) -> Steps[None]:
        """Take in what is new in the Git repository that the app comes from."""
        return rest.pull_streamlit(*self.path)

    @remote
    def push(self, streamlit_push_options: StreamlitPushOptions) -> Steps[None]:
        """Push what was committed to the Git repository that the app comes from.

        streamlit_push_options: who pushes, and where to.
        """
        return rest.push_streamlit(*self.path, streamlit_push_options)

    add_live_version_async = twin(add_live_version)
    add_version_async = twin(add_version)
    add_version_from_git_async = twin(add_version_from_git)
    commit_async = twin(commit)
    abort_async = twin(abort)
    pull_async = twin(pull)
    push_async = twin(push)


class StreamlitCollection(SchemaObjects[StreamlitResource], ShowLimited[StreamlitResource, Streamlit]):
    """The Streamlit apps of a schema."""

    _handle = StreamlitResource

    @remote
    def create(self, streamlit: Streamlit, mode: CreateMode | str | None = None) -> Steps[StreamlitResource]:
        """Create a Streamlit app. ConflictError if one of this name exists, unless `mode` says otherwise."""
        streamlit = named(Streamlit, streamlit)
        yield from rest.create_streamlit(*self.path, streamlit, create_mode=wire_mode(mode))
        return self[streamlit.name]

    create_async = twin(create)
