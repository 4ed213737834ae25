"""Masking and row access policies in statements: making them, and putting columns and rows under them.

See https://docs.snowflake.com/en/user-guide/security-column-intro and
https://docs.snowflake.com/en/user-guide/security-row-intro.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from snowcore._names import quote_identifier, quote_literal

from ...engine.errors import compilation, exists, missing, unsupported
from ...engine.names import need_length, shown, split
from ...engine.protocol import Made, Policy, PolicyUse, Result, TablePath
from ..objects import granting, securables
from ..objects.datatypes import described
from ..objects.securables import KINDS, THE_ACCOUNT
from .declared import canonical, parts
from .kinds import DYNAMIC_TABLE, OF, TABLE, place, table_path
from .reader import Reader
from .results import TEXT, status, table

if TYPE_CHECKING:
    from . import SqlSession

Row = Mapping[str, Any]

_DONE = "Statement executed successfully."
MASKING, ROW_ACCESS = "MASKING POLICY", "ROW ACCESS POLICY"
_OTHERS = ("DYNAMIC TABLE", "EVENT TABLE", "EXTERNAL TABLE", "ICEBERG TABLE")
READ = (DYNAMIC_TABLE, OF["event-table"])
"""Kinds whose CREATE only the account reads, with policies in it."""
SAID = (exp.MaskingPolicyColumnConstraint, exp.RowAccessProperty, exp.ProjectionPolicyColumnConstraint)
"""How a parsed statement names policies."""


@attrs.frozen
class Policies:
    """What a CREATE puts what it makes under."""

    columns: dict[str, tuple[TablePath, list[str]]]
    """By the masked column: the policy, and the columns that it is given beside that one."""
    rows: tuple[TablePath, list[str]] | None


# Policies themselves


def create(session: SqlSession, reader: Reader, mode: str | None) -> Result | None:
    kind = reader.one_of(MASKING, ROW_ACCESS)
    if kind is None:
        return None
    if mode == "OR ALTER":
        raise unsupported(f"CREATE OR ALTER {kind}")
    if_absent = reader.take("IF NOT EXISTS")
    path = _path(session, reader.path(), f"CREATE {kind}")
    need_length(path.name)
    reader.expect("AS")
    reader.expect("(")
    arguments = [(one, described(reader.until(",", ")"))) for one in _names(reader)]
    reader.expect("RETURNS")
    returns = described(reader.until("->"))
    reader.expect("->")
    policy = Policy(kind.lower(), arguments, returns, _body(reader), _comment(reader))
    session.rights.need(f"CREATE {kind}", securables.need(session.account, KINDS["SCHEMA"], attrs.astuple(path)[:2]))
    engine, old = session.account.engine, _find(session, kind, path)
    if old is not None and mode != "OR REPLACE":
        if if_absent:
            return status(f"{shown(path.name)} already exists, statement succeeded.")
        raise exists(shown(path.name))
    if old is not None:
        session.rights.need("OWNERSHIP", securables.of_made(old))
        _need_unused(session, kind, path)
    session.engine.commit()  # as all DDL
    session.engine.check_policy(path, policy, session.role)
    engine.create_policy(path, policy, session.role, replace=old is not None)
    if (made := _find(session, kind, path)) is not None:
        granting.born(session.account, securables.of_made(made))
    return status(f"{kind.capitalize()} {shown(path.name)} successfully created.")


def _names(reader: Reader) -> Iterator[str]:
    """The names of a signature's arguments; who asks for them reads the types."""
    while True:
        yield reader.path()[-1]
        if not reader.take(","):
            break
    reader.expect(")")


def _body(reader: Reader) -> str:
    body = reader.until("COMMENT", "EXEMPT_OTHER_POLICIES").removesuffix(";").strip()
    if not body:
        raise reader.wrong()
    return body


def _comment(reader: Reader) -> str:
    comment = ""
    while (what := reader.one_of("COMMENT", "EXEMPT_OTHER_POLICIES")) is not None:
        reader.expect("=")
        if what == "COMMENT":
            comment = reader.string()
        elif reader.boolean():
            raise unsupported("EXEMPT_OTHER_POLICIES")
    reader.end()
    return comment


def alter(session: SqlSession, reader: Reader) -> Result | None:
    """ALTER of a policy, or of what policies a table or view is under; None if the statement is another one."""
    kind = reader.one_of(MASKING, ROW_ACCESS)
    if kind is None:
        return _attach(session, reader)
    if_exists = reader.take("IF EXISTS")
    path = _path(session, reader.path(), f"ALTER {kind}")
    made = _find(session, kind, path)
    if made is None:
        if if_exists:
            return status(_DONE)
        raise _missing(kind, path)
    session.rights.need("OWNERSHIP", securables.of_made(made))
    engine = session.account.engine
    before = engine.policy(kind.lower(), path)
    assert before is not None
    if reader.take("RENAME TO"):
        target = _path(session, reader.path(), f"ALTER {kind}")
        reader.end()
        session.engine.commit()
        engine.rename_policy(kind.lower(), path, target)
        return status(_DONE)
    if reader.take("UNSET COMMENT"):
        policy = attrs.evolve(before, comment="")
    else:
        reader.expect("SET")
        if reader.take("COMMENT"):
            reader.expect("=")
            policy = attrs.evolve(before, comment=reader.string())
        else:
            reader.expect("BODY")
            reader.expect("->")
            policy = attrs.evolve(before, body=reader.rest())
    reader.end()
    session.engine.commit()
    session.engine.check_policy(path, policy, made.owner)
    engine.change_policy(path, policy)
    return status(_DONE)


def drop(session: SqlSession, reader: Reader) -> Result | None:
    kind = reader.one_of(MASKING, ROW_ACCESS)
    if kind is None:
        return None
    if_exists = reader.take("IF EXISTS")
    path = _path(session, reader.path(), f"DROP {kind}")
    reader.end()
    made = _find(session, kind, path)
    if made is None:
        if if_exists:
            return status(f"Drop statement executed successfully ({shown(path.name)} already dropped).")
        raise _missing(kind, path)
    session.rights.need("OWNERSHIP", securables.of_made(made))
    _need_unused(session, kind, path)
    session.engine.commit()
    session.account.engine.drop_policy(kind.lower(), path)
    return status(f"{shown(path.name)} successfully dropped.")


def _need_unused(session: SqlSession, kind: str, path: TablePath) -> None:
    made = _find(session, kind, path)
    of_tags = any(said["id"] == made.id for _, said in _of_tags(session)) if made is not None else False
    if of_tags or session.account.engine.policy_uses(kind.lower(), path):
        text = f"Policy {shown(path.name)} cannot be dropped/replaced as it is associated with one or more entities."
        raise compilation("003542", text)


def describe(session: SqlSession, reader: Reader, kind: str) -> Result:
    path = _path(session, reader.path(), f"DESCRIBE {kind}")
    reader.end()
    made, policy = _find(session, kind, path), session.account.engine.policy(kind.lower(), path)
    if made is None or policy is None:
        raise _missing(kind, path)
    session.rights.need_to_see(securables.of_made(made))
    titles = ("name", "signature", "return_type", "body")
    row = (path.name, _signature(policy), policy.returns, policy.body)
    return table([(title, TEXT) for title in titles], [row])


def _signature(policy: Policy) -> str:
    return "(" + ", ".join(f"{shown(name)} {type_.partition('(')[0]}" for name, type_ in policy.arguments) + ")"


def ddl(session: SqlSession, path: TablePath, named: str) -> str | None:
    """What GET_DDL gives of a policy."""
    for kind in (MASKING, ROW_ACCESS):
        policy = session.account.engine.policy(kind.lower(), path)
        made = _find(session, kind, path) if policy is not None else None
        if policy is not None and made is not None:
            session.rights.need_to_see(securables.of_made(made))
            arguments = ", ".join(f"{shown(name)} {type_}" for name, type_ in policy.arguments)
            comment = f"\ncomment={quote_literal(policy.comment)}" if policy.comment else ""
            head = f"create or replace {kind.lower()} {named} as ({arguments})"
            return f"{head} returns {policy.returns} -> \n{policy.body}{comment};"
    return None


def listed(session: SqlSession, kind: str, path: Mapping[str, str]) -> list[dict[str, Any]]:
    """Those of a kind that are in a schema."""
    database, schema = (name[1:-1].replace('""', '"') for name in path.values())
    rows: list[dict[str, Any]] = []
    for made in session.account.engine.made(kind.lower(), database, schema):
        policy = session.account.engine.policy(kind.lower(), made.path)
        if policy is None or not session.rights.sees(securables.of_made(made)):
            continue
        row = {"name": made.path.name, "database_name": database, "schema_name": schema, "created_on": made.created_on}
        told = {"kind": kind.replace(" ", "_"), "owner": made.owner, "comment": policy.comment, "options": ""}
        rows.append({**row, **told, "owner_role_type": "ROLE"})
    return rows


def masks(session: SqlSession, path: TablePath) -> dict[str, str]:
    """The masking policies of a table or view, by column."""
    found = session.account.engine.policy_uses(MASKING.lower(), on=path)
    return {str(use.column): ".".join(map(shown, attrs.astuple(use.policy))) for use in found}


def written(session: SqlSession, path: TablePath) -> dict[str, str]:
    """The policies that a table is under as GET_DDL tells them, by column; that of its rows by an empty name."""
    found: dict[str, str] = {}
    for kind, word in ((MASKING, "USING"), (ROW_ACCESS, "ON")):
        for use in session.account.engine.policy_uses(kind.lower(), on=path):
            columns = [*([use.column] if use.column and use.given else []), *use.given]
            given = f" {word} ({', '.join(map(shown, columns))})" if columns else ""
            found[use.column or ""] = f"{'.'.join(map(shown, attrs.astuple(use.policy)))}{given}"
    return found


def references(session: SqlSession, given: Mapping[str, Any]) -> list[Row]:
    """Rows of INFORMATION_SCHEMA.POLICY_REFERENCES: where a policy is, or which are on a table or view."""
    of, on = given.get("POLICY_NAME"), given.get("REF_ENTITY_NAME")
    path = _path(session, split(str(of or on)), "this function")
    rows: list[Row] = []
    for kind in (MASKING, ROW_ACCESS):
        where = {"path": path} if of is not None else {"on": path}
        rows += [_reference(kind, use) for use in session.account.engine.policy_uses(kind.lower(), **where)]
    made = _find(session, MASKING, path) if of is not None else None
    for tag, said in _of_tags(session):
        if made is not None and said["id"] == made.id:
            rows.append(_reference(MASKING, PolicyUse(path, TablePath(*tag), "tag", None, ())))
    return rows


def _reference(kind: str, use: PolicyUse) -> dict[str, Any]:
    return {
        "POLICY_DB": use.policy.database,
        "POLICY_SCHEMA": use.policy.schema,
        "POLICY_NAME": use.policy.name,
        "POLICY_KIND": kind.replace(" ", "_"),
        "REF_DATABASE_NAME": use.of.database,
        "REF_SCHEMA_NAME": use.of.schema,
        "REF_ENTITY_NAME": use.of.name,
        "REF_ENTITY_DOMAIN": use.kind.upper(),
        "REF_COLUMN_NAME": use.column,
        "REF_ARG_COLUMN_NAMES": json.dumps(list(use.given)) if use.given else None,
        "POLICY_STATUS": "ACTIVE",
    }


# Those of tags


def _of_tags(session: SqlSession) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """The paths of tags that have masking policies, and where these are."""
    for tag in session.account.catalog.all("tag"):
        for said in tag.state.get("masking", ()):
            yield tag.path, said


def alter_tag(session: SqlSession, reader: Reader, path: tuple[str, ...]) -> Result | None:
    """ALTER TAG … SET or UNSET MASKING POLICY; None if the statement is another one. A tag has one for each type."""
    begun, verb = reader.at, reader.one_of("SET", "UNSET")
    if verb is None or reader.peek() != "MASKING":
        reader.at = begun
        return None
    account = session.account
    tag = account.kinds["tag"].need_at(path)
    session.rights.need("OWNERSHIP", securables.need(account, KINDS["TAG"], path))
    places: list[dict[str, Any]] = list(tag.state.get("masking", ()))
    while True:
        reader.expect(MASKING)
        policy = _policy(session, MASKING, reader.path())
        made, said = _find(session, MASKING, policy), account.engine.policy(MASKING.lower(), policy)
        assert made is not None and said is not None
        type_, forced = said.arguments[0][1].partition("(")[0], verb == "SET" and reader.take("FORCE")
        others = [place for place in places if place["id"] != made.id]
        if verb == "SET":
            if len(said.arguments) > 1:
                raise unsupported("masking policies of several columns on tags")
            if any(place["type"] == type_ for place in others) and not forced:
                text = f"Tag {shown(path[-1])} already has a masking policy for the type {type_}."
                raise compilation("003551", text)
            others = [place for place in others if place["type"] != type_]
            others.append({"path": list(attrs.astuple(policy)), "id": made.id, "type": type_})
        places = others
        if not reader.take(","):
            break
    reader.end()
    session.engine.commit()  # as all DDL
    with account.changing:
        state = {**account.catalog.get(tag.id).state, "masking": places}
        account.catalog.update(tag, state=state if places else {k: v for k, v in state.items() if k != "masking"})
        account.engine.forget_translations()
    return status(_DONE)


# What is under them


def take(session: SqlSession, statement: exp.Create | exp.Alter) -> Policies:
    """The policies that a CREATE, or an ALTER that adds columns, names, which are taken out of the statement."""
    if statement.find(exp.ProjectionPolicyColumnConstraint):
        raise unsupported("projection policies")
    columns: dict[str, tuple[TablePath, list[str]]] = {}
    rows: tuple[TablePath, list[str]] | None = None
    for said in list(statement.find_all(exp.MaskingPolicyColumnConstraint)):
        column: Any = said.find_ancestor(exp.ColumnDef)
        name, given = canonical(column.this), [canonical(one) for one in said.expressions or ()]
        columns[name] = _policy(session, MASKING, parts(said.this)), _beside(name, given)
        column.set("constraints", [one for one in column.args["constraints"] if one.kind is not said])
    for said in list(statement.find_all(exp.RowAccessProperty)):
        rows = _policy(session, ROW_ACCESS, parts(said.this)), [canonical(one) for one in said.expressions]
        said.pop()
    return Policies(columns, rows)


def read(session: SqlSession, reader: Reader) -> Policies:
    """What WITH ROW ACCESS POLICY says in a CREATE that only the account reads, cut out of what is read."""
    here, begun = reader.at, reader.find("ROW", before="AS")
    if begun is None:
        return Policies({}, None)
    reader.at = begun
    reader.expect(ROW_ACCESS)
    rows = _rows(session, reader)
    begun -= begun > here and reader.tokens[begun - 1].text.upper() == "WITH"
    del reader.tokens[begun : reader.at]
    reader.at = here
    return Policies({}, rows)


def read_column(session: SqlSession, reader: Reader, under: Policies) -> dict[str, Any]:
    """A column in the brackets of such a CREATE, whose masking policy is put among the policies; its name and type."""
    name = reader.path()[-1]
    type_ = reader.until("WITH", "MASKING", "PROJECTION", "TAG", "NOT", "COMMENT", ",", ")")
    reader.take("WITH")
    if reader.take(MASKING):
        under.columns[name] = _masks(session, reader, name)
    if reader.peek() not in (",", ")"):
        raise unsupported(f"{reader.peek().upper()} of the columns of dynamic tables")
    said = {"name": quote_identifier(name)}
    return said | {"datatype": type_} if type_ else said


@contextmanager
def putting(session: SqlSession, where: Mapping[str, str], under: Policies) -> Generator[Callable[[Any], Any]]:
    """What is made meanwhile is under its policies before anybody sees it. What is given is told what the making
    answered."""
    if not under.columns and under.rows is None:
        yield lambda answer: answer
        return

    def made(answer: Any) -> Any:
        if "already exists" not in str(answer):
            _need_value(session, table_path(where), under.rows)
            put_under(session, table_path(where), under)
        return answer

    with session.account.changing, session.account.engine.in_one_step():
        yield made


def _need_value(session: SqlSession, path: TablePath, rows: tuple[TablePath, list[str]] | None) -> None:
    """Of an external table, Snowflake lets a row access policy ask for VALUE alone."""
    external = session.account.engine.of_resource("external-table", path.database, path.schema)
    if rows is not None and path.name in external and rows[1] != ["VALUE"]:
        raise unsupported("row access policies of external tables on other columns than VALUE, as Snowflake doesn't")


def put_under(session: SqlSession, path: TablePath, policies: Policies) -> None:
    """Put a new table or view under its policies."""
    engine = session.engine
    for column, (policy, given) in policies.columns.items():
        engine.mask(path, column, policy, given)
    if policies.rows is not None:
        engine.filter_rows(path, *policies.rows)


def _beside(column: str, given: Sequence[str]) -> list[str]:
    """The columns that USING names beside the masked one, which comes first there."""
    if given and given[0] != column:
        raise compilation("003556", f"The first column of USING must be {shown(column)}, which is masked.")
    return list(given[1:])


def _policy(session: SqlSession, kind: str, parts: list[str]) -> TablePath:
    """A policy that who asks may apply."""
    path = _path(session, parts, "this statement")
    made = _find(session, kind, path)
    if made is None:
        raise _missing(kind, path)
    session.rights.need("APPLY", securables.of_made(made))
    return path


def _attach(session: SqlSession, reader: Reader) -> Result | None:
    begun, what = reader.at, reader.one_of("TABLE", "VIEW", "MATERIALIZED VIEW", *_OTHERS)
    if what is None or not any(reader.find_words(words) for words in (MASKING, ROW_ACCESS, "ROW ACCESS POLICIES")):
        reader.at = begun
        return None
    if_exists = reader.take("IF EXISTS")
    path = _path(session, reader.path(), f"ALTER {what}")
    if what == "TABLE" and reader.peek() == "ADD" and reader.peek(1) != "ROW":  # columns, which have policies
        reader.at = begun
        return None
    every = ("TABLE", *_OTHERS) if what == "TABLE" else (what.removeprefix("MATERIALIZED "),)
    found = next(
        filter(None, (securables.find(session.account, KINDS[one], attrs.astuple(path)) for one in every)), None
    )
    if found is None:
        if if_exists:
            return status(_DONE)
        raise missing(what.lower(), ".".join(map(shown, attrs.astuple(path))))
    changes = _changes(session, reader)
    reader.end()
    session.engine.commit()
    with session.account.engine.in_one_step():
        for kind, column, policy, given, force in changes:
            if session.rights.may(f"APPLY {kind}", THE_ACCOUNT):
                session.rights.need_to_reach(found)
            else:
                session.rights.need("OWNERSHIP", found)
            uses = session.account.engine.policy_uses(kind.lower(), on=path)
            for use in uses:  # which go
                if use.column == column and (old := _find(session, kind, use.policy)) is not None:
                    session.rights.need("APPLY", securables.of_made(old))
            if column is not None:
                session.engine.mask(path, column, policy, given, force=force)
                continue
            if policy is None and given and TablePath(*given) not in [use.policy for use in uses]:
                raise _missing(kind, TablePath(*given))
            _need_value(session, path, (policy, given) if policy is not None else None)
            session.engine.filter_rows(path, policy, given if policy is not None else ())
    return status(_DONE)


_Change = tuple[str, str | None, TablePath | None, list[str], bool]
"""A policy's kind, the column that is masked, the policy or None for none, the columns for it, and FORCE. Where a row
access policy goes, the names of its path stand for the columns."""


def _changes(session: SqlSession, reader: Reader) -> list[_Change]:
    if reader.take("DROP ALL ROW ACCESS POLICIES"):
        return [(ROW_ACCESS, None, None, [], False)]
    if reader.take("DROP ROW ACCESS POLICY"):
        gone = _path(session, reader.path(), "ALTER TABLE")
        dropped: _Change = (ROW_ACCESS, None, None, list(attrs.astuple(gone)), False)
        return [dropped, _added(session, reader)] if reader.take(",") else [dropped]
    if reader.peek() == "ADD":
        return [_added(session, reader)]
    reader.one_of("MODIFY", "ALTER")
    bracket, changes = reader.take("("), list[_Change]()
    while True:
        reader.take("COLUMN")
        column = reader.path()[-1]
        if reader.take("UNSET MASKING POLICY"):
            changes.append((MASKING, column, None, [], False))
        else:
            reader.expect("SET MASKING POLICY")
            changes.append((MASKING, column, *_masks(session, reader, column), reader.take("FORCE")))
        if not reader.take(","):
            break
        reader.one_of("MODIFY", "ALTER")
    if bracket:
        reader.expect(")")
    return changes


def _added(session: SqlSession, reader: Reader) -> _Change:
    reader.expect("ADD ROW ACCESS POLICY")
    return ROW_ACCESS, None, *_rows(session, reader), False


def _masks(session: SqlSession, reader: Reader, column: str) -> tuple[TablePath, list[str]]:
    """From behind MASKING POLICY: the policy, and the columns that it is given beside this one."""
    policy = _policy(session, MASKING, reader.path())
    given = [one[-1] for one in reader.several(reader.path)] if reader.take("USING") else []
    return policy, _beside(column, given)


def _rows(session: SqlSession, reader: Reader) -> tuple[TablePath, list[str]]:
    """From behind ROW ACCESS POLICY: the policy, and the columns that it is given."""
    policy = _policy(session, ROW_ACCESS, reader.path())
    reader.expect("ON")
    return policy, [one[-1] for one in reader.several(reader.path)]


# Where they are


def _path(session: SqlSession, parts: list[str], statement: str) -> TablePath:
    return table_path(place(session, TABLE, parts, statement))


def _find(session: SqlSession, kind: str, path: TablePath) -> Made | None:
    return session.account.engine.find_made(kind.lower(), path)


def _missing(kind: str, path: TablePath) -> Exception:
    return missing(kind.lower(), ".".join(map(shown, attrs.astuple(path))))
