"""SQL of the kinds of which the account only keeps what was declared: the same truth as REST's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from snowcore import Root
from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.account.secrets import without_secrets
from snowcore.local.sql import SqlSession

from .conftest import Api


class Asked:
    def __init__(self, session: SqlSession) -> None:
        self.session = session

    def __call__(self, *statements: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for text in statements:
            rows = list(self.session.execute(text).rows)
        return rows

    def named(self, text: str) -> list[dict[str, Any]]:
        """Rows by the titles of their columns."""
        result = self.session.execute(text)
        return [dict(zip([column.name for column in result.columns], row, strict=True)) for row in result.rows]

    def properties(self, text: str) -> dict[str, tuple[Any, ...]]:
        """What DESCRIBE tells of each property."""
        return {row[0]: row[1:] for row in self.session.execute(text).rows}

    def error(self, text: str) -> tuple[str, str]:
        with pytest.raises(AccountError) as told:
            self.session.execute(text)
        return told.value.code, told.value.message.removeprefix("SQL compilation error:\n")


@pytest.fixture
def sql(account: LocalAccount) -> Iterator[Asked]:
    session = account.session()
    session.execute("create database d")
    session.execute("create warehouse wh")
    yield Asked(session)


PLACE = "databases/d/schemas/public"

KINDS = {
    "network policy": ("network-policies", "allowed_ip_list = ('10.0.0.0/8')", "comment = 'c'"),
    "network rule": (
        f"{PLACE}/network-rules",
        "type = ipv4 value_list = ('10.0.0.0/8')",
        "value_list = ('10.1.0.0/16')",
    ),
    "password policy": (f"{PLACE}/password-policies", "password_min_length = 12", "password_history = 3"),
    "secret": (None, "type = generic_string secret_string = 'x'", "secret_string = 'y' comment = 'c'"),
    "alert": (
        f"{PLACE}/alerts",
        "warehouse = wh schedule = '5 minutes' if (exists (select 1)) then select 2",
        "schedule = 'using cron 0 9 * * * UTC'",
    ),
    "notebook": (f"{PLACE}/notebooks", "main_file = 'a.ipynb' query_warehouse = wh", "comment = 'c'"),
    "streamlit": (f"{PLACE}/streamlits", "root_location = '@s' main_file = 'a.py'", "title = 'An app'"),
    "external volume": (
        "external-volumes",
        "storage_locations = ((name = 'l' storage_provider = 'GCS' storage_base_url = 'gcs://b/'))",
        "allow_writes = false",
    ),
    "catalog integration": (
        "catalog-integrations",
        "catalog_source = object_store table_format = iceberg enabled = true",
        "enabled = false",
    ),
    "api integration": (
        "api-integrations",
        "api_provider = git_https_api api_allowed_prefixes = ('https://h/') enabled = true",
        "enabled = false",
    ),
    "notification integration": ("notification-integrations", "type = email enabled = true", "enabled = false"),
    "storage integration": (
        None,
        "type = external_stage storage_provider = gcs enabled = true storage_allowed_locations = ('gcs://b/')",
        "enabled = false",
    ),
    "security integration": (
        None,
        "type = scim scim_client = okta run_as_role = accountadmin enabled = true",
        "enabled = false",
    ),
    "resource monitor": (None, "credit_quota = 10", "credit_quota = 20"),
    "share": (None, "comment = 'a'", "comment = 'b'"),
}
"""The words of a kind; where REST has it and tells all of it, what CREATE says, and what ALTER … SET says."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_statements(sql: Asked, api: Api, kind: str) -> None:
    place, made, change = KINDS[kind]
    what = "integration" if "integration" in kind else kind
    plural = f"{kind[:-1]}ies" if kind.endswith("policy") else f"{kind}s"
    assert sql(f"create {kind} o {made}") == [(f"{what.capitalize()} O successfully created.",)]
    assert sql.error(f"create {kind} o {made}")[0] == "002002"
    assert sql(f"create {kind} if not exists o {made}") == [("O already exists, statement succeeded.",)]
    assert sql(f"create or replace {kind} o {made}") == [(f"{what.capitalize()} O successfully created.",)]
    assert [row["name"] for row in sql.named(f"show {plural} like 'o'")] == ["O"]
    if kind == "resource monitor":
        assert sql.error(f"describe {kind} o")[0] == "001003"
    else:
        assert bool(sql(f"describe {kind} o")) == (kind != "share")
    if place is not None:
        assert api("GET", f"{place}/o")["name"] == "O"
        assert [one["name"] for one in api("GET", place)] == ["O"]
    told = f"invalid property 'NO_SUCH_PROPERTY' for '{kind.upper()}'"
    assert sql.error(f"create {kind} p no_such_property = 1 {made}") == ("001420", told)
    sql(f"alter {kind} o set {change}", f"alter {kind} if exists absent set {change}")
    assert sql.error(f"alter {kind} absent set {change}")[0] == "002003"
    sql(f"drop {kind} o", f"drop {kind} if exists o")
    assert sql.error(f"drop {kind} o")[0] == "002003"
    if place is not None:
        api("GET", f"{place}/o", status=404)


def test_what_rest_makes_sql_has(sql: Asked, api: Api) -> None:
    api("POST", f"{PLACE}/secrets", {"name": "s", "type": "PASSWORD", "username": "me", "password": "hush"})
    assert sql.named("describe secret s")[0]["username"] == "me"
    hook = {"type": "QUEUE_AWS_SNS_OUTBOUND", "aws_sns_topic_arn": "t", "aws_sns_role_arn": "r"}
    api("POST", "notification-integrations", {"name": "n", "enabled": True, "notification_hook": hook})
    assert [row["type"] for row in sql.named("show integrations")] == ["QUEUE - AWS_SNS"]
    told = sql.properties("describe integration n")
    assert (told["NOTIFICATION_PROVIDER"][1], told["AWS_SNS_TOPIC_ARN"][1]) == ("AWS_SNS", "t")
    sql("alter integration n set aws_sns_role_arn = 'other' enabled = false")
    fetched = api("GET", "notification-integrations/n")
    assert fetched["notification_hook"] == {**hook, "aws_sns_role_arn": "other"}
    assert fetched["enabled"] is False


def test_names_may_be_whole(sql: Asked) -> None:
    sql("create schema other", "use schema d.public")
    sql("create network rule d.other.r type = host_port mode = egress value_list = ('h:443')")
    sql("create network rule other.q type = host_port mode = egress value_list = ('h:443')")
    assert [row["name"] for row in sql.named("show network rules in schema d.other")] == ["Q", "R"]
    assert sql.named("show network rules in schema d.public") == []
    assert sql.named("describe network rule other.r")[0]["value_list"] == "h:443"


@pytest.mark.parametrize(
    ("statement", "code", "message"),
    [
        ("create secret s username = 'u'", "001003", "Missing option(s): [TYPE]"),
        ("create secret s type = password username = 'u'", "001003", "Missing option(s): [PASSWORD]"),
        ("create secret s type = nonsense", "001008", "invalid value [NONSENSE] for parameter 'TYPE'"),
        (
            "create secret s type = generic_string secret_string = 'a' username = 'u'",
            "001420",
            "invalid property 'USERNAME' for 'SECRET'",
        ),
        (
            "create network policy p comment = 'a' comment = 'b'",
            "001421",
            "duplicate property 'COMMENT'; only one value is expected.",
        ),
        (
            "create notification integration i type = queue notification_provider = aws_sns enabled = true",
            "001008",
            "invalid value [AWS_SNS] for parameter 'NOTIFICATION_PROVIDER'",
        ),
        (
            "create external access integration i allowed_network_rules = (absent) enabled = true",
            "002003",
            "Network rule 'D.PUBLIC.ABSENT' does not exist or not authorized.",
        ),
        (
            "create storage integration i type = external_stage storage_provider = s3 enabled = true"
            " storage_allowed_locations = ('s3://b/')",
            "001003",
            "Missing option(s): [STORAGE_AWS_ROLE_ARN]",
        ),
        (
            "create integration i enabled = true",
            "001003",
            "syntax error line 1 at position 7 unexpected 'integration'.",
        ),
        (
            "create transient secret s type = oauth2",
            "001003",
            "syntax error line 1 at position 7 unexpected 'transient'.",
        ),
        (
            "create password policy p password_min_length = 7",
            "001008",
            "invalid value [7] for parameter 'PASSWORD_MIN_LENGTH'",
        ),
        ("describe integration i", "002003", "Integration 'I' does not exist or not authorized."),
        ("alter share s add accounts = other", "002003", "Share 'S' does not exist or not authorized."),
    ],
)
def test_what_is_wrong_is_refused(sql: Asked, statement: str, code: str, message: str) -> None:
    assert sql.error(statement) == (code, message)


def test_secrets_are_kept_and_told_nowhere(account: LocalAccount, sql: Asked) -> None:
    sql("create secret s type = password username = 'me' password = 'hush-1'")
    sql("alter secret s set password = 'hush-2'")
    sql("create secret g type = generic_string secret_string = $$hush-3$$")
    sql("execute immediate 'create secret h type = generic_string secret_string = ''hush-4'''")
    sql(
        "create api integration i api_provider = aws_api_gateway api_aws_role_arn = 'r' api_key 'hush-5'"
        " api_allowed_prefixes = ('https://h/') enabled = true"
    )
    sql(
        "create security integration o type = api_authentication auth_type = oauth2 enabled = true"
        " oauth_client_id = 'me' oauth_client_secret /* here */ = 'hush-6'"
    )
    fetched = Root(account).databases["d"].schemas["public"].secrets["s"].fetch()
    assert (fetched.name, fetched.username, fetched.password) == ("S", "me", "********")
    assert "hush" not in str(account.catalog.rows("SELECT properties FROM objects"))
    told = [sql(f"describe {what}") for what in ("secret s", "secret g", "integration i", "integration o")]
    assert "hush" not in str(told)
    history = sql("select query_text from table(information_schema.query_history())")
    assert "hush" not in str(history)
    assert "secret_string = '****'" in str(history)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("set secret_string = 'a\\'b' comment = 'c'", "set secret_string = '****' comment = 'c'"),
        ("set aws_secret_key='a''b', x='c'", "set aws_secret_key='****', x='c'"),
        ("call p(password => 'a')", "call p(password => '****')"),
        ("set password = 'it is cut", "set password = '****'"),
        ("set password = '' comment = 'c'", "set password = '****'c'"),  # the quotes may be those of a text in a text
        ("select secret_string from t where a = 'b'", "select secret_string from t where a = 'b'"),
        ("'set master_key = ''x'''", "'set master_key = '****'"),
    ],
)
def test_histories_leave_secrets_out(text: str, told: str) -> None:
    assert without_secrets(text) == told


def test_a_long_text_is_looked_through_in_no_time() -> None:
    assert without_secrets("password " * 10_000 + " " * 100_000).startswith("password")
    assert without_secrets("password" + "/**/" * 25_000).startswith("password")


def test_a_variant_stays_what_it_is(sql: Asked) -> None:
    sql("create secret s type = password username = 'a' password = 'b'")
    assert sql.error("alter secret s set secret_string = 'x'")[0] == "001420"
    sql("create api integration i api_provider = git_https_api api_allowed_prefixes = ('https://h/') enabled = true")
    assert sql.error("alter api integration i set api_provider = aws_api_gateway")[0] == "001420"
    assert sql.error("alter api integration i set api_aws_role_arn = 'r'")[0] == "001420"
    assert sql.error("alter integration i rename to j")[0] == "001003"
    sql("alter integration i set comment = 'c'", "alter integration i unset comment")
    assert sql.properties("desc api integration i")["COMMENT"][1] == ""


def test_integrations_share_one_space_of_names(sql: Asked, api: Api) -> None:
    sql("create notification integration i type = email enabled = true")
    made = "api_provider = git_https_api api_allowed_prefixes = ('https://h/') enabled = true"
    assert sql.error(f"create api integration i {made}")[0] == "002002"
    hook = {"type": "GIT"}
    body = {"name": "i", "api_hook": hook, "api_allowed_prefixes": ["https://h/"], "enabled": True}
    api("POST", "api-integrations", body, status=409)
    sql("drop integration i", f"create api integration i {made}")


def test_rules_of_a_policy_are_added_and_taken_away(sql: Asked, api: Api) -> None:
    sql("create network rule r type = ipv4 value_list = ('10.0.0.0/8')", "create network policy p comment = 'c'")
    sql(
        "alter network policy p add allowed_network_rule_list = ('r')",
        "alter network policy p set blocked_ip_list = ('1.2.3.4')",
    )
    assert sql("describe network policy p") == [
        ("BLOCKED_IP_LIST", "1.2.3.4"),
        ("ALLOWED_NETWORK_RULE_LIST", '[{"fullyQualifiedRuleName":"D.PUBLIC.R"}]'),
    ]
    sql("alter network policy p remove allowed_network_rule_list = d.public.r", "alter network policy p rename to q")
    assert api("GET", "network-policies/q").get("allowed_network_rule_list") == []
    assert sql.named("show network policies")[0]["entries_in_allowed_network_rules"] == 0


def test_locations_of_a_volume_are_added_and_taken_away(sql: Asked, api: Api) -> None:
    one = "(name = 'a' storage_provider = 'S3' storage_base_url = 's3://a/' storage_aws_role_arn = 'r'"
    sql(f"create external volume v storage_locations = ({one} encryption = (type = 'AWS_SSE_S3')))")
    sql(
        "alter external volume v add storage_location = (name = 'b' storage_provider = 'GCS' storage_base_url = 'gcs://b/')"
    )
    told = [row for row in sql("describe external volume v") if row[0] == "STORAGE_LOCATIONS"]
    assert '"ENCRYPTION_TYPE":"AWS_SSE_S3"' in told[0][3]
    sql("alter external volume v remove storage_location 'a'")
    assert [one["name"] for one in api("GET", "external-volumes/v")["storage_locations"]] == ["b"]
    sql("drop external volume v", "undrop external volume v")


def test_an_alert_is_resumed_and_changed(sql: Asked, api: Api) -> None:
    sql("create alert a warehouse = wh schedule = '60 minutes' if (exists (select (1))) then insert into t values (1)")
    [row] = sql.named("show alerts")
    assert (row["schedule"], row["state"], row["condition"]) == ("60 MINUTE", "suspended", "select (1)")
    assert row["action"] == "insert into t values (1)"
    sql(
        "alter alert a resume",
        "alter alert a modify condition exists (select 2)",
        "alter alert a modify action select 3",
    )
    assert sql.named("describe alert a")[0]["state"] == "started"
    fetched = api("GET", f"{PLACE}/alerts/a")
    assert (fetched["state"], fetched["condition"], fetched["action"]) == ("started", "select 2", "select 3")
    sql("create alert b clone a", "comment on alert b is 'a copy'")
    assert [(row["name"], row["state"], row["comment"]) for row in sql.named("show alerts like 'b'")] == [
        ("B", "suspended", "a copy")
    ]
    sql("alter alert a suspend")
    assert {row["state"] for row in sql.named("show alerts")} == {"suspended"}
    sql("create or alter alert a schedule = '1 minute' if (exists (select 1)) then select 2")
    assert sql.named("describe alert a")[0]["schedule"] == "1 MINUTE"


@pytest.mark.parametrize(
    ("type_", "made"),
    [
        ("ALERT", "alert o warehouse = wh schedule = '5 minutes' if (exists (select 1)) then select 2"),
        ("POLICY", "password policy o password_min_length = 12 comment = 'it''s'"),
        (
            "INTEGRATION",
            "storage integration o type = external_stage storage_provider = gcs enabled = true"
            " storage_allowed_locations = ('gcs://a/', 'gcs://b/')",
        ),
    ],
)
def test_get_ddl_makes_it_again(sql: Asked, type_: str, made: str) -> None:
    sql(f"create {made}")
    [(text,)] = sql(f"select get_ddl('{type_}', 'o')")
    sql(text.replace(" O\n", " O2\n"))
    assert sql(f"select get_ddl('{type_}', 'o2')") == [(text.replace(" O\n", " O2\n"),)]
    if type_ != "INTEGRATION":
        assert text in sql("select get_ddl('schema', 'public')")[0][0]


def test_an_alert_does_a_block(sql: Asked) -> None:
    block = "begin select 1; if (true) then select 2; end if; end"
    sql(f"create alert a schedule = '1 minute' if (exists (select ')')) then {block}")
    [row] = sql.named("show alerts")
    assert (row["condition"], row["action"]) == ("select ')'", block)
    sql("alter alert a modify action begin select 3; end")
    assert sql.named("show alerts")[0]["action"] == "begin select 3; end"
    cron = "create alert b schedule = 'using cron 99 * * * * UTC' if (exists (select 1)) then select 2"
    assert sql.error(cron) == ("391917", "Invalid value of 'schedule.cron_expr': '99' is no minute.")


def test_no_host_must_be_allowed(sql: Asked) -> None:
    assert sql("select system$allowlist(), system$whitelist()") == [("[]", "[]")]


def test_a_semantic_view_is_held_against_its_tables(sql: Asked) -> None:
    sql("create table emp (id int, dept varchar, pay number(8, 2))", "create table dep (name varchar)")
    sql(
        "create semantic view v tables (e as d.public.emp primary key (id) with synonyms ('staff'),"
        " dep primary key (name)) relationships (works as e (dept) references dep) facts (e.half as pay / 2)"
        " dimensions (e.dept as upper(dept) comment = 'where') metrics (e.most as max(half), e.people as count(*))"
        " comment = 'c'"
    )
    told = {(row[0], row[1], row[3]): row[4] for row in sql("describe semantic view v")}
    assert told["TABLE", "E", "BASE_TABLE_NAME"] == "EMP"
    assert (told["TABLE", "E", "PRIMARY_KEY"], told["TABLE", "E", "SYNONYMS"]) == ('["ID"]', '["staff"]')
    assert told["RELATIONSHIP", "WORKS", "REF_KEY"] == '["NAME"]'
    assert told["DIMENSION", "DEPT", "EXPRESSION"] == "upper(dept)"
    assert told["DIMENSION", "DEPT", "DATA_TYPE"].startswith("VARCHAR")
    assert told["DIMENSION", "DEPT", "COMMENT"] == "where"
    assert ("METRIC", "MOST", "DATA_TYPE") not in told  # it is made of a fact
    assert [row["comment"] for row in sql.named("show semantic views")] == ["c"]
    sql("alter semantic view v rename to w", "alter semantic view w unset comment")
    for statement, code in {
        "create semantic view x tables (nope) dimensions (nope.d as dept)": "002003",
        "create semantic view x tables (emp) dimensions (emp.d as nope)": "000904",
        "create semantic view x tables (emp) dimensions (e.d as dept)": "000904",
        "create semantic view x tables (emp primary key (nope)) dimensions (emp.d as dept)": "000904",
        "create semantic view x tables (emp) relationships (emp (id) references x) dimensions (emp.d as id)": "000904",
        "create semantic view x tables (emp) facts (emp.d as dept)": "001003",
        "create semantic view x dimensions (emp.d as dept)": "001003",
        "alter semantic view w set tables = (emp)": "001420",
        "select * from semantic_view(w dimensions e.dept)": "000002",
    }.items():
        assert sql.error(statement)[0] == code, statement
    sql("drop semantic view w")


def test_a_resource_monitor_tells_its_thresholds(sql: Asked) -> None:
    sql(
        "create resource monitor m with credit_quota = 10 frequency = weekly start_timestamp = immediately triggers"
        " on 75 percent do notify on 90 percent do notify on 100 percent do suspend"
    )
    [row] = sql.named("show resource monitors")
    assert (row["credit_quota"], row["used_credits"], row["remaining_credits"]) == ("10.00", "0.00", "10.00")
    assert (row["notify_at"], row["suspend_at"], row["frequency"]) == ("75%,90%", "100%", "WEEKLY")


def test_a_warehouse_has_a_resource_monitor_that_is_there(sql: Asked) -> None:
    sql("create resource monitor m with credit_quota = 10")
    assert sql.named("show resource monitors")[0]["level"] == ""
    sql("create warehouse w resource_monitor = m")
    assert sql.named("show resource monitors")[0]["level"] == "WAREHOUSE"
    absent = ("002003", "Resource monitor 'N' does not exist or not authorized.")
    assert sql.error("create warehouse v resource_monitor = n") == absent
    assert sql.error("alter warehouse w set resource_monitor = n") == absent
    sql("alter warehouse w set resource_monitor = null")
    assert sql.named("show warehouses like 'w'")[0]["resource_monitor"] == "null"
    assert sql.named("show resource monitors")[0]["level"] == ""


def test_a_share_has_objects_of_one_database(sql: Asked) -> None:
    sql("create table t (a int)", "create view v as select a from t", "create secure view w as select a from t")
    sql("create database e", "use schema d.public", "create share s")
    assert sql.error("grant select on table t to share s")[1] == "Share 'S' needs USAGE on database 'D' first."
    sql("grant usage on database d to share s", "grant usage on schema d.public to share s")
    sql("grant select on all tables in schema d.public to share s", "grant select on view w to share s")
    told = [("DATABASE", "D"), ("SCHEMA", "D.PUBLIC"), ("TABLE", "D.PUBLIC.T"), ("VIEW", "D.PUBLIC.W")]
    assert [row[:2] for row in sql("describe share s")] == told
    grants = [(row["granted_to"], row["grantee_name"]) for row in sql.named("show grants to share s")]
    assert grants == [("SHARE", "S")] * 4
    [row] = sql.named("show shares")
    assert (row["kind"], row["name"], row["database_name"]) == ("OUTBOUND", "S", "D")
    assert "Non-secure object" in sql.error("grant select on view v to share s")[1]
    for wrong in (
        "grant insert on table t to share s",
        "grant select on future tables in schema d.public to share s",
        "grant usage on database e to share s",
        "grant select on table t to share s with grant option",
    ):
        assert sql.error(wrong)[0] == "001003"
    sql("revoke select on table t from share s")
    assert [row[0] for row in sql("describe share s")] == ["DATABASE", "SCHEMA", "VIEW"]
    sql("drop share s")
    assert [row["grantee_name"] for row in sql.named("show grants on view w")] == ["ACCOUNTADMIN"]


def test_shares_go_to_nobody(sql: Asked) -> None:
    sql("create share s")
    assert sql.error("alter share s add accounts = o.a")[0] == "000002"
    assert sql.error("grant role public to share s")[0] == "000002"
    assert sql("show grants of share s") == []


def test_privileges_are_asked_for(account: LocalAccount, sql: Asked) -> None:
    sql("create role r", "grant usage on database d to role r", "grant usage on schema d.public to role r")
    sql("grant role r to user snowcore")
    role = Asked(account.session(database="D", schema="PUBLIC", role="R"))
    secret = "secret s type = generic_string secret_string = 'x'"
    assert role.error(f"create {secret}")[0] == "003001"
    sql("grant create secret on schema d.public to role r")
    role(f"create {secret}")
    assert [row["owner"] for row in sql.named("show secrets")] == ["R"]
    assert role.error("create network policy p comment = 'c'")[0] == "003001"
    assert role.error("create resource monitor m with credit_quota = 1")[0] == "003001"
    sql("create resource monitor m with credit_quota = 1", "grant modify, monitor on resource monitor m to role r")
    role("alter resource monitor m set credit_quota = 2")
    assert role.error("drop resource monitor m")[0] == "003001"
    sql("create share h", "grant ownership on share h to role r")
    assert role.error("grant usage on database d to share h")[0] == "003001"
    sql("create share other")
    assert role.error("grant usage on database d to share other")[0] == "002003"
    email = "notification integration n type = email enabled = true"
    assert role.error(f"create {email}")[0] == "003001"
    sql("grant create integration on account to role r")
    role(f"create {email}")
    sql("create notification integration other type = email enabled = true")
    assert [row["name"] for row in role.named("show integrations")] == ["N"]
    assert role.error("describe integration other")[0] == "002003"


def test_all_of_it_stays(tmp_path: Path) -> None:
    with LocalAccount(tmp_path) as account:
        session = account.session()
        session.execute("create database d")
        session.execute("create alert a schedule = '1 minute' if (exists (select 1)) then select 2")
        session.execute("alter alert a resume")
        session.execute("create share s")
    with LocalAccount(tmp_path) as account:
        session = account.session(database="D")
        assert [row[8] for row in session.execute("show alerts in account").rows] == ["started"]
        assert [row[3] for row in session.execute("show shares").rows] == ["S"]
