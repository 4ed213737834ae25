"""Everything that can go wrong, in one tree under `SnowflakePythonError`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._transport import Response

__all__ = [
    "APIError",
    "ConflictError",
    "FileGetError",
    "FileOperationError",
    "FilePutError",
    "ForbiddenError",
    "InvalidActionError",
    "InvalidArgumentsError",
    "InvalidIdentifierError",
    "InvalidOperationError",
    "InvalidResponseError",
    "InvalidResultError",
    "MissingModuleError",
    "NotFoundError",
    "RetryTimeoutError",
    "ServerError",
    "SnowflakePythonError",
    "UnauthorizedError",
    "UnexpectedResponseError",
]


class SnowflakePythonError(Exception):
    """The base of every error that `snowcore` raises on purpose.

    context: how far the work came that this ended, where it takes several requests; else empty.
    """

    context: str = ""

    def __str__(self) -> str:
        return f"{self._describe()}\n{self.context}" if self.context else self._describe()

    def _describe(self) -> str:
        return super().__str__()


class _Headers(dict[str, str]):
    """Headers by their names, in any case."""

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name.lower() if isinstance(name, str) else name)

    def get(self, name: str, default: Any = None) -> Any:  # type: ignore[override]
        return super().get(name.lower(), default)  # pyright: ignore[reportUnknownMemberType]


class _OpenAPIError(SnowflakePythonError):
    pass


class APIError(_OpenAPIError):
    """A request that failed, or one whose answer never came (status 0).

    status: the HTTP status. reason: its phrase, or why there was no answer. body: the answer's text. headers: the
    answer's headers. request_id: the server's identifier of the request. error_code: Snowflake's error number.
    message: what the server said went wrong.
    """

    def __init__(
        self,
        root: object = None,
        status: int | None = None,
        reason: str | None = None,
        http_resp: Response | None = None,
        request_id: str | None = None,
        *,
        operation: str | None = None,
    ) -> None:
        self.root = root
        self.operation = operation
        self.status = status if http_resp is None else http_resp.status
        self.reason = reason if http_resp is None else http_resp.reason
        self.body = None if http_resp is None else http_resp.text
        self.headers: Mapping[str, str] | None = None if http_resp is None else _Headers(http_resp.headers)
        said = {} if http_resp is None else http_resp.json_object
        self.message: str | None = _to_text(said.get("message"))
        self.error_code: str | None = _to_text(said.get("error_code") or said.get("code"))
        self.request_id: str = (
            request_id
            or _to_text(said.get("request_id"))
            or (self.headers.get("x-snowflake-request-id") if self.headers else None)
            or "missing"
        )
        super().__init__(self._describe())

    def get_request_info(self) -> dict[str, Any]:
        """What the server said: message, request_id and error_code."""
        return {
            "message": (self.message or "").strip(),
            "request_id": self.request_id,
            "error_code": self.error_code or "",
        }

    def _describe(self) -> str:
        lines = [f"({self.status})", f"Reason: {self.reason}"]
        if said := (self.message or _shorten(self.body)).strip():
            lines += [f"Error Message: {said}", f"HTTP response code: {self.status}"]
            lines += [f"Request ID: {self.request_id}", f"Error Code: {self.error_code or ''}"]
        if self.operation:
            lines.append(f"Operation: {self.operation}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[Any, ...]:
        # the root holds connections and stays behind
        return _rebuild, (type(self), {**self.__dict__, "root": None}, self.args)


class NotFoundError(APIError):
    """404: there is no such object, or the role may not see it."""


class UnauthorizedError(APIError):
    """401: the credentials are missing, wrong or expired."""


class ForbiddenError(APIError):
    """403: the role may not do this."""


class ServerError(APIError):
    """5xx: the server failed."""


class ConflictError(APIError):
    """409: the object exists already, or its state does not allow this."""


class UnexpectedResponseError(APIError):
    """An answer that does not look like the API's at all."""

    def __init__(self, root: object = None, resp: Response | None = None, *, operation: str | None = None) -> None:
        super().__init__(root, http_resp=resp, operation=operation)


class InvalidActionError(SnowflakePythonError):
    """Something that can't be done."""


class _WithReason(SnowflakePythonError):
    def __init__(self, reason: str | None = None) -> None:
        super().__init__(*(() if reason is None else (reason,)))
        self.reason = reason


class InvalidResponseError(_WithReason, InvalidActionError):
    """An answer that breaks the protocol, such as a 202 that says nowhere to look for the result."""


class InvalidArgumentsError(_WithReason, InvalidActionError):
    """Arguments that can't stand together."""


class InvalidResultError(_WithReason, InvalidActionError):
    """A result that is not what the operation promises."""


class InvalidOperationError(_WithReason, InvalidActionError):
    """An operation that makes no sense on this object."""


class RetryTimeoutError(_WithReason):
    """The time for an operation ran out while it was being repeated or waited for."""


class MissingModuleError(SnowflakePythonError):
    """An optional package is needed and not installed."""

    def __init__(self, module: str, post_error_blurb: str | None = None) -> None:
        super().__init__(f"This needs the package {module!r}, which is not installed. {post_error_blurb or ''}".strip())
        self.module = module


class FileOperationError(SnowflakePythonError):
    """A file could not be moved to or from a stage."""


class FilePutError(FileOperationError):
    """A file could not be uploaded."""


class FileGetError(FileOperationError):
    """A file could not be downloaded."""


class InvalidIdentifierError(SnowflakePythonError):
    """A text that is no identifier."""

    def __init__(self, identifier: str) -> None:
        super().__init__(f"'{identifier}' is not a valid identifier.")
        self.identifier = identifier


_BY_STATUS: dict[int, type[APIError]] = {
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
}


def make_error(response: Response, root: object, operation: str) -> APIError:
    """The error that an answer of status 300 or more stands for."""
    cls = _BY_STATUS.get(response.status) or (ServerError if response.status >= 500 else APIError)
    return cls(root, http_resp=response, operation=operation)


def _rebuild(cls: type[APIError], state: dict[str, Any], args: tuple[Any, ...]) -> APIError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def _to_text(value: object) -> str | None:
    return None if value is None else str(value)


def _shorten(body: str | None) -> str:
    """A body that is not the API's JSON, such as a proxy's page, short enough for a message."""
    text = " ".join((body or "").split())
    return text if len(text) <= 200 else text[:200] + "…"
