"""GRANT, REVOKE and SHOW GRANTS: what they say is read here, what it means says `objects.granting`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from snowcore._names import quote_identifier

from ...engine.errors import missing, syntax, unsupported
from ...engine.names import shown
from ...engine.protocol import Result
from ..account.catalog import Entry
from ..objects import granting, securables
from ..objects.grantees import target_in
from ..objects.granting import Target
from ..objects.routines import key_of
from ..objects.securables import KINDS, PRIVILEGES, Securable, SecurableKind
from ..objects.services import Services
from . import shares
from .kinds import place, unquoted
from .listings import Row, Shown, columns
from .listings import shown as listed
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from . import SqlSession

_BY_LENGTH = sorted(KINDS.values(), key=lambda kind: -len(kind.words))
_ROLES = {"ROLE": "role", "DATABASE ROLE": "database-role", "USER": "user", "SHARE": "share"}
_DONE = "Statement executed successfully."


def grant(session: SqlSession, reader: Reader) -> Result:
    account, context = session.account, session.context
    session.engine.commit()
    if reader.take("SERVICE ROLE"):
        return _service_role(session, reader, "TO")
    if _of_snowflake(reader):
        reader.expect("TO")
        granting.share_snowflake(account, context, _grantee(session, reader))
        reader.end()
        return status(_DONE)
    if (role := _role(session, reader, "TO")) is not None:
        reader.expect("TO")
        to = _grantee(session, reader)
        reader.end()
        shares.refuse_role(to)
        granting.give_role(account, context, role, to)
        return status(_DONE)
    privileges = _privileges(reader)
    target = _target(session, reader)
    reader.expect("TO")
    to = _grantee(session, reader)
    if privileges == ["OWNERSHIP"]:
        mode: Literal["COPY", "REVOKE"] | None = None
        if reader.take("COPY CURRENT GRANTS"):
            mode = "COPY"
        elif reader.take("REVOKE CURRENT GRANTS"):
            mode = "REVOKE"
        reader.end()
        granting.own(account, context, target, to, mode)
    else:
        option = to.kind != "share" and reader.take("WITH GRANT OPTION")
        reader.end()
        if to.kind == "share":
            shares.check(session, privileges, target, to)
        granting.give(account, context, privileges, target, to, option=option)
    return status(_DONE)


def revoke(session: SqlSession, reader: Reader) -> Result:
    account, context = session.account, session.context
    session.engine.commit()
    if reader.take("SERVICE ROLE"):
        return _service_role(session, reader, "FROM")
    if _of_snowflake(reader):
        reader.expect("FROM")
        granting.share_snowflake(account, context, _grantee(session, reader), taken=True)
        reader.end()
        return status(_DONE)
    if (role := _role(session, reader, "FROM")) is not None:
        reader.expect("FROM")
        from_ = _grantee(session, reader)
        reader.one_of("RESTRICT", "CASCADE")
        reader.end()
        granting.take_role(account, context, role, from_)
        return status(_DONE)
    option_only = reader.take("GRANT OPTION FOR")
    privileges = _privileges(reader)
    target = _target(session, reader)
    reader.expect("FROM")
    from_ = _grantee(session, reader)
    cascade = reader.one_of("RESTRICT", "CASCADE") == "CASCADE"
    reader.end()
    granting.take(account, context, privileges, target, from_, option_only=option_only, cascade=cascade)
    return status(_DONE)


def _service_role(session: SqlSession, reader: Reader, word: str) -> Result:
    """Grant or revoke a role of a service: db.schema.service!role."""
    where, role = _role_of_service(session, reader)
    reader.expect(word)
    to = _grantee(session, reader)
    reader.end()
    kind = session.account.kinds["service"]
    assert isinstance(kind, Services)
    service = kind.need_at(map(unquoted, where.values()))
    name = kind.role(service, role)
    granting.give_service_role(session.account, session.context, service, name, to, taken=word == "FROM")
    return status(_DONE)


def _role_of_service(session: SqlSession, reader: Reader) -> tuple[dict[str, str], str]:
    """Where the service is, and the role's name."""
    path = reader.path()
    reader.expect("!")
    return dict(place(session, KINDS["SERVICE"], path, "GRANT")), reader.path()[0]


def _of_snowflake(reader: Reader) -> bool:
    """Whether the right to read the database SNOWFLAKE comes next, or one of its roles, which all give just this."""
    begun = reader.at
    if reader.take("IMPORTED PRIVILEGES ON DATABASE"):
        if reader.path() != ["SNOWFLAKE"]:
            raise unsupported("databases of shares")
        return True
    if reader.take("DATABASE ROLE") and reader.path()[0] == "SNOWFLAKE" and reader.peek() in ("TO", "FROM"):
        return True
    reader.at = begun
    return False


def _role(session: SqlSession, reader: Reader, before: str) -> Entry | None:
    """The role that is granted, if one is: ROLE r TO …"""
    begun = reader.at
    what = reader.one_of("DATABASE ROLE", "ROLE")
    if what is None:
        return None
    path = reader.path()
    if reader.peek() != before:
        reader.at = begun
        return None
    return _named_role(session, what, path)


def _grantee(session: SqlSession, reader: Reader) -> Entry:
    what = reader.one_of(*sorted(_ROLES, key=len, reverse=True))
    if what is None and (other := reader.one_of("APPLICATION ROLE", "APPLICATION")):
        raise unsupported(f"grants to a {other.lower()}")
    return _named_role(session, what or "ROLE", reader.path())


def _named_role(session: SqlSession, what: str, path: list[str]) -> Entry:
    if what == "DATABASE ROLE" and len(path) == 1:
        path = [session.need_database("GRANT"), *path]
    if len(path) != (2 if what == "DATABASE ROLE" else 1):
        raise missing(what.lower(), ".".join(map(shown, path)))
    return session.account.kinds[_ROLES[what]].need_at(path)


def _privileges(reader: Reader) -> list[str]:
    found: list[str] = []
    if reader.find("CALLER", before="ON") is not None:
        raise unsupported("caller grants: code with restricted rights of its caller")
    while True:
        begun, words = reader.at, list[str]()
        while reader.peek() not in ("", ",", "ON"):
            words.append(reader.peek())
            reader.at += 1
        name = " ".join(words)
        if name not in PRIVILEGES:
            reader.at = begun
            raise reader.wrong()
        found.append(name)
        if not reader.take(","):
            reader.expect("ON")
            return found


def _target(session: SqlSession, reader: Reader) -> Target:
    if which := reader.one_of("ALL", "FUTURE"):
        kind = next((kind for kind in _BY_LENGTH if reader.take(kind.plural)), None)
        if kind is None:
            raise reader.wrong()
        reader.expect("IN")
        return target_in(session.account, kind, _scope(session, reader), future=which == "FUTURE")
    found = _object(session, reader)
    return Target(found.kind, [found])


def _scope(session: SqlSession, reader: Reader) -> list[str]:
    """The database or schema after IN."""
    what = reader.one_of("DATABASE", "SCHEMA")
    if what is None:
        raise reader.wrong()
    return _whole(session, reader.path(), 1 if what == "SCHEMA" else 0)


def _whole(session: SqlSession, path: list[str], depth: int) -> list[str]:
    """A name with what it leaves out."""
    if len(path) <= depth and depth == 2 and len(path) < 2:
        path = [session.need_schema("this statement"), *path]
    if len(path) <= depth:
        path = [session.need_database("this statement"), *path]
    if len(path) != depth + 1:
        raise syntax(f"{'.'.join(map(shown, path))} has too many parts.")
    return path


def _object(session: SqlSession, reader: Reader) -> Securable:
    """An object with the words of its kind; without them a table or a view."""
    if reader.take("ACCOUNT"):
        return securables.THE_ACCOUNT
    kind = next((kind for kind in _BY_LENGTH if kind.words != "ACCOUNT" and reader.take(kind.words)), KINDS["TABLE"])
    begun, path = reader.at, reader.path()
    if kind is KINDS["TABLE"] and reader.peek() not in ("", "TO", "FROM", "LIMIT"):  # two words, of no kind
        reader.at = begun
        raise reader.wrong()
    if kind.words in ("FUNCTION", "PROCEDURE"):
        path[-1] = key_of(path[-1], [said.split()[-1] for said in reader.types()])
    whole = _whole(session, path, kind.depth)
    found = securables.need_first(session.account, _like(kind), whole)
    session.rights.need_to_see(found)
    return found


def _like(kind: SecurableKind) -> Sequence[SecurableKind]:
    return securables.LIKE_TABLES[:-1] if kind.words == "TABLE" else [kind]


# What SHOW tells of it

_COLUMNS = columns(
    "created_on privilege granted_on name granted_to grantee_name grant_option:true granted_by granted_by_role_type"
)
_OF_ROLES = columns("created_on role granted_to grantee_name granted_by")
_TO_USER = columns("created_on privilege granted_on name role granted_to grantee_name grant_option:true granted_by")
_OF_SHARE = columns("created_on share granted_to grantee_name granted_by")
_FUTURE = columns("created_on privilege grant_on name grant_to grantee_name grant_option:true")


def show(session: SqlSession, reader: Reader) -> Result:
    account = session.account
    if reader.take("ON"):
        return _limited(_COLUMNS, granting.on(account, _object(session, reader)), reader)
    if reader.take("OF"):
        if reader.take("SERVICE ROLE"):
            return _limited(_OF_ROLES, _of_service_role(session, reader, "grants_of"), reader)
        what = reader.one_of("DATABASE ROLE", "ROLE", "SHARE")
        if what is None:
            raise unsupported(f"SHOW GRANTS OF {reader.peek()}")
        if what == "SHARE":
            _named_role(session, what, reader.path())
            return _limited(_OF_SHARE, [], reader)  # which nobody has
        return _limited(_OF_ROLES, granting.of(account, _named_role(session, what, reader.path())), reader)
    if reader.take("TO SERVICE ROLE"):
        return _limited(_COLUMNS, _of_service_role(session, reader, "grants"), reader)
    if reader.take("TO"):
        grantee = _grantee(session, reader)
        if grantee.kind == "user":
            return _limited(_TO_USER, granting.to_user(account, grantee), reader)
        return _limited(_COLUMNS, granting.to(account, session.context, grantee), reader)
    user = account.kinds["user"].need_at([session.user])
    return _limited(_TO_USER, granting.to_user(account, user), reader)


def _of_service_role(session: SqlSession, reader: Reader, verb: str) -> list[Row]:
    where, role = _role_of_service(session, reader)
    path = {**where, "service": where["name"], "name": quote_identifier(role)}
    return session.perform("service", verb, path)


def show_future(session: SqlSession, reader: Reader) -> Result:
    account = session.account
    if reader.take("IN"):
        path = _scope(session, reader)
        scope = securables.need(account, KINDS["SCHEMA" if len(path) == 2 else "DATABASE"], path)
        session.rights.need_to_see(scope)
        grants = account.catalog.grants.on(scope.id, future=True)
        return _limited(_FUTURE, granting.future(account, session.context, grants), reader)
    reader.expect("TO")
    grants = account.catalog.grants.to([_grantee(session, reader).id], future=True)
    return _limited(_FUTURE, granting.future(account, session.context, grants), reader)


def _limited(titles: list[Shown], rows: list[Row], reader: Reader) -> Result:
    if reader.take("LIMIT"):
        rows = rows[: reader.integer()]
    reader.end()
    return listed(titles, rows)
