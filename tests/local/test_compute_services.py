"""Services and jobs are processes of this machine, watched from outside: by their ports, by /proc, by their files."""

from __future__ import annotations

import ast
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
import pytest
import snowflake.connector

from snowcore.local import AccountError, LocalAccount
from snowcore.local.compute import containers

from ..conftest import eventually
from .conftest import Api, Clock, runs

PROGRAM = Path(__file__).with_name("a_container.py")
ECHO, JOB = "/d/public/r/echo:1", "/d/public/r/job:1"
POOL = "create compute pool p min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS"
WEB = f"""
spec:
  containers:
  - name: main
    image: {ECHO}
    readinessProbe: {{port: 8080, path: /ready}}
  endpoints:
  - {{name: web, port: 8080, public: true}}
"""


class Sql:
    def __init__(self, account: LocalAccount) -> None:
        self.account, self.session = account, account.session()

    def __call__(self, text: str) -> list[tuple[Any, ...]]:
        return list(self.session.execute(text).rows)

    def rows(self, text: str) -> list[dict[str, Any]]:
        result = self.session.execute(text)
        return [dict(zip([one.name for one in result.columns], row, strict=True)) for row in result.rows]

    def row(self, text: str) -> dict[str, Any]:
        (row,) = self.rows(text)
        return row

    def error(self, text: str) -> AccountError:
        with pytest.raises(AccountError) as caught:
            self(text)
        return caught.value

    def container(self, service: str = "s") -> dict[str, Any]:
        return eventually(lambda: self.rows(f"show service containers in service {service}"))[0]

    def logs(self, service: str = "s", *more: Any) -> str:
        arguments = ", ".join([f"'{service}'", "0", "'main'", *map(str, more)])
        return self(f"select system$get_service_logs({arguments})")[0][0]

    def create(self, specification: str = WEB, name: str = "s", more: str = "") -> None:
        self(f"create service {name} in compute pool p from specification $${specification}$$ {more}")
        assert self(f"select system$wait_for_services(60, '{name}')") == [("OK",)]

    def ask(self, path: str = "/", service: str = "s") -> Any:
        address = self.row(f"show endpoints in service {service}")["ingress_url"]
        with urllib.request.urlopen(f"http://{address}{quote(path, safe='/?')}", timeout=240) as answer:
            return ast.literal_eval(answer.read().decode())


@pytest.fixture
def sql(account: LocalAccount) -> Sql:
    run = Sql(account)
    account.images[ECHO] = ["python", str(PROGRAM), "serve"]
    account.images[JOB] = ["python", str(PROGRAM)]
    for line in ("create database d", POOL, "create stage files", "create image repository r"):
        run(line)
    return run


def gone(*pids: int) -> bool:
    return not any(map(runs, pids))


def job(*args: str, more: str = "") -> str:
    said = orjson.dumps({"spec": {"containers": [{"name": "main", "image": JOB, "args": args}]}}).decode()
    return f"execute job service in compute pool p name = j {more} from specification $${said}$$"


# Services


def test_a_service_answers_on_its_port_with_arguments_as_they_are_and_nothing_of_our_environment(
    sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUR_SECRET", "hidden")
    odd = ["a b", "$(id)", "; rm -rf /", "*", "--port=8080", "--port", "8080"]
    said = WEB.replace(
        "readinessProbe", f"args: {orjson.dumps(odd).decode()}\n    env: {{LEVEL: 3, FLAG: true}}\n    readinessProbe"
    )
    sql.create(said)
    told = sql.ask()
    env = told["env"]
    assert told["args"] == [one.replace("8080", env["PORT"]) for one in odd]  # 8080 itself if nobody else has it
    assert (env["LEVEL"], env["FLAG"], env["SNOWFLAKE_SERVICE_NAME"]) == ("3", "true", "S")
    assert (env["SNOWFLAKE_DATABASE"], env["SNOWFLAKE_SCHEMA"], env["SNOWFLAKE_ACCOUNT"]) == ("D", "PUBLIC", "LOCAL")
    assert "OUR_SECRET" not in env and "hidden" not in str(told)
    assert told["fds"] <= [0, 1, 2, 3, 4, 5, 6]
    assert {file for file in told["files"] if "snowcore" in file or "sqlite" in file or "duckdb" in file} == set()
    pid = told["pid"]
    for each in (pid, told["parent"]):
        assert b"hidden" not in Path(f"/proc/{each}/environ").read_bytes()
    row = sql.row("show services")
    assert (row["status"], row["current_instances"], row["is_job"]) == ("RUNNING", 1, "false")
    found = sql.container()
    assert (found["status"], found["message"], found["restart_count"]) == ("READY", "Running", 0)
    assert sql.account.endpoints == {
        "s.public.d.snowflakecomputing.internal:8080": sql.row("show endpoints in service s")["ingress_url"]
    }
    sql("drop service s")
    assert eventually(lambda: gone(pid))


def test_an_image_that_is_not_mapped_waits_and_says_how(sql: Sql) -> None:
    del sql.account.images[ECHO]
    sql(f"create service s in compute pool p from specification $${WEB}$$")
    found = eventually(
        lambda: [one for one in sql.rows("show service containers in service s") if "Map it" in one["message"]]
    )
    assert (found[0]["status"], ECHO in found[0]["message"]) == ("PENDING", True)
    assert sql.row("show services")["status"] == "PENDING"
    error = sql.error("select system$wait_for_services(0.2, 's')")
    assert "s is PENDING" in error.message
    sql.account.images[f"me-acct.registry.snowflakecomputing.com{ECHO.upper().replace(':1', ':1')}"] = [
        "python",
        str(PROGRAM),
        "serve",
    ]
    assert sql("select system$wait_for_services(60, 's')") == [("OK",)]


def test_two_services_that_want_one_port_have_each_their_own(sql: Sql) -> None:
    sql.create()
    sql.create(name="t")
    addresses = {sql.row(f"show endpoints in service {name}")["ingress_url"] for name in "st"}
    assert len(addresses) == 2 and all(one.startswith("127.0.0.1:") for one in addresses)
    assert [sql.ask(service=name)["env"]["SNOWFLAKE_SERVICE_NAME"] for name in "st"] == ["S", "T"]
    assert {f"127.0.0.1:{sql.ask(service=name)['env']['PORT']}" for name in "st"} == addresses


def test_a_readiness_probe_says_when_a_service_runs(sql: Sql, tmp_path: Path) -> None:
    said = WEB.replace("/ready", f"'/when?{tmp_path}/now'")
    sql(f"create service s in compute pool p from specification $${said}$$")
    found = eventually(
        lambda: [one for one in sql.rows("show service containers in service s") if "probe" in one["message"]]
    )
    assert found[0]["message"] == f"Readiness probe is failing at path: /when?{tmp_path}/now, port: 8080"
    assert sql.row("show services")["status"] == "PENDING"
    (tmp_path / "now").touch()
    assert sql("select system$wait_for_services(60, 's')") == [("OK",)]


def test_a_program_that_ends_is_started_again_later_each_time(sql: Sql, clock: Clock) -> None:
    said = f"spec: {{containers: [{{name: main, image: {JOB}, args: [fail, '7']}}]}}"
    sql(f"create service s in compute pool p from specification $${said}$$")
    found = eventually(lambda: (one := sql.container())["restart_count"] == 1 and one["status"] == "FAILED" and one)
    assert found["message"] == "Encountered fatal error while running, check container logs (exit code 7)"
    assert str(found["last_exit_code"]) == "7"
    assert sql.row("show services")["status"] == "FAILED"
    assert sql.logs() == "fails" and sql.logs("s", "null", "true") == "fails"
    assert "s is FAILED" in sql.error("select system$wait_for_services(60, 's')").message
    eventually(lambda: sql.account.clock.next_wait)
    sql.account.advance(seconds=9)
    time.sleep(0.2)
    assert sql.container()["restart_count"] == 1
    sql.account.advance(seconds=1)
    eventually(lambda: sql.container()["restart_count"] == 2)
    eventually(lambda: sql.account.clock.next_wait)
    sql.account.advance(seconds=20)
    eventually(lambda: sql.container()["restart_count"] == 3)


def test_all_that_a_program_has_started_ends_with_it(sql: Sql) -> None:
    sql.create()
    daemon = sql.ask("/daemon")["daemon"]
    pid = sql.ask()["pid"]
    assert runs(daemon) and runs(pid)
    sql("alter service s suspend")
    assert sql.row("show services")["status"] in ("SUSPENDING", "SUSPENDED")
    assert eventually(lambda: gone(daemon, pid))
    assert eventually(lambda: sql.row("show services")["status"] == "SUSPENDED")
    assert sql.rows("show service containers in service s") == []
    sql("alter service s resume")
    assert sql("select system$wait_for_services(60, 's')") == [("OK",)]
    again = sql.ask()["pid"]
    assert again != pid
    assert sql.logs("s", 10, "false", "''", "false") == ""
    sql("drop schema d.public")
    assert eventually(lambda: gone(again))
    sql("undrop schema d.public")
    sql("use schema d.public")
    assert sql("select system$wait_for_services(60, 's')") == [("OK",)]


def test_a_port_is_held_before_a_program_listens_until_it_is_given_back() -> None:
    with containers.take_port(8085) as one, containers.take_port(8085) as other:
        wanted, another = (held.getsockname()[1] for held in (one, other))
        assert another not in (8085, wanted)
        with socket.create_server(("127.0.0.1", another)) as busy:
            assert busy.getsockname()[1] == another
            other.close()
            with containers.take_port(another) as third:
                assert third.getsockname()[1] != another
        one.close()
        with containers.take_port(wanted) as again:
            assert again.getsockname()[1] == wanted


def test_a_program_that_does_not_listen_is_killed(sql: Sql) -> None:
    sql.create(WEB.replace("readinessProbe", "args: [stubborn]\n    readinessProbe"))
    pid = sql.ask()["pid"]
    sql("drop service s")
    assert eventually(lambda: gone(pid))


def test_another_specification_starts_it_anew_and_more_instances_are_more_processes(sql: Sql) -> None:
    sql.create()
    pid = sql.ask()["pid"]
    said = WEB.replace("readinessProbe", "args: [new]\n    readinessProbe")
    sql(f"alter service s from specification $${said}$$")
    assert eventually(lambda: gone(pid))
    assert sql("select system$wait_for_services(60, 's')") == [("OK",)]
    assert sql.ask()["args"] == ["new"]
    sql("alter service s set min_instances = 3 max_instances = 3")
    eventually(lambda: len(sql.rows("show service instances in service s")) == 3)
    assert sql("select system$wait_for_services(60, 's')") == [("OK",)]
    assert [one["status"] for one in sql.rows("show service instances in service s")] == ["READY"] * 3
    assert len(sql.account.endpoints) == 1
    status = orjson.loads(sql("select system$get_service_status('s', 5)")[0][0])
    assert [(one["instanceId"], one["status"]) for one in status] == [("0", "READY"), ("1", "READY"), ("2", "READY")]


def test_volumes_of_stages_are_brought_and_given_back(sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("old")
    (tmp_path / "gone.txt").write_text("x")
    sql(f"put 'file://{tmp_path}/*.txt' @files/a auto_compress = false")
    said = f"""
spec:
  containers:
  - name: main
    image: {JOB}
    args: [volumes]
    volumeMounts:
    - {{name: data, mountPath: /data}}
    - {{name: scratch, mountPath: /data/tmp/scratch}}
  volumes:
  - {{name: data, source: '@files/a'}}
  - {{name: scratch, source: memory, size: 1Gi}}
"""
    sql(f"execute job service in compute pool p name = j from specification $${said}$$")
    assert sql.logs("j") == "['gone.txt', 'in.txt'] old"
    assert [row[0] for row in sql("list @files")] == ["files/a/in.txt", "files/a/new/out.txt"]
    (tmp_path / "back").mkdir()
    sql(f"get @files/a/new/out.txt file://{tmp_path}/back")
    assert (tmp_path / "back/out.txt").read_text() == "made"


def test_secrets_come_as_variables_and_as_files_and_are_told_to_nobody(sql: Sql) -> None:
    sql("create secret pw type = password username = 'me' password = 'pass-1'")
    sql("create secret text type = generic_string secret_string = 'text-1'")
    said = WEB.replace(
        "readinessProbe",
        "secrets:\n"
        "    - {snowflakeSecret: {objectName: d.public.text}, secretKeyRef: secret_string, envVarName: TOKEN}\n"
        "    - {snowflakeSecret: pw, directoryPath: /secrets/pw}\n"
        "    readinessProbe",
    )
    sql.create(said)
    told = sql.ask("/files?secrets/pw")
    assert told["env"]["TOKEN"] == "text-1"
    assert told["found"] == {"password": ("pass-1", 0o600), "username": ("me", 0o600)}
    sql("alter secret text set secret_string = 'text-2'")
    sql("alter service s suspend")
    sql("alter service s resume")
    sql("select system$wait_for_services(60, 's')")
    assert sql.ask()["env"]["TOKEN"] == "text-2"
    entry = sql.account.catalog.find("secret", sql.account.kinds["schema"].need_at(["D", "PUBLIC"]).id, "TEXT")
    assert "text-" not in repr(entry) + repr(sql("describe secret text")) + repr(sql("show secrets"))
    sql("drop secret pw")
    sql("alter service s suspend")
    sql("alter service s resume")
    assert "Secret" in eventually(lambda: (one := sql.container())["status"] == "FAILED" and one["message"])


def test_a_program_uses_the_account_as_the_owner_of_its_service(sql: Sql) -> None:
    for line in (
        "create table t (i int)",
        "insert into t values (1), (2)",
        "create role maker",
        "grant role maker to user snowcore",
        "grant usage on database d to role maker",
        "grant usage, create service on schema d.public to role maker",
        "grant usage on compute pool p to role maker",
        "grant select on table t to role maker",
    ):
        sql(line)
    sql("use role maker")
    sql("use schema d.public")
    sql.create()
    assert sql.ask("/query?select current_role(), current_user(), sum(i) from t") == [("MAKER", "S", 3)]
    token = sql.ask()["token"]
    assert token and token not in repr(sql.ask()["env"])


def test_logs_are_kept_in_bounds(sql: Sql) -> None:
    sql(job("talk", "60000"))
    text = sql.logs("j")
    assert 90_000 < len(text) <= 100_000 and text.endswith("59999 " + "x" * 60)
    assert sql.logs("j", 2).splitlines() == ["59998 " + "x" * 60, "59999 " + "x" * 60]
    running = next(iter(sql.account.services._running.values()))
    assert sum(one.stat().st_size for one in running.instances[0].folder.rglob("*") if one.is_file()) < 2_200_000


# Service functions


def test_a_service_function_sends_rows_in_batches_and_reads_values(sql: Sql) -> None:
    sql.create()
    sql(
        "create function f (i int, n number(5, 2), s varchar, v variant) returns varchar"
        " service = s endpoint = web max_batch_rows = 2 as '/echo'"
    )
    sql("create table t (i int, n number(5, 2), s varchar, v variant)")
    sql("insert into t select 1, 1.50, 'a', parse_json('{\"k\": [1]}') union all select 2, null, 'b', null")
    sql("insert into t select 3, 3, null, to_variant('x')")
    assert [row[0] for row in sql("select f(i, n, s, v) from t order by i")] == [
        "echo 1 1.5 a {'k': [1]}",
        "echo 2 None b None",
        "echo 3 3.0 None x",
    ]
    assert sql("select f(7, 1, 'x', null)") == [("echo 7 1.0 x None",)]
    # A program's lines arrive a little after its answers.
    logs = eventually(lambda: lines if len(lines := sql.logs().splitlines()) >= 3 else [])
    assert {line.split()[2] for line in logs} == {"json"}
    assert max(int(line.split()[1]) for line in logs) == 2
    row = sql.row("show user functions like 'f'")
    assert (row["language"], row["arguments"]) == ("EXTERNAL", "F(NUMBER, NUMBER, VARCHAR, VARIANT) RETURN VARCHAR")
    assert dict(sql("describe function f(int, number, varchar, variant)"))["body"] == "/echo"
    sql("create function strict (s varchar) returns varchar strict service = s endpoint = web as '/echo'")
    assert sql("select strict(null), strict('x')") == [(None, "echo x")]
    sql("alter service s suspend")
    assert sql("select strict('woken')") == [("echo woken",)]
    sql("drop function f(int, number, varchar, variant)")
    assert sql.error("select f(7, 1, 'x', null)").code == "002140"


def test_a_service_function_that_fails_says_why(sql: Sql) -> None:
    sql.create()
    for path in ("broken", "short"):
        sql(f"create function {path} (s varchar) returns varchar service = s endpoint = web as '/{path}'")
    sql("create function wrong (s varchar) returns int service = s endpoint = web as '/echo'")
    assert "HTTP status 500" in sql.error("select broken('x')").message
    assert "is not {" in sql.error("select short('x')").message
    assert sql.error("select wrong('x')").code == "100038"
    sql("alter service s set auto_resume = false")
    sql("alter service s suspend")
    assert "it is SUSPEND" in sql.error("select broken('x')").message
    create = "create function g (s varchar) returns varchar service = {} endpoint = {} as '{}'"
    assert "does not exist" in sql.error(create.format("none", "web", "/x")).message
    assert "does not exist" in sql.error(create.format("s", "none", "/x")).message
    assert "begins with a slash" in sql.error(create.format("s", "web", "x")).message
    refused = "create function g (t timestamp) returns varchar service = s endpoint = web as '/x'"
    assert sql.error(refused).code == "000002"


def test_rest_makes_and_calls_service_functions(sql: Sql, api: Api) -> None:
    sql.create()
    home = "databases/d/schemas/public/functions"
    body = {"name": "f", "arguments": [{"name": "s", "datatype": "TEXT"}], "returns": "TEXT"}
    api("POST", home, {**body, "service": "s", "endpoint": "web", "path": "/echo", "function_type": "service-function"})
    (listed,) = api("GET", home)
    assert (listed["name"], listed["service"], listed["path"]) == ("F", "S", "/echo")
    assert api("GET", f"{home}/f(TEXT)")["returns"] == "VARCHAR(16777216)"
    assert api("POST", f"{home}/f:execute", [{"datatype": "TEXT", "value": "x"}]) == {"F": "echo x"}
    api("DELETE", f"{home}/f(TEXT)")
    assert api("GET", home) == []


# Jobs


def test_a_job_ends_and_is_told_of(sql: Sql) -> None:
    assert sql(job("fail", "0")) == [("Job J completed successfully with status: DONE.",)]
    row = sql.row("show job services")
    assert (row["name"], row["status"], row["current_instances"], "is_job" in row) == ("J", "DONE", 0, False)
    assert sql("show services exclude jobs in schema d.public") == []
    assert (sql.container("j")["status"], sql.container("j")["message"]) == ("DONE", "Completed successfully")
    sql("drop service j")
    error = sql.error(job("fail", "5"))
    assert "Job J failed with status: FAILED. main: Encountered fatal error" in error.message
    assert sql.row("describe service j")["status"] == "FAILED"
    sql("drop service j")
    del sql.account.images[JOB]
    assert "Map it" in sql.error(job("fail", "0")).message


def test_a_job_runs_alone_and_in_several_replicas(sql: Sql, tmp_path: Path) -> None:
    sql(job("until", f"{tmp_path}/go", more="async = true replicas = 2"))
    eventually(
        lambda: len([one for one in sql.rows("show service instances in service j") if one["status"] == "READY"]) == 2
    )
    assert sql.row("show services")["status"] == "RUNNING"
    (tmp_path / "go").touch()
    assert sql("select system$wait_for_services(60, 'j')") == [("OK",)]
    assert sorted(sql(f"select system$get_service_logs('j', {number}, 'main')")[0][0] for number in (0, 1)) == [
        "0 of 2",
        "1 of 2",
    ]


def test_a_job_ends_when_its_statement_is_stopped(sql: Sql, tmp_path: Path) -> None:
    sql("alter session set statement_timeout_in_seconds = 2")
    error = sql.error(job("until", f"{tmp_path}/never"))
    assert error.code == "000630"
    sql("alter session unset statement_timeout_in_seconds")
    eventually(lambda: sql.container("j")["message"] == "Container run was terminated")
    assert sql.row("show services")["status"] == "FAILED"


# Specifications


def test_specifications_come_from_stages_and_templates(sql: Sql, tmp_path: Path) -> None:
    (tmp_path / "web.yaml").write_text(WEB)
    template = WEB.replace(ECHO, "/d/public/r/{{ name }}:{{tag | default('1')}}")
    (tmp_path / "template.yaml").write_text(template)
    sql(f"put 'file://{tmp_path}/*.yaml' @files/specs auto_compress = false")
    sql("create service a in compute pool p from @files specification_file = 'specs/web.yaml'")
    create, inline = "in compute pool p from", f"specification_template $${template}$$"
    sql(f"create service b {create} @files/specs specification_template_file = 'template.yaml' using (name => 'echo')")
    sql(f"create service c {create} {inline} using (Name => 'echo', tag => 1)")
    assert sql("select system$wait_for_services(60, 'a', 'b', 'c')") == [("OK",)]
    error = sql.error("create service e in compute pool p from @files specification_file = 'none.yaml'")
    assert error.code == "091016"
    assert (
        "needs a value for 'name'"
        in sql.error(
            f"create service e in compute pool p from specification_template $${template}$$ using (x => 1)"
        ).message
    )
    assert (
        "leaves the stage"
        in sql.error("create service e in compute pool p from @files specification_file = '../../x'").message
    )
    assert len(sql("show services")) == 3


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("name: main=>name: Main", "small letters"),
        ("port: 8080, path=>port: 99999, path", "from 1 to 65535"),
        ("path: /ready=>path: ready", "must begin with a slash"),
        ("image: =>picture: ", "unknown field 'picture'"),
        ("readinessProbe=>volumeMounts: [{name: v, mountPath: /v}]\n    readinessProbe", "mounts the volume 'v'"),
        ("readinessProbe=>volumeMounts: [{name: v, mountPath: ../v}]\n    readinessProbe", "no absolute path"),
        ("readinessProbe=>volumeMounts: [{name: v, mountPath: /a/../../v}]\n    readinessProbe", "no absolute path"),
        (
            "readinessProbe=>secrets: [{snowflakeSecret: x, directoryPath: /a/b}]\n"
            "    volumeMounts: [{name: v, mountPath: /a}]\n    readinessProbe",
            "mounts a volume at /a, where /a/b is",
        ),
        ("readinessProbe=>volumeMounts: [{name: v, mountPath: /snowflake}]\n    readinessProbe", "where /snowflake is"),
        ("readinessProbe=>env: {LD_PRELOAD: /x.so}\n    readinessProbe", "chooses code"),
        ("readinessProbe=>env: {PATH: /x}\n    readinessProbe", "chooses code"),
        ("readinessProbe=>env: {'A=B': x}\n    readinessProbe", "no name of a variable"),
        ("readinessProbe=>env: [a]\n    readinessProbe", "must be a mapping"),
        ("readinessProbe=>args: [[a]]\n    readinessProbe", "must be a text or a number"),
        ("readinessProbe=>secrets: [{snowflakeSecret: x, envVarName: A}]\n    readinessProbe", "secretKeyRef must be"),
        ("public: true=>public: maybe", "must be true or false"),
        ("endpoints:=>endpoints: &a [*a]\n  x:", "specification"),
        ("endpoints:=>volumes: [{name: v, source: block, size: 1Gi}]\n  endpoints:", "block volumes"),
        ("endpoints:=>volumes: [{name: v, source: '@nothing'}]\n  endpoints:", "does not exist"),
        ("spec:=>specs:", "unknown field 'specs'"),
    ],
)
def test_a_specification_that_can_not_be_changes_nothing(sql: Sql, change: str, why: str) -> None:
    before, _, after = change.partition("=>")
    assert before in WEB
    error = sql.error(f"create service s in compute pool p from specification $${WEB.replace(before, after, 1)}$$")
    assert why in error.message
    assert sql("show services") == []


def test_a_command_of_a_specification_runs_only_if_the_image_allows_that(sql: Sql) -> None:
    from snowcore.local import Image

    said = f"spec: {{containers: [{{name: main, image: {JOB}, command: [/bin/echo], args: [hello]}}]}}"
    run = f"execute job service in compute pool p name = j from specification $${said}$$"
    assert "any_command" in sql.error(run).message
    sql("drop service j")
    sql.account.images[JOB] = Image(["true"], any_command=True)
    sql(run)
    assert sql.logs("j") == "hello"


# Images


@pytest.mark.parametrize("name", ["", "echo", "/d/s/r", "/d/s/r/x:1:2", "/d//r/x", "/d/s/r/x y:1", 3])
def test_a_name_that_is_no_image_is_refused(account: LocalAccount, name: Any) -> None:
    with pytest.raises(ValueError, match="no name of an image"):
        account.images[name] = ["x"]


@pytest.mark.parametrize("command", ["python app.py", [], [1], None, {"command": "x"}, [""], ["a\0b"]])
def test_a_command_that_is_none_is_refused(account: LocalAccount, command: Any) -> None:
    with pytest.raises(ValueError, match="list of texts"):
        account.images[ECHO] = command
    assert not account.images


def test_images_are_listed_in_their_repository(sql: Sql) -> None:
    assert [(row["image_name"], row["tags"]) for row in sql.rows("show images in image repository r")] == [
        ("echo", "1"),
        ("job", "1"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "can't be read"),
        ("{", "is no YAML"),
        ("- a", "must map names"),
        ("/d/s/r/x:1: app.py", "a list of texts, the command, is expected"),
        ("/d/s/r/x:1: {command: [a], shell: b}", "unknown 'shell'"),
        ("x: [a]", "no name of an image"),
    ],
)
def test_serve_says_what_is_wrong_with_a_file_of_images(tmp_path: Path, text: str | None, why: str) -> None:
    file = tmp_path / "images.yaml"
    if text is not None:
        file.write_text(text)
    command = [sys.executable, "-m", "snowcore", "serve", "--port", "0", "--images", str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert (ran.returncode, why in ran.stderr, "Traceback" in ran.stderr) == (1, True, False)


# The account's process


def test_services_end_when_the_accounts_process_is_killed_and_come_again(tmp_path: Path) -> None:
    (tmp_path / "images.yaml").write_text(
        f"{ECHO}:\n  command: [python, {PROGRAM}, serve]\n  env: {{FROM_FILE: '1'}}\n"
    )
    first, connect = served(tmp_path)
    try:
        with connect() as connection:
            run = connection.cursor().execute
            for line in ("create database d", POOL, f"create service s in compute pool p from specification $${WEB}$$"):
                run(line)
            run("select system$wait_for_services(60, 's')")
            told = asked(connection)
        assert (told["env"]["FROM_FILE"], "SNOWCORE_PASSWORD" in told["env"]) == ("1", False)
    finally:
        os.kill(first.pid, signal.SIGKILL)
        end(first)
    assert eventually(lambda: gone(told["pid"], told["parent"]))
    assert eventually(lambda: not Path(told["env"]["SNOWCORE_ROOT"]).exists())
    second, connect = served(tmp_path)
    try:
        with connect() as connection:
            connection.cursor().execute("select system$wait_for_services(60, 'd.public.s')")
            again = asked(connection)
        second.terminate()
        assert second.wait(30) == 0
        assert gone(again["pid"])
    finally:
        end(second)


def served(folder: Path) -> tuple[subprocess.Popen[str], Callable[[], Any]]:
    """A served account, with images; the process, and what connects to it."""
    command = [sys.executable, "-m", "snowcore", "serve", "--port", "0", "--data", str(folder / "account")]
    environment = {**os.environ, "SNOWCORE_PASSWORD": "pw"}
    process = subprocess.Popen(
        [*command, "--images", str(folder / "images.yaml")], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    port = next(int(line.split("=")[1]) for line in process.stdout if line.startswith("port"))

    def connect() -> Any:
        where = {"account": "local", "host": "127.0.0.1", "port": port, "protocol": "http"}
        return snowflake.connector.connect(**where, user="SNOWCORE", password="pw")

    return process, connect


def end(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    process.kill()
    process.wait()
    process.stdout.close()


def asked(connection: Any) -> Any:
    """What the service tells of itself."""
    address = connection.cursor().execute("show endpoints in service d.public.s").fetchone()[-1]
    with urllib.request.urlopen(f"http://{address}/", timeout=240) as answer:
        return ast.literal_eval(answer.read().decode())


def test_after_a_restore_services_run_anew_and_later_ones_are_gone(sql: Sql, tmp_path: Path) -> None:
    sql.create()
    first, snapshot = sql.ask()["pid"], sql.account.snapshot()
    sql.account.export(tmp_path / "export")
    sql("alter compute pool p set max_nodes = 2")
    sql.create(name="later")
    later = sql.ask(service="later")["pid"]
    sql.account.restore(snapshot)
    assert gone(first, later)
    again = Sql(sql.account)
    again("use schema d.public")
    assert again("select system$wait_for_services(60, 's')") == [("OK",)]
    assert not gone(again.ask()["pid"])
    assert [row["name"] for row in again.rows("show services")] == ["S"]
    with LocalAccount.from_export(tmp_path / "export") as account:
        account.images[ECHO] = ["python", str(PROGRAM), "serve"]
        assert Sql(account).row("show services in account")["status"] == "SUSPENDED"
