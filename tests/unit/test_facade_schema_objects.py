"""Views, streams, sequences, pipes, secrets, notebooks, apps, policies, integrations: what they send."""

from __future__ import annotations

import importlib
import inspect
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from snowcore import Clone, CreateMode, PointOfTimeOffset, Root
from snowcore.managed_account import ManagedAccount, ManagedAccountModel
from snowcore.network_policy import NetworkPolicy
from snowcore.network_rule import NetworkRule
from snowcore.notebook import Notebook
from snowcore.notification_integration import NotificationEmail, NotificationIntegration, NotificationWebhook
from snowcore.password_policy import PasswordPolicy
from snowcore.pipe import Pipe
from snowcore.schema import SchemaResource
from snowcore.secret import GenericStringSecret, Oauth2Secret, PasswordSecret, Secret
from snowcore.sequence import Sequence
from snowcore.stream import PointOfTimeStream, Stream, StreamClone, StreamSourceStage, StreamSourceTable
from snowcore.streamlit import (
    AddVersionFromGitStreamlitRequest,
    AddVersionStreamlitRequest,
    GitPushWithUsernamePassword,
    Streamlit,
    StreamlitVersionForGit,
)
from snowcore.view import View, ViewColumn

from ..conftest import Answer, Script, answer

Make = Callable[..., tuple[Root, Script]]
AT = "/api/v2/databases/d/schemas/s"
NAMES = [
    *("function", "procedure", "user_defined_function", "notebook", "streamlit", "stream", "sequence", "pipe", "view"),
    *("secret", "network_policy", "network_rule", "password_policy", "notification_integration", "managed_account"),
]


def made(script: Make, *answers: Answer) -> tuple[SchemaResource, Script]:
    root, account = script(*answers)
    return root.databases["d"].schemas["s"], account


@pytest.mark.parametrize("name", NAMES)
def test_every_remote_method_has_a_twin_of_the_same_parameters(name: str) -> None:
    module = importlib.import_module(f"snowflake.core.{name}")
    found: set[str] = set()
    for cls in (getattr(module, n) for n in module.__all__ if n.endswith(("Resource", "Collection"))):
        for method, function in inspect.getmembers(cls, inspect.isfunction):
            if not hasattr(function, "__wrapped__") or method.endswith("_async") or method == "delete":
                continue
            found.add(method)
            blocking, background = inspect.signature(function), inspect.signature(getattr(cls, f"{method}_async"))
            assert background.return_annotation == f"PollingOperation[{blocking.return_annotation}]"
            if (name, method) != ("notebook", "rename"):
                assert background.parameters == blocking.parameters
    assert {"create", "iter", "drop"} <= found


def test_collections_stand_where_they_belong(script: Make) -> None:
    root, account = script()
    schema = root.databases["d"].schemas["s"]
    for collection in (root.network_policies, root.notification_integrations, root.managed_accounts):
        assert collection["x"].root is root
    for collection in (schema.notebooks, schema.streamlits, schema.streams, schema.sequences, schema.pipes):
        assert collection["x"].fully_qualified_name == "d.s.x"
    for collection in (schema.views, schema.secrets, schema.network_rules, schema.password_policies):
        assert collection["x"].database is root.databases["d"]
    assert account.requests == []


def test_create_sends_the_model_and_the_mode(script: Make) -> None:
    schema, account = made(script)
    root = schema.root
    schema.views.create(View(name="v", columns=[ViewColumn(name="c")], query="select 1 c"), copy_grants=True)
    schema.sequences.create(Sequence(name="q", increment=-2), "ifNotExists")
    schema.pipes.create(Pipe(name="p", copy_statement="copy into t from @s"), CreateMode.or_replace)
    schema.secrets.create({"type": "PASSWORD", "name": "x", "username": "u", "password": "p"})  # type: ignore[arg-type]
    schema.network_rules.create(NetworkRule(name="r", type="IPV4", mode="INGRESS", value_list=["1.2.3.4"]))
    schema.password_policies.create(PasswordPolicy(name="pp", password_history=3))
    schema.notebooks.create(Notebook(name="n", from_location="@s/n"))
    schema.streamlits.create(Streamlit(name="a", main_file="a.py"))
    root.network_policies.create(NetworkPolicy(name="np", allowed_ip_list=["1.2.3.4"]))
    hook = NotificationEmail(allowed_recipients=["a@b.c"])
    root.notification_integrations.create(NotificationIntegration(name="ni", notification_hook=hook))
    assert account.lines == [
        f"POST {AT}/views?copyGrants=true",
        f"POST {AT}/sequences?createMode=ifNotExists",
        f"POST {AT}/pipes?createMode=orReplace",
        f"POST {AT}/secrets",
        f"POST {AT}/network-rules",
        f"POST {AT}/password-policies",
        f"POST {AT}/notebooks?createMode=errorIfExists",
        f"POST {AT}/streamlits",
        "POST /api/v2/network-policies",
        "POST /api/v2/notification-integrations",
    ]
    assert account.bodies[3] == {"type": "PASSWORD", "name": "x", "username": "u", "password": "p"}
    assert account.bodies[6] == {"name": "n", "fromLocation": "@s/n"}
    assert account.bodies[9] == {"name": "ni", "notification_hook": {"type": "EMAIL", "allowed_recipients": ["a@b.c"]}}


@pytest.mark.parametrize(
    "collection", ["views", "streams", "secrets", "network_rules", "notebooks", "streamlits", "password_policies"]
)
def test_show_limit_is_limit_under_an_old_name(script: Make, collection: str) -> None:
    schema, account = made(script, answer(200, []))
    there: Any = getattr(schema, collection)
    with pytest.warns(DeprecationWarning, match="'show_limit' is deprecated, use 'limit' instead.") as warned:
        list(there.iter(starts_with="", show_limit=5))
    assert warned[0].filename == __file__
    list(there.iter(like="a%", limit=5))
    path = f"{AT}/{collection.replace('_', '-')}"
    assert account.lines == [f"GET {path}?startsWith=&showLimit=5", f"GET {path}?like=a%25&showLimit=5"]
    with pytest.raises(ValueError, match="Cannot specify both 'limit' and 'show_limit'"):
        there.iter(limit=5, show_limit=5)


def test_lists_take_what_their_kind_can_be_searched_by(script: Make) -> None:
    schema, account = made(script, answer(200, []))
    list(schema.views.iter(from_name="v", deep=True))
    list(schema.sequences.iter(like="s"))
    list(schema.root.network_policies.iter())
    list(schema.root.managed_accounts.iter(like="m"))
    assert account.lines == [
        f"GET {AT}/views?fromName=v&deep=true",
        f"GET {AT}/sequences?like=s",
        "GET /api/v2/network-policies",
        "GET /api/v2/managed-accounts?like=m",
    ]


def test_lists_give_the_right_kind_of_secret(script: Make) -> None:
    rows = [{"type": "PASSWORD", "name": "A", "username": "U"}, {"type": "NEWER", "name": "B"}]
    schema, _ = made(script, answer(200, rows))
    known, newer = schema.secrets.iter()
    assert isinstance(known, PasswordSecret) and known.username == "U" and known.password is None
    assert type(newer) is Secret and newer.name == "B"


@pytest.mark.parametrize(
    "holder",
    [
        PasswordSecret(name="x", username="u", password="s3cret"),
        GenericStringSecret(name="x", secret_string="s3cret"),
        Oauth2Secret(name="x", api_authentication="i", oauth_refresh_token="s3cret"),
        ManagedAccount("x", "admin", "s3cret"),
        GitPushWithUsernamePassword(
            git_username="u", git_password="s3cret", git_author_name="n", git_author_email="e@x.y"
        ),
    ],
    ids=lambda holder: type(holder).__name__,
)
def test_secrets_travel_but_do_not_show(script: Make, holder: Any) -> None:
    assert "s3cret" in str(holder.to_dict()), "what is sent"
    assert "s3cret" not in repr(holder) and "**" in repr(holder)
    assert "s3cret" not in repr([holder]) + f"{holder}"
    assert pickle.loads(pickle.dumps(holder)) == holder
    for field, value in holder.to_dict().items():
        if value == "s3cret":
            with pytest.raises(TypeError) as caught:
                setattr(holder, field, ["s3cret"])
            assert "s3cret" not in str(caught.value)


def test_managed_accounts_are_positional_and_dropped_without_conditions(script: Make) -> None:
    root, account = script()
    reader = ManagedAccount("reader", "admin", "pw")
    assert ManagedAccountModel is ManagedAccount and reader.account_type == "READER"
    handle = root.managed_accounts.create(reader)
    handle.drop()
    assert handle is root.managed_accounts["reader"]
    assert account.lines == ["POST /api/v2/managed-accounts", "DELETE /api/v2/managed-accounts/reader"]
    sent = {"name": "reader", "admin_name": "admin", "admin_password": "pw", "account_type": "READER"}
    assert account.bodies[0] == sent
    with pytest.raises(TypeError):
        handle.drop(if_exists=True)  # type: ignore[call-arg]


def test_notebooks_run_and_keep_versions(script: Make) -> None:
    schema, account = made(script)
    notebook = schema.notebooks["n"]
    notebook.execute()
    notebook.add_live_version(from_last=True, comment="c")
    notebook.commit("v1", "done")
    assert account.lines == [
        f"POST {AT}/notebooks/n:execute",
        f"POST {AT}/notebooks/n:add-live-version?fromLast=true&comment=c",
        f"POST {AT}/notebooks/n:commit?version=v1&comment=done",
    ]
    accepted = answer(202, {"code": "392604", "message": "running", "resultHandler": "h"}, location="/api/v2/results/h")
    account.answers = [accepted]
    notebook.execute(async_exec=True)
    assert account.lines[3:] == [f"POST {AT}/notebooks/n:execute?asyncExec=true"], "nothing is waited for"
    account.answers = [answer(202, {"code": "392604", "message": "running"}, location="/api/v2/results/h")]
    notebook.execute(async_exec=True)


def test_a_notebook_is_renamed_with_either_order_of_arguments(script: Make) -> None:
    schema, account = made(script)
    notebook = schema.notebooks["n"]
    notebook.rename("m", "d2", "s2", True)
    assert notebook.fully_qualified_name == "d2.s2.m" and "n" not in schema.notebooks
    notebook.rename_async("l", True, "d", "s").result(timeout=60)
    assert schema.notebooks["l"] is notebook
    assert account.lines == [
        f"POST {AT}/notebooks/n:rename?targetName=m&ifExists=true&targetDatabase=d2&targetSchema=s2",
        "POST /api/v2/databases/d2/schemas/s2/notebooks/m:rename"
        "?targetName=l&ifExists=true&targetDatabase=d&targetSchema=s",
    ]


@pytest.mark.parametrize("collection", ["sequences", "streamlits", "password_policies"])
def test_renamed_objects_take_their_handle_along(script: Make, collection: str) -> None:
    schema, account = made(script)
    there: Any = getattr(schema, collection)
    handle = there["old"]
    handle.rename("new", True)
    assert there["new"] is handle and "old" not in there
    path = f"{AT}/{collection.replace('_', '-')}"
    assert account.lines == [f"POST {path}/old:rename?targetName=new&ifExists=true"]


def test_apps_keep_versions_and_come_from_git(script: Make) -> None:
    schema, account = made(script)
    app = schema.streamlits["a"]
    app.add_live_version(from_last=True)
    app.add_live_version(add_live_version_streamlit_request={"version": {"name": "x"}})  # type: ignore[arg-type]
    version: Any = {"name": "v1", "ifNotExists": True}
    app.add_version(AddVersionStreamlitRequest(source_location="@s/a", version=version))
    app.add_version_from_git(
        AddVersionFromGitStreamlitRequest(version=StreamlitVersionForGit(name="v2"), git_ref="branches/main")
    )
    app.commit()
    app.abort()
    app.pull()
    app.push({"auth_type": "CREDENTIALS", "git_credentials": "c", "git_author_name": "n", "git_author_email": "e"})  # type: ignore[arg-type]
    app.undrop()
    assert account.lines == [
        f"POST {AT}/streamlits/a:add-live-version?fromLast=true",
        *(
            f"POST {AT}/streamlits/a:{verb}"
            for verb in (
                *("add-live-version", "add-version", "add-version-from-git", "commit", "abort", "pull", "push"),
                "undrop",
            )
        ),
    ]
    assert account.bodies[:5] == [
        None,
        {"version": {"name": "x"}},
        {"source_location": "@s/a", "version": {"name": "v1", "ifNotExists": True}},
        {"version": {"name": "v2"}, "git_ref": "branches/main"},
        None,
    ]
    assert account.bodies[7] == {
        "auth_type": "CREDENTIALS",
        "git_credentials": "c",
        "git_author_name": "n",
        "git_author_email": "e",
    }


def test_streams_are_made_on_their_source(script: Make) -> None:
    schema, account = made(script)
    source = StreamSourceTable(
        name="t", append_only=True, point_of_time=PointOfTimeStream(reference="at", stream="other")
    )
    stream = schema.streams.create(Stream(name="x", stream_source=source), copy_grants=True)
    assert stream is schema.streams["x"]
    assert account.lines == [f"POST {AT}/streams?createMode=errorIfExists&copyGrants=true"]
    assert account.bodies == [
        {
            "name": "x",
            "stream_source": {
                "src_type": "table",
                "name": "t",
                "append_only": True,
                "point_of_time": {"point_of_time_type": "stream", "reference": "at", "stream": "other"},
            },
        }
    ]


def test_streams_are_cloned_from_either_side(script: Make) -> None:
    schema, account = made(script)
    copy = schema.streams.create("copy", clone_stream='other."a.b".x', mode=CreateMode.or_replace)
    described = Stream(name="copy2", stream_source=StreamSourceStage(name="st"), comment="c")
    schema.streams.create(described, clone_stream=Clone(source="x"))
    schema.streams["x"].clone("d2", "s2", StreamClone(name="y"), "ifNotExists", copy_grants=True)
    assert copy is schema.streams["copy"]
    assert account.lines == [
        "POST /api/v2/databases/other/schemas/%22a.b%22/streams/x:clone"
        "?targetDatabase=d&targetSchema=s&createMode=orReplace&copyGrants=false",
        f"POST {AT}/streams/x:clone?targetDatabase=d&targetSchema=s&createMode=errorIfExists&copyGrants=false",
        f"POST {AT}/streams/x:clone?targetDatabase=d2&targetSchema=s2&createMode=ifNotExists&copyGrants=true",
    ]
    assert account.bodies == [{"name": "copy"}, {"name": "copy2", "comment": "c"}, {"name": "y"}]


def test_a_stream_needs_a_source_and_has_no_past(script: Make) -> None:
    schema, account = made(script)
    with pytest.raises(ValueError, match="clone_stream"):
        schema.streams.create("x")
    past = Clone(source="x", point_of_time=PointOfTimeOffset(reference="at", when="-5"))
    with pytest.raises(ValueError, match="past"):
        schema.streams.create("y", clone_stream=past)
    assert account.requests == []


def test_sequences_are_cloned(script: Make) -> None:
    schema, account = made(script)
    schema.sequences["q"].clone(Sequence(name="copy"), "orReplace", target_schema="s2")
    assert account.lines == [f"POST {AT}/sequences/q:clone?createMode=orReplace&targetSchema=s2"]
    assert account.bodies == [{"name": "copy"}]


def test_pipes_catch_up(script: Make) -> None:
    schema, account = made(script)
    since = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    schema.pipes["p"].refresh(True, "in/", since)
    assert account.lines == [
        f"POST {AT}/pipes/p:refresh?ifExists=true&prefix=in%2F&modified_after=2026-01-02T03%3A04%3A05%2B00%3A00"
    ]


def test_hooks_say_what_they_are(script: Make) -> None:
    hook: Any = {
        "webhook_url": "https://x.y/",
        "webhook_secret": {"name": "n", "database_name": "d", "schema_name": "s"},
    }
    sent = NotificationWebhook(**hook).to_dict()
    root, _ = script(answer(200, {"name": "I", "notification_hook": sent}))
    assert root.notification_integrations["i"].fetch().notification_hook == NotificationWebhook(**hook)


def test_names_are_whole_identifiers() -> None:
    assert Sequence(name='"a b"').name == '"a b"'
    with pytest.raises(ValueError, match=r"Sequence\.name"):
        Sequence(name='"q"garbage')
