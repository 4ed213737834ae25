"""Streams are created on a source or as clones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from snowflake_rest import stream as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.stream import Stream, StreamClone

from .._collections import SchemaObjects
from .._common import Clone, CreateMode, describe_clone, encode_mode
from .._methods import build_model, remote, twin

if TYPE_CHECKING:
    from ..stream import StreamResource


class StreamCreation(SchemaObjects["StreamResource"]):
    """Ways to create one."""

    @remote
    def create(
        self,
        stream: Stream | str,
        *,
        clone_stream: Clone | str | None = None,
        mode: CreateMode = CreateMode.error_if_exists,
        copy_grants: bool | None = False,
    ) -> Steps[StreamResource]:
        """Create a stream, on its source or as a clone. ConflictError if it exists, unless `mode` is
        `or_replace` or `if_not_exists`.

        stream: its description; its name is enough for a clone. clone_stream: the stream to copy, as it stands now.
        copy_grants: keep the privileges on the stream that is replaced or copied.
        """
        options: dict[str, Any] = {"create_mode": encode_mode(mode), "copy_grants": copy_grants}
        if clone_stream is None:
            if isinstance(stream, str):
                raise ValueError("stream: a name alone is enough only together with clone_stream")
            stream = build_model(Stream, stream)
            yield from rest.create_stream(*self.path, stream, **options)
            return self[stream.name]
        if isinstance(clone_stream, Clone) and clone_stream.point_of_time is not None:
            raise ValueError("clone_stream: a stream can't be cloned as it was in the past")
        described = StreamClone(name=stream) if isinstance(stream, str) else build_model(Stream, stream)
        source, copy = describe_clone(StreamClone, described, clone_stream)
        yield from rest.clone_stream(*self.locate(source), copy, **self.target, **options)
        return self[copy.name]

    create_async = twin(create)
