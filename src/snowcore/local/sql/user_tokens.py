"""ALTER USER … ADD, MODIFY, ROTATE and REMOVE PROGRAMMATIC ACCESS TOKEN, and SHOW USER PROGRAMMATIC ACCESS TOKENS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...engine.protocol import Result
from ..account.catalog import Entry
from ..objects import access_tokens, securables
from ..objects.granting import Row
from .listings import TOKENS, shown
from .reader import Reader
from .results import TEXT, status, table

if TYPE_CHECKING:
    from . import SqlSession

_DONE = "Statement executed successfully."
_WORDS = ("PROGRAMMATIC ACCESS TOKEN", "PAT")
_VERBS = ("ADD", "MODIFY", "ROTATE", "REMOVE")


def alter(session: SqlSession, reader: Reader) -> Result | None:
    """From behind ALTER USER; None if it is about no token."""
    if not any(reader.find_words(f"{verb} {words}") for verb in _VERBS for words in _WORDS):
        return None
    if_exists = reader.take("IF EXISTS")
    own = reader.peek() in _VERBS and reader.peek(1) in ("PROGRAMMATIC", "PAT")
    user = _user(session, session.user if own else reader.path()[0], if_exists=if_exists)
    verb = reader.one_of(*_VERBS)
    reader.one_of(*_WORDS)
    if_absent = verb == "ADD" and reader.take("IF NOT EXISTS")
    name, account = reader.path()[0], session.account
    if user is None:
        return status(_DONE)
    session.engine.commit()
    if verb == "ADD":
        given = _given(reader)
        if if_absent and name in access_tokens.of(user):
            return status(f"{name} already exists, statement succeeded.")
        secret = access_tokens.add(account, user, name, session.user, given)
        return table([("token_name", TEXT), ("token_secret", TEXT)], [(name, secret)])
    if verb == "ROTATE":
        hours = _given(reader).get("EXPIRE_ROTATED_TOKEN_AFTER_HOURS", 24)
        secret, before = access_tokens.rotate(account, user, name, hours)
        titles = ("token_name", "token_secret", "rotated_token_name")
        return table([(title, TEXT) for title in titles], [(name, secret, before)])
    if verb == "REMOVE":
        reader.end()
        access_tokens.remove(account, user, name)
    elif reader.take("RENAME TO"):
        to = reader.path()[0]
        reader.end()
        access_tokens.change(account, user, name, {}, to)
    else:
        unset = reader.one_of("SET", "UNSET") == "UNSET"
        values = {one[0]: None for one in reader.several(reader.path)} if unset else _given(reader)
        reader.end()
        access_tokens.change(account, user, name, {key.lower(): value for key, value in values.items()})
    return status(_DONE)


def show(session: SqlSession, reader: Reader) -> Result:
    user = _user(session, reader.path()[0] if reader.take("FOR USER") else session.user)
    reader.end()
    assert user is not None
    rows: list[Row] = [
        {**token, "name": name, "user_name": user.name, "status": access_tokens.status_of(session.account, user, token)}
        for name, token in access_tokens.of(user).items()
    ]
    return shown(TOKENS, rows)


def _user(session: SqlSession, name: str, *, if_exists: bool = False) -> Entry | None:
    """The user, whom only the user and who owns it may give tokens; None if there is none and needn't be."""
    found = session.account.catalog.find("user", 0, name)
    if found is None and if_exists:
        return None
    user = session.account.kinds["user"].need_at([name])
    securable = securables.of_entry(user)
    if securable is not None and not (user.name == session.user and not session.role_is_fixed):
        session.rights.need("OWNERSHIP", securable)
    return user


def _given(reader: Reader) -> dict[str, Any]:
    """NAME = value …"""
    found: dict[str, Any] = {}
    kinds = {"ROLE_RESTRICTION": reader.string, "COMMENT": reader.string, "DISABLED": lambda: reader.word() == "TRUE"}
    while not reader.done:
        name = reader.one_of(*_PROPERTIES)
        if name is None:
            raise reader.wrong()
        reader.expect("=")
        found[name] = kinds.get(name, reader.integer)()
    return found


_PROPERTIES = (
    *("ROLE_RESTRICTION", "DAYS_TO_EXPIRY", "MINS_TO_BYPASS_NETWORK_POLICY_REQUIREMENT", "COMMENT", "DISABLED"),
    "EXPIRE_ROTATED_TOKEN_AFTER_HOURS",
)
