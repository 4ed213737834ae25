"""The console: pages for people, which a server has at /console.

The pages ask the server's own doors, in this process, with the token of whoever has logged in (`door`). `objects` and
`graphs` put what they are told into `values`, which templates show; `pages` answers browsers, whose logins `visits`
knows. None of these is imported before somebody asks for a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/console"
_MISSING = "The console needs one more package where the account is served: pip install 'snowcore[console]'."
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What every answer has: a page loads from and sends to this server only, runs no other script, stands in no frame."""


class Console:
    """The pages of a server, made when somebody asks for the first. Without the extra `console` each says so."""

    def __init__(self, server: ASGIApp) -> None:
        """server: with the doors of the drivers and of REST."""
        self._server = server
        self._pages: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        pages = self._pages = self._pages or _pages(self._server)
        own = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]

        async def sending(message: Scope) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *own]
            await send(message)

        await pages(scope, receive, sending)


def _pages(server: ASGIApp) -> ASGIApp:
    from starlette.responses import PlainTextResponse

    try:
        from .pages import Pages
    except ModuleNotFoundError as error:
        if error.name != "jinja2":
            raise
        return PlainTextResponse(_MISSING, 501)
    return Pages(server).app
