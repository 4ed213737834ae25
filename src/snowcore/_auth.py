"""Credentials, as requests carry them."""

from __future__ import annotations

import base64
import logging
import threading
import time
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

import attrs
import orjson

from .exceptions import MissingModuleError

logger = logging.getLogger("snowflake.core")

_TYPE = "X-Snowflake-Authorization-Token-Type"


def _check_token(token: str) -> str:
    """A token without the white space around it. ValueError, which does not show it, if no header can carry it."""
    token = token.strip()
    if not (token.isascii() and token.isprintable()):
        raise ValueError("the token has a character that can't be sent: a line break, say, or a letter beyond ASCII")
    return token


class Auth(Protocol):
    """Credentials. See https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/authentication."""

    def headers(self) -> Mapping[str, str]:
        """The headers that authorise a request now."""
        ...

    def renew(self) -> bool:
        """Get fresh credentials after the server called these expired. May block. False if there is no way."""
        ...


class Anonymous:
    """No credentials."""

    def headers(self) -> Mapping[str, str]:
        return {}

    def renew(self) -> bool:
        return False


@attrs.frozen
class Token:
    """A bearer token that someone issued.

    value: the token; white space around it is left out. kind: `PROGRAMMATIC_ACCESS_TOKEN`, `OAUTH`, or None to let the
    server see for itself. ValueError, which does not show it, for a token that no header can carry.
    """

    value: str = attrs.field(repr=False, converter=_check_token)
    kind: str | None = "PROGRAMMATIC_ACCESS_TOKEN"

    def headers(self) -> Mapping[str, str]:
        """The headers that authorise a request with the token."""
        return _write_bearer(self.value, self.kind)

    def renew(self) -> bool:
        """False: only whoever issued the token can issue another."""
        return False


class TokenFile:
    """A bearer token in a file that someone else keeps fresh. The file is read again when it has changed.

    path: where it is. kind: as of `Token`. prefix: what stands before the token in requests. OSError or ValueError if
    the file can't be read when this is made; later on the last token that could be read goes on being used.
    """

    def __init__(self, path: str | Path, kind: str | None, *, prefix: str = "") -> None:
        self.path, self.kind, self.prefix = Path(path).expanduser(), kind, prefix
        self._seen = self._stamp()
        self._token = self._read()

    def __repr__(self) -> str:
        return f"TokenFile({str(self.path)!r})"

    def _stamp(self) -> tuple[int, ...]:
        found = self.path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self) -> str:
        from ._secret_files import read_text

        token = _check_token(read_text(self.path))
        if not token:
            raise ValueError(f"{self.path} is empty")
        return token

    def headers(self) -> Mapping[str, str]:
        """The headers that authorise a request with the token that is in the file now."""
        try:
            if (stamp := self._stamp()) != self._seen:
                self._token, self._seen = self._read(), stamp
        except (OSError, ValueError):
            pass  # it is being written, or gone for a moment
        return _write_bearer(self.prefix + self._token, self.kind)

    def renew(self) -> bool:
        """Read the file again. False if it still has the same token, or can't be read."""
        before = self._token
        try:
            self._token = self._read()
        except (OSError, ValueError):
            return False
        return self._token != before


class KeyPair:
    """Tokens signed with a private key, each for an hour, made anew a minute before it ends.

    account, user: as the connection names them. key: the private key, RSA or of the curve P-256, P-384 or P-521: PEM or
    DER, also in base64 or, as variables hold it, with its line ends written as `\\n` or lost; or such a key of the
    package cryptography. passphrase: if the key is encrypted; an empty one is none. now: the clock, in seconds since
    1970. ValueError, which shows neither, if the key can't be read or signs in another way; TypeError if it is
    something else; MissingModuleError without the package cryptography.
    """

    lifetime = 3600.0

    def __init__(
        self,
        account: str,
        user: str,
        key: bytes | str | Any,
        passphrase: bytes | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        try:
            from cryptography.hazmat.primitives import hashes, serialization
        except ImportError:
            raise MissingModuleError("cryptography", "Key pairs are handled by it.") from None
        from ._private_key import load_key

        self._key: Any = load_key(key, passphrase or None) if isinstance(key, (str, bytes)) else key
        if not hasattr(self._key, "private_numbers"):
            raise TypeError(
                f"the private key: expected bytes, str or a key of cryptography, not a {type(key).__name__}"
            )
        self._algorithm = _choose_algorithm(self._key)
        public: bytes = self._key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        digest = hashes.Hash(hashes.SHA256())
        digest.update(public)
        fingerprint = base64.b64encode(digest.finalize()).decode()
        self.subject = f"{_shorten_account(account)}.{user.upper()}"
        self.issuer = f"{self.subject}.SHA256:{fingerprint}"
        self._now = now
        self._lock = threading.Lock()
        self._token, self._ends = "", 0.0

    def __repr__(self) -> str:
        return f"KeyPair({self.subject!r})"

    def headers(self) -> Mapping[str, str]:
        """The headers that authorise a request, with a token that holds for another minute at least."""
        with self._lock:
            if self._now() > self._ends - 60:
                self._sign()
            return _write_bearer(self._token, "KEYPAIR_JWT")

    def renew(self) -> bool:
        """Sign a token anew, though the last one may hold. Always True."""
        with self._lock:
            self._sign()
        return True

    def _sign(self) -> None:
        now = int(self._now())
        self._ends = now + self.lifetime
        claims = {"iss": self.issuer, "sub": self.subject, "iat": now, "exp": int(self._ends)}
        signed = f"{_encode(orjson.dumps({'alg': self._algorithm, 'typ': 'JWT'}))}.{_encode(orjson.dumps(claims))}"
        self._token = f"{signed}.{_encode(_sign(self._key, self._algorithm, signed.encode()))}"


_CURVES = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}


def _choose_algorithm(key: Any) -> str:
    """What tokens call the way that a key signs. ValueError for keys that Snowflake takes no tokens of."""
    if hasattr(key, "decrypt"):  # of these kinds, only RSA keys can
        return "RS256"
    curve: str | None = getattr(getattr(key, "curve", None), "name", None)
    if curve not in _CURVES:
        kind = f"the curve {curve}" if curve else f"the kind {type(key).__name__.removesuffix('PrivateKey')}"
        raise ValueError(
            f"the private key is a key of {kind}; Snowflake takes RSA keys and the curves P-256, P-384 and P-521"
        )
    return _CURVES[curve]


def _sign(key: Any, algorithm: str, text: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, utils

    if algorithm == "RS256":
        return key.sign(text, padding.PKCS1v15(), hashes.SHA256())
    digest = {"ES256": hashes.SHA256, "ES384": hashes.SHA384, "ES512": hashes.SHA512}[algorithm]()
    # tokens hold the signature's two numbers side by side, and not in the DER that the package gives
    size = (key.curve.key_size + 7) // 8
    numbers = utils.decode_dss_signature(key.sign(text, ec.ECDSA(digest)))
    return b"".join(number.to_bytes(size, "big") for number in numbers)


class TokenType(Enum):
    """What kind of token a connection holds."""

    SESSION_TOKEN = "ST"
    EXTERNAL_SESSION_WITH_PAT = "ESPAT"


class SessionToken:
    """The session token of a connector connection. The connector renews it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    @property
    def kind(self) -> TokenType:
        pat = getattr(self._connection, "_authenticator", None) == "PAT_WITH_EXTERNAL_SESSION"
        return TokenType.EXTERNAL_SESSION_WITH_PAT if pat else TokenType.SESSION_TOKEN

    @property
    def external_session_id(self) -> str | None:
        rest = self._connection.rest
        return getattr(rest, "external_session_id", None) or getattr(rest, "_external_session_id", None)

    def headers(self) -> Mapping[str, str]:
        return session_headers(self.kind, self._connection.rest.token, self.external_session_id)

    def renew(self) -> bool:
        before = self._connection.rest.token
        with self._lock:
            if self._connection.rest.token != before:  # another thread was faster
                return True
            try:
                self._ask_for_another()
            except Exception as error:
                # whatever the connector says: the answer that made this necessary tells the caller more
                logger.debug("the connector could not renew its session: %s", type(error).__name__)
                return False
            return self._connection.rest.token != before

    def _ask_for_another(self) -> None:
        renew = getattr(self._connection.rest, "_renew_session", None)
        if renew is not None:
            renew()
            return
        # Connectors from version 5 on renew by themselves when a statement finds the token expired.
        cursor = self._connection.cursor()
        try:
            cursor.execute("SELECT 1")
        finally:
            cursor.close()


def session_headers(kind: TokenType, token: str | None, external_session_id: str | None) -> Mapping[str, str]:
    """The headers for a token that belongs to a session."""
    if kind is TokenType.EXTERNAL_SESSION_WITH_PAT:
        headers = {"Authorization": f"Bearer {token}", _TYPE: "PAT_WITH_EXTERNAL_SESSION_ID"}
        return headers | ({"X-Snowflake-External-Session-ID": external_session_id} if external_session_id else {})
    return {"Authorization": f'Snowflake Token="{token}"'}


def _write_bearer(token: str, kind: str | None) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {token}"} | ({_TYPE: kind} if kind else {})


def _shorten_account(account: str) -> str:
    """The account as tokens name it: in upper case, without region."""
    head = account.partition(".")[0]
    return (head.partition("-")[0] if account.lower().endswith(".global") else head).upper()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
