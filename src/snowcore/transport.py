"""What carries requests, for those who bring their own.

A `Transport` is given to `Client`, in place of an address; one that is a `StreamingTransport` gives the events of
streams as they arrive. To send requests over a client of httpx, no transport has to be written: see `http_client` of
`Root`.
"""

from __future__ import annotations

from snowflake_rest.runtime import Request

from ._transport import Response, Stream, StreamingTransport, Timeout, Transport, TransportError

__all__ = ["Request", "Response", "Stream", "StreamingTransport", "Timeout", "Transport", "TransportError"]
