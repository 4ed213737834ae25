"""Who is logged in, and with which tokens."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ...engine.errors import AccountError
from ...engine.names import canonical

if TYPE_CHECKING:
    from ..local_account import LocalAccount
    from ..sql import SqlSession
    from .queries import Query

TOKEN_SECONDS = 3600
MASTER_SECONDS = 4 * 3600


def refusal(code: str, message: str) -> AccountError:
    return AccountError(401, code, "08001", message)


@attrs.define(eq=False)
class Login:
    """A driver's session."""

    sql: SqlSession
    token: str
    expires: float
    master: str
    master_expires: float
    writes_files: bool
    """Whether the driver can put a file into a folder."""
    turn: threading.Lock = attrs.field(factory=threading.Lock)
    """Held by the query that runs."""
    running: Query | None = None


class Logins:
    def __init__(
        self, account: LocalAccount, user: str, password: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._account, self._user, self._password, self._clock = account, user, password, clock
        self._by_token: dict[str, Login] = {}
        self._by_master: dict[str, Login] = {}
        self._lock = threading.Lock()

    def open(self, data: Mapping[str, Any], place: Mapping[str, str]) -> Login:
        """data: what the driver says of itself and its user. place: where it wants to start."""
        for gone in [login for login in self._by_master.values() if login.master_expires <= self._clock()]:
            self.forget(gone)
            gone.sql.close()
        given_user = str(data.get("LOGIN_NAME") or "")
        secret = str(data.get("TOKEN") or data.get("PASSWORD") or "")
        named = not given_user or given_user.upper() == self._user.upper()
        if not (hmac.compare_digest(secret.encode(), self._password.encode()) and named):
            raise refusal("390100", "Incorrect username or password was specified.")
        sql = self._account.session(role=_name(place.get("roleName")), warehouse=_name(place.get("warehouse")))
        sql.user, sql.remote = self._user.upper(), True
        parameters: dict[str, Any] = data.get("SESSION_PARAMETERS") or {}
        for name, value in parameters.items():
            sql.parameters.put(name, value)
        database, schema = _name(place.get("databaseName")), _name(place.get("schemaName"))
        try:
            if database is not None:
                sql.use(database, schema)
        except AccountError:  # Snowflake lets one in, but nowhere
            pass
        version = str(data.get("CLIENT_APP_VERSION") or "").partition(".")[0]
        login = Login(sql, "", 0, "", 0, writes_files=not (version.isdigit() and int(version) >= 5))
        self._give_tokens(login)
        return login

    def renew(self, header: str | None) -> Login:
        """A new token for an old one, by the master token."""
        login = self._by_master.get(_token(header) or "")
        if login is None:
            raise refusal("390115", "Master token is invalid. Login again.")
        if login.master_expires <= self._clock():
            raise refusal("390114", "Authentication token has expired. The user must authenticate again.")
        self._give_tokens(login)
        return login

    def find(self, header: str | None) -> Login:
        """The login of an Authorization header."""
        token = _token(header)
        if not token:
            raise refusal("390103", "Session token not found in the request data.")
        login = self._by_token.get(token)
        if login is None:
            raise refusal("390104", "Session no longer exists. New login required to access the service.")
        if login.expires <= self._clock() or token != login.token:
            raise refusal("390112", "Your session has expired. Please login again.")
        return login

    def check(self, header: str | None) -> None:
        """AccountError unless the header may use REST: a login's token, or the password itself as a bearer's."""
        kind, _, bearer = (header or "").partition(" ")
        if kind.lower() == "bearer":
            if not hmac.compare_digest(bearer.strip().encode("latin-1"), self._password.encode()):
                raise refusal("390101", "Authorization header field in the request is not valid.")
        else:
            self.find(header)

    def forget(self, login: Login) -> None:
        with self._lock:
            for tokens in (self._by_token, self._by_master):
                for token in [token for token, owner in tokens.items() if owner is login]:
                    del tokens[token]

    def close_all(self) -> None:
        for login in list(self._by_master.values()):
            self.forget(login)
            login.sql.close()

    def _give_tokens(self, login: Login) -> None:
        now = self._clock()
        with self._lock:
            self._by_master.pop(login.master, None)
            login.token, login.expires = secrets.token_urlsafe(32), now + TOKEN_SECONDS
            login.master, login.master_expires = secrets.token_urlsafe(32), now + MASTER_SECONDS
            self._by_token[login.token] = self._by_master[login.master] = login


def _token(header: str | None) -> str | None:
    kind, _, rest = (header or "").partition(" ")
    if kind.lower() != "snowflake" or not rest.startswith("Token="):
        return None
    return rest.removeprefix("Token=").strip('"')


def _name(written: str | None) -> str | None:
    return canonical(written) if written else None
