"""An account with an object of every kind that REST creates comes back from its export, byte for byte."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from snowcore import LocalAccount, Root
from snowcore.plan import apply, export, plan, read, show
from snowcore.plan._kinds import find_children, find_kinds

from .test_export import contents

PYTHON = {"runtime_version": "3.11", "packages": [], "handler": "f", "language": "PYTHON"}
SERVICE = "spec: {containers: [{name: main, image: /d/s/ir/i}], endpoints: [{name: e, port: 80}]}"


def make_account(chance: random.Random) -> dict[str, Any]:
    """One object of each kind, with properties that are there by chance."""

    def text() -> str:
        return "".join(chance.choice("ab '\"\\\n:#{}-é🙂$%&") for _ in range(chance.randint(1, 12)))

    def maybe(**said: Any) -> dict[str, Any]:
        return {name: value for name, value in {"comment": text(), **said}.items() if chance.random() < 0.5}

    def one_of(*given: Any) -> Any:
        return chance.choice(given)

    arguments = [{"name": "x", "datatype": "int"}, *one_of([], [{"name": "y", "datatype": "varchar"}])]
    column = {"name": "a", "datatype": one_of("int", "varchar(7)", "number(10,2)", "timestamp_ntz(3)")}
    secret = one_of(
        {"type": "PASSWORD", "username": "u", "password": "${env:PLAN_SECRET}"},
        {"type": "GENERIC_STRING", "secret_string": "${env:PLAN_SECRET}"},
    )
    schema = {
        **maybe(data_retention_time_in_days=1, managed_access=True, log_level="ERROR"),
        "alerts": {
            "al": {
                "schedule": {"schedule_type": "SCHEDULE_TYPE", "minutes": chance.randint(1, 90)},
                **maybe(warehouse="w"),
                "condition": "select 1 from t",
                "action": "select 2",
            }
        },
        "artifact_repositories": {"ar": {"type": "PIP", "api_integration": "ai", **maybe()}},
        "code_bundles": {"cb": maybe()},
        "cortex_search_services": {
            "cs": {
                "search_column": "b",
                "attribute_columns": one_of([], ["a"]),
                "definition": "select a, b from t",
                "target_lag": {"type": "USER_DEFINED", "seconds": 60 * chance.randint(1, 99)},
                "warehouse": "w",
                **maybe(),
            }
        },
        "dynamic_tables": {
            "dt": {
                "query": "select a from t",
                "warehouse": "w",
                "target_lag": one_of({"type": "DOWNSTREAM"}, {"type": "USER_DEFINED", "seconds": 60}),
                **maybe(refresh_mode="FULL", initialize="ON_SCHEDULE"),
            }
        },
        "event_tables": {"et": maybe(data_retention_time_in_days=1)},
        "functions": {
            "sf": {
                "function_type": "service-function",
                "arguments": arguments,
                "returns": "varchar",
                "service": "sv",
                "endpoint": "e",
                "path": "/f",
                **({"max_batch_rows": 9} if chance.random() < 0.5 else {}),
            }
        },
        "iceberg_tables": {
            "it": {
                "columns": [{"name": "a", "datatype": "int"}],
                "external_volume": "ev",
                "catalog": "SNOWFLAKE",
                "base_location": "it",
                **maybe(),
            }
        },
        "image_repositories": {"ir": {}},
        "network_rules": {"nr": {"type": "HOST_PORT", "mode": "EGRESS", "value_list": ["a.b:1"], **maybe()}},
        "notebooks": {"nb": maybe(title=text(), query_warehouse="w", main_file="a.ipynb")},
        "password_policies": {"pp": maybe(password_min_length=9, password_max_retries=3, password_history=2)},
        "pipes": {"pi": {"copy_statement": "copy into t from @st", **maybe()}},
        "procedures": {
            "p": {
                "arguments": arguments,
                "return_type": {"type": "DATATYPE", "datatype": "int"},
                "language_config": one_of({"language": "SQL"}, {**PYTHON, "packages": ["snowflake-snowpark-python"]}),
                "body": text(),
                **maybe(execute_as="CALLER", is_secure=True),
            }
        },
        "secrets": {"se": {**secret, **maybe()}},
        "sequences": {"sq": maybe(start=chance.randint(1, 9), increment=-2)},
        "services": {
            "sv": {
                "compute_pool": "cp",
                "spec": {"spec_type": "from_inline", "spec_text": SERVICE},
                **maybe(min_instances=1, max_instances=2, query_warehouse="w", auto_resume=False),
            }
        },
        "stages": {
            "st": maybe(directory_table={"enable": True}, encryption={"type": "SNOWFLAKE_SSE"}),
        },
        "streams": {"sm": {"stream_source": {"src_type": "table", "name": "t"}, **maybe()}},
        "streamlits": {"sl": maybe(title=text(), main_file="app.py", query_warehouse="w")},
        "tables": {
            "t": {
                "columns": [column, {"name": "b", "datatype": "varchar", **maybe(nullable=False, default="'x'")}],
                **maybe(cluster_by=["a"], change_tracking=True, enable_schema_evolution=True),
            }
        },
        "tags": {"tg": maybe(allowed_values=[text()], propagate="ON_DEPENDENCY")},
        "tasks": {
            "ta": {
                "definition": "select 1",
                **maybe(
                    warehouse="w",
                    config={"k": text()},
                    allow_overlapping_execution=True,
                    suspend_task_after_num_failures=3,
                    session_parameters={"TIMEZONE": "UTC"},
                ),
            },
        },
        "user_defined_functions": {
            "f": {
                "arguments": arguments,
                "return_type": {"type": "DATATYPE", "datatype": "int"},
                "language_config": one_of({"language": "SQL"}, PYTHON),
                "body": one_of("x + 1", "def f(x, y=0): return x"),
                **maybe(is_secure=True, is_memoizable=True),
            }
        },
        "views": {"v": {"columns": [{"name": "c", **maybe()}], "query": "select a as c from t", **maybe(secure=True)}},
    }
    return {
        "api_integrations": {
            "ai": {
                "api_hook": {"type": "GIT"},
                "api_allowed_prefixes": ["https://github.com/x"],
                "enabled": one_of(True, False),
                **maybe(),
            }
        },
        "catalog_integrations": {
            "ci": {
                "catalog": {"catalog_source": "OBJECT_STORE"},
                "table_format": "ICEBERG",
                "enabled": True,
                **maybe(),
            }
        },
        "compute_pools": {
            "cp": {"min_nodes": 1, "max_nodes": chance.randint(1, 3), "instance_family": "CPU_X64_XS", **maybe()}
        },
        "external_volumes": {
            "ev": {
                "storage_locations": [
                    {
                        "storage_provider": "S3",
                        "name": "l",
                        "storage_base_url": "s3://b/p/",
                        "storage_aws_role_arn": "arn:aws:iam::1:role/r",
                    }
                ],
                **maybe(allow_writes=True),
            }
        },
        "network_policies": {"np": maybe(allowed_ip_list=["1.2.3.4"], blocked_ip_list=["1.2.3.0/24"])},
        "notification_integrations": {
            "ni": {"notification_hook": {"type": "EMAIL", "allowed_recipients": ["a@b.c"]}, **maybe(enabled=True)}
        },
        "roles": {"r": maybe()},
        "users": {"u": maybe(password="${env:PLAN_SECRET}", default_warehouse="w", email="a@b.c", disabled=True)},
        "warehouses": {
            "w": maybe(warehouse_size="LARGE", auto_suspend=30, max_cluster_count=2, scaling_policy="ECONOMY")
        },
        "databases": {
            "d": {
                **maybe(data_retention_time_in_days=1, trace_level="ALWAYS"),
                "database_roles": {"dr": maybe()},
                "schemas": {"s": schema},
            }
        },
    }


@pytest.mark.parametrize("number", range(int(os.environ.get("SNOWCORE_TEST_ROUNDS", "3"))))
def test_an_account_of_every_kind_comes_back(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = int(os.environ.get("SNOWCORE_TEST_SEED", random.SystemRandom().randrange(2**32))) + number
    print(f"SNOWCORE_TEST_SEED={seed - number} (this one is number {number})", file=sys.stderr)
    for name in ("PLAN_SECRET", "USER_U_PASSWORD", "SECRET_D_S_SE_PASSWORD", "SECRET_D_S_SE_SECRET_STRING"):
        monkeypatch.setenv(
            name.replace("USER_", "SNOWCORE_USER_").replace("SECRET_D", "SNOWCORE_SECRET_D"), "An0ther&secret"
        )
    declared = make_account(random.Random(seed))
    schema = declared["databases"]["d"]["schemas"]["s"]
    assert {*declared, *declared["databases"]["d"], *schema} >= {*find_kinds()}
    with LocalAccount() as account:
        root = Root(account)
        apply(plan(root, declared))
        assert show(plan(root, declared)) == "Nothing to do: the account is as declared."
        export(root, tmp_path / "one")
        once = contents(tmp_path / "one")
        assert show(plan(root, tmp_path / "one", prune=True)) == "Nothing to do: the account is as declared."
        apply(plan(root, read({"complete": [kind.plural for kind in find_children(())]})), allow_destructive=True)
        export(root, tmp_path / "none")
        assert contents(tmp_path / "none") == {"account.yaml": "# Written by `snowcore export`.\n{}\n"}
        apply(plan(root, tmp_path / "one"))
        export(root, tmp_path / "two")
        assert contents(tmp_path / "two") == once
