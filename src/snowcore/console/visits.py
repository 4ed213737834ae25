"""Who is logged in: the cookie of a browser, and the tokens of its forms."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from ..local.doors.bodies import Refused
from ..local.doors.bounds import content
from . import PATH
from .door import Login
from .values import Failure

_MOST = 1_000
"""How many browsers can be logged in; who has not asked for the longest time is forgotten."""
_NOT_OURS = "This form is too old, or not the console's. Load the page again, and repeat what you did."


class Visits:
    """The browsers that have been here. Each has a secret in a cookie, and another once it is logged in."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._logins: dict[str, Login] = {}
        """By the secrets, the longest unused first."""

    def login(self, request: Request) -> Login | None:
        found = self._logins.pop(secret := request.cookies.get(_cookie(request), ""), None)
        if found is not None:
            self._logins[secret] = found
        return found

    def admit(self, request: Request, response: Response, login: Login | None = None) -> str:
        """Give a browser a new secret, of a login or of who has none yet; the token of its forms."""
        self._logins.pop(request.cookies.get(_cookie(request), ""), None)
        secret = secrets.token_urlsafe(32)
        if login is not None:
            self._logins[secret] = login
        if len(self._logins) > _MOST:
            del self._logins[next(iter(self._logins))]
        response.set_cookie(_cookie(request), secret, path=PATH, httponly=True, samesite="strict")
        return self._token(secret)

    def dismiss(self, request: Request, response: Response) -> None:
        self._logins.pop(request.cookies.get(_cookie(request), ""), None)
        response.delete_cookie(_cookie(request), path=PATH, httponly=True, samesite="strict")

    def token(self, request: Request) -> str:
        """What each form of this browser's pages has in it, and no form of others can know; empty for a new browser."""
        return self._token(request.cookies.get(_cookie(request), ""))

    async def form(self, request: Request) -> QueryParams:
        """What a form of ours has sent. Failure unless it is one."""
        try:
            sent = await content(request, known=self.login(request) is not None)
        except Refused as error:
            raise Failure(error.status, error.message, error.code) from None
        fields = QueryParams(sent.decode(errors="replace"))
        own = self.token(request)
        if not own or not hmac.compare_digest(fields.get("token", "").encode(), own.encode()):
            raise Failure(403, _NOT_OURS)
        return fields

    def _token(self, secret: str) -> str:
        return hmac.new(self._key, secret.encode(), hashlib.sha256).hexdigest() if secret else ""


def _cookie(request: Request) -> str:
    """Its name, which differs for two servers on one machine: browsers don't tell ports apart."""
    return f"snowcore_console_{request.url.port or 80}"
