"""Why there was no answer, in words for users, and whether another attempt could do better.

Words of other packages are repeated only where they can't hold an address, a header or a password.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
from collections.abc import Iterator

from ._transport import Response, TransportError

_PROXY_STATUS = re.compile(r"([1-5]\d\d)\b")


class BadAnswer(Exception):
    """What arrived is no answer. Its words say why, and hold nothing of what arrived."""


class ProxyRefusal(Exception):
    """A proxy does not lead to the host."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


BROKEN = (OSError, BadAnswer, ProxyRefusal, ValueError, OverflowError, MemoryError)
"""What comes of a connection or an answer that is none."""


def fail_answer(there: str, error: BaseException) -> TransportError:
    """For an answer that did not come, or not whole, after the request may have been received."""
    if isinstance(error, TimeoutError) or "TimeoutException" in name_classes(error):
        return TransportError(f"the answer took too long, of {there}", sent=True)
    cause = next((cause for cause in _walk_causes(error) if isinstance(cause, BadAnswer)), error)
    return TransportError(f"the connection broke, to {there}: {_explain(cause)}", sent=True)


def fail_connect(there: str, error: BaseException) -> TransportError:
    """For a request that was not sent at all."""
    # what has a connector in its name is only around what happened
    causes = [cause for cause in _walk_causes(error) if "Connector" not in type(cause).__name__] or [error]
    if isinstance(causes[0], TimeoutError) or "TimeoutException" in name_classes(causes[0]):
        return TransportError(f"connecting took too long, to {there}", sent=False)
    told = [cause for cause in causes if isinstance(cause, OSError) and cause.strerror]
    known = [c for c in causes if isinstance(c, (ssl.SSLError, socket.gaierror, BadAnswer)) or _find_proxy_status(c)]
    cause = [*known, *told, *causes][0]
    final, hint = _judge(cause)
    return TransportError(f"could not connect to {there}: {_explain(cause)}{hint}", sent=False, final=final)


def name_classes(error: BaseException | None) -> set[str]:
    """The names of the classes that an error belongs to: the packages that they are of may not even be installed."""
    return {cls.__name__ for cls in type(error).__mro__}


def _walk_causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it came of."""
    for _ in range(20):
        if error is None:
            return
        yield error
        inner = getattr(error, "certificate_error", None) or getattr(error, "os_error", None)  # of aiohttp
        error = inner if isinstance(inner, BaseException) else error.__cause__ or error.__context__


def _judge(error: BaseException) -> tuple[bool, str]:
    """Whether a failure to connect is final, and what to do about it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return True, (
            "; if this network has a certificate authority of its own, name its file in SSL_CERT_FILE "
            "or give an ssl_context"
        )
    if isinstance(error, socket.gaierror):
        return error.errno not in (socket.EAI_AGAIN, socket.EAI_MEMORY), "; is the name of the account or host right?"
    if 400 <= _find_proxy_status(error) < 500:
        return True, "; it refuses to lead there: are the user and the password in its address right?"
    if isinstance(error, ssl.SSLError):
        return not isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)), ""
    return isinstance(error, (ValueError, RuntimeError)), ""


def _find_proxy_status(error: BaseException) -> int:
    """The status that a proxy refused with, or 0."""
    kinds = name_classes(error)
    if not kinds.isdisjoint(("ProxyRefusal", "ClientHttpProxyError")):
        return getattr(error, "status", 0)
    if "ProxyError" in kinds:
        found = _PROXY_STATUS.match(str(error))
        return int(found[1]) if found else 0
    return 0


def _explain(error: BaseException) -> str:
    if status := _find_proxy_status(error):
        return f"the proxy answered {status} {Response(status).reason}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message or "the certificate is not trusted"
    if isinstance(error, ssl.SSLError):
        return (error.reason or "TLS failed").replace("_", " ").lower()
    if isinstance(error, OSError) and error.strerror:  # which asyncio words in its own way, with addresses
        return os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
    if isinstance(error, BadAnswer):
        return str(error)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
