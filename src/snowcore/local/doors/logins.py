"""Who is logged in, and with which tokens.

The server has a user of its own, whose password it was given. Others log in with the password or the key that CREATE
USER gave them.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import attrs

from ...engine.errors import AccountError
from ...engine.names import canonical, split
from ..account.calls import Context
from ..account.catalog import Entry
from ..objects import access, access_tokens, passwords
from .bodies import a_record
from .guesses import Guesses
from .queries import Owner
from .tokens import key_holder

if TYPE_CHECKING:
    from ..local_account import LocalAccount
    from ..objects.grantees import Users
    from ..sql import SqlSession

TOKEN_SECONDS = 3600
MASTER_SECONDS = 4 * 3600
_READ_ARROW = {"PYTHON": "PYTHON_CONNECTOR", "JDBC": "JDBC", "ODBC": "ODBC", "GO": "GO"}
"""How the drivers that take results in Arrow begin their names, and their parameters."""


def refusal(code: str, message: str) -> AccountError:
    return AccountError(401, code, "08001", message)


@attrs.frozen
class Admitted:
    """Who was let in."""

    name: str
    id: int | None = None
    """The user's, in the catalog; None for who uses a session that is lent."""
    secret: str | None = None
    """The hash of the password or token, or the key, that was right; None for the server's own password."""
    role: str | None = None
    """The one role that a token is for."""


@attrs.define(eq=False)
class Login(Owner):
    """A driver's session."""

    admitted: Admitted
    writes_files: bool = True
    """Whether the driver can put a file into a folder."""
    service: str | None = None
    """The password of the service whose program has the session."""
    token: str = ""
    expires: float = 0
    master: str = ""
    master_expires: float = 0


class Logins:
    def __init__(
        self, account: LocalAccount, user: str, password: str, clock: Callable[[], float] | None = None
    ) -> None:
        self._account, self._user, self._password = account, user, password
        self._clock = clock or account.clock.seconds
        self._guesses = Guesses(clock or time.monotonic)
        self._by_token: dict[str, Login] = {}
        self._by_master: dict[str, Login] = {}
        self._lock = threading.Lock()
        self._wrong: dict[int, int] = {}
        """How often somebody was wrong about a user's password since it was right, by the user's id."""
        self.lent: dict[str, SqlSession] = {}
        """Sessions that are lent, by the passwords that open nothing else."""
        self._services: dict[str, Entry] = {}
        """Services whose programs may log in, by their passwords."""
        access.prepare(account, user.upper())

    async def admit(self, data: Mapping[str, Any], address: str) -> Admitted:
        """The user whom a driver says that it is. AccountError unless what it says is right."""
        given = str(data.get("LOGIN_NAME") or "")
        secret = str(data.get("TOKEN") or data.get("PASSWORD") or "")
        if secret in self.lent:  # which nobody guesses
            return Admitted(self.lent[secret].user)
        if secret in self._services:
            return Admitted(self._services[secret].name)
        authenticator = str(data.get("AUTHENTICATOR") or "").upper()
        if authenticator == "SNOWFLAKE_JWT":
            return await self._of_key(secret, address)
        held = access_tokens.holder(self._account, secret)
        if authenticator == "PROGRAMMATIC_ACCESS_TOKEN" or held is not None:
            return await self._of_token(secret, held, address, given)
        named = not given or given.upper() == self._user.upper()
        if named and self._is_password(secret.encode(errors="replace")):
            await self._guesses.told(address, True)
            return self._enabled(self._account.kinds["user"].need(None, self._user.upper()), None)
        found = self._named(given)
        if found is not None:
            self._check_unlocked(found)
        kept = await self._is_password_of(found, secret)
        if not await self._guesses.told(address, kept is not None) or found is None or kept is None:
            self._was_wrong(found)
            raise refusal("390100", "Incorrect username or password was specified.")
        self._wrong.pop(found.id, None)
        if found.properties.get("must_change_password"):
            text = "Specified password has expired.  Password must be changed using the Snowflake web console."
            raise refusal("390106", text)
        return self._enabled(found, kept)

    async def _of_token(self, secret: str, held: access_tokens.Held | None, address: str, login: str = "") -> Admitted:
        """The user of a programmatic access token, who is named if there is a name. held: whose token it is."""
        if login.upper() in ("", self._user.upper()) and self._is_password(secret.encode(errors="replace")):
            await self._guesses.told(address, True)  # the server's own password is as good as a token
            return self._enabled(self._account.kinds["user"].need(None, self._user.upper()), None)
        named = held is not None and (not login or self._named(login) == held[0])
        if not await self._guesses.told(address, named) or held is None:
            raise access_tokens.INVALID
        user, token = held
        return attrs.evolve(self._enabled(user, token["hash"]), role=token["role_restriction"])

    async def _of_key(self, token: str, address: str) -> Admitted:
        """The user whose key has signed a token."""
        found = key_holder(token, self._named, time.time())
        if not await self._guesses.told(address, found is not None) or found is None:
            raise refusal("390144", "JWT token is invalid.")
        return self._enabled(*found)

    def _named(self, login: str) -> Entry | None:
        """The user of a login name."""
        every = self._account.catalog.children(0, "user")
        return next((one for one in every if one.properties.get("login_name", one.name).upper() == login.upper()), None)

    async def _is_password_of(self, user: Entry | None, secret: str) -> str | None:
        """The hash of a user's password, if it is the one. It takes as long for who isn't there."""
        kept = user.properties.get("password_hash") if user is not None else None
        right = await asyncio.to_thread(passwords.is_right, secret, kept or passwords.NOBODYS)
        return kept if right else None

    def _was_wrong(self, user: Entry | None) -> None:
        """Lock a user about whose password somebody was wrong too often."""
        if user is not None and "password_hash" in user.properties:
            self._wrong[user.id] = self._wrong.get(user.id, 0) + 1
            if self._wrong[user.id] >= passwords.WRONG_IN_A_ROW:
                del self._wrong[user.id]
                cast("Users", self._account.kinds["user"]).lock(user)

    def _check_unlocked(self, user: Entry) -> None:
        if passwords.has_passed(user.state.get("locked_until"), self._account.clock()) is False:
            text = (
                "Your user account has been temporarily locked due to too many failed attempts. Try again after"
                f" {passwords.MINUTES_LOCKED} minutes or contact your account administrator for assistance."
            )
            raise refusal("390102", text)

    def _enabled(self, user: Entry, secret: str | None) -> Admitted:
        """Who was admitted. AccountError if the user may not log in."""
        if user.properties.get("disabled") or passwords.has_passed(user.state.get("expires_at"), self._account.clock()):
            raise refusal("390101", "User access disabled. Contact your local system administrator.")
        return Admitted(user.name, user.id, secret)

    def _check_still(self, login: Login) -> None:
        """End a login whose user is gone or disabled, or has no more the password or key that opened it."""
        admitted = login.admitted
        if admitted.id is None:  # a session that is lent
            return
        user = next(iter(self._account.catalog.select("o.id = ?", admitted.id)), None)
        secrets_ = [user.properties.get(name) for name in passwords.SECRETS] if user is not None else []
        secrets_ += access_tokens.hashes(self._account, user) if user is not None else []
        try:
            if user is None or admitted.secret not in (None, *secrets_):
                raise _gone()
            self._enabled(user, None)
        except AccountError:
            self.forget(login)
            threading.Thread(target=_ended, args=[login.sql], daemon=True).start()
            raise

    def _is_password(self, secret: bytes) -> bool:
        return hmac.compare_digest(secret, self._password.encode())

    def open(self, admitted: Admitted, data: Mapping[str, Any], place: Mapping[str, str]) -> Login:
        """A session for who was admitted. data: what the driver says of itself. place: where it wants to start."""
        for gone in [login for login in list(self._by_master.values()) if login.master_expires <= self._clock()]:
            self.forget(gone)
            gone.sql.close()
        if (lent := self.lent.get(str(data.get("PASSWORD") or ""))) is not None:
            return self._opened(lent, admitted, data)
        if (service := self._services.get(str(data.get("TOKEN") or data.get("PASSWORD") or ""))) is not None:
            return self._opened(self._of_service(service, place), admitted, data)
        sql = self._account.session(warehouse=_name(place.get("warehouse")))
        sql.remote = True
        try:
            sql.log_in(admitted.name, _name(place.get("roleName")), admitted.role)
        except AccountError:
            sql.close()
            raise
        for name, value in a_record(data.get("SESSION_PARAMETERS"), "SESSION_PARAMETERS").items():
            sql.parameters.put(name, value)
        said = sql.account.kinds["user"].need(None, admitted.name).properties
        if sql.warehouse is None:
            sql.warehouse = _name(said.get("default_warehouse"))
        database, schema = _name(place.get("databaseName")), _name(place.get("schemaName"))
        if database is None and (written := said.get("default_namespace")):
            database, schema = (*split(written), None)[:2]
        try:
            if database is not None:
                sql.use(database, schema)
        except AccountError:  # Snowflake lets one in, but nowhere
            pass
        return self._opened(sql, admitted, data)

    @contextmanager
    def admit_service(self, service: Entry) -> Generator[str]:
        """The password of a service's programs, which have the role of its owner, for as long."""
        password = secrets.token_urlsafe(32)
        self._services[password] = service
        try:
            yield password
        finally:
            del self._services[password]
            for login in [one for one in list(self._by_master.values()) if one.service == password]:
                self.forget(login)
                threading.Thread(target=_ended, args=[login.sql], daemon=True).start()

    def _of_service(self, service: Entry, place: Mapping[str, str]) -> SqlSession:
        at = {"database": _name(place.get("databaseName")), "schema": _name(place.get("schemaName"))}
        warehouse = _name(place.get("warehouse")) or service.properties.get("query_warehouse")
        who = _owner_of(service, warehouse)
        try:
            sql = self._account.open_session(who, **at)
        except AccountError:  # Snowflake lets one in, but nowhere
            sql = self._account.open_session(who)
        sql = cast("SqlSession", sql)
        sql.remote = True
        return sql

    def _opened(self, sql: SqlSession, admitted: Admitted, data: Mapping[str, Any]) -> Login:
        version = str(data.get("CLIENT_APP_VERSION") or "").partition(".")[0]  # SQLAlchemy tells its own
        asks: Mapping[str, Any] = data.get("CLIENT_ENVIRONMENT") or {}
        is_later = "RUNTIME_NAME" in asks or (version.isdecimal() and int(version[:4]) >= 5)
        login = Login(
            sql,
            admitted=admitted,
            writes_files=not is_later,
            arrow=_arrow(str(data.get("CLIENT_APP_ID") or "").upper()),
        )
        secret = str(data.get("TOKEN") or data.get("PASSWORD") or "")
        login.service = secret if secret in self._services else None
        self._give_tokens(login)
        return login

    def of_master(self, header: str | None) -> Login:
        """The login of an Authorization header with a master token, which is good for nothing but new tokens."""
        login = self._by_master.get(_token(header) or "")
        if login is None:
            raise refusal("390115", "Master token is invalid. Login again.")
        if login.master_expires <= self._clock():
            raise refusal("390114", "Authentication token has expired. The user must authenticate again.")
        self._check_still(login)
        return login

    def renew(self, login: Login) -> None:
        """New tokens for the old ones."""
        self._give_tokens(login)

    def find(self, header: str | None) -> Login:
        """The login of an Authorization header."""
        token = _token(header)
        if not token:
            raise refusal("390103", "Session token not found in the request data.")
        login = self._by_token.get(token)
        if login is None:
            raise _gone()
        if login.expires <= self._clock() or token != login.token:
            raise refusal("390112", "Your session has expired. Please login again.")
        self._check_still(login)
        return login

    async def caller(self, header: str | None, address: str) -> Context:
        """Who may use REST by an Authorization header: with a login's token, or as a bearer of the server's own
        password or of a token that a user's key has signed. AccountError for anybody else."""
        kind, _, bearer = (header or "").partition(" ")
        if kind.lower() != "bearer":
            session = self.find(header).sql
            return attrs.evolve(session.context, session=session)
        secret = bearer.strip()
        if (service := self._services.get(secret)) is not None:
            return _owner_of(service, service.properties.get("query_warehouse"))
        if (scoped := self._account.scoped_tokens.find(secret)) is not None:
            who = access.context_of(self._account, scoped.user)
            return attrs.evolve(who, role=scoped.role, scope=scoped.resource)
        is_password = self._is_password(secret.encode("latin-1"))
        if secret.count(".") == 2 and not is_password:
            return access.context_of(self._account, (await self._of_key(secret, address)).name)
        if not is_password and (held := access_tokens.holder(self._account, secret)) is not None:
            admitted = await self._of_token(secret, held, address)
            return access.context_of(self._account, admitted.name, only=admitted.role)
        if not await self._guesses.told(address, is_password):
            raise refusal("390101", "Authorization header field in the request is not valid.")
        return access.context_of(self._account, self._user.upper())

    def forget(self, login: Login) -> None:
        with self._lock:
            for tokens in (self._by_token, self._by_master):
                for token in [token for token, owner in tokens.items() if owner is login]:
                    del tokens[token]

    def end(self, sql: SqlSession) -> None:
        """Forget the logins to a session."""
        for login in [login for login in self._by_master.values() if login.sql is sql]:
            self.forget(login)

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


def _owner_of(service: Entry, warehouse: str | None) -> Context:
    return Context(warehouse=warehouse, role=service.owner, user=service.name, fixed=True)


def _gone() -> AccountError:
    return refusal("390104", "Session no longer exists. New login required to access the service.")


def _ended(sql: SqlSession) -> None:
    """Stop what a session runs, and close it."""
    sql.interrupt()
    sql.close()


def _arrow(driver: str) -> str | None:
    return next((f"{it}_QUERY_RESULT_FORMAT" for name, it in _READ_ARROW.items() if driver.startswith(name)), None)


def _token(header: str | None) -> str | None:
    kind, _, rest = (header or "").partition(" ")
    if kind.lower() != "snowflake" or not rest.startswith("Token="):
        return None
    return rest.removeprefix("Token=").strip('"')


def _name(written: str | None) -> str | None:
    return canonical(written) if written else None
