"""`python -m tests.soak`: is what was acknowledged there after kill -9, whatever was going on?

Clients change a served account, each what is its own, and each notes what was acknowledged and what it has asked for
since. After some answers the server is killed; the account is opened anew and must be, for every client, as it was
acknowledged or as it was asked last: nothing in between. Then the next round goes on from there.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import httpx

from snowcore.local import LocalAccount

from .e2e.conftest import Served, Servers

State = dict[Any, Any]


class Round:
    """A server, and the answer after which it is killed."""

    def __init__(self, served: Served, answers: int, seconds: float) -> None:
        self.served, self.answers = served, answers
        self.wrong: list[str] = []
        self.killed = threading.Event()
        self._count, self._lock = 0, threading.Lock()
        self._watch = threading.Timer(seconds, self.kill)
        self._watch.start()

    def kill(self) -> None:
        self.killed.set()
        self.served.process.send_signal(signal.SIGKILL)

    def answered(self) -> None:
        with self._lock:
            self._count += 1
            if self._count == self.answers:  # the others are in the middle of something
                self.kill()

    def fail(self, text: str) -> None:
        self.wrong.append(text)
        self.kill()

    def close(self) -> None:
        self._watch.cancel()
        if (code := self.served.process.wait(30)) != -signal.SIGKILL:
            self.wrong.append(f"The server ended by itself, with {code}")

    def play(self, clients: Iterable[Client]) -> None:
        def go_on(client: Client) -> None:
            try:
                client.begin(self)
                while not self.killed.is_set():
                    client.step()
            except httpx.HTTPError as error:
                if not self.killed.is_set():
                    self.fail(f"{client} was left without an answer: {error!r}")
            except Exception as error:
                self.fail(f"{client}: {error!r}")

        every = list(clients)
        with ThreadPoolExecutor(len(every)) as threads:
            list(threads.map(go_on, every))


class Client:
    """Changes what is its own, and knows what there may be of it."""

    tables: tuple[str, ...] = ()
    """What all clients of the kind share, made before the first round."""

    def __init__(self, number: int, chance: random.Random, folder: Path) -> None:
        self.number, self.chance, self.folder = number, chance, folder
        self.known: State = {}
        self.asked: State = self.known
        self.count = 0

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.number}"

    def prepare(self) -> list[str]:
        """The statements that make what the client alone has, before the first round."""
        return []

    def begin(self, round_: Round) -> None:
        self.round = round_
        self.sql = round_.served.login("5.0")
        self.count += 1000  # a round's values are no other's

    def step(self) -> None:
        raise NotImplementedError

    def ask(self, state: State, send: Callable[[], object]) -> None:
        """Ask for a state; it is known once that is answered."""
        self.asked = state
        send()
        self.known = state
        self.round.answered()

    def rest(self, method: str, path: str, body: object = None, **params: str) -> None:
        bearer = {"Authorization": f"Bearer {self.round.served.password}"}
        answer = self.sql.http.request(method, f"/api/v2/{path}", json=body, params=params, headers=bearer)
        assert answer.status_code == 200, (method, path, answer.text)

    def put(self, stage: str, name: str, content: bytes) -> None:
        """Put a file into a stage."""
        told = self.sql.run(f"put 'file://{self.folder / name}' {stage} auto_compress = false overwrite = true")
        # The connection that holds the session would tell the store its token.
        answer = httpx.put(told["stageInfo"]["presignedUrl"], content=content, timeout=60, trust_env=False)
        assert answer.status_code == 200, answer.text

    def new(self, count: int) -> list[int]:
        self.count += count
        return list(range(self.count - count, self.count))

    def seen(self, account: LocalAccount) -> State:
        raise NotImplementedError

    def settle(self, account: LocalAccount) -> str | None:
        """What is wrong in the account; from now on what it has is known."""
        seen = self.seen(account)
        fault = None
        if seen not in (self.known, self.asked):
            fault = f"{self}:\n  known {self.known}\n  asked {self.asked}\n  seen  {seen}"
        self.known = self.asked = seen
        return fault


class Rows(Client):
    """Rows of a table that another client changes, too."""

    tables = tuple(f"d.public.rows_{number}" for number in range(4))

    def step(self) -> None:
        table, mine = self.tables[self.number % len(self.tables)], f"owner = {self.number}"
        word = f"w{self.chance.randrange(1000)}"
        match self.chance.randrange(5):
            case 0 | 1:
                new = self.new(self.chance.choice((1, 5, 200)))
                rows = ", ".join(f"({self.number}, {key}, '{word}')" for key in new)
                text, state = f"insert into {table} values {rows}", self.known | dict.fromkeys(new, word)
            case 2:
                text, state = f"update {table} set word = '{word}' where {mine}", dict.fromkeys(self.known, word)
            case 3:
                state = {key: value for key, value in self.known.items() if key % 3}
                text = f"delete from {table} where {mine} and key % 3 = 0"
            case _:
                keys = [*list(self.known)[:3], *self.new(2)]
                rows = ", ".join(f"({key}, '{word}')" for key in keys)
                text = f"""merge into {table} t using (select column1 key, column2 word from values {rows}) s
                    on t.key = s.key and t.{mine} when matched then update set word = s.word
                    when not matched then insert (owner, key, word) values ({self.number}, s.key, s.word)"""
                state = self.known | dict.fromkeys(keys, word)
        self.ask(state, lambda: self.sql(text))

    def seen(self, account: LocalAccount) -> State:
        table = self.tables[self.number % len(self.tables)]
        rows = account.execute(f"select key, word from {table} where owner = {self.number}")
        assert len(rows) == len({key for key, _ in rows}), f"{self}: a row is there twice"
        return dict(rows)


class Moves(Client):
    """Rows that transactions move between two databases; none is ever in both, or in none."""

    tables = ("d.public.moves", "e.public.moves")

    def step(self) -> None:
        state = dict(self.known)
        self.sql("begin")
        for key in self.new(2):
            state[key] = table = self.chance.choice(self.tables)
            self.sql(f"insert into {table} values ({self.number}, {key}, '')")
        # Rows leave the tables in one order, or two transactions would wait for each other.
        leaving = self.chance.sample(list(self.known), min(len(self.known), 2))
        for key in sorted(leaving, key=lambda key: self.known[key]):
            mine = f"owner = {self.number} and key = {key}"
            target = next(table for table in self.tables if table != state[key])
            self.sql(f"insert into {target} select * from {state[key]} where {mine}")
            self.sql(f"delete from {state[key]} where {mine}")
            state[key] = target
        if self.chance.random() < 0.3:
            self.ask(self.known, lambda: self.sql("rollback"))
        else:
            self.ask(state, lambda: self.sql("commit"))

    def seen(self, account: LocalAccount) -> State:
        found: State = {}
        for table in self.tables:
            for (key,) in account.execute(f"select key from {table} where owner = {self.number}"):
                found[key] = table if key not in found else f"{found[key]} and {table}"
        return found


@attrs.frozen
class Shape:
    """A table."""

    columns: dict[str, str]
    """Their comments, by name."""
    keys: dict[str, str]
    """Their columns, by name."""
    comment: str
    rows: int


class Tables(Client):
    """Tables by SQL and by REST: their columns, keys, comments and rows."""

    def step(self) -> None:
        name = f"T{self.number}_{self.chance.randrange(4)}"
        table, word = f"d.public.{name}", f"c{self.new(1)[0]}"
        if name not in self.known or self.chance.random() < 0.15:
            return self._make(name, word)
        old, state = self.known[name], dict(self.known)
        name_of, column = word.upper(), self.chance.choice(list(old.columns))
        others = {other: said for other, said in old.columns.items() if other != column}
        left = {key: of for key, of in old.keys.items() if of != column}
        match self.chance.randrange(11):
            case 0 | 1:
                text = f"alter table {table} add column {word} varchar(7) comment '{word}'"
                state[name] = attrs.evolve(old, columns=old.columns | {name_of: word})
            case 2 if column != "A":
                text = f"alter table {table} rename column {column} to {word}"
                keys = {key: name_of if of == column else of for key, of in old.keys.items()}
                state[name] = attrs.evolve(old, columns=others | {name_of: old.columns[column]}, keys=keys)
            case 3 if column != "A":
                text = f"alter table {table} drop column {column}"
                state[name] = attrs.evolve(old, columns=others, keys=left)
            case 4:
                text = f"alter table {table} add constraint {word} unique ({column})"
                state[name] = attrs.evolve(old, keys=old.keys | {name_of: column})
            case 5:
                text, state[name] = f"comment on table {table} is '{word}'", attrs.evolve(old, comment=word)
            case 6:
                text, state[name] = f"truncate table {table}", attrs.evolve(old, rows=0)
            case 7:
                return self._drop(name)
            case 8:
                text = f"alter table {table} rename to d.public.{name}R"
                if f"{name}R" in state:
                    text = f"alter table {table} swap with d.public.{name}R"
                    state[name], state[f"{name}R"] = state[f"{name}R"], state[name]
                else:
                    state[f"{name}R"] = state.pop(name)
            case _:
                columns = (others if column != "A" else old.columns) | {name_of: word, "A": word}
                state[name] = Shape(columns, {key: of for key, of in old.keys.items() if of in columns}, word, old.rows)
                return self.ask(state, lambda: self._put(name, state[name]))
        return self.ask(state, lambda: self.sql(text))

    def _make(self, name: str, word: str) -> None:
        if self.known and self.chance.random() < 0.3:
            source = self.chance.choice(list(self.known))
            text, made = f"create or replace table d.public.{name} clone d.public.{source}", self.known[source]
        else:
            rows = self.chance.randrange(100)
            text, made = (
                f"create or replace table d.public.{name} (a int) comment = '{word}'",
                Shape({"A": ""}, {}, word, rows),
            )
            if rows:
                text += f" as select seq4() from table(generator(rowcount => {rows}))"
        self.ask(self.known | {name: made}, lambda: self.sql(text))

    def _drop(self, name: str) -> None:
        before = self.known
        left = {other: shape for other, shape in before.items() if other != name}
        self.ask(left, lambda: self.sql(f"drop table d.public.{name}"))
        if self.chance.random() < 0.5:
            self.ask(before, lambda: self.sql(f"undrop table d.public.{name}"))

    def _put(self, name: str, shape: Shape) -> None:
        kinds = {"A": "int"}
        columns = [
            {"name": one, "datatype": kinds.get(one, "varchar(7)"), "comment": said}
            for one, said in shape.columns.items()
        ]
        keys = [{"name": key, "constraint_type": "UNIQUE", "column_names": [of]} for key, of in shape.keys.items()]
        body = {"name": name, "comment": shape.comment, "columns": columns, "constraints": keys}
        self.rest("PUT", f"databases/d/schemas/public/tables/{name}", body)

    def seen(self, account: LocalAccount) -> State:
        path = {"database": "d", "schema": "public"}
        found: State = {}
        for row in account.perform("table", "list", path):
            if not row["name"].startswith(f"T{self.number}_"):
                continue
            fetched = account.perform("table", "fetch", {**path, "name": row["name"]})
            ((rows,),) = account.execute(f"select count(*) from d.public.{row['name']}")
            columns = {column["name"]: column.get("comment", "") for column in fetched["columns"]}
            keys = {key["name"]: key["column_names"][0] for key in fetched.get("constraints", [])}
            found[row["name"]] = Shape(columns, keys, fetched.get("comment", ""), rows)
        return found


class Copies(Client):
    """Schemas, each with a table: cloned, renamed, dropped and restored as wholes."""

    def step(self) -> None:
        name, other = (f"C{self.number}_{number}" for number in self.chance.sample(range(4), 2))
        schema, state = f"e.{name}", dict(self.known)
        if name not in self.known:
            state[name] = 0
            return self.ask(state, lambda: self.sql(f"create schema {schema}"))
        match self.chance.randrange(5):
            case 0:
                rows = self.new(1)[0] % 100 + 1
                text = (
                    f"create or replace table {schema}.t as select seq4() a from table(generator(rowcount => {rows}))"
                )
                state[name] = rows
            case 1:
                text, state[other] = f"create or replace schema e.{other} clone {schema}", state[name]
            case 2 if other not in self.known:
                text, state[other] = f"alter schema {schema} rename to e.{other}", state.pop(name)
            case 3 if state[name]:
                text = f"insert into {schema}.t select a from {schema}.t"
                state[name] = min(2 * state[name], 10_000) if state[name] <= 5_000 else state[name]
                if state[name] == self.known[name]:
                    return None
            case _:
                del state[name]
                before = self.known
                self.ask(state, lambda: self.sql(f"drop schema {schema}"))
                if self.chance.random() < 0.7:
                    self.ask(before, lambda: self.sql(f"undrop schema {schema}"))
                return None
        return self.ask(state, lambda: self.sql(text))

    def seen(self, account: LocalAccount) -> State:
        found: State = {}
        for row in account.perform("schema", "list", {"database": "e"}):
            if row["name"].startswith(f"C{self.number}_"):
                there = account.perform("table", "list", {"database": "e", "schema": row["name"]})
                found[row["name"]] = there[0]["rows"] if there else 0
        return found


class Objects(Client):
    """Schemas and warehouses by REST."""

    def step(self) -> None:
        kind = self.chance.choice(("schema", "warehouse"))
        path = "databases/e/schemas" if kind == "schema" else "warehouses"
        name, word = f"O{self.number}_{self.chance.randrange(3)}", f"c{self.new(1)[0]}"
        body = {"name": name, "comment": word}
        state = self.known | {(kind, name): word}
        if (kind, name) not in self.known:
            self.ask(state, lambda: self.rest("POST", path, body))
        elif self.chance.random() < 0.5:
            self.ask(state, lambda: self.rest("PUT", f"{path}/{name}", body))
        else:
            del state[kind, name]
            self.ask(state, lambda: self.rest("DELETE", f"{path}/{name}"))

    def seen(self, account: LocalAccount) -> State:
        listed = {"schema": account.perform("schema", "list", {"database": "e"})}
        listed["warehouse"] = account.perform("warehouse", "list", {})
        return {
            (kind, row["name"]): row.get("comment")
            for kind, rows in listed.items()
            for row in rows
            if row["name"].startswith(f"O{self.number}_")
        }


class Runs(Client):
    """Runs of a task, each of which makes three rows; what somebody has seen of them stays."""

    tables = ("d.public.runs",)

    def step(self) -> None:
        name = f"d.public.runs_{self.number}"
        body = f"insert into {self.tables[0]} select {self.number}, {self.count}, '' from values (1), (2), (3)"
        self.count += 1
        self.sql(f"create or replace task {name} as {body}")
        wanted = self.known | {self.count - 1: 3}
        self.ask(wanted, lambda: self._run(wanted))

    def _run(self, wanted: State) -> None:
        self.rest("POST", f"databases/d/schemas/public/tasks/runs_{self.number}:execute")
        until = time.monotonic() + 60
        while self._rows(self.sql(f"select key from {self.tables[0]} where owner = {self.number}")) != wanted:
            assert time.monotonic() < until, "A task that was to run at once has not run in 60 s"
            time.sleep(0.05)

    def _rows(self, rows: Iterable[Iterable[Any]]) -> State:
        keys = [int(key) for (key,) in rows]
        return {key: keys.count(key) for key in set(keys)}

    def seen(self, account: LocalAccount) -> State:
        return self._rows(account.execute(f"select key from {self.tables[0]} where owner = {self.number}"))


class Files(Client):
    """Small files, put into a stage and removed from it."""

    def prepare(self) -> list[str]:
        return [f"create stage d.public.files_{self.number}"]

    def step(self) -> None:
        stage, name = f"@d.public.files_{self.number}", f"{self.chance.randrange(5)}.csv"
        if name in self.known and self.chance.random() < 0.3:
            state = {other: md5 for other, md5 in self.known.items() if other != name}
            return self.ask(state, lambda: self.sql(f"remove {stage}/{name}"))
        content = self.chance.randbytes(self.chance.choice((10, 5_000, 400_000)))
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        return self.ask(self.known | {name: md5}, lambda: self.put(stage, name, content))

    def seen(self, account: LocalAccount) -> State:
        listed = account.execute(f"list @d.public.files_{self.number}")
        return {name.rpartition("/")[2]: md5 for name, _, md5, *_ in listed}


class Loads(Client):
    """Files loaded into a table, each of them once, however often it is tried."""

    def prepare(self) -> list[str]:
        number = self.number
        return [f"create stage d.public.from_{number}", f"create table d.public.loads_{number} (file int, line int)"]

    def step(self) -> None:
        if self.known and self.chance.random() < 0.3:
            return self._load(self.chance.choice(list(self.known)), self.known)
        (file,) = self.new(1)
        lines = self.chance.choice((1, 10, 3_000))
        content = "".join(f"{file},{line}\n" for line in range(lines)).encode()
        self.put(f"@d.public.from_{self.number}", f"{file}.csv", content)
        return self._load(file, self.known | {file: lines})

    def _load(self, file: int, wanted: State) -> None:
        place = f"d.public.loads_{self.number} from @d.public.from_{self.number}"
        self.ask(wanted, lambda: self.sql(f"copy into {place} files = ('{file}.csv')"))

    def seen(self, account: LocalAccount) -> State:
        return dict(account.execute(f"select file, count(*) from d.public.loads_{self.number} group by 1"))


class Numbers(Client):
    """Rows that a sequence and a column number, never twice with the same."""

    def prepare(self) -> list[str]:
        columns = "key int, word int, id int autoincrement"
        return [f"create sequence d.public.q_{self.number}", f"create table d.public.numbers_{self.number} ({columns})"]

    def step(self) -> None:
        words = self.new(self.chance.choice((1, 3)))
        rows = ", ".join(f"({word})" for word in words)
        values = f"d.public.q_{self.number}.nextval, column1 from values {rows}"
        text = f"insert into d.public.numbers_{self.number} (key, word) select {values}"
        self.ask(self.known | dict.fromkeys(words, True), lambda: self.sql(text))

    def seen(self, account: LocalAccount) -> State:
        rows = account.execute(f"select word, key, id from d.public.numbers_{self.number} order by word")
        for at in (1, 2):
            given = [row[at] for row in rows]
            assert given == sorted(set(given)), f"{self}: a number was given twice, or not in turn: {rows}"
        return dict.fromkeys((word for word, _, _ in rows), True)


class Changes(Client):
    """A table, and one that follows it by a stream: what the other one lacks, the stream still has."""

    def prepare(self) -> list[str]:
        made = [f"create table d.public.{name}_{self.number} (key int, word varchar)" for name in ("leads", "follows")]
        return [*made, f"create stream d.public.changes_{self.number} on table d.public.leads_{self.number}"]

    def step(self) -> None:
        table, word = f"d.public.leads_{self.number}", f"w{self.chance.randrange(1000)}"
        match self.chance.randrange(4):
            case 0:
                new = self.new(self.chance.choice((1, 50)))
                rows = ", ".join(f"({key}, '{word}')" for key in new)
                text, state = f"insert into {table} values {rows}", self.known | dict.fromkeys(new, word)
            case 1:
                state = {key: word if key % 2 else old for key, old in self.known.items()}
                text = f"update {table} set word = '{word}' where key % 2 = 1"
            case 2:
                state = {key: old for key, old in self.known.items() if key % 5}
                text = f"delete from {table} where key % 5 = 0"
            case _:
                text, state = self._follow(), self.known
        self.ask(state, lambda: self.sql(text))

    def _follow(self) -> str:
        changes = f"select *, metadata$action as action, metadata$isupdate as u from d.public.changes_{self.number}"
        return f"""merge into d.public.follows_{self.number} t
            using (select * from ({changes}) where action = 'INSERT' or not u) s on t.key = s.key
            when matched and s.action = 'DELETE' then delete when matched then update set word = s.word
            when not matched and s.action = 'INSERT' then insert (key, word) values (s.key, s.word)"""

    def seen(self, account: LocalAccount) -> State:
        found = dict(account.execute(f"select key, word from d.public.leads_{self.number}"))
        account.execute(self._follow())
        follows = dict(account.execute(f"select key, word from d.public.follows_{self.number}"))
        assert follows == found, f"{self}: what follows has {follows}, and the table {found}"
        return found


class Calls(Client):
    """A procedure that is replaced, and makes two rows in a transaction of its own: both, or none."""

    def prepare(self) -> list[str]:
        return [f"create table d.public.calls_{self.number} (key int, half int)", self._made("w0")]

    def _made(self, word: str) -> str:
        table = f"d.public.calls_{self.number}"
        return f"""create or replace procedure d.public.call_{self.number}(key int) returns varchar language sql as $$
            begin
                begin transaction;
                insert into {table} values (:key, 1);
                insert into {table} values (:key, 2);
                commit;
                return '{word}';
            end $$"""

    def step(self) -> None:
        (new,) = self.new(1)
        if self.chance.random() < 0.3:
            word = f"w{new}"
            self.ask(self.known | {"says": word}, lambda: self.sql(self._made(word)))
        else:
            self.ask(self.known | {new: 2}, lambda: self.sql(f"call d.public.call_{self.number}({new})"))

    def seen(self, account: LocalAccount) -> State:
        found = dict(account.execute(f"select key, count(*) from d.public.calls_{self.number} group by 1"))
        (row,) = account.execute(f"describe procedure d.public.call_{self.number}(int)")[-1:]
        word = str(row[1]).rpartition("return '")[2].partition("'")[0]
        return found | ({"says": word} if word != "w0" else {})


class Grants(Client):
    """A role and what it may do, by SQL and REST; it goes with all of that."""

    def prepare(self) -> list[str]:
        return [f"create table d.public.granted_{self.number} (key int)"]

    def step(self) -> None:
        role, table = f"r_{self.number}", f"d.public.granted_{self.number}"
        if "role" not in self.known:
            return self.ask({"role": True}, lambda: self.sql(f"create role {role}"))
        if self.chance.random() < 0.1:
            return self.ask({}, lambda: self.sql(f"drop role {role}"))
        privilege = self.chance.choice(("SELECT", "INSERT", "UPDATE", "DELETE"))
        if privilege in self.known:
            state = {name: value for name, value in self.known.items() if name != privilege}
            return self.ask(state, lambda: self.sql(f"revoke {privilege} on table {table} from role {role}"))
        state = self.known | {privilege: True}
        if self.chance.random() < 0.5:
            return self.ask(state, lambda: self.sql(f"grant {privilege} on table {table} to role {role}"))
        on = {"database": "d", "schema": "public", "name": f"granted_{self.number}"}
        body = {"privileges": [privilege], "securable_type": "TABLE", "securable": on}
        return self.ask(state, lambda: self.rest("POST", f"roles/{role}/grants", body))

    def seen(self, account: LocalAccount) -> State:
        if not account.execute(f"show roles like 'r_{self.number}'"):
            return {}
        return {row[1]: True for row in account.execute(f"show grants to role r_{self.number}")} | {"role": True}


class Services(Client):
    """A service whose process runs, or fails to, while it is made, suspended and resumed."""

    def prepare(self) -> list[str]:
        return ["create compute pool if not exists soaked min_nodes = 1 max_nodes = 9 instance_family = cpu_x64_xs"]

    def step(self) -> None:
        name = f"d.public.s_{self.number}"
        if not self.known:
            word = f"w{self.new(1)[0]}"
            text = "spec: {containers: [{name: a, image: /d/public/images/sleeper:1}]}"
            made = f"create service {name} in compute pool soaked from specification '{text}' comment = '{word}'"
            return self.ask({"says": word, "runs": True}, lambda: self.sql(made))
        if self.chance.random() < 0.2:
            return self.ask({}, lambda: self.sql(f"drop service {name}"))
        change = "suspend" if self.known["runs"] else "resume"
        return self.ask(self.known | {"runs": change == "resume"}, lambda: self.sql(f"alter service {name} {change}"))

    def seen(self, account: LocalAccount) -> State:
        for row in account.perform("service", "list", {"database": "d", "schema": "public"}):
            if row["name"] == f"S_{self.number}":
                return {"says": row["comment"], "runs": row["status"] not in ("SUSPENDED", "SUSPENDING")}
        return {}


KINDS = (Rows, Moves, Tables, Objects, Runs, Files, Tables, Copies, Loads, Numbers, Changes, Calls, Grants, Services)


class Faults(logging.Handler):
    """What the account says is damaged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def settle(folder: Path, clients: Iterable[Client]) -> list[str]:
    """Open the account, and hold it against what the clients know."""
    faults = Faults()
    logger = logging.getLogger("snowcore")
    logger.addHandler(faults)
    try:
        with LocalAccount(folder) as account:
            found = [fault for client in clients if (fault := client.settle(account))]
    except Exception as error:
        found = [f"The account doesn't open, or can't be read: {error!r}"]
    finally:
        logger.removeHandler(faults)
    return [*faults.texts, *found]


@attrs.frozen
class Soak:
    """How long, and how much at a time."""

    rounds: int = 100
    clients: int = 64
    seed: int = attrs.field(factory=lambda: random.randrange(2**32))
    minutes: float = 120
    """After this no round begins any more."""
    seconds: float = 20
    """After this a round's server is killed, however few answers it gave."""

    def run(self, folder: Path) -> list[str]:
        """What is wrong, after the round in which it is found; nothing if all rounds hold."""
        print(f"Seed {self.seed}: {self.rounds} rounds, {self.clients} clients", flush=True)
        chance = random.Random(self.seed)
        data = folder / "account"
        clients = [KINDS[n % len(KINDS)](n, random.Random(chance.random()), folder) for n in range(self.clients)]
        with LocalAccount(data) as account:
            for text in ("create database d", "create database e"):
                account.execute(text)
            for table in sorted({table for kind in KINDS for table in kind.tables}):
                account.execute(f"create table {table} (owner int, key int, word varchar)")
            for client in clients:
                for text in client.prepare():
                    account.execute(text)
        images = folder / "images.yaml"
        images.write_text("/d/public/images/sleeper:1: [sleep, '60']\n")
        until = time.monotonic() + self.minutes * 60
        servers = Servers()
        for number in range(1, self.rounds + 1):
            if time.monotonic() > until:
                print(f"{self.minutes:g} minutes are over; {number - 1} rounds hold")
                break
            started = time.monotonic()
            try:
                served = servers.start("--data", str(data), "--images", str(images))
                round_ = Round(served, chance.randint(1, 8 * self.clients), self.seconds)
                round_.play(clients)
                round_.close()
            finally:
                servers.end()
            wrong = [*round_.wrong, *settle(data, clients)]
            took = time.monotonic() - started
            print(f"Round {number}: {round_.answers} answers, {took:.1f} s, {len(wrong)} wrong", flush=True)
            if wrong:
                return wrong
        return []


def main() -> int:
    """1 if something is wrong; its folder is kept then."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="kill -9 under load, with a ledger")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--clients", type=int, default=64, choices=range(1, 257), metavar="1 to 256")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--minutes", type=float, default=120, help="after these no round begins any more")
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # so that the server ends with it
    folder = Path(tempfile.mkdtemp(prefix="snowcore-soak-"))
    wrong = Soak(**vars(parser.parse_args())).run(folder)
    for text in wrong[:20]:
        print(text)
    if wrong:
        print(f"{len(wrong)} wrong. The account is in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
