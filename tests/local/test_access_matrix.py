"""Who may do what: each statement with all that it needs, by roles that have that by whatever way, or lack one of it.

A line is a statement and the privileges that it needs beside USAGE on the database and the schema, as Snowflake's pages
say. From it follows how the statement goes for eleven roles and through each door.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial

import attrs
import orjson
import pytest
import snowflake.connector

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer
from snowcore.local.objects.access import context_of
from snowcore.local.sql import SqlSession

from .conftest import OK, Door, door_of

PASSWORD = "the server's own password"
ALL, LAST = slice(None), slice(-1, None)
LOOKING = ("describe", "show", "grant", "select get_ddl")
"""What a role may do that may grant everything."""
REFUSED = {"002003", "002043", "002140", "003001", "003013", "003041", "091089"}
"""What Snowflake says of what isn't there for a role, or that it may not do."""

BEFORE = """
create table d.s.t (a int primary key, b varchar)
create table d.s.t2 (a int primary key, b varchar)
create view d.s.v as select a from d.s.t
create materialized view d.s.mv as select a from d.s.t
create sequence d.s.q
create file format d.s.ff type = csv
create stage d.s.st directory = (enable = true)
create function d.s.f(x int) returns int as 'x'
create procedure d.s.p() returns int language sql as 'begin return 1; end'
create task d.s.k warehouse = w as select 1
create alert d.s.al warehouse = w schedule = '1 minute' if (exists (select 1)) then select 1
create dynamic table d.s.dt target_lag = '1 day' warehouse = w as select a from d.s.t
create stream d.s.sm on table d.s.t
create pipe d.s.pi as copy into d.s.t from @d.s.st
create tag d.s.tg
create masking policy d.s.mp as (x int) returns int -> x
create row access policy d.s.rap as (x int) returns boolean -> true
create secret d.s.se type = generic_string secret_string = 'x'
create network rule d.s.nr type = ipv4 mode = ingress value_list = ('1.1.1.1')
create image repository d.s.ir
create event table d.s.et
create database role d.dr
"""

T, T2, ST, W, S = "on table d.s.t", "on table d.s.t2", "on stage d.s.st", "on warehouse w", "on schema d.s"
LINES = f"""
select * from d.s.t | select {T}
select count(*) from d.s.t | select {T}
select * from d.s.v | select on view d.s.v
select * from d.s.mv | select on view d.s.mv
select * from d.s.dt | select on dynamic table d.s.dt
select * from d.s.et | select on event table d.s.et
select * from d.s.sm | select on stream d.s.sm, select {T}
with x as (select * from d.s.t) select * from x join d.s.t2 using (a) | select {T}, select {T2}
explain select * from d.s.t | select {T}
describe table d.s.t | references {T}
show columns in table d.s.t | references {T}
select get_ddl('table', 'd.s.t') | references {T}
insert into d.s.t values (1, 'x') | insert {T}
insert into d.s.t select * from d.s.t2 | insert {T}, select {T2}
insert overwrite into d.s.t values (1, 'x') | insert {T}, delete {T}
update d.s.t set b = 'y' | update {T}
update d.s.t set b = t2.b from d.s.t2 where t2.a = 1 | update {T}, select {T2}
delete from d.s.t | delete {T}
truncate table d.s.t | truncate {T}
merge into d.s.t using d.s.t2 on t.a = t2.a when matched then update set b = t2.b | update {T}, select {T2}
drop table d.s.t | ownership {T} | undrop table d.s.t
alter table d.s.t set comment = 'x' | ownership {T}
alter table d.s.t rename to d.s.x | ownership {T} | alter table d.s.x rename to d.s.t
alter table d.s.t add column c int | ownership {T} | alter table d.s.t drop column c
comment on table d.s.t is 'x' | ownership {T}
alter table d.s.t cluster by (a) | ownership {T}
alter table d.s.t add foreign key (a) references d.s.t2 (a) | ownership {T}, references {T2} |
    alter table d.s.t drop foreign key (a)
create table d.s.n (a int) | create table {S}
create table d.s.n (a int references d.s.t (a)) | create table {S}, references {T}
create table d.s.n as select * from d.s.t | create table {S}, select {T}
create table d.s.n clone d.s.t | create table {S}, select {T}
create table d.s.n like d.s.t | create table {S}, select {T}
create or replace view d.s.n as select * from d.s.t | create view {S}, select {T}
create dynamic table d.s.n target_lag = '1 day' warehouse = w as select a from d.s.t |
    create dynamic table {S}, select {T}, usage {W}
alter dynamic table d.s.dt refresh | operate on dynamic table d.s.dt
alter dynamic table d.s.dt suspend | operate on dynamic table d.s.dt
select d.s.q.nextval | usage on sequence d.s.q
create sequence d.s.n | create sequence {S}
create file format d.s.n type = csv | create file format {S}
create stage d.s.n | create stage {S}
create stream d.s.n on table d.s.t | create stream {S}, select {T}
create tag d.s.n | create tag {S}
create masking policy d.s.n as (x int) returns int -> x | create masking policy {S}
create row access policy d.s.n as (x int) returns boolean -> true | create row access policy {S}
create secret d.s.n type = generic_string secret_string = 'x' | create secret {S}
create function d.s.n() returns int as '1' | create function {S}
create procedure d.s.n() returns int language sql as 'begin return 1; end' | create procedure {S}
create task d.s.n warehouse = w as select 1 | create task {S}, usage {W}
create alert d.s.n warehouse = w schedule = '1 minute' if (exists (select 1)) then select 1 |
    create alert {S}, usage {W}
create pipe d.s.n as copy into d.s.t from @d.s.st | create pipe {S}, select {T}, insert {T}, read {ST}
create schema d.n | only create schema on database d
create database role d.n | only create database role on database d
create database n | only create database on account
create warehouse n | only create warehouse on account
create role n | only create role on account
create user n | only create user on account
create network policy n | only create network policy on account
alter table d.s.t add search optimization | ownership {T}, add search optimization {S} |
    alter table d.s.t drop search optimization
create view d.s.n as select * from d.s.v | create view {S}, select on view d.s.v
create stream d.s.n on view d.s.v | create stream {S}, select on view d.s.v
drop view d.s.v | ownership on view d.s.v | create or replace view d.s.v as select a from d.s.t
drop warehouse w | only ownership on warehouse w | create warehouse w
select get_ddl('task', 'd.s.k') | monitor on task d.s.k
copy into d.s.t from @d.s.st file_format = (format_name = 'd.s.ff') |
    insert {T}, read {ST}, usage on file format d.s.ff
copy into d.s.t from @d.s.st | insert {T}, read {ST}
copy into @d.s.st from d.s.t overwrite = true | select {T}, read; write {ST}
select $1 from @d.s.st | read {ST}
select * from directory(@d.s.st) | read {ST}
list @d.s.st | read {ST}
remove @d.s.st | read; write {ST}
describe stage d.s.st | read {ST}
alter stage d.s.st set comment = 'x' | ownership {ST}
select d.s.f(1) | usage on function d.s.f(int)
describe function d.s.f(int) | usage on function d.s.f(int)
call d.s.p() | usage on procedure d.s.p()
drop function d.s.f(int) | ownership on function d.s.f(int) |
    create function if not exists d.s.f(x int) returns int as 'x'
execute task d.s.k | operate on task d.s.k
alter task d.s.k suspend | operate on task d.s.k
describe task d.s.k | monitor on task d.s.k
show parameters for task d.s.k | monitor on task d.s.k
alter task d.s.k set comment = 'x' | ownership on task d.s.k
create task d.s.n warehouse = w after d.s.k as select 1 | create task {S}, usage {W}, ownership on task d.s.k
execute alert d.s.al | operate on alert d.s.al
alter alert d.s.al suspend | operate on alert d.s.al
describe alert d.s.al | monitor on alert d.s.al
alter pipe d.s.pi set pipe_execution_paused = true | operate on pipe d.s.pi
describe pipe d.s.pi | monitor on pipe d.s.pi
select system$pipe_status('d.s.pi') | monitor on pipe d.s.pi
alter table d.s.t set tag d.s.tg = 'x' | ownership {T}, apply on tag d.s.tg | alter table d.s.t unset tag d.s.tg
alter table d.s.t modify column a set masking policy d.s.mp | ownership {T}, apply on masking policy d.s.mp |
    alter table d.s.t modify column a unset masking policy
alter table d.s.t modify column a set masking policy d.s.mp force | apply masking policy on account |
    alter table d.s.t modify column a unset masking policy
alter table d.s.t add row access policy d.s.rap on (a) | ownership {T}, apply on row access policy d.s.rap |
    alter table d.s.t drop all row access policies
describe masking policy d.s.mp | apply on masking policy d.s.mp
describe masking policy d.s.mp | apply masking policy on account
describe table d.s.t | apply masking policy on account
show parameters for task d.s.k | monitor execution on account
describe warehouse w | only monitor usage on account
describe row access policy d.s.rap | apply row access policy on account
select get_ddl('policy', 'd.s.mp') | apply on masking policy d.s.mp
select get_ddl('policy', 'd.s.rap') | ownership on row access policy d.s.rap
describe secret d.s.se | usage on secret d.s.se
describe network rule d.s.nr | usage on network rule d.s.nr
use warehouse w | only usage {W}
alter warehouse w set comment = 'x' | only modify {W}
alter warehouse w set comment = 'x' | only manage warehouses on account
alter warehouse w resume if suspended | only operate {W}
alter warehouse w abort all queries | only operate {W}
alter warehouse w resume if suspended | only manage warehouses on account
describe warehouse w | only monitor {W}
alter schema d.s set comment = 'x' | modify {S}
alter schema d.s enable managed access | ownership {S} | alter schema d.s disable managed access
alter database d rename to d9 | only ownership on database d, create database on account | alter database d9 rename to d
alter database d set comment = 'x' | only modify on database d
grant select {T} to role public | ownership {T} | revoke select {T} from role public
grant select {T} to role public | only manage grants on account | revoke select {T} from role public
grant select on future tables in schema d.s to role public | only manage grants on account |
    revoke select on future tables in schema d.s from role public
grant role b to role public | only ownership on role b | revoke role b from role public
grant database role d.dr to role b | only ownership on database role d.dr | revoke database role d.dr from role b
"""


IN = "databases/d/schemas/s"
GRANTED = '{"securable":{"database":"d","schema":"s","name":"t"},"securable_type":"TABLE","privileges":["SELECT"]}'
SOURCE = '{"src_type":"table","name":"t","database_name":"d","schema_name":"s"}'
LAG = '"target_lag":{"type":"USER_DEFINED","seconds":86400}'
OF_SQL = '"arguments":[],"return_type":{"type":"DATATYPE","datatype":"int"},"language_config":{"language":"SQL"}'
RESOURCES = f"""
GET {IN}/tables/t | references {T}
DELETE {IN}/tables/t | ownership {T} | undrop table d.s.t
POST {IN}/tables {{"name":"n","columns":[{{"name":"a","datatype":"int"}}]}} | create table {S} | drop table d.s.n
POST {IN}/tables/t:clone {{"name":"n"}} | create table {S}, select {T} | drop table d.s.n
POST {IN}/tables/t:swap-with?targetName=t2 | ownership {T}, ownership {T2} | alter table d.s.t swap with d.s.t2
POST {IN}/views {{"name":"n","columns":[{{"name":"a"}}],"query":"select a from d.s.t"}} |
    create view {S}, select {T} | drop view d.s.n
GET {IN}/views/v | references on view d.s.v
POST {IN}/stages {{"name":"n"}} | create stage {S} | drop stage d.s.n
GET {IN}/stages/st | read {ST}
GET {IN}/stages/st/files | read {ST}
DELETE {IN}/stages/st | ownership {ST} | create stage if not exists d.s.st directory = (enable = true)
POST {IN}/tasks {{"name":"n","definition":"select 1","warehouse":"w"}} | create task {S}, usage {W} | drop task d.s.n
PUT {IN}/tasks/k {{"name":"k","definition":"select 1","warehouse":"w"}} | ownership on task d.s.k, usage {W}
POST {IN}/tasks/k:execute | operate on task d.s.k
POST {IN}/tasks/k:suspend | operate on task d.s.k
GET {IN}/tasks/k | monitor on task d.s.k
POST {IN}/pipes {{"name":"n","copy_statement":"copy into d.s.t from @d.s.st"}} |
    create pipe {S}, select {T}, insert {T}, read {ST} | drop pipe d.s.n
POST {IN}/streams {{"name":"n","stream_source":{SOURCE}}} |
    create stream {S}, select {T} | drop stream d.s.n
POST {IN}/dynamic-tables {{"name":"n",{LAG},"warehouse":"w","query":"select a from d.s.t"}} |
    create dynamic table {S}, select {T}, usage {W} | drop dynamic table d.s.n
POST {IN}/dynamic-tables/dt:refresh | operate on dynamic table d.s.dt
POST {IN}/procedures {{"name":"n",{OF_SQL},"body":"begin return 1; end"}} |
    create procedure {S} | drop procedure d.s.n()
POST {IN}/procedures/p():call {{"call_arguments":[]}} | usage on procedure d.s.p()
POST {IN}/user-defined-functions {{"name":"n",{OF_SQL},"body":"1"}} |
    create function {S} | drop function d.s.n()
GET {IN}/user-defined-functions/f(NUMBER) | usage on function d.s.f(int)
POST {IN}/tags {{"name":"n"}} | create tag {S} | drop tag d.s.n
POST {IN}/sequences {{"name":"n"}} | create sequence {S} | drop sequence d.s.n
POST {IN}/image-repositories {{"name":"n"}} | create image repository {S} | drop image repository d.s.n
POST {IN}/network-rules {{"name":"n","type":"IPV4","mode":"INGRESS","value_list":["1.1.1.1"]}} |
    create network rule {S} | drop network rule d.s.n
POST {IN}/secrets {{"name":"n","type":"GENERIC_STRING","secret_string":"x"}} | create secret {S} | drop secret d.s.n
POST databases/d/schemas {{"name":"n"}} | only create schema on database d | drop schema d.n
DELETE {IN} | ownership {S} | undrop schema d.s
PUT {IN} {{"name":"s","comment":"x"}} | ownership {S}
POST databases/d/database-roles {{"name":"n"}} | only create database role on database d | drop database role d.n
POST databases/d/database-roles/dr/grants {GRANTED} |
    ownership {T} | revoke select {T} from database role d.dr
POST databases {{"name":"n"}} | only create database on account | drop database n
POST warehouses {{"name":"n"}} | only create warehouse on account | drop warehouse n
POST warehouses/w:suspend | only operate {W} | alter warehouse w resume
POST warehouses/w:abort | only operate {W}
GET warehouses/w | only monitor {W}
POST roles {{"name":"n"}} | only create role on account | drop role n
POST users {{"name":"n"}} | only create user on account | drop user n
POST roles/b/grants {GRANTED} |
    ownership {T} | revoke select {T} from role b
POST roles/public/grants {{"securable":{{"name":"b"}},"securable_type":"ROLE"}} | only ownership on role b |
    revoke role b from role public
POST network-policies {{"name":"n"}} | only create network policy on account | drop network policy n
POST compute-pools {{"name":"n","min_nodes":1,"max_nodes":1,"instance_family":"CPU_X64_XS"}} |
    only create compute pool on account | drop compute pool n
"""
"""Of REST: a request with its body, what it needs, and what takes it back."""


USAGE = ["usage on database d", "usage on schema d.s"]


Line = tuple[str, list[str], str]
"""What is done, all that it needs, and what takes it back."""


def _lines(table: str = LINES) -> Iterator[Line]:
    for line in table.strip().replace("|\n    ", "| ").splitlines():
        text, needs, undo = (*(part.strip() for part in line.split(" | ")), "")[:3]
        if made := re.match(r"create (?:or replace )?(.+?) ((?:d\.s\.|d\.)?n\b(?:\(\))?)", text):
            undo = f"drop {made[1]} if exists {made[2]}"
        usage = [] if needs.startswith("only ") else USAGE
        yield text, [*usage, *(need.replace(";", ",") for need in needs.removeprefix("only ").split(", "))], undo


@pytest.fixture(scope="module")
def account() -> Iterator[LocalAccount]:
    with LocalAccount() as account:
        for text in (
            "create warehouse w",
            "create database d",
            "create schema d.s",
            *BEFORE.strip().splitlines(),
            *(f"create role {role}" for role in ("r", "giver", "other", "b")),
            "create user u password = 'sesame' default_role = r default_secondary_roles = ()",
            *(f"grant role {role} to user u" for role in ("r", "other")),
            *(f"grant role {role} to role sysadmin" for role in ("r", "giver", "other", "b")),
            "create database code",
            "grant usage on database code to role public",
            "grant usage on schema code.public to role public",
            "grant create procedure, create task on schema code.public to role r",
            "grant execute task, execute managed task on account to role r",
        ):
            account.execute(text)
        with _as(account, "R") as session:
            for rights, name in (("caller", "callers"), ("owner", "owners")):
                session.execute(
                    f"create procedure code.public.{name}(text varchar) returns varchar language sql"
                    f" execute as {rights} as 'begin execute immediate text; end'"
                )
            session.execute("grant usage on procedure code.public.owners(varchar) to role other")
        yield account


@contextmanager
def _as(account: LocalAccount, role: str, *, secondary: bool = False) -> Generator[SqlSession]:
    who = attrs.evolve(context_of(account, "U", role), secondary=secondary)
    session = account._open_session(who)  # pyright: ignore[reportPrivateUsage]
    try:
        yield session
    finally:
        session.close()


def _code(session: SqlSession, text: str, *binds: str) -> str:
    try:
        session.execute(text, list(binds))
    except AccountError as error:
        return error.code
    return OK


class Matrix:
    """An account in which a role gets and loses privileges, and what went otherwise than it should."""

    def __init__(self, account: LocalAccount) -> None:
        self.account, self.admin, self.tried = account, account.session(), 0
        self.wrong: list[tuple[str, str, str]] = []

    def check(self, line: Line, how: str, goes: bool, door: Door) -> None:
        """Run a statement, and take back what it did."""
        text, _, undo = line
        code = door(text)
        self.tried += 1
        if code == OK and undo:
            self.admin.execute(undo)
        if code not in ({OK} if goes else REFUSED):
            self.wrong.append((text, how, code))

    @contextmanager
    def given(self, needs: Sequence[str], to: str = "role r") -> Generator[None]:
        for need in needs:
            self._turn(True, need, to)
        yield
        for need in reversed(needs):
            self._turn(False, need, to)

    def check_each(self, line: Line, door: Door, lacking: slice = ALL) -> None:
        """Run a statement with all that it needs, and with all but one of it, each in turn."""
        needs = line[1]
        self.check(line, "all", True, door)
        for need in needs[lacking]:
            others = [one for one in needs if one != need]
            if need != USAGE[1] or not any("on schema" in other for other in others):  # any privilege on it will do
                self._turn(False, need)
                self.check(line, f"all but {need}", False, door)
                self._turn(True, need)

    def _turn(self, on: bool, need: str, to: str = "role r") -> None:
        if need.startswith("ownership"):
            self.admin.execute(f"grant {need} to {to if on else 'role accountadmin'} copy current grants")
        else:
            self.admin.execute(f"grant {need} to {to}" if on else f"revoke {need} from {to}")


def test_who_may_by_whatever_way(account: LocalAccount) -> None:
    matrix = Matrix(account)

    def run(role: str, text: str, *, secondary: bool = False) -> str:
        with _as(account, role, secondary=secondary) as session:
            return _code(session, text)

    mine = partial(run, "R")
    for line in _lines():
        text, needs, _ = line
        matrix.check(line, "nothing", False, mine)
        with matrix.given(["manage grants on account"]):
            matrix.check(line, "manage", text.startswith(LOOKING) or "manage grants on account" in needs, mine)
        with matrix.given(needs):
            matrix.check_each(line, mine)
            makes = any(need.startswith("create") for need in needs)  # which the primary role alone may
            matrix.check(line, "secondary", not makes, partial(run, "OTHER", secondary=True))
        with matrix.given(["role giver"]), matrix.given(needs, "role giver"):
            matrix.check(line, "inherited", True, mine)
        if not any("account" in need or "warehouse" in need or need.startswith("ownership") for need in needs):
            with matrix.given(["database role d.dr"]), matrix.given(needs, "database role d.dr"):
                matrix.check(line, "a database role's", True, mine)
    assert not matrix.wrong, "\n".join(map(str, matrix.wrong))
    assert matrix.tried > 700


@contextmanager
def _connector(account: LocalAccount) -> Generator[Door]:
    with LocalServer(account, password=PASSWORD) as server:
        place = {"account": "local", "host": server.host, "port": server.port, "protocol": "http"}
        with snowflake.connector.connect(**place, user="U", password="sesame") as connection:
            yield door_of(connection)


@contextmanager
def _sql_api(account: LocalAccount) -> Generator[Door]:
    who = context_of(account, "U")

    def post(text: str) -> str:
        content = orjson.dumps({"statement": text})
        status, _, answer = account.handle_request("POST", "/api/v2/statements", {}, content, who)
        return OK if status == 200 else orjson.loads(answer)["code"]

    yield post


@contextmanager
def _procedure(account: LocalAccount, name: str, role: str) -> Generator[Door]:
    with _as(account, role) as session:
        yield lambda text: _code(session, f"call code.public.{name}(?)", text)


@contextmanager
def _task(account: LocalAccount) -> Generator[Door]:
    with _as(account, "R") as session:

        def run(text: str) -> str:
            session.execute(f"create or replace task code.public.k as {text}")
            session.execute("execute task code.public.k await")
            ((code,),) = session.execute(
                "select error_code from table(code.information_schema.task_history(task_name => 'K'))"
                " order by query_start_time desc limit 1"
            ).rows
            return f"{int(code):06}" if code else OK

        yield run


DOORS: dict[str, Callable[[LocalAccount], AbstractContextManager[Door]]] = {
    "connector": _connector,
    "SQL API": _sql_api,
    "a procedure with its caller's rights": partial(_procedure, name="callers", role="R"),
    "a procedure with its owner's rights": partial(_procedure, name="owners", role="OTHER"),
    "a task": _task,
}


@pytest.mark.parametrize("name", DOORS)
def test_who_may_from_every_door(account: LocalAccount, name: str) -> None:
    matrix = Matrix(account)
    with DOORS[name](account) as door:
        lines = [one for one in _lines() if not one[0].startswith("use ")]  # which code doesn't do for others
        for line in lines[:: 4 if name == "a task" else 1]:  # since each is a run
            with matrix.given(line[1]):
                matrix.check_each(line, door, LAST)
    assert not matrix.wrong, "\n".join(map(str, matrix.wrong))


def test_who_may_over_rest(account: LocalAccount) -> None:
    matrix, who = Matrix(account), context_of(account, "U")

    def ask(text: str) -> str:
        method, path, content = (*text.split(" ", 2), "")[:3]
        status, _, answer = account.handle_request(method, f"/api/v2/{path}", {}, content.encode() or None, who)
        return OK if status < 300 else orjson.loads(answer)["code"]

    for line in _lines(RESOURCES):
        matrix.check(line, "nothing", False, ask)
        with matrix.given(line[1]):
            matrix.check_each(line, ask)
    assert not matrix.wrong, "\n".join(map(str, matrix.wrong))
    assert matrix.tried > 180


def test_secondary_roles_by_name(account: LocalAccount) -> None:
    with _as(account, "OTHER") as session:
        account.execute("grant role b to user u")
        session.execute("use secondary roles r, b")
        told = '{"roles":"B,R","value":"B,R"}'
        assert session.execute("select current_secondary_roles()").rows == [(told,)]
        assert session.rights.names >= {"R", "B", "OTHER"}
        session.execute("use secondary roles b")
        assert "R" not in session.rights.names
        assert _code(session, "use secondary roles giver") == "003013"
        assert _code(session, "use secondary roles r, none_such") == "002043"


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["grant write {} to role b"], "003511"),
        (["grant read, write {} to role b", "revoke read {} from role b"], "003512"),
        (["revoke read, write {} from role b"], OK),
    ],
)
@pytest.mark.parametrize("on", ["on stage d.s.st", "on future stages in schema d.s"])
def test_who_writes_to_a_stage_may_read_it(account: LocalAccount, on: str, texts: list[str], code: str) -> None:
    with account.session() as admin:
        assert [_code(admin, text.format(on)) for text in texts][-1] == code


def test_privileges_of_a_user(account: LocalAccount) -> None:
    """They count where all secondary roles do."""
    read = "select * from d.s.t"
    for text in ("usage on database d", "usage on schema d.s", "select on table d.s.t"):
        account.execute(f"grant {text} to user u")
    with _as(account, "OTHER") as session:
        assert _code(session, read) in REFUSED
        session.execute("use secondary roles r")
        assert _code(session, read) in REFUSED
        session.execute("use secondary roles all")
        assert _code(session, read) == OK
        columns = [column.name for column in session.execute("show grants to user u").columns]
        assert columns[1:5] == ["privilege", "granted_on", "name", "role"]
        rows = [tuple(row[1:7]) for row in session.execute("show grants to user u").rows]
        assert {("USAGE", "ROLE", "R", "R", "USER", "U"), ("SELECT", "TABLE", "D.S.T", "", "USER", "U")} <= {*rows}
        account.execute("revoke all on table d.s.t from user u")
        assert _code(session, read) in REFUSED
    assert _code(account.session(), "grant select on future tables in schema d.s to user u") == "000002"


def test_functions_that_ask_for_roles(account: LocalAccount) -> None:
    """In a view, the invoker is the role that owns it, while the session keeps its own."""
    asked = "is_granted_to_invoker_role('B'), is_database_role_in_session('DR'), invoker_role(), invoker_share()"
    with account.session(database="D", schema="S") as admin:
        admin.execute(f"create or replace view asked (a, b, c, d) as select {asked}")
        admin.execute("grant ownership on view asked to role b")
        admin.execute("grant database role d.dr to role r")
        assert admin.execute("select * from asked").rows == [(True, True, "B", None)]
        assert admin.execute(f"select {asked}").rows == [(True, True, "ACCOUNTADMIN", None)]
        admin.execute("revoke database role d.dr from role r")
        assert admin.execute("select * from asked").rows == [(True, False, "B", None)]
        admin.execute("drop view asked")
